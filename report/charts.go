package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/xuri/excelize/v2"
)

// Charts draw from a sheet of their own, in the unit that people speak of. Its figures are formulas over the other sheets, so that a changed
// assumption changes the pictures too.

// The colours of charts.
const (
	colourTotal = "2F5D8C"
	colourMore  = "C2703D"
	colourLess  = "6FA287"
	colourPlain = "7A95B8"
)

var partyColours = []string{"2F5D8C", "C2703D", "6FA287", "B9A14B", "8A6FA3", "5B9BA8", "A85B6E", "7F7F7F"}

// chartBand is how many rows of the summary a row of charts takes.
const chartBand = 18

// chartAreas are where the figures of a part's charts stand.
type chartAreas struct {
	sheet                              string
	waterfall, bins, parties, timeline [2]int // first and last row; 0 where there is none
	unit                               string // of the timeline: the key of its label
}

// chartData writes the sheet of figures for the charts, and returns where they stand for each part.
func (b *book) chartData() []chartAreas {
	w := b.open(b.l("chart-data"), 40, 18, 18, 18, 18, 18, 18, 18, 18, 18)
	w.add(b.title(b.l("chart-data")))
	w.add(b.text(b.l("chart-hint")))
	var out []chartAreas
	for i, p := range b.parts {
		a := chartAreas{sheet: w.name}
		w.add()
		w.add(b.title(p.part.Run.Program.Contract.Title.In(b.lang)))
		a.waterfall = b.waterfallData(w, p)
		a.bins = b.binData(w, p)
		a.parties = b.partyData(w, i, p)
		if i == 0 {
			a.timeline, a.unit = b.timelineData(w, p.part.Run.Program.Incident)
		}
		out = append(out, a)
	}
	return out
}

// waterfallData takes the claimed to the payable, a line a rule in the order in which the program applies them.
func (b *book) waterfallData(w *sheetWriter, p *partSheet) [2]int {
	prog, t := p.part.Run.Program, &p.part.Totals
	cur := prog.Contract.Currency
	rules := PostingsByRule(prog)
	slices.SortStableFunc(rules, func(x, y RulePostings) int { return x.Columns[0] - y.Columns[0] })
	w.add()
	w.heads("waterfall", "change", "after", "below", "more", "less", "total-bar", "below-negative", "more-negative", "less-negative")
	var after contracts.Amount
	first := w.row + 1
	for i, r := range rules {
		sum := r.Sum(t)
		before := after
		after += sum
		row := w.row + 1
		var of []string
		for _, c := range r.Columns {
			of = append(of, p.sum(c))
		}
		prior, was := "0", fmt.Sprintf("C%d", row-1)
		if i > 0 {
			prior = was
		}
		lo, hi := fmt.Sprintf("MIN(%s,C%d)", prior, row), fmt.Sprintf("MAX(%s,C%d)", prior, row)
		up, down := fmt.Sprintf("MAX(%s,0)-MAX(%s,0)", hi, lo), fmt.Sprintf("MIN(%s,0)-MIN(%s,0)", lo, hi)
		signed := func(op, of string) string { return fmt.Sprintf("IF(B%d%s0,%s,0)", row, op, of) }
		l, h := min(before, after), max(before, after)
		above, under := max(h, 0)-max(l, 0), min(l, 0)-min(h, 0)
		more, less := sum, contracts.Amount(0)
		if sum < 0 {
			more, less = 0, sum
		}
		if r.Rule == sla.RuleClaimed { // where it begins, in the colour of a total
			w.add(b.text(r.Rule.Label().In(b.lang)), b.units(strings.Join(of, "+"), int64(sum)), b.units(fmt.Sprintf("%s+B%d", prior, row), int64(after)), nil, nil, nil, b.money(cur, fmt.Sprintf("B%d", row), sum))
			continue
		}
		pick := func(is, v contracts.Amount) contracts.Amount {
			if is == 0 {
				return 0
			}
			return v
		}
		w.add(b.text(r.Rule.Label().In(b.lang)), b.units(strings.Join(of, "+"), int64(sum)), b.units(fmt.Sprintf("%s+B%d", prior, row), int64(after)),
			b.money(cur, "MAX("+lo+",0)", max(l, 0)), b.money(cur, signed(">", up), pick(more, above)), b.money(cur, signed("<", up), pick(less, above)), nil,
			b.money(cur, "MIN("+hi+",0)", min(h, 0)), b.money(cur, signed(">", down), pick(more, under)), b.money(cur, signed("<", down), pick(less, under)))
	}
	payable := prog.Index("payable")
	w.add(b.text(sla.RulePayable.Label().In(b.lang)), nil, nil, nil, nil, nil, b.money(cur, p.sum(payable), t.Sums[payable]))
	return [2]int{first, w.row}
}

