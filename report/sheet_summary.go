package report

import (
	"fmt"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/xuri/excelize/v2"
)

// summary writes the headline figures, by rule and by party, and what is open or assumed.
func (b *book) summary() {
	w := b.open(b.l("summary"), 44, 22, 22, 60)
	f := b.res.Findings
	lines := [][]any{
		{b.title(b.res.Title.In(b.lang))},
		{b.text(b.l("findings")), b.text(f.Title.In(b.lang))},
	}
	date, partial := "", ""
	if !f.Date.IsZero() {
		date = f.Date.String()
	}
	if b.res.Partial {
		partial = fmt.Sprintf("%s: %d", b.l("partial"), b.res.Rejected)
	}
	// The same rows under every findings, so that figures stand in the same cells.
	lines = append(lines, []any{b.text(b.l("as-known")), b.text(date)}, []any{b.title(partial)}, []any{b.text(b.l("not-advice"))}, nil)
	for _, line := range lines {
		w.add(line...)
	}
	for i, p := range b.parts {
		b.summaryOf(w, i, p)
	}
}

// PostingsByRule groups the program's postings by rule, in the order of the rules.
func PostingsByRule(prog *sla.Program) []RulePostings {
	var out []RulePostings
	for _, r := range sla.Rules {
		var cols []int
		for i, c := range prog.Columns {
			if c.Role == sla.Posting && c.Rule == r.Rule {
				cols = append(cols, i)
			}
		}
		if len(cols) > 0 {
			out = append(out, RulePostings{r.Rule, cols})
		}
	}
	return out
}

// RulePostings is a rule with the columns that it posts to.
type RulePostings struct {
	Rule    sla.Rule
	Columns []int
}

// Sum is what the rule did to all rows.
func (r RulePostings) Sum(t *sla.Totals) contracts.Amount {
	var s contracts.Amount
	for _, c := range r.Columns {
		s += t.Sums[c]
	}
	return s
}

func (b *book) summaryOf(w *sheetWriter, i int, p *partSheet) {
	prog, t := p.part.Run.Program, &p.part.Totals
	sum := func(cols ...int) string {
		var of []string
		for _, c := range cols {
			of = append(of, "SUM("+p.area(c)+")")
		}
		return strings.Join(of, "+")
	}
	status := fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted(p.sheet), statusColumn, firstDataRow, statusColumn, max(p.last, firstDataRow))
	countOf := func(key string, n int64) excelize.Cell {
		return b.count(fmt.Sprintf("COUNTIF(%s,%q)", status, b.l(key)+"*"), n)
	}
	strong := func(s string) excelize.Cell { return excelize.Cell{StyleID: b.styles.strong, Value: s} }
	cur := prog.Contract.Currency
	claimed, payable := prog.Index("claimed"), prog.Index("payable")
	lines := [][]any{
		{b.head(b.l("contract")), b.head(prog.Contract.Title.In(b.lang)), b.head(b.l("unit") + ": " + unitOf(prog.Contract.Currency, b.lang))},
		{b.text(b.l("rows")), b.count(fmt.Sprintf("COUNTA(%s)", status), t.Rows)},
		{b.text(b.l("computed")), countOf("computed", t.Computed)},
		{b.text(b.l("needs-judgement")), countOf("needs-judgement", t.Open)},
		{b.text(b.l("void")), countOf("void", t.Void)},
		{strong(b.l("claimed")), b.total(cur, sum(claimed), t.Sums[claimed])},
		{strong(b.l("payable")), b.total(cur, sum(payable), t.Sums[payable])},
	}
	readings := []any{b.text(""), b.text("")}
	if t.Open > 0 {
		readings = []any{b.text(b.l("range")), b.money(cur, "", t.Low), b.money(cur, "", t.High)}
	}
	lines = append(lines, readings, nil, []any{b.head(b.l("by-rule")), b.head(b.l("amount")), b.head(b.l("affected-rows")), b.head(b.l("source"))})
	for _, r := range PostingsByRule(prog) {
		for _, c := range r.Columns {
			col := prog.Columns[c]
			lines = append(lines, []any{b.text(r.Rule.Label().In(b.lang) + clauseSuffix(col)), b.money(cur, sum(c), t.Sums[c]),
				b.count(fmt.Sprintf("COUNTIF(%s,\"<>0\")", p.area(c)), t.Counts[c]), b.text(refsText(col.Refs))})
		}
	}
	lines = append(lines, nil, []any{b.head(b.l("by-party")), b.head(b.l("amount"))})
	for _, party := range prog.Bearing.Parties {
		name := sla.BearingPart + party.ID
		lines = append(lines, []any{b.text(party.Title.In(b.lang)), b.money(cur, b.fault[fmt.Sprintf("%d/%s", i, name)], p.part.Bears.Of(name))})
	}
	for j, name := range p.part.questions() {
		if j == 0 {
			lines = append(lines, nil, []any{b.head(b.l("open"))})
		}
		par := prog.Parameter(name)
		lines = append(lines, []any{b.text(par.Label.In(b.lang)), b.text(name), nil, b.text(p.part.Run.Settings.Of(name).Reason.In(b.lang))})
	}
	for j, a := range Assumptions(p.part.Run) {
		if j == 0 {
			lines = append(lines, nil, []any{b.head(b.l("assumed"))})
		}
		lines = append(lines, []any{b.text(a.In(b.lang))})
	}
	for _, line := range append(lines, nil) {
		w.add(line...)
	}
}

// clauseSuffix tells postings of one rule apart by their clause.
func clauseSuffix(c sla.Column) string {
	if c.Clause == "" || len(c.Refs) == 0 {
		return ""
	}
	return " – " + c.Refs[0].String()
}

// Assumptions lists what silent terms and silent findings left to us.
func Assumptions(run *sla.Run) []contracts.Text {
	var out []contracts.Text
	for _, a := range run.Program.Assumptions {
		out = append(out, a.Text)
	}
	for i := range run.Program.Parameters {
		par := &run.Program.Parameters[i]
		s := run.Settings.Of(par.Name)
		if s.From == sla.Assumed && run.Settings.Matters(run.Program, par) {
			out = append(out, contracts.Text{JA: par.Label.JA + ": " + s.Reason.In("ja"), EN: par.Label.EN + ": " + s.Reason.In("en")})
		}
	}
	return out
}
