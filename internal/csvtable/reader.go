package csvtable

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/amends-go/amends/internal/problem"
)

// Counts say what became of the data rows: Rows = Accepted + Refused.
type Counts struct{ Rows, Accepted, Refused int64 }

// A Reader reads a table, row by row. It is not safe for concurrent use.
type Reader struct {
	name   string
	opts   Options
	src    *source
	csv    *csv.Reader
	file   stater
	closer io.Closer
	size   int64
	mtime  time.Time

	header     []string
	headerLine int
	headerText string

	record  []string
	raw     []byte // the row without its line end
	line    int
	current bool // the last row given out is still accepted
	done    bool

	counts   Counts
	rows     problem.Problems // of rows
	whole    problem.Problems // of the file
	problems int64
	foreign  map[string]int64 // rows refused for their encoding, by the likely one
}

// Open opens the named file of fsys and reads its header. On a problem that
// spoils the file the Reader is nil. The notes among the problems are also
// among those of Problems. The caller closes the Reader.
func Open(fsys fs.FS, name string, opts Options) (*Reader, problem.Problems) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, problem.Problems{ioProblem(name, err)}
	}
	r, ps := NewReader(f, name, opts)
	if r == nil {
		f.Close() //nolint:errcheck // nothing was written
		return nil, ps
	}
	r.closer = f
	return r, ps
}

