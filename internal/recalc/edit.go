package recalc

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Edit is a new content for an input cell.
type Edit struct {
	Sheet, Cell string
	Number      string // plain decimal; when it is empty the cell holds Text
	Text        string
}

// SetCells writes to dst a copy of the workbook src with the cells changed. Only
// the c elements of those cells are rewritten; every other part stays as it is
// packed, stored values of formulas included. It is an error when a cell is not
// in src (a styled, empty cell is), holds a formula or is named twice, because
// then it is not the input that the test takes it for.
func SetCells(src, dst string, edits []Edit) error {
	z, err := zip.OpenReader(src)
	if err != nil {
		return fmt.Errorf("%s: %w", src, err)
	}
	defer z.Close()
	byPart, err := editsByPart(&z.Reader, edits)
	if err != nil {
		return fmt.Errorf("%s: %w", src, err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		edits := byPart[f.Name]
		if len(edits) == 0 {
			err = w.Copy(f)
		} else {
			err = copyEdited(w, f, edits)
		}
		if err != nil {
			return fmt.Errorf("%s: %s: %w", src, f.Name, err)
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(dst, out.Bytes(), 0o600)
}

// editsByPart groups the edits by the sheet's part and then by cell.
func editsByPart(z *zip.Reader, edits []Edit) (map[string]map[string]Edit, error) {
	tabs, err := tabs(z)
	if err != nil {
		return nil, err
	}
	byPart := make(map[string]map[string]Edit)
	for _, e := range edits {
		i := slices.IndexFunc(tabs, func(t tab) bool { return t.Name == e.Sheet })
		if i < 0 {
			return nil, fmt.Errorf("no sheet %q", e.Sheet)
		}
		if e, err = e.normalised(); err != nil {
			return nil, err
		}
		part := tabs[i].part
		if byPart[part] == nil {
			byPart[part] = make(map[string]Edit)
		}
		if _, twice := byPart[part][e.Cell]; twice {
			return nil, fmt.Errorf("%s!%s is changed twice", e.Sheet, e.Cell)
		}
		byPart[part][e.Cell] = e
	}
	return byPart, nil
}

// normalised returns the edit with its number in plain decimal.
func (e Edit) normalised() (Edit, error) {
	if e.Number == "" {
		return e, nil
	}
	d, err := decimal.NewFromString(e.Number)
	if err != nil || e.Text != "" {
		return e, fmt.Errorf("%s!%s cannot hold number %q and text %q", e.Sheet, e.Cell, e.Number, e.Text)
	}
	e.Number = d.String()
	return e, nil
}

func copyEdited(w *zip.Writer, f *zip.File, edits map[string]Edit) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	old, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	edited, err := replaceCells(old, edits)
	if err != nil {
		return err
	}
	to, err := w.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: f.Modified})
	if err != nil {
		return err
	}
	_, err = to.Write(edited)
	return err
}

// replaceCells returns the sheet with the cells' elements replaced. It takes
// from edits what it has done.
func replaceCells(old []byte, edits map[string]Edit) ([]byte, error) {
	var out bytes.Buffer
	d := xml.NewDecoder(bytes.NewReader(old))
	kept := int64(0)
	for {
		start := d.InputOffset()
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		at, ok := token.(xml.StartElement)
		if !ok || at.Name.Local != "c" {
			continue
		}
		e, ok := edits[attribute(at, "r")]
		if !ok {
			continue
		}
		var c storedCell
		if err := d.DecodeElement(&c, &at); err != nil {
			return nil, err
		}
		if c.Formula != nil {
			return nil, fmt.Errorf("%s!%s holds the formula %s and is no input", e.Sheet, e.Cell, c.Formula.Text)
		}
		out.Write(old[kept:start])
		out.WriteString(e.element(attribute(at, "s")))
		kept = d.InputOffset()
		delete(edits, e.Cell)
	}
	if len(edits) > 0 {
		return nil, fmt.Errorf("not in the sheet: cells %q", slices.Sorted(maps.Keys(edits)))
	}
	out.Write(old[kept:])
	return out.Bytes(), nil
}

// element returns the cell as XML, in the style (an index) that it had.
func (e Edit) element(style string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<c r="%s"`, e.Cell)
	if style != "" {
		fmt.Fprintf(&b, ` s="%s"`, style)
	}
	if e.Number != "" {
		fmt.Fprintf(&b, `><v>%s</v></c>`, e.Number)
		return b.String()
	}
	b.WriteString(` t="inlineStr"><is><t xml:space="preserve">`)
	xml.EscapeText(&b, []byte(e.Text)) // a strings.Builder does not fail
	b.WriteString(`</t></is></c>`)
	return b.String()
}
