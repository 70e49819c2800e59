package credits

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/amends-go/amends/contracts"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/japanese"
)

const testdata = "../../testdata/credits"

func billing(t testing.TB) *Billing {
	t.Helper()
	data, err := os.ReadFile(testdata + "/billing.yaml")
	if err != nil {
		t.Fatal(err)
	}
	b, ps := ReadBilling("billing.yaml", data)
	if ps != nil {
		t.Fatal(ps)
	}
	return b
}

func invoices(t testing.TB) Of[Invoice] {
	t.Helper()
	list, ps := ReadInvoices(os.DirFS(testdata), "invoices.csv")
	if ps != nil {
		t.Fatal(ps)
	}
	return list
}

func accounts(t testing.TB) Of[Account] {
	t.Helper()
	list, ps := ReadAccounts(os.DirFS(testdata), "accounts.csv")
	if ps != nil {
		t.Fatal(ps)
	}
	return list
}

// lines are the lines of a table in testdata, without its comments.
func lines(t *testing.T, name string) [][]string {
	t.Helper()
	data, err := os.ReadFile(testdata + "/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for line := range strings.Lines(string(data)) {
		if !strings.HasPrefix(line, "#") {
			out = append(out, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
		}
	}
	return out
}

func invoice(id string) func(*Instruction) {
	return func(x *Instruction) { x.Invoice = id }
}

func remedy(r Remedy) func(*Instruction) {
	return func(x *Instruction) { x.Remedy = r }
}

func TestStripeRequests(t *testing.T) {
	b, open := billing(t), billing(t)
	open.Stripe.Paid = false
	x := with(credit("a", "r1", 200, 20), invoice("in_1"))
	keys := func(x Instruction) string {
		return `"metadata":{"amends_clause":"sla","amends_contract":"hosting","amends_customer":"` + x.Customer + `","amends_incident":"outage","amends_key":"` + x.Key + `","amends_plan":"` + x.Plan +
			`","amends_reason":"service-credit","amends_run":"r1","amends_treatment":"price_reduction"}`
	}
	note := func(x Instruction, money string) string {
		return `{"method":"POST","path":"/v1/credit_notes","idempotency_key":"` + x.Key + `","body":{"invoice":"in_1","lines":[{"type":"custom_line_item","description":"通信障害に関する返金","quantity":1,"unit_amount":200,` +
			`"tax_amounts":[{"amount":20,"taxable_amount":200,"tax_rate":"txr_10"}]}],"reason":"product_unsatisfactory","memo":"通信障害に関する返金","email_type":"none",` + money + keys(x) + `}}`
	}
	balance := func(x Instruction, customer string, n int64) string {
		return fmt.Sprintf(`{"method":"POST","path":"/v1/customers/%s/balance_transactions","idempotency_key":"%s","body":{"amount":%d,"currency":"jpy","description":"通信障害に関する返金",%s}}`, customer, x.Key, n, keys(x))
	}
	refund := with(x, remedy(RefundPaid))
	plain, odd := credit("a", "r1", 200, 20), credit("x/y", "r1", 200, 20)
	back := with(credit("a", "r1", -200, -20), invoice("in_1"))
	tests := []struct {
		name string
		b    *Billing
		x    Instruction
		want string
	}{
		{"a credit on a paid invoice goes to the balance", b, x, note(x, `"credit_amount":220,`)},
		{"a refund on a paid invoice goes back", b, refund, note(refund, `"refund_amount":220,`)},
		{"a credit on an open invoice lowers it", open, x, note(x, "")},
		{"a credit without an invoice is a credit of the balance", b, plain, balance(plain, "cus_a", -220)},
		{"a customer who is not in the list has one id", b, odd, balance(odd, "x%2Fy", -220)},
		{"what is taken back is a debit of the balance", b, back, balance(back, "cus_a", 220)},
		{"a transfer is left to the bank", b, with(x, remedy(BankTransfer)), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			_, ps := Stripe(&out, tt.b, invoices(t), []Instruction{tt.x})
			if diff := cmp.Diff(tt.want, strings.TrimSuffix(out.String(), "\n")); diff != "" || ps != nil {
				t.Errorf("%v (-want +got):\n%s", ps, diff)
			}
		})
	}
}

