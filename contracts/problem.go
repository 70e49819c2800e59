package contracts

import "github.com/amends-go/amends/internal/problem"

// A Problem is something a person must mend in a file: where it is, what was
// found and what would be right. Codes begin with E_ (error), W_ (warning) or
// N_ (note: the value was accepted after a normalisation that is reported).
type Problem = problem.Problem

// Problems is every problem found in a reading. Err returns it as an error when
// at least one of them is one; warnings and notes do not stop a calculation.
type Problems = problem.Problems

// Outcome is what a problem does to a run.
type Outcome = problem.Outcome

// The outcomes, with the exit status that the command gives them.
const (
	RefuseFile = problem.RefuseFile // nothing of the file is used (exit 3)
	RefuseRow  = problem.RefuseRow  // the row goes to the rejects (exit 3, or 4 when partial results were asked for)
	Accept     = problem.Accept     // reported only
	Limit      = problem.Limit      // a named limit stopped the reading (exit 6)
	Conflict   = problem.Conflict   // two values that must agree do not (exit 7)
)

// Pos is where something stood in a file; zero for what was built in Go.
type Pos = problem.Pos

// Escape quotes s so that nothing in it can act on a terminal or a log, and
// keeps at most max characters.
func Escape(s string, max int) string { return problem.Escape(s, max) }
