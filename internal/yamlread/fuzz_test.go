package yamlread_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amends-go/amends/internal/yamlread"
)

// FuzzParse holds any file (YAML-21) to this: no panic, and what is refused is refused at a line of the file.
func FuzzParse(f *testing.F) {
	for _, pattern := range []string{"../../examples/*/*.yaml", "../../examples/*/*/*.yaml"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			f.Fatalf("no files match %s", pattern)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	for _, s := range []string{
		"", "#", "\n\n", "---\n---\n", "a: &a [*a]\n", "<<: {}\n", "? [a]\n: b\n", "a: |\n  x\n b\n", "a: 'x\n", "\"\\q\"\n",
		"%YAML 9.9\n---\na\n", "a: b: c\n", "- - -\n", "\xff\xfe", "a:\r\n\tb", "{a: 1, a: 2}", "[1, , 2]", "a: !!binary x\n", "...\n", "a\x85b", "*x",
	} {
		f.Add([]byte(s))
	}
	f.Add([]byte(bomb()))
	f.Fuzz(func(t *testing.T, data []byte) {
		v, c := yamlread.Parse("fuzz.yaml", data)
		walk(v)
		problems := c.Problems()
		if v == nil && problems.Err() == nil {
			t.Fatal("refused without a problem")
		}
		lines := 1 + strings.Count(string(data), "\n") + strings.Count(string(data), "\r") +
			strings.Count(string(data), "\u0085") + strings.Count(string(data), "\u2028") + strings.Count(string(data), "\u2029")
		for _, p := range problems {
			if p.File != "fuzz.yaml" || p.Line < 1 || p.Line > lines+1 || p.Column < 0 || p.Code == "" || p.Message == "" {
				t.Errorf("the problem has no place in a file of %d lines: %+v", lines, p)
			}
		}
	})
}

// walk reads a value in every way.
func walk(v *yamlread.Value) {
	switch {
	case v.IsMap():
		f := v.Map()
		for i, key := range f.Keys() {
			if i%5 == 4 {
				continue // left to Done
			}
			walk(f.Required(key))
		}
		f.Optional("cap")
		f.Done()
	case v.IsList():
		for _, item := range v.List() {
			walk(item)
		}
	default:
		v.Text()
		v.ID()
		v.Bool()
		v.Int(0, 100)
		v.Enum("down", "up")
		v.List()
		v.Map()
	}
}
