package contracts_test

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/amends-go/amends/contracts"
)

func TestAmount_Plus(t *testing.T) {
	tests := []struct {
		name string
		a, b contracts.Amount
		want contracts.Amount
		ok   bool
	}{
		{"one below the most", math.MaxInt64 - 2, 1, math.MaxInt64 - 1, true},
		{"the most", math.MaxInt64 - 1, 1, math.MaxInt64, true},
		{"one above the most", math.MaxInt64, 1, 0, false},
		{"the least", math.MinInt64 + 1, -1, math.MinInt64, true},
		{"one below the least", math.MinInt64, -1, 0, false},
		{"opposite signs never overflow", math.MaxInt64, math.MinInt64, -1, true},
		{"twice the least", math.MinInt64, math.MinInt64, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := tt.a.Plus(tt.b)
			if ok != tt.ok || (ok && got != tt.want) {
				t.Errorf("got %d, %v; want %d, %v", got, ok, tt.want, tt.ok)
			}
		})
	}
}

func TestAmount_Text(t *testing.T) {
	tests := []struct {
		name     string
		amount   contracts.Amount
		currency contracts.Currency
		want     string
	}{
		{"yen have no point", 1234, jpy, "1234"},
		{"cents always have two digits", 1230, usd, "12.30"},
		{"less than one dollar begins with zero", 5, usd, "0.05"},
		{"a negative amount", -5, usd, "-0.05"},
		{"thousandths", 1, kwd, "0.001"},
		{"zero", 0, clf, "0.0000"},
		{"the most", math.MaxInt64, usd, "92233720368547758.07"},
		{"the least", math.MinInt64, usd, "-92233720368547758.08"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.amount.Text(tt.currency); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestAmountOf(t *testing.T) {
	tests := []struct {
		name     string
		value    decimal.Decimal
		currency contracts.Currency
		want     contracts.Amount
		err      error
	}{
		{"dollars and cents", decimal.RequireFromString("12.30"), usd, 1230, nil},
		{"an exponent that stands for zeros", decimal.New(5, 3), jpy, 5000, nil},
		{"zero decimals too many", decimal.RequireFromString("12.3000"), usd, 1230, nil},
		{"half a yen", decimal.RequireFromString("1000.5"), jpy, 0, contracts.ErrPrecision},
		{"half a cent", decimal.RequireFromString("0.005"), usd, 0, contracts.ErrPrecision},
		{"one below the most", decimal.New(math.MaxInt64-1, -2), usd, math.MaxInt64 - 1, nil},
		{"the most", decimal.New(math.MaxInt64, -2), usd, math.MaxInt64, nil},
		{"one above the most", decimal.RequireFromString("92233720368547758.08"), usd, 0, contracts.ErrRange},
		{"the least", decimal.New(math.MinInt64, 0), jpy, math.MinInt64, nil},
		{"one below the least", decimal.RequireFromString("-9223372036854775809"), jpy, 0, contracts.ErrRange},
		{"38 digits", decimal.RequireFromString(strings.Repeat("9", 38)), jpy, 0, contracts.ErrRange},
		{"39 digits", decimal.RequireFromString(strings.Repeat("9", 39)), jpy, 0, contracts.ErrLimit},
		{"an exponent of 38", decimal.New(1, 38), jpy, 0, contracts.ErrRange},
		{"an exponent of 39", decimal.New(1, 39), jpy, 0, contracts.ErrLimit},
		{"an exponent of −38", decimal.New(1, -38), jpy, 0, contracts.ErrPrecision},
		{"an exponent of −39", decimal.New(1, -39), jpy, 0, contracts.ErrLimit},
		{"1e10000000", decimal.New(1, 10_000_000), jpy, 0, contracts.ErrLimit},
		{"1e−10000000", decimal.New(1, -10_000_000), jpy, 0, contracts.ErrLimit},
		{"the largest exponent", decimal.New(1, math.MaxInt32), jpy, 0, contracts.ErrLimit},
		{"the smallest exponent", decimal.New(1, math.MinInt32), jpy, 0, contracts.ErrLimit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := contracts.AmountOf(tt.value, tt.currency)
			if got != tt.want || !errors.Is(err, tt.err) {
				t.Errorf("got %d, %v; want %d, %v", got, err, tt.want, tt.err)
			}
			if errors.Is(err, contracts.ErrLimit) && !errors.Is(err, contracts.ErrRange) {
				t.Errorf("%v does not wrap the range too", err)
			}
		})
	}
}

// A decimal and its text give the same amount.
func TestAmountOf_agrees_with_ParseAmount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := decimal.New(rapid.Int64().Draw(t, "coefficient"), rapid.Int32Range(-6, 4).Draw(t, "exponent"))
		c := rapid.SampledFrom([]contracts.Currency{jpy, usd, kwd, clf}).Draw(t, "currency")
		a, errA := contracts.AmountOf(d, c)
		b, _, errB := contracts.ParseAmount(d.String(), c, signed)
		if a != b || (errA == nil) != (errB == nil) || errA != nil && !errors.Is(errB, kindOf(errA)) {
			t.Fatalf("%s in %s: as a decimal %d, %v; as text %d, %v", d, c.Code, a, errA, b, errB)
		}
	})
}

