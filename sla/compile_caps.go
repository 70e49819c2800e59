package sla

import (
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// caps limits the claims: by the narrowest scope first, those of one scope in the contract's order.
func (k *compiler) caps() {
	if len(k.p.lines) == 0 {
		return
	}
	s := &capping{compiler: k}
	for _, c := range k.claims {
		s.parts = append(s.parts, cappedPart{claim: c})
	}
	for per := contracts.PerClaim; per <= contracts.PerIncident; per++ {
		for _, cl := range k.p.Contract.Clauses {
			if c, ok := cl.(*contracts.Cap); ok && c.Per == per {
				s.cap(c)
			}
		}
	}
}

// capping is the stage of the caps. It remembers which caps were applied to what, because a sum
// that an earlier cap has cut away is not there to stand outside a later one.
type capping struct {
	*compiler
	parts  []cappedPart // the claims as the stage found them, with what the caps per claim did
	joined []applied    // the caps applied since the claims were joined
}

// cappedPart is a claim and the caps applied to it alone.
type cappedPart struct {
	claim
	caps []applied
}

// applied is a cap and the most that it left of what it covers.
type applied struct {
	cap  *contracts.Cap
	most formula.Expr
}

// cap limits the claims. What arose in phases in which the cap does not stand stays outside it.
func (s *capping) cap(c *contracts.Cap) {
	if c.Per != contracts.PerClaim {
		s.collapse()
	}
	refs := s.refsOf(&c.Provision, law.Nothing)
	limit := s.taxedLimit(c, s.capAmount(c))
	if s.p.Shape.Dates && c.Base != contracts.FixedSum { // fees of one who is no customer widen no shared limit
		limit = formula.If{Cond: formula.Col{Name: "in_force"}, Then: limit, Else: formula.Const{V: 0}}
	}
	amount := s.add(Column{Column: formula.Column{Name: "cap." + c.ID, Expr: limit}, Unit: Amount, Role: Working, Rule: RuleCap, Clause: c.ID,
		Label: contracts.Text{JA: "責任限度額（" + c.Ref.String() + "）", EN: "limit (" + c.Ref.String() + ")"}, Refs: refs})
	amount = s.unspent(c, amount, refs)
	if !c.CreditsInside && s.credit != nil {
		s.assume("credits."+c.ID, "利用料金の減額・返金は責任限度額に含めない（約款に定めがない）", "credits do not count against the cap (the terms are silent)")
	}
	rule := RuleCap
	if c.Per >= contracts.PerCustomer {
		rule = RulePool
	}
	credit := s.credit
	i := -1
	s.stage(c.ID, rule, c.ID, refs, func(cl *claim) formula.Expr {
		i++
		limit := amount
		if c.CreditsInside && credit != nil && c.Per < contracts.PerCustomer {
			limit, credit = s.lessCredit(c, i, amount, credit, refs)
		}
		free, everywhere := s.uncapped(c, i)
		inside := cl.now
		if free != nil {
			inside = s.add(Column{Column: formula.Column{Name: "base." + c.ID + cl.suffix, Expr: formula.Sub{A: cl.now, B: free}}, Unit: Amount, Role: Working, Rule: rule, Clause: c.ID,
				Label: contracts.Text{JA: "限度額の対象（" + c.Ref.String() + "）", EN: "subject to the limit (" + c.Ref.String() + ")"}, Refs: refs})
		}
		limited := formula.Expr(formula.Min{A: inside, B: limit})
		if c.Per >= contracts.PerCustomer {
			limited = s.pooled(c, inside, amount, refs, s.covered(c, cl.lines))
		}
		if everywhere != nil {
			return formula.If{Cond: everywhere, Then: limited, Else: cl.now}
		}
		s.remember(c, i, cl, free, inside, limit)
		return formula.Add{A: free, B: limited}
	})
	for i := range s.claims {
		if c.Per == contracts.PerClaim {
			s.parts[i].now = s.claims[i].now
		}
	}
}

// unspent lowers the limit of one row by what was paid under it before, not below 0. The limit of a pool is lowered once, by the sum of its rows.
func (s *capping) unspent(c *contracts.Cap, amount formula.Expr, refs []contracts.Ref) formula.Expr {
	if c.Used == "" {
		if c.Per >= contracts.PerSubscription {
			s.assume("used."+c.ID, "期間中にすでに支払われた額は責任限度額（"+c.Ref.String()+"）から差し引かない（約款に定めがない）", "earlier payments in the period do not lower the limit of "+c.Ref.String()+" (the terms are silent)")
		}
		return amount
	}
	column := func(name string, e formula.Expr, ja, en string) formula.Expr {
		return s.add(Column{Column: formula.Column{Name: name + "." + c.ID, Expr: e}, Unit: Amount, Role: Working, Rule: RuleCap, Clause: c.ID,
			Label: contracts.Text{JA: ja + "（" + c.Ref.String() + "）", EN: en + " (" + c.Ref.String() + ")"}, Refs: refs})
	}
	spent := column("spent", s.fee(c.At, c.Used), "限度額のうち支払済みの額", "already paid under the limit")
	if c.Per >= contracts.PerCustomer {
		return amount
	}
	return column("unspent", formula.Max{A: formula.Sub{A: amount, B: spent}, B: formula.Const{V: 0}}, "限度額の残り", "what is left of the limit")
}

// covered are the lines under heads that a cap covers, without heads that are added after the offset; nil where that is all of them.
func (s *capping) covered(c *contracts.Cap, lines []Line) []Line {
	if len(c.Heads)+len(c.ExceptHeads) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return !c.Covers(l.Head) || slices.Contains(s.added, l.Head) })
}

