package credits

import (
	"errors"
	"io"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/amends-go/amends/contracts"
)

func TestCheck(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Instruction)
		want   string
	}{
		{"a sound instruction", func(*Instruction) {}, ""},
		{"damages without tax", func(x *Instruction) { x.Treatment, x.TaxRate, x.Item, x.Tax = TreatAsDamages, "", x.Amount, 0 }, ""},
		{"no clause, version, subscription, invoice or memo", func(x *Instruction) { x.Clause, x.Version, x.Memo = "", "", "" }, ""},
		{"no customer", func(x *Instruction) { x.Customer = "" }, "E_REQUIRED customer"},
		{"a blank run", func(x *Instruction) { x.Run = " " }, "E_REQUIRED run_id"},
		{"no reason", func(x *Instruction) { x.Reason = "" }, "E_REQUIRED reason"},
		{"a plan of 63 digits", func(x *Instruction) { x.Plan = x.Plan[1:] }, "E_HASH plan_hash"},
		{"evidence in capitals", func(x *Instruction) { x.Evidence = strings.Repeat("A", 64) }, "E_HASH evidence_hash"},
		{"a version that no calendar has", func(x *Instruction) { x.Version = "2026-02-29" }, "E_DATE version"},
		{"a version of another form", func(x *Instruction) { x.Version = "2026/04/01" }, "E_DATE version"},
		{"a currency nobody knows", func(x *Instruction) { x.Currency = "YEN" }, "E_CURRENCY currency"},
		{"yen with two decimals", func(x *Instruction) { x.Exponent = 2 }, "E_CURRENCY exponent"},
		{"one yen too few", func(x *Instruction) { x.Amount-- }, "E_SUM amount_minor"},
		{"one yen too many", func(x *Instruction) { x.Amount++ }, "E_SUM amount_minor"},
		{"a sum beyond 64 bits", func(x *Instruction) { x.Item, x.Tax, x.Amount = math.MaxInt64, 1, math.MinInt64 }, "E_SUM amount_minor"},
		{"a sum below 64 bits", func(x *Instruction) { x.Item, x.Tax, x.Amount = math.MinInt64, -1, math.MaxInt64 }, "E_SUM amount_minor"},
		{"the greatest sum", func(x *Instruction) { x.Item, x.Tax, x.Amount = math.MaxInt64-1, 1, math.MaxInt64 }, ""},
		{"a treatment nobody knows", func(x *Instruction) { x.Treatment = "gift" }, "E_ENUM tax_treatment"},
		{"a remedy nobody knows", func(x *Instruction) { x.Remedy = "cash" }, "E_ENUM remedy"},
		{"a rate without a sign", func(x *Instruction) { x.TaxRate = "10" }, "E_NUM_FORM tax_rate"},
		{"a rate as a fraction", func(x *Instruction) { x.TaxRate = "1/10" }, ""},
		{"tax without a rate", func(x *Instruction) { x.TaxRate = "" }, "E_REQUIRED tax_rate"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ps := Check(with(credit("c", "r", 200, 20), tt.change))
			if got := strings.ReplaceAll(codes(ps), "0 ", ""); got != tt.want {
				t.Errorf("got %q, want %q\n%v", got, tt.want, ps)
			}
		})
	}
	x := credit("c", "r", 200, 20)
	x.Key = strings.ToUpper(x.Key)
	if got := codes(Check(x)); got != "0 E_HASH idempotency_key" {
		t.Errorf("a key in capitals: %q", got)
	}
}

