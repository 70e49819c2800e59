package contracts

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// windowTest is a span and the windows that it touches: their labels and first days, and the day after the last.
type windowTest struct {
	name   string
	w      Window
	anchor Date
	on     string // from this local time for a minute, or to the second
	to     string
	want   []string // labels
	edges  []string // days on which a window begins, one more than labels
}

func (tt windowTest) check(t *testing.T, loc *time.Location) {
	t.Helper()
	span := Period{mustTime(t, tt.on, loc), mustTime(t, tt.on, loc).Add(time.Minute)}
	if tt.to != "" {
		span.End = mustTime(t, tt.to, loc)
	}
	var labels, edges []string
	for i, p := range tt.w.PeriodsFrom(span, loc, tt.anchor) {
		labels = append(labels, p.Label)
		if i == 0 {
			edges = append(edges, p.Period.Start.In(loc).Format("2006-01-02 15:04"))
		}
		edges = append(edges, p.Period.End.In(loc).Format("2006-01-02 15:04"))
	}
	var want []string
	for _, d := range tt.edges {
		want = append(want, d+" 00:00")
	}
	if diff := cmp.Diff(tt.want, labels); diff != "" {
		t.Errorf("labels (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, edges); diff != "" {
		t.Errorf("edges (-want +got):\n%s", diff)
	}
}

func TestWindowsFromADayOfTheCustomer(t *testing.T) {
	tests := []windowTest{
		{"billing on the 31st, in January", BillingMonth, Date{1, 1, 31}, "2023-01-30 12:00", "", []string{"2022-12-31"}, []string{"2022-12-31", "2023-01-31"}},
		{"billing on the 31st, just before a February's last day", BillingMonth, Date{1, 1, 31}, "2023-02-27 23:59", "", []string{"2023-01-31"}, []string{"2023-01-31", "2023-02-28"}},
		{"billing on the 31st, on a February's last day", BillingMonth, Date{1, 1, 31}, "2023-02-28 00:00", "", []string{"2023-02-28"}, []string{"2023-02-28", "2023-03-31"}},
		{"billing on the 31st, after a February", BillingMonth, Date{1, 1, 31}, "2023-03-01 00:00", "", []string{"2023-02-28"}, []string{"2023-02-28", "2023-03-31"}},
		{"billing on the 31st, on the 28th of a leap year", BillingMonth, Date{1, 1, 31}, "2024-02-28 23:59", "", []string{"2024-01-31"}, []string{"2024-01-31", "2024-02-29"}},
		{"billing on the 31st, on the 29th of a leap year", BillingMonth, Date{1, 1, 31}, "2024-02-29 00:00", "", []string{"2024-02-29"}, []string{"2024-02-29", "2024-03-31"}},
		{"billing on the 31st, on 30 April", BillingMonth, Date{1, 1, 31}, "2024-04-30 00:00", "", []string{"2024-04-30"}, []string{"2024-04-30", "2024-05-31"}},
		{"billing on the 31st, over a quarter", BillingMonth, Date{1, 1, 31}, "2024-01-31 00:00", "2024-05-01 00:00", []string{"2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"}, []string{"2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"}},
		{"billing on the 30th, in February", BillingMonth, Date{1, 1, 30}, "2023-02-28 00:00", "", []string{"2023-02-28"}, []string{"2023-02-28", "2023-03-30"}},
		{"billing on the 1st is the calendar's", BillingMonth, Date{1, 1, 1}, "2024-02-29 23:59", "", []string{"2024-02-01"}, []string{"2024-02-01", "2024-03-01"}},

		{"a contract from 29 February, in its second year", ContractYear, Date{2024, 2, 29}, "2025-02-28 00:00", "", []string{"2025-02-28"}, []string{"2025-02-28", "2026-02-28"}},
		{"a contract from 29 February, the day before", ContractYear, Date{2024, 2, 29}, "2025-02-27 23:59", "", []string{"2024-02-29"}, []string{"2024-02-29", "2025-02-28"}},
		{"a contract from 29 February, in the next leap year", ContractYear, Date{2024, 2, 29}, "2028-02-28 23:59", "", []string{"2027-02-28"}, []string{"2027-02-28", "2028-02-29"}},
		{"a contract from May, in a year before it began", ContractYear, Date{2024, 5, 17}, "2024-05-16 12:00", "", []string{"2023-05-17"}, []string{"2023-05-17", "2024-05-17"}},
		{"a contract's quarter from 30 November", ContractQuarter, Date{2023, 11, 30}, "2024-02-28 12:00", "2024-02-29 00:00", []string{"2023-11-30"}, []string{"2023-11-30", "2024-02-29"}},
		{"a contract's quarter from 30 November, a moment longer", ContractQuarter, Date{2023, 11, 30}, "2024-02-28 12:00", "2024-02-29 00:01", []string{"2023-11-30", "2024-02-29"}, []string{"2023-11-30", "2024-02-29", "2024-05-30"}},
		{"a contract's quarter over a year's end", ContractQuarter, Date{2020, 5, 15}, "2024-01-01 12:00", "", []string{"2023-11-15"}, []string{"2023-11-15", "2024-02-15"}},
		{"a contract's month", ContractMonth, Date{2024, 1, 31}, "2024-06-30 00:00", "", []string{"2024-06-30"}, []string{"2024-06-30", "2024-07-31"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.check(t, zone(t, "Asia/Tokyo")) })
	}
}

func TestWindowsOfAYearThatBeginsInAnotherMonth(t *testing.T) {
	february, july := Date{1, 2, 1}, Date{1, 7, 1}
	tests := []windowTest{
		{"the last day of January", CalendarQuarter, february, "2024-01-31 23:59", "", []string{"2023-Q4"}, []string{"2023-11-01", "2024-02-01"}},
		{"the first of February", CalendarQuarter, february, "2024-02-01 00:00", "", []string{"2024-Q1"}, []string{"2024-02-01", "2024-05-01"}},
		{"the second of February", CalendarQuarter, february, "2024-02-02 00:00", "", []string{"2024-Q1"}, []string{"2024-02-01", "2024-05-01"}},
		{"a whole year of quarters", CalendarQuarter, february, "2024-02-01 00:00", "2025-02-01 00:00", []string{"2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"}, []string{"2024-02-01", "2024-05-01", "2024-08-01", "2024-11-01", "2025-02-01"}},
		{"the first half from July", CalendarHalf, july, "2024-12-31 23:59", "", []string{"2024-H1"}, []string{"2024-07-01", "2025-01-01"}},
		{"the second half from July", CalendarHalf, july, "2025-01-01 00:00", "", []string{"2024-H2"}, []string{"2025-01-01", "2025-07-01"}},
		{"a year from July", CalendarYear, july, "2025-06-30 23:59", "", []string{"2024"}, []string{"2024-07-01", "2025-07-01"}},
		{"the next year from July", CalendarYear, july, "2025-07-01 00:00", "", []string{"2025"}, []string{"2025-07-01", "2026-07-01"}},
		{"halves of the calendar", CalendarHalf, Date{1, 1, 1}, "2024-06-30 23:59", "2024-07-01 00:01", []string{"2024-H1", "2024-H2"}, []string{"2024-01-01", "2024-07-01", "2025-01-01"}},
		{"days over a leap day", CalendarDay, Date{1, 1, 1}, "2024-02-28 23:59", "2024-03-01 00:01", []string{"2024-02-28", "2024-02-29", "2024-03-01"}, []string{"2024-02-28", "2024-02-29", "2024-03-01", "2024-03-02"}},
	}
	for _, name := range []string{"Asia/Tokyo", "America/New_York", "Australia/Lord_Howe"} {
		for _, tt := range tests {
			t.Run(name+" "+tt.name, func(t *testing.T) { tt.check(t, zone(t, name)) })
		}
	}
}

// Clocks in New York were set on at 2:00 of 2024-03-10 and back at 2:00 of 2024-11-03; on Lord Howe by half an hour, back on
// 2024-04-07 and on on 2024-10-06. Samoa had no 2011-12-30.
func TestDaysAreAsLongAsInTheZone(t *testing.T) {
	tests := []struct {
		name, zone string
		w          Window
		anchor     Date
		day        string
		want       int64 // minutes
	}{
		{"the day before clocks are set on", "America/New_York", CalendarDay, Date{1, 1, 1}, "2024-03-09", 24 * 60},
		{"the day on which clocks are set on", "America/New_York", CalendarDay, Date{1, 1, 1}, "2024-03-10", 23 * 60},
		{"the day after", "America/New_York", CalendarDay, Date{1, 1, 1}, "2024-03-11", 24 * 60},
		{"the day on which clocks are set back", "America/New_York", CalendarDay, Date{1, 1, 1}, "2024-11-03", 25 * 60},
		{"half an hour more on Lord Howe", "Australia/Lord_Howe", CalendarDay, Date{1, 1, 1}, "2024-04-07", 24*60 + 30},
		{"half an hour less on Lord Howe", "Australia/Lord_Howe", CalendarDay, Date{1, 1, 1}, "2024-10-06", 24*60 - 30},
		{"a billing month from the 10th has the short day", "America/New_York", BillingMonth, Date{1, 1, 10}, "2024-03-10", 31*24*60 - 60},
		{"a billing month from the 11th does not", "America/New_York", BillingMonth, Date{1, 1, 11}, "2024-03-11", 31 * 24 * 60},
		{"a contract's year with both", "America/New_York", ContractYear, Date{2024, 3, 1}, "2024-06-01", 365 * 24 * 60},
		{"a fiscal quarter with the long day", "America/New_York", CalendarQuarter, Date{1, 2, 1}, "2024-11-30", 92*24*60 + 60},
		{"December 2011 in Samoa", "Pacific/Apia", CalendarMonth, Date{1, 1, 1}, "2011-12-15", 30 * 24 * 60},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			loc := zone(t, tt.zone)
			noon := mustTime(t, tt.day+" 12:00", loc)
			got := tt.w.PeriodsFrom(Period{noon, noon.Add(time.Minute)}, loc, tt.anchor)
			if len(got) != 1 || got[0].Period.Millis() != tt.want*60_000 {
				t.Errorf("got %v, want one window of %d minutes", got, tt.want)
			}
		})
	}
	apia := zone(t, "Pacific/Apia")
	var labels []string
	for _, p := range CalendarDay.Periods(Period{mustTime(t, "2011-12-29 12:00", apia), mustTime(t, "2011-12-31 12:00", apia)}, apia) {
		labels = append(labels, p.Label)
	}
	if diff := cmp.Diff([]string{"2011-12-29", "2011-12-31"}, labels); diff != "" {
		t.Errorf("days (-want +got):\n%s", diff)
	}
}

