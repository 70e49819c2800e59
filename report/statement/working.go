package statement

import (
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
)

// lineWords are what a customer is told that a step is, where the rule's own name is one of the trade.
var lineWords = map[sla.Rule]contracts.Text{
	sla.RuleClaimed:    {JA: "ご請求の額", EN: "What you claimed"},
	sla.RuleOutOfScope: {JA: "賠償の範囲に含まれない額", EN: "Less what lies outside the scope of compensation"},
	sla.RuleNotCaused:  {JA: "この事故によるものと認められない額", EN: "Less what this incident did not cause"},
	sla.RuleNotProved:  {JA: "資料により確認できなかった額", EN: "Less what could not be verified"},
	sla.RuleBetterment: {JA: "事故前より良くなった分の額", EN: "Less what left you better off than before"},
	sla.RuleAvoidable:  {JA: "避けることができた損害の額", EN: "Less what could have been avoided"},
	sla.RuleAdmitted:   {JA: "補償の対象と認められない額", EN: "Less what is not admitted"},
	sla.RuleSaved:      {JA: "事故により支出を免れた額", EN: "Less what the incident spared you"},
	sla.RuleExcluded:   {JA: "約款により補償の対象外となる損害", EN: "Less losses that the terms exclude"},
	sla.RuleExempt:     {JA: "約款により免責となる額", EN: "Less what the terms exempt"},
	sla.RuleSoleRemedy: {JA: "約款により利用料金の減額に限られる分", EN: "Less what the terms replace by the credit"},
	sla.RuleOwnFault:   {JA: "お客様側の事情に応じた減額（過失相殺）", EN: "Less your own share"},
	sla.RuleCap:        {JA: "約款の限度額を超える額", EN: "Less what exceeds the limit of the terms"},
	sla.RulePool:       {JA: "約款の共通の限度額を超える額", EN: "Less what exceeds the limit shared by all customers"},
	sla.RuleCredit:     {JA: "利用料金の減額・返金", EN: "Credit on your fees"},
	sla.RuleGoodwill:   {JA: "お詫び金", EN: "Payment as an apology"},
	sla.RuleTax:        {JA: "消費税", EN: "Tax"},
	sla.RulePaid:       {JA: "すでにお支払いした額", EN: "Less what was already paid"},
	sla.RuleInterest:   {JA: "遅延損害金", EN: "Interest for delay"},
}

func (w *writer) lineLabel(s sla.Step) string {
	label := s.Label.In(w.lang)
	if t, ok := lineWords[s.Rule]; ok {
		label = t.In(w.lang)
	}
	if s.Rule == sla.RuleCredit && s.Delta < 0 {
		label = w.pick("返金の調整", "Adjustment of the credit")
	}
	return label
}

// cite is a step's clause.
func cite(s sla.Step) string {
	if len(s.Refs) == 0 {
		return ""
	}
	return s.Refs[0].String()
}

func (w *writer) gist(s sla.Step) string {
	if len(s.Refs) == 0 {
		return ""
	}
	return s.Refs[0].Gist.In(w.lang)
}

// workingOut tells the sum step by step, then what stands in the terms and was not applied, then the tax.
func (w *writer) workingOut() {
	lines, asked := w.lines()
	if w.undecided() { // a way to the sum that may not be the one found is not told
		lines, asked = nil, nil
	}
	if len(lines) > 0 {
		w.head("金額の計算", "How the amount was worked out")
		total := w.pick("お支払いする額", "You receive")
		switch w.state {
		case OwesBack:
			total = w.pick("差引き（お支払い済みの超過額）", "Difference (paid in excess)")
		case Due, Granted, NotAffected, Nothing, Void, Held:
		}
		lines = append(lines, Line{Label: total, Amount: w.money(w.row.Payable()), Total: true})
		w.add(Part{Kind: Amounts, Lines: lines})
	}
	for _, text := range asked {
		if w.state == Nothing && len(lines) == 0 { // the answer itself
			w.paragraph(text)
		} else {
			w.note(text)
		}
	}
	if w.state == Due {
		w.note(w.taxBasis())
	}
}

// lines are the steps that changed the sum, with their reasons, and what a customer who reads the terms would ask about those that did not.
func (w *writer) lines() (lines []Line, asked []string) {
	for s := range w.row.Steps() {
		switch {
		case s.Effect == sla.Applied && s.Rule == sla.RuleClaimed:
			lines = append(lines, w.claimed(s)...)
		case s.Effect == sla.Applied:
			lines = append(lines, w.line(s))
		case w.wouldAsk(s):
			asked = append(asked, w.notApplied(s))
		}
	}
	return lines, asked
}

// claimed tells the claims one by one, where they are the whole of the step.
func (w *writer) claimed(s sla.Step) []Line {
	var out []Line
	var sum contracts.Amount
	for i, c := range w.prog.Columns {
		if v := contracts.Amount(w.row.Value(i)); c.Unit == sla.Amount && strings.HasPrefix(c.Name, "claimed.") && v != 0 {
			out = append(out, Line{Label: strings.NewReplacer("請求額: ", "ご請求: ", "claimed: ", "Claimed: ").Replace(c.Label.In(w.lang)), Amount: w.money(v)})
			sum += v
		}
	}
	if sum != s.Delta { // some of it is added later
		return []Line{w.line(s)}
	}
	return out
}

