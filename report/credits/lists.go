package credits

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/csvtable"
	"github.com/amends-go/amends/internal/problem"
)

// Invoice is the invoice that a customer's credits correct.
type Invoice struct {
	ID       string // in the billing system
	Fee      string // the fee of it that is credited; Lago asks for one
	Customer string // the customer's id in the billing system
}

// Account is where a customer is paid.
type Account struct {
	BankCode, BankName, BranchCode, BranchName string
	Type                                       string // 1 ordinary, 2 current, 4 savings, 9 other
	Number                                     string // 7 digits
	Holder                                     string // as it stands in the list
}

// Of is a list by customer, and by subscription where a row names one.
type Of[T any] struct {
	name string
	rows map[[2]string]listed[T]
}

type listed[T any] struct {
	value T
	line  int
}

// Of returns what the list has for a subscription of the customer, or else for the customer as a whole. The zero list has nothing.
func (o Of[T]) Of(customer, subscription string) (T, bool) {
	_, l, ok := o.find(customer, subscription)
	return l.value, ok
}

// find also returns the key under which the row stands.
func (o Of[T]) find(customer, subscription string) ([2]string, listed[T], bool) {
	for _, key := range [][2]string{{customer, subscription}, {customer, ""}} {
		if l, ok := o.rows[key]; ok {
			return key, l, true
		}
	}
	return [2]string{}, listed[T]{}, false
}

// ReadInvoices reads the list of invoices: customer, invoice and, where they are known, subscription, fee_id and billing_customer, which is
// the customer's own id where it is left out. A row without a subscription is for the customer as a whole.
func ReadInvoices(fsys fs.FS, name string) (Of[Invoice], contracts.Problems) {
	return readList(fsys, name, []string{"customer", "invoice"}, []string{"subscription", "fee_id", "billing_customer"}, func(t *table) Invoice {
		x := Invoice{ID: t.field("invoice"), Fee: t.field("fee_id"), Customer: t.field("billing_customer")}
		if strings.TrimSpace(x.ID) == "" {
			t.report("invoice", "E_REQUIRED", "invoice is empty", "leave the row out where there is none")
		}
		if x.Customer == "" {
			x.Customer = t.field("customer")
		}
		return x
	})
}

// ReadAccounts reads the list of customers' accounts: customer, bank_code, branch_code, account_type (1 ordinary, 2 current, 4 savings, 9 other),
// account_number and holder in kana, and, where they are known, subscription, bank_name and branch_name. An account number of fewer than
// seven digits is filled with zeros in front, as banks do.
func ReadAccounts(fsys fs.FS, name string) (Of[Account], contracts.Problems) {
	return readList(fsys, name, []string{"customer", "bank_code", "branch_code", "account_type", "account_number", "holder"},
		[]string{"subscription", "bank_name", "branch_name"}, func(t *table) Account {
			x := Account{BankCode: t.digits("bank_code", 4), BranchCode: t.digits("branch_code", 3), Type: t.field("account_type"), Number: t.field("account_number"),
				BankName: t.kana("bank_name", 15), BranchName: t.kana("branch_name", 15), Holder: t.kana("holder", 30)}
			if len(x.Type) != 1 || !strings.Contains("1249", x.Type) {
				t.report("account_type", "E_ENUM", "unknown type of account", "1 ordinary (普通), 2 current (当座), 4 savings (貯蓄) or 9 other")
			}
			if len(x.Number) == 0 || len(x.Number) > 7 || strings.Trim(x.Number, "0123456789") != "" {
				t.report("account_number", "E_ID", "not an account number", "write at most 7 digits")
				return x
			}
			x.Number = strings.Repeat("0", 7-len(x.Number)) + x.Number
			if strings.TrimSpace(x.Holder) == "" {
				t.report("holder", "E_REQUIRED", "holder is empty", "write the account's name in kana (カナ名義)")
			}
			return x
		})
}

// table is a row of a list, by the names of its columns.
type table struct {
	r   *csvtable.Reader
	row csvtable.Row
	at  map[string]int
}

func (t *table) field(name string) string {
	if i, ok := t.at[name]; ok {
		return t.row.Field(i)
	}
	return ""
}

func (t *table) report(name, code, message, hint string) { t.r.Report(t.at[name], code, message, hint) }

func (t *table) digits(name string, n int) string {
	s := t.field(name)
	if len(s) != n || strings.Trim(s, "0123456789") != "" {
		t.report(name, "E_ID", fmt.Sprintf("not a code of %d digits", n), "keep the zeros in front: a spreadsheet drops them")
	}
	return s
}

func (t *table) kana(name string, n int) string {
	s := t.field(name)
	if s == "" {
		return ""
	}
	if p := kanaProblem(s, n); p != nil {
		t.report(name, p.Code, p.Message, p.Hint)
	}
	return s
}

// readList reads a list with these columns; read is called for each row and reports what is wrong with it.
func readList[T any](fsys fs.FS, name string, required, optional []string, read func(*table) T) (Of[T], contracts.Problems) {
	r, problems := csvtable.Open(fsys, name, csvtable.Options{AllowEmpty: true})
	if r == nil {
		return Of[T]{}, problems
	}
	defer r.Close() //nolint:errcheck // nothing was written
	known := append(append([]string{}, required...), optional...)
	t := &table{r: r, at: map[string]int{}}
	problems = nil // those of opening come again
	for i, h := range r.Header() {
		t.at[h] = i
		if !slices.Contains(known, h) {
			problems = append(problems, contracts.Problem{File: name, Line: r.HeaderLine(), Field: h, Value: h, Code: "E_UNKNOWN_FIELD", Message: fmt.Sprintf("unknown column %q", h), Hint: problem.Suggest(h, known)})
		}
	}
	for _, c := range required {
		if _, is := t.at[c]; !is {
			problems = append(problems, contracts.Problem{File: name, Line: r.HeaderLine(), Field: c, Code: "E_REQUIRED", Message: "the header has no column " + c, Hint: "add the column"})
		}
	}
	if problems != nil {
		return Of[T]{}, problems
	}
	out := Of[T]{name, map[[2]string]listed[T]{}}
	for line, row := range r.Rows() {
		t.row = row
		key := [2]string{t.field("customer"), t.field("subscription")}
		if code, message := csvtable.CheckID(key[0]); code != "" {
			t.report("customer", code, message, "write the customer's id as in the list of customers")
		}
		value := read(t)
		if first, dup := out.rows[key]; dup {
			t.report("customer", "E_DUP_ID", fmt.Sprintf("the customer stands at line %d", first.line), "keep one row, or name the subscriptions")
			continue
		}
		out.rows[key] = listed[T]{value, line}
	}
	return out, r.Problems()
}
