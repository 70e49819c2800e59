package report

import (
	"fmt"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
	"github.com/xuri/excelize/v2"
)

// listSheet writes a program of one row down a sheet: a line a column, each formula live over the lines above it.
type listSheet struct {
	*book
	w      *sheetWriter
	row    sla.Row
	inputs map[string]string // formulas of inputs that other sheets work out, by column
	at     map[string]string // address of each column, without the sheet's name
}

// hideHelpers keeps parts of divisions out of sight and off the paper.
func (b *book) hideHelpers(sheet string) {
	b.check(b.f.SetColVisible(sheet, columnName(listHelpers-1)+":"+columnName(listHelpers+40), false))
}

const (
	listValue   = "C" // the column of values
	listHelpers = 11  // the first column of parts of divisions
)

// list writes the columns from the next row of the sheet on. Values stand in column C.
func (l *listSheet) list() {
	prog := l.row.Run().Program
	words := NewWords(l.row, l.lang)
	whole := neverNegativeColumns(prog)
	live := true // up to the amounts that formulas take exactly
	for i := range prog.Columns {
		v := l.row.Value(i)
		live = live && v <= SheetMax && v >= -SheetMax
	}
	l.at = l.places(l.w.row + 1)
	for i, c := range prog.Columns {
		var helpers []string
		sp := l.printer(prog)
		sp.col = func(name string) string { return l.at[name] }
		sp.pool = func(of string, _ formula.Scope, _ bool) string { return l.at[of] }        // the row is alone in its pools
		sp.whole = func(name string) bool { return whole[name] && name != sla.BearingTotal } // which may be owed back
		sp.helper = func(f string) string {
			helpers = append(helpers, f)
			return fmt.Sprintf("%s%d", columnName(listHelpers+len(helpers)-2), l.w.row+1)
		}
		f := l.inputs[c.Name]
		if c.Expr != nil {
			f = sp.number(c.Expr)
		}
		l.check(sp.problem)
		if !live {
			f, helpers = "", nil
		}
		value := l.exact(l.number(c.Unit, f, l.row.Value(i)), l.row.Value(i))
		how := ""
		if c.Expr != nil && l.row.Value(i) != 0 {
			how = words.how(i)
		}
		cells := []any{excelize.Cell{StyleID: l.styles.key, Value: c.Name}, l.wrapped(c.Label.In(l.lang)), value, l.note(how), l.note(refsText(c.Refs))}
		for len(helpers) > 0 && len(cells) < listHelpers-1 {
			cells = append(cells, nil)
		}
		for _, h := range helpers {
			cells = append(cells, excelize.Cell{Formula: h})
		}
		l.w.add(cells...)
	}
}

// places are the addresses of the columns when the list begins at a row.
func (l *listSheet) places(first int) map[string]string {
	out := map[string]string{}
	for i, c := range l.row.Run().Program.Columns {
		out[c.Name] = fmt.Sprintf("%s%d", listValue, first+i)
	}
	return out
}

func (l *listSheet) number(u sla.Unit, f string, v int64) excelize.Cell {
	return excelize.Cell{StyleID: l.styles.of(u), Formula: f, Value: v}
}

// cell is the address of a column for other sheets.
func (l *listSheet) cell(name string) string { return quoted(l.w.name) + "!" + l.at[name] }

// effect is that of a posting on the one row.
func (l *listSheet) effect(b *book, i int) []any {
	c := l.row.Run().Program.Columns[i]
	n := int64(0)
	if l.row.Value(i) != 0 {
		n = 1
	}
	return []any{b.count(fmt.Sprintf("IF(%s<>0,1,0)", l.cell(c.Name)), n), b.money(l.row.Run().Program.Contract.Currency, l.cell(c.Name), contracts.Amount(l.row.Value(i)))}
}
