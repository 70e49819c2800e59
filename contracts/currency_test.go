package contracts_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/amends-go/amends/contracts"
)

func TestCurrencyOn(t *testing.T) {
	tests := []struct {
		name       string
		code, date string
		digits     int
		refused    string // what the error must say; empty when it is accepted
	}{
		{"the kuna was money the day before its last", "HRK", "2022-12-30", 2, ""},
		{"the kuna was money on its last day", "HRK", "2022-12-31", 2, ""},
		{"the kuna gave way to the euro", "HRK", "2023-01-01", 0, "HRK was in use until 2022-12-31, found on 2023-01-01; use EUR"},
		{"the lev was money the day before its last", "BGN", "2025-12-30", 2, ""},
		{"the lev was money on its last day", "BGN", "2025-12-31", 2, ""},
		{"the lev gave way to the euro", "BGN", "2026-01-01", 0, "use EUR"},
		{"the sovereign bolívar had not begun", "VES", "2018-08-19", 0, "VES is in use since 2018-08-20, found on 2018-08-19; use VEF"},
		{"the sovereign bolívar begins", "VES", "2018-08-20", 2, ""},
		{"the sovereign bolívar goes on", "VES", "2018-08-21", 2, ""},
		{"a currency twice replaced names the one in use", "VEB", "2024-01-01", 0, "use VES"},
		{"a currency twice replaced names the one of that day", "VEB", "2010-01-01", 0, "use VEF"},
		{"the Zimbabwe dollar ended in August 2024", "ZWL", "2024-09-01", 0, "use ZWG"},
		{"the old leone ended with 2023", "SLL", "2024-01-01", 0, "use SLE"},
		{"the Antillean guilder was tender beside the Caribbean one", "ANG", "2025-06-30", 2, ""},
		{"the Antillean guilder gave way to the Caribbean one", "ANG", "2025-07-01", 0, "use XCG"},
		{"before the euro there were several currencies, so none is named", "EUR", "1998-12-31", 0, "EUR is in use since 1999-01-01, found on 1998-12-31"},
		{"the euro begins", "EUR", "1999-01-01", 2, ""},
		{"the mark ended with 2001", "DEM", "2002-01-01", 0, "use EUR"},
		{"a historic currency is known when no date is asked", "DEM", "", 2, ""},
		{"yen have no decimals", "JPY", "2012-06-20", 0, ""},
		{"Kuwaiti dinars have three decimals", "KWD", "2024-01-01", 3, ""},
		{"a Chilean unidad de fomento has four decimals", "CLF", "2024-01-01", 4, ""},
		{"a date that is none", "JPY", "2024-02-30", 0, "write the date as 2025-04-01"},
		{"a date in another form", "JPY", "2024/02/03", 0, "write the date as 2025-04-01"},
		{"no code", "", "", 0, "no code"},
		{"small letters", "jpy", "", 0, "did you mean JPY?"},
		{"a space behind", "USD ", "", 0, "did you mean USD?"},
		{"a name for a code", "YEN", "", 0, "did you mean JPY?"},
		{"a sign for a code", "￥", "", 0, "did you mean JPY?"},
		{"a colloquial code", "RMB", "", 0, "did you mean CNY?"},
		{"letters swapped", "UDS", "", 0, "did you mean USD?"},
		{"a wrong last letter", "JPX", "", 0, "did you mean JPY?"},
		{"a code nothing is near to", "QQQ", "", 0, `unknown code "QQQ"; write one of ISO 4217`},
		{"a long text", "YENYENYENYENYENYEN", "", 0, `unknown code "YENYENYENYENYENYEN"; write`},
		{"a control character is escaped", "U\x1bD", "", 0, `"U<U+001B>D"`},
		{"a crypto-asset", "BTC", "", 0, "BTC is a crypto-asset"},
		{"a stablecoin", "USDT", "", 0, "USDT is a crypto-asset"},
		{"gold", "XAU", "", 0, "XAU (gold) has no minor unit"},
		{"silver", "XAG", "2024-01-01", 0, "XAG (silver) has no minor unit"},
		{"special drawing rights", "XDR", "", 0, "has no minor unit"},
		{"the code for tests", "XTS", "", 0, "reserved for tests"},
		{"the code for no currency", "XXX", "", 0, "no currency"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := contracts.CurrencyOn(tt.code, tt.date)
			if tt.refused != "" {
				if !errors.Is(err, contracts.ErrCurrency) || !strings.Contains(err.Error(), tt.refused) {
					t.Errorf("error %v does not say %q", err, tt.refused)
				}
				if diff := cmp.Diff(contracts.Currency{}, got); diff != "" {
					t.Errorf("a refused currency is not zero:\n%s", diff)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got.Code != tt.code || got.Digits != tt.digits {
				t.Errorf("got %s with %d decimals, want %s with %d", got.Code, got.Digits, tt.code, tt.digits)
			}
		})
	}
}

// The codes that older tables lack, and those that they still carry.
func TestCurrencyOn_NUM_16(t *testing.T) {
	const today = contracts.CurrencyTableDate
	for code, number := range map[string]int{"VES": 928, "SLE": 925, "VED": 926, "ZWG": 924, "XCG": 532, "MRU": 929, "STN": 930, "UYW": 927} {
		c, err := contracts.CurrencyOn(code, today)
		if err != nil || c.Number != number {
			t.Errorf("%s: got number %d, error %v; want %d", code, c.Number, err, number)
		}
	}
	for _, code := range []string{"HRK", "BTC", "BGN", "ANG", "SLL", "ZWL", "CUC", "VEF", "MRO", "STD", "EEK", "LVL", "LTL", "DEM"} {
		if c, err := contracts.CurrencyOn(code, today); !errors.Is(err, contracts.ErrCurrency) {
			t.Errorf("%s: got %v, %v; want it refused", code, c, err)
		}
	}
	// Coins below five rappen are not struck, but francs are still stated to
	// the rappen.
	chf, err := contracts.CurrencyOn("CHF", today)
	if err != nil {
		t.Fatal(err)
	}
	if got, _, err := contracts.ParseAmount("0.03", chf, contracts.NumberStyle{}); got != 3 || err != nil {
		t.Errorf("CHF 0.03: got %d, %v; want 3 rappen", got, err)
	}
}

// TestCurrencies_decimals states the digits of ISO 4217, list one: every code
// of a list has that many, and all others two.
func TestCurrencies_decimals(t *testing.T) {
	exceptions := map[int]string{
		0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
		3: "BHD IQD JOD KWD LYD OMR TND",
		4: "CLF UYW",
	}
	want := map[string]int{}
	for digits, codes := range exceptions {
		for _, code := range strings.Fields(codes) {
			want[code] = digits
		}
	}
	got, active := map[string]int{}, 0
	for _, c := range contracts.Currencies() {
		if c.Until != "" {
			continue
		}
		active++
		if c.Digits != 2 {
			got[c.Code] = c.Digits
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("decimals other than two (-want +got):\n%s", diff)
	}
	if active != 165 { // list one has 178 codes, 13 of them without a minor unit
		t.Errorf("%d currencies in use, want 165", active)
	}
}

func TestCurrencies_table(t *testing.T) {
	all := contracts.Currencies()
	if !slices.IsSortedFunc(all, func(a, b contracts.Currency) int { return strings.Compare(a.Code, b.Code) }) {
		t.Error("the table is not sorted by code")
	}
	numbers := map[int]string{}
	for i, c := range all {
		if i > 0 && all[i-1].Code == c.Code {
			t.Errorf("%s stands twice", c.Code)
		}
		if len(c.Code) != 3 || strings.Trim(c.Code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" || c.Number < 1 || c.Number > 999 {
			t.Errorf("%s: code or number %d is ill-formed", c.Code, c.Number)
		}
		if (c.Until == "") != (c.Successor == "") {
			t.Errorf("%s: an end needs a successor and the reverse", c.Code)
		}
		if c.Since != "" && dayAfter(t, c.Since) <= c.Since {
			t.Errorf("%s: %q is no day", c.Code, c.Since)
		}
		if c.Since != "" && c.Until != "" && c.Since > c.Until {
			t.Errorf("%s ends before it begins", c.Code)
		}
		if (c.Name.JA == "") != (c.Name.EN == "") {
			t.Errorf("%s is named in one language only", c.Code)
		}
		if c.Until != "" {
			next, err := contracts.CurrencyOn(c.Successor, "")
			if err != nil || (next.Until != "" && next.Until <= c.Until) || next.Since > dayAfter(t, c.Until) {
				t.Errorf("%s: its successor %s, from %s, does not follow its end %s (%v)", c.Code, c.Successor, next.Since, c.Until, err)
			}
			continue
		}
		if other := numbers[c.Number]; other != "" {
			t.Errorf("%s and %s share the number %d", other, c.Code, c.Number)
		}
		numbers[c.Number] = c.Code
	}
}

func dayAfter(t *testing.T, date string) string {
	t.Helper()
	d, err := time.Parse(time.DateOnly, date)
	if err != nil {
		t.Error(err)
	}
	return d.AddDate(0, 0, 1).Format(time.DateOnly)
}

// The commonest currencies are named in both languages.
func TestCurrencies_names(t *testing.T) {
	for _, code := range strings.Fields("JPY USD EUR GBP CNY KRW TWD HKD SGD AUD CAD CHF INR") {
		c, err := contracts.CurrencyOn(code, "")
		if err != nil || c.Name.In("ja") == c.Name.In("en") {
			t.Errorf("%s is named %q in Japanese and %q in English (%v)", code, c.Name.In("ja"), c.Name.In("en"), err)
		}
	}
}

func TestCurrency_InUse(t *testing.T) {
	lev, err := contracts.CurrencyOn("BGN", "")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, date := range []string{"1999-07-04", "1999-07-05", "1999-07-06", "2025-12-30", "2025-12-31", "2026-01-01"} {
		got[date] = lev.InUse(date)
	}
	want := map[string]bool{
		"1999-07-04": false, "1999-07-05": true, "1999-07-06": true,
		"2025-12-30": true, "2025-12-31": true, "2026-01-01": false,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the lev in use (-want +got):\n%s", diff)
	}
}
