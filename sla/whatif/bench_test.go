package whatif_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/examples"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
	"github.com/amends-go/amends/sla/whatif"
)

// tenThousand is First Server with so many customers: its list, taken again under other ids.
func tenThousand(tb testing.TB, n int) (*sla.Case, *whatif.Study) {
	tb.Helper()
	folder, err := examples.Open("firstserver-2012")
	if err != nil {
		tb.Fatal(err)
	}
	out := fstest.MapFS{}
	err = fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSpace(out["customers.csv"].Data), []byte("\n"))
	var list bytes.Buffer
	fmt.Fprintf(&list, "%s\n", lines[0])
	for i := range n {
		_, rest, _ := bytes.Cut(lines[1+i%(len(lines)-1)], []byte(","))
		fmt.Fprintf(&list, "C%06d,%s\n", i, rest)
	}
	out["customers.csv"] = &fstest.MapFile{Data: list.Bytes()}
	return open(tb, out)
}

// BenchmarkDraws draws 1,000 times over 10,000 customers, the six variables of First Server, with a worker for each processor; reading the list once is in it.
func BenchmarkDraws(b *testing.B) {
	c, s := tenThousand(b, 10_000)
	s.Uncertainty.Draws = 1000
	b.ResetTimer()
	for range b.N {
		if _, err := whatif.Draw(c, s.Uncertainty, 0, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*1000*10_000/b.Elapsed().Seconds()/1e6, "Mrows/s")
}

// BenchmarkNaiveDraws is one draw as it would be done without laying out the customers: findings settled, bound and all customers assessed anew from a list in memory. A
// thousand of these are what BenchmarkDraws does once, on as many processors.
func BenchmarkNaiveDraws(b *testing.B) {
	c, s := tenThousand(b, 10_000)
	var list []sla.Customer
	for cust, err := range c.CustomersOf(c.Programs[0]) {
		if err != nil {
			b.Fatal(err)
		}
		cust.Claims, cust.Facts, cust.Affected = append([]sla.Claim{}, cust.Claims...), append([]string{}, cust.Facts...), append([]string{}, cust.Affected...)
		list = append(list, cust)
	}
	each := func(yield func(sla.Customer, error) bool) {
		for _, x := range list {
			if !yield(x, nil) {
				return
			}
		}
	}
	f, err := c.Set(s.Uncertainty.Base)
	if err != nil {
		b.Fatal(err)
	}
	base, err := c.Programs[0].Settle(*f, c.Findings)
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for i := range b.N {
		values := map[string]formula.Number{}
		for name, n := range s.Uncertainty.Draw(i) { // order: fills a map
			for _, x := range c.Programs[0].Named(name) {
				values[x] = n
			}
		}
		run, err := c.Programs[0].Bind(base.With(values))
		if err != nil {
			b.Fatal(err)
		}
		var sum contracts.Amount
		for row, err := range run.Assess(each).Rows() {
			if err != nil {
				b.Fatal(err)
			}
			sum += row.Payable()
		}
	}
	b.ReportMetric(float64(b.N)*10_000/b.Elapsed().Seconds()/1e6, "Mrows/s")
}
