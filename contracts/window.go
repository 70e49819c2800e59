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
)

var windowNames = [...]string{"calendar-month", "calendar-quarter", "calendar-year", "incident"}

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

// NamedPeriod is one window, such as the month labelled 2012-06.
type NamedPeriod struct {
	Label  string
	Period Period
}

// Periods returns the windows that span touches, earliest first, with labels
// such as 2012-06, 2012-Q2, 2012 and incident. Each runs from the first instant of its
// first day in loc to that of the next window, so a month is as long as it really was
// there: March has 44,580 minutes in New York and 44,640 in Tokyo. A span without instants
// touches none. An open span would touch windows without end: Periods panics, and callers
// say first until when they count ([Period.ClosedAt]).
func (w Window) Periods(span Period, loc *time.Location) []NamedPeriod {
	if span.Open() {
		panic("contracts: windows of a period that is open")
	}
	if !span.End.After(span.Start) {
		return nil
	}
	if w == Incident {
		return []NamedPeriod{{w.String(), span}}
	}
	var out []NamedPeriod
	for first := w.firstDay(DateOf(span.Start, loc)); ; {
		next := first.AddMonths(w.months())
		p := Period{first.In(loc), next.In(loc)}
		if !p.Start.Before(span.End) {
			return out
		}
		// Where clocks are set back over midnight they can show the last day of a
		// window that is over: then the span does not touch the first one.
		if p.Overlaps(span) {
			out = append(out, NamedPeriod{w.label(first), p})
		}
		first = next
	}
}

// months is the length of a calendar window.
func (w Window) months() int { return [...]int{1, 3, 12}[w] }

// firstDay returns the first day of the calendar window that has d.
func (w Window) firstDay(d Date) Date {
	return Date{d.Year, (d.Month-1)/w.months()*w.months() + 1, 1}
}

func (w Window) label(first Date) string {
	return [...]string{
		fmt.Sprintf("%04d-%02d", first.Year, first.Month),
		fmt.Sprintf("%04d-Q%d", first.Year, (first.Month+2)/3),
		fmt.Sprintf("%04d", first.Year),
	}[w]
}
