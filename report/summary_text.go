package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"golang.org/x/text/width"
)

// Summary writes the headline figures of a result as a table for a terminal:
// customers, claimed, payable, by rule and by party.
func Summary(w io.Writer, res *Result, lang string) {
	fmt.Fprintf(w, "%s\n%s: %s", res.Title.In(lang), label("findings", lang), res.Findings.Title.In(lang))
	if !res.Findings.Date.IsZero() {
		fmt.Fprintf(w, " (%s)", res.Findings.Date)
	}
	fmt.Fprintln(w)
	if res.Partial {
		fmt.Fprintf(w, "*** %s (%d)\n", label("partial", lang), res.Rejected)
	}
	for i := range res.Parts {
		summaryPart(w, &res.Parts[i], lang)
	}
	summaryRecourse(w, res, lang)
	fmt.Fprintln(w, label("not-advice", lang))
}

func summaryPart(w io.Writer, p *Part, lang string) {
	prog, t := p.Run.Program, &p.Totals
	cur := prog.Contract.Currency
	line := func(name, value string) { fmt.Fprintf(w, "  %s %22s\n", pad(name, 52), value) }
	amount := func(a contracts.Amount) string { return Money(a, cur, lang) }
	fmt.Fprintf(w, "\n%s [%s]\n", prog.Contract.Title.In(lang), cur.Code)
	line(label("rows", lang), group(t.Rows))
	if t.Open+t.Void > 0 {
		line(label("computed", lang), group(t.Computed))
		line(label("needs-judgement", lang), group(t.Open))
		line(label("void", lang), group(t.Void))
	}
	line(label("claimed", lang), amount(t.Sums[prog.Index("claimed")]))
	if t.Open > 0 {
		line(label("range", lang), amount(t.Low)+label("to", lang)+amount(t.High))
	} else {
		line(label("payable", lang), amount(t.Payable()))
	}
	fmt.Fprintf(w, " %s\n", label("by-rule", lang))
	for _, r := range PostingsByRule(prog) {
		for _, c := range r.Columns {
			line(r.Rule.Label().In(lang)+clauseSuffix(prog.Columns[c]), amount(t.Sums[c]))
		}
	}
	line(sla.RulePayable.Label().In(lang), amount(t.Payable()))
	fmt.Fprintf(w, " %s\n", label("by-party", lang))
	for _, party := range prog.Bearing.Parties {
		line(party.Title.In(lang), amount(p.Bears.Of(sla.BearingPart+party.ID)))
	}
	owed := false
	for i, c := range p.Bears.Run().Program.Columns {
		if strings.HasPrefix(c.Name, sla.BearingOwes) && p.Bears.Value(i) != 0 {
			if !owed {
				fmt.Fprintf(w, " %s\n", label("contribution", lang))
			}
			owed = true
			line(c.Label.In(lang), amount(contracts.Amount(p.Bears.Value(i))))
		}
	}
	for i, name := range p.questions() {
		if i == 0 {
			fmt.Fprintf(w, " %s\n", label("open", lang))
		}
		fmt.Fprintf(w, "  %s: %s\n", name, p.Run.Settings.Of(name).Reason.In(lang))
	}
	for i, a := range Assumptions(p.Run) {
		if i == 0 {
			fmt.Fprintf(w, " %s\n", label("assumed", lang))
		}
		fmt.Fprintf(w, "  %s\n", a.In(lang))
	}
}

func group(n int64) string {
	return strings.TrimSuffix(Money(contracts.Amount(n), contracts.Currency{}, ""), " ")
}

// pad fills s to a width in terminal cells.
func pad(s string, cells int) string {
	return s + strings.Repeat(" ", max(cells-textCells(s), 0))
}

// textCells is the width of s where a full-width character takes two cells.
func textCells(s string) int {
	n := 0
	for _, r := range s {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return n
}

// summaryRecourse writes what is recovered under contracts among the parties and what then remains with each.
func summaryRecourse(w io.Writer, res *Result, lang string) {
	if len(res.Recovered) == 0 {
		return
	}
	line := func(name, text string) { fmt.Fprintf(w, "  %s %22s\n", pad(name, 52), text) }
	fmt.Fprintf(w, "\n %s\n", label("recourse", lang))
	for _, r := range res.Recovered {
		line(r.From.Title.In(lang)+" → "+r.To.Title.In(lang)+" – "+r.Contract.Title.In(lang), resultText(r.Row, lang))
	}
	fmt.Fprintf(w, " %s\n", label("who-remains", lang))
	for _, p := range res.parties() {
		line(p.Title.In(lang), Money(sla.Remaining(p.ID, res.bears(), res.Recovered), res.Recovered[0].Contract.Currency, lang))
	}
}
