package report

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/sheetrows"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
	"github.com/xuri/excelize/v2"
)

// Layout of a customers sheet: four heading rows, then six columns that say who
// and how much, then the program's columns, then helpers.
const (
	firstDataRow  = 5
	identityCols  = 6
	numberColumn  = "D" // running number of the customer, by which pools per customer are told apart
	statusColumn  = "E"
	maxFormulaLen = 8192
)

// partSheet is the customers sheet of one contract.
type partSheet struct {
	book    *book
	part    *Part
	sheet   string
	values  []string // sheets of values, where there are too many rows for live ones; sheet then holds a sample
	forms   []string // by column; "" for inputs
	helpers []helper // the helper columns
	last    int      // last data row of sheet

	outcomes   map[sla.Outcome]string // in words
	cellStyles []int                  // by column
}

// helper is a column beside the program's: a part of a division, or a sum over a pool that the sheet does not hold.
type helper struct {
	formula string
	pool    poolKey
}

func columnName(i int) string {
	n, _ := excelize.ColumnNumberToName(i + 1)
	return n
}

// letter is the sheet column of program column i.
func (p *partSheet) letter(i int) string { return columnName(identityCols + i) }

// areas are the data ranges of a sheet column, with the sheets' names.
func (p *partSheet) areas(column string) []string {
	if p.part.All != nil {
		var out []string
		for i, sheet := range p.values {
			out = append(out, fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted(sheet), column, firstDataRow, column, firstDataRow+p.rowsIn(i)-1))
		}
		return out
	}
	return []string{fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted(p.sheet), column, firstDataRow, column, max(p.last, firstDataRow))}
}

// overRanges adds up a formula over each data range of a sheet column, which stands in it as rangeMark.
func (p *partSheet) overRanges(formula, column string) string {
	var out []string
	for _, a := range p.areas(column) {
		out = append(out, strings.ReplaceAll(formula, rangeMark, a))
	}
	return strings.Join(out, "+")
}

// rangeMark stands for a data range.
const rangeMark = "\x00"

// sum adds up program column i.
func (p *partSheet) sum(i int) string { return p.overRanges("SUM("+rangeMark+")", p.letter(i)) }

// countOther counts the rows in which program column i is not 0.
func (p *partSheet) countOther(i int) string {
	return p.overRanges("COUNTIF("+rangeMark+",\"<>0\")", p.letter(i))
}

// customers writes the customers sheet of every contract.
func (b *book) customers() {
	for _, p := range b.parts {
		p.last = firstDataRow + len(p.part.Rows) - 1
		p.print()
		if p.part.All != nil {
			p.writeValues()
		}
		p.write()
	}
}

// printer knows the tables and the units of a program; where its columns stand is for the sheet to say.
func (b *book) printer(prog *sla.Program) *sheetPrinter {
	return &sheetPrinter{
		param: paramName,
		table: func(name string) string { return b.tables[prog.Contract.ID+"/"+name] },
		small: func(name string) bool { u := prog.Column(name).Unit; return u == sla.Number || u == sla.YesNo },
		amount: func(name string) bool {
			par := prog.Parameter(name)
			return par != nil && par.Kind == sla.Money
		},
	}
}

// print prints every column's formula once, with marks for the row.
func (p *partSheet) print() {
	prog := p.part.Run.Program
	whole := neverNegativeColumns(prog)
	sp := p.book.printer(prog)
	sp.col = func(name string) string { return p.letter(prog.Index(name)) + rowMark }
	sp.whole = func(name string) bool { return whole[name] }
	sp.helper = func(f string) string {
		p.helpers = append(p.helpers, helper{formula: f})
		return p.helperColumn(len(p.helpers)-1) + rowMark
	}
	for i, c := range prog.Columns {
		if c.Expr == nil {
			p.forms = append(p.forms, "")
			continue
		}
		sp.pool = p.poolPrinter(i)
		f := sp.number(c.Expr)
		p.book.check(sp.problem)
		if len(f) > maxFormulaLen-1000 { // room for row numbers
			p.book.check(fmt.Errorf("report: the formula of %s has %d characters; spreadsheets take %d", c.Name, len(f), maxFormulaLen))
		}
		p.forms = append(p.forms, f)
	}
}

