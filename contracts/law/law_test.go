package law_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/google/go-cmp/cmp"
)

// entryOf returns one entry.
func entryOf(t *testing.T, id string) law.Entry {
	t.Helper()
	j, _, _ := strings.Cut(id, ".")
	entries, _ := law.For(j)
	i := slices.IndexFunc(entries, func(e law.Entry) bool { return e.ID == id })
	if i < 0 {
		t.Fatalf("there is no entry %s", id)
	}
	return entries[i]
}

func TestEveryEntryIsCited(t *testing.T) {
	if got := law.Jurisdictions(); !slices.Contains(got, "jp") || !slices.IsSorted(got) {
		t.Fatalf("the jurisdictions are %v", got)
	}
	seen := map[string]bool{}
	for _, j := range law.Jurisdictions() {
		entries, ok := law.For(j)
		if !ok || len(entries) == 0 {
			t.Errorf("%s has no entries", j)
		}
		if !slices.IsSortedFunc(entries, func(a, b law.Entry) int { return strings.Compare(a.ID, b.ID) }) {
			t.Errorf("the entries of %s are not in the order of their ids", j)
		}
		for _, e := range entries {
			if seen[e.ID] {
				t.Errorf("%s stands twice", e.ID)
			}
			seen[e.ID] = true
			if !strings.HasPrefix(e.ID, j+".") || len(e.ID) == len(j)+1 {
				t.Errorf("%s does not begin with its jurisdiction %s", e.ID, j)
			}
			if e.Cite.Doc == "" || e.Cite.Section == "" || e.Cite.Source == "" || e.Cite.Gist.JA == "" || e.Cite.Gist.EN == "" {
				t.Errorf("%s is not cited in full: %+v", e.ID, e.Cite)
			}
			if e.Cite.Gist.JA == e.Cite.Gist.EN {
				t.Errorf("%s says the same in both languages", e.ID)
			}
			if !slices.Contains([]law.Checked{law.OfficialText, law.SecondaryText, law.Unverified}, e.Checked) {
				t.Errorf("%s does not say how far it was verified: %q", e.ID, e.Checked)
			}
		}
	}
}

func TestEveryEntryDoesOneThing(t *testing.T) {
	for _, j := range law.Jurisdictions() {
		entries, _ := law.For(j)
		for _, e := range entries {
			if e.Control != nil && e.Founds != law.Nothing {
				t.Errorf("%s both strikes clauses and founds a rule", e.ID)
			}
			if e.Debated && e.Discretionary {
				t.Errorf("%s is debated, so that it has no default, and discretionary, so that its default is no", e.ID)
			}
			if (e.Debated || e.Discretionary) && e.Control == nil && e.Weighing == "" && e.Liability == nil && e.Contribution == "" && e.Settlement == "" && e.Reallocation == nil && e.Rates == nil {
				t.Errorf("%s strikes nothing, so that nothing about it is to be decided", e.ID)
			}
			if !e.Since.IsZero() && !e.Until.IsZero() && e.Until.Cmp(e.Since) <= 0 {
				t.Errorf("%s is in force until %s, which is not after %s", e.ID, e.Until, e.Since)
			}
		}
	}
}

func TestEveryControlIsConfined(t *testing.T) {
	const known = law.TotalExemption | law.PartialLimit
	controls := 0
	for _, j := range law.Jurisdictions() {
		entries, _ := law.For(j)
		for _, e := range entries {
			k := e.Control
			if k == nil {
				continue
			}
			controls++
			if k.Against == 0 || k.Against&^known != 0 {
				t.Errorf("%s is aimed at no known clauses: %b", e.ID, k.Against)
			}
			if !e.Discretionary && k.When.IsZero() && e.Since.IsZero() {
				t.Errorf("%s strikes always and since ever", e.ID)
			}
			if k.SparesStated && k.Against&law.PartialLimit == 0 {
				t.Errorf("%s spares limits, which it does not strike", e.ID)
			}
		}
	}
	if controls == 0 {
		t.Error("no entry strikes anything")
	}
}

// The days are those of the Acts: 消費者契約法 has been in force since 2001-04-01 (its supplementary provisions),
// article 548-2 of the Civil Code since 2020-04-01 (Act No. 44 of 2017), and paragraph 3 of
// article 8 of 消費者契約法 since 2023-06-01 (Act No. 59 of 2022).
func TestInForce(t *testing.T) {
	tests := []struct {
		id, name string
		day      contracts.Date
		want     bool
	}{
		{"jp.cca-8-1-1", "the day before the Act", contracts.Date{Year: 2001, Month: 3, Day: 31}, false},
		{"jp.cca-8-1-1", "the first day of the Act", contracts.Date{Year: 2001, Month: 4, Day: 1}, true},
		{"jp.cca-8-1-1", "the second day of the Act", contracts.Date{Year: 2001, Month: 4, Day: 2}, true},
		{"jp.cca-8-1-2", "the day before the Act", contracts.Date{Year: 2001, Month: 3, Day: 31}, false},
		{"jp.cca-8-1-2", "the first day of the Act", contracts.Date{Year: 2001, Month: 4, Day: 1}, true},
		{"jp.cca-8-1-2", "the second day of the Act", contracts.Date{Year: 2001, Month: 4, Day: 2}, true},
		{"jp.civil-548-2", "the day before the reform", contracts.Date{Year: 2020, Month: 3, Day: 31}, false},
		{"jp.civil-548-2", "the first day of the reform", contracts.Date{Year: 2020, Month: 4, Day: 1}, true},
		{"jp.civil-548-2", "the second day of the reform", contracts.Date{Year: 2020, Month: 4, Day: 2}, true},
		{"jp.cca-8-3", "the day before the amendment", contracts.Date{Year: 2023, Month: 5, Day: 31}, false},
		{"jp.cca-8-3", "the first day of the amendment", contracts.Date{Year: 2023, Month: 6, Day: 1}, true},
		{"jp.cca-8-3", "the second day of the amendment", contracts.Date{Year: 2023, Month: 6, Day: 2}, true},
		{"jp.civil-418", "an article as old as the Code", contracts.Date{Year: 1900, Month: 1, Day: 1}, true},
	}
	for _, tt := range tests {
		t.Run(tt.id+" "+tt.name, func(t *testing.T) {
			if got := entryOf(t, tt.id).InForceOn(tt.day); got != tt.want {
				t.Errorf("in force on %s: %v, want %v", tt.day, got, tt.want)
			}
		})
	}
}

