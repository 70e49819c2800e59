package contracts

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// ErrLimit is wrapped, beside the error that names the place, when a reader
// stopped at a named limit instead of looking at the whole value.
var ErrLimit = errors.New("limit reached")

// MaxDigits is the most digits an amount is read with. It bounds the work that
// a hostile value can cause; no amount of money comes near it.
const MaxDigits = 38

// maxNumberBytes bounds how much of a value is looked at: 38 digits of three
// bytes with their separators and marks stay below it.
const maxNumberBytes = 256

// NumberStyle says how amounts are written besides plain ASCII digits with at
// most one point. The zero value is the strict style, which accepts nothing else.
type NumberStyle struct {
	// Negative accepts amounts below zero; elsewhere they are refused
	// (ErrNumberForm), because a fee or a loss below zero is a slip.
	Negative bool
	// Thousands accepts commas between groups of three digits: 1,234,567.
	Thousands bool
	// JapaneseForms accepts the forms of the table, which says what becomes of
	// each form:
	//
	//	０…９ ． －   full-width digits, point and minus: as the ASCII ones
	//	, ，         between groups of three digits: dropped
	//	￥ ¥         once before the digits, for JPY and CNY: dropped
	//	円           once after the digits, for JPY: dropped
	//	△ ▲ − -      once before the digits: negative, where Negative is set
	//	( ) （ ）     around the whole: negative, where Negative is set
	//	万 億 千 兆   refused: write the number out
	//	ー           refused: the long vowel mark is no minus
	//	＋ ％ space  refused, as every other character
	JapaneseForms bool
}

// ParseAmount reads an amount in major units of c, such as "1000" yen or
// "12.30" dollars, without rounding. Decimals beyond those of c are accepted
// only when they are zero. The result reports whether the text had to be
// normalised, that is, whether it was accepted only thanks to Thousands or
// JapaneseForms, so that a caller can say so. A leading plus or zero,
// an exponent, a word such as NaN, a prefix such as 0x, an underscore, a space
// and the form 1.234,56 are refused in every style.
//
// Errors wrap ErrNumberForm, ErrPrecision (more decimals than c has), ErrRange
// (beyond int64 minor units; with ErrLimit beyond MaxDigits digits) or ErrUnit
// (the mark of another currency). Plain text is read without allocation.
func ParseAmount(text string, c Currency, style NumberStyle) (amount Amount, normalised bool, err error) {
	if a, ok := plainAmount(text, c.Digits); ok && (style.Negative || text[0] != '-') {
		return a, false, nil
	}
	if err := withinLimits(text); err != nil {
		return 0, false, err
	}
	plain, err := style.plain(text, c)
	if err != nil {
		return 0, false, err
	}
	a, ok := plainAmount(plain, c.Digits)
	if !ok {
		return 0, false, whyNoAmount(text, plain, c)
	}
	return a, true, nil
}

// plainAmount reads a strict number with an optional leading minus into minor
// units of the given decimals. It reports false for everything that is not
// exactly such a number within range; whyNoAmount then says why.
func plainAmount(text string, digits int) (Amount, bool) {
	s, limit := text, uint64(math.MaxInt64)
	if s != "" && s[0] == '-' {
		s, limit = s[1:], 1<<63
	}
	if s == "" || len(s) > MaxDigits+1 || (s[0] == '0' && len(s) > 1 && s[1] != '.') {
		return 0, false
	}
	var m uint64
	decimals := -1 // until the point
	for i := range len(s) {
		if s[i] == '.' && decimals < 0 && i > 0 && i < len(s)-1 {
			decimals = 0
			continue
		}
		d := uint64(s[i] - '0')
		if d > 9 {
			return 0, false
		}
		if decimals >= max(digits, 0) {
			if d != 0 {
				return 0, false
			}
			continue
		}
		if m > (limit-d)/10 {
			return 0, false
		}
		m = m*10 + d
		if decimals >= 0 {
			decimals++
		}
	}
	for range digits - max(decimals, 0) {
		if m > limit/10 {
			return 0, false
		}
		m *= 10
	}
	if limit > math.MaxInt64 {
		return Amount(-m), true // two's complement: 1<<63 becomes the least int64
	}
	return Amount(m), true
}

// withinLimits refuses text that is too long to be an amount, having looked at
// its beginning only.
func withinLimits(text string) error {
	head, digits := text[:min(len(text), maxNumberBytes)], 0
	for _, r := range head {
		if (r >= '0' && r <= '9') || (r >= '０' && r <= '９') {
			digits++
		}
	}
	if digits > MaxDigits {
		return fmt.Errorf("%w: %w: more than %d digits", ErrRange, ErrLimit, MaxDigits)
	}
	if len(text) > maxNumberBytes {
		return fmt.Errorf("%w: %w: longer than %d bytes", ErrNumberForm, ErrLimit, maxNumberBytes)
	}
	return nil
}

