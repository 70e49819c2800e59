package sandbox

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/amends-go/amends/sla/formula"
)

// tree writes an expression as nested lists, its node first, for the script that tells one row of it in words. It is the same expression of which the loops are printed.
func tree(e formula.Expr, at func(column string) int) string {
	t := func(x formula.Expr) string { return tree(x, at) }
	node := func(name string, parts ...string) string {
		return "[" + strings.Join(append([]string{quote(name)}, parts...), ",") + "]"
	}
	of := func(list []formula.Expr) []string {
		out := make([]string, len(list))
		for i, x := range list {
			out[i] = t(x)
		}
		return out
	}
	switch e := e.(type) {
	case formula.Col:
		return node("col", strconv.Itoa(at(e.Name)))
	case formula.Param:
		return node("param", quote(e.Name), strconv.Itoa(int(e.Part)))
	case formula.Const:
		return strconv.FormatInt(e.V, 10)
	case formula.Add:
		return node("add", t(e.A), t(e.B))
	case formula.Sub:
		return node("sub", t(e.A), t(e.B))
	case formula.Min:
		return node("min", t(e.A), t(e.B))
	case formula.Max:
		return node("max", t(e.A), t(e.B))
	case formula.Compare:
		return node("compare", quote(comparisons[e.Op]), t(e.A), t(e.B))
	case formula.And:
		return node("and", of(e.Of)...)
	case formula.Or:
		return node("or", of(e.Of)...)
	case formula.Not:
		return node("not", t(e.A))
	case formula.If:
		return node("if", t(e.Cond), t(e.Then), t(e.Else))
	case formula.MulDiv:
		return node("part", t(e.A), t(e.B), t(e.C), quote(functions[e.Rounding]))
	case formula.Tier:
		var steps []string
		for _, s := range e.Steps {
			steps = append(steps, fmt.Sprintf("[%d,%d]", s.AtLeast, s.Value))
		}
		return node("tier", t(e.X), "["+strings.Join(steps, ",")+"]", strconv.FormatInt(e.Below, 10))
	case formula.Table:
		values, _ := json.Marshal(e.Values)
		return node("table", t(e.Index), string(values))
	case formula.PoolTotal:
		return node("total", strconv.Itoa(at(e.Of)), quote(e.Scope.String()))
	case formula.PoolRunning:
		return node("running", strconv.Itoa(at(e.Of)), quote(e.Scope.String()))
	}
	return "0" // the loops have refused it
}

// comparisons names the comparisons.
var comparisons = map[formula.Op]string{formula.Equal: "eq", formula.NotEqual: "ne", formula.Less: "lt", formula.AtMost: "le", formula.More: "gt", formula.AtLeast: "ge"}

func quote(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}
