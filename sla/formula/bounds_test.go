package formula

import (
	"fmt"
	"testing"

	"github.com/amends-go/amends/contracts"
	"pgregory.net/rapid"
)

// lineEnv is a row whose columns and parameters go straight from a first value by steps.
type lineEnv struct {
	first, step map[string]int64
	from, to    int64
	bounds      map[string]Bounds // of computed columns
}

func (e lineEnv) at(n int64) rowEnv {
	env := rowEnv{map[string]int64{}, map[string]Number{}, nil}
	for name, v := range e.first {
		env.cols[name] = v + n*e.step[name]
	}
	env.params["p"] = Number{env.cols["p"], 9}
	env.params["q"] = Plain(env.cols["q"])
	return env
}

func (e lineEnv) line(name string) Bounds {
	return Between(e.first[name]+e.from*e.step[name], e.first[name]+e.to*e.step[name])
}

func (e lineEnv) Col(name string) Bounds {
	if b, ok := e.bounds[name]; ok {
		return b
	}
	return e.line(name)
}

func (e lineEnv) Param(name string, part Part) Bounds {
	if part == Den {
		return Exactly(map[string]int64{"p": 9, "q": 1}[name])
	}
	return e.line(name)
}

func (e lineEnv) Pool(string, Scope, bool) Bounds { return Bounds{} }

// Whatever Eval gives anywhere in a range lies within the bounds and moves as they say, for any expressions over columns and parameters that go up, down or stay.
func TestBoundsHoldWhateverEvalGives(t *testing.T) {
	seen := map[Trend]int{}
	rapid.Check(t, func(t *rapid.T) {
		env := lineEnv{first: map[string]int64{}, step: map[string]int64{}, from: 0, to: rapid.Int64Range(0, 6).Draw(t, "to"), bounds: map[string]Bounds{}}
		for _, name := range []string{"a", "b", "c", "q"} {
			env.first[name] = rapid.Int64Range(-20, 40).Draw(t, name)
			env.step[name] = rapid.Int64Range(-6, 6).Draw(t, "step "+name)
		}
		env.first["p"], env.step["p"] = rapid.Int64Range(0, 9).Draw(t, "p"), rapid.Int64Range(0, 3).Draw(t, "step p")
		names := []string{"a", "b", "c"}
		last := make([]map[string]int64, env.to+1)
		for n := range last {
			last[n] = env.at(int64(n)).cols
		}
		for i := range rapid.IntRange(1, 4).Draw(t, "columns") {
			name := fmt.Sprintf("x%d", i)
			e := genExpr(t, 3, names)
			b, err := Bound(e, env)
			if err != nil {
				return // nothing is said
			}
			names, env.bounds[name] = append(names, name), b
			seen[b.Trend]++
			for n := range last {
				at := env.at(int64(n))
				at.cols = last[n]
				v, err := Eval(e, at)
				if err != nil {
					t.Fatalf("%#v at %d: Eval fails with %v and bounds are %v", e, n, err, b)
				}
				last[n][name] = v
				if v < b.Lo || v > b.Hi {
					t.Fatalf("%#v at %d is %d, outside %v", e, n, v, b)
				}
				if n == 0 {
					continue
				}
				before := last[n-1][name]
				if v > before && b.Trend&Rising == 0 || v < before && b.Trend&Falling == 0 {
					t.Fatalf("%#v goes from %d to %d at %d, and the bounds say %v", e, before, v, n, b.Trend)
				}
			}
		}
	})
	for _, trend := range []Trend{Still, Rising, Falling, Either} {
		if seen[trend] == 0 {
			t.Errorf("no expression drawn was %s", trend)
		}
	}
}

// What own fault leaves of a loss, up to a cap, only falls as the share rises, and is known to.
func TestWhatOwnFaultLeavesFalls(t *testing.T) {
	env := lineEnv{first: map[string]int64{"a": 10_000, "b": 6_000, "p": 0}, step: map[string]int64{"p": 1}, to: 9}
	left := MulDiv{Col{"a"}, Sub{Param{"p", Den}, Param{"p", Num}}, Param{"p", Den}, contracts.RoundDown}
	free := Min{Const{0}, left} // of a loss that no cap is free of: the cap takes what is over it
	for _, tt := range []struct {
		name string
		e    Expr
		want Bounds
	}{
		{"what is left", left, Bounds{0, 10_000, Falling}},
		{"up to a cap", Min{left, Col{"b"}}, Bounds{0, 6_000, Falling}},
		{"nothing is beyond the cap's reach", free, Exactly(0)},
		{"what is under the cap", Add{free, Min{Sub{left, free}, Col{"b"}}}, Bounds{0, 6_000, Falling}},
		{"what is taken off", Sub{Col{"a"}, left}, Bounds{0, 10_000, Rising}},
		{"a share that bars the claim", If{Compare{More, Param{"p", Num}, Const{4}}, Const{0}, left}, Bounds{0, 10_000, Falling}},
		{"what may go either way", Sub{left, MulDiv{Col{"b"}, Sub{Param{"p", Den}, Param{"p", Num}}, Param{"p", Den}, contracts.RoundDown}}, Bounds{-6_000, 10_000, Either}},
	} {
		got, err := Bound(tt.e, env)
		if err != nil || got != tt.want {
			t.Errorf("%s: got %v %v, want %v", tt.name, got, err, tt.want)
		}
	}
}
