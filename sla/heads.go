package sla

import (
	"fmt"
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/yamlread"
)

// HeadKind is what is particular of a head of loss; a head without one is ordinary loss of money, claimed by the customer.
type HeadKind struct {
	ID          string
	Special     bool // 特別損害: recoverable only if it should have been foreseen (民法416条2項)
	NonEconomic bool // not of money, such as pain
	ByProvider  bool // claimed by the provider from the customer: a counterclaim (反訴)
	// Margin works the loss found out as gross margin on lost sales; nil for a loss on record.
	Margin *GrossMargin
}

// CommonHeads are heads of loss that an incident may name without a title: those that claims for lost data and failed services are made of.
var CommonHeads = []Named{
	{"restoration", contracts.Text{JA: "復旧費", EN: "restoration"}},
	{"re-creation", contracts.Text{JA: "再作成費", EN: "re-creation"}},
	{"investigation", contracts.Text{JA: "調査費", EN: "investigation"}},
	{"notices", contracts.Text{JA: "通知・お詫びの費用", EN: "notices to those concerned"}},
	{"lost-profit", contracts.Text{JA: "逸失利益", EN: "lost profit"}},
	{"third-party-claims", contracts.Text{JA: "第三者への賠償", EN: "claims of third parties"}},
	{"staff-time", contracts.Text{JA: "人件費", EN: "staff time"}},
	{"substitute", contracts.Text{JA: "代替サービスの費用", EN: "substitute service"}},
	{"lawyers-fees", contracts.Text{JA: "弁護士費用", EN: "lawyers' fees"}},
	{"pain", contracts.Text{JA: "慰謝料", EN: "pain and suffering"}},
}

// GrossMargin is lost profit (逸失利益) by comparison: the margin of an average year, and what would have been left of it without the sales lost. Amounts are
// sums of the list ([Customer].Fees). Each step is rounded by the contract, as the court did (東京地判平成13年9月28日).
type GrossMargin struct {
	Sales, Cost []string        // names of the yearly sales and costs of sales, as many of one as of the other
	Period      contracts.Ratio // how long sales were lost, as a part of a year
	Part        contracts.Ratio // which part of the sales was concerned
}

// kind is what is particular of a head.
func (in *Incident) kind(head string) HeadKind {
	if i := slices.IndexFunc(in.HeadKinds, func(k HeadKind) bool { return k.ID == head }); i >= 0 {
		return in.HeadKinds[i]
	}
	return HeadKind{ID: head}
}

// nonEconomic reports whether a head is loss that is not of money.
func (in *Incident) nonEconomic(head string) bool { return in.kind(head).NonEconomic }

// marginNames lists the sums of the list from which losses are worked out.
func (in *Incident) marginNames() []string {
	var out []string
	for _, k := range in.HeadKinds {
		if k.Margin != nil {
			out = append(out, append(slices.Clone(k.Margin.Sales), k.Margin.Cost...)...)
		}
	}
	return out
}

// Reason is why a part of a loss is not admitted, or is taken off again.
type Reason uint8

// The reasons, in the order in which they are taken off.
const (
	OutOfScope Reason = iota // outside what the obligation protects from (範囲外)
	NotCaused                // would have come about anyway (因果関係なし)
	NotProved                // not shown (立証なし)
	Betterment               // leaves the customer better off than before (より良くなった分)
	Avoidable                // care after the event would have spared it (損害軽減義務)
	Saved                    // what the customer was spared by the event, off what is admitted (損益相殺)
	reasons
)

var reasonNames = [reasons]string{"out_of_scope", "not_caused", "not_proved", "betterment", "avoidable", "saved"}

var reasonRules = [reasons]Rule{RuleOutOfScope, RuleNotCaused, RuleNotProved, RuleBetterment, RuleAvoidable, RuleSaved}

func (r Reason) String() string { return reasonNames[r] }

// Evidence is what a claim rests on, as recorded; it moves no amount.
type Evidence struct {
	Line
	Item     string           // which of several that make up the loss
	Claimed  contracts.Amount // for it
	Evidence string           // the exhibits
	Reason   string           // why it was admitted or not
}

// readHeads reads the heads of loss: a wording each, or {title, kind, class, by, margin}.
func (r *incidentReader) readHeads(in *Incident, v *yamlread.Value) {
	if v == nil {
		return
	}
	f := v.Map()
	for _, id := range f.Keys() {
		f.Key(id).ID()
		x := f.Optional(id)
		if x == nil {
			continue
		}
		if !x.IsMap() || !slices.ContainsFunc(x.Map().Keys(), func(k string) bool { return k != "ja" && k != "en" }) {
			in.Heads = append(in.Heads, Named{id, contracts.ReadText(x)})
			continue
		}
		m := x.Map()
		if i := slices.IndexFunc(CommonHeads, func(n Named) bool { return n.ID == id }); i >= 0 && !m.Has("title") {
			in.Heads = append(in.Heads, CommonHeads[i])
		} else {
			in.Heads = append(in.Heads, Named{id, contracts.ReadText(m.Required("title"))})
		}
		k := HeadKind{ID: id}
		if y := m.Optional("kind"); y != nil {
			k.Special = y.Enum("ordinary", "special") == 1
		}
		if y := m.Optional("class"); y != nil {
			k.NonEconomic = y.Enum("economic", "non-economic") == 1
		}
		if y := m.Optional("by"); y != nil {
			k.ByProvider = y.Enum("customer", "provider") == 1
		}
		if y := m.Optional("margin"); y != nil {
			k.Margin = readMargin(y)
		}
		m.Done()
		in.HeadKinds = append(in.HeadKinds, k)
	}
	f.Done()
}

func readMargin(v *yamlread.Value) *GrossMargin {
	f := v.Map()
	m := &GrossMargin{Sales: f.Required("sales").IDs(), Cost: f.Required("cost").IDs(), Period: contracts.ReadRatio(f.Required("period")), Part: contracts.One}
	if x := f.Optional("part"); x != nil {
		m.Part = contracts.ReadRatio(x)
		if m.Part.Cmp(contracts.One) > 0 {
			x.Report("E_RANGE", "more than all sales", "write the part concerned, such as 80%")
		}
	}
	switch {
	case len(m.Sales) == 0 || len(m.Cost) == 0:
		v.Report("E_REQUIRED", "no year to go by", "name the sales and the costs of at least one year")
	case len(m.Sales) != len(m.Cost):
		v.Report("E_MARGIN", fmt.Sprintf("%d years of sales and %d of costs", len(m.Sales), len(m.Cost)), "name as many years of one as of the other")
	}
	f.Done()
	return m
}
