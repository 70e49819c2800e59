package report_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/recalc"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
)

// serviceLevels reads the contracts of real service levels and of peers' cases that carry worked examples.
func serviceLevels(t *testing.T) []*contracts.Contract {
	t.Helper()
	var out []*contracts.Contract
	for _, pattern := range []string{"../testdata/slas/*.yaml", "../testdata/peers/*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c, problems := contracts.Read(file, data)
			if problems.Err() != nil {
				t.Fatal(problems)
			}
			if len(c.Examples) > 0 {
				out = append(out, c)
			}
		}
	}
	return out
}

// telling picks the examples of a contract that pay something, at most so many, or its first one.
func telling(c *contracts.Contract, most int) []contracts.Example {
	var out []contracts.Example
	for _, e := range c.Examples {
		if len(out) < most && (e.Pays == nil || *e.Pays != 0) {
			out = append(out, e)
		}
	}
	if len(out) == 0 {
		out = c.Examples[:1]
	}
	return out
}

// TestServiceLevelsAgree recalculates a workbook of every real service level: the formulas give what the engine gives.
func TestServiceLevelsAgree(t *testing.T) {
	recalc.Need(t)
	dir := t.TempDir()
	var paths []string
	for _, c := range serviceLevels(t) {
		for i, e := range telling(c, 2) {
			run, cust, err := sla.OpenExample(c, &e)
			if err != nil {
				t.Fatalf("%s: %v", c.ID, err)
			}
			list := func(yield func(sla.Customer, error) bool) {
				for n := range 3 { // the example itself, and two beside it
					x := cust
					x.ID = fmt.Sprintf("%s-%d", x.ID, n)
					x.MonthlyFee += contracts.Amount(n * 3337)
					if !yield(x, nil) {
						return
					}
				}
			}
			path := filepath.Join(dir, fmt.Sprintf("%s-%d.xlsx", c.ID, i))
			writeBook(t, path, result(t, c.Title, run, list), "en")
			paths = append(paths, path)
		}
	}
	for some := range slices.Chunk(paths, 60) { // LibreOffice takes so many at a time
		books := recalc.Recalculate(t, some...)
		for _, path := range some {
			agree(t, filepath.Base(path), readBook(t, path), books[path], everything)
		}
	}
}

// TestServiceLevelsAreTold tells the working of every example in both languages.
func TestServiceLevelsAreTold(t *testing.T) {
	for _, c := range serviceLevels(t) {
		for _, e := range c.Examples {
			run, cust, err := sla.OpenExample(c, &e)
			if err != nil {
				t.Fatalf("%s: %v", c.ID, err)
			}
			one := func(yield func(sla.Customer, error) bool) { yield(cust, nil) }
			for row, err := range run.Assess(one).Rows() {
				if err != nil {
					t.Fatalf("%s: %v", c.ID, err)
				}
				for _, lang := range []string{"ja", "en"} {
					w := report.NewWords(row, lang)
					for i, col := range run.Program.Columns {
						if text := w.Column(i); strings.TrimSpace(text) == "" || strings.Contains(text, "%!") {
							t.Errorf("%s, %s: %s is told as %q", c.ID, e.Name, col.Name, text)
						}
					}
				}
			}
		}
	}
}
