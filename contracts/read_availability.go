package contracts

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/amends-go/amends/internal/yamlread"
)

// Impacts lists the impacts that a commitment may name, as in an incident file.
func Impacts() []string { return []string{"degraded", "partial", "outage"} }

func (r *clauseReader) availability(v *yamlread.Value, p Provision) Clause {
	f := v.Map()
	c := &Availability{Provision: p}
	if x := f.Optional("target"); x != nil {
		c.Target = ReadRatio(x)
		if c.Target.Num() == 0 && isRatio(x) {
			x.Report("E_RANGE", "a target of 0% promises nothing", "write a percentage such as 99.9%, or leave the target out")
		}
	}
	if x := f.Optional("measure"); x != nil {
		c.Measure = Measure(max(x.Enum(measureNames[:]...), 0))
	}
	r.window(c, f)
	c.Services = f.Optional("services").IDs()
	if x := f.Optional("down_when"); x != nil {
		c.DownWhen = new(readGroup(x))
	}
	if x := f.Optional("mean_of"); x != nil {
		if c.MeanOf = x.IDs(); x.IsList() && len(c.MeanOf) < 2 {
			x.Report("E_REQUIRED", "a mean is of two services or more", "name them, or leave mean_of out")
		}
	}
	c.Events = f.Optional("events").IDs()
	r.impacts(c, f)
	r.counting(c, f)
	r.intervals(c, f)
	switch x := f.Optional("misses"); {
	case x != nil:
		if f.Has("measure") && c.Measure != Misses {
			x.Report("E_CONFLICT", "misses are counted, and the commitment measures "+c.Measure.String(), "leave measure out")
		}
		c.Misses, c.Measure = readMisses(x), Misses
	case c.Measure == Misses && !f.Has("misses"):
		f.Missing("misses", "E_REQUIRED", "nothing says whose misses are counted", "write misses: {of: the id of a commitment}")
	}
	f.Done()
	return c
}

// isRatio reports whether the value is a share, so that one of zero was meant.
func isRatio(v *yamlread.Value) bool {
	if v == nil || v.IsMap() || v.IsList() {
		return false
	}
	s, _ := v.Scalar()
	_, err := ParseRatio(s)
	return err == nil
}

// window reads the window and what the part that failed is held against.
func (r *clauseReader) window(c *Availability, f *yamlread.Fields) {
	switch x := f.Required("window"); {
	case x.IsMap():
		w := x.Map()
		c.Window, c.Days = RollingDays, int(w.Required("days").Int(1, 3660))
		if y := w.Optional("ending"); y != nil {
			c.EndsWithClaim = y.Enum("incident", "claim") == 1
		}
		w.Done()
	default:
		if i := x.Enum(Windows()...); i >= 0 {
			c.Window = Window(i)
		}
		if c.Window == RollingDays {
			x.Report("E_REQUIRED", "the window does not say how many days", "write window: {days: 30}")
		}
	}
	if x := f.Optional("year_starts"); x != nil {
		c.YearStarts = int(x.Int(1, 12))
	}
	if x := f.Optional("zone"); x != nil {
		c.Zone = readZone(x)
	}
	if x := f.Optional("whole"); x != nil {
		switch s, ok := x.Scalar(); {
		case !ok, s == "window":
		case s == "net":
			c.Whole = WholeNet
		default:
			ms, err := ParseDuration(s)
			if err != nil || ms == 0 {
				x.Report("E_UNIT", "not a whole to hold downtime against", "write window, net, or a length such as 43200m or 720h")
			}
			c.Whole, c.Fixed = WholeFixed, ms
		}
	}
	if x := f.Optional("partial"); x != nil {
		c.Partial = PartialWindow(max(x.Enum(partialNames[:]...), 0))
	}
}

// impacts reads which impacts count, and how much.
func (r *clauseReader) impacts(c *Availability, f *yamlread.Fields) {
	if x := f.Optional("degraded"); x != nil {
		c.Degraded = x.Bool()
	}
	if x := f.Optional("impact"); x != nil {
		if i := x.Enum(Impacts()...); i >= 0 {
			c.Impact = Impacts()[i]
		}
	}
	if x := f.Optional("weights"); x != nil {
		w := x.Map()
		for _, name := range Impacts() {
			if y := w.Optional(name); y != nil {
				c.Weights = append(c.Weights, Weight{name, ReadRatio(y)})
			}
		}
		w.Done()
		if x.IsMap() && len(w.Keys()) == 0 {
			x.Report("E_REQUIRED", "no impact weighs anything", "write {outage: 100%, degraded: 50%}, or leave weights out")
		}
		if f.Has("degraded") || f.Has("impact") {
			x.Report("E_CONFLICT", "weights and impact both say what counts", "keep one")
		}
	}
	if x := f.Optional("by_share"); x != nil {
		c.ByShare = x.Bool()
	}
	if x := f.Optional("unknown"); x != nil {
		c.Unknown = Unknown(max(x.Enum(unknownNames[:]...), 0))
	}
	if x := f.Optional("clock"); x != nil {
		c.Clock = x.ID()
	}
}

