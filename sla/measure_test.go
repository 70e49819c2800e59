package sla_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// terms reads a contract of these clauses and examples in yen and Japan's time.
func terms(t *testing.T, text string) *contracts.Contract {
	t.Helper()
	c, problems := contracts.Read("terms.yaml", []byte("id: terms\ntitle: terms\ncurrency: JPY\nzone: Asia/Tokyo\nrounding: down\n"+text))
	if problems.Err() != nil {
		t.Fatal(problems)
	}
	return c
}

// worked reads such a contract and checks its examples.
func worked(t *testing.T, text string) {
	t.Helper()
	for _, p := range sla.CheckExamples(terms(t, text)) {
		t.Error(p.Error())
	}
}

// TestMonthsOfTheCustomer: an outage from 14 to 16 June, two days, lies in one billing month of a customer who is billed from the 1st and in
// two of one billed from the 15th, the first of which is of 31 days (15 May to 14 June) and the second of 30 (15 June to 14 July).
func TestMonthsOfTheCustomer(t *testing.T) {
	worked(t, `
clauses:
  - id: up
    ref: {doc: terms}
    availability: {window: billing-month}
    credit: {pay: {prorata: downtime, times: 10}}
examples:
  - {name: from the 1st, source: "10 × 2/30 of 9,300", on: 2026-06-14 00:00, down: 2d, fee: 9300, billing_day: 1, pays: 6200}
  - {name: from the 15th, source: "10 × 1/31 + 10 × 1/30 of 9,300 = 3,000 + 3,100", on: 2026-06-14 00:00, down: 2d, fee: 9300, billing_day: 15, pays: 6100}
  - {name: from the 14th, source: "10 × 2/30", on: 2026-06-14 00:00, down: 2d, fee: 9300, billing_day: 14, pays: 6200}
  - {name: from the 31st in a month of 30 days, source: "30 June is the last day: the month from 31 May has 30 days", on: 2026-06-14 00:00, down: 2d, fee: 9300, billing_day: 31, pays: 6200}
`)
}

// TestPartsOfAMonth: 432 minutes of June are 1% of it. A customer since 16 June had half the month.
func TestPartsOfAMonth(t *testing.T) {
	for _, tt := range []struct {
		partial string
		half    int
	}{{"deemed-up", 100}, {"prorated", 200}, {"full-only", 0}} {
		worked(t, fmt.Sprintf(`
clauses:
  - id: up
    ref: {doc: terms}
    availability: {window: calendar-month, partial: %s}
    credit: {pay: {prorata: downtime}}
examples:
  - {name: all of June, source: "1%% of 10,000", on: 2026-06-20 00:00, down: 432m, fee: 10000, since: 2026-06-01, pays: 100}
  - {name: half of June, source: "1%% or 2%% of 10,000, or nothing", on: 2026-06-20 00:00, down: 432m, fee: 10000, since: 2026-06-16, pays: %d}
`, tt.partial, tt.half))
	}
}

// TestWorkingTime: Friday 17:00 to Monday 10:00 holds an hour of Friday and one of Monday; a Monday that is a holiday has none.
func TestWorkingTime(t *testing.T) {
	worked(t, `
calendars:
  - {id: plain, hours: 09:00-18:00}
  - {id: feast, hours: 09:00-18:00, holidays: [2026-06-15]}
clauses:
  - id: plain
    ref: {doc: terms}
    availability: {window: outage, hours: plain}
    credit: {pay: {fixed: 1, each: 1m, round: down}}
  - id: feast
    ref: {doc: terms}
    availability: {window: outage, hours: feast}
    credit: {pay: {fixed: 1000, each: 1m, round: down}}
examples:
  - {name: over the weekend, source: "60 + 60 minutes at 1; 60 at 1,000", on: 2026-06-12 17:00, down: 65h, pays: 60120}
  - {name: in the night, source: no working time, on: 2026-06-12 18:00, down: 15h, pays: 0}
  - {name: up to opening, source: "Tuesday 08:59 to 09:00", on: 2026-06-16 08:59, down: 1m, pays: 0}
  - {name: just past opening, source: "Tuesday 09:00 to 09:01 at 1 and at 1,000", on: 2026-06-16 08:59, down: 2m, pays: 1001}
`)
}

