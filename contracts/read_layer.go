package contracts

import "github.com/amends-go/amends/internal/yamlread"

// layer reads a layer clause: the steps of one layer, or a list of layers.
func (r *clauseReader) layer(v *yamlread.Value, p Provision) Clause {
	f := v.Map()
	c := &Layer{Provision: p, Heads: f.Optional("heads").IDs()}
	one, stated := r.layerTerms(f)
	list := f.Optional("layers")
	for _, x := range list.List() {
		m := x.Map()
		t, _ := r.layerTerms(m)
		m.Done()
		c.Layers = append(c.Layers, t)
	}
	switch {
	case list == nil && !f.Has("layers"):
		c.Layers = []LayerTerms{one}
	case stated != "":
		v.Report("E_CONFLICT", stated+" stands beside layers, of which each has its own", "write the steps inside layers")
	}
	if x := f.Optional("per"); x != nil {
		c.PerClaim = x.Enum("subscription", "claim") == 1
	}
	if x := f.Optional("on"); x != nil {
		c.EachLayer = x.Enum("sum", "layers") == 1
	}
	if x := f.Optional("share_by"); x != nil {
		c.ByLoss = x.Enum("standing", "loss") == 1
	}
	if x := f.Optional("cession"); x != nil {
		c.Cession = x.ID()
	}
	if x := f.Optional("states_ordinary_only"); x != nil {
		c.StatesOrdinaryOnly = x.Bool()
	}
	f.Done()
	return c
}

// layerTerms reads the steps of one layer; stated names one of them, or is empty.
func (r *clauseReader) layerTerms(f *yamlread.Fields) (t LayerTerms, stated string) {
	see := func(name string) *yamlread.Value {
		x := f.Optional(name)
		if x != nil {
			stated = name
		}
		return x
	}
	if x := see("part"); x != nil {
		t.Part = new(ReadRatio(x))
	}
	if x := see("franchise"); x != nil {
		t.Franchise = r.franchise(x)
	}
	t.Deductible = r.layerAmount(see("deductible"), "of_loss", "of_limit")
	if x := see("attachment"); x != nil {
		t.Attachment = new(r.fixed(x))
	}
	t.Limit = r.layerAmount(see("limit"), "of_loss")
	if x := see("share"); x != nil {
		list := []*yamlread.Value{x}
		if x.IsList() {
			if list = x.List(); len(list) == 0 {
				x.Report("E_REQUIRED", "the list of shares is empty", "write a share, or leave the field out")
			}
		}
		for _, s := range list {
			t.Shares = append(t.Shares, ReadRatio(s))
		}
	}
	return t, stated
}

func (r *clauseReader) franchise(v *yamlread.Value) *Franchise {
	f := v.Map()
	bound := func(name string) *Amount {
		if x := f.Optional(name); x != nil {
			return new(r.fixed(x))
		}
		return nil
	}
	out := &Franchise{Over: bound("over"), AtLeast: bound("at_least"), UpTo: bound("up_to"), Under: bound("under")}
	f.Done()
	return out
}

// layerAmount reads a sum, or a map of one of the ratios.
func (r *clauseReader) layerAmount(v *yamlread.Value, ratios ...string) *LayerAmount {
	if v == nil {
		return nil
	}
	if !v.IsMap() {
		return &LayerAmount{Fixed: r.fixed(v)}
	}
	f := v.Map()
	out := &LayerAmount{}
	given := 0
	for _, name := range ratios {
		x := f.Optional(name)
		if x == nil {
			continue
		}
		given++
		if name == "of_loss" {
			out.OfLoss = new(ReadRatio(x))
		} else {
			out.OfLimit = new(ReadRatio(x))
		}
	}
	if given == 0 {
		v.Report("E_REQUIRED", "the amount says neither a sum nor of what it is a part", "write digits, or of_loss with a percentage")
	}
	f.Done()
	return out
}
