package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// ExplainParties writes who finally bears a result and why: the shares found, how far each answers, what was paid, who owes whom contribution
// on what ground, what is recovered under contracts among them, and what remains with each.
func ExplainParties(w io.Writer, res *Result, lang string) {
	pick := func(ja, en string) string { return contracts.Text{JA: ja, EN: en}.In(lang) }
	fmt.Fprintf(w, "%s\n%s: %s\n", res.Title.In(lang), label("findings", lang), res.Findings.Title.In(lang))
	for i := range res.Parts {
		explainBearing(w, &res.Parts[i], lang)
	}
	for _, r := range res.Recovered {
		explainRecourse(w, r, lang)
	}
	if len(res.Recovered) > 0 {
		cur := res.Parts[0].Run.Program.Contract.Currency
		fmt.Fprintf(w, "\n%s\n", label("who-remains", lang))
		for _, p := range res.parties() {
			fmt.Fprintf(w, "  %s %22s\n", pad(p.Title.In(lang), 40), Money(sla.Remaining(p.ID, res.bears(), res.Recovered), cur, lang))
		}
	}
	otherwise(w, res, lang)
	seen := map[string]bool{}
	for _, run := range res.runs() {
		for _, a := range Assumptions(run) {
			if text := a.In(lang); !seen[text] {
				if len(seen) == 0 {
					fmt.Fprintf(w, "\n%s\n", label("assumed", lang))
				}
				seen[text] = true
				fmt.Fprintf(w, "  %s\n", text)
			}
		}
	}
	fmt.Fprintf(w, "\n%s\n", pick("顧客ごとの算定は amends explain --customer で示す。", "amends explain --customer shows the working for one customer."))
	fmt.Fprintln(w, label("not-advice", lang))
}

// otherwise shows what remains with each party under each reading of what is open.
func otherwise(w io.Writer, res *Result, lang string) {
	for i, recovered := range res.Otherwise {
		if i == 0 {
			fmt.Fprintf(w, "\n%s\n", label("remains-by-reading", lang))
		}
		run, bears := res.readingOf(i)
		var sums []string
		for _, p := range res.parties() {
			sums = append(sums, p.Title.In(lang)+" "+Money(sla.Remaining(p.ID, bears, recovered), run.Program.Contract.Currency, lang))
		}
		fmt.Fprintf(w, "  %s: %s\n", decided(run.Program, sla.Reading{Values: run.Decided(i)}, lang), strings.Join(sums, ", "))
	}
}

// explainBearing tells of one contract with customers.
func explainBearing(w io.Writer, p *Part, lang string) {
	pick := func(ja, en string) string { return contracts.Text{JA: ja, EN: en}.In(lang) }
	prog, cur, row := p.Run.Program, p.Run.Program.Contract.Currency, p.Bears
	words := NewWords(row, lang)
	fmt.Fprintf(w, "\n%s\n  %s: %s\n", prog.Contract.Title.In(lang), label("payable", lang), Money(p.Totals.Payable(), cur, lang))
	if p.Totals.Open > 0 {
		fmt.Fprintf(w, "  %s: %s\n  %s\n", label("range", lang), Money(p.Totals.Low, cur, lang)+label("to", lang)+Money(p.Totals.High, cur, lang),
			pick("顧客の算定に未決の判断があるため、以下は第一の解釈による。", "Questions that turn customers' amounts are open: what follows is under the first reading."))
	}
	parties := prog.Bearing.Parties
	if len(parties) == 1 {
		fmt.Fprintf(w, "  %s\n", pick("ほかに負担する者はなく、事業者が全部を負担する。", "There is no other party: the provider bears it all."))
		return
	}
	fmt.Fprintf(w, "\n%s\n", pick("過失の割合", "Shares of fault"))
	for _, party := range parties {
		s := p.Run.Settings.Of("share." + party.ID)
		total := int64(0)
		for _, q := range parties {
			total += p.Run.Settings.Of("share." + q.ID).Num
		}
		fmt.Fprintf(w, "  %s %d/%d  %s%s\n", pad(party.Title.In(lang), 24), s.Num, total, s.Reason.In(lang), in(s.Source))
		if st := p.Run.Settings.Of("standing." + party.ID); st.From == sla.FromFindings {
			fmt.Fprintf(w, "  %s %s: %s%s\n", pad("", 24), p.Run.Reading("standing."+party.ID, lang), st.Reason.In(lang), in(st.Source))
		}
	}
	if prog.Index(sla.FaultTotal) >= 0 {
		fmt.Fprintf(w, "\n%s\n", pick("顧客に対する責任", "How far each answers to the customers"))
		for _, name := range []string{"weighing", "liability", "liability.non-economic", "settlement", "uncollectible", "uncollectible.by"} {
			ruled(w, p.Run, name, lang)
		}
		fmt.Fprintf(w, "  %s: %s\n", prog.Column(sla.FaultTotal).Label.In(lang), Money(row.Of(sla.BearingWhole), cur, lang))
		for _, c := range row.Run().Program.Columns {
			if strings.HasPrefix(c.Name, sla.FaultAnswers) {
				fmt.Fprintf(w, "  %s: %s\n", c.Label.In(lang), Money(row.Of(c.Name), cur, lang))
			}
		}
	}
	fmt.Fprintf(w, "\n%s\n", pick("支払と求償", "Payment and contribution"))
	ruled(w, row.Run(), "payments", lang)
	ruled(w, row.Run(), "contribution", lang)
	for i, c := range row.Run().Program.Columns {
		owes, part := strings.HasPrefix(c.Name, sla.BearingOwes), strings.HasPrefix(c.Name, sla.BearingPart)
		switch {
		case strings.HasPrefix(c.Name, sla.BearingPaid) && row.Value(i) != 0:
			fmt.Fprintf(w, "  %s: %s\n", c.Label.In(lang), Money(contracts.Amount(row.Value(i)), cur, lang))
		case (c.Name == "debt" || strings.HasPrefix(c.Name, "whole.")) && row.Value(i) != 0:
			fmt.Fprintf(w, "  %s\n", words.Column(i))
		case owes && row.Value(i) != 0:
			fmt.Fprintf(w, "  %s%s\n", words.Column(i), in(refsText(c.Refs)))
		case part && row.Value(i) != 0:
			fmt.Fprintf(w, "  %s\n", words.Column(i))
		case part:
			fmt.Fprintf(w, "  %s: %s\n", c.Label.In(lang), Money(0, cur, lang))
		}
	}
	if row.Run().Readings() > 1 {
		fmt.Fprintf(w, "\n%s\n", label("by-reading", lang))
		for i := range row.Run().Readings() {
			var sums []string
			for _, party := range parties {
				sums = append(sums, party.Title.In(lang)+" "+Money(row.Under(i, sla.BearingPart+party.ID), cur, lang))
			}
			fmt.Fprintf(w, "  %s: %s\n", decided(row.Run().Program, sla.Reading{Values: row.Run().Decided(i)}, lang), strings.Join(sums, ", "))
		}
	}
}

