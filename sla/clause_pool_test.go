package sla_test

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"pgregory.net/rapid"
)

// pooled is a limit shared by all, by claimed or admitted loss, after a limit of each at the fees paid.
func pooled(limit contracts.Amount, by contracts.ShareBase) []contracts.Clause {
	pool := fixed("pool", limit, contracts.PerIncident)
	pool.Share = by
	return []contracts.Clause{pool, &contracts.Cap{Provision: prov("own"), Base: contracts.FeesPaidToDate, Times: contracts.One, Per: contracts.PerSubscription}}
}

// limitedTo is a claimant who has paid so much.
func limitedTo(most contracts.Amount, id string, asks contracts.Amount) sla.Customer {
	c := claimant(id, asks)
	c.FeesPaid = most
	return c
}

// TestSharedCapGivesWhatSomeCannotTakeToTheOthers: a and b ask 100 each, a may get 10 at most. Half each is more than a may get from a
// limit of 20 on; from 110 on nobody is cut.
func TestSharedCapGivesWhatSomeCannotTakeToTheOthers(t *testing.T) {
	two := []sla.Customer{limitedTo(10, "a", 100), limitedTo(1000, "b", 100)}
	for _, by := range []contracts.ShareBase{contracts.ByClaimed, contracts.ByAdmitted} {
		on := func(name string, limit contracts.Amount, want ...contracts.Amount) trial {
			return trial{name: name + ", by " + by.String(), clauses: pooled(limit, by), customers: two, want: want}
		}
		checkAll(t, []trial{
			on("nothing to share", 0, 0, 0),
			on("one: the last gets it", 1, 0, 1),
			on("⌊19/2⌋ is below what a may get", 19, 9, 10),
			on("half is what a may get", 20, 10, 10),
			on("half is more, b gets the rest", 21, 10, 11),
			on("10 and 90", 100, 10, 90),
			on("one short of all", 109, 10, 99),
			on("all", 110, 10, 100),
			on("more than all", 111, 10, 100),
		})
	}
	// 120 of 4 × 100: 30 each is more than a and b may get; the other two then get 35 and 35, 34 and 35, and c has no more room at 35.
	four := []sla.Customer{limitedTo(20, "a", 100), limitedTo(30, "b", 100), limitedTo(35, "c", 100), limitedTo(1000, "d", 100)}
	on := func(name string, limit contracts.Amount, want ...contracts.Amount) trial {
		return trial{name: name, clauses: pooled(limit, contracts.ByClaimed), customers: four, want: want}
	}
	checkAll(t, []trial{
		on("the others share 69 as 34 and 35", 119, 20, 30, 34, 35),
		on("the others share 70 evenly", 120, 20, 30, 35, 35),
		on("c is filled too", 121, 20, 30, 35, 36),
		on("all but one", 184, 20, 30, 35, 99),
	})
}

// TestBaseOfSharingIsOfThoseWhoShare: who gets nothing of a limit anyway has no weight in it, and neither have heads outside it.
func TestBaseOfSharingIsOfThoseWhoShare(t *testing.T) {
	gone := claimant("gone", 1000)
	gone.Until = contracts.Date{Year: 2012, Month: 6, Day: 1}
	lawyer := claimant("a", 100)
	lawyer.Claims = append(lawyer.Claims, loss("fees", "deletion", 300))
	spared := sla.Customer{ID: "c", Claims: []sla.Claim{loss("profit", "deletion", 1000)}}
	plain := []sla.Customer{claimant("a", 100), claimant("b", 100)}
	for _, by := range []contracts.ShareBase{contracts.ByClaimed, contracts.ByAdmitted} {
		pool := func(per contracts.Per) *contracts.Cap {
			p := fixed("pool", 100, per)
			p.Share = by
			return p
		}
		added := &contracts.AddedAfterOffset{Provision: prov("added"), Heads: []string{"fees"}}
		excluded := &contracts.LossExclusion{Provision: prov("excluded"), Heads: []string{"profit"}}
		mine := []sla.Customer{row("a", "1", 100), row("a", "2", 100), row("b", "1", 70)}
		ended := row("a", "3", 1000)
		ended.Until = gone.Until
		checkAll(t, []trial{
			{name: "a contract that had ended, by " + by.String(), clauses: []contracts.Clause{pool(contracts.PerIncident)}, shape: sla.Shape{Dates: true}, customers: append(plain[:2:2], gone), want: amounts(50, 50, 0)},
			{name: "one of the customer's contracts, by " + by.String(), clauses: []contracts.Clause{pool(contracts.PerCustomer)}, shape: sla.Shape{Dates: true}, customers: append(mine, ended), want: amounts(50, 50, 70, 0)},
			{name: "a head added after the offset, by " + by.String(), clauses: []contracts.Clause{pool(contracts.PerIncident), added}, customers: []sla.Customer{lawyer, claimant("b", 100)}, want: amounts(350, 50)},
			{name: "an excluded loss, by " + by.String(), clauses: []contracts.Clause{pool(contracts.PerIncident), excluded}, customers: append(plain[:2:2], spared), want: amounts(50, 50, 0)},
		})
	}
}

