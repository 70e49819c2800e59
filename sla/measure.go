package sla

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/amends-go/amends/contracts"
)

// Measured is what failed of a commitment in a window, for customers of one service, by one clock, under
// one combination of exclusions made out.
type Measured struct {
	Availability string // id of the commitment
	Window       string // label, such as 2012-06
	Period       contracts.Period
	Service      string
	Clock        string
	Events       []string // ids of the events that affected the customer
	Excluding    []string // ids of the exclusion clauses that operate
	Raw          Downtime // before exclusions and minimum, within the window
	Counted      Downtime
	Index        int // in the table of the downtime column
	// Failed and Whole are the two terms of the measure: failed ms and ms of the window with the measure time, failed and all
	// requests, or a count, of which the whole is 1. With weights both are in parts of a millisecond.
	Failed, Whole int64
	// Days is how many civil days the counted time touches, in the contract's zone.
	Days int64
	// Recovered is when the last counted interruption of the window ended; zero when there was none.
	Recovered time.Time

	anchor contracts.Date // from which windows of months are counted
}

// Uptime is the share of the window that did not fail, as the two terms of a fraction.
func (m Measured) Uptime() (num, den int64) { return m.Whole - m.Failed, m.Whole }

func (m Measured) String() string {
	return fmt.Sprintf("%s %s %s", m.Service, m.Window, m.Clock)
}

// state is what a measure depends on besides the contract and the incident: one value of each dimension.
type state struct {
	service string
	clock   string
	excl    []*contracts.DowntimeExclusion
	events  []string
	unknown contracts.Unknown
	anchor  contracts.Date // on whose day and month windows of the customer begin, or the day of the claim with which they end
}

// meter measures one commitment.
type meter struct {
	in    *Incident
	c     *contracts.Contract
	a     *contracts.Availability
	loc   *time.Location // of the window's edges
	scale int64          // parts of a millisecond in which weighted time is counted; 1 without weights
}

// newMeter finds what is wrong with measuring the commitment at the incident.
func newMeter(c *contracts.Contract, in *Incident, a *contracts.Availability) (*meter, error) {
	m := &meter{in: in, c: c, a: a, scale: 1}
	m.loc, _ = contracts.LoadZone(cmp.Or(a.Zone, c.Zone)) // checked by Validate
	if len(a.Weights) == 0 && !a.ByShare {
		return m, nil
	}
	for _, w := range a.Weights {
		m.scale = lcm(m.scale, w.Weight.Den())
	}
	shares := int64(1)
	if a.ByShare {
		for _, e := range in.Events {
			for _, ph := range e.Phases {
				shares = lcm(shares, ph.Share.Den())
			}
		}
	}
	if m.scale = m.scale * shares; m.scale > 1000 || m.scale <= 0 {
		return nil, fmt.Errorf("the weights and shares of %s have no common denominator up to 1,000", a.ID)
	}
	return m, nil
}

func lcm(a, b int64) int64 {
	if a > 1_000_000 || b > 1_000_000 { // beyond any bound that callers have
		return 1 << 40
	}
	return a / contracts.GCD(a, b) * b
}

