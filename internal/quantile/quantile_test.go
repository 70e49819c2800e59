package quantile_test

import (
	"math"
	"testing"

	"github.com/amends-go/amends/internal/quantile"
	"pgregory.net/rapid"
)

// even is the draw nearest to a probability.
func even(p float64) quantile.Even { return quantile.Even(uint64(p * (1 << 53) * (1 << 11))) }

// TestExpectedLossesOfRiskquant: frequency times the mean of a lognormal loss told by its 5 % and 95 % points (riskquant, tests/test_simpleloss.py and
// tests/test_model_lognormal.py, published to the tolerance stated there; README.md to three figures).
func TestExpectedLossesOfRiskquant(t *testing.T) {
	for _, tt := range []struct {
		id              string
		frequency       float64
		low, high       int64
		want, tolerance float64
	}{
		{"riskquant.expected-loss-01 published", 0.1, 1, 10, 0.4040012826945718, 1e-9},
		{"riskquant.expected-loss-02 published", 3, 1, 10, 12.120038480837177, 1e-9},
		{"riskquant.expected-loss-03 published", 0.1, 100_000, 1_000_000, 40400.128269457266, 1e-9},
		{"riskquant.expected-loss-04 published", 1, 635_000, 19_000_000, 5922706.83351131, 1e-9},
		{"riskquant.expected-loss-05 published, three figures", 0.1, 10_000_000, 1_000_000_000, 26_600_000, 5e-3},
		{"riskquant.expected-loss-06 published, three figures", 0.05, 5_000_000, 50_000_000, 1_010_000, 5e-3},
		{"riskquant.expected-loss-07 published, three figures", 0.01, 1_000_000, 10_000_000, 40_400, 5e-3},
	} {
		got := tt.frequency * quantile.LognormalMean(50_000, tt.low, 950_000, tt.high)
		if math.Abs(got/tt.want-1) > tt.tolerance {
			t.Errorf("%s: got %v, want %v", tt.id, got, tt.want)
		}
	}
}

// TestQuantilesStandWhereTheyAreDeclared: each distribution at probabilities whose values are known without it.
func TestQuantilesStandWhereTheyAreDeclared(t *testing.T) {
	wide := quantile.Grid{Step: 1, Least: 0, Greatest: 1 << 50}
	for _, tt := range []struct {
		name string
		got  int64
		want int64
	}{
		{"the middle of an even range", quantile.Uniform(even(0.5), 0, 1000, wide), 500},
		{"a tenth of an even range", quantile.Uniform(even(0.1), 1000, 2000, wide), 1100},
		{"a triangle reaches its likeliest value at (likely−low)÷(high−low)", quantile.Triangular(even(0.25), 0, 250, 1000, wide), 250},
		{"half of an even triangle", quantile.Triangular(even(0.5), 0, 500, 1000, wide), 500},
		{"an eighth of an even triangle: low + √(0.125·1000·500)", quantile.Triangular(even(0.125), 0, 500, 1000, wide), 250},
		{"the middle of a symmetric PERT", quantile.PERT(even(0.5), 0, 500, 1000, 400, wide), 500},
		{"a PERT of no weight is even", quantile.PERT(even(0.3), 0, 500, 1000, 0, wide), 300},
		{"a range of one value", quantile.PERT(even(0.3), 7, 7, 7, 400, wide), 7},
		{"the 5 % point of a lognormal loss", quantile.Lognormal(even(0.05), 50_000, 1_000, 950_000, 10_000, wide), 1000},
		{"its 95 % point", quantile.Lognormal(even(0.95), 50_000, 1_000, 950_000, 10_000, wide), 10_000},
		{"its median, the geometric mean of both", quantile.Lognormal(even(0.5), 50_000, 1_000, 950_000, 10_000, wide), 3162},
		{"below the least value stands the least", quantile.Lognormal(even(0.01), 50_000, 1_000, 950_000, 10_000, quantile.Grid{Step: 1, Least: 900, Greatest: 9000}), 900},
		{"above the greatest the greatest", quantile.Lognormal(even(0.99), 50_000, 1_000, 950_000, 10_000, quantile.Grid{Step: 1, Least: 900, Greatest: 9000}), 9000},
		{"a value goes to the nearest step", quantile.Uniform(even(0.5), 0, 990, quantile.Grid{Step: 100, Least: 0, Greatest: 990}), 500},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: got %d, want %d", tt.name, tt.got, tt.want)
		}
	}
}

// TestPERTHasTheMeanOfItsName: (low + 4·likely + high) ÷ 6, over even draws a thousand to the unit.
func TestPERTHasTheMeanOfItsName(t *testing.T) {
	var sum int64
	const n = 20_000
	for i := range n {
		sum += quantile.PERT(even((float64(i)+0.5)/n), 0, 300_000, 600_000, 400, quantile.Grid{Step: 1, Greatest: 600_000})
		sum += quantile.PERT(even((float64(i)+0.5)/n), 100_000, 200_000, 900_000, 400, quantile.Grid{Step: 1, Least: 100_000, Greatest: 900_000})
	}
	got, want := float64(sum)/n, 300_000+(100_000+4*200_000+900_000)/6.0
	if math.Abs(got-want) > 20 {
		t.Errorf("the means add up to %v, want %v", got, want)
	}
}

// TestQuantilesRiseWithTheDraw and stay within their bounds, on the grid; a draw and the one against it meet in the middle.
func TestQuantilesRiseWithTheDraw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u, v := quantile.Even(rapid.Uint64().Draw(t, "u")), quantile.Even(rapid.Uint64().Draw(t, "v"))
		if u > v {
			u, v = v, u
		}
		low := rapid.Int64Range(0, 1000).Draw(t, "low")
		likely := low + rapid.Int64Range(0, 1000).Draw(t, "likely")
		high := likely + rapid.Int64Range(1, 1000).Draw(t, "high")
		g := quantile.Grid{Step: rapid.Int64Range(1, 7).Draw(t, "step"), Least: low, Greatest: high}
		for name, f := range map[string]func(quantile.Even) int64{
			"uniform":    func(u quantile.Even) int64 { return quantile.Uniform(u, low, high, g) },
			"triangular": func(u quantile.Even) int64 { return quantile.Triangular(u, low, likely, high, g) },
			"pert":       func(u quantile.Even) int64 { return quantile.PERT(u, low, likely, high, 400, g) },
			"lognormal":  func(u quantile.Even) int64 { return quantile.Lognormal(u, 100_000, low+1, 900_000, high+1, g) },
		} {
			a, b := f(u), f(v)
			if a > b || a < low || b > high {
				t.Fatalf("%s: %d at %d, %d at %d, from %d to %d", name, a, u, b, v, low, high)
			}
			if a != low && a != high && a%g.Step != 0 {
				t.Fatalf("%s: %d is no multiple of %d", name, a, g.Step)
			}
		}
		if u.Against().Against() != u {
			t.Fatal("a draw against a draw against it is another")
		}
	})
}
