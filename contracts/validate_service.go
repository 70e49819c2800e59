package contracts

import (
	"fmt"
	"slices"
	"strings"
)

// availability checks that what is measured can be.
func (v *validator) availability(a *Availability) {
	bad := func(field, code, value, message, hint string) {
		v.report(a.At, "availability."+field, code, value, message, hint)
	}
	if a.Target.Cmp(One) > 0 {
		bad("target", "E_RANGE", a.Target.Percent(), "must be above 0% and at most 100%", "write a percentage such as 99.9%")
	}
	minimum := "minimum"
	if a.MinimumOver {
		minimum = "longer_than"
	}
	if a.Minimum < 0 {
		bad(minimum, "E_RANGE", fmt.Sprint(a.Minimum), "the minimum interruption is negative", "")
	}
	for _, w := range a.Weights {
		if w.Weight.Cmp(One) > 0 {
			bad("weights."+w.Impact, "E_RANGE", w.Weight.Percent(), "weighs more than an outage", "write at most 100%")
		}
	}
	if a.YearStarts > 1 && a.Window != CalendarQuarter && a.Window != CalendarHalf && a.Window != CalendarYear {
		bad("year_starts", "E_UNIT", a.Window.String(), "the window does not depend on when a year begins", "leave year_starts out, or measure by calendar-quarter, calendar-half or calendar-year")
	}
	if a.Whole == WholeFixed && a.Fixed <= 0 {
		bad("whole", "E_RANGE", "", "a window of no length", "write a length such as 43200m")
	}
	if a.Whole == WholeNet && a.Partial == Prorated {
		bad("partial", "E_CONFLICT", "", "the part subscribed and the window less exclusions are two wholes", "leave out partial or whole, or write a length such as whole: 43200m")
	}
	if a.Zone != "" {
		if _, err := LoadZone(a.Zone); err != nil {
			bad("zone", "E_ZONE", a.Zone, err.Error(), "write an IANA name such as UTC")
		}
	}
	if a.Window == RollingDays && a.Days < 1 {
		bad("window", "E_REQUIRED", "", "the window does not say how many days", "write window: {days: 30}")
	}
	v.calendar(a.At, "availability.hours", a.Hours)
	v.calendar(a.At, "availability.grace.calendar", a.Grace.Calendar)
	v.measure(a, minimum, bad)
}

// measure checks what goes with what is measured.
func (v *validator) measure(a *Availability, minimum string, bad func(field, code, value, message, hint string)) {
	byTime := a.Measure == Time
	for _, x := range []struct {
		field string
		set   bool
	}{
		{minimum, a.Minimum > 0}, {"weights", len(a.Weights) > 0}, {"by_share", a.ByShare}, {"hours", a.Hours != ""},
		{"grace", a.Grace != Grace{}}, {"round", a.Round != UnitRounding{}}, {"down_when", a.DownWhen != nil}, {"mean_of", len(a.MeanOf) > 0}, {"degraded", a.Degraded}, {"impact", a.Impact != ""},
	} {
		if x.set && !byTime {
			bad(x.field, "E_UNIT", a.Measure.String(), x.field+" is about time, and the commitment measures "+a.Measure.String(), "leave it out, or measure: time")
		}
	}
	weighted, by := len(a.Weights) > 0 || a.ByShare, "weights"
	if len(a.Weights) == 0 {
		by = "by_share"
	}
	if weighted && (a.Round.Unit > 0 || a.DownWhen != nil) {
		bad(by, "E_CONFLICT", "", "weighted time has no whole units and no state of several services, to which round or down_when could apply", "measure in two commitments")
	}
	if len(a.MeanOf) > 0 && (a.DownWhen != nil || len(a.Services) > 0 || a.Window == EachOutage) {
		bad("mean_of", "E_CONFLICT", "", "the mean of several services has no state, services or outages of its own", "keep mean_of alone, with another window")
	}
	byInterval := a.Measure == MeanErrorRate || a.Measure == BadIntervals
	if byInterval && a.Interval <= 0 {
		bad("interval", "E_REQUIRED", "", "the length of the intervals is missing", "write interval: 5m")
	}
	if !byInterval && a.Interval > 0 {
		bad("interval", "E_UNIT", a.Measure.String(), "the commitment has no intervals: it measures "+a.Measure.String(), "leave it out, or measure: bad-intervals")
	}
	if a.Measure != BadIntervals && a.Bad != (BadInterval{}) {
		bad("bad", "E_UNIT", a.Measure.String(), "no interval fails: the commitment measures "+a.Measure.String(), "leave it out, or measure: bad-intervals")
	}
	if !byInterval && a.LeaveEmptyOut {
		bad("empty", "E_UNIT", a.Measure.String(), "no interval is empty: the commitment measures "+a.Measure.String(), "leave it out, or measure: bad-intervals")
	}
	if (a.Window == EachOutage || a.Window == EachEvent) && !byTime {
		bad("window", "E_UNIT", a.Window.String(), "only time has outages of its own", "measure by calendar-month or another window")
	}
	if a.Measure == Misses {
		if of, ok := v.c.Clause(a.Misses.Of).(*Availability); !ok || of == a || of.Measure == Misses {
			bad("misses.of", "E_UNKNOWN_CLAUSE", a.Misses.Of, "misses are counted of another commitment", "name an availability clause that measures something")
		}
	}
}

