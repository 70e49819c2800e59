package contracts

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ErrCurrency is wrapped by every refusal of a currency (E_CURRENCY).
var ErrCurrency = errors.New("not a currency in use")

// CurrencyTableDate is the day from which the table of currencies holds: ISO
// 4217 up to amendment 180, by which Bulgaria changed to the euro.
const CurrencyTableDate = "2026-01-01"

// Currency is a currency of ISO 4217. Amounts in it are whole minor units, of
// which 10^Digits make one unit; coins that are no longer struck, such as the
// Swiss rappen below five, do not change that.
type Currency struct {
	Code   string // three capital letters
	Number int    // the numeric code; a successor may share it, as XCG does that of ANG
	Digits int    // decimals of the minor unit: 0, 2, 3 or 4
	Name   Text   // for the commonest; elsewhere empty, and the code serves
	// Since and Until are the first and the last day, as YYYY-MM-DD, on which
	// new amounts may be stated in it. Since is given for currencies that
	// began in 1999 or later; an empty Until means that it is in use. A
	// currency that gave way to the euro ends on the day before, when every
	// debt in it was converted, though its notes passed for some weeks more;
	// elsewhere the last day of legal tender beside the successor counts.
	Since, Until string
	Successor    string // the code that took its place; empty while in use
}

// CurrencyOn returns the currency of that code. On a date, written YYYY-MM-DD,
// it must be in use; an empty date accepts historic currencies too, for papers
// whose date is checked elsewhere. It refuses what is not money with a minor
// unit (precious metals, XXX, crypto-assets) and never guesses decimals. Every
// error wraps ErrCurrency and says what could be written instead.
func CurrencyOn(code, date string) (Currency, error) {
	c, ok := currencyOf(code)
	if !ok {
		return Currency{}, unknownCurrency(code)
	}
	if date == "" {
		return c, nil
	}
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return Currency{}, fmt.Errorf("%w: %s cannot be looked up on %s; write the date as 2025-04-01", ErrCurrency, code, Escape(date, 40))
	}
	if c.Until != "" && date > c.Until {
		return Currency{}, fmt.Errorf("%w: %s was in use until %s, found on %s; use %s", ErrCurrency, code, c.Until, date, c.heir(date))
	}
	if date < c.Since {
		err := fmt.Errorf("%w: %s is in use since %s, found on %s", ErrCurrency, code, c.Since, date)
		if old := c.forerunner(date); old != "" {
			err = fmt.Errorf("%w; use %s", err, old)
		}
		return Currency{}, err
	}
	return c, nil
}

// Currencies returns every currency of the table, historic ones too, by code.
func Currencies() []Currency { return slices.Clone(currencies) }

// InUse reports whether amounts may be stated in c on the date, YYYY-MM-DD.
func (c Currency) InUse(date string) bool {
	return date >= c.Since && (c.Until == "" || date <= c.Until)
}

// heir follows the successors of c up to the one in use on the date: the old
// bolívar of 2007 has had two.
func (c Currency) heir(date string) string {
	next, ok := currencyOf(c.Successor)
	for ok && next.Until != "" && date > next.Until {
		next, ok = currencyOf(next.Successor)
	}
	return next.Code
}

// forerunner returns the one currency that c replaced and that was in use on
// the date, or nothing when there were several, as before the euro.
func (c Currency) forerunner(date string) string {
	found := ""
	for _, old := range currencies {
		if old.Successor == c.Code && old.InUse(date) {
			if found != "" {
				return ""
			}
			found = old.Code
		}
	}
	return found
}

func currencyOf(code string) (Currency, bool) {
	i, ok := slices.BinarySearchFunc(currencies, code, func(c Currency, code string) int {
		return strings.Compare(c.Code, code)
	})
	if !ok {
		return Currency{}, false
	}
	return currencies[i], true
}

