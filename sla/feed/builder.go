package feed

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// builder gathers what a reader finds, and makes the incident of it.
type builder struct {
	name, format string
	opts         Options
	out          *time.Location // of what is written
	local        *time.Location // of times without an offset; nil when nobody named it
	of           string         // whose feed it is, where it says
	problems     contracts.Problems
	assumptions  []assumption
	entries      []entry
	seen         map[string]int // place in entries, by id
	services     map[string]*service
	rows         map[string]int // line of a row, by its content
	count        int            // incidents that were read, taken or not
}

// entry is one incident of a feed.
type entry struct {
	id, title, source string
	kind              string
	spans             []span
	line              int
}

// span is a stretch of an entry.
type span struct {
	services  []string // keys of services; empty: all
	from, to  time.Time
	impact    sla.Impact
	cause     string
	clock     string
	share     contracts.Ratio
	announced time.Time
	clocks    []sla.Clock
}

// service is a service by the key that the feed gives it.
type service struct{ key, title, id string }

// assumption is something that the feed does not say, with the incidents of which it was assumed.
type assumption struct {
	what string
	of   []string
}

func (b *builder) problem(p contracts.Problem) {
	p.File = b.name
	b.problems = append(b.problems, p)
}

// assume records what was assumed of an incident, each once.
func (b *builder) assume(what, of string) {
	i := slices.IndexFunc(b.assumptions, func(a assumption) bool { return a.what == what })
	if i < 0 {
		i = len(b.assumptions)
		b.assumptions = append(b.assumptions, assumption{what: what})
	}
	if a := &b.assumptions[i]; of != "" && (len(a.of) == 0 || a.of[len(a.of)-1] != of) {
		a.of = append(a.of, of)
	}
}

// notes are the assumptions, in the order in which they were first made.
func (b *builder) notes() contracts.Problems {
	var out contracts.Problems
	for _, a := range b.assumptions {
		text := a.what
		if n := len(a.of); n > 0 {
			text += " (" + strings.Join(a.of[:min(n, 5)], ", ")
			if n > 5 {
				text += fmt.Sprintf(" and %d more", n-5)
			}
			text += ")"
		}
		out = append(out, contracts.Problem{File: b.name, Code: "N_ASSUMED", Outcome: contracts.Accept, Message: text})
	}
	return out
}

// named registers a service and returns its key. A service without a name goes by its key.
func (b *builder) named(key, title string) string {
	if title = clean(title); title == "" {
		title = clean(key)
	}
	if b.services[key] == nil {
		b.services[key] = &service{key: key, title: cmp.Or(title, "service")}
	}
	return key
}

// add takes an incident, unless the options leave it out or it stands there already.
func (b *builder) add(e entry) {
	b.count++
	if b.opts.Incident != "" && e.id != b.opts.Incident {
		return
	}
	if !b.sound(&e) || len(e.spans) == 0 || !b.inDays(e) {
		return
	}
	first, dup := b.seen[e.id]
	if !dup {
		b.seen[e.id] = len(b.entries)
		b.entries = append(b.entries, e)
		return
	}
	was := b.entries[first]
	line := was.line
	was.line = e.line
	p := contracts.Problem{Line: e.line, Field: "id", Value: e.id, Code: "E_DUP_INCIDENT", Message: fmt.Sprintf("the incident stands already at line %d", line)}
	switch same := reflect.DeepEqual(was, e); {
	case !same:
		p.Message += ", and says something else there"
		p.Hint = "keep the later one"
		b.problem(p)
	case !b.opts.Dedupe:
		p.Hint = "keep one, or take two that are equal once (dedupe)"
		b.problem(p)
	default:
		b.problem(contracts.Problem{Line: e.line, Field: "id", Value: e.id, Code: "N_DUP_INCIDENT", Outcome: contracts.Accept, Message: fmt.Sprintf("the incident stands already at line %d; taken once", line)})
	}
}

// sound leaves out spans of no length and refuses those that end before they begin.
func (b *builder) sound(e *entry) bool {
	var kept []span
	for _, s := range e.spans {
		s.from, s.to = toMilli(s.from), toMilli(s.to)
		switch p := (contracts.Period{Start: s.from, End: s.to}); {
		case s.from.IsZero():
			return false // reported where it was read
		case p.Open() || p.Millis() > 0:
			kept = append(kept, s)
		case p.Millis() < 0:
			b.problem(contracts.Problem{Line: e.line, Field: "to", Value: e.id, Code: "E_INTERVAL",
				Message: fmt.Sprintf("the incident ends %s, before its start %s", stamp(s.to, b.out), stamp(s.from, b.out)), Hint: "correct the times in the feed, or leave the incident out"})
			return false
		default:
			b.assume("a state that was posted for a moment only, from and to alike, has no length and was left out", e.id)
		}
	}
	e.spans = kept
	return true
}

// toMilli cuts an instant to the unit of time.
func toMilli(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return time.UnixMilli(t.UnixMilli()).UTC()
}

// inDays reports whether an incident touches the days that were asked for.
func (b *builder) inDays(e entry) bool {
	for _, s := range e.spans {
		for _, p := range append([]sla.Clock{{Period: contracts.Period{Start: s.from, End: s.to}}}, s.clocks...) {
			after := b.opts.Since.IsZero() || p.Period.Open() || p.Period.End.After(b.opts.Since.In(b.out))
			before := b.opts.Until.IsZero() || p.Period.Start.Before(b.opts.Until.In(b.out))
			if after && before {
				return true
			}
		}
	}
	return false
}

