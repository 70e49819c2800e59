package sla_test

import (
	"fmt"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"pgregory.net/rapid"
)

// world is a random contract with its incident, findings and customers: every kind of clause, scope, rounding and order.
type world struct {
	contract  *contracts.Contract
	incident  *sla.Incident
	shape     sla.Shape
	findings  []sla.Finding
	customers []sla.Customer
}

// drawing draws the parts of a world.
type drawing struct{ t *rapid.T }

func (d drawing) in(low, high int) int { return rapid.IntRange(low, high).Draw(d.t, "n") }
func (d drawing) oneIn(n int) bool     { return d.in(1, n) == 1 }
func (d drawing) upTo(most int64) contracts.Amount {
	return contracts.Amount(rapid.Int64Range(0, most).Draw(d.t, "amount"))
}

// some draws a part of a list, never none of it unless empty is true.
func (d drawing) some(list []string, empty bool) []string {
	var out []string
	for _, s := range list {
		if d.oneIn(2) {
			out = append(out, s)
		}
	}
	if out == nil && !empty {
		out = list[:1]
	}
	return out
}

func (d drawing) ratio(most int64) contracts.Ratio {
	den := rapid.Int64Range(1, 12).Draw(d.t, "den")
	return ratio(rapid.Int64Range(0, most*den).Draw(d.t, "num"), den)
}

// drawWorld draws a world without layer clauses, of which the order counts.
func drawWorld(t *rapid.T) world { return drawWorldOf(t, false) }

func drawWorldOf(t *rapid.T, layers bool) world {
	d := drawing{t}
	w := world{incident: d.incident(), shape: sla.Shape{Found: d.oneIn(3), Affected: d.oneIn(3), OwnShare: d.oneIn(3), Dates: d.oneIn(4)}}
	w.shape.Lines = everyLine(w.incident)
	w.contract = d.contract(w.incident)
	if layers && d.oneIn(2) {
		d.layers(w.contract)
	}
	for _, k := range caps(w.contract) {
		if k.Used != "" {
			w.shape.Fees = []string{k.Used}
		}
	}
	p, err := sla.Compile(w.contract, w.incident, w.shape)
	if err != nil {
		t.Fatal(err)
	}
	w.findings = d.findings(p)
	w.customers = d.customers(w)
	return w
}

var kindsOfEvent = []string{"data-loss", "outage", "disclosure"}

// incident draws one to three events of one or two phases, around the end of May 2026 in Tokyo, which may overlap.
func (d drawing) incident() *sla.Incident {
	in := &sla.Incident{ID: "i", Title: text("i"), Zone: "Asia/Tokyo",
		Heads: []sla.Named{{ID: "a", Title: text("a")}, {ID: "b", Title: text("b")}, {ID: "fees", Title: text("fees")}},
		Facts: []sla.Named{{ID: "f", Title: text("f")}, {ID: "g", Title: text("g")}},
	}
	if d.oneIn(2) {
		in.Services = []sla.Named{{ID: "web", Title: text("web")}, {ID: "mail", Title: text("mail")}}
	}
	for i := range d.in(0, 4) {
		id := fmt.Sprintf("party%d", i)
		in.Parties = append(in.Parties, sla.Party{ID: id, Title: text(id), Role: "contractor"})
	}
	monthEnd := time.Date(2026, 5, 31, 15, 0, 0, 0, time.UTC)
	for i := range d.in(1, 3) {
		e := sla.Event{ID: fmt.Sprintf("e%d", i), Kind: rapid.SampledFrom(kindsOfEvent).Draw(d.t, "kind"), Title: text("e")}
		for j := range d.in(1, 2) {
			id := fmt.Sprintf("e%dp%d", i, j)
			start := monthEnd.Add(time.Duration(d.in(-1500, 1000)) * time.Minute)
			e.Phases = append(e.Phases, sla.Phase{ID: id, Title: text(id), Period: contracts.Period{Start: start, End: start.Add(time.Duration(d.in(1, 1200)) * time.Minute)},
				Impact: sla.Impact(d.in(0, 2)), Cause: rapid.SampledFrom([]string{"provider", "provider", "maintenance", "force-majeure"}).Draw(d.t, "cause"), Clock: "monitor"})
			p := &e.Phases[j]
			if in.Services != nil && d.oneIn(2) {
				p.Services = d.some([]string{"web", "mail"}, true)
			}
			if d.oneIn(5) {
				p.Clocks = []sla.Clock{{Source: "notice", Period: contracts.Period{Start: p.Period.Start, End: p.Period.End.Add(30 * time.Minute)}}}
			}
		}
		in.Events = append(in.Events, e)
	}
	return in
}

