package sla_test

import (
	"errors"
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func day(text string) contracts.Date {
	d, _, err := contracts.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// delayed is a clause of interest between two days.
func delayed(rate contracts.Ratio, from, to string) *contracts.Interest {
	return &contracts.Interest{Provision: prov("interest"), Rate: &rate, From: day(from), To: day(to)}
}

var conventions = []string{"years-and-days", "days-365", "leap-split"}

// TestDayCounts works out the interest of two judgments to the yen. 22,635,000 × 6/100 × 375/365 = 1,395,308.21…, and of the 375 days
// 104 lie in the leap year 2000: 104/366 + 271/365 years make 1,394,250.0…; 22,623,697 × 6/100 × (2 + 101/365), × 832/365, and with 366 days of
// 2012 over 366 × (466/365 + 1).
func TestDayCounts(t *testing.T) {
	back := claimant("c", 7_365_000)
	back.Paid = 30_000_000
	tests := []struct {
		name     string
		from, to string
		customer sla.Customer
		want     [3]contracts.Amount
	}{
		{"owed back, 375 days from 2000-09-19", "2000-09-19", "2001-09-28", back, [3]contracts.Amount{-22_635_000 - 1_395_308, -22_635_000 - 1_395_308, -22_635_000 - 1_394_250}},
		{"owed, 832 days from 2011-10-15", "2011-10-15", "2014-01-23", claimant("c", 22_623_697), [3]contracts.Amount{22_623_697 + 3_090_458, 22_623_697 + 3_094_177, 22_623_697 + 3_090_458}},
		{"one day of a leap year", "2012-06-30", "2012-06-30", claimant("c", 365*366*100), [3]contracts.Amount{365*366*100 + 366*6, 365*366*100 + 366*6, 365*366*100 + 365*6}},
		{"one day of another year", "2013-06-30", "2013-06-30", claimant("c", 365*366*100), [3]contracts.Amount{365*366*100 + 366*6, 365*366*100 + 366*6, 365*366*100 + 366*6}},
		{"a year with 29 February", "2011-03-01", "2012-02-29", claimant("c", 365*366*100), [3]contracts.Amount{365*366*100 + 365*366*6, 365*366*100 + 366*366*6, 365*366*100 + (306*366+60*365)*6}},
	}
	for _, tt := range tests {
		for i, convention := range conventions {
			trial{name: tt.name + ", " + convention, clauses: []contracts.Clause{delayed(ratio(6, 100), tt.from, tt.to)}, findings: []sla.Finding{found("day_count.interest", convention)},
				customers: []sla.Customer{tt.customer}, want: amounts(tt.want[i])}.check(t)
		}
	}
}

// TestYearsThatBeginOn29February: a year from 29 February 2012 ends on 28 February 2013, four years end on 28 February 2016. A day less and a
// day more of each. The principal earns 366 yen a day of 365 and 133,590 a year.
func TestYearsThatBeginOn29February(t *testing.T) {
	const principal, a, y = 2_226_500, 366, 133_590
	tests := []struct {
		to   string
		want contracts.Amount
	}{
		{"2012-02-29", a}, {"2013-02-27", 365 * a}, {"2013-02-28", y}, {"2013-03-01", y + a},
		{"2016-02-27", 3*y + 364*a}, {"2016-02-28", 4 * y}, {"2016-02-29", 4*y + a}, {"2017-02-28", 5 * y},
	}
	for _, tt := range tests {
		trial{name: tt.to, clauses: []contracts.Clause{delayed(ratio(6, 100), "2012-02-29", tt.to)}, findings: []sla.Finding{found("day_count.interest", "years-and-days")},
			customers: []sla.Customer{claimant("c", principal)}, want: amounts(principal + tt.want)}.check(t)
	}
}

// TestLegalRateStays: delay that began on the last day of March 2020 bears 5% to its end, delay from the first of April on 3%. Debts
// of merchants bore 6% until then. A principal of 36,500,000 earns 5,000, 3,000 or 6,000 a day.
func TestLegalRateStays(t *testing.T) {
	legal := func(from, to string, commercial bool) []contracts.Clause {
		return []contracts.Clause{&contracts.Interest{Provision: prov("interest"), From: day(from), To: day(to), Commercial: &commercial, DayCount: contracts.Days365}}
	}
	tests := []struct {
		name, from, to string
		commercial     bool
		want           contracts.Amount
	}{
		{"a day before the reform", "2020-03-31", "2020-04-10", false, 11 * 5000},
		{"on the day of the reform", "2020-04-01", "2020-04-10", false, 10 * 3000},
		{"a day after", "2020-04-02", "2020-04-10", false, 9 * 3000},
		{"merchants, a day before the reform", "2020-03-31", "2020-04-10", true, 11 * 6000},
		{"merchants, on the day of the reform", "2020-04-01", "2020-04-10", true, 10 * 3000},
		{"the last day of the second period", "2023-03-31", "2023-04-01", false, 2 * 3000},
		{"the last day announced", "2029-03-31", "2029-04-02", false, 3 * 3000},
	}
	for _, tt := range tests {
		trial{name: tt.name, law: "jp", clauses: legal(tt.from, tt.to, tt.commercial), customers: []sla.Customer{claimant("c", 36_500_000)}, want: amounts(36_500_000 + tt.want)}.check(t)
	}
}

// TestFirstDayOfInterest: the day after the demand, the day of the demand, or the day of the loss, by the ground. 36,500,000 at 10% earn 10,000 a day.
func TestFirstDayOfInterest(t *testing.T) {
	asked := claimant("c", 36_500_000)
	asked.DemandedOn = day("2012-06-25")
	silent := claimant("c", 36_500_000)
	both := []sla.Customer{asked, silent}
	tenth := ratio(1, 10)
	clause := func(g contracts.Ground, demanded string) []contracts.Clause {
		c := &contracts.Interest{Provision: prov("interest"), Rate: &tenth, Ground: g, To: day("2012-06-30"), DayCount: contracts.Days365}
		if demanded != "" {
			c.Demanded = day(demanded)
		}
		return []contracts.Clause{c}
	}
	shape := sla.Shape{Demanded: true}
	p := contracts.Amount(36_500_000)
	firstOut := []sla.Finding{found("ends.interest", "first-out")}
	for _, tt := range []trial{
		{name: "contract: the day after each demand, nothing without one", clauses: clause(contracts.OnContract, ""), shape: shape, customers: both, want: amounts(p+50_000, p)},
		{name: "demand: the day itself", clauses: clause(contracts.OnDemand, ""), shape: shape, customers: both, want: amounts(p+60_000, p)},
		{name: "tort: the day of the loss, 20 June", clauses: clause(contracts.OnTort, ""), shape: shape, customers: both, want: amounts(p+110_000, p+110_000)},
		{name: "a complaint served on all", clauses: clause(contracts.OnContract, "2012-06-28"), customers: both, want: amounts(p+20_000, p+20_000)},
		{name: "the first day left out", clauses: clause(contracts.OnTort, ""), findings: firstOut, customers: both, want: amounts(p+100_000, p+100_000)},
		{name: "demanded on the last day", clauses: clause(contracts.OnContract, "2012-06-29"), findings: firstOut, customers: both, want: amounts(p, p)},
	} {
		tt.check(t)
	}
}

// TestPaymentsStopInterest: 1,000,000 at 7.3% earn 200 a day. 30 days make 6,000; 106,000 paid on the thirtieth day leave 900,000 when the
// interest goes first, which earn 180 a day for 20 days; then 500,000 are paid, and 10 days follow at 82.3 or so.
func TestPaymentsStopInterest(t *testing.T) {
	c := claimant("c", 1_000_000)
	c.Paid, c.PaidOn = 106_000, day("2012-07-29") // 30 June is the first day, so that this is the thirtieth
	c.Payments = []sla.Payment{{Amount: 500_000, On: day("2012-08-18")}}
	clause := []contracts.Clause{delayed(ratio(73, 1000), "2012-06-30", "2012-08-28")}
	shape := sla.Shape{PaidOn: true, FurtherPayments: 1}
	// interest first: 6,000 of 106,000; 900,000 × 20 days = 3,600 of 500,000; 403,600 × 10 days × 73/1000/365 = 807.2
	interestFirst := contracts.Amount(1_000_000 + 6000 + 3600 + 807 - 606_000)
	// principal first: 894,000 × 20 days = 3,576; 394,000 × 10 days = 788
	principalFirst := contracts.Amount(1_000_000 + 6000 + 3576 + 788 - 606_000)
	over := claimant("c", 1_000_000)
	over.Paid, over.PaidOn = 2_006_000, day("2012-07-29")
	// 6,000 go to interest, 1,000,000 too much are owed back and earn 200 a day for 30 days
	undated := claimant("c", 1_100_000)
	undated.Paid = 100_000
	undated.Payments = []sla.Payment{{Amount: 106_000, On: day("2012-07-29")}}
	late := claimant("c", 1_000_000)
	late.Paid, late.PaidOn = 500_000, day("2012-09-30") // after the last day: taken off, and nothing stops
	early := claimant("c", 1_000_000)
	early.Paid, early.PaidOn = 500_000, day("2012-06-29") // before the first
	for _, tt := range []trial{
		{name: "to interest first", findings: []sla.Finding{found("appropriation.interest", "interest-first")}, customers: []sla.Customer{c}, want: amounts(interestFirst)},
		{name: "to principal first", findings: []sla.Finding{found("appropriation.interest", "principal-first")}, customers: []sla.Customer{c}, want: amounts(principalFirst)},
		{name: "too much was paid", customers: []sla.Customer{over}, want: amounts(-1_000_000 - 6000)},
		{name: "too much was paid, and what is owed back bears nothing", findings: []sla.Finding{found("owed_back.interest", "no-interest")}, customers: []sla.Customer{over}, want: amounts(-1_000_000)},
		{name: "a payment without a day came before the delay", customers: []sla.Customer{undated}, want: amounts(900_000 + 180*30)},
		{name: "a payment after the last day", customers: []sla.Customer{late}, want: amounts(500_000 + 200*60)},
		{name: "a payment before the first day", customers: []sla.Customer{early}, want: amounts(500_000 + 100*60)},
	} {
		tt.clauses, tt.shape = clause, shape
		tt.check(t)
	}
}

// ledger reckons interest day by day in whole fractions: an account beside the program. Each day is a fraction of a year by the convention; whole years
// are walked from the first day of a stretch to the same day of later years.
func reckon(principal int64, rate contracts.Ratio, from, to contracts.Date, convention string) int64 {
	t := func(d contracts.Date) time.Time {
		return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
	}
	years := new(big.Rat)
	start, end := t(from), t(to).AddDate(0, 0, 1)
	if convention == "years-and-days" {
		for n := 1; ; n++ {
			next := start.AddDate(n, 0, 0) // of 29 February, in a year without one, 1 March: the year ends with February
			if next.After(end) {
				start = start.AddDate(n-1, 0, 0)
				break
			}
			years.Add(years, big.NewRat(1, 1))
		}
	}
	for d := start; d.Before(end); d = d.AddDate(0, 0, 1) {
		of := int64(365)
		if convention == "leap-split" {
			of = int64(time.Date(d.Year(), 12, 31, 0, 0, 0, 0, time.UTC).YearDay())
		}
		years.Add(years, big.NewRat(1, of))
	}
	years.Mul(years, big.NewRat(principal, 1)).Mul(years, big.NewRat(rate.Num(), rate.Den()))
	return new(big.Int).Quo(years.Num(), years.Denom()).Int64()
}

// TestInterestIsThatOfADayByDayReckoning draws principals, rates, days and conventions.
func TestInterestIsThatOfADayByDayReckoning(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		principal := rapid.Int64Range(-1_000_000_000_000, 1_000_000_000_000).Draw(rt, "principal")
		rate := ratio(rapid.Int64Range(1, 999).Draw(rt, "rate"), rapid.SampledFrom([]int64{1000, 999, 10_000, 3650}).Draw(rt, "den"))
		first := day("2000-01-01").AddDays(rapid.IntRange(0, 9000).Draw(rt, "from"))
		if rapid.IntRange(0, 9).Draw(rt, "leap") == 0 {
			first = contracts.Date{Year: 4 * rapid.IntRange(500, 506).Draw(rt, "year"), Month: 2, Day: 29}
		}
		last := first.AddDays(rapid.IntRange(0, 5000).Draw(rt, "days"))
		convention := rapid.SampledFrom(conventions).Draw(rt, "convention")
		clause := delayed(rate, first.String(), last.String())
		c := claimant("c", contracts.Amount(max(principal, 0)))
		c.Paid = contracts.Amount(max(-principal, 0))
		tt := trial{clauses: []contracts.Clause{clause}, findings: []sla.Finding{found("day_count.interest", convention)}, customers: []sla.Customer{c}}
		got := owedIn(rt, tt.run(t), c)
		if want := contracts.Amount(principal + reckon(principal, rate, first, last, convention)); got != want {
			rt.Fatalf("%d at %s from %s to %s, %s: got %d, want %d", principal, rate, first, last, convention, got, want)
		}
	})
}

