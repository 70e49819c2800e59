package problem_test

import (
	"strings"
	"testing"

	"github.com/amends-go/amends/internal/problem"
)

func TestSuggest(t *testing.T) {
	known := []string{"cap", "credit", "exempt", "availability", "own_fault"}
	tests := []struct{ name, typed, want string }{
		{"two letters swapped", "cpa", "did you mean cap?"},
		{"a letter missing", "credt", "did you mean credit?"},
		{"a letter too many", "exemptt", "did you mean exempt?"},
		{"another case", "CAP", "did you mean cap?"},
		{"full width", "ｃａｐ", "did you mean cap?"},
		{"another mark between words", "own-fault", "did you mean own_fault?"},
		{"three slips in a long name", "avialablity", "did you mean availability?"},
		{"nothing like it lists the names", "zzz", "one of availability, cap, credit, exempt, own_fault"},
		{"too long to be a slip", strings.Repeat("cap", 30), "one of availability, cap, credit, exempt, own_fault"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := problem.Suggest(tt.typed, known); got != tt.want {
				t.Errorf("Suggest(%q) = %q, want %q", tt.typed, got, tt.want)
			}
		})
	}
	if got := problem.Suggest("x", nil); got != "" {
		t.Errorf("with no names known the hint is %q", got)
	}
}