// lessCredit counts the credit against a cap that it stands inside, once: in the order of the claims it uses up the limits of those
// that have something to limit, and what it does not use is left for the next. A lifted cap uses its part all the same, so that
// no claim gets less because another is under no limit.
func (s *capping) lessCredit(c *contracts.Cap, i int, amount, credit formula.Expr, refs []contracts.Ref) (limit, left formula.Expr) {
	cl := &s.claims[i]
	if len(s.claims) == 1 {
		return formula.Max{A: formula.Sub{A: amount, B: credit}, B: formula.Const{V: 0}}, nil
	}
	column := func(name string, e formula.Expr, ja, en string) formula.Expr {
		return s.add(Column{Column: formula.Column{Name: name + "." + c.ID + cl.suffix, Expr: e}, Unit: Amount, Role: Working, Rule: RuleCap, Clause: c.ID,
			Label: contracts.Text{JA: ja + "（" + c.Ref.String() + "）" + cl.suffix, EN: en + " (" + c.Ref.String() + ") " + cl.suffix}, Refs: refs})
	}
	asks := formula.Compare{Op: formula.More, A: cl.now, B: formula.Const{V: 0}}
	used := column("used", formula.If{Cond: asks, Then: formula.Min{A: credit, B: amount}, Else: formula.Const{V: 0}}, "減額・返金が使う限度額", "limit used by credits")
	limit = formula.Sub{A: amount, B: used}
	if i == len(s.claims)-1 {
		return limit, nil // nobody is left to use it
	}
	return limit, column("unused", formula.Sub{A: credit, B: used}, "残りの減額・返金", "credits left")
}

// remember notes the most that a cap leaves of what it covers: its limit, and for a pool what the row
// got of it. A cap that cut nothing off notes all there was.
func (s *capping) remember(c *contracts.Cap, i int, cl *claim, free, inside, limit formula.Expr) {
	most := formula.Expr(formula.Min{A: limit, B: cl.now})
	if c.Per >= contracts.PerCustomer {
		got := formula.Sub{A: formula.Col{Name: "after." + c.ID + cl.suffix}, B: free}
		most = formula.If{Cond: formula.Compare{Op: formula.Less, A: got, B: inside}, Then: got, Else: cl.now}
	}
	if c.Per == contracts.PerClaim {
		s.parts[i].caps = append(s.parts[i].caps, applied{c, most})
	} else {
		s.joined = append(s.joined, applied{c, most})
	}
}

