package contracts

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestWindowsAreReadByName(t *testing.T) {
	want := map[string]Window{
		"calendar-month": CalendarMonth, "calendar-quarter": CalendarQuarter, "calendar-year": CalendarYear, "incident": Incident,
		"calendar-half": CalendarHalf, "calendar-day": CalendarDay, "billing-month": BillingMonth, "contract-month": ContractMonth, "contract-quarter": ContractQuarter,
		"contract-year": ContractYear, "rolling-days": RollingDays, "outage": EachOutage, "event": EachEvent,
	}
	for _, name := range Windows() {
		got, err := ParseWindow(name)
		if w, ok := want[name]; err != nil || !ok || got != w || got.String() != name {
			t.Errorf("%s: got %s, %v", name, got, err)
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("not listed: %v", want)
	}
	if got := Window(13).String(); got != "Window(13)" {
		t.Errorf("got %s for a window that does not exist", got)
	}
	for _, name := range []string{"", "month", "Calendar-Month", "Window(0)"} {
		if _, err := ParseWindow(name); err == nil {
			t.Errorf("%q was accepted", name)
		}
	}
}

func TestTIME11MonthsAreAsLongAsInTheZone(t *testing.T) {
	const minute = 60_000
	tests := []struct {
		name, zone string
		w          Window
		month      int
		want       int64 // minutes
	}{
		{"March in New York is an hour short", "America/New_York", CalendarMonth, 3, 31*24*60 - 60},
		{"November in New York is an hour long", "America/New_York", CalendarMonth, 11, 30*24*60 + 60},
		{"March in Tokyo", "Asia/Tokyo", CalendarMonth, 3, 31 * 24 * 60},
		{"April on Lord Howe is half an hour long", "Australia/Lord_Howe", CalendarMonth, 4, 30*24*60 + 30},
		{"February of a plain year", "Asia/Tokyo", CalendarMonth, 2, 28 * 24 * 60},
		{"the first quarter in New York", "America/New_York", CalendarQuarter, 2, 90*24*60 - 60},
		{"the third quarter in New York", "America/New_York", CalendarQuarter, 9, 92 * 24 * 60},
		{"a year in New York", "America/New_York", CalendarYear, 7, 365 * 24 * 60},
		{"the first half in New York", "America/New_York", CalendarHalf, 4, 181*24*60 - 60},
		{"the second half in New York", "America/New_York", CalendarHalf, 7, 184*24*60 + 60},
		{"a day in July", "America/New_York", CalendarDay, 7, 24 * 60},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			loc := zone(t, tt.zone)
			noon := time.Date(2026, time.Month(tt.month), 15, 12, 0, 0, 0, loc)
			got := tt.w.Periods(Period{noon, noon.Add(time.Minute)}, loc)
			if len(got) != 1 || got[0].Period.Millis() != tt.want*minute {
				t.Errorf("got %v, want one window of %d minutes", got, tt.want)
			}
		})
	}
}

