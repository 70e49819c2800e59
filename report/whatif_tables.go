package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
	"github.com/amends-go/amends/sla/whatif"
)

// Table is a table of a what-if report: headings, and rows of cells that are a text (string), a count (int64), an amount (Sum) or a probability (PerMille).
type Table struct {
	Key   string // what it is: scenarios, heads, causes, sensitivity, sweep, break-even …
	Title string
	Notes []string // sentences below it
	Heads []string
	Rows  [][]any
}

// Sum is an amount in its currency.
type Sum struct {
	Amount   contracts.Amount
	Currency contracts.Currency
}

// PerMille is a probability in thousandths.
type PerMille int64

// whatIfTables makes the tables of a report.
type whatIfTables struct {
	r    *whatif.Report
	lang string
}

func (w *whatIfTables) pick(ja, en string) string { return contracts.Text{JA: ja, EN: en}.In(w.lang) }

// WhatIfTables are the tables of a report, in the language "ja" or "en". They hold what the report holds; nothing is worked out here but sums of what
// different contracts owe in one currency.
func WhatIfTables(r *whatif.Report, lang string) []Table {
	w := &whatIfTables{r, lang}
	out := []Table{w.scenarios()}
	for _, t := range []Table{w.parties(), w.heads(), w.causes(), w.sensitivity()} {
		if len(t.Rows) > 0 {
			out = append(out, t)
		}
	}
	for _, s := range r.Swept {
		out = append(out, w.sweep(s))
	}
	if len(r.Answers) > 0 {
		out = append(out, w.breakEven())
	}
	out = append(out, w.drawn()...)
	return append(out, w.tree()...)
}

// scenarios compares what each scenario comes to, a line for each contract.
func (w *whatIfTables) scenarios() Table {
	t := Table{Key: "scenarios", Title: w.pick("シナリオの比較", "Scenarios compared")}
	several := len(w.r.Case.Contracts) > 1 || len(w.r.Case.Versions()) > 1
	undecided := slices.ContainsFunc(w.r.Exposures, func(e *whatif.Exposure) bool {
		return slices.ContainsFunc(e.Contracts, func(c whatif.ContractExposure) bool { return c.Undecided() })
	})
	t.Heads = []string{label("scenario", w.lang)}
	if several {
		t.Heads = append(t.Heads, w.pick("約款", "terms"))
	}
	t.Heads = append(t.Heads, w.pick("支払総額", "owed in all"))
	if undecided {
		t.Heads = append(t.Heads, w.pick("最少の解釈", "least reading"), w.pick("最多の解釈", "greatest reading"))
	}
	t.Heads = append(t.Heads, w.pick("最初との差", "against the first"), w.pick("支払う顧客", "customers owed"), w.pick("支払なし", "owed nothing"), w.pick("最高額の顧客", "most to one"))
	for _, e := range w.r.Exposures {
		for i := range e.Contracts {
			t.Rows = append(t.Rows, w.exposure(e, i, several, undecided))
		}
	}
	if undecided {
		t.Notes = append(t.Notes, w.pick("未決の判断がある場合、支払総額は第一の解釈による。", "Where a question is open, what is owed in all is that of the first reading."))
	}
	return t
}

// exposure is the line of one contract under a scenario.
func (w *whatIfTables) exposure(e *whatif.Exposure, i int, several, undecided bool) []any {
	c := &e.Contracts[i]
	cur := c.Terms.Currency
	sum := func(a contracts.Amount) any { return Sum{a, cur} }
	row := []any{e.Scenario.Title.In(w.lang)}
	if several {
		row = append(row, c.Terms.Title.In(w.lang))
	}
	row = append(row, sum(c.Payable()))
	switch {
	case undecided && c.Undecided():
		row = append(row, sum(c.Totals.Low), sum(c.Totals.High))
	case undecided:
		row = append(row, "", "")
	}
	most := any("")
	if c.Largest.Customer != "" {
		most = sum(c.Largest.Amount)
	}
	row = append(row, sum(c.Payable()-w.r.Exposures[0].Contracts[i].Payable()), c.Owed, c.None, most)
	return row
}

