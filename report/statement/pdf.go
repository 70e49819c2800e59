package statement

import (
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
	runes := characters(used)
	doc := p.document(runes)
	doc.SetFont(family, "", bodySize)
	for _, r := range runes {
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
	top       = 15.0
	pageWidth = 210.0
	all       = pageWidth - 2*left
	foot      = 283.0 // below which nothing stands
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
	(&setter{PDF: p, doc: doc, letter: l, scale: p.scale(l)}).set()
	return doc.Output(w)
}
