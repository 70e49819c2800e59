package sla

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// order joins the lines into claims and takes them through own fault, set-off
// and caps, in the contract's order.
func (k *compiler) order() {
	k.fault = k.newFaulting()
	k.ownShare()
	k.join()
	if k.fault != nil {
		k.fault.columns()
	}
	if k.orderOpen() {
		k.bothOrders()
		return
	}
	order := slices.Clone(k.p.Contract.Order)
	if len(order) == 0 {
		order = contracts.DefaultOrder()
		if k.hasCap() && k.ownNum != nil {
			k.assume("order", "過失相殺を責任限度額より先に行う（約款に定めがない）", "own fault is taken before the caps (the terms are silent)")
		}
	}
	if k.hasLayers() && !slices.Contains(k.p.Contract.Order, contracts.StageLayer) {
		k.assume("order.layer", "補償の階層・自己負担は責任限度額の直前に適用する（約款に定めがない）", "layers are worked out right before the caps (the terms are silent)")
		if i := slices.Index(order, contracts.StageCap); !slices.Contains(order, contracts.StageLayer) {
			order = slices.Insert(order, i, contracts.StageLayer)
		}
	}
	k.stages(order)
}

// stages takes the claims through the stages in turn.
func (k *compiler) stages(order []contracts.Stage) {
	for _, s := range order {
		switch s {
		case contracts.StageOwnFault:
			k.ownFault()
			if k.fault != nil {
				k.fault.apply()
			}
			k.rejoin()
		case contracts.StageSetOff:
			k.setOff()
		case contracts.StageLayer:
			k.layers()
		case contracts.StageCap:
			k.caps()
		}
	}
}

func (k *compiler) hasCap() bool {
	return slices.ContainsFunc(k.p.Contract.Clauses, func(c contracts.Clause) bool { _, ok := c.(*contracts.Cap); return ok })
}

// ownClause returns the contract's own-fault clause, or nil.
func (k *compiler) ownClause() *contracts.OwnFault {
	for _, cl := range k.p.Contract.Clauses {
		if o, ok := cl.(*contracts.OwnFault); ok {
			return o
		}
	}
	return nil
}

func (k *compiler) ownProvision() *contracts.Provision {
	if o := k.ownClause(); o != nil {
		return &o.Provision
	}
	return nil
}

// ownShare adds the two terms of the customer's own share: the one recorded
// for the customer alone, else that of the first fact that is true of it, else
// the share found for all.
func (k *compiler) ownShare() {
	clause := k.ownClause()
	var p *contracts.Provision
	if clause != nil {
		p = &clause.Provision
	}
	refs := k.refsOf(p, law.OwnFault)
	if len(refs) == 0 || len(k.p.lines) == 0 {
		return // neither the terms nor the law know the rule
	}
	none := contracts.Text{JA: "過失相殺の認定がないため、なしとした", EN: "no finding of own fault: none is taken"}
	k.param(Parameter{Name: "own_fault", Kind: Fraction, Default: plain(0), From: Assumed, Why: none, Refs: refs,
		Label: contracts.Text{JA: "顧客側の過失割合", EN: "customer's own share of fault"}})
	num := formula.Expr(formula.Param{Name: "own_fault", Part: formula.Num})
	den := formula.Expr(formula.Param{Name: "own_fault", Part: formula.Den})
	for _, f := range slices.Backward(k.p.Incident.Facts) {
		name := "own_fault." + f.ID
		k.param(Parameter{Name: name, Kind: Fraction, Default: plain(0), From: Assumed, Why: none, Refs: refs, Follows: "own_fault",
			Label: contracts.Text{JA: "顧客側の過失割合: " + f.Title.In("ja"), EN: "own share of fault: " + f.Title.In("en")}})
		fact := formula.Col{Name: "fact." + f.ID}
		num = formula.If{Cond: fact, Then: formula.Param{Name: name, Part: formula.Num}, Else: num}
		den = formula.If{Cond: fact, Then: formula.Param{Name: name, Part: formula.Den}, Else: den}
	}
	if k.p.Shape.OwnShare {
		own := formula.Compare{Op: formula.More, A: formula.Col{Name: "own_share.num"}, B: formula.Const{V: 0}}
		num = formula.If{Cond: own, Then: formula.Col{Name: "own_share.num"}, Else: num}
		den = formula.If{Cond: own, Then: formula.Col{Name: "own_share.den"}, Else: den}
	}
	if clause != nil {
		num = formula.If{Cond: k.stands(clause, ""), Then: num, Else: formula.Const{V: 0}}
	}
	k.weighed(num, den, refs)
}

