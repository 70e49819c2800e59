package contracts

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// ErrInterval is returned, wrapped, for a period that does not end after it starts.
var ErrInterval = errors.New("end is not after start") // E_INTERVAL

// Period is the time from Start up to, but not including, End. A zero End is open: the
// period goes on. The zero Period holds no instant.
type Period struct{ Start, End time.Time }

// NewPeriod returns the period from start up to end; a zero end leaves it open.
// One that ends before or when it starts, to the millisecond, or has no start is
// refused (ErrInterval).
func NewPeriod(start, end time.Time) (Period, error) {
	if start.IsZero() {
		return Period{}, fmt.Errorf("%w: the period has no start", ErrInterval)
	}
	if !end.IsZero() && end.UnixMilli() <= start.UnixMilli() {
		return Period{}, fmt.Errorf("%w: start %s, end %s", ErrInterval, stamp(start), stamp(end))
	}
	return Period{start, end}, nil
}

// IsZero reports whether p is the zero Period.
func (p Period) IsZero() bool { return p.Start.IsZero() && p.End.IsZero() }

// Open reports whether the period has a start and no end.
func (p Period) Open() bool { return !p.Start.IsZero() && p.End.IsZero() }

// ClosedAt returns an open period as ended at the instant, and any other as it is. It
// is the zero Period when the instant is not after the start: as of then, nothing had begun.
func (p Period) ClosedAt(at time.Time) Period {
	if !p.Open() {
		return p
	}
	if !at.After(p.Start) {
		return Period{}
	}
	return Period{p.Start, at}
}

// Millis is the length in whole milliseconds, instants taken down to theirs, so that the
// lengths of a period's pieces add up to its own. Unlike a time.Duration it holds more
// than 292 years. An open period is math.MaxInt64 long, which no closed one is.
func (p Period) Millis() int64 {
	if p.Open() {
		return math.MaxInt64
	}
	return p.End.UnixMilli() - p.Start.UnixMilli()
}

// Contains reports whether t is in the period.
func (p Period) Contains(t time.Time) bool {
	return !p.IsZero() && !t.Before(p.Start) && (p.Open() || t.Before(p.End))
}

// Overlaps reports whether the periods share an instant. Periods that only meet do not.
func (p Period) Overlaps(q Period) bool {
	_, ok := p.Intersect(q)
	return ok
}

// Intersect returns the time that both periods hold, or false when there is none.
func (p Period) Intersect(q Period) (Period, bool) {
	if p.IsZero() || q.IsZero() {
		return Period{}, false
	}
	both := p
	if q.Start.After(both.Start) {
		both.Start = q.Start
	}
	if both.End.IsZero() || (!q.End.IsZero() && q.End.Before(both.End)) {
		both.End = q.End
	}
	if !both.Open() && !both.End.After(both.Start) {
		return Period{}, false
	}
	return both, true
}

// String is start and end with a slash between, such as
// 2012-06-20T17:00:00+09:00/2012-06-20T18:00:00+09:00; the end of an open period is
// "open". The zero Period is empty.
func (p Period) String() string {
	if p.IsZero() {
		return ""
	}
	if p.Open() {
		return stamp(p.Start) + "/open"
	}
	return stamp(p.Start) + "/" + stamp(p.End)
}
