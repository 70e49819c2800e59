package sheetrows

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/klauspost/compress/flate"
	"github.com/xuri/excelize/v2"
)

// contentTypes is the part that says what every other part is. It stands first,
// so that a reader of a stream knows the kinds before the parts come.
const contentTypes = "[Content_Types].xml"

// dosEpoch is 1980-01-01, the first date a zip can hold, as its two bytes.
const dosEpoch = 1<<5 | 1

// level is that of the compressor: rows of a list shrink to a seventh, and a higher one takes half as long again for a tenth less.
const level = 1

// Sheet is a sheet whose rows come from a producer.
type Sheet struct {
	Name string            // as people see it, for errors
	Rows int               // how many rows there will be, for readers that ask before they read; 0 is not known
	Cols int               // how many columns at most
	Fill func(*Rows) error // writes the rows
}

// Package is the last stage of writing a workbook: excelize hands it every part, and it writes them to a file with the rows in place.
type Package struct {
	out    io.Writer
	sheets map[string]Sheet // by part
	parts  []*part
}

type part struct {
	name string
	data bytes.Buffer
}

// WriteWorkbook writes f to out, with the rows of some sheets from their producers, by the index of the sheet in f. Producers run one after another in the order
// of the sheets, so that one may go on where the one before it stopped. Such a sheet must have no row of its own in f. The
// error of a producer, or of what a sheet cannot hold, is returned and what was written so far is no workbook.
func WriteWorkbook(out io.Writer, f *excelize.File, sheets map[int]Sheet) error {
	p := &Package{out: out, sheets: map[string]Sheet{}}
	for i, s := range sheets { // order: fills a map
		p.sheets[fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1)] = s
	}
	f.SetZipWriter(func(io.Writer) excelize.ZipWriter { return p })
	_, err := f.WriteTo(io.Discard) // the package is written by its own stage
	return err
}

// Create begins the part name.
func (p *Package) Create(name string) (io.Writer, error) {
	if i := slices.IndexFunc(p.parts, func(x *part) bool { return x.name == name }); i >= 0 {
		return nil, fmt.Errorf("workbook part %s was written twice", name)
	}
	x := &part{name: name}
	p.parts = append(p.parts, x)
	return &x.data, nil
}

// AddFS is not used by excelize and not supported.
func (p *Package) AddFS(fs.FS) error {
	return fmt.Errorf("workbook parts from a file system: %w", errors.ErrUnsupported)
}

// Close writes the package. It does not close the writer below.
func (p *Package) Close() error {
	slices.SortFunc(p.parts, func(a, b *part) int {
		if p.rank(a) == 2 && p.rank(b) == 2 { // sheet2 before sheet10: producers run in the order of the sheets
			return cmp.Or(cmp.Compare(len(a.name), len(b.name)), strings.Compare(a.name, b.name))
		}
		return cmp.Or(cmp.Compare(p.rank(a), p.rank(b)), strings.Compare(a.name, b.name))
	})
	z := zip.NewWriter(p.out)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, level) })
	for _, x := range p.parts {
		h := &zip.FileHeader{Name: x.name, Method: zip.Deflate}
		//lint:ignore SA1019 a header without Modified writes this field, and no other date.
		h.ModifiedDate = dosEpoch
		w, err := z.CreateHeader(h)
		if err == nil {
			err = p.write(w, x)
		}
		if err != nil {
			return fmt.Errorf("workbook part %s: %w", x.name, err)
		}
		x.data = bytes.Buffer{}
	}
	return z.Close()
}

// rank puts the content types first and the sheets with many rows last: all that is small stands together before them.
func (p *Package) rank(x *part) int {
	if _, many := p.sheets[x.name]; many {
		return 2
	}
	if x.name == contentTypes {
		return 0
	}
	return 1
}

func (p *Package) write(w io.Writer, x *part) error {
	data := x.data.Bytes()
	if x.name == contentTypes {
		sorted, err := sortContentTypes(data)
		if err != nil {
			return err
		}
		data = sorted
	}
	if s, ok := p.sheets[x.name]; ok {
		return splice(w, data, s)
	}
	_, err := w.Write(data)
	return err
}

// shellRows is where the rows of a shell go, and dimension what it says of their extent.
var (
	shellRows = regexp.MustCompile(`<sheetData\s*/>|<sheetData>\s*</sheetData>`)
	dimension = regexp.MustCompile(`<dimension [^>]*?(/>|></dimension>)`)
)

// splice writes a shell with the rows of the sheet in it.
func splice(w io.Writer, shell []byte, s Sheet) error {
	at := shellRows.FindIndex(shell)
	if at == nil {
		return fmt.Errorf("sheet %s has rows of its own", s.Name)
	}
	extent := ""
	if s.Rows > 0 && s.Cols > 0 {
		extent = fmt.Sprintf(`<dimension ref="A1:%s%d"/>`, columnNames()[s.Cols-1], s.Rows)
	}
	head := dimension.ReplaceAll(shell[:at[0]], []byte(extent))
	if _, err := w.Write(append(head, `<sheetData>`...)); err != nil {
		return err
	}
	r := &Rows{out: w, sheet: s.Name, names: columnNames(), buf: make([]byte, 0, block+block/4)}
	if err := s.Fill(r); err != nil {
		return err
	}
	r.close()
	r.flush()
	if r.err != nil {
		return r.err
	}
	if s.Rows > 0 && r.row != s.Rows {
		return fmt.Errorf("sheet %s has %d rows, and %d were announced", s.Name, r.row, s.Rows)
	}
	_, err := w.Write(append([]byte(`</sheetData>`), shell[at[1]:]...))
	return err
}

// typeList is the whole of [Content_Types].xml.
type typeList struct {
	XMLName  xml.Name       `xml:"http://schemas.openxmlformats.org/package/2006/content-types Types"`
	Default  []typeOfSuffix `xml:"Default"`
	Override []typeOfPart   `xml:"Override"`
	Other    []anyElement   `xml:",any"`
}

type typeOfSuffix struct {
	Extension   string `xml:",attr"`
	ContentType string `xml:",attr"`
}

type typeOfPart struct {
	PartName    string `xml:",attr"`
	ContentType string `xml:",attr"`
}

type anyElement struct{ XMLName xml.Name }

// sortContentTypes lists the defaults by extension and then the overrides by
// part. An element it does not know is an error, for it would be lost.
func sortContentTypes(b []byte) ([]byte, error) {
	var t typeList
	if err := xml.Unmarshal(b, &t); err != nil {
		return nil, err
	}
	if len(t.Other) > 0 {
		return nil, fmt.Errorf("unknown element %s", t.Other[0].XMLName.Local)
	}
	slices.SortFunc(t.Default, func(a, b typeOfSuffix) int { return cmp.Compare(a.Extension, b.Extension) })
	slices.SortFunc(t.Override, func(a, b typeOfPart) int { return cmp.Compare(a.PartName, b.PartName) })
	out, err := xml.Marshal(t)
	return append([]byte(xml.Header), out...), err
}
