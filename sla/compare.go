package sla

import (
	"fmt"
	"iter"

	"github.com/amends-go/amends/contracts"
)

// Difference is what a second run changes for one customer.
type Difference struct {
	Customer *Customer
	From, To contracts.Amount
	// FromOutcome and ToOutcome tell an amount computed from one that stands for several readings.
	FromOutcome, ToOutcome Outcome
	// FromReadings and ToReadings are the payables under each reading. They are valid until the next difference.
	FromReadings, ToReadings []contracts.Amount
	Changes                  []Change // the postings that differ, in the order of the program
}

// Change is a posting that differs between two runs.
type Change struct {
	Rule     Rule
	Clause   string
	Refs     []contracts.Ref
	From, To contracts.Amount
}

// Compare assesses the same customers under two runs of one program and yields each customer with what
// changed, those with no change included. Both runs must be of the same program. The customers are read twice over, and are
// the same both times, or an error ends the comparison.
func Compare(from, to *Run, customers iter.Seq2[Customer, error]) iter.Seq2[Difference, error] {
	return func(yield func(Difference, error) bool) {
		if from.Program != to.Program {
			yield(Difference{}, fmt.Errorf("sla: the runs to compare are of different programs"))
			return
		}
		var byFrom, byTo []contracts.Amount
		next, stop := iter.Pull2(to.Assess(customers).Rows())
		defer stop()
		for a, err := range from.Assess(customers).Rows() {
			b, errB, more := next()
			switch {
			case err != nil:
			case errB != nil:
				err = errB
			case !more || a.Customer.ID != b.Customer.ID || a.Customer.Subscription != b.Customer.Subscription:
				yield(Difference{}, errApart)
				return
			}
			if err != nil {
				if !yield(Difference{}, err) {
					return
				}
				continue
			}
			d := Difference{Customer: a.Customer, From: a.Payable(), To: b.Payable(), FromOutcome: a.Outcome(), ToOutcome: b.Outcome()}
			byFrom, byTo = a.payables(byFrom[:0]), b.payables(byTo[:0])
			d.FromReadings, d.ToReadings = byFrom, byTo
			for i, c := range from.Program.Columns {
				if c.Role == Posting && a.Value(i) != b.Value(i) {
					d.Changes = append(d.Changes, Change{c.Rule, c.Clause, c.Refs, contracts.Amount(a.Value(i)), contracts.Amount(b.Value(i))})
				}
			}
			if !yield(d, nil) {
				return
			}
		}
		if _, err, more := next(); more {
			if err == nil {
				err = errApart
			}
			yield(Difference{}, err)
		}
	}
}

// errApart stops a comparison whose two readings of the customers differ.
var errApart = contracts.Problems{{Code: "E_CHANGED", Message: "the customers changed between two readings", Hint: "run again when nothing writes to the list"}}
