package contracts_test

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/amends-go/amends/contracts"
)

var (
	jpy = contracts.Currency{Code: "JPY", Number: 392, Digits: 0}
	usd = contracts.Currency{Code: "USD", Number: 840, Digits: 2}
	cny = contracts.Currency{Code: "CNY", Number: 156, Digits: 2}
	kwd = contracts.Currency{Code: "KWD", Number: 414, Digits: 3}
	clf = contracts.Currency{Code: "CLF", Number: 990, Digits: 4}

	strict   = contracts.NumberStyle{}
	signed   = contracts.NumberStyle{Negative: true}
	grouped  = contracts.NumberStyle{Thousands: true}
	japanese = contracts.NumberStyle{JapaneseForms: true}
	anyForm  = contracts.NumberStyle{JapaneseForms: true, Negative: true}
)

// amountTest is one text and what becomes of it.
type amountTest struct {
	name     string
	text     string
	currency contracts.Currency
	style    contracts.NumberStyle
	want     read
}

// read is the outcome of a reading; Says is part of a refusal's message.
type read struct {
	Amount     contracts.Amount
	Normalised bool
	Err        error
	Says       string
}

func runAmountTests(t *testing.T, tests []amountTest) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			amount, normalised, err := contracts.ParseAmount(tt.text, tt.currency, tt.style)
			got := read{Amount: amount, Normalised: normalised}
			if err != nil {
				got.Err, got.Says = kindOf(err), tt.want.Says
				if !strings.Contains(err.Error(), tt.want.Says) {
					got.Says = err.Error()
				}
			}
			equal := cmp.Comparer(func(a, b error) bool { return errors.Is(a, b) })
			if diff := cmp.Diff(tt.want, got, equal); diff != "" {
				t.Errorf("%q in %s (-want +got):\n%s", tt.text, tt.currency.Code, diff)
			}
		})
	}
}

// kindOf returns the one number error that err wraps, so that an error which
// wraps two of them, or none, is noticed.
func kindOf(err error) error {
	var found []error
	for _, kind := range []error{contracts.ErrNumberForm, contracts.ErrRange, contracts.ErrPrecision, contracts.ErrUnit} {
		if errors.Is(err, kind) {
			found = append(found, kind)
		}
	}
	if len(found) != 1 {
		return fmt.Errorf("wraps %d of the number errors: %v", len(found), err)
	}
	return found[0]
}

func accepted(a contracts.Amount) read { return read{Amount: a} }
func mended(a contracts.Amount) read   { return read{Amount: a, Normalised: true} }
func refused(kind error, says string) read {
	return read{Err: kind, Says: says}
}

func TestParseAmount_strict(t *testing.T) {
	form := func(says string) read { return refused(contracts.ErrNumberForm, says) }
	runAmountTests(t, []amountTest{
		{"zero", "0", jpy, strict, accepted(0)},
		{"one yen", "1", jpy, strict, accepted(1)},
		{"a thousand yen", "1000", jpy, strict, accepted(1000)},
		{"cents from two decimals", "12.30", usd, strict, accepted(1230)},
		{"cents from one decimal", "12.3", usd, strict, accepted(1230)},
		{"cents from no decimals", "12", usd, strict, accepted(1200)},
		{"half a dollar", "0.5", usd, strict, accepted(50)},
		{"one cent", "0.01", usd, strict, accepted(1)},
		{"fils are thousandths", "1.001", kwd, strict, accepted(1001)},
		{"four decimals", "1.0001", clf, strict, accepted(10001)},
		{"zero decimals more than the currency has", "1000.0", jpy, strict, accepted(1000)},
		{"thirty zero decimals", "1." + strings.Repeat("0", 30), usd, strict, accepted(100)},
		{"a minus where it is accepted", "-12.30", usd, signed, accepted(-1230)},
		{"minus zero is zero", "-0", jpy, signed, accepted(0)},
		{"a minus where it is not", "-1", jpy, strict, form("below zero is not accepted")},
		{"minus zero where no minus is", "-0", jpy, strict, form("below zero is not accepted")},
		{"nothing", "", jpy, strict, form("write digits")},
		{"only a minus", "-", jpy, signed, form("write digits")},
		{"two minuses", "--1", jpy, signed, form("plain digits")},
		{"a minus behind", "1-", jpy, signed, form("plain digits")},
		{"only a point", ".", usd, strict, form("at most one point")},
		{"no digit before the point", ".5", usd, strict, form("at most one point")},
		{"no digit behind the point", "5.", usd, strict, form("at most one point")},
		{"two points", "1.2.3", usd, strict, form("at most one point")},
		{"a plus", "+5", usd, strict, form("no plus sign")},
		{"a leading zero that YAML reads as eight", "010", jpy, strict, form("no leading zeros")},
		{"a leading zero before a point", "00.5", usd, strict, form("no leading zeros")},
		{"two zeros", "00", jpy, strict, form("no leading zeros")},
		{"a leading zero behind a minus", "-010", jpy, signed, form("no leading zeros")},
		{"an exponent", "1e3", jpy, strict, form("without an exponent")},
		{"a hexadecimal", "0x10", jpy, strict, form("plain digits")},
		{"an underscore", "1_000", jpy, strict, form("without separators")},
		{"a space before", " 1", jpy, strict, form("without separators or spaces")},
		{"a space behind", "1 ", jpy, strict, form("without separators or spaces")},
		{"a no-break space within", "1\u00a0000", jpy, strict, form("without separators or spaces")},
		{"an ideographic space within", "1\u3000000", jpy, strict, form("without separators or spaces")},
		{"a line end", "1\n", jpy, strict, form(`"1<U+000A>"`)},
		{"a percentage", "10%", jpy, strict, form("not a percentage")},
		{"a dollar sign", "$5", usd, strict, form("without a currency mark")},
		{"full-width digits", "１００", jpy, strict, form("half-width")},
		{"digits of another script", "१००", jpy, strict, form("plain digits")},
		{"a byte that is no UTF-8", "1\xff", jpy, strict, form(`"1\xff"`)},
		{"the minus of typesetters", "−5", jpy, signed, form("hyphen-minus")},
		{"an en dash", "–5", jpy, signed, form("hyphen-minus")},
		{"a half-width long vowel", "ｰ5", jpy, signed, form("hyphen-minus")},
	})
}

