package sla_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"pgregory.net/rapid"
)

// served is one outage of so many ms under a commitment and a credit, for a customer with a fee; it gives the payable of each
// reading.
func served(t *rapid.T, a *contracts.Availability, c *contracts.Credit, ms int64, fee contracts.Amount) []contracts.Amount {
	a.Provision, c.Provision, c.Of = prov("up"), prov("credit"), "up"
	jpy, err := contracts.CurrencyOn("JPY", "")
	if err != nil {
		t.Fatal(err)
	}
	k := &contracts.Contract{ID: "c", Title: contracts.Text{EN: "c"}, Currency: jpy, Zone: "Asia/Tokyo", Rounding: contracts.RoundDown, Clauses: []contracts.Clause{a, c}}
	e := contracts.Example{Name: "x", On: "2026-06-01 00:00", Down: []contracts.ExampleOutage{{For: ms}}, Fee: fee}
	out, err := sla.RunExample(k, &e)
	if err != nil {
		t.Fatal(err)
	}
	return out.Payables
}

func frac(num, den int64) *big.Rat { return big.NewRat(num, den) }

// down rounds a fraction of 0 or more down.
func down(r *big.Rat) int64 { return new(big.Int).Quo(r.Num(), r.Denom()).Int64() }

// TestLaddersAsWritten holds rungs with both edges against a reading of them one by one: over random edges, sides and lengths,
// those at the edges included.
func TestLaddersAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := int64(rapid.SampledFrom([]int{1000, 999, 43200, 86_400_000, 2_592_000_000}).Draw(t, "whole"))
		permille := rapid.IntRange(0, 1000)
		var tiers []contracts.Tier
		for range rapid.IntRange(1, 4).Draw(t, "rungs") {
			lo, hi := permille.Draw(t, "lo"), permille.Draw(t, "hi")
			if lo > hi {
				lo, hi = hi, lo
			}
			if hi == lo {
				hi = lo + 1
			}
			if hi > 1000 {
				lo, hi = 999, 1000
			}
			floor := contracts.MustRatio(int64(lo), 1000)
			tiers = append(tiers, contracts.Tier{Bound: contracts.MustRatio(int64(hi), 1000), Inclusive: hi < 1000 && rapid.Bool().Draw(t, "at"), Floor: &floor, FloorInclusive: rapid.Bool().Draw(t, "from"),
				Rate: contracts.MustRatio(int64(rapid.IntRange(1, 100).Draw(t, "rate")), 100)})
		}
		ms := rapid.Int64Range(0, whole).Draw(t, "down")
		if rapid.Bool().Draw(t, "at an edge") { // within a unit of where a rung begins
			ms = max(min(whole*int64(1000-permille.Draw(t, "edge"))/1000+rapid.Int64Range(-1, 1).Draw(t, "beside"), whole), 0)
		}
		target := contracts.MustRatio(int64(rapid.IntRange(1, 1000).Draw(t, "target")), 1000)
		a := &contracts.Availability{Window: contracts.CalendarYear, Whole: contracts.WholeFixed, Fixed: whole, Target: target}
		c := &contracts.Credit{Tiers: tiers, IfSeveral: contracts.LadderMost, IfNone: contracts.LadderNone}
		up := frac(whole-ms, whole)
		var best contracts.Ratio
		for _, tier := range tiers {
			above := up.Cmp(frac(tier.Bound.Num(), tier.Bound.Den()))
			below := up.Cmp(frac(tier.Floor.Num(), tier.Floor.Den()))
			if (above < 0 || above == 0 && tier.Inclusive) && (below > 0 || below == 0 && tier.FloorInclusive) && tier.Rate.Cmp(best) > 0 {
				best = tier.Rate
			}
		}
		want := contracts.Amount(down(new(big.Rat).Mul(frac(best.Num(), best.Den()), frac(12_345, 1))))
		if got := served(t, a, c, ms, 12_345); len(got) != 1 || got[0] != want {
			t.Fatalf("uptime %s of %d: got %v, want %d", up, whole, got, want)
		}
		c.IfSeveral, c.IfNone = contracts.LadderOpen, contracts.LadderOpen
		open := served(t, a, c, ms, 12_345)
		if open[0] > want || open[len(open)-1] < want {
			t.Fatalf("uptime %s: the readings %v do not hold %d between them", up, open, want)
		}
	})
}