// parties compares what finally stays with whom.
func (w *whatIfTables) parties() Table {
	t := Table{Key: "parties", Title: w.pick("誰に何が残るか（求償の後）", "What finally stays with whom, after contribution and recourse"), Heads: []string{label("scenario", w.lang)}}
	parties := w.r.Exposures[0].Parties
	if len(parties) < 2 {
		return t
	}
	for _, p := range parties {
		t.Heads = append(t.Heads, p.Party.Title.In(w.lang))
	}
	cur := w.r.Case.Contracts[0].Currency
	for _, e := range w.r.Exposures {
		row := []any{e.Scenario.Title.In(w.lang)}
		for _, p := range e.Parties {
			row = append(row, Sum{p.Remains, cur})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// heads compares what stands of each head of loss.
func (w *whatIfTables) heads() Table {
	t := Table{Key: "heads", Title: w.pick("損害項目ごとに残る額（過失相殺・限度額の前）", "What stands of each head of loss, before own fault and limits")}
	first := w.r.Exposures[0].Contracts
	t.Heads = []string{label("scenario", w.lang)}
	for i, c := range first {
		for _, h := range c.Heads {
			name := h.Title.In(w.lang)
			if len(first) > 1 {
				name += " – " + w.r.Case.Contracts[i].Title.In(w.lang)
			}
			t.Heads = append(t.Heads, name)
		}
	}
	if len(t.Heads) == 1 {
		return t
	}
	claimed := []any{label("claimed", w.lang)}
	for _, c := range first {
		for _, h := range c.Heads {
			claimed = append(claimed, Sum{h.Claimed, c.Terms.Currency})
		}
	}
	t.Rows = append(t.Rows, claimed)
	for _, e := range w.r.Exposures {
		row := []any{e.Scenario.Title.In(w.lang)}
		for _, c := range e.Contracts {
			for _, h := range c.Heads {
				row = append(row, Sum{h.Stands, c.Terms.Currency})
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// causes tell at which rule and clause the workings of customers part from those of the first scenario.
func (w *whatIfTables) causes() Table {
	t := Table{Key: "causes", Title: w.pick("違いの原因（"+w.r.Exposures[0].Scenario.Title.In("ja")+"に対し、算定が最初に分かれる条項）", "What causes the difference: the clause at which workings first part from "+w.r.Exposures[0].Scenario.Title.In("en")),
		Heads: []string{label("scenario", w.lang), label("rule", w.lang), label("clause", w.lang), w.pick("顧客", "customers"), w.pick("支払額の差", "difference")}}
	for i, ds := range w.r.Differences {
		for _, d := range ds {
			for _, c := range d.Causes {
				t.Rows = append(t.Rows, []any{w.r.Exposures[i+1].Scenario.Title.In(w.lang), c.Rule.Label().In(w.lang), refsText(c.Refs), c.Customers, Sum{c.Amount, d.Terms.Currency}})
			}
		}
	}
	return t
}

// parameter is what a parameter is called.
func (w *whatIfTables) parameter(name string) string {
	par, _, err := w.r.Case.Parameter(name)
	if err != nil {
		return name
	}
	if name == "grade" {
		return w.pick("過失の程度（全段階）", "grade of fault, in every phase")
	}
	return par.Label.In(w.lang)
}

// point is a value of a parameter as people read it.
func (w *whatIfTables) point(name string, p whatif.Point) string {
	par, cur, err := w.r.Case.Parameter(name)
	switch {
	case err != nil:
	case par.Kind == sla.Choice:
		return p.Label.In(w.lang)
	case par.Kind == sla.Money:
		return Money(contracts.Amount(p.Values[name].Num), cur, w.lang)
	}
	return p.Text
}

// sensitivity ranks the parameters by how far the total goes over the range of each.
func (w *whatIfTables) sensitivity() Table {
	t := Table{Key: "sensitivity", Title: w.pick("感度分析（基準: "+w.setTitle(w.r.Study.Base)+"）", "Sensitivity, over "+w.setTitle(w.r.Study.Base)),
		Heads: []string{label("name", w.lang), w.pick("最少となる値", "least at"), w.pick("最少", "least"), w.pick("最多となる値", "most at"), w.pick("最多", "most"), w.pick("幅", "swing"), label("reason", w.lang)}}
	sampled := false
	var idle []string
	for _, s := range w.r.Swings {
		if s.Low == s.High && !w.r.Declared {
			idle = append(idle, w.parameter(s.Parameter))
			continue
		}
		cur := w.r.Case.Currency(s.Measure)
		row := []any{w.parameter(s.Parameter), w.point(s.Parameter, s.AtLow), Sum{s.Low, cur}, w.point(s.Parameter, s.AtHigh), Sum{s.High, cur}, Sum{s.High - s.Low, cur}, s.Reason.In(w.lang)}
		if s.Low == s.High {
			row[1], row[3] = "–", "–"
		}
		if !s.Ends {
			row[0] = row[0].(string) + " *"
			sampled = true
		}
		t.Rows = append(t.Rows, row)
	}
	if !w.r.Declared {
		t.Notes = append(t.Notes, w.pick("範囲の指定がないため、選択肢のある前提をすべての選択肢について算定した。", "No ranges are declared: every choice was taken through all its options."))
	}
	if len(idle) > 0 {
		t.Notes = append(t.Notes, w.pick("単独では額を動かさない前提: "+strings.Join(idle, "、"), "These move nothing by themselves: "+strings.Join(idle, "; ")))
	}
	if sampled {
		t.Notes = append(t.Notes, w.pick("* 増減が一方向とは限らないため、等間隔の値で算定した。間にさらに少ない、または多い値がありうる。", "* It may both rise and fall over the range, which was tried at even steps; there may be less or more between them."))
	}
	return w.taken(t, w.r.Taken)
}

func (w *whatIfTables) setTitle(id string) string {
	if f, err := w.r.Case.Set(id); err == nil {
		return f.Title.In(w.lang)
	}
	return id
}

// taken adds which readings of open questions were taken.
func (w *whatIfTables) taken(t Table, of []sla.Decided) Table {
	for _, d := range of {
		par, _, err := w.r.Case.Parameter(d.Parameter)
		if err != nil {
			continue
		}
		i := slices.IndexFunc(par.Options, func(o sla.Option) bool { return o.Name == d.Option })
		note := w.pick(fmt.Sprintf("「%s」は基準では未決のため、「%s」とした。", par.Label.In("ja"), par.Options[i].Label.In("ja")),
			fmt.Sprintf("%s is open under the base; it was taken as: %s.", par.Label.In("en"), par.Options[i].Label.In("en")))
		if !slices.Contains(t.Notes, note) {
			t.Notes = append(t.Notes, note)
		}
	}
	return t
}

// measure is what a measure is called.
func (w *whatIfTables) measure(m sla.Measure) string {
	switch {
	case m.Contract != "":
		for _, k := range w.r.Case.Contracts {
			if k.ID == m.Contract {
				return w.pick("支払総額（"+k.Title.In("ja")+"）", "owed in all under "+k.Title.In("en"))
			}
		}
	case m.Party != "":
		for _, p := range w.r.Case.Incident.Parties {
			if p.ID == m.Party {
				return w.pick(p.Title.In("ja")+"に残る負担", "what stays with "+p.Title.In("en"))
			}
		}
	}
	return w.pick("支払総額", "owed in all")
}

// sweep is a sweep over one parameter, or over two with the second across.
func (w *whatIfTables) sweep(s *whatif.Swept) Table {
	cur := w.r.Case.Currency(s.Measure)
	t := Table{Key: "sweep", Title: s.Title.In(w.lang), Heads: []string{w.parameter(s.Of[0].Parameter)}}
	if len(s.Of) == 1 {
		t.Heads = append(t.Heads, w.measure(s.Measure))
	} else {
		for _, p := range s.Of[1].Points() {
			t.Heads = append(t.Heads, w.parameter(s.Of[1].Parameter)+" = "+w.point(s.Of[1].Parameter, p))
		}
	}
	for i, p := range s.Of[0].Points() {
		row := []any{w.point(s.Of[0].Parameter, p)}
		for _, a := range s.Amounts[i] {
			row = append(row, Sum{a, cur})
		}
		t.Rows = append(t.Rows, row)
	}
	if base := w.setTitle(s.Base); s.Base != w.r.Study.Base {
		t.Notes = append(t.Notes, w.pick("基準: "+base, "Base: "+base))
	}
	return w.taken(t, s.Taken)
}

// breakEven lists where amounts are reached, and says how certain it is that there is no other place.
func (w *whatIfTables) breakEven() Table {
	t := Table{Key: "break-even", Title: w.pick("分岐点", "Break-even"),
		Heads: []string{w.pick("問い", "question"), w.pick("額", "amount"), w.pick("前提", "parameter"), w.pick("直前の値", "last value before"), w.pick("その額", "amount there"), w.pick("到達する値", "first value at which"), w.pick("その額", "amount there"), w.pick("向き", "it then")}}
	for _, a := range w.r.Answers {
		cur := w.r.Case.Currency(a.Measure)
		for _, c := range a.Crossings {
			way := w.pick("下回る", "falls below")
			if c.Up {
				way = w.pick("達する", "reaches it")
			}
			t.Rows = append(t.Rows, []any{a.Title.In(w.lang), Sum{a.Reaches, cur}, w.parameter(a.Parameter), about(c.Before), Sum{c.AmountBefore, cur}, about(c.At), Sum{c.AmountAt, cur}, way})
		}
		if len(a.Crossings) == 0 {
			side := w.pick("常に下回る", "it stays below")
			if a.First >= a.Reaches {
				side = w.pick("常に達している", "it is never below")
			}
			t.Rows = append(t.Rows, []any{a.Title.In(w.lang), Sum{a.Reaches, cur}, w.parameter(a.Parameter), "", Sum{a.First, cur}, "", Sum{a.Last, cur}, side})
		}
		t.Notes = append(t.Notes, w.certainty(a))
		t = w.taken(t, a.Taken)
	}
	return t
}

// about adds to a fraction that no short percentage tells what it is about: 34.694…% (5507/15873).
func about(text string) string {
	num, den, ok := strings.Cut(text, "/")
	n, err := strconv.ParseInt(num, 10, 64)
	d, err2 := strconv.ParseInt(den, 10, 64)
	if !ok || err != nil || err2 != nil || d == 0 {
		return text
	}
	k, ok := contracts.MulDiv(n, 100_000, d, contracts.RoundDown)
	if !ok {
		return text
	}
	return fmt.Sprintf("%d.%03d…%% (%s)", k/1000, k%1000, text)
}

// certainty says how it is known that an answer is the only one.
func (w *whatIfTables) certainty(a *whatif.Answer) string {
	title := a.Title.In(w.lang) + ": "
	if base := w.setTitle(a.Base); a.Base != w.r.Study.Base {
		title = a.Title.In(w.lang) + w.pick("（基準: "+base+"）: ", " (base: "+base+"): ")
	}
	switch {
	case a.Complete && a.Trend == formula.Rising:
		return title + w.pick("この範囲で増える一方であることを式から確かめた。ほかに分岐点はない。", "over the range it only rises, as the formulas show; there is no other place.")
	case a.Complete && a.Trend == formula.Falling:
		return title + w.pick("この範囲で減る一方であることを式から確かめた。ほかに分岐点はない。", "over the range it only falls, as the formulas show; there is no other place.")
	case a.Complete && a.Trend == formula.Still:
		return title + w.pick("この前提は額を動かさない。", "the parameter does not move it.")
	case a.Complete:
		return title + w.pick("増減が一方向とは限らない。範囲を分けてすべての分岐点を確かめた。", "it may both rise and fall; the range was divided until every part was certain, and there is no other place.")
	}
	return title + w.pick(fmt.Sprintf("増減が一方向とは確かめられず、%d等分して探した。その間にほかの分岐点がありうる。", a.Tried), fmt.Sprintf("it could not be shown to move one way only; %d even steps were tried, and there may be other places between them.", a.Tried))
}

// cellText is a cell as a terminal shows it.
func cellText(c any, lang string) string {
	switch c := c.(type) {
	case Sum:
		return Money(c.Amount, c.Currency, lang)
	case int64:
		return group(c)
	case PerMille:
		return fmt.Sprintf("%d.%d%%", c/10, c%10)
	case string:
		return c
	}
	panic(fmt.Sprintf("report: no cell of %T", c))
}

// numeric reports whether a column of a table holds figures.
func (t *Table) numeric(column int) bool {
	for _, row := range t.Rows {
		if s, text := row[column].(string); text && strings.TrimSpace(s) != "" {
			return false
		}
	}
	return true
}
