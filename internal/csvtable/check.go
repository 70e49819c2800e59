package csvtable

import (
	"encoding/csv"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/amends-go/amends/internal/problem"
)

// check returns what is wrong with the row just read, or nil. A want of 0
// leaves the number of fields open, as it is for the header.
func (r *Reader) check(err error, want int) *problem.Problem {
	if errors.Is(err, errRowLimit) || len(r.raw) > r.opts.MaxRow {
		return r.limit("E_LIMIT_ROW", "MaxRow", fmt.Sprintf("the row has more than %d bytes", r.opts.MaxRow), -1)
	}
	parse := parseError(err)
	if err != nil && parse == nil {
		p := ioProblem("", err)
		p.Line = r.line
		return &p
	}
	if !plain(r.raw) {
		if p := r.checkText(parse == nil); p != nil {
			return p
		}
	}
	if parse != nil {
		return r.quoteProblem(parse)
	}
	if len(r.record) > r.opts.MaxColumns {
		return r.limit("E_LIMIT_COLUMNS", "MaxColumns", fmt.Sprintf("the row has more than %d columns", r.opts.MaxColumns), r.opts.MaxColumns)
	}
	if len(r.raw) > r.opts.MaxField {
		for i, f := range r.record {
			if len(f) > r.opts.MaxField {
				return r.limit("E_LIMIT_FIELD", "MaxField", fmt.Sprintf("the field has more than %d bytes", r.opts.MaxField), i)
			}
		}
	}
	if want > 0 && len(r.record) != want {
		return r.raggedProblem(want)
	}
	return nil
}

// parseError is the problem of syntax that err tells of, or nil. It stands apart
// so that sound rows allocate nothing for it.
func parseError(err error) *csv.ParseError {
	if err == nil {
		return nil
	}
	var parse *csv.ParseError
	errors.As(err, &parse)
	return parse
}

// plain reports whether text is printable ASCII, tabs and line ends only, as
// most rows are.
func plain(text []byte) bool {
	for _, c := range text {
		if c-0x20 > 0x5e && c != '\t' && c != '\n' {
			return false
		}
	}
	return true
}

// checkText looks for damaged and control characters in a row's text.
func (r *Reader) checkText(parsed bool) *problem.Problem {
	quoted := false
	for i := 0; i < len(r.raw); {
		c, size := utf8.DecodeRune(r.raw[i:])
		if c == utf8.RuneError {
			return r.encodingProblem(i, size, parsed)
		}
		if c == '"' {
			quoted = !quoted
		}
		if refusedControl(c, quoted) {
			p := r.textProblem(i, parsed)
			p.Code = "E_CTRL_CHAR"
			p.Message = fmt.Sprintf("control character U+%04X at byte offset %d", c, p.Offset)
			p.Hint = "remove it"
			return p
		}
		i += size
	}
	return nil
}

// refusedControl reports whether c is a control character, or a code point that
// is no character, and not whitespace in its place.
func refusedControl(c rune, quoted bool) bool {
	if c == '\t' || c == '\n' || (c == '\r' && quoted) {
		return false
	}
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0xfffe || c == 0xffff
}

// textProblem is a problem at a position in the row's text.
func (r *Reader) textProblem(at int, parsed bool) *problem.Problem {
	p := problem.Problem{Outcome: problem.RefuseRow, Offset: r.src.fileOff + r.src.enc.size(r.raw[:at])}
	p.Line, p.Column = r.place(at)
	p.Value = keep(string(r.raw[:min(len(r.raw), maxValue)]))
	if !parsed {
		return &p // which field it would be in is not known
	}
	for i, f := range r.record {
		if r.fieldStart(i) > at {
			break
		}
		p.Value = keep(f)
		p.Field = ""
		if i < len(r.header) {
			p.Field = r.header[i]
		}
	}
	return &p
}

func (r *Reader) encodingProblem(at, size int, parsed bool) *problem.Problem {
	p := r.textProblem(at, parsed)
	p.Code = "E_ENCODING"
	p.Hint = "convert to UTF-8 first"
	if r.src.enc != utf8Text {
		p.Message = fmt.Sprintf("not a whole %s character at byte offset %d", r.src.enc, p.Offset)
		p.Hint = "export the file again"
		return p
	}
	if size > 1 {
		p.Message = fmt.Sprintf("U+FFFD at byte offset %d: the text was damaged before it came here", p.Offset)
		p.Hint = "export the file again"
		return p
	}
	bad := r.raw[at:min(at+2, len(r.raw))]
	if len(bad) == 2 && bad[1] < 0x20 {
		bad = bad[:1]
	}
	p.Message = fmt.Sprintf("bytes % x at byte offset %d are not UTF-8", bad, p.Offset)
	guess := likely(r.raw)
	r.foreign[guess]++
	if guess != "" {
		p.Hint = "looks like " + guess + "; convert to UTF-8 first"
	}
	return p
}

// quoteProblem explains a quote that encoding/csv stumbled over.
func (r *Reader) quoteProblem(e *csv.ParseError) *problem.Problem {
	k := len(r.record)
	start, end := r.unparsed(k)
	at := r.position(e.Line, e.Column)
	p := problem.Problem{Code: "E_CSV_QUOTE", Outcome: problem.RefuseRow,
		Value: keep(string(r.raw[start:min(end, start+maxValue)]))}
	if k < len(r.header) {
		p.Field = r.header[k]
	}
	p.Line, p.Column = r.place(at)
	p.Hint = `put the field in quotes and write each quote in it twice`
	if errors.Is(e.Err, csv.ErrBareQuote) {
		p.Message = "quote inside a field that is not quoted"
	} else if at < len(r.raw) && r.raw[at] == '"' {
		p.Message = "quote inside a quoted field is neither doubled nor the end of the field"
		if p.Line > r.line {
			p.Message += fmt.Sprintf("; the row begins on line %d", r.line)
		}
	} else {
		p.Message = "quote is never closed"
		last, _ := r.place(len(r.raw))
		p.Line, p.Column = r.place(start)
		if last > r.line {
			// How many rows the open quote has swallowed cannot be counted.
			p.Outcome = problem.RefuseFile
			p.Message += fmt.Sprintf("; lines %d to %d are inside it", p.Line, last)
		}
	}
	return &p
}

func (r *Reader) raggedProblem(want int) *problem.Problem {
	p := problem.Problem{Code: "E_CSV_FIELDS", Outcome: problem.RefuseRow,
		Message: fmt.Sprintf("expected %d got %d; the header on line %d is %s",
			want, len(r.record), r.headerLine, r.headerText),
		Hint: "give each column one value; quote a value that holds the delimiter",
	}
	if got := len(r.record); got < want {
		p.Line, p.Column = r.place(len(r.raw))
		p.Field = r.header[got]
	} else {
		p.Line, p.Column = r.place(r.fieldStart(want))
		p.Value = keep(r.record[want])
	}
	return &p
}

// limit is the problem of a row that outgrew a limit. Over MaxColumns and
// MaxField it is of field i.
func (r *Reader) limit(code, option, message string, i int) *problem.Problem {
	p := problem.Problem{Line: r.line, Column: 1, Code: code, Outcome: problem.Limit, Message: message,
		Hint: "look for a quote that is not closed, or raise " + option}
	if i >= 0 {
		p.Line, p.Column = r.place(r.fieldStart(i))
		p.Value = keep(r.record[i])
		if i < len(r.header) {
			p.Field = r.header[i]
		}
	}
	return &p
}