// windows measures every window that the incident touches under a state, earliest first.
func (m *meter) windows(st state) ([]Measured, error) {
	switch m.a.Window {
	case contracts.EachOutage:
		return m.eachOutage(st)
	case contracts.EachEvent:
		return m.eachEvent(st)
	}
	var out []Measured
	for _, w := range m.periods(st.anchor) {
		x, err := m.one(st, w)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// periods lists the windows: those that the phases and series touch or, of an incident that has none, those of which a level is
// on record.
func (m *meter) periods(anchor contracts.Date) []contracts.NamedPeriod {
	span := m.in.Span()
	if span.Start.IsZero() {
		return m.labelled()
	}
	switch {
	case m.a.Window == contracts.RollingDays:
		day := contracts.DateOf(span.End.Add(-time.Millisecond), m.loc).AddDays(1)
		if m.a.EndsWithClaim && anchor.Year > 1 { // the days before that of the claim
			day = anchor
		}
		from := day.AddDays(-m.a.Days)
		return []contracts.NamedPeriod{{Label: from.String(), Period: contracts.Period{Start: from.In(m.loc), End: day.In(m.loc)}}}
	}
	return m.a.Window.PeriodsFrom(span, m.loc, m.anchored(anchor))
}

// anchored is the day from which windows of months are counted: that of the customer, or the first of the year of the terms.
func (m *meter) anchored(own contracts.Date) contracts.Date {
	if m.a.Window.Calendar() {
		return contracts.Date{Year: 1, Month: max(m.a.YearStarts, 1), Day: 1}
	}
	return own
}

// labelled lists the windows of the levels on record, in order.
func (m *meter) labelled() []contracts.NamedPeriod {
	var out []contracts.NamedPeriod
	for _, l := range m.in.Levels {
		if l.Of != m.a.ID {
			continue
		}
		w, ok := m.a.Window.Labelled(l.Window, m.loc, max(m.a.YearStarts, 1))
		if ok && !slices.ContainsFunc(out, func(x contracts.NamedPeriod) bool { return x.Label == w.Label }) {
			out = append(out, w)
		}
	}
	slices.SortFunc(out, func(a, b contracts.NamedPeriod) int { return a.Period.Start.Compare(b.Period.Start) })
	return out
}

func (m *meter) blank(st state, w contracts.NamedPeriod) Measured {
	out := Measured{Availability: m.a.ID, Window: w.Label, Period: w.Period, Service: st.service, Clock: st.clock, Events: st.events, Whole: 1, anchor: m.anchored(st.anchor)}
	for _, x := range st.excl {
		out.Excluding = append(out.Excluding, x.ID)
	}
	return out
}

// one measures a window.
func (m *meter) one(st state, w contracts.NamedPeriod) (Measured, error) {
	out := m.blank(st, w)
	if l := m.in.level(m.a.ID, st.service, w.Label); l != nil {
		return m.stated(out, l)
	}
	switch m.a.Measure {
	case contracts.Time:
		return m.meanTime(out, st), nil
	case contracts.Requests, contracts.MeanErrorRate, contracts.BadIntervals:
		return m.requests(out, st)
	case contracts.Occurrences:
		for _, e := range m.in.Events {
			if m.happened(e, st, w.Period) {
				out.Failed++
			}
		}
	case contracts.StatedLevel, contracts.Reading: // nothing on record: nothing failed
	}
	return out, nil
}

// meanTime counts time in a window: of the customer's service, or of several of which the mean counts. The mean is of their sum over
// as many wholes, so that nothing is divided.
func (m *meter) meanTime(out Measured, st state) Measured {
	if len(m.a.MeanOf) == 0 {
		raw, list := m.down(st)
		return m.timed(out, st, raw, list)
	}
	sum := out
	sum.Whole = 0
	for _, service := range m.a.MeanOf {
		of := st
		of.service = service
		raw, list := m.down(of)
		one := m.timed(out, of, raw, list)
		sum.Failed, sum.Whole, sum.Days = sum.Failed+one.Failed, sum.Whole+one.Whole, max(sum.Days, one.Days)
		sum.Raw, sum.Counted = sum.Raw.Union(one.Raw), sum.Counted.Union(one.Counted)
		if one.Recovered.After(sum.Recovered) {
			sum.Recovered = one.Recovered
		}
	}
	return sum
}

// happened reports whether an event of the kinds that count began in the window, for a customer in the state.
func (m *meter) happened(e Event, st state, w contracts.Period) bool {
	if len(e.Phases) == 0 || !m.kind(e) || !slices.Contains(st.events, e.ID) {
		return false
	}
	first := e.Phases[0]
	start := first.by(st.clock).Start
	return w.Contains(start) && m.concerns(first, st.service) && !slices.ContainsFunc(st.excl, func(x *contracts.DowntimeExclusion) bool {
		return slices.Contains(x.Causes, first.Cause) && m.announced(x, &first, start)
	})
}

func (m *meter) kind(e Event) bool {
	return len(m.a.Events) == 0 || slices.Contains(m.a.Events, e.Kind)
}

// concerns reports whether a phase is of the service and the service is one of the commitment's.
func (m *meter) concerns(ph Phase, service string) bool {
	if len(m.a.Services) > 0 && !slices.Contains(m.a.Services, service) {
		return false
	}
	return len(ph.Services) == 0 || slices.Contains(ph.Services, service)
}

// stated takes the level on record. Uptime held against time must be whole milliseconds.
func (m *meter) stated(out Measured, l *Level) (Measured, error) {
	if l.Value != nil {
		out.Failed = *l.Value
		if m.a.Measure == contracts.Time {
			out.Whole = m.whole(out, state{})
		}
		return out, nil
	}
	failed := l.Uptime.Den() - l.Uptime.Num()
	if m.a.Measure != contracts.Time {
		out.Failed, out.Whole = failed, l.Uptime.Den()
		return out, nil
	}
	out.Whole = m.whole(out, state{})
	ms, ok := contracts.MulDiv(out.Whole, failed, l.Uptime.Den(), contracts.RoundDown)
	if up, _ := contracts.MulDiv(out.Whole, failed, l.Uptime.Den(), contracts.RoundUp); !ok || up != ms {
		return out, fmt.Errorf("a level of %s in %s is no whole number of milliseconds of downtime: let %s measure stated-level", l.Uptime.Percent(), out.Window, m.a.ID)
	}
	out.Failed = ms
	return out, nil
}

// level is what is on record of a commitment in a window: of the service, else of all; nil when nothing is.
func (in *Incident) level(of, service, window string) *Level {
	var found *Level
	for i := range in.Levels {
		l := &in.Levels[i]
		if l.Of != of || l.Window != window {
			continue
		}
		if l.Service == service {
			return l
		}
		if l.Service == "" {
			found = l
		}
	}
	return found
}

// timed counts time in a window, given all of the incident's.
func (m *meter) timed(out Measured, st state, raw Downtime, list []interruption) Measured {
	out.Raw, out.Counted = raw.Within(out.Period), together(list).Within(out.Period)
	out.Whole = m.whole(out, st)
	if m.scale > 1 || len(m.a.Weights) > 0 || m.a.ByShare {
		out.Failed = m.weighted(st, out.Counted)
	} else {
		out.Failed = m.rounded(list, out.Period)
	}
	m.ends(&out)
	return out
}

// ends notes the civil days that the counted time touches and when it ended.
func (m *meter) ends(out *Measured) {
	for p := range out.Counted.Periods() {
		first, last := contracts.DateOf(p.Start, m.loc), contracts.DateOf(p.End.Add(-time.Millisecond), m.loc)
		out.Days += int64(last.Number() - first.Number() + 1)
		out.Recovered = p.End
	}
}

// rounded is how long the interruptions lasted in a window, after the rounding of each, or of their sum.
func (m *meter) rounded(list []interruption, w contracts.Period) int64 {
	r := m.a.Round
	units := func(ms int64) int64 {
		n, _ := contracts.MulDiv(ms, 1, r.Unit, r.Rounding)
		return n * r.Unit
	}
	var sum int64
	for _, x := range list {
		ms := x.counted.Within(w).Millis()
		if r.Unit > 0 && !r.Window {
			ms = units(ms)
		}
		sum += ms
	}
	if r.Unit > 0 && r.Window {
		sum = units(sum)
	}
	return sum
}

// whole is what the time that failed is held against: the window, or the month in which an outage or event began; of a commitment to working
// hours their time in it.
func (m *meter) whole(out Measured, st state) int64 {
	p := out.Period
	if m.a.Window == contracts.EachOutage || m.a.Window == contracts.EachEvent {
		p = m.month(p.Start)
	}
	of := DowntimeOf(p)
	if m.a.Hours != "" {
		of = m.working(p)
	}
	length := of.Millis()
	switch m.a.Whole {
	case contracts.WholeFixed:
		length = m.a.Fixed
	case contracts.WholeNet:
		length = of.Without(m.excluded(st)).Millis()
	}
	return max(length, 1) * m.scale
}

// month is the calendar month of an instant: the whole of an outage, of which a fee is paid by the month.
func (m *meter) month(at time.Time) contracts.Period {
	first := contracts.DateOf(at, m.loc)
	first.Day = 1
	return contracts.Period{Start: first.In(m.loc), End: first.AddMonths(1).In(m.loc)}
}

// eachOutage makes a window of every interruption.
func (m *meter) eachOutage(st state) ([]Measured, error) {
	raw, list := m.down(st)
	var out []Measured
	for i := range list {
		x := m.blank(st, contracts.NamedPeriod{Label: fmt.Sprintf("outage-%d", len(out)+1), Period: list[i].span.period()})
		out = append(out, m.timed(x, st, raw, list[i:i+1]))
	}
	return out, nil
}

// eachEvent makes a window of every event.
func (m *meter) eachEvent(st state) ([]Measured, error) {
	var out []Measured
	for _, e := range m.in.Events {
		only := st
		only.events = nil
		if slices.Contains(st.events, e.ID) {
			only.events = []string{e.ID}
		}
		span := e.span()
		x := m.blank(only, contracts.NamedPeriod{Label: e.ID, Period: span})
		raw, list := m.down(only)
		out = append(out, m.timed(x, only, raw, list))
	}
	return out, nil
}

// span is from the earliest start to the latest end of the event's phases, by every clock.
func (e Event) span() contracts.Period {
	one := Incident{Events: []Event{e}}
	return one.Span()
}

// requests measures counted tries in a window, and downtime where nobody counted.
func (m *meter) requests(out Measured, st state) (Measured, error) {
	series := m.in.seriesOf(st.service)
	if len(m.a.Services) > 0 && !slices.Contains(m.a.Services, st.service) {
		series = nil
	}
	raw, list := m.down(st)
	out.Raw, out.Counted = raw.Within(out.Period), together(list).Within(out.Period)
	m.ends(&out)
	if m.a.Measure == contracts.Requests && len(series) == 0 {
		out.Failed, out.Whole = out.Counted.Millis(), max(out.Period.Millis(), 1)
		return out, nil
	}
	if m.a.Measure == contracts.Requests {
		out.Whole = 0
		for _, s := range series {
			m.each(s, st, out.Period, s.Interval, func(n Count) { out.Failed, out.Whole = out.Failed+n.Failed, out.Whole+n.Total })
		}
		out.Whole = max(out.Whole, 1)
		return out, nil
	}
	buckets, rest := out.Period.Millis()/m.a.Interval, out.Period.Millis()%m.a.Interval
	if rest > 0 {
		buckets++
	}
	if m.a.Whole == contracts.WholeNet {
		buckets -= m.excluded(st).Within(out.Period).Millis() / m.a.Interval
	}
	if len(series) == 0 {
		return m.intervalsOfTime(out, buckets)
	}
	rates := map[int64]int64{} // failed by total, so that the sum stays small
	var seen, bad int64
	for _, s := range series {
		if m.a.Interval%s.Interval != 0 {
			return out, fmt.Errorf("series %s counts by %d ms, which do not make up the intervals of %d ms that %s asks for", s.ID, s.Interval, m.a.Interval, m.a.ID)
		}
		m.each(s, st, out.Period, m.a.Interval, func(n Count) {
			if n.Total == 0 {
				return
			}
			seen++
			rates[n.Total] += n.Failed
			bad += flag(m.failed(n))
		})
	}
	if m.a.LeaveEmptyOut {
		buckets = seen
	}
	buckets = max(buckets, 1)
	if m.a.Measure == contracts.BadIntervals {
		out.Failed, out.Whole = bad, buckets
		return out, nil
	}
	sum := new(big.Rat)
	for total, failed := range rates { // order: a sum of exact fractions
		sum.Add(sum, big.NewRat(failed, total))
	}
	out.Failed, out.Whole = m.encode(sum.Quo(sum, new(big.Rat).SetInt64(buckets)))
	return out, nil
}

// failed reports whether an interval has failed.
func (m *meter) failed(n Count) bool {
	if n.Total < m.a.Bad.Requests {
		return false
	}
	share := big.NewRat(n.Failed, n.Total).Cmp(big.NewRat(m.a.Bad.Errors.Num(), m.a.Bad.Errors.Den()))
	return share > 0 || (share == 0 && m.a.Bad.OrEqual)
}

// intervalsOfTime measures intervals where nobody counted requests: one has failed when it is down from end to end, and its rate
// of errors is the share of it that is down.
func (m *meter) intervalsOfTime(out Measured, buckets int64) (Measured, error) {
	if m.a.Measure == contracts.MeanErrorRate {
		out.Failed, out.Whole = out.Counted.Millis(), max(out.Period.Millis(), 1)
		return out, nil
	}
	start := out.Period.Start.UnixMilli()
	for p := range out.Counted.Periods() {
		from, to := p.Start.UnixMilli()-start, p.End.UnixMilli()-start
		first := (from + m.a.Interval - 1) / m.a.Interval
		out.Failed += max(to/m.a.Interval-first, 0)
	}
	out.Whole = max(buckets, 1)
	return out, nil
}

// each calls f with the counts of every interval of the series that begins in the window, those wholly excluded left out. Intervals
// of a finer series are added up from the window's start.
func (m *meter) each(s Series, st state, w contracts.Period, interval int64, f func(Count)) {
	out := m.excluded(st)
	start := s.Start.UnixMilli()
	var sum Count
	bucket := int64(-1)
	for i, n := range s.Counts {
		at := time.UnixMilli(start + int64(i)*s.Interval)
		p := contracts.Period{Start: at, End: time.UnixMilli(at.UnixMilli() + s.Interval)}
		if !w.Contains(at) || out.Within(p).Millis() == s.Interval {
			continue
		}
		if b := (at.UnixMilli() - w.Start.UnixMilli()) / interval; b != bucket {
			if bucket >= 0 {
				f(sum)
			}
			bucket, sum = b, Count{}
		}
		sum.Total, sum.Failed = sum.Total+n.Total, sum.Failed+n.Failed
	}
	if bucket >= 0 {
		f(sum)
	}
}

// encode gives a fraction as two whole numbers: its own terms where they are small, else a point of a finer scale that stands to
// every bound of the commitment's credits as the fraction does. Between two points of the scale of all bounds every fraction is
// the same to them, so the odd numbers stand for what lies between.
func (m *meter) encode(r *big.Rat) (failed, whole int64) {
	const small = 1_000_000_000_000
	if r.Num().IsInt64() && r.Denom().IsInt64() && r.Denom().Int64() <= small {
		return r.Num().Int64(), r.Denom().Int64()
	}
	points := max(m.a.Target.Den(), 1)
	for _, cl := range m.c.Clauses {
		if c, ok := cl.(*contracts.Credit); ok && c.Of == m.a.ID {
			for _, b := range c.Bounds() {
				points = min(lcm(points, b.Den()), small/4)
			}
		}
	}
	y := new(big.Rat).Mul(r, new(big.Rat).SetInt64(points))
	floor := new(big.Int).Quo(y.Num(), y.Denom())
	failed = 2 * floor.Int64()
	if !y.IsInt() {
		failed++
	}
	return failed, 2 * points
}

// seriesOf lists the series of a service, those of every service included.
func (in *Incident) seriesOf(service string) []Series {
	var out []Series
	for _, s := range in.Series {
		if s.Service == "" || s.Service == service {
			out = append(out, s)
		}
	}
	return out
}
