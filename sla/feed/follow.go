package feed

import (
	"slices"
	"time"

	"github.com/amends-go/amends/sla"
)

// condition is what a component's state does to it; the zero condition is that it works.
type condition struct {
	hit    bool
	impact sla.Impact
	cause  string
}

// change is one component's change of state.
type change struct {
	key      string
	old, new condition
}

// post is what one post changes. One that ends the incident ends every state.
type post struct {
	at      time.Time
	changes []change
	ends    bool
}

// follow makes spans of posts in order of time: a component is in a state from the post that says so until its next change.
// A state that it was in before the first post counts from start; one that nothing ends, to end, or on when end is zero.
func (b *builder) follow(e *entry, posts []post, start, end, announced time.Time) {
	type track struct {
		now   condition
		since time.Time
	}
	tracks := map[string]*track{}
	var order []string
	stop := func(key string, at time.Time) {
		if t := tracks[key]; t.now.hit && (at.IsZero() || at.After(t.since)) {
			e.spans = append(e.spans, span{services: []string{key}, from: t.since, to: at, impact: t.now.impact, cause: t.now.cause, announced: announced})
		}
	}
	slices.SortStableFunc(posts, func(x, y post) int { return x.at.Compare(y.at) })
	for _, p := range posts {
		for _, c := range p.changes {
			t := tracks[c.key]
			switch {
			case t == nil:
				t = &track{since: p.at}
				tracks[c.key], order = t, append(order, c.key)
				if c.old.hit {
					b.assume("a component was not working already before the first post about it: its state is counted from the start of the incident", e.id)
					t.now, t.since = c.old, start
					if start.IsZero() || start.After(p.at) {
						t.since = p.at
					}
				}
			case c.old != t.now:
				b.assume("a component changed its state between two posts: the state of the earlier post is counted until the later one", e.id)
			}
			if c.new != t.now {
				stop(c.key, p.at)
				t.now, t.since = c.new, p.at
			}
		}
		if p.ends {
			for _, key := range order {
				if tracks[key].now.hit {
					b.assume("a component was still not working when the incident was resolved: its state ends then", e.id)
				}
				stop(key, p.at)
				tracks[key].now = condition{}
			}
		}
	}
	for _, key := range order {
		if t := tracks[key]; t.now.hit && !end.IsZero() && end.After(t.since) {
			b.assume("a component was still not working in the last post: its state ends with the incident", e.id)
			stop(key, end)
		} else {
			stop(key, time.Time{})
		}
	}
}
