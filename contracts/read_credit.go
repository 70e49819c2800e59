package contracts

import (
	"fmt"
	"regexp"
	"strconv"

	"github.com/amends-go/amends/internal/yamlread"
)

func (r *clauseReader) credit(v *yamlread.Value, p Provision) Clause {
	f := v.Map()
	c := &Credit{Provision: p, Of: r.pair}
	r.paying = c
	if x := f.Optional("availability"); x != nil {
		c.Of = x.ID()
	} else if c.Of == "" && v.IsMap() && !f.Has("availability") {
		v.Report("E_REQUIRED", "availability is missing", "name the availability clause that the credit is for, or write goodwill for a sum to everybody affected")
	}
	tiers, pay := f.Optional("tiers"), f.Optional("pay")
	if (tiers == nil) == (pay == nil) && v.IsMap() && !f.Has("tiers") == !f.Has("pay") {
		v.Report("E_REQUIRED", "the credit says neither or twice what is paid", "write tiers, or pay for what is due whenever the commitment is missed")
	}
	for _, x := range tiers.List() {
		c.Tiers = append(c.Tiers, r.tier(x))
	}
	if pay != nil {
		c.Pay = new(r.pay(pay))
	}
	if x := f.Optional("reading"); x != nil {
		c.Reading = TierReading(max(x.Enum(tierReadingNames[:]...), 0))
	}
	c.IfSeveral = policy(f.Optional("if_several"), LadderMost, LadderLeast, LadderFirst, LadderAdd)
	c.IfNone = policy(f.Optional("if_none"), LadderMost, LadderLeast, LadderNone)
	if x := f.Optional("reward"); x != nil {
		c.Reward = x.Bool()
	}
	r.payable(c, f)
	f.Done()
	return c
}

// policy reads one of the policies by name; nil leaves it open.
func policy(v *yamlread.Value, of ...LadderPolicy) LadderPolicy {
	if v == nil {
		return LadderOpen
	}
	var names []string
	for _, p := range of {
		names = append(names, p.String())
	}
	if i := v.Enum(names...); i >= 0 {
		return of[i]
	}
	return LadderOpen
}

func (r *clauseReader) goodwill(v *yamlread.Value, p Provision) Clause {
	f := v.Map()
	c := &Credit{Provision: p, Goodwill: true, Pay: new(r.pay(f.Required("pay")))}
	r.payable(c, f)
	f.Done()
	return c
}

// payable reads what credits and goodwill share: base, limits, claim and form.
func (r *clauseReader) payable(c *Credit, f *yamlread.Fields) {
	if x := f.Optional("of"); x != nil {
		c.Base = readBase(x)
	}
	if x := f.Optional("at_most"); x != nil {
		r.limits(c, x)
	}
	amount := func(key string, into *Amount) {
		if x := f.Optional(key); x != nil {
			*into = r.sum(x)
		}
	}
	amount("at_least", &c.AtLeast)
	amount("pays_over", &c.PaysOver)
	amount("pays_from", &c.PaysFrom)
	if x := f.Optional("claim"); x != nil {
		c.Claim = readClaim(x)
	}
	if x := f.Optional("form"); x != nil {
		c.Form = readForm(x)
	}
	c.Treatment = treatment(f.Optional("treatment"))
}

// readBase reads the name of a fee, or {fee: NAME, plus: […], less: […], times: 1/12}.
func readBase(v *yamlread.Value) FeeBase {
	if !v.IsMap() {
		return FeeBase{Fee: feeName(v)}
	}
	f := v.Map()
	b := FeeBase{Plus: f.Optional("plus").IDs(), Less: f.Optional("less").IDs()}
	if x := f.Optional("fee"); x != nil {
		b.Fee = feeName(x)
	}
	if x := f.Optional("times"); x != nil {
		b.Times = readMultiple(x, "the base is none of the fee")
	}
	f.Done()
	return b
}

// readMultiple reads a multiple that is more than nothing.
func readMultiple(v *yamlread.Value, nothing string) Ratio {
	r := readTimes(v)
	if r.Num() == 0 && isRatio(v) {
		v.Report("E_RANGE", nothing, "write more than 0")
	}
	return r
}

// feeName reads the name of a fee; the monthly fee is the one meant where none is named.
func feeName(v *yamlread.Value) string {
	if name := v.ID(); name != FeeMonthly {
		return name
	}
	return ""
}

