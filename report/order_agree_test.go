package report_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amends-go/amends/internal/recalc"
	"github.com/amends-go/amends/internal/txtar"
	"github.com/amends-go/amends/sla"
)

// TestOrdersAndSpecialClausesAgree recalculates stories in which both orders of own fault and limit are compiled, one limit shared by all customers
// among them, and in which clauses take each other's place.
func TestOrdersAndSpecialClausesAgree(t *testing.T) {
	recalc.Need(t)
	dir := t.TempDir()
	var paths []string
	for _, name := range []string{"order-left-open", "order-left-open shared", "special-before-general"} {
		story, shared := strings.CutSuffix(name, " shared")
		data, err := os.ReadFile("../testdata/cases/" + story + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if shared {
			text = strings.Replace(text, "per: subscription}}", "per: incident, share_by: claimed}}", 1)
		}
		a, err := txtar.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		c, problems := sla.OpenCase(a.Files, sla.ReadOptions{})
		if c == nil {
			t.Fatal(problems)
		}
		for _, id := range c.FindingsIDs() {
			runs, err := c.Bind(id)
			if err != nil {
				t.Fatal(err)
			}
			for _, lang := range []string{"ja", "en"} {
				path := filepath.Join(dir, fmt.Sprintf("%s-%s-%s.xlsx", strings.ReplaceAll(name, " ", "-"), id, lang))
				writeBook(t, path, result(t, c.Title, runs[0], c.CustomersOf(runs[0].Program)), lang)
				paths = append(paths, path)
			}
		}
	}
	books := recalc.Recalculate(t, paths...)
	for _, path := range paths {
		t.Log(filepath.Base(path), agree(t, filepath.Base(path), readBook(t, path), books[path], everything))
	}
}
