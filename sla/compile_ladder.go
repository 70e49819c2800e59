package sla

import (
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// ladder is a table of rungs as steps over what failed: from each edge on, which rungs hold.
type ladder struct {
	edges []edge
	holds [][]int // by edge: the rungs that hold from it to the next, as written
	kept  []bool  // by edge: the commitment is kept there
}

// begins and ends are the edges of a rung; ends is false for one that goes on.
func begins(t contracts.Tier) (edge, bool) {
	switch {
	case t.OnUptime() && t.Bound == contracts.One && t.Inclusive:
		return edge{}, false // from full uptime down
	case t.OnUptime():
		return edge{ratio: t.Bound, strict: !t.Inclusive}, true
	case t.Least == nil:
		return edge{}, false
	}
	return edge{least: t.Least, strict: !t.Inclusive}, true
}

func ends(t contracts.Tier) (edge, bool) {
	switch {
	case t.Floor != nil && t.Floor.Num() == 0 && t.FloorInclusive: // nothing lies below no uptime at all
	case t.Floor != nil: // uptime of the floor itself is still of the rung
		return edge{ratio: *t.Floor, strict: t.FloorInclusive}, true
	case t.Most != nil:
		return edge{least: t.Most, strict: t.FloorInclusive}, true
	}
	return edge{}, false
}

// newLadder lays out the rungs of a credit. The first edge is no failure at all.
func newLadder(c *contracts.Credit, a *contracts.Availability) ladder {
	var all []edge
	for _, t := range c.Tiers {
		if e, ok := begins(t); ok {
			all = append(all, e)
		}
		if e, ok := ends(t); ok {
			all = append(all, e)
		}
	}
	onUptime := c.Tiers[0].OnUptime()
	if onUptime && a.Target.Num() > 0 {
		all = append(all, edge{ratio: a.Target, strict: true})
	}
	slices.SortFunc(all, edge.cmp)
	l := ladder{edges: append([]edge{{}}, slices.CompactFunc(all, func(x, y edge) bool { return x.cmp(y) == 0 })...)}
	for i, e := range l.edges {
		past := func(f edge) bool { return i > 0 && f.cmp(e) <= 0 }
		var holds []int
		for n, t := range c.Tiers {
			from, hasFrom := begins(t)
			to, hasTo := ends(t)
			if (!hasFrom || past(from)) && (!hasTo || !past(to)) {
				holds = append(holds, n)
			}
		}
		l.holds = append(l.holds, holds)
		l.kept = append(l.kept, onUptime && a.Target.Num() > 0 && !past(edge{ratio: a.Target, strict: true}) || i == 0)
	}
	return l
}

// none is the number of no rung.
const none = -1

// choose says which rung pays from each edge on, by a policy where several hold or none does. Several rungs paid at once are the
// business of the caller.
func (l ladder) choose(c *contracts.Credit, several, gap contracts.LadderPolicy) []int {
	out := make([]int, len(l.edges))
	for i, holds := range l.holds {
		switch {
		case len(holds) == 1 && !(l.kept[i] && c.TwoEdged() && several == contracts.LadderLeast):
			out[i] = holds[0]
		case len(holds) > 0 && l.kept[i] && c.TwoEdged() && several == contracts.LadderLeast:
			out[i] = none // promise and penalty both hold here
		case len(holds) > 0 && !c.TwoEdged():
			out[i] = holds[len(holds)-1] // the furthest reached
		case len(holds) > 0:
			out[i] = pick(c, holds, several)
		default:
			out[i] = l.inGap(c, i, gap)
		}
	}
	return out
}

// pick chooses among rungs that hold at once.
func pick(c *contracts.Credit, holds []int, policy contracts.LadderPolicy) int {
	best := holds[0]
	for _, n := range holds[1:] {
		d := comparePay(c.Tiers[n].Pays(), c.Tiers[best].Pays(), n-best)
		if policy == contracts.LadderMost && d > 0 || policy == contracts.LadderLeast && d < 0 {
			best = n
		}
	}
	return best
}

// comparePay orders pays of one kind by size; of others the later rung pays more.
func comparePay(a, b contracts.Pay, order int) int {
	if a.Kind != b.Kind || a.Each != nil || b.Each != nil || a.Unit != b.Unit {
		return order
	}
	switch a.Kind {
	case contracts.PayRate, contracts.PayTime:
		return a.Rate.Cmp(b.Rate)
	case contracts.PayFixed:
		return int(a.Fixed - b.Fixed)
	}
	return order
}

// inGap chooses where no rung holds: nothing while the promise is kept or above the first rung of a ladder that is not two-edged; else by the policy.
func (l ladder) inGap(c *contracts.Credit, i int, policy contracts.LadderPolicy) int {
	if l.kept[i] || !c.TwoEdged() || policy == contracts.LadderNone {
		return none
	}
	before, beyond := none, none
	for _, holds := range l.holds[:i] {
		if len(holds) > 0 {
			before = pick(c, holds, contracts.LadderMost)
		}
	}
	for _, holds := range slices.Backward(l.holds[i+1:]) {
		if len(holds) > 0 {
			beyond = pick(c, holds, contracts.LadderMost)
		}
	}
	if policy == contracts.LadderMost && beyond != none {
		return beyond
	}
	return before
}

// single is the pay of the rung reached. Where the table leaves open which one it is, both the least and the most are readings.
func (x *creditor) single() formula.Expr {
	c := x.c
	l := newLadder(c, x.g.a)
	several, gap := c.IfSeveral, c.IfNone
	if several == contracts.LadderAdd {
		return x.added()
	}
	least, most := l.choose(c, orElse(several, contracts.LadderLeast), orElse(gap, contracts.LadderNone)), l.choose(c, orElse(several, contracts.LadderMost), orElse(gap, contracts.LadderMost))
	open := !slices.Equal(least, most)
	if open {
		x.k.param(Parameter{Name: "tiers." + c.ID, Kind: Choice, From: FromContract, Refs: x.refs,
			Label: contracts.Text{JA: "段階表の隙間・重なりの扱い: " + c.Ref.String(), EN: "gaps and overlaps of the table of " + c.Ref.String()},
			Why:   contracts.Text{JA: "段階表に隙間または重なりがあり、約款に定めがないため、双方を算定する", EN: "the table leaves a gap or an overlap and the terms do not say what holds there: both readings are computed"},
			Options: []Option{
				{"least", contracts.Text{JA: "最も少ない読み方", EN: "the reading that pays least"}},
				{"most", contracts.Text{JA: "最も多い読み方", EN: "the reading that pays most"}},
			}})
	}
	if x.plainRates() {
		num, den := x.rateOf(l, least)
		if open {
			more, _ := x.rateOf(l, most)
			num = formula.If{Cond: eq(formula.Param{Name: "tiers." + c.ID}, 0), Then: num, Else: more}
		}
		return formula.MulDiv{A: x.base, B: num, C: formula.Const{V: den}, Rounding: x.rounding}
	}
	rung := x.stepped(l, least, func(n int) int64 { return int64(n + 1) })
	if open {
		rung = formula.If{Cond: eq(formula.Param{Name: "tiers." + c.ID}, 0), Then: rung, Else: x.stepped(l, most, func(n int) int64 { return int64(n + 1) })}
	}
	col := x.column("rung."+c.ID+"@"+x.w.label, rung, Number, "該当する段階 "+x.w.label, "rung reached "+x.w.label)
	out := formula.Expr(formula.Const{V: 0})
	for n := len(c.Tiers) - 1; n >= 0; n-- {
		x.when = eq(col, int64(n+1))
		out = formula.If{Cond: x.when, Then: x.pay(c.Tiers[n].Pays()), Else: out}
	}
	return out
}

func orElse(p, other contracts.LadderPolicy) contracts.LadderPolicy {
	if p == contracts.LadderOpen {
		return other
	}
	return p
}

// plainRates reports whether every rung pays a share of the base and nothing else.
func (x *creditor) plainRates() bool {
	return !slices.ContainsFunc(x.c.Tiers, func(t contracts.Tier) bool {
		p := t.Pays()
		return p.Kind != contracts.PayRate || p.Each != nil || p.Number != ""
	})
}

// rateOf is the rate of the rung reached, over one denominator for all rungs.
func (x *creditor) rateOf(l ladder, rungs []int) (num formula.Expr, den int64) {
	den = 1
	for _, t := range x.c.Tiers {
		r := t.Pays().Rate
		den = den / contracts.GCD(den, r.Den()) * r.Den()
	}
	return x.stepped(l, rungs, func(n int) int64 {
		if n == none {
			return 0
		}
		r := x.c.Tiers[n].Pays().Rate
		return r.Num() * (den / r.Den())
	}), den
}

// stepped is a value for each rung, by what failed. Where the whole is the same for all it is one lookup, else a chain of comparisons.
func (x *creditor) stepped(l ladder, rungs []int, value func(int) int64) formula.Expr {
	below := value(rungs[0])
	if rungs[0] == none {
		below = value(none)
	}
	var steps []formula.Step
	chain := formula.Expr(formula.Const{V: below})
	constant := true
	for i := 1; i < len(l.edges); i++ {
		at := x.scaled(l.edges[i])
		v := value(rungs[i])
		c, ok := at.(formula.Const)
		constant = constant && ok
		chain = formula.If{Cond: formula.Compare{Op: formula.AtLeast, A: x.w.failed, B: at}, Then: formula.Const{V: v}, Else: chain}
		if !ok {
			continue
		}
		if n := len(steps); n > 0 && steps[n-1].AtLeast == c.V {
			steps[n-1].Value = v
		} else if n == 0 && v == below || n > 0 && steps[n-1].Value == v {
			continue // nothing changes here
		} else {
			steps = append(steps, formula.Step{AtLeast: c.V, Value: v})
		}
	}
	if constant {
		return formula.Tier{X: x.w.failed, Steps: steps, Below: below}
	}
	return chain
}

// scaled is an edge in the unit of what failed: lengths of time count in the measure's parts of a millisecond.
func (x *creditor) scaled(e edge) formula.Expr {
	if e.least != nil && x.g.m != nil && x.g.m.scale > 1 {
		return formula.Const{V: *e.least*x.g.m.scale + flag(e.strict)}
	}
	return x.w.atOrBelow(e)
}

// added pays every rung that holds.
func (x *creditor) added() formula.Expr {
	var of []formula.Expr
	for _, t := range x.c.Tiers {
		x.when = x.holds(t)
		of = append(of, formula.If{Cond: x.when, Then: x.pay(t.Pays()), Else: formula.Const{V: 0}})
	}
	return formula.Sum(of...)
}

// reached is whether what failed lies beyond the rung's first edge, holds whether it lies between its edges.
func (x *creditor) reached(t contracts.Tier) formula.Expr {
	e, ok := begins(t)
	if !ok {
		return formula.Const{V: 1}
	}
	return formula.Compare{Op: formula.AtLeast, A: x.w.failed, B: x.scaled(e)}
}

func (x *creditor) holds(t contracts.Tier) formula.Expr {
	of := []formula.Expr{x.reached(t)}
	if e, ok := ends(t); ok {
		of = append(of, formula.Compare{Op: formula.Less, A: x.w.failed, B: x.scaled(e)})
	}
	return formula.And{Of: of}
}