// owedIn is what the one customer is owed.
func owedIn(t interface{ Fatal(...any) }, run *sla.Run, c sla.Customer) contracts.Amount {
	for row, err := range run.Assess(func(yield func(sla.Customer, error) bool) { yield(c, nil) }).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		return row.Payable()
	}
	return 0
}

// TestPaymentsAreThoseOfADayByDayReckoning draws up to three payments and keeps the account beside the program.
func TestPaymentsAreThoseOfADayByDayReckoning(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		rate := ratio(rapid.Int64Range(1, 200).Draw(rt, "rate"), 1000)
		first := day("2015-01-01").AddDays(rapid.IntRange(0, 2000).Draw(rt, "from"))
		last := first.AddDays(rapid.IntRange(0, 2000).Draw(rt, "days"))
		convention := rapid.SampledFrom(conventions).Draw(rt, "convention")
		interestFirst := rapid.Bool().Draw(rt, "interest first")
		c := claimant("c", contracts.Amount(rapid.Int64Range(0, 1_000_000_000).Draw(rt, "principal")))
		principal, unpaid, accrued, paid := int64(c.Claims[0].Claimed), int64(0), int64(0), int64(0)
		start, on := first, first.AddDays(-5)
		run := func(end contracts.Date) {
			if end.Cmp(start) < 0 {
				return
			}
			sum := reckon(principal, rate, start, end, convention)
			accrued, unpaid, start = accrued+sum, unpaid+sum, end.AddDays(1)
		}
		for i := range rapid.IntRange(1, 3).Draw(rt, "payments") {
			on = on.AddDays(rapid.IntRange(0, 900).Draw(rt, "later"))
			p := rapid.Int64Range(0, 500_000_000).Draw(rt, "paid")
			if i == 0 {
				c.Paid, c.PaidOn = contracts.Amount(p), on
			} else {
				c.Payments = append(c.Payments, sla.Payment{Amount: contracts.Amount(p), On: on})
			}
			end := on
			if last.Cmp(end) < 0 {
				end = last
			}
			run(end)
			toInterest := max(min(p, unpaid), 0)
			if !interestFirst {
				toInterest = max(min(p-min(p, max(principal, 0)), unpaid), 0)
			}
			unpaid, principal, paid = unpaid-toInterest, principal-(p-toInterest), paid+p
		}
		run(last)
		tt := trial{clauses: []contracts.Clause{delayed(rate, first.String(), last.String())}, shape: sla.Shape{PaidOn: true, FurtherPayments: 2},
			findings: []sla.Finding{found("day_count.interest", convention), found("appropriation.interest", map[bool]string{true: "interest-first", false: "principal-first"}[interestFirst])}}
		want := c.Claims[0].Claimed + contracts.Amount(accrued-paid)
		if got := owedIn(rt, tt.run(t), c); got != want {
			rt.Fatalf("got %d, want %d", got, want)
		}
		if left := contracts.Amount(principal + unpaid); left != want {
			rt.Fatalf("the account itself: %d left, %d owed", left, want)
		}
	})
}