// ruled tells which rule was taken for a question, and on what ground.
func ruled(w io.Writer, run *sla.Run, name, lang string) {
	par := run.Program.Parameter(name)
	if par == nil || !run.Program.Uses(name) || !run.Settings.Matters(run.Program, par) {
		return
	}
	s := run.Settings.Of(name)
	reading := run.Reading(name, lang)
	if s.From == sla.Open {
		reading = label("needs-judgement", lang)
	}
	fmt.Fprintf(w, "  %s: %s\n      %s%s\n", par.Label.In(lang), reading, s.Reason.In(lang), in(s.Source))
}

func in(source string) string {
	if source == "" {
		return ""
	}
	return " [" + source + "]"
}

// explainRecourse tells of one contract among parties as of one customer's.
func explainRecourse(w io.Writer, r sla.Recovery, lang string) {
	pick := func(ja, en string) string { return contracts.Text{JA: ja, EN: en}.In(lang) }
	cur := r.Contract.Currency
	fmt.Fprintf(w, "\n%s: %s → %s\n", label("recourse", lang), r.From.Title.In(lang), r.To.Title.In(lang))
	fmt.Fprintf(w, "  %s: %s\n  %s: %s\n\n", label("contract", lang), r.Contract.Title.In(lang), label("owed-before", lang), Money(r.Owed, cur, lang))
	if s := r.Row.Run().Settings.Of("standing." + r.To.ID); s.From == sla.FromFindings {
		fmt.Fprintf(w, "  %s: %s: %s%s\n\n", r.To.Title.In(lang), r.Row.Run().Reading("standing."+r.To.ID, lang), s.Reason.In(lang), in(s.Source))
	}
	working(w, r.Row, lang)
	fmt.Fprintf(w, "  %s: %s\n", label("recovers", lang), resultText(r.Row, lang))
	if r.Payable() < r.Owed {
		fmt.Fprintf(w, "  %s\n", pick(fmt.Sprintf("%sに残っていた%sのうち%sは回収できず、その負担として残る。", r.From.Title.In("ja"), Money(r.Owed, cur, lang), Money(r.Owed-r.Payable(), cur, lang)),
			fmt.Sprintf("Of the %s, %s stay with %s.", Money(r.Owed, cur, lang), Money(r.Owed-r.Payable(), cur, lang), r.From.Title.In("en"))))
	}
	if r.Row.Outcome() == sla.NeedsJudgement {
		for _, x := range r.Row.Readings() {
			fmt.Fprintf(w, "  %16s  %s\n", Money(x.Payable, cur, lang), decided(r.Row.Run().Program, x, lang))
		}
	}
}
