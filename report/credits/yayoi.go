package credits

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/amends-go/amends/contracts"
)

// yayoiField is a column of the journal; text stands in quotes. The table is 弥生取り込み(インポート)形式, 仕訳データ:
// https://support.yayoi-kk.co.jp/subcontents.html?page_id=18545 and, for the edition in the cloud, faq_Subcontents.html?grade_id=Kaikei&page_id=27184.
type yayoiField struct {
	name            string
	desktop, online int // how long it may be: bytes of CP932, in the cloud characters
	text            bool
}

var yayoiFields = []yayoiField{
	{"識別フラグ", 4, 4, true},
	{"伝票No.", 6, 6, false},
	{"決算", 4, 4, true},
	{"取引日付", 10, 10, true},
	{"借方勘定科目", 24, 12, true},
	{"借方補助科目", 24, 15, true},
	{"借方部門", 24, 24, true},
	{"借方税区分", 40, 40, true},
	{"借方金額", 11, 9, false},
	{"借方税金額", 11, 9, false},
	{"貸方勘定科目", 24, 12, true},
	{"貸方補助科目", 24, 15, true},
	{"貸方部門", 24, 24, true},
	{"貸方税区分", 40, 40, true},
	{"貸方金額", 11, 9, false},
	{"貸方税金額", 11, 9, false},
	{"摘要", 64, 64, true},
	{"番号", 10, 10, true},
	{"期日", 10, 10, true},
	{"タイプ", 1, 1, false},
	{"生成元", 4, 4, true},
	{"仕訳メモ", 180, 180, true},
	{"付箋1", 1, 1, false},
	{"付箋2", 1, 1, false},
	{"調整", 3, 3, true},
}

// Yayoi writes a journal for 弥生会計: 25 columns, CP932, CR LF, no header. Credits of one entry of yayoi.entries are one line, whatever the
// number of customers; what is taken back is a line of its own, with the sides exchanged, because no amount is negative. The amounts are
// with tax, and the tax of the credits stands with the debit side of the entry. One line is 仕訳 (2000); several are one 振替伝票 (2110, 2100, 2101).
//
// Credits in which no money moves are left out and counted. Only yen is booked.
func Yayoi(w io.Writer, b *Billing, xs []Instruction) (Left, contracts.Problems) {
	left := Left{}
	if ps := b.Needs("yayoi"); ps != nil {
		return left, ps
	}
	lines, problems := b.Yayoi.sum(xs, left)
	var out bytes.Buffer
	for i, l := range lines {
		row := b.yayoiRow(l, flagOf(i, len(lines)), len(lines) > 1)
		problems = append(problems, b.yayoiLine(&out, i+1, row)...)
	}
	if len(problems) > 0 {
		return left, problems
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return left, contracts.Problems{{Code: "E_IO", Message: "cannot be written: " + err.Error()}}
	}
	return left, nil
}

// journalLine is the sum of the credits of an entry, or of what is taken back under it.
type journalLine struct {
	entry       YayoiEntry
	back        bool
	amount, tax int64
}

// sum adds up the credits by entry: first what is given, then what is taken back.
func (y *YayoiTerms) sum(xs []Instruction, left Left) ([]journalLine, contracts.Problems) {
	var problems contracts.Problems
	lines := make([]journalLine, 2*len(y.Entries))
	for row, x := range xs {
		if x.Remedy == InKindGiven || x.Remedy == ServiceExtension {
			left[x.Remedy]++
			continue
		}
		i := y.entryOf(x)
		switch {
		case x.Currency != "JPY":
			problems = append(problems, inRow(contracts.Problems{refuse("currency", x.Currency, "E_CURRENCY", "弥生会計 books yen", "book it by hand at the rate of the day")}, row+1)...)
			continue
		case i < 0:
			problems = append(problems, inRow(contracts.Problems{refuse("tax_treatment", string(x.Treatment), "E_REQUIRED", fmt.Sprintf("yayoi.entries has none for %s at %q by %s", x.Treatment, x.TaxRate, x.Remedy), "add an entry with its accounts and tax classes")}, row+1)...)
			continue
		case x.Amount == 0 && x.Tax != 0 || x.Amount > 0 && (x.Tax < 0 || x.Item < 0) || x.Amount < 0 && (x.Tax > 0 || x.Item > 0):
			problems = append(problems, inRow(contracts.Problems{refuse("tax_minor", fmt.Sprint(x.Tax), "E_RANGE", "no line of a journal has the amounts "+money(x.Amount, x.Item, x.Tax), "correct the tax in the books by hand")}, row+1)...)
			continue
		}
		l, sign := &lines[i], int64(1)
		if x.Amount < 0 {
			l, sign = &lines[len(y.Entries)+i], -1
			l.back = true
		}
		l.entry = y.Entries[i]
		var ok, okTax bool
		l.amount, ok = plus(l.amount, sign*x.Amount)
		l.tax, okTax = plus(l.tax, sign*x.Tax)
		if !ok || !okTax {
			problems = append(problems, inRow(contracts.Problems{refuse("amount_minor", fmt.Sprint(x.Amount), "E_RANGE", "the sum is beyond 64 bits", "")}, row+1)...)
		}
	}
	var out []journalLine
	for _, l := range lines {
		if l.amount > 0 {
			out = append(out, l)
		}
	}
	return out, problems
}

