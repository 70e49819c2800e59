package report

import (
	"fmt"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
	"github.com/xuri/excelize/v2"
)

// AssumptionRow says where a parameter stands on the assumptions sheet, for
// those who edit the workbook by program.
type AssumptionRow struct {
	Parameter *sla.Parameter
	Setting   sla.Setting
	Row       int
}

// AssumptionRows lists the parameters of a result in the order of the sheet. The value is
// in column C: the option's wording, the numerator, the weight, the day, or the amount in
// minor units; a denominator is in column D.
func AssumptionRows(res *Result) []AssumptionRow {
	var out []AssumptionRow
	seen := map[string]bool{}
	for _, run := range res.runs() {
		for j := range run.Program.Parameters {
			par := &run.Program.Parameters[j]
			if seen[par.Name] {
				continue
			}
			seen[par.Name] = true
			set := run.Settings.Of(par.Name)
			set.Number = run.Shown(par.Name)
			out = append(out, AssumptionRow{par, set, firstAssumption + len(out)})
		}
	}
	return out
}

// firstAssumption is the row of the first parameter on the assumptions sheet.
const firstAssumption = 5

// ParameterCells is what to put in columns C and D of the assumptions sheet for a value. D is empty
// for a parameter without a denominator.
func ParameterCells(par *sla.Parameter, n formula.Number, lang string) (c, d any) {
	switch par.Kind {
	case sla.Choice:
		return par.Options[n.Num].Label.In(lang), nil
	case sla.Fraction, sla.Times:
		return n.Num, n.Den
	}
	return n.Num, nil
}

// assumptions writes the editable parameters, each cell under the name that the formulas use.
func (b *book) assumptions() error {
	sheet := b.l("assumptions")
	rows := AssumptionRows(b.res)
	for _, r := range rows { // rules for the cells go in before the rows
		if err := b.restrict(sheet, r); err != nil {
			return err
		}
	}
	w, err := b.open(sheet, 26, 40, 22, 10, 8, 50, 40, 14)
	if err != nil {
		return err
	}
	if err := w.sw.SetPanes(&excelize.Panes{Freeze: true, YSplit: firstAssumption - 1, TopLeftCell: "A5", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	for _, line := range [][]any{
		{b.title(b.l("assumptions") + ": " + b.res.Findings.Title.In(b.lang))}, {b.text(b.l("edit-hint"))}, {},
		{b.head(b.l("name")), b.head(b.l("meaning")), b.head(b.l("value")), b.head(b.l("of")), b.head(b.l("code")), b.head(b.l("reason")), b.head(b.l("source")), b.head(b.l("origin"))},
	} {
		if _, err := w.add(line...); err != nil {
			return err
		}
	}
	for _, r := range rows {
		if err := b.assumption(w, r); err != nil {
			return err
		}
	}
	return w.flush()
}

func (b *book) assumption(w *sheetWriter, r AssumptionRow) error {
	par := r.Parameter
	c, d := ParameterCells(par, r.Setting.Number, b.lang)
	cells := []any{b.wrapped(par.Name), b.wrapped(par.Label.In(b.lang)), excelize.Cell{StyleID: b.styles.input, Value: c}, b.text(""), b.text(""),
		b.wrapped(r.Setting.Reason.In(b.lang)), b.wrapped(sourceOf(r)), b.wrapped(b.l("from-" + string(r.Setting.From)))}
	if d != nil {
		cells[3] = excelize.Cell{StyleID: b.styles.input, Value: d}
	}
	switch par.Kind {
	case sla.Choice:
		cells[4] = b.count(fmt.Sprintf("MATCH(C%d,{%s},0)-1", r.Row, strings.Join(quoteAll(optionLabels(par, b.lang)), ",")), r.Setting.Num)
	case sla.OnDay:
		cells[2] = excelize.Cell{StyleID: b.styles.inputDay, Value: c}
	case sla.Money:
		cells[2] = excelize.Cell{StyleID: b.styles.inputMoney, Value: c}
	}
	if _, err := w.add(cells...); err != nil {
		return err
	}
	name := func(p formula.Part, col string) error {
		return b.define(paramName(par.Name, p), w.name, fmt.Sprintf("$%s$%d", col, r.Row))
	}
	switch par.Kind {
	case sla.Choice:
		return name(formula.Value, "E")
	case sla.Fraction, sla.Times:
		if err := name(formula.Num, "C"); err != nil {
			return err
		}
		return name(formula.Den, "D")
	}
	return name(formula.Value, "C")
}

// sourceOf is where the value comes from: the findings' source, else the places cited.
func sourceOf(r AssumptionRow) string {
	if r.Setting.Source != "" {
		return r.Setting.Source
	}
	return refsText(r.Parameter.Refs)
}

// restrict lets a cell take only what its parameter takes.
func (b *book) restrict(sheet string, r AssumptionRow) error {
	whole := func(col string, lo, hi int64) error {
		v := excelize.NewDataValidation(false)
		v.SetSqref(fmt.Sprintf("%s%d", col, r.Row))
		v.SetError(excelize.DataValidationErrorStyleStop, r.Parameter.Label.In(b.lang), fmt.Sprintf("%d – %d", lo, hi))
		if err := v.SetRange(int(lo), int(hi), excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
		return b.f.AddDataValidation(sheet, v)
	}
	switch r.Parameter.Kind {
	case sla.Choice:
		v := excelize.NewDataValidation(false)
		v.SetSqref(fmt.Sprintf("C%d", r.Row))
		if err := v.SetDropList(optionLabels(r.Parameter, b.lang)); err != nil {
			return err
		}
		return b.f.AddDataValidation(sheet, v)
	case sla.Fraction, sla.Times:
		if err := whole("C", 0, contracts.MaxRatioTerm); err != nil {
			return err
		}
		return whole("D", 1, contracts.MaxRatioTerm)
	case sla.Weight:
		return whole("C", 0, contracts.MaxRatioTerm)
	case sla.OnDay:
		return whole("C", sla.Serial(r.Parameter.Days.From), sla.Serial(r.Parameter.Days.Until)-1)
	}
	return whole("C", 0, SheetMax)
}

func optionLabels(par *sla.Parameter, lang string) []string {
	var out []string
	for _, o := range par.Options {
		out = append(out, o.Label.In(lang))
	}
	return out
}

func quoteAll(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return out
}
