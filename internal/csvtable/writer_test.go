package csvtable

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSafeText(t *testing.T) {
	for _, c := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠"} {
		if got, want := SafeText(c+"1+1"), "'"+c+"1+1"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if got, want := SafeText("a"+c), "a"+c; got != want {
			t.Errorf("not at the start: got %q, want %q", got, want)
		}
	}
	for _, s := range []string{"", "a", "'=1", "山田", "1-2", "\xff"} {
		if got := SafeText(s); got != s {
			t.Errorf("got %q, want it unchanged", got)
		}
	}
}

func TestWriter(t *testing.T) {
	rows := [][]string{
		{"id", "name"},
		{"=1+1", "a,b"},
		{"007", "say \"hi\""},
		{"@x", "山田\n太郎"},
		{" c ", ""},
	}
	tests := []struct {
		name   string
		format Format
		want   string
	}{
		{"a machine gets every field as it is", Machine,
			"id,name\n=1+1,\"a,b\"\n007,\"say \"\"hi\"\"\"\n@x,\"山田\n太郎\"\n c ,\n"},
		{"a person gets no formula", Human,
			"\ufeffid,name\n'=1+1,\"a,b\"\n007,\"say \"\"hi\"\"\"\n'@x,\"山田\n太郎\"\n c ,\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(written(t, tt.format, rows), tt.want); diff != "" {
				t.Errorf("got -, want +:\n%s", diff)
			}
		})
	}
	t.Run("an empty field alone is no blank line", func(t *testing.T) {
		if got, want := written(t, Machine, [][]string{{"id"}, {""}}), "id\n\"\"\n"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func written(t *testing.T, format Format, rows [][]string) string {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b, format)
	for _, fields := range rows {
		if err := w.Write(fields); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWriterRefuses(t *testing.T) {
	tests := []struct {
		name   string
		fields []string
		want   string
	}{
		{"NUL", []string{"a", "b\x00"}, "csv row 2, field 2: U+0000 cannot be written"},
		{"bytes that are not UTF-8", []string{"\x81"}, "csv row 2, field 1: U+FFFD cannot be written"},
		{"a row without fields", nil, "csv row 2 has no fields"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			w := NewWriter(&b, Machine)
			if err := w.Write([]string{"id"}); err != nil {
				t.Fatal(err)
			}
			err := w.Write(tt.fields)
			if err == nil || err.Error() != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
			if err := w.Flush(); err != nil || b.String() != "id\n" {
				t.Errorf("got %q, %v, want the first row only", b.String(), err)
			}
		})
	}
}

// Formulas that a person's file disarms come back from it as that text.
func TestHumanFileReadsBack(t *testing.T) {
	text := written(t, Human, [][]string{{"id", "n"}, {"=1", "\r+2"}, {"\t-3", "\n@4"}})
	got, _ := readAll(text, Options{})
	want := reading{Header: idN, Rows: [][]string{{"'=1", "'\r+2"}, {"'\t-3", "'\n@4"}}, Counts: Counts{2, 2, 0}}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("got -, want +:\n%s\n%s", diff, strings.ToValidUTF8(text, "?"))
	}
}
