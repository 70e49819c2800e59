package law

import "github.com/amends-go/amends/contracts"

const (
	consumerAct     = "消費者契約法"
	consumerActText = "消費者契約法（平成12年法律第61号）: https://laws.e-gov.go.jp/law/412AC0000000061"
)

// jpConsumer is the Consumer Contract Act, article 8. It protects consumers
// only. Numbers 3 and 4 of paragraph 1 repeat 1 and 2 for torts in performance.
var jpConsumer = []Entry{
	{
		ID: "jp.cca-8-1-1",
		Cite: contracts.Ref{Doc: consumerAct, Section: "第8条第1項第1号・第3号", Source: consumerActText, Gist: contracts.Text{
			JA: "事業者の責任の全部を免除する条項は、消費者に対して無効である",
			EN: "a clause that exempts a business altogether is void against a consumer",
		}},
		Since:   contracts.Date{Year: 2001, Month: 4, Day: 1},
		Checked: SecondaryText,
		Control: &Control{Against: TotalExemption, When: contracts.Condition{Consumer: contracts.Consumers}},
	},
	{
		ID: "jp.cca-8-1-2",
		Cite: contracts.Ref{Doc: consumerAct, Section: "第8条第1項第2号・第4号", Source: consumerActText, Gist: contracts.Text{
			JA: "故意又は重大な過失による責任の一部を免除する条項は、消費者に対して無効である",
			EN: "a clause that limits liability for intent or gross negligence is void against a consumer",
		}},
		Since:   contracts.Date{Year: 2001, Month: 4, Day: 1},
		Checked: SecondaryText,
		Control: &Control{Against: PartialLimit, When: contracts.Condition{Consumer: contracts.Consumers, Grade: contracts.Gross}},
	},
	{
		ID: "jp.cca-8-3",
		Cite: contracts.Ref{Doc: consumerAct, Section: "第8条第3項", Source: consumerActText, Gist: contracts.Text{
			JA: "一部免除の条項で、重過失を除く過失にのみ適用されることを明らかにしていないものは、消費者に対して無効である",
			EN: "a limit that does not state that it covers only negligence short of gross is void against a consumer",
		}},
		Since:   contracts.Date{Year: 2023, Month: 6, Day: 1},
		Checked: SecondaryText,
		Control: &Control{Against: PartialLimit, When: contracts.Condition{Consumer: contracts.Consumers}, SparesStated: true},
	},
}
