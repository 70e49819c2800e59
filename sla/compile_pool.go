package sla

import (
	"fmt"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// sharing is a limit being shared among the rows of a pool.
type sharing struct {
	*compiler
	cap   *contracts.Cap
	scope formula.Scope
	refs  []contracts.Ref
}

// pooled shares a limit among the rows of the pool by cumulative rounding in
// id order, ⌊Sᵢ·C/T⌋ − ⌊Sᵢ₋₁·C/T⌋: the shares sum to the limit exactly, each
// within a unit of pro rata.
func (k *compiler) pooled(c *contracts.Cap, inside, amount formula.Expr, refs []contracts.Ref, lines []Line) formula.Expr {
	s := &sharing{k, c, formula.PerIncident, refs}
	if c.Per == contracts.PerCustomer {
		s.scope = formula.PerCustomer
	}
	base := inside.(formula.Col).Name
	total := s.column("total", s.total(base), "対象の合計", "total subject to the limit")
	limit := amount
	if c.Base != contracts.FixedSum {
		limit = s.total("cap." + c.ID)
	}
	if c.Used != "" {
		limit = formula.Max{A: formula.Sub{A: limit, B: s.total("spent." + c.ID)}, B: formula.Const{V: 0}}
	}
	if c.CreditsInside && k.credit != nil {
		limit = formula.Max{A: formula.Sub{A: limit, B: s.total("credits")}, B: formula.Const{V: 0}}
	}
	limit = s.column("limit", limit, "共通の限度額", "shared limit")
	var share formula.Expr
	switch c.Share {
	case contracts.ByCapped:
		running := s.column("running", s.running(base), "按分の基礎の累計", "running sum of the base of sharing")
		share = s.part(running, formula.Col{Name: base}, limit, total)
	case contracts.ByAdmitted:
		share = s.fill(inside, s.weight("admitted", "admitted", lines), total, limit)
	case contracts.ByClaimed:
		share = s.fill(inside, s.weight("claimed", "post.claimed", lines), total, limit) // without heads that are added after the offset
	}
	return formula.If{Cond: formula.Compare{Op: formula.More, A: total, B: limit}, Then: share, Else: inside}
}

// weight is what a row claimed, or was admitted, of the heads that the cap covers; nil is all of them.
func (s *sharing) weight(of, all string, lines []Line) formula.Expr {
	if lines == nil {
		return formula.Col{Name: all}
	}
	var sum []formula.Expr
	for _, l := range lines {
		sum = append(sum, formula.Col{Name: of + "." + s.lineName(l)})
	}
	return formula.Sum(sum...)
}

func (s *sharing) column(name string, e formula.Expr, ja, en string) formula.Expr {
	return s.add(Column{Column: formula.Column{Name: name + "." + s.cap.ID, Expr: e}, Unit: Amount, Role: Working, Rule: RulePool, Clause: s.cap.ID,
		Label: contracts.Text{JA: ja + "（" + s.cap.Ref.String() + "）", EN: en + " (" + s.cap.Ref.String() + ")"}, Refs: s.refs})
}

func (s *sharing) total(of string) formula.Expr { return formula.PoolTotal{Of: of, Scope: s.scope} }

func (s *sharing) running(of string) formula.Expr { return formula.PoolRunning{Of: of, Scope: s.scope} }

// part is a row's share of a sum by its weight, in cumulative rounding.
func (s *sharing) part(running, weight, sum, weights formula.Expr) formula.Expr {
	return formula.Sub{A: pro(running, sum, weights), B: pro(formula.Sub{A: running, B: weight}, sum, weights)}
}

// pro is a·sum/of rounded down. Where there is nothing to weigh, a is 0 too.
func pro(a, sum, of formula.Expr) formula.Expr {
	return formula.MulDiv{A: a, B: sum, C: formula.Max{A: of, B: formula.Const{V: 1}}, Rounding: contracts.RoundDown}
}

// fillRounds is how often rows that their share would overfill are set aside. In each round the level of the others rises, and the
// rounds are done when it overfills nobody more. They close in so fast that three are seldom too few; see fill for what is then done.
const fillRounds = 3

// fill shares a limit by a weight that may give a row more than it would be owed without the limit, as pouring fills vessels: each row gets its
// weight times one level, or all that it would be owed where that is less, and the level is such that the limit is used up. A row of which nothing is inside
// the limit has no weight. Where the rounds do not settle the level, what is left over goes to the rows by the room that each still
// has, so that the limit is always given out to the unit.
func (s *sharing) fill(inside, base, total, limit formula.Expr) formula.Expr {
	zero := formula.Const{V: 0}
	positive := func(e formula.Expr) formula.Expr { return formula.Compare{Op: formula.More, A: e, B: zero} }
	given := s.column("given", formula.Min{A: limit, B: total}, "分け合う額", "sum to be shared")
	open := s.column("weight", formula.If{Cond: positive(inside), Then: base, Else: zero}, "按分の基礎", "base of sharing")
	rest := given
	weights := s.column("weights", s.total(open.(formula.Col).Name), "按分の基礎の合計", "total of the base of sharing")
	var full formula.Expr
	for i := 1; i <= fillRounds; i++ {
		fills := formula.Expr(formula.Compare{Op: formula.AtLeast, A: pro(open, rest, weights), B: inside})
		if full != nil {
			fills = formula.Or{Of: []formula.Expr{positive(full), fills}}
		}
		round := func(name string, e formula.Expr, ja, en string) formula.Expr {
			return s.column(fmt.Sprintf("%s-%d", name, i), e, fmt.Sprintf("%s・第%d回", ja, i), fmt.Sprintf("%s, round %d", en, i))
		}
		full = round("full", formula.If{Cond: fills, Then: inside, Else: zero}, "満額になる額", "filled in full")
		open = round("open", formula.If{Cond: positive(full), Then: zero, Else: open}, "残る按分の基礎", "base of sharing still open")
		rest = round("rest", formula.Sub{A: given, B: s.total(full.(formula.Col).Name)}, "残る額", "sum left to share")
		weights = round("weights", s.total(open.(formula.Col).Name), "残る按分の基礎の合計", "total of the base still open")
	}
	return formula.Add{A: full, B: s.level(formula.Sub{A: inside, B: full}, open, rest, weights)}
}

// level shares the rest among the rows still open. Where one level for all fits, that is cumulative rounding. Where it would overfill some
// row, each first gets its share at that level, rounded down, or its room where that is less, and then its part of what is left by the
// room that it still has. No pool sum here is of what another running sum gave: some spreadsheets take that for a circle.
func (s *sharing) level(space, open, rest, weights formula.Expr) formula.Expr {
	zero, one := formula.Const{V: 0}, formula.Const{V: 1}
	least := s.column("least", formula.Min{A: space, B: pro(open, rest, weights)}, "按分額（切捨て）", "share by the base, rounded down")
	room := s.column("room", formula.If{Cond: formula.Compare{Op: formula.More, A: open, B: zero}, Then: formula.Sub{A: space, B: least}, Else: zero}, "按分後の余地", "room after the share")
	none := formula.Compare{Op: formula.Equal, A: room, B: zero}
	over := s.add(Column{Column: formula.Column{Name: "over." + s.cap.ID, Expr: formula.If{Cond: formula.And{Of: []formula.Expr{formula.Compare{Op: formula.More, A: open, B: zero}, none}}, Then: one, Else: zero}},
		Label: contracts.Text{JA: "余地のない行（" + s.cap.Ref.String() + "）", EN: "has no room (" + s.cap.Ref.String() + ")"}, Unit: Number, Role: Working, Rule: RulePool, Clause: s.cap.ID, Refs: s.refs})
	left := s.column("left", formula.Sub{A: rest, B: s.total(least.(formula.Col).Name)}, "按分で残った額", "sum that the shares leave")
	rooms := s.column("rooms", s.total(room.(formula.Col).Name), "余地の合計", "total room")
	fits := formula.Compare{Op: formula.Equal, A: s.total(over.(formula.Col).Name), B: zero}
	running := s.column("running", s.running(open.(formula.Col).Name), "按分の基礎の累計", "running sum of the base of sharing")
	rooming := s.column("room-running", s.running(room.(formula.Col).Name), "余地の累計", "running sum of the room")
	return s.column("share", formula.If{Cond: fits, Then: s.part(running, open, rest, weights), Else: formula.Add{A: least, B: s.part(rooming, room, left, rooms)}}, "按分額", "share by the base")
}
