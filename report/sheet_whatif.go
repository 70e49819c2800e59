package report

import (
	"fmt"
	"slices"

	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/whatif"
	"github.com/xuri/excelize/v2"
)

// whatIfSheets are the sheets of what a what-if found beside the totals, with what writes each. Their figures are values: each is of other assumptions than
// those in use.
func (b *book) whatIfSheets() (names []string, write []func()) {
	b.settings = map[settledKey]*sla.Settings{}
	add := func(key string, f func()) {
		names, write = append(names, b.l(key)), append(write, f)
	}
	tables := WhatIfTables(b.res.WhatIf, b.lang)
	of := func(keys ...string) (out []Table) {
		for _, t := range tables {
			if slices.Contains(keys, t.Key) {
				out = append(out, t)
			}
		}
		return out
	}
	write = append(write, b.scenarios)
	if list := of("parties", "heads", "causes"); len(list) > 0 {
		add("causes", func() { b.tableSheet("causes", list, nil) })
	}
	if list := of("sensitivity"); len(list) > 0 {
		add("sensitivity", func() { b.tableSheet("sensitivity", list, b.tornado) })
	}
	if list := of("sweep"); len(list) > 0 {
		add("sweeps", func() { b.tableSheet("sweeps", list, b.sweepChart) })
	}
	if list := of("break-even"); len(list) > 0 {
		add("break-even", func() { b.tableSheet("break-even", list, b.breakEvenCharts) })
	}
	if list := of("distribution", "variables", "provision", "exceedance", "convergence"); b.res.WhatIf.Drawn != nil {
		add("uncertainty", func() { b.tableSheet("uncertainty", list, b.distributionChart) })
	}
	if list := of("tree"); len(list) > 0 {
		add("tree", func() { b.tableSheet("tree", list, nil) })
	}
	if b.picks() {
		add("scenario-values", b.scenarioValues)
	}
	return names, write
}

// tableSheet writes tables one below the other on a sheet. draw, if it is not nil, adds a chart below each, from the rows at which its figures stand.
func (b *book) tableSheet(key string, list []Table, draw func(w *sheetWriter, t *Table, n int, rows [2]int)) {
	cols := 1
	for _, t := range list {
		cols = max(cols, len(t.Heads))
	}
	widths := []float64{52}
	for range cols - 1 {
		widths = append(widths, 22)
	}
	w := b.open(b.l(key), widths...)
	for n, t := range list {
		if n > 0 {
			w.add()
		}
		w.add(b.title(t.Title))
		var heads []any
		for _, h := range t.Heads {
			heads = append(heads, b.head(h))
		}
		first := w.add(heads...) + 1
		for _, row := range t.Rows {
			var cells []any
			for _, c := range row {
				cells = append(cells, b.tableCell(c))
			}
			w.add(cells...)
		}
		rows := [2]int{first, w.row}
		for _, note := range t.Notes {
			w.add(b.text(note))
		}
		if draw != nil {
			draw(w, &t, n, rows)
		}
	}
}

// tableCell is a cell of a table.
func (b *book) tableCell(c any) any {
	switch c := c.(type) {
	case Sum:
		return b.money(c.Currency, "", c.Amount)
	case int64:
		return b.count("", c)
	case PerMille:
		return excelize.Cell{StyleID: b.styles.percent, Value: exactNumber{int64(c), 3}}
	case string:
		return b.wrapped(c)
	}
	panic(fmt.Sprintf("report: no cell of %T", c))
}

// mostBars is how many parameters a tornado shows.
const mostBars = 15

// tornado draws how far each parameter moves the total to either side of the base.
func (b *book) tornado(w *sheetWriter, _ *Table, _ int, _ [2]int) {
	var swings []whatif.Swing
	for _, s := range b.res.WhatIf.Swings {
		if s.Low != s.High && len(swings) < mostBars {
			swings = append(swings, s)
		}
	}
	if len(swings) == 0 {
		return
	}
	words := whatIfTables{b.res.WhatIf, b.lang}
	cur := b.res.WhatIf.Case.Currency(swings[0].Measure)
	w.add()
	w.add(b.head(words.pick("図の値: 基準との差", "Figures of the chart: against the base")), b.head(words.pick("最少", "least")), b.head(words.pick("最多", "most")))
	first := w.row + 1
	for _, s := range swings {
		w.add(b.text(words.parameter(s.Parameter)), b.money(cur, "", s.Low-s.Base), b.money(cur, "", s.High-s.Base))
	}
	rows := [2]int{first, w.row}
	same, narrow, over := false, uint(40), 100
	series := func(col, colour string) excelize.ChartSeries {
		return excelize.ChartSeries{Name: fmt.Sprintf("%s!$%s$%d", quoted(w.name), col, first-1), Categories: area(w.name, "A", rows), Values: area(w.name, col, rows), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}}
	}
	w.add()
	b.chart(w.name, fmt.Sprintf("A%d", w.row+1), 900, &excelize.Chart{Type: excelize.Bar, VaryColors: &same, GapWidth: &narrow, Overlap: &over,
		Title: b.chartTitle(words.pick("感度（基準との差、", "Sensitivity: difference from the base (") + cur.Code + words.pick("）", ")")), Legend: excelize.ChartLegend{Position: "bottom"},
		XAxis: excelize.ChartAxis{ReverseOrder: true, TickLabelPosition: excelize.ChartTickLabelLow}, YAxis: excelize.ChartAxis{MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0"}},
		Series: []excelize.ChartSeries{series("B", colourLess), series("C", colourMore)}})
	w.space(chartBand)
}

