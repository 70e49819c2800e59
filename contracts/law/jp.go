package law

import "github.com/amends-go/amends/contracts"

const (
	civilCode = "民法"
	civilText = "民法（明治29年法律第89号）: https://laws.e-gov.go.jp/law/129AC0000000089"
)

// jpCivil is the Civil Code and the case law on it. The amendments in force
// since 2020-04-01 are Act No. 44 of 2017.
var jpCivil = []Entry{
	{
		ID: "jp.civil-415",
		Cite: contracts.Ref{Doc: civilCode, Section: "第415条", Source: civilText, Gist: contracts.Text{
			JA: "債務不履行による損害は、債務者の責めに帰することができない事由によるときを除き、賠償しなければならない",
			EN: "loss from a breach is to be made good, unless the debtor is not answerable for the breach",
		}},
		Checked: SecondaryText,
		Founds:  Fault,
	},
	{
		ID: "jp.civil-416",
		Cite: contracts.Ref{Doc: civilCode, Section: "第416条", Source: civilText, Gist: contracts.Text{
			JA: "通常生ずべき損害と、当事者が予見すべきであった特別の事情による損害が賠償の範囲である",
			EN: "ordinary loss, and loss from special circumstances that the parties should have foreseen, is recoverable",
		}},
		Checked: SecondaryText,
		Founds:  Scope,
	},
	{
		ID: "jp.civil-418",
		Cite: contracts.Ref{Doc: civilCode, Section: "第418条", Source: civilText, Gist: contracts.Text{
			JA: "債権者に過失があったときは、これを考慮して責任と額を定める（過失相殺）",
			EN: "fault of the creditor is taken into account in fixing liability and amount",
		}},
		Checked: SecondaryText,
		Founds:  OwnFault,
	},
	{
		ID: "jp.civil-427",
		Cite: contracts.Ref{Doc: civilCode, Section: "第427条", Source: civilText, Gist: contracts.Text{
			JA: "債務者が数人あるときは、別段の意思表示がなければ等しい割合で負担する",
			EN: "several debtors bear equal parts unless agreed otherwise",
		}},
		Checked: SecondaryText,
		Founds:  EqualPart,
	},
	{
		ID: "jp.civil-90",
		Cite: contracts.Ref{Doc: civilCode, Section: "第90条", Source: civilText, Gist: contracts.Text{
			JA: "公序に反する免責・責任制限は無効であり、故意による損害には及ばない",
			EN: "an exemption or limit against public policy is void; none covers intended harm",
		}},
		Checked: SecondaryText,
		Control: &Control{Against: TotalExemption | PartialLimit, When: contracts.Condition{Grade: contracts.Intent}},
	},
	{
		ID: "jp.civil-548-2",
		Cite: contracts.Ref{Doc: civilCode, Section: "第548条の2第2項", Source: civilText, Gist: contracts.Text{
			JA: "定型約款のうち信義則に反して相手方の利益を一方的に害する条項は、合意しなかったものとみなす",
			EN: "standard terms that one-sidedly harm the other party against good faith are deemed not agreed",
		}},
		Since:         contracts.Date{Year: 2020, Month: 4, Day: 1},
		Checked:       SecondaryText,
		Control:       &Control{Against: TotalExemption | PartialLimit},
		Discretionary: true,
	},
	{
		ID: "jp.sc-2003-02-28",
		Cite: contracts.Ref{Doc: "最高裁判決", Section: "平成15年2月28日（平成13年(受)第1061号）", Source: "最判平成15年2月28日", Gist: contracts.Text{
			JA: "責任限度額の定めは、事業者に故意又は重過失がある場合には適用されないと解釈される",
			EN: "a cap is read as not meant for the provider's intent or gross negligence",
		}},
		Checked: SecondaryText,
		Control: &Control{Against: PartialLimit, When: contracts.Condition{Grade: contracts.Gross}},
		Debated: true,
	},
}
