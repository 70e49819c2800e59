// Package law holds what the law says over and above the terms: dated, sourced
// entries, one jurisdiction a file. The mechanism knows no country; an entry is
// data.
//
// An entry is a [Control], which strikes a clause on a condition whatever the
// terms say, or it founds a rule of the calculation (own fault, no liability
// without fault), or it is only cited. Every entry says when it is in force, where its
// words stand and how far its wording was verified. Whether an entry applies is a parameter of the
// program, by default what its dates say on the day of the incident, so that
// "as if the rule of 2023 had been in force" is one change of one value.
//
// # Packs
//
// A jurisdiction is a country, a union of countries or a state of a federation: jp, de, gb, eu, us, us-tx. The first part of an entry's id
// names it. A state stands alone: what us holds are federal regimes, each for its own kind of claim, and none of them is added to the law
// of a state. An entry that is only cited, or cited with the rule it founds, changes no amount.
//
// Rates are a table by day ([Entry.RateOn]); whether a rate moves while delay lasts is said by the entry.
//
// # Design
//
// 2026-11-23: A rule that courts have applied but that lawyers dispute for the terms at
// hand is Debated: a set of findings must decide it, and where none does, both
// readings are computed. So is a rule that holds for one kind of claim where another holds for the next (one accident or several
// wrongs in succession; a claim in admiralty or for securities): which kind is at hand is a finding, and the other entry is its counterpart.
//
// 2026-11-23: A control cannot take a part of a clause away. What says that a clause is void as far as it goes too far strikes it for the
// grade of fault, the customers or the facts of which that is so. A rule on death or injury strikes for customers of whom the fact
// [Injury] is recorded; losses that such a customer has beside its injury belong into a row of their own.
//
// 2026-11-23: Where a bar compares the claimant with each of the others alone, as in Wisconsin and Minnesota, the entry has the share that
// bars against one other, and says so: against several the claim may fail at less.
package law

import (
	"cmp"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
)

// Entry is one rule of a jurisdiction.
type Entry struct {
	ID    string // such as jp.cca-8-1-1; begins with the jurisdiction
	Cite  contracts.Ref
	Since contracts.Date // first day in force; zero when before every incident we read
	Until contracts.Date // first day no longer in force; zero when still in force
	// Checked says how far the wording behind the entry was verified.
	Checked Checked
	Control *Control // nil when the entry strikes nothing
	Founds  Founds
	// What the entry says of the rule that it founds; nil or empty where that is not its matter.
	Bar          *Bar // with OwnFault
	Weighing     Weighing
	Liability    *Liability
	Contribution Contribution
	Settlement   Settlement
	Reallocation *Reallocation
	Rates        []Rate  // by From, with Interest and Tax
	Spares       *Spared // with Tax
	// RateMoves says that interest follows Rates day by day while delay lasts; else the rate of the day on which the delay began stays.
	RateMoves bool
	// Debated entries have no default: whether they apply is a finding.
	Debated bool
	// Unless the findings say so, a Discretionary entry does not apply: it turns
	// on an evaluation that only a court can make.
	Discretionary bool
}

// Checked is how far a source was verified.
type Checked string

// The degrees of verification.
const (
	OfficialText  Checked = "official text"
	SecondaryText Checked = "secondary source"
	Unverified    Checked = "not verified"
)

// Founds names the rule of the calculation that an entry is the ground of.
type Founds string

// The rules that can rest on a statute.
const (
	Nothing   Founds = ""
	Fault     Founds = "fault"     // no liability without fault
	Scope     Founds = "scope"     // which loss is recoverable
	OwnFault  Founds = "own-fault" // the customer's own share
	EqualPart Founds = "equal-part"

	Weighs      Founds = "weighing"      // how the injured's fault is held against several (Entry.Weighing)
	Answers     Founds = "liability"     // how several answer towards the injured (Entry.Liability)
	Contributes Founds = "contribution"  // when one recovers from another (Entry.Contribution)
	Settles     Founds = "settlement"    // what a settlement takes off (Entry.Settlement)
	Reallocates Founds = "uncollectible" // who bears what cannot be collected (Entry.Reallocation)
	Interest    Founds = "interest"      // delay interest (Entry.Rates)
	Tax         Founds = "tax"           // how payments are taxed
	Form        Founds = "form"          // agreed damages, fixed sums and what else shapes a claim
)

