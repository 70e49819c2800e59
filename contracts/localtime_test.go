package contracts

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := LoadZone(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// instant reads RFC 3339 with package time alone.
func instant(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// declared is a zone that a test row names, or nil when it names none.
func declared(t testing.TB, name string) *time.Location {
	t.Helper()
	if name == "" {
		return nil
	}
	return zone(t, name)
}

func TestTimesAreRead(t *testing.T) {
	tests := []struct {
		name, text, zone string
		want             string // RFC 3339
		note             string
	}{
		{"an offset", "2012-06-20T17:00:00+09:00", "", "2012-06-20T08:00:00Z", ""},
		{"an offset outweighs the declared zone", "2012-06-20T17:00:00+09:00", "Europe/London", "2012-06-20T08:00:00Z", ""},
		{"a negative offset with minutes", "2012-06-20T17:00:00-03:30", "", "2012-06-20T20:30:00Z", ""},
		{"Z", "2012-06-20T17:00:00Z", "Asia/Tokyo", "2012-06-20T17:00:00Z", ""},
		{"small t and z", "2012-06-20t17:00:00z", "", "2012-06-20T17:00:00Z", ""},
		{"a space before the offset", "2012-06-20 17:00 +09:00", "", "2012-06-20T08:00:00Z", ""},
		{"local time to the minute", "2012-06-20 17:00", "Asia/Tokyo", "2012-06-20T08:00:00Z", ""},
		{"local time with a fraction", "2012-06-20T17:00:05.25", "Asia/Tokyo", "2012-06-20T08:00:05.25Z", ""},
		{"the last minute of a day", "2012-06-20 23:59", "Asia/Tokyo", "2012-06-20T14:59:00Z", ""},
		{"24:00 is the next midnight", "2012-06-20 24:00", "Asia/Tokyo", "2012-06-20T15:00:00Z", ""},
		{"24:00 at the end of a year", "2012-12-31T24:00:00Z", "", "2013-01-01T00:00:00Z", ""},
		{"a leap day", "2028-02-29 00:00", "Asia/Tokyo", "2028-02-28T15:00:00Z", ""},
		{"a text of 128 bytes", "2012-06-20 17:00:00." + strings.Repeat("0", 108), "Asia/Tokyo", "2012-06-20T08:00:00Z", ""},
		{"the first year", "0001-01-01T00:00:01Z", "", "0001-01-01T00:00:01Z", ""},
		{"the last year", "9999-12-31T23:59:59.999Z", "", "9999-12-31T23:59:59.999Z", ""},
		{"slashes", "2026/1/1 9:05", "Asia/Tokyo", "2026-01-01T00:05:00Z", "read as 2026-01-01T09:05:00"},
		{"Japanese words", "2026年1月1日9時5分30秒", "Asia/Tokyo", "2026-01-01T00:05:30Z", "read as 2026-01-01T09:05:30"},
		{"an hour alone in words", "令和8年1月1日 9時", "Asia/Tokyo", "2026-01-01T00:00:00Z", "read as 2026-01-01T09:00:00"},
		{"full width", "２０２６－０１－０１　０９：０５", "Asia/Tokyo", "2026-01-01T00:05:00Z", "read as 2026-01-01T09:05:00"},
		{"both a wording and a fraction", "2026/01/01 09:05:00.0009", "Asia/Tokyo", "2026-01-01T00:05:00Z",
			"read as 2026-01-01T09:05:00; cut to the millisecond .000"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			loc := declared(t, tt.zone)
			got, note, err := ParseTime(tt.text, loc)
			if err != nil {
				t.Fatal(err)
			}
			if want := instant(t, tt.want); !got.Equal(want) {
				t.Errorf("got %s, want %s", got, want)
			}
			if note != tt.note {
				t.Errorf("got note %q, want %q", note, tt.note)
			}
			if loc == nil {
				loc = time.UTC
			}
			if got.Location() != loc {
				t.Errorf("got a time in %s, want one in %s", got.Location(), loc)
			}
		})
	}
}

// refusedText is what a reader must refuse, why, and what the message must say.
type refusedText struct {
	name, text, zone string
	err              error
	says             []string
}

func (tt refusedText) check(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, tt.err) {
		t.Fatalf("got error %v, want %v", err, tt.err)
	}
	for _, s := range tt.says {
		if !strings.Contains(err.Error(), s) {
			t.Errorf("got %q, want it to say %q", err, s)
		}
	}
}

