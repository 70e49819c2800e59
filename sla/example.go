package sla

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/amends-go/amends/contracts"
)

// CheckExamples works out the worked examples that a contract carries, and reports those that come out otherwise
// (E_EXAMPLE), cannot be worked out, or say something that the contract does not know.
func CheckExamples(c *contracts.Contract) contracts.Problems {
	var out contracts.Problems
	for i := range c.Examples {
		out = append(out, checkExample(c, &c.Examples[i])...)
	}
	return out
}

func checkExample(c *contracts.Contract, e *contracts.Example) contracts.Problems {
	row, err := RunExample(c, e)
	bad := func(field, value, message, hint string) contracts.Problem {
		at := e.At
		if field != "" {
			at.Field += "." + field
		}
		return at.Problem("E_EXAMPLE", value, fmt.Sprintf("example %q: %s", e.Name, message), hint)
	}
	if err != nil {
		return contracts.Problems{bad("", "", err.Error(), "correct the example, or the clause that it shows")}
	}
	var out contracts.Problems
	text := func(a contracts.Amount) string { return a.Text(c.Currency) }
	least, most := slices.Min(row.Payables), slices.Max(row.Payables)
	switch {
	case e.Pays == nil:
		if least != e.Least || most != e.Most {
			out = append(out, bad("pays", "", fmt.Sprintf("pays from %s to %s over its readings, and %s to %s are stated", text(least), text(most), text(e.Least), text(e.Most)), ""))
		}
	case least != most:
		out = append(out, bad("pays", text(*e.Pays), fmt.Sprintf("needs judgement: its readings pay from %s to %s", text(least), text(most)), "state least and most, or decide with findings"))
	case least != *e.Pays:
		out = append(out, bad("pays", text(*e.Pays), fmt.Sprintf("pays %s, and %s is stated", text(least), text(*e.Pays)), "correct the example, or the clause that it shows"))
	}
	for _, col := range e.Columns {
		switch got, known := row.Values[col.Name]; {
		case !known:
			out = append(out, bad("columns."+col.Name, "", "the program has no such column", ""))
		case got != col.Value:
			out = append(out, bad("columns."+col.Name, fmt.Sprint(col.Value), fmt.Sprintf("%s is %d, and %d is stated", col.Name, got, col.Value), ""))
		}
	}
	return out
}

// ExampleResult is what a worked example comes to.
type ExampleResult struct {
	Payables []contracts.Amount // one for each reading of what the terms leave open
	Values   map[string]int64   // of the program's columns, under the first reading
}

// RunExample works one example out, by the same program as any case.
func RunExample(c *contracts.Contract, e *contracts.Example) (*ExampleResult, error) {
	run, cust, err := OpenExample(c, e)
	if err != nil {
		return nil, err
	}
	one := iter.Seq2[Customer, error](func(yield func(Customer, error) bool) { yield(cust, nil) })
	for row, err := range run.Assess(one).Rows() {
		if err != nil {
			return nil, err
		}
		out := &ExampleResult{Payables: row.payables(nil), Values: map[string]int64{}}
		for i, col := range run.Program.Columns {
			out.Values[col.Name] = row.Value(i)
		}
		return out, nil
	}
	return nil, fmt.Errorf("the example has no customer")
}

// OpenExample compiles the contract for the incident that an example tells, and makes its customer.
func OpenExample(c *contracts.Contract, e *contracts.Example) (*Run, Customer, error) {
	b := exampleBuilder{c: c, e: e}
	in, err := b.incident()
	if err != nil {
		return nil, Customer{}, err
	}
	cust, shape, err := b.customer(in)
	if err != nil {
		return nil, Customer{}, err
	}
	terms := *c
	terms.InForce = contracts.DateSpan{} // an example is not of a day
	p, err := Compile(&terms, in, shape)
	if err != nil {
		return nil, Customer{}, err
	}
	s, err := p.Settle(b.findings(), nil)
	if err != nil {
		return nil, Customer{}, err
	}
	run, err := p.Bind(s)
	return run, cust, err
}

type exampleBuilder struct {
	c        *contracts.Contract
	e        *contracts.Example
	loc      *time.Location
	services []string
}

