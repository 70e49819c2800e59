package chance

import "github.com/amends-go/amends/contracts"

// Provision is both views that accounting takes of an uncertain obligation, side by side; which applies is for the accountant to say.
type Provision struct {
	MostLikely contracts.Amount // the single outcome of the greatest probability
	Expected   contracts.Amount // all outcomes weighed by their probabilities
	Low, High  contracts.Amount // the ends of the range
}

// Provision takes what was drawn.
func (d *Distribution) Provision() Provision {
	likeliest, _ := d.Likeliest()
	return Provision{likeliest, d.Mean(), d.Least(), d.Greatest()}
}

// ProvisionOf takes outcomes in order of their amounts.
func ProvisionOf(list []Outcome) Provision {
	return Provision{MostLikely(list).Amount, Mean(list), list[0].Amount, list[len(list)-1].Amount}
}

// ProvisionNotes say when each view applies.
var ProvisionNotes = []contracts.Text{
	{JA: "一つの事故は、争点の結論が決まれば多数の顧客からなる母集団、結論がどうなるかについては単一の債務である。両方を示す。", EN: "An incident is a large population of customers once the questions are decided, and a single obligation as to how they will be; so both are shown."},
	{JA: "最も可能性の高い結果: 単一の債務（IAS 37 第40項。ほかの結果が大きく偏る場合はそれも考慮する）。", EN: "Most likely outcome: for a single obligation (IAS 37.40; other outcomes count where they are mostly higher or mostly lower)."},
	{JA: "期待値: 多数の項目からなる母集団（IAS 37 第39項。連続する範囲でどの値も同じ確からしさなら中央値）。", EN: "Expected value: for a large population of items (IAS 37.39; where a range is continuous and every point as likely, its mid-point)."},
	{JA: "米国基準（ASC 450-20-30-1）: 範囲の中で最善の見積額。どの額もほかより確からしくなければ範囲の下限。", EN: "US GAAP (ASC 450-20-30-1): the best estimate within the range, or its low end where no amount is a better estimate."},
	{JA: "日本基準（企業会計原則注解18）: 発生の可能性が高く、金額を合理的に見積もることができるとき、当期の負担に属する金額を引当金とする。", EN: "Japan (企業会計原則注解18): a provision where the outflow is probable and the amount can be reasonably estimated."},
}
