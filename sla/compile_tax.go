package sla

import (
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// taxing works out the tax of what a row is paid.
type taxing struct {
	*compiler
	t        *contracts.Tax
	refs     []contracts.Ref
	rounding contracts.Rounding
}

// The options of tax.credits and tax.damages.
const (
	lowersPrice int64 = iota
	makesGood
)

const (
	damagesOutside int64 = iota
	damagesTaxed
)

// taxTerms adds the parameters of the tax. They come before the caps, which may hold the tax or not.
func (k *compiler) taxTerms() {
	t := k.p.Contract.Tax
	if t == nil {
		return
	}
	x := &taxing{compiler: k, t: t, rounding: t.Rounding}
	if x.rounding == contracts.RoundingUnstated {
		x.rounding = k.p.Contract.RoundingOf(nil)
		k.assume("tax.rounding", "消費税額の端数は契約の端数処理による（消費税についての定めがない）", "the tax is rounded as the contract's amounts are (the terms are silent on the tax)")
	}
	if !x.rate() {
		return
	}
	k.tax = x
	if x.undecided() {
		x.choice("tax.credits", "減額・返金の税務上の性質", "what credits are for the tax", int64(t.Credits)-1,
			contracts.Text{JA: "料金の減額・返金が対価の返還か損害賠償かの定めも確立した見解もないため、双方を算定する", EN: "neither the terms nor any authority read says whether credits lower the price or make good a loss: both are computed"},
			Option{"price-reduction", contracts.Text{JA: "対価の返還（値引き）", EN: "they lower the price"}},
			Option{"damages", contracts.Text{JA: "損害賠償", EN: "they make good a loss"}})
	}
	def := int64(t.Damages) - 1
	if t.Damages == contracts.BySubstance {
		def = -1
	}
	outside := Option{"outside", contracts.Text{JA: "課税対象外", EN: "outside the tax"}}
	taxed := Option{"taxed", contracts.Text{JA: "実質が対価であり課税される", EN: "in substance a price, and taxed"}}
	if t.Damages == contracts.DamagesTaxUnstated {
		x.param(Parameter{Name: "tax.damages", Kind: Choice, Options: []Option{outside, taxed}, Default: plain(damagesOutside), From: Assumed, Refs: x.refs,
			Label: contracts.Text{JA: "損害賠償金の課税", EN: "tax on damages"}, Why: contracts.Text{JA: "定めがないため、損害賠償金は課税対象外とした", EN: "nothing is said: damages are outside the tax"}})
		return
	}
	x.choice("tax.damages", "損害賠償金の課税", "tax on damages", def,
		contracts.Text{JA: "損害賠償金の実質が対価かどうかの認定がないため、双方を算定する", EN: "nobody has found whether damages are in substance a price: both are computed"}, outside, taxed)
}

// choice adds a parameter that the contract decides, or that is open where def is below 0.
func (x *taxing) choice(name, ja, en string, def int64, open contracts.Text, options ...Option) {
	p := Parameter{Name: name, Kind: Choice, Options: options, From: FromContract, Refs: x.refs, Label: contracts.Text{JA: ja, EN: en}, Why: open}
	if def >= 0 {
		p.Default, p.Why = plain(def), contracts.Text{JA: "契約の定めによる", EN: "as the contract says"}
	}
	x.param(p)
}

// rate adds the rate as a parameter: the contract's, or that of its law on the first day of the incident.
func (x *taxing) rate() bool {
	day := x.p.Incident.day()
	r, why, from := contracts.Ratio{}, contracts.Text{JA: "契約の定めによる", EN: "as the contract says"}, FromContract
	if x.t.Rate != nil {
		r = *x.t.Rate
	}
	for _, e := range x.p.law {
		if e.Founds != law.Tax || !e.InForceOn(x.taxDay()) {
			continue
		}
		x.refs = append(x.refs, e.Cite)
		if of, ok := e.RateOn(day); ok && x.t.Rate == nil {
			r, why, from = of, e.Cite.Gist, FromLaw
		}
	}
	if r.Num() == 0 {
		x.wrong(x.p.Contract.At, "tax.rate", "E_REQUIRED", "the contract states no rate of the tax, and its law has none for "+day.String(), "write rate, such as 10%")
		return false
	}
	n := formula.Number{Num: r.Num(), Den: r.Den()}
	x.param(Parameter{Name: "tax.rate", Kind: Fraction, Default: &n, From: from, Why: why, Refs: x.refs, Label: contracts.Text{JA: "消費税率", EN: "rate of the tax"}})
	return true
}

// taxDay is the day by which the rules on refunds are taken: that as of which the case is worked out, or the incident's.
func (k *compiler) taxDay() contracts.Date {
	if d := k.p.Incident.AsOf; !d.IsZero() {
		return d
	}
	return k.p.Incident.day()
}

// undecided reports whether some credit has no treatment of its own.
func (x *taxing) undecided() bool {
	return slices.ContainsFunc(x.p.Contract.Clauses, func(cl contracts.Clause) bool {
		c, ok := cl.(*contracts.Credit)
		return ok && !c.Goodwill && c.Treatment == contracts.TreatmentUnstated
	})
}

// sums adds up what lowers the price and what makes good a loss. Combinations and earn-backs go with the credits that have no treatment of their
// own, or where all credits have one with the first.
func (x *taxing) sums(damages formula.Expr) (reductions, compensation formula.Expr) {
	of := map[contracts.Treatment][]formula.Expr{contracts.AsDamages: {damages}}
	rest := x.credit
	first := contracts.TreatmentUnstated
	for _, cl := range x.p.Contract.Clauses {
		c, ok := cl.(*contracts.Credit)
		if !ok || c.Treatment == contracts.TreatmentUnstated {
			continue
		}
		post := formula.Expr(formula.Col{Name: "post." + c.ID})
		of[c.Treatment] = append(of[c.Treatment], post)
		if !c.Goodwill {
			rest = formula.Sub{A: rest, B: post}
			if first == contracts.TreatmentUnstated {
				first = c.Treatment
			}
		}
	}
	if x.credit != nil {
		if x.undecided() {
			zero := formula.Const{V: 0}
			asPrice := eq(formula.Param{Name: "tax.credits"}, lowersPrice)
			of[contracts.PriceReduction] = append(of[contracts.PriceReduction], formula.If{Cond: asPrice, Then: rest, Else: zero})
			of[contracts.AsDamages] = append(of[contracts.AsDamages], formula.If{Cond: asPrice, Then: zero, Else: rest})
		} else {
			of[first] = append(of[first], rest)
		}
	}
	return formula.Sum(of[contracts.PriceReduction]...), formula.Sum(of[contracts.AsDamages]...)
}

// post adds the tax of each kind of payment and returns what the tax adds to what is owed.
func (x *taxing) post(damages formula.Expr) formula.Expr {
	reductions, compensation := x.sums(damages)
	taxed := eq(formula.Param{Name: "tax.damages"}, damagesTaxed)
	onPrice := x.kind("reductions", "対価の返還", "price reductions", reductions)
	onDamages := x.kind("damages", "課税される損害賠償金", "damages that are taxed", formula.If{Cond: taxed, Then: compensation, Else: formula.Const{V: 0}})
	x.returnInvoice()
	added := formula.Sum(onPrice, onDamages)
	if x.t.Included {
		added = formula.Const{V: 0}
	}
	x.posting("tax", RuleTax, x.refs, added)
	return formula.Col{Name: "post.tax"}
}

// kind tells what is left of a sum and its tax, which add up to the total, and returns the tax.
func (x *taxing) kind(name, ja, en string, sum formula.Expr) formula.Expr {
	column := func(what string, e formula.Expr, label contracts.Text) formula.Expr {
		return x.add(Column{Column: formula.Column{Name: "tax." + what + "." + name, Expr: e}, Unit: Amount, Role: Working, Rule: RuleTax, Refs: x.refs,
			Label: contracts.Text{JA: label.JA + "（" + ja + "）", EN: label.EN + ": " + en}})
	}
	num, den := formula.Param{Name: "tax.rate", Part: formula.Num}, formula.Param{Name: "tax.rate", Part: formula.Den}
	totalText, itemText, taxText := contracts.Text{JA: "税込額", EN: "with tax"}, contracts.Text{JA: "税抜額", EN: "without tax"}, contracts.Text{JA: "消費税額", EN: "tax"}
	if x.t.Included {
		total := column("total", sum, totalText)
		tax := column("of", formula.MulDiv{A: total, B: num, C: formula.Add{A: den, B: num}, Rounding: x.rounding}, taxText)
		column("item", formula.Sub{A: total, B: tax}, itemText)
		return tax
	}
	item := column("item", sum, itemText)
	tax := column("of", formula.MulDiv{A: item, B: num, C: den, Rounding: x.rounding}, taxText)
	column("total", formula.Add{A: item, B: tax}, totalText)
	return tax
}

// returnInvoice adds whether the row's refund needs a document of its own: from the sum on that the law spares, tax included, for each refund
// and not for each item in it.
func (x *taxing) returnInvoice() {
	for _, e := range x.p.law {
		if e.Spares == nil || e.Spares.Currency != x.p.Contract.Currency.Code || !e.InForceOn(x.taxDay()) {
			continue
		}
		from := e.Spares.Below
		for range x.p.Contract.Currency.Digits {
			from *= 10
		}
		x.param(Parameter{Name: "tax.document_from", Kind: Money, Default: plain(from), From: FromLaw, Why: e.Cite.Gist, Refs: []contracts.Ref{e.Cite},
			Label: contracts.Text{JA: "適格返還請求書を要する額（税込・以上）", EN: "refund from which a return invoice is needed, with tax"}})
		x.add(Column{Column: formula.Column{Name: "return_invoice", Expr: formula.And{Of: []formula.Expr{
			formula.Compare{Op: formula.More, A: formula.Col{Name: "tax.total.reductions"}, B: formula.Const{V: 0}},
			formula.Compare{Op: formula.AtLeast, A: formula.Col{Name: "tax.total.reductions"}, B: formula.Param{Name: "tax.document_from"}},
		}}}, Unit: YesNo, Role: Working, Rule: RuleTax, Refs: []contracts.Ref{e.Cite}, Label: contracts.Text{JA: "適格返還請求書の交付を要する", EN: "a return invoice is needed"}})
	}
}

// taxedLimit is a limit in the terms in which damages are counted. Where these stand without their tax, a limit that holds the tax holds so
// much less of them, the fraction dropped so that the tax stays inside; where they stand with it, one that does not hold the tax is so much higher.
func (k *compiler) taxedLimit(c *contracts.Cap, limit formula.Expr) formula.Expr {
	if k.tax == nil {
		return limit
	}
	if c.Tax == contracts.TaxAndCapUnstated {
		k.assume("tax."+c.ID, "責任限度額は消費税を含む額とした（約款に定めがない）", "the cap holds the sum with its tax (the terms are silent)")
	}
	inside := c.Tax != contracts.TaxOutside
	if inside == k.tax.t.Included {
		return limit
	}
	num, den := formula.Expr(formula.Param{Name: "tax.rate", Part: formula.Num}), formula.Expr(formula.Param{Name: "tax.rate", Part: formula.Den})
	both := formula.Expr(formula.Add{A: den, B: num})
	other := formula.MulDiv{A: limit, B: den, C: both, Rounding: contracts.RoundDown}
	if !inside {
		other = formula.MulDiv{A: limit, B: both, C: den, Rounding: contracts.RoundDown}
	}
	return formula.If{Cond: eq(formula.Param{Name: "tax.damages"}, damagesTaxed), Then: other, Else: limit}
}
