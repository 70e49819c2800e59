package chance

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/examples"
	"github.com/amends-go/amends/internal/yamlread"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func ratio(t testing.TB, num, den int64) contracts.Ratio {
	t.Helper()
	r, err := contracts.NewRatio(num, den)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func firstServer(t testing.TB) *sla.Case {
	t.Helper()
	f, err := examples.Open("firstserver-2012")
	if err != nil {
		t.Fatal(err)
	}
	c, problems := sla.OpenCase(f, sla.ReadOptions{})
	if c == nil {
		t.Fatal(problems)
	}
	return c
}

func model(t testing.TB, text string) (*Model, contracts.Problems) {
	t.Helper()
	v, c := yamlread.Parse("scenarios.yaml", []byte(text))
	if v == nil {
		t.Fatal(c.Problems())
	}
	return ReadModel(v), c.Problems()
}

func bound(t testing.TB, c *sla.Case, text string) *Model {
	t.Helper()
	m, problems := model(t, text)
	problems = append(problems, m.Bind(c)...)
	if problems.Err() != nil {
		t.Fatal(problems)
	}
	return m
}

// TestPercentilesOfRiskquant: 100 each of 0 to 8 and 110 of 9 (riskquant, tests/test_loss.py, published).
func TestPercentilesOfRiskquant(t *testing.T) {
	var sample []contracts.Amount
	for v := range 10 {
		n := 100
		if v == 9 {
			n = 110
		}
		for range n {
			sample = append(sample, contracts.Amount(v))
		}
	}
	d := NewDistribution(sample)
	got := map[string]contracts.Amount{"min": d.Least(), "p10": d.Percentile(ratio(t, 1, 10)), "mode": MostLikely(d.Outcomes()).Amount, "median": d.Percentile(ratio(t, 1, 2)), "p90": d.Percentile(ratio(t, 9, 10)), "max": d.Greatest()}
	if diff := cmp.Diff(got, map[string]contracts.Amount{"min": 0, "p10": 1, "mode": 9, "median": 5, "p90": 9, "max": 9}); diff != "" {
		t.Errorf("riskquant.expected-loss-08 (-got +want)\n%s", diff)
	}
}

// TestPercentilesStandAtTheirRank: of ten draws the 10th percentile is the least, whatever is a little more the next.
func TestPercentilesStandAtTheirRank(t *testing.T) {
	d := NewDistribution([]contracts.Amount{100, 90, 80, 70, 60, 50, 40, 30, 20, 10})
	for _, tt := range []struct {
		num, den int64
		want     contracts.Amount
	}{{99, 1000, 10}, {1, 10, 10}, {101, 1000, 20}, {1, 2, 50}, {501, 1000, 60}, {1, 1, 100}, {0, 1, 10}} {
		if got := d.Percentile(ratio(t, tt.num, tt.den)); got != tt.want {
			t.Errorf("at %d/%d: got %d, want %d", tt.num, tt.den, got, tt.want)
		}
	}
	if got := d.Mean(); got != 55 {
		t.Errorf("the mean is %d, want 55", got)
	}
	if got := NewDistribution([]contracts.Amount{0, 1}).Mean(); got != 1 {
		t.Errorf("half a unit is rounded to %d, want 1", got)
	}
	if got := NewDistribution([]contracts.Amount{0, -1}).Mean(); got != -1 {
		t.Errorf("minus half a unit is rounded to %d, want -1", got)
	}
}

// TestNodesOfPyfair: its simulation nodes as programs over rows (pyfair, tests/model/test_model_calc.py and docs/calculation_details.rst, published).
func TestNodesOfPyfair(t *testing.T) {
	a, b := formula.Col{Name: "a"}, formula.Col{Name: "b"}
	product := formula.MulDiv{A: a, B: b, C: formula.Const{V: 1}, Rounding: contracts.RoundDown}
	above := []formula.Column{{Name: "above", Expr: formula.Compare{Op: formula.More, A: a, B: b}}, {Name: "x", Expr: formula.PoolTotal{Of: "above"}}}
	up, down := []int64{1, 2, 3, 4, 5}, []int64{5, 4, 3, 2, 1}
	for _, tt := range []struct {
		name string
		cols []formula.Column
		a, b []int64
		want []int64
	}{
		{"pyfair.nodes-01 multiply", []formula.Column{{Name: "x", Expr: product}}, up, down, []int64{5, 8, 9, 8, 5}},
		{"pyfair.nodes-02 add", []formula.Column{{Name: "x", Expr: formula.Add{A: a, B: b}}}, up, down, []int64{6, 6, 6, 6, 6}},
		{"pyfair.nodes-03 step average: two of five, 0.4, in every row", above, up, down, []int64{2, 2, 2, 2, 2}},
		{"pyfair.nodes-04 risk", []formula.Column{{Name: "x", Expr: product}}, []int64{100, 100, 200}, []int64{1000, 2000, 3000}, []int64{100_000, 200_000, 600_000}},
	} {
		m, err := formula.Build(append([]formula.Column{{Name: "a"}, {Name: "b"}}, tt.cols...), nil)
		if err != nil {
			t.Fatal(err)
		}
		batch := m.NewBatch()
		copy(batch.Col(0), tt.a)
		copy(batch.Col(1), tt.b)
		batch.SetLen(len(tt.a))
		for k, use := range m.Pools() {
			if err := batch.RunThrough(m.Index(use.Of)); err != nil {
				t.Fatal(err)
			}
			total, _ := batch.Pool(k)
			var sum int64
			for _, x := range batch.Col(m.Index(use.Of))[:len(tt.a)] {
				sum += x
			}
			for i := range tt.a {
				total[i] = sum
			}
		}
		if err := batch.Run(); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(batch.Col(m.Index("x"))[:len(tt.a)], tt.want); diff != "" {
			t.Errorf("%s (-got +want)\n%s", tt.name, diff)
		}
	}
}

const uncertain = `
draws: 4000
seed: 7
variables:
  - {parameter: grade, chances: {ordinary: 70%, gross: 30%}, reason: r}
  - {parameter: law.jp.sc-2003-02-28, chances: {does-not-apply: 1/3, applies: 2/3}, reason: r}
  - {parameter: clause.art36, chances: {as-worded: 60%, set-aside: 40%}, draw: cap, reason: r}
  - {parameter: consumer, chances: {as-recorded: 50%, all: 50%}, against: cap, reason: r}
  - {parameter: own_fault.no-backup, range: {from: 0%, to: 50%}, step: 1%, reason: r}
  - {shares: {vendor: {pert: {low: 10%, likely: 30%, high: 50%}}, operator: rest}, reason: r}
`

// TestDrawsAreTheDeclaredDistribution: chances come out as often as declared within five standard errors, shares sum to one, draws that are shared move together, and one
// that moves against another does so.
func TestDrawsAreTheDeclaredDistribution(t *testing.T) {
	m := bound(t, firstServer(t), uncertain)
	n := 4000
	count := map[string]int{}
	var shares, sum int64
	for i := range n {
		d := m.Draw(i)
		count[fmt.Sprintf("grade %d", d["grade"].Num)]++
		count[fmt.Sprintf("law %d", d["law.jp.sc-2003-02-28"].Num)]++
		count[fmt.Sprintf("cap %d consumer %d", d["clause.art36"].Num, d["consumer"].Num)]++
		if got := d["share.vendor"].Num + d["share.operator"].Num; got != 10_000 {
			t.Fatalf("the shares of draw %d sum to %d of 10,000", i, got)
		}
		shares += d["share.vendor"].Num
		sum += d["own_fault.no-backup"].Num * 100 / d["own_fault.no-backup"].Den
	}
	// The cap is as worded below 0.6 of its draw; the consumers are as recorded above 0.5 of it. From 0 to 0.5 the one is as worded and the other all; to 0.6 as worded and
	// as recorded; then set aside and as recorded.
	for name, want := range map[string]float64{"grade 1": 0.7, "grade 2": 0.3, "law 0": 1. / 3, "law 1": 2. / 3, "cap 0 consumer 1": 0.5, "cap 0 consumer 0": 0.1, "cap 1 consumer 0": 0.4, "cap 1 consumer 1": 0} {
		if got := float64(count[name]) / float64(n); got < want-0.04 || got > want+0.04 || want == 0 && got != 0 {
			t.Errorf("%s came in %v of the draws, want %v", name, got, want)
		}
	}
	if mean := float64(shares) / float64(n); mean < 2950 || mean > 3050 {
		t.Errorf("the vendor's share is %v of 10,000 on average, want 3,000", mean)
	}
	if mean := float64(sum) / float64(n); mean < 24 || mean > 26 {
		t.Errorf("own fault is %v %% on average, want 25", mean)
	}
}

// TestAPartyThatIsNotNamedBearsNothing, whatever the base gave it, so that the shares still sum to one.
func TestAPartyThatIsNotNamedBearsNothing(t *testing.T) {
	f, err := examples.Open("cooling-2026")
	if err != nil {
		t.Fatal(err)
	}
	c, problems := sla.OpenCase(f, sla.ReadOptions{})
	if c == nil {
		t.Fatal(problems)
	}
	m := bound(t, c, "variables: [{shares: {hoster: {range: {from: 10%, to: 30%}}, engineer: rest}, reason: r}]\n")
	d := m.Draw(0)
	if got, ok := d["share.data-centre"]; !ok || got.Num != 0 || d["share.hoster"].Num+d["share.engineer"].Num != 10_000 {
		t.Errorf("the shares are %v", d)
	}
}

// TestStepsAreExact: a share drawn in thirds is 0, 1/3, 2/3 or 1 and nothing near them.
func TestStepsAreExact(t *testing.T) {
	m := bound(t, firstServer(t), "variables: [{parameter: own_fault, range: {from: 0%, to: 1}, step: 1/3, reason: r}]\n")
	seen := map[string]bool{}
	for i := range 100 {
		n := m.Draw(i)["own_fault"]
		seen[ratio(t, n.Num, n.Den).String()] = true
	}
	if diff := cmp.Diff(seen, map[string]bool{"0": true, "1/3": true, "2/3": true, "1": true}); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

// TestADrawDependsOnSeedAndNumberAlone: not on the order of the variables, nor on what else is drawn.
func TestADrawDependsOnSeedAndNumberAlone(t *testing.T) {
	c := firstServer(t)
	m := bound(t, c, uncertain)
	other := bound(t, c, uncertain)
	for i, j := 0, len(other.Variables)-1; i < j; i, j = i+1, j-1 {
		other.Variables[i], other.Variables[j] = other.Variables[j], other.Variables[i]
	}
	fewer := bound(t, c, uncertain)
	fewer.Variables = fewer.Variables[4:5]
	seeded := bound(t, c, strings.Replace(uncertain, "seed: 7", "seed: 8", 1))
	same := 0
	for i := range 200 {
		a := m.Draw(i)
		if diff := cmp.Diff(a, other.Draw(i)); diff != "" {
			t.Fatalf("draw %d in another order of the variables (-got +want)\n%s", i, diff)
		}
		if got := fewer.Draw(i)["own_fault.no-backup"]; got != a["own_fault.no-backup"] {
			t.Fatalf("draw %d alone is %v, among others %v", i, got, a["own_fault.no-backup"])
		}
		if seeded.Draw(i)["own_fault.no-backup"] == a["own_fault.no-backup"] {
			same++
		}
	}
	if same > 30 {
		t.Errorf("%d of 200 draws are the same under another seed", same)
	}
}

// TestWorkersChangeNothing: the distribution is the same with one worker as with seven, and of two draws that fail the error is that of the first.
func TestWorkersChangeNothing(t *testing.T) {
	m := bound(t, firstServer(t), uncertain)
	evaluate := func(values map[string]formula.Number) (contracts.Amount, error) {
		return contracts.Amount(1000*values["grade"].Num + values["own_fault.no-backup"].Num), nil
	}
	var all []*Distribution
	for _, workers := range []int{1, 2, 7} {
		d, err := m.Run(workers, evaluate, nil)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d)
	}
	for i := range all {
		if diff := cmp.Diff(all[0], all[i], cmp.AllowUnexported(Distribution{})); diff != "" {
			t.Errorf("run %d differs (-got +want)\n%s", i, diff)
		}
	}
	failing := func(values map[string]formula.Number) (contracts.Amount, error) {
		return 0, errors.New("fails")
	}
	for _, workers := range []int{1, 7} {
		_, err := m.Run(workers, failing, nil)
		if err == nil || !strings.Contains(err.Error(), key(m.Draw(0))) {
			t.Errorf("with %d workers the error is %v, want that of the first draw", workers, err)
		}
	}
}

// TestExactAndDrawnAgree: where the space is small the exact mean lies within three half-widths of the drawn one, exact probabilities sum to one, and variables that share a
// draw are combined as they fall together.
func TestExactAndDrawnAgree(t *testing.T) {
	m := bound(t, firstServer(t), uncertain)
	m.Variables = m.Variables[:4]
	evaluate := func(v map[string]formula.Number) (contracts.Amount, error) {
		return contracts.Amount(1_000_000*v["grade"].Num + 300_000*v["law.jp.sc-2003-02-28"].Num + 50_000*v["clause.art36"].Num + 7_000*v["consumer"].Num), nil
	}
	list, ok, err := m.Exact(100, 2, evaluate)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	sum := new(big.Rat)
	for _, o := range list {
		sum.Add(sum, o.Probability)
	}
	if sum.Cmp(big.NewRat(1, 1)) != 0 {
		t.Errorf("the probabilities sum to %s", sum)
	}
	if len(list) != 2*2*3 {
		t.Errorf("there are %d outcomes, want 12: the two that share a draw fall in three ways", len(list))
	}
	// 1,000,000·1.3 + 300,000·2/3 + 50,000·0.4 + 7,000·0.5
	if got := Mean(list); got != 1_523_500 {
		t.Errorf("the exact mean is %d, want 1,523,500", got)
	}
	d, err := m.Run(2, evaluate, nil)
	if err != nil {
		t.Fatal(err)
	}
	last := d.Convergence()[9]
	if off := d.Mean() - 1_523_500; off > 3*last.HalfWidth/2 || off < -3*last.HalfWidth/2 {
		t.Errorf("the drawn mean is %d, the half-width %d", d.Mean(), last.HalfWidth)
	}
	if got := PercentileOf(list, ratio(t, 1, 1)); got != 2_350_000 {
		t.Errorf("the most is %d, want 2,350,000: gross, and the cap set aside with the consumers as recorded", got)
	}
	if _, ok := m.Enumerate(11); ok {
		t.Error("twelve combinations are more than eleven")
	}
	m = bound(t, firstServer(t), uncertain)
	if _, ok := m.Enumerate(1000); ok {
		t.Error("an even range has no list of combinations")
	}
}

func tree(t testing.TB, text string) *Tree {
	t.Helper()
	v, c := yamlread.Parse("scenarios.yaml", []byte(text))
	if v == nil {
		t.Fatal(c.Problems())
	}
	out := ReadTree(v)
	if c.Problems().Err() != nil {
		t.Fatal(c.Problems())
	}
	return out
}

func noScenario(string) (contracts.Amount, error) { return 0, errors.New("there is no scenario") }

// TestPublishedDecisionTrees: an even chance of a million against an offer of 600,000 (Freeborn); 30 % nothing, 50 % a million, 20 % 300,000 with costs of 100,000 against an
// offer of 600,000 (slideserve, in thousands); a fault bar as a branch: negligent with 60 %, and then the claimant over half at fault with 50 % (lexblog).
func TestPublishedDecisionTrees(t *testing.T) {
	freeborn := tree(t, `{title: t, unit: USD, root: {decide: [
    {id: settle, title: t, then: {pays: 600000}},
    {id: litigate, title: t, then: {chance: [{id: win, title: t, probability: 50%, reason: r, then: {pays: 0}}, {id: lose, title: t, probability: 50%, reason: r, then: {pays: 1000000}}]}}]}}`)
	f, err := freeborn.Fold(noScenario)
	if err != nil {
		t.Fatal(err)
	}
	if outlay, _ := f.Comes(1); outlay.Cmp(big.NewRat(50_000_000, 1)) != 0 || f.Best != 1 {
		t.Errorf("valuation.decision-trees-01 litigating comes to %s cents, and branch %d is taken; want 500,000.00 and to litigate", outlay, f.Best)
	}
	slideserve := tree(t, `{title: t, unit: USD, root: {decide: [
    {id: settle, title: t, then: {pays: 600000}},
    {id: litigate, title: t, cost: 100000, months: 18, then: {chance: [
      {id: a, title: t, probability: 30%, reason: r, then: {pays: 0}}, {id: b, title: t, probability: 50%, reason: r, months: 6, then: {pays: 1000000}}, {id: c, title: t, probability: 20%, reason: r, then: {pays: 300000}}]}}]}}`)
	if f, err = slideserve.Fold(noScenario); err != nil {
		t.Fatal(err)
	}
	outlay, months := f.Comes(1)
	if outlay.Cmp(big.NewRat(66_000_000, 1)) != 0 || months.Cmp(big.NewRat(21, 1)) != 0 || f.Best != 0 {
		t.Errorf("valuation.decision-trees-02 litigating comes to %s cents in %s months, and branch %d is taken; want 660,000.00, 21 and to settle", outlay, months, f.Best)
	}
	if got := f.Outcomes(); len(got) != 1 || got[0].Amount != 60_000_000 {
		t.Errorf("the outcomes of settling are %v", got)
	}
	bar := tree(t, `{title: t, unit: USD, root: {chance: [
    {id: not-negligent, title: t, probability: 40%, reason: r, then: {pays: 0}},
    {id: negligent, title: t, probability: 60%, reason: r, then: {chance: [
      {id: barred, title: t, probability: 50%, reason: r, then: {pays: 0}}, {id: liable, title: t, probability: 50%, reason: r, then: {pays: 1}}]}}]}}`)
	if f, err = bar.Fold(noScenario); err != nil {
		t.Fatal(err)
	}
	want := []Outcome{{0, big.NewRat(7, 10)}, {100, big.NewRat(3, 10)}}
	for i, o := range f.Outcomes() {
		if o.Amount != want[i].Amount || o.Probability.Cmp(want[i].Probability) != 0 {
			t.Errorf("valuation.decision-trees-03 outcome %d is %d with %s, want %d with %s", i, o.Amount, o.Probability, want[i].Amount, want[i].Probability)
		}
	}
	if p := ProvisionOf(f.Outcomes()); p != (Provision{0, 30, 0, 100}) {
		t.Errorf("the provision is %+v", p)
	}
}

// TestFoldingBackIsTheBestOfAllPolicies: on random trees the expected outlay is the least over every way of choosing at every decision.
func TestFoldingBackIsTheBestOfAllPolicies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var draw func(depth int) *Node
		draw = func(depth int) *Node {
			if depth == 0 || rapid.IntRange(0, 3).Draw(t, "kind") == 0 {
				return &Node{Pays: contracts.Amount(rapid.Int64Range(-50, 100).Draw(t, "pays"))}
			}
			n := &Node{}
			k := rapid.IntRange(2, 3).Draw(t, "branches")
			var list []Branch
			for i := range k {
				p, _ := contracts.NewRatio(1, int64(k))
				list = append(list, Branch{ID: fmt.Sprint(i), Probability: p, Cost: contracts.Amount(rapid.Int64Range(0, 20).Draw(t, "cost")), Then: draw(depth - 1)})
			}
			if rapid.Bool().Draw(t, "decide") {
				n.Decide = list
			} else {
				n.Chance = list
			}
			return n
		}
		root := draw(3)
		f, err := (&Tree{Root: root}).Fold(noScenario)
		if err != nil {
			t.Fatal(err)
		}
		var all func(n *Node) []*big.Rat // what every policy comes to
		all = func(n *Node) []*big.Rat {
			if len(n.branches()) == 0 {
				return []*big.Rat{new(big.Rat).SetInt64(int64(n.Pays))}
			}
			var of [][]*big.Rat
			for _, b := range n.branches() {
				list := all(b.Then)
				for i := range list {
					list[i] = new(big.Rat).Add(list[i], new(big.Rat).SetInt64(int64(b.Cost)))
				}
				of = append(of, list)
			}
			if len(n.Decide) > 0 {
				var out []*big.Rat
				for _, list := range of {
					out = append(out, list...)
				}
				return out
			}
			out := []*big.Rat{new(big.Rat)}
			for i, list := range of {
				p := big.NewRat(n.Chance[i].Probability.Num(), n.Chance[i].Probability.Den())
				var next []*big.Rat
				for _, sum := range out {
					for _, x := range list {
						next = append(next, new(big.Rat).Add(sum, new(big.Rat).Mul(p, x)))
					}
				}
				out = next[:min(len(next), 3000)]
				if len(next) > 3000 {
					t.Skip("too many policies to list")
				}
			}
			return out
		}
		best := all(root)[0]
		for _, x := range all(root) {
			if x.Cmp(best) < 0 {
				best = x
			}
		}
		if f.Outlay.Cmp(best) != 0 {
			t.Fatalf("folded back %s, the best policy comes to %s", f.Outlay, best)
		}
		sum := new(big.Rat)
		for _, o := range f.Outcomes() {
			sum.Add(sum, o.Probability)
		}
		if sum.Cmp(big.NewRat(1, 1)) != 0 {
			t.Fatalf("the outcomes' probabilities sum to %s", sum)
		}
	})
}