// condition draws a condition one or two deep.
func (d drawing) condition(in *sla.Incident, deep bool) contracts.Condition {
	switch d.in(0, 6) {
	case 0:
		return contracts.Condition{Grade: contracts.Gross}
	case 1:
		return contracts.Condition{Consumer: contracts.Consumers}
	case 2:
		return contracts.Condition{Consumer: contracts.Businesses, Fact: "g"}
	case 3:
		return contracts.Condition{Fact: "f"}
	case 4:
		return contracts.Condition{Event: in.Events[0].ID}
	}
	if !deep {
		return contracts.Condition{Grade: contracts.Intent}
	}
	two := []contracts.Condition{d.condition(in, false), d.condition(in, false)}
	return [...]contracts.Condition{{Any: two}, {All: two}, {Not: &two[0]}}[d.in(0, 2)]
}

func (d drawing) contract(in *sla.Incident) *contracts.Contract {
	yen, _ := contracts.CurrencyOn("JPY", "")
	c := &contracts.Contract{ID: "t", Title: text("t"), Currency: yen, Zone: rapid.SampledFrom([]string{"Asia/Tokyo", "UTC"}).Draw(d.t, "zone"), Rounding: contracts.Rounding(d.in(1, 5))}
	if d.oneIn(2) {
		c.Law = "jp"
	}
	if d.oneIn(2) {
		c.Order = rapid.Permutation(contracts.DefaultOrder()).Draw(d.t, "order")
	}
	prov := func(id string) contracts.Provision {
		p := prov(id)
		switch d.in(0, 3) {
		case 0:
			p.When = d.condition(in, true)
		case 1:
			p.Unless = d.condition(in, true)
		}
		if d.oneIn(4) {
			p.Rounding = contracts.Rounding(d.in(1, 5))
		}
		return p
	}
	add := func(odds int, clauses ...contracts.Clause) {
		if d.oneIn(odds) {
			c.Clauses = append(c.Clauses, clauses...)
		}
	}
	kinds, heads := []string{"data-loss", "outage"}, []string{"a", "b", "fees"}
	add(1, &contracts.Exemption{Provision: prov("exempt"), Events: d.some(kinds, true), Heads: d.some(heads, true)},
		&contracts.CarveOut{Provision: prov("lift"), Lifts: []string{"exempt"}})
	add(3, &contracts.Exemption{Provision: prov("spare"), Phases: []string{in.Events[0].Phases[0].ID}, Grades: []contracts.Grade{contracts.Ordinary}},
		&contracts.CarveOut{Provision: prov("back"), Lifts: []string{"lift", "spare"}})
	add(3, &contracts.LossExclusion{Provision: prov("exclude"), Heads: d.some(heads, false), StatesOrdinaryOnly: d.oneIn(2)})
	for per := contracts.PerClaim; per <= contracts.PerIncident; per++ {
		add(2, d.cap(prov("cap-"+per.String()), per))
	}
	add(2, &contracts.OwnFault{Provision: prov("own"), PerHead: d.oneIn(3), Events: d.some(kinds, true)})
	add(3, &contracts.AddedAfterOffset{Provision: prov("added"), Heads: []string{"fees"}})
	add(4, &contracts.AlreadyPaid{Provision: prov("paid")})
	if !d.oneIn(3) {
		d.credits(in, add, prov)
	}
	c.Clauses = rapid.Permutation(c.Clauses).Draw(d.t, "clauses")
	return c
}

func (d drawing) cap(p contracts.Provision, per contracts.Per) *contracts.Cap {
	c := &contracts.Cap{Provision: p, Base: contracts.CapBase(d.in(0, 2)), Per: per, CreditsInside: d.oneIn(2), StatesOrdinaryOnly: d.oneIn(2)}
	switch c.Base {
	case contracts.FixedSum:
		c.Fixed = d.upTo(1500)
	default:
		c.Times = ratio(int64(d.in(1, 9)), int64(d.in(1, 4)))
	}
	switch d.in(0, 5) {
	case 0:
		c.Heads = d.some([]string{"a", "b"}, false)
	case 1:
		c.ExceptHeads = d.some([]string{"a", "b", "fees"}, false)
	}
	if d.oneIn(4) {
		c.Used = "spent"
	}
	if per >= contracts.PerCustomer {
		c.Share = contracts.ShareBase(d.in(0, 2))
	}
	return c
}

// credits draws one or two commitments, their credits and what goes with them.
func (d drawing) credits(in *sla.Incident, add func(int, ...contracts.Clause), prov func(string) contracts.Provision) {
	for i := range d.in(1, 2) {
		id := fmt.Sprintf("up%d", i)
		a := &contracts.Availability{Provision: contracts.Provision{ID: id, Ref: contracts.Ref{Doc: "terms", Section: id}}, Target: ratio(99, 100), Window: contracts.Window(d.in(0, 3)), Minimum: int64(d.in(0, 60)) * minute, Degraded: d.oneIn(2)}
		if in.Services != nil && d.oneIn(4) {
			a.Services = []string{"web"}
		}
		k := &contracts.Credit{Provision: prov("credit-" + id), Of: id, Tiers: []contracts.Tier{
			{Bound: ratio(int64(d.in(990, 1000)), 1000), Rate: ratio(1, int64(d.in(5, 10)))}, {Bound: ratio(int64(d.in(900, 989)), 1000), Inclusive: d.oneIn(2), Rate: ratio(1, int64(d.in(1, 5)))}}}
		if d.oneIn(2) {
			k.AtMost = ratio(1, int64(d.in(1, 6)))
		}
		add(1, a, k)
	}
	add(2, &contracts.DowntimeExclusion{Provision: prov("planned"), Causes: []string{"maintenance"}})
	add(3, &contracts.DowntimeExclusion{Provision: prov("nature"), Causes: []string{"force-majeure"}, Of: []string{"up0"}})
	add(2, &contracts.SetOff{Provision: prov("set-off")})
	add(3, &contracts.SoleRemedy{Provision: prov("sole"), Events: d.some([]string{"outage"}, true)})
}

