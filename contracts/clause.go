package contracts

import "slices"

// Clause is an operative provision of a contract. The kinds are sealed; each
// embeds Provision.
type Clause interface {
	provision() *Provision
}

// Provision is what every clause has: a name to refer to, the place of its
// words, and when it operates.
type Provision struct {
	ID  string // unique in the contract; [a-z0-9][a-z0-9._-]*
	Ref Ref
	// When must hold, and Unless must not, for the clause to operate. Where the
	// condition names a grade, it is the grade of the phase in which the loss arose.
	When, Unless Condition
	// InsteadOf names clauses whose place this one takes where it operates (特約・個別合意の優先): they do not stand in the phases in which it
	// does, nor, where it replaces an exception, the clauses that the exception replaces. Where the law strikes it, they stand again.
	InsteadOf []string
	// Rounding of the clause; RoundingUnstated takes the contract's.
	Rounding Rounding
	At       Pos // where it was read; zero when built in Go
}

func (p *Provision) provision() *Provision { return p }

// ProvisionOf returns what every clause has.
func ProvisionOf(c Clause) *Provision { return c.provision() }

// LossExclusion denies heads of loss altogether (逸失利益の免責 and the like).
type LossExclusion struct {
	Provision
	Heads []string
	// StatesOrdinaryOnly is as in Cap.
	StatesOrdinaryOnly bool
}

// Exemption frees the provider from liability altogether (免責) for losses of
// the named kinds of event, phases and heads; an empty list names all. Grades, when
// given, confines it to phases with exactly these grades of fault.
type Exemption struct {
	Provision
	Events []string // kinds of event, such as data-loss, outage
	Phases []string // ids of phases
	Heads  []string
	Grades []Grade
}

// CarveOut lifts the named clauses (責任制限の不適用) on its condition.
type CarveOut struct {
	Provision
	Lifts []string
}

// CapBase says what a cap is counted from.
type CapBase uint8

// The bases of a cap.
const (
	FixedSum       CapBase = iota // Cap.Fixed
	MonthlyFee                    // the monthly fee × Cap.Times
	FeesPaidToDate                // all the customer ever paid for the service × Cap.Times
	NamedFee                      // the fee Cap.Fee of the customer list × Cap.Times, such as the fees of the last 12 months
)

// Per says which sum a cap limits.
type Per uint8

// The scopes of a cap.
const (
	PerClaim        Per = iota // the losses of one event, for one subscription
	PerSubscription            // one row
	PerCustomer                // all rows with the customer's id, shared among them
	PerIncident                // all rows of the contract, shared among them
)

var perNames = [...]string{"claim", "subscription", "customer", "incident"}

func (p Per) String() string { return perNames[p] }

// ShareBase says by what a cap over many rows is shared among them.
type ShareBase uint8

// The bases of sharing. Each gives out the limit to the unit as long as the rows would be owed as much without it, in the
// order of customer id and subscription. A row of which nothing is inside the limit, because its contract had ended or its loss is exempt, has no
// weight. ByCapped gives each row its part within a unit. Under the other two a row may have a weight above what it
// would be owed: all such rows are filled, and the others share the rest by their weights, until one level fits all. Each then
// has its weight times that level within a unit, or all that it would be owed. Rows are filled in three rounds; where that does not
// settle the level, which takes a pool of very uneven rows, the rest goes by weight, rounded down, as far as rows have room, and
// then by the room that is left.
const (
	ByCapped   ShareBase = iota // what each row would be owed after its own fault and its own caps
	ByAdmitted                  // the loss admitted, without heads that are added after the offset
	ByClaimed                   // the loss claimed, without heads that are added after the offset
)

var shareBaseNames = [...]string{"capped", "admitted", "claimed"}

func (b ShareBase) String() string { return shareBaseNames[b] }

