package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
	"github.com/xuri/excelize/v2"
)

// Workbook writes the result as a workbook of live formulas with cached values, in the
// language "ja" or "en". The same result gives the same bytes.
func Workbook(out io.Writer, res *Result, lang string) error {
	f := excelize.NewFile()
	defer f.Close()
	f.SetZipWriter(fixedZip)
	b := &book{f: f, res: res, lang: lang, names: map[string]string{}}
	if err := b.build(); err != nil {
		return err
	}
	_, err := f.WriteTo(out)
	return err
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
}

func (b *book) l(key string) string { return label(key, b.lang) }

// build makes the sheets in their order and fills them in the order in which they need one another.
func (b *book) build() error {
	var err error
	if b.styles, err = newStyles(b.f, b.lang); err != nil {
		return err
	}
	sheets := []string{b.l("summary"), b.l("assumptions")}
	for i := range b.res.Parts {
		p := &partSheet{book: b, part: &b.res.Parts[i], sheet: b.partSheetName(i)}
		b.parts = append(b.parts, p)
		sheets = append(sheets, p.sheet)
	}
	sheets = append(sheets, b.l("downtime"), b.l("fault"), b.l("clauses"), b.l("provenance"))
	fills := []func() error{b.assumptions, b.downtime, b.customers, b.faultShares}
	if len(b.res.Recovered) > 0 {
		sheets = slices.Insert(sheets, len(sheets)-2, b.l("recourse"))
		fills = append(fills, b.recourse)
	}
	fills = append(fills, b.clauses, b.provenance, b.summary)
	if b.undecided() {
		sheets = append(sheets, b.l("readings"))
		fills = append(fills, b.readings)
	}
	for i, s := range sheets {
		if i == 0 {
			if err := b.f.SetSheetName("Sheet1", s); err != nil {
				return err
			}
			continue
		}
		if _, err := b.f.NewSheet(s); err != nil {
			return err
		}
	}
	for i, s := range sheets { // before the rows: a stream writer keeps what it finds
		if err := b.page(s, i < 2 || i >= 2+len(b.parts)); err != nil {
			return err
		}
	}
	for _, fill := range fills {
		if err := fill(); err != nil {
			return err
		}
	}
	b.f.SetActiveSheet(0)
	return b.f.SetDocProps(&excelize.DocProperties{
		Creator: "Amends", LastModifiedBy: "Amends", Title: b.res.Title.In(b.lang), Subject: b.res.Findings.Title.In(b.lang), Language: b.lang,
		Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z", // fixed, so that equal inputs give equal bytes
	})
}

// page sets a sheet up for A4 landscape, and shrinks it to the width of the paper where fit is set.
func (b *book) page(sheet string, fit bool) error {
	landscape, a4, wide, tall := "landscape", 9, 1, 0
	if !fit {
		return b.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4})
	}
	if err := b.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return b.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &wide, FitToHeight: &tall})
}

func (b *book) partSheetName(i int) string {
	if len(b.res.Parts) == 1 {
		return b.l("customers")
	}
	name := b.l("customers") + " " + b.res.Parts[i].Run.Program.Contract.ID
	if r := []rune(name); len(r) > 31 { // the limit of sheet names
		name = fmt.Sprintf("%s %d", string(r[:28]), i+1)
	}
	return name
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
func (b *book) define(name, sheet, cell string) error {
	ref := quoted(sheet) + "!" + cell
	if old, dup := b.names[name]; dup {
		return fmt.Errorf("report: the name %s stands for both %s and %s", name, old, ref)
	}
	b.names[name] = ref
	return b.f.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: ref})
}

// sheetWriter fills a sheet row by row.
type sheetWriter struct {
	sw     *excelize.StreamWriter
	name   string
	row    int
	widths []float64    // of the first columns, in characters
	wraps  map[int]bool // styles whose text takes several lines
}

func (b *book) open(sheet string, widths ...float64) (*sheetWriter, error) {
	sw, err := b.f.NewStreamWriter(sheet)
	if err != nil {
		return nil, err
	}
	for i, w := range widths {
		if err := sw.SetColWidth(i+1, i+1, w); err != nil {
			return nil, err
		}
	}
	return &sheetWriter{sw: sw, name: sheet, widths: widths, wraps: map[int]bool{b.styles.wrap: true, b.styles.head: true, b.styles.note: true}}, nil
}

// add writes the next row and returns its number.
func (w *sheetWriter) add(cells ...any) (int, error) {
	w.row++
	if len(cells) == 0 {
		return w.row, nil
	}
	return w.row, w.sw.SetRow(fmt.Sprintf("A%d", w.row), cells, w.height(cells)...)
}

