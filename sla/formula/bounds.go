package formula

import (
	"errors"
	"math"

	"github.com/amends-go/amends/contracts"
)

// Trend says how a value moves while something rises from one end of a range to the other.
type Trend uint8

// The trends. A value of the trend Either may do both.
const (
	Still   Trend = 0
	Rising  Trend = 1 // it never falls
	Falling Trend = 2 // it never rises
	Either        = Rising | Falling
)

func (t Trend) String() string { return [...]string{"still", "rising", "falling", "either"}[t] }

// Turned is the trend of the negative.
func (t Trend) Turned() Trend { return t>>1 | t<<1&Falling }

// Bounds hold a value while something rises: it is never less than Lo nor more than Hi, and moves as Trend says.
type Bounds struct {
	Lo, Hi int64
	Trend  Trend
}

// Exactly is a value that stays.
func Exactly(v int64) Bounds { return Bounds{v, v, Still} }

// Between is a value that goes straight from one to another.
func Between(from, to int64) Bounds {
	switch {
	case from < to:
		return Bounds{from, to, Rising}
	case from > to:
		return Bounds{to, from, Falling}
	}
	return Exactly(from)
}

// ErrUnbounded is that a divisor may be zero somewhere in the range.
var ErrUnbounded = errors.New("a divisor may be zero")

// BoundsEnv gives Bound what a row and its program hold over a range.
type BoundsEnv interface {
	Col(name string) Bounds
	Param(name string, part Part) Bounds
	Pool(of string, s Scope, running bool) Bounds
}

// Bound is what e is at least and at most for one row while something rises, and which way it moves: whatever [Eval] gives anywhere in the range lies
// within. It may be wider than need be, and say Either of what only rises; it never errs the other way.
func Bound(e Expr, env BoundsEnv) (Bounds, error) {
	b, err := bound(e, env)
	if b.Lo == b.Hi {
		b.Trend = Still
	}
	return b, err
}

func bound(e Expr, env BoundsEnv) (Bounds, error) {
	switch e := e.(type) {
	case Col:
		return env.Col(e.Name), nil
	case Param:
		return env.Param(e.Name, e.Part), nil
	case Const:
		return Exactly(e.V), nil
	case PoolTotal:
		return env.Pool(e.Of, e.Scope, false), nil
	case PoolRunning:
		return env.Pool(e.Of, e.Scope, true), nil
	case If:
		return boundIf(e, env)
	}
	of := make([]Bounds, 0, 3)
	for _, c := range Children(e) {
		b, err := Bound(c, env)
		if err != nil {
			return Bounds{}, err
		}
		of = append(of, b)
	}
	switch e := e.(type) {
	case Add:
		return of[0].Plus(of[1])
	case Sub:
		lo, err := apply(e, of[0].Lo, of[1].Hi, 0)
		if err != nil {
			return Bounds{}, err
		}
		hi, err := apply(e, of[0].Hi, of[1].Lo, 0)
		return Bounds{lo, hi, of[0].Trend | of[1].Trend.Turned()}, err
	case Min:
		return lesser(of[0], of[1]), nil
	case Max:
		return turned(lesser(turned(of[0]), turned(of[1]))), nil
	case Compare:
		return compared(e.Op, of[0], of[1]), nil
	case And:
		all := Exactly(1)
		for _, b := range of {
			all = lesser(all, truth(b))
		}
		return all, nil
	case Or:
		none := Exactly(1)
		for _, b := range of {
			none = lesser(none, not(truth(b)))
		}
		return not(none), nil
	case Not:
		return not(truth(of[0])), nil
	case MulDiv:
		return boundMulDiv(of[0], of[1], of[2], e.Rounding)
	case Tier:
		return boundTier(e, of[0]), nil
	}
	return boundTable(e.(Table), of[0])
}

// Plus is the sum of two values over the same range.
func (b Bounds) Plus(c Bounds) (Bounds, error) {
	lo, err := apply(Add{}, b.Lo, c.Lo, 0)
	if err != nil {
		return Bounds{}, err
	}
	hi, err := apply(Add{}, b.Hi, c.Hi, 0)
	return Bounds{lo, hi, b.Trend | c.Trend}, err
}

// turned mirrors about zero; the least number, which has no mirror, is met by the one next to it.
func turned(b Bounds) Bounds {
	return Bounds{-max(b.Hi, -math.MaxInt64), -max(b.Lo, -math.MaxInt64), b.Trend.Turned()}
}

func lesser(a, b Bounds) Bounds {
	switch {
	case a.Hi <= b.Lo:
		return a
	case b.Hi <= a.Lo:
		return b
	}
	return Bounds{min(a.Lo, b.Lo), min(a.Hi, b.Hi), a.Trend | b.Trend}
}