// The units are those of docs.stripe.com/currencies.
func TestStripeUnits(t *testing.T) {
	tests := []struct {
		currency string
		exponent int
		minor    int64
		want     int64
		code     string
	}{
		{"JPY", 0, 500, 500, ""},
		{"USD", 2, 1000, 1000, ""},
		{"ISK", 0, 5, 500, ""},
		{"UGX", 0, 5, 500, ""},
		{"MGA", 2, 500, 5, ""},
		{"MGA", 2, 501, 0, "E_CURRENCY"},
		{"KWD", 3, 5120, 5120, ""},
		{"KWD", 3, 5124, 0, "E_CURRENCY"},
		{"KWD", 3, 5130, 5130, ""},
		{"HUF", 2, 1045, 1045, ""},
		{"CLF", 4, 10000, 0, "E_CURRENCY"},
		{"ISK", 0, 1 << 62, 0, "E_CURRENCY"},
	}
	for _, tt := range tests {
		got, p := stripeUnits(tt.currency, tt.exponent, "amount_minor", tt.minor)
		code := ""
		if p != nil {
			code = p.Code
		}
		if got != tt.want || code != tt.code {
			t.Errorf("%s %d: %d %q, want %d %q", tt.currency, tt.minor, got, code, tt.want, tt.code)
		}
	}
}

