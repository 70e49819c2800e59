package law

import "github.com/amends-go/amends/contracts"

// gbFault is the law of England and Wales on the claimant's own fault and on several at fault.
var gbFault = []Entry{
	{
		ID: "gb.lra-1945-1",
		Cite: contracts.Ref{Doc: "Law Reform (Contributory Negligence) Act 1945", Section: "s. 1(1)", Source: "https://www.legislation.gov.uk/ukpga/Geo6/8-9/28/section/1, read at https://zoomlaw.co.uk/1945-28-ukpga.html", Gist: contracts.Text{
			JA: "被害者に過失があっても請求は退けられず、その責任の割合を考慮して裁判所が公正と認める限度で減額する。契約上の責任限度額は減額後の額に及ぶ",
			EN: "the claimant's own fault does not defeat the claim; damages are reduced as is just and equitable for its share in the responsibility, and a contractual limit holds for what is left",
		}},
		Checked: SecondaryText,
		Founds:  OwnFault,
	},
	{
		ID: "gb.vesta",
		Cite: contracts.Ref{Doc: "Forsikringsaktieselskapet Vesta v Butcher", Section: "[1989] AC 852, [1988] 3 WLR 565 (CA)", Source: "https://vlex.co.uk/vid/forsikringsaktieselskapet-vesta-v-butcher-792702925", Gist: contracts.Text{
			JA: "契約違反では、義務が不法行為上の注意義務と同じである場合（第3類型）に限り被害者の過失を考慮する。今も維持されるかには異論がある。過失割合の認定はこれを前提とする",
			EN: "in contract own fault counts only where the duty is the same as in tort (category 3), and some doubt even that; a finding of own fault takes it for granted",
		}},
		Checked: SecondaryText,
		Founds:  OwnFault,
	},
	{
		ID: "gb.hadley",
		Cite: contracts.Ref{Doc: "Hadley v Baxendale", Section: "(1854) 9 Exch 341", Source: "https://blogs.kentlaw.iit.edu/harriscontracts/syllabus/remedies/hadley-v-baxendale/", Gist: contracts.Text{
			JA: "違反から通常生ずる損害と、契約時に両当事者が予見しえた損害が賠償の範囲である",
			EN: "loss that arises naturally from the breach, or that both parties could contemplate when they contracted, is recoverable",
		}},
		Checked: SecondaryText,
		Founds:  Scope,
	},
	{
		ID: "gb.clca-1978-1",
		Cite: contracts.Ref{Doc: "Civil Liability (Contribution) Act 1978", Section: "ss. 1, 3", Source: "http://legislation.gov.uk/id/ukpga/1978/47/section/1/6", Gist: contracts.Text{
			JA: "同じ損害に責任を負う者は、連帯か否かを問わず各自が全部の責任を負い、一人に対する判決は他の者への訴えを妨げない",
			EN: "persons liable for the same damage, jointly or otherwise, each answer for all of it; judgment against one is no bar to suing another",
		}},
		Since:     on(1979, 1, 1),
		Checked:   OfficialText,
		Founds:    Answers,
		Liability: &Liability{Of: Joint},
	},
	{
		ID: "gb.clca-1978-2",
		Cite: contracts.Ref{Doc: "Civil Liability (Contribution) Act 1978", Section: "ss. 1(1), 2(1)", Source: "https://legislation.gov.uk/ukpga/1978/47", Gist: contracts.Text{
			JA: "公平な負担分を超えて払った者は、同じ損害に責任を負う者から、責任の程度に応じて公正と認められる分を求償できる",
			EN: "who has paid more than a fair share recovers from any other person liable for the same damage what is just and equitable for its responsibility",
		}},
		Since:        on(1979, 1, 1),
		Checked:      SecondaryText,
		Founds:       Contributes,
		Contribution: BeyondOwn,
	},
	{
		ID: "gb.fitzgerald",
		Cite: contracts.Ref{Doc: "Fitzgerald v Lane", Section: "[1989] AC 328", Source: "http://www.bailii.org/cgi-bin/markup.cgi?doc=uk/cases/UKHL/1988/5.html", Gist: contracts.Text{
			JA: "まず被害者の過失を加害者全体に対して量り、次に加害者の間の負担を定める",
			EN: "the claimant's fault is first weighed against all of the defendants together, and only then are shares found among them",
		}},
		Checked:  SecondaryText,
		Founds:   Weighs,
		Weighing: Absolute,
	},
}

const (
	ucta = "Unfair Contract Terms Act 1977"
	cra  = "Consumer Rights Act 2015"

	uctaText = "https://www.legislation.gov.uk/ukpga/1977/50, sections read at https://www.oxbridgenotes.co.uk/revision_notes/law-contract-law/samples/unreasonable-terms"
)

func uctaInjury(section string) contracts.Ref {
	return contracts.Ref{Doc: ucta, Section: section, Source: uctaText, Gist: contracts.Text{
		JA: "過失による死亡・傷害の責任を免除・制限することはできない",
		EN: "liability for death or personal injury resulting from negligence cannot be excluded or restricted",
	}}
}

func uctaOther(section string) contracts.Ref {
	return contracts.Ref{Doc: ucta, Section: section, Source: uctaText, Gist: contracts.Text{
		JA: "その他の損害の過失責任の免除・制限は、合理性の要件を満たすときに限り有効である。金額の制限では資力と保険も考慮する",
		EN: "for other loss, liability for negligence can be excluded or restricted only as far as that is reasonable; for a limit in money, resources and insurance count",
	}}
}

