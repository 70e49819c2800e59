package contracts

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// LevelDomain is the levels that a measure can take: from From to To, both included, in multiples of Step; every level between them
// when Step is zero.
type LevelDomain struct {
	From, To Ratio
	Endless  bool // there is no greatest level: To says nothing
	Step     Ratio
}

// LevelSpan is an interval of levels. A nil edge lies at the end of the domain, which belongs to the span.
type LevelSpan struct {
	Low, High     *Ratio
	LowIn, HighIn bool // whether the edge itself belongs to the span
}

// holds reports whether the whole of a piece lies in the span. Pieces never straddle an edge.
func (s LevelSpan) holds(p piece) bool {
	if s.Low != nil {
		if c := p.low.Cmp(*s.Low); c < 0 || c == 0 && p.point && !s.LowIn {
			return false
		}
	}
	if s.High == nil {
		return true
	}
	if p.point {
		c := p.low.Cmp(*s.High)
		return c < 0 || c == 0 && s.HighIn
	}
	return !p.endless && p.high.Cmp(*s.High) <= 0
}

// piece is a level that is an edge of something, or the open interval between two such levels that follow one another.
type piece struct {
	low, high Ratio // the same where point
	point     bool
	endless   bool  // there is no end: high says nothing
	holds     []int // the spans that the piece lies in, in order
}

// pieces cuts the domain at the edges of the spans and at the further levels, from the lowest level up. Pieces that hold no level of
// the domain are left out: between 98.49% and 98.5% there is none where levels have two decimals.
func (d LevelDomain) pieces(spans []LevelSpan, further ...Ratio) []piece {
	at := append([]Ratio{d.From}, further...)
	if !d.Endless {
		at = append(at, d.To)
	}
	for _, s := range spans {
		for _, e := range []*Ratio{s.Low, s.High} {
			if e != nil {
				at = append(at, *e)
			}
		}
	}
	at = slices.DeleteFunc(at, func(r Ratio) bool { return r.Cmp(d.From) < 0 || !d.Endless && r.Cmp(d.To) > 0 })
	slices.SortFunc(at, Ratio.Cmp)
	at = slices.CompactFunc(at, func(a, b Ratio) bool { return a.Cmp(b) == 0 })
	var out []piece
	add := func(p piece) {
		if !d.has(p) {
			return
		}
		for i, s := range spans {
			if s.holds(p) {
				p.holds = append(p.holds, i)
			}
		}
		out = append(out, p)
	}
	for i, r := range at {
		add(piece{low: r, high: r, point: true})
		if i+1 < len(at) {
			add(piece{low: r, high: at[i+1]})
		}
	}
	if d.Endless {
		add(piece{low: at[len(at)-1], endless: true})
	}
	return out
}

// has reports whether the domain has a level in the piece.
func (d LevelDomain) has(p piece) bool {
	if d.Step.Num() == 0 || p.endless {
		return true
	}
	step := rat(d.Step)
	units := new(big.Rat).Quo(rat(p.low), step)
	if p.point {
		return units.IsInt()
	}
	next := new(big.Int).Quo(units.Num(), units.Denom())
	next.Add(next, big.NewInt(1))
	return new(big.Rat).Mul(new(big.Rat).SetInt(next), step).Cmp(rat(p.high)) < 0
}

func rat(r Ratio) *big.Rat { return big.NewRat(r.Num(), r.Den()) }

// runs joins pieces that follow one another and for which keep holds.
func runs(ps []piece, keep func(int) bool) [][]int {
	var out [][]int
	for i := range ps {
		switch {
		case !keep(i):
		case i > 0 && keep(i-1) && len(out) > 0:
			out[len(out)-1] = append(out[len(out)-1], i)
		default:
			out = append(out, []int{i})
		}
	}
	return out
}

// interval writes the pieces of a run as one interval, such as [99.8%, 99.9%), or as the one level that it is.
func interval(ps []piece, run []int, text func(Ratio) string) string {
	first, last := ps[run[0]], ps[run[len(run)-1]]
	if first.point && len(run) == 1 {
		return text(first.low)
	}
	open, end := "(", ")"
	if first.point {
		open = "["
	}
	if last.endless {
		return open + text(first.low) + ", ∞)"
	}
	if last.point {
		end = "]"
	}
	return fmt.Sprintf("%s%s, %s%s", open, text(first.low), text(last.high), end)
}

// spell writes a length of time in ms as it is written in a contract file: 4m19s.
func spell(ms int64) string {
	var b strings.Builder
	for _, u := range []string{"d", "h", "m", "s", "ms"} {
		if n := ms / durationUnits[u]; n > 0 {
			fmt.Fprintf(&b, "%d%s", n, u)
			ms %= durationUnits[u]
		}
	}
	if b.Len() == 0 {
		return "0s"
	}
	return b.String()
}

