package whatif

import (
	"cmp"
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
)

// Swept is a sweep worked out.
type Swept struct {
	Sweep
	Amounts [][]contracts.Amount // by value of the first parameter, and of the second, if there is one
	Taken   []sla.Decided        // questions left open by the base, of which the first reading was taken
}

// Run works the sweep out.
func (s Sweep) Run(c *sla.Case) (*Swept, error) {
	m, err := c.Model(s.Base, moved(s.Of...))
	if err != nil {
		return nil, err
	}
	out := &Swept{Sweep: s, Taken: m.Taken}
	second := []Point{{}}
	if len(s.Of) > 1 {
		second = s.Of[1].points
	}
	for _, p := range s.Of[0].points {
		var line []contracts.Amount
		for _, q := range second {
			values := map[string]formula.Number{}
			for _, of := range []Point{p, q} {
				for name, n := range of.Values { // order: fills a map
					values[name] = n
				}
			}
			a, err := m.At(s.Measure, values)
			if err != nil {
				return nil, err
			}
			line = append(line, a)
		}
		out.Amounts = append(out.Amounts, line)
	}
	return out, nil
}

// moved lists the parameters that axes move.
func moved(of ...Axis) []string {
	var out []string
	for _, a := range of {
		for _, p := range a.points {
			for name := range p.Values { // order: sorted below
				if !slices.Contains(out, name) {
					out = append(out, name)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// Swing is how far a measure goes while one parameter takes the values of its range, all else being as in the base.
type Swing struct {
	Range
	Measure   sla.Measure
	Base      contracts.Amount
	Low, High contracts.Amount
	AtLow     Point // the first value of the range at which the measure is least
	AtHigh    Point
	// Ends is whether the least and the greatest stand at the ends of a range because the measure only rises or only falls over it, or
	// at values of a list. Else the range was tried in even steps, and may hold less or more between them.
	Ends bool
}

// Swings ranks the ranges by how far the measure goes over each (a tornado). Of ranges equally wide the first in the list comes first.
func Swings(c *sla.Case, base string, measure sla.Measure, ranges []Range) ([]Swing, []sla.Decided, error) {
	var all []Axis
	for _, r := range ranges {
		all = append(all, r.Axis)
	}
	m, err := c.Model(base, moved(all...))
	if err != nil {
		return nil, nil, err
	}
	zero, err := m.At(measure, nil)
	if err != nil {
		return nil, nil, err
	}
	var out []Swing
	for _, r := range ranges {
		s := Swing{Range: r, Measure: measure, Base: zero, Ends: true}
		if l := r.lever; l != nil {
			b, ok, err := m.Bounds(measure, l.Values(l.From), l.Values(l.To))
			if err != nil {
				return nil, nil, err
			}
			s.Ends = ok && b.Trend != formula.Either
		}
		for i, p := range r.points {
			a, err := m.At(measure, p.Values)
			if err != nil {
				return nil, nil, err
			}
			if i == 0 || a < s.Low {
				s.Low, s.AtLow = a, p
			}
			if i == 0 || a > s.High {
				s.High, s.AtHigh = a, p
			}
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Swing) int { return cmp.Compare(b.High-b.Low, a.High-a.Low) })
	return out, m.Taken, nil
}

// Plausible are ranges for a case that declares none: every choice that the program turns on and that matters under the base, with all its options.
func Plausible(c *sla.Case, base string) ([]Range, error) {
	runs, err := c.Bind(base)
	if err != nil {
		return nil, err
	}
	var out []Range
	for _, run := range runs {
		for i := range run.Program.Parameters {
			par := &run.Program.Parameters[i]
			listed := slices.ContainsFunc(out, func(r Range) bool { return r.Parameter == par.Name })
			if Numbered(par) || listed || !run.Program.Uses(par.Name) || !run.Settings.Matters(run.Program, par) {
				continue
			}
			r := Range{Axis: Axis{Parameter: par.Name}, Reason: contracts.Text{JA: "取りうるすべての値", EN: "every value that it may have"}}
			for j, o := range par.Options {
				r.Values = append(r.Values, o.Name)
				r.points = append(r.points, Point{o.Name, o.Label, map[string]formula.Number{par.Name: formula.Plain(int64(j))}})
			}
			out = append(out, r)
		}
	}
	return out, nil
}
