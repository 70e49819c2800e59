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
