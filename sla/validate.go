package sla

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
)

// Validate finds what is wrong with the incident in itself, all at once: ids
// used twice, services that do not exist, phases without a time.
func (in *Incident) Validate() contracts.Problems {
	v := incidentCheck{in: in}
	if _, err := contracts.LoadZone(in.Zone); err != nil {
		v.report(in.At, "zone", "E_ZONE", in.Zone, err.Error(), "write an IANA name such as Asia/Tokyo")
	}
	v.ids("services", in.Services)
	v.ids("heads", in.Heads)
	v.ids("facts", in.Facts)
	if len(in.Events) == 0 && len(in.Levels) == 0 && len(in.Series) == 0 {
		v.report(in.At, "events", "E_REQUIRED", "", "the incident has no event", "")
	}
	events, phases := map[string]bool{}, map[string]bool{}
	for _, e := range in.Events {
		v.once(e.At, "event", e.ID, events)
		if len(e.Phases) == 0 {
			v.report(e.At, "phases", "E_REQUIRED", e.ID, "event "+e.ID+" has no phase", "give it at least one phase with from and to")
		}
		for _, p := range e.Phases {
			v.once(p.At, "phase", p.ID, phases)
			v.phase(p)
		}
	}
	v.recorded()
	parties := map[string]bool{}
	for _, p := range in.Parties {
		v.once(in.At, "party", p.ID, parties)
	}
	return v.problems
}

type incidentCheck struct {
	in       *Incident
	problems contracts.Problems
}

func (v *incidentCheck) report(at contracts.Pos, field, code, value, message, hint string) {
	p := at.Problem(code, value, message, hint)
	if p.Field == "" {
		p.Field = field
	}
	v.problems = append(v.problems, p)
}

func (v *incidentCheck) once(at contracts.Pos, what, id string, seen map[string]bool) {
	if seen[id] {
		v.report(at, what, "E_DUP_INCIDENT", id, fmt.Sprintf("%s %s stands twice", what, id), "give each its own id")
	}
	seen[id] = true
}

func (v *incidentCheck) ids(field string, list []Named) {
	seen := map[string]bool{}
	for _, n := range list {
		if seen[n.ID] {
			v.report(v.in.At, field, "E_DUP_ID", n.ID, fmt.Sprintf("%s lists %s twice", field, n.ID), "")
		}
		seen[n.ID] = true
	}
}

func (v *incidentCheck) phase(p Phase) {
	v.period(p.At, p.ID, p.Period)
	for _, c := range p.Clocks {
		v.period(p.At, p.ID+" by "+c.Source, c.Period)
	}
	for _, s := range p.Services {
		if !hasID(v.in.Services, s) {
			v.report(p.At, "services", "E_UNKNOWN_SERVICE", s, fmt.Sprintf("phase %s names the unknown service %s", p.ID, s), "one of "+strings.Join(idsOf(v.in.Services), ", "))
		}
	}
}

// recorded checks the services of levels and series, and what was counted.
func (v *incidentCheck) recorded() {
	service := func(at contracts.Pos, id string) {
		if id != "" && !hasID(v.in.Services, id) {
			v.report(at, "service", "E_UNKNOWN_SERVICE", id, fmt.Sprintf("unknown service %s", id), "one of "+strings.Join(idsOf(v.in.Services), ", "))
		}
	}
	for _, l := range v.in.Levels {
		service(l.At, l.Service)
	}
	for _, s := range v.in.Series {
		service(s.At, s.Service)
		if s.Interval <= 0 || s.Start.IsZero() {
			v.report(s.At, "interval", "E_INTERVAL", s.ID, "the series has no start or no length of its intervals", "write start and interval")
		}
	}
}

func (v *incidentCheck) period(at contracts.Pos, what string, p contracts.Period) {
	if !p.End.After(p.Start) {
		v.report(at, "to", "E_INTERVAL", "", fmt.Sprintf("phase %s ends %s, which is not after its start %s", what, p.End, p.Start), "swap them, or leave the phase out")
	}
}

func hasID(list []Named, id string) bool {
	return slices.ContainsFunc(list, func(n Named) bool { return n.ID == id })
}

func idsOf(list []Named) []string {
	var out []string
	for _, n := range list {
		out = append(out, n.ID)
	}
	return out
}

