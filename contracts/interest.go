package contracts

// Interest charges interest for delay (遅延損害金) on what is owed, and on what is owed back. It is simple interest: no interest bears
// interest. What runs up is
//
//	principal × rate a year × time ÷ one year
//
// rounded once for each stretch over which the principal stays the same, by the clause's rounding or else the contract's. The legal rate
// is that of the day on which the delay began and stays, unless the law says that it moves.
type Interest struct {
	Provision
	Ground Ground
	// Rate a year, above 0 and at most 1; nil is the legal rate of the contract's law.
	Rate *Ratio
	// Commercial says whether the debt is one for which the law has a rate of its own, as of merchants. Nil leaves it open where such a
	// rate existed when the delay began: both are then computed. A debt from a tort is never one.
	Commercial *bool
	// From is the day on which the delay began; zero takes it from the ground.
	From Date
	// Demanded is the day on which all customers demanded payment, as by a complaint served; zero takes the column demanded_on.
	Demanded Date
	// To is the last day of the interest; zero is the day as of which the case is worked out.
	To Date
	// DayCount is how days make years; unstated is whole years and days, which the result states as an assumption.
	DayCount DayCount
	// BothEnds counts the day on which the delay began; the last day counts always. Nil is true, as courts count, and the result states
	// that as an assumption.
	BothEnds *bool
	// Payments is to what a payment on a day goes first (民法489条); unstated is interest, which the result states as an assumption.
	Payments Appropriation
}

// Ground is why interest is owed, and from when.
type Ground uint8

// The grounds of interest.
const (
	OnContract Ground = iota // 債務不履行: from the day after the demand
	OnTort                   // 不法行為: from the first day on which a loss claimed arose
	OnDemand                 // from the day of the demand itself
)

var groundNames = [...]string{"contract", "tort", "demand"}

func (g Ground) String() string { return groundNames[g] }

// DayCount is how the days of a stretch make a part of a year.
type DayCount uint8

// The conventions.
const (
	DayCountUnstated DayCount = iota
	// YearsAndDays counts whole years from the first day of a stretch to the same day of a later year, and each day left over as 1/365. A
	// year that began on 29 February ends with the last day of February where there is no such day (民法143条2項). Not with a
	// legal rate that moves, which days over 365 reckon where nothing is said.
	YearsAndDays
	Days365   // each day is 1/365
	LeapSplit // each day of a leap year is 1/366, each other day 1/365
)

var dayCountNames = [...]string{"", "years-and-days", "days-365", "leap-split"}

func (d DayCount) String() string { return dayCountNames[d] }

// Appropriation is to what a payment goes first (弁済の充当).
type Appropriation uint8

// The orders of appropriation.
const (
	AppropriationUnstated Appropriation = iota
	InterestFirst
	PrincipalFirst
)

var appropriationNames = [...]string{"", "interest-first", "principal-first"}

func (a Appropriation) String() string { return appropriationNames[a] }

// NeedsDemand reports whether the day on which the delay began is each customer's own, by the column demanded_on.
func (i *Interest) NeedsDemand() bool {
	return i.From.IsZero() && i.Demanded.IsZero() && i.Ground != OnTort
}