// TestInterestIsTold lists the stretches of a row.
func TestInterestIsTold(t *testing.T) {
	c := claimant("c", 1_000_000)
	c.Paid, c.PaidOn = 106_000, day("2012-07-29")
	tt := trial{clauses: []contracts.Clause{delayed(ratio(73, 1000), "2012-06-30", "2012-08-28")}, shape: sla.Shape{PaidOn: true}}
	for row, err := range tt.run(t).Assess(func(yield func(sla.Customer, error) bool) { yield(c, nil) }).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		want := []sla.Interest{
			{Principal: 1_000_000, From: day("2012-06-30"), To: day("2012-07-29"), Days: 30, Rate: ratio(73, 1000), Amount: 6000},
			{Principal: 900_000, From: day("2012-07-30"), To: day("2012-08-28"), Days: 30, Rate: ratio(73, 1000), Amount: 5400},
		}
		if diff := cmp.Diff(want, row.Interest(), cmp.Comparer(func(a, b contracts.Ratio) bool { return a == b })); diff != "" {
			t.Errorf("stretches (-want +got):\n%s", diff)
		}
	}
}

// TestInterestThatCannotBeWorkedOut: what is missing is named.
func TestInterestThatCannotBeWorkedOut(t *testing.T) {
	rate := ratio(6, 100)
	tests := []struct {
		name   string
		law    string
		clause contracts.Interest
		field  string
	}{
		{"no last day", "", contracts.Interest{Rate: &rate, From: day("2012-07-01")}, "interest.to"},
		{"no demand", "", contracts.Interest{Rate: &rate, To: day("2012-08-01")}, "interest.ground"},
		{"no rate and no law", "", contracts.Interest{From: day("2012-07-01"), To: day("2012-08-01")}, "interest.rate"},
		{"no rate announced", "jp", contracts.Interest{From: day("2029-04-01"), To: day("2029-05-01")}, "interest.rate"},
		{"whole years at a rate that moves", "de", contracts.Interest{From: day("2023-07-01"), To: day("2024-08-01"), DayCount: contracts.YearsAndDays}, "interest.day_count"},
		{"more years than can be told apart", "", contracts.Interest{Rate: &rate, From: day("1940-01-01"), To: day("2012-08-01")}, "interest.to"},
	}
	for _, tt := range tests {
		tt.clause.Provision = prov("interest")
		x := trial{law: tt.law, clauses: []contracts.Clause{&tt.clause}}
		_, err := sla.Compile(x.contract(t), x.incident(), sla.Shape{Lines: everyLine(x.incident())})
		if got := fmt.Sprint(err); err == nil || !hasField(err, tt.field) {
			t.Errorf("%s: got %s, want a problem of %s", tt.name, got, tt.field)
		}
	}
}

