package contracts

// Credit is a service credit (利用料金の減額・返金): what is paid for each window in which a commitment was missed.
//
// With Tiers, the rung that the measure reached pays; without, Pay does when the target was missed. A rung may name one edge
// or both. Rungs with one edge are read as usual: the furthest one reached pays. Rungs with both edges are loaded as written; where they leave a
// gap or overlap and IfSeveral and IfNone do not say what holds there, the parameter tiers.ID is open: the reading
// that pays least and the one that pays most are both computed.
type Credit struct {
	Provision
	Of    string // id of the Availability; empty pays once to everybody who was affected
	Base  FeeBase
	Tiers []Tier
	// Pay is what is paid when the target was missed, with Tiers empty.
	Pay     *Pay
	Reading TierReading
	// IfSeveral and IfNone decide where rungs overlap or leave a gap.
	IfSeveral LadderPolicy
	IfNone    LadderPolicy

	AtMost Ratio         // of the base, in each window; zero sets no limit
	Limits []CreditLimit // further limits
	// AtLeast raises a credit that is due at all to this sum.
	AtLeast Amount
	// PaysOver pays nothing unless the credit of the window is more than this sum; PaysFrom unless it is at least that.
	PaysOver, PaysFrom Amount

	Claim Claiming
	Form  Form
	// Reward is paid by the customer: for a level above the promise.
	Reward bool
	// Goodwill is paid beside what the terms owe, as an apology.
	Goodwill bool
	// Treatment is what the payment is for the contract's tax. Unstated, a credit is as Tax.Credits says, and goodwill is goodwill.
	Treatment Treatment
}

// FeeBase is the sum of which a credit is a part: Fee, with Plus added and Less taken off, × Times.
type FeeBase struct {
	Fee   string // monthly-fee, fees-paid-to-date, or a fee of the customer list (its column fee.NAME)
	Plus  []string
	Less  []string // such as licences, unpaid or promotional parts, tax
	Times Ratio    // such as 1/12 of an annual fee; zero is one
}

// The fees that every customer list may have. Other names are those of its columns fee.NAME.
const (
	FeeMonthly = "monthly-fee"
	FeeToDate  = "fees-paid-to-date"
)

// Names lists the fees that the base is made of.
func (b FeeBase) Names() []string {
	out := []string{b.Name()}
	out = append(out, b.Plus...)
	return append(out, b.Less...)
}

// Name is Fee, or monthly-fee when none is named.
func (b FeeBase) Name() string {
	if b.Fee == "" {
		return FeeMonthly
	}
	return b.Fee
}

// Multiple is Times, or one when none is stated.
func (b FeeBase) Multiple() Ratio {
	if b.Times.Num() == 0 {
		return One
	}
	return b.Times
}

// Tier is a rung of a credit. On uptime it is written from above: below Bound, or at most Bound (Inclusive); and perhaps down
// to Floor, exclusive unless FloorInclusive. On a length of time, a count or a reading it is written from below: more than Least, or at
// least Least (Inclusive), up to Most, exclusive unless FloorInclusive.
type Tier struct {
	Bound          Ratio
	Inclusive      bool
	Floor          *Ratio
	FloorInclusive bool

	// Least and Most are set on rungs that are not on uptime: milliseconds for a length of time.
	Least, Most *int64

	Rate Ratio // of the base, where Pay is nil
	Pay  *Pay
	At   Pos
}

// Pays is what the rung pays.
func (t Tier) Pays() Pay {
	if t.Pay != nil {
		return *t.Pay
	}
	return Pay{Kind: PayRate, Rate: t.Rate}
}

// OnUptime reports whether the rung is on uptime.
func (t Tier) OnUptime() bool { return t.Least == nil && t.Most == nil }

// TierReading is how a table of rungs is read.
type TierReading uint8

// The readings of a table.
const (
	SingleTier     TierReading = iota // the rung reached pays for the whole
	MarginalTier                      // each part of the measure pays by the rung it lies in
	CumulativeTier                    // every rung reached pays
)

