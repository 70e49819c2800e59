// Package problem is how a fault in a file is told: where it is, what was found and
// what would be right. Package contracts gives it to importers under its own name.
package problem

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Problem is something a person must mend in a file: where it is, what was
// found and what would be right. Codes begin with E_ (error), W_ (warning) or
// N_ (note: the value was accepted after a normalisation that is reported).
type Problem struct {
	File   string // as the user named it; empty when the input had no name
	Line   int    // 1-based; 0 when the problem is of the whole file
	Column int    // 1-based, in characters; 0 when unknown
	Offset int64  // byte offset for encoding problems; 0 otherwise
	Field  string // path in the file, such as clauses[2].cap.amount, or a column name
	Value  string // as found; escaped and shortened only when printed
	Code   string
	// Message says what is wrong, Hint what would be right.
	Message string
	Hint    string
	// Outcome says how much of the input the problem spoils.
	Outcome Outcome
}

// Outcome is what a problem does to a run.
type Outcome uint8

// The outcomes, in the order in which the gravest decides a run's exit status.
const (
	RefuseFile Outcome = iota // nothing of the file is used (exit 3)
	RefuseRow                 // the row goes to the rejects (exit 3, or 4 when partial results were asked for)
	Accept                    // reported only
	Limit                     // a named limit stopped the reading (exit 6)
	Conflict                  // two values that must agree do not (exit 7)
)

// IsError reports whether the problem keeps a result from being complete.
func (p Problem) IsError() bool { return strings.HasPrefix(p.Code, "E_") && p.Outcome != Accept }

// Error formats the problem as one line:
//
//	file:line:column: error CODE: message; hint [field=path value=found]
func (p Problem) Error() string {
	var b strings.Builder
	if p.File != "" {
		b.WriteString(p.File)
		b.WriteByte(':')
	}
	if p.Line > 0 {
		fmt.Fprintf(&b, "%d:", p.Line)
		if p.Column > 0 {
			fmt.Fprintf(&b, "%d:", p.Column)
		}
	}
	if b.Len() > 0 {
		b.WriteByte(' ')
	}
	fmt.Fprintf(&b, "%s %s: %s", p.severity(), p.Code, p.Message)
	if p.Hint != "" {
		b.WriteString("; ")
		b.WriteString(p.Hint)
	}
	var tags []string
	if p.Field != "" {
		tags = append(tags, "field="+p.Field)
	}
	if p.Value != "" {
		tags = append(tags, "value="+Escape(p.Value, 40))
	}
	if p.Offset > 0 {
		tags = append(tags, "offset="+strconv.FormatInt(p.Offset, 10))
	}
	if len(tags) > 0 {
		fmt.Fprintf(&b, " [%s]", strings.Join(tags, " "))
	}
	return printable(b.String())
}

// printable shows characters that could act on a terminal or end the line as U+XXXX: names of fields and messages can quote what a
// file holds.
func printable(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return !strconv.IsPrint(r) }) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if strconv.IsPrint(r) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "<U+%04X>", r)
		}
	}
	return b.String()
}

func (p Problem) severity() string {
	switch {
	case strings.HasPrefix(p.Code, "W_"):
		return "warning"
	case strings.HasPrefix(p.Code, "N_") || p.Outcome == Accept:
		return "note"
	}
	return "error"
}

// Severity is "error", "warning" or "note".
func (p Problem) Severity() string { return p.severity() }

// Escape quotes s so that nothing in it can act on a terminal or a log, shows
// invisible and direction-changing characters as U+XXXX, and keeps at most max
// characters.
func Escape(s string, max int) string {
	var b strings.Builder
	b.WriteByte('"')
	n := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if n >= max {
			b.WriteString("…")
			break
		}
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case strconv.IsPrint(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "<U+%04X>", r)
		}
		i += size
		n++
	}
	b.WriteByte('"')
	return b.String()
}

// Problems is every problem found in a reading, in file and line order. It is
// an error when at least one of them is.
type Problems []Problem

// Error lists the problems, a line each.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Err returns ps when it holds an error, else nil: warnings and notes do not
// stop a calculation.
func (ps Problems) Err() error {
	if slices.ContainsFunc(ps, Problem.IsError) {
		return ps
	}
	return nil
}

// Sorted returns the problems by file, line, column, field and code, so that the order
// in which files were read does not show.
func (ps Problems) Sorted() Problems {
	out := slices.Clone(ps)
	slices.SortStableFunc(out, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Field, b.Field), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message),
		)
	})
	return out
}

// Pos is where something stood in a file; zero for what was built in Go.
type Pos struct {
	File         string
	Line, Column int
	Field        string
}

// Problem reports a problem at the position.
func (p Pos) Problem(code, value, message, hint string) Problem {
	return Problem{
		File: p.File, Line: p.Line, Column: p.Column, Field: p.Field,
		Code: code, Value: value, Message: message, Hint: hint,
	}
}

// Place is the position in words, for a message about another place.
func (p Pos) Place() string {
	if p.Line == 0 {
		return "earlier in the contract"
	}
	return fmt.Sprintf("at line %d", p.Line)
}
