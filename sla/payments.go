package sla

import (
	"fmt"

	"github.com/amends-go/amends/contracts"
)

// MostPayments bounds the payments of a row.
const MostPayments = 12

// paidInputs adds what was paid, and the days where interest turns on them.
func (k *compiler) paidInputs() {
	bears := false
	for _, cl := range k.p.Contract.Clauses {
		_, ok := cl.(*contracts.Interest)
		bears = bears || ok
	}
	for i := range k.p.Shape.FurtherPayments + 1 {
		ja, en := "既払金", "already paid"
		if i > 0 {
			ja, en = fmt.Sprintf("既払金（第%d回）", i+1), fmt.Sprintf("already paid, payment %d", i+1)
		}
		k.inputOnce(paidColumn(i), Amount, ja, en)
		if bears && k.p.Shape.PaidOn {
			k.inputOnce(paidDay(i), Day, ja+"の支払日", en+", day")
		}
	}
}

// payment is payment i of the customer, counted from 0.
func (c *Customer) payment(i int) Payment {
	switch {
	case i == 0:
		return Payment{c.Paid, c.PaidOn}
	case i <= len(c.Payments):
		return c.Payments[i-1]
	}
	return Payment{}
}

// takesPayments refuses more payments than there are columns for, lest one be dropped.
func (p *Program) takesPayments(c *Customer) error {
	if len(c.Payments) > p.Shape.FurtherPayments {
		return fmt.Errorf("%w: %d payments beside the first, and the shape has %d", ErrUnknownPayment, len(c.Payments), p.Shape.FurtherPayments)
	}
	return nil
}

// checkPayments refuses payments that do not come in the order of their days. i is the place of the first that is wrong.
func (c *Customer) checkPayments() (i int, err error) {
	var last contracts.Date
	for i := range len(c.Payments) + 1 {
		p := c.payment(i)
		if p.Amount == 0 {
			continue
		}
		if p.On.IsZero() && !last.IsZero() {
			return i, fmt.Errorf("%w: a payment without a day comes after one of %s", contracts.ErrRange, last)
		}
		if p.On.Cmp(last) < 0 {
			return i, fmt.Errorf("%w: a payment of %s comes after one of %s", contracts.ErrRange, p.On, last)
		}
		last = p.On
	}
	return 0, nil
}