// TestStepsAndShares holds units of time, steps of uptime and pro rata against fractions worked out one by one.
func TestStepsAndShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := int64(30 * 24 * 60 * 60_000)
		ms := rapid.Int64Range(1, whole).Draw(t, "down")
		fee := int64(rapid.IntRange(0, 1_000_000).Draw(t, "fee"))
		target := contracts.MustRatio(rapid.SampledFrom([]int64{9000, 9950, 9990, 9995, 9999, 10_000}).Draw(t, "target"), 10_000)
		a := &contracts.Availability{Window: contracts.CalendarMonth, Target: target}
		rate := contracts.MustRatio(int64(rapid.IntRange(1, 30).Draw(t, "rate")), 100)
		short := new(big.Rat).Sub(frac(target.Num(), target.Den()), frac(whole-ms, whole))
		if short.Sign() < 0 {
			short.SetInt64(0)
		}
		perUnit := new(big.Rat).Mul(frac(fee, 1), frac(rate.Num(), rate.Den()))
		var pay contracts.Pay
		var want *big.Rat
		switch kind := rapid.IntRange(0, 4).Draw(t, "kind"); kind {
		case 0: // full units after a threshold, the excess only
			unit, after := int64(rapid.IntRange(1, 7_200_000).Draw(t, "unit")), int64(rapid.IntRange(0, 7_200_000).Draw(t, "after"))
			pay = contracts.Pay{Rate: rate, Each: &contracts.Each{Unit: unit, Rounding: contracts.RoundDown, After: after, Counts: contracts.Excess}}
			want = new(big.Rat).Mul(perUnit, frac(max(ms-after, 0)/unit, 1))
		case 1: // units begun, all once the threshold is passed
			unit, after := int64(rapid.IntRange(1, 7_200_000).Draw(t, "unit")), int64(rapid.IntRange(0, 7_200_000).Draw(t, "after"))
			pay = contracts.Pay{Rate: rate, Each: &contracts.Each{Unit: unit, Rounding: contracts.RoundUp, After: after, Counts: contracts.All}}
			n := int64(0)
			if ms > after {
				n = (ms + unit - 1) / unit
			}
			want = new(big.Rat).Mul(perUnit, frac(n, 1))
		case 2: // full steps of a tenth of a per cent missing
			pay = contracts.Pay{Rate: rate, Each: &contracts.Each{Step: contracts.MustRatio(1, 1000), Rounding: contracts.RoundDown}}
			want = new(big.Rat).Mul(perUnit, frac(down(new(big.Rat).Mul(short, frac(1000, 1))), 1))
		case 3: // the fee for the time lost, many times over
			times := int64(rapid.SampledFrom([]int{1, 10, 100}).Draw(t, "times"))
			pay = contracts.Pay{Kind: contracts.PayProrata, Prorata: contracts.Prorata{Times: contracts.MustRatio(times, 1)}}
			want = new(big.Rat).Mul(frac(fee*times, 1), frac(ms, whole))
		default: // the fee for the time beyond the promise
			pay = contracts.Pay{Kind: contracts.PayProrata, Prorata: contracts.Prorata{Of: contracts.OfExcess}}
			want = new(big.Rat).Mul(frac(fee, 1), short)
		}
		if short.Sign() == 0 {
			want = new(big.Rat) // the promise was kept
		}
		c := &contracts.Credit{Pay: &pay, AtMost: contracts.MustRatio(1000, 1)}
		limit := fee * 1000
		if got := served(t, a, c, ms, contracts.Amount(fee)); len(got) != 1 || got[0] != contracts.Amount(min(down(want), limit)) {
			t.Fatalf("got %v, want %d", got, min(down(want), limit))
		}
	})
}

// TestMarginalBands adds up what each part of an outage pays by the band in which it lies.
func TestMarginalBands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minutes := int64(time.Minute / time.Millisecond)
		var edges []int64
		at := int64(rapid.IntRange(0, 100).Draw(t, "first"))
		var tiers []contracts.Tier
		var sums []int64
		for i := range rapid.IntRange(1, 4).Draw(t, "bands") {
			edge := at * minutes
			edges = append(edges, edge)
			sums = append(sums, int64(rapid.IntRange(1, 100).Draw(t, fmt.Sprint("sum ", i))))
			tiers = append(tiers, contracts.Tier{Least: &edge, Pay: &contracts.Pay{Kind: contracts.PayFixed, Fixed: contracts.Amount(sums[i]), Each: &contracts.Each{Unit: minutes, Rounding: contracts.RoundDown}}})
			at += int64(rapid.IntRange(1, 100).Draw(t, "more"))
		}
		ms := rapid.Int64Range(1, 600*minutes).Draw(t, "down")
		want := int64(0)
		for minute := int64(0); (minute+1)*minutes <= ms; minute++ { // each full minute by itself
			for i := len(edges) - 1; i >= 0; i-- {
				if minute*minutes >= edges[i] {
					want += sums[i]
					break
				}
			}
		}
		got := served(t, &contracts.Availability{Window: contracts.CalendarMonth}, &contracts.Credit{Tiers: tiers, Reading: contracts.MarginalTier}, ms, 0)
		if len(got) != 1 || got[0] != contracts.Amount(want) {
			t.Fatalf("%d ms: got %v, want %d", ms, got, want)
		}
	})
}

