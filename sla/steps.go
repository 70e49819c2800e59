package sla

import (
	"iter"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// Effect says what became of a rule in one customer's working.
type Effect string

// The effects.
const (
	Applied    Effect = "applied"     // it changed the sum
	NotReached Effect = "not-reached" // it stands, but there was nothing for it to change
	Lifted     Effect = "lifted"      // a carve-out took it away
	Replaced   Effect = "replaced"    // another clause took its place
	Struck     Effect = "struck"      // the law strikes it
	SetAside   Effect = "set-aside"   // the findings do not apply it
	NotMet     Effect = "not-met"     // its own conditions do not hold
	Silent     Effect = "silent"      // it says nothing of what happened
)

// Step is one posting of a customer's ledger: what a rule did to the sum, or
// why it did nothing. The payable is the sum of the deltas.
type Step struct {
	Rule   Rule
	Clause string // id; empty for a rule without a clause
	Label  contracts.Text
	Delta  contracts.Amount
	After  contracts.Amount // the sum with this step
	Effect Effect
	Refs   []contracts.Ref
	Why    []contracts.Text
	Column int // of the posting
}

// Steps yields the row's steps in the order of the program, those that did nothing included. Where the order of own fault and limit is open, it is that which the
// row takes.
func (r Row) Steps() iter.Seq[Step] {
	return func(yield func(Step) bool) {
		var after contracts.Amount
		for _, i := range r.stepColumns() {
			c := r.run.Program.Columns[i]
			d := contracts.Amount(r.Value(i))
			after += d
			s := Step{Rule: c.Rule, Clause: c.Clause, Label: c.Rule.Label(), Delta: d, After: after, Refs: c.Refs, Column: i, Effect: NotReached}
			if d != 0 {
				s.Effect = Applied
			}
			r.explain(&s)
			if !yield(s) {
				return
			}
		}
	}
}

// explain finds why a clause did what it did, phase by phase.
func (r Row) explain(s *Step) {
	r.whyByLaw(s)
	if s.Rule == RuleInterest {
		s.Why = append(s.Why, r.interestWhy()...)
	}
	if s.Rule == RuleOwnFault && r.run.Program.orders != nil {
		s.Why = append(s.Why, r.orderWhy())
	}
	env := r.Env()
	for _, say := range r.run.Program.Tale(s.Column) {
		if v, err := formula.Eval(say.When, env); err != nil || v == 0 {
			continue
		}
		if say.Effect == Silent || say.Effect != "" && s.Effect == NotReached {
			s.Effect = say.Effect
		}
		if t := say.Text; t != (contracts.Text{}) {
			if say.Reason != "" {
				why := r.run.Settings.Of(say.Reason).Reason
				t = contracts.Text{JA: t.JA + why.In("ja"), EN: t.EN + why.In("en")}
			}
			s.Why = append(s.Why, t)
		}
	}
	if r.stands(s.Clause, env) {
		s.Why = append(s.Why, r.termsOf(r.run.Program.Contract.Clause(s.Clause))...)
	}
}

// stands reports whether a clause stands in some phase.
func (r Row) stands(clause string, env formula.Env) bool {
	for _, t := range r.run.Program.tests[clause] { // order: any of them will do
		if clause != "" && t.column != "" && env.Col(t.column) != 0 {
			return true
		}
	}
	return false
}

// whyByLaw names the rule that was taken where the law or a finding decides between several.
func (r Row) whyByLaw(s *Step) {
	rule := func(name string) {
		par := r.run.Program.Parameter(name)
		if par == nil || !r.run.Program.Uses(name) {
			return
		}
		v := par.Options[r.run.Shown(name).Num].Label
		why := r.run.Settings.Of(name).Reason
		s.Why = append(s.Why, contracts.Text{JA: par.Label.In("ja") + ": " + v.In("ja") + "（" + why.In("ja") + "）", EN: par.Label.In("en") + ": " + v.In("en") + " (" + why.In("en") + ")"})
	}
	switch s.Rule {
	case RuleOwnFault:
		if r.Of("own.of-all.num") != 0 {
			rule("weighing")
		}
		if r.Of("own.barred") != 0 {
			rule("own_fault.bar")
		}
	case RuleSettlement:
		rule("settlement")
	case RuleSeveral:
		rule("liability")
		if extent := "extent." + r.run.Program.Incident.provider(); r.run.Settings.Of(extent).From == FromFindings {
			rule(extent)
		}
		if r.Of("fault.lost") != 0 && s.Delta != 0 {
			rule("uncollectible")
		}
	}
}

// testPhases lists the phases in which a clause was tested, in the order of the incident.
func (p *Program) testPhases(clause string) []string {
	var out []string
	if _, ok := p.tests[clause][""]; ok {
		out = append(out, "")
	}
	for _, e := range p.Incident.Events {
		for _, ph := range e.Phases {
			if _, ok := p.tests[clause][ph.ID]; ok {
				out = append(out, ph.ID)
			}
		}
	}
	return out
}

// Env gives the row's columns, parameters and pool sums to formula.Eval, under the first reading.
func (r Row) Env() formula.Env { return rowEnv{r} }

type rowEnv struct{ Row }

func (e rowEnv) Col(name string) int64 { return e.Value(e.run.Program.index[name]) }

func (e rowEnv) Param(name string, part formula.Part) int64 {
	n := e.run.Shown(name)
	if part == formula.Den {
		return n.Den
	}
	return n.Num
}

func (e rowEnv) Pool(of string, s formula.Scope, running bool) int64 {
	for k, u := range e.run.readings[0].machine.Pools() {
		if u.Of == of && u.Scope == s {
			total, run := e.batches[0].Pool(k)
			if running {
				return run[e.i]
			}
			return total[e.i]
		}
	}
	return 0
}

// Run returns the run that the row belongs to.
func (r Row) Run() *Run { return r.run }
