package sla

import (
	"fmt"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// inTime is whether the credit of the window was asked for in time; nil where nothing must be asked.
func (x *creditor) inTime() formula.Expr {
	c := x.c
	if c.Claim.Automatic || c.Claim.By == nil && !c.Claim.OnRequest {
		return nil
	}
	if c.Claim.By != nil {
		d := deadline{credit: c.ID, window: x.w.label, index: x.w.index}
		for _, m := range x.w.all {
			d.last = append(d.last, x.deadline(*c.Claim.By, m))
		}
		x.k.p.deadlines = append(x.k.p.deadlines, d)
	}
	if !x.k.p.Shape.Claimed {
		x.k.param(Parameter{Name: "claim." + c.ID, Kind: Choice, Default: plain(0), From: Assumed, Refs: x.refs,
			Label:   contracts.Text{JA: "請求の有無: " + c.Ref.String(), EN: "claim of the credit of " + c.Ref.String()},
			Why:     contracts.Text{JA: "請求日が一覧にないため、期限内に請求があったものとした", EN: "the list does not say when credits were asked for: taken to be in time"},
			Options: []Option{{"in-time", contracts.Text{JA: "期限内に請求あり", EN: "asked for in time"}}, {"late", contracts.Text{JA: "請求なし・期限後", EN: "not asked for, or late"}}}})
		return eq(formula.Param{Name: "claim." + c.ID}, 0)
	}
	day := x.k.inputOnce("claimed_day", Number, "請求日（1970年からの日数、0は未請求）", "day of the claim, counted from 1970; 0 is none")
	claimed := formula.Compare{Op: formula.More, A: day, B: formula.Const{V: 0}}
	if c.Claim.By == nil {
		return claimed
	}
	last := x.table("deadline", "請求期限（1970年からの日数）", "last day of the claim, counted from 1970", Number, func(m Measured) int64 { return int64(x.deadline(*c.Claim.By, m).Number()) })
	return x.column("claimed."+c.ID+"@"+x.w.label, formula.And{Of: []formula.Expr{claimed, formula.Compare{Op: formula.AtMost, A: day, B: last}}},
		YesNo, "期限内の請求 "+x.w.label, "asked for in time "+x.w.label)
}

// deadline is the last day of claims for the credit of a window, by state.
type deadline struct {
	credit, window string
	index          formula.Expr
	last           []contracts.Date
}

// Deadline is the last day on which a customer may ask for the credit of a window.
type Deadline struct {
	Credit, Window string
	Last           contracts.Date
}

// Deadlines lists the last days on which the customer may ask for credits, in the order of the contract. Credits that earned
// nothing are left out.
func (r Row) Deadlines() []Deadline {
	var out []Deadline
	for _, d := range r.run.Program.deadlines {
		i, err := formula.Eval(d.index, r.Env())
		if col := r.run.Program.Index("credit." + d.credit + "@" + d.window); err == nil && col >= 0 && r.Value(col) != 0 {
			out = append(out, Deadline{d.credit, d.window, d.last[i]})
		}
	}
	return out
}

// deadline is the last day on which the credit of a window may be asked for.
func (x *creditor) deadline(d contracts.Deadline, m Measured) contracts.Date {
	loc := x.g.m.loc
	last := func(t time.Time) contracts.Date { return contracts.DateOf(t.Add(-time.Millisecond), loc) }
	from := last(m.Period.End)
	switch {
	case d.After == contracts.AfterRecovery && !m.Recovered.IsZero():
		from = last(m.Recovered)
	case d.After == contracts.AfterStart:
		for p := range m.Counted.Periods() {
			from = contracts.DateOf(p.Start, loc)
			break
		}
	}
	if d.Windows > 0 { // the end of that many windows later
		first := contracts.DateOf(m.Period.Start, loc)
		if n := x.g.a.Window.Months(); n > 0 {
			after := contracts.Period{Start: m.Period.End, End: first.AddMonths(n * (d.Windows + 2)).In(loc)}
			from = last(x.g.a.Window.PeriodsFrom(after, loc, m.anchor)[d.Windows-1].Period.End)
		} else {
			from = first.AddDays((from.Number()-first.Number()+1)*(d.Windows+1) - 1)
		}
	}
	if d.Months > 0 || d.Day > 0 {
		month := contracts.Date{Year: from.Year, Month: from.Month, Day: 1}.AddMonths(d.Months)
		length := month.AddMonths(1).AddDays(-1).Day
		day := from.Day
		if d.Day > 0 {
			day = d.Day
		} else if from.AddDays(1).Day == 1 { // counted from a month's end it is a month's end
			day = length
		}
		from = month.AddDays(min(day, length) - 1)
	}
	return x.later(from, d)
}

// later is so many days after a day, working days where a calendar counts.
func (x *creditor) later(from contracts.Date, d contracts.Deadline) contracts.Date {
	cal := x.k.p.Contract.Calendar(d.Calendar)
	if cal == nil {
		return from.AddDays(d.Days)
	}
	for n := d.Days; n > 0 && from.Year < 9999; {
		from = from.AddDays(1)
		if cal.Works(from) {
			n--
		}
	}
	return from
}

// combine pays what is taken of several credits: its posting takes off what is not paid.
func (k *compiler) combine(c *contracts.Combine) formula.Expr {
	var posts []formula.Expr
	for _, id := range c.Credits {
		posts = append(posts, formula.Col{Name: "post." + id})
	}
	var taken formula.Expr
	switch c.Take {
	case contracts.TakeHighest:
		taken = fold(posts, func(a, b formula.Expr) formula.Expr { return formula.Max{A: a, B: b} })
	case contracts.TakeLowest:
		taken = fold(posts, func(a, b formula.Expr) formula.Expr { return formula.Min{A: a, B: b} })
	case contracts.TakeFirst:
		taken = formula.Const{V: 0}
		for i := len(posts) - 1; i >= 0; i-- {
			taken = formula.If{Cond: formula.Compare{Op: formula.More, A: posts[i], B: formula.Const{V: 0}}, Then: posts[i], Else: taken}
		}
	default:
		taken = formula.Sum(posts...)
	}
	refs := []contracts.Ref{c.Ref}
	if len(c.AtMost) > 0 {
		first := k.p.Contract.Clause(c.Credits[0]).(*contracts.Credit)
		x := &creditor{k: k, c: &contracts.Credit{Provision: c.Provision, Base: first.Base}, rounding: k.p.Contract.RoundingOf(&c.Provision), refs: refs}
		x.base = x.feeBase("base."+c.ID, first.Base)
		for _, l := range c.AtMost {
			taken = formula.Min{A: taken, B: x.limit(l)}
		}
	}
	col := k.add(Column{Column: formula.Column{Name: "taken." + c.ID, Expr: taken}, Unit: Amount, Role: Working, Rule: RuleCredit, Clause: c.ID,
		Label: contracts.Text{JA: "併合後の返金額", EN: "paid of several credits"}, Refs: refs})
	k.posting(c.ID, RuleCredit, refs, formula.If{Cond: k.stands(c, ""), Then: formula.Sub{A: col, B: formula.Sum(posts...)}, Else: formula.Const{V: 0}})
	return formula.Col{Name: "post." + c.ID}
}

// earnBack takes back a part of the credit of each window after which the commitment was met for so many windows.
func (k *compiler) earnBack(c *contracts.EarnBack) formula.Expr {
	credit := k.p.Contract.Clause(c.Credit).(*contracts.Credit)
	refs := []contracts.Ref{c.Ref}
	var back []formula.Expr
	if credit.Of != "" {
		g := k.gauge(k.p.Contract.Clause(credit.Of).(*contracts.Availability))
		for i, w := range g.windows {
			if met := k.metAfter(g, i, c.Windows); met != nil {
				part := formula.MulDiv{A: formula.Col{Name: "credit." + credit.ID + "@" + w.label}, B: formula.Const{V: c.Return.Num()}, C: formula.Const{V: c.Return.Den()}, Rounding: k.p.Contract.RoundingOf(&c.Provision)}
				back = append(back, formula.If{Cond: met, Then: part, Else: formula.Const{V: 0}})
			}
		}
	}
	if len(back) == 0 {
		k.assume("earn_back."+c.ID, "その後の期間の達成が記録されていないため、返戻はないものとした", "no later windows are on record as met: nothing is earned back")
	}
	earned := formula.Min{A: formula.Sum(back...), B: formula.Max{A: formula.Col{Name: "post." + credit.ID}, B: formula.Const{V: 0}}}
	k.posting(c.ID, RuleCredit, refs, formula.If{Cond: k.stands(c, ""), Then: formula.Sub{A: formula.Const{V: 0}, B: earned}, Else: formula.Const{V: 0}})
	return formula.Col{Name: "post." + c.ID}
}

// metAfter is whether the n windows after window i met the commitment, as measured or as on record; nil where one of them is neither.
func (k *compiler) metAfter(g *gauge, i, n int) formula.Expr {
	var of []formula.Expr
	for step := 1; step <= n; step++ {
		if i+step < len(g.windows) && g.follows(i, i+step, step) {
			of = append(of, g.windows[i+step].met)
			continue
		}
		l := g.recorded(g.windows[i].period, step)
		if l == nil {
			return nil
		}
		of = append(of, formula.Const{V: flag(!g.missedBy(l))})
	}
	return formula.And{Of: of}
}

// follows reports whether window j is that many windows after window i in the calendar.
func (g *gauge) follows(i, j, steps int) bool {
	label, ok := g.labelAt(g.windows[i].period, steps)
	return ok && label == g.windows[j].label
}

// labelAt is the label of the window so many windows after one, or before it.
func (g *gauge) labelAt(p contracts.Period, steps int) (string, bool) {
	a := g.a
	if !a.Window.Calendar() {
		return "", false
	}
	loc := g.m.loc
	first := contracts.DateOf(p.Start, loc)
	if a.Window == contracts.CalendarDay {
		first = first.AddDays(steps)
	} else {
		first = first.AddMonths(steps * a.Window.Months())
	}
	at := first.In(loc)
	list := a.Window.PeriodsFrom(contracts.Period{Start: at, End: at.Add(time.Millisecond)}, loc, contracts.Date{Year: 1, Month: max(a.YearStarts, 1), Day: 1})
	return list[0].Label, true
}

// recorded is the level on record of the window so many windows after one, or before it; nil when there is none.
func (g *gauge) recorded(p contracts.Period, steps int) *Level {
	label, ok := g.labelAt(p, steps)
	if !ok {
		return nil
	}
	for i := range g.m.in.Levels {
		if l := &g.m.in.Levels[i]; l.Of == g.a.ID && l.Window == label {
			return l
		}
	}
	return nil
}

// missedBy reports whether a level on record missed the commitment.
func (g *gauge) missedBy(l *Level) bool {
	if l.Value != nil {
		return *l.Value > 0
	}
	if g.a.Target.Num() == 0 {
		return l.Uptime.Cmp(contracts.One) < 0
	}
	return l.Uptime.Cmp(g.a.Target) < 0
}

// misses counts, for each window of another commitment, the windows that missed up to it: in a stretch of so many, or in an unbroken run.
func (k *compiler) misses(g *gauge) {
	a := g.a
	of := k.gauge(k.p.Contract.Clause(a.Misses.Of).(*contracts.Availability))
	threshold := k.firstRung(a)
	var paid []formula.Expr
	for i, w := range of.windows {
		span := max(a.Misses.Within, 1)
		if a.Misses.Within == 0 {
			span = 120 // a run, or all that is on record
		}
		e := of.missCount(a.Misses, i, span, paid)
		if a.Misses.OnlyMissed {
			e = formula.If{Cond: of.windows[i].met, Then: formula.Const{V: 0}, Else: e}
		}
		label := contracts.Text{JA: "未達の回数 " + w.label, EN: "windows missed up to " + w.label}
		col := k.add(Column{Column: formula.Column{Name: "misses." + a.ID + "@" + w.label, Expr: e}, Label: label, Unit: Number, Role: Working, Rule: RuleCredit, Clause: a.ID, Refs: []contracts.Ref{a.Ref}})
		if a.Misses.Restart {
			paid = append(paid, formula.Compare{Op: formula.AtLeast, A: col, B: formula.Const{V: threshold}})
		}
		mine := &gaugeWindow{label: w.label, period: w.period, all: w.all, index: w.index, lost: col, failed: col, whole: formula.Const{V: 1}, lostOf: formula.Const{V: 1}, fixed: 1}
		mine.met = formula.Not{A: col}
		g.windows = append(g.windows, mine)
	}
	g.m = of.m
}

// missed is whether the commitment missed in the window so many windows before window i: as measured, or as on record. A window of
// which nothing is on record counts as met.
func (g *gauge) missed(i, back int) formula.Expr {
	if j := i - back; j >= 0 && (back == 0 || g.inARow() || g.follows(j, i, back)) {
		return formula.Not{A: g.windows[j].met}
	}
	if l := g.recorded(g.windows[i].period, -back); l != nil && g.missedBy(l) {
		return formula.Const{V: 1}
	}
	return formula.Const{V: 0}
}

// inARow reports whether the windows are months of each customer: all that the incident touches from its first to its last, one after
// the other.
func (g *gauge) inARow() bool {
	w := g.a.Window
	return w.Months() > 0 && !w.Calendar() && !g.m.in.Span().Start.IsZero()
}

// missCount is the count of window i. A miss that lies before a count that was paid for does not count again where the count restarts.
func (g *gauge) missCount(m contracts.MissCount, i, span int, paid []formula.Expr) formula.Expr {
	var of []formula.Expr
	run := []formula.Expr{}
	for back := range span {
		e := g.missed(i, back)
		if c, ok := e.(formula.Const); ok && c.V == 0 {
			if m.Consecutive {
				break
			}
			continue
		}
		if m.Restart {
			for j := max(i-back, 0); j < i; j++ {
				e = formula.And{Of: []formula.Expr{e, formula.Not{A: paid[j]}}}
			}
		}
		if m.Consecutive {
			run = append(run, e)
			e = formula.And{Of: append([]formula.Expr{}, run...)}
		}
		of = append(of, formula.If{Cond: e, Then: formula.Const{V: 1}, Else: formula.Const{V: 0}})
	}
	return formula.Sum(of...)
}

// firstRung is the least count that pays, over the credits of a commitment; it restarts the count.
func (k *compiler) firstRung(a *contracts.Availability) int64 {
	least := int64(1 << 40)
	for _, cl := range k.p.Contract.Clauses {
		if c, ok := cl.(*contracts.Credit); ok && c.Of == a.ID {
			for _, t := range c.Tiers {
				if t.Least != nil {
					least = min(least, *t.Least+flag(!t.Inclusive))
				}
			}
		}
	}
	return least
}

// termination adds whether the customer may end the contract.
func (k *compiler) termination(c *contracts.Termination) {
	g := k.gauge(k.p.Contract.Clause(c.Of).(*contracts.Availability))
	var of []formula.Expr
	for i, w := range g.windows {
		if c.Below != nil {
			of = append(of, formula.Compare{Op: formula.AtLeast, A: w.failed, B: w.atOrBelow(edge{ratio: *c.Below, strict: true})})
		}
		if c.Times > 0 {
			span := c.Misses.Within
			if span == 0 {
				span = 120
			}
			count := g.missCount(c.Misses, i, span, nil)
			of = append(of, formula.Compare{Op: formula.AtLeast, A: count, B: formula.Const{V: int64(c.Times)}})
		}
	}
	e := formula.Expr(formula.And{Of: []formula.Expr{k.stands(c, ""), formula.Or{Of: of}}})
	label := contracts.Text{JA: "解除権の発生（" + c.Ref.String() + "）", EN: "right to end the contract (" + c.Ref.String() + ")"}
	if c.Within > 0 {
		label.JA += fmt.Sprintf("、期間終了後%d日以内に行使", c.Within)
		label.EN += fmt.Sprintf(", to be used within %d days of the window's end", c.Within)
	}
	k.add(Column{Column: formula.Column{Name: "may_terminate." + c.ID, Expr: e}, Label: label, Unit: YesNo, Role: Test, Clause: c.ID, Refs: []contracts.Ref{c.Ref}})
}