func hasField(err error, field string) bool {
	ps, _ := err.(contracts.Problems)
	for _, p := range ps {
		if p.Field == field {
			return true
		}
	}
	return false
}

// TestRateThatMoves: § 288 BGB follows the base rate while delay lasts: 9.12% until 2024-06-30 less 3.12% to 8.12 before 2024, 8.62% in the first
// half of 2024, 8.37% in the second. 3,650,000 earn 100 a day for each per cent: 2 days at 8.12, 182 at 8.62, 3 at 8.37; and 4 points more
// between businesses. Over 366 the days of 2024 earn less.
func TestRateThatMoves(t *testing.T) {
	clause := func(commercial bool) []contracts.Clause {
		return []contracts.Clause{&contracts.Interest{Provision: prov("interest"), From: day("2023-12-30"), To: day("2024-07-03"), Commercial: &commercial}}
	}
	const p = 3_650_000
	leap := []sla.Finding{found("day_count.interest", "leap-split")}
	for _, tt := range []trial{
		{name: "consumers", clauses: clause(false), want: amounts(p + (2*812 + 182*862 + 3*837))},
		{name: "businesses", clauses: clause(true), want: amounts(p + (2*1212 + 182*1262 + 3*1237))},
		{name: "over 366", clauses: clause(false), findings: leap, want: amounts(p + 2*812 + (182*862+3*837)*365/366)},
		{name: "which of the two is open", clauses: []contracts.Clause{&contracts.Interest{Provision: prov("interest"), From: day("2023-12-30"), To: day("2024-07-03")}}, want: amounts(p + (2*812 + 182*862 + 3*837))},
	} {
		tt.law, tt.customers = "de", []sla.Customer{claimant("c", p)}
		tt.check(t)
	}
}

