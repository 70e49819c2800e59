package law_test

import (
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
)

// change is a day on which a rate changes: the rates of the day before and of the day itself, in per cent; empty is unknown.
type change struct{ id, day, before, from string }

// The changes, from the Acts and the announcements: MOJ for the legal rate, the Bundesbank for the base rate (plus 5 or 9 points), the
// consumption tax with its local part.
var changes = []change{
	{"jp.civil-404", "2020-04-01", "5%", "3%"},
	{"jp.civil-404", "2023-04-01", "3%", "3%"},
	{"jp.civil-404", "2026-04-01", "3%", "3%"},
	{"jp.civil-404", "2029-04-01", "3%", ""},
	{"jp.commercial-514", "2020-04-01", "6%", ""},
	{"jp.tax-29", "1989-04-01", "", "3%"},
	{"jp.tax-29", "1997-04-01", "3%", "5%"},
	{"jp.tax-29", "2014-04-01", "5%", "8%"},
	{"jp.tax-29", "2019-10-01", "8%", "10%"},
	{"de.bgb-288-1", "2014-07-01", "", "4.27%"},
	{"de.bgb-288-1", "2015-01-01", "4.27%", "4.17%"},
	{"de.bgb-288-1", "2016-07-01", "4.17%", "4.12%"},
	{"de.bgb-288-1", "2023-01-01", "4.12%", "6.62%"},
	{"de.bgb-288-1", "2023-07-01", "6.62%", "8.12%"},
	{"de.bgb-288-1", "2024-01-01", "8.12%", "8.62%"},
	{"de.bgb-288-1", "2024-07-01", "8.62%", "8.37%"},
	{"de.bgb-288-1", "2025-01-01", "8.37%", "7.27%"},
	{"de.bgb-288-1", "2025-07-01", "7.27%", "6.27%"},
	{"de.bgb-288-1", "2026-07-01", "6.27%", ""},
	{"de.bgb-288-2", "2014-07-29", "", "8.27%"},
	{"de.bgb-288-2", "2015-01-01", "8.27%", "8.17%"},
	{"de.bgb-288-2", "2016-07-01", "8.17%", "8.12%"},
	{"de.bgb-288-2", "2023-01-01", "8.12%", "10.62%"},
	{"de.bgb-288-2", "2023-07-01", "10.62%", "12.12%"},
	{"de.bgb-288-2", "2024-01-01", "12.12%", "12.62%"},
	{"de.bgb-288-2", "2024-07-01", "12.62%", "12.37%"},
	{"de.bgb-288-2", "2025-01-01", "12.37%", "11.27%"},
	{"de.bgb-288-2", "2025-07-01", "11.27%", "10.27%"},
	{"de.bgb-288-2", "2026-07-01", "10.27%", ""},
}

// The day before, the day itself and the day after each change.
func TestRateOnEveryChange(t *testing.T) {
	ends := map[string]map[contracts.Date]bool{}
	for _, c := range changes {
		e := entryOf(t, c.id)
		d := dateOf(t, c.day)
		if ends[c.id] == nil {
			ends[c.id] = map[contracts.Date]bool{}
		}
		ends[c.id][d] = true
		for _, tt := range []struct {
			day  contracts.Date
			want string
		}{{d.AddDays(-1), c.before}, {d, c.from}, {d.AddDays(1), c.from}} {
			got, known := e.RateOn(tt.day)
			if known != (tt.want != "") || (known && got.Percent() != tt.want) {
				t.Errorf("%s on %s: %s, known %v; want %q", c.id, tt.day, got.Percent(), known, tt.want)
			}
		}
	}
	for _, e := range all() {
		for i, r := range e.Rates {
			if !r.From.IsZero() && !ends[e.ID][r.From] || !r.Until.IsZero() && !ends[e.ID][r.Until] {
				t.Errorf("%s changes from %s to %s, and nothing says by what", e.ID, r.From, r.Until)
			}
			if i > 0 && e.Rates[i-1].Until != r.From {
				t.Errorf("%s has a gap or an overlap before %s", e.ID, r.From)
			}
		}
	}
}

// A day long before and long after: the first rate reaches back, an open one goes on, and what is not announced is not known.
func TestRateOnFarDays(t *testing.T) {
	far, late := contracts.Date{Year: 1900, Month: 1, Day: 1}, contracts.Date{Year: 2100, Month: 1, Day: 1}
	tests := []struct {
		id   string
		day  contracts.Date
		want string
	}{
		{"jp.civil-404", far, "5%"},
		{"jp.civil-404", late, ""},
		{"jp.commercial-514", far, "6%"},
		{"jp.tax-29", far, ""},
		{"jp.tax-29", late, "10%"},
		{"de.bgb-288-1", late, ""},
		{"jp.civil-419", far, ""},
	}
	for _, tt := range tests {
		t.Run(tt.id+" "+tt.day.String(), func(t *testing.T) {
			got, known := entryOf(t, tt.id).RateOn(tt.day)
			if known != (tt.want != "") || (known && got.Percent() != tt.want) {
				t.Errorf("%s, known %v; want %q", got.Percent(), known, tt.want)
			}
		})
	}
	if _, known := (law.Entry{}).RateOn(late); known {
		t.Error("an entry without rates has one")
	}
}

// In Japan the rate of the day on which the delay began stays; in Germany it follows the base rate.
func TestWhetherARateMoves(t *testing.T) {
	for id, want := range map[string]bool{"jp.civil-404": false, "jp.commercial-514": false, "de.bgb-288-1": true, "de.bgb-288-2": true} { // order: each is checked alone
		if got := entryOf(t, id).RateMoves; got != want {
			t.Errorf("%s moves: %v, want %v", id, got, want)
		}
	}
}
