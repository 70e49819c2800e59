package csvtable

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"github.com/amends-go/amends/internal/problem"
)

// reading is everything that reading a table brings.
type reading struct {
	Header   []string
	Rows     [][]string
	Problems []found
	Counts   Counts
	Rejected []string
}

// found is a problem without its wording.
type found struct {
	Line, Column int
	Code         string
	Field, Value string
	Outcome      problem.Outcome
}

func readAll(text string, opts Options) (reading, problem.Problems) {
	var got reading
	opts.Rejected = func(raw []byte, _ problem.Problem) { got.Rejected = append(got.Rejected, string(raw)) }
	r, ps := NewReader(strings.NewReader(text), "customers.csv", opts)
	if r != nil {
		got.Header = r.Header()
		for _, row := range r.Rows() {
			got.Rows = append(got.Rows, append([]string(nil), row.Fields()...))
		}
		got.Counts = r.Counts()
		ps = r.Problems()
	}
	for _, p := range ps {
		got.Problems = append(got.Problems, found{p.Line, p.Column, p.Code, p.Field, p.Value, p.Outcome})
	}
	return got, ps
}

var idN = []string{"id", "n"}

const (
	file  = problem.RefuseFile
	row   = problem.RefuseRow
	note  = problem.Accept
	limit = problem.Limit
)

