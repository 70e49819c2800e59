package sla

import (
	"cmp"
	"slices"
	"time"

	"github.com/amends-go/amends/contracts"
)

// interruption is one stretch of downtime, exclusions and minimum applied, and what of it counts: its working time after the grace.
type interruption struct {
	span    span
	counted Downtime
}

// down is the downtime of the whole incident under a state: raw, and the interruptions that count before they are clipped to windows.
func (m *meter) down(st state) (raw Downtime, list []interruption) {
	if len(m.a.Services) > 0 && !slices.Contains(m.a.Services, st.service) {
		return Downtime{}, nil
	}
	raw = m.impacted(st)
	d := raw
	if m.a.MinimumFirst {
		d = m.long(d)
	}
	d = d.Without(m.excluded(st))
	if !m.a.MinimumFirst {
		d = m.long(d)
	}
	for _, s := range d.spans {
		one := m.afterDays(Downtime{[]span{s}})
		if m.a.Hours != "" {
			one = one.within(m.working(m.hull(one)))
		}
		if one = one.after(m.a.Grace.Length); !one.IsZero() {
			list = append(list, interruption{s, one})
		}
	}
	return raw, list
}

// together is the time that the interruptions count.
func together(list []interruption) Downtime {
	var spans []span
	for _, x := range list {
		spans = append(spans, x.counted.spans...)
	}
	return join(spans)
}

// after is d without its first so many ms.
func (d Downtime) after(ms int64) Downtime {
	var kept []span
	for _, s := range d.spans {
		skip := min(ms, s.end-s.start)
		ms -= skip
		if s.start += skip; s.start < s.end {
			kept = append(kept, s)
		}
	}
	return Downtime{kept}
}

// impacted is the time in which the service, or the state of several services that the commitment names, was down.
func (m *meter) impacted(st state) Downtime {
	if g := m.a.DownWhen; g != nil {
		return m.group(*g, st)
	}
	return m.service(st.service, st)
}

// group is the time in which at least so many parts of the group were down.
func (m *meter) group(g contracts.Group, st state) Downtime {
	var parts []Downtime
	for _, s := range g.Services {
		parts = append(parts, m.service(s, st))
	}
	for _, sub := range g.Groups {
		parts = append(parts, m.group(sub, st))
	}
	return atLeastOf(parts, g.AtLeast)
}

// atLeastOf is the time that at least n of the sets hold.
func atLeastOf(parts []Downtime, n int) Downtime {
	type edge struct {
		at   int64
		step int
	}
	var edges []edge
	for _, d := range parts {
		for _, s := range d.spans {
			edges = append(edges, edge{s.start, 1}, edge{s.end, -1})
		}
	}
	slices.SortFunc(edges, func(a, b edge) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(b.step, a.step)) })
	var spans []span
	down, from := 0, int64(0)
	for _, e := range edges {
		before := down
		down += e.step
		switch {
		case before < n && down >= n:
			from = e.at
		case before >= n && down < n:
			spans = append(spans, span{from, e.at})
		}
	}
	return join(spans)
}

// counts reports whether an impact counts as downtime, of whatever weight.
func (m *meter) counts(i Impact, unknown contracts.Unknown) bool {
	if i == UnknownImpact {
		return unknown == contracts.UnknownDown
	}
	if len(m.a.Weights) > 0 {
		return slices.ContainsFunc(m.a.Weights, func(w contracts.Weight) bool { return w.Impact == i.String() && w.Weight.Num() > 0 })
	}
	least := Outage
	if m.a.Impact != "" {
		least = Impact(slices.Index(impactNames[:], m.a.Impact))
	}
	if m.a.Degraded {
		least = Degraded
	}
	return i >= least
}

// service is the time in which one service was down.
func (m *meter) service(service string, st state) Downtime {
	var down []contracts.Period
	m.phases(st, func(ph *Phase) {
		if m.counts(ph.Impact, st.unknown) && (len(ph.Services) == 0 || slices.Contains(ph.Services, service)) {
			down = append(down, ph.by(st.clock))
		}
	})
	return DowntimeOf(down...)
}

// phases calls f with the phases of the events that count.
func (m *meter) phases(st state, f func(*Phase)) {
	for i := range m.in.Events {
		e := &m.in.Events[i]
		if !m.kind(*e) || !slices.Contains(st.events, e.ID) {
			continue
		}
		for j := range e.Phases {
			f(&e.Phases[j])
		}
	}
}

