package contracts

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// period reads "from/to" on one day of 2012 in UTC, such as "10:00/12:00"; an empty to is open.
func period(t testing.TB, text string) Period {
	t.Helper()
	from, to, _ := strings.Cut(text, "/")
	p := Period{Start: instant(t, "2012-06-20T"+from+":00Z")}
	if to != "" {
		p.End = instant(t, "2012-06-20T"+to+":00Z")
	}
	return p
}

func TestINC01PeriodsEndAfterTheyStart(t *testing.T) {
	ten := instant(t, "2012-06-20T10:00:00Z")
	tests := []struct {
		name string
		end  time.Time
		ok   bool
	}{
		{"an hour before", ten.Add(-time.Hour), false},
		{"a millisecond before", ten.Add(-time.Millisecond), false},
		{"at once", ten, false},
		{"within the millisecond", ten.Add(time.Microsecond), false},
		{"a millisecond after", ten.Add(time.Millisecond), true},
		{"open", time.Time{}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := NewPeriod(ten, tt.end)
			if tt.ok {
				if diff := cmp.Diff(Period{ten, tt.end}, got); err != nil || diff != "" {
					t.Error(err, diff)
				}
				return
			}
			if !errors.Is(err, ErrInterval) || !got.IsZero() {
				t.Errorf("got %s, %v, want ErrInterval", got, err)
			}
		})
	}
	_, err := NewPeriod(ten, ten.Add(-time.Hour))
	if err == nil || !strings.Contains(err.Error(), "2012-06-20T10:00:00Z") || !strings.Contains(err.Error(), "2012-06-20T09:00:00Z") {
		t.Errorf("got %v, want both values named", err)
	}
	if _, err := NewPeriod(time.Time{}, ten); !errors.Is(err, ErrInterval) {
		t.Errorf("got %v for a period without a start, want ErrInterval", err)
	}
}

func TestTIME10LengthsHoldBeyondNanoseconds(t *testing.T) {
	const day = 24 * 60 * 60 * 1000
	tests := []struct {
		name, start, end string
		want             int64
	}{
		// 219,146 days: 600 years of 365 days and 146 leap days (1704 … 2296 but for 1800, 1900, 2100, 2200).
		{"six hundred years", "1700-01-01T00:00:00Z", "2300-01-01T00:00:00Z", (600*365 + 145) * day},
		{"a day past the last nanosecond", "2262-04-12T00:00:00Z", "2262-04-13T00:00:00Z", day},
		{"a millisecond", "2012-06-20T10:00:00Z", "2012-06-20T10:00:00.001Z", 1},
		{"across 1970", "1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00.001Z", 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := Period{instant(t, tt.start), instant(t, tt.end)}
			if got := p.Millis(); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
	open := Period{Start: instant(t, "2012-06-20T10:00:00Z")}
	if !open.Open() || open.Millis() != math.MaxInt64 {
		t.Errorf("got %v and %d, want an open period without a length", open.Open(), open.Millis())
	}
	if !open.Contains(instant(t, "2262-04-12T00:00:00Z")) {
		t.Error("an open period ends in 2262")
	}
	if (Period{}).Open() || (Period{}).Millis() != 0 {
		t.Error("the zero period is open or has a length")
	}
}

func TestPeriodsHoldTheirStartAndNotTheirEnd(t *testing.T) {
	p := period(t, "10:00/12:00")
	tests := []struct {
		name string
		at   time.Time
		want bool
	}{
		{"just before the start", p.Start.Add(-1), false},
		{"at the start", p.Start, true},
		{"just after the start", p.Start.Add(1), true},
		{"just before the end", p.End.Add(-1), true},
		{"at the end", p.End, false},
		{"just after the end", p.End.Add(1), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := p.Contains(tt.at); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
	if (Period{}).Contains(time.Time{}) {
		t.Error("the zero period holds an instant")
	}
}

func TestPeriodsIntersect(t *testing.T) {
	tests := []struct {
		name, a, b, want string
	}{
		{"one after the other", "10:00/11:00", "11:01/12:00", ""},
		{"meeting", "10:00/11:00", "11:00/12:00", ""},
		{"sharing a minute", "10:00/11:01", "11:00/12:00", "11:00/11:01"},
		{"one inside the other", "10:00/12:00", "10:30/11:00", "10:30/11:00"},
		{"the same", "10:00/12:00", "10:00/12:00", "10:00/12:00"},
		{"an open one from before", "09:00/", "10:00/12:00", "10:00/12:00"},
		{"an open one from within", "11:00/", "10:00/12:00", "11:00/12:00"},
		{"an open one from the end on", "12:00/", "10:00/12:00", ""},
		{"two open ones", "11:00/", "12:00/", "12:00/"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var want Period
			if tt.want != "" {
				want = period(t, tt.want)
			}
			for _, pair := range [][2]Period{{period(t, tt.a), period(t, tt.b)}, {period(t, tt.b), period(t, tt.a)}} {
				got, ok := pair[0].Intersect(pair[1])
				if diff := cmp.Diff(want, got); diff != "" || ok != (tt.want != "") {
					t.Errorf("%s and %s: got %v %s", pair[0], pair[1], ok, diff)
				}
				if got := pair[0].Overlaps(pair[1]); got != ok {
					t.Errorf("got overlaps %v, want %v", got, ok)
				}
			}
		})
	}
	if (Period{}).Overlaps(period(t, "10:00/")) || period(t, "10:00/").Overlaps(Period{}) {
		t.Error("the zero period overlaps another")
	}
}

func TestOpenPeriodsAreClosedAtAnInstant(t *testing.T) {
	open, closed := period(t, "10:00/"), period(t, "10:00/12:00")
	tests := []struct {
		name string
		p    Period
		at   time.Time
		want Period
	}{
		{"before it began", open, open.Start.Add(-1), Period{}},
		{"as it began", open, open.Start, Period{}},
		{"after it began", open, closed.End, closed},
		{"one that has ended stays", closed, closed.End.Add(time.Hour), closed},
		{"one that ends later stays", closed, closed.End.Add(-time.Hour), closed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, tt.p.ClosedAt(tt.at)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestPeriodsAreWrittenOut(t *testing.T) {
	tokyo := zone(t, "Asia/Tokyo")
	start, end := time.Date(2012, 6, 20, 17, 0, 0, 0, tokyo), time.Date(2012, 6, 20, 18, 0, 0, 250e6, tokyo)
	tests := []struct {
		name string
		p    Period
		want string
	}{
		{"closed", Period{start, end}, "2012-06-20T17:00:00+09:00/2012-06-20T18:00:00.25+09:00"},
		{"open", Period{Start: start}, "2012-06-20T17:00:00+09:00/open"},
		{"zero", Period{}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.p.String(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestPiecesOfAPeriodAddUpToIt cuts periods at any nanosecond.
func TestPiecesOfAPeriodAddUpToIt(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		draw := rapid.Custom(func(rt *rapid.T) time.Time {
			return time.Unix(rapid.Int64Range(-9e9, 9e9).Draw(rt, "seconds"), rapid.Int64Range(0, 999_999_999).Draw(rt, "nanoseconds"))
		})
		a, b, c := draw.Draw(rt, "start"), draw.Draw(rt, "cut"), draw.Draw(rt, "end")
		if got, want := (Period{a, b}).Millis()+(Period{b, c}).Millis(), (Period{a, c}).Millis(); got != want {
			rt.Errorf("got %d, want %d", got, want)
		}
	})
}
