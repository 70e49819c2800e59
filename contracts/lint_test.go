package contracts_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/google/go-cmp/cmp"
)

// clauses is a contract file with those clauses.
func clauses(text string) string {
	return head + "  " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n  ") + "\n"
}

// lint reads a contract, which must have no errors, and returns the findings as code and value.
func lint(t *testing.T, text string) []string {
	t.Helper()
	c, problems := contracts.Read("terms.yaml", []byte(text))
	if problems.Err() != nil {
		t.Fatalf("%v\n%s", problems, text)
	}
	var out []string
	for _, p := range c.Lint() {
		out = append(out, strings.TrimSpace(p.Code+" "+p.Value))
		if p.Severity() != "warning" || p.Line == 0 || p.Column == 0 || p.Field == "" || p.Hint == "" || p.File != "terms.yaml" {
			t.Errorf("the finding does not say where it is and what to do: %#v", p)
		}
	}
	return out
}

// TestLintCodes holds every example of the table against its code, and its neighbour without the fault.
func TestLintCodes(t *testing.T) {
	codes := contracts.LintCodes()
	if !slices.IsSortedFunc(codes, func(a, b contracts.LintCode) int { return strings.Compare(a.Code, b.Code) }) {
		t.Error("the codes are not in order")
	}
	for _, k := range codes {
		t.Run(k.Code, func(t *testing.T) {
			has := func(text string) bool {
				return slices.ContainsFunc(lint(t, clauses(text)), func(s string) bool { return strings.HasPrefix(s, k.Code) })
			}
			if !has(k.Example) {
				t.Errorf("the example does not have it: %v", lint(t, clauses(k.Example)))
			}
			if has(k.Sound) {
				t.Errorf("its neighbour has it too: %v", lint(t, clauses(k.Sound)))
			}
			if others := lint(t, clauses(k.Sound)); len(others) > 0 {
				t.Errorf("its neighbour has another fault: %v", others)
			}
			if k.What.JA == "" || k.What.EN == "" || k.Remedy == "" {
				t.Error("the code is not explained")
			}
		})
	}
}

// service is a contract with one commitment and one credit.
func service(availability, credit string) string {
	return clauses("- {id: up, ref: {doc: SLA}, availability: {" + availability + "}}\n- {id: pay, ref: {doc: SLA}, credit: {availability: up, " + credit + "}}")
}

