package sla

import (
	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// Bearing is the program over the totals of a contract: which party finally bears how much, and who owes whom contribution (求償). It has one row.
// What one has paid is split among all by their shares: each gets its whole part and the units left over go to the largest
// remainders, ties by party id. A party that cannot be held to its part drops out, and the others bear it by their shares (民法444条).
type Bearing struct {
	*Program         // one row; its inputs are sums over the customers' rows
	Parties  []Party // by id
}

// Names of the bearing program's columns.
const (
	BearingTotal = "total"  // input: the sum of all payables
	BearingWhole = "whole"  // input: what the customers may recover from all at fault
	BearingPaid  = "paid."  // what a party has paid
	BearingOwes  = "owes."  // owes.A>B: what A owes B in contribution ([Owes])
	BearingPart  = "bears." // what a party bears in the end
)

// Owes names the column of what one party owes another in contribution. No id holds the sign between them.
func Owes(party, to string) string { return BearingOwes + party + ">" + to }

// bearing compiles the program.
type bearing struct {
	*Bearing
	provider   string
	agreements [][2]string // pairs of parties between whom a contract decides, and not contribution
	weight     map[string]formula.Expr
	refs       []contracts.Ref
	several    bool // the rows say what is owed by all at fault
}

func newBearing(k *compiler) *Bearing {
	in := k.p.Incident
	parties := byID(in.Parties)
	first := "provider"
	if len(parties) == 0 {
		parties = []Party{{ID: first, Title: contracts.Text{JA: "事業者", EN: "provider"}, Role: "provider"}}
	} else {
		first = in.Parties[0].ID
	}
	p := &Program{Contract: k.p.Contract, Incident: in, index: map[string]int{}, law: k.p.law}
	b := &bearing{Bearing: &Bearing{Program: p, Parties: parties}, provider: first, weight: map[string]formula.Expr{}, several: k.fault != nil, agreements: k.agreements}
	b.shares()
	b.compile()
	return b.Bearing
}

// shares adds the parties' shares and what else may be found of them.
func (b *bearing) shares() {
	b.Parameters = shareParams(b.Parties, b.provider)
	if len(b.Parties) == 1 {
		return
	}
	for _, p := range b.Parties {
		if p.ID != b.provider {
			b.Parameters = append(b.Parameters, standing(p))
		}
	}
	b.Parameters = append(b.Parameters, Parameter{Name: "payments", Kind: Choice, Default: plain(0), From: Assumed,
		Label:   contracts.Text{JA: "顧客への支払", EN: "who has paid the customers"},
		Options: options("provider", "事業者が全額を支払う", "the provider pays all", "as-recorded", "各自の支払額による", "each what is recorded of it"),
		Why:     contracts.Text{JA: "認定がないため、事業者が全額を支払うものとした", EN: "no finding: the provider is taken to pay all"}})
	for _, p := range b.Parties {
		b.Parameters = append(b.Parameters, Parameter{Name: BearingPaid + p.ID, Kind: Money, Default: plain(0), From: Assumed, Of: &Dependence{Parameter: "payments", Options: []string{"as-recorded"}, Implied: true},
			Label: contracts.Text{JA: "支払額: " + p.Title.In("ja"), EN: "paid by " + p.Title.In("en")}, Why: contracts.Text{JA: "記録がない", EN: "nothing is recorded"}})
	}
	b.Parameters = append(b.Parameters, lawChoiceParam(lawChoice{
		Parameter: Parameter{Name: "contribution", Label: contracts.Text{JA: "求償の要件", EN: "when contribution is due"},
			Options: options("any-payment", "支払額に各自の割合を乗じて求償する", "by share of whatever was paid", "beyond-own-part", "自己の負担部分を超える額についてのみ求償する", "only of what exceeds the own part", "none", "求償しない", "none")},
		founds: law.Contributes, of: func(e law.Entry) string { return string(e.Contribution) }, silent: "any-payment",
		why: contracts.Text{JA: "法令に定めがないため、支払額に各自の割合を乗じて求償する", EN: "the law is silent: by share of whatever was paid"}}, b.law, b.Incident.day()))
}

// shareParams are the parts of the fault that parties have; without a finding the provider has all.
func shareParams(parties []Party, provider string) []Parameter {
	var out []Parameter
	for _, p := range parties {
		par := Parameter{Name: "share." + p.ID, Kind: Weight, Default: plain(flag(p.ID == provider)), From: Assumed,
			Label: contracts.Text{JA: "負担割合: " + p.Title.In("ja"), EN: "share borne: " + p.Title.In("en")},
			Why:   contracts.Text{JA: "認定がないため、事業者が全部を負担するものとした", EN: "no finding: the provider bears all"}}
		if len(parties) == 1 {
			par.From, par.Why = FromIncident, contracts.Text{JA: "ほかに負担者がいない", EN: "there is no other party"}
		}
		out = append(out, par)
	}
	return out
}

func (b *bearing) add(name string, role Role, e formula.Expr, ja, en string) formula.Expr {
	b.index[name] = len(b.Columns)
	c := Column{Column: formula.Column{Name: name, Expr: e}, Unit: Amount, Role: role, Label: contracts.Text{JA: ja, EN: en}}
	if role != Input {
		c.Refs = b.refs
	}
	b.Columns = append(b.Columns, c)
	return formula.Col{Name: name}
}

var zero, one = formula.Const{V: 0}, formula.Const{V: 1}

func positive(e formula.Expr) formula.Expr { return formula.Max{A: e, B: zero} }

// compile writes who paid, who owes whom, and what each bears.
func (b *bearing) compile() {
	total := b.add(BearingTotal, Input, nil, "支払額合計", "total payable")
	whole := formula.Expr(nil)
	if b.several {
		whole = b.add(BearingWhole, Input, nil, "顧客が全員から回収できる額", "what the customers may recover from all at fault")
		for _, p := range b.Parties {
			if p.Answers || p.ID == b.provider {
				b.add(FaultAnswers+p.ID, Input, nil, "顧客に対して負う額: "+p.Title.In("ja"), "answers to the customers for: "+p.Title.In("en"))
			}
		}
	}
	size := b.add("size", Working, formula.Max{A: total, B: formula.Sub{A: zero, B: total}}, "合計の絶対値", "size of the total")
	sign := b.add("sign", Working, formula.If{Cond: formula.Compare{Op: formula.Less, A: total, B: zero}, Then: formula.Const{V: -1}, Else: one}, "符号（返還を受ける場合は−1）", "sign: −1 when the total is owed back")
	b.Columns[len(b.Columns)-1].Unit = Quantity
	b.weights()
	paid := map[string]formula.Expr{}
	for _, p := range b.Parties {
		recorded, assumed := formula.Expr(formula.Param{Name: BearingPaid + p.ID}), formula.Expr(zero)
		if p.ID == b.provider {
			assumed = size
		}
		if len(b.Parties) > 1 {
			assumed = formula.If{Cond: b.Parameter("payments").is("as-recorded"), Then: recorded, Else: assumed}
		}
		paid[p.ID] = b.add(BearingPaid+p.ID, Working, assumed, "支払額: "+p.Title.In("ja"), "paid by "+p.Title.In("en"))
	}
	owes := map[[2]string]formula.Expr{}
	if len(b.Parties) > 1 {
		owes = b.contribution(size, whole, paid)
	}
	for _, p := range b.Parties {
		e := paid[p.ID]
		for _, q := range b.Parties {
			if o := owes[[2]string{p.ID, q.ID}]; o != nil {
				e = formula.Add{A: e, B: o}
			}
			if o := owes[[2]string{q.ID, p.ID}]; o != nil {
				e = formula.Sub{A: e, B: o}
			}
		}
		if len(b.Parties) == 1 {
			e = size
		}
		b.add(BearingPart+p.ID, Result, product(e, sign),
			"負担額: "+p.Title.In("ja"), "bears: "+p.Title.In("en"))
	}
}

// weights adds the share of each party that can be held to it. Where nobody with a share can, the provider is left with all.
func (b *bearing) weights() {
	var held []formula.Expr
	unit := func() { b.Columns[len(b.Columns)-1].Unit = Number }
	for _, p := range b.Parties {
		e := formula.Expr(formula.Param{Name: "share." + p.ID})
		if p.ID != b.provider {
			e = formula.If{Cond: b.Parameter("standing." + p.ID).is("answers"), Then: e, Else: zero}
		}
		held = append(held, b.add("held."+p.ID, Working, e, "求償に用いる割合: "+p.Title.In("ja"), "share used: "+p.Title.In("en")))
		unit()
	}
	none := b.add("none", Working, formula.Compare{Op: formula.Equal, A: formula.Sum(held...), B: zero}, "負担できる者がいない", "nobody with a share can bear it")
	b.Columns[len(b.Columns)-1].Unit = YesNo
	for i, p := range b.Parties {
		b.weight[p.ID] = held[i]
		if p.ID == b.provider {
			b.weight[p.ID] = b.add("held.or-all."+p.ID, Working, formula.If{Cond: none, Then: one, Else: held[i]}, "求償に用いる割合（ほかに負担者がなければ全部）: "+p.Title.In("ja"), "share used, or all where there is no other: "+p.Title.In("en"))
			unit()
		}
	}
	var of []formula.Expr
	for _, p := range b.Parties {
		of = append(of, b.weight[p.ID])
	}
	b.add("weights", Working, formula.Sum(of...), "割合の合計", "sum of the weights")
	unit()
}

// split divides an amount among the parties by largest remainder.
func (b *bearing) split(amount formula.Expr) map[string]formula.Expr {
	part := func(a, m, d formula.Expr) formula.Expr {
		return formula.MulDiv{A: a, B: m, C: d, Rounding: contracts.RoundDown}
	}
	whole := formula.Col{Name: "weights"}
	// What is left after whole multiples of the weights' sum decides the remainders, in small numbers.
	rest := b.add("rest", Working, formula.Sub{A: amount, B: part(part(amount, one, whole), whole, one)}, "割り切れない分", "what the weights do not divide")
	b.Columns[len(b.Columns)-1].Unit = Number
	rems, given := make([]formula.Expr, len(b.Parties)), make([]formula.Expr, len(b.Parties))
	for i, p := range b.Parties {
		w := b.weight[p.ID]
		given[i] = b.add("whole."+p.ID, Working, part(amount, w, whole), "負担部分（端数配分前）: "+p.Title.In("ja"), "part before units left over: "+p.Title.In("en"))
		rems[i] = b.add("rem."+p.ID, Working, formula.Sub{A: part(rest, w, one), B: part(part(rest, w, whole), whole, one)}, "剰余: "+p.Title.In("ja"), "remainder: "+p.Title.In("en"))
		b.Columns[len(b.Columns)-1].Unit = Number
	}
	left := b.add("left", Working, formula.Sub{A: amount, B: formula.Sum(given...)}, "配分する端数", "units left over")
	out := map[string]formula.Expr{}
	for i, p := range b.Parties {
		ahead := []formula.Expr{zero}
		for j := range b.Parties {
			op := formula.More // an equal remainder goes to the lower id
			if j < i {
				op = formula.AtLeast
			}
			if j != i {
				ahead = append(ahead, formula.Compare{Op: op, A: rems[j], B: rems[i]})
			}
		}
		out[p.ID] = b.add("part."+p.ID, Working, formula.Add{A: given[i], B: formula.Compare{Op: formula.Less, A: formula.Sum(ahead...), B: left}}, "負担部分: "+p.Title.In("ja"), "own part: "+p.Title.In("en"))
	}
	return out
}
