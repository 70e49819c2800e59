package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
)

// Shown lists the columns that tell a customer how a step came about: what was measured and the amounts on the way, without tests
// and without what rests on the rows before this one, which is of other customers.
func Shown(row sla.Row, s sla.Step) []int {
	prog := row.Run().Program
	others := map[string]bool{}
	return slices.DeleteFunc(behind(row, s), func(i int) bool {
		c := prog.Columns[i]
		if c.Expr == nil {
			return true
		}
		formula.Walk(c.Expr, func(e formula.Expr) {
			switch e := e.(type) {
			case formula.PoolRunning:
				others[c.Name] = true
			case formula.Col:
				others[c.Name] = others[c.Name] || others[e.Name]
			}
		})
		return others[c.Name] || c.Unit == sla.YesNo || strings.HasPrefix(c.Name, "outside.") || (row.Value(i) == 0 && s.Rule != sla.RuleCap)
	})
}

// Taken tells how a column came about by the branch that was taken, without the conditions on the way to it.
func (w *Words) Taken(i int) string {
	c := w.row.Run().Program.Columns[i]
	if ratio := w.ratio(c); ratio != "" || c.Expr == nil {
		return w.Column(i)
	}
	e := c.Expr
	for {
		branch, ok := e.(formula.If)
		if !ok {
			break
		}
		if e = branch.Else; w.eval(branch.Cond) != 0 {
			e = branch.Then
		}
	}
	value := w.value(c.Unit, w.row.Value(i))
	if _, looked := e.(formula.Table); !looked {
		if how := w.phrase(e, c.Unit); how != value {
			return c.Label.In(w.lang) + " = " + how + " = " + value
		}
	}
	return c.Label.In(w.lang) + ": " + value
}

// Given tells in which form the row's credits are given and what further rights its terms give, without the days until which
// they must be asked for.
func Given(row sla.Row) []contracts.Text {
	var out []contracts.Text
	for _, t := range Settlement(row) {
		if !slices.ContainsFunc(row.Deadlines(), func(d sla.Deadline) bool {
			return strings.HasSuffix(t.JA, fmt.Sprintf("%sの返金は%sまでに請求する", d.Window, d.Last))
		}) {
			out = append(out, t)
		}
	}
	return out
}
