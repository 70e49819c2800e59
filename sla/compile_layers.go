package sla

import (
	"fmt"
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// layers takes the heads through the layer clauses, in the contract's order.
func (k *compiler) layers() {
	clauses := k.p.Contract.Layers()
	if len(clauses) == 0 || len(k.p.lines) == 0 {
		return
	}
	k.spread("layers")
	s := &layering{compiler: k, loss: map[Line]formula.Expr{}, parts: map[Line][]formula.Expr{}}
	for _, l := range k.p.lines {
		s.loss[l], s.parts[l] = k.after[l], []formula.Expr{k.after[l]}
	}
	for _, c := range clauses {
		if len(k.p.Columns) <= mostColumns { // more are refused in the end
			s.clause(c)
		}
	}
	for i := range k.claims {
		k.claims[i].stale = false // each is the sum of its heads
	}
}

// layering is the stage of the layers. Heads are kept by layer from the first clause that has several.
type layering struct {
	*compiler
	loss  map[Line]formula.Expr   // what each head stood at before the stage
	parts map[Line][]formula.Expr // what each stands at, by layer
	// Of the cession in hand: its name, what each head stood at before it, and what it pays of each, by layer.
	cession string
	gross   map[Line]formula.Expr
	ceded   map[Line][]formula.Expr
}

// pot is a sum on which one layer works.
type pot struct {
	n      int // of the layer, from 1; 0 when the clause has only one
	terms  contracts.LayerTerms
	pieces []piece
}

// piece is what stands in a pot for one head: of which layer, how much, by what weight it shares in what is left, and what it
// stays at where the clause does not stand (nil is nothing).
type piece struct {
	line                   Line
	layer                  int
	value, weight, outside formula.Expr
}

func (s *layering) clause(c *contracts.Layer) {
	var lines []Line
	for _, l := range s.p.lines {
		if (len(c.Heads) == 0 || slices.Contains(c.Heads, l.Head)) && !slices.Contains(s.added, l.Head) {
			lines = append(lines, l)
		}
	}
	if len(lines) > 1 && !c.ByLoss {
		s.assume("layer.heads", "階層・自己負担の適用後の額は、各損害項目にその額の割合で割り付ける（約款に定めがない）",
			"what layers leave is shared over the heads in proportion to what each stood at (the terms are silent)")
	}
	from := s.parts
	if c.Cession != "" {
		from = s.cede(c)
	} else {
		s.cession = ""
	}
	if len(lines) > 0 && s.fits(c, lines, from) {
		for _, lines := range s.sums(c, lines) {
			paid := map[Line][]formula.Expr{}
			for _, p := range s.pots(c, lines, from) {
				s.pay(c, p, lines, paid)
			}
			for _, l := range lines {
				s.settle(c, l, paid[l])
			}
		}
	}
	s.stage(c.ID, RuleLayer, c.ID, s.refsOf(&c.Provision, law.Nothing), func(cl *claim) formula.Expr {
		cl.reduced = false
		return formula.Sum(s.values(cl.lines)...)
	})
}

// sums parts the lines of a clause into those on whose sum it works: all of them, or each event's.
func (s *layering) sums(c *contracts.Layer, lines []Line) [][]Line {
	var out [][]Line
	for _, e := range s.p.Incident.Events {
		if of := slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return s.events[l.Phase].ID != e.ID }); len(of) > 0 {
			out = append(out, of)
		}
	}
	if len(out) > 1 && !c.PerClaim {
		s.assume("per."+c.ID, c.Ref.String()+"は全事象の損害の合計額に適用する（約款に定めがない）", c.Ref.String()+" is applied to the losses of all events together (the terms are silent)")
		return [][]Line{lines}
	}
	return out
}