// sweepChart draws a sweep: a line for each value of the second parameter.
func (b *book) sweepChart(w *sheetWriter, t *Table, _ int, rows [2]int) {
	if len(t.Rows) < 2 {
		return
	}
	var cols []string
	for i := range t.Heads[1:] {
		cols = append(cols, columnName(i+1))
	}
	b.lineChart(w, t.Title, rows, "A", cols)
}

// lineChart draws columns over another, with the heads above them as names, below what the sheet holds so far.
func (b *book) lineChart(w *sheetWriter, title string, rows [2]int, over string, cols []string) {
	same := false
	var list []excelize.ChartSeries
	for i, col := range cols {
		colour := partyColours[i%len(partyColours)]
		list = append(list, excelize.ChartSeries{Name: fmt.Sprintf("%s!$%s$%d", quoted(w.name), col, rows[0]-1), Categories: area(w.name, over, rows), Values: area(w.name, col, rows),
			Line: excelize.LineOptions{Width: 2, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}}, Marker: excelize.ChartMarker{Symbol: "circle", Size: 5}})
	}
	legend := "bottom"
	if len(list) == 1 {
		legend = "none"
	}
	w.add()
	b.chart(w.name, fmt.Sprintf("A%d", w.row+1), 900, &excelize.Chart{Type: excelize.Line, VaryColors: &same, Title: b.chartTitle(title), Legend: excelize.ChartLegend{Position: legend},
		YAxis: excelize.ChartAxis{MajorGridLines: true}, Series: list})
	w.space(chartBand)
}

// breakEvenCharts draws each measure over the range of its parameter, with the amount that is asked for.
func (b *book) breakEvenCharts(w *sheetWriter, _ *Table, _ int, _ [2]int) {
	words := whatIfTables{b.res.WhatIf, b.lang}
	for _, a := range b.res.WhatIf.Answers {
		cur := b.res.WhatIf.Case.Currency(a.Measure)
		w.add()
		w.add(b.head(words.parameter(a.Parameter)), b.head(words.measure(a.Measure)), b.head(words.pick("問われた額", "amount asked for")))
		first := w.row + 1
		for _, p := range a.Curve {
			w.add(b.text(p.At), b.money(cur, "", p.Amount), b.money(cur, "", a.Reaches))
		}
		b.lineChart(w, a.Title.In(b.lang), [2]int{first, w.row}, "A", []string{"B", "C"})
	}
}

// distributionBars is how many bars the chart of a distribution has.
const distributionBars = 24

// distributionChart draws how often what was drawn, below the first table.
func (b *book) distributionChart(w *sheetWriter, t *Table, n int, rows [2]int) {
	if t.Key == "exceedance" {
		b.lineChart(w, t.Title, rows, "A", []string{"B"})
		return
	}
	if n > 0 {
		return
	}
	d := b.res.WhatIf.Drawn
	words := whatIfTables{b.res.WhatIf, b.lang}
	cur := b.res.WhatIf.Case.Currency(d.Measure)
	w.add()
	w.add(b.head(words.pick("額（から）", "amount, from")), b.head(words.pick("抽出回数", "draws")))
	first := w.row + 1
	for _, bar := range d.Bars(distributionBars) {
		w.add(b.text(short(bar.From, cur, b.lang)), b.count("", int64(bar.Draws)))
	}
	rows = [2]int{first, w.row}
	same, narrow := false, uint(10)
	w.add()
	b.chart(w.name, fmt.Sprintf("A%d", w.row+1), 900, &excelize.Chart{Type: excelize.Col, VaryColors: &same, GapWidth: &narrow, Title: b.chartTitle(words.pick("分布（", "Distribution (") + cur.Code + words.pick("）", ")")), Legend: excelize.ChartLegend{Position: "none"},
		YAxis: excelize.ChartAxis{MajorGridLines: true}, Series: []excelize.ChartSeries{{Name: fmt.Sprintf("%s!$B$%d", quoted(w.name), first-1), Categories: area(w.name, "A", rows), Values: area(w.name, "B", rows), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colourPlain}}}}})
	w.space(chartBand)
}
