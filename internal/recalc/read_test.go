package recalc

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// packParts writes a workbook of one sheet, 集計, from its rows and the shared
// strings (none when empty), then the extra parts, as name and content. Nothing
// is compressed, so that a test can damage what it means to.
func packParts(t *testing.T, rows, shared string, extra ...[2]string) string {
	t.Helper()
	parts := append([][2]string{
		{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ` +
			`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
			`<sheets><sheet name="集計" sheetId="1" r:id="rId7"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId7" Target="/xl/worksheets/other.xml"/></Relationships>`},
		{"xl/worksheets/other.xml", `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`},
	}, extra...)
	if shared != "" {
		parts = append(parts, [2]string{"xl/sharedStrings.xml", `<sst>` + shared + `</sst>`})
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, p := range parts {
		to, err := w.CreateHeader(&zip.FileHeader{Name: p[0], Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write([]byte(p[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "made.xlsx")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestCellValues(t *testing.T) {
	const shared = `<si><t>東京</t></si><si><r><t>大</t></r><r><rPr><b/></rPr><t>阪</t></r><rPh sb="0" eb="2"><t>オオサカ</t></rPh></si>`
	for _, tt := range []struct {
		name, cell string
		want       Value
	}{
		{"whole number", `<c r="A1"><v>12</v></c>`, number("12")},
		{"number with an empty fraction", `<c r="A1" t="n"><v>12.0</v></c>`, number("12")},
		{"large number with an exponent", `<c r="A1"><v>1.5E+15</v></c>`, number("1500000000000000")},
		{"small number with an exponent", `<c r="A1"><v>-2.5e-7</v></c>`, number("-0.00000025")},
		{"negative zero", `<c r="A1"><v>-0</v></c>`, number("0")},
		{"shared string", `<c r="A1" t="s"><v>0</v></c>`, text("東京")},
		{"shared string in runs, without its reading", `<c r="A1" t="s"><v>1</v></c>`, text("大阪")},
		{"inline string", `<c r="A1" t="inlineStr"><is><t>行</t></is></c>`, text("行")},
		{"inline string in runs", `<c r="A1" t="inlineStr"><is><r><t>行</t></r><r><t> 内</t></r></is></c>`, text("行 内")},
		{"formula's text", `<c r="A1" t="str"><f>B1</f><v>文</v></c>`, text("文")},
		{"formula's text of no characters", `<c r="A1" t="str"><f>B1</f><v></v></c>`, text("")},
		{"formula without a stored value", `<c r="A1" t="str"><f>B1</f></c>`, Value{}},
		{"text that looks like a number", `<c r="A1" t="inlineStr"><is><t>012</t></is></c>`, text("012")},
		{"carriage return", `<c r="A1" t="inlineStr"><is><t>a_x000D_b</t></is></c>`, text("a\rb")},
		{"escaped underscore", `<c r="A1" t="inlineStr"><is><t>_x005F_x0041_</t></is></c>`, text("_x0041_")},
		{"underscore that escapes nothing", `<c r="A1" t="inlineStr"><is><t>_x00g1_ _x</t></is></c>`, text("_x00g1_ _x")},
		{"true", `<c r="A1" t="b"><v>1</v></c>`, Value{Bool, "TRUE"}},
		{"false", `<c r="A1" t="b"><v>0</v></c>`, Value{Bool, "FALSE"}},
		{"error", `<c r="A1" t="e"><v>#REF!</v></c>`, Value{Error, "#REF!"}},
		{"styled cell without a value", `<c r="A1" s="3"/>`, Value{}},
		{"no cell", ``, Value{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b, err := ReadBook(packParts(t, `<row r="1">`+tt.cell+`</row>`, shared))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, b.Cell("集計", "A1")); diff != "" {
				t.Errorf("value (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadBookRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, rows string
		extra      [][2]string
		want       string
	}{
		{"number that is none", `<row r="1"><c r="A1"><v>twelve</v></c></row>`, nil, "cell A1"},
		{"truth value that is none", `<row r="1"><c r="A1" t="b"><v>yes</v></c></row>`, nil, "cell A1"},
		{"shared string below the first", `<row r="1"><c r="A1" t="s"><v>-1</v></c></row>`, nil, "shared string"},
		{"shared string above the last", `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, nil, "shared string"},
		{"unknown type", `<row r="1"><c r="A1" t="x"><v>0</v></c></row>`, nil, "cell type"},
		{"cell before its left neighbour", `<row r="1"><c r="AA1"/><c r="Z1"/></row>`, nil, `cell "Z1"`},
		{"cell there twice", `<row r="1"><c r="B1"/><c r="B1"/></row>`, nil, `cell "B1"`},
		{"cell of another row", `<row r="1"><c r="A2"/></row>`, nil, `cell "A2"`},
		{"cell without a reference", `<row r="1"><c><v>1</v></c></row>`, nil, `cell ""`},
		{"row there twice", `<row r="2"/><row r="2"/>`, nil, `row "2" after row 2`},
		{"row before the one above", `<row r="2"/><row r="1"/>`, nil, `row "1" after row 2`},
		{"formula stored with another cell", `<row r="1"><c r="A1"><f t="shared" si="0"/><v>1</v></c></row>`, nil, "another cell"},
		{"cut sheet", `<row r="1"><c r="A1">`, nil, "other.xml"},
		{"part there twice", ``, [][2]string{{"xl/workbook.xml", `<workbook/>`}}, "twice"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ReadBook(packParts(t, tt.rows, "", tt.extra...))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("err = %v, want one with %q", err, tt.want)
			}
		})
	}
}

func TestReadBookSeesDamage(t *testing.T) {
	path := packParts(t, `<row r="1"><c r="A1"><v>1234567</v></c></row>`, "")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Replace(b, []byte("1234567"), []byte("9234567"), 1)
	if err := os.WriteFile(path, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadBook(path); err == nil {
		t.Error("a changed digit with the old checksum is read")
	}
}

func TestCellOfAnUnknownSheetPanics(t *testing.T) {
	b, err := ReadBook(packParts(t, "", ""))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	b.Cell("要約", "A1")
}
