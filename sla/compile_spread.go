package sla

import (
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// hasLayers reports whether heads must be told apart to the end: layer clauses look at what each stands at.
func (k *compiler) hasLayers() bool { return len(k.p.Contract.Layers()) > 0 }

// spread shares what earlier stages left of each claim back over its heads, in proportion to what each stood at, before a stage that asks.
func (k *compiler) spread(before string) {
	for i := range k.claims {
		if c := &k.claims[i]; c.stale {
			k.shareBack(c, "before."+before, RuleLayer, c.now, c.lines, nil, contracts.Text{JA: "按分後", EN: "its part"})
		}
	}
}

// spreadOwnFault shares what own fault left over the heads that it reduces.
func (k *compiler) spreadOwnFault(refs []contracts.Ref) {
	for i := range k.claims {
		c := &k.claims[i]
		spared := k.spared(c.lines)
		var taken []Line
		for _, l := range c.lines {
			if !slices.Contains(spared, l) {
				taken = append(taken, l)
			}
		}
		left := c.now
		if len(spared) > 0 {
			left = formula.Sub{A: c.now, B: formula.Sum(k.values(spared)...)}
		}
		k.shareBack(c, "after.own-fault", RuleOwnFault, left, taken, refs, contracts.Text{JA: "過失相殺後", EN: "after own fault"})
	}
}

// shareBack makes the heads of a claim sum to what is left of it.
func (k *compiler) shareBack(c *claim, name string, rule Rule, left formula.Expr, lines []Line, refs []contracts.Ref, label contracts.Text) {
	c.stale, c.reduced = false, false
	lines = slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return slices.Contains(k.added, l.Head) })
	weights := k.values(lines)
	for i, l := range lines {
		ja, en := k.lineLabel(l)
		k.after[l] = k.add(Column{Column: formula.Column{Name: name + "." + k.lineName(l), Expr: share(weights, i, left, formula.Sum(weights...))},
			Label: contracts.Text{JA: label.JA + ": " + ja, EN: label.EN + ": " + en}, Unit: Amount, Role: Working, Rule: rule, Refs: refs})
	}
}