func uctaTerms(section string) contracts.Ref {
	return contracts.Ref{Doc: ucta, Section: section, Source: uctaText, Gist: contracts.Text{
		JA: "相手方の書面の標準約款による契約では、違反の責任の免除・制限は合理性の要件を満たすときに限り有効である",
		EN: "on the other's written standard terms, liability for breach can be excluded or restricted only as far as that is reasonable",
	}}
}

// gbTerms is what English law strikes. Since 2015-10-01 contracts between a trader and a consumer stand under the Act of 2015 instead of
// that of 1977, which from that day on is for businesses.
var gbTerms = []Entry{
	{
		ID:      "gb.ucta-2-1",
		Cite:    uctaInjury("s. 2(1)"),
		Since:   on(1978, 2, 1),
		Until:   on(2015, 10, 1),
		Checked: SecondaryText,
		Control: &Control{Against: TotalExemption | PartialLimit, When: contracts.Condition{Fact: Injury, Grade: contracts.Ordinary}},
	},
	{
		ID:      "gb.ucta-2-1-business",
		Cite:    uctaInjury("s. 2(1), (4)"),
		Since:   on(2015, 10, 1),
		Checked: SecondaryText,
		Control: &Control{Against: TotalExemption | PartialLimit, When: contracts.Condition{Fact: Injury, Grade: contracts.Ordinary, Consumer: contracts.Businesses}},
	},
	{
		ID:            "gb.ucta-2-2",
		Cite:          uctaOther("ss. 2(2), 11"),
		Since:         on(1978, 2, 1),
		Until:         on(2015, 10, 1),
		Checked:       SecondaryText,
		Control:       &Control{Against: TotalExemption | PartialLimit, When: contracts.Condition{Grade: contracts.Ordinary}},
		Discretionary: true,
	},
	{
		ID:            "gb.ucta-2-2-business",
		Cite:          uctaOther("ss. 2(2), (4), 11"),
		Since:         on(2015, 10, 1),
		Checked:       SecondaryText,
		Control:       &Control{Against: TotalExemption | PartialLimit, When: contracts.Condition{Grade: contracts.Ordinary, Consumer: contracts.Businesses}},
		Discretionary: true,
	},
	{
		ID:            "gb.ucta-3",
		Cite:          uctaTerms("ss. 3, 11"),
		Since:         on(1978, 2, 1),
		Until:         on(2015, 10, 1),
		Checked:       SecondaryText,
		Control:       &Control{Against: TotalExemption | PartialLimit},
		Discretionary: true,
	},
	{
		ID:            "gb.ucta-3-business",
		Cite:          uctaTerms("ss. 3(1)–(3), 11"),
		Since:         on(2015, 10, 1),
		Checked:       SecondaryText,
		Control:       &Control{Against: TotalExemption | PartialLimit, When: contracts.Condition{Consumer: contracts.Businesses}},
		Discretionary: true,
	},
	{
		ID: "gb.cra-57-1",
		Cite: contracts.Ref{Doc: cra, Section: "s. 57(1)", Source: "https://www.legislation.gov.uk/cy/ukpga/2015/15/section/57", Gist: contracts.Text{
			JA: "相当の注意と技能で役務を提供する義務（第49条）の責任を免除する条項は、消費者を拘束しない",
			EN: "a term that would exclude a trader's liability for reasonable care and skill (s. 49) does not bind the consumer",
		}},
		Since:   on(2015, 10, 1),
		Checked: OfficialText,
		Control: &Control{Against: TotalExemption, When: contracts.Condition{Consumer: contracts.Consumers, Grade: contracts.Ordinary}},
	},
	{
		ID: "gb.cra-57-3",
		Cite: contracts.Ref{Doc: cra, Section: "s. 57(3)", Source: "https://www.legislation.gov.uk/cy/ukpga/2015/15/section/57", Gist: contracts.Text{
			JA: "支払った代金の回復を妨げる責任の制限は、消費者を拘束しない。妨げない制限には第2編（不公正な条項）が及びうる",
			EN: "a restriction that would keep the consumer from recovering the price paid does not bind it; one that would not may still be unfair under Part 2",
		}},
		Since:   on(2015, 10, 1),
		Checked: OfficialText,
		Founds:  Form,
	},
	{
		ID: "gb.cra-62",
		Cite: contracts.Ref{Doc: cra, Section: "s. 62", Source: "https://legislation.gov.uk/ukpga/2015/15/section/62/2021-05-26/data.html", Gist: contracts.Text{
			JA: "信義に反して当事者の権利義務に著しい不均衡をもたらし、消費者を害する条項は、消費者を拘束しない",
			EN: "a term that against good faith causes a significant imbalance to the consumer's detriment does not bind it",
		}},
		Since:         on(2015, 10, 1),
		Checked:       OfficialText,
		Control:       &Control{Against: TotalExemption | PartialLimit, When: contracts.Condition{Consumer: contracts.Consumers}},
		Discretionary: true,
	},
	{
		ID: "gb.cra-65",
		Cite: contracts.Ref{Doc: cra, Section: "s. 65", Source: "https://www.legislation.gov.uk/ukpga/2015/15/section/65, bill at https://publications.parliament.uk/pa/bills/lbill/2014-2015/0064/lbill_2014-20150064_en_6.htm", Gist: contracts.Text{
			JA: "事業者は、過失による死亡・傷害の責任を消費者契約で免除・制限することができない",
			EN: "a trader cannot exclude or restrict liability to a consumer for death or personal injury resulting from negligence",
		}},
		Since:   on(2015, 10, 1),
		Checked: SecondaryText,
		Control: &Control{Against: TotalExemption | PartialLimit, When: contracts.Condition{Consumer: contracts.Consumers, Fact: Injury, Grade: contracts.Ordinary}},
	},
}
