package contracts_test

import (
	"math"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/google/go-cmp/cmp"
)

// mark stands in a text before what is refused.
const mark = "‸"

// refusal is a text with one mark where its only problem stands; one without code has none.
type refusal struct{ name, text, code, field string }

func (r refusal) check(t *testing.T) {
	t.Helper()
	before, _, marked := strings.Cut(r.text, mark)
	if marked != (r.code != "") {
		t.Fatalf("the text has a mark: %t", marked)
	}
	var want []at
	if marked {
		last := before[strings.LastIndexByte(before, '\n')+1:]
		want = []at{{r.code, strings.Count(before, "\n") + 1, len([]rune(last)) + 1, r.field}}
	}
	_, problems := contracts.Read("terms.yaml", []byte(strings.Replace(r.text, mark, "", 1)))
	if diff := cmp.Diff(want, placesOf(problems)); diff != "" {
		t.Errorf("problems (-want +got):\n%s\n%v", diff, problems)
	}
}

// up is a contract with one commitment of those fields.
func up(fields string) string { return head + entry("up", "availability: {"+fields+"}") }

const (
	upField  = "clauses[0].availability"
	outField = "clauses[1].exclude_downtime"
	xField   = "clauses[1].credit"
)

// group is a commitment that fails in that state.
func group(state string) string { return up("window: calendar-month, down_when: " + state) }

// excluded is a contract whose exclusion, at line 11, has those fields.
func excluded(fields string) string {
	return head + entry("up", byMonth) + entry("x", "exclude_downtime: {causes: [a], "+fields+"}")
}

