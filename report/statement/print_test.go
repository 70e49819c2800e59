package statement_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/amends-go/amends/report/statement"
	"github.com/xuri/excelize/v2"
)

// font is the font of the tests; nil without one, where that is no failure.
func font(t testing.TB) *statement.Font {
	t.Helper()
	f, err := statement.LoadFont("")
	switch {
	case err == nil:
		return f
	case os.Getenv("AMENDS_CI") == "1":
		t.Fatal(err)
	default:
		t.Skip(err)
	}
	return nil
}

func printer(t testing.TB, f *statement.Font, letters ...*statement.Letter) statement.Renderer {
	t.Helper()
	used := map[rune]bool{}
	for _, l := range letters {
		if ps := f.Check(l, used); ps != nil {
			t.Fatal(ps)
		}
	}
	p, err := statement.NewPDF(f, used)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func render(t testing.TB, p statement.Renderer, l *statement.Letter) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.Render(&b, l); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// texts collects what a letter says, without blanks.
func texts(l *statement.Letter) []string {
	out := append([]string{l.Number, l.Date, l.Title}, append(l.To, l.From...)...)
	for _, p := range l.Parts {
		out = append(out, p.Text)
		for _, r := range p.Rows {
			out = append(out, r.Label, r.Value)
		}
		for _, x := range p.Lines {
			out = append(append(out, x.Label, x.Amount), x.Why...)
		}
	}
	for i := range out {
		out[i] = blanks.ReplaceAllString(out[i], "")
	}
	return out
}

var blanks = regexp.MustCompile(`[\s　]+`)

// hostile is a letter to a customer whose fields try to be something else than text.
func hostile(t testing.TB) *statement.Letter {
	t.Helper()
	archive := strings.Replace(states, "due,,青葉商店", `=1+1,"../../x","<script>alert(""1"")</script>&'青葉"`, 1)
	archive = strings.Replace(archive, "title: {ja: サーバー障害, en: server outage}", "title: {ja: \"=cmd() {{.Name}} <b>\", en: x}", 1)
	c, runs := open(t, archive, paper, nil)
	l, err := letterTo(t, c, runs, maker(t, c, paper, nil, "ja"), "=1+1")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestHTMLIsTextAlone(t *testing.T) {
	l := hostile(t)
	page := string(render(t, statement.HTML{}, l))
	for _, bad := range []string{"<script", "<b>", "http:", "https:", " src=\"//", "<a ", "<link", "url(", "ZgotmplZ"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	for _, want := range []string{`<html lang="ja">`, "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;&amp;&#39;青葉", "=1&#43;1", "../../x", "{{.Name}} &lt;b&gt;"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
}

func TestSheetHoldsTextAlone(t *testing.T) {
	l := hostile(t)
	data := render(t, statement.XLSX{}, l)
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for i, row := range rows {
		for k, text := range row {
			all.WriteString(blanks.ReplaceAllString(text, "") + "\n")
			cell, _ := excelize.CoordinatesToCellName(k+1, i+1)
			if formula, _ := f.GetCellFormula("Sheet1", cell); formula != "" {
				t.Errorf("%s is a formula: %s", cell, formula)
			}
			if kind, _ := f.GetCellType("Sheet1", cell); text != "" && kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString {
				t.Errorf("%s is of type %v", cell, kind)
			}
		}
	}
	for _, want := range texts(l) {
		if !strings.Contains(all.String(), want) {
			t.Errorf("the sheet does not say %q", want)
		}
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(r)
		if bytes.Contains(text, []byte("hyperlink")) {
			t.Errorf("%s has a link", part.Name)
		}
	}
}

func TestPDFSaysWhatTheLetterSays(t *testing.T) {
	if _, err := exec.LookPath("pdftotext"); err != nil {
		if os.Getenv("AMENDS_CI") == "1" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	f := font(t)
	c, runs := example(t, "firstserver-2012", "")
	var letters []*statement.Letter
	for _, lang := range []string{"ja", "en"} {
		l, err := letterTo(t, c, runs, maker(t, c, string(c.Statement.Data), nil, lang), "FS-00001")
		if err != nil {
			t.Fatal(err)
		}
		letters = append(letters, l)
	}
	letters = append(letters, hostile(t))
	p := printer(t, f, letters...)
	for _, l := range letters {
		file := filepath.Join(t.TempDir(), "letter.pdf")
		data := render(t, p, l)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		raw, err := exec.Command("pdftotext", "-raw", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		// A label stands beside the first line of its value, so that lines are compared one by one.
		got := strings.Join(strings.Fields(strings.ReplaceAll(string(raw), "　", " ")), "")
		for _, want := range texts(l) {
			if len([]rune(want)) > 12 { // longer ones may be broken by a page or stand beside others
				want = string([]rune(want)[:12])
			}
			if !strings.Contains(got, want) {
				t.Errorf("the PDF in %s does not say %q", l.Lang, want)
			}
		}
		if !bytes.Equal(data, render(t, printer(t, f, l), l)) {
			t.Error("the bytes depend on other letters")
		}
		if n := bytes.Count(data, []byte("/Type /Page\n")); n > 2 {
			t.Errorf("%d pages", n)
		}
		if bytes.Contains(data, []byte("/URI")) || bytes.Contains(data, []byte("/Annot")) {
			t.Error("the PDF has a link")
		}
	}
}

func TestCharacterThatTheFontDoesNotHave(t *testing.T) {
	f := font(t)
	c, runs := open(t, strings.NewReplacer("青葉商店", "𠮷田商店", "山田太郎", "👍太郎").Replace(states), paper, nil)
	for _, tt := range []struct{ customer, char string }{{"due", "U+20BB7"}, {"part", "U+1F44D"}} {
		l, err := letterTo(t, c, runs, maker(t, c, paper, nil, "ja"), tt.customer)
		if err != nil {
			t.Fatal(err)
		}
		ps := f.Check(l, map[rune]bool{})
		if len(ps) != 1 || ps[0].Code != "E_FONT" || !strings.Contains(ps[0].Message, tt.char) || !strings.Contains(ps[0].Message, "customer "+tt.customer) {
			t.Errorf("got %v", ps)
		}
	}
}

func TestFontThatCannotBeUsed(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string]string{"x.ttc": "ttcf\x00\x01\x00\x00\x00\x00\x00\x01", "x.ttf": "\x00\x01\x00\x00\x00\x10\x00\x00\x00\x00\x00\x00", "x.txt": "text"} { // order: each is checked alone
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := statement.LoadFont(path)
		if !errors.Is(err, statement.ErrFont) || !strings.Contains(err.Error(), "fonts-ipaexfont-gothic") || !strings.Contains(err.Error(), "--font FILE") {
			t.Errorf("%s: %v", name, err)
		}
	}
	places := statement.FontPlaces
	defer func() { statement.FontPlaces = places }()
	statement.FontPlaces = []string{filepath.Join(dir, "none.ttf")}
	if _, err := statement.LoadFont(""); !errors.Is(err, statement.ErrFont) || !strings.Contains(err.Error(), "--font FILE") {
		t.Errorf("without a font: %v", err)
	}
}

// Every format prints the same letter twice to the same bytes.
func TestSameLetterSameBytes(t *testing.T) {
	l := hostile(t)
	for _, p := range []statement.Renderer{statement.HTML{}, statement.XLSX{}} {
		if !bytes.Equal(render(t, p, l), render(t, p, l)) {
			t.Errorf("%s differs from run to run", p.Ending())
		}
	}
}
