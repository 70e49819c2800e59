package sla_test

import (
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// TestCreditsCountOnceAgainstCapsPerClaim: a credit of 100 inside a limit on each of two events; both limits together bound credit and damages.
func TestCreditsCountOnceAgainstCapsPerClaim(t *testing.T) {
	lost := func(deletion, outage contracts.Amount) []sla.Customer {
		return []sla.Customer{{ID: "c", MonthlyFee: 1000, Claims: []sla.Claim{loss("repair", "deletion", deletion), loss("repair", "outage", outage)}}}
	}
	on := func(name string, limit, deletion, outage, want contracts.Amount, findings ...sla.Finding) trial {
		k := &contracts.Cap{Provision: provUnless("cap", gross), Fixed: limit, Per: contracts.PerClaim, CreditsInside: true}
		return trial{name: name, clauses: append(promised(nil, anyDowntime), k), events: stages(), findings: findings, customers: lost(deletion, outage), want: amounts(want)}
	}
	checkAll(t, []trial{
		on("two limits of 250, of which the credit uses 100", 250, 1000, 1000, 500),
		on("the loss of the second event just within its limit", 250, 1000, 249, 499),
		on("the loss of the first event just below what is left of its limit", 250, 149, 1000, 499),
		on("the loss of the first event is what is left of its limit", 250, 150, 1000, 500),
		on("the loss of the first event is above it", 250, 151, 1000, 500),
		on("an event without a loss has no limit to use", 250, 0, 1000, 250),
		on("the same of the second", 250, 1000, 0, 250),
		on("the credit uses one limit and 1 of the other", 99, 1000, 1000, 198),
		on("the credit uses one limit", 100, 1000, 1000, 200),
		on("the credit leaves 1 of the first", 101, 1000, 1000, 202),
		on("two limits of 49: the credit exceeds both and is paid", 49, 1000, 1000, 100),
		on("two limits of 50: the credit uses both", 50, 1000, 1000, 100),
		on("two limits of 51: 2 are left", 51, 1000, 1000, 102),
		on("where one limit is lifted the other has no more to bear", 250, 50, 1000, 400, found("grade", "ordinary"), found("grade.deletion", "gross")),
		on("as when it stands", 250, 50, 1000, 400),
	})
}

// TestCreditsCountInTheOrderOfTheEvents: the first head was lost in the second event only. The first event lost 50, and its limit of 250 bears the credit.
func TestCreditsCountInTheOrderOfTheEvents(t *testing.T) {
	k := fixed("cap", 250, contracts.PerClaim)
	k.CreditsInside = true
	lines := []sla.Line{{Head: "repair", Phase: "outage"}, {Head: "profit", Phase: "deletion"}}
	c := sla.Customer{ID: "c", MonthlyFee: 1000, Claims: []sla.Claim{loss("repair", "outage", 1000), loss("profit", "deletion", 50)}}
	trial{name: "50, 250 and the credit of 100", clauses: append(promised(nil, anyDowntime), k), events: stages(), shape: sla.Shape{Lines: lines}, customers: []sla.Customer{c}, want: amounts(400)}.check(t)
}

// TestOwnFaultRoundsByClaimOutsideACap: own fault of a half is rounded on each of two events; a limit of nothing on the subscription is lifted.
func TestOwnFaultRoundsByClaimOutsideACap(t *testing.T) {
	on := func(name string, mode contracts.Rounding, deletion, outage, want contracts.Amount) trial {
		lifted := &contracts.Cap{Provision: provUnless("subscription", gross), Per: contracts.PerSubscription}
		c := sla.Customer{ID: "c", Claims: []sla.Claim{loss("repair", "deletion", deletion), loss("repair", "outage", outage)}}
		return trial{name: name, rounding: mode, clauses: []contracts.Clause{&contracts.OwnFault{Provision: prov("own")}, lifted, fixed("claim", 1000, contracts.PerClaim)}, events: stages(),
			findings: []sla.Finding{found("grade", "gross"), found("own_fault", "1/2")}, customers: []sla.Customer{c}, want: amounts(want)}
	}
	checkAll(t, []trial{
		on("up: ½ and ½ are 1 and 1", contracts.RoundUp, 1, 1, 2),
		on("up: 1 and ½", contracts.RoundUp, 2, 1, 2),
		on("up: 1½ and 1½ are 2 and 2", contracts.RoundUp, 3, 3, 4),
		on("half up: the same", contracts.RoundHalfUp, 3, 3, 4),
		on("half even: 1½ and ½ are 2 and 0", contracts.RoundHalfEven, 3, 1, 2),
		on("down: 0 and 0", contracts.RoundDown, 1, 1, 0),
		on("down: 1 and 1", contracts.RoundDown, 3, 3, 2),
	})
}

// TestCapsThatStandInDifferentPhases: what arose in the deletion under ordinary negligence and in the rebuild under gross, with limits that stand in one of the
// two or in both. What is owed is the most that every set of the limits allows: no more than their sums and what arose outside all of them.
func TestCapsThatStandInDifferentPhases(t *testing.T) {
	findings := []sla.Finding{found("grade", "ordinary"), found("grade.rebuild", "gross")}
	ordinary := func(limit contracts.Amount, per contracts.Per) *contracts.Cap {
		return &contracts.Cap{Provision: provUnless("ordinary", gross), Fixed: limit, Per: per}
	}
	grave := func(limit contracts.Amount, per contracts.Per) *contracts.Cap {
		return &contracts.Cap{Provision: prov("grave", gross), Fixed: limit, Per: per}
	}
	both := func(limit contracts.Amount, per contracts.Per) *contracts.Cap { return fixed("both", limit, per) }
	on := func(name string, deletion, rebuild, want contracts.Amount, clauses ...contracts.Clause) trial {
		c := sla.Customer{ID: "c", Claims: []sla.Claim{loss("repair", "deletion", deletion), loss("repair", "rebuild", rebuild)}}
		return trial{name: name, clauses: clauses, events: stages(), findings: findings, customers: []sla.Customer{c}, want: amounts(want)}
	}
	one := contracts.PerSubscription
	for _, per := range []contracts.Per{contracts.PerClaim, contracts.PerSubscription, contracts.PerCustomer, contracts.PerIncident} {
		checkAll(t, []trial{
			on("100 of 150, and 39 of 40, then per "+per.String(), 150, 40, 139, ordinary(100, one), grave(39, per)),
			on("at the second limit, then per "+per.String(), 150, 40, 140, ordinary(100, one), grave(40, per)),
			on("below it, then per "+per.String(), 150, 40, 140, ordinary(100, one), grave(41, per)),
			on("nothing of the second, then per "+per.String(), 150, 40, 100, ordinary(100, one), grave(0, per)),
		})
	}
	checkAll(t, []trial{
		on("the second is the first of the list", 150, 40, 130, grave(30, one), ordinary(100, one)),
		on("nothing of either", 150, 40, 0, ordinary(0, one), grave(0, one)),
		on("both per claim", 150, 40, 130, ordinary(100, contracts.PerClaim), grave(30, contracts.PerClaim)),
		on("both shared by all", 150, 40, 130, ordinary(100, contracts.PerCustomer), grave(30, contracts.PerIncident)),
		on("a limit on both: the deletion alone reaches it, and the second takes nothing more", 150, 150, 100, both(100, one), grave(30, one)),
		on("the deletion leaves 1 of it", 99, 150, 100, both(100, one), grave(30, one)),
		on("the deletion leaves 29 of it", 71, 150, 100, both(100, one), grave(30, one)),
		on("the deletion leaves 30 of it, as the second allows", 70, 150, 100, both(100, one), grave(30, one)),
		on("the deletion leaves 31 of it, of which the second allows 30", 69, 150, 99, both(100, one), grave(30, one)),
		on("three limits: 50 and 30 are within 80", 150, 150, 80, both(80, one), ordinary(50, one), grave(30, one)),
		on("and above 79", 150, 150, 79, both(79, one), ordinary(50, one), grave(30, one)),
		on("and below 81", 150, 150, 80, both(81, one), ordinary(50, one), grave(30, one)),
		on("the limit on both last", 150, 150, 79, ordinary(50, one), grave(30, one), fixed("all", 79, contracts.PerCustomer)),
	})
}