// truth is 1 while a value is not zero.
func truth(b Bounds) Bounds {
	switch {
	case b.Lo > 0 || b.Hi < 0:
		return Exactly(1)
	case b.Lo == 0 && b.Hi == 0:
		return Exactly(0)
	case b.Lo == 0:
		return Bounds{0, 1, b.Trend}
	}
	return Bounds{0, 1, Either}
}

func not(b Bounds) Bounds { return Bounds{1 - b.Hi, 1 - b.Lo, b.Trend.Turned()} }

func compared(op Op, a, b Bounds) Bounds {
	switch op {
	case More, AtLeast: // a > b is b < a
		a, b = b, a
		op = map[Op]Op{More: Less, AtLeast: AtMost}[op]
	case NotEqual:
		return not(compared(Equal, a, b))
	}
	first, last := op.holds(a.Lo, b.Hi), op.holds(a.Hi, b.Lo)
	switch {
	case op == Equal && (a.Hi < b.Lo || b.Hi < a.Lo):
		return Exactly(0)
	case op == Equal && a.Lo == a.Hi && a == b:
		return Exactly(1)
	case op == Equal:
		return Bounds{0, 1, Either}
	case last: // even the greatest a stands so to the least b
		return Exactly(1)
	case !first:
		return Exactly(0)
	}
	return Bounds{0, 1, a.Trend.Turned() | b.Trend}
}

// boundIf is certain of the branch, or covers both; where the condition turns once, the step between them counts as a movement.
func boundIf(e If, env BoundsEnv) (Bounds, error) {
	cond, err := Bound(e.Cond, env)
	if err != nil {
		return Bounds{}, err
	}
	switch c := truth(cond); {
	case c.Lo == 1:
		return Bound(e.Then, env)
	case c.Hi == 0:
		return Bound(e.Else, env)
	default:
		cond = c
	}
	then, err := Bound(e.Then, env)
	if err != nil {
		return Bounds{}, err
	}
	other, err := Bound(e.Else, env)
	step := Either
	switch {
	case then.Lo >= other.Hi:
		step = cond.Trend
	case then.Hi <= other.Lo:
		step = cond.Trend.Turned()
	}
	return Bounds{min(then.Lo, other.Lo), max(then.Hi, other.Hi), then.Trend | other.Trend | step}, err
}

// boundMulDiv: a·b÷c has its extremes at the ends of a, b and c while c keeps its sign, and so has what any rounding makes of it.
func boundMulDiv(a, b, c Bounds, r contracts.Rounding) (Bounds, error) {
	if c.Lo <= 0 && c.Hi >= 0 {
		return Bounds{}, ErrUnbounded
	}
	out := Bounds{Lo: math.MaxInt64, Hi: math.MinInt64}
	for _, x := range [...]int64{a.Lo, a.Hi} {
		for _, y := range [...]int64{b.Lo, b.Hi} {
			for _, z := range [...]int64{c.Lo, c.Hi} {
				v, ok := contracts.MulDiv(x, y, z, r)
				if !ok {
					return Bounds{}, ErrOverflow
				}
				out.Lo, out.Hi = min(out.Lo, v), max(out.Hi, v)
			}
		}
	}
	sa, sb, sc := sign(a), sign(b), sign(c)
	out.Trend = times(a.Trend, sb, sc) | times(b.Trend, sa, sc) | times(c.Trend.Turned(), sa, sb)
	return out, nil
}

// signs of a value over a range.
type signs uint8

const (
	plus signs = iota
	minus
	mixed
)

func sign(b Bounds) signs {
	switch {
	case b.Lo >= 0:
		return plus
	case b.Hi <= 0:
		return minus
	}
	return mixed
}

// times is the trend of a product in one factor, when the others have those signs.
func times(t Trend, x, y signs) Trend {
	switch {
	case t == Still:
		return Still
	case x == mixed || y == mixed:
		return Either
	case x != y:
		return t.Turned()
	}
	return t
}

func boundTier(e Tier, x Bounds) Bounds {
	values := []int64{e.at(x.Lo)}
	for _, s := range e.Steps {
		if s.AtLeast > x.Lo && s.AtLeast <= x.Hi {
			values = append(values, s.Value)
		}
	}
	return along(values, x.Trend)
}

func boundTable(e Table, x Bounds) (Bounds, error) {
	if x.Lo < 0 || x.Hi >= int64(len(e.Values)) {
		return Bounds{}, ErrIndex
	}
	return along(e.Values[x.Lo:x.Hi+1], x.Trend), nil
}

// along is what a value takes while it goes through a list.
func along(values []int64, t Trend) Bounds {
	out := Bounds{values[0], values[0], Still}
	for i, v := range values {
		out.Lo, out.Hi = min(out.Lo, v), max(out.Hi, v)
		if i > 0 && v > values[i-1] {
			out.Trend |= t
		}
		if i > 0 && v < values[i-1] {
			out.Trend |= t.Turned()
		}
	}
	return out
}
