package csvtable

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Folded is s without differences of width, composition (NFKC) and case, and
// without blanks around it. Ids that are equal only when folded are near
// duplicates: to be shown to a person (W_NEAR_DUP), never merged.
func Folded(s string) string {
	if plainID(s) {
		return strings.TrimSpace(strings.ToLower(s))
	}
	f := cases.Fold().String(norm.NFKC.String(s))
	// Fold exchanges the two cases of Cherokee letters; ToLower brings them together.
	return strings.TrimSpace(norm.NFKC.String(strings.ToLower(f)))
}

// Suggest returns the name among known that an unknown name was probably meant
// to be, or an empty string: one that is equal when folded, else the nearest by
// letters changed, if not more than a third of them are. The first of equals wins.
func Suggest(name string, known []string) string {
	folded := []rune(Folded(name))
	best, least := "", max(1, len(folded)/3)+1
	for _, k := range known {
		if d := distance(folded, []rune(Folded(k))); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance is the number of letters to insert, delete or replace (Levenshtein).
// Long names are not compared: their distance is given as their length.
func distance(a, b []rune) int {
	if len(a) > 64 || len(b) > 64 {
		if string(a) == string(b) {
			return 0
		}
		return max(len(a), len(b))
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
