package sla_test

import (
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"pgregory.net/rapid"
)

// onHeads is a limit on some heads.
func onHeads(id string, sum contracts.Amount, per contracts.Per, heads ...string) *contracts.Cap {
	k := fixed(id, sum, per)
	k.Heads = heads
	return k
}

// butHeads is a limit on all heads but some.
func butHeads(id string, sum contracts.Amount, per contracts.Per, heads ...string) *contracts.Cap {
	k := fixed(id, sum, per)
	k.ExceptHeads = heads
	return k
}

// both is a customer who lost under two heads in the deletion.
func both(id string, repair, profit contracts.Amount) sla.Customer {
	return sla.Customer{ID: id, Claims: []sla.Claim{loss("repair", "deletion", repair), loss("profit", "deletion", profit)}}
}

// TestCapsOnHeads: a limit of 100, and a super-cap of three times as much for one head.
func TestCapsOnHeads(t *testing.T) {
	general, super := butHeads("general", 100, contracts.PerSubscription, "profit"), onHeads("super", 300, contracts.PerSubscription, "profit")
	on := func(name string, repair, profit, want contracts.Amount, clauses ...contracts.Clause) trial {
		return trial{name: name, clauses: clauses, customers: []sla.Customer{both("c", repair, profit)}, want: amounts(want)}
	}
	checkAll(t, []trial{
		on("a head under no limit", 101, 1000, 1100, general),
		on("a limit on one head only", 1000, 301, 1300, super),
		on("below both", 99, 299, 398, general, super),
		on("at both", 100, 300, 400, general, super),
		on("above both", 101, 301, 400, general, super),
		on("in the other order", 101, 301, 400, super, general),
		on("what one leaves free is not the other's", 1000, 10, 110, general, super),
		on("and one limit on everything: below", 99, 300, 399, general, super, fixed("all", 400, contracts.PerSubscription)),
		on("at it", 100, 300, 400, general, super, fixed("all", 400, contracts.PerSubscription)),
		on("above it", 101, 301, 399, general, super, fixed("all", 399, contracts.PerSubscription)),
		on("the narrower limit first, then that on everything", 1000, 1000, 350, onHeads("some", 300, contracts.PerSubscription, "profit"), fixed("all", 350, contracts.PerSubscription)),
		// Everything is limited to 350, profit of that to 300: 350 of repair alone may be owed.
		on("that on everything first", 1000, 1000, 350, fixed("all", 350, contracts.PerSubscription), onHeads("some", 300, contracts.PerSubscription, "profit")),
		on("a head that nobody lost", 1000, 0, 1000, onHeads("fees", 1, contracts.PerSubscription, "fees")),
	})
	set := trial{name: "a super-cap set aside leaves its head free", clauses: []contracts.Clause{general, super}, findings: []sla.Finding{found("clause.super", "set-aside")},
		customers: []sla.Customer{both("c", 1000, 1000)}, want: amounts(1100)}
	set.check(t)
	own := trial{name: "own fault of a half comes off each head", clauses: []contracts.Clause{&contracts.OwnFault{Provision: prov("own")}, general, super}, findings: []sla.Finding{found("own_fault", "1/2")},
		customers: []sla.Customer{both("c", 198, 600), both("d", 200, 602), both("e", 202, 602)}, want: amounts(399, 400, 400)}
	own.check(t)
}

// TestNestedCapsOnHeads: limits of which one lies within another allow what each allows of what the ones within it leave, in any order of the clauses: profit up to
// one limit, profit and repair together up to a second, and everything up to a third; or repair and all but repair.
func TestNestedCapsOnHeads(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := drawing{rt}
		a, b, f := d.upTo(300), d.upTo(300), d.upTo(300)
		first, second, third := d.upTo(300), d.upTo(500), d.upTo(700)
		clauses := []contracts.Clause{onHeads("first", first, contracts.PerSubscription, "profit"), onHeads("second", second, contracts.PerSubscription, "repair", "profit"), fixed("third", third, contracts.PerSubscription)}
		want := min(third, min(second, a+min(first, b))+f)
		if d.oneIn(2) {
			clauses = []contracts.Clause{onHeads("first", first, contracts.PerSubscription, "repair"), butHeads("second", second, contracts.PerSubscription, "repair"), fixed("third", third, contracts.PerSubscription)}
			want = min(third, min(first, a)+min(second, b+f))
		}
		tr := trial{clauses: rapid.Permutation(clauses).Draw(rt, "clauses")}
		c := both("c", a, b)
		c.Claims = append(c.Claims, loss("fees", "deletion", f))
		if got := payables(t, tr.run(t), []sla.Customer{c})[0]; got != want {
			rt.Fatalf("repair %d, profit %d, fees %d under %d, %d, %d: %d, want %d", a, b, f, first, second, third, got, want)
		}
	})
}

// TestCapsOnHeadsByScope: limits on a head for each event, and shared by customers by what they claimed of that head alone.
func TestCapsOnHeadsByScope(t *testing.T) {
	claim := trial{name: "for each event 1,000 of profit", clauses: []contracts.Clause{onHeads("k", 30, contracts.PerClaim, "profit")}, events: stages(), customers: everywhere(),
		want: amounts(123_000 + 30 + 6)} // 450 of the loss of data to 30, 6 of the outage
	claim.check(t)
	pool := onHeads("pool", 100, contracts.PerIncident, "profit")
	pool.Share = contracts.ByClaimed
	shared := trial{name: "100 of profit shared by the profit claimed, 300 : 100", clauses: []contracts.Clause{pool}, customers: []sla.Customer{both("a", 1, 300), both("b", 900, 100)}, want: amounts(1+75, 900+25)}
	shared.check(t)
}

// paid is a customer to whom a sum was paid before under the limit.
func paidBefore(id, subscription string, lost, before contracts.Amount) sla.Customer {
	c := row(id, subscription, lost)
	c.Fees = []contracts.NamedAmount{{Name: "year", Amount: before}}
	return c
}

// TestEarlierPaymentsLowerALimit: 100 in the year, of which some is used.
func TestEarlierPaymentsLowerALimit(t *testing.T) {
	used := func(per contracts.Per) *contracts.Cap {
		k := fixed("cap", 100, per)
		k.Used = "year"
		return k
	}
	shape := sla.Shape{Fees: []string{"year"}}
	checkAll(t, []trial{
		{name: "nothing, 1, 99, 100 and 101 used", clauses: []contracts.Clause{used(contracts.PerSubscription)}, shape: shape, want: amounts(100, 99, 1, 0, 0),
			customers: []sla.Customer{paidBefore("a", "", 500, 0), paidBefore("b", "", 500, 1), paidBefore("c", "", 500, 99), paidBefore("d", "", 500, 100), paidBefore("e", "", 500, 101)}},
		// 30 + 10 used: 60 are shared by 500 : 500, and the other customer has all of the hundred.
		{name: "of one customer's rows together", clauses: []contracts.Clause{used(contracts.PerCustomer)}, shape: shape, want: amounts(30, 30, 100),
			customers: []sla.Customer{paidBefore("a", "1", 500, 30), paidBefore("a", "2", 500, 10), paidBefore("b", "", 500, 0)}},
		{name: "more is used than there was", clauses: []contracts.Clause{used(contracts.PerIncident)}, shape: shape, want: amounts(0, 0),
			customers: []sla.Customer{paidBefore("a", "", 500, 60), paidBefore("b", "", 500, 60)}},
	})
}
