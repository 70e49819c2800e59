package yamlread_test

import (
	"strings"
	"testing"

	"github.com/amends-go/amends/internal/problem"
	"github.com/amends-go/amends/internal/yamlread"
	"github.com/google/go-cmp/cmp"
)

// A value that is absent, or was refused, reads as zero and reports nothing more.
func TestNilValue(t *testing.T) {
	var v *yamlread.Value
	v.Report("E_X", "nothing", "")
	f := v.Map()
	f.Required("a").Map().Required("b").List()
	f.Optional("a").IDs()
	f.Done()
	if f.Has("a") || f.Key("a") != nil || len(f.Keys()) != 0 {
		t.Error("the fields of nothing hold something")
	}
	s, ok := v.Scalar()
	if s != "" || ok || v.Text() != "" || v.ID() != "" || v.Digits(4) != "" || v.Bool() || v.Int(3, 9) != 3 || v.Enum("a") != -1 || v.IsMap() || v.IsList() || v.List() != nil {
		t.Error("a value that is absent reads as something")
	}
	if diff := cmp.Diff(problem.Pos{}, v.Pos()); diff != "" {
		t.Error(diff)
	}
}

func TestRequiredFieldIsReportedAtItsMap(t *testing.T) {
	v, c := yamlread.Parse("f.yaml", []byte("top:\n  here: 1\n"))
	f := v.Map().Required("top").Map()
	f.Required("here")
	f.Required("there")
	f.Done()
	want := []place{{Code: "E_REQUIRED", Line: 2, Column: 3, Field: "top.there"}}
	if diff := cmp.Diff(want, placesOf(c.Problems())); diff != "" {
		t.Error(diff)
	}
}

func TestScalars(t *testing.T) {
	tests := []struct {
		name, text string
		read       func(*yamlread.Value) any
		want       any
		code       string
	}{
		{"the least number allowed", "1", whole, int64(1), ""},
		{"below the least number allowed", "0", whole, int64(1), "E_RANGE"},
		{"the greatest number allowed", "12", whole, int64(12), ""},
		{"above the greatest number allowed", "13", whole, int64(1), "E_RANGE"},
		{"a number with a sign", "+1", whole, int64(1), "E_NUM_FORM"},
		{"a number with a fraction", "1.0", whole, int64(1), "E_NUM_FORM"},
		{"a number in full width", "１", whole, int64(1), "E_NUM_FORM"},
		{"a number in quotes is the same number", "\"3\"", whole, int64(3), ""},
		{"true", "true", truth, true, ""},
		{"false", "false", truth, false, ""},
		{"yes is no truth value", "yes", truth, false, "E_ENUM"},
		{"True is no truth value", "True", truth, false, "E_ENUM"},
		{"a name of the list", "up", direction, 1, ""},
		{"a name in another case", "Up", direction, -1, "E_ENUM"},
		{"an identifier of 64 characters", strings.Repeat("a", 64), id, strings.Repeat("a", 64), ""},
		{"an identifier of 65 characters", strings.Repeat("a", 65), id, "", "E_ID"},
		{"an identifier with a capital", "Art", id, "", "E_ID"},
		{"an identifier that begins with a dash", "-art", id, "", "E_ID"},
		{"an identifier with a blank", "art 1", id, "", "E_ID"},
		{"a path is no identifier", "../art", id, "", "E_ID"},
		{"a code of three digits", "\"012\"", code, "", "E_ID"},
		{"a code of four digits", "\"0123\"", code, "0123", ""},
		{"a code of five digits", "\"01234\"", code, "", "E_ID"},
		{"a code that could be a number", "0123", code, "", "E_NUM_FORM"},
		{"a code that can only be one number", "1234", code, "1234", ""},
		{"a code in full width", "１２３４", code, "", "E_ID"},
		{"wording of blanks", "\"  \"", wording, "  ", "E_REQUIRED"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v, c := yamlread.Parse("f.yaml", []byte("v: "+tt.text+"\n"))
			got := tt.read(v.Map().Required("v"))
			if got != tt.want {
				t.Errorf("read %v, want %v", got, tt.want)
			}
			var want []place
			if tt.code != "" {
				want = []place{{Code: tt.code, Line: 1, Column: 4, Field: "v"}}
			}
			if diff := cmp.Diff(want, placesOf(c.Problems())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func whole(v *yamlread.Value) any     { return v.Int(1, 12) }
func truth(v *yamlread.Value) any     { return v.Bool() }
func direction(v *yamlread.Value) any { return v.Enum("down", "up") }
func id(v *yamlread.Value) any        { return v.ID() }
func code(v *yamlread.Value) any      { return v.Digits(4) }
func wording(v *yamlread.Value) any   { return v.Text() }

// A text with a comma inside braces is cut there; the hint says so.
func TestCommaInText(t *testing.T) {
	v, c := yamlread.Parse("terms.yaml", []byte("ref: {gist: a part, and more}\n"))
	f := v.Map()
	ref := f.Optional("ref").Map()
	ref.Optional("gist")
	ref.Done()
	f.Done()
	if ps := c.Problems(); len(ps) != 1 || ps[0].Code != "E_UNKNOWN_FIELD" || !strings.Contains(ps[0].Hint, "in quotes") {
		t.Errorf("got %v", ps)
	}
}
