package sla_test

import (
	"fmt"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"pgregory.net/rapid"
)

// taxed compiles a contract with a tax and a clause of a sum for each article, for an incident that began on a day.
func taxed(t testing.TB, law, currency string, tax contracts.Tax, on string, clauses ...contracts.Clause) (*sla.Program, error) {
	t.Helper()
	cur, err := contracts.CurrencyOn(currency, "")
	if err != nil {
		t.Fatal(err)
	}
	c := &contracts.Contract{ID: "terms", Title: text("terms"), Law: law, Currency: cur, Zone: "Asia/Tokyo", Rounding: contracts.RoundDown, Tax: &tax, Clauses: clauses}
	in := trial{events: []sla.Event{happening("deletion", "data-loss", on+" 08:00", 1)}}.incident()
	return sla.Compile(c, in, sla.Shape{Lines: everyLine(in), Numbers: []string{"articles"}})
}

// perArticle pays a sum for each article, as something for the tax.
func perArticle(sum contracts.Amount, as contracts.Treatment) *contracts.Credit {
	return &contracts.Credit{Provision: prov("rebate"), Goodwill: true, Treatment: as, Pay: &contracts.Pay{Kind: contracts.PayFixed, Fixed: sum, Number: "articles"}}
}

// valuesOf runs a program for one customer and returns its columns by name.
func valuesOf(t testing.TB, p *sla.Program, c sla.Customer, findings ...sla.Finding) map[string]int64 {
	t.Helper()
	s, err := p.Settle(sla.Findings{ID: "f", Values: append([]sla.Finding{found("grade", "ordinary")}, findings...)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	run, err := p.Bind(s)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]int64{}
	for row, err := range run.Assess(each(c)).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		for i, col := range p.Columns {
			out[col.Name] = row.Value(i)
		}
	}
	return out
}

func articles(n int64) sla.Customer {
	return sla.Customer{ID: "c", Numbers: []contracts.NamedNumber{{Name: "articles", Value: n}}}
}

var tenth = contracts.MustRatio(1, 10)

// TestReturnInvoice: 440 off a bill, and 100 for each of 99, 100 and 200 articles; what counts is the refund with its tax.
func TestReturnInvoice(t *testing.T) {
	tests := []struct {
		name          string
		included      bool
		each          contracts.Amount
		articles      int64
		item, tax, ri int64
	}{
		{"a transfer fee of 440", true, 440, 1, 400, 40, 0},
		{"200 articles at 100", true, 100, 200, 18_182, 1_818, 1},
		{"99 articles", true, 100, 99, 9_000, 900, 0},
		{"100 articles, exactly 10,000", true, 100, 100, 9_091, 909, 1},
		{"a yen below", true, 9_999, 1, 9_090, 909, 0},
		{"9,090 without tax are 9,999 with it", false, 9_090, 1, 9_090, 909, 0},
		{"9,091 without tax are 10,000 with it", false, 9_091, 1, 9_091, 909, 1},
		{"three pieces at 105, rounded once", false, 105, 3, 315, 31, 0},
		{"nothing", false, 105, 0, 0, 0, 0},
	}
	for _, tt := range tests {
		p, err := taxed(t, "jp", "JPY", contracts.Tax{Rate: &tenth, Included: tt.included, Rounding: contracts.RoundDown}, "2024-06-20", perArticle(tt.each, contracts.PriceReduction))
		if err != nil {
			t.Fatal(err)
		}
		v := valuesOf(t, p, articles(tt.articles))
		total := tt.item + tt.tax
		if v["tax.item.reductions"] != tt.item || v["tax.of.reductions"] != tt.tax || v["tax.total.reductions"] != total || v["return_invoice"] != tt.ri || v["payable"] != total {
			t.Errorf("%s: got item %d, tax %d, total %d, payable %d, return invoice %d", tt.name, v["tax.item.reductions"], v["tax.of.reductions"], v["tax.total.reductions"], v["payable"], v["return_invoice"])
		}
	}
}