// Against says which clauses a control strikes.
type Against uint8

// The targets of a control, by what the clause does.
const (
	TotalExemption Against = 1 << iota // Exemption
	PartialLimit                       // Cap, Layer, LossExclusion
)

// Injury is the fact that a customer was killed or injured, on which some controls turn. An incident without such a fact has none of them.
const Injury = "injury"

// Control strikes clauses (強行規定・不当条項規制).
type Control struct {
	Against Against
	When    contracts.Condition
	// SparesStated leaves alone a clause that itself says it covers only negligence short of gross: a cap or an
	// exclusion of heads that states so, an exemption for such grades alone or whose own condition takes gross negligence out.
	SparesStated bool
}

// Strikes reports whether the control is aimed at clauses like c; its condition
// is not considered.
func (k *Control) Strikes(c contracts.Clause) bool {
	switch c := c.(type) {
	case *contracts.Exemption:
		return k.Against&TotalExemption != 0 && !(k.SparesStated && shortOfGross(c))
	case *contracts.LossExclusion:
		return k.Against&PartialLimit != 0 && !(k.SparesStated && c.StatesOrdinaryOnly)
	case *contracts.Layer: // a cession takes nothing from the customer
		return k.Against&PartialLimit != 0 && c.Cession == "" && !(k.SparesStated && c.StatesOrdinaryOnly)
	case *contracts.Cap:
		return k.Against&PartialLimit != 0 && !(k.SparesStated && c.StatesOrdinaryOnly)
	}
	return false
}

// shortOfGross reports whether the exemption itself covers only negligence short of gross.
func shortOfGross(x *contracts.Exemption) bool {
	grades := len(x.Grades) > 0 && !slices.ContainsFunc(x.Grades, func(g contracts.Grade) bool { return g >= contracts.Gross })
	return grades || holdsWhenGross(x.Unless)
}

// holdsWhenGross reports whether a condition holds whenever the fault is gross or graver, whoever the customer is.
func holdsWhenGross(c contracts.Condition) bool {
	if c.Consumer != nil || c.Fact != "" || c.Event != "" || len(c.All) > 0 || c.Not != nil {
		return false
	}
	if len(c.Any) > 0 {
		return c.Grade == contracts.NoFault && slices.ContainsFunc(c.Any, holdsWhenGross)
	}
	return c.Grade > contracts.NoFault && c.Grade <= contracts.Gross
}

// InForceOn reports whether the entry is in force on the day.
func (e Entry) InForceOn(d contracts.Date) bool {
	return (e.Since.IsZero() || e.Since.Cmp(d) <= 0) && (e.Until.IsZero() || d.Cmp(e.Until) < 0)
}

// packs holds the entries by jurisdiction.
var packs = byJurisdiction(
	jpCivil, jpFault, jpConsumer, jpInterest, jpTax,
	deCivil, deTerms, deInterest,
	gbFault, gbTerms,
	euForm,
	usFederal, usOwnFault, usSeveral,
)

func byJurisdiction(lists ...[]Entry) map[string][]Entry {
	out := map[string][]Entry{}
	for _, e := range slices.Concat(lists...) {
		j, _, _ := strings.Cut(e.ID, ".")
		out[j] = append(out[j], e)
	}
	return out
}

// For returns the entries of a jurisdiction by id, in force or not. It reports
// false for a jurisdiction that has none.
func For(jurisdiction string) ([]Entry, bool) {
	p, ok := packs[jurisdiction]
	if !ok {
		return nil, false
	}
	out := slices.Clone(p)
	slices.SortFunc(out, func(a, b Entry) int { return cmp.Compare(a.ID, b.ID) })
	return out, true
}

// Jurisdictions lists those that have entries, in order.
func Jurisdictions() []string {
	var out []string
	for j := range packs { // order: sorted below
		out = append(out, j)
	}
	slices.Sort(out)
	return out
}
