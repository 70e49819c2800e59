package sandbox_test

import (
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	gocmp "github.com/google/go-cmp/cmp"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/examples"
	"github.com/amends-go/amends/report/sandbox"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
)

// edited is what the page saves after one change, and what it makes of it.
type edited struct {
	Name    string  `json:"name"`
	YAML    string  `json:"yaml"`
	Outcome outcome `json:"outcome"`
}

// changeEach moves every control of the page in turn: each option, open, or two other values.
const changeEach = `(() => { const out = [];
for (const par of DOC.parameters) {
	if (!par.moves) continue;
	let values = [];
	switch (par.kind) {
	case "choice": values = [...par.options.map((_, n) => ({n, d: 1})), ...(par.closed ? [] : [{n: readingsOf(par)[0], d: 1, open: true}])]; break;
	case "fraction": values = [{n: 1, d: 3}, {n: 1, d: 1}]; break;
	case "times": values = [{n: 2, d: 1}, {n: 7, d: 3}]; break;
	case "money": values = [{n: 0, d: 1}, {n: 123456, d: 1}]; break;
	case "day": values = [{n: par.days[0], d: 1}, {n: par.days[1], d: 1}]; break;
	case "weight": values = weights().length > 1 ? [30, 67] : []; break;
	}
	for (const v of values) {
		state.edits = new Map();
		if (par.kind === "weight") weigh(par.name, v, 100); else set(par.name, v);
		out.push({name: par.name, yaml: scenarios(), outcome: ` + readOutcome + `});
	}
}
state.edits = new Map(); update();
return out; })()`

// TestEveryControlEqualsTheEngine moves each control of the page, saves the scenario, reads it back as findings and compares with the engine.
func TestEveryControlEqualsTheEngine(t *testing.T) {
	b := needBrowser(t)
	all := cases(t)
	delete(all, "firstserver-2012") // its five thousand customers are compared under every scenario; first-server-eight-rows has the same controls
	changes := 0
	for _, name := range names(all) {
		t.Run(name, func(t *testing.T) {
			c := all[name]
			tb := b.open(t, sandbox.Page{Case: c, Lang: "en"})
			for _, e := range eval[[]edited](tb, changeEach) {
				sets, problems := sla.ReadFindings("scenarios.yaml", []byte(strings.Replace(e.YAML, "scenarios:", "sets:", 1)))
				if err := problems.Err(); err != nil || len(sets) != 1 {
					t.Fatalf("%s: what the page saves cannot be read: %v\n%s", e.Name, err, e.YAML)
				}
				want, err := engine(c, sets[0])
				if err != nil {
					if e.Outcome.Error == "" {
						t.Errorf("%s: the engine refuses (%v), the page does not\n%s", e.Name, err, e.YAML)
					}
					continue
				}
				if diff := gocmp.Diff(want, e.Outcome); diff != "" {
					t.Errorf("%s: −engine +page\n%s\n%s", e.Name, diff, e.YAML)
				}
				changes++
			}
		})
	}
	t.Logf("%d changes", changes)
}

