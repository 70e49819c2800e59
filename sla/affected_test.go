package sla_test

import (
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// TestCreditsCountTheEventsThatAffectedTheCustomer: 40 and 10 minutes in June, of which 43 min 12 s are allowed.
func TestCreditsCountTheEventsThatAffectedTheCustomer(t *testing.T) {
	event := func(id, start string, minutes int) sla.Event {
		return sla.Event{ID: id, Kind: "outage", Title: text(id), Phases: []sla.Phase{{ID: id, Title: text(id), Impact: sla.Outage, Period: period(start, minutes)}}}
	}
	in := &sla.Incident{ID: "i", Title: text("i"), Zone: "Asia/Tokyo", Events: []sla.Event{event("one", "2026-06-10 00:00", 40), event("two", "2026-06-11 00:00", 10)}}
	run := mustRun(t, creditContract(t), in, sla.Shape{Affected: true})
	for _, tt := range []struct {
		name     string
		affected []string
		want     contracts.Amount
	}{
		{"by both: 50 minutes", []string{"one", "two"}, 100},
		{"by one: 40 minutes are allowed", []string{"one"}, 0},
		{"by none", []string{}, 0},
		{"nothing said is all", nil, 100},
	} {
		for row, err := range run.Assess(each(sla.Customer{ID: "c", MonthlyFee: 1000, Affected: tt.affected})).Rows() {
			if err != nil || row.Payable() != tt.want {
				t.Errorf("%s: got %d, %v, want %d", tt.name, row.Payable(), err, tt.want)
			}
		}
	}
}

// TestFeesOfAFormerCustomerWidenNoSharedLimit: the limit for all is the fees paid, 10 of the one whose contract ran.
func TestFeesOfAFormerCustomerWidenNoSharedLimit(t *testing.T) {
	c, in, shape := hosting(t)
	c.Law, c.Clauses = "", []contracts.Clause{&contracts.Cap{Provision: contracts.Provision{ID: "all"}, Base: contracts.FeesPaidToDate, Times: contracts.One, Per: contracts.PerIncident}}
	shape.Dates = true
	run := mustRun(t, c, in, shape, sla.Finding{Name: "grade", Value: "ordinary"})
	claims := []sla.Claim{{Head: "rebuild", Phase: "deletion", Claimed: 500}}
	a := run.Assess(each(
		sla.Customer{ID: "former", FeesPaid: 490, Claims: claims, Until: contracts.Date{Year: 2012, Month: 6, Day: 1}},
		sla.Customer{ID: "present", FeesPaid: 10, Claims: claims}))
	for _, err := range a.Rows() {
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := a.Totals().Payable(); got != 10 || a.Totals().Void != 1 {
		t.Errorf("payable %d with %d void, want 10 with 1", got, a.Totals().Void)
	}
}
