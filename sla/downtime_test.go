package sla

import (
	order "cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// horizon is how many minutes the brute-force sets hold: from an evening to a morning
// over the end of October 2026 in Tokyo, which is minute monthEnd.
const (
	horizon  = 96
	monthEnd = 40
)

var evening = time.Date(2026, 10, 31, 15, 0, 0, 0, time.UTC).Add(-monthEnd * time.Minute)

// minutes is the period from minute a up to minute b of the evening; at b = horizon it is closed.
func minutes(a, b int) contracts.Period {
	return contracts.Period{Start: evening.Add(time.Duration(a) * time.Minute), End: evening.Add(time.Duration(b) * time.Minute)}
}

// downtimeOf takes from and to, in minutes, of each outage in turn.
func downtimeOf(edges ...int) Downtime {
	var ps []contracts.Period
	for i := 0; i < len(edges); i += 2 {
		ps = append(ps, minutes(edges[i], edges[i+1]))
	}
	return DowntimeOf(ps...)
}

// set is downtime as a person would tick it off: minute by minute.
type set [horizon]bool

func setOf(ps ...contracts.Period) set {
	var s set
	for _, p := range ps {
		for m := range s {
			if at := evening.Add(time.Duration(m) * time.Minute); !at.Before(p.Start) && at.Before(p.End) {
				s[m] = true
			}
		}
	}
	return s
}

// where keeps the minutes for which keep holds.
func (s set) where(keep func(minute int, down bool) bool) set {
	var out set
	for m, down := range s {
		out[m] = keep(m, down)
	}
	return out
}

func (s set) union(o set) set   { return s.where(func(m int, down bool) bool { return down || o[m] }) }
func (s set) without(o set) set { return s.where(func(m int, down bool) bool { return down && !o[m] }) }
func (s set) within(o set) set  { return s.where(func(m int, down bool) bool { return down && o[m] }) }

// runs lists the unbroken runs of minutes, each as a period.
func (s set) runs() []contracts.Period {
	var out []contracts.Period
	for m := 0; m < horizon; m++ {
		from := m
		for m < horizon && s[m] {
			m++
		}
		if m > from {
			out = append(out, minutes(from, m))
		}
	}
	return out
}

// atLeast keeps the runs of that many minutes or more.
func (s set) atLeast(least int) set {
	return setOf(slices.DeleteFunc(s.runs(), func(p contracts.Period) bool {
		return p.End.Sub(p.Start) < time.Duration(least)*time.Minute
	})...)
}

func (s set) count() int64 {
	var n int64
	for _, down := range s {
		if down {
			n++
		}
	}
	return n
}

// differs says how d differs from the set, run by run and in length.
func (s set) differs(d Downtime) string {
	return cmp.Diff(s.runs(), slices.Collect(d.Periods())) + cmp.Diff(s.count()*60_000, d.Millis()) + cmp.Diff(s.count() == 0, d.IsZero())
}

func drawPeriod(rt *rapid.T, label string) contracts.Period {
	from := rapid.IntRange(0, horizon-1).Draw(rt, label+" from")
	return minutes(from, rapid.IntRange(from+1, min(horizon, from+20)).Draw(rt, label+" to"))
}

func drawPeriods(rt *rapid.T, label string) []contracts.Period {
	return rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) contracts.Period { return drawPeriod(rt, label) }), 0, 8).Draw(rt, label)
}

func TestDowntimeAgreesWithASetOfMinutes(t *testing.T) {
	seen := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		a, b, p := drawPeriods(rt, "a"), drawPeriods(rt, "b"), drawPeriod(rt, "window")
		least := rapid.IntRange(0, 12).Draw(rt, "minimum")
		da, db, sa, sb := DowntimeOf(a...), DowntimeOf(b...), setOf(a...), setOf(b...)
		for _, c := range []struct {
			name string
			got  Downtime
			want set
		}{
			{"of", da, sa},
			{"union", da.Union(db), sa.union(sb)},
			{"without", da.Without(db), sa.without(sb)},
			{"within", da.Within(p), sa.within(setOf(p))},
			{"at least", da.AtLeast(int64(least) * 60_000), sa.atLeast(least)},
		} {
			if diff := c.want.differs(c.got); diff != "" {
				rt.Errorf("%s: %s", c.name, diff)
			}
		}
		for i, x := range a {
			for _, y := range a[:i] {
				if x.Overlaps(y) {
					seen["overlap"]++
				}
				if x.End.Equal(y.Start) || y.End.Equal(x.Start) {
					seen["meet"]++
				}
			}
			if x.Contains(evening.Add(monthEnd*time.Minute)) && !x.Start.Equal(evening.Add(monthEnd*time.Minute)) {
				seen["month edge"]++
			}
		}
		if sa.atLeast(least) != sa {
			seen["too short"]++
		}
		if sa.without(sb) != sa {
			seen["excluded"]++
		}
	})
	for _, class := range []string{"overlap", "meet", "month edge", "too short", "excluded"} {
		if seen[class] == 0 {
			t.Errorf("no case was drawn of the class %q", class)
		}
	}
}

