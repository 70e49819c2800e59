package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/sheetrows"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
	"github.com/xuri/excelize/v2"
)

// Workbook writes the result as a workbook of live formulas with cached values, in the
// language "ja" or "en". The same result gives the same bytes.
func Workbook(out io.Writer, res *Result, lang string) error {
	f := excelize.NewFile()
	defer f.Close()
	b := &book{f: f, res: res, lang: lang, names: map[string]string{}}
	b.build()
	sheets := map[int]sheetrows.Sheet{}
	for _, w := range b.filled {
		i, err := f.GetSheetIndex(w.name)
		b.check(err)
		sheets[i] = w.source()
	}
	if b.err != nil {
		return b.err
	}
	defer func() {
		for _, stop := range b.closers {
			stop()
		}
	}()
	return sheetrows.WriteWorkbook(out, f, sheets)
}

// book is a workbook under construction.
type book struct {
	f         *excelize.File
	res       *Result
	lang      string
	styles    styles
	names     map[string]string // defined names, by name
	tables    map[string]string // ranges of tables, by name
	parts     []*partSheet
	fault     map[string]string // address of each bearing column, by part and column
	recourses []*listSheet      // by recovery
	filled    []*sheetWriter
	hash      string                       // of the result
	settings  map[settledKey]*sla.Settings // by scenario
	closers   []func()
	err       error // the first, after which nothing is written
}

// check keeps the first error.
func (b *book) check(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *book) l(key string) string { return label(key, b.lang) }

// build makes the sheets in their order and fills them in the order in which they need one another.
func (b *book) build() {
	b.hash = b.res.Hash()
	styles, err := newStyles(b.f, b.lang, b.currencies())
	b.check(err)
	b.styles = styles
	sheets := []string{b.l("summary"), b.l("assumptions")}
	if b.res.WhatIf != nil {
		sheets = append(sheets, b.l("scenarios"))
	}
	for i := range b.res.Parts {
		p := &partSheet{book: b, part: &b.res.Parts[i], sheet: b.partSheetName(i, "")}
		if p.part.All != nil {
			for first := int64(0); first < p.part.Totals.Rows; first += perSheet {
				more := ""
				if first > 0 {
					more = fmt.Sprintf(" (%d)", first/perSheet+1)
				}
				p.values = append(p.values, b.partSheetName(i, more))
			}
			p.sheet = b.partSheetName(i, " "+b.l("sample"))
		}
		b.parts = append(b.parts, p)
		sheets = append(append(sheets, p.values...), p.sheet)
	}
	sheets = append(sheets, b.l("downtime"), b.l("fault"))
	fills := []func(){b.assumptions, b.downtime, b.customers, b.faultShares}
	if len(b.res.Recovered) > 0 {
		sheets = append(sheets, b.l("recourse"))
		fills = append(fills, b.recourse)
	}
	sheets = append(sheets, b.l("clauses"), b.l("chart-data"), b.l("provenance"))
	fills = append(fills, b.clauses, b.provenance, b.summary)
	if b.res.WhatIf != nil {
		more, write := b.whatIfSheets()
		sheets = slices.Insert(sheets, 3, more...)
		fills = append(fills, write...)
	}
	if b.undecided() {
		sheets = append(sheets, b.l("readings"))
		fills = append(fills, b.readings)
	}
	for i, s := range sheets {
		if i == 0 {
			b.check(b.f.SetSheetName("Sheet1", s))
		} else {
			_, err := b.f.NewSheet(s)
			b.check(err)
		}
	}
	for _, fill := range fills {
		fill()
	}
	for _, w := range b.filled { // after the filters, which would undo it
		b.page(w)
	}
	b.f.SetActiveSheet(0)
	b.properties()
}