// Cap is a liability cap (責任限度額). It limits what arose in the phases in which it stands.
// Where several caps stand in different phases or cover different heads, a sum that one cap allows does not also count as
// free of another that covers it: a row is owed the most for which no set of its caps is exceeded, that is no more than the
// limits of the set and what arose where none of the set limits it. A loss in a phase or under a head with fewer
// caps comes first, in the customer's favour. For each cap the three caps applied before it are looked at. Three caps on heads that overlap crosswise
// (a and b, b and c, c and a) are held set by set, which can leave more than any division over the heads would.
type Cap struct {
	Provision
	Base  CapBase
	Fixed Amount // with FixedSum; not negative
	Fee   string // with NamedFee: the list's column fee.NAME
	Times Ratio  // with a fee base: 12 for twelve months, 2 for twice the fees paid
	Per   Per
	Share ShareBase // with PerCustomer and PerIncident
	// Heads confines the cap to these heads of loss, and ExceptHeads to all but these; at most one of the two is given. What arose under other heads is outside
	// the cap, as what arose in phases in which it does not stand.
	Heads, ExceptHeads []string
	// Used is a fee of the list (column fee.NAME, or fees-paid-to-date): what was already paid under the cap in its period, before this incident. It lowers the limit, not below
	// 0; of a shared cap, the sum over its rows does. Silent terms lower no limit, and the result says that this was assumed.
	Used string
	// CreditsInside counts service credits against the cap. Silent terms leave
	// them outside, and the result says that this was assumed. Under a cap per claim the
	// credits count once: against the limits of the events that caused a loss, in the order of the incident.
	CreditsInside bool
	// Tax says whether the cap limits a sum with its tax. Silent terms limit it with the tax, and where the contract states a tax the
	// result says that this was assumed. It matters where damages are taxed.
	Tax TaxAndCap
	// StatesOrdinaryOnly is set when the clause itself says that it covers only
	// negligence short of gross (消費者契約法8条3項 asks for that since 2023-06-01).
	StatesOrdinaryOnly bool
}

// Covers reports whether the cap limits losses under the head.
func (c *Cap) Covers(head string) bool {
	if len(c.Heads) > 0 {
		return slices.Contains(c.Heads, head)
	}
	return !slices.Contains(c.ExceptHeads, head)
}

// OwnFault reduces damages by the customer's own share (過失相殺). Without such
// a clause the law of the contract may still apply the rule.
type OwnFault struct {
	Provision
	Events  []string // kinds of event whose losses it reduces; empty is all
	PerHead bool     // round for each head and phase instead of once on the whole
}

// SoleRemedy makes the service credit the only remedy (唯一の救済) for losses
// of the named kinds of event (all when empty).
type SoleRemedy struct {
	Provision
	Events []string
}

// SetOff counts service credits against damages (相殺): the customer gets the
// greater of the two, not both.
type SetOff struct{ Provision }

// AddedAfterOffset names heads that are added in full after own fault and caps,
// as courts do with lawyers' fees (弁護士費用).
type AddedAfterOffset struct {
	Provision
	Heads []string
}

// AlreadyPaid takes off what was paid before (既払金). What remains may be
// negative: it is then owed back.
type AlreadyPaid struct{ Provision }

// Kind is the clause's kind as written in a contract file.
func Kind(c Clause) string {
	switch c := c.(type) {
	case *Availability:
		return "availability"
	case *DowntimeExclusion:
		return "exclude_downtime"
	case *Credit:
		if c.Goodwill {
			return "goodwill"
		}
		return "credit"
	case *Combine:
		return "combine"
	case *EarnBack:
		return "earn_back"
	case *Termination:
		return "terminate"
	case *LossExclusion:
		return "exclude_loss"
	case *Exemption:
		return "exempt"
	case *CarveOut:
		return "lift"
	case *Cap:
		return "cap"
	case *Layer:
		return "layer"
	case *OwnFault:
		return "own_fault"
	case *SoleRemedy:
		return "sole_remedy"
	case *SetOff:
		return "set_off"
	case *AddedAfterOffset:
		return "add_after_offset"
	case *AlreadyPaid:
		return "already_paid"
	case *Interest:
		return "interest"
	}
	return ""
}
