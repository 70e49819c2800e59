package sla

import (
	"fmt"
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// fee is the column of a fee of the list.
func (x *creditor) fee(name string) formula.Expr { return x.k.fee(x.c.At, name) }

func (k *compiler) fee(at contracts.Pos, name string) formula.Expr {
	switch name {
	case contracts.FeeMonthly, "":
		return formula.Col{Name: "monthly_fee"}
	case contracts.FeeToDate:
		return formula.Col{Name: "fees_paid"}
	}
	if !slices.Contains(k.p.Shape.Fees, name) {
		k.wrong(at, "of", "E_UNKNOWN_FEE", fmt.Sprintf("the customer list has no fee %q", name), "add the column fee."+name)
	}
	return k.inputOnce("fee."+name, Amount, "料金: "+name, "fee: "+name)
}

// feeBase is the base of a credit or of one of its limits. A base of several fees is a column of that name; without one it is worked
// out in place.
func (x *creditor) feeBase(name string, b contracts.FeeBase) formula.Expr {
	e := x.fee(b.Name())
	for _, n := range b.Plus {
		e = formula.Add{A: e, B: x.fee(n)}
	}
	for _, n := range b.Less {
		e = formula.Sub{A: e, B: x.fee(n)}
	}
	if len(b.Less) > 0 {
		e = formula.Max{A: e, B: formula.Const{V: 0}}
	}
	if m := b.Multiple(); m != contracts.One {
		e = formula.MulDiv{A: e, B: formula.Const{V: m.Num()}, C: formula.Const{V: m.Den()}, Rounding: x.rounding}
	}
	if _, plain := e.(formula.Col); plain || name == "" {
		return e
	}
	return x.column(name, e, Amount, "算定の基礎となる料金", "fee on which the credit is worked out")
}

// pay is what a pay gives in the window, in minor units.
func (x *creditor) pay(p contracts.Pay) formula.Expr {
	n, d := formula.Expr(nil), int64(1) // units, as a fraction; nil is one
	if p.Each != nil {
		n, d = x.count(*p.Each)
	}
	if p.Number != "" {
		number := x.k.number(x.c.At, p.Number)
		if n == nil {
			n = number
		} else {
			n = product(n, number)
		}
	}
	return x.amount(p, n, d)
}

// product is a·b, exactly.
func product(a, b formula.Expr) formula.Expr {
	return formula.MulDiv{A: a, B: b, C: formula.Const{V: 1}, Rounding: contracts.RoundDown}
}

// number is the column of a number of the list.
func (k *compiler) number(at contracts.Pos, name string) formula.Expr {
	if !slices.Contains(k.p.Shape.Numbers, name) {
		k.wrong(at, "number", "E_UNKNOWN_NUMBER", fmt.Sprintf("the customer list has no number %q", name), "add the column number."+name)
	}
	return k.inputOnce("number."+name, Quantity, "数量: "+name, "number: "+name)
}

// amount is n/d times what the pay gives for one; n nil is one.
func (x *creditor) amount(p contracts.Pay, n formula.Expr, d int64) formula.Expr {
	of := func(a formula.Expr, num, den int64) formula.Expr { // a·num·n ÷ (den·d), rounded once
		b := formula.Expr(formula.Const{V: num})
		g := contracts.GCD(max(num, 1), d)
		if n != nil {
			b = times(n, num/g)
			den = den * (d / g)
		}
		if p.Per != "" {
			among := formula.Max{A: x.k.number(x.c.At, p.Per), B: formula.Const{V: 1}}
			return formula.MulDiv{A: a, B: b, C: times(among, den), Rounding: x.rounding}
		}
		if den == 1 {
			return product(a, b)
		}
		return formula.MulDiv{A: a, B: b, C: formula.Const{V: den}, Rounding: x.rounding}
	}
	switch p.Kind {
	case contracts.PayRate:
		return of(x.base, p.Rate.Num(), p.Rate.Den())
	case contracts.PayFixed:
		if len(p.Dated) > 0 {
			return of(x.datedAmount(p), 1, 1)
		}
		if n == nil && p.Per == "" {
			return formula.Const{V: int64(p.Fixed)}
		}
		return of(formula.Const{V: int64(p.Fixed)}, 1, 1)
	case contracts.PayTime:
		return x.serviceTime(p, of)
	case contracts.PayPoints:
		x.points(p, n, d)
		return formula.Const{V: 0}
	case contracts.PayProrata:
		return x.prorata(p, of)
	}
	var parts []formula.Expr
	for _, part := range p.Parts {
		m, e := n, d
		if part.Each != nil {
			m, e = x.count(*part.Each)
			if n != nil {
				m, e = product(m, n), e*d
			}
		}
		parts = append(parts, x.amount(part, m, e))
	}
	switch p.Kind {
	case contracts.PayGreater:
		return fold(parts, func(a, b formula.Expr) formula.Expr { return formula.Max{A: a, B: b} })
	case contracts.PayLesser:
		return fold(parts, func(a, b formula.Expr) formula.Expr { return formula.Min{A: a, B: b} })
	}
	return formula.Sum(parts...)
}

func fold(parts []formula.Expr, f func(a, b formula.Expr) formula.Expr) formula.Expr {
	out := parts[0]
	for _, p := range parts[1:] {
		out = f(out, p)
	}
	return out
}

// table is a number of each state of the window: a constant where all are the same.
func (x *creditor) table(name, ja, en string, u Unit, f func(Measured) int64) formula.Expr {
	values := x.w.column(f)
	if !slices.ContainsFunc(values, func(v int64) bool { return v != values[0] }) {
		return formula.Const{V: values[0]}
	}
	name += "." + x.c.ID + "@" + x.w.label
	if x.k.p.Column(name) != nil {
		return formula.Col{Name: name}
	}
	return x.column(name, formula.Table{Name: name, Index: x.w.index, Values: values}, u, ja+" "+x.w.label, en+" "+x.w.label)
}

// datedAmount is the sum that applied on the day on which the window or the interruption began.
func (x *creditor) datedAmount(p contracts.Pay) formula.Expr {
	loc, _ := contracts.LoadZone(x.k.p.Contract.Zone) // checked by Validate
	on := func(day contracts.Date) int64 {
		sum := int64(0)
		for _, d := range p.Dated {
			if d.From.Cmp(day) <= 0 {
				sum = int64(d.Amount)
			}
		}
		return sum
	}
	if x.w == nil {
		return formula.Const{V: on(x.k.p.Incident.day())}
	}
	x.units++
	return x.table(fmt.Sprintf("sum%d", x.units), "適用される額", "sum that applied", Amount, func(m Measured) int64 { return on(contracts.DateOf(m.Period.Start, loc)) })
}

// serviceTime is the value of hours, days or months of service. Without a stated number of days the base pays for the days of the
// window, or of the month in which a window that is no month began.
func (x *creditor) serviceTime(p contracts.Pay, of func(a formula.Expr, num, den int64) formula.Expr) formula.Expr {
	num, den := p.Rate.Num(), p.Rate.Den()
	if p.Unit == contracts.MonthsOfService {
		return of(x.base, num, den)
	}
	if p.Unit == contracts.HoursOfService {
		den *= 24
	}
	if p.DayDays > 0 {
		return of(x.base, num, den*int64(p.DayDays))
	}
	days := formula.Expr(formula.Const{V: 30})
	if x.w != nil {
		days = x.table("days", "期間の日数", "days of the period", Number, func(m Measured) int64 { return x.daysOf(m.Period) })
	}
	if c, ok := days.(formula.Const); ok {
		return of(x.base, num, den*c.V)
	}
	return formula.MulDiv{A: of(x.base, num, 1), B: formula.Const{V: 1}, C: times(days, den), Rounding: x.rounding}
}

// daysOf is the civil days of a window of one month or more, else of the month in which it began.
func (x *creditor) daysOf(p contracts.Period) int64 {
	loc := x.g.m.loc
	first := contracts.DateOf(p.Start, loc)
	if x.g.a.Window.Months() > 0 {
		return int64(contracts.DateOf(p.End, loc).Number() - first.Number())
	}
	first.Day = 1
	return int64(first.AddMonths(1).Number() - first.Number())
}

// points adds a column of points, which are no money.
func (x *creditor) points(p contracts.Pay, n formula.Expr, d int64) {
	x.units++
	e := formula.Expr(formula.Const{V: p.Points})
	if n != nil {
		e = formula.MulDiv{A: n, B: e, C: formula.Const{V: d}, Rounding: x.rounding}
	}
	if x.when != nil {
		e = formula.If{Cond: x.when, Then: e, Else: formula.Const{V: 0}}
	}
	x.column(fmt.Sprintf("points%d.%s%s", x.units, x.c.ID, x.at()), e, Quantity, "ポイント "+x.label(), "points "+x.label())
}

// prorata is base × times × time ÷ whole.
func (x *creditor) prorata(p contracts.Pay, of func(a formula.Expr, num, den int64) formula.Expr) formula.Expr {
	q := p.Prorata
	many := q.Times
	if many.Num() == 0 {
		many = contracts.One
	}
	time, whole := x.w.lost, x.w.lostOf
	if q.Of == contracts.OfExcess {
		time, whole = x.excess()
	}
	if q.Over > 0 {
		whole = formula.Const{V: q.Over * x.g.m.scale}
		if q.Of == contracts.OfExcess {
			whole = times(whole, x.excessScale())
		}
	}
	if q.Decimals != nil {
		parts := int64(1)
		for range *q.Decimals {
			parts *= 10
		}
		x.units++
		factor := x.column(fmt.Sprintf("factor%d.%s@%s", x.units, x.c.ID, x.w.label),
			formula.MulDiv{A: time, B: formula.Const{V: many.Num() * parts}, C: times(whole, many.Den()), Rounding: q.Rounding},
			Quantity, fmt.Sprintf("係数（%d分の1単位） %s", parts, x.w.label), fmt.Sprintf("factor in 1/%d %s", parts, x.w.label))
		return formula.MulDiv{A: of(x.base, 1, 1), B: factor, C: formula.Const{V: parts}, Rounding: x.rounding}
	}
	return formula.MulDiv{A: of(x.base, 1, 1), B: times(time, many.Num()), C: times(whole, many.Den()), Rounding: x.rounding}
}

// excessScale is the number of parts of a millisecond in which the excess over the target's allowance is whole.
func (x *creditor) excessScale() int64 {
	t := x.g.a.Target
	if x.w.fixed > 0 {
		return t.Den() / contracts.GCD(t.Den(), x.w.fixed)
	}
	return t.Den()
}

// excess is the time beyond the allowance of the target, W·(d−n)/d, and the whole, both in parts of a millisecond in which the
// allowance is whole.
func (x *creditor) excess() (time, whole formula.Expr) {
	t, s := x.g.a.Target, x.excessScale()
	allowed := formula.Expr(formula.MulDiv{A: times(x.w.lostOf, s), B: formula.Const{V: t.Den() - t.Num()}, C: formula.Const{V: t.Den()}, Rounding: contracts.RoundDown})
	if c, ok := x.w.lostOf.(formula.Const); ok {
		v, _ := contracts.MulDiv(c.V*s, t.Den()-t.Num(), t.Den(), contracts.RoundDown)
		allowed = formula.Const{V: v}
	}
	over := x.column("excess."+x.nth()+x.c.ID+"@"+x.w.label, formula.Max{A: formula.Sub{A: times(x.w.lost, s), B: allowed}, B: formula.Const{V: 0}}, x.excessUnit(s),
		"保証を超える停止時間 "+x.w.label, "downtime beyond the promise "+x.w.label)
	return over, times(x.w.lostOf, s)
}

func (x *creditor) excessUnit(s int64) Unit {
	if s == 1 && x.g.m.scale == 1 {
		return Millis
	}
	return Quantity
}

// nth tells apart columns of one kind in a window, where there are several.
func (x *creditor) nth() string {
	x.units++
	if x.units == 1 {
		return ""
	}
	return fmt.Sprintf("%d.", x.units)
}
