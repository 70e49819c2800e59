package credits

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/amends-go/amends/contracts"
)

// record is an instruction with its number of decimals as the files hold it.
type record struct {
	Instruction
	exponent int64
}

// recordField is a field of the record: a text or a whole number.
type recordField struct {
	name  string
	text  func(*record) *string
	whole func(*record) *int64
}

// recordFields are the fields of the record, in the order in which they are written.
var recordFields = []recordField{
	{name: "idempotency_key", text: func(r *record) *string { return &r.Key }},
	{name: "run_id", text: func(r *record) *string { return &r.Run }},
	{name: "plan_hash", text: func(r *record) *string { return &r.Plan }},
	{name: "incident", text: func(r *record) *string { return &r.Incident }},
	{name: "customer", text: func(r *record) *string { return &r.Customer }},
	{name: "subscription", text: func(r *record) *string { return &r.Subscription }},
	{name: "contract", text: func(r *record) *string { return &r.Contract }},
	{name: "version", text: func(r *record) *string { return &r.Version }},
	{name: "clause_id", text: func(r *record) *string { return &r.Clause }},
	{name: "invoice_ref", text: func(r *record) *string { return &r.Invoice }},
	{name: "currency", text: func(r *record) *string { return &r.Currency }},
	{name: "exponent", whole: func(r *record) *int64 { return &r.exponent }},
	{name: "amount_minor", whole: func(r *record) *int64 { return &r.Amount }},
	{name: "item_minor", whole: func(r *record) *int64 { return &r.Item }},
	{name: "tax_minor", whole: func(r *record) *int64 { return &r.Tax }},
	{name: "tax_treatment", text: func(r *record) *string { return (*string)(&r.Treatment) }},
	{name: "tax_rate", text: func(r *record) *string { return &r.TaxRate }},
	{name: "reason", text: func(r *record) *string { return &r.Reason }},
	{name: "remedy", text: func(r *record) *string { return (*string)(&r.Remedy) }},
	{name: "memo", text: func(r *record) *string { return &r.Memo }},
	{name: "evidence_hash", text: func(r *record) *string { return &r.Evidence }},
}

// Remedies lists the remedies.
func Remedies() []Remedy {
	return []Remedy{BillCredit, RefundPaid, BankTransfer, InKindGiven, ServiceExtension}
}

// Treatments lists the treatments.
func Treatments() []TaxTreatment {
	return []TaxTreatment{TreatAsPriceReduction, TreatAsDamages, TreatAsGoodwill}
}

var rateForm = regexp.MustCompile(`^([0-9]+(\.[0-9]+)?%|[0-9]+/[1-9][0-9]*)$`)

// Check returns what keeps x from being a sound instruction: fields that are missing or of another form, a key that is not that of its
// fields ([InstructionKey]), item and tax that do not add up. The problems name fields of the record, and no file.
func Check(x Instruction) contracts.Problems {
	c := checker{}
	for _, f := range []struct{ name, value string }{
		{"run_id", x.Run}, {"incident", x.Incident}, {"customer", x.Customer}, {"contract", x.Contract}, {"reason", x.Reason},
	} {
		if strings.TrimSpace(f.value) == "" {
			c.bad("E_REQUIRED", f.name, f.value, f.name+" is empty", "fill it in")
		}
	}
	r := record{Instruction: x}
	for _, f := range recordFields {
		if f.text == nil {
			continue
		}
		if s := *f.text(&r); !plainText(s) {
			c.text(f.name, s)
		}
	}
	c.hash("plan_hash", x.Plan)
	c.hash("evidence_hash", x.Evidence)
	if x.Version != "" {
		if _, err := time.Parse(time.DateOnly, x.Version); err != nil {
			c.bad("E_DATE", "version", x.Version, "not a day", "write the first day of the version as YYYY-MM-DD, or leave it empty")
		}
	}
	c.money(x)
	if x.Key != InstructionKey(x) {
		c.bad("E_HASH", "idempotency_key", x.Key, "the key is not that of the fields it is made of", "take the record as it was written; a key is never edited, and a changed field has another")
	}
	return c.problems
}

