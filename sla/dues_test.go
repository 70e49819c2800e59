package sla_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestDuesMakeThePayable: in any world, with any tax, the parts of money add up to what is payable, item and tax make each part, and where nothing
// was paid or netted the taxes of the parts are the tax. That they are told changes no amount.
func TestDuesMakeThePayable(t *testing.T) {
	seen, total := classes{}, 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorldOf(t, true)
		w.contract.Tax = drawTax(t, w.contract)
		total++
		before, _, _ := w.assess(t, nil)
		w.shape.Dues = true
		class := map[string]bool{"taxed": w.contract.Tax != nil}
		after, _, _ := w.assess(t, func(r sla.Row) { checkDues(t, r, class) })
		if diff := cmp.Diff(before, after); diff != "" {
			t.Fatalf("told apart, the rows are others (-before +after):\n%s", diff)
		}
		for c, is := range class { // order: counts
			if is {
				seen[c]++
			}
		}
	})
	t.Log(seen)
	seen.check(t, total, "taxed", "undecided", "credit", "goodwill", "payable", "with tax", "reduced", "whole tax")
}

func checkDues(t *rapid.T, r sla.Row, class map[string]bool) {
	dues, err := r.Dues()
	if errors.Is(err, sla.ErrUndecided) {
		if r.Run().Readings() == 1 {
			t.Fatal("nothing is open, and the parts are undecided")
		}
		class["undecided"] = true
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	var sum, tax contracts.Amount
	for _, d := range dues {
		if d.Total <= 0 || d.Tax < 0 || d.Item < 0 || d.Item+d.Tax != d.Total {
			t.Fatalf("a part of %d is %d and %d tax", d.Total, d.Item, d.Tax)
		}
		if d.Money {
			sum, tax = sum+d.Total, tax+d.Tax
		}
		class[string(d.Reason)] = true
		class["with tax"] = class["with tax"] || d.Tax > 0
	}
	if want := max(r.Payable(), 0); r.Outcome() != sla.Void && sum != want {
		t.Fatalf("the parts are %d, the payable %d", sum, want)
	}
	reduced := false
	for s := range r.Steps() {
		if s.Delta < 0 && (s.Rule == sla.RulePaid || s.Rule == sla.RuleCounterclaim || s.Rule == sla.RuleCredit) {
			reduced = true
		}
	}
	if reduced {
		class["reduced"] = true
		return
	}
	if whole := r.Of("tax.of.reductions") + r.Of("tax.of.damages"); r.Outcome() != sla.Void && tax != whole {
		t.Fatalf("the taxes of the parts are %d, the tax is %d", tax, whole)
	}
	class["whole tax"] = class["whole tax"] || tax > 0
}

// drawTax draws a tax or none, and what credits are for it.
func drawTax(t *rapid.T, c *contracts.Contract) *contracts.Tax {
	d := drawing{t}
	if d.oneIn(4) {
		return nil
	}
	out := &contracts.Tax{Included: d.oneIn(2), Damages: contracts.DamagesTax(d.in(0, 2)), Credits: contracts.Treatment(d.in(0, 2)), Rounding: contracts.RoundDown}
	rate := rapid.SampledFrom([]contracts.Ratio{contracts.MustRatio(1, 10), contracts.MustRatio(8, 100), contracts.MustRatio(77, 1000)}).Draw(t, "rate")
	out.Rate = &rate
	for _, cl := range c.Clauses {
		if k, ok := cl.(*contracts.Credit); ok {
			k.Treatment = contracts.Treatment(d.in(0, 3))
		}
	}
	if d.oneIn(2) {
		c.Clauses = append(c.Clauses, &contracts.Credit{Provision: prov("apology"), Goodwill: true, Treatment: contracts.Treatment(d.in(0, 3)), Pay: &contracts.Pay{Kind: contracts.PayFixed, Fixed: d.upTo(3000)}})
	}
	return out
}

// TestDuesOfAnApology: 200 yen before tax off every bill, at 10 %, is 220 with 20 of tax in it, for 3 articles 660 with 60; 150 of which were
// paid, what is left is 510, and the tax in it 46 of 46.36.
func TestDuesOfAnApology(t *testing.T) {
	tests := []struct {
		articles         int64
		paid             contracts.Amount
		total, item, tax contracts.Amount
	}{{1, 0, 220, 200, 20}, {3, 0, 660, 600, 60}, {3, 150, 510, 464, 46}, {3, 659, 1, 1, 0}}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%d articles, %d paid", tt.articles, tt.paid), func(t *testing.T) {
			rate := tenth
			row := duesRow(t, contracts.Tax{Rate: &rate, Rounding: contracts.RoundDown}, sla.Customer{ID: "c", Paid: tt.paid, Numbers: articles(tt.articles).Numbers}, perArticle(200, contracts.PriceReduction))
			got, err := row.Dues()
			if err != nil || len(got) != 1 {
				t.Fatalf("%v, %v", got, err)
			}
			d := got[0]
			if d.Total != tt.total || d.Item != tt.item || d.Tax != tt.tax || d.Treatment != contracts.PriceReduction || d.Rate != tenth || d.Reason != sla.RuleGoodwill || !d.Money {
				t.Errorf("got %+v, want %d = %d + %d", d, tt.total, tt.item, tt.tax)
			}
		})
	}
}

