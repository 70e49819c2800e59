package sla

import (
	"fmt"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/yamlread"
)

// ReadIncident reads an incident from a YAML file of that name, reporting every problem at once. A phase whose
// end is "open" runs until asOf; without one that is a problem.
func ReadIncident(file string, data []byte, asOf contracts.Date) (*Incident, contracts.Problems) {
	v, c := yamlread.Parse(file, data)
	if v == nil {
		return nil, c.Problems()
	}
	r := incidentReader{asOf: asOf}
	in := r.incident(v)
	problems := c.Problems()
	if problems.Err() == nil {
		found := in.Validate()
		v.Place(found)
		problems = append(problems, found...)
	}
	return in, problems.Sorted()
}

type incidentReader struct {
	asOf contracts.Date
	loc  *time.Location
}

func (r *incidentReader) incident(v *yamlread.Value) *Incident {
	f := v.Map()
	in := &Incident{ID: f.Required("id").ID(), Title: contracts.ReadText(f.Required("title")), At: v.Pos()}
	if !f.Has("zone") {
		f.Missing("zone", "E_ZONE", "no zone is declared, so that its times name no instant", "write an IANA name such as Asia/Tokyo")
	} else if zone, ok := f.Required("zone").Scalar(); ok {
		loc, err := contracts.LoadZone(zone)
		if err != nil {
			f.Optional("zone").Report("E_ZONE", err.Error(), "write an IANA name such as Asia/Tokyo")
		}
		in.Zone, r.loc = zone, loc
	}
	in.Source = optionalText(f.Optional("source"))
	in.Services = readNamed(f.Optional("services"))
	r.readHeads(in, f.Optional("heads"))
	in.Facts = readNamed(f.Optional("facts"))
	for _, x := range f.Optional("parties").List() {
		p := x.Map()
		party := Party{ID: p.Required("id").ID(), Title: contracts.ReadText(p.Required("title")), Role: p.Required("role").ID()}
		if x := p.Optional("answers"); x != nil {
			party.Answers = x.Bool()
		}
		in.Parties = append(in.Parties, party)
		p.Done()
	}
	r.recorded(in, f)
	events := f.Optional("events")
	if len(in.Levels) == 0 && len(in.Series) == 0 {
		events = f.Required("events")
	}
	for _, x := range events.List() {
		in.Events = append(in.Events, r.event(x))
	}
	f.Done()
	return in
}

// readNamed reads a map of id → wording, in the order of the file.
func readNamed(v *yamlread.Value) []Named {
	if v == nil {
		return nil
	}
	f := v.Map()
	var out []Named
	for _, id := range f.Keys() {
		f.Key(id).ID()
		if x := f.Optional(id); x != nil {
			out = append(out, Named{id, contracts.ReadText(x)})
		}
	}
	f.Done()
	return out
}

func optionalText(v *yamlread.Value) string {
	if v == nil {
		return ""
	}
	return v.Text()
}

func (r *incidentReader) event(v *yamlread.Value) Event {
	f := v.Map()
	e := Event{ID: f.Required("id").ID(), Kind: f.Required("kind").ID(), Title: contracts.ReadText(f.Required("title")), At: v.Pos()}
	at := map[string]int{}
	for _, x := range f.Required("phases").List() {
		p := r.phase(x)
		if first, dup := at[p.ID]; dup && p.same(e.Phases[first]) {
			x.Report("N_DUP_INCIDENT", fmt.Sprintf("the same phase stands %s; taken once", e.Phases[first].At.Place()), "")
			continue
		}
		at[p.ID] = len(e.Phases)
		e.Phases = append(e.Phases, p)
	}
	f.Done()
	return e
}

func (r *incidentReader) phase(v *yamlread.Value) Phase {
	f := v.Map()
	p := Phase{ID: f.Required("id").ID(), Title: contracts.ReadText(f.Required("title")), At: v.Pos(), Impact: Outage, Clock: "recorded"}
	p.Period = r.period(f.Required("from"), f.Required("to"))
	p.Services = f.Optional("services").IDs()
	if x := f.Optional("impact"); x != nil {
		p.Impact = Impact(max(x.Enum(impactNames[:]...), 0))
	}
	if x := f.Optional("cause"); x != nil {
		p.Cause = x.ID()
	}
	if x := f.Optional("grade"); x != nil {
		if i := x.Enum(contracts.Grades()...); i >= 0 {
			p.Grade = new(contracts.Grade(i))
		}
	}
	if x := f.Optional("clock"); x != nil {
		p.Clock = x.ID()
	}
	if x := f.Optional("share"); x != nil {
		p.Share = r.share(x)
	}
	if x := f.Optional("announced"); x != nil {
		p.Announced, _ = r.instant(x)
	}
	for _, x := range f.Optional("clocks").List() {
		c := x.Map()
		p.Clocks = append(p.Clocks, Clock{Source: c.Required("source").ID(), Period: r.period(c.Required("from"), c.Required("to"))})
		c.Done()
	}
	p.Source = optionalText(f.Optional("source"))
	f.Done()
	return p
}

