package contracts_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/amends-go/amends/contracts"
)

var roundings = []contracts.Rounding{
	contracts.RoundDown, contracts.RoundUp, contracts.RoundHalfUp, contracts.RoundHalfDown, contracts.RoundHalfEven,
}

// TestMulDiv_NUM_11_ties rounds what lies below, at and above a half, on both
// sides of zero, with an even and an odd neighbour: quarters of a yen.
func TestMulDiv_NUM_11_ties(t *testing.T) {
	quarters := []int64{1, 2, 3, 4, 5, 6, 7, 9, 10, 11, -1, -2, -3, -5, -6, -7, -9, -10, -11}
	want := map[string][]int64{
		// 0.25 0.5 0.75 1 1.25 1.5 1.75 2.25 2.5 2.75, then below zero.
		"down":      {0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 0, 0, 0, -1, -1, -1, -2, -2, -2},
		"up":        {1, 1, 1, 1, 2, 2, 2, 3, 3, 3, -1, -1, -1, -2, -2, -2, -3, -3, -3},
		"half-up":   {0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 0, -1, -1, -1, -2, -2, -2, -3, -3},
		"half-down": {0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 0, 0, -1, -1, -1, -2, -2, -2, -3},
		"half-even": {0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 0, 0, -1, -1, -2, -2, -2, -2, -3},
	}
	got := map[string][]int64{}
	for _, mode := range roundings {
		for _, q := range quarters {
			x, ok := contracts.MulDiv(q, 1, 4, mode)
			if !ok {
				t.Errorf("%d/4 %s: refused", q, mode)
			}
			got[mode.String()] = append(got[mode.String()], x)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("quarters rounded (-want +got):\n%s", diff)
	}
}

// bigMulDiv is MulDiv by math/big, with the rounding decided by comparing
// twice the remainder with the divisor.
func bigMulDiv(a, b, c int64, mode contracts.Rounding) (*big.Int, int) {
	product := new(big.Int).Mul(big.NewInt(a), big.NewInt(b))
	q, r := new(big.Int).QuoRem(product, big.NewInt(c), new(big.Int))
	if r.Sign() == 0 {
		return q, exactClass
	}
	half := new(big.Int).Lsh(r, 1)
	side := half.CmpAbs(big.NewInt(c))
	away := false
	switch mode {
	case contracts.RoundUp:
		away = true
	case contracts.RoundHalfUp:
		away = side >= 0
	case contracts.RoundHalfDown:
		away = side > 0
	case contracts.RoundHalfEven:
		away = side > 0 || side == 0 && q.Bit(0) == 1
	}
	if away {
		q.Add(q, big.NewInt(int64(product.Sign()*big.NewInt(c).Sign())))
	}
	return q, side + 1
}

// The classes of bigMulDiv: below, at and above a half, exact, and overflow.
const (
	exactClass    = 3
	overflowClass = 4
)

func checkMulDiv(t *testing.T, a, b, c int64, classes *[5]int) {
	t.Helper()
	for _, mode := range roundings {
		want, class := bigMulDiv(a, b, c, mode)
		got, ok := contracts.MulDiv(a, b, c, mode)
		if !want.IsInt64() {
			class = overflowClass
		}
		classes[class]++
		if ok != want.IsInt64() || ok && got != want.Int64() {
			t.Errorf("%d×%d÷%d %s: got %d, %v; want %s", a, b, c, mode, got, ok, want)
		}
	}
}

// Every combination of edges, so that overflow is noticed at each side.
func TestMulDiv_edges_agree_with_big(t *testing.T) {
	edges := []int64{
		math.MinInt64, math.MinInt64 + 1, -1 << 62, -1<<32 - 1, -10, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7, 10, 100,
		1<<31 - 1, 1 << 31, 1<<32 - 1, 1 << 32, 1<<32 + 1, 1<<33 - 1, 1<<33 + 1, 1<<62 - 1, 1 << 62, 1<<62 + 1, math.MaxInt64 - 1, math.MaxInt64,
	}
	var classes [5]int
	for _, a := range edges {
		for _, b := range edges {
			for _, c := range edges {
				if c != 0 {
					checkMulDiv(t, a, b, c, &classes)
				}
			}
		}
	}
	for class, n := range classes {
		if n == 0 {
			t.Errorf("no case of class %d", class)
		}
	}
}

func TestMulDiv_random_agrees_with_big(t *testing.T) {
	const cases = 40_000
	random := rand.New(rand.NewPCG(7, 11))
	draw := func() int64 { return int64(random.Uint64()) >> random.IntN(64) }
	var classes [5]int
	for i := range cases {
		a, b, c := draw(), draw(), draw()
		if i%4 == 0 {
			c = 2 << random.IntN(3) // a small even divisor: ties are rare otherwise
		}
		if c != 0 {
			checkMulDiv(t, a, b, c, &classes)
		}
	}
	for class, n := range classes {
		if n < cases*len(roundings)/100 {
			t.Errorf("only %d of %d cases were of class %d (below, at, above a half, exact, overflow)", n, cases*len(roundings), class)
		}
	}
}

func TestMulDiv_refuses(t *testing.T) {
	tests := []struct {
		name    string
		a, b, c int64
		mode    contracts.Rounding
	}{
		{"a division by zero", 1, 1, 0, contracts.RoundDown},
		{"zero by zero", 0, 0, 0, contracts.RoundDown},
		{"an unstated rounding", 4, 1, 2, contracts.RoundingUnstated},
		{"an unknown rounding", 4, 1, 2, contracts.RoundHalfEven + 1},
		{"a result just beyond the range", math.MinInt64, 1, -1, contracts.RoundDown},
		{"a fraction that rounds beyond the range", math.MaxInt64, 2, 1, contracts.RoundUp},
		// 2⁶⁶−1 over 4 is a quarter below 2⁶⁴: rounding up must not wrap to 0.
		{"a quotient that rounds up to 2⁶⁴", 1<<33 - 1, 1<<33 + 1, 4, contracts.RoundUp},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, ok := contracts.MulDiv(tt.a, tt.b, tt.c, tt.mode); ok {
				t.Errorf("got %d, want it refused", got)
			}
		})
	}
}

