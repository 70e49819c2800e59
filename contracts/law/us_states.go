package law

import (
	"fmt"

	"github.com/amends-go/amends/contracts"
)

const mwlChart = "Matthiesen, Wickert & Lehrer, Contributory Negligence/Comparative Fault Laws in All 50 States: https://docslib.org/doc/1782001/contributory-negligence-comparative-fault-laws-in-all-5o-states"

// The bars of the claimant's own share.
var (
	anyFault  = &Bar{Above: true}              // contributory negligence
	fromHalf  = &Bar{Share: half}              // the rule called 50 %
	aboveHalf = &Bar{Share: half, Above: true} // the rule called 51 %
)

// ownFault is the rule of a state on the claimant's own fault in tort; a nil bar is pure comparative fault.
func ownFault(id, doc, section, source string, checked Checked, bar *Bar) Entry {
	ja, en := "請求者の過失の割合だけ減額する。割合が大きくても請求は失われない（純粋比較過失）", "damages fall by the claimant's share of fault, however great (pure comparative fault)"
	switch {
	case bar == anyFault:
		ja, en = "請求者に少しでも過失があれば請求は認められない（寄与過失）", "any fault of the claimant defeats the claim (contributory negligence)"
	case bar != nil && bar.Above:
		ja, en = fmt.Sprintf("請求者の過失が%sを超えると請求は認められず、それ以下は割合だけ減額する", bar.Share.Percent()), fmt.Sprintf("a share of fault above %s defeats the claim; up to that damages fall by it", bar.Share.Percent())
	case bar != nil:
		ja, en = fmt.Sprintf("請求者の過失が%s以上なら請求は認められず、それ未満は割合だけ減額する", bar.Share.Percent()), fmt.Sprintf("a share of fault of %s or more defeats the claim; below that damages fall by it", bar.Share.Percent())
	}
	return Entry{ID: id, Checked: checked, Founds: OwnFault, Bar: bar,
		Cite: contracts.Ref{Doc: doc, Section: section, Source: source, Gist: contracts.Text{JA: "不法行為では、" + ja, EN: "in tort, " + en}}}
}

// eachAlone notes that the bar is held against each of the others alone.
func eachAlone(e Entry) Entry {
	e.Cite.Gist.JA += "。相手が数人のときは一人ずつと比べる"
	e.Cite.Gist.EN += "; against several it is compared with each alone"
	return e
}

// since and until date an entry.
func (e Entry) since(d contracts.Date) Entry { e.Since = d; return e }
func (e Entry) until(d contracts.Date) Entry { e.Until = d; return e }