// poolPrinter prints pool sums as seen from column i. Rows stand in pool order, so a running
// sum is the cell above plus this row's base.
func (p *partSheet) poolPrinter(i int) func(string, formula.Scope, bool) string {
	prog := p.part.Run.Program
	return func(of string, s formula.Scope, running bool) string {
		if p.part.All != nil {
			return p.poolValue(poolKey{of, s, running})
		}
		base := p.letter(prog.Index(of))
		above := p.letter(i) + priorMark
		switch {
		case running && s == formula.PerIncident:
			return fmt.Sprintf("SUM(%s,%s)", above, base+rowMark) // SUM passes over the heading above the first row
		case running:
			return fmt.Sprintf("IF(%s=%s,%s,0)+%s", numberColumn+rowMark, numberColumn+priorMark, above, base+rowMark)
		case s == formula.PerIncident:
			return fmt.Sprintf("SUM(%s$%d:%s$%d)", base, firstDataRow, base, p.last)
		}
		n := numberColumn
		return fmt.Sprintf("SUMIF($%s$%d:$%s$%d,%s,%s$%d:%s$%d)", n, firstDataRow, n, p.last, n+rowMark, base, firstDataRow, base, p.last)
	}
}

// poolValue is the cell of a sum over a pool of which the sheet holds a sample only.
func (p *partSheet) poolValue(key poolKey) string {
	i := slices.IndexFunc(p.helpers, func(h helper) bool { return h.pool == key })
	if i < 0 {
		p.helpers = append(p.helpers, helper{pool: key})
		i = len(p.helpers) - 1
	}
	return p.helperColumn(i) + rowMark
}

// helperColumn is the sheet column of helper i: after the program's columns and the dates of subscriptions.
func (p *partSheet) helperColumn(i int) string {
	prog := p.part.Run.Program
	return columnName(identityCols + len(prog.Columns) + len(dateHeads(prog)) + i)
}

// neverNegativeColumns finds the columns that cannot be negative, by what they are computed from.
func neverNegativeColumns(prog *sla.Program) map[string]bool {
	known := map[string]bool{}
	sp := &sheetPrinter{whole: func(name string) bool { return known[name] }}
	for _, c := range prog.Columns {
		known[c.Name] = c.Expr == nil || c.Unit == sla.YesNo || c.Unit == sla.Number || sp.neverNegative(c.Expr)
	}
	return known
}

// write fills the sheet: headings, then a row a customer.
func (p *partSheet) write() {
	b, prog := p.book, p.part.Run.Program
	n := identityCols + len(prog.Columns) + len(dateHeads(prog))
	widths := []float64{14, 13, 24, 9, 16, 17}
	for range n - identityCols {
		widths = append(widths, 16)
	}
	w := b.open(p.sheet, widths...)
	if len(p.helpers) > 0 {
		b.check(b.f.SetColVisible(p.sheet, columnName(n)+":"+columnName(n+len(p.helpers)-1), false))
	}
	w.freeze(identityCols, firstDataRow-1)
	p.heading(w, true)
	w.more = len(p.part.Rows)
	w.stream = func(out *sheetrows.Rows) error { // a row at a time: all cells at once would take a gigabyte
		number := 0
		for i := range p.part.Rows {
			r := &p.part.Rows[i]
			if i == 0 || p.part.Rows[i-1].ID != r.ID {
				number++
			}
			out.Next(0)
			for _, c := range p.cells(r, out.Row(), number) {
				write(out, c)
			}
			if out.Err() != nil {
				return out.Err()
			}
		}
		return nil
	}
	w.filter(firstDataRow-1, n)
	p.mark(w, n)
}

// perSheet is how many customers a sheet has room for; a variable for tests.
var perSheet int64 = sheetrows.MaxRows - (firstDataRow - 1)

// rowsIn is how many customers stand on the sheet of values i.
func (p *partSheet) rowsIn(i int) int {
	return int(min(p.part.Totals.Rows-int64(i)*perSheet, perSheet))
}

