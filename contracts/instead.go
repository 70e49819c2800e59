package contracts

import (
	"fmt"
	"slices"
	"strings"
)

// Replacers lists the clauses that take the place of a clause where they operate (特約の優先): those that name it in InsteadOf, and those that name
// one of these, so that the special goes before the general, and the exception to an exception before both. The innermost come first.
func (c *Contract) Replacers(id string) []Clause {
	by := map[string][]Clause{}
	for _, cl := range c.Clauses {
		for _, of := range cl.provision().InsteadOf {
			by[of] = append(by[of], cl)
		}
	}
	var out []Clause
	seen := map[string]bool{id: true}
	var visit func(id string)
	visit = func(id string) {
		for _, cl := range by[id] {
			p := cl.provision()
			if seen[p.ID] {
				continue
			}
			seen[p.ID] = true
			visit(p.ID)
			out = append(out, cl)
		}
	}
	visit(id)
	return out
}

// scope says of what a clause decides whether it stands. Only clauses that are asked the same can take each other's place.
type scope uint8

const (
	noScope    scope = iota // a promise, which pays nothing and takes nothing away
	eachPhase               // the losses of each phase
	wholeMatch              // the customer's row as a whole
)

func scopeOf(cl Clause) scope {
	switch cl.(type) {
	case *Availability:
		return noScope
	case *LossExclusion, *Exemption, *CarveOut, *Cap, *Layer, *SoleRemedy:
		return eachPhase
	}
	return wholeMatch
}

// insteadOf checks that clauses take the place of clauses that they can replace, and that never two do so at once.
func (v *validator) insteadOf() {
	var special []Clause
	for _, cl := range v.c.Clauses {
		p := cl.provision()
		if len(p.InsteadOf) > 0 {
			special = append(special, cl)
		}
		for _, id := range p.InsteadOf {
			switch other := v.c.Clause(id); {
			case other == nil:
				v.report(p.At, "instead_of", "E_UNKNOWN_CLAUSE", id, fmt.Sprintf("clause %s takes the place of %q, which does not exist", p.ID, id), "one of "+strings.Join(v.ids(), ", "))
			case scopeOf(other) == noScope || scopeOf(cl) == noScope:
				v.report(p.At, "instead_of", "E_UNKNOWN_CLAUSE", id, fmt.Sprintf("clause %s cannot take the place of %s: a commitment to availability owes nothing by itself", p.ID, id), "name the credit, and let the special credit refer to a commitment of its own")
			case scopeOf(other) != scopeOf(cl):
				v.report(p.At, "instead_of", "E_UNKNOWN_CLAUSE", id, fmt.Sprintf("clause %s (%s) cannot take the place of %s (%s): one is asked for each phase with losses, the other once for all", p.ID, Kind(cl), id, Kind(other)), "name clauses about losses, or clauses about the whole account")
			}
		}
	}
	if len(special) < 2 || slices.ContainsFunc(v.problems, func(p Problem) bool { return p.Code == "E_CYCLE" || p.Code == "E_UNKNOWN_CLAUSE" }) {
		return
	}
	v.rivals(special)
}

// maxRivals is how many pairs of rivals are told.
const maxRivals = 20

// rivals finds two clauses that take the place of one clause and can both stand, where neither replaces the other: nobody has said which prevails.
func (v *validator) rivals(special []Clause) {
	r := rivalry{c: v.c, takes: map[string][]Clause{}}
	general := map[string]map[string]bool{} // by special clause, all whose place it takes
	for _, cl := range v.c.Clauses {
		id := cl.provision().ID
		for _, over := range v.c.Replacers(id) {
			of := over.provision().ID
			if general[of] == nil {
				general[of] = map[string]bool{}
			}
			general[of][id] = true
		}
	}
	told := 0
	for i, y := range special {
		for _, x := range special[:i] {
			a, b := x.provision(), y.provision()
			if general[a.ID][b.ID] || general[b.ID][a.ID] || !meet(x, y) {
				continue
			}
			base := slices.IndexFunc(v.c.Clauses, func(cl Clause) bool { id := cl.provision().ID; return general[a.ID][id] && general[b.ID][id] })
			if base < 0 {
				continue
			}
			when, both := r.both(x, y)
			if !both {
				continue
			}
			v.report(b.At, "instead_of", "E_CONFLICT", b.ID, fmt.Sprintf("clauses %s (%s) and %s (%s) both take the place of %s, and both stand %s", a.ID, placeOf(a.At), b.ID, placeOf(b.At), v.c.Clauses[base].provision().ID, when),
				fmt.Sprintf("say which prevails: instead_of: [%s] in %s, or conditions that cannot hold together", a.ID, b.ID))
			if told++; told == maxRivals {
				return
			}
		}
	}
}

// placeOf is where a clause stands, with its file.
func placeOf(at Pos) string {
	if at.Line == 0 {
		return "built in Go"
	}
	return fmt.Sprintf("%s:%d", at.File, at.Line)
}