func refuseTimes(t *testing.T, tests []refusedText) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at, note, err := ParseTime(tt.text, declared(t, tt.zone))
			tt.check(t, err)
			if !at.IsZero() || note != "" {
				t.Errorf("got %s and %q beside the error, want neither", at, note)
			}
		})
	}
}

func TestTimesAreRefused(t *testing.T) {
	refuseTimes(t, []refusedText{
		{"nothing", "", "Asia/Tokyo", ErrDate, nil},
		{"a word", "yesterday", "Asia/Tokyo", ErrDate, []string{"2026-02-01"}},
		{"a date without a time", "2012-06-20", "Asia/Tokyo", ErrDate, []string{"2012-06-20 00:00", "24:00"}},
		{"a time without a date", "17:00", "Asia/Tokyo", ErrDate, nil},
		{"an hour alone", "2012-06-20 17", "Asia/Tokyo", ErrDate, []string{"17:00"}},
		{"a colon too many", "2012-06-20 17:00:", "Asia/Tokyo", ErrDate, nil},
		{"seconds of one digit", "2012-06-20 17:00:5", "Asia/Tokyo", ErrDate, nil},
		{"minutes of one digit", "2012-06-20 17:5", "Asia/Tokyo", ErrDate, nil},
		{"a point without digits", "2012-06-20 17:00:05.", "Asia/Tokyo", ErrDate, nil},
		{"minutes in words without the word", "2012年6月20日17時5", "Asia/Tokyo", ErrDate, []string{"17時5分"}},
		{"seconds in words without the word", "2012年6月20日17時5分30", "Asia/Tokyo", ErrDate, []string{"17時5分30秒"}},
		{"no space after the date", "2012-06-20、17:00", "Asia/Tokyo", ErrDate, []string{"2012-06-20 17:00"}},
		{"minute 60", "2012-06-20 17:60", "Asia/Tokyo", ErrDate, nil},
		{"hour 25", "2012-06-20 25:00", "Asia/Tokyo", ErrDate, nil},
		{"a minute after 24:00", "2012-06-20 24:01", "Asia/Tokyo", ErrDate, []string{"next day"}},
		{"a millisecond after 24:00", "2012-06-20 24:00:00.001", "Asia/Tokyo", ErrDate, []string{"next day"}},
		{"less than a millisecond after 24:00", "2012-06-20 24:00:00.0001", "Asia/Tokyo", ErrDate, []string{"next day"}},
		{"a leap second", "2016-12-31T23:59:60Z", "", ErrDate, []string{"leap second", ":59.999"}},
		{"second 61", "2016-12-31T23:59:61Z", "", ErrDate, []string{"no such time"}},
		{"the half of a day", "2012-06-20 05:00 PM", "Asia/Tokyo", ErrDate, []string{"24 hours"}},
		{"words after the time", "2012-06-20 17:00、頃", "Asia/Tokyo", ErrDate, nil},
		{"a space after the time", "2012-06-20 17:00 ", "Asia/Tokyo", ErrDate, nil},
		{"the instant that Go takes for none", "0001-01-01T00:00:00Z", "", ErrDate, []string{"1 to 9999"}},
		{"year 0 in UTC", "0001-01-01T00:00:00+09:00", "", ErrDate, []string{"1 to 9999"}},
		{"year 10000 by 24:00", "9999-12-31T24:00:00Z", "", ErrDate, []string{"9999"}},
		{"year 10000 in UTC", "9999-12-31T23:00:00-09:00", "", ErrDate, []string{"9999"}},
		{"a text of 129 bytes", "2012-06-20 17:00:00." + strings.Repeat("0", 109), "Asia/Tokyo", ErrDate, nil},
		{"no hour", "2012-06-20 :30", "Asia/Tokyo", ErrDate, nil},
		{"an hour of three digits", "2012-06-20 017:00", "Asia/Tokyo", ErrDate, []string{"17:00"}},
		{"a minute of three digits", "2012-06-20 17:000", "Asia/Tokyo", ErrDate, []string{"17:00"}},
		{"seconds of three digits", "2012-06-20 17:00:000", "Asia/Tokyo", ErrDate, []string{"17:00:05"}},
		{"seconds of three digits in words", "2012年6月20日17時5分000秒", "Asia/Tokyo", ErrDate, nil},
		{"an offset without its colon", "2012-06-20T17:00:00+0900", "", ErrZone, []string{"+09:00"}},
		{"an offset of hours", "2012-06-20T17:00:00+09", "", ErrZone, []string{"+09:00"}},
		{"an offset beyond a day", "2012-06-20T17:00:00+24:00", "", ErrZone, nil},
		{"an offset of 60 minutes", "2012-06-20T17:00:00+09:60", "", ErrZone, nil},
		{"a zone's name after the time", "2012-06-20 17:00 Asia/Tokyo", "", ErrZone, []string{"declare"}},
	})
}

