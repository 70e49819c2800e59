package whatif_test

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/examples"
	"github.com/amends-go/amends/internal/txtar"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
	"github.com/amends-go/amends/sla/whatif"
	"github.com/google/go-cmp/cmp"
)

// small is a case of three customers with two heads of loss, a cap, own fault, and two versions of the terms; all of it can be worked out by hand.
func small(extra string) fstest.MapFS {
	terms := func(id, cap string) string {
		return fmt.Sprintf(`id: %s
title: Terms %s
audience: any
currency: JPY
zone: Asia/Tokyo
rounding: down
clauses:
  - id: own
    ref: {doc: T, section: "1"}
    own_fault: {}
  - id: cap
    ref: {doc: T, section: "2"}
    cap: {amount: %s, per: subscription}
`, id, id, cap)
	}
	return fstest.MapFS{
		"case.yaml": {Data: []byte(`id: small
title: Small
contracts: [{file: t1.yaml, versions: [t2.yaml]}]
incident: incident.yaml
findings: findings.yaml
customers: customers.csv
scenarios: scenarios.yaml
`)},
		"t1.yaml": {Data: []byte(terms("t1", "1000"))},
		"t2.yaml": {Data: []byte(terms("t2", "500"))},
		"incident.yaml": {Data: []byte(`id: i
title: Loss
zone: Asia/Tokyo
heads: {repair: Repair, profit: Profit}
parties:
  - {id: host, title: Host, role: provider}
  - {id: maker, title: Maker, role: supplier}
events:
  - {id: e, kind: data-loss, title: E, phases: [{id: p, title: P, from: 2026-03-10 10:00, to: 2026-03-10 12:00, impact: outage, clock: ops}]}
`)},
		"findings.yaml": {Data: []byte(`sets:
  - id: base
    title: Base
    source: s
    findings: {grade: {is: ordinary, reason: r}}
`)},
		"customers.csv":  {Data: []byte("id,loss.repair,loss.profit\na,600,100\nb,1500,0\nc,0,333\n")},
		"scenarios.yaml": {Data: []byte(extra)},
	}
}

func open(t testing.TB, folder fstest.MapFS) (*sla.Case, *whatif.Study) {
	t.Helper()
	c, problems := sla.OpenCase(folder, sla.ReadOptions{})
	if c == nil {
		t.Fatal(problems)
	}
	s, problems := whatif.Read(c.Scenarios.Name, c.Scenarios.Data)
	if problems.Err() != nil {
		t.Fatal(problems)
	}
	if problems := s.Bind(c); problems.Err() != nil {
		t.Fatal(problems)
	}
	return c, s
}

const questions = `
scenarios:
  - id: half-fault
    title: Half fault
    source: s
    based_on: base
    findings: {own_fault: {is: 50%, reason: r}}
  - id: new-terms
    title: New terms
    source: s
    based_on: base
    findings: {version.t1: {is: t2, reason: r}}
  - id: half-proved
    title: Half of the repair is proved
    source: s
    based_on: base
    findings: {part.repair: {is: 1/2, reason: r}}
ranges:
  - {parameter: part.profit, from: 0%, to: 100%, reason: r}
  - {parameter: part.repair, from: 0%, to: 100%, reason: r}
  - {parameter: version.t1, reason: r}
sweeps:
  - {id: s1, title: S, of: [{parameter: own_fault, values: [0%, 1/3, 100%]}]}
  - {id: s2, title: S, measure: remains.maker, of: [{parameter: own_fault, values: [0%, 50%]}, {parameter: share.maker, values: [0%, 30%, 100%]}]}
break_even:
  - {id: b1, title: B, parameter: own_fault, reaches: 1500}
  - {id: b2, title: B, parameter: share.maker, measure: remains.host, reaches: 1000}
  - {id: b3, title: B, parameter: own_fault, reaches: 99999}
  - {id: b4, title: B, parameter: version.t1, reaches: 2000}
`