// findings decides every open parameter, and some of the others.
func (d drawing) findings(p *sla.Program) []sla.Finding {
	var out []sla.Finding
	for _, par := range p.Parameters {
		switch par.Kind {
		case sla.Choice:
			often := 6
			if par.Default == nil {
				often = 1
			}
			if d.oneIn(often) {
				out = append(out, found(par.Name, rapid.SampledFrom(par.Options).Draw(d.t, par.Name).Name))
			}
		case sla.Fraction:
			if d.oneIn(2) {
				out = append(out, found(par.Name, rapid.SampledFrom([]string{"0", "1", "30%", "1/3", "1/2", "3/40"}).Draw(d.t, par.Name)))
			}
		}
	}
	return out
}

// customers draws up to thirty subscriptions of up to eight customers.
func (d drawing) customers(w world) []sla.Customer {
	var out []sla.Customer
	for i := range d.in(1, 30) {
		c := sla.Customer{ID: fmt.Sprintf("c%d", d.in(0, 7)), Subscription: fmt.Sprintf("s%02d", i), Consumer: d.oneIn(3), Facts: d.some([]string{"f", "g"}, true),
			MonthlyFee: d.upTo(500), FeesPaid: d.upTo(1500), OwnShare: d.ratio(1)}
		if d.oneIn(3) {
			c.Paid = d.upTo(50)
		}
		if len(w.incident.Services) > 0 {
			c.Service = rapid.SampledFrom(w.incident.Services).Draw(d.t, "service").ID
		}
		if d.oneIn(4) {
			c.Affected = []string{w.incident.Events[0].ID}
		}
		if d.oneIn(4) {
			c.Until = contracts.Date{Year: 2026, Month: 5, Day: d.in(29, 31)}
		}
		for _, l := range w.shape.Lines {
			if d.oneIn(3) {
				asked := d.upTo(1500)
				c.Claims = append(c.Claims, sla.Claim{Head: l.Head, Phase: l.Phase, Claimed: asked, Found: min(asked, d.upTo(2000))})
			}
		}
		for _, name := range w.shape.Fees {
			c.Fees = append(c.Fees, contracts.NamedAmount{Name: name, Amount: d.upTo(600)})
		}
		out = append(out, c)
	}
	return out
}

// owed is what a customer is owed and what it is made of.
type owed struct{ Payable, Damages, Credit contracts.Amount }

// assess works the world out, by customer and subscription, and shows each row.
func (w world) assess(t *rapid.T, see func(sla.Row)) (map[string]owed, *sla.Run, *sla.Totals) {
	t.Helper()
	p, err := sla.Compile(w.contract, w.incident, w.shape)
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Settle(sla.Findings{ID: "f", Values: w.findings}, nil)
	if err != nil {
		t.Fatal(err)
	}
	run, err := p.Bind(s)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]owed{}
	a := run.Assess(each(w.customers...))
	for row, err := range a.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		out[row.Customer.ID+"/"+row.Customer.Subscription] = partsOf(row)
		if see != nil {
			see(row)
		}
	}
	return out, run, a.Totals()
}

// partsOf tells damages from credits by the rules of the postings.
func partsOf(r sla.Row) owed {
	o := owed{Payable: r.Payable()}
	for s := range r.Steps() {
		switch s.Rule {
		case sla.RuleCredit:
			o.Credit += s.Delta
		case sla.RuleAdded, sla.RulePaid:
		default:
			o.Damages += s.Delta
		}
	}
	return o
}

// caps lists the caps of a contract.
func caps(c *contracts.Contract) []*contracts.Cap {
	var out []*contracts.Cap
	for _, cl := range c.Clauses {
		if k, ok := cl.(*contracts.Cap); ok {
			out = append(out, k)
		}
	}
	return out
}

func shared(c *contracts.Contract) int {
	n := 0
	for _, k := range caps(c) {
		if k.Per >= contracts.PerCustomer {
			n++
		}
	}
	return n
}

// sharesSettle reports whether the total does not depend on how a shared cap falls to the rows: it is the only one, and nothing takes a
// part of the rows after it.
func sharesSettle(c *contracts.Contract) bool {
	last := len(c.Order) == 0 || c.Order[len(c.Order)-1] == contracts.StageCap
	return shared(c) == 0 || shared(c) == 1 && last
}
