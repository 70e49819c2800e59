package report

import (
	"fmt"
	"math"
	"strings"

	"github.com/amends-go/amends/contracts"
)

// Bin is a range of amounts, from From up to but not including Until, in minor units. The first is open below and the last open above.
type Bin struct{ From, Until contracts.Amount }

func (x Bin) hasFrom() bool  { return x.From != math.MinInt64 }
func (x Bin) hasUntil() bool { return x.Until != math.MaxInt64 }

// Bins are the ranges in which payouts are counted: owed back, nothing, and then by powers of ten of the currency's own unit.
func Bins(c contracts.Currency) []Bin {
	unit := contracts.Amount(1)
	for range c.Digits {
		unit *= 10
	}
	if c.Digits == 0 {
		unit = 100 // a hundred yen are about the size of a dollar
	}
	out := []Bin{{math.MinInt64, 0}, {0, 1}, {1, 10 * unit}}
	for from := 10 * unit; from < 1_000_000*unit; from *= 10 {
		out = append(out, Bin{from, from * 10})
	}
	return append(out, Bin{1_000_000 * unit, math.MaxInt64})
}

func (x Bin) label(c contracts.Currency, lang string) string {
	switch {
	case !x.hasFrom():
		return label("owed-back", lang)
	case x.From == 0:
		return "0"
	case !x.hasUntil():
		return fmt.Sprintf(label("at-least", lang), edge(x.From, c, lang))
	case x.From == 1:
		return fmt.Sprintf(label("less-than", lang), edge(x.Until, c, lang))
	}
	return edge(x.From, c, lang) + label("and-up", lang)
}

// edge is a power of ten as it is said in short: 10万円, $1K.
func edge(a contracts.Amount, c contracts.Currency, lang string) string {
	unit := contracts.Amount(1)
	for range c.Digits {
		unit *= 10
	}
	type step struct {
		size contracts.Amount
		name string
	}
	steps := []step{{1_000_000, "M"}, {1_000, "K"}}
	if lang == "ja" {
		steps = []step{{100_000_000, "億"}, {10_000, "万"}}
	}
	words := func(a contracts.Amount) string {
		return strings.TrimSuffix(a.Words(c, lang), "."+strings.Repeat("0", c.Digits))
	}
	for _, s := range steps {
		if a >= s.size*unit {
			text := words(a / s.size)
			if lang == "ja" && strings.HasSuffix(text, "円") {
				return strings.TrimSuffix(text, "円") + s.name + "円"
			}
			return text + s.name
		}
	}
	return words(a)
}

// Spread counts rows by what they are owed, in the bins of a currency.
type Spread struct {
	bins   []Bin
	counts []int64
}

// NewSpread counts in the bins of a currency.
func NewSpread(c contracts.Currency) *Spread {
	b := Bins(c)
	return &Spread{b, make([]int64, len(b))}
}

// Add counts a row.
func (s *Spread) Add(a contracts.Amount) {
	for i := len(s.bins) - 1; i >= 0; i-- {
		if a >= s.bins[i].From {
			s.counts[i]++
			return
		}
	}
}

func (s *Spread) count(x Bin) int64 {
	for i, b := range s.bins {
		if b == x {
			return s.counts[i]
		}
	}
	return 0
}
