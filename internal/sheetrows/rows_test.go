package sheetrows

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/amends-go/amends/internal/recalc"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// nasty are texts that a spreadsheet may take for something else.
var nasty = []string{"=1+1", "+81-3", "-5", "@SUM(A1)", " blank before", "blank after ", "two\nlines", "tab\there", "😀 絵文字", "_x0041_", "_x005F_", "__x0041_x0042_", "_xZZZZ_", "a_b_c_", "<b>&\"'</b>",
	"]]>", "顧客 株式会社サンプル", "0012", "1e5", "2026-01-01", "TRUE", "\u00a0", "\u0085", "𠮷野家", ""}

// book writes one sheet of rows and returns the file.
func book(t testing.TB, rows [][]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	cols := 1
	for _, r := range rows {
		cols = max(cols, len(r))
	}
	var out bytes.Buffer
	err := WriteWorkbook(&out, f, map[int]Sheet{0: {Name: "Sheet1", Rows: len(rows), Cols: cols, Fill: func(w *Rows) error {
		for _, r := range rows {
			w.Next(0)
			for _, c := range r {
				switch c := c.(type) {
				case string:
					w.Text(0, c)
				case int64:
					w.Int(0, c)
				case [2]int64:
					w.Decimal(0, c[0], int(c[1]))
				}
			}
		}
		return nil
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// texts are the cells as they should be read.
func texts(rows [][]any) [][]string {
	var out [][]string
	for _, r := range rows {
		var line []string
		for _, c := range r {
			switch c := c.(type) {
			case string:
				line = append(line, c)
			case int64:
				line = append(line, strconv.FormatInt(c, 10))
			case [2]int64:
				line = append(line, decimalText(c[0], int(c[1])))
			}
		}
		for len(line) > 0 && line[len(line)-1] == "" {
			line = line[:len(line)-1]
		}
		out = append(out, line)
	}
	return out
}

// decimalText is units ÷ 10^digits by hand.
func decimalText(units int64, digits int) string {
	s := fmt.Sprintf("%0*d", digits+1, max(units, -units))
	s = s[:len(s)-digits] + "." + s[len(s)-digits:]
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if units < 0 && s != "0" {
		s = "-" + s
	}
	return s
}

func readBack(t testing.TB, file []byte) [][]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	got, err := f.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// TestExcelizeReadsWhatWasWritten writes random rows and reads them with excelize.
func TestExcelizeReadsWhatWasWritten(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		cell := rapid.OneOf(
			rapid.Map(rapid.SampledFrom(nasty), func(s string) any { return s }),
			rapid.Map(rapid.StringOf(rapid.RuneFrom([]rune("ab_x0041F&<>\"'=+ \tあ漢😀"))), func(s string) any { return s }),
			rapid.Map(rapid.Int64Range(-MaxNumber, MaxNumber), func(v int64) any { return v }),
			rapid.Map(rapid.Int64Range(-99999, 99999), func(v int64) any { return [2]int64{v, 2} }),
		)
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, 1, 6), 1, 8).Draw(rt, "rows")
		rows[len(rows)-1] = append(rows[len(rows)-1], "end") // a reader leaves out blank rows at the end
		if diff := cmp.Diff(texts(rows), readBack(t, book(t, rows)), cmpopts.EquateEmpty()); diff != "" {
			rt.Fatalf("written and read (-written +read):\n%s", diff)
		}
	})
}

// TestLibreOfficeReadsWhatWasWritten has the other program read the same texts.
func TestLibreOfficeReadsWhatWasWritten(t *testing.T) {
	recalc.Need(t)
	var rows [][]any
	for i, s := range nasty {
		if s == "__x0041_x0042_" { // of two escapes on end LibreOffice reads the second twice
			continue
		}
		rows = append(rows, []any{s, int64(i), [2]int64{int64(i) * 7, 2}, "end"})
	}
	path := filepath.Join(t.TempDir(), "b.xlsx")
	if err := os.WriteFile(path, book(t, rows), 0o600); err != nil {
		t.Fatal(err)
	}
	got := recalc.Recalculate(t, path)[path]
	for i, want := range texts(rows) {
		for k, text := range want {
			cell := fmt.Sprintf("%s%d", columnNames()[k], i+1)
			v := got.Cell("Sheet1", cell)
			if k == 0 && v.Kind != recalc.Text && text != "" {
				t.Errorf("%s is read as %v, not as text", cell, v.Kind)
			}
			if v.Text != text {
				t.Errorf("%s: LibreOffice reads %q, written was %q", cell, v.Text, text)
			}
		}
	}
}

// TestRefusals: what a sheet cannot hold is an error that names the cell.
func TestRefusals(t *testing.T) {
	tests := []struct {
		name string
		fill func(*Rows)
		want error
		cell string
	}{
		{"the longest text is taken", func(r *Rows) { r.Text(0, strings.Repeat("あ", MaxText)) }, nil, ""},
		{"a text one longer is not", func(r *Rows) { r.Skip(1); r.Text(0, strings.Repeat("あ", MaxText+1)) }, ErrLongText, "B1"},
		{"a sign outside the first plane counts twice", func(r *Rows) { r.Text(0, strings.Repeat("😀", MaxText/2+1)) }, ErrLongText, "A1"},
		{"a control character", func(r *Rows) { r.Text(0, "a"); r.Text(0, "b\x01") }, ErrCharacter, "B1"},
		{"bytes that are no UTF-8", func(r *Rows) { r.Text(0, "b\xff") }, ErrCharacter, "A1"},
		{"half a surrogate pair", func(r *Rows) { r.Text(0, "\xed\xa0\x80") }, ErrCharacter, "A1"},
		{"a character that XML forbids", func(r *Rows) { r.Text(0, "\ufffe") }, ErrCharacter, "A1"},
		{"the last column", func(r *Rows) { r.Skip(MaxColumns - 1); r.Int(0, 1) }, nil, ""},
		{"a column beyond it", func(r *Rows) { r.Skip(MaxColumns); r.Int(0, 1) }, ErrTooManyColumns, ""},
		{"the last row", func(r *Rows) { r.row = MaxRows - 1; r.Next(0) }, nil, ""},
		{"a row beyond it", func(r *Rows) { r.row = MaxRows; r.Next(0) }, ErrTooManyRows, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := excelize.NewFile()
			defer f.Close()
			err := WriteWorkbook(io.Discard, f, map[int]Sheet{0: {Name: "顧客別", Fill: func(r *Rows) error { r.Next(0); tt.fill(r); return nil }}})
			if !errors.Is(err, tt.want) {
				t.Fatalf("error %v, want %v", err, tt.want)
			}
			if tt.cell != "" && !strings.Contains(err.Error(), "顧客別, cell "+tt.cell+":") {
				t.Errorf("the error does not name 顧客別, %s: %v", tt.cell, err)
			}
		})
	}
}

