package tidy

import (
	"go/token"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// made is a tree of the files given, as path and content in turn.
func made(t *testing.T, files ...string) *Tree {
	t.Helper()
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	tree, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// breach is a tree and the places where a rule finds it broken; a place may be
// followed by more of the finding.
type breach struct {
	name  string
	files []string
	want  []string
}

func check(t *testing.T, rule func(*Tree) []string, tests []breach) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := rule(made(t, tt.files...))
			if len(got) != len(tt.want) {
				t.Fatalf("found %q, want %q", got, tt.want)
			}
			for i := range got {
				if !strings.HasPrefix(got[i], tt.want[i]) {
					t.Errorf("found %q, want %q", got[i], tt.want[i])
				}
			}
		})
	}
}

func TestFloats(t *testing.T) {
	const float = "package p\n\nvar x float64\n"
	check(t, Floats, []breach{
		{"a float in contracts", []string{"contracts/a.go", float}, []string{"contracts/a.go:3: float64"}},
		{"a float below sla", []string{"sla/formula/a.go", float}, []string{"sla/formula/a.go:3"}},
		{"a float in report", []string{"report/a.go", float}, nil},
		{"a float in a test", []string{"sla/a_test.go", float}, nil},
		{"a float32 as a conversion", []string{"sla/a.go", "package p\n\nvar x = float32(1)\n"}, []string{"sla/a.go:3: float32"}},
		{"a decimal made a float", []string{"sla/a.go", "package p\n\nvar x = d.InexactFloat64()\n"}, []string{"sla/a.go:3: InexactFloat64"}},
		{"math.Floor", []string{"sla/a.go", "package p\n\nimport \"math\"\n\nvar x = math.Floor(1)\n"}, []string{"sla/a.go:5: math.Floor"}},
		{"math.Floor by another name", []string{"sla/a.go", "package p\n\nimport m \"math\"\n\nvar x = m.Floor(1)\n"}, []string{"sla/a.go:5: math.Floor"}},
		{"math.MaxInt64", []string{"sla/a.go", "package p\n\nimport \"math\"\n\nvar x = math.MaxInt64\n"}, nil},
		{"a Round of our own", []string{"sla/a.go", "package p\n\nimport \"math\"\n\nvar x, y = amount.Round(1), math.MaxInt64\n"}, nil},
	})
}

func TestSurroundings(t *testing.T) {
	use := func(imported, expression string) string {
		return "package p\n\nimport \"" + imported + "\"\n\nvar x = " + expression + "\n"
	}
	check(t, Surroundings, []breach{
		{"the clock", []string{"sla/a.go", use("time", "time.Now()")}, []string{"sla/a.go:5: time.Now"}},
		{"the machine's zone", []string{"contracts/a.go", use("time", "time.Local")}, []string{"contracts/a.go:5: time.Local"}},
		{"the environment", []string{"report/a.go", use("os", `os.Getenv("X")`)}, []string{"report/a.go:5: os.Getenv"}},
		{"chance", []string{"report/a.go", use("math/rand/v2", "rand.Int()")}, []string{`report/a.go:3: "math/rand/v2"`}},
		{"a named zone", []string{"sla/a.go", use("time", `time.LoadLocation("Asia/Tokyo")`)}, nil},
		{"a Now of our own", []string{"sla/a.go", use("time", "clock.Now()")}, nil},
		{"the clock in the command", []string{"cmd/amends/main.go", use("time", "time.Now()")}, nil},
		{"the clock in a test", []string{"sla/a_test.go", use("time", "time.Now()")}, nil},
	})
}