// TestDuesOfTwoApologiesShareOneTax: 333 and 333 and 334 with the tax in them are 1,000, of which 1000·10/110 = 90.9, so 90, is tax. Of
// the 90 there falls 29.97 up to the first, 59.94 up to the second and 90 up to the third: 29, 59 and 90, so 29, 30 and 31.
func TestDuesOfTwoApologiesShareOneTax(t *testing.T) {
	rate := tenth
	var clauses []contracts.Clause
	for i, sum := range []contracts.Amount{333, 333, 334} {
		c := perArticle(sum, contracts.PriceReduction)
		c.ID = fmt.Sprintf("rebate-%d", i)
		clauses = append(clauses, c)
	}
	row := duesRow(t, contracts.Tax{Rate: &rate, Included: true, Rounding: contracts.RoundDown}, articles(1), clauses...)
	dues, err := row.Dues()
	if err != nil {
		t.Fatal(err)
	}
	var got []contracts.Amount
	for _, d := range dues {
		got = append(got, d.Total, d.Tax)
	}
	if diff := cmp.Diff(got, []contracts.Amount{333, 29, 333, 30, 334, 31}); diff != "" {
		t.Error(diff)
	}
}

// duesRow is the one row of a customer under terms with a tax.
func duesRow(t *testing.T, tax contracts.Tax, c sla.Customer, clauses ...contracts.Clause) sla.Row {
	t.Helper()
	jpy, err := contracts.CurrencyOn("JPY", "")
	if err != nil {
		t.Fatal(err)
	}
	terms := &contracts.Contract{ID: "terms", Title: text("terms"), Currency: jpy, Zone: "Asia/Tokyo", Rounding: contracts.RoundDown, Tax: &tax, Clauses: clauses}
	in := trial{events: []sla.Event{happening("deletion", "data-loss", "2026-06-10 08:00", 1)}}.incident()
	p, err := sla.Compile(terms, in, sla.Shape{Numbers: []string{"articles"}, Dues: true})
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Settle(sla.Findings{ID: "f"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	run, err := p.Bind(s)
	if err != nil {
		t.Fatal(err)
	}
	var out sla.Row
	for row, err := range run.Assess(each(c)).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		out = row
	}
	return out
}

// TestARewardIsSetAgainstCredits: 100 of credits with 10 % tax in them, less 30 that the customer owes as a reward, are 70, with 6 of 6.36 tax in them; the
// reward touches no apology beside.
func TestARewardIsSetAgainstCredits(t *testing.T) {
	rate := tenth
	up := &contracts.Availability{Provision: prov("up"), Target: contracts.MustRatio(99999, 100000), Window: contracts.CalendarMonth} // one minute of June is more than that
	credit := &contracts.Credit{Provision: prov("credit"), Of: "up", Treatment: contracts.PriceReduction, Pay: &contracts.Pay{Kind: contracts.PayFixed, Fixed: 100}}
	reward := &contracts.Credit{Provision: prov("reward"), Of: "up", Reward: true, Treatment: contracts.PriceReduction, Pay: &contracts.Pay{Kind: contracts.PayFixed, Fixed: 30}}
	apology := &contracts.Credit{Provision: prov("apology"), Goodwill: true, Pay: &contracts.Pay{Kind: contracts.PayFixed, Fixed: 50}}
	row := duesRow(t, contracts.Tax{Rate: &rate, Included: true, Rounding: contracts.RoundDown}, sla.Customer{ID: "c"}, up, credit, reward, apology)
	dues, err := row.Dues()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][2]contracts.Amount{}
	for _, d := range dues {
		got[d.Clause] = [2]contracts.Amount{d.Total, d.Tax}
	}
	if diff := cmp.Diff(got, map[string][2]contracts.Amount{"credit": {70, 6}, "apology": {50, 0}}); diff != "" {
		t.Errorf("payable %d: %s", row.Payable(), diff)
	}
}
