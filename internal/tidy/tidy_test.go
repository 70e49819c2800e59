package tidy

import (
	"os"
	"testing"
)

// root is the project's directory, seen from this package.
const root = "../.."

func load(t *testing.T) *Tree {
	t.Helper()
	tree, err := Load(os.DirFS(root))
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range append(repeatable, "internal/tidy") {
		if len(tree.in(true, dir)) == 0 {
			t.Fatalf("no Go files under %s: the rules would hold of nothing", dir)
		}
	}
	return tree
}

func TestTree(t *testing.T) {
	tree := load(t)
	for _, tt := range []struct {
		name string
		rule func(*Tree) []string
	}{
		{"calculating packages have no floats", Floats},
		{"results depend on the input alone", Surroundings},
		{"imports run one way", Imports},
		{"every package says what it is", PackageDocs},
		{"what is exported is explained", Docs},
		{"the project speaks of itself alone", ForeignWords},
		{"Go files are formatted", Unformatted},
		{"no test skips itself unseen", Skips},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, found := range tt.rule(tree) {
				t.Error(found)
			}
		})
	}
}

func TestTreeHidesMapOrder(t *testing.T) {
	tree := load(t)
	var patterns []string
	for _, dir := range repeatable {
		patterns = append(patterns, "./"+dir+"/...")
	}
	imp, err := Exports(tree.fset, root, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	found, err := MapOrder(tree, imp)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Error(f)
	}
}
