package contracts_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"
)

// contents compares contracts by what they say, wherever it stands.
var contents = cmp.Options{cmpopts.IgnoreTypes(contracts.Pos{}), cmp.AllowUnexported(contracts.Ratio{})}

// head are the first five lines of a contract.
const head = "id: terms\ntitle: Terms\ncurrency: JPY\nzone: Asia/Tokyo\nclauses:\n"

// empty is a contract without clauses.
const empty = "id: terms\ntitle: Terms\ncurrency: JPY\nzone: Asia/Tokyo\nclauses: []\n"

// entry is a clause of three lines: its id, its words and its kind.
func entry(id, kind string) string {
	return "  - id: " + id + "\n    ref: {doc: 約款}\n    " + kind + "\n"
}

// sound reads a contract that must be free of problems.
func sound(t *testing.T, text string) *contracts.Contract {
	t.Helper()
	c, problems := contracts.Read("terms.yaml", []byte(text))
	if len(problems) > 0 {
		t.Fatalf("%v\n%s", problems, text)
	}
	return c
}

// about is what every clause of entry has.
func about(id string) contracts.Provision {
	return contracts.Provision{ID: id, Ref: contracts.Ref{Doc: "約款"}}
}

func TestReadWholeContract(t *testing.T) {
	got := sound(t, `# The terms of 2011.
id: hosting
title: {ja: 約款, en: Terms}
law: jp
audience: consumer
parties: {provider: {ja: 甲, en: A}, customer: B}
in_force: {from: 2011-04-01, until: 2013-04-01}
currency: KWD
zone: America/New_York
rounding: half-even
order: [cap, set-off, own-fault]
source: a book
clauses:
  - id: a
    ref: {doc: 約款, section: 16, gist: {en: nothing}, source: the book}
    exempt: {}
    when: {all: [{grade: ordinary}, {consumer: false}], any: [{fact: no-backup}, {event: e}], not: {consumer: true}}
    unless: {grade: gross, or_consumer: true}
    rounding: up
`)
	want := &contracts.Contract{
		ID: "hosting", Title: contracts.Text{JA: "約款", EN: "Terms"}, Law: "jp", Audience: contracts.ConsumerCustomers,
		Parties:  contracts.Parties{Provider: contracts.Text{JA: "甲", EN: "A"}, Customer: contracts.Text{JA: "B", EN: "B"}},
		InForce:  contracts.DateSpan{From: contracts.Date{Year: 2011, Month: 4, Day: 1}, Until: contracts.Date{Year: 2013, Month: 4, Day: 1}},
		Currency: kwd, Zone: "America/New_York", Rounding: contracts.RoundHalfEven,
		Order:  []contracts.Stage{contracts.StageCap, contracts.StageSetOff, contracts.StageOwnFault},
		Source: "a book",
		Clauses: []contracts.Clause{&contracts.Exemption{Provision: contracts.Provision{
			ID:  "a",
			Ref: contracts.Ref{Doc: "約款", Section: "16", Gist: contracts.Text{EN: "nothing"}, Source: "the book"},
			When: contracts.Condition{
				All: []contracts.Condition{{Grade: contracts.Ordinary}, {Consumer: contracts.Businesses}},
				Any: []contracts.Condition{{Fact: "no-backup"}, {Event: "e"}},
				Not: &contracts.Condition{Consumer: contracts.Consumers},
			},
			Unless:   contracts.Condition{Any: []contracts.Condition{{Grade: contracts.Gross}, {Consumer: contracts.Consumers}}},
			Rounding: contracts.RoundUp,
		}}},
	}
	if diff := cmp.Diff(want, got, contents); diff != "" {
		t.Errorf("contract (-want +got):\n%s", diff)
	}
	if at := contracts.ProvisionOf(got.Clauses[0]).At; at.File != "terms.yaml" || at.Line != 14 || at.Column != 5 || at.Field != "clauses[0]" {
		t.Errorf("the clause stands at %+v", at)
	}
}

// percent is a share of a hundred.
func percent(n int64) contracts.Ratio { return contracts.MustRatio(n, 100) }

