package sla_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"pgregory.net/rapid"
)

// debtors is a drawn world of several who have paid something.
type debtors struct {
	ids     []string
	weights []int64
	paid    []int64
	rule    string
	lost    []bool // cannot be held to its part
}

func drawDebtors(t *rapid.T) debtors {
	n := rapid.IntRange(2, 5).Draw(t, "parties")
	d := debtors{rule: rapid.SampledFrom([]string{"any-payment", "beyond-own-part", "none"}).Draw(t, "rule")}
	for i := range n {
		d.ids = append(d.ids, fmt.Sprintf("p%d", i))
		d.weights = append(d.weights, rapid.Int64Range(0, 20).Draw(t, "weight"))
		d.paid = append(d.paid, rapid.SampledFrom([]int64{0, 1, 2, 7, 100, 999_999, 1_000_000_007}).Draw(t, "paid"))
		d.lost = append(d.lost, i > 0 && rapid.IntRange(0, 4).Draw(t, "lost") == 0)
	}
	if added(d.weights) == 0 {
		d.weights[0] = 1
	}
	return d
}

func added(list []int64) (s int64) {
	for _, x := range list {
		s += x
	}
	return s
}

// row works the debtors out; total is what the customers are owed.
func (d debtors) row(t testing.TB, total int64) sla.Row {
	t.Helper()
	tr := trial{}
	in := tr.incident()
	findings := []sla.Finding{found("payments", "as-recorded"), found("contribution", d.rule)}
	for i, id := range d.ids {
		in.Parties = append(in.Parties, sla.Party{ID: id, Title: text(id), Role: "contractor"})
		findings = append(findings, found("share."+id, fmt.Sprintf("%d/%d", d.weights[i], added(d.weights))), found("paid."+id, fmt.Sprint(d.paid[i])))
		if d.lost[i] {
			findings = append(findings, found("standing."+id, "uncollectible"))
		}
	}
	run := mustRun(t, tr.contract(t), in, sla.Shape{}, findings...)
	row, err := run.Program.Bearing.Run(run.Settings, map[string]int64{sla.BearingTotal: total})
	if err != nil {
		t.Fatal(err)
	}
	return row
}

func (d debtors) owes(r sla.Row, i, j int) int64 {
	return int64(r.Of(sla.Owes(d.ids[i], d.ids[j])))
}

// held are the weights of those who can be held to their part; the first party where nobody else can.
func (d debtors) held() []int64 {
	w := slices.Clone(d.weights)
	for i := range w {
		if d.lost[i] {
			w[i] = 0
		}
	}
	if added(w) == 0 {
		w[0] = 1
	}
	return w
}

// TestContributionConserves: what all bear is what all paid; nobody pays without a share or receives without having paid; nobody gives beyond the rule.
func TestContributionConserves(t *testing.T) {
	seen := map[string]int{}
	outer := t
	rapid.Check(t, func(t *rapid.T) {
		d := drawDebtors(t)
		whole := added(d.paid) + rapid.SampledFrom([]int64{0, 1, 1000, 5_000_000_000}).Draw(t, "unpaid")
		r := d.row(outer, whole)
		w := d.held()
		var borne int64
		for i := range d.ids {
			borne += int64(r.Of(sla.BearingPart + d.ids[i]))
			var gives, gets int64
			for j := range d.ids {
				if i == j {
					continue
				}
				o := d.owes(r, i, j)
				if o < 0 || (o > 0 && d.owes(r, j, i) > 0) {
					t.Fatalf("%s owes %s %d, and is owed %d", d.ids[i], d.ids[j], o, d.owes(r, j, i))
				}
				gives, gets = gives+o, gets+d.owes(r, j, i)
				if o > 0 {
					seen[d.rule]++
				}
			}
			if gives > 0 && w[i] == 0 {
				t.Fatalf("%s has no share and gives %d", d.ids[i], gives)
			}
			if gets > d.paid[i] {
				t.Fatalf("%s paid %d and receives %d", d.ids[i], d.paid[i], gets)
			}
			debt := whole // of which each has a part by its share
			if d.rule == "any-payment" {
				debt = added(d.paid)
			}
			own := ceil(debt, w[i], added(w))
			if gives > 0 && d.paid[i]+gives > own {
				t.Fatalf("%s paid %d and gives %d, beyond its part of %d", d.ids[i], d.paid[i], gives, own)
			}
			if gets > max(d.paid[i]-own+1, 0) {
				t.Fatalf("%s paid %d of %d and receives %d", d.ids[i], d.paid[i], own, gets)
			}
			if bears := int64(r.Of(sla.BearingPart + d.ids[i])); d.rule == "any-payment" && (bears > own || bears < own-1) {
				t.Fatalf("%s bears %d, its part is %d", d.ids[i], bears, own)
			}
		}
		if borne != added(d.paid) {
			t.Fatalf("all paid %d and bear %d", added(d.paid), borne)
		}
	})
	if seen["any-payment"] == 0 || seen["beyond-own-part"] == 0 || seen["none"] > 0 {
		t.Errorf("contributions by rule: %v", seen)
	}
}

