package examples_test

import (
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

// TestWhoBearsTheCoolingFailure: the figures of the example's README, worked out by hand there.
func TestWhoBearsTheCoolingFailure(t *testing.T) {
	c, problems := sla.OpenCase(open(t, "cooling-2026"), sla.ReadOptions{})
	if c == nil {
		t.Fatal(problems)
	}
	type figures struct {
		Owed, Whole  contracts.Amount
		Contribution []contracts.Amount // of the engineer to the hoster, under each reading
		Recovered    []contracts.Amount
		Remains      []contracts.Amount // hoster, data centre, engineer
	}
	tests := []struct {
		findings string
		want     figures
	}{
		{"inquiry", figures{2_450_000, 3_550_000, []contracts.Amount{735_000, 652_500}, []contracts.Amount{900_000, 337_500}, []contracts.Amount{815_000, 562_500, 1_072_500}}},
		{"by-payment", figures{2_450_000, 3_550_000, []contracts.Amount{735_000}, []contracts.Amount{900_000, 337_500}, []contracts.Amount{815_000, 562_500, 1_072_500}}},
		{"gross-data-centre", figures{2_450_000, 3_550_000, []contracts.Amount{735_000}, []contracts.Amount{1_367_857, 512_946}, []contracts.Amount{347_143, 854_911, 1_247_946}}},
		{"engineer-insolvent", figures{2_450_000, 3_550_000, []contracts.Amount{0}, []contracts.Amount{900_000, 0}, []contracts.Amount{1_550_000, 900_000, 0}}},
	}
	for _, tt := range tests {
		runs, err := c.Bind(tt.findings)
		if err != nil {
			t.Fatal(err)
		}
		as := runs[0].Assess(c.CustomersOf(c.Programs[0]))
		for _, err := range as.Rows() {
			if err != nil {
				t.Fatal(err)
			}
		}
		bears, err := runs[0].Bears(as.Totals())
		if err != nil {
			t.Fatal(err)
		}
		recoveries, err := c.Recover(runs, []sla.Row{bears})
		if err != nil {
			t.Fatal(err)
		}
		got := figures{Owed: as.Totals().Payable(), Whole: bears.Of(sla.BearingWhole)}
		for i := range bears.Run().Readings() {
			got.Contribution = append(got.Contribution, bears.Under(i, sla.Owes("engineer", "hoster")))
		}
		for _, r := range recoveries {
			got.Recovered = append(got.Recovered, r.Payable())
		}
		for _, p := range c.Incident.Parties {
			got.Remains = append(got.Remains, sla.Remaining(p.ID, []sla.Row{bears}, recoveries))
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.findings, diff)
		}
	}
}
