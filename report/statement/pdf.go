package statement

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// PDF prints letters as PDF on A4. The same letter gives the same bytes.
type PDF struct {
	font   []byte
	widths map[rune]int // in thousandths of the size
}

// NewPDF prepares to print letters that hold the characters used.
func NewPDF(f *Font, used map[rune]bool) (p *PDF, err error) {
	defer func() {
		if r := recover(); r != nil {
			p, err = nil, fmt.Errorf("%w: %s cannot be cut to the characters used: %v", ErrFont, f.Path, r)
		}
	}()
	p = &PDF{font: cut(f.data, characters(used)), widths: map[rune]int{}}
	all := characters(used)
	doc := p.document(all)
	doc.SetFont(family, "", bodySize)
	for _, r := range all {
		p.widths[r] = doc.GetStringSymbolWidth(string(r))
	}
	if doc.Err() {
		return nil, fmt.Errorf("%w: %s: %w", ErrFont, f.Path, doc.Error())
	}
	return p, nil
}

// Ending is the end of the names of the files.
func (*PDF) Ending() string { return "pdf" }

// Sizes are in points, places in millimetres.
const (
	family    = "letter"
	bodySize  = 10.0
	smallSize = 8.3
	left      = 22.0
	top       = 17.0
	pageWidth = 210.0
	foot      = 280.0 // below which nothing but the number of the page stands
	sumSide   = 36.0  // of the amounts
	mm        = 72 / 25.4
)

// document begins a document in the font cut to a text.
func (p *PDF) document(text []rune) *fpdf.Fpdf {
	doc := fpdf.New("P", "mm", "A4", "")
	doc.SetCatalogSort(true)
	doc.SetAutoPageBreak(false, 0)
	doc.SetMargins(left, top, left)
	doc.AddUTF8FontFromBytes(family, "", cut(p.font, text))
	return doc
}

// Render writes the letter.
func (p *PDF) Render(w io.Writer, l *Letter) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the letter to customer %s cannot be set: %v", l.Customer, r)
		}
	}()
	used := map[rune]bool{}
	l.all(func(s string) {
		for _, r := range s {
			used[r] = true
		}
	})
	delete(used, '\n')
	doc := p.document(characters(used)) // of its own characters alone, so that its bytes do not depend on other letters
	at := time.Date(l.Day.Year, time.Month(l.Day.Month), l.Day.Day, 0, 0, 0, 0, time.UTC)
	doc.SetCreationDate(at)
	doc.SetModificationDate(at)
	doc.SetTitle(l.Title, true)
	doc.SetLang(l.Lang)
	doc.SetProducer("Amends", true)
	s := &setter{PDF: p, doc: doc, letter: l}
	s.page()
	s.opening()
	for i := range l.Parts {
		s.part(i)
	}
	return doc.Output(w)
}

// setter places one letter.
type setter struct {
	*PDF
	doc    *fpdf.Fpdf
	letter *Letter
	y      float64
	pages  int
}

// page begins a page; from the second on it tells whose letter it is.
func (s *setter) page() {
	s.doc.AddPage()
	s.pages++
	s.y = top
	if s.pages > 1 {
		s.size(smallSize, 0.35)
		s.write(s.letter.Number, left, top-4)
		n := fmt.Sprint(s.pages)
		s.write(n, pageWidth-left-s.width(n, smallSize), top-4)
		s.ink(0)
		s.y = top + 4
	}
}

func (s *setter) size(points, grey float64) {
	s.doc.SetFont(family, "", points)
	s.ink(grey)
}

func (s *setter) ink(grey float64) {
	v := int(grey * 255)
	s.doc.SetTextColor(v, v, v)
}

// need begins a page unless so many millimetres are left.
func (s *setter) need(height float64) {
	if s.y+height > foot {
		s.page()
	}
}

func (s *setter) measure(r rune) int { return s.widths[r] }