// incident makes the incident that the example tells.
func (b *exampleBuilder) incident() (*Incident, error) {
	loc, err := contracts.LoadZone(b.c.Zone)
	if err != nil {
		return nil, err
	}
	b.loc = loc
	in := &Incident{ID: "example", Title: contracts.Text{JA: b.e.Name, EN: b.e.Name}, Zone: b.c.Zone}
	b.service(b.e.Service)
	for _, o := range b.e.Down {
		if err := b.phase(in, o); err != nil {
			return nil, err
		}
	}
	at, err := b.at(b.e.On)
	if err != nil {
		return nil, err
	}
	if len(in.Events) == 0 { // so that the window in which nothing happened is there
		in.Events = []Event{{ID: "example", Kind: "none", Phases: []Phase{{ID: "nothing", Impact: NoImpact, Clock: "recorded", Period: contracts.Period{Start: at, End: at.Add(time.Millisecond)}}}}}
	}
	for _, l := range b.e.Levels {
		b.service(l.Service)
		in.Levels = append(in.Levels, b.level(l, at))
	}
	for i, s := range b.e.Series {
		b.service(s.Service)
		start, err := b.at(s.Start)
		if err != nil {
			return nil, err
		}
		out := Series{ID: fmt.Sprintf("series-%d", i+1), Service: s.Service, Start: start, Interval: s.Interval}
		for _, r := range s.Runs {
			for range r.Of {
				out.Counts = append(out.Counts, Count{r.Total, r.Failed})
			}
		}
		in.Series = append(in.Series, out)
	}
	b.named(in)
	return in, nil
}

// named lists the services and facts of which the contract or the example speaks.
func (b *exampleBuilder) named(in *Incident) {
	facts := slices.Clone(b.e.Facts)
	for _, cl := range b.c.Clauses {
		if a, ok := cl.(*contracts.Availability); ok {
			for _, s := range slices.Concat(a.Services, a.MeanOf, a.DownWhen.Names()) {
				b.service(s)
			}
		}
		p := contracts.ProvisionOf(cl)
		for _, cond := range []contracts.Condition{p.When, p.Unless} {
			cond.Walk(func(c contracts.Condition) {
				if c.Fact != "" {
					facts = append(facts, c.Fact)
				}
			})
		}
	}
	slices.Sort(facts)
	for _, f := range slices.Compact(facts) {
		in.Facts = append(in.Facts, Named{f, contracts.Text{JA: f, EN: f}})
	}
	for _, s := range b.services {
		in.Services = append(in.Services, Named{s, contracts.Text{JA: s, EN: s}})
	}
}

func (b *exampleBuilder) service(id string) {
	if id != "" && !slices.Contains(b.services, id) {
		b.services = append(b.services, id)
	}
}

func (b *exampleBuilder) at(text string) (time.Time, error) {
	t, _, err := contracts.ParseTime(cmp.Or(text, b.e.On), b.loc)
	return t, err
}

// phase adds one interruption; those of one event stand in it together.
func (b *exampleBuilder) phase(in *Incident, o contracts.ExampleOutage) error {
	start, err := b.at(o.From)
	if err != nil {
		return err
	}
	n := 1
	for _, e := range in.Events {
		n += len(e.Phases)
	}
	ph := Phase{ID: fmt.Sprintf("phase-%d", n), Impact: Outage, Cause: o.Cause, Clock: "recorded", Share: o.Share, Period: contracts.Period{Start: start, End: start.Add(time.Duration(o.For) * time.Millisecond)}}
	if o.For == 0 {
		ph.Impact, ph.Period.End = NoImpact, start.Add(time.Millisecond)
	}
	if o.Impact != "" {
		i := slices.Index(impactNames[:], o.Impact)
		if i < 0 {
			return fmt.Errorf("unknown impact %q: one of %v", o.Impact, impactNames)
		}
		ph.Impact = Impact(i)
	}
	if o.Announced != "" {
		if ph.Announced, err = b.at(o.Announced); err != nil {
			return err
		}
	}
	if o.Service != "" {
		b.service(o.Service)
		ph.Services = []string{o.Service}
	}
	for _, c := range o.Clocks {
		from := start
		if c.From != "" {
			if from, err = b.at(c.From); err != nil {
				return err
			}
		}
		ph.Clocks = append(ph.Clocks, Clock{c.Source, contracts.Period{Start: from, End: from.Add(time.Duration(c.For) * time.Millisecond)}})
	}
	id := cmp.Or(o.Event, fmt.Sprintf("event-%d", n))
	for i := range in.Events {
		if in.Events[i].ID == id {
			in.Events[i].Phases = append(in.Events[i].Phases, ph)
			return nil
		}
	}
	in.Events = append(in.Events, Event{ID: id, Kind: cmp.Or(o.Kind, "outage"), Phases: []Phase{ph}})
	return nil
}

// level fills in what the example left to be understood: the only commitment, and the window in which the example lies.
func (b *exampleBuilder) level(l contracts.ExampleLevel, at time.Time) Level {
	out := Level{Of: l.Of, Service: l.Service, Window: l.Window, Uptime: l.Uptime, Value: l.Value}
	if out.Of == "" {
		for _, cl := range b.c.Clauses {
			if a, ok := cl.(*contracts.Availability); ok && a.Measure != contracts.Misses {
				out.Of = a.ID
				break
			}
		}
	}
	if out.Window == "" {
		out.Window = "incident"
		if a, ok := b.c.Clause(out.Of).(*contracts.Availability); ok && (a.Window.Months() > 0 || a.Window == contracts.CalendarDay) {
			loc, _ := contracts.LoadZone(cmp.Or(a.Zone, b.c.Zone))
			anchor := contracts.Date{Year: 1, Month: max(a.YearStarts, 1), Day: 1}
			switch {
			case a.Window == contracts.BillingMonth:
				anchor.Day = b.billingDay()
			case !a.Window.Calendar():
				anchor = b.since()
			}
			list := a.Window.PeriodsFrom(contracts.Period{Start: at, End: at.Add(time.Millisecond)}, loc, anchor)
			out.Window = list[0].Label
		}
	}
	return out
}

