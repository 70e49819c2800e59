package report

import (
	"fmt"
	"math/big"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/chance"
)

// percentiles that are told of a distribution.
var percentiles = []int64{10, 50, 90, 95}

// figure is a figure of a distribution, by draws and, where that could be worked out, exactly.
type figure struct {
	name  string
	drawn contracts.Amount
	exact func() contracts.Amount
}

// drawn tells what the draws came to, beside what was worked out exactly where that could be.
func (w *whatIfTables) drawn() []Table {
	d := w.r.Drawn
	if d == nil {
		return nil
	}
	cur := w.r.Case.Currency(d.Measure)
	sum := func(a contracts.Amount) Sum { return Sum{a, cur} }
	t := Table{Key: "distribution", Title: w.pick("不確実性: "+w.measure(d.Measure)+"の分布（基準: "+w.setTitle(d.Model.Base)+"）", "Uncertainty: the distribution of "+w.measure(d.Measure)+", over "+w.setTitle(d.Model.Base)),
		Heads: []string{w.pick("値", "figure"), w.pick("抽出による", "by draws")}}
	rows := []figure{{w.pick("期待値", "expected value"), d.Mean(), func() contracts.Amount { return chance.Mean(d.Exact) }}}
	for _, p := range percentiles {
		r, _ := contracts.NewRatio(p, 100)
		rows = append(rows, figure{fmt.Sprintf("P%d", p), d.Percentile(r), func() contracts.Amount { return chance.PercentileOf(d.Exact, r) }})
	}
	often, times := d.Likeliest()
	rows = append(rows, figure{w.pick("最も起こりやすい結論のもとでの平均", "mean under the likeliest decisions"), often, func() contracts.Amount { return chance.MostLikely(d.Exact).Amount }})
	if d.Exact != nil {
		t.Heads = append(t.Heads, w.pick("厳密な値", "exactly"))
	}
	for _, r := range rows {
		row := []any{r.name, sum(r.drawn)}
		if d.Exact != nil {
			row = append(row, sum(r.exact()))
		}
		t.Rows = append(t.Rows, row)
	}
	for _, r := range []struct {
		name string
		a    contracts.Amount
	}{{w.pick("最少", "least"), d.Least()}, {w.pick("最多", "greatest"), d.Greatest()}} {
		row := []any{r.name, sum(r.a)}
		if d.Exact != nil {
			row = append(row, "")
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes = append(t.Notes, w.pick(fmt.Sprintf("抽出 %s 回、シード %d。同じシードは同じ結果になる。最も起こりやすい結論は %s 回。", group(int64(len(d.Amounts))), d.Model.Seed, group(int64(times))),
		fmt.Sprintf("%s draws, seed %d; the same seed gives the same figures. The likeliest decisions came %s times.", group(int64(len(d.Amounts))), d.Model.Seed, group(int64(times)))))
	t = w.taken(t, d.Taken)
	return []Table{t, w.variables(), w.provision(), w.exceedance(), w.convergence()}
}

// variables tells what was drawn, and why.
func (w *whatIfTables) variables() Table {
	t := Table{Key: "variables", Title: w.pick("何を不確実とみたか", "What is taken to be uncertain"), Heads: []string{label("name", w.lang), w.pick("分布", "distribution"), label("reason", w.lang), label("source", w.lang)}}
	for i := range w.r.Drawn.Model.Variables {
		v := &w.r.Drawn.Model.Variables[i]
		name := w.pick("負担割合", "shares of fault")
		if len(v.Parameters) > 0 {
			name = w.parameter(v.Parameters[0])
		}
		t.Rows = append(t.Rows, []any{name, v.Tell(w.lang, w.option, w.party), v.Reason.In(w.lang), v.Source})
	}
	return t
}

// option is an option of a parameter as people read it; any other value is itself.
func (w *whatIfTables) option(parameter, value string) string {
	par, _, err := w.r.Case.Parameter(parameter)
	if err != nil || par.Kind != sla.Choice {
		return value
	}
	for _, o := range par.Options {
		if o.Name == value {
			return o.Label.In(w.lang)
		}
	}
	return value
}

// party is the title of a party.
func (w *whatIfTables) party(id string) string {
	for _, p := range w.r.Case.Incident.Parties {
		if p.ID == id {
			return p.Title.In(w.lang)
		}
	}
	return id
}

// provision shows both views of accounting, by the exact outcomes where there are some, else by those drawn.
func (w *whatIfTables) provision() Table {
	d := w.r.Drawn
	cur := w.r.Case.Currency(d.Measure)
	if d.Exact != nil {
		return w.provisionOf(chance.ProvisionOf(d.Exact), cur)
	}
	t := w.provisionOf(d.Provision(), cur)
	t.Notes = append(t.Notes, w.pick("連続する値を含むため、最も可能性の高い結果は、争点の最も起こりやすい結論のもとでの平均である。", "Some values are continuous: the most likely outcome is the mean under the likeliest decisions."))
	return t
}

func (w *whatIfTables) provisionOf(p chance.Provision, cur contracts.Currency) Table {
	t := Table{Key: "provision", Title: w.pick("引当金の二つの見方", "Two views of a provision"), Heads: []string{w.pick("見方", "view"), w.pick("額", "amount")},
		Rows: [][]any{{w.pick("最も可能性の高い結果", "most likely outcome"), Sum{p.MostLikely, cur}}, {w.pick("期待値", "expected value"), Sum{p.Expected, cur}},
			{w.pick("範囲の下限", "low end of the range"), Sum{p.Low, cur}}, {w.pick("範囲の上限", "high end of the range"), Sum{p.High, cur}}}}
	for _, n := range chance.ProvisionNotes {
		t.Notes = append(t.Notes, n.In(w.lang))
	}
	return t
}

// exceedance is with which probability an amount is exceeded.
func (w *whatIfTables) exceedance() Table {
	d := w.r.Drawn
	cur := w.r.Case.Currency(d.Measure)
	t := Table{Key: "exceedance", Title: w.pick("超過確率", "Exceedance"), Heads: []string{w.pick("額", "amount"), w.pick("これを超える確率", "probability that it is exceeded")}}
	for _, e := range d.Exceedance(21) {
		t.Rows = append(t.Rows, []any{Sum{e.Amount, cur}, perMille(big.NewRat(int64(e.Draws), int64(len(d.Amounts))))})
	}
	return t
}

// convergence shows how the figures settle as draws are added.
func (w *whatIfTables) convergence() Table {
	d := w.r.Drawn
	cur := w.r.Case.Currency(d.Measure)
	t := Table{Key: "convergence", Title: w.pick("収束", "Convergence"), Heads: []string{w.pick("抽出回数", "draws"), w.pick("期待値", "expected value"), w.pick("その95%区間の半幅", "half-width of its 95 % interval"), "P90"}}
	for _, r := range d.Convergence() {
		t.Rows = append(t.Rows, []any{int64(r.Draws), Sum{r.Mean, cur}, Sum{r.HalfWidth, cur}, Sum{r.P90, cur}})
	}
	return t
}

// tree tells a decision tree, a line a branch, what it comes to and what was chosen.
func (w *whatIfTables) tree() []Table {
	f := w.r.Tree
	if f == nil {
		return nil
	}
	tree := w.r.Study.Tree
	cur := tree.Currency
	t := Table{Key: "tree", Title: w.pick("判断の木: "+tree.Title.In("ja"), "Decision tree: "+tree.Title.In("en")),
		Heads: []string{w.pick("枝", "branch"), w.pick("確率", "probability"), w.pick("費用", "cost"), w.pick("支払", "pays"), w.pick("見込みの支出", "expected outlay"), w.pick("見込みの月数", "expected months"), w.pick("到達する確率", "reached with"), label("reason", w.lang)}}
	t.Rows = append(t.Rows, []any{w.pick("（はじめ）", "(start)"), "", "", "", Sum{chance.Round(f.Outlay), cur}, f.Months.FloatString(1), PerMille(1000), ""})
	w.branches(&t, f, "", cur)
	t.Notes = append(t.Notes, w.pick("★は見込みの支出が最も少ない選択。支出は費用を含み、単位未満を四捨五入した。", "★ is the choice of the least expected outlay. Outlays include costs and are rounded half up to the unit."))
	out := []Table{t}
	if ends := f.Outcomes(); len(ends) > 1 {
		out = append(out, w.provisionOf(chance.ProvisionOf(ends), cur))
	}
	return out
}

func (w *whatIfTables) branches(t *Table, f *chance.Folded, indent string, cur contracts.Currency) {
	for i, b := range f.Branches() {
		below := &f.Below[i]
		outlay, months := f.Comes(i)
		name, probability, pays := indent+b.Title.In(w.lang), any(""), any("")
		if len(f.Decide) > 0 && i == f.Best {
			name = indent + "★ " + b.Title.In(w.lang)
		}
		if len(f.Decide) == 0 {
			probability = perMille(big.NewRat(b.Probability.Num(), b.Probability.Den()))
		}
		if len(below.Below) == 0 {
			pays = Sum{chance.Round(below.Outlay), cur}
		}
		why := b.Reason.In(w.lang)
		if below.Scenario != "" {
			why = w.pick("［"+w.setTitle(below.Scenario)+"］", "["+w.setTitle(below.Scenario)+"] ") + why
		}
		t.Rows = append(t.Rows, []any{name, probability, Sum{b.Cost, cur}, pays, Sum{chance.Round(outlay), cur}, months.FloatString(1), perMille(below.Reach), why})
		w.branches(t, below, indent+"　", cur)
	}
}

// perMille is a probability in thousandths, rounded half up.
func perMille(p *big.Rat) PerMille {
	return PerMille(chance.Round(new(big.Rat).Mul(p, big.NewRat(1000, 1))))
}

// short is an amount to three figures or so, for the axis of a chart: 4.76億円, ¥476M.
func short(a contracts.Amount, c contracts.Currency, lang string) string {
	unit := contracts.Amount(1)
	for range c.Digits {
		unit *= 10
	}
	hundredths := func(size contracts.Amount, name string) string {
		n, _ := contracts.MulDiv(int64(a), 100, int64(size*unit), contracts.RoundHalfUp)
		text := fmt.Sprintf("%d.%02d", n/100, max(n%100, -n%100))
		return text + name
	}
	size := max(a, -a) / unit
	switch {
	case lang == "ja" && size >= 100_000_000:
		return hundredths(100_000_000, "億")
	case lang == "ja" && size >= 10_000:
		return hundredths(10_000, "万")
	case size >= 1_000_000:
		return hundredths(1_000_000, "M")
	case size >= 1_000:
		return hundredths(1_000, "K")
	}
	return Money(a, c, lang)
}
