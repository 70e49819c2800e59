package feed

import (
	"bytes"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// github reads JSON Lines, an incident each, with the times posted and the window that a post-mortem states, where there is
// one. The phase is as posted (clock posted), and the window is what the clock post-mortem says of it. An incident that was posted for a
// moment only, from and to alike, is told by its post-mortem alone.
func (b *builder) github(data []byte) {
	text, ok := b.decode(data)
	if !ok {
		return
	}
	b.of = "GitHub"
	line := 0
	for row := range bytes.Lines(text) {
		line++
		if row = bytes.TrimSpace(row); len(row) == 0 {
			continue
		}
		x := b.parse(row, line-1)
		if x.n == nil {
			continue
		}
		e := entry{id: x.need("id").str(), title: x.need("title").str(), source: x.get("url").str(), line: line}
		c := x.need("impact").word(headerImpacts)
		e.kind = c.cause
		s := span{from: x.need("started_at").time(), to: x.get("resolved_at").time(), impact: c.impact, cause: c.cause, clock: "posted"}
		b.assume("the times are those that were posted, clock posted; what a post-mortem states is the clock post-mortem", "")
		b.assume(assumeImpacts, "")
		for _, name := range x.get("components").list() {
			s.services = append(s.services, b.named(name.str(), name.str()))
		}
		if len(s.services) == 0 {
			b.assume(assumeServices, e.id)
		}
		if w := x.get("impact_window"); w.n != nil {
			from, to := w.need("start_at").time(), w.need("end_at").time()
			p, err := contracts.NewPeriod(toMilli(from), toMilli(to))
			switch {
			case from.IsZero() || to.IsZero():
				continue
			case err != nil:
				w.report("E_INTERVAL", err.Error(), "the end must come after the start")
				continue
			case !s.to.IsZero() && s.to.Equal(s.from):
				b.assume("posted for a moment only, and told by its post-mortem alone: the clock posted counts that window too", e.id)
				s.from, s.to, s.clock = from, to, "post-mortem"
			default:
				s.clocks = []sla.Clock{{Source: "post-mortem", Period: p}}
			}
		}
		e.spans = []span{s}
		b.add(e)
	}
}
