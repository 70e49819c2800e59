package schema_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/schema"
	"github.com/amends-go/amends/report/credits"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

const base = "https://amends-go.github.io/amends/schema/"

// forms are the forms of file, each with a field that no other form has.
var forms = []struct{ name, mark string }{
	{"case", "contracts"}, {"contract", "clauses"}, {"incident", "events"}, {"findings", "sets"}, {"billing", "bill_line"}, {"statement", "company"}, {"scenarios", "base"},
}

func fileOf(form string) string { return form + ".schema.json" }

// load returns a schema as JSON.
func load(t testing.TB, form string) map[string]any {
	t.Helper()
	f, err := schema.FS.Open(fileOf(form))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	v, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		t.Fatal(err)
	}
	return v.(map[string]any)
}

// compiler knows all the schemas and asks no network.
func compiler(t testing.TB) *jsonschema.Compiler {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.UseLoader(jsonschema.SchemeURLLoader{})
	for _, f := range forms {
		if err := c.AddResource(base+fileOf(f.name), load(t, f.name)); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func compile(t testing.TB, form string) *jsonschema.Schema {
	t.Helper()
	s, err := compiler(t).Compile(base + fileOf(form))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEverySchemaIsOfTheDraftAndNamed(t *testing.T) {
	names, err := fs.Glob(schema.FS, "*")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, f := range forms {
		want = append(want, fileOf(f.name))
		s := load(t, f.name)
		if got, want := s["$schema"], "https://json-schema.org/draft/2020-12/schema"; got != want {
			t.Errorf("%s is of %v, want %s", f.name, got, want)
		}
		if got, want := s["$id"], base+fileOf(f.name); got != want {
			t.Errorf("%s is called %v, want %s", f.name, got, want)
		}
		compile(t, f.name) // which holds it against the draft
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
}

// Every file of the examples, and of the test data that the readers accept, is accepted by its schema.
func TestFilesValidate(t *testing.T) {
	seen := map[string]int{}
	for _, root := range []string{"../../examples", "../../testdata"} {
		err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || (path.Ext(name) != ".yaml" && path.Ext(name) != ".yml") {
				return err
			}
			data, err := os.ReadFile(path.Join(root, name))
			if err != nil {
				return err
			}
			form := formOf(data)
			if form == "" {
				if root == "../../examples" {
					t.Errorf("%s has none of the forms", name)
				}
				return nil
			}
			problems := read(form, data)
			if form == "case" { // which names the files beside it
				_, problems = sla.OpenCase(os.DirFS(path.Join(root, path.Dir(name))), sla.ReadOptions{})
			}
			if problems.Err() != nil {
				if root == "../../examples" {
					t.Errorf("%s is refused by the reader: %v", name, problems)
				}
				return nil
			}
			seen[form]++
			v, err := toJSON(data)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			if err := compile(t, form).Validate(v); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			return nil
		})
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	for _, f := range forms {
		if seen[f.name] == 0 {
			t.Errorf("no file has the form %s", f.name)
		}
	}
}

// formOf tells the form of a file by the field that only it has.
func formOf(data []byte) string {
	v, err := toJSON(data)
	if err != nil {
		return ""
	}
	top, _ := v.(map[string]any)
	for _, f := range forms {
		if _, ok := top[f.mark]; ok {
			return f.name
		}
	}
	return ""
}

// node returns the part of a schema at a pointer such as $defs/clause/properties.
func node(t *testing.T, form, pointer string) any {
	t.Helper()
	var v any = load(t, form)
	for part := range strings.SplitSeq(pointer, "/") {
		m, ok := v.(map[string]any)
		if !ok || m[part] == nil {
			t.Fatalf("%s has no %s", form, pointer)
		}
		v = m[part]
	}
	return v
}

func TestClauseKindsAreThoseOfTheReader(t *testing.T) {
	var got []string
	for name := range node(t, "contract", "$defs/clause/properties").(map[string]any) { // order: sorted below
		if !slices.Contains([]string{"id", "ref", "when", "unless", "rounding", "instead_of"}, name) {
			got = append(got, name)
		}
	}
	want := contracts.ClauseKinds()
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("kinds (-want +got):\n%s", diff)
	}
	for _, kind := range want {
		if got, want := node(t, "contract", "$defs/clause/properties/"+kind+"/$ref"), "#/$defs/"+kind; got != want {
			t.Errorf("%s is described by %v, want %s", kind, got, want)
		}
	}
}

// names are the names of the values from first to last.
func names[T interface {
	~uint8
	fmt.Stringer
}](first, last T) []string {
	var out []string
	for v := first; v <= last; v++ {
		out = append(out, v.String())
	}
	return out
}

// texts are the names as texts.
func texts[T ~string](list []T) []string {
	var out []string
	for _, v := range list {
		out = append(out, string(v))
	}
	return out
}

func TestNamesAreThoseOfTheReader(t *testing.T) {
	var stages []string
	for _, s := range contracts.DefaultOrder() {
		stages = append(stages, s.String())
	}
	tests := []struct {
		form, pointer string
		want          []string
	}{
		{"contract", "$defs/rounding/enum", contracts.Roundings()},
		{"contract", "$defs/windowName/enum", slices.DeleteFunc(slices.Clone(contracts.Windows()), func(w string) bool { return w == contracts.RollingDays.String() })},
		{"contract", "$defs/availability/properties/impact/enum", contracts.Impacts()},
		{"contract", "$defs/availability/properties/measure/enum", names(contracts.Time, contracts.Misses)},
		{"contract", "$defs/availability/properties/partial/enum", names(contracts.DeemedUp, contracts.FullOnly)},
		{"contract", "$defs/availability/properties/unknown/enum", names(contracts.UnknownOpen, contracts.UnknownExcluded)},
		{"contract", "$defs/availability/properties/minimum_counts/enum", names(contracts.All, contracts.Excess)},
		{"contract", "$defs/payMap/properties/counts/enum", names(contracts.All, contracts.Excess)},
		{"contract", "$defs/payMap/properties/round/enum", append(slices.Clone(contracts.Roundings()), "exact")},
		{"contract", "$defs/credit/properties/reading/enum", names(contracts.SingleTier, contracts.CumulativeTier)},
		{"contract", "$defs/deadline/properties/after/enum", names(contracts.AfterWindow, contracts.AfterStart)},
		{"contract", "$defs/formName/enum", names(contracts.NextInvoice, contracts.Choice)},
		{"contract", "$defs/combine/properties/take/enum", names(contracts.TakeSum, contracts.TakeFirst)},
		{"contract", "$defs/grade/enum", contracts.Grades()[1:]},
		{"contract", "$defs/anyGrade/enum", contracts.Grades()},
		{"incident", "$defs/anyGrade/enum", contracts.Grades()},
		{"billing", "$defs/remedy/enum", texts(credits.Remedies())},
		{"billing", "$defs/entry/properties/treatment/enum", texts(credits.Treatments())},
		{"billing", "$defs/stripe/properties/reasons/additionalProperties/enum", credits.StripeReasons()},
		{"billing", "$defs/lago/properties/reasons/additionalProperties/enum", credits.LagoReasons()},
		{"contract", "properties/audience/enum", names(contracts.AnyCustomer, contracts.ConsumerCustomers)},
		{"contract", "properties/order/items/enum", stages},
		{"contract", "$defs/cap/properties/per/enum", names(contracts.PerClaim, contracts.PerIncident)},
		{"contract", "$defs/cap/properties/share_by/enum", names(contracts.ByCapped, contracts.ByClaimed)},
	}
	for _, tt := range tests {
		t.Run(tt.form+" "+tt.pointer, func(t *testing.T) {
			var got []string
			for _, v := range node(t, tt.form, tt.pointer).([]any) {
				got = append(got, v.(string))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("names (-want +got):\n%s", diff)
			}
		})
	}
}

// narrowing matches the places of parts that narrow what is described elsewhere.
var narrowing = regexp.MustCompile(`/(anyOf|allOf|oneOf|not|if|then|else)(/|$)`)

// TestHouseRules holds every schema to this: a map says what happens to other fields, each field is described, and a
// definition that several schemas share is the same in all.
func TestHouseRules(t *testing.T) {
	shared := map[string]any{}
	for _, f := range forms {
		s := load(t, f.name)
		for name, def := range s["$defs"].(map[string]any) { // order: each is checked alone
			if first, ok := shared[name]; ok && !cmp.Equal(first, def) {
				t.Errorf("%s describes %s in another way than an earlier schema", f.name, name)
			}
			shared[name] = def
		}
		walk(f.name, s, func(at string, m map[string]any) {
			props, isMap := m["properties"].(map[string]any)
			if _, closed := m["additionalProperties"]; isMap && !closed && !narrowing.MatchString(at) {
				t.Errorf("%s does not say what happens to other fields", at)
			}
			for name, p := range props { // order: each is checked alone
				field, _ := p.(map[string]any)
				if narrowing.MatchString(at) {
					continue
				}
				if ref, _ := field["$ref"].(string); field["description"] == nil && node(t, f.name, strings.TrimPrefix(ref, "#/")+"/description") == nil {
					t.Errorf("%s/%s is not described", at, name)
				}
			}
		})
	}
}

// TestExamplesOfTheSchemas holds every example in a schema to the part it stands in.
func TestExamplesOfTheSchemas(t *testing.T) {
	c := compiler(t)
	found := 0
	for _, f := range forms {
		walk("#", load(t, f.name), func(at string, m map[string]any) {
			examples, ok := m["examples"].([]any)
			if !ok {
				return
			}
			s, err := c.Compile(base + fileOf(f.name) + at)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range examples {
				found++
				if err := s.Validate(v); err != nil {
					b, _ := json.Marshal(v)
					t.Errorf("%s %s: the example %s is refused: %v", f.name, at, b, err)
				}
			}
		})
	}
	if found < 20 {
		t.Errorf("only %d examples", found)
	}
}

// walk calls f on every map in a schema, with its pointer.
func walk(at string, v any, f func(string, map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		f(at, v)
		for name, child := range v { // order: each is checked alone
			if name != "examples" {
				walk(at+"/"+name, child, f)
			}
		}
	case []any:
		for i, child := range v {
			walk(fmt.Sprintf("%s/%d", at, i), child, f)
		}
	}
}
