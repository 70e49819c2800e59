package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// effectWords says what became of a rule.
var effectWords = map[sla.Effect]contracts.Text{
	sla.Applied:    {JA: "適用", EN: "applied"},
	sla.NotReached: {JA: "影響なし", EN: "changes nothing"},
	sla.Lifted:     {JA: "適用除外", EN: "lifted"},
	sla.Replaced:   {JA: "特約優先", EN: "replaced"},
	sla.Struck:     {JA: "無効", EN: "void"},
	sla.SetAside:   {JA: "適用せず", EN: "set aside"},
	sla.NotMet:     {JA: "条件を満たさず", EN: "conditions not met"},
	sla.Silent:     {JA: "定めなし", EN: "says nothing of this"},
}

// Explain writes one customer's working: the facts, each rule with what it did or why it did nothing, how each
// amount came about in words, the result, what was assumed and what is open.
func Explain(w io.Writer, title contracts.Text, row sla.Row, lang string) {
	run := row.Run()
	prog := run.Program
	cur := prog.Contract.Currency
	words := NewWords(row, lang)
	pick := func(ja, en string) string { return contracts.Text{JA: ja, EN: en}.In(lang) }
	name := row.Customer.ID
	if row.Customer.Subscription != "" {
		name += " / " + row.Customer.Subscription
	}
	if row.Customer.Name != "" {
		name += " " + row.Customer.Name
	}
	fmt.Fprintf(w, "%s\n%s: %s\n%s: %s\n%s: %s\n%s: %s\n", title.In(lang), label("id", lang), name, label("contract", lang), prog.Contract.Title.In(lang),
		label("findings", lang), run.Settings.Findings.Title.In(lang), label("result", lang), resultText(row, lang))
	fmt.Fprintf(w, "\n%s\n", pick("記録された事実", "Recorded"))
	for i, c := range prog.Columns {
		if c.Role == sla.Input {
			fmt.Fprintf(w, "  %s\n", words.Column(i))
		}
	}
	fmt.Fprintf(w, "\n%s\n", pick("算定の過程", "Working"))
	working(w, row, lang)
	fmt.Fprintf(w, "\n%s: %s\n", sla.RulePayable.Label().In(lang), resultText(row, lang))
	if row.Outcome() == sla.NeedsJudgement {
		fmt.Fprintf(w, "\n%s\n", label("open", lang))
		for _, name := range run.Open() {
			fmt.Fprintf(w, "  %s: %s\n", prog.Parameter(name).Label.In(lang), run.Settings.Of(name).Reason.In(lang))
		}
		for _, r := range row.Readings() {
			fmt.Fprintf(w, "  %16s  %s\n", Money(r.Payable, cur, lang), decided(prog, r, lang))
		}
	}
	for i, t := range Settlement(row) {
		if i == 0 {
			fmt.Fprintf(w, "\n%s\n", pick("支払の方法と権利", "How it is given, and rights"))
		}
		fmt.Fprintf(w, "  %s\n", t.In(lang))
	}
	for i, a := range Assumptions(run) {
		if i == 0 {
			fmt.Fprintf(w, "\n%s\n", label("assumed", lang))
		}
		fmt.Fprintf(w, "  %s\n", a.In(lang))
	}
	fmt.Fprintln(w, "\n"+label("not-advice", lang))
}

// working writes each rule with what it did or why it did nothing.
func working(w io.Writer, row sla.Row, lang string) {
	cur := row.Run().Program.Contract.Currency
	words := NewWords(row, lang)
	pick := func(ja, en string) string { return contracts.Text{JA: ja, EN: en}.In(lang) }
	n := 0
	for s := range row.Steps() {
		n++
		fmt.Fprintf(w, "%3d. %s %16s %16s  %s\n", n, pad(s.Label.In(lang)+stepSource(s), 48), Money(s.Delta, cur, lang), "= "+Money(s.After, cur, lang), effectWords[s.Effect].In(lang))
		for _, why := range s.Why {
			fmt.Fprintf(w, "       · %s\n", why.In(lang))
		}
		if s.Rule == sla.RuleClaimed {
			evidence(w, row, lang)
		}
		for _, i := range behind(row, s) {
			fmt.Fprintf(w, "       %s\n", words.Column(i))
		}
		if g := gist(s, lang); g != "" && s.Effect == sla.Applied {
			fmt.Fprintf(w, "       %s\n", pick("（"+g+"）", "("+g+")"))
		}
	}
}

// evidence lists what the claims rest on.
func evidence(w io.Writer, row sla.Row, lang string) {
	prog := row.Run().Program
	for _, e := range row.Customer.Evidence {
		head := e.Head
		for _, h := range prog.Incident.Heads {
			if h.ID == e.Head {
				head = h.Title.In(lang)
			}
		}
		text := head
		if e.Item != "" {
			text += ": " + e.Item
		}
		text += " " + Money(e.Claimed, prog.Contract.Currency, lang)
		if e.Evidence != "" {
			text += contracts.Text{JA: "（証拠: " + e.Evidence + "）", EN: " (evidence: " + e.Evidence + ")"}.In(lang)
		}
		if e.Reason != "" {
			text += contracts.Text{JA: " — ", EN: " — "}.In(lang) + e.Reason
		}
		fmt.Fprintf(w, "       · %s\n", text)
	}
}