// binData counts the customers by how much they are owed. The edges are powers of ten, the same under all findings.
func (b *book) binData(w *sheetWriter, p *partSheet) [2]int {
	cur := p.part.Run.Program.Contract.Currency
	payable, spread := p.part.Run.Program.Index("payable"), p.part.spread()
	w.add()
	w.heads("distribution", "from-amount", "below-amount", "customers-in-bin")
	first := w.row + 1
	for _, bin := range Bins(cur) {
		n := spread.count(bin)
		row := w.row + 1
		from, until := b.units("", int64(bin.From)), b.units("", int64(bin.Until))
		var terms []string
		if bin.hasFrom() {
			terms = append(terms, fmt.Sprintf("%s,\">=\"&B%d", rangeMark, row))
		} else {
			from = b.text("")
		}
		if bin.hasUntil() {
			terms = append(terms, fmt.Sprintf("%s,\"<\"&C%d", rangeMark, row))
		} else {
			until = b.text("")
		}
		w.add(b.text(bin.label(cur, b.lang)), from, until, b.count(p.overRanges("COUNTIFS("+strings.Join(terms, ",")+")", p.letter(payable)), n))
	}
	return [2]int{first, w.row}
}

// partyData lists the shares of fault and what each party bears.
func (b *book) partyData(w *sheetWriter, i int, p *partSheet) [2]int {
	prog := p.part.Run.Program
	if len(prog.Bearing.Parties) < 2 {
		return [2]int{}
	}
	cur := prog.Contract.Currency
	w.add()
	w.heads("party", "share", "bears")
	first := w.row + 1
	for _, party := range prog.Bearing.Parties {
		name := sla.BearingPart + party.ID
		w.add(b.text(party.Title.In(b.lang)), b.count(paramName("share."+party.ID, 0), p.part.Run.Settings.Of("share."+party.ID).Num), b.money(cur, b.fault[fmt.Sprintf("%d/%s", i, name)], p.part.Bears.Of(name)))
	}
	return [2]int{first, w.row}
}

// mostPhases bounds the lines of the timeline.
const mostPhases = 40

// timelineData lists when each phase began after the first and how long it took, in a unit that fits the whole.
func (b *book) timelineData(w *sheetWriter, in *sla.Incident) (rows [2]int, unitKey string) {
	var phases []sla.Phase
	for _, e := range in.Events {
		phases = append(phases, e.Phases...)
	}
	if len(phases) == 0 {
		return [2]int{}, ""
	}
	slices.SortStableFunc(phases, func(x, y sla.Phase) int { return x.Period.Start.Compare(y.Period.Start) })
	phases = phases[:min(len(phases), mostPhases)]
	start, end := phases[0].Period.Start, phases[0].Period.End
	for _, ph := range phases {
		if ph.Period.End.After(end) {
			end = ph.Period.End
		}
	}
	unit, key := time.Minute, "minutes"
	switch d := end.Sub(start); {
	case d >= 6*24*time.Hour:
		unit, key = 24*time.Hour, "days"
	case d >= 6*time.Hour:
		unit, key = time.Hour, "hours"
	}
	from, _ := times(phases[0].Period, in.Zone)
	w.add()
	w.add(b.head(b.l("timeline")+": "+b.l(key)), b.head(b.l("after-start")+" "+from), b.head(b.l("how-long")))
	first := w.row + 1
	for _, ph := range phases {
		w.add(b.text(ph.Title.In(b.lang)), b.hundredths(ph.Period.Start.Sub(start), unit), b.hundredths(ph.Period.End.Sub(ph.Period.Start), unit))
	}
	return [2]int{first, w.row}, key
}

// hundredths is a length in a unit to two decimals, the fraction dropped: for the eye only.
func (b *book) hundredths(d, unit time.Duration) excelize.Cell {
	n, _ := contracts.MulDiv(d.Milliseconds(), 100, unit.Milliseconds(), contracts.RoundDown)
	return excelize.Cell{StyleID: b.styles.decimals, Value: exactNumber{n, 2}}
}

