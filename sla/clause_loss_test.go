package sla_test

import (
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// stages are a deletion of two phases and an outage, a day apart.
func stages() []sla.Event {
	lost := happening("deletion", "data-loss", "2012-06-20 08:00", 30)
	second := lost.Phases[0]
	second.ID, second.Title, second.Period = "rebuild", text("rebuild"), period("2012-06-20 08:30", 60)
	lost.Phases = append(lost.Phases, second)
	return []sla.Event{lost, happening("outage", "outage", "2012-06-21 08:00", 60)}
}

// everywhere claims a different digit of 123,456 under each head and phase, so that a sum shows which of them are left.
func everywhere() []sla.Customer {
	return []sla.Customer{{ID: "c", Claims: []sla.Claim{
		loss("repair", "deletion", 100_000), loss("repair", "rebuild", 20_000), loss("repair", "outage", 3_000),
		loss("profit", "deletion", 400), loss("profit", "rebuild", 50), loss("profit", "outage", 6)}}}
}

func TestExclusionOfLoss(t *testing.T) {
	on := func(name string, want contracts.Amount, cl contracts.Clause, findings ...sla.Finding) trial {
		return trial{name: name, clauses: []contracts.Clause{cl}, events: stages(), findings: findings, customers: everywhere(), want: amounts(want)}
	}
	profit := &contracts.LossExclusion{Provision: prov("x"), Heads: []string{"profit"}}
	onGross := &contracts.LossExclusion{Provision: provUnless("x", gross), Heads: []string{"profit"}}
	checkAll(t, []trial{
		on("lost profit is out in every phase", 123_000, profit),
		on("all heads are out", 0, &contracts.LossExclusion{Provision: prov("x"), Heads: []string{"profit", "repair"}}),
		on("a head that nobody claims", 123_456, &contracts.LossExclusion{Provision: prov("x"), Heads: []string{"fees"}}),
		on("set aside by the findings", 123_456, profit, found("clause.x", "set-aside")),
		on("not for the phase of gross negligence", 123_050, onGross, found("grade", "ordinary"), found("grade.rebuild", "gross")),
		on("upheld against its own condition", 123_000, onGross, found("grade", "gross"), found("clause.x", "upheld")),
	})
}

func TestExemption(t *testing.T) {
	on := func(name string, want contracts.Amount, x *contracts.Exemption, findings ...sla.Finding) trial {
		x.Provision.ID, x.Provision.Ref = "x", contracts.Ref{Doc: "terms", Section: "x"}
		return trial{name: name, clauses: []contracts.Clause{x}, events: stages(), findings: findings, customers: everywhere(), want: amounts(want)}
	}
	ordinaryOnly := func() *contracts.Exemption {
		return &contracts.Exemption{Grades: []contracts.Grade{contracts.Ordinary}}
	}
	checkAll(t, []trial{
		on("of everything", 0, &contracts.Exemption{}),
		on("of a kind of event", 3_006, &contracts.Exemption{Events: []string{"data-loss"}}),
		on("of a kind that did not happen", 123_456, &contracts.Exemption{Events: []string{"disclosure"}}),
		on("of one phase", 103_406, &contracts.Exemption{Phases: []string{"rebuild"}}),
		on("of one head", 456, &contracts.Exemption{Heads: []string{"repair"}}),
		on("of one head in one phase of a kind of event", 103_456, &contracts.Exemption{Events: []string{"data-loss"}, Phases: []string{"rebuild"}, Heads: []string{"repair"}}),
		on("of a phase that is not of the kind of event", 123_456, &contracts.Exemption{Events: []string{"outage"}, Phases: []string{"rebuild"}}),
		on("for ordinary negligence, no fault below it", 123_456, ordinaryOnly(), found("grade", "none")),
		on("for ordinary negligence, at it", 0, ordinaryOnly(), found("grade", "ordinary")),
		on("for ordinary negligence, gross above it", 123_456, ordinaryOnly(), found("grade", "gross")),
		on("for ordinary negligence, in the phases of that grade", 100_400, ordinaryOnly(), found("grade", "ordinary"), found("grade.deletion", "gross")),
		on("for two grades", 20_050, &contracts.Exemption{Grades: []contracts.Grade{contracts.NoFault, contracts.Gross}}, found("grade", "gross"), found("grade.rebuild", "ordinary")),
	})
}

// TestConditionsOfACarveOut: an exemption takes 1,000 from everyone; the carve-out lifts it for whom its condition holds.
func TestConditionsOfACarveOut(t *testing.T) {
	all := []sla.Customer{claimant("business", 1000), claimant("consumer", 1000), claimant("careless", 1000), claimant("careless-consumer", 1000)}
	all[1].Consumer, all[3].Consumer = true, true
	all[2].Facts, all[3].Facts = []string{"no-backup"}, []string{"no-backup", "warned"}
	lifts := func(when contracts.Condition) []contracts.Clause {
		return []contracts.Clause{&contracts.Exemption{Provision: prov("x")}, &contracts.CarveOut{Provision: prov("lift", when), Lifts: []string{"x"}}}
	}
	on := func(name string, when contracts.Condition, grade string, want ...contracts.Amount) trial {
		return trial{name: name, clauses: lifts(when), findings: []sla.Finding{found("grade", grade)}, customers: all, want: want}
	}
	checkAll(t, []trial{
		on("gross negligence, ordinary below it", gross, "ordinary", 0, 0, 0, 0),
		on("gross negligence, at it", gross, "gross", 1000, 1000, 1000, 1000),
		on("gross negligence, intent above it", gross, "intent", 1000, 1000, 1000, 1000),
		on("consumers", consumer, "ordinary", 0, 1000, 0, 1000),
		on("businesses", business, "ordinary", 1000, 0, 1000, 0),
		on("a fact", noBackup, "ordinary", 0, 0, 1000, 1000),
		on("not a fact", contracts.Condition{Not: &noBackup}, "ordinary", 1000, 1000, 0, 0),
		on("any of two", contracts.Condition{Any: []contracts.Condition{consumer, noBackup}}, "ordinary", 0, 1000, 1000, 1000),
		on("all of two", contracts.Condition{All: []contracts.Condition{consumer, noBackup}}, "ordinary", 0, 0, 0, 1000),
		on("two fields at once", contracts.Condition{Consumer: contracts.Consumers, Fact: "no-backup"}, "ordinary", 0, 0, 0, 1000),
		on("neither of two", contracts.Condition{Not: &contracts.Condition{Any: []contracts.Condition{consumer, noBackup}}}, "ordinary", 1000, 0, 0, 0),
		on("grade or consumer, ordinary", contracts.Condition{Any: []contracts.Condition{gross, consumer}}, "ordinary", 0, 1000, 0, 1000),
		on("grade or consumer, gross", contracts.Condition{Any: []contracts.Condition{gross, consumer}}, "gross", 1000, 1000, 1000, 1000),
		on("the event that happened", contracts.Condition{Event: "deletion"}, "ordinary", 1000, 1000, 1000, 1000),
		on("a condition that always holds", contracts.Condition{}, "ordinary", 1000, 1000, 1000, 1000),
	})
	treated := on("consumers, when all are treated as consumers", consumer, "ordinary", 1000, 1000, 1000, 1000)
	treated.findings = append(treated.findings, found("consumer", "all"))
	nobody := on("consumers, when nobody is", consumer, "ordinary", 0, 0, 0, 0)
	nobody.findings = append(nobody.findings, found("consumer", "none"))
	ofOutage := trial{name: "the event in which the loss arose", clauses: lifts(contracts.Condition{Event: "outage"}), events: stages(), customers: everywhere(), want: amounts(3_006)}
	ofOther := trial{name: "every event but that one", clauses: lifts(contracts.Condition{Not: &contracts.Condition{Event: "outage"}}), events: stages(), customers: everywhere(), want: amounts(120_450)}
	checkAll(t, []trial{treated, nobody, ofOutage, ofOther})
}

// TestCarveOutOfACarveOut: gross negligence lifts the exemption, and a warning takes that away again.
func TestCarveOutOfACarveOut(t *testing.T) {
	clauses := []contracts.Clause{
		&contracts.CarveOut{Provision: prov("back", contracts.Condition{Fact: "warned"}), Lifts: []string{"lift"}},
		&contracts.CarveOut{Provision: prov("lift", gross), Lifts: []string{"x"}},
		&contracts.Exemption{Provision: prov("x")},
	}
	warned := claimant("warned", 1000)
	warned.Facts = []string{"warned"}
	both := []sla.Customer{claimant("unwarned", 1000), warned}
	checkAll(t, []trial{
		{name: "ordinary negligence: the exemption stands for both", clauses: clauses, customers: both, want: amounts(0, 0)},
		{name: "gross negligence: lifted, except for whom was warned", clauses: clauses, customers: both, findings: []sla.Finding{found("grade", "gross")}, want: amounts(1000, 0)},
		{name: "the inner carve-out set aside", clauses: clauses, customers: both, findings: []sla.Finding{found("grade", "gross"), found("clause.back", "set-aside")}, want: amounts(1000, 1000)},
		{name: "the outer carve-out set aside", clauses: clauses, customers: both, findings: []sla.Finding{found("grade", "gross"), found("clause.lift", "set-aside")}, want: amounts(0, 0)},
		{name: "the exemption upheld against its carve-out", clauses: clauses, customers: both, findings: []sla.Finding{found("grade", "gross"), found("clause.x", "upheld")}, want: amounts(0, 0)},
	})
}

// TestEffectOfAStep: why a clause did what it did.
func TestEffectOfAStep(t *testing.T) {
	exempt := &contracts.Exemption{Provision: prov("x"), Events: []string{"data-loss"}}
	lift := &contracts.CarveOut{Provision: prov("lift", gross), Lifts: []string{"x"}}
	tests := []struct {
		name     string
		law      string
		clauses  []contracts.Clause
		consumer bool
		loss     contracts.Amount
		findings []sla.Finding
		want     sla.Effect
	}{
		{"it took the loss away", "", []contracts.Clause{exempt, lift}, false, 1000, nil, sla.Applied},
		{"it stands and there is no loss", "", []contracts.Clause{exempt, lift}, false, 0, nil, sla.NotReached},
		{"a carve-out lifts it", "", []contracts.Clause{exempt, lift}, false, 1000, []sla.Finding{found("grade", "gross")}, sla.Lifted},
		{"the law strikes it", "jp", []contracts.Clause{exempt}, true, 1000, nil, sla.Struck},
		{"the findings set it aside", "jp", []contracts.Clause{exempt}, true, 1000, []sla.Finding{found("clause.x", "set-aside")}, sla.SetAside},
		{"its own condition does not hold", "", []contracts.Clause{&contracts.Exemption{Provision: prov("x", noBackup)}}, false, 1000, nil, sla.NotMet},
		{"it says nothing of such an event", "", []contracts.Clause{&contracts.Exemption{Provision: prov("x"), Events: []string{"flood"}}}, false, 1000, nil, sla.Silent},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := claimant("c", tt.loss)
			c.Consumer = tt.consumer
			s := stepOf(t, trial{law: tt.law, clauses: tt.clauses, findings: tt.findings}.run(t), c, "x")
			if s.Effect != tt.want {
				t.Errorf("got %s, want %s: %v", s.Effect, tt.want, s.Why)
			}
			if explained := tt.want != sla.Applied && tt.want != sla.NotReached; explained != (len(s.Why) > 0) {
				t.Errorf("%s is explained with %v", s.Effect, s.Why)
			}
		})
	}
}

