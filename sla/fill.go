package sla

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/amends-go/amends/contracts"
)

// What can be wrong with a customer built in Go; readers of files refuse the
// same with a line.
var (
	ErrNegative       = errors.New("amount is negative")
	ErrUnknownService = errors.New("service is not of the incident")
	ErrUnknownClaim   = errors.New("claim is not of the case's shape")
	ErrUnknownPayment = errors.New("payment is not of the case's shape")
)

// filler takes one input column from a customer.
type filler struct {
	column int
	kind   fillKind
	id     string // of the fact or event
	in     *Incident
	from   contracts.Date // the incident's first day, for in_force
	own    Own
	span   subscribedSpan // for time subscribed
	nth    int            // of the payment, from 0
}

// subscribedSpan is a window of which the customer's row says how much of it was subscribed.
type subscribedSpan struct {
	a       *contracts.Availability
	label   string
	n       int              // the window's place among those that the incident touches
	period  contracts.Period // where it is the same for all
	loc     *time.Location
	touched contracts.Period
	working func(contracts.Period) Downtime // nil where all time counts
}

// of is the window of a customer; zero when the incident touches fewer windows of its own.
func (s subscribedSpan) of(c *Customer) contracts.Period {
	anchor := contracts.Date{Year: 1, Month: 1, Day: max(c.BillingDay, 1)}
	switch {
	case s.a.Window.Calendar():
		return s.period
	case s.a.Window != contracts.BillingMonth:
		anchor = contracts.Date{Year: 1, Month: max(c.Since.Month, 1), Day: max(c.Since.Day, 1)}
	}
	list := s.a.Window.PeriodsFrom(s.touched, s.loc, anchor)
	if s.n >= len(list) {
		return contracts.Period{}
	}
	return list[s.n].Period
}

type fillKind uint8

const (
	fillInForce fillKind = iota
	fillService
	fillConsumer
	fillFact
	fillAffected
	fillOwnNum
	fillOwnDen
	fillMonthlyFee
	fillFeesPaid
	fillPaid
	fillBillingDay
	fillContractDay
	fillContractDate
	fillClaimedDay
	fillFee
	fillNumber
	fillMeasured
	fillSubscribed
	fillSettled
	fillPayment
	fillPaidOn
	fillDemanded
)

// fillers lists how the program's inputs are taken from a customer, claims apart.
func (p *Program) fillers() []filler {
	names := map[string]fillKind{
		"in_force": fillInForce, "service": fillService, "consumer": fillConsumer, "monthly_fee": fillMonthlyFee,
		"fees_paid": fillFeesPaid, "paid": fillPaid, "own_share.num": fillOwnNum, "own_share.den": fillOwnDen,
		"billing_day": fillBillingDay, "contract_day": fillContractDay, "contract_date": fillContractDate, "claimed_day": fillClaimedDay,
		"demanded_on": fillDemanded,
	}
	var out []filler
	for i, c := range p.Columns {
		if c.Expr != nil {
			continue
		}
		f := filler{column: i, in: p.Incident, from: p.Incident.day()}
		kind, plain := names[c.Name]
		group, rest, _ := strings.Cut(c.Name, ".")
		switch {
		case plain:
			f.kind = kind
		case group == "fact":
			f.kind, f.id = fillFact, rest
		case group == "affected":
			f.kind, f.id = fillAffected, rest
		case group == "fee":
			f.kind, f.id = fillFee, rest
		case group == "paid" || group == "paid_on":
			f.kind = map[string]fillKind{"paid": fillPayment, "paid_on": fillPaidOn}[group]
			f.nth, _ = strconv.Atoi(rest)
			f.nth = max(f.nth-1, 0)
		case group == "settled":
			f.kind, f.id = fillSettled, rest
		case group == "number":
			f.kind, f.id = fillNumber, rest
		case group == "measured":
			f.kind = fillMeasured
			f.own.Of, f.own.Window, _ = strings.Cut(rest, "@")
		case group == "subscribed":
			f.kind, f.span = fillSubscribed, p.spans[c.Name]
		default:
			continue // a claim
		}
		out = append(out, f)
	}
	return out
}