func TestDowntimeLaws(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		ps := drawPeriods(rt, "a")
		a, b, c := DowntimeOf(ps...), DowntimeOf(drawPeriods(rt, "b")...), DowntimeOf(drawPeriods(rt, "c")...)
		same := func(law string, got, want Downtime) {
			if !got.Equal(want) {
				rt.Errorf("%s: got %s, want %s", law, got, want)
			}
		}
		var none Downtime
		same("union in the other order", a.Union(b), b.Union(a))
		same("union of three", a.Union(b).Union(c), a.Union(b.Union(c)))
		same("union with itself", a.Union(a), a)
		same("union with none", a.Union(none), a)
		same("without itself", a.Without(a), none)
		same("without none", a.Without(none), a)
		same("none without", none.Without(a), none)
		same("without two at once or in turn", a.Without(b.Union(c)), a.Without(b).Without(c))
		same("taken out and put back", a.Without(b).Union(b), a.Union(b))
		same("the order in which it is told", DowntimeOf(rapid.Permutation(ps).Draw(rt, "order")...), a)
		same("told twice", DowntimeOf(append(slices.Clone(ps), ps...)...), a)

		w, v := drawPeriod(rt, "w"), drawPeriod(rt, "v")
		same("within twice", a.Within(w).Within(w), a.Within(w))
		same("within two in either order", a.Within(w).Within(v), a.Within(v).Within(w))
		same("the union within", a.Union(b).Within(w), a.Within(w).Union(b.Within(w)))
		same("what is within and what is not", a.Within(w).Union(a.Without(DowntimeOf(w))), a)

		if a.Union(b).Millis() < a.Millis() || a.Without(b).Millis() > a.Millis() || a.Within(w).Millis() > a.Millis() {
			rt.Errorf("adding downtime made less of it, or taking some made more: %s, %s", a, b)
		}
		if got, want := a.Union(b).Millis(), a.Millis()+b.Without(a).Millis(); got != want {
			rt.Errorf("got a union of %d, want %d", got, want)
		}
		least := int64(rapid.IntRange(0, 12).Draw(rt, "minimum")) * 60_000
		if a.Union(b).AtLeast(least).Millis() < a.AtLeast(least).Millis() {
			rt.Errorf("more downtime counts for less under a minimum of %d ms: %s, %s", least, a, b)
		}
		same("the minimum applied twice", a.AtLeast(least).AtLeast(least), a.AtLeast(least))
	})
}

func TestDowntimeToldInPiecesIsTheSame(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		ps := drawPeriods(rt, "outages")
		var pieces []contracts.Period
		for _, p := range ps {
			at := p.Start.Add(time.Duration(rapid.Int64Range(0, int64(p.End.Sub(p.Start)/time.Millisecond)).Draw(rt, "cut")) * time.Millisecond)
			pieces = append(pieces, contracts.Period{Start: p.Start, End: at}, contracts.Period{Start: at, End: p.End})
		}
		least := int64(rapid.IntRange(0, 12).Draw(rt, "minimum")) * 60_000
		whole, cut := DowntimeOf(ps...), DowntimeOf(rapid.Permutation(pieces).Draw(rt, "order")...)
		if !cut.Equal(whole) || !cut.AtLeast(least).Equal(whole.AtLeast(least)) {
			rt.Errorf("got %s, want %s", cut, whole)
		}
	})
}

