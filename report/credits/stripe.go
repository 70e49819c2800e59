package credits

import (
	"fmt"
	"io"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/amends-go/amends/contracts"
)

// Limits of Stripe, in characters: https://docs.stripe.com/api/credit_notes/create and
// https://docs.stripe.com/api/customer_balance_transactions/create.
const (
	stripeMemo        = 5000
	stripeDescription = 350
	stripeMetadata    = 500
)

// Stripe writes a request a line for each bill credit and refund:
//
//	{"method", "path", "idempotency_key", "body"}
//
// Where an invoice is named it is a credit note (POST /v1/credit_notes) with one line of its own: the item, and the tax at the rate that
// stripe.tax_rates names. On a paid invoice credit_amount, or refund_amount for a refund, is the whole sum. Where none is named a bill
// credit is a customer balance transaction (POST /v1/customers/ID/balance_transactions), whose negative amount is a credit; a refund has
// nothing to refund then and is refused. An instruction that takes something back is a balance transaction with a positive amount, a debit, which is taken with the
// next invoice: Stripe has no negative credit note, and money that was refunded does not come back by itself.
//
// No mail is sent (email_type none). The key stands in the metadata as well, because Stripe forgets the Idempotency-Key header after a day or more. Amounts
// are in the units of Stripe's API, which differ from ISO 4217 for some currencies ([stripeUnits]).
func Stripe(w io.Writer, b *Billing, invoices Of[Invoice], xs []Instruction) (Left, contracts.Problems) {
	left := Left{}
	if ps := b.Needs("stripe"); ps != nil {
		return left, ps
	}
	return left, writeRequests(w, xs, left, func(_ int, x Instruction) (*request, contracts.Problems) {
		if x.Amount > 0 && x.Invoice != "" {
			return b.Stripe.creditNote(b.file, x)
		}
		return stripeBalance(invoices, x)
	})
}

type stripeNote struct {
	Invoice  string            `json:"invoice"`
	Lines    []stripeLine      `json:"lines"`
	Reason   string            `json:"reason"`
	Memo     string            `json:"memo,omitempty"`
	Mail     string            `json:"email_type"`
	Credit   *int64            `json:"credit_amount,omitempty"`
	Refund   *int64            `json:"refund_amount,omitempty"`
	Metadata map[string]string `json:"metadata"`
}

type stripeLine struct {
	Type        string      `json:"type"`
	Description string      `json:"description"`
	Quantity    int         `json:"quantity"`
	Unit        int64       `json:"unit_amount"`
	Taxes       []stripeTax `json:"tax_amounts,omitempty"`
}

type stripeTax struct {
	Amount  int64  `json:"amount"`
	Taxable int64  `json:"taxable_amount"`
	Rate    string `json:"tax_rate"`
}

func (s *StripeTerms) creditNote(file string, x Instruction) (*request, contracts.Problems) {
	metadata, problems := stripeKeys(x)
	units := func(field string, n int64) int64 {
		u, p := stripeUnits(x.Currency, x.Exponent, field, n)
		if p != nil {
			problems = append(problems, *p)
		}
		return u
	}
	if x.Item < 0 || x.Tax < 0 {
		problems = append(problems, refuse("item_minor", fmt.Sprint(x.Item), "E_RANGE", "a credit note has no negative item or tax: "+money(x.Amount, x.Item, x.Tax), "correct the tax in Stripe by hand"))
	}
	if n := utf8.RuneCountInString(x.Memo); n > stripeMemo {
		problems = append(problems, refuse("memo", x.Memo, "E_LIMIT_FIELD", fmt.Sprintf("%d characters; Stripe takes %d", n, stripeMemo), "shorten the line on the bill"))
	}
	line := stripeLine{Type: "custom_line_item", Description: x.Memo, Quantity: 1, Unit: units("item_minor", x.Item)}
	if line.Description == "" {
		line.Description = x.Reason
	}
	if x.Tax != 0 {
		rate := s.TaxRates[x.TaxRate]
		if rate == "" {
			problems = append(problems, refuse("tax_rate", x.TaxRate, "E_REQUIRED", "stripe.tax_rates in "+file+" names no tax rate of Stripe for "+x.TaxRate, "add it: an exclusive rate (txr_…)"))
		}
		line.Taxes = []stripeTax{{units("tax_minor", x.Tax), line.Unit, rate}}
	}
	note := stripeNote{Invoice: x.Invoice, Lines: []stripeLine{line}, Reason: s.Reasons[x.Reason], Memo: x.Memo, Mail: "none", Metadata: metadata}
	if note.Reason == "" {
		note.Reason = "product_unsatisfactory"
	}
	total := units("amount_minor", x.Amount)
	switch {
	case s.Paid && x.Remedy == RefundPaid:
		note.Refund = &total
	case s.Paid:
		note.Credit = &total
	case x.Remedy == RefundPaid:
		problems = append(problems, refuse("remedy", string(x.Remedy), "E_CONFLICT", "an invoice that is open has not been paid, and nothing can be refunded", "make it a bill_credit, or set stripe.invoices_are to paid"))
	}
	return &request{"POST", "/v1/credit_notes", x.Key, note}, problems
}

