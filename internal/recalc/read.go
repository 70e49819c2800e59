package recalc

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// ReadBook reads the values and formulas stored in the workbook at path. What a
// spreadsheet would mend or refuse is an error that names the place: rows or
// cells out of order, a part missing, damaged or there twice, a value that is
// not of its type. So is a formula that is stored only with another cell.
func ReadBook(path string) (Book, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return Book{}, fmt.Errorf("%s: %w", path, err)
	}
	defer z.Close()
	b, err := readBook(&z.Reader)
	if err != nil {
		return Book{}, fmt.Errorf("%s: %w", path, err)
	}
	return b, nil
}

func readBook(z *zip.Reader) (Book, error) {
	tabs, err := tabs(z)
	if err != nil {
		return Book{}, err
	}
	shared, err := sharedStrings(z)
	if err != nil {
		return Book{}, err
	}
	b := Book{sheets: make(map[string]*sheet)}
	for _, tab := range tabs {
		s := &sheet{cells: make(map[string]Value)}
		err := readPart(z, tab.part, func(d *xml.Decoder) error { return s.read(d, tab.Name, shared) })
		if err != nil {
			return Book{}, fmt.Errorf("sheet %s: %w", tab.Name, err)
		}
		b.Sheets = append(b.Sheets, tab.Name)
		b.sheets[tab.Name] = s
	}
	return b, nil
}

// tab is a sheet as the workbook lists it.
type tab struct {
	Name string `xml:"name,attr"`
	ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
	part string // where the sheet is in the package
}

// tabs lists the sheets in the order of the tabs.
func tabs(z *zip.Reader) ([]tab, error) {
	var book struct {
		Tabs []tab `xml:"sheets>sheet"`
	}
	var links struct {
		Links []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := errors.Join(
		readPart(z, "xl/workbook.xml", func(d *xml.Decoder) error { return d.Decode(&book) }),
		readPart(z, "xl/_rels/workbook.xml.rels", func(d *xml.Decoder) error { return d.Decode(&links) }),
	); err != nil {
		return nil, err
	}
	parts := make(map[string]string)
	for _, link := range links.Links {
		part := path.Join("xl", link.Target)
		if strings.HasPrefix(link.Target, "/") {
			part = link.Target[1:]
		}
		parts[link.ID] = part
	}
	for i := range book.Tabs {
		book.Tabs[i].part = parts[book.Tabs[i].ID]
	}
	return book.Tabs, nil
}

// sharedStrings reads the texts that cells refer to by number; a workbook may
// have none.
func sharedStrings(z *zip.Reader) ([]string, error) {
	var table struct {
		Items []richText `xml:"si"`
	}
	err := readPart(z, "xl/sharedStrings.xml", func(d *xml.Decoder) error { return d.Decode(&table) })
	if err != nil && !errors.Is(err, errNoPart) {
		return nil, err
	}
	var texts []string
	for _, item := range table.Items {
		texts = append(texts, item.String())
	}
	return texts, nil
}

// richText is a text in one piece or in runs. The readings (ふりがな) that may
// stand beside them are no part of the text.
type richText struct {
	Text string   `xml:"t"`
	Runs []string `xml:"r>t"`
}

// String returns the text without its formatting.
func (t richText) String() string { return t.Text + strings.Join(t.Runs, "") }

var errNoPart = errors.New("no such part in the package")

// readPart has read decode a part and then checks the rest of it, to the
// checksum.
func readPart(z *zip.Reader, name string, read func(*xml.Decoder) error) error {
	f, err := findPart(z, name)
	if err != nil {
		return err
	}
	r, err := f.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer r.Close()
	if err := read(xml.NewDecoder(r)); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func findPart(z *zip.Reader, name string) (*zip.File, error) {
	var found *zip.File
	for _, f := range z.File {
		if f.Name != name {
			continue
		}
		if found != nil {
			return nil, fmt.Errorf("%s: there twice in the package", name)
		}
		found = f
	}
	if found == nil {
		return nil, fmt.Errorf("%s: %w", name, errNoPart)
	}
	return found, nil
}
