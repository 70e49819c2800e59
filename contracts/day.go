package contracts

import "time"

// Number counts days from 1970-01-01, which is 0; earlier days are negative. The zero Date has no number of its own.
func (d Date) Number() int {
	return int(time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Weekday is the day of the week, 0 for Sunday to 6 for Saturday.
func (d Date) Weekday() int {
	return int(time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Weekday())
}