// TestHoursOverMidnight: works from 22:00 of a weekday to 06:00 are excluded. Friday 12 June 2026 21:00 to Saturday 07:00 leaves an hour before and one
// after; Saturday has no window of its own.
func TestHoursOverMidnight(t *testing.T) {
	worked(t, `
calendars:
  - {id: night, hours: 22:00-06:00}
clauses:
  - id: works
    ref: {doc: terms}
    exclude_downtime: {causes: [works], hours: night}
  - id: up
    ref: {doc: terms}
    availability: {window: calendar-month}
    credit: {pay: {fixed: 1, each: 1m, round: down}}
examples:
  - {name: Friday night, source: "60 + 60", down: [{from: 2026-06-12 21:00, for: 10h, cause: works}], pays: 120}
  - {name: Saturday night, source: all ten hours, down: [{from: 2026-06-13 21:00, for: 10h, cause: works}], pays: 600}
  - {name: to the minute, source: all excluded, down: [{from: 2026-06-11 22:00, for: 8h, cause: works}], pays: 0}
`)
}

// TestWorkingTimeOfAnOutage: from Monday 15 June 2026 at noon to Tuesday at noon are six working hours and three: nine in all, in one
// interruption. The grace of four working hours leaves five; in whole units of two hours these are four begun on the whole, not on each day.
func TestWorkingTimeOfAnOutage(t *testing.T) {
	for _, tt := range []struct {
		fields string
		pays   int
		why    string
	}{{"", 540, "6 h + 3 h"}, {", grace: 4h", 300, "9 h − 4 h"}, {", grace: 9h", 0, "9 h − 9 h"}, {", round: {to: 2h, by: up}", 600, "9 h are 5 units of 2 h begun"}, {", minimum: 24h", 540, "24 h on end"}, {", minimum: 25h", 0, "not 25 h"}} {
		worked(t, fmt.Sprintf(`
calendars:
  - {id: day, hours: 09:00-18:00}
clauses:
  - id: up
    ref: {doc: terms}
    availability: {window: outage, hours: day%s}
    credit: {pay: {fixed: 1, each: 1m, round: down}}
examples:
  - {name: "a day%s", source: "%s", on: 2026-06-15 12:00, down: 24h, pays: %d}
`, tt.fields, tt.fields, tt.why, tt.pays))
	}
}

// TestWindowsThatEndWithTheClaim: the 30 days before the day of the claim. Two days down on 10 and 11 June 2026 are 2/30 of 9,000 for
// claims from 12 June to 10 July, one of them for a claim on 11 June or 11 July.
func TestWindowsThatEndWithTheClaim(t *testing.T) {
	worked(t, `
clauses:
  - id: up
    ref: {doc: terms}
    availability: {window: {days: 30, ending: claim}}
    credit: {pay: {prorata: downtime}, claim: on-request}
examples:
  - {name: on the second day, source: "1/30", on: 2026-06-10 00:00, down: 2d, fee: 9000, claimed_on: 2026-06-11, pays: 300}
  - {name: the day after, source: "2/30", on: 2026-06-10 00:00, down: 2d, fee: 9000, claimed_on: 2026-06-12, pays: 600}
  - {name: the last day of both, source: "the window begins on 10 June", on: 2026-06-10 00:00, down: 2d, fee: 9000, claimed_on: 2026-07-10, pays: 600}
  - {name: a day later, source: "it begins on 11 June", on: 2026-06-10 00:00, down: 2d, fee: 9000, claimed_on: 2026-07-11, pays: 300}
  - {name: too late, source: "it begins on 12 June", on: 2026-06-10 00:00, down: 2d, fee: 9000, claimed_on: 2026-07-12, pays: 0}
  - {name: much too late, source: nothing is left, on: 2026-06-10 00:00, down: 2d, fee: 9000, claimed_on: 2027-07-12, pays: 0}
`)
}