// TestAffected: a loss counts in the events that affected the customer.
func TestAffected(t *testing.T) {
	c := func(affected ...string) sla.Customer {
		x := everywhere()[0]
		x.Affected = affected
		return x
	}
	shape := sla.Shape{Affected: true}
	checkAll(t, []trial{
		{name: "by default every event affects", events: stages(), shape: shape, customers: []sla.Customer{c()}, want: amounts(123_456)},
		{name: "by one event", events: stages(), shape: shape, customers: []sla.Customer{c("outage")}, want: amounts(3_006)},
		{name: "by both", events: stages(), shape: shape, customers: []sla.Customer{c("outage", "deletion")}, want: amounts(123_456)},
		{name: "by none", events: stages(), shape: shape, customers: []sla.Customer{c([]string{}...)}, want: amounts(0)},
	})
}

// TestAdmittedLoss: a finding decides how much of a claim is proved; of a claim of 100 found to be 99, 100 or 101, never more than was asked.
func TestAdmittedLoss(t *testing.T) {
	asked := func(proved contracts.Amount) []sla.Customer {
		return []sla.Customer{{ID: "c", Claims: []sla.Claim{{Head: "repair", Phase: "deletion", Claimed: 100, Found: proved}}}}
	}
	shape := sla.Shape{Found: true}
	checkAll(t, []trial{
		{name: "less was found", shape: shape, customers: asked(99), want: amounts(99)},
		{name: "all was found", shape: shape, customers: asked(100), want: amounts(100)},
		{name: "more was found than asked", shape: shape, customers: asked(101), want: amounts(100)},
		{name: "nothing was found", shape: shape, customers: asked(0), want: amounts(0)},
		{name: "admitted in full", shape: shape, customers: asked(99), findings: []sla.Finding{found("admit.repair", "in-full")}, want: amounts(100)},
		{name: "not admitted", shape: shape, customers: asked(99), findings: []sla.Finding{found("admit.repair", "no")}, want: amounts(0)},
		{name: "amounts found are not read unless the case has them", customers: asked(99), want: amounts(100)},
	})
}

