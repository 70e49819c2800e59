package sla_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// layerCase is a waterfall of another project, told in our terms: what each head lost, the clauses in order, and what is left in the end, exactly.
type layerCase struct {
	ID, From string
	Loss     map[string]string
	Clauses  []layerClause
	Net      bool // what is wanted is the loss net of the cessions, not what the layers pay
	Want     []struct {
		Heads     []int
		Layer     int
		Is        string // derived: a whole number or a fraction
		Published string // in single precision; empty when it is the same
	}
}

type layerClause struct {
	Heads   []int
	Layers  []layerSteps
	Each    bool
	ByLoss  bool `json:"by_loss"`
	Cession string
}

// layerSteps are amounts in units of money and ratios, as decimals; empty is no such step.
type layerSteps struct {
	Part, Over, Deductible, Attachment, Limit string
	AtLeast                                   string   `json:"at_least"`
	UpTo                                      string   `json:"up_to"`
	OfLoss                                    string   `json:"deductible_of_loss"`
	OfLimit                                   string   `json:"deductible_of_limit"`
	LimitOfLoss                               string   `json:"limit_of_loss"`
	Shares                                    []string // one after another
}

const layerCases = "../testdata/peers/layers/oasis-fm.jsonl"

func readLayerCases(t *testing.T) []layerCase {
	t.Helper()
	data, err := os.ReadFile(layerCases)
	if err != nil {
		t.Fatal(err)
	}
	var out []layerCase
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		d := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		d.DisallowUnknownFields()
		var c layerCase
		if err := d.Decode(&c); err != nil {
			t.Fatalf("%s: %v", lines.Text()[:60], err)
		}
		out = append(out, c)
	}
	return out
}

// scaled reads decimals as whole units, so many of which make one unit of money.
type scaled struct {
	t    *testing.T
	unit int64
}

func (s scaled) amount(text string) contracts.Amount {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		s.t.Fatalf("%q is no number", text)
	}
	r.Mul(r, new(big.Rat).SetInt64(s.unit))
	if !r.IsInt() {
		s.t.Fatalf("%s is no whole number of units of 1/%d", text, s.unit)
	}
	return contracts.Amount(r.Num().Int64())
}

func (s scaled) some(text string) *contracts.Amount {
	if text == "" {
		return nil
	}
	return new(s.amount(text))
}

func (s scaled) ratio(text string) *contracts.Ratio {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil
	}
	return new(ratio(r.Num().Int64(), r.Denom().Int64()))
}

func (s scaled) terms(x layerSteps) contracts.LayerTerms {
	t := contracts.LayerTerms{Part: s.ratio(x.Part), Attachment: s.some(x.Attachment)}
	if x.Over+x.AtLeast+x.UpTo != "" {
		t.Franchise = &contracts.Franchise{Over: s.some(x.Over), AtLeast: s.some(x.AtLeast), UpTo: s.some(x.UpTo)}
	}
	if x.Deductible+x.OfLoss+x.OfLimit != "" {
		t.Deductible = &contracts.LayerAmount{OfLoss: s.ratio(x.OfLoss), OfLimit: s.ratio(x.OfLimit)}
		if x.Deductible != "" {
			t.Deductible.Fixed = s.amount(x.Deductible)
		}
	}
	if x.Limit+x.LimitOfLoss != "" {
		t.Limit = &contracts.LayerAmount{OfLoss: s.ratio(x.LimitOfLoss)}
		if x.Limit != "" {
			t.Limit.Fixed = s.amount(x.Limit)
		}
	}
	for _, r := range x.Shares {
		t.Shares = append(t.Shares, *s.ratio(r))
	}
	return t
}

func headOf(n int) string { return "h" + strconv.Itoa(n) }

// row works the case out as the claim of one customer.
func (s scaled) row(c layerCase, order ...int) sla.Row {
	s.t.Helper()
	var heads []int
	for h := range c.Loss { // order: sorted below
		n, err := strconv.Atoi(h)
		if err != nil {
			s.t.Fatal(err)
		}
		heads = append(heads, n)
	}
	slices.Sort(heads)
	if order != nil {
		heads = order
	}
	var clauses []contracts.Clause
	for i, x := range c.Clauses {
		l := &contracts.Layer{Provision: prov(fmt.Sprintf("c%d", i+1)), EachLayer: x.Each, ByLoss: x.ByLoss, Cession: x.Cession}
		for _, h := range x.Heads {
			l.Heads = append(l.Heads, headOf(h))
		}
		for _, t := range x.Layers {
			l.Layers = append(l.Layers, s.terms(t))
		}
		clauses = append(clauses, l)
	}
	in := &sla.Incident{ID: "incident", Title: text("incident"), Zone: "UTC", Events: []sla.Event{deletion()}}
	who := sla.Customer{ID: "c"}
	shape := sla.Shape{}
	for _, h := range heads {
		in.Heads = append(in.Heads, sla.Named{ID: headOf(h), Title: text(headOf(h))})
		shape.Lines = append(shape.Lines, sla.Line{Head: headOf(h), Phase: "deletion"})
		who.Claims = append(who.Claims, loss(headOf(h), "deletion", s.amount(c.Loss[strconv.Itoa(h)])))
	}
	return s.settled(&contracts.Contract{ID: "t", Title: text("t"), Currency: jpy(s.t), Zone: "UTC", Rounding: contracts.RoundDown, Clauses: clauses}, in, shape, who)
}

