package contracts

import (
	"errors"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// Errors that number readers return, wrapped; callers turn them into problem codes.
var (
	ErrNumberForm = errors.New("not a plain number")    // E_NUM_FORM
	ErrRange      = errors.New("out of range")          // E_RANGE
	ErrPrecision  = errors.New("too many decimals")     // E_PRECISION
	ErrUnit       = errors.New("unit missing or wrong") // E_UNIT
)

// MaxRatioTerm bounds the numerator and denominator of a Ratio in lowest
// terms, so that a spreadsheet, which calculates in binary fractions, can take
// the exact part of any amount up to 10¹².
const MaxRatioTerm = 1_000_000

// Ratio is an exact non-negative fraction in lowest terms, such as 7/10 or
// 1/3. The zero value is 0.
type Ratio struct{ num, den int64 }

// One is the ratio 1.
var One = Ratio{1, 1}

// NewRatio returns num/den in lowest terms. It refuses a negative numerator, a
// denominator that is not positive, and terms beyond MaxRatioTerm.
func NewRatio(num, den int64) (Ratio, error) {
	if den <= 0 || num < 0 {
		return Ratio{}, fmt.Errorf("%w: %d/%d is not a ratio of 0 or more", ErrRange, num, den)
	}
	if num == 0 {
		return Ratio{}, nil
	}
	g := GCD(num, den)
	r := Ratio{num / g, den / g}
	if r.num > MaxRatioTerm || r.den > MaxRatioTerm {
		return Ratio{}, fmt.Errorf("%w: %d/%d has a term beyond %d", ErrRange, r.num, r.den, MaxRatioTerm)
	}
	return r, nil
}

// MustRatio is NewRatio for values known to be right; it panics on others.
func MustRatio(num, den int64) Ratio {
	r, err := NewRatio(num, den)
	if err != nil {
		panic(err)
	}
	return r
}

// ParseRatio reads "30%", "99.95%", "3/10" or "1/3". A bare number is refused
// (ErrUnit), except 0 and 1: 10 could be ten per cent or ten times.
func ParseRatio(s string) (Ratio, error) {
	if n, d, ok := strings.Cut(s, "/"); ok {
		num, err1 := parseTerm(n)
		den, err2 := parseTerm(d)
		if err1 != nil || err2 != nil {
			return Ratio{}, fmt.Errorf("%w: %s; write a fraction as 3/10", ErrNumberForm, Escape(s, 40))
		}
		return NewRatio(num, den)
	}
	pct, isPct := strings.CutSuffix(s, "%")
	if !isPct {
		switch s {
		case "0":
			return Ratio{}, nil
		case "1":
			return One, nil
		}
		if len(s) > 18 {
			return Ratio{}, fmt.Errorf("%w: write a percentage such as 30%% or a fraction such as 3/10", ErrNumberForm)
		}
		if plainDecimal(s) {
			return Ratio{}, fmt.Errorf("%w: write %s%% or a fraction such as 1/3", ErrUnit, percentOf(s))
		}
		return Ratio{}, fmt.Errorf("%w: write a percentage such as 30%% or a fraction such as 3/10", ErrNumberForm)
	}
	if !plainDecimal(pct) {
		return Ratio{}, fmt.Errorf("%w: write a percentage such as 99.95%%", ErrNumberForm)
	}
	whole, frac, _ := strings.Cut(pct, ".")
	if len(whole)+len(frac) > 16 {
		return Ratio{}, fmt.Errorf("%w: more than 16 digits", ErrRange)
	}
	num, err := strconv.ParseInt(whole+frac, 10, 64)
	if err != nil {
		return Ratio{}, fmt.Errorf("%w: %v", ErrRange, err)
	}
	den := int64(100)
	for range frac {
		den *= 10
	}
	return NewRatio(num, den)
}

// plainDecimal reports whether s is ASCII digits with at most one point inside.
func plainDecimal(s string) bool {
	whole, frac, point := strings.Cut(s, ".")
	digits := func(t string) bool { return t != "" && strings.Trim(t, "0123456789") == "" }
	return digits(whole) && (!point || digits(frac))
}

func parseTerm(s string) (int64, error) {
	s = strings.TrimSpace(s)
	if !plainDecimal(s) || strings.Contains(s, ".") || len(s) > 18 {
		return 0, ErrNumberForm
	}
	return strconv.ParseInt(s, 10, 64)
}

// Num is the numerator in lowest terms.
func (r Ratio) Num() int64 { return r.num }

// Den is the denominator in lowest terms, at least 1.
func (r Ratio) Den() int64 { return max(r.den, 1) }

// Cmp compares exactly: −1, 0 or +1.
func (r Ratio) Cmp(s Ratio) int {
	ah, al := bits.Mul64(uint64(r.num), uint64(s.Den()))
	bh, bl := bits.Mul64(uint64(s.num), uint64(r.Den()))
	switch {
	case ah < bh || (ah == bh && al < bl):
		return -1
	case ah == bh && al == bl:
		return 0
	}
	return 1
}

// Complement is 1−r; it reports false when r exceeds 1.
func (r Ratio) Complement() (Ratio, bool) {
	if r.num > r.Den() {
		return Ratio{}, false
	}
	c, err := NewRatio(r.Den()-r.num, r.Den())
	return c, err == nil
}

// String is the fraction, such as "7/10"; whole numbers have no denominator.
func (r Ratio) String() string {
	if r.Den() == 1 {
		return strconv.FormatInt(r.num, 10)
	}
	return strconv.FormatInt(r.num, 10) + "/" + strconv.FormatInt(r.den, 10)
}

// Percent is the ratio as a percentage when that is exact within six decimals,
// else the fraction.
func (r Ratio) Percent() string {
	scaled, ok := MulDiv(r.num, 100_000_000, r.Den(), RoundDown)
	// Both steps round down, so the way back arrives only when neither dropped anything.
	if back, backOK := MulDiv(scaled, r.Den(), 100_000_000, RoundDown); !ok || !backOK || back != r.num {
		return r.String()
	}
	s := fmt.Sprintf("%d.%06d", scaled/1_000_000, scaled%1_000_000)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".") + "%"
}

// GCD is the greatest common divisor of two whole numbers of 0 or more; of 0 and a number it is the number.
func GCD(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// percentOf offers, for a number without its unit, the percentage it may be: 10 for 10, and both for 0.10, since ten per cent
// and a tenth of one per cent are written so.
func percentOf(s string) string {
	decimals, small := strings.CutPrefix(s, "0.")
	if !small || len(decimals) > 8 {
		return s
	}
	whole, rest := (decimals + "0")[:2], strings.TrimRight(decimals[min(2, len(decimals)):], "0")
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if rest != "" {
		whole += "." + rest
	}
	return whole + "%, " + s
}