func TestReading(t *testing.T) {
	utf16le := "\xff\xfei\x00d\x00\t\x00n\x00\r\x00\n\x00q\x5c\t\x00\x42\xd8\xb7\xdf\r\x00\n\x00" // 山, 𠮷
	tests := []struct {
		name string
		text string
		opts Options
		want reading
	}{
		{"CRLF line ends are read as they are", "id,n\r\na,1\r\nb,2\r\n", Options{},
			reading{Header: idN, Rows: [][]string{{"a", "1"}, {"b", "2"}}, Counts: Counts{2, 2, 0}}},
		{"a byte order mark is no part of the first name", "\ufeffid,n\na,1\n", Options{},
			reading{Header: idN, Rows: [][]string{{"a", "1"}}, Counts: Counts{1, 1, 0}}},
		{"a byte order mark before a quoted header is no bare quote", "\ufeff\"id\",n\na,1\n", Options{},
			reading{Header: idN, Rows: [][]string{{"a", "1"}}, Counts: Counts{1, 1, 0}}},
		{"CSV-02 a bare quote refuses its row only", "id,n\nb,1\na\"x,1\n山,2\"\nc,3\n", Options{},
			reading{Header: idN, Rows: [][]string{{"b", "1"}, {"c", "3"}}, Counts: Counts{4, 2, 2},
				Rejected: []string{"a\"x,1", "山,2\""},
				Problems: []found{{3, 2, "E_CSV_QUOTE", "id", "a\"x", row}, {4, 4, "E_CSV_QUOTE", "n", "2\"", row}}}},
		{"CSV-02 a bare quote after a field with doubled quotes and a comma", "id,n\n\"a\"\",b\",x\"y\nb,2\n", Options{},
			reading{Header: idN, Rows: [][]string{{"b", "2"}}, Counts: Counts{2, 1, 1}, Rejected: []string{"\"a\"\",b\",x\"y"},
				Problems: []found{{2, 10, "E_CSV_QUOTE", "n", "x\"y", row}}}},
		{"CSV-02 text after a closing quote refuses its row only", "id,n\n\"a\nb\"c,1\nd,4\n", Options{},
			reading{Header: idN, Rows: [][]string{{"d", "4"}}, Counts: Counts{2, 1, 1}, Rejected: []string{"\"a\nb\"c,1"},
				Problems: []found{{3, 2, "E_CSV_QUOTE", "id", "\"a", row}}}},
		{"CSV-02 a quote left open on the last line refuses its row only", "id,n\na,1\nb,\"2\n", Options{},
			reading{Header: idN, Rows: [][]string{{"a", "1"}}, Counts: Counts{2, 1, 1}, Rejected: []string{"b,\"2"},
				Problems: []found{{3, 3, "E_CSV_QUOTE", "n", "\"2", row}}}},
		{"CSV-02 a quote left open over lines hides rows and refuses the file", "id,n\na,1\n\"b,2\nc,3\nd,4\n", Options{},
			reading{Header: idN, Rows: [][]string{{"a", "1"}}, Counts: Counts{2, 1, 1}, Rejected: []string{"\"b,2\nc,3\nd,4"},
				Problems: []found{{3, 1, "E_CSV_QUOTE", "id", "\"b", file}}}},
		{"CSV-03 rows one field short, right and one over", "id,n\nb\na,1\na,1,9\n", Options{},
			reading{Header: idN, Rows: [][]string{{"a", "1"}}, Counts: Counts{3, 1, 2}, Rejected: []string{"b", "a,1,9"},
				Problems: []found{{2, 2, "E_CSV_FIELDS", "n", "", row}, {4, 5, "E_CSV_FIELDS", "", "9", row}}}},
		{"CSV-04 lone CR line ends are noted", "id,n\ra,1\rb,2\r", Options{},
			reading{Header: idN, Rows: [][]string{{"a", "1"}, {"b", "2"}}, Counts: Counts{2, 2, 0},
				Problems: []found{{1, 0, "N_CSV_EOL", "", "", note}}}},
		{"CSV-04 positions stay right after lone CR line ends", "id,n\ra,1\rb\r", Options{},
			reading{Header: idN, Rows: [][]string{{"a", "1"}}, Counts: Counts{2, 1, 1}, Rejected: []string{"b"},
				Problems: []found{{1, 0, "N_CSV_EOL", "", "", note}, {3, 2, "E_CSV_FIELDS", "n", "", row}}}},
		{"CSV-04 lone CR first and LF later is refused", "id,n\ra,1\nb,2\n", Options{},
			reading{Problems: []found{{1, 0, "E_CSV_EOL", "", "", file}}}},
		{"CSV-04 a CR in a quoted name is part of it", "\"id\rx\",n\na,1\n", Options{},
			reading{Header: []string{"id\rx", "n"}, Rows: [][]string{{"a", "1"}}, Counts: Counts{1, 1, 0}}},
		{"CSV-04 a stray CR behind a quoted field", "id,n\n\"a\",b\rc\nd,\"4\r5\"\n", Options{},
			reading{Header: idN, Rows: [][]string{{"d", "4\r5"}}, Counts: Counts{2, 1, 1}, Rejected: []string{"\"a\",b\rc"},
				Problems: []found{{2, 6, "E_CTRL_CHAR", "n", "b\rc", row}}}},
		{"CSV-04 a stray CR in a row is a control character", "id,n\na\rb,2\nc,3\n", Options{},
			reading{Header: idN, Rows: [][]string{{"c", "3"}}, Counts: Counts{2, 1, 1}, Rejected: []string{"a\rb,2"},
				Problems: []found{{2, 2, "E_CTRL_CHAR", "id", "a\rb", row}}}},
		{"CRLF, and a line end inside quotes", "id,n\r\n\"a\nb\",1\r\n", Options{},
			reading{Header: idN, Rows: [][]string{{"a\nb", "1"}}, Counts: Counts{1, 1, 0}}},
		{"CSV-06 UTF-16LE with tabs is decoded", utf16le, Options{},
			reading{Header: idN, Rows: [][]string{{"山", "𠮷"}}, Counts: Counts{1, 1, 0},
				Problems: []found{{0, 0, "N_ENCODING", "", "", note}}}},
		{"CSV-06 UTF-16BE with commas is decoded", encode16("\ufeffid,n\na,1\n"), Options{},
			reading{Header: idN, Rows: [][]string{{"a", "1"}}, Counts: Counts{1, 1, 0},
				Problems: []found{{0, 0, "N_ENCODING", "", "", note}}}},
		{"CSV-06 half a surrogate pair refuses its row", "\xfe\xff\x00i\x00d\x00,\x00n\x00\n\x00a\xd8\x42\x00,\x001\x00\n\x00b\x00,\x002\x00\n", Options{},
			reading{Header: idN, Rows: [][]string{{"b", "2"}}, Counts: Counts{2, 1, 1}, Rejected: []string{"a\ufffd,1"},
				Problems: []found{{0, 0, "N_ENCODING", "", "", note}, {2, 2, "E_ENCODING", "id", "a\ufffd", row}}}},
		{"CSV-06 UTF-16 that ends in half a pair", "\xfe\xff\x00i\x00d\x00\n\x00b\x00\n\x00a\xd8\x42", Options{WantRows: 2},
			reading{Header: []string{"id"}, Rows: [][]string{{"b"}}, Counts: Counts{2, 1, 1}, Rejected: []string{"a\ufffd"},
				Problems: []found{{0, 0, "N_ENCODING", "", "", note}, {3, 2, "E_ENCODING", "id", "a\ufffd", row}}}},
		{"CSV-06 UTF-16 that ends in half a unit", "\xfe\xff\x00i\x00d\x00\n\x00b\x00\n\x00a\x00", Options{WantRows: 2},
			reading{Header: []string{"id"}, Rows: [][]string{{"b"}}, Counts: Counts{2, 1, 1}, Rejected: []string{"a\ufffd"},
				Problems: []found{{0, 0, "N_ENCODING", "", "", note}, {3, 2, "E_ENCODING", "id", "a\ufffd", row}}}},
		{"CSV-06 UTF-32 is named", "\xff\xfe\x00\x00i\x00\x00\x00", Options{},
			reading{Problems: []found{{0, 0, "E_ENCODING", "", "", file}}}},
		{"CSV-06 UTF-16 without a mark is named", "i\x00d\x00\n\x00a\x00\n\x00", Options{},
			reading{Problems: []found{{0, 0, "E_ENCODING", "", "", file}}}},
		{"CSV-07 a semicolon table is no table of one column", "id;n\na;1\n", Options{},
			reading{Problems: []found{{1, 1, "E_CSV_HEADER", "", "id;n", file}}}},
		{"CSV-07 a semicolon table in quotes is no quote problem", "\"id\";\"n\"\na;1\n", Options{},
			reading{Problems: []found{{1, 1, "E_CSV_HEADER", "", "\"id\";\"n\"", file}}}},
		{"CSV-07 a tab table is no table of one column", "id\tn\na\t1\n", Options{},
			reading{Problems: []found{{1, 1, "E_CSV_HEADER", "", "id\tn", file}}}},
		{"CSV-07 a named delimiter is taken", "id;n\na;1\n", Options{Delimiter: ';'},
			reading{Header: idN, Rows: [][]string{{"a", "1"}}, Counts: Counts{1, 1, 0}}},
		{"CSV-07 a delimiter in a quoted name is part of it", "\"id;n\"\na\n", Options{},
			reading{Header: []string{"id;n"}, Rows: [][]string{{"a"}}, Counts: Counts{1, 1, 0}}},
		{"CSV-07 two columns are taken as they are", "id,n;m\na,1\n", Options{},
			reading{Header: []string{"id", "n;m"}, Rows: [][]string{{"a", "1"}}, Counts: Counts{1, 1, 0}}},
		{"a table of one column is one", "id\na\n\"\"\n", Options{},
			reading{Header: []string{"id"}, Rows: [][]string{{"a"}, {""}}, Counts: Counts{2, 2, 0}}},
		{"CSV-08 NUL in a field", "id,n\n山,a\x00b\nc,3\n", Options{},
			reading{Header: idN, Rows: [][]string{{"c", "3"}}, Counts: Counts{2, 1, 1}, Rejected: []string{"山,a\x00b"},
				Problems: []found{{2, 4, "E_CTRL_CHAR", "n", "a\x00b", row}}}},
		{"CSV-08 U+001F, DEL and U+0085 are refused, a space, a tilde and U+00A0 are not",
			"id,n\na,\x1f\nb, \nc,~\nd,\x7f\ne,\u0085\nf,\u00a0\n", Options{},
			reading{Header: idN, Rows: [][]string{{"b", " "}, {"c", "~"}, {"f", "\u00a0"}}, Counts: Counts{6, 3, 3},
				Rejected: []string{"a,\x1f", "d,\x7f", "e,\u0085"},
				Problems: []found{{2, 3, "E_CTRL_CHAR", "n", "\x1f", row}, {5, 3, "E_CTRL_CHAR", "n", "\x7f", row},
					{6, 3, "E_CTRL_CHAR", "n", "\u0085", row}}}},
		{"the same name twice", "id,n,id\na,1,b\n", Options{},
			reading{Problems: []found{{1, 6, "E_DUP_FIELD", "id", "id", file}}}},
		{"an empty name", "id,,n\na,1,b\n", Options{},
			reading{Problems: []found{{1, 4, "E_CSV_HEADER", "", "", file}}}},
		{"CSV-10 an empty file", "", Options{},
			reading{Problems: []found{{0, 0, "E_EMPTY", "", "", file}}}},
		{"CSV-10 a header only", "id,n\n", Options{},
			reading{Header: idN, Problems: []found{{1, 0, "E_EMPTY", "", "", file}}}},
		{"CSV-10 blank lines only", "\n\r\n  \n\n", Options{},
			reading{Problems: []found{{0, 0, "E_EMPTY", "", "", file}}}},
		{"CSV-10 an empty file where none is allowed for", "", Options{AllowEmpty: true}, reading{}},
		{"CSV-10 a header only where that is allowed", "id,n\n", Options{AllowEmpty: true}, reading{Header: idN}},
		{"CSV-10 Ctrl-Z at the end is noted", "id,n\na,1\n\x1a", Options{},
			reading{Header: idN, Rows: [][]string{{"a", "1"}}, Counts: Counts{1, 1, 0},
				Problems: []found{{3, 0, "N_CSV_CTRLZ", "", "", note}}}},
		{"CSV-10 Ctrl-Z elsewhere is a control character", "id,n\na,1\n\x1ab,2\n", Options{},
			reading{Header: idN, Rows: [][]string{{"a", "1"}}, Counts: Counts{2, 1, 1}, Rejected: []string{"\x1ab,2"},
				Problems: []found{{3, 1, "E_CTRL_CHAR", "id", "\x1ab", row}}}},
		{"CSV-12 a last line without its end is noted", "id,n\na,1\nb,2", Options{},
			reading{Header: idN, Rows: [][]string{{"a", "1"}, {"b", "2"}}, Counts: Counts{2, 2, 0},
				Problems: []found{{3, 0, "N_TRUNCATED_MAYBE", "", "", note}}}},
		{"CSV-12 one row more than wanted", "id,n\na,1\nb,2", Options{WantRows: 1},
			reading{Header: idN, Rows: [][]string{{"a", "1"}, {"b", "2"}}, Counts: Counts{2, 2, 0},
				Problems: []found{{3, 0, "E_TRUNCATED", "", "", file}}}},
		{"CSV-12 as many rows as wanted, a refused one included", "id,n\na,1\nb", Options{WantRows: 2},
			reading{Header: idN, Rows: [][]string{{"a", "1"}}, Counts: Counts{2, 1, 1}, Rejected: []string{"b"},
				Problems: []found{{3, 2, "E_CSV_FIELDS", "n", "", row}}}},
		{"CSV-12 one row fewer than wanted", "id,n\na,1\n", Options{WantRows: 2},
			reading{Header: idN, Rows: [][]string{{"a", "1"}}, Counts: Counts{1, 1, 0},
				Problems: []found{{3, 0, "E_TRUNCATED", "", "", file}}}},
		{"CSV-14 positions stay right after a line end in quotes", "id,n\n\"山田\n太郎\",1\n\nb\"\nc,2\n", Options{},
			reading{Header: idN, Rows: [][]string{{"山田\n太郎", "1"}, {"c", "2"}}, Counts: Counts{3, 2, 1}, Rejected: []string{"b\""},
				Problems: []found{{5, 2, "E_CSV_QUOTE", "id", "b\"", row}}}},
		{"ENC-01 bytes of CP932 refuse their row and hint at the whole", "id,n\na,\x95\x5c\x8e\xa6\nb,2\n", Options{},
			reading{Header: idN, Rows: [][]string{{"b", "2"}}, Counts: Counts{2, 1, 1}, Rejected: []string{"a,\x95\x5c\x8e\xa6"},
				Problems: []found{{0, 0, "N_ENCODING", "", "", note}, {2, 3, "E_ENCODING", "n", "\x95\x5c\x8e\xa6", row}}}},
		{"ENC-01 bytes of no known encoding get no hint", "id,n\na,\xff\nb,2\n", Options{},
			reading{Header: idN, Rows: [][]string{{"b", "2"}}, Counts: Counts{2, 1, 1}, Rejected: []string{"a,\xff"},
				Problems: []found{{2, 3, "E_ENCODING", "n", "\xff", row}}}},
		{"ENC-08 a row in CP932 among rows in UTF-8", "id,名\n山,田\na,\x8e\x52\n", Options{},
			reading{Header: []string{"id", "名"}, Rows: [][]string{{"山", "田"}}, Counts: Counts{2, 1, 1}, Rejected: []string{"a,\x8e\x52"},
				Problems: []found{{0, 0, "N_ENCODING", "", "", note}, {3, 3, "E_ENCODING", "名", "\x8e\x52", row}}}},
		{"ENC-01 the replacement character is damage", "id,n\na,\ufffd\nb,2\n", Options{},
			reading{Header: idN, Rows: [][]string{{"b", "2"}}, Counts: Counts{2, 1, 1}, Rejected: []string{"a,\ufffd"},
				Problems: []found{{2, 3, "E_ENCODING", "n", "\ufffd", row}}}},
		{"ENC-07 a header in CP932 refuses the file", "\x8c\xda\x8b\x71,n\na,1\n", Options{},
			reading{Problems: []found{{1, 1, "E_ENCODING", "", "\x8c\xda\x8b\x71", file}}}},
		{"ENC-07 ISO-2022-JP is named", "id,n\na,\x1b$B;3\x1b(B\n", Options{},
			reading{Problems: []found{{0, 0, "E_ENCODING", "", "", file}}}},
		{"a delimiter that cannot be one", "id,n\n", Options{Delimiter: '"'},
			reading{Problems: []found{{0, 0, "E_CSV_HEADER", "", "", file}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := readAll(tt.text, tt.opts)
			if diff := cmp.Diff(got, tt.want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
		})
	}
}

// encode16 is s in UTF-16, the high byte first.
func encode16(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return string(b)
}

func TestWording(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a ragged row names the header", "id,n\na,1,9\n",
			`customers.csv:2:5: error E_CSV_FIELDS: expected 2 got 3; the header on line 1 is "id,n"; give each column one value; quote a value that holds the delimiter [value="9"]`},
		{"a header line that is not the first is named", "\n\nid,n\na\n",
			`customers.csv:4:2: error E_CSV_FIELDS: expected 2 got 1; the header on line 3 is "id,n"; give each column one value; quote a value that holds the delimiter [field=n]`},
		{"another delimiter is proposed", "id;n\na;1\n",
			`customers.csv:1:1: error E_CSV_HEADER: 1 column found; did you mean delimiter ;?; name the delimiter, or save the file with commas [value="id;n"]`},
		{"a control character is shown as its code point", "id,n\na\x00b,1\n",
			`customers.csv:2:2: error E_CTRL_CHAR: control character U+0000 at byte offset 6; remove it [field=id value="a<U+0000>b" offset=6]`},
		{"a byte offset counts the byte order mark", "\ufeffid,n\na\x00b,1\n",
			`customers.csv:2:2: error E_CTRL_CHAR: control character U+0000 at byte offset 9; remove it [field=id value="a<U+0000>b" offset=9]`},
		{"bytes that are not UTF-8 are shown", "id,n\n山,\x81 \n",
			`customers.csv:2:3: error E_ENCODING: bytes 81 20 at byte offset 9 are not UTF-8; convert to UTF-8 first [field=n value="\x81 " offset=9]`},
		{"a header in CP932 is named so", "\x8c\xda\x8b\x71,n\na,1\n",
			`customers.csv:1:1: error E_ENCODING: bytes 8c da at byte offset 0 are not UTF-8; looks like CP932 (Shift_JIS); convert to UTF-8 first [value="\x8cڋq"]`},
		{"an open quote tells which lines it hides", "id,n\n\"a,1\nb,2\n",
			`customers.csv:2:1: error E_CSV_QUOTE: quote is never closed; lines 2 to 3 are inside it; put the field in quotes and write each quote in it twice [field=id value="\"a"]`},
		{"bytes that CP932 and EUC-JP share are called so", "\xbb\xb3\n",
			`customers.csv:1:1: error E_ENCODING: bytes bb b3 at byte offset 0 are not UTF-8; looks like CP932 (Shift_JIS) or EUC-JP; convert to UTF-8 first [value="\xbb\xb3"]`},
		{"EUC-JP is named", "\xe0\xfd\xbb\xb3\n",
			`customers.csv:1:1: error E_ENCODING: bytes e0 fd at byte offset 0 are not UTF-8; looks like EUC-JP; convert to UTF-8 first [value="\xe0\xfd\xbb\xb3"]`},
		{"CP932 is named", "id,n\na,\x95\x5c\n",
			`customers.csv: note N_ENCODING: looks like CP932 (Shift_JIS) in 1 rows; convert to UTF-8 first`},
		{"an offset in UTF-16 is of the file", "\xff\xfei\x00d\x00\t\x00n\x00\n\x00\x42\xd8\xb7\xdf\t\x00\x07\x00\n\x00",
			`customers.csv:2:3: error E_CTRL_CHAR: control character U+0007 at byte offset 18; remove it [field=n value="<U+0007>" offset=18]`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, ps := readAll(tt.text, Options{})
			if !strings.Contains("\n"+ps.Error()+"\n", "\n"+tt.want+"\n") {
				t.Errorf("got  %v\nwant %s among them", ps, tt.want)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	const header = "id,n\n"
	small := Options{MaxField: 8, MaxRow: 12, MaxColumns: 3}
	tests := []struct {
		name, text string
		opts       Options
		want       []found
		accepted   int64
	}{
		{"a field below its limit", header + "1234567,1\n", small, nil, 1},
		{"a field at its limit", header + "12345678,1\n", small, nil, 1},
		{"a field above its limit", header + "a,123456789\nb,2\n", small, []found{{2, 3, "E_LIMIT_FIELD", "n", "123456789", limit}}, 0},
		{"a row below its limit", header + "12345678,01\n", small, nil, 1},
		{"a row at its limit, its line end not counted", header + "12345678,012\r\n", small, nil, 1},
		{"a row above its limit", header + "12345678,0123\n", small, []found{{2, 1, "E_LIMIT_ROW", "", "", limit}}, 0},
		{"columns below their limit", header + "a,1\n", small, nil, 1},
		{"columns at their limit", "id,n,m\na,1,2\n", small, nil, 1},
		{"columns above their limit", "a,b,c,d\n1,2,3,4\n", small, []found{{1, 7, "E_LIMIT_COLUMNS", "", "d", limit}}, 0},
		{"a field at the limit of 64 KiB", header + strings.Repeat("x", 65536) + ",1\n", Options{}, nil, 1},
		{"a field above the limit of 64 KiB", header + strings.Repeat("x", 65537) + ",1\n", Options{},
			[]found{{2, 1, "E_LIMIT_FIELD", "id", strings.Repeat("x", 1024), limit}}, 0},
		{"a row above the limit of 1 MiB", header + "a,\"" + strings.Repeat("x\n", 1<<19) + "\"\n", Options{},
			[]found{{2, 1, "E_LIMIT_ROW", "", "", limit}}, 0},
		{"columns at the limit of 1,024", columns(1024) + columns(1024), Options{}, nil, 1},
		{"columns above the limit of 1,024", columns(1025), Options{}, []found{{1, 5035, "E_LIMIT_COLUMNS", "", "c1024", limit}}, 0},
		{"a megabyte of blank lines is no long row", header + strings.Repeat("\n", 2<<20) + "a,1\n", Options{}, nil, 1},
		{"endless text without a line end stops", strings.Repeat("x", 8<<20), Options{}, []found{{1, 1, "E_LIMIT_ROW", "", "", limit}}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := readAll(tt.text, tt.opts)
			if diff := cmp.Diff(got.Problems, tt.want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
			if got.Counts.Accepted != tt.accepted {
				t.Errorf("got %d rows, want %d", got.Counts.Accepted, tt.accepted)
			}
		})
	}
}

// columns is a line of n names: c0 to c9 have 3 characters with the comma, and
// so on, so that c1024 begins in column 10·3 + 90·4 + 900·5 + 24·6 + 1 = 5035.
func columns(n int) string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("c%d", i)
	}
	return strings.Join(names, ",") + "\n"
}

func TestColumnAfterLineEndInQuotes(t *testing.T) {
	text := "id,name,n\r\n\r\na,\"山田\r\n\r\n太郎\",\"7\"\r\n表,b,c\r\n"
	r, ps := NewReader(iotest.OneByteReader(strings.NewReader(text)), "f", Options{})
	if ps != nil {
		t.Fatal(ps)
	}
	type place struct{ Line, Column int }
	var got [][]place
	for _, w := range r.Rows() {
		places := []place{{w.Line(), 0}}
		for i := range w.Fields() {
			line, column := w.Column(i)
			places = append(places, place{line, column})
		}
		got = append(got, places)
	}
	want := [][]place{{{3, 0}, {3, 1}, {3, 3}, {5, 5}}, {{6, 0}, {6, 1}, {6, 3}, {6, 5}}}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
}

func TestReport(t *testing.T) {
	var rejected []string
	opts := Options{Rejected: func(raw []byte, _ problem.Problem) { rejected = append(rejected, string(raw)) }}
	r, _ := NewReader(strings.NewReader("id,n\na,1\n山,x\n合計,9\n"), "f.csv", opts)
	for _, w := range r.Rows() {
		if code, message := CheckID(w.Field(0)); code != "" {
			r.Report(0, code, message, "")
		}
		if w.Field(1) == "x" {
			r.Report(1, "E_NUM_FORM", "no number", "write 1234")
			r.Report(1, "E_RANGE", "twice refused, once counted", "")
			r.Report(-1, "W_NEAR_DUP", "warned", "")
		}
	}
	var got []string
	for _, p := range r.Problems() {
		got = append(got, p.Error())
	}
	want := []string{
		`f.csv:3:1: warning W_NEAR_DUP: warned`,
		`f.csv:3:3: error E_NUM_FORM: no number; write 1234 [field=n value="x"]`,
		`f.csv:3:3: error E_RANGE: twice refused, once counted [field=n value="x"]`,
		`f.csv:4:1: error E_ID: looks like a total row [field=id value="合計"]`,
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("problems: got -, want +:\n%s", diff)
	}
	if diff := cmp.Diff(r.Counts(), Counts{3, 1, 2}); diff != "" {
		t.Errorf("counts: got -, want +:\n%s", diff)
	}
	r.Report(-1, "E_TOO_MANY", "said when no row is left", "")
	if diff := cmp.Diff(r.Counts(), Counts{3, 1, 2}); diff != "" {
		t.Errorf("counts after the end: got -, want +:\n%s", diff)
	}
	if diff := cmp.Diff(rejected, []string{"山,x", "合計,9"}); diff != "" {
		t.Errorf("rejected: got -, want +:\n%s", diff)
	}
}

func TestKeptProblems(t *testing.T) {
	for _, tt := range []struct {
		name          string
		bad           int
		kept, dropped int64
	}{
		{"below the most that are kept", 999, 999, 0},
		{"at the most that are kept", 1000, 1000, 0},
		{"above the most that are kept", 1001, 1000, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, _ := NewReader(strings.NewReader("id,n\n"+strings.Repeat("x\n", tt.bad)), "f", Options{})
			for range r.Rows() {
				t.Error("a row was accepted")
			}
			if got := int64(len(r.Problems())); got != tt.kept || r.Dropped() != tt.dropped || r.Counts().Refused != int64(tt.bad) {
				t.Errorf("got %d kept, %d dropped, %+v, want %d, %d, %d", got, r.Dropped(), r.Counts(), tt.kept, tt.dropped, tt.bad)
			}
		})
	}
	t.Run("a problem of the file is kept after any number of rows", func(t *testing.T) {
		r, _ := NewReader(strings.NewReader("id,n\n"+strings.Repeat("x\n", 2000)), "f", Options{WantRows: 1999})
		r.Next()
		ps := r.Problems()
		if len(ps) != 1000 || r.Dropped() != 1001 || ps[len(ps)-1].Code != "E_TRUNCATED" {
			t.Errorf("got %d kept, %d dropped, last %v", len(ps), r.Dropped(), ps[len(ps)-1])
		}
	})
}

