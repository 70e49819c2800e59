package contracts

import (
	"fmt"
	"slices"
	"strings"
)

// Validate finds what is wrong with the contract in itself: ids used twice,
// references to clauses that do not exist or go in a circle, tiers out of
// order, caps below nothing. Everything is reported at once. What depends on an
// incident (services, heads, phases) is checked when the two are compiled.
func (c *Contract) Validate() Problems {
	v := validator{c: c, seen: map[string]*Provision{}}
	v.whole()
	v.calendars()
	v.tax()
	for _, cl := range c.Clauses {
		v.clause(cl)
	}
	v.conflicts()
	v.cycles()
	v.insteadOf()
	v.cessions()
	v.limitedHeads()
	return v.problems
}

type validator struct {
	c        *Contract
	seen     map[string]*Provision
	problems Problems
}

func (v *validator) report(at Pos, field, code, value, message, hint string) {
	p := at.Problem(code, value, message, hint)
	if p.Field == "" {
		p.Field = field
	} else if field != "" {
		p.Field += "." + field
	}
	v.problems = append(v.problems, p)
}

func (v *validator) whole() {
	c, at := v.c, v.c.At
	if c.ID == "" {
		v.report(at, "id", "E_REQUIRED", "", "the contract has no id", "")
	}
	if c.Currency.Code == "" {
		v.report(at, "currency", "E_REQUIRED", "", "the contract has no currency", "write an ISO 4217 code such as JPY")
	}
	if _, err := LoadZone(c.Zone); err != nil {
		v.report(at, "zone", "E_ZONE", c.Zone, err.Error(), "write an IANA name such as Asia/Tokyo")
	}
	if !c.InForce.From.IsZero() && !c.InForce.Until.IsZero() && c.InForce.Until.Cmp(c.InForce.From) <= 0 {
		v.report(at, "in_force", "E_INTERVAL", "", fmt.Sprintf("in force until %s, which is not after %s", c.InForce.Until, c.InForce.From), "")
	}
	if c.OrderOpen && (len(c.Order) > 0 || len(c.Layers()) > 0) {
		v.report(at, "order", "E_ORDER", "open", "an open order is not worked out beside a stated one, or where the contract has layers", "state the order")
	}
	if len(c.Order) > 0 {
		for _, s := range DefaultOrder() {
			if n := countOf(c.Order, s); n > 1 || n == 0 && s != StageLayer {
				v.report(at, "order", "E_ORDER", s.String(), fmt.Sprintf("the order names %s %d times", s, n), "name own-fault, set-off and cap once each, and layer where there are layers")
			}
		}
	}
}

func countOf(order []Stage, s Stage) (n int) {
	for _, x := range order {
		if x == s {
			n++
		}
	}
	return n
}

func (v *validator) clause(cl Clause) {
	p := cl.provision()
	if p.ID == "" {
		v.report(p.At, "id", "E_REQUIRED", "", "a clause has no id", "")
	}
	if first, dup := v.seen[p.ID]; dup {
		v.report(p.At, "id", "E_DUP_ID", p.ID, fmt.Sprintf("clause %s stands twice, first %s", p.ID, first.At.Place()), "give each clause its own id")
	}
	v.seen[p.ID] = p
	switch x := cl.(type) {
	case *Availability:
		v.availability(x)
	case *DowntimeExclusion:
		for _, id := range x.Of {
			refer[*Availability](v, p, "exclude_downtime.of", id, "an availability clause")
		}
		v.calendar(p.At, "exclude_downtime.hours", x.Hours)
		v.calendar(p.At, "exclude_downtime.notice.calendar", x.Calendar)
		v.notEmpty(p.At, "exclude_downtime.causes", len(x.Causes))
	case *Credit:
		v.credit(x)
	case *Combine:
		v.combine(x)
	case *EarnBack:
		refer[*Credit](v, p, "earn_back.credit", x.Credit, "a credit")
		v.ratioUpToOne(p.At, "earn_back.return", x.Return)
	case *Termination:
		refer[*Availability](v, p, "terminate.availability", x.Of, "an availability clause")
	case *LossExclusion:
		v.notEmpty(p.At, "exclude_loss.heads", len(x.Heads))
	case *CarveOut:
		v.lifts(x)
	case *Cap:
		v.cap(x)
	case *Layer:
		v.layer(x)
	case *AddedAfterOffset:
		v.notEmpty(p.At, "add_after_offset.heads", len(x.Heads))
	case *Interest:
		v.interest(x)
	}
}

func (v *validator) ratioUpToOne(at Pos, field string, r Ratio) {
	if r.Cmp(One) > 0 || r.Num() == 0 {
		v.report(at, field, "E_RANGE", r.Percent(), "must be above 0% and at most 100%", "write a percentage such as 99.9%")
	}
}

func (v *validator) notEmpty(at Pos, field string, n int) {
	if n == 0 {
		v.report(at, field, "E_REQUIRED", "", field+" is empty: the clause would never do anything", "name at least one")
	}
}

