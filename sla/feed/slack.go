package feed

import (
	"github.com/amends-go/amends/sla"
)

// slackTypes are the types of an entry of Slack's history.
var slackTypes = map[string]condition{
	"incident":    {true, sla.Degraded, ""},
	"outage":      {true, sla.Outage, ""},
	"notice":      {true, sla.NoImpact, ""},
	"maintenance": {true, sla.NoImpact, "maintenance"},
}

// slack reads the history of Slack: from the date of an entry to its last note once it is resolved.
func (b *builder) slack(data []byte) {
	b.of = "Slack"
	for _, x := range b.feed(data).list() {
		e := entry{id: x.need("id").str(), title: x.get("title").str(), source: x.get("url").str(), line: x.lineNumber()}
		c := x.need("type").word(slackTypes)
		e.kind = c.cause
		s := span{from: x.need("date_created").time(), impact: c.impact, cause: c.cause}
		switch status := x.need("status").str(); status {
		case "cancelled":
			continue
		case "resolved", "completed":
			for _, n := range x.get("notes").list() {
				if t := n.need("date_created").time(); t.After(s.to) {
					s.to = t
				}
			}
			if s.to.IsZero() {
				s.to = x.need("date_updated").time()
				if s.to.IsZero() {
					continue
				}
			}
			b.assume("a resolved entry ends with its last note", "")
		}
		b.assume(assumePosted, "")
		b.assume("types are read so: incident degraded, outage outage, notice none, maintenance none with the cause maintenance", "")
		for _, name := range x.get("services").list() {
			s.services = append(s.services, b.named(name.str(), name.str()))
		}
		if len(s.services) == 0 {
			b.assume(assumeServices, e.id)
		}
		e.spans = []span{s}
		b.add(e)
	}
}
