package credits

import (
	"io/fs"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/yamlread"
)

// Billing is how credits are posted and paid: the file billing.yaml of a case. Every part of it may be absent; [Billing.Needs] says what a
// format asks for.
type Billing struct {
	// BillLine is what the line on the bill says.
	BillLine contracts.Text
	// PaidOn is the day on which a bill with the credit is issued or a transfer is made; zero is not fixed yet.
	PaidOn contracts.Date
	// Remedies is how credits are carried out, by reason, where the terms name no form.
	Remedies map[string]Remedy
	// Invoices is the path, in the case folder, of the list that [ReadInvoices] reads; empty when no invoice is named.
	Invoices string
	Stripe   *StripeTerms
	Lago     *LagoTerms
	Yayoi    *YayoiTerms
	Zengin   *ZenginTerms

	file string
}

// StripeTerms are what requests to Stripe need.
type StripeTerms struct {
	// Paid is whether the invoices are paid. A credit note on a paid invoice says where the money goes; on an open one it lowers what is due.
	Paid bool
	// Reasons are Stripe's reasons by ours; product_unsatisfactory for others.
	Reasons map[string]string
	// TaxRates are the ids of Stripe's exclusive tax rates by ours, such as 10%.
	TaxRates map[string]string
}

// LagoTerms are what requests to Lago need.
type LagoTerms struct {
	// Reasons are Lago's reasons by ours; product_unsatisfactory for others.
	Reasons map[string]string
}

// YayoiTerms are how a journal is posted.
type YayoiTerms struct {
	// Online is whether it is for the edition in the cloud, whose fields are shorter.
	Online bool
	// Memo is the 摘要; the line on the bill where it is empty.
	Memo string
	// Slip is the number of the slip; 0 is none.
	Slip int64
	// Entries say how credits are booked: the first that fits counts.
	Entries []YayoiEntry
}

// YayoiEntry is how credits of a treatment are booked.
type YayoiEntry struct {
	Treatment     TaxTreatment
	TaxRate       string // empty for any
	Remedy        Remedy // empty for any
	Debit, Credit YayoiSide
}

// YayoiSide is one side of a journal entry.
type YayoiSide struct{ Account, SubAccount, Department, TaxClass string }

// ZenginTerms are who transfers money, from where, and the list of accounts to which it goes.
type ZenginTerms struct {
	ClientCode, ClientName                     string // 委託者コード, 委託者名
	BankCode, BankName, BranchCode, BranchName string
	AccountType, AccountNumber                 string
	// Accounts is the path, in the case folder, of the list that [ReadAccounts] reads.
	Accounts string
	// NoLineEnds is whether records follow each other without CR LF.
	NoLineEnds bool
	// MaxTransfers is how many transfers a file holds at most.
	MaxTransfers int64
}

// MaxTransfers is how many transfers a file of 総合振込 can count.
const MaxTransfers = 999_999

// ReadBilling reads billing.yaml. When the problems hold an error the result is nil.
func ReadBilling(file string, data []byte) (*Billing, contracts.Problems) {
	v, c := yamlread.Parse(file, data)
	if v == nil {
		return nil, c.Problems()
	}
	b := &Billing{file: file}
	f := v.Map()
	if x := f.Optional("bill_line"); x != nil {
		b.BillLine = contracts.ReadText(x)
	}
	b.PaidOn = contracts.ReadDay(f.Optional("paid_on"))
	b.Remedies = map[string]Remedy{}
	eachOf(f.Optional("remedies"), (*yamlread.Value).ID, func(reason string, x *yamlread.Value) {
		b.Remedies[reason] = readRemedy(x)
	})
	b.Invoices = readPath(f.Optional("invoices"))
	if x := f.Optional("stripe"); x != nil {
		b.Stripe = readStripe(x)
	}
	if x := f.Optional("lago"); x != nil {
		l := x.Map()
		b.Lago = &LagoTerms{Reasons: readReasons(l.Optional("reasons"), LagoReasons())}
		l.Done()
	}
	if x := f.Optional("yayoi"); x != nil {
		b.Yayoi = readYayoi(x)
	}
	if x := f.Optional("zengin"); x != nil {
		b.Zengin = readZengin(x)
	}
	f.Done()
	problems := c.Problems().Sorted()
	if problems.Err() != nil {
		return nil, problems
	}
	return b, problems
}

// StripeReasons lists the reasons that Stripe has for a credit note.
func StripeReasons() []string {
	return []string{"duplicate", "fraudulent", "order_change", "product_unsatisfactory"}
}

// LagoReasons lists the reasons that Lago has for a credit note.
func LagoReasons() []string {
	return []string{"duplicated_charge", "product_unsatisfactory", "order_change", "order_cancellation", "fraudulent_charge", "other"}
}

// eachOf calls each for the fields of a map with free names, which form reads.
func eachOf(v *yamlread.Value, form func(*yamlread.Value) string, each func(string, *yamlread.Value)) {
	f := v.Map()
	for _, k := range f.Keys() {
		x := f.Optional(k)
		if name := form(f.Key(k)); name != "" {
			each(name, x)
		}
	}
}

func readRemedy(v *yamlread.Value) Remedy {
	var names []string
	for _, r := range Remedies() {
		names = append(names, string(r))
	}
	return Remedy(readEnum(v, names))
}

func readEnum(v *yamlread.Value, names []string) string {
	if v == nil {
		return ""
	}
	if i := v.Enum(names...); i >= 0 {
		return names[i]
	}
	return ""
}

