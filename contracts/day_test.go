package contracts

import (
	"testing"

	"pgregory.net/rapid"
)

func TestNumbersOfDays(t *testing.T) {
	tests := []struct {
		name            string
		d               Date
		number, weekday int
	}{
		{"the day before the first", Date{1969, 12, 31}, -1, 3},
		{"the first, a Thursday", Date{1970, 1, 1}, 0, 4},
		{"the day after", Date{1970, 1, 2}, 1, 5},
		{"a Saturday", Date{1970, 1, 3}, 2, 6},
		{"a Sunday", Date{1970, 1, 4}, 3, 0},
		{"a year later", Date{1971, 1, 1}, 365, 5},
		{"the leap day of 2000, after 30 years of 365 days, 7 leap days and 59 days", Date{2000, 2, 29}, 30*365 + 7 + 59, 2},
		{"the day after it", Date{2000, 3, 1}, 30*365 + 7 + 60, 3},
		{"1900 was no leap year", Date{1900, 3, 1}, -(70*365 + 17) + 59, 4},
		{"the earliest", Date{1, 1, 1}, -719162, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.d.Number(); got != tt.number {
				t.Errorf("number %d, want %d", got, tt.number)
			}
			if got := tt.d.Weekday(); got != tt.weekday {
				t.Errorf("weekday %d, want %d", got, tt.weekday)
			}
		})
	}
}

// Days later have numbers as much higher, and weekdays come round in seven.
func TestDaysAreCountedOn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Date{rapid.IntRange(2, 9000).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day")}
		n := rapid.IntRange(0, 300_000).Draw(t, "days")
		later := d.AddDays(n)
		if got, want := later.Number(), d.Number()+n; got != want {
			t.Errorf("%s is day %d, want %d", later, got, want)
		}
		if got, want := later.Weekday(), (d.Weekday()+n)%7; got != want {
			t.Errorf("%s is weekday %d, want %d", later, got, want)
		}
	})
}

// 2024-01-01 was a Monday.
func TestWorkingDays(t *testing.T) {
	plain := Calendar{ID: "plain", Holidays: []Date{{2024, 1, 3}, {2024, 1, 6}}}
	weekend := Calendar{ID: "weekend", Days: []int{6, 0}, Holidays: []Date{{2024, 1, 7}}}
	tests := []struct {
		name           string
		d              Date
		plain, weekend bool
	}{
		{"Sunday", Date{2023, 12, 31}, false, true},
		{"Monday", Date{2024, 1, 1}, true, false},
		{"Tuesday", Date{2024, 1, 2}, true, false},
		{"a Wednesday that is a holiday", Date{2024, 1, 3}, false, false},
		{"Thursday", Date{2024, 1, 4}, true, false},
		{"Friday", Date{2024, 1, 5}, true, false},
		{"a Saturday that is a holiday of the plain", Date{2024, 1, 6}, false, true},
		{"a Sunday that is a holiday of the weekend", Date{2024, 1, 7}, false, false},
		{"the holiday's day a year later, a Friday", Date{2025, 1, 3}, true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := plain.Works(tt.d); got != tt.plain {
				t.Errorf("plain: %t, want %t", got, tt.plain)
			}
			if got := weekend.Works(tt.d); got != tt.weekend {
				t.Errorf("weekend: %t, want %t", got, tt.weekend)
			}
		})
	}
}
