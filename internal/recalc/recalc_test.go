package recalc

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// Sheets of the workbook that tests recalculate.
const (
	assumptions = "前提"
	customers   = "顧客別"
	errorsSheet = "誤り & <検査>"
)

func number(s string) Value { return Value{Number, s} }
func text(s string) Value   { return Value{Text, s} }

// formula is a formula cell with the value stored beside it.
func formula(f string, cached any) excelize.Cell { return excelize.Cell{Formula: f, Value: cached} }

// writeBook writes a workbook whose stored values are all wrong on purpose.
// Customers pay fee and are owed fee times the rate of the assumptions.
func writeBook(t *testing.T, path string) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", assumptions); err != nil {
		t.Fatal(err)
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		t.Fatal(err)
	}
	rows := []struct {
		sheet string
		cells [][]any
	}{
		{assumptions, [][]any{
			{"料率", 0.25},
			{"計算", excelize.Cell{Value: "しない", StyleID: bold}},
			{"備考", excelize.Cell{StyleID: bold}},
		}},
		{customers, [][]any{
			{"顧客", "月額", "補償額", "対象", "案内"},
			{"c-001", 100, formula("B2*前提!$B$1", 999), formula("C2>30", true), formula(`A2&":"&前提!$B$2`, "誤")},
			{"c-002", 1234567890, formula("B3*前提!$B$1", 999), formula("C3>30", false), formula(`IF(前提!$B$3="","",前提!$B$3)`, "誤")},
			{"計", formula("SUM(B2:B3)", 1), formula("SUM(C2:C3)", 1)},
		}},
		{errorsSheet, [][]any{
			{formula("NOSUCHFUNCTION(1)", 5), formula("1/0", 5), formula("NA()", 5), true, " a\n_x0041_ "},
		}},
	}
	for _, s := range rows {
		if s.sheet != assumptions {
			if _, err := f.NewSheet(s.sheet); err != nil {
				t.Fatal(err)
			}
		}
		w, err := f.NewStreamWriter(s.sheet)
		if err != nil {
			t.Fatal(err)
		}
		for i, cells := range s.cells {
			if err := w.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

// at is a cell and what it should show.
type at struct {
	sheet, cell string
	want        Value
}

func expect(t *testing.T, name string, b Book, cells []at) {
	t.Helper()
	for _, tt := range cells {
		if diff := cmp.Diff(tt.want, b.Cell(tt.sheet, tt.cell)); diff != "" {
			t.Errorf("%s: %s!%s (-want +got):\n%s", name, tt.sheet, tt.cell, diff)
		}
	}
}

func TestRecalculateDropsWrongStoredValues(t *testing.T) {
	Need(t)
	dir := t.TempDir()
	// Two directories with one file name, and a name with a space.
	plain, changed := filepath.Join(dir, "a", "補償 額.xlsx"), filepath.Join(dir, "b", "補償 額.xlsx")
	for _, path := range []string{plain, changed} {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	writeBook(t, plain)
	if err := SetCells(plain, changed, []Edit{
		{Sheet: assumptions, Cell: "B1", Number: "0.50"},
		{Sheet: assumptions, Cell: "B2", Text: `<する> & "more"`},
		{Sheet: assumptions, Cell: "B3", Text: " 空白を\n保つ "},
		{Sheet: customers, Cell: "B2", Number: "30"},
	}); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}

	books := Recalculate(t, plain, changed)

	if after, err := os.ReadFile(plain); err != nil || string(after) != string(before) {
		t.Errorf("the workbook was changed (%v)", err)
	}
	if len(books) != 2 {
		t.Fatalf("%d books, want 2", len(books))
	}
	if diff := cmp.Diff([]string{assumptions, customers, errorsSheet}, books[plain].Sheets); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
	expect(t, "as written", books[plain], []at{
		{assumptions, "A1", text("料率")},
		{assumptions, "B1", number("0.25")},
		{assumptions, "B3", Value{}},
		{customers, "C2", number("25")},
		{customers, "C3", number("308641972.5")},
		{customers, "B4", number("1234567990")},
		{customers, "C4", number("308641997.5")},
		{customers, "D2", Value{Bool, "FALSE"}},
		{customers, "D3", Value{Bool, "TRUE"}},
		{customers, "E2", text("c-001:しない")},
		{customers, "E3", text("")},
		{customers, "Z99", Value{}},
		{errorsSheet, "A1", Value{Error, "#NAME?"}},
		{errorsSheet, "B1", Value{Error, "#DIV/0!"}},
		{errorsSheet, "C1", Value{Error, "#N/A"}},
		{errorsSheet, "D1", Value{Bool, "TRUE"}},
		{errorsSheet, "E1", text(" a\n_x0041_ ")},
	})
	expect(t, "with changed inputs", books[changed], []at{
		{assumptions, "B1", number("0.5")},
		{customers, "C2", number("15")},
		{customers, "C3", number("617283945")},
		{customers, "C4", number("617283960")},
		{customers, "D2", Value{Bool, "FALSE"}},
		{customers, "E2", text(`c-001:<する> & "more"`)},
		{customers, "E3", text(" 空白を\n保つ ")},
	})
}

func TestReadBookReturnsWhatIsStored(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.xlsx")
	writeBook(t, path)
	b, err := ReadBook(path)
	if err != nil {
		t.Fatal(err)
	}
	var got []Formula
	for f := range b.Formulas() {
		got = append(got, f)
	}
	want := []Formula{
		{customers, "C2", "B2*前提!$B$1", number("999")},
		{customers, "D2", "C2>30", Value{Bool, "TRUE"}},
		{customers, "E2", `A2&":"&前提!$B$2`, text("誤")},
		{customers, "C3", "B3*前提!$B$1", number("999")},
		{customers, "D3", "C3>30", Value{Bool, "FALSE"}},
		{customers, "E3", `IF(前提!$B$3="","",前提!$B$3)`, text("誤")},
		{customers, "B4", "SUM(B2:B3)", number("1")},
		{customers, "C4", "SUM(C2:C3)", number("1")},
		{errorsSheet, "A1", "NOSUCHFUNCTION(1)", number("5")},
		{errorsSheet, "B1", "1/0", number("5")},
		{errorsSheet, "C1", "NA()", number("5")},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("formulas (-want +got):\n%s", diff)
	}
	expect(t, "stored", b, []at{
		{customers, "B3", number("1234567890")},
		{errorsSheet, "E1", text(" a\n_x0041_ ")},
	})
}

// fake is a test that is watched instead of run.
type fake struct {
	testing.TB
	skipped, failed bool
}

func (f *fake) Helper()      {}
func (f *fake) Skip(...any)  { f.skipped = true; panic(f) }
func (f *fake) Fatal(...any) { f.failed = true; panic(f) }

func TestNeed(t *testing.T) {
	with := t.TempDir()
	if err := os.WriteFile(filepath.Join(with, program), []byte("#!/bin/sh\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, path, ci  string
		short           bool
		skipped, failed bool
	}{
		{"LibreOffice is there", with, "", false, false, false},
		{"LibreOffice is there in CI", with, "1", false, false, false},
		{"LibreOffice is absent", t.TempDir(), "", false, true, false},
		{"LibreOffice is absent in CI", t.TempDir(), "1", false, false, true},
		{"-short with LibreOffice", with, "", true, true, false},
		{"-short with LibreOffice in CI", with, "1", true, true, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("PATH", tt.path)
			t.Setenv("AMENDS_CI", tt.ci)
			got := &fake{TB: t}
			func() {
				defer func() {
					if r := recover(); r != nil && r != any(got) {
						panic(r)
					}
				}()
				need(got, tt.short)
			}()
			if got.skipped != tt.skipped || got.failed != tt.failed {
				t.Errorf("skipped %t, failed %t; want %t, %t", got.skipped, got.failed, tt.skipped, tt.failed)
			}
		})
	}
}