// uncapped says what part of claim i the cap leaves alone. With one phase it is all
// or nothing, and the test itself is returned.
func (s *capping) uncapped(c *contracts.Cap, i int) (free, test formula.Expr) {
	cl := &s.claims[i]
	kinds := s.kinds(cl.lines, []*contracts.Cap{c})
	all := s.limiting([]*contracts.Cap{c}, kinds[0][0])
	if len(kinds) == 1 && all != nil && c.Per < contracts.PerCustomer {
		return nil, all
	}
	var outside formula.Expr
	switch {
	case len(kinds) == 1:
		outside = unless(all, cl.now)
	case c.Per == contracts.PerClaim:
		outside = formula.Min{A: s.ofPart(&s.parts[i], latest(s.parts[i].caps), []*contracts.Cap{c}), B: cl.now}
	default:
		outside = formula.Min{A: s.ofAll(latest(s.joined), []*contracts.Cap{c}), B: cl.now}
	}
	free = s.add(Column{Column: formula.Column{Name: "free." + c.ID + cl.suffix, Expr: outside}, Unit: Amount, Role: Working, Rule: RuleCap, Clause: c.ID,
		Label: contracts.Text{JA: "限度額の対象外（" + c.Ref.String() + "）", EN: "outside the limit (" + c.Ref.String() + ")"}, Refs: []contracts.Ref{c.Ref}})
	return free, nil
}

// capsLookedBack bounds how many earlier caps are looked at for what a later one leaves alone, each of which doubles the formula.
const capsLookedBack = 3

func latest(a []applied) []applied { return a[max(len(a)-capsLookedBack, 0):] }

// ofAll is the most there can be, after the caps in before, of what arose in phases where none of the given caps stands: each
// earlier cap in turn either binds, and then adds its limit to what lies outside it too, or does not.
func (s *capping) ofAll(before []applied, none []*contracts.Cap) formula.Expr {
	if n := len(before); n > 0 {
		last := before[n-1]
		return formula.Min{A: s.ofAll(before[:n-1], none), B: formula.Add{A: last.most, B: s.ofAll(before[:n-1], with(none, last.cap))}}
	}
	var of []formula.Expr
	for i := range s.parts {
		of = append(of, s.settled(&s.parts[i], none))
	}
	return formula.Sum(of...)
}

// settled is ofPart after all caps per claim, and no more than they left.
func (s *capping) settled(p *cappedPart, none []*contracts.Cap) formula.Expr {
	if kinds := s.kinds(p.lines, none); len(kinds) == 1 {
		return unless(s.limiting(none, kinds[0][0]), p.now)
	}
	e := s.ofPart(p, latest(p.caps), none)
	if len(s.parts) == 1 {
		return e
	}
	return formula.Min{A: e, B: p.now}
}

// ofPart is ofAll for one claim and the caps per claim.
func (s *capping) ofPart(p *cappedPart, before []applied, none []*contracts.Cap) formula.Expr {
	if n := len(before); n > 0 {
		last := before[n-1]
		return formula.Min{A: s.ofPart(p, before[:n-1], none), B: formula.Add{A: last.most, B: s.ofPart(p, before[:n-1], with(none, last.cap))}}
	}
	return s.arose(p, none)
}

// arose is what arose in phases where none of the caps stands, less own fault where that was taken: rounded claim by claim, as own fault is.
func (s *capping) arose(p *cappedPart, none []*contracts.Cap) formula.Expr {
	spared := s.spared(p.lines)
	var reduced, whole []formula.Expr // what own fault has taken a part of, and what it has not
	for _, lines := range s.kinds(p.lines, none) {
		part := unless(s.limiting(none, lines[0]), formula.Sum(s.values(lines)...))
		if p.reduced && !slices.Contains(spared, lines[0]) {
			reduced = append(reduced, part)
		} else {
			whole = append(whole, part)
		}
	}
	sum := formula.Sum(whole...)
	if len(reduced) > 0 {
		sum = formula.Add{A: sum, B: s.kept(formula.Sum(reduced...), s.ownProvision())}
	}
	if len(none) == 1 {
		return sum
	}
	var ids, refs []string
	for _, c := range none {
		ids, refs = append(ids, c.ID), append(refs, c.Ref.String())
	}
	return s.add(Column{Column: formula.Column{Name: "apart." + strings.Join(ids, "+") + p.suffix, Expr: sum}, Unit: Amount, Role: Working, Rule: RuleCap, Clause: none[0].ID,
		Label: contracts.Text{JA: "いずれの限度額の対象でもない額（" + strings.Join(refs, "・") + "）" + p.suffix, EN: "outside each of these limits (" + strings.Join(refs, ", ") + ") " + p.suffix}, Refs: []contracts.Ref{none[0].Ref}})
}