// TestSharedFees: a fee for 30 users of whom 7 were without service.
func TestSharedFees(t *testing.T) {
	worked(t, `
clauses:
  - id: up
    ref: {doc: terms}
    availability: {window: calendar-month}
    credit: {pay: {rate: 50%, number: hit, per: users}}
examples:
  - {name: seven of thirty, source: "1,000 × 0.5 × 7/30 = 116.67, rounded once", down: 1h, fee: 1000, numbers: {hit: 7, users: 30}, pays: 116}
  - {name: all, source: half, down: 1h, fee: 1000, numbers: {hit: 30, users: 30}, pays: 500}
  - {name: no number of users, source: 0 counts as 1, down: 1h, fee: 1000, numbers: {hit: 1}, pays: 500}
`)
}

// TestIntervalsLessMaintenance: one of 8,640 intervals of June fails, 0.0116%; with 4,320 of them under maintenance it is one of 4,320, 0.0231%.
func TestIntervalsLessMaintenance(t *testing.T) {
	for _, tt := range []struct {
		whole string
		pays  int
	}{{"window", 0}, {"net", 100}} {
		worked(t, fmt.Sprintf(`
clauses:
  - id: works
    ref: {doc: terms}
    exclude_downtime: {causes: [works]}
  - id: up
    ref: {doc: terms}
    availability: {target: 99.98%%, window: calendar-month, measure: bad-intervals, interval: 5m, bad: {errors_over: 50%%}, whole: %s}
    credit: {tiers: [{below: 99.98%%, pay: 10%%}]}
examples:
  - {name: half the month, source: "1/8,640 or 1/4,320", fee: 1000, down: [{from: 2024-06-16 00:00, for: 15d, impact: none, cause: works}], series: [{interval: 5m, runs: [{of: 1, total: 10, failed: 10}, {of: 8639, total: 10, failed: 0}]}], pays: %d}
`, tt.whole, tt.pays))
	}
}

// TestStatesOfServices: www is down from 0 to 60, mail from 30 to 90, dns from 80 to 100 minutes.
func TestStatesOfServices(t *testing.T) {
	for _, tt := range []struct {
		state   string
		minutes int
		why     string
	}{
		{"{all: [www, mail]}", 30, "30 to 60"},
		{"{any: [www, mail]}", 90, "0 to 90"},
		{"{any: [www, mail, dns]}", 100, "0 to 100"},
		{"{at_least: 2, of: [www, mail, dns]}", 40, "30 to 60 and 80 to 90"},
		{"{all: [www, mail, dns]}", 0, "never"},
		{"{any: [{all: [www, mail]}, dns]}", 50, "30 to 60 and 80 to 100"},
	} {
		worked(t, fmt.Sprintf(`
clauses:
  - id: up
    ref: {doc: terms}
    availability: {window: calendar-month, down_when: %s}
    credit: {pay: {fixed: 1, each: 1m, round: down}}
examples:
  - {name: three services, source: "%s", down: [{for: 60m, service: www}, {from: 2024-06-10 00:30, for: 60m, service: mail}, {from: 2024-06-10 01:20, for: 20m, service: dns}], pays: %d}
`, tt.state, tt.why, tt.minutes))
	}
}

// TestWeights: an hour of which the middle 20 minutes are partial and the last 20 down, all of it degraded.
func TestWeights(t *testing.T) {
	const phases = "[{for: 60m, impact: degraded}, {from: 2024-06-10 00:20, for: 40m, impact: partial}, {from: 2024-06-10 00:40, for: 20m}]"
	for _, tt := range []struct {
		name, fields string
		pays         int
		why          string
	}{
		{"outages alone", "", 20, "the last 20 minutes"},
		{"partial too", ", impact: partial", 40, "the last 40"},
		{"all", ", degraded: true", 60, "the hour"},
		{"weighted", ", weights: {degraded: 10%, partial: 50%, outage: 100%}", 32, "20 × 0.1 + 20 × 0.5 + 20"},
		{"some weigh nothing", ", weights: {partial: 25%}", 10, "40 minutes of partial × 0.25: an outage that is not named weighs nothing, and takes nothing from what is"},
	} {
		worked(t, fmt.Sprintf(`
clauses:
  - id: up
    ref: {doc: terms}
    availability: {window: calendar-month%s}
    credit: {pay: {fixed: 1, each: 1m, round: down}}
examples:
  - {name: "%s", source: "%s", down: %s, pays: %d}
`, tt.fields, tt.name, tt.why, phases, tt.pays))
	}
	worked(t, `
clauses:
  - id: up
    ref: {doc: terms}
    availability: {window: calendar-month, by_share: true}
    credit: {pay: {fixed: 1, each: 1m, round: down}}
examples:
  - {name: "a third of the servers for an hour", source: "60/3", down: [{for: 60m, share: 1/3}], pays: 20}
  - {name: "a third, of which half an hour all", source: "30/3 + 30", down: [{for: 60m, share: 1/3}, {for: 30m}], pays: 40}
`)
}

