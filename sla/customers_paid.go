package sla

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/amends-go/amends/contracts"
)

// payment takes a heading paid.N or paid_on.N, N from 2 on, without a gap.
func (f *CustomerFile) payment(col customerColumn, header string, line int) contracts.Problems {
	n, err := strconv.Atoi(col.id)
	if err != nil || n < 2 || n > MostPayments || strconv.Itoa(n) != col.id {
		return contracts.Problems{{File: f.name, Line: line, Field: header, Value: header, Code: "E_UNKNOWN_FIELD", Message: fmt.Sprintf("unknown column %q", header),
			Hint: fmt.Sprintf("the first payment is paid with paid_on, further ones are paid.2 with paid_on.2 up to paid.%d", MostPayments)}}
	}
	col.nth = n - 1
	f.shape.FurtherPayments = max(f.shape.FurtherPayments, n-1)
	f.shape.PaidOn = f.shape.PaidOn || col.field == "paid_on"
	f.columns = append(f.columns, col)
	return nil
}

// missingPayments reports a day without its payment, and a payment whose earlier ones are missing.
func (f *CustomerFile) missingPayments(line int) contracts.Problems {
	var out contracts.Problems
	has := func(field string, nth int) bool {
		return slices.ContainsFunc(f.columns, func(c customerColumn) bool { return c.field == field && c.nth == nth })
	}
	for i := range f.shape.FurtherPayments + 1 {
		if name := paidColumn(i); !has("paid", i) && (has("paid_on", i) || f.shape.FurtherPayments > 0) {
			out = append(out, contracts.Problem{File: f.name, Line: line, Field: name, Code: "E_REQUIRED", Message: "the header has no column " + name, Hint: "add " + name + ", and number payments without a gap"})
		}
	}
	return out
}

// paymentCell reads what was paid, or its day.
func (p *rowParser) paymentCell(c *Customer, col customerColumn, text string, k *contracts.Contract) {
	to := &Payment{}
	if col.nth > 0 {
		to = &p.payments[col.nth-1]
	}
	if col.field == "paid_on" {
		to.On = p.date(col.index, text)
		if col.nth == 0 {
			c.PaidOn = to.On
		}
		return
	}
	to.Amount = p.amount(col.index, text, k, false)
	if col.nth == 0 {
		c.Paid = to.Amount
	}
}

// inOrder refuses a row whose payments do not come in the order of their days.
func (p *rowParser) inOrder(c *Customer) {
	if !p.f.shape.PaidOn {
		return
	}
	if i, err := c.checkPayments(); err != nil {
		at := slices.IndexFunc(p.f.columns, func(x customerColumn) bool { return x.field == "paid_on" && x.nth == i })
		if at < 0 { // the payment has no column for its day
			at = slices.IndexFunc(p.f.columns, func(x customerColumn) bool { return x.field == "paid" && x.nth == i })
		}
		p.refuse(p.f.columns[at].index, "E_RANGE", err.Error(), "put the payments in the order of their days, those without a day first")
	}
}