// draw puts the charts of part i on the summary from a row on: two side by side, and for the first part the timeline and the shares below.
func (b *book) draw(sheet string, i, row int, a chartAreas) {
	series := func(col string, at [2]int, name, colour string) excelize.ChartSeries {
		s := excelize.ChartSeries{Name: name, Categories: area(a.sheet, "A", at), Values: area(a.sheet, col, at), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}}
		if colour == "" {
			s.Fill = excelize.Fill{Type: "pattern", Pattern: 0}
		}
		return s
	}
	heading := func(at int, col string) string { return fmt.Sprintf("%s!$%s$%d", quoted(a.sheet), col, at) }
	same, narrow := false, uint(40)
	wf := a.waterfall
	b.chart(sheet, fmt.Sprintf("A%d", row), 640, &excelize.Chart{Type: excelize.ColStacked, VaryColors: &same, GapWidth: &narrow, Title: b.chartTitle(b.l("waterfall-title") + " (" + b.parts[i].part.Run.Program.Contract.Currency.Code + ")" + b.parts[i].firstReading()), Legend: excelize.ChartLegend{Position: "none"},
		YAxis: excelize.ChartAxis{MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0"}}, Series: []excelize.ChartSeries{
			series("D", wf, heading(wf[0]-1, "D"), ""), series("H", wf, heading(wf[0]-1, "H"), ""), series("E", wf, heading(wf[0]-1, "E"), colourMore), series("F", wf, heading(wf[0]-1, "F"), colourLess),
			series("I", wf, heading(wf[0]-1, "I"), colourMore), series("J", wf, heading(wf[0]-1, "J"), colourLess), series("G", wf, heading(wf[0]-1, "G"), colourTotal)}})
	b.chart(sheet, fmt.Sprintf("D%d", row), 520, &excelize.Chart{Type: excelize.Col, VaryColors: &same, GapWidth: &narrow, Title: b.chartTitle(b.l("distribution") + b.parts[i].firstReading()), Legend: excelize.ChartLegend{Position: "none"},
		PlotArea: excelize.ChartPlotArea{ShowVal: true}, YAxis: excelize.ChartAxis{MajorGridLines: true}, Series: []excelize.ChartSeries{series("D", a.bins, heading(a.bins[0]-1, "D"), colourPlain)}})
	if a.timeline[0] > 0 {
		tl := a.timeline
		b.chart(sheet, fmt.Sprintf("A%d", row+chartBand), 640, &excelize.Chart{Type: excelize.BarStacked, VaryColors: &same, GapWidth: &narrow, Title: b.chartTitle(b.l("timeline") + ": " + b.l(a.unit)), Legend: excelize.ChartLegend{Position: "none"},
			XAxis: excelize.ChartAxis{ReverseOrder: true}, YAxis: excelize.ChartAxis{MajorGridLines: true}, Series: []excelize.ChartSeries{series("B", tl, heading(tl[0]-1, "B"), ""), series("C", tl, heading(tl[0]-1, "C"), colourMore)}})
	}
	if a.parties[0] > 0 {
		pie := series("B", a.parties, heading(a.parties[0]-1, "B"), partyColours[0])
		pie.Fill = excelize.Fill{}
		for k := range a.parties[1] - a.parties[0] + 1 {
			pie.DataPoint = append(pie.DataPoint, excelize.ChartDataPoint{Index: k, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{partyColours[k%len(partyColours)]}}})
		}
		at := row + chartBand
		b.chart(sheet, fmt.Sprintf("D%d", at), 520, &excelize.Chart{Type: excelize.Pie, Title: b.chartTitle(b.l("fault-shares")), Legend: excelize.ChartLegend{Position: "right"}, PlotArea: excelize.ChartPlotArea{ShowPercent: true}, Series: []excelize.ChartSeries{pie}})
	}
}

// bands is how many rows the charts of a part take.
func (a chartAreas) bands() int {
	if a.timeline[0] > 0 || a.parties[0] > 0 {
		return 2 * chartBand
	}
	return chartBand
}

// chart puts a chart on a sheet. Its height is in the pixels that excelize takes for rows of 15 points: 18 each.
func (b *book) chart(sheet, cell string, width uint, c *excelize.Chart) {
	c.Dimension = excelize.ChartDimension{Width: width, Height: chartBand*18 - 18}
	c.Format = excelize.GraphicOptions{OffsetX: 4, OffsetY: 4}
	axis := excelize.Font{Size: 8, Color: "404040"}
	c.XAxis.Font, c.YAxis.Font = axis, axis
	c.Legend.Font = &excelize.Font{Size: 9, Color: "404040"}
	b.check(b.f.AddChart(sheet, cell, c))
}

func (b *book) chartTitle(text string) excelize.ChartTitle {
	return excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: text, Font: &excelize.Font{Size: 11, Bold: true}}}}
}

func area(sheet, col string, rows [2]int) string {
	return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted(sheet), col, rows[0], col, rows[1])
}