// TestAPageIsWorkedByKeyboard reaches a control with the tab key, moves it with an arrow, and hears the total.
func TestAPageIsWorkedByKeyboard(t *testing.T) {
	b := needBrowser(t)
	tb := b.open(t, sandbox.Page{Case: example(t, "tokyo-2001"), Lang: "ja"})
	before := eval[string](tb, `document.querySelector(".big strong").textContent`)
	for i := 0; ; i++ {
		tb.do(chromedp.KeyEvent(kb.Tab))
		if eval[bool](tb, `document.activeElement.type === "range"`) {
			break
		}
		if i == 60 {
			t.Fatal("no slider is reached with the tab key")
		}
	}
	tb.do(chromedp.KeyEvent(kb.ArrowLeft), chromedp.KeyEvent(kb.ArrowLeft))
	after := eval[string](tb, `document.querySelector(".big strong").textContent`)
	if after == before {
		t.Errorf("two arrows left the total at %s", after)
	}
	if _, err := chromedp.Run(tb.ctx, chromedp.Poll[bool](fmt.Sprintf(`document.getElementById("live").textContent.includes(%q)`, after))); err != nil {
		t.Errorf("the new total is not announced: %v", err)
	}
	if got := eval[string](tb, `document.documentElement.lang`); got != "ja" {
		t.Errorf("the language is %s", got)
	}
	tb.do(chromedp.Evaluate[chromedp.Void](`document.getElementById("language").click(); undefined`))
	if got := eval[string](tb, `document.documentElement.lang + " " + document.querySelector("h1").textContent`); !strings.HasPrefix(got, "en ") || got == "en "+before {
		t.Errorf("after the switch: %s", got)
	}
	if got := eval[int](tb, `[...document.querySelectorAll("input, select")].filter(e => !e.labels.length && !e.getAttribute("aria-label")).length`); got != 0 {
		t.Errorf("%d controls have no label", got)
	}
	if got := eval[int](tb, `[...document.querySelectorAll("table")].filter(e => !e.caption || [...e.querySelectorAll("th")].some(h => !h.scope)).length`); got != 0 {
		t.Errorf("%d tables have no caption, or headings without scope", got)
	}
}

// TestNoNameIsInAnAnonymousPage looks for every customer's name in the bytes.
func TestNoNameIsInAnAnonymousPage(t *testing.T) {
	c := example(t, "firstserver-2012")
	var named, anonymous strings.Builder
	if err := sandbox.Write(&named, sandbox.Page{Case: c}); err != nil {
		t.Fatal(err)
	}
	if err := sandbox.Write(&anonymous, sandbox.Page{Case: c, Anonymous: true}); err != nil {
		t.Fatal(err)
	}
	found := 0
	for k, err := range c.Customers.All() {
		if err != nil || k.Name == "" {
			continue
		}
		found++
		if found > 200 {
			break
		}
		if strings.Contains(anonymous.String(), k.Name) {
			t.Fatalf("%s stands in the page", k.Name)
		}
		if !strings.Contains(named.String(), k.Name) {
			t.Fatalf("%s does not stand in the page with names", k.Name)
		}
	}
	if found == 0 {
		t.Error("no customer has a name")
	}
}

// TestAPageHasTheSameBytes writes a page twice.
func TestAPageHasTheSameBytes(t *testing.T) {
	var one, two strings.Builder
	for _, w := range []*strings.Builder{&one, &two} {
		if err := sandbox.Write(w, sandbox.Page{Case: example(t, "cooling-2026"), Lang: "en"}); err != nil {
			t.Fatal(err)
		}
	}
	if one.String() != two.String() {
		t.Error("two writings of one page differ")
	}
}

// TestHostileTextDoesNoHarm puts markup, formulas and marks of direction where people's text stands.
func TestHostileTextDoesNoHarm(t *testing.T) {
	b := needBrowser(t)
	c := example(t, "tokyo-2001")
	const evil = "</script><img src=x onerror=alert(1)><!--\u2028\u202e*/ alert(1) /*"
	c.Title = contracts.Text{JA: evil, EN: evil}
	for i := range c.Findings {
		c.Findings[i].Title = contracts.Text{JA: evil, EN: evil}
	}
	for _, p := range c.Versions() {
		for i := range p.Columns {
			p.Columns[i].Label = contracts.Text{JA: evil + "\n", EN: evil}
		}
	}
	var page strings.Builder
	if err := sandbox.Write(&page, sandbox.Page{Case: c}); err != nil {
		t.Fatal(err)
	}
	// A customer's id and name reach the page as they reach its data.
	html := strings.Replace(page.String(), `"ids":["`, `"ids":["=1+1`, 1)
	tb := b.show(t, []byte(html))
	if got := eval[string](tb, `document.querySelector("h1").textContent`); got != evil {
		t.Errorf("the title is %q, want %q", got, evil)
	}
	if got := eval[int](tb, `document.querySelectorAll("img, iframe, object, script:not([id]) ~ script").length`); got != 0 {
		t.Errorf("%d elements came of text", got)
	}
	csv := eval[string](tb, `customersCSV(results())`)
	if !strings.Contains(csv, "\n'=1+1") {
		t.Errorf("a formula stands in the CSV file:\n%s", csv)
	}
}