// The amount is not in the key, and everything that tells one credit from another is.
func TestKeyIsOfWhatACreditIs(t *testing.T) {
	x := credit("c", "r", 200, 20)
	for name, change := range map[string]func(*Instruction){ // order: each is tried alone
		"amount": func(x *Instruction) { x.Amount, x.Item = 330, 310 }, "memo": func(x *Instruction) { x.Memo = "" }, "plan": func(x *Instruction) { x.Plan = "" },
		"invoice": func(x *Instruction) { x.Invoice = "in" }, "evidence": func(x *Instruction) { x.Evidence = "" },
	} {
		if with(x, change).Key != x.Key {
			t.Errorf("%s is in the key", name)
		}
	}
	for name, change := range map[string]func(*Instruction){ // order: each is tried alone
		"run": func(x *Instruction) { x.Run = "s" }, "customer": func(x *Instruction) { x.Customer = "d" }, "subscription": func(x *Instruction) { x.Subscription = "s" },
		"contract": func(x *Instruction) { x.Contract = "d" }, "version": func(x *Instruction) { x.Version = "" }, "clause": func(x *Instruction) { x.Clause = "" },
		"incident": func(x *Instruction) { x.Incident = "d" }, "treatment": func(x *Instruction) { x.Treatment = TreatAsGoodwill }, "rate": func(x *Instruction) { x.TaxRate = "8%" },
		"reason": func(x *Instruction) { x.Reason = "damages" }, "remedy": func(x *Instruction) { x.Remedy = RefundPaid }, "currency": func(x *Instruction) { x.Currency = "USD" },
	} {
		y := with(x, change)
		if y.Key == x.Key {
			t.Errorf("%s is not in the key", name)
		}
		if name != "run" && groupOf(y) == groupOf(x) {
			t.Errorf("%s is in the key and does not part credits of two runs", name)
		}
	}
	// By another program: SHA-256 over the fields, each with its length in bytes and a colon before it.
	if got, want := credit("顧客", "r1", 200, 20).Key, "7cf2561ef05760667ab2b628dfff6dbf52119f20a0fa082455917b8e2fb4ac73"; got != want {
		t.Errorf("the key is %s, want %s", got, want)
	}
	if a, b := with(x, func(x *Instruction) { x.Clause, x.Customer = "ab", "c" }), with(x, func(x *Instruction) { x.Clause, x.Customer = "a", "bc" }); a.Key == b.Key {
		t.Error("two lists of fields have one key")
	}
}

func TestReadBillingRefuses(t *testing.T) {
	data, err := os.ReadFile(testdata + "/billing.yaml")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, old, new, want string }{
		{"a name in kanji", "カ）アメンズ", "株式会社アメンズ", "22 E_CHARSET zengin.client_name"},
		{"a name of 40 letters", "カ）アメンズ", strings.Repeat("ガ", 20), ""},
		{"a name of 41 letters", "カ）アメンズ", strings.Repeat("ガ", 20) + "ア", "22 E_LIMIT_FIELD zengin.client_name"},
		{"a bank code without its zeros", `"0001"`, "1", "23 E_ID zengin.bank_code"},
		{"a day that no calendar has", "2026-12-25", "2026-12-32", "2 E_DATE paid_on"},
		{"a day of another form is read and told", "2026-12-25", "2026年12月25日", "2 N_DATE paid_on"},
		{"a rate that is none", "25%: txr_25", "a quarter: txr_25", "8 E_NUM_FORM stripe.tax_rates.a quarter"},
		{"a list outside the folder", "accounts: accounts.csv", "accounts: ../accounts.csv", "29 E_PATH zengin.accounts"},
		{"two faults", "slip: 71", "slip: 0\n  editon: online", "11 E_RANGE yayoi.slip; 12 E_UNKNOWN_FIELD yayoi.editon"},
		{"a department and a memo", "account: 雑損失,", "account: 雑損失, department: 本社,", ""},
		{"no entries", "entries:", "entries: []\n  lines:", "12 E_REQUIRED yayoi.entries; 13 E_UNKNOWN_FIELD yayoi.lines"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.Replace(string(data), tt.old, tt.new, 1)
			if text == string(data) {
				t.Fatal("nothing was changed")
			}
			b, ps := ReadBilling("billing.yaml", []byte(text))
			if got := codes(ps); got != tt.want || (b == nil) != (ps.Err() != nil) {
				t.Errorf("got %q, want %q\n%v", got, tt.want, ps)
			}
		})
	}
	if b, ps := ReadBilling("billing.yaml", nil); b != nil || codes(ps) != "1 E_EMPTY " {
		t.Errorf("an empty file: %v", ps)
	}
}