// TestRefusals: what cannot be drawn is an error with its place and what would be right.
func TestRefusals(t *testing.T) {
	c := firstServer(t)
	for _, tt := range []struct{ name, variable, code, words string }{
		{"no reason", "{parameter: grade, chances: {ordinary: 100%}}", "E_REQUIRED", "reason"},
		{"chances that sum to 95 %", "{parameter: grade, chances: {ordinary: 70%, gross: 25%}, reason: r}", "E_SHARES", "95%"},
		{"chances that sum to 105 %", "{parameter: grade, chances: {ordinary: 70%, gross: 35%}, reason: r}", "E_SHARES", "105%"},
		{"an unknown parameter", "{parameter: grad, chances: {ordinary: 100%}, reason: r}", "E_UNKNOWN_PARAMETER", "grade"},
		{"an unknown option", "{parameter: grade, chances: {ordnary: 100%}, reason: r}", "E_CHANCE", "ordinary"},
		{"a range of a choice", "{parameter: grade, range: {from: 0%, to: 1%}, reason: r}", "E_CHANCE", "chances"},
		{"a share above the whole", "{parameter: own_fault, range: {from: 0%, to: 101%}, reason: r}", "E_RANGE", "100%"},
		{"values that do not rise", "{parameter: own_fault, pert: {low: 0%, likely: 50%, high: 40%}, reason: r}", "E_RANGE", "50%"},
		{"two distributions", "{parameter: own_fault, range: {from: 0%, to: 1%}, pert: {low: 0%, likely: 1%, high: 2%}, reason: r}", "E_CONFLICT", "two"},
		{"no distribution", "{parameter: own_fault, reason: r}", "E_REQUIRED", "no distribution"},
		{"one quantile", "{parameter: paid.vendor, lognormal: {p05: 1000}, reason: r}", "E_REQUIRED", "quantiles"},
		{"quantiles that fall", "{parameter: paid.vendor, lognormal: {p05: 1000, p95: 900}, reason: r}", "E_RANGE", "quantiles"},
		{"two that take the rest", "{shares: {vendor: rest, operator: rest}, reason: r}", "E_CONFLICT", "rest"},
		{"shares that may exceed the whole", "{shares: {vendor: {range: {from: 0%, to: 60%}}, operator: rest}, reason: r}", "", ""},
		{"a share of fault as a parameter", "{parameter: share.vendor, range: {from: 0%, to: 60%}, reason: r}", "E_CHANCE", "shares"},
		{"a step of nothing", "{parameter: own_fault, range: {from: 0%, to: 60%}, step: 0%, reason: r}", "E_RANGE", "step"},
		{"a draw both shared and moved against", "{parameter: own_fault, range: {from: 0%, to: 60%}, draw: a, against: b, reason: r}", "E_CONFLICT", "draw"},
		{"a party that there is not", "{shares: {vendr: {range: {from: 0%, to: 60%}}, operator: rest}, reason: r}", "E_UNKNOWN_PARAMETER", "vendor"},
	} {
		m, problems := model(t, "variables: ["+tt.variable+"]\n")
		problems = append(problems, m.Bind(c)...)
		found := tt.code == "" && problems.Err() == nil
		for _, p := range problems {
			found = found || p.Code == tt.code && p.File == "scenarios.yaml" && p.Line == 1 && strings.Contains(p.Message+" "+p.Hint, tt.words)
		}
		if !found {
			t.Errorf("%s: %v", tt.name, problems)
		}
	}
	m, _ := model(t, "variables:\n  - {parameter: grade, chances: {ordinary: 100%}, reason: r}\n  - {parameter: grade, chances: {gross: 100%}, reason: r}\n")
	if problems := m.Bind(c); len(problems) != 1 || problems[0].Code != "E_DUP_ID" || problems[0].Line != 3 {
		t.Errorf("a parameter drawn twice: %v", problems)
	}
	for _, text := range []string{"draws: 0\nvariables: []\n", "draws: 1000001\nvariables: []\n"} {
		if _, problems := model(t, text); len(problems) < 2 {
			t.Errorf("%q: %v", text, problems)
		}
	}
}

// FuzzReadModel: whatever stands in the file, the reader answers with problems and does not fail.
func FuzzReadModel(f *testing.F) {
	f.Add(uncertain)
	f.Add("variables: [{parameter: [a, b], lognormal: {p05: 1, p95: 2}}]")
	f.Fuzz(func(t *testing.T, text string) {
		v, _ := yamlread.Parse("f.yaml", []byte(text))
		if v == nil {
			return
		}
		ReadModel(v)
		ReadTree(v)
	})
}
