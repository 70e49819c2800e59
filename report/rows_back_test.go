package report_test

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

// TestRowsAreReadBackEqual: the rows of every case, under its default findings, written as JSON Lines and as CSV and read back, are what the engine has.
func TestRowsAreReadBackEqual(t *testing.T) {
	rows := 0
	for name, folder := range caseFolders(t) { // order: each by itself
		c, problems := sla.OpenCase(folder, sla.ReadOptions{})
		if c == nil {
			t.Fatal(name, problems)
		}
		runs, err := c.Bind("")
		if err != nil {
			t.Fatal(err)
		}
		var jsonl, csv bytes.Buffer
		j, v := report.NewJSONLines(&jsonl, false), report.NewCSV(&csv, false)
		var want []report.RowBack
		for _, run := range runs {
			for row, err := range run.Assess(c.CustomersOf(run.Program)).Rows() {
				var notes contracts.Problems
				if errors.As(err, &notes) && notes.Err() == nil {
					continue
				}
				if err := errors.Join(err, j.Write(row), v.Write(row)); err != nil {
					t.Fatal(err)
				}
				want = append(want, rowBack(row))
			}
		}
		if err := v.Flush(); err != nil {
			t.Fatal(err)
		}
		i := 0
		for got, err := range report.ReadJSONLines(&jsonl) {
			if err != nil {
				t.Fatal(name, err)
			}
			if diff := cmp.Diff(want[i], got); diff != "" {
				t.Fatalf("%s, JSON Lines, row %d (-engine +read):\n%s", name, i+1, diff)
			}
			i++
		}
		k := 0
		for got, err := range report.ReadCSVRows(&csv) {
			if err != nil {
				t.Fatal(name, err)
			}
			flat := want[k]
			flat.Readings = nil
			if diff := cmp.Diff(flat, got); diff != "" {
				t.Fatalf("%s, CSV, row %d (-engine +read):\n%s", name, k+1, diff)
			}
			k++
		}
		if i != len(want) || k != len(want) {
			t.Errorf("%s: %d and %d rows read back, want %d", name, i, k, len(want))
		}
		rows += i
	}
	t.Logf("%d rows", rows)
}

// rowBack is a row as it should be read.
func rowBack(r sla.Row) report.RowBack {
	p := r.Run().Program
	cur := p.Contract.Currency
	out := report.RowBack{Customer: r.Customer.ID, Subscription: r.Customer.Subscription, Contract: p.Contract.ID, Currency: cur.Code, Result: r.Outcome().String(), Columns: map[string]string{}}
	for i, c := range p.Columns[:len(p.Columns)-1] {
		out.Columns[c.Name] = strconv.FormatInt(r.Value(i), 10)
		if c.Unit == sla.Amount {
			out.Columns[c.Name] = contracts.Amount(r.Value(i)).Text(cur)
		}
	}
	if r.Outcome() != sla.NeedsJudgement {
		out.Payable = r.Payable().Text(cur)
		return out
	}
	for _, x := range r.Readings() {
		reading := report.ReadingBack{Findings: map[string]string{}, Payable: x.Payable.Text(cur)}
		for _, d := range x.Values {
			reading.Findings[d.Parameter] = d.Option
		}
		out.Readings = append(out.Readings, reading)
	}
	return out
}

// TestRowsThatAreNoneAreRefused: what is no row of ours is an error with its line.
func TestRowsThatAreNoneAreRefused(t *testing.T) {
	for _, text := range []string{"{}x", `{"customer":1}`, `{"customer":"a","other":1}`, `{"columns":{"a":[1]}}`} {
		for _, err := range report.ReadJSONLines(strings.NewReader(text)) {
			if err == nil || !strings.Contains(err.Error(), "line 1") {
				t.Errorf("%s is read: %v", text, err)
			}
		}
	}
	for _, text := range []string{"a,b\n", "customer,subscription,contract,currency,payable,result,x\na,b\n"} {
		n := 0
		for _, err := range report.ReadCSVRows(strings.NewReader(text)) {
			if err == nil {
				t.Errorf("%q is read", text)
			}
			n++
		}
		if n != 1 {
			t.Errorf("%q gives %d results", text, n)
		}
	}
}
