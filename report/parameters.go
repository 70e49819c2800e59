package report

import (
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// ParameterLine tells of a parameter of a case: its name as findings write it, what it takes, and what it is under the default findings.
type ParameterLine struct {
	Name         string
	Label        contracts.Text
	Takes, Value string
}

// ParametersOf lists the parameters of a case's programs on which some amount turns, each once.
func ParametersOf(c *sla.Case) []ParameterLine {
	f, err := c.Set("")
	if err != nil {
		return nil
	}
	programs := c.Versions()
	for _, rec := range c.Recourses {
		programs = append(programs, rec.Program)
	}
	var out []ParameterLine
	seen := map[string]bool{}
	for _, p := range programs {
		s, err := p.Settle(*f, c.Findings)
		if err != nil {
			return nil
		}
		for i := range p.Parameters {
			par := &p.Parameters[i]
			if seen[par.Name] || !p.Uses(par.Name) && (p.Bearing == nil || !p.Bearing.Uses(par.Name)) {
				continue
			}
			seen[par.Name] = true
			value := par.Format(s.Of(par.Name).Number, p.Contract.Currency)
			if s.Of(par.Name).From == sla.Open {
				value = "open"
			}
			out = append(out, ParameterLine{par.Name, par.Label, takes(par, p.Contract.Currency), value})
		}
	}
	return out
}

// takes says what values a parameter takes.
func takes(par *sla.Parameter, cur contracts.Currency) string {
	switch par.Kind {
	case sla.Choice:
		var of []string
		for _, o := range par.Options {
			of = append(of, o.Name)
		}
		return "one of " + strings.Join(of, ", ")
	case sla.Fraction:
		return "a share, 30% or 3/10"
	case sla.Times:
		return "a multiple of 0 or more"
	case sla.Weight:
		return "a share; those of all parties sum to one"
	case sla.OnDay:
		return "a day from " + par.Days.From.String() + " to " + par.Days.Until.AddDays(-1).String()
	case sla.Money:
	}
	return "an amount in " + cur.Code
}
