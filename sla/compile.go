package sla

import (
	"fmt"
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// Compile turns a contract into the program that works out what each customer
// of that shape is owed for the incident. Findings do not change the program:
// they are values of its parameters ([Program.Settle]).
//
// It fails, with every problem at once, on what could go wrong later: a clause that names an unknown service, head,
// phase or clause, a carve-out that lifts nothing, a currency or zone that does
// not exist, a contract that was not in force.
func Compile(c *contracts.Contract, in *Incident, shape Shape) (*Program, error) {
	return compile(c, in, shape, nil, false)
}

// compile may take terms for what they would have said at another time than their own (elsewhen).
func compile(c *contracts.Contract, in *Incident, shape Shape, agreements [][2]string, elsewhen bool) (*Program, error) {
	k := &compiler{
		agreements: agreements, elsewhen: elsewhen,
		p:      &Program{Contract: c, Incident: in, Shape: shape, index: map[string]int{}, spans: map[string]subscribedSpan{}, tests: map[string]map[string]*clauseTest{}},
		after:  map[Line]formula.Expr{},
		gauges: map[string]*gauge{},
	}
	problems := append(c.Validate(), in.Validate()...)
	problems = append(problems, k.checkReferences()...)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	if err := k.prepare(); err != nil {
		return nil, err
	}
	if c.Rounding == contracts.RoundingUnstated {
		k.assume("rounding", "端数は切り捨てる（約款に定めがない）", "fractions are dropped (the terms are silent)")
	}
	k.inputs()
	k.clauseTests()
	k.credits()
	k.losses()
	k.exclusions()
	k.keep()
	k.taxTerms()
	k.order()
	k.finish()
	k.p.Bearing = newBearing(k)
	for _, par := range k.p.Bearing.Parameters {
		k.param(par)
	}
	return k.p, k.problems.Err()
}

// compiler holds what is known while a contract is compiled.
type compiler struct {
	p          *Program
	problems   contracts.Problems
	phases     []*Phase // in which losses may have arisen
	graded     []*Phase // whose grade of fault is a parameter
	events     map[string]*Event
	added      []string // heads added after the offset
	controls   []law.Entry
	credit     formula.Expr // the sum of credits, or nil
	after      map[Line]formula.Expr
	gauges     map[string]*gauge // by commitment
	goodwill   []formula.Expr    // amounts beside what the terms owe
	claims     []claim           // what the stages work on
	ownNum     formula.Expr
	ownDen     formula.Expr
	allNum     formula.Expr // the own share of the fault of all
	allDen     formula.Expr
	tax        *taxing     // nil without a tax
	agreements [][2]string // pairs of parties between whom a contract of their own decides
	elsewhen   bool        // a version of the terms that need not have been in force
	fault      *faulting   // nil unless several answer towards the customers
}

// claim is a sum that the stages reduce: all losses, or those of one event
// where a cap counts per claim.
type claim struct {
	suffix  string
	lines   []Line
	now     formula.Expr
	reduced bool // own fault has been taken, and not from the heads
	stale   bool // a stage has changed the sum, and not the heads

	nonEconomic bool // its losses are not of money
}

func (k *compiler) add(c Column) formula.Expr {
	if _, dup := k.p.index[c.Name]; dup {
		panic("sla: column " + c.Name + " compiled twice")
	}
	k.p.index[c.Name] = len(k.p.Columns)
	k.p.Columns = append(k.p.Columns, c)
	return formula.Col{Name: c.Name}
}

func (k *compiler) param(p Parameter) {
	if k.p.Parameter(p.Name) == nil {
		k.p.Parameters = append(k.p.Parameters, p)
	}
}

// prepare finds the phases with losses and the law that applies.
func (k *compiler) prepare() error {
	in, c := k.p.Incident, k.p.Contract
	k.events = map[string]*Event{}
	for i := range in.Events {
		e := &in.Events[i]
		for j := range e.Phases {
			ph := &e.Phases[j]
			k.events[ph.ID] = e
			if slices.ContainsFunc(k.p.Shape.Lines, func(l Line) bool { return l.Phase == ph.ID }) {
				k.phases = append(k.phases, ph)
			}
		}
	}
	for _, h := range in.Heads {
		for _, ph := range k.phases {
			if l := (Line{h.ID, ph.ID}); slices.Contains(k.p.Shape.Lines, l) {
				k.p.lines = append(k.p.lines, l)
			}
		}
	}
	if c.Law != "" {
		entries, ok := law.For(c.Law)
		if !ok {
			at := c.At
			at.Field = "law"
			return contracts.Problems{at.Problem("E_LAW", c.Law, fmt.Sprintf("contract %s: no law of %q is known", c.ID, c.Law), fmt.Sprintf("one of %v, or none", law.Jurisdictions()))}
		}
		k.p.law = entries
	}
	for _, e := range k.p.law {
		if e.Control != nil && slices.ContainsFunc(c.Clauses, e.Control.Strikes) {
			k.controls = append(k.controls, e)
		}
	}
	for _, h := range in.HeadKinds {
		if h.ByProvider {
			k.added = append(k.added, h.ID) // it stands apart from what the provider owes
		}
	}
	for _, cl := range c.Clauses {
		if a, ok := cl.(*contracts.AddedAfterOffset); ok {
			k.added = append(k.added, a.Heads...)
		}
	}
	return nil
}

// suffix tells phases apart in names when there are several.
func (k *compiler) suffix(phase string) string {
	if len(k.phases) <= 1 {
		return ""
	}
	return "@" + phase
}

// inputs adds the columns that come from the customer's row.
func (k *compiler) inputs() {
	in, sh := k.p.Incident, k.p.Shape
	input := func(name string, u Unit, ja, en string) {
		k.add(Column{Column: formula.Column{Name: name}, Label: contracts.Text{JA: ja, EN: en}, Unit: u, Role: Input})
	}
	if sh.Dates {
		input("in_force", YesNo, "契約期間内", "subscription in force")
	}
	if len(in.Services) > 1 && k.measures() {
		input("service", ServiceI, "サービス", "service")
	}
	if k.usesConsumer() {
		input("consumer", YesNo, "消費者", "consumer")
	}
	for _, f := range in.Facts {
		input("fact."+f.ID, YesNo, f.Title.In("ja"), f.Title.In("en"))
	}
	if sh.Affected {
		for _, e := range in.Events {
			input("affected."+e.ID, YesNo, "被害: "+e.Title.In("ja"), "affected: "+e.Title.In("en"))
		}
	}
	if sh.OwnShare {
		input("own_share.num", Number, "顧客の過失割合", "own share of fault")
		input("own_share.den", Number, "顧客の過失割合の分母", "own share of fault, denominator")
	}
	if k.usesFee(contracts.FeeMonthly) {
		input("monthly_fee", Amount, "月額料金", "monthly fee")
	}
	if k.usesFee(contracts.FeeToDate) {
		input("fees_paid", Amount, "支払済み料金総額", "fees paid to date")
	}
	for _, l := range k.p.lines {
		ja, en := k.lineLabel(l)
		input("claimed."+k.lineName(l), Amount, "請求額: "+ja, "claimed: "+en)
		if sh.Found {
			input("found."+k.lineName(l), Amount, "認定額: "+ja, "found: "+en)
		}
		for _, r := range sh.Less {
			label := reasonRules[r].Label()
			input(r.String()+"."+k.lineName(l), Amount, label.JA+"（記録）: "+ja, label.EN+", on record: "+en)
		}
	}
	for _, p := range in.Parties {
		if slices.Contains(sh.Settled, p.ID) {
			input("settled."+p.ID, Amount, "和解金: "+p.Title.In("ja"), "settled with "+p.Title.In("en"))
		}
	}
	k.paidInputs()
	if k.usesConsumer() {
		k.param(Parameter{
			Name: "consumer", Label: contracts.Text{JA: "消費者として扱う顧客", EN: "customers treated as consumers"}, Kind: Choice,
			Options: []Option{
				{"as-recorded", contracts.Text{JA: "記録どおり", EN: "as recorded"}},
				{"all", contracts.Text{JA: "全員", EN: "all"}},
				{"none", contracts.Text{JA: "なし", EN: "none"}},
			},
			Default: plain(0), From: FromIncident, Why: contracts.Text{JA: "顧客一覧の記録による", EN: "as the customer list records"},
		})
		p := formula.Param{Name: "consumer"}
		k.add(Column{
			Column: formula.Column{Name: "treated_as_consumer", Expr: formula.If{
				Cond: eq(p, 0), Then: formula.Col{Name: "consumer"}, Else: eq(p, 1)}},
			Label: contracts.Text{JA: "消費者として扱う", EN: "treated as a consumer"}, Unit: YesNo, Role: Test,
		})
	}
	k.gradeParams()
}

// measuredByGrade reports whether a clause on what was measured asks for a grade of fault: then that of every phase matters, whether
// or not a loss is claimed.
func (k *compiler) measuredByGrade() (asks bool) {
	for _, cl := range k.p.Contract.Clauses {
		if measured(cl) {
			p := contracts.ProvisionOf(cl)
			see := func(c contracts.Condition) { asks = asks || c.Grade > contracts.NoFault }
			p.When.Walk(see)
			p.Unless.Walk(see)
		}
	}
	return asks
}

// measured reports whether a clause is about the service as measured and not about losses.
func measured(cl contracts.Clause) bool {
	switch cl.(type) {
	case *contracts.Credit, *contracts.DowntimeExclusion, *contracts.Combine, *contracts.EarnBack, *contracts.Termination:
		return true
	}
	return false
}

// gradeParams adds the grade of fault in each phase in which losses arose, or in every phase where that matters.
func (k *compiler) gradeParams() {
	k.graded = k.phases
	if k.measuredByGrade() {
		k.graded = nil
		for i := range k.p.Incident.Events {
			for j := range k.p.Incident.Events[i].Phases {
				k.graded = append(k.graded, &k.p.Incident.Events[i].Phases[j])
			}
		}
	}
	for _, ph := range k.graded {
		p := Parameter{
			Name: "grade." + ph.ID, Kind: Choice, From: FromIncident,
			Label: contracts.Text{JA: "過失の程度: " + ph.Title.In("ja"), EN: "grade of fault: " + ph.Title.In("en")},
			Why: contracts.Text{JA: "過失の程度が認定されていないため、軽過失と重過失の双方を算定する",
				EN: "nobody has found the grade of fault: ordinary and gross negligence are both computed"},
			Readings: []int{int(contracts.Ordinary), int(contracts.Gross)},
		}
		for g := contracts.NoFault; g <= contracts.Intent; g++ {
			p.Options = append(p.Options, Option{g.String(), g.Label()})
		}
		if ph.Grade != nil {
			p.Default = plain(int64(*ph.Grade))
			p.Why = contracts.Text{JA: "当初の報告による", EN: "as first reported"}
		}
		k.param(p)
	}
}

// measures reports whether the contract has a commitment to measure.
func (k *compiler) measures() bool {
	return slices.ContainsFunc(k.p.Contract.Clauses, func(cl contracts.Clause) bool { _, ok := cl.(*contracts.Availability); return ok })
}

// usesFee reports whether some clause counts from the fee.
func (k *compiler) usesFee(name string) bool { return slices.Contains(k.p.Contract.FeeNames(), name) }

func (k *compiler) usesConsumer() (uses bool) {
	see := func(c contracts.Condition) { uses = uses || c.Consumer != nil }
	for _, cl := range k.p.Contract.Clauses {
		p := contracts.ProvisionOf(cl)
		p.When.Walk(see)
		p.Unless.Walk(see)
	}
	for _, e := range k.controls {
		e.Control.When.Walk(see)
	}
	return uses
}

// keep notes what stands of each line.
func (k *compiler) keep() {
	for _, l := range k.p.lines {
		k.p.kept = append(k.p.kept, k.after[l].(formula.Col).Name)
	}
}

func (k *compiler) lineName(l Line) string { return l.Head + k.suffix(l.Phase) }

func (k *compiler) lineLabel(l Line) (ja, en string) {
	h := titleOf(k.p.Incident.Heads, l.Head)
	ja, en = h.In("ja"), h.In("en")
	if len(k.phases) > 1 {
		_, ph := k.p.Incident.Phase(l.Phase)
		ja += "（" + ph.Title.In("ja") + "）"
		en += " (" + ph.Title.In("en") + ")"
	}
	return ja, en
}

func plain(v int64) *formula.Number { n := formula.Plain(v); return &n }

func eq(p formula.Expr, v int64) formula.Expr {
	return formula.Compare{Op: formula.Equal, A: p, B: formula.Const{V: v}}
}

// assume records a choice that the terms left open.
func (k *compiler) assume(name, ja, en string) {
	if slices.ContainsFunc(k.p.Assumptions, func(a Assumption) bool { return a.Name == name }) {
		return
	}
	k.p.Assumptions = append(k.p.Assumptions, Assumption{name, contracts.Text{JA: ja, EN: en}})
}