// long drops interruptions shorter than the minimum, or of exactly that length where it asks for more; where only the excess counts
// it takes the minimum off the beginning of the others.
func (m *meter) long(d Downtime) Downtime {
	least := m.a.Minimum
	if least == 0 {
		return d
	}
	kept := d.AtLeast(least)
	if m.a.MinimumOver {
		kept = d.AtLeast(least + 1)
	}
	if m.a.MinimumCounts == contracts.All {
		return kept
	}
	return kept.shortened(func(s span) int64 { return s.start + least })
}

// shortened moves the start of each interruption; one that is left without an instant goes.
func (d Downtime) shortened(start func(span) int64) Downtime {
	var kept []span
	for _, s := range d.spans {
		if s.start = start(s); s.start < s.end {
			kept = append(kept, s)
		}
	}
	return Downtime{kept}
}

// afterDays takes the time until so many full working days have passed since the midnight after it began off the beginning of each
// interruption, where the grace is of working days.
func (m *meter) afterDays(d Downtime) Downtime {
	g := m.a.Grace
	if g.WorkingDays == 0 {
		return d
	}
	cal := m.c.Calendar(g.Calendar)
	loc := m.zoneOf(cal)
	return d.shortened(func(s span) int64 {
		day := contracts.DateOf(time.UnixMilli(s.start), loc).AddDays(1)
		for n := g.WorkingDays; n > 0 && day.Year < 9999; day = day.AddDays(1) {
			if cal.Works(day) {
				n--
			}
		}
		return day.In(loc).UnixMilli()
	})
}

func (m *meter) zoneOf(cal *contracts.Calendar) *time.Location {
	loc, _ := contracts.LoadZone(cmp.Or(cal.Zone, m.c.Zone)) // checked when the contract was read
	return loc
}

// hull is from the first to the last instant of d.
func (m *meter) hull(d Downtime) contracts.Period {
	if d.IsZero() {
		return contracts.Period{}
	}
	return contracts.Period{Start: time.UnixMilli(d.spans[0].start), End: time.UnixMilli(d.spans[len(d.spans)-1].end)}
}

// working is the working time of the commitment's calendar in a period.
func (m *meter) working(p contracts.Period) Downtime { return m.hours(m.c.Calendar(m.a.Hours), p) }

// hours is the working time of a calendar in a period.
func (m *meter) hours(cal *contracts.Calendar, p contracts.Period) Downtime {
	if p.IsZero() || cal == nil {
		return Downtime{}
	}
	loc := m.zoneOf(cal)
	var open []contracts.Period
	for day := contracts.DateOf(p.Start, loc).AddDays(-1); day.In(loc).Before(p.End); day = day.AddDays(1) {
		if !cal.Works(day) {
			continue
		}
		until := day
		if cal.To != 0 && cal.To < cal.From { // over midnight
			until = day.AddDays(1)
		}
		open = append(open, contracts.Period{Start: clockOn(day, cal.From, loc), End: clockOn(until, closes(cal), loc)})
	}
	return DowntimeOf(open...).Within(p)
}

func closes(cal *contracts.Calendar) int {
	if cal.To == 0 {
		return 24 * 60
	}
	return cal.To
}

// clockOn is the instant at which a clock shows so many minutes after midnight of the day: the first of two, and the
// end of the gap where clocks skip it.
func clockOn(day contracts.Date, minutes int, loc *time.Location) time.Time {
	if minutes == 24*60 {
		return day.AddDays(1).In(loc)
	}
	if minutes == 0 {
		return day.In(loc)
	}
	return time.Date(day.Year, time.Month(day.Month), day.Day, 0, minutes, 0, 0, loc)
}

// within is the time in both sets.
func (d Downtime) within(e Downtime) Downtime { return atLeastOf([]Downtime{d, e}, 2) }

// excluded is the time that the exclusions of a state take out of the count.
func (m *meter) excluded(st state) Downtime {
	var out Downtime
	for _, x := range st.excl {
		out = out.Union(m.excludedBy(x, st))
	}
	if st.unknown == contracts.UnknownExcluded {
		var gaps []contracts.Period
		m.phases(st, func(ph *Phase) {
			if ph.Impact == UnknownImpact {
				gaps = append(gaps, ph.by(st.clock))
			}
		})
		out = out.Union(DowntimeOf(gaps...))
	}
	return out
}

