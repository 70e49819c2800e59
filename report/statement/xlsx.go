package statement

import (
	"fmt"
	"io"
	"strings"

	"github.com/amends-go/amends/internal/sheetrows"
	"github.com/xuri/excelize/v2"
)

// XLSX prints letters as a workbook of one sheet that prints on A4. Every cell is text: nothing in it is a formula, whatever it begins with.
type XLSX struct{}

// Ending is the end of the names of the files.
func (XLSX) Ending() string { return "xlsx" }

// The columns: labels, words, amounts. Widths are in characters of the body size.
const (
	labelCells = 24
	wordCells  = 50
	sumCells   = 18
	allCells   = labelCells + wordCells + sumCells
)

// Render writes the letter.
func (XLSX) Render(w io.Writer, l *Letter) error {
	f := excelize.NewFile()
	defer f.Close()
	s := &sheet{f: f, name: "Sheet1", styles: map[string]int{}}
	s.run(func() error { return s.layout(l) })
	s.opening(l)
	for i := range l.Parts {
		s.part(&l.Parts[i])
	}
	s.run(func() error {
		return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: fmt.Sprintf("Sheet1!$A$1:$C$%d", s.row), Scope: s.name})
	})
	if s.err != nil {
		return fmt.Errorf("the letter to customer %s: %w", l.Customer, s.err)
	}
	return sheetrows.WriteWorkbook(w, f, nil)
}

// sheet is a letter's sheet under construction; the first error stays.
type sheet struct {
	f      *excelize.File
	name   string
	row    int
	styles map[string]int
	err    error
}

func (s *sheet) run(f func() error) {
	if s.err == nil {
		s.err = f()
	}
}

func (s *sheet) layout(l *Letter) error {
	size, portrait, one, many := 9, "portrait", 1, 0
	fit, margin, head := true, 0.7, 0.3
	for _, err := range []error{
		s.f.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &size, Orientation: &portrait, FitToWidth: &one, FitToHeight: &many}),
		s.f.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		s.f.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &margin, Bottom: &margin, Header: &head, Footer: &head}),
		s.f.SetColWidth(s.name, "A", "A", labelCells), s.f.SetColWidth(s.name, "B", "B", wordCells), s.f.SetColWidth(s.name, "C", "C", sumCells),
		s.f.SetDocProps(&excelize.DocProperties{Title: l.Title, Language: l.Lang, Creator: l.From[0], Created: l.Day.String() + "T00:00:00Z", Modified: l.Day.String() + "T00:00:00Z"}),
	} {
		if err != nil {
			return err
		}
	}
	off := false
	return s.f.SetSheetView(s.name, 0, &excelize.ViewOptions{ShowGridLines: &off})
}

// style returns the style of a name, made when first asked for.
func (s *sheet) style(name string) int {
	if id, ok := s.styles[name]; ok {
		return id
	}
	st := &excelize.Style{Font: &excelize.Font{Family: "IPAexGothic", Size: 10}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}, NumFmt: 49}
	for part := range strings.SplitSeq(name, " ") {
		switch part {
		case "right", "center":
			st.Alignment.Horizontal = part
		case "bold":
			st.Font.Bold = true
		case "title":
			st.Font.Bold, st.Font.Size = true, 14
		case "to":
			st.Font.Size = 12
		case "small":
			st.Font.Size = 8.5
		case "label":
			st.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"F3F5F8"}}
		case "line":
			st.Border = []excelize.Border{{Type: "bottom", Style: 4, Color: "BBBBBB"}}
		case "total":
			st.Font.Bold = true
			st.Border = []excelize.Border{{Type: "top", Style: 1, Color: "111111"}, {Type: "bottom", Style: 6, Color: "111111"}}
		}
	}
	id, err := s.f.NewStyle(st)
	s.run(func() error { return err })
	s.styles[name] = id
	return id
}

// put writes a cell as text.
func (s *sheet) put(column, text, style string) {
	cell := fmt.Sprintf("%s%d", column, s.row)
	s.run(func() error { return s.f.SetCellStr(s.name, cell, text) })
	s.run(func() error { return s.f.SetCellStyle(s.name, cell, cell, s.style(style)) })
}