// unknownCurrency says why a code is not in the table.
func unknownCurrency(code string) error {
	if code == "" {
		return fmt.Errorf("%w: no code; write one of ISO 4217 such as JPY", ErrCurrency)
	}
	if what := notMoney[code]; what != "" {
		return fmt.Errorf("%w: %s (%s) has no minor unit; state amounts in a currency such as JPY", ErrCurrency, code, what)
	}
	if slices.Contains(cryptoAssets, code) {
		return fmt.Errorf("%w: %s is a crypto-asset and no currency of ISO 4217; state amounts in a currency such as JPY", ErrCurrency, code)
	}
	if near := nearCurrencies(code); len(near) > 0 {
		return fmt.Errorf("%w: unknown code %s; did you mean %s?", ErrCurrency, Escape(code, 40), strings.Join(near, " or "))
	}
	return fmt.Errorf("%w: unknown code %s; write one of ISO 4217 such as JPY", ErrCurrency, Escape(code, 40))
}

// nearCurrencies returns what a mistyped code may stand for, by code: a common
// name, the same letters in another case or order, or one wrong last letter
// (the first two name the country, so they say most).
func nearCurrencies(code string) []string {
	if len(code) > 16 {
		return nil // no slip of the finger, and not worth folding
	}
	up := strings.ToUpper(strings.TrimSpace(code))
	if known := currencyNicknames[up]; known != "" {
		return []string{known}
	}
	if _, ok := currencyOf(up); ok {
		return []string{up}
	}
	var swapped, last []string
	for _, c := range currencies {
		if len(up) != len(c.Code) || c.Until != "" {
			continue
		}
		a, b := up, c.Code
		if a[0] == b[1] && a[1] == b[0] && a[2] == b[2] || a[0] == b[0] && a[1] == b[2] && a[2] == b[1] {
			swapped = append(swapped, c.Code)
		} else if a[:2] == b[:2] {
			last = append(last, c.Code)
		}
	}
	if len(swapped) > 0 {
		return swapped
	}
	return last[:min(len(last), 3)]
}

// currencyNicknames maps names that people write to the code they mean. The
// dollar sign and a bare "dollar" mean several currencies and are left out.
var currencyNicknames = map[string]string{
	"YEN": "JPY", "円": "JPY", "¥": "JPY", "￥": "JPY", "JPN": "JPY",
	"RMB": "CNY", "CNH": "CNY", "YUAN": "CNY", "元": "CNY", "人民元": "CNY",
	"EURO": "EUR", "€": "EUR", "ユーロ": "EUR",
	"STG": "GBP", "UKP": "GBP", "£": "GBP", "POUND": "GBP",
	"US$": "USD", "米ドル": "USD", "WON": "KRW", "NTD": "TWD", "SFR": "CHF", "RS": "INR",
}

// notMoney lists the codes of ISO 4217 that have no minor unit.
var notMoney = map[string]string{
	"XAG": "silver", "XAU": "gold", "XPD": "palladium", "XPT": "platinum",
	"XBA": "bond markets unit", "XBB": "bond markets unit", "XBC": "bond markets unit", "XBD": "bond markets unit",
	"XDR": "special drawing right", "XSU": "sucre", "XUA": "unit of account of the African Development Bank",
	"XTS": "reserved for tests", "XXX": "no currency",
}

// cryptoAssets lists the commonest, only so that the refusal can say what they
// are; any other is refused as unknown.
var cryptoAssets = []string{"ADA", "BCH", "BNB", "BTC", "DOGE", "DOT", "ETH", "LTC", "SOL", "TRX", "USDC", "USDT", "XBT", "XLM", "XMR", "XRP"}

