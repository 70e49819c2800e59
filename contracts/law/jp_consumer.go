package law

import "github.com/amends-go/amends/contracts"

const (
	consumerAct     = "消費者契約法"
	consumerActText = "消費者契約法（平成12年法律第61号）: https://laws.e-gov.go.jp/law/412AC0000000061"
)

// jpConsumer is the Consumer Contract Act, articles 8 to 10. It protects consumers
// only. Numbers 3 and 4 of paragraph 1 of article 8 repeat 1 and 2 for torts in performance.
var jpConsumer = []Entry{
	{
		ID: "jp.cca-8-1-1",
		Cite: contracts.Ref{Doc: consumerAct, Section: "第8条第1項第1号・第3号", Source: consumerActText, Gist: contracts.Text{
			JA: "事業者の責任の全部を免除する条項は、消費者に対して無効である",
			EN: "a clause that exempts a business altogether is void against a consumer",
		}},
		Since:   on(2001, 4, 1),
		Checked: SecondaryText,
		Control: &Control{Against: TotalExemption, When: contracts.Condition{Consumer: contracts.Consumers}},
	},
	{
		ID: "jp.cca-8-1-2",
		Cite: contracts.Ref{Doc: consumerAct, Section: "第8条第1項第2号・第4号", Source: consumerActText, Gist: contracts.Text{
			JA: "故意又は重大な過失による責任の一部を免除する条項は、消費者に対して無効である",
			EN: "a clause that limits liability for intent or gross negligence is void against a consumer",
		}},
		Since:   on(2001, 4, 1),
		Checked: SecondaryText,
		Control: &Control{Against: PartialLimit, When: contracts.Condition{Consumer: contracts.Consumers, Grade: contracts.Gross}},
	},
	{
		ID: "jp.cca-8-3",
		Cite: contracts.Ref{Doc: consumerAct, Section: "第8条第3項", Source: consumerActText, Gist: contracts.Text{
			JA: "一部免除の条項で、重過失を除く過失にのみ適用されることを明らかにしていないものは、消費者に対して無効である",
			EN: "a limit that does not state that it covers only negligence short of gross is void against a consumer",
		}},
		Since:   on(2023, 6, 1),
		Checked: SecondaryText,
		Control: &Control{Against: PartialLimit, When: contracts.Condition{Consumer: contracts.Consumers}, SparesStated: true},
	},
	{
		ID: "jp.cca-8-2",
		Cite: contracts.Ref{Doc: consumerAct, Section: "第8条の2", Source: consumerActText, Gist: contracts.Text{
			JA: "事業者の債務不履行により生じた消費者の解除権を放棄させ、又はその有無を事業者に決めさせる条項は無効である",
			EN: "a clause that takes away a consumer's right to terminate for breach, or lets the business decide on it, is void",
		}},
		Since:   on(2017, 6, 3),
		Checked: SecondaryText,
	},
	{
		ID: "jp.cca-9",
		Cite: contracts.Ref{Doc: consumerAct, Section: "第9条第1項", Source: consumerActText, Gist: contracts.Text{
			JA: "解除に伴い消費者が払う損害賠償の予定や違約金は、平均的な損害を超える部分について無効である",
			EN: "agreed damages that a consumer pays on termination are void as far as they exceed the average loss",
		}},
		Since:   on(2001, 4, 1),
		Checked: SecondaryText,
		Founds:  Form,
	},
	{
		ID: "jp.cca-10",
		Cite: contracts.Ref{Doc: consumerAct, Section: "第10条", Source: consumerActText, Gist: contracts.Text{
			JA: "任意規定に比べて消費者の権利を制限し、信義則に反して利益を一方的に害する条項は無効である",
			EN: "a clause that limits a consumer's rights beyond the default rules and one-sidedly harms it against good faith is void",
		}},
		Since:         on(2001, 4, 1),
		Checked:       SecondaryText,
		Control:       &Control{Against: TotalExemption | PartialLimit, When: contracts.Condition{Consumer: contracts.Consumers}},
		Discretionary: true,
	},
}