func TestRefusedCommitments(t *testing.T) {
	tests := []refusal{
		{"no window", head + entry("up", "availability: "+mark+"{target: 99%}"), "E_REQUIRED", upField + ".window"},
		{"a target just above 0%", up("target: 0.01%, window: incident"), "", ""},
		{"a target of 0.0%", up("target: " + mark + "0.0%, window: incident"), "E_RANGE", upField + ".target"},
		{"a target of 0/5", up("target: " + mark + "0/5, window: incident"), "E_RANGE", upField + ".target"},
		{"a target that is a list", up("target: " + mark + "[99%], window: incident"), "E_TYPE", upField + ".target"},
		{"an unknown measure", up("measure: " + mark + "latency, window: incident"), "E_ENUM", upField + ".measure"},
		{"a rolling window without its days", up("window: " + mark + "rolling-days"), "E_REQUIRED", upField + ".window"},
		{"a rolling window of no days", up("window: {days: " + mark + "0}"), "E_RANGE", upField + ".window.days"},
		{"a rolling window of a day", up("window: {days: 1}"), "", ""},
		{"a rolling window of 3660 days", up("window: {days: 3660}"), "", ""},
		{"a rolling window of 3661 days", up("window: {days: " + mark + "3661}"), "E_RANGE", upField + ".window.days"},
		{"a rolling window to an unknown end", up("window: {days: 30, ending: " + mark + "month}"), "E_ENUM", upField + ".window.ending"},
		{"a window in a list", up("window: " + mark + "[calendar-month]"), "E_TYPE", upField + ".window"},
		{"a year that starts in no month", up("window: calendar-year, year_starts: " + mark + "0"), "E_RANGE", upField + ".year_starts"},
		{"a year that starts in December", up("window: calendar-year, year_starts: 12"), "", ""},
		{"a year that starts in a 13th month", up("window: calendar-year, year_starts: " + mark + "13"), "E_RANGE", upField + ".year_starts"},
		{"a month of a year that starts in February", up("window: calendar-month, year_starts: " + mark + "2"), "E_UNIT", upField + ".year_starts"},
		{"a part subscribed of a window less exclusions", up("window: calendar-month, whole: net, partial: " + mark + "prorated"), "E_CONFLICT", upField + ".partial"},
		{"a part subscribed of a fixed length", up("window: calendar-month, whole: 43200m, partial: prorated"), "", ""},
		{"full months less exclusions", up("window: calendar-month, whole: net, partial: full-only"), "", ""},
		{"a month of a year that starts in January", up("window: calendar-month, year_starts: 1"), "", ""},
		{"a zone of an abbreviation", up("window: calendar-month, zone: " + mark + "PST"), "E_ZONE", upField + ".zone"},
		{"a whole of nothing", up("window: calendar-month, whole: " + mark + "0h"), "E_UNIT", upField + ".whole"},
		{"a whole of a millisecond", up("window: calendar-month, whole: 1ms"), "", ""},
		{"a whole by a word", up("window: calendar-month, whole: " + mark + "gross"), "E_UNIT", upField + ".whole"},
		{"a whole in a map", up("window: calendar-month, whole: " + mark + "{of: net}"), "E_TYPE", upField + ".whole"},
		{"an unknown rule for a part of the window", up("window: calendar-month, partial: " + mark + "half"), "E_ENUM", upField + ".partial"},

		{"two of three services", group("{at_least: 2, of: [a, b, c]}"), "", ""},
		{"three of three services", group("{at_least: 3, of: [a, b, c]}"), "", ""},
		{"four of three services", group("{at_least: 4, of: " + mark + "[a, b, c]}"), "E_RANGE", upField + ".down_when.of"},
		{"none of three services", group("{at_least: " + mark + "0, of: [a, b, c]}"), "E_RANGE", upField + ".down_when.at_least"},
		{"some of services not named", group(mark + "{at_least: 2}"), "E_REQUIRED", upField + ".down_when.of"},
		{"a state of nothing said", group(mark + "{}"), "E_REQUIRED", upField + ".down_when"},
		{"all and any", group(mark + "{all: [a], any: [b]}"), "E_REQUIRED", upField + ".down_when"},
		{"all of no services", group("{all: " + mark + "[]}"), "E_REQUIRED", upField + ".down_when.all"},
		{"any of a word", group("{any: " + mark + "a}"), "E_TYPE", upField + ".down_when.any"},
		{"all, of other services", group("{all: [a], of: " + mark + "[b]}"), "E_CONFLICT", upField + ".down_when.of"},
		{"a state in a list", group(mark + "[a, b]"), "E_TYPE", upField + ".down_when"},
		{"a state inside that names a number of none", group("{any: [a, {at_least: 2, of: " + mark + "[b]}]}"), "E_RANGE", upField + ".down_when.any[1].of"},
		{"a service inside that is no identifier", group("{any: [" + mark + "A, b]}"), "E_ID", upField + ".down_when.any[0]"},

		{"the mean of one", up("window: calendar-month, mean_of: " + mark + "[a]"), "E_REQUIRED", upField + ".mean_of"},
		{"the mean of two", up("window: calendar-month, mean_of: [a, b]"), "", ""},
		{"the mean of a word", up("window: calendar-month, mean_of: " + mark + "a"), "E_TYPE", upField + ".mean_of"},
		{"the mean of each outage", up("window: outage, mean_of: " + mark + "[a, b]"), "E_CONFLICT", upField + ".mean_of"},
		{"the mean of services named again", up("window: calendar-month, mean_of: " + mark + "[a, b], services: [c]"), "E_CONFLICT", upField + ".mean_of"},

		{"an unknown impact", up("window: incident, impact: " + mark + "slow"), "E_ENUM", upField + ".impact"},
		{"no weights", up("window: incident, weights: " + mark + "{}"), "E_REQUIRED", upField + ".weights"},
		{"weights in a list", up("window: incident, weights: " + mark + "[100%]"), "E_TYPE", upField + ".weights"},
		{"a weight of an unknown impact", up("window: incident, weights: {" + mark + "slow: 5%, outage: 1}"), "E_UNKNOWN_FIELD", upField + ".weights.slow"},
		{"a weight of 99.99%", up("window: incident, weights: {outage: 99.99%}"), "", ""},
		{"a weight of 100%", up("window: incident, weights: {outage: 100%}"), "", ""},
		{"a weight of 100.01%", up("window: incident, weights: {outage: " + mark + "100.01%}"), "E_RANGE", upField + ".weights.outage"},
		{"weights beside degraded", up("window: incident, degraded: false, weights: " + mark + "{outage: 1}"), "E_CONFLICT", upField + ".weights"},
		{"weights and a minimum", up("window: incident, minimum: 5m, weights: {outage: 1}"), "", ""},
		{"shares and grace", up("window: incident, grace: 5m, by_share: true"), "", ""},
		{"weights and a state of several services", up("window: incident, down_when: {any: [a]}, weights: " + mark + "{outage: 1}"), "E_CONFLICT", upField + ".weights"},
		{"shares and a rounding of each outage", up("window: incident, round: {to: 5m, by: up}, by_share: " + mark + "true"), "E_CONFLICT", upField + ".by_share"},
		{"shares and a rounding of the window", up("window: incident, round: {to: 5m, by: up, each: window}, by_share: " + mark + "true"), "E_CONFLICT", upField + ".by_share"},
		{"an unknown reading of unknown time", up("window: incident, unknown: " + mark + "maybe"), "E_ENUM", upField + ".unknown"},

		{"two minimums", up("window: incident, minimum: 5m, longer_than: " + mark + "5m"), "E_CONFLICT", upField + ".longer_than"},
		{"how a minimum counts, without one", up("window: incident, minimum_counts: " + mark + "excess"), "E_REQUIRED", upField + ".minimum_counts"},
		{"when a minimum applies, without one", up("window: incident, minimum_applies: " + mark + "before-exclusions"), "E_REQUIRED", upField + ".minimum_applies"},
		{"grace of working days without their calendar", up("window: incident, grace: " + mark + "{working_days: 2}"), "E_REQUIRED", upField + ".grace.calendar"},
		{"grace of a calendar that does not exist", up("window: incident, grace: {working_days: 2, calendar: "+mark+"uk}") + office, "E_UNKNOWN_CALENDAR", upField + ".grace.calendar"},
		{"grace of no working days", up("window: incident, grace: {working_days: "+mark+"0, calendar: office}") + office, "E_RANGE", upField + ".grace.working_days"},
		{"hours of a calendar that does not exist", up("window: incident, hours: " + mark + "office"), "E_UNKNOWN_CALENDAR", upField + ".hours"},
		{"a rounding to nothing", up("window: incident, round: {to: " + mark + "0s, by: up}"), "E_RANGE", upField + ".round.to"},
		{"a rounding without its direction", up("window: incident, round: " + mark + "{to: 1m}"), "E_REQUIRED", upField + ".round.by"},
		{"a per cent of six decimals", up("window: incident, percent: {decimals: 6, by: down}"), "", ""},
		{"a per cent of seven decimals", up("window: incident, percent: {decimals: " + mark + "7, by: down}"), "E_RANGE", upField + ".percent.decimals"},
	}
	for _, tt := range tests {
		t.Run(tt.name, tt.check)
	}
}

