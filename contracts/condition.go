package contracts

// A Condition is a test on which a clause or a control depends. All the fields
// that are set must hold together; Any needs one of its parts. The zero
// Condition always holds.
type Condition struct {
	// Grade holds when the fault in the phase concerned is of this grade or a
	// graver one. NoFault (the zero value) asks nothing.
	Grade Grade
	// Consumer, when set, holds for consumers (true) or for all others (false).
	Consumer *bool
	// Fact holds for customers of whom that fact is recorded.
	Fact string
	// Event holds for losses of the event of that id.
	Event string

	All, Any []Condition
	Not      *Condition
}

// Consumers and Businesses are the two values of Condition.Consumer.
var (
	Consumers  = new(true)
	Businesses = new(false)
)

// IsZero reports whether the condition asks nothing.
func (c Condition) IsZero() bool {
	return c.Grade == NoFault && c.Consumer == nil && c.Fact == "" && c.Event == "" &&
		len(c.All) == 0 && len(c.Any) == 0 && c.Not == nil
}

// Walk calls f on c and on every condition inside it.
func (c Condition) Walk(f func(Condition)) {
	f(c)
	for _, p := range c.All {
		p.Walk(f)
	}
	for _, p := range c.Any {
		p.Walk(f)
	}
	if c.Not != nil {
		c.Not.Walk(f)
	}
}
