package report

import (
	"fmt"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
	"github.com/xuri/excelize/v2"
)

// The sheet of scenario values holds blocks of equal height, one below the other: for each parameter a row, for each scenario a column.
const (
	blockValue = iota // the option's wording, the numerator, the weight, the day or the amount
	blockDen          // the denominator; empty where there is none
	blockReason
	blockSource
	blocks
)

const (
	firstScenarioCol = 3 // D, of the scenarios and of their values
	firstBlockRow    = 5
	scenarioNumber   = "scenario_number"
)

// picks reports whether the workbook has a scenario picker: formulas are live for all customers.
func (b *book) picks() bool {
	if b.res.WhatIf == nil {
		return false
	}
	for _, p := range b.res.Parts {
		if p.All != nil {
			return false
		}
	}
	return true
}

// PickerCell is the cell of the assumptions sheet in which a scenario is picked, and PickerText what to put there for scenario i.
const PickerCell = "C3"

// PickerText is what stands in the picker for scenario i of the report: its number, which tells equal titles apart, and its title. Signs that spreadsheets
// take for patterns are written in full width.
func PickerText(res *Result, i int, lang string) string {
	title := res.WhatIf.Exposures[i].Scenario.Title.In(lang)
	title = strings.NewReplacer("*", "＊", "?", "？", "~", "～").Replace(title)
	if r := []rune(title); len(r) > 200 {
		title = string(r[:199]) + "…"
	}
	return fmt.Sprintf("%d: %s", i+1, title)
}

// pick is the number of the scenario that the result shows, from 0.
func (b *book) pick() int {
	for i, e := range b.res.WhatIf.Exposures {
		if e.Scenario.ID == b.res.Findings.ID {
			return i
		}
	}
	return 0
}

// scenarioCols is the range of a row over all scenarios.
func (b *book) scenarioCols(sheet string, row int) string {
	last := columnName(firstScenarioCol + len(b.res.WhatIf.Exposures) - 1)
	return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted(sheet), columnName(firstScenarioCol), row, last, row)
}

// picker writes the row in which a scenario is picked.
func (b *book) picker(w *sheetWriter) {
	i := b.pick()
	titles := b.scenarioCols(b.l("scenarios"), 4)
	row := w.add(b.head(b.l("pick")), b.text(""), excelize.Cell{StyleID: b.styles.input, Value: PickerText(b.res, i, b.lang)}, b.text(""),
		excelize.Cell{StyleID: b.styles.key, Formula: "MATCH(C3," + titles + ",0)", Value: int64(i + 1)})
	v := excelize.NewDataValidation(false)
	v.SetSqref(PickerCell)
	v.SetSqrefDropList(titles)
	b.check(b.f.AddDataValidation(w.name, v))
	b.define(scenarioNumber, w.name, fmt.Sprintf("$E$%d", row))
}

// findingsCell names what the workbook shows.
func (b *book) findingsCell() excelize.Cell {
	if !b.picks() {
		return b.text(b.res.Findings.Title.In(b.lang))
	}
	return excelize.Cell{StyleID: b.styles.text, Formula: quoted(b.l("assumptions")) + "!$C$3", Value: PickerText(b.res, b.pick(), b.lang)}
}

// blockCell is the formula of what the scenario picked has for parameter k.
func (b *book) blockCell(block, k int) string {
	n := len(AssumptionRows(b.res))
	return "INDEX(" + b.scenarioCols(b.l("scenario-values"), firstBlockRow+block*(n+2)+k) + "," + scenarioNumber + ")"
}

// picked writes a parameter whose value comes from the scenario picked, unless an own one is written beside it.
func (b *book) picked(w *sheetWriter, k int, r AssumptionRow) {
	par := r.Parameter
	c, d := ParameterCells(par, r.Setting.Number, b.lang)
	input := b.inputStyle(par)
	style := map[int]int{b.styles.input: b.styles.wrap, b.styles.inputUnits: b.styles.units, b.styles.inputDay: b.styles.day}[input]
	if par.Kind == sla.Fraction || par.Kind == sla.Times || par.Kind == sla.Weight {
		style = b.styles.number
	}
	own := func(col string, block int) string {
		return fmt.Sprintf("IF(%s%d=\"\",%s,%s%d)", col, r.Row, b.blockCell(block, k), col, r.Row)
	}
	text := func(block int, s string) excelize.Cell {
		return excelize.Cell{StyleID: b.styles.wrap, Formula: b.blockCell(block, k) + "&\"\"", Value: s}
	}
	cells := []any{excelize.Cell{StyleID: b.styles.key, Value: par.Name}, b.wrapped(par.Label.In(b.lang)), excelize.Cell{StyleID: style, Formula: own("F", blockValue), Value: c}, b.text(""), b.text(""),
		excelize.Cell{StyleID: input}, b.text(""), b.wrapped(b.unitOfValue(par)), text(blockReason, r.Setting.Reason.In(b.lang)), text(blockSource, sourceOf(r))}
	if d != nil {
		cells[3] = excelize.Cell{StyleID: b.styles.number, Formula: own("G", blockDen), Value: d}
		cells[6] = excelize.Cell{StyleID: b.styles.input}
	}
	if par.Kind == sla.Choice {
		cells[4] = b.codeOf(r)
	}
	w.add(cells...)
}

