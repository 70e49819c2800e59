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
	if err := run(&out); err != nil {
		t.Fatal(err)
	}
	want := `credit 2026-06/hosting/acme 2.01 USD
credit 2026-06/hosting/birch 10.00 USD
credit 2026-06/hosting/dune 120.00 USD
4 customers, 132.01 USD in credits
`
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}
