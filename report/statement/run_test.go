package statement_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report/statement"
	"github.com/google/go-cmp/cmp"
)

// run prepares to write the letters of a case as HTML.
func run(t testing.TB, archive, dir string) *statement.Run {
	t.Helper()
	c, runs := open(t, archive, paper, nil)
	return &statement.Run{Maker: maker(t, c, paper, nil, "ja"), Dir: dir, Inputs: "one", Rows: rows(c, runs), Ending: "html",
		Printer: func(map[rune]bool) (statement.Renderer, error) { return statement.HTML{}, nil }}
}

// files are the contents of a folder, by name.
func files(t testing.TB, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = string(data)
	}
	return out
}

func TestAllLettersWithTheirIndex(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "letters")
	r := run(t, states, dir)
	counts, err := r.Write()
	if err != nil {
		t.Fatal(err)
	}
	want := &statement.Counts{Rows: 7, Letters: 7, By: map[statement.State]int64{statement.Due: 2, statement.NotAffected: 1, statement.Nothing: 1, statement.OwesBack: 1, statement.Void: 1, statement.Granted: 1}}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	got := files(t, dir)
	index := `customer,subscription,file,state,currency,amount,reason
due,,due.html,due,JPY,100,
part,s1,part~~s1.html,due,JPY,300,
spared,,spared.html,not-affected,JPY,0,
none,,none.html,nothing,JPY,0,
over,,over.html,owes-back,JPY,-200,
gone,,gone.html,void,JPY,0,
gift,,gift.html,granted,JPY,0,
`
	if diff := cmp.Diff(index, got["index.csv"]); diff != "" {
		t.Errorf("index (-want +got):\n%s", diff)
	}
	if len(got) != 9 {
		t.Errorf("%d files", len(got))
	}
	for _, workers := range []int{1, 7} {
		other := filepath.Join(t.TempDir(), "letters")
		r := run(t, states, other)
		r.Workers = workers
		if _, err := r.Write(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(got, files(t, other)); diff != "" {
			t.Errorf("with %d workers (-want +got):\n%s", workers, diff)
		}
	}
}

func TestRowsHeldBackAreListedWithTheReason(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "letters")
	counts, err := run(t, story(t, "price-cut-or-damages"), dir).Write()
	if err != nil {
		t.Fatal(err)
	}
	if counts.Rows != 1 || counts.Letters != 0 || counts.By[statement.Held] != 1 {
		t.Errorf("counts %+v", counts)
	}
	want := "customer,subscription,file,state,currency,amount,reason\nshop,,,needs-judgement,JPY,,減額・返金の税務上の性質 (tax.credits)\n"
	if got := files(t, dir)["index.csv"]; got != want {
		t.Errorf("got %s", got)
	}
}

// killed fails on its third letter, as a run does whose process ends there.
type killed struct {
	statement.HTML
	n *atomic.Int64
}

var errKilled = errors.New("killed")

func (k killed) Render(w io.Writer, l *statement.Letter) error {
	if k.n.Add(1) == 3 {
		io.WriteString(w, "half of")
		return errKilled
	}
	return k.HTML.Render(w, l)
}

func TestRunGoesOnWhereItWasInterrupted(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "letters")
	if _, err := run(t, states, whole).Write(); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "letters")
	r := run(t, states, dir)
	r.Workers = 1
	r.Printer = func(map[rune]bool) (statement.Renderer, error) { return killed{n: new(atomic.Int64)}, nil }
	if _, err := r.Write(); !errors.Is(err, errKilled) {
		t.Fatal(err)
	}
	there := files(t, dir)
	if _, listed := there["index.csv"]; listed || len(there) < 3 {
		t.Errorf("after the interruption: %d files, index %v", len(there), listed)
	}
	done := 0
	for name, text := range there { // order: each is checked alone
		if strings.HasSuffix(name, ".html") {
			done++
			if !strings.HasSuffix(text, "</html>\n") {
				t.Errorf("%s is torn", name)
			}
		}
	}
	if err := os.WriteFile(filepath.Join(dir, ".amends-1.tmp"), []byte("half"), 0o600); err != nil { // what a killed process leaves
		t.Fatal(err)
	}
	counts, err := run(t, states, dir).Write()
	if err != nil {
		t.Fatal(err)
	}
	if counts.Kept != int64(done) || counts.Letters != 7 || counts.Strangers != nil {
		t.Errorf("kept %d of %d; %+v", counts.Kept, done, counts)
	}
	if diff := cmp.Diff(files(t, whole), files(t, dir)); diff != "" {
		t.Errorf("gone on with (-want +got):\n%s", diff)
	}
}

func TestFolderOfOtherInputsIsRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "letters")
	if _, err := run(t, states, dir).Write(); err != nil {
		t.Fatal(err)
	}
	before := files(t, dir)
	changed := strings.Replace(states, "over,,南町書店", "new,,南町書店", 1)
	r := run(t, changed, dir)
	r.Inputs = "two"
	if _, err := r.Write(); !errors.Is(err, statement.ErrOtherRun) || !strings.Contains(err.Error(), "--overwrite") {
		t.Fatalf("got %v", err)
	}
	if diff := cmp.Diff(before, files(t, dir)); diff != "" {
		t.Errorf("the folder changed (-want +got):\n%s", diff)
	}
	r.Overwrite = true
	counts, err := r.Write()
	if err != nil {
		t.Fatal(err)
	}
	if counts.Kept != 0 || !cmp.Equal(counts.Strangers, []string{"over.html"}) {
		t.Errorf("counts %+v", counts)
	}
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, "mine.txt"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := run(t, states, foreign).Write(); !errors.Is(err, statement.ErrOtherRun) {
		t.Errorf("a folder with other files: %v", err)
	}
}

func TestNothingIsWrittenWhenALetterCannotBe(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "letters")
	r := run(t, states, dir)
	c, runs := open(t, states, paper, nil)
	r.Rows = rows(c, runs)
	r.Maker = maker(t, c, paper+"texts: {closing: \"{{.Amount}} {{.Subscription}}\"}\n", nil, "ja")
	_, err := r.Write()
	var ps contracts.Problems
	if !errors.As(err, &ps) || len(ps) != 2 { // each field with the first customer who lacks it
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder was made: %v", err)
	}
}
