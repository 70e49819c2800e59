package law

import "github.com/amends-go/amends/contracts"

const consumptionTax = "消費税法"

// jpTax is how the consumption tax treats what is paid. Whether a credit is a price reduction or damages is decided by no authority read.
var jpTax = []Entry{
	{
		ID: "jp.tax-29",
		Cite: contracts.Ref{Doc: consumptionTax, Section: "第29条（地方消費税を含む）", Source: "https://akt.link/journal/syouhizeiitukara/", Gist: contracts.Text{
			JA: "税率は1989年4月1日から3%、1997年4月1日から5%、2014年4月1日から8%、2019年10月1日から10%（軽減税率8%）",
			EN: "the rate is 3% from 1989-04-01, 5% from 1997-04-01, 8% from 2014-04-01 and 10% from 2019-10-01 (reduced rate 8%)",
		}},
		Since:   on(1989, 4, 1),
		Checked: SecondaryText,
		Founds:  Tax,
		Rates: rates(contracts.Date{},
			rateFrom{on(1989, 4, 1), 300}, rateFrom{on(1997, 4, 1), 500}, rateFrom{on(2014, 4, 1), 800}, rateFrom{on(2019, 10, 1), 1000}),
	},
	{
		ID: "jp.tax-38",
		Cite: contracts.Ref{Doc: consumptionTax, Section: "第38条・第57条の4第3項", Source: "https://kaikeizine.jp/article/37283/", Gist: contracts.Text{
			JA: "料金の減額・返金は売上げに係る対価の返還等であり、課税事業者には適格返還請求書を交付する",
			EN: "a reduction or refund of the fee is a return of consideration, for which taxable buyers are given a return invoice",
		}},
		Since:   on(2023, 10, 1),
		Checked: SecondaryText,
		Founds:  Tax,
	},
	{
		ID: "jp.tax-57-4-3",
		Cite: contracts.Ref{Doc: consumptionTax, Section: "第57条の4第3項ただし書・施行令第70条の9", Source: "https://linemedia.jp/category/消費税法/page/22", Gist: contracts.Text{
			JA: "税込1万円未満の対価の返還等には適格返還請求書の交付を要しない（返還の請求や債権ごとに判定する）",
			EN: "no return invoice is needed below 10,000 yen including tax, judged for each refunded claim or invoice",
		}},
		Since:   on(2023, 10, 1),
		Checked: SecondaryText,
		Founds:  Tax,
		Spares:  &Spared{Below: 10_000, Currency: "JPY"},
	},
	{
		ID: "jp.tax-circular-5-2-5",
		Cite: contracts.Ref{Doc: "消費税法基本通達", Section: "5-2-5", Source: "https://www.nta.go.jp/taxes/shiraberu/taxanswer/shohi/6257.htm", Gist: contracts.Text{
			JA: "心身又は資産に加えられた損害の賠償金は課税の対象外である。実質が対価であるもの（引き渡した棚卸資産、権利の使用料、明渡しの遅滞）は課税される",
			EN: "damages for harm to person or property are outside the tax; what is in substance a price (goods handed over, use of rights, late vacating) is taxable",
		}},
		Checked: OfficialText,
		Founds:  Tax,
	},
}
