package feed

import (
	"slices"
	"strings"
	"time"

	"github.com/amends-go/amends/sla"
)

// componentStates are the states of a component of a Statuspage.
var componentStates = map[string]condition{
	"operational":          {},
	"degraded_performance": {true, sla.Degraded, ""},
	"partial_outage":       {true, sla.Partial, ""},
	"major_outage":         {true, sla.Outage, ""},
	"under_maintenance":    {true, sla.NoImpact, "maintenance"},
}

// headerImpacts are the impacts that the header of an incident states.
var headerImpacts = map[string]condition{
	"none":        {true, sla.NoImpact, ""},
	"minor":       {true, sla.Degraded, ""},
	"major":       {true, sla.Partial, ""},
	"critical":    {true, sla.Outage, ""},
	"maintenance": {true, sla.NoImpact, "maintenance"},
}

// Assumptions of several formats.
const (
	assumePosted   = "the times are those that were posted: clock posted"
	assumeHeader   = "the feed does not tell when each component changed its state: the times and the impact of the header are taken for every component that it lists, which may be too much"
	assumeImpacts  = "impacts are read so: none none, minor degraded, major partial, critical outage, maintenance none with the cause maintenance"
	assumeStates   = "states are read so: degraded_performance degraded, partial_outage partial, major_outage outage, under_maintenance none with the cause maintenance"
	assumeServices = "an incident that names no service is of all services"
)

// word is the condition of a word of the feed's own.
func (x item) word(words map[string]condition) condition {
	if x.n == nil {
		return condition{}
	}
	c, ok := words[x.str()]
	if !ok {
		var known []string
		for w := range words { // order: sorted below
			known = append(known, w)
		}
		slices.Sort(known)
		x.report("E_ENUM", "unknown word for a state", "one of "+strings.Join(known, ", "))
	}
	return c
}

// statuspage reads incidents, and scheduled maintenances where they stand beside them. Components change with the posts, each
// at its display_at, which may lie before it was written, else at its created_at. The header is used where no post names
// a component.
func (b *builder) statuspage(data []byte) {
	root := b.feed(data)
	b.of = root.get("page").get("name").str()
	if root.n != nil && !root.has("incidents") && !root.has("scheduled_maintenances") {
		root.report("E_REQUIRED", "the feed has no incidents", "give incidents.json of version 2 of the page")
	}
	for _, x := range root.get("incidents").list() {
		b.statuspageIncident(x, false)
	}
	for _, x := range root.get("scheduled_maintenances").list() {
		b.statuspageIncident(x, true)
	}
}

func (b *builder) statuspageIncident(x item, planned bool) {
	e := entry{id: x.need("id").str(), title: x.need("name").str(), source: x.get("shortlink").str(), line: x.lineNumber()}
	created, start, end := x.get("created_at").time(), x.get("started_at").time(), x.get("resolved_at").time()
	if start.IsZero() {
		start = created
	}
	announced := time.Time{}
	if planned {
		e.kind, announced = "maintenance", created
		if t := x.get("scheduled_for").time(); !t.IsZero() {
			start = t
		}
	}
	posts, named := b.updates(x, e.id)
	if end.IsZero() {
		for _, p := range posts {
			if p.ends && p.at.After(end) {
				end = p.at
			}
		}
	}
	b.assume(assumePosted, "")
	if named {
		b.assume(assumeStates, "")
		b.follow(&e, posts, start, end, announced)
	}
	if len(e.spans) == 0 {
		b.header(&e, x, start, end, announced, named)
	}
	b.add(e)
}

// updates reads the posts of an incident and reports whether one of them names a component. The feed has the newest first.
func (b *builder) updates(x item, id string) (posts []post, named bool) {
	for _, u := range x.get("incident_updates").list() {
		at, status := u.get("display_at").time(), u.get("status").str()
		created := u.get("created_at").time()
		switch {
		case at.IsZero():
			at = created
		case !created.IsZero() && !at.Equal(created):
			b.assume("a post is shown at another time than it was written: the time shown is taken", id)
		}
		if at.IsZero() {
			u.report("E_REQUIRED", "the post has neither display_at nor created_at", "give the feed as it was served")
			continue
		}
		// A post-mortem and a schedule are posted when nothing changes.
		if status == "postmortem" || status == "scheduled" {
			continue
		}
		p := post{at: at, ends: status == "resolved" || status == "completed"}
		for _, c := range u.get("affected_components").list() {
			key := c.get("code").str()
			if key == "" {
				key = c.need("name").str()
			}
			key = b.named(key, c.get("name").str())
			p.changes = append(p.changes, change{key, c.need("old_status").word(componentStates), c.need("new_status").word(componentStates)})
			named = true
		}
		posts = append(posts, p)
	}
	slices.Reverse(posts)
	return posts, named
}

// header takes an incident whose posts change no component by its own times.
func (b *builder) header(e *entry, x item, start, end, announced time.Time, named bool) {
	s := span{from: start, to: end, announced: announced}
	if start.IsZero() {
		x.report("E_REQUIRED", "the incident has neither started_at nor created_at", "give the feed as it was served")
		return
	}
	if named {
		b.assume("every post says that the components work: the incident is on record without an impact", e.id)
	} else {
		b.assume(assumeHeader, e.id)
		b.assume(assumeImpacts, "")
		c := x.need("impact").word(headerImpacts)
		s.impact, s.cause = c.impact, c.cause
		if e.kind == "" && c.cause != "" {
			e.kind = c.cause
		}
	}
	for _, c := range x.get("components").list() {
		s.services = append(s.services, b.named(c.need("id").str(), c.get("name").str()))
	}
	if len(s.services) == 0 {
		b.assume(assumeServices, e.id)
	}
	e.spans = append(e.spans, s)
}
