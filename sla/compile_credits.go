package sla

import (
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// credits measures each availability commitment that earns credits and works out the credits, what is paid of several, and what
// is earned back. Goodwill comes beside them.
func (k *compiler) credits() {
	var all []formula.Expr
	for _, cl := range k.p.Contract.Clauses {
		if c, ok := cl.(*contracts.Credit); ok && !c.Goodwill {
			all = append(all, k.creditOf(c))
		}
	}
	for _, cl := range k.p.Contract.Clauses {
		switch c := cl.(type) {
		case *contracts.Combine:
			all = append(all, k.combine(c))
		case *contracts.EarnBack:
			all = append(all, k.earnBack(c))
		}
	}
	if len(all) > 0 {
		k.credit = k.add(Column{Column: formula.Column{Name: "credits", Expr: formula.Sum(all...)}, Unit: Amount, Role: Working, Rule: RuleCredit,
			Label: contracts.Text{JA: "返金額合計", EN: "credits in all"}})
	}
	for _, cl := range k.p.Contract.Clauses {
		switch c := cl.(type) {
		case *contracts.Credit:
			if c.Goodwill {
				k.creditOf(c)
				k.goodwill = append(k.goodwill, formula.Col{Name: "post." + c.ID})
			}
		case *contracts.Termination:
			k.termination(c)
		}
	}
	for _, cl := range k.p.Contract.Clauses { // whether a promise was kept is told even where nothing is paid for it
		if a, ok := cl.(*contracts.Availability); ok {
			k.gauge(a)
		}
	}
	k.stacked()
}

// creditor works out one credit.
type creditor struct {
	k        *compiler
	c        *contracts.Credit
	g        *gauge // nil for a sum that no commitment earns
	w        *gaugeWindow
	base     formula.Expr
	rounding contracts.Rounding
	refs     []contracts.Ref
	units    int          // columns of units so far in the window
	when     formula.Expr // on what the pay at hand depends; nil is nothing
}

// creditOf adds, for each window the incident touches, what failed, the credit
// it earns, and the sum as a posting.
func (k *compiler) creditOf(c *contracts.Credit) formula.Expr {
	x := &creditor{k: k, c: c, rounding: k.p.Contract.RoundingOf(&c.Provision), refs: k.refsOf(&c.Provision, law.Nothing)}
	x.base = formula.Const{V: 0}
	if len(contracts.FeesOf(c)) > 0 {
		x.base = x.feeBase("base."+c.ID, c.Base)
	}
	var sum []formula.Expr
	if c.Of == "" {
		sum = append(sum, x.flat())
	} else {
		x.g = k.gauge(k.p.Contract.Clause(c.Of).(*contracts.Availability))
		for _, w := range x.g.windows {
			x.w, x.units = w, 0
			sum = append(sum, x.inWindow())
		}
	}
	earned := formula.Sum(sum...)
	for _, l := range c.Limits {
		if l.PerIncident {
			earned = formula.Min{A: earned, B: x.limit(l)}
		}
	}
	if k.p.Shape.Dates {
		earned = formula.If{Cond: formula.Col{Name: "in_force"}, Then: earned, Else: formula.Const{V: 0}}
	}
	earned = formula.If{Cond: k.stands(c, ""), Then: earned, Else: formula.Const{V: 0}}
	return x.post(earned)
}

// flat is a sum to everybody affected.
func (x *creditor) flat() formula.Expr {
	due := x.limited(x.pay(*x.c.Pay))
	if x.k.p.Shape.Affected {
		var any []formula.Expr
		for _, id := range eventIDs(x.k.p.Incident) {
			any = append(any, formula.Col{Name: "affected." + id})
		}
		due = formula.If{Cond: formula.Or{Of: any}, Then: due, Else: formula.Const{V: 0}}
	}
	return x.column("credit."+x.c.ID, due, Amount, "支払額", "amount")
}

// inWindow is the credit of one window: what the rung or the pay gives, limited, where the claim is in time.
func (x *creditor) inWindow() formula.Expr {
	earned := x.earned()
	var gates []formula.Expr
	if x.w.present != nil {
		gates = append(gates, x.w.present)
	}
	if g := x.inTime(); g != nil {
		gates = append(gates, g)
	}
	part := x.limited(earned)
	if len(gates) > 0 {
		part = formula.If{Cond: formula.And{Of: gates}, Then: part, Else: formula.Const{V: 0}}
	}
	return x.column("credit."+x.c.ID+"@"+x.w.label, part, Amount, "返金額 "+x.w.label, "credit "+x.w.label)
}

// column adds a working column of the credit.
func (x *creditor) column(name string, e formula.Expr, u Unit, ja, en string) formula.Expr {
	return x.k.add(Column{Column: formula.Column{Name: name, Expr: e}, Unit: u, Role: Working, Rule: x.rule(), Clause: x.c.ID,
		Label: contracts.Text{JA: ja, EN: en}, Refs: x.refs})
}

func (x *creditor) rule() Rule {
	if x.c.Goodwill {
		return RuleGoodwill
	}
	return RuleCredit
}

// earned is the credit of the window before its limits.
func (x *creditor) earned() formula.Expr {
	c := x.c
	switch {
	case len(c.Tiers) == 0:
		x.when = formula.Not{A: x.w.met}
		return formula.If{Cond: x.w.met, Then: formula.Const{V: 0}, Else: x.pay(*c.Pay)}
	case c.Reading == contracts.MarginalTier:
		return x.marginal()
	case c.Reading == contracts.CumulativeTier:
		var of []formula.Expr
		for _, t := range c.Tiers {
			x.when = x.reached(t)
			of = append(of, formula.If{Cond: x.when, Then: x.pay(t.Pays()), Else: formula.Const{V: 0}})
		}
		return formula.Sum(of...)
	}
	return x.single()
}

// limited applies what limits the credit of a window: the minimum, the limits, and the thresholds of payment.
func (x *creditor) limited(part formula.Expr) formula.Expr {
	c := x.c
	zero := formula.Const{V: 0}
	if c.AtLeast > 0 {
		part = x.column("raw."+c.ID+x.at(), part, Amount, "最低額適用前 "+x.label(), "before the minimum "+x.label())
		part = formula.If{Cond: formula.Compare{Op: formula.More, A: part, B: zero}, Then: formula.Max{A: part, B: formula.Const{V: int64(c.AtLeast)}}, Else: zero}
	}
	if c.AtMost.Num() > 0 {
		part = formula.Min{A: part, B: x.share(c.AtMost)}
	}
	for _, l := range c.Limits {
		if !l.PerIncident {
			part = formula.Min{A: part, B: x.limit(l)}
		}
	}
	if c.PaysOver > 0 || c.PaysFrom > 0 {
		part = x.column("due."+c.ID+x.at(), part, Amount, "支払条件の判定前 "+x.label(), "before the threshold of payment "+x.label())
		op, least := formula.More, c.PaysOver
		if c.PaysFrom > 0 {
			op, least = formula.AtLeast, c.PaysFrom
		}
		part = formula.If{Cond: formula.Compare{Op: op, A: part, B: formula.Const{V: int64(least)}}, Then: part, Else: zero}
	}
	return part
}

// at and label tell the window in names and labels; both are empty without one.
func (x *creditor) at() string {
	if x.w == nil {
		return ""
	}
	return "@" + x.w.label
}

func (x *creditor) label() string {
	if x.w == nil {
		return ""
	}
	return x.w.label
}

// share is a part of the base.
func (x *creditor) share(r contracts.Ratio) formula.Expr {
	return formula.MulDiv{A: x.base, B: formula.Const{V: r.Num()}, C: formula.Const{V: r.Den()}, Rounding: x.rounding}
}

// limit is a further limit, less what was used of it, and not below nothing.
func (x *creditor) limit(l contracts.CreditLimit) formula.Expr {
	own := *x
	if l.Base != nil {
		own.base = own.feeBase("", *l.Base)
	}
	e := own.pay(l.Pay)
	x.units = own.units
	if l.Less != "" {
		e = formula.Max{A: formula.Sub{A: e, B: x.fee(l.Less)}, B: formula.Const{V: 0}}
	}
	return e
}

// post adds the posting. A credit that is not of money is a column of its value, which the payable leaves out.
func (x *creditor) post(earned formula.Expr) formula.Expr {
	c := x.c
	switch {
	case c.Reward:
		earned = formula.Sub{A: formula.Const{V: 0}, B: earned}
	case c.Form.As == contracts.Choice:
		x.k.param(Parameter{Name: "form." + c.ID, Kind: Choice, Default: plain(0), From: Assumed, Refs: x.refs,
			Label:   contracts.Text{JA: "返金の形: " + c.Ref.String(), EN: "form of the credit: " + c.Ref.String()},
			Why:     contracts.Text{JA: "顧客の選択が記録されていないため、金銭によるものとした", EN: "no choice of the customer is on record: money"},
			Options: []Option{{"money", contracts.Text{JA: "金銭", EN: "money"}}, {"service-time", contracts.Text{JA: "期間の延長", EN: "more time of service"}}}})
		value := x.column("granted."+c.ID, earned, Amount, "付与する額（相当額）", "value granted")
		earned = formula.If{Cond: eq(formula.Param{Name: "form." + c.ID}, 0), Then: value, Else: formula.Const{V: 0}}
	case !c.Form.As.Money():
		x.column("granted."+c.ID, earned, Amount, "付与する便益の相当額", "value of what is granted")
		earned = formula.Const{V: 0}
	}
	x.k.posting(c.ID, x.rule(), x.refs, earned)
	return formula.Col{Name: "post." + c.ID}
}

// stacked says what was assumed where several credits are due for one commitment and no clause says which is paid.
func (k *compiler) stacked() {
	var combined []string
	var credits []*contracts.Credit
	for _, cl := range k.p.Contract.Clauses {
		switch c := cl.(type) {
		case *contracts.Combine:
			combined = append(combined, c.Credits...)
		case *contracts.Credit:
			if !c.Goodwill && !c.Reward {
				credits = append(credits, c)
			}
		}
	}
	free := 0
	for _, c := range credits {
		if !slices.Contains(combined, c.ID) {
			free++
		}
	}
	if free > 1 {
		k.assume("credits.sum", "複数の返金はすべて合算する（約款に定めがない）", "several credits add up (the terms are silent)")
	}
}
