package law

import "github.com/amends-go/amends/contracts"

// euForm is Union law that fixes sums. They are written as ordinary clauses of a contract file; the entry is cited.
var euForm = []Entry{
	{
		ID: "eu.261-2004-7",
		Cite: contracts.Ref{Doc: "Regulation (EC) No 261/2004", Section: "art. 7", Source: "https://eur-lex.europa.eu/eli/reg/2004/261/oj, art. 7(1) read at http://businesspravo.ru/Docum/DocumShow.asp?DocumID=152354", Gist: contracts.Text{
			JA: "欠航等の補償は、1,500kmまで250ユーロ、域内の長距離と3,500kmまで400ユーロ、その他600ユーロ。代替便の遅れが2・3・4時間以内なら半額にできる",
			EN: "250 euros up to 1,500 km, 400 within the Union beyond that and up to 3,500 km, 600 else; half where re-routing arrives no more than two, three or four hours late",
		}},
		Since:   on(2005, 2, 17),
		Checked: SecondaryText,
		Founds:  Form,
	},
}
