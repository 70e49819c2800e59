package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// exactMax is the largest whole number, 2^53−1, up to which the numbers of JavaScript are exact.
const exactMax = 1<<53 - 1

// printer prints the columns of a program as JavaScript: for each a loop over the rows, with the parameters read when it runs.
type printer struct {
	index  map[string]int // where a column stands among the vectors
	params map[string]int // where a parameter stands; its numerator is at twice that place
	pools  []formula.PoolUse
	cols   int

	uses    []int    // vectors that the column at hand reads, in order of first use
	reads   []int    // parameters that it reads
	consts  []string // lists that stand before the loop
	problem error
}

// functions names the division for each rounding.
var functions = map[contracts.Rounding]string{
	contracts.RoundDown: "partDown", contracts.RoundUp: "partUp", contracts.RoundHalfUp: "partHalfUp",
	contracts.RoundHalfDown: "partHalfDown", contracts.RoundHalfEven: "partHalfEven",
}

var operators = map[formula.Op]string{
	formula.Equal: "===", formula.NotEqual: "!==", formula.Less: "<", formula.AtMost: "<=", formula.More: ">", formula.AtLeast: ">=",
}

// printColumns prints each column that has an expression as an entry of a list: what it fills, what it reads, and the loop.
func printColumns(cols []formula.Column, params []string, title func(i int) string) (string, *printer, error) {
	p := &printer{index: map[string]int{}, params: map[string]int{}, cols: len(cols)}
	for i, name := range params {
		p.params[name] = i
	}
	for i, c := range cols {
		p.index[c.Name] = i
	}
	var b strings.Builder
	b.WriteString("[\n")
	for i, c := range cols {
		if c.Expr == nil {
			continue
		}
		loop := p.column(c.Expr)
		if p.problem != nil {
			return "", nil, fmt.Errorf("column %s: %w", c.Name, p.problem)
		}
		fmt.Fprintf(&b, "// %s\n{to: %d, uses: %s, reads: %s, run(c, p, o, i, n) {%s}},\n", remark(c.Name+": "+title(i)), i, list(p.uses), list(p.reads), loop)
	}
	b.WriteString("]")
	return b.String(), p, nil
}

// column prints the loop of one column.
func (p *printer) column(e formula.Expr) string {
	p.uses, p.reads, p.consts = nil, nil, nil
	value := p.number(e)
	return p.hoisted(value) + "for (; i < n; i++) { at.row = i; o[i] = " + value + "; }"
}

// hoisted names before the loop what a printed value reads.
func (p *printer) hoisted(value string) string {
	var b strings.Builder
	for _, v := range p.uses {
		fmt.Fprintf(&b, "const c%d = c[%d]; ", v, v)
	}
	for _, r := range p.reads {
		if strings.Contains(value, fmt.Sprintf("p%d", 2*r)) {
			fmt.Fprintf(&b, "const p%d = p[%d]; ", 2*r, 2*r)
		}
		if strings.Contains(value, fmt.Sprintf("p%d", 2*r+1)) {
			fmt.Fprintf(&b, "const p%d = p[%d]; ", 2*r+1, 2*r+1)
		}
	}
	for i, l := range p.consts {
		fmt.Fprintf(&b, "const t%d = %s; ", i, l)
	}
	return b.String()
}

// number prints e as a number.
func (p *printer) number(e formula.Expr) string {
	two := func(f string, a, b formula.Expr) string { return f + "(" + p.number(a) + ", " + p.number(b) + ")" }
	switch e := e.(type) {
	case formula.Col:
		return p.vector(p.index[e.Name])
	case formula.Param:
		return p.param(e)
	case formula.Const:
		return p.whole(e.V)
	case formula.Add:
		return two("add", e.A, e.B)
	case formula.Sub:
		return two("sub", e.A, e.B)
	case formula.Min:
		return two("Math.min", e.A, e.B)
	case formula.Max:
		return two("Math.max", e.A, e.B)
	case formula.If:
		return "(" + p.truth(e.Cond) + " ? " + p.number(e.Then) + " : " + p.number(e.Else) + ")"
	case formula.Compare, formula.And, formula.Or, formula.Not:
		return "(" + p.truth(e) + " ? 1 : 0)"
	case formula.MulDiv:
		if c, ok := e.C.(formula.Const); ok && c.V == 1 {
			return two("mul", e.A, e.B)
		}
		f, ok := functions[e.Rounding]
		if !ok {
			p.problem = fmt.Errorf("no rounding %v", e.Rounding)
		}
		return f + "(" + p.number(e.A) + ", " + p.number(e.B) + ", " + p.number(e.C) + ")"
	case formula.Tier:
		return p.tier(e)
	case formula.Table:
		return "pick(" + p.number(e.Index) + ", " + p.keep(e.Values) + ")"
	case formula.PoolTotal:
		return p.pool(formula.PoolUse(e), 0)
	case formula.PoolRunning:
		return p.pool(formula.PoolUse(e), 1)
	}
	p.problem = fmt.Errorf("sandbox: no JavaScript for %T", e)
	return "0"
}

