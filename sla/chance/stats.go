package chance

import (
	"math/big"
	"slices"
	"sort"

	"github.com/amends-go/amends/contracts"
)

// Distribution is what the draws came to.
type Distribution struct {
	Amounts []contracts.Amount // by draw
	sorted  []contracts.Amount
	branch  []int // by draw: how what is decided by chances was decided; nil where nothing is known of that
}

// NewDistribution takes amounts that were drawn elsewhere.
func NewDistribution(amounts []contracts.Amount) *Distribution {
	return &Distribution{Amounts: amounts, sorted: slices.Sorted(slices.Values(amounts))}
}

// Percentile is the least amount that at least that part of the draws does not exceed (nearest rank).
func (d *Distribution) Percentile(p contracts.Ratio) contracts.Amount { return percentile(d.sorted, p) }

func percentile(sorted []contracts.Amount, p contracts.Ratio) contracts.Amount {
	k, _ := contracts.MulDiv(int64(len(sorted)), p.Num(), p.Den(), contracts.RoundUp)
	return sorted[min(max(k, 1), int64(len(sorted)))-1]
}

// Least and Greatest are the ends of what was drawn.
func (d *Distribution) Least() contracts.Amount { return d.sorted[0] }

// Greatest is the most that was drawn.
func (d *Distribution) Greatest() contracts.Amount { return d.sorted[len(d.sorted)-1] }

// Mean is the exact mean of the draws, rounded half away from zero.
func (d *Distribution) Mean() contracts.Amount {
	sum, _ := moments(d.Amounts)
	return Round(new(big.Rat).SetFrac(sum, big.NewInt(int64(len(d.Amounts)))))
}

// moments are the sum and the sum of the squares.
func moments(list []contracts.Amount) (sum, squares *big.Int) {
	sum, squares = new(big.Int), new(big.Int)
	for _, a := range list {
		x := big.NewInt(int64(a))
		sum.Add(sum, x)
		squares.Add(squares, x.Mul(x, x))
	}
	return sum, squares
}

// Round is a fraction as a whole number, halves away from zero.
func Round(x *big.Rat) contracts.Amount {
	num, den := new(big.Int).Mul(x.Num(), big.NewInt(2)), new(big.Int).Mul(x.Denom(), big.NewInt(2))
	if num.Sign() >= 0 {
		num.Add(num, x.Denom())
	} else {
		num.Sub(num, x.Denom())
	}
	return contracts.Amount(num.Quo(num, den).Int64())
}

// Likeliest is the mean of the draws in which the questions were decided in the way drawn most often (the first of several), rounded half away from zero, and how
// many those are: with continuous values besides, no single amount is likely. Where no question is drawn, it is the mean of all.
func (d *Distribution) Likeliest() (contracts.Amount, int) {
	of := map[int][]contracts.Amount{}
	best := 0
	for i, a := range d.Amounts {
		k := 0
		if d.branch != nil {
			k = d.branch[i]
		}
		of[k] = append(of[k], a)
	}
	for k := range len(of) { // branches are numbered in the order in which they were drawn
		if len(of[k]) > len(of[best]) {
			best = k
		}
	}
	sum, _ := moments(of[best])
	return Round(new(big.Rat).SetFrac(sum, big.NewInt(int64(len(of[best]))))), len(of[best])
}

// Exceed is how many of the draws exceed an amount.
type Exceed struct {
	Amount contracts.Amount
	Draws  int
}

// Exceedance is the exceedance curve at so many amounts, from the least to the greatest, evenly by rank.
func (d *Distribution) Exceedance(points int) []Exceed {
	var out []Exceed
	n := len(d.sorted)
	for i := range points {
		a := d.sorted[i*(n-1)/max(points-1, 1)]
		above := n - sort.Search(n, func(k int) bool { return d.sorted[k] > a })
		if len(out) == 0 || out[len(out)-1].Amount != a {
			out = append(out, Exceed{a, above})
		}
	}
	return out
}

// Bar is how many draws fall from one amount to below another; the last bar holds its end.
type Bar struct {
	From, To contracts.Amount
	Draws    int
}

