package sla

import (
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// contribution works out who owes whom. Each has a part of a debt, by its share; who has paid less than its part owes those who have paid more, in
// proportion. The debt is
//
//   - by payment: whatever has been paid, so that each payment is shared at once, whether or not it exceeds the payer's own part (民法442条1項). What two have paid for each other is netted;
//   - beyond the own part: the whole debt, so that only what exceeds the payer's part of that comes back (最判昭和63年7月1日).
//
// Between two parties with a contract of their own, that contract decides (recourse), and nothing is owed here.
func (b *bearing) contribution(size, whole formula.Expr, paid map[string]formula.Expr) map[[2]string]formula.Expr {
	if !b.open() {
		return nil
	}
	var all []formula.Expr
	for _, p := range b.Parties {
		all = append(all, paid[p.ID])
	}
	if whole == nil {
		whole = size
	}
	rule := b.Parameter("contribution")
	sum := b.add("paid", Working, formula.Sum(all...), "支払額の合計", "paid in all")
	debt := b.add("debt", Working, formula.If{Cond: rule.is("beyond-own-part"), Then: formula.Max{A: whole, B: sum}, Else: sum}, "分担の対象となる額", "what is shared")
	gives := b.settle(paid, b.split(debt))
	b.refs = refsFounding(b.law, b.Incident.day(), law.Contributes, law.EqualPart)
	defer func() { b.refs = nil }()
	out := map[[2]string]formula.Expr{}
	for _, p := range b.Parties {
		for _, q := range b.Parties {
			pair := [2]string{p.ID, q.ID}
			if p.ID != q.ID && !b.agreed(pair) {
				out[pair] = b.add(Owes(p.ID, q.ID), Working, formula.If{Cond: rule.is("none"), Then: zero, Else: gives[pair]},
					"求償: "+p.Title.In("ja")+" → "+q.Title.In("ja"), "contribution: "+p.Title.In("en")+" owes "+q.Title.In("en"))
			}
		}
	}
	return out
}

// settle gives each payer its excess back from those who are short, payer after payer by id, each time in proportion to what is still
// short and rounded cumulatively: the sums are exact and nobody gives more than it is short of.
func (b *bearing) settle(paid, own map[string]formula.Expr) map[[2]string]formula.Expr {
	short := map[string]formula.Expr{}
	for _, p := range b.Parties {
		short[p.ID] = b.add("short."+p.ID, Working, positive(formula.Sub{A: own[p.ID], B: paid[p.ID]}), "負担部分に不足する額: "+p.Title.In("ja"), "short of its part: "+p.Title.In("en"))
	}
	out := map[[2]string]formula.Expr{}
	for n, payer := range b.Parties {
		of, ja, en := "@"+payer.ID, "（"+payer.Title.In("ja")+"へ）", " to "+payer.Title.In("en")
		excess := b.add("excess."+payer.ID, Working, positive(formula.Sub{A: paid[payer.ID], B: own[payer.ID]}), "負担部分を超えて支払った額: "+payer.Title.In("ja"), "paid beyond its part: "+payer.Title.In("en"))
		var list []formula.Expr
		for _, p := range b.Parties {
			list = append(list, short[p.ID])
		}
		all := b.add("short.all"+of, Working, formula.Sum(list...), "不足額の合計"+ja, "short in all"+en)
		back := formula.Min{A: excess, B: all}
		for i, p := range b.Parties {
			if p.ID == payer.ID { // who has paid too much is not short
				continue
			}
			e := b.add("gives."+p.ID+of, Working, share(list, i, back, all), "分担: "+p.Title.In("ja")+ja, "gives: "+p.Title.In("en")+en)
			out[[2]string{p.ID, payer.ID}] = e
			if n < len(b.Parties)-1 {
				short[p.ID] = b.add("still."+p.ID+of, Working, formula.Sub{A: short[p.ID], B: e}, "残る不足額: "+p.Title.In("ja")+ja, "still short: "+p.Title.In("en")+en)
			}
		}
	}
	return out
}

// open reports whether some two parties are left to the rules of contribution.
func (b *bearing) open() bool {
	for _, p := range b.Parties {
		for _, q := range b.Parties {
			if p.ID != q.ID && !b.agreed([2]string{p.ID, q.ID}) {
				return true
			}
		}
	}
	return false
}

// agreed reports whether contracts decide between two parties: their own, or that one of them is held under a contract of its own and answers to nobody else.
func (b *bearing) agreed(pair [2]string) bool {
	for _, a := range b.agreements {
		i := slices.IndexFunc(b.Parties, func(p Party) bool { return p.ID == a[1] })
		if a == pair || a == [2]string{pair[1], pair[0]} || (slices.Contains(pair[:], a[1]) && i >= 0 && !b.Parties[i].Answers) {
			return true
		}
	}
	return false
}

// refsFounding cites the entries in force that found one of some rules.
func refsFounding(entries []law.Entry, day contracts.Date, founds ...law.Founds) []contracts.Ref {
	var refs []contracts.Ref
	for _, e := range entries {
		if e.Founds != law.Nothing && slices.Contains(founds, e.Founds) && e.InForceOn(day) {
			refs = append(refs, e.Cite)
		}
	}
	return refs
}

// Run works out who bears what. Inputs are by column: total, and where several answer to the customers also whole and answers.PARTY.
func (b *Bearing) Run(s *Settings, inputs map[string]int64) (Row, error) {
	r, err := b.Bind(s)
	if err != nil {
		return Row{}, err
	}
	return r.Single(inputs)
}

// Bears works out who finally bears what the rows of a run add up to, under the first reading of the rows.
func (r *Run) Bears(t *Totals) (Row, error) {
	return r.Program.bears(r.Settings, func(column string) contracts.Amount { return t.Sums[r.Program.Index(column)] })
}

// bears works out who bears the sums of the columns that bearing reads.
func (p *Program) bears(s *Settings, sum func(column string) contracts.Amount) (Row, error) {
	in := map[string]int64{}
	for input, column := range p.Borne() { // order: fills a map
		in[input] = int64(sum(column))
	}
	return p.Bearing.Run(s, in)
}

// Borne tells for each input of the bearing program the column of the rows that it is the sum of.
func (p *Program) Borne() map[string]string {
	out := map[string]string{BearingTotal: p.Columns[len(p.Columns)-1].Name}
	for _, c := range p.Bearing.Columns {
		name := c.Name
		if name == BearingWhole {
			name = FaultTotal
		}
		if c.Expr == nil && c.Name != BearingTotal && p.Index(name) >= 0 {
			out[c.Name] = name
		}
	}
	return out
}
