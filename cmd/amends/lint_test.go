package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
)

func TestHelpLint(t *testing.T) {
	_, all, _ := help(t, "lint")
	for _, k := range contracts.LintCodes() {
		if !strings.Contains(all, k.Code+"\n") || !strings.Contains(all, k.What.JA) {
			t.Errorf("nothing is told of %s", k.Code)
		}
	}
	if _, out, _ := help(t, "lint", "w_no_cap"); !strings.HasPrefix(out, "W_NO_CAP\n") || strings.Contains(out, "\nW_") || !strings.Contains(out, "each: 30m") || !strings.Contains(out, "Remedy: Write at_most") {
		t.Errorf("the page of one code: %s", out)
	}
	if _, out, _ := help(t, "lint", "併合"); !strings.HasPrefix(out, "W_CREDIT_STACK\n") {
		t.Errorf("a search in Japanese: %s", out)
	}
	if status, _, errs := help(t, "lint", "nowhere-to-be-found"); status != exitUsage || !strings.Contains(errs, "W_TIER_GAP") {
		t.Errorf("a search in vain: status %d: %s", status, errs)
	}
}

// TestCheckWalksAndLints checks a folder with a contract that has a warning, a sound one, and a file that is none.
func TestCheckWalksAndLints(t *testing.T) {
	const terms = "id: terms\ntitle: Terms\ncurrency: JPY\nzone: Asia/Tokyo\nclauses:\n" +
		"  - {id: up, ref: {doc: SLA}, availability: {target: 99.9%, window: calendar-month}}\n" +
		"  - {id: pay, ref: {doc: SLA}, credit: {availability: up, tiers: [{below: 99.9%, pay: 10%}]}}\n"
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("sound.yaml", terms)
	write("deep/gap.yaml", strings.Replace(terms, "below: 99.9%", "below: 99.5%", 1))
	write("other.yaml", "colour: blue\n")
	const gap = "warning W_TIER_GAP: uptime below the target of 99.9% earns nothing until it falls below 99.5%"
	tests := []struct {
		name   string
		args   []string
		status int
		says   string
		gaps   int
	}{
		{"a warning does not fail", []string{"check", "."}, exitOK, "2 checked: 0 errors, 1 warnings and notes; 1 without errors or warnings", 1},
		{"a warning fails where that is asked for", []string{"check", "--strict", "."}, exitRefused, "1 warnings, which --strict does not accept", 1},
		{"nothing fails where there is no warning", []string{"check", "--strict", "sound.yaml"}, exitOK, "1 checked: 0 errors, 0 warnings and notes; 1 without errors or warnings", 0},
	}
	for _, tt := range tests {
		status, report := runIn(dir, tt.args...)
		if status != tt.status || !strings.Contains(report, tt.says) || strings.Count(report, gap) != tt.gaps {
			t.Errorf("%s: exit %d, want %d\n%s", tt.name, status, tt.status, report)
		}
	}
	write("sound.yaml", strings.Replace(terms, "pay: 10%", "pay: 10", 1))
	if status, report := runIn(dir, "check", "."); status != exitRefused || !strings.Contains(report, "2 checked: 1 errors, 1 warnings and notes; 0 without errors or warnings") {
		t.Errorf("an error fails: exit %d\n%s", status, report)
	}
}

// TestCheckLintsTheContractsOfACase holds a warning that only the lint gives against its place in the case's folder.
func TestCheckLintsTheContractsOfACase(t *testing.T) {
	dir := unpack(t, base)
	change(t, dir, edit{"contract.yaml", "- {below: 99.9%, pay: 10%}", "- {below: 99.95%, pay: 10%}"})
	status, report := runIn(dir, "check", ".")
	if status != exitOK || !strings.Contains(report, "contract.yaml:19:11: warning W_PAYS_WHILE_MET: a rung pays at [99.9%, 99.95%)") || !strings.Contains(report, "1 checked: 0 errors, 1 warnings") {
		t.Errorf("exit %d\n%s", status, report)
	}
}
