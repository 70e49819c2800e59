package tidy

import (
	"go/ast"
	"slices"
)

// ciSwitch is the environment variable under which a skip is a failure.
const ciSwitch = "AMENDS_CI"

// Skips finds tests that skip themselves in a function that does not ask for the
// CI switch: there, a check that is skipped looks like one that passed. A rapid
// or fuzz function may skip an input, for others follow.
func Skips(t *Tree) []string {
	var found []string
	for _, f := range t.files {
		for _, d := range f.ast.Decls {
			d, ok := d.(*ast.FuncDecl)
			if !ok || d.Body == nil || asksForCI(d) {
				continue
			}
			for _, call := range skipCalls(d, f.imports()) {
				found = append(found, t.at(call.Pos(), "skips without asking for %s", ciSwitch))
			}
		}
	}
	return found
}

func asksForCI(d *ast.FuncDecl) bool {
	asks := false
	ast.Inspect(d, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		asks = asks || ok && lit.Value == `"`+ciSwitch+`"`
		return !asks
	})
	return asks
}

// skipCalls lists the calls of Skip, Skipf and SkipNow on a parameter of package
// testing's types.
func skipCalls(d *ast.FuncDecl, imports map[string]string) []*ast.CallExpr {
	var found []*ast.CallExpr
	var within func(n ast.Node, tests map[string]bool)
	within = func(n ast.Node, tests map[string]bool) {
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				within(n.Body, withParameters(tests, n.Type, imports))
				return false
			case *ast.CallExpr:
				sel, ok := n.Fun.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				on, ok := sel.X.(*ast.Ident)
				if ok && tests[on.Name] && slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, sel.Sel.Name) {
					found = append(found, n)
				}
				if ok && sel.Sel.Name == "Fuzz" {
					return false // an input may be skipped
				}
			}
			return true
		})
	}
	within(d.Body, withParameters(nil, d.Type, imports))
	return found
}

// withParameters returns which names in scope are tests, once a function's own
// parameters have hidden those outside.
func withParameters(outer map[string]bool, of *ast.FuncType, imports map[string]string) map[string]bool {
	tests := make(map[string]bool)
	for name, is := range outer { // order: fills a map
		tests[name] = is
	}
	for _, field := range of.Params.List {
		kind := field.Type
		if star, ok := kind.(*ast.StarExpr); ok {
			kind = star.X
		}
		from, _ := qualified(kind, imports)
		for _, id := range field.Names {
			tests[id.Name] = from == "testing"
		}
	}
	return tests
}
