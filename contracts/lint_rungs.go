package contracts

import (
	"fmt"
	"slices"
	"strings"
)

// targetGap reports a table of one-edged rungs that begins below the target. Both [Contract.Validate] and [Contract.Lint] tell it.
func (c *Credit) targetGap(a *Availability) (Problem, bool) {
	if a == nil || c.TwoEdged() || len(c.Tiers) == 0 || !c.Tiers[0].OnUptime() || a.Target.Num() == 0 || c.Tiers[0].Bound.Cmp(a.Target) >= 0 {
		return Problem{}, false
	}
	t := c.Tiers[0]
	at := t.At
	if at == (Pos{}) {
		at = c.At
		at.Field = joined(at.Field, "credit.tiers[0]")
	}
	return at.Problem("W_TIER_GAP", t.Bound.Percent(), fmt.Sprintf("uptime below the target of %s earns nothing until it falls below %s", a.Target.Percent(), t.Bound.Percent()),
		"let the first tier begin at the target, unless the terms say so"), true
}

func joined(path, field string) string {
	if path == "" {
		return field
	}
	return path + "." + field
}

// maxRungs and maxCredits bound what is laid out and compared: no table that a person wrote is longer.
const (
	maxRungs   = 500
	maxCredits = 500
)

// ladder lints the rungs of a credit in themselves.
func (l *linter) ladder(c *Credit, a *Availability) {
	if len(c.Tiers) == 0 || len(c.Tiers) > maxRungs {
		return
	}
	if p, ok := c.targetGap(a); ok {
		l.problems = append(l.problems, p)
	}
	r := newRungs(c, a)
	l.whileMet(r)
	if c.Reading == SingleTier {
		if c.TwoEdged() && !c.Reward {
			l.gaps(r)
		}
		l.overlaps(r)
		if !c.Reward {
			l.order(r)
		}
	}
	l.unreached(r)
	l.minimum(r)
	l.units(r)
}

// gaps reports levels below the promise for which a table of two-edged rungs has none.
func (l *linter) gaps(r rungs) {
	c := r.c
	if c.IfNone != LadderOpen {
		return
	}
	var rounded, edges, wide [][]int
	for _, run := range runs(r.pieces, func(i int) bool { return len(r.pieces[i].holds) == 0 && !r.kept[i] }) {
		switch {
		case run[len(run)-1] == len(r.pieces)-1:
			l.credit(c, "tiers", "W_TIER_BOTTOM", r.interval(run), fmt.Sprintf("no rung pays at %s, where the failure is worst", r.interval(run)),
				"let the last rung have no further edge, or write if_none: nothing where the terms mean that")
		case r.isPoint(run):
			edges = append(edges, run)
		case r.decimals(run) >= 0:
			rounded = append(rounded, run)
		default:
			wide = append(wide, run)
		}
	}
	for _, run := range wide {
		l.credit(c, "tiers", "W_TIER_GAP", r.interval(run), fmt.Sprintf("no rung pays at %s, though the promise is missed there", r.interval(run)),
			"let the rungs touch, or write if_none: nothing, least or most to say what holds there")
	}
	if len(rounded) > 0 {
		l.credit(c, "tiers", "W_TIER_UNITS", r.interval(rounded[0]), fmt.Sprintf("the bands are closed at %d decimals and the uptime is not rounded, so that no rung pays at %s", r.decimals(rounded[0]), r.list(rounded)),
			fmt.Sprintf("write percent: {decimals: %d, by: …} in the commitment, if the terms compare a rounded uptime", r.decimals(rounded[0])))
	}
	l.edges(r, edges, "none of the rungs")
}

// overlaps reports levels at which several rungs of a two-edged table hold that do not pay the same.
func (l *linter) overlaps(r rungs) {
	c := r.c
	if !c.TwoEdged() || c.IfSeveral != LadderOpen {
		return
	}
	var edges [][]int
	several := func(i int) bool {
		h := r.pieces[i].holds
		return len(h) > 1 && slices.ContainsFunc(h[1:], func(n int) bool { return !samePay(c.Tiers[h[0]].Pays(), c.Tiers[n].Pays()) })
	}
	for _, run := range runs(r.pieces, several) {
		if r.isPoint(run) {
			edges = append(edges, run)
			continue
		}
		l.credit(c, "tiers", "W_TIER_OVERLAP", r.interval(run), fmt.Sprintf("several rungs that pay differently hold at %s: %s", r.interval(run), r.names(run)),
			"let the rungs end where the next begins, or write if_several: most, least, first or sum to say what holds there")
	}
	l.edges(r, edges, "several rungs")
}

