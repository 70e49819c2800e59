package law

import "github.com/amends-go/amends/contracts"

const basisRates = "Deutsche Bundesbank, Basiszinssatz nach § 247 BGB: https://www.bundesbank.de/de/bundesbank/organisation/agb-und-regelungen/basiszinssatz-607820"

// deInterest is delay interest over the base rate of § 247, which moves every half year and carries the interest with it while delay lasts.
// The base rates read are -0.73 % (2014-07-01), -0.83 % (2015-01-01), -0.88 % (2016-07-01), 1.62 % (2023-01-01), 3.12 % (2023-07-01), 3.62 %
// (2024-01-01) and 1.27 % (2025-07-01, unchanged on 2026-01-01). Those of 2024-07-01 and 2025-01-01 follow from § 247(1): the rate moves as
// the main refinancing rate does, which was 4.50, 4.25, 3.15 and 2.15 % before each of the four days from 2024-01-01 to 2025-07-01.
var deInterest = []Entry{
	{
		ID: "de.bgb-286",
		Cite: contracts.Ref{Doc: bgb, Section: "§ 286", Source: "https://buzer.de/s1.htm?a=249-292&g=BGB", Gist: contracts.Text{
			JA: "債務者は、催告を受けてなお履行しないとき遅滞となる。期日が暦で定まるときなどは催告を要しない",
			EN: "a debtor is in delay when it does not perform after a reminder; none is needed where the calendar fixes the day, among others",
		}},
		Checked: SecondaryText,
		Founds:  Interest,
	},
	{
		ID: "de.bgb-288-1",
		Cite: contracts.Ref{Doc: bgb, Section: "§ 288 Abs. 1", Source: basisRates, Gist: contracts.Text{
			JA: "遅延利息は基準金利に5ポイントを加えた率とする。損害賠償の遅滞はこれによる",
			EN: "delay interest is five percentage points above the base rate, also on damages",
		}},
		Since:     on(2002, 1, 1),
		Checked:   SecondaryText,
		Founds:    Interest,
		Rates:     overBase(500, on(2014, 7, 1)),
		RateMoves: true,
	},
	{
		ID: "de.bgb-288-2",
		Cite: contracts.Ref{Doc: bgb, Section: "§ 288 Abs. 2", Source: "https://www.haufe.de/recht/deutsches-anwalt-office-premium/5-die-vertretung-des-klaegers-im-prozess-aa-zinssaetze_idesk_PI17574_HI15130233.html", Gist: contracts.Text{
			JA: "消費者の関与しない取引の代金債権は、基準金利に9ポイントを加える。減額された料金の返還がこれに当たるかは争いうる",
			EN: "between businesses a claim for payment bears nine points above the base rate; whether a fee that is paid back is such a claim can be disputed",
		}},
		Since:     on(2014, 7, 29),
		Checked:   SecondaryText,
		Founds:    Interest,
		Rates:     overBase(900, on(2014, 7, 29)),
		RateMoves: true,
		Debated:   true,
	},
}

// overBase is the base rate and so many hundredths of a percentage point, from the first day on.
func overBase(points int64, first contracts.Date) []Rate {
	return rates(on(2026, 7, 1),
		rateFrom{first, points - 73}, rateFrom{on(2015, 1, 1), points - 83}, rateFrom{on(2016, 7, 1), points - 88},
		rateFrom{on(2023, 1, 1), points + 162}, rateFrom{on(2023, 7, 1), points + 312}, rateFrom{on(2024, 1, 1), points + 362},
		rateFrom{on(2024, 7, 1), points + 337}, rateFrom{on(2025, 1, 1), points + 227}, rateFrom{on(2025, 7, 1), points + 127})
}
