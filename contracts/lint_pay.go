package contracts

import (
	"fmt"
	"slices"
)

// alike reports whether two pays are sums of one kind that do not grow with the failure.
func alike(p, q Pay) bool {
	return p.Kind == q.Kind && p.Unit == q.Unit && p.Each == nil && q.Each == nil && p.Number == q.Number && p.Kind <= PayPoints && len(p.Dated) == 0 && len(q.Dated) == 0 && p.DayDays == q.DayDays
}

// lessPay reports whether p pays less than q, where the two can be compared.
func lessPay(p, q Pay) bool {
	if !alike(p, q) {
		return paysNothing(p) && !paysNothing(q)
	}
	switch p.Kind {
	case PayFixed:
		return p.Fixed < q.Fixed
	case PayPoints:
		return p.Points < q.Points
	}
	return p.Rate.Cmp(q.Rate) < 0
}

// samePay reports whether two pays are surely the same.
func samePay(p, q Pay) bool { return alike(p, q) && !lessPay(p, q) && !lessPay(q, p) }

// paysNothing reports whether a pay is of nothing, whatever happens.
func paysNothing(p Pay) bool {
	switch p.Kind {
	case PayRate, PayTime:
		return p.Rate.Num() == 0
	case PayFixed:
		return p.Fixed == 0 && !slices.ContainsFunc(p.Dated, func(d DatedAmount) bool { return d.Amount != 0 })
	case PayPoints:
		return p.Points == 0
	case PayGreater, PaySum:
		return !slices.ContainsFunc(p.Parts, func(x Pay) bool { return !paysNothing(x) })
	case PayLesser:
		return slices.ContainsFunc(p.Parts, paysNothing)
	case PayProrata:
	}
	return false
}

// payText writes a pay in a few words.
func payText(p Pay, c Currency) string {
	units := [...]string{"hours", "days", "months"}
	switch {
	case p.Kind == PayRate && p.Each == nil:
		return p.Rate.Percent()
	case p.Kind == PayFixed && p.Each == nil && len(p.Dated) == 0:
		return p.Fixed.Text(c)
	case p.Kind == PayTime && p.Each == nil:
		return fmt.Sprintf("%s %s", p.Rate, units[p.Unit])
	case p.Kind == PayPoints:
		return fmt.Sprintf("%d points", p.Points)
	}
	return "its pay"
}

// bound is the most that a pay can come to, in its own kind: a rate, or a sum as a level. It reports false where that is not known, or has
// no end.
func bound(p Pay, a *Availability) (Ratio, bool) {
	if p.Number != "" || len(p.Dated) > 0 || p.Kind > PayTime && p.Kind != PayProrata {
		return Ratio{}, false
	}
	of := p.Rate
	switch p.Kind {
	case PayFixed:
		of = whole(int64(p.Fixed))
	case PayProrata:
		if p.Prorata.Over != 0 || p.Prorata.Decimals != nil || a != nil && (a.Whole != WholeWindow || a.Window == EachOutage || a.Window == EachEvent) {
			return Ratio{}, false
		}
		of = One
		if p.Prorata.Times.Num() > 0 {
			of = p.Prorata.Times
		}
	}
	if p.Each == nil {
		return of, true
	}
	n, ok := mostUnits(p.Each, a)
	if !ok || of.Num() == 0 || n > MaxRatioTerm*1_000_000/of.Num() {
		return Ratio{}, false
	}
	num := of.Num() * n
	g := GCD(num, of.Den())
	return Ratio{num / max(g, 1), of.Den() / max(g, 1)}, true
}

// mostUnits is how many units there can be in a window.
func mostUnits(e *Each, a *Availability) (int64, bool) {
	switch {
	case e.AtMost > 0:
		return e.AtMost, true
	case a == nil || e.Civil:
		return 0, false
	case e.Step.Num() > 0:
		return MulDiv(e.Step.Den(), 1, e.Step.Num(), RoundUp)
	case a.Measure == Time && a.longest() > 0 && e.Unit > 0:
		longest := a.longest() - durationUnits["h"]
		return (longest + e.Unit - 1) / e.Unit, true
	}
	return 0, false
}

// ceiling is the least of the limits of a credit that are of one kind with the pay and of the credit's own base, in each window.
func (c *Credit) ceiling(p Pay) (Ratio, bool) {
	var out Ratio
	found := false
	take := func(r Ratio) {
		if !found || r.Cmp(out) < 0 {
			out, found = r, true
		}
	}
	kind := p.Kind
	if kind == PayProrata {
		kind = PayRate
	}
	if kind == PayRate && c.AtMost.Num() > 0 {
		take(c.AtMost)
	}
	for _, l := range c.Limits {
		if l.Base != nil || l.Less != "" || l.PerIncident || l.Pay.Kind != kind || l.Pay.Unit != p.Unit {
			continue
		}
		if b, ok := bound(l.Pay, nil); ok {
			take(b)
		}
	}
	return out, found
}