// The last day in force is the one before Until.
func TestInForceUntil(t *testing.T) {
	e := law.Entry{Until: contracts.Date{Year: 2020, Month: 4, Day: 1}}
	for day, want := range map[contracts.Date]bool{ // order: each is checked alone
		{Year: 2020, Month: 3, Day: 31}: true, {Year: 2020, Month: 4, Day: 1}: false, {Year: 2020, Month: 4, Day: 2}: false,
	} {
		if got := e.InForceOn(day); got != want {
			t.Errorf("in force on %s: %v, want %v", day, got, want)
		}
	}
}

func TestStrikes(t *testing.T) {
	exemption := &contracts.Exemption{}
	limit, stated := &contracts.Cap{}, &contracts.Cap{StatesOrdinaryOnly: true}
	excluded, statedLoss := &contracts.LossExclusion{}, &contracts.LossExclusion{StatesOrdinaryOnly: true}
	tests := []struct {
		id, name string
		clause   contracts.Clause
		want     bool
	}{
		{"jp.cca-8-1-1", "an exemption from all liability", exemption, true},
		{"jp.cca-8-1-1", "a cap", limit, false},
		{"jp.cca-8-1-1", "an excluded head of loss", excluded, false},
		{"jp.cca-8-1-2", "an exemption from all liability", exemption, false},
		{"jp.cca-8-1-2", "a cap", limit, true},
		{"jp.cca-8-1-2", "a cap that states that it covers ordinary negligence only", stated, true},
		{"jp.cca-8-1-2", "an excluded head of loss", excluded, true},
		{"jp.cca-8-3", "an exemption from all liability", exemption, false},
		{"jp.cca-8-3", "a cap that does not state what it covers", limit, true},
		{"jp.cca-8-3", "a cap that states that it covers ordinary negligence only", stated, false},
		{"jp.cca-8-3", "an exclusion that does not state what it covers", excluded, true},
		{"jp.cca-8-3", "an exclusion that states that it covers ordinary negligence only", statedLoss, false},
		{"jp.civil-90", "an exemption from all liability", exemption, true},
		{"jp.civil-90", "a cap", limit, true},
		{"jp.sc-2003-02-28", "a cap", limit, true},
		{"jp.sc-2003-02-28", "an exemption from all liability", exemption, false},
		{"jp.civil-548-2", "a clause that promises", &contracts.Availability{}, false},
		{"jp.civil-548-2", "own fault", &contracts.OwnFault{}, false},
	}
	for _, tt := range tests {
		t.Run(tt.id+" "+tt.name, func(t *testing.T) {
			if got := entryOf(t, tt.id).Control.Strikes(tt.clause); got != tt.want {
				t.Errorf("struck: %v, want %v", got, tt.want)
			}
		})
	}
}

// Consumers are protected by article 8 and nobody else; grades below the one named are not reached.
func TestConditions(t *testing.T) {
	tests := []struct {
		id   string
		want contracts.Condition
	}{
		{"jp.cca-8-1-1", contracts.Condition{Consumer: contracts.Consumers}},
		{"jp.cca-8-1-2", contracts.Condition{Consumer: contracts.Consumers, Grade: contracts.Gross}},
		{"jp.cca-8-3", contracts.Condition{Consumer: contracts.Consumers}},
		{"jp.civil-90", contracts.Condition{Grade: contracts.Intent}},
		{"jp.sc-2003-02-28", contracts.Condition{Grade: contracts.Gross}},
	}
	for _, tt := range tests {
		t.Run(tt.id, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, entryOf(t, tt.id).Control.When); diff != "" {
				t.Errorf("condition (-want +got):\n%s", diff)
			}
		})
	}
}

// What a caller does to the entries does not reach the next one.
func TestForReturnsACopy(t *testing.T) {
	entries, _ := law.For("jp")
	id := entries[0].ID
	entries[0].ID = "changed"
	again, _ := law.For("jp")
	if again[0].ID != id {
		t.Errorf("the first entry is now called %s", again[0].ID)
	}
}

func TestUnknownJurisdiction(t *testing.T) {
	for _, j := range []string{"", "JP", "xx"} {
		if entries, ok := law.For(j); ok || entries != nil {
			t.Errorf("the jurisdiction %q has entries %v", j, entries)
		}
	}
}
