package sla_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"pgregory.net/rapid"
)

// ladder is a contract of layer clauses alone and what was lost under each of its heads, in their order.
type ladder struct {
	clauses []contracts.Clause
	heads   []string
	losses  map[string]contracts.Amount
	own     contracts.Ratio
}

// drawLadder draws clauses over all heads or, with some, over parts of them.
func drawLadder(t *rapid.T, some bool) ladder {
	d := drawing{t}
	l := ladder{heads: []string{"a", "b", "c", "d"}, losses: map[string]contracts.Amount{}, own: d.ratio(1)}
	split := 1
	for i := range d.in(1, 4) {
		c := d.layer(fmt.Sprintf("l%d", i), 1)
		c.When, c.Unless = contracts.Condition{}, contracts.Condition{}
		switch n := d.in(1, 3); {
		case split > 1 && d.oneIn(2): // each of the layers by itself
			for len(c.Layers) < split {
				c.Layers = append(c.Layers, d.layerTerms())
			}
			c.EachLayer = true
		case split > 1:
			c.ByLoss = false
		case n > 1 && !(some && i > 0):
			for len(c.Layers) < n {
				c.Layers = append(c.Layers, d.layerTerms())
			}
			split = n
		case some:
			c.Heads = d.some(l.heads, false)
		}
		l.clauses = append(l.clauses, c)
	}
	for _, h := range l.heads {
		if !d.oneIn(4) {
			l.losses[h] = d.upTo(2000)
		}
	}
	return l
}

// row works the ladder out; own fault is taken first where with is true.
func (l ladder) row(t *rapid.T, own bool) sla.Row {
	t.Helper()
	yen, _ := contracts.CurrencyOn("JPY", "")
	c := &contracts.Contract{ID: "t", Title: text("t"), Currency: yen, Zone: "UTC", Rounding: contracts.RoundDown, Clauses: l.clauses}
	in := &sla.Incident{ID: "i", Title: text("i"), Zone: "UTC", Events: []sla.Event{deletion()}}
	who, shape := sla.Customer{ID: "c"}, sla.Shape{}
	for _, h := range l.heads {
		in.Heads = append(in.Heads, sla.Named{ID: h, Title: text(h)})
		shape.Lines = append(shape.Lines, sla.Line{Head: h, Phase: "deletion"})
		who.Claims = append(who.Claims, loss(h, "deletion", l.losses[h]))
	}
	values := []sla.Finding{found("grade", "ordinary")}
	if own {
		c.Clauses = append([]contracts.Clause{&contracts.OwnFault{Provision: prov("own")}}, l.clauses...)
		values = append(values, found("own_fault", l.own.String()))
	}
	p, err := sla.Compile(c, in, shape)
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Settle(sla.Findings{ID: "f", Values: values}, nil)
	if err != nil {
		t.Fatal(err)
	}
	run, err := p.Bind(s)
	if err != nil {
		t.Fatal(err)
	}
	var out sla.Row
	for r, err := range run.Assess(each(who)).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		out = r
	}
	return out
}

