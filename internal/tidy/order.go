package tidy

import (
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path"
	"strings"
)

// escape begins the comment, on the line or the one above, that says why the
// order of a map does not show.
const escape = "order:"

// MapOrder finds places where the order of a map, which differs from run to run,
// could reach a result: a range over a map, and maps.Keys, maps.Values and
// maps.All unless they are sorted at once. Two loops need no comment: one that
// fills another map under the same key or deletes, and one that fills a slice
// which the function sorts.
func MapOrder(t *Tree, imp types.Importer) ([]string, error) {
	var found []string
	for _, files := range packages(t.in(false, repeatable...)) {
		c := &orderCheck{tree: t, info: &types.Info{Types: make(map[ast.Expr]types.TypeAndValue)}}
		var parsed []*ast.File
		for _, f := range files {
			if f.built {
				parsed = append(parsed, f.ast)
			}
		}
		if len(parsed) == 0 {
			continue
		}
		config := types.Config{Importer: imp}
		dir := path.Dir(files[0].path)
		if _, err := config.Check(module+"/"+dir, t.fset, parsed, c.info); err != nil {
			return nil, fmt.Errorf("%s does not compile: %w", dir, err)
		}
		for _, f := range files {
			if f.built {
				c.file(f)
			}
		}
		found = append(found, c.found...)
	}
	return found, nil
}

// Exports returns an importer of the packages that those at the patterns import,
// from what the go command run in dir has compiled.
func Exports(fset *token.FileSet, dir string, patterns ...string) (types.Importer, error) {
	list := exec.Command("go", append([]string{"list", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}"}, patterns...)...)
	list.Dir = dir
	out, err := list.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%w: %s", err, exit.Stderr)
		}
		return nil, fmt.Errorf("go list %s: %w", strings.Join(patterns, " "), err)
	}
	compiled := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		pkg, at, _ := strings.Cut(strings.TrimSpace(line), "\t")
		compiled[pkg] = at
	}
	return importer.ForCompiler(fset, "gc", func(pkg string) (io.ReadCloser, error) {
		if compiled[pkg] == "" {
			return nil, fmt.Errorf("%s is not compiled", pkg)
		}
		return os.Open(compiled[pkg])
	}), nil
}

// orderCheck looks through the files of one package.
type orderCheck struct {
	tree    *Tree
	info    *types.Info
	imports map[string]string
	excused map[int]bool // lines on which, or under which, a comment gives the reason
	found   []string
}

func (c *orderCheck) file(f *file) {
	c.imports, c.excused = f.imports(), make(map[int]bool)
	for _, group := range f.ast.Comments {
		for _, comment := range group.List {
			_, reason, ok := strings.Cut(comment.Text, escape)
			if ok && strings.TrimSpace(reason) != "" {
				line := c.tree.fset.Position(group.End()).Line
				c.excused[line], c.excused[line+1] = true, true
			}
		}
	}
	for _, d := range f.ast.Decls {
		sorted := c.sortedIn(d)
		ast.Inspect(d, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.RangeStmt:
				if c.isMap(n.X) && !c.orderFree(n, n.Body.List, sorted) {
					c.report(n, "range over a map: sort its keys, or say with // order: why none shows")
				}
			case *ast.CallExpr:
				if c.sorts(n) {
					return false // its argument comes in no order and leaves in one
				}
				if from, name := qualified(n.Fun, c.imports); from == "maps" && (name == "Keys" || name == "Values" || name == "All") {
					c.report(n, "maps.%s outside slices.Sorted: sort it, or say with // order: why no order shows", name)
				}
			}
			return true
		})
	}
}

func (c *orderCheck) report(n ast.Node, format string, args ...any) {
	if !c.excused[c.tree.fset.Position(n.Pos()).Line] {
		c.found = append(c.found, c.tree.at(n.Pos(), format, args...))
	}
}

func (c *orderCheck) isMap(e ast.Expr) bool {
	t := c.info.Types[e].Type
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// sorts reports whether the call is of slices.Sorted or its kin.
func (c *orderCheck) sorts(call *ast.CallExpr) bool {
	from, name := qualified(call.Fun, c.imports)
	return from == "slices" && strings.HasPrefix(name, "Sorted")
}

// sortedIn lists the names of the slices that a declaration sorts, with the
// place of the last sorting.
func (c *orderCheck) sortedIn(d ast.Decl) map[string]token.Pos {
	sorted := make(map[string]token.Pos)
	ast.Inspect(d, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		from, name := qualified(call.Fun, c.imports)
		if from == "sort" || from == "slices" && strings.HasPrefix(name, "Sort") {
			sorted[types.ExprString(call.Args[0])] = call.Pos()
		}
		return true
	})
	return sorted
}

// orderFree reports whether the statements of a loop come to the same in any
// order.
func (c *orderCheck) orderFree(loop *ast.RangeStmt, body []ast.Stmt, sorted map[string]token.Pos) bool {
	for _, s := range body {
		switch s := s.(type) {
		case *ast.BranchStmt:
			if s.Tok != token.CONTINUE {
				return false
			}
		case *ast.IfStmt:
			if s.Init != nil || s.Else != nil || !c.orderFree(loop, s.Body.List, sorted) {
				return false
			}
		case *ast.ExprStmt:
			call, ok := s.X.(*ast.CallExpr)
			if !ok || types.ExprString(call.Fun) != "delete" {
				return false
			}
		case *ast.AssignStmt:
			if len(s.Lhs) != 1 || !c.fillsMap(loop, s) && !fillsSorted(loop, s, sorted) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// fillsMap reports whether s sets a map's value under the key of the loop.
func (c *orderCheck) fillsMap(loop *ast.RangeStmt, s *ast.AssignStmt) bool {
	at, ok := s.Lhs[0].(*ast.IndexExpr)
	return ok && s.Tok == token.ASSIGN && loop.Key != nil && c.isMap(at.X) &&
		types.ExprString(at.Index) == types.ExprString(loop.Key)
}

// fillsSorted reports whether s appends to a slice that is sorted after the loop.
func fillsSorted(loop *ast.RangeStmt, s *ast.AssignStmt, sorted map[string]token.Pos) bool {
	call, ok := s.Rhs[0].(*ast.CallExpr)
	if !ok || types.ExprString(call.Fun) != "append" {
		return false
	}
	slice := types.ExprString(s.Lhs[0])
	return types.ExprString(call.Args[0]) == slice && sorted[slice] > loop.End()
}
