package csvtable

import (
	"slices"
	"strings"

	"github.com/amends-go/amends/internal/problem"
)

// maxValue bounds, in bytes, the value that a problem keeps, so that a thousand
// of them stay small.
const maxValue = 1024

// Problems are the problems found so far, those of opening included, by line
// and column. Of problems of rows the first Options.MaxProblems are kept, less
// those of the file, which are kept always.
func (r *Reader) Problems() problem.Problems {
	room := max(0, r.opts.MaxProblems-len(r.whole))
	kept := r.rows[:min(room, len(r.rows))]
	return slices.Concat(r.whole, kept).Sorted()
}

// Dropped is how many problems were found and not kept.
func (r *Reader) Dropped() int64 {
	room := max(0, r.opts.MaxProblems-len(r.whole))
	return r.problems - int64(len(r.whole)) - int64(min(room, len(r.rows)))
}

func (r *Reader) rowProblem(p problem.Problem) {
	r.problems++
	if len(r.rows) < r.opts.MaxProblems {
		p.File = r.name
		r.rows = append(r.rows, p)
	}
}

func (r *Reader) fileProblem(p problem.Problem) {
	r.problems++
	p.File = r.name
	r.whole = append(r.whole, p)
}

// spoilt reports whether nothing of the file can be used.
func (r *Reader) spoilt() bool {
	return slices.ContainsFunc(r.whole, problem.Problem.IsError)
}

func ioProblem(name string, err error) problem.Problem {
	return problem.Problem{
		File: name, Code: "E_IO", Outcome: problem.RefuseFile,
		Message: "cannot be read: " + err.Error(),
	}
}

// keep copies a value for a problem, so that it does not hold the row's memory.
func keep(s string) string {
	if len(s) > maxValue {
		s = s[:maxValue]
	}
	return strings.Clone(s)
}