// limits reads 30%, or one limit or several.
func (r *clauseReader) limits(c *Credit, v *yamlread.Value) {
	switch {
	case v.IsList():
		for _, x := range v.List() {
			c.Limits = append(c.Limits, r.limit(x))
		}
	case v.IsMap():
		c.Limits = append(c.Limits, r.limit(v))
	default:
		c.AtMost = readAtMost(v)
	}
}

// limit reads a share, or a pay with of, less and per: {rate: 10%, of: fees-12-months, less: credits-11-months, per: incident}.
func (r *clauseReader) limit(v *yamlread.Value) CreditLimit {
	if !v.IsMap() {
		return CreditLimit{Pay: Pay{Kind: PayRate, Rate: readAtMost(v)}}
	}
	var l CreditLimit
	f := v.Map()
	if x := f.Optional("of"); x != nil {
		l.Base = new(readBase(x))
	}
	if x := f.Optional("less"); x != nil {
		l.Less = x.ID()
	}
	if x := f.Optional("per"); x != nil {
		l.PerIncident = x.Enum("window", "incident") == 1
	}
	l.Pay = r.payFields(v, f)
	l.Pay.Per = ""
	f.Done()
	return l
}

// readAtMost reads the limit of a credit. Zero is refused: it would read as no limit of its own (see Credit.AtMost).
func readAtMost(v *yamlread.Value) Ratio {
	s, ok := v.Scalar()
	if !ok {
		return Ratio{}
	}
	r, err := ParseRatio(s)
	switch {
	case err != nil:
		v.Report(numberCode(err), err.Error(), "")
	case r.Num() == 0:
		v.Report("E_RANGE", "a credit of at most nothing is none", "write more than 0%, or leave at_most out for 100%")
	}
	return r
}

// sum reads an amount of 0 or more in the contract's currency.
func (r *clauseReader) sum(v *yamlread.Value) Amount {
	a := r.fixed(v)
	if a < 0 {
		v.Report("E_RANGE", "the sum is negative", "write 0 or more")
	}
	return a
}

// tier reads a rung: on uptime below or at_most with perhaps from or above, on a length or count over or at_least with perhaps
// up_to or under.
func (r *clauseReader) tier(v *yamlread.Value) Tier {
	f := v.Map()
	t := Tier{At: v.Pos()}
	below, atMost, over, atLeast := f.Optional("below"), f.Optional("at_most"), f.Optional("over"), f.Optional("at_least")
	from, above, upTo, under := f.Optional("from"), f.Optional("above"), f.Optional("up_to"), f.Optional("under")
	upper := r.one(v, f, "two bounds", "below", "at_most", "over", "at_least")
	lower := r.one(v, f, "two further edges", "from", "above", "up_to", "under")
	switch {
	case upper == "" && lower == "" && v.IsMap():
		v.Report("E_REQUIRED", "the tier has no bound", "write below, or at_most when the bound itself earns the credit; for lengths and counts over or at_least")
	case below != nil:
		t.Bound = ReadRatio(below)
	case atMost != nil:
		t.Bound, t.Inclusive = ReadRatio(atMost), true
	case over != nil:
		t.Least = new(r.measure(over))
	case atLeast != nil:
		t.Least, t.Inclusive = new(r.measure(atLeast)), true
	case from != nil || above != nil: // down to an edge from full uptime
		t.Bound, t.Inclusive = One, true
	}
	switch {
	case from != nil:
		t.Floor, t.FloorInclusive = new(ReadRatio(from)), true
	case above != nil:
		t.Floor = new(ReadRatio(above))
	case upTo != nil:
		t.Most, t.FloorInclusive = new(r.measure(upTo)), true
	case under != nil:
		t.Most = new(r.measure(under))
	}
	if onUptime := below != nil || atMost != nil || from != nil || above != nil; onUptime && !t.OnUptime() {
		v.Report("E_TIER", "the edges are of two kinds", "uptime goes with below, at_most, from and above; lengths and counts with over, at_least, up_to and under")
	}
	pay := f.Required("pay")
	switch {
	case pay.IsMap():
		t.Pay = new(r.pay(pay))
	default:
		t.Rate = ReadRatio(pay)
	}
	f.Done()
	return t
}

