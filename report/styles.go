package report

import (
	"fmt"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/xuri/excelize/v2"
)

// styles are the cell styles of the workbook.
type styles struct {
	text, head, title, number, yesNo, day, units, decimals, percent, input, inputUnits, inputDay, wrap, changed, note, strong, quiet, key int

	wraps map[int]bool   // whose text takes several lines
	money map[string]int // amounts in the unit that people speak of, by currency
	total map[string]int // the same, in bold
}

// fonts are those of the text, which a program replaces by its own where it has them not.
var fonts = map[string]string{"ja": "Meiryo", "en": "Calibri"}

// signs are how currencies are written before an amount; others by their code.
var signs = map[string]string{"JPY": "[$¥-411]", "USD": "[$$-409]", "EUR": "[$€-407]", "GBP": "[$£-809]"}

// majorFormat is the number format of amounts with their decimals and sign; negative ones are red.
func majorFormat(c contracts.Currency) string {
	sign, ok := signs[c.Code]
	if !ok {
		sign = "[$" + c.Code + "] "
	}
	form := "#,##0"
	if c.Digits > 0 {
		form += "." + strings.Repeat("0", c.Digits)
	}
	return sign + form + ";[Red]-" + sign + form + ";" + sign + form
}

func newStyles(f *excelize.File, lang string, currencies []contracts.Currency) (styles, error) {
	yes, no := "yes", "no"
	if lang == "ja" {
		yes, no = "はい", "いいえ"
	}
	units := `#,##0;[Red]-#,##0;0`
	flag := fmt.Sprintf(`"%s";"%s";"%s"`, yes, yes, no)
	plain := `#,##0`
	twoDecimals := `#,##0.00`
	perCent := `0.0%`
	day := `yyyy-mm-dd;0;"–"`
	yellow := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF9DB"}}
	blue := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DCE6F1"}}
	line := []excelize.Border{{Type: "bottom", Color: "9DB2CF", Style: 1}}
	wrapped := &excelize.Alignment{Vertical: "top", WrapText: true}
	high, right := &excelize.Alignment{Vertical: "top"}, &excelize.Alignment{Vertical: "top", Horizontal: "right"}
	unlocked := &excelize.Protection{}
	s := styles{money: map[string]int{}, total: map[string]int{}}
	type entry struct {
		id    *int
		style excelize.Style
	}
	list := []entry{
		{&s.text, excelize.Style{Alignment: high}},
		{&s.head, excelize.Style{Font: &excelize.Font{Bold: true}, Fill: blue, Border: line, Alignment: wrapped}},
		{&s.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}}},
		{&s.number, excelize.Style{CustomNumFmt: &plain, Alignment: high}},
		{&s.units, excelize.Style{CustomNumFmt: &units, Alignment: high}},
		{&s.decimals, excelize.Style{CustomNumFmt: &twoDecimals, Alignment: high}},
		{&s.percent, excelize.Style{CustomNumFmt: &perCent, Alignment: high}},
		{&s.day, excelize.Style{CustomNumFmt: &day, Alignment: right}},
		{&s.yesNo, excelize.Style{CustomNumFmt: &flag, Alignment: right}},
		{&s.input, excelize.Style{Fill: yellow, Border: line, Alignment: wrapped, Protection: unlocked}},
		{&s.inputUnits, excelize.Style{Fill: yellow, Border: line, CustomNumFmt: &units, Alignment: high, Protection: unlocked}},
		{&s.inputDay, excelize.Style{Fill: yellow, Border: line, CustomNumFmt: &day, Alignment: high, Protection: unlocked}},
		{&s.wrap, excelize.Style{Alignment: wrapped}},
		{&s.changed, excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFE8B3"}}, Alignment: wrapped}},
		{&s.note, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left", WrapText: true, Indent: 1}}},
		{&s.strong, excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: high}},
		{&s.quiet, excelize.Style{Font: &excelize.Font{Size: 9, Color: "6B7280"}, Alignment: wrapped}},
		{&s.key, excelize.Style{Font: &excelize.Font{Size: 9, Color: "6B7280"}, Alignment: high}},
	}
	made := make([][2]int, len(currencies))
	for i, c := range currencies {
		form := majorFormat(c)
		list = append(list, entry{&made[i][0], excelize.Style{CustomNumFmt: &form, Alignment: high}},
			entry{&made[i][1], excelize.Style{Font: &excelize.Font{Bold: true}, CustomNumFmt: &form, Alignment: high}})
	}
	font := fonts[lang]
	if err := f.SetDefaultFont(font); err != nil {
		return s, err
	}
	for _, x := range list {
		if x.style.Font != nil {
			x.style.Font.Family = font
		}
		id, err := f.NewStyle(&x.style)
		if err != nil {
			return s, err
		}
		*x.id = id
	}
	for i, c := range currencies {
		s.money[c.Code], s.total[c.Code] = made[i][0], made[i][1]
	}
	s.wraps = map[int]bool{s.wrap: true, s.changed: true, s.head: true, s.note: true, s.quiet: true, s.input: true}
	return s, nil
}

// of is the style of a column's unit.
func (s styles) of(u sla.Unit) int {
	switch u {
	case sla.Amount:
		return s.units
	case sla.YesNo:
		return s.yesNo
	case sla.Day:
		return s.day
	}
	return s.number
}
