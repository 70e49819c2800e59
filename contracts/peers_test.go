package contracts_test

import (
	"errors"
	"testing"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/google/go-cmp/cmp"
)

// What other projects' own tests expect of arithmetic, typed as facts: which case, what goes in, what is published. A row is named by
// the case's id and its words. Where a published value breaks the rule of its own project, ours follows the rule and the row says so.
//
// Sources: dmn-tck/tck at 0dbcaf9b98bc3af4e36d44a7aed95e9e85703a13 (TestCases/compliance-level-3/11xx), CatalaLang/catala at
// fdf4ccd54b9677b7b7b9ab7377201f3f7d1aadf7 (tests/arithmetic, tests/stdlib, tests/money, deps/dates-calc/test),
// accordproject/cicero-template-library at f1b93535c6779926630a742bd54d37d71930b583.

// floorOf and ceilingOf are the roundings toward −∞ and +∞ of a value of that sign: ours mirror about zero.
func floorOf(x int64) contracts.Rounding {
	if x < 0 {
		return contracts.RoundUp
	}
	return contracts.RoundDown
}

func ceilingOf(x int64) contracts.Rounding {
	if x < 0 {
		return contracts.RoundDown
	}
	return contracts.RoundUp
}

func TestPeersRoundings(t *testing.T) {
	const even, up, down, halfUp, halfDown = contracts.RoundHalfEven, contracts.RoundUp, contracts.RoundDown, contracts.RoundHalfUp, contracts.RoundHalfDown
	tests := []struct {
		id, words string
		a, b, c   int64 // the value is a·b÷c in units of the last digit kept
		by        contracts.Rounding
		want      int64
	}{
		{"1100-001_af177e63fc", "decimal(1/3, 2) is 0.33", 1, 100, 3, even, 33},
		{"1100-002_f4ed9cd487", "decimal(1/3, 2.5) is 0.33: a number of decimals is whole", 1, 100, 3, even, 33},
		{"1100-004_bb6f445d2c", "decimal(2.5, 0) is 2", 25, 1, 10, even, 2},
		{"1100-005_55d33eadf6", "decimal(0, 0) is 0", 0, 1, 1, even, 0},
		{"1100-007_49f7a22058", "decimal(0.515, 2) is 0.52", 515, 100, 1000, even, 52},
		{"1100-008_73e4f1c8b9", "decimal(65.123456, 6) is 65.123456", 65_123_456, 1, 1, even, 65_123_456},
		{"1100-010_4b46e59c8b", "decimal(15/78*2, 3) is 0.385", 15, 2 * 1000, 78, even, 385},
		{"1101-001", "floor(1.5) is 1", 15, 1, 10, floorOf(15), 1},
		{"1101-003", "floor(0.3333) is 0", 3333, 1, 10_000, floorOf(3333), 0},
		{"1101-004", "floor(1.56, 1) is 1.5", 156, 1, 10, floorOf(156), 15},
		{"1102-001", "ceiling(1.5) is 2", 15, 1, 10, ceilingOf(15), 2},
		{"1102-002", "ceiling(-1.5) is -1", -15, 1, 10, ceilingOf(-15), -1},
		{"1102-004", "ceiling(1.56, 1) is 1.6", 156, 1, 10, ceilingOf(156), 16},
		{"1102-005", "ceiling(-1.56, 1) is -1.5", -156, 1, 10, ceilingOf(-156), -15},
		{"1141-002", "round up(-5.5, 0) is -6", -55, 1, 10, up, -6},
		{"1141-003", "round up(1.121, 2) is 1.13", 1121, 1, 10, up, 113},
		{"1141-010", "round up(5.5, 0) is 6", 55, 1, 10, up, 6},
		{"1142-001", "round down(5.5, 0) is 5", 55, 1, 10, down, 5},
		{"1142-003", "round down(1.121, 2) is 1.12", 1121, 1, 10, down, 112},
		{"1142-004", "round down(-1.126, 2) is -1.12", -1126, 1, 10, down, -112},
		{"1143-001", "round half up(5.5, 0) is 6", 55, 1, 10, halfUp, 6},
		{"1143-002", "round half up(-5.5, 0) is -6", -55, 1, 10, halfUp, -6},
		{"1143-004", "round half up(-1.126, 2) is -1.13", -1126, 1, 10, halfUp, -113},
		{"1143-010", "round half up(n: 5.5, scale: 0) is 6", 55, 1, 10, halfUp, 6},
		{"1144-002", "round half down(-5.5, 0) is -5", -55, 1, 10, halfDown, -5},
		{"1144-003", "round half down(1.121, 2) is 1.12", 1121, 1, 10, halfDown, 112},
		{"1144-010", "round half down(n: 5.5, scale: 0) is 5", 55, 1, 10, halfDown, 5},

		{"catala.money-rounding-01", "-0.015 in cents is -0.02", -15, 100, 1000, halfUp, -2},
		{"catala.money-rounding-02", "-0.011 in cents is -0.01", -11, 100, 1000, halfUp, -1},
		{"catala.money-rounding-03", "-0.005 in cents is -0.01", -5, 100, 1000, halfUp, -1},
		{"catala.money-rounding-04", "-0.001 in cents is 0.00", -1, 100, 1000, halfUp, 0},
		{"catala.money-rounding-05", "0.000 in cents is 0.00", 0, 100, 1000, halfUp, 0},
		{"catala.money-rounding-06", "0.001 in cents is 0.00", 1, 100, 1000, halfUp, 0},
		{"catala.money-rounding-07", "0.005 in cents is 0.01", 5, 100, 1000, halfUp, 1},
		{"catala.money-rounding-08", "0.011 in cents is 0.01", 11, 100, 1000, halfUp, 1},
		{"catala.money-rounding-09", "0.015 in cents is 0.02", 15, 100, 1000, halfUp, 2},
		{"catala.money-rounding-10", "15 in cents is 15.00", 15, 100, 1, halfUp, 1500},
		{"catala.money-rounding-11", "-1.5 is -2", -15, 1, 10, halfUp, -2},
		{"catala.money-rounding-12", "-1.1 is -1", -11, 1, 10, halfUp, -1},
		{"catala.money-rounding-13", "-0.5 is -1", -5, 1, 10, halfUp, -1},
		{"catala.money-rounding-14", "-0.1 is 0", -1, 1, 10, halfUp, 0},
		{"catala.money-rounding-15", "0.0 is 0", 0, 1, 10, halfUp, 0},
		{"catala.money-rounding-16", "0.1 is 0", 1, 1, 10, halfUp, 0},
		{"catala.money-rounding-17", "0.5 is 1", 5, 1, 10, halfUp, 1},
		{"catala.money-rounding-18", "1.1 is 1", 11, 1, 10, halfUp, 1},
		{"catala.money-rounding-19", "1.5 is 2", 15, 1, 10, halfUp, 2},

		{"catala.money-lib-13", "1234.56 to one decimal is 1234.6", 123456, 1, 10, halfUp, 12346},
		{"catala.money-lib-14", "1234.56 to none is 1235", 123456, 1, 100, halfUp, 1235},
		{"catala.money-lib-16", "1234.56 to hundreds is 1200", 123456, 1, 10_000, halfUp, 12},
		{"catala.money-lib-17", "250,000,000.00 × (123.54 ÷ 8,548,650.96 × 0.2%) is 7.23, rounded once", 25_000_000_000, 12354 * 2, 854865096 * 1000, halfUp, 723},
	}
	for _, tt := range tests {
		t.Run(tt.id+" "+tt.words, func(t *testing.T) {
			if got, ok := contracts.MulDiv(tt.a, tt.b, tt.c, tt.by); !ok || got != tt.want {
				t.Errorf("%d·%d÷%d %v = %d %v, want %d", tt.a, tt.b, tt.c, tt.by, got, ok, tt.want)
			}
		})
	}
}