// join sums the lines, for each event where a cap counts per claim.
func (k *compiler) join() {
	perClaim := k.perClaim()
	groups := map[string][]Line{}
	var ids []string
	for _, l := range k.p.lines {
		id := ""
		if perClaim {
			id = k.events[l.Phase].ID
		}
		if k.fault != nil && k.p.Incident.nonEconomic(l.Head) {
			id += nonEconomicMark
		}
		if _, seen := groups[id]; !seen {
			ids = append(ids, id)
		}
		groups[id] = append(groups[id], l)
	}
	if o := k.ownClause(); o != nil && o.PerHead && k.ownNum != nil {
		k.ownFaultPerHead(o)
	}
	first := func(id string) int {
		id = strings.TrimSuffix(id, nonEconomicMark)
		return slices.IndexFunc(k.phases, func(ph *Phase) bool { return k.events[ph.ID].ID == id })
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(first(a), first(b)), strings.Compare(a, b)) }) // the lines come by head, the claims as the incident tells
	for _, id := range ids {
		suffix, label := "", contracts.Text{JA: "損害額", EN: "damages"}
		if len(ids) > 1 {
			suffix = "#" + id
			label = contracts.Text{JA: label.JA + " [" + id + "]", EN: label.EN + " [" + id + "]"}
		}
		now := k.add(Column{Column: formula.Column{Name: "damages" + suffix, Expr: formula.Sum(k.values(groups[id])...)},
			Label: label, Unit: Amount, Role: Working})
		k.claims = append(k.claims, claim{suffix: suffix, lines: groups[id], now: now, nonEconomic: strings.HasSuffix(id, nonEconomicMark)})
	}
}

// nonEconomicMark tells the claims for loss that is not of money apart, until it is decided who answers for them.
const nonEconomicMark = "non-economic"

// rejoin adds the claims for loss that is not of money to those for the rest of the same event.
func (k *compiler) rejoin() {
	var out []claim
	for _, c := range k.claims {
		n := len(out) - 1
		if !c.nonEconomic || n < 0 || (len(out) > 0 && k.events[out[n].lines[0].Phase] != k.events[c.lines[0].Phase] && k.perClaim()) {
			out = append(out, c)
			continue
		}
		now := k.add(Column{Column: formula.Column{Name: "damages.with" + c.suffix, Expr: formula.Add{A: out[n].now, B: c.now}}, Unit: Amount, Role: Working,
			Label: contracts.Text{JA: "損害額（財産的・非財産的損害の合計）", EN: "damages, of money and not of money"}})
		out[n].now, out[n].lines = now, slices.Concat(out[n].lines, c.lines)
		out[n].reduced, out[n].stale = out[n].reduced && c.reduced, out[n].stale || c.stale
	}
	k.claims = out
}

// perClaim reports whether a cap limits the losses of each event.
func (k *compiler) perClaim() bool {
	return slices.ContainsFunc(k.p.Contract.Clauses, func(cl contracts.Clause) bool {
		c, ok := cl.(*contracts.Cap)
		return ok && c.Per == contracts.PerClaim
	})
}

// kept is the part of e that is left after own fault.
func (k *compiler) kept(e formula.Expr, p *contracts.Provision) formula.Expr {
	return formula.MulDiv{A: e, B: formula.Sub{A: k.ownDen, B: k.ownNum}, C: k.ownDen, Rounding: k.p.Contract.RoundingOf(p)}
}

