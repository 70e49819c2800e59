package sla

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/csvtable"
)

// CustomerOf is a customer whose row has the given inputs, by the names of the program's columns; inputs that are not given are 0. What the program does not
// read of a customer is not in it. Where subscriptions have dates (Shape.Dates) they are given apart, as the inputs follow from them.
//
// It is the way back from a row to its customer, for lists that are read from results.
func (p *Program) CustomerOf(id, subscription, name string, since, until contracts.Date, inputs map[string]int64) (Customer, error) {
	c := Customer{ID: id, Subscription: subscription, Name: name, Contract: p.Contract.ID, Since: since, Until: until}
	if p.Shape.Affected {
		c.Affected = []string{}
	}
	num, den := int64(0), int64(1)
	payments := make([]Payment, p.Shape.FurtherPayments+1)
	for _, f := range p.fillers() {
		v := inputs[p.Columns[f.column].Name]
		switch f.kind {
		case fillService:
			if v < 0 || v >= int64(len(p.Incident.Services)) {
				return c, fmt.Errorf("%w: number %d", ErrUnknownService, v)
			}
			c.Service = p.Incident.Services[v].ID
		case fillConsumer:
			c.Consumer = v != 0
		case fillFact:
			if v != 0 {
				c.Facts = append(c.Facts, f.id)
			}
		case fillAffected:
			if v != 0 {
				c.Affected = append(c.Affected, f.id)
			}
		case fillOwnNum:
			num = v
		case fillOwnDen:
			den = v
		case fillMonthlyFee:
			c.MonthlyFee = contracts.Amount(v)
		case fillFeesPaid:
			c.FeesPaid = contracts.Amount(v)
		case fillPaid, fillPayment:
			payments[f.nth].Amount = contracts.Amount(v)
		case fillPaidOn:
			payments[f.nth].On = DateOfSerial(v)
		case fillBillingDay:
			c.BillingDay = int(v) + 1
		case fillClaimedDay:
			if v != 0 {
				c.ClaimedOn = contracts.Date{Year: 1970, Month: 1, Day: 1}.AddDays(int(v))
			}
		case fillDemanded:
			c.DemandedOn = DateOfSerial(v)
		case fillFee:
			c.Fees = append(c.Fees, contracts.NamedAmount{Name: f.id, Amount: contracts.Amount(v)})
		case fillNumber:
			c.Numbers = append(c.Numbers, contracts.NamedNumber{Name: f.id, Value: v})
		case fillSettled:
			c.Settled = append(c.Settled, contracts.NamedAmount{Name: f.id, Amount: contracts.Amount(v)})
		case fillMeasured:
			c.Measured = append(c.Measured, OwnMeasure{Own: f.own, Failed: v})
		}
	}
	var err error
	if c.OwnShare, err = contracts.NewRatio(num, max(den, 1)); err != nil {
		return c, err
	}
	c.Paid, c.PaidOn, c.Payments = payments[0].Amount, payments[0].On, payments[1:]
	c.Claims = p.claimsOf(inputs)
	return c, nil
}

// claimsOf are the claims whose columns are not all 0.
func (p *Program) claimsOf(inputs map[string]int64) []Claim {
	var out []Claim
	i := 0
	for _, col := range p.Columns {
		line, ok := strings.CutPrefix(col.Name, "claimed.")
		if !ok || col.Expr != nil {
			continue
		}
		c := Claim{Head: p.lines[i].Head, Phase: p.lines[i].Phase, Claimed: contracts.Amount(inputs[col.Name])}
		i++
		c.Found = c.Claimed
		if p.Shape.Found {
			c.Found = contracts.Amount(inputs["found."+line])
		}
		for _, r := range p.Shape.Less {
			c.Less[r] = contracts.Amount(inputs[r.String()+"."+line])
		}
		if c.Claimed != 0 || c.Found != 0 {
			out = append(out, c)
		}
	}
	return out
}

// CustomersCSV writes customers as the list that [OpenCase] reads, one row a subscription, with a header of what the program reads of them. A list of several
// contracts has one program's columns for all: give it rows of one program. Reasons for which losses are not admitted stand in claims.csv and not in a list, so a
// program with them is an error.
type CustomersCSV struct {
	p    *Program
	w    *csvtable.Writer
	cols []listColumn
}

// listColumn is a column of the list and what it says of a customer.
type listColumn struct {
	name string
	text func(*Customer) string
}

// NewCustomersCSV writes to w, the header first.
func NewCustomersCSV(w io.Writer, p *Program) (*CustomersCSV, error) {
	if len(p.Shape.Less) > 0 {
		return nil, fmt.Errorf("the losses have reasons for which they are not admitted (%s), which stand in claims.csv: a list of customers cannot hold them", p.Shape.Less[0])
	}
	l := &CustomersCSV{p: p, w: csvtable.NewWriter(w, csvtable.Machine)}
	l.columns()
	var head []string
	for _, c := range l.cols {
		head = append(head, c.name)
	}
	return l, l.w.Write(head)
}