// edges reports single levels in none or several of the rungs: one finding where that is so of every edge at which rungs meet, as the
// table then never says on which side they are.
func (l *linter) edges(r rungs, at [][]int, in string) {
	if meet := r.meetings(); len(at) > 1 && len(at) == meet {
		l.credit(r.c, "tiers", "W_BOUNDARY", r.interval(at[0]), fmt.Sprintf("the table does not say on which side its edges are: %s are in %s", r.list(at), in),
			"write below or at_most, and from or above, as the terms mean it; where they are silent leave it, and both readings are computed")
		return
	}
	for _, run := range at {
		l.credit(r.c, "tiers", "W_TIER_EDGE", r.interval(run), fmt.Sprintf("%s exactly is in %s", r.interval(run), in),
			"let one of the two rungs hold its edge: at_most or from beside below or above")
	}
}

// meetings counts the levels at which one rung ends and another begins.
func (r rungs) meetings() int {
	n := 0
	for _, p := range r.pieces {
		low, high := false, false
		for _, t := range r.c.Tiers {
			s := t.span()
			low = low || s.Low != nil && s.Low.Cmp(p.low) == 0
			high = high || s.High != nil && s.High.Cmp(p.low) == 0
		}
		if p.point && low && high {
			n++
		}
	}
	return n
}

// whileMet reports rungs that pay though the promise is kept, and an edge that is in both.
func (l *linter) whileMet(r rungs) {
	c := r.c
	if !r.onUptime || r.a.Target.Num() == 0 {
		return
	}
	wrong := func(i int) bool {
		met := r.pieces[i].low.Cmp(r.a.Target) >= 0
		return met != c.Reward && slices.ContainsFunc(r.pieces[i].holds, func(n int) bool { return !paysNothing(c.Tiers[n].Pays()) })
	}
	for _, run := range runs(r.pieces, wrong) {
		switch at := r.interval(run); {
		case c.Reward:
			l.credit(c, "tiers", "W_PAYS_WHILE_MET", at, fmt.Sprintf("a reward is due at %s, where the promise of %s is missed", at, r.a.Target.Percent()), "begin the reward at the target or above it")
		case r.isPoint(run):
			l.credit(c, "tiers", "W_TIER_EDGE", at, fmt.Sprintf("%s exactly is both kept, as the target, and paid for by a rung", at), "write below in the first rung, unless the terms pay at the target itself")
		default:
			l.credit(c, "tiers", "W_PAYS_WHILE_MET", at, fmt.Sprintf("a rung pays at %s, where the promise of %s is kept", at, r.a.Target.Percent()), "let the first rung begin at the target, or correct the target")
		}
	}
}

// order reports where a worse level is paid less than a better one: from rung to rung, and the first gap after a rung that pays.
func (l *linter) order(r rungs) {
	c := r.c
	best, inGap := none, false
	told := map[[2]int]bool{}
	for i, p := range r.pieces {
		if r.kept[i] && len(p.holds) == 0 {
			continue
		}
		n := r.pick(p.holds)
		switch {
		case n == none && best != none && !inGap && (c.IfNone == LadderOpen || c.IfNone == LadderNone):
			inGap = true
			run := []int{i}
			for j := i + 1; j < len(r.pieces) && len(r.pieces[j].holds) == 0; j++ {
				run = append(run, j)
			}
			l.credit(c, "tiers", "W_TIER_ORDER", r.interval(run), fmt.Sprintf("a longer failure can pay less: nothing at %s, where no rung holds, and %s at %s", r.interval(run), payText(c.Tiers[best].Pays(), l.c.Currency), r.rung(best)),
				"close the gap, unless the terms mean it so")
		case n == none:
		case best != none && told[[2]int{n, best}]:
		case best != none && lessPay(c.Tiers[n].Pays(), c.Tiers[best].Pays()):
			told[[2]int{n, best}] = true
			l.tier(c, n, "W_TIER_ORDER", r.rung(n), fmt.Sprintf("a longer failure pays less: %s at %s, and %s at %s", payText(c.Tiers[n].Pays(), l.c.Currency), r.rung(n), payText(c.Tiers[best].Pays(), l.c.Currency), r.rung(best)),
				"let a rung pay no less than those before it, unless the terms say so")
		case !paysNothing(c.Tiers[n].Pays()):
			best = n
		}
	}
}

