package problem_test

import (
	"testing"

	"github.com/amends-go/amends/internal/problem"
)

// TestNothingInAProblemActsOnATerminal holds for every part that can quote a file.
func TestNothingInAProblemActsOnATerminal(t *testing.T) {
	p := problem.Problem{File: "a\x1bb.yaml", Line: 1, Field: "\x1b[2Jcap", Value: "\u202e1", Code: "E_DUP_KEY", Message: "cap\u2028 stands twice\n"}
	want := `a<U+001B>b.yaml:1: error E_DUP_KEY: cap<U+2028> stands twice<U+000A> [field=<U+001B>[2Jcap value="<U+202E>1"]`
	if got := p.Error(); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