func ceil(a, num, den int64) int64 {
	x := new(big.Int).Mul(big.NewInt(a), big.NewInt(num))
	x.Add(x, big.NewInt(den-1))
	return x.Div(x, big.NewInt(den)).Int64()
}

// TestContributionTwiceAddsNothing: once each has paid what it bears, nobody owes anything more.
func TestContributionTwiceAddsNothing(t *testing.T) {
	outer := t
	rapid.Check(t, func(t *rapid.T) {
		d := drawDebtors(t)
		if d.rule == "none" {
			d.rule = "any-payment"
		}
		for i := range d.paid { // a party that has paid and has no share is paid back in full the first time
			d.paid[i] = min(d.paid[i], 1_000_000)
		}
		whole := added(d.paid) // all is paid
		r := d.row(outer, whole)
		for i := range d.ids {
			d.paid[i] = int64(r.Of(sla.BearingPart + d.ids[i]))
		}
		again := d.row(outer, whole)
		for i := range d.ids {
			for j := range d.ids {
				if i != j && d.owes(again, i, j) != 0 {
					t.Fatalf("%v under %s: %s still owes %s %d", d, d.rule, d.ids[i], d.ids[j], d.owes(again, i, j))
				}
			}
		}
	})
}

// TestAPartyWithoutAShareChangesNothing adds one with share 0 that has paid nothing.
func TestAPartyWithoutAShareChangesNothing(t *testing.T) {
	outer := t
	rapid.Check(t, func(t *rapid.T) {
		d := drawDebtors(t)
		whole := added(d.paid)
		before := d.row(outer, whole)
		more := d
		more.ids, more.weights, more.paid, more.lost = append(slices.Clone(d.ids), "zz"), append(slices.Clone(d.weights), 0), append(slices.Clone(d.paid), 0), append(slices.Clone(d.lost), false)
		after := more.row(outer, whole)
		for _, id := range d.ids {
			if a, b := before.Of(sla.BearingPart+id), after.Of(sla.BearingPart+id); a != b {
				t.Fatalf("%s bore %d and bears %d beside a party without a share", id, a, b)
			}
		}
		if x := after.Of(sla.BearingPart + "zz"); x != 0 {
			t.Fatalf("the party without a share bears %d", x)
		}
	})
}

// TestNamesOfPartiesChangeNothing gives the parties other ids in the same order.
func TestNamesOfPartiesChangeNothing(t *testing.T) {
	outer := t
	rapid.Check(t, func(t *rapid.T) {
		d := drawDebtors(t)
		whole := added(d.paid)
		before := d.row(outer, whole)
		other := d
		other.ids = nil
		for i := range d.ids {
			other.ids = append(other.ids, fmt.Sprintf("q%d", i))
		}
		after := other.row(outer, whole)
		for i := range d.ids {
			if a, b := before.Of(sla.BearingPart+d.ids[i]), after.Of(sla.BearingPart+other.ids[i]); a != b {
				t.Fatalf("%s bore %d, by another name %d", d.ids[i], a, b)
			}
		}
	})
}

// answering is one loss of several at fault, worked out.
func answering(t testing.TB, damages int64, own contracts.Ratio, weighing, liability string, shares ...int64) sla.Row {
	t.Helper()
	tr := trial{}
	in := tr.incident()
	findings := []sla.Finding{found("weighing", weighing), found("liability", liability), found("own_fault", own.String())}
	for i, w := range shares {
		id := fmt.Sprintf("p%d", i)
		in.Parties = append(in.Parties, sla.Party{ID: id, Title: text(id), Role: "contractor", Answers: i > 0})
		findings = append(findings, found("share."+id, fmt.Sprintf("%d/%d", w, added(shares))))
	}
	tr.clauses = []contracts.Clause{&contracts.OwnFault{Provision: prov("own")}}
	run := mustRun(t, tr.contract(t), in, sla.Shape{Lines: []sla.Line{{Head: "repair", Phase: "deletion"}}}, append(findings, found("grade", "ordinary"))...)
	row, err := run.Single(map[string]int64{"claimed.repair": damages})
	if err != nil {
		t.Fatal(err)
	}
	return row
}

