package whatif

import (
	"errors"
	"fmt"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// Exposure is what a case comes to under one scenario.
type Exposure struct {
	Scenario  sla.Findings
	Runs      []*sla.Run // by contract
	Contracts []ContractExposure
	Parties   []PartyExposure // by id; empty where the incident names none
	Recovered []sla.Recovery
}

// ContractExposure is what the customers of one contract are owed.
type ContractExposure struct {
	Terms  *contracts.Contract // of the version that the scenario chooses
	Totals sla.Totals
	Heads  []HeadExposure
	// Owed, None and Back count the customers who are owed something, nothing, and who owe something back, under the first reading.
	Owed, None, Back int64
	Largest          Largest
}

// Payable is the total under the first reading; Low and High over all readings.
func (e *ContractExposure) Payable() contracts.Amount { return e.Totals.Payable() }

// Undecided reports whether readings of what is open differ in the total.
func (e *ContractExposure) Undecided() bool { return e.Totals.Low != e.Totals.High }

// Largest is the customer who is owed most, the first by id and subscription among equals.
type Largest struct {
	Customer, Subscription string
	Amount                 contracts.Amount
}

// HeadExposure is what was claimed under a head of loss, and what stands of it when the clauses on the loss itself have been applied, before own fault and limits,
// which work on the whole.
type HeadExposure struct {
	Head            string
	Title           contracts.Text
	Claimed, Stands contracts.Amount
}

// PartyExposure is what finally stays with a party, in the currency of the contracts, which then is one.
type PartyExposure struct {
	Party   sla.Party
	Remains contracts.Amount
}

// Expose assesses the case under the findings of an id.
func Expose(c *sla.Case, id string) (*Exposure, error) {
	runs, err := c.Bind(id)
	if err != nil {
		return nil, err
	}
	out := &Exposure{Scenario: runs[0].Settings.Findings, Runs: runs}
	var bears []sla.Row
	for _, run := range runs {
		e := ContractExposure{Terms: run.Program.Contract}
		claims := make([]contracts.Amount, len(run.Program.Lines()))
		as := run.Assess(c.CustomersOf(run.Program))
		for row, err := range as.Rows() {
			if err := passable(err); err != nil {
				return nil, err
			}
			if err == nil {
				e.add(row, claims)
			}
		}
		e.Totals = *as.Totals()
		e.heads(run.Program, claims)
		out.Contracts = append(out.Contracts, e)
		b, err := run.Bears(as.Totals())
		if err != nil {
			return nil, err
		}
		bears = append(bears, b)
	}
	if out.Recovered, err = c.Recover(runs, bears); err != nil {
		return nil, err
	}
	if m, err := c.ParseMeasure("total"); err == nil && m == (sla.Measure{}) {
		for _, p := range c.Incident.Parties {
			out.Parties = append(out.Parties, PartyExposure{p, sla.Remaining(p.ID, bears, out.Recovered)})
		}
	}
	return out, nil
}

// passable passes over rows that the list refused, which were reported when it was first read.
func passable(err error) error {
	var ps contracts.Problems
	if err == nil || errors.As(err, &ps) && !sla.SpoilsList(err) {
		return nil
	}
	return err
}

// add takes a row.
func (e *ContractExposure) add(row sla.Row, claims []contracts.Amount) {
	a := row.Payable()
	switch {
	case a > 0:
		e.Owed++
	case a < 0:
		e.Back++
	default:
		e.None++
	}
	c := row.Customer
	if l := &e.Largest; l.Customer == "" || a > l.Amount || a == l.Amount && (c.ID < l.Customer || c.ID == l.Customer && c.Subscription < l.Subscription) {
		*l = Largest{strings.Clone(c.ID), strings.Clone(c.Subscription), a}
	}
	for i := range claims {
		claims[i] += row.Claimed(i)
	}
}

// heads adds up the lines of each head.
func (e *ContractExposure) heads(p *sla.Program, claims []contracts.Amount) {
	at := map[string]int{}
	for i, l := range p.Lines() {
		j, ok := at[l.Head]
		if !ok {
			j = len(e.Heads)
			at[l.Head] = j
			e.Heads = append(e.Heads, HeadExposure{Head: l.Head, Title: p.HeadTitle(l.Head)})
		}
		e.Heads[j].Claimed += claims[i]
		e.Heads[j].Stands += e.Totals.Sums[p.Index(p.Kept(i))]
	}
}

// Difference is what changes for the customers of one contract from one scenario to another.
type Difference struct {
	From, To  string // ids
	Terms     *contracts.Contract
	Customers int64
	Changed   int64
	More      int64 // of those, who are owed more
	Amount    contracts.Amount
	Causes    []Cause // in the order of the program
	Largest   Change
}

// Cause is a rule at which the two workings of customers part first.
type Cause struct {
	Rule      sla.Rule
	Clause    string
	Refs      []contracts.Ref
	Customers int64
	Amount    contracts.Amount // what their payable changes by
}

// Change is what changes for one customer, and the rule at which the two workings part first.
type Change struct {
	Customer, Subscription, Name string
	From, To                     contracts.Amount
	Cause                        *sla.Change // nil where nothing changes
}

// Differ compares two scenarios customer by customer; each, if it is not nil, is shown every customer in turn, those without a change included.
func Differ(c *sla.Case, from, to *Exposure, each func(*contracts.Contract, Change) error) ([]Difference, error) {
	var out []Difference
	for i := range from.Runs {
		d := Difference{From: from.Scenario.ID, To: to.Scenario.ID, Terms: from.Contracts[i].Terms}
		for x, err := range sla.Compare(from.Runs[i], to.Runs[i], c.CustomersOf(from.Runs[i].Program)) {
			if err := passable(err); err != nil {
				return nil, err
			}
			if err != nil {
				continue
			}
			ch := Change{Customer: x.Customer.ID, Subscription: x.Customer.Subscription, Name: x.Customer.Name, From: x.From, To: x.To}
			if len(x.Changes) > 0 {
				ch.Cause = &x.Changes[0]
			}
			if err := d.add(ch); err != nil {
				return nil, err
			}
			if each != nil {
				if err := each(d.Terms, ch); err != nil {
					return nil, err
				}
			}
		}
		d.sort(from.Runs[i].Program, to.Runs[i].Program)
		out = append(out, d)
	}
	return out, nil
}

// add takes a customer's change.
func (d *Difference) add(ch Change) error {
	d.Customers++
	by := ch.To - ch.From
	if by == 0 {
		return nil
	}
	d.Changed++
	if by > 0 {
		d.More++
	}
	sum, ok := d.Amount.Plus(by)
	if !ok {
		return fmt.Errorf("the sum of the differences does not fit in 64 bits")
	}
	d.Amount = sum
	if size(by) > size(d.Largest.To-d.Largest.From) {
		d.Largest = ch
		d.Largest.Customer, d.Largest.Subscription, d.Largest.Name = strings.Clone(ch.Customer), strings.Clone(ch.Subscription), strings.Clone(ch.Name)
	}
	for i := range d.Causes {
		if c := &d.Causes[i]; ch.Cause != nil && c.Rule == ch.Cause.Rule && c.Clause == ch.Cause.Clause {
			c.Customers++
			c.Amount += by
			return nil
		}
	}
	if ch.Cause != nil {
		d.Causes = append(d.Causes, Cause{ch.Cause.Rule, ch.Cause.Clause, ch.Cause.Refs, 1, by})
	}
	return nil
}

func size(a contracts.Amount) contracts.Amount { return max(a, -a) }

// sort puts the causes in the order of the programs.
func (d *Difference) sort(programs ...*sla.Program) {
	var out []Cause
	for _, p := range programs {
		for _, col := range p.Columns {
			for i, c := range d.Causes {
				if col.Role == sla.Posting && col.Rule == c.Rule && col.Clause == c.Clause {
					out = append(out, c)
					d.Causes = append(d.Causes[:i:i], d.Causes[i+1:]...)
					break
				}
			}
		}
	}
	d.Causes = append(out, d.Causes...)
}
