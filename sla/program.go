package sla

import (
	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// Unit says what a column's whole numbers count.
type Unit uint8

// The units.
const (
	Amount   Unit = iota // minor units of the contract's currency
	Millis               // milliseconds
	YesNo                // 1 and 0
	Number               // a plain whole number up to contracts.MaxRatioTerm, such as a term of a ratio
	ServiceI             // index of the incident's service
	Quantity             // a whole number of any size, such as requests or units
	Day                  // a day as Serial counts it; 0 is none
)

// Role says what a column is for.
type Role uint8

// The roles.
const (
	Input   Role = iota // from the customer's row
	Test                // whether a clause stands, a control strikes, a carve-out lifts
	Working             // an amount on its way
	Posting             // what a rule did to the sum: the postings of a row add up to its payable
	Result              // the payable
)

// Column is one column of a program: an input, or a formula that cites its clause.
type Column struct {
	formula.Column
	Label  contracts.Text
	Unit   Unit
	Role   Role
	Rule   Rule
	Clause string // id of the clause or law entry it works out; empty otherwise
	Refs   []contracts.Ref
}

// Assumption is a choice that silent terms left to us.
type Assumption struct {
	Name string
	Text contracts.Text
}

// Program is a contract compiled for an incident: an ordered list of columns
// over named parameters. The engine, a spreadsheet, a query and the words all
// come from it. It is read only once compiled.
type Program struct {
	Contract *contracts.Contract
	Incident *Incident
	Shape    Shape

	Columns    []Column
	Parameters []Parameter
	// Bearing is the program over the total: who finally bears it.
	Bearing *Bearing
	// Assumptions are the choices that the terms left open.
	Assumptions []Assumption
	// Downtime is what was measured for each availability commitment.
	Downtime []Measured
	// Elsewhere names parameters of the case's other contracts, which findings
	// may set without being wrong here.
	Elsewhere []string

	index     map[string]int
	deadlines []deadline
	spans     map[string]subscribedSpan         // windows whose subscribed time is an input, by column
	tests     map[string]map[string]*clauseTest // by clause and phase
	law       []law.Entry
	interest  *interestTale // nil without interest
	orders    *orders       // nil unless the order of own fault and limit is open
	lines     []Line
	kept      []string   // by line: the column of what stands of it before own fault, limits and what is shared
	dues      []due      // with Shape.Dues
	family    []*Program // all versions of the terms, the one that customers name first; nil where there is one
}

// Column returns the column of that name, or nil.
func (p *Program) Column(name string) *Column {
	if i, ok := p.index[name]; ok {
		return &p.Columns[i]
	}
	return nil
}

// Index is the position of a column, or −1.
func (p *Program) Index(name string) int {
	if i, ok := p.index[name]; ok {
		return i
	}
	return -1
}

// Lines lists the heads and phases of loss, in the order of the working.
func (p *Program) Lines() []Line { return p.lines }

// Kept is the column of what stands of line i when clauses on the loss itself have been applied, before own fault, limits and whatever else
// works on the sum of all lines.
func (p *Program) Kept(i int) string { return p.kept[i] }

// HeadTitle is what a head of loss is called.
func (p *Program) HeadTitle(head string) contracts.Text { return titleOf(p.Incident.Heads, head) }

// Law lists the law entries that bear on the program.
func (p *Program) Law() []law.Entry { return p.law }

// formulas returns the columns as the machine takes them.
func (p *Program) formulas() []formula.Column {
	out := make([]formula.Column, len(p.Columns))
	for i, c := range p.Columns {
		out[i] = c.Column
	}
	return out
}