// value takes the column's number from the customer.
func (f *filler) value(c *Customer) (int64, error) {
	switch f.kind {
	case fillInForce:
		since := c.Since.IsZero() || c.Since.Cmp(f.from) <= 0
		until := c.Until.IsZero() || f.from.Cmp(c.Until) < 0
		return flag(since && until), nil
	case fillService:
		i := slices.IndexFunc(f.in.Services, func(s Named) bool { return s.ID == c.Service })
		if i < 0 {
			return 0, fmt.Errorf("%w: %q", ErrUnknownService, c.Service)
		}
		return int64(i), nil
	case fillConsumer:
		return flag(c.Consumer), nil
	case fillFact:
		return flag(slices.Contains(c.Facts, f.id)), nil
	case fillAffected:
		return flag(c.Affected == nil || slices.Contains(c.Affected, f.id)), nil
	case fillOwnNum:
		if c.OwnShare.Cmp(contracts.One) > 0 {
			return 0, fmt.Errorf("%w: an own share is at most 100%%, found %s", contracts.ErrRange, c.OwnShare.Percent())
		}
		return c.OwnShare.Num(), nil
	case fillOwnDen:
		return c.OwnShare.Den(), nil
	case fillMonthlyFee:
		return notNegative(c.MonthlyFee)
	case fillFeesPaid:
		return notNegative(c.FeesPaid)
	case fillPaid:
		return notNegative(c.Paid)
	}
	return f.further(c)
}

// further takes what only some lists have.
func (f *filler) further(c *Customer) (int64, error) {
	switch f.kind {
	case fillBillingDay:
		if c.BillingDay < 1 || c.BillingDay > 31 {
			return 0, fmt.Errorf("%w: a billing day is from 1 to 31, found %d", contracts.ErrRange, c.BillingDay)
		}
		return int64(c.BillingDay - 1), nil
	case fillContractDay, fillContractDate:
		if c.Since.IsZero() {
			return 0, fmt.Errorf("%w: the windows begin with the contract, and since is empty", contracts.ErrRange)
		}
		if f.kind == fillContractDay {
			return int64(c.Since.Day - 1), nil
		}
		return int64((c.Since.Month-1)*31 + c.Since.Day - 1), nil
	case fillClaimedDay:
		if c.ClaimedOn.IsZero() {
			return 0, nil
		}
		return int64(c.ClaimedOn.Number()), nil
	case fillFee:
		for i := range c.Fees {
			if c.Fees[i].Name == f.id {
				return notNegative(c.Fees[i].Amount)
			}
		}
		return 0, nil
	case fillPayment:
		return notNegative(c.payment(f.nth).Amount)
	case fillPaidOn:
		_, err := c.checkPayments()
		return Serial(c.payment(f.nth).On), err
	case fillDemanded:
		if !c.DemandedOn.IsZero() && c.DemandedOn.Cmp(f.from) < 0 {
			return 0, fmt.Errorf("%w: demanded on %s, before the first day of the incident, %s", contracts.ErrRange, c.DemandedOn, f.from)
		}
		return Serial(c.DemandedOn), nil
	case fillSettled:
		for i := range c.Settled {
			if c.Settled[i].Name == f.id {
				return notNegative(c.Settled[i].Amount)
			}
		}
		return 0, nil
	case fillNumber:
		for i := range c.Numbers {
			if c.Numbers[i].Name == f.id {
				return notNegative(contracts.Amount(c.Numbers[i].Value))
			}
		}
		return 0, nil
	case fillMeasured:
		for i := range c.Measured {
			if m := &c.Measured[i]; m.Of == f.own.Of && (m.Window == f.own.Window || m.Window == "") {
				return notNegative(contracts.Amount(m.Failed))
			}
		}
		return 0, nil
	}
	return f.subscribed(c), nil
}

