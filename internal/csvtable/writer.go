package csvtable

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// A Format says who a CSV file is for.
type Format uint8

const (
	// Machine keeps every field as it is. A spreadsheet that opens such a file
	// may run a field that begins with = and turns 007 into 7.
	Machine Format = iota
	// Human begins with a byte order mark and passes every field through
	// SafeText. It is for looking at, not for reading back into a program.
	Human
)

// triggers begin what a spreadsheet may take for a formula, or are dropped by
// it so that the next character does. Full-width signs count: some spreadsheets
// read them as the narrow ones.
const triggers = "=+-@\t\r\n\x00＝＋－＠"

// SafeText prefixes an apostrophe to text that a spreadsheet could take for a
// formula: text that begins with = + - @, one of these in full width, a tab, a
// line end or NUL. Other text is returned as it is. Applying it twice changes
// nothing more. Negative numbers are prefixed too, since they begin with -.
func SafeText(s string) string {
	c, _ := utf8.DecodeRuneInString(s)
	if s != "" && strings.ContainsRune(triggers, c) {
		return "'" + s
	}
	return s
}

// A Writer writes rows with commas, LF line ends and quotes only where they are
// needed: the same rows give the same bytes. What a Machine Writer wrote, a
// Reader reads back as it was, except that CR LF inside a field becomes LF.
type Writer struct {
	w      *bufio.Writer
	format Format
	rows   int64
	line   []byte
}

// NewWriter returns a Writer of the format. Rows reach w when they fill a
// buffer or at Flush.
func NewWriter(w io.Writer, format Format) *Writer {
	return &Writer{w: bufio.NewWriterSize(w, chunkSize), format: format}
}

// Write writes one row. It refuses, writing nothing of the row, a row without
// fields and text that a Reader would refuse: bytes that are not UTF-8, U+FFFD,
// and control characters other than tab, LF and CR.
func (w *Writer) Write(fields []string) error {
	if len(fields) == 0 {
		return fmt.Errorf("csv row %d has no fields", w.rows+1)
	}
	w.line = w.line[:0]
	if w.rows == 0 && w.format == Human {
		w.line = append(w.line, "\ufeff"...)
	}
	for i, f := range fields {
		if c, bad := unwritable(f); bad {
			return fmt.Errorf("csv row %d, field %d: U+%04X cannot be written", w.rows+1, i+1, c)
		}
		if w.format == Human {
			f = SafeText(f)
		}
		if i > 0 {
			w.line = append(w.line, ',')
		}
		w.line = appendField(w.line, f, len(fields) == 1)
	}
	w.line = append(w.line, '\n')
	w.rows++
	_, err := w.w.Write(w.line)
	return err
}

// Flush hands everything written so far to the underlying writer.
func (w *Writer) Flush() error { return w.w.Flush() }

// unwritable returns the first character of s that may not stand in a field.
func unwritable(s string) (rune, bool) {
	for _, c := range s {
		if c == utf8.RuneError || refusedControl(c, true) {
			return c, true
		}
	}
	return 0, false
}

// appendField appends s, in quotes when it holds a comma, a quote or a line
// end, begins with a byte order mark, which a Reader would drop from the first
// field of a file, or is empty and alone, which would be a blank line.
func appendField(dst []byte, s string, alone bool) []byte {
	if !strings.ContainsAny(s, ",\"\r\n") && !strings.HasPrefix(s, "\ufeff") && !(alone && strings.TrimSpace(s) == "") {
		return append(dst, s...)
	}
	dst = append(dst, '"')
	for i := range len(s) {
		if s[i] == '"' {
			dst = append(dst, '"')
		}
		dst = append(dst, s[i])
	}
	return append(dst, '"')
}
