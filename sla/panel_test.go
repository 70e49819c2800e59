package sla_test

import (
	"testing"

	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A panel laid out under some findings gives, under other values of the parameters that vary, what a fresh assessment of the same customers
// under those values gives: the postings and the payable, for any contract that can be drawn, shared caps and layers included.
func TestAPanelAddsUpToAFreshAssessment(t *testing.T) {
	var pools, varied, follows int
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorldOf(t, drawing{t}.oneIn(3))
		prog, err := sla.Compile(w.contract, w.incident, w.shape)
		if err != nil {
			t.Fatal(err)
		}
		s, err := prog.Settle(sla.Findings{ID: "f", Values: w.findings}, nil)
		if err != nil {
			t.Fatal(err)
		}
		base, err := prog.Bind(s)
		if err != nil {
			t.Fatal(err)
		}
		var vary []string
		other := map[string]formula.Number{}
		for _, par := range prog.Parameters {
			if par.Kind == sla.Weight || par.Kind == sla.OnDay || !(drawing{t}).oneIn(3) {
				continue
			}
			vary = append(vary, par.Name)
			if par.Follows != "" {
				follows++
			}
			switch par.Kind {
			case sla.Choice:
				other[par.Name] = formula.Plain(int64(rapid.IntRange(0, len(par.Options)-1).Draw(t, par.Name)))
			case sla.Money:
				other[par.Name] = formula.Plain(rapid.Int64Range(0, 100_000).Draw(t, par.Name))
			default:
				other[par.Name] = formula.Number{Num: rapid.Int64Range(0, 7).Draw(t, par.Name), Den: 7}
			}
		}
		wanted := postings(prog)
		panel, err := base.Panel(each(w.customers...), 0, vary, wanted)
		if err != nil {
			t.Fatal(err)
		}
		settings := s.With(other)
		run, err := prog.Bind(settings)
		if err != nil {
			t.Fatal(err)
		}
		got, err := panel.Sums(run.Numbers(0))
		if err != nil {
			t.Fatal(err)
		}
		a := run.Assess(each(w.customers...))
		for _, err := range a.Rows() {
			if err != nil {
				t.Fatal(err)
			}
		}
		for i, name := range wanted {
			if want := a.Totals().Sums[prog.Index(name)]; got[i] != want {
				t.Errorf("%s: got %d, want %d", name, got[i], want)
			}
		}
		if shared(w.contract) > 0 {
			pools++
		}
		if len(vary) > 0 {
			varied++
		}
	})
	if pools == 0 || varied == 0 {
		t.Errorf("the worlds drawn had %d shared caps and %d varied parameters", pools, varied)
	}
}

// postings are the columns of a program that make up the payable, and the payable.
func postings(prog *sla.Program) []string {
	var out []string
	for _, c := range prog.Columns {
		if c.Role == sla.Posting || c.Role == sla.Result {
			out = append(out, c.Name)
		}
	}
	return out
}

// Split keeps what moves, and leaves as inputs what stays and is read.
func TestSplitKeepsWhatMoves(t *testing.T) {
	col := func(n string) formula.Expr { return formula.Col{Name: n} }
	cols := []formula.Column{
		{Name: "a"}, {Name: "b"}, {Name: "unread"},
		{Name: "fixed", Expr: formula.Add{A: col("a"), B: formula.Param{Name: "f"}}},
		{Name: "constant", Expr: formula.Param{Name: "f"}},
		{Name: "moving", Expr: formula.Add{A: col("fixed"), B: formula.Param{Name: "v"}}},
		{Name: "aside", Expr: formula.Add{A: col("b"), B: formula.Param{Name: "v"}}},
		{Name: "pooled", Expr: formula.PoolTotal{Of: "moving"}},
		{Name: "sum", Expr: formula.Add{A: formula.Add{A: col("pooled"), B: col("constant")}, B: col("b")}},
	}
	var got []string
	for _, c := range formula.Split(cols, map[string]formula.Number{"f": formula.Plain(3)}, []string{"sum"}) {
		name := c.Name
		if c.Expr == nil {
			name += " (input)"
		}
		got = append(got, name)
	}
	if diff := cmp.Diff(got, []string{"b (input)", "fixed (input)", "moving", "pooled", "sum"}); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}
