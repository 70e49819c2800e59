package statement

import (
	"bytes"
	"fmt"

	"codeberg.org/go-pdf/fpdf"
)

// scales are tried in turn until a letter fits on one page; one that does not is set at its full size on several.
var scales = []float64{1, 0.96, 0.92}

// scale finds the scale for a letter, by setting it without a document.
func (p *PDF) scale(l *Letter) float64 {
	for _, k := range scales {
		s := &setter{PDF: p, letter: l, scale: k}
		if s.set(); s.pages == 1 {
			return k
		}
	}
	return scales[0]
}

// setter places one letter. Heights and sizes of type are those of the constants times the scale. Without a document it only moves down.
type setter struct {
	*PDF
	doc    *fpdf.Fpdf
	letter *Letter
	scale  float64
	y      float64
	pages  int
}

func (s *setter) set() {
	s.page()
	s.opening()
	for i := range s.letter.Parts {
		s.part(i)
	}
}

// page begins a page; from the second on it tells whose letter it is.
func (s *setter) page() {
	if s.doc != nil {
		s.doc.AddPage()
	}
	s.pages++
	s.y = top
	if s.pages > 1 {
		n := fmt.Sprint(s.pages)
		s.write(s.letter.Number, left, top-3, smallSize, 0.35)
		s.write(n, pageWidth-left-s.width(n, smallSize), top-3, smallSize, 0.35)
		s.y = top + 4
	}
}

// down moves by a height.
func (s *setter) down(height float64) { s.y += height * s.scale }

// need begins a page unless so many millimetres are left.
func (s *setter) need(height float64) {
	if s.y+height*s.scale > foot {
		s.page()
	}
}

// width is that of a text in millimetres.
func (s *setter) width(text string, points float64) float64 {
	n := 0
	for _, r := range text {
		n += s.widths[r]
	}
	return float64(n) / 1000 * points * s.scale / mm
}

// fit breaks a text to a width in millimetres.
func (s *setter) fit(text string, width, points float64) []string {
	return breakLines(text, int(width*mm/(points*s.scale)*1000), func(r rune) int { return s.widths[r] })
}

// write sets a text with its base line at y, in a shade of grey from 0.
func (s *setter) write(text string, x, y, points, grey float64) {
	if s.doc == nil {
		return
	}
	v := int(grey * 255)
	s.doc.SetTextColor(v, v, v)
	s.doc.SetFont(family, "", points*s.scale)
	s.doc.Text(x, y, text)
}

// bold sets a text in heavier strokes: the font has one weight.
func (s *setter) bold(text string, x, y, points float64) {
	if s.doc == nil {
		return
	}
	s.doc.SetTextRenderingMode(2)
	s.doc.SetLineWidth(points * s.scale * 0.0085)
	s.doc.SetDrawColor(0, 0, 0)
	s.write(text, x, y, points, 0)
	s.doc.SetTextRenderingMode(0)
}

// fill paints a rectangle from the present height down.
func (s *setter) fill(x, width, height float64, r, g, b int) {
	if s.doc != nil {
		s.doc.SetFillColor(r, g, b)
		s.doc.Rect(x, s.y, width, height*s.scale, "F")
	}
}

func (s *setter) rule(y, width, grey float64) {
	if s.doc == nil {
		return
	}
	v := int(grey * 255)
	s.doc.SetDrawColor(v, v, v)
	s.doc.SetLineWidth(width)
	s.doc.Line(left, y, pageWidth-left, y)
}

// lines sets lines below each other, and moves down.
func (s *setter) lines(lines []string, points, lead, grey float64) {
	for _, line := range lines {
		s.need(lead)
		s.write(line, left, s.y+lead*0.74*s.scale, points, grey)
		s.down(lead)
	}
}

// opening sets the head of the letter: number and date, addressee, sender, title.
func (s *setter) opening() {
	l := s.letter
	const right = pageWidth - left
	s.write(l.Number, left, s.y+3*s.scale, 9, 0.2)
	s.write(l.Date, right-s.width(l.Date, bodySize), s.y+3*s.scale, bodySize, 0)
	s.down(8)
	for _, line := range l.To {
		s.lines(s.fit(line, 110, 12), 12, 6, 0)
	}
	s.logo(right)
	for _, from := range l.From {
		for _, line := range s.fit(from, 90, bodySize) {
			s.write(line, right-s.width(line, bodySize), s.y+3.7*s.scale, bodySize, 0)
			s.down(4.8)
		}
	}
	s.down(4.5)
	for _, line := range s.fit(l.Title, all, 14) {
		s.bold(line, (pageWidth-s.width(line, 14))/2, s.y+5*s.scale, 14)
		s.down(7)
	}
	s.down(3)
}

