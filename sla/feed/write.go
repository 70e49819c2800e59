package feed

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// Write writes an incident as an incident file, which [sla.ReadIncident] reads back; the notes stand at its head as comments.
// Times are told in the incident's zone with their offset, so that none is ambiguous. Positions are not written. The same
// incident and notes give the same bytes. An error is that of w.
func Write(w io.Writer, in *sla.Incident, notes contracts.Problems) error {
	buffered := bufio.NewWriter(w)
	f := &file{w: buffered, loc: time.UTC}
	if loc, err := contracts.LoadZone(in.Zone); err == nil {
		f.loc = loc
	}
	for _, n := range notes {
		f.line(0, "# %s: %s", n.Code, oneLine(n.Message))
	}
	f.line(0, "id: %s\ntitle: %s\nzone: %s", quote(in.ID), text(in.Title), quote(in.Zone))
	f.optional(0, "source", in.Source)
	f.named("services", in.Services)
	f.named("heads", in.Heads)
	f.named("facts", in.Facts)
	f.head("parties", len(in.Parties))
	for _, p := range in.Parties {
		f.line(1, "- {id: %s, title: %s, role: %s}", quote(p.ID), text(p.Title), quote(p.Role))
	}
	f.head("events", len(in.Events))
	for _, e := range in.Events {
		f.line(1, "- id: %s\n    kind: %s\n    title: %s\n    phases:", quote(e.ID), quote(e.Kind), text(e.Title))
		for _, p := range e.Phases {
			f.phase(p)
		}
	}
	f.head("levels", len(in.Levels))
	for _, l := range in.Levels {
		f.level(l)
	}
	f.head("series", len(in.Series))
	for _, s := range in.Series {
		f.series(s)
	}
	return buffered.Flush() // which has the first error
}

// file is an incident file while it is written.
type file struct {
	w   *bufio.Writer
	loc *time.Location
}

func (f *file) line(depth int, format string, args ...any) {
	f.w.WriteString(strings.Repeat("  ", depth))
	fmt.Fprintf(f.w, format+"\n", args...)
}

func (f *file) optional(depth int, name, value string) {
	if value != "" {
		f.line(depth, "%s: %s", name, quote(value))
	}
}

func (f *file) head(name string, n int) {
	if n > 0 {
		f.line(0, "%s:", name)
	}
}

func (f *file) named(name string, list []sla.Named) {
	f.head(name, len(list))
	for _, n := range list {
		f.line(1, "%s: %s", quote(n.ID), text(n.Title))
	}
}

func (f *file) phase(p sla.Phase) {
	f.line(3, "- id: %s", quote(p.ID))
	f.line(4, "title: %s", text(p.Title))
	f.line(4, "from: %s\n        to: %s", f.time(p.Period.Start), f.end(p.Period.End))
	if len(p.Services) > 0 {
		f.line(4, "services: %s", list(p.Services))
	}
	f.line(4, "impact: %s", p.Impact)
	if p.Share.Cmp(contracts.Ratio{}) > 0 {
		f.line(4, "share: %s", p.Share)
	}
	if !p.Announced.IsZero() {
		f.line(4, "announced: %s", f.time(p.Announced))
	}
	f.optional(4, "cause", p.Cause)
	if p.Grade != nil {
		f.line(4, "grade: %s", *p.Grade)
	}
	f.optional(4, "clock", p.Clock)
	if len(p.Clocks) > 0 {
		f.line(4, "clocks:")
	}
	for _, c := range p.Clocks {
		f.line(5, "- {source: %s, from: %s, to: %s}", quote(c.Source), f.time(c.Period.Start), f.end(c.Period.End))
	}
	f.optional(4, "source", p.Source)
}

func (f *file) level(l sla.Level) {
	service, value := "", "uptime: "+l.Uptime.String()
	if l.Service != "" {
		service = ", service: " + quote(l.Service)
	}
	if l.Value != nil {
		value = fmt.Sprintf("value: %d", *l.Value)
	}
	f.line(1, "- {of: %s%s, window: %s, %s}", quote(l.Of), service, quote(l.Window), value)
}

// series writes runs of intervals alike, which are never more than the intervals.
func (f *file) series(s sla.Series) {
	f.line(1, "- id: %s", quote(s.ID))
	f.optional(2, "service", s.Service)
	f.line(2, "start: %s\n    interval: %s\n    runs:", f.time(s.Start), length(s.Interval))
	for i := 0; i < len(s.Counts); {
		n := 1
		for i+n < len(s.Counts) && s.Counts[i+n] == s.Counts[i] {
			n++
		}
		f.line(3, "- {of: %d, total: %d, failed: %d}", n, s.Counts[i].Total, s.Counts[i].Failed)
		i += n
	}
}

// length writes milliseconds as 1h30m, a day as 24 hours.
func length(ms int64) string {
	var out strings.Builder
	for _, u := range []struct {
		ms   int64
		name string
	}{{86_400_000, "d"}, {3_600_000, "h"}, {60_000, "m"}, {1000, "s"}, {1, "ms"}} {
		if n := ms / u.ms; n > 0 {
			fmt.Fprintf(&out, "%d%s", n, u.name)
			ms -= n * u.ms
		}
	}
	return out.String()
}

func (f *file) time(t time.Time) string { return stamp(t, f.loc) }

// end is an end, or the word for one that has not come.
func (f *file) end(t time.Time) string {
	if t.IsZero() {
		return "open"
	}
	return f.time(t)
}

// text writes a wording once when it is the same in both languages.
func text(t contracts.Text) string {
	switch {
	case t.JA == t.EN:
		return quote(t.EN)
	case t.JA == "":
		return "{en: " + quote(t.EN) + "}"
	case t.EN == "":
		return "{ja: " + quote(t.JA) + "}"
	}
	return "{ja: " + quote(t.JA) + ", en: " + quote(t.EN) + "}"
}

func list(ids []string) string {
	var out []string
	for _, id := range ids {
		out = append(out, quote(id))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// quote writes a text in double quotes on one line.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(oneLine(s)) + `"`
}
