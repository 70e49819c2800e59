package sandbox_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/report/sandbox"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
)

const exactMax = 1<<53 - 1

// values are numbers at which things go wrong, and some at random.
func number(r *rand.Rand) int64 {
	edge := []int64{0, 1, -1, 2, -2, 3, 7, 100, -100, 1 << 26, 1<<26 + 1, 94906265, 94906266, 94906267, 1<<53 - 1, -(1<<53 - 1), 1<<53 - 2, 1 << 52, -(1 << 52), 999_999_999_999}
	switch r.IntN(4) {
	case 0:
		return edge[r.IntN(len(edge))]
	case 1:
		return r.Int64N(2001) - 1000
	case 2:
		return r.Int64N(2*exactMax) - exactMax
	}
	return r.Int64N(2_000_000_000_000) - 1_000_000_000_000
}

// expression is one at random over columns a, b, c and parameters p, q.
func expression(r *rand.Rand, depth int) formula.Expr {
	if depth == 0 || r.IntN(8) == 0 {
		switch r.IntN(4) {
		case 0:
			return formula.Const{V: number(r)}
		case 1:
			return formula.Param{Name: []string{"p", "q"}[r.IntN(2)], Part: formula.Part(r.IntN(3))}
		}
		return formula.Col{Name: []string{"a", "b", "c"}[r.IntN(3)]}
	}
	x := func() formula.Expr { return expression(r, depth-1) }
	switch r.IntN(12) {
	case 0:
		return formula.Add{A: x(), B: x()}
	case 1:
		return formula.Sub{A: x(), B: x()}
	case 2:
		return formula.Min{A: x(), B: x()}
	case 3:
		return formula.Max{A: x(), B: x()}
	case 4:
		return formula.Compare{Op: formula.Op(r.IntN(6)), A: x(), B: x()}
	case 5:
		return formula.And{Of: []formula.Expr{x(), x()}}
	case 6:
		return formula.Or{Of: []formula.Expr{x(), x(), x()}[:r.IntN(4)]}
	case 7:
		return formula.Not{A: x()}
	case 8:
		return formula.If{Cond: x(), Then: x(), Else: x()}
	case 9:
		return formula.Tier{X: x(), Steps: []formula.Step{{AtLeast: -5, Value: 1}, {AtLeast: 0, Value: -7}, {AtLeast: 1_000_000, Value: 12}}, Below: 3}
	case 10:
		return formula.Table{Name: "t", Index: formula.Max{A: formula.Const{}, B: formula.Min{A: x(), B: formula.Const{V: 3}}}, Values: []int64{4, -3, exactMax, 0}[:3+r.IntN(2)]}
	}
	return formula.MulDiv{A: x(), B: x(), C: x(), Rounding: contracts.RoundDown + contracts.Rounding(r.IntN(5))}
}

type row map[string]int64

type rowEnv struct {
	row    row
	params map[string]formula.Number
}

func (e rowEnv) Col(name string) int64 { return e.row[name] }
func (e rowEnv) Param(name string, p formula.Part) int64 {
	if p == formula.Den {
		return e.params[name].Den
	}
	return e.params[name].Num
}
func (e rowEnv) Pool(string, formula.Scope, bool) int64 { return 0 }

