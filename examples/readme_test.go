package examples_test

import (
	"os"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
)

// TestTheReadmeTellsWhatTheCommandPrints holds the figures of the project's README against the engine.
func TestTheReadmeTellsWhatTheCommandPrints(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	c, problems := sla.OpenCase(open(t, "firstserver-2012"), sla.ReadOptions{})
	if c == nil {
		t.Fatal(problems)
	}
	for _, tt := range []struct{ line, findings string }{
		{"as the company offered", "as-offered"},
		{"the terms to the letter, ordinary negligence", "to-the-letter"},
		{"gross negligence found, whether the cap holds undecided", "gross-negligence"},
		{"as offered, half off where the customer kept no backup", "own-fault-half"},
	} {
		runs, err := c.Bind(tt.findings)
		if err != nil {
			t.Fatal(err)
		}
		a := runs[0].Assess(c.CustomersOf(c.Programs[0]))
		for _, err := range a.Rows() {
			if err != nil {
				t.Fatal(err)
			}
		}
		yen := func(a contracts.Amount) string {
			return strings.TrimPrefix(report.Money(a, c.Contracts[0].Currency, "en"), "¥")
		}
		want := "| " + tt.line + " | " + yen(a.Totals().Low)
		if a.Totals().Low != a.Totals().High {
			want += " to " + yen(a.Totals().High)
		}
		if !strings.Contains(string(readme), want+" |") {
			t.Errorf("README lacks the line %q", want+" |")
		}
	}
}