func TestAmount_Part(t *testing.T) {
	tests := []struct {
		name   string
		amount contracts.Amount
		share  contracts.Ratio
		mode   contracts.Rounding
		want   contracts.Amount
		ok     bool
	}{
		{"seven tenths of 170 yen is whole", 170, contracts.MustRatio(7, 10), contracts.RoundDown, 119, true},
		{"a third dropped", 100, contracts.MustRatio(1, 3), contracts.RoundDown, 33, true},
		{"a third raised", 100, contracts.MustRatio(1, 3), contracts.RoundUp, 34, true},
		{"nothing of something", 100, contracts.Ratio{}, contracts.RoundUp, 0, true},
		{"all of it", 100, contracts.One, contracts.RoundDown, 100, true},
		{"more than all of it", 100, contracts.MustRatio(3, 2), contracts.RoundDown, 150, true},
		{"all of the most", math.MaxInt64, contracts.One, contracts.RoundUp, math.MaxInt64, true},
		{"all of the least", math.MinInt64, contracts.One, contracts.RoundUp, math.MinInt64, true},
		{"the product exceeds 64 bits but not the part", math.MaxInt64, contracts.MustRatio(999_999, 1_000_000), contracts.RoundDown, 9223362813482738952, true},
		{"twice the most", math.MaxInt64, contracts.MustRatio(2, 1), contracts.RoundDown, 0, false},
		{"no rounding was stated", 100, contracts.MustRatio(1, 2), contracts.RoundingUnstated, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := tt.amount.Part(tt.share, tt.mode)
			if ok != tt.ok || (ok && got != tt.want) {
				t.Errorf("got %d, %v; want %d, %v", got, ok, tt.want, tt.ok)
			}
		})
	}
}

// A third is kept exact until the one rounding step: three thirds are one.
func TestAmount_Part_NUM_12_repeating_fraction(t *testing.T) {
	third := contracts.MustRatio(1, 3)
	whole, err := contracts.NewRatio(3*third.Num(), third.Den())
	if err != nil || whole != contracts.One {
		t.Fatalf("three thirds: got %s, %v; want 1", whole, err)
	}
	if got, ok := contracts.Amount(1_000_000).Part(whole, contracts.RoundDown); !ok || got != 1_000_000 {
		t.Errorf("three thirds of 1000000: got %d, %v", got, ok)
	}
}

// Rounding each part and rounding the part of the sum differ, so a contract
// must say which it means: 10 % of three fees of 15 yen is 2+2+2 or 5 (4.5).
func TestAmount_Part_NUM_14_rounding_each_or_the_total(t *testing.T) {
	tenth := contracts.MustRatio(1, 10)
	each := contracts.Amount(0)
	for range 3 {
		part, ok := contracts.Amount(15).Part(tenth, contracts.RoundHalfUp)
		if !ok {
			t.Fatal("the part of 15 overflows")
		}
		each += part
	}
	total, _ := contracts.Amount(45).Part(tenth, contracts.RoundHalfUp)
	if diff := cmp.Diff([]contracts.Amount{6, 5}, []contracts.Amount{each, total}); diff != "" {
		t.Errorf("each and total (-want +got):\n%s", diff)
	}
}

