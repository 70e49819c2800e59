package sla

import (
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// versionOf is the parameter that chooses among the versions of a contract's terms.
const versionOf = "version."

// gate makes the programs of a contract's versions one family: each pays only while the parameter version.CONTRACT chooses it, so that what the new
// clause would have cost is a value of a parameter like any other, and all versions may stand side by side. One alone is left as it is.
func gate(family []*Program) {
	if len(family) < 2 {
		return
	}
	first := family[0].Contract
	par := Parameter{Name: versionOf + first.ID, Kind: Choice, Default: plain(0), From: FromContract, Closed: true,
		Label: contracts.Text{JA: "約款の版: " + first.Title.In("ja"), EN: "version of the terms: " + first.Title.In("en")},
		Why:   contracts.Text{JA: "顧客との契約にある版による", EN: "the version in the contracts with the customers"}}
	for _, p := range family {
		par.Options = append(par.Options, Option{p.Contract.ID, p.Contract.Title})
	}
	for i, p := range family {
		p.family = family
		p.Parameters = slices.Insert(p.Parameters, 0, par)
		for j := range p.Columns {
			if c := &p.Columns[j]; c.Expr != nil && counts(c) {
				c.Expr = formula.If{Cond: eq(formula.Param{Name: par.Name}, int64(i)), Then: c.Expr, Else: zero}
			}
		}
	}
}

// counts reports whether a column is added up over the customers, or becomes a payment.
func counts(c *Column) bool {
	return c.addsUp() || strings.HasPrefix(c.Name, "due.") || strings.HasPrefix(c.Name, "tax.")
}

// For is the id of the contract that customers name: that of the program, or of the first of its versions.
func (p *Program) For() string {
	if p.family != nil {
		return p.family[0].Contract.ID
	}
	return p.Contract.ID
}

// VersionParameter is the parameter that chooses among the versions of the terms, whose options they are in order; empty where there is one version.
func (p *Program) VersionParameter() string {
	if p.family == nil {
		return ""
	}
	return versionOf + p.For()
}

// Versions lists the programs of all versions of the terms, the one in the customers' contracts first.
func (p *Program) Versions() []*Program {
	if p.family == nil {
		return []*Program{p}
	}
	return p.family
}

// Versions lists the programs of every version of every contract, in the order of the contracts.
func (c *Case) Versions() []*Program {
	var out []*Program
	for _, p := range c.Programs {
		out = append(out, p.Versions()...)
	}
	return out
}

// terms lists the contracts with the customers, all versions of them.
func (c *Case) terms() []*contracts.Contract {
	var out []*contracts.Contract
	for _, k := range c.Contracts {
		out = append(append(out, k), c.versions[k.ID]...)
	}
	return out
}

// chosen is the program of the version that the settings choose.
func (p *Program) chosen(s *Settings) *Program {
	if p.family == nil {
		return p
	}
	return p.family[s.Of(p.VersionParameter()).Num]
}

// bindVersion prepares the program of the version that the findings choose.
func (p *Program) bindVersion(f Findings, sets []Findings) (*Run, error) {
	s, err := p.Settle(f, sets)
	if err != nil {
		return nil, err
	}
	if v := p.chosen(s); v != p {
		p = v
		if s, err = p.Settle(f, sets); err != nil {
			return nil, err
		}
	}
	return p.Bind(s)
}

// BindFirst prepares the programs of every version of every contract under a set of findings, with the first reading of whatever is open: versions
// that the findings do not choose pay nothing. It is for documents in which the findings can still be changed.
func (c *Case) BindFirst(findings string) ([]*Run, error) {
	f, err := c.Set(findings)
	if err != nil {
		return nil, err
	}
	var out []*Run
	for _, p := range c.Versions() {
		s, err := p.Settle(*f, c.Findings)
		if err != nil {
			return nil, err
		}
		r, err := p.Bind(s.First())
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}