// settingOf is what a parameter is under a scenario.
func (b *book) settingOf(i int, name string) sla.Setting {
	c := b.res.WhatIf.Case
	for _, p := range c.Versions() {
		if s := b.settled(i, p); p.Parameter(name) != nil {
			return s.Of(name)
		}
	}
	for _, rec := range c.Recourses {
		if s := b.settled(i, rec.Program); rec.Program.Parameter(name) != nil {
			return s.Of(name)
		}
	}
	return sla.Setting{}
}

// settled keeps the settings of a program under a scenario.
func (b *book) settled(i int, p *sla.Program) *sla.Settings {
	key := settledKey{i, p}
	if s, ok := b.settings[key]; ok {
		return s
	}
	s, err := p.Settle(b.res.WhatIf.Exposures[i].Scenario, b.res.WhatIf.Case.Findings)
	b.check(err)
	b.settings[key] = s
	return s
}

type settledKey struct {
	scenario int
	program  *sla.Program
}

// scenarioValues writes the values that the picker chooses from.
func (b *book) scenarioValues() {
	w := b.open(b.l("scenario-values"), 26, 40, 4)
	w.freeze(firstScenarioCol, 4)
	w.add(b.title(b.l("scenario-values")))
	w.add()
	w.add()
	b.scenarioHeads(w, "name", "meaning")
	rows := AssumptionRows(b.res)
	for block := range blocks {
		for _, r := range rows {
			cells := []any{excelize.Cell{StyleID: b.styles.key, Value: r.Parameter.Name}, b.text(r.Parameter.Label.In(b.lang)), nil}
			for i := range b.res.WhatIf.Exposures {
				s := b.settingOf(i, r.Parameter.Name)
				c, d := ParameterCells(r.Parameter, s.Number, b.lang)
				cells = append(cells, excelize.Cell{StyleID: b.styles.text, Value: [blocks]any{c, d, s.Reason.In(b.lang), sourceOf(AssumptionRow{Parameter: r.Parameter, Setting: s})}[block]})
			}
			w.add(cells...)
		}
		w.add()
		w.add()
	}
}

// scenarioHeads adds the row of headings: two by their keys, and the scenarios as the picker names them.
func (b *book) scenarioHeads(w *sheetWriter, keys ...string) {
	var cells []any
	for _, k := range keys {
		cells = append(cells, b.head(b.l(k)))
	}
	for len(cells) < firstScenarioCol {
		cells = append(cells, b.head(b.l("in-use")))
	}
	for i := range b.res.WhatIf.Exposures {
		cells = append(cells, b.head(PickerText(b.res, i, b.lang)))
	}
	w.add(cells...)
}

// scenarios writes the scenarios side by side: what each comes to, and the values of the parameters.
func (b *book) scenarios() {
	widths := []float64{40, 22, 20}
	for range b.res.WhatIf.Exposures {
		widths = append(widths, 20)
	}
	w := b.open(b.l("scenarios"), widths...)
	w.freeze(firstScenarioCol, 4)
	w.add(b.title(b.l("scenarios") + ": " + b.res.Title.In(b.lang)))
	hint := "scenarios-hint"
	if !b.picks() {
		hint = "scenarios-values-hint"
	}
	w.add(b.text(b.l(hint)))
	w.add()
	b.scenarioHeads(w, "meaning", "name")
	for i, k := range b.res.WhatIf.Case.Contracts {
		b.scenarioTotals(w, i, k)
	}
	b.scenarioParties(w)
	w.add()
	for _, r := range AssumptionRows(b.res) {
		cells := []any{b.wrapped(r.Parameter.Label.In(b.lang)), excelize.Cell{StyleID: b.styles.key, Value: r.Parameter.Name}, nil}
		if b.picks() && r.Parameter.Kind == sla.Choice {
			c, _ := ParameterCells(r.Parameter, r.Setting.Number, b.lang)
			cells[2] = excelize.Cell{StyleID: b.styles.wrap, Formula: fmt.Sprintf("%s!$C$%d", quoted(b.l("assumptions")), r.Row), Value: c}
		}
		first := ""
		for i := range b.res.WhatIf.Exposures {
			cell := b.wrapped(b.settingText(r.Parameter, b.settingOf(i, r.Parameter.Name)))
			if i == 0 {
				first = cell.Value.(string)
			} else if cell.Value != first { // what makes the scenario
				cell.StyleID = b.styles.changed
			}
			cells = append(cells, cell)
		}
		w.add(cells...)
	}
}

