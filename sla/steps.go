package sla

import (
	"iter"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// Effect says what became of a rule in one customer's working.
type Effect string

// The effects.
const (
	Applied    Effect = "applied"     // it changed the sum
	NotReached Effect = "not-reached" // it stands, but there was nothing for it to change
	Lifted     Effect = "lifted"      // a carve-out took it away
	Replaced   Effect = "replaced"    // another clause took its place
	Struck     Effect = "struck"      // the law strikes it
	SetAside   Effect = "set-aside"   // the findings do not apply it
	NotMet     Effect = "not-met"     // its own conditions do not hold
	Silent     Effect = "silent"      // it says nothing of what happened
)

// Step is one posting of a customer's ledger: what a rule did to the sum, or
// why it did nothing. The payable is the sum of the deltas.
type Step struct {
	Rule   Rule
	Clause string // id; empty for a rule without a clause
	Label  contracts.Text
	Delta  contracts.Amount
	After  contracts.Amount // the sum with this step
	Effect Effect
	Refs   []contracts.Ref
	Why    []contracts.Text
	Column int // of the posting
}

// Steps yields the row's steps in the order of the program, those that did nothing included. Where the order of own fault and limit is open, it is that which the
// row takes.
func (r Row) Steps() iter.Seq[Step] {
	return func(yield func(Step) bool) {
		var after contracts.Amount
		for _, i := range r.stepColumns() {
			c := r.run.Program.Columns[i]
			d := contracts.Amount(r.Value(i))
			after += d
			s := Step{Rule: c.Rule, Clause: c.Clause, Label: c.Rule.Label(), Delta: d, After: after, Refs: c.Refs, Column: i, Effect: NotReached}
			if d != 0 {
				s.Effect = Applied
			}
			r.tell(&s, r.run.told(i))
			if !yield(s) {
				return
			}
		}
	}
}

// Env gives the row's columns, parameters and pool sums to formula.Eval, under the first reading.
func (r Row) Env() formula.Env { return rowEnv{r} }

type rowEnv struct{ Row }

func (e rowEnv) Col(name string) int64 { return e.Value(e.run.Program.index[name]) }

func (e rowEnv) Param(name string, part formula.Part) int64 {
	n := e.run.Shown(name)
	if part == formula.Den {
		return n.Den
	}
	return n.Num
}

func (e rowEnv) Pool(of string, s formula.Scope, running bool) int64 {
	for k, u := range e.run.readings[0].machine.Pools() {
		if u.Of == of && u.Scope == s {
			total, run := e.batches[0].Pool(k)
			if running {
				return run[e.i]
			}
			return total[e.i]
		}
	}
	return 0
}

// Run returns the run that the row belongs to.
func (r Row) Run() *Run { return r.run }
