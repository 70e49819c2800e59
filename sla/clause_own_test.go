package sla_test

import (
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// twice is two losses of 105, whose halves have a fraction each and none together.
func twice() []sla.Customer {
	return []sla.Customer{{ID: "c", Claims: []sla.Claim{loss("repair", "deletion", 105), loss("profit", "deletion", 105)}}}
}

// TestOwnFault: 210 less a half is 105; 105 less a half is 52.5 twice.
func TestOwnFault(t *testing.T) {
	whole := &contracts.OwnFault{Provision: prov("own")}
	perHead := &contracts.OwnFault{Provision: prov("own"), PerHead: true}
	half := found("own_fault", "1/2")
	on := func(name string, cl contracts.Clause, mode contracts.Rounding, want contracts.Amount, findings ...sla.Finding) trial {
		return trial{name: name, clauses: []contracts.Clause{cl}, rounding: mode, findings: findings, customers: twice(), want: amounts(want)}
	}
	checkAll(t, []trial{
		on("on the whole", whole, contracts.RoundDown, 105, half),
		on("per head, fractions dropped twice", perHead, contracts.RoundDown, 104, half),
		on("per head, fractions raised twice", perHead, contracts.RoundUp, 106, half),
		on("per head, halves to even: 52 twice", perHead, contracts.RoundHalfEven, 104, half),
		on("nothing found", whole, contracts.RoundDown, 210),
		on("none of it", whole, contracts.RoundDown, 210, found("own_fault", "0")),
		on("all of it", whole, contracts.RoundDown, 0, found("own_fault", "1")),
		on("a third of 210 goes", whole, contracts.RoundDown, 140, found("own_fault", "1/3")),
		on("what is kept is rounded, 194.25 to 195", whole, contracts.RoundUp, 195, found("own_fault", "3/40")),
		on("set aside", whole, contracts.RoundDown, 210, half, found("clause.own", "set-aside")),
		on("its condition does not hold", &contracts.OwnFault{Provision: prov("own", consumer)}, contracts.RoundDown, 210, half),
	})
	checkAll(t, []trial{{name: "without a clause the law of Japan has the rule", law: "jp", findings: []sla.Finding{half}, customers: twice(), want: amounts(105)}})
}

// TestOwnShareOfACustomer: the share recorded for the customer alone goes before that of a fact, the first fact before the second, and all of them
// before the share found for everyone: 1,000 less a tenth, a fifth, three tenths, a half.
func TestOwnShareOfACustomer(t *testing.T) {
	c := func(id string, own contracts.Ratio, facts ...string) sla.Customer {
		x := claimant(id, 1000)
		x.OwnShare, x.Facts = own, facts
		return x
	}
	customers := []sla.Customer{
		c("nothing-known", contracts.Ratio{}), c("no-backup", contracts.Ratio{}, "no-backup"), c("warned", contracts.Ratio{}, "warned"),
		c("both", contracts.Ratio{}, "warned", "no-backup"), c("recorded", ratio(1, 2)), c("recorded-and-fact", ratio(1, 2), "no-backup"),
	}
	general, fact, second := found("own_fault", "10%"), found("own_fault.no-backup", "20%"), found("own_fault.warned", "3/10")
	own := []contracts.Clause{&contracts.OwnFault{Provision: prov("own")}}
	checkAll(t, []trial{
		{name: "each its own", clauses: own, shape: sla.Shape{OwnShare: true}, customers: customers, findings: []sla.Finding{general, fact, second}, want: amounts(900, 800, 700, 800, 500, 500)},
		{name: "facts follow the general share where nothing was found for them", clauses: own, shape: sla.Shape{OwnShare: true}, customers: customers, findings: []sla.Finding{general}, want: amounts(900, 900, 900, 900, 500, 500)},
		{name: "a fact alone", clauses: own, shape: sla.Shape{OwnShare: true}, customers: customers, findings: []sla.Finding{fact}, want: amounts(1000, 800, 1000, 800, 500, 500)},
		{name: "shares of customers are not read unless the case has them", clauses: own, customers: customers, findings: []sla.Finding{general}, want: amounts(900, 900, 900, 900, 900, 900)},
	})
}

// TestOwnFaultOfAKindOfEvent: half of the 120,450 of the lost data, not of the 3,006 of the outage.
func TestOwnFaultOfAKindOfEvent(t *testing.T) {
	half := []sla.Finding{found("own_fault", "1/2")}
	data := []string{"data-loss"}
	checkAll(t, []trial{
		{name: "on the whole", clauses: []contracts.Clause{&contracts.OwnFault{Provision: prov("own"), Events: data}}, events: stages(), findings: half, customers: everywhere(), want: amounts(63_231)},
		{name: "per head", clauses: []contracts.Clause{&contracts.OwnFault{Provision: prov("own"), Events: data, PerHead: true}}, events: stages(), findings: half, customers: everywhere(), want: amounts(63_231)},
		{name: "no such event", clauses: []contracts.Clause{&contracts.OwnFault{Provision: prov("own"), Events: []string{"fire"}}}, events: stages(), findings: half, customers: everywhere(), want: amounts(123_456)},
	})
}

// TestOrderOfOwnFaultAndCap: three tenths off 1,000 leave 700, capped at 600; capped at 600 first, three tenths off leave 420.
// At a loss of 600 the cap does not bind: 420 either way. From 858 on (600.6 kept) it binds after own fault as well.
func TestOrderOfOwnFaultAndCap(t *testing.T) {
	capFirst := []contracts.Stage{contracts.StageCap, contracts.StageSetOff, contracts.StageOwnFault}
	clauses := []contracts.Clause{&contracts.Cap{Provision: prov("cap"), Fixed: 600, Per: contracts.PerSubscription}, &contracts.OwnFault{Provision: prov("own")}}
	losses := []sla.Customer{claimant("a", 599), claimant("b", 600), claimant("c", 601), claimant("d", 857), claimant("e", 858), claimant("f", 1000)}
	findings := []sla.Finding{found("own_fault", "3/10")}
	checkAll(t, []trial{
		{name: "own fault first, as where the terms are silent", clauses: clauses, findings: findings, customers: losses, want: amounts(419, 420, 420, 599, 600, 600)},
		{name: "cap first, as the terms say", order: capFirst, clauses: clauses, findings: findings, customers: losses, want: amounts(419, 420, 420, 420, 420, 420)},
	})
}

// TestOrderOfSetOff: a loss of 1,000, half of it own fault, and a credit of 300, capped at 150.
func TestOrderOfSetOff(t *testing.T) {
	own, set, limit := contracts.StageOwnFault, contracts.StageSetOff, contracts.StageCap
	clauses := append(promised(func(_ *contracts.Availability, c *contracts.Credit) { c.Tiers[0].Rate = ratio(3, 10) }, anyDowntime),
		&contracts.SetOff{Provision: prov("set-off")}, &contracts.OwnFault{Provision: prov("own")},
		&contracts.Cap{Provision: prov("cap"), Fixed: 150, Per: contracts.PerSubscription})
	c := claimant("c", 1000)
	c.MonthlyFee = 1000
	for _, tt := range []struct {
		name  string
		order []contracts.Stage
		want  contracts.Amount // of damages, and 300 of credit
	}{
		{"500, 200, 150", []contracts.Stage{own, set, limit}, 450},
		{"500, 150, 0", []contracts.Stage{own, limit, set}, 300},
		{"700, 350, 150", []contracts.Stage{set, own, limit}, 450},
		{"700, 150, 75", []contracts.Stage{set, limit, own}, 375},
		{"150, 75, 0", []contracts.Stage{limit, own, set}, 300},
		{"150, 0, 0", []contracts.Stage{limit, set, own}, 300},
	} {
		trial{name: tt.name, order: tt.order, clauses: clauses, findings: []sla.Finding{found("own_fault", "1/2")}, customers: []sla.Customer{c}, want: amounts(tt.want)}.check(t)
	}
}

// TestSetOffPaysTheGreater: with a credit of 300 and damages of 299, 300 and 301.
func TestSetOffPaysTheGreater(t *testing.T) {
	credit := promised(func(_ *contracts.Availability, c *contracts.Credit) { c.Tiers[0].Rate = ratio(3, 10) }, anyDowntime)
	with := append(credit[:2:2], &contracts.SetOff{Provision: prov("set-off")})
	var customers []sla.Customer
	for _, a := range []contracts.Amount{0, 299, 300, 301, 1000} {
		c := claimant("c", a)
		c.MonthlyFee = 1000
		customers = append(customers, c)
	}
	checkAll(t, []trial{
		{name: "the greater of the two", clauses: with, customers: customers, want: amounts(300, 300, 300, 301, 1000)},
		{name: "both where the terms do not say so", clauses: credit, customers: customers, want: amounts(300, 599, 600, 601, 1300)},
		{name: "both where the clause is set aside", clauses: with, customers: customers, findings: []sla.Finding{found("clause.set-off", "set-aside")}, want: amounts(300, 599, 600, 601, 1300)},
	})
}

// TestSetOffOverTwoEvents: a cap per claim keeps the events apart; the credit of 300 is counted once: 200 less 200, 150 less the 100 left.
func TestSetOffOverTwoEvents(t *testing.T) {
	clauses := append(promised(func(_ *contracts.Availability, c *contracts.Credit) { c.Tiers[0].Rate = ratio(3, 10) }, anyDowntime),
		&contracts.SetOff{Provision: prov("set-off")}, &contracts.Cap{Provision: prov("cap"), Fixed: 1000, Per: contracts.PerClaim})
	c := sla.Customer{ID: "c", MonthlyFee: 1000, Claims: []sla.Claim{loss("repair", "deletion", 200), loss("repair", "outage", 150)}}
	trial{name: "the greater of 350 and 300", clauses: clauses, events: stages(), customers: []sla.Customer{c}, want: amounts(350)}.check(t)
}

// TestAddedAfterTheOffset: 1,000 halved and capped at 400, and lawyers' fees of 50 in full; both are exempt where an exemption covers them.
func TestAddedAfterTheOffset(t *testing.T) {
	clauses := []contracts.Clause{&contracts.AddedAfterOffset{Provision: prov("added"), Heads: []string{"fees"}}, &contracts.OwnFault{Provision: prov("own")},
		&contracts.Cap{Provision: prov("cap"), Fixed: 400, Per: contracts.PerSubscription}}
	c := claimant("c", 1000)
	c.Claims = append(c.Claims, loss("fees", "deletion", 50))
	half := found("own_fault", "1/2")
	one := []sla.Customer{c}
	checkAll(t, []trial{
		{name: "in full after own fault and cap", clauses: clauses, findings: []sla.Finding{half}, customers: one, want: amounts(450)},
		{name: "not where the clause is set aside", clauses: clauses, findings: []sla.Finding{half, found("clause.added", "set-aside")}, customers: one, want: amounts(400)},
		{name: "a head like the others where no clause adds it", clauses: clauses[1:2], findings: []sla.Finding{half}, customers: one, want: amounts(525)},
		{name: "exempt with the rest", clauses: append(clauses[:3:3], &contracts.Exemption{Provision: prov("x")}), findings: []sla.Finding{half}, customers: one, want: amounts(0)},
		{name: "not admitted", clauses: clauses, findings: []sla.Finding{half, found("admit.fees", "no")}, customers: one, want: amounts(400)},
	})
}

// TestAlreadyPaid: of 1,000 owed, 999, 1,000 or 1,001 were paid.
func TestAlreadyPaid(t *testing.T) {
	var customers []sla.Customer
	for _, paid := range []contracts.Amount{0, 999, 1000, 1001} {
		c := claimant("c", 1000)
		c.Paid = paid
		customers = append(customers, c)
	}
	clause := []contracts.Clause{&contracts.AlreadyPaid{Provision: prov("paid")}}
	checkAll(t, []trial{
		{name: "too much is owed back, with or without a clause", customers: customers, want: amounts(1000, 1, 0, -1)},
		{name: "as the clause says", clauses: clause, customers: customers, want: amounts(1000, 1, 0, -1)},
		{name: "the payment was for something else", clauses: clause, customers: customers, findings: []sla.Finding{found("clause.paid", "set-aside")}, want: amounts(1000, 1000, 1000, 1000)},
	})
}