// settled compiles a contract and works out one row under findings that say nothing but the grade of fault.
func (s scaled) settled(c *contracts.Contract, in *sla.Incident, shape sla.Shape, who sla.Customer) sla.Row {
	s.t.Helper()
	p, err := sla.Compile(c, in, shape)
	if err != nil {
		s.t.Fatal(err)
	}
	settings, err := p.Settle(sla.Findings{ID: "f", Values: []sla.Finding{found("grade", "ordinary")}}, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	run, err := p.Bind(settings)
	if err != nil {
		s.t.Fatal(err)
	}
	var out sla.Row
	for row, err := range run.Assess(each(who)).Rows() {
		if err != nil {
			s.t.Fatal(err)
		}
		out = row
	}
	return out
}

// standing is what a head stands at in the end: in a layer, from 1, or in all with 0.
func standing(r sla.Row, head string, layer int) contracts.Amount {
	prefix, at := "after.", -1
	if layer > 0 {
		prefix = fmt.Sprintf("layer-%d.", layer)
	}
	apart := false
	for i, c := range r.Run().Program.Columns {
		if strings.HasSuffix(c.Name, "."+head) {
			apart = apart || strings.HasPrefix(c.Name, "layer-1.")
			if strings.HasPrefix(c.Name, prefix) {
				at = i
			}
		}
	}
	switch {
	case layer == 1 && !apart:
		return standing(r, head, 0)
	case at < 0 && layer == 0:
		at = r.Run().Program.Index("admitted." + head)
	case at < 0:
		return 0
	}
	return contracts.Amount(r.Value(at))
}

// toWhole is a number to the nearest whole, halves up.
func toWhole(r *big.Rat) *big.Int {
	twice := new(big.Rat).Add(new(big.Rat).Mul(r, big.NewRat(2, 1)), big.NewRat(1, 1))
	return new(big.Int).Div(twice.Num(), new(big.Int).Mul(twice.Denom(), big.NewInt(2)))
}

// TestPeersLayers works every case out in a fine unit, in which each result must be that of the peer to the cent, and in cents.
func TestPeersLayers(t *testing.T) {
	cases := readLayerCases(t)
	if len(cases) != 159 {
		t.Errorf("%d cases, want 159", len(cases))
	}
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) {
			const fine = 100_000_000
			row, cents := scaled{t, fine}.row(c), scaled{t, 100}.row(c)
			for _, w := range c.Want {
				exact, _ := new(big.Rat).SetString(w.Is)
				var got, coarse contracts.Amount
				for _, h := range w.Heads {
					layer := w.Layer
					if c.Net {
						layer = 0
					}
					got += standing(row, headOf(h), layer)
					coarse += standing(cents, headOf(h), layer)
				}
				hundred := big.NewRat(100, 1)
				want, is := toWhole(new(big.Rat).Mul(exact, hundred)), toWhole(new(big.Rat).Mul(big.NewRat(int64(got), fine), hundred))
				if w.Published != "" {
					near(t, big.NewRat(int64(got), fine), w.Published)
				}
				off := new(big.Rat).Sub(new(big.Rat).Mul(exact, big.NewRat(fine, 1)), new(big.Rat).SetInt64(int64(got)))
				if off.Abs(off).Cmp(big.NewRat(20, 1)) > 0 || want.Cmp(is) != 0 {
					t.Errorf("heads %v, layer %d: %s, want %s (%s units of 1/%d away)", w.Heads, w.Layer, is, want, off.FloatString(2), int64(fine))
				}
				if d := new(big.Int).Sub(want, big.NewInt(int64(coarse))); d.CmpAbs(big.NewInt(5)) > 0 {
					t.Errorf("in cents, heads %v, layer %d: %d, want %s", w.Heads, w.Layer, coarse, want)
				}
			}
			sumsUp(t, row)
			sumsUp(t, cents)
		})
	}
}

// near checks a value against one of single precision, of which the last of six digits may differ.
func near(t *testing.T, got *big.Rat, published string) {
	t.Helper()
	want, ok := new(big.Rat).SetString(published)
	if !ok {
		t.Fatalf("%q is no number", published)
	}
	off := new(big.Rat).Sub(got, want)
	most := new(big.Rat).Mul(new(big.Rat).Abs(want), big.NewRat(1, 100_000))
	if off.Abs(off).Cmp(most) > 0 {
		t.Errorf("%s, published as %s", got.FloatString(6), published)
	}
}

// sumsUp checks that the heads sum to what is payable.
func sumsUp(t *testing.T, r sla.Row) {
	t.Helper()
	var sum contracts.Amount
	for _, l := range r.Run().Program.Lines() {
		sum += standing(r, l.Head, 0)
	}
	if sum != r.Payable() {
		t.Errorf("the heads sum to %d, payable is %d", sum, r.Payable())
	}
}
