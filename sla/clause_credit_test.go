package sla_test

import (
	"testing"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

// promised is a commitment for each calendar month and a credit on it.
func promised(change func(*contracts.Availability, *contracts.Credit), tiers ...contracts.Tier) []contracts.Clause {
	a := &contracts.Availability{Provision: prov("up"), Target: ratio(999, 1000)}
	c := &contracts.Credit{Provision: prov("credit"), Of: "up", Tiers: tiers}
	if change != nil {
		change(a, c)
	}
	return []contracts.Clause{a, c}
}

func below(bound, rate contracts.Ratio) contracts.Tier {
	return contracts.Tier{Bound: bound, Rate: rate}
}
func atOrBelow(bound, rate contracts.Ratio) contracts.Tier {
	return contracts.Tier{Bound: bound, Inclusive: true, Rate: rate}
}

// anyDowntime is a tier that pays a tenth for the least downtime.
var anyDowntime = below(contracts.One, ratio(1, 10))

// lasting is an outage in June 2026, which has 43,200 minutes, of so many milliseconds.
func lasting(ms int64) []sla.Event {
	e := happening("down", "outage", "2026-06-10 00:00", 1)
	p := &e.Phases[0].Period
	p.End = p.Start.Add(time.Duration(ms) * time.Millisecond)
	return []sla.Event{e}
}

// noLines is a shape in which nobody claims a loss.
func noLines() sla.Shape { return sla.Shape{Lines: []sla.Line{}} }

func payer(fee contracts.Amount) []sla.Customer {
	return []sla.Customer{{ID: "c", MonthlyFee: fee}}
}

const minute = 60_000

// June 2026 has 2,592,000,000 ms. Of 99.9 % a thousandth may be lost, 2,592,000 ms (43 min 12 s); of 99 % a hundredth,
// 25,920,000 ms (432 min); of 6/7 a seventh, 370,285,714 and 2/7 ms, which no downtime is exactly.
func TestCreditTiersAtTheirBounds(t *testing.T) {
	tenth, quarter := ratio(1, 10), ratio(1, 4)
	two := []contracts.Tier{below(ratio(999, 1000), tenth), atOrBelow(ratio(99, 100), quarter)}
	seventh := func(t contracts.Tier) []contracts.Tier { return []contracts.Tier{t} }
	tests := []struct {
		name  string
		tiers []contracts.Tier
		down  int64
		want  contracts.Amount
	}{
		{"the least downtime keeps 99.9 %", two, 1, 0},
		{"1 ms less than 43 min 12 s keeps more than 99.9 %", two, 2_591_999, 0},
		{"43 min 12 s is 99.9 % exactly, not below", two, 2_592_000, 0},
		{"1 ms more is below 99.9 %", two, 2_592_001, 1000},
		{"1 ms less than 432 min keeps more than 99 %", two, 25_919_999, 1000},
		{"432 min is 99 % exactly, which earns an inclusive tier", two, 25_920_000, 2500},
		{"1 ms more earns it as well", two, 25_920_001, 2500},
		{"twenty days down earn the last tier and no more", two, 20 * 24 * 60 * minute, 2500},
		{"just above six sevenths, below does not hold", seventh(below(ratio(6, 7), tenth)), 370_285_714, 0},
		{"just under six sevenths, below holds", seventh(below(ratio(6, 7), tenth)), 370_285_715, 1000},
		{"just above six sevenths, at or below does not hold", seventh(atOrBelow(ratio(6, 7), tenth)), 370_285_714, 0},
		{"just under six sevenths, at or below holds", seventh(atOrBelow(ratio(6, 7), tenth)), 370_285_715, 1000},
	}
	for _, tt := range tests {
		trial{name: tt.name, clauses: promised(nil, tt.tiers...), events: lasting(tt.down), shape: noLines(), customers: payer(10_000), want: amounts(tt.want)}.check(t)
	}
}

// TestCreditOfARealLadder: XSERVER BUSINESS pays 10 % of 4,180 yen below 99.99 % and 15 % below 99.90 %. Of June's 43,200
// minutes 4 min 19.2 s may be lost at 99.99 %, 43 min 12 s at 99.90 %. 10 % is 418, 15 % is 627.
func TestCreditOfARealLadder(t *testing.T) {
	tiers := []contracts.Tier{below(ratio(9999, 10000), ratio(1, 10)), below(ratio(999, 1000), ratio(15, 100))}
	for _, tt := range []struct {
		name string
		down int64
		want contracts.Amount
	}{
		{"4 minutes are still 99.99 %", 4 * minute, 0}, {"5 minutes pay a tenth", 5 * minute, 418}, {"30 minutes pay a tenth", 30 * minute, 418},
		{"43 minutes pay a tenth", 43 * minute, 418}, {"44 minutes pay 15 %", 44 * minute, 627},
	} {
		trial{name: tt.name, clauses: promised(nil, tiers...), events: lasting(tt.down), shape: noLines(), customers: payer(4180), want: amounts(tt.want)}.check(t)
	}
}

// TestOutageOverAMonthsEnd is down from 23:50 on 31 May to 00:20 on 1 June in Tokyo: 10 minutes of May's 44,640, 20 of June's
// 43,200. Each month is held against the promise alone; in UTC it is still 31 May, and the 30 minutes are May's.
func TestOutageOverAMonthsEnd(t *testing.T) {
	over := []sla.Event{happening("down", "outage", "2026-05-31 14:50", 30)}
	tests := []struct {
		name  string
		zone  string
		bound contracts.Ratio // and what may be lost of May and June
		want  contracts.Amount
	}{
		{"99.98 % (8.928 and 8.64 min): both months pay", "Asia/Tokyo", ratio(9998, 10000), 200},
		{"99.96 % (17.856 and 17.28 min): June pays, May does not", "Asia/Tokyo", ratio(9996, 10000), 100},
		{"99.95 % (22.32 and 21.6 min): neither pays", "Asia/Tokyo", ratio(9995, 10000), 0},
		{"99.95 % in UTC, all 30 min in May: May pays", "UTC", ratio(9995, 10000), 100},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tr := trial{clauses: promised(nil, below(tt.bound, ratio(1, 10))), events: over}
			c := tr.contract(t)
			c.Zone = tt.zone
			run := mustRun(t, c, tr.incident(), sla.Shape{})
			if diff := cmp.Diff(amounts(tt.want), payables(t, run, payer(1000))); diff != "" {
				t.Errorf("payables (-want +got):\n%s", diff)
			}
			var sum int64
			for _, m := range run.Program.Downtime {
				sum += m.Counted.Millis()
			}
			if sum != 30*minute {
				t.Errorf("the months have %d ms of downtime, want all 30 minutes", sum)
			}
		})
	}
}

