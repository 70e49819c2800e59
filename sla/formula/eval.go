package formula

import (
	"errors"
	"fmt"

	"github.com/amends-go/amends/contracts"
)

// Errors of an evaluation. Callers add the row.
var (
	ErrOverflow = errors.New("result does not fit in 64 bits")
	ErrDivide   = errors.New("division by zero")
	ErrIndex    = errors.New("index outside the table")
)

// Env gives Eval what a row and its program hold.
type Env interface {
	Col(name string) int64
	Param(name string, part Part) int64
	Pool(of string, s Scope, running bool) int64
}

// Eval computes e for one row, lazily: only the branch an If takes. It is the
// plain reading of the language, against which [Machine] is tested.
func Eval(e Expr, env Env) (int64, error) {
	switch e := e.(type) {
	case Col:
		return env.Col(e.Name), nil
	case Param:
		return env.Param(e.Name, e.Part), nil
	case Const:
		return e.V, nil
	case PoolTotal:
		return env.Pool(e.Of, e.Scope, false), nil
	case PoolRunning:
		return env.Pool(e.Of, e.Scope, true), nil
	case And:
		return evalAll(e.Of, env, true)
	case Or:
		return evalAll(e.Of, env, false)
	case If:
		c, err := Eval(e.Cond, env)
		if err != nil {
			return 0, err
		}
		if c != 0 {
			return Eval(e.Then, env)
		}
		return Eval(e.Else, env)
	}
	var v [3]int64
	for i, c := range Children(e) {
		x, err := Eval(c, env)
		if err != nil {
			return 0, err
		}
		v[i] = x
	}
	return apply(e, v[0], v[1], v[2])
}

// evalAll evaluates And (all true) or Or (all false) up to the first part that decides.
func evalAll(of []Expr, env Env, all bool) (int64, error) {
	for _, p := range of {
		x, err := Eval(p, env)
		if err != nil {
			return 0, err
		}
		if (x != 0) != all {
			return yes(!all), nil
		}
	}
	return yes(all), nil
}

// apply computes a strict node from the values of its parts.
func apply(e Expr, a, b, c int64) (int64, error) {
	switch e := e.(type) {
	case Add:
		s := a + b
		if (a^s)&(b^s) < 0 {
			return 0, ErrOverflow
		}
		return s, nil
	case Sub:
		s := a - b
		if (a^b)&(a^s) < 0 {
			return 0, ErrOverflow
		}
		return s, nil
	case Min:
		return min(a, b), nil
	case Max:
		return max(a, b), nil
	case Compare:
		return yes(e.Op.holds(a, b)), nil
	case Not:
		return yes(a == 0), nil
	case MulDiv:
		if c == 0 {
			return 0, ErrDivide
		}
		v, ok := contracts.MulDiv(a, b, c, e.Rounding)
		if !ok {
			return 0, ErrOverflow
		}
		return v, nil
	case Tier:
		return e.at(a), nil
	case Table:
		if a < 0 || a >= int64(len(e.Values)) {
			return 0, ErrIndex
		}
		return e.Values[a], nil
	}
	panic(fmt.Sprintf("formula: no rule for %T", e))
}

func (op Op) holds(a, b int64) bool {
	switch op {
	case Equal:
		return a == b
	case NotEqual:
		return a != b
	case Less:
		return a < b
	case AtMost:
		return a <= b
	case More:
		return a > b
	default:
		return a >= b
	}
}

func (t Tier) at(x int64) int64 {
	v := t.Below
	for _, s := range t.Steps {
		if x < s.AtLeast {
			break
		}
		v = s.Value
	}
	return v
}

func yes(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
