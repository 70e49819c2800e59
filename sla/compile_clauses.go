package sla

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// How a clause may be read: the values of the parameter clause.ID.
const (
	asWorded int64 = iota // its conditions, carve-outs and the law decide
	setAside              // it does not operate, whatever its conditions say
	upheld                // it operates, whatever would lift or strike it
)

var readings = []Option{
	{"as-worded", contracts.Text{JA: "文言どおり", EN: "as worded"}},
	{"set-aside", contracts.Text{JA: "適用しない", EN: "set aside"}},
	{"upheld", contracts.Text{JA: "有効として適用", EN: "upheld"}},
}

var applies = []Option{
	{"does-not-apply", contracts.Text{JA: "適用しない", EN: "does not apply"}},
	{"applies", contracts.Text{JA: "適用する", EN: "applies"}},
}

// cause is something that takes a clause away: a carve-out or a control.
type cause struct {
	id   string
	ref  contracts.Ref
	when formula.Expr
	// matter is the condition of a control without the question whether it applies at all.
	matter formula.Expr
}

// clauseTest is how it is decided whether a clause stands in a phase.
type clauseTest struct {
	column       string // the test's column; empty when the clause says nothing of the phase
	lifts        []cause
	replaced     []cause // by clauses that take its place, the innermost first
	strikes      []cause
	when, unless formula.Expr // nil when the clause has no such condition
}

// clauseTests decides for every clause, phase by phase, whether it stands.
func (k *compiler) clauseTests() {
	for _, e := range k.controls {
		k.lawParam(e)
	}
	for _, cl := range k.p.Contract.Clauses {
		if _, measured := cl.(*contracts.Availability); !measured {
			k.clauseParam(cl)
		}
	}
	for _, cl := range k.p.Contract.Clauses {
		switch cl.(type) {
		case *contracts.Availability:
		case *contracts.Credit, *contracts.DowntimeExclusion, *contracts.Combine, *contracts.EarnBack, *contracts.Termination,
			*contracts.SetOff, *contracts.OwnFault, *contracts.AlreadyPaid, *contracts.AddedAfterOffset, *contracts.Interest:
			k.stands(cl, "")
		default:
			for _, ph := range k.phases {
				k.stands(cl, ph.ID)
			}
		}
	}
}

func (k *compiler) clauseParam(cl contracts.Clause) {
	p := contracts.ProvisionOf(cl)
	k.param(Parameter{
		Name: "clause." + p.ID, Label: contracts.Text{JA: "条項の扱い: " + p.Ref.String(), EN: "reading of " + p.Ref.String()},
		Kind: Choice, Options: readings, Readings: []int{int(asWorded), int(setAside)}, Default: plain(asWorded), From: FromContract, Refs: []contracts.Ref{p.Ref},
		Why: contracts.Text{JA: "条項の文言による", EN: "as the clause is worded"},
	})
}

// lawParam makes whether an entry applies a parameter: by default what its
// dates say on the day the incident began.
func (k *compiler) lawParam(e law.Entry) {
	day := k.p.Incident.day()
	p := Parameter{
		Name: "law." + e.ID, Label: contracts.Text{JA: "法令・判例の適用: " + e.Cite.String(), EN: "application of " + e.Cite.String()},
		Kind: Choice, Options: applies, From: FromLaw, Refs: []contracts.Ref{e.Cite},
	}
	switch {
	case !e.InForceOn(day):
		p.Default = plain(0)
		p.Why = contracts.Text{
			JA: fmt.Sprintf("%s時点で施行されていない（施行日 %s）", day, e.Since),
			EN: fmt.Sprintf("not in force on %s (in force since %s)", day, e.Since),
		}
		if !e.Until.IsZero() && e.Until.Cmp(day) <= 0 {
			p.Why = contracts.Text{
				JA: fmt.Sprintf("%s時点で施行されていない（%sまで）", day, e.Until.AddDays(-1)),
				EN: fmt.Sprintf("not in force on %s (in force until %s)", day, e.Until.AddDays(-1)),
			}
		}
	case e.Debated:
		p.Why = contracts.Text{JA: "適用の有無に争いがあり、認定がない", EN: "disputed, and no finding decides it"}
	case e.Discretionary:
		p.Default, p.From = plain(0), Assumed
		p.Why = contracts.Text{JA: "裁判所の評価を要し、認定がないため適用しない", EN: "needs a court's evaluation; without a finding it is taken not to apply"}
	default:
		p.Default = plain(1)
		p.Why = contracts.Text{JA: fmt.Sprintf("%s時点で施行", day), EN: fmt.Sprintf("in force on %s", day)}
	}
	k.param(p)
}