// TestPeersDirectedMoney rounds a list of sums of money to whole units toward +∞ and −∞.
func TestPeersDirectedMoney(t *testing.T) {
	usd, err := contracts.CurrencyOn("USD", "")
	if err != nil {
		t.Fatal(err)
	}
	sums := []string{"0", "3.00", "3.30", "3.50", "3.99", "-3.00", "-3.30", "-3.50", "-3.99"}
	tests := []struct {
		id, words string
		by        func(int64) contracts.Rounding
		want      []int64
	}{
		{"catala.money-lib-10", "toward +∞", ceilingOf, []int64{0, 3, 4, 4, 4, -3, -3, -3, -3}},
		{"catala.money-lib-11", "toward -∞", floorOf, []int64{0, 3, 3, 3, 3, -3, -4, -4, -4}},
	}
	for _, tt := range tests {
		t.Run(tt.id+" "+tt.words, func(t *testing.T) {
			var got []int64
			for _, s := range sums {
				a, _, err := contracts.ParseAmount(s, usd, contracts.NumberStyle{Negative: true})
				if err != nil {
					t.Fatal(err)
				}
				n, ok := contracts.MulDiv(int64(a), 1, 100, tt.by(int64(a)))
				if !ok {
					t.Fatalf("%s does not fit", s)
				}
				got = append(got, n)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("whole units (-want +got):\n%s", diff)
			}
		})
	}
}

