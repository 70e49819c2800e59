package sla_test

import (
	"slices"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

func fixed(id string, sum contracts.Amount, per contracts.Per) *contracts.Cap {
	return &contracts.Cap{Provision: prov(id), Fixed: sum, Per: per}
}

// row is one subscription with a loss in the deletion.
func row(id, subscription string, a contracts.Amount) sla.Customer {
	c := claimant(id, a)
	c.Subscription = subscription
	return c
}

// TestCapBases: losses below, at and above each limit, of a customer who pays 1,001 a month and has paid 40,005 so far.
func TestCapBases(t *testing.T) {
	times := func(base contracts.CapBase, n contracts.Ratio) *contracts.Cap {
		return &contracts.Cap{Provision: prov("cap"), Base: base, Times: n, Per: contracts.PerSubscription}
	}
	for _, tt := range []struct {
		name  string
		cap   *contracts.Cap
		limit contracts.Amount
	}{
		{"a fixed sum", fixed("cap", 150_000, contracts.PerSubscription), 150_000},
		{"nothing", fixed("cap", 0, contracts.PerSubscription), 0},
		{"one month", times(contracts.MonthlyFee, contracts.One), 1_001},
		{"twelve months", times(contracts.MonthlyFee, ratio(12, 1)), 12_012},
		{"half a month, 500.5", times(contracts.MonthlyFee, ratio(1, 2)), 500},
		{"the fees paid", times(contracts.FeesPaidToDate, contracts.One), 40_005},
		{"twice the fees paid", times(contracts.FeesPaidToDate, ratio(2, 1)), 80_010},
		{"one and a half times, 60,007.5", times(contracts.FeesPaidToDate, ratio(3, 2)), 60_007},
	} {
		var customers []sla.Customer
		for _, a := range []contracts.Amount{max(tt.limit-1, 0), tt.limit, tt.limit + 1, tt.limit + 1_000_000} {
			c := claimant("c", a)
			c.MonthlyFee, c.FeesPaid = 1_001, 40_005
			customers = append(customers, c)
		}
		trial{name: tt.name, clauses: []contracts.Clause{tt.cap}, customers: customers, want: amounts(max(tt.limit-1, 0), tt.limit, tt.limit, tt.limit)}.check(t)
	}
	c := claimant("c", 1000)
	trial{name: "the findings may set the sum", clauses: []contracts.Clause{fixed("cap", 150, contracts.PerSubscription)}, findings: []sla.Finding{found("cap.cap", "300")}, customers: []sla.Customer{c}, want: amounts(300)}.check(t)
	c.MonthlyFee = 100
	trial{name: "the findings may set the months", clauses: []contracts.Clause{times(contracts.MonthlyFee, ratio(12, 1))}, findings: []sla.Finding{found("times.cap", "3")}, customers: []sla.Customer{c}, want: amounts(300)}.check(t)
	trial{name: "of two limits the lower binds, whichever comes first", clauses: []contracts.Clause{fixed("first", 400, contracts.PerSubscription), &contracts.Cap{Provision: prov("second"), Base: contracts.MonthlyFee, Times: ratio(3, 1), Per: contracts.PerSubscription}},
		customers: []sla.Customer{c}, want: amounts(300)}.check(t)
}

// TestScopesOfACap: one customer lost 150 in the deletion and 60 in the outage under one subscription, and 70 in the deletion
// under another; a second customer lost 90. The limit is 100.
func TestScopesOfACap(t *testing.T) {
	first := row("c", "1", 150)
	first.Claims = append(first.Claims, loss("repair", "outage", 60))
	customers := []sla.Customer{first, row("c", "2", 70), row("d", "", 90)}
	on := func(name string, per contracts.Per, want ...contracts.Amount) trial {
		return trial{name: name, clauses: []contracts.Clause{fixed("cap", 100, per)}, events: stages(), customers: customers, want: want}
	}
	checkAll(t, []trial{
		on("per claim: 100 and 60; 70; 90", contracts.PerClaim, 160, 70, 90),
		on("per subscription", contracts.PerSubscription, 100, 70, 90),
		// 280 shared: ⌊210·100/280⌋ = 75, the rest of 100 to the second subscription. The other customer has a limit of its own.
		on("per customer", contracts.PerCustomer, 75, 25, 90),
		// 370 shared: ⌊210·100/370⌋ = 56, ⌊280·100/370⌋ = 75, 100.
		on("per incident", contracts.PerIncident, 56, 19, 25),
	})
}

// TestSharedCapIsReachedExactly: three losses of 100 against limits around their sum; each gets its part within a unit, and the parts
// make the limit.
func TestSharedCapIsReachedExactly(t *testing.T) {
	three := []sla.Customer{row("a", "", 100), row("b", "", 100), row("c", "", 100)}
	on := func(name string, limit contracts.Amount, want ...contracts.Amount) trial {
		return trial{name: name, clauses: []contracts.Clause{fixed("pool", limit, contracts.PerIncident)}, customers: three, want: want}
	}
	checkAll(t, []trial{
		on("of 100: 33, 66 − 33, 100 − 66", 100, 33, 33, 34),
		on("of nothing", 0, 0, 0, 0),
		on("of 1: the last gets it", 1, 0, 0, 1),
		on("of 299, one below the sum: 99, 199 − 99, 299 − 199", 299, 99, 100, 100),
		on("of 300, the sum", 300, 100, 100, 100),
		on("of 301, one above the sum", 301, 100, 100, 100),
	})
	fees := &contracts.Cap{Provision: prov("pool"), Base: contracts.FeesPaidToDate, Times: contracts.One, Per: contracts.PerIncident}
	paid := slices.Clone(three)
	paid[0].FeesPaid, paid[1].FeesPaid, paid[2].FeesPaid = 90, 10, 0
	trial{name: "of all fees paid, 90 + 10 + 0", clauses: []contracts.Clause{fees}, customers: paid, want: amounts(33, 33, 34)}.check(t)
}

// TestBaseOfSharing: a asks 1,000, of which 300 is found; b and c ask 100 each and all is found. Each has a limit of 100 of its own
// and all together of 100.
func TestBaseOfSharing(t *testing.T) {
	ask := func(id string, asked, proved contracts.Amount) sla.Customer {
		return sla.Customer{ID: id, Claims: []sla.Claim{{Head: "repair", Phase: "deletion", Claimed: asked, Found: proved}}}
	}
	customers := []sla.Customer{ask("a", 1000, 300), ask("b", 100, 100), ask("c", 100, 100)}
	by := func(s contracts.ShareBase) []contracts.Clause {
		pool := fixed("pool", 100, contracts.PerIncident)
		pool.Share = s
		return []contracts.Clause{pool, fixed("own", 100, contracts.PerSubscription)}
	}
	checkAll(t, []trial{
		{name: "by what each is owed without it, 100 : 100 : 100", clauses: by(contracts.ByCapped), shape: sla.Shape{Found: true}, customers: customers, want: amounts(33, 33, 34)},
		// 1,000 : 100 : 100 of 100: ⌊83.3⌋ = 83, ⌊91.6⌋ − 83, 100 − 91.
		{name: "by what each asked", clauses: by(contracts.ByClaimed), shape: sla.Shape{Found: true}, customers: customers, want: amounts(83, 8, 9)},
		{name: "by what was admitted, 300 : 100 : 100", clauses: by(contracts.ByAdmitted), shape: sla.Shape{Found: true}, customers: customers, want: amounts(60, 20, 20)},
	})
}

// TestSharedCapDoesNotLookAtTheOrderOfRows shuffles a list by hand and holds the amounts by customer.
func TestSharedCapDoesNotLookAtTheOrderOfRows(t *testing.T) {
	sorted := []sla.Customer{row("a", "1", 7), row("a", "2", 11), row("b", "", 13), row("c", "", 17), row("d", "", 19)}
	run := trial{clauses: []contracts.Clause{fixed("mine", 16, contracts.PerCustomer), fixed("pool", 31, contracts.PerIncident)}}.run(t)
	// a shares 16: ⌊7·16/18⌋ = 6 and 10; c and d are cut to 16. 61 in all share 31: ⌊6·31/61⌋ = 3, ⌊16·31/61⌋ = 8, ⌊29·31/61⌋ = 14,
	// ⌊45·31/61⌋ = 22, 31; and the differences.
	want := map[string]contracts.Amount{"a/1": 3, "a/2": 5, "b/": 6, "c/": 8, "d/": 9}
	for _, order := range [][]int{{0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {2, 1, 4, 0, 3}} {
		var list []sla.Customer
		for _, i := range order {
			list = append(list, sorted[i])
		}
		got := map[string]contracts.Amount{}
		for i, a := range payables(t, run, list) {
			got[list[i].ID+"/"+list[i].Subscription] = a
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("in the order %v (-want +got):\n%s", order, diff)
		}
	}
}

// TestCapThatStandsInOnePhase: 150 arose under ordinary negligence and 40 under gross, for which the cap does not stand.
func TestCapThatStandsInOnePhase(t *testing.T) {
	c := sla.Customer{ID: "c", Claims: []sla.Claim{loss("repair", "deletion", 150), loss("repair", "rebuild", 40)}}
	findings := []sla.Finding{found("grade", "ordinary"), found("grade.rebuild", "gross")}
	half := append(findings[:2:2], found("own_fault", "1/2"))
	with := func(limit contracts.Amount, per contracts.Per) []contracts.Clause {
		k := fixed("cap", limit, per)
		k.Provision = provUnless("cap", contracts.Condition{Grade: contracts.Gross})
		return []contracts.Clause{k, &contracts.OwnFault{Provision: prov("own")}}
	}
	capFirst := []contracts.Stage{contracts.StageCap, contracts.StageOwnFault, contracts.StageSetOff}
	on := func(name string, limit contracts.Amount, per contracts.Per, order []contracts.Stage, findings []sla.Finding, want contracts.Amount) trial {
		return trial{name: name, clauses: with(limit, per), order: order, events: stages(), findings: findings, customers: []sla.Customer{c}, want: amounts(want)}
	}
	checkAll(t, []trial{
		on("100 of 150, and 40 outside", 100, contracts.PerSubscription, nil, findings, 140),
		on("all of 150 at the limit", 150, contracts.PerSubscription, nil, findings, 190),
		on("149 of 150 below it", 149, contracts.PerSubscription, nil, findings, 189),
		on("a limit of nothing leaves what is outside", 0, contracts.PerSubscription, nil, findings, 40),
		on("the same per claim", 100, contracts.PerClaim, nil, findings, 140),
		on("the same per customer", 100, contracts.PerCustomer, nil, findings, 140),
		on("the same per incident", 100, contracts.PerIncident, nil, findings, 140),
		on("halved first: 20 outside, 75 inside", 50, contracts.PerSubscription, nil, half, 70),
		on("capped first: 40 and 50, halved", 50, contracts.PerSubscription, capFirst, half, 45),
		on("ordinary throughout", 100, contracts.PerSubscription, nil, []sla.Finding{found("grade", "ordinary")}, 100),
		on("gross throughout", 100, contracts.PerSubscription, nil, []sla.Finding{found("grade", "gross")}, 190),
		on("upheld throughout", 100, contracts.PerSubscription, nil, append(findings[:2:2], found("clause.cap", "upheld")), 100),
	})
}

// TestCreditsAndCap: damages of 1,000 and a credit of 100 under a limit of 250, of 100 and of 99.
func TestCreditsAndCap(t *testing.T) {
	c := claimant("c", 1000)
	c.MonthlyFee = 1000
	with := func(limit contracts.Amount, inside bool, per contracts.Per) []contracts.Clause {
		k := fixed("cap", limit, per)
		k.CreditsInside = inside
		return append(promised(nil, anyDowntime), k)
	}
	one := []sla.Customer{c}
	var trials []trial
	for _, per := range []contracts.Per{contracts.PerClaim, contracts.PerSubscription, contracts.PerCustomer, contracts.PerIncident} {
		trials = append(trials,
			trial{name: "outside, per " + per.String(), clauses: with(250, false, per), customers: one, want: amounts(350)},
			trial{name: "inside, per " + per.String(), clauses: with(250, true, per), customers: one, want: amounts(250)},
			trial{name: "the credits use it up, per " + per.String(), clauses: with(100, true, per), customers: one, want: amounts(100)},
			trial{name: "the credits exceed it and are paid, per " + per.String(), clauses: with(99, true, per), customers: one, want: amounts(100)})
	}
	checkAll(t, trials)
	for name, inside := range map[string]bool{"silent": false, "inside": true} { // order: each is checked alone
		assumed := slices.ContainsFunc(trial{clauses: with(250, inside, contracts.PerSubscription)}.run(t).Program.Assumptions, func(a sla.Assumption) bool { return a.Name == "credits.cap" })
		if assumed == inside {
			t.Errorf("%s: that credits stay outside is assumed: %v", name, assumed)
		}
	}
}
