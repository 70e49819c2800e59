package sla_test

import (
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla"
)

// TestEveryJurisdictionCompiles: under each law a limit of 150,000 and an exemption for outages are worked out for a business and a consumer,
// whichever of the entries on clauses applies. The loss of 200,000 from a deletion is owed in full where the limit is struck; a rule on
// injury strikes nothing where the incident knows no such fact. Half of the fault being the customer's own halves the loss where the law
// has that rule and no bar at one half.
func TestEveryJurisdictionCompiles(t *testing.T) {
	for _, j := range law.Jurisdictions() {
		entries, _ := law.For(j)
		own := false
		decided := []sla.Finding{found("grade", "ordinary")}
		for _, e := range entries {
			if e.Founds == law.OwnFault && e.InForceOn(contracts.Date{Year: 2024, Month: 6, Day: 20}) {
				own = e.Bar == nil || !e.Bar.Bars(ratio(1, 2))
			}
			if e.Control != nil && e.Debated {
				decided = append(decided, found("law."+e.ID, "does-not-apply"))
			}
		}
		limit := []contracts.Clause{fixed("cap", 150_000, contracts.PerSubscription), &contracts.Exemption{Provision: prov("exempt"), Events: []string{"outage"}}}
		tr := func(name string, want contracts.Amount, findings ...sla.Finding) trial {
			return trial{name: j + " " + name, law: j, clauses: limit, events: on("2024-06-20"), findings: append(findings, decided...), customers: aBusiness(200_000), want: amounts(want)}
		}
		trials := []trial{tr("limit stands", 150_000)}
		if own {
			trials = append(trials, tr("half own fault", 100_000, found("own_fault", "1/2")))
		}
		for _, e := range entries {
			if e.Control == nil || e.Debated || !e.Control.Strikes(limit[0]) {
				continue
			}
			w := e.Control.When
			strikes := w.Fact == "" && w.Grade <= contracts.Ordinary && (w.Consumer == nil || !*w.Consumer) // a business, slightly negligent
			want := contracts.Amount(150_000)
			if strikes {
				want = 200_000
			}
			trials = append(trials, tr(e.ID, want, found("law."+e.ID, "applies")))
		}
		checkAll(t, trials)
	}
}

// TestWhyALawDoesNotApply: an entry that is not yet in force says from when on it is, one that no longer is until when it was.
func TestWhyALawDoesNotApply(t *testing.T) {
	tr := trial{law: "gb", clauses: []contracts.Clause{fixed("cap", 150_000, contracts.PerSubscription)}, customers: aBusiness(200_000)}
	for day, want := range map[string]string{ // order: each is checked alone
		"1978-01-31": "not in force on 1978-01-31 (in force since 1978-02-01)",
		"1978-02-01": "in force on 1978-02-01",
		"2015-09-30": "in force on 2015-09-30",
		"2015-10-01": "not in force on 2015-10-01 (in force until 2015-09-30)",
	} {
		tr.events = on(day)
		if got := tr.run(t).Program.Parameter("law.gb.ucta-2-1").Why.EN; got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
}
