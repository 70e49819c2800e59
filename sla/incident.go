package sla

import (
	"reflect"
	"time"

	"github.com/amends-go/amends/contracts"
)

// Incident is what happened, as recorded: not who was to blame for it, which
// is a finding.
type Incident struct {
	ID        string
	Title     contracts.Text
	Zone      string // IANA name of the zone in which its times are told
	Services  []Named
	Events    []Event    // in the order in which they began
	Parties   []Party    // who may bear the loss; the first is the provider
	HeadKinds []HeadKind // what is particular of some heads
	Heads     []Named    // heads of loss (損害項目), in the order of the working
	Facts     []Named    // facts that may be true of a customer, such as no-backup
	// Levels are what was measured or reported of a commitment in a window, where it is not computed from the phases: a
	// level stated by a report, an earlier window whose result counts, a reading such as a delay.
	Levels []Level
	// Series are requests counted over intervals of one length, for rates of errors.
	Series []Series
	// AsOf is the last day of interest of which the terms name none; zero when nothing is worked out as of a day.
	AsOf   contracts.Date
	Source string
	At     contracts.Pos
}

// Level is what is on record of a service in a window.
type Level struct {
	Of      string          // id of the availability commitment in the contract
	Service string          // empty: every service
	Window  string          // label of the window, such as 2024-05, 2024-Q2, 2024 or incident
	Uptime  contracts.Ratio // the level reached, from 0% to 100%; with Value nil
	Value   *int64          // a reading or a count, in the unit of the commitment
	At      contracts.Pos
}

// Series counts requests, or other tries, of a service over intervals of one length, one after another from Start.
// An interval that is not there had none.
type Series struct {
	ID       string
	Service  string // empty: every service
	Start    time.Time
	Interval int64 // ms, more than 0
	Counts   []Count
	At       contracts.Pos
}

// Count is what happened in one interval: of Total tries, Failed failed.
type Count struct{ Total, Failed int64 }

// Named is an id with its wording.
type Named struct {
	ID    string
	Title contracts.Text
}

// Event is one happening of an incident: a deletion, an outage. Customers may
// be affected by one and not by another.
type Event struct {
	ID     string
	Kind   string // such as data-loss, outage, disclosure: what exemptions speak of
	Title  contracts.Text
	Phases []Phase
	At     contracts.Pos
}

// Impact is what a phase did to its services.
type Impact uint8

// The impacts, ordered.
const (
	NoImpact      Impact = iota
	UnknownImpact        // nobody was watching: a gap of the monitor (計測不能)
	Degraded             // 性能低下
	Partial              // a part of the service or of its users was without it (一部停止)
	Outage               // 停止
)

var impactNames = [...]string{"none", "unknown", "degraded", "partial", "outage"}

func (i Impact) String() string { return impactNames[i] }

// Phase is a stretch of an event with one cause and one grade of fault.
type Phase struct {
	ID       string // unique in the incident
	Title    contracts.Text
	Period   contracts.Period
	Services []string // empty: all
	Impact   Impact
	Cause    string // such as maintenance, force-majeure, customer, provider
	// Share is the part of the users, servers or customers that the phase hit, where one is on record; zero is all.
	Share contracts.Ratio
	// Announced is when notice of the phase was given, as of maintenance; zero is never.
	Announced time.Time
	Grade     *contracts.Grade // as first reported; nil when nobody has said
	Clock     string           // who told Period: monitor, posted, post-mortem, reported …
	Clocks    []Clock          // what other clocks say
	Source    string
	At        contracts.Pos
}

// same reports whether q says the same, wherever it stands.
func (p Phase) same(q Phase) bool {
	p.At, q.At = contracts.Pos{}, contracts.Pos{}
	return reflect.DeepEqual(p, q)
}

// Clock is what another source says of a phase's time.
type Clock struct {
	Source string
	Period contracts.Period
}

// Party is one who may bear a part of the loss.
type Party struct {
	ID    string
	Title contracts.Text
	Role  string // provider, upstream, contractor, customer
	// Answers says that the party answers to the customers itself, as one of several at fault (共同不法行為者), and not to the provider alone.
	Answers bool
}

// provider is the id of the first party; empty where the incident names none.
func (in *Incident) provider() string {
	if len(in.Parties) == 0 {
		return ""
	}
	return in.Parties[0].ID
}

// Phase returns the phase of that id and its event.
func (in *Incident) Phase(id string) (*Event, *Phase) {
	for i := range in.Events {
		e := &in.Events[i]
		for j := range e.Phases {
			if e.Phases[j].ID == id {
				return e, &e.Phases[j]
			}
		}
	}
	return nil, nil
}

// Span is from the earliest start to the latest end of its phases, by every clock, and of its series. Of an
// incident of which only levels are on record it is from the first of their windows to the last.
func (in *Incident) Span() contracts.Period {
	var span contracts.Period
	grow := func(p contracts.Period) {
		if span.Start.IsZero() || p.Start.Before(span.Start) {
			span.Start = p.Start
		}
		if p.End.After(span.End) {
			span.End = p.End
		}
	}
	for _, e := range in.Events {
		for _, p := range e.Phases {
			grow(p.Period)
			for _, c := range p.Clocks {
				grow(c.Period)
			}
		}
	}
	for _, s := range in.Series {
		grow(contracts.Period{Start: s.Start, End: time.UnixMilli(s.Start.UnixMilli() + int64(len(s.Counts))*s.Interval)})
	}
	if span.Start.IsZero() {
		for _, l := range in.Levels {
			if p, ok := in.labelled(l.Window); ok {
				grow(p)
			}
		}
	}
	return span
}

// labelled is the calendar window of a label, in the incident's zone.
func (in *Incident) labelled(label string) (contracts.Period, bool) {
	loc, err := contracts.LoadZone(in.Zone)
	if err != nil {
		return contracts.Period{}, false // refused by Validate before anyone asks
	}
	for _, w := range []contracts.Window{contracts.CalendarMonth, contracts.CalendarQuarter, contracts.CalendarHalf, contracts.CalendarYear, contracts.CalendarDay} {
		if p, ok := w.Labelled(label, loc, 1); ok {
			return p.Period, true
		}
	}
	return contracts.Period{}, false
}

// clocks lists the sources of time that the incident knows, the first phase's own first.
func (in *Incident) clocks() []string {
	var out []string
	add := func(s string) {
		for _, o := range out {
			if o == s {
				return
			}
		}
		out = append(out, s)
	}
	for _, e := range in.Events {
		for _, p := range e.Phases {
			add(p.Clock)
		}
	}
	for _, e := range in.Events {
		for _, p := range e.Phases {
			for _, c := range p.Clocks {
				add(c.Source)
			}
		}
	}
	if len(out) == 0 {
		return []string{"recorded"}
	}
	return out
}

// by returns the phase's period as clock tells it, or its own period when that
// clock says nothing of it.
func (p *Phase) by(clock string) contracts.Period {
	for _, c := range p.Clocks {
		if c.Source == clock {
			return c.Period
		}
	}
	return p.Period
}

func titleOf(list []Named, id string) contracts.Text {
	for _, n := range list {
		if n.ID == id && !n.Title.IsZero() {
			return n.Title
		}
	}
	return contracts.Text{JA: id, EN: id}
}
