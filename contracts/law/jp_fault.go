package law

import "github.com/amends-go/amends/contracts"

// jpFault is what the Civil Code and the courts say of several who are at fault. Articles 436 to 445 have their present wording since
// 2020-04-01 (Act No. 44 of 2017).
var jpFault = []Entry{
	{
		ID: "jp.civil-436",
		Cite: contracts.Ref{Doc: civilCode, Section: "第436条", Source: civilText, Gist: contracts.Text{
			JA: "連帯債務では、債権者は一人に対しても全員に対しても、全部又は一部の履行を請求できる",
			EN: "the creditor of a joint debt may claim all or part of it from one debtor or from all",
		}},
		Since:     on(2020, 4, 1),
		Checked:   SecondaryText,
		Founds:    Answers,
		Liability: &Liability{Of: Joint},
	},
	{
		ID: "jp.civil-441",
		Cite: contracts.Ref{Doc: civilCode, Section: "第441条", Source: civilText, Gist: contracts.Text{
			JA: "更改・相殺・混同を除き、連帯債務者の一人に生じた事由は他の者に効力を生じない",
			EN: "what happens to one joint debtor does not affect the others, except novation, set-off and merger",
		}},
		Since:   on(2020, 4, 1),
		Checked: SecondaryText,
	},
	{
		ID: "jp.civil-442-1",
		Cite: contracts.Ref{Doc: civilCode, Section: "第442条第1項", Source: "https://tek-law.jp/civil-code/claims/general-provisions/claims-and-obligations-with-multiple-parties/joint-and-several-obligations/article-442", Gist: contracts.Text{
			JA: "弁済した連帯債務者は、自己の負担部分を超えるかどうかにかかわらず、支出額のうち各自の負担部分に応じた額を求償できる。共同不法行為者に及ぶかは争いがある",
			EN: "a joint debtor who has paid recovers from the others by their shares, whether or not the payment exceeds its own part; whether that holds among joint tortfeasors is disputed",
		}},
		Since:        on(2020, 4, 1),
		Checked:      SecondaryText,
		Founds:       Contributes,
		Contribution: AnyPayment,
		Debated:      true,
	},
	{
		ID: "jp.civil-443",
		Cite: contracts.Ref{Doc: civilCode, Section: "第443条", Source: civilText, Gist: contracts.Text{
			JA: "他の連帯債務者への事前・事後の通知を怠って弁済した者は、求償を制限される",
			EN: "a joint debtor who pays without telling the others before and after may be met with their defences",
		}},
		Since:   on(2020, 4, 1),
		Checked: SecondaryText,
	},
	{
		ID: "jp.civil-444",
		Cite: contracts.Ref{Doc: civilCode, Section: "第444条", Source: "https://tek-law.jp/civil-code/claims/general-provisions/claims-and-obligations-with-multiple-parties/joint-and-several-obligations/article-444", Gist: contracts.Text{
			JA: "償還の資力のない者の部分は、求償者と他の資力のある者が負担部分に応じて（いずれも負担部分がなければ等しく）分担する。求償者に過失があるときは分担を請求できない",
			EN: "the part of one who cannot pay is borne by the payer and those who can, by their shares (equally where none has a share); not where the payer is at fault for it",
		}},
		Checked:      SecondaryText,
		Founds:       Reallocates,
		Reallocation: &Reallocation{To: OnOthers},
	},
	{
		ID: "jp.civil-445",
		Cite: contracts.Ref{Doc: civilCode, Section: "第445条", Source: civilText, Gist: contracts.Text{
			JA: "一人が免除を受け、又は時効が完成しても、他の連帯債務者はその者に求償できる",
			EN: "that one joint debtor was released or is protected by limitation does not end contribution from it",
		}},
		Since:   on(2020, 4, 1),
		Checked: SecondaryText,
	},
	{
		ID: "jp.civil-709",
		Cite: contracts.Ref{Doc: civilCode, Section: "第709条", Source: civilText, Gist: contracts.Text{
			JA: "故意又は過失により他人の権利や法律上保護される利益を侵害した者は、損害を賠償する",
			EN: "who infringes another's rights or protected interests by intent or negligence makes good the loss",
		}},
		Checked: SecondaryText,
	},
	{
		ID: "jp.civil-715",
		Cite: contracts.Ref{Doc: civilCode, Section: "第715条", Source: civilText, Gist: contracts.Text{
			JA: "使用者は、被用者がその事業の執行について第三者に加えた損害を賠償する",
			EN: "an employer makes good what an employee does to others in its business",
		}},
		Checked: SecondaryText,
	},
	{
		ID: "jp.civil-719-1",
		Cite: contracts.Ref{Doc: civilCode, Section: "第719条第1項", Source: "https://bengoshinobenkyou.blogspot.com/2019/10/204-719.html", Gist: contracts.Text{
			JA: "共同の不法行為で損害を加えた者は、各自が連帯して全部を賠償する",
			EN: "those who did harm together answer jointly, each for the whole",
		}},
		Checked:   SecondaryText,
		Founds:    Answers,
		Liability: &Liability{Of: Joint},
	},
	{
		ID: "jp.civil-722-2",
		Cite: contracts.Ref{Doc: civilCode, Section: "第722条第2項", Source: "https://bengoshinobenkyou.blogspot.com/2019/10/207-722.html", Gist: contracts.Text{
			JA: "不法行為の被害者に過失があったときは、裁判所はこれを考慮して額を定めることができる（責任の有無には及ばない）",
			EN: "a court may take the fault of the victim of a tort into account in the amount, not in whether there is liability",
		}},
		Checked: SecondaryText,
		Founds:  OwnFault,
	},
	{
		ID: "jp.sc-1957-07-09",
		Cite: contracts.Ref{Doc: "最高裁判決", Section: "昭和32年7月9日", Source: "最判昭和32年7月9日: https://mc-law.jp/?p=21810", Gist: contracts.Text{
			JA: "重過失とは、わずかの注意さえすればたやすく結果を予見できたのに見過ごした、ほとんど故意に近い著しい注意欠如をいう",
			EN: "gross negligence is a lack of care near to intent, with which slight attention would have foreseen the result",
		}},
		Checked: SecondaryText,
	},
	{
		ID: "jp.sc-1988-07-01",
		Cite: contracts.Ref{Doc: "最高裁判決", Section: "昭和63年7月1日（民集42巻6号451頁）・平成3年10月25日（民集45巻7号1173頁）", Source: beyondOwnText, Gist: contracts.Text{
			JA: "共同不法行為者は、自己の負担部分を超えて賠償したときに、その超える部分を求償できる",
			EN: "a joint tortfeasor recovers what it paid beyond its own part",
		}},
		Until:        on(2020, 4, 1),
		Checked:      OfficialText,
		Founds:       Contributes,
		Contribution: BeyondOwn,
	},
	{
		ID: "jp.sc-1988-07-01-after-2020",
		Cite: contracts.Ref{Doc: "最高裁判決", Section: "昭和63年7月1日・平成3年10月25日（令和2年4月1日以後）", Source: beyondOwnText, Gist: contracts.Text{
			JA: "共同不法行為者の求償は自己の負担部分を超える部分に限る、との判例が第442条第1項の改正後も維持されるかは争いがある",
			EN: "whether a joint tortfeasor still recovers only what it paid beyond its own part, now that article 442(1) has changed, is disputed",
		}},
		Since:        on(2020, 4, 1),
		Checked:      OfficialText,
		Founds:       Contributes,
		Contribution: BeyondOwn,
		Debated:      true,
	},
	{
		ID: "jp.sc-1998-09-10",
		Cite: contracts.Ref{Doc: "最高裁判決", Section: "平成10年9月10日（民集52巻6号1494頁）", Source: "最判平成10年9月10日（平成9年(オ)第448号）: http://thefuture.co.jp/hanrei/2000/minpou09.html", Gist: contracts.Text{
			JA: "一人との和解による免除は、他の者の債務も免除する意思がない限り他の者に及ばず、他の者の債務は支払われた額だけ減る",
			EN: "a release of one in a settlement does not release the others unless so meant; what they owe falls by what was paid",
		}},
		Checked:    SecondaryText,
		Founds:     Settles,
		Settlement: ProTanto,
	},
	{
		ID: "jp.sc-2001-03-13",
		Cite: contracts.Ref{Doc: "最高裁判決", Section: "平成13年3月13日", Source: "最判平成13年3月13日: https://yamanaka-bengoshi.jp/2022/10/22/kyodo-huhoukoui-memo/", Gist: contracts.Text{
			JA: "順次競合した別個の不法行為では、過失相殺は各加害者と被害者の間の割合でする（相対的過失相殺）",
			EN: "where separate wrongs follow one another, the victim's fault is held against each wrongdoer alone",
		}},
		Checked:  SecondaryText,
		Founds:   Weighs,
		Weighing: Relative,
		Debated:  true,
	},
	{
		ID: "jp.sc-2003-07-11",
		Cite: contracts.Ref{Doc: "最高裁判決", Section: "平成15年7月11日（民集57巻7号815頁）", Source: "最判平成15年7月11日（平成14年(オ)第1689号）: https://h-t.air-nifty.com/ht/2008/07/150711_0bf5.html", Gist: contracts.Text{
			JA: "一つの事故で全員の過失の割合を認定できるときは、被害者の割合を引いた額について加害者らが連帯する（絶対的過失相殺）",
			EN: "where one accident lets the shares of all be found, the wrongdoers answer jointly for what is left after the victim's share",
		}},
		Checked:  SecondaryText,
		Founds:   Weighs,
		Weighing: Absolute,
		Debated:  true,
	},
}

const beyondOwnText = "最判昭和63年7月1日（昭和60年(オ)第1145号）、最判平成3年10月25日（昭和63年(オ)第1383号）: http://www.courts.go.jp/search/jhsp0030?hanreiid=52750&hanreiKbn=02"
