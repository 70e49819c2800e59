package contracts_test

import (
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
)

// TestOrderOpen: an order may be left open, but not beside layers, whose place in it is of the contract.
func TestOrderOpen(t *testing.T) {
	tests := []struct{ name, order, clause, code string }{
		{"open", "order: open\n", "", ""},
		{"open beside layers", "order: open\n", "  - {id: excess, ref: {doc: terms}, layer: {deductible: 5}}\n", "E_ORDER"},
		{"another word", "order: cap-first\n", "", "E_ENUM"},
		{"open in a list", "order: [open]\n", "", "E_ENUM"},
	}
	for _, tt := range tests {
		text := strings.Replace(special(), "clauses:\n", tt.order+"clauses:\n", 1) + tt.clause
		c, problems := contracts.Read("terms.yaml", []byte(text))
		err := problems.Err()
		if (err == nil) != (tt.code == "") || err != nil && !strings.Contains(err.Error(), tt.code) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.code)
		}
		if err == nil && (!c.OrderOpen || len(c.Order) > 0) {
			t.Errorf("%s: open %t, order %v", tt.name, c.OrderOpen, c.Order)
		}
	}
}
