package sla

import (
	"fmt"
	"iter"
	"slices"

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

// Compare assesses the same customers under two runs and yields each customer with what changed, those with no change included. The runs are of
// one program, or of two versions of the terms, whose postings are then held against each other by rule and clause. The customers are read twice
// over, and are the same both times, or an error ends the comparison.
func Compare(from, to *Run, customers iter.Seq2[Customer, error]) iter.Seq2[Difference, error] {
	return func(yield func(Difference, error) bool) {
		if from.Program != to.Program && !slices.Contains(from.Program.family, to.Program) {
			yield(Difference{}, fmt.Errorf("sla: the runs to compare are of different contracts"))
			return
		}
		pairs := postingPairs(from.Program, to.Program)
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
			for _, p := range pairs {
				if x, y := p.from.of(a), p.to.of(b); x != y {
					d.Changes = append(d.Changes, Change{p.Rule, p.Clause, p.Refs, x, y})
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

// postingPair is a posting in both of two programs, or in one of them.
type postingPair struct {
	*Column
	from, to at
}

// at is the place of a column; −1 is none.
type at int

func (i at) of(r Row) contracts.Amount {
	if i < 0 {
		return 0
	}
	return contracts.Amount(r.Value(int(i)))
}

// postingPairs lists the postings of two programs in the order of the first, and then those that only the second has.
func postingPairs(from, to *Program) []postingPair {
	var out []postingPair
	for i := range from.Columns {
		if c := &from.Columns[i]; c.Role == Posting {
			out = append(out, postingPair{c, at(i), at(to.Index(c.Name))})
		}
	}
	for i := range to.Columns {
		if c := &to.Columns[i]; c.Role == Posting && from.Index(c.Name) < 0 {
			out = append(out, postingPair{c, -1, at(i)})
		}
	}
	return out
}

// errApart stops a comparison whose two readings of the customers differ.
var errApart = contracts.Problems{{Code: "E_CHANGED", Message: "the customers changed between two readings", Hint: "run again when nothing writes to the list"}}
