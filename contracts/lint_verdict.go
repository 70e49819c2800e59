package contracts

// Comparison is how a level is held against a promise.
type Comparison uint8

// The comparisons.
const (
	AtLeastLevel Comparison = iota // the level is to be at least that promised
	OverLevel                      // above it
	SameLevel                      // it, exactly
	AtMostLevel                    // at most it
	UnderLevel                     // below it
)

// Objective is what is promised of a level.
type Objective struct {
	Is    Comparison
	Level Ratio
}

// lowIsBetter reports whether the promise is of a low level, such as a time to answer.
func (o Objective) lowIsBetter() bool { return o.Is == AtMostLevel || o.Is == UnderLevel }

// met reports whether the promise is kept over the whole of a piece that was cut at its level.
func (o Objective) met(p piece) bool {
	at := p.low.Cmp(o.Level)
	above := at > 0 || at == 0 && !p.point
	same := at == 0 && p.point
	switch o.Is {
	case AtLeastLevel:
		return above || same
	case OverLevel:
		return above
	case SameLevel:
		return same
	case AtMostLevel:
		return !above
	}
	return !above && !same
}

// LevelRung is what is paid over a span of levels, in any one unit; less than 0 is a reward that the customer pays.
type LevelRung struct {
	Span LevelSpan
	Pays int64
}

// LadderVerdict is what can be said of a table of rungs without an incident. The five questions are those of the iAgree analyser
// (isa-group/governify-agreement-analyzer, commit 2cfab37), so that its published answers can be held against ours; it has no
// question about gaps and overlaps.
type LadderVerdict struct {
	Consistent   bool // CFC: some level has one payment
	PaysBothWays bool // VFC: some level has both a payment and a reward
	NotMonotone  bool // CCC: some better level is paid more for than a worse one, or rewarded less
	Saturates    bool // CSC: some level is paid the most that the type of the payment holds, or rewarded so
	PaysWhileMet bool // GCC: some level is paid for though the promise is met, or rewarded though it is not
	// Gaps are levels between two rungs that pay, without one of their own; Overlaps have more than one. From the lowest up.
	Gaps, Overlaps []string
}

// LadderVerdicts works out the verdict over every level of the domain. A level that is in no rung is paid nothing. Most is the greatest
// payment that its type holds; text writes a level.
func LadderVerdicts(d LevelDomain, o Objective, most int64, text func(Ratio) string, table ...LevelRung) LadderVerdict {
	var spans []LevelSpan
	for _, t := range table {
		spans = append(spans, t.Span)
	}
	ps := d.pieces(spans, o.Level)
	var v LadderVerdict
	var pays, rewards []int64
	paying := make([]int, len(ps))
	for i, p := range ps {
		var pay, reward int64
		rewarding := 0
		for _, n := range p.holds {
			if table[n].Pays < 0 {
				reward = min(reward, table[n].Pays)
				rewarding++
			} else {
				pay = max(pay, table[n].Pays)
				paying[i]++
			}
		}
		v.Consistent = v.Consistent || paying[i] <= 1 && rewarding <= 1
		v.PaysBothWays = v.PaysBothWays || pay > 0 && reward < 0
		v.Saturates = v.Saturates || pay >= most || reward <= -most
		v.PaysWhileMet = v.PaysWhileMet || pay > 0 && o.met(p) || reward < 0 && !o.met(p)
		pays, rewards = append(pays, pay), append(rewards, reward)
	}
	v.NotMonotone = notMonotone(ps, pays, o) || notMonotone(ps, rewards, o)
	v.Gaps = between(ps, paying, text)
	for _, run := range runs(ps, func(i int) bool { return paying[i] > 1 }) {
		v.Overlaps = append(v.Overlaps, interval(ps, run, text))
	}
	return v
}

// notMonotone reports whether a better level has a greater sum than a worse one.
func notMonotone(ps []piece, sums []int64, o Objective) bool {
	for i := 1; i < len(ps); i++ {
		if o.lowIsBetter() && sums[i-1] > sums[i] || !o.lowIsBetter() && sums[i] > sums[i-1] {
			return true
		}
	}
	return false
}

// between are the runs of pieces in no rung that have a rung on both sides.
func between(ps []piece, count []int, text func(Ratio) string) []string {
	var out []string
	for _, run := range runs(ps, func(i int) bool { return count[i] == 0 }) {
		if run[0] > 0 && run[len(run)-1] < len(ps)-1 {
			out = append(out, interval(ps, run, text))
		}
	}
	return out
}
