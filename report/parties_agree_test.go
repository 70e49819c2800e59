package report_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/internal/recalc"
	"github.com/amends-go/amends/internal/txtar"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
)

// lossStories tell how a loss is found; their formulas are recalculated with those of the parties.
var lossStories = []string{"reasons-and-evidence", "claims-both-ways", "lost-profit-2001"}

// storiesOfParties are the stories in which more than one party may bear the loss.
func storiesOfParties(t *testing.T) map[string]*sla.Case {
	t.Helper()
	names, err := filepath.Glob("../testdata/cases/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	out := map[string]*sla.Case{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		a, err := txtar.Parse(string(data))
		if err != nil {
			t.Fatal(err)
		}
		c, problems := sla.OpenCase(a.Files, sla.ReadOptions{})
		if c == nil {
			t.Fatal(problems)
		}
		name := strings.TrimSuffix(filepath.Base(name), ".txtar")
		if len(c.Incident.Parties) > 1 || slices.Contains(lossStories, name) {
			out[name] = c
		}
	}
	out["cooling-2026"], _ = openExample(t, "cooling-2026")
	if len(out) < 5 {
		t.Fatalf("only %d stories tell of several parties", len(out))
	}
	return out
}

// whole is the result of a case under a set of findings, recourses included.
func whole(t *testing.T, c *sla.Case, findings string) *report.Result {
	t.Helper()
	runs, err := c.Bind(findings)
	if err != nil {
		t.Fatal(err)
	}
	var res *report.Result
	var bears []sla.Row
	for i, run := range runs {
		r := result(t, c.Title, run, c.CustomersOf(c.Programs[i]))
		if res == nil {
			res = r
		} else {
			res.Parts = append(res.Parts, r.Parts...)
		}
		bears = append(bears, r.Parts[0].Bears)
	}
	if res.Recovered, err = c.Recover(runs, bears); err != nil {
		t.Fatal(err)
	}
	return res
}

// TestPartiesRecalculate: fault, contribution and recourse are live formulas that LibreOffice computes to the engine's values; and editing
// the shares and whatever else findings set turns the workbook of one set of findings into that of another.
func TestPartiesRecalculate(t *testing.T) {
	recalc.Need(t)
	dir := t.TempDir()
	type book struct{ name, path, want string }
	var books []book
	var paths []string
	for name, c := range storiesOfParties(t) { // order: each stands alone
		ids := c.FindingsIDs()
		for i, id := range ids {
			path := filepath.Join(dir, name+"-"+id+".xlsx")
			writeBook(t, path, whole(t, c, id), "en")
			books, paths = append(books, book{name + "/" + id, path, path}), append(paths, path)
			if i == 0 || !sameOpen(t, c, ids[0], id) {
				continue
			}
			edited := filepath.Join(dir, name+"-to-"+id+".xlsx")
			if err := recalc.SetCells(filepath.Join(dir, name+"-"+ids[0]+".xlsx"), edited, assumptionEdits(whole(t, c, id), "en")); err != nil {
				t.Fatal(err)
			}
			books, paths = append(books, book{name + "/" + ids[0] + " made " + id, edited, path}), append(paths, edited)
		}
	}
	got := recalc.Recalculate(t, paths...)
	cells := 0
	for _, b := range books {
		cells += agree(t, b.name, readBook(t, b.want), got[b.path], func(f recalc.Formula) bool { return b.path != b.want && strings.Contains(f.Text, "!$E$") })
	}
	t.Logf("%d workbooks, %d formula cells", len(books), cells)
}

// sameOpen reports whether two sets of findings leave the same questions open: only then have their workbooks the same sheets and rows.
func sameOpen(t *testing.T, c *sla.Case, a, b string) bool {
	t.Helper()
	open := func(id string) string {
		res := whole(t, c, id)
		return strings.Join(append(res.Parts[0].Run.Open(), res.Parts[0].Bears.Run().Open()...), " ")
	}
	return open(a) == open(b)
}
