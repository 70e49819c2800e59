package sla

import (
	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// Saying is what may be said of why a clause did what it did: it is said when its condition holds in the row.
type Saying struct {
	When   formula.Expr
	Text   contracts.Text // empty where only the effect is told
	Reason string         // the parameter whose reason follows the text; empty for none
	// Effect is what became of the rule where it did nothing; the first that is told counts. Empty tells nothing of it.
	Effect Effect
}

// Tale lists what may be said of a posting's clause, in order: for each phase why it stands, or what took it away. It is empty for a rule without a clause.
// The words that tell a customer's working come from it, in Go ([Row.Steps]) as elsewhere.
func (p *Program) Tale(posting int) []Saying {
	clause := p.Columns[posting].Clause
	tests := p.tests[clause]
	if clause == "" || len(tests) == 0 {
		return nil
	}
	var out []Saying
	spoke := false
	for _, phase := range p.testPhases(clause) {
		if t := tests[phase]; t.column != "" {
			spoke = true
			for _, s := range append(t.standing(), t.falling(clause)...) {
				s.Text = p.inPhase(phase, s.Text)
				out = append(out, s)
			}
		}
	}
	if !spoke {
		return []Saying{{When: one, Effect: Silent, Text: contracts.Text{JA: "この条項は、この種の事象・段階について定めていない", EN: "the clause says nothing of this kind of event or phase"}}}
	}
	return out
}

// standing names the controls whose conditions hold and that do not strike the clause all the same, and the special clauses that do not take its place.
func (t *clauseTest) standing() []Saying {
	stands := formula.Col{Name: t.column}
	var out []Saying
	for _, c := range t.strikes {
		law := "law." + c.id
		out = append(out, Saying{When: all(stands, c.matter, eq(formula.Param{Name: law}, 0)), Reason: law,
			Text: contracts.Text{JA: c.ref.String() + "は適用されない: ", EN: c.ref.String() + " does not apply: "}})
	}
	for _, c := range t.replaced { // where it does operate, the findings uphold the general clause beside the special one
		out = append(out, Saying{When: all(stands, formula.Not{A: c.when}), Text: contracts.Text{
			JA: c.ref.String() + "は適用されないため、これに優先しない: " + c.ref.Gist.In("ja"),
			EN: c.ref.String() + " does not operate, and does not take its place: " + c.ref.Gist.In("en")}})
	}
	return out
}

// falling says what took the clause away: a finding, a clause that takes its place, a carve-out, the law, or its own conditions, in that order.
func (t *clauseTest) falling(clause string) []Saying {
	reading := formula.Param{Name: "clause." + clause}
	fell := formula.Not{A: formula.Col{Name: t.column}}
	judged := all(fell, formula.Not{A: eq(reading, setAside)})
	out := []Saying{{When: all(fell, eq(reading, setAside)), Effect: SetAside, Reason: reading.Name, Text: contracts.Text{JA: "認定により適用しない: ", EN: "set aside by the findings: "}}}
	var some []formula.Expr
	var why []Saying
	causes := func(list []cause, effect Effect, ja, en string) {
		var of []formula.Expr
		for _, c := range list {
			of = append(of, c.when)
			why = append(why, Saying{When: all(judged, c.when), Text: contracts.Text{JA: c.ref.String() + ja + c.ref.Gist.In("ja"), EN: en + c.ref.String() + ": " + c.ref.Gist.In("en")}})
		}
		if len(of) > 0 {
			some = append(some, of...)
			out = append(out, Saying{When: all(judged, formula.Or{Of: of}), Effect: effect})
		}
	}
	causes(t.replaced, Replaced, "が優先して適用される: ", "its place is taken by ")
	replaced := why
	why = nil
	causes(t.lifts, Lifted, "により適用されない: ", "lifted by ")
	lifted := why
	why = nil
	causes(t.strikes, Struck, "により無効: ", "void under ")
	why = append(append(why, lifted...), replaced...)
	out = append(out, why...)
	return append(out, Saying{When: all(judged, formula.Not{A: formula.Or{Of: some}}), Effect: NotMet, Text: contracts.Text{JA: "条項の定める条件を満たさない", EN: "the clause's own conditions do not hold"}})
}

func all(of ...formula.Expr) formula.Expr { return formula.And{Of: of} }

// inPhase says of which phase a text speaks, where there are several.
func (p *Program) inPhase(phase string, t contracts.Text) contracts.Text {
	_, ph := p.Incident.Phase(phase)
	if ph == nil || t == (contracts.Text{}) || len(phaseNames(p.Incident)) == 1 {
		return t
	}
	return contracts.Text{JA: "［" + ph.Title.In("ja") + "］" + t.In("ja"), EN: "[" + ph.Title.In("en") + "] " + t.In("en")}
}