type checker struct{ problems contracts.Problems }

func (c *checker) bad(code, field, value, message, hint string) {
	c.problems = append(c.problems, contracts.Problem{Field: field, Value: value, Code: code, Message: message, Hint: hint, Outcome: contracts.RefuseRow})
}

func (c *checker) hash(field, s string) {
	digits := len(s) == 64
	for i := 0; digits && i < len(s); i++ {
		digits = s[i]-'0' < 10 || s[i]-'a' < 6
	}
	if !digits {
		c.bad("E_HASH", field, s, "not a SHA-256", "64 small hexadecimal digits")
	}
}

// money checks currency, amounts and what they are for.
func (c *checker) money(x Instruction) {
	if cur, err := contracts.CurrencyOn(x.Currency, ""); err != nil {
		c.bad("E_CURRENCY", "currency", x.Currency, err.Error(), "")
	} else if cur.Digits != x.Exponent {
		c.bad("E_CURRENCY", "exponent", fmt.Sprint(x.Exponent), fmt.Sprintf("%s has %d decimals", x.Currency, cur.Digits), fmt.Sprintf("write %d", cur.Digits))
	}
	if sum, ok := plus(x.Item, x.Tax); !ok || sum != x.Amount {
		c.bad("E_SUM", "amount_minor", fmt.Sprint(x.Amount), fmt.Sprintf("item %d and tax %d do not add up to it", x.Item, x.Tax), "amount_minor is item_minor + tax_minor")
	}
	switch x.Treatment {
	case TreatAsPriceReduction, TreatAsDamages, TreatAsGoodwill:
	default:
		c.bad("E_ENUM", "tax_treatment", string(x.Treatment), "unknown treatment", "one of price_reduction, damages, goodwill")
	}
	switch x.Remedy {
	case BillCredit, RefundPaid, BankTransfer, InKindGiven, ServiceExtension:
	default:
		c.bad("E_ENUM", "remedy", string(x.Remedy), "unknown remedy", "one of bill_credit, refund, bank_transfer, in_kind, service_extension")
	}
	if x.TaxRate != "" && !rateForm.MatchString(x.TaxRate) {
		c.bad("E_NUM_FORM", "tax_rate", x.TaxRate, "not a rate", "write it as 10%, or leave it empty where there is no tax")
	}
	if x.TaxRate == "" && x.Tax != 0 {
		c.bad("E_REQUIRED", "tax_rate", "", fmt.Sprintf("tax of %d without a rate", x.Tax), "write the rate, such as 10%")
	}
}

// text reports the first character that a record may not hold.
func (c *checker) text(field, s string) {
	for i, r := range s {
		if !allowed(r) {
			code, what := "E_CTRL_CHAR", fmt.Sprintf("U+%04X at byte %d", r, i)
			if r == utf8.RuneError {
				code, what = "E_ENCODING", fmt.Sprintf("damaged text at byte %d", i)
			}
			c.bad(code, field, s, what, "remove it")
			return
		}
	}
}

// plainText reports whether s is printable ASCII, as most fields are.
func plainText(s string) bool {
	for i := range len(s) {
		if s[i]-0x20 > 0x5e {
			return false
		}
	}
	return true
}

func allowed(r rune) bool {
	return r == '\t' || r == '\n' || r >= 0x20 && (r < 0x7f || r >= 0xa0) && r != utf8.RuneError && r != 0xfffe && r != 0xffff
}

// plus adds, and reports whether the sum is an int64.
func plus(a, b int64) (int64, bool) {
	if b > 0 && a > math.MaxInt64-b || b < 0 && a < math.MinInt64-b {
		return 0, false
	}
	return a + b, true
}