// TestSmallByHand: at base a is owed 700, b 1,000 of 1,500 under the cap, c 333: 2,033 in all.
func TestSmallByHand(t *testing.T) {
	c, s := open(t, small(questions))
	r, err := s.Work(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]contracts.Amount{}
	for _, e := range r.Exposures {
		got[e.Scenario.ID] = e.Contracts[0].Payable()
	}
	// Half fault: 350, 750, 166 (333·½, dropped). New terms: capped at 500: 500, 500, 333. Half of the repair: 300+100, 750, 333.
	if diff := cmp.Diff(got, map[string]contracts.Amount{"base": 2033, "half-fault": 1266, "new-terms": 1333, "half-proved": 1483}); diff != "" {
		t.Errorf("scenarios (-got +want)\n%s", diff)
	}
	base := r.Exposures[0].Contracts[0]
	if diff := cmp.Diff(base.Heads, []whatif.HeadExposure{{"repair", contracts.Text{EN: "Repair", JA: "Repair"}, 2100, 2100}, {"profit", contracts.Text{EN: "Profit", JA: "Profit"}, 433, 433}}); diff != "" {
		t.Errorf("heads (-got +want)\n%s", diff)
	}
	if base.Largest != (whatif.Largest{Customer: "b", Amount: 1000}) || base.Owed != 3 {
		t.Errorf("the largest is %+v of %d", base.Largest, base.Owed)
	}
	type cause struct {
		rule      sla.Rule
		customers int64
		amount    contracts.Amount
	}
	for i, want := range [][]cause{{{sla.RuleOwnFault, 3, -767}}, {{sla.RuleCap, 2, -700}}, {{sla.RuleAdmitted, 2, -550}}} {
		var list []cause
		for _, k := range r.Differences[i][0].Causes {
			list = append(list, cause{k.Rule, k.Customers, k.Amount})
		}
		if diff := cmp.Diff(list, want, cmp.AllowUnexported(cause{})); diff != "" {
			t.Errorf("causes of %s (-got +want)\n%s", r.Exposures[i+1].Scenario.ID, diff)
		}
	}
	// "riskquant.expected-loss-09": of two losses the greater is ranked first. Repair moves 2,033 to 433, profit to 1,600.
	var swings []string
	for _, w := range r.Swings {
		swings = append(swings, fmt.Sprintf("%s %d-%d", w.Parameter, w.Low, w.High))
	}
	if diff := cmp.Diff(swings, []string{"part.repair 433-2033", "version.t1 1333-2033", "part.profit 1600-2033"}); diff != "" {
		t.Errorf("swings (-got +want)\n%s", diff)
	}
	// A third off: 466, 1,000, 222; all off: nothing. The maker bears nothing, 30 % or all of 2,033 and of 1,266; parts go to the largest remainder.
	if diff := cmp.Diff(r.Swept[0].Amounts, [][]contracts.Amount{{2033}, {1688}, {0}}); diff != "" {
		t.Errorf("sweep (-got +want)\n%s", diff)
	}
	if diff := cmp.Diff(r.Swept[1].Amounts, [][]contracts.Amount{{0, 610, 2033}, {0, 380, 1266}}); diff != "" {
		t.Errorf("sweep of two (-got +want)\n%s", diff)
	}
	for _, a := range r.Answers {
		if !a.Complete {
			t.Errorf("%s: it is not certain that there is no other", a.ID)
		}
	}
	// 1,500 of 2,033: with a share q, ⌊700(1−q)⌋ + min(1,000, ⌊1,500(1−q)⌋) + ⌊333(1−q)⌋. In millionths, by trying each: see byTrial.
	b1 := r.Answers[0]
	if len(b1.Crossings) != 1 || b1.Trend != formula.Falling {
		t.Fatalf("own fault: %+v", b1)
	}
	if got, want := b1.Crossings[0].At, byTrial(1500); got != want {
		t.Errorf("own fault reaches 1,500 at %s, want %s", got, want)
	}
	// The host keeps 1,000 of 2,033 when the maker bears 1,033: from a share of 1,032.5 ÷ 2,033 on, 50.7870...%, 1,000.5 would be rounded; below 1,000 it keeps 999.
	b2 := r.Answers[1].Crossings
	if len(b2) != 1 || b2[0].AmountBefore != 1000 || b2[0].AmountAt != 999 || b2[0].Up {
		t.Errorf("the maker's share: %+v", b2)
	}
	if len(r.Answers[2].Crossings) != 0 {
		t.Errorf("99,999 is never reached: %+v", r.Answers[2].Crossings)
	}
	if x := r.Answers[3].Crossings; len(x) != 1 || x[0].At != "t2" || x[0].AmountAt != 1333 {
		t.Errorf("the version of the terms: %+v", x)
	}
}

