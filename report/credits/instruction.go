package credits

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// Remedy is how an instruction is carried out.
type Remedy string

// The remedies.
const (
	BillCredit       Remedy = "bill_credit"       // taken off a bill
	RefundPaid       Remedy = "refund"            // paid back the way the fee was paid
	BankTransfer     Remedy = "bank_transfer"     // paid to an account
	InKindGiven      Remedy = "in_kind"           // a voucher, points or goods: no money moves
	ServiceExtension Remedy = "service_extension" // more time of service: no money moves
)

// TaxTreatment is what a payment is for a tax on turnover. It is a term of each instruction and never guessed.
type TaxTreatment string

// The treatments.
const (
	TreatAsPriceReduction TaxTreatment = "price_reduction" // 対価の返還: the price comes down, and the tax with it
	TreatAsDamages        TaxTreatment = "damages"         // 損害賠償
	TreatAsGoodwill       TaxTreatment = "goodwill"        // お詫び
)

// Instruction tells a billing system what to credit one customer under one clause. Item and Tax add up to Amount. A negative amount takes
// back what an earlier instruction gave.
type Instruction struct {
	Key          string // [InstructionKey] of the fields it is made of; the amount is not one of them
	Run          string // label of the run that first emitted it
	Plan         string // SHA-256 of the terms and findings it was worked out under, in hexadecimal
	Incident     string // id
	Customer     string
	Subscription string // empty where a customer has one
	Contract     string // id
	Version      string // first day on which this version of the contract applies, YYYY-MM-DD; empty when open
	Clause       string // id of the clause that gives it; empty for damages, which follow from all terms together
	Invoice      string // the invoice that it corrects; empty when none is named
	Currency     string // ISO 4217
	Exponent     int    // decimals of the currency: 0 for yen, 2 for cents
	Amount       int64  // in minor units, with the tax
	Item         int64  // in minor units, without the tax
	Tax          int64  // in minor units
	Treatment    TaxTreatment
	TaxRate      string // such as "10%"; empty where no tax is in the price or on the payment
	Reason       string // code of why: service-credit, damages, goodwill, interest
	Remedy       Remedy
	Memo         string // the line on the bill, for the customer to read
	Evidence     string // SHA-256 of what the customer's list said, in hexadecimal
}

// InstructionKey is the idempotency key: SHA-256, in 64 hexadecimal digits, over incident, contract and version, clause, customer, subscription,
// treatment, rate, reason, remedy and run. The amount is not in it, so that a run that is repeated after a correction is seen to be the same
// credit with another amount, and refused, instead of being paid a second time.
func InstructionKey(x Instruction) string {
	b := make([]byte, 0, 512)
	for _, s := range [...]string{"amends-credit-1", x.Incident, x.Contract, x.Version, x.Clause, x.Customer, x.Subscription, string(x.Treatment), x.TaxRate, x.Reason, string(x.Remedy), x.Currency, x.Run} {
		b = strconv.AppendInt(b, int64(len(s)), 10) // with its length, so that no two lists of fields read the same
		b = append(append(b, ':'), s...)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}
