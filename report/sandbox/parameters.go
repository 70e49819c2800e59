package sandbox

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
)

var kinds = map[sla.ParameterKind]string{
	sla.Choice: "choice", sla.Fraction: "fraction", sla.Times: "times", sla.Money: "money", sla.Weight: "weight", sla.OnDay: "day",
}

// groups says under which heading a parameter stands, by the first part of its name.
var groups = map[string]string{
	"grade": "fault", "consumer": "fault", "clause": "clauses", "times": "clauses", "law": "law", "weighing": "law", "liability": "law", "uncollectible": "law",
	"settlement": "law", "contribution": "shares", "version": "clauses", "admit": "admitted", "part": "admitted", "own_fault": "own", "share": "shares", "standing": "shares", "payments": "shares", "paid": "shares", "extent": "shares",
}

// of lists every program with its place: those with customers, each followed by its bearing, then recourses.
func (b *builder) of() []*sla.Program {
	var out []*sla.Program
	for _, p := range b.page.Case.Versions() {
		out = append(out, p, p.Bearing.Program)
	}
	for _, r := range b.page.Case.Recourses {
		out = append(out, r.Program)
	}
	return out
}

// parameters adds each parameter that some column reads, once, as the first program that has it describes it.
func (b *builder) parameters() error {
	used, moves := map[string]bool{}, map[string]bool{}
	for _, p := range b.doc.Programs {
		for i, name := range p.Params {
			used[name] = true
			moves[name] = moves[name] || i < p.Turns
		}
	}
	seen := map[string]*sla.Parameter{}
	for _, p := range b.of() {
		for i := range p.Parameters {
			par := &p.Parameters[i]
			first := seen[par.Name]
			switch {
			case !used[par.Name]:
			case first == nil:
				seen[par.Name] = par
				d := b.parameter(p, par)
				d.Moves = moves[par.Name]
				b.doc.Parameters = append(b.doc.Parameters, d)
			case first.Kind != par.Kind || !slices.EqualFunc(first.Options, par.Options, func(x, y sla.Option) bool { return x.Name == y.Name }):
				return fmt.Errorf("sandbox: %s means one thing in one contract and another in the next", par.Name)
			}
		}
	}
	for _, r := range b.page.Ranges {
		_, known := seen[r.Parameter]
		if !known || r.From.Den <= 0 || r.To.Den <= 0 {
			return fmt.Errorf("sandbox: no column reads a parameter %q with a range from %d/%d to %d/%d", r.Parameter, r.From.Num, r.From.Den, r.To.Num, r.To.Den)
		}
	}
	return nil
}

func (b *builder) parameter(p *sla.Program, par *sla.Parameter) parameter {
	name, _, _ := strings.Cut(par.Name, "@")
	name, _, _ = strings.Cut(name, ".")
	out := parameter{Name: par.Name, Label: both(par.Label), Kind: kinds[par.Kind], Group: groups[name], Follows: par.Follows, Closed: par.Closed,
		Readings: par.Readings, Digits: p.Contract.Currency.Digits, Code: p.Contract.Currency.Code, Refs: refs(par.Refs)}
	if out.Group == "" {
		out.Group = "further"
	}
	for _, o := range par.Options {
		out.Options = append(out.Options, option{o.Name, both(o.Label)})
	}
	if par.Kind == sla.OnDay {
		out.Days = []int64{sla.Serial(par.Days.From), sla.Serial(par.Days.Until) - 1}
	}
	if par.Of != nil {
		out.Of = &of{par.Of.Parameter, par.Of.Options, par.Of.Implied}
	}
	for _, r := range b.page.Ranges {
		if r.Parameter == par.Name {
			out.Range = []int64{r.From.Num, r.From.Den, r.To.Num, r.To.Den}
		}
	}
	return out
}

// sets settles every scenario for every program.
func (b *builder) sets() error {
	c := b.page.Case
	if !slices.ContainsFunc(c.Findings, func(f sla.Findings) bool { return f.ID == b.doc.Base }) {
		return fmt.Errorf("sandbox: the case has no scenario %q", b.doc.Base)
	}
	for _, f := range c.Findings {
		s := set{ID: f.ID, Title: both(f.Title), Source: f.Source}
		for _, p := range c.Versions() {
			settings, err := p.Settle(f, c.Findings)
			if err != nil {
				return err
			}
			for range 2 { // of the program and of its bearing
				v, err := b.values(settings, len(s.Values))
				if err != nil {
					return err
				}
				s.Values = append(s.Values, v)
			}
			if run, err := p.Bind(settings); err == nil {
				s.Hashes = append(s.Hashes, run.Hash())
			}
		}
		for _, rec := range c.Recourses {
			settings, err := rec.Settle(f, c.Findings)
			if err != nil {
				return err
			}
			v, err := b.values(settings, len(s.Values))
			if err != nil {
				return err
			}
			s.Values = append(s.Values, v)
		}
		b.doc.Sets = append(b.doc.Sets, s)
	}
	b.doc.Texts = make([]text, len(b.texts))
	for t, i := range b.texts { // order: each has its place
		b.doc.Texts[i] = t
	}
	return nil
}

// values are those of the parameters that a program reads or that others turn on.
func (b *builder) values(s *sla.Settings, of int) (valuesList, error) {
	out := valuesList{}
	p := b.of()[of]
	names := slices.Clone(b.doc.Programs[of].Params)
	for _, name := range b.doc.Programs[of].Params {
		if par := p.Parameter(name); par != nil && par.Of != nil {
			names = append(names, par.Of.Parameter)
		}
	}
	for _, name := range names {
		v := s.Of(name)
		for _, n := range []formula.Number{v.Number} {
			if err := exact(n.Num, "–", name); err != nil {
				return nil, err
			}
		}
		out[name] = value{v.Num, v.Den, string(v.From), b.said(v.Reason), v.Source}
	}
	return out, nil
}

// said is the place of a text among those said once.
func (b *builder) said(t contracts.Text) int {
	k := both(t)
	if at, ok := b.texts[k]; ok {
		return at
	}
	b.texts[k] = len(b.texts)
	return b.texts[k]
}
