package credits

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
)

// Left counts, by remedy, the instructions that a format leaves to another way of carrying them out: Stripe and Lago take bill credits
// and refunds, a bank takes transfers, and a journal takes all in which money moves.
type Left map[Remedy]int

// String lists the remedies with their counts, in the order of [Remedies]; empty when nothing is left.
func (l Left) String() string {
	var out []string
	for _, r := range Remedies() {
		if l[r] > 0 {
			out = append(out, fmt.Sprintf("%s %d", r, l[r]))
		}
	}
	return strings.Join(out, ", ")
}

// request is a request to a billing system, as a line of JSON.
type request struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	Key    string `json:"idempotency_key"`
	Body   any    `json:"body"`
}

// requests are what each instruction becomes; no request is nil where the instruction asks for none.
type requests func(row int, x Instruction) (*request, contracts.Problems)

// writeRequests makes every request before it writes the first.
func writeRequests(w io.Writer, xs []Instruction, left Left, of requests) contracts.Problems {
	var problems contracts.Problems
	each := func(do func(*request) error) error {
		for i, x := range xs {
			if x.Remedy != BillCredit && x.Remedy != RefundPaid {
				continue
			}
			r, ps := of(i+1, x)
			problems = append(problems, inRow(ps, i+1)...)
			if r == nil || len(problems) > 0 {
				continue
			}
			if err := do(r); err != nil {
				return err
			}
		}
		return nil
	}
	for _, x := range xs {
		if x.Remedy != BillCredit && x.Remedy != RefundPaid {
			left[x.Remedy]++
		}
	}
	each(func(*request) error { return nil }) //nolint:errcheck // nothing can fail but what is in problems
	if len(problems) > 0 {
		return problems
	}
	if err := each(func(r *request) error { return writeLine(w, r) }); err != nil {
		return contracts.Problems{{Code: "E_IO", Message: "cannot be written: " + err.Error()}}
	}
	return nil
}

// sortedKeys are the keys of a map, in order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// refuse is a problem of an instruction; inRow gives it its row.
func refuse(field, value, code, message, hint string) contracts.Problem {
	return contracts.Problem{Field: field, Value: value, Code: code, Message: message, Hint: hint}
}
