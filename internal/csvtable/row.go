package csvtable

import (
	"bytes"
	"unicode/utf8"
)

// A Row is an accepted data row. It is valid until the next call to Next.
type Row struct{ r *Reader }

// Fields are the values, as many as the header has. The slice is valid until
// the next call to Next; the strings may be kept.
func (w Row) Fields() []string { return w.r.record }

// Field is the value of column i, from 0.
func (w Row) Field(i int) string { return w.r.record[i] }

// Line is the physical line, from 1, on which the row begins.
func (w Row) Line() int { return w.r.line }

// Column is where field i begins: the physical line and the column in
// characters, both from 1. An opening quote is part of the field.
func (w Row) Column(i int) (line, column int) { return w.r.place(w.r.fieldStart(i)) }

// Raw is the text of the row as it stood in the file, without its line end; it
// is UTF-8 with LF line ends whatever the file was.
func (w Row) Raw() string { return string(w.r.raw) }

// fieldStart is the position in the row's text at which field i begins.
func (r *Reader) fieldStart(i int) int {
	return r.position(r.csv.FieldPos(i))
}

// position turns a physical line and a column in bytes into a position in the
// row's text.
func (r *Reader) position(line, byteColumn int) int {
	at := 0
	for l := r.line; l < line; l++ {
		n := bytes.IndexByte(r.raw[at:], '\n')
		if n < 0 {
			break
		}
		at += n + 1
	}
	return min(at+byteColumn-1, len(r.raw))
}

// place turns a position in the row's text into a physical line and a column
// in characters.
func (r *Reader) place(at int) (line, column int) {
	before := r.raw[:at]
	start := bytes.LastIndexByte(before, '\n') + 1
	return r.line + bytes.Count(before, []byte{'\n'}), utf8.RuneCount(before[start:]) + 1
}

// unparsed is where field k of a row that encoding/csv gave up on begins and,
// as far as one can tell, ends in the row's text. The fields before it are sound.
func (r *Reader) unparsed(k int) (start, end int) {
	comma := []byte(string(r.csv.Comma))
	for ; k > 0; k-- {
		if start < len(r.raw) && r.raw[start] == '"' {
			start = pastQuoted(r.raw, start)
		}
		n := bytes.Index(r.raw[start:], comma)
		if n < 0 {
			break
		}
		start += n + len(comma)
	}
	end = start
	for end < len(r.raw) && r.raw[end] != '\n' && !bytes.HasPrefix(r.raw[end:], comma) {
		end++
	}
	return start, end
}

// pastQuoted is the position after the quote that closes the one at start.
func pastQuoted(b []byte, start int) int {
	for i := start + 1; i < len(b); i++ {
		if b[i] != '"' {
			continue
		}
		if i+1 == len(b) || b[i+1] != '"' {
			return i + 1
		}
		i++
	}
	return len(b)
}
