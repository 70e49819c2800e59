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
	tests := r.run.Program.tests[s.Clause]
	if s.Clause == "" || len(tests) == 0 {
		return
	}
	env := r.Env()
	spoke, stands := false, false
	for _, phase := range r.run.Program.testPhases(s.Clause) {
		t := tests[phase]
		if t.column == "" {
			continue
		}
		spoke = true
		if env.Col(t.column) != 0 {
			s.Why = append(s.Why, r.inPhase(phase, r.whyItStands(t, env))...)
			stands = true
			continue
		}
		effect, why := r.whyItFalls(s.Clause, t, env)
		s.Why = append(s.Why, r.inPhase(phase, why)...)
		if s.Effect == NotReached {
			s.Effect = effect
		}
	}
	if stands {
		s.Why = append(s.Why, r.termsOf(r.run.Program.Contract.Clause(s.Clause))...)
	}
	if !spoke {
		s.Effect = Silent
		s.Why = append(s.Why, contracts.Text{JA: "この条項は、この種の事象・段階について定めていない", EN: "the clause says nothing of this kind of event or phase"})
	}
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

// inPhase says of which phase reasons speak, where there are several.
func (r Row) inPhase(phase string, why []contracts.Text) []contracts.Text {
	_, ph := r.run.Program.Incident.Phase(phase)
	if ph == nil || len(phaseNames(r.run.Program.Incident)) == 1 {
		return why
	}
	out := make([]contracts.Text, len(why))
	for i, t := range why {
		out[i] = contracts.Text{JA: "［" + ph.Title.In("ja") + "］" + t.In("ja"), EN: "[" + ph.Title.In("en") + "] " + t.In("en")}
	}
	return out
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

// whyItStands names the controls whose conditions hold and that do not strike the clause all the same.
func (r Row) whyItStands(t *clauseTest, env formula.Env) []contracts.Text {
	var out []contracts.Text
	for _, c := range t.strikes {
		if v, err := formula.Eval(c.matter, env); err == nil && v != 0 && env.Param("law."+c.id, formula.Value) == 0 {
			why := r.run.Settings.Of("law." + c.id).Reason
			out = append(out, contracts.Text{
				JA: c.ref.String() + "は適用されない: " + why.In("ja"),
				EN: c.ref.String() + " does not apply: " + why.In("en"),
			})
		}
	}
	for _, c := range t.replaced {
		if v, err := formula.Eval(c.when, env); err != nil || v != 0 {
			continue // the findings uphold the general clause beside the special one
		}
		out = append(out, contracts.Text{
			JA: c.ref.String() + "は適用されないため、これに優先しない: " + c.ref.Gist.In("ja"),
			EN: c.ref.String() + " does not operate, and does not take its place: " + c.ref.Gist.In("en"),
		})
	}
	return out
}

// whyItFalls says what took the clause away: a finding, a clause that takes its place, a carve-out, the law,
// or its own conditions, in that order.
func (r Row) whyItFalls(clause string, t *clauseTest, env formula.Env) (Effect, []contracts.Text) {
	if env.Param("clause."+clause, formula.Value) == setAside {
		why := r.run.Settings.Of("clause." + clause).Reason
		return SetAside, []contracts.Text{{JA: "認定により適用しない: " + why.In("ja"), EN: "set aside by the findings: " + why.In("en")}}
	}
	effect, why := NotMet, []contracts.Text(nil)
	holds := func(c cause) bool {
		v, err := formula.Eval(c.when, env)
		return err == nil && v != 0
	}
	for _, c := range t.strikes {
		if holds(c) {
			effect = Struck
			why = append(why, contracts.Text{JA: c.ref.String() + "により無効: " + c.ref.Gist.In("ja"), EN: "void under " + c.ref.String() + ": " + c.ref.Gist.In("en")})
		}
	}
	for _, c := range t.lifts {
		if holds(c) {
			effect = Lifted
			why = append(why, contracts.Text{JA: c.ref.String() + "により適用されない: " + c.ref.Gist.In("ja"), EN: "lifted by " + c.ref.String() + ": " + c.ref.Gist.In("en")})
		}
	}
	for _, c := range t.replaced {
		if holds(c) {
			effect = Replaced
			why = append(why, contracts.Text{JA: c.ref.String() + "が優先して適用される: " + c.ref.Gist.In("ja"), EN: "its place is taken by " + c.ref.String() + ": " + c.ref.Gist.In("en")})
		}
	}
	if len(why) == 0 {
		why = append(why, contracts.Text{JA: "条項の定める条件を満たさない", EN: "the clause's own conditions do not hold"})
	}
	return effect, why
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
