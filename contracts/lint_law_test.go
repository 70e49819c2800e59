package contracts_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/amends-go/amends/contracts"
	"pgregory.net/rapid"
)

// TestTablesLevelByLevel holds what is said of a table of random bands against a walk over its levels, one by one, in halves of a
// thousandth: edges are whole thousandths, so that each edge and each interval between edges is met.
func TestTablesLevelByLevel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		permille := rapid.IntRange(960, 999)
		target := int64(permille.Draw(t, "target"))
		var tiers []contracts.Tier
		for range rapid.IntRange(1, 4).Draw(t, "rungs") {
			low, high := int64(permille.Draw(t, "low")), int64(permille.Draw(t, "high"))
			if low >= high {
				low, high = high-1, low+1
			}
			if rapid.IntRange(0, 4).Draw(t, "bottom") == 0 {
				low = 0
			}
			tiers = append(tiers, contracts.Tier{Bound: contracts.MustRatio(min(high, 999), 1000), Inclusive: rapid.Bool().Draw(t, "at"),
				Floor: new(contracts.MustRatio(low, 1000)), FloorInclusive: rapid.Bool().Draw(t, "from"), Rate: contracts.MustRatio(int64(len(tiers)+1), 10)})
		}
		c := &contracts.Contract{ID: "c", Zone: "UTC", Clauses: []contracts.Clause{
			&contracts.Availability{Provision: contracts.Provision{ID: "up"}, Target: contracts.MustRatio(target, 1000)},
			&contracts.Credit{Provision: contracts.Provision{ID: "pay"}, Of: "up", Tiers: tiers},
		}}
		gap, overlap, met := false, false, false
		begun := false // an edge of the table was passed, from the best level down
		for level := int64(2000); level >= 0; level-- {
			u := big.NewRat(level, 2000)
			holds := 0
			for _, tier := range tiers {
				below := u.Cmp(big.NewRat(tier.Bound.Num(), tier.Bound.Den()))
				above := u.Cmp(big.NewRat(tier.Floor.Num(), tier.Floor.Den()))
				if (below < 0 || below == 0 && tier.Inclusive) && (above > 0 || above == 0 && tier.FloorInclusive) {
					holds++
				}
			}
			kept := level >= 2*target
			begun = begun || holds > 0 || !kept
			gap = gap || holds == 0 && !kept && begun
			overlap = overlap || holds > 1
			met = met || holds > 0 && kept
		}
		var codes []string
		for _, p := range c.Lint() {
			codes = append(codes, p.Code)
		}
		has := func(of ...string) bool {
			return slices.ContainsFunc(codes, func(s string) bool { return slices.Contains(of, s) })
		}
		edge := []string{"W_TIER_EDGE", "W_BOUNDARY"}
		if gap && !has(append(edge, "W_TIER_GAP", "W_TIER_BOTTOM", "W_TIER_UNITS")...) {
			t.Fatalf("some level has no rung, and the findings are %v", codes)
		}
		if !gap && has("W_TIER_GAP", "W_TIER_BOTTOM", "W_TIER_UNITS") {
			t.Fatalf("every level has a rung, and the findings are %v", codes)
		}
		if overlap && !has(append(edge, "W_TIER_OVERLAP")...) || !overlap && has("W_TIER_OVERLAP") {
			t.Fatalf("several rungs at a level: %v, and the findings are %v", overlap, codes)
		}
		if met && !has("W_TIER_EDGE", "W_PAYS_WHILE_MET") || !met && has("W_PAYS_WHILE_MET") {
			t.Fatalf("paid for while the promise is kept: %v, and the findings are %v", met, codes)
		}
		if !gap && !overlap && !met && has(edge...) {
			t.Fatalf("every level has one rung, and the findings are %v", codes)
		}
	})
}