func TestAmount_Split(t *testing.T) {
	type amounts = []contracts.Amount
	tests := []struct {
		name    string
		total   contracts.Amount
		weights []int64
		want    amounts
	}{
		{"SHARE-01: what does not divide goes to the lower index", 100, []int64{1, 1, 1}, amounts{34, 33, 33}},
		{"two units left go to the two lower indexes", 101, []int64{1, 1, 1}, amounts{34, 34, 33}},
		{"nothing left", 102, []int64{1, 1, 1}, amounts{34, 34, 34}},
		{"the larger remainder goes first", 10, []int64{1, 2}, amounts{3, 7}},
		{"the larger remainder goes first at any index", 10, []int64{2, 1}, amounts{7, 3}},
		{"a tie of halves goes to the lower index", 1, []int64{1, 1}, amounts{1, 0}},
		{"seven to three", 33_333, []int64{7, 3}, amounts{23_333, 10_000}},
		{"SHARE-03: the total before it grows", 98, []int64{35, 87, 13}, amounts{25, 63, 10}},
		{"SHARE-03: one unit more lowers the third share", 99, []int64{35, 87, 13}, amounts{26, 64, 9}},
		{"SHARE-04: a reversal is the mirror image", -100, []int64{1, 1, 1}, amounts{-34, -33, -33}},
		{"SHARE-04: a mirror image with unequal weights", -99, []int64{35, 87, 13}, amounts{-26, -64, -9}},
		{"a weight of zero gets nothing", 1, []int64{0, 1, 0, 1}, amounts{0, 1, 0, 0}},
		{"one party gets all", 7, []int64{5}, amounts{7}},
		{"nothing to split", 0, []int64{1, 2}, amounts{0, 0}},
		{"the most", math.MaxInt64, []int64{1, 1}, amounts{1 << 62, 1<<62 - 1}},
		{"the least", math.MinInt64, []int64{1}, amounts{math.MinInt64}},
		{"the least in two", math.MinInt64, []int64{1, 1}, amounts{-1 << 62, -1 << 62}},
		{"the greatest weights", 3, []int64{math.MaxInt64 - 1, 1}, amounts{3, 0}},
		{"weights beyond int64", 3, []int64{math.MaxInt64, 1}, nil},
		{"weights whose sum wraps round to one", 3, []int64{math.MaxInt64, math.MaxInt64, 3}, nil},
		{"a negative weight", 3, []int64{2, -1}, nil},
		{"only zero weights", 3, []int64{0, 0}, nil},
		{"no weights", 3, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := tt.total.Split(tt.weights)
			if diff := cmp.Diff(tt.want, got); diff != "" || ok != (tt.want != nil) {
				t.Errorf("%v (-want +got):\n%s", ok, diff)
			}
		})
	}
}

// TestAmount_Split_invariants checks random splits against exact rationals and
// counts how many were whole, had units left over, and had tied remainders,
// so that none of these goes untested.
func TestAmount_Split_invariants(t *testing.T) {
	const cases = 20_000
	random := rand.New(rand.NewPCG(1, 2012))
	whole, left, tied := 0, 0, 0
	for range cases {
		weights := make([]int64, 1+random.IntN(6))
		for i := range weights {
			weights[i] = random.Int64N([]int64{3, 200, 1 << 50}[random.IntN(3)])
		}
		total := contracts.Amount(random.Uint64()) >> random.IntN(64)
		parts, ok := total.Split(weights)
		sum, exact := int64(0), true
		for _, w := range weights {
			sum += w
		}
		if ok != (sum > 0) {
			t.Fatalf("%d by %v: reports %v", total, weights, ok)
		}
		if !ok {
			continue
		}
		given := new(big.Int)
		remainders := map[string]int{}
		for i, p := range parts {
			given.Add(given, big.NewInt(int64(p)))
			share := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(int64(total)), big.NewInt(weights[i])), big.NewInt(sum))
			off := new(big.Rat).Sub(new(big.Rat).SetInt64(int64(p)), share)
			if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("%d by %v: part %d is %d, a unit or more off %s", total, weights, i, p, share.FloatString(3))
			}
			if weights[i] == 0 && p != 0 {
				t.Fatalf("%d by %v: a weight of zero got %d", total, weights, p)
			}
			if !share.IsInt() {
				exact = false
				rest := new(big.Int).Rem(share.Num(), share.Denom())
				remainders[new(big.Rat).SetFrac(rest, share.Denom()).RatString()]++
			}
		}
		if given.Cmp(big.NewInt(int64(total))) != 0 {
			t.Fatalf("%d by %v: the parts %v sum to %s", total, weights, parts, given)
		}
		if total != math.MinInt64 {
			mirror, _ := (-total).Split(weights)
			for i := range parts {
				if mirror[i] != -parts[i] {
					t.Fatalf("%d by %v: %v, but mirrored %v", total, weights, parts, mirror)
				}
			}
		}
		if exact {
			whole++
		} else {
			left++
		}
		if len(remainders) > 0 && hasTie(remainders) {
			tied++
		}
	}
	for class, n := range map[string]int{"whole": whole, "units left over": left, "tied remainders": tied} {
		if n < cases/100 {
			t.Errorf("only %d of %d cases were of the class %q", n, cases, class)
		}
	}
}

