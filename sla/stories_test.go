package sla_test

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/internal/txtar"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

// wantFile is the result that a story states: findings, customer (with /subscription), payable, result. Where a judgement is needed, the payable
// lists that of each reading.
const wantFile = "want/payable.csv"

// stories reads the archives of ../testdata/cases by name.
func stories(t *testing.T) map[string]*txtar.Archive {
	t.Helper()
	dir := os.DirFS("../testdata/cases")
	names, err := fs.Glob(dir, "*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	out := map[string]*txtar.Archive{}
	for _, name := range names {
		data, err := fs.ReadFile(dir, name)
		if err != nil {
			t.Fatal(err)
		}
		a, err := txtar.Parse(string(data))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out[strings.TrimSuffix(name, ".txtar")] = a
	}
	return out
}

// tell works a story out and shows each row with the findings it stands under.
func tell(t *testing.T, a *txtar.Archive, see func(findings string, r sla.Row)) {
	t.Helper()
	c, problems := sla.OpenCase(a.Files, sla.ReadOptions{})
	if c == nil {
		t.Fatal(problems)
	}
	for _, id := range c.FindingsIDs() {
		runs, err := c.Bind(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, run := range runs {
			for row, err := range run.Assess(c.CustomersOf(run.Program)).Rows() {
				if err != nil {
					t.Fatal(err)
				}
				see(id, row)
			}
		}
	}
}

func TestStories(t *testing.T) {
	for name, a := range stories(t) { // order: each is a test of its own
		t.Run(name, func(t *testing.T) {
			if len(strings.Fields(a.Comment)) < 20 {
				t.Error("the file tells no story")
			}
			want, err := fs.ReadFile(a.Files, wantFile)
			if err != nil {
				t.Fatal(err)
			}
			got := []string{"findings,customer,payable,result"}
			tell(t, a, func(findings string, r sla.Row) {
				got = append(got, strings.Join([]string{findings, nameOf(r.Customer), payableOf(t, r), r.Outcome().String()}, ","))
			})
			if diff := cmp.Diff(strings.Split(strings.TrimSpace(string(want)), "\n"), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", wantFile, diff)
			}
		})
	}
}

func nameOf(c *sla.Customer) string {
	if c.Subscription == "" {
		return c.ID
	}
	return c.ID + "/" + c.Subscription
}

// payableOf is what a row is owed in major units, under each reading where these differ; the postings must add up to it.
func payableOf(t *testing.T, r sla.Row) string {
	t.Helper()
	var sum contracts.Amount
	for s := range r.Steps() {
		sum += s.Delta
	}
	if sum != r.Payable() {
		t.Errorf("%s: postings sum to %d, payable is %d", nameOf(r.Customer), sum, r.Payable())
	}
	yen := r.Run().Program.Contract.Currency
	if r.Outcome() != sla.NeedsJudgement {
		return r.Payable().Text(yen)
	}
	var readings []string
	for _, x := range r.Readings() {
		readings = append(readings, x.Payable.Text(yen))
	}
	return strings.Join(readings, " ")
}

// columnsFile holds columns of a story's rows that are no payable, such as what a head stands at: findings, customer, column, value in major units.
const columnsFile = "want/columns.csv"

func TestStoryColumns(t *testing.T) {
	for name, a := range stories(t) { // order: each is a test of its own
		want, err := fs.ReadFile(a.Files, columnsFile)
		if err != nil {
			continue
		}
		t.Run(name, func(t *testing.T) {
			lines := strings.Split(strings.TrimSpace(string(want)), "\n")
			got := lines[:1:1]
			tell(t, a, func(findings string, r sla.Row) {
				for _, line := range lines[1:] {
					f := strings.Split(line, ",")
					if f[0] != findings || f[1] != nameOf(r.Customer) {
						continue
					}
					i := r.Run().Program.Index(f[2])
					if i < 0 {
						t.Fatalf("no column %s", f[2])
					}
					got = append(got, strings.Join(append(f[:3:3], contracts.Amount(r.Value(i)).Text(r.Run().Program.Contract.Currency)), ","))
				}
			})
			if diff := cmp.Diff(lines, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", columnsFile, diff)
			}
		})
	}
}

// TestStoriesTellEverything: every kind of clause, rule, effect, outcome and control of the law comes up in some story, and changes something there.
func TestStoriesTellEverything(t *testing.T) {
	seen := map[string]bool{}
	controls := map[string]string{} // by how it is cited
	for _, j := range law.Jurisdictions() {
		entries, _ := law.For(j)
		for _, e := range entries {
			if e.Control != nil {
				controls[e.Cite.String()] = "control " + e.ID
			}
		}
	}
	for _, a := range stories(t) { // order: fills a set
		tell(t, a, func(_ string, r sla.Row) {
			seen["outcome "+r.Outcome().String()] = true
			seen["rule "+string(sla.RulePayable)] = seen["rule "+string(sla.RulePayable)] || r.Payable() != 0
			for _, cl := range r.Run().Program.Contract.Clauses {
				seen["clause "+contracts.Kind(cl)] = true
			}
			for s := range r.Steps() {
				seen["effect "+string(s.Effect)] = true
				if s.Delta != 0 {
					seen["rule "+string(s.Rule)] = true
				}
				for _, why := range s.Why {
					for cite, name := range controls { // order: fills a set
						if s.Effect == sla.Struck && strings.Contains(why.EN, "void under "+cite) {
							seen[name] = true
						}
					}
				}
			}
		})
	}
	var want []string
	for _, k := range contracts.ClauseKinds() {
		want = append(want, "clause "+k)
	}
	for _, r := range sla.Rules {
		want = append(want, "rule "+string(r.Rule))
	}
	for _, name := range controls { // order: sorted below
		want = append(want, name)
	}
	for _, e := range []sla.Effect{sla.Applied, sla.NotReached, sla.Lifted, sla.Replaced, sla.Struck, sla.SetAside, sla.NotMet, sla.Silent} {
		want = append(want, "effect "+string(e))
	}
	for o := sla.Computed; o <= sla.Void; o++ {
		want = append(want, fmt.Sprintf("outcome %s", o))
	}
	slices.Sort(want)
	for _, w := range want {
		if !seen[w] {
			t.Errorf("no story tells of %s", w)
		}
	}
}
