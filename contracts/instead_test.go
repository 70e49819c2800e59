package contracts_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
)

// special is a contract of a general cap and of clauses that are written one a line.
func special(lines ...string) string {
	text := "id: terms\ntitle: Terms\ncurrency: JPY\nzone: Asia/Tokyo\nrounding: down\nclauses:\n  - {id: base, ref: {doc: terms}, cap: {amount: 100, per: claim}}\n"
	for _, l := range lines {
		text += "  - {" + l + "}\n"
	}
	return text
}

func capped(id, rest string) string {
	return fmt.Sprintf("id: %s, ref: {doc: terms}, cap: {amount: 50, per: claim}, %s", id, rest)
}

// TestRivals: two clauses that take one clause's place must not both operate. The lines of special are the eighth of the file and on.
func TestRivals(t *testing.T) {
	a := capped("a", "instead_of: [base]")
	tests := []struct {
		name, text string
		says       []string // in the problem; none when the contract is sound
	}{
		{"one takes the place", special(a), nil},
		{"both always", special(a, capped("b", "instead_of: [base]")), []string{"terms.yaml:9:", "E_CONFLICT", "a (terms.yaml:8)", "b (terms.yaml:9)", "place of base", "stand always", "instead_of: [a] in b"}},
		{"the later says that it prevails", special(a, capped("b", "instead_of: [base, a]")), nil},
		{"an exception to the exception", special(a, capped("b", "instead_of: [a]")), nil},
		{"two exceptions to the exception", special(a, capped("b", "instead_of: [a]"), capped("c", "instead_of: [a]")), []string{"b (terms.yaml:9)", "c (terms.yaml:10)"}},
		{"of two branches", special(capped("a", "instead_of: [base], when: {fact: f}"), capped("b", "instead_of: [base], unless: {fact: f}"), capped("c", "instead_of: [a]"), capped("d", "instead_of: [b]")), []string{"c (terms.yaml:10)", "d (terms.yaml:11)"}},
		{"two facts of one customer", special(capped("a", "instead_of: [base], when: {fact: f}"), capped("b", "instead_of: [base], when: {fact: g}")), []string{"when with the fact f, with the fact g"}},
		{"facts of which one excludes the other", special(capped("a", "instead_of: [base], when: {fact: f}"), capped("b", "instead_of: [base], when: {fact: g}, unless: {fact: f}")), nil},
		{"grades that part", special(capped("a", "instead_of: [base], when: {grade: gross}"), capped("b", "instead_of: [base], unless: {grade: gross}")), nil},
		{"grades that meet", special(capped("a", "instead_of: [base], when: {grade: gross}"), capped("b", "instead_of: [base], when: {grade: intent}")), []string{"the grade of fault is intent"}},
		{"consumers and the rest", special(capped("a", "instead_of: [base], when: {consumer: true}"), capped("b", "instead_of: [base], when: {consumer: false}")), nil},
		{"consumers, and gross negligence", special(capped("a", "instead_of: [base], when: {consumer: true}"), capped("b", "instead_of: [base], when: {grade: gross}")), []string{"the grade of fault is gross, the customer is a consumer"}},
		{"a phase is of one event", special(capped("a", "instead_of: [base], when: {event: e}"), capped("b", "instead_of: [base], when: {event: f}")), nil},
		{"a third takes both away where they meet", special(capped("a", "instead_of: [base], when: {fact: f}"), capped("b", "instead_of: [base], when: {fact: g}"), capped("c", "instead_of: [a, b], when: {all: [{fact: f}, {fact: g}]}")), nil},
		{"a carve-out takes one away where they meet", special(capped("a", "instead_of: [base], when: {fact: f}"), capped("b", "instead_of: [base], when: {fact: g}"), "id: c, ref: {doc: terms}, lift: {clauses: [a]}, when: {fact: g}"), nil},
		{"different heads", special("id: a, ref: {doc: terms}, cap: {amount: 50, per: claim, heads: [data]}, instead_of: [base]", "id: b, ref: {doc: terms}, cap: {amount: 50, per: claim, except_heads: [data]}, instead_of: [base]"), nil},
		{"a head of both", special("id: a, ref: {doc: terms}, cap: {amount: 50, per: claim, heads: [data, x]}, instead_of: [base]", "id: b, ref: {doc: terms}, cap: {amount: 50, per: claim, except_heads: [data]}, instead_of: [base]"), []string{"both stand always"}},
		{"different kinds of event", special("id: a, ref: {doc: terms}, exempt: {events: [outage]}, instead_of: [base]", "id: b, ref: {doc: terms}, exempt: {events: [leak]}, instead_of: [base]"), nil},
		{"itself", special(capped("a", "instead_of: [a]")), []string{"E_CYCLE", "a → a"}},
		{"in a circle", special(capped("a", "instead_of: [b]"), capped("b", "instead_of: [a]")), []string{"E_CYCLE", "a → b → a"}},
		{"in a circle with a carve-out", special(capped("a", "instead_of: [c]"), "id: c, ref: {doc: terms}, lift: {clauses: [a]}"), []string{"E_CYCLE", "instead_of"}},
		{"of a clause that is not there", special(capped("a", "instead_of: [bass]")), []string{"terms.yaml:8:", "E_UNKNOWN_CLAUSE", "bass"}},
		{"of one asked once for all", special("id: s, ref: {doc: terms}, set_off: {}", capped("a", "instead_of: [s]")), []string{"E_UNKNOWN_CLAUSE", "(set_off)"}},
		{"by a commitment", special("id: a, ref: {doc: terms}, availability: {target: 99%, window: incident}, instead_of: [base]"), []string{"E_UNKNOWN_FIELD"}},
	}
	for _, tt := range tests {
		_, problems := contracts.Read("terms.yaml", []byte(tt.text))
		err := problems.Err()
		if (err == nil) != (tt.says == nil) {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		for _, s := range tt.says {
			if !strings.Contains(err.Error(), s) {
				t.Errorf("%s: %q is not said in: %v", tt.name, s, err)
			}
		}
	}
}

// TestManyConditionsAreNotTried: beyond ten facts and events nobody tries all their states, and who prevails must be said.
func TestManyConditionsAreNotTried(t *testing.T) {
	for n, refused := range map[int]bool{9: false, 10: false, 11: true} { // order: each is a test of its own
		var facts []string
		for i := range n {
			facts = append(facts, fmt.Sprintf("{fact: f%d}", i))
		}
		all := "{all: [" + strings.Join(facts, ", ") + "]}"
		_, problems := contracts.Read("terms.yaml", []byte(special(capped("a", "instead_of: [base], when: "+all), capped("b", "instead_of: [base], unless: {fact: f0}"))))
		if err := problems.Err(); (err != nil) != refused {
			t.Errorf("%d facts: %v", n, err)
		}
	}
}

// TestThePairOfACommitmentAndItsCredit: in an entry of both, the credit takes the place.
func TestThePairOfACommitmentAndItsCredit(t *testing.T) {
	c, problems := contracts.Read("terms.yaml", []byte(special(
		"id: up, ref: {doc: SLA}, availability: {target: 99%, window: incident}, credit: {tiers: [{below: 99%, pay: 10%}]}",
		"id: gold, ref: {doc: SLA}, availability: {target: 99.9%, window: incident}, credit: {tiers: [{below: 99.9%, pay: 20%}]}, instead_of: [up.credit]")))
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]int{"gold": 0, "gold.credit": 1} { // order: each is a test of its own
		if got := contracts.ProvisionOf(c.Clause(id)).InsteadOf; len(got) != want {
			t.Errorf("%s takes the place of %v", id, got)
		}
	}
	if got := c.Replacers("up.credit"); len(got) != 1 {
		t.Errorf("%d clauses take the place of the credit", len(got))
	}
}

