package contracts

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
	// Rounding of the clause; RoundingUnstated takes the contract's.
	Rounding Rounding
	At       Pos // where it was read; zero when built in Go
}

func (p *Provision) provision() *Provision { return p }

// ProvisionOf returns what every clause has.
func ProvisionOf(c Clause) *Provision { return c.provision() }

// Availability is a commitment to a share of uptime (稼働率保証):
// 1 − counted downtime ÷ window, measured for each service of the list (all
// services when empty) and each window that the incident touches.
type Availability struct {
	Provision
	Target   Ratio
	Window   Window
	Minimum  int64 // ms; an interruption shorter than this is not downtime. Applied before clipping to the window
	Services []string
	Degraded bool // count degraded performance as downtime, not only outages
}

// DowntimeExclusion takes time out of the count (計測除外): phases of the
// named causes, for the named availability commitments (all when empty).
type DowntimeExclusion struct {
	Provision
	Causes []string // such as maintenance, force-majeure, customer
	Of     []string
}

// Credit is a service credit (利用料金の減額・返金) on an availability commitment: for
// each window, the rate of the lowest tier that uptime falls below, of the
// monthly fee.
type Credit struct {
	Provision
	Of     string // id of the Availability
	Tiers  []Tier // by Bound, highest first
	AtMost Ratio  // of the monthly fee, in each window; zero sets no limit
}

// Tier is a rung of a credit: Rate of the fee when uptime is below Bound, or
// also when it equals it (Inclusive).
type Tier struct {
	Bound     Ratio
	Inclusive bool
	Rate      Ratio
}

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

// The bases of sharing. ByCapped gives out the limit to the unit. Under the other two no row gets more than it
// would be owed without the limit, and what it cannot take is not handed to others: the total may stay below the limit.
const (
	ByCapped   ShareBase = iota // what each row would be owed after its own fault and its own caps
	ByAdmitted                  // the loss admitted
	ByClaimed                   // the loss claimed
)

var shareBaseNames = [...]string{"capped", "admitted", "claimed"}

func (b ShareBase) String() string { return shareBaseNames[b] }

// Cap is a liability cap (責任限度額).
type Cap struct {
	Provision
	Base  CapBase
	Fixed Amount // with FixedSum; not negative
	Times Ratio  // with a fee base: 12 for twelve months, 2 for twice the fees paid
	Per   Per
	Share ShareBase // with PerCustomer and PerIncident
	// CreditsInside counts service credits against the cap. Silent terms leave
	// them outside, and the result says that this was assumed.
	CreditsInside bool
	// StatesOrdinaryOnly is set when the clause itself says that it covers only
	// negligence short of gross (消費者契約法8条3項 asks for that since 2023-06-01).
	StatesOrdinaryOnly bool
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
	switch c.(type) {
	case *Availability:
		return "availability"
	case *DowntimeExclusion:
		return "exclude_downtime"
	case *Credit:
		return "credit"
	case *LossExclusion:
		return "exclude_loss"
	case *Exemption:
		return "exempt"
	case *CarveOut:
		return "lift"
	case *Cap:
		return "cap"
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
	}
	return ""
}