func TestDatesAreRead(t *testing.T) {
	tests := []struct {
		name, text string
		want       Date
		note       string
	}{
		{"plain", "2026-01-31", Date{2026, 1, 31}, ""},
		{"a leap day in a year of 400", "2000-02-29", Date{2000, 2, 29}, ""},
		{"without leading zeros", "2026-1-1", Date{2026, 1, 1}, "read as 2026-01-01"},
		{"slashes with leading zeros", "2026/01/01", Date{2026, 1, 1}, "read as 2026-01-01"},
		{"points", "2026.1.1", Date{2026, 1, 1}, "read as 2026-01-01"},
		{"Japanese words", "2026年1月1日", Date{2026, 1, 1}, "read as 2026-01-01"},
		{"an era in a square", "㋿8年1月1日", Date{2026, 1, 1}, "read as 2026-01-01"},
		{"an era's letter with leading zeros", "R08.01.01", Date{2026, 1, 1}, "read as 2026-01-01"},
		{"an era's letter with hyphens", "R08-01-01", Date{2026, 1, 1}, "read as 2026-01-01"},
		{"an era's letter with slashes", "S60/1/2", Date{1985, 1, 2}, "read as 1985-01-02"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, note, err := ParseDate(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if note != tt.note {
				t.Errorf("got note %q, want %q", note, tt.note)
			}
		})
	}
}

func refuseDates(t *testing.T, tests []refusedText) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, note, err := ParseDate(tt.text)
			tt.check(t, err)
			if !d.IsZero() || note != "" {
				t.Errorf("got %s and %q beside the error, want neither", d, note)
			}
		})
	}
}

func TestDatesAreRefused(t *testing.T) {
	refuseDates(t, []refusedText{
		{"nothing", "", "", ErrDate, nil},
		{"a time of day after it", "2026-01-01 00:00", "", ErrDate, []string{"2026-01-01"}},
		{"digits run together", "20260101", "", ErrDate, nil},
		{"two separators", "2026-01/01", "", ErrDate, nil},
		{"a month alone", "2026-01", "", ErrDate, nil},
		{"a year alone in words", "令和元年", "", ErrDate, []string{"month and a day"}},
		{"no 日", "令和8年1月1", "", ErrDate, nil},
		{"a month of three digits", "2026-001-01", "", ErrDate, []string{"write a date as"}},
		{"a day of three digits", "2026-01-001", "", ErrDate, []string{"write a date as"}},
		{"a year of two digits", "26/1/1", "", ErrDate, []string{"order"}},
		{"an era's year 0", "令和0年1月1日", "", ErrDate, []string{"元"}},
		{"an era's year of three digits", "昭和100年1月1日", "", ErrDate, []string{"two digits"}},
		{"元 without an era", "元年1月1日", "", ErrDate, nil},
		{"an unknown era", "X8.1.1", "", ErrDate, nil},
		{"a day that an era's year has not", "令和7年2月29日", "", ErrDate, []string{"2025-02"}},
		{"day 0", "2026-01-00", "", ErrDate, nil},
		{"month 0", "2026-00-01", "", ErrDate, []string{"no month 0"}},
	})
}

