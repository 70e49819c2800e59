package law

import "github.com/amends-go/amends/contracts"

// Rate is a rate in a span of days: of interest a year, or of a tax.
type Rate struct {
	From, Until contracts.Date // zero From is before every day we read; Until is the first day no longer, zero is open
	Of          contracts.Ratio
}

// Spared is the sum of a refund, tax included, below which no document of its own is needed.
type Spared struct {
	Below    int64  // in whole units of the currency
	Currency string // ISO 4217
}

// RateOn returns the rate on a day. It reports false for a day of which the entry knows none, such as one whose rate is not yet announced.
func (e Entry) RateOn(d contracts.Date) (contracts.Ratio, bool) {
	for _, r := range e.Rates {
		if (r.From.IsZero() || r.From.Cmp(d) <= 0) && (r.Until.IsZero() || d.Cmp(r.Until) < 0) {
			return r.Of, true
		}
	}
	return contracts.Ratio{}, false
}

// rates turns days and hundredths of a per cent into consecutive rates; the last ends on until, or is open.
func rates(until contracts.Date, from ...rateFrom) []Rate {
	out := make([]Rate, len(from))
	for i, f := range from {
		end := until
		if i+1 < len(from) {
			end = from[i+1].day
		}
		out[i] = Rate{From: f.day, Until: end, Of: contracts.MustRatio(f.hundredths, 10_000)}
	}
	return out
}

type rateFrom struct {
	day        contracts.Date
	hundredths int64 // of a per cent
}

// on is a day, for the tables of the packs.
func on(year, month, day int) contracts.Date {
	return contracts.Date{Year: year, Month: month, Day: day}
}

// half is one half, for bars and thresholds.
var half = contracts.MustRatio(1, 2)