// TestPrintedExpressionsGiveTheEnginesValueOrAnError evaluates random expressions, and every rounding and sign, around 2^53: where a page gives a
// number, it is the engine's; where the engine's steps all stay within 2^53, it gives one.
func TestPrintedExpressionsGiveTheEnginesValueOrAnError(t *testing.T) {
	b := needBrowser(t)
	r := rand.New(rand.NewPCG(1, 2))
	params := map[string]formula.Number{"p": {Num: 333, Den: 1000}, "q": {Num: -5, Den: 94906267}}
	cols := []formula.Column{{Name: "a"}, {Name: "b"}, {Name: "c"}}
	for rounding := contracts.RoundDown; rounding <= contracts.RoundHalfEven; rounding++ {
		cols = append(cols, formula.Column{Name: fmt.Sprintf("r%d", rounding), Expr: formula.MulDiv{A: formula.Col{Name: "a"}, B: formula.Col{Name: "b"}, C: formula.Col{Name: "c"}, Rounding: rounding}})
	}
	for i := range 300 {
		cols = append(cols, formula.Column{Name: fmt.Sprintf("x%d", i), Expr: expression(r, 4)})
	}
	const n = 200
	rows := make([]row, n)
	inputs := map[int][]int64{}
	for i := range rows {
		rows[i] = row{"a": number(r), "b": number(r), "c": number(r)}
		if i < 60 { // halves of small numbers
			rows[i] = row{"a": int64(i%11) - 5, "b": int64(i%3) - 1, "c": []int64{2, -2, 4, 1}[i%4]}
		}
		for k, name := range []string{"a", "b", "c"} {
			inputs[k] = append(inputs[k], rows[i][name])
		}
	}
	code, _, err := sandbox.Script(cols, []string{"p", "q"})
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(inputs)
	if err != nil {
		t.Fatal(err)
	}
	tb := b.show(t, []byte("<!DOCTYPE html><meta charset=utf-8><script>"+code+"</script>"))
	got := eval[[][]*int64](tb, fmt.Sprintf(`(() => { const inputs = %s, c = []; for (let k = 0; k < 3; k++) c.push(Float64Array.from(inputs[k]));
		const p = Float64Array.from([333, 1000, -5, 94906267]), o = new Float64Array(%d);
		return CODE.map(s => { const out = []; for (let i = 0; i < %d; i++) { try { s.run(c, p, o, i, i + 1); out.push(o[i]); } catch (e) { if (!(e instanceof Beyond)) throw e; out.push(null); } } return out; }); })()`, data, n, n))
	numbers, errs := 0, 0
	for k, c := range cols[3:] {
		for i := range rows {
			want, ok := within(c.Expr, rowEnv{row: rows[i], params: params})
			switch g := got[k][i]; {
			case ok && g == nil:
				t.Fatalf("%#v of %v: the page gives an error, want %d", c.Expr, rows[i], want)
			case ok && *g != want:
				t.Fatalf("%#v of %v: %d, want %d", c.Expr, rows[i], *g, want)
			case !ok && g != nil:
				if v, err := formula.Eval(c.Expr, rowEnv{row: rows[i], params: params}); err != nil || v != *g {
					t.Fatalf("%#v of %v: %d, want an error or %d", c.Expr, rows[i], *g, v)
				}
			case ok:
				numbers++
			default:
				errs++
			}
		}
	}
	t.Logf("%d numbers, %d errors", numbers, errs)
	if numbers < 1000 || errs < 100 {
		t.Errorf("%d numbers and %d errors: the drawing is too narrow", numbers, errs)
	}
}

// within evaluates e and reports whether it and every part that it evaluates stay within 2^53−1.
func within(e formula.Expr, env rowEnv) (int64, bool) {
	v, err := formula.Eval(e, env)
	ok := err == nil && v <= exactMax && v >= -exactMax
	if !ok {
		return v, false
	}
	parts := formula.Children(e)
	switch x := e.(type) {
	case formula.If:
		c, _ := formula.Eval(x.Cond, env)
		parts = []formula.Expr{x.Cond, x.Then}
		if c == 0 {
			parts[1] = x.Else
		}
	case formula.And, formula.Or:
		_, and := e.(formula.And)
		for i, p := range parts {
			y, _ := formula.Eval(p, env)
			if (y != 0) != and {
				parts = parts[:i+1]
				break
			}
		}
	}
	for _, p := range parts {
		if _, ok := within(p, env); !ok {
			return v, false
		}
	}
	return v, true
}

// told is what a page says of a posting.
type told struct {
	Column int      `json:"column"`
	Effect string   `json:"effect"`
	Why    []string `json:"why"`
}