// TestSeveralAnswerByTheirShares holds what each of several answers for against exact fractions: parts sum to what all owe, single weighing is pairwise,
// the joint part is Hartung's.
func TestSeveralAnswerByTheirShares(t *testing.T) {
	outer := t
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 4).Draw(t, "parties")
		var w []int64
		for range n {
			w = append(w, rapid.Int64Range(1, 30).Draw(t, "weight"))
		}
		num := rapid.Int64Range(0, 9).Draw(t, "own")
		own, damages := ratio(num, 10), rapid.Int64Range(0, 10_000_000_000).Draw(t, "damages")
		whole := func(a, b int64) int64 { // ⌊damages·a/b⌋
			return new(big.Int).Div(new(big.Int).Mul(big.NewInt(damages), big.NewInt(a)), big.NewInt(b)).Int64()
		}
		all := whole(10-num, 10)
		r := answering(outer, damages, own, "absolute", "several", w...)
		var parts int64
		for i := range n {
			parts += int64(r.Of(fmt.Sprintf("part.p%d", i)))
		}
		if got := int64(r.Of(sla.FaultTotal)); got != all || parts != all {
			t.Fatalf("all owe %d, found %d in parts of %d", all, got, parts)
		}
		one := answering(outer, damages, own, "single-and-total", "joint", w...)
		var singles int64
		for i := range n {
			// The injured's weight is such that its part of the whole is num/10: w0 = W·num/(10 − num).
			want := whole(w[i]*(10-num), w[i]*(10-num)+added(w)*num)
			got := int64(one.Of(fmt.Sprintf("single.p%d", i)))
			singles += got
			if got != want || got > int64(one.Of(fmt.Sprintf("answers.p%d", i))) || got < int64(one.Of(fmt.Sprintf("part.p%d", i)))-1 {
				t.Fatalf("p%d against the injured alone: %d, want %d", i, got, want)
			}
		}
		if got, want := int64(one.Of("fault.joint")), max(singles-all, 0)/int64(n-1); got != want {
			t.Fatalf("jointly %d, want %d", got, want)
		}
		if relative := answering(outer, damages, own, "relative", "joint", w...); int64(relative.Payable()) != int64(one.Of("single.p0")) {
			t.Fatalf("one by one the provider owes %d, want %d", relative.Payable(), one.Of("single.p0"))
		}
	})
}

// TestBars: published outcomes of claims by a claimant at fault, under the law of a state that has the rule.
func TestBars(t *testing.T) {
	tests := []struct {
		name, law string
		own       contracts.Ratio
		want      contracts.Amount
	}{
		{"fault.bars-01 (published): pure, 20 %", "us-ca", ratio(20, 100), 80_000},
		{"fault.bars-02 (published): modified 50, at one half", "us-ga", ratio(50, 100), 0},
		{"fault.bars-03 (published): modified 51, at one half", "us-tx", ratio(50, 100), 50_000},
		{"fault.bars-04 (published): pure, 80 %", "us-mo", ratio(80, 100), 20_000},
		{"fault.bars-05 (published): modified 50, 49 %", "us-ut", ratio(49, 100), 51_000},
		{"fault.bars-06 (published): modified 51, 51 %", "us-il", ratio(51, 100), 0},
		{"fault.bars-07 (published): pure, 30 %", "us-ny", ratio(30, 100), 70_000},
		{"fault.bars-08 (derived): contributory, 1 %", "us-va", ratio(1, 100), 0},
		{"contributory, no fault", "us-va", ratio(0, 100), 100_000},
		{"modified 50, just below one half", "us-ga", ratio(499_999, 1_000_000), 50_000},
		{"modified 51, just above one half", "us-tx", ratio(500_001, 1_000_000), 0},
		{"no bar in Japan", "jp", ratio(99, 100), 1_000},
	}
	for _, tt := range tests {
		trial{name: tt.name, law: tt.law, findings: []sla.Finding{found("own_fault", tt.own.String())},
			customers: []sla.Customer{{ID: "c", Claims: []sla.Claim{loss("repair", "deletion", 100_000)}}}, want: []contracts.Amount{tt.want}}.check(t)
	}
}

// TestFloridaChangedItsBar: pure before 2023-03-24, and from then on a claimant more at fault than the others recovers nothing.
func TestFloridaChangedItsBar(t *testing.T) {
	for day, want := range map[string]contracts.Amount{"2023-03-23 12:00": 40_000, "2023-03-24 12:00": 0, "2023-03-25 12:00": 0} { // order: each is a test of its own
		trial{name: day, law: "us-fl", events: []sla.Event{happening("deletion", "data-loss", day, 1)}, findings: []sla.Finding{found("own_fault", "60%")},
			customers: []sla.Customer{{ID: "c", Claims: []sla.Claim{loss("repair", "deletion", 100_000)}}}, want: []contracts.Amount{want}}.check(t)
	}
}