// anyPhase asks whether something holds in some phase of the incident, with losses or without.
const anyPhase = "*"

// stands returns whether the clause operates for losses of a phase (of any
// phase when phase is ""), adding its columns at the first call. A clause that says nothing of
// the phase gives nil.
func (k *compiler) stands(cl contracts.Clause, phase string) formula.Expr {
	p, asked := contracts.ProvisionOf(cl), phase
	if phase == "" && len(k.phases) == 1 && !measured(cl) {
		phase = k.phases[0].ID // any phase is that one
	}
	scope := phase
	if measured(cl) {
		scope = anyPhase
	}
	if t, ok := k.p.tests[p.ID][phase]; ok {
		if t.column == "" {
			return nil
		}
		return formula.Col{Name: t.column}
	}
	t := &clauseTest{}
	if k.p.tests[p.ID] == nil {
		k.p.tests[p.ID] = map[string]*clauseTest{}
	}
	k.p.tests[p.ID][phase] = t
	domain, in := k.domain(cl, phase)
	if !in {
		return nil
	}
	suffix := ""
	if phase != "" {
		suffix = k.suffix(phase)
	}
	for _, other := range k.p.Contract.Clauses {
		if c, ok := other.(*contracts.CarveOut); ok && slices.Contains(c.Lifts, p.ID) {
			t.lifts = append(t.lifts, cause{id: c.ID, ref: c.Ref, when: k.stands(c, phase)})
		}
	}
	for _, other := range k.p.Contract.Replacers(p.ID) {
		if when := k.stands(other, asked); when != nil {
			q := contracts.ProvisionOf(other)
			t.replaced = append(t.replaced, cause{id: q.ID, ref: q.Ref, when: when})
		}
	}
	for _, e := range k.controls {
		if e.Control.Strikes(cl) {
			cond := k.condition(e.Control.When, scope)
			c := cause{id: e.ID, ref: e.Cite, matter: formula.And{Of: cond}}
			if len(cond) == 0 { // a court's evaluation: no reason to speak of it where nobody made it
				c.matter = formula.Const{V: 0}
			}
			c.when = formula.And{Of: append([]formula.Expr{eq(formula.Param{Name: "law." + e.ID}, 1)}, cond...)}
			t.strikes = append(t.strikes, c)
		}
	}
	name := "stands." + p.ID + suffix
	label := p.Ref.String() + k.phaseLabel(phase)
	wording := append([]formula.Expr{eq(formula.Param{Name: "clause." + p.ID}, asWorded)}, domain...)
	if !p.When.IsZero() {
		t.when = formula.And{Of: k.condition(p.When, scope)}
		wording = append(wording, t.when)
	}
	if !p.Unless.IsZero() {
		t.unless = formula.And{Of: k.condition(p.Unless, scope)}
		wording = append(wording, formula.Not{A: t.unless})
	}
	if len(t.lifts) > 0 {
		lifted := k.add(k.testColumn("lifted."+p.ID+suffix, p, anyOf(t.lifts), "適用除外: "+label, label+" is lifted"))
		wording = append(wording, formula.Not{A: lifted})
	}
	if len(t.replaced) > 0 {
		replaced := k.add(k.testColumn("replaced."+p.ID+suffix, p, anyOf(t.replaced), "特約の優先: "+label, label+" gives way"))
		wording = append(wording, formula.Not{A: replaced})
	}
	if len(t.strikes) > 0 {
		struck := k.add(k.testColumn("struck."+p.ID+suffix, p, anyOf(t.strikes), "無効: "+label, label+" is void"))
		wording = append(wording, formula.Not{A: struck})
	}
	expr := formula.Or{Of: []formula.Expr{eq(formula.Param{Name: "clause." + p.ID}, upheld), formula.And{Of: wording}}}
	t.column = name
	return k.add(k.testColumn(name, p, expr, "適用: "+label, label+" applies"))
}

func (k *compiler) testColumn(name string, p *contracts.Provision, e formula.Expr, ja, en string) Column {
	return Column{Column: formula.Column{Name: name, Expr: e}, Label: contracts.Text{JA: ja, EN: en},
		Unit: YesNo, Role: Test, Clause: p.ID, Refs: []contracts.Ref{p.Ref}}
}

func anyOf(causes []cause) formula.Expr {
	var of []formula.Expr
	for _, c := range causes {
		of = append(of, c.when)
	}
	return formula.Or{Of: of}
}