// TestFractionsOfInterest: 1,825 yen at 10% earn half a yen a day. Paid in cash half a yen is one (通貨法3条1項), a court drops it.
func TestFractionsOfInterest(t *testing.T) {
	for _, tt := range []struct {
		r         contracts.Rounding
		principal contracts.Amount
		want      contracts.Amount
	}{
		{contracts.RoundHalfUp, 1824, 1824}, {contracts.RoundHalfUp, 1825, 1826}, {contracts.RoundHalfUp, 1826, 1827},
		{contracts.RoundDown, 1825, 1825}, {contracts.RoundDown, 3649, 3649}, {contracts.RoundDown, 3650, 3651},
	} {
		clause := delayed(tenth, "2013-06-30", "2013-06-30")
		clause.Rounding = tt.r
		trial{name: fmt.Sprint(tt.r, tt.principal), clauses: []contracts.Clause{clause}, customers: []sla.Customer{claimant("c", tt.principal)}, want: amounts(tt.want)}.check(t)
	}
}

// TestPaymentsBeyondTheShape are refused and not dropped.
func TestPaymentsBeyondTheShape(t *testing.T) {
	c := claimant("c", 1000)
	c.Payments = []sla.Payment{{Amount: 1}}
	for _, err := range (trial{}).run(t).Assess(each(c)).Rows() {
		if !errors.Is(err, sla.ErrUnknownPayment) {
			t.Errorf("got %v", err)
		}
	}
	tt := trial{name: "with the shape they are taken off", shape: sla.Shape{FurtherPayments: 1}, customers: []sla.Customer{c}, want: amounts(999)}
	tt.check(t)
}

// TestTortWithSeveralDays: each customer's interest runs from the first day on which it lost something. 36,500,000 at 10% earn 10,000 a day.
func TestTortWithSeveralDays(t *testing.T) {
	events := []sla.Event{deletion(), happening("outage", "outage", "2012-06-25 08:00", 1)}
	late := func(id string, first, second contracts.Amount) sla.Customer {
		return sla.Customer{ID: id, Claims: []sla.Claim{loss("repair", "deletion", first), loss("repair", "outage", second)}}
	}
	const p = 36_500_000
	trial{name: "from 20 and from 25 to 30 June", events: events,
		clauses:   []contracts.Clause{&contracts.Interest{Provision: prov("interest"), Ground: contracts.OnTort, Rate: &tenth, To: day("2012-06-30"), DayCount: contracts.Days365}},
		customers: []sla.Customer{late("first", p, 0), late("second", 0, p), late("both", p-1000, 1000), late("none", 0, 0)},
		want:      amounts(p+110_000, p+60_000, p+110_000, 0)}.check(t)
}