func TestLint(t *testing.T) {
	month := "target: 99.9%, window: calendar-month"
	tests := []struct {
		name, text string
		want       []string
	}{
		{"a ladder of a large cloud, nested and capped at the whole", service("target: 99.99%, window: billing-month", "tiers: [{below: 99.99%, pay: 10%}, {below: 99%, pay: 25%}, {below: 95%, pay: 100%}], at_most: 100%, claim: {by: {windows: 2}}"), nil},
		{"bands that touch, with a bottom", service(month, "tiers: [{below: 99.9%, from: 99%, pay: 10%}, {below: 99%, from: 95%, pay: 25%}, {below: 95%, pay: 100%}], at_most: 100%"), nil},
		{"a first rung just below the target", service(month, "tiers: [{below: 99.89%, pay: 10%}]"), []string{"W_TIER_GAP 99.89%"}},
		{"a first rung at the target", service(month, "tiers: [{below: 99.9%, pay: 10%}]"), nil},
		{"a first rung just above the target", service(month, "tiers: [{below: 99.91%, pay: 10%}]"), []string{"W_PAYS_WHILE_MET [99.9%, 99.91%)"}},
		{"bands of a promise of 99.9% that begin below 99.8%", service(month, "tiers: [{below: 99.8%, from: 98%, pay: 10%}, {below: 98%, pay: 25%}]"), []string{"W_TIER_GAP [99.8%, 99.9%)"}},
		{"bands closed at one decimal, as Host Europe writes them", service(month, "tiers: [{at_most: 99.8%, from: 98%, pay: 10%}, {at_most: 97.9%, from: 95%, pay: 25%}, {at_most: 94.9%, from: 90%, pay: 50%}, {at_most: 89.9%, pay: 100%}]"),
			[]string{"W_TIER_ORDER (97.9%, 98%)", "W_TIER_UNITS (99.8%, 99.9%)"}},
		{"the same with uptime of one decimal", service(month+", percent: {decimals: 1, by: down}", "tiers: [{at_most: 99.8%, from: 98%, pay: 10%}, {at_most: 97.9%, from: 95%, pay: 25%}, {at_most: 94.9%, from: 90%, pay: 50%}, {at_most: 89.9%, pay: 100%}]"), nil},
		{"the same with uptime of two decimals", service(month+", percent: {decimals: 2, by: down}", "tiers: [{at_most: 99.8%, from: 98%, pay: 10%}, {at_most: 97.9%, pay: 25%}]"),
			[]string{"W_TIER_ORDER (97.9%, 98%)", "W_TIER_UNITS (99.8%, 99.9%)"}},
		{"a gap that the terms decide", service(month, "tiers: [{below: 99.9%, from: 98%, pay: 10%}, {at_most: 97%, pay: 25%}], if_none: least"), nil},
		{"an edge in no rung", service(month, "tiers: [{below: 99.9%, above: 99%, pay: 10%}, {below: 99%, pay: 25%}]"), []string{"W_TIER_EDGE 99%", "W_TIER_ORDER 99%"}},
		{"an edge in two rungs", service(month, "tiers: [{below: 99.9%, from: 99%, pay: 10%}, {at_most: 99%, pay: 25%}]"), []string{"W_TIER_EDGE 99%"}},
		{"an edge in two rungs that pay the same", service(month, "tiers: [{below: 99.9%, from: 99%, pay: 10%}, {at_most: 99%, pay: 10%}]"), nil},
		{"an edge in two rungs, decided", service(month, "tiers: [{below: 99.9%, from: 99%, pay: 10%}, {at_most: 99%, pay: 25%}], if_several: most"), nil},
		{"an edge in promise and penalty, and one in no rung, as GitHub writes them", service("target: 99.9%, window: calendar-quarter", "tiers: [{at_most: 99.9%, above: 99%, pay: 10%}, {below: 99%, pay: 25%}]"),
			[]string{"W_TIER_EDGE 99%", "W_TIER_EDGE 99.9%", "W_TIER_ORDER 99%"}},
		{"an overlap of a tenth of one per cent", service(month, "tiers: [{below: 99.9%, from: 98.9%, pay: 10%}, {below: 99%, pay: 25%}]"), []string{"W_TIER_OVERLAP [98.9%, 99%)"}},
		{"rungs that stop at 95%", service(month, "tiers: [{below: 99.9%, from: 99%, pay: 10%}, {below: 99%, from: 95%, pay: 25%}]"), []string{"W_TIER_BOTTOM [0%, 95%)", "W_TIER_ORDER [0%, 95%)"}},
		{"a rung hidden by the first of several", service(month, "tiers: [{below: 99.9%, from: 98%, pay: 10%}, {below: 99.5%, from: 99%, pay: 20%}, {below: 98%, pay: 25%}], if_several: first"), []string{"W_TIER_UNREACHED [99%, 99.5%)"}},
		{"a rung that no uptime of two decimals reaches", service(month+", percent: {decimals: 2, by: down}", "tiers: [{below: 99.9%, from: 99%, pay: 10%}, {below: 98.999%, above: 98.99%, pay: 20%}, {below: 99%, pay: 25%}]"), []string{"W_TIER_UNREACHED above 98.99% and below 98.999%"}},
		{"a rung longer than a month has hours", service("window: calendar-month", "tiers: [{over: 1h, pay: 10%}, {at_least: 746h, pay: 20%}]"), []string{"W_TIER_UNREACHED from 31d2h"}},
		{"a rung as long as the longest month", service("window: calendar-month", "tiers: [{over: 1h, pay: 10%}, {at_least: 744h, pay: 20%}]"), nil},
		{"a rung of one interruption below the minimum", service("window: outage, minimum: 10m", "tiers: [{at_least: 5m, under: 10m, pay: 5%}, {at_least: 10m, pay: 20%}]"), []string{"W_TIER_UNREACHED from 5m and below 10m"}},
		{"lengths that leave a minute", service("window: outage", "tiers: [{at_least: 1m, under: 9m, pay: 5%}, {at_least: 10m, pay: 20%}]"), []string{"W_TIER_GAP [9m, 10m)", "W_TIER_ORDER [9m, 10m)"}},
		{"lengths that leave a minute, in whole units of ten", service("window: outage, round: {to: 10m, by: up}", "tiers: [{at_least: 1m, under: 11m, pay: 5%}, {at_least: 20m, pay: 20%}]"), nil},
		{"counts that follow one another", service("measure: occurrences, window: calendar-month", "tiers: [{at_least: 1, up_to: 2, pay: 5%}, {at_least: 3, pay: 20%}]"), nil},
		{"counts that leave one out", service("measure: occurrences, window: calendar-month", "tiers: [{at_least: 1, up_to: 2, pay: 5%}, {at_least: 4, pay: 20%}]"), []string{"W_TIER_GAP (2, 4)", "W_TIER_ORDER (2, 4)"}},
		{"days of service that grow fewer", service(month, "tiers: [{below: 99.9%, pay: {days: 3}}, {below: 99%, pay: {days: 2}}]"), []string{"W_TIER_ORDER [0%, 99%)"}},
		{"an allowance of 99.9% in minutes of 30 days", service(month, "tiers: [{over: 43m, pay: 10%}]"), []string{"W_TIER_UNITS 43m"}},
		{"the same held against 720 hours", service(month+", whole: 720h", "tiers: [{over: 43m, pay: 10%}]"), nil},
		{"a limit just below the highest rung", service(month, "tiers: [{below: 99.9%, pay: 30%}], at_most: 29%"), []string{"W_TIER_CAPPED 30%"}},
		{"a limit at the highest rung", service(month, "tiers: [{below: 99.9%, pay: 30%}], at_most: 30%"), nil},
		{"a limit just above the highest rung", service(month, "tiers: [{below: 99.9%, pay: 30%}], at_most: 31%"), []string{"W_CAP_IDLE 31%"}},
		{"a limit over rungs that add up", service(month, "tiers: [{below: 99.9%, pay: 30%}, {below: 99%, pay: 30%}], reading: cumulative, at_most: 50%"), nil},
		{"a limit of another fee", service(month, "tiers: [{below: 99.9%, pay: 30%}], at_most: {rate: 31%, of: yearly}"), nil},
		{"units that can exceed the fee", service(month, "pay: {rate: 5%, each: 1h, round: up}"), []string{"W_NO_CAP"}},
		{"units that cannot, as there are no more", service(month, "pay: {rate: 5%, each: 1h, round: up, units_at_most: 20}"), nil},
		{"a day's part for each day of a month", service(month, "pay: {rate: 1/31, each: 24h, round: down}"), nil},
		{"a thirtieth for each day begun", service(month, "pay: {rate: 1/30, each: 24h, round: up}"), nil},
		{"a twentieth for each day begun", service(month, "pay: {rate: 1/20, each: 24h, round: up}"), []string{"W_NO_CAP"}},
		{"a day of service for each day", service("window: outage", "pay: {days: 1, each: 24h, round: down}"), nil},
		{"more than a day of service for each day", service("window: outage", "pay: {days: 25/24, each: 24h, round: down}"), []string{"W_NO_CAP"}},
		{"a sum for each day", service("window: outage", "pay: {fixed: 1000, each: 24h, round: down}"), []string{"W_NO_CAP"}},
		{"a hundred times the time lost", service(month, "pay: {prorata: downtime, times: 100}"), []string{"W_NO_CAP"}},
		{"the time lost once", service(month, "pay: {prorata: downtime}"), nil},
		{"an automatic credit with a deadline", service(month, "tiers: [{below: 99.9%, pay: 30%}], claim: {automatic: true, by: {days: 30}}"), []string{"W_DEADLINE_IDLE"}},
		{"a deadline a month after the start", service(month, "tiers: [{below: 99.9%, pay: 30%}], claim: {by: {after: start, days: 31}}"), nil},
		{"a deadline of days for one interruption", service("window: outage", "pay: {fixed: 1000}, claim: {by: {after: recovery, days: 3}}"), nil},
		{"a minimum longer than a day", service("window: calendar-day, minimum: 26h", "pay: {fixed: 1000}"), []string{"W_MINIMUM 1d2h"}},
		{"a minimum as long as a day", service("window: calendar-day, minimum: 24h", "pay: {fixed: 1000}"), nil},
		{"two credits of plans that exclude each other", clauses("- {id: up, ref: {doc: SLA}, availability: {" + month + "}}\n- {id: a, ref: {doc: SLA}, when: {fact: plan-a}, credit: {availability: up, pay: {fixed: 1000}}}\n- {id: b, ref: {doc: SLA}, unless: {fact: plan-a}, credit: {availability: up, pay: {fixed: 2000}}}"), nil},
		{"two credits of two services", clauses("- {id: up, ref: {doc: SLA}, availability: {window: outage, services: [a]}}\n- {id: vp, ref: {doc: SLA}, availability: {window: outage, services: [b]}}\n- {id: a, ref: {doc: SLA}, credit: {availability: up, pay: {fixed: 1000}}}\n- {id: b, ref: {doc: SLA}, credit: {availability: vp, pay: {fixed: 2000}}}"), nil},
		{"two credits of one service", clauses("- {id: up, ref: {doc: SLA}, availability: {window: outage, services: [a]}}\n- {id: vp, ref: {doc: SLA}, availability: {window: calendar-month, services: [b, a]}}\n- {id: a, ref: {doc: SLA}, credit: {availability: up, pay: {fixed: 1000}}}\n- {id: b, ref: {doc: SLA}, credit: {availability: vp, pay: {fixed: 2000}}}"), []string{"W_CREDIT_STACK a"}},
		{"a carve-out for consumers who are none", clauses("- {id: cap, ref: {doc: T}, cap: {amount: 1, per: claim}}\n- {id: out, ref: {doc: T}, when: {consumer: true}, unless: {consumer: true}, lift: {clauses: [cap]}}"), []string{"W_LIFT_IDLE out"}},
		{"a carve-out of an exemption from ordinary negligence only", clauses("- {id: ex, ref: {doc: T}, exempt: {grades: [ordinary]}}\n- {id: out, ref: {doc: T}, when: {grade: gross}, lift: {clauses: [ex]}}"), []string{"W_LIFT_IDLE ex"}},
		{"a carve-out of an exemption from ordinary and gross negligence", clauses("- {id: ex, ref: {doc: T}, exempt: {grades: [ordinary, gross]}}\n- {id: out, ref: {doc: T}, when: {grade: gross}, lift: {clauses: [ex]}}"), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, lint(t, tt.text)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// A finding is an interval with its place in the file, which is that of the first rung of a table.
func TestLintSaysWhere(t *testing.T) {
	c, _ := contracts.Read("terms.yaml", []byte(service("target: 99.9%, window: calendar-month", "\n      tiers: [{below: 99.8%, from: 98%, pay: 10%},\n        {below: 98%, pay: 5%}]")))
	var got []string
	for _, p := range c.Lint() {
		got = append(got, p.Error())
	}
	want := []string{
		"terms.yaml:8:17: warning W_TIER_GAP: no rung pays at [99.8%, 99.9%), though the promise is missed there; let the rungs touch, or write if_none: nothing, least or most to say what holds there [field=clauses[1].credit.tiers value=\"[99.8%, 99.9%)\"]",
		"terms.yaml:9:11: warning W_TIER_ORDER: a longer failure pays less: 5% at [0%, 98%), and 10% at [98%, 99.8%); let a rung pay no less than those before it, unless the terms say so [field=clauses[1].credit.tiers[1] value=\"[0%, 98%)\"]",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}
