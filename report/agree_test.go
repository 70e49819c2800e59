package report_test

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/examples"
	"github.com/amends-go/amends/internal/recalc"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
)

// result assesses customers under one run for a workbook.
func result(t testing.TB, title contracts.Text, run *sla.Run, customers iter.Seq2[sla.Customer, error]) *report.Result {
	t.Helper()
	part := report.Part{Run: run}
	a := run.Assess(customers)
	for row, err := range a.Rows() {
		var notes contracts.Problems
		if errors.As(err, &notes) && notes.Err() == nil {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		part.Rows = append(part.Rows, report.Keep(row))
	}
	report.Sort(part.Rows)
	part.Totals = *a.Totals()
	bears, err := run.Bears(&part.Totals)
	if err != nil {
		t.Fatal(err)
	}
	part.Bears = bears
	return &report.Result{Title: title, Findings: run.Settings.Findings, Parts: []report.Part{part}}
}

func writeBook(t testing.TB, path string, res *report.Result, lang string) {
	t.Helper()
	if err := report.WriteFile(path, func(w io.Writer) error { return report.Workbook(w, res, lang) }); err != nil {
		t.Fatal(err)
	}
}

func readBook(t testing.TB, path string) recalc.Book {
	t.Helper()
	b, err := recalc.ReadBook(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// agree compares every formula cell of a recalculated workbook with the values
// that the engine stored in want. Cells without a stored value are steps of a division.
func agree(t *testing.T, name string, want, got recalc.Book, skip func(recalc.Formula) bool) (cells int) {
	t.Helper()
	wrong := 0
	for f := range want.Formulas() {
		if f.Cached.Kind == recalc.Empty || skip(f) {
			continue
		}
		cells++
		if g := got.Cell(f.Sheet, f.Cell); g != f.Cached {
			if wrong++; wrong <= 5 {
				t.Errorf("%s, %s!%s: engine %s, spreadsheet %s %s, formula %s", name, f.Sheet, f.Cell, f.Cached.Text, g.Kind, g.Text, f.Text)
			}
		}
	}
	if wrong > 5 {
		t.Errorf("%s: %d of %d formula cells differ", name, wrong, cells)
	}
	if cells == 0 {
		t.Errorf("%s: no formula cell was compared", name)
	}
	return cells
}

func everything(recalc.Formula) bool { return false }

// TestEveryFormulaOfTheExamplesRecalculatesToTheEnginesValue builds the workbook of every example under every set of
// findings in both languages, has LibreOffice compute every formula anew, and compares cell by cell.
func TestEveryFormulaOfTheExamplesRecalculatesToTheEnginesValue(t *testing.T) {
	recalc.Need(t)
	dir := t.TempDir()
	var paths, names []string
	for _, example := range examples.Names() {
		c, run := openExample(t, example)
		for i, id := range c.FindingsIDs() {
			for k, lang := range []string{"en", "ja"} {
				customers := c.CustomersOf(c.Programs[0])
				if (i+k)%2 == 1 { // in the other language every tenth: its formulas are the same but for names of sheets and of options
					customers = sample(customers)
				}
				path := filepath.Join(dir, example+"-"+id+"-"+lang+".xlsx")
				writeBook(t, path, result(t, c.Title, run(id), customers), lang)
				paths, names = append(paths, path), append(names, example+"/"+id+"/"+lang)
			}
		}
	}
	books := recalc.Recalculate(t, paths...)
	cells := 0
	for i, path := range paths {
		cells += agree(t, names[i], readBook(t, path), books[path], everything)
	}
	t.Logf("%d workbooks, %d formula cells", len(paths), cells)
}

func openExample(t testing.TB, name string) (*sla.Case, func(string) *sla.Run) {
	t.Helper()
	folder, err := examples.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	c, problems := sla.OpenCase(folder, sla.ReadOptions{})
	if c == nil {
		t.Fatal(problems)
	}
	return c, func(findings string) *sla.Run {
		runs, err := c.Bind(findings)
		if err != nil {
			t.Fatal(err)
		}
		return runs[0]
	}
}

// TestChangingAssumptionsInTheFileEqualsTheEngine changes the assumption cells of the default workbook into each other
// set of findings, recalculates, and compares with the engine run under those findings.
func TestChangingAssumptionsInTheFileEqualsTheEngine(t *testing.T) {
	recalc.Need(t)
	dir := t.TempDir()
	type change struct{ name, edited, want string }
	var changes []change
	var paths []string
	for n, example := range examples.Names() {
		lang := []string{"ja", "en"}[n%2]
		c, run := openExample(t, example)
		base := filepath.Join(dir, example+".xlsx")
		some := sample(c.CustomersOf(c.Programs[0])) // every row has the same formulas; the test above takes them all
		writeBook(t, base, result(t, c.Title, run(c.Default), some), lang)
		for _, id := range c.FindingsIDs() {
			if id == c.Default {
				continue
			}
			res := result(t, c.Title, run(id), some)
			ch := change{example + "/" + id, filepath.Join(dir, example+"-to-"+id+".xlsx"), filepath.Join(dir, example+"-is-"+id+".xlsx")}
			writeBook(t, ch.want, res, lang)
			if err := recalc.SetCells(base, ch.edited, assumptionEdits(res, lang)); err != nil {
				t.Fatal(err)
			}
			changes, paths = append(changes, ch), append(paths, ch.edited)
		}
	}
	books := recalc.Recalculate(t, paths...)
	for _, ch := range changes {
		// Whether a row needs judgement is not a formula: it takes several runs to know.
		agree(t, ch.name, readBook(t, ch.want), books[ch.edited], func(f recalc.Formula) bool { return strings.Contains(f.Text, "!$E$") })
	}
}

// sample takes the first customer and every tenth after it.
func sample(all iter.Seq2[sla.Customer, error]) iter.Seq2[sla.Customer, error] {
	return func(yield func(sla.Customer, error) bool) {
		n := 0
		for c, err := range all {
			if n++; err == nil && n%10 != 1 {
				continue
			}
			if !yield(c, err) {
				return
			}
		}
	}
}

// assumptionEdits are the cells that turn a workbook of the same case into res.
func assumptionEdits(res *report.Result, lang string) []recalc.Edit {
	sheet := map[string]string{"ja": "前提", "en": "Assumptions"}[lang]
	var out []recalc.Edit
	for _, r := range report.AssumptionRows(res) {
		c, d := report.ParameterCells(r.Parameter, r.Setting.Number, lang)
		e := recalc.Edit{Sheet: sheet, Cell: fmt.Sprintf("C%d", r.Row)}
		if s, text := c.(string); text {
			e.Text = s
		} else {
			e.Number = fmt.Sprint(c)
		}
		out = append(out, e)
		if d != nil {
			out = append(out, recalc.Edit{Sheet: sheet, Cell: fmt.Sprintf("D%d", r.Row), Number: fmt.Sprint(d)})
		}
	}
	return out
}

// stressed is a contract that divides in every way the formulas know: each rounding, months, multiples, credits,
// caps per claim, customer and incident, with amounts up to the largest that a spreadsheet holds exactly.
func stressed(t testing.TB, rounding contracts.Rounding, share contracts.ShareBase) *sla.Run {
	t.Helper()
	usd, err := contracts.CurrencyOn("USD", "")
	if err != nil {
		t.Fatal(err)
	}
	ref := func(s string) contracts.Provision {
		return contracts.Provision{ID: s, Ref: contracts.Ref{Doc: "Terms", Section: s}}
	}
	lifted := ref("each")
	lifted.Unless = contracts.Condition{Consumer: contracts.Consumers}
	c := &contracts.Contract{ID: "terms", Title: contracts.Text{EN: "Terms"}, Currency: usd, Zone: "America/New_York", Rounding: rounding, Clauses: []contracts.Clause{
		&contracts.Availability{Provision: ref("uptime"), Target: contracts.MustRatio(999, 1000)},
		&contracts.Credit{Provision: ref("credit"), Of: "uptime", Tiers: []contracts.Tier{
			{Bound: contracts.MustRatio(999, 1000), Rate: contracts.MustRatio(1, 30)}, {Bound: contracts.MustRatio(99, 100), Inclusive: true, Rate: contracts.MustRatio(1, 7)}}},
		&contracts.OwnFault{Provision: ref("own")},
		&contracts.SetOff{Provision: ref("offset")},
		&contracts.Cap{Provision: lifted, Base: contracts.MonthlyFee, Times: contracts.MustRatio(7, 3), Per: contracts.PerSubscription},
		&contracts.Cap{Provision: ref("whole"), Fixed: 700_000_000_001, Per: contracts.PerCustomer, CreditsInside: true},
		&contracts.Cap{Provision: ref("pool"), Fixed: 20_000_000_007, Per: contracts.PerIncident, Share: share},
	}}
	at := time.Date(2026, 3, 7, 12, 0, 0, 0, time.UTC)
	in := &sla.Incident{ID: "i", Title: contracts.Text{EN: "Outage"}, Zone: "America/New_York",
		Heads:   []sla.Named{{ID: "a"}, {ID: "b"}},
		Facts:   []sla.Named{{ID: "late"}},
		Events:  []sla.Event{{ID: "e", Kind: "outage", Phases: []sla.Phase{{ID: "one", Period: contracts.Period{Start: at, End: at.Add(50 * time.Minute)}, Impact: sla.Outage}, {ID: "two", Period: contracts.Period{Start: at.Add(time.Hour), End: at.Add(9 * time.Hour)}, Impact: sla.Outage}}}},
		Parties: []sla.Party{{ID: "x"}, {ID: "y"}, {ID: "z"}},
	}
	p, err := sla.Compile(c, in, sla.Shape{Lines: []sla.Line{{Head: "a", Phase: "one"}, {Head: "b", Phase: "two"}}, OwnShare: true})
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Settle(sla.Findings{ID: "f", Values: []sla.Finding{
		{Name: "grade", Value: "ordinary"}, {Name: "own_fault", Value: "333333/999998"}, {Name: "own_fault.late", Value: "1/7"},
		{Name: "share.x", Value: "1/3"}, {Name: "share.y", Value: "1/3"}, {Name: "share.z", Value: "1/3"},
	}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	run, err := p.Bind(s)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// randomCustomers draws customers with amounts of every size up to a total of report.SheetMax.
func randomCustomers(seed uint64, n int) iter.Seq2[sla.Customer, error] {
	rng := rand.New(rand.NewPCG(seed, 7))
	amount := func(max int64) contracts.Amount {
		for range rng.IntN(4) {
			max = max/100 + 1
		}
		return contracts.Amount(rng.Int64N(max))
	}
	var list []sla.Customer
	for i := range n {
		c := sla.Customer{ID: fmt.Sprintf("%c%03d", "aAあ="[i%4], i/2), Subscription: fmt.Sprint(i % 2), MonthlyFee: amount(40_000_000_000), Paid: amount(1_000_000), Consumer: rng.IntN(4) == 0}
		room := int64(report.SheetMax) / int64(2*n)
		c.Claims = []sla.Claim{{Head: "a", Phase: "one", Claimed: amount(room)}, {Head: "b", Phase: "two", Claimed: amount(room)}}
		if i == 0 { // one claim as large as a spreadsheet holds
			c.Claims[0].Claimed = report.SheetMax/2 - 1
		}
		if rng.IntN(3) == 0 {
			c.Facts = []string{"late"}
		}
		if rng.IntN(3) == 0 {
			c.OwnShare = contracts.MustRatio(rng.Int64N(999_999), 999_999)
		}
		list = append(list, c)
	}
	return func(yield func(sla.Customer, error) bool) {
		for _, c := range list {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// TestDivisionsOfLargeAmountsAgree recalculates contracts that round in every way and share pools, with amounts up to 10¹².
func TestDivisionsOfLargeAmountsAgree(t *testing.T) {
	recalc.Need(t)
	dir := t.TempDir()
	var paths []string
	for r := contracts.RoundDown; r <= contracts.RoundHalfEven; r++ {
		share := contracts.ShareBase(int(r) % 3)
		path := filepath.Join(dir, r.String()+"-"+share.String()+".xlsx")
		writeBook(t, path, result(t, contracts.Text{EN: "Stress"}, stressed(t, r, share), randomCustomers(uint64(r), 400)), "en")
		paths = append(paths, path)
	}
	books := recalc.Recalculate(t, paths...)
	for _, path := range paths {
		agree(t, filepath.Base(path), readBook(t, path), books[path], everything)
	}
}

// TestAmountsBeyondASpreadsheetAreCarriedAsValues checks the border of exactness: below, at and above it.
func TestAmountsBeyondASpreadsheetAreCarriedAsValues(t *testing.T) {
	tests := []struct {
		name    string
		claimed contracts.Amount
		live    bool
	}{
		{"one unit below the border is a formula", report.SheetMax - 1, true},
		{"at the border is a formula", report.SheetMax, true},
		{"one unit above the border is a value that says so", report.SheetMax + 1, false},
	}
	for _, tt := range tests {
		c, run := openExample(t, "jcom-2005")
		path := filepath.Join(t.TempDir(), "x.xlsx")
		one := func(yield func(sla.Customer, error) bool) {
			yield(sla.Customer{ID: "x", Claims: []sla.Claim{{Head: "sale-loss", Phase: "no-halt", Claimed: tt.claimed}}}, nil)
		}
		writeBook(t, path, result(t, c.Title, run("as-judged"), one), "en")
		book := readBook(t, path)
		formulas := 0
		for f := range book.Formulas() {
			if f.Sheet == "Customers" {
				formulas++
			}
		}
		status := book.Cell("Customers", "E5").Text
		if live := formulas > 0; live != tt.live || strings.Contains(status, "values only") == tt.live {
			t.Errorf("%s: got %d formulas, result %q", tt.name, formulas, status)
		}
	}
}

// TestSameInputSameBytes builds a workbook several times.
func TestSameInputSameBytes(t *testing.T) {
	dir := t.TempDir()
	var first []byte
	for i := range 5 {
		path := filepath.Join(dir, fmt.Sprintf("%d.xlsx", i))
		writeBook(t, path, result(t, contracts.Text{EN: "Stress"}, stressed(t, contracts.RoundDown, contracts.ByCapped), randomCustomers(3, 50)), "ja")
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		} else if string(first) != string(data) {
			t.Fatalf("build %d differs from the first", i)
		}
	}
}