func TestImports(t *testing.T) {
	from := func(target string) string { return "package p\n\nimport \"" + module + "/" + target + "\"\n" }
	check(t, Imports, []breach{
		{"contracts imports sla", []string{"contracts/a.go", from("sla")}, []string{"contracts/a.go:3: contracts does not import sla"}},
		{"contracts imports what is below sla", []string{"contracts/a.go", from("sla/formula")}, []string{"contracts/a.go:3"}},
		{"law imports contracts", []string{"contracts/law/a.go", from("contracts")}, nil},
		{"law imports internal", []string{"contracts/law/a.go", from("internal/x")}, []string{"contracts/law/a.go:3"}},
		{"formula imports contracts", []string{"sla/formula/a.go", from("contracts")}, nil},
		{"formula imports law", []string{"sla/formula/a.go", from("contracts/law")}, []string{"sla/formula/a.go:3"}},
		{"formula imports sla", []string{"sla/formula/a.go", from("sla")}, []string{"sla/formula/a.go:3"}},
		{"sla imports law and formula", []string{"sla/a.go", from("contracts/law"), "sla/b.go", from("sla/formula")}, nil},
		{"sla imports report", []string{"sla/a.go", from("report")}, []string{"sla/a.go:3: sla does not import report"}},
		{"sla imports what is only called alike", []string{"sla/a.go", from("reports")}, nil},
		{"report imports sla", []string{"report/a.go", from("sla")}, nil},
		{"report imports the command", []string{"report/a.go", from("cmd/amends")}, []string{"report/a.go:3"}},
		{"a test of sla imports report", []string{"sla/a_test.go", from("report")}, nil},
		{"an example imports internal", []string{"examples/x/main.go", from("internal/x")}, []string{"examples/x/main.go:3"}},
	})
}

func TestPackageDocs(t *testing.T) {
	check(t, PackageDocs, []breach{
		{"a doc in one of two files", []string{"sla/a.go", "// Package sla counts.\npackage sla\n", "sla/b.go", "package sla\n"}, nil},
		{"no doc", []string{"sla/a.go", "package sla\n", "sla/formula/a.go", "// Package formula computes.\npackage formula\n"}, []string{"sla: "}},
		{"a doc that is about something else", []string{"sla/a.go", "// Copyright.\npackage sla\n"}, []string{"sla: "}},
		{"a doc in a test only", []string{"sla/a.go", "package sla\n", "sla/a_test.go", "// Package sla counts.\npackage sla\n"}, []string{"sla: "}},
		{"a command", []string{"cmd/amends/main.go", "// Amends says what is owed.\npackage main\n"}, nil},
		{"a command without a doc", []string{"cmd/amends/main.go", "package main\n"}, []string{"cmd/amends: "}},
		{"a package below testdata", []string{"testdata/a.go", "package p\n"}, nil},
		{"a module of its own", []string{"beam/go.mod", "module beam\n", "beam/a.go", "package p\n"}, nil},
	})
}

func TestDocs(t *testing.T) {
	in := func(source string) []string { return []string{"sla/a.go", "package sla\n\n" + source + "\n"} }
	check(t, Docs, []breach{
		{"a function", in("func Assess() {}"), []string{"sla/a.go:3: Assess"}},
		{"a function with a comment", in("// Assess says what is owed.\nfunc Assess() {}"), nil},
		{"a function not exported", in("func assess() {}"), nil},
		{"a method", in("func (*Case) Open() {}"), []string{"sla/a.go:3: Open"}},
		{"a method of a generic type", in("func (c *Case[K, V]) Open() {}"), []string{"sla/a.go:3: Open"}},
		{"a method of a type not exported", in("func (*case_) Open() {}"), nil},
		{"a method that an interface explains", in("func (*Case) String() string { return \"\" }"), nil},
		{"a type", in("type Case struct{}"), []string{"sla/a.go:3: Case"}},
		{"a type in a group", in("type (\n\tCase struct{}\n\t// Step is one.\n\tStep struct{}\n)"), []string{"sla/a.go:4: Case"}},
		{"constants", in("const (\n\tA = 1 // the first\n\tB = 2\n)"), []string{"sla/a.go:5: B"}},
		{"constants under one comment", in("// The letters.\nconst (\n\tA = 1\n\tB = 2\n)"), nil},
		{"a variable", in("var A, b, C = 1, 2, 3"), []string{"sla/a.go:3: A", "sla/a.go:3: C"}},
		{"what is internal", []string{"internal/x/a.go", "package x\n\nfunc Assess() {}\n"}, nil},
	})
}