func TestFormatsRefuse(t *testing.T) {
	b, open := billing(t), billing(t)
	open.Stripe.Paid = false
	usd := func(x *Instruction) { x.Currency, x.Exponent = "USD", 2 }
	stripe := func(w io.Writer, b *Billing, xs []Instruction) contracts.Problems {
		_, ps := Stripe(w, b, invoices(t), xs)
		return ps
	}
	lago := func(w io.Writer, b *Billing, xs []Instruction) contracts.Problems {
		_, ps := Lago(w, b, invoices(t), xs)
		return ps
	}
	yayoi := func(w io.Writer, b *Billing, xs []Instruction) contracts.Problems {
		_, ps := Yayoi(w, b, xs)
		return ps
	}
	zengin := func(_ io.Writer, b *Billing, xs []Instruction) contracts.Problems {
		_, _, ps := Zengin(b, accounts(t), xs)
		return ps
	}
	longMemo := func(x *Instruction) { x.Memo = strings.Repeat("長", 351) }
	names := billing(t)
	names.Yayoi.Entries[0].Debit.Account, names.Yayoi.Entries[0].Credit.SubAccount = "売上𠮷é", strings.Repeat("補", 13)
	big := credit("a", "r1", maxTransfer, 1)
	tests := []struct {
		name  string
		write func(io.Writer, *Billing, []Instruction) contracts.Problems
		b     *Billing
		xs    []Instruction
		want  string
	}{
		{"stripe: a refund without an invoice", stripe, b, []Instruction{credit("a", "r", 1, 0), with(credit("a", "r", 1, 0), remedy(RefundPaid))}, "2 E_REQUIRED invoice_ref"},
		{"stripe: a refund of an open invoice", stripe, open, []Instruction{with(with(credit("a", "r", 1, 0), remedy(RefundPaid)), invoice("in_1"))}, "1 E_CONFLICT remedy"},
		{"stripe: a rate that is not at Stripe, twice", stripe, b, []Instruction{
			with(credit("a", "r", 10, 1), func(x *Instruction) { x.Invoice, x.TaxRate = "in_1", "8%" }), with(credit("b", "r", 10, 1), func(x *Instruction) { x.Invoice, x.TaxRate = "in_1", "8%" })}, "1 E_REQUIRED tax_rate; 2 E_REQUIRED tax_rate"},
		{"stripe: a description of 351 characters", stripe, b, []Instruction{with(credit("a", "r", 1, 0), longMemo)}, "1 E_LIMIT_FIELD memo"},
		{"stripe: only the tax changes", stripe, b, []Instruction{credit("a", "r", 1, -1)}, "1 E_RANGE amount_minor"},
		{"lago: what is taken back", lago, b, []Instruction{with(credit("a", "r", -1, 0), invoice("in_1"))}, "1 E_RANGE amount_minor"},
		{"lago: another invoice", lago, b, []Instruction{with(credit("a", "r", 1, 0), invoice("in_0"))}, "1 E_CONFLICT invoice_ref"},
		{"lago: no fee", lago, b, []Instruction{with(credit("b", "r", 1, 0), func(x *Instruction) { x.Subscription = "s2" })}, "1 E_REQUIRED invoice_ref"},
		{"lago: no invoice", lago, b, []Instruction{credit("c", "r", 1, 0)}, "1 E_REQUIRED invoice_ref"},
		{"yayoi: dollars", yayoi, b, []Instruction{with(credit("a", "r", 1, 0), usd)}, "1 E_CURRENCY currency"},
		{"yayoi: a treatment without an entry", yayoi, b, []Instruction{with(credit("a", "r", 1, 0), func(x *Instruction) { x.Treatment = TreatAsGoodwill })}, "1 E_REQUIRED tax_treatment"},
		{"yayoi: twelve digits", yayoi, b, []Instruction{credit("a", "r", 99_999_999_999, 1)}, "1 E_LIMIT_FIELD 借方金額; 1 E_LIMIT_FIELD 貸方金額"},
		{"yayoi: characters and a length", yayoi, names, []Instruction{credit("a", "r", 1, 0)}, "1 E_CHARSET 借方勘定科目; 1 E_LIMIT_FIELD 貸方補助科目"},
		{"zengin: owed back", zengin, b, []Instruction{with(credit("a", "r", -5, 0), remedy(BankTransfer))}, "1 E_RANGE amount_minor"},
		{"zengin: eleven digits", zengin, b, []Instruction{with(big, remedy(BankTransfer))}, "1 E_RANGE amount_minor"},
		{"zengin: no account, and dollars", zengin, b, []Instruction{with(credit("c", "r", 5, 0), remedy(BankTransfer)), with(with(credit("a", "r", 5, 0), remedy(BankTransfer)), usd)}, "1 E_REQUIRED customer; 2 E_CURRENCY currency"},
		{"stripe without its part", stripe, &Billing{file: "billing.yaml"}, nil, "0 E_REQUIRED stripe"},
		{"lago without invoices", lago, &Billing{file: "billing.yaml"}, nil, "0 E_REQUIRED invoices"},
		{"yayoi without its part and day", yayoi, &Billing{file: "billing.yaml"}, nil, "0 E_REQUIRED yayoi; 0 E_REQUIRED paid_on"},
		{"zengin without a billing file", zengin, nil, nil, "0 E_REQUIRED billing; 0 E_REQUIRED billing"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			ps := tt.write(&out, tt.b, tt.xs)
			if got := codes(ps); got != tt.want || out.Len() > 0 {
				t.Errorf("got %q, want %q\n%v\n%s", got, tt.want, ps, out.String())
			}
			for _, p := range ps {
				if p.File == "" || p.Message == "" || p.Hint == "" {
					t.Errorf("%+v", p)
				}
			}
		})
	}
}

