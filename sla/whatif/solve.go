package whatif

import (
	"fmt"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
)

// Answer says where a measure reaches an amount while a parameter runs.
type Answer struct {
	BreakEven
	// First and Last are the amounts at the two ends of the range.
	First, Last contracts.Amount
	// Crossings are where the measure passes the amount, in the order of the parameter. It reaches the amount when it is at least so much.
	Crossings []Crossing
	// Trend is how the measure moves over the whole range, as the formulas show; Either where they do not show that it only rises or only falls.
	Trend formula.Trend
	// Complete is whether it is certain that there is no other crossing. Where it is not, the range was tried in Tried even steps.
	Complete bool
	Tried    int
	Curve    []Sampled     // the measure at even steps over the range, for a picture
	Taken    []sla.Decided // questions left open by the base, of which the first reading was taken
}

// Crossing is a step of the parameter at which a measure passes an amount, with the last step before it.
type Crossing struct {
	Before, At             string // values of the parameter, as findings are written
	AmountBefore, AmountAt contracts.Amount
	Up                     bool // from below the amount to at least as much
}

// Sampled is a measure at a value of the parameter.
type Sampled struct {
	At     string
	Amount contracts.Amount
}

// curveSteps is how many steps a curve has.
const curveSteps = 20

// effort bounds the work of a search: parts of the range looked at, and crossings listed.
const (
	maxParts     = 4000
	maxCrossings = 100
	evenSteps    = 1000
)

// Solve finds where the measure reaches the amount.
func (e BreakEven) Solve(c *sla.Case) (*Answer, error) {
	if e.lever == nil {
		return e.list(c)
	}
	names := make([]string, 0, 1)
	for name := range e.lever.Values(e.lever.From) { // order: a set of names
		names = append(names, name)
	}
	m, err := c.Model(e.Base, names)
	if err != nil {
		return nil, err
	}
	s := &search{e: e, m: m, seen: map[int64]contracts.Amount{}, out: &Answer{BreakEven: e, Taken: m.Taken, Complete: true}}
	from, to := e.lever.From, e.lever.To
	if s.out.First, err = s.at(from); err != nil {
		return nil, err
	}
	if s.out.Last, err = s.at(to); err != nil {
		return nil, err
	}
	whole, known, err := m.Bounds(e.Measure, e.lever.Values(from), e.lever.Values(to))
	if err != nil {
		return nil, err
	}
	if err := s.curve(); err != nil {
		return nil, err
	}
	s.out.Trend = formula.Either
	if known {
		s.out.Trend = whole.Trend
		err = s.part(from, to, &whole)
	} else { // of the whole nothing can be said, of its parts perhaps
		err = s.part(from, to, nil)
	}
	if err == nil && !s.out.Complete {
		err = s.even()
	}
	return s.out, err
}

// list looks at values one by one, as they stand in the list.
func (e BreakEven) list(c *sla.Case) (*Answer, error) {
	m, err := c.Model(e.Base, []string{e.Parameter})
	if err != nil {
		return nil, err
	}
	out := &Answer{BreakEven: e, Taken: m.Taken, Complete: true, Trend: formula.Either}
	for i, p := range e.points {
		a, err := m.At(e.Measure, p.Values)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			out.First = a
		} else if (a >= e.Reaches) != (out.Last >= e.Reaches) {
			out.Crossings = append(out.Crossings, Crossing{e.points[i-1].Text, p.Text, out.Last, a, a >= e.Reaches})
		}
		out.Last = a
		out.Curve = append(out.Curve, Sampled{p.Text, a})
	}
	return out, nil
}

// search is one search for crossings.
type search struct {
	e     BreakEven
	m     *sla.Model
	seen  map[int64]contracts.Amount
	parts int
	out   *Answer
}

func (s *search) at(n int64) (contracts.Amount, error) {
	if a, ok := s.seen[n]; ok {
		return a, nil
	}
	a, err := s.m.At(s.e.Measure, s.e.lever.Values(n))
	if err != nil {
		return 0, fmt.Errorf("%s at %s: %w", s.e.Parameter, s.e.lever.Text(n), err)
	}
	s.seen[n] = a
	return a, nil
}

// curve samples the measure over the range.
func (s *search) curve() error {
	l := s.e.lever
	steps := min(l.To-l.From, curveSteps)
	for i := range steps + 1 {
		n, _ := contracts.MulDiv(l.To-l.From, i, steps, contracts.RoundDown)
		a, err := s.at(l.From + n)
		if err != nil {
			return err
		}
		s.out.Curve = append(s.out.Curve, Sampled{l.Text(l.From + n), a})
	}
	return nil
}

func (s *search) reaches(n int64) (bool, error) {
	a, err := s.at(n)
	return a >= s.e.Reaches, err
}

// part finds the crossings between two steps: none where the bounds stay on one side, by halving where the measure only rises or only falls, and else in each
// half.
func (s *search) part(from, to int64, known *formula.Bounds) error {
	if s.parts++; s.parts > maxParts || len(s.out.Crossings) > maxCrossings {
		s.out.Complete = false
		return nil
	}
	if known == nil {
		b, ok, err := s.m.Bounds(s.e.Measure, s.e.lever.Values(from), s.e.lever.Values(to))
		if err != nil {
			return err
		}
		if ok {
			known = &b
		}
	}
	target := int64(s.e.Reaches)
	if known != nil && (known.Hi < target || known.Lo >= target) {
		return nil
	}
	if known != nil && known.Trend != formula.Either || to-from == 1 {
		return s.halve(from, to)
	}
	middle := from + (to-from)/2
	if err := s.part(from, middle, nil); err != nil {
		return err
	}
	return s.part(middle, to, nil)
}

// halve finds the one crossing between two steps on either side of the amount.
func (s *search) halve(from, to int64) error {
	first, err := s.reaches(from)
	if err != nil {
		return err
	}
	last, err := s.reaches(to)
	if err != nil || first == last {
		return err
	}
	for to-from > 1 {
		middle := from + (to-from)/2
		here, err := s.reaches(middle)
		if err != nil {
			return err
		}
		if here == first {
			from = middle
		} else {
			to = middle
		}
	}
	s.out.Crossings = append(s.out.Crossings, Crossing{s.e.lever.Text(from), s.e.lever.Text(to), s.seen[from], s.seen[to], last})
	return nil
}

// even tries the range in even steps, where nothing can be said of what lies between.
func (s *search) even() error {
	s.out.Complete, s.out.Crossings = false, nil
	l := s.e.lever
	steps := min(l.To-l.From, evenSteps)
	s.out.Tried = int(steps)
	before := l.From
	for i := range steps {
		n, _ := contracts.MulDiv(l.To-l.From, i+1, steps, contracts.RoundDown)
		if err := s.halve(before, l.From+n); err != nil {
			return err
		}
		before = l.From + n
	}
	s.out.Complete = steps == l.To-l.From
	return nil
}
