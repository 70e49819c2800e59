package recalc

import (
	"archive/zip"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// content returns the parts of a package by name.
func content(t *testing.T, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	parts := make(map[string]string)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(b)
	}
	return parts
}

func TestSetCellsChangesTheCellsAlone(t *testing.T) {
	const before = `<row r="1" ht="20"><c r="A1" s="4"><v>1</v></c><!-- kept --><c r="B1" t="s"><v>0</v></c></row>` + "\n" +
		`<row r="2"><c r="A2" s="5"/><c r="B2"><f>A1*2</f><v>2</v></c></row>`
	const after = `<row r="1" ht="20"><c r="A1" s="4"><v>1500</v></c><!-- kept --><c r="B1" t="inlineStr"><is><t xml:space="preserve">a&lt;b</t></is></c></row>` + "\n" +
		`<row r="2"><c r="A2" s="5" t="inlineStr"><is><t xml:space="preserve"></t></is></c><c r="B2"><f>A1*2</f><v>2</v></c></row>`
	src := packParts(t, before, `<si><t>x</t></si>`)
	dst := filepath.Join(t.TempDir(), "changed.xlsx")
	if err := SetCells(src, dst, []Edit{
		{Sheet: "集計", Cell: "B1", Text: "a<b"},
		{Sheet: "集計", Cell: "A1", Number: "1.5e3"},
		{Sheet: "集計", Cell: "A2"},
	}); err != nil {
		t.Fatal(err)
	}
	want := content(t, src)
	want["xl/worksheets/other.xml"] = strings.Replace(want["xl/worksheets/other.xml"], before, after, 1)
	if diff := cmp.Diff(want, content(t, dst)); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
	b, err := ReadBook(dst)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "changed", b, []at{
		{"集計", "A1", number("1500")},
		{"集計", "B1", text("a<b")},
		{"集計", "A2", text("")},
		{"集計", "B2", number("2")}, // stored, not computed anew
	})
}

func TestSetCellsRefuses(t *testing.T) {
	src := packParts(t, `<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1</f></c></row>`, "")
	for _, tt := range []struct {
		name  string
		edits []Edit
		want  string
	}{
		{"unknown sheet", []Edit{{Sheet: "要約", Cell: "A1"}}, "要約"},
		{"cell that is not there", []Edit{{Sheet: "集計", Cell: "A1"}, {Sheet: "集計", Cell: "C1"}}, `["C1"]`},
		{"formula", []Edit{{Sheet: "集計", Cell: "B1", Number: "2"}}, "no input"},
		{"cell changed twice", []Edit{{Sheet: "集計", Cell: "A1", Number: "2"}, {Sheet: "集計", Cell: "A1", Number: "3"}}, "twice"},
		{"number that is none", []Edit{{Sheet: "集計", Cell: "A1", Number: "two"}}, "two"},
		{"number and text", []Edit{{Sheet: "集計", Cell: "A1", Number: "2", Text: "two"}}, "two"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := SetCells(src, filepath.Join(t.TempDir(), "changed.xlsx"), tt.edits)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("err = %v, want one with %q", err, tt.want)
			}
		})
	}
}
