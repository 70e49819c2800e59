package law

import (
	"fmt"

	"github.com/amends-go/amends/contracts"
)

// answers is the rule of a state on how several at fault answer in tort. Exceptions, such as for those who act in concert or by
// intent, are for the findings.
func answers(id, doc, section, source string, checked Checked, l Liability) Entry {
	threshold := func(ja, en string) (string, string) {
		if l.Above {
			return fmt.Sprintf(ja, l.From.Percent()+"を超える"), fmt.Sprintf(en, "more than "+l.From.Percent())
		}
		return fmt.Sprintf(ja, l.From.Percent()+"以上の"), fmt.Sprintf(en, l.From.Percent()+" or more")
	}
	ja, en := "各自が連帯して全部の責任を負う", "each answers jointly for the whole"
	switch l.Of {
	case Several:
		ja, en = "各自は自己の過失の割合だけ責任を負う", "each answers for its own share of fault only"
	case Partly:
		ja, en = threshold("%s過失のある者だけが連帯して全部の責任を負い、他は自己の割合だけ責任を負う", "who bears %s of the fault answers for the whole, others for their own share")
	}
	switch l.NonEconomic {
	case Several:
		ja, en = ja+"。精神的損害など金銭的でない損害は割合だけとする", en+"; for loss that is not of money each answers for its own share"
	case Partly:
		j, e := threshold("。金銭的でない損害について全部の責任を負うのは%s過失のある者だけである", "; for loss that is not of money only who bears %s of the fault answers for the whole")
		ja, en = ja+j, en+e
	}
	return Entry{ID: id, Checked: checked, Founds: Answers, Liability: &l,
		Cite: contracts.Ref{Doc: doc, Section: section, Source: source, Gist: contracts.Text{JA: "不法行為では、" + ja, EN: "in tort, " + en}}}
}

// debated marks an entry as one that a finding decides on, and says on what it turns.
func (e Entry) debated(ja, en string) Entry {
	e.Debated = true
	e.Cite.Gist.JA, e.Cite.Gist.EN = e.Cite.Gist.JA+"。"+ja, e.Cite.Gist.EN+"; "+en
	return e
}