// underMaintenance is maintenance from 01:00 to 03:00 and an outage from 02:00 to 04:00, on 10 June.
func underMaintenance() []sla.Event {
	m := happening("works", "maintenance", "2026-06-10 01:00", 120)
	m.Phases[0].Impact, m.Phases[0].Cause = sla.NoImpact, "maintenance"
	return []sla.Event{m, happening("down", "outage", "2026-06-10 02:00", 120)}
}

// TestMaintenanceOverPartOfAnOutage: 60 of the 120 minutes are outside the maintenance. Of June 43.2 minutes may be lost at
// 99.9 %, 64.8 at 99.85 %, 129.6 at 99.7 %.
func TestMaintenanceOverPartOfAnOutage(t *testing.T) {
	excluding := func(bound contracts.Ratio, x ...contracts.Clause) []contracts.Clause {
		return append(promised(nil, below(bound, ratio(1, 10))), x...)
	}
	planned := &contracts.DowntimeExclusion{Provision: prov("planned"), Causes: []string{"maintenance"}}
	other := &contracts.DowntimeExclusion{Provision: prov("other"), Causes: []string{"force-majeure"}}
	elsewhere := &contracts.DowntimeExclusion{Provision: prov("elsewhere"), Causes: []string{"maintenance"}, Of: []string{"second"}}
	second := &contracts.Availability{Provision: prov("second"), Target: ratio(9, 10)}
	on := func(name string, clauses []contracts.Clause, want contracts.Amount, findings ...sla.Finding) trial {
		return trial{name: name, clauses: clauses, events: underMaintenance(), shape: noLines(), customers: payer(1000), findings: findings, want: amounts(want)}
	}
	checkAll(t, []trial{
		on("the hour outside the maintenance counts", excluding(ratio(999, 1000), planned), 100),
		on("the hour inside does not", excluding(ratio(9985, 10000), planned), 0),
		on("without such a clause both count", excluding(ratio(9985, 10000)), 100),
		on("the clause set aside, both count", excluding(ratio(9985, 10000), planned), 100, found("clause.planned", "set-aside")),
		on("two hours are not 129.6 minutes", excluding(ratio(997, 1000)), 0),
		on("another cause excludes nothing", excluding(ratio(9985, 10000), other), 100),
		on("an exclusion of another commitment excludes nothing", excluding(ratio(9985, 10000), second, elsewhere), 100),
		on("two exclusions take out what either does", excluding(ratio(9985, 10000), planned, other), 0),
	})
	run := on("", excluding(ratio(999, 1000), planned), 0).run(t)
	for _, m := range run.Program.Downtime {
		if len(m.Excluding) == 1 && (m.Counted.Millis() != 60*minute || m.Excluding[0] != "planned" || m.Raw.Millis() != 120*minute) {
			t.Errorf("excluding %v: counted %d of %d ms", m.Excluding, m.Counted.Millis(), m.Raw.Millis())
		}
	}
}

// TestMinimumInterruption: less than five minutes on end are no downtime.
func TestMinimumInterruption(t *testing.T) {
	five := promised(func(a *contracts.Availability, _ *contracts.Credit) { a.Minimum = 5 * minute }, anyDowntime)
	planned := append(promised(func(a *contracts.Availability, _ *contracts.Credit) { a.Minimum = 5 * minute }, anyDowntime),
		&contracts.DowntimeExclusion{Provision: prov("planned"), Causes: []string{"maintenance"}})
	works := happening("works", "maintenance", "2026-06-10 00:04", 1)
	works.Phases[0].Impact, works.Phases[0].Cause = sla.NoImpact, "maintenance"
	on := func(name string, clauses []contracts.Clause, want contracts.Amount, events ...sla.Event) trial {
		return trial{name: name, clauses: clauses, events: events, shape: noLines(), customers: payer(1000), want: amounts(want)}
	}
	checkAll(t, []trial{
		on("1 ms short of five minutes is none", five, 0, lasting(5*minute-1)...),
		on("five minutes are downtime", five, 100, lasting(5*minute)...),
		on("1 ms more is downtime", five, 100, lasting(5*minute+1)...),
		on("three minutes and three that follow are six", five, 100, happening("a", "outage", "2026-06-10 00:00", 3), happening("b", "outage", "2026-06-10 00:03", 3)),
		on("three minutes, a minute up, three minutes are none", five, 0, happening("a", "outage", "2026-06-10 00:00", 3), happening("b", "outage", "2026-06-10 00:04", 3)),
		on("six minutes over a month's end are downtime in both months", five, 200, happening("a", "outage", "2026-05-31 14:57", 6)),
		on("four minutes before planned works and four after are none", planned, 0, happening("a", "outage", "2026-06-10 00:00", 9), works),
		on("four minutes before and five after: the five count", planned, 100, happening("a", "outage", "2026-06-10 00:00", 10), works),
	})
}

// TestClocks: the notice says 30 minutes, the monitor 60. Of June 43.2 minutes may be lost at 99.9 %.
func TestClocks(t *testing.T) {
	e := happening("down", "outage", "2026-06-10 00:00", 30)
	e.Phases[0].Clock = "notice"
	e.Phases[0].Clocks = []sla.Clock{{Source: "monitor", Period: period("2026-06-10 00:00", 60)}}
	on := func(name string, want contracts.Amount, findings ...sla.Finding) trial {
		return trial{name: name, clauses: promised(nil, below(ratio(999, 1000), ratio(1, 10))), events: []sla.Event{e}, shape: noLines(), customers: payer(1000), findings: findings, want: amounts(want)}
	}
	checkAll(t, []trial{
		on("the record's own clock counts where nobody found which", 0),
		on("the notice's clock", 0, found("clock", "notice")),
		on("the monitor's clock", 100, found("clock", "monitor")),
	})
	run := on("", 0, found("clock", "open")).run(t)
	for row, err := range run.Assess(each(payer(1000)...)).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		want := []sla.Reading{{Values: []sla.Decided{{Parameter: "clock", Option: "notice"}}}, {Values: []sla.Decided{{Parameter: "clock", Option: "monitor"}}, Payable: 100}}
		if diff := cmp.Diff(want, row.Readings()); diff != "" || row.Outcome() != sla.NeedsJudgement {
			t.Errorf("an open clock is %s (-want +got):\n%s", row.Outcome(), diff)
		}
	}
}

// TestServices: the web was down for an hour, mail slow for an hour and a day, the console not touched.
func TestServices(t *testing.T) {
	web := happening("web-down", "outage", "2026-06-10 00:00", 60)
	web.Phases[0].Services = []string{"web"}
	mail := happening("mail-slow", "degraded", "2026-06-10 00:00", 25*60)
	mail.Phases[0].Services, mail.Phases[0].Impact = []string{"mail"}, sla.Degraded
	services := []sla.Named{{ID: "web", Title: text("web")}, {ID: "mail", Title: text("mail")}, {ID: "console", Title: text("console")}}
	of := []sla.Customer{{ID: "a", Service: "web", MonthlyFee: 1000}, {ID: "b", Service: "mail", MonthlyFee: 1000}, {ID: "c", Service: "console", MonthlyFee: 1000}}
	on := func(name string, change func(*contracts.Availability, *contracts.Credit), want ...contracts.Amount) trial {
		return trial{name: name, clauses: promised(change, anyDowntime), events: []sla.Event{web, mail}, services: services, shape: noLines(), customers: of, want: want}
	}
	all := happening("all-down", "outage", "2026-06-11 00:00", 1)
	everywhere := on("a phase that names no service touches all", nil, 100, 100, 100)
	everywhere.events = append(everywhere.events, all)
	checkAll(t, []trial{
		on("each service has its own downtime, and slow is not down", nil, 100, 0, 0),
		on("slow is down where the clause says so", func(a *contracts.Availability, _ *contracts.Credit) { a.Degraded = true }, 100, 100, 0),
		on("a commitment for mail alone", func(a *contracts.Availability, _ *contracts.Credit) { a.Degraded, a.Services = true, []string{"mail"} }, 0, 100, 0),
		everywhere,
	})
}