// share reads the part that a phase hit. Nobody is no part: such a phase has the impact none.
func (r *incidentReader) share(v *yamlread.Value) contracts.Ratio {
	s, _ := v.Scalar()
	share, err := contracts.ParseRatio(s)
	switch {
	case err != nil:
		return contracts.ReadRatio(v) // which reports it
	case share.Cmp(contracts.Ratio{}) == 0:
		v.Report("E_RANGE", "none of them", "write the part that was hit, such as 30% or 3/10, or impact: none")
	case share.Cmp(contracts.One) > 0:
		v.Report("E_RANGE", "more than all of them", "write the part that was hit: 30% or 3/10")
	}
	return share
}

func (r *incidentReader) period(from, to *yamlread.Value) contracts.Period {
	start, ok1 := r.instant(from)
	if s, ok := to.Scalar(); ok && s == "open" {
		if r.asOf.IsZero() || r.loc == nil {
			to.Report("E_REQUIRED", "the phase is open, and the case does not say as of which day", "add as_of to case.yaml")
			return contracts.Period{}
		}
		end := r.asOf.AddDays(1).In(r.loc)
		to.Report("N_OPEN", fmt.Sprintf("the phase is counted to the end of %s", r.asOf), "")
		return contracts.Period{Start: start, End: end}
	}
	end, ok2 := r.instant(to)
	if !ok1 || !ok2 {
		return contracts.Period{}
	}
	p, err := contracts.NewPeriod(start, end)
	if err != nil {
		to.Report("E_INTERVAL", err.Error(), "the end must come after the start")
	}
	return p
}

func (r *incidentReader) instant(v *yamlread.Value) (time.Time, bool) {
	s, ok := v.Scalar()
	if !ok || r.loc == nil {
		return time.Time{}, false
	}
	t, note, err := contracts.ParseTime(s, r.loc)
	switch {
	case err != nil:
		v.Report(TimeCode(err), err.Error(), "write a time such as 2012-06-20 17:00, with an offset where it is ambiguous")
		return time.Time{}, false
	case note != "":
		v.Report("N_TIME", note, "")
	}
	return t, true
}

// ReadFindings reads named sets of findings from a YAML file of that name,
// reporting every problem at once. Every value has a reason, and a source of its own or of its set.
func ReadFindings(file string, data []byte) ([]Findings, contracts.Problems) {
	v, c := yamlread.Parse(file, data)
	if v == nil {
		return nil, c.Problems()
	}
	f := v.Map()
	list := f.Required("sets")
	out := ReadSets(list)
	if list.IsList() && len(out) == 0 {
		list.Report("E_REQUIRED", "sets is empty", "write at least one set of findings; it may decide nothing")
	}
	f.Done()
	return out, c.Problems().Sorted()
}

// ReadSets reads a list of sets of findings. A scenario is such a set: named values of parameters over a base, each with its reason and source.
func ReadSets(list *yamlread.Value) []Findings {
	var out []Findings
	seen := map[string]bool{}
	for _, x := range list.List() {
		s := readSet(x)
		if seen[s.ID] {
			x.Report("E_DUP_ID", fmt.Sprintf("the set %s stands twice", s.ID), "give each set its own id")
		}
		seen[s.ID] = true
		out = append(out, s)
	}
	return out
}

func readSet(v *yamlread.Value) Findings {
	f := v.Map()
	s := Findings{At: v.Pos(), ID: f.Required("id").ID(), Title: contracts.ReadText(f.Required("title")), Source: optionalText(f.Optional("source"))}
	if x := f.Optional("based_on"); x != nil {
		s.BasedOn = x.ID()
	}
	s.Date = contracts.ReadDay(f.Optional("date"))
	if x := f.Optional("findings"); x != nil {
		values := x.Map()
		for _, name := range values.Keys() {
			if v := values.Optional(name); v != nil {
				s.Values = append(s.Values, readFinding(name, s.Source, v))
			}
		}
		values.Done()
	}
	f.Done()
	return s
}

func readFinding(name, source string, v *yamlread.Value) Finding {
	f := v.Map()
	out := Finding{Name: name, Source: source}
	is := f.Required("is")
	out.Value, _ = is.Scalar()
	out.At = is.Pos()
	out.Reason = contracts.ReadText(f.Required("reason"))
	if x := f.Optional("source"); x != nil {
		out.Source = x.Text()
	}
	if out.Source == "" && v.IsMap() {
		v.Report("E_REQUIRED", "the finding has no source", "say who found it and where that stands, here or for the whole set")
	}
	f.Done()
	return out
}
