package feed

import (
	"strings"
	"time"

	"github.com/amends-go/amends/sla"
)

// healthStates are the numbers with which AWS Health tells the state of a service.
var healthStates = map[string]condition{
	"0": {},
	"1": {true, sla.Degraded, ""},
	"2": {true, sla.Degraded, ""},
	"3": {true, sla.Outage, ""},
}

// aws reads the current events of AWS Health. A service is in a state from the change that says so until its next one; where
// no changes are listed, the log of the event is taken, for the services that it lists. The feed counts time in seconds in
// the log and in milliseconds in the changes, and writes a state as a number or as a text. An event that is
// over leaves the feed, so that most are open.
func (b *builder) aws(data []byte) {
	b.of = "AWS Health"
	for _, x := range b.feed(data).list() {
		arn := x.need("arn").str()
		e := entry{id: arn[strings.LastIndexByte(arn, '/')+1:], title: x.get("summary").str(), source: arn, line: x.lineNumber()}
		if region := x.get("region_name").str(); region != "" {
			e.title += " (" + region + ")"
		}
		b.assume(assumePosted, "")
		b.assume("states are read so: 0 works, 1 (information) and 2 degraded, 3 (disruption) outage", "")
		start := x.get("date").epoch()
		var posts []post
		for _, c := range x.get("impacted_service_status_changes").list() {
			key := b.named(c.need("service").str(), c.get("service_name").str()+region(c.get("service").str()))
			posts = append(posts, post{at: c.need("timestamp").epoch(), changes: []change{{key, c.need("previous_status").word(healthStates), c.need("current_status").word(healthStates)}}})
		}
		if len(posts) == 0 {
			posts = b.awsLog(&e, x)
		}
		end := x.get("end_time").epoch()
		for _, l := range x.get("event_log").list() {
			if strings.HasPrefix(l.get("summary").str(), "[RESOLVED]") || l.get("status").str() == "0" {
				posts = append(posts, post{at: l.need("timestamp").epoch(), ends: true})
			}
		}
		for _, p := range posts {
			if p.at.IsZero() { // refused where it was read
				return
			}
		}
		b.follow(&e, posts, start, end, time.Time{})
		b.add(e)
	}
}

// region is the part of a service's name that tells where it is, such as that of rds-eu-west-1, in brackets.
func region(service string) string {
	parts := strings.Split(service, "-")
	if len(parts) < 4 {
		return ""
	}
	return " (" + strings.Join(parts[len(parts)-3:], "-") + ")"
}

// awsLog takes the states of an event for all the services that it lists, or for one of its own.
func (b *builder) awsLog(e *entry, x item) []post {
	b.assume("no changes of single services are listed: the log of the event is taken for all that it names", e.id)
	var keys []string
	services := x.get("impacted_services")
	for _, id := range services.sortedKeys() {
		keys = append(keys, b.named(id, services.get(id).get("service_name").str()+region(id)))
	}
	if len(keys) == 0 {
		id := x.get("service").str()
		if id == "" {
			id = x.need("service_name").str()
		}
		keys = append(keys, b.named(id, x.get("service_name").str()+region(id)))
	}
	var posts []post
	was := condition{}
	for _, l := range x.get("event_log").list() {
		p := post{at: l.need("timestamp").epoch()}
		now := l.need("status").word(healthStates)
		for _, key := range keys {
			p.changes = append(p.changes, change{key, was, now})
		}
		was = now
		posts = append(posts, p)
	}
	return posts
}