// NewReader reads the header of the table in src, which problems call name. On
// a problem that spoils the file the Reader is nil. A source that has a Stat
// method, as files have, must not change while it is read.
func NewReader(src io.Reader, name string, opts Options) (*Reader, problem.Problems) {
	r := &Reader{name: name, opts: opts.withDefaults(), foreign: map[string]int64{}}
	r.watch(src)
	buffered := bufio.NewReaderSize(src, chunkSize)
	head, err := buffered.Peek(chunkSize)
	var in io.Reader = buffered
	if err != nil && !errors.Is(err, io.EOF) {
		in = io.MultiReader(bytes.NewReader(head), failing{err})
	}
	found := sniff(head, errors.Is(err, io.EOF))
	r.src = newSource(in, found, r.opts.MaxRow)
	r.csv = csv.NewReader(bufio.NewReaderSize(r.src, chunkSize))
	r.csv.FieldsPerRecord, r.csv.ReuseRecord = -1, true
	r.noteSniffed(found)
	if found.problem == nil && r.setDelimiter(found) {
		r.readHeader()
	}
	if r.spoilt() {
		return nil, r.Problems()
	}
	return r, r.Problems()
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func (r *Reader) noteSniffed(found sniffed) {
	if found.problem != nil {
		r.fileProblem(*found.problem)
		return
	}
	if found.loneCR {
		r.fileProblem(problem.Problem{Line: 1, Code: "N_CSV_EOL", Outcome: problem.Accept,
			Message: "lines end with a lone CR; read as line ends"})
	}
	if found.enc != utf8Text {
		r.fileProblem(problem.Problem{Code: "N_ENCODING", Outcome: problem.Accept,
			Message: fmt.Sprintf("decoded from %s; the delimiter is %s", found.enc, spell(r.delimiter(found)))})
	}
}

func (r *Reader) delimiter(found sniffed) rune {
	if r.opts.Delimiter != 0 {
		return r.opts.Delimiter
	} else if found.enc != utf8Text && found.tabs {
		return '\t'
	}
	return ','
}

func (r *Reader) setDelimiter(found sniffed) bool {
	d := r.delimiter(found)
	if d == '"' || d == '\r' || d == '\n' || d == utf8.RuneError || !utf8.ValidRune(d) {
		r.fileProblem(problem.Problem{Code: "E_CSV_HEADER", Outcome: problem.RefuseFile,
			Message: fmt.Sprintf("%s cannot be a delimiter", spell(d)), Hint: "use a comma, a semicolon or a tab"})
		return false
	}
	r.csv.Comma = d
	return true
}

// spell names a delimiter so that it can be seen.
func spell(d rune) string {
	if d == '\t' {
		return "tab"
	}
	return problem.Escape(string(d), 1)
}

// Header is the names of the columns. The caller must not modify it.
func (r *Reader) Header() []string { return r.header }

// HeaderLine is the physical line of the header, or 0 when there is none.
func (r *Reader) HeaderLine() int { return r.headerLine }

// Next reads up to the next sound row. It reports false at the end of the
// table, at a limit and when the file cannot be read on; Problems then tells.
func (r *Reader) Next() (Row, bool) {
	for !r.done {
		r.current = false
		if r.advance() {
			r.counts.Rows++
			r.counts.Accepted++
			r.current = true
			return Row{r}, true
		}
	}
	return Row{}, false
}

// Rows are the sound rows that are left, in file order, each with the physical
// line on which it begins. A Row is valid until the next step.
func (r *Reader) Rows() iter.Seq2[int, Row] {
	return func(yield func(int, Row) bool) {
		for w, ok := r.Next(); ok; w, ok = r.Next() {
			if !yield(w.Line(), w) {
				return
			}
		}
	}
}

// advance reads one row and reports whether it is sound. It refuses the row, or
// ends the reading, if not.
func (r *Reader) advance() bool {
	err := r.read()
	if errors.Is(err, io.EOF) {
		r.finish()
		return false
	}
	if p := r.check(err, len(r.header)); p != nil {
		r.stopOn(*p)
		return false
	}
	return true
}

// read lets encoding/csv read one row and finds the row's text.
func (r *Reader) read() error {
	r.src.forget(int(min(r.csv.InputOffset()-r.src.winOff, int64(len(r.src.win)))))
	record, err := r.csv.Read()
	r.record = record
	r.raw = trimLineEnd(r.src.row(r.csv.InputOffset()))
	r.line = r.src.line
	return err
}

func trimLineEnd(b []byte) []byte {
	b = bytes.TrimSuffix(b, []byte{'\n'})
	return bytes.TrimSuffix(b, []byte{'\r'})
}

// stopOn records a problem of the row just read, and ends the reading when it
// spoils more than the row.
func (r *Reader) stopOn(p problem.Problem) {
	if p.Code != "E_IO" {
		r.counts.Rows++
		r.refuse(p)
	} else {
		r.fileProblem(p)
	}
	if p.Outcome == problem.RefuseRow {
		return
	}
	r.finish()
}

func (r *Reader) refuse(p problem.Problem) {
	r.counts.Refused++
	if p.Outcome == problem.RefuseRow {
		r.rowProblem(p)
	} else {
		r.fileProblem(p)
	}
	if r.opts.Rejected != nil {
		r.opts.Rejected(r.raw, p)
	}
}

// Report records a problem that the caller found in the row last returned by
// Next: in column i, or in the row as a whole when i is negative. A code that
// begins with E_ refuses the row, which is counted so once; others are kept as
// they are.
func (r *Reader) Report(i int, code, message, hint string) {
	r.report(i, code, message, hint, problem.RefuseRow)
}

// ReportLimit is Report for a value that passes a named limit, which stops the run whatever is done with refused rows.
func (r *Reader) ReportLimit(i int, code, message, hint string) {
	r.report(i, code, message, hint, problem.Limit)
}

func (r *Reader) report(i int, code, message, hint string, outcome problem.Outcome) {
	p := problem.Problem{Line: r.line, Column: 1, Code: code, Message: message, Hint: hint, Outcome: problem.Accept}
	if i >= 0 && i < len(r.record) {
		p.Line, p.Column = r.place(r.fieldStart(i))
		p.Field, p.Value = r.header[i], keep(r.record[i])
	}
	if !strings.HasPrefix(code, "E_") {
		r.rowProblem(p)
		return
	}
	p.Outcome = outcome
	if r.current {
		r.current = false
		r.counts.Accepted--
		r.refuse(p)
		return
	}
	r.rowProblem(p)
}

// Raw is the text of the row last read, refused or not, without its line end.
func (r *Reader) Raw() string { return string(r.raw) }

// Counts are the data rows so far.
func (r *Reader) Counts() Counts { return r.counts }

// SHA256 is the hash of the bytes that were parsed, in hexadecimal digits. It
// is empty until the file has been read to its end.
func (r *Reader) SHA256() string {
	if !r.done || !r.src.ended {
		return ""
	}
	return hex.EncodeToString(r.src.hash.Sum(nil))
}

// Close closes what Open opened. A Reader from NewReader has nothing to close.
func (r *Reader) Close() error {
	if r.closer == nil {
		return nil
	}
	return r.closer.Close()
}
