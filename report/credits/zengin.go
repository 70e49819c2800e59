package credits

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/amends-go/amends/contracts"
)

// Transfers are the transfers of a 総合振込, in files of at most as many as a file can count.
type Transfers struct {
	terms *ZenginTerms
	on    contracts.Date
	files [][]transfer
}

type transfer struct {
	customer, subscription string
	account                Account
	amount                 int64
	row                    int // of the first instruction
}

// The greatest amounts of a transfer and of a file, by their numbers of digits.
const (
	maxTransfer = 9_999_999_999
	maxTotal    = 999_999_999_999
)

// Zengin gathers the instructions that are paid by transfer: one transfer for each row of the list of accounts, the sum of what is due and
// what is taken back, in the order of customer and subscription. A sum of nothing is no transfer; a sum below nothing is reported, because a bank
// collects nothing with this file. Instructions carried out in other ways are left out and counted.
//
// A file counts 999,999 transfers (or zengin.max_transfers) and twelve digits of money; more go to further files: see [Transfers.Files].
func Zengin(b *Billing, accounts Of[Account], xs []Instruction) (*Transfers, Left, contracts.Problems) {
	left := Left{}
	if ps := b.Needs("zengin"); ps != nil {
		return nil, left, ps
	}
	list, problems := gather(accounts, xs, left)
	problems = append(problems, b.payer()...)
	var files [][]transfer
	var total int64
	for _, t := range list {
		if t.amount == 0 {
			continue
		}
		if t.amount < 0 {
			problems = append(problems, inRow(contracts.Problems{refuse("amount_minor", fmt.Sprint(t.amount), "E_RANGE", fmt.Sprintf("customer %s owes %d back; a transfer pays only", t.customer, -t.amount), "collect it in another way, or bill it")}, t.row)...)
			continue
		}
		if t.amount > maxTransfer {
			problems = append(problems, inRow(contracts.Problems{refuse("amount_minor", fmt.Sprint(t.amount), "E_RANGE", "customer "+t.customer+": a transfer has at most 10 digits", "transfer it apart")}, t.row)...)
			continue
		}
		n := len(files)
		if n == 0 || int64(len(files[n-1])) >= b.Zengin.MaxTransfers || total+t.amount > maxTotal {
			files, total = append(files, nil), 0
			n++
		}
		files[n-1] = append(files[n-1], t)
		total += t.amount
	}
	if len(problems) > 0 {
		return nil, left, problems
	}
	if files == nil {
		files = [][]transfer{nil}
	}
	return &Transfers{b.Zengin, b.PaidOn, files}, left, nil
}

// payer checks the names and codes of who pays, which [ReadBilling] has checked, for those who set them in Go.
func (b *Billing) payer() contracts.Problems {
	var problems contracts.Problems
	bad := func(field string, p contracts.Problem) {
		p.File, p.Field = b.file, "zengin."+field
		problems = append(problems, p)
	}
	z := b.Zengin
	for _, f := range []struct {
		name, value string
		size        int
	}{{"client_code", z.ClientCode, 10}, {"bank_code", z.BankCode, 4}, {"branch_code", z.BranchCode, 3}, {"account_type", z.AccountType, 1}, {"account_number", z.AccountNumber, 7}} {
		if len(f.value) != f.size || strings.Trim(f.value, "0123456789") != "" {
			bad(f.name, refuse("", f.value, "E_ID", fmt.Sprintf("not a code of %d digits", f.size), ""))
		}
	}
	for _, f := range []struct {
		name, value string
		size        int
	}{{"client_name", z.ClientName, 40}, {"bank_name", z.BankName, 15}, {"branch_name", z.BranchName, 15}} {
		if p := kanaProblem(f.value, f.size); p != nil && f.value != "" {
			bad(f.name, *p)
		}
	}
	if z.MaxTransfers < 1 || z.MaxTransfers > MaxTransfers {
		bad("max_transfers", refuse("", fmt.Sprint(z.MaxTransfers), "E_RANGE", "out of range", fmt.Sprintf("from 1 to %d", MaxTransfers)))
	}
	return problems
}