// Bars counts the draws in so many ranges of equal width.
func (d *Distribution) Bars(n int) []Bar {
	least, span := d.Least(), int64(d.Greatest()-d.Least())
	if span == 0 {
		return []Bar{{least, least, len(d.sorted)}}
	}
	out := make([]Bar, n)
	edge := func(i int) contracts.Amount {
		x, _ := contracts.MulDiv(span, int64(i), int64(n), contracts.RoundUp)
		return least + contracts.Amount(x)
	}
	for i := range out {
		out[i].From, out[i].To = edge(i), edge(i+1)
	}
	k := 0
	for _, a := range d.sorted {
		for k < n-1 && a >= out[k].To {
			k++
		}
		out[k].Draws++
	}
	return out
}

// Running is what the first draws alone say.
type Running struct {
	Draws     int
	Mean      contracts.Amount
	HalfWidth contracts.Amount // of a 95 % interval of the mean, by the normal distribution
	P90       contracts.Amount
}

// Convergence shows how mean and P90 settle: after a tenth of the draws, two tenths, and so on to all.
func (d *Distribution) Convergence() []Running {
	p90, _ := contracts.NewRatio(9, 10)
	var out []Running
	for i := 1; i <= 10; i++ {
		n := len(d.Amounts) * i / 10
		if n == 0 || len(out) > 0 && out[len(out)-1].Draws == n {
			continue
		}
		first := d.Amounts[:n]
		sum, squares := moments(first)
		r := Running{Draws: n, Mean: Round(new(big.Rat).SetFrac(sum, big.NewInt(int64(n)))), P90: percentile(slices.Sorted(slices.Values(first)), p90)}
		if n > 1 {
			r.HalfWidth = halfWidth(sum, squares, int64(n))
		}
		out = append(out, r)
	}
	return out
}

// halfWidth is 1.96·s/√n, in whole units, rounded down: √(1.96²·(n·Σx² − (Σx)²) ÷ (n²·(n−1))).
func halfWidth(sum, squares *big.Int, n int64) contracts.Amount {
	v := new(big.Int).Mul(squares, big.NewInt(n))
	v.Sub(v, new(big.Int).Mul(sum, sum))
	v.Mul(v, big.NewInt(196*196))
	v.Quo(v, new(big.Int).Mul(big.NewInt(100*100), new(big.Int).Mul(big.NewInt(n-1), big.NewInt(n*n))))
	return contracts.Amount(v.Sqrt(v).Int64())
}

// Mean of exact outcomes, rounded half away from zero.
func Mean(list []Outcome) contracts.Amount {
	sum := new(big.Rat)
	for _, o := range list {
		sum.Add(sum, new(big.Rat).Mul(o.Probability, new(big.Rat).SetInt64(int64(o.Amount))))
	}
	return Round(sum)
}

// PercentileOf is the least amount that is not exceeded with at least that probability; outcomes come in order of their amounts.
func PercentileOf(list []Outcome, p contracts.Ratio) contracts.Amount {
	at, want := new(big.Rat), big.NewRat(p.Num(), p.Den())
	for _, o := range list {
		if at.Add(at, o.Probability).Cmp(want) >= 0 {
			return o.Amount
		}
	}
	return list[len(list)-1].Amount
}

// MostLikely is the outcome of the greatest probability, the least amount of several.
func MostLikely(list []Outcome) Outcome {
	best := list[0]
	for _, o := range list[1:] {
		if o.Probability.Cmp(best.Probability) > 0 {
			best = o
		}
	}
	return best
}

// Outcomes are the amounts drawn, in order, each with the part of the draws that it came in.
func (d *Distribution) Outcomes() []Outcome {
	var out []Outcome
	for i := 0; i < len(d.sorted); {
		j := i
		for j < len(d.sorted) && d.sorted[j] == d.sorted[i] {
			j++
		}
		out = append(out, Outcome{d.sorted[i], big.NewRat(int64(j-i), int64(len(d.sorted)))})
		i = j
	}
	return out
}
