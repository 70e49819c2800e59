package csvtable

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/amends-go/amends/internal/problem"
)

// stater is a source that can tell its size and time of change.
type stater interface{ Stat() (fs.FileInfo, error) }

// watch remembers the size and time of a regular file.
func (r *Reader) watch(src io.Reader) {
	f, ok := src.(stater)
	if !ok {
		return
	}
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	r.file, r.size, r.mtime = f, info.Size(), info.ModTime()
}

// finish ends the reading and checks the file as a whole. Emptiness, wanted
// rows and the hash can be told only of a file that was read to its end.
func (r *Reader) finish() {
	r.done = true
	r.checkUnchanged()
	r.noteForeign()
	if !errors.Is(r.src.err, io.EOF) || len(r.src.pending) > 0 || r.stopped() {
		return
	}
	if r.src.ctrlZs > 0 {
		r.fileProblem(problem.Problem{Line: r.src.line, Code: "N_CSV_CTRLZ", Outcome: problem.Accept,
			Message: fmt.Sprintf("%d Ctrl-Z at the end of the file dropped", r.src.ctrlZs)})
	}
	wanted := r.opts.WantRows > 0 || r.opts.WantSHA256 != ""
	r.checkWanted()
	if !wanted && r.src.last != 0 && r.src.last != '\n' {
		r.fileProblem(problem.Problem{Line: r.line, Code: "N_TRUNCATED_MAYBE", Outcome: problem.Accept,
			Message: "the last line has no line end; the file may be cut",
			Hint:    "give the number of rows or the SHA-256 of the file to be sure"})
	}
	if r.counts.Rows == 0 && !r.opts.AllowEmpty {
		r.fileProblem(problem.Problem{Line: r.headerLine, Code: "E_EMPTY", Outcome: problem.RefuseFile,
			Message: "no data rows", Hint: "allow an empty table if none are meant"})
	}
}

// stopped reports whether a limit, an open quote or a failure ended the reading.
func (r *Reader) stopped() bool {
	return slices.ContainsFunc(r.whole, func(p problem.Problem) bool {
		return p.IsError() && p.Code != "E_CHANGED"
	})
}

func (r *Reader) checkUnchanged() {
	if r.file == nil {
		return
	}
	info, err := r.file.Stat()
	if err != nil {
		r.fileProblem(ioProblem(r.name, err))
		return
	}
	if info.Size() != r.size || !info.ModTime().Equal(r.mtime) {
		r.fileProblem(problem.Problem{Code: "E_CHANGED", Outcome: problem.RefuseFile,
			Message: fmt.Sprintf("the file changed while it was read: %d bytes before, %d after, %d read",
				r.size, info.Size(), r.src.size),
			Hint: "read it again when nothing writes to it, or read a copy"})
	}
}

// noteForeign adds to the problems of single rows a hint for the whole file.
func (r *Reader) noteForeign() {
	for _, guess := range []string{"CP932 (Shift_JIS)", "EUC-JP", "CP932 (Shift_JIS) or EUC-JP"} {
		if n := r.foreign[guess]; n > 0 {
			r.fileProblem(problem.Problem{Code: "N_ENCODING", Outcome: problem.Accept,
				Message: fmt.Sprintf("looks like %s in %d rows", guess, n), Hint: "convert to UTF-8 first"})
		}
	}
}

func (r *Reader) checkWanted() {
	p := problem.Problem{Line: r.line, Code: "E_TRUNCATED", Outcome: problem.RefuseFile,
		Hint: "fetch the file again, or correct what is expected of it"}
	if want := r.opts.WantRows; want > 0 && want != r.counts.Rows {
		p.Message = fmt.Sprintf("%d data rows, expected %d", r.counts.Rows, want)
		r.fileProblem(p)
	}
	if want := r.opts.WantSHA256; want != "" && !strings.EqualFold(want, r.SHA256()) {
		p.Message = fmt.Sprintf("SHA-256 is %s, expected %s", r.SHA256(), want)
		r.fileProblem(p)
	}
}
