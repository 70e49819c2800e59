package report

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// pageWidth is how many characters of half width are still readable side by side on A4 landscape.
const pageWidth = 280

// page sets a sheet up for A4 landscape with a header and a footer, shrinks it to as many pages of width as its columns need, and
// protects it without a password: only the cells that are for editing can be changed by mistake.
func (b *book) page(w *sheetWriter) {
	sheet, width := w.name, 0
	for _, x := range w.widths {
		width += int(x)
	}
	landscape, a4, tall, fit := "landscape", 9, 0, true
	wide := (width + pageWidth - 1) / pageWidth
	b.check(b.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	b.check(b.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &wide, FitToHeight: &tall}))
	narrow, top := 0.5, 0.8
	b.check(b.f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &narrow, Right: &narrow, Top: &top, Bottom: &top}))
	b.check(b.f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{
		OddHeader: "&L" + inHeader(b.res.Title.In(b.lang)) + "&R" + inHeader(b.subject()),
		OddFooter: "&L" + inHeader(b.l("not-advice")) + "&C&P / &N&R" + inHeader(b.l("hash")) + " " + b.hash[:12],
	}))
	b.check(b.f.ProtectSheet(sheet, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true, AutoFilter: true, FormatColumns: true, FormatRows: true, Sort: true}))
}

// subject is what the workbook shows: its findings, or what is picked, which a header cannot follow.
func (b *book) subject() string {
	if b.picks() {
		return b.l("scenarios")
	}
	return b.res.Findings.Title.In(b.lang)
}

// inHeader is text as headers and footers take it: an ampersand begins a code there, and all of it has room for 255 units.
func inHeader(s string) string {
	if r := []rune(s); len(r) > 80 {
		s = string(r[:79]) + "…"
	}
	return strings.ReplaceAll(s, "&", "&&")
}

// properties says what the workbook is, with fixed times, so that equal inputs give equal bytes.
func (b *book) properties() {
	b.check(b.f.SetDocProps(&excelize.DocProperties{
		Creator: "Amends", LastModifiedBy: "Amends", Title: b.res.Title.In(b.lang), Subject: b.subject(), Language: b.lang,
		Description: b.l("not-advice"), Identifier: b.hash, Keywords: b.hash[:12],
		Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z",
	}))
}

// remark puts a note on a cell, for who points at it.
func (b *book) remark(sheet, cell, text string) {
	lines := uint(linesOf(text, 44))
	b.check(b.f.AddComment(sheet, excelize.Comment{Cell: cell, Author: "Amends", Width: 320, Height: 20 + 18*min(lines, 20), Paragraph: []excelize.RichTextRun{{Text: text}}}))
}