// incident makes the incident of all entries, or reports that there is none.
func (b *builder) incident(source string) *sla.Incident {
	if len(b.entries) == 0 {
		if b.problems.Err() == nil {
			b.problem(contracts.Problem{Code: "E_EMPTY", Message: fmt.Sprintf("no incident is left of the %d in the feed", b.count), Hint: "ask for another incident or other days"})
		}
		return nil
	}
	in := &sla.Incident{Zone: cmp.Or(b.opts.Zone, "UTC"), Source: clean(source)}
	b.nameServices(in)
	ids := map[string]bool{}
	begin := func(e entry) time.Time { return e.spans[0].from }
	for i := range b.entries {
		slices.SortStableFunc(b.entries[i].spans, func(x, y span) int { return cmp.Or(x.from.Compare(y.from), slices.Compare(x.services, y.services)) })
	}
	slices.SortStableFunc(b.entries, func(x, y entry) int { return cmp.Or(begin(x).Compare(begin(y)), strings.Compare(x.id, y.id)) })
	for _, e := range b.entries {
		in.Events = append(in.Events, b.event(e, unique(identifier(e.id, "incident"), ids)))
	}
	if first := in.Events[0]; len(in.Events) == 1 {
		in.ID, in.Title = first.ID, first.Title
	} else {
		in.ID, in.Title = "imported-"+b.format, plain(strings.TrimPrefix(fmt.Sprintf("%s: %d incidents", clean(b.of), len(in.Events)), ": "))
	}
	if b.opts.ID != "" {
		in.ID = identifier(b.opts.ID, in.ID)
	}
	if title := clean(b.opts.Title); title != "" {
		in.Title = plain(title)
	}
	b.assume("nobody's fault is on record: no grade is set, and a cause only where the feed speaks of maintenance or names one", "")
	return in
}

// nameServices gives the services that the entries touch their ids, in the order of their titles.
func (b *builder) nameServices(in *sla.Incident) {
	var used []*service
	for _, e := range b.entries {
		for _, s := range e.spans {
			for _, key := range s.services {
				if x := b.services[key]; !slices.Contains(used, x) {
					used = append(used, x)
				}
			}
		}
	}
	slices.SortFunc(used, func(x, y *service) int {
		return cmp.Or(strings.Compare(x.title, y.title), strings.Compare(x.key, y.key))
	})
	ids := map[string]bool{}
	for _, x := range used {
		x.id = unique(identifier(x.title, "service"), ids)
		in.Services = append(in.Services, sla.Named{ID: x.id, Title: plain(x.title)})
	}
}

// event makes an event of an entry. Its phases are called by its id and their number.
func (b *builder) event(e entry, id string) sla.Event {
	title := cmp.Or(clean(e.title), clean(e.id), id)
	out := sla.Event{ID: id, Kind: cmp.Or(e.kind, "outage"), Title: plain(title)}
	for i, s := range e.spans {
		p := sla.Phase{
			ID: id + "." + strconv.Itoa(i+1), Impact: s.impact, Cause: s.cause, Clock: cmp.Or(s.clock, "posted"), Share: s.share,
			Announced: s.announced, Period: contracts.Period{Start: s.from, End: s.to}, Clocks: s.clocks,
		}
		var names []string
		for _, key := range s.services {
			p.Services = append(p.Services, b.services[key].id)
			names = append(names, b.services[key].title)
		}
		if len(names) == 0 || len(names) > 4 {
			names = []string{title}
		}
		p.Title = plain(clean(strings.Join(names, ", ") + ": " + s.impact.String()))
		p.Source = clean(strings.TrimSpace(e.id + " " + e.source))
		if s.to.IsZero() {
			b.assume("an incident that the feed does not end goes on: its end is left open", e.id)
		}
		out.Phases = append(out.Phases, p)
	}
	return out
}

// plain is a wording in the language of the feed, taken for both.
func plain(s string) contracts.Text { return contracts.Text{JA: s, EN: s} }

// maxTitle bounds a wording that is taken over, in characters.
const maxTitle = 200

// oneLine makes one line of a text: what cannot be seen becomes a blank.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return !strconv.IsPrint(r) || unicode.IsSpace(r) }), " ")
}

// clean makes one line of a text that a feed has; a long one ends with an ellipsis.
func clean(s string) string {
	s = oneLine(s)
	if r := []rune(s); len(r) > maxTitle {
		s = strings.TrimSpace(string(r[:maxTitle-1])) + "…"
	}
	return s
}

// maxID leaves room in the 64 characters of an id for the number of a phase.
const maxID = 52

// identifier makes an id of a text: small letters and digits, with a dash for what lies between.
func identifier(s, fallback string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '_':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() >= maxID {
			break
		}
	}
	id := strings.TrimLeft(strings.TrimRight(b.String(), "-._"), "-._")
	return cmp.Or(id, fallback)
}

// unique numbers an id that is taken.
func unique(id string, taken map[string]bool) string {
	out := id
	for n := 2; taken[out]; n++ {
		out = id + "-" + strconv.Itoa(n)
	}
	taken[out] = true
	return out
}

// stamp is an instant as it is written: with its offset, and in UTC where the zone's offset has seconds.
func stamp(t time.Time, loc *time.Location) string {
	local := t.In(loc)
	if _, offset := local.Zone(); offset%60 != 0 || local.Year() < 1 || local.Year() > 9999 {
		local = t.UTC()
	}
	return local.Format("2006-01-02T15:04:05.999Z07:00")
}
