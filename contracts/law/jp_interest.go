package law

import "github.com/amends-go/amends/contracts"

// jpInterest is delay interest. The rate of the day on which the delay began stays (article 419(1); for delay before 2020-04-01 article
// 17(3) of the supplementary provisions of Act No. 44 of 2017).
var jpInterest = []Entry{
	{
		ID: "jp.civil-404",
		Cite: contracts.Ref{Doc: civilCode, Section: "第404条", Source: "https://www.moj.go.jp/MINJI/minji07_00366.html", Gist: contracts.Text{
			JA: "法定利率は2020年3月31日まで年5%、同年4月1日から年3%で、3年ごとに見直す（2029年3月31日まで3%）",
			EN: "the legal rate is 5% until 2020-03-31 and 3% from 2020-04-01, looked at every three years (3% until 2029-03-31)",
		}},
		Checked: OfficialText,
		Founds:  Interest,
		Rates: rates(on(2029, 4, 1),
			rateFrom{contracts.Date{}, 500}, rateFrom{on(2020, 4, 1), 300}, rateFrom{on(2023, 4, 1), 300}, rateFrom{on(2026, 4, 1), 300}),
	},
	{
		ID: "jp.civil-419",
		Cite: contracts.Ref{Doc: civilCode, Section: "第419条", Source: "https://ja.wikibooks.org/wiki/民法第419条", Gist: contracts.Text{
			JA: "金銭債務の遅滞では、遅滞の責任を負った最初の時点の法定利率による。高い約定利率があればそれによる。損害の証明を要せず、不可抗力も抗弁とならない",
			EN: "a money debt in delay bears the legal rate of the time when the delay began, or an agreed one that is higher; no loss is to be proved and force majeure is no defence",
		}},
		Checked: SecondaryText,
		Founds:  Interest,
	},
	{
		ID: "jp.commercial-514",
		Cite: contracts.Ref{Doc: "商法", Section: "第514条（削除前）", Source: "https://maple-law.jp/blog/2020123", Gist: contracts.Text{
			JA: "商行為によって生じた債務の法定利率は年6%とする（2020年4月1日削除）。不法行為による債務には及ばない",
			EN: "debts from commercial acts bear 6% a year (repealed on 2020-04-01); debts from torts do not",
		}},
		Until:   on(2020, 4, 1),
		Checked: SecondaryText,
		Founds:  Interest,
		Rates:   rates(on(2020, 4, 1), rateFrom{contracts.Date{}, 600}),
		Debated: true,
	},
}