// On every line item and tax add up to what is credited, as the cases that Lago publishes have it.
func TestLagoLines(t *testing.T) {
	data, err := os.ReadFile(testdata + "/lago-rounding.json")
	if err != nil {
		t.Fatal(err)
	}
	var published struct {
		Cases []struct {
			Name, Rate       string
			Item, Tax, Total int64
		}
	}
	if err := json.Unmarshal(data, &published); err != nil {
		t.Fatal(err)
	}
	for _, tt := range published.Cases {
		for _, r := range []Remedy{BillCredit, RefundPaid} {
			x := with(credit("a", "r1", tt.Item, tt.Tax), func(x *Instruction) {
				x.Currency, x.Exponent, x.TaxRate, x.Invoice, x.Remedy = "EUR", 2, tt.Rate, "in_1", r
			})
			var out bytes.Buffer
			if _, ps := Lago(&out, billing(t), invoices(t), []Instruction{x}); ps != nil {
				t.Fatal(ps)
			}
			credited, refunded := tt.Total, int64(0)
			if r == RefundPaid {
				credited, refunded = refunded, credited
			}
			want := fmt.Sprintf(`{"method":"POST","path":"/api/v1/credit_notes","idempotency_key":"%s","body":{"credit_note":{"invoice_id":"in_1","reason":"product_unsatisfactory","description":"通信障害に関する返金",`+
				`"credit_amount_cents":%d,"refund_amount_cents":%d,"items":[{"fee_id":"fee_1","amount_cents":%d}]}}}`+"\n", x.Key, credited, refunded, tt.Item)
			if diff := cmp.Diff(want, out.String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.Name, diff)
			}
		}
	}
}

func TestYayoiJournalByItsFieldTable(t *testing.T) {
	xs := []Instruction{credit("a", "r", 100, 10), credit("b", "r", 300, 30), credit("c", "r", -30, -3), with(credit("d", "r", 50, 0), remedy(InKindGiven))}
	var out bytes.Buffer
	left, ps := Yayoi(&out, billing(t), xs)
	if ps != nil || left.String() != "in_kind 1" {
		t.Fatal(ps, left)
	}
	fields := lines(t, "yayoi-fields.tsv")
	if len(fields) != 25 {
		t.Fatalf("the table has %d columns", len(fields))
	}
	var want [2][]string
	for i, f := range fields {
		for n := range want {
			want[n] = append(want[n], f[4+n])
			if value := strings.Trim(f[4+n], `"`); f[1] == "1" && value == "" {
				t.Errorf("%s is required", f[0])
			}
		}
		if yayoiFields[i].name != f[0] || f[2] != "" && strconv.Itoa(yayoiFields[i].desktop) != f[2] || yayoiFields[i].text != (f[3] == "text") {
			t.Errorf("column %d is %+v, want %v", i+1, yayoiFields[i], f)
		}
	}
	text := strings.Join(want[0], ",") + "\r\n" + strings.Join(want[1], ",") + "\r\n"
	encoded, err := japanese.ShiftJIS.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]byte(encoded), out.Bytes()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !bytes.Contains(out.Bytes(), []byte("\"\x94\x84\x8f\xe3\x92\x6c\x88\xf8\x8d\x82\"")) { // 売上値引高 by the table of Shift_JIS
		t.Error("the text is not in CP932")
	}
}

func TestYayoiFlags(t *testing.T) {
	damages := with(credit("c", "r", 40, 0), func(x *Instruction) { x.Treatment, x.TaxRate = TreatAsDamages, "" })
	tests := []struct {
		name string
		xs   []Instruction
		want string
	}{
		{"nothing is no line", nil, ""},
		{"one line is an entry by itself", []Instruction{credit("a", "r", 10, 1), credit("b", "r", 10, 1)}, `"2000" 22 2 0`},
		{"three lines are a slip", []Instruction{credit("a", "r", 10, 1), damages, credit("b", "r", -5, 0)}, `"2110" 11 1 3; "2100" 40 0 3; "2101" 5 0 3`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			if _, ps := Yayoi(&out, billing(t), tt.xs); ps != nil {
				t.Fatal(ps)
			}
			var got []string
			for line := range strings.SplitSeq(strings.TrimSuffix(out.String(), "\r\n"), "\r\n") {
				if f := strings.Split(line, ","); len(f) == 25 {
					got = append(got, strings.Join([]string{f[0], f[8], f[9], f[19]}, " "))
				}
			}
			if s := strings.Join(got, "; "); s != tt.want {
				t.Errorf("got %s, want %s", s, tt.want)
			}
		})
	}
}

