package contracts

// Availability is a commitment to a level of service (稼働率保証), and how it is measured: over each [Window] that the
// incident touches, and for each service of the list (all when empty), a part that failed out of a whole. Uptime is
// 1 − failed ÷ whole, exactly; it is never rounded unless Decimals says so.
//
// With Measure Time the parts are milliseconds. They are counted in this order: phases of the impact, kind of event and
// service that count; joined, so that no instant counts twice; interruptions below Minimum dropped, where
// MinimumFirst; exclusions taken out; Minimum else; Grace of working days; working hours; Grace of a length; rounding of each
// interruption; clipped to the window; rounding of the window's sum.
type Availability struct {
	Provision
	Target  Ratio // zero promises no level: any failure misses
	Measure Measure
	Window  Window
	// YearStarts is the month, 1 to 12, in which the year of calendar quarters, halves and years begins; 0 is January.
	YearStarts int
	// Days is the length of a rolling window, which ends with the day on which the incident does or, with EndsWithClaim, before the day on
	// which the credit is asked for.
	Days          int
	EndsWithClaim bool
	// Zone in which the window's edges are; empty is the contract's.
	Zone string
	// Whole is what the part that failed is held against.
	Whole Whole
	// Fixed is the length of every window in ms with WholeFixed, such as 43,200 minutes.
	Fixed int64
	// Partial says what holds for customers who subscribed for a part of the window.
	Partial PartialWindow

	Services []string // whose downtime counts; empty: that of the customer's own
	DownWhen *Group   // in which state of several services the commitment fails; nil: when the customer's own does
	MeanOf   []string // the mean of several services' uptime counts, not the customer's own
	Events   []string // kinds of event that count; empty is all
	Degraded bool     // count degraded performance as downtime, not only outages
	Impact   string   // the least impact that counts, where it is not outage (or with Degraded): partial
	Weights  []Weight // of impacts; the largest wins where phases overlap. What is not named weighs nothing
	// ByShare weighs each phase by the share of users, servers or customers that it hit.
	ByShare bool
	// Unknown says how time counts in which nobody was watching. UnknownOpen leaves it open: both readings are computed.
	Unknown Unknown
	// Clock names the record of time that the terms go by, such as monitor, posted, reported, known or post-mortem; empty
	// is the incident's own.
	Clock string

	Minimum int64 // ms; an interruption shorter than this is not downtime. Applied before clipping to the window
	// MinimumOver asks for more than the minimum, so that one of exactly that length does not count.
	MinimumOver bool
	// MinimumFirst applies the minimum before exclusions are taken out, not after.
	MinimumFirst bool
	// MinimumCounts is All when an interruption that reaches the minimum counts whole, Excess when only what is beyond it does.
	MinimumCounts Counts
	// Hours is the id of a calendar: only its working time counts. Empty is all time.
	Hours string
	// Grace is taken off the beginning of each interruption.
	Grace Grace
	Round UnitRounding // of time
	// Decimals cuts the uptime in per cent to so many decimals by DecimalRounding; nil does not.
	Decimals        *int
	DecimalRounding Rounding

	// Interval is the length of the intervals of MeanErrorRate and BadIntervals in ms.
	Interval int64
	// Bad is when an interval has failed.
	Bad BadInterval
	// LeaveEmptyOut leaves intervals without requests out; otherwise they count as intervals without errors.
	LeaveEmptyOut bool

	// Misses counts windows of another commitment that missed, with Measure Misses.
	Misses MissCount
}

// Measure says what is measured.
type Measure uint8

// The measures.
const (
	Time          Measure = iota // milliseconds of downtime
	Requests                     // failed requests out of all in the window
	MeanErrorRate                // the mean over intervals of failed ÷ all in the interval: not the ratio of the sums
	BadIntervals                 // intervals that failed out of all intervals of the window
	Occurrences                  // how many events of the named kinds began in the window
	StatedLevel                  // the uptime as stated on record
	Reading                      // a whole number on record, such as a delay in ms or a temperature
	Misses                       // how many windows of another commitment missed
)

var measureNames = [...]string{"time", "requests", "mean-error-rate", "bad-intervals", "occurrences", "stated-level", "reading", "misses"}

func (m Measure) String() string { return measureNames[m] }

// IsShare reports whether the measure is a part of a whole, so that it has an uptime.
func (m Measure) IsShare() bool { return m != Occurrences && m != Reading && m != Misses }

// Whole says what the part that failed is held against.
type Whole uint8

// The wholes.
const (
	WholeWindow Whole = iota // the window as long as it really was; of an outage or event, the calendar month in which it began
	WholeNet                 // the window less the exclusions that operate
	WholeFixed               // Availability.Fixed, such as a month of 43,200 minutes whatever its length
)

// PartialWindow says what holds for a customer who subscribed for a part of the window.
type PartialWindow uint8

