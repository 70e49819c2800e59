package credits

import (
	"fmt"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// credit is a credit of 10 % tax on the item.
func credit(customer, run string, item, tax int64) Instruction {
	x := Instruction{
		Run: run, Plan: strings.Repeat("a", 64), Incident: "outage", Customer: customer, Contract: "hosting", Version: "2026-04-01", Clause: "sla",
		Currency: "JPY", Amount: item + tax, Item: item, Tax: tax, Treatment: TreatAsPriceReduction, TaxRate: "10%", Reason: "service-credit",
		Remedy: BillCredit, Memo: "通信障害に関する返金", Evidence: strings.Repeat("b", 64),
	}
	x.Key = InstructionKey(x)
	return x
}

func with(x Instruction, change func(*Instruction)) Instruction {
	change(&x)
	x.Key = InstructionKey(x)
	return x
}

func ledgerOf(t *testing.T, xs ...Instruction) *Ledger {
	t.Helper()
	l := &Ledger{}
	for _, x := range xs {
		if p := l.Add("earlier.jsonl", x); p != nil {
			t.Fatal(p)
		}
	}
	return l
}

func TestDifference(t *testing.T) {
	damages := func(x *Instruction) { x.Treatment, x.TaxRate, x.Item, x.Tax = TreatAsDamages, "", x.Amount, 0 }
	tests := []struct {
		name    string
		earlier []Instruction
		due     []Instruction
		want    []Instruction
	}{
		{"nothing was instructed", nil, []Instruction{credit("b", "", 100, 10), credit("a", "", 200, 20)}, []Instruction{credit("a", "r2", 200, 20), credit("b", "r2", 100, 10)}},
		{"nothing changed", []Instruction{credit("a", "r1", 200, 20)}, []Instruction{credit("a", "", 200, 20)}, nil},
		{"more is due", []Instruction{credit("a", "r1", 200, 20)}, []Instruction{credit("a", "", 300, 30)}, []Instruction{credit("a", "r2", 100, 10)}},
		{"less is due", []Instruction{credit("a", "r1", 200, 20)}, []Instruction{credit("a", "", 150, 15)}, []Instruction{credit("a", "r2", -50, -5)}},
		{"nothing is due any more", []Instruction{credit("a", "r1", 200, 20)}, nil, []Instruction{credit("a", "r2", -200, -20)}},
		{"two earlier runs add up", []Instruction{credit("a", "r0", 200, 20), credit("a", "r1", -50, -5)}, []Instruction{credit("a", "", 150, 15)}, nil},
		{"given twice counts once", []Instruction{credit("a", "r1", 200, 20), credit("a", "r1", 200, 20)}, []Instruction{credit("a", "", 200, 20)}, nil},
		{"only the tax changed", []Instruction{credit("a", "r1", 200, 20)}, []Instruction{credit("a", "", 201, 19)}, []Instruction{credit("a", "r2", 1, -1)}},
		{"another treatment takes the old back", []Instruction{credit("a", "r1", 200, 20)}, []Instruction{with(credit("a", "", 200, 20), damages)},
			[]Instruction{with(credit("a", "r2", 200, 20), damages), credit("a", "r2", -200, -20)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, problems := ledgerOf(t, tt.earlier...).Difference(tt.due, "r2")
			if problems != nil {
				t.Fatal(problems)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatIsHeldIsNeitherRaisedNorTakenBack(t *testing.T) {
	l := ledgerOf(t, credit("a", "r1", 200, 20), credit("b", "r1", 200, 20))
	l.Hold("hosting", "a", "")
	for _, due := range [][]Instruction{nil, {credit("a", "", 300, 30)}} {
		got, ps := l.Difference(due, "r2")
		if diff := cmp.Diff([]Instruction{credit("b", "r2", -200, -20)}, got); diff != "" || ps != nil {
			t.Errorf("%v (-want +got):\n%s", ps, diff)
		}
		if _, ps := l.Difference(append(due, credit("b", "", 200, 20)), "r1"); ps != nil {
			t.Errorf("the same run, while a customer is held: %v", ps)
		}
	}
}

func TestDifferenceRefuses(t *testing.T) {
	l := ledgerOf(t, credit("a", "r1", 200, 20))
	tests := []struct {
		name string
		due  []Instruction
		code string
		says string
	}{
		{"the same run with another amount", []Instruction{credit("a", "", 300, 30)}, "E_CONFLICT", "run r1 was instructed as 220 (item 200, tax 20) in earlier.jsonl, and would now be 330 (item 300, tax 30)"},
		{"the same run without a customer", nil, "E_CONFLICT", "would now be 0 (item 0, tax 0)"},
		{"the same credit twice", []Instruction{credit("a", "", 200, 20), credit("a", "", 200, 20)}, "E_DUP_ID", "row 1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, problems := l.Difference(tt.due, "r1")
			if got != nil || len(problems) != 1 || problems[0].Code != tt.code || !strings.Contains(problems[0].Message, tt.says) {
				t.Errorf("got %v, %v", got, problems)
			}
		})
	}
	if got, ps := l.Difference(nil, " "); got != nil || codes(ps) != "0 E_REQUIRED run_id" {
		t.Errorf("a run without a label: %v, %v", got, ps)
	}
	if p := l.Add("other.jsonl", credit("a", "r1", 201, 20)); p == nil || p.Code != "E_CONFLICT" || p.File != "other.jsonl" || !strings.Contains(p.Message, "220 (item 200, tax 20) in earlier.jsonl, and as 221 (item 201, tax 20) in other.jsonl") || p.Outcome != contracts.Conflict {
		t.Errorf("the same key with another amount: %v", p)
	}
}

// Whatever the runs, all that was emitted adds up to what the last run says is due, and a run that is repeated emits nothing.
func TestSumOfRunsIsWhatIsDue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &Ledger{}
		for run := range rapid.IntRange(1, 6).Draw(t, "runs") {
			label := fmt.Sprintf("r%d", run)
			due := drawDue(t)
			got, problems := l.Difference(due, label)
			if problems != nil {
				t.Fatal(problems)
			}
			for _, x := range got {
				if ps := Check(x); len(ps) > 0 {
					t.Fatal(ps)
				}
				for range rapid.IntRange(1, 2).Draw(t, "times posted") {
					if p := l.Add("f", x); p != nil {
						t.Fatal(p)
					}
				}
			}
			want := map[group][3]int64{}
			for _, x := range due {
				if x.Amount != 0 || x.Item != 0 {
					want[groupOf(x)] = [3]int64{x.Amount, x.Item, x.Tax}
				}
			}
			is := map[group][3]int64{}
			for g, s := range l.sums { // order: a map is compared with a map
				if s.amount != 0 || s.item != 0 {
					is[g] = [3]int64{s.amount, s.item, s.tax}
				}
			}
			if diff := cmp.Diff(want, is, cmp.AllowUnexported(group{})); diff != "" {
				t.Fatalf("(-due +emitted):\n%s", diff)
			}
			for _, again := range []string{label, label + "-again"} {
				if got, problems := l.Difference(due, again); len(got)+len(problems) > 0 {
					t.Fatalf("run %s once more: %v, %v", again, got, problems)
				}
			}
		}
	})
}

func drawDue(t *rapid.T) []Instruction {
	seen := map[group]bool{}
	var out []Instruction
	for range rapid.IntRange(0, 5).Draw(t, "credits") {
		x := credit(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "customer"), "", rapid.Int64Range(-1000, 1000).Draw(t, "item"), rapid.Int64Range(-100, 100).Draw(t, "tax"))
		x.Clause = rapid.SampledFrom([]string{"", "sla"}).Draw(t, "clause")
		x.TaxRate = rapid.SampledFrom([]string{"8%", "10%"}).Draw(t, "rate")
		x.Treatment = rapid.SampledFrom(Treatments()).Draw(t, "treatment")
		if !seen[groupOf(x)] {
			seen[groupOf(x)] = true
			out = append(out, x)
		}
	}
	return out
}

// TestTheNextRun: the label after the greatest number, whatever others there are.
func TestTheNextRun(t *testing.T) {
	var l Ledger
	for _, tt := range []struct{ run, next string }{{"", "1"}, {"1", "2"}, {"3", "4"}, {"2026-06", "4"}, {"10", "11"}} {
		if tt.run != "" {
			x := Instruction{Run: tt.run, Customer: "c", Key: strings.Repeat("0", 62) + fmt.Sprintf("%02x", len(tt.run)*16+len(tt.next)+len(l.runs))}
			if p := l.Add("f", x); p != nil {
				t.Fatal(p)
			}
		}
		if got := l.NextRun(); got != tt.next {
			t.Errorf("after %q the next run is %s, want %s", tt.run, got, tt.next)
		}
	}
}

// TestWhatIsOpenUnderAnotherContract: a customer was given 100 under contract a and now stands under contract b, where it is open what is owed: nothing is taken back.
func TestWhatIsOpenUnderAnotherContract(t *testing.T) {
	given := Instruction{Run: "1", Customer: "c", Contract: "a", Currency: "JPY", Amount: 100, Item: 100, Treatment: TreatAsDamages, Reason: "damages", Remedy: BankTransfer}
	given.Key = InstructionKey(given)
	for _, held := range []bool{true, false} {
		var l Ledger
		if p := l.Add("f", given); p != nil {
			t.Fatal(p)
		}
		if held {
			l.Hold("b", "c", "")
		}
		rest, problems := l.Difference(nil, "2")
		if problems.Err() != nil || (len(rest) == 0) != held {
			t.Errorf("held %v: %d instructions, %v", held, len(rest), problems)
		}
	}
}
