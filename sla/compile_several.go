package sla

import (
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// weighed turns the share recorded for the customer into the one that reduces its claim against the provider: all of it where the law
// bars the claim, and the share between these two alone where fault is weighed one by one.
func (k *compiler) weighed(num, den formula.Expr, refs []contracts.Ref) {
	column := func(name string, u Unit, e formula.Expr, ja, en string) formula.Expr {
		return k.add(Column{Column: formula.Column{Name: name, Expr: e}, Label: contracts.Text{JA: ja, EN: en}, Unit: u, Role: Test, Rule: RuleOwnFault, Refs: refs})
	}
	rule, at := k.barParams()
	if rule != nil || k.fault != nil {
		num, den = column("own.of-all.num", Number, num, "全体に対する過失割合", "own share of all fault"), column("own.of-all.den", Number, den, "全体に対する過失割合の分母", "own share of all fault, denominator")
	}
	var barred formula.Expr
	if rule != nil {
		own, bound := product(num, formula.Param{Name: at, Part: formula.Den}), product(den, formula.Param{Name: at, Part: formula.Num})
		barred = column("own.barred", YesNo, formula.Or{Of: []formula.Expr{
			formula.And{Of: []formula.Expr{rule.is("from"), formula.Compare{Op: formula.AtLeast, A: own, B: bound}}},
			formula.And{Of: []formula.Expr{rule.is("above"), formula.Compare{Op: formula.More, A: own, B: bound}}}}},
			"過失割合により請求が排斥される", "the own share bars the claim")
		num = formula.If{Cond: barred, Then: den, Else: num}
	}
	k.allNum, k.allDen = num, den
	unit := Number
	if f := k.fault; f != nil { // the terms of a share between two may be products
		unit = Quantity
		against := product(f.whole, num)
		mine := product(f.weight[f.parties[0].ID], formula.Sub{A: den, B: num})
		together := f.weighing.is("absolute")
		num = formula.If{Cond: together, Then: num, Else: against}
		den = formula.If{Cond: together, Then: den, Else: formula.Max{A: formula.Add{A: mine, B: against}, B: formula.Const{V: 1}}}
	}
	k.ownNum = column("own.num", unit, num, "適用する過失割合", "own share applied")
	k.ownDen = column("own.den", unit, den, "適用する過失割合の分母", "own share applied, denominator")
}

// barParams adds the share from which a claim fails, where the law knows one; nil where it does not.
func (k *compiler) barParams() (rule *Parameter, at string) {
	for _, e := range k.p.law {
		if e.Founds != law.OwnFault || e.Bar == nil || !e.InForceOn(k.p.Incident.day()) {
			continue
		}
		why := contracts.Text{JA: e.Cite.String() + "による", EN: "under " + e.Cite.String()}
		p := Parameter{Name: "own_fault.bar", Kind: Choice, Default: plain(1), From: FromLaw, Why: why, Refs: []contracts.Ref{e.Cite},
			Label:   contracts.Text{JA: "過失割合による請求の排斥", EN: "bar of the claim by the own share"},
			Options: options("none", "排斥しない", "no bar", "from", "一定の割合から排斥する", "barred from a share on", "above", "一定の割合を超えると排斥する", "barred above a share")}
		if e.Bar.Above {
			p.Default = plain(2)
		}
		k.param(p)
		k.param(Parameter{Name: "own_fault.bar_at", Kind: Fraction, Default: &formula.Number{Num: e.Bar.Share.Num(), Den: e.Bar.Share.Den()}, From: FromLaw, Why: why, Refs: p.Refs,
			Label: contracts.Text{JA: "請求が排斥される過失割合", EN: "own share that bars the claim"}})
		return &p, "own_fault.bar_at"
	}
	return nil, ""
}

// columns works out what each of several answers for at law, whatever the provider's terms say: they bind the provider's customers, not
// those who promised them nothing.
func (f *faulting) columns() {
	refs := f.refsOf(nil, law.Answers)
	add := func(name string, u Unit, e formula.Expr, ja, en string) formula.Expr {
		return f.add(Column{Column: formula.Column{Name: name, Expr: e}, Unit: u, Role: Working, Rule: RuleSeveral, Refs: refs, Label: contracts.Text{JA: ja, EN: en}})
	}
	loss, rounding := formula.Col{Name: "admitted"}, f.p.Contract.RoundingOf(f.ownProvision())
	left := formula.Sub{A: f.allDen, B: f.allNum}
	all := add("fault.all", Amount, formula.MulDiv{A: loss, B: left, C: f.allDen, Rounding: rounding}, "全員の割合による賠償額", "owed by all at fault together")
	var singles []formula.Expr
	parts := map[string]formula.Expr{}
	for i, p := range f.parties {
		mine := product(f.weight[p.ID], left)
		singles = append(singles, add("single."+p.ID, Amount, formula.MulDiv{A: loss, B: mine, C: formula.Max{A: formula.Add{A: mine, B: product(f.whole, f.allNum)}, B: formula.Const{V: 1}}, Rounding: rounding},
			"顧客との間の割合による額: "+p.Title.In("ja"), "against the customer alone: "+p.Title.In("en")))
		parts[p.ID] = add("part."+p.ID, Amount, share(f.weights, i, all, f.whole), "負担部分: "+p.Title.In("ja"), "own part: "+p.Title.In("en"))
	}
	most := singles[0]
	for _, s := range singles[1:] {
		most = formula.Max{A: most, B: s}
	}
	total := add(FaultTotal, Amount, formula.If{Cond: f.weighing.is("relative"), Then: most, Else: all}, "顧客が回収できる総額", "what the customer may recover in all")
	together := f.weighing.is("absolute")
	// Hartung's formula: the joint part is what the single parts exceed the total by, spread over all but one.
	joint := add("fault.joint", Amount, formula.If{Cond: together, Then: total, Else: formula.Max{A: formula.Const{V: 0}, B: formula.MulDiv{A: formula.Sub{A: formula.Sum(singles...), B: total},
		B: formula.Const{V: 1}, C: formula.Const{V: int64(len(f.parties) - 1)}, Rounding: contracts.RoundDown}}}, "連帯して負う部分", "part for which they answer jointly")
	f.sums()
	for i, p := range f.parties {
		add("alone."+p.ID, Amount, formula.If{Cond: together, Then: formula.Const{V: 0}, Else: formula.Max{A: formula.Const{V: 0}, B: formula.Sub{A: singles[i], B: joint}}},
			"単独で負う部分: "+p.Title.In("ja"), "part for which it answers alone: "+p.Title.In("en"))
		byShare := formula.If{Cond: f.answersWhole(p), Then: total, Else: formula.Add{A: parts[p.ID], B: f.extra(p, all, parts[p.ID])}}
		owes := formula.Expr(formula.If{Cond: together, Then: byShare, Else: singles[i]})
		if i > 0 {
			owes = formula.If{Cond: f.stands(p), Then: owes, Else: formula.Const{V: 0}}
		}
		add(FaultAnswers+p.ID, Amount, owes, "顧客に対して負う額: "+p.Title.In("ja"), "answers to the customer for: "+p.Title.In("en"))
	}
}

// stands tests whether a party can be held to its part.
func (f *faulting) stands(p Party) formula.Expr {
	s := standing(p)
	return s.is("answers")
}

// sums adds the weights of those whose part cannot be collected and of those who are left to bear it.
func (f *faulting) sums() {
	lost, held := []formula.Expr(nil), []formula.Expr{f.weight[f.parties[0].ID]}
	for _, p := range f.parties[1:] {
		s := standing(p)
		lost = append(lost, formula.If{Cond: s.is("uncollectible"), Then: f.weight[p.ID], Else: zero})
		held = append(held, formula.If{Cond: s.is("answers"), Then: f.weight[p.ID], Else: zero})
	}
	add := func(name string, e formula.Expr, ja, en string) formula.Expr {
		return f.compiler.add(Column{Column: formula.Column{Name: name, Expr: e}, Unit: Quantity, Role: Test, Rule: RuleSeveral, Label: contracts.Text{JA: ja, EN: en}})
	}
	f.lost = add("fault.lost", formula.Sum(lost...), "回収できない割合の合計", "weights that cannot be collected")
	f.held = add("fault.held", formula.Max{A: formula.Sum(held...), B: formula.Const{V: 1}}, "残る責任者の割合の合計", "weights of those who are left")
}

// answersWhole tests whether a party answers for the whole and not for its part alone.
func (f *faulting) answersWhole(p Party) formula.Expr {
	e := extent(p)
	rule := formula.Or{Of: append([]formula.Expr{f.liability.is("joint")}, f.above(p, &f.liability)...)}
	return formula.Or{Of: []formula.Expr{e.is("whole"), formula.And{Of: []formula.Expr{e.is("as-the-rule"), rule}}}}
}

// above tests the share of a party against the one from which it answers for the whole, where a rule asks for it.
func (f *faulting) above(p Party, rule *Parameter) []formula.Expr {
	share := product(product(f.weight[p.ID], formula.Sub{A: f.allDen, B: f.allNum}), formula.Param{Name: "liability.from", Part: formula.Den})
	bound := product(product(f.whole, f.allDen), formula.Param{Name: "liability.from", Part: formula.Num})
	return []formula.Expr{
		formula.And{Of: []formula.Expr{rule.is("joint-from"), formula.Compare{Op: formula.AtLeast, A: share, B: bound}}},
		formula.And{Of: []formula.Expr{rule.is("joint-above"), formula.Compare{Op: formula.More, A: share, B: bound}}}}
}

// extra is what falls on a party that answers for its part alone, of parts that cannot be collected.
func (f *faulting) extra(p Party, of, part formula.Expr) formula.Expr {
	down := func(a, b, c formula.Expr) formula.Expr {
		return formula.MulDiv{A: a, B: b, C: formula.Max{A: c, B: formula.Const{V: 1}}, Rounding: contracts.RoundDown}
	}
	w, left := f.weight[p.ID], formula.Sub{A: f.allDen, B: f.allNum}
	lost := down(of, f.lost, f.whole)
	others := down(lost, w, f.held)
	mine := product(w, left)
	withAll := down(lost, mine, formula.Add{A: product(f.held, left), B: product(f.whole, f.allNum)})
	ofWhole := down(lost, mine, product(f.whole, f.allDen))
	limit := formula.MulDiv{A: part, B: formula.Param{Name: "uncollectible.up_to", Part: formula.Num}, C: formula.Param{Name: "uncollectible.up_to", Part: formula.Den}, Rounding: contracts.RoundDown}
	capped := formula.Min{A: formula.If{Cond: f.among.is("of-the-whole"), Then: ofWhole, Else: others}, B: limit}
	return formula.If{Cond: f.uncollectible.is("claimant"), Then: formula.Const{V: 0}, Else: formula.If{Cond: f.uncollectible.is("others"), Then: others,
		Else: formula.If{Cond: f.uncollectible.is("all"), Then: withAll, Else: capped}}}
}

// apply takes the claims to what the provider answers for: its own part where it does not answer for the whole, and less what
// others have settled for where it does.
func (f *faulting) apply() {
	if len(f.p.Shape.Settled) > 0 {
		f.settle()
	}
	provider := f.parties[0]
	refs := f.refsOf(nil, law.Answers)
	f.stage("several", RuleSeveral, "", refs, func(c *claim) formula.Expr {
		part := formula.MulDiv{A: c.now, B: f.weight[provider.ID], C: f.whole, Rounding: f.p.Contract.RoundingOf(nil)}
		return formula.If{Cond: f.wholeOf(c), Then: c.now, Else: formula.Add{A: part, B: f.extra(provider, c.now, part)}}
	})
}

// wholeOf tests whether the provider answers for the whole of a claim.
func (f *faulting) wholeOf(c *claim) formula.Expr {
	whole := formula.Expr(formula.Or{Of: []formula.Expr{formula.Not{A: f.weighing.is("absolute")}, f.answersWhole(f.parties[0])}})
	if c.nonEconomic {
		whole = formula.If{Cond: f.nonEconomic.is("as-the-rest"), Then: whole, Else: formula.Or{Of: append([]formula.Expr{f.nonEconomic.is("joint")}, f.above(f.parties[0], &f.nonEconomic)...)}}
	}
	return whole
}

// settle takes settlements of others off what the provider answers for jointly. A credit falls on the claims in proportion to what they stand at, and what
// of it falls on a claim of which each bears its own part alone takes nothing off (Espinoza v. Machonga, 1992).
func (f *faulting) settle() {
	refs := f.refsOf(nil, law.Settles)
	add := func(name string, e formula.Expr, ja, en string) formula.Expr {
		return f.add(Column{Column: formula.Column{Name: name, Expr: e}, Unit: Amount, Role: Working, Rule: RuleSettlement, Refs: refs, Label: contracts.Text{JA: ja, EN: en}})
	}
	var now, credits []formula.Expr
	for _, c := range f.claims {
		now = append(now, c.now)
	}
	award := add("award", formula.Sum(now...), "和解控除前の賠償額", "award before settlements")
	for _, p := range f.parties[1:] {
		paid, s := formula.Expr(formula.Const{V: 0}), standing(p)
		if slices.Contains(f.p.Shape.Settled, p.ID) {
			paid = formula.Col{Name: "settled." + p.ID}
		}
		settled := formula.Or{Of: []formula.Expr{formula.Compare{Op: formula.More, A: paid, B: formula.Const{V: 0}}, s.is("released")}}
		share := formula.MulDiv{A: award, B: f.weight[p.ID], C: f.whole, Rounding: contracts.RoundDown}
		by := formula.If{Cond: f.settlement.is("proportionate"), Then: share, Else: formula.Max{A: paid, B: share}}
		credits = append(credits, add("settlement."+p.ID, formula.If{Cond: f.settlement.is("pro-tanto"), Then: paid, Else: formula.If{Cond: settled, Then: by, Else: formula.Const{V: 0}}},
			"和解による控除: "+p.Title.In("ja"), "credit for the settlement of "+p.Title.In("en")))
	}
	credit, i := formula.Min{A: formula.Sum(credits...), B: award}, -1
	f.stage("settlement", RuleSettlement, "", refs, func(c *claim) formula.Expr {
		i++
		part := share(now, i, credit, award)
		return formula.If{Cond: f.wholeOf(c), Then: formula.Max{A: formula.Sub{A: c.now, B: part}, B: formula.Const{V: 0}}, Else: c.now}
	})
}