// byTrial is the first share of own fault, in millionths, at which the three customers are owed less than a sum.
func byTrial(sum int64) string {
	for n := int64(0); ; n++ {
		q := int64(1_000_000) - n
		owed := 700*q/1_000_000 + min(1000, 1500*q/1_000_000) + 333*q/1_000_000
		if owed < sum {
			r, _ := contracts.NewRatio(n, 1_000_000)
			return r.Percent()
		}
	}
}

// everyCase opens the examples and the stories of the project's tests.
func everyCase(t *testing.T) map[string]*sla.Case {
	t.Helper()
	out := map[string]*sla.Case{}
	add := func(name string, f fs.FS) {
		c, problems := sla.OpenCase(f, sla.ReadOptions{})
		if c == nil {
			t.Fatal(name, problems)
		}
		out[name] = c
	}
	for _, name := range examples.Names() {
		f, err := examples.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		add(name, f)
	}
	stories, err := filepath.Glob("../../testdata/cases/*.txtar")
	if err != nil || len(stories) == 0 {
		t.Fatal("no stories", err)
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
		add(filepath.Base(path), a.Files)
	}
	return out
}

// TestModelsAgreeWithFreshAssessments: whatever values parameters take, one by one and several at once, every measure of the model of every example and every story is what the case
// assessed anew under findings that say so comes to; and bounds over random ranges hold what is between.
func TestModelsAgreeWithFreshAssessments(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	all := everyCase(t)
	clocks := 0
	for _, name := range slices.Sorted(maps.Keys(all)) {
		c := all[name]
		measures := []sla.Measure{{Contract: c.Contracts[0].ID}}
		if _, err := c.ParseMeasure("total"); err == nil {
			measures = append(measures, sla.Measure{})
			for _, p := range c.Incident.Parties {
				measures = append(measures, sla.Measure{Party: p.ID})
			}
		}
		var vary []string
		for _, p := range c.Programs[0].Parameters {
			if p.Kind != sla.OnDay && p.Kind != sla.Money && !strings.HasPrefix(p.Name, "paid.") {
				vary = append(vary, p.Name)
				if strings.HasPrefix(p.Name, "clock") {
					clocks++
				}
			}
		}
		base := c.FindingsIDs()[rng.IntN(len(c.Findings))]
		m, err := c.Model(base, vary)
		if err != nil {
			t.Fatal(err)
		}
		for trial := range 12 {
			values, found := map[string]formula.Number{}, sla.Findings{ID: fmt.Sprintf("%s-%d", name, trial), BasedOn: base, Title: contracts.Text{EN: "t"}}
			var weights int64
			for _, n := range vary {
				par, cur, err := c.Parameter(n)
				if err != nil {
					t.Fatal(err)
				}
				var v formula.Number
				switch {
				case par.Kind == sla.Weight:
					v = formula.Plain(int64(rng.IntN(10)) + 1)
					weights += v.Num
					values[n] = v
					continue
				case rng.IntN(3) > 0:
					continue
				case par.Kind == sla.Choice:
					v = formula.Plain(int64(rng.IntN(len(par.Options))))
				default:
					v = formula.Number{Num: int64(rng.IntN(8)), Den: 7}
					if v.Num == 0 || v.Num == 7 {
						v = formula.Plain(v.Num / 7)
					}
				}
				values[n] = v
				found.Values = append(found.Values, sla.Finding{Name: n, Value: par.Format(v, cur), Source: "s"})
			}
			for _, n := range slices.Sorted(maps.Keys(values)) {
				if strings.HasPrefix(n, "share.") {
					found.Values = append(found.Values, sla.Finding{Name: n, Value: fmt.Sprintf("%d/%d", values[n].Num, weights), Source: "s"})
				}
			}
			if problems := c.AddFindings([]sla.Findings{found}); problems.Err() != nil {
				t.Fatal(name, problems)
			}
			e, err := whatif.Expose(c, found.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, measure := range measures {
				want := contracts.Amount(0)
				for i, x := range e.Contracts {
					if measure.Contract == "" || i == 0 {
						want += x.Payable()
					}
				}
				for _, p := range e.Parties {
					if p.Party.ID == measure.Party {
						want = p.Remains
					}
				}
				got, err := m.At(measure, values)
				if err != nil {
					t.Fatal(err)
				}
				if got != want {
					t.Errorf("%s over %s, %v: %s is %d, assessed anew %d", name, base, found.Values, measure, got, want)
				}
				between(t, m, measure, values)
			}
		}
	}
	if clocks == 0 {
		t.Error("no case varies whose clock counts")
	}
}

// between holds bounds from the base to a set of values against what stands there.
func between(t *testing.T, m *sla.Model, measure sla.Measure, values map[string]formula.Number) {
	t.Helper()
	b, ok, err := m.Bounds(measure, nil, values)
	if err != nil {
		t.Fatal(err)
	}
	if !ok {
		return
	}
	for _, at := range []map[string]formula.Number{nil, values} {
		a, err := m.At(measure, at)
		if err != nil {
			t.Fatal(err)
		}
		if int64(a) < b.Lo || int64(a) > b.Hi {
			t.Errorf("%s is %d at %v, outside %v", measure, a, at, b)
		}
	}
}

// TestCrossingsAreThoseOfATrialOfEveryStep: over a case in which a share of own fault bars the claim from one half on, so that the total falls and is gone, and a sum that is reached, lost
// and asked again, the search finds exactly what a trial of every step finds.
func TestCrossingsAreThoseOfATrialOfEveryStep(t *testing.T) {
	folder := small(questions)
	for _, reaches := range []int{1, 100, 700, 1266, 1500, 2033, 2034} {
		folder["scenarios.yaml"] = &fstest.MapFile{Data: []byte(fmt.Sprintf(`break_even: [{id: b, title: B, parameter: own_fault, from: 0%%, to: 1%%, reaches: %d}]`, reaches))}
		c, s := open(t, folder)
		a, err := s.BreakEvens[0].Solve(c)
		if err != nil {
			t.Fatal(err)
		}
		m, err := c.Model("", []string{"own_fault"})
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		before := true
		for n := range int64(10_001) {
			got, err := m.At(sla.Measure{}, map[string]formula.Number{"own_fault": {Num: n, Den: 1_000_000}})
			if err != nil {
				t.Fatal(err)
			}
			if here := got >= contracts.Amount(reaches); n > 0 && here != before {
				r, _ := contracts.NewRatio(n, 1_000_000)
				want = append(want, r.Percent())
			}
			before = got >= contracts.Amount(reaches)
		}
		var got []string
		for _, x := range a.Crossings {
			got = append(got, x.At)
		}
		if diff := cmp.Diff(got, want); diff != "" || !a.Complete {
			t.Errorf("%d is crossed at (-got +want)\n%s", reaches, diff)
		}
	}
}

// TestRefusals: a question that cannot be asked is an error with its place and what would be right.
func TestRefusals(t *testing.T) {
	for _, tt := range []struct{ name, text, code, words string }{
		{"an unknown base", "base: bas\n", "E_UNKNOWN_FINDINGS", "base"},
		{"an unknown scenario to compare", "compare: [base, other]\n", "E_UNKNOWN_FINDINGS", "other"},
		{"an id that the findings have", "scenarios: [{id: base, title: t}]\n", "E_DUP_ID", "already"},
		{"a scenario over none", "scenarios: [{id: s, title: t, based_on: x}]\n", "E_UNKNOWN_FINDINGS", "x"},
		{"an unknown parameter", "ranges: [{parameter: own_falt, from: 0%, to: 1%, reason: r}]\n", "E_UNKNOWN_PARAMETER", "own_fault"},
		{"an unknown option", "ranges: [{parameter: grade, values: [grosss], reason: r}]\n", "E_AXIS", "gross"},
		{"a range of a choice", "ranges: [{parameter: grade, from: none, to: gross, reason: r}]\n", "E_AXIS", "values"},
		{"a range without a reason", "ranges: [{parameter: own_fault, from: 0%, to: 1%}]\n", "E_REQUIRED", "reason"},
		{"a range that falls", "ranges: [{parameter: own_fault, from: 10%, to: 1%, reason: r}]\n", "E_AXIS", "between"},
		{"a share above the whole", "ranges: [{parameter: own_fault, from: 0%, to: 110%, reason: r}]\n", "E_RANGE", "100%"},
		{"a multiple without an end", "ranges: [{parameter: paid.maker, reason: r}]\n", "E_AXIS", "from where to where"},
		{"two ranges of one", "ranges: [{parameter: own_fault, from: 0%, to: 1%, reason: r}, {parameter: own_fault, from: 0%, to: 2%, reason: r}]\n", "E_DUP_ID", "own_fault"},
		{"three axes", "sweeps: [{id: a, title: t, of: [{parameter: own_fault}, {parameter: grade}, {parameter: part.repair}]}]\n", "E_RANGE", "one or two"},
		{"the same axis twice", "sweeps: [{id: a, title: t, of: [{parameter: own_fault}, {parameter: own_fault}]}]\n", "E_DUP_ID", "two parameters"},
		{"a measure that there is not", "sweeps: [{id: a, title: t, measure: sum, of: [{parameter: own_fault}]}]\n", "E_MEASURE", "remains"},
		{"a party that there is not", "sweeps: [{id: a, title: t, measure: remains.makr, of: [{parameter: own_fault}]}]\n", "E_MEASURE", "maker"},
		{"a question twice", "break_even: [{id: a, title: t, parameter: own_fault, reaches: 1}, {id: a, title: t, parameter: own_fault, reaches: 2}]\n", "E_DUP_ID", "stands twice"},
		{"an amount with a fraction", "break_even: [{id: a, title: t, parameter: own_fault, reaches: 1.5}]\n", "E_PRECISION", ""},
		{"an unknown field", "breakeven: []\n", "E_UNKNOWN_FIELD", "break_even"},
		{"a tree in another currency", "tree: {title: t, unit: USD, root: {scenario: base}}\n", "E_CURRENCY", "JPY"},
		{"a tree that ends in no scenario", "tree: {title: t, unit: JPY, root: {scenario: bse}}\n", "E_UNKNOWN_FINDINGS", "base"},
		{"probabilities that do not sum to one", "tree: {title: t, unit: JPY, root: {chance: [{id: a, title: t, probability: 40%, reason: r, then: {pays: 1}}]}}\n", "E_SHARES", "40%"},
	} {
		c, problems := sla.OpenCase(small(tt.text), sla.ReadOptions{})
		if c == nil {
			t.Fatal(problems)
		}
		s, problems := whatif.Read(c.Scenarios.Name, c.Scenarios.Data)
		if problems.Err() == nil {
			problems = append(problems, s.Bind(c)...)
		}
		if !slices.ContainsFunc(problems, func(p contracts.Problem) bool {
			return p.Code == tt.code && p.File == "scenarios.yaml" && p.Line == 1 && strings.Contains(p.Message+" "+p.Hint, tt.words)
		}) {
			t.Errorf("%s: %v", tt.name, problems)
		}
	}
}

// FuzzRead: whatever stands in the file, the reader answers with problems and does not fail.
func FuzzRead(f *testing.F) {
	f.Add([]byte(questions))
	f.Fuzz(func(t *testing.T, data []byte) {
		whatif.Read("scenarios.yaml", data)
	})
}