// gap is a low row without text.
func (s *sheet) gap() {
	s.row++
	s.run(func() error { return s.f.SetRowHeight(s.name, s.row, 6) })
}

// next begins a row that is high enough for so many lines of a size in points.
func (s *sheet) next(lines int, points float64) {
	s.run(func() error { return s.f.SetRowHeight(s.name, s.row, float64(lines)*points*1.34+2) })
}

// span writes a text over columns from..to of a new row, high enough for it.
func (s *sheet) span(from, to, text, style string, cells int, points float64) {
	s.row++
	s.put(from, text, style)
	if from != to {
		s.run(func() error {
			return s.f.MergeCell(s.name, fmt.Sprintf("%s%d", from, s.row), fmt.Sprintf("%s%d", to, s.row))
		})
	}
	s.next(rowsOf(text, cells, points), points)
}

// rowsOf is into how many lines a text falls in so many cells of the body size; wide characters take two.
func rowsOf(text string, cells int, points float64) int {
	return len(breakLines(text, int(float64(cells)*10.5/points), func(r rune) int {
		if wide(r) {
			return 2
		}
		return 1
	}))
}

func (s *sheet) opening(l *Letter) {
	s.row++
	s.put("A", l.Number, "small")
	s.run(func() error { return s.f.MergeCell(s.name, "A1", "B1") })
	s.put("C", l.Date, "right")
	s.next(rowsOf(l.Number, labelCells+wordCells, 8.5), 10)
	for _, line := range l.To {
		s.span("A", "C", line, "to", allCells, 12)
	}
	if l.Logo != nil {
		s.row++
		s.run(func() error { return s.f.SetRowHeight(s.name, s.row, 40) })
		scale := 48 / float64(l.Logo.Height)
		s.run(func() error {
			return s.f.AddPictureFromBytes(s.name, fmt.Sprintf("C%d", s.row), &excelize.Picture{Extension: map[string]string{"png": ".png", "jpeg": ".jpg"}[l.Logo.Kind], File: l.Logo.Data,
				Format: &excelize.GraphicOptions{ScaleX: scale, ScaleY: scale}})
		})
	}
	for _, line := range l.From {
		s.span("A", "C", line, "right", allCells, 10)
	}
	s.row++
	s.span("A", "C", l.Title, "title center", allCells, 14)
	s.row++
}

func (s *sheet) part(p *Part) {
	switch p.Kind {
	case Heading:
		s.gap()
		s.span("A", "C", p.Text, "bold", allCells, 11)
	case Centre:
		s.span("A", "C", p.Text, "center", allCells, 10)
	case Right:
		s.span("A", "C", p.Text, "right", allCells, 10)
	case Paragraph:
		s.span("A", "C", p.Text, "body", allCells, 10)
	case Strong:
		s.span("A", "C", p.Text, "bold", allCells, 10)
	case Small:
		s.span("A", "C", p.Text, "small", allCells, 8.5)
	case Table:
		for _, r := range p.Rows {
			s.row++
			s.put("A", r.Label, "label line")
			s.put("B", r.Value, "line")
			s.put("C", "", "line")
			s.run(func() error { return s.f.MergeCell(s.name, fmt.Sprintf("B%d", s.row), fmt.Sprintf("C%d", s.row)) })
			s.next(max(rowsOf(r.Label, labelCells, 10), rowsOf(r.Value, wordCells+sumCells, 10)), 10)
		}
	case Amounts:
		for _, x := range p.Lines {
			style := "line"
			if x.Total {
				style = "total"
			}
			s.row++
			text := strings.Join(append([]string{x.Label}, x.Why...), "\n")
			s.put("A", text, style)
			s.put("B", "", style)
			s.run(func() error { return s.f.MergeCell(s.name, fmt.Sprintf("A%d", s.row), fmt.Sprintf("B%d", s.row)) })
			s.put("C", x.Amount, style+" right")
			s.next(rowsOf(text, labelCells+wordCells, 10), 10)
		}
		s.gap()
	}
}
