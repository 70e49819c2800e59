package examples_test

import (
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/examples"
	"github.com/amends-go/amends/sla"
)

// TestEveryCustomerIsAccountedFor: rows in are the rows computed, those that need a judgement and those that are void; the total is
// the sum of the rows; nobody is owed less than nothing unless something was paid already, nor more than was claimed.
func TestEveryCustomerIsAccountedFor(t *testing.T) {
	rowsIn := map[string]int64{"firstserver-2012": 5698, "jcom-2005": 1, "tokyo-2001": 1, "sqli-2014": 1, "cooling-2026": 3}
	for _, name := range examples.Names() {
		c, problems := sla.OpenCase(open(t, name), sla.ReadOptions{})
		if c == nil || len(problems) > 0 {
			t.Fatalf("%s: does not open without a word: %v", name, problems)
		}
		for _, id := range c.FindingsIDs() {
			runs, err := c.Bind(id)
			if err != nil {
				t.Fatal(err)
			}
			for _, run := range runs {
				accountFor(t, name+", "+id, run.Assess(c.CustomersOf(run.Program)), rowsIn[name])
			}
		}
	}
}

func accountFor(t *testing.T, what string, a *sla.Assessment, rowsIn int64) {
	t.Helper()
	counts := map[sla.Outcome]int64{}
	var sum contracts.Amount
	byReading := map[int]contracts.Amount{}
	for r, err := range a.Rows() {
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		counts[r.Outcome()]++
		sum += r.Payable()
		claimed := contracts.Amount(r.Value(r.Run().Program.Index("claimed")))
		var fees contracts.Amount // stand outside what is claimed when they are added after the offset
		if i := r.Run().Program.Index("post.lawyers-fees"); i >= 0 {
			fees = contracts.Amount(r.Value(i))
		}
		for k, x := range r.Readings() {
			byReading[k] += x.Payable
			if x.Payable < 0 && r.Customer.Paid == 0 {
				t.Fatalf("%s: %s owes back %d, and nothing was paid", what, r.Customer.ID, x.Payable)
			}
			if x.Payable > claimed+fees {
				t.Fatalf("%s: %s is owed %d, and claims %d", what, r.Customer.ID, x.Payable, claimed+fees)
			}
		}
	}
	got := a.Totals()
	if got.Rows != rowsIn || got.Computed+got.Open+got.Void != rowsIn {
		t.Errorf("%s: %d rows in; got %d, of them %d computed, %d open, %d void", what, rowsIn, got.Rows, got.Computed, got.Open, got.Void)
	}
	if counts[sla.Computed] != got.Computed || counts[sla.NeedsJudgement] != got.Open || counts[sla.Void] != got.Void {
		t.Errorf("%s: the rows say %v, the totals %d, %d and %d", what, counts, got.Computed, got.Open, got.Void)
	}
	if sum != got.Payable() {
		t.Errorf("%s: the rows sum to %d, the total is %d", what, sum, got.Payable())
	}
	for k, reading := range got.ByReading {
		if reading != byReading[k] || reading < got.Low || reading > got.High {
			t.Errorf("%s: reading %d totals %d, its rows sum to %d, and the range is %d to %d", what, k, reading, byReading[k], got.Low, got.High)
		}
	}
}