func TestParseAmount_boundaries(t *testing.T) {
	beyond := refused(contracts.ErrRange, "beyond ±9223372036854775807 minor units")
	runAmountTests(t, []amountTest{
		{"one below the most yen", "9223372036854775806", jpy, strict, accepted(math.MaxInt64 - 1)},
		{"the most yen", "9223372036854775807", jpy, strict, accepted(math.MaxInt64)},
		{"one above the most yen", "9223372036854775808", jpy, strict, beyond},
		{"one above the least yen", "-9223372036854775807", jpy, signed, accepted(math.MinInt64 + 1)},
		{"the least yen", "-9223372036854775808", jpy, signed, accepted(math.MinInt64)},
		{"one below the least yen", "-9223372036854775809", jpy, signed, beyond},
		{"one cent below the most", "92233720368547758.06", usd, strict, accepted(math.MaxInt64 - 1)},
		{"the most cents", "92233720368547758.07", usd, strict, accepted(math.MaxInt64)},
		{"one cent above the most", "92233720368547758.08", usd, strict, beyond},
		{"the least cents", "-92233720368547758.08", usd, signed, accepted(math.MinInt64)},
		{"one cent below the least", "-92233720368547758.09", usd, signed, beyond},
		{"37 digits", "1" + strings.Repeat("0", 36), jpy, strict, beyond},
		{"38 digits", "1" + strings.Repeat("0", 37), jpy, strict, beyond},
		{"39 digits", "1" + strings.Repeat("0", 38), jpy, strict, refused(contracts.ErrRange, "more than 38 digits")},
		{"38 digits with a point", "0." + strings.Repeat("0", 37), jpy, strict, accepted(0)},
		{"39 digits with a point", "0." + strings.Repeat("0", 38), jpy, strict, refused(contracts.ErrRange, "more than 38 digits")},
	})
}

func TestParseAmount_NUM_02_very_long_digit_string(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("9", 1_000_000),
		"-" + strings.Repeat("9", 1_000_000),
		"0." + strings.Repeat("0", 1_000_000),
		strings.Repeat("９", 1_000_000),
		strings.Repeat("1,", 1_000_000),
	} {
		_, _, err := contracts.ParseAmount(text, jpy, anyForm)
		if !errors.Is(err, contracts.ErrRange) || !errors.Is(err, contracts.ErrLimit) || !strings.Contains(err.Error(), "38 digits") {
			t.Errorf("%.5s…: got %v, want both the range and the limit of 38 digits", text, err)
		}
		if len(err.Error()) > 200 {
			t.Errorf("%.5s…: the message has %d bytes", text, len(err.Error()))
		}
	}
	_, _, err := contracts.ParseAmount(strings.Repeat("x", 1_000_000), jpy, anyForm)
	if !errors.Is(err, contracts.ErrNumberForm) || !errors.Is(err, contracts.ErrLimit) {
		t.Errorf("long text without digits: got %v, want the form and the limit", err)
	}
}

