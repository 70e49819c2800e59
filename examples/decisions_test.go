package examples_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

// fourCustomers paid 40,000 yen a year for three years, and claim 300,000 of rebuilding and 500,000 of lost profit. They differ
// in what the terms and the law ask of a customer: business or consumer, with or without a backup.
const fourCustomers = "id,service,consumer,monthly_fee,fees_paid,fact.no-backup,affected.deletion,affected.mixing,loss.rebuild@deletion,loss.lost-profit@deletion\n" +
	"business,biz,no,3333,120000,yes,yes,no,300000,500000\n" +
	"consumer,biz,yes,3333,120000,yes,yes,no,300000,500000\n" +
	"business-with-backup,biz,no,3333,120000,no,yes,no,300000,500000\n" +
	"consumer-with-backup,biz,yes,3333,120000,no,yes,no,300000,500000\n"

// TestBackupsDecideOnlyWhereTheTermsOrTheFindingsSaySo completes the decision table for customers who kept a copy, and for the
// interim report, when nobody had found the grade. Its readings are ordinary or gross negligence, the cap standing or not.
func TestBackupsDecideOnlyWhereTheTermsOrTheFindingsSaySo(t *testing.T) {
	f := overlay(t, "firstserver-2012", "customers.csv", fourCustomers)
	const open = "needs judgement: 120000 120000 800000 800000"
	tests := []struct{ name, findings, business, consumer, businessWith, consumerWith string }{
		{"art. 35(4) exempts a business with a backup as well", "to-the-letter", "0", "120000", "0", "120000"},
		{"open: art. 16(3) exempts the business without a backup whatever the grade", "interim-2012-06-25", "0", open, "needs judgement: 0 0 120000 800000", open},
		{"the committee's grade closes what was open", "final-2012-07-31", "0", "120000", "0", "120000"},
		{"own fault falls on those without a backup only", "consumer-gross-own-half", "400000", "400000", "800000", "800000"},
		{"the offer asks nobody for a backup", "as-offered", "120000", "120000", "120000", "120000"},
	}
	for _, tt := range tests {
		got := map[string]string{}
		assess(t, f, tt.findings, func(_ *sla.Case, r sla.Row) { got[r.Customer.ID] = told(r) })
		want := map[string]string{"business": tt.business, "consumer": tt.consumer, "business-with-backup": tt.businessWith, "consumer-with-backup": tt.consumerWith}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// TestOffersEndAtTheFeesPaid: the offer pays the lesser of the cost of rebuilding and the total paid, and no lost profit.
func TestOffersEndAtTheFeesPaid(t *testing.T) {
	for _, tt := range []struct {
		name                  string
		rebuild, profit, want int64
	}{
		{"a yen below the fees is paid in full", 119_999, 0, 119_999},
		{"at the fees too", 120_000, 0, 120_000},
		{"a yen above ends at the fees", 120_001, 0, 120_000},
		{"nothing rebuilt, nothing paid", 0, 500_000, 0},
		{"lost profit does not fill up what the cap leaves", 50_000, 500_000, 50_000},
	} {
		f := overlay(t, "firstserver-2012", "customers.csv", "id,service,consumer,monthly_fee,fees_paid,fact.no-backup,affected.deletion,affected.mixing,loss.rebuild@deletion,loss.lost-profit@deletion\n"+
			fmt.Sprintf("c,biz,no,3333,120000,yes,yes,no,%d,%d\n", tt.rebuild, tt.profit))
		assess(t, f, "as-offered", func(_ *sla.Case, r sla.Row) {
			if got := int64(r.Payable()); got != tt.want {
				t.Errorf("%s: got %d, want %d", tt.name, got, tt.want)
			}
		})
	}
}

// TestOwnFaultComesBeforeTheCap: 800,000 halved is 400,000, then capped at 120,000; the other way round it would be 60,000.
func TestOwnFaultComesBeforeTheCap(t *testing.T) {
	f := overlay(t, "firstserver-2012", "customers.csv", fourCustomers)
	assess(t, f, "own-fault-half", func(_ *sla.Case, r sla.Row) {
		if got := told(r); got != "120000" {
			t.Errorf("%s: got %s, want 120000", r.Customer.ID, got)
		}
	})
}

// TestTheReadmeTableIsTheEngines reads the hand-worked table of the case's README and holds it against the engine.
func TestTheReadmeTableIsTheEngines(t *testing.T) {
	data, err := fs.ReadFile(open(t, "firstserver-2012"), "README.md")
	if err != nil {
		t.Fatal(err)
	}
	f := overlay(t, "firstserver-2012", "customers.csv", fourCustomers)
	for _, tt := range []struct{ line, findings string }{
		{"as offered", "as-offered"},
		{"terms to the letter, ordinary negligence", "to-the-letter"},
		{"gross, the cap stands", "gross-cap-stands"},
		{"gross, the cap falls", "gross-cap-falls"},
		{"gross, every customer a consumer, half off without a backup", "consumer-gross-own-half"},
	} {
		got := map[string]string{}
		assess(t, f, tt.findings, func(_ *sla.Case, r sla.Row) { got[r.Customer.ID] = told(r) })
		want := fmt.Sprintf("| %s | %s | %s |", tt.line, got["business"], got["consumer"])
		if !strings.Contains(strings.ReplaceAll(string(data), ",000", "000"), want) {
			t.Errorf("README.md lacks the line %q", want)
		}
	}
}
