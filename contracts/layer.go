package contracts

import (
	"fmt"
	"slices"
)

// Layer is a waterfall clause (補償の階層・自己負担): a retention, a franchise, a layer above an attachment point, a share, or several layers over
// one sum, as terms and insurance contracts write them. It works on the sum x of what its heads stand at when the clause is reached, in one row, and what it
// leaves is shared back over them in proportion to what each stood at, by cumulative rounding, so that the heads always sum to the claim.
// Losses of phases in which the clause does not stand stay outside it.
type Layer struct {
	Provision
	Heads []string // empty is all; heads that are added after the offset are in no layer
	// PerClaim works on the losses of each event by themselves, as a deductible for every claim does, instead of on those of the whole row. Silent
	// terms work on the whole, and where there are several events the result says that this was assumed.
	PerClaim bool
	// Layers are one or more, each over the same x. With more than one, what each pays is kept apart, head by head, for later clauses. All layers
	// together never leave a head more than it stood at before the first clause.
	Layers []LayerTerms
	// EachLayer makes layer n of this clause work on what layer n of the clauses before left, instead of on the sum of all layers.
	// There must be as many. What stands outside a clause of several layers counts with its first.
	EachLayer bool
	// ByLoss shares what is left in proportion to what each head stood at before the first layer clause, instead of what it stands at.
	ByLoss bool
	// Cession names a contract by which another bears what the layers pay: that is taken off the loss, which is never less than 0. Clauses of
	// one cession stand together and work one after another on what it pays, the first of them on the loss.
	Cession string
	// StatesOrdinaryOnly is as in Cap.
	StatesOrdinaryOnly bool
}

// LayerTerms are the steps of one layer, in the order in which they are taken, each optional: part, franchise, deductible, attachment,
// limit, shares. A layer without steps pays all of x. No step pays more than the one before it or less than 0.
type LayerTerms struct {
	Part      *Ratio     // of x, rounded; above 0 and up to 1
	Franchise *Franchise // all or nothing
	// Deductible is subtracted: a sum, a part of x (what is left of x is rounded), or a part of the limit (rounded).
	Deductible *LayerAmount
	Attachment *Amount      // subtracted
	Limit      *LayerAmount // a sum, or a part of x, rounded
	Shares     []Ratio      // of what is left, one after another, each rounded; above 0 and up to 1
}

// Franchise pays nothing unless what has come so far passes its bounds, and then all of it. Over and AtLeast are bounds from below,
// UpTo and Under from above (a reverse franchise); at most one of each.
type Franchise struct{ Over, AtLeast, UpTo, Under *Amount }

// LayerAmount is a sum, or a part of the loss x or of the layer's limit, up to 1.
type LayerAmount struct {
	Fixed   Amount // where neither ratio stands; 0 or more
	OfLoss  *Ratio
	OfLimit *Ratio // only of a deductible
}

// The most layers that a clause may have, and shares that a layer may have.
const (
	MaxLayers = 50
	MaxShares = 10
)

// FranchiseBound is a bound of a franchise by its field; Sum is nil when it is not stated.
type FranchiseBound struct {
	Field string
	Sum   *Amount
}

// Bounds lists the bounds of a franchise by the names of their fields.
func (f *Franchise) Bounds() []FranchiseBound {
	return []FranchiseBound{{"over", f.Over}, {"at_least", f.AtLeast}, {"up_to", f.UpTo}, {"under", f.Under}}
}

// Layers lists the layer clauses of a contract in its order.
func (c *Contract) Layers() []*Layer {
	var out []*Layer
	for _, cl := range c.Clauses {
		if l, ok := cl.(*Layer); ok {
			out = append(out, l)
		}
	}
	return out
}

// layer checks a layer clause in itself.
func (v *validator) layer(c *Layer) {
	v.notEmpty(c.At, "layer.layers", len(c.Layers))
	v.atMost(c.At, "layer.layers", len(c.Layers), MaxLayers)
	for i, t := range c.Layers {
		field := "layer"
		if len(c.Layers) > 1 {
			field = fmt.Sprintf("layer.layers[%d]", i)
		}
		if t.Part != nil {
			v.ratioUpToOne(c.At, field+".part", *t.Part)
		}
		v.atMost(c.At, field+".share", len(t.Shares), MaxShares)
		for _, s := range t.Shares {
			v.ratioUpToOne(c.At, field+".share", s)
		}
		v.franchise(c, field+".franchise", t.Franchise)
		v.layerAmount(c, field+".deductible", t.Deductible)
		v.layerAmount(c, field+".limit", t.Limit)
		if t.Attachment != nil && *t.Attachment < 0 {
			v.negative(c.At, field+".attachment", *t.Attachment)
		}
		if t.Deductible != nil && t.Deductible.OfLimit != nil && t.Limit == nil {
			v.report(c.At, field+".deductible", "E_REQUIRED", "", "the deductible is a part of a limit that the layer does not have", "write the limit, or of_loss")
		}
		if t.Limit != nil && t.Limit.OfLimit != nil {
			v.report(c.At, field+".limit", "E_CONFLICT", "", "the limit is a part of itself", "write a sum, or of_loss")
		}
	}
	v.ordinaryCession(c)
}