func hasTie(remainders map[string]int) bool {
	for _, n := range remainders {
		if n > 1 {
			return true
		}
	}
	return false
}

// Equal weights share by index alone: the first ones get the units left over.
func TestAmount_Split_ties_go_to_the_lower_index(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "parties")
		total := rapid.Int64Range(0, 1000).Draw(t, "total")
		weights := make([]int64, n)
		want := make([]contracts.Amount, n)
		for i := range weights {
			weights[i] = 7
			want[i] = contracts.Amount(total / int64(n))
			if int64(i) < total%int64(n) {
				want[i]++
			}
		}
		got, _ := contracts.Amount(total).Split(weights)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func ExampleAmount_Split() {
	// 100 yen over three parties; the unit left over goes to the first.
	parts, _ := contracts.Amount(100).Split([]int64{1, 1, 1})
	fmt.Println(parts)
	// Largest remainders are not monotone: one yen more, and the third part falls.
	before, _ := contracts.Amount(98).Split([]int64{35, 87, 13})
	after, _ := contracts.Amount(99).Split([]int64{35, 87, 13})
	fmt.Println(before, after)
	// Output:
	// [34 33 33]
	// [25 63 10] [26 64 9]
}

func ExampleAmount_Part() {
	fee := contracts.Amount(1985) // yen
	credit, ok := fee.Part(contracts.MustRatio(1, 10), contracts.RoundDown)
	fmt.Println(credit, ok)
	credit, ok = fee.Part(contracts.MustRatio(1, 10), contracts.RoundHalfUp)
	fmt.Println(credit, ok)
	// Output:
	// 198 true
	// 199 true
}

// TestInstalments: the units that do not divide go into the first instalment, whatever their number.
func TestInstalments(t *testing.T) {
	tests := []struct {
		name string
		a    contracts.Amount
		n    int
		want []contracts.Amount
	}{
		{"a debt of the state in three", 10_000, 3, []contracts.Amount{3334, 3333, 3333}},
		{"two units over", 10_001, 3, []contracts.Amount{3335, 3333, 3333}},
		{"nothing over", 9_999, 3, []contracts.Amount{3333, 3333, 3333}},
		{"what is owed back", -10_000, 3, []contracts.Amount{-3334, -3333, -3333}},
		{"less than one each", 2, 3, []contracts.Amount{2, 0, 0}},
		{"nothing", 0, 2, []contracts.Amount{0, 0}},
		{"at once", 10_000, 1, []contracts.Amount{10_000}},
		{"the least amount", math.MinInt64, 2, []contracts.Amount{math.MinInt64 / 2, math.MinInt64 / 2}},
	}
	for _, tt := range tests {
		got, ok := tt.a.Instalments(tt.n)
		if diff := cmp.Diff(tt.want, got); !ok || diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	if _, ok := contracts.Amount(1).Instalments(0); ok {
		t.Error("no instalments: got some")
	}
}

// TestCashAndAward rounds 1,000.50 yen: in cash 50 sen are a yen (通貨法3条1項), a court drops them.
func TestCashAndAward(t *testing.T) {
	tests := []struct {
		name string
		sen  int64
		r    contracts.Rounding
		want contracts.Amount
	}{
		{"49 sen in cash", 100_049, contracts.RoundHalfUp, 1000},
		{"50 sen in cash", 100_050, contracts.RoundHalfUp, 1001},
		{"51 sen in cash", 100_051, contracts.RoundHalfUp, 1001},
		{"50 sen awarded by a court or owed by the state", 100_050, contracts.RoundDown, 1000},
		{"99 sen awarded", 100_099, contracts.RoundDown, 1000},
	}
	for _, tt := range tests {
		if got, ok := contracts.Amount(tt.sen).Part(contracts.MustRatio(1, 100), tt.r); got != tt.want || !ok {
			t.Errorf("%s: got %d, want %d", tt.name, got, tt.want)
		}
	}
}
