package sla

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
)

// Apportionment is who bears what part of one whole (過失割合): shares by party
// that sum to one exactly.
type Apportionment struct {
	parties []string
	weights []int64 // over their sum
}

// Share is one party's part.
type Share struct {
	Party string
	Of    contracts.Ratio
}

// NewApportionment takes shares that sum to one; any other sum is an error that
// names it. The order given does not matter: parties stand by id.
func NewApportionment(shares ...Share) (Apportionment, error) {
	s := slices.Clone(shares)
	slices.SortFunc(s, func(a, b Share) int { return strings.Compare(a.Party, b.Party) })
	den := int64(1)
	var names []string
	for i, sh := range s {
		if i > 0 && s[i-1].Party == sh.Party {
			return Apportionment{}, fmt.Errorf("party %s has two shares, %s and %s", sh.Party, s[i-1].Of, sh.Of)
		}
		g, ok := contracts.MulDiv(den, sh.Of.Den(), contracts.GCD(den, sh.Of.Den()), contracts.RoundDown)
		if !ok || g > contracts.MaxRatioTerm {
			return Apportionment{}, fmt.Errorf("shares have no common denominator up to %d", contracts.MaxRatioTerm)
		}
		den = g
		names = append(names, sh.Party+" "+sh.Of.Percent())
	}
	a := Apportionment{}
	var sum int64
	for _, sh := range s {
		w := sh.Of.Num() * (den / sh.Of.Den())
		a.parties, a.weights = append(a.parties, sh.Party), append(a.weights, w)
		sum += w
	}
	if sum != den {
		total, err := contracts.NewRatio(sum, den)
		if err != nil {
			return Apportionment{}, fmt.Errorf("shares sum to %d/%d", sum, den)
		}
		return Apportionment{}, fmt.Errorf("shares sum to %s, not 100%%: %s", total.Percent(), strings.Join(names, ", "))
	}
	return a, nil
}

// Split divides an amount so that the parts sum to it: largest remainder, ties by party id.
func (a Apportionment) Split(total contracts.Amount) []PartyAmount {
	parts, ok := total.Split(a.weights)
	if !ok {
		return nil // the zero Apportionment
	}
	out := make([]PartyAmount, len(parts))
	for i, p := range parts {
		out[i] = PartyAmount{a.parties[i], p}
	}
	return out
}

// PartyAmount is what one party bears.
type PartyAmount struct {
	Party  string
	Amount contracts.Amount
}

// Weight is a party's share as a whole number over the sum of all; 0 for a stranger.
func (a Apportionment) Weight(party string) int64 {
	if i := slices.Index(a.parties, party); i >= 0 {
		return a.weights[i]
	}
	return 0
}
