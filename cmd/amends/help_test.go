package main

import (
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
)

func help(t *testing.T, args ...string) (status int, out, errs string) {
	t.Helper()
	var o, e strings.Builder
	a := &app{out: &o, err: &e}
	status = a.run(append([]string{"help"}, args...))
	return status, o.String(), e.String()
}

func TestHelpListsTopics(t *testing.T) {
	if status, out, _ := help(t); status != exitOK || !strings.Contains(out, "amends help clauses") {
		t.Errorf("status %d: %s", status, out)
	}
	if status, _, errs := help(t, "claws"); status != exitUsage || !strings.Contains(errs, "clauses") {
		t.Errorf("an unknown topic: status %d: %s", status, errs)
	}
}

func TestHelpClauses(t *testing.T) {
	_, all, _ := help(t, "clauses")
	for _, kind := range contracts.ClauseKinds() {
		if !strings.Contains(all, "\n"+kind+": ") && !strings.HasPrefix(all, kind+": ") {
			t.Errorf("nothing is told of %s", kind)
		}
	}
	if _, out, _ := help(t, "clauses", "combine"); !strings.HasPrefix(out, "combine: ") || strings.Contains(out, "\nexempt: ") {
		t.Errorf("the page of one kind: %s", out)
	}
	if _, out, _ := help(t, "clauses", "過失相殺"); !strings.HasPrefix(out, "own_fault: ") {
		t.Errorf("a search in Japanese: %s", out)
	}
	if status, _, errs := help(t, "clauses", "nowhere-to-be-found"); status != exitUsage || !strings.Contains(errs, "exclude_downtime") {
		t.Errorf("a search in vain: status %d: %s", status, errs)
	}
}
