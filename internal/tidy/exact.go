package tidy

import (
	"go/ast"
	"slices"
)

// calculating are the directories whose results must be exact.
var calculating = []string{"contracts", "sla"}

// repeatable are the directories whose output must depend on the input alone.
var repeatable = []string{"contracts", "sla", "report"}

// floating are the names, of types and of functions on or to them, that bring a
// float in.
var floating = []string{
	"float32", "float64", "complex64", "complex128",
	"ParseFloat", "FormatFloat", "AppendFloat", "Float32", "Float64", "InexactFloat64",
	"NewFromFloat", "NewFromFloat32", "NewFromFloatWithExponent",
}

// roundingFloats are the functions of package math that round a float.
var roundingFloats = []string{"Floor", "Ceil", "Round", "RoundToEven", "Trunc", "Mod"}

// Floats finds floats and their rounding in the calculating packages, where
// amounts are whole and ratios exact.
func Floats(t *Tree) []string {
	var found []string
	for _, f := range t.in(false, calculating...) {
		imports := f.imports()
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && slices.Contains(floating, id.Name) {
				found = append(found, t.at(id.Pos(), "%s: amounts are whole and ratios exact", id.Name))
			}
			if from, name := qualified(n, imports); from == "math" && slices.Contains(roundingFloats, name) {
				found = append(found, t.at(n.Pos(), "math.%s: rounding is Part's, by a named direction", name))
			}
			return true
		})
	}
	return found
}

// surroundings are names by which the machine a program runs on would reach a
// result.
var surroundings = map[string][]string{
	"time": {"Now", "Since", "Until", "Local"},
	"os":   {"Getenv", "LookupEnv", "Environ", "ExpandEnv", "Hostname"},
}

// random are the packages of chance.
var random = []string{"math/rand", "math/rand/v2", "crypto/rand", "hash/maphash"}

// Surroundings finds uses of the clock, the machine's zone, its environment and
// of chance in the packages whose output must be repeatable.
func Surroundings(t *Tree) []string {
	var found []string
	for _, f := range t.in(false, repeatable...) {
		imports := f.imports()
		for _, spec := range f.ast.Imports {
			if slices.Contains(random, importPath(spec)) {
				found = append(found, t.at(spec.Pos(), "%s: one input has one result", spec.Path.Value))
			}
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if from, name := qualified(n, imports); slices.Contains(surroundings[from], name) {
				found = append(found, t.at(n.Pos(), "%s.%s: what depends on it is an input", from, name))
			}
			return true
		})
	}
	return found
}