func TestForeignWords(t *testing.T) {
	// Split, for this file is one of those that are searched.
	slash := func(dir string) string { return "/" + dir + "/" }
	check(t, ForeignWords, []breach{
		{"a machine's directory", []string{"README.md", "one\nsee " + slash("work") + "main\n"}, []string{`README.md:2: "` + slash("work")}},
		{"in a hidden directory", []string{".ci/run", "cd \"" + slash("tmp") + "x\"\n"}, []string{".ci/run:1"}},
		{"at the start of a line", []string{"a.txt", slash("farm")}, []string{"a.txt:1"}},
		{"a directory of ours of that name", []string{"a.txt", "testdata" + slash("work") + "x"}, nil},
		{"a directory beside the project", []string{"a.go", "package p // ../" + "shared/x\n"}, []string{"a.go:1"}},
		{"the number of a task", []string{"a.md", "see Issue" + " #12"}, []string{"a.md:1"}},
		{"a host of modules", []string{"a.md", "https://proxy" + ".golang.org/x"}, []string{"a.md:1"}},
		{"a session of a program", []string{"a.md", "a session lasts an hour"}, nil},
		{"a file that is no text", []string{"a.xlsx", "\xff" + slash("work")}, nil},
	})
}

func TestUnformatted(t *testing.T) {
	check(t, Unformatted, []breach{
		{"formatted", []string{"a.go", "package p\n\nvar x = 1\n"}, nil},
		{"a blank too many", []string{"a.go", "package p\n\nvar x  = 1\n"}, []string{"a.go: "}},
		{"a test", []string{"a_test.go", "package p\nvar x = 1\n"}, []string{"a_test.go: "}},
	})
}

func TestSkips(t *testing.T) {
	in := func(body string) []string {
		return []string{"a_test.go", "package p\n\nimport (\n\t\"testing\"\n\t\"pgregory.net/rapid\"\n)\n\n" + body + "\n"}
	}
	check(t, Skips, []breach{
		{"a test", in(`func TestX(t *testing.T) { t.Skip("later") }`), []string{"a_test.go:8"}},
		{"a helper", in(`func need(tb testing.TB) { tb.SkipNow() }`), []string{"a_test.go:8"}},
		{"a subtest", in(`func TestX(t *testing.T) { t.Run("", func(t *testing.T) { t.Skipf("later") }) }`), []string{"a_test.go:8"}},
		{"a benchmark under -short", in(`func BenchmarkX(b *testing.B) { if testing.Short() { b.Skip() } }`), []string{"a_test.go:8"}},
		{"asking for CI", in(`func need(tb testing.TB) { if os.Getenv("AMENDS_CI") == "" { tb.Skip() } }`), nil},
		{"speaking of CI only", in(`func TestX(t *testing.T) { t.Skip("not in AMENDS_CI") }`), []string{"a_test.go:8"}},
		{"an input of rapid", in(`func TestX(t *testing.T) { rapid.Check(t, func(t *rapid.T) { t.Skip() }) }`), nil},
		{"an input of a fuzz test", in(`func FuzzX(f *testing.F) { f.Fuzz(func(t *testing.T, b []byte) { t.Skip() }) }`), nil},
		{"a fuzz test as a whole", in(`func FuzzX(f *testing.F) { f.Skip() }`), []string{"a_test.go:8"}},
		{"a Skip of something else", in(`func TestX(t *testing.T) { d := xml.NewDecoder(nil); d.Skip() }`), nil},
	})
}