func TestRefusedMeasures(t *testing.T) {
	tests := []refusal{
		{"intervals without their length", head + entry("up", "availability: "+mark+"{measure: mean-error-rate, window: incident}"), "E_REQUIRED", upField + ".interval"},
		{"intervals of no length", up("measure: mean-error-rate, interval: " + mark + "0s, window: incident"), "E_RANGE", upField + ".interval"},
		{"intervals of a millisecond", up("measure: mean-error-rate, interval: 1ms, window: incident"), "", ""},
		{"intervals of time", up("interval: " + mark + "5m, window: incident"), "E_UNIT", upField + ".interval"},
		{"a bad interval of requests", up("measure: requests, bad: " + mark + "{errors_over: 5%}, window: incident"), "E_UNIT", upField + ".bad"},
		{"empty intervals of time", up("empty: " + mark + "left-out, window: incident"), "E_UNIT", upField + ".empty"},
		{"nothing said of bad intervals", head + entry("up", "availability: "+mark+"{measure: bad-intervals, interval: 5m, window: incident}"), "E_REQUIRED", upField + ".bad"},
		{"an interval that any error spoils", up("measure: bad-intervals, interval: 5m, bad: {errors_over: 0%}, window: incident"), "", ""},
		{"an interval by two shares", up("measure: bad-intervals, interval: 5m, bad: " + mark + "{errors_over: 5%, errors_from: 5%}, window: incident"), "E_REQUIRED", upField + ".bad"},
		{"an interval by no share", up("measure: bad-intervals, interval: 5m, bad: " + mark + "{requests: 5}, window: incident"), "E_REQUIRED", upField + ".bad"},
		{"an interval by a share alone", up("measure: bad-intervals, interval: 5m, bad: " + mark + "5%, window: incident"), "E_TYPE", upField + ".bad"},
		{"an interval of no requests", up("measure: bad-intervals, interval: 5m, bad: {errors_over: 5%, requests: " + mark + "0}, window: incident"), "E_RANGE", upField + ".bad.requests"},
		{"a minimum of requests", up("measure: requests, minimum: " + mark + "5m, window: incident"), "E_UNIT", upField + ".minimum"},
		{"a length of requests", up("measure: requests, longer_than: " + mark + "5m, window: incident"), "E_UNIT", upField + ".longer_than"},
		{"no minimum of requests", up("measure: requests, minimum: 0s, window: incident"), "", ""},
		{"grace of a stated level", up("measure: stated-level, grace: " + mark + "5m, window: incident"), "E_UNIT", upField + ".grace"},
		{"each outage of requests", up("measure: requests, window: " + mark + "outage"), "E_UNIT", upField + ".window"},
		{"misses without whose", head + entry("up", "availability: "+mark+"{measure: misses, window: calendar-month}"), "E_REQUIRED", upField + ".misses"},
		{"misses of itself", up("misses: {of: " + mark + "up}, window: calendar-month"), "E_UNKNOWN_CLAUSE", upField + ".misses.of"},
		{"misses of a clause that does not exist", up("misses: {of: " + mark + "other}, window: calendar-month"), "E_UNKNOWN_CLAUSE", upField + ".misses.of"},
		{"misses of misses", head + entry("a", byMonth) + entry("b", "availability: {misses: {of: a}, window: calendar-month}") + entry("c", "availability: {misses: {of: "+mark+"b}, window: calendar-month}"), "E_UNKNOWN_CLAUSE", "clauses[2].availability.misses.of"},
		{"misses where time is measured", head + entry("a", byMonth) + entry("b", "availability: {measure: time, misses: "+mark+"{of: a}, window: calendar-month}"), "E_CONFLICT", "clauses[1].availability.misses"},
		{"misses within no windows", head + entry("a", byMonth) + entry("b", "availability: {misses: {of: a, within: "+mark+"0}, window: calendar-month}"), "E_RANGE", "clauses[1].availability.misses.within"},
		{"misses within 120 windows", head + entry("a", byMonth) + entry("b", "availability: {misses: {of: a, within: 120}, window: calendar-month}"), "", ""},
		{"misses within 121 windows", head + entry("a", byMonth) + entry("b", "availability: {misses: {of: a, within: "+mark+"121}, window: calendar-month}"), "E_RANGE", "clauses[1].availability.misses.within"},
		{"misses in a word", up("misses: " + mark + "other, window: calendar-month"), "E_TYPE", upField + ".misses"},

		{"notice of no days", excluded("notice: {days: " + mark + "0}"), "E_RANGE", outField + ".notice.days"},
		{"notice of 400 days", excluded("notice: {days: 400}"), "", ""},
		{"notice of 401 days", excluded("notice: {days: " + mark + "401}"), "E_RANGE", outField + ".notice.days"},
		{"notice by a calendar that does not exist", excluded("notice: {days: 5, calendar: " + mark + "uk}"), "E_UNKNOWN_CALENDAR", outField + ".notice.calendar"},
		{"notice without its unit", excluded("notice: " + mark + "48"), "E_UNIT", outField + ".notice"},
		{"nothing of each phase", excluded("each_at_most: " + mark + "0h"), "E_RANGE", outField + ".each_at_most"},
		{"phases up to no length", excluded("only_up_to: " + mark + "0h"), "E_RANGE", outField + ".only_up_to"},
		{"a phase up to a list", excluded("only_up_to: " + mark + "[1h]"), "E_TYPE", outField + ".only_up_to"},
		{"an allowance of nothing", excluded("allowance: {of: " + mark + "0h, per: calendar-month}"), "E_RANGE", outField + ".allowance.of"},
		{"an allowance of a millisecond", excluded("allowance: {of: 1ms, per: calendar-month}"), "", ""},
		{"an allowance for each outage", excluded("allowance: {of: 1h, per: " + mark + "outage}"), "E_ENUM", outField + ".allowance.per"},
		{"an allowance without its period", excluded("allowance: " + mark + "{of: 1h}"), "E_REQUIRED", outField + ".allowance.per"},
	}
	for _, tt := range tests {
		t.Run(tt.name, tt.check)
	}
}

