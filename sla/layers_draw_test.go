package sla_test

import (
	"fmt"

	"github.com/amends-go/amends/contracts"
)

// layers draws up to three layer clauses and puts them anywhere in the contract, which orders its stages itself where a cap on some heads
// must not come first.
func (d drawing) layers(c *contracts.Contract) {
	onHeads := false
	for _, k := range caps(c) {
		onHeads = onHeads || len(k.Heads)+len(k.ExceptHeads) > 0
	}
	if onHeads {
		c.Order = nil
	}
	split, cession := 1, ""
	if d.oneIn(3) {
		cession = "policy"
	}
	for i := range d.in(1, 3) {
		l := d.layer(fmt.Sprintf("layer%d", i), d.in(1, 3))
		l.Cession = cession
		if len(l.Layers) == split && d.oneIn(2) {
			l.EachLayer = true
		}
		if l.Heads = nil; split == 1 && len(l.Layers) == 1 && d.oneIn(2) {
			l.Heads = d.some([]string{"a", "b"}, false)
		}
		if len(l.Layers) == 1 && split > 1 {
			l.ByLoss = false
		}
		split = max(split, len(l.Layers))
		if len(l.Layers) > 1 {
			split = len(l.Layers)
		}
		at := d.in(0, len(c.Clauses))
		if i > 0 {
			at = len(c.Clauses) // in order
		}
		c.Clauses = append(c.Clauses[:at:at], append([]contracts.Clause{l}, c.Clauses[at:]...)...)
	}
}

// layer draws a clause of so many layers with any steps.
func (d drawing) layer(id string, layers int) *contracts.Layer {
	l := &contracts.Layer{Provision: prov(id), ByLoss: d.oneIn(3), PerClaim: d.oneIn(3)}
	switch d.in(0, 5) {
	case 0:
		l.When = contracts.Condition{Fact: "f"}
	case 1:
		l.Unless = contracts.Condition{Grade: contracts.Gross}
	}
	if d.oneIn(4) {
		l.Rounding = contracts.Rounding(d.in(1, 5))
	}
	for range layers {
		l.Layers = append(l.Layers, d.layerTerms())
	}
	return l
}

func (d drawing) part() *contracts.Ratio {
	den := int64(d.in(1, 12))
	return new(ratio(int64(d.in(1, int(den))), den))
}

func (d drawing) layerTerms() contracts.LayerTerms {
	var t contracts.LayerTerms
	some := func(most int64) *contracts.Amount { return new(d.upTo(most)) }
	if d.oneIn(4) {
		t.Part = d.part()
	}
	switch d.in(0, 9) {
	case 0:
		t.Franchise = &contracts.Franchise{Over: some(500)}
	case 1:
		t.Franchise = &contracts.Franchise{AtLeast: some(500)}
	case 2:
		t.Franchise = &contracts.Franchise{UpTo: some(3000)}
	case 3:
		t.Franchise = &contracts.Franchise{Over: some(500), Under: some(3000)}
	}
	switch d.in(0, 4) {
	case 0:
		t.Limit = &contracts.LayerAmount{OfLoss: d.part()}
	case 1, 2:
		t.Limit = &contracts.LayerAmount{Fixed: d.upTo(2000)}
	}
	switch d.in(0, 5) {
	case 0:
		t.Deductible = &contracts.LayerAmount{OfLoss: d.part()}
	case 1, 2:
		t.Deductible = &contracts.LayerAmount{Fixed: d.upTo(300)}
	case 3:
		if t.Limit != nil {
			t.Deductible = &contracts.LayerAmount{OfLimit: d.part()}
		}
	}
	if d.oneIn(3) {
		t.Attachment = some(500)
	}
	for len(t.Shares) < contracts.MaxShares && d.oneIn(3) {
		t.Shares = append(t.Shares, *d.part())
	}
	return t
}
