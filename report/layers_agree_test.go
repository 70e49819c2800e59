package report_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/recalc"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
)

// layered is a contract with every step of a layer, layers kept apart, one by one and together, a cession, limits by head and earlier payments, over three heads in
// two phases, of which some clauses stand only in one.
func layered(t testing.TB, rounding contracts.Rounding, order []contracts.Stage) *sla.Run {
	t.Helper()
	usd, err := contracts.CurrencyOn("USD", "")
	if err != nil {
		t.Fatal(err)
	}
	ref := func(s string) contracts.Provision {
		return contracts.Provision{ID: s, Ref: contracts.Ref{Doc: "Terms", Section: s}}
	}
	ordinary := ref("layers")
	ordinary.Unless = contracts.Condition{Grade: contracts.Gross}
	sum := func(a contracts.Amount) *contracts.LayerAmount { return &contracts.LayerAmount{Fixed: a} }
	at := func(a contracts.Amount) *contracts.Amount { return &a }
	r := func(n, d int64) *contracts.Ratio { x := contracts.MustRatio(n, d); return &x }
	c := &contracts.Contract{ID: "terms", Title: contracts.Text{EN: "Terms"}, Currency: usd, Zone: "UTC", Rounding: rounding, Order: order, Clauses: []contracts.Clause{
		&contracts.OwnFault{Provision: ref("own")},
		&contracts.Layer{Provision: ref("retention"), Heads: []string{"a"}, Layers: []contracts.LayerTerms{{Part: r(6, 7), Franchise: &contracts.Franchise{Over: at(10_007)}, Deductible: sum(50_001)}}},
		&contracts.Layer{Provision: ref("reverse"), Heads: []string{"b", "c"}, ByLoss: true, Layers: []contracts.LayerTerms{{Franchise: &contracts.Franchise{AtLeast: at(100), UpTo: at(900_000_000_000)}, Deductible: &contracts.LayerAmount{OfLoss: r(3, 101)}}}},
		&contracts.Layer{Provision: ordinary, Layers: []contracts.LayerTerms{
			{Limit: sum(3_000_000_001), Deductible: &contracts.LayerAmount{OfLimit: r(1, 997)}},
			{Attachment: at(3_000_000_001), Limit: &contracts.LayerAmount{OfLoss: r(2, 3)}, Shares: []contracts.Ratio{*r(4, 5), *r(1, 3)}}}},
		&contracts.Layer{Provision: ref("each"), EachLayer: true, Layers: []contracts.LayerTerms{{Shares: []contracts.Ratio{*r(9, 11)}}, {Deductible: sum(777)}}},
		&contracts.Layer{Provision: ref("together"), Layers: []contracts.LayerTerms{{Limit: sum(90_000_000_003)}}},
		&contracts.Layer{Provision: ref("policy"), Cession: "policy", Layers: []contracts.LayerTerms{{Deductible: &contracts.LayerAmount{OfLoss: r(1, 10)}, Limit: sum(2_000_000_000)}}},
		&contracts.Layer{Provision: ref("placed"), Cession: "policy", Heads: []string{"a", "b"}, Layers: []contracts.LayerTerms{{Shares: []contracts.Ratio{*r(1, 7)}}}},
		&contracts.Cap{Provision: ref("general"), Fixed: 5_000_000_003, Per: contracts.PerSubscription, ExceptHeads: []string{"b"}, Used: "year"},
		&contracts.Cap{Provision: ref("super"), Fixed: 15_000_000_011, Per: contracts.PerCustomer, Heads: []string{"b"}, Used: "year", Share: contracts.ByClaimed},
	}}
	if order != nil { // what a cap on some heads leaves of each head is not told to the layers
		c.Clauses = c.Clauses[:8]
		c.Clauses = append(c.Clauses, &contracts.Cap{Provision: ref("all"), Fixed: 5_000_000_003, Per: contracts.PerSubscription, Used: "year"})
	}
	from := time.Date(2026, 3, 7, 12, 0, 0, 0, time.UTC)
	in := &sla.Incident{ID: "i", Title: contracts.Text{EN: "Outage"}, Zone: "UTC", Heads: []sla.Named{{ID: "a"}, {ID: "b"}, {ID: "c"}},
		Events: []sla.Event{{ID: "e", Kind: "outage", Phases: []sla.Phase{{ID: "one", Period: contracts.Period{Start: from, End: from.Add(time.Hour)}}, {ID: "two", Period: contracts.Period{Start: from.Add(time.Hour), End: from.Add(2 * time.Hour)}}}}}}
	p, err := sla.Compile(c, in, sla.Shape{Fees: []string{"year"}, Lines: []sla.Line{{Head: "a", Phase: "one"}, {Head: "b", Phase: "one"}, {Head: "b", Phase: "two"}, {Head: "c", Phase: "two"}}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Settle(sla.Findings{ID: "f", Values: []sla.Finding{{Name: "grade.one", Value: "ordinary"}, {Name: "grade.two", Value: "gross"}, {Name: "own_fault", Value: "1/7"}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	run, err := p.Bind(s)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// TestLayersAgree recalculates workbooks of contracts with layers and limits by head: the formulas give what the engine gives.
func TestLayersAgree(t *testing.T) {
	recalc.Need(t)
	dir := t.TempDir()
	rng := rand.New(rand.NewPCG(5, 11))
	amount := func() contracts.Amount {
		return contracts.Amount(rng.Int64N([]int64{1, 100_000, 10_000_000, 5_000_000_000, 100_000_000_000}[rng.IntN(5)]))
	}
	var customers []sla.Customer
	for i := range 150 {
		c := sla.Customer{ID: fmt.Sprintf("c%03d", i/2), Subscription: fmt.Sprint(i % 2), Fees: []contracts.NamedAmount{{Name: "year", Amount: amount()}}}
		for _, l := range [][2]string{{"a", "one"}, {"b", "one"}, {"b", "two"}, {"c", "two"}} {
			c.Claims = append(c.Claims, sla.Claim{Head: l[0], Phase: l[1], Claimed: amount()})
		}
		customers = append(customers, c)
	}
	list := func(yield func(sla.Customer, error) bool) {
		for _, c := range customers {
			if !yield(c, nil) {
				return
			}
		}
	}
	orders := [][]contracts.Stage{nil, {contracts.StageCap, contracts.StageLayer, contracts.StageSetOff, contracts.StageOwnFault}}
	var paths []string
	for i, order := range orders {
		for _, r := range []contracts.Rounding{contracts.RoundDown, contracts.RoundHalfEven} {
			path := filepath.Join(dir, fmt.Sprintf("layers-%d-%s.xlsx", i, r))
			writeBook(t, path, result(t, contracts.Text{EN: "Layers"}, layered(t, r, order), list), "en")
			paths = append(paths, path)
		}
	}
	books := recalc.Recalculate(t, paths...)
	for _, path := range paths {
		t.Log(filepath.Base(path), agree(t, filepath.Base(path), readBook(t, path), books[path], everything))
	}
	if report.SheetMax < 100_000_000_000*4 {
		t.Error("the amounts are beyond a spreadsheet")
	}
}