// gather sums instructions by account.
func gather(accounts Of[Account], xs []Instruction, left Left) ([]transfer, contracts.Problems) {
	var problems contracts.Problems
	at := map[[2]string]int{}
	var list []transfer
	for i, x := range xs {
		if x.Remedy != BankTransfer {
			left[x.Remedy]++
			continue
		}
		key, account, ok := accounts.find(x.Customer, x.Subscription)
		switch {
		case x.Currency != "JPY":
			problems = append(problems, inRow(contracts.Problems{refuse("currency", x.Currency, "E_CURRENCY", "a 総合振込 pays yen", "pay it by a transfer abroad (外国送金)")}, i+1)...)
			continue
		case !ok:
			problems = append(problems, inRow(contracts.Problems{refuse("customer", x.Customer, "E_REQUIRED", "the list of accounts has no row for the customer", "add the account, or give the credit another remedy")}, i+1)...)
			continue
		}
		n, seen := at[key]
		if !seen {
			n = len(list)
			at[key] = n
			list = append(list, transfer{customer: key[0], subscription: key[1], account: account.value, row: i + 1})
		}
		if list[n].amount, ok = plus(list[n].amount, x.Amount); !ok {
			problems = append(problems, inRow(contracts.Problems{refuse("amount_minor", fmt.Sprint(x.Amount), "E_RANGE", "the sum is beyond 64 bits", "")}, i+1)...)
		}
	}
	slices.SortFunc(list, func(a, b transfer) int {
		if c := strings.Compare(a.customer, b.customer); c != 0 {
			return c
		}
		return strings.Compare(a.subscription, b.subscription)
	})
	return list, problems
}

// Files is how many files there are: one even where nobody is paid.
func (t *Transfers) Files() int { return len(t.files) }

// Total is how many transfers file i holds, from 0, and their sum.
func (t *Transfers) Total(i int) (count int, amount int64) {
	for _, x := range t.files[i] {
		amount += x.amount
	}
	return len(t.files[i]), amount
}

// FileName is the name of file i, from 0: the first has the name as it is, and the others -2, -3 before its ending.
func FileName(name string, i int) string {
	if i == 0 {
		return name
	}
	ending := filepath.Ext(name)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, ending), i+1, ending)
}

// Write writes file i, from 0: records of 120 bytes as the 全国銀行協会 sets them, in JIS X 0201, each with CR LF unless zengin.line_ends is none. The
// customer codes are zeros, the 振込指定区分 is 7 (電信).
func (t *Transfers) Write(w io.Writer, i int) error {
	z, b := t.terms, make([]byte, 0, 64<<10)
	b = t.record(b, text("1", 1), text("21", 2), text("0", 1), text(z.ClientCode, 10), kana(z.ClientName, 40), text(fmt.Sprintf("%02d%02d", t.on.Month, t.on.Day), 4),
		text(z.BankCode, 4), kana(z.BankName, 15), text(z.BranchCode, 3), kana(z.BranchName, 15), text(z.AccountType, 1), text(z.AccountNumber, 7), text("", 17))
	for _, x := range t.files[i] {
		a := x.account
		b = t.record(b, text("2", 1), text(a.BankCode, 4), kana(a.BankName, 15), text(a.BranchCode, 3), kana(a.BranchName, 15), text("0000", 4), text(a.Type, 1), text(a.Number, 7),
			kana(a.Holder, 30), number0(x.amount, 10), text("0", 1), number0(0, 10), number0(0, 10), text("7", 1), text("", 1), text("", 7))
		if len(b) > 60<<10 {
			if _, err := w.Write(b); err != nil {
				return err
			}
			b = b[:0]
		}
	}
	count, total := t.Total(i)
	b = t.record(b, text("8", 1), number0(int64(count), 6), number0(total, 12), text("", 101))
	b = t.record(b, text("9", 1), text("", 119))
	_, err := w.Write(b)
	return err
}

// cell is a field of a record: its bytes and how many it has in the record.
type cell struct {
	s      string
	size   int
	number int64
	kind   byte
}

func text(s string, size int) cell   { return cell{s: s, size: size} }
func kana(s string, size int) cell   { return cell{s: s, size: size, kind: 'k'} }
func number0(n int64, size int) cell { return cell{number: n, size: size, kind: 'n'} }

func pad(b []byte, n int, c byte) []byte {
	for range n {
		b = append(b, c)
	}
	return b
}

// record appends a record: text is filled with spaces, numbers with zeros in front.
func (t *Transfers) record(b []byte, cells ...cell) []byte {
	for _, c := range cells {
		start := len(b)
		switch c.kind {
		case 'n':
			digits := strconv.FormatInt(c.number, 10)
			b = append(pad(b, c.size-len(digits), '0'), digits...)
		case 'k':
			name, _ := Kana(c.s)
			b = append(b, kanaBytes(name)...)
		default:
			b = append(b, c.s...)
		}
		b = pad(b, c.size-(len(b)-start), ' ')
	}
	if t.terms.NoLineEnds {
		return b
	}
	return append(b, '\r', '\n')
}