// peerDay reads a date that must be right.
func peerDay(t *testing.T, s string) contracts.Date {
	t.Helper()
	d, note, err := contracts.ParseDate(s)
	if err != nil || note != "" {
		t.Fatalf("%s: %s %v", s, note, err)
	}
	return d
}

// TestPeersDates adds months, then days. Ours takes the last day of a month that has no such day, as the peer's round_down does; that
// the day was changed is seen by comparing it, where the peer's abort refuses; the day after is its round_up.
func TestPeersDates(t *testing.T) {
	tests := []struct {
		id, from     string
		months, days int
		want         string // round_down, or the only answer
		roundUp      string // empty where the day exists
	}{
		{"catala.dates-01", "2012-03-31", 1, 0, "2012-04-30", "2012-05-01"},
		{"catala.dates-02", "2012-03-31", 3, 0, "2012-06-30", "2012-07-01"},
		{"catala.dates-03", "2012-01-31", 1, 0, "2012-02-29", "2012-03-01"},
		{"catala.dates-04", "2012-01-31", 3, 0, "2012-04-30", "2012-05-01"},
		{"catala.dates-05", "2013-01-31", 1, 0, "2013-02-28", "2013-03-01"},
		{"catala.dates-06", "2013-01-31", 3, 0, "2013-04-30", "2013-05-01"},
		{"catala.dates-07", "2012-10-31", 4, 0, "2013-02-28", "2013-03-01"},
		{"catala.dates-08", "2012-10-31", 6, 0, "2013-04-30", "2013-05-01"},
		{"catala.dates-09", "2012-10-29", 4, 0, "2013-02-28", "2013-03-01"},
		{"catala.dates-10", "2012-02-29", 12, 0, "2013-02-28", "2013-03-01"},
		{"catala.dates-11", "2012-02-29", 88 * 12, 0, "2100-02-28", "2100-03-01"},
		{"catala.dates-12", "2012-03-20", 0, 10, "2012-03-30", ""},
		{"catala.dates-13", "2012-03-31", 0, 1, "2012-04-01", ""},
		{"catala.dates-14", "2012-02-28", 0, 1, "2012-02-29", ""},
		{"catala.dates-15", "2013-02-28", 0, 1, "2013-03-01", ""},
		{"catala.dates-16", "2012-03-01", 0, 71, "2012-05-11", ""},
		{"catala.dates-17", "2012-11-01", 0, 71, "2013-01-11", ""},
		{"catala.dates-18", "2012-02-15", 2, 0, "2012-04-15", ""},
		{"catala.dates-19", "2012-02-28", 4, 0, "2012-06-28", ""},
		{"catala.dates-20", "2012-03-15", 1, 0, "2012-04-15", ""},
		{"catala.dates-21", "2012-11-15", 3, 0, "2013-02-15", ""},
		{"catala.dates-22", "2012-03-31", 2, 0, "2012-05-31", ""},
		{"catala.dates-23", "2012-01-31", 2, 0, "2012-03-31", ""},
		{"catala.dates-24", "2013-01-31", 2, 0, "2013-03-31", ""},
		{"catala.dates-25", "2012-10-31", 5, 0, "2013-03-31", ""},
		{"catala.dates-26", "2012-01-01", 12, 0, "2013-01-01", ""},
		{"catala.dates-27", "2012-02-28", 48, 0, "2016-02-28", ""},
		{"catala.dates-28", "2012-02-29", 48, 0, "2016-02-29", ""},
		{"catala.dates-29", "2012-03-15", 12, 0, "2013-03-15", ""},
		{"catala.dates-30", "2012-11-15", 36, 0, "2015-11-15", ""},
	}
	for _, tt := range tests {
		t.Run(tt.id, func(t *testing.T) {
			from := peerDay(t, tt.from)
			moved := from.AddMonths(tt.months)
			if got := moved.AddDays(tt.days).String(); got != tt.want {
				t.Errorf("%s and %d months and %d days is %s, want %s", tt.from, tt.months, tt.days, got, tt.want)
			}
			if got, want := moved.Day != from.Day, tt.roundUp != ""; got != want {
				t.Errorf("that the day was changed is %v, want %v", got, want)
			}
			if got := moved.AddDays(1).String(); tt.roundUp != "" && got != tt.roundUp {
				t.Errorf("the day after is %s, want %s", got, tt.roundUp)
			}
		})
	}
}

