package report_test

import (
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

// TestSettlement: two months below 99% in a row. A credit of June 2024 must be asked for by the 15th of July, is lost after a year, and the second miss gives the
// right to leave.
func TestSettlement(t *testing.T) {
	c, problems := contracts.Read("terms.yaml", []byte(`
id: terms
title: terms
currency: JPY
zone: Asia/Tokyo
rounding: down
clauses:
  - id: up
    ref: {doc: terms, section: "1"}
    availability: {target: 99%, window: calendar-month, measure: stated-level}
  - id: credit
    ref: {doc: terms, section: "2"}
    credit: {availability: up, tiers: [{below: 99%, pay: 10%}], claim: {by: {months: 1, day: 15}, notice: by letter}, form: {as: voucher, expires_months: 12}}
  - id: leave
    ref: {doc: terms, section: "3"}
    terminate: {availability: up, misses: 2, consecutive: true, exercise_days: 30, refund: the rest of the year}
examples:
  - {name: kept, level: 99%, fee: 1000, pays: 0}
  - {name: first, level: 98.9999%, fee: 1000, pays: 100}
  - {name: second, levels: [{uptime: 98%}, {window: 2024-05, uptime: 98%}], fee: 1000, pays: 100}
`))
	if problems.Err() != nil {
		t.Fatal(problems)
	}
	credit := []string{"terms 2: a voucher or coupon; unused after 12 months it is lost", "terms 2: the credit of 2024-06 must be asked for by 2024-07-15", "terms 2: by letter"}
	want := [][]string{nil, credit, append(append([]string{}, credit...), "terms 3: the customer may end the contract, within 30 days of the window's end; refunded: the rest of the year")}
	for i, e := range c.Examples {
		run, cust, err := sla.OpenExample(c, &e)
		if err != nil {
			t.Fatal(err)
		}
		for row, err := range run.Assess(func(yield func(sla.Customer, error) bool) { yield(cust, nil) }).Rows() {
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range report.Settlement(row) {
				got = append(got, s.In("en"))
			}
			if diff := cmp.Diff(want[i], got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", e.Name, diff)
			}
		}
	}
}