// calendars checks that each calendar has an id of its own, and hours.
func (v *validator) calendars() {
	for i, c := range v.c.Calendars {
		field := fmt.Sprintf("calendars[%d]", i)
		if first := v.c.Calendar(c.ID); first != &v.c.Calendars[i] {
			v.report(Pos{File: c.At.File, Line: c.At.Line, Column: c.At.Column}, field+".id", "E_DUP_ID", c.ID, fmt.Sprintf("calendar %s stands twice, first %s", c.ID, first.At.Place()), "give each calendar its own id")
		}
	}
}

func (v *validator) calendar(at Pos, field, id string) {
	if id == "" || v.c.Calendar(id) != nil {
		return
	}
	var ids []string
	for _, c := range v.c.Calendars {
		ids = append(ids, c.ID)
	}
	v.report(at, field, "E_UNKNOWN_CALENDAR", id, fmt.Sprintf("no calendar %q", id), "add it to calendars; there are: "+strings.Join(ids, ", "))
}

// credit checks that the rungs of a credit fit what is measured.
func (v *validator) credit(c *Credit) {
	kind := Kind(c)
	a, _ := v.c.Clause(c.Of).(*Availability)
	if !c.Goodwill {
		refer[*Availability](v, &c.Provision, "credit.availability", c.Of, "an availability clause")
		if c.Pay == nil {
			v.notEmpty(c.At, "credit.tiers", len(c.Tiers))
		}
	}
	for i, t := range c.Tiers {
		field := fmt.Sprintf("credit.tiers[%d]", i)
		v.tier(c, a, t, field)
		v.pay(c, a, t.Pays(), field+".pay")
	}
	v.ladder(c, a)
	if c.Pay != nil {
		v.pay(c, a, *c.Pay, kind+".pay")
	}
	if c.AtLeast > 0 {
		for _, l := range c.Limits {
			if l.Pay.Kind == PayFixed && l.Pay.Fixed < c.AtLeast && len(l.Pay.Dated) == 0 {
				v.report(c.At, kind+".at_least", "E_CAP", c.AtLeast.Text(v.c.Currency), fmt.Sprintf("the minimum of %s is above the limit of %s", c.AtLeast.Text(v.c.Currency), l.Pay.Fixed.Text(v.c.Currency)), "lower the minimum or raise the limit")
			}
		}
	}
	if c.Claim.By != nil {
		v.calendar(c.At, kind+".claim.by.calendar", c.Claim.By.Calendar)
	}
}

// tier checks one rung in itself.
func (v *validator) tier(c *Credit, a *Availability, t Tier, field string) {
	switch {
	case t.OnUptime():
		if a != nil && !a.Measure.IsShare() {
			v.report(c.At, field, "E_UNIT", "", fmt.Sprintf("the rung is on uptime, and %s measures %s", a.ID, a.Measure), "write over or at_least with a number")
		}
		if t.Bound.Cmp(One) > 0 || (t.Bound.Cmp(One) == 0 && t.Inclusive && t.Floor == nil) {
			v.report(c.At, field, "E_TIER", t.Bound.Percent(), "the tier would pay at full uptime", "uptime is at most 100%")
		}
		if t.Floor != nil && (t.Floor.Cmp(t.Bound) > 0 || (t.Floor.Cmp(t.Bound) == 0 && !(t.FloorInclusive && t.Inclusive))) {
			v.report(c.At, field, "E_TIER", t.Floor.Percent(), fmt.Sprintf("the rung from %s to %s holds nothing", t.Floor.Percent(), t.Bound.Percent()), "the lower edge comes below the upper one")
		}
	case a != nil && a.Measure != Time && a.Measure.IsShare():
		v.report(c.At, field, "E_UNIT", "", fmt.Sprintf("the rung is on a length or count, and %s measures %s", a.ID, a.Measure), "write below with a percentage")
	case t.Least != nil && t.Most != nil && (*t.Most < *t.Least || (*t.Most == *t.Least && !(t.Inclusive && t.FloorInclusive))):
		v.report(c.At, field, "E_TIER", fmt.Sprint(*t.Most), "the rung holds nothing", "the upper edge comes above the lower one")
	}
	if c.Tiers[0].OnUptime() != t.OnUptime() {
		v.report(c.At, field, "E_TIER", "", "the rungs are partly on uptime and partly on a length or count", "write two credits, and combine them")
	}
}

