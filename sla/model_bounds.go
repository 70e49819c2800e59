package sla

import (
	"errors"
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// Bounds bound a measure while the values go from one set to another, each straight. Across versions of terms, and where a divisor may become zero, nothing
// can be said: ok is then false.
func (m *Model) Bounds(measure Measure, from, to map[string]formula.Number) (bounds formula.Bounds, ok bool, err error) {
	var parts []map[string]formula.Bounds // what parties bear, by contract
	var first, last *Settings
	for i, family := range m.families {
		if measure.Contract != "" && m.c.Contracts[i].ID != measure.Contract {
			continue
		}
		x, s, err := m.version(family, from)
		if err != nil {
			return bounds, false, err
		}
		y, t, err := m.version(family, to)
		if err != nil || x != y {
			return bounds, false, err
		}
		panel, err := x.lay()
		if err != nil {
			return bounds, false, err
		}
		sums, err := panel.Bounds(s.Numbers(), t.Numbers())
		if err == nil {
			bounds, err = bounds.Plus(sums[0])
		}
		if err == nil && measure.Party != "" {
			var bears map[string]formula.Bounds
			bears, err = x.bears(sums, s, t)
			parts = append(parts, bears)
		}
		if err != nil {
			return bounds, false, silenced(err, formula.ErrUnbounded, formula.ErrOverflow, formula.ErrIndex)
		}
		if first == nil {
			first, last = s, t
		}
	}
	if measure.Party == "" {
		return bounds, true, nil
	}
	bounds, err = m.remains(measure.Party, parts, first, last)
	return bounds, err == nil, silenced(err, formula.ErrUnbounded, formula.ErrOverflow, formula.ErrIndex)
}

// silenced is the error, or nil where it only means that nothing can be said.
func silenced(err error, silent ...error) error {
	if slices.ContainsFunc(silent, func(s error) bool { return errors.Is(err, s) }) {
		return nil
	}
	return err
}

// bears bounds who bears what the customers of a contract are owed.
func (x *modelled) bears(sums []formula.Bounds, from, to *Settings) (map[string]formula.Bounds, error) {
	p := x.run.Program
	in := map[string]formula.Bounds{}
	for input, column := range p.Borne() { // order: fills a map
		in[input] = sums[slices.Index(x.wants, column)]
	}
	return p.Bearing.boundRow(in, from, to)
}

// boundRow bounds the columns of a program of one row, whose shared limits are its own.
func (p *Program) boundRow(inputs map[string]formula.Bounds, from, to *Settings) (map[string]formula.Bounds, error) {
	env := rowBounds{inputs, from, to}
	for _, c := range p.Columns {
		if c.Expr == nil {
			continue
		}
		b, err := formula.Bound(c.Expr, env)
		if err != nil {
			return nil, err
		}
		env.columns[c.Name] = b
	}
	return env.columns, nil
}

// rowBounds is one row over a range of settings.
type rowBounds struct {
	columns  map[string]formula.Bounds
	from, to *Settings
}

func (e rowBounds) Col(name string) formula.Bounds { return e.columns[name] }

func (e rowBounds) Param(name string, part formula.Part) formula.Bounds {
	from, to := e.from.Of(name), e.to.Of(name)
	if part == formula.Den {
		return formula.Between(from.Den, to.Den)
	}
	return formula.Between(from.Num, to.Num)
}

func (e rowBounds) Pool(of string, _ formula.Scope, _ bool) formula.Bounds { return e.columns[of] }

// remains bounds what stays with a party when the recourses of the case are worked out in their order.
func (m *Model) remains(party string, parts []map[string]formula.Bounds, from, to *Settings) (formula.Bounds, error) {
	with := map[string]formula.Bounds{} // by party
	move := func(id string, b formula.Bounds) error {
		sum, err := with[id].Plus(b)
		with[id] = sum
		return err
	}
	for _, p := range m.c.Incident.Parties {
		for _, bears := range parts {
			if err := move(p.ID, bears[BearingPart+p.ID]); err != nil {
				return formula.Bounds{}, err
			}
		}
	}
	for _, rec := range m.c.Recourses {
		owed := with[rec.From.ID]
		if owed.Lo < 0 { // the claimant claims nothing below zero
			owed = formula.Bounds{Lo: 0, Hi: max(owed.Hi, 0), Trend: owed.Trend}
		}
		got, err := m.recovers(rec, owed, from, to)
		if err == nil {
			err = move(rec.To.ID, got)
		}
		if err == nil {
			err = move(rec.From.ID, formula.Bounds{Lo: -got.Hi, Hi: -got.Lo, Trend: got.Trend.Turned()})
		}
		if err != nil {
			return formula.Bounds{}, err
		}
	}
	return with[party], nil
}

// recovers bounds what a claimant recovers that is left with so much.
func (m *Model) recovers(rec *Recourse, owed formula.Bounds, from, to *Settings) (formula.Bounds, error) {
	s, err := rec.Settle(m.Base, m.c.Findings)
	if err != nil {
		return formula.Bounds{}, err
	}
	s, t := s.With(from.changed), s.With(to.changed)
	recorded, err := rec.inputs(s, contracts.Amount(owed.Lo))
	if err != nil {
		return formula.Bounds{}, err
	}
	in := map[string]formula.Bounds{}
	for name, v := range recorded { // order: fills a map
		in[name] = formula.Exactly(v)
	}
	env := rowBounds{map[string]formula.Bounds{RecourseOwed: owed}, s, t}
	for name, e := range rec.links { // order: each fills its own column
		if in[name], err = formula.Bound(e, env); err != nil {
			return formula.Bounds{}, err
		}
	}
	columns, err := rec.boundRow(in, s, t)
	return columns[rec.Columns[len(rec.Columns)-1].Name], err
}