func TestParseAmount_NUM_03_words(t *testing.T) {
	for _, text := range []string{"NaN", "nan", "Infinity", "Inf", "-Inf", "sNaN123", "null", "∞"} {
		_, _, err := contracts.ParseAmount(text, usd, anyForm)
		if !errors.Is(err, contracts.ErrNumberForm) || !strings.Contains(err.Error(), contracts.Escape(text, 40)) || !strings.Contains(err.Error(), "such as 1000") {
			t.Errorf("%q: got %v, want the form refused with the value and the accepted form", text, err)
		}
	}
}

func TestParseAmount_NUM_04_minor_unit_overflow(t *testing.T) {
	runAmountTests(t, []amountTest{
		{"yen have room", "92233720368547759", jpy, strict, accepted(92233720368547759)},
		{"dollars do not", "92233720368547759", usd, strict, refused(contracts.ErrRange, "minor units of USD")},
	})
	if got, ok := contracts.MulDiv(92233720368547759, 100, 100, contracts.RoundDown); !ok || got != 92233720368547759 {
		t.Errorf("92233720368547759×100÷100: got %d, %v", got, ok)
	}
}

func TestParseAmount_NUM_06_more_decimals_than_the_currency(t *testing.T) {
	runAmountTests(t, []amountTest{
		{"half a yen", "1000.5", jpy, strict, refused(contracts.ErrPrecision, "JPY has 0 decimals, found 1")},
		{"half a cent", "0.005", usd, strict, refused(contracts.ErrPrecision, "USD has 2 decimals, found 3")},
		{"a zero and then a digit too many", "0.0001", kwd, strict, refused(contracts.ErrPrecision, "KWD has 3 decimals, found 4")},
		{"half a yen in full-width digits", "１，０００．５円", jpy, japanese, refused(contracts.ErrPrecision, "JPY has 0 decimals")},
	})
}

func TestParseAmount_NUM_07_thousands_and_decimal_comma(t *testing.T) {
	form := func(says string) read { return refused(contracts.ErrNumberForm, says) }
	runAmountTests(t, []amountTest{
		{"a comma in the strict style", "1,234", jpy, strict, form("no thousands separators")},
		{"a comma where declared", "1,234", jpy, grouped, mended(1234)},
		{"two commas", "1,234,567", jpy, grouped, mended(1234567)},
		{"commas and a point", "1,234,567.89", usd, grouped, mended(123456789)},
		{"no commas where they could be", "1234567", jpy, grouped, accepted(1234567)},
		{"three digits before a comma", "123,456", jpy, grouped, mended(123456)},
		{"four digits before a comma", "1234,567", jpy, grouped, form("groups of three")},
		{"two digits behind a comma", "1,23", jpy, grouped, form("groups of three")},
		{"four digits behind a comma", "1,2345", jpy, grouped, form("groups of three")},
		{"Indian groups", "12,34,567", jpy, grouped, form("groups of three")},
		{"a comma first", ",123", jpy, grouped, form("groups of three")},
		{"a comma last", "123,", jpy, grouped, form("groups of three")},
		{"two commas together", "1,,234", jpy, grouped, form("groups of three")},
		{"a comma among decimals", "1.234,567", usd, grouped, form("groups of three")},
		{"a leading zero in a group", "0,123", jpy, grouped, form("no leading zeros")},
		{"a decimal comma, strict", "1.234,56", usd, strict, form("no thousands separators")},
		{"a decimal comma, with thousands", "1.234,56", usd, grouped, form("groups of three")},
		{"a decimal comma, Japanese", "1.234,56", usd, japanese, form("groups of three")},
		{"a space", "1 234", jpy, grouped, form("without separators or spaces")},
		{"an apostrophe", "1'234", jpy, grouped, form("without separators or spaces")},
		{"a minus before groups", "-1,234", jpy, contracts.NumberStyle{Thousands: true, Negative: true}, mended(-1234)},
		{"full-width digits need the Japanese style", "１，２３４", jpy, grouped, form("half-width")},
	})
}

