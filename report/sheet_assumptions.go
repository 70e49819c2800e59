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

// assumptions writes the editable parameters, each cell under the name that the formulas use. Where there are scenarios, the values come from the one that is
// picked in C3, and what a person writes beside them goes first.
func (b *book) assumptions() {
	widths, heads := []float64{26, 40, 22, 10, 8, 16, 50, 40, 12}, []string{"name", "meaning", "value", "of", "code", "unit-of-value", "reason", "source", "origin"}
	if b.picks() {
		widths = []float64{26, 40, 22, 10, 8, 22, 10, 16, 50, 40}
		heads = []string{"name", "meaning", "value", "of", "code", "own-value", "of", "unit-of-value", "reason", "source"}
	}
	w := b.open(b.l("assumptions"), widths...)
	w.freeze(0, firstAssumption-1)
	title := b.l("assumptions")
	if !b.picks() {
		title += ": " + b.res.Findings.Title.In(b.lang)
	}
	w.add(b.title(title))
	hint := "edit-hint"
	for _, p := range b.res.Parts {
		if p.All != nil {
			hint = "values-hint"
		}
	}
	if b.picks() {
		w.add(b.text(b.l("pick-hint")))
		b.picker(w)
	} else {
		w.add(b.text(b.l(hint)))
		w.add()
	}
	w.heads(heads...)
	for k, r := range AssumptionRows(b.res) {
		if b.picks() {
			b.restrict(w.name, r, "F", "G")
			b.picked(w, k, r)
		} else {
			b.restrict(w.name, r, "C", "D")
			b.assumption(w, r)
		}
		b.nameOf(w.name, r)
	}
	w.filter(firstAssumption-1, len(heads))
}

func (b *book) assumption(w *sheetWriter, r AssumptionRow) {
	par := r.Parameter
	c, d := ParameterCells(par, r.Setting.Number, b.lang)
	cells := []any{excelize.Cell{StyleID: b.styles.key, Value: par.Name}, b.wrapped(par.Label.In(b.lang)), excelize.Cell{StyleID: b.inputStyle(par), Value: c}, b.text(""), b.text(""), b.wrapped(b.unitOfValue(par)),
		b.wrapped(r.Setting.Reason.In(b.lang)), b.wrapped(sourceOf(r)), b.wrapped(b.l("from-" + string(r.Setting.From)))}
	if d != nil {
		cells[3] = excelize.Cell{StyleID: b.styles.input, Value: d}
	}
	if par.Kind == sla.Choice {
		cells[4] = b.codeOf(r)
	}
	w.add(cells...)
}

// inputStyle is how the cell looks in which a value is written.
func (b *book) inputStyle(par *sla.Parameter) int {
	switch par.Kind {
	case sla.OnDay:
		return b.styles.inputDay
	case sla.Money:
		return b.styles.inputUnits
	}
	return b.styles.input
}

// codeOf is the number of the option in column C.
func (b *book) codeOf(r AssumptionRow) excelize.Cell {
	return excelize.Cell{StyleID: b.styles.key, Formula: fmt.Sprintf("MATCH(C%d,{%s},0)-1", r.Row, strings.Join(quoteAll(optionLabels(r.Parameter, b.lang)), ",")), Value: r.Setting.Num}
}

// nameOf gives a parameter's cells the names that formulas use.
func (b *book) nameOf(sheet string, r AssumptionRow) {
	name := func(p formula.Part, col string) {
		b.define(paramName(r.Parameter.Name, p), sheet, fmt.Sprintf("$%s$%d", col, r.Row))
	}
	switch r.Parameter.Kind {
	case sla.Choice:
		name(formula.Value, "E")
	case sla.Fraction, sla.Times:
		name(formula.Num, "C")
		name(formula.Den, "D")
	default:
		name(formula.Value, "C")
	}
}

// unitOfValue says what a parameter's cell takes.
func (b *book) unitOfValue(par *sla.Parameter) string {
	switch par.Kind {
	case sla.Choice:
		return b.l("unit-choice")
	case sla.Fraction:
		return b.l("unit-fraction")
	case sla.Times:
		return b.l("unit-times")
	case sla.Weight:
		return b.l("unit-weight")
	case sla.OnDay:
		return b.l("unit-day")
	}
	for _, run := range b.res.runs() {
		if run.Program.Parameter(par.Name) != nil {
			return unitOf(run.Program.Contract.Currency, b.lang)
		}
	}
	return ""
}

// sourceOf is where the value comes from: the findings' source, else the places cited.
func sourceOf(r AssumptionRow) string {
	if r.Setting.Source != "" {
		return r.Setting.Source
	}
	return refsText(r.Parameter.Refs)
}

// restrict lets the cells of a value and its denominator take only what the parameter takes.
func (b *book) restrict(sheet string, r AssumptionRow, value, den string) {
	whole := func(col string, lo, hi int64) {
		v := excelize.NewDataValidation(false)
		v.SetSqref(fmt.Sprintf("%s%d", col, r.Row))
		v.SetError(excelize.DataValidationErrorStyleStop, first32(r.Parameter.Label.In(b.lang)), fmt.Sprintf("%d – %d", lo, hi))
		b.check(v.SetRange(int(lo), int(hi), excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween))
		b.check(b.f.AddDataValidation(sheet, v))
	}
	switch r.Parameter.Kind {
	case sla.Choice:
		v := excelize.NewDataValidation(false)
		v.SetSqref(fmt.Sprintf("%s%d", value, r.Row))
		b.check(v.SetDropList(optionLabels(r.Parameter, b.lang)))
		b.check(b.f.AddDataValidation(sheet, v))
	case sla.Fraction, sla.Times:
		whole(value, 0, contracts.MaxRatioTerm)
		whole(den, 1, contracts.MaxRatioTerm)
	case sla.Weight:
		whole(value, 0, contracts.MaxRatioTerm)
	case sla.OnDay:
		whole(value, sla.Serial(r.Parameter.Days.From), sla.Serial(r.Parameter.Days.Until)-1)
	default:
		whole(value, 0, SheetMax)
	}
}

// first32 is as much of a text as the title of a message takes.
func first32(s string) string {
	if r := []rune(s); len(r) > 32 {
		return string(r[:31]) + "…"
	}
	return s
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
