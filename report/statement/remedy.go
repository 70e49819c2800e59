package statement

import (
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// remedies names what is given and on which grounds: the clause with what it says, goodwill, or both.
func (w *writer) remedies() {
	w.head("補償の内容と根拠", "What you receive, and on which grounds")
	if w.state != Due && w.state != Granted {
		w.letter.Parts[len(w.letter.Parts)-1].Text = strings.TrimSuffix(w.letter.Parts[len(w.letter.Parts)-1].Text, w.pick("補償の内容と根拠", "What you receive, and on which grounds")) + w.pick("確認の結果", "What follows for you")
	}
	first := len(w.letter.Parts)
	w.say("remedy")
	if w.state == Due && len(w.letter.Parts) > first {
		w.letter.Parts[first].Kind = Strong
	}
	if w.state == Void || w.state == NotAffected {
		return
	}
	if w.undecided() {
		w.paragraph(w.pick("この事故については、まだ決まっていない判断があります。どのように決まっても、上記の額は変わりません。", "Some questions of this incident are not decided yet. However they are decided, the amount is the same."))
		return
	}
	if w.state == OwesBack || w.state == Nothing {
		return
	}
	var rows []Pair
	with := func(label string, parts ...string) {
		parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
		rows = append(rows, Pair{label, strings.Join(parts, "\n")})
	}
	ground := func(s sla.Step) string {
		if g := w.gist(s); g != "" {
			return cite(s) + w.pick("（"+g+"）", " ("+g+")")
		}
		return cite(s)
	}
	var damages []string
	for s := range w.row.Steps() {
		switch {
		case s.Rule == sla.RuleGoodwill && s.Delta > 0:
			with(w.lineLabel(s), w.money(s.Delta), ground(s), w.pick("約款に基づく義務とは別に、お詫びとしてお支払いするものです。", "It is paid as an apology, beside what the terms owe."))
		case s.Rule == sla.RuleCredit && s.Delta > 0:
			with(w.lineLabel(s), w.money(s.Delta), ground(s))
		case s.Rule == sla.RuleClaimed && s.Delta > 0:
			damages = append(damages, w.pick("事故により生じた損害の賠償です。", "Compensation for loss that the incident caused you."))
		case len(damages) > 0 && s.Effect == sla.Applied && s.Delta < 0 && len(s.Refs) > 0 && s.Rule != sla.RulePaid && s.Rule != sla.RuleTax:
			damages = append(damages, ground(s))
		}
	}
	if len(damages) > 0 {
		rows = append([]Pair{{w.pick("損害の賠償", "Damages"), strings.Join(slices.Compact(damages), "\n")}}, rows...)
	}
	for _, g := range grants(w.row) {
		c := w.prog.Columns[g]
		ref := contracts.Ref{}
		if len(c.Refs) > 0 {
			ref = c.Refs[0]
		}
		with(w.pick("ご提供するもの", "Given in kind"), ref.String(), ref.Gist.In(w.lang))
	}
	w.table(rows)
}

// grants are the columns of what is given in kind.
func grants(row sla.Row) []int {
	var out []int
	for i, c := range row.Run().Program.Columns {
		if strings.HasPrefix(c.Name, "granted.") && row.Value(i) > 0 {
			out = append(out, i)
		}
	}
	return out
}

// undecided reports whether the ways to the amount differ between the readings of what is open, though the amount does not.
func (w *writer) undecided() bool {
	var first []sla.Step
	for s := range w.row.Steps() {
		first = append(first, s)
	}
	for i := 1; i < w.row.Run().Readings(); i++ {
		k := 0
		for s := range w.row.As(i).Steps() {
			if k == len(first) || s.Delta != first[k].Delta || s.Effect != first[k].Effect {
				return true
			}
			k++
		}
	}
	return false
}
