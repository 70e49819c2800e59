package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
	"github.com/amends-go/amends/sla/whatif"
)

// Result is what a workbook is made from: a case assessed under one set of findings.
type Result struct {
	Title     contracts.Text
	Findings  sla.Findings
	Parts     []Part         // one for each contract
	Recovered []sla.Recovery // in the order of the case
	// Otherwise is what is recovered under each reading, where it is open when contribution is due and recourses follow.
	Otherwise [][]sla.Recovery
	Inputs    []Input
	// WhatIf adds scenarios to the workbook: side by side, with a picker that drives every formula, and what they turn on. The parts are then those of every
	// version of every contract, under the first reading of whatever is open ([sla.Case.BindFirst]), and Findings is the scenario that is picked.
	WhatIf   *whatif.Report
	Rejected int64 // rows refused by the readers
	Partial  bool  // some rows were refused and the rest was asked for all the same
}

// Input is a file that the result rests on.
type Input struct {
	Name   string
	Bytes  int64
	SHA256 string
}

// Part is one contract's program with its rows.
type Part struct {
	Run    *sla.Run
	Rows   []Record // in order of customer id and subscription
	Totals sla.Totals
	Bears  sla.Row // the row of the bearing program
	// All gives every row again, in any order, where there are more than [LiveRows]: they stand as values, and Rows is a sample of them that stays live.
	All iter.Seq2[sla.Row, error]
	// Spread counts all rows by what they are owed; nil is those of Rows.
	Spread *Spread
}

// questions are the open parameters on which some amount turns.
func (p *Part) questions() []string {
	var out []string
	if p.Totals.Open > 0 {
		out = p.Run.Open()
	}
	if p.Bears.Run() != nil && p.Bears.Run().Readings() > 1 { // who bears it may turn on more
		out = append(slices.Clone(out), p.Bears.Run().Open()...)
	}
	return out
}

// spread counts the rows by what they are owed.
func (p *Part) spread() *Spread {
	if p.Spread != nil {
		return p.Spread
	}
	s := NewSpread(p.Run.Program.Contract.Currency)
	for i := range p.Rows {
		v := p.Rows[i].Values
		s.Add(contracts.Amount(v[len(v)-1]))
	}
	return s
}

// Record is a row kept after the run has moved on.
type Record struct {
	ID, Subscription, Name string
	Since, Until           contracts.Date // of the subscription
	Values                 []int64        // by column
	Outcome                sla.Outcome
	Readings               []sla.Reading // only where they differ

	pools map[poolKey]int64 // of a row of a sample, which does not hold the rest of its pools
}

// poolKey names a sum over the rows of a pool.
type poolKey struct {
	of      string
	scope   formula.Scope
	running bool
}

// LiveRows is the greatest number of rows whose formulas stay live in a workbook: beyond it spreadsheets take minutes.
const LiveRows = 100_000

// KeepSample copies a row with the sums of its pools, for a sheet that does not hold all rows of them.
func KeepSample(r sla.Row) Record {
	rec, env := Keep(r), r.Env()
	rec.pools = map[poolKey]int64{}
	for _, c := range r.Run().Program.Columns {
		if c.Expr == nil {
			continue
		}
		formula.Walk(c.Expr, func(e formula.Expr) {
			switch e := e.(type) {
			case formula.PoolTotal:
				rec.pools[poolKey{e.Of, e.Scope, false}] = env.Pool(e.Of, e.Scope, false)
			case formula.PoolRunning:
				rec.pools[poolKey{e.Of, e.Scope, true}] = env.Pool(e.Of, e.Scope, true)
			}
		})
	}
	return rec
}

// Keep copies a row.
func Keep(r sla.Row) Record {
	rec := Record{ID: strings.Clone(r.Customer.ID), Subscription: strings.Clone(r.Customer.Subscription), Name: strings.Clone(r.Customer.Name), Since: r.Customer.Since, Until: r.Customer.Until, Outcome: r.Outcome()}
	for i := range r.Run().Program.Columns {
		rec.Values = append(rec.Values, r.Value(i))
	}
	if rec.Outcome == sla.NeedsJudgement {
		rec.Readings = r.Readings()
	}
	return rec
}

// Sort puts records in the order of customer id and subscription, by bytes.
func Sort(records []Record) {
	slices.SortFunc(records, func(a, b Record) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(a.Subscription, b.Subscription))
	})
}

// runs are those of the contracts, and then of the recourses.
func (r *Result) runs() []*sla.Run {
	var out []*sla.Run
	for i := range r.Parts {
		out = append(out, r.Parts[i].Run)
	}
	for _, x := range r.Recovered {
		out = append(out, x.Row.Run())
	}
	return out
}

// parties are those of the incident, in its order; the result of a case has one incident.
func (r *Result) parties() []sla.Party {
	if len(r.Parts) == 0 {
		return nil
	}
	return r.Parts[0].Run.Program.Incident.Parties
}

// bears are the rows of who bears each contract.
func (r *Result) bears() []sla.Row {
	var out []sla.Row
	for i := range r.Parts {
		out = append(out, r.Parts[i].Bears)
	}
	return out
}

// readingOf is who bears each contract under reading i of what is open, and the run that says what that reading is.
func (r *Result) readingOf(i int) (*sla.Run, []sla.Row) {
	bears := r.bears()
	return bears[0].Run(), sla.Under(bears, i)
}

// Hash is the SHA-256, in 64 hexadecimal digits, of what the result rests on: every run, and every file.
func (r *Result) Hash() string {
	h := sha256.New()
	for _, run := range r.runs() {
		fmt.Fprintln(h, run.Hash())
	}
	for _, in := range r.Inputs {
		fmt.Fprintf(h, "%q %s\n", in.Name, in.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))
}
