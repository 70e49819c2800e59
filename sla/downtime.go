package sla

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/amends-go/amends/contracts"
)

// Downtime is a set of instants (停止時間), before or after exclusions as its name
// says: time under more than one outage counts once. It never changes; the zero
// Downtime is none. The unit is the millisecond, to which instants are taken down.
//
// A minimum interruption is applied ([Downtime.AtLeast]) before the downtime is clipped
// to a window ([Downtime.Within]): an interruption of six minutes over midnight at a
// month's end is one of six minutes, not two of three.
type Downtime struct {
	spans []span // in order; each ends before the next starts, so none touch
}

// span is from start up to, but not including, end, in milliseconds since 1970 in UTC.
type span struct{ start, end int64 }

// forEver is the end of downtime that goes on.
const forEver = math.MaxInt64

func (s span) millis() int64 {
	if s.end == forEver {
		return forEver
	}
	return s.end - s.start
}

func spanOf(p contracts.Period) span {
	if p.Open() {
		return span{p.Start.UnixMilli(), forEver}
	}
	return span{p.Start.UnixMilli(), p.End.UnixMilli()}
}

// DowntimeOf returns the time that at least one of the periods holds. Their order does
// not matter, nor whether one was told in pieces: periods that meet are one
// interruption. Periods that hold no instant add nothing.
func DowntimeOf(periods ...contracts.Period) Downtime {
	spans := make([]span, len(periods))
	for i, p := range periods {
		spans[i] = spanOf(p)
	}
	return join(spans)
}

// join sorts spans, which it may change, and makes one of those that overlap or meet.
func join(spans []span) Downtime {
	spans = slices.DeleteFunc(spans, func(s span) bool { return s.end <= s.start })
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.start, b.start) })
	joined := spans[:0]
	for _, s := range spans {
		if last := len(joined) - 1; last >= 0 && s.start <= joined[last].end {
			joined[last].end = max(joined[last].end, s.end)
			continue
		}
		joined = append(joined, s)
	}
	return Downtime{joined}
}

// Union returns the time in d, in e or in both.
func (d Downtime) Union(e Downtime) Downtime { return join(slices.Concat(d.spans, e.spans)) }

// Without returns the time in d that is not in e, as when planned maintenance is
// taken out of an outage: only the part they share goes.
func (d Downtime) Without(e Downtime) Downtime {
	var left []span
	holes := e.spans
	for _, s := range d.spans {
		for len(holes) > 0 && holes[0].end <= s.start {
			holes = holes[1:]
		}
		// A hole may reach into the next span, so holes itself stays.
		for _, h := range holes {
			if h.start >= s.end {
				break
			}
			if h.start > s.start {
				left = append(left, span{s.start, h.start})
			}
			s.start = min(h.end, s.end)
		}
		if s.start < s.end {
			left = append(left, s)
		}
	}
	return Downtime{left}
}

// Within returns the time in d that p holds.
func (d Downtime) Within(p contracts.Period) Downtime {
	w := spanOf(p)
	var kept []span
	first, _ := slices.BinarySearchFunc(d.spans, w.start, func(s span, start int64) int { return cmp.Compare(s.end, start) })
	for _, s := range d.spans[first:] {
		if s.start >= w.end {
			break
		}
		if s = (span{max(s.start, w.start), min(s.end, w.end)}); s.start < s.end {
			kept = append(kept, s)
		}
	}
	return Downtime{kept}
}

// AtLeast returns d without the interruptions shorter than the minimum, in
// milliseconds; one of exactly that length stays.
func (d Downtime) AtLeast(millis int64) Downtime {
	var kept []span
	for _, s := range d.spans {
		if s.millis() >= millis {
			kept = append(kept, s)
		}
	}
	return Downtime{kept}
}

// Millis is the length of d in milliseconds, math.MaxInt64 when it goes on without end.
func (d Downtime) Millis() int64 {
	var sum int64
	for _, s := range d.spans {
		if s.end == forEver { // the last one
			return forEver
		}
		sum += s.millis()
	}
	return sum
}

// Periods yields the interruptions, earliest first, in UTC. No two of them meet.
func (d Downtime) Periods() iter.Seq[contracts.Period] {
	return func(yield func(contracts.Period) bool) {
		for _, s := range d.spans {
			if !yield(s.period()) {
				return
			}
		}
	}
}

func (s span) period() contracts.Period {
	p := contracts.Period{Start: time.UnixMilli(s.start).UTC()}
	if s.end != forEver {
		p.End = time.UnixMilli(s.end).UTC()
	}
	return p
}

// IsZero reports whether there is no downtime.
func (d Downtime) IsZero() bool { return len(d.spans) == 0 }

// Equal reports whether d and e are the same instants.
func (d Downtime) Equal(e Downtime) bool { return slices.Equal(d.spans, e.spans) }

// String lists the interruptions, separated by spaces; it is empty when there are none.
func (d Downtime) String() string {
	var parts []string
	for p := range d.Periods() {
		parts = append(parts, p.String())
	}
	return strings.Join(parts, " ")
}