// one reports when more than one of the fields stands, and returns the first.
func (r *clauseReader) one(v *yamlread.Value, f *yamlread.Fields, what string, names ...string) (first string) {
	for _, n := range names {
		switch {
		case !f.Has(n):
		case first == "":
			first = n
		default:
			v.Report("E_TIER", fmt.Sprintf("the tier has %s: %s and %s", what, first, n), "write below, or at_most when the bound itself earns the credit")
		}
	}
	return first
}

var plainCount = regexp.MustCompile(`^(0|[1-9][0-9]{0,11})$`)

// measure reads a length of time in ms, or a plain number.
func (r *clauseReader) measure(v *yamlread.Value) int64 {
	s, ok := v.Scalar()
	switch {
	case !ok:
		return 0
	case plainCount.MatchString(s):
		n, _ := strconv.ParseInt(s, 10, 64)
		r.units = append(r.units, unitUse{v, n > 0, false, r.paying})
		return n
	}
	r.units = append(r.units, unitUse{v, false, true, r.paying})
	return readDuration(v)
}

// unitUse is a length of time or a count in a credit.
type unitUse struct {
	at            *yamlread.Value
	count, length bool // neither is a 0, which needs no unit
	credit        *Credit
}

// checkUnits reports counts where time is measured, and lengths of time where something is counted. What is read off a record
// may be either.
func (r *clauseReader) checkUnits() {
	for _, u := range r.units {
		if u.credit == nil {
			continue
		}
		a, ok := r.c.Clause(u.credit.Of).(*Availability)
		switch {
		case !ok:
		case u.count && a.Measure == Time:
			u.at.Report("E_UNIT", "a number without a unit, and "+a.ID+" measures time", "write a length such as 30m or 24h")
		case u.length && (a.Measure == Occurrences || a.Measure == Misses):
			u.at.Report("E_UNIT", "a length of time, and "+a.ID+" counts "+a.Measure.String(), "write a number")
		}
	}
}

// pay reads a share such as 10% or 1/30, or a map.
func (r *clauseReader) pay(v *yamlread.Value) Pay {
	if !v.IsMap() {
		return Pay{Kind: PayRate, Rate: ReadRatio(v)}
	}
	f := v.Map()
	p := r.payFields(v, f)
	f.Done()
	return p
}

// payKinds are the fields that say what is paid.
var payKinds = []string{"rate", "fixed", "days", "hours", "months", "points", "prorata", "greater_of", "lesser_of", "sum"}

// payFields reads the fields of a pay; the caller may have read others of the same map.
func (r *clauseReader) payFields(v *yamlread.Value, f *yamlread.Fields) Pay {
	var p Pay
	given := ""
	for _, name := range payKinds {
		x := f.Optional(name)
		if x == nil {
			continue
		}
		if given != "" {
			x.Report("E_CONFLICT", fmt.Sprintf("%s and %s both say what is paid", given, name), "join them with sum, greater_of or lesser_of")
			continue
		}
		given = name
		r.payKind(&p, name, x)
	}
	if given == "" && v.IsMap() {
		v.Report("E_REQUIRED", "nothing says what is paid", fmt.Sprintf("write one of %v", payKinds))
	}
	if x := f.Optional("day_of"); x != nil {
		p.DayDays = int(x.Int(1, 366))
	}
	if x := f.Optional("number"); x != nil {
		p.Number = x.ID()
	}
	// A limit has its own per, which is no number.
	if x := f.Optional("per"); x != nil && p.Per == "" {
		p.Per = x.ID()
	}
	r.prorata(&p, f)
	r.each(&p, f)
	return p
}

func (r *clauseReader) payKind(p *Pay, name string, v *yamlread.Value) {
	parts := func(k PayKind) {
		p.Kind = k
		for _, x := range v.List() {
			p.Parts = append(p.Parts, r.pay(x))
		}
		if v.IsList() && len(p.Parts) < 2 {
			v.Report("E_REQUIRED", name+" needs two parts or more", "")
		}
	}
	service := func(u TimeUnit) {
		p.Kind, p.Unit, p.Rate = PayTime, u, readTimes(v)
	}
	switch name {
	case "rate":
		p.Rate = ReadRatio(v)
	case "fixed":
		p.Kind = PayFixed
		r.dated(p, v)
	case "days":
		service(DaysOfService)
	case "hours":
		service(HoursOfService)
	case "months":
		service(MonthsOfService)
	case "points":
		p.Kind, p.Points = PayPoints, v.Int(0, 1_000_000_000)
	case "prorata":
		p.Kind = PayProrata
		p.Prorata.Of = ProrataOf(max(v.Enum("downtime", "excess"), 0))
	case "greater_of":
		parts(PayGreater)
	case "lesser_of":
		parts(PayLesser)
	case "sum":
		parts(PaySum)
	}
}