func TestDowntimeOperationsLeaveTheirOperandsAlone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		ps, qs := drawPeriods(rt, "a"), drawPeriods(rt, "b")
		given := slices.Clone(ps)
		a, b := DowntimeOf(ps...), DowntimeOf(qs...)
		u, w, o := a.Union(b), a.Within(drawPeriod(rt, "w")), a.Without(b)
		us, ws, os := u.String(), w.String(), o.String()
		_, _, _, _ = u.Union(w), w.Union(b), o.Union(u), a.AtLeast(300_000).Union(b)
		if u.String() != us || w.String() != ws || o.String() != os {
			rt.Error("a result changed after it was made")
		}
		if !a.Equal(DowntimeOf(ps...)) || !b.Equal(DowntimeOf(qs...)) || !slices.Equal(given, ps) {
			rt.Error("an operand changed")
		}
	})
}

func TestDowntimeMinimum(t *testing.T) {
	at := func(ms int64) time.Time { return evening.Add(time.Duration(ms) * time.Millisecond) }
	tests := []struct {
		name string
		in   Downtime
		want Downtime
	}{
		{"an interruption a millisecond too short goes", DowntimeOf(contracts.Period{Start: at(1), End: at(300_000)}), Downtime{}},
		{"one of exactly the minimum stays", downtimeOf(0, 5), downtimeOf(0, 5)},
		{"a longer one stays whole", downtimeOf(0, 6), downtimeOf(0, 6)},
		{"two that meet are one", downtimeOf(0, 3, 3, 5), downtimeOf(0, 5)},
		{"two a minute apart are two", downtimeOf(0, 3, 4, 7), Downtime{}},
		{"two that overlap are as long as their union, not their sum", downtimeOf(0, 3, 1, 4), Downtime{}},
		{"each is judged alone", downtimeOf(0, 4, 10, 15, 20, 24), downtimeOf(10, 15)},
		{"one without end stays", DowntimeOf(contracts.Period{Start: at(0)}), DowntimeOf(contracts.Period{Start: at(0)})},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, tt.in.AtLeast(300_000)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDowntimeWithoutEnd(t *testing.T) {
	start := evening.Add(10 * time.Minute)
	open := DowntimeOf(contracts.Period{Start: start})
	long := time.Date(2262, 4, 12, 0, 0, 0, 0, time.UTC) // past the last nanosecond of an int64
	tests := []struct {
		name string
		got  Downtime
		want Downtime
	}{
		{"within a window it ends with it", open.Within(minutes(0, 20)), downtimeOf(10, 20)},
		{"within what begins later", open.Within(minutes(15, 20)), downtimeOf(15, 20)},
		{"within what ended before", open.Within(minutes(0, 10)), Downtime{}},
		{"it swallows what comes later", open.Union(downtimeOf(10, 20, 30, 40)), open},
		{"without it only what came before is left", downtimeOf(5, 15, 30, 40).Without(open), downtimeOf(5, 10)},
		{"without its start it starts later", open.Without(downtimeOf(0, 30)), DowntimeOf(minutes(30, 31), contracts.Period{Start: minutes(30, 31).Start})},
		{"from before 1970 it has its place too", DowntimeOf(contracts.Period{Start: time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)}).Within(minutes(0, 5)), downtimeOf(0, 5)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, tt.got); diff != "" {
				t.Error(diff)
			}
		})
	}
	if open.Millis() != math.MaxInt64 || !slices.Collect(open.Periods())[0].Open() {
		t.Errorf("got %d ms and %s, want downtime without end", open.Millis(), open)
	}
	// 235.7 years: TIME-10.
	want := long.Unix()*1000 - start.UnixMilli()
	if got := open.Within(contracts.Period{Start: evening, End: long}).Millis(); got != want {
		t.Errorf("got %d ms until 2262, want %d", got, want)
	}
}

func TestDowntimeOfPeriodsWithoutInstantsIsNone(t *testing.T) {
	d := DowntimeOf(contracts.Period{}, minutes(10, 10), minutes(12, 11),
		contracts.Period{Start: evening.Add(time.Microsecond), End: evening.Add(2 * time.Microsecond)})
	if !d.IsZero() || d.Millis() != 0 || !d.Equal(Downtime{}) || d.String() != "" {
		t.Errorf("got %s, want none", d)
	}
	if got := downtimeOf(0, 5).Within(contracts.Period{}); !got.IsZero() {
		t.Errorf("got %s within no time, want none", got)
	}
}