// currencies is sorted by code, for the search by halves. Codes, numbers and
// digits are those of ISO 4217; funds codes that have a minor unit belong to it.
var currencies = []Currency{
	{Code: "AED", Number: 784, Digits: 2},
	{Code: "AFA", Number: 4, Digits: 2, Until: "2002-12-31", Successor: "AFN"},
	{Code: "AFN", Number: 971, Digits: 2, Since: "2002-10-07"},
	{Code: "ALL", Number: 8, Digits: 2},
	{Code: "AMD", Number: 51, Digits: 2},
	{Code: "ANG", Number: 532, Digits: 2, Until: "2025-06-30", Successor: "XCG"},
	{Code: "AOA", Number: 973, Digits: 2},
	{Code: "ARS", Number: 32, Digits: 2},
	{Code: "ATS", Number: 40, Digits: 2, Until: "2001-12-31", Successor: "EUR"},
	{Code: "AUD", Number: 36, Digits: 2, Name: Text{JA: "オーストラリアドル", EN: "Australian dollar"}},
	{Code: "AWG", Number: 533, Digits: 2},
	{Code: "AZM", Number: 31, Digits: 2, Until: "2006-12-31", Successor: "AZN"},
	{Code: "AZN", Number: 944, Digits: 2, Since: "2006-01-01"},
	{Code: "BAM", Number: 977, Digits: 2},
	{Code: "BBD", Number: 52, Digits: 2},
	{Code: "BDT", Number: 50, Digits: 2},
	{Code: "BEF", Number: 56, Digits: 0, Until: "2001-12-31", Successor: "EUR"},
	{Code: "BGN", Number: 975, Digits: 2, Since: "1999-07-05", Until: "2025-12-31", Successor: "EUR"},
	{Code: "BHD", Number: 48, Digits: 3},
	{Code: "BIF", Number: 108, Digits: 0},
	{Code: "BMD", Number: 60, Digits: 2},
	{Code: "BND", Number: 96, Digits: 2},
	{Code: "BOB", Number: 68, Digits: 2},
	{Code: "BOV", Number: 984, Digits: 2},
	{Code: "BRL", Number: 986, Digits: 2, Name: Text{JA: "ブラジルレアル", EN: "Brazilian real"}},
	{Code: "BSD", Number: 44, Digits: 2},
	{Code: "BTN", Number: 64, Digits: 2},
	{Code: "BWP", Number: 72, Digits: 2},
	{Code: "BYN", Number: 933, Digits: 2, Since: "2016-07-01"},
	{Code: "BYR", Number: 974, Digits: 0, Until: "2016-12-31", Successor: "BYN"},
	{Code: "BZD", Number: 84, Digits: 2},
	{Code: "CAD", Number: 124, Digits: 2, Name: Text{JA: "カナダドル", EN: "Canadian dollar"}},
	{Code: "CDF", Number: 976, Digits: 2},
	{Code: "CHE", Number: 947, Digits: 2},
	{Code: "CHF", Number: 756, Digits: 2, Name: Text{JA: "スイスフラン", EN: "Swiss franc"}},
	{Code: "CHW", Number: 948, Digits: 2},
	{Code: "CLF", Number: 990, Digits: 4},
	{Code: "CLP", Number: 152, Digits: 0},
	{Code: "CNY", Number: 156, Digits: 2, Name: Text{JA: "人民元", EN: "Chinese yuan"}},
	{Code: "COP", Number: 170, Digits: 2},
	{Code: "COU", Number: 970, Digits: 2},
	{Code: "CRC", Number: 188, Digits: 2},
	{Code: "CSD", Number: 891, Digits: 2, Until: "2006-10-24", Successor: "RSD"},
	{Code: "CUC", Number: 931, Digits: 2, Until: "2021-06-30", Successor: "CUP"},
	{Code: "CUP", Number: 192, Digits: 2},
	{Code: "CVE", Number: 132, Digits: 2},
	{Code: "CYP", Number: 196, Digits: 2, Until: "2007-12-31", Successor: "EUR"},
	{Code: "CZK", Number: 203, Digits: 2},
	{Code: "DEM", Number: 276, Digits: 2, Until: "2001-12-31", Successor: "EUR"},
	{Code: "DJF", Number: 262, Digits: 0},
	{Code: "DKK", Number: 208, Digits: 2},
	{Code: "DOP", Number: 214, Digits: 2},
	{Code: "DZD", Number: 12, Digits: 2},
	{Code: "EEK", Number: 233, Digits: 2, Until: "2010-12-31", Successor: "EUR"},
	{Code: "EGP", Number: 818, Digits: 2},
	{Code: "ERN", Number: 232, Digits: 2},
	{Code: "ESP", Number: 724, Digits: 0, Until: "2001-12-31", Successor: "EUR"},
	{Code: "ETB", Number: 230, Digits: 2},
	{Code: "EUR", Number: 978, Digits: 2, Name: Text{JA: "ユーロ", EN: "euro"}, Since: "1999-01-01"},
	{Code: "FIM", Number: 246, Digits: 2, Until: "2001-12-31", Successor: "EUR"},
	{Code: "FJD", Number: 242, Digits: 2},
	{Code: "FKP", Number: 238, Digits: 2},
	{Code: "FRF", Number: 250, Digits: 2, Until: "2001-12-31", Successor: "EUR"},
	{Code: "GBP", Number: 826, Digits: 2, Name: Text{JA: "英ポンド", EN: "pound sterling"}},
	{Code: "GEL", Number: 981, Digits: 2},
	{Code: "GHC", Number: 288, Digits: 2, Until: "2007-12-31", Successor: "GHS"},
	{Code: "GHS", Number: 936, Digits: 2, Since: "2007-07-03"},
	{Code: "GIP", Number: 292, Digits: 2},
	{Code: "GMD", Number: 270, Digits: 2},
	{Code: "GNF", Number: 324, Digits: 0},
	{Code: "GRD", Number: 300, Digits: 0, Until: "2001-12-31", Successor: "EUR"},
	{Code: "GTQ", Number: 320, Digits: 2},
	{Code: "GYD", Number: 328, Digits: 2},
	{Code: "HKD", Number: 344, Digits: 2, Name: Text{JA: "香港ドル", EN: "Hong Kong dollar"}},
	{Code: "HNL", Number: 340, Digits: 2},
	{Code: "HRK", Number: 191, Digits: 2, Until: "2022-12-31", Successor: "EUR"},
	{Code: "HTG", Number: 332, Digits: 2},
	{Code: "HUF", Number: 348, Digits: 2},
	{Code: "IDR", Number: 360, Digits: 2},
	{Code: "IEP", Number: 372, Digits: 2, Until: "2001-12-31", Successor: "EUR"},
	{Code: "ILS", Number: 376, Digits: 2},
	{Code: "INR", Number: 356, Digits: 2, Name: Text{JA: "インドルピー", EN: "Indian rupee"}},
	{Code: "IQD", Number: 368, Digits: 3},
	{Code: "IRR", Number: 364, Digits: 2},
	{Code: "ISK", Number: 352, Digits: 0},
	{Code: "ITL", Number: 380, Digits: 0, Until: "2001-12-31", Successor: "EUR"},
	{Code: "JMD", Number: 388, Digits: 2},
	{Code: "JOD", Number: 400, Digits: 3},
	{Code: "JPY", Number: 392, Digits: 0, Name: Text{JA: "日本円", EN: "Japanese yen"}},
	{Code: "KES", Number: 404, Digits: 2},
	{Code: "KGS", Number: 417, Digits: 2},
	{Code: "KHR", Number: 116, Digits: 2},
	{Code: "KMF", Number: 174, Digits: 0},
	{Code: "KPW", Number: 408, Digits: 2},
	{Code: "KRW", Number: 410, Digits: 0, Name: Text{JA: "韓国ウォン", EN: "South Korean won"}},
	{Code: "KWD", Number: 414, Digits: 3},
	{Code: "KYD", Number: 136, Digits: 2},
	{Code: "KZT", Number: 398, Digits: 2},
	{Code: "LAK", Number: 418, Digits: 2},
	{Code: "LBP", Number: 422, Digits: 2},
	{Code: "LKR", Number: 144, Digits: 2},
	{Code: "LRD", Number: 430, Digits: 2},
	{Code: "LSL", Number: 426, Digits: 2},
	{Code: "LTL", Number: 440, Digits: 2, Until: "2014-12-31", Successor: "EUR"},
	{Code: "LUF", Number: 442, Digits: 0, Until: "2001-12-31", Successor: "EUR"},
	{Code: "LVL", Number: 428, Digits: 2, Until: "2013-12-31", Successor: "EUR"},
	{Code: "LYD", Number: 434, Digits: 3},
	{Code: "MAD", Number: 504, Digits: 2},
	{Code: "MDL", Number: 498, Digits: 2},
	{Code: "MGA", Number: 969, Digits: 2},
	{Code: "MGF", Number: 450, Digits: 0, Until: "2004-12-31", Successor: "MGA"},
	{Code: "MKD", Number: 807, Digits: 2},
	{Code: "MMK", Number: 104, Digits: 2},
	{Code: "MNT", Number: 496, Digits: 2},
	{Code: "MOP", Number: 446, Digits: 2},
	{Code: "MRO", Number: 478, Digits: 2, Until: "2017-12-31", Successor: "MRU"},
	{Code: "MRU", Number: 929, Digits: 2, Since: "2018-01-01"},
	{Code: "MTL", Number: 470, Digits: 2, Until: "2007-12-31", Successor: "EUR"},
	{Code: "MUR", Number: 480, Digits: 2},
	{Code: "MVR", Number: 462, Digits: 2},
	{Code: "MWK", Number: 454, Digits: 2},
	{Code: "MXN", Number: 484, Digits: 2},
	{Code: "MXV", Number: 979, Digits: 2},
	{Code: "MYR", Number: 458, Digits: 2},
	{Code: "MZM", Number: 508, Digits: 2, Until: "2006-12-31", Successor: "MZN"},
	{Code: "MZN", Number: 943, Digits: 2, Since: "2006-07-01"},
	{Code: "NAD", Number: 516, Digits: 2},
	{Code: "NGN", Number: 566, Digits: 2},
	{Code: "NIO", Number: 558, Digits: 2},
	{Code: "NLG", Number: 528, Digits: 2, Until: "2001-12-31", Successor: "EUR"},
	{Code: "NOK", Number: 578, Digits: 2},
	{Code: "NPR", Number: 524, Digits: 2},
	{Code: "NZD", Number: 554, Digits: 2, Name: Text{JA: "ニュージーランドドル", EN: "New Zealand dollar"}},
	{Code: "OMR", Number: 512, Digits: 3},
	{Code: "PAB", Number: 590, Digits: 2},
	{Code: "PEN", Number: 604, Digits: 2},
	{Code: "PGK", Number: 598, Digits: 2},
	{Code: "PHP", Number: 608, Digits: 2},
	{Code: "PKR", Number: 586, Digits: 2},
	{Code: "PLN", Number: 985, Digits: 2},
	{Code: "PTE", Number: 620, Digits: 0, Until: "2001-12-31", Successor: "EUR"},
	{Code: "PYG", Number: 600, Digits: 0},
	{Code: "QAR", Number: 634, Digits: 2},
	{Code: "ROL", Number: 642, Digits: 2, Until: "2006-12-31", Successor: "RON"},
	{Code: "RON", Number: 946, Digits: 2, Since: "2005-07-01"},
	{Code: "RSD", Number: 941, Digits: 2, Since: "2006-10-25"},
	{Code: "RUB", Number: 643, Digits: 2},
	{Code: "RWF", Number: 646, Digits: 0},
	{Code: "SAR", Number: 682, Digits: 2},
	{Code: "SBD", Number: 90, Digits: 2},
	{Code: "SCR", Number: 690, Digits: 2},
	{Code: "SDD", Number: 736, Digits: 2, Until: "2007-06-30", Successor: "SDG"},
	{Code: "SDG", Number: 938, Digits: 2, Since: "2007-01-10"},
	{Code: "SEK", Number: 752, Digits: 2},
	{Code: "SGD", Number: 702, Digits: 2, Name: Text{JA: "シンガポールドル", EN: "Singapore dollar"}},
	{Code: "SHP", Number: 654, Digits: 2},
	{Code: "SIT", Number: 705, Digits: 2, Until: "2006-12-31", Successor: "EUR"},
	{Code: "SKK", Number: 703, Digits: 2, Until: "2008-12-31", Successor: "EUR"},
	{Code: "SLE", Number: 925, Digits: 2, Since: "2022-07-01"},
	{Code: "SLL", Number: 694, Digits: 2, Until: "2023-12-31", Successor: "SLE"},
	{Code: "SOS", Number: 706, Digits: 2},
	{Code: "SRD", Number: 968, Digits: 2, Since: "2004-01-01"},
	{Code: "SRG", Number: 740, Digits: 2, Until: "2003-12-31", Successor: "SRD"},
	{Code: "SSP", Number: 728, Digits: 2, Since: "2011-07-18"},
	{Code: "STD", Number: 678, Digits: 2, Until: "2017-12-31", Successor: "STN"},
	{Code: "STN", Number: 930, Digits: 2, Since: "2018-01-01"},
	{Code: "SVC", Number: 222, Digits: 2},
	{Code: "SYP", Number: 760, Digits: 2},
	{Code: "SZL", Number: 748, Digits: 2},
	{Code: "THB", Number: 764, Digits: 2, Name: Text{JA: "タイバーツ", EN: "Thai baht"}},
	{Code: "TJS", Number: 972, Digits: 2},
	{Code: "TMM", Number: 795, Digits: 2, Until: "2008-12-31", Successor: "TMT"},
	{Code: "TMT", Number: 934, Digits: 2, Since: "2009-01-01"},
	{Code: "TND", Number: 788, Digits: 3},
	{Code: "TOP", Number: 776, Digits: 2},
	{Code: "TRL", Number: 792, Digits: 0, Until: "2005-12-31", Successor: "TRY"},
	{Code: "TRY", Number: 949, Digits: 2, Since: "2005-01-01"},
	{Code: "TTD", Number: 780, Digits: 2},
	{Code: "TWD", Number: 901, Digits: 2, Name: Text{JA: "台湾ドル", EN: "New Taiwan dollar"}},
	{Code: "TZS", Number: 834, Digits: 2},
	{Code: "UAH", Number: 980, Digits: 2},
	{Code: "UGX", Number: 800, Digits: 0},
	{Code: "USD", Number: 840, Digits: 2, Name: Text{JA: "米ドル", EN: "US dollar"}},
	{Code: "USN", Number: 997, Digits: 2},
	{Code: "UYI", Number: 940, Digits: 0},
	{Code: "UYU", Number: 858, Digits: 2},
	{Code: "UYW", Number: 927, Digits: 4},
	{Code: "UZS", Number: 860, Digits: 2},
	{Code: "VEB", Number: 862, Digits: 2, Until: "2007-12-31", Successor: "VEF"},
	{Code: "VED", Number: 926, Digits: 2, Since: "2021-10-01"},
	{Code: "VEF", Number: 937, Digits: 2, Since: "2008-01-01", Until: "2018-08-19", Successor: "VES"},
	{Code: "VES", Number: 928, Digits: 2, Since: "2018-08-20"},
	{Code: "VND", Number: 704, Digits: 0, Name: Text{JA: "ベトナムドン", EN: "Vietnamese dong"}},
	{Code: "VUV", Number: 548, Digits: 0},
	{Code: "WST", Number: 882, Digits: 2},
	{Code: "XAD", Number: 396, Digits: 2, Since: "2025-05-12"},
	{Code: "XAF", Number: 950, Digits: 0},
	{Code: "XCD", Number: 951, Digits: 2},
	{Code: "XCG", Number: 532, Digits: 2, Since: "2025-03-31"},
	{Code: "XOF", Number: 952, Digits: 0},
	{Code: "XPF", Number: 953, Digits: 0},
	{Code: "YER", Number: 886, Digits: 2},
	{Code: "ZAR", Number: 710, Digits: 2},
	{Code: "ZMK", Number: 894, Digits: 2, Until: "2012-12-31", Successor: "ZMW"},
	{Code: "ZMW", Number: 967, Digits: 2, Since: "2013-01-01"},
	{Code: "ZWG", Number: 924, Digits: 2, Since: "2024-06-25"},
	{Code: "ZWL", Number: 932, Digits: 2, Since: "2009-02-02", Until: "2024-08-31", Successor: "ZWG"},
}
