package sla

import (
	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// Serial counts days from 1899-12-30, as spreadsheets do, so that a day is the same number there and here. 0 is no day.
func Serial(d contracts.Date) int64 {
	if d.IsZero() {
		return 0
	}
	return int64(d.Number()) + serialOf1970
}

const serialOf1970 = 25569

// DateOfSerial is the day of a number that Serial gave.
func DateOfSerial(n int64) contracts.Date {
	if n == 0 {
		return contracts.Date{}
	}
	return contracts.Date{Year: 1970, Month: 1, Day: 1}.AddDays(int(n - serialOf1970))
}

// accrued is the interest of a stretch: base × rate × time ÷ year, rounded once.
func (x *accruing) accrued(s stretch, base, num, den formula.Expr) formula.Expr {
	days := x.column(x.name("days", s), formula.Sub{A: plus(s.end, 1), B: s.start}, Number, "日数"+s.ja, "days"+s.en)
	rounding := x.p.Contract.RoundingOf(&x.c.Provision)
	year := formula.If{Cond: x.chosen("day_count", leapSplit), Then: formula.Const{V: splitDays}, Else: formula.Const{V: yearDays}}
	if x.moves() {
		e := formula.MulDiv{A: base, B: x.overSpans(s), C: product(formula.Const{V: movingDen}, year), Rounding: rounding}
		return formula.If{Cond: x.stands(x.c, ""), Then: e, Else: formula.Const{V: 0}}
	}
	time := x.column(x.name("time", s), x.time(s, days), Quantity, "期間"+s.ja, "time"+s.en)
	per := x.column(x.name("year", s), year, Number, "1年に当たる数"+s.ja, "of a year"+s.en)
	e := formula.MulDiv{A: base, B: product(num, time), C: product(den, per), Rounding: rounding}
	return formula.If{Cond: x.stands(x.c, ""), Then: e, Else: formula.Const{V: 0}}
}

// time is a stretch in parts of a year, by the convention chosen.
func (x *accruing) time(s stretch, days formula.Expr) formula.Expr {
	whole := x.test(x.name("leap_days", s), x.leapDays(s), Number, "満年数に含まれる2月29日の数"+s.ja, "29 Februaries within the whole years"+s.en)
	leap := x.test(x.name("days_of_leap_years", s), x.inLeapYears(s.start, plus(s.end, 1)), Number, "うるう年の日数"+s.ja, "days of leap years"+s.en)
	return formula.If{Cond: x.chosen("day_count", yearsAndDays), Then: formula.Sub{A: days, B: whole},
		Else: formula.If{Cond: x.chosen("day_count", days365), Then: days, Else: splitOf(days, leap)}}
}

// splitOf is days in parts of which both a day of a leap year and another are whole: 365 for each day of a leap year, 366 for others.
func splitOf(days, leap formula.Expr) formula.Expr {
	return formula.Sub{A: product(days, formula.Const{V: 366}), B: leap}
}

// inLeapYears counts the days of leap years from one day up to, but not including, another.
func (x *accruing) inLeapYears(from, until formula.Expr) formula.Expr {
	var of []formula.Expr
	for y := x.first.Year; y <= x.last.Year; y++ {
		if !leapYear(y) {
			continue
		}
		first, after := Serial(contracts.Date{Year: y, Month: 1, Day: 1}), Serial(contracts.Date{Year: y + 1, Month: 1, Day: 1})
		of = append(of, between(from, until, first, after))
	}
	return formula.Sum(of...)
}

// between counts the days of a span that lie from one day up to another.
func between(from, until formula.Expr, first, after int64) formula.Expr {
	return formula.Max{A: formula.Sub{A: formula.Min{A: until, B: formula.Const{V: after}}, B: formula.Max{A: from, B: formula.Const{V: first}}}, B: formula.Const{V: 0}}
}

// leapDays counts each 29 February that lies in the whole years of a stretch: a whole year with one has 366 days and counts as 365. It lies
// in one when the stretch lasts until the same day of the year as its first comes again after it. The days from 29 February to
// that day are one more than those from 1 March to the first day; of a stretch that begins on 29 February the year ends, without such a day,
// with the end of February.
func (x *accruing) leapDays(s stretch) formula.Expr {
	march := formula.Tier{X: s.start}
	for y := x.first.Year - 1; y <= x.last.Year; y++ {
		n := Serial(contracts.Date{Year: y, Month: 3, Day: 1})
		march.Steps = append(march.Steps, formula.Step{AtLeast: n, Value: n})
	}
	since := x.test(x.name("since_march", s), formula.Sub{A: s.start, B: march}, Number, "3月1日からの日数"+s.ja, "days since 1 March"+s.en)
	var of []formula.Expr
	for y := x.first.Year; y <= x.last.Year; y++ {
		if !leapYear(y) {
			continue
		}
		z := Serial(contracts.Date{Year: y, Month: 2, Day: 29})
		of = append(of, formula.If{Cond: formula.And{Of: []formula.Expr{
			formula.Compare{Op: formula.AtMost, A: s.start, B: formula.Const{V: z}},
			formula.Compare{Op: formula.AtMost, A: plus(since, z), B: s.end},
		}}, Then: formula.Const{V: 1}, Else: formula.Const{V: 0}})
	}
	return formula.Sum(of...)
}

func leapYear(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }
