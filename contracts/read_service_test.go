package contracts_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/google/go-cmp/cmp"
)

// Commitments that the clauses under test refer to.
const (
	byMonth    = "availability: {target: 99%, window: calendar-month}"
	byOutage   = "availability: {target: 99%, window: outage}"
	byRequests = "availability: {target: 99%, measure: requests, window: calendar-month}"
	byCount    = "availability: {measure: occurrences, window: calendar-month}"
	byReading  = "availability: {measure: reading, window: calendar-month}"
)

// office is a calendar, to be put after the clauses.
const office = "calendars:\n  - {id: office}\n"

// credited is a contract of the commitment up and a credit for it, at line 11.
func credited(commitment, fields string) string {
	return head + entry("up", commitment) + entry("x", "credit: {availability: up, "+fields+"}")
}

// paying is a contract whose only pay, at line 11, is the one given.
func paying(commitment, pay string) string { return credited(commitment, "pay: {"+pay+"}") }

func ratio(num, den int64) *contracts.Ratio { return new(contracts.MustRatio(num, den)) }

const (
	second = int64(1000)
	minute = 60 * second
	hour   = 60 * minute
	day    = 24 * hour
)

// serviceClauses are texts of contracts and the clause that their last entry reads as.
func serviceClauses() []readTest {
	return []readTest{
		{"how time is counted", head + entry("x", "availability: {target: 99%, measure: time, window: calendar-quarter, year_starts: 2, zone: UTC, whole: 720h, partial: prorated, down_when: {at_least: 2, of: [a, b, {all: [c, d]}, {any: [e]}]}, events: [storm], "+
			"impact: partial, unknown: excluded, clock: monitor, longer_than: 4m19s, minimum_applies: before-exclusions, minimum_counts: excess, hours: office, grace: {working_days: 2, calendar: office}, round: {to: 30m, by: up, each: window}, percent: {decimals: 2, by: half-down}}") + office,
			&contracts.Availability{Provision: about("x"), Target: percent(99), Window: contracts.CalendarQuarter, YearStarts: 2, Zone: "UTC", Whole: contracts.WholeFixed, Fixed: 720 * hour, Partial: contracts.Prorated,
				DownWhen: &contracts.Group{AtLeast: 2, Services: []string{"a", "b"}, Groups: []contracts.Group{{AtLeast: 2, Services: []string{"c", "d"}}, {AtLeast: 1, Services: []string{"e"}}}},
				Events:   []string{"storm"}, Impact: "partial", Unknown: contracts.UnknownExcluded, Clock: "monitor", Minimum: 4*minute + 19*second, MinimumOver: true, MinimumFirst: true, MinimumCounts: contracts.Excess,
				Hours: "office", Grace: contracts.Grace{WorkingDays: 2, Calendar: "office"}, Round: contracts.UnitRounding{Unit: 30 * minute, Rounding: contracts.RoundUp, Window: true}, Decimals: new(2), DecimalRounding: contracts.RoundHalfDown}},
		{"weights, the mean of services and days that roll", head + entry("x", "availability: {window: {days: 30, ending: claim}, whole: net, weights: {outage: 100%, degraded: 1/2}, by_share: true, mean_of: [a, b]}"),
			&contracts.Availability{Provision: about("x"), Window: contracts.RollingDays, Days: 30, EndsWithClaim: true, Whole: contracts.WholeNet, ByShare: true, MeanOf: []string{"a", "b"},
				Weights: []contracts.Weight{{Impact: "degraded", Weight: contracts.MustRatio(1, 2)}, {Impact: "outage", Weight: contracts.One}}}},
		{"degraded performance of named services, with grace", head + entry("x", "availability: {window: outage, services: [a], degraded: true, grace: 90m}"),
			&contracts.Availability{Provision: about("x"), Window: contracts.EachOutage, Services: []string{"a"}, Degraded: true, Grace: contracts.Grace{Length: 90 * minute}}},
		{"intervals above a share of errors", head + entry("x", "availability: {measure: bad-intervals, interval: 5m, bad: {errors_over: 5%, requests: 10}, empty: left-out, window: incident}"),
			&contracts.Availability{Provision: about("x"), Measure: contracts.BadIntervals, Window: contracts.Incident, Interval: 5 * minute, Bad: contracts.BadInterval{Errors: percent(5), Requests: 10}, LeaveEmptyOut: true}},
		{"intervals at a share of errors", head + entry("x", "availability: {measure: bad-intervals, interval: 1h, bad: {errors_from: 5%}, empty: no-errors, window: incident}"),
			&contracts.Availability{Provision: about("x"), Measure: contracts.BadIntervals, Window: contracts.Incident, Interval: hour, Bad: contracts.BadInterval{Errors: percent(5), OrEqual: true}}},
		{"misses", head + entry("up", byMonth) + entry("x", "availability: {misses: {of: up, within: 6, consecutive: true, restart: true, only_missed: true}, window: calendar-month}"),
			&contracts.Availability{Provision: about("x"), Measure: contracts.Misses, Misses: contracts.MissCount{Of: "up", Within: 6, Consecutive: true, OnlyMissed: true, Restart: true}}},

		{"maintenance with notice by the hour", head + entry("up", byMonth) + entry("x", "exclude_downtime: {causes: [maintenance], of: [up], notice: 48h, only_up_to: 4h, each_at_most: 2h, allowance: {of: 10h, per: calendar-year}, hours: office}") + office,
			&contracts.DowntimeExclusion{Provision: about("x"), Causes: []string{"maintenance"}, Of: []string{"up"}, Notice: 48 * hour, Longest: 4 * hour, EachAtMost: 2 * hour, Allowance: 10 * hour, AllowancePer: contracts.CalendarYear, Hours: "office"}},
		{"maintenance with notice by working days", head + entry("x", "exclude_downtime: {causes: [maintenance], notice: {days: 5, calendar: office}}") + office,
			&contracts.DowntimeExclusion{Provision: about("x"), Causes: []string{"maintenance"}, NoticeDays: 5, Calendar: "office"}},

		{"rungs on uptime with two edges", credited(byMonth, "tiers: [{below: 99%, from: 95%, pay: 10%}, {at_most: 95%, above: 90%, pay: 20%}, {above: 80%, pay: 0%}], if_several: sum, if_none: nothing, reward: true, reading: cumulative"),
			&contracts.Credit{Provision: about("x"), Of: "up", IfSeveral: contracts.LadderAdd, IfNone: contracts.LadderNone, Reward: true, Reading: contracts.CumulativeTier, Tiers: []contracts.Tier{
				{Bound: percent(99), Floor: ratio(95, 100), FloorInclusive: true, Rate: percent(10)},
				{Bound: percent(95), Inclusive: true, Floor: ratio(90, 100), Rate: percent(20)},
				{Bound: contracts.One, Inclusive: true, Floor: ratio(80, 100)}}}},
		{"rungs on a length with two edges", credited(byMonth, "tiers: [{over: 5m, up_to: 1h, pay: {days: 1, day_of: 30}}, {at_least: 2h, under: 1d, pay: {hours: 12}}, {at_least: 1d, pay: {months: 1/2}}], reading: marginal, if_several: first, if_none: most"),
			&contracts.Credit{Provision: about("x"), Of: "up", Reading: contracts.MarginalTier, IfSeveral: contracts.LadderFirst, IfNone: contracts.LadderMost, Tiers: []contracts.Tier{
				{Least: new(5 * minute), Most: new(hour), FloorInclusive: true, Pay: &contracts.Pay{Kind: contracts.PayTime, Unit: contracts.DaysOfService, Rate: contracts.One, DayDays: 30}},
				{Least: new(2 * hour), Inclusive: true, Most: new(day), Pay: &contracts.Pay{Kind: contracts.PayTime, Unit: contracts.HoursOfService, Rate: contracts.MustRatio(12, 1)}},
				{Least: new(day), Inclusive: true, Pay: &contracts.Pay{Kind: contracts.PayTime, Unit: contracts.MonthsOfService, Rate: contracts.MustRatio(1, 2)}}}}},
		{"rungs on a count", credited(byCount, "tiers: [{under: 3, pay: {points: 14}}, {at_least: 3, pay: 5%}]"),
			&contracts.Credit{Provision: about("x"), Of: "up", Tiers: []contracts.Tier{
				{Most: new(int64(3)), Pay: &contracts.Pay{Kind: contracts.PayPoints, Points: 14}}, {Least: new(int64(3)), Inclusive: true, Rate: percent(5)}}}},
		{"a base of several fees, and limits", credited(byMonth, "pay: 5%, of: {fee: hosting, plus: [mail], less: [licences, tax], times: 1/12}, at_most: [50%, {rate: 10%, of: year, less: used, per: incident}, {days: 15}], at_least: 10, pays_over: 20, pays_from: 30"),
			&contracts.Credit{Provision: about("x"), Of: "up", Pay: &contracts.Pay{Rate: percent(5)}, Base: contracts.FeeBase{Fee: "hosting", Plus: []string{"mail"}, Less: []string{"licences", "tax"}, Times: contracts.MustRatio(1, 12)},
				Limits:  []contracts.CreditLimit{{Pay: contracts.Pay{Rate: percent(50)}}, {Pay: contracts.Pay{Rate: percent(10)}, Base: &contracts.FeeBase{Fee: "year"}, Less: "used", PerIncident: true}, {Pay: contracts.Pay{Kind: contracts.PayTime, Unit: contracts.DaysOfService, Rate: contracts.MustRatio(15, 1)}}},
				AtLeast: 10, PaysOver: 20, PaysFrom: 30}},
		{"units of time", paying(byMonth, "sum: [{rate: 5%, each: 30m, round: up, after: 1h, counts: excess, units_at_most: 10, number: users, per: seats}, {fixed: 7, each: 1d, round: exact, after: 1d, counts: all}]"),
			&contracts.Credit{Provision: about("x"), Of: "up", Pay: &contracts.Pay{Kind: contracts.PaySum, Parts: []contracts.Pay{
				{Rate: percent(5), Number: "users", Per: "seats", Each: &contracts.Each{Unit: 30 * minute, Rounding: contracts.RoundUp, After: hour, Counts: contracts.Excess, AtMost: 10}},
				{Kind: contracts.PayFixed, Fixed: 7, Each: &contracts.Each{Unit: day, After: day}}}}}},
		{"parts of uptime", paying(byMonth, "rate: 1%, each: 0.1%, round: down, after: 98.5%"),
			&contracts.Credit{Provision: about("x"), Of: "up", Pay: &contracts.Pay{Rate: percent(1), Each: &contracts.Each{Step: contracts.MustRatio(1, 1000), Rounding: contracts.RoundDown, From: contracts.MustRatio(985, 1000)}}}},
		{"civil days", paying(byOutage, "greater_of: [{rate: 10%, each: civil-day}, {fixed: 5, each: civil-day}]"),
			&contracts.Credit{Provision: about("x"), Of: "up", Pay: &contracts.Pay{Kind: contracts.PayGreater, Parts: []contracts.Pay{
				{Rate: percent(10), Each: &contracts.Each{Civil: true, Unit: day}}, {Kind: contracts.PayFixed, Fixed: 5, Each: &contracts.Each{Civil: true, Unit: day}}}}}},
		{"sums by day, and pro rata", paying(byMonth, "lesser_of: [{fixed: {2019-04-01: 800, 2023-04-01: 933}}, {prorata: excess, times: 10, over: 720h, cut: {decimals: 0, by: half-even}}]"),
			&contracts.Credit{Provision: about("x"), Of: "up", Pay: &contracts.Pay{Kind: contracts.PayLesser, Parts: []contracts.Pay{
				{Kind: contracts.PayFixed, Dated: []contracts.DatedAmount{{From: contracts.Date{Year: 2019, Month: 4, Day: 1}, Amount: 800}, {From: contracts.Date{Year: 2023, Month: 4, Day: 1}, Amount: 933}}},
				{Kind: contracts.PayProrata, Prorata: contracts.Prorata{Of: contracts.OfExcess, Times: contracts.MustRatio(10, 1), Over: 720 * hour, Decimals: new(0), Rounding: contracts.RoundHalfEven}}}}}},
		{"a claim, and a form that is lost", credited(byMonth, "pay: 1%, claim: {automatic: true, by: {after: recovery, days: 5, months: 1, windows: 2, day: 31, calendar: office}, notice: by letter}, form: {as: voucher, expires_months: 6, expires_days: 10, note: {en: for hosting}}") + office,
			&contracts.Credit{Provision: about("x"), Of: "up", Pay: &contracts.Pay{Rate: percent(1)},
				Claim: contracts.Claiming{Automatic: true, By: &contracts.Deadline{After: contracts.AfterRecovery, Days: 5, Months: 1, Windows: 2, Day: 31, Calendar: "office"}, Notice: contracts.Text{JA: "by letter", EN: "by letter"}},
				Form:  contracts.Form{As: contracts.Voucher, Expires: 6, ExpiresDays: 10, Note: contracts.Text{EN: "for hosting"}}}},
		{"a claim and a form by one word", credited(byMonth, "pay: 1%, of: monthly-fee, claim: on-request, form: in-kind"),
			&contracts.Credit{Provision: about("x"), Of: "up", Pay: &contracts.Pay{Rate: percent(1)}, Claim: contracts.Claiming{OnRequest: true}, Form: contracts.Form{As: contracts.InKind}}},
		{"goodwill with all that a credit shares", head + entry("x", "goodwill: {pay: {days: 5}, of: hosting, at_most: 100%, at_least: 1, pays_over: 2, pays_from: 3, claim: automatic, form: refund, treatment: damages}") + "tax: {included: true}\n",
			&contracts.Credit{Provision: about("x"), Goodwill: true, Pay: &contracts.Pay{Kind: contracts.PayTime, Unit: contracts.DaysOfService, Rate: contracts.MustRatio(5, 1)}, Base: contracts.FeeBase{Fee: "hosting"}, AtMost: contracts.One,
				AtLeast: 1, PaysOver: 2, PaysFrom: 3, Claim: contracts.Claiming{Automatic: true}, Form: contracts.Form{As: contracts.Refund}, Treatment: contracts.AsDamages}},
		{"a combination under two limits", credited(byMonth, "pay: 1%") + entry("y", "combine: {credits: [x], take: lowest, at_most: [100%, {fixed: 5}]}"),
			&contracts.Combine{Provision: about("y"), Credits: []string{"x"}, Take: contracts.TakeLowest, AtMost: []contracts.CreditLimit{{Pay: contracts.Pay{Rate: contracts.One}}, {Pay: contracts.Pay{Kind: contracts.PayFixed, Fixed: 5}}}}},
		{"a right to end the contract", head + entry("up", byMonth) + entry("x", "terminate: {availability: up, misses: 2, within: 6, consecutive: true, below: 90%, exercise_days: 30, refund: what is left}"),
			&contracts.Termination{Provision: about("x"), Of: "up", Misses: contracts.MissCount{Of: "up", Within: 6, Consecutive: true}, Times: 2, Below: ratio(90, 100), Within: 30, Refund: contracts.Text{JA: "what is left", EN: "what is left"}}},
		{"an earn-back", credited(byMonth, "pay: 1%") + entry("y", "earn_back: {credit: x, windows: 2, return: 1/2}"),
			&contracts.EarnBack{Provision: about("y"), Credit: "x", Windows: 2, Return: contracts.MustRatio(1, 2)}},
	}
}

type readTest struct {
	name, text string
	want       contracts.Clause
}

func TestReadServiceClauses(t *testing.T) {
	for _, tt := range serviceClauses() {
		t.Run(tt.name, func(t *testing.T) {
			c := sound(t, tt.text)
			if diff := cmp.Diff(tt.want, c.Clauses[len(c.Clauses)-1], contents); diff != "" {
				t.Errorf("clause (-want +got):\n%s", diff)
			}
		})
	}
}

// TestNoFieldIsLeftUnread finds fields of the clauses about service levels that no text above fills.
func TestNoFieldIsLeftUnread(t *testing.T) {
	filled := map[string]bool{}
	for _, tt := range serviceClauses() {
		fill(reflect.ValueOf(tt.want), filled)
	}
	for _, v := range []any{
		contracts.Availability{}, contracts.Weight{}, contracts.Grace{}, contracts.UnitRounding{}, contracts.BadInterval{}, contracts.MissCount{}, contracts.Group{}, contracts.DowntimeExclusion{},
		contracts.Credit{}, contracts.FeeBase{}, contracts.Tier{}, contracts.Pay{}, contracts.Prorata{}, contracts.Each{}, contracts.CreditLimit{}, contracts.Claiming{}, contracts.Deadline{}, contracts.Form{},
		contracts.DatedAmount{}, contracts.Combine{}, contracts.EarnBack{}, contracts.Termination{},
	} {
		typ := reflect.TypeOf(v)
		for i := range typ.NumField() {
			if name := typ.Name() + "." + typ.Field(i).Name; typ.Field(i).Name != "At" && !filled[name] {
				t.Errorf("no text fills %s", name)
			}
		}
	}
}

