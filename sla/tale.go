package sla

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// Tale is what may be said of a posting: what became of its rule when it changed nothing, and why. Which of it holds for a row is
// decided by expressions over the row's columns and the parameters, so that whoever works out the columns can tell it.
type Tale struct {
	Column  int  // of the posting
	Silent  bool // the clause says nothing of what happened, whatever the row holds
	Effects []TaleEffect
	Sayings []Saying
}

// TaleEffect is what became of a rule that changed nothing; the first whose condition holds counts, and [NotReached] where none does.
type TaleEffect struct {
	When   formula.Expr
	Effect Effect
}

// Saying is a sentence that is said when its condition holds.
type Saying struct {
	When  formula.Expr // nil is always
	Found string       // a parameter that must stand as found for the sentence to be said; empty for most
	Parts []SayingPart // nil where the words are worked out with the row's figures ([Row.Steps] tells them)
	tell  func(Row) []contracts.Text
}

// SayingPart is a text, or the reason or the chosen option of a parameter.
type SayingPart struct {
	Text   contracts.Text
	Reason string // of this parameter
	Option string // of this parameter
}

// Tales lists what may be said of each posting, by column.
func (p *Program) Tales() []Tale {
	var out []Tale
	for i, c := range p.Columns {
		if c.Role == Posting || p.orders != nil && slices.Contains(p.orders.first, c.Name) {
			out = append(out, p.tale(i))
		}
	}
	return out
}

func (p *Program) tale(i int) Tale {
	c := p.Columns[i]
	t := Tale{Column: i}
	p.tellLaw(&t)
	if c.Rule == RuleInterest && p.interest != nil {
		t.Sayings = append(t.Sayings, Saying{tell: Row.interestWhy})
	}
	if c.Rule == RuleOwnFault && p.orders != nil {
		t.Sayings = append(t.Sayings, Saying{tell: func(r Row) []contracts.Text { return []contracts.Text{r.orderWhy()} }})
	}
	tests := p.tests[c.Clause]
	if c.Clause == "" || len(tests) == 0 {
		return t
	}
	var stands []formula.Expr
	for _, phase := range p.testPhases(c.Clause) {
		test := tests[phase]
		if test.column == "" {
			continue
		}
		stands = append(stands, formula.Col{Name: test.column})
		p.tellStanding(&t, phase, test)
		p.tellFalling(&t, phase, c.Clause, test)
	}
	if len(stands) == 0 {
		t.Silent = true
		t.Sayings = append(t.Sayings, Saying{Parts: said("この条項は、この種の事象・段階について定めていない", "the clause says nothing of this kind of event or phase")})
		return t
	}
	p.tellTerms(&t, p.Contract.Clause(c.Clause), formula.Or{Of: stands})
	return t
}

func said(ja, en string) []SayingPart {
	return []SayingPart{{Text: contracts.Text{JA: ja, EN: en}}}
}

func reason(name string) SayingPart { return SayingPart{Reason: name} }

// tellLaw names the rule that was taken where the law or a finding decides between several.
func (p *Program) tellLaw(t *Tale) {
	c := p.Columns[t.Column]
	rule := func(name, found string, when formula.Expr) {
		par := p.Parameter(name)
		if par == nil || !p.Uses(name) {
			return
		}
		parts := said(par.Label.In("ja")+": ", par.Label.In("en")+": ")
		parts = append(parts, SayingPart{Option: name})
		parts = append(parts, said("（", " (")...)
		parts = append(parts, reason(name))
		t.Sayings = append(t.Sayings, Saying{When: when, Found: found, Parts: append(parts, said("）", ")")...)})
	}
	column := func(name string) formula.Expr {
		if p.Index(name) < 0 {
			return zero
		}
		return formula.Col{Name: name}
	}
	switch c.Rule {
	case RuleOwnFault:
		rule("weighing", "", column("own.of-all.num"))
		rule("own_fault.bar", "", column("own.barred"))
	case RuleSettlement:
		rule("settlement", "", nil)
	case RuleSeveral:
		rule("liability", "", nil)
		extent := "extent." + p.Incident.provider()
		rule(extent, extent, nil)
		rule("uncollectible", "", formula.And{Of: []formula.Expr{column("fault.lost"), formula.Col{Name: c.Name}}})
	}
}