// TestAPageTellsWhatTheEngineTells compares what becomes of each rule, and why, for some customers of every case under every scenario.
func TestAPageTellsWhatTheEngineTells(t *testing.T) {
	b := needBrowser(t)
	all := cases(t)
	compared := 0
	for _, name := range names(all) {
		t.Run(name, func(t *testing.T) {
			c := all[name]
			tb := b.open(t, sandbox.Page{Case: c, Lang: "ja"})
			for _, f := range c.Findings {
				page := eval[[]map[string][]told](tb, fmt.Sprintf(`(() => { state.set = %q; state.edits = new Map(); results(); const out = [];
					DOC.programs.forEach((def, k) => { if (def.kind !== "contract" || !counts(def)) return; const by = {};
						for (let i = 0; i < Math.min(def.rows.n, 4); i++) by[def.rows.ids[i] + "/" + (def.rows.subs ? def.rows.subs[i] : "")] = [...tell(k, i)].map(([column, t]) => ({column, effect: t.effect, why: t.why}));
						out.push(by); }); return out; })()`, f.ID))
				runs, err := c.Bind(f.ID)
				if err != nil {
					t.Fatal(err)
				}
				for k, run := range runs {
					more := map[int]bool{}
					for _, x := range run.Program.Tales() {
						more[x.Column] = slices.ContainsFunc(x.Sayings, func(s sla.Saying) bool { return s.Parts == nil })
					}
					for r, err := range run.Assess(c.CustomersOf(run.Program)).Rows() {
						if err != nil {
							continue
						}
						said, ok := page[k][r.Customer.ID+"/"+r.Customer.Subscription]
						if !ok {
							continue
						}
						for s := range r.Steps() {
							at := slices.IndexFunc(said, func(x told) bool { return x.Column == s.Column })
							want := told{s.Column, string(s.Effect), []string{}}
							for _, w := range s.Why {
								want.Why = append(want.Why, w.JA)
							}
							got := said[at]
							if more[s.Column] {
								got.Why, want.Why = nil, nil
							}
							if diff := gocmp.Diff(want, got); diff != "" {
								t.Errorf("%s, %s, %s: −engine +page\n%s", f.ID, r.Customer.ID, strings.Join(want.Why, " "), diff)
							}
							compared++
						}
					}
				}
			}
		})
	}
	t.Logf("%d postings", compared)
}

// TestAPageTellsHowColumnsCameAbout compares what the page says of every column of some customers, in both languages, with what the engine's words say.
func TestAPageTellsHowColumnsCameAbout(t *testing.T) {
	b := needBrowser(t)
	all := cases(t)
	compared := 0
	for _, name := range names(all) {
		t.Run(name, func(t *testing.T) {
			c := all[name]
			tb := b.open(t, sandbox.Page{Case: c, Lang: "ja"})
			for n, f := range c.Findings {
				language := []string{"ja", "en"}[n%2]
				page := eval[[]map[string][]string](tb, fmt.Sprintf(`(() => { state.set = %q; state.edits = new Map(); lang = %q; results(); const out = [];
					DOC.programs.forEach((def, k) => { if (def.kind !== "contract" || !counts(def)) return; const by = {};
						for (let i = 0; i < Math.min(def.rows.n, 3); i++) { const how = new How(k, i); by[def.rows.ids[i] + "/" + (def.rows.subs ? def.rows.subs[i] : "")] = def.cols.map((_, at) => how.column(at)); }
						out.push(by); }); return out; })()`, f.ID, language))
				runs, err := c.Bind(f.ID)
				if err != nil {
					t.Fatal(err)
				}
				for k, run := range runs {
					for r, err := range run.Assess(c.CustomersOf(run.Program)).Rows() {
						if err != nil {
							continue
						}
						said, ok := page[k][r.Customer.ID+"/"+r.Customer.Subscription]
						if !ok {
							continue
						}
						words := report.NewWords(r, language)
						for i := range run.Program.Columns {
							if want := words.Column(i); said[i] != want {
								t.Errorf("%s, %s, %s:\n−engine %s\n+page   %s", f.ID, r.Customer.ID, run.Program.Columns[i].Name, want, said[i])
							}
							compared++
						}
					}
				}
			}
		})
	}
	t.Logf("%d columns", compared)
}