// entryOf is the first entry that fits, or −1.
func (y *YayoiTerms) entryOf(x Instruction) int {
	for i, e := range y.Entries {
		if e.Treatment == x.Treatment && (e.TaxRate == "" || e.TaxRate == x.TaxRate) && (e.Remedy == "" || e.Remedy == x.Remedy) {
			return i
		}
	}
	return -1
}

func flagOf(i, n int) string {
	switch {
	case n == 1:
		return "2000"
	case i == 0:
		return "2110"
	case i == n-1:
		return "2101"
	}
	return "2100"
}

func (b *Billing) yayoiRow(l journalLine, flag string, slip bool) []string {
	debit, credit := l.entry.Debit, l.entry.Credit
	debitTax, creditTax := strconv.FormatInt(l.tax, 10), "0"
	if l.back {
		debit, credit = credit, debit
		debitTax, creditTax = creditTax, debitTax
	}
	amount := strconv.FormatInt(l.amount, 10)
	memo, number, kind := b.Yayoi.Memo, "", "0"
	if memo == "" {
		memo = b.BillLine.In("ja")
	}
	if b.Yayoi.Slip > 0 {
		number = strconv.FormatInt(b.Yayoi.Slip, 10)
	}
	if slip {
		kind = "3" // 振替伝票
	}
	return []string{
		flag, number, "", strings.ReplaceAll(b.PaidOn.String(), "-", "/"),
		debit.Account, debit.SubAccount, debit.Department, debit.TaxClass, amount, debitTax,
		credit.Account, credit.SubAccount, credit.Department, credit.TaxClass, amount, creditTax,
		memo, "", "", kind, "", "", "0", "0", "no",
	}
}

// yayoiLine appends a line, or reports what does not fit a field of it. The row in a problem is that of the journal.
func (b *Billing) yayoiLine(out *bytes.Buffer, row int, fields []string) contracts.Problems {
	var problems contracts.Problems
	bad := func(f yayoiField, p contracts.Problem) {
		p.File, p.Line, p.Field = "journal", row, f.name
		problems = append(problems, p)
	}
	for i, f := range yayoiFields {
		s := fields[i]
		encoded, unknown := cp932(s)
		size, limit, unit := len(encoded), f.desktop, "half-width letters (半角桁)"
		if b.Yayoi.Online {
			size, limit, unit = len([]rune(s)), f.online, "characters (文字)"
		}
		switch {
		case unknown != nil:
			bad(f, cp932Problem(s, unknown))
		case strings.ContainsAny(s, "\r\n\t"):
			bad(f, contracts.Problem{Value: s, Code: "E_CTRL_CHAR", Message: "a line end or tab stands in the text", Hint: "write it in one line"})
		case size > limit:
			bad(f, contracts.Problem{Value: s, Code: "E_LIMIT_FIELD", Message: fmt.Sprintf("%d %s; the field takes %d", size, unit, limit), Hint: "shorten it: 弥生会計 would cut it"})
		}
		if i > 0 {
			out.WriteByte(',')
		}
		if f.text && s != "" {
			encoded = append(append([]byte{'"'}, bytes.ReplaceAll(encoded, []byte{'"'}, []byte(`""`))...), '"')
		}
		out.Write(encoded)
	}
	out.WriteString("\r\n")
	return problems
}
