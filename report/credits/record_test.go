package credits

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var writers = map[string]func(io.Writer) Writer{"jsonl": NewJSONL, "csv": NewCSV}

func written(t testing.TB, format string, xs []Instruction) []byte {
	t.Helper()
	var b bytes.Buffer
	w := writers[format](&b)
	for _, x := range xs {
		if err := w.Write(x); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readAll(data []byte) ([]Instruction, contracts.Problems) {
	var got []Instruction
	ps := Read(bytes.NewReader(data), "credits", func(x Instruction) { got = append(got, x) })
	return got, ps
}

// nasty is text that a format could trip over.
func nasty() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.OneOf(
			rapid.SampledFrom([]string{`"`, `\`, ",", "\n", "\t", "{", "}", "=1+1", "'", "\ufeff", "\u2028", "𠮷", "é", "e\u0301", "円", "〜", " ", `\u0041`, "</script>", "\u00a0", "\u200b", "\u202e", "NULL", "007"}),
			rapid.StringOfN(rapid.RuneFrom([]rune("aあ, \"")), 0, 4, -1)), 0, 6).Draw(t, "parts")
		return strings.Join(parts, "")
	})
}

func TestReadGivesBackWhatWasWritten(t *testing.T) {
	for _, format := range []string{"jsonl", "csv"} {
		t.Run(format, rapid.MakeCheck(func(t *rapid.T) {
			var want []Instruction
			for i := range rapid.IntRange(0, 4).Draw(t, "rows") {
				x := credit(fmt.Sprintf("c%d", i)+nasty().Draw(t, "customer"), "r", rapid.Int64Range(-1<<62, 1<<62).Draw(t, "item"), rapid.Int64Range(-1<<61, 1<<61).Draw(t, "tax"))
				x.Subscription, x.Clause, x.Invoice, x.Memo = nasty().Draw(t, "subscription"), nasty().Draw(t, "clause"), nasty().Draw(t, "invoice"), nasty().Draw(t, "memo")
				x.Currency, x.Exponent = "KWD", 3
				x.Remedy = rapid.SampledFrom(Remedies()).Draw(t, "remedy")
				want = append(want, with(x, func(*Instruction) {}))
			}
			var b bytes.Buffer
			w := writers[format](&b)
			for _, x := range want {
				if err := w.Write(x); err != nil {
					t.Fatal(err)
				}
			}
			w.Flush() //nolint:errcheck // a buffer takes all
			got, ps := readAll(b.Bytes())
			if ps != nil {
				t.Fatal(ps)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("(-want +got):\n%s", diff)
			}
		}))
	}
}

func TestRecordLine(t *testing.T) {
	x := with(credit("c-1", "r1", 200, 20), func(x *Instruction) { x.Memo = "7月2日の\"障害\"\n返金" })
	want := `{"idempotency_key":"` + x.Key + `","run_id":"r1","plan_hash":"` + strings.Repeat("a", 64) + `","incident":"outage","customer":"c-1","subscription":"","contract":"hosting","version":"2026-04-01","clause_id":"sla","invoice_ref":"","currency":"JPY","exponent":0,"amount_minor":220,"item_minor":200,"tax_minor":20,"tax_treatment":"price_reduction","tax_rate":"10%","reason":"service-credit","remedy":"bill_credit","memo":"7月2日の\"障害\"\n返金","evidence_hash":"` + strings.Repeat("b", 64) + "\"}\n"
	if diff := cmp.Diff(want, string(written(t, "jsonl", []Instruction{x}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// codes are the codes of problems with their lines and fields.
func codes(ps contracts.Problems) string {
	var out []string
	for _, p := range ps {
		out = append(out, fmt.Sprintf("%d %s %s", p.Line, p.Code, p.Field))
	}
	return strings.Join(out, "; ")
}

func TestReadRefuses(t *testing.T) {
	x := credit("c-1", "r1", 200, 20)
	good := string(written(t, "jsonl", []Instruction{x}))
	table := string(written(t, "csv", []Instruction{x}))
	more := credit("c-1", "r1", 201, 20)
	tests := []struct{ name, text, want string }{
		{"a sound line", good, ""},
		{"a sound table", table, ""},
		{"an empty file", "", ""},
		{"a table of its header", strings.SplitAfter(table, "\n")[0], ""},
		{"an unknown field", strings.Replace(good, `"memo"`, `"memos"`, 1), "1 E_REQUIRED memo; 1 E_UNKNOWN_FIELD memos"},
		{"a field in another case", strings.Replace(good, `"memo"`, `"Memo"`, 1), "1 E_UNKNOWN_FIELD Memo; 1 E_REQUIRED memo"},
		{"a field twice", strings.Replace(good, `"memo"`, `"run_id":"r1","memo"`, 1), "1 E_DUP_FIELD run_id"},
		{"text after the record", strings.TrimSpace(good) + " {}\n", "1 E_JSON "},
		{"an array", "[" + strings.TrimSpace(good) + "]\n", "0 E_CSV_QUOTE "},
		{"an amount as text", strings.Replace(good, `"amount_minor":220`, `"amount_minor":"220"`, 1), "1 E_TYPE amount_minor"},
		{"an amount with a fraction", strings.Replace(good, `"amount_minor":220`, `"amount_minor":220.0`, 1), "1 E_NUM_FORM amount_minor"},
		{"an amount with an exponent", strings.Replace(good, `"amount_minor":220`, `"amount_minor":22e1`, 1), "1 E_NUM_FORM amount_minor"},
		{"an amount with a leading zero", strings.Replace(good, `"amount_minor":220`, `"amount_minor":0220`, 1), "1 E_NUM_FORM amount_minor"},
		{"an amount beyond 64 bits", strings.Replace(good, `"amount_minor":220`, `"amount_minor":9223372036854775808`, 1), "1 E_RANGE amount_minor"},
		{"no value", strings.Replace(good, `"amount_minor":220`, `"amount_minor":null`, 1), "1 E_JSON "},
		{"item and tax that do not add up", strings.Replace(good, `"tax_minor":20`, `"tax_minor":21`, 1), "1 E_SUM amount_minor"},
		{"a key of other fields", strings.Replace(good, `"customer":"c-1"`, `"customer":"c-2"`, 1), "1 E_HASH idempotency_key"},
		{"decimals of another currency", strings.Replace(good, `"exponent":0`, `"exponent":2`, 1), "1 E_CURRENCY exponent"},
		{"two faults in a line and one in the next", strings.Replace(strings.Replace(good, `"exponent":0`, `"exponent":2`, 1), `"tax_minor":20`, `"tax_minor":21`, 1) + strings.Replace(good, `"bill_credit"`, `"cash"`, 1),
			"1 E_SUM amount_minor; 1 E_CURRENCY exponent; 2 E_HASH idempotency_key; 2 E_ENUM remedy"},
		{"the same line twice", good + good, "2 N_TWICE idempotency_key"},
		{"the same key with another amount", good + string(written(t, "jsonl", []Instruction{more})), "2 E_CONFLICT idempotency_key"},
		{"a line that is cut", good[:len(good)/2], "1 E_JSON ; 1 N_TRUNCATED_MAYBE "},
		{"a blank line", good + "\n" + good, "2 E_JSON ; 3 N_TWICE idempotency_key"},
		{"half a surrogate", strings.Replace(good, `返金"`, `\ud800"`, 1), "1 E_ENCODING memo"},
		{"bytes that are not UTF-8", strings.Replace(good, "返", "\xff", 1), "1 E_ENCODING "},
		{"an escaped control character", strings.Replace(good, `返金"`, `\u0007"`, 1), "1 E_CTRL_CHAR memo"},
		{"a table with an unknown column", strings.Replace(table, "memo", "memos", 1), "1 E_REQUIRED memo; 1 E_UNKNOWN_FIELD memos"},
		{"a table with a column twice", strings.Replace(table, "memo", "run_id", 1), "1 E_DUP_FIELD run_id"},
		{"a table with a short row", table + "x,y\n", "3 E_CSV_FIELDS plan_hash"},
		{"a table whose tax does not add up", strings.Replace(table, "220,200,20", "220,200,21", 1), "2 E_SUM amount_minor"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, ps := readAll([]byte(tt.text))
			if got := codes(ps); got != tt.want && !(strings.HasPrefix(tt.want, "0 ") && len(ps) > 0 && ps.Err() != nil) {
				t.Errorf("got %q, want %q\n%v", got, tt.want, ps)
			}
			for _, p := range ps {
				if p.File != "credits" || p.Message == "" {
					t.Errorf("%+v", p)
				}
			}
		})
	}
}

func TestWriterRefusesWhatCouldNotBeReadBack(t *testing.T) {
	for _, memo := range []string{"a\rb", "\x00", "\xff", "\ufffd", "\u0085"} {
		x := with(credit("c", "r", 1, 0), func(x *Instruction) { x.Memo = memo })
		for _, format := range []string{"jsonl", "csv"} {
			if err := writers[format](io.Discard).Write(x); err == nil {
				t.Errorf("%s takes %q", format, memo)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	x := credit("c-1", "r1", 200, 20)
	f.Add(written(f, "jsonl", []Instruction{x}))
	f.Add(written(f, "csv", []Instruction{x}))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, ps := readAll(data)
		if ps.Err() != nil {
			return
		}
		for _, format := range []string{"jsonl", "csv"} {
			again, ps := readAll(written(t, format, got))
			if ps != nil || len(got)+len(again) > 0 && !cmp.Equal(got, again) {
				t.Fatalf("%v\n%v\n%v", ps, got, again)
			}
		}
	})
}

func BenchmarkJSONL(b *testing.B) {
	const n = 100_000
	xs := make([]Instruction, n)
	for i := range xs {
		xs[i] = credit(fmt.Sprintf("c-%07d", i), "r1", int64(100+i%900), 10)
	}
	for _, format := range []string{"jsonl", "csv"} {
		data := written(b, format, xs)
		b.Run("write "+format, func(b *testing.B) {
			for b.Loop() {
				w := writers[format](io.Discard)
				for _, x := range xs {
					if err := w.Write(x); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
		b.Run("read "+format, func(b *testing.B) {
			for b.Loop() {
				if ps := Read(bytes.NewReader(data), "f", func(Instruction) {}); ps != nil {
					b.Fatal(ps)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
