package formula

// fold replaces parameters by their numbers and computes whatever that makes
// constant, so that a run spends nothing on branches its findings have closed.
// Constants that would fail are left in place: the machine reports them with a row.
func fold(e Expr, params map[string]Number, known map[string]int64) Expr {
	f := func(x Expr) Expr { return fold(x, params, known) }
	switch e := e.(type) {
	case Param:
		if n, bound := params[e.Name]; bound {
			return Const{n.part(e.Part)}
		}
		return e // it is left to vary
	case Col:
		if v, ok := known[e.Name]; ok {
			return Const{v}
		}
		return e
	case And:
		return foldAll(e.Of, f, true)
	case Or:
		return foldAll(e.Of, f, false)
	case If:
		cond := f(e.Cond)
		if c, ok := cond.(Const); ok {
			if c.V != 0 {
				return f(e.Then)
			}
			return f(e.Else)
		}
		then, other := f(e.Then), f(e.Else)
		if k, ok := then.(Const); ok && isConst(other, k.V) {
			return k
		}
		return If{cond, then, other}
	case Not:
		return constant(Not{f(e.A)})
	case Add:
		return plusZero(Add{f(e.A), f(e.B)})
	case Sub:
		s := Sub{f(e.A), f(e.B)}
		if isConst(s.B, 0) {
			return s.A
		}
		if a, ok := s.A.(Col); ok && s.B == Expr(a) {
			return Const{0} // a rule that left the amount as it was
		}
		return constant(s)
	case Min:
		return constant(Min{f(e.A), f(e.B)})
	case Max:
		return constant(Max{f(e.A), f(e.B)})
	case Compare:
		return constant(Compare{e.Op, f(e.A), f(e.B)})
	case MulDiv:
		m := MulDiv{f(e.A), f(e.B), f(e.C), e.Rounding}
		b, okB := m.B.(Const)
		c, okC := m.C.(Const)
		if okB && okC && c.V != 0 {
			if b.V == c.V {
				return m.A
			}
			if b.V == 0 {
				return Const{0}
			}
		}
		return constant(m)
	case Tier:
		return constant(Tier{f(e.X), e.Steps, e.Below})
	case Table:
		return constant(Table{e.Name, f(e.Index), e.Values})
	}
	return e // Const, PoolTotal, PoolRunning
}

// foldAll drops the parts of an And (all true) or Or (all false) that cannot decide.
func foldAll(of []Expr, f func(Expr) Expr, all bool) Expr {
	var rest []Expr
	for _, p := range of {
		p = f(p)
		c, ok := p.(Const)
		switch {
		case !ok:
			rest = append(rest, p)
		case (c.V != 0) != all:
			return Const{yes(!all)}
		}
	}
	switch len(rest) {
	case 0:
		return Const{yes(all)}
	case 1: // any non-zero number is a yes
		return Compare{NotEqual, rest[0], Const{0}}
	}
	if all {
		return And{rest}
	}
	return Or{rest}
}

func plusZero(e Add) Expr {
	if isConst(e.A, 0) {
		return e.B
	}
	if isConst(e.B, 0) {
		return e.A
	}
	return constant(e)
}

func isConst(e Expr, v int64) bool {
	c, ok := e.(Const)
	return ok && c.V == v
}

// constant computes e when all its parts are constants and nothing fails.
func constant(e Expr) Expr {
	var v [3]int64
	for i, p := range Children(e) {
		c, ok := p.(Const)
		if !ok {
			return e
		}
		v[i] = c.V
	}
	x, err := apply(e, v[0], v[1], v[2])
	if err != nil {
		return e
	}
	return Const{x}
}