// width is that of a text in millimetres.
func (s *setter) width(text string, points float64) float64 {
	n := 0
	for _, r := range text {
		n += s.measure(r)
	}
	return float64(n) / 1000 * points / mm
}

// fit breaks a text to a width in millimetres.
func (s *setter) fit(text string, width, points float64) []string {
	return breakLines(text, int(width*mm/points*1000), s.measure)
}

func (s *setter) write(text string, x, y float64) { s.doc.Text(x, y, text) }

// bold sets a text in heavier strokes: the font has one weight.
func (s *setter) bold(text string, x, y, points float64) {
	s.doc.SetTextRenderingMode(2)
	s.doc.SetLineWidth(points * 0.0085)
	s.doc.SetDrawColor(0, 0, 0)
	s.write(text, x, y)
	s.doc.SetTextRenderingMode(0)
}

// lines sets lines of one size below each other, and moves down.
func (s *setter) lines(lines []string, x, points, lead float64) {
	for _, line := range lines {
		s.need(lead)
		s.write(line, x, s.y+lead*0.74)
		s.y += lead
	}
}

// opening sets the head of the letter: number and date, addressee, sender, title.
func (s *setter) opening() {
	l := s.letter
	right := pageWidth - left
	s.size(9, 0.2)
	s.write(l.Number, left, s.y+3)
	s.size(bodySize, 0)
	s.write(l.Date, right-s.width(l.Date, bodySize), s.y+3)
	s.y += 9
	s.size(12, 0)
	for _, line := range l.To {
		s.lines(s.fit(line, 110, 12), left, 12, 6)
	}
	s.logo(right)
	s.size(bodySize, 0)
	for _, from := range l.From {
		for _, line := range s.fit(from, 90, bodySize) {
			s.write(line, right-s.width(line, bodySize), s.y+3.7)
			s.y += 5
		}
	}
	s.y += 6
	for _, line := range s.fit(l.Title, pageWidth-2*left, 14) {
		s.doc.SetFont(family, "", 14)
		s.bold(line, (pageWidth-s.width(line, 14))/2, s.y+5, 14)
		s.y += 7
	}
	s.y += 4
}

func (s *setter) logo(right float64) {
	g := s.letter.Logo
	if g == nil {
		return
	}
	height := 12.0
	width := height * float64(g.Width) / float64(g.Height)
	if width > 50 {
		height, width = height*50/width, 50
	}
	kind := map[string]string{"png": "PNG", "jpeg": "JPG"}[g.Kind]
	s.doc.RegisterImageOptionsReader("logo", fpdf.ImageOptions{ImageType: kind}, bytes.NewReader(g.Data))
	s.doc.ImageOptions("logo", right-width, s.y, width, height, false, fpdf.ImageOptions{ImageType: kind}, 0, "")
	s.y += height + 1.5
}

func (s *setter) part(i int) {
	p := &s.letter.Parts[i]
	all := pageWidth - 2*left
	switch p.Kind {
	case Heading:
		s.need(s.headed(i))
		s.y += 2.6
		s.doc.SetFillColor(51, 85, 122)
		s.doc.Rect(left, s.y+0.5, 1.1, 4.3, "F")
		s.doc.SetFont(family, "", 10.5)
		s.ink(0)
		s.bold(p.Text, left+2.8, s.y+4.1, 10.5)
		s.y += 6.4
	case Centre:
		s.size(bodySize, 0)
		s.y += 1.5
		s.write(p.Text, (pageWidth-s.width(p.Text, bodySize))/2, s.y+3.7)
		s.y += 5.5
	case Right:
		s.size(bodySize, 0)
		for _, line := range s.fit(p.Text, all, bodySize) {
			s.need(5)
			s.write(line, pageWidth-left-s.width(line, bodySize), s.y+3.7)
			s.y += 5
		}
	case Paragraph:
		s.size(bodySize, 0)
		s.lines(s.fit(p.Text, all, bodySize), left, bodySize, 5)
		s.y += 1.5
	case Strong:
		s.size(bodySize, 0)
		for _, line := range s.fit(p.Text, all, bodySize) {
			s.need(5)
			s.bold(line, left, s.y+3.7, bodySize)
			s.y += 5
		}
		s.y += 1.5
	case Small:
		s.size(smallSize, 0.25)
		s.lines(s.fit(p.Text, all, smallSize), left, smallSize, 4.1)
		s.y += 0.6
	case Table:
		s.table(p.Rows)
	case Amounts:
		s.sum(p.Lines)
	}
}