// settingText is a value as people read it; one that is open says so.
func (b *book) settingText(par *sla.Parameter, s sla.Setting) string {
	if s.From == sla.Open {
		return b.l("from-open")
	}
	if par.Kind == sla.Choice {
		return par.Options[s.Num].Label.In(b.lang)
	}
	cur := b.res.Parts[0].Run.Program.Contract.Currency
	if par.Kind == sla.Money {
		return Money(contracts.Amount(s.Num), cur, b.lang)
	}
	if r, err := contracts.NewRatio(s.Num, s.Den); err == nil && par.Kind == sla.Fraction {
		return r.Percent()
	}
	return par.Format(formula.Number{Num: s.Num, Den: s.Den}, cur)
}

// scenarioTotals writes what the customers of a contract are owed under each scenario; the column in use is the sum over all versions of its terms, of
// which one pays.
func (b *book) scenarioTotals(w *sheetWriter, i int, k *contracts.Contract) {
	cur := k.Currency
	var live, owed []string
	var total contracts.Amount
	var customers int64
	for _, p := range b.parts {
		if prog := p.part.Run.Program; prog.For() == k.ID {
			col := len(prog.Columns) - 1
			live = append(live, p.sum(col))
			owed = append(owed, p.overRanges("COUNTIF("+rangeMark+",\">0\")", p.letter(col)))
			total += p.part.Totals.Payable()
			customers += p.positive()
		}
	}
	title := k.Title.In(b.lang)
	line := func(key string, use any, of func(i int) any) int {
		cells := []any{excelize.Cell{StyleID: b.styles.strong, Value: b.l(key)}, b.text(title), use}
		for j := range b.res.WhatIf.Exposures {
			cells = append(cells, of(j))
		}
		return w.add(cells...)
	}
	var use, useOwed any
	if b.picks() {
		use, useOwed = b.total(cur, strings.Join(live, "+"), total), b.count(strings.Join(owed, "+"), customers)
	}
	row := line("owed-in-all", use, func(j int) any { return b.total(cur, "", b.res.WhatIf.Exposures[j].Contracts[i].Payable()) })
	line("least-reading", nil, func(j int) any { return b.money(cur, "", b.res.WhatIf.Exposures[j].Contracts[i].Totals.Low) })
	line("greatest-reading", nil, func(j int) any { return b.money(cur, "", b.res.WhatIf.Exposures[j].Contracts[i].Totals.High) })
	line("customers-owed", useOwed, func(j int) any { return b.count("", b.res.WhatIf.Exposures[j].Contracts[i].Owed) })
	if b.picks() {
		last := firstAssumption + len(AssumptionRows(b.res)) - 1
		f := fmt.Sprintf("IF(COUNTA(%[1]s!$F$%[2]d:$G$%[3]d)>0,%[4]q,IF(C%[5]d=INDEX(D%[5]d:%[6]s%[5]d,%[7]s),%[8]q,%[9]q))", quoted(b.l("assumptions")), firstAssumption, last, b.l("check-own"), row,
			columnName(firstScenarioCol+len(b.res.WhatIf.Exposures)-1), scenarioNumber, b.l("check-agrees"), b.l("check-differs"))
		w.add(b.text(b.l("check")), b.text(title), excelize.Cell{StyleID: b.styles.text, Formula: f, Value: b.l("check-agrees")})
	}
}

// positive counts the customers who are owed something.
func (p *partSheet) positive() (n int64) {
	for i := range p.part.Rows {
		if v := p.part.Rows[i].Values; v[len(v)-1] > 0 {
			n++
		}
	}
	return n
}

// scenarioParties writes what finally stays with each party.
func (b *book) scenarioParties(w *sheetWriter) {
	first := b.res.WhatIf.Exposures[0]
	if len(first.Parties) < 2 {
		return
	}
	cur := first.Contracts[0].Terms.Currency
	for k, p := range first.Parties {
		cells := []any{b.text(b.l("stays-with")), b.text(p.Party.Title.In(b.lang)), nil}
		for _, e := range b.res.WhatIf.Exposures {
			cells = append(cells, b.money(cur, "", e.Parties[k].Remains))
		}
		w.add(cells...)
	}
}