// excludedBy is the time that one exclusion takes out: phases of its causes that were announced in time, each and all together up to
// their limits, the earliest first.
func (m *meter) excludedBy(x *contracts.DowntimeExclusion, st state) Downtime {
	var out []contracts.Period
	for _, e := range m.in.Events {
		for i := range e.Phases {
			ph := &e.Phases[i]
			p := ph.by(st.clock)
			if !slices.Contains(x.Causes, ph.Cause) || !m.announced(x, ph, p.Start) || (len(ph.Services) > 0 && !slices.Contains(ph.Services, st.service) && m.a.DownWhen == nil) {
				continue
			}
			if x.Longest > 0 && p.Millis() > x.Longest {
				continue
			}
			if x.EachAtMost > 0 && p.Millis() > x.EachAtMost {
				p.End = time.UnixMilli(p.Start.UnixMilli() + x.EachAtMost)
			}
			out = append(out, p)
		}
	}
	d := DowntimeOf(out...)
	if x.Hours != "" {
		d = d.within(m.hours(m.c.Calendar(x.Hours), m.hull(d)))
	}
	if x.Allowance > 0 && !d.IsZero() {
		d = m.allowed(x, d)
	}
	return d
}

// allowed is the first part of d in each of the allowance's periods, up to the allowance.
func (m *meter) allowed(x *contracts.DowntimeExclusion, d Downtime) Downtime {
	var out Downtime
	for _, w := range x.AllowancePer.PeriodsFrom(m.hull(d), m.loc, contracts.Date{Year: 1, Month: max(m.a.YearStarts, 1), Day: 1}) {
		left := x.Allowance
		var kept []span
		for _, s := range d.Within(w.Period).spans {
			if take := min(s.end-s.start, left); take > 0 {
				kept = append(kept, span{s.start, s.start + take})
				left -= take
			}
		}
		out = out.Union(Downtime{kept})
	}
	return out
}

// announced reports whether notice of a phase was given in time, where the exclusion asks for it.
func (m *meter) announced(x *contracts.DowntimeExclusion, ph *Phase, start time.Time) bool {
	switch {
	case x.Notice == 0 && x.NoticeDays == 0:
		return true
	case ph.Announced.IsZero():
		return false
	case x.NoticeDays == 0:
		return start.UnixMilli()-ph.Announced.UnixMilli() >= x.Notice
	}
	cal := m.c.Calendar(x.Calendar)
	loc := m.loc
	if cal != nil {
		loc = m.zoneOf(cal)
	}
	day, last := contracts.DateOf(ph.Announced, loc), contracts.DateOf(start, loc)
	passed := 0 // days begun after the notice, up to that of the phase
	for day = day.AddDays(1); day.Cmp(last) <= 0; day = day.AddDays(1) {
		if cal == nil || cal.Works(day) {
			passed++
		}
	}
	return passed >= x.NoticeDays
}

// weighted is the counted time × weight, in parts of a millisecond; where phases overlap the largest weight wins.
func (m *meter) weighted(st state, counted Downtime) int64 {
	type weighed struct {
		d      Downtime
		weight int64
	}
	var all []weighed
	m.phases(st, func(ph *Phase) {
		if !m.counts(ph.Impact, st.unknown) || !m.concerns(*ph, st.service) {
			return
		}
		weight := m.scale
		for _, w := range m.a.Weights {
			if w.Impact == ph.Impact.String() {
				weight = weight / w.Weight.Den() * w.Weight.Num()
			}
		}
		if m.a.ByShare && ph.Share.Num() > 0 {
			weight = weight / ph.Share.Den() * ph.Share.Num()
		}
		all = append(all, weighed{DowntimeOf(ph.by(st.clock)).within(counted), weight})
	})
	slices.SortStableFunc(all, func(a, b weighed) int { return cmp.Compare(b.weight, a.weight) })
	var sum int64
	var done Downtime
	for _, w := range all {
		sum += w.d.Without(done).Millis() * w.weight
		done = done.Union(w.d)
	}
	return sum
}