// TestThresholdsOfAnInterruption: six minutes of which two are maintenance, and five minutes.
func TestThresholdsOfAnInterruption(t *testing.T) {
	for _, tt := range []struct {
		fields string
		five   int
		six    int // of which two are excluded
		seven  int
	}{
		{"", 5, 4, 7},
		{", minimum: 5m", 5, 0, 7},
		{", longer_than: 5m", 0, 0, 7},
		{", minimum: 5m, minimum_applies: before-exclusions", 5, 4, 7},
		{", minimum: 5m, minimum_counts: excess", 0, 0, 2},
		{", grace: 2m", 3, 2, 5},
		{", round: {to: 2m, by: up}", 6, 4, 8},
		{", round: {to: 2m, by: down}", 4, 4, 6},
		{", round: {to: 2m, by: half-up, each: window}", 6, 4, 8},
	} {
		worked(t, fmt.Sprintf(`
clauses:
  - id: works
    ref: {doc: terms}
    exclude_downtime: {causes: [works]}
  - id: up
    ref: {doc: terms}
    availability: {window: calendar-month%s}
    credit: {pay: {fixed: 1, each: 1m, round: exact}}
examples:
  - {name: "five minutes%s", source: counted by hand, down: 5m, pays: %d}
  - {name: "six of which two are works%s", source: counted by hand, down: [{for: 6m}, {from: 2024-06-10 00:04, for: 2m, cause: works, impact: none}], pays: %d}
  - {name: "seven minutes%s", source: counted by hand, down: 7m, pays: %d}
`, tt.fields, tt.fields, tt.five, tt.fields, tt.six, tt.fields, tt.seven))
	}
}

// TestMaintenance: notice of 48 hours, up to 10 hours a year, no more than 6 of each.
func TestMaintenance(t *testing.T) {
	worked(t, `
clauses:
  - id: works
    ref: {doc: terms}
    exclude_downtime: {causes: [works], notice: 48h, each_at_most: 6h, allowance: {of: 10h, per: calendar-year}}
  - id: up
    ref: {doc: terms}
    availability: {window: calendar-month}
    credit: {pay: {fixed: 1, each: 1m, round: down}}
examples:
  - {name: announced two days before, source: all excluded, down: [{for: 6h, cause: works, announced: 2024-06-08 00:00}], pays: 0}
  - {name: a minute late, source: all counts, down: [{for: 6h, cause: works, announced: 2024-06-08 00:01}], pays: 360}
  - {name: never announced, source: all counts, down: [{for: 6h, cause: works}], pays: 360}
  - {name: seven hours, source: one beyond six, down: [{for: 7h, cause: works, announced: 2024-06-01 00:00}], pays: 60}
  - {name: twice in a year, source: "6 + 6 − 10 hours", down: [{for: 6h, cause: works, announced: 2024-06-01 00:00}, {from: 2024-06-12 00:00, for: 6h, cause: works, announced: 2024-06-01 00:00}], pays: 120}
`)
}

// TestUnknownTime: a gap of the monitor of 10 minutes beside 5 of outage.
func TestUnknownTime(t *testing.T) {
	for _, tt := range []struct{ unknown, pays string }{{"", "{least: 5, most: 15}"}, {", unknown: up", "5"}, {", unknown: down", "15"}, {", unknown: excluded", "5"}} {
		worked(t, fmt.Sprintf(`
clauses:
  - id: up
    ref: {doc: terms}
    availability: {window: calendar-month%s}
    credit: {pay: {fixed: 1, each: 1m, round: down}}
examples:
  - {name: "a gap%s", source: "5, and 10 where the gap is down", down: [{for: 5m}, {from: 2024-06-11 00:00, for: 10m, impact: unknown}], pays: %s}
`, tt.unknown, tt.unknown, tt.pays))
	}
}

