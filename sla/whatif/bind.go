package whatif

import (
	"errors"
	"fmt"
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/problem"
	"github.com/amends-go/amends/internal/yamlread"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
)

// Point is a value of an axis: what the parameters are there.
type Point struct {
	Text   string         // as findings are written
	Label  contracts.Text // as people read it
	Values map[string]formula.Number
}

// Bind holds the study against the case and adds its scenarios to the findings of the case. Every problem is reported at once, with its place in the
// file.
func (s *Study) Bind(c *sla.Case) contracts.Problems {
	problems := c.AddFindings(s.Scenarios)
	if problems.Err() != nil {
		return problems
	}
	if s.Base == "" {
		s.Base = c.Default
	}
	b := binder{c: c}
	s.Base = b.set(s.at["base"], s.Base, c.Default)
	for _, id := range s.Compare {
		b.set(s.at["compare"], id, c.Default)
	}
	if len(s.Compare) == 0 {
		s.Compare = append(s.Compare, s.Base)
		for _, f := range c.Findings {
			if f.ID != s.Base {
				s.Compare = append(s.Compare, f.ID)
			}
		}
	}
	for i := range s.Ranges {
		b.axis(&s.Ranges[i].Axis, s.Base)
	}
	for i := range s.Sweeps {
		w := &s.Sweeps[i]
		w.Base = b.set(w.base, w.Base, s.Base)
		w.Measure = b.measure(w.measure, w.Measure)
		for j := range w.Of {
			b.axis(&w.Of[j], w.Base)
		}
		if len(w.Of) == 2 && w.Of[0].Parameter == w.Of[1].Parameter {
			b.report(w.Of[1].at, "E_DUP_ID", "both axes are of "+w.Of[0].Parameter, "take two parameters")
		}
	}
	for i := range s.BreakEvens {
		b.breakEven(&s.BreakEvens[i], s.Base)
	}
	b.uncertain(s)
	if s.problems != nil {
		b.problems = append(b.problems, s.problems()...)
	}
	return b.problems.Sorted()
}

// binder holds the questions against a case.
type binder struct {
	c        *sla.Case
	problems contracts.Problems
}

// set checks the id of a set of findings; an empty one is the base.
func (b *binder) set(at *yamlread.Value, id, base string) string {
	if id == "" {
		return base
	}
	if !slices.Contains(b.c.FindingsIDs(), id) {
		b.report(at, "E_UNKNOWN_FINDINGS", fmt.Sprintf("the case has no findings or scenario %q", id), problem.Suggest(id, b.c.FindingsIDs()))
		return base
	}
	return id
}

// measure reads which figure is meant; where the file says nothing it is what was set in Go.
func (b *binder) measure(at *yamlread.Value, set sla.Measure) sla.Measure {
	text := set.String()
	if at != nil {
		text, _ = at.Scalar()
	}
	m, err := b.c.ParseMeasure(text)
	if err != nil {
		b.report(at, "E_MEASURE", err.Error(), "write total, contract.ID or remains.PARTY")
	}
	return m
}

// report reports a problem at its place in the file, or without one for what was built in Go.
func (b *binder) report(at *yamlread.Value, code, message, hint string) {
	if at != nil {
		at.Report(code, message, hint)
		return
	}
	b.problems = append(b.problems, contracts.Problem{Code: code, Message: message, Hint: hint})
}