// Rounding minus x is minus the rounding of x, whichever of the three numbers
// carries the sign.
func TestMulDiv_mirrors_about_zero(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Int64Range(-math.MaxInt64, math.MaxInt64).Draw(t, "a")
		b := rapid.Int64Range(-math.MaxInt64, math.MaxInt64).Draw(t, "b")
		c := rapid.Int64Range(1, math.MaxInt64).Draw(t, "c")
		mode := rapid.SampledFrom(roundings).Draw(t, "mode")
		x, ok := contracts.MulDiv(a, b, c, mode)
		if !ok || x == math.MinInt64 {
			return // the mirror image does not exist
		}
		for _, m := range [][3]int64{{-a, b, c}, {a, -b, c}, {a, b, -c}} {
			if y, ok := contracts.MulDiv(m[0], m[1], m[2], mode); !ok || y != -x {
				t.Fatalf("%v %s: got %d, %v; want %d", m, mode, y, ok, -x)
			}
		}
	})
}

// Scale S1: what is k times as large rounds to k times the rounding, but for
// the fraction: at most (k+1)/2 off to the nearest, and less than k below
// (rounding down) or above (rounding up).
func TestMulDiv_scales(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Int64Range(0, 1_000_000_000_000).Draw(t, "amount")
		den := rapid.Int64Range(1, contracts.MaxRatioTerm).Draw(t, "den")
		num := rapid.Int64Range(0, den).Draw(t, "num")
		k := rapid.Int64Range(1, 1000).Draw(t, "k")
		for _, mode := range roundings {
			one, ok1 := contracts.MulDiv(x, num, den, mode)
			many, ok2 := contracts.MulDiv(k*x, num, den, mode)
			if !ok1 || !ok2 {
				t.Fatalf("%s: overflow", mode)
			}
			off := many - k*one
			low, high := -(k+1)/2, (k+1)/2
			if mode == contracts.RoundDown {
				low, high = 0, k-1
			}
			if mode == contracts.RoundUp {
				low, high = -(k - 1), 0
			}
			if off < low || off > high {
				t.Fatalf("%s: %d×%d/%d, k=%d: off by %d, want %d to %d", mode, x, num, den, k, off, low, high)
			}
		}
	})
}

func TestParseRounding(t *testing.T) {
	var names []string
	for _, mode := range roundings {
		got, err := contracts.ParseRounding(mode.String())
		if err != nil || got != mode {
			t.Errorf("%s: got %v, %v", mode, got, err)
		}
		names = append(names, mode.String())
	}
	if diff := cmp.Diff([]string{"down", "up", "half-up", "half-down", "half-even"}, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(names, contracts.Roundings()); diff != "" {
		t.Errorf("Roundings (-want +got):\n%s", diff)
	}
	for _, name := range []string{"", "Down", "nearest", "half"} {
		if got, err := contracts.ParseRounding(name); err == nil || !strings.Contains(err.Error(), "half-even") {
			t.Errorf("%q: got %v, %v; want it refused with the names", name, got, err)
		}
	}
	if got := contracts.Rounding(99).String(); got != "Rounding(99)" {
		t.Errorf("an unknown rounding prints as %s", got)
	}
}
