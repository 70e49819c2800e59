// Package quantile turns an even draw into a value of a distribution, as a whole number of steps.
//
// It is the one place where floating-point numbers are used on the way to an amount, and they end here: what comes out is a step on a grid that its caller
// declares, and everything after is exact. Quantiles are those of gonum's distuv; our own arithmetic is written so that compilers do not fuse it.
package quantile

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Even is an even draw from 0 to 1, both excluded, by its 64 bits.
type Even uint64

func (u Even) float() float64 { return (float64(uint64(u)>>11) + 0.5) / (1 << 53) }

// Against is the draw that moves the other way: 1 − u.
func (u Even) Against() Even { return ^u }

// Grid is where values may stand: multiples of Step from Least to Greatest, both of which may themselves stand off the grid.
type Grid struct{ Step, Least, Greatest int64 }

// at is the value of the grid nearest to x, halves upward.
func (g Grid) at(x float64) int64 {
	if !(x > float64(g.Least)) {
		return g.Least
	}
	if x >= float64(g.Greatest) {
		return g.Greatest
	}
	n := int64(math.Floor(float64(x/float64(g.Step))+0.5)) * g.Step
	return min(max(n, g.Least), g.Greatest)
}

// Uniform is every value from low to high alike.
func Uniform(u Even, low, high int64, g Grid) int64 {
	return g.at(float64(low) + float64(u.float()*float64(high-low)))
}

// Triangular rises from low to the likeliest value and falls to high.
func Triangular(u Even, low, likely, high int64, g Grid) int64 {
	if low == high {
		return g.at(float64(low))
	}
	return g.at(distuv.NewTriangle(float64(low), float64(high), float64(likely), nil).Quantile(u.float()))
}

// PERT is the beta distribution from low to high whose mean is (low + weight·likely + high) ÷ (weight + 2); the weight is in hundredths, 400 by custom.
func PERT(u Even, low, likely, high, weight int64, g Grid) int64 {
	if low == high {
		return g.at(float64(low))
	}
	w, span := float64(weight)/100, float64(high-low)
	b := distuv.Beta{Alpha: 1 + float64(w*float64(likely-low))/span, Beta: 1 + float64(w*float64(high-likely))/span}
	return g.at(float64(low) + float64(span*b.Quantile(u.float())))
}

// Lognormal has the values x and y, both above 0, at the probabilities p and q, in millionths.
func Lognormal(u Even, p, x, q, y int64, g Grid) int64 {
	d := lognormal(p, x, q, y)
	return g.at(d.Quantile(u.float()))
}

// LognormalMean is the mean of that distribution, exp(μ + σ²/2).
func LognormalMean(p, x, q, y int64) float64 { return lognormal(p, x, q, y).Mean() }

func lognormal(p, x, q, y int64) distuv.LogNormal {
	zp, zq := distuv.UnitNormal.Quantile(float64(p)/1e6), distuv.UnitNormal.Quantile(float64(q)/1e6)
	lx, ly := math.Log(float64(x)), math.Log(float64(y))
	sigma := (ly - lx) / (zq - zp)
	return distuv.LogNormal{Mu: lx - float64(sigma*zp), Sigma: sigma}
}