// headed is the height of a heading with the beginning of what stands below it, which belong together. A sum that fits on a page is
// not parted.
func (s *setter) headed(i int) float64 {
	const heading = 9.0
	if i+1 == len(s.letter.Parts) || s.letter.Parts[i+1].Kind != Amounts {
		return heading + 10
	}
	height := heading + 2
	for _, x := range s.letter.Parts[i+1].Lines {
		height += s.lineHeight(x)
	}
	if height > foot-top-10 {
		return heading + 16
	}
	return height
}

// lineHeight is the height of one line of a sum.
func (s *setter) lineHeight(x Line) float64 {
	label, why := s.lineText(x)
	return float64(len(label))*4.8 + float64(len(why))*3.9 + 1
}

// lineText breaks a line of a sum into what it is and why.
func (s *setter) lineText(x Line) (label, why []string) {
	words := pageWidth - 2*left - sumSide - 4
	for _, text := range x.Why {
		why = append(why, s.fit(text, words, smallSize)...)
	}
	return s.fit(x.Label, words, bodySize), why
}

func (s *setter) rule(y, width, grey float64) {
	v := int(grey * 255)
	s.doc.SetDrawColor(v, v, v)
	s.doc.SetLineWidth(width)
	s.doc.Line(left, y, pageWidth-left, y)
}

func (s *setter) table(rows []Pair) {
	labelSide := 36.0 // as wide as the longest label, within reason
	for _, r := range rows {
		labelSide = min(max(labelSide, s.width(r.Label, bodySize)+5), 62)
	}
	values := pageWidth - 2*left - labelSide - 4
	for _, r := range rows {
		label, value := s.fit(r.Label, labelSide-4, bodySize), s.fit(r.Value, values, bodySize)
		height := float64(max(len(label), len(value)))*4.8 + 1
		s.need(min(height, 240))
		s.doc.SetFillColor(243, 245, 248)
		s.doc.Rect(left, s.y, labelSide, height, "F")
		s.size(bodySize, 0.2)
		for i, line := range label {
			s.write(line, left+2, s.y+4.1+float64(i)*4.8)
		}
		s.ink(0)
		for i, line := range value {
			s.write(line, left+labelSide+2, s.y+4.1+float64(i)*4.8)
		}
		s.y += height
		s.rule(s.y, 0.15, 0.73)
	}
	s.y += 2
}

func (s *setter) sum(lines []Line) {
	for _, x := range lines {
		label, why := s.lineText(x)
		height := s.lineHeight(x)
		s.need(min(height+1, 240))
		if x.Total {
			s.rule(s.y+0.2, 0.35, 0)
		}
		s.size(bodySize, 0)
		set := s.write
		if x.Total {
			set = func(text string, x, y float64) { s.bold(text, x, y, bodySize) }
		}
		set(x.Amount, pageWidth-left-2-s.width(x.Amount, bodySize), s.y+4.1)
		for i, line := range label {
			set(line, left+2, s.y+4.1+float64(i)*4.8)
		}
		s.size(smallSize, 0.27)
		for i, line := range why {
			s.write(line, left+2, s.y+float64(len(label))*4.8+3.1+float64(i)*3.9)
		}
		s.y += height
		if x.Total {
			s.rule(s.y+0.2, 0.2, 0)
			s.rule(s.y+0.9, 0.2, 0)
			s.y += 1.2
		} else {
			s.rule(s.y, 0.15, 0.73)
		}
	}
	s.ink(0)
	s.y += 2
}