// checkReferences holds the contract against the incident and the shape of its customers.
func (k *compiler) checkReferences() contracts.Problems {
	c, in := k.p.Contract, k.p.Incident
	var out contracts.Problems
	bad := func(at contracts.Pos, field, code, value, message, hint string) {
		p := at.Problem(code, value, message, hint)
		if p.Field == "" {
			p.Field = field
		} else if field != "" {
			p.Field += "." + field
		}
		out = append(out, p)
	}
	if day := in.day(); !day.IsZero() && !k.elsewhen {
		if (!c.InForce.From.IsZero() && day.Cmp(c.InForce.From) < 0) || (!c.InForce.Until.IsZero() && day.Cmp(c.InForce.Until) >= 0) {
			bad(c.At, "in_force", "E_NOT_IN_FORCE", day.String(), fmt.Sprintf("contract %s was not in force on %s, when the incident began", c.ID, day), "take the version of the terms that was in force")
		}
	}
	if day := in.day(); !day.IsZero() && !c.Currency.InUse(day.String()) {
		_, err := contracts.CurrencyOn(c.Currency.Code, day.String())
		bad(c.At, "currency", "E_CURRENCY", c.Currency.Code, fmt.Sprintf("on the day of the incident: %v", err), "state the amounts in the currency of that day")
	}
	known := func(at contracts.Pos, field, code, what, id string, list []Named) {
		if !hasID(list, id) {
			bad(at, field, code, id, fmt.Sprintf("%s %q is not of the incident", what, id), "one of "+strings.Join(idsOf(list), ", "))
		}
	}
	phases := phaseNames(in)
	for _, l := range k.p.Shape.Lines {
		known(contracts.Pos{}, "losses", "E_UNKNOWN_HEAD", "head of loss", l.Head, in.Heads)
		known(contracts.Pos{}, "losses", "E_UNKNOWN_PHASE", "phase", l.Phase, phases)
	}
	for _, cl := range c.Clauses {
		p := contracts.ProvisionOf(cl)
		kind := contracts.Kind(cl)
		switch x := cl.(type) {
		case *contracts.Availability:
			for _, s := range slices.Concat(x.Services, x.MeanOf, x.DownWhen.Names()) {
				known(p.At, kind+".services", "E_UNKNOWN_SERVICE", "service", s, in.Services)
			}
		case *contracts.LossExclusion:
			for _, h := range x.Heads {
				known(p.At, kind+".heads", "E_UNKNOWN_HEAD", "head of loss", h, in.Heads)
			}
		case *contracts.Exemption:
			for _, h := range x.Heads {
				known(p.At, kind+".heads", "E_UNKNOWN_HEAD", "head of loss", h, in.Heads)
			}
			for _, ph := range x.Phases {
				known(p.At, kind+".phases", "E_UNKNOWN_PHASE", "phase", ph, phases)
			}
		case *contracts.Layer:
			for _, h := range x.Heads {
				known(p.At, kind+".heads", "E_UNKNOWN_HEAD", "head of loss", h, in.Heads)
			}
		case *contracts.Cap:
			for _, h := range slices.Concat(x.Heads, x.ExceptHeads) {
				known(p.At, kind+".heads", "E_UNKNOWN_HEAD", "head of loss", h, in.Heads)
			}
		case *contracts.AddedAfterOffset:
			for _, h := range x.Heads {
				known(p.At, kind+".heads", "E_UNKNOWN_HEAD", "head of loss", h, in.Heads)
			}
		}
		for _, cond := range []contracts.Condition{p.When, p.Unless} {
			cond.Walk(func(c contracts.Condition) {
				if c.Fact != "" {
					known(p.At, "fact", "E_UNKNOWN_FACT", "fact", c.Fact, in.Facts)
				}
				if c.Event != "" {
					known(p.At, "event", "E_UNKNOWN_EVENT", "event", c.Event, eventNames(in))
				}
			})
		}
	}
	return out
}

func eventNames(in *Incident) []Named {
	var out []Named
	for _, e := range in.Events {
		out = append(out, Named{e.ID, e.Title})
	}
	return out
}

func phaseNames(in *Incident) []Named {
	var out []Named
	for _, e := range in.Events {
		for _, p := range e.Phases {
			out = append(out, Named{p.ID, p.Title})
		}
	}
	return out
}