// writeValues fills the sheets of values, each going on where the one before it is full. The rows are not kept.
func (p *partSheet) writeValues() {
	b, prog := p.book, p.part.Run.Program
	n := identityCols + len(prog.Columns) + len(dateHeads(prog))
	p.outcomes = map[sla.Outcome]string{}
	for _, o := range []sla.Outcome{sla.Computed, sla.NeedsJudgement, sla.Void} {
		p.outcomes[o] = b.l(o.String())
	}
	for _, c := range prog.Columns {
		p.cellStyles = append(p.cellStyles, b.styles.of(c.Unit))
	}
	next, stop := iter.Pull2(p.part.All)
	b.closers = append(b.closers, stop)
	number := int64(0)
	for i, sheet := range p.values {
		widths := []float64{14, 13, 24, 9, 16, 17}
		for range n - identityCols {
			widths = append(widths, 16)
		}
		w := b.open(sheet, widths...)
		w.freeze(identityCols, firstDataRow-1)
		p.heading(w, false)
		w.more = p.rowsIn(i)
		w.stream = func(r *sheetrows.Rows) error {
			for range p.rowsIn(i) {
				row, err, ok := next()
				if !ok {
					return fmt.Errorf("report: the rows of %s end after %d of %d", prog.Contract.ID, number, p.part.Totals.Rows)
				}
				if err != nil {
					return err
				}
				number++
				p.valueRow(r, row, number)
				if r.Err() != nil {
					return r.Err()
				}
			}
			return nil
		}
		w.filter(firstDataRow-1, n)
		p.mark(w, n)
	}
}

// valueRow writes a customer's row as values.
func (p *partSheet) valueRow(r *sheetrows.Rows, row sla.Row, number int64) {
	b, prog := p.book, p.part.Run.Program
	cur := prog.Contract.Currency
	r.Next(0)
	r.Text(b.styles.text, row.Customer.ID)
	r.Text(b.styles.text, row.Customer.Subscription)
	r.Text(b.styles.text, row.Customer.Name)
	r.Int(b.styles.number, number)
	r.Text(b.styles.text, p.outcomes[row.Outcome()])
	r.Decimal(b.styles.total[cur.Code], int64(row.Payable()), cur.Digits)
	for i := range prog.Columns {
		r.Int(p.cellStyles[i], row.Value(i))
	}
	if len(dateHeads(prog)) > 0 {
		r.Text(b.styles.text, dayOf(row.Customer.Since))
		r.Text(b.styles.text, dayOf(row.Customer.Until))
	}
}

