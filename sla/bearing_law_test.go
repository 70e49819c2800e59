package sla_test

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// borne compiles an incident of these parties and splits the total by their shares of one.
func borne(t testing.TB, ids []string, shares map[string]contracts.Ratio, total contracts.Amount) map[string]contracts.Amount {
	t.Helper()
	tr := trial{}
	in := tr.incident()
	var findings []sla.Finding
	for _, id := range ids {
		in.Parties = append(in.Parties, sla.Party{ID: id, Title: text(id), Role: "contractor"})
		if r, ok := shares[id]; ok {
			findings = append(findings, found("share."+id, r.String()))
		}
	}
	run := mustRun(t, tr.contract(t), in, sla.Shape{}, findings...)
	row, err := run.Program.Bearing.Run(run.Settings, map[string]int64{sla.BearingTotal: int64(total)})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]contracts.Amount{}
	for _, id := range ids {
		out[id] = row.Of(sla.BearingPart + id)
	}
	return out
}

// TestWhoBearsIt: 100 over three equal parties; Mizuho and the exchange, 3 : 7 of the loss from 09:35:00, where two floors would lose a yen
// (4,505,197,932.3 and 10,512,128,508.7); the total of SHARE-03, where one more yen costs the third a yen.
func TestWhoBearsIt(t *testing.T) {
	three := []string{"a", "b", "c"}
	thirds := map[string]contracts.Ratio{"a": ratio(1, 3), "b": ratio(1, 3), "c": ratio(1, 3)}
	weights := map[string]contracts.Ratio{"a": ratio(35, 135), "b": ratio(87, 135), "c": ratio(13, 135)}
	sevenToThree := map[string]contracts.Ratio{"broker": ratio(3, 10), "exchange": ratio(7, 10)}
	type parts = map[string]contracts.Amount
	tests := []struct {
		name   string
		ids    []string
		shares map[string]contracts.Ratio
		total  contracts.Amount
		want   parts
	}{
		{"SHARE-01: the unit left over goes to the first id", three, thirds, 100, parts{"a": 34, "b": 33, "c": 33}},
		{"whatever the order of the parties", []string{"c", "b", "a"}, thirds, 100, parts{"a": 34, "b": 33, "c": 33}},
		{"two units left over go to the first two", three, thirds, 101, parts{"a": 34, "b": 34, "c": 33}},
		{"SHARE-04: a total owed back is the mirror image", three, thirds, -100, parts{"a": -34, "b": -33, "c": -33}},
		{"nothing to bear", three, thirds, 0, parts{"a": 0, "b": 0, "c": 0}},
		{"seven to three", []string{"exchange", "broker"}, sevenToThree, 15_017_326_441, parts{"broker": 4_505_197_932, "exchange": 10_512_128_509}},
		{"without a finding the first party, the provider, bears all", []string{"z", "a"}, nil, 7, parts{"z": 7, "a": 0}},
		{"a party of no share bears nothing", three, map[string]contracts.Ratio{"b": ratio(1, 2), "c": ratio(1, 2)}, 3, parts{"a": 0, "b": 2, "c": 1}},
		// 98 × 35, 87, 13 ÷ 135 = 25.41, 63.16, 9.44: the unit goes to c. 99: 25.67, 63.8, 9.53: two units go to b and a.
		{"SHARE-03: of 98 the third gets 10", three, weights, 98, parts{"a": 25, "b": 63, "c": 10}},
		{"SHARE-03: of 99 the third gets 9", three, weights, 99, parts{"a": 26, "b": 64, "c": 9}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := gocmp.Diff(tt.want, borne(t, tt.ids, tt.shares, tt.total)); diff != "" {
				t.Errorf("parts (-want +got):\n%s", diff)
			}
		})
	}
}

// TestPartsOfAnyTotal: parts sum to the total, are the largest-remainder split of it worked out in fractions, mirror about zero, and do
// not change with the order of the parties nor with one more party of no share.
func TestPartsOfAnyTotal(t *testing.T) {
	seen, cases := classes{}, 0
	rapid.Check(t, func(rt *rapid.T) {
		cases++
		n := rapid.IntRange(1, 6).Draw(rt, "parties")
		weights, sum := make([]int64, n), int64(0)
		for i := range weights {
			weights[i] = rapid.Int64Range(0, 9).Draw(rt, "weight")
			sum += weights[i]
		}
		if sum == 0 {
			weights[0], sum = 1, 1
		}
		total := rapid.Int64Range(-1_000_000_000_000, 1_000_000_000_000).Draw(rt, "total")
		if rapid.Bool().Draw(rt, "small") {
			total %= 20
		}
		var ids []string
		shares := map[string]contracts.Ratio{}
		for i, w := range weights {
			id := fmt.Sprintf("p%d", i)
			ids = append(ids, id)
			shares[id] = ratio(w, sum)
		}
		want, tie := largestRemainders(ids, weights, total)
		got := borne(t, ids, shares, contracts.Amount(total))
		if diff := gocmp.Diff(want, got); diff != "" {
			rt.Fatalf("%d over %v (-want +got):\n%s", total, weights, diff)
		}
		for id, part := range borne(t, ids, shares, contracts.Amount(-total)) { // order: each is checked
			if part != -got[id] {
				rt.Fatalf("%s bears %d of %d, and %d of %d", id, got[id], total, part, -total)
			}
		}
		more := append(rapid.Permutation(ids).Draw(rt, "order"), "p00")
		shares["p00"] = contracts.Ratio{}
		want["p00"] = 0
		if diff := gocmp.Diff(want, borne(t, more, shares, contracts.Amount(total))); diff != "" {
			rt.Fatalf("with a party of no share (-want +got):\n%s", diff)
		}
		for class, is := range map[string]bool{"tie": tie, "negative": total < 0, "a share of nothing": slices.Contains(weights, 0), "one party": n == 1} { // order: counts
			if is {
				seen[class]++
			}
		}
	})
	t.Log(seen)
	seen.check(t, cases, "tie", "negative", "a share of nothing", "one party")
}

// largestRemainders splits a total in fractions: whole parts first, then a unit each to the largest remainders, of equal ones to
// the lower id. It says whether such a tie decided.
func largestRemainders(ids []string, weights []int64, total int64) (map[string]contracts.Amount, bool) {
	var sum int64
	for _, w := range weights {
		sum += w
	}
	type part struct {
		id    string
		whole *big.Int
		rest  *big.Rat
	}
	left := new(big.Int).Abs(big.NewInt(total))
	var parts []part
	for i, id := range ids {
		exact := new(big.Rat).Mul(new(big.Rat).SetInt(new(big.Int).Abs(big.NewInt(total))), big.NewRat(weights[i], sum))
		whole := new(big.Int).Quo(exact.Num(), exact.Denom())
		parts = append(parts, part{id, whole, exact.Sub(exact, new(big.Rat).SetInt(whole))})
	}
	for _, p := range parts {
		left.Sub(left, p.whole)
	}
	slices.SortFunc(parts, func(a, b part) int { return cmp.Or(b.rest.Cmp(a.rest), cmp.Compare(a.id, b.id)) })
	n := int(left.Int64())
	tie := n > 0 && n < len(parts) && parts[n-1].rest.Cmp(parts[n].rest) == 0
	out := map[string]contracts.Amount{}
	for i, p := range parts {
		v := p.whole.Int64()
		if i < n {
			v++
		}
		if total < 0 {
			v = -v
		}
		out[p.id] = contracts.Amount(v)
	}
	return out, tie
}
