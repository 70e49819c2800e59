package sla

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
)

// What can be wrong with a customer built in Go; readers of files refuse the
// same with a line.
var (
	ErrNegative       = errors.New("amount is negative")
	ErrUnknownService = errors.New("service is not of the incident")
	ErrUnknownClaim   = errors.New("claim is not of the case's shape")
)

// filler takes one input column from a customer.
type filler struct {
	column int
	kind   fillKind
	id     string // of the fact or event
	line   Line
	nth    int // place where the claim is looked for first
	in     *Incident
	from   contracts.Date // the incident's first day, for in_force
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
	fillClaimed
	fillFound
	fillPaid
)

// fillers lists how the program's inputs are taken from a customer.
func (p *Program) fillers() []filler {
	names := map[string]fillKind{
		"in_force": fillInForce, "service": fillService, "consumer": fillConsumer, "monthly_fee": fillMonthlyFee,
		"fees_paid": fillFeesPaid, "paid": fillPaid, "own_share.num": fillOwnNum, "own_share.den": fillOwnDen,
	}
	var out []filler
	nth := map[fillKind]int{}
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
		case group == "claimed" || group == "found":
			f.kind = fillClaimed
			if group == "found" {
				f.kind = fillFound
			}
			f.nth = nth[f.kind]
			f.line = p.lines[f.nth]
			nth[f.kind]++
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
	cl := f.claim(c)
	if cl == nil {
		return 0, nil
	}
	if f.kind == fillFound {
		return notNegative(cl.Found)
	}
	return notNegative(cl.Claimed)
}

// claim finds the customer's claim of the filler's line, looking first where it
// stood in the customers before.
func (f *filler) claim(c *Customer) *Claim {
	if f.nth < len(c.Claims) && f.is(&c.Claims[f.nth]) {
		return &c.Claims[f.nth]
	}
	for i := range c.Claims {
		if f.is(&c.Claims[i]) {
			return &c.Claims[i]
		}
	}
	return nil
}

func (f *filler) is(c *Claim) bool {
	return c.Head == f.line.Head && (c.Phase == f.line.Phase || c.Phase == "")
}

// fits refuses claims that no column would take, lest a loss be dropped: of a
// line the program does not have, or a second one of the same line.
func (p *Program) fits(c *Customer) error {
	for i := range c.Claims {
		cl := &c.Claims[i]
		if i < len(p.lines) && p.lines[i].Head == cl.Head && p.lines[i].Phase == cl.Phase {
			continue // where it usually stands
		}
		n := 0
		for _, l := range p.lines {
			if l.Head == cl.Head && (l.Phase == cl.Phase || cl.Phase == "") {
				n++
			}
		}
		if n != 1 {
			return fmt.Errorf("%w: head %q, phase %q", ErrUnknownClaim, cl.Head, cl.Phase)
		}
		for _, other := range c.Claims[:i] {
			if other.Head == cl.Head && (other.Phase == cl.Phase || cl.Phase == "" || other.Phase == "") {
				return fmt.Errorf("%w: head %q, phase %q is claimed twice; add the amounts", ErrUnknownClaim, cl.Head, cl.Phase)
			}
		}
	}
	return nil
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
