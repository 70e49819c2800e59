package tidy

import (
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strings"
)

// PackageDocs finds packages that do not say what they are.
func PackageDocs(t *Tree) []string {
	var found []string
	for _, files := range packages(t.files) {
		name, doc := "", ""
		for _, f := range files {
			if !f.test {
				name = f.ast.Name.Name
				doc += f.ast.Doc.Text()
			}
		}
		begin := "Package " + name + " "
		if name == "main" {
			begin = "" // a command is known by its directory
		}
		if name != "" && (doc == "" || !strings.HasPrefix(doc, begin)) {
			found = append(found, path.Dir(files[0].path)+": the package has no doc that begins with \""+begin+"\"")
		}
	}
	return found
}

// ofInterfaces are methods whose meaning an interface of the standard library
// fixes; a comment would repeat it.
var ofInterfaces = []string{"String", "Error", "Unwrap"}

// Docs finds exported identifiers without a comment in the packages that others
// import. A group's comment, or one behind a constant, is enough.
func Docs(t *Tree) []string {
	var found []string
	missing := func(id *ast.Ident) {
		found = append(found, t.at(id.Pos(), "%s is exported and has no doc comment", id.Name))
	}
	for _, f := range t.in(false, repeatable...) {
		for _, d := range f.ast.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && partOfAPI(d) && d.Doc.Text() == "" {
					missing(d.Name)
				}
			case *ast.GenDecl:
				for _, id := range undocumented(d) {
					missing(id)
				}
			}
		}
	}
	return found
}

// partOfAPI reports whether d is a function, or a method of an exported type
// that no interface explains.
func partOfAPI(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	if slices.Contains(ofInterfaces, d.Name.Name) {
		return false
	}
	of := d.Recv.List[0].Type
	for {
		switch x := of.(type) {
		case *ast.StarExpr:
			of = x.X
		case *ast.IndexExpr:
			of = x.X
		case *ast.IndexListExpr:
			of = x.X
		case *ast.Ident:
			return x.IsExported()
		default:
			return false
		}
	}
}

func undocumented(d *ast.GenDecl) []*ast.Ident {
	var found []*ast.Ident
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && d.Doc.Text() == "" && s.Doc.Text() == "" {
				found = append(found, s.Name)
			}
		case *ast.ValueSpec:
			if d.Doc.Text() != "" || s.Doc.Text() != "" || s.Comment.Text() != "" {
				continue
			}
			for _, id := range s.Names {
				if id.IsExported() && (d.Tok == token.CONST || d.Tok == token.VAR) {
					found = append(found, id)
				}
			}
		}
	}
	return found
}