// meet reports whether two clauses can concern the same loss: not when they name different heads, phases or kinds of event.
func meet(x, y Clause) bool {
	apart := func(a, b []string) bool {
		return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
	}
	heads := func(cl Clause) (of, but, phases, events []string) {
		switch c := cl.(type) {
		case *LossExclusion:
			return c.Heads, nil, nil, nil
		case *Exemption:
			return c.Heads, nil, c.Phases, c.Events
		case *Cap:
			return c.Heads, c.ExceptHeads, nil, nil
		case *Layer:
			return c.Heads, nil, nil, nil
		case *AddedAfterOffset:
			return c.Heads, nil, nil, nil
		case *SoleRemedy:
			return nil, nil, nil, c.Events
		}
		return nil, nil, nil, nil
	}
	within := func(of, but []string) bool {
		return len(of) > 0 && len(but) > 0 && !slices.ContainsFunc(of, func(s string) bool { return !slices.Contains(but, s) })
	}
	a, notA, phasesA, eventsA := heads(x)
	b, notB, phasesB, eventsB := heads(y)
	return !apart(a, b) && !within(a, notB) && !within(b, notA) && !apart(phasesA, phasesB) && !apart(eventsA, eventsB)
}

// rivalry tries whether two clauses can stand at once.
type rivalry struct {
	c     *Contract
	takes map[string][]Clause
}

// takers are the clauses that take cl away where they stand: carve-outs and what replaces it. The law is left out of it: what it strikes is for a case to say.
func (r *rivalry) takers(cl Clause) []Clause {
	id := cl.provision().ID
	out, known := r.takes[id]
	if known {
		return out
	}
	out = r.c.Replacers(id)
	for _, other := range r.c.Clauses {
		if c, ok := other.(*CarveOut); ok && slices.Contains(c.Lifts, id) {
			out = append(out, c)
		}
	}
	r.takes[id] = out
	return out
}

// maxAtoms bounds the facts and events over which all states are tried.
const maxAtoms = 10

// both tries every state of what the conditions ask for: the grade of fault, whether the customer is a consumer, its facts, and the event. It returns the
// first in which x and y both stand, in words.
func (r *rivalry) both(x, y Clause) (string, bool) {
	takers := map[string][]Clause{}
	var clauses []Clause
	var collect func(cl Clause)
	collect = func(cl Clause) {
		id := cl.provision().ID
		if _, done := takers[id]; done {
			return
		}
		takers[id] = r.takers(cl)
		clauses = append(clauses, cl)
		for _, t := range takers[id] {
			collect(t)
		}
	}
	collect(x)
	collect(y)
	asked := askedOf(clauses)
	worlds, few := asked.worlds(scopeOf(x) == eachPhase)
	if !few {
		return fmt.Sprintf("perhaps: their conditions ask for %d facts and events, more than the %d that are tried", len(asked.facts)+len(asked.events), maxAtoms), true
	}
	for _, w := range worlds {
		stands := map[string]bool{}
		var standing func(cl Clause) bool
		standing = func(cl Clause) bool {
			id := cl.provision().ID
			if s, done := stands[id]; done {
				return s
			}
			s := !slices.ContainsFunc(operates(cl), func(d demand) bool { return w.holds(d.c) != d.is }) && !slices.ContainsFunc(takers[id], standing)
			stands[id] = s
			return s
		}
		if standing(x) && standing(y) {
			return asked.words(w), true
		}
	}
	return "", false
}

// asked is what conditions ask for.
type asked struct {
	grade, consumer bool
	facts, events   []string
}

func askedOf(clauses []Clause) asked {
	var a asked
	for _, cl := range clauses {
		for _, d := range operates(cl) {
			d.c.Walk(func(c Condition) {
				a.grade = a.grade || c.Grade > NoFault
				a.consumer = a.consumer || c.Consumer != nil
				if c.Fact != "" {
					a.facts = append(a.facts, c.Fact)
				}
				if c.Event != "" {
					a.events = append(a.events, c.Event)
				}
			})
		}
	}
	slices.Sort(a.facts)
	slices.Sort(a.events)
	a.facts, a.events = slices.Compact(a.facts), slices.Compact(a.events)
	return a
}

// worlds are the states to try, the plainest first; false when there are too many. A phase is of one event; a row as a whole may have several.
func (a asked) worlds(onePhase bool) ([]world, bool) {
	if len(a.facts)+len(a.events) > maxAtoms {
		return nil, false
	}
	grades, consumers := []Grade{Ordinary}, []bool{false}
	if a.grade {
		for g := Ordinary + 1; g <= Intent; g++ {
			grades = append(grades, g)
		}
		grades = append(grades, NoFault)
	}
	if a.consumer {
		consumers = []bool{false, true}
	}
	events := subsets(a.events)
	if onePhase {
		events = slices.DeleteFunc(events, func(s []string) bool { return len(s) > 1 })
	}
	var out []world
	for _, facts := range subsets(a.facts) {
		for _, e := range events {
			for _, g := range grades {
				for _, c := range consumers {
					out = append(out, world{grade: g, consumer: c, facts: facts, events: e})
				}
			}
		}
	}
	return out, true
}

func subsets(of []string) [][]string {
	out := make([][]string, 1<<len(of))
	for set := range out {
		for i, s := range of {
			if set>>i&1 == 1 {
				out[set] = append(out[set], s)
			}
		}
	}
	return out
}

// words tells a state, as far as it was asked for.
func (a asked) words(w world) string {
	var parts []string
	if a.grade {
		parts = append(parts, "the grade of fault is "+w.grade.String())
	}
	if a.consumer {
		parts = append(parts, "the customer is "+map[bool]string{true: "a consumer", false: "no consumer"}[w.consumer])
	}
	tell := func(what string, all, in []string) {
		for _, s := range all {
			parts = append(parts, map[bool]string{true: "with ", false: "without "}[slices.Contains(in, s)]+what+s)
		}
	}
	tell("the fact ", a.facts, w.facts)
	tell("the event ", a.events, w.events)
	if len(parts) == 0 {
		return "always"
	}
	return "when " + strings.Join(parts, ", ")
}