// axis finds the parameter and its values.
func (b *binder) axis(a *Axis, base string) {
	par, cur, err := b.c.Parameter(a.Parameter)
	if err != nil {
		var ps contracts.Problems
		if errors.As(err, &ps) {
			b.report(a.at, ps[0].Code, ps[0].Message, ps[0].Hint)
		}
		return
	}
	fail := func(err error) { b.report(a.at, sla.NumberCode(err, "E_AXIS"), err.Error(), "") }
	if !Numbered(par) {
		if a.From != "" || a.To != "" {
			fail(fmt.Errorf("%s is chosen from a list and has no range: give its values", a.Parameter))
			return
		}
		if len(a.Values) == 0 {
			for _, o := range par.Options {
				a.Values = append(a.Values, o.Name)
			}
		}
		for _, text := range a.Values {
			n, err := par.Parse(text, cur)
			if err != nil {
				fail(err)
				return
			}
			a.points = append(a.points, Point{text, par.Options[n.Num].Label, map[string]formula.Number{a.Parameter: n}})
		}
		return
	}
	if len(a.Values) == 0 {
		if a.lever, err = NewLever(b.c, base, a.Parameter, a.From, a.To); err != nil {
			fail(err)
			return
		}
		a.divide()
		return
	}
	for _, text := range a.Values {
		p, err := b.number(a.Parameter, base, text)
		if err != nil {
			fail(err)
			return
		}
		a.points = append(a.points, p)
	}
}

// number is a single value of a parameter that is a number.
func (b *binder) number(name, base, text string) (Point, error) {
	par, cur, err := b.c.Parameter(name)
	if err != nil {
		return Point{}, err
	}
	if par.Kind != sla.Weight {
		n, err := par.Parse(text, cur)
		return Point{text, contracts.Text{}, map[string]formula.Number{name: n}}, err
	}
	from, to := text, "1"
	if r, err := contracts.ParseRatio(text); err == nil && r == contracts.One {
		from, to = "0", text
	}
	l, err := NewLever(b.c, base, name, from, to)
	if err != nil {
		return Point{}, err
	}
	n := l.From
	if to == text {
		n = l.To
	}
	return Point{text, contracts.Text{}, l.Values(n)}, nil
}

// divide takes the ends of the lever's range and steps between them.
func (a *Axis) divide() {
	l := a.lever
	if a.Steps == 0 {
		a.Steps = 10
	}
	steps := min(int64(a.Steps), l.To-l.From)
	for i := range steps + 1 {
		n, _ := contracts.MulDiv(l.To-l.From, i, steps, contracts.RoundDown)
		a.points = append(a.points, Point{l.Text(l.From + n), contracts.Text{}, l.Values(l.From + n)})
	}
}

// Points are the values of the axis, once the study is bound.
func (a *Axis) Points() []Point { return a.points }

// breakEven finds the parameter, the measure and the amount.
func (b *binder) breakEven(e *BreakEven, base string) {
	e.Base = b.set(e.base, e.Base, base)
	e.Measure = b.measure(e.measure, e.Measure)
	b.axis(&e.Axis, e.Base)
	if text, ok := e.reaches.Scalar(); ok {
		a, _, err := contracts.ParseAmount(text, b.c.Currency(e.Measure), contracts.NumberStyle{})
		if err != nil {
			e.reaches.Report(sla.NumberCode(err, "E_NUM_FORM"), err.Error(), "write an amount in "+b.c.Currency(e.Measure).Code+", digits only")
		}
		e.Reaches = a
	}
}

// uncertain holds the uncertainty and the tree against the case.
func (b *binder) uncertain(s *Study) {
	if m := s.Uncertainty; m != nil {
		m.Base = b.set(s.at["uncertainty"], m.Base, s.Base)
		if _, err := b.c.ParseMeasure(m.Measure); err != nil {
			b.report(s.at["uncertainty"], "E_MEASURE", err.Error(), "write total, contract.ID or remains.PARTY")
		}
		b.problems = append(b.problems, m.Bind(b.c)...)
	}
	if t := s.Tree; t != nil {
		ends := 0
		t.Scenarios(func(id string, at *yamlread.Value) {
			ends++
			b.set(at, id, "")
		})
		if cur := b.c.Currency(sla.Measure{}); ends > 0 && cur.Code != t.Currency.Code {
			b.report(s.at["tree"], "E_CURRENCY", fmt.Sprintf("the tree counts in %s and the case in %s", t.Currency.Code, cur.Code), "state the tree in the currency of the contracts")
		}
	}
}
