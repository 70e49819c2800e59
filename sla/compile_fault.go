package sla

import (
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// faulting works out, for each row, how far each of several at fault answers towards the customer (共同不法行為). It is there when a
// party beside the provider answers to the customers itself. The shares of those who do not are the provider's: it answers for whom it uses.
type faulting struct {
	*compiler
	parties []Party                 // the provider, then the others who answer, by id
	weight  map[string]formula.Expr // of a party among these
	weights []formula.Expr          // of the parties, in their order
	whole   formula.Expr            // the sum of the weights
	lost    formula.Expr            // the weights of those who cannot pay
	held    formula.Expr            // the weights of those who are left, at least 1

	weighing, liability, nonEconomic, settlement, uncollectible, among Parameter
}

// Names of the columns of several at fault.
const (
	FaultTotal   = "fault.total" // what the customer may recover in all from those at fault
	FaultAnswers = "answers."    // what a party answers for towards the customer
)

// several is set up where more than the provider answers towards the customers; else it is nil.
func (k *compiler) newFaulting() *faulting {
	in := k.p.Incident
	if len(in.Parties) < 2 || len(k.p.lines) == 0 {
		return nil
	}
	f := &faulting{compiler: k, weight: map[string]formula.Expr{}}
	provider := formula.Expr(formula.Param{Name: "share." + in.Parties[0].ID})
	for _, p := range byID(in.Parties[1:]) {
		w := formula.Param{Name: "share." + p.ID}
		if !p.Answers {
			provider = formula.Add{A: provider, B: w}
			continue
		}
		f.weight[p.ID] = w
		f.parties = append(f.parties, p)
	}
	if len(f.parties) == 0 {
		return nil
	}
	f.parties = slices.Insert(f.parties, 0, in.Parties[0])
	f.weight[f.parties[0].ID] = provider
	for _, p := range f.parties {
		f.weights = append(f.weights, f.weight[p.ID])
	}
	f.whole = f.compiler.add(Column{Column: formula.Column{Name: "fault.weights", Expr: formula.Max{A: formula.Sum(f.weights...), B: formula.Const{V: 1}}}, Unit: Quantity, Role: Test, Rule: RuleSeveral,
		Label: contracts.Text{JA: "割合の合計", EN: "sum of the weights"}})
	k.allNum, k.allDen = formula.Const{V: 0}, formula.Const{V: 1}
	f.params()
	return f
}

func byID(list []Party) []Party {
	out := slices.Clone(list)
	slices.SortFunc(out, func(a, b Party) int { return strings.Compare(a.ID, b.ID) })
	return out
}

func options(list ...string) []Option {
	var out []Option
	for i := 0; i < len(list); i += 3 {
		out = append(out, Option{list[i], contracts.Text{JA: list[i+1], EN: list[i+2]}})
	}
	return out
}

// params adds what the law, or else an assumption, says of several at fault.
func (f *faulting) params() {
	day, entries := f.p.Incident.day(), f.p.law
	add := func(c lawChoice) Parameter {
		p := lawChoiceParam(c, entries, day)
		f.param(p)
		return p
	}
	f.weighing = add(lawChoice{Parameter: Parameter{Name: "weighing", Label: contracts.Text{JA: "過失相殺の方法", EN: "how the customer's fault is weighed against several"},
		Options: options("absolute", "絶対的過失相殺（全員の割合による）", "all together (absolute)", "relative", "相対的過失相殺（当事者ごと）", "one by one (relative)",
			"single-and-total", "個別と全体の併用", "one by one, and all together")},
		founds: law.Weighs, of: func(e law.Entry) string { return string(e.Weighing) }, silent: "absolute",
		why: contracts.Text{JA: "法令に定めがないため、全員の割合により相殺する", EN: "the law is silent: all are weighed together"}})
	f.liability = add(lawChoice{Parameter: Parameter{Name: "liability", Label: contracts.Text{JA: "顧客に対する責任の形", EN: "how several answer towards the customer"},
		Options: options("joint", "連帯責任", "each for the whole (joint and several)", "several", "分割責任", "each for its own part (several)",
			"joint-from", "割合が一定以上の者は連帯責任", "for the whole from a share on", "joint-above", "割合が一定を超える者は連帯責任", "for the whole above a share")},
		founds: law.Answers, of: answering, silent: "joint",
		why: contracts.Text{JA: "法令に定めがないため、各自が全部の責任を負うものとした", EN: "the law is silent: each is taken to answer for the whole"}})
	f.param(f.threshold(entries, day))
	f.uncollectible = add(lawChoice{Parameter: Parameter{Name: "uncollectible", Of: &Dependence{Parameter: "liability", Options: []string{"several", "joint-from", "joint-above"}}, Label: contracts.Text{JA: "回収できない負担部分（分割責任の場合）", EN: "parts that cannot be collected, where each answers for its own"},
		Options: options("claimant", "顧客が負う", "stay with the customer", "others", "他の責任者が割合に応じて負う", "fall to the others at fault by their shares",
			"all", "顧客を含む全員が割合に応じて負う", "fall to all by their shares, the customer included", "others-capped", "他の責任者が自己の部分の一定割合まで負う", "fall to the others up to a part of their own")},
		founds: law.Reallocates, of: reallocating, silent: "claimant",
		why: contracts.Text{JA: "法令に定めがないため、顧客が負うものとした", EN: "the law is silent: they stay with the customer"}})
	f.param(f.upTo(entries, day))
	f.among = f.proportion(entries, day)
	f.param(f.among)
	if slices.ContainsFunc(f.p.lines, func(l Line) bool { return f.p.Incident.nonEconomic(l.Head) }) {
		f.nonEconomic = add(lawChoice{Parameter: Parameter{Name: "liability.non-economic", Label: contracts.Text{JA: "非財産的損害に対する責任の形", EN: "how several answer for loss that is not of money"},
			Options: options("as-the-rest", "財産的損害と同じ", "as for the rest", "joint", "連帯責任", "each for the whole", "several", "分割責任", "each for its own part",
				"joint-from", "割合が一定以上の者は連帯責任", "for the whole from a share on", "joint-above", "割合が一定を超える者は連帯責任", "for the whole above a share")},
			founds: law.Answers, of: nonEconomic, silent: "as-the-rest", why: contracts.Text{JA: "法令に別段の定めがない", EN: "the law knows no other rule for it"}})
	}
	if len(f.p.Shape.Settled) > 0 {
		f.settlement = add(lawChoice{Parameter: Parameter{Name: "settlement", Label: contracts.Text{JA: "他の責任者との和解の効果", EN: "what a settlement of another takes off"},
			Options: options("pro-tanto", "和解金の額", "the amount paid", "proportionate", "和解した者の負担部分", "the share of the one who settled", "greater-of", "いずれか多い額", "the greater of the two")},
			founds: law.Settles, of: func(e law.Entry) string { return string(e.Settlement) }, silent: "pro-tanto",
			why: contracts.Text{JA: "法令に定めがないため、和解金の額だけ減じる", EN: "the law is silent: the amount paid is taken off"}})
	}
	for _, p := range f.parties {
		f.param(extent(p))
	}
	for _, p := range f.parties[1:] {
		f.param(standing(p))
	}
}

// extent says whether a party answers otherwise than the rule has it, as one that acted knowingly often does for the whole (15 U.S.C. 78u-4(f)(2)(A)).
func extent(p Party) Parameter {
	return Parameter{Name: "extent." + p.ID, Kind: Choice, Default: plain(0), From: FromIncident,
		Label: contracts.Text{JA: "責任の範囲: " + p.Title.In("ja"), EN: "extent of its liability: " + p.Title.In("en")},
		Why:   contracts.Text{JA: "原則による", EN: "as the rule has it"},
		Options: options("as-the-rule", "原則どおり", "as the rule has it", "whole", "全部について責任を負う（故意など）", "for the whole, such as for intent",
			"own-part", "自己の部分に限る", "for its own part only")}
}

// standing says whether what falls on a party can be had from it.
func standing(p Party) Parameter {
	return Parameter{Name: "standing." + p.ID, Kind: Choice, Default: plain(0), From: FromIncident,
		Label: contracts.Text{JA: "責任を問えるか: " + p.Title.In("ja"), EN: "can be held to its part: " + p.Title.In("en")},
		Why:   contracts.Text{JA: "妨げる事情の記録がない", EN: "nothing on record speaks against it"},
		Options: options("answers", "問える", "yes", "uncollectible", "無資力で回収できない", "no: it cannot pay",
			"immune", "法律上責任を負わない", "no: the law or a contract frees it", "released", "和解・免除により離脱", "no: it has settled or was released")}
}

func answering(e law.Entry) string {
	switch {
	case e.Liability == nil:
		return ""
	case e.Liability.Of == law.Partly && e.Liability.Above:
		return "joint-above"
	}
	return string(e.Liability.Of)
}

func nonEconomic(e law.Entry) string {
	if e.Liability == nil || e.Liability.NonEconomic == "" {
		return ""
	}
	if e.Liability.NonEconomic == law.Partly && e.Liability.Above {
		return "joint-above"
	}
	return string(e.Liability.NonEconomic)
}

func reallocating(e law.Entry) string {
	if e.Reallocation == nil {
		return ""
	}
	return string(e.Reallocation.To)
}

// threshold is the share of all fault from which one answers for the whole.
func (f *faulting) threshold(entries []law.Entry, day contracts.Date) Parameter {
	p := Parameter{Name: "liability.from", Kind: Fraction, Default: &formula.Number{Num: 1, Den: 2}, From: FromLaw,
		Label: contracts.Text{JA: "連帯責任となる割合", EN: "share from which one answers for the whole"}, Why: contracts.Text{JA: "法令に定めがない", EN: "the law names none"}}
	for _, e := range entries {
		if l := e.Liability; l != nil && (l.Of == law.Partly || l.NonEconomic == law.Partly) && e.InForceOn(day) {
			p.Default, p.From, p.Refs = &formula.Number{Num: e.Liability.From.Num(), Den: e.Liability.From.Den()}, FromLaw, []contracts.Ref{e.Cite}
			p.Why = contracts.Text{JA: e.Cite.String() + "による", EN: "under " + e.Cite.String()}
		}
	}
	return p
}

// proportion is of what the share is meant by which parts that cannot be collected fall to the others. Where the law's text can be read both ways
// it is open.
func (f *faulting) proportion(entries []law.Entry, day contracts.Date) Parameter {
	p := Parameter{Name: "uncollectible.by", Kind: Choice, Of: &Dependence{Parameter: "uncollectible", Options: []string{"others-capped"}}, Default: plain(0), From: FromLaw,
		Label:   contracts.Text{JA: "「割合に応じて」の意味", EN: "in proportion to the share of what"},
		Options: options("of-the-others", "残る責任者の間の割合", "of the fault of those who are left", "of-the-whole", "全体に対する割合", "of the fault of all"),
		Why:     contracts.Text{JA: "残る責任者の間の割合による", EN: "by the shares of those who are left"}}
	var read [2]bool
	for _, e := range entries {
		if r := e.Reallocation; r != nil && r.To == law.OnOthersUpTo && e.InForceOn(day) {
			read[flag(r.OfWhole)], p.From = true, FromLaw
			p.Refs = append(p.Refs, e.Cite)
		}
	}
	switch {
	case read[0] && read[1]:
		p.Default, p.Why = nil, contracts.Text{JA: "条文は両様に読めるため、双方を算定する", EN: "the text can be read both ways: both are computed"}
	case read[1]:
		p.Default, p.Why = plain(1), contracts.Text{JA: citesJA(p.Refs) + "による", EN: "under " + citesEN(p.Refs)}
	}
	return p
}

// upTo bounds what is added to a party for parts that cannot be collected, as a part of its own.
func (f *faulting) upTo(entries []law.Entry, day contracts.Date) Parameter {
	p := Parameter{Name: "uncollectible.up_to", Kind: Fraction, Of: &Dependence{Parameter: "uncollectible", Options: []string{"others-capped"}}, Default: &formula.Number{Num: 1, Den: 2}, From: Assumed,
		Label: contracts.Text{JA: "追加して負う部分の上限（自己の部分に対する割合）", EN: "most that is added, as a part of the own"}, Why: contracts.Text{JA: "法令に定めがない", EN: "the law names none"}}
	for _, e := range entries {
		if r := e.Reallocation; r != nil && r.To == law.OnOthersUpTo && e.InForceOn(day) {
			p.Default, p.From, p.Refs = &formula.Number{Num: r.UpTo.Num(), Den: r.UpTo.Den()}, FromLaw, []contracts.Ref{e.Cite}
			p.Why = contracts.Text{JA: e.Cite.String() + "による", EN: "under " + e.Cite.String()}
		}
	}
	return p
}
