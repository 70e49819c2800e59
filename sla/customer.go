package sla

import (
	"github.com/amends-go/amends/contracts"
)

// Customer is one subscription of a customer: what was paid for it, what it
// lost, and the facts on which clauses turn. Amounts are minor units of the
// contract's currency and not negative.
type Customer struct {
	ID           string // of the customer; with Subscription, unique
	Subscription string // empty when a customer has one
	Name         string
	Contract     string // id of the contract; empty when the case has one
	Service      string // id of the incident's service; empty when it has one or none
	Consumer     bool   // a consumer in the sense of the law, not a business
	MonthlyFee   contracts.Amount
	FeesPaid     contracts.Amount // all ever paid for the service
	Paid         contracts.Amount // already paid in compensation (既払金)
	PaidOn       contracts.Date   // the day of Paid; zero is before any delay
	// Payments are further payments, in the order of their days; one without a day was made before any delay and stands before those with one.
	Payments []Payment
	// DemandedOn is the day on which payment was demanded, from which delay may count; zero is not yet.
	DemandedOn contracts.Date
	Claims     []Claim
	Facts      []string // ids of the incident's facts that are true of the customer
	// Affected are the ids of the events that affected the customer; nil means all.
	Affected []string
	// OwnShare is the customer's own share of fault where one is recorded for it alone.
	OwnShare contracts.Ratio
	// Since and Until are the first day of the subscription and the first day
	// after it; zero is open.
	Since, Until contracts.Date
	// BillingDay is the day of the month, 1 to 31, on which the customer's billing month begins.
	BillingDay int
	// ClaimedOn is the day on which a credit was asked for; zero is not yet.
	ClaimedOn contracts.Date
	// Fees and Numbers are further sums and numbers of the list, by name, in the order of the shape's.
	Fees    []contracts.NamedAmount
	Numbers []contracts.NamedNumber
	// Evidence is what the claims rest on.
	Evidence []Evidence
	// Settled is what other parties at fault have paid this customer in settlement, by party.
	Settled []contracts.NamedAmount
	// Measured is what was measured for this customer alone, in the order of the shape's.
	Measured []OwnMeasure
}

// Own names a commitment and one of its windows; an empty window stands for each.
type Own struct{ Of, Window string }

// OwnMeasure is what failed of a commitment for one customer: ms with the measure time, parts per million
// of the whole ([OwnShareParts]) with other shares, else a count or reading.
type OwnMeasure struct {
	Own
	Failed int64
}

// Payment is a sum paid on a day.
type Payment struct {
	Amount contracts.Amount
	On     contracts.Date
}

// Claim is a loss under one head in one phase.
type Claim struct {
	Head  string
	Phase string // the phase in which it arose; empty when the incident has one
	// Claimed is what the customer asks, Found what was found to be proved. Where
	// nothing was found separately, Found equals Claimed.
	Claimed, Found contracts.Amount
	// Less is what is not admitted of the claim, or taken off again, by reason. All but Saved together are at most Claimed.
	Less [reasons]contracts.Amount
}

// Line is a head of loss in a phase: the finest grain of the working.
type Line struct{ Head, Phase string }

// Shape says what the customers of a case may carry, so that a program has the
// columns for it.
type Shape struct {
	Lines    []Line   // which losses may be claimed
	Less     []Reason // for which parts of losses are not admitted, in order
	Found    bool     // amounts found to be proved differ from those claimed
	Affected bool     // customers say which events affected them
	OwnShare bool     // customers may have an own share of fault each
	Dates    bool     // subscriptions say from when and until when they ran

	FurtherPayments int  // customers may have so many payments beside Paid
	PaidOn          bool // payments have days
	Demanded        bool // customers say when they demanded payment

	BillingDay bool     // customers have a billing day
	Claimed    bool     // the list says when credits were asked for
	Fees       []string // names of further fees
	Numbers    []string // names of further numbers
	Measured   []Own    // what is measured for each customer
	Settled    []string // parties that may have settled with a customer

	Dues bool // tell the payable apart by the clause that gives it ([Row.Dues]); nothing that customers carry
}