// plain returns text as a strict number, except that a number which is wrong
// in form stays so. It drops what the style allows to be dropped.
func (style NumberStyle) plain(text string, c Currency) (string, error) {
	s, negative := text, false
	if style.JapaneseForms {
		var err error
		if s, negative, err = dropMarks(text, c); err != nil {
			return "", err
		}
	} else {
		s, negative = strings.CutPrefix(s, "-")
	}
	if strings.Contains(s, ",") {
		if !style.Thousands && !style.JapaneseForms {
			return "", fmt.Errorf("%w: %s; write no thousands separators", ErrNumberForm, Escape(text, 40))
		}
		if !groupedInThrees(s) {
			return "", fmt.Errorf("%w: %s; write commas only between groups of three digits, as in 1,234,567", ErrNumberForm, Escape(text, 40))
		}
		s = strings.ReplaceAll(s, ",", "")
	}
	if !negative {
		return s, nil
	}
	if !style.Negative {
		return "", fmt.Errorf("%w: %s; an amount below zero is not accepted here", ErrNumberForm, Escape(text, 40))
	}
	return "-" + s, nil
}

// widths maps the full-width forms, and the signs that mean the same, to one
// form each.
var widths = strings.NewReplacer(
	"０", "0", "１", "1", "２", "2", "３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9",
	"．", ".", "，", ",", "（", "(", "）", ")", "￥", "¥", "－", "-", "−", "-", "△", "-", "▲", "-",
)

// dropMarks takes the sign and the currency mark off a Japanese form. A sign
// and ¥ may stand in either order (-¥500, ¥-500), each once, and parentheses
// stand for a sign; whatever is left over fails as a number.
func dropMarks(text string, c Currency) (digits string, negative bool, err error) {
	s := widths.Replace(text)
	if inner, ok := strings.CutPrefix(s, "("); ok && strings.HasSuffix(inner, ")") {
		s, negative = strings.TrimSuffix(inner, ")"), true
	}
	marked := false
	for range 2 {
		if rest, ok := strings.CutPrefix(s, "-"); ok && !negative {
			s, negative = rest, true
		} else if rest, ok := strings.CutPrefix(s, "¥"); ok && !marked {
			s, marked = rest, true
		}
	}
	if marked && c.Code != "JPY" && c.Code != "CNY" {
		return "", false, fmt.Errorf("%w: %s is marked with ¥, but the amount is in %s", ErrUnit, Escape(text, 40), c.Code)
	}
	if rest, ok := strings.CutSuffix(s, "円"); ok && !marked {
		if c.Code != "JPY" {
			return "", false, fmt.Errorf("%w: %s is marked with 円, but the amount is in %s", ErrUnit, Escape(text, 40), c.Code)
		}
		s = rest
	}
	return s, negative, nil
}

// groupedInThrees reports whether the commas in s part its whole digits from
// the right in groups of three: 1,234.5 but not 1,23, 1234,567 or 1.234,567.
func groupedInThrees(s string) bool {
	whole, decimals, _ := strings.Cut(s, ".")
	groups := strings.Split(whole, ",")
	for i, g := range groups {
		if i > 0 && len(g) != 3 || len(g) == 0 || len(g) > 3 {
			return false
		}
	}
	return !strings.Contains(decimals, ",")
}

// whyNoAmount says why plain, which text was normalised to, is not an amount in c.
func whyNoAmount(text, plain string, c Currency) error {
	shown := Escape(text, 40)
	unsigned := strings.TrimPrefix(plain, "-")
	if !plainDecimal(unsigned) {
		return fmt.Errorf("%w: %s; %s", ErrNumberForm, shown, numberHint(unsigned))
	}
	whole, decimals, _ := strings.Cut(unsigned, ".")
	if len(whole) > 1 && whole[0] == '0' {
		return fmt.Errorf("%w: %s; write no leading zeros", ErrNumberForm, shown)
	}
	digits := max(c.Digits, 0)
	if len(decimals) > digits && strings.Trim(decimals[digits:], "0") != "" {
		return fmt.Errorf("%w: %s has %d decimals, found %d in %s", ErrPrecision, c.Code, digits, len(decimals), shown)
	}
	return fmt.Errorf("%w: %s is beyond ±9223372036854775807 minor units of %s", ErrRange, shown, c.Code)
}

// numberHint says what to write instead, by the first character that does not
// belong in a number.
func numberHint(s string) string {
	i := strings.IndexFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != '.' })
	if i < 0 {
		return "write digits with at most one point inside, such as 1000 or 12.30"
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	for _, h := range numberHints {
		if strings.ContainsRune(h.found, r) {
			return h.hint
		}
	}
	return "write plain digits such as 1000 or 12.30"
}

var numberHints = []struct{ found, hint string }{
	{"万", "write the number out: 1万 is 10000"},
	{"億", "write the number out: 1億 is 100000000"},
	{"千", "write the number out: 1千 is 1000"},
	{"兆", "write the number out: 1兆 is 1000000000000"},
	{"ー", "ー is the long vowel mark; write the minus sign as -"},
	{"\u2212\uff0d\u2010\u2011\u2012\u2013\u2014\u2015\uff70", "write the minus sign as - (hyphen-minus)"},
	{"△▲()（）", "write an amount below zero with a leading -, as in -500"},
	{"+＋", "write no plus sign"},
	{"eE", "write the number out, without an exponent"},
	{"_'’ \u00a0\u3000\t", "write the digits without separators or spaces"},
	{"%％", "an amount of money is expected, not a percentage"},
	{"¥￥円$€£\\", "write the number without a currency mark"},
	{"０１２３４５６７８９．，", "write half-width characters"},
}
