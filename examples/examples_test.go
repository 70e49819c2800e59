package examples_test

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/examples"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

// assess runs a case under a set of findings and gives each row to f.
func assess(t *testing.T, folder fs.FS, findings string, f func(*sla.Case, sla.Row)) {
	t.Helper()
	c, problems := sla.OpenCase(folder, sla.ReadOptions{})
	if c == nil {
		t.Fatal(problems)
	}
	runs, err := c.Bind(findings)
	if err != nil {
		t.Fatal(err)
	}
	for _, run := range runs {
		for row, err := range run.Assess(c.CustomersOf(run.Program)).Rows() {
			var notes contracts.Problems
			if errors.As(err, &notes) && notes.Err() == nil {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			f(c, row)
		}
	}
}

func open(t *testing.T, name string) fs.FS {
	t.Helper()
	f, err := examples.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func told(r sla.Row) string {
	if r.Outcome() != sla.NeedsJudgement {
		return fmt.Sprint(int64(r.Payable()))
	}
	out := "needs judgement:"
	for _, x := range r.Readings() {
		out += fmt.Sprint(" ", int64(x.Payable))
	}
	return out
}

// TestJudgments replays the judgments to the yen; the sums are from the judgments and, where README files say so, derived.
func TestJudgments(t *testing.T) {
	tests := []struct{ name, example, findings, want string }{
		{"the exchange owes seven tenths of the loss from 09:35, and the lawyers' fees", "jcom-2005", "as-judged", "10712128508"},
		{"with ordinary negligence throughout the exchange owes nothing", "jcom-2005", "ordinary-throughout", "0"},
		{"seven tenths of the whole loss would be visibly more", "jcom-2005", "naive-seven-tenths", "28690000000"},
		{"the log-house builder owes back what was paid beyond half its loss", "tokyo-2001", "as-judged", "-22635000"},
		{"without own fault it would still owe back", "tokyo-2001", "no-own-fault", "-15270000"},
		{"as claimed it would have got the sum it sued for", "tokyo-2001", "customer-version", "106297324"},
		{"the cap is off for gross negligence, and 30 % is the customer's own", "sqli-2014", "as-judged", "22623697"},
		{"for ordinary negligence the cap is reached", "sqli-2014", "ordinary-negligence", "20000000"},
		{"undecided, both readings are there", "sqli-2014", "cap-undecided", "needs judgement: 20000000 22623697"},
	}
	for _, tt := range tests {
		assess(t, open(t, tt.example), tt.findings, func(_ *sla.Case, r sla.Row) {
			if got := told(r); got != tt.want {
				t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
			}
		})
	}
}

// overlay is an example with one file replaced.
func overlay(t *testing.T, example, name, text string) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	base := open(t, example)
	err := fs.WalkDir(base, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(base, p)
		out[p] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	out[name] = &fstest.MapFile{Data: []byte(text)}
	return out
}

// TestTheOftenCopiedFigureDoesNotGiveTheAward: 31,319,568 × 7/10 = 21,923,697.6.
func TestTheOftenCopiedFigureDoesNotGiveTheAward(t *testing.T) {
	f := overlay(t, "sqli-2014", "customers.csv", "id,consumer,fees_paid,loss.response,found.response,loss.lost-sales,found.lost-sales\nm,no,20000000,49135528,27319568,60000000,4000000\n")
	assess(t, f, "as-judged", func(_ *sla.Case, r sla.Row) {
		if got := told(r); got != "21923697" {
			t.Errorf("got %s, want 21923697", got)
		}
	})
}

// TestFirstServerDecisionTable holds the terms of 2012 against the table of the case's README: a customer who paid
// 40,000 yen a year for three years, with 300,000 of rebuilding and 500,000 of lost profit and no backup.
func TestFirstServerDecisionTable(t *testing.T) {
	const head = "id,service,consumer,monthly_fee,fees_paid,fact.no-backup,affected.deletion,affected.mixing,loss.rebuild@deletion,loss.lost-profit@deletion\n"
	f := overlay(t, "firstserver-2012", "customers.csv", head+
		"business,biz,no,3333,120000,yes,yes,no,300000,500000\nconsumer,biz,yes,3333,120000,yes,yes,no,300000,500000\n")
	tests := []struct{ findings, business, consumer string }{
		{"as-offered", "120000", "120000"},
		{"to-the-letter", "0", "120000"},
		{"gross-negligence", "needs judgement: 120000 800000", "800000"},
		{"gross-cap-stands", "120000", "800000"},
		{"gross-cap-falls", "800000", "800000"},
		{"consumer-reading", "120000", "120000"},
		{"consumer-gross", "800000", "800000"},
		{"own-fault-half", "120000", "120000"}, // 150,000 is left of the rebuilding, above the cap
		{"consumer-gross-own-half", "400000", "400000"},
		{"vendor-three-tenths", "120000", "120000"},
		{"final-2012-07-31", "0", "120000"},
		{"todays-law", "0", "800000"}, // the cap falls against consumers
	}
	for _, tt := range tests {
		got := map[string]string{}
		assess(t, f, tt.findings, func(_ *sla.Case, r sla.Row) { got[r.Customer.ID] = told(r) })
		if diff := cmp.Diff(map[string]string{"business": tt.business, "consumer": tt.consumer}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.findings, diff)
		}
	}
}

// TestEveryExampleUnderEveryFindings holds the ledger's laws on every row: postings sum to the payable, and nobody gets
// more than the cap unless the cap does not stand.
func TestEveryExampleUnderEveryFindings(t *testing.T) {
	for _, name := range examples.Names() {
		c, problems := sla.OpenCase(open(t, name), sla.ReadOptions{})
		if c == nil {
			t.Fatal(problems)
		}
		for _, id := range c.FindingsIDs() {
			rows := int64(0)
			assess(t, open(t, name), id, func(_ *sla.Case, r sla.Row) {
				rows++
				var sum contracts.Amount
				for s := range r.Steps() {
					sum += s.Delta
				}
				if sum != r.Payable() {
					t.Fatalf("%s, %s, %s: the postings sum to %d, payable is %d", name, id, r.Customer.ID, sum, r.Payable())
				}
				prog := r.Run().Program
				limit, lifted := prog.Index("cap.art36"), prog.Index("free.art36")
				if limit >= 0 && r.Payable() > contracts.Amount(r.Value(limit)+r.Value(lifted)) {
					t.Fatalf("%s, %s, %s: payable %d is above the cap", name, id, r.Customer.ID, r.Payable())
				}
			})
			if name == "firstserver-2012" && rows != 5698 {
				t.Errorf("%s: got %d rows, want 5698", id, rows)
			}
		}
	}
}

// TestVendorAndOperatorBearThreeToSeven splits the total of the First Server offer by largest remainder.
func TestVendorAndOperatorBearThreeToSeven(t *testing.T) {
	c, problems := sla.OpenCase(open(t, "firstserver-2012"), sla.ReadOptions{})
	if c == nil {
		t.Fatal(problems)
	}
	runs, err := c.Bind("vendor-three-tenths")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name                    string
		total, operator, vendor int64
	}{
		{"a total that divides", 1000, 700, 300},
		{"the unit left over goes to the larger remainder: 7.7 and 3.3", 11, 8, 3},
		{"at a tie it goes to the lower id: 3.5 and 1.5", 5, 4, 1},
		{"a negative total mirrors", -11, -8, -3},
		{"nothing", 0, 0, 0},
	}
	for _, tt := range tests {
		got, err := c.Programs[0].Bearing.Run(runs[0].Settings, map[string]int64{sla.BearingTotal: tt.total})
		if err != nil {
			t.Fatal(err)
		}
		if operator, vendor := int64(got.Of("bears.operator")), int64(got.Of("bears.vendor")); operator != tt.operator || vendor != tt.vendor {
			t.Errorf("%s: got %d and %d, want %d and %d", tt.name, operator, vendor, tt.operator, tt.vendor)
		}
	}
}