// TestNoReturnInvoiceIsSpokenOf before the system of invoices, of another currency, and without a law.
func TestNoReturnInvoiceIsSpokenOf(t *testing.T) {
	tests := []struct {
		name, law, currency, on string
		want                    bool
	}{
		{"the last day before", "jp", "JPY", "2023-09-30", false},
		{"the first day", "jp", "JPY", "2023-10-01", true},
		{"the day after", "jp", "JPY", "2023-10-02", true},
		{"another currency", "jp", "USD", "2024-06-20", false},
		{"no law", "", "JPY", "2024-06-20", false},
	}
	for _, tt := range tests {
		p, err := taxed(t, tt.law, tt.currency, contracts.Tax{Rate: &tenth, Included: true}, tt.on, perArticle(440, contracts.PriceReduction))
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Index("return_invoice") >= 0; got != tt.want {
			t.Errorf("%s: got %v", tt.name, got)
		}
	}
}

// TestRateOfTheTaxByDay: without a rate the contract takes that of its law on the day on which the incident began. 1,000 without tax.
func TestRateOfTheTaxByDay(t *testing.T) {
	tests := []struct {
		on   string
		want int64
	}{
		{"2014-03-31", 50}, {"2014-04-01", 80}, {"2019-09-30", 80}, {"2019-10-01", 100},
	}
	for _, tt := range tests {
		p, err := taxed(t, "jp", "JPY", contracts.Tax{}, tt.on, perArticle(1000, contracts.PriceReduction))
		if err != nil {
			t.Fatal(err)
		}
		if v := valuesOf(t, p, articles(1)); v["payable"] != 1000+tt.want {
			t.Errorf("%s: got %d, want %d", tt.on, v["payable"], 1000+tt.want)
		}
	}
	if _, err := taxed(t, "", "JPY", contracts.Tax{}, "2024-06-20", perArticle(1000, contracts.PriceReduction)); err == nil || !hasField(err, "tax.rate") {
		t.Errorf("no rate: got %v", err)
	}
}

// TestTaxOnDamagesAndTheCap: damages of 20,000 under a limit of 11,000, outside the tax or in substance a price of 10%.
func TestTaxOnDamagesAndTheCap(t *testing.T) {
	tests := []struct {
		name     string
		included bool
		cap      contracts.TaxAndCap
		taxed    bool
		want     int64
	}{
		{"without tax, inside, not taxed", false, contracts.TaxInside, false, 11_000},
		{"without tax, inside, taxed: 10,000 and 1,000", false, contracts.TaxInside, true, 11_000},
		{"without tax, outside, taxed: 11,000 and 1,100", false, contracts.TaxOutside, true, 12_100},
		{"without tax, silent, taxed", false, contracts.TaxAndCapUnstated, true, 11_000},
		{"with tax, inside, taxed", true, contracts.TaxInside, true, 11_000},
		{"with tax, outside, taxed", true, contracts.TaxOutside, true, 12_100},
		{"with tax, outside, not taxed", true, contracts.TaxOutside, false, 11_000},
	}
	for _, tt := range tests {
		c := fixed("limit", 11_000, contracts.PerSubscription)
		c.Tax = tt.cap
		p, err := taxed(t, "jp", "JPY", contracts.Tax{Rate: &tenth, Included: tt.included, Damages: contracts.BySubstance}, "2024-06-20", c)
		if err != nil {
			t.Fatal(err)
		}
		v := valuesOf(t, p, claimant("c", 20_000), found("tax.damages", map[bool]string{true: "taxed", false: "outside"}[tt.taxed]))
		if v["payable"] != tt.want {
			t.Errorf("%s: got %d, want %d", tt.name, v["payable"], tt.want)
		}
		if sum := v["tax.item.damages"] + v["tax.of.damages"]; sum != v["tax.total.damages"] || tt.taxed && sum != tt.want {
			t.Errorf("%s: item and tax make %d of %d", tt.name, sum, v["tax.total.damages"])
		}
	}
}

