package statement_test

import (
	"testing"

	"github.com/amends-go/amends/sla"
)

func BenchmarkLetter(b *testing.B) {
	c, runs := example(b, "firstserver-2012", "")
	m := maker(b, c, string(c.Statement.Data), nil, "ja")
	for b.Loop() {
		n := 0
		err := rows(c, runs)(func(row sla.Row) error {
			if n++; n > 500 {
				return errFound
			}
			_, err := m.Letter(row)
			return err
		})
		if n <= 500 {
			b.Fatal(err)
		}
	}
}
