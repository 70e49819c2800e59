package contracts_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/google/go-cmp/cmp"
)

// ladder is an entry whose credit has those tiers, at line 9.
func ladder(tiers string) string {
	return head + entry("up", "availability: {target: 99%, window: calendar-month}\n    credit: {tiers: ["+tiers+"]}")
}

// lifts is a carve-out of those clauses.
func lifts(id, clauses string) string { return entry(id, "lift: {clauses: ["+clauses+"]}") }

func TestValidate(t *testing.T) {
	tests := []struct {
		name, text string
		want       []at
		says       string // part of the messages
	}{
		{"CLAUSE-01: tiers from high to low", ladder("{below: 99.9%, pay: 10%}, {below: 99%, pay: 30%}"), nil, ""},
		{"CLAUSE-01: tiers from low to high", ladder("{below: 99%, pay: 30%}, {below: 99.9%, pay: 10%}"),
			[]at{{"E_TIER", 9, 46, "clauses[0].credit.tiers[1]"}, {"E_TIER", 9, 46, "clauses[0].credit.tiers[1]"}}, "the range below 99.9% is already covered by the tier at 99% above it"},
		{"CLAUSE-01: a bound that stands twice", ladder("{below: 99%, pay: 10%}, {below: 99%, pay: 30%}"),
			[]at{{"E_TIER", 9, 46, "clauses[0].credit.tiers[1]"}}, "the range below 99% is already covered by the tier at 99% above it"},
		{"CLAUSE-01: a bound that stands twice, written as a fraction", ladder("{below: 99%, pay: 10%}, {below: 99/100, pay: 30%}"),
			[]at{{"E_TIER", 9, 46, "clauses[0].credit.tiers[1]"}}, "the range below 99% is already covered"},
		{"CLAUSE-01: at and below one bound are two ranges", ladder("{at_most: 99%, pay: 10%}, {below: 99%, pay: 30%}"), nil, ""},
		{"CLAUSE-01: below and at one bound overlap", ladder("{below: 99%, pay: 10%}, {at_most: 99%, pay: 30%}"),
			[]at{{"E_TIER", 9, 46, "clauses[0].credit.tiers[1]"}}, "the range below 99% is already covered"},
		{"a longer outage that pays less", ladder("{below: 99%, pay: 30%}, {below: 98%, pay: 29%}"),
			[]at{{"E_TIER", 9, 46, "clauses[0].credit.tiers[1]"}}, "pays 29% below 98%, less than the 30% above it"},
		{"a longer outage that pays the same", ladder("{below: 99%, pay: 30%}, {below: 98%, pay: 30%}"), nil, ""},
		{"a tier below full uptime", ladder("{below: 100%, pay: 10%}"), nil, ""},
		{"a tier at full uptime", ladder("{at_most: 100%, pay: 10%}"), []at{{"E_TIER", 9, 22, "clauses[0].credit.tiers[0]"}}, "the tier would pay at full uptime"},
		{"a tier just above full uptime", ladder("{below: 100.01%, pay: 10%}"), []at{{"E_TIER", 9, 22, "clauses[0].credit.tiers[0]"}}, "the tier would pay at full uptime"},
		{"CLAUSE-01: the first tier below the target", ladder("{below: 98.99%, pay: 10%}"), []at{{"W_TIER_GAP", 9, 22, "clauses[0].credit.tiers[0]"}}, "uptime below the target of 99% earns nothing until it falls below 98.99%"},
		{"CLAUSE-01: the first tier at the target", ladder("{below: 99%, pay: 10%}"), nil, ""},
		{"CLAUSE-01: the first tier above the target", ladder("{below: 99.01%, pay: 10%}"), nil, ""},
		{"NUM-10: a tier of the whole fee", ladder("{below: 99%, pay: 100%}"), nil, ""},
		{"NUM-10: a tier of more than the fee", ladder("{below: 99%, pay: 100.1%}"), []at{{"E_RANGE", 9, 40, "clauses[0].credit.tiers[0].pay"}}, "say it with at_most: 100.1%"},
		{"NUM-10: a tier of more than the fee, as the terms say", strings.Replace(ladder("{below: 99%, pay: 1000%}"), "}]}", "}], at_most: 1000%}", 1), nil, ""},
		{"no tiers", ladder(""), []at{{"E_REQUIRED", 9, 21, "clauses[0].credit.tiers"}}, "credit.tiers is empty"},

		{"CLAUSE-03: a cap just below nothing", head + entry("x", "cap: {amount: -1, per: claim}"), []at{{"E_CAP", 8, 19, "clauses[0].cap.amount"}}, "the cap is negative"},
		{"CLAUSE-03: a cap of nothing", head + entry("x", "cap: {amount: 0, per: claim}"), nil, ""},
		{"CLAUSE-03: a cap just above nothing", head + entry("x", "cap: {amount: 1, per: claim}"), nil, ""},
		{"CLAUSE-03: a cap of none of the fee", head + entry("x", "cap: {amount: {times: 0%, of: monthly-fee}, per: claim}"), []at{{"E_CAP", 8, 19, "clauses[0].cap.amount"}}, "the cap is none of the fee"},
		{"CLAUSE-03: a cap of more than the fee", head + entry("x", "cap: {amount: {times: 2, of: monthly-fee}, per: claim}"), nil, ""},
		{"a cap per row that is shared", head + entry("x", "cap: {amount: 1, per: subscription, share_by: claimed}"), []at{{"E_CAP", 8, 51, "clauses[0].cap.share_by"}}, "a cap per subscription is not shared among rows"},
		{"a cap per customer that is shared", head + entry("x", "cap: {amount: 1, per: customer, share_by: claimed}"), nil, ""},

		{"a cap on some heads and not on others", head + entry("x", "cap: {amount: 1, per: claim, heads: [a], except_heads: [b]}"), []at{{"E_CONFLICT", 8, 60, "clauses[0].cap.except_heads"}}, "names the heads that it covers and those that it does not"},
		{"a cap on some heads before layers", strings.Replace(head, "clauses:", "order: [cap, layer, own-fault, set-off]\nclauses:", 1) + entry("x", "cap: {amount: 1, per: claim, heads: [a]}") + entry("y", "layer: {limit: 1}"),
			[]at{{"E_ORDER", 9, 41, "clauses[0].cap.heads"}}, "let layer come before cap"},
		{"a layer over a head that is added later", head + entry("x", "layer: {heads: [a, b], limit: 1}") + entry("y", "add_after_offset: {heads: [b]}"), []at{{"E_CONFLICT", 8, 20, "clauses[0].layer.heads"}}, "clause x names b, which y adds"},
		{"clauses of one cession apart", head + entry("x", "layer: {cession: p, limit: 2}") + entry("y", "layer: {limit: 3}") + entry("z", "layer: {cession: p, limit: 1}"), []at{{"E_ORDER", 14, 22, "clauses[2].layer.cession"}}, "after a layer clause of another"},
		{"cessions one after another", head + entry("x", "layer: {cession: p, limit: 2}") + entry("y", "layer: {cession: p, limit: 3}") + entry("z", "layer: {cession: q, limit: 1}"), nil, ""},

		{"CLAUSE-05: carve-outs that lift each other", head + lifts("a", "b") + lifts("b", "a"), []at{{"E_CYCLE", 8, 21, "clauses[0].lift.clauses"}}, "a → b → a"},
		{"CLAUSE-05: a carve-out that lifts itself", head + lifts("a", "a"), []at{{"E_CYCLE", 8, 21, "clauses[0].lift.clauses"}}, "a → a"},
		{"CLAUSE-05: a circle of three behind a way in", head + lifts("in", "a") + lifts("a", "b") + lifts("b", "c") + lifts("c", "a"),
			[]at{{"E_CYCLE", 11, 21, "clauses[1].lift.clauses"}}, "a → b → c → a"},
		{"two ways to one clause are no circle", head + lifts("a", "b, c") + lifts("b", "c") + lifts("c", "e") + entry("e", "exempt: {}"), nil, ""},
		{"a carve-out of a clause that does not exist", head + entry("e", "exempt: {}") + lifts("a", "f"),
			[]at{{"E_UNKNOWN_CLAUSE", 11, 21, "clauses[1].lift.clauses"}}, `carve-out a lifts "f", which does not exist`},
		{"a carve-out of nothing", head + lifts("a", ""), []at{{"E_REQUIRED", 8, 21, "clauses[0].lift.clauses"}}, "lift.clauses is empty"},
		{"a carve-out of a commitment", ladder("{below: 99%, pay: 10%}") + lifts("a", "up, up.credit"),
			[]at{{"E_LIFTS_NOTHING", 12, 21, "clauses[1].lift.clauses"}, {"E_LIFTS_NOTHING", 12, 21, "clauses[1].lift.clauses"}}, "carve-out a names up, a clause of kind availability: there is nothing to lift"},

		{"an exclusion of a commitment that does not exist", head + entry("x", "exclude_downtime: {causes: [a], of: [up]}"),
			[]at{{"E_UNKNOWN_CLAUSE", 8, 41, "clauses[0].exclude_downtime.of"}}, `clause x refers to "up", which does not exist`},
		{"a credit for a clause that commits to nothing", head + entry("e", "exempt: {}") + entry("x", "credit: {availability: e, tiers: [{below: 99%, pay: 1}]}"),
			[]at{{"E_UNKNOWN_CLAUSE", 11, 28, "clauses[1].credit.availability"}}, "clause x refers to e, which is not an availability clause"},
		{"an exclusion of no causes", head + entry("x", "exclude_downtime: {causes: []}"), []at{{"E_REQUIRED", 8, 32, "clauses[0].exclude_downtime.causes"}}, "exclude_downtime.causes is empty"},
		{"an exclusion of no heads", head + entry("x", "exclude_loss: {heads: []}"), []at{{"E_REQUIRED", 8, 27, "clauses[0].exclude_loss.heads"}}, "exclude_loss.heads is empty"},
		{"an addition of no heads", head + entry("x", "add_after_offset: {heads: []}"), []at{{"E_REQUIRED", 8, 31, "clauses[0].add_after_offset.heads"}}, "add_after_offset.heads is empty"},

		{"an id that stands twice", head + entry("x", "exempt: {}") + entry("x", "set_off: {}"), []at{{"E_DUP_ID", 9, 9, "clauses[1].id"}}, "clause x stands twice, first at line 6"},
		{"own fault twice", head + entry("x", "own_fault: {}") + entry("y", "own_fault: {events: [a]}"), []at{{"E_CONFLICT", 9, 5, "clauses[1]"}}, "clauses x (at line 6) and y both take the customer's own share of fault"},
		{"set-off twice", head + entry("x", "set_off: {}") + entry("y", "set_off: {}"), []at{{"E_CONFLICT", 9, 5, "clauses[1]"}}, "clauses x (at line 6) and y both set credits off against damages"},
		{"a head added twice", head + entry("x", "add_after_offset: {heads: [a, b]}") + entry("y", "add_after_offset: {heads: [b]}"), []at{{"E_CONFLICT", 9, 5, "clauses[1]"}}, "both add b after the offset"},
		{"two heads added once each", head + entry("x", "add_after_offset: {heads: [a]}") + entry("y", "add_after_offset: {heads: [b]}"), nil, ""},

		{"in force for a day", "in_force: {from: 2012-04-01, until: 2012-04-02}\n" + empty, nil, ""},
		{"in force for no day", "in_force: {from: 2012-04-01, until: 2012-04-01}\n" + empty, []at{{"E_INTERVAL", 1, 11, "in_force"}}, "in force until 2012-04-01, which is not after 2012-04-01"},
		{"in force until before it began", "in_force: {from: 2012-04-01, until: 2012-03-31}\n" + empty, []at{{"E_INTERVAL", 1, 11, "in_force"}}, "in force until 2012-03-31"},
		{"an order without the cap", "order: [set-off, own-fault]\n" + empty, []at{{"E_ORDER", 1, 8, "order"}}, "the order names cap 0 times"},
		{"an order with set-off twice", "order: [set-off, own-fault, set-off, cap]\n" + empty, []at{{"E_ORDER", 1, 8, "order"}}, "the order names set-off 2 times"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := contracts.Read("terms.yaml", []byte(tt.text))
			if diff := cmp.Diff(tt.want, placesOf(problems)); diff != "" {
				t.Fatalf("problems (-want +got):\n%s\n%v", diff, problems)
			}
			if tt.want != nil && !strings.Contains(problems.Error(), tt.says) {
				t.Errorf("the problems are %v, want %q in them", problems, tt.says)
			}
		})
	}
}