// TestACreditInPlaceOfAnotherDoesNotAddUp: the check for credits that one failure earns together leaves alone those of which one takes the other's place.
func TestACreditInPlaceOfAnotherDoesNotAddUp(t *testing.T) {
	two := func(rest string) contracts.Problems {
		c, problems := contracts.Read("terms.yaml", []byte(special(
			"id: up, ref: {doc: SLA}, availability: {target: 99%, window: incident}, credit: {tiers: [{below: 99%, pay: 10%}]}",
			"id: gold, ref: {doc: SLA}, when: {fact: gold}, credit: {availability: up, tiers: [{below: 99%, pay: 20%}]}"+rest)))
		if err := problems.Err(); err != nil {
			t.Fatal(err)
		}
		return c.Lint()
	}
	stacks := func(ps contracts.Problems) bool {
		return slices.ContainsFunc(ps, func(p contracts.Problem) bool { return p.Code == "W_CREDIT_STACK" })
	}
	if !stacks(two("")) || stacks(two(", instead_of: [up.credit]")) {
		t.Errorf("beside: %v; in its place: %v", two(""), two(", instead_of: [up.credit]"))
	}
}

// TestManySpecialClauses: a long chain, and many clauses of which each has a condition of its own, are checked in a moment.
func TestManySpecialClauses(t *testing.T) {
	const n = 300
	var chain, apart []string
	for i := range n {
		over := "base"
		if i > 0 {
			over = fmt.Sprintf("c%d", i-1)
		}
		chain = append(chain, capped(fmt.Sprintf("c%d", i), "instead_of: ["+over+"]"))
		apart = append(apart, capped(fmt.Sprintf("c%d", i), fmt.Sprintf("instead_of: [base], when: {event: e%d}", i)))
	}
	for _, lines := range [][]string{chain, apart} {
		c, problems := contracts.Read("terms.yaml", []byte(special(lines...)))
		if err := problems.Err(); err != nil {
			t.Fatal(err)
		}
		if got := len(c.Replacers("base")); got != n {
			t.Errorf("%d clauses take the place of the first, want %d", got, n)
		}
	}
	_, problems := contracts.Read("terms.yaml", []byte(special(capped("x", "instead_of: [base]"), capped("y", "instead_of: [base]"), capped("z", "instead_of: [base]"))))
	if got := len(problems); got != 3 {
		t.Errorf("%d problems for three rivals, want one for each pair: %v", got, problems)
	}
}