// billingDay and since are those of the example, or the 1st of a month where windows need them and the example does not say.
func (b *exampleBuilder) billingDay() int {
	if b.e.BillingDay == 0 && b.measuresBy(contracts.BillingMonth) {
		return 1
	}
	return b.e.BillingDay
}

func (b *exampleBuilder) since() contracts.Date {
	if b.e.Since.IsZero() && b.measuresBy(contracts.ContractMonth, contracts.ContractQuarter, contracts.ContractYear) {
		return contracts.Date{Year: 2000, Month: 1, Day: 1}
	}
	return b.e.Since
}

func (b *exampleBuilder) measuresBy(windows ...contracts.Window) bool {
	return slices.ContainsFunc(b.c.Clauses, func(cl contracts.Clause) bool {
		a, ok := cl.(*contracts.Availability)
		return ok && slices.Contains(windows, a.Window)
	})
}

// losses claims the example's losses in its first phase.
func (b *exampleBuilder) losses(in *Incident, c *Customer, sh *Shape) {
	heads := []string{}
	for _, cl := range b.c.Clauses {
		switch x := cl.(type) {
		case *contracts.LossExclusion:
			heads = append(heads, x.Heads...)
		case *contracts.Exemption:
			heads = append(heads, x.Heads...)
		case *contracts.AddedAfterOffset:
			heads = append(heads, x.Heads...)
		case *contracts.Layer:
			heads = append(heads, x.Heads...)
		case *contracts.Cap:
			heads = append(append(heads, x.Heads...), x.ExceptHeads...)
		}
	}
	phase := in.Events[0].Phases[0].ID
	for _, l := range b.e.Losses {
		heads = append(heads, l.Name)
		sh.Lines = append(sh.Lines, Line{l.Name, phase})
		c.Claims = append(c.Claims, Claim{Head: l.Name, Phase: phase, Claimed: l.Amount, Found: l.Amount})
	}
	slices.Sort(heads)
	for _, h := range slices.Compact(heads) {
		in.Heads = append(in.Heads, Named{h, contracts.Text{JA: h, EN: h}})
	}
}

// customer makes the customer of the example, and the shape of a list of such customers.
func (b *exampleBuilder) customer(in *Incident) (Customer, Shape, error) {
	e := b.e
	c := Customer{ID: "example", MonthlyFee: e.Fee, FeesPaid: e.Paid, Service: e.Service, Consumer: e.Consumer, Facts: e.Facts,
		Since: b.since(), Until: e.Until, BillingDay: b.billingDay(), ClaimedOn: e.Claimed, Fees: e.Fees, Numbers: e.Numbers}
	if c.Service == "" && len(in.Services) > 0 {
		c.Service = in.Services[0].ID
	}
	sh := Shape{Dates: !c.Since.IsZero() || !e.Until.IsZero(), BillingDay: c.BillingDay > 0, Claimed: !e.Claimed.IsZero()}
	b.losses(in, &c, &sh)
	if e.Fee != 0 && !slices.Contains(b.c.FeeNames(), contracts.FeeMonthly) {
		return c, sh, fmt.Errorf("a monthly fee is stated, and no clause speaks of it; there are: %v", b.c.FeeNames())
	}
	for _, name := range b.c.FeeNames() {
		if name != contracts.FeeMonthly && name != contracts.FeeToDate {
			sh.Fees = append(sh.Fees, name)
		}
	}
	sh.Numbers = b.c.NumberNames()
	for _, f := range e.Fees {
		if !slices.Contains(sh.Fees, f.Name) {
			return c, sh, fmt.Errorf("no clause speaks of the fee %q", f.Name)
		}
	}
	for _, n := range e.Numbers {
		if !slices.Contains(sh.Numbers, n.Name) {
			return c, sh, fmt.Errorf("no clause speaks of the number %q", n.Name)
		}
	}
	return c, sh, nil
}

func (b *exampleBuilder) findings() Findings {
	f := Findings{ID: "example"}
	why := contracts.Text{JA: "設例による", EN: "as the example says"}
	for _, v := range b.e.Findings {
		f.Values = append(f.Values, Finding{Name: v[0], Value: v[1], Reason: why, Source: b.e.Name, At: b.e.At})
	}
	return f
}