// truth prints e as a condition.
func (p *printer) truth(e formula.Expr) string {
	switch e := e.(type) {
	case formula.Compare:
		return p.number(e.A) + " " + operators[e.Op] + " " + p.number(e.B)
	case formula.And:
		return p.join(" && ", e.Of, "true")
	case formula.Or:
		return p.join(" || ", e.Of, "false")
	case formula.Not:
		return "!(" + p.truth(e.A) + ")"
	}
	return p.number(e) + " !== 0"
}

func (p *printer) join(by string, of []formula.Expr, none string) string {
	if len(of) == 0 {
		return none
	}
	var parts []string
	for _, e := range of {
		parts = append(parts, p.truth(e))
	}
	return "(" + strings.Join(parts, by) + ")"
}

func (p *printer) tier(e formula.Tier) string {
	var from, value []int64
	for _, s := range e.Steps {
		from, value = append(from, s.AtLeast), append(value, s.Value)
	}
	return "tier(" + p.number(e.X) + ", " + p.keep(from) + ", " + p.keep(value) + ", " + p.whole(e.Below) + ")"
}

// keep puts a list before the loop. A number in it that is not exact becomes one that [pick] and tier refuse when it is met.
func (p *printer) keep(values []int64) string {
	var parts []string
	for _, v := range values {
		switch {
		case v > exactMax:
			parts = append(parts, "Infinity")
		case v < -exactMax:
			parts = append(parts, "-Infinity")
		default:
			parts = append(parts, strconv.FormatInt(v, 10))
		}
	}
	p.consts = append(p.consts, "["+strings.Join(parts, ", ")+"]")
	return fmt.Sprintf("t%d", len(p.consts)-1)
}

func (p *printer) whole(v int64) string {
	if v > exactMax || v < -exactMax {
		p.problem = fmt.Errorf("the number %d is beyond 2^53−1", v)
	}
	if v < 0 {
		return "(" + strconv.FormatInt(v, 10) + ")"
	}
	return strconv.FormatInt(v, 10)
}

func (p *printer) vector(i int) string {
	if !slices.Contains(p.uses, i) {
		p.uses = append(p.uses, i)
	}
	return fmt.Sprintf("c%d[i]", i)
}

func (p *printer) param(e formula.Param) string {
	at, ok := p.params[e.Name]
	if !ok {
		p.problem = fmt.Errorf("no parameter %s", e.Name)
	}
	if !slices.Contains(p.reads, at) {
		p.reads = append(p.reads, at)
	}
	if e.Part == formula.Den {
		return fmt.Sprintf("p%d", 2*at+1)
	}
	return fmt.Sprintf("p%d", 2*at)
}

// pool is the vector of a pool's sums: they stand behind the columns, the total and the running sum of each.
func (p *printer) pool(u formula.PoolUse, running int) string {
	k := slices.Index(p.pools, u)
	if k < 0 {
		k = len(p.pools)
		p.pools = append(p.pools, u)
	}
	return p.vector(p.cols + 2*k + running)
}

func list(of []int) string {
	parts := make([]string, len(of))
	for i, v := range of {
		parts[i] = strconv.Itoa(v)
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// remark makes text safe in a comment of one line.
func remark(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == '<' || r == '>' || r == '\u2028' || r == '\u2029' || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}