// usSeveral is how several at fault answer, contribute and settle, by state.
var usSeveral = []Entry{
	answers("us-ak.as-09-17-080", "Alaska Statutes", "§ 09.17.080", "https://www.walkermorgan.com/alaska/law/", SecondaryText, Liability{Of: Several}),
	answers("us-az.ars-12-2506", "Arizona Revised Statutes", "§ 12-2506", "https://cetient.com/opinion/2584212/state-farm-ins-companies-v-premier-manufactured-systems-inc", SecondaryText, Liability{Of: Several}),
	answers("us-ca.civ-1431-2", "California Civil Code", "§ 1431.2", "http://law.onecle.com/california/civil/1431.2.html", SecondaryText, Liability{Of: Joint, NonEconomic: Several}),
	{
		ID: "us-ca.ccp-877",
		Cite: contracts.Ref{Doc: "California Code of Civil Procedure", Section: "§ 877(a)", Source: "https://www.lawpipe.com/California/California_Code_of_Civil_Procedure_Section_14312.html", Gist: contracts.Text{
			JA: "善意の和解は、定めた額と支払額の大きい方だけ他の者への請求を減らす",
			EN: "a settlement in good faith lowers the claims against the others by the amount stipulated or paid, whichever is greater",
		}},
		Checked:    SecondaryText,
		Founds:     Settles,
		Settlement: ProTanto,
	},
	answers("us-co.crs-13-21-111-5", "Colorado Revised Statutes", "§ 13-21-111.5(1)", "https://colorado.public.law/statutes/crs_13-21-111.5", SecondaryText, Liability{Of: Several}),
	answers("us-fl.768-81-3", "Florida Statutes", "§ 768.81(3)", "http://www.flsenate.gov/Laws/Statutes/2010/768.81", OfficialText, Liability{Of: Several}).since(on(2006, 4, 26)),
	answers("us-ga.ocga-51-12-33-b", "O.C.G.A.", "§ 51-12-33(b)", "https://law.justia.com/codes/georgia/2022/title-51/chapter-12/article-2/section-51-12-33/", SecondaryText, Liability{Of: Several}),
	{
		ID: "us-ga.ocga-51-12-33-b-contribution",
		Cite: contracts.Ref{Doc: "O.C.G.A.", Section: "§ 51-12-33(b) (contribution)", Source: "https://law.justia.com/codes/georgia/2022/title-51/chapter-12/article-2/section-51-12-33/", Gist: contracts.Text{
			JA: "割合に応じて定められた損害賠償については、求償は認められない",
			EN: "damages that were apportioned are not subject to any right of contribution",
		}},
		Checked:      SecondaryText,
		Founds:       Contributes,
		Contribution: Barred,
	},
	answers("us-ia.code-668-4", "Iowa Code", "§ 668.4", "https://open-exam-prep.com/exams/ia-property-casualty/ia-auto-casualty/ia-comparative-fault", SecondaryText, Liability{Of: Partly, From: half, NonEconomic: Several}),
	answers("us-il.735-2-1117", "735 ILCS 5", "2-1117", "https://beta.ilga.gov/ftp/legislation/93/SB/09300SB0729enr.htm", OfficialText, Liability{Of: Partly, From: contracts.MustRatio(1, 4)}),
	answers("us-ks.ksa-60-258a-d", "K.S.A.", "60-258a(d)", "https://www.ksrevisor.org/statutes/chapters/ch60/060_002_0058a.html", OfficialText, Liability{Of: Several}),
	answers("us-la.art-2324", "Louisiana Civil Code", "art. 2324(B)", "https://www.louisianainjurylawyerblog.com/louisianas-pure-comparative-fa/", SecondaryText, Liability{Of: Several}),
	answers("us-mn.stat-604-02-1", "Minnesota Statutes", "§ 604.02 subd. 1", "https://lawserver.com/law/state/minnesota/mn-laws/minnesota_statutes_604-02", SecondaryText, Liability{Of: Partly, From: half, Above: true}).since(on(2003, 8, 1)),
	Entry{
		ID: "us-mn.stat-604-02-2",
		Cite: contracts.Ref{Doc: "Minnesota Statutes", Section: "§ 604.02 subd. 2", Source: "https://lawserver.com/law/state/minnesota/mn-laws/minnesota_statutes_604-02", Gist: contracts.Text{
			JA: "回収不能分は、過失のある請求者を含む他の者に過失の割合で割り直す",
			EN: "an uncollectible part is reallocated among the others, a claimant at fault included, by their shares of fault",
		}},
		Checked:      SecondaryText,
		Founds:       Reallocates,
		Reallocation: &Reallocation{To: OnAll},
	}.debated("割合だけの責任を負う者には割り直せない（Staab判決）", "not to one who answers for its own share only (Staab)"),
	Entry{
		ID: "us-mn.staab",
		Cite: contracts.Ref{Doc: "Staab v. Diocese of St. Cloud", Section: "853 N.W.2d 713 (Minn. 2014)", Source: "https://law.justia.com/cases/minnesota/supreme-court/2014/a12-1575.html", Gist: contracts.Text{
			JA: "自己の割合だけ責任を負う者に、回収不能分を割り直すことはできない",
			EN: "one who answers for its own share only is not made to bear what cannot be collected from another",
		}},
		Checked:      OfficialText,
		Founds:       Reallocates,
		Reallocation: &Reallocation{To: OnClaimant},
	}.debated("連帯責任を負う者がいるかによる", "it turns on whether anyone answers jointly"),
	answers("us-mo.stat-537-067", "Missouri Revised Statutes", "§ 537.067", "https://codes.findlaw.com/mo/title-xxxvi-statutory-actions-and-torts/mo-rev-st-537-067/", SecondaryText, Liability{Of: Partly, From: contracts.MustRatio(51, 100)}).since(on(2005, 8, 28)),
	answers("us-nj.2a-15-5-3", "N.J.S.A.", "2A:15-5.3", "http://njcounselors.com/library/article.php?id=%207", SecondaryText, Liability{Of: Partly, From: contracts.MustRatio(3, 5)}),
	answers("us-ny.cplr-1601", "New York CPLR", "1601", "https://nysenate.gov/legislation/laws/CVP/1601", OfficialText, Liability{Of: Joint, From: half, Above: true, NonEconomic: Partly}),
	{
		ID: "us-ny.gol-15-108",
		Cite: contracts.Ref{Doc: "New York General Obligations Law", Section: "§ 15-108(a)", Source: "https://newyork.public.law/laws/n.y._general_obligations_law_section_15-108", Gist: contracts.Text{
			JA: "和解は、定めた額、支払額、和解した者の公平な負担分のうち最も大きい額だけ他の者への請求を減らす",
			EN: "a settlement lowers the claim against the others by the amount stipulated, the amount paid or the settling party's equitable share, whichever is greatest",
		}},
		Checked:    SecondaryText,
		Founds:     Settles,
		Settlement: GreaterOf,
	},
	answers("us-oh.orc-2307-22", "Ohio Revised Code", "§ 2307.22", "https://www.keisgeorge.com/2022/03/16/subrogation-ohios-joint-several-liability-laws/", SecondaryText, Liability{Of: Partly, From: half, Above: true, NonEconomic: Several}).since(on(2003, 4, 9)),
	answers("us-pa.7102-a-1", "42 Pa.C.S.", "§ 7102(a.1)", "http://webiis05.mondaq.com/unitedstates/x/140512/Product+Liability/Fair+Share+Civil+LiabilityThe+New+Law+In+Pennsylvania", SecondaryText, Liability{Of: Partly, From: contracts.MustRatio(3, 5)}).since(on(2011, 6, 28)),
	answers("us-tn.mcintyre-several", "McIntyre v. Balentine", "833 S.W.2d 52, 58 (Tenn. 1992)", "https://cetient.com/opinion/2372676/mcintyre-v-balentine", SecondaryText, Liability{Of: Several}),
	answers("us-tx.cprc-33-013", "Texas Civil Practice and Remedies Code", "§ 33.013", "https://codes.findlaw.com/tx/civil-practice-and-remedies-code/civ-prac-rem-sect-33-013.html", SecondaryText, Liability{Of: Partly, From: half, Above: true}),
	answers("us-ut.78b-5-818-3", "Utah Code", "§ 78B-5-818(3)", "https://lawserver.com/?p=29776544", SecondaryText, Liability{Of: Several}),
	answers("us-wa.rcw-4-22-070-1", "RCW", "4.22.070(1)", "http://apps.leg.wa.gov/RCW/default.aspx?cite=4.22.070", OfficialText, Liability{Of: Several}).debated("請求者に過失があるとき", "where the claimant is at fault"),
	answers("us-wa.rcw-4-22-070-1-b", "RCW", "4.22.070(1)(b)", "http://apps.leg.wa.gov/RCW/default.aspx?cite=4.22.070", OfficialText, Liability{Of: Joint}).debated("請求者に過失がないとき", "where the claimant is not at fault"),
	answers("us-wi.895-045-1-several", "Wisconsin Statutes", "§ 895.045(1)", "https://docs.legis.wisconsin.gov/statutes/statutes/895/i/045?view=section", OfficialText, Liability{Of: Partly, From: contracts.MustRatio(51, 100)}),
}
