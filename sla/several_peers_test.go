package sla_test

import (
	"testing"

	"github.com/amends-go/amends/sla"
)

// TestSeveralOfPeers: cases of courts and textbooks on several at fault, by the names they have among the peers' cases, told as stories. What is published
// stands in the source; the rest is derived from its rule. A value is a column of the customer's row, or of who bears it.
func TestSeveralOfPeers(t *testing.T) {
	tests := []struct {
		id, kind, story, findings, customer, column, want string
	}{
		{"edmonds-joint-several", "published", "one-of-two-is-sued", "joint", "longshoreman", "payable", "90000.00"},
		{"edmonds-several", "derived", "one-of-two-is-sued", "several", "longshoreman", "payable", "20000.00"},
		{"mcdermott-proportionate", "published", "settlements-of-others", "proportionate", "mcdermott", "payable", "798000.00"},
		{"mcdermott-pro-tanto", "published", "settlements-of-others", "twice", "mcdermott", "payable", "470000.00"},
		{"self", "published", "pro-tanto", "pro-tanto", "a", "payable", "600000.00"},
		{"paradise-valley", "derived", "one-cannot-pay", "by-payment", "", "owes.lurie>hospital", "200000.00"},
		{"paradise-valley", "derived", "one-cannot-pay", "by-payment", "", "bears.hospital", "300000.00"},
		{"paradise-valley", "derived", "one-cannot-pay", "by-payment", "", "bears.lurie", "1200000.00"},
		{"bghz30-203", "published", "single-and-total-weighing", "equal", "x", "fault.joint", "1000.00"},
		{"bghz30-203", "published", "single-and-total-weighing", "equal", "x", "fault.total", "2000.00"},
		{"bghz30-203", "derived", "single-and-total-weighing", "equal", "x", "alone.b", "500.00"},
		{"bghz30-203", "derived", "single-and-total-weighing", "equal", "x", "single.c", "1500.00"},
		{"olg-celle", "published", "single-and-total-weighing", "celle", "y", "single.b", "18.00"},
		{"olg-celle", "published", "single-and-total-weighing", "celle", "y", "single.c", "45.00"},
		{"olg-celle", "published", "single-and-total-weighing", "celle", "y", "fault.total", "50.00"},
		{"olg-celle", "derived", "single-and-total-weighing", "celle", "y", "fault.joint", "13.00"},
		{"espinoza", "derived; published as 10900.88, tolerance 2.00", "loss-that-is-not-of-money", "found", "espinoza", "payable", "10899.23"},
		{"zap-equal-three", "published", "single-and-total-weighing", "equal", "x", "fault.total", "2000.00"},
		{"zap-equal-three", "published", "single-and-total-weighing", "equal", "x", "answers.b", "1500.00"},
	}
	all := stories(t)
	for _, tt := range tests {
		t.Run(tt.id+" "+tt.column+" ("+tt.kind+")", func(t *testing.T) {
			value := func(r sla.Row) string { return r.Of(tt.column).Text(r.Run().Program.Contract.Currency) }
			got := ""
			if tt.customer == "" {
				_, list := outcomes(t, all[tt.story].Files)
				for _, o := range list {
					if o.findings == tt.findings {
						got = value(o.bears[0])
					}
				}
			} else {
				tell(t, all[tt.story], func(findings string, r sla.Row) {
					if findings == tt.findings && r.Customer.ID == tt.customer {
						got = value(r)
					}
				})
			}
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