type stripeTransaction struct {
	Amount      int64             `json:"amount"`
	Currency    string            `json:"currency"`
	Description string            `json:"description,omitempty"`
	Metadata    map[string]string `json:"metadata"`
}

func stripeBalance(invoices Of[Invoice], x Instruction) (*request, contracts.Problems) {
	metadata, problems := stripeKeys(x)
	switch {
	case x.Amount == 0:
		problems = append(problems, refuse("amount_minor", "0", "E_RANGE", "only the tax changes: "+money(x.Amount, x.Item, x.Tax), "correct the tax in Stripe by hand"))
	case x.Amount > 0 && x.Remedy == RefundPaid:
		problems = append(problems, refuse("invoice_ref", "", "E_REQUIRED", "a refund needs the invoice whose payment is refunded", "name the invoice in the list of invoices, or make it a bill_credit"))
	}
	if n := utf8.RuneCountInString(x.Memo); n > stripeDescription {
		problems = append(problems, refuse("memo", x.Memo, "E_LIMIT_FIELD", fmt.Sprintf("%d characters; Stripe takes %d", n, stripeDescription), "shorten the line on the bill"))
	}
	n, p := stripeUnits(x.Currency, x.Exponent, "amount_minor", x.Amount)
	if p != nil {
		problems = append(problems, *p)
	}
	customer := x.Customer
	if i, ok := invoices.Of(x.Customer, x.Subscription); ok {
		customer = i.Customer
	}
	body := stripeTransaction{Amount: -n, Currency: strings.ToLower(x.Currency), Description: x.Memo, Metadata: metadata}
	return &request{"POST", "/v1/customers/" + url.PathEscape(customer) + "/balance_transactions", x.Key, body}, problems
}

// stripeKeys are the metadata: what tells which credit it is, long after the header is forgotten.
func stripeKeys(x Instruction) (map[string]string, contracts.Problems) {
	m := map[string]string{
		"amends_key": x.Key, "amends_run": x.Run, "amends_plan": x.Plan, "amends_incident": x.Incident, "amends_customer": x.Customer,
		"amends_subscription": x.Subscription, "amends_contract": x.Contract, "amends_clause": x.Clause, "amends_reason": x.Reason, "amends_treatment": string(x.Treatment),
	}
	var problems contracts.Problems
	for _, k := range sortedKeys(m) {
		if n := utf8.RuneCountInString(m[k]); n > stripeMetadata {
			problems = append(problems, refuse(strings.TrimPrefix(k, "amends_"), m[k], "E_LIMIT_FIELD", fmt.Sprintf("%d characters; metadata of Stripe take %d", n, stripeMetadata), "shorten it"))
		}
		if m[k] == "" {
			delete(m, k)
		}
	}
	return m, problems
}

// Currencies whose unit in Stripe's API is not the minor unit of ISO 4217, or whose last digits must be zero: https://docs.stripe.com/currencies,
// "Zero-decimal currencies", "Three-decimal currencies" and "Special cases", as of 2026.
var (
	// stripeWhole have no decimals at Stripe: 500 is 500.
	stripeWhole = []string{"BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"}
	// stripeHundreds have none in use, and two at Stripe that must be 00: 500 is 5. UGX stands in the list of whole ones too; its special
	// case, with this example, is the later word on it.
	stripeHundreds = []string{"ISK", "UGX"}
	// stripeTens have three decimals, of which the last must be 0.
	stripeTens = []string{"BHD", "JOD", "KWD", "OMR", "TND"}
)

// stripeUnits turns an amount in minor units of ISO 4217 into the units of Stripe's API. What Stripe cannot take whole is refused, not rounded.
func stripeUnits(currency string, exponent int, field string, n int64) (int64, *contracts.Problem) {
	bad := func(message, hint string) (int64, *contracts.Problem) {
		p := refuse(field, fmt.Sprint(n), "E_CURRENCY", currency+": "+message, hint)
		return 0, &p
	}
	has := func(list []string) bool { return strings.Contains(" "+strings.Join(list, " ")+" ", " "+currency+" ") }
	switch {
	case has(stripeHundreds):
		if u := n * 100; u/100 == n {
			return u, nil
		}
		return bad("the amount is beyond 64 bits in Stripe's units", "")
	case has(stripeWhole) && exponent == 0:
		return n, nil
	case has(stripeWhole):
		if n%100 != 0 {
			return bad("Stripe takes whole units only", "round the credit in the terms to whole units")
		}
		return n / 100, nil
	case has(stripeTens):
		if n%10 != 0 {
			return bad("Stripe wants the last of the three decimals to be 0", "round the credit in the terms to two decimals")
		}
		return n, nil
	case exponent == 2:
		return n, nil
	}
	return bad(fmt.Sprintf("Stripe is not known to take a currency of %d decimals", exponent), "credit it in another way")
}
