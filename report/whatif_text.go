package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/amends-go/amends/sla/whatif"
)

// WhatIf writes the tables of a report for a terminal.
func WhatIf(w io.Writer, r *whatif.Report, lang string) {
	fmt.Fprintln(w, r.Case.Title.In(lang))
	if r.Rejected > 0 {
		fmt.Fprintf(w, "*** %s (%d)\n", label("partial", lang), r.Rejected)
	}
	for _, t := range WhatIfTables(r, lang) {
		t.write(w, lang)
	}
	fmt.Fprintln(w, label("not-advice", lang))
}

// write writes a table with columns as wide as they need to be.
func (t *Table) write(w io.Writer, lang string) {
	fmt.Fprintf(w, "\n%s\n", t.Title)
	widths := make([]int, len(t.Heads))
	for i, h := range t.Heads {
		widths[i] = textCells(h)
		for _, row := range t.Rows {
			widths[i] = max(widths[i], textCells(cellText(row[i], lang)))
		}
	}
	line := func(cell func(int) string) {
		var b strings.Builder
		for i := range t.Heads {
			s := cell(i)
			gap := strings.Repeat(" ", widths[i]-textCells(s))
			if t.numeric(i) {
				s = gap + s
			} else {
				s += gap
			}
			b.WriteString("  " + s)
		}
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	}
	line(func(i int) string { return t.Heads[i] })
	for _, row := range t.Rows {
		line(func(i int) string { return cellText(row[i], lang) })
	}
	for _, n := range t.Notes {
		fmt.Fprintln(w, "  "+n)
	}
}
