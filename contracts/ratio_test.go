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

func TestParseRatio(t *testing.T) {
	tests := []struct {
		name string
		text string
		want string // the fraction; empty when it is refused
		err  error
	}{
		{"a percentage", "30%", "3/10", nil},
		{"a percentage with decimals", "99.95%", "1999/2000", nil},
		{"a percentage with zero decimals", "30.00%", "3/10", nil},
		{"a fraction", "3/10", "3/10", nil},
		{"a fraction in lowest terms", "30/100", "3/10", nil},
		{"a third stays a third", "1/3", "1/3", nil},
		{"spaces around the stroke", "1 / 3", "1/3", nil},
		{"no per cent", "0%", "0", nil},
		{"zero over anything", "0/7", "0", nil},
		{"just below the whole", "99.9999%", "999999/1000000", nil},
		{"the whole", "100%", "1", nil},
		{"just above the whole", "100.0001%", "", contracts.ErrRange}, // 1000001/1000000
		{"half as much again", "150%", "3/2", nil},
		{"zero", "0", "0", nil},
		{"one", "1", "1", nil},
		{"two could be twice or two per cent", "2", "", contracts.ErrUnit},
		{"a term one below the greatest", "1/999999", "1/999999", nil},
		{"the greatest term", "1/1000000", "1/1000000", nil},
		{"a term one above the greatest", "1/1000001", "", contracts.ErrRange},
		{"a numerator one below the greatest", "999999/1", "999999", nil},
		{"the greatest numerator", "1000000/1", "1000000", nil},
		{"a numerator one above the greatest", "1000001/1", "", contracts.ErrRange},
		{"great terms with a small ratio", "999999999999/3999999999996", "1/4", nil},
		{"a third cut to decimals is too fine", "33.33333333%", "", contracts.ErrRange},
		{"15 digits", "0.00000000000000%", "0", nil},
		{"16 digits", "0.000000000000000%", "0", nil},
		{"17 digits", "0.0000000000000000%", "", contracts.ErrRange},
		{"terms of 18 digits", "100000000000000000/200000000000000000", "1/2", nil},
		{"terms of 19 digits", "1000000000000000000/2000000000000000000", "", contracts.ErrNumberForm},
		{"a division by zero", "1/0", "", contracts.ErrRange},
		{"a negative percentage", "-5%", "", contracts.ErrNumberForm},
		{"a negative fraction", "-1/3", "", contracts.ErrNumberForm},
		{"a fraction of decimals", "1.5/3", "", contracts.ErrNumberForm},
		{"a fraction of percentages", "1/3%", "", contracts.ErrNumberForm},
		{"two strokes", "1/2/3", "", contracts.ErrNumberForm},
		{"only a sign", "%", "", contracts.ErrNumberForm},
		{"only a stroke", "/", "", contracts.ErrNumberForm},
		{"nothing", "", "", contracts.ErrNumberForm},
		{"a space before the sign", "30 %", "", contracts.ErrNumberForm},
		{"a decimal comma", "99,95%", "", contracts.ErrNumberForm},
		{"an exponent", "1e1%", "", contracts.ErrNumberForm},
		{"a word", "NaN", "", contracts.ErrNumberForm},
		{"a million digits", strings.Repeat("9", 1_000_000), "", contracts.ErrNumberForm},
		{"a million digits per cent", strings.Repeat("9", 1_000_000) + "%", "", contracts.ErrRange},
		{"a fraction of a million digits", strings.Repeat("9", 1_000_000) + "/7", "", contracts.ErrNumberForm},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := contracts.ParseRatio(tt.text)
			if !errors.Is(err, tt.err) || (err == nil && got.String() != tt.want) {
				t.Errorf("got %s, %v; want %s, %v", got, err, tt.want, tt.err)
			}
			if err != nil && (got != contracts.Ratio{} || len(err.Error()) > 300) {
				t.Errorf("refused with %s and a message of %d bytes", got, len(err.Error()))
			}
		})
	}
}

// A rate without a unit could be ten per cent or ten times.
func TestParseRatio_NUM_10_percent_ambiguity(t *testing.T) {
	for text, hint := range map[string]string{
		"10": "write 10% or", "0.10": "write 10%, 0.10% or", "0.5": "write 50%, 0.5% or", "0.015": "write 1.5%, 0.015% or", "0.005": "write 0.5%, 0.005% or", "1.5": "write 1.5% or",
	} {
		if got, err := contracts.ParseRatio(text); !errors.Is(err, contracts.ErrUnit) || !strings.Contains(err.Error(), hint) {
			t.Errorf("%q: got %s, %v; want the unit asked for: %s", text, got, err, hint)
		}
	}
	if got, err := contracts.ParseRatio("10%"); err != nil || got != contracts.MustRatio(1, 10) {
		t.Errorf("10%%: got %s, %v; want 1/10", got, err)
	}
	if got, err := contracts.ParseRatio("１０％"); !errors.Is(err, contracts.ErrNumberForm) || !strings.Contains(err.Error(), "such as 30%") {
		t.Errorf("full-width: got %s, %v; want the form refused", got, err)
	}
}

