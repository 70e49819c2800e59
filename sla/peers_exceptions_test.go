package sla_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

const exceptionsHead = "id: x\ntitle: x\ncurrency: JPY\nzone: UTC\nrounding: down\nclauses:\n"

// TestPeersExceptions holds the cases of CatalaLang/catala (fdf4ccd54b9677b7b7b9ab7377201f3f7d1aadf7, tests/trace/good/exceptions.catala_en,
// tests/default/bad/conflict.catala_en, tests/exception/bad/two_exceptions.catala_en) whose answer is a trace or a refusal; published in all three.
func TestPeersExceptions(t *testing.T) {
	t.Run("catala.exceptions-02: no exception holds", func(t *testing.T) {
		c, problems := contracts.Read("x.yaml", []byte(exceptionsHead+`  - {id: base, ref: {doc: base}, cap: {amount: 2, per: claim}}
  - {id: first, ref: {doc: first exception}, when: {fact: a}, instead_of: [base], cap: {amount: 3, per: claim}}
  - {id: second, ref: {doc: second exception}, when: {fact: b}, unless: {fact: a}, instead_of: [base], cap: {amount: 4, per: claim}}
  - {id: inner, ref: {doc: inner exception}, when: {fact: c}, instead_of: [first, second], cap: {amount: 5, per: claim}}
examples:
  - {name: all conditions false, losses: {loss: 9}, findings: {grade: ordinary}, pays: 2}
`))
		if err := problems.Err(); err != nil {
			t.Fatal(err)
		}
		run, customer, err := sla.OpenExample(c, &c.Examples[0])
		if err != nil {
			t.Fatal(err)
		}
		var why []string
		effects := map[string]sla.Effect{}
		for row, err := range run.Assess(each(customer)).Rows() {
			if err != nil {
				t.Fatal(err)
			}
			if row.Payable() != 2 {
				t.Errorf("pays %d, want 2", row.Payable())
			}
			for s := range row.Steps() {
				if s.Clause == "" {
					continue
				}
				effects[s.Clause] = s.Effect
				if s.Clause == "base" {
					for _, w := range s.Why {
						name, _, _ := strings.Cut(w.EN, " does not operate")
						why = append(why, name)
					}
				}
			}
		}
		if diff := cmp.Diff([]string{"inner exception", "first exception", "second exception"}, why); diff != "" {
			t.Errorf("unfulfilled exceptions, the innermost first (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(map[string]sla.Effect{"base": sla.Applied, "first": sla.NotMet, "second": sla.NotMet, "inner": sla.NotMet}, effects); diff != "" {
			t.Errorf("effects (-want +got):\n%s", diff)
		}
	})
	tests := []struct{ name, clauses string }{
		{"catala.exceptions-03: two unconditional rules", `  - {id: base, ref: {doc: x}, cap: {amount: 9, per: claim}}
  - {id: one, ref: {doc: x is 1}, instead_of: [base], cap: {amount: 1, per: claim}}
  - {id: nought, ref: {doc: x is 0}, instead_of: [base], cap: {amount: 0, per: claim}}
`},
		{"catala.exceptions-04: two exceptions that both hold", `  - {id: base, ref: {doc: x is 0}, cap: {amount: 0, per: claim}}
  - {id: one, ref: {doc: x is 1}, when: {fact: a}, instead_of: [base], cap: {amount: 1, per: claim}}
  - {id: two, ref: {doc: x is 2}, when: {fact: b}, instead_of: [base], cap: {amount: 2, per: claim}}
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := contracts.Read("x.yaml", []byte(exceptionsHead+tt.clauses))
			i := slices.IndexFunc(problems, func(p contracts.Problem) bool { return p.Code == "E_CONFLICT" })
			if i < 0 {
				t.Fatalf("not refused as a conflict: %v", problems)
			}
			if p := problems[i]; p.Line != 9 || !strings.Contains(p.Message, "x.yaml:8") || !strings.Contains(p.Message, "x.yaml:9") {
				t.Errorf("both positions are not told: %v", p)
			}
		})
	}
}
