package sla

import (
	"fmt"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// count is how many units of the measure count, as a fraction n/d.
func (x *creditor) count(e contracts.Each) (n formula.Expr, d int64) {
	if e.Step.Num() > 0 {
		return x.countSteps(e)
	}
	of := x.w.lost
	if e.Civil {
		of = x.table("civil", "停止した暦日数", "civil days touched", Number, func(m Measured) int64 { return m.Days })
		return x.limitedUnits(x.beyond(of, e.After/e.Unit, e.Counts), 1, e), 1
	}
	unit := e.Unit
	after := e.After
	if x.g.a.Measure == contracts.Time {
		unit *= x.g.m.scale
		after *= x.g.m.scale
	}
	return x.whole(x.beyond(of, after, e.Counts), unit, e)
}

// beyond is what counts of the measure once it has passed a threshold.
func (x *creditor) beyond(of formula.Expr, after int64, counts contracts.Counts) formula.Expr {
	if after == 0 {
		return of
	}
	if counts == contracts.Excess {
		return formula.Max{A: formula.Sub{A: of, B: formula.Const{V: after}}, B: formula.Const{V: 0}}
	}
	return formula.If{Cond: formula.Compare{Op: formula.More, A: of, B: formula.Const{V: after}}, Then: of, Else: formula.Const{V: 0}}
}

// whole makes units of a measure: whole ones by the stated rounding, or the fraction itself where a part of a unit counts.
func (x *creditor) whole(of formula.Expr, unit int64, e contracts.Each) (formula.Expr, int64) {
	if e.Rounding == contracts.RoundingUnstated && unit > 1 {
		if e.AtMost > 0 {
			of = formula.Min{A: of, B: formula.Const{V: e.AtMost * unit}}
		}
		return of, unit
	}
	n := of
	if unit > 1 {
		n = formula.MulDiv{A: of, B: formula.Const{V: 1}, C: formula.Const{V: unit}, Rounding: e.Rounding}
	}
	return x.limitedUnits(n, unit, e), 1
}

// limitedUnits adds the column of units, up to their limit.
func (x *creditor) limitedUnits(n formula.Expr, unit int64, e contracts.Each) formula.Expr {
	if e.AtMost > 0 {
		n = formula.Min{A: n, B: formula.Const{V: e.AtMost}}
	}
	if _, plain := n.(formula.Col); plain || unit == 1 && e.AtMost == 0 && !e.Civil {
		return n
	}
	return x.column(fmt.Sprintf("units.%s%s@%s", x.nth(), x.c.ID, x.w.label), n, Quantity, "単位数 "+x.w.label, "units "+x.w.label)
}

// countSteps counts steps of uptime missing below a level: (level − uptime) ÷ step, in the parts of the whole in which both are whole
// numbers.
func (x *creditor) countSteps(e contracts.Each) (formula.Expr, int64) {
	from := e.From
	if from.Num() == 0 {
		from = x.g.a.Target
	}
	short, step := from.Den()-from.Num(), e.Step
	if x.w.fixed > 0 {
		w := x.w.fixed
		s := lcm(from.Den()/contracts.GCD(from.Den(), w), step.Den()/contracts.GCD(step.Den(), w))
		allowed, _ := contracts.MulDiv(w*s, short, from.Den(), contracts.RoundDown)
		unit, _ := contracts.MulDiv(w*s, step.Num(), step.Den(), contracts.RoundDown)
		missing := formula.Max{A: formula.Sub{A: times(x.w.failed, s), B: formula.Const{V: allowed}}, B: formula.Const{V: 0}}
		return x.whole(missing, unit, e)
	}
	// The whole is the customer's own: hold failed·f·s against it in units of 1/(f·s).
	s := lcm(from.Den(), step.Den())
	allowed := times(x.w.whole, short*(s/from.Den()))
	missing := formula.Max{A: formula.Sub{A: times(x.w.failed, s), B: allowed}, B: formula.Const{V: 0}}
	rounding := e.Rounding
	if rounding == contracts.RoundingUnstated {
		x.k.wrong(x.c.At, "pay.round", "E_UNIT", "parts of a step cannot be paid where every customer has another window", "state how steps are counted: up, down or half-up")
		rounding = contracts.RoundDown
	}
	n := formula.MulDiv{A: missing, B: formula.Const{V: 1}, C: times(x.w.whole, step.Num()*(s/step.Den())), Rounding: rounding}
	return x.limitedUnits(n, 2, e), 1
}

// marginal pays each part of the measure by the rung in which it lies: the units up to the rung's end less those up to its beginning.
func (x *creditor) marginal() formula.Expr {
	tiers := x.c.Tiers
	var of []formula.Expr
	for i, t := range tiers {
		from := x.edgeOf(t, begins)
		to := x.edgeOf(t, ends)
		if to == nil && i+1 < len(tiers) {
			to = x.edgeOf(tiers[i+1], begins)
		}
		of = append(of, x.band(t.Pays(), from, to))
	}
	return formula.Sum(of...)
}

// edgeOf is where a rung begins or ends, as a measure; nil where it does not.
func (x *creditor) edgeOf(t contracts.Tier, f func(contracts.Tier) (edge, bool)) formula.Expr {
	e, ok := f(t)
	if !ok {
		return nil
	}
	e.strict = false // a part of the measure, not a point
	return x.scaled(e)
}

// band is the pay for the part of the measure between two edges.
func (x *creditor) band(p contracts.Pay, from, to formula.Expr) formula.Expr {
	upto := func(e formula.Expr) (formula.Expr, int64) {
		of := x.w.lost
		if e != nil {
			of = formula.Min{A: of, B: e}
		}
		each := p.Each
		if each == nil {
			each = &contracts.Each{Unit: 1}
		}
		if each.Civil {
			days := x.table("civil", "停止した暦日数", "civil days touched", Number, func(m Measured) int64 { return m.Days })
			if e != nil {
				days = formula.Min{A: days, B: formula.MulDiv{A: e, B: formula.Const{V: 1}, C: formula.Const{V: each.Unit}, Rounding: contracts.RoundDown}}
			}
			return days, 1
		}
		unit := each.Unit
		if x.g.a.Measure == contracts.Time {
			unit *= x.g.m.scale
		}
		if each.Rounding == contracts.RoundingUnstated {
			return of, unit
		}
		return formula.MulDiv{A: of, B: formula.Const{V: 1}, C: formula.Const{V: unit}, Rounding: each.Rounding}, 1
	}
	n, d := upto(to)
	if from != nil {
		less, _ := upto(from)
		n = formula.Sub{A: n, B: less}
	}
	col := x.column(fmt.Sprintf("units.%s%s@%s", x.nth(), x.c.ID, x.w.label), n, Quantity, "単位数 "+x.w.label, "units "+x.w.label)
	if p.Number != "" {
		col = product(col, x.k.number(x.c.At, p.Number))
	}
	return x.amount(p, col, d)
}