func TestWindowsAreThoseTheSpanTouches(t *testing.T) {
	tests := []struct {
		name, zone string
		w          Window
		from, to   string
		want       []string
	}{
		{"within a month", "Asia/Tokyo", CalendarMonth, "2012-06-20 17:00", "2012-06-21 00:00", []string{"2012-06"}},
		{"to just before the month's end", "Asia/Tokyo", CalendarMonth, "2012-06-20 17:00", "2012-06-30 23:59:59.999", []string{"2012-06"}},
		{"to the month's end", "Asia/Tokyo", CalendarMonth, "2012-06-20 17:00", "2012-06-30 24:00", []string{"2012-06"}},
		{"to just after the month's end", "Asia/Tokyo", CalendarMonth, "2012-06-20 17:00", "2012-07-01 00:00:00.001", []string{"2012-06", "2012-07"}},
		{"from the month's start", "Asia/Tokyo", CalendarMonth, "2012-07-01 00:00", "2012-07-01 00:01", []string{"2012-07"}},
		{"over a year's end", "Asia/Tokyo", CalendarMonth, "2012-11-20 17:00", "2013-01-02 00:00", []string{"2012-11", "2012-12", "2013-01"}},
		{"quarters", "Asia/Tokyo", CalendarQuarter, "2012-03-31 23:59", "2012-10-01 00:01", []string{"2012-Q1", "2012-Q2", "2012-Q3", "2012-Q4"}},
		{"years", "Asia/Tokyo", CalendarYear, "2012-12-31 23:59", "2013-01-01 00:01", []string{"2012", "2013"}},
		{"the month is that of the zone", "UTC", CalendarMonth, "2012-06-30 15:00", "2012-06-30 16:00", []string{"2012-06"}},
		{"nothing for a span without instants", "Asia/Tokyo", CalendarMonth, "2012-06-20 17:00", "2012-06-20 17:00", nil},
		{"nothing for a span turned round", "Asia/Tokyo", Incident, "2012-06-20 17:00", "2012-06-20 16:00", nil},
		{"the incident", "Asia/Tokyo", Incident, "2012-06-20 17:00", "2013-06-20 17:00", []string{"incident"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			loc := zone(t, tt.zone)
			span := Period{mustTime(t, tt.from, loc), mustTime(t, tt.to, loc)}
			var got []string
			for _, w := range tt.w.Periods(span, loc) {
				got = append(got, w.Label)
				if tt.w == Incident && w.Period != span {
					t.Errorf("got the window %s, want the incident's span", w.Period)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	// An hour at the start of July in Tokyo is still June in UTC.
	tokyo := zone(t, "Asia/Tokyo")
	hour := Period{mustTime(t, "2012-07-01 00:00", tokyo), mustTime(t, "2012-07-01 01:00", tokyo)}
	if got := CalendarMonth.Periods(hour, time.UTC); len(got) != 1 || got[0].Label != "2012-06" {
		t.Errorf("got %v, want June", got)
	}
}

func mustTime(t testing.TB, text string, loc *time.Location) time.Time {
	t.Helper()
	at, _, err := ParseTime(text, loc)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// On 2009-11-01 clocks in St John's were set back from 00:01 to 23:01 of 31 October:
// November began a minute before, and the hour shown as October's is November's.
func TestAWindowBegunIsNotLeftWhenClocksAreSetBackOverMidnight(t *testing.T) {
	loc := zone(t, "America/St_Johns")
	begin := instant(t, "2009-11-01T02:30:00Z")
	tests := []struct {
		name string
		at   time.Time
		want string
	}{
		{"just before the first midnight", begin.Add(-time.Millisecond), "2009-10"},
		{"at the first midnight", begin, "2009-11"},
		{"when clocks show 31 October again", begin.Add(30 * time.Minute), "2009-11"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := CalendarMonth.Periods(Period{tt.at, tt.at.Add(time.Millisecond)}, loc)
			if len(got) != 1 || got[0].Label != tt.want {
				t.Errorf("got %v, want %s", got, tt.want)
			}
		})
	}
}

func TestWindowsOfAnOpenSpanAreABrokenPromise(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("got windows of a span without end")
		}
	}()
	CalendarMonth.Periods(Period{Start: instant(t, "2012-06-20T17:00:00Z")}, time.UTC)
}

// TestWindowsCoverTheSpanOnce checks that windows meet, that each touches the span, and
// that their parts of it add up to it.
func TestWindowsCoverTheSpanOnce(t *testing.T) {
	zones := []string{"Asia/Tokyo", "America/New_York", "America/St_Johns", "Africa/Cairo", "Pacific/Apia", "America/Havana"}
	severals := 0
	rapid.Check(t, func(rt *rapid.T) {
		loc := zone(t, rapid.SampledFrom(zones).Draw(rt, "zone"))
		w := rapid.SampledFrom([]Window{
			CalendarMonth, CalendarQuarter, CalendarHalf, CalendarYear, CalendarDay, BillingMonth, ContractMonth, ContractQuarter, ContractYear, Incident,
		}).Draw(rt, "window")
		anchor := Date{rapid.IntRange(1990, 2030).Draw(rt, "year"), rapid.IntRange(1, 12).Draw(rt, "month"), rapid.IntRange(1, 31).Draw(rt, "day")}
		if w.Calendar() {
			anchor.Day = 1
		}
		start := time.UnixMilli(rapid.Int64Range(0, 4e12).Draw(rt, "start"))
		span := Period{start, start.Add(time.Duration(rapid.Int64Range(1, 1e11).Draw(rt, "length")) * time.Millisecond)}
		got := w.PeriodsFrom(span, loc, anchor)
		var sum int64
		for i, p := range got {
			part, ok := p.Period.Intersect(span)
			if !ok || (i > 0 && !p.Period.Start.Equal(got[i-1].Period.End)) {
				rt.Errorf("%s does not touch the span %s or the window before it", p.Period, span)
			}
			sum += part.Millis()
			if back, ok := w.Labelled(p.Label, loc, anchor.Month); w.Calendar() && (!ok || back != p) {
				rt.Errorf("the label %s names %v, want %v", p.Label, back, p)
			}
		}
		if sum != span.Millis() {
			rt.Errorf("got %d, want %d", sum, span.Millis())
		}
		if len(got) > 1 {
			severals++
		}
	})
	if severals == 0 {
		t.Error("no span was drawn that touches several windows")
	}
}
