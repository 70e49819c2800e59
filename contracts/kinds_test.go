package contracts_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
)

// TestKindDocs holds the reference against the reader: every kind is told, its example is read, and every field that the
// reader takes is explained.
func TestKindDocs(t *testing.T) {
	var kinds []string
	for _, d := range contracts.KindDocs() {
		kinds = append(kinds, d.Kind)
		if d.Term.JA == "" || d.Term.EN == "" || d.Means == "" || d.Real == "" || d.Rounding == "" {
			t.Errorf("%s: something is not told", d.Kind)
		}
		text := "id: x\ntitle: x\ncurrency: USD\nzone: UTC\nclauses:\n" + d.Example + "\n"
		c, problems := contracts.Read("example.yaml", []byte(text))
		for _, p := range problems {
			if p.IsError() {
				t.Errorf("%s: %v", d.Kind, p)
			}
		}
		if !slices.ContainsFunc(c.Clauses, func(cl contracts.Clause) bool { return contracts.Kind(cl) == d.Kind }) {
			t.Errorf("%s: the example shows no such clause", d.Kind)
		}
	}
	slices.Sort(kinds)
	want := slices.Sorted(slices.Values(contracts.ClauseKinds()))
	if !slices.Equal(kinds, want) {
		t.Errorf("told of: %v, there are %v", kinds, want)
	}
}

// TestKindDocsFields compares the fields told with those of the published schema, which is itself held against the reader.
func TestKindDocsFields(t *testing.T) {
	data, err := os.ReadFile("schema/contract.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Defs map[string]struct {
			Properties map[string]any `json:"properties"`
		} `json:"$defs"`
	}
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	for _, d := range contracts.KindDocs() {
		def, ok := schema.Defs[d.Kind]
		if !ok {
			t.Errorf("the schema has no definition %s", d.Kind)
			continue
		}
		var told, has []string
		for _, f := range d.Fields {
			if f.Name != "each" { // a part of pay
				told = append(told, f.Name)
			}
		}
		for name := range def.Properties { // order: sorted below
			has = append(has, name)
		}
		slices.Sort(told)
		slices.Sort(has)
		if !slices.Equal(told, has) {
			t.Errorf("%s tells of %s; the schema has %s", d.Kind, strings.Join(told, " "), strings.Join(has, " "))
		}
	}
}