const none = -1

// pick is the rung that pays where several hold: the furthest of one-edged rungs, else by the policy, and the most where that is open.
func (r rungs) pick(holds []int) int {
	if len(holds) == 0 {
		return none
	}
	if !r.c.TwoEdged() {
		return holds[len(holds)-1]
	}
	best := holds[0]
	for _, n := range holds[1:] {
		less := lessPay(r.c.Tiers[best].Pays(), r.c.Tiers[n].Pays())
		more := lessPay(r.c.Tiers[n].Pays(), r.c.Tiers[best].Pays())
		if r.c.IfSeveral == LadderLeast && more || r.c.IfSeveral != LadderLeast && r.c.IfSeveral != LadderFirst && less {
			best = n
		}
	}
	return best
}

// unreached reports rungs that no level can reach, or that never pay because others hold wherever they do.
func (l *linter) unreached(r rungs) {
	c := r.c
	paid := map[int]bool{}
	reached := map[int]bool{}
	for _, p := range r.pieces {
		if r.tooShort(p) {
			continue
		}
		for _, n := range p.holds {
			reached[n] = true
			paid[n] = paid[n] || c.Reading != SingleTier || c.TwoEdged() && (c.IfSeveral == LadderOpen || c.IfSeveral == LadderAdd)
		}
		if n := r.pick(p.holds); n != none {
			paid[n] = true
		}
	}
	for n := range c.Tiers {
		switch {
		case !reached[n]:
			l.tier(c, n, "W_TIER_UNREACHED", r.edgesOf(n), fmt.Sprintf("the rung %s can never be reached: %s", r.edgesOf(n), r.limits()), "correct the edge, or leave the rung out")
		case !paid[n]:
			l.tier(c, n, "W_TIER_UNREACHED", r.rung(n), fmt.Sprintf("the rung %s never pays: others hold wherever it does", r.rung(n)), "correct its edges, or leave the rung out")
		}
	}
}

// tooShort reports whether a piece is a length of one interruption below the minimum, which does not count.
func (r rungs) tooShort(p piece) bool {
	if r.onUptime || r.a.Measure != Time || r.a.Window != EachOutage || r.a.MinimumCounts != All || p.endless || p.point && p.low.Num() == 0 {
		return false
	}
	c := p.high.Cmp(whole(r.a.Minimum))
	return c < 0 || c == 0 && (!p.point || r.a.MinimumOver)
}

// limits says what the measure can be.
func (r rungs) limits() string {
	switch {
	case r.onUptime && r.domain.Step.Num() > 0:
		return fmt.Sprintf("uptime is from 0%% to 100%%, with %d decimals", *r.a.Decimals)
	case r.onUptime:
		return "uptime is from 0% to 100%"
	case !r.domain.Endless && r.a.Measure == Time:
		return fmt.Sprintf("a window of one %s is at most %s long", r.a.Window, spell(r.domain.To.Num()))
	case !r.domain.Endless:
		return fmt.Sprintf("at most %s are counted", r.domain.To)
	case r.a.Minimum > 0:
		return fmt.Sprintf("an interruption shorter than %s does not count", spell(r.a.Minimum))
	}
	return "the measure cannot be so"
}

// edgesOf writes a rung by its own edges.
func (r rungs) edgesOf(n int) string {
	s := r.c.Tiers[n].span()
	var parts []string
	if s.Low != nil {
		parts = append(parts, map[bool]string{true: "from ", false: "above "}[s.LowIn]+r.text(*s.Low))
	}
	if s.High != nil {
		parts = append(parts, map[bool]string{true: "up to ", false: "below "}[s.HighIn]+r.text(*s.High))
	}
	return strings.Join(parts, " and ")
}

