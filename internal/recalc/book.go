package recalc

import (
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Kind is what a cell holds.
type Kind uint8

// The kinds. A cell without a value, styled or not there at all, is Empty; a
// formula that gives no characters is a Text.
const (
	Empty Kind = iota
	Number
	Text
	Bool
	Error
)

// String returns the kind's name.
func (k Kind) String() string {
	return [...]string{"empty", "number", "text", "bool", "error"}[k]
}

// Value is what a cell shows, before any number format.
type Value struct {
	Kind Kind
	// Text is the value as characters: a number in plain decimal without an
	// exponent or trailing zeros ("12", "0.5"), a Bool as "TRUE" or "FALSE", an
	// Error as the spreadsheet names it ("#NAME?").
	Text string
}

// Formula is a formula cell as it is stored.
type Formula struct {
	Sheet, Cell string
	Text        string // without the leading equals sign
	Cached      Value  // stored beside it
}

// Book is the values and formulas of a workbook.
type Book struct {
	Sheets []string // in the order of the tabs
	sheets map[string]*sheet
}

// sheet is a sheet's cells by reference.
type sheet struct {
	cells    map[string]Value
	formulas []Formula // by row and column
}

// Cell returns the value at a reference such as "B3"; it is Empty when there is
// none. It panics when the workbook has no such sheet.
func (b Book) Cell(sheet, cell string) Value {
	s, ok := b.sheets[sheet]
	if !ok {
		panic(fmt.Sprintf("recalc: no sheet %q among %q", sheet, b.Sheets))
	}
	return s.cells[cell]
}

// Formulas returns every formula cell, by sheet in the order of the tabs, then
// by row, then by column.
func (b Book) Formulas() iter.Seq[Formula] {
	return func(yield func(Formula) bool) {
		for _, name := range b.Sheets {
			for _, f := range b.sheets[name].formulas {
				if !yield(f) {
					return
				}
			}
		}
	}
}

// value reads the content of a cell of the type that its t attribute names.
// There is no value where the v element is missing.
func value(kind, text string, present bool, shared []string) (Value, error) {
	if !present {
		return Value{}, nil
	}
	switch kind {
	case "", "n":
		if text == "" {
			return Value{}, nil
		}
		d, err := decimal.NewFromString(text)
		if err != nil {
			return Value{}, fmt.Errorf("number %q: %w", text, err)
		}
		return Value{Number, d.String()}, nil
	case "str", "inlineStr", "d":
		return Value{Text, unescape(text)}, nil
	case "s":
		i, err := strconv.Atoi(text)
		if err != nil || i < 0 || i >= len(shared) {
			return Value{}, fmt.Errorf("shared string %q of %d", text, len(shared))
		}
		return Value{Text, unescape(shared[i])}, nil
	case "b":
		yes, err := strconv.ParseBool(text)
		return Value{Bool, strings.ToUpper(strconv.FormatBool(yes))}, err
	case "e":
		return Value{Error, text}, nil
	}
	return Value{}, fmt.Errorf("cell type %q", kind)
}

// unescape turns _x000D_ and its like, which stand for characters that XML does
// not keep, into the characters.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if strings.HasPrefix(s[i:], "_x") && i+7 <= len(s) && s[i+6] == '_' {
			if r, err := strconv.ParseUint(s[i+2:i+6], 16, 16); err == nil {
				b.WriteRune(rune(r))
				i += 6
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