func (k *compiler) phaseLabel(phase string) string {
	if phase == "" || len(k.phases) <= 1 {
		return ""
	}
	return " [" + phase + "]"
}

// domain is what the clause's own kind asks of a phase; false when the clause
// says nothing of it.
func (k *compiler) domain(cl contracts.Clause, phase string) ([]formula.Expr, bool) {
	switch c := cl.(type) {
	case *contracts.Exemption:
		if !k.speaksOf(c.Events, phase) || (len(c.Phases) > 0 && !slices.Contains(c.Phases, phase)) {
			return nil, false
		}
		if len(c.Grades) > 0 {
			var of []formula.Expr
			for _, g := range c.Grades {
				of = append(of, eq(formula.Param{Name: "grade." + phase}, int64(g)))
			}
			return []formula.Expr{formula.Or{Of: of}}, true
		}
	case *contracts.SoleRemedy:
		return nil, k.speaksOf(c.Events, phase)
	}
	return nil, true
}

// speaksOf reports whether a list of kinds of event covers the phase's event.
func (k *compiler) speaksOf(kinds []string, phase string) bool {
	return len(kinds) == 0 || slices.Contains(kinds, k.events[phase].Kind)
}

// condition turns a condition into tests that must all hold. Without a phase,
// a grade must have been reached in some phase.
func (k *compiler) condition(c contracts.Condition, phase string) []formula.Expr {
	var of []formula.Expr
	if c.Grade > contracts.NoFault {
		of = append(of, k.gradeTest(c.Grade, phase))
	}
	if c.Consumer != nil {
		t := formula.Expr(formula.Col{Name: "treated_as_consumer"})
		if !*c.Consumer {
			t = formula.Not{A: t}
		}
		of = append(of, t)
	}
	if c.Fact != "" {
		of = append(of, k.factTest(c.Fact))
	}
	if c.Event != "" {
		in := phase == anyPhase || slices.ContainsFunc(k.phases, func(ph *Phase) bool {
			return k.events[ph.ID].ID == c.Event && (phase == "" || ph.ID == phase)
		})
		of = append(of, formula.Const{V: map[bool]int64{true: 1}[in]})
	}
	for _, part := range c.All {
		of = append(of, k.condition(part, phase)...)
	}
	if len(c.Any) > 0 {
		var any []formula.Expr
		for _, part := range c.Any {
			any = append(any, formula.And{Of: k.condition(part, phase)})
		}
		of = append(of, formula.Or{Of: any})
	}
	if c.Not != nil {
		of = append(of, formula.Not{A: formula.And{Of: k.condition(*c.Not, phase)}})
	}
	return of
}

// factTest asks whether a fact is recorded of the customer. One that the incident does not know, on which only a control of the law can
// turn, is recorded of nobody.
func (k *compiler) factTest(fact string) formula.Expr {
	if !slices.ContainsFunc(k.p.Incident.Facts, func(f Named) bool { return f.ID == fact }) {
		return formula.Const{V: 0}
	}
	return formula.Col{Name: "fact." + fact}
}

func (k *compiler) gradeTest(g contracts.Grade, phase string) formula.Expr {
	var of []formula.Expr
	phases := k.phases
	if phase == anyPhase {
		phases = k.graded
	}
	for _, ph := range phases {
		if phase == "" || phase == anyPhase || ph.ID == phase {
			of = append(of, formula.Compare{Op: formula.AtLeast, A: formula.Param{Name: "grade." + ph.ID}, B: formula.Const{V: int64(g)}})
		}
	}
	if len(of) == 1 {
		return of[0]
	}
	return formula.Or{Of: of}
}

// refsOf cites a clause and the law entries that found its rule.
func (k *compiler) refsOf(p *contracts.Provision, founds law.Founds) []contracts.Ref {
	var refs []contracts.Ref
	if p != nil && !p.Ref.IsZero() {
		refs = append(refs, p.Ref)
	}
	return append(refs, refsFounding(k.p.law, k.p.Incident.day(), founds)...)
}

// day is the civil day on which the incident began, in its zone.
func (in *Incident) day() contracts.Date {
	loc, err := contracts.LoadZone(in.Zone)
	if err != nil {
		return contracts.Date{} // refused by Validate before anyone asks
	}
	span := in.Span()
	if span.Start.IsZero() {
		return contracts.Date{}
	}
	return contracts.DateOf(span.Start, loc)
}

func joinIDs(ids []string) string { return strings.Join(ids, ", ") }