// TestLongNumbers: 15 digits are a number, 16 are text, digit by digit; a formula of such a value is refused.
func TestLongNumbers(t *testing.T) {
	rows := [][]any{{int64(MaxNumber), int64(MaxNumber + 1), int64(-MaxNumber - 1), [2]int64{1234567890123456, 2}}}
	got := readBack(t, book(t, rows))
	if diff := cmp.Diff([][]string{{"999999999999999", "1000000000000000", "-1000000000000000", "12345678901234.56"}}, got); diff != "" {
		t.Error(diff)
	}
	f := excelize.NewFile()
	defer f.Close()
	err := WriteWorkbook(io.Discard, f, map[int]Sheet{0: {Name: "s", Fill: func(r *Rows) error { r.Next(0); r.Formula(0, "A2", MaxNumber+1, 0); return nil }}})
	if err == nil {
		t.Error("a formula with a value of 16 digits is written")
	}
}

// TestProducers: the error of a producer comes back, rows of the shell's own are refused, and so is another number of rows than announced.
func TestProducers(t *testing.T) {
	broken := errors.New("broken")
	for name, s := range map[string]Sheet{"an error": {Fill: func(*Rows) error { return broken }}, "fewer rows": {Rows: 2, Cols: 1, Fill: func(r *Rows) error { r.Next(0); return nil }}} { // order: each by itself
		f := excelize.NewFile()
		if err := WriteWorkbook(io.Discard, f, map[int]Sheet{0: s}); err == nil {
			t.Errorf("%s: no error", name)
		}
		f.Close()
	}
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetCellInt("Sheet1", "A1", 1); err != nil {
		t.Fatal(err)
	}
	if err := WriteWorkbook(io.Discard, f, map[int]Sheet{0: {Fill: func(*Rows) error { return nil }}}); err == nil {
		t.Error("a shell with rows of its own is accepted")
	}
}
