package examples_test

import (
	"encoding/csv"
	"io/fs"
	"strconv"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/whatif"
	"github.com/google/go-cmp/cmp"
)

// study opens an example with its scenarios.
func study(t *testing.T, name string) (*sla.Case, *whatif.Study) {
	t.Helper()
	c, problems := sla.OpenCase(open(t, name), sla.ReadOptions{})
	if c == nil {
		t.Fatal(problems)
	}
	s, problems := whatif.Read(c.Scenarios.Name, c.Scenarios.Data)
	if problems.Err() == nil {
		problems = append(problems, s.Bind(c)...)
	}
	if problems.Err() != nil {
		t.Fatal(problems)
	}
	return c, s
}

// TestTheDecisionTableByPlainArithmetic adds up the rows of the list for each of the eight rows of the decision table, by what the table says in words and nothing of the engine, and for the
// shares of the vendor and of own fault.
func TestTheDecisionTableByPlainArithmetic(t *testing.T) {
	c, s := study(t, "firstserver-2012")
	data, err := fs.ReadFile(open(t, "firstserver-2012"), "customers.csv")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]contracts.Amount{}
	below := map[int64]int64{} // what is owed as offered, by own fault in millionths
	for _, row := range rows[1:] {
		at := func(name string) int64 {
			for i, h := range rows[0] {
				if h == name {
					n, _ := strconv.ParseInt(row[i], 10, 64)
					return n
				}
			}
			t.Fatal(name)
			return 0
		}
		fees, rebuild, profit, exposure := at("fees_paid"), at("loss.rebuild@deletion"), at("loss.lost-profit@deletion"), at("loss.exposure@mixing")
		add := func(id string, n int64) { want[id] += contracts.Amount(n) }
		add("row-1-business-ordinary", min(exposure, fees)) // nothing for lost data; the second accident is no loss of data
		add("row-2-business-offered", min(rebuild+exposure, fees))
		add("row-3-business-gross-cap", min(rebuild+profit+exposure, fees))
		add("row-4-business-gross-uncapped", rebuild+profit+exposure)
		add("row-5-consumer-ordinary-2012", min(rebuild+profit+exposure, fees))
		for _, id := range []string{"row-6-consumer-ordinary-2023", "row-7-consumer-gross-2012", "row-8-consumer-gross-2023"} {
			add(id, rebuild+profit+exposure)
		}
		for _, own := range []int64{479_450, 479_451} {
			left := rebuild
			if row[6] == "yes" { // kept no backup: own fault falls on lost data alone
				left = rebuild * (1_000_000 - own) / 1_000_000
			}
			below[own] += min(left+exposure, fees)
		}
	}
	got := map[string]contracts.Amount{}
	for id := range want { // order: fills a map
		e, err := whatif.Expose(c, id)
		if err != nil {
			t.Fatal(err)
		}
		got[id] = e.Contracts[0].Payable()
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("the eight rows (-got +want)\n%s", diff)
	}
	readme, err := fs.ReadFile(open(t, "firstserver-2012"), "README.md")
	if err != nil {
		t.Fatal(err)
	}
	for id, n := range want { // order: each is looked for alone
		row := "| " + id[4:5] + ". "
		sum := " | " + strings.TrimPrefix(n.Words(c.Contracts[0].Currency, "en"), "¥") + " |\n"
		if _, after, ok := strings.Cut(string(readme), row); !ok || !strings.Contains(after[:strings.Index(after, "\n")+1], sum) {
			t.Errorf("the README's table lacks the row %s with %s", id, sum)
		}
	}
	r, err := s.Work(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	p90, _ := contracts.NewRatio(9, 10)
	told := []contracts.Amount{r.Drawn.Percentile(p90), r.Swings[0].High - r.Swings[0].Low, r.Swings[1].High - r.Swings[1].Low, want["row-4-business-gross-uncapped"] - want["row-3-business-gross-cap"]}
	for _, a := range told {
		if text := strings.TrimPrefix(a.Words(c.Contracts[0].Currency, "en"), "¥"); !strings.Contains(string(readme), text) {
			t.Errorf("the README's paragraph lacks %s", text)
		}
	}
	a, err := s.BreakEvens[0].Solve(c)
	if err != nil {
		t.Fatal(err)
	}
	if below[479_450] < 600_000_000 || below[479_451] >= 600_000_000 {
		t.Fatalf("by plain arithmetic %d is owed at 47.945 %% and %d at 47.9451 %%", below[479_450], below[479_451])
	}
	if x := a.Crossings; len(x) != 1 || x[0].At != "47.9451%" || int64(x[0].AmountAt) != below[479_451] || int64(x[0].AmountBefore) != below[479_450] {
		t.Errorf("the break-even is %+v; by plain arithmetic it is 47.9451 %%, with %d before it and %d there", x, below[479_450], below[479_451])
	}
	// Three tenths of 1,877,619,500 stay with the vendor.
	e, err := whatif.Expose(c, "worst-with-vendor")
	if err != nil {
		t.Fatal(err)
	}
	if total := want["row-4-business-gross-uncapped"]; e.Parties[1].Remains != total*3/10 || e.Parties[0].Remains != total*7/10 {
		t.Errorf("operator and vendor are left with %d and %d of %d", e.Parties[0].Remains, e.Parties[1].Remains, total)
	}
}

// TestTheEngineersShareByHand: 2,450,000·(1 − e) − 900,000 stays with the hoster, which is 700,000 at e = 17/49; the steps on either side of that are the break-even.
func TestTheEngineersShareByHand(t *testing.T) {
	c, s := study(t, "cooling-2026")
	a, err := s.BreakEvens[0].Solve(c)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Crossings) != 1 || !a.Complete {
		t.Fatalf("%+v", a)
	}
	x := a.Crossings[0]
	before, err := contracts.ParseRatio(x.Before)
	if err != nil {
		t.Fatal(err)
	}
	at, err := contracts.ParseRatio(x.At)
	if err != nil {
		t.Fatal(err)
	}
	exact, err := contracts.NewRatio(17, 49)
	if err != nil {
		t.Fatal(err)
	}
	if before.Cmp(exact) >= 0 || at.Cmp(exact) < 0 || x.AmountBefore < 700_000 || x.AmountAt >= 700_000 {
		t.Errorf("it crosses between %s (%d) and %s (%d), by hand at %s", x.Before, x.AmountBefore, x.At, x.AmountAt, exact)
	}
}
