package sla

// Has reports whether the list has a column of the field, such as consumer: what it does not say of anybody is then known from what
// it denies of one.
func (f *CustomerFile) Has(field string) bool { return f.index(field) >= 0 }
