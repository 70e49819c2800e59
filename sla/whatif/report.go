package whatif

import (
	"fmt"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/chance"
	"github.com/amends-go/amends/sla/formula"
)

// Report is a study worked out.
type Report struct {
	Case        *sla.Case
	Study       *Study
	Exposures   []*Exposure    // in the order of Study.Compare; the first is what the others are held against
	Differences [][]Difference // by exposure after the first, by contract
	Swings      []Swing
	Declared    bool // the ranges of the swings were declared, and not every option taken
	Swept       []*Swept
	Answers     []*Answer
	Drawn       *Drawn         // nil without uncertainty
	Tree        *chance.Folded // nil without a tree
	Rejected    int64          // rows refused by the readers, which are missing from every figure
	Taken       []sla.Decided  // questions left open by the base, of which the swings take the first reading
}

// Work answers every question of a study that is bound to the case. progress, if it is not nil, is told what is being worked out.
func (s *Study) Work(c *sla.Case, progress func(what string)) (*Report, error) {
	r := &Report{Case: c, Study: s, Declared: len(s.Ranges) > 0}
	say := func(what string) {
		if progress != nil {
			progress(what)
		}
	}
	for i, id := range s.Compare {
		say(id)
		e, err := Expose(c, id)
		if err != nil {
			return nil, err
		}
		r.Exposures = append(r.Exposures, e)
		if i > 0 {
			d, err := Differ(c, r.Exposures[0], e, nil)
			if err != nil {
				return nil, err
			}
			r.Differences = append(r.Differences, d)
		}
	}
	if s.Only {
		return r, nil
	}
	if err := s.swings(c, r, say); err != nil {
		return nil, err
	}
	for _, w := range s.Sweeps {
		say(w.ID)
		x, err := w.Run(c)
		if err != nil {
			return nil, err
		}
		r.Swept = append(r.Swept, x)
	}
	for _, e := range s.BreakEvens {
		say(e.ID)
		a, err := e.Solve(c)
		if err != nil {
			return nil, err
		}
		r.Answers = append(r.Answers, a)
	}
	if s.Uncertainty != nil {
		say("uncertainty")
		d, err := Draw(c, s.Uncertainty, 0, say)
		if err != nil {
			return nil, err
		}
		r.Drawn = d
	}
	if s.Tree == nil {
		return r, nil
	}
	say("tree")
	var err error
	r.Tree, err = s.Tree.Fold(func(id string) (contracts.Amount, error) { return total(c, id) })
	return r, err
}

// total is what all customers are owed under a scenario, under the first reading of what is open.
func total(c *sla.Case, id string) (contracts.Amount, error) {
	m, err := c.Model(id, nil)
	if err != nil {
		return 0, err
	}
	return m.At(sla.Measure{}, nil)
}

// MaxExact bounds how many combinations of chances are worked out exactly beside the draws.
const MaxExact = 4096

// Drawn is an uncertainty worked out.
type Drawn struct {
	Model   *chance.Model
	Measure sla.Measure
	*chance.Distribution
	Exact []chance.Outcome // the same without drawing, where all variables are chances and there are few enough combinations; nil otherwise
	Taken []sla.Decided    // questions left open by the base that are not drawn, of which the first reading was taken
}

// Draw draws an uncertainty that is bound to the case, with so many workers (0 is one for each processor).
func Draw(c *sla.Case, m *chance.Model, workers int, say func(string)) (*Drawn, error) {
	measure, err := c.ParseMeasure(m.Measure)
	if err != nil {
		return nil, err
	}
	model, err := c.Model(m.Base, m.Parameters())
	if err != nil {
		return nil, err
	}
	at := func(values map[string]formula.Number) (contracts.Amount, error) { return model.At(measure, values) }
	out := &Drawn{Model: m, Measure: measure, Taken: model.Taken}
	progress := func(done, of int) {
		if say != nil {
			say(fmt.Sprintf("%d/%d", done, of))
		}
	}
	if out.Distribution, err = m.Run(workers, at, progress); err != nil {
		return nil, err
	}
	out.Exact, _, err = m.Exact(MaxExact, workers, at)
	return out, err
}

// swings ranks the declared ranges, or all choices, by the total; where contracts count in several currencies, by that of the first contract.
func (s *Study) swings(c *sla.Case, r *Report, say func(string)) (err error) {
	say("ranges")
	ranges := s.Ranges
	if !r.Declared {
		if ranges, err = Plausible(c, s.Base); err != nil {
			return err
		}
	}
	measure, err := c.ParseMeasure("total")
	if err != nil {
		measure = sla.Measure{Contract: c.Contracts[0].ID}
	}
	r.Swings, r.Taken, err = Swings(c, s.Base, measure, ranges)
	return err
}