func (s *setter) logo(right float64) {
	g := s.letter.Logo
	if g == nil {
		return
	}
	height := 12 * s.scale
	width := height * float64(g.Width) / float64(g.Height)
	if width > 50 {
		height, width = height*50/width, 50
	}
	if s.doc != nil {
		options := fpdf.ImageOptions{ImageType: map[string]string{"png": "PNG", "jpeg": "JPG"}[g.Kind]}
		s.doc.RegisterImageOptionsReader("logo", options, bytes.NewReader(g.Data))
		s.doc.ImageOptions("logo", right-width, s.y, width, height, false, options, 0, "")
	}
	s.y += height + 1.5
}

func (s *setter) part(i int) {
	p := &s.letter.Parts[i]
	switch p.Kind {
	case Heading:
		s.need(s.headed(i))
		s.down(2)
		s.y += 0.4
		s.fill(left, 1.1, 4.3, 51, 85, 122)
		s.y -= 0.4
		s.bold(p.Text, left+2.8, s.y+4.1*s.scale, 10.5)
		s.down(5.9)
	case Centre:
		s.write(p.Text, (pageWidth-s.width(p.Text, bodySize))/2, s.y+3.7*s.scale, bodySize, 0)
		s.down(5)
	case Right:
		for _, line := range s.fit(p.Text, all, bodySize) {
			s.need(4.8)
			s.write(line, pageWidth-left-s.width(line, bodySize), s.y+3.7*s.scale, bodySize, 0)
			s.down(4.8)
		}
	case Strong:
		for _, line := range s.fit(p.Text, all, bodySize) {
			s.need(4.8)
			s.bold(line, left, s.y+3.6*s.scale, bodySize)
			s.down(4.8)
		}
		s.down(1.2)
	case Paragraph:
		s.lines(s.fit(p.Text, all, bodySize), bodySize, 4.8, 0)
		s.down(1.2)
	case Small:
		s.lines(s.fit(p.Text, all, smallSize), smallSize, 4, 0.25)
		s.down(0.5)
	case Table:
		s.table(p.Rows)
	case Amounts:
		s.sum(p.Lines)
	}
}

// headed is the height of a heading with the beginning of what stands below it, which belong together. A sum that fits on a page is
// not parted.
func (s *setter) headed(i int) float64 {
	const heading = 8.0
	if i+1 == len(s.letter.Parts) || s.letter.Parts[i+1].Kind != Amounts {
		return heading + 10
	}
	height := heading + 2
	for _, x := range s.letter.Parts[i+1].Lines {
		height += s.lineHeight(x)
	}
	if height*s.scale > foot-top-10 {
		return heading + 16
	}
	return height
}

const rowLead = 4.6 // between the lines in a table

func (s *setter) table(rows []Pair) {
	labels := 36.0 // as wide as the longest label, within reason
	for _, r := range rows {
		labels = min(max(labels, s.width(r.Label, bodySize)+5), 62)
	}
	for _, r := range rows {
		label, value := s.fit(r.Label, labels-4, bodySize), s.fit(r.Value, all-labels-4, bodySize)
		height := float64(max(len(label), len(value)))*rowLead + 0.9
		s.need(min(height, 240))
		s.fill(left, labels, height, 243, 245, 248)
		s.column(label, left+2, bodySize, 0.2)
		s.column(value, left+labels+2, bodySize, 0)
		s.down(height)
		s.rule(s.y, 0.15, 0.73)
	}
	s.down(1.6)
}

// column sets lines below each other and stays where it is.
func (s *setter) column(lines []string, x, points, grey float64) {
	for i, line := range lines {
		s.write(line, x, s.y+(3.9+float64(i)*rowLead)*s.scale, points, grey)
	}
}

// lineHeight is the height of one line of a sum.
func (s *setter) lineHeight(x Line) float64 {
	label, why := s.lineText(x)
	return float64(len(label))*rowLead + float64(len(why))*3.8 + 0.9
}

// lineText breaks a line of a sum into what it is and why.
func (s *setter) lineText(x Line) (label, why []string) {
	const words = all - sumSide - 4
	for _, text := range x.Why {
		why = append(why, s.fit(text, words, smallSize)...)
	}
	return s.fit(x.Label, words, bodySize), why
}

func (s *setter) sum(lines []Line) {
	for _, x := range lines {
		label, why := s.lineText(x)
		height := s.lineHeight(x)
		s.need(min(height+1, 240))
		amount := pageWidth - left - 2 - s.width(x.Amount, bodySize)
		if x.Total {
			s.rule(s.y+0.2, 0.35, 0)
			s.bold(x.Amount, amount, s.y+3.9*s.scale, bodySize)
			s.bold(x.Label, left+2, s.y+3.9*s.scale, bodySize)
			s.down(height)
			s.rule(s.y+0.2, 0.2, 0)
			s.rule(s.y+0.9, 0.2, 0)
			s.y += 1.2
			continue
		}
		s.write(x.Amount, amount, s.y+3.9*s.scale, bodySize, 0)
		s.column(label, left+2, bodySize, 0)
		for i, line := range why {
			s.write(line, left+2, s.y+(float64(len(label))*rowLead+2.9+float64(i)*3.8)*s.scale, smallSize, 0.27)
		}
		s.down(height)
		s.rule(s.y, 0.15, 0.73)
	}
	s.down(1.6)
}
