package sla

import (
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// losses takes each line from claimed to admitted.
func (k *compiler) losses() {
	noFault := k.refsOf(nil, law.Fault)
	var claimed, admitted, added []formula.Expr
	cuts := map[Reason][]formula.Expr{}
	for _, l := range k.p.lines {
		name := k.lineName(l)
		ja, en := k.lineLabel(l)
		k.admitParam(l.Head)
		asked := formula.Expr(formula.Col{Name: "claimed." + name})
		admit := formula.Param{Name: "admit." + l.Head}
		rest := k.reduce(l, asked, cuts)
		e := rest
		if found := k.found(l, name); found != nil {
			e = formula.If{Cond: eq(admit, admitAsFound), Then: formula.Min{A: rest, B: found}, Else: rest}
		}
		part := formula.MulDiv{A: rest, B: formula.Param{Name: "part." + l.Head, Part: formula.Num}, C: formula.Param{Name: "part." + l.Head, Part: formula.Den}, Rounding: k.p.Contract.RoundingOf(nil)}
		e = formula.If{Cond: k.p.Parameter(admit.Name).is(admitInPart), Then: part, Else: e}
		e = k.foreseeable(l.Head, formula.If{Cond: eq(admit, admitNo), Then: formula.Const{V: 0}, Else: e})
		var bars []formula.Expr
		if k.p.Shape.Dates {
			bars = append(bars, formula.Col{Name: "in_force"})
		}
		if k.p.Shape.Affected {
			bars = append(bars, formula.Col{Name: "affected." + k.events[l.Phase].ID})
		}
		counter := k.p.Incident.kind(l.Head).ByProvider
		if len(noFault) > 0 && !counter { // the law asks for fault of the provider
			bars = append(bars, k.gradeTest(contracts.Ordinary, l.Phase))
		}
		if len(bars) > 0 {
			e = formula.If{Cond: formula.And{Of: bars}, Then: e, Else: formula.Const{V: 0}}
		}
		refs := append(k.refsOf(nil, law.Scope), noFault...)
		k.after[l] = k.add(Column{Column: formula.Column{Name: "admitted." + name, Expr: e}, Unit: Amount, Role: Working, Rule: RuleAdmitted,
			Label: contracts.Text{JA: "認容額: " + ja, EN: "admitted: " + en}, Refs: refs})
		if counter {
			continue
		}
		claimed = append(claimed, asked)
		if slices.Contains(k.added, l.Head) {
			added = append(added, asked)
			continue
		}
		admitted = append(admitted, formula.Sub{A: k.after[l], B: rest})
	}
	k.add(Column{Column: formula.Column{Name: "claimed", Expr: formula.Sum(claimed...)}, Unit: Amount, Role: Working, Rule: RuleClaimed,
		Label: contracts.Text{JA: "請求額合計", EN: "claimed in all"}})
	base := formula.Expr(formula.Col{Name: "claimed"})
	if len(added) > 0 {
		base = formula.Sub{A: base, B: formula.Sum(added...)}
	}
	k.posting("claimed", RuleClaimed, nil, base)
	for _, r := range k.p.Shape.Less {
		if r != Saved {
			k.posting(r.String(), reasonRules[r], k.refsOf(nil, law.Scope), formula.Sum(cuts[r]...))
		}
	}
	k.posting("admitted", RuleAdmitted, k.refsOf(nil, law.Scope), formula.Sum(admitted...))
	if slices.Contains(k.p.Shape.Less, Saved) {
		for _, l := range k.p.lines {
			ja, en := k.lineLabel(l)
			k.after[l] = k.add(Column{Column: formula.Column{Name: "after.saved." + k.lineName(l), Expr: k.takeOff(l, Saved, k.after[l], cuts)}, Unit: Amount, Role: Working, Rule: RuleSaved,
				Label: contracts.Text{JA: "損益相殺後: " + ja, EN: "after benefits set off: " + en}, Refs: k.refsOf(nil, law.Scope)})
		}
		k.posting(Saved.String(), RuleSaved, k.refsOf(nil, law.Scope), formula.Sum(cuts[Saved]...))
	}
	k.add(Column{Column: formula.Column{Name: "admitted", Expr: formula.Sum(k.values(k.p.lines)...)}, Unit: Amount, Role: Working, Rule: RuleAdmitted,
		Label: contracts.Text{JA: "認容額合計", EN: "admitted in all"}})
}

// found is what was found of a line: worked out, or as the list records it; nil where nothing is found apart from reasons.
func (k *compiler) found(l Line, name string) formula.Expr {
	if m := k.margin(l); m != nil {
		return m
	}
	if k.p.Shape.Found {
		return formula.Col{Name: "found." + name}
	}
	return nil
}

// How a head may be admitted: the values of the parameter admit.HEAD.
const (
	admitInFull int64 = iota
	admitNo
	admitAsFound
)

// admitInPart is the option of admit.HEAD under which the parameter part.HEAD says how much of what is claimed is admitted.
const admitInPart = "in-part"

func (k *compiler) admitParam(head string) {
	title := titleOf(k.p.Incident.Heads, head)
	p := Parameter{
		Name: "admit." + head, Kind: Choice, From: Assumed, Default: plain(admitInFull),
		Label: contracts.Text{JA: "損害の認定: " + title.In("ja"), EN: "loss admitted: " + title.In("en")},
		Options: []Option{
			{"in-full", contracts.Text{JA: "請求どおり", EN: "as claimed"}},
			{"no", contracts.Text{JA: "認めない", EN: "not admitted"}},
		},
		Why:  contracts.Text{JA: "認定がないため、請求どおり認めるものとした", EN: "no finding: admitted as claimed"},
		Refs: k.refsOf(nil, law.Scope),
	}
	if k.p.Shape.Found || len(k.p.Shape.Less) > 0 || k.p.Incident.kind(head).Margin != nil {
		p.Options = append(p.Options, Option{"as-found", contracts.Text{JA: "認定額による", EN: "as found"}})
		p.Default, p.From = plain(admitAsFound), FromIncident
		p.Why = contracts.Text{JA: "一覧に記録された認定額による", EN: "the amounts found, as the list records them"}
	}
	p.Options = append(p.Options, Option{admitInPart, contracts.Text{JA: "請求の一部", EN: "a part of what is claimed"}})
	k.param(p)
	k.param(Parameter{Name: "part." + head, Kind: Fraction, From: Assumed, Default: &formula.Number{Num: 1, Den: 1}, Refs: p.Refs,
		Of:    &Dependence{Parameter: p.Name, Options: []string{admitInPart}, Implied: true},
		Label: contracts.Text{JA: "認定する割合: " + title.In("ja"), EN: "part admitted: " + title.In("en")},
		Why:   contracts.Text{JA: "割合の認定がない", EN: "no part is found"}})
}

// values are the present amounts of lines that are not added after the offset.
func (k *compiler) values(lines []Line) []formula.Expr {
	var out []formula.Expr
	for _, l := range lines {
		if !slices.Contains(k.added, l.Head) {
			out = append(out, k.after[l])
		}
	}
	return out
}

// posting adds a column that says what a rule did to the sum.
func (k *compiler) posting(name string, rule Rule, refs []contracts.Ref, e formula.Expr) {
	label := rule.Label()
	clause := ""
	if cl := k.p.Contract.Clause(name); cl != nil {
		clause = name
		ref := contracts.ProvisionOf(cl).Ref.String()
		label = contracts.Text{JA: label.JA + "（" + ref + "）", EN: label.EN + " (" + ref + ")"}
	}
	k.add(Column{Column: formula.Column{Name: "post." + name, Expr: e}, Label: contracts.Text{JA: "増減: " + label.JA, EN: "posting: " + label.EN},
		Unit: Amount, Role: Posting, Rule: rule, Clause: clause, Refs: refs})
}

// exclusions applies the clauses that look at single lines, in the order of the rules.
func (k *compiler) exclusions() {
	for _, cl := range k.p.Contract.Clauses {
		if x, ok := cl.(*contracts.LossExclusion); ok {
			k.exclude(cl, RuleExcluded, func(l Line) bool { return slices.Contains(x.Heads, l.Head) })
		}
	}
	for _, cl := range k.p.Contract.Clauses {
		if x, ok := cl.(*contracts.Exemption); ok {
			k.exclude(cl, RuleExempt, func(l Line) bool { return len(x.Heads) == 0 || slices.Contains(x.Heads, l.Head) })
		}
	}
	for _, cl := range k.p.Contract.Clauses {
		if _, ok := cl.(*contracts.SoleRemedy); ok {
			k.exclude(cl, RuleSoleRemedy, func(Line) bool { return true })
		}
	}
}

// exclude takes lines to nothing where the clause stands.
func (k *compiler) exclude(cl contracts.Clause, rule Rule, covers func(Line) bool) {
	p := contracts.ProvisionOf(cl)
	refs := k.refsOf(p, law.Nothing)
	var delta []formula.Expr
	for _, l := range k.p.lines {
		stands := k.stands(cl, l.Phase)
		if stands == nil || !covers(l) || k.p.Incident.kind(l.Head).ByProvider {
			continue
		}
		before := k.after[l]
		ja, en := k.lineLabel(l)
		k.after[l] = k.add(Column{
			Column: formula.Column{Name: "after." + p.ID + "." + k.lineName(l), Expr: formula.If{Cond: stands, Then: formula.Const{V: 0}, Else: before}},
			Label:  contracts.Text{JA: rule.Label().JA + "後: " + ja, EN: "after " + rule.Label().EN + ": " + en},
			Unit:   Amount, Role: Working, Rule: rule, Clause: p.ID, Refs: refs,
		})
		if !slices.Contains(k.added, l.Head) {
			delta = append(delta, formula.Sub{A: k.after[l], B: before})
		}
	}
	k.posting(p.ID, rule, refs, formula.Sum(delta...))
}
