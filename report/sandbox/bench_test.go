package sandbox_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/amends-go/amends/report/sandbox"
	"github.com/amends-go/amends/sla/formula"
)

// tree is an expression as nested lists, for an interpreter.
func tree(e formula.Expr) []any {
	out := []any{fmt.Sprintf("%T", e)[len("formula."):]}
	switch e := e.(type) {
	case formula.Col:
		out = append(out, e.Name)
	case formula.Param:
		out = append(out, e.Name, e.Part)
	case formula.Const:
		out = append(out, e.V)
	case formula.Compare:
		out = append(out, e.Op)
	case formula.MulDiv:
		out = append(out, e.Rounding)
	case formula.Table:
		out = append(out, e.Values)
	}
	for _, c := range formula.Children(e) {
		out = append(out, tree(c))
	}
	return out
}

// walker works a row out by walking the trees of its columns, one row at a time.
const walker = `function walk(e, row, par) {
	const sub = (k) => walk(e[k], row, par);
	switch (e[0]) {
	case "Col": return row[e[1]];
	case "Param": return par[e[1]][e[2] === 2 ? 1 : 0];
	case "Const": return e[1];
	case "Add": return add(sub2(e, 1, row, par), sub2(e, 2, row, par));
	case "Sub": return sub_(sub2(e, 1, row, par), sub2(e, 2, row, par));
	case "Min": return Math.min(sub(1), sub(2));
	case "Max": return Math.max(sub(1), sub(2));
	case "Compare": { const a = sub(2), b = sub(3); return [a === b, a !== b, a < b, a <= b, a > b, a >= b][e[1]] ? 1 : 0; }
	case "And": for (let k = 1; k < e.length; k++) if (sub(k) === 0) return 0; return 1;
	case "Or": for (let k = 1; k < e.length; k++) if (sub(k) !== 0) return 1; return 0;
	case "Not": return sub(1) === 0 ? 1 : 0;
	case "If": return sub(1) !== 0 ? sub(2) : sub(3);
	case "MulDiv": return [null, partDown, partUp, partHalfUp, partHalfDown, partHalfEven][e[1]](sub(2), sub(3), sub(4));
	case "Table": return pick(sub(2), e[1]);
	}
	throw new Error(e[0]);
}
const sub_ = (a, b) => sub(a, b), sub2 = (e, k, row, par) => walk(e[k], row, par);
`

// BenchmarkRecompute works 10,000 customers of First Server out anew in Chromium, as the page does and by a walk over the trees of the same
// expressions, row by row. Times are medians.
func BenchmarkRecompute(b *testing.B) {
	br := needBrowser(b)
	c := example(b, "firstserver-2012")
	tb := br.open(b, sandbox.Page{Case: c, Lang: "ja"})
	type col struct {
		Name string `json:"name"`
		Tree []any  `json:"tree"`
	}
	var cols []col
	for _, k := range c.Programs[0].Columns {
		x := col{Name: k.Name}
		if k.Expr != nil {
			x.Tree = tree(k.Expr)
		}
		cols = append(cols, x)
	}
	trees, err := json.Marshal(cols)
	if err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(tb.path)
	if err != nil {
		b.Fatal(err)
	}
	for range b.N {
		got := eval[map[string]float64](tb, walker+fmt.Sprintf(`(() => {
	const median = (f, n) => { const t = []; for (let i = 0; i < n; i++) { const s = performance.now(); f(); t.push(performance.now() - s); } return t.sort((x, y) => x - y)[n >> 1]; };
	const def = DOC.programs[0], n = 10000, inputs = {}, ids = [];
	for (let i = 0; i < n; i++) ids.push(String(i));
	for (const [k, v] of Object.entries(def.rows.inputs)) inputs[k] = ids.map((_, i) => v[i %% v.length]);
	const program = new Program({...def, rows: {n, ids, inputs}}, CODE[0]), p = combinations(0)[0].p;
	const all = median(() => { program.last = null; program.update(p); }, 101);
	const total = sum(program.vectors[def.cols.length - 1]);
	const cols = %s, par = {};
	def.params.forEach((name, i) => par[name] = [p[2 * i], p[2 * i + 1]]);
	let walked = 0;
	const naive = median(() => { walked = 0; for (let i = 0; i < n; i++) { const row = {}; cols.forEach((c, k) => row[c.name] = c.tree ? walk(c.tree, row, par) : inputs[k][i]); walked += row[cols[cols.length - 1].name]; } }, 11);
	if (walked !== total) throw new Error(walked + " is not " + total);
	const name = def.params.indexOf("times.art36");
	let turn = 1;
	const some = median(() => { const q = p.slice(); q[2 * name] = turn = 3 - turn; program.update(q); }, 101);
	const shown = median(() => { state.edits = new Map([["own_fault", {n: turn = 3 - turn, d: 10}]]); update(); }, 31);
	state.edits = new Map(); update();
	return {all, naive, some, shown, start: performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd}; })()`, trees))
		b.ReportMetric(got["all"], "ms/10000-rows")
		b.ReportMetric(got["naive"]/got["all"], "times-faster-than-walk")
		b.ReportMetric(got["some"], "ms/one-parameter")
		b.ReportMetric(got["shown"], "ms/page-update")
		b.ReportMetric(got["start"], "ms/start")
	}
	b.ReportMetric(float64(info.Size()), "page-bytes")
	b.ReportMetric(0, "ns/op")
}
