package formula

import (
	"errors"
	"fmt"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// rowEnv is one row for the reference evaluator.
type rowEnv struct {
	cols   map[string]int64
	params map[string]Number
	pools  map[PoolUse][2]int64
}

func (e rowEnv) Col(n string) int64           { return e.cols[n] }
func (e rowEnv) Param(n string, p Part) int64 { return e.params[n].part(p) }
func (e rowEnv) Pool(of string, s Scope, running bool) int64 {
	return e.pools[PoolUse{of, s}][yes(running)]
}

func run(t testing.TB, cols []Column, params map[string]Number, inputs map[string][]int64, n int) (map[string][]int64, error) {
	t.Helper()
	m, err := Build(cols, params)
	if err != nil {
		t.Fatal(err)
	}
	b := m.NewBatch()
	for name, v := range inputs {
		copy(b.Col(m.Index(name)), v)
	}
	for k := range m.Pools() {
		total, running := b.Pool(k)
		for i := range n {
			total[i], running[i] = 1000, int64(10*i)
		}
	}
	b.SetLen(n)
	if err := b.Run(); err != nil {
		return nil, err
	}
	out := map[string][]int64{}
	for i, c := range cols {
		out[c.Name] = append([]int64{}, b.Col(i)[:n]...)
	}
	return out, nil
}

func TestNodesComputeWhatTheySay(t *testing.T) {
	a, b, c := Col{"a"}, Col{"b"}, Col{"c"}
	down := contracts.RoundDown
	tests := []struct {
		name string
		e    Expr
		want int64 // with a = 7, b = 3, c = 0, p = 7/10
	}{
		{"a sum", Add{a, b}, 10},
		{"a difference may be negative", Sub{b, a}, -4},
		{"the lesser of two", Min{a, b}, 3},
		{"the greater of two", Max{a, b}, 7},
		{"less is strict", Compare{Less, a, Const{7}}, 0},
		{"at most includes the bound", Compare{AtMost, a, Const{7}}, 1},
		{"more is strict", Compare{More, a, Const{7}}, 0},
		{"at least includes the bound", Compare{AtLeast, a, Const{7}}, 1},
		{"equal", Compare{Equal, a, Const{7}}, 1},
		{"not equal", Compare{NotEqual, a, Const{7}}, 0},
		{"and of yes and no is no", And{[]Expr{a, c}}, 0},
		{"and of any non-zero numbers is one", And{[]Expr{a, b}}, 1},
		{"and of nothing is yes", And{}, 1},
		{"or of no and yes is yes", Or{[]Expr{c, b}}, 1},
		{"or of one number is yes, not the number", Or{[]Expr{a}}, 1},
		{"or of nothing is no", Or{}, 0},
		{"not of a non-zero number is no", Not{a}, 0},
		{"the branch taken", If{c, a, b}, 3},
		{"seven tenths of seven, dropped", MulDiv{a, Param{"p", Num}, Param{"p", Den}, down}, 4},
		{"seven tenths of seven, half up", MulDiv{a, Param{"p", Num}, Param{"p", Den}, contracts.RoundHalfUp}, 5},
		{"a product through 128 bits", MulDiv{Const{9e18}, Const{9e18}, Const{9e18}, down}, 9e18},
		{"below the first rung", Tier{a, []Step{{8, 10}, {9, 25}}, 5}, 5},
		{"at a rung", Tier{a, []Step{{7, 10}, {9, 25}}, 5}, 10},
		{"above a rung", Tier{a, []Step{{6, 10}, {9, 25}}, 5}, 10},
		{"a table by index", Table{"t", b, []int64{0, 10, 20, 30}}, 30},
		{"a pool's total", PoolTotal{"a", PerIncident}, 1000},
		{"a pool's running sum", PoolRunning{"a", PerCustomer}, 10},
	}
	params := map[string]Number{"p": {7, 10}}
	env := rowEnv{map[string]int64{"a": 7, "b": 3, "c": 0}, params, map[PoolUse][2]int64{
		{"a", PerIncident}: {1000, 10}, {"a", PerCustomer}: {1000, 10},
	}}
	for _, tt := range tests {
		got, err := Eval(tt.e, env)
		if err != nil || got != tt.want {
			t.Errorf("%s: Eval got %d, %v, want %d", tt.name, got, err, tt.want)
		}
		cols := []Column{{Name: "a"}, {Name: "b"}, {Name: "c"}, {"x", tt.e}}
		out, err := run(t, cols, params, map[string][]int64{"a": {7, 7}, "b": {3, 3}, "c": {0, 0}}, 2)
		if err != nil || out["x"][1] != tt.want {
			t.Errorf("%s: Machine got %v, %v, want %d", tt.name, out["x"], err, tt.want)
		}
	}
}

func TestOverflowNamesTheRowAndTheColumn(t *testing.T) {
	const big = 1<<63 - 1
	tests := []struct {
		name string
		e    Expr
		err  error
	}{
		{"a sum just inside the range", Add{Col{"a"}, Const{0}}, nil},
		{"a sum one beyond the range", Add{Col{"a"}, Const{1}}, ErrOverflow},
		{"a difference one beyond the range", Sub{Const{-2}, Col{"a"}}, ErrOverflow},
		{"a part larger than 64 bits", MulDiv{Col{"a"}, Const{3}, Const{2}, contracts.RoundDown}, ErrOverflow},
		{"a division by zero in a row", MulDiv{Col{"a"}, Const{1}, Sub{Col{"a"}, Const{big}}, contracts.RoundDown}, ErrDivide},
		{"an index outside its table", Table{"t", Col{"a"}, []int64{1, 2, 3, 4, 5, 6}}, ErrIndex},
	}
	for _, tt := range tests {
		_, err := run(t, []Column{{Name: "a"}, {"x", tt.e}}, nil, map[string][]int64{"a": {5, 5, big}}, 3)
		if tt.err == nil {
			if err != nil {
				t.Errorf("%s: got %v, want no error", tt.name, err)
			}
			continue
		}
		var over *OverflowError
		if !errors.As(err, &over) || over.Row != 2 || over.Column != "x" || !errors.Is(err, tt.err) {
			t.Errorf("%s: got %v, want %v in row 2, column x", tt.name, err, tt.err)
		}
	}
}

func TestBuildRefuses(t *testing.T) {
	tests := []struct {
		name string
		cols []Column
		want string
	}{
		{"a column to the right", []Column{{"x", Col{"y"}}, {Name: "y"}}, "formula: column x uses y, which is not to its left"},
		{"itself", []Column{{"x", Col{"x"}}}, "formula: column x uses x, which is not to its left"},
		{"an unknown parameter", []Column{{"x", Param{"grade", Value}}}, "formula: column x uses the unknown parameter grade"},
		{"a name twice", []Column{{Name: "x"}, {Name: "x"}}, "formula: column x is defined twice"},
		{"a constant divisor of zero", []Column{{"x", MulDiv{Const{1}, Const{1}, Const{0}, contracts.RoundDown}}}, "formula: column x: division by zero"},
	}
	for _, tt := range tests {
		_, err := Build(tt.cols, nil)
		if got := fmt.Sprint(err); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// genExpr draws expressions over columns a, b, c (small), parameters p (ratio) and q, and earlier columns.
func genExpr(t *rapid.T, depth int, cols []string) Expr {
	leaf := func() Expr {
		switch rapid.IntRange(0, 3).Draw(t, "leaf") {
		case 0:
			return Const{rapid.Int64Range(-3, 50).Draw(t, "const")}
		case 1:
			return Param{"q", Value}
		case 2:
			return Param{"p", rapid.SampledFrom([]Part{Num, Den}).Draw(t, "part")}
		}
		return Col{rapid.SampledFrom(cols).Draw(t, "col")}
	}
	if depth == 0 {
		return leaf()
	}
	sub := func() Expr { return genExpr(t, depth-1, cols) }
	subs := func() []Expr {
		of := make([]Expr, rapid.IntRange(0, 3).Draw(t, "parts"))
		for i := range of {
			of[i] = sub()
		}
		return of
	}
	switch rapid.IntRange(0, 14).Draw(t, "node") {
	case 0:
		return Add{sub(), sub()}
	case 1:
		return Sub{sub(), sub()}
	case 2:
		return Min{sub(), sub()}
	case 3:
		return Max{sub(), sub()}
	case 4:
		return Compare{Op(rapid.IntRange(0, 5).Draw(t, "op")), sub(), sub()}
	case 5:
		return And{subs()}
	case 6:
		return Or{subs()}
	case 7:
		return Not{sub()}
	case 8, 9:
		return If{sub(), sub(), sub()}
	case 10:
		r := contracts.Rounding(rapid.IntRange(1, 5).Draw(t, "rounding"))
		return MulDiv{sub(), sub(), Max{sub(), Const{1}}, r}
	case 11:
		r := contracts.Rounding(rapid.IntRange(1, 5).Draw(t, "rounding"))
		return MulDiv{sub(), Param{"p", Num}, Param{"p", Den}, r}
	case 12:
		return Tier{sub(), []Step{{-2, 4}, {5, 9}, {20, 1}}, -1}
	case 13:
		return Table{"t", Min{Max{sub(), Const{0}}, Const{2}}, []int64{8, -8, 80}}
	}
	return leaf()
}

// TestMachineAgreesWithEval holds the folding, vectorised machine against the plain reading, node by node.
func TestMachineAgreesWithEval(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := []string{"a", "b", "c"}
		cols := []Column{{Name: "a"}, {Name: "b"}, {Name: "c"}}
		for i := range rapid.IntRange(1, 5).Draw(t, "columns") {
			name := fmt.Sprintf("x%d", i)
			cols = append(cols, Column{name, genExpr(t, 3, names)})
			names = append(names, name)
		}
		params := map[string]Number{
			"p": {rapid.Int64Range(0, 9).Draw(t, "num"), rapid.Int64Range(1, 9).Draw(t, "den")},
			"q": Plain(rapid.Int64Range(-5, 5).Draw(t, "q")),
		}
		n := rapid.IntRange(1, 5).Draw(t, "rows")
		inputs := map[string][]int64{}
		for _, in := range []string{"a", "b", "c"} {
			inputs[in] = rapid.SliceOfN(rapid.Int64Range(-20, 40), n, n).Draw(t, in)
		}
		m, err := Build(cols, params)
		if err != nil {
			t.Fatal(err)
		}
		b := m.NewBatch()
		for in, v := range inputs {
			copy(b.Col(m.Index(in)), v)
		}
		b.SetLen(n)
		failed := b.Run()
		for i := range n {
			env := rowEnv{map[string]int64{"a": inputs["a"][i], "b": inputs["b"][i], "c": inputs["c"][i]}, params, nil}
			for j, c := range cols[3:] {
				want, err := Eval(c.Expr, env)
				if err != nil {
					if failed == nil {
						t.Fatalf("row %d, %s: Eval fails with %v, the machine does not", i, c.Name, err)
					}
					return
				}
				if got := b.Col(3 + j)[i]; failed == nil && got != want {
					t.Fatalf("row %d, %s = %#v: machine %d, Eval %d", i, c.Name, c.Expr, got, want)
				}
				env.cols[c.Name] = want
			}
		}
	})
}

func TestRunAllocatesNothing(t *testing.T) {
	cols := []Column{{Name: "a"}, {"x", MulDiv{Col{"a"}, Const{7}, Const{10}, contracts.RoundDown}}, {"y", Min{Col{"x"}, Const{100}}}}
	m, err := Build(cols, nil)
	if err != nil {
		t.Fatal(err)
	}
	b := m.NewBatch()
	b.SetLen(BatchRows)
	if got := testing.AllocsPerRun(100, func() { _ = b.Run() }); got != 0 {
		t.Errorf("allocations a run: got %v, want 0", got)
	}
}

func TestPoolsAreListedInOrderOfUse(t *testing.T) {
	cols := []Column{{Name: "a"}, {"x", Add{PoolTotal{"a", PerCustomer}, PoolRunning{"a", PerIncident}}}}
	m, err := Build(cols, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []PoolUse{{"a", PerCustomer}, {"a", PerIncident}}
	if diff := cmp.Diff(want, m.Pools()); diff != "" {
		t.Errorf("pools (-want +got):\n%s", diff)
	}
}