// TestNumbersThatAPageCannotHoldAreRefused changes a customer's loss to the largest number that is exact, and to the next.
func TestNumbersThatAPageCannotHoldAreRefused(t *testing.T) {
	for _, tt := range []struct {
		name, loss string
		refused    bool
	}{
		{"just below", "9007199254740990", false},
		{"the largest", "9007199254740991", false},
		{"one more", "9007199254740992", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			folder, err := examples.Open("tokyo-2001")
			if err != nil {
				t.Fatal(err)
			}
			files := fstest.MapFS{}
			err = fs.WalkDir(folder, ".", func(path string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				data, err := fs.ReadFile(folder, path)
				files[path] = &fstest.MapFile{Data: data}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			list := files["customers.csv"]
			list.Data = []byte(strings.Replace(string(list.Data), ",82999324,", ","+tt.loss+",", 1))
			c, problems := sla.OpenCase(files, sla.ReadOptions{})
			if c == nil {
				t.Fatal(problems)
			}
			var out strings.Builder
			err = sandbox.Write(&out, sandbox.Page{Case: c})
			if refused := err != nil; refused != tt.refused {
				t.Fatalf("refused: %v (%v), want %v", refused, err, tt.refused)
			}
			if tt.refused && (!strings.Contains(err.Error(), "loghouse") || out.Len() > 0) {
				t.Errorf("the error %q does not name the customer, or something was written", err)
			}
		})
	}
}

// TestASumThatGoesBeyondIsToldAndNotShown gives a page a loss whose total cannot be held.
func TestASumThatGoesBeyondIsToldAndNotShown(t *testing.T) {
	b := needBrowser(t)
	tb := b.open(t, sandbox.Page{Case: example(t, "tokyo-2001"), Lang: "en"})
	got := eval[string](tb, `(() => { const p = PROGRAMS[0]; p.vectors[p.def.cols.findIndex(c => c.name.startsWith("claimed."))][0] = MAX; p.last = null; update();
		return document.getElementById("error").hidden + " " + document.getElementById("error").textContent + document.querySelectorAll(".big").length; })()`)
	if !strings.HasPrefix(got, "false ") || !strings.Contains(got, "loghouse") || !strings.HasSuffix(got, "0") {
		t.Errorf("the page says %q", got)
	}
}

// TestSlidersRunOverTheRangesGiven looks at the ends of a slider, and gives a range to what is no parameter.
func TestSlidersRunOverTheRangesGiven(t *testing.T) {
	b := needBrowser(t)
	c := example(t, "sqli-2014")
	half := formula.Number{Num: 1, Den: 2}
	tb := b.open(t, sandbox.Page{Case: c, Ranges: []sandbox.Range{{Parameter: "own_fault", From: formula.Number{Num: 1, Den: 10}, To: half}}})
	if got := eval[string](tb, `(e => e.min + " " + e.max)(document.getElementById("p" + DOC.parameters.findIndex(p => p.name === "own_fault")).parentNode.querySelector("input[type=range]"))`); got != "10 50" {
		t.Errorf("the slider runs over %s, want 10 50", got)
	}
	if err := sandbox.Write(io.Discard, sandbox.Page{Case: c, Ranges: []sandbox.Range{{Parameter: "own", To: half}}}); err == nil {
		t.Error("a range of what is no parameter is taken")
	}
}
