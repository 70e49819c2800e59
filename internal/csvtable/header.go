package csvtable

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/amends-go/amends/internal/problem"
)

// readHeader reads the first row that is not blank.
func (r *Reader) readHeader() {
	err := r.read()
	for err == nil && len(r.record) == 1 && len(bytes.TrimSpace(r.raw)) == 0 {
		err = r.read()
	}
	if errors.Is(err, io.EOF) {
		r.finish()
		return
	}
	p := r.check(err, 0)
	if d := r.otherDelimiter(); d != 0 && (len(r.record) <= 1) && (p == nil || p.Code == "E_CSV_QUOTE") {
		r.fileProblem(problem.Problem{
			Line: r.line, Column: 1, Value: keep(string(r.raw[:min(len(r.raw), maxValue)])),
			Code: "E_CSV_HEADER", Outcome: problem.RefuseFile,
			Message: fmt.Sprintf("1 column found; did you mean delimiter %s?", shown(d)),
			Hint:    "name the delimiter, or save the file with commas",
		})
		return
	}
	if p != nil {
		if p.Outcome == problem.RefuseRow {
			p.Outcome = problem.RefuseFile
		}
		r.fileProblem(*p)
		return
	}
	r.setHeader()
}

// shown is a delimiter as it appears in a sentence.
func shown(d rune) string {
	if d == '\t' {
		return "tab"
	}
	return string(d)
}

// otherDelimiter is the usual delimiter, not the present one, that stands most
// often outside quotes in the header, or 0. It is not asked for when the caller
// has named the delimiter.
func (r *Reader) otherDelimiter() rune {
	if r.opts.Delimiter != 0 {
		return 0
	}
	best, most := rune(0), 0
	for _, d := range []rune{';', '\t', '|', ','} {
		if n := countOutsideQuotes(r.raw, byte(d)); d != r.csv.Comma && n > most {
			best, most = d, n
		}
	}
	return best
}

func countOutsideQuotes(text []byte, d byte) int {
	quoted, n := false, 0
	for _, c := range text {
		if c == '"' {
			quoted = !quoted
		} else if c == d && !quoted {
			n++
		}
	}
	return n
}

// setHeader takes the row just read as the header, after refusing names that
// are empty or occur twice.
func (r *Reader) setHeader() {
	names := make([]string, len(r.record))
	seen := map[string]int{}
	for i, name := range r.record {
		names[i] = strings.Clone(name)
		line, column := r.place(r.fieldStart(i))
		p := problem.Problem{Line: line, Column: column, Field: names[i], Value: names[i], Outcome: problem.RefuseFile}
		first, twice := seen[name]
		if strings.TrimSpace(name) == "" {
			p.Code, p.Message = "E_CSV_HEADER", fmt.Sprintf("the name of column %d is empty", i+1)
			p.Hint = "name the column or remove it"
			r.fileProblem(p)
		} else if twice {
			p.Code, p.Message = "E_DUP_FIELD", fmt.Sprintf("columns %d and %d have the same name", first+1, i+1)
			p.Hint = "rename one of them"
			r.fileProblem(p)
		} else {
			seen[name] = i
		}
	}
	r.header, r.headerLine = names, r.line
	r.headerText = problem.Escape(strings.Join(names, string(r.csv.Comma)), 80)
}
