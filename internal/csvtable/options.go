package csvtable

import "github.com/amends-go/amends/internal/problem"

// The limits that hold when Options leaves them at zero.
const (
	DefaultMaxField    = 64 << 10 // bytes
	DefaultMaxRow      = 1 << 20  // bytes
	DefaultMaxColumns  = 1024
	DefaultMaxProblems = 1000
)

// Options say how a table is read. The zero value reads UTF-8 text separated by
// commas, or UTF-16 text separated by tabs or commas, under the default limits.
type Options struct {
	// Delimiter separates fields. When it is 0 it is a comma, or a tab if the
	// text is UTF-16 and its first line has one; a header of one column that
	// holds another usual delimiter is then refused.
	Delimiter rune
	// AllowEmpty accepts a table without data rows.
	AllowEmpty bool
	// WantRows is the number of data rows, refused ones included, that the file
	// must hold; 0 means that it is not known.
	WantRows int64
	// WantSHA256 is the hash of the whole file in hexadecimal digits; empty
	// means that it is not known.
	WantSHA256 string
	// MaxField and MaxRow are in bytes of UTF-8, the row without its line end.
	// A value of 0 means the default.
	MaxField, MaxRow, MaxColumns int
	// MaxProblems is how many problems are kept; counting goes on.
	MaxProblems int
	// Rejected, unless nil, is called once for each refused row, with its raw
	// text, which is valid only during the call, and its first problem.
	Rejected func(raw []byte, p problem.Problem)
}

func (o Options) withDefaults() Options {
	for _, l := range []struct {
		value *int
		std   int
	}{
		{&o.MaxField, DefaultMaxField}, {&o.MaxRow, DefaultMaxRow},
		{&o.MaxColumns, DefaultMaxColumns}, {&o.MaxProblems, DefaultMaxProblems},
	} {
		if *l.value <= 0 {
			*l.value = l.std
		}
	}
	return o
}