// TestLayersLeaveNoMoreThanTheLoss: each head gets from nothing to what it lost, one that lost nothing gets nothing, and the heads sum to the payable,
// with own fault and without, whatever heads a clause is over; what each layer pays is the sum of its heads.
func TestLayersLeaveNoMoreThanTheLoss(t *testing.T) {
	seen, total := classes{}, 0
	rapid.Check(t, func(t *rapid.T) {
		l := drawLadder(t, true)
		total++
		if len(l.clauses) > 0 && (drawing{t}).oneIn(4) {
			for _, c := range l.clauses {
				c.(*contracts.Layer).Cession = "policy"
			}
			seen["a cession"]++
		}
		r := l.row(t, (drawing{t}).oneIn(2))
		var sum contracts.Amount
		for _, h := range l.heads {
			is := standing(r, h, 0)
			if is < 0 || is > l.losses[h] {
				t.Fatalf("head %s lost %d and stands at %d", h, l.losses[h], is)
			}
			sum += is
			if l.losses[h] == 0 {
				seen["a head of nothing"]++
			}
		}
		if sum != r.Payable() {
			t.Fatalf("the heads sum to %d, payable is %d", sum, r.Payable())
		}
		p := r.Run().Program
		for _, cl := range l.clauses {
			c := cl.(*contracts.Layer)
			for n := 1; n <= len(c.Layers) && len(c.Layers) > 1 && c.Cession == ""; n++ {
				var parts int64
				for _, h := range l.heads {
					if i := p.Index(fmt.Sprintf("layer-%d.%s.%s", n, c.ID, h)); i >= 0 {
						parts += r.Value(i)
					}
				}
				if pays := r.Value(p.Index(fmt.Sprintf("pays-%d.%s", n, c.ID))); parts != pays {
					t.Fatalf("layer %d of %s pays %d, its heads sum to %d", n, c.ID, pays, parts)
				}
				seen["several layers"]++
			}
		}
		if sum > 0 && sum < l.losses["a"]+l.losses["b"]+l.losses["c"]+l.losses["d"] {
			seen["something is left"]++
		}
	})
	t.Log(seen)
	seen.check(t, total, "a cession", "a head of nothing", "several layers", "something is left")
}

// TestMoreLossNeverPaysLess: over all heads, without a reverse franchise, a clause on all layers together, and without a deductible of one sum that grows faster than what it is taken
// from, a greater loss is never paid less. Where layers overlap, what each head stands at is cut to its loss, which can cost a unit a head.
func TestMoreLossNeverPaysLess(t *testing.T) {
	seen, total := classes{}, 0
	rapid.Check(t, func(t *rapid.T) {
		l := drawLadder(t, false)
		split := false
		l.clauses = slices.DeleteFunc(l.clauses, func(cl contracts.Clause) bool { // a limit of all layers together moves their proportion
			several := len(cl.(*contracts.Layer).Layers) > 1
			split = split || several
			return split && !several
		})
		for _, cl := range l.clauses {
			c := cl.(*contracts.Layer)
			for i := range c.Layers {
				x := &c.Layers[i]
				if f := x.Franchise; f != nil {
					f.UpTo, f.Under = nil, nil
					if f.Over == nil && f.AtLeast == nil {
						x.Franchise = nil
					}
				}
				if d := x.Deductible; d != nil && (d.OfLoss != nil && x.Part != nil || d.OfLimit != nil) {
					x.Deductible = nil
				}
			}
		}
		total++
		before := l.row(t, false).Payable()
		h := rapid.SampledFrom(l.heads).Draw(t, "head")
		l.losses[h] += (drawing{t}).upTo(800)
		after := l.row(t, false).Payable()
		if after < before-contracts.Amount(len(l.heads)) {
			t.Fatalf("paid %d, and %d of a greater loss", before, after)
		}
		if after > before {
			seen["more is paid"]++
		} else {
			seen["a limit holds"]++
		}
	})
	t.Log(seen)
	seen.check(t, total, "more is paid", "a limit holds")
}

// TestOrderOfHeadsMovesNoMoreThanAUnit: in any order a head is within a unit of its exact part at each clause and layer, so that two orders are within two;
// after one clause of one layer they are within one. The whole is the same within one a head where layers overlap.
func TestOrderOfHeadsMovesNoMoreThanAUnit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLadder(t, false)
		before := l.row(t, false)
		other := l
		other.heads = rapid.Permutation(l.heads).Draw(t, "heads")
		after := other.row(t, false)
		units := contracts.Amount(0)
		for _, cl := range l.clauses {
			units += 2 * contracts.Amount(len(cl.(*contracts.Layer).Layers))
		}
		if units == 2 {
			units = 1
		}
		near := func(what string, a, b, units contracts.Amount) {
			if max(a-b, b-a) > units {
				t.Fatalf("%s: %d, in another order %d", what, a, b)
			}
		}
		near("in all", before.Payable(), after.Payable(), contracts.Amount(len(l.heads)))
		for _, h := range l.heads {
			near(h, standing(before, h, 0), standing(after, h, 0), units)
		}
	})
}