func TestReadClauses(t *testing.T) {
	promised := entry("up", "availability: {target: 99%, window: incident}")
	tests := []struct {
		kind, name, text string
		want             contracts.Clause
	}{
		{"availability", "all its fields", entry("x", "availability: {target: 99.95%, window: calendar-quarter, minimum: 5m, services: [web, mail], degraded: true}"),
			&contracts.Availability{Provision: about("x"), Target: contracts.MustRatio(9995, 10000), Window: contracts.CalendarQuarter, Minimum: 300_000, Services: []string{"web", "mail"}, Degraded: true}},
		{"availability", "a minimum of milliseconds", entry("x", "availability: {target: 1/2, window: incident, minimum: 250ms}"),
			&contracts.Availability{Provision: about("x"), Target: contracts.MustRatio(1, 2), Window: contracts.Incident, Minimum: 250}},
		{"availability", "a minimum of seconds", entry("x", "availability: {target: 1, window: incident, minimum: 30s}"),
			&contracts.Availability{Provision: about("x"), Target: contracts.One, Window: contracts.Incident, Minimum: 30_000}},
		{"availability", "a minimum of hours", entry("x", "availability: {target: 1, window: incident, minimum: 24h}"),
			&contracts.Availability{Provision: about("x"), Target: contracts.One, Window: contracts.Incident, Minimum: 86_400_000}},
		{"availability", "a minimum of a day", entry("x", "availability: {target: 1, window: incident, minimum: 1d}"),
			&contracts.Availability{Provision: about("x"), Target: contracts.One, Window: contracts.Incident, Minimum: 86_400_000}},
		{"exclude_downtime", "all its fields", promised + entry("x", "exclude_downtime: {causes: [maintenance, customer], of: [up]}"),
			&contracts.DowntimeExclusion{Provision: about("x"), Causes: []string{"maintenance", "customer"}, Of: []string{"up"}}},
		{"credit", "all its fields", promised + entry("x", "credit: {of: monthly-fee, availability: up, tiers: [{below: 99%, pay: 10%}, {at_most: 95%, pay: 1}], at_most: 50%}"),
			&contracts.Credit{Provision: about("x"), Of: "up", AtMost: percent(50), Tiers: []contracts.Tier{
				{Bound: percent(99), Rate: percent(10)}, {Bound: percent(95), Inclusive: true, Rate: contracts.One}}}},
		{"credit", "in one entry with its availability", entry("x", "availability: {target: 99%, window: incident}\n    credit: {tiers: [{below: 99%, pay: 10%}]}"),
			&contracts.Credit{Provision: about("x.credit"), Of: "x", Tiers: []contracts.Tier{{Bound: percent(99), Rate: percent(10)}}}},
		{"goodwill", "a sum", entry("x", "goodwill: {pay: {fixed: 200}}"),
			&contracts.Credit{Provision: about("x"), Goodwill: true, Pay: &contracts.Pay{Kind: contracts.PayFixed, Fixed: 200}}},
		{"combine", "all its fields", promised + entry("a", "credit: {availability: up, pay: 5%}") + entry("b", "goodwill: {pay: {fixed: 200}}") + entry("x", "combine: {credits: [b, a], take: first, at_most: 50%}"),
			&contracts.Combine{Provision: about("x"), Credits: []string{"b", "a"}, Take: contracts.TakeFirst, AtMost: []contracts.CreditLimit{{Pay: contracts.Pay{Rate: percent(50)}}}}},
		{"earn_back", "all its fields", promised + entry("a", "credit: {availability: up, pay: 5%}") + entry("x", "earn_back: {credit: a, windows: 3, return: 50%}"),
			&contracts.EarnBack{Provision: about("x"), Credit: "a", Windows: 3, Return: percent(50)}},
		{"terminate", "all its fields", promised + entry("x", "terminate: {availability: up, misses: 2, within: 6, consecutive: true, below: 90%, exercise_days: 30, refund: {en: what is left}}"),
			&contracts.Termination{Provision: about("x"), Of: "up", Misses: contracts.MissCount{Of: "up", Within: 6, Consecutive: true}, Times: 2, Below: new(percent(90)), Within: 30, Refund: contracts.Text{EN: "what is left"}}},
		{"exclude_loss", "all its fields", entry("x", "exclude_loss: {heads: [lost-profit, data], states_ordinary_only: true}"),
			&contracts.LossExclusion{Provision: about("x"), Heads: []string{"lost-profit", "data"}, StatesOrdinaryOnly: true}},
		{"exempt", "all its fields", entry("x", "exempt: {events: [outage], phases: [p], heads: [h], grades: [none, ordinary, gross, intent]}"),
			&contracts.Exemption{Provision: about("x"), Events: []string{"outage"}, Phases: []string{"p"}, Heads: []string{"h"},
				Grades: []contracts.Grade{contracts.NoFault, contracts.Ordinary, contracts.Gross, contracts.Intent}}},
		{"exempt", "from everything", entry("x", "exempt: {}"), &contracts.Exemption{Provision: about("x")}},
		{"lift", "all its fields", entry("e", "exempt: {}") + entry("x", "lift: {clauses: [e]}"),
			&contracts.CarveOut{Provision: about("x"), Lifts: []string{"e"}}},
		{"layer", "all its fields", entry("x", "layer: {heads: [a, b], part: 60%, franchise: {over: 1, under: 9}, deductible: {of_limit: 5%}, attachment: 3, limit: 500, share: [80%, 1/3], per: claim, on: sum, share_by: loss, states_ordinary_only: true}"),
			&contracts.Layer{Provision: about("x"), Heads: []string{"a", "b"}, PerClaim: true, ByLoss: true, StatesOrdinaryOnly: true, Layers: []contracts.LayerTerms{{Part: new(percent(60)),
				Franchise: &contracts.Franchise{Over: new(contracts.Amount(1)), Under: new(contracts.Amount(9))}, Deductible: &contracts.LayerAmount{OfLimit: new(percent(5))},
				Attachment: new(contracts.Amount(3)), Limit: &contracts.LayerAmount{Fixed: 500}, Shares: []contracts.Ratio{percent(80), contracts.MustRatio(1, 3)}}}}},
		{"layer", "several layers of a cession", entry("x", "layer: {layers: [{deductible: 50, limit: {of_loss: 30%}}, {franchise: {at_least: 2, up_to: 8}, deductible: {of_loss: 5%}}, {}], on: layers, share_by: standing, cession: policy}"),
			&contracts.Layer{Provision: about("x"), EachLayer: true, Cession: "policy", Layers: []contracts.LayerTerms{
				{Deductible: &contracts.LayerAmount{Fixed: 50}, Limit: &contracts.LayerAmount{OfLoss: new(percent(30))}},
				{Franchise: &contracts.Franchise{AtLeast: new(contracts.Amount(2)), UpTo: new(contracts.Amount(8))}, Deductible: &contracts.LayerAmount{OfLoss: new(percent(5))}}, {}}}},
		{"layer", "one share", entry("x", "layer: {share: 80%}"), &contracts.Layer{Provision: about("x"), Layers: []contracts.LayerTerms{{Shares: []contracts.Ratio{percent(80)}}}}},
		{"cap", "all its fields", entry("x", "cap: {amount: 150000, per: incident, heads: [a], used: paid-before, share_by: claimed, credits: inside, states_ordinary_only: true}"),
			&contracts.Cap{Provision: about("x"), Fixed: 150_000, Times: contracts.One, Per: contracts.PerIncident, Heads: []string{"a"}, Used: "paid-before", Share: contracts.ByClaimed, CreditsInside: true, StatesOrdinaryOnly: true}},
		{"cap", "all heads but one", entry("x", "cap: {amount: 1, per: claim, except_heads: [a]}"),
			&contracts.Cap{Provision: about("x"), Fixed: 1, Times: contracts.One, ExceptHeads: []string{"a"}}},
		{"cap", "nothing at all", entry("x", "cap: {amount: 0, per: claim}"),
			&contracts.Cap{Provision: about("x"), Times: contracts.One, Per: contracts.PerClaim}},
		{"cap", "the fees paid", entry("x", "cap: {amount: fees-paid-to-date, per: subscription, share_by: capped, credits: outside}"),
			&contracts.Cap{Provision: about("x"), Base: contracts.FeesPaidToDate, Times: contracts.One, Per: contracts.PerSubscription}},
		{"cap", "one month's fee", entry("x", "cap: {amount: monthly-fee, per: customer, share_by: admitted}"),
			&contracts.Cap{Provision: about("x"), Base: contracts.MonthlyFee, Times: contracts.One, Per: contracts.PerCustomer, Share: contracts.ByAdmitted}},
		{"cap", "months", entry("x", "cap: {amount: {months: 12}, per: claim}"),
			&contracts.Cap{Provision: about("x"), Base: contracts.MonthlyFee, Times: contracts.MustRatio(12, 1)}},
		{"cap", "a sum in a map", entry("x", "cap: {amount: {fixed: 5000}, per: claim}"),
			&contracts.Cap{Provision: about("x"), Fixed: 5000, Times: contracts.One}},
		{"cap", "a whole multiple", entry("x", "cap: {amount: {times: 2, of: fees-paid-to-date}, per: claim}"),
			&contracts.Cap{Provision: about("x"), Base: contracts.FeesPaidToDate, Times: contracts.MustRatio(2, 1)}},
		{"cap", "a multiple that is a fraction", entry("x", "cap: {amount: {times: 150%, of: monthly-fee}, per: claim}"),
			&contracts.Cap{Provision: about("x"), Base: contracts.MonthlyFee, Times: contracts.MustRatio(3, 2)}},
		{"cap", "a multiple of a fee by name", entry("x", "cap: {amount: {times: 2, of: fees-12-months}, per: claim}"),
			&contracts.Cap{Provision: about("x"), Base: contracts.NamedFee, Fee: "fees-12-months", Times: contracts.MustRatio(2, 1)}},
		{"own_fault", "all its fields", entry("x", "own_fault: {events: [data-loss], per: head}"),
			&contracts.OwnFault{Provision: about("x"), Events: []string{"data-loss"}, PerHead: true}},
		{"own_fault", "on the whole", entry("x", "own_fault: {per: total}"), &contracts.OwnFault{Provision: about("x")}},
		{"sole_remedy", "all its fields", entry("x", "sole_remedy: {events: [outage]}"), &contracts.SoleRemedy{Provision: about("x"), Events: []string{"outage"}}},
		{"set_off", "no fields", entry("x", "set_off: {}"), &contracts.SetOff{Provision: about("x")}},
		{"add_after_offset", "all its fields", entry("x", "add_after_offset: {heads: [lawyers-fees]}"), &contracts.AddedAfterOffset{Provision: about("x"), Heads: []string{"lawyers-fees"}}},
		{"interest", "all its fields", entry("x", "interest: {ground: demand, commercial: false, demanded: 2012-06-20, to: 2013-06-20, day_count: leap-split, both_ends: false, payments: principal-first}"),
			&contracts.Interest{Provision: about("x"), Ground: contracts.OnDemand, Commercial: new(false), Demanded: contracts.Date{Year: 2012, Month: 6, Day: 20}, To: contracts.Date{Year: 2013, Month: 6, Day: 20},
				DayCount: contracts.LeapSplit, BothEnds: new(false), Payments: contracts.PrincipalFirst}},
		{"interest", "an agreed rate from a day", entry("x", "interest: {ground: contract, rate: 14.6%, from: 2012-06-20}"),
			&contracts.Interest{Provision: about("x"), Rate: new(contracts.MustRatio(73, 500)), From: contracts.Date{Year: 2012, Month: 6, Day: 20}}},
		{"already_paid", "no fields", entry("x", "already_paid: {}"), &contracts.AlreadyPaid{Provision: about("x")}},
	}
	covered := map[string]bool{}
	for _, tt := range tests {
		covered[tt.kind] = true
		t.Run(tt.kind+" "+tt.name, func(t *testing.T) {
			c := sound(t, head+tt.text)
			got := c.Clauses[len(c.Clauses)-1]
			if diff := cmp.Diff(tt.want, got, contents); diff != "" {
				t.Errorf("clause (-want +got):\n%s", diff)
			}
			if got := contracts.Kind(got); got != tt.kind {
				t.Errorf("its kind is %q, want %q", got, tt.kind)
			}
		})
	}
	for _, kind := range contracts.ClauseKinds() {
		if !covered[kind] {
			t.Errorf("no clause of kind %s is read", kind)
		}
	}
}