// refer checks that id is a clause of kind T.
func refer[T Clause](v *validator, p *Provision, field, id, kind string) {
	other := v.c.Clause(id)
	if other == nil {
		v.report(p.At, field, "E_UNKNOWN_CLAUSE", id, fmt.Sprintf("clause %s refers to %q, which does not exist", p.ID, id), "one of "+strings.Join(v.ids(), ", "))
		return
	}
	if _, ok := other.(T); !ok {
		v.report(p.At, field, "E_UNKNOWN_CLAUSE", id, fmt.Sprintf("clause %s refers to %s, which is not %s", p.ID, id, kind), "")
	}
}

func (v *validator) ids() []string {
	var out []string
	for i, cl := range v.c.Clauses {
		if i == 50 {
			return append(out, "…") // a hint, not a list
		}
		out = append(out, cl.provision().ID)
	}
	return out
}

// lifts checks that a carve-out lifts clauses that exist and that it can lift.
func (v *validator) lifts(c *CarveOut) {
	v.notEmpty(c.At, "lift.clauses", len(c.Lifts))
	for _, id := range c.Lifts {
		switch other := v.c.Clause(id).(type) {
		case nil:
			v.report(c.At, "lift.clauses", "E_UNKNOWN_CLAUSE", id, fmt.Sprintf("carve-out %s lifts %q, which does not exist", c.ID, id), "one of "+strings.Join(v.ids(), ", "))
		case *Availability, *Credit, *DowntimeExclusion, *Combine, *EarnBack, *Termination:
			v.report(c.At, "lift.clauses", "E_LIFTS_NOTHING", id, fmt.Sprintf("carve-out %s names %s, a clause of kind %s: there is nothing to lift", c.ID, id, Kind(other)), "name exemptions, exclusions of loss or caps")
		}
	}
}

func (v *validator) cap(c *Cap) {
	switch {
	case c.Base == FixedSum && c.Fixed < 0:
		v.report(c.At, "cap.amount", "E_CAP", c.Fixed.Text(v.c.Currency), "the cap is negative", "write 0 or more")
	case c.Base != FixedSum && c.Times.Num() == 0:
		v.report(c.At, "cap.amount", "E_CAP", "0", "the cap is none of the fee", "write how many months, or how many times the fee")
	}
	if len(c.Heads) > 0 && len(c.ExceptHeads) > 0 {
		v.report(c.At, "cap.except_heads", "E_CONFLICT", "", "the cap names the heads that it covers and those that it does not", "keep one of heads and except_heads")
	}
	if c.Share != ByCapped && c.Per < PerCustomer {
		v.report(c.At, "cap.share_by", "E_CAP", c.Share.String(), fmt.Sprintf("a cap per %s is not shared among rows", c.Per), "leave share_by out, or make the cap per customer or per incident")
	}
}

// conflicts finds clauses of one kind and rank that would both apply to the same sum, where the terms cannot mean that it is
// reduced or added twice.
func (v *validator) conflicts() {
	first := map[string]*Provision{}
	once := func(p *Provision, what, hint string) {
		if other, dup := first[what]; dup {
			v.report(p.At, "", "E_CONFLICT", p.ID, fmt.Sprintf("clauses %s (%s) and %s both %s", other.ID, other.At.Place(), p.ID, what), hint)
			return
		}
		first[what] = p
	}
	for _, cl := range v.c.Clauses {
		p := cl.provision()
		switch x := cl.(type) {
		case *OwnFault:
			once(p, "take the customer's own share of fault", "join them, with conditions in the findings")
		case *SetOff:
			once(p, "set credits off against damages", "keep one")
		case *Interest:
			once(p, "charge interest for delay", "keep one, and let the findings say what differs")
		case *AddedAfterOffset:
			for _, h := range x.Heads {
				once(p, "add "+h+" after the offset", "name the head in one of them")
			}
		}
	}
}

// cycles finds clauses that take one another away in a circle, as carve-outs or in one another's place. Each is looked into once, however many ways lead to it.
func (v *validator) cycles() {
	done := map[string]bool{}
	var visit func(id string, path []string) bool
	visit = func(id string, path []string) bool {
		if i := slices.Index(path, id); i >= 0 {
			v.circle(append(path[i:], id))
			return true
		}
		cl := v.c.Clause(id)
		if cl == nil || done[id] {
			return false
		}
		for _, next := range takesAway(cl) {
			if visit(next, append(path, id)) {
				return true
			}
		}
		done[id] = true
		return false
	}
	for _, cl := range v.c.Clauses {
		if len(takesAway(cl)) > 0 && visit(cl.provision().ID, nil) {
			return // one circle is enough to mend
		}
	}
}

// circle reports clauses of which each takes the next away, the first and the last being the same.
func (v *validator) circle(ids []string) {
	p := v.c.Clause(ids[0]).provision()
	field, does, hint := "lift.clauses", "carve-outs lift each other", "let one of them lift the clause itself"
	if slices.ContainsFunc(ids, func(id string) bool { return len(v.c.Clause(id).provision().InsteadOf) > 0 }) {
		field, does, hint = "instead_of", "clauses take each other away", "let one of them prevail"
	}
	v.report(p.At, field, "E_CYCLE", p.ID, does+" in a circle: "+strings.Join(ids, " → "), hint)
}

// takesAway lists the clauses that a clause lifts or replaces.
func takesAway(cl Clause) []string {
	out := slices.Clone(cl.provision().InsteadOf)
	if c, ok := cl.(*CarveOut); ok {
		out = append(out, c.Lifts...)
	}
	return out
}
