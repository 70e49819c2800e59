package credits

import (
	"bufio"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/csvtable"
)

// Writer writes instructions one at a time. Write refuses, with the problems of [Check], an instruction that could not be read back.
type Writer interface {
	Write(Instruction) error
	Flush() error
}

// NewJSONL writes the record as JSON Lines: an object a line, every field in it, in one order. Amounts are whole numbers of minor units.
func NewJSONL(w io.Writer) Writer { return &jsonl{w: bufio.NewWriterSize(w, 64<<10)} }

type jsonl struct {
	w    *bufio.Writer
	line []byte
}

func (j *jsonl) Write(x Instruction) error {
	if err := Check(x).Err(); err != nil {
		return err
	}
	r := record{x, int64(x.Exponent)}
	b := j.line[:0]
	for i, f := range recordFields {
		sep := byte(',')
		if i == 0 {
			sep = '{'
		}
		b = append(append(append(b, sep, '"'), f.name...), '"', ':')
		if f.text == nil {
			b = strconv.AppendInt(b, *f.whole(&r), 10)
		} else {
			b = appendJSON(b, *f.text(&r))
		}
	}
	j.line = append(b, '}', '\n')
	_, err := j.w.Write(j.line)
	return err
}

func (j *jsonl) Flush() error { return j.w.Flush() }

// appendJSON appends sound text as a JSON string. Line separators of Unicode are escaped: some programs take them for ends of lines.
func appendJSON(b []byte, s string) []byte {
	b = append(b, '"')
	done := 0
	for i := 0; i < len(s); i++ {
		escape, size := "", 1
		switch c := s[i]; {
		case c == '"':
			escape = `\"`
		case c == '\\':
			escape = `\\`
		case c == '\n':
			escape = `\n`
		case c == '\t':
			escape = `\t`
		case c == 0xe2 && strings.HasPrefix(s[i:], "\u2028"):
			escape, size = `\u2028`, 3
		case c == 0xe2 && strings.HasPrefix(s[i:], "\u2029"):
			escape, size = `\u2029`, 3
		default:
			continue
		}
		b = append(append(b, s[done:i]...), escape...)
		i += size - 1
		done = i + 1
	}
	return append(append(b, s[done:]...), '"')
}

// NewCSV writes the record as comma-separated values for programs, with a header. Text is written as it is: a spreadsheet may take it
// for a formula.
func NewCSV(w io.Writer) Writer { return &csvFile{w: csvtable.NewWriter(w, csvtable.Machine)} }

type csvFile struct {
	w      *csvtable.Writer
	headed bool
	row    []string
}

func (c *csvFile) Write(x Instruction) error {
	if err := Check(x).Err(); err != nil {
		return err
	}
	if err := c.head(); err != nil {
		return err
	}
	r := record{x, int64(x.Exponent)}
	c.row = c.row[:0]
	for _, f := range recordFields {
		if f.text == nil {
			c.row = append(c.row, strconv.FormatInt(*f.whole(&r), 10))
		} else {
			c.row = append(c.row, *f.text(&r))
		}
	}
	return c.w.Write(c.row)
}

func (c *csvFile) head() error {
	if c.headed {
		return nil
	}
	c.headed = true
	var names []string
	for _, f := range recordFields {
		names = append(names, f.name)
	}
	return c.w.Write(names)
}

// Flush writes what is buffered; a file without instructions is its header.
func (c *csvFile) Flush() error {
	if err := c.head(); err != nil {
		return err
	}
	return c.w.Flush()
}

// writeLine writes v as a line of JSON, without the escapes that only HTML needs.
func writeLine(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// inRow gives problems the row of their instruction, counted from 1.
func inRow(ps contracts.Problems, row int) contracts.Problems {
	ps = slices.Clone(ps)
	for i := range ps {
		ps[i].File, ps[i].Line = "instructions", row
	}
	return ps
}
