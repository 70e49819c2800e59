package contracts

import (
	"fmt"
	"slices"
)

// Lint finds what is sound in form and yet unlikely to be meant: rungs that leave gaps or overlap, limits that never bind, carve-outs
// that never apply. Every finding is a warning and changes no amount; [LintCodes] explains the codes. The findings stand in the order of
// the file, each once. A contract with errors ([Contract.Validate]) may have findings that are due to them.
// Tables of more than 500 rungs are not laid out, and no more than 500 credits are compared with one another.
func (c *Contract) Lint() Problems {
	l := linter{c: c}
	for _, cl := range c.Clauses {
		switch x := cl.(type) {
		case *Availability:
			l.availability(x)
		case *Credit:
			a, _ := c.Clause(x.Of).(*Availability)
			if fits(x, a) {
				l.ladder(x, a)
			}
			l.amounts(x)
			l.limit(x, a)
			l.deadline(x, a)
		case *CarveOut:
			l.lift(x)
		}
	}
	l.stacks()
	return slices.Compact(l.problems.Sorted())
}

// fits reports whether the rungs are of the kind that is measured; where they are not, the contract has an error.
func fits(c *Credit, a *Availability) bool {
	return a != nil && !slices.ContainsFunc(c.Tiers, func(t Tier) bool {
		return t.OnUptime() != c.Tiers[0].OnUptime() || t.OnUptime() != a.Measure.IsShare() && !(a.Measure == Time && !t.OnUptime())
	})
}

type linter struct {
	c        *Contract
	problems Problems
}

// report adds a finding at a clause, in a field of its kind.
func (l *linter) report(cl Clause, field, code, value, message, hint string) {
	at := cl.provision().At
	if field != "" {
		field = "." + field
	}
	at.Field = joined(at.Field, Kind(cl)+field)
	l.problems = append(l.problems, at.Problem(code, value, message, hint))
}

func (l *linter) credit(c *Credit, field, code, value, message, hint string) {
	if field == "tiers" && len(c.Tiers) > 0 && c.Tiers[0].At != (Pos{}) {
		at := c.Tiers[0].At
		at.Field = joined(c.At.Field, Kind(c)+".tiers")
		l.problems = append(l.problems, at.Problem(code, value, message, hint))
		return
	}
	l.report(c, field, code, value, message, hint)
}

// tier reports a finding at one rung.
func (l *linter) tier(c *Credit, n int, code, value, message, hint string) {
	at := c.Tiers[n].At
	if at == (Pos{}) {
		at = c.At
	}
	at.Field = joined(c.At.Field, fmt.Sprintf("%s.tiers[%d]", Kind(c), n))
	l.problems = append(l.problems, at.Problem(code, value, message, hint))
}

// pay reports a finding at the pay of one rung, or of the credit.
func (l *linter) pay(c *Credit, n int, code, value, message, hint string) {
	if n < len(c.Tiers) {
		l.tier(c, n, code, value, message, hint)
		return
	}
	l.credit(c, "pay", code, value, message, hint)
}

// availability lints a commitment in itself.
func (l *linter) availability(a *Availability) {
	if longest := a.longest(); a.Measure == Time && longest > 0 && a.Minimum > longest {
		l.report(a, "minimum", "W_MINIMUM", spell(a.Minimum), fmt.Sprintf("only interruptions of %s count, and a window is at most %s long", spell(a.Minimum), spell(longest)), "check the minimum interruption and the window")
	}
}

// deadline lints how a credit is asked for.
func (l *linter) deadline(c *Credit, a *Availability) {
	by := c.Claim.By
	if by == nil {
		return
	}
	if c.Claim.Automatic {
		l.report(c, "claim", "W_DEADLINE_IDLE", "", "the credit is automatic, and a deadline for a claim is stated", "leave out automatic, or the deadline")
		return
	}
	if a == nil || by.After == AfterWindow || by.Calendar != "" || by.Windows > 0 || by.Day > 0 {
		return
	}
	days := int64(by.Months)*31 + int64(by.Days)
	if longest := a.longest(); longest > 0 && days*durationUnits["d"] < longest-durationUnits["h"]-durationUnits["d"]*2 {
		l.report(c, "claim", "W_DEADLINE_IDLE", fmt.Sprintf("%d days after %s", days, by.After), fmt.Sprintf("a claim can be too late before the window of one %s has ended and its level is known", a.Window), "count the deadline from the end of the window, unless the terms say so")
	}
}

// lift lints a carve-out: whether it can ever apply, and take away a clause that would stand.
func (l *linter) lift(x *CarveOut) {
	if !possible(operates(x)...) {
		l.report(x, "", "W_LIFT_IDLE", x.ID, fmt.Sprintf("the carve-out %s can never apply: its condition cannot hold", x.ID), "correct when and unless")
		return
	}
	for i, id := range x.Lifts {
		cl := l.c.Clause(id)
		if cl == nil {
			continue
		}
		if both := append(operates(x), operates(cl)...); possible(operates(cl)...) && !possible(both...) {
			l.report(x, fmt.Sprintf("clauses[%d]", i), "W_LIFT_IDLE", id, fmt.Sprintf("the carve-out %s never takes %s away: where it applies, %s does not stand by its own condition", x.ID, id, id), "correct the conditions of the two, or leave the clause out of the carve-out")
		}
	}
}

// stacks reports credits that one failure can earn together, where no clause says what is then paid. Each pair is told at the later one.
func (l *linter) stacks() {
	var credits []*Credit
	for _, cl := range l.c.Clauses {
		if c, ok := cl.(*Credit); ok && !c.Goodwill && !c.Reward {
			credits = append(credits, c)
		}
	}
	for i, c := range credits[:min(len(credits), maxCredits)] {
		for _, d := range credits[:i] {
			if l.sameFailure(c, d) && !l.combined(c, d) {
				l.report(c, "", "W_CREDIT_STACK", d.ID, fmt.Sprintf("one failure can earn both %s and %s, and no clause says what is then paid: they add up", d.ID, c.ID), "add a combine clause that takes their sum, or the highest")
				break
			}
		}
	}
}

// sameFailure reports whether two credits are for one commitment, or for two that count the same time of the same services.
func (l *linter) sameFailure(c, d *Credit) bool {
	a, _ := l.c.Clause(c.Of).(*Availability)
	b, _ := l.c.Clause(d.Of).(*Availability)
	if slices.Contains(l.c.Replacers(c.ID), Clause(d)) || slices.Contains(l.c.Replacers(d.ID), Clause(c)) {
		return false // one is paid in place of the other
	}
	if a == nil || b == nil || variants(c, d) || a != b && variants(a, b) {
		return false
	}
	if !possible(append(append(operates(c), operates(d)...), append(operates(a), operates(b)...)...)...) {
		return false
	}
	share := func(x, y []string) bool {
		return len(x) == 0 || len(y) == 0 || slices.ContainsFunc(x, func(s string) bool { return slices.Contains(y, s) })
	}
	return a == b || a.Measure == Time && b.Measure == Time && a.DownWhen == nil && b.DownWhen == nil && share(a.Services, b.Services) && share(a.Events, b.Events)
}

// combined reports whether a clause says what is paid for both credits.
func (l *linter) combined(c, d *Credit) bool {
	return slices.ContainsFunc(l.c.Clauses, func(cl Clause) bool {
		k, ok := cl.(*Combine)
		return ok && slices.Contains(k.Credits, c.ID) && slices.Contains(k.Credits, d.ID)
	})
}
