package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// June 2026 has 43,200 minutes: 99.9 % allows 43.2, 99 % allows 432. The web was down 50 minutes, so 10 %; mail was
// down 480 minutes less 60 of maintenance, 420, so 10 % as well.
func TestRun(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), &out, "", "", "2026-06"); err != nil {
		t.Fatal(err)
	}
	want := `credit acme 2.01 USD: service credit SLA 3
credit birch 10.00 USD: service credit SLA 3
credit dune 120.00 USD: service credit SLA 3
3 credits in run 2026-06: 3 posted now, 0 were there already
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}
