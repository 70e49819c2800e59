package feed

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/csvtable"
	"github.com/amends-go/amends/internal/problem"
	"github.com/amends-go/amends/sla"
)

// columns are those of a table of intervals, each with the other names under which exports have it.
var columns = []struct {
	name  string
	other []string
}{
	{"id", []string{"incident_id", "incident"}},
	{"title", []string{"name", "summary"}},
	{"service", []string{"services", "component", "components", "monitor", "check"}},
	{"from", []string{"start", "started_at", "start_at", "start_time", "begin", "downtime_start"}},
	{"to", []string{"end", "ended_at", "end_at", "end_time", "resolved_at", "downtime_end"}},
	{"impact", []string{"severity"}},
	{"cause", nil},
	{"clock", []string{"source"}},
	{"share", []string{"affected"}},
	{"announced", []string{"announced_at"}},
}

// passedOver are columns that tell again, or for people, what others say.
var passedOver = []string{"duration", "duration_minutes", "duration_seconds", "minutes", "seconds", "note", "notes", "comment", "url"}

// csvImpacts are the words for an impact: those of an incident file, of Statuspage's components and of its headers.
var csvImpacts = map[string]condition{
	"none": {true, sla.NoImpact, ""}, "unknown": {true, sla.UnknownImpact, ""}, "degraded": {true, sla.Degraded, ""},
	"partial": {true, sla.Partial, ""}, "outage": {true, sla.Outage, ""}, "down": {true, sla.Outage, ""},
	"degraded_performance": {true, sla.Degraded, ""}, "partial_outage": {true, sla.Partial, ""}, "major_outage": {true, sla.Outage, ""},
	"under_maintenance": {true, sla.NoImpact, "maintenance"}, "minor": {true, sla.Degraded, ""}, "major": {true, sla.Partial, ""},
	"critical": {true, sla.Outage, ""}, "up": {true, sla.NoImpact, ""}, "maintenance": {true, sla.NoImpact, "maintenance"},
}

// csv reads a table of intervals, a row each. Rows of one id are one incident; a row without an id is one by itself. Services of one
// cell are parted by a semicolon. An empty end, or the word open, is one that has not come.
func (b *builder) csv(data []byte) {
	r, problems := csvtable.NewReader(bytes.NewReader(data), b.name, csvtable.Options{})
	if r == nil {
		b.problems = append(b.problems, problems...)
		return
	}
	t := table{b: b, r: r, at: map[string]int{}, entries: map[string]int{}}
	t.header()
	if b.problems.Err() != nil {
		return
	}
	for line, row := range r.Rows() {
		t.row(line, row)
	}
	b.problems = append(b.problems, r.Problems()...)
	if b.problems.Err() != nil {
		return
	}
	for _, e := range t.found {
		b.add(e)
	}
}

// table is a table of intervals while it is read.
type table struct {
	b       *builder
	r       *csvtable.Reader
	at      map[string]int // column, by its first name
	found   []entry
	entries map[string]int // place in found, by id
	bad     bool           // the row was refused
}

// header finds the columns. One that is not read is a note, unless its name looks like that of one that is.
func (t *table) header() {
	b, known := t.b, []string{}
	for _, c := range columns {
		known = append(append(known, c.name), c.other...)
	}
	refuse := func(field, code, message, hint string) {
		b.problem(contracts.Problem{Line: t.r.HeaderLine(), Field: field, Value: field, Code: code, Message: message, Hint: hint})
	}
	for i, h := range t.r.Header() {
		plain := strings.ToLower(strings.TrimSpace(h))
		name := ""
		for _, c := range columns {
			if c.name == plain || slices.Contains(c.other, plain) {
				name = c.name
			}
		}
		first, dup := t.at[name]
		switch hint := problem.Suggest(plain, known); {
		case dup:
			refuse(h, "E_DUP_KEY", fmt.Sprintf("the columns %s and %s say the same", t.r.Header()[first], h), "leave one out")
		case name != "":
			t.at[name] = i
		case !slices.Contains(passedOver, plain) && strings.HasPrefix(hint, "did you mean"):
			refuse(h, "E_UNKNOWN_FIELD", fmt.Sprintf("unknown column %q", h), hint)
		default:
			b.assume("the column "+contracts.Escape(h, 40)+" is not read", "")
		}
	}
	for _, c := range columns {
		if _, ok := t.at[c.name]; !ok && (c.name == "from" || c.name == "to") {
			refuse(c.name, "E_REQUIRED", "the table has no column "+c.name, "it may also be called "+strings.Join(c.other, ", "))
		}
	}
}