func TestZenginFileByItsFieldTable(t *testing.T) {
	xs := []Instruction{
		with(credit("b", "r", maxTransfer, 0), remedy(BankTransfer)), with(credit("a", "r", 1000, 100), remedy(BankTransfer)), credit("a", "r", 7, 0),
		with(credit("a", "r", 500, 0), func(x *Instruction) { x.Remedy, x.Clause = BankTransfer, "other" }), with(credit("a", "r", -100, 0), func(x *Instruction) { x.Remedy, x.Subscription = BankTransfer, "s" }),
	}
	b := billing(t)
	for _, ends := range []string{"\r\n", ""} {
		b.Zengin.NoLineEnds = ends == ""
		transfers, left, ps := Zengin(b, accounts(t), xs)
		if ps != nil || transfers.Files() != 1 || left.String() != "bill_credit 1" {
			t.Fatal(ps, left)
		}
		var out bytes.Buffer
		if err := transfers.Write(&out, 0); err != nil {
			t.Fatal(err)
		}
		var want []byte
		size := 0
		for _, f := range lines(t, "zengin-fields.tsv") {
			n, _ := strconv.Atoi(f[3])
			var field []byte
			for _, r := range f[4] {
				if r > 0x7f {
					r -= 0xfec0 // half-width kana of Unicode to JIS X 0201
				}
				field = append(field, byte(r))
			}
			fill := bytes.Repeat([]byte{map[string]byte{"N": '0', "C": ' '}[f[2]]}, n-len(field))
			if f[2] == "N" {
				want = append(append(want, fill...), field...)
			} else {
				want = append(append(want, field...), fill...)
			}
			if size += n; size == 120 {
				want, size = append(want, ends...), 0
			}
		}
		if size != 0 {
			t.Fatal("the table has a record that is not of 120 bytes")
		}
		if !bytes.Equal(want, out.Bytes()) {
			t.Errorf("got\n%q, want\n%q", out.Bytes(), want)
		}
	}
}

