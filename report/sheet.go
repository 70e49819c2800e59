package report

import (
	"fmt"
	"strings"

	"github.com/amends-go/amends/internal/sheetrows"
	"github.com/xuri/excelize/v2"
)

// sheetWriter holds the rows of a sheet until the workbook is written: what surrounds them may come in any order.
type sheetWriter struct {
	book   *book
	name   string
	row    int
	rows   [][]any   // cells; nil is a blank row
	high   []int     // heights in points; 0 is the usual
	widths []float64 // of the first columns, in characters

	more   int                         // how many rows stream adds
	stream func(*sheetrows.Rows) error // writes further rows; nil adds none
}

// last is the number of the last row.
func (w *sheetWriter) last() int { return w.row + w.more }

// open begins a sheet with the widths of its first columns, in characters of half width.
func (b *book) open(sheet string, widths ...float64) *sheetWriter {
	w := &sheetWriter{book: b, name: sheet, widths: widths}
	for i, width := range widths {
		b.check(b.f.SetColWidth(sheet, columnName(i), columnName(i), width))
	}
	b.filled = append(b.filled, w)
	return w
}

// add writes the next row and returns its number.
func (w *sheetWriter) add(cells ...any) int {
	w.row++
	w.rows, w.high = append(w.rows, cells), append(w.high, w.height(cells))
	return w.row
}

// height makes a row as high as its longest wrapped text: programs that open the file do not do so by themselves.
func (w *sheetWriter) height(cells []any) int {
	lines := 1
	for i, c := range cells {
		cell, ok := c.(excelize.Cell)
		text, isText := cell.Value.(string)
		if !ok || !isText || !w.book.styles.wraps[cell.StyleID] {
			continue
		}
		width := 16
		if i < len(w.widths) {
			width = int(w.widths[i])
		}
		if cell.StyleID == w.book.styles.quiet { // in smaller letters
			width += width / 4
		}
		lines = max(lines, linesOf(text, width-1))
	}
	if lines == 1 {
		return 0
	}
	return 15 * min(lines, 20)
}

// linesOf is how many lines a text takes in a column so many half-width characters wide.
func linesOf(text string, width int) int {
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n += max(1, (textCells(line)+max(width, 1)-1)/max(width, 1))
	}
	return n
}

// freeze keeps the first rows and columns in sight, and prints them on every page.
func (w *sheetWriter) freeze(cols, rows int) {
	b := w.book
	pane := "bottomLeft"
	if cols > 0 {
		pane = "bottomRight"
	}
	b.check(b.f.SetPanes(w.name, &excelize.Panes{Freeze: true, XSplit: cols, YSplit: rows, TopLeftCell: fmt.Sprintf("%s%d", columnName(cols), rows+1), ActivePane: pane}))
	titles := fmt.Sprintf("%s!$1:$%d", quoted(w.name), rows)
	if cols > 0 { // who it is, on every page; what else is frozen would fill the paper
		titles = fmt.Sprintf("%s!$A:$A,%s", quoted(w.name), titles)
	}
	b.check(b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: w.name}))
}

// space leaves rows of the usual height free, which programs would otherwise choose for themselves.
func (w *sheetWriter) space(rows int) {
	for range rows {
		w.row++
		w.rows, w.high = append(w.rows, nil), append(w.high, 15)
	}
}

// heads adds a row of headings by the keys of their labels.
func (w *sheetWriter) heads(keys ...string) int {
	var cells []any
	for _, k := range keys {
		cells = append(cells, w.book.head(w.book.l(k)))
	}
	return w.add(cells...)
}

// filter puts filters on a row of headings, over the rows below it so far.
func (w *sheetWriter) filter(row, cols int) {
	if w.last() > row {
		w.book.check(w.book.f.AutoFilter(w.name, fmt.Sprintf("A%d:%s%d", row, columnName(cols-1), w.last()), nil))
	}
}

// source is where the rows of the sheet come from when the workbook is written.
func (w *sheetWriter) source() sheetrows.Sheet {
	cols := 1
	for _, cells := range w.rows {
		cols = max(cols, len(cells))
	}
	return sheetrows.Sheet{Name: w.name, Rows: w.last(), Cols: cols, Fill: func(r *sheetrows.Rows) error {
		for i, cells := range w.rows {
			r.Next(w.high[i])
			for _, c := range cells {
				write(r, c)
			}
		}
		if w.stream == nil {
			return nil
		}
		return w.stream(r)
	}}
}

// write writes one cell; nil leaves it out.
func write(r *sheetrows.Rows, c any) {
	cell, ok := c.(excelize.Cell)
	if !ok {
		r.Skip(1)
		return
	}
	units, digits := int64(0), 0
	switch v := cell.Value.(type) {
	case nil:
		if cell.Formula != "" {
			r.Bare(cell.StyleID, cell.Formula)
		} else {
			r.Text(cell.StyleID, "")
		}
		return
	case string:
		if cell.Formula != "" {
			r.TextFormula(cell.StyleID, cell.Formula, v)
		} else {
			r.Text(cell.StyleID, v)
		}
		return
	case int64:
		units = v
	case exactNumber:
		units, digits = v.units, v.digits
	default: // it would stand as 0
		panic(fmt.Sprintf("report: a cell of %T", v))
	}
	if cell.Formula != "" {
		r.Formula(cell.StyleID, cell.Formula, units, digits)
		return
	}
	r.Decimal(cell.StyleID, units, digits)
}
