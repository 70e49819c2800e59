package recalc

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// storedCell is a c element.
type storedCell struct {
	Ref     string    `xml:"r,attr"`
	Type    string    `xml:"t,attr"`
	Formula *storedF  `xml:"f"`
	Value   *string   `xml:"v"`
	Inline  *richText `xml:"is"`
}

// storedF is an f element.
type storedF struct {
	Type string `xml:"t,attr"`
	Text string `xml:",chardata"`
}

// read reads the cells of the sheet called name and checks that they stand in
// order, for readers differ in what they make of cells that do not.
func (s *sheet) read(d *xml.Decoder, name string, shared []string) error {
	row, column := 0, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		at, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch at.Name.Local {
		case "row":
			if row, err = nextRow(at, row); err != nil {
				return err
			}
			column = 0
		case "c":
			var c storedCell
			if err := d.DecodeElement(&c, &at); err != nil {
				return err
			}
			if column, err = nextColumn(c.Ref, row, column); err != nil {
				return err
			}
			if err := s.add(c, name, shared); err != nil {
				return fmt.Errorf("cell %s: %w", c.Ref, err)
			}
		}
	}
}

func (s *sheet) add(c storedCell, name string, shared []string) error {
	text, present := "", c.Value != nil
	if present {
		text = *c.Value
	}
	if c.Inline != nil {
		text, present = c.Inline.String(), true
	}
	v, err := value(c.Type, text, present, shared)
	if err != nil {
		return err
	}
	if v.Kind != Empty {
		s.cells[c.Ref] = v
	}
	if c.Formula == nil {
		return nil
	}
	if c.Formula.Text == "" {
		return fmt.Errorf("formula of type %q is stored with another cell", c.Formula.Type)
	}
	s.formulas = append(s.formulas, Formula{name, c.Ref, c.Formula.Text, v})
	return nil
}

// nextRow returns the number of a row element, which must be above the last.
func nextRow(row xml.StartElement, last int) (int, error) {
	n, err := strconv.Atoi(attribute(row, "r"))
	if err != nil || n <= last {
		return 0, fmt.Errorf("row %q after row %d", attribute(row, "r"), last)
	}
	return n, nil
}

// nextColumn returns the number (A is 1) of the column of a cell, which must
// stand in the row and to the right of the last.
func nextColumn(ref string, row, last int) (int, error) {
	letters := strings.TrimRight(ref, "0123456789")
	n := 0
	for _, r := range letters {
		if r < 'A' || r > 'Z' || len(letters) > 3 {
			return 0, fmt.Errorf("cell reference %q", ref)
		}
		n = n*26 + int(r-'A') + 1
	}
	if n <= last || ref[len(letters):] != strconv.Itoa(row) {
		return 0, fmt.Errorf("cell %q in row %d after column %d", ref, row, last)
	}
	return n, nil
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