// Terms that were set in Go and not read are checked as well.
func TestZenginChecksWhoPays(t *testing.T) {
	b := billing(t)
	*b.Zengin = ZenginTerms{ClientCode: "1", ClientName: "山", BankCode: "0001", BranchCode: "001", AccountType: "1", AccountNumber: "x"}
	_, _, ps := Zengin(b, accounts(t), nil)
	if got := codes(ps.Sorted()); got != "0 E_ID zengin.account_number; 0 E_ID zengin.client_code; 0 E_CHARSET zengin.client_name; 0 E_RANGE zengin.max_transfers" {
		t.Error(got)
	}
}

func TestYayoiInTheCloud(t *testing.T) {
	tests := []struct {
		name    string
		account string
		item    int64
		want    string
	}{
		{"an account of 12 letters and nine digits", strings.Repeat("勘", 12), 999_999_999, ""},
		{"an account of 13 letters", strings.Repeat("勘", 13), 1, "1 E_LIMIT_FIELD 借方勘定科目"},
		{"ten digits", "売上高", 1_000_000_000, "1 E_LIMIT_FIELD 借方金額; 1 E_LIMIT_FIELD 貸方金額"},
		{"an account of two lines", "売上\n高", 1, "1 E_CTRL_CHAR 借方勘定科目"},
	}
	for _, tt := range tests {
		b := billing(t)
		b.Yayoi.Online, b.Yayoi.Memo, b.Yayoi.Entries[0].Debit.Account = true, "障害返金", tt.account
		if _, ps := Yayoi(io.Discard, b, []Instruction{credit("a", "r", tt.item, 0)}); codes(ps) != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, codes(ps), tt.want)
		}
	}
}

func TestInvoicesByCustomerAndSubscription(t *testing.T) {
	list, ps := ReadInvoices(fstest.MapFS{"i.csv": {Data: []byte("customer,subscription,invoice\na,,whole\na,s1,one\n")}}, "i.csv")
	if ps != nil {
		t.Fatal(ps)
	}
	for sub, want := range map[string]string{"": "whole", "s1": "one", "s2": "whole"} { // order: each is tried alone
		if got, ok := list.Of("a", sub); !ok || got.ID != want || got.Customer != "a" {
			t.Errorf("%q: %+v", sub, got)
		}
	}
	if _, ok := list.Of("b", ""); ok {
		t.Error("a customer who is not listed has an invoice")
	}
	_, ps = ReadInvoices(fstest.MapFS{"i.csv": {Data: []byte("customer,invoice\n合計,1\nb, \n")}}, "i.csv")
	if got := codes(ps.Sorted()); got != "2 E_ID customer; 3 E_REQUIRED invoice" {
		t.Error(got)
	}
}

func TestFilesThatFail(t *testing.T) {
	broken := errors.New("disk")
	if ps := Read(iotest.ErrReader(broken), "f", nil); codes(ps) != "0 E_IO " {
		t.Error(ps)
	}
	line := string(written(t, "jsonl", []Instruction{credit("a", "r", 1, 0)}))
	none := func(Instruction) {}
	if ps := Read(io.MultiReader(strings.NewReader(line), iotest.ErrReader(broken)), "f", none); ps.Err() == nil {
		t.Error("a file that breaks off is read")
	}
	if ps := Read(strings.NewReader("{"+strings.Repeat(" ", maxLine)+"}\n"), "f", none); codes(ps) != "1 E_LIMIT_ROW " || ps[0].Outcome != contracts.Limit {
		t.Error(codes(ps))
	}
	xs := []Instruction{credit("a", "r", 1, 0)}
	full := failing{}
	if _, ps := Stripe(full, billing(t), invoices(t), xs); codes(ps) != "0 E_IO " {
		t.Error(ps)
	}
	if _, ps := Yayoi(full, billing(t), xs); codes(ps) != "0 E_IO " {
		t.Error(ps)
	}
	for _, format := range Formats() {
		if format == "lago" {
			continue
		}
		out, ps := Prepare(format, billing(t), os.DirFS(testdata), xs)
		if ps != nil {
			t.Fatal(ps)
		}
		if err := out.Files[0](full); err == nil {
			t.Errorf("%s is written to a full disk", format)
		}
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("full") }
