package sla_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// reasonTrial has two heads of which parts are not admitted.
func reasonTrial() trial {
	return trial{name: "reasons", shape: sla.Shape{Lines: []sla.Line{{Head: "repair", Phase: "deletion"}, {Head: "profit", Phase: "deletion"}},
		Less: []sla.Reason{sla.OutOfScope, sla.NotCaused, sla.NotProved, sla.Betterment, sla.Avoidable, sla.Saved}}}
}

// TestReasonsTakeOffWhatTheySay: what is claimed is what is admitted and every reason together; a benefit is taken off no more than is left of its own head.
func TestReasonsTakeOffWhatTheySay(t *testing.T) {
	run := reasonTrial().run(t)
	rapid.Check(t, func(t *rapid.T) {
		c := sla.Customer{ID: "c"}
		var want, claimed contracts.Amount
		for _, head := range []string{"repair", "profit"} {
			cl := sla.Claim{Head: head, Phase: "deletion"}
			for r := sla.OutOfScope; r < sla.Saved; r++ {
				cl.Less[r] = contracts.Amount(rapid.Int64Range(0, 1_000).Draw(t, r.String()))
				cl.Claimed += cl.Less[r]
			}
			left := contracts.Amount(rapid.Int64Range(0, 1_000).Draw(t, "left"))
			cl.Claimed += left
			cl.Less[sla.Saved] = contracts.Amount(rapid.Int64Range(0, 1_500).Draw(t, "saved"))
			want += max(left-cl.Less[sla.Saved], 0)
			claimed += cl.Claimed
			c.Claims = append(c.Claims, cl)
		}
		for row, err := range run.Assess(each(c)).Rows() {
			if err != nil {
				t.Fatal(err)
			}
			var sum contracts.Amount
			for s := range row.Steps() {
				sum += s.Delta
			}
			if row.Payable() != want || sum != want || row.Of("claimed") != claimed {
				t.Fatalf("claimed %d, payable %d, postings %d, want %d", row.Of("claimed"), row.Payable(), sum, want)
			}
		}
	})
}

// TestReasonsWithoutAColumnAreRefused: a part that no column would take off is not dropped in silence.
func TestReasonsWithoutAColumnAreRefused(t *testing.T) {
	tt := reasonTrial()
	tt.shape.Less = []sla.Reason{sla.Avoidable}
	cl := loss("repair", "deletion", 100)
	cl.Less[sla.Betterment] = 1
	for _, err := range tt.run(t).Assess(each(sla.Customer{ID: "c", Claims: []sla.Claim{cl}})).Rows() {
		if err == nil {
			t.Error("the row was taken")
		}
	}
}

// TestNettingIsAntisymmetric: what one owes the other, less what the other owes it, is the same with the signs changed when the two change places.
func TestNettingIsAntisymmetric(t *testing.T) {
	tt := trial{}
	in := tt.incident()
	in.Heads = append(in.Heads, sla.Named{ID: "counter", Title: text("counterclaim")})
	in.HeadKinds = []sla.HeadKind{{ID: "counter", ByProvider: true}}
	shape := sla.Shape{Lines: []sla.Line{{Head: "repair", Phase: "deletion"}, {Head: "counter", Phase: "deletion"}}}
	tt.clauses = []contracts.Clause{&contracts.OwnFault{Provision: prov("own")}}
	run := mustRun(t, tt.contract(t), in, shape, found("grade", "ordinary"), found("own_fault", "1/3"), found("counter_fault", "1/3"))
	tt.law = "jp"
	blameless := mustRun(t, tt.contract(t), in, shape, found("grade", "none"))
	if row, err := blameless.Single(map[string]int64{"claimed.repair": 50, "claimed.counter": 100}); err != nil || row.Payable() != -100 || row.Of("claimed") != 50 {
		t.Errorf("a provider without fault is owed what it claims: %d, %v; claimed from it %d", row.Payable(), err, row.Of("claimed"))
	}
	net := func(a, b int64) contracts.Amount {
		row, err := run.Single(map[string]int64{"claimed.repair": a, "claimed.counter": b})
		if err != nil {
			t.Fatal(err)
		}
		return row.Payable()
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(0, 1_000_000).Draw(t, "a"), rapid.Int64Range(0, 1_000_000).Draw(t, "b")
		if x, y := net(a, b), net(b, a); x != -y {
			t.Fatalf("%d against %d: %d, the other way %d", a, b, x, y)
		}
	})
}

