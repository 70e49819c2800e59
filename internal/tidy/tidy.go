// Package tidy holds the house rules that a compiler does not know, as tests
// over the project's own files: what keeps an amount exact (no floats), a result
// repeatable (no clock, environment or map order), the packages in layers, and
// what is exported explained. `go test ./internal/tidy` names each place that
// breaks a rule.
//
// # Design
//
// Rules read syntax where that is enough and types where it is not (only for map
// order). Each rule is a function from a [Tree] to findings and has a test that
// shows it a breach, so that no rule passes because it looks at nothing.
package tidy

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// module is the path that imports of the project's own packages begin with.
const module = "github.com/amends-go/amends"

// Tree is the project's files.
type Tree struct {
	fset  *token.FileSet
	files []*file // Go files, by directory and name
	texts []text  // every file that is UTF-8, Go or not
}

// file is a Go file.
type file struct {
	path string // slashes, from the root
	src  []byte
	ast  *ast.File
	test bool
	// built is whether the file belongs to the package on this system.
	built bool
}

// text is a file as it stands.
type text struct {
	path, content string
}

// Load reads the tree. Go files under testdata, in hidden directories and in
// modules of their own are texts only.
func Load(fsys fs.FS) (*Tree, error) {
	t := &Tree{fset: token.NewFileSet()}
	var apart []string // directories whose Go files are not ours to check
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == ".git":
			return fs.SkipDir
		case d.IsDir():
			if isApart(fsys, name) {
				apart = append(apart, name+"/")
			}
			return nil
		case !d.Type().IsRegular():
			return nil
		}
		src, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		if utf8.Valid(src) {
			t.texts = append(t.texts, text{name, string(src)})
		}
		if path.Ext(name) != ".go" || slices.ContainsFunc(apart, func(dir string) bool { return strings.HasPrefix(name, dir) }) {
			return nil
		}
		return t.add(fsys, name, src)
	})
	slices.SortFunc(t.files, func(a, b *file) int { // by directory first, so that a package stays together
		return cmp.Or(cmp.Compare(path.Dir(a.path), path.Dir(b.path)), cmp.Compare(a.path, b.path))
	})
	return t, err
}

func isApart(fsys fs.FS, dir string) bool {
	if dir == "." {
		return false
	}
	base := path.Base(dir)
	_, err := fs.Stat(fsys, path.Join(dir, "go.mod"))
	return base == "testdata" || base[0] == '.' || base[0] == '_' || err == nil
}

func (t *Tree) add(fsys fs.FS, name string, src []byte) error {
	parsed, err := parser.ParseFile(t.fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	match := build.Default
	match.OpenFile = func(name string) (io.ReadCloser, error) { return fsys.Open(name) }
	built, err := match.MatchFile(path.Dir(name), path.Base(name))
	if err != nil {
		return err
	}
	t.files = append(t.files, &file{name, src, parsed, strings.HasSuffix(name, "_test.go"), built})
	return nil
}

// in selects the files of the directories and of those below them; test files
// only when tests is true.
func (t *Tree) in(tests bool, dirs ...string) []*file {
	var found []*file
	for _, f := range t.files {
		of := func(dir string) bool { return strings.HasPrefix(f.path, dir+"/") }
		if (tests || !f.test) && slices.ContainsFunc(dirs, of) {
			found = append(found, f)
		}
	}
	return found
}

// packages groups files by directory, in order.
func packages(files []*file) [][]*file {
	var groups [][]*file
	for i, f := range files {
		if i > 0 && path.Dir(files[i-1].path) == path.Dir(f.path) {
			groups[len(groups)-1] = append(groups[len(groups)-1], f)
		} else {
			groups = append(groups, []*file{f})
		}
	}
	return groups
}

// at words a finding at a position.
func (t *Tree) at(pos token.Pos, format string, args ...any) string {
	p := t.fset.Position(pos)
	return fmt.Sprintf("%s:%d: %s", p.Filename, p.Line, fmt.Sprintf(format, args...))
}

// imports returns the paths a file imports by the name it uses for them.
func (f *file) imports() map[string]string {
	named := make(map[string]string)
	for _, spec := range f.ast.Imports {
		target := importPath(spec)
		name := path.Base(target)
		if len(name) > 1 && name[0] == 'v' && name[1] >= '0' && name[1] <= '9' { // a major version
			name = path.Base(path.Dir(target))
		}
		if spec.Name != nil {
			name = spec.Name.Name
		}
		named[name] = target
	}
	return named
}

func importPath(spec *ast.ImportSpec) string {
	p, _ := strconv.Unquote(spec.Path.Value) // the parser has seen that it is a string
	return p
}

// qualified returns the import path and name when e is a name of another
// package, such as time.Now.
func qualified(e ast.Node, imports map[string]string) (from, name string) {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok {
		return "", ""
	}
	x, ok := sel.X.(*ast.Ident)
	if !ok {
		return "", ""
	}
	return imports[x.Name], sel.Sel.Name
}