// limiting is whether one of the caps limits the line: it covers the head and stands in the phase. It is nil where none covers the head.
func (s *capping) limiting(caps []*contracts.Cap, l Line) formula.Expr {
	var of []formula.Expr
	for _, c := range caps {
		if c.Covers(l.Head) {
			of = append(of, s.stands(c, l.Phase))
		}
	}
	switch len(of) {
	case 0:
		return nil
	case 1:
		return of[0]
	}
	return formula.Or{Of: of}
}

// unless is the amount where a test does not hold, and all of it without a test.
func unless(test, amount formula.Expr) formula.Expr {
	if test == nil {
		return amount
	}
	return formula.If{Cond: test, Then: formula.Const{V: 0}, Else: amount}
}

// kinds parts lines into those that the caps treat alike, of one phase and under heads that the same caps cover, in order. Heads that are added
// after the offset are left out where there are others.
func (s *capping) kinds(lines []Line, caps []*contracts.Cap) [][]Line {
	if limited := slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return slices.Contains(s.added, l.Head) }); len(limited) > 0 {
		lines = limited
	}
	alike := func(a, b Line) bool {
		return a.Phase == b.Phase && !slices.ContainsFunc(caps, func(c *contracts.Cap) bool { return c.Covers(a.Head) != c.Covers(b.Head) })
	}
	var out [][]Line
	for _, l := range lines {
		if i := slices.IndexFunc(out, func(kind []Line) bool { return alike(kind[0], l) }); i >= 0 {
			out[i] = append(out[i], l)
			continue
		}
		out = append(out, []Line{l})
	}
	return out
}

// with appends to a copy.
func with(caps []*contracts.Cap, c *contracts.Cap) []*contracts.Cap {
	return append(slices.Clone(caps), c)
}

// phasesOf lists the phases of lines, each once, in order.
func phasesOf(lines []Line) []string {
	var out []string
	for _, l := range lines {
		if !slices.Contains(out, l.Phase) {
			out = append(out, l.Phase)
		}
	}
	return out
}

// capAmount is the limit for one row.
func (k *compiler) capAmount(c *contracts.Cap) formula.Expr {
	ref := c.Ref.String()
	if c.Base == contracts.FixedSum {
		name := "cap." + c.ID
		k.param(Parameter{Name: name, Kind: Money, Default: plain(int64(c.Fixed)), From: FromContract, Refs: []contracts.Ref{c.Ref},
			Label: contracts.Text{JA: "責任限度額: " + ref, EN: "limit under " + ref}, Why: contracts.Text{JA: "条項による", EN: "as the clause says"}})
		return formula.Param{Name: name}
	}
	name := "times." + c.ID
	n := formula.Number{Num: c.Times.Num(), Den: c.Times.Den()}
	base, ja, en := "fees_paid", "支払済み料金総額の倍数", "times the fees paid to date"
	if c.Base == contracts.MonthlyFee {
		base, ja, en = "monthly_fee", "月額料金の月数", "months of the monthly fee"
	}
	if c.Base == contracts.NamedFee {
		k.fee(c.At, c.Fee)
		base, ja, en = "fee."+c.Fee, c.Fee+"の倍数", "times the fee "+c.Fee
	}
	k.param(Parameter{Name: name, Kind: Times, Default: &n, From: FromContract, Refs: []contracts.Ref{c.Ref},
		Label: contracts.Text{JA: ja + ": " + ref, EN: en + ": " + ref}, Why: contracts.Text{JA: "条項による", EN: "as the clause says"}})
	return formula.MulDiv{A: formula.Col{Name: base}, B: formula.Param{Name: name, Part: formula.Num}, C: formula.Param{Name: name, Part: formula.Den},
		Rounding: k.p.Contract.RoundingOf(&c.Provision)}
}
