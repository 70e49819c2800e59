package contracts

import "slices"

// demand is a condition that must hold, or must not.
type demand struct {
	c  Condition
	is bool
}

// operates are the demands under which a clause stands.
func operates(cl Clause) []demand {
	p := cl.provision()
	out := []demand{{p.When, true}}
	if !p.Unless.IsZero() {
		out = append(out, demand{p.Unless, false})
	}
	if e, ok := cl.(*Exemption); ok && len(e.Grades) > 0 {
		var any []Condition
		for _, g := range e.Grades {
			exactly := Condition{Grade: g}
			if g < Intent {
				exactly.Not = &Condition{Grade: g + 1}
			}
			any = append(any, exactly)
		}
		out = append(out, demand{Condition{Any: any}, true})
	}
	return out
}

// world is one state of everything that conditions ask for.
type world struct {
	grade    Grade
	consumer bool
	facts    []string
	events   []string
}

// maxFacts bounds the facts over which all states are tried.
const maxFacts = 8

// possible reports whether all the demands can hold at once. With more facts than it tries it says that they can.
func possible(all ...demand) bool {
	var facts []string
	events := []string{""}
	for _, d := range all {
		d.c.Walk(func(c Condition) {
			if c.Fact != "" {
				facts = append(facts, c.Fact)
			}
			if c.Event != "" {
				events = append(events, c.Event)
			}
		})
	}
	slices.Sort(facts)
	slices.Sort(events)
	facts, events = slices.Compact(facts), slices.Compact(events)
	if len(facts) > maxFacts {
		return true
	}
	for set := range 1 << len(facts) {
		w := world{}
		for i, f := range facts {
			if set>>i&1 == 1 {
				w.facts = append(w.facts, f)
			}
		}
		for _, e := range events {
			w.events = []string{e}
			for w.grade = NoFault; w.grade <= Intent; w.grade++ {
				for _, w.consumer = range []bool{false, true} {
					if !slices.ContainsFunc(all, func(d demand) bool { return w.holds(d.c) != d.is }) {
						return true
					}
				}
			}
		}
	}
	return false
}

// holds reports whether a condition holds in the world.
func (w world) holds(c Condition) bool {
	no := func(p Condition) bool { return !w.holds(p) }
	switch {
	case w.grade < c.Grade, c.Consumer != nil && *c.Consumer != w.consumer, c.Fact != "" && !slices.Contains(w.facts, c.Fact), c.Event != "" && !slices.Contains(w.events, c.Event):
		return false
	case slices.ContainsFunc(c.All, no), len(c.Any) > 0 && !slices.ContainsFunc(c.Any, func(p Condition) bool { return w.holds(p) }):
		return false
	}
	return c.Not == nil || !w.holds(*c.Not)
}

// variants reports whether each of two clauses asks for a fact of its own, as those for different plans do: which plans exclude one another
// is not known to the contract.
func variants(c, d Clause) bool {
	x, y := c.provision().When.Fact, d.provision().When.Fact
	return x != "" && y != "" && x != y
}