// dayOf is a day as text; none is empty.
func dayOf(d contracts.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// heading writes the four heading rows, with the helper columns where formulas are live.
func (p *partSheet) heading(w *sheetWriter, live bool) {
	b, prog := p.book, p.part.Run.Program
	w.add(b.title(b.res.Title.In(b.lang)+" / "+prog.Contract.Title.In(b.lang)), nil, nil, nil, nil, nil, b.text(b.l("unit")+": "+unitOf(prog.Contract.Currency, b.lang)+b.l("owed-unit")))
	labels := []any{b.head(b.l("id")), b.head(b.l("subscription")), b.head(b.l("customer-name")), b.head(b.l("number")), b.head(b.l("result")), b.head(sla.RulePayable.Label().In(b.lang))}
	refs := []any{b.quiet(b.l("clause")), b.quiet(""), b.quiet(""), b.quiet(""), b.quiet(""), b.quiet("")}
	names := []any{b.head("id"), b.head("subscription"), b.head("name"), b.head("no"), b.head("result"), b.head("owed")}
	for i, c := range prog.Columns {
		labels = append(labels, b.head(c.Label.In(b.lang)))
		refs = append(refs, b.quiet(refsText(c.Refs)))
		names = append(names, b.head(c.Name))
		b.remark(w.name, p.letter(i)+"2", columnNote(&prog.Columns[i], b.lang))
	}
	for i, text := range []string{"note-id", "note-subscription", "note-name", "note-number", "note-result", "note-owed"} {
		b.remark(w.name, columnName(i)+"2", b.l(text))
	}
	for _, name := range dateHeads(prog) {
		labels, refs, names = append(labels, b.head(b.l("subscription-"+name))), append(refs, b.quiet("")), append(names, b.head(name))
	}
	for i := range p.helpers {
		if !live {
			break
		}
		labels, refs, names = append(labels, b.head("")), append(refs, b.quiet("")), append(names, b.head(fmt.Sprintf("helper.%d", i+1)))
	}
	if live && p.part.All != nil {
		names = append(names, b.head(sampleHead))
	}
	w.add(labels...)
	w.add(refs...)
	w.add(names...)
}

// columnNote tells of a column: which rule it belongs to, what it rests on, and in whose words.
func columnNote(c *sla.Column, lang string) string {
	lines := []string{c.Label.In(lang)}
	if c.Rule != "" {
		lines = append(lines, label("rule", lang)+": "+c.Rule.Label().In(lang))
	} else if c.Expr == nil {
		lines = append(lines, label("from-list", lang))
	}
	for _, r := range c.Refs {
		text := label("clause", lang) + ": " + r.String()
		if g := r.Gist.In(lang); g != "" {
			text += " — " + g
		}
		lines = append(lines, text)
	}
	return strings.Join(append(lines, label("name", lang)+": "+c.Name), "\n")
}

// mark makes what needs a look visible: rows that need judgement, rows that are void, and nothing owed.
func (p *partSheet) mark(w *sheetWriter, n int) {
	b := p.book
	area := fmt.Sprintf("A%d:%s%d", firstDataRow, columnName(n-1), max(w.last(), firstDataRow))
	style := func(s excelize.Style) *int {
		id, err := b.f.NewConditionalStyle(&s)
		b.check(err)
		return &id
	}
	amber := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFE8B3"}}
	begins := func(key string) string {
		return fmt.Sprintf("LEFT($%s%d,%d)=%q", statusColumn, firstDataRow, len([]rune(b.l(key))), b.l(key))
	}
	b.check(b.f.SetConditionalFormat(w.name, area, []excelize.ConditionalFormatOptions{
		{Type: "formula", Criteria: begins("needs-judgement"), Format: style(excelize.Style{Fill: amber})},
		{Type: "formula", Criteria: begins("void"), Format: style(excelize.Style{Font: &excelize.Font{Italic: true, Color: "9CA3AF"}})},
	}))
	owed := fmt.Sprintf("F%d:F%d", firstDataRow, max(w.last(), firstDataRow))
	b.check(b.f.SetConditionalFormat(w.name, owed, []excelize.ConditionalFormatOptions{
		{Type: "cell", Criteria: "==", Value: "0", Format: style(excelize.Style{Font: &excelize.Font{Color: "9CA3AF"}})},
	}))
}

// cells are a customer's row.
func (p *partSheet) cells(r *Record, at, number int) []any {
	b, prog := p.book, p.part.Run.Program
	row := strconv.Itoa(at)
	marks := strings.NewReplacer(rowMark, row, priorMark, strconv.Itoa(at-1))
	status, live := b.l(r.Outcome.String()), true
	for _, v := range r.Values {
		if v > SheetMax || v < -SheetMax {
			live = false
		}
	}
	if !live {
		status += b.l("values-only")
	}
	payable, formula := len(prog.Columns)-1, ""
	if live {
		formula = p.letter(payable) + row
	}
	owed := b.total(prog.Contract.Currency, formula, contracts.Amount(r.Values[payable])) // where a reader looks first
	cells := []any{b.text(r.ID), b.text(r.Subscription), b.text(r.Name), b.count("", int64(number)), b.text(status), owed}
	for i, c := range prog.Columns {
		cell := excelize.Cell{StyleID: b.styles.of(c.Unit), Value: r.Values[i]}
		if live && p.forms[i] != "" {
			cell.Formula = marks.Replace(p.forms[i])
		}
		cells = append(cells, b.exact(cell, r.Values[i]))
	}
	if len(dateHeads(prog)) > 0 {
		cells = append(cells, b.text(dayOf(r.Since)), b.text(dayOf(r.Until)))
	}
	for _, h := range p.helpers {
		switch {
		case !live:
		case h.formula == "":
			cells = append(cells, b.units("", r.pools[h.pool]))
		default:
			cells = append(cells, excelize.Cell{Formula: marks.Replace(h.formula)})
		}
	}
	return cells
}

// exact is the cell, or the number as text where a spreadsheet would drop its last digits.
func (b *book) exact(c excelize.Cell, v int64) excelize.Cell {
	if v > sheetrows.MaxNumber || v < -sheetrows.MaxNumber {
		return b.text(strconv.FormatInt(v, 10))
	}
	return c
}
