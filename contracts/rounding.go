package contracts

import (
	"fmt"
	"math/bits"
)

// Rounding names what happens to a fraction of the smallest unit. All modes
// mirror about zero: rounding −x gives minus the rounding of x.
type Rounding uint8

// The roundings. The zero value is no rounding at all and is refused where one
// is needed: a contract must say, or its law must.
const (
	RoundingUnstated Rounding = iota
	RoundDown                 // 切捨て: drop the fraction (toward zero)
	RoundUp                   // 切上げ: any fraction counts as a whole unit (away from zero)
	RoundHalfUp               // 四捨五入: a half goes away from zero
	RoundHalfDown             // 五捨六入: a half goes toward zero
	RoundHalfEven             // a half goes to the even neighbour
)

var roundingNames = [...]string{"", "down", "up", "half-up", "half-down", "half-even"}

// Roundings lists the names accepted by ParseRounding, in order.
func Roundings() []string { return roundingNames[1:] }

func (r Rounding) String() string {
	if int(r) < len(roundingNames) {
		return roundingNames[r]
	}
	return fmt.Sprintf("Rounding(%d)", uint8(r))
}

// ParseRounding returns the rounding of that name.
func ParseRounding(name string) (Rounding, error) {
	for i, n := range roundingNames {
		if i > 0 && n == name {
			return Rounding(i), nil
		}
	}
	return 0, fmt.Errorf("unknown rounding %q: one of %v", name, Roundings())
}

// MulDiv returns a·b÷c rounded as named, with a 128-bit intermediate product.
// It reports false when c is zero, the rounding is unstated or unknown, or the result does
// not fit in 64 bits; the result is then meaningless.
func MulDiv(a, b, c int64, r Rounding) (int64, bool) {
	if c == 0 || r == RoundingUnstated || int(r) >= len(roundingNames) {
		return 0, false
	}
	neg := (a < 0) != (b < 0) != (c < 0)
	d := magnitude(c)
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	if hi >= d {
		return 0, false
	}
	q, rem := bits.Div64(hi, lo, d)
	if q > 1<<63 {
		return 0, false // before rounding up, which could wrap to 0
	}
	if rem != 0 && r.raises(q, rem, d) {
		q++
	}
	if neg {
		if q > 1<<63 {
			return 0, false
		}
		return -int64(q), true
	}
	if q > 1<<63-1 {
		return 0, false
	}
	return int64(q), true
}

// raises reports whether a magnitude q with remainder 0 < rem < d goes up by one.
func (r Rounding) raises(q, rem, d uint64) bool {
	switch r {
	case RoundUp:
		return true
	case RoundHalfUp:
		return rem >= d-rem
	case RoundHalfDown:
		return rem > d-rem
	case RoundHalfEven:
		return rem > d-rem || (rem == d-rem && q&1 == 1)
	}
	return false
}

func magnitude(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}