// usOwnFault is the own fault of the claimant, by state.
var usOwnFault = []Entry{
	ownFault("us-ak.as-09-17-060", "Alaska Statutes", "§ 09.17.060", "https://www.aircraftbuilders.com/custpage.cfm/sec_id/177313/news_id/33145/ALASKA", SecondaryText, nil),
	ownFault("us-al.contributory", "Alabama Power Co. v. Schotz", "215 So. 2d 447 (Ala. 1968)", mwlChart, SecondaryText, anyFault),
	ownFault("us-az.ars-12-2505", "Arizona Revised Statutes", "§ 12-2505", "https://law.onecle.com/arizona/title-12/12-2505.html", SecondaryText, nil),
	ownFault("us-ca.li", "Li v. Yellow Cab Co.", "13 Cal. 3d 804 (1975)", "https://app.midpage.ai/document/dafonte-v-up-right-inc-1171534", SecondaryText, nil),
	ownFault("us-co.crs-13-21-111", "Colorado Revised Statutes", "§ 13-21-111", "https://law.justia.com/codes/colorado/2021/title-13/article-21/part-1/section-13-21-111/", SecondaryText, fromHalf),
	ownFault("us-dc.contributory", "Wingfield v. People's Drug Store", "379 A.2d 685 (D.C. 1977)", mwlChart, SecondaryText, anyFault),
	ownFault("us-fl.768-81-2", "Florida Statutes", "§ 768.81(2)", "http://www.flsenate.gov/Laws/Statutes/2010/768.81", OfficialText, nil).until(on(2023, 3, 24)),
	ownFault("us-fl.768-81-6", "Florida Statutes", "§ 768.81(6) (HB 837, ch. 2023-15)", "https://www.jdsupra.com/legalnews/florida-passes-tort-reform-bill-2285270/", SecondaryText, aboveHalf).since(on(2023, 3, 24)),
	ownFault("us-ga.ocga-51-12-33-g", "O.C.G.A.", "§ 51-12-33(a), (g)", "https://law.justia.com/codes/georgia/2022/title-51/chapter-12/article-2/section-51-12-33/", SecondaryText, fromHalf),
	ownFault("us-ia.code-668-3", "Iowa Code", "§ 668.3", "https://courtgpt.ai/laws/iowa/title-xv/chapter-668/section-668-3", SecondaryText, aboveHalf),
	ownFault("us-il.735-2-1116", "735 ILCS 5", "2-1116", "https://ilga.gov/ftp/legislation/96/HB/09600HB5795.htm", SecondaryText, aboveHalf),
	ownFault("us-in.code-34-51-2-6", "Indiana Code", "§ 34-51-2-6", "https://lexace.ai/us/statute/indiana/34-51-2-6", SecondaryText, aboveHalf),
	ownFault("us-ks.ksa-60-258a", "K.S.A.", "60-258a(a)", "https://www.ksrevisor.org/statutes/chapters/ch60/060_002_0058a.html", OfficialText, fromHalf),
	ownFault("us-la.art-2323-before-2026", "Louisiana Civil Code", "art. 2323(A) (until 2025)", "https://www.legis.la.gov/legis/law.aspx?d=109387", OfficialText, nil).until(on(2026, 1, 1)),
	ownFault("us-la.art-2323", "Louisiana Civil Code", "art. 2323(A) (Acts 2025, No. 15)", "https://www.legis.la.gov/legis/law.aspx?d=109387", OfficialText, &Bar{Share: contracts.MustRatio(51, 100)}).since(on(2026, 1, 1)),
	ownFault("us-ma.gl-231-85", "Massachusetts General Laws", "ch. 231, § 85", "https://www.findlaw.com/state/massachusetts-law/massachusetts-negligence-laws.html", SecondaryText, aboveHalf),
	ownFault("us-md.contributory", "Coleman v. Soccer Association of Columbia", "432 Md. 679 (2013)", "http://www.insurancejournal.com/news/east/2013/08/06/300202.htm", SecondaryText, anyFault),
	eachAlone(ownFault("us-mn.stat-604-01", "Minnesota Statutes", "§ 604.01", "https://mhlawreview.org/article/the-staab-saga-the-nonparty-joint-and-several-liability-and-loss-reallocation-in-the-minnesota-comparative-fault-act", SecondaryText, aboveHalf)),
	ownFault("us-mo.gustafson", "Gustafson v. Benda", "661 S.W.2d 11 (Mo. 1983)", "https://supreme.justia.com/cases/missouri/supreme-court/1983/63857-0.html", SecondaryText, nil),
	ownFault("us-nc.contributory", "North Carolina common law", "Gardner, 18 Campbell L. Rev. 1 (1996)", "http://scholarship.law.campbell.edu/clr", SecondaryText, anyFault),
	ownFault("us-nj.2a-15-5-1", "N.J.S.A.", "2A:15-5.1", "https://lis.njleg.state.nj.us/nxt/gateway.dll/statutes%2F1%2F112%2F353", OfficialText, aboveHalf),
	ownFault("us-ny.cplr-1411", "New York CPLR", "1411(a)", "https://newyork.public.law/laws/n.y._civil_practice_law_and_rules_section_1411", SecondaryText, nil),
	ownFault("us-oh.orc-2315-33", "Ohio Revised Code", "§ 2315.33", "https://casetext.com/statute/ohio-revised-code/title-23-courts-common-pleas/chapter-2315-trial-procedure/section-231533-contributory-fault-effect-on-right-to-recover", SecondaryText, aboveHalf),
	ownFault("us-pa.7102-a", "42 Pa.C.S.", "§ 7102(a)", "http://law.onecle.com/pennsylvania/judiciary-and-judicial-procedure/00.071.002.000.html", SecondaryText, aboveHalf),
	ownFault("us-tn.mcintyre", "McIntyre v. Balentine", "833 S.W.2d 52 (Tenn. 1992)", "https://cetient.com/opinion/2372676/mcintyre-v-balentine", SecondaryText, fromHalf),
	ownFault("us-tx.cprc-33-001", "Texas Civil Practice and Remedies Code", "§§ 33.001, 33.012", "https://law.onecle.com/texas/civil/title-2/subtitle-c/chapter-33/index.html", SecondaryText, aboveHalf),
	ownFault("us-ut.78b-5-818-2", "Utah Code", "§ 78B-5-818(2)", "https://lawserver.com/?p=29776544", SecondaryText, fromHalf),
	ownFault("us-va.contributory", "Greater Richmond Transit Co. v. Massey", "268 Va. 354 (2004)", "https://brienrochelaw.com/tort-law/tort-case-law/c/contributory-negligence/", SecondaryText, anyFault),
	ownFault("us-wa.rcw-4-22-005", "RCW", "4.22.005", "https://bwj-legal.com/post/comparative-fault-in-washington-state", SecondaryText, nil),
	eachAlone(ownFault("us-wi.895-045-1", "Wisconsin Statutes", "§ 895.045(1) (own negligence)", "https://docs.legis.wisconsin.gov/statutes/statutes/895/i/045?view=section", OfficialText, aboveHalf)),
}