func readReasons(v *yamlread.Value, names []string) map[string]string {
	out := map[string]string{}
	eachOf(v, (*yamlread.Value).ID, func(reason string, x *yamlread.Value) { out[reason] = readEnum(x, names) })
	return out
}

func readStripe(v *yamlread.Value) *StripeTerms {
	f := v.Map()
	s := &StripeTerms{TaxRates: map[string]string{}}
	s.Paid = readEnum(f.Required("invoices_are"), []string{"paid", "open"}) == "paid"
	s.Reasons = readReasons(f.Optional("reasons"), StripeReasons())
	eachOf(f.Optional("tax_rates"), readRate, func(rate string, x *yamlread.Value) { s.TaxRates[rate] = x.Text() })
	f.Done()
	return s
}

func readYayoi(v *yamlread.Value) *YayoiTerms {
	f := v.Map()
	y := &YayoiTerms{}
	y.Online = readEnum(f.Optional("edition"), []string{"desktop", "online"}) == "online"
	if x := f.Optional("memo"); x != nil {
		y.Memo = x.Text()
	}
	if x := f.Optional("slip"); x != nil {
		y.Slip = x.Int(1, 999_999)
	}
	list := f.Required("entries")
	items := list.List()
	for _, x := range items {
		e := x.Map()
		var names []string
		for _, t := range Treatments() {
			names = append(names, string(t))
		}
		y.Entries = append(y.Entries, YayoiEntry{
			Treatment: TaxTreatment(readEnum(e.Required("treatment"), names)), TaxRate: readRate(e.Optional("tax_rate")), Remedy: readRemedy(e.Optional("remedy")),
			Debit: readSide(e.Required("debit")), Credit: readSide(e.Required("credit")),
		})
		e.Done()
	}
	if list.IsList() && len(items) == 0 {
		list.Report("E_REQUIRED", "entries is empty", "say how at least one treatment is booked")
	}
	f.Done()
	return y
}

func readSide(v *yamlread.Value) YayoiSide {
	f := v.Map()
	s := YayoiSide{Account: f.Required("account").Text(), TaxClass: f.Required("tax_class").Text()}
	if x := f.Optional("sub_account"); x != nil {
		s.SubAccount = x.Text()
	}
	if x := f.Optional("department"); x != nil {
		s.Department = x.Text()
	}
	f.Done()
	return s
}

func readZengin(v *yamlread.Value) *ZenginTerms {
	f := v.Map()
	z := &ZenginTerms{
		ClientCode: f.Required("client_code").Digits(10), ClientName: readKana(f.Required("client_name"), 40),
		BankCode: f.Required("bank_code").Digits(4), BankName: readKana(f.Optional("bank_name"), 15),
		BranchCode: f.Required("branch_code").Digits(3), BranchName: readKana(f.Optional("branch_name"), 15),
		AccountType: readEnum(f.Required("account_type"), []string{"1", "2", "9"}), AccountNumber: f.Required("account_number").Digits(7),
		Accounts: readPath(f.Required("accounts")), MaxTransfers: MaxTransfers,
	}
	z.NoLineEnds = readEnum(f.Optional("line_ends"), []string{"crlf", "none"}) == "none"
	if x := f.Optional("max_transfers"); x != nil {
		z.MaxTransfers = x.Int(1, MaxTransfers)
	}
	f.Done()
	return z
}

func readKana(v *yamlread.Value, n int) string {
	if v == nil {
		return ""
	}
	s := v.Text()
	if problem := kanaProblem(s, n); problem != nil {
		v.Report(problem.Code, problem.Message, problem.Hint)
	}
	return s
}

func readRate(v *yamlread.Value) string {
	s, ok := v.Scalar()
	if ok && !rateForm.MatchString(s) {
		v.Report("E_NUM_FORM", "not a rate", "write it as the contract does, such as 10%")
		return ""
	}
	return s
}

func readPath(v *yamlread.Value) string {
	s, ok := v.Scalar()
	if ok && !fs.ValidPath(s) {
		v.Report("E_PATH", "not a path inside the case folder", "write a relative path with '/', without '..'")
		return ""
	}
	return s
}

// Formats lists the formats in which credits are written.
func Formats() []string { return []string{"jsonl", "csv", "stripe", "lago", "yayoi", "zengin"} }

// Needs reports the fields that a format needs and b, which may be nil, lacks. Each is named.
func (b *Billing) Needs(format string) contracts.Problems {
	var problems contracts.Problems
	need := func(field string, is bool, why string) {
		if is {
			return
		}
		p := contracts.Problem{File: "case.yaml", Field: "billing", Code: "E_REQUIRED", Message: format + " needs a billing file", Hint: "name a file with " + field + ": " + why}
		if b != nil {
			p = contracts.Problem{File: b.file, Field: field, Code: "E_REQUIRED", Message: field + " is missing, which " + format + " needs", Hint: why}
		}
		problems = append(problems, p)
	}
	switch format {
	case "stripe":
		need("stripe", b != nil && b.Stripe != nil, "say whether the invoices are paid or open")
	case "lago":
		need("invoices", b != nil && b.Invoices != "", "a list with customer, invoice and fee_id: Lago credits the fees of an invoice")
	case "yayoi":
		need("yayoi", b != nil && b.Yayoi != nil, "say to which accounts and tax classes (税区分) credits go")
		need("paid_on", b != nil && !b.PaidOn.IsZero(), "the day of the entry (取引日付)")
	case "zengin":
		need("zengin", b != nil && b.Zengin != nil, "say from which account transfers go and where the customers' accounts are listed")
		need("paid_on", b != nil && !b.PaidOn.IsZero(), "the day of the transfers (取組日)")
	}
	return problems
}
