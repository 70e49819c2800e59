package contracts

// LintCode explains a finding of [Contract.Lint].
type LintCode struct {
	Code string
	What Text
	// Example is the clauses of a contract file in which it is found, and Sound the same without the fault.
	Example, Sound string
	Remedy         string
}

// LintCodes lists the codes by name.
func LintCodes() []LintCode { return lintCodes }

// commitment is the clause that most of the examples need.
const commitment = "- {id: up, ref: {doc: SLA}, availability: {target: 99.9%, window: calendar-month}}\n"

// table is a credit with those rungs.
func table(tiers string) string {
	return commitment + "- {id: pay, ref: {doc: SLA}, credit: {availability: up, tiers: [" + tiers + "]}}\n"
}

var lintCodes = []LintCode{
	{"W_BOUNDARY", Text{"段階の境界がどちらの段階に属するか、表全体で定まっていない", "A table of two-edged rungs never says on which side its edges are: each edge at which rungs meet is in both, or in none."},
		table("{below: 99.9%, from: 99%, pay: 10%}, {at_most: 99%, from: 95%, pay: 25%}, {at_most: 95%, pay: 100%}"),
		table("{below: 99.9%, from: 99%, pay: 10%}, {below: 99%, from: 95%, pay: 25%}, {below: 95%, pay: 100%}"),
		"Write below or at_most, and from or above, as the terms mean it, or if_several. Left as it is, both readings are computed at the edges."},
	{"W_CAP_IDLE", Text{"上限が段階の最高額を超え、働くことがない", "A limit of the credit is above all that its rungs can pay, so that it never binds."},
		commitment + "- {id: pay, ref: {doc: SLA}, credit: {availability: up, tiers: [{below: 99.9%, pay: 10%}, {below: 99%, pay: 25%}], at_most: 50%}}\n",
		commitment + "- {id: pay, ref: {doc: SLA}, credit: {availability: up, tiers: [{below: 99.9%, pay: 10%}, {below: 99%, pay: 50%}], at_most: 50%}}\n",
		"Check whether the limit is of another sum, of a longer time or of several credits together (combine with at_most)."},
	{"W_CREDIT_STACK", Text{"同じ障害で複数の減額が生じうるが、併合の定めがない", "One failure can earn several credits, and no clause says whether they add up or one is taken."},
		commitment + "- {id: a, ref: {doc: SLA}, credit: {availability: up, tiers: [{below: 99.9%, pay: 10%}]}}\n- {id: b, ref: {doc: SLA}, credit: {availability: up, pay: {fixed: 1000}}}\n",
		commitment + "- {id: a, ref: {doc: SLA}, credit: {availability: up, tiers: [{below: 99.9%, pay: 10%}]}}\n- {id: b, ref: {doc: SLA}, credit: {availability: up, pay: {fixed: 1000}}}\n- {id: both, ref: {doc: SLA}, combine: {credits: [a, b], take: highest}}\n",
		"Add a combine clause that takes sum, highest, lowest or first."},
	{"W_DEADLINE_IDLE", Text{"請求期限が働かないか、計測期間の終わる前に過ぎる", "A deadline for claims has no effect because the credit is automatic, or can pass before the window has ended and its level is known."},
		commitment + "- {id: pay, ref: {doc: SLA}, credit: {availability: up, tiers: [{below: 99.9%, pay: 10%}], claim: {by: {after: recovery, days: 7}}}}\n",
		commitment + "- {id: pay, ref: {doc: SLA}, credit: {availability: up, tiers: [{below: 99.9%, pay: 10%}], claim: {by: {after: window-end, days: 7}}}}\n",
		"Count the deadline from the window's end, or leave out automatic, as the terms say."},
	{"W_LIFT_IDLE", Text{"責任制限の不適用条項が適用される場合がない", "A carve-out can never apply: its condition cannot hold, or each clause it lifts does not stand by its own condition where it applies."},
		"- {id: limit, ref: {doc: terms}, unless: {grade: gross}, cap: {amount: 1000, per: claim}}\n- {id: out, ref: {doc: terms}, when: {grade: gross}, lift: {clauses: [limit]}}\n",
		"- {id: limit, ref: {doc: terms}, cap: {amount: 1000, per: claim}}\n- {id: out, ref: {doc: terms}, when: {grade: gross}, lift: {clauses: [limit]}}\n",
		"Correct the conditions, or keep only one of the two ways to say it."},
	{"W_MINIMUM", Text{"最低継続時間が長すぎて、段階または計測期間に収まらない", "The minimum interruption is longer than the window, or so long that one which counts is already worse than a rung."},
		"- {id: up, ref: {doc: SLA}, availability: {target: 99.9%, window: calendar-month, minimum: 24h}}\n- {id: pay, ref: {doc: SLA}, credit: {availability: up, tiers: [{below: 99.9%, pay: 10%}, {below: 99%, pay: 25%}]}}\n",
		"- {id: up, ref: {doc: SLA}, availability: {target: 99.9%, window: calendar-month, minimum: 5m}}\n- {id: pay, ref: {doc: SLA}, credit: {availability: up, tiers: [{below: 99.9%, pay: 10%}, {below: 99%, pay: 25%}]}}\n",
		"Check the minimum against the rungs: 1% of a month of 31 days is 7h 26m 24s."},
	{"W_NO_CAP", Text{"支払が障害とともに増え続け、上限がない", "What is paid grows with the failure beyond the whole fee, and nothing limits it."},
		commitment + "- {id: pay, ref: {doc: SLA}, credit: {availability: up, pay: {rate: 5%, each: 30m, round: up}}}\n",
		commitment + "- {id: pay, ref: {doc: SLA}, credit: {availability: up, pay: {rate: 5%, each: 30m, round: up}, at_most: 100%}}\n",
		"Write at_most, units_at_most, or a combine clause with a limit, where the terms have one."},
	{"W_OBJECTIVE", Text{"どの段階も支払がない", "No rung of the credit pays anything, so that the promise has no consequence."},
		table("{below: 99.9%, pay: 0%}"), table("{below: 99.9%, pay: 10%}"),
		"Write what the rungs pay, or leave the credit out."},
	{"W_PAYS_WHILE_MET", Text{"保証を満たしていても支払がある", "A rung pays at levels at which the promise is kept, or a reward is due where it is missed."},
		table("{below: 99.95%, pay: 10%}"), table("{below: 99.9%, pay: 10%}"),
		"Let the first rung begin at the target, or correct the target."},
	{"W_RATE_AMOUNT", Text{"割合と金額を取り違えた疑いがある", "A sum looks like a share, or a share like a sum or like a fraction written as a percentage."},
		table("{below: 99.9%, pay: 0.1%}, {below: 99%, pay: 0.25%}"), table("{below: 99.9%, pay: 10%}, {below: 99%, pay: 25%}"),
		"Write 10% for a tenth of the fee, and fixed: for a sum."},
	{"W_TIER_BOTTOM", Text{"最も深い段階より下に定めがない", "The last rung ends above 0% of uptime (or below the longest time) with nothing beyond it, so that the worst failure has no rung."},
		table("{below: 99.9%, from: 99%, pay: 10%}, {below: 99%, from: 95%, pay: 25%}"), table("{below: 99.9%, from: 99%, pay: 10%}, {below: 99%, pay: 25%}"),
		"Leave out the further edge of the last rung, or write if_none: nothing where the terms mean that."},
	{"W_TIER_CAPPED", Text{"上限を超える段階があり、全額が支払われることはない", "A rung pays more than a limit of the same credit, so that it is never paid in full."},
		commitment + "- {id: pay, ref: {doc: SLA}, credit: {availability: up, tiers: [{below: 99.9%, pay: 10%}, {below: 99%, pay: 80%}], at_most: 25%}}\n",
		commitment + "- {id: pay, ref: {doc: SLA}, credit: {availability: up, tiers: [{below: 99.9%, pay: 10%}, {below: 99%, pay: 25%}], at_most: 25%}}\n",
		"Correct the rung or the limit. Where the terms contradict themselves it stays as it is: the limit is applied."},
	{"W_TIER_EDGE", Text{"境界の値が保証と段階の双方に、またはどの段階にも属さない", "One level is both promised and paid for, or is in two rungs that pay differently, or in none."},
		table("{at_most: 99.9%, pay: 10%}"), table("{below: 99.9%, pay: 10%}"),
		"Let one side hold the edge: below beside from, or above beside at_most."},
	{"W_TIER_GAP", Text{"段階の間、または保証と最初の段階の間に隙間がある", "The promise is missed at levels for which no rung pays: between two rungs, or between the target and the first."},
		table("{below: 99.5%, pay: 10%}"), table("{below: 99.9%, pay: 10%}"),
		"Let the rungs touch. Where the terms do leave a gap, if_none says what holds there; left out, both readings are computed."},
	{"W_TIER_ORDER", Text{"障害が長くなると支払が減る", "A longer failure is paid less than a shorter one, by its rung or because it falls into a gap."},
		table("{below: 99.9%, from: 99%, pay: 25%}, {below: 99%, pay: 10%}"), table("{below: 99.9%, from: 99%, pay: 10%}, {below: 99%, pay: 25%}"),
		"Let a rung pay no less than those before it, unless the terms say so."},
	{"W_TIER_OVERLAP", Text{"段階が重なり、支払が異なる", "Several rungs that pay differently hold at one level."},
		table("{below: 99.9%, from: 98%, pay: 10%}, {below: 99%, pay: 25%}"), table("{below: 99.9%, from: 99%, pay: 10%}, {below: 99%, pay: 25%}"),
		"Let a rung end where the next begins, or say with if_several which of them pays: most, least, first or sum."},
	{"W_TIER_UNITS", Text{"表が二つの単位で書かれて一致しないか、端数処理の定めを欠く", "The table is written in two units that agree only for some lengths of the window, or its bands are closed at some decimals and no rounding of the uptime is stated."},
		table("{at_most: 99.89%, from: 98.5%, pay: 10%}, {at_most: 98.49%, pay: 25%}"),
		"- {id: up, ref: {doc: SLA}, availability: {target: 99.9%, window: calendar-month, percent: {decimals: 2, by: down}}}\n- {id: pay, ref: {doc: SLA}, credit: {availability: up, tiers: [{at_most: 99.89%, from: 98.5%, pay: 10%}, {at_most: 98.49%, pay: 25%}]}}\n",
		"Write percent: {decimals: 2, by: …} in the commitment, or keep the one unit that the terms go by."},
	{"W_TIER_UNREACHED", Text{"到達しえない段階がある", "A rung can never pay: the measure cannot get there, or others hold wherever it does."},
		"- {id: up, ref: {doc: SLA}, availability: {window: calendar-day}}\n- {id: pay, ref: {doc: SLA}, credit: {availability: up, tiers: [{over: 1h, pay: 10%}, {over: 48h, pay: 100%}]}}\n",
		"- {id: up, ref: {doc: SLA}, availability: {window: calendar-month}}\n- {id: pay, ref: {doc: SLA}, credit: {availability: up, tiers: [{over: 1h, pay: 10%}, {over: 48h, pay: 100%}]}}\n",
		"Correct the edge, the unit or the window, or leave the rung out."},
}