// dated reads a sum, or sums by the day from which each applies.
func (r *clauseReader) dated(p *Pay, v *yamlread.Value) {
	if !v.IsMap() {
		p.Fixed = r.sum(v)
		return
	}
	f := v.Map()
	for _, key := range f.Keys() {
		d, _, err := ParseDate(key)
		if err != nil {
			f.Key(key).Report("E_DATE", err.Error(), "write the first day on which the sum applies, such as 2023-04-01")
		}
		if n := len(p.Dated); err == nil && n > 0 && d.Cmp(p.Dated[n-1].From) <= 0 {
			f.Key(key).Report("E_RANGE", "the days are not in order", "write the earliest first")
		}
		if x := f.Optional(key); x != nil {
			p.Dated = append(p.Dated, DatedAmount{d, r.sum(x)})
		}
	}
	if len(f.Keys()) == 0 {
		v.Report("E_REQUIRED", "no sum applies on any day", "write {2023-04-01: 500}")
	}
	f.Done()
}

func (r *clauseReader) prorata(p *Pay, f *yamlread.Fields) {
	only := func(x *yamlread.Value) {
		if p.Kind != PayProrata {
			x.Report("E_CONFLICT", "this goes with prorata only", "write prorata: downtime, or leave it out")
		}
	}
	if x := f.Optional("times"); x != nil {
		p.Prorata.Times = readMultiple(x, "none of the fee is paid")
		only(x)
	}
	if x := f.Optional("over"); x != nil {
		p.Prorata.Over = readLength(x)
		only(x)
	}
	if x := f.Optional("cut"); x != nil {
		p.Prorata.Decimals, p.Prorata.Rounding = readCut(x)
		only(x)
	}
}

// each reads the units that the pay is for.
func (r *clauseReader) each(p *Pay, f *yamlread.Fields) {
	x := f.Optional("each")
	if x == nil {
		for _, key := range []string{"round", "after", "counts", "units_at_most"} {
			if y := f.Optional(key); y != nil {
				y.Report("E_REQUIRED", key+" says how units count, and each is missing", "write each: 30m, each: 0.1% or each: 1")
			}
		}
		return
	}
	e := &Each{}
	p.Each = e
	s, ok := x.Scalar()
	switch {
	case !ok: // reported
	case s == "civil-day":
		e.Civil, e.Unit = true, durationUnits["d"]
	case plainCount.MatchString(s):
		e.Unit = x.Int(1, 1_000_000_000_000)
		r.units = append(r.units, unitUse{x, true, false, r.paying})
	case len(s) > 0 && s[len(s)-1] == '%':
		if e.Step = ReadRatio(x); e.Step.Num() == 0 && isRatio(x) {
			x.Report("E_RANGE", "a unit of nothing", "write a part such as 0.1%")
		}
	default:
		e.Unit = readLength(x)
		r.units = append(r.units, unitUse{x, false, true, r.paying})
	}
	switch y := f.Optional("round"); {
	case y != nil:
		if i := y.Enum(append(Roundings(), "exact")...); i >= 0 && i < len(Roundings()) {
			e.Rounding = Rounding(i + 1)
		}
	case !e.Civil && s != "1" && ok && !f.Has("round"):
		f.Missing("round", "E_REQUIRED", "nothing says how a part of a unit counts", "write round: up for units begun, down for full ones, half-up for the nearest, exact for pro rata")
	}
	if y := f.Optional("after"); y != nil {
		if e.Step.Num() > 0 {
			e.From = ReadRatio(y)
		} else {
			e.After = r.measure(y)
		}
	}
	if y := f.Optional("counts"); y != nil {
		e.Counts = Counts(max(y.Enum(countsNames[:]...), 0))
	} else if e.After > 0 && !f.Has("counts") {
		f.Missing("counts", "E_REQUIRED", "nothing says what counts once the threshold is passed", "write counts: excess for what is beyond it, counts: all for everything")
	}
	if y := f.Optional("units_at_most"); y != nil {
		e.AtMost = y.Int(1, 1_000_000)
	}
}

