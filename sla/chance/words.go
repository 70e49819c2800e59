package chance

import (
	"fmt"
	"strings"

	"github.com/amends-go/amends/contracts"
)

// Tell tells the distribution in the language "ja" or "en". option gives the words for a value of a parameter, party those for a party.
func (v *Variable) Tell(lang string, option func(parameter, value string) string, party func(id string) string) string {
	pick := func(ja, en string) string { return contracts.Text{JA: ja, EN: en}.In(lang) }
	var of []string
	switch v.Form {
	case Chances:
		for _, c := range v.Chances {
			of = append(of, option(v.Parameters[0], c.Value)+" "+c.Probability.Percent())
		}
		return strings.Join(of, pick("、", ", "))
	case Shares:
		for _, p := range v.Parts {
			if p.Of == nil {
				of = append(of, party(p.Party)+pick(": 残り", ": the rest"))
			} else {
				of = append(of, party(p.Party)+": "+p.Of.Tell(lang, option, party))
			}
		}
		return strings.Join(of, pick("、", "; "))
	case Even:
		return pick(fmt.Sprintf("%sから%sまで一様", v.Low, v.High), fmt.Sprintf("evenly from %s to %s", v.Low, v.High)) + v.moves(pick)
	case Triangular:
		return pick(fmt.Sprintf("三角分布 %s・%s・%s", v.Low, v.Likely, v.High), fmt.Sprintf("triangular: %s, likely %s, %s", v.Low, v.Likely, v.High)) + v.moves(pick)
	case PERT:
		return pick(fmt.Sprintf("PERT分布 %s・%s・%s", v.Low, v.Likely, v.High), fmt.Sprintf("PERT: %s, likely %s, %s", v.Low, v.Likely, v.High)) + v.moves(pick)
	case Lognormal:
	}
	text := pick("対数正規分布", "lognormal:")
	for _, q := range v.Quantiles {
		text += " P" + strings.TrimSuffix(q.Probability.Percent(), "%") + " " + q.Value
	}
	return text + v.moves(pick)
}

// moves says with which draw a variable moves.
func (v *Variable) moves(pick func(ja, en string) string) string {
	switch {
	case v.Draw != "":
		return pick("（"+v.Draw+"と連動）", " (moves with "+v.Draw+")")
	case v.Against != "":
		return pick("（"+v.Against+"と逆に連動）", " (moves against "+v.Against+")")
	}
	return ""
}