func TestLabelled(t *testing.T) {
	loc := zone(t, "America/New_York")
	tests := []struct {
		w        Window
		label    string
		starts   int
		from, to string // empty: there is no such window
	}{
		{CalendarMonth, "2024-02", 1, "2024-02-01", "2024-03-01"},
		{CalendarMonth, "2024-12", 7, "2024-12-01", "2025-01-01"},
		{CalendarQuarter, "2024-Q1", 1, "2024-01-01", "2024-04-01"},
		{CalendarQuarter, "2024-Q4", 2, "2024-11-01", "2025-02-01"},
		{CalendarHalf, "2024-H2", 1, "2024-07-01", "2025-01-01"},
		{CalendarHalf, "2024-H2", 7, "2025-01-01", "2025-07-01"},
		{CalendarYear, "2024", 4, "2024-04-01", "2025-04-01"},
		{CalendarDay, "2024-02-29", 1, "2024-02-29", "2024-03-01"},
		{CalendarMonth, "2024-00", 1, "", ""},
		{CalendarMonth, "2024-13", 1, "", ""},
		{CalendarMonth, "2024-6", 1, "", ""},
		{CalendarMonth, "2024-06-01", 1, "", ""},
		{CalendarMonth, "2024-Q1", 1, "", ""},
		{CalendarQuarter, "2024-Q0", 1, "", ""},
		{CalendarQuarter, "2024-Q5", 1, "", ""},
		{CalendarQuarter, "2024-Q", 1, "", ""},
		{CalendarHalf, "2024-H3", 1, "", ""},
		{CalendarYear, "0000", 1, "", ""},
		{CalendarYear, "24", 1, "", ""},
		{CalendarYear, "", 1, "", ""},
		{CalendarDay, "2023-02-29", 1, "", ""},
		{CalendarDay, "2024/02/29", 1, "", ""},
		{BillingMonth, "2024-02-29", 1, "", ""},
		{Incident, "incident", 1, "", ""},
		{EachOutage, "2024-02", 1, "", ""},
	}
	for _, tt := range tests {
		got, ok := tt.w.Labelled(tt.label, loc, tt.starts)
		if tt.from == "" {
			if ok {
				t.Errorf("%s %q is %v, want none", tt.w, tt.label, got)
			}
			continue
		}
		want := NamedPeriod{tt.label, Period{mustTime(t, tt.from+" 00:00", loc), mustTime(t, tt.to+" 00:00", loc)}}
		if !ok || got.Label != want.Label || !got.Period.Start.Equal(want.Period.Start) || !got.Period.End.Equal(want.Period.End) {
			t.Errorf("%s %q from month %d is %v, want %v", tt.w, tt.label, tt.starts, got, want)
		}
	}
}

func TestWindowsThatNoCalendarKnowsAreABrokenPromise(t *testing.T) {
	for _, w := range []Window{RollingDays, EachOutage, EachEvent} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("got windows of %s", w)
				}
			}()
			w.Periods(Period{instant(t, "2012-06-20T17:00:00Z"), instant(t, "2012-06-20T18:00:00Z")}, time.UTC)
		}()
	}
}