// ownFaultPerHead takes the share off each line, rounding each.
func (k *compiler) ownFaultPerHead(o *contracts.OwnFault) {
	refs := k.refsOf(&o.Provision, law.OwnFault)
	var delta []formula.Expr
	for _, l := range k.p.lines {
		if slices.Contains(k.added, l.Head) || !k.speaksOf(o.Events, l.Phase) {
			continue
		}
		before := k.after[l]
		ja, en := k.lineLabel(l)
		k.after[l] = k.add(Column{Column: formula.Column{Name: "after.own-fault." + k.lineName(l), Expr: k.kept(before, &o.Provision)},
			Label: contracts.Text{JA: "過失相殺後: " + ja, EN: "after own fault: " + en}, Unit: Amount, Role: Working, Rule: RuleOwnFault, Clause: o.ID, Refs: refs})
		delta = append(delta, formula.Sub{A: k.after[l], B: before})
	}
	k.posting("own-fault", RuleOwnFault, refs, formula.Sum(delta...))
}

// ownFault takes the customer's share off each claim, rounding what is kept.
func (k *compiler) ownFault() {
	o := k.ownClause()
	if k.ownNum == nil || (o != nil && o.PerHead) {
		return
	}
	var p *contracts.Provision
	if o != nil {
		p = &o.Provision
	}
	if k.hasLayers() {
		k.spread("own-fault")
	}
	refs := k.refsOf(p, law.OwnFault)
	k.stage("own-fault", RuleOwnFault, "", refs, func(c *claim) formula.Expr {
		c.reduced = true
		spared := k.spared(c.lines)
		if len(spared) == 0 {
			return k.kept(c.now, p)
		}
		outside := k.add(Column{Column: formula.Column{Name: "spared" + c.suffix, Expr: formula.Min{A: formula.Sum(k.values(spared)...), B: c.now}}, Unit: Amount, Role: Working, Rule: RuleOwnFault,
			Label: contracts.Text{JA: "過失相殺の対象外の損害", EN: "losses that own fault does not concern"}})
		return formula.Add{A: outside, B: k.kept(formula.Sub{A: c.now, B: outside}, p)}
	})
	if k.hasLayers() {
		k.spreadOwnFault(refs)
	}
}

// spared are the lines of events that the own-fault clause does not name.
func (k *compiler) spared(lines []Line) []Line {
	o := k.ownClause()
	if o == nil {
		return nil
	}
	var out []Line
	for _, l := range lines {
		if !k.speaksOf(o.Events, l.Phase) {
			out = append(out, l)
		}
	}
	return out
}

// stage replaces what each claim stands at and posts the difference.
func (k *compiler) stage(name string, rule Rule, clause string, refs []contracts.Ref, f func(*claim) formula.Expr) {
	var delta []formula.Expr
	for i := range k.claims {
		c := &k.claims[i]
		before := c.now
		c.stale = true
		label := rule.Label()
		c.now = k.add(Column{Column: formula.Column{Name: "after." + name + c.suffix, Expr: f(c)}, Unit: Amount, Role: Working, Rule: rule, Clause: clause,
			Label: contracts.Text{JA: label.JA + "後の額" + c.suffix, EN: "after " + label.EN + c.suffix}, Refs: refs})
		delta = append(delta, formula.Sub{A: c.now, B: before})
	}
	k.posting(name, rule, refs, formula.Sum(delta...))
}

// setOff counts credits against damages: what the credits cover is not paid twice.
func (k *compiler) setOff() {
	for _, cl := range k.p.Contract.Clauses {
		s, ok := cl.(*contracts.SetOff)
		if !ok || k.credit == nil || len(k.claims) == 0 {
			continue
		}
		left := k.credit
		k.stage(s.ID, RuleSetOff, s.ID, k.refsOf(&s.Provision, law.Nothing), func(c *claim) formula.Expr {
			before, credit := c.now, left
			left = formula.Max{A: formula.Sub{A: credit, B: before}, B: formula.Const{V: 0}}
			return formula.If{Cond: k.stands(s, ""), Then: formula.Max{A: formula.Sub{A: before, B: credit}, B: formula.Const{V: 0}}, Else: before}
		})
	}
}

