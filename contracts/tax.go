package contracts

import (
	"fmt"

	"github.com/amends-go/amends/internal/yamlread"
)

// Tax says how a tax on turnover (消費税) stands to what is paid. A payment that lowers the price carries the tax of the price; one that
// makes good a loss is outside the tax, unless it is in substance a price. For each such kind of payment of a row the tax is worked out once on
// the sum, with one rounding, so that what is left and the tax add up to the total.
type Tax struct {
	Rate *Ratio // above 0 and at most 1; nil is the rate of the contract's law on the first day of the incident
	// Included says that fees and what is worked out from them include the tax. Otherwise it is added to what is paid.
	Included bool
	Rounding Rounding // of the tax; RoundingUnstated takes the contract's
	// Damages says whether damages are outside the tax. Unstated is outside, as an assumption; by substance asks for a finding.
	Damages DamagesTax
	// Credits is how credits and goodwill without a treatment of their own are taken; TreatmentUnstated asks for a finding, since
	// no authority read says whether a credit for a service that failed lowers the price.
	Credits Treatment
	At      Pos
}

// DamagesTax says how damages stand to the tax.
type DamagesTax uint8

// The ways in which damages stand to the tax.
const (
	DamagesTaxUnstated DamagesTax = iota
	OutsideTax                    // 課税対象外
	BySubstance                   // taxable where they are in truth a price (消費税法基本通達5-2-5)
)

var damagesTaxNames = [...]string{"", "outside", "by-substance"}

func (d DamagesTax) String() string { return damagesTaxNames[d] }

// Treatment is what a payment is for the tax.
type Treatment uint8

// The treatments.
const (
	TreatmentUnstated Treatment = iota
	PriceReduction              // 対価の返還: the price is lowered, and the tax with it
	AsDamages                   // 損害賠償: as Tax.Damages says
	AsGoodwill                  // a gift, outside the tax
)

var treatmentNames = [...]string{"", "price-reduction", "damages", "goodwill"}

func (t Treatment) String() string { return treatmentNames[t] }

// TaxAndCap says whether a cap limits a sum with its tax.
type TaxAndCap uint8

// How a cap stands to the tax.
const (
	TaxAndCapUnstated TaxAndCap = iota
	TaxInside                   // the cap limits the sum with its tax
	TaxOutside                  // the tax comes on top of what the cap leaves
)

var taxAndCapNames = [...]string{"", "inside", "outside"}

func (t TaxAndCap) String() string { return taxAndCapNames[t] }

func readTax(v *yamlread.Value) *Tax {
	f := v.Map()
	t := &Tax{At: v.Pos()}
	if x := f.Optional("rate"); x != nil {
		t.Rate = new(ReadRatio(x))
	}
	if x := f.Required("included"); x != nil {
		t.Included = x.Bool()
	}
	t.Rounding = readRounding(f.Optional("rounding"))
	if x := f.Optional("damages"); x != nil {
		t.Damages = DamagesTax(x.Enum(damagesTaxNames[1:]...) + 1)
	}
	if x := f.Optional("credits"); x != nil {
		t.Credits = Treatment(x.Enum(treatmentNames[1:3]...) + 1)
	}
	f.Done()
	return t
}

// treatment reads what a payment is for the tax.
func treatment(v *yamlread.Value) Treatment {
	if v == nil {
		return TreatmentUnstated
	}
	return Treatment(v.Enum(treatmentNames[1:]...) + 1)
}

// taxField is the path of a field below where the tax was read, or below the contract when it was built in Go.
func taxField(t *Tax, field string) string {
	if t.At.Field != "" {
		return field
	}
	return "tax." + field
}

func (v *validator) tax() {
	if t := v.c.Tax; t != nil && t.Rate != nil {
		v.ratioUpToOne(t.At, taxField(t, "rate"), *t.Rate)
	}
	for _, cl := range v.c.Clauses {
		switch c := cl.(type) {
		case *Credit:
			if c.Treatment != TreatmentUnstated && v.c.Tax == nil {
				v.report(c.At, Kind(c)+".treatment", "E_CONFLICT", c.Treatment.String(), fmt.Sprintf("clause %s says how it is taxed, and the contract states no tax", c.ID), "add tax to the contract, or leave treatment out")
			}
		case *Cap:
			if c.Tax != TaxAndCapUnstated && v.c.Tax == nil {
				v.report(c.At, "cap.tax", "E_CONFLICT", c.Tax.String(), fmt.Sprintf("clause %s speaks of the tax, and the contract states none", c.ID), "add tax to the contract, or leave it out")
			}
		}
	}
}
