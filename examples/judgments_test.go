package examples_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/examples"
	"github.com/amends-go/amends/sla"
)

// TestNeighboursOfTheJudgments changes one recorded figure of a judgment. The sums wanted are worked out by hand, beside each row.
func TestNeighboursOfTheJudgments(t *testing.T) {
	exchange := func(before, after int64) string {
		return fmt.Sprintf("id,loss.sale-loss@cancel-refused,loss.sale-loss@no-halt,loss.lawyers-fees@no-halt\nb,%d,%d,200000000\n", before, after)
	}
	files := func(rebuild, profit int64) string {
		return fmt.Sprintf("id,consumer,paid,loss.rebuild,found.rebuild,loss.lost-profit,found.lost-profit\nc,no,30000000,53298000,%d,82999324,%d\n", rebuild, profit)
	}
	shop := func(response, cap int64) string {
		return fmt.Sprintf("id,consumer,fees_paid,loss.response,found.response,loss.lost-sales,found.lost-sales\ns,no,%d,49135528,%d,60000000,4000000\n", cap, response)
	}
	tests := []struct{ name, example, findings, customers, want string }{
		{"no loss before 09:35 leaves the award as it is", "jcom-2005", "as-judged", exchange(0, 15_017_326_441), "10712128508"},
		{"twice the loss before 09:35 leaves the award as it is", "jcom-2005", "as-judged", exchange(51_365_347_118, 15_017_326_441), "10712128508"},
		{"a yen less from 09:35: seven tenths are 10,512,128,508.0", "jcom-2005", "as-judged", exchange(25_682_673_559, 15_017_326_440), "10712128508"},
		{"a yen more from 09:35: seven tenths are 10,512,128,509.4", "jcom-2005", "as-judged", exchange(25_682_673_559, 15_017_326_442), "10712128509"},
		{"the provider's reckoning: 30,000,000 less 3,990,000 is owed back", "tokyo-2001", "no-own-fault", files(3_990_000, 0), "-26010000"},
		{"half of an odd sum drops the half: 30,000,000 less 7,365,000", "tokyo-2001", "as-judged", files(4_040_001, 10_690_000), "-22635000"},
		{"half of the next even sum does not: 30,000,000 less 7,365,001", "tokyo-2001", "as-judged", files(4_040_002, 10_690_000), "-22634999"},
		{"as claimed, half is 68,148,662, less 30,000,000", "tokyo-2001", "as-judged", files(53_298_000, 82_999_324), "38148662"},
		{"a yen less found than the award needs: 22,623,696.9", "sqli-2014", "as-judged", shop(28_319_567, 20_000_000), "22623696"},
		{"as found: 22,623,697.6", "sqli-2014", "as-judged", shop(28_319_568, 20_000_000), "22623697"},
		{"a yen more: 22,623,698.3", "sqli-2014", "as-judged", shop(28_319_569, 20_000_000), "22623698"},
		{"the contract amount does not move what gross negligence owes", "sqli-2014", "as-judged", shop(28_319_568, 9_000_000), "22623697"},
		{"it is what ordinary negligence owes", "sqli-2014", "ordinary-negligence", shop(28_319_568, 9_000_000), "9000000"},
		{"a cap a yen below what is left binds", "sqli-2014", "ordinary-negligence", shop(28_319_568, 22_623_696), "22623696"},
		{"a cap at what is left does not", "sqli-2014", "ordinary-negligence", shop(28_319_568, 22_623_697), "22623697"},
		{"a cap a yen above what is left does not", "sqli-2014", "ordinary-negligence", shop(28_319_568, 22_623_698), "22623697"},
	}
	for _, tt := range tests {
		rows := 0
		assess(t, overlay(t, tt.example, "customers.csv", tt.customers), tt.findings, func(_ *sla.Case, r sla.Row) {
			rows++
			if got := told(r); got != tt.want {
				t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
			}
		})
		if rows != 1 {
			t.Errorf("%s: got %d rows, want 1", tt.name, rows)
		}
	}
}

// TestTheYenThatTwoFloorsLose: the broker's part of the loss from 09:35 is what the award leaves, 4,505,197,933. Three tenths with their fraction
// dropped would be 4,505,197,932, and a yen would be nobody's.
func TestTheYenThatTwoFloorsLose(t *testing.T) {
	assess(t, overlay(t, "jcom-2005", "customers.csv", "id,loss.sale-loss@cancel-refused,loss.sale-loss@no-halt,loss.lawyers-fees@no-halt\nb,0,15017326441,200000000\n"), "as-judged", func(_ *sla.Case, r sla.Row) {
		if got := r.Of("post.own-fault"); got != -4_505_197_933 {
			t.Errorf("the broker bears %d", -got)
		}
	})
	floor, ok := contracts.Amount(15_017_326_441).Part(contracts.MustRatio(3, 10), contracts.RoundDown)
	if !ok || floor != 4_505_197_932 {
		t.Errorf("three tenths rounded down are %d", floor)
	}
}

// TestClaimsAreThoseSuedFor holds the lists to the sums in the judgments and reports.
func TestClaimsAreThoseSuedFor(t *testing.T) {
	for _, tt := range []struct {
		name, example string
		want          int64
	}{
		{"493,500 dollars at 108 yen, and 82,999,324 of lost profit", "tokyo-2001", 136_297_324},
		{"the claim of the web shop", "sqli-2014", 109_135_528},
	} {
		assess(t, open(t, tt.example), "", func(_ *sla.Case, r sla.Row) {
			if got := r.Value(r.Run().Program.Index("claimed")); got != tt.want {
				t.Errorf("%s: got %d claimed, want %d", tt.name, got, tt.want)
			}
		})
	}
}

// TestEveryExampleHasAReadmeWithItsFigures: a folder says in both languages what it is, and prints the sums that the engine gives.
func TestEveryExampleHasAReadmeWithItsFigures(t *testing.T) {
	figures := map[string][]string{
		"jcom-2005":        {"15,017,326,441", "10,512,128,508", "**10,712,128,508**", "25,682,673,559", "28,690,000,000"},
		"tokyo-2001":       {"14,730,000", "7,365,000", "**22,635,000**", "26,010,000", "106,297,324"},
		"sqli-2014":        {"109,135,528", "32,319,568", "**22,623,697**", "21,923,697"},
		"firstserver-2012": {"5,698", "2,308", "not real data"},
	}
	for _, name := range examples.Names() {
		data, err := fs.ReadFile(open(t, name), "README.md")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, want := range append(figures[name], "## 日本語") {
			if !strings.Contains(string(data), want) {
				t.Errorf("%s: README.md lacks %q", name, want)
			}
		}
	}
}
