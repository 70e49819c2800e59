package report_test

import (
	"io"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report"
)

// BenchmarkWorkbook writes 5,698 customers with every kind of column.
func BenchmarkWorkbook(b *testing.B) {
	res := result(b, contracts.Text{EN: "Stress"}, stressed(b, contracts.RoundDown, contracts.ByCapped), randomCustomers(1, 5698))
	b.ReportAllocs()
	for b.Loop() {
		if err := report.Workbook(io.Discard, res, "en"); err != nil {
			b.Fatal(err)
		}
	}
}