// Write writes one customer.
func (l *CustomersCSV) Write(c Customer) error {
	var row []string
	for _, col := range l.cols {
		row = append(row, col.text(&c))
	}
	return l.w.Write(row)
}

// Flush writes what is still buffered.
func (l *CustomersCSV) Flush() error { return l.w.Flush() }

func (l *CustomersCSV) column(name string, text func(*Customer) string) {
	l.cols = append(l.cols, listColumn{name, text})
}

// columns lists what the program reads.
func (l *CustomersCSV) columns() {
	l.column("id", func(c *Customer) string { return c.ID })
	l.column("subscription", func(c *Customer) string { return c.Subscription })
	l.column("name", func(c *Customer) string { return c.Name })
	l.column("contract", func(c *Customer) string { return c.Contract })
	if l.p.Shape.Dates {
		l.column("since", func(c *Customer) string { return dayText(c.Since) })
		l.column("until", func(c *Customer) string { return dayText(c.Until) })
	}
	for _, f := range l.p.fillers() {
		l.of(f, l.p.Columns[f.column].Name)
	}
	for i, line := range l.p.lines {
		at := func(c *Customer) Claim {
			if k := slices.IndexFunc(c.Claims, func(x Claim) bool { return x.Head == line.Head && x.Phase == line.Phase }); k >= 0 {
				return c.Claims[k]
			}
			return Claim{}
		}
		name := l.p.lines[i].Head + "@" + l.p.lines[i].Phase
		l.column("loss."+name, func(c *Customer) string { return l.money(at(c).Claimed) })
		if l.p.Shape.Found {
			l.column("found."+name, func(c *Customer) string { return l.money(at(c).Found) })
		}
	}
}

// of adds the column of one input; inputs that follow from dates have none.
func (l *CustomersCSV) of(f filler, name string) {
	switch f.kind {
	case fillService:
		l.column("service", func(c *Customer) string { return c.Service })
	case fillConsumer:
		l.column("consumer", func(c *Customer) string { return yesText(c.Consumer) })
	case fillFact:
		l.column(name, func(c *Customer) string { return yesText(slices.Contains(c.Facts, f.id)) })
	case fillAffected:
		l.column(name, func(c *Customer) string { return yesText(c.Affected == nil || slices.Contains(c.Affected, f.id)) })
	case fillOwnNum:
		l.column("own_share", func(c *Customer) string { return c.OwnShare.Percent() })
	case fillMonthlyFee:
		l.column(name, func(c *Customer) string { return l.money(c.MonthlyFee) })
	case fillFeesPaid:
		l.column(name, func(c *Customer) string { return l.money(c.FeesPaid) })
	case fillPaid, fillPayment:
		l.column(name, func(c *Customer) string { return l.money(c.payment(f.nth).Amount) })
	case fillPaidOn:
		l.column(name, func(c *Customer) string { return dayText(c.payment(f.nth).On) })
	case fillBillingDay:
		l.column(name, func(c *Customer) string { return strconv.Itoa(c.BillingDay) })
	case fillClaimedDay:
		l.column("claimed_on", func(c *Customer) string { return dayText(c.ClaimedOn) })
	case fillDemanded:
		l.column(name, func(c *Customer) string { return dayText(c.DemandedOn) })
	case fillFee:
		l.column(name, func(c *Customer) string { v, _ := f.further(c); return l.money(contracts.Amount(v)) })
	case fillSettled:
		l.column(name, func(c *Customer) string { v, _ := f.further(c); return l.money(contracts.Amount(v)) })
	case fillNumber:
		l.column(name, func(c *Customer) string { v, _ := f.further(c); return strconv.FormatInt(v, 10) })
	case fillMeasured:
		l.column(name, func(c *Customer) string { v, _ := f.further(c); return l.measured(f.own.Of, v) })
	}
}

func (l *CustomersCSV) money(a contracts.Amount) string { return a.Text(l.p.Contract.Currency) }

// measured is what failed of a commitment as a list says it: a length of time, the uptime, or a number.
func (l *CustomersCSV) measured(of string, failed int64) string {
	a, _ := l.p.Contract.Clause(of).(*contracts.Availability)
	switch {
	case a != nil && a.Measure == contracts.Time:
		return fmt.Sprintf("%ds%dms", failed/1000, failed%1000)
	case a != nil && a.Measure.IsShare():
		up, _ := contracts.NewRatio(OwnShareParts-failed, OwnShareParts)
		return up.Percent()
	}
	return strconv.FormatInt(failed, 10)
}

func yesText(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func dayText(d contracts.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}
