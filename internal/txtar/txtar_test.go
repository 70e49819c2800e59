package txtar_test

import (
	"testing"

	"github.com/amends-go/amends/internal/txtar"
	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	tests := []struct {
		name, text, comment string
		names               []string
		files               map[string]string
	}{
		{"an empty text is an empty story", "", "", nil, nil},
		{"a story without files", "once\nupon a time\n", "once\nupon a time\n", nil, nil},
		{"a story and two files, in their order", "story\n-- b.txt --\none\n-- a/c.txt --\ntwo\nthree", "story\n",
			[]string{"b.txt", "a/c.txt"}, map[string]string{"b.txt": "one\n", "a/c.txt": "two\nthree"}},
		{"a file may be empty", "-- a --\n-- b --\n", "", []string{"a", "b"}, map[string]string{"a": "", "b": ""}},
		{"a dash and a list are no markers", "-- a --\n- x\n--\n-- --\n--  --\n-- y\nz --\n", "",
			[]string{"a"}, map[string]string{"a": "- x\n--\n-- --\n--  --\n-- y\nz --\n"}},
		{"a name of one letter is the shortest", "-- x --\n1\n", "", []string{"x"}, map[string]string{"x": "1\n"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, err := txtar.Parse(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			for name, f := range a.Files {
				files[name] = string(f.Data)
			}
			if tt.files == nil {
				tt.files = map[string]string{}
			}
			if a.Comment != tt.comment {
				t.Errorf("comment: got %q, want %q", a.Comment, tt.comment)
			}
			if diff := cmp.Diff(tt.names, a.Names); diff != "" {
				t.Errorf("names (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.files, files); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"-- /etc/x --\n", "-- ../x --\n", "-- a//b --\n", "-- a --\n1\n-- a --\n2\n"} {
		if _, err := txtar.Parse(text); err == nil {
			t.Errorf("%q: no error", text)
		}
	}
}
