package credits

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/csvtable"
	"github.com/amends-go/amends/internal/problem"
)

// maxProblems is how many problems of a file are listed.
const maxProblems = 1000

// Read reads the record strictly, from JSON Lines where the file begins with {, and else from CSV, and calls each for every sound
// instruction, in the order of the file. An instruction that stands twice, with the same key and the same amounts, is given once, with a
// note; with other amounts it is a conflict (E_CONFLICT). Every problem is reported, up to a thousand; when they hold an error, nothing of the
// file is to be used. The name is for problems only.
//
// Reading keeps the key of every instruction.
func Read(src io.Reader, name string, each func(Instruction)) contracts.Problems {
	b := bufio.NewReaderSize(src, 64<<10)
	r := reader{name: name, each: each, seen: map[[32]byte]seen{}}
	if first, err := b.Peek(1); len(first) == 0 && !errors.Is(err, io.EOF) {
		return contracts.Problems{r.failed(err)}
	} else if len(first) == 0 || first[0] == '{' {
		r.jsonl(b)
	} else {
		r.csv(b)
	}
	return r.problems.Sorted()
}

type seen struct {
	line              int
	amount, item, tax int64
}

type reader struct {
	name     string
	each     func(Instruction)
	seen     map[[32]byte]seen
	problems contracts.Problems
}

func (r *reader) failed(err error) contracts.Problem {
	return contracts.Problem{File: r.name, Code: "E_IO", Message: "cannot be read: " + err.Error()}
}

func (r *reader) add(line int, ps ...contracts.Problem) {
	for _, p := range ps {
		if len(r.problems) >= maxProblems {
			return
		}
		p.File, p.Line, p.Value = r.name, line, strings.Clone(p.Value)
		r.problems = append(r.problems, p)
	}
}

// take gives an instruction on, unless something is wrong with it or it was given before.
func (r *reader) take(line int, rec *record, read contracts.Problems) {
	rec.Exponent = int(rec.exponent)
	if len(read) > 0 { // what is missing or of another type would be reported twice
		r.add(line, read...)
		return
	}
	if ps := Check(rec.Instruction); len(ps) > 0 {
		r.add(line, ps...)
		return
	}
	var key [32]byte
	hex.Decode(key[:], []byte(rec.Key)) //nolint:errcheck // Check held it against InstructionKey
	now := seen{line, rec.Amount, rec.Item, rec.Tax}
	if was, twice := r.seen[key]; twice {
		p := contracts.Problem{Field: "idempotency_key", Value: rec.Key, Code: "N_TWICE", Outcome: contracts.Accept,
			Message: fmt.Sprintf("the same instruction stands at line %d; it counts once", was.line)}
		if was.amount != now.amount || was.item != now.item || was.tax != now.tax {
			p = conflict(rec.Key, fmt.Sprintf("the same key stands at line %d with %s, and here with %s", was.line, money(was.amount, was.item, was.tax), money(now.amount, now.item, now.tax)))
		}
		r.add(line, p)
		return
	}
	r.seen[key] = now
	r.each(rec.Instruction)
}

func money(amount, item, tax int64) string {
	return fmt.Sprintf("%d (item %d, tax %d)", amount, item, tax)
}

func conflict(key, message string) contracts.Problem {
	return contracts.Problem{Field: "idempotency_key", Value: key, Code: "E_CONFLICT", Outcome: contracts.Conflict,
		Message: message, Hint: "give a correction a run label of its own"}
}

// number reads a whole number in plain digits.
func number(name, s string) (int64, *contracts.Problem) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err == nil && strconv.FormatInt(n, 10) == s {
		return n, nil
	}
	code := "E_NUM_FORM"
	if errors.Is(err, strconv.ErrRange) {
		code = "E_RANGE"
	}
	return 0, &contracts.Problem{Field: name, Value: s, Code: code, Message: "not a whole number in plain digits", Hint: "write minor units: 1250 for 12.50 dollars", Outcome: contracts.RefuseRow}
}

func (r *reader) csv(src io.Reader) {
	t, ps := csvtable.NewReader(src, r.name, csvtable.Options{Delimiter: ',', AllowEmpty: true})
	if t == nil {
		r.problems = append(r.problems, ps...)
		return
	}
	at := make([]int, len(recordFields)) // of each field, its column
	for i := range at {
		at[i] = -1
	}
	for i, h := range t.Header() {
		if f := fieldIndex(h); f >= 0 {
			at[f] = i
		} else {
			r.add(t.HeaderLine(), contracts.Problem{Field: h, Value: h, Code: "E_UNKNOWN_FIELD", Message: fmt.Sprintf("unknown column %q", h), Hint: problem.Suggest(h, fieldNames())})
		}
	}
	for f, i := range at {
		if i < 0 {
			r.add(t.HeaderLine(), missing(recordFields[f].name))
		}
	}
	if len(r.problems) == 0 {
		for line, row := range t.Rows() {
			r.row(line, row, at)
		}
	}
	r.problems = append(r.problems, t.Problems()...)
}

func (r *reader) row(line int, row csvtable.Row, at []int) {
	var rec record
	var ps contracts.Problems
	for i, f := range recordFields {
		s := row.Field(at[i])
		if f.text != nil {
			*f.text(&rec) = s
			continue
		}
		n, p := number(f.name, s)
		if p != nil {
			ps = append(ps, *p)
		}
		*f.whole(&rec) = n
	}
	r.take(line, &rec, ps)
}

func missing(name string) contracts.Problem {
	return contracts.Problem{Field: name, Code: "E_REQUIRED", Message: name + " is missing", Hint: "every field of the record stands in it, empty where there is nothing to say"}
}

func fieldIndex(name string) int {
	for i, f := range recordFields {
		if f.name == name {
			return i
		}
	}
	return -1
}

func fieldNames() []string {
	var out []string
	for _, f := range recordFields {
		out = append(out, f.name)
	}
	return out
}

// maxLine is the longest line, in bytes.
const maxLine = 1 << 20

func (r *reader) jsonl(src *bufio.Reader) {
	s := bufio.NewScanner(src)
	s.Buffer(make([]byte, 64<<10), maxLine)
	ended := true
	s.Split(func(data []byte, eof bool) (int, []byte, error) {
		n, token, err := bufio.ScanLines(data, eof)
		if eof && len(data) > 0 && bytes.IndexByte(data, '\n') < 0 {
			ended = false
		}
		return n, token, err
	})
	line := 0
	for s.Scan() {
		line++
		var rec record
		ps := readObject(s.Bytes(), &rec)
		r.take(line, &rec, ps)
	}
	if err := s.Err(); errors.Is(err, bufio.ErrTooLong) {
		r.add(line+1, contracts.Problem{Code: "E_LIMIT_ROW", Outcome: contracts.Limit, Message: fmt.Sprintf("the line has more than %d bytes", maxLine)})
	} else if err != nil {
		r.problems = append(r.problems, r.failed(err))
	} else if !ended {
		r.add(line, contracts.Problem{Code: "N_TRUNCATED_MAYBE", Outcome: contracts.Accept, Message: "the last line has no line end; the file may be cut"})
	}
}