// TestClockOfTheTerms: posted from 0 to 30, by the post-mortem from 0 to 50 minutes. A finding can take the other.
func TestClockOfTheTerms(t *testing.T) {
	for _, tt := range []struct{ clock, finding, pays string }{
		{"", "", "30"}, {", clock: post-mortem", "", "50"}, {", clock: post-mortem", ", findings: {clock.up: recorded}", "30"}, {", clock: monitor", "", "30"}, {"", ", findings: {clock: post-mortem}", "50"},
	} {
		worked(t, fmt.Sprintf(`
clauses:
  - id: up
    ref: {doc: terms}
    availability: {window: calendar-month%s}
    credit: {pay: {fixed: 1, each: 1m, round: down}}
examples:
  - {name: "two records", source: "30 as posted, 50 by the post-mortem", down: [{for: 30m, clocks: [{source: post-mortem, for: 50m}]}]%s, pays: %s}
`, tt.clock, tt.finding, tt.pays))
	}
}

// TestRequests: of 8,640 intervals of five minutes in June, with 10 requests each, 12 fail wholly: 0.1389% by every measure; with 1 request each in
// the 12 and 1,000 in the others the mean is the same and the ratio of the sums is 12 in 8,628,012.
func TestRequests(t *testing.T) {
	const credit = "credit: {tiers: [{below: 99.9%, pay: 10%}]}"
	const alike, uneven = "[{of: 12, total: 10, failed: 10}, {of: 8628, total: 10, failed: 0}]", "[{of: 12, total: 1, failed: 1}, {of: 8628, total: 1000, failed: 0}]"
	for _, tt := range []struct {
		measure, runs string
		pays          int
	}{
		{"measure: requests", alike, 100}, {"measure: requests", uneven, 0},
		{"measure: mean-error-rate, interval: 5m", alike, 100}, {"measure: mean-error-rate, interval: 5m", uneven, 100},
		{"measure: bad-intervals, interval: 5m, bad: {errors_over: 50%, requests: 10}", alike, 100}, {"measure: bad-intervals, interval: 5m, bad: {errors_over: 50%, requests: 10}", uneven, 0},
		{"measure: bad-intervals, interval: 5m, bad: {errors_over: 50%}", uneven, 100},
		{"measure: mean-error-rate, interval: 1h", alike, 100}, // the twelve are one hour of 720
	} {
		worked(t, fmt.Sprintf(`
clauses:
  - id: up
    ref: {doc: terms}
    availability: {target: 99.9%%, window: calendar-month, %s}
    %s
examples:
  - {name: "%s", source: "12/8640 = 0.1389%%", fee: 1000, series: [{start: 2024-06-01 00:00, interval: 5m, runs: %s}], pays: %d}
`, tt.measure, credit, tt.measure, tt.runs, tt.pays))
	}
}

// TestMissesOfOthers: two misses in six months pay, in a month that was kept too unless only missed months count.
func TestMissesOfOthers(t *testing.T) {
	for _, tt := range []struct {
		only string
		kept int
	}{{"", 200}, {", only_missed: true", 0}} {
		worked(t, fmt.Sprintf(`
clauses:
  - {id: up, ref: {doc: terms}, availability: {target: 99.9%%, window: calendar-month, measure: stated-level}}
  - id: count
    ref: {doc: terms}
    availability: {window: calendar-month, misses: {of: up, within: 6%s}}
    credit: {tiers: [{at_least: 2, pay: 20%%}]}
examples:
  - {name: the second miss, source: "two in six months: 20%%", fee: 1000, levels: [{of: up, window: 2024-02, uptime: 99%%}, {of: up, window: 2024-06, uptime: 99%%}], pays: 200}
  - {name: the first, source: one is not two, fee: 1000, levels: [{of: up, window: 2024-06, uptime: 99%%}], pays: 0}
  - {name: too long ago, source: "December is the seventh month back", fee: 1000, levels: [{of: up, window: 2023-12, uptime: 99%%}, {of: up, window: 2024-06, uptime: 99%%}], pays: 0}
  - {name: just not too long ago, source: "January is the sixth", fee: 1000, levels: [{of: up, window: 2024-01, uptime: 99%%}, {of: up, window: 2024-06, uptime: 99%%}], pays: 200}
  - {name: "a month that was kept%s", source: "April and May missed, June did not", fee: 1000, levels: [{of: up, window: 2024-04, uptime: 99%%}, {of: up, window: 2024-05, uptime: 99%%}, {of: up, window: 2024-06, uptime: 100%%}], pays: %d}
`, tt.only, tt.only, tt.kept))
	}
}

