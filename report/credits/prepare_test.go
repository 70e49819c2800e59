package credits

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/encoding/japanese"
	"pgregory.net/rapid"
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
			for name, wrong := range map[string][]Instruction{ // order: each is tried alone
				"a key of other fields": {with(xs[0], func(x *Instruction) {}), func() Instruction { x := xs[1]; x.Clause = "other"; return x }()},
				"the same twice":        {xs[0], xs[1], xs[0]},
			} {
				if out, ps := Prepare(format, b, folder, wrong); out != nil || ps.Err() == nil {
					t.Errorf("%s: %v", name, ps)
				}
			}
			for name, f := range map[string]fstest.MapFS{"no lists": {}, "lists of other columns": {"accounts.csv": {Data: []byte("a\n1\n")}, "invoices.csv": {Data: []byte("a\n1\n")}}} { // order: each is tried alone
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

// What is transferred and booked is the sum of what is instructed, whatever the instructions.
func TestSumsAreKept(t *testing.T) {
	b, to := billing(t), accounts(t)
	rapid.Check(t, func(t *rapid.T) {
		var xs []Instruction
		paid, booked := int64(0), int64(0)
		for i := range rapid.IntRange(1, 8).Draw(t, "instructions") {
			item := rapid.Int64Range(1, 10_000).Draw(t, "item")
			x := with(credit(rapid.SampledFrom([]string{"a", "b"}).Draw(t, "customer"), "r", item, rapid.Int64Range(0, item/10).Draw(t, "tax")), func(x *Instruction) {
				x.Clause = fmt.Sprint(i)
				x.Remedy = rapid.SampledFrom(Remedies()).Draw(t, "remedy")
				if i > 0 && rapid.Bool().Draw(t, "back") { // less than was given
					x.Amount, x.Item, x.Tax = -1, -1, 0
				}
			})
			xs = append(xs, x)
			if x.Remedy == BankTransfer {
				paid += x.Amount
			}
			if x.Remedy != InKindGiven && x.Remedy != ServiceExtension {
				booked += x.Amount
			}
		}
		if transfers, _, ps := Zengin(b, to, xs); ps == nil {
			if _, sum := transfers.Total(0); sum != paid {
				t.Fatalf("%d transferred, %d instructed", sum, paid)
			}
		}
		var out bytes.Buffer
		if _, ps := Yayoi(&out, b, xs); ps != nil {
			t.Fatal(ps)
		}
		text, err := japanese.ShiftJIS.NewDecoder().String(out.String())
		if err != nil {
			t.Fatal(err)
		}
		sum := int64(0)
		for line := range strings.Lines(text) {
			f := strings.Split(line, ",")
			n, err := strconv.ParseInt(f[8], 10, 64)
			if err != nil || n <= 0 || f[8] != f[14] {
				t.Fatal(line)
			}
			if f[4] != `"売上値引高"` {
				n = -n
			}
			sum += n
		}
		if sum != booked {
			t.Fatalf("%d booked, %d instructed", sum, booked)
		}
	})
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
	other := Ledger{Incident: "fire"}
	if p := other.Add("1.jsonl", credit("a", "r1", 200, 20)); p == nil || p.Code != "E_CONFLICT" || p.Field != "incident" {
		t.Errorf("a file of another incident: %v", p)
	}
	if ps := l.Read(strings.NewReader("{}\n"), "3.jsonl"); ps.Err() == nil {
		t.Error("a line without fields is read")
	}
}