// vessel is a row of a pool: its weight and the most that it may take.
type vessel struct{ weight, most int64 }

// levels finds the level at which min(most, weight·level) adds up to the limit, by going through the vessels in the order in which they fill.
// The number says how often the vessels too small for an even share would have to be set aside until none is left.
func levels(of []vessel, limit int64) (level *big.Rat, rounds int) {
	sorted := slices.Clone(of)
	slices.SortFunc(sorted, func(a, b vessel) int { return cmp.Compare(a.most*b.weight, b.most*a.weight) })
	left, weights := limit, int64(0)
	for _, v := range sorted {
		weights += v.weight
	}
	even := big.NewRat(left, weights) // the level as far as it is known in this round
	for _, v := range sorted {
		if big.NewRat(v.most, v.weight).Cmp(big.NewRat(left, weights)) > 0 {
			break
		}
		if rounds == 0 || big.NewRat(v.most, v.weight).Cmp(even) > 0 {
			even, rounds = big.NewRat(left, weights), rounds+1
		}
		left, weights = left-v.most, weights-v.weight
	}
	return big.NewRat(left, weights), rounds
}

// TestSharedCapFillsToOneLevel compares random pools with the level found in fractions: the limit is given out to the unit and nobody gets
// more than there is to get; where three rounds find the level, each row is within a unit of it.
func TestSharedCapFillsToOneLevel(t *testing.T) {
	seen, cases := classes{}, 0
	rapid.Check(t, func(rt *rapid.T) {
		d := drawing{rt}
		var rows []vessel
		var customers []sla.Customer
		var total int64
		steep := int64(1) << (d.in(0, 6) * 4) // how far what the rows may take lies apart
		for i := range d.in(2, 14) {
			v := vessel{weight: int64(d.in(1, 2000))}
			v.most = min(v.weight, int64(d.in(1, 2000))*int64(d.in(1, 2000))/steep+1)
			rows = append(rows, v)
			total += v.most
			customers = append(customers, limitedTo(contracts.Amount(v.most), fmt.Sprintf("c%02d", i), contracts.Amount(v.weight)))
		}
		limit := int64(d.upTo(total - 1))
		by := contracts.ShareBase(d.in(int(contracts.ByAdmitted), int(contracts.ByClaimed)))
		got := payables(t, trial{clauses: pooled(contracts.Amount(limit), by)}.run(t), customers)
		level, rounds := levels(rows, limit)
		cases++
		seen[fmt.Sprint("rounds ", min(rounds, 4))]++
		var sum int64
		for i, v := range rows {
			a := int64(got[i])
			sum += a
			exact := new(big.Rat).Mul(level, rat(v.weight))
			if most := rat(v.most); exact.Cmp(most) > 0 {
				exact = most
			}
			off := new(big.Rat).Sub(rat(a), exact)
			if a < 0 || a > v.most || rounds <= 3 && off.Abs(off).Cmp(rat(1)) >= 0 {
				rt.Fatalf("row %d of %+v gets %d of %d, its level is %s (%d rounds)", i, rows, a, limit, exact.FloatString(2), rounds)
			}
		}
		if sum != limit {
			rt.Fatalf("%+v get %d of %d", rows, sum, limit)
		}
		slices.Reverse(customers)
		turned := payables(t, trial{clauses: pooled(contracts.Amount(limit), by)}.run(t), customers)
		slices.Reverse(turned)
		if !slices.Equal(got, turned) {
			rt.Fatalf("%v in the order of ids, %v in the reverse", got, turned)
		}
	})
	t.Log(seen)
	seen.check(t, cases, "rounds 0", "rounds 1", "rounds 2", "rounds 3")
}
