package sla

import (
	"errors"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// Due is a part of what a row is owed, told by the clause that gives it. Item and Tax add up to Total.
type Due struct {
	Clause string // id; empty for damages, which follow from all terms together
	Reason Rule   // RuleCredit, RuleGoodwill, RuleInterest, or RulePayable for damages
	Refs   []contracts.Ref
	// Treatment is what the part is for a tax on turnover; TreatmentUnstated where the contract says nothing of a tax.
	Treatment contracts.Treatment
	// Total, Item and Tax are with the tax, without it, and the tax; minor units, not negative.
	Total, Item, Tax contracts.Amount
	Rate             contracts.Ratio // of the tax; zero where the part is outside it
	Form             contracts.Form  // in which the terms have it given
	Money            bool            // whether it is of money: the parts that are add up to the payable
}

// ErrUndecided is the error of a row whose parts turn on a question that nobody has decided.
var ErrUndecided = errors.New("it turns on an open question")

// Dues tells the payable apart by what gives it, in the order of the clauses; parts of 0 are left out. A row that is void or owes something back
// has none. What was already paid, netted or set off is taken from interest first, then from damages, goodwill and credits, the last clause first.
// A program without the columns for it ([Shape.Dues]) has none. The error wraps [ErrUndecided].
func (r Row) Dues() ([]Due, error) {
	prog := r.run.Program
	switch r.Outcome() {
	case Void:
		return nil, nil
	case NeedsJudgement:
		return nil, ErrUndecided
	}
	var out []Due
	for i := range prog.dues {
		d := &prog.dues[i]
		x := r.due(d, 0)
		for k := 1; k < len(r.batches); k++ {
			if y := r.due(d, k); y.Total != x.Total || y.Tax != x.Tax || x.Total != 0 && (y.Treatment != x.Treatment || y.Rate != x.Rate) {
				return nil, ErrUndecided
			}
		}
		if x.Total != 0 {
			out = append(out, x)
		}
	}
	return out, nil
}

// due is one part under a reading.
func (r Row) due(d *due, reading int) Due {
	prog := r.run.Program
	at := func(name string) contracts.Amount {
		if i := prog.Index(name); i >= 0 {
			return contracts.Amount(r.batches[reading].Col(i)[r.i])
		}
		return 0
	}
	x := Due{Clause: d.clause, Reason: d.reason, Refs: d.refs, Treatment: d.treated, Form: d.form, Money: d.granted == ""}
	if x.Treatment == contracts.TreatmentUnstated && prog.Contract.Tax != nil {
		x.Treatment = contracts.PriceReduction
		if r.run.value("tax.credits", reading).Num == makesGood {
			x.Treatment = contracts.AsDamages
		}
	}
	if !x.Money {
		x.Total = at(d.granted)
		x.Item = x.Total
		return x
	}
	x.Total, x.Tax = at(d.total), at(d.tax)
	x.Item = x.Total - x.Tax
	taxed := d.tax != ""
	if x.Treatment == contracts.AsDamages {
		taxed = taxed && r.run.value("tax.damages", reading).Num == damagesTaxed
	}
	if taxed {
		rate := r.run.value("tax.rate", reading)
		x.Rate, _ = contracts.NewRatio(rate.Num, rate.Den) // a fraction that was checked when it was settled
	}
	return x
}

// value is that of a parameter under a reading.
func (r *Run) value(name string, reading int) formula.Number {
	if n, open := r.readings[reading].values[name]; open {
		return n
	}
	return r.Settings.Of(name).Number
}
