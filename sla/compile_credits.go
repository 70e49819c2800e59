package sla

import (
	"fmt"
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// credits measures each availability commitment that earns credits and works out the credit.
func (k *compiler) credits() {
	var all []formula.Expr
	for _, cl := range k.p.Contract.Clauses {
		if c, ok := cl.(*contracts.Credit); ok {
			all = append(all, k.creditOf(c))
		}
	}
	if len(all) > 0 {
		k.credit = k.add(Column{Column: formula.Column{Name: "credits", Expr: formula.Sum(all...)}, Unit: Amount, Role: Working, Rule: RuleCredit,
			Label: contracts.Text{JA: "返金額合計", EN: "credits in all"}})
	}
}

// creditOf adds, for each window the incident touches, the downtime, the credit
// it earns, and the sum as a posting.
func (k *compiler) creditOf(c *contracts.Credit) formula.Expr {
	a := k.p.Contract.Clause(c.Of).(*contracts.Availability)
	loc, _ := contracts.LoadZone(k.p.Contract.Zone) // checked by Validate
	refs := k.refsOf(&c.Provision, law.Nothing)
	var sum []formula.Expr
	for _, w := range a.Window.Periods(k.p.Incident.Span(), loc) {
		down := k.downtime(a, w)
		k.met(a, w, down)
		steps, den := ladder(c, w.Period.Millis())
		part := formula.Expr(formula.MulDiv{
			A: formula.Col{Name: "monthly_fee"}, B: formula.Tier{X: down, Steps: steps}, C: formula.Const{V: den},
			Rounding: k.p.Contract.RoundingOf(&c.Provision)})
		if c.AtMost.Num() > 0 {
			part = formula.Min{A: part, B: formula.MulDiv{A: formula.Col{Name: "monthly_fee"},
				B: formula.Const{V: c.AtMost.Num()}, C: formula.Const{V: c.AtMost.Den()}, Rounding: k.p.Contract.RoundingOf(&c.Provision)}}
		}
		sum = append(sum, k.add(Column{Column: formula.Column{Name: "credit." + c.ID + "@" + w.Label, Expr: part}, Unit: Amount, Role: Working, Rule: RuleCredit, Clause: c.ID,
			Label: contracts.Text{JA: "返金額 " + w.Label, EN: "credit " + w.Label}, Refs: refs}))
	}
	earned := formula.Sum(sum...)
	if k.p.Shape.Dates {
		earned = formula.If{Cond: formula.Col{Name: "in_force"}, Then: earned, Else: formula.Const{V: 0}}
	}
	k.posting(c.ID, RuleCredit, refs, formula.If{Cond: k.stands(c, ""), Then: earned, Else: formula.Const{V: 0}})
	return formula.Col{Name: "post." + c.ID}
}

// met adds whether the commitment was kept in a window: uptime (W−D)/W is at least the target n/d when D is at most
// ⌊W(d−n)/d⌋. It decides nothing: what is paid, the tiers say.
func (k *compiler) met(a *contracts.Availability, w contracts.NamedPeriod, down formula.Expr) {
	name := "met." + a.ID + "@" + w.Label
	if k.p.Column(name) != nil {
		return
	}
	allowed, _ := contracts.MulDiv(w.Period.Millis(), a.Target.Den()-a.Target.Num(), a.Target.Den(), contracts.RoundDown)
	k.add(Column{Column: formula.Column{Name: name, Expr: formula.Compare{Op: formula.AtMost, A: down, B: formula.Const{V: allowed}}}, Unit: YesNo, Role: Test, Rule: RuleCredit,
		Label: contracts.Text{JA: "稼働率保証 " + a.Target.Percent() + " を達成 " + w.Label, EN: a.Target.Percent() + " met in " + w.Label}, Clause: a.ID, Refs: []contracts.Ref{a.Ref}})
}

// ladder turns tiers on uptime into rungs on downtime, exactly: uptime (W−D)/W is below n/d
// when D·d > W·(d−n), so from D = ⌊W(d−n)/d⌋+1, and at or below it from
// D = ⌈W(d−n)/d⌉. Rates come over one denominator.
func ladder(c *contracts.Credit, window int64) ([]formula.Step, int64) {
	den := int64(1)
	for _, t := range c.Tiers {
		den = den / gcd(den, t.Rate.Den()) * t.Rate.Den()
	}
	var steps []formula.Step
	for _, t := range c.Tiers { // highest bound first, so thresholds ascend
		at, _ := contracts.MulDiv(window, t.Bound.Den()-t.Bound.Num(), t.Bound.Den(), contracts.RoundDown)
		if t.Inclusive {
			at, _ = contracts.MulDiv(window, t.Bound.Den()-t.Bound.Num(), t.Bound.Den(), contracts.RoundUp)
		} else {
			at++
		}
		steps = append(steps, formula.Step{AtLeast: at, Value: t.Rate.Num() * (den / t.Rate.Den())})
	}
	return steps, den
}

// downtime adds the column of counted downtime of the row's service in a window: a lookup in a table over
// services, clocks and the exclusions made out.
func (k *compiler) downtime(a *contracts.Availability, w contracts.NamedPeriod) formula.Expr {
	name := "downtime." + a.ID + "@" + w.Label
	if k.p.Column(name) != nil {
		return formula.Col{Name: name}
	}
	in := k.p.Incident
	clocks := in.clocks()
	if len(clocks) > 1 {
		k.clockParam(clocks)
	}
	var excl []*contracts.DowntimeExclusion
	for _, cl := range k.p.Contract.Clauses {
		if x, ok := cl.(*contracts.DowntimeExclusion); ok && (len(x.Of) == 0 || slices.Contains(x.Of, a.ID)) {
			excl = append(excl, x)
		}
	}
	var values []int64
	for _, service := range servicesOf(in) {
		for _, clock := range clocks {
			for mask := range 1 << len(excl) {
				for _, events := range k.eventSets() {
					m := measure(in, a, service, clock, events, chosen(excl, mask), w)
					m.Index = len(values)
					k.p.Downtime = append(k.p.Downtime, m)
					values = append(values, m.Counted.Millis())
				}
			}
		}
	}
	return k.add(Column{
		Column: formula.Column{Name: name, Expr: formula.Table{Name: name, Index: k.tableIndex(excl, len(clocks)), Values: values}},
		Label:  contracts.Text{JA: "停止時間 " + w.Label, EN: "downtime " + w.Label}, Unit: Millis, Role: Working, Rule: RuleCredit,
		Clause: a.ID, Refs: []contracts.Ref{a.Ref},
	})
}

func (k *compiler) clockParam(clocks []string) {
	p := Parameter{Name: "clock", Kind: Choice, Default: plain(0), From: FromIncident,
		Label: contracts.Text{JA: "停止時間の根拠とする記録", EN: "whose clock counts"},
		Why:   contracts.Text{JA: "事故記録の主たる記録による", EN: "the incident's own record"}}
	for _, c := range clocks {
		p.Options = append(p.Options, Option{c, contracts.Text{JA: c, EN: c}})
	}
	k.param(p)
}

// eventSets lists which events may have affected a customer: every subset, by the bits of its index, where customers say so.
func (k *compiler) eventSets() [][]string {
	events := k.p.Incident.Events
	if !k.p.Shape.Affected {
		var all []string
		for _, e := range events {
			all = append(all, e.ID)
		}
		return [][]string{all}
	}
	sets := make([][]string, 1<<len(events))
	for bits := range sets {
		for i, e := range events {
			if bits&(1<<i) != 0 {
				sets[bits] = append(sets[bits], e.ID)
			}
		}
	}
	return sets
}

// tableIndex is ((service × clocks + clock) × 2ⁿ + the exclusions that stand) × 2ᵐ + the events that affected the customer.
func (k *compiler) tableIndex(excl []*contracts.DowntimeExclusion, clocks int) formula.Expr {
	times := func(e formula.Expr, n int) formula.Expr {
		return formula.MulDiv{A: e, B: formula.Const{V: int64(n)}, C: formula.Const{V: 1}, Rounding: contracts.RoundDown}
	}
	parts := []formula.Expr{}
	sets := len(k.eventSets())
	if len(k.p.Incident.Services) > 1 {
		parts = append(parts, times(formula.Col{Name: "service"}, clocks<<len(excl)*sets))
	}
	if clocks > 1 {
		parts = append(parts, times(formula.Param{Name: "clock"}, sets<<len(excl)))
	}
	for i, x := range excl {
		parts = append(parts, formula.If{Cond: k.stands(x, ""), Then: formula.Const{V: int64(sets) << i}, Else: formula.Const{V: 0}})
	}
	if k.p.Shape.Affected {
		for i, e := range k.p.Incident.Events {
			parts = append(parts, formula.If{Cond: formula.Col{Name: "affected." + e.ID}, Then: formula.Const{V: 1 << i}, Else: formula.Const{V: 0}})
		}
	}
	return formula.Sum(parts...)
}

// servicesOf lists the services by index; an incident without any has one nameless one.
func servicesOf(in *Incident) []string {
	var out []string
	for _, s := range in.Services {
		out = append(out, s.ID)
	}
	if len(out) == 0 {
		return []string{""}
	}
	return out
}

func chosen(excl []*contracts.DowntimeExclusion, mask int) []*contracts.DowntimeExclusion {
	var out []*contracts.DowntimeExclusion
	for i, x := range excl {
		if mask&(1<<i) != 0 {
			out = append(out, x)
		}
	}
	return out
}

// measure counts a service's downtime in a window: the union of its outages,
// less what is excluded, of what is then left the interruptions of at least the
// minimum length, and of those what lies within the window.
func measure(in *Incident, a *contracts.Availability, service, clock string, events []string, excl []*contracts.DowntimeExclusion, w contracts.NamedPeriod) Measured {
	m := Measured{Availability: a.ID, Window: w.Label, Period: w.Period, Service: service, Clock: clock, Events: events}
	var causes []string
	for _, x := range excl {
		m.Excluding = append(m.Excluding, x.ID)
		causes = append(causes, x.Causes...)
	}
	least := Outage
	if a.Degraded {
		least = Degraded
	}
	var down, out []contracts.Period
	for _, e := range in.Events {
		for _, ph := range e.Phases {
			if len(ph.Services) > 0 && !slices.Contains(ph.Services, service) {
				continue
			}
			if ph.Impact >= least && slices.Contains(events, e.ID) {
				down = append(down, ph.by(clock))
			}
			if slices.Contains(causes, ph.Cause) {
				out = append(out, ph.by(clock))
			}
		}
	}
	if len(a.Services) > 0 && !slices.Contains(a.Services, service) {
		down = nil
	}
	raw := DowntimeOf(down...)
	m.Raw = raw.Within(w.Period)
	m.Counted = raw.Without(DowntimeOf(out...)).AtLeast(a.Minimum).Within(w.Period)
	return m
}

// Uptime is the share of the window that is not counted downtime, as the two
// terms of a fraction in milliseconds.
func (m Measured) Uptime() (num, den int64) {
	den = m.Period.Millis()
	return den - m.Counted.Millis(), den
}

func (m Measured) String() string {
	return fmt.Sprintf("%s %s %s", m.Service, m.Window, m.Clock)
}