func TestParseAmount_NUM_08_Japanese_forms(t *testing.T) {
	form := func(says string) read { return refused(contracts.ErrNumberForm, says) }
	below := form("below zero is not accepted")
	runAmountTests(t, []amountTest{
		{"a full-width yen mark and groups", "￥1,000", jpy, japanese, mended(1000)},
		{"a half-width yen mark", "¥1000", jpy, japanese, mended(1000)},
		{"the mark serves yuan too", "¥12.30", cny, japanese, mended(1230)},
		{"full-width digits and 円", "１，０００円", jpy, japanese, mended(1000)},
		{"every full-width digit", "１２３４５６７８９０", jpy, japanese, mended(1234567890)},
		{"a full-width point", "１２．３０", usd, japanese, mended(1230)},
		{"plain digits need no mending", "1000", jpy, japanese, accepted(1000)},
		{"△ is negative", "△500", jpy, anyForm, mended(-500)},
		{"▲ is negative", "▲500", jpy, anyForm, mended(-500)},
		{"parentheses are negative", "(500)", jpy, anyForm, mended(-500)},
		{"full-width parentheses are negative", "（５００）", jpy, anyForm, mended(-500)},
		{"the minus of typesetters is negative", "−500", jpy, anyForm, mended(-500)},
		{"a full-width minus is negative", "－５００", jpy, anyForm, mended(-500)},
		{"an ASCII minus needs no mending", "-500", jpy, anyForm, accepted(-500)},
		{"a sign before the mark", "△￥1,000", jpy, anyForm, mended(-1000)},
		{"a sign behind the mark", "￥-1,000", jpy, anyForm, mended(-1000)},
		{"parentheses around a mark", "(￥1,000)", jpy, anyForm, mended(-1000)},
		{"a sign and 円", "▲1,000円", jpy, anyForm, mended(-1000)},
		{"△ where nothing below zero is accepted", "△500", jpy, japanese, below},
		{"▲ where nothing below zero is accepted", "▲500", jpy, japanese, below},
		{"parentheses where nothing below zero is accepted", "(500)", jpy, japanese, below},
		{"a minus where nothing below zero is accepted", "－500", jpy, japanese, below},
		{"△ in the strict style", "△500", jpy, signed, form("as in -500")},
		{"parentheses in the strict style", "(500)", jpy, signed, form("as in -500")},
		{"a yen mark in the strict style", "￥500", jpy, signed, form("without a currency mark")},
		{"円 in the strict style", "500円", jpy, strict, form("without a currency mark")},
		{"ten thousands", "1.2万", jpy, anyForm, form("1万 is 10000")},
		{"ten thousands and 円", "3万円", jpy, anyForm, form("1万 is 10000")},
		{"hundred millions", "1億", jpy, anyForm, form("1億 is 100000000")},
		{"thousands", "5千円", jpy, anyForm, form("1千 is 1000")},
		{"a long vowel for a minus", "ー500", jpy, anyForm, form("long vowel")},
		{"a long vowel in the strict style", "ー500", jpy, strict, form("long vowel")},
		{"two signs", "△-500", jpy, anyForm, form("plain digits")},
		{"a sign within parentheses", "(-500)", jpy, anyForm, form("plain digits")},
		{"a parenthesis that is not closed", "(500", jpy, anyForm, form("as in -500")},
		{"a parenthesis that is not opened", "500)", jpy, anyForm, form("as in -500")},
		{"nothing in parentheses", "()", jpy, anyForm, form("write digits")},
		{"two marks before", "￥￥500", jpy, anyForm, form("without a currency mark")},
		{"a mark before and behind", "￥500円", jpy, anyForm, form("without a currency mark")},
		{"only a mark", "￥", jpy, anyForm, form("write digits")},
		{"a full-width plus", "＋500", jpy, anyForm, form("no plus sign")},
		{"a full-width per cent", "１０％", jpy, anyForm, form("not a percentage")},
		{"a backslash that a font shows as yen", `\500`, jpy, anyForm, form("without a currency mark")},
		{"full-width groups that are wrong", "１０，００", jpy, anyForm, form("groups of three")},
		{"full-width leading zero", "０１０", jpy, anyForm, form("no leading zeros")},
		{"the yen mark on dollars", "￥500", usd, japanese, refused(contracts.ErrUnit, "the amount is in USD")},
		{"円 on dollars", "500円", usd, japanese, refused(contracts.ErrUnit, "the amount is in USD")},
		{"円 on yuan", "500円", cny, japanese, refused(contracts.ErrUnit, "the amount is in CNY")},
	})
}

func TestParseAmount_NUM_15_decimals_are_never_shortened(t *testing.T) {
	runAmountTests(t, []amountTest{
		{"23 decimals", "0.12345678901234567890123", usd, strict, refused(contracts.ErrPrecision, "USD has 2 decimals, found 23")},
		{"a digit behind 20 zeros", "0." + strings.Repeat("0", 20) + "1", usd, strict, refused(contracts.ErrPrecision, "USD has 2 decimals, found 21")},
	})
}