// cede returns what the clause's cession pays so far. Heads that it does not yet know stand at their loss.
func (s *layering) cede(c *contracts.Layer) map[Line][]formula.Expr {
	if s.cession != c.Cession {
		s.cession, s.gross, s.ceded = c.Cession, map[Line]formula.Expr{}, map[Line][]formula.Expr{}
	}
	out := map[Line][]formula.Expr{}
	for _, l := range s.p.lines {
		if out[l] = s.ceded[l]; out[l] == nil {
			out[l] = []formula.Expr{s.after[l]}
		}
	}
	return out
}

// fits reports whether a clause that works layer by layer finds as many as it has, the same number of each head.
func (s *layering) fits(c *contracts.Layer, lines []Line, from map[Line][]formula.Expr) bool {
	for _, l := range lines {
		if n := len(from[l]); c.EachLayer && n != len(c.Layers) {
			s.wrong(c.At, "layer.layers", "E_CONFLICT",
				fmt.Sprintf("clause %s works on %d layers one by one, and head %s has %d when it is reached", c.ID, len(c.Layers), l.Head, n), "write as many layers, or leave on: layers out")
			return false
		}
		if len(c.Layers) == 1 && c.ByLoss && len(from[l]) > 1 {
			s.wrong(c.At, "layer.share_by", "E_CONFLICT", fmt.Sprintf("clause %s shares the sum of several layers by the loss", c.ID), "write on: layers and as many layers, or leave share_by out")
			return false
		}
	}
	return true
}

// pots lays out what the clause works on: one pot for each of its layers.
func (s *layering) pots(c *contracts.Layer, lines []Line, from map[Line][]formula.Expr) []pot {
	var out []pot
	for i, t := range c.Layers {
		p := pot{terms: t}
		if len(c.Layers) > 1 {
			p.n = i + 1
		}
		for _, l := range lines {
			first := c.Cession != "" && s.ceded[l] == nil // where the clause does not stand, nothing is ceded
			for j, part := range from[l] {
				switch {
				case c.EachLayer && j != i:
					continue
				case len(c.Layers) > 1 && !c.EachLayer: // all layers are over the whole, which is kept with the first where the clause does not stand
					if j > 0 {
						continue
					}
					j, part = i, s.whole(c, l, from[l])
				}
				x := piece{line: l, layer: j, value: part, weight: part, outside: part}
				if c.ByLoss {
					x.weight = s.loss[l]
				}
				if first || len(c.Layers) > 1 && !c.EachLayer && i > 0 {
					x.outside = nil
				}
				p.pieces = append(p.pieces, x)
			}
		}
		out = append(out, p)
	}
	return out
}

// whole is what a head stands at in all layers, which is never more than it stood at before them.
func (s *layering) whole(c *contracts.Layer, l Line, parts []formula.Expr) formula.Expr {
	if len(parts) == 1 {
		return parts[0]
	}
	if c.Cession != "" {
		return formula.Min{A: formula.Sum(parts...), B: s.gross[l]}
	}
	return s.after[l]
}

// pay works one layer out on its pot and shares what it leaves over the pieces.
func (s *layering) pay(c *contracts.Layer, p pot, lines []Line, paid map[Line][]formula.Expr) {
	x := &layer{s, c, p.n, ""}
	if c.PerClaim && len(s.p.Incident.Events) > 1 {
		x.event = "#" + s.events[lines[0].Phase].ID
	}
	stays := p.pieces[0].outside == nil
	one := len(phasesOf(lines)) == 1 && !slices.ContainsFunc(p.pieces, func(e piece) bool { return (e.outside == nil) != stays })
	if !one { // what stands outside the clause is taken out, head by head
		for i, e := range p.pieces {
			stands := s.stands(c, e.line.Phase)
			inside := x.line("inside", e, len(c.Layers) > 1 || e.layer > 0, formula.If{Cond: stands, Then: e.value, Else: formula.Const{V: 0}}, "対象となる額", "subject to the clause")
			if p.pieces[i].weight = inside; c.ByLoss {
				p.pieces[i].weight = formula.If{Cond: stands, Then: e.weight, Else: formula.Const{V: 0}}
			}
			if e.outside != nil {
				p.pieces[i].outside = formula.Sub{A: e.value, B: inside}
			}
			p.pieces[i].value = inside
		}
	}
	var values, weights []formula.Expr
	for _, e := range p.pieces {
		values, weights = append(values, e.value), append(weights, e.weight)
	}
	sum := x.column("loss", formula.Sum(values...), "対象額", "sum of the heads")
	left := x.terms(p.terms, sum)
	if one {
		otherwise := formula.Expr(formula.Const{V: 0})
		if !stays {
			otherwise = sum
		}
		left = formula.If{Cond: s.stands(c, lines[0].Phase), Then: left, Else: otherwise}
	}
	pays := x.column("pays", left, "適用後の額", "what it leaves")
	whole := sum
	if c.ByLoss && len(weights) > 1 {
		whole = x.column("weights", formula.Sum(weights...), "割付けの基礎の合計", "total of the base of sharing")
	}
	for i, e := range p.pieces {
		part := share(weights, i, pays, whole)
		if !one && e.outside != nil {
			part = formula.Add{A: part, B: e.outside}
		}
		for len(paid[e.line]) <= e.layer {
			paid[e.line] = append(paid[e.line], nil)
		}
		paid[e.line][e.layer] = part
	}
}

