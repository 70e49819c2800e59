package contracts

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"

	"github.com/shopspring/decimal"
)

// Amount is money in whole minor units of a currency that its context states
// (yen, cents, …). It ranges over all int64; sums and products that would
// leave that range are errors, never wrapped.
type Amount int64

// Plus returns a+b, or false when the sum overflows.
func (a Amount) Plus(b Amount) (Amount, bool) {
	s := a + b
	return s, (a^s)&(b^s) >= 0
}

// Part returns the share r of a, the fraction of a unit rounded as named. It is one of the two
// places where money and ratios meet (the other is Split).
func (a Amount) Part(r Ratio, mode Rounding) (Amount, bool) {
	v, ok := MulDiv(int64(a), r.Num(), r.Den(), mode)
	return Amount(v), ok
}

// Decimal returns the amount in major units with the currency's digits.
func (a Amount) Decimal(c Currency) decimal.Decimal {
	return decimal.New(int64(a), -int32(c.Digits))
}

// Text returns the amount in major units with exactly the currency's digits,
// such as "1234" for yen and "12.30" for dollars; "-" before a negative one.
func (a Amount) Text(c Currency) string { return a.Decimal(c).StringFixed(int32(c.Digits)) }

// Instalments pays a in n instalments. Each is a whole number of units, and what does not divide goes into the first, as
// the law has it for debts of the Japanese state (国等の債権債務等の金額の端数計算に関する法律3条): 10,000 in three are 3,334, 3,333 and
// 3,333. Split would give the units left over to the first few, one each. The instalments sum to a exactly, and those of a negative amount
// mirror those of the positive one. It reports false for n below 1.
func (a Amount) Instalments(n int) ([]Amount, bool) {
	if n < 1 {
		return nil, false
	}
	parts := make([]Amount, n)
	for i := range parts {
		parts[i] = a / Amount(n)
	}
	parts[0] += a % Amount(n)
	return parts, true
}

// AmountOf converts a decimal in major units. It refuses, without rounding,
// what has more decimals than the currency, more than 38 digits, an exponent
// beyond ±38, or a value beyond int64 minor units.
func AmountOf(d decimal.Decimal, c Currency) (Amount, error) {
	if d.Exponent() > MaxDigits || d.Exponent() < -MaxDigits || d.NumDigits() > MaxDigits {
		return 0, fmt.Errorf("%w: %w: more than %d digits", ErrRange, ErrLimit, MaxDigits)
	}
	m := d.Shift(int32(c.Digits))
	if !m.IsInteger() {
		return 0, fmt.Errorf("%w: %s has %d decimals, found %s", ErrPrecision, c.Code, c.Digits, d)
	}
	b := m.BigInt()
	if !b.IsInt64() {
		return 0, fmt.Errorf("%w: %s is beyond ±9223372036854775807 minor units", ErrRange, d)
	}
	return Amount(b.Int64()), nil
}

// Split divides a among weights so that the parts sum to a exactly: each gets
// its whole part, and the units left over go to the largest remainders, ties
// to the lower index (callers order parties by id). A negative total is the
// mirror image of the positive one. It reports false when the weights are not
// all ≥ 0 with a positive sum within int64. Not monotone: a larger total can
// lower one part by a unit, as in every largest-remainder method (Hamilton).
func (a Amount) Split(weights []int64) ([]Amount, bool) {
	var sum int64
	for _, w := range weights {
		s := sum + w
		if w < 0 || s < sum {
			return nil, false
		}
		sum = s
	}
	if sum <= 0 {
		return nil, false
	}
	neg, total := a < 0, magnitude(int64(a))
	parts := make([]Amount, len(weights))
	rems := make([]uint64, len(weights))
	given := uint64(0)
	for i, w := range weights {
		hi, lo := bits.Mul64(total, uint64(w))
		q, rem := bits.Div64(hi, lo, uint64(sum)) // w ≤ sum, so q ≤ total
		parts[i], rems[i] = Amount(q), rem
		given += q
	}
	// The remainders sum to left·sum and each is below sum, so more than left of
	// them are positive: a weight of zero never gets a unit.
	if left := total - given; left > 0 {
		order := make([]int, len(weights))
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(i, j int) int { return cmp.Or(cmp.Compare(rems[j], rems[i]), cmp.Compare(i, j)) })
		for _, i := range order[:left] {
			parts[i]++
		}
	}
	if neg {
		for i := range parts {
			parts[i] = -parts[i]
		}
	}
	return parts, true
}
