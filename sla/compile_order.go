package sla

import (
	"fmt"
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// order joins the lines into claims and takes them through own fault, set-off
// and caps, in the contract's order.
func (k *compiler) order() {
	k.ownShare()
	k.join()
	order := k.p.Contract.Order
	if len(order) == 0 {
		order = contracts.DefaultOrder()
		if k.hasCap() && k.ownNum != nil {
			k.assume("order", "過失相殺を責任限度額より先に行う（約款に定めがない）", "own fault is taken before the caps (the terms are silent)")
		}
	}
	for _, s := range order {
		switch s {
		case contracts.StageOwnFault:
			k.ownFault()
		case contracts.StageSetOff:
			k.setOff()
		case contracts.StageCap:
			for per := contracts.PerClaim; per <= contracts.PerIncident; per++ {
				for _, cl := range k.p.Contract.Clauses {
					if c, ok := cl.(*contracts.Cap); ok && c.Per == per {
						k.cap(c)
					}
				}
			}
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
	column := func(name string, e formula.Expr, ja, en string) formula.Expr {
		return k.add(Column{Column: formula.Column{Name: name, Expr: e}, Label: contracts.Text{JA: ja, EN: en},
			Unit: Number, Role: Test, Rule: RuleOwnFault, Refs: refs})
	}
	k.ownNum = column("own.num", num, "適用する過失割合（分子）", "own share applied, numerator")
	k.ownDen = column("own.den", den, "適用する過失割合（分母）", "own share applied, denominator")
}

// join sums the lines, for each event where a cap counts per claim.
func (k *compiler) join() {
	perClaim := slices.ContainsFunc(k.p.Contract.Clauses, func(cl contracts.Clause) bool {
		c, ok := cl.(*contracts.Cap)
		return ok && c.Per == contracts.PerClaim
	})
	groups := map[string][]Line{}
	var ids []string
	for _, l := range k.p.lines {
		id := ""
		if perClaim {
			id = k.events[l.Phase].ID
		}
		if _, seen := groups[id]; !seen {
			ids = append(ids, id)
		}
		groups[id] = append(groups[id], l)
	}
	if o := k.ownClause(); o != nil && o.PerHead && k.ownNum != nil {
		k.ownFaultPerHead(o)
	}
	for _, id := range ids {
		suffix, label := "", contracts.Text{JA: "損害額", EN: "damages"}
		if len(ids) > 1 {
			suffix = "#" + id
			label = contracts.Text{JA: label.JA + " [" + id + "]", EN: label.EN + " [" + id + "]"}
		}
		now := k.add(Column{Column: formula.Column{Name: "damages" + suffix, Expr: formula.Sum(k.values(groups[id])...)},
			Label: label, Unit: Amount, Role: Working})
		k.claims = append(k.claims, claim{suffix: suffix, lines: groups[id], now: now})
	}
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
	k.stage("own-fault", RuleOwnFault, "", k.refsOf(p, law.OwnFault), func(c *claim) formula.Expr {
		c.reduced = true
		spared := k.spared(c.lines)
		if len(spared) == 0 {
			return k.kept(c.now, p)
		}
		outside := k.add(Column{Column: formula.Column{Name: "spared" + c.suffix, Expr: formula.Min{A: formula.Sum(k.values(spared)...), B: c.now}}, Unit: Amount, Role: Working, Rule: RuleOwnFault,
			Label: contracts.Text{JA: "過失相殺の対象外の損害", EN: "losses that own fault does not concern"}})
		return formula.Add{A: outside, B: k.kept(formula.Sub{A: c.now, B: outside}, p)}
	})
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
	reduced := true
	for _, c := range k.claims {
		now, lines = append(now, c.now), append(lines, c.lines...)
		reduced = reduced && c.reduced
	}
	col := k.add(Column{Column: formula.Column{Name: "damages.all", Expr: formula.Sum(now...)}, Unit: Amount, Role: Working,
		Label: contracts.Text{JA: "損害額（全事象）", EN: "damages, all events"}})
	k.claims = []claim{{lines: lines, now: col, reduced: reduced}}
}

// cap limits the claims. What arose in phases in which the cap does not stand stays outside it.
func (k *compiler) cap(c *contracts.Cap) {
	if len(k.p.lines) == 0 {
		return
	}
	if c.Per != contracts.PerClaim {
		k.collapse()
	}
	refs := k.refsOf(&c.Provision, law.Nothing)
	limit := k.capAmount(c)
	if k.p.Shape.Dates && c.Base != contracts.FixedSum { // fees of one who is no customer widen no shared limit
		limit = formula.If{Cond: formula.Col{Name: "in_force"}, Then: limit, Else: formula.Const{V: 0}}
	}
	amount := k.add(Column{Column: formula.Column{Name: "cap." + c.ID, Expr: limit}, Unit: Amount, Role: Working, Rule: RuleCap, Clause: c.ID,
		Label: contracts.Text{JA: "責任限度額（" + c.Ref.String() + "）", EN: "limit (" + c.Ref.String() + ")"}, Refs: refs})
	if c.CreditsInside && k.credit != nil && c.Per < contracts.PerCustomer {
		amount = formula.Max{A: formula.Sub{A: amount, B: k.credit}, B: formula.Const{V: 0}}
	} else if !c.CreditsInside && k.credit != nil {
		k.assume("credits."+c.ID, "利用料金の減額・返金は責任限度額に含めない（約款に定めがない）", "credits do not count against the cap (the terms are silent)")
	}
	rule := RuleCap
	if c.Per >= contracts.PerCustomer {
		rule = RulePool
	}
	k.stage(c.ID, rule, c.ID, refs, func(cl *claim) formula.Expr {
		free, everywhere := k.uncapped(c, cl)
		inside := cl.now
		if free != nil {
			inside = k.add(Column{Column: formula.Column{Name: "base." + c.ID + cl.suffix, Expr: formula.Sub{A: cl.now, B: free}}, Unit: Amount, Role: Working, Rule: rule, Clause: c.ID,
				Label: contracts.Text{JA: "限度額の対象（" + c.Ref.String() + "）", EN: "subject to the limit (" + c.Ref.String() + ")"}, Refs: refs})
		}
		limited := formula.Expr(formula.Min{A: inside, B: amount})
		if c.Per >= contracts.PerCustomer {
			limited = k.pooled(c, inside, amount, refs)
		}
		switch {
		case everywhere != nil:
			return formula.If{Cond: everywhere, Then: limited, Else: cl.now}
		case free != nil:
			return formula.Add{A: free, B: limited}
		}
		return limited
	})
}

// uncapped says what part of a claim the cap leaves alone. With one phase it is all
// or nothing, and the test itself is returned.
func (k *compiler) uncapped(c *contracts.Cap, cl *claim) (free, test formula.Expr) {
	var phases []string
	for _, l := range cl.lines {
		if !slices.Contains(phases, l.Phase) {
			phases = append(phases, l.Phase)
		}
	}
	if len(phases) == 1 && c.Per < contracts.PerCustomer {
		return nil, k.stands(c, phases[0])
	}
	spared := k.spared(cl.lines)
	var reduced, whole []formula.Expr // what own fault has taken a part of, and what it has not
	for _, ph := range phases {
		var lines []Line
		for _, l := range cl.lines {
			if l.Phase == ph {
				lines = append(lines, l)
			}
		}
		part := formula.If{Cond: k.stands(c, ph), Then: formula.Const{V: 0}, Else: formula.Sum(k.values(lines)...)}
		if cl.reduced && !slices.Contains(spared, lines[0]) {
			reduced = append(reduced, part)
		} else {
			whole = append(whole, part)
		}
	}
	outside := formula.Sum(whole...)
	if len(reduced) > 0 {
		outside = formula.Add{A: outside, B: k.kept(formula.Sum(reduced...), k.ownProvision())}
	}
	free = k.add(Column{Column: formula.Column{Name: "free." + c.ID + cl.suffix, Expr: formula.Min{A: outside, B: cl.now}}, Unit: Amount, Role: Working, Rule: RuleCap, Clause: c.ID,
		Label: contracts.Text{JA: "限度額の対象外（" + c.Ref.String() + "）", EN: "outside the limit (" + c.Ref.String() + ")"}, Refs: []contracts.Ref{c.Ref}})
	return free, nil
}

func (k *compiler) ownProvision() *contracts.Provision {
	if o := k.ownClause(); o != nil {
		return &o.Provision
	}
	return nil
}

// capAmount is the limit for one row.
func (k *compiler) capAmount(c *contracts.Cap) formula.Expr {
	ref := c.Ref.String()
	if c.Base == contracts.FixedSum {
		name := "cap." + c.ID
		k.param(Parameter{Name: name, Kind: Money, Default: plain(int64(c.Fixed)), From: FromContract, Refs: []contracts.Ref{c.Ref},
			Label: contracts.Text{JA: "責任限度額: " + ref, EN: "limit under " + ref}, Why: contracts.Text{JA: "条項による", EN: "as the clause says"}})
		return formula.Param{Name: name}
	}
	name := "times." + c.ID
	n := formula.Number{Num: c.Times.Num(), Den: c.Times.Den()}
	base, ja, en := "fees_paid", "支払済み料金総額の倍数", "times the fees paid to date"
	if c.Base == contracts.MonthlyFee {
		base, ja, en = "monthly_fee", "月額料金の月数", "months of the monthly fee"
	}
	k.param(Parameter{Name: name, Kind: Times, Default: &n, From: FromContract, Refs: []contracts.Ref{c.Ref},
		Label: contracts.Text{JA: ja + ": " + ref, EN: en + ": " + ref}, Why: contracts.Text{JA: "条項による", EN: "as the clause says"}})
	return formula.MulDiv{A: formula.Col{Name: base}, B: formula.Param{Name: name, Part: formula.Num}, C: formula.Param{Name: name, Part: formula.Den},
		Rounding: k.p.Contract.RoundingOf(&c.Provision)}
}

// pooled shares a limit among the rows of the pool by cumulative rounding in
// id order, ⌊Sᵢ·C/T⌋ − ⌊Sᵢ₋₁·C/T⌋: the shares sum to the limit exactly, each
// within a unit of pro rata. Where the clause shares by what was claimed or
// admitted, no row gets more than it would be owed without the pool.
func (k *compiler) pooled(c *contracts.Cap, inside, amount formula.Expr, refs []contracts.Ref) formula.Expr {
	scope := formula.PerIncident
	if c.Per == contracts.PerCustomer {
		scope = formula.PerCustomer
	}
	column := func(name string, e formula.Expr, ja, en string) formula.Expr {
		return k.add(Column{Column: formula.Column{Name: name + "." + c.ID, Expr: e}, Unit: Amount, Role: Working, Rule: RulePool, Clause: c.ID,
			Label: contracts.Text{JA: ja + "（" + c.Ref.String() + "）", EN: en + " (" + c.Ref.String() + ")"}, Refs: refs})
	}
	base := inside.(formula.Col).Name
	total := column("total", formula.PoolTotal{Of: base, Scope: scope}, "対象の合計", "total subject to the limit")
	limit := amount
	if c.Base != contracts.FixedSum {
		limit = formula.PoolTotal{Of: "cap." + c.ID, Scope: scope}
	}
	if c.CreditsInside && k.credit != nil {
		used := formula.PoolTotal{Of: "credits", Scope: scope}
		limit = formula.Max{A: formula.Sub{A: limit, B: used}, B: formula.Const{V: 0}}
	}
	limit = column("limit", limit, "共通の限度額", "shared limit")
	weight, whole, given := base, total, limit
	switch c.Share {
	case contracts.ByClaimed:
		weight = "claimed"
	case contracts.ByAdmitted:
		weight = "admitted"
	}
	if weight != base {
		whole = column("weights", formula.PoolTotal{Of: weight, Scope: scope}, "按分の基礎の合計", "total of the base of sharing")
		given = formula.Min{A: limit, B: total}
	}
	running := column("running", formula.PoolRunning{Of: weight, Scope: scope}, "按分の基礎の累計", "running sum of the base of sharing")
	part := func(upto formula.Expr) formula.Expr {
		return formula.MulDiv{A: upto, B: given, C: formula.Max{A: whole, B: formula.Const{V: 1}}, Rounding: contracts.RoundDown}
	}
	share := formula.Expr(formula.Sub{A: part(running), B: part(formula.Sub{A: running, B: formula.Col{Name: weight}})})
	if weight != base {
		share = formula.Min{A: inside, B: share}
	}
	return formula.If{Cond: formula.Compare{Op: formula.More, A: total, B: limit}, Then: share, Else: inside}
}

// finish adds what comes after the stages and the payable.
func (k *compiler) finish() {
	k.collapse()
	var of []formula.Expr
	if len(k.claims) > 0 {
		of = append(of, k.claims[0].now)
	}
	if k.credit != nil {
		of = append(of, k.credit)
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
	k.alreadyPaid()
	of = append(of, formula.Col{Name: "post.already-paid"})
	k.add(Column{Column: formula.Column{Name: "payable", Expr: formula.Sum(of...)}, Label: RulePayable.Label(), Unit: Amount, Role: Result, Rule: RulePayable})
	if len(k.p.Columns) > 2000 {
		k.problems = append(k.problems, contracts.Problem{Code: "E_LIMIT_COLUMNS", Outcome: contracts.Limit,
			Message: fmt.Sprintf("the program has %d columns; the limit is 2000", len(k.p.Columns)), Hint: "join heads or phases"})
	}
}

// alreadyPaid takes off earlier payments. That a debt once paid is not owed again needs no clause; one
// that says so is cited.
func (k *compiler) alreadyPaid() {
	paid := formula.Expr(formula.Sub{A: formula.Const{V: 0}, B: formula.Col{Name: "paid"}})
	var refs []contracts.Ref
	for _, cl := range k.p.Contract.Clauses {
		if a, ok := cl.(*contracts.AlreadyPaid); ok {
			refs = append(refs, a.Ref)
			paid = formula.If{Cond: k.stands(a, ""), Then: paid, Else: formula.Const{V: 0}}
		}
	}
	k.posting("already-paid", RulePaid, refs, paid)
}
