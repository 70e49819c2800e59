package sla

import (
	"fmt"
	"regexp"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/yamlread"
)

// maxIntervals bounds the intervals of one series: ten years of minutes.
const maxIntervals = 5_300_000

// recorded reads what is on record besides phases: levels and counted requests.
func (r *incidentReader) recorded(in *Incident, f *yamlread.Fields) {
	seen := map[string]contracts.Pos{}
	for _, x := range f.Optional("levels").List() {
		l := r.level(x)
		key := l.Of + " " + l.Service + " " + l.Window
		if first, dup := seen[key]; dup {
			x.Report("E_DUP_ID", fmt.Sprintf("a level of %s in %s stands already %s", l.Of, l.Window, first.Place()), "keep one")
		}
		seen[key] = l.At
		in.Levels = append(in.Levels, l)
	}
	ids := map[string]contracts.Pos{}
	for _, x := range f.Optional("series").List() {
		s := r.series(x)
		if first, dup := ids[s.ID]; dup && s.ID != "" {
			x.Report("E_DUP_ID", fmt.Sprintf("the series %s stands already %s", s.ID, first.Place()), "give each series its own id")
		}
		ids[s.ID] = s.At
		in.Series = append(in.Series, s)
	}
}

// level reads {of: uptime, window: 2024-05, uptime: 99.7%}, or value instead of uptime.
func (r *incidentReader) level(v *yamlread.Value) Level {
	f := v.Map()
	l := Level{Of: f.Required("of").ID(), At: v.Pos()}
	l.Window = readLabel(f.Required("window"))
	if x := f.Optional("service"); x != nil {
		l.Service = x.ID()
	}
	up, value := f.Optional("uptime"), f.Optional("value")
	switch {
	case (up == nil) == (value == nil) && v.IsMap():
		v.Report("E_REQUIRED", "a level is one of uptime and value", "write uptime: 99.7%, or value: 27 for a count or a reading")
	case up != nil:
		if l.Uptime = contracts.ReadRatio(up); l.Uptime.Cmp(contracts.One) > 0 {
			up.Report("E_RANGE", "more than all of the time", "write 0% to 100%")
		}
	case value != nil:
		l.Value = new(value.Int(0, 1_000_000_000_000))
	}
	f.Done()
	return l
}

// labelForm is that of the labels which windows have: of a month, quarter, half year, year or first day, or incident.
var labelForm = regexp.MustCompile(`^([0-9]{4}(-(0[1-9]|1[0-2])(-[0-9]{2})?|-Q[1-4]|-H[12])?|incident)$`)

func readLabel(v *yamlread.Value) string {
	s, ok := v.Scalar()
	if ok && !labelForm.MatchString(s) {
		v.Report("E_DATE", "not the label of a window", "write 2024-05, 2024-Q2, 2024-H1, 2024, 2024-05-17 for a window that begins on that day, or incident")
	}
	return s
}

// series reads {id: api, start: …, interval: 5m, counts: [[total, failed], …]}, or runs of intervals alike: [{of: 12, total: 1, failed: 1}].
func (r *incidentReader) series(v *yamlread.Value) Series {
	f := v.Map()
	s := Series{ID: f.Required("id").ID(), At: v.Pos()}
	if x := f.Optional("service"); x != nil {
		s.Service = x.ID()
	}
	s.Start, _ = r.instant(f.Required("start"))
	length := f.Required("interval")
	if text, ok := length.Scalar(); ok {
		ms, err := contracts.ParseDuration(text)
		if s.Interval = ms; err != nil || ms == 0 {
			length.Report("E_UNIT", "not a length of time", "write a whole number with its unit: 5m")
		}
	}
	counts, runs := f.Optional("counts"), f.Optional("runs")
	if (counts == nil) == (runs == nil) && v.IsMap() {
		v.Report("E_REQUIRED", "a series has counts or runs", "write counts: [[total, failed], …], or runs: [{of: 12, total: 1, failed: 1}, …]")
	}
	for _, list := range []*yamlread.Value{counts, runs} {
		if list.IsList() && len(list.List()) == 0 {
			list.Report("E_REQUIRED", "the series has no interval", "write its counts, or leave the series out")
		}
	}
	for _, x := range counts.List() {
		pair := x.List()
		if len(pair) != 2 {
			x.Report("E_TYPE", "not a pair of counts", "write [total, failed]")
			continue
		}
		s.add(x, 1, pair[0].Int(0, maxCount), pair[1].Int(0, maxCount))
	}
	for _, x := range runs.List() {
		m := x.Map()
		s.add(x, m.Required("of").Int(1, maxIntervals), m.Required("total").Int(0, maxCount), m.Required("failed").Int(0, maxCount))
		m.Done()
	}
	f.Done()
	return s
}

// maxCount bounds the requests of one interval.
const maxCount = 1_000_000_000_000

// add appends so many intervals with the same counts.
func (s *Series) add(v *yamlread.Value, n, total, failed int64) {
	if failed > total {
		v.Report("E_RANGE", "more failed than there were", "write total first, then failed")
		return
	}
	if int64(len(s.Counts))+n > maxIntervals {
		v.Limit("E_LIMIT_INTERVALS", fmt.Sprintf("more than %d intervals", maxIntervals), "split the series")
		return
	}
	for range n {
		s.Counts = append(s.Counts, Count{total, failed})
	}
}