// What Text writes is read back as the same amount, and grouping it or
// writing it full-width changes only whether it counts as normalised.
func TestParseAmount_reads_what_Text_writes(t *testing.T) {
	full := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９", ".", "．", "-", "△")
	rapid.Check(t, func(t *rapid.T) {
		want := contracts.Amount(rapid.Int64().Draw(t, "amount"))
		c := rapid.SampledFrom([]contracts.Currency{jpy, usd, kwd, clf}).Draw(t, "currency")
		text := want.Text(c)
		if got, normalised, err := contracts.ParseAmount(text, c, signed); got != want || normalised || err != nil {
			t.Fatalf("%q: got %d, normalised %v, %v; want %d", text, got, normalised, err, want)
		}
		if got, normalised, err := contracts.ParseAmount(full.Replace(text), c, anyForm); got != want || !normalised || err != nil {
			t.Fatalf("%q: got %d, normalised %v, %v; want %d", full.Replace(text), got, normalised, err, want)
		}
	})
}

// Against math/big: an accepted text has exactly the value it states, and a
// text that is plainly a number is refused only for its precision or range.
func TestParseAmount_agrees_with_big_rationals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,6})?`).Draw(t, "text")
		c := rapid.SampledFrom([]contracts.Currency{jpy, usd, kwd, clf}).Draw(t, "currency")
		x, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatalf("math/big does not read %q", text)
		}
		x.Mul(x, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(c.Digits)), nil)))
		got, _, err := contracts.ParseAmount(text, c, signed)
		switch {
		case !x.IsInt():
			if !errors.Is(err, contracts.ErrPrecision) {
				t.Fatalf("%q in %s: got %d, %v; want the precision refused", text, c.Code, got, err)
			}
		case !x.Num().IsInt64():
			if !errors.Is(err, contracts.ErrRange) {
				t.Fatalf("%q in %s: got %d, %v; want the range refused", text, c.Code, got, err)
			}
		case err != nil || x.Num().Int64() != int64(got):
			t.Fatalf("%q in %s: got %d, %v; want %s", text, c.Code, got, err, x.Num())
		}
	})
}

// FuzzParseAmount looks for text on which a reader that accepts more forms
// contradicts the strict one, or an error that wraps no or two kinds.
func FuzzParseAmount(f *testing.F) {
	for _, text := range []string{"0", "-1.5", "1,234", "￥1,000", "（５００）", "△5", "1.2万", "1e9", "010", "NaN", "\xff", strings.Repeat("9", 40)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		plain, _, err := contracts.ParseAmount(text, usd, strict)
		if err != nil {
			_ = kindMust(t, err)
		}
		loose, _, looseErr := contracts.ParseAmount(text, usd, contracts.NumberStyle{Negative: true, Thousands: true, JapaneseForms: true})
		if looseErr != nil {
			_ = kindMust(t, looseErr)
		}
		if err == nil && (looseErr != nil || loose != plain) {
			t.Errorf("%q: strictly %d, loosely %d, %v", text, plain, loose, looseErr)
		}
		if looseErr != nil {
			return
		}
		if back, _, err := contracts.ParseAmount(loose.Text(usd), usd, signed); err != nil || back != loose {
			t.Errorf("%q: %d comes back as %d, %v", text, loose, back, err)
		}
	})
}

func kindMust(t *testing.T, err error) error {
	t.Helper()
	kind := kindOf(err)
	if !errors.Is(err, kind) {
		t.Error(kind)
	}
	return kind
}

func TestParseAmount_allocates_nothing_for_plain_text(t *testing.T) {
	allocs := testing.AllocsPerRun(100, func() {
		if a, _, err := contracts.ParseAmount("1234567.89", usd, strict); a != 123456789 || err != nil {
			t.Errorf("got %d, %v", a, err)
		}
	})
	if allocs != 0 {
		t.Errorf("%v allocations, want none", allocs)
	}
}

func BenchmarkParseAmount(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := contracts.ParseAmount("1234567.89", usd, strict); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleParseAmount() {
	yen, err := contracts.CurrencyOn("JPY", "2012-06-20")
	if err != nil {
		fmt.Println(err)
		return
	}
	style := contracts.NumberStyle{JapaneseForms: true, Negative: true}
	for _, text := range []string{"33333", "￥33,333", "△５００円", "1000.5", "1.2万"} {
		amount, normalised, err := contracts.ParseAmount(text, yen, style)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(amount.Text(yen), normalised)
	}
	// Output:
	// 33333 false
	// 33333 true
	// -500 true
	// too many decimals: JPY has 0 decimals, found 1 in "1000.5"
	// not a plain number: "1.2万"; write the number out: 1万 is 10000
}