var tierReadingNames = [...]string{"single", "marginal", "cumulative"}

func (r TierReading) String() string { return tierReadingNames[r] }

// LadderPolicy is what holds where rungs overlap or leave a gap.
type LadderPolicy uint8

// The policies.
const (
	LadderOpen  LadderPolicy = iota // the terms are silent
	LadderMost                      // the rung that pays most; in a gap, the one beyond it
	LadderLeast                     // the rung that pays least; in a gap, the one before it, or nothing above the first
	LadderFirst                     // the first as written (overlaps only)
	LadderNone                      // nothing (gaps only)
	LadderAdd                       // all of them add up (overlaps only)
)

var ladderNames = [...]string{"open", "most", "least", "first", "nothing", "sum"}

func (p LadderPolicy) String() string { return ladderNames[p] }

// Pay is what a rung, a unit or a clause pays: exactly one of Rate, Fixed, Dated, Time, Points, Prorata, or a choice among
// parts; times the units of Each.
type Pay struct {
	Kind PayKind
	Rate Ratio // of the base; with PayTime the number of days, hours or months
	// Fixed is a sum with PayFixed. Dated holds sums by the first day on which each applies, earliest first, for amounts that are
	// adjusted every year: that of the day on which the window began, or the interruption for windows of one.
	Fixed Amount
	Dated []DatedAmount
	Unit  TimeUnit // of service time
	// DayDays is how many days the base pays for, to value a day or an hour of service; 0 is as many as the window has.
	DayDays int
	Points  int64
	Prorata Prorata
	Parts   []Pay // of PayGreater, PayLesser, PaySum
	Each    *Each
	// Number multiplies by a number of the customer list (its column number.NAME), such as amperes or users.
	Number string
	// Per divides by such a number, such as the users among whom a fee is shared; 0 counts as 1.
	Per string
}

// PayKind says what a Pay is.
type PayKind uint8

// The kinds of pay.
const (
	PayRate    PayKind = iota // a share of the base
	PayFixed                  // a sum
	PayTime                   // time of service, valued by the base
	PayPoints                 // points: no money
	PayProrata                // the base for the time lost
	PayGreater                // the greatest of the parts
	PayLesser                 // the least of the parts
	PaySum                    // all of the parts
)

// DatedAmount is a sum that applies from a day on.
type DatedAmount struct {
	From   Date
	Amount Amount
}

// TimeUnit is a unit of service time.
type TimeUnit uint8

// The units of service time.
const (
	HoursOfService TimeUnit = iota
	DaysOfService
	MonthsOfService
)

// Prorata is base × Times × time ÷ whole.
type Prorata struct {
	Of    ProrataOf
	Times Ratio // such as 10 or 100; zero is one
	// Over is the whole in ms, such as 720 h; 0 is the commitment's own.
	Over int64
	// Decimals cuts times × time ÷ whole to so many decimals before the base is multiplied, by Rounding; nil does not.
	Decimals *int
	Rounding Rounding
}

// ProrataOf says which time is paid for.
type ProrataOf uint8

// The times paid for.
const (
	OfDowntime ProrataOf = iota // all that counts
	OfExcess                    // what is beyond the target's allowance
)

// Each counts units of the measure: the pay is for each.
type Each struct {
	Unit int64 // ms of time, or a count
	// Step is a part of uptime, such as 0.1%: units of shortfall below the target.
	Step Ratio
	// Rounding is RoundUp for units begun, RoundDown for full ones, RoundHalfUp for the nearest. RoundingUnstated is pro rata: the
	// pay × measure ÷ unit, rounded once.
	Rounding Rounding
	// After is the threshold beyond which units count, in the unit of the measure (for Step, see From).
	After  int64
	Counts Counts // All: once After is passed, all units count
	// From is the level below which a shortfall counts; zero is the target.
	From Ratio
	// AtMost limits the units; 0 does not.
	AtMost int64
	// Civil counts civil days begun in the contract's zone, not 24 hours; Unit is then a day. It asks for windows of one interruption.
	Civil bool
}