// collapse joins the claims into one once no later rule tells them apart.
func (k *compiler) collapse() {
	if len(k.claims) < 2 {
		return
	}
	var now []formula.Expr
	var lines []Line
	reduced, stale := true, false
	for _, c := range k.claims {
		now, lines = append(now, c.now), append(lines, c.lines...)
		reduced, stale = reduced && c.reduced, stale || c.stale
	}
	col := k.add(Column{Column: formula.Column{Name: "damages.all", Expr: formula.Sum(now...)}, Unit: Amount, Role: Working,
		Label: contracts.Text{JA: "損害額（全事象）", EN: "damages, all events"}})
	k.claims = []claim{{lines: lines, now: col, reduced: reduced, stale: stale}}
}

// mostColumns bounds a program.
const mostColumns = 2000

// finish adds what comes after the stages and the payable.
func (k *compiler) finish() {
	k.collapse()
	var of []formula.Expr // damages, and what is added to them
	if len(k.claims) > 0 {
		of = append(of, k.claims[0].now)
	}
	for _, cl := range k.p.Contract.Clauses {
		a, ok := cl.(*contracts.AddedAfterOffset)
		if !ok {
			continue
		}
		var lines []formula.Expr
		for _, l := range k.p.lines {
			if slices.Contains(a.Heads, l.Head) {
				lines = append(lines, k.after[l])
			}
		}
		sum := formula.If{Cond: k.stands(a, ""), Then: formula.Sum(lines...), Else: formula.Const{V: 0}}
		k.posting(a.ID, RuleAdded, k.refsOf(&a.Provision, law.Nothing), sum)
		of = append(of, formula.Col{Name: "post." + a.ID})
	}
	damages := formula.Sum(of...)
	if k.credit != nil {
		of = append(of, k.credit)
	}
	if k.tax != nil {
		of = append(of, k.tax.post(damages))
	}
	if c := k.counterclaim(); c != nil { // netted when the tax is known: a set-off pays, it changes nothing of what is taxed
		of = append(of, c)
	}
	owed := formula.Sum(of...)
	of = append(of, k.goodwill...)
	k.alreadyPaid()
	of = append(of, formula.Col{Name: "post.already-paid"})
	interest := k.interest(owed)
	if interest != nil {
		of = append(of, interest)
	}
	if k.p.Shape.Dues {
		k.dues(formula.Sum(of...), damages, interest)
	}
	k.add(Column{Column: formula.Column{Name: "payable", Expr: formula.Sum(of...)}, Label: RulePayable.Label(), Unit: Amount, Role: Result, Rule: RulePayable})
	if len(k.p.Columns) > mostColumns {
		k.problems = append(k.problems, contracts.Problem{Code: "E_LIMIT_COLUMNS", Outcome: contracts.Limit,
			Message: fmt.Sprintf("the program has %d columns; the limit is %d", len(k.p.Columns), mostColumns), Hint: "join heads or phases"})
	}
}

// alreadyPaid takes off earlier payments. That a debt once paid is not owed again needs no clause; one
// that says so is cited.
func (k *compiler) alreadyPaid() {
	paid, refs := k.ifPaidCounts(formula.Sub{A: formula.Const{V: 0}, B: formula.Sum(k.paidInAll()...)})
	k.posting("already-paid", RulePaid, refs, paid)
}

// ifPaidCounts is a payment where a clause on payments stands, whichever of several, or where there is none; else nothing.
func (k *compiler) ifPaidCounts(paid formula.Expr) (formula.Expr, []contracts.Ref) {
	var refs []contracts.Ref
	var stand []formula.Expr
	for _, cl := range k.p.Contract.Clauses {
		if a, ok := cl.(*contracts.AlreadyPaid); ok {
			refs, stand = append(refs, a.Ref), append(stand, k.stands(a, ""))
		}
	}
	switch len(stand) {
	case 0:
		return paid, nil
	case 1:
		return formula.If{Cond: stand[0], Then: paid, Else: formula.Const{V: 0}}, refs
	}
	return formula.If{Cond: formula.Or{Of: stand}, Then: paid, Else: formula.Const{V: 0}}, refs
}

// paidInAll lists the columns of all payments.
func (k *compiler) paidInAll() []formula.Expr {
	var out []formula.Expr
	for i := range k.p.Shape.FurtherPayments + 1 {
		out = append(out, formula.Col{Name: paidColumn(i)})
	}
	return out
}