// limit reports a limit that nothing reaches, rungs that it cuts, and pays without any.
func (l *linter) limit(c *Credit, a *Availability) {
	pays := c.pays()
	most, known := Ratio{}, c.Reading != CumulativeTier && c.IfSeveral != LadderAdd && len(pays) > 0
	for i, p := range pays {
		b, ok := bound(p, a)
		known = known && ok && p.Kind == pays[0].Kind && p.Unit == pays[0].Unit
		if ok && b.Cmp(most) > 0 {
			most = b
		}
		ceiling, capped := c.ceiling(p)
		if constant := p.Each == nil && p.Kind <= PayTime && ok; constant && capped && b.Cmp(ceiling) > 0 {
			words := Pay{Kind: p.Kind, Rate: ceiling, Fixed: Amount(ceiling.Num()), Unit: p.Unit}
			l.pay(c, i, "W_TIER_CAPPED", payText(p, l.c.Currency), fmt.Sprintf("pays %s, and the credit is at most %s", payText(p, l.c.Currency), payText(words, l.c.Currency)), "correct the rung or the limit, unless the terms contradict themselves so")
		}
		if !l.limited(c) && (grows(p, a) || p.Kind == PayProrata && p.Prorata.Times.Cmp(One) > 0) {
			l.pay(c, i, "W_NO_CAP", "", "what is paid grows with the failure, and nothing limits it", "write at_most if the terms limit it: 100%, a sum, or units_at_most")
		}
	}
	if !known {
		return
	}
	if ceiling, ok := c.ceiling(pays[0]); ok && ceiling.Cmp(most) > 0 {
		words := func(r Ratio) string {
			kind := pays[0].Kind
			if kind == PayProrata {
				kind = PayRate
			}
			return payText(Pay{Kind: kind, Rate: r, Fixed: Amount(r.Num()), Unit: pays[0].Unit}, l.c.Currency)
		}
		l.credit(c, "at_most", "W_CAP_IDLE", words(ceiling), fmt.Sprintf("the limit of %s never binds: the credit is at most %s", words(ceiling), words(most)), "check the limit against the rungs; it may be of another sum or of a longer time")
	}
}

// grows reports whether a pay for units can exceed the whole base: fixed sums without end always may.
func grows(p Pay, a *Availability) bool {
	if p.Each == nil || p.Kind > PayTime {
		return slices.ContainsFunc(p.Parts, func(x Pay) bool { return grows(x, a) }) && p.Kind != PayLesser
	}
	if p.Each.AtMost > 0 || paysNothing(p) || a != nil && a.Measure == Time && p.keepsPace() {
		return false
	}
	b, ok := bound(p, a)
	return !ok || p.Kind == PayRate && b.Cmp(One) > 0
}

// keepsPace reports whether a pay for units of time gives no more than the fee of the time lost, taking a month for no less than 28 days:
// a day of service for each day, or a thirtieth of a month's fee.
func (p Pay) keepsPace() bool {
	month := 28 * durationUnits["d"]
	length := [...]int64{durationUnits["h"], durationUnits["d"], month}[p.Unit]
	switch p.Kind {
	case PayRate:
		length = month
	case PayTime:
	default:
		return false
	}
	given, ok := MulDiv(length, p.Rate.Num(), p.Rate.Den(), RoundUp)
	return ok && given <= p.Each.Unit
}

// limited reports whether the credit, or what takes it together with others, has any limit.
func (l *linter) limited(c *Credit) bool {
	if c.AtMost.Num() > 0 || len(c.Limits) > 0 {
		return true
	}
	return slices.ContainsFunc(l.c.Clauses, func(cl Clause) bool {
		k, ok := cl.(*Combine)
		return ok && len(k.AtMost) > 0 && slices.Contains(k.Credits, c.ID)
	})
}

// pays are those of the rungs, or the credit's own.
func (c *Credit) pays() []Pay {
	var out []Pay
	for _, t := range c.Tiers {
		out = append(out, t.Pays())
	}
	if c.Pay != nil {
		out = append(out, *c.Pay)
	}
	return out
}

// amounts reports pays that look like shares written as sums or the other way round, and a credit that pays nothing at all.
func (l *linter) amounts(c *Credit) {
	pays := c.pays()
	if len(pays) == 0 {
		return
	}
	if !slices.ContainsFunc(pays, func(p Pay) bool { return !paysNothing(p) }) {
		l.credit(c, "", "W_OBJECTIVE", "", "the credit never pays anything", "write what the rungs pay, or leave the credit out")
		return
	}
	small := true
	for i, p := range pays {
		plain := p.Each == nil && p.Number == "" && len(p.Dated) == 0
		small = small && plain && p.Kind == PayRate && p.Rate.Num() > 0 && p.Rate.Cmp(Ratio{1, 100}) < 0
		switch {
		case plain && p.Kind == PayFixed && p.Fixed > 0 && int64(p.Fixed) < unitOf(l.c.Currency) && !c.Goodwill:
			l.pay(c, i, "W_RATE_AMOUNT", p.Fixed.Text(l.c.Currency), fmt.Sprintf("pays a sum of %s, less than one %s: it looks like a share of the fee", p.Fixed.Text(l.c.Currency), l.c.Currency.Code), "write a percentage such as 10%, if a share is meant")
		case p.Kind == PayRate && p.Rate.Cmp(One) > 0 && !l.limited(c):
			l.pay(c, i, "W_RATE_AMOUNT", p.Rate.Percent(), fmt.Sprintf("pays %s of the fee for each unit or number: it looks like a sum", p.Rate.Percent()), "write fixed: with a sum, if a sum is meant, or at_most if the terms say so")
		}
	}
	if small && len(c.Tiers) > 0 {
		l.credit(c, "tiers", "W_RATE_AMOUNT", pays[0].Rate.Percent(), fmt.Sprintf("every rung pays less than 1%% of the fee (%s first): it looks like a fraction written as a percentage", pays[0].Rate.Percent()), "write 10% for a tenth; 0.1% is a thousandth")
	}
}

// unitOf is one of the currency in its minor units.
func unitOf(c Currency) int64 {
	n := int64(1)
	for range c.Digits {
		n *= 10
	}
	return n
}