// The rules for partial windows.
const (
	DeemedUp PartialWindow = iota // the rest of the window counts as up: the whole is the whole window
	Prorated                      // the whole is the part subscribed
	FullOnly                      // a customer of a part of the window has no credit for it
)

var partialNames = [...]string{"deemed-up", "prorated", "full-only"}

func (p PartialWindow) String() string { return partialNames[p] }

// Unknown says how time counts in which nobody was watching.
type Unknown uint8

// The readings of unknown time.
const (
	UnknownOpen     Unknown = iota // the terms are silent: up and down are both computed
	UnknownUp                      // counts as up
	UnknownDown                    // counts as down
	UnknownExcluded                // neither up nor down: taken out of downtime, and out of the window with WholeNet
)

var unknownNames = [...]string{"open", "up", "down", "excluded"}

func (u Unknown) String() string { return unknownNames[u] }

// Counts says whether what reaches a threshold counts whole or only beyond it.
type Counts uint8

// The ways to count.
const (
	All    Counts = iota // a threshold that gates (franchise): once reached, everything counts
	Excess               // a threshold that is subtracted (deductible)
)

var countsNames = [...]string{"all", "excess"}

func (c Counts) String() string { return countsNames[c] }

// Group is a state of several services: down when all, any, or at least so many of its parts are.
type Group struct {
	Services []string
	Groups   []Group
	AtLeast  int // parts that must be down: 1 is any, all of them is all
}

// Names lists the services of the group and of the groups in it; a nil group has none.
func (g *Group) Names() []string {
	if g == nil {
		return nil
	}
	out := append([]string{}, g.Services...)
	for i := range g.Groups {
		out = append(out, g.Groups[i].Names()...)
	}
	return out
}

// Weight is how much an impact counts.
type Weight struct {
	Impact string // degraded, partial, outage
	Weight Ratio  // up to 100%
}

// Grace is time at the beginning of an interruption that does not count: Length, or so many full working days of a calendar.
type Grace struct {
	Length      int64 // ms
	WorkingDays int   // whole working days, from the midnight after the interruption began
	Calendar    string
}

// UnitRounding makes whole units of time: 30-minute units started (RoundUp), completed (RoundDown) or nearest (RoundHalfUp).
type UnitRounding struct {
	Unit     int64 // ms; 0 does not round
	Rounding Rounding
	Window   bool // round the window's sum, not each interruption
}

// BadInterval is when an interval has failed: a share of errors above Errors (or also at it, with OrEqual), out of at least
// Requests requests.
type BadInterval struct {
	Errors   Ratio
	OrEqual  bool
	Requests int64
}

// MissCount counts windows of a commitment that missed its target: of the last Within windows up to the present one, or the
// unbroken run that ends with it.
type MissCount struct {
	Of          string // id of the availability
	Within      int
	Consecutive bool
	// OnlyMissed counts nothing in a window that was itself kept.
	OnlyMissed bool
	// Restart begins the count again after it was paid for; a sliding count does not.
	Restart bool
}

// DowntimeExclusion takes time out of the count (計測除外): phases of the
// named causes, for the named availability commitments (all when empty).
type DowntimeExclusion struct {
	Provision
	Causes []string // such as maintenance, force-majeure, customer
	Of     []string
	// Notice is how long before it began a phase must have been announced, in ms; 0 asks for no notice. A phase without a
	// record of its announcement was not announced.
	Notice int64
	// NoticeDays asks for notice in working days of Calendar instead, or in civil days when Calendar is empty.
	NoticeDays int
	Calendar   string
	// Longest excludes a phase only if it is no longer than this; 0 sets no limit. In ms.
	Longest int64
	// EachAtMost excludes no more than this of each phase, its beginning first; 0 sets no limit. In ms.
	EachAtMost int64
	// Allowance excludes no more than this in each AllowancePer, the earliest first; 0 sets no limit. In ms.
	Allowance    int64
	AllowancePer Window
	// Hours is the id of a calendar: only its hours are excluded, as of a maintenance window. Empty is all.
	Hours string
}

// Calendar is a table of working time: days of the week, hours and holidays. It is data of the contract and can be replaced.
type Calendar struct {
	ID       string
	Zone     string // empty is the contract's
	Days     []int  // of the week, 0 is Sunday; empty is Monday to Friday
	From, To int    // minutes after midnight; To 0 is the day's end, and one before From is on the day after
	Holidays []Date
	At       Pos
}

// Works reports whether d is a working day.
func (c *Calendar) Works(d Date) bool {
	day := d.Weekday()
	working := day >= 1 && day <= 5
	if len(c.Days) > 0 {
		working = false
		for _, w := range c.Days {
			working = working || w == day
		}
	}
	for _, h := range c.Holidays {
		working = working && h != d
	}
	return working
}
