package sla

import (
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// lawChoice is a parameter that the law decides: its options by name, and what an entry says of it.
type lawChoice struct {
	Parameter
	founds law.Founds
	of     func(law.Entry) string // the option that an entry names; "" when it says nothing
	// silent is the option taken where no law says anything, and why.
	silent string
	why    contracts.Text
}

// lawChoiceParam gives a choice the value that the law in force on the day of the incident names. Where entries differ, or one is
// debated, nobody but a court can decide: the choice is open, and every option that an entry names is computed.
func lawChoiceParam(c lawChoice, entries []law.Entry, day contracts.Date) Parameter {
	p := c.Parameter
	p.Kind = Choice
	debated, entered := false, 0
	var named []int
	for _, e := range entries {
		if e.Founds != c.founds || !e.InForceOn(day) || c.of(e) == "" {
			continue
		}
		i := slices.IndexFunc(p.Options, func(o Option) bool { return o.Name == c.of(e) })
		if i < 0 {
			continue
		}
		p.Refs = append(p.Refs, e.Cite)
		debated = debated || e.Debated
		entered++
		if !slices.Contains(named, i) {
			named = append(named, i)
		}
	}
	slices.Sort(named)
	switch {
	case len(named) == 0:
		i := slices.IndexFunc(p.Options, func(o Option) bool { return o.Name == c.silent })
		p.Default, p.From, p.Why = plain(int64(i)), Assumed, c.why
	case len(named) == 1 && (!debated || entered > 1): // entries that differ, but not in this
		p.Default, p.From = plain(int64(named[0])), FromLaw
		p.Why = contracts.Text{JA: citesJA(p.Refs) + "による", EN: "under " + citesEN(p.Refs)}
	default:
		p.From, p.Readings = FromLaw, named
		if len(named) == 1 { // one rule, whose reach is disputed: against the rule that holds without it
			i := slices.IndexFunc(p.Options, func(o Option) bool { return o.Name == c.silent })
			if i != named[0] {
				p.Readings = []int{named[0], i}
				slices.Sort(p.Readings)
			}
		}
		p.Why = contracts.Text{JA: "見解が分かれ、認定がない（" + citesJA(p.Refs) + "）", EN: "opinions differ, and no finding decides it (" + citesEN(p.Refs) + ")"}
	}
	return p
}

func citesJA(refs []contracts.Ref) string { return cites(refs, "・") }

func citesEN(refs []contracts.Ref) string { return cites(refs, ", ") }

func cites(refs []contracts.Ref, sep string) string {
	text := ""
	for i, r := range refs {
		if i > 0 {
			text += sep
		}
		text += r.String()
	}
	return text
}

// is tests which option of a choice is taken.
func (p *Parameter) is(option string) formula.Expr {
	i := slices.IndexFunc(p.Options, func(o Option) bool { return o.Name == option })
	if i < 0 {
		panic("sla: parameter " + p.Name + " has no option " + option)
	}
	return eq(formula.Param{Name: p.Name}, int64(i))
}