// TestItemsInAnyOrder: the rows of a loss may stand in any order, and with claims of others between them.
func TestItemsInAnyOrder(t *testing.T) {
	a := stories(t)["reasons-and-evidence"]
	const head = "customer,head,claimed,item,betterment,not_proved,avoidable,not_caused,out_of_scope,saved,evidence,reason\n"
	const servers, entry, shop = "c1,rebuild,1000000,servers,200000,50000,,,,,,\n", "c1,rebuild,600000,data entry,,,150000,40000,,,,\n", "c1,lost-profit,500000,web shop,,,,,100000,60000,,\n"
	payable := func(claims string) (out []string) {
		files := changed(t, a, func(name, text string) string {
			if name == "claims.csv" {
				return head + claims
			}
			return text
		})
		c, problems := sla.OpenCase(files, sla.ReadOptions{})
		if c == nil {
			return []string{problems.Error()}
		}
		runs, err := c.Bind("foreseen")
		if err != nil {
			t.Fatal(err)
		}
		for row, err := range runs[0].Assess(c.CustomersOf(c.Programs[0])).Rows() {
			if err != nil {
				return append(out, err.Error())
			}
			out = append(out, payableOf(t, row))
		}
		return out
	}
	for _, claims := range []string{servers + entry + shop, shop + entry + servers, entry + shop + servers} {
		if diff := cmp.Diff([]string{"1500000"}, payable(claims)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", claims, diff)
		}
	}
	for _, tt := range []struct{ name, claims, code string }{
		{"an item twice", servers + servers, "E_DUP_CLAIM"},
		{"more taken off than is claimed", "c1,rebuild,100,x,60,41,,,,,,\n", "E_RANGE"},
		{"a sign", "c1,rebuild,100,x,-1,,,,,,,\n", "E_NUM_FORM"},
		{"items that together do not fit", "c1,rebuild,9000000000000000000,x,,,,,,,,\nc1,rebuild,9000000000000000000,y,,,,,,,,\n", "E_RANGE"},
	} {
		if got := payable(tt.claims); len(got) != 1 || !strings.Contains(got[0], tt.code) {
			t.Errorf("%s: got %v, want %s", tt.name, got, tt.code)
		}
	}
}

// TestRoundingTrapOfLostProfit: the court dropped fractions line by line and came to 10,690,000; so does exact arithmetic. One ratio of the
// unrounded average to the lost sales already rounded comes to 10,689,999.
func TestRoundingTrapOfLostProfit(t *testing.T) {
	sales, cost := big.NewRat(340_086_000+427_922_000+293_943_000, 3), big.NewRat(272_611_000+388_344_000+240_646_000, 3)
	margin := new(big.Rat).Sub(sales, cost)
	exact := new(big.Rat).Mul(margin, big.NewRat(1, 5)) // a quarter of a year, four fifths of the sales
	if exact.Cmp(big.NewRat(10_690_000, 1)) != 0 {
		t.Errorf("exactly %s", exact)
	}
	trap := new(big.Rat).Mul(margin, new(big.Rat).Quo(big.NewRat(70_796_733, 1), sales))
	if got := new(big.Int).Quo(trap.Num(), trap.Denom()); got.Int64() != 10_689_999 {
		t.Errorf("by one ratio %s", got)
	}
	if got := new(big.Int).Quo(new(big.Int).Mul(big.NewInt(300_533_666), big.NewInt(353_983_666-283_186_933)), big.NewInt(353_983_666)); got.Int64() != 60_106_733 {
		t.Errorf("cost saved %s", got)
	}
}

// TestAYearLeftOutIsNotAYearWithoutSales: an empty cell among the sums from which a loss is worked out refuses the row of one who claims that loss.
func TestAYearLeftOutIsNotAYearWithoutSales(t *testing.T) {
	a := stories(t)["lost-profit-2001"]
	for _, tt := range []struct{ name, old, new, want string }{
		{"a year left out", "293943000,", ",", "customers.csv:2"},
		{"a year without sales", "293943000,", "0,", ""},
		{"a year left out by one who does not claim the loss", "82999324,340086000,427922000,293943000,", ",340086000,427922000,,", ""},
	} {
		files := changed(t, a, func(name, text string) string {
			if name == "customers.csv" {
				return strings.Replace(text, tt.old, tt.new, 1)
			}
			return text
		})
		c, problems := sla.OpenCase(files, sla.ReadOptions{})
		if c == nil {
			t.Fatal(problems)
		}
		got := ""
		for _, err := range c.CustomersOf(c.Programs[0]) {
			if err != nil {
				got = err.Error()
			}
		}
		if (tt.want == "") != (got == "") || !strings.Contains(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}
