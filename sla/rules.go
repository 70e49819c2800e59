package sla

import "github.com/amends-go/amends/contracts"

// Rule is a step of the working. The order in which rules apply is that of
// [Rules], except that a contract may order own fault, set-off, layers and caps itself.
type Rule string

// The rules.
const (
	RuleClaimed      Rule = "claimed"
	RuleOutOfScope   Rule = "out-of-scope"
	RuleNotCaused    Rule = "not-caused"
	RuleNotProved    Rule = "not-proved"
	RuleBetterment   Rule = "betterment"
	RuleAvoidable    Rule = "avoidable"
	RuleAdmitted     Rule = "admitted"
	RuleSaved        Rule = "saved"
	RuleCounterclaim Rule = "counterclaim"
	RuleExcluded     Rule = "excluded-loss"
	RuleExempt       Rule = "exempt"
	RuleSoleRemedy   Rule = "sole-remedy"
	RuleOwnFault     Rule = "own-fault"
	RuleSettlement   Rule = "settlement"
	RuleSeveral      Rule = "several"
	RuleSetOff       Rule = "set-off"
	RuleLayer        Rule = "layer"
	RuleCap          Rule = "cap"
	RulePool         Rule = "pool"
	RuleCredit       Rule = "credit"
	RuleGoodwill     Rule = "goodwill"
	RuleAdded        Rule = "added"
	RulePaid         Rule = "already-paid"
	RuleTax          Rule = "tax"
	RuleInterest     Rule = "interest"
	RulePayable      Rule = "payable"
)

// Rules lists the rules in the order in which they apply when the contract
// states none, with their names in both languages.
//
//   - admitted comes first: a clause limits only what is owed without it.
//   - reasons for which a part of a loss is not admitted each have a posting of their own before it, and benefits that the loss brought one after it.
//   - counterclaim nets what the provider claims in turn, when everything the provider owes is known.
//   - excluded-loss and exempt look at the head and at the grade of fault in the
//     phase, so they come before amounts are joined.
//   - own-fault takes a part of the whole that is left; cap limits the outcome. No
//     judgment read so far decided which of the two goes first, so that order is
//     an assumption that the result states.
//   - settlement and several come straight after own fault: they say for how much of what all at fault owe the provider answers, before its own
//     terms limit that.
//   - layer is a step of the same kind as cap, over heads: a deductible is borne out of the loss that is owed, and a cap limits
//     what is paid in the end.
//   - added comes after all of these: courts add lawyers' fees to the reduced sum.
//   - tax comes on what is owed in the end: it adds to sums that stand without it, and tells the tax in those that hold it.
//   - already-paid takes off what was paid; what remains may be negative and is then owed back.
//   - interest comes last: it runs on what is owed, or owed back, and a payment stops it for what it pays.
var Rules = []struct {
	Rule  Rule
	Label contracts.Text
}{
	{RuleClaimed, contracts.Text{JA: "請求", EN: "claimed"}},
	{RuleOutOfScope, contracts.Text{JA: "賠償の範囲外", EN: "outside the scope"}},
	{RuleNotCaused, contracts.Text{JA: "因果関係なし", EN: "not caused by it"}},
	{RuleNotProved, contracts.Text{JA: "立証なし", EN: "not proved"}},
	{RuleBetterment, contracts.Text{JA: "従前より良くなった分", EN: "betterment"}},
	{RuleAvoidable, contracts.Text{JA: "避けられた損害（損害軽減義務）", EN: "avoidable"}},
	{RuleAdmitted, contracts.Text{JA: "認容（損害の認定）", EN: "admitted"}},
	{RuleSaved, contracts.Text{JA: "損益相殺", EN: "benefits set off"}},
	{RuleExcluded, contracts.Text{JA: "免責される損害項目", EN: "excluded heads"}},
	{RuleExempt, contracts.Text{JA: "免責", EN: "exemption"}},
	{RuleSoleRemedy, contracts.Text{JA: "唯一の救済", EN: "sole remedy"}},
	{RuleOwnFault, contracts.Text{JA: "過失相殺", EN: "own fault"}},
	{RuleSettlement, contracts.Text{JA: "他の責任者の和解金の控除", EN: "settlements of others"}},
	{RuleSeveral, contracts.Text{JA: "複数の責任者", EN: "several at fault"}},
	{RuleSetOff, contracts.Text{JA: "返金との相殺", EN: "set-off of credits"}},
	{RuleLayer, contracts.Text{JA: "補償の階層・自己負担", EN: "layer"}},
	{RuleCap, contracts.Text{JA: "責任限度額", EN: "cap"}},
	{RulePool, contracts.Text{JA: "共通の責任限度額", EN: "shared cap"}},
	{RuleCredit, contracts.Text{JA: "利用料金の減額・返金", EN: "service credit"}},
	{RuleGoodwill, contracts.Text{JA: "お詫び金", EN: "goodwill"}},
	{RuleAdded, contracts.Text{JA: "相殺後の加算", EN: "added after the offset"}},
	{RuleTax, contracts.Text{JA: "消費税", EN: "tax"}},
	{RuleCounterclaim, contracts.Text{JA: "反対請求との差引き", EN: "counterclaims netted"}},
	{RulePaid, contracts.Text{JA: "既払金", EN: "already paid"}},
	{RuleInterest, contracts.Text{JA: "遅延損害金", EN: "interest for delay"}},
	{RulePayable, contracts.Text{JA: "支払額", EN: "payable"}},
}

// Label is the rule in words.
func (r Rule) Label() contracts.Text {
	for _, x := range Rules {
		if x.Rule == r {
			return x.Label
		}
	}
	return contracts.Text{JA: string(r), EN: string(r)}
}
