package sheetrows

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// wholeWorkbook has all that excelize keeps in maps: several sheets with rows of ours, a chart with its drawing, a note, and a list to choose from.
func wholeWorkbook(t *testing.T) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	sheets := map[int]Sheet{}
	for i, sheet := range []string{"顧客別", "停止時間", "過失割合"} {
		if _, err := f.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		sheets[i+1] = Sheet{Name: sheet, Rows: 50, Cols: 3, Fill: func(r *Rows) error {
			for row := int64(1); row <= 50; row++ {
				r.Next(0)
				r.Text(0, fmt.Sprintf("%s-%03d", sheet, row))
				r.Int(0, row)
				r.Formula(0, fmt.Sprintf("B%d*2", row), row*2, 0)
			}
			return nil
		}}
	}
	list := excelize.NewDataValidation(true)
	list.SetSqref("B1:B3")
	if err := errors.Join(
		list.SetDropList([]string{"過失", "重過失"}),
		f.AddDataValidation("Sheet1", list),
		f.SetCellStr("Sheet1", "A1", "要約"),
		f.AddComment("顧客別", excelize.Comment{Cell: "A1", Author: "a", Text: "注"}),
		f.AddChart("Sheet1", "E1", &excelize.Chart{
			Type:   excelize.Col,
			Series: []excelize.ChartSeries{{Name: "Sheet1!$A$1", Values: "顧客別!$B$1:$B$50"}},
		}),
	); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := WriteWorkbook(&out, f, sheets); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestEqualWorkbooksAreEqualByteForByte(t *testing.T) {
	const builds = 20
	seen := make(map[[sha256.Size]byte]int)
	for range builds {
		seen[sha256.Sum256(wholeWorkbook(t))]++
	}
	if len(seen) != 1 {
		t.Errorf("%d builds of one workbook gave %d variants, want 1", builds, len(seen))
	}
}

func TestThePackageHoldsTheWholeWorkbook(t *testing.T) {
	packed := wholeWorkbook(t)
	f, err := excelize.OpenReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, tt := range []struct{ sheet, cell, want string }{
		{"Sheet1", "A1", "要約"},
		{"顧客別", "A1", "顧客別-001"},
		{"停止時間", "C50", "100"},
		{"過失割合", "B49", "49"},
	} {
		got, err := f.GetCellValue(tt.sheet, tt.cell)
		if err != nil || got != tt.want {
			t.Errorf("%s!%s = %q, %v, want %q", tt.sheet, tt.cell, got, err, tt.want)
		}
	}
	lists, err := f.GetDataValidations("Sheet1")
	if err != nil || len(lists) != 1 {
		t.Errorf("data validations = %v, %v, want one", lists, err)
	}

	z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, part := range z.File {
		names = append(names, part.Name)
		if got, want := part.Modified.Format("2006-01-02 15:04:05"), "1980-01-01 00:00:00"; got != want {
			t.Errorf("%s is dated %s, want %s", part.Name, got, want)
		}
	}
	if names[0] != contentTypes {
		t.Errorf("first part is %s, want %s", names[0], contentTypes)
	}
	small, many := names[1:len(names)-3], names[len(names)-3:]
	if !slices.IsSorted(small) || !slices.IsSorted(many) || !slices.Contains(many, "xl/worksheets/sheet2.xml") {
		t.Errorf("parts are not sorted, with the many rows last: %s", names)
	}
	if !slices.Contains(names, "xl/charts/chart1.xml") {
		t.Errorf("no chart among %s", names)
	}
}

// typesXML is a list of content types as excelize writes it, in the order given.
func typesXML(entries ...string) string {
	return `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` + strings.Join(entries, "") + `</Types>`
}

func TestPackage(t *testing.T) {
	const list = `<Default Extension="xml" ContentType="application/xml"></Default>`
	var out bytes.Buffer
	w := &Package{out: &out}
	write := func(name, content string) {
		t.Helper()
		p, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(p, content); err != nil {
			t.Fatal(err)
		}
	}
	write("xl/b.xml", strings.Repeat("b", 1<<20))
	write(contentTypes, typesXML(list))
	write("xl/a.xml", "")
	if err := w.AddFS(fstest.MapFS{}); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("AddFS = %v, want unsupported", err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}

	z, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	type entry struct{ Name, Content string }
	var got []entry
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r) // checks the CRC
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		got = append(got, entry{f.Name, string(b)})
	}
	want := []entry{
		{contentTypes, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + typesXML(list)},
		{"xl/a.xml", ""},
		{"xl/b.xml", strings.Repeat("b", 1<<20)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("parts (-want +got):\n%s", diff)
	}
}

func TestPackageRefuses(t *testing.T) {
	for _, tt := range []struct {
		name  string
		parts []string
		types string
		want  string
	}{
		{"a part written twice", []string{"xl/a.xml", "xl/a.xml"}, typesXML(), "written twice"},
		{"no content types", []string{"xl/a.xml"}, "", contentTypes},
		{"content types that are no XML", nil, "<Types", contentTypes},
		{"an entry of content types that would be lost", nil, typesXML("<Extra></Extra>"), "unknown element Extra"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := &Package{out: io.Discard}
			for _, name := range append(tt.parts, contentTypes) {
				p, err := w.Create(name)
				if err != nil {
					if !strings.Contains(err.Error(), tt.want) {
						t.Errorf("Create = %v, want an error with %q", err, tt.want)
					}
					return
				}
				if name == contentTypes {
					io.WriteString(p, tt.types)
				}
			}
			if err := w.Close(); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Close = %v, want an error with %q", err, tt.want)
			}
		})
	}
}

func TestContentTypesAreSorted(t *testing.T) {
	xmlType := `<Default Extension="xml" ContentType="a"></Default>`
	png := `<Default Extension="png" ContentType="b"></Default>`
	chart := `<Override PartName="/xl/charts/chart1.xml" ContentType="c"></Override>`
	book := `<Override PartName="/xl/workbook.xml" ContentType="d&amp;e"></Override>`
	want := "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + typesXML(png, xmlType, chart, book)
	for _, tt := range []struct {
		name    string
		entries []string
	}{
		{"in order already", []string{png, xmlType, chart, book}},
		{"reversed", []string{book, chart, xmlType, png}},
		{"mixed", []string{chart, xmlType, book, png}},
	} {
		got, err := sortContentTypes([]byte(typesXML(tt.entries...)))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}
