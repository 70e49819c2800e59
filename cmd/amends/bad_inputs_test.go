package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/amends-go/amends/internal/txtar"
)

// The bad inputs stand in testdata/bad-inputs, a file for each kind, whose first words say how they are written.
const (
	storiesOf = "../../testdata/bad-inputs"
	casesOf   = "../../testdata/cases"
)

// story is a bad input: a sound case, what is done to it, and what the command must say and do.
type story struct {
	name  string
	base  string // archive with the sound case
	edits []edit
	args  []string
	exit  int
	rows  bool // refused rows may be left out with --allow-partial
	told  []told
	owed  map[string]string // customer → payable
	says  []string          // the summary or the report holds it
	not   []string          // nothing that is said or written holds it
}

// edit puts one text of a file in the place of another; without an old text, of all.
type edit struct{ file, old, new string }

// told is a problem that must be reported.
type told struct{ severity, code, file, line, column, field, text string }

var (
	editForm = regexp.MustCompile(`^(\S+): ("(?:[^"\\]|\\.)*")(?: -> ("(?:[^"\\]|\\.)*"))?$`)
	toldForm = regexp.MustCompile(`^(error|warning|note) (\S+) ([^\s:]*)(?::(\d+))?(?::(\d+))?(?: field=(\S+))?(?: ("(?:[^"\\]|\\.)*"))?$`)
)

// readStories reads the bad inputs of one file.
func readStories(t *testing.T, path string) []story {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	a, err := txtar.Parse(string(data))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	var out []story
	for _, name := range a.Names {
		s := story{name: name, base: filepath.Join(storiesOf, "base.txtar"), exit: -1, owed: map[string]string{}}
		for line := range strings.Lines(string(a.Files[name].Data)) {
			if err := s.line(strings.TrimSuffix(line, "\n")); err != nil {
				t.Fatalf("%s: %s: %q: %v", path, name, line, err)
			}
		}
		if s.exit < 0 {
			t.Fatalf("%s: %s does not say the exit status", path, name)
		}
		out = append(out, s)
	}
	return out
}

// line reads one line of a story.
func (s *story) line(line string) (err error) {
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case "":
	case "case":
		s.base = filepath.Join(casesOf, rest+".txtar")
	case "args":
		s.args = strings.Fields(rest)
	case "exit":
		first, or, _ := strings.Cut(rest, " or ")
		if s.rows = or != ""; s.rows && rest != "3 or 4" {
			return fmt.Errorf("only refused rows have two statuses: 3 or 4")
		}
		s.exit, err = strconv.Atoi(first)
	case "owed":
		id, amount, _ := strings.Cut(rest, " ")
		s.owed[id] = amount
	case "says", "not":
		text, err := strconv.Unquote(rest)
		if word == "says" {
			s.says = append(s.says, text)
		} else {
			s.not = append(s.not, text)
		}
		return err
	case "error", "warning", "note":
		m := toldForm.FindStringSubmatch(line)
		if m == nil {
			return fmt.Errorf("write: %s CODE FILE:LINE:COLUMN field=PATH \"words of the message\"", word)
		}
		x := told{m[1], m[2], m[3], m[4], m[5], m[6], ""}
		if m[7] != "" {
			x.text, err = strconv.Unquote(m[7])
		}
		s.told = append(s.told, x)
	default:
		m := editForm.FindStringSubmatch(line)
		if m == nil {
			return fmt.Errorf("neither an edit nor an expectation")
		}
		e := edit{file: m[1]}
		if e.new, err = strconv.Unquote(m[2]); err == nil && m[3] != "" {
			e.old = e.new
			e.new, err = strconv.Unquote(m[3])
		}
		s.edits = append(s.edits, e)
	}
	return err
}

// TestBadInputs runs the command on every story, over an output that stands already.
func TestBadInputs(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(storiesOf, "*.txtar"))
	if err != nil || len(files) < 2 {
		t.Fatalf("found %d files of bad inputs: %v", len(files), err)
	}
	for _, file := range files {
		if filepath.Base(file) == "base.txtar" {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			for _, s := range readStories(t, file) {
				t.Run(s.name, func(t *testing.T) { s.check(t) })
			}
		})
	}
}

// folder writes the story's case to disk.
func (s *story) folder(t *testing.T) string {
	t.Helper()
	dir := unpack(t, s.base)
	for _, e := range s.edits {
		change(t, dir, e)
	}
	return dir
}

// unpack writes the case of an archive to a folder of its own.
func unpack(t testing.TB, archive string) string {
	t.Helper()
	data, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	a, err := txtar.Parse(string(data))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, a.Files); err != nil {
		t.Fatal(err)
	}
	return dir
}