// row reads one interval.
func (t *table) row(line int, row csvtable.Row) {
	t.bad = false
	cell := func(name string) (int, string) {
		i, ok := t.at[name]
		if !ok {
			return -1, ""
		}
		return i, strings.TrimSpace(row.Field(i))
	}
	s := span{clock: "recorded", impact: sla.Outage}
	s.from = t.time(cell("from"))
	if i, text := cell("to"); text != "" && strings.ToLower(text) != "open" {
		s.to = t.time(i, text)
	}
	if _, text := cell("announced"); text != "" {
		s.announced = t.time(cell("announced"))
	}
	t.impact(&s, cell)
	if i, text := cell("share"); text != "" {
		share, err := contracts.ParseRatio(text)
		if s.share = share; err != nil || share.Cmp(contracts.Ratio{}) == 0 || share.Cmp(contracts.One) > 0 {
			t.refuse(i, "E_RANGE", "not a part of all", "write 30% or 3/10, more than 0% and at most 100%")
		}
	}
	if _, text := cell("clock"); text != "" {
		s.clock = identifier(text, "recorded")
	}
	_, services := cell("service")
	for name := range strings.SplitSeq(services, ";") {
		if name = strings.TrimSpace(name); name != "" && !slices.Contains(s.services, name) {
			s.services = append(s.services, name)
		}
	}
	if !s.to.IsZero() && s.to.Before(s.from) {
		i, _ := cell("to")
		t.refuse(i, "E_INTERVAL", "the interval ends before its start", "swap them, or leave the row out")
	}
	_, id := cell("id")
	_, title := cell("title")
	if !t.bad && !t.repeated(line, id, title, s) {
		t.take(line, id, title, s)
	}
}

// impact reads the impact and the cause.
func (t *table) impact(s *span, cell func(string) (int, string)) {
	if i, text := cell("impact"); text != "" {
		c, ok := csvImpacts[strings.ToLower(text)]
		if !ok {
			t.refuse(i, "E_ENUM", "unknown word for an impact", "one of none, unknown, degraded, partial, outage; minor, major, critical, up, down, maintenance")
		}
		s.impact, s.cause = c.impact, c.cause
		t.b.assume("impacts are read so: minor degraded, major partial, critical and down outage, up none, maintenance none with the cause maintenance", "")
	} else {
		t.b.assume("an interval without an impact is an outage", "")
	}
	if _, text := cell("cause"); text != "" {
		s.cause = identifier(text, "other")
	}
}

// repeated reports whether the same row stood there before.
func (t *table) repeated(line int, id, title string, s span) bool {
	b := t.b
	key := fmt.Sprintf("%q", []string{id, title, fmt.Sprint(s)})
	first, dup := b.rows[key]
	if !dup {
		b.rows[key] = line
		return false
	}
	if b.opts.Dedupe {
		t.r.Report(-1, "N_DUP_INCIDENT", fmt.Sprintf("the same row stands at line %d; taken once", first), "")
	} else {
		t.refuse(-1, "E_DUP_INCIDENT", fmt.Sprintf("the same row stands at line %d", first), "keep one, or take two that are equal once (dedupe)")
	}
	return true
}

// take adds the interval to its incident.
func (t *table) take(line int, id, title string, s span) {
	for i, name := range s.services {
		s.services[i] = t.b.named(name, name)
	}
	if id == "" {
		id = fmt.Sprintf("row-%d", line)
	}
	if len(s.services) == 0 {
		t.b.assume(assumeServices, id)
	}
	if s.clock == "recorded" {
		t.b.assume("the table does not say who told the times: clock recorded", "")
	}
	i, ok := t.entries[id]
	if !ok {
		i = len(t.found)
		t.entries[id] = i
		e := entry{id: id, title: title, line: line}
		if e.title == "" && len(s.services) > 0 {
			e.title = strings.Join(s.services, ", ")
		}
		if s.cause == "maintenance" {
			e.kind = s.cause
		}
		t.found = append(t.found, e)
	}
	t.found[i].spans = append(t.found[i].spans, s)
}

// time reads an instant, in the zone of the options where it has no offset.
func (t *table) time(i int, text string) time.Time {
	at, note, err := contracts.ParseTime(text, t.b.local)
	if err != nil {
		t.refuse(i, sla.TimeCode(err), err.Error(), "write a time such as 2024-09-16T21:31:02Z, or name the zone of local times")
		return time.Time{}
	}
	if note != "" {
		t.b.assume("a time of more digits than the millisecond, or in an unusual form, was read to the millisecond", "")
	}
	return at
}

func (t *table) refuse(i int, code, message, hint string) {
	t.bad = true
	t.r.Report(i, code, message, hint)
}
