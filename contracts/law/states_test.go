package law_test

import (
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
)

// The rule of each state on the claimant's own fault, from its statute or leading case: pure, contributory (any fault bars), 50 (from one half
// on), 51 (above one half), 51% (from fifty-one per cent on). The day is one on which the rule holds.
var ownFaultRules = []struct{ state, rule, day string }{
	{"us-ak", "pure", "2024-01-01"},
	{"us-al", "contributory", "2024-01-01"},
	{"us-az", "pure", "2024-01-01"},
	{"us-ca", "pure", "2024-01-01"},
	{"us-co", "50", "2024-01-01"}, // "not as great as"
	{"us-dc", "contributory", "2024-01-01"},
	{"us-fl", "pure", "2023-03-23"},
	{"us-fl", "51", "2023-03-24"}, // "greater than 50 percent"
	{"us-ga", "50", "2024-01-01"}, // "50 percent or more"
	{"us-ia", "51", "2024-01-01"}, // "greater percentage of fault than the combined percentage"
	{"us-il", "51", "2024-01-01"}, // "more than 50%"
	{"us-in", "51", "2024-01-01"}, // "greater than the fault of all persons"
	{"us-ks", "50", "2024-01-01"}, // "less than"
	{"us-la", "pure", "2025-12-31"},
	{"us-la", "51%", "2026-01-01"}, // "equal to or greater than fifty-one percent"
	{"us-ma", "51", "2024-01-01"},  // "not greater than the total"
	{"us-md", "contributory", "2024-01-01"},
	{"us-mn", "51", "2024-01-01"}, // "not greater than the fault of the person"
	{"us-mo", "pure", "2024-01-01"},
	{"us-nc", "contributory", "2024-01-01"},
	{"us-nj", "51", "2024-01-01"}, // "not greater than"
	{"us-ny", "pure", "2024-01-01"},
	{"us-oh", "51", "2024-01-01"}, // "not greater than the combined tortious conduct"
	{"us-pa", "51", "2024-01-01"}, // "not greater than"
	{"us-tn", "50", "2024-01-01"}, // "remains less than"
	{"us-tx", "51", "2024-01-01"}, // "greater than 50 percent"
	{"us-ut", "50", "2024-01-01"}, // the others' fault "exceeds"
	{"us-va", "contributory", "2024-01-01"},
	{"us-wa", "pure", "2024-01-01"},
	{"us-wi", "51", "2024-01-01"}, // "not greater than"
}

// Whether a claim fails at each own share, by rule.
var barredAt = map[string][]struct {
	num, den int64
	want     bool
}{
	"pure":         {{0, 1, false}, {1, 2, false}, {99, 100, false}, {1, 1, false}},
	"contributory": {{0, 1, false}, {1, 1_000_000, true}, {1, 100, true}, {1, 1, true}},
	"50":           {{0, 1, false}, {499_999, 1_000_000, false}, {1, 2, true}, {500_001, 1_000_000, true}},
	"51":           {{499_999, 1_000_000, false}, {1, 2, false}, {500_001, 1_000_000, true}, {51, 100, true}},
	"51%":          {{1, 2, false}, {509_999, 1_000_000, false}, {51, 100, true}, {510_001, 1_000_000, true}},
}

func TestBarsOfTheStates(t *testing.T) {
	covered := map[string]bool{}
	for _, tt := range ownFaultRules {
		day := dateOf(t, tt.day)
		entries, _ := law.For(tt.state)
		rules := 0
		for _, e := range entries {
			if e.Founds != law.OwnFault || !e.InForceOn(day) {
				continue
			}
			rules++
			covered[e.ID] = true
			for _, at := range barredAt[tt.rule] {
				own := contracts.MustRatio(at.num, at.den)
				if got := e.Bar != nil && e.Bar.Bars(own); got != at.want {
					t.Errorf("%s at an own share of %s on %s: fails %v, want %v", e.ID, own.Percent(), day, got, at.want)
				}
			}
		}
		if rules != 1 {
			t.Errorf("%s has %d rules on own fault on %s", tt.state, rules, day)
		}
	}
	states := 0
	for _, j := range law.Jurisdictions() {
		if strings.HasPrefix(j, "us-") {
			states++
		}
	}
	if states < 20 {
		t.Errorf("only %d states", states)
	}
	for _, e := range all() {
		if e.Founds == law.OwnFault && strings.HasPrefix(e.ID, "us-") && !covered[e.ID] {
			t.Errorf("%s stands in no row", e.ID)
		}
	}
}

