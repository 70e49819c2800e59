package contracts

import (
	"fmt"
	"time"
)

// Window is a measurement window (計測期間): the periods over each of which
// uptime is measured, in the contract's zone.
type Window uint8

// The windows.
const (
	CalendarMonth Window = iota
	CalendarQuarter
	CalendarYear
	Incident // the whole incident as one window
	CalendarHalf
	CalendarDay
	BillingMonth    // from the customer's billing day (its column billing_day) to the next
	ContractMonth   // from the day of the month on which the subscription began
	ContractQuarter // three such months
	ContractYear    // twelve such months
	RollingDays     // Availability.Days days that end when the incident does
	EachOutage      // every interruption is a window of its own
	EachEvent       // every event is a window of its own
)

var windowNames = [...]string{
	"calendar-month", "calendar-quarter", "calendar-year", "incident", "calendar-half", "calendar-day", "billing-month",
	"contract-month", "contract-quarter", "contract-year", "rolling-days", "outage", "event",
}

// Windows lists the names accepted by ParseWindow, in order.
func Windows() []string { return windowNames[:] }

func (w Window) String() string {
	if int(w) < len(windowNames) {
		return windowNames[w]
	}
	return fmt.Sprintf("Window(%d)", uint8(w))
}

// ParseWindow returns the window of that name.
func ParseWindow(name string) (Window, error) {
	for i, n := range windowNames {
		if n == name {
			return Window(i), nil
		}
	}
	return 0, fmt.Errorf("unknown window %q: one of %v", name, windowNames)
}

// Calendar reports whether the window is the same for every customer and has no beginning but the calendar's.
func (w Window) Calendar() bool {
	switch w {
	case CalendarMonth, CalendarQuarter, CalendarHalf, CalendarYear, CalendarDay:
		return true
	}
	return false
}

// Months is the length of a window of calendar months, 0 for others.
func (w Window) Months() int {
	switch w {
	case CalendarMonth, BillingMonth, ContractMonth:
		return 1
	case CalendarQuarter, ContractQuarter:
		return 3
	case CalendarHalf:
		return 6
	case CalendarYear, ContractYear:
		return 12
	}
	return 0
}

// NamedPeriod is one window, such as the month labelled 2012-06.
type NamedPeriod struct {
	Label  string
	Period Period
}

// Periods returns the windows that span touches, earliest first, with labels
// such as 2012-06, 2012-Q2, 2012-H1, 2012, 2012-06-20 and incident. Each runs from the first instant of its
// first day in loc to that of the next window, so a month is as long as it really was
// there: March has 44,580 minutes in New York and 44,640 in Tokyo. A span without instants
// touches none. An open span would touch windows without end: Periods panics, and callers
// say first until when they count ([Period.ClosedAt]). It panics too for windows that depend on the customer or on what was
// measured; see [Window.PeriodsFrom].
func (w Window) Periods(span Period, loc *time.Location) []NamedPeriod {
	return w.PeriodsFrom(span, loc, Date{1, 1, 1})
}

// PeriodsFrom is Periods for windows that begin on the day and month of anchor: the billing day, the day on which the
// subscription began, or the first day of a fiscal year. A month that does not have the day begins the window on its last day. Labels of
// windows that do not begin on the first of a month are their first day; calendar quarters and halves of a year that begins in
// another month are counted from there and labelled by the calendar year in which their year began: 2024-Q1 of a year from
// February is February to April 2024.
func (w Window) PeriodsFrom(span Period, loc *time.Location, anchor Date) []NamedPeriod {
	if span.Open() {
		panic("contracts: windows of a period that is open")
	}
	if !span.End.After(span.Start) {
		return nil
	}
	if w == Incident {
		return []NamedPeriod{{w.String(), span}}
	}
	if w.Months() == 0 && w != CalendarDay {
		panic("contracts: no calendar knows the window " + w.String())
	}
	var out []NamedPeriod
	for i := w.indexOf(DateOf(span.Start, loc), anchor); ; i++ {
		p := Period{w.firstDay(i, anchor).In(loc), w.firstDay(i+1, anchor).In(loc)}
		if !p.Start.Before(span.End) {
			return out
		}
		// Where clocks are set back over midnight they can show the last day of a
		// window that is over: then the span does not touch the first one.
		if p.Overlaps(span) {
			out = append(out, NamedPeriod{w.label(i, anchor), p})
		}
	}
}

// indexOf counts windows from the year 0 to the one that has d.
func (w Window) indexOf(d, anchor Date) int {
	if w == CalendarDay {
		return d.Number()
	}
	i := (d.Year*12 + d.Month - anchor.Month) / w.Months()
	for d.Cmp(w.firstDay(i, anchor)) < 0 {
		i--
	}
	for d.Cmp(w.firstDay(i+1, anchor)) >= 0 {
		i++
	}
	return i
}

// firstDay is the first day of window i: the anchor's day of its month, or the month's last.
func (w Window) firstDay(i int, anchor Date) Date {
	if w == CalendarDay {
		return Date{1970, 1, 1}.AddDays(i)
	}
	months := i*w.Months() + anchor.Month - 1
	first := Date{months / 12, months%12 + 1, 1}
	return first.AddDays(min(anchor.Day, first.AddMonths(1).AddDays(-1).Day) - 1)
}

func (w Window) label(i int, anchor Date) string {
	first := w.firstDay(i, anchor)
	year := i * w.Months() / 12
	switch w {
	case CalendarMonth:
		return fmt.Sprintf("%04d-%02d", first.Year, first.Month)
	case CalendarQuarter:
		return fmt.Sprintf("%04d-Q%d", year, i%4+1)
	case CalendarHalf:
		return fmt.Sprintf("%04d-H%d", year, i%2+1)
	case CalendarYear:
		return fmt.Sprintf("%04d", year)
	}
	return first.String()
}

// Labelled returns the calendar window of that label, such as 2024-05, 2024-Q2, 2024-H1, 2024 or 2024-05-17; the year of quarters,
// halves and years begins in the month starts. It is false for windows that no calendar knows and for labels of another form.
func (w Window) Labelled(label string, loc *time.Location, starts int) (NamedPeriod, bool) {
	anchor := Date{1, starts, 1}
	if w == CalendarMonth || w == CalendarDay {
		anchor.Month = 1
	}
	var year, part int
	first := Date{}
	switch w {
	case CalendarDay:
		d, _, err := ParseDate(label)
		if err != nil {
			return NamedPeriod{}, false
		}
		first = d
	case CalendarMonth, CalendarQuarter, CalendarHalf, CalendarYear:
		form := map[Window]string{CalendarMonth: "%4d-%2d", CalendarQuarter: "%4d-Q%1d", CalendarHalf: "%4d-H%1d", CalendarYear: "%4d"}[w]
		part = 1
		if n, err := fmt.Sscanf(label, form, &year, &part); err != nil && n < 1 || year < 1 || part < 1 || part > 12/w.Months() {
			return NamedPeriod{}, false
		}
		first = Date{year, anchor.Month, 1}.AddMonths((part - 1) * w.Months())
	default:
		return NamedPeriod{}, false
	}
	i := w.indexOf(first, anchor)
	if w.label(i, anchor) != label {
		return NamedPeriod{}, false
	}
	return NamedPeriod{label, Period{w.firstDay(i, anchor).In(loc), w.firstDay(i+1, anchor).In(loc)}}, true
}
