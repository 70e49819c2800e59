package sandbox_test

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/examples"
	"github.com/amends-go/amends/internal/txtar"
	"github.com/amends-go/amends/report/sandbox"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/whatif"
)

// outcome is what a case comes to: by contract every customer under every reading, and by reading what remains with each party.
type outcome struct {
	Error     string            `json:"error"`
	Contracts []contractOutcome `json:"contracts"`
	Parties   [][]int64         `json:"parties"`
}

type contractOutcome struct {
	IDs      []string  `json:"ids"`
	Payables [][]int64 `json:"payables"`
	Totals   []int64   `json:"totals"`
}

// readOutcome is an expression that gives the page's outcome under its present state.
const readOutcome = `(() => { try { const r = results(); return {error: "", contracts: r.contracts.map(c => ({ids: DOC.programs[c.k].rows.ids, payables: c.payables.map(p => Array.from(p)), totals: c.totals})),
	parties: r.currencies.length ? r.currencies[0].parties.map(p => p.left) : []}; } catch (e) { return {error: failure(e), contracts: [], parties: []}; } })()`

// engine works the same out in Go, under a set of findings.
func engine(c *sla.Case, f sla.Findings) (outcome, error) {
	var out outcome
	var runs []*sla.Run
	var bears []sla.Row
	for _, p := range c.Programs {
		s, err := p.Settle(f, c.Findings)
		if err != nil {
			return out, err
		}
		if name := p.VersionParameter(); name != "" {
			p = p.Versions()[s.Of(name).Num]
			if s, err = p.Settle(f, c.Findings); err != nil {
				return out, err
			}
		}
		run, err := p.Bind(s)
		if err != nil {
			return out, err
		}
		type row struct {
			id, subscription string
			payables         []int64
		}
		var rows []row
		a := run.Assess(c.CustomersOf(p))
		for r, err := range a.Rows() {
			var ps contracts.Problems
			if errors.As(err, &ps) && !sla.SpoilsList(err) {
				continue
			}
			if err != nil {
				return out, err
			}
			x := row{strings.Clone(r.Customer.ID), strings.Clone(r.Customer.Subscription), nil}
			for _, reading := range r.Readings() {
				x.payables = append(x.payables, int64(reading.Payable))
			}
			rows = append(rows, x)
		}
		slices.SortStableFunc(rows, func(x, y row) int {
			return cmp.Or(strings.Compare(x.id, y.id), strings.Compare(x.subscription, y.subscription))
		})
		k := contractOutcome{IDs: []string{}, Payables: make([][]int64, run.Readings())}
		for i := range k.Payables {
			k.Payables[i] = []int64{}
		}
		for _, x := range rows {
			k.IDs = append(k.IDs, x.id)
			for i, v := range x.payables {
				k.Payables[i] = append(k.Payables[i], v)
			}
		}
		for _, t := range a.Totals().ByReading {
			k.Totals = append(k.Totals, int64(t))
		}
		out.Contracts = append(out.Contracts, k)
		b, err := run.Bears(a.Totals())
		if err != nil {
			return out, err
		}
		runs, bears = append(runs, run), append(bears, b)
	}
	parties := c.Incident.Parties
	if len(parties) == 0 {
		parties = c.Programs[0].Bearing.Parties
	}
	for i := range bears[0].Run().Readings() {
		under := sla.Under(bears, i)
		recovered, err := c.Recover(runs, under)
		if err != nil {
			return out, err
		}
		var left []int64
		for _, p := range parties {
			left = append(left, int64(sla.Remaining(p.ID, under, recovered)))
		}
		out.Parties = append(out.Parties, left)
	}
	return out, nil
}

func example(t testing.TB, name string) *sla.Case {
	t.Helper()
	folder, err := examples.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	c, problems := sla.OpenCase(folder, sla.ReadOptions{})
	if c == nil {
		t.Fatal(problems)
	}
	if c.Scenarios != nil {
		study, problems := whatif.Read(c.Scenarios.Name, c.Scenarios.Data)
		if problems.Err() == nil {
			problems = append(problems, c.AddFindings(study.Scenarios)...)
		}
		if problems.Err() != nil {
			t.Fatal(problems)
		}
	}
	return c
}

// cases are the examples and the case folders of the project's tests.
func cases(t testing.TB) map[string]*sla.Case {
	t.Helper()
	out := map[string]*sla.Case{}
	for _, name := range examples.Names() {
		out[name] = example(t, name)
	}
	stories, err := filepath.Glob("../../testdata/cases/*.txtar")
	if err != nil || len(stories) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, path := range stories {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		a, err := txtar.Parse(string(data))
		if err != nil {
			t.Fatal(err)
		}
		c, _ := sla.OpenCase(a.Files, sla.ReadOptions{})
		if c == nil {
			continue // a story of what is refused
		}
		out[strings.TrimSuffix(filepath.Base(path), ".txtar")] = c
	}
	return out
}

func names(of map[string]*sla.Case) []string {
	var out []string
	for name := range of {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// TestEveryScenarioEqualsTheEngine compares, for every scenario of every case, each customer under each reading, the totals and what remains with
// each party.
func TestEveryScenarioEqualsTheEngine(t *testing.T) {
	b := needBrowser(t)
	all := cases(t)
	compared := 0
	for _, name := range names(all) {
		t.Run(name, func(t *testing.T) {
			c := all[name]
			tb := b.open(t, sandbox.Page{Case: c, Lang: "ja"})
			for _, f := range c.Findings {
				got := eval[outcome](tb, fmt.Sprintf(`state.set = %q; state.edits = new Map(); %s`, f.ID, readOutcome))
				want, err := engine(c, f)
				if err != nil {
					if got.Error == "" {
						t.Errorf("%s: the engine refuses (%v), the page does not", f.ID, err)
					}
					continue
				}
				if diff := gocmp.Diff(want, got); diff != "" {
					t.Errorf("%s: −engine +page\n%s", f.ID, diff)
				}
				compared++
			}
		})
	}
	t.Logf("%d cases, %d scenarios", len(all), compared)
}