// share is the part that weight i has in a sum, by cumulative rounding, ⌊Sᵢ·y/x⌋ − ⌊Sᵢ₋₁·y/x⌋: the parts sum to it exactly, and a weight of
// nothing has none.
func share(weights []formula.Expr, i int, sum, whole formula.Expr) formula.Expr {
	if len(weights) == 1 {
		return sum
	}
	upTo := pro(formula.Sum(weights[:i+1]...), sum, whole)
	if i == 0 {
		return upTo
	}
	return formula.Sub{A: upTo, B: pro(formula.Sum(weights[:i]...), sum, whole)}
}

// settle puts what the layers of a clause left of a head, or what a cession pays of it, in its columns.
func (s *layering) settle(c *contracts.Layer, l Line, paid []formula.Expr) {
	if c.Cession == "" && len(paid) == 1 {
		s.after[l] = s.line(c, "after", l, paid[0], "適用後", "after")
		s.parts[l] = []formula.Expr{s.after[l]}
		return
	}
	name, ja, en := "layer", "第%d層", "layer %d"
	if c.Cession != "" {
		name, ja, en = "ceded", "第%d層の填補額", "ceded by layer %d"
	}
	var parts []formula.Expr
	for j, e := range paid {
		n, jaN, enN := fmt.Sprintf("%s-%d", name, j+1), fmt.Sprintf(ja, j+1), fmt.Sprintf(en, j+1)
		if len(paid) == 1 {
			n, jaN, enN = "ceded", "填補額", "ceded"
		}
		parts = append(parts, s.line(c, n, l, e, jaN, enN))
	}
	all := formula.Sum(parts...)
	if c.Cession == "" {
		s.parts[l] = parts
		s.after[l] = s.line(c, "after", l, formula.Min{A: all, B: s.loss[l]}, "適用後", "after")
		return
	}
	if s.gross[l] == nil {
		s.gross[l] = s.after[l]
	}
	s.ceded[l] = parts
	s.after[l] = s.line(c, "after", l, formula.Max{A: formula.Sub{A: s.gross[l], B: all}, B: formula.Const{V: 0}}, "填補後", "net of what is ceded")
	s.parts[l] = []formula.Expr{s.after[l]}
}

// line adds a column of one head.
func (s *layering) line(c *contracts.Layer, name string, l Line, e formula.Expr, ja, en string) formula.Expr {
	head, title := s.lineLabel(l)
	ref := c.Ref.String()
	return s.add(Column{Column: formula.Column{Name: name + "." + c.ID + "." + s.lineName(l), Expr: e}, Unit: Amount, Role: Working, Rule: RuleLayer, Clause: c.ID,
		Label: contracts.Text{JA: ja + "（" + ref + "）: " + head, EN: en + " (" + ref + "): " + title}, Refs: []contracts.Ref{c.Ref}})
}
