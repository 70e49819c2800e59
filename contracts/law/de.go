package law

import "github.com/amends-go/amends/contracts"

const bgb = "BGB"

// deCivil is the German Civil Code on damages and on several who are at fault, and the case law on it.
var deCivil = []Entry{
	{
		ID: "de.bgb-280-1",
		Cite: contracts.Ref{Doc: bgb, Section: "§ 280 Abs. 1", Source: "https://www.buergerliches-gesetzbuch.info/bgb/280.html", Gist: contracts.Text{
			JA: "債務者は義務違反による損害を賠償する。責めに帰すべき事由のないことを債務者が示したときはこの限りでない",
			EN: "a debtor makes good the loss from a breach, unless it shows that it does not answer for the breach",
		}},
		Checked: SecondaryText,
		Founds:  Fault,
	},
	{
		ID: "de.bgb-249",
		Cite: contracts.Ref{Doc: bgb, Section: "§§ 249, 252", Source: "https://buzer.de/s1.htm?a=249-292&g=BGB", Gist: contracts.Text{
			JA: "損害がなかったのと同じ状態にする（完全賠償）。逸失利益も含む",
			EN: "the state without the harm is to be restored in full, lost profit included",
		}},
		Checked: SecondaryText,
		Founds:  Scope,
	},
	{
		ID: "de.bgb-254",
		Cite: contracts.Ref{Doc: bgb, Section: "§ 254", Source: "https://ruessmann.jura.uni-saarland.de/bvr2006/Vorlesung/mehrere_mit.htm", Gist: contracts.Text{
			JA: "損害の発生・拡大に被害者の過失が寄与したときは、賠償の義務と範囲は、主としてどちらがどれだけ原因となったかによる。全部を失うこともある",
			EN: "where fault of the injured contributed, whether and how much is owed depends mainly on who caused how much; nothing may be left",
		}},
		Checked: SecondaryText,
		Founds:  OwnFault,
	},
	{
		ID: "de.bghz-30-203",
		Cite: contracts.Ref{Doc: "BGHZ", Section: "30, 203 (16.06.1959, VI ZR 95/58)", Source: "https://ruessmann.jura.uni-saarland.de/bvr2006/Vorlesung/mehrere_mit.htm", Gist: contracts.Text{
			JA: "別々に原因を与えた複数の加害者には、被害者の過失を一人ずつと比べ、合計は全体を見たときの割合を超えない（個別衡量と全体衡量）",
			EN: "against several independent wrongdoers the injured's fault is weighed with each alone, and together they pay no more than their part of the whole",
		}},
		Checked:  SecondaryText,
		Founds:   Weighs,
		Weighing: SingleAndTotal,
	},
	{
		ID: "de.bgb-421",
		Cite: contracts.Ref{Doc: bgb, Section: "§ 421", Source: "https://uamr.de/gesamtschuldnerschaft", Gist: contracts.Text{
			JA: "連帯債務では、債権者はどの債務者からでも全部又は一部を、ただし一度だけ請求できる",
			EN: "the creditor may claim all or part from any joint debtor, but only once",
		}},
		Checked:   SecondaryText,
		Founds:    Answers,
		Liability: &Liability{Of: Joint},
	},
	{
		ID: "de.bgb-426",
		Cite: contracts.Ref{Doc: bgb, Section: "§ 426 Abs. 1 Satz 1", Source: "https://de.openlegaldata.io/law/bgb/426", Gist: contracts.Text{
			JA: "連帯債務者は、別段の定めがなければ相互に等しい割合で負担する。損害賠償では寄与の割合（§ 254の準用）が別段の定めとなり、負担部分を超えて払った者が求償する",
			EN: "joint debtors bear equal parts among themselves unless determined otherwise, which for damages the contributions (§ 254) do; who has paid beyond its part recovers",
		}},
		Checked:      SecondaryText,
		Founds:       Contributes,
		Contribution: BeyondOwn,
	},
	{
		ID: "de.bgb-426-equal",
		Cite: contracts.Ref{Doc: bgb, Section: "§ 426 Abs. 1 Satz 1 (gleiche Anteile)", Source: "https://de.openlegaldata.io/law/bgb/426", Gist: contracts.Text{
			JA: "別段の定めがなければ等しい割合で負担する",
			EN: "equal parts, unless determined otherwise",
		}},
		Checked: SecondaryText,
		Founds:  EqualPart,
	},
	{
		ID: "de.bgb-426-lost",
		Cite: contracts.Ref{Doc: bgb, Section: "§ 426 Abs. 1 Satz 2", Source: "https://de.openlegaldata.io/law/bgb/426", Gist: contracts.Text{
			JA: "連帯債務者の一人から負担部分を得られないときは、残りの者が分担する",
			EN: "a contribution that cannot be had from one joint debtor is borne by the others",
		}},
		Checked:      SecondaryText,
		Founds:       Reallocates,
		Reallocation: &Reallocation{To: OnOthers},
	},
	{
		ID: "de.bgb-830",
		Cite: contracts.Ref{Doc: bgb, Section: "§ 830 Abs. 1", Source: "https://haufe.de/recht/deutsches-anwalt-office-premium/pruettingwegenweinreich-bgb-kommentar-bgb-830-bgb-mittaeter-und-beteiligte_idesk_PI17574_HI16543430.html", Gist: contracts.Text{
			JA: "共同して不法行為をした者は各自が責任を負う。誰が損害を生じさせたか分からないときも同じ",
			EN: "each of those who did harm together answers for it, also where it cannot be found who of them did it",
		}},
		Checked: SecondaryText,
	},
	{
		ID: "de.bgb-840-1",
		Cite: contracts.Ref{Doc: bgb, Section: "§ 840 Abs. 1", Source: "https://learn.recht-kreativ.org/gesetzl-sv/delikt-823+-bgb/haftung-mehrerer", Gist: contracts.Text{
			JA: "一つの不法行為の損害に数人が責任を負うときは、連帯債務者となる",
			EN: "several who answer for the loss from one tort are joint debtors",
		}},
		Checked:   SecondaryText,
		Founds:    Answers,
		Liability: &Liability{Of: Joint},
	},
	{
		ID: "de.tkg-58-3",
		Cite: contracts.Ref{Doc: "TKG", Section: "§ 58 Abs. 3", Source: "https://www.buzer.de/58_TKG.htm", Gist: contracts.Text{
			JA: "電気通信サービスの完全な停止が2日を超えると、消費者は3日目と4日目は1日5ユーロか月額の10%、5日目からは10ユーロか20%の高い方を請求できる",
			EN: "when a service fails altogether for more than two days, a consumer may ask for the greater of 5 euros and 10% of the fee on days 3 and 4, and of 10 euros and 20% from day 5 on",
		}},
		Since:   on(2021, 12, 1),
		Checked: SecondaryText,
		Founds:  Form,
	},
}