func TestHashIsOfTheBytesParsed(t *testing.T) {
	text := "\xff\xfei\x00d\x00\n\x00a\x00\n\x00"
	sum := sha256.Sum256([]byte(text))
	want := hex.EncodeToString(sum[:])
	r, ps := NewReader(strings.NewReader(text), "f", Options{WantSHA256: strings.ToUpper(want)})
	if r == nil {
		t.Fatal(ps)
	}
	if got := r.SHA256(); got != "" {
		t.Errorf("before the end: got %q, want none", got)
	}
	for range r.Rows() {
	}
	if got := r.SHA256(); got != want || r.Problems().Err() != nil {
		t.Errorf("got %s, %v, want %s", got, r.Problems(), want)
	}
	got, _ := readAll("id\na\n", Options{WantSHA256: want})
	if len(got.Problems) != 1 || got.Problems[0].Code != "E_TRUNCATED" {
		t.Errorf("another hash: got %v, want E_TRUNCATED", got.Problems)
	}
}

func TestChangedWhileRead(t *testing.T) {
	const text = "id,n\na,1\nb,2\n"
	tests := []struct {
		name   string
		change func(path string) error
		want   []string
	}{
		{"an untouched file is sound", func(string) error { return nil }, nil},
		{"CSV-15 rows appended during the run", func(p string) error {
			f, err := os.OpenFile(p, os.O_APPEND|os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = f.WriteString("c,3\n")
			return err
		}, []string{"E_CHANGED"}},
		{"CSV-15 rows appended and the time put back", func(p string) error {
			was, err := os.Stat(p)
			if err == nil {
				err = os.WriteFile(p, []byte(text+"c,3\n"), 0o600)
			}
			if err == nil {
				err = os.Chtimes(p, time.Time{}, was.ModTime())
			}
			return err
		}, []string{"E_CHANGED"}},
		{"CSV-15 a file cut during the run", func(p string) error { return os.Truncate(p, 5) }, []string{"E_CHANGED"}},
		{"CSV-15 a file of the same size written later", func(p string) error {
			return os.Chtimes(p, time.Time{}, time.Date(2012, 6, 20, 17, 0, 0, 0, time.UTC))
		}, []string{"E_CHANGED"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "customers.csv")
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			r, ps := Open(os.DirFS(dir), "customers.csv", Options{})
			if r == nil {
				t.Fatal(ps)
			}
			defer r.Close()
			r.Next()
			if err := tt.change(path); err != nil {
				t.Fatal(err)
			}
			for range r.Rows() {
			}
			var got []string
			for _, p := range r.Problems() {
				got = append(got, p.Code)
			}
			if diff := cmp.Diff(got, tt.want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
		})
	}
}

func TestOpenProblems(t *testing.T) {
	fsys := fstest.MapFS{"dir/x.csv": {Data: []byte("id\na\n")}}
	for _, name := range []string{"absent.csv", "dir"} {
		if r, ps := Open(fsys, name, Options{}); r != nil || len(ps) != 1 || ps[0].Code != "E_IO" || ps[0].File != name {
			t.Errorf("%s: got %v, want E_IO", name, ps)
		}
	}
	r, ps := Open(fsys, "dir/x.csv", Options{})
	if r == nil {
		t.Fatal(ps)
	}
	if w, ok := r.Next(); !ok || w.Raw() != "a" || r.Close() != nil {
		t.Errorf("a sound file was not read: %v", r.Problems())
	}
}

// A reader whose chunks end anywhere in the text reads the same rows.
func TestChunksEndAnywhere(t *testing.T) {
	const tail = "b,\"x\r\ny\"\r𠮷,山\rc,\"\"\r\x1a"
	want := [][]string{{"b", "x\ny"}, {"𠮷", "山"}, {"c", ""}}
	for before := range len(tail) + 4 {
		for _, enc := range []string{"UTF-8", "UTF-16"} {
			filled := chunkSize
			if enc == "UTF-16" {
				filled = chunkSize / 2
			}
			text := "id,n\r" + strings.Repeat("x", filled-len("id,n\r,1\r")-before) + ",1\r" + tail
			if enc == "UTF-16" {
				text = encode16("\ufeff" + text)
			}
			got, _ := readAll(text, Options{})
			if len(got.Rows) != 4 || !cmp.Equal(got.Rows[1:], want) {
				t.Errorf("%s, %d characters before the end of a chunk: got %q", enc, before, got.Rows[min(1, len(got.Rows)):])
			}
		}
	}
}

func TestRowsCanBeLeftAndTakenUpAgain(t *testing.T) {
	r, _ := NewReader(strings.NewReader("\n\nid\na\nb\"\nc\n"), "f", Options{})
	for line := range r.Rows() {
		if got, want := r.Raw(), "a"; got != want || line != 4 || r.HeaderLine() != 3 {
			t.Errorf("got %q on line %d under line %d, want %q on 4 under 3", got, line, r.HeaderLine(), want)
		}
		break
	}
	w, ok := r.Next()
	if !ok || w.Raw() != "c" || w.Line() != 6 {
		t.Errorf("got %q on line %d, want c on 6", w.Raw(), w.Line())
	}
	if w, ok := r.Next(); ok {
		t.Errorf("got %q after the last row", w.Raw())
	}
	r.Report(-1, "E_TOO_MANY", "said when no row is left", "")
	if diff := cmp.Diff(r.Counts(), Counts{3, 2, 1}); diff != "" {
		t.Errorf("got -, want +:\n%s", diff)
	}
}

// A source that brings nothing, again and again, is given up.
func TestSourceWithoutProgress(t *testing.T) {
	for _, text := range []string{"", "id\na\n"} {
		src := io.MultiReader(strings.NewReader(text), stalled{})
		if r, ps := NewReader(src, "f", Options{}); r != nil {
			r.Next()
			r.Next()
			if ps = r.Problems(); len(ps) != 1 || ps[0].Code != "E_IO" {
				t.Errorf("after %q: got %v, want E_IO", text, ps)
			}
		} else if len(ps) != 1 || ps[0].Code != "E_IO" {
			t.Errorf("after %q: got %v, want E_IO", text, ps)
		}
	}
}

type stalled struct{}

func (stalled) Read([]byte) (int, error) { return 0, nil }

// Wherever the reading of a file fails, the result is refused.
func TestFailureAtEveryByte(t *testing.T) {
	text := []byte("\ufeffid,n\r\na,1\r\nb,\"2\r\n\"\r\n\x1a")
	for n := range len(text) + 1 {
		src := iotest.DataErrReader(&brokenReader{bytes.NewReader(text[:n])})
		r, ps := NewReader(src, "f", Options{})
		if r != nil {
			for range r.Rows() {
			}
			ps = r.Problems()
			if c := r.Counts(); c.Rows != c.Accepted+c.Refused {
				t.Errorf("after %d bytes: %+v does not add up", n, c)
			}
			if r.SHA256() != "" {
				t.Errorf("after %d bytes: a hash of part of a file", n)
			}
		}
		if ps.Err() == nil {
			t.Errorf("after %d bytes: the failure went unseen", n)
		}
	}
}

// brokenReader fails where its text ends.
type brokenReader struct{ text *bytes.Reader }

func (b *brokenReader) Read(p []byte) (int, error) {
	n, err := b.text.Read(p)
	if err != nil {
		err = os.ErrClosed
	}
	return n, err
}