// fill notes the fields that are not zero, such as Credit.Tiers.
func fill(v reflect.Value, filled map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			fill(v.Elem(), filled)
		}
	case reflect.Slice:
		for i := range v.Len() {
			fill(v.Index(i), filled)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if !v.Field(i).IsZero() {
				filled[v.Type().Name()+"."+v.Type().Field(i).Name] = true
			}
			fill(v.Field(i), filled)
		}
	}
}

func TestReadCalendars(t *testing.T) {
	c := sound(t, empty+"calendars:\n  - {id: a, zone: Europe/London, days: [sun, mon, sat], hours: 09:30-17:05, holidays: [2024-12-25, 2025-01-01]}\n  - {id: b, hours: 00:00-24:00}\n")
	want := []contracts.Calendar{
		{ID: "a", Zone: "Europe/London", Days: []int{0, 1, 6}, From: 9*60 + 30, To: 17*60 + 5, Holidays: []contracts.Date{{Year: 2024, Month: 12, Day: 25}, {Year: 2025, Month: 1, Day: 1}}},
		{ID: "b", To: 24 * 60},
	}
	if diff := cmp.Diff(want, c.Calendars, contents); diff != "" {
		t.Errorf("calendars (-want +got):\n%s", diff)
	}
}

func TestReadExamples(t *testing.T) {
	c := sound(t, strings.Replace(empty, "JPY", "USD", 1)+`examples:
  - {name: an hour, source: the terms, on: 2024-07-01 12:00, down: 1h30m, fee: 100.00, fees_paid: 1200, fees: {hosting: 5.50, mail: 1}, losses: {repair: 7}, numbers: {users: 3, below: -2}, service: web, facts: [no-backup, vip],
     consumer: true, billing_day: 31, since: 2024-01-01, until: 2025-01-01, claimed_on: 2024-07-30, findings: {grade: gross, own_fault: 30%}, pays: 10.00, columns: {downtime.up@2024-07: 5400000}}
  - name: phases
    down: [{for: 5m}, {from: 2024-06-10 01:00, for: 1h, service: web, impact: partial, cause: provider, event: e, kind: outage, share: 50%, announced: 2024-06-01 00:00, clocks: [{source: ticket, from: 2024-06-10 01:10, for: 40m}]}]
    levels: [{of: up, service: web, window: 2024-05, uptime: 99.9%}, {value: 7}]
    series: [{interval: 5m, runs: [{of: 2, total: 10, failed: 10}]}, {service: web, start: 2024-06-02 00:00, interval: 1h, runs: []}]
    pays: {least: 0, most: 10.00}
  - {name: a level, level: 99%, pays: -1.00}
  - {name: a reading, value: 90, pays: 0}
`)
	const on, began = "2024-06-10 00:00", "2024-06-01 00:00"
	want := []contracts.Example{
		{Name: "an hour", Source: "the terms", On: "2024-07-01 12:00", Down: []contracts.ExampleOutage{{For: 90 * minute}}, Fee: 10000, Paid: 120000,
			Fees: []contracts.NamedAmount{{Name: "hosting", Amount: 550}, {Name: "mail", Amount: 100}}, Losses: []contracts.NamedAmount{{Name: "repair", Amount: 700}}, Numbers: []contracts.NamedNumber{{Name: "users", Value: 3}, {Name: "below", Value: -2}},
			Service: "web", Facts: []string{"no-backup", "vip"}, Consumer: true, BillingDay: 31, Since: contracts.Date{Year: 2024, Month: 1, Day: 1}, Until: contracts.Date{Year: 2025, Month: 1, Day: 1}, Claimed: contracts.Date{Year: 2024, Month: 7, Day: 30},
			Findings: [][2]string{{"grade", "gross"}, {"own_fault", "30%"}}, Pays: new(contracts.Amount(1000)), Columns: []contracts.NamedNumber{{Name: "downtime.up@2024-07", Value: 5400000}}},
		{Name: "phases", On: on, Down: []contracts.ExampleOutage{{For: 5 * minute}, {From: "2024-06-10 01:00", For: hour, Service: "web", Impact: "partial", Cause: "provider", Event: "e", Kind: "outage", Share: percent(50), Announced: began,
			Clocks: []contracts.ExampleClock{{Source: "ticket", From: "2024-06-10 01:10", For: 40 * minute}}}},
			Levels: []contracts.ExampleLevel{{Of: "up", Service: "web", Window: "2024-05", Uptime: contracts.MustRatio(999, 1000)}, {Value: new(int64(7))}},
			Series: []contracts.ExampleSeries{{Start: began, Interval: 5 * minute, Runs: []contracts.ExampleRun{{Of: 2, Total: 10, Failed: 10}}}, {Service: "web", Start: "2024-06-02 00:00", Interval: hour}},
			Most:   1000},
		{Name: "a level", On: on, Levels: []contracts.ExampleLevel{{Uptime: percent(99)}}, Pays: new(contracts.Amount(-100))},
		{Name: "a reading", On: on, Levels: []contracts.ExampleLevel{{Value: new(int64(90))}}, Pays: new(contracts.Amount(0))},
	}
	if diff := cmp.Diff(want, c.Examples, contents); diff != "" {
		t.Errorf("examples (-want +got):\n%s", diff)
	}
}
