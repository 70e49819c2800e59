package sla_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// twin is a clause like another, under the id twin and in its place.
func twin(cl contracts.Clause) contracts.Clause {
	v := reflect.New(reflect.TypeOf(cl).Elem())
	v.Elem().Set(reflect.ValueOf(cl).Elem())
	out := v.Interface().(contracts.Clause)
	p := contracts.ProvisionOf(out)
	p.InsteadOf = []string{p.ID}
	p.ID = "twin"
	return out
}

// TestATwinChangesNothing: a clause whose place an identical one takes, lifted by the same carve-outs, leaves every payable as it was.
func TestATwinChangesNothing(t *testing.T) {
	seen, total := classes{}, 0
	rapid.Check(t, func(t *rapid.T) {
		lc := drawLedger(t)
		total++
		before, _ := lc.assessAll(t, lc.customers, nil)
		var able []int
		for i, cl := range lc.contract.Clauses {
			switch cl.(type) {
			case *contracts.Availability, *contracts.OwnFault, *contracts.SetOff, *contracts.AddedAfterOffset: // of each there is one
			default:
				able = append(able, i)
			}
		}
		i := rapid.SampledFrom(able).Draw(t, "clause")
		old := lc.contract.Clauses[i]
		id := contracts.ProvisionOf(old).ID
		changed := *lc.contract
		changed.Clauses = slices.Insert(slices.Clone(changed.Clauses), i+1, twin(old))
		for j, cl := range changed.Clauses {
			if c, ok := cl.(*contracts.CarveOut); ok && slices.Contains(c.Lifts, id) {
				also := *c
				also.Lifts = append(slices.Clone(c.Lifts), "twin")
				changed.Clauses[j] = &also
			}
		}
		lc.contract = &changed
		replaced := false
		after, _ := lc.assessAll(t, lc.customers, func(_ *sla.Run, r sla.Row) {
			for s := range r.Steps() {
				replaced = replaced || s.Effect == sla.Replaced && s.Clause == id
			}
		})
		if diff := cmp.Diff(before, after); diff != "" {
			t.Fatalf("with a twin of %s (-before +after):\n%s", id, diff)
		}
		if replaced {
			seen[contracts.Kind(old)+" replaced"]++
		}
	})
	seen.check(t, total, "cap replaced", "exempt replaced", "exclude_loss replaced", "credit replaced")
}

// TestTheGeneralComesBackWhereTheLawStrikesTheSpecial: a special cap that does not state ordinary negligence is void against a consumer, and the general one, which
// states it, stands again.
func TestTheGeneralComesBackWhereTheLawStrikesTheSpecial(t *testing.T) {
	general := &contracts.Cap{Provision: prov("general"), Fixed: 500, Times: contracts.One, Per: contracts.PerClaim, StatesOrdinaryOnly: true}
	special := &contracts.Cap{Provision: prov("special"), Fixed: 100, Times: contracts.One, Per: contracts.PerClaim}
	special.InsteadOf = []string{"general"}
	consumer := claimant("consumer", 1000)
	consumer.Consumer = true
	both := []sla.Customer{claimant("business", 1000), consumer}
	in2023 := found("law.jp.cca-8-3", "applies")
	sc := found("law.jp.sc-2003-02-28", "does-not-apply")
	checkAll(t, []trial{
		{name: "the special cap for both", law: "jp", clauses: []contracts.Clause{general, special}, customers: both, findings: []sla.Finding{sc, found("law.jp.cca-8-3", "does-not-apply")}, want: amounts(100, 100)},
		{name: "void against the consumer, whom the general cap then binds", law: "jp", clauses: []contracts.Clause{general, special}, customers: both, findings: []sla.Finding{sc, in2023}, want: amounts(100, 500)},
	})
}

// TestASpecialClauseTakesThePlaceInItsPhases: where the special clause says nothing, or its condition does not hold, the general one goes on.
func TestASpecialClauseTakesThePlaceInItsPhases(t *testing.T) {
	general := &contracts.LossExclusion{Provision: prov("general"), Heads: []string{"profit"}}
	ofOutage := &contracts.Exemption{Provision: prov("special"), Events: []string{"outage"}, Heads: []string{"repair"}}
	ofOutage.InsteadOf = []string{"general"}
	ofGross := &contracts.LossExclusion{Provision: prov("special", gross), Heads: []string{"repair"}}
	ofGross.InsteadOf = []string{"general"}
	checkAll(t, []trial{
		{name: "of 123,456 less 3,000 in the outage, where the profit of 6 stays, and 450 elsewhere", clauses: []contracts.Clause{general, ofOutage}, events: stages(), customers: everywhere(), want: amounts(120_006)},
		{name: "less 20,000 in the grossly negligent phase, where the profit of 50 stays, and 406 elsewhere", clauses: []contracts.Clause{general, ofGross}, events: stages(), customers: everywhere(), want: amounts(103_050),
			findings: []sla.Finding{found("grade.deletion", "ordinary"), found("grade.rebuild", "gross"), found("grade.outage", "ordinary")}},
		{name: "the special one set aside", clauses: []contracts.Clause{general, ofOutage}, events: stages(), customers: everywhere(), want: amounts(123_000), findings: []sla.Finding{found("grade", "ordinary"), found("clause.special", "set-aside")}},
	})
}

// TestASpecialTermOnPaymentsKeepsWhatWasPaid: of a general and a special term on payments, whichever stands takes the payment off, once.
func TestASpecialTermOnPaymentsKeepsWhatWasPaid(t *testing.T) {
	general, special := &contracts.AlreadyPaid{Provision: prov("general")}, &contracts.AlreadyPaid{Provision: prov("special", consumer)}
	special.InsteadOf = []string{"general"}
	c := claimant("c", 100)
	c.Paid = 30
	buyer := c
	buyer.Consumer = true
	trial{name: "the special term", clauses: []contracts.Clause{general, special}, customers: []sla.Customer{c, buyer}, want: []contracts.Amount{70, 70}}.check(t)
}
