package csvtable

import (
	"bytes"
	"fmt"
	"testing"
)

// BenchmarkReader reads 1,000,000 rows of six columns, every fourth with a
// Japanese name in quotes.
func BenchmarkReader(b *testing.B) {
	const rows = 1_000_000
	var text bytes.Buffer
	text.WriteString("id,name,plan,fee,paid,claimed\n")
	for i := range rows {
		name := "Example Ltd"
		if i%4 == 0 {
			name = `"株式会社 例, 支店"`
		}
		fmt.Fprintf(&text, "c-%07d,%s,vps-a,%d,%d,%d\n", i, name, 1000+i%900, 33333, i%70000)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		r, ps := NewReader(bytes.NewReader(text.Bytes()), "customers.csv", Options{WantRows: rows})
		if r == nil {
			b.Fatal(ps)
		}
		for _, w := range r.Rows() {
			if w.Field(0) == "" {
				b.Fatal("empty id")
			}
		}
		if err := r.Problems().Err(); err != nil {
			b.Fatal(err)
		}
	}
}