// Each carve-out lifts the next one twice: there are 2^60 ways to the last, and no circle.
func TestManyWaysAreNoCircle(t *testing.T) {
	var b strings.Builder
	b.WriteString(head)
	for i := range 60 {
		next := fmt.Sprintf("c%d", i+1)
		b.WriteString(lifts(fmt.Sprintf("c%d", i), next+", "+next))
	}
	sound(t, b.String()+entry("c60", "exempt: {}"))
}

// A contract built in Go is held to what one read from a file is, without a place.
func TestValidateBuiltInGo(t *testing.T) {
	provision := func(id string) contracts.Provision {
		return contracts.Provision{ID: id, Ref: contracts.Ref{Doc: "約款"}}
	}
	tests := []struct {
		name   string
		change func(*contracts.Contract)
		want   []at
	}{
		{"as it should be", func(*contracts.Contract) {}, nil},
		{"no id", func(c *contracts.Contract) { c.ID = "" }, []at{{"E_REQUIRED", 0, 0, "id"}}},
		{"no currency", func(c *contracts.Contract) { c.Currency = contracts.Currency{} }, []at{{"E_REQUIRED", 0, 0, "currency"}}},
		{"no zone", func(c *contracts.Contract) { c.Zone = "" }, []at{{"E_ZONE", 0, 0, "zone"}}},
		{"the machine's own zone", func(c *contracts.Contract) { c.Zone = "Local" }, []at{{"E_ZONE", 0, 0, "zone"}}},
		{"a clause without an id", func(c *contracts.Contract) { c.Clauses = []contracts.Clause{&contracts.Exemption{}} }, []at{{"E_REQUIRED", 0, 0, "id"}}},
		{"a minimum below nothing", func(c *contracts.Contract) {
			c.Clauses = []contracts.Clause{&contracts.Availability{Provision: provision("a"), Target: contracts.One, Minimum: -1}}
		}, []at{{"E_RANGE", 0, 0, "availability.minimum"}}},
		{"a minimum of nothing", func(c *contracts.Contract) {
			c.Clauses = []contracts.Clause{&contracts.Availability{Provision: provision("a"), Target: contracts.One}}
		}, nil},
		{"days that roll, and none of them", func(c *contracts.Contract) {
			c.Clauses = []contracts.Clause{&contracts.Availability{Provision: provision("a"), Window: contracts.RollingDays}}
		}, []at{{"E_REQUIRED", 0, 0, "availability.window"}}},
		{"one day that rolls", func(c *contracts.Contract) {
			c.Clauses = []contracts.Clause{&contracts.Availability{Provision: provision("a"), Window: contracts.RollingDays, Days: 1}}
		}, nil},
		{"a whole of no length", func(c *contracts.Contract) {
			c.Clauses = []contracts.Clause{&contracts.Availability{Provision: provision("a"), Whole: contracts.WholeFixed}}
		}, []at{{"E_RANGE", 0, 0, "availability.whole"}}},
		{"a zone of a commitment that does not exist", func(c *contracts.Contract) {
			c.Clauses = []contracts.Clause{&contracts.Availability{Provision: provision("a"), Zone: "Asia/Edo"}}
		}, []at{{"E_ZONE", 0, 0, "availability.zone"}}},
		{"bad intervals that any error spoils", func(c *contracts.Contract) {
			c.Clauses = []contracts.Clause{&contracts.Availability{Provision: provision("a"), Measure: contracts.BadIntervals, Interval: 1}}
		}, nil},
		{"a credit for nothing", func(c *contracts.Contract) {
			c.Clauses = []contracts.Clause{&contracts.Credit{Provision: provision("a"), Pay: &contracts.Pay{Rate: contracts.One}}}
		}, []at{{"E_UNKNOWN_CLAUSE", 0, 0, "credit.availability"}}},
		{"goodwill for nothing", func(c *contracts.Contract) {
			c.Clauses = []contracts.Clause{&contracts.Credit{Provision: provision("a"), Goodwill: true, Pay: &contracts.Pay{Rate: contracts.One}}}
		}, nil},
		{"a calendar twice", func(c *contracts.Contract) { c.Calendars = []contracts.Calendar{{ID: "a"}, {ID: "b"}, {ID: "a"}} }, []at{{"E_DUP_ID", 0, 0, "calendars[2].id"}}},
		{"a cap of no part of the fees", func(c *contracts.Contract) {
			c.Clauses = []contracts.Clause{&contracts.Cap{Provision: provision("a"), Base: contracts.FeesPaidToDate}}
		}, []at{{"E_CAP", 0, 0, "cap.amount"}}},
		{"carve-outs in a circle", func(c *contracts.Contract) {
			c.Clauses = []contracts.Clause{
				&contracts.CarveOut{Provision: provision("a"), Lifts: []string{"b"}}, &contracts.CarveOut{Provision: provision("b"), Lifts: []string{"a"}}}
		}, []at{{"E_CYCLE", 0, 0, "lift.clauses"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := &contracts.Contract{ID: "terms", Currency: jpy, Zone: "Asia/Tokyo", Clauses: []contracts.Clause{&contracts.Exemption{Provision: provision("e")}}}
			tt.change(c)
			if diff := cmp.Diff(tt.want, placesOf(c.Validate())); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}