// CreditLimit is a limit of a credit: a share of a base or a sum, less what was used of it already.
type CreditLimit struct {
	Pay  Pay
	Base *FeeBase // nil is the credit's own
	// Less is a fee of the customer list that is taken off the limit, such as credits of the last eleven months.
	Less string
	// PerIncident limits the sum over all windows of the incident, not each window.
	PerIncident bool
}

// Claiming is how a credit is asked for, and until when.
type Claiming struct {
	// Automatic credits need no claim; OnRequest ones need one, whatever By says. Where neither is said a claim is needed only when
	// there is a deadline for it.
	Automatic, OnRequest bool
	By                   *Deadline // nil sets none
	// Notice is text on further steps, such as a ticket within 24 hours: what a person must check.
	Notice Text
}

// Deadline is the last day on which a claim is in time.
type Deadline struct {
	After  DeadlineStart
	Days   int // civil days; with Calendar, working days
	Months int // calendar months after the start; the end of the month where there is no such day
	// Windows counts whole windows: the end of the second window after this one is 2.
	Windows  int
	Day      int    // a day of the month: with Months 1 the 15th of the next month is Day 15; 31 is the month's last
	Calendar string // working days of this calendar
}

// DeadlineStart is what a deadline counts from.
type DeadlineStart uint8

// The starts.
const (
	AfterWindow   DeadlineStart = iota // the last day of the window
	AfterRecovery                      // the day on which the incident's last counted interruption in the window ended
	AfterStart                         // the day on which the first began
)

var deadlineStartNames = [...]string{"window-end", "recovery", "start"}

func (d DeadlineStart) String() string { return deadlineStartNames[d] }

// Form is the form in which a credit is given.
type Form struct {
	As FormKind
	// Expires is how many months after its grant an unused credit is lost; 0 is never.
	Expires int
	// ExpiresDays is the same in days.
	ExpiresDays int
	// Note says more in words: which invoice, for which product.
	Note Text
}

// FormKind is a form of settlement.
type FormKind uint8

// The forms.
const (
	NextInvoice FormKind = iota
	LaterInvoice
	Refund
	ServiceTime // the term is extended: no money
	Voucher
	InKind // no money
	Choice // of the customer, between time and money
)

var formNames = [...]string{"next-invoice", "later-invoice", "refund", "service-time", "voucher", "in-kind", "choice"}

func (f FormKind) String() string { return formNames[f] }

// Money reports whether the form is one of money or what stands for it.
func (f FormKind) Money() bool { return f != ServiceTime && f != InKind }

// Combine says what is paid when several credits are due for one incident (併合).
type Combine struct {
	Provision
	Credits []string // in order of priority
	Take    Taking
	AtMost  []CreditLimit // of what is taken; nil sets none
}

// Taking is which of several credits is paid.
type Taking uint8

// The ways to take.
const (
	TakeSum     Taking = iota // all
	TakeHighest               // the highest
	TakeLowest                // the lowest
	TakeFirst                 // the first that pays, in the order of Credits
)

var takingNames = [...]string{"sum", "highest", "lowest", "first"}

func (t Taking) String() string { return takingNames[t] }

// EarnBack returns a part of a credit to the provider once the commitment was met for so many windows after the one that missed.
type EarnBack struct {
	Provision
	Credit  string // id
	Windows int
	Return  Ratio
}

// Termination is a right of the customer to end the contract (解除権): when a commitment missed so many windows, or fell below a level.
type Termination struct {
	Provision
	Of     string // id of the Availability
	Misses MissCount
	Times  int    // misses that give the right
	Below  *Ratio // uptime of one window that gives it
	// Within is how many days after the window's end the right may be used; 0 sets no limit.
	Within int
	Refund Text // what is refunded, in words
}

// Bounds lists the levels of uptime at which the credit changes.
func (c *Credit) Bounds() []Ratio {
	var out []Ratio
	for _, t := range c.Tiers {
		if !t.OnUptime() {
			continue
		}
		out = append(out, t.Bound)
		if t.Floor != nil {
			out = append(out, *t.Floor)
		}
	}
	return out
}