// minimum reports a minimum interruption that passes over rungs: one that counts at all is already worse than they are.
func (l *linter) minimum(r rungs) {
	a, longest := r.a, r.a.longest()
	if a.Measure != Time || a.Minimum == 0 || longest == 0 || a.MinimumCounts == Excess || !r.onUptime || r.c.Reading != SingleTier {
		return
	}
	if a.Whole == WholeFixed {
		longest = a.Fixed
	}
	for n := range r.c.Tiers {
		worst := One
		for _, p := range r.pieces {
			if r.pick(p.holds) == n && p.low.Cmp(worst) < 0 {
				worst = p.low
			}
		}
		down, ok := worst.Complement()
		if !ok || down.Num() == 0 {
			continue
		}
		if most, ok := MulDiv(longest, down.Num(), down.Den(), RoundDown); ok && most < a.Minimum {
			l.tier(r.c, n, "W_MINIMUM", r.rung(n), fmt.Sprintf("only interruptions of %s count, and the rung %s ends at %s in the longest window: just one that crosses the window's edge could reach it", spell(a.Minimum), r.rung(n), spell(most)),
				"check the minimum interruption and the rung")
		}
	}
}

// units reports a table of lengths of time whose first rung begins where the target in per cent does for some lengths of the window only.
func (l *linter) units(r rungs) {
	a := r.a
	if r.onUptime || a.Measure != Time || a.Target.Num() == 0 || a.Whole == WholeFixed || r.c.Tiers[0].Least == nil {
		return
	}
	allowed, _ := a.Target.Complement()
	least := *r.c.Tiers[0].Least
	unit := durationUnits["s"]
	if least%durationUnits["m"] == 0 {
		unit = durationUnits["m"]
	}
	var agree, differ []string
	for _, days := range map[int][]int64{1: {28, 29, 30, 31}, 3: {90, 91, 92}, 12: {365, 366}}[a.Window.Months()] {
		ms, ok := MulDiv(days*durationUnits["d"], allowed.Num(), allowed.Den(), RoundDown)
		if !ok {
			return
		}
		words := fmt.Sprintf("%s in %d days", spell(ms), days)
		if ms-least < unit && least-ms < unit {
			agree = append(agree, words)
		} else {
			differ = append(differ, words)
		}
	}
	if len(agree) > 0 && len(differ) > 0 {
		l.tier(r.c, 0, "W_TIER_UNITS", spell(least), fmt.Sprintf("the target of %s and the first rung at %s agree only in a window of one length: the target allows %s, but %s", a.Target.Percent(), spell(least), strings.Join(agree, ", "), strings.Join(differ, ", ")),
			"keep one of the two units, the one that the terms go by, or hold time against a fixed whole: 720h")
	}
}

// decimals is the number of decimals at which a gap is closed, such as 2 between 98.49% and 98.5%, both in their rungs; −1 for other gaps.
func (r rungs) decimals(run []int) int {
	worst, best := r.pieces[run[len(run)-1]], r.pieces[run[0]]
	if !r.onUptime || worst.point || best.point {
		return -1
	}
	unit := int64(100)
	for d := range 4 {
		low, high := worst.low, best.high
		whole := unit%low.Den() == 0 && unit%high.Den() == 0
		if whole && high.Num()*(unit/high.Den())-low.Num()*(unit/low.Den()) == 1 {
			return d
		}
		unit *= 10
	}
	return -1
}

// list writes runs, a few of them.
func (r rungs) list(of [][]int) string {
	var out []string
	for i, run := range of {
		if i == 8 {
			out = append(out, "…")
			break
		}
		out = append(out, r.interval(run))
	}
	return strings.Join(out, ", ")
}

// names writes what the rungs that hold at the beginning of a run pay.
func (r rungs) names(run []int) string {
	var out []string
	for _, n := range r.pieces[run[0]].holds {
		out = append(out, fmt.Sprintf("rung %d (%s)", n+1, r.edgesOf(n)))
	}
	return strings.Join(out, " and ")
}