func TestRefusedPays(t *testing.T) {
	const pay, tiers = xField + ".pay", xField + ".tiers[0]"
	tests := []refusal{
		{"units without their rounding", strings.Replace(paying(byMonth, "rate: 5%, each: 30m"), "{rate", mark+"{rate", 1), "E_REQUIRED", pay + ".round"},
		{"units begun", paying(byMonth, "rate: 5%, each: 30m, round: up"), "", ""},
		{"units by an unknown rounding", paying(byMonth, "rate: 5%, each: 30m, round: "+mark+"nearest"), "E_ENUM", pay + ".round"},
		{"units of nothing", paying(byMonth, "rate: 5%, each: "+mark+"0m, round: up"), "E_RANGE", pay + ".each"},
		{"units of a millisecond", paying(byMonth, "rate: 5%, each: 1ms, round: up"), "", ""},
		{"units of a list", paying(byMonth, "rate: 5%, each: "+mark+"[30m], round: up"), "E_TYPE", pay + ".each"},
		{"units of a word", paying(byMonth, "rate: 5%, each: "+mark+"hour, round: up"), "E_UNIT", pay + ".each"},
		{"a count of time", paying(byMonth, "rate: 5%, each: "+mark+"30, round: up"), "E_UNIT", pay + ".each"},
		{"a count of nothing", paying(byCount, "rate: 5%, each: "+mark+"0, round: up"), "E_RANGE", pay + ".each"},
		{"a count of one", paying(byCount, "rate: 5%, each: 1"), "", ""},
		{"a count of two, without their rounding", strings.Replace(paying(byCount, "rate: 5%, each: 2"), "{rate", mark+"{rate", 1), "E_REQUIRED", pay + ".round"},
		{"lengths of a count", paying(byCount, "rate: 5%, each: "+mark+"30m, round: up"), "E_UNIT", pay + ".each"},
		{"lengths of requests", strings.Replace(paying(byRequests, "rate: 5%, each: 30m, round: up"), "{rate", mark+"{rate", 1), "E_UNIT", pay},
		{"lengths of a reading in ms", paying(byReading, "rate: 5%, each: 10ms, round: up"), "", ""},
		{"counts of a reading", paying(byReading, "rate: 5%, each: 10, round: up"), "", ""},
		{"a part of nothing", paying(byMonth, "rate: 5%, each: "+mark+"0.0%, round: up"), "E_RANGE", pay + ".each"},
		{"a part of a ten thousandth", paying(byMonth, "rate: 5%, each: 0.01%, round: up"), "", ""},
		{"a part of a count", strings.Replace(paying(byCount, "rate: 5%, each: 1%, round: up"), "{rate", mark+"{rate", 1), "E_UNIT", pay},
		{"civil days of a month", strings.Replace(paying(byMonth, "rate: 5%, each: civil-day"), "{rate", mark+"{rate", 1), "E_UNIT", pay},
		{"civil days of an outage", paying(byOutage, "rate: 5%, each: civil-day"), "", ""},
		{"a rounding without units", paying(byMonth, "rate: 5%, round: "+mark+"up"), "E_REQUIRED", pay + ".round"},
		{"a threshold without units", paying(byMonth, "rate: 5%, after: "+mark+"1h"), "E_REQUIRED", pay + ".after"},
		{"what counts without units", paying(byMonth, "rate: 5%, counts: "+mark+"all"), "E_REQUIRED", pay + ".counts"},
		{"no more units without units", paying(byMonth, "rate: 5%, units_at_most: "+mark+"3"), "E_REQUIRED", pay + ".units_at_most"},
		{"a threshold of nothing", paying(byMonth, "rate: 5%, each: 1h, round: up, after: 0h"), "", ""},
		{"a threshold of a millisecond, and not what counts", strings.Replace(paying(byMonth, "rate: 5%, each: 1h, round: up, after: 1ms"), "{rate", mark+"{rate", 1), "E_REQUIRED", pay + ".counts"},
		{"a threshold of a millisecond, and what counts", paying(byMonth, "rate: 5%, each: 1h, round: up, after: 1ms, counts: excess"), "", ""},
		{"a threshold without its unit", paying(byMonth, "rate: 5%, each: 1h, round: up, after: "+mark+"3, counts: all"), "E_UNIT", pay + ".after"},
		{"a threshold by a level", paying(byMonth, "rate: 5%, each: 1h, round: up, after: "+mark+"99%, counts: all"), "E_UNIT", pay + ".after"},
		{"a level by a length", paying(byMonth, "rate: 5%, each: 1%, round: up, after: "+mark+"1h"), "E_NUM_FORM", pay + ".after"},
		{"an unknown way to count", paying(byMonth, "rate: 5%, each: 1h, round: up, after: 1h, counts: "+mark+"some"), "E_ENUM", pay + ".counts"},
		{"no units at most", paying(byMonth, "rate: 5%, each: 1h, round: up, units_at_most: "+mark+"0"), "E_RANGE", pay + ".units_at_most"},
		{"one unit at most", paying(byMonth, "rate: 5%, each: 1h, round: up, units_at_most: 1"), "", ""},

		{"two kinds of pay", paying(byMonth, "rate: 5%, fixed: "+mark+"5"), "E_CONFLICT", pay + ".fixed"},
		{"no kind of pay", credited(byMonth, "pay: "+mark+"{}"), "E_REQUIRED", pay},
		{"a pay in a list", credited(byMonth, "pay: "+mark+"[5%]"), "E_TYPE", pay},
		{"a sum of two", paying(byMonth, "sum: [5%, {fixed: 5}]"), "", ""},
		{"a sum of one", paying(byMonth, "sum: "+mark+"[5%]"), "E_REQUIRED", pay + ".sum"},
		{"the greater of a word", paying(byMonth, "greater_of: "+mark+"5%"), "E_TYPE", pay + ".greater_of"},
		{"a fixed sum below nothing", paying(byMonth, "fixed: "+mark+"-1"), "E_RANGE", pay + ".fixed"},
		{"a fixed sum of nothing", paying(byMonth, "fixed: 0"), "", ""},
		{"a fixed sum in another currency", paying(byMonth, "fixed: "+mark+"USD 5"), "E_CAP", pay + ".fixed"},
		{"sums in order", paying(byMonth, "fixed: {2019-04-01: 8, 2019-04-02: 9}"), "", ""},
		{"sums of one day", paying(byMonth, "fixed: {2019-04-01: 8, "+mark+"2019/04/01: 9}"), "E_RANGE", pay + ".fixed.2019/04/01"},
		{"sums out of order", paying(byMonth, "fixed: {2019-04-01: 8, "+mark+"2019-03-31: 9}"), "E_RANGE", pay + ".fixed.2019-03-31"},
		{"a sum from a day that no calendar has", paying(byMonth, "fixed: {2019-04-01: 8, "+mark+"2023-02-29: 9}"), "E_DATE", pay + ".fixed.2023-02-29"},
		{"a sum of a day below nothing", paying(byMonth, "fixed: {2019-04-01: "+mark+"-8}"), "E_RANGE", pay + ".fixed.2019-04-01"},
		{"sums of no day", paying(byMonth, "fixed: "+mark+"{}"), "E_REQUIRED", pay + ".fixed"},
		{"days of no service", paying(byMonth, "days: 1, day_of: "+mark+"0"), "E_RANGE", pay + ".day_of"},
		{"days of a year", paying(byMonth, "days: 1, day_of: 366"), "", ""},
		{"days of more than a year", paying(byMonth, "days: 1, day_of: "+mark+"367"), "E_RANGE", pay + ".day_of"},
		{"points below nothing", paying(byMonth, "points: "+mark+"-1"), "E_RANGE", pay + ".points"},
		{"a multiple without prorata", paying(byMonth, "rate: 5%, times: "+mark+"10"), "E_CONFLICT", pay + ".times"},
		{"a whole without prorata", paying(byMonth, "rate: 5%, over: "+mark+"720h"), "E_CONFLICT", pay + ".over"},
		{"a cut without prorata", paying(byMonth, "rate: 5%, cut: "+mark+"{decimals: 2, by: up}"), "E_CONFLICT", pay + ".cut"},
		{"prorata no times", paying(byMonth, "prorata: downtime, times: "+mark+"0"), "E_RANGE", pay + ".times"},
		{"prorata of something", paying(byMonth, "prorata: "+mark+"uptime"), "E_ENUM", pay + ".prorata"},
		{"prorata over nothing", paying(byMonth, "prorata: downtime, over: "+mark+"0h"), "E_RANGE", pay + ".over"},
		{"prorata of requests", paying(byRequests, "prorata: downtime"), "", ""},
		{"prorata of requests over a length of time", strings.Replace(paying(byRequests, "prorata: downtime, over: 720h"), "{prorata", mark+"{prorata", 1), "E_UNIT", pay},
		{"prorata of a count", strings.Replace(paying(byCount, "prorata: downtime"), "{prorata", mark+"{prorata", 1), "E_UNIT", pay},
		{"prorata of what exceeds no target", strings.Replace(paying("availability: {window: incident}", "prorata: excess"), "{prorata", mark+"{prorata", 1), "E_REQUIRED", pay},
		{"more than the fee", credited(byMonth, "pay: "+mark+"100.1%"), "E_RANGE", pay},
		{"the fee", credited(byMonth, "pay: 100%"), "", ""},

		{"rungs and one pay", head + entry("up", byMonth) + entry("x", "credit: "+mark+"{availability: up, pay: 5%, tiers: [{below: 99%, pay: 5%}]}"), "E_REQUIRED", xField},
		{"neither rungs nor one pay", head + entry("up", byMonth) + entry("x", "credit: "+mark+"{availability: up}"), "E_REQUIRED", xField},
		{"a credit in a list", head + entry("x", "credit: "+mark+"[a]"), "E_TYPE", "clauses[0].credit"},
		{"rungs in a map", credited(byMonth, "tiers: "+mark+"{below: 99%, pay: 5%}"), "E_TYPE", xField + ".tiers"},
		{"a rung that is a share", credited(byMonth, "tiers: ["+mark+"5%]"), "E_TYPE", tiers},
		{"a rung with edges of two kinds", credited(byMonth, "tiers: ["+mark+"{over: 1h, from: 90%, pay: 5%}]"), "E_TIER", tiers},
		{"a rung below a level, up to a length", credited(byMonth, "tiers: ["+mark+"{below: 99%, up_to: 2h, pay: 5%}]"), "E_TIER", tiers},
		{"a rung from a level, under a length", credited(byMonth, "tiers: ["+mark+"{from: 99%, under: 2h, pay: 5%}]"), "E_TIER", tiers},
		{"a rung of two further edges", credited(byMonth, "tiers: ["+mark+"{below: 99%, from: 90%, above: 91%, pay: 5%}]"), "E_TIER", tiers},
		{"a rung between 98.99% and 99%", credited(byMonth, "tiers: [{below: 99%, from: 98.99%, pay: 5%}]"), "", ""},
		{"a rung from 99% to below it", credited(byMonth, "tiers: ["+mark+"{below: 99%, from: 99%, pay: 5%}]"), "E_TIER", tiers},
		{"a rung of 99% alone", credited(byMonth, "tiers: [{at_most: 99%, from: 99%, pay: 5%}]"), "", ""},
		{"a rung from 99.01% to below 99%", credited(byMonth, "tiers: ["+mark+"{below: 99%, from: 99.01%, pay: 5%}]"), "E_TIER", tiers},
		{"a rung over 1h and under 1h1ms", credited(byMonth, "tiers: [{over: 1h, under: 1h1ms, pay: 5%}]"), "", ""},
		{"a rung over 1h and under it", credited(byMonth, "tiers: ["+mark+"{over: 1h, under: 1h, pay: 5%}]"), "E_TIER", tiers},
		{"a rung of 1h alone", credited(byMonth, "tiers: [{at_least: 1h, up_to: 60m, pay: 5%}]"), "", ""},
		{"a rung over 1h and up to less", credited(byMonth, "tiers: ["+mark+"{over: 1h, up_to: 59m, pay: 5%}]"), "E_TIER", tiers},
		{"rungs of two kinds", credited(byMonth, "tiers: [{below: 99%, pay: 5%}, "+mark+"{over: 1h, pay: 5%}]"), "E_TIER", xField + ".tiers[1]"},
		{"rungs on a length, the longer first", credited(byMonth, "tiers: [{over: 2h, pay: 5%}, "+mark+"{over: 1h, pay: 10%}]"), "E_TIER", xField + ".tiers[1]"},
		{"rungs on a length, one twice", credited(byMonth, "tiers: [{over: 1h, pay: 5%}, "+mark+"{over: 60m, pay: 10%}]"), "E_TIER", xField + ".tiers[1]"},
		{"rungs on a length, at it and over it", credited(byMonth, "tiers: [{at_least: 1h, pay: 5%}, {over: 1h, pay: 10%}]"), "", ""},
		{"a rung of time without its unit", credited(byMonth, "tiers: [{over: "+mark+"30, pay: 5%}]"), "E_UNIT", tiers + ".over"},
		{"a rung of any time", credited(byMonth, "tiers: [{over: 0, pay: 5%}]"), "", ""},
		{"a rung of a count in minutes", credited(byCount, "tiers: [{at_least: "+mark+"30m, pay: 5%}]"), "E_UNIT", tiers + ".at_least"},
		{"a rung of a reading in milliseconds", credited(byReading, "tiers: [{over: 25ms, pay: 5%}]"), "", ""},
		{"a rung of a reading", credited(byReading, "tiers: [{over: 25, pay: 5%}]"), "", ""},
		{"a rung on uptime of a count", credited(byCount, "tiers: ["+mark+"{below: 99%, pay: 5%}]"), "E_UNIT", tiers},
		{"a rung on a length of requests", credited(byRequests, "tiers: ["+mark+"{over: 1h, pay: 5%}]"), "E_UNIT", tiers},
		{"an unknown reading of the table", credited(byMonth, "pay: 5%, reading: "+mark+"twice"), "E_ENUM", xField + ".reading"},
		{"the first in a gap", credited(byMonth, "pay: 5%, if_none: "+mark+"first"), "E_ENUM", xField + ".if_none"},
		{"nothing in an overlap", credited(byMonth, "pay: 5%, if_several: "+mark+"nothing"), "E_ENUM", xField + ".if_several"},
	}
	for _, tt := range tests {
		t.Run(tt.name, tt.check)
	}
}