func TestMapOrder(t *testing.T) {
	const head = "package sla\n\nimport (\n\t\"maps\"\n\t\"slices\"\n\t\"sort\"\n)\n\n" +
		"var _, _, _ = maps.Clone[map[int]int], slices.Sort[[]int], sort.Ints\n\ntype set map[string]bool\n\n"
	imp, err := Exports(token.NewFileSet(), ".", "maps", "slices", "sort")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, body string
		want       []string
	}{
		{"a map", "func f(m map[string]int) (s int) {\n\tfor _, v := range m {\n\t\ts = v\n\t}\n\treturn\n}", []string{"sla/a.go:14: range"}},
		{"a named map", "func f(m set) {\n\tfor k := range m {\n\t\tprintln(k)\n\t}\n}", []string{"sla/a.go:14: range"}},
		{"a slice", "func f(m []int) {\n\tfor k := range m {\n\t\tprintln(k)\n\t}\n}", nil},
		{"a reason above", "func f(m set) {\n\t// order: one line a key, sorted by the reader\n\tfor k := range m {\n\t\tprintln(k)\n\t}\n}", nil},
		{"a reason beside", "func f(m set) {\n\tfor k := range m { // order: any will do\n\t\tprintln(k)\n\t}\n}", nil},
		{"no reason after the word", "func f(m set) {\n\tfor k := range m { // order:\n\t\tprintln(k)\n\t}\n}", []string{"sla/a.go:14"}},
		{"a reason two lines above", "func f(m set) {\n\t// order: any\n\n\tfor k := range m {\n\t\tprintln(k)\n\t}\n}", []string{"sla/a.go:16"}},
		{"a slice sorted later", "func f(m set) (s []string) {\n\tfor k, ok := range m {\n\t\tif ok {\n\t\t\ts = append(s, k)\n\t\t}\n\t}\n\tslices.Sort(s)\n\treturn\n}", nil},
		{"a slice sorted before", "func f(m set, s []string) []string {\n\tslices.Sort(s)\n\tfor k := range m {\n\t\ts = append(s, k)\n\t}\n\treturn s\n}", []string{"sla/a.go:15"}},
		{"another slice sorted", "func f(m set, o []string) (s []string) {\n\tfor k := range m {\n\t\ts = append(s, k)\n\t}\n\tsort.Strings(o)\n\treturn\n}", []string{"sla/a.go:14"}},
		{"a map of the same keys", "func f(m, o set) {\n\tfor k, v := range m {\n\t\to[k] = v\n\t}\n}", nil},
		{"a map of other keys, where the last wins", "func f(m, o set) {\n\tfor k, v := range m {\n\t\to[k[:1]] = v\n\t}\n}", []string{"sla/a.go:14"}},
		{"deleting", "func f(m, o set) {\n\tfor k := range m {\n\t\tdelete(o, k)\n\t}\n}", nil},
		{"leaving early", "func f(m, o set) {\n\tfor k := range m {\n\t\tdelete(o, k)\n\t\tbreak\n\t}\n}", []string{"sla/a.go:14"}},
		{"keys as they come", "func f(m set) {\n\tfor k := range maps.Keys(m) {\n\t\tprintln(k)\n\t}\n}", []string{"sla/a.go:14: maps.Keys"}},
		{"keys collected", "func f(m set) []string {\n\treturn slices.Collect(maps.Keys(m))\n}", []string{"sla/a.go:14: maps.Keys"}},
		{"keys sorted", "func f(m set) {\n\tfor _, k := range slices.Sorted(maps.Keys(m)) {\n\t\tprintln(k)\n\t}\n}", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tree := made(t, "sla/a.go", head+tt.body+"\n")
			found, err := MapOrder(tree, imp)
			if err != nil {
				t.Fatal(err)
			}
			check(t, func(*Tree) []string { return found }, []breach{{"", nil, tt.want}})
		})
	}
}

func TestMapOrderNeedsWhatCompiles(t *testing.T) {
	tree := made(t, "sla/a.go", "package sla\n\nvar x int = \"one\"\n")
	if found, err := MapOrder(tree, nil); err == nil {
		t.Errorf("found %q, want an error", found)
	}
}

func TestBuildConstraintsHold(t *testing.T) {
	tree := made(t,
		"sla/a.go", "package sla\n\nvar x = 1\n",
		"sla/b.go", "//go:build ignore\n\npackage sla\n\nvar x = 2\n",
	)
	var got []bool
	for _, f := range tree.files {
		got = append(got, f.built)
	}
	if diff := cmp.Diff([]bool{true, false}, got); diff != "" {
		t.Errorf("built (-want +got):\n%s", diff)
	}
}
