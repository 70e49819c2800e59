package csvtable

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// cell draws a field out of what is hard to split; CR LF pairs are left out,
// which the reader is documented to turn into LF.
var cell = rapid.Custom(func(t *rapid.T) string {
	s := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{
		"a", "1", "山", "𠮷", " ", ",", "\"", "\n", "\t", ";", "=", "'", "\r", "\ufeff", "é",
	}), 0, 6).Draw(t, "parts"), "")
	for strings.Contains(s, "\r\n") {
		s = strings.ReplaceAll(s, "\r\n", "\n")
	}
	return s
})

// What a machine file holds is what was written, wherever its reader's chunks end.
func TestMachineFileReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(1, 4).Draw(t, "width")
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, width, width), 1, 20).Draw(t, "rows")
		header := []string{"id", "n", "山", "x"}[:width]
		var b bytes.Buffer
		w := NewWriter(&b, Machine)
		for _, fields := range append([][]string{header}, rows...) {
			if err := w.Write(fields); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		got, _ := readAll(b.String(), Options{})
		want := reading{Header: header, Rows: rows, Counts: Counts{int64(len(rows)), int64(len(rows)), 0}}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("got -, want +:\n%s", diff)
		}
	})
}

// A test's own renderer knows where it puts each field; the reader must agree,
// whatever the line ends, blank lines, refused rows and encoding.
func TestPositionsAreWhereFieldsWerePut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type place struct{ Line, Column int }
		var text strings.Builder
		line, column := 1, 1
		put := func(s string) {
			text.WriteString(s)
			for _, c := range s {
				if column++; c == '\n' {
					line, column = line+1, 1
				}
			}
		}
		eol := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "eol")
		put("id,n" + eol)
		var want []place
		for range rapid.IntRange(1, 12).Draw(t, "rows") {
			kind := rapid.SampledFrom([]string{"row", "blank", "ragged", "bare quote"}).Draw(t, "kind")
			if kind == "blank" {
				put(eol)
				continue
			}
			for i := range 2 {
				if kind == "row" {
					want = append(want, place{line, column})
				}
				c := cell.Draw(t, "cell")
				put(`"` + strings.ReplaceAll(c, `"`, `""`) + `"`)
				if i == 0 {
					put(",")
				}
			}
			if kind == "ragged" {
				put(",x")
			} else if kind == "bare quote" {
				put("x")
			}
			put(eol)
		}
		source := text.String()
		if rapid.Bool().Draw(t, "utf16") {
			source = encode16("\ufeff" + source)
		}
		r, ps := NewReader(strings.NewReader(source), "f", Options{AllowEmpty: true})
		if r == nil {
			t.Fatal(ps)
		}
		var got []place
		for _, w := range r.Rows() {
			for i := range w.Fields() {
				l, c := w.Column(i)
				got = append(got, place{l, c})
			}
		}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("got -, want +:\n%s\n%q", diff, text.String())
		}
	})
}

func FuzzReader(f *testing.F) {
	for _, s := range []string{
		"", "id,n\na,1\n", "id,n\ra,1\r", "\ufeff\"id\",n\n\"a\n\",1\n", "id;n\na;1\n", "id,n\na\"x,1\nb,2\x1a",
		"\xff\xfei\x00d\x00\n\x00a\x00\n\x00", "\xfe\xff\x00i\xd8", "id,n\n\"a,1\nb,2\n", "id,n\na,\x95\x5c\nb\n", "\r\r\na,b\r",
	} {
		f.Add([]byte(s), uint8(0))
	}
	f.Fuzz(func(t *testing.T, data []byte, small uint8) {
		opts := Options{MaxRow: int(small), AllowEmpty: small%2 == 0}
		r, ps := NewReader(bytes.NewReader(data), "f", opts)
		if r == nil {
			if ps.Err() == nil {
				t.Fatalf("refused without a reason: %v", ps)
			}
			return
		}
		rows := int64(0)
		var fields [][]string
		for line, w := range r.Rows() {
			rows++
			if len(w.Fields()) != len(r.Header()) {
				t.Fatalf("line %d: %d fields under %d names", line, len(w.Fields()), len(r.Header()))
			}
			for i, s := range w.Fields() {
				if _, bad := unwritable(s); bad || !utf8.ValidString(s) {
					t.Fatalf("line %d: accepted %q", line, s)
				}
				if l, c := w.Column(i); l < line || c < 1 {
					t.Fatalf("line %d: field %d at %d:%d", line, i, l, c)
				}
			}
			fields = append(fields, append([]string(nil), w.Fields()...))
		}
		c := r.Counts()
		if c.Accepted != rows || c.Rows != c.Accepted+c.Refused {
			t.Fatalf("%d rows came, counted %+v", rows, c)
		}
		if c.Refused > 0 && r.Problems().Err() == nil {
			t.Fatalf("%d rows refused without a problem", c.Refused)
		}
		for _, p := range r.Problems() {
			if p.Code == "" || p.Message == "" || p.Line < 0 || p.Column < 0 || p.Offset > int64(len(data)) {
				t.Fatalf("half a problem: %+v", p)
			}
		}
		rereads(t, r.Header(), fields)
	})
}

// rereads checks that what was accepted is accepted again when it is written. A
// CR before a CR LF in quotes is left before the LF, and so is lost this time.
func rereads(t *testing.T, header []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	want := make([][]string, len(rows))
	for i, fields := range rows {
		for _, s := range fields {
			want[i] = append(want[i], strings.ReplaceAll(s, "\r\n", "\n"))
		}
	}
	got, ps := readAll(written(t, Machine, append([][]string{header}, rows...)), Options{Delimiter: ','})
	if ps != nil || !cmp.Equal(got.Rows, want) {
		t.Fatalf("wrote %q, read back %q, %v", rows, got.Rows, ps)
	}
}