func TestRefusedLimitsAndClaims(t *testing.T) {
	tests := []refusal{
		{"limits", credited(byMonth, "pay: 5%, at_most: [0.01%, {fixed: 0}]"), "", ""},
		{"a limit of nothing in a list", credited(byMonth, "pay: 5%, at_most: [5%, "+mark+"0%]"), "E_RANGE", xField + ".at_most[1]"},
		{"a limit that says nothing", credited(byMonth, "pay: 5%, at_most: [5%, "+mark+"{of: hosting}]"), "E_REQUIRED", xField + ".at_most[1]"},
		{"a limit in a list in a list", credited(byMonth, "pay: 5%, at_most: ["+mark+"[5%]]"), "E_TYPE", xField + ".at_most[0]"},
		{"a limit of an unknown field", credited(byMonth, "pay: 5%, at_most: {rate: 5%, "+mark+"for: incident}"), "E_UNKNOWN_FIELD", xField + ".at_most.for"},
		{"a base of none of the fee", credited(byMonth, "pay: 5%, of: {times: "+mark+"0%}"), "E_RANGE", xField + ".of.times"},
		{"a base of a part that is not read", credited(byMonth, "pay: 5%, of: {times: "+mark+"1.5}"), "E_UNIT", xField + ".of.times"},
		{"a base in a list", credited(byMonth, "pay: 5%, of: "+mark+"[a, b]"), "E_TYPE", xField + ".of"},
		{"a base that is no name", credited(byMonth, "pay: 5%, of: "+mark+"Fee"), "E_ID", xField + ".of"},
		{"a least credit just below its limit", credited(byMonth, "pay: 5%, at_least: 99, at_most: {fixed: 100}"), "", ""},
		{"a least credit at its limit", credited(byMonth, "pay: 5%, at_least: 100, at_most: {fixed: 100}"), "", ""},
		{"a least credit above its limit", credited(byMonth, "pay: 5%, at_least: "+mark+"101, at_most: {fixed: 100}"), "E_CAP", xField + ".at_least"},
		{"a least credit below nothing", credited(byMonth, "pay: 5%, at_least: "+mark+"-1"), "E_RANGE", xField + ".at_least"},
		{"a threshold in parts of a yen", credited(byMonth, "pay: 5%, pays_over: "+mark+"0.5"), "E_PRECISION", xField + ".pays_over"},

		{"a claim by an unknown word", credited(byMonth, "pay: 5%, claim: "+mark+"never"), "E_ENUM", xField + ".claim"},
		{"a claim in a list", credited(byMonth, "pay: 5%, claim: "+mark+"[automatic]"), "E_TYPE", xField + ".claim"},
		{"a deadline that says nothing", credited(byMonth, "pay: 5%, claim: {by: "+mark+"{}}"), "E_REQUIRED", xField + ".claim.by"},
		{"a deadline of a day of the month alone", credited(byMonth, "pay: 5%, claim: {by: "+mark+"{day: 15}}"), "E_REQUIRED", xField + ".claim.by"},
		{"a deadline on the day itself", credited(byMonth, "pay: 5%, claim: {by: {days: 0}}"), "", ""},
		{"a deadline before it", credited(byMonth, "pay: 5%, claim: {by: {days: "+mark+"-1}}"), "E_RANGE", xField + ".claim.by.days"},
		{"a deadline of 3660 days", credited(byMonth, "pay: 5%, claim: {by: {days: 3660}}"), "", ""},
		{"a deadline of 3661 days", credited(byMonth, "pay: 5%, claim: {by: {days: "+mark+"3661}}"), "E_RANGE", xField + ".claim.by.days"},
		{"a deadline of 120 months", credited(byMonth, "pay: 5%, claim: {by: {months: 120, day: 31}}"), "", ""},
		{"a deadline of 121 months", credited(byMonth, "pay: 5%, claim: {by: {months: "+mark+"121}}"), "E_RANGE", xField + ".claim.by.months"},
		{"a deadline on the 32nd", credited(byMonth, "pay: 5%, claim: {by: {months: 1, day: "+mark+"32}}"), "E_RANGE", xField + ".claim.by.day"},
		{"a deadline from an unknown start", credited(byMonth, "pay: 5%, claim: {by: {days: 1, after: "+mark+"notice}}"), "E_ENUM", xField + ".claim.by.after"},
		{"a deadline by a calendar that does not exist", credited(byMonth, "pay: 5%, claim: {by: {days: 1, calendar: "+mark+"uk}}"), "E_UNKNOWN_CALENDAR", xField + ".claim.by.calendar"},
		{"a deadline by a calendar", credited(byMonth, "pay: 5%, claim: {by: {days: 1, calendar: office}}") + office, "", ""},
		{"an unknown form", credited(byMonth, "pay: 5%, form: "+mark+"cash"), "E_ENUM", xField + ".form"},
		{"a form that is lost at once", credited(byMonth, "pay: 5%, form: {expires_months: "+mark+"0}"), "E_RANGE", xField + ".form.expires_months"},

		{"goodwill of nothing said", head + entry("x", "goodwill: "+mark+"{}"), "E_REQUIRED", "clauses[0].goodwill.pay"},
		{"goodwill with rungs", head + entry("x", "goodwill: {pay: 5%, "+mark+"tiers: []}"), "E_UNKNOWN_FIELD", "clauses[0].goodwill.tiers"},
		{"goodwill by time", head + entry("x", "goodwill: {pay: "+mark+"{prorata: downtime}}"), "E_UNIT", "clauses[0].goodwill.pay"},
		{"a combination of nothing", head + entry("x", "combine: {credits: "+mark+"[], take: sum}"), "E_REQUIRED", "clauses[0].combine.credits"},
		{"a combination of a commitment", head + entry("up", byMonth) + entry("x", "combine: {credits: "+mark+"[up], take: sum}"), "E_UNKNOWN_CLAUSE", "clauses[1].combine.credits"},
		{"a combination of one twice", credited(byMonth, "pay: 5%") + entry("y", "combine: {credits: "+mark+"[x, x], take: sum}"), "E_DUP_ID", "clauses[2].combine.credits"},
		{"two combinations of one", credited(byMonth, "pay: 5%") + entry("y", "combine: {credits: [x], take: sum}") + entry("z", "combine: {credits: "+mark+"[x], take: sum}"), "E_CONFLICT", "clauses[3].combine.credits"},
		{"a combination without what is taken", credited(byMonth, "pay: 5%") + entry("y", "combine: "+mark+"{credits: [x]}"), "E_REQUIRED", "clauses[2].combine.take"},
		{"an earn-back of nothing", credited(byMonth, "pay: 5%") + entry("y", "earn_back: {credit: x, windows: 1, return: "+mark+"0%}"), "E_RANGE", "clauses[2].earn_back.return"},
		{"an earn-back of all", credited(byMonth, "pay: 5%") + entry("y", "earn_back: {credit: x, windows: 60, return: 100%}"), "", ""},
		{"an earn-back of more", credited(byMonth, "pay: 5%") + entry("y", "earn_back: {credit: x, windows: 1, return: "+mark+"100.1%}"), "E_RANGE", "clauses[2].earn_back.return"},
		{"an earn-back of a commitment", head + entry("up", byMonth) + entry("y", "earn_back: {credit: "+mark+"up, windows: 1, return: 50%}"), "E_UNKNOWN_CLAUSE", "clauses[1].earn_back.credit"},
		{"a right to leave on no ground", head + entry("up", byMonth) + entry("y", "terminate: "+mark+"{availability: up, within: 6}"), "E_REQUIRED", "clauses[1].terminate"},
		{"a right to leave after 5 of 6", head + entry("up", byMonth) + entry("y", "terminate: {availability: up, misses: 5, within: 6}"), "", ""},
		{"a right to leave after 6 of 6", head + entry("up", byMonth) + entry("y", "terminate: {availability: up, misses: 6, within: 6}"), "", ""},
		{"a right to leave after 7 of 6", head + entry("up", byMonth) + entry("y", "terminate: {availability: up, misses: "+mark+"7, within: 6}"), "E_RANGE", "clauses[1].terminate.misses"},
		{"a carve-out of a right to leave", head + entry("up", byMonth) + entry("y", "terminate: {availability: up, below: 90%}") + entry("z", "lift: {clauses: "+mark+"[y]}"), "E_LIFTS_NOTHING", "clauses[2].lift.clauses"},
	}
	for _, tt := range tests {
		t.Run(tt.name, tt.check)
	}
}

