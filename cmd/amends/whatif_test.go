package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestWhatifOfFirstServer: the eight rows of the decision table, the vendor at 30 %, and the break-even of own fault. The sums are those of the README, which its own test holds against
// the rows of the list by hand.
func TestWhatifOfFirstServer(t *testing.T) {
	status, out, problems := run("whatif", "firstserver-2012", "--draws", "200")
	if status != exitOK {
		t.Fatal(status, problems)
	}
	for _, line := range []string{
		"1. business, ordinary negligence: the terms as worded ¥32,590,100",
		"2. business, ordinary negligence: as the company offered ¥757,397,350",
		"3. business, gross negligence: the cap stands ¥883,187,350",
		"4. business, gross negligence: the cap falls ¥1,877,619,500",
		"5. consumer, ordinary negligence: the law of 2012 ¥883,187,350",
		"6. consumer, ordinary negligence: the law of 2023 ¥1,877,619,500",
		"7. consumer, gross negligence: the law of 2012 ¥1,877,619,500",
		"8. consumer, gross negligence: the law of 2023 ¥1,877,619,500",
		"gross negligence, the cap falls, the vendor bears 30% ¥1,314,333,650 ¥563,285,850",
		"47.945% ¥600,000,347 47.9451% ¥599,999,828 falls below",
		"over the range it only falls, as the formulas show",
	} {
		if !strings.Contains(strings.Join(strings.Fields(out), " "), line) {
			t.Errorf("nothing says %q", line)
		}
	}
	if !strings.Contains(out, "200 draws, seed 20120620") {
		t.Error("--draws is not taken")
	}
}

// TestWhatifIsTheSameTwice: text, workbook and list of differences have the same bytes in a second run.
func TestWhatifIsTheSameTwice(t *testing.T) {
	dir := t.TempDir()
	var all [2][]string
	for i := range all {
		book, page, list := filepath.Join(dir, "w.xlsx"), filepath.Join(dir, "w.html"), filepath.Join(dir, "d.csv")
		status, out, problems := run("whatif", "cooling-2026", "-o", book, "--html", page, "--differences", list, "--lang", "ja")
		if status != exitOK {
			t.Fatal(status, problems)
		}
		all[i] = []string{out, read(t, book), read(t, page), read(t, list)}
	}
	if diff := cmp.Diff(all[0], all[1]); diff != "" {
		t.Error("the second run differs from the first")
	}
}

// TestWhatifTriesValues: the base and what was tried, and each customer's difference with the rule that caused it.
func TestWhatifTriesValues(t *testing.T) {
	status, out, problems := run("whatif", "firstserver-2012", "--set", "own_fault.no-backup=50%", "--differences", "-", "--base", "as-offered")
	if status != exitOK {
		t.Fatal(status, problems)
	}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != 1+5698 {
		t.Fatalf("%d lines, want one for each of 5,698 customers and the heading", len(lines))
	}
	// FS-00001 kept no backup and claims 298,000 + 18,000 of 240,900 that it paid: half of the first and all of the second stay under the cap.
	if want := "tried,as-offered,terms-2012,FS-00001,,JPY,240900,167000,-73900,own-fault,,約款 第16条第1項"; !strings.HasPrefix(lines[1], want) && !strings.Contains(lines[1], "FS-00001,,JPY,240900,167000,-73900,own-fault") {
		t.Errorf("got %s\nwant %s…", lines[1], want)
	}
	if !strings.Contains(problems, "tried: own_fault.no-backup=50%") {
		t.Errorf("the comparison is not told:\n%s", problems)
	}
}

// TestWhatIsTriedStandsBesideAFile: with a file of scenarios everything that it asks is answered, and what is tried stands beside it.
func TestWhatIsTriedStandsBesideAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.yaml")
	text := "base: by-payment\nscenarios: [{id: s, title: Nothing is admitted, source: s, based_on: by-payment, findings: {admit.restoration: {is: \"no\", reason: r}}}]\ncompare: [by-payment, s]\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	status, out, problems := run("whatif", "cooling-2026", "--scenarios", path, "--set", "grade=gross", "admit.lost-profit=no")
	if status != exitOK {
		t.Fatal(status, problems)
	}
	for _, line := range []string{"contribution by share of whatever was paid ¥2,450,000", "Nothing is admitted ¥0", "tried: grade=gross, admit.lost-profit=no ¥3,"} {
		if !strings.Contains(strings.Join(strings.Fields(out), " "), line) {
			t.Errorf("nothing says %q:\n%s", line, out)
		}
	}
}

// TestAnAnonymousPageHasNoNames: and one that is not has them.
func TestAnAnonymousPageHasNoNames(t *testing.T) {
	for _, args := range [][]string{nil, {"--anonymous"}} {
		page := filepath.Join(t.TempDir(), "w.html")
		if status, _, problems := run(append([]string{"whatif", "firstserver-2012", "--set", "grade=gross", "--html", page}, args...)...); status != exitOK {
			t.Fatal(status, problems)
		}
		if named := strings.Contains(read(t, page), "架空契約者00001"); named == (args != nil) {
			t.Errorf("with %v the page names customers: %v", args, named)
		}
	}
}

// TestWhatifRefusals: what is wrong is said at once, with what would be right, and nothing is written.
func TestWhatifRefusals(t *testing.T) {
	dir := t.TempDir()
	scenarios := filepath.Join(dir, "s.yaml")
	if err := os.WriteFile(scenarios, []byte("base: as-oferred\nranges: [{parameter: own_fault, from: 0%, to: 150%, reason: r}]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args   []string
		status int
		words  []string
	}{
		{[]string{"--set", "grad=gross", "--set", "own_fault=130%"}, exitRefused, []string{"did you mean grade", "at most 100%"}},
		{[]string{"--set", "grade"}, exitUsage, []string{"NAME=VALUE"}},
		{[]string{"--scenarios", scenarios}, exitRefused, []string{"s.yaml:1:7", "as-offered", "s.yaml:2", "150%"}},
		{[]string{"--scenarios", filepath.Join(dir, "none.yaml")}, exitRefused, []string{"none.yaml"}},
		{[]string{"--base", "as-oferred"}, exitRefused, []string{"as-offered"}},
		{[]string{"--draws", "2000000"}, exitUsage, []string{"1000000"}},
		{[]string{"--seed", "x"}, exitUsage, []string{"whole number"}},
		{[]string{"--anonymous"}, exitUsage, []string{"--html"}},
		{[]string{"--html", filepath.Join(dir, "x"), "-o", filepath.Join(dir, "x")}, exitUsage, []string{"two outputs"}},
		{[]string{"-o", "-", "--differences", "-"}, exitUsage, []string{"standard output"}},
		{[]string{"-o", filepath.Join(dir, "no", "such", "w.xlsx")}, exitOutput, []string{"no such"}},
	} {
		status, out, problems := run(append([]string{"whatif", "firstserver-2012"}, tt.args...)...)
		if status != tt.status || out != "" {
			t.Errorf("%v: exit %d, want %d; output %.100q", tt.args, status, tt.status, out)
		}
		for _, w := range tt.words {
			if !strings.Contains(problems, w) {
				t.Errorf("%v: nothing says %q:\n%s", tt.args, w, problems)
			}
		}
	}
}
