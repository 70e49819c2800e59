package examples_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

const customerHeader = "id,service,consumer,monthly_fee,fees_paid,fact.no-backup,affected.deletion,affected.mixing,loss.rebuild@deletion,loss.lost-profit@deletion\n"

// fourCustomers paid 40,000 yen a year for three years, and claim 300,000 of rebuilding and 500,000 of lost profit. They differ
// in what the terms and the law ask of a customer: business or consumer, with or without a backup.
const fourCustomers = customerHeader +
	"business,biz,no,3333,120000,yes,yes,no,300000,500000\n" +
	"consumer,biz,yes,3333,120000,yes,yes,no,300000,500000\n" +
	"business-with-backup,biz,no,3333,120000,no,yes,no,300000,500000\n" +
	"consumer-with-backup,biz,yes,3333,120000,no,yes,no,300000,500000\n"

// TestBackupsDecideOnlyWhereTheTermsOrTheFindingsSaySo completes the decision table for customers who kept a copy, and for the
// interim report, when nobody had found the grade. Its readings, the first the slowest to change: ordinary or gross negligence,
// the cap standing or not, art. 16(3) as worded or set aside.
func TestBackupsDecideOnlyWhereTheTermsOrTheFindingsSaySo(t *testing.T) {
	f := overlay(t, "firstserver-2012", "customers.csv", fourCustomers)
	const open = "needs judgement: 120000 120000 120000 120000 800000 800000 800000 800000"
	tests := []struct{ name, findings, business, consumer, businessWith, consumerWith string }{
		{"art. 35(4) exempts a business with a backup as well", "to-the-letter", "0", "120000", "0", "120000"},
		{"open: grade, cap and art. 16(3)", "interim-2012-06-25", "needs judgement: 0 0 0 0 0 120000 0 800000", open,
			"needs judgement: 0 0 0 0 120000 120000 800000 800000", open},
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
		f := overlay(t, "firstserver-2012", "customers.csv", customerHeader+fmt.Sprintf("c,biz,no,3333,120000,yes,yes,no,%d,%d\n", tt.rebuild, tt.profit))
		assess(t, f, "as-offered", func(_ *sla.Case, r sla.Row) {
			if got := int64(r.Payable()); got != tt.want {
				t.Errorf("%s: got %d, want %d", tt.name, got, tt.want)
			}
		})
	}
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

// TestArt35ParagraphEightFreesConsumersByItself: even if art. 8 of the consumer law struck nothing, the terms themselves give up
// art. 35(4) against a consumer; art. 16(3) they keep.
func TestArt35ParagraphEightFreesConsumersByItself(t *testing.T) {
	f := overlay(t, "firstserver-2012", "customers.csv", fourCustomers).(fstest.MapFS)
	f["findings.yaml"] = &fstest.MapFile{Data: []byte(`sets:
  - id: as-offered
    title: the terms alone
    source: a what-if
    findings:
      grade: {is: ordinary, reason: a what-if}
      law.jp.cca-8-1-1: {is: does-not-apply, reason: a what-if}
`)}
	got := map[string]string{}
	assess(t, f, "", func(_ *sla.Case, r sla.Row) { got[r.Customer.ID] = told(r) })
	want := map[string]string{"business": "0", "consumer": "0", "business-with-backup": "0", "consumer-with-backup": "120000"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("without the consumer law (-want +got):\n%s", diff)
	}
}

// TestTheEightRowsGoByTheDayOfTheIncident replays the decision table of testdata/cases/first-server-eight-rows.txtar on the example's own terms, with the law of
// the day: a deletion in June 2012 and one eleven years later, and both sides of the first day of art. 8(3) of the consumer law. The readings are told in the order of
// that story.
func TestTheEightRowsGoByTheDayOfTheIncident(t *testing.T) {
	const undecided = "needs judgement: 0 120000 0 800000"
	tests := []struct{ day, grade, business, consumer string }{
		{"2012-06-20", "ordinary", "0", "120000"},
		{"2012-06-20", "gross", undecided, "800000"},
		{"2023-05-31", "ordinary", "0", "120000"},
		{"2023-06-01", "ordinary", "0", "800000"},
		{"2023-06-02", "ordinary", "0", "800000"},
		{"2023-06-20", "ordinary", "0", "800000"},
		{"2023-06-20", "gross", undecided, "800000"},
	}
	for _, tt := range tests {
		f := overlay(t, "firstserver-2012", "customers.csv", `id,service,consumer,monthly_fee,fees_paid,fact.no-backup,loss.rebuild,loss.lost-profit
business,biz,no,3333,120000,yes,300000,500000
consumer,biz,yes,3333,120000,yes,300000,500000
`).(fstest.MapFS)
		f["case.yaml"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(f["case.yaml"].Data), "2012-07-31", "2023-07-31"))}
		f["incident.yaml"] = &fstest.MapFile{Data: []byte(`id: deletion
title: Deletion
zone: Asia/Tokyo
services: {biz: Biz}
heads: {rebuild: rebuilding, lost-profit: lost profit}
facts: {no-backup: no backup}
events:
  - id: deletion
    kind: data-loss
    title: Deletion
    phases:
      - {id: deletion, title: Deletion, from: ` + tt.day + " 17:30, to: " + tt.day + ` 17:48, impact: outage}
`)}
		art16 := ""
		if tt.grade == "gross" {
			art16 = "      clause.art16-3: {is: open, reason: art. 35(8) does not name it}\n"
		}
		f["findings.yaml"] = &fstest.MapFile{Data: []byte("sets:\n  - id: as-offered\n    title: the grade\n    source: a what-if\n    findings:\n" +
			"      grade: {is: " + tt.grade + ", reason: a what-if}\n" + art16)}
		got := map[string]string{}
		assess(t, f, "as-offered", func(_ *sla.Case, r sla.Row) { got[r.Customer.ID] = told(r) })
		if diff := cmp.Diff(map[string]string{"business": tt.business, "consumer": tt.consumer}, got); diff != "" {
			t.Errorf("%s, %s (-want +got):\n%s", tt.day, tt.grade, diff)
		}
	}
}