// inPhase begins a sentence with the phase of which it speaks, where there are several.
func (p *Program) inPhase(phase string, parts ...SayingPart) []SayingPart {
	_, ph := p.Incident.Phase(phase)
	if ph == nil || len(phaseNames(p.Incident)) == 1 {
		return parts
	}
	return append(said("［"+ph.Title.In("ja")+"］", "["+ph.Title.In("en")+"] "), parts...)
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

// tellStanding names, while a clause stands, the controls whose conditions hold and that do not strike it all the same, and the special clauses that do not take its place.
func (p *Program) tellStanding(t *Tale, phase string, test *clauseTest) {
	stands := formula.Expr(formula.Col{Name: test.column})
	for _, c := range test.strikes {
		when := []formula.Expr{stands, c.matter}
		parts := said(c.ref.String()+"は適用されない: ", c.ref.String()+" does not apply: ")
		if name := "law." + c.id; p.Parameter(name) != nil {
			when = append(when, formula.Compare{Op: formula.Equal, A: formula.Param{Name: name}, B: zero})
			parts = append(parts, reason(name))
		}
		t.Sayings = append(t.Sayings, Saying{When: formula.And{Of: when}, Parts: p.inPhase(phase, parts...)})
	}
	for _, c := range test.replaced { // while the findings uphold the general clause beside the special one
		t.Sayings = append(t.Sayings, Saying{When: formula.And{Of: []formula.Expr{stands, formula.Not{A: c.when}}}, Parts: p.inPhase(phase,
			said(c.ref.String()+"は適用されないため、これに優先しない: "+c.ref.Gist.In("ja"), c.ref.String()+" does not operate, and does not take its place: "+c.ref.Gist.In("en"))...)})
	}
}

// tellFalling says what took the clause away: a finding; else the law, a carve-out, a clause that takes its place; else its own conditions.
func (p *Program) tellFalling(t *Tale, phase, clause string, test *clauseTest) {
	falls := []formula.Expr{formula.Not{A: formula.Col{Name: test.column}}}
	and := func(more ...formula.Expr) formula.Expr {
		return formula.And{Of: append(slices.Clone(falls), more...)}
	}
	if name := "clause." + clause; p.Parameter(name) != nil {
		aside := formula.Compare{Op: formula.Equal, A: formula.Param{Name: name}, B: formula.Const{V: setAside}}
		t.Effects = append(t.Effects, TaleEffect{and(aside), SetAside})
		t.Sayings = append(t.Sayings, Saying{When: and(aside), Parts: p.inPhase(phase, append(said("認定により適用しない: ", "set aside by the findings: "), reason(name))...)})
		falls = append(falls, formula.Not{A: aside})
	}
	var all []formula.Expr
	causes := func(list []cause, ja, en string) formula.Expr {
		var some []formula.Expr
		for _, c := range list {
			some = append(some, c.when)
			t.Sayings = append(t.Sayings, Saying{When: and(c.when), Parts: p.inPhase(phase, said(c.ref.String()+ja+c.ref.Gist.In("ja"), strings.ReplaceAll(en, "%", c.ref.String())+c.ref.Gist.In("en"))...)})
		}
		all = append(all, some...)
		return and(formula.Or{Of: some})
	}
	struck := causes(test.strikes, "により無効: ", "void under %: ")
	lifted := causes(test.lifts, "により適用されない: ", "lifted by %: ")
	replaced := causes(test.replaced, "が優先して適用される: ", "its place is taken by %: ")
	t.Effects = append(t.Effects, TaleEffect{replaced, Replaced}, TaleEffect{lifted, Lifted}, TaleEffect{struck, Struck}, TaleEffect{and(), NotMet})
	t.Sayings = append(t.Sayings, Saying{When: and(formula.Not{A: formula.Or{Of: all}}), Parts: p.inPhase(phase, said("条項の定める条件を満たさない", "the clause's own conditions do not hold")...)})
}

// tellTerms tells, while a clause stands, its terms that do not stand in its columns: the heads that a cap or a layer is on, and the steps of a layer.
func (p *Program) tellTerms(t *Tale, cl contracts.Clause, stands formula.Expr) {
	heads := func(list []string, ja, en string) {
		for _, text := range p.headWords(list, ja, en) {
			t.Sayings = append(t.Sayings, Saying{When: stands, Parts: []SayingPart{{Text: text}}})
		}
	}
	switch c := cl.(type) {
	case *contracts.Cap:
		heads(c.Heads, "対象の損害項目: ", "on these heads alone: ")
		heads(c.ExceptHeads, "対象外の損害項目: ", "on all heads but these: ")
	case *contracts.Layer:
		heads(c.Heads, "対象の損害項目: ", "on these heads alone: ")
		t.Sayings = append(t.Sayings, Saying{When: stands, tell: func(r Row) []contracts.Text { return r.layerWords(c) }})
	}
}

// tell decides what holds for the row and adds it to the step.
func (r Row) tell(s *Step, t *Tale) {
	env := r.Env()
	holds := func(e formula.Expr) bool {
		if e == nil {
			return true
		}
		v, err := formula.Eval(e, env)
		return err == nil && v != 0
	}
	for _, x := range t.Sayings {
		switch {
		case x.Found != "" && r.run.Settings.Of(x.Found).From != FromFindings, !holds(x.When):
		case x.tell != nil:
			s.Why = append(s.Why, x.tell(r)...)
		default:
			s.Why = append(s.Why, contracts.Text{JA: r.words(x, "ja"), EN: r.words(x, "en")})
		}
	}
	if t.Silent {
		s.Effect = Silent
	}
	if s.Effect != NotReached {
		return
	}
	if i := slices.IndexFunc(t.Effects, func(e TaleEffect) bool { return holds(e.When) }); i >= 0 {
		s.Effect = t.Effects[i].Effect
	}
}

// words puts the parts of a saying together.
func (r Row) words(x Saying, lang string) string {
	var b strings.Builder
	for _, part := range x.Parts {
		switch {
		case part.Reason != "":
			b.WriteString(r.run.Settings.Of(part.Reason).Reason.In(lang))
		case part.Option != "":
			b.WriteString(r.run.Reading(part.Option, lang))
		default:
			b.WriteString(map[string]string{"ja": part.Text.JA, "en": part.Text.EN}[lang])
		}
	}
	return b.String()
}

// told finds the tale of a posting.
func (r *Run) told(column int) *Tale {
	tales := r.tales()
	i := slices.IndexFunc(tales, func(t Tale) bool { return t.Column == column })
	if i < 0 {
		panic(fmt.Sprintf("sla: nothing may be said of column %d", column))
	}
	return &tales[i]
}
