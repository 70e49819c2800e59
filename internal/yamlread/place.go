package yamlread

import (
	"strconv"
	"strings"

	"github.com/amends-go/amends/internal/problem"
	"go.yaml.in/yaml/v4"
)

// Place moves problems that were found after the reading to where their field stands, or the last part of its path that
// does, so that a tier out of order is shown at its own line and not at its clause's.
func (v *Value) Place(ps problem.Problems) {
	if v == nil {
		return
	}
	for i, p := range ps {
		if p.File != v.c.file || p.Field == "" {
			continue
		}
		n := v.node
		for part := range strings.SplitSeq(strings.ReplaceAll(p.Field, "[", ".["), ".") {
			next := child(n, part)
			if next == nil {
				break
			}
			n = next
		}
		if n != v.node {
			ps[i].Line, ps[i].Column = n.Line, n.Column
		}
	}
}

// child is the value of a field, or the item that [2] names; nil when there is none.
func child(n *yaml.Node, part string) *yaml.Node {
	switch n.Kind {
	case yaml.SequenceNode:
		i, err := strconv.Atoi(strings.Trim(part, "[]"))
		if err == nil && i >= 0 && i < len(n.Content) {
			return n.Content[i]
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == part {
				return n.Content[i+1]
			}
		}
	}
	return nil
}