func TestDowntimePeriodsCanBeLeftEarly(t *testing.T) {
	n := 0
	for range downtimeOf(0, 1, 2, 3, 4, 5).Periods() {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("got %d periods, want 2", n)
	}
}

func TestDowntimeIsWrittenOut(t *testing.T) {
	d := DowntimeOf(contracts.Period{Start: time.UnixMilli(250).UTC(), End: time.UnixMilli(1000).UTC()}, contracts.Period{Start: time.UnixMilli(2000).UTC()})
	want := "1970-01-01T00:00:00.25Z/1970-01-01T00:00:01Z 1970-01-01T00:00:02Z/open"
	if got := d.String(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// The tests below are named for the entries of the list of bad inputs.

func TestDowntimeINC03OverlapsAndDuplicatesCountOnce(t *testing.T) {
	const hour = 60 * 60_000
	at := func(h int) time.Time { return time.Date(2026, 10, 1, h, 0, 0, 0, time.UTC) }
	ten12, eleven13 := contracts.Period{Start: at(10), End: at(12)}, contracts.Period{Start: at(11), End: at(13)}
	if got := DowntimeOf(ten12, eleven13).Millis(); got != 3*hour {
		t.Errorf("10-12 and 11-13: got %d ms, want three hours", got)
	}
	if got := DowntimeOf(ten12, ten12).Millis(); got != 2*hour {
		t.Errorf("10-12 twice: got %d ms, want two hours", got)
	}
}

func TestDowntimeINC04IsSplitAtTheMonthsEndInTheZone(t *testing.T) {
	tokyo, err := contracts.LoadZone("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	at := func(d, h, m int) time.Time { return time.Date(2026, 10, d, h, m, 0, 0, tokyo) }
	outage := contracts.Period{Start: at(31, 23, 50), End: at(32, 0, 20)}
	down := DowntimeOf(outage)
	got := map[string]int64{}
	for _, w := range contracts.CalendarMonth.Periods(outage, tokyo) {
		got[w.Label] = down.Within(w.Period).Millis()
	}
	if diff := cmp.Diff(map[string]int64{"2026-10": 10 * 60_000, "2026-11": 20 * 60_000}, got); diff != "" {
		t.Error(diff)
	}
}

// TestDowntimeINC04PiecesSumToTheWhole splits any downtime at the month's end in Tokyo.
func TestDowntimeINC04PiecesSumToTheWhole(t *testing.T) {
	tokyo, err := contracts.LoadZone("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		ps := drawPeriods(rt, "outages")
		down, s := DowntimeOf(ps...), setOf(ps...)
		got := map[string]int64{"2026-10": 0, "2026-11": 0}
		var pieces Downtime
		for _, w := range contracts.CalendarMonth.Periods(minutes(0, horizon), tokyo) {
			got[w.Label] = down.Within(w.Period).Millis()
			pieces = pieces.Union(down.Within(w.Period))
		}
		want := map[string]int64{
			"2026-10": s.within(setOf(minutes(0, monthEnd))).count() * 60_000,
			"2026-11": s.within(setOf(minutes(monthEnd, horizon))).count() * 60_000,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Error(diff)
		}
		if !pieces.Equal(down) {
			rt.Errorf("got %s together, want %s", pieces, down)
		}
	})
}

func TestDowntimeMinimumComesBeforeTheWindow(t *testing.T) {
	down := downtimeOf(monthEnd-3, monthEnd+3) // six minutes, three in each month
	october, november := minutes(0, monthEnd), minutes(monthEnd, horizon)
	for _, month := range []contracts.Period{october, november} {
		if got := down.AtLeast(5 * 60_000).Within(month).Millis(); got != 3*60_000 {
			t.Errorf("got %d ms in %s, want three minutes", got, month)
		}
	}
}

func TestDowntimeINC05OnlyThePartInMaintenanceGoes(t *testing.T) {
	at := func(h int) time.Time { return time.Date(2026, 10, 1, h, 0, 0, 0, time.UTC) }
	maintenance := DowntimeOf(contracts.Period{Start: at(1), End: at(3)})
	outage := DowntimeOf(contracts.Period{Start: at(2), End: at(4)})
	want := []contracts.Period{{Start: at(3), End: at(4)}}
	if diff := cmp.Diff(want, slices.Collect(outage.Without(maintenance).Periods())); diff != "" {
		t.Error(diff)
	}
}

// 43.2 minutes are a thousandth of the 43,200 of a month of thirty days.
func TestDowntimeINC07IsExactAtAThreshold(t *testing.T) {
	tokyo, err := contracts.LoadZone("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 11, 10, 12, 0, 0, 0, tokyo)
	tests := []struct {
		name   string
		millis int64
		want   int
	}{
		{"a millisecond less is below it", 2_591_999, -1},
		{"43.2 minutes are on it", 2_592_000, 0},
		{"a millisecond more is above it", 2_592_001, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			outage := contracts.Period{Start: start, End: start.Add(time.Duration(tt.millis) * time.Millisecond)}
			month := contracts.CalendarMonth.Periods(outage, tokyo)[0].Period
			if got := order.Compare(DowntimeOf(outage).Within(month).Millis()*1000, month.Millis()); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

// TestDowntimeINC08AMillionIntervals would not end in an hour if it compared each with
// each. Interval i is [3i, 3i+2) seconds, so that none meet; a second million fills the gaps.
func TestDowntimeINC08AMillionIntervals(t *testing.T) {
	const n = 1_000_000
	shuffled := rand.New(rand.NewPCG(1, 2)).Perm(n)
	some, rest := make([]contracts.Period, n), make([]contracts.Period, n)
	for i, k := range shuffled {
		at := func(s int) time.Time { return time.Unix(int64(3*k+s), 0) }
		some[i] = contracts.Period{Start: at(0), End: at(2)}
		rest[i] = contracts.Period{Start: at(2), End: at(3)}
	}
	a, b := DowntimeOf(some...), DowntimeOf(rest...)
	for _, tt := range []struct {
		name string
		d    Downtime
		want int64 // seconds
	}{
		{"the million", a, 2 * n},
		{"without what it does not hold", a.Without(b), 2 * n},
		{"with the gaps filled", a.Union(b), 3 * n},
		{"the whole without the gaps", a.Union(b).Without(b), 2 * n},
		{"half of it", a.Within(contracts.Period{Start: time.Unix(0, 0), End: time.Unix(3*n/2, 0)}), n},
		{"too short, all of it", a.AtLeast(2001), 0},
	} {
		if got := tt.d.Millis(); got != tt.want*1000 {
			t.Errorf("%s: got %d ms, want %d s", tt.name, got, tt.want)
		}
	}
	if got := len(slices.Collect(a.Union(b).Periods())); got != 1 {
		t.Errorf("got %d interruptions, want one", got)
	}
}

// FuzzDowntime holds the algebra against the set of minutes: each pair of bytes is a period.
func FuzzDowntime(f *testing.F) {
	f.Add([]byte{0, 5, 5, 9}, []byte{3, 6}, byte(5))
	f.Add([]byte{10, 20, 15, 30, 40, 40}, []byte{0, 95, 20, 25}, byte(0))
	f.Add([]byte{}, []byte{1, 0}, byte(255))
	read := func(text []byte) []contracts.Period {
		var ps []contracts.Period
		for i := 0; i+1 < len(text) && i < 200; i += 2 {
			ps = append(ps, minutes(int(text[i])%(horizon+1), int(text[i+1])%(horizon+1))) // may be reversed
		}
		return ps
	}
	f.Fuzz(func(t *testing.T, x, y []byte, least byte) {
		a, b := read(x), read(y)
		da, db, sa, sb := DowntimeOf(a...), DowntimeOf(b...), setOf(a...), setOf(b...)
		var w contracts.Period
		if len(b) > 0 {
			w = b[0]
		}
		for _, diff := range []string{
			sa.differs(da), sa.union(sb).differs(da.Union(db)), sa.without(sb).differs(da.Without(db)),
			sa.within(setOf(w)).differs(da.Within(w)), sa.atLeast(int(least)).differs(da.AtLeast(int64(least) * 60_000)),
		} {
			if diff != "" {
				t.Error(diff)
			}
		}
	})
}