// whole is a whole number of milliseconds, or a count, as a level. It may lie beyond [MaxRatioTerm]: levels are only compared.
func whole(n int64) Ratio { return Ratio{n, 1} }

// rungs is the table of a credit laid out over the levels of its measure.
type rungs struct {
	c        *Credit
	a        *Availability
	onUptime bool
	domain   LevelDomain
	pieces   []piece // from the best level to the worst
	kept     []bool  // by piece: the commitment is kept there
}

// span is the interval of a rung.
func (t Tier) span() LevelSpan {
	if t.OnUptime() {
		return LevelSpan{Low: t.Floor, LowIn: t.FloorInclusive, High: new(t.Bound), HighIn: t.Inclusive}
	}
	var s LevelSpan
	if t.Least != nil {
		s.Low, s.LowIn = new(whole(*t.Least)), t.Inclusive
	}
	if t.Most != nil {
		s.High, s.HighIn = new(whole(*t.Most)), t.FloorInclusive
	}
	return s
}

// newRungs lays out the table of a credit. The commitment is kept from its target up, and before the first edge of the table.
func newRungs(c *Credit, a *Availability) rungs {
	r := rungs{c: c, a: a, onUptime: c.Tiers[0].OnUptime()}
	r.domain = a.levels(r.onUptime)
	var spans []LevelSpan
	for _, t := range c.Tiers {
		spans = append(spans, t.span())
	}
	var further []Ratio
	target := r.onUptime && a.Target.Num() > 0
	if target {
		further = []Ratio{a.Target}
	}
	r.pieces = r.domain.pieces(spans, further...)
	if r.onUptime {
		slices.Reverse(r.pieces)
	}
	before := true
	for _, p := range r.pieces {
		met := target && p.low.Cmp(a.Target) >= 0
		before = before && slices.Equal(p.holds, r.pieces[0].holds) && (met || !target)
		r.kept = append(r.kept, before || met)
	}
	return r
}

// levels are those that the rungs of a credit can meet: uptime, cut to decimals where the terms do so; or a length of time in ms, no
// longer than the longest window, in the units to which it is rounded; or a count.
func (a *Availability) levels(onUptime bool) LevelDomain {
	if onUptime {
		d := LevelDomain{To: One}
		if a.Decimals != nil {
			d.Step = Ratio{1, 100}
			for range *a.Decimals {
				d.Step.den *= 10
			}
		}
		return d
	}
	d := LevelDomain{Endless: true, Step: One}
	switch {
	case a.Measure == Time && a.Round.Unit > 0:
		d.Step = whole(a.Round.Unit)
	case a.Measure == Misses && a.Misses.Within > 0:
		d.Endless, d.To = false, whole(int64(a.Misses.Within))
	}
	if longest := a.longest(); a.Measure == Time && longest > 0 {
		d.Endless, d.To = false, whole(longest)
	}
	return d
}

// longest is the length of the longest window in ms, an hour included that a change of clocks may add; 0 where there is no such length.
func (a *Availability) longest() int64 {
	days := 0
	switch a.Window {
	case CalendarDay:
		days = 1
	case CalendarMonth, BillingMonth, ContractMonth:
		days = 31
	case CalendarQuarter, ContractQuarter:
		days = 92
	case CalendarHalf:
		days = 184
	case CalendarYear, ContractYear:
		days = 366
	case RollingDays:
		days = a.Days
	case EachOutage, EachEvent, Incident:
		return 0
	}
	return int64(days)*durationUnits["d"] + durationUnits["h"]
}

// text writes a level in the unit of the table.
func (r rungs) text(level Ratio) string {
	switch {
	case r.onUptime:
		return level.Percent()
	case r.a.Measure == Time:
		return spell(level.Num())
	}
	return level.String()
}

// interval writes a run of pieces, from the lower level to the higher.
func (r rungs) interval(run []int) string {
	if !r.onUptime {
		return interval(r.pieces, run, r.text)
	}
	run = slices.Clone(run)
	slices.Reverse(run)
	return interval(r.pieces, run, r.text)
}

// rung writes the interval of a rung.
func (r rungs) rung(n int) string {
	of := slices.DeleteFunc(seq(len(r.pieces)), func(i int) bool { return !slices.Contains(r.pieces[i].holds, n) })
	if len(of) == 0 {
		return fmt.Sprintf("rung %d", n+1)
	}
	return r.interval(of)
}

func seq(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// isPoint reports whether a run is one level.
func (r rungs) isPoint(run []int) bool { return len(run) == 1 && r.pieces[run[0]].point }
