package contracts

import "slices"

// FeeNames lists the fees of which clauses speak, sorted: those that every list may have and columns fee.NAME.
func (c *Contract) FeeNames() []string {
	var out []string
	c.eachPay(func(b FeeBase, less string, p Pay) {
		if p.UsesBase() {
			out = append(out, b.Names()...)
		}
		if less != "" {
			out = append(out, less)
		}
	})
	for _, cl := range c.Clauses {
		k, ok := cl.(*Cap)
		if ok && k.Used != "" {
			out = append(out, k.Used)
		}
		switch {
		case !ok || k.Base == FixedSum:
		case k.Base == MonthlyFee:
			out = append(out, FeeMonthly)
		case k.Base == FeesPaidToDate:
			out = append(out, FeeToDate)
		default:
			out = append(out, k.Fee)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// NumberNames lists the numbers of which clauses speak, sorted: columns number.NAME.
func (c *Contract) NumberNames() []string {
	var out []string
	var walk func(Pay)
	walk = func(p Pay) {
		for _, name := range []string{p.Number, p.Per} {
			if name != "" {
				out = append(out, name)
			}
		}
		for _, part := range p.Parts {
			walk(part)
		}
	}
	c.eachPay(func(_ FeeBase, _ string, p Pay) { walk(p) })
	slices.Sort(out)
	return slices.Compact(out)
}

// UsesBase reports whether what is paid depends on the base.
func (p Pay) UsesBase() bool {
	switch p.Kind {
	case PayRate, PayTime, PayProrata:
		return true
	}
	return slices.ContainsFunc(p.Parts, Pay.UsesBase)
}

// FeesOf lists the fees of which one clause speaks, sorted.
func FeesOf(cl Clause) []string { return (&Contract{Clauses: []Clause{cl}}).FeeNames() }

// eachPay calls f with what every credit pays, and with its limits.
func (c *Contract) eachPay(f func(base FeeBase, less string, p Pay)) {
	limits := func(base FeeBase, list []CreditLimit) {
		for _, l := range list {
			if l.Base != nil {
				f(*l.Base, l.Less, l.Pay)
			} else {
				f(base, l.Less, l.Pay)
			}
		}
	}
	for _, cl := range c.Clauses {
		switch k := cl.(type) {
		case *Credit:
			for _, t := range k.Tiers {
				f(k.Base, "", t.Pays())
			}
			if k.Pay != nil {
				f(k.Base, "", *k.Pay)
			}
			if k.AtMost.Num() > 0 {
				f(k.Base, "", Pay{Kind: PayRate, Rate: k.AtMost})
			}
			limits(k.Base, k.Limits)
		case *Combine:
			base := FeeBase{}
			if len(k.Credits) == 0 {
				continue
			}
			if first, ok := c.Clause(k.Credits[0]).(*Credit); ok {
				base = first.Base
			}
			limits(base, k.AtMost)
		}
	}
}