// subscribed is how long in the window the subscription ran, in ms; of a commitment to working hours their time in it.
func (f *filler) subscribed(c *Customer) int64 {
	window := f.span.of(c)
	from, to := window.Start, window.End
	if !c.Since.IsZero() {
		if t := c.Since.In(f.span.loc); t.After(from) {
			from = t
		}
	}
	if !c.Until.IsZero() {
		if t := c.Until.In(f.span.loc); t.Before(to) {
			to = t
		}
	}
	if window.IsZero() {
		return 0
	}
	if f.span.working != nil && from.Before(to) {
		return f.span.working(contracts.Period{Start: from, End: to}).Millis()
	}
	return max(to.UnixMilli()-from.UnixMilli(), 0)
}

// claims writes the customer's claims into their columns. It refuses what no column would take, lest a
// loss be dropped: a claim of a line the program does not have, or a second one of the same line.
func (w *worker) claims(c *Customer) error {
	lines := w.run.Program.lines
	for j := range lines {
		w.claimed[j][w.n] = 0
		if w.found != nil {
			w.found[j][w.n] = 0
		}
		for _, r := range w.run.Program.Shape.Less {
			w.less[r][j][w.n] = 0
		}
	}
	for i := range c.Claims {
		cl := &c.Claims[i]
		j := i
		if i >= len(lines) || lines[i].Head != cl.Head || lines[i].Phase != cl.Phase { // not where it usually stands
			var err error
			if j, err = w.run.Program.lineOf(c, i); err != nil {
				return err
			}
		}
		if cl.Claimed < 0 || cl.Found < 0 {
			return fmt.Errorf("%w: %d", ErrNegative, min(cl.Claimed, cl.Found))
		}
		w.claimed[j][w.n] = int64(cl.Claimed)
		if w.found != nil {
			w.found[j][w.n] = int64(cl.Found)
		}
		if cl.Less != [reasons]contracts.Amount{} {
			if err := w.reduce(j, cl); err != nil {
				return err
			}
		}
	}
	return nil
}

// reduce writes what is taken off a claim. A reason for which the program has no column would be dropped in silence.
func (w *worker) reduce(j int, cl *Claim) error {
	for r, a := range cl.Less {
		if a < 0 {
			return fmt.Errorf("%w: %d", ErrNegative, a)
		}
		if w.less[r] != nil {
			w.less[r][j][w.n] = int64(a)
		} else if a != 0 {
			return fmt.Errorf("%w: head %q has a reason %s", ErrUnknownClaim, cl.Head, Reason(r))
		}
	}
	return nil
}

// lineOf finds the line of the customer's claim i. The phase may be left out where only one fits.
func (p *Program) lineOf(c *Customer, i int) (int, error) {
	cl := &c.Claims[i]
	at, n := -1, 0
	for j, l := range p.lines {
		if l.Head == cl.Head && (l.Phase == cl.Phase || cl.Phase == "") {
			at = j
			n++
		}
	}
	if n != 1 {
		return 0, fmt.Errorf("%w: head %q, phase %q", ErrUnknownClaim, cl.Head, cl.Phase)
	}
	for k := range c.Claims {
		other := &c.Claims[k]
		if k != i && other.Head == cl.Head && (other.Phase == cl.Phase || cl.Phase == "" || other.Phase == "") {
			return 0, fmt.Errorf("%w: head %q, phase %q is claimed twice; add the amounts", ErrUnknownClaim, cl.Head, cl.Phase)
		}
	}
	return at, nil
}

func notNegative(a contracts.Amount) (int64, error) {
	if a < 0 {
		return 0, fmt.Errorf("%w: %d", ErrNegative, a)
	}
	return int64(a), nil
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