// currencies lists those of the result.
func (b *book) currencies() []contracts.Currency {
	var out []contracts.Currency
	for _, run := range b.res.runs() {
		if c := run.Program.Contract.Currency; !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// partSheetName is the name of a customers sheet of part i, told apart by what follows.
func (b *book) partSheetName(i int, more string) string {
	if len(b.res.Parts) == 1 {
		return b.l("customers") + more
	}
	name := []rune(b.l("customers") + " " + b.res.Parts[i].Run.Program.Contract.ID)
	if room := 31 - len([]rune(more)); len(name) > room { // the limit of sheet names
		number := fmt.Sprintf(" %d", i+1)
		name = append(name[:room-len(number)], []rune(number)...)
	}
	return string(name) + more
}

// quoted is a sheet name as formulas write it.
func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }

// paramName is the defined name of a parameter's cell.
func paramName(name string, part formula.Part) string {
	n := "p_" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, name)
	switch part {
	case formula.Num:
		return n + "_num"
	case formula.Den:
		return n + "_den"
	}
	return n
}

// define gives a cell a name that formulas use.
func (b *book) define(name, sheet, cell string) {
	ref := quoted(sheet) + "!" + cell
	if old, dup := b.names[name]; dup {
		b.check(fmt.Errorf("report: the name %s stands for both %s and %s", name, old, ref))
	}
	b.names[name] = ref
	b.check(b.f.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: ref}))
}

// text is a cell that is always text.
func (b *book) text(s string) excelize.Cell { return excelize.Cell{StyleID: b.styles.text, Value: s} }

// note is wrapped text set off from the number before it.
func (b *book) note(s string) excelize.Cell { return excelize.Cell{StyleID: b.styles.note, Value: s} }

// wrapped is text that takes as many lines as it needs.
func (b *book) wrapped(s string) excelize.Cell {
	return excelize.Cell{StyleID: b.styles.wrap, Value: s}
}

// quiet is small wrapped text, for who wants to know.
func (b *book) quiet(s string) excelize.Cell {
	return excelize.Cell{StyleID: b.styles.quiet, Value: s}
}

func (b *book) head(s string) excelize.Cell { return excelize.Cell{StyleID: b.styles.head, Value: s} }

// title is the first line of a sheet. Each says that a result is partial: sheets are copied out of their workbook.
func (b *book) title(s string) excelize.Cell {
	if b.res.Partial && s != "" && !strings.HasPrefix(s, b.l("partial")) {
		s += " / " + b.l("partial")
	}
	return excelize.Cell{StyleID: b.styles.title, Value: s}
}

// units is an amount in whole minor units, as formulas count them.
func (b *book) units(formula string, v int64) excelize.Cell {
	return excelize.Cell{StyleID: b.styles.units, Formula: formula, Value: v}
}

// money is an amount in the unit that people speak of, with the sign of its currency. The formula gives minor units. Without a formula it is a value.
func (b *book) money(c contracts.Currency, formula string, v contracts.Amount) excelize.Cell {
	return b.amount(b.styles.money[c.Code], c, formula, v)
}

// total is the same in bold.
func (b *book) total(c contracts.Currency, formula string, v contracts.Amount) excelize.Cell {
	return b.amount(b.styles.total[c.Code], c, formula, v)
}

func (b *book) amount(style int, c contracts.Currency, formula string, v contracts.Amount) excelize.Cell {
	if v > sheetrows.MaxNumber || v < -sheetrows.MaxNumber {
		return b.text(v.Text(c))
	}
	if c.Digits > 0 && formula != "" {
		if strings.ContainsAny(formula, "+-*/,<>=") {
			formula = "(" + formula + ")"
		}
		formula += "/1" + strings.Repeat("0", c.Digits) // one division of two whole numbers, which a spreadsheet rounds to the nearest as it reads the value beside it
	}
	return excelize.Cell{StyleID: style, Formula: formula, Value: exactNumber{int64(v), c.Digits}}
}

// exactNumber is units ÷ 10^digits.
type exactNumber struct {
	units  int64
	digits int
}

func (b *book) count(formula string, v int64) excelize.Cell {
	return excelize.Cell{StyleID: b.styles.number, Formula: formula, Value: v}
}

// Citation names the places that a rule rests on.
func Citation(refs []contracts.Ref) string { return refsText(refs) }

// refsText cites the places a column rests on.
func refsText(refs []contracts.Ref) string {
	var out []string
	for _, r := range refs {
		out = append(out, r.String())
	}
	return strings.Join(out, "; ")
}