// TestPeersPeriods splits periods of days. The peer's ends are inclusive, ours are the next midnight.
func TestPeersPeriods(t *testing.T) {
	tests := []struct {
		id, divergence string
		by             contracts.Window
		anchor         contracts.Date
		begin, end     string
		want           [][2]string
	}{
		{"catala.periods-01", "", contracts.CalendarMonth, contracts.Date{Year: 1, Month: 1, Day: 1}, "2020-01-10", "2020-01-20", [][2]string{{"2020-01-10", "2020-01-20"}}},
		{"catala.periods-02", "", contracts.CalendarMonth, contracts.Date{Year: 1, Month: 1, Day: 1}, "2020-01-10", "2019-12-12", nil},
		{"catala.periods-03", "", contracts.CalendarMonth, contracts.Date{Year: 1, Month: 1, Day: 1}, "2020-01-10", "2020-04-17", [][2]string{
			{"2020-01-10", "2020-01-31"}, {"2020-02-01", "2020-02-29"}, {"2020-03-01", "2020-03-31"}, {"2020-04-01", "2020-04-17"}}},
		{"catala.periods-04", "", contracts.CalendarMonth, contracts.Date{Year: 1, Month: 1, Day: 1}, "2020-01-31", "2020-04-17", [][2]string{
			{"2020-01-31", "2020-01-31"}, {"2020-02-01", "2020-02-29"}, {"2020-03-01", "2020-03-31"}, {"2020-04-01", "2020-04-17"}}},
		{"catala.periods-05", "published in one piece, 2020-01-01 to 2020-02-01, against the peer's other rows: the first of a month is of that month",
			contracts.CalendarMonth, contracts.Date{Year: 1, Month: 1, Day: 1}, "2020-01-01", "2020-02-01", [][2]string{{"2020-01-01", "2020-01-31"}, {"2020-02-01", "2020-02-01"}}},
		{"catala.periods-06", "published in one piece, 2020-01-10 to 2020-02-01, against the peer's other rows: the first of a month is of that month",
			contracts.CalendarMonth, contracts.Date{Year: 1, Month: 1, Day: 1}, "2020-01-10", "2020-02-01", [][2]string{{"2020-01-10", "2020-01-31"}, {"2020-02-01", "2020-02-01"}}},
		{"catala.periods-07", "", contracts.CalendarYear, contracts.Date{Year: 1, Month: 11, Day: 1}, "2001-10-10", "2008-04-17", [][2]string{
			{"2001-10-10", "2001-10-31"}, {"2001-11-01", "2002-10-31"}, {"2002-11-01", "2003-10-31"}, {"2003-11-01", "2004-10-31"},
			{"2004-11-01", "2005-10-31"}, {"2005-11-01", "2006-10-31"}, {"2006-11-01", "2007-10-31"}, {"2007-11-01", "2008-04-17"}}},
	}
	for _, tt := range tests {
		t.Run(tt.id, func(t *testing.T) {
			span := contracts.Period{Start: peerDay(t, tt.begin).In(time.UTC), End: peerDay(t, tt.end).AddDays(1).In(time.UTC)}
			var got [][2]string
			for _, w := range tt.by.PeriodsFrom(span, time.UTC, tt.anchor) {
				p, ok := w.Period.Intersect(span)
				if !ok {
					t.Fatalf("the window %s does not touch the period", w.Label)
				}
				got = append(got, [2]string{contracts.DateOf(p.Start, time.UTC).String(), contracts.DateOf(p.End, time.UTC).AddDays(-1).String()})
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("pieces (-want +got), divergence %q:\n%s", tt.divergence, diff)
			}
		})
	}
}

// TestPeersRefusals holds cases to which the peer answers with an error.
func TestPeersRefusals(t *testing.T) {
	at := func(s string) time.Time {
		t, _, err := contracts.ParseTime(s, nil)
		if err != nil {
			panic(err)
		}
		return t
	}
	tests := []struct {
		id, words string
		do        func() error
		want      error
	}{
		{"accord.sla-07", "a service level of -10% is no level", func() error { _, err := contracts.ParseRatio("-10%"); return err }, contracts.ErrNumberForm},
		{"accord.late-delivery-01", "a delivery before the agreed day is no delay", func() error {
			_, err := contracts.NewPeriod(at("2019-01-31T03:24:00Z"), at("2019-01-11T16:34:00-05:00"))
			return err
		}, contracts.ErrInterval},
	}
	for _, tt := range tests {
		t.Run(tt.id+" "+tt.words, func(t *testing.T) {
			if got := tt.do(); !errors.Is(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}