// TestSoleRemedy: an outage of a minute earns a credit of 100, and damages besides unless the credit is the only remedy.
func TestSoleRemedy(t *testing.T) {
	c := everywhere()
	c[0].MonthlyFee = 1000
	with := func(s *contracts.SoleRemedy) []contracts.Clause { return append(promised(nil, anyDowntime), s) }
	gross := found("grade.outage", "gross")
	checkAll(t, []trial{
		{name: "for outages: their damages go, the credit stays", clauses: with(&contracts.SoleRemedy{Provision: prov("sole"), Events: []string{"outage"}}), events: stages(), customers: c, want: amounts(120_550)},
		{name: "for every kind of event", clauses: with(&contracts.SoleRemedy{Provision: prov("sole")}), events: stages(), customers: c, want: amounts(100)},
		{name: "for a kind that did not happen", clauses: with(&contracts.SoleRemedy{Provision: prov("sole"), Events: []string{"fire"}}), events: stages(), customers: c, want: amounts(123_556)},
		{name: "not for gross negligence", clauses: with(&contracts.SoleRemedy{Provision: provUnless("sole", contracts.Condition{Grade: contracts.Gross})}), events: stages(), customers: c,
			findings: []sla.Finding{found("grade", "ordinary"), gross}, want: amounts(3_106)},
	})
}
