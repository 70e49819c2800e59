package statement

import (
	"encoding/base64"
	"html/template"
	"io"
	"strings"
)

// HTML prints letters as one self-contained page each: no script, no link, nothing that is fetched.
type HTML struct{}

// Ending is the end of the names of the files.
func (HTML) Ending() string { return "html" }

// Render writes the letter.
func (HTML) Render(w io.Writer, l *Letter) error { return page.Execute(w, l) }

var page = template.Must(template.New("letter").Funcs(template.FuncMap{
	"is":    func(p Part, name string) bool { return kindNames[p.Kind] == name },
	"lines": func(s string) []string { return strings.Split(s, "\n") },
	"picture": func(l *Logo) template.URL { // our own bytes in our own words: safe
		return template.URL("data:image/" + l.Kind + ";base64," + base64.StdEncoding.EncodeToString(l.Data))
	},
}).Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="format-detection" content="telephone=no, email=no, address=no, date=no">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>{{.Title}}</title>
<style>
@page { size: A4; margin: 18mm 20mm 16mm 20mm; }
* { box-sizing: border-box; }
body { font-family: "IPAexGothic", "Hiragino Sans", "Yu Gothic", "Noto Sans CJK JP", "Noto Sans JP", Meiryo, sans-serif; font-size: 10pt; line-height: 1.6; color: #111; max-width: 172mm; margin: 8mm auto; padding: 0 4mm; line-break: strict; overflow-wrap: break-word; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
header { display: flex; justify-content: space-between; align-items: flex-start; }
.date, .from { text-align: right; }
.from img { max-height: 14mm; max-width: 50mm; }
.to { font-size: 12pt; margin: 2mm 0 4mm; }
h1 { font-size: 14pt; text-align: center; margin: 7mm 0 5mm; }
h2 { font-size: 10.5pt; margin: 4.5mm 0 1.2mm; padding-left: 2mm; border-left: 1.2mm solid #33557a; break-after: avoid; }
p { margin: 0 0 2mm; text-align: justify; }
p.strong { font-weight: bold; }
p.centre { text-align: center; margin: 3mm 0; }
p.right { text-align: right; }
p.small { font-size: 8.5pt; color: #333; margin: 0.8mm 0; text-align: left; }
table { width: 100%; border-collapse: collapse; margin: 0.5mm 0 2mm; }
th, td { border-bottom: 0.2mm solid #bbb; padding: 0.7mm 2mm; text-align: left; vertical-align: top; font-weight: normal; }
table.pairs td { white-space: pre-line; }
table.pairs th { width: 54mm; color: #333; background: #f3f5f8; }
table.sum td:last-child { text-align: right; white-space: nowrap; width: 34mm; }
tr { break-inside: avoid; }
table.sum .why { font-size: 8.5pt; color: #444; display: block; }
table.sum tr.total td { border-top: 0.4mm solid #111; border-bottom: 0.6mm double #111; font-weight: bold; }
</style>
</head>
<body>
<header><div class="number">{{.Number}}</div><div class="date">{{.Date}}</div></header>
<div class="to">{{range .To}}{{.}}<br>{{end}}</div>
<div class="from">{{if .Logo}}<img src="{{picture .Logo}}" alt=""><br>{{end}}{{range .From}}{{.}}<br>{{end}}</div>
<h1>{{.Title}}</h1>
{{range .Parts -}}
{{if is . "heading"}}<h2>{{.Text}}</h2>
{{else if is . "table"}}<table class="pairs">
{{range .Rows}}<tr><th scope="row">{{.Label}}</th><td>{{.Value}}</td></tr>
{{end}}</table>
{{else if is . "amounts"}}<table class="sum">
{{range .Lines}}<tr{{if .Total}} class="total"{{end}}><td>{{.Label}}{{range .Why}}<span class="why">{{.}}</span>{{end}}</td><td>{{.Amount}}</td></tr>
{{end}}</table>
{{else}}<p{{if is . "centre"}} class="centre"{{else if is . "right"}} class="right"{{else if is . "small"}} class="small"{{else if is . "strong"}} class="strong"{{end}}>{{range $i, $line := lines .Text}}{{if $i}}<br>{{end}}{{$line}}{{end}}</p>
{{end}}{{end -}}
</body>
</html>
`))

var kindNames = map[Kind]string{Paragraph: "paragraph", Heading: "heading", Centre: "centre", Right: "right", Table: "table", Amounts: "amounts", Small: "small", Strong: "strong"}