// The days on which eras changed are those of the National Archives of Japan's table.
func TestErasBeginAndEndOnTheirDays(t *testing.T) {
	accepted := map[string]Date{
		"明治6年1月1日":    {1873, 1, 1},
		"明治45年7月29日":  {1912, 7, 29},
		"大正元年7月30日":   {1912, 7, 30},
		"大正15年12月24日": {1926, 12, 24},
		"昭和元年12月25日":  {1926, 12, 25},
		"昭和64年1月7日":   {1989, 1, 7},
		"平成元年1月8日":    {1989, 1, 8},
		"平成31年4月30日":  {2019, 4, 30},
		"令和元年5月1日":    {2019, 5, 1},
		"M45.7.29":    {1912, 7, 29},
		"T1.7.30":     {1912, 7, 30},
		"S64.1.7":     {1989, 1, 7},
		"H31.4.30":    {2019, 4, 30},
		"R1.5.1":      {2019, 5, 1},
	}
	for text, want := range accepted { // order does not matter: each is checked alone
		got, note, err := ParseDate(text)
		if err != nil || got != want || note != "read as "+want.String() {
			t.Errorf("%s: got %s, %q, %v, want %s", text, got, note, err, want)
		}
	}
	refuseDates(t, []refusedText{
		{"a day before Meiji counts", "明治5年12月31日", "", ErrDate, []string{"1873-01-01"}},
		{"a day after Meiji", "明治45年7月30日", "", ErrDate, []string{"明治 ended on 1912-07-29", "大正1年7月30日"}},
		{"a day before Taisho", "大正元年7月29日", "", ErrDate, []string{"1912-07-30"}},
		{"a day after Taisho", "大正15年12月25日", "", ErrDate, []string{"大正 ended on 1926-12-24", "昭和1年12月25日"}},
		{"a day before Showa", "昭和元年12月24日", "", ErrDate, []string{"1926-12-25"}},
		{"a day after Showa", "昭和64年1月8日", "", ErrDate, []string{"昭和 ended on 1989-01-07", "平成1年1月8日"}},
		{"a day before Heisei", "平成元年1月7日", "", ErrDate, []string{"1989-01-08"}},
		{"a day after Heisei", "平成31年5月1日", "", ErrDate, []string{"平成 ended on 2019-04-30", "令和1年5月1日"}},
		{"long after Heisei", "平成99年1月1日", "", ErrDate, []string{"令和69年1月1日"}},
		{"a day before Reiwa", "令和元年4月30日", "", ErrDate, []string{"2019-05-01"}},
	})
}

func TestDatesAreCompared(t *testing.T) {
	tests := []struct {
		name string
		a, b Date
		want int
	}{
		{"the day before", Date{2026, 1, 30}, Date{2026, 1, 31}, -1},
		{"the same day", Date{2026, 1, 31}, Date{2026, 1, 31}, 0},
		{"the day after", Date{2026, 2, 1}, Date{2026, 1, 31}, 1},
		{"an earlier year outweighs month and day", Date{2025, 12, 31}, Date{2026, 1, 1}, -1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.a.Cmp(tt.b); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
			if got := tt.b.Cmp(tt.a); got != -tt.want {
				t.Errorf("the other way round: got %d, want %d", got, -tt.want)
			}
		})
	}
	if got := (Date{33, 4, 5}).String(); got != "0033-04-05" {
		t.Errorf("got %s, want four digits of year", got)
	}
	if got := (Date{}).String(); got != "" {
		t.Errorf("got %q for no day, want nothing", got)
	}
}

func TestDaysStartWhereTheZoneLetsThem(t *testing.T) {
	tests := []struct {
		name string
		day  Date
		zone string
		want string
	}{
		{"at midnight", Date{2012, 6, 20}, "Asia/Tokyo", "2012-06-19T15:00:00Z"},
		{"at midnight before clocks change at two", Date{2026, 3, 8}, "America/New_York", "2026-03-08T05:00:00Z"},
		{"at one when midnight is skipped", Date{2026, 4, 24}, "Africa/Cairo", "2026-04-23T22:00:00Z"},
		{"at the first of two midnights", Date{2026, 11, 1}, "America/Havana", "2026-11-01T04:00:00Z"},
		{"at midnight although 23:00 came twice", Date{2018, 2, 18}, "America/Sao_Paulo", "2018-02-18T03:00:00Z"},
		{"where the next begins when all of it is skipped", Date{2011, 12, 30}, "Pacific/Apia", "2011-12-30T10:00:00Z"},
		{"at midnight after a day that was skipped", Date{2011, 12, 31}, "Pacific/Apia", "2011-12-30T10:00:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			loc := zone(t, tt.zone)
			got, want := tt.day.In(loc), instant(t, tt.want)
			if !got.Equal(want) {
				t.Errorf("got %s, want %s", got, want)
			}
			if got.Location() != loc {
				t.Errorf("got a time in %s, want one in %s", got.Location(), loc)
			}
		})
	}
}