// TestItemAndTaxMakeTheTotal on any sum, rate and rounding; the tax is within a unit of the exact one.
func TestItemAndTaxMakeTheTotal(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rate := ratio(rapid.Int64Range(1, 400).Draw(rt, "rate"), 1000)
		included := rapid.Bool().Draw(rt, "included")
		rounding := contracts.Rounding(rapid.IntRange(int(contracts.RoundDown), int(contracts.RoundHalfEven)).Draw(rt, "rounding"))
		sum := rapid.Int64Range(0, 1_000_000_000).Draw(rt, "sum")
		p, err := taxed(t, "jp", "JPY", contracts.Tax{Rate: &rate, Included: included, Rounding: rounding}, "2024-06-20", perArticle(1, contracts.PriceReduction))
		if err != nil {
			rt.Fatal(err)
		}
		v := valuesOf(t, p, articles(sum))
		item, tax, total := v["tax.item.reductions"], v["tax.of.reductions"], v["tax.total.reductions"]
		if item+tax != total || total != v["payable"] || included && total != sum || !included && item != sum {
			rt.Fatalf("item %d, tax %d, total %d, payable %d of %d", item, tax, total, v["payable"], sum)
		}
		base := item
		den := rate.Den()
		if included {
			base, den = total, rate.Den()+rate.Num()
		}
		if d := tax*den - base*rate.Num(); d <= -den || d >= den {
			rt.Fatalf("the tax %d is more than a unit off %d × %d/%d", tax, base, rate.Num(), den)
		}
	})
}

// TestInterestRunsOnTheTaxToo: 1,000 and its tax of 100 at 10% for a year.
func TestInterestRunsOnTheTaxToo(t *testing.T) {
	p, err := taxed(t, "jp", "JPY", contracts.Tax{Rate: &tenth, Damages: contracts.BySubstance}, "2023-06-20", delayed(tenth, "2023-06-20", "2024-06-19"))
	if err != nil {
		t.Fatal(err)
	}
	if v := valuesOf(t, p, claimant("c", 1000), found("tax.damages", "taxed")); v["payable"] != 1100+110 || v["principal"] != 1100 {
		t.Errorf("got %s", fmt.Sprint(v["payable"], v["principal"]))
	}
}

// TestNettingChangesNoTax: damages of 20,000 that are in substance a price bear 2,000 of tax whether or not the provider's claim of 5,000 is netted against
// them; a set-off pays, it lowers no price. 22,000 less 5,000 are 17,000.
func TestNettingChangesNoTax(t *testing.T) {
	in := trial{events: []sla.Event{happening("deletion", "data-loss", "2024-06-20 08:00", 1)}}.incident()
	in.Heads = append(in.Heads, sla.Named{ID: "counter", Title: text("counterclaim")})
	in.HeadKinds = []sla.HeadKind{{ID: "counter", ByProvider: true}}
	c := &contracts.Contract{ID: "terms", Title: text("terms"), Law: "jp", Currency: jpy(t), Zone: "Asia/Tokyo", Rounding: contracts.RoundDown,
		Tax: &contracts.Tax{Rate: &tenth, Damages: contracts.BySubstance}}
	for _, tt := range []struct {
		net                string
		counter, tax, want contracts.Amount
	}{{"netted", 0, 2_000, 22_000}, {"netted", 5_000, 2_000, 17_000}, {"apart", 5_000, 2_000, 22_000}, {"netted", 30_000, 2_000, -8_000}} {
		run := mustRun(t, c, in, sla.Shape{Lines: everyLine(in)}, found("grade", "ordinary"), found("tax.damages", "taxed"), found("counterclaims", tt.net))
		row, err := run.Single(map[string]int64{"claimed.repair": 20_000, "claimed.counter": int64(tt.counter)})
		if err != nil {
			t.Fatal(err)
		}
		if row.Of("tax.of.damages") != tt.tax || row.Payable() != tt.want {
			t.Errorf("%s %d: tax %d and payable %d, want %d and %d", tt.net, tt.counter, row.Of("tax.of.damages"), row.Payable(), tt.tax, tt.want)
		}
	}
}