func TestZenginSplitsFiles(t *testing.T) {
	var list strings.Builder
	list.WriteString("customer,bank_code,branch_code,account_type,account_number,holder\n")
	var xs []Instruction
	for i := range 101 {
		fmt.Fprintf(&list, "c%03d,0001,001,1,%d,ア\n", i, i+1)
		xs = append(xs, with(credit(fmt.Sprintf("c%03d", i), "r", maxTransfer, 0), remedy(BankTransfer)))
	}
	to, ps := ReadAccounts(fstest.MapFS{"a.csv": {Data: []byte(list.String())}}, "a.csv")
	if ps != nil {
		t.Fatal(ps)
	}
	tests := []struct {
		name string
		n    int
		max  int64
		want []int
	}{
		{"nobody is paid", 0, MaxTransfers, []int{0}},
		{"one below the limit", 49, 50, []int{49}},
		{"at the limit", 50, 50, []int{50}},
		{"one above the limit", 51, 50, []int{50, 1}},
		{"twelve digits of money", 100, MaxTransfers, []int{100}},
		{"thirteen digits of money", 101, MaxTransfers, []int{100, 1}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := billing(t)
			b.Zengin.MaxTransfers = tt.max
			transfers, _, ps := Zengin(b, to, xs[:tt.n])
			if ps != nil {
				t.Fatal(ps)
			}
			var got []int
			for i := range transfers.Files() {
				n, sum := transfers.Total(i)
				var out bytes.Buffer
				if err := transfers.Write(&out, i); err != nil || out.Len() != (n+3)*122 || sum != int64(n)*maxTransfer {
					t.Errorf("file %d: %v, %d bytes, sum %d", i, err, out.Len(), sum)
				}
				got = append(got, n)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if a, b := FileName("out/furikomi.txt", 0), FileName("out/furikomi.txt", 2); a != "out/furikomi.txt" || b != "out/furikomi-3.txt" {
		t.Errorf("%s, %s", a, b)
	}
}

func TestKana(t *testing.T) {
	tests := []struct{ name, kana, bad string }{
		{"キュウヨイチロウ", "ｷﾕｳﾖｲﾁﾛｳ", ""}, // as https://jinjer-kyuyo.zendesk.com/hc/ja/articles/900002885563 has it
		{"じんじ　しょうご", "ｼﾞﾝｼﾞ ｼﾖｳｺﾞ", ""},
		{"カ）アメンズ", "ｶ)ｱﾒﾝｽﾞ", ""},
		{"ヴィラ・パーティー", "ｳﾞｲﾗ.ﾊﾟ-ﾃｲ-", ""},
		{"ｶﾌﾞｼｷｶﾞｲｼｬ", "ｶﾌﾞｼｷｶﾞｲｼﾔ", ""},
		{"か\u3099は\u309a", "ｶﾞﾊﾟ", ""},
		{"Ａｂｃ-１２3", "ABC-123", ""},
		{"ヲガワ", "ｵｶﾞﾜ", ""},
		{"山田タロウ", "ﾀﾛｳ", "山田"},
		{"A&B,円円", "AB", "&,円"},
	}
	for _, tt := range tests {
		got, bad := Kana(tt.name)
		if got != tt.kana || string(bad) != tt.bad {
			t.Errorf("%s: %s, refuses %q; want %s, %q", tt.name, got, string(bad), tt.kana, tt.bad)
		}
	}
}

func TestCP932(t *testing.T) {
	tests := []struct{ text, want, bad string }{
		{"①㈱髙﨑", "\x87\x40\x87\x8a\xfb\xfc\xfa\xb1", ""},
		{"〜−—¥‖", "\x81\x60\x81\x7c\x81\x5c\x81\x8f\x81\x61", ""}, // as ～－―￥∥
		{"纊", "\xfa\x5c", ""}, // the first and the last of IBM's kanji
		{"黑", "\xfc\x4b", ""},
		{"ⅰⅹ￢￤＇＂", "\xfa\x40\xfa\x49\x81\xca\xfa\x55\xfa\x56\xfa\x57", ""},
		{"ｱ", "\xb1", ""},
		{"𠮷と鷗と𠮷", "", "𠮷鷗"},
		{"é㋿", "", "é㋿"},
	}
	for _, tt := range tests {
		got, bad := cp932(tt.text)
		if string(got) != tt.want || string(bad) != tt.bad {
			t.Errorf("%s: %x, refuses %q; want %x, %q", tt.text, got, string(bad), tt.want, tt.bad)
		}
	}
}

// Whatever CP932 has, in whatever bytes, is the same text when it is read.
func TestCP932IsReadAsItWas(t *testing.T) {
	for r := rune(0x80); r < 0x10000; r++ {
		b, bad := cp932(string(r))
		if bad != nil || strings.ContainsRune("〜−—¥‖", r) {
			continue
		}
		if got, err := japanese.ShiftJIS.NewDecoder().String(string(b)); err != nil || got != string(r) {
			t.Fatalf("%c U+%04X is written as %x and read as %s (%v)", r, r, b, got, err)
		}
	}
}

func TestListsRefuse(t *testing.T) {
	const head = "customer,bank_code,branch_code,account_type,account_number,holder\n"
	tests := []struct{ name, text, want string }{
		{"a sound row", head + "a,0001,001,1,1,ア\n", ""},
		{"an unknown column", "customer,bank\n", "1 E_REQUIRED account_number; 1 E_REQUIRED account_type; 1 E_UNKNOWN_FIELD bank; 1 E_REQUIRED bank_code; 1 E_REQUIRED branch_code; 1 E_REQUIRED holder"},
		{"a bank code that lost its zeros", head + "a,1,001,1,1,ア\n", "2 E_ID bank_code"},
		{"an account of eight digits", head + "a,0001,001,1,12345678,ア\n", "2 E_ID account_number"},
		{"a type of account that is none", head + "a,0001,001,3,1,ア\n", "2 E_ENUM account_type"},
		{"a holder in kanji", head + "a,0001,001,1,1,山田\n", "2 E_CHARSET holder"},
		{"a holder of 30 letters", head + "a,0001,001,1,1," + strings.Repeat("ガ", 15) + "\n", ""},
		{"a holder of 31 letters", head + "a,0001,001,1,1," + strings.Repeat("ガ", 15) + "ア\n", "2 E_LIMIT_FIELD holder"},
		{"no holder", head + "a,0001,001,1,1,\n", "2 E_REQUIRED holder"},
		{"a customer twice", head + "a,0001,001,1,1,ア\na,0001,001,1,2,ア\n", "3 E_DUP_ID customer"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, ps := ReadAccounts(fstest.MapFS{"a.csv": {Data: []byte(tt.text)}}, "a.csv")
			if got := codes(ps.Sorted()); got != tt.want {
				t.Errorf("got %q, want %q\n%v", got, tt.want, ps)
			}
		})
	}
}

func FuzzReadBilling(f *testing.F) {
	data, err := os.ReadFile(testdata + "/billing.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		b, ps := ReadBilling("billing.yaml", data)
		if (b == nil) != (ps.Err() != nil) {
			t.Fatal(b, ps)
		}
		for _, format := range Formats() {
			b.Needs(format)
		}
	})
}

func FuzzReadAccounts(f *testing.F) {
	data, err := os.ReadFile(testdata + "/accounts.csv")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	b := billing(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		to, ps := ReadAccounts(fstest.MapFS{"a.csv": {Data: data}}, "a.csv")
		if ps.Err() != nil {
			return
		}
		var xs []Instruction
		for key := range to.rows { // order: the transfers are sorted
			xs = append(xs, with(credit(key[0], "r", 100, 0), func(x *Instruction) { x.Subscription, x.Remedy = key[1], BankTransfer }))
		}
		transfers, _, ps := Zengin(b, to, xs)
		var out bytes.Buffer
		if ps != nil || transfers.Write(&out, 0) != nil || out.Len() != (len(xs)+3)*122 {
			t.Fatalf("%v: %d rows, %d bytes", ps, len(xs), out.Len())
		}
	})
}