// resultText is the payable, or that it needs judgement and between what.
func resultText(row sla.Row, lang string) string {
	cur := row.Run().Program.Contract.Currency
	switch row.Outcome() {
	case sla.Void:
		return label("void", lang)
	case sla.NeedsJudgement:
		lo, hi := row.Payable(), row.Payable()
		for _, r := range row.Readings() {
			lo, hi = min(lo, r.Payable), max(hi, r.Payable)
		}
		return label("needs-judgement", lang) + ": " + Money(lo, cur, lang) + label("to", lang) + Money(hi, cur, lang)
	}
	text := Money(row.Payable(), cur, lang)
	if row.Payable() < 0 {
		text += contracts.Text{JA: "（顧客が返還する額）", EN: " (owed back by the customer)"}.In(lang)
	}
	return text
}

func decided(prog *sla.Program, r sla.Reading, lang string) string {
	var out []string
	for _, d := range r.Values {
		par := prog.Parameter(d.Parameter)
		i := slices.IndexFunc(par.Options, func(o sla.Option) bool { return o.Name == d.Option })
		out = append(out, par.Label.In(lang)+" = "+par.Options[i].Label.In(lang))
	}
	return strings.Join(out, "; ")
}

func stepSource(s sla.Step) string {
	if len(s.Refs) == 0 {
		return ""
	}
	return " – " + s.Refs[0].String()
}

func gist(s sla.Step, lang string) string {
	if len(s.Refs) == 0 {
		return ""
	}
	return s.Refs[0].Gist.In(lang)
}

func addsLater(c contracts.Clause) bool { _, ok := c.(*contracts.AddedAfterOffset); return ok }

// behind lists the columns that show how a step came about: those of its rule and clause that are
// amounts. Lines of losses that the customer does not claim are left out.
func behind(row sla.Row, s sla.Step) []int {
	prog := row.Run().Program
	measured := measuredBehind(row, s)
	if s.Effect != sla.Applied && s.Rule != sla.RuleCap && s.Rule != sla.RuleTax {
		return measured
	}
	out := measured
	if s.Rule == sla.RuleClaimed && slices.ContainsFunc(prog.Contract.Clauses, addsLater) {
		out = append(out, s.Column) // what is added later is left out here
	}
	for i, c := range prog.Columns {
		if c.Rule != s.Rule || c.Clause != s.Clause || c.Expr == nil || (c.Role != sla.Working && !(c.Rule == sla.RuleOwnFault && c.Role == sla.Test)) {
			continue
		}
		if strings.HasSuffix(c.Name, ".den") { // told with its numerator
			continue
		}
		if row.InOtherOrder(i) || (strings.HasPrefix(c.Name, "less.") && row.Value(i) == 0) { // a reason that the record does not give for this head
			continue
		}
		if c.Rule == sla.RuleTax && c.Unit == sla.Amount && row.Value(i) == 0 { // a kind of payment that there was not
			continue
		}
		if claimed := claimOf(prog, c); claimed < 0 || row.Value(claimed) != 0 {
			out = append(out, i)
		}
	}
	return out
}

// measuredBehind lists the columns that show what failed of the commitment of a credit: for the windows in which something did, what
// was measured and whether the commitment was kept.
func measuredBehind(row sla.Row, s sla.Step) []int {
	prog := row.Run().Program
	credit, ok := prog.Contract.Clause(s.Clause).(*contracts.Credit)
	if !ok || credit.Of == "" {
		return nil
	}
	var out []int
	for i, c := range prog.Columns {
		_, window, _ := strings.Cut(c.Name, "@")
		if c.Clause == credit.Of && c.Expr != nil && !strings.HasPrefix(c.Name, "whole.") && failedIn(row, credit.Of, window) {
			out = append(out, i)
		}
	}
	return out
}

// failedIn reports whether something failed of a commitment in a window.
func failedIn(row sla.Row, of, window string) bool {
	for _, kind := range []string{"downtime.", "misses.", "measured."} {
		if i := row.Run().Program.Index(kind + of + "@" + window); i >= 0 && row.Value(i) != 0 {
			return true
		}
	}
	return false
}

// claimOf is the column of the claim that a column of a single line comes from, or −1.
func claimOf(prog *sla.Program, c sla.Column) int {
	name := strings.TrimPrefix(c.Name, "admitted.")
	if _, line, ok := strings.Cut(name, "."+c.Clause+"."); ok {
		name = line
	}
	name = strings.TrimPrefix(name, "after.own-fault.")
	return prog.Index("claimed." + name)
}