// at is where a problem stands.
type at struct {
	Code         string
	Line, Column int
	Field        string
}

func placesOf(problems contracts.Problems) []at {
	var out []at
	for _, p := range problems {
		out = append(out, at{p.Code, p.Line, p.Column, p.Field})
	}
	return out
}

func TestReadRefuses(t *testing.T) {
	tests := []struct {
		name, text string
		want       at
	}{
		{"no id", strings.Replace(empty, "id: terms\n", "", 1), at{"E_REQUIRED", 1, 1, "id"}},
		{"an id with a blank", strings.Replace(empty, "terms", "my terms", 1), at{"E_ID", 1, 5, "id"}},
		{"YAML-10: an id with a leading zero", strings.Replace(empty, "terms", "010", 1), at{"E_NUM_FORM", 1, 5, "id"}},
		{"YAML-19: a title that is empty", strings.Replace(empty, "title: Terms", "title:", 1), at{"E_REQUIRED", 2, 7, "title"}},
		{"a title in no language", strings.Replace(empty, "title: Terms", "title: {}", 1), at{"E_REQUIRED", 2, 8, "title"}},
		{"a title that is a list", strings.Replace(empty, "title: Terms", "title: [a]", 1), at{"E_TYPE", 2, 8, "title"}},
		{"NUM-16: a currency of no country", strings.Replace(empty, "JPY", "XYZ", 1), at{"E_CURRENCY", 3, 11, "currency"}},
		{"NUM-16: a crypto-asset", strings.Replace(empty, "JPY", "BTC", 1), at{"E_CURRENCY", 3, 11, "currency"}},
		{"NUM-16: gold", strings.Replace(empty, "JPY", "XAU", 1), at{"E_CURRENCY", 3, 11, "currency"}},
		{"an abbreviation for a zone", strings.Replace(empty, "Asia/Tokyo", "JST", 1), at{"E_ZONE", 4, 7, "zone"}},
		{"a zone that does not exist", strings.Replace(empty, "Asia/Tokyo", "Asia/Edo", 1), at{"E_ZONE", 4, 7, "zone"}},
		{"a law that is no identifier", "law: JP!\n" + empty, at{"E_ID", 1, 6, "law"}},
		{"an unknown audience", "audience: all\n" + empty, at{"E_ENUM", 1, 11, "audience"}},
		{"parties without a customer", "parties: {provider: A}\n" + empty, at{"E_REQUIRED", 1, 10, "parties.customer"}},
		{"a day that no calendar has", "in_force: {from: 2011-02-29}\n" + empty, at{"E_DATE", 1, 18, "in_force.from"}},
		{"an unknown rounding", "rounding: nearest\n" + empty, at{"E_ENUM", 1, 11, "rounding"}},
		{"an unknown rule in the order", "order: [cap, interest]\n" + empty, at{"E_ENUM", 1, 14, "order[1]"}},
		{"an unknown field", "laws: jp\n" + empty, at{"E_UNKNOWN_FIELD", 1, 1, "laws"}},
		{"no clauses", strings.Replace(head, "clauses:\n", "", 1), at{"E_REQUIRED", 1, 1, "clauses"}},
		{"clauses in a map", head + "  a: {}\n", at{"E_TYPE", 6, 3, "clauses"}},

		{"a clause without an id", head + "  - ref: {doc: 約款}\n    exempt: {}\n", at{"E_REQUIRED", 6, 5, "clauses[0].id"}},
		{"a clause without its words", head + "  - id: x\n    exempt: {}\n", at{"E_REQUIRED", 6, 5, "clauses[0].ref"}},
		{"words in no document", head + "  - id: x\n    ref: {section: 16}\n    exempt: {}\n", at{"E_REQUIRED", 7, 10, "clauses[0].ref.doc"}},
		{"a clause of no kind", head + "  - id: x\n    ref: {doc: 約款}\n", at{"E_CLAUSE_KIND", 6, 5, "clauses[0]"}},
		{"a clause of two kinds", head + entry("x", "exempt: {}\n    set_off: {}"), at{"E_CLAUSE_KIND", 6, 5, "clauses[0]"}},
		{"a misspelt kind", head + entry("x", "exempt: {}\n    cpa: {}"), at{"E_UNKNOWN_FIELD", 9, 5, "clauses[0].cpa"}},
		{"YAML-19: a kind with nothing after it", head + entry("x", "exempt:"), at{"E_REQUIRED", 8, 12, "clauses[0].exempt"}},
		{"a field of another kind", head + entry("x", "exempt: {causes: [a]}"), at{"E_UNKNOWN_FIELD", 8, 14, "clauses[0].exempt.causes"}},
		{"a condition that asks nothing", head + entry("x", "exempt: {}\n    when: {}"), at{"E_REQUIRED", 9, 11, "clauses[0].when"}},
		{"a condition of no fault", head + entry("x", "exempt: {}\n    when: {grade: none}"), at{"E_ENUM", 9, 19, "clauses[0].when.grade"}},
		{"a condition of a word", head + entry("x", "exempt: {}\n    when: {consumer: yes}"), at{"E_ENUM", 9, 22, "clauses[0].when.consumer"}},
		{"a misspelt condition", head + entry("x", "exempt: {}\n    unless: {grades: gross, fact: a}"), at{"E_UNKNOWN_FIELD", 9, 14, "clauses[0].unless.grades"}},

		{"NUM-10: a target as a bare number", head + entry("x", "availability: {target: 99.9, window: incident}"), at{"E_UNIT", 8, 28, "clauses[0].availability.target"}},
		{"NUM-10: a rate of 10", head + entry("x", "availability: {target: 99%, window: incident}\n    credit: {tiers: [{below: 99%, pay: 10}]}"), at{"E_UNIT", 9, 40, "clauses[0].credit.tiers[0].pay"}},
		{"NUM-10: a rate of 0.10", head + entry("x", "availability: {target: 99%, window: incident}\n    credit: {tiers: [{below: 99%, pay: 0.10}]}"), at{"E_UNIT", 9, 40, "clauses[0].credit.tiers[0].pay"}},
		{"NUM-10: a rate in full width", head + entry("x", "availability: {target: 99%, window: incident}\n    credit: {tiers: [{below: 99%, pay: １０％}]}"), at{"E_NUM_FORM", 9, 40, "clauses[0].credit.tiers[0].pay"}},
		{"a target of nothing", head + entry("x", "availability: {target: 0%, window: incident}"), at{"E_RANGE", 8, 28, "clauses[0].availability.target"}},
		{"a target above everything", head + entry("x", "availability: {target: 100.1%, window: incident}"), at{"E_RANGE", 8, 28, "clauses[0].availability.target"}},
		{"an unknown window", head + entry("x", "availability: {target: 99%, window: month}"), at{"E_ENUM", 8, 41, "clauses[0].availability.window"}},
		{"a minimum without its unit", head + entry("x", "availability: {target: 99%, window: incident, minimum: 5}"), at{"E_UNIT", 8, 60, "clauses[0].availability.minimum"}},
		{"a credit of at most nothing", head + entry("x", "availability: {target: 99%, window: incident}\n    credit: {tiers: [{below: 99%, pay: 10%}], at_most: 0%}"), at{"E_RANGE", 9, 56, "clauses[0].credit.at_most"}},
		{"a credit for no availability", head + entry("x", "credit: {tiers: [{below: 99%, pay: 10%}]}"), at{"E_REQUIRED", 8, 13, "clauses[0].credit"}},
		{"a tier of two bounds", head + entry("x", "availability: {target: 99%, window: incident}\n    credit: {tiers: [{below: 99%, at_most: 98%, pay: 1}]}"), at{"E_TIER", 9, 22, "clauses[0].credit.tiers[0]"}},
		{"a tier without a bound", head + entry("x", "availability: {target: 99%, window: incident}\n    credit: {tiers: [{pay: 1}]}"), at{"E_REQUIRED", 9, 22, "clauses[0].credit.tiers[0]"}},

		{"YAML-11: a cap in hexadecimal", head + entry("x", "cap: {amount: 0x10, per: claim}"), at{"E_NUM_FORM", 8, 19, "clauses[0].cap.amount"}},
		{"YAML-11: a cap with underscores", head + entry("x", "cap: {amount: 1_000, per: claim}"), at{"E_NUM_FORM", 8, 19, "clauses[0].cap.amount"}},
		{"YAML-11: a cap with an exponent", head + entry("x", "cap: {amount: 1e3, per: claim}"), at{"E_NUM_FORM", 8, 19, "clauses[0].cap.amount"}},
		{"YAML-11: a cap to the base of sixty", head + entry("x", "cap: {amount: \"1:30\", per: claim}"), at{"E_NUM_FORM", 8, 19, "clauses[0].cap.amount"}},
		{"YAML-10: a cap with a leading zero", head + entry("x", "cap: {amount: 010, per: claim}"), at{"E_NUM_FORM", 8, 19, "clauses[0].cap.amount"}},
		{"YAML-13: a cap beyond 64 bits", head + entry("x", "cap: {amount: 12345678901234567890123, per: claim}"), at{"E_RANGE", 8, 19, "clauses[0].cap.amount"}},
		{"YAML-19: a cap that is null", head + entry("x", "cap: {amount: ~, per: claim}"), at{"E_REQUIRED", 8, 19, "clauses[0].cap.amount"}},
		{"NUM-06: a cap in parts of a yen", head + entry("x", "cap: {amount: 1000.5, per: claim}"), at{"E_PRECISION", 8, 19, "clauses[0].cap.amount"}},
		{"CLAUSE-03: a cap in another currency", head + entry("x", "cap: {amount: USD 5, per: claim}"), at{"E_CAP", 8, 19, "clauses[0].cap.amount"}},
		{"a cap without an amount", head + entry("x", "cap: {per: claim}"), at{"E_REQUIRED", 8, 10, "clauses[0].cap.amount"}},
		{"a cap of no amount", head + entry("x", "cap: {amount: {}, per: claim}"), at{"E_REQUIRED", 8, 19, "clauses[0].cap.amount"}},
		{"a cap of two amounts", head + entry("x", "cap: {amount: {fixed: 5, months: 1}, per: claim}"), at{"E_CAP", 8, 19, "clauses[0].cap.amount"}},
		{"a cap of no months", head + entry("x", "cap: {amount: {months: 0}, per: claim}"), at{"E_RANGE", 8, 28, "clauses[0].cap.amount.months"}},
		{"a cap of more than a hundred years", head + entry("x", "cap: {amount: {months: 1201}, per: claim}"), at{"E_RANGE", 8, 28, "clauses[0].cap.amount.months"}},
		{"a multiple of nothing said", head + entry("x", "cap: {amount: {times: 2}, per: claim}"), at{"E_REQUIRED", 8, 19, "clauses[0].cap.amount.of"}},
		{"a base without a multiple", head + entry("x", "cap: {amount: {months: 2, of: monthly-fee}, per: claim}"), at{"E_CAP", 8, 35, "clauses[0].cap.amount.of"}},
		{"a multiple that is a decimal", head + entry("x", "cap: {amount: {times: 1.5, of: monthly-fee}, per: claim}"), at{"E_UNIT", 8, 27, "clauses[0].cap.amount.times"}},
		{"a cap without its scope", head + entry("x", "cap: {amount: 1}"), at{"E_REQUIRED", 8, 10, "clauses[0].cap.per"}},
		{"a cap per month", head + entry("x", "cap: {amount: 1, per: month}"), at{"E_ENUM", 8, 27, "clauses[0].cap.per"}},
		{"an unknown base of sharing", head + entry("x", "cap: {amount: 1, per: customer, share_by: rows}"), at{"E_ENUM", 8, 47, "clauses[0].cap.share_by"}},
		{"credits beside a cap", head + entry("x", "cap: {amount: 1, per: claim, credits: beside}"), at{"E_ENUM", 8, 43, "clauses[0].cap.credits"}},
		{"an unknown grade", head + entry("x", "exempt: {grades: [slight]}"), at{"E_ENUM", 8, 23, "clauses[0].exempt.grades[0]"}},
		{"own fault per row", head + entry("x", "own_fault: {per: row}"), at{"E_ENUM", 8, 22, "clauses[0].own_fault.per"}},
		{"an amount in a clause without fields", head + entry("x", "already_paid: {amount: 5}"), at{"E_UNKNOWN_FIELD", 8, 20, "clauses[0].already_paid.amount"}},
		{"an anchor", head + "  &all\n" + entry("x", "exempt: {}"), at{"E_YAML_ALIAS", 6, 3, ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, problems := contracts.Read("terms.yaml", []byte(tt.text))
			if diff := cmp.Diff([]at{tt.want}, placesOf(problems)); diff != "" {
				t.Errorf("problems (-want +got):\n%s\n%v", diff, problems)
			}
			if problems.Err() == nil {
				t.Error("the contract is accepted")
			}
			for _, p := range problems {
				if p.File != "terms.yaml" {
					t.Errorf("the problem is of the file %q", p.File)
				}
			}
		})
	}
}