// TestNothingOnRecord is taken as kept, or from the phases, and the result says so.
func TestNothingOnRecord(t *testing.T) {
	for _, tt := range []struct{ measure, want string }{{"stated-level", "no level of 2024-06 is on record"}, {"mean-error-rate, interval: 5m", "no requests were counted"}} {
		c := terms(t, "clauses:\n  - {id: up, ref: {doc: terms}, availability: {target: 99%, window: calendar-month, measure: "+tt.measure+"}, credit: {pay: 10%}}\nexamples:\n  - {name: x, down: 1h, fee: 1000, pays: 0}\n")
		run, _, err := sla.OpenExample(c, &c.Examples[0])
		if err != nil {
			t.Fatal(err)
		}
		if len(run.Program.Assumptions) != 1 || !strings.Contains(run.Program.Assumptions[0].Text.EN, tt.want) {
			t.Errorf("%s: got %v, want %q", tt.measure, run.Program.Assumptions, tt.want)
		}
	}
}

// TestWhatCannotBeMeasured is refused with the reason.
func TestWhatCannotBeMeasured(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"billing months without billing days", "clauses:\n  - {id: up, ref: {doc: terms}, availability: {window: billing-month}, credit: {pay: 10%}}\n", "no column billing_day"},
		{"a fee that the list does not have", "clauses:\n  - {id: up, ref: {doc: terms}, availability: {window: calendar-month}, credit: {of: bill, pay: 10%}}\n", `no fee "bill"`},
		{"a number that the list does not have", "clauses:\n  - {id: up, ref: {doc: terms}, availability: {window: calendar-month}, credit: {pay: {fixed: 1, number: amps}}}\n", `no number "amps"`},
	}
	in := &sla.Incident{ID: "i", Title: contracts.Text{EN: "i"}, Zone: "Asia/Tokyo", Events: []sla.Event{{ID: "e", Kind: "outage", Phases: []sla.Phase{happening("p", "outage", "2026-06-10 12:00", 60).Phases[0]}}}}
	for _, tt := range tests {
		_, err := sla.Compile(terms(t, tt.text), in, sla.Shape{})
		var ps contracts.Problems
		if !errors.As(err, &ps) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.name, err, tt.want)
		}
	}
	for _, tt := range []struct{ name, text, want string }{
		{"weights too fine", `
clauses:
  - {id: up, ref: {doc: terms}, availability: {window: calendar-month, by_share: true}, credit: {pay: 10%}}
examples:
  - {name: x, down: [{for: 1h, share: 1/997}, {for: 1h, share: 1/991}], fee: 1000, pays: 0}
`, "no common denominator"},
		{"a series that does not make up the intervals", `
clauses:
  - {id: up, ref: {doc: terms}, availability: {window: calendar-month, measure: mean-error-rate, interval: 5m}, credit: {pay: 10%}}
examples:
  - {name: x, series: [{interval: 2m, runs: [{of: 1, total: 1, failed: 1}]}], fee: 1000, pays: 0}
`, "do not make up the intervals"},
		{"a fee of which no clause speaks", `
clauses:
  - {id: up, ref: {doc: terms}, availability: {window: calendar-month}, credit: {of: bill, pay: 10%}}
examples:
  - {name: x, down: 1h, fee: 1000, pays: 0}
`, "no clause speaks of it"},
	} {
		got := sla.CheckExamples(terms(t, tt.text))
		if len(got) != 1 || !strings.Contains(got[0].Message, tt.want) {
			t.Errorf("%s: got %v, want %q", tt.name, got, tt.want)
		}
	}
}