func TestNewRatio(t *testing.T) {
	tests := []struct {
		name     string
		num, den int64
		want     string
		err      error
	}{
		{"lowest terms", 6, 8, "3/4", nil},
		{"zero has one form", 0, 5, "0", nil},
		{"a negative numerator", -1, 2, "0", contracts.ErrRange},
		{"a negative denominator", 1, -2, "0", contracts.ErrRange},
		{"a denominator of zero", 1, 0, "0", contracts.ErrRange},
		{"the least numerator", math.MinInt64, 1, "0", contracts.ErrRange},
		{"great numbers that cancel", math.MaxInt64, math.MaxInt64, "1", nil},
		{"great numbers that do not", math.MaxInt64, math.MaxInt64 - 1, "0", contracts.ErrRange},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := contracts.NewRatio(tt.num, tt.den)
			if got.String() != tt.want || !errors.Is(err, tt.err) {
				t.Errorf("got %s, %v; want %s, %v", got, err, tt.want, tt.err)
			}
		})
	}
	if zero, err := contracts.NewRatio(0, 5); err != nil || zero != (contracts.Ratio{}) || zero.Den() != 1 {
		t.Errorf("0/5 is not the zero ratio over 1: %v, %v", zero, err)
	}
}

func TestMustRatio_panics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("1/0 did not panic")
		}
	}()
	contracts.MustRatio(1, 0)
}

func TestRatio_Percent(t *testing.T) {
	tests := []struct {
		name     string
		num, den int64
		want     string
	}{
		{"zero", 0, 1, "0%"},
		{"whole per cent", 3, 10, "30%"},
		{"a hundred keeps its zeros", 1, 1, "100%"},
		{"one decimal", 999, 1000, "99.9%"},
		{"two decimals", 1999, 2000, "99.95%"},
		{"four decimals", 1, 1_000_000, "0.0001%"},
		{"six decimals", 1, 64, "1.5625%"},
		{"exactly six decimals", 1, 1 << 8, "0.390625%"},
		{"seven decimals would be needed", 1, 1 << 9, "1/512"},
		{"more than the whole", 3, 2, "150%"},
		{"a third", 1, 3, "1/3"},
		{"two thirds", 2, 3, "2/3"},
		{"a seventh", 1, 7, "1/7"},
		{"the greatest", contracts.MaxRatioTerm, 1, "100000000%"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := contracts.MustRatio(tt.num, tt.den).Percent(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func drawRatio(t *rapid.T, label string) contracts.Ratio {
	return contracts.MustRatio(
		rapid.Int64Range(0, contracts.MaxRatioTerm).Draw(t, label+" num"),
		rapid.Int64Range(1, contracts.MaxRatioTerm).Draw(t, label+" den"),
	)
}

func bigRatio(r contracts.Ratio) *big.Rat { return big.NewRat(r.Num(), r.Den()) }

func TestRatio_Cmp_agrees_with_big(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, s := drawRatio(t, "r"), drawRatio(t, "s")
		for _, pair := range [][2]contracts.Ratio{{r, s}, {s, r}, {r, r}, {r, {}}, {r, contracts.One}} {
			got, want := pair[0].Cmp(pair[1]), bigRatio(pair[0]).Cmp(bigRatio(pair[1]))
			if got != want {
				t.Fatalf("%s to %s: got %d, want %d", pair[0], pair[1], got, want)
			}
		}
	})
}

// Neighbours that a rounded percentage could not tell apart.
func TestRatio_Cmp_neighbours(t *testing.T) {
	below, at, above := contracts.MustRatio(999_997, 999_998), contracts.MustRatio(999_998, 999_999), contracts.MustRatio(999_999, 1_000_000)
	got := []int{below.Cmp(at), at.Cmp(at), above.Cmp(at)}
	if diff := cmp.Diff([]int{-1, 0, 1}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A ratio is read back from its fraction and from its percentage.
func TestRatio_is_read_back(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawRatio(t, "r")
		if r.Den() == 1 && r.Num() > 1 {
			return // a bare whole number has no unit
		}
		for _, text := range []string{r.String(), r.Percent()} {
			if got, err := contracts.ParseRatio(text); err != nil || got != r {
				t.Fatalf("%s: got %s, %v", text, got, err)
			}
		}
	})
}

func TestRatio_Complement(t *testing.T) {
	tests := []struct {
		name string
		r    contracts.Ratio
		want contracts.Ratio
		ok   bool
	}{
		{"of nothing is all", contracts.Ratio{}, contracts.One, true},
		{"of three tenths", contracts.MustRatio(3, 10), contracts.MustRatio(7, 10), true},
		{"of a third is two thirds", contracts.MustRatio(1, 3), contracts.MustRatio(2, 3), true},
		{"just below the whole", contracts.MustRatio(999_999, 1_000_000), contracts.MustRatio(1, 1_000_000), true},
		{"of the whole is nothing", contracts.One, contracts.Ratio{}, true},
		{"just above the whole", contracts.MustRatio(1_000_000, 999_999), contracts.Ratio{}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := tt.r.Complement()
			if got != tt.want || ok != tt.ok {
				t.Errorf("got %s, %v; want %s, %v", got, ok, tt.want, tt.ok)
			}
		})
	}
}

// A ratio and its complement make one whole, exactly.
func TestRatio_Complement_sums_to_one(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		den := rapid.Int64Range(1, contracts.MaxRatioTerm).Draw(t, "den")
		r := contracts.MustRatio(rapid.Int64Range(0, den).Draw(t, "num"), den)
		c, ok := r.Complement()
		if sum := new(big.Rat).Add(bigRatio(r), bigRatio(c)); !ok || sum.Cmp(big.NewRat(1, 1)) != 0 {
			t.Fatalf("%s and %s make %s", r, c, sum)
		}
	})
}

func ExampleParseRatio() {
	for _, text := range []string{"99.95%", "1/3", "10"} {
		r, err := contracts.ParseRatio(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(r, r.Percent())
	}
	// Output:
	// 1999/2000 99.95%
	// 1/3 1/3
	// unit missing or wrong: write 10% or a fraction such as 1/3
}