func TestReadReportsEverythingAtOnce(t *testing.T) {
	text := "id: Terms\ntitle: Terms\ncurrency: YEN\nzone: JST\nrouding: down\nclauses:\n" +
		entry("a", "cap: {amount: 1e3, per: month}") + entry("b", "own_fault: {per: row}")
	_, problems := contracts.Read("terms.yaml", []byte(text))
	want := []at{
		{"E_ID", 1, 5, "id"}, {"E_CURRENCY", 3, 11, "currency"}, {"E_ZONE", 4, 7, "zone"}, {"E_UNKNOWN_FIELD", 5, 1, "rouding"},
		{"E_ENUM", 9, 29, "clauses[0].cap.per"}, {"E_ENUM", 12, 22, "clauses[1].own_fault.per"},
	}
	// Without a currency the amount cannot be read, so that it is not reported.
	if diff := cmp.Diff(want, placesOf(problems)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

// Croatia changed to the euro on 2023-01-01: terms are in a currency of the day from which they are in force.
func TestReadCurrencyOfTheDay(t *testing.T) {
	tests := []struct{ name, from, code, want string }{
		{"the kuna on its last day", "2022-12-31", "HRK", ""},
		{"the kuna a day later", "2023-01-01", "HRK", "E_CURRENCY"},
		{"the kuna two days later", "2023-01-02", "HRK", "E_CURRENCY"},
		{"the euro a day before it began", "1998-12-31", "EUR", "E_CURRENCY"},
		{"the euro on its first day", "1999-01-01", "EUR", ""},
		{"the euro on its second day", "1999-01-02", "EUR", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := "in_force: {from: " + tt.from + "}\n" + strings.Replace(head, "JPY", tt.code, 1) + entry("x", "exempt: {}")
			_, problems := contracts.Read("terms.yaml", []byte(text))
			var want []at
			if tt.want != "" {
				want = []at{{tt.want, 4, 11, "currency"}}
			}
			if diff := cmp.Diff(want, placesOf(problems)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A credit belongs to the availability of its own entry, never to one whose id only looks like it.
func TestCreditIsNotJoinedByName(t *testing.T) {
	text := head + entry("up", "availability: {target: 99%, window: incident}") + entry("up.credit", "credit: {tiers: [{below: 99%, pay: 10%}]}")
	_, problems := contracts.Read("terms.yaml", []byte(text))
	if diff := cmp.Diff([]at{{"E_REQUIRED", 11, 13, "clauses[1].credit"}}, placesOf(problems)); diff != "" {
		t.Error(diff)
	}
}

// exampleTerms are the contract files of the examples, by name.
func exampleTerms(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("../examples/*/contracts/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("no contracts in the examples", err)
	}
	out := map[string][]byte{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = data
	}
	return out
}

// The order of fields, the comments, and whether maps and lists stand in brackets change nothing.
func TestReadKnowsNoOrderOfFields(t *testing.T) {
	for name, data := range exampleTerms(t) { // order: each is checked alone
		want := sound(t, string(data))
		t.Run(filepath.Base(name), rapid.MakeCheck(func(t *rapid.T) {
			var doc yaml.Node
			if err := yaml.Load(data, &doc, yaml.WithV3Defaults()); err != nil {
				t.Fatal(err)
			}
			shuffle(t, &doc)
			text, err := yaml.Dump(&doc)
			if err != nil {
				t.Fatal(err)
			}
			got, problems := contracts.Read("terms.yaml", text)
			if len(problems) > 0 {
				t.Fatalf("%v\n%s", problems, text)
			}
			if diff := cmp.Diff(want, got, contents); diff != "" {
				t.Fatalf("contract (-want +got):\n%s\n%s", diff, text)
			}
		}))
	}
}

// shuffle puts the fields of every map in a random order, and draws comments and brackets.
func shuffle(t *rapid.T, n *yaml.Node) {
	n.HeadComment = rapid.SampledFrom([]string{"", "# a comment", "# cap: {amount: 1}"}).Draw(t, "comment")
	n.LineComment, n.FootComment = "", ""
	for _, child := range n.Content {
		shuffle(t, child)
	}
	if n.Kind != yaml.MappingNode {
		return
	}
	n.Style &^= yaml.FlowStyle
	if rapid.Bool().Draw(t, "in brackets") {
		n.Style |= yaml.FlowStyle
		bare(n)
	}
	order := make([]int, len(n.Content)/2)
	for i := range order {
		order[i] = i
	}
	var content []*yaml.Node
	for _, i := range rapid.Permutation(order).Draw(t, "order") {
		content = append(content, n.Content[2*i], n.Content[2*i+1])
	}
	n.Content = content
}

// bare takes comments away, which would break a line inside brackets.
func bare(n *yaml.Node) {
	for _, child := range n.Content {
		child.HeadComment = ""
		bare(child)
	}
}

// FuzzRead holds any file to this: no panic, a contract that is accepted is valid, and what is refused is refused at a place in the file.
func FuzzRead(f *testing.F) {
	for _, data := range exampleTerms(f) { // order: seeds
		f.Add(data)
	}
	f.Add([]byte(head + entry("up", "availability: {target: 99%, window: incident}\n    credit: {tiers: [{below: 99%, pay: 10%}]}")))
	f.Add([]byte(head + entry("a", "lift: {clauses: [b]}") + entry("b", "lift: {clauses: [a]}")))
	f.Add([]byte(head + entry("a", "cap: {amount: {times: 3/2, of: monthly-fee}, per: customer}")))
	for _, tt := range serviceClauses() {
		f.Add([]byte(tt.text))
	}
	f.Add([]byte(credited("availability: {window: incident}", "tiers: [], at_most: [[]], of: [], claim: {by: []}, form: []")))
	f.Add([]byte(empty + "calendars:\n  - {id: a, hours: [a]}\nexamples:\n  - {name: a, down: {}, levels: [a], series: [{runs: [[]]}], pays: {}}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, problems := contracts.Read("terms.yaml", data)
		for _, p := range problems {
			if p.File != "terms.yaml" || p.Line < 1 || p.Code == "" || p.Message == "" {
				t.Errorf("the problem has no place: %+v", p)
			}
		}
		if problems.Err() != nil {
			return
		}
		if c == nil {
			t.Fatal("neither a contract nor an error")
		}
		if err := c.Validate().Err(); err != nil {
			t.Errorf("an accepted contract is not valid: %v", err)
		}
		if again, _ := contracts.Read("terms.yaml", data); !cmp.Equal(c, again, cmp.AllowUnexported(contracts.Ratio{})) {
			t.Error("read twice, the contract differs")
		}
	})
}
