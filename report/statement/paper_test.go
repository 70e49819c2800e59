package statement_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report/statement"
)

// codes are "line code" of each problem.
func codes(ps contracts.Problems) string {
	var out []string
	for _, p := range ps {
		place := fmt.Sprintf("%s:%d", p.File, p.Line)
		if p.Column > 0 {
			place += fmt.Sprintf(":%d", p.Column)
		}
		out = append(out, place+" "+p.Code)
	}
	return strings.Join(out, "\n")
}

func TestEveryProblemOfAPaperIsReportedAtOnce(t *testing.T) {
	text := `company:
  name: {ja: 見本, en: "Sample https://sample.example"}
  contact: {hours: weekdays}
date: 2024-02-30
logo: ../logo.png
object: {until: 2024-08-31, days: 3}
texts:
  apology: {ja: "{{.Amuont}}", en: fine}
  cause: see www.sample.example
  closing: "{{range .Name}}x{{end}}"
  lead: "{{if .Name}"
  causes: x
templates: {ja: letter.txt}
`
	template := "{{define \"action\"}}\nDear {{.Nmae}}\n{{printf \"%s\" .Name}}\n{{end}}\n{{define \"apology\"}}x{{end}}\n{{define \"nobody\"}}x{{end}}\nstray\nhttp://sample.example\n"
	_, problems := statement.Read("statement.yaml", []byte(text), fstest.MapFS{"letter.txt": {Data: []byte(template)}})
	got := codes(problems)
	for _, want := range []string{
		"statement.yaml:2:9 E_LINK", "statement.yaml:3:12 E_REQUIRED", "statement.yaml:4:7 E_DATE", "statement.yaml:5:7 E_PATH", "statement.yaml:6:35 E_CONFLICT", "statement.yaml:8:12 E_TEMPLATE",
		"statement.yaml:9:10 E_LINK", "statement.yaml:10:12 E_TEMPLATE", "statement.yaml:11:9 E_TEMPLATE", "statement.yaml:12:3 E_UNKNOWN_FIELD",
		"letter.txt:2 E_TEMPLATE", "letter.txt:3 E_TEMPLATE", "letter.txt:5 E_CONFLICT", "letter.txt:6 E_TEMPLATE", "letter.txt:7 E_TEMPLATE", "letter.txt:8 E_LINK",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s\n%v", want, got, problems)
		}
	}
}

func TestLinks(t *testing.T) {
	tests := []struct {
		text string
		link bool
	}{
		{"見本 https://sample.example/x", true}, {"HTTP://SAMPLE", true}, {"ｈｔｔｐｓ：／／sample", true}, {"ht\u200btps://sample", true},
		{"www.sample.example", true}, {"WWW．sample", true}, {"mailto:desk@sample.example", true}, {"ftp://x", true}, {"javascript:alert(1)", true}, {"<a href=x>", true},
		{"desk@sample.example", false}, {"desk@www.example", false}, {"0120-000-000", false}, {"平日 9:00～18:00", false}, {"電話: 03", false}, {"A/B 1//2", false}, {"約款第3条", false},
	}
	for _, tt := range tests {
		if got := statement.Link(tt.text); (got != "") != tt.link {
			t.Errorf("Link(%q) = %q", tt.text, got)
		}
	}
}

func TestLinkInATextOfTheCaseIsRefused(t *testing.T) {
	c, runs := open(t, strings.Replace(states, "月額料金の1割を返金する", "https://sample.example/ を見よ", 1), paper, nil)
	_, err := letterTo(t, c, runs, maker(t, c, paper, nil, "ja"), "due")
	var ps contracts.Problems
	if !errors.As(err, &ps) || ps[0].Code != "E_LINK" || !strings.Contains(ps[0].Message, "customer due") {
		t.Errorf("got %v", err)
	}
}

func TestCompanysOwnBlocks(t *testing.T) {
	text := paper + "texts: {apology: {ja: \"{{.Name}}様、{{if .BillLine}}{{.BillLine}}{{end}}申し訳ございません。{{.Amount}}\"}}\ntemplates: {ja: letter.txt}\n"
	file := "{{/* a note */}}\n{{define \"cause\"}}原因は{{.Incident}}です。\n\n二つ目の段落です。{{end}}\n"
	c, runs := open(t, states, text, map[string]string{"letter.txt": file})
	m := maker(t, c, text, nil, "ja")
	l, err := letterTo(t, c, runs, m, "due")
	if err != nil {
		t.Fatal(err)
	}
	inOrder(t, textOf(t, l), []string{"青葉商店様、申し訳ございません。100円\n", "\n原因はサーバー障害です。\n\n二つ目の段落です。\n"})
	lines := "{{define \"lead\"}}\n{{if .Amount}}{{.Amount}}{{end}}\n{{if .Affected}}{{.PaidOn}}{{end}}\n{{end}}"
	other, otherRuns := open(t, states, paper+"templates: {ja: letter.txt}\n", map[string]string{"letter.txt": lines})
	_, err = letterTo(t, other, otherRuns, maker(t, other, paper+"templates: {ja: letter.txt}\n", nil, "ja"), "due")
	if got := fmt.Sprint(err); !strings.Contains(got, "letter.txt:3: error E_TEMPLATE: block lead uses PaidOn") {
		t.Errorf("got %v", err)
	}
	_, err = letterTo(t, c, runs, m, "none") // nothing is paid, so that there is no Amount
	var ps contracts.Problems
	if !errors.As(err, &ps) || ps[0].Code != "E_TEMPLATE" || ps[0].File != "statement.yaml" || ps[0].Line != 6 || !strings.Contains(ps[0].Message, "uses Amount, which customer none (nothing)") {
		t.Errorf("got %v", err)
	}
}

func TestLogoStandsInEveryFormat(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 20))); err != nil {
		t.Fatal(err)
	}
	text := paper + "logo: logo.png\n"
	c, runs := open(t, states, text, map[string]string{"logo.png": picture.String()})
	l, err := letterTo(t, c, runs, maker(t, c, text, nil, "ja"), "due")
	if err != nil {
		t.Fatal(err)
	}
	if l.Logo == nil || l.Logo.Width != 40 || l.Logo.Kind != "png" {
		t.Fatalf("logo %+v", l.Logo)
	}
	printers := []statement.Renderer{statement.HTML{}, statement.XLSX{}}
	if f := font(t); f != nil {
		printers = append(printers, printer(t, f, l))
	}
	for _, p := range printers {
		with, without := render(t, p, l), *l
		without.Logo = nil
		if len(with) <= len(render(t, p, &without)) {
			t.Errorf("%s has no logo", p.Ending())
		}
	}
	_, problems := statement.Read("statement.yaml", []byte(text), fstest.MapFS{"logo.png": {Data: []byte("GIF89a")}})
	if problems.Err() == nil {
		t.Error("a logo that is no picture is accepted")
	}
}
