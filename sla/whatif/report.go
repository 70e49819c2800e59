package whatif

import "github.com/amends-go/amends/sla"

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
	Taken       []sla.Decided // questions left open by the base, of which the swings take the first reading
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
	return r, nil
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
