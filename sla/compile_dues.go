package sla

import (
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// due is what one clause gives of the payable, as columns of the program.
type due struct {
	clause  string // id; empty for damages
	reason  Rule   // RuleCredit, RuleGoodwill, RuleInterest, or RulePayable for damages
	gross   formula.Expr
	refs    []contracts.Ref
	form    contracts.Form
	treated contracts.Treatment // TreatmentUnstated: as tax.credits says, or with no tax in the terms as nobody said
	untaxed bool                // no tax comes near it
	granted string              // column of the value of what is given and is no money; empty for money

	total, tax string // columns
}

// The kinds of payment on which a tax is worked out, as the columns tax.….KIND name them.
const (
	onReductions = "reductions"
	onDamages    = "damages"
)

// dues tells the payable apart by what gives it: each credit, each goodwill, damages, interest. What was already paid, netted or set off is taken
// from interest first (民法489条), then from damages, goodwill and credits, the last clause first, so that what is told adds up to the payable.
// Credits that a clause takes together are told under that clause.
func (k *compiler) dues(payable, damages, interest formula.Expr) {
	d := &dividing{compiler: k, sums: map[string]formula.Expr{}, gross: map[string]formula.Expr{}}
	if slices.ContainsFunc(k.p.Contract.Clauses, func(cl contracts.Clause) bool { c, ok := cl.(*contracts.Credit); return ok && c.Reward }) && k.credit != nil {
		credits := formula.Expr(formula.Max{A: k.credit, B: formula.Const{V: 0}})
		if k.tax != nil {
			credits = formula.Add{A: credits, B: formula.Col{Name: "post.tax"}}
		}
		d.credits = d.working("due.credits", credits, "返金の合計（報奨を差し引いた額）", "credits less rewards", nil)
	}
	d.left = d.working("due.all", formula.Max{A: payable, B: formula.Const{V: 0}}, "支払額（0以上）", "payable, 0 or more", nil)
	for _, x := range d.sources(damages, interest) {
		d.divide(x)
	}
	for _, cl := range k.p.Contract.Clauses { // what is no money is told beside
		c, ok := cl.(*contracts.Credit)
		if !ok || k.p.Index("granted."+c.ID) < 0 {
			continue
		}
		x := due{clause: c.ID, reason: RuleCredit, refs: k.refsOf(&c.Provision, law.Nothing), form: c.Form, treated: c.Treatment, granted: "granted." + c.ID}
		if c.Goodwill {
			x.reason = RuleGoodwill
			if c.Treatment == contracts.TreatmentUnstated {
				x.treated = contracts.AsGoodwill
			}
		}
		k.p.dues = append(k.p.dues, x)
	}
}

// dividing divides the payable among what gives it.
type dividing struct {
	*compiler
	left    formula.Expr            // of the payable, not yet told
	credits formula.Expr            // of what rewards leave of the credits, not yet told; nil without rewards
	sums    map[string]formula.Expr // told so far, by kind of payment
	gross   map[string]formula.Expr // without the tax so far, by kind of payment
}

func (d *dividing) working(name string, e formula.Expr, ja, en string, refs []contracts.Ref) formula.Expr {
	return d.add(Column{Column: formula.Column{Name: name, Expr: e}, Unit: Amount, Role: Working, Rule: RulePayable, Label: contracts.Text{JA: ja, EN: en}, Refs: refs})
}

// sources lists what may give a part of the payable: what stays longest first.
func (d *dividing) sources(damages, interest formula.Expr) []due {
	var credits, goodwill, rest []due
	joined := map[string]bool{}
	for _, cl := range d.p.Contract.Clauses {
		if c, ok := cl.(*contracts.Combine); ok {
			credits = append(credits, d.together(c, joined))
		}
	}
	for _, cl := range d.p.Contract.Clauses {
		c, ok := cl.(*contracts.Credit)
		if !ok || joined[c.ID] || c.Reward {
			continue
		}
		x := due{clause: c.ID, reason: RuleCredit, gross: d.earned(c.ID), refs: d.refsOf(&c.Provision, law.Nothing), form: c.Form, treated: c.Treatment}
		if c.Goodwill {
			x.reason = RuleGoodwill
			if c.Treatment == contracts.TreatmentUnstated {
				x.treated = contracts.AsGoodwill
			}
			goodwill = append(goodwill, x)
			continue
		}
		credits = append(credits, x)
	}
	if damages != (formula.Const{V: 0}) {
		rest = append(rest, due{reason: RulePayable, gross: damages, treated: contracts.AsDamages})
	}
	if interest != nil {
		c := d.p.Contract.Clauses[slices.IndexFunc(d.p.Contract.Clauses, func(cl contracts.Clause) bool { _, ok := cl.(*contracts.Interest); return ok })]
		p := contracts.ProvisionOf(c)
		rest = append(rest, due{clause: p.ID, reason: RuleInterest, gross: interest, refs: d.refsOf(p, law.Nothing), treated: contracts.AsDamages, untaxed: true})
	}
	return slices.Concat(credits, goodwill, rest)
}

// together is what a clause takes of several credits.
func (d *dividing) together(c *contracts.Combine, joined map[string]bool) due {
	x := due{clause: c.ID, reason: RuleCredit, refs: d.refsOf(&c.Provision, law.Nothing)}
	of := []formula.Expr{formula.Col{Name: "post." + c.ID}}
	for _, id := range c.Credits {
		if joined[id] {
			continue // it is told under the clause that named it first
		}
		if len(of) == 1 {
			credit := d.p.Contract.Clause(id).(*contracts.Credit)
			x.form, x.treated = credit.Form, credit.Treatment
		}
		joined[id] = true
		of = append(of, d.earned(id))
	}
	x.gross = formula.Sum(of...)
	return x
}

// earned is a credit less what was earned back of it.
func (d *dividing) earned(id string) formula.Expr {
	of := []formula.Expr{formula.Col{Name: "post." + id}}
	for _, cl := range d.p.Contract.Clauses {
		if e, ok := cl.(*contracts.EarnBack); ok && e.Credit == id {
			of = append(of, formula.Col{Name: "post." + e.ID})
		}
	}
	return formula.Sum(of...)
}

// divide tells what one source gives of what is left, and the tax in it.
func (d *dividing) divide(x due) {
	name := x.clause
	label := x.reason.Label()
	if x.reason == RulePayable {
		name, label = "damages", contracts.Text{JA: "損害賠償金", EN: "damages"}
	}
	for _, r := range x.refs[:min(len(x.refs), 1)] {
		label = contracts.Text{JA: label.JA + "（" + r.String() + "）", EN: label.EN + " (" + r.String() + ")"}
	}
	gross := formula.Expr(formula.Max{A: x.gross, B: formula.Const{V: 0}})
	taxed := d.tax != nil && x.treated != contracts.AsGoodwill && !x.untaxed
	if taxed && !d.tax.t.Included {
		gross = d.withTax(name, x.treated, gross, label)
	}
	x.total = "due." + name
	if x.reason == RuleCredit && d.credits != nil { // a reward is set against credits before anything else
		gross = formula.Min{A: gross, B: d.credits}
	}
	total := d.working(x.total, formula.Min{A: gross, B: d.left}, "支払のうち: "+label.JA, "of the payable: "+label.EN, x.refs)
	if x.reason == RuleCredit && d.credits != nil {
		d.credits = d.working("due.credits.after."+name, formula.Sub{A: d.credits, B: total}, "返金の残り（"+label.JA+"の後）", "credits left after "+label.EN, nil)
	}
	if taxed {
		x.tax = "due.tax." + name
		d.share(x.tax, x.treated, total, d.sums, "tax.total.", "支払のうち消費税: "+label.JA, "tax in it: "+label.EN)
	}
	d.left = d.working("due.left."+name, formula.Sub{A: d.left, B: total}, "残り（"+label.JA+"の後）", "left after "+label.EN, nil)
	d.p.dues = append(d.p.dues, x)
}

// withTax adds to a sum its part of the tax that is added to sums of its kind.
func (d *dividing) withTax(name string, t contracts.Treatment, net formula.Expr, label contracts.Text) formula.Expr {
	item := d.working("due.item."+name, net, "税抜の額: "+label.JA, "without tax: "+label.EN, nil)
	tax := d.share("due.added."+name, t, item, d.gross, "tax.item.", "加算される消費税: "+label.JA, "tax added: "+label.EN)
	return formula.Add{A: item, B: tax}
}

// share is the part of the tax of its kind that falls on a sum, by cumulative rounding in the order of the clauses: the parts add up to
// the tax once the sums add up to what it was worked out on.
func (d *dividing) share(name string, t contracts.Treatment, sum formula.Expr, sums map[string]formula.Expr, of, ja, en string) formula.Expr {
	upTo := func(kind string, with formula.Expr) formula.Expr {
		return formula.MulDiv{A: with, B: formula.Col{Name: "tax.of." + kind}, C: formula.Max{A: formula.Col{Name: of + kind}, B: formula.Const{V: 1}}, Rounding: contracts.RoundDown}
	}
	onKind := func(kind string) formula.Expr {
		before := sums[kind]
		if before == nil {
			return upTo(kind, sum)
		}
		return formula.Sub{A: upTo(kind, formula.Add{A: before, B: sum}), B: upTo(kind, before)}
	}
	note := func(kind string, e formula.Expr) {
		if before := sums[kind]; before != nil {
			e = formula.Add{A: before, B: e}
		}
		sums[kind] = d.working(name+".sum."+kind, e, ja+"（累計）", en+", running total", nil)
	}
	switch t {
	case contracts.PriceReduction:
		out := d.working(name, onKind(onReductions), ja, en, d.tax.refs)
		note(onReductions, sum)
		return out
	case contracts.AsDamages:
		out := d.working(name, onKind(onDamages), ja, en, d.tax.refs)
		note(onDamages, sum)
		return out
	}
	asPrice, zero := eq(formula.Param{Name: "tax.credits"}, lowersPrice), formula.Const{V: 0}
	out := d.working(name, formula.If{Cond: asPrice, Then: onKind(onReductions), Else: onKind(onDamages)}, ja, en, d.tax.refs)
	note(onReductions, formula.If{Cond: asPrice, Then: sum, Else: zero})
	note(onDamages, formula.If{Cond: asPrice, Then: zero, Else: sum})
	return out
}