// counting reads thresholds, working hours and roundings.
func (r *clauseReader) counting(c *Availability, f *yamlread.Fields) {
	if x := f.Optional("minimum"); x != nil {
		c.Minimum = readDuration(x)
	}
	if x := f.Optional("longer_than"); x != nil {
		c.Minimum, c.MinimumOver = readDuration(x), true
		if f.Has("minimum") {
			x.Report("E_CONFLICT", "minimum and longer_than are both stated", "keep minimum when an interruption of that length counts, longer_than when it does not")
		}
	}
	for _, key := range []string{"minimum_applies", "minimum_counts"} {
		if x := f.Optional(key); x != nil && !f.Has("minimum") && !f.Has("longer_than") {
			x.Report("E_REQUIRED", key+" says how a minimum counts, and there is none", "write minimum or longer_than, or leave it out")
		}
	}
	if x := f.Optional("minimum_applies"); x != nil {
		c.MinimumFirst = x.Enum("after-exclusions", "before-exclusions") == 1
	}
	if x := f.Optional("minimum_counts"); x != nil {
		c.MinimumCounts = Counts(max(x.Enum(countsNames[:]...), 0))
	}
	if x := f.Optional("hours"); x != nil {
		c.Hours = x.ID()
	}
	if x := f.Optional("grace"); x != nil {
		c.Grace = readGrace(x)
	}
	if x := f.Optional("round"); x != nil {
		m := x.Map()
		c.Round = UnitRounding{Unit: readLength(m.Required("to")), Rounding: readRounding(m.Required("by"))}
		if y := m.Optional("each"); y != nil {
			c.Round.Window = y.Enum("outage", "window") == 1
		}
		m.Done()
	}
	if x := f.Optional("percent"); x != nil {
		c.Decimals, c.DecimalRounding = readCut(x)
	}
}

// readLength reads a length of time that is more than nothing.
func readLength(v *yamlread.Value) int64 {
	ms := readDuration(v)
	if ms > 0 || v == nil || v.IsMap() || v.IsList() {
		return ms
	}
	if s, _ := v.Scalar(); durationForm.MatchString(s) {
		v.Report("E_RANGE", "no time at all", "write a length of time, or leave the field out")
	}
	return 0
}

// readCut reads {decimals: 2, by: down}.
func readCut(v *yamlread.Value) (*int, Rounding) {
	f := v.Map()
	n := int(f.Required("decimals").Int(0, 6))
	by := readRounding(f.Required("by"))
	f.Done()
	return &n, by
}

func readGrace(v *yamlread.Value) Grace {
	if !v.IsMap() {
		return Grace{Length: readDuration(v)}
	}
	f := v.Map()
	g := Grace{WorkingDays: int(f.Required("working_days").Int(1, 400)), Calendar: f.Required("calendar").ID()}
	f.Done()
	return g
}

// intervals reads what is said of counted requests.
func (r *clauseReader) intervals(c *Availability, f *yamlread.Fields) {
	if x := f.Optional("interval"); x != nil {
		c.Interval = readLength(x)
	}
	if c.Measure == BadIntervals && !f.Has("bad") {
		f.Missing("bad", "E_REQUIRED", "nothing says when an interval has failed", "write bad: {errors_over: 5%}, or errors_over: 0% when any error does")
	}
	if x := f.Optional("bad"); x != nil {
		m := x.Map()
		over, from := m.Optional("errors_over"), m.Optional("errors_from")
		switch {
		case (over == nil) == (from == nil):
			if !x.IsMap() { // reported
				break
			}
			x.Report("E_REQUIRED", "an interval fails by one share of errors", "write errors_over, or errors_from when the share itself fails")
		case over != nil:
			c.Bad.Errors = ReadRatio(over)
		default:
			c.Bad.Errors, c.Bad.OrEqual = ReadRatio(from), true
		}
		if y := m.Optional("requests"); y != nil {
			c.Bad.Requests = y.Int(1, 1_000_000_000_000)
		}
		m.Done()
	}
	if x := f.Optional("empty"); x != nil {
		c.LeaveEmptyOut = x.Enum("no-errors", "left-out") == 1
	}
}

