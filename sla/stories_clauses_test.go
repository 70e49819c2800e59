package sla_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

// clausesFile says of clauses whether they stand, in a story of one phase: findings, customer, then a column a clause. A cell is one word, or one for each
// reading where these differ: stands, lifted by the terms, replaced by a special clause, void by the law, or off for another reason.
const clausesFile = "want/clauses.csv"

func TestStoryClauses(t *testing.T) {
	told := 0
	for name, a := range stories(t) { // order: each is a test of its own
		want, err := fs.ReadFile(a.Files, clausesFile)
		if err != nil {
			continue
		}
		told++
		t.Run(name, func(t *testing.T) {
			lines := strings.Split(strings.TrimSpace(string(want)), "\n")
			clauses := strings.Split(lines[0], ",")[2:]
			got := lines[:1:1]
			tell(t, a, func(findings string, r sla.Row) {
				cells := []string{findings, nameOf(r.Customer)}
				for _, c := range clauses {
					cells = append(cells, stand(r, c))
				}
				got = append(got, strings.Join(cells, ","))
			})
			if diff := cmp.Diff(lines, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", clausesFile, diff)
			}
		})
	}
	if told == 0 {
		t.Error("no story tells which clauses stand")
	}
}

func stand(r sla.Row, clause string) string {
	var words []string
	for i := range r.Run().Readings() {
		word := "off"
		switch {
		case r.Under(i, "stands."+clause) != 0:
			word = "stands"
		case r.Under(i, "lifted."+clause) != 0:
			word = "lifted"
		case r.Under(i, "replaced."+clause) != 0:
			word = "replaced"
		case r.Under(i, "struck."+clause) != 0:
			word = "void"
		}
		words = append(words, word)
	}
	if len(slices.Compact(slices.Clone(words))) == 1 {
		return words[0]
	}
	return strings.Join(words, " ")
}