// line tells one step: its clause with its gist, how it came about, and the findings that it rests on.
func (w *writer) line(s sla.Step) Line {
	out := Line{Label: w.lineLabel(s), Amount: w.signed(s)}
	if ref := cite(s); ref != "" {
		out.Label += w.pick("（"+ref+"）", " ("+ref+")")
	}
	if g := w.gist(s); g != "" {
		out.Why = append(out.Why, w.begin(g))
	}
	if s.Rule == sla.RuleAdmitted {
		out.Why = append(out.Why, w.notAdmitted()...)
		return out
	}
	for _, why := range s.Why {
		if s.Effect == sla.Applied && s.Rule != sla.RuleCap {
			out.Why = append(out.Why, w.begin(why.In(w.lang)))
		}
	}
	shown := report.Shown(w.row, s)
	if s.Rule == sla.RuleCap && len(shown) > 1 { // the limit itself; the rest is the sum that the lines tell
		shown = shown[:1]
	}
	if s.Rule == sla.RuleTax {
		shown = nil // told as the tax basis
	}
	if s.Rule == sla.RulePool {
		out.Why = append(out.Why, w.pick("共通の限度額を、対象となるすべての方の額に応じて按分しました。", "The limit is divided among all whom it concerns, in proportion to what each stands at."))
	}
	for _, i := range shown {
		text := w.words.Taken(i)
		if !strings.Contains(text, " = ") && w.row.Value(i) == int64(s.Delta) { // the amount once more
			continue
		}
		out.Why = append(out.Why, w.begin(w.plain(text)))
	}
	return out
}

// plain leaves out what says nothing: seconds where there are none, and the name of the only outage.
func (w *writer) plain(text string) string {
	text = strings.NewReplacer("分0秒", "分", " min 0 s", " min").Replace(text)
	if slices.ContainsFunc(w.prog.Columns, func(c sla.Column) bool { return strings.HasSuffix(c.Name, "@outage-2") }) {
		return text
	}
	return strings.ReplaceAll(text, " outage-1", "")
}

// signed is a step's amount.
func (w *writer) signed(s sla.Step) string { return w.money(s.Delta) }

// notAdmitted tells, for each claim that was not admitted in full, what was and why.
func (w *writer) notAdmitted() []string {
	var out []string
	for i, c := range w.prog.Columns {
		line, ok := strings.CutPrefix(c.Name, "claimed.")
		admitted := w.prog.Index("admitted." + line)
		if !ok || admitted < 0 || c.Unit != sla.Amount || w.row.Value(i) == w.row.Value(admitted) {
			continue
		}
		text := strings.TrimPrefix(strings.TrimPrefix(c.Label.In(w.lang), "請求額: "), "claimed: ") + w.pick("について認められる額: ", ": admitted ") + w.money(contracts.Amount(w.row.Value(admitted)))
		head, _, _ := strings.Cut(line, "@")
		if par := w.prog.Parameter("admit." + head); par != nil {
			if why := w.row.Run().Settings.Of(par.Name).Reason.In(w.lang); why != "" {
				text += w.pick("（"+why+"）", " ("+why+")")
			}
		}
		out = append(out, w.begin(text))
	}
	return out
}

// wouldAsk reports whether a customer who reads the terms would ask why a step did nothing: a clause against the customer that was
// not applied, or a credit that was not earned.
func (w *writer) wouldAsk(s sla.Step) bool {
	switch s.Rule {
	case sla.RuleExempt, sla.RuleExcluded, sla.RuleCap, sla.RuleSoleRemedy:
		return w.hasClaims() && slices.Contains([]sla.Effect{sla.Lifted, sla.Struck, sla.SetAside, sla.Replaced}, s.Effect)
	case sla.RuleCredit:
		return w.state == Nothing
	}
	return false
}

func (w *writer) hasClaims() bool {
	i := w.prog.Index("claimed")
	return i >= 0 && w.row.Value(i) != 0
}

var effectWords = map[sla.Effect]contracts.Text{
	sla.NotReached: {JA: "適用される額はありません", EN: "gives nothing here"},
	sla.Lifted:     {JA: "他の条項により適用しておりません", EN: "is not applied, by another clause"},
	sla.Replaced:   {JA: "優先する条項があるため適用しておりません", EN: "is not applied, as another clause takes its place"},
	sla.Struck:     {JA: "法令により適用しておりません", EN: "is not applied, under the law"},
	sla.SetAside:   {JA: "適用しておりません", EN: "is not applied"},
	sla.NotMet:     {JA: "適用の条件を満たしておりません", EN: "does not apply: its conditions are not met"},
	sla.Silent:     {JA: "この事象について定めておりません", EN: "says nothing of what happened"},
}

// notApplied tells of a step that did nothing, with the figures behind it.
func (w *writer) notApplied(s sla.Step) string {
	text := cite(s)
	if g := w.gist(s); g != "" {
		text += w.pick("（"+g+"）", " ("+g+")")
	}
	text += w.pick("は、", " ") + effectWords[s.Effect].In(w.lang) + w.pick("。", ".")
	if s.Rule == sla.RuleCredit {
		for _, i := range report.Shown(w.row, s) {
			text += w.pick("", " ") + w.begin(w.plain(w.words.Taken(i))) + w.pick("。", ".")
		}
	}
	return text
}
