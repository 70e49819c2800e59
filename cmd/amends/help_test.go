package main

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
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

// TestHelpCase holds what is told of incident files against the published schema.
func TestHelpCase(t *testing.T) {
	_, all, _ := help(t, "case")
	data, err := os.ReadFile("../../contracts/schema/incident.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Properties map[string]any
		Defs       map[string]struct{ Properties map[string]any } `json:"$defs"`
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	names := slices.Collect(maps.Keys(schema.Properties))
	names = append(names, slices.Collect(maps.Keys(schema.Defs["phase"].Properties))...)
	if len(names) < 12 {
		t.Fatalf("the schema has the fields %v", names)
	}
	for _, name := range names {
		if !strings.Contains(all, name) {
			t.Errorf("nothing is told of the field %s", name)
		}
	}
	if _, out, _ := help(t, "case", "billing month"); !strings.HasPrefix(out, "customers.csv") || strings.Contains(out, "own_share") {
		t.Errorf("a search: %s", out)
	}
	if status, _, _ := help(t, "case", "nowhere-to-be-found"); status != exitUsage {
		t.Errorf("a search in vain: status %d", status)
	}
}
