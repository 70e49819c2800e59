package sla

import (
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// foreseeable asks of special loss whether it should have been foreseen. Nobody but a court can say: without a finding both readings are computed.
func (k *compiler) foreseeable(head string, e formula.Expr) formula.Expr {
	if !k.p.Incident.kind(head).Special {
		return e
	}
	title := titleOf(k.p.Incident.Heads, head)
	p := Parameter{Name: "foreseeable." + head, Kind: Choice, From: Open, Refs: k.refsOf(nil, law.Scope),
		Label:   contracts.Text{JA: "特別損害の予見可能性: " + title.In("ja"), EN: "special loss that should have been foreseen: " + title.In("en")},
		Options: options("foreseeable", "予見すべきであった", "it should have been", "not-foreseeable", "予見すべきであったとはいえない", "it need not have been"),
		Why:     contracts.Text{JA: "特別損害は予見すべきであったときに限り賠償の範囲に入り、その認定がない", EN: "special loss is recoverable only if it should have been foreseen, and nobody has found that"}}
	k.param(p)
	return formula.If{Cond: p.is("not-foreseeable"), Then: formula.Const{V: 0}, Else: e}
}

// reduce takes what the record gives reasons for off what a line claims, and returns what is left.
func (k *compiler) reduce(l Line, asked formula.Expr, cuts map[Reason][]formula.Expr) formula.Expr {
	rest := asked
	for _, r := range k.p.Shape.Less {
		if r != Saved {
			rest = k.takeOff(l, r, rest, cuts)
		}
	}
	return rest
}

// takeOff takes one reason off, no more than there is.
func (k *compiler) takeOff(l Line, r Reason, from formula.Expr, cuts map[Reason][]formula.Expr) formula.Expr {
	name := k.lineName(l)
	ja, en := k.lineLabel(l)
	rule := reasonRules[r]
	admit := formula.Param{Name: "admit." + l.Head}
	off := formula.Expr(formula.Min{A: formula.Col{Name: r.String() + "." + name}, B: from})
	if r != Saved { // what was spared is taken off whatever was admitted
		off = formula.If{Cond: eq(admit, admitAsFound), Then: off, Else: formula.Const{V: 0}}
	}
	off = k.add(Column{Column: formula.Column{Name: "less." + r.String() + "." + name, Expr: off},
		Unit: Amount, Role: Working, Rule: rule, Refs: k.refsOf(nil, law.Scope), Label: contracts.Text{JA: rule.Label().JA + ": " + ja, EN: rule.Label().EN + ": " + en}})
	if !slices.Contains(k.added, l.Head) {
		cuts[r] = append(cuts[r], formula.Sub{A: formula.Const{V: 0}, B: off})
	}
	return formula.Sub{A: from, B: off}
}

// margin works a loss out as gross margin on lost sales, step by step, and returns it; nil for a head whose loss is on record.
func (k *compiler) margin(l Line) formula.Expr {
	m := k.p.Incident.kind(l.Head).Margin
	if m == nil {
		return nil
	}
	at := contracts.Pos{}
	rounding := k.p.Contract.RoundingOf(nil)
	add := func(step string, e formula.Expr, ja, en string) formula.Expr {
		return k.add(Column{Column: formula.Column{Name: step + "." + k.lineName(l), Expr: e}, Unit: Amount, Role: Working, Rule: RuleAdmitted, Refs: k.refsOf(nil, law.Scope), Label: contracts.Text{JA: ja, EN: en}})
	}
	sum := func(names []string) formula.Expr {
		var of []formula.Expr
		for _, n := range names {
			of = append(of, k.fee(at, n))
		}
		return formula.Sum(of...)
	}
	ratio := func(name, ja, en string, r contracts.Ratio) (num, den formula.Expr) {
		name += "." + l.Head
		k.param(Parameter{Name: name, Kind: Fraction, Default: &formula.Number{Num: r.Num(), Den: r.Den()}, From: FromIncident, Label: contracts.Text{JA: ja, EN: en}, Refs: k.refsOf(nil, law.Scope),
			Why: contracts.Text{JA: "記録による", EN: "as recorded"}})
		return formula.Param{Name: name, Part: formula.Num}, formula.Param{Name: name, Part: formula.Den}
	}
	years := formula.Const{V: int64(len(m.Sales))}
	part := func(a, b, c formula.Expr) formula.Expr {
		return formula.MulDiv{A: a, B: b, C: c, Rounding: rounding}
	}
	pn, pd := ratio("lost_period", "売上げを失った期間（年に対する割合）", "period of lost sales, as a part of a year", m.Period)
	qn, qd := ratio("lost_part", "影響を受けた売上げの割合", "part of the sales concerned", m.Part)
	all := add("sales", sum(m.Sales), "売上高の合計", "sales of all years")
	sales := add("average_sales", part(all, one, years), "平均売上高", "average sales of a year")
	cost := add("average_cost", part(add("cost", sum(m.Cost), "売上原価の合計", "cost of sales of all years"), one, years), "平均売上原価", "average cost of sales")
	gross := add("average_margin", formula.Sub{A: sales, B: cost}, "平均粗利益", "average gross margin")
	lost := add("lost_sales", part(all, product(pn, qn), product(product(pd, qd), years)), "失った売上高", "sales lost")
	without := add("sales_without", formula.Sub{A: sales, B: lost}, "失った分を除いた売上高", "sales without those lost")
	saved := add("cost_saved", part(cost, formula.Sub{A: sales, B: without}, formula.Max{A: sales, B: one}), "支出を免れた原価", "cost saved")
	left := add("cost_left", formula.Sub{A: cost, B: saved}, "残る売上原価", "cost left")
	rest := add("margin_left", formula.Sub{A: without, B: left}, "残る粗利益", "margin left")
	return add("profit_lost", formula.Max{A: formula.Sub{A: gross, B: rest}, B: zero}, "逸失利益（平均粗利益−残る粗利益）", "lost profit: the average margin less the margin left")
}

// counterclaim nets what the provider claims from the customer: admitted as any loss, under none of the clauses that limit the provider's own
// liability, less the provider's own share of fault in it.
func (k *compiler) counterclaim() formula.Expr {
	var lines []formula.Expr
	for _, l := range k.p.lines {
		if k.p.Incident.kind(l.Head).ByProvider {
			lines = append(lines, k.after[l])
		}
	}
	if len(lines) == 0 {
		return nil
	}
	net := Parameter{Name: "counterclaims", Kind: Choice, Default: plain(0), From: Assumed, Label: contracts.Text{JA: "反対請求の扱い", EN: "claims of the provider against the customer"},
		Options: options("netted", "対当額で差し引く", "netted", "apart", "別に請求する", "claimed apart"), Why: contracts.Text{JA: "認定がないため、対当額で差し引くものとした（相殺には意思表示を要する）", EN: "no finding: they are netted (a set-off must be declared)"}}
	k.param(net)
	k.param(Parameter{Name: "counter_fault", Kind: Fraction, Default: plain(0), From: Assumed, Label: contracts.Text{JA: "反対請求における事業者側の過失割合", EN: "provider's own share of fault in its claims"},
		Why: contracts.Text{JA: "認定がないため、なしとした", EN: "no finding: none is taken"}, Refs: k.refsOf(nil, law.OwnFault)})
	num, den := formula.Param{Name: "counter_fault", Part: formula.Num}, formula.Param{Name: "counter_fault", Part: formula.Den}
	sum := k.add(Column{Column: formula.Column{Name: "counterclaimed", Expr: formula.Sum(lines...)}, Unit: Amount, Role: Working, Rule: RuleCounterclaim, Label: contracts.Text{JA: "認容された反対請求", EN: "counterclaims admitted"}})
	kept := k.add(Column{Column: formula.Column{Name: "counterclaim", Expr: formula.MulDiv{A: sum, B: formula.Sub{A: den, B: num}, C: den, Rounding: k.p.Contract.RoundingOf(nil)}}, Unit: Amount, Role: Working, Rule: RuleCounterclaim,
		Label: contracts.Text{JA: "過失相殺後の反対請求", EN: "counterclaims after the provider's own fault"}, Refs: k.refsOf(nil, law.OwnFault)})
	k.posting("counterclaim", RuleCounterclaim, nil, formula.If{Cond: net.is("netted"), Then: formula.Sub{A: formula.Const{V: 0}, B: kept}, Else: formula.Const{V: 0}})
	return formula.Col{Name: "post.counterclaim"}
}
