package credits

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// Held is why a row gives no instruction.
type Held string

// The reasons to hold a row back.
const (
	NotHeld       Held = ""
	HeldOpen      Held = "needs-judgement" // it turns on an open question
	HeldVoid      Held = "void"            // the subscription was not in force
	HeldOwedBack  Held = "owed-back"       // the customer owes something back, which no credit can say
	HeldNothing   Held = "nothing-due"
	HeldUntreated Held = "no-treatment" // nobody says what a credit is for the tax
)

// Terms are what instructions say beside what the rows do.
type Terms struct {
	Run      string   // label of the run
	Billing  *Billing // nil for none
	Invoices Of[Invoice]
	// CreditsAs is what credits are for a tax on turnover under contracts that say nothing of a tax; empty holds them back. Damages and goodwill say it
	// themselves.
	CreditsAs TaxTreatment
	Lang      string // of the memo, "ja" or "en"
}

// Source makes the instructions of the rows of one run. The program must have been compiled with [sla.Shape].Dues.
type Source struct {
	terms   Terms
	plan    string
	version string
	program *sla.Program
}

// NewSource returns the source of a run's instructions.
func NewSource(run *sla.Run, terms Terms) (*Source, error) {
	c := run.Program.Contract
	if !run.Program.Shape.Dues {
		return nil, errors.New("credits: the program was compiled without Shape.Dues, by which the payable is told apart")
	}
	s := &Source{terms: terms, plan: run.Hash(), program: run.Program}
	if !c.InForce.From.IsZero() {
		s.version = c.InForce.From.String()
	}
	return s, nil
}

// Row returns the instructions of a row, one for each part of what it is owed, or why it has none. Their amounts add up to the payable, as
// far as money moves. A row that owes something back (HeldOwedBack) may be due something that is no money.
func (s *Source) Row(row sla.Row) ([]Instruction, Held) {
	dues, err := row.Dues()
	switch {
	case err != nil:
		return nil, HeldOpen
	case row.Outcome() == sla.Void:
		return nil, HeldVoid
	case len(dues) == 0 && row.Payable() >= 0:
		return nil, HeldNothing
	}
	held := NotHeld
	if row.Payable() < 0 { // what is given and is no money is due all the same
		held = HeldOwedBack
	}
	c := s.program.Contract
	invoice, _ := s.terms.Invoices.Of(row.Customer.ID, row.Customer.Subscription)
	evidence := evidenceOf(row)
	var out []Instruction
	for _, d := range dues {
		treatment, ok := s.treatment(d)
		if !ok {
			return nil, HeldUntreated
		}
		x := Instruction{
			Run: s.terms.Run, Plan: s.plan, Incident: s.program.Incident.ID, Customer: row.Customer.ID, Subscription: row.Customer.Subscription,
			Contract: c.ID, Version: s.version, Clause: d.Clause, Invoice: invoice.ID, Currency: c.Currency.Code, Exponent: c.Currency.Digits,
			Amount: int64(d.Total), Item: int64(d.Item), Tax: int64(d.Tax), Treatment: treatment, Reason: reasonOf[d.Reason], Evidence: evidence,
		}
		if d.Rate.Num() != 0 {
			x.TaxRate = d.Rate.Percent()
		}
		x.Remedy, x.Memo = s.remedy(d, x.Reason), s.memo(d)
		x.Key = InstructionKey(x)
		out = append(out, x)
	}
	return out, held
}

// reasonOf are the codes of why, by rule.
var reasonOf = map[sla.Rule]string{sla.RuleCredit: "service-credit", sla.RuleGoodwill: "goodwill", sla.RuleInterest: "interest", sla.RulePayable: "damages"}

// treatment is what a part is for the tax, and whether anybody says so.
func (s *Source) treatment(d sla.Due) (TaxTreatment, bool) {
	switch d.Treatment {
	case contracts.PriceReduction:
		return TreatAsPriceReduction, true
	case contracts.AsDamages:
		return TreatAsDamages, true
	case contracts.AsGoodwill:
		return TreatAsGoodwill, true
	}
	return s.terms.CreditsAs, s.terms.CreditsAs != ""
}

// remedies are those of the forms that terms name.
var remedies = map[contracts.FormKind]Remedy{contracts.NextInvoice: BillCredit, contracts.LaterInvoice: BillCredit, contracts.Refund: RefundPaid,
	contracts.ServiceTime: ServiceExtension, contracts.Voucher: InKindGiven, contracts.InKind: InKindGiven, contracts.Choice: BillCredit}

// remedy is how a part is given: as the terms say, else as billing.yaml does, else credits and goodwill on the bill and damages by transfer.
func (s *Source) remedy(d sla.Due, reason string) Remedy {
	switch {
	case !d.Money && d.Form.As == contracts.Choice:
		return ServiceExtension
	case d.Form != (contracts.Form{}):
		return remedies[d.Form.As]
	}
	if s.terms.Billing != nil {
		if r, named := s.terms.Billing.Remedies[reason]; named {
			return r
		}
	}
	if d.Reason == sla.RuleCredit || d.Reason == sla.RuleGoodwill {
		return BillCredit
	}
	return BankTransfer
}

// memo is the line on the bill: the company's, or else the rule and where it stands.
func (s *Source) memo(d sla.Due) string {
	if s.terms.Billing != nil && !s.terms.Billing.BillLine.IsZero() {
		return s.terms.Billing.BillLine.In(s.terms.Lang)
	}
	text := d.Reason.Label().In(s.terms.Lang)
	if d.Reason == sla.RulePayable {
		text = contracts.Text{JA: "損害賠償金", EN: "damages"}.In(s.terms.Lang)
	}
	if len(d.Refs) > 0 {
		text += " " + d.Refs[0].String()
	}
	return text
}

// evidenceOf is the SHA-256 of what the list said of a row, by the names of its columns.
func evidenceOf(row sla.Row) string {
	h := sha256.New()
	for i, c := range row.Run().Program.Columns {
		if c.Expr == nil {
			fmt.Fprintf(h, "%q=%d\n", c.Name, row.Value(i))
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}