func TestRefusedCalendarsAndExamples(t *testing.T) {
	calendar := func(fields string) string { return empty + "calendars:\n  - {id: a, " + fields + "}\n" }
	example := func(fields string) string { return empty + "examples:\n  - {name: a, " + fields + "}\n" }
	const ex = "examples[0]"
	tests := []refusal{
		{"calendars in a map", empty + "calendars:\n  " + mark + "a: {}\n", "E_TYPE", "calendars"},
		{"a calendar without an id", empty + "calendars:\n  - " + mark + "{days: [mon]}\n", "E_REQUIRED", "calendars[0].id"},
		{"a calendar twice", empty + "calendars:\n  - {id: a}\n  - {id: " + mark + "a}\n", "E_DUP_ID", "calendars[1].id"},
		{"a day in full", calendar("days: [" + mark + "monday]"), "E_ENUM", "calendars[0].days[0]"},
		{"hours to just before the end", calendar("hours: 09:00-09:01"), "", ""},
		{"hours that end as they begin", calendar("hours: " + mark + "09:00-09:00"), "E_TIME", "calendars[0].hours"},
		{"hours to the day's end", calendar("hours: 23:59-24:00"), "", ""},
		{"hours beyond the day's end", calendar("hours: " + mark + "09:00-24:01"), "E_TIME", "calendars[0].hours"},
		{"hours of one digit", calendar("hours: " + mark + "9:00-17:00"), "E_TIME", "calendars[0].hours"},
		{"hours of sixty minutes", calendar("hours: " + mark + "09:60-17:00"), "E_TIME", "calendars[0].hours"},
		{"hours of one time", calendar("hours: " + mark + "\"09:00\""), "E_TIME", "calendars[0].hours"},
		{"hours in a list", calendar("hours: " + mark + "[09:00, 17:00]"), "E_TYPE", "calendars[0].hours"},
		{"a holiday that no calendar has", calendar("holidays: [" + mark + "2023-02-29]"), "E_DATE", "calendars[0].holidays[0]"},
		{"a zone of an abbreviation", calendar("zone: " + mark + "JST"), "E_ZONE", "calendars[0].zone"},

		{"an example that does not say what is paid", empty + "examples:\n  - " + mark + "{name: a}\n", "E_REQUIRED", ex + ".pays"},
		{"an example without a name", empty + "examples:\n  - " + mark + "{pays: 0}\n", "E_REQUIRED", ex + ".name"},
		{"examples in a map", empty + "examples:\n  " + mark + "a: {}\n", "E_TYPE", "examples"},
		{"an example that pays a list", example("pays: " + mark + "[0]"), "E_TYPE", ex + ".pays"},
		{"an example that pays one sum", example("pays: {least: 5, most: 5}"), "", ""},
		{"an example that pays at most less than the least", example("pays: " + mark + "{least: 5, most: 4}"), "E_RANGE", ex + ".pays"},
		{"an example that pays at least something", example("pays: " + mark + "{least: 5}"), "E_REQUIRED", ex + ".pays.most"},
		{"an outage without its unit", example("pays: 0, down: " + mark + "5"), "E_UNIT", ex + ".down"},
		{"an outage in a map", example("pays: 0, down: " + mark + "{for: 5m}"), "E_TYPE", ex + ".down"},
		{"an outage of no length said", example("pays: 0, down: [" + mark + "{service: a}]"), "E_REQUIRED", ex + ".down[0].for"},
		{"a level as a bare number", example("pays: 0, level: " + mark + "99.9"), "E_UNIT", ex + ".level"},
		{"a record of nothing", example("pays: 0, levels: [" + mark + "{of: up}]"), "E_REQUIRED", ex + ".levels[0]"},
		{"a record of two", example("pays: 0, levels: [" + mark + "{uptime: 99%, value: 5}]"), "E_REQUIRED", ex + ".levels[0]"},
		{"a value below nothing", example("pays: 0, value: " + mark + "-1"), "E_RANGE", ex + ".value"},
		{"requests that all fail", example("pays: 0, series: [{interval: 5m, runs: [{of: 1, total: 2, failed: 2}]}]"), "", ""},
		{"more failed requests than requests", example("pays: 0, series: [{interval: 5m, runs: [" + mark + "{of: 1, total: 2, failed: 3}]}]"), "E_RANGE", ex + ".series[0].runs[0]"},
		{"runs of no intervals", example("pays: 0, series: [{interval: 5m, runs: [{of: " + mark + "0, total: 2, failed: 1}]}]"), "E_RANGE", ex + ".series[0].runs[0].of"},
		{"intervals of no length", example("pays: 0, series: [{interval: " + mark + "0m, runs: []}]"), "E_RANGE", ex + ".series[0].interval"},
		{"a fee below nothing", example("pays: 0, fee: " + mark + "-1"), "E_RANGE", ex + ".fee"},
		{"a fee of no name", example("pays: 0, fees: {" + mark + "Fee: 1}"), "E_ID", ex + ".fees.Fee"},
		{"the billing day 31", example("pays: 0, billing_day: 31"), "", ""},
		{"the billing day 32", example("pays: 0, billing_day: " + mark + "32"), "E_RANGE", ex + ".billing_day"},
		{"findings in a list", example("pays: 0, findings: " + mark + "[a]"), "E_TYPE", ex + ".findings"},
		{"a finding in a list", example("pays: 0, findings: {grade: " + mark + "[a]}"), "E_TYPE", ex + ".findings.grade"},
		{"an unknown field", example("pays: 0, " + mark + "outage: 5m"), "E_UNKNOWN_FIELD", ex + ".outage"},
	}
	for _, tt := range tests {
		t.Run(tt.name, tt.check)
	}
}

func TestParseDuration(t *testing.T) {
	tests := []struct {
		name, text string
		want       int64
	}{
		{"nothing", "0s", 0},
		{"a millisecond", "1ms", 1},
		{"minutes and seconds", "4m19s", 259_000},
		{"a month of 30 days less its hours", "29d24h", 2_592_000_000},
		{"every unit", "1d2h3m4s5ms", 93_784_005},
		{"leading zeros", "007m", 420_000},
		{"nine digits", "999999999s", 999_999_999_000},
		{"the longest", "999999999d999999999h999999999m999999999s999999999ms", 999_999_999 * (86_400_000 + 3_600_000 + 60_000 + 1000 + 1)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := contracts.ParseDuration(tt.text); err != nil || got != tt.want || got > math.MaxInt64/50 {
				t.Errorf("got %d, %v, want %d", got, err, tt.want)
			}
		})
	}
	for _, text := range []string{"", "5", "m", "5 m", "5min", "1.5h", "-1h", "+1h", "19s4m", "1h1h", "5m5m", "1ms1s", "1234567890m", "1H", "５m", "1w", "1h30", "1h\n"} {
		if got, err := contracts.ParseDuration(text); err == nil {
			t.Errorf("%q was read as %d", text, got)
		}
	}
}
