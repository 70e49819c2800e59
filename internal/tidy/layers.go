package tidy

import (
	"slices"
	"strings"
)

// layer is what a directory, without those below it, or with them where it ends
// in "/...", may import of the project.
type layer struct {
	dir     string
	only    []string // when not nil, the only packages of the project
	neither []string // packages that it must not import, nor those below them
}

// layers are the rules by which imports run one way: contracts, sla, report,
// command.
var layers = []layer{
	{dir: "contracts/law", only: []string{"contracts"}},
	{dir: "sla/formula", only: []string{"contracts"}},
	{dir: "contracts/...", neither: []string{"sla", "report", "cmd"}},
	{dir: "sla/...", neither: []string{"report", "cmd"}},
	{dir: "report/...", neither: []string{"cmd"}},
	{dir: "internal/...", neither: []string{"cmd"}},
	{dir: "examples/...", neither: []string{"cmd", "internal"}},
}

// Imports finds imports against the layers. Tests may import what they need.
func Imports(t *Tree) []string {
	var found []string
	for _, l := range layers {
		dir, below := strings.CutSuffix(l.dir, "/...")
		for _, f := range t.in(false, dir) {
			if !below && strings.Contains(f.path[len(dir)+1:], "/") {
				continue
			}
			for _, spec := range f.ast.Imports {
				target, ours := strings.CutPrefix(importPath(spec), module+"/")
				if ours && !l.allows(target) {
					found = append(found, t.at(spec.Pos(), "%s does not import %s", dir, target))
				}
			}
		}
	}
	return found
}

func (l layer) allows(target string) bool {
	if l.only != nil {
		return slices.Contains(l.only, target)
	}
	return !slices.ContainsFunc(l.neither, func(dir string) bool {
		return target == dir || strings.HasPrefix(target, dir+"/")
	})
}
