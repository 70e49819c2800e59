package report_test

import (
	"flag"
	"fmt"
	"io"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
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

// BenchmarkLongWorkbook writes a list of 300,000 customers, whose rows stand as values, to nowhere. Its memory is that of one block of rows; with
// -rows it takes a list of that length:
//
//	go test ./report -run '^$' -bench LongWorkbook -benchtime 1x -args -rows 1000000
func BenchmarkLongWorkbook(b *testing.B) {
	run := goodwillRun(b)
	customers := func(yield func(sla.Customer, error) bool) {
		for i := range *longRows {
			if !yield(sla.Customer{ID: fmt.Sprintf("FS-%07d", i), Name: "株式会社サンプル商事"}, nil) {
				return
			}
		}
	}
	for b.Loop() {
		res := &report.Result{Title: contracts.Text{EN: "A long list"}, Findings: run.Settings.Findings}
		part := report.Part{Run: run, Spread: report.NewSpread(run.Program.Contract.Currency), All: run.Assess(customers).Rows()}
		first := run.Assess(customers)
		for row, err := range first.Rows() {
			if err != nil {
				b.Fatal(err)
			}
			part.Spread.Add(row.Payable())
		}
		part.Totals = *first.Totals()
		bears, err := run.Bears(&part.Totals)
		if err != nil {
			b.Fatal(err)
		}
		part.Bears = bears
		res.Parts = []report.Part{part}
		if err := report.Workbook(io.Discard, res, "ja"); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N**longRows), "ns/row")
}

var longRows = flag.Int("rows", 300_000, "customers of BenchmarkLongWorkbook")

// goodwillRun pays 200 yen and the tax to everybody.
func goodwillRun(b *testing.B) *sla.Run {
	b.Helper()
	c, problems := contracts.Read("terms.yaml", []byte("id: terms\ntitle: Terms\nlaw: jp\ncurrency: JPY\nzone: Asia/Tokyo\nrounding: down\ntax: {rate: 10%, included: false}\nclauses:\n  - {id: apology, ref: {doc: Notice}, goodwill: {pay: {fixed: 200}, treatment: price-reduction}}\n"))
	if problems.Err() != nil {
		b.Fatal(problems)
	}
	in, problems := sla.ReadIncident("incident.yaml", []byte("id: i\ntitle: Outage\nzone: Asia/Tokyo\nevents: [{id: e, kind: outage, title: Outage, phases: [{id: p, title: Outage, from: 2022-07-02 01:35, to: 2022-07-04 15:00, cause: provider}]}]\n"), contracts.Date{})
	if problems.Err() != nil {
		b.Fatal(problems)
	}
	p, err := sla.Compile(c, in, sla.Shape{})
	if err != nil {
		b.Fatal(err)
	}
	s, err := p.Settle(sla.Findings{ID: "f"}, nil)
	if err != nil {
		b.Fatal(err)
	}
	run, err := p.Bind(s)
	if err != nil {
		b.Fatal(err)
	}
	return run
}