// readClaim reads automatic, or {by: {…}, notice: text}.
func readClaim(v *yamlread.Value) Claiming {
	if !v.IsMap() {
		i := v.Enum("automatic", "on-request")
		return Claiming{Automatic: i == 0, OnRequest: i == 1}
	}
	f := v.Map()
	var c Claiming
	if x := f.Optional("automatic"); x != nil {
		c.Automatic = x.Bool()
	}
	if x := f.Optional("by"); x != nil {
		c.By = new(readDeadline(x))
	}
	if x := f.Optional("notice"); x != nil {
		c.Notice = ReadText(x)
	}
	f.Done()
	return c
}

func readDeadline(v *yamlread.Value) Deadline {
	f := v.Map()
	var d Deadline
	if x := f.Optional("after"); x != nil {
		d.After = DeadlineStart(max(x.Enum(deadlineStartNames[:]...), 0))
	}
	number := func(key string, into *int, most int64) {
		if x := f.Optional(key); x != nil {
			*into = int(x.Int(0, most))
		}
	}
	number("days", &d.Days, 3660)
	number("months", &d.Months, 120)
	number("windows", &d.Windows, 120)
	number("day", &d.Day, 31)
	if x := f.Optional("calendar"); x != nil {
		d.Calendar = x.ID()
	}
	if !f.Has("days") && !f.Has("months") && !f.Has("windows") && v.IsMap() {
		v.Report("E_REQUIRED", "the deadline has no length", "write days, months (with day for a day of that month) or windows")
	}
	f.Done()
	return d
}

// readForm reads a form by name, or with its expiry.
func readForm(v *yamlread.Value) Form {
	if !v.IsMap() {
		return Form{As: FormKind(max(v.Enum(formNames[:]...), 0))}
	}
	f := v.Map()
	var out Form
	if x := f.Optional("as"); x != nil {
		out.As = FormKind(max(x.Enum(formNames[:]...), 0))
	}
	if x := f.Optional("expires_months"); x != nil {
		out.Expires = int(x.Int(1, 120))
	}
	if x := f.Optional("expires_days"); x != nil {
		out.ExpiresDays = int(x.Int(1, 3660))
	}
	if x := f.Optional("note"); x != nil {
		out.Note = ReadText(x)
	}
	f.Done()
	return out
}

func (r *clauseReader) combine(v *yamlread.Value, p Provision) Clause {
	f := v.Map()
	c := &Combine{Provision: p, Credits: f.Required("credits").IDs()}
	c.Take = Taking(max(f.Required("take").Enum(takingNames[:]...), 0))
	if x := f.Optional("at_most"); x != nil {
		if x.IsList() {
			for _, y := range x.List() {
				c.AtMost = append(c.AtMost, r.limit(y))
			}
		} else {
			c.AtMost = append(c.AtMost, r.limit(x))
		}
	}
	f.Done()
	return c
}

func (r *clauseReader) earnBack(v *yamlread.Value, p Provision) Clause {
	f := v.Map()
	c := &EarnBack{Provision: p, Credit: f.Required("credit").ID(), Windows: int(f.Required("windows").Int(1, 60)), Return: ReadRatio(f.Required("return"))}
	f.Done()
	return c
}

func (r *clauseReader) terminate(v *yamlread.Value, p Provision) Clause {
	f := v.Map()
	c := &Termination{Provision: p, Of: f.Required("availability").ID()}
	c.Misses.Of = c.Of
	if x := f.Optional("misses"); x != nil {
		c.Times = int(x.Int(1, 120))
	}
	readMissCount(&c.Misses, f)
	if x := f.Optional("below"); x != nil {
		c.Below = new(ReadRatio(x))
	}
	if c.Times > 0 && c.Misses.Within > 0 && c.Times > c.Misses.Within {
		f.Optional("misses").Report("E_RANGE", fmt.Sprintf("%d of %d windows cannot miss", c.Times, c.Misses.Within), "write within: at least as many")
	}
	if !f.Has("misses") && !f.Has("below") && v.IsMap() {
		v.Report("E_REQUIRED", "nothing says when the customer may end the contract", "write misses, or below")
	}
	if x := f.Optional("exercise_days"); x != nil {
		c.Within = int(x.Int(1, 3660))
	}
	if x := f.Optional("refund"); x != nil {
		c.Refund = ReadText(x)
	}
	f.Done()
	return c
}