func BenchmarkZengin(b *testing.B) {
	const n = 100_000
	var list strings.Builder
	list.WriteString("customer,bank_code,branch_code,account_type,account_number,holder\n")
	xs := make([]Instruction, n)
	for i := range xs {
		fmt.Fprintf(&list, "c-%07d,0001,001,1,%07d,カ）サンプル　ショウテン\n", i, i)
		xs[i] = with(credit(fmt.Sprintf("c-%07d", i), "r1", int64(100+i%900), 10), remedy(BankTransfer))
	}
	to, ps := ReadAccounts(fstest.MapFS{"a.csv": {Data: []byte(list.String())}}, "a.csv")
	if ps != nil {
		b.Fatal(ps)
	}
	terms := billing(b)
	for b.Loop() {
		transfers, _, ps := Zengin(terms, to, xs)
		if ps != nil {
			b.Fatal(ps)
		}
		if err := transfers.Write(io.Discard, 0); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkDifference(b *testing.B) {
	const n = 100_000
	xs := make([]Instruction, n)
	for i := range xs {
		xs[i] = credit(fmt.Sprintf("c-%07d", i), "r1", int64(100+i%900), 10)
	}
	for b.Loop() {
		l := &Ledger{}
		for _, x := range xs {
			if p := l.Add("f", x); p != nil {
				b.Fatal(p)
			}
		}
		if got, ps := l.Difference(xs, "r2"); len(got)+len(ps) > 0 {
			b.Fatal(got, ps)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