// readGroup reads {all: […]}, {any: […]} or {at_least: 2, of: […]}; an item is a service or such a map.
func readGroup(v *yamlread.Value) Group {
	f := v.Map()
	all, any, least := f.Optional("all"), f.Optional("any"), f.Optional("at_least")
	var g Group
	list := f.Optional("of")
	if list != nil && !f.Has("at_least") {
		list.Report("E_CONFLICT", "of goes with at_least only", "write at_least, or leave of out")
		list = nil
	}
	given := 0
	for _, x := range []*yamlread.Value{all, any, least} {
		if x != nil {
			given++
		}
	}
	if given != 1 && v.IsMap() {
		v.Report("E_REQUIRED", "the state is not one of all, any or at_least", "write all: [a, b], any: [a, b], or at_least: 2 and of: [a, b, c]")
	}
	switch {
	case all != nil:
		list = all
	case any != nil:
		list, g.AtLeast = any, 1
	case least != nil:
		g.AtLeast = int(least.Int(1, 1000))
		list = f.Required("of")
	}
	for _, x := range list.List() {
		if x.IsMap() {
			g.Groups = append(g.Groups, readGroup(x))
		} else {
			g.Services = append(g.Services, x.ID())
		}
	}
	n := len(g.Services) + len(g.Groups)
	if all != nil {
		g.AtLeast = n
	}
	switch {
	case list.IsList() && len(list.List()) == 0:
		list.Report("E_REQUIRED", "the state is of no services", "name them")
	case list.IsList() && g.AtLeast > n:
		list.Report("E_RANGE", fmt.Sprintf("%d of %d services cannot be down", g.AtLeast, n), "name as many services as must be down, or more")
	}
	f.Done()
	return g
}

func readMisses(v *yamlread.Value) MissCount {
	f := v.Map()
	m := MissCount{Of: f.Required("of").ID()}
	readMissCount(&m, f)
	if x := f.Optional("restart"); x != nil {
		m.Restart = x.Bool()
	}
	if x := f.Optional("only_missed"); x != nil {
		m.OnlyMissed = x.Bool()
	}
	f.Done()
	return m
}

func readMissCount(m *MissCount, f *yamlread.Fields) {
	if x := f.Optional("within"); x != nil {
		m.Within = int(x.Int(1, 120))
	}
	if x := f.Optional("consecutive"); x != nil {
		m.Consecutive = x.Bool()
	}
}

func (r *clauseReader) excludeDowntime(v *yamlread.Value, p Provision) Clause {
	f := v.Map()
	c := &DowntimeExclusion{Provision: p, Causes: f.Required("causes").IDs(), Of: f.Optional("of").IDs()}
	if x := f.Optional("notice"); x != nil {
		if x.IsMap() {
			m := x.Map()
			c.NoticeDays = int(m.Required("days").Int(1, 400))
			if y := m.Optional("calendar"); y != nil {
				c.Calendar = y.ID()
			}
			m.Done()
		} else {
			c.Notice = readDuration(x)
		}
	}
	if x := f.Optional("only_up_to"); x != nil {
		c.Longest = readLength(x)
	}
	if x := f.Optional("each_at_most"); x != nil {
		c.EachAtMost = readLength(x)
	}
	if x := f.Optional("allowance"); x != nil {
		m := x.Map()
		c.Allowance = readLength(m.Required("of"))
		if i := m.Required("per").Enum("calendar-month", "calendar-quarter", "calendar-half", "calendar-year"); i >= 0 {
			c.AllowancePer = []Window{CalendarMonth, CalendarQuarter, CalendarHalf, CalendarYear}[i]
		}
		m.Done()
	}
	if x := f.Optional("hours"); x != nil {
		c.Hours = x.ID()
	}
	f.Done()
	return c
}

var weekdays = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

func readCalendar(v *yamlread.Value) Calendar {
	f := v.Map()
	c := Calendar{ID: f.Required("id").ID(), At: v.Pos()}
	if x := f.Optional("zone"); x != nil {
		c.Zone = readZone(x)
	}
	for _, x := range f.Optional("days").List() {
		if i := x.Enum(weekdays[:]...); i >= 0 {
			c.Days = append(c.Days, i)
		}
	}
	if x := f.Optional("hours"); x != nil {
		s, single := x.Scalar()
		from, to, ok := strings.Cut(s, "-")
		var err1, err2 error
		c.From, err1 = parseClock(from)
		c.To, err2 = parseClock(to)
		if single && (!ok || err1 != nil || err2 != nil || c.To == c.From || c.To == 0) {
			x.Report("E_TIME", "not hours of a day", "write 09:00-18:00, or 22:00-06:00 over midnight; the end may be 24:00")
		}
	}
	for _, x := range f.Optional("holidays").List() {
		c.Holidays = append(c.Holidays, ReadDay(x))
	}
	f.Done()
	return c
}

// parseClock reads 09:30 in minutes after midnight, up to 24:00.
func parseClock(s string) (int, error) {
	h, m, ok := strings.Cut(s, ":")
	hours, err1 := strconv.ParseUint(h, 10, 8)
	minutes, err2 := strconv.ParseUint(m, 10, 8)
	if !ok || len(h) != 2 || len(m) != 2 || err1 != nil || err2 != nil || minutes > 59 || hours*60+minutes > 24*60 {
		return 0, ErrNumberForm
	}
	return int(hours*60 + minutes), nil
}
