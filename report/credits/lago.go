package credits

import (
	"fmt"
	"io"

	"github.com/amends-go/amends/contracts"
)

// Lago writes a request a line for each bill credit and refund, POST /api/v1/credit_notes with the fields of
// https://getlago.com/docs/api-reference/credit-notes/create. The item is without tax and credit_amount_cents or refund_amount_cents with it, so that
// item and tax add up to what is given on every line. Each needs the invoice and the fee that it credits, from the list of invoices.
//
// Lago has no negative credit note: an instruction that takes something back is refused, and says what to do. The line carries the key, for
// the program that sends it; Lago keeps no key of requests.
func Lago(w io.Writer, b *Billing, invoices Of[Invoice], xs []Instruction) (Left, contracts.Problems) {
	left := Left{}
	if ps := b.Needs("lago"); ps != nil {
		return left, ps
	}
	return left, writeRequests(w, xs, left, func(_ int, x Instruction) (*request, contracts.Problems) {
		return b.lagoNote(invoices, x)
	})
}

type lagoBody struct {
	Note lagoNote `json:"credit_note"`
}

type lagoNote struct {
	Invoice     string     `json:"invoice_id"`
	Reason      string     `json:"reason"`
	Description string     `json:"description,omitempty"`
	Credit      int64      `json:"credit_amount_cents"`
	Refund      int64      `json:"refund_amount_cents"`
	Items       []lagoItem `json:"items"`
}

type lagoItem struct {
	Fee    string `json:"fee_id"`
	Amount int64  `json:"amount_cents"`
}

func (b *Billing) lagoNote(invoices Of[Invoice], x Instruction) (*request, contracts.Problems) {
	var problems contracts.Problems
	if x.Amount <= 0 || x.Item < 0 || x.Tax < 0 {
		problems = append(problems, refuse("amount_minor", fmt.Sprint(x.Amount), "E_RANGE", "Lago has no credit note of "+money(x.Amount, x.Item, x.Tax),
			"void the earlier credit note in Lago where it is unused, or bill the difference with a one-off invoice"))
	}
	inv, ok := invoices.Of(x.Customer, x.Subscription)
	switch {
	case !ok:
		problems = append(problems, refuse("invoice_ref", x.Invoice, "E_REQUIRED", "the list of invoices has no row for customer "+x.Customer, "add the invoice and its fee_id"))
	case inv.Fee == "":
		problems = append(problems, refuse("invoice_ref", x.Invoice, "E_REQUIRED", "the list of invoices names no fee_id for customer "+x.Customer, "add the fee of the invoice that is credited"))
	case x.Invoice != inv.ID:
		problems = append(problems, refuse("invoice_ref", x.Invoice, "E_CONFLICT", "the list of invoices names another invoice, "+inv.ID+", for customer "+x.Customer, "the fee would not be of this invoice: take the list with which the credit was made"))
	}
	note := lagoNote{Invoice: x.Invoice, Reason: "product_unsatisfactory", Description: x.Memo, Items: []lagoItem{{inv.Fee, x.Item}}}
	if b.Lago != nil && b.Lago.Reasons[x.Reason] != "" {
		note.Reason = b.Lago.Reasons[x.Reason]
	}
	if x.Remedy == RefundPaid {
		note.Refund = x.Amount
	} else {
		note.Credit = x.Amount
	}
	return &request{"POST", "/api/v1/credit_notes", x.Key, lagoBody{note}}, problems
}
