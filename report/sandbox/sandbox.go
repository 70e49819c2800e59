package sandbox

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the page's own files
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
)

// Page is what a page holds.
type Page struct {
	Case      *sla.Case // its Findings are the scenarios that can be picked, in their order
	Base      string    // the scenario first shown; "" is Case.Default
	Ranges    []Range   // what sliders run over; a parameter without one has its natural range
	Lang      string    // first shown, "ja" or "en"; the page switches between them
	Anonymous bool      // leave customer names out
}

// Range is what the slider of a parameter runs over.
type Range struct {
	Parameter string
	From, To  formula.Number
}

var (
	//go:embed runtime.js
	runtimeJS string
	//go:embed model.js
	modelJS string
	//go:embed view.js
	viewJS string
	//go:embed words.js
	wordsJS string
	//go:embed how.js
	howJS string
	//go:embed style.css
	styleCSS string
)

// Write writes the page: one HTML file that needs nothing else. The same page gives the same bytes.
// Nothing is written when the case cannot be carried over exactly.
func Write(w io.Writer, p Page) error {
	b := builder{page: p}
	if err := b.build(); err != nil {
		return err
	}
	data, err := escaped(b.doc)
	if err != nil {
		return err
	}
	script := runtimeJS + "\n// The case, printed from its contracts.\n" + b.code.String() + "\n" + wordsJS + "\n" + modelJS + "\n" + howJS + "\n" + viewJS
	if strings.Contains(strings.ToLower(script), "</script") {
		return fmt.Errorf("sandbox: the script would end early")
	}
	var out bytes.Buffer
	policy := "default-src 'none'; script-src " + hashOf(script) + "; style-src " + hashOf(styleCSS) + "; img-src data:; base-uri 'none'; form-action 'none'"
	fmt.Fprintf(&out, `<!DOCTYPE html>
<html lang="%s">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="%s">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%s</title>
<style>%s</style>
</head>
<body>
<noscript><p>この画面は計算のために JavaScript を使います。This page needs JavaScript to calculate.</p></noscript>
<div id="page"></div>
<script type="application/json" id="case">%s</script>
<script>%s</script>
</body>
</html>
`, html.EscapeString(b.doc.Lang), html.EscapeString(policy), html.EscapeString(p.Case.Title.In(b.doc.Lang)), styleCSS, data, script)
	_, err = w.Write(out.Bytes())
	return err
}

// escaped is v as JSON that cannot end the element it stands in.
func escaped(v any) (string, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out) // it escapes <, >, & and the line separators
	if err := e.Encode(v); err != nil {
		return "", err
	}
	return strings.TrimSpace(out.String()), nil
}

// hashOf allows exactly this text to run.
func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