// TestServiceLevelsAreMonotone checks on every real service level that measures time that a longer outage never pays less, unless its
// table is one that does.
func TestServiceLevelsAreMonotone(t *testing.T) {
	for _, c := range realLevels(t) {
		falls := false
		for _, cl := range c.Clauses {
			if k, ok := cl.(*contracts.Credit); ok {
				falls = falls || k.TwoEdged() || k.Reward
			}
		}
		if falls {
			continue
		}
		t.Run(c.ID, func(t *testing.T) {
			var fees []contracts.NamedAmount
			var fee contracts.Amount
			for _, n := range c.FeeNames() {
				switch n {
				case contracts.FeeMonthly:
					fee = 100_003
				case contracts.FeeToDate:
				default:
					fees = append(fees, contracts.NamedAmount{Name: n, Amount: 100_003})
				}
			}
			var numbers []contracts.NamedNumber
			for _, n := range c.NumberNames() {
				numbers = append(numbers, contracts.NamedNumber{Name: n, Value: 100})
			}
			last := contracts.Amount(0)
			for _, ms := range []int64{1, 59_999, 60_000, 180_001, 300_000, 300_001, 1_800_000, 2_592_001, 3_600_001, 7_200_000, 43_200_000, 86_400_001, 200_000_000, 800_000_000} {
				e := contracts.Example{Name: "x", On: "2024-06-02 00:00", Down: []contracts.ExampleOutage{{For: ms}}, Fee: fee, Fees: fees, Numbers: numbers}
				out, err := sla.RunExample(c, &e)
				if err != nil {
					t.Fatal(err)
				}
				if out.Payables[0] < last {
					t.Errorf("%d ms pay %d, a shorter outage %d", ms, out.Payables[0], last)
				}
				last = out.Payables[0]
			}
		})
	}
}

// realLevels reads the service levels of the test data.
func realLevels(t *testing.T) []*contracts.Contract {
	t.Helper()
	var out []*contracts.Contract
	for _, file := range slaFiles(t) {
		if c, problems := readLevel(t, file); problems.Err() == nil {
			out = append(out, c)
		}
	}
	return out
}

// TestOpenLaddersAreLinted checks that no table leaves readings open without a warning that names what it leaves undecided.
func TestOpenLaddersAreLinted(t *testing.T) {
	seen := map[bool]int{}
	rapid.Check(t, func(t *rapid.T) {
		tenth := rapid.IntRange(0, 10)
		var tiers []contracts.Tier
		for range rapid.IntRange(1, 3).Draw(t, "rungs") {
			lo := tenth.Draw(t, "lo")
			hi := min(lo+rapid.IntRange(1, 5).Draw(t, "width"), 10)
			if lo == hi {
				lo--
			}
			floor := contracts.MustRatio(int64(lo), 10)
			tiers = append(tiers, contracts.Tier{Bound: contracts.MustRatio(int64(hi), 10), Inclusive: hi < 10 && rapid.Bool().Draw(t, "at"), Floor: &floor, FloorInclusive: rapid.Bool().Draw(t, "from"), Rate: contracts.MustRatio(int64(rapid.IntRange(1, 9).Draw(t, "rate")), 10)})
		}
		target := rapid.IntRange(1, 10).Draw(t, "target")
		if rapid.Bool().Draw(t, "a partition") { // rungs that meet, from the target down to nothing
			tiers = nil
			for hi := target; hi > 0; hi -= 3 {
				floor := contracts.MustRatio(int64(max(hi-3, 0)), 10)
				tiers = append(tiers, contracts.Tier{Bound: contracts.MustRatio(int64(hi), 10), Floor: &floor, FloorInclusive: true, Rate: contracts.MustRatio(int64(11-hi), 10)})
			}
		}
		jpy, err := contracts.CurrencyOn("JPY", "")
		if err != nil {
			t.Fatal(err)
		}
		a := &contracts.Availability{Provision: prov("up"), Window: contracts.CalendarMonth, Target: contracts.MustRatio(int64(target), 10)}
		c := &contracts.Credit{Provision: prov("credit"), Of: "up", Tiers: tiers}
		k := &contracts.Contract{ID: "c", Title: contracts.Text{EN: "c"}, Currency: jpy, Zone: "Asia/Tokyo", Rounding: contracts.RoundDown, Clauses: []contracts.Clause{a, c}}
		e := contracts.Example{Name: "x", On: "2026-06-01 00:00", Down: []contracts.ExampleOutage{{For: 1}}, Fee: 100}
		run, _, err := sla.OpenExample(k, &e)
		if err != nil {
			t.Fatal(err)
		}
		open, warned := run.Program.Parameter("tiers.credit") != nil, false
		for _, p := range k.Lint() {
			warned = warned || strings.HasPrefix(p.Code, "W_TIER") || p.Code == "W_BOUNDARY" || p.Code == "W_PAYS_WHILE_MET"
		}
		seen[open]++
		if open && !warned {
			t.Fatalf("the table leaves readings open, and nothing warns of it: %+v", tiers)
		}
	})
	if seen[true] < 10 || seen[false] < 10 {
		t.Errorf("too few tables of a kind: %v", seen)
	}
}
