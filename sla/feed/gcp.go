package feed

import (
	"github.com/amends-go/amends/sla"
)

// statusImpacts are the impacts of an incident of Google Cloud.
var statusImpacts = map[string]condition{
	"SERVICE_INFORMATION": {true, sla.Degraded, ""},
	"SERVICE_DISRUPTION":  {true, sla.Partial, ""},
	"SERVICE_OUTAGE":      {true, sla.Outage, ""},
}

// gcp reads incidents of Google Cloud, one phase each from begin to end. A service is a product in a location, because a
// customer is hit by the two together; a product of which no location is told is one by itself. On closing an incident its locations
// move from those affected currently to those affected previously, so that both lists are read.
func (b *builder) gcp(data []byte) {
	b.of = "Google Cloud"
	for _, x := range b.feed(data).list() {
		e := entry{id: x.need("id").str(), title: x.get("external_desc").str(), source: x.get("uri").str(), line: x.lineNumber()}
		b.assume(assumePosted, "")
		b.assume("impacts are read so: SERVICE_INFORMATION degraded, SERVICE_DISRUPTION partial, SERVICE_OUTAGE outage; one for the whole incident, all its products and all its locations", "")
		c := x.need("status_impact").word(statusImpacts)
		s := span{from: x.need("begin").time(), to: x.get("end").time(), impact: c.impact}
		type place struct{ id, title string }
		var places []place
		for _, list := range []string{"currently_affected_locations", "previously_affected_locations"} {
			for _, l := range x.get(list).list() {
				places = append(places, place{l.need("id").str(), l.get("title").str()})
			}
		}
		have := map[string]bool{}
		take := func(key, title string) {
			if key := b.named(key, title); !have[key] {
				have[key] = true
				s.services = append(s.services, key)
			}
		}
		for _, p := range x.get("affected_products").list() {
			product, title := p.need("id").str(), p.get("title").str()
			if len(places) == 0 {
				take(product, title)
			}
			for _, l := range places {
				take(product+"@"+l.id, title+" "+l.id)
			}
		}
		if len(s.services) == 0 {
			b.assume(assumeServices, e.id)
		}
		e.spans = []span{s}
		b.add(e)
	}
}
