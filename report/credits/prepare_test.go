package credits

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// Every format writes the same bytes each time, and none of them has a file when something is wrong.
func TestPrepare(t *testing.T) {
	folder := os.DirFS(testdata)
	xs := []Instruction{with(credit("a", "r", 100, 10), invoice("in_1")), with(credit("b", "r", 500, 0), remedy(BankTransfer))}
	sizes := map[string]int{"stripe": 1, "lago": 1, "csv": 3, "jsonl": 2, "yayoi": 1, "zengin": 4} // lines
	for _, format := range Formats() {
		t.Run(format, func(t *testing.T) {
			b := billing(t)
			out, ps := Prepare(format, b, folder, xs)
			if ps != nil || len(out.Files) != 1 {
				t.Fatal(ps, out)
			}
			var first, again bytes.Buffer
			for _, w := range []*bytes.Buffer{&first, &again} {
				if err := out.Files[0](w); err != nil {
					t.Fatal(err)
				}
			}
			if n := strings.Count(first.String(), "\n"); n != sizes[format] || !bytes.Equal(first.Bytes(), again.Bytes()) {
				t.Errorf("%d lines, then the same %t:\n%s", n, bytes.Equal(first.Bytes(), again.Bytes()), first.String())
			}
			wrong := slices.Clone(xs)
			for i := range wrong {
				wrong[i].Currency, wrong[i].Exponent = "CLF", 0
			}
			if out, ps := Prepare(format, b, folder, wrong); format != "lago" && (out != nil || ps.Err() == nil) {
				t.Errorf("a currency that cannot be written: %v", ps)
			}
			for name, f := range map[string]fstest.MapFS{"no lists": {}, "lists of other columns": {"accounts.csv": {Data: []byte("a\n1\n")}, "invoices.csv": {Data: []byte("a\n1\n")}}} {
				out, ps := Prepare(format, b, f, xs)
				if reads := slices.Contains([]string{"stripe", "lago", "zengin"}, format); reads != (out == nil) || reads != (ps.Err() != nil) {
					t.Errorf("%s: %v", name, ps)
				}
			}
		})
	}
	if _, ps := Prepare("xls", billing(t), folder, xs); codes(ps) != "0 E_ENUM format" {
		t.Error(ps)
	}
}

func TestLedgerReadsEarlierFiles(t *testing.T) {
	l := &Ledger{}
	for _, f := range []struct{ name, format string }{{"1.jsonl", "jsonl"}, {"1.csv", "csv"}} { // the same file in two formats counts once
		if ps := l.Read(bytes.NewReader(written(t, f.format, []Instruction{credit("a", "r1", 200, 20)})), f.name); ps != nil {
			t.Fatal(ps)
		}
	}
	got, ps := l.Difference([]Instruction{credit("a", "", 200, 20)}, "r2")
	if got != nil || ps != nil {
		t.Error(got, ps)
	}
	if ps := l.Read(bytes.NewReader(written(t, "csv", []Instruction{credit("a", "r1", 1, 0)})), "2.csv"); codes(ps) != "0 E_CONFLICT idempotency_key" || ps[0].File != "2.csv" {
		t.Error(ps)
	}
	if ps := l.Read(strings.NewReader("{}\n"), "3.jsonl"); ps.Err() == nil {
		t.Error("a line without fields is read")
	}
}