// change makes one edit.
func change(t testing.TB, dir string, e edit) {
	t.Helper()
	path := filepath.Join(dir, e.file)
	text := e.new
	if e.old != "" {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(data), e.old) {
			t.Fatalf("%s does not hold %q", e.file, e.old)
		}
		text = strings.Replace(string(data), e.old, e.new, 1)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// result is what a run said and wrote.
type result struct {
	status       int
	out, err     string
	written      string // the output file
	rejects      string // the file of refused rows
	problems     []machineLine
	customers    map[string]string // id → payable
	partialLines int
}

// machineLine is a line of --errors json.
type machineLine struct {
	File, Field, Value, Code, Message, Hint, Severity string
	Line, Column                                      int
	ByteOffset                                        int64 `json:"byte_offset"`
}

const oldOutput = "what an earlier run wrote"

// assess runs the command over an output that stands already.
func assess(t testing.TB, dir string, args ...string) result {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.jsonl")
	if err := os.WriteFile(out, []byte(oldOutput), 0o600); err != nil {
		t.Fatal(err)
	}
	var r result
	r.status, r.out, r.err = run(append([]string{"--errors", "json", "assess", dir, "-o", out}, args...)...)
	r.out = strings.ReplaceAll(r.out, out, "out.jsonl") // digits of a temporary folder are no amounts
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	r.written = string(data)
	if data, err := os.ReadFile(out + ".rejects.csv"); err == nil {
		r.rejects = string(data)
	}
	for line := range strings.Lines(r.err) {
		var p machineLine
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Errorf("a line of the report is not JSON: %s", line)
		}
		r.problems = append(r.problems, p)
	}
	if r.written == oldOutput {
		return r
	}
	r.customers = map[string]string{}
	for line := range strings.Lines(r.written) {
		var row struct {
			Customer string
			Payable  *string
			Partial  bool
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		r.customers[row.Customer] = "?"
		if row.Payable != nil {
			r.customers[row.Customer] = *row.Payable
		}
		if row.Partial {
			r.partialLines++
		}
	}
	return r
}

// run runs a command line.
func run(args ...string) (status int, out, err string) {
	var o, e strings.Builder
	a := &app{out: &o, err: &e}
	status = a.run(args)
	return status, o.String(), e.String()
}

// check runs the story and holds what is said and done.
func (s *story) check(t *testing.T) {
	dir := s.folder(t)
	got := assess(t, dir, s.args...)
	s.holds(t, got)
	if got.status != s.exit {
		t.Errorf("exit %d, want %d", got.status, s.exit)
	}
	if done := got.written != oldOutput; done != (s.exit == exitOK) {
		t.Errorf("exit %d, and the old output was replaced: %v", got.status, done)
	}
	if s.exit == exitOK {
		s.amounts(t, got)
	}
	if s.rows {
		s.partial(t, dir, got)
	} else if s.exit == exitRefused {
		if again := assess(t, dir, append(s.args, "--allow-partial")...); again.status != exitRefused || again.written != oldOutput {
			t.Errorf("--allow-partial lets it pass with exit %d", again.status)
		}
	}
	if t.Failed() {
		t.Logf("%s\n%.2000s\n%.2000s", got.out, got.err, got.written)
	}
}

// holds compares what is said with what must be.
func (s *story) holds(t *testing.T, got result) {
	t.Helper()
	for _, want := range s.told {
		if !slices.ContainsFunc(got.problems, want.is) {
			t.Errorf("not reported: %v", want)
		}
	}
	for _, p := range got.problems {
		known := slices.ContainsFunc(s.told, func(w told) bool { return w.code == p.Code })
		if p.Severity == "error" && !known && p.Code != "" {
			t.Errorf("reported besides: %+v", p)
		}
	}
	for _, want := range s.says {
		if !strings.Contains(squeezed(got.out)+got.err+got.written, want) {
			t.Errorf("does not say or write %q", want)
		}
	}
	for _, never := range s.not {
		if strings.Contains(got.out+got.err+got.written, never) {
			t.Errorf("says or writes %q", never)
		}
	}
}

var blanks = regexp.MustCompile(` {2,}`)

// squeezed is a table with one blank between its columns.
func squeezed(s string) string { return blanks.ReplaceAllString(s, " ") }

// is reports whether p is the problem.
func (w told) is(p machineLine) bool {
	number := func(want string, got int) bool { return want == "" || want == strconv.Itoa(got) }
	return w.severity == p.Severity && w.code == p.Code && w.file == p.File && number(w.line, p.Line) && number(w.column, p.Column) &&
		(w.field == "" || w.field == p.Field) && strings.Contains(p.Message+"; "+p.Hint, w.text)
}

// amounts compares what is owed.
func (s *story) amounts(t *testing.T, got result) {
	t.Helper()
	for id, want := range s.owed {
		if got := got.customers[id]; got != want {
			t.Errorf("%s is owed %s, want %s", id, got, want)
		}
	}
}

// partial runs the story again, leaving refused rows out.
func (s *story) partial(t *testing.T, dir string, first result) {
	t.Helper()
	got := assess(t, dir, append(s.args, "--allow-partial")...)
	if got.status != exitPartial || got.partialLines != len(got.customers) || !strings.Contains(got.out, "PARTIAL") {
		t.Errorf("--allow-partial: exit %d, want %d; %d of %d rows are marked", got.status, exitPartial, got.partialLines, len(got.customers))
	}
	s.amounts(t, got)
	for _, p := range first.problems {
		if p.Severity != "error" || p.Code == "" {
			continue
		}
		if want := fmt.Sprintf("%s,%d,%d,%s,", p.File, p.Line, p.Column, p.Code); !strings.Contains(got.rejects, want) {
			t.Errorf("the rejects lack %q:\n%s", want, got.rejects)
		}
	}
}