func (v *validator) atMost(at Pos, field string, n, most int) {
	if n > most {
		v.report(at, field, "E_RANGE", fmt.Sprint(n), fmt.Sprintf("%s lists %d", field, n), fmt.Sprintf("write at most %d", most))
	}
}

func (v *validator) negative(at Pos, field string, a Amount) {
	v.report(at, field, "E_RANGE", a.Text(v.c.Currency), "the amount is negative", "write 0 or more")
}

func (v *validator) franchise(c *Layer, field string, f *Franchise) {
	if f == nil {
		return
	}
	below, above := 0, 0
	for i, b := range f.Bounds() {
		switch {
		case b.Sum == nil:
			continue
		case *b.Sum < 0:
			v.negative(c.At, field+"."+b.Field, *b.Sum)
		}
		if i < 2 {
			below++
		} else {
			above++
		}
	}
	if below+above == 0 {
		v.report(c.At, field, "E_REQUIRED", "", "the franchise has no bound", "write over or at_least, up_to or under")
	}
	if below > 1 || above > 1 {
		v.report(c.At, field, "E_CONFLICT", "", "the franchise has two bounds of one side", "write one of over and at_least, one of up_to and under")
	}
}

func (v *validator) layerAmount(c *Layer, field string, a *LayerAmount) {
	if a == nil {
		return
	}
	switch {
	case a.OfLoss != nil && a.OfLimit != nil:
		v.report(c.At, field, "E_CONFLICT", "", "the amount is a part of two sums", "write one of of_loss and of_limit")
	case a.OfLoss != nil:
		v.ratioUpToOne(c.At, field+".of_loss", *a.OfLoss)
	case a.OfLimit != nil:
		v.ratioUpToOne(c.At, field+".of_limit", *a.OfLimit)
	case a.Fixed < 0:
		v.negative(c.At, field, a.Fixed)
	}
}

// ordinaryCession reports what a cession cannot state: it is no limit of what the customer gets.
func (v *validator) ordinaryCession(c *Layer) {
	if c.Cession != "" && c.StatesOrdinaryOnly {
		v.report(c.At, "layer.states_ordinary_only", "E_CONFLICT", "true", "a cession limits nobody's liability", "leave states_ordinary_only out")
	}
}

// cessions finds clauses of one cession that do not stand together.
func (v *validator) cessions() {
	last := ""
	done := map[string]bool{}
	for _, c := range v.c.Layers() {
		if c.Cession != last {
			done[last] = true
			if c.Cession != "" && done[c.Cession] {
				v.report(c.At, "layer.cession", "E_ORDER", c.Cession, fmt.Sprintf("clause %s goes on with the cession %s after a layer clause of another", c.ID, c.Cession), "let the clauses of one cession stand together")
			}
			last = c.Cession
		}
	}
}

// limitedHeads finds heads that a layer or cap names and that are added after both, and an order in which nobody knows what each head keeps.
func (v *validator) limitedHeads() {
	added := map[string]string{}
	for _, cl := range v.c.Clauses {
		if a, ok := cl.(*AddedAfterOffset); ok {
			for _, h := range a.Heads {
				added[h] = a.ID
			}
		}
	}
	layer, limit := slices.Index(v.c.Order, StageLayer), slices.Index(v.c.Order, StageCap)
	for _, cl := range v.c.Clauses {
		var heads []string
		p := cl.provision()
		switch x := cl.(type) {
		case *Layer:
			heads = x.Heads
		case *Cap:
			heads = x.Heads
			if len(x.Heads)+len(x.ExceptHeads) > 0 && layer > limit && len(v.c.Layers()) > 0 {
				v.report(p.At, "cap.heads", "E_ORDER", "", fmt.Sprintf("cap %s is on some heads and comes before the layers, which work on heads", p.ID), "let layer come before cap in the order")
			}
		}
		for _, h := range heads {
			if by, ok := added[h]; ok {
				v.report(p.At, Kind(cl)+".heads", "E_CONFLICT", h, fmt.Sprintf("clause %s names %s, which %s adds after all layers and caps", p.ID, h, by), "take the head out of one of them")
			}
		}
	}
}