// ladder checks rungs of one edge: they go from the first failure to the worst, each bound once, and pay no less the further they go.
// Rungs with both edges are loaded as written; what they leave open, [Contract.Lint] tells.
func (v *validator) ladder(c *Credit, a *Availability) {
	if c.TwoEdged() || len(c.Tiers) == 0 {
		return
	}
	for i := 1; i < len(c.Tiers); i++ {
		t, above := c.Tiers[i], c.Tiers[i-1]
		field := fmt.Sprintf("credit.tiers[%d]", i)
		if !t.OnUptime() || !above.OnUptime() {
			if t.Least != nil && above.Least != nil && (*t.Least < *above.Least || (*t.Least == *above.Least && (t.Inclusive || !above.Inclusive))) {
				v.report(c.At, field, "E_TIER", fmt.Sprint(*t.Least), "the rung does not come after the one before it", "order rungs from the shortest to the longest, each bound once")
			}
			continue
		}
		if cmpBound := t.Bound.Cmp(above.Bound); cmpBound > 0 || (cmpBound == 0 && (t.Inclusive || !above.Inclusive)) {
			v.report(c.At, field, "E_TIER", t.Bound.Percent(), fmt.Sprintf("the range below %s is already covered by the tier at %s above it", t.Bound.Percent(), above.Bound.Percent()),
				"order tiers from the highest bound to the lowest, each bound once")
		}
		if c.Reading == SingleTier && !c.Reward && t.Pay == nil && above.Pay == nil && t.Rate.Cmp(above.Rate) < 0 {
			v.report(c.At, field, "E_TIER", t.Rate.Percent(), fmt.Sprintf("pays %s below %s, less than the %s above it", t.Rate.Percent(), t.Bound.Percent(), above.Rate.Percent()),
				"a longer outage should not pay less")
		}
	}
	if p, found := c.targetGap(a); found {
		v.problems = append(v.problems, p)
	}
}

// TwoEdged reports whether some rung says where it ends on both sides.
func (c *Credit) TwoEdged() bool {
	return slices.ContainsFunc(c.Tiers, func(t Tier) bool { return t.Floor != nil || t.Most != nil })
}

// pay checks what is paid.
func (v *validator) pay(c *Credit, a *Availability, p Pay, field string) {
	bad := func(code, value, message, hint string) { v.report(c.At, field, code, value, message, hint) }
	if p.Kind == PayRate && p.Rate.Cmp(One) > 0 && c.AtMost.Num() == 0 && len(c.Limits) == 0 && p.Each == nil {
		bad("E_RANGE", p.Rate.Percent(), fmt.Sprintf("pays %s, more than the fee", p.Rate.Percent()), "if the terms say so, say it with at_most: "+p.Rate.Percent())
	}
	if p.Kind == PayProrata && (a == nil || !a.Measure.IsShare()) {
		bad("E_UNIT", "", "prorata pays for the share that failed, and nothing measures a share", "name a commitment that measures time or another share")
	}
	if p.Kind == PayProrata && p.Prorata.Over > 0 && a != nil && a.Measure != Time {
		bad("E_UNIT", "", "over is a length of time, and "+a.ID+" measures "+a.Measure.String(), "leave over out")
	}
	if p.Kind == PayProrata && p.Prorata.Of == OfExcess && a != nil && a.Target.Num() == 0 {
		bad("E_REQUIRED", "", "prorata: excess needs a target to exceed", "write the target of the commitment")
	}
	if e := p.Each; e != nil && a != nil {
		switch {
		case e.Step.Num() > 0 && (!a.Measure.IsShare() || (a.Target.Num() == 0 && e.From.Num() == 0)):
			bad("E_UNIT", "", "each part of uptime needs a level to fall below", "write after: 99.9%, or the target of the commitment")
		case e.Step.Num() == 0 && a.Measure != Time && a.Measure.IsShare():
			bad("E_UNIT", "", fmt.Sprintf("units of time or of a count do not fit %s", a.Measure), "write each: 0.1%")
		case e.Civil && a.Window != EachOutage:
			bad("E_UNIT", "", "civil days are counted of one interruption", "write window: outage in the commitment")
		}
	}
	for _, part := range p.Parts {
		v.pay(c, a, part, field)
	}
}

func (v *validator) combine(c *Combine) {
	v.notEmpty(c.At, "combine.credits", len(c.Credits))
	for i, id := range c.Credits {
		refer[*Credit](v, &c.Provision, "combine.credits", id, "a credit")
		if slices.Contains(c.Credits[:i], id) {
			v.report(c.At, "combine.credits", "E_DUP_ID", id, "the credit is named twice", "name it once")
		}
	}
	for _, cl := range v.c.Clauses {
		other, ok := cl.(*Combine)
		if !ok || other == c {
			continue
		}
		for _, id := range c.Credits {
			if slices.Contains(other.Credits, id) && other.ID < c.ID {
				v.report(c.At, "combine.credits", "E_CONFLICT", id, fmt.Sprintf("%s combines the credit too", other.ID), "name each credit in one of them")
			}
		}
	}
}