// How several at fault answer, by state: who with a share just below, at and just above the threshold answers for the whole, of economic
// loss and of other loss.
var answering = []struct {
	id                  string
	num, den            int64 // the threshold
	below, at, above    bool  // for the whole of economic loss
	nbelow, nat, nabove bool  // of other loss
}{
	{"us-ak.as-09-17-080", 1, 2, false, false, false, false, false, false},
	{"us-az.ars-12-2506", 1, 2, false, false, false, false, false, false},
	{"us-ca.civ-1431-2", 1, 2, true, true, true, false, false, false},
	{"us-co.crs-13-21-111-5", 1, 2, false, false, false, false, false, false},
	{"us-fl.768-81-3", 1, 2, false, false, false, false, false, false},
	{"us-ga.ocga-51-12-33-b", 1, 2, false, false, false, false, false, false},
	{"us-ia.code-668-4", 1, 2, false, true, true, false, false, false},
	{"us-il.735-2-1117", 1, 4, false, true, true, false, true, true},
	{"us-ks.ksa-60-258a-d", 1, 2, false, false, false, false, false, false},
	{"us-la.art-2324", 1, 2, false, false, false, false, false, false},
	{"us-mn.stat-604-02-1", 1, 2, false, false, true, false, false, true},
	{"us-mo.stat-537-067", 51, 100, false, true, true, false, true, true},
	{"us-nj.2a-15-5-3", 3, 5, false, true, true, false, true, true},
	{"us-ny.cplr-1601", 1, 2, true, true, true, false, false, true},
	{"us-oh.orc-2307-22", 1, 2, false, false, true, false, false, false},
	{"us-pa.7102-a-1", 3, 5, false, true, true, false, true, true},
	{"us-tn.mcintyre-several", 1, 2, false, false, false, false, false, false},
	{"us-tx.cprc-33-013", 1, 2, false, false, true, false, false, true},
	{"us-ut.78b-5-818-3", 1, 2, false, false, false, false, false, false},
	{"us-wa.rcw-4-22-070-1", 1, 2, false, false, false, false, false, false},
	{"us-wa.rcw-4-22-070-1-b", 1, 2, true, true, true, true, true, true},
	{"us-wi.895-045-1-several", 51, 100, false, true, true, false, true, true},
}

// whole reads a liability plainly: whether one with this share answers for the whole.
func whole(l *law.Liability, share contracts.Ratio, economic bool) bool {
	of := l.Of
	if !economic && l.NonEconomic != "" {
		of = l.NonEconomic
	}
	c := share.Cmp(l.From)
	return of == law.Joint || (of == law.Partly && (c > 0 || (c == 0 && !l.Above)))
}

func TestLiabilityOfTheStates(t *testing.T) {
	covered := map[string]bool{}
	for _, tt := range answering {
		covered[tt.id] = true
		l := entryOf(t, tt.id).Liability
		at := contracts.MustRatio(tt.num*1000, tt.den*1000)
		for i, share := range []contracts.Ratio{contracts.MustRatio(tt.num*1000-1, tt.den*1000), at, contracts.MustRatio(tt.num*1000+1, tt.den*1000)} {
			want := [...]bool{tt.below, tt.at, tt.above}[i]
			if got := whole(l, share, true); got != want {
				t.Errorf("%s with %s of the fault answers for the whole: %v, want %v", tt.id, share.Percent(), got, want)
			}
			want = [...]bool{tt.nbelow, tt.nat, tt.nabove}[i]
			if got := whole(l, share, false); got != want {
				t.Errorf("%s with %s of the fault answers for the whole of loss that is not of money: %v, want %v", tt.id, share.Percent(), got, want)
			}
		}
	}
	for _, e := range all() {
		if e.Liability != nil && strings.HasPrefix(e.ID, "us-") && !covered[e.ID] {
			t.Errorf("%s stands in no row", e.ID)
		}
	}
}

// What the gist of a state's rule says agrees with the rule, as the texts are made from it.
func TestGistsOfTheStates(t *testing.T) {
	for id, want := range map[string]string{ // order: each is checked alone
		"us-tx.cprc-33-001":     "above 50% defeats",
		"us-ga.ocga-51-12-33-g": "of 50% or more defeats",
		"us-la.art-2323":        "of 51% or more defeats",
		"us-al.contributory":    "any fault of the claimant",
		"us-ny.cplr-1411":       "pure comparative",
		"us-wi.895-045-1":       "compared with each alone",
		"us-il.735-2-1117":      "who bears 25% or more of the fault",
		"us-tx.cprc-33-013":     "who bears more than 50% of the fault",
		"us-ny.cplr-1601":       "not of money only who bears more than 50%",
		"us-ca.civ-1431-2":      "each answers for its own share",
		"us-wa.rcw-4-22-070-1":  "where the claimant is at fault",
		"us-ga.ocga-51-12-33-b": "for its own share of fault only",
	} {
		if got := entryOf(t, id).Cite.Gist.EN; !strings.Contains(got, want) {
			t.Errorf("%s says %q, not %q", id, got, want)
		}
	}
}