// height makes a row as high as its longest wrapped text: programs that open
// the file do not do so for rows that were streamed.
func (w *sheetWriter) height(cells []any) []excelize.RowOpts {
	lines := 1
	for i, c := range cells {
		cell, ok := c.(excelize.Cell)
		text, isText := cell.Value.(string)
		if !ok || !isText || !w.wraps[cell.StyleID] {
			continue
		}
		width := 16
		if i < len(w.widths) {
			width = int(w.widths[i])
		}
		lines = max(lines, (textCells(text)+width-2)/max(width-1, 1))
	}
	if lines == 1 {
		return nil
	}
	return []excelize.RowOpts{{Height: 15 * min(float64(lines), 20)}}
}

func (w *sheetWriter) flush() error { return w.sw.Flush() }

// text is a cell that is always text.
func (b *book) text(s string) excelize.Cell { return excelize.Cell{StyleID: b.styles.text, Value: s} }

// note is wrapped text set off from the number before it.
func (b *book) note(s string) excelize.Cell { return excelize.Cell{StyleID: b.styles.note, Value: s} }

// wrapped is text that takes as many lines as it needs.
func (b *book) wrapped(s string) excelize.Cell {
	return excelize.Cell{StyleID: b.styles.wrap, Value: s}
}

func (b *book) head(s string) excelize.Cell { return excelize.Cell{StyleID: b.styles.head, Value: s} }

// title is the first line of a sheet. Each says that a result is partial: sheets are copied out of their workbook.
func (b *book) title(s string) excelize.Cell {
	if b.res.Partial && s != "" && !strings.HasPrefix(s, b.l("partial")) {
		s += " / " + b.l("partial")
	}
	return excelize.Cell{StyleID: b.styles.title, Value: s}
}

func (b *book) money(formula string, v int64) excelize.Cell {
	return excelize.Cell{StyleID: b.styles.money, Formula: formula, Value: v}
}

func (b *book) count(formula string, v int64) excelize.Cell {
	return excelize.Cell{StyleID: b.styles.number, Formula: formula, Value: v}
}

// styles are the cell styles of the workbook.
type styles struct{ text, head, title, money, total, number, yesNo, day, input, inputMoney, inputDay, wrap, strong, note int }

func newStyles(f *excelize.File, lang string) (styles, error) {
	yes, no := "yes", "no"
	if lang == "ja" {
		yes, no = "はい", "いいえ"
	}
	money := `#,##0;[Red]-#,##0;0`
	flag := fmt.Sprintf(`"%s";"%s";"%s"`, yes, yes, no)
	plain := `#,##0`
	day := `yyyy-mm-dd;0;"–"`
	yellow := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF9DB"}}
	grey := excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DCE6F1"}}
	line := []excelize.Border{{Type: "bottom", Color: "9DB2CF", Style: 1}}
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	high, right := &excelize.Alignment{Vertical: "top"}, &excelize.Alignment{Vertical: "top", Horizontal: "right"}
	var s styles
	for _, x := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.text, excelize.Style{Alignment: high}},
		{&s.head, excelize.Style{Font: &excelize.Font{Bold: true}, Fill: grey, Border: line, Alignment: top}},
		{&s.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}}},
		{&s.money, excelize.Style{CustomNumFmt: &money, Alignment: high}},
		{&s.number, excelize.Style{CustomNumFmt: &plain, Alignment: high}},
		{&s.day, excelize.Style{CustomNumFmt: &day, Alignment: right}},
		{&s.yesNo, excelize.Style{CustomNumFmt: &flag, Alignment: right}},
		{&s.input, excelize.Style{Fill: yellow, Border: line, Alignment: high, Protection: &excelize.Protection{}}},
		{&s.inputMoney, excelize.Style{Fill: yellow, Border: line, CustomNumFmt: &money, Alignment: high, Protection: &excelize.Protection{}}},
		{&s.inputDay, excelize.Style{Fill: yellow, Border: line, CustomNumFmt: &day, Alignment: high, Protection: &excelize.Protection{}}},
		{&s.wrap, excelize.Style{Alignment: top}},
		{&s.note, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "left", WrapText: true, Indent: 1}}},
		{&s.strong, excelize.Style{Font: &excelize.Font{Bold: true}}},
		{&s.total, excelize.Style{Font: &excelize.Font{Bold: true}, CustomNumFmt: &money}},
	} {
		id, err := f.NewStyle(&x.style)
		if err != nil {
			return s, err
		}
		*x.id = id
	}
	return s, nil
}

// of is the style of a column's unit.
func (s styles) of(u sla.Unit) int {
	switch u {
	case sla.Amount:
		return s.money
	case sla.YesNo:
		return s.yesNo
	case sla.Day:
		return s.day
	}
	return s.number
}

// refsText cites the places a column rests on.
func refsText(refs []contracts.Ref) string {
	var out []string
	for _, r := range refs {
		out = append(out, r.String())
	}
	return strings.Join(out, "; ")
}
