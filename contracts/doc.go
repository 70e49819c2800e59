// Package contracts holds terms: what a hosting contract promises and how far it
// answers. It knows no incident and calculates nothing; package sla compiles a
// [Contract] for an incident.
//
// # Values
//
//   - [Amount] is money in whole minor units of a [Currency] of our own dated ISO 4217 table.
//   - [Ratio] is an exact fraction of 0 or more. Money and ratios meet in two places
//     only: [Amount.Part], with a rounding named at the call, and [Amount.Split], whose parts sum to the whole.
//   - decimal.Decimal appears at the edge: [AmountOf] takes one in or refuses it, [Amount.Decimal] gives one back.
//   - [Period] is half-open. Local times are resolved in a zone, not parsed: one that a
//     change of clocks skips or repeats is refused without an offset ([ParseTime]).
//   - [Window] is a calendar or billing month, a quarter, a year, an outage, in the contract's zone, as long as it really was.
//
// # Clauses
//
// A contract is a list of clauses, each with an id, a [Ref] to its words, conditions, and one kind:
//
//	availability       Availability        what is promised, and how what failed is measured
//	exclude_downtime   DowntimeExclusion   causes whose time does not count
//	credit             Credit              what is paid for a window that missed: rungs, units, shares, sums
//	goodwill           Credit              paid beside what the terms owe
//	combine            Combine             which of several credits is paid
//	earn_back          EarnBack            a part of a credit that returns
//	terminate          Termination         when the customer may leave
//	exclude_loss       LossExclusion       heads of loss that are not answered for
//	exempt             Exemption           no liability for an event, phase, head or grade of fault
//	lift               CarveOut            takes named clauses away on a condition
//	layer              Layer              deductible, franchise, attachment, limit and share over a sum of heads
//	cap                Cap                 a limit, for a claim, subscription, customer or incident
//	own_fault          OwnFault            the customer's own share of fault
//	sole_remedy        SoleRemedy          the credit instead of damages
//	set_off            SetOff              the credit counted against damages
//	add_after_offset   AddedAfterOffset    heads added in full after own fault and caps
//	already_paid       AlreadyPaid         what was paid before; the rest may be owed back
//	interest           Interest            interest for delay on what is owed, or owed back
//
// [KindDocs] tells of each with its fields, an example in YAML, terms in use that have it, and what it rounds; the command prints
// it as "amends help clauses". A contract file may carry worked examples ([Example]), which a check works out.
//
// Contracts are built in Go or read from YAML with [Read]; [Contract.Validate] holds both to
// the same rules. Package schema publishes the form of the files as JSON Schema.
//
// A contract may state a tax on turnover ([Tax]); credits, goodwill and caps then say how they stand to it. What is paid in instalments is split
// by [Amount.Instalments]; a payment in cash rounds half up where nothing else is agreed (通貨法3条1項), a sum awarded by a court drops fractions.
//
// # Problems
//
// What a person must mend in a file is a [Problem], with file, line, column, field,
// value, code and what would be right. Every problem is reported at once.
//
// # Design
//
// 2026-11-23: Terms and law are data. A switch on a provider, plan or country means that a clause kind or a
// law entry is missing.
//
// 2026-11-23: A contract whose terms do not say how fractions are rounded drops them, as the judgments read so far do, and the
// result lists that among its assumptions.
package contracts
