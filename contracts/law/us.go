package law

import "github.com/amends-go/amends/contracts"

const (
	usc       = "15 U.S.C."
	pslraText = "Private Securities Litigation Reform Act of 1995, 109 Stat. 760: https://en.wikisource.org/wiki/Page:United_States_Statutes_at_Large_Volume_109_Part_1.djvu/776, https://www.law.cornell.edu/uscode/text/15/78u-4"
	y2kText   = "Y2K Act, Pub. L. 106-37: https://www.govinfo.gov/app/details/PLAW-106publ37, headings and scope read at https://chanrobles.com/usa/uslaws/codes/title15/15usc6603.php"
)

// usFederal holds federal regimes for several at fault. Each holds for its own kind of claim, so that all are Debated: that the claim is one
// in admiralty, for securities, or for a failure over the year 2000 is a finding.
var usFederal = []Entry{
	{
		ID: "us.edmonds",
		Cite: contracts.Ref{Doc: "Edmonds v. Compagnie Générale Transatlantique", Section: "443 U.S. 256 (1979)", Source: "https://supreme.justia.com/cases/federal/us/443/256/", Gist: contracts.Text{
			JA: "海事では、加害者は他の者の過失の割合にかかわらず被害者に全部の責任を負う",
			EN: "in admiralty a wrongdoer answers to the injured for the whole, whatever the share of the others",
		}},
		Checked:   SecondaryText,
		Founds:    Answers,
		Liability: &Liability{Of: Joint},
		Debated:   true,
	},
	{
		ID: "us.amclyde",
		Cite: contracts.Ref{Doc: "McDermott, Inc. v. AmClyde", Section: "511 U.S. 202 (1994)", Source: "https://law.onecle.com/ussc/511/511us204.html", Gist: contracts.Text{
			JA: "海事では、和解した者の過失の割合だけ残りの者の責任が減り、支払われた額は問わない",
			EN: "in admiralty a settlement takes off the settling party's share of fault, whatever was paid",
		}},
		Checked:    SecondaryText,
		Founds:     Settles,
		Settlement: Proportionate,
		Debated:    true,
	},
	{
		ID: "us.pslra-f-2",
		Cite: contracts.Ref{Doc: usc, Section: "§ 78u-4(f)(2)", Source: pslraText, Gist: contracts.Text{
			JA: "証券訴訟では、故意に違反した者だけが連帯責任を負い、他は自己の割合だけ責任を負う",
			EN: "in securities actions only one who violated knowingly answers jointly; others answer for their own percentage",
		}},
		Since:     on(1995, 12, 22),
		Checked:   SecondaryText,
		Founds:    Answers,
		Liability: &Liability{Of: Several},
		Debated:   true,
	},
	{
		ID: "us.pslra-f-4-left",
		Cite: contracts.Ref{Doc: usc, Section: "§ 78u-4(f)(4)(A)(ii) (shares among those left)", Source: pslraText, Gist: contracts.Text{
			JA: "回収不能分は、残りの者が「その割合に応じて」自己の負担分の50%まで負う。割合を残りの者の間のものと読む",
			EN: "an uncollectible share is borne by the others in proportion to their percentages, up to 50% of their own share; read as percentages among those left",
		}},
		Since:        on(1995, 12, 22),
		Checked:      SecondaryText,
		Founds:       Reallocates,
		Reallocation: &Reallocation{To: OnOthersUpTo, UpTo: half},
		Debated:      true,
	},
	{
		ID: "us.pslra-f-4-whole",
		Cite: contracts.Ref{Doc: usc, Section: "§ 78u-4(f)(4)(A)(ii) (shares of the whole)", Source: pslraText, Gist: contracts.Text{
			JA: "同じ規定を、割合を全体に対するものと読む。各自は回収不能分にその割合を掛けた額（自己の負担分の50%まで）を負い、残りは原告が負う",
			EN: "the same words read as percentages of the whole: each bears its percentage of the uncollectible share, up to 50% of its own, and the plaintiff the rest",
		}},
		Since:        on(1995, 12, 22),
		Checked:      SecondaryText,
		Founds:       Reallocates,
		Reallocation: &Reallocation{To: OnOthersUpTo, UpTo: half, OfWhole: true},
		Debated:      true,
	},
	{
		ID: "us.pslra-f-7",
		Cite: contracts.Ref{Doc: usc, Section: "§ 78u-4(f)(7)(B)", Source: "https://natlawreview.com/article/win-nonsettling-defendants-facing-securities-act-claims", Gist: contracts.Text{
			JA: "証券訴訟では、和解した者の割合に当たる額と支払額の大きい方を判決額から引く",
			EN: "in securities actions the judgment falls by the greater of the settling person's percentage and what it paid",
		}},
		Since:      on(1995, 12, 22),
		Checked:    SecondaryText,
		Founds:     Settles,
		Settlement: GreaterOf,
		Debated:    true,
	},
	{
		ID: "us.y2k-6605-b",
		Cite: contracts.Ref{Doc: usc, Section: "§ 6605(a)–(c)", Source: y2kText, Gist: contracts.Text{
			JA: "2003年より前に生じた西暦2000年問題の訴訟では、特定の害意や詐欺のない限り、各自が自己の割合だけ責任を負う",
			EN: "in actions over failures of the year 2000 before 2003 each answers for its own percentage, unless it meant to injure or committed fraud",
		}},
		Since: on(1999, 1, 1), Until: on(2003, 1, 1),
		Checked:   SecondaryText,
		Founds:    Answers,
		Liability: &Liability{Of: Several},
		Debated:   true,
	},
	{
		ID: "us.y2k-6605-d-left",
		Cite: contracts.Ref{Doc: usc, Section: "§ 6605(d) (shares among those left)", Source: y2kText, Gist: contracts.Text{
			JA: "回収不能分は、残りの者が割合に応じて自己の負担分の50%まで負う。割合を残りの者の間のものと読む",
			EN: "an uncollectible share is borne by the others in proportion, up to 50% of their own share; read as percentages among those left",
		}},
		Since: on(1999, 1, 1), Until: on(2003, 1, 1),
		Checked:      Unverified,
		Founds:       Reallocates,
		Reallocation: &Reallocation{To: OnOthersUpTo, UpTo: half},
		Debated:      true,
	},
	{
		ID: "us.y2k-6605-d-whole",
		Cite: contracts.Ref{Doc: usc, Section: "§ 6605(d) (shares of the whole)", Source: y2kText, Gist: contracts.Text{
			JA: "同じ規定を、割合を全体に対するものと読む。残りは原告が負う",
			EN: "the same words read as percentages of the whole; the plaintiff bears the rest",
		}},
		Since: on(1999, 1, 1), Until: on(2003, 1, 1),
		Checked:      Unverified,
		Founds:       Reallocates,
		Reallocation: &Reallocation{To: OnOthersUpTo, UpTo: half, OfWhole: true},
		Debated:      true,
	},
	{
		ID: "us.y2k-6605-e",
		Cite: contracts.Ref{Doc: usc, Section: "§ 6605(e)", Source: y2kText, Gist: contracts.Text{
			JA: "和解した者の割合に当たる額と支払額の大きい方を判決額から引く",
			EN: "the judgment falls by the greater of the settling person's percentage and what it paid",
		}},
		Since: on(1999, 1, 1), Until: on(2003, 1, 1),
		Checked:    Unverified,
		Founds:     Settles,
		Settlement: GreaterOf,
		Debated:    true,
	},
}
