package formula

import "github.com/amends-go/amends/contracts"

// An Expr is a node of an expression. The set is sealed.
type Expr interface{ node() }

// Col is the value of a column to the left, by name.
type Col struct{ Name string }

// Part says which of a parameter's numbers is meant.
type Part uint8

// The parts of a parameter: most have a Value; a ratio has two terms.
const (
	Value Part = iota
	Num
	Den
)

// Param is a parameter's value: an assumption that a person may edit.
type Param struct {
	Name string
	Part Part
}

// Const is a fixed whole number.
type Const struct{ V int64 }

// Add is A + B.
type Add struct{ A, B Expr }

// Sub is A − B.
type Sub struct{ A, B Expr }

// Min is the lesser of A and B.
type Min struct{ A, B Expr }

// Max is the greater of A and B.
type Max struct{ A, B Expr }

// Op is a comparison.
type Op uint8

// The comparisons.
const (
	Equal Op = iota
	NotEqual
	Less
	AtMost
	More
	AtLeast
)

// Compare is 1 when A stands to B as Op says, else 0.
type Compare struct {
	Op   Op
	A, B Expr
}

// And is 1 when every part is non-zero; with no parts it is 1.
type And struct{ Of []Expr }

// Or is 1 when some part is non-zero; with no parts it is 0.
type Or struct{ Of []Expr }

// Not is 1 when A is 0, else 0.
type Not struct{ A Expr }

// If is Then when Cond is non-zero, else Else.
type If struct{ Cond, Then, Else Expr }

// MulDiv is A·B÷C with a 128-bit intermediate, the fraction rounded as named.
// It mirrors about zero. C must not be zero.
type MulDiv struct {
	A, B, C  Expr
	Rounding contracts.Rounding
}

// Step is a rung of a Tier: from AtLeast upward the value is Value.
type Step struct{ AtLeast, Value int64 }

// Tier is the value of the highest rung that X reaches, or Below when it
// reaches none. Rungs ascend.
type Tier struct {
	X     Expr
	Steps []Step
	Below int64
}

// Table is the value at Index (from 0) of a named list. An index outside the
// list is an error naming the row.
type Table struct {
	Name   string
	Index  Expr
	Values []int64
}

// Scope says which rows share a pool.
type Scope uint8

// The scopes of a pool: all rows of the program, or the rows of one customer.
const (
	PerIncident Scope = iota
	PerCustomer
)

func (s Scope) String() string { return [...]string{"incident", "customer"}[s] }

// PoolTotal is the sum of column Of over the rows that share the pool.
type PoolTotal struct {
	Of    string
	Scope Scope
}

// PoolRunning is the sum of column Of over this row and the rows before it in
// the pool, in order of customer id and subscription (by bytes).
type PoolRunning struct {
	Of    string
	Scope Scope
}

func (Col) node()         {}
func (Param) node()       {}
func (Const) node()       {}
func (Add) node()         {}
func (Sub) node()         {}
func (Min) node()         {}
func (Max) node()         {}
func (Compare) node()     {}
func (And) node()         {}
func (Or) node()          {}
func (Not) node()         {}
func (If) node()          {}
func (MulDiv) node()      {}
func (Tier) node()        {}
func (Table) node()       {}
func (PoolTotal) node()   {}
func (PoolRunning) node() {}

// Column is one column of a program: an input when Expr is nil.
type Column struct {
	Name string
	Expr Expr
}

// Number is a bound parameter. A plain value has Den 1.
type Number struct{ Num, Den int64 }

// Plain is a parameter value that is not a ratio.
func Plain(v int64) Number { return Number{v, 1} }

// part returns the number that p asks for.
func (n Number) part(p Part) int64 {
	if p == Den {
		return n.Den
	}
	return n.Num
}

// Children lists the direct parts of e, in the order of its fields.
func Children(e Expr) []Expr {
	switch e := e.(type) {
	case Add:
		return []Expr{e.A, e.B}
	case Sub:
		return []Expr{e.A, e.B}
	case Min:
		return []Expr{e.A, e.B}
	case Max:
		return []Expr{e.A, e.B}
	case Compare:
		return []Expr{e.A, e.B}
	case And:
		return e.Of
	case Or:
		return e.Of
	case Not:
		return []Expr{e.A}
	case If:
		return []Expr{e.Cond, e.Then, e.Else}
	case MulDiv:
		return []Expr{e.A, e.B, e.C}
	case Tier:
		return []Expr{e.X}
	case Table:
		return []Expr{e.Index}
	}
	return nil // Col, Param, Const, PoolTotal, PoolRunning
}

// Walk calls f on e and on every part of it, outermost first.
func Walk(e Expr, f func(Expr)) {
	f(e)
	for _, c := range Children(e) {
		Walk(c, f)
	}
}

// Replace rebuilds e from the inside out, taking for each part what f gives for it.
func Replace(e Expr, f func(Expr) Expr) Expr {
	r := func(x Expr) Expr { return Replace(x, f) }
	list := func(of []Expr) []Expr {
		out := make([]Expr, len(of))
		for i, x := range of {
			out[i] = r(x)
		}
		return out
	}
	switch x := e.(type) {
	case Add:
		e = Add{r(x.A), r(x.B)}
	case Sub:
		e = Sub{r(x.A), r(x.B)}
	case Min:
		e = Min{r(x.A), r(x.B)}
	case Max:
		e = Max{r(x.A), r(x.B)}
	case Compare:
		e = Compare{x.Op, r(x.A), r(x.B)}
	case And:
		e = And{list(x.Of)}
	case Or:
		e = Or{list(x.Of)}
	case Not:
		e = Not{r(x.A)}
	case If:
		e = If{r(x.Cond), r(x.Then), r(x.Else)}
	case MulDiv:
		e = MulDiv{r(x.A), r(x.B), r(x.C), x.Rounding}
	case Tier:
		e = Tier{r(x.X), x.Steps, x.Below}
	case Table:
		e = Table{x.Name, r(x.Index), x.Values}
	}
	return f(e)
}

// Sum adds the parts from left to right; with no parts it is 0.
func Sum(of ...Expr) Expr {
	if len(of) == 0 {
		return Const{0}
	}
	s := of[0]
	for _, e := range of[1:] {
		s = Add{s, e}
	}
	return s
}
