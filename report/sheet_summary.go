package report

import (
	"fmt"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/xuri/excelize/v2"
)

// summary writes the headline figures, what is open or assumed beside them, the charts, and the figures by rule and by party.
func (b *book) summary() {
	charts := b.chartData()
	w := b.open(b.l("summary"), 44, 22, 22, 66)
	f := b.res.Findings
	date, partial := "", ""
	if !f.Date.IsZero() {
		date = f.Date.String()
	}
	if b.res.Partial {
		partial = fmt.Sprintf("%s: %d", b.l("partial"), b.res.Rejected)
	}
	// The same rows under every findings, so that figures stand in the same cells.
	w.add(b.title(b.res.Title.In(b.lang)))
	w.add(b.text(b.l("findings")), b.findingsCell())
	w.add(b.text(b.l("as-known")), b.text(date))
	w.add(b.title(partial))
	w.add(b.text(b.l("not-advice")))
	w.add()
	for i, p := range b.parts {
		b.headline(w, p)
		b.draw(w.name, i, w.row+1, charts[i])
		b.check(b.f.InsertPageBreak(w.name, fmt.Sprintf("A%d", w.row+chartBand+1)))
		w.space(charts[i].bands())
		b.byRule(w, i, p)
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

// headline is how many customers there are and what they claim and are owed, and beside it what that turns on.
func (b *book) headline(w *sheetWriter, p *partSheet) {
	prog, t := p.part.Run.Program, &p.part.Totals
	cur := prog.Contract.Currency
	countOf := func(key string, n int64) excelize.Cell {
		return b.count(p.overRanges(fmt.Sprintf("COUNTIF(%s,%q)", rangeMark, b.l(key)+"*"), statusColumn), n)
	}
	strong := func(s string) excelize.Cell { return excelize.Cell{StyleID: b.styles.strong, Value: s} }
	claimed, payable := prog.Index("claimed"), prog.Index("payable")
	lines := [][]any{
		{b.text(b.l("rows")), b.count(p.overRanges("COUNTA("+rangeMark+")", statusColumn), t.Rows)},
		{b.text(b.l("computed")), countOf("computed", t.Computed)},
		{b.text(b.l("needs-judgement")), countOf("needs-judgement", t.Open)},
		{b.text(b.l("void")), countOf("void", t.Void)},
		{strong(b.l("claimed")), b.total(cur, p.sum(claimed), t.Sums[claimed])},
		{strong(b.l("payable") + p.firstReading()), b.total(cur, p.sum(payable), t.Sums[payable])},
		{b.text(""), b.text("")},
	}
	if t.Open > 0 {
		lines[6] = []any{b.text(b.l("range")), b.money(cur, "", t.Low), b.money(cur, "", t.High)}
	}
	w.add(b.head(b.l("contract")), b.head(prog.Contract.Title.In(b.lang)), b.head(b.l("unit")+": "+cur.Code), b.head(b.l("open-and-assumed")))
	notes := b.inPlainSight(p, len(lines))
	for i, line := range lines {
		for len(line) < 3 {
			line = append(line, nil)
		}
		w.add(append(line, b.quiet(notes[i]))...)
	}
	w.add()
}

// firstReading says, where something is open, that a figure stands for the first way of deciding it.
func (p *partSheet) firstReading() string {
	if p.part.Totals.Open == 0 {
		return ""
	}
	return p.book.l("first-reading")
}

// inPlainSight are so many lines that say what is open and what was assumed.
func (b *book) inPlainSight(p *partSheet, lines int) []string {
	var all []string
	for _, name := range p.part.questions() {
		all = append(all, b.l("open")+": "+p.part.Run.Program.Parameter(name).Label.In(b.lang))
	}
	for _, a := range Assumptions(p.part.Run) {
		all = append(all, b.l("from-assumed")+": "+a.In(b.lang))
	}
	if len(all) == 0 {
		all = []string{b.l("no-open")}
	}
	if more := len(all) - lines; more > 0 {
		all = append(all[:lines-1], fmt.Sprintf(b.l("and-more"), more+1))
	}
	return append(all, make([]string, lines-len(all))...)
}

// byRule tells what each posting did and who bears it, and lists what is open and assumed in full.
func (b *book) byRule(w *sheetWriter, i int, p *partSheet) {
	prog, t := p.part.Run.Program, &p.part.Totals
	cur := prog.Contract.Currency
	w.heads("by-rule", "amount", "affected-rows", "source")
	for _, r := range PostingsByRule(prog) {
		for _, c := range r.Columns {
			col := prog.Columns[c]
			w.add(b.wrapped(r.Rule.Label().In(b.lang)+clauseSuffix(col)), b.money(cur, p.sum(c), t.Sums[c]), b.count(p.countOther(c), t.Counts[c]), b.note(refsText(col.Refs)))
		}
	}
	w.add()
	w.heads("by-party", "amount")
	for _, party := range prog.Bearing.Parties {
		name := sla.BearingPart + party.ID
		w.add(b.text(party.Title.In(b.lang)), b.money(cur, b.fault[fmt.Sprintf("%d/%s", i, name)], p.part.Bears.Of(name)))
	}
	for j, name := range p.part.questions() {
		if j == 0 {
			w.add()
			w.heads("open")
		}
		par := prog.Parameter(name)
		w.add(b.wrapped(par.Label.In(b.lang)), excelize.Cell{StyleID: b.styles.key, Value: name}, nil, b.wrapped(p.part.Run.Settings.Of(name).Reason.In(b.lang)))
	}
	for j, a := range Assumptions(p.part.Run) {
		if j == 0 {
			w.add()
			w.heads("assumed")
		}
		w.add(b.text(a.In(b.lang)))
	}
	w.add()
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