// deTerms is what German law strikes. A standard term that goes too far is void altogether: it is not cut down to what would be allowed
// (§ 306), so that § 309 Nr. 7 b strikes also for ordinary negligence unless the term takes gross negligence out.
var deTerms = []Entry{
	{
		ID: "de.bgb-276-3",
		Cite: contracts.Ref{Doc: bgb, Section: "§ 276 Abs. 3", Source: "https://www.gesetze-im-internet.de/bgb/__276.html", Gist: contracts.Text{
			JA: "故意による責任は、あらかじめ免除することができない",
			EN: "liability for a debtor's own intent cannot be waived in advance",
		}},
		Checked: SecondaryText,
		Control: &Control{Against: TotalExemption | PartialLimit, When: contracts.Condition{Grade: contracts.Intent}},
	},
	{
		ID: "de.bgb-309-7-a",
		Cite: contracts.Ref{Doc: bgb, Section: "§ 309 Nr. 7 Buchst. a", Source: "https://beck-online.beck.de/Print/CurrentDoc?vpath=bibdata/komm/wolipfagb_7/bgb/cont/wolipfagb.bgb.p309.n7.htm", Gist: contracts.Text{
			JA: "生命・身体・健康の侵害による損害について責任を免除・制限する約款は無効である。事業者間でも同じに解されている",
			EN: "standard terms that exclude or limit liability for injury to life, body or health are void; the courts hold the same between businesses",
		}},
		Since:   on(2002, 1, 1),
		Checked: SecondaryText,
		Control: &Control{Against: TotalExemption | PartialLimit, When: contracts.Condition{Fact: Injury, Grade: contracts.Ordinary}},
	},
	{
		ID: "de.bgb-309-7-b",
		Cite: contracts.Ref{Doc: bgb, Section: "§ 309 Nr. 7 Buchst. b", Source: "https://beck-online.beck.de/Print/CurrentDoc?vpath=bibdata/komm/wolipfagb_7/bgb/cont/wolipfagb.bgb.p309.n7.htm", Gist: contracts.Text{
			JA: "消費者に対し、重過失・故意を除外せずに責任を免除・制限する約款は、全体として無効である",
			EN: "against consumers, standard terms that exclude or limit liability without taking gross negligence and intent out are void altogether",
		}},
		Since:   on(2002, 1, 1),
		Checked: SecondaryText,
		Control: &Control{Against: TotalExemption | PartialLimit, When: contracts.Condition{Consumer: contracts.Consumers}, SparesStated: true},
	},
	{
		ID: "de.bgb-310-1",
		Cite: contracts.Ref{Doc: bgb, Section: "§ 307, § 310 Abs. 1 (§ 309 Nr. 7 b)", Source: "https://haufe.de/recht/deutsches-anwalt-office-premium/lexikon-i-die-klauselverbote-des-309-nr7-bgb_idesk_PI17574_HI11251768.html", Gist: contracts.Text{
			JA: "事業者間でも、重過失の責任を全部免除する約款は不当とされる。額を制限することまで許されないかは判断されていない",
			EN: "between businesses too, terms that exclude liability for gross negligence are held unfair; whether limiting it is, was left open",
		}},
		Since:   on(2002, 1, 1),
		Checked: SecondaryText,
		Control: &Control{Against: TotalExemption | PartialLimit, When: contracts.Condition{Consumer: contracts.Businesses, Grade: contracts.Gross}},
		Debated: true,
	},
	{
		ID: "de.bgb-307",
		Cite: contracts.Ref{Doc: bgb, Section: "§ 307", Source: "https://mobile.lexexakt.de/index.php/glossar/bgb0307.php", Gist: contracts.Text{
			JA: "信義則に反して相手方を不当に不利にする約款、特に契約の目的の達成に欠かせない義務（基本的義務）の責任を空にする約款は無効である",
			EN: "standard terms are void that disadvantage the other party unreasonably, above all those that empty a duty without which the contract cannot serve its purpose",
		}},
		Since:         on(2002, 1, 1),
		Checked:       SecondaryText,
		Control:       &Control{Against: TotalExemption | PartialLimit},
		Discretionary: true,
	},
}