func TestZonesAreLoadedByIANAName(t *testing.T) {
	for _, name := range []string{"Asia/Tokyo", "America/Argentina/Buenos_Aires", "Etc/GMT+9", "America/Port-au-Prince", "UTC"} {
		if loc, err := LoadZone(name); err != nil || loc.String() != name {
			t.Errorf("%s: got %v, %v", name, loc, err)
		}
	}
	for _, name := range []string{
		"", "Local", "localtime", "JST", "EST", "CST", "UCT", "Z", "+09:00", "Asia", "Asia/", "/Asia/Tokyo", "Asia//Tokyo",
		"Asia/Edo", "Asia/../Asia/Tokyo", "right/Asia/Tokyo", "posix/Asia/Tokyo", "Asia/Tokyo\x00", " Asia/Tokyo", "utc",
	} {
		if loc, err := LoadZone(name); !errors.Is(err, ErrZone) || loc != nil {
			t.Errorf("%q: got %v, %v, want ErrZone", name, loc, err)
		}
	}
}

// shown tells, for each local time to the minute, the instants at which clocks in loc
// show it, by looking at every minute of the days around one.
func shown(around Date, loc *time.Location) map[string][]string {
	out := map[string][]string{}
	from := time.Date(around.Year, time.Month(around.Month), around.Day-4, 0, 0, 0, 0, time.UTC)
	for m := range 9 * 24 * 60 {
		at := from.Add(time.Duration(m) * time.Minute)
		local := at.In(loc).Format("2006-01-02T15:04:05")
		out[local] = append(out[local], at.Format(time.RFC3339))
	}
	return out
}

func resolved(c CivilTime, loc *time.Location) []string {
	var out []string
	for _, t := range ResolveLocal(c, loc) {
		out = append(out, t.UTC().Format(time.RFC3339))
	}
	return out
}

// TestResolveLocalFindsWhatClocksShow looks around days on which clocks change
// oddly: at midnight, by half an hour, by a whole day, under rules of the far future.
func TestResolveLocalFindsWhatClocksShow(t *testing.T) {
	days := []struct {
		zone string
		day  Date
	}{
		{"America/New_York", Date{2026, 3, 8}},
		{"America/New_York", Date{2026, 11, 1}},
		{"America/New_York", Date{2137, 11, 3}},
		{"Europe/London", Date{2026, 3, 29}},
		{"Europe/London", Date{2026, 10, 25}},
		{"Australia/Lord_Howe", Date{2026, 4, 5}},
		{"Australia/Lord_Howe", Date{2026, 10, 4}},
		{"America/St_Johns", Date{2009, 11, 1}},
		{"America/Havana", Date{2026, 11, 1}},
		{"Africa/Cairo", Date{2026, 4, 24}},
		{"Pacific/Apia", Date{2011, 12, 30}},
		{"Pacific/Kwajalein", Date{1993, 8, 21}},
		{"Asia/Pyongyang", Date{2018, 5, 4}},
		{"Asia/Tokyo", Date{2026, 1, 1}},
		{"Antarctica/Troll", Date{2026, 10, 25}},
	}
	counts := map[int]int{}
	for _, d := range days {
		loc := zone(t, d.zone)
		want := shown(d.day, loc)
		for m := range 3 * 24 * 60 {
			c := CivilTime{Date: d.day.AddDays(m/1440 - 1), Hour: m / 60 % 24, Minute: m % 60}
			counts[len(want[c.String()])]++
			if diff := cmp.Diff(want[c.String()], resolved(c, loc)); diff != "" {
				t.Errorf("%s in %s: %s", c, loc, diff)
			}
		}
	}
	for n := range 3 {
		if counts[n] == 0 {
			t.Errorf("no time is among them that is shown %d times", n)
		}
	}
}

