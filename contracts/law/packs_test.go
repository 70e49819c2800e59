package law_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
)

// all returns every entry of every jurisdiction.
func all() []law.Entry {
	var out []law.Entry
	for _, j := range law.Jurisdictions() {
		entries, _ := law.For(j)
		out = append(out, entries...)
	}
	return out
}

// dateOf reads a day.
func dateOf(t *testing.T, s string) contracts.Date {
	t.Helper()
	d, _, err := contracts.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// payload is what an entry says of the rule that it founds.
func payload(e law.Entry) any {
	return []any{e.Bar, e.Weighing, e.Liability, e.Contribution, e.Settlement, e.Reallocation, e.Rates}
}

// Each payload belongs to one rule, and a rule that needs a payload has it. Own fault without a bar is taken off and never bars; interest
// and tax may be cited without a rate.
func TestEveryPayloadStandsUnderItsRule(t *testing.T) {
	for _, e := range all() {
		tests := []struct {
			name   string
			has    bool
			under  []law.Founds
			needed bool
		}{
			{"bar", e.Bar != nil, []law.Founds{law.OwnFault}, false},
			{"weighing", e.Weighing != "", []law.Founds{law.Weighs}, true},
			{"liability", e.Liability != nil, []law.Founds{law.Answers}, true},
			{"contribution", e.Contribution != "", []law.Founds{law.Contributes}, true},
			{"settlement", e.Settlement != "", []law.Founds{law.Settles}, true},
			{"reallocation", e.Reallocation != nil, []law.Founds{law.Reallocates}, true},
			{"rates", e.Rates != nil, []law.Founds{law.Interest, law.Tax}, false},
			{"moving rate", e.RateMoves, []law.Founds{law.Interest}, false},
		}
		for _, tt := range tests {
			right := slices.Contains(tt.under, e.Founds)
			if tt.has && !right {
				t.Errorf("%s founds %q and has a %s", e.ID, e.Founds, tt.name)
			}
			if tt.needed && right && !tt.has {
				t.Errorf("%s founds %q and has no %s", e.ID, e.Founds, tt.name)
			}
		}
		if e.RateMoves && e.Rates == nil {
			t.Errorf("%s has no rate that could move", e.ID)
		}
	}
}

func TestPayloadsAreWithinTheirWords(t *testing.T) {
	for _, e := range all() {
		if b := e.Bar; b != nil && b.Share.Cmp(contracts.One) > 0 {
			t.Errorf("%s bars from more than all fault", e.ID)
		}
		if e.Weighing != "" && !slices.Contains([]law.Weighing{law.Absolute, law.Relative, law.SingleAndTotal}, e.Weighing) {
			t.Errorf("%s weighs in no known way: %s", e.ID, e.Weighing)
		}
		if l := e.Liability; l != nil {
			if !slices.Contains([]law.Answering{law.Joint, law.Several, law.Partly}, l.Of) || !slices.Contains([]law.Answering{"", law.Joint, law.Several, law.Partly}, l.NonEconomic) {
				t.Errorf("%s answers in no known way: %+v", e.ID, l)
			}
			partly := l.Of == law.Partly || l.NonEconomic == law.Partly
			if partly == (l.From == contracts.Ratio{}) || (!partly && l.Above) {
				t.Errorf("%s has a threshold that is not asked for, or none: %+v", e.ID, l)
			}
		}
		if e.Contribution != "" && !slices.Contains([]law.Contribution{law.AnyPayment, law.BeyondOwn, law.Barred}, e.Contribution) {
			t.Errorf("%s contributes in no known way: %s", e.ID, e.Contribution)
		}
		if e.Settlement != "" && !slices.Contains([]law.Settlement{law.ProTanto, law.Proportionate, law.GreaterOf}, e.Settlement) {
			t.Errorf("%s credits a settlement in no known way: %s", e.ID, e.Settlement)
		}
		if r := e.Reallocation; r != nil {
			upTo := r.To == law.OnOthersUpTo
			if !slices.Contains([]law.Uncollectible{law.OnClaimant, law.OnOthers, law.OnAll, law.OnOthersUpTo}, r.To) || upTo == (r.UpTo == contracts.Ratio{}) || (!upTo && r.OfWhole) {
				t.Errorf("%s reallocates in no known way: %+v", e.ID, r)
			}
		}
	}
}

// overlap reports whether both entries are in force on some day.
func overlap(a, b law.Entry) bool {
	before := func(x, y law.Entry) bool { return !x.Until.IsZero() && x.Until.Cmp(y.Since) <= 0 }
	return !before(a, b) && !before(b, a)
}

// What is disputed is disputed between two readings: where a rule is Debated, another of the same jurisdiction and time says otherwise.
func TestEveryDebatedRuleHasItsCounterpart(t *testing.T) {
	debated := 0
	for _, e := range all() {
		if !e.Debated || e.Control != nil {
			continue
		}
		debated++
		entries, _ := law.For(strings.SplitN(e.ID, ".", 2)[0])
		if !slices.ContainsFunc(entries, func(o law.Entry) bool {
			return o.Founds == e.Founds && o.ID != e.ID && !reflect.DeepEqual(payload(o), payload(e)) && !reflect.DeepEqual(payload(o), payload(law.Entry{})) && overlap(o, e)
		}) {
			t.Errorf("%s is debated, and no other entry on %q says otherwise", e.ID, e.Founds)
		}
	}
	if debated < 10 {
		t.Errorf("only %d rules are debated", debated)
	}
}

// What is not debated does not contradict itself: of two settled entries in force on one day on one rule, both say the same or one only cites.
func TestSettledRulesAgree(t *testing.T) {
	entries := all()
	none := payload(law.Entry{})
	for i, a := range entries {
		for _, b := range entries[:i] {
			same := strings.SplitN(a.ID, ".", 2)[0] == strings.SplitN(b.ID, ".", 2)[0] && a.Founds == b.Founds && a.Founds != law.Nothing
			if !same || a.Debated || b.Debated || !overlap(a, b) || reflect.DeepEqual(payload(a), none) || reflect.DeepEqual(payload(b), none) {
				continue
			}
			if !reflect.DeepEqual(payload(a), payload(b)) {
				t.Errorf("%s and %s are both settled and in force, and differ", a.ID, b.ID)
			}
		}
	}
}

// Results tell of entries by what they cite, so no two that can strike or be decided on are cited alike.
func TestCitationsTellEntriesApart(t *testing.T) {
	by := map[string]string{}
	for _, e := range all() {
		if e.Control == nil && !e.Debated {
			continue
		}
		if other, twice := by[e.Cite.String()]; twice {
			t.Errorf("%s and %s are both cited as %s", other, e.ID, e.Cite)
		}
		by[e.Cite.String()] = e.ID
	}
}

// The first day in force, and the first day no longer, of every entry that has one: from the Acts, not from the packs.
var terms = []struct{ id, since, until string }{
	{"jp.civil-417-2", "2020-04-01", ""},  // Act No. 44 of 2017
	{"jp.civil-436", "2020-04-01", ""},    // the same, as are 441 to 445
	{"jp.civil-441", "2020-04-01", ""},    //
	{"jp.civil-442-1", "2020-04-01", ""},  //
	{"jp.civil-443", "2020-04-01", ""},    //
	{"jp.civil-445", "2020-04-01", ""},    //
	{"jp.civil-548-2", "2020-04-01", ""},  //
	{"jp.cca-8-1-1", "2001-04-01", ""},    // supplementary provisions of Act No. 61 of 2000
	{"jp.cca-8-1-2", "2001-04-01", ""},    //
	{"jp.cca-8-2", "2017-06-03", ""},      // Act No. 61 of 2016
	{"jp.cca-8-3", "2023-06-01", ""},      // Act No. 59 of 2022
	{"jp.cca-9", "2001-04-01", ""},        //
	{"jp.cca-10", "2001-04-01", ""},       //
	{"jp.currency-3-1", "1988-04-01", ""}, // Act No. 42 of 1987
	{"jp.commercial-514", "", "2020-04-01"},
	{"jp.sc-1988-07-01", "", "2020-04-01"}, // settled until article 442 changed
	{"jp.sc-1988-07-01-after-2020", "2020-04-01", ""},
	{"jp.tax-29", "1989-04-01", ""},
	{"jp.tax-38", "2023-10-01", ""}, // return invoices came with the invoices
	{"jp.tax-57-4-3", "2023-10-01", ""},
	{"de.bgb-288-1", "2002-01-01", ""}, // the modernised law of obligations
	{"de.bgb-288-2", "2014-07-29", ""}, // nine points instead of eight
	{"de.bgb-307", "2002-01-01", ""},
	{"de.bgb-309-7-a", "2002-01-01", ""},
	{"de.bgb-309-7-b", "2002-01-01", ""},
	{"de.bgb-310-1", "2002-01-01", ""},
	{"de.tkg-58-3", "2021-12-01", ""},
	{"gb.clca-1978-1", "1979-01-01", ""}, // s. 10(2): 1 January next after the Act passed
	{"gb.clca-1978-2", "1979-01-01", ""},
	{"gb.ucta-2-1", "1978-02-01", "2015-10-01"}, // s. 31(1); for consumers until the Act of 2015
	{"gb.ucta-2-1-business", "2015-10-01", ""},
	{"gb.ucta-2-2", "1978-02-01", "2015-10-01"},
	{"gb.ucta-2-2-business", "2015-10-01", ""},
	{"gb.ucta-3", "1978-02-01", "2015-10-01"},
	{"gb.ucta-3-business", "2015-10-01", ""},
	{"gb.cra-57-1", "2015-10-01", ""},
	{"gb.cra-57-3", "2015-10-01", ""},
	{"gb.cra-62", "2015-10-01", ""},
	{"gb.cra-65", "2015-10-01", ""},
	{"eu.261-2004-7", "2005-02-17", ""}, // art. 19
	{"us.pslra-f-2", "1995-12-22", ""},  // enacted
	{"us.pslra-f-4-left", "1995-12-22", ""},
	{"us.pslra-f-4-whole", "1995-12-22", ""},
	{"us.pslra-f-7", "1995-12-22", ""},
	{"us.y2k-6605-b", "1999-01-01", "2003-01-01"}, // § 6603(a): failures before 2003
	{"us.y2k-6605-d-left", "1999-01-01", "2003-01-01"},
	{"us.y2k-6605-d-whole", "1999-01-01", "2003-01-01"},
	{"us.y2k-6605-e", "1999-01-01", "2003-01-01"},
	{"us-fl.768-81-2", "", "2023-03-24"}, // HB 837
	{"us-fl.768-81-6", "2023-03-24", ""},
	{"us-fl.768-81-3", "2006-04-26", ""}, // ch. 2006-6
	{"us-la.art-2323-before-2026", "", "2026-01-01"},
	{"us-la.art-2323", "2026-01-01", ""}, // Acts 2025, No. 15
	{"us-mn.stat-604-02-1", "2003-08-01", ""},
	{"us-mo.stat-537-067", "2005-08-28", ""},
	{"us-oh.orc-2307-22", "2003-04-09", ""},
	{"us-pa.7102-a-1", "2011-06-28", ""},
}

// Each is in force from its first day to the one before the last, and the days beside show it.
func TestFirstAndLastDays(t *testing.T) {
	seen := map[string]bool{}
	for _, tt := range terms {
		seen[tt.id] = true
		e := entryOf(t, tt.id)
		check := func(d contracts.Date, want bool) {
			if got := e.InForceOn(d); got != want {
				t.Errorf("%s on %s: in force %v, want %v", tt.id, d, got, want)
			}
		}
		if tt.since != "" {
			first := dateOf(t, tt.since)
			check(first.AddDays(-1), false)
			check(first, true)
			check(first.AddDays(1), true)
		}
		if tt.until != "" {
			end := dateOf(t, tt.until)
			check(end.AddDays(-1), true)
			check(end, false)
			check(end.AddDays(1), false)
		}
	}
	for _, e := range all() {
		if (!e.Since.IsZero() || !e.Until.IsZero()) && !seen[e.ID] {
			t.Errorf("%s is dated, and nothing says by which Act", e.ID)
		}
		if e.Since.IsZero() && e.Until.IsZero() && seen[e.ID] {
			t.Errorf("%s has no day", e.ID)
		}
	}
}

// An exemption spares itself from a rule on gross negligence when it is for lesser grades alone, or its own condition takes gross
// negligence out for everybody.
func TestExemptionsThatSpareGrossNegligence(t *testing.T) {
	exempt := func(unless contracts.Condition, grades ...contracts.Grade) *contracts.Exemption {
		return &contracts.Exemption{Provision: contracts.Provision{Unless: unless}, Grades: grades}
	}
	gross := contracts.Condition{Grade: contracts.Gross}
	tests := []struct {
		name   string
		clause contracts.Clause
		want   bool
	}{
		{"for every grade", exempt(contracts.Condition{}), true},
		{"for no fault and ordinary negligence", exempt(contracts.Condition{}, contracts.NoFault, contracts.Ordinary), false},
		{"for gross negligence too", exempt(contracts.Condition{}, contracts.Ordinary, contracts.Gross), true},
		{"unless there is any fault", exempt(contracts.Condition{Grade: contracts.Ordinary}), false},
		{"unless gross", exempt(gross), false},
		{"unless intended", exempt(contracts.Condition{Grade: contracts.Intent}), true},
		{"unless gross, to consumers", exempt(contracts.Condition{Grade: contracts.Gross, Consumer: contracts.Consumers}), true},
		{"unless gross or to a consumer", exempt(contracts.Condition{Any: []contracts.Condition{gross, {Consumer: contracts.Consumers}}}), false},
		{"unless gross and warned", exempt(contracts.Condition{All: []contracts.Condition{gross, {Fact: "warned"}}}), true},
		{"unless not gross", exempt(contracts.Condition{Not: &gross}), true},
		{"a cap that says nothing", &contracts.Cap{}, true},
		{"a cap that states it", &contracts.Cap{StatesOrdinaryOnly: true}, false},
		{"a promise", &contracts.Availability{}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := entryOf(t, "de.bgb-309-7-b").Control.Strikes(tt.clause); got != tt.want {
				t.Errorf("struck: %v, want %v", got, tt.want)
			}
		})
	}
	if !entryOf(t, "gb.cra-57-1").Control.Strikes(exempt(gross)) {
		t.Error("a rule that spares nothing spares an exemption")
	}
}