// TestWindows: an hour down on 10 June 2026. A month has 43,200 minutes, the quarter 131,040 (91 days), the year 525,600; the
// incident is the hour itself, all of it down. Each window reaches one tier further than the one before.
func TestWindows(t *testing.T) {
	of := func(w contracts.Window) func(*contracts.Availability, *contracts.Credit) {
		return func(a *contracts.Availability, _ *contracts.Credit) { a.Window = w }
	}
	// 60/43,200 = 0.1389 %, 60/131,040 = 0.0458 %, 60/525,600 = 0.0114 %.
	tiers := []contracts.Tier{below(ratio(9999, 10000), ratio(1, 100)), below(ratio(9997, 10000), ratio(2, 100)), below(ratio(999, 1000), ratio(3, 100)), below(ratio(1, 2), ratio(4, 100))}
	for _, tt := range []struct {
		name   string
		window contracts.Window
		want   contracts.Amount
	}{
		{"of a year", contracts.CalendarYear, 10}, {"of a quarter", contracts.CalendarQuarter, 20}, {"of a month", contracts.CalendarMonth, 30}, {"of itself", contracts.Incident, 40},
	} {
		trial{name: "an hour " + tt.name, clauses: promised(of(tt.window), tiers...), events: lasting(60 * minute), shape: noLines(), customers: payer(1000), want: amounts(tt.want)}.check(t)
	}
}

// TestCreditAtMostAndRounding: half of 1,001 is 500.5, three tenths 300.3, a tenth of 105 is 10.5 and of 115 is 11.5.
func TestCreditAtMostAndRounding(t *testing.T) {
	limited := func(r contracts.Ratio) []contracts.Clause {
		return promised(func(_ *contracts.Availability, c *contracts.Credit) { c.AtMost = r }, below(contracts.One, ratio(1, 2)))
	}
	own := promised(func(_ *contracts.Availability, c *contracts.Credit) { c.Rounding = contracts.RoundUp }, anyDowntime)
	on := func(name string, clauses []contracts.Clause, fee, want contracts.Amount) trial {
		return trial{name: name, clauses: clauses, events: lasting(minute), shape: noLines(), customers: payer(fee), want: amounts(want)}
	}
	trials := []trial{
		on("a limit below the tier's rate binds", limited(ratio(3, 10)), 1001, 300),
		on("a limit at the rate changes nothing", limited(ratio(1, 2)), 1001, 500),
		on("a limit above the rate changes nothing", limited(ratio(6, 10)), 1001, 500),
		on("the clause's own rounding goes before the contract's", own, 105, 11),
		on("of no fee nothing", promised(nil, anyDowntime), 0, 0),
	}
	for _, r := range []struct {
		mode    contracts.Rounding
		of      contracts.Amount
		rounded contracts.Amount
	}{
		{contracts.RoundDown, 105, 10}, {contracts.RoundUp, 105, 11}, {contracts.RoundHalfUp, 105, 11}, {contracts.RoundHalfDown, 105, 10},
		{contracts.RoundHalfEven, 105, 10}, {contracts.RoundHalfEven, 115, 12}, {contracts.RoundDown, 115, 11}, {contracts.RoundUp, 101, 11}, {contracts.RoundHalfUp, 104, 10},
	} {
		tr := on(r.mode.String(), promised(nil, anyDowntime), r.of, r.rounded)
		tr.rounding = r.mode
		trials = append(trials, tr)
	}
	checkAll(t, trials)
}

// TestTwoCreditsAddUp: two commitments on the same service, each with its credit.
func TestTwoCreditsAddUp(t *testing.T) {
	clauses := append(promised(nil, anyDowntime),
		&contracts.Availability{Provision: prov("fast"), Target: ratio(99, 100), Degraded: true},
		&contracts.Credit{Provision: prov("fast-credit"), Of: "fast", Tiers: []contracts.Tier{below(contracts.One, ratio(1, 4))}})
	trial{name: "a tenth and a quarter", clauses: clauses, events: lasting(minute), shape: noLines(), customers: payer(1000), want: amounts(350)}.check(t)
	trial{name: "one of them set aside", clauses: clauses, events: lasting(minute), shape: noLines(), customers: payer(1000), findings: []sla.Finding{found("clause.credit", "set-aside")}, want: amounts(250)}.check(t)
}