func TestResolveLocalKnowsOffsetsWithSeconds(t *testing.T) {
	// Until 1972-01-07 clocks in Monrovia were 44 min 30 s behind UTC.
	got := resolved(CivilTime{Date: Date{1971, 6, 1}, Hour: 12}, zone(t, "Africa/Monrovia"))
	if diff := cmp.Diff([]string{"1971-06-01T12:44:30Z"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestResolveLocalHasNoInstantForWhatNoClockShows(t *testing.T) {
	day := Date{2026, 1, 1}
	for _, c := range []CivilTime{
		{}, {Date: Date{2026, 2, 30}}, {Date: Date{2026, 13, 1}}, {Date: day, Hour: 24}, {Date: day, Hour: -1},
		{Date: day, Minute: 60}, {Date: day, Minute: -1}, {Date: day, Second: 60}, {Date: day, Second: -1},
		{Date: day, Milli: 1000}, {Date: day, Milli: -1},
	} {
		if got := ResolveLocal(c, time.UTC); got != nil {
			t.Errorf("%+v: got %v, want none", c, got)
		}
	}
}

// TestMessagesNameTimesThatCanBeWritten takes the instants that refusals offer
// and reads them back.
func TestMessagesNameTimesThatCanBeWritten(t *testing.T) {
	tests := []struct {
		name, text, zone string
		want             []string
	}{
		{"around a gap", "2026-03-08 02:30", "America/New_York", []string{"2026-03-08T06:59:59.999Z", "2026-03-08T07:00:00Z"}},
		{"around a skipped day", "2011-12-30 12:00", "Pacific/Apia", []string{"2011-12-30T09:59:59.999Z", "2011-12-30T10:00:00Z"}},
		{"around a gap from an offset with seconds", "1972-01-07 00:10", "Africa/Monrovia", []string{"1972-01-07T00:44:29.999Z", "1972-01-07T00:44:30Z"}},
		{"in a fold", "2026-11-01 01:30", "America/New_York", []string{"2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := ParseTime(tt.text, zone(t, tt.zone))
			if err == nil {
				t.Fatal("got no error")
			}
			_, offered, _ := strings.Cut(err.Error(), ": ")
			var got []string
			for _, word := range strings.FieldsFunc(offered, func(r rune) bool { return r == ' ' || r == ';' }) {
				if at, _, err := ParseTime(strings.TrimRight(word, ","), nil); err == nil {
					got = append(got, at.Format(time.RFC3339Nano))
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s: %s", err, diff)
			}
		})
	}
}

// The tests below are named for the entries of the list of bad inputs.

func TestTIME01SkippedTimesAreRefused(t *testing.T) {
	refuseTimes(t, []refusedText{
		{"New York", "2026-03-08 02:30", "America/New_York", ErrTimeGap,
			[]string{"America/New_York", "2026-03-08T02:30:00", "2026-03-08T01:59:59.999-05:00", "2026-03-08T03:00:00-04:00"}},
		{"its first minute", "2026-03-08 02:00", "America/New_York", ErrTimeGap, nil},
		{"its last minute", "2026-03-08 02:59", "America/New_York", ErrTimeGap, nil},
		{"midnight by 24:00", "2026-04-23 24:00", "Africa/Cairo", ErrTimeGap, []string{"2026-04-24T01:00:00+03:00"}},
	})
	for text, want := range map[string]string{
		"2026-03-08 01:59":       "2026-03-08T06:59:00Z",
		"2026-03-08 03:00":       "2026-03-08T07:00:00Z",
		"2026-03-08 02:30-05:00": "2026-03-08T07:30:00Z",
	} {
		if got, _, err := ParseTime(text, zone(t, "America/New_York")); err != nil || !got.Equal(instant(t, want)) {
			t.Errorf("%s: got %s, %v, want %s", text, got, err, want)
		}
	}
}

func TestTIME02TimesThatOccurTwiceAreRefused(t *testing.T) {
	refuseTimes(t, []refusedText{
		{"New York", "2026-11-01 01:30", "America/New_York", ErrTimeFold,
			[]string{"2026-11-01T01:30:00-04:00 for the first", "2026-11-01T01:30:00-05:00 for the second"}},
		{"London", "2026-10-25 01:30", "Europe/London", ErrTimeFold,
			[]string{"2026-10-25T01:30:00+01:00 for the first", "2026-10-25T01:30:00Z for the second"}},
		{"Lord Howe, by half an hour", "2026-04-05 01:45", "Australia/Lord_Howe", ErrTimeFold,
			[]string{"2026-04-05T01:45:00+11:00 for the first", "2026-04-05T01:45:00+10:30 for the second"}},
		{"its first minute", "2026-11-01 01:00", "America/New_York", ErrTimeFold, nil},
		{"its last minute", "2026-11-01 01:59", "America/New_York", ErrTimeFold, nil},
	})
	for text, want := range map[string]string{
		"2026-11-01 00:59":       "2026-11-01T04:59:00Z",
		"2026-11-01 02:00":       "2026-11-01T07:00:00Z",
		"2026-11-01 01:30-05:00": "2026-11-01T06:30:00Z",
	} {
		if got, _, err := ParseTime(text, zone(t, "America/New_York")); err != nil || !got.Equal(instant(t, want)) {
			t.Errorf("%s: got %s, %v, want %s", text, got, err, want)
		}
	}
}

func TestTIME03ZoneAbbreviationsAreRefused(t *testing.T) {
	for _, abbreviation := range []string{"JST", "CST", "EST", "UTC"} {
		refuseTimes(t, []refusedText{
			{abbreviation, "2026-01-01 00:00 " + abbreviation, "Asia/Tokyo", ErrZone, []string{abbreviation, "IANA", "+09:00"}},
		})
	}
}

func TestTIME04TimesWithoutAZoneNeedADeclaredOne(t *testing.T) {
	got, _, err := ParseTime("2026-01-01 00:00:00", zone(t, "Asia/Tokyo"))
	if want := instant(t, "2025-12-31T15:00:00Z"); err != nil || !got.Equal(want) {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
	refuseTimes(t, []refusedText{{"none declared", "2026-01-01 00:00:00", "", ErrZone, []string{"no zone is declared", "+09:00"}}})
}

func TestTIME06ImpossibleDatesAreRefused(t *testing.T) {
	for _, tt := range []refusedText{
		{"29 February of a plain year", "2026-02-29", "", ErrDate, []string{"2026-02-29", "1 to 28"}},
		{"30 February", "2026-02-30", "", ErrDate, []string{"2026-02-30", "1 to 28"}},
		{"30 February of a leap year", "2028-02-30", "", ErrDate, []string{"1 to 29"}},
		{"month 13", "2026-13-01", "", ErrDate, []string{"2026-13-01", "month 13"}},
		{"year 0", "0000-01-01", "", ErrDate, []string{"0000-01-01", "0001 to 9999"}},
		{"year 10000", "10000-01-01", "", ErrDate, []string{"10000-01-01", "9999"}},
	} {
		refuseDates(t, []refusedText{tt})
		tt.text += " 00:00"
		tt.name += " with a time"
		tt.zone = "Asia/Tokyo"
		refuseTimes(t, []refusedText{tt})
	}
}

func TestTIME07ErasAndSeparatorsAreReadWithANote(t *testing.T) {
	for _, text := range []string{"令和8年1月1日", "R8.1.1", "2026/1/1", "２０２６－０１－０１"} {
		got, note, err := ParseDate(text)
		if want := (Date{2026, 1, 1}); err != nil || got != want || note != "read as 2026-01-01" {
			t.Errorf("%s: got %s, %q, %v, want %s with a note", text, got, note, err, want)
		}
	}
}

func TestTIME08AnOrderThatIsNotSaidIsRefused(t *testing.T) {
	refuseDates(t, []refusedText{
		{"slashes", "01/02/2026", "", ErrDate, []string{"order", "year first"}},
		{"hyphens", "01-02-2026", "", ErrDate, []string{"order"}},
		{"points", "1.2.2026", "", ErrDate, []string{"order"}},
		{"even where only one order is possible", "31/12/2026", "", ErrDate, []string{"order"}},
	})
}

func TestTIME12AMonthFromTheLastDayIsTheLastDay(t *testing.T) {
	tests := []struct {
		name   string
		from   Date
		months int
		want   Date
	}{
		{"31 January and a month", Date{2026, 1, 31}, 1, Date{2026, 2, 28}},
		{"31 January and a month in a leap year", Date{2028, 1, 31}, 1, Date{2028, 2, 29}},
		{"29 January and a month", Date{2026, 1, 29}, 1, Date{2026, 2, 28}},
		{"28 January and a month", Date{2026, 1, 28}, 1, Date{2026, 2, 28}},
		{"27 January and a month", Date{2026, 1, 27}, 1, Date{2026, 2, 27}},
		{"31 January and two months", Date{2026, 1, 31}, 2, Date{2026, 3, 31}},
		{"29 February and a year", Date{2028, 2, 29}, 12, Date{2029, 2, 28}},
		{"31 December and two months", Date{2026, 12, 31}, 2, Date{2027, 2, 28}},
		{"31 March less a month", Date{2026, 3, 31}, -1, Date{2026, 2, 28}},
		{"31 January less a month", Date{2026, 1, 31}, -1, Date{2025, 12, 31}},
		{"no month", Date{2026, 1, 31}, 0, Date{2026, 1, 31}},
		{"January of year 1 less thirteen months", Date{1, 1, 31}, -13, Date{-1, 12, 31}},
		{"January less thirteen months", Date{2026, 1, 15}, -13, Date{2024, 12, 15}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, tt.from.AddMonths(tt.months)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTIME15FractionsAreCutToTheMillisecond(t *testing.T) {
	tests := []struct {
		name, text, want, note string
	}{
		{"ten digits", "2026-01-01T00:00:00.1234567891Z", "2026-01-01T00:00:00.123Z", "cut to the millisecond .123"},
		{"a comma", "2026-01-01T00:00:00,5Z", "2026-01-01T00:00:00.5Z", ""},
		{"a millisecond", "2026-01-01T00:00:00.001Z", "2026-01-01T00:00:00.001Z", ""},
		{"zeros beyond it lose nothing", "2026-01-01T00:00:00.001000Z", "2026-01-01T00:00:00.001Z", ""},
		{"just below a second is not rounded up", "2026-01-01T00:00:00.9999Z", "2026-01-01T00:00:00.999Z", "cut to the millisecond .999"},
		{"before 1970 it is cut to the earlier one too", "1969-12-31T23:59:59.9999Z", "1969-12-31T23:59:59.999Z", "cut to the millisecond .999"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, note, err := ParseTime(tt.text, nil)
			if want := instant(t, tt.want); err != nil || !got.Equal(want) || note != tt.note {
				t.Errorf("got %s, %q, %v, want %s, %q", got, note, err, want, tt.note)
			}
		})
	}
}

// FuzzParseTime looks for texts that are read as something that cannot be written
// down again, and for errors of no known kind.
func FuzzParseTime(f *testing.F) {
	for _, text := range []string{
		"2012-06-20T17:00:00+09:00", "2012-06-20 17:00", "2012-06-20T17:00:05,25", "2026-11-01 01:30", "2026-03-08 02:30",
		"令和8年1月1日 9時5分", "R8.1.1 24:00", "２０２６－０１－０１　００：００", "2026-01-01 00:00 JST", "2016-12-31T23:59:60Z", "01/02/2026 00:00",
	} {
		f.Add(text, true)
		f.Add(text, false)
	}
	newYork := zone(f, "America/New_York")
	f.Fuzz(func(t *testing.T, text string, local bool) {
		var loc *time.Location
		if local {
			loc = newYork
		}
		d, _, err := ParseDate(text)
		if err == nil {
			if again, note, err := ParseDate(d.String()); err != nil || again != d || note != "" {
				t.Errorf("%q: got %s, then %s, %q, %v", text, d, again, note, err)
			}
		} else if !errors.Is(err, ErrDate) {
			t.Errorf("%q: got an error of another kind: %v", text, err)
		}
		got, _, err := ParseTime(text, loc)
		if err != nil {
			known := errors.Is(err, ErrDate) || errors.Is(err, ErrZone) || errors.Is(err, ErrTimeGap) || errors.Is(err, ErrTimeFold)
			if !known || !got.IsZero() {
				t.Errorf("%q: got %s, %v", text, got, err)
			}
			return
		}
		if got.IsZero() || got.Nanosecond()%1e6 != 0 {
			t.Errorf("%q: got %s, want whole milliseconds", text, got)
		}
		again, note, err := ParseTime(stamp(got), nil)
		if err != nil || !again.Equal(got) || note != "" {
			t.Errorf("%q: got %s, then %s, %q, %v", text, got, again, note, err)
		}
	})
}
