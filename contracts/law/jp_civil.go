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
		ID: "jp.civil-417",
		Cite: contracts.Ref{Doc: civilCode, Section: "第417条", Source: civilText, Gist: contracts.Text{
			JA: "損害賠償の額は、別段の意思表示がなければ金銭で定める",
			EN: "damages are fixed in money unless agreed otherwise",
		}},
		Checked: SecondaryText,
	},
	{
		ID: "jp.civil-417-2",
		Cite: contracts.Ref{Doc: civilCode, Section: "第417条の2", Source: civilText, Gist: contracts.Text{
			JA: "将来の利益や費用から利息相当額を控除するときは、請求権が生じた時点の法定利率による",
			EN: "interest is discounted from future gains and costs at the legal rate of the time when the claim arose",
		}},
		Since:   on(2020, 4, 1),
		Checked: SecondaryText,
	},
	{
		ID: "jp.civil-420",
		Cite: contracts.Ref{Doc: civilCode, Section: "第420条", Source: civilText, Gist: contracts.Text{
			JA: "当事者は損害賠償の額を予定することができ、違約金は賠償額の予定と推定する",
			EN: "parties may agree damages in advance, and a penalty is presumed to be such",
		}},
		Checked: SecondaryText,
		Founds:  Form,
	},
	{
		ID: "jp.currency-3-1",
		Cite: contracts.Ref{Doc: "通貨の単位及び貨幣の発行等に関する法律", Section: "第3条第1項", Source: "https://iuris.jp/通貨の単位及び貨幣の発行等に関する法律-第三条-債務の支払金の端数計算/jpn/a/34393", Gist: contracts.Text{
			JA: "現金で支払う金額（同時に払う数個の債務では合計）の50銭未満は切り捨て、50銭以上1円未満は1円とする。特約があればそれによる",
			EN: "of a sum paid in cash (of the total, when several debts are paid together) less than 50 sen is dropped and from 50 sen on is one yen, unless agreed otherwise",
		}},
		Since:   on(1988, 4, 1),
		Checked: SecondaryText,
		Founds:  Form,
	},
	{
		ID: "jp.fractions-2-1",
		Cite: contracts.Ref{Doc: "国等の債権債務等の金額の端数計算に関する法律", Section: "第2条第1項・第3条", Source: "http://roppou.mark-point.jp/条文/国等の債権債務等の金額の端数計算に関する法律.html", Gist: contracts.Text{
			JA: "国や地方公共団体の債権債務の1円未満は切り捨て、分割払の端数はすべて最初の期限の分に合算する",
			EN: "in claims and debts of the state and of local bodies fractions of a yen are dropped, and those of instalments all go into the first",
		}},
		Checked: SecondaryText,
		Founds:  Form,
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
		Since:         on(2020, 4, 1),
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
