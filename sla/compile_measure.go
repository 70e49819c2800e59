package sla

import (
	"fmt"
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// gauge is a commitment as compiled: what failed of it in each window.
type gauge struct {
	a       *contracts.Availability
	m       *meter
	windows []*gaugeWindow
}

// gaugeWindow is one window: the columns of what failed and of the whole.
type gaugeWindow struct {
	label   string
	period  contracts.Period // of the first state; others differ only for windows of the customer or of an outage
	all     []Measured       // by state
	index   formula.Expr     // of the state
	lost    formula.Expr     // what failed as measured
	failed  formula.Expr     // what failed as compared with tiers: after the cut of decimals
	whole   formula.Expr     // of failed
	fixed   int64            // the whole where it is the same for all, else 0
	lostOf  formula.Expr     // the whole of lost
	met     formula.Expr     // the commitment was kept
	present formula.Expr     // nil, or whether the customer subscribed for the whole window
}

// dimension is one thing on which a measure depends: n values, told apart by an index from 0.
type dimension struct {
	n     int
	index formula.Expr
	set   func(*state, int)
}

// maxStates bounds the tables of one window.
const maxStates = 65_536

// gauge compiles a commitment, once.
func (k *compiler) gauge(a *contracts.Availability) *gauge {
	if g, ok := k.gauges[a.ID]; ok {
		return g
	}
	g := &gauge{a: a}
	k.gauges[a.ID] = g
	if a.Measure == contracts.Misses {
		k.misses(g)
		return g
	}
	m, err := newMeter(k.p.Contract, k.p.Incident, a)
	if err != nil {
		k.wrong(a.At, "availability", "E_RANGE", err.Error(), "state weights and shares with smaller denominators")
		return g
	}
	g.m = m
	dims := k.dimensions(a)
	states := 1
	for _, d := range dims {
		if states *= d.n; states > maxStates {
			k.wrong(a.At, "availability", "E_LIMIT_STATES", fmt.Sprintf("services, clocks, exclusions, events and days make more than %d combinations", maxStates), "split the incident")
			return g
		}
	}
	for i := range states {
		st := state{service: servicesOf(k.p.Incident)[0], clock: k.p.Incident.clocks()[0], events: eventIDs(k.p.Incident), anchor: contracts.Date{Year: 1, Month: 1, Day: 1}, unknown: a.Unknown}
		if k.p.Shape.Affected {
			st.events = nil
		}
		for rest, j := i, len(dims)-1; j >= 0; j-- {
			dims[j].set(&st, rest%dims[j].n)
			rest /= dims[j].n
		}
		list, err := m.windows(st)
		if err != nil {
			k.wrong(a.At, "availability", "E_MEASURE", err.Error(), "")
			return g
		}
		g.take(i, list)
	}
	for _, w := range g.windows {
		k.window(g, w, dims)
		k.unrecorded(g, w)
	}
	return g
}

// unrecorded says what was assumed of a window of which nothing that the commitment measures is on record.
func (k *compiler) unrecorded(g *gauge, w *gaugeWindow) {
	a, in := g.a, k.p.Incident
	if k.ownMeasure(a, w.label) {
		return
	}
	name := "record." + a.ID + "@" + w.label
	switch a.Measure {
	case contracts.StatedLevel, contracts.Reading:
		if !slices.ContainsFunc(in.Levels, func(l Level) bool { return l.Of == a.ID && l.Window == w.label }) {
			k.assume(name, a.Ref.String()+": "+w.label+" の水準が記録されていないため、達成したものとした", a.Ref.String()+": no level of "+w.label+" is on record; it is taken as kept")
		}
	case contracts.Requests, contracts.MeanErrorRate, contracts.BadIntervals:
		if len(in.Series) == 0 && !slices.ContainsFunc(in.Levels, func(l Level) bool { return l.Of == a.ID }) {
			k.assume("record."+a.ID, a.Ref.String()+": リクエスト数が記録されていないため、停止時間から計測した", a.Ref.String()+": no requests were counted; the share is that of the time that was down")
		}
	}
}

// take files the windows measured in state i. Windows of states that have fewer hold nothing.
func (g *gauge) take(i int, list []Measured) {
	for n, x := range list {
		if n == len(g.windows) {
			w := &gaugeWindow{label: x.Window, period: x.Period}
			for range i { // earlier states had no such window
				w.all = append(w.all, Measured{Availability: g.a.ID, Window: x.Window, Period: x.Period, Whole: 1, Index: len(w.all), anchor: x.anchor})
			}
			g.windows = append(g.windows, w)
		}
		w := g.windows[n]
		if w.label != x.Window { // windows of the customer: counted, not named
			w.label = fmt.Sprint(n + 1)
		}
		x.Index = i
		w.all = append(w.all, x)
	}
	for _, w := range g.windows {
		if len(w.all) == i { // this state has no such window
			w.all = append(w.all, Measured{Availability: g.a.ID, Window: w.label, Period: w.period, Whole: w.all[0].Whole, Index: i, anchor: w.all[0].anchor})
		}
	}
}

// dimensions lists what the measure depends on, the slowest index first.
func (k *compiler) dimensions(a *contracts.Availability) []dimension {
	in := k.p.Incident
	var dims []dimension
	if d, ok := k.customerWindows(a); ok {
		dims = append(dims, d)
	}
	if a.Unknown == contracts.UnknownOpen && in.hasUnknown() {
		dims = append(dims, k.unknownDimension(a))
	}
	services := servicesOf(in)
	if len(services) > 1 {
		dims = append(dims, dimension{len(services), formula.Col{Name: "service"}, func(st *state, i int) { st.service = services[i] }})
	}
	if clocks := in.clocks(); len(clocks) > 1 {
		dims = append(dims, dimension{len(clocks), formula.Param{Name: k.clockParam(a, clocks)}, func(st *state, i int) { st.clock = clocks[i] }})
	}
	excl := k.exclusionsOf(a)
	for i := len(excl) - 1; i >= 0; i-- {
		dims = append(dims, dimension{2, formula.If{Cond: k.stands(excl[i], ""), Then: formula.Const{V: 1}, Else: formula.Const{V: 0}}, func(st *state, on int) {
			if on == 1 {
				st.excl = append([]*contracts.DowntimeExclusion{excl[i]}, st.excl...)
				slices.SortFunc(st.excl, func(x, y *contracts.DowntimeExclusion) int { return slices.Index(excl, x) - slices.Index(excl, y) })
			}
		}})
	}
	if k.p.Shape.Affected {
		ids := eventIDs(in)
		for i := len(ids) - 1; i >= 0; i-- {
			dims = append(dims, dimension{2, formula.If{Cond: formula.Col{Name: "affected." + ids[i]}, Then: formula.Const{V: 1}, Else: formula.Const{V: 0}}, func(st *state, on int) {
				if on == 1 {
					st.events = append(st.events, ids[i])
					slices.SortFunc(st.events, func(x, y string) int { return slices.Index(ids, x) - slices.Index(ids, y) })
				}
			}})
		}
	}
	return dims
}

// exclusionsOf lists the exclusions of downtime that speak of a commitment.
func (k *compiler) exclusionsOf(a *contracts.Availability) []*contracts.DowntimeExclusion {
	var excl []*contracts.DowntimeExclusion
	for _, cl := range k.p.Contract.Clauses {
		if x, ok := cl.(*contracts.DowntimeExclusion); ok && (len(x.Of) == 0 || slices.Contains(x.Of, a.ID)) {
			excl = append(excl, x)
		}
	}
	return excl
}

// customerWindows is the day on which the customer's own windows begin.
func (k *compiler) customerWindows(a *contracts.Availability) (dimension, bool) {
	day := func(name, ja, en string, n int, set func(*state, int)) (dimension, bool) {
		k.inputOnce(name, Number, ja, en)
		return dimension{n, formula.Col{Name: name}, set}, true
	}
	need := func(has bool, column string) bool {
		if !has {
			k.wrong(a.At, "availability.window", "E_REQUIRED", fmt.Sprintf("windows of %s depend on the customer, and the list has no column %s", a.Window, column), "add the column "+column)
		}
		return has
	}
	switch a.Window {
	case contracts.RollingDays:
		if a.EndsWithClaim && k.p.Shape.Claimed {
			return k.claimWindows(a), true
		}
	case contracts.BillingMonth:
		if need(k.p.Shape.BillingDay, "billing_day") {
			return day("billing_day", "請求期間の開始日（1日=0）", "day on which the billing month begins, the 1st being 0", 31, func(st *state, i int) { st.anchor = contracts.Date{Year: 1, Month: 1, Day: i + 1} })
		}
	case contracts.ContractMonth:
		if need(k.p.Shape.Dates, "since") {
			return day("contract_day", "契約開始の日（1日=0）", "day of the month on which the contract began, the 1st being 0", 31, func(st *state, i int) { st.anchor = contracts.Date{Year: 1, Month: 1, Day: i + 1} })
		}
	case contracts.ContractQuarter, contracts.ContractYear:
		if need(k.p.Shape.Dates, "since") {
			return day("contract_date", "契約開始の月日", "day of the year on which the contract began, 31 to a month", 12*31, func(st *state, i int) { st.anchor = contracts.Date{Year: 1, Month: i/31 + 1, Day: i%31 + 1} })
		}
	}
	return dimension{}, false
}

// claimWindows is the day of the claim with which a rolling window ends, counted from the day on which the incident began: later ones than
// the length of the window and the incident are all alike. A credit that nobody asked for has the window of the first day.
func (k *compiler) claimWindows(a *contracts.Availability) dimension {
	first := k.p.Incident.day()
	loc, _ := contracts.LoadZone(k.p.Contract.Zone) // checked by Validate
	last := contracts.DateOf(k.p.Incident.Span().End, loc)
	n := last.Number() - first.Number() + a.Days + 2
	day := k.inputOnce("claimed_day", Number, "請求日（1970年からの日数、0は未請求）", "day of the claim, counted from 1970; 0 is none")
	since := formula.Max{A: formula.Sub{A: day, B: formula.Const{V: int64(first.Number())}}, B: formula.Const{V: 0}}
	return dimension{n, formula.Min{A: since, B: formula.Const{V: int64(n - 1)}}, func(st *state, i int) { st.anchor = first.AddDays(i) }}
}

// inputOnce adds an input column unless it is there.
func (k *compiler) inputOnce(name string, u Unit, ja, en string) formula.Expr {
	if k.p.Column(name) == nil {
		k.add(Column{Column: formula.Column{Name: name}, Label: contracts.Text{JA: ja, EN: en}, Unit: u, Role: Input})
	}
	return formula.Col{Name: name}
}

// unknownDimension asks how time counts in which nobody was watching.
func (k *compiler) unknownDimension(a *contracts.Availability) dimension {
	name := "unknown." + a.ID
	k.param(Parameter{Name: name, Kind: Choice, From: FromContract, Refs: []contracts.Ref{a.Ref}, Readings: []int{0, 1},
		Label: contracts.Text{JA: "計測できなかった時間の扱い: " + a.Ref.String(), EN: "time that nobody measured: " + a.Ref.String()},
		Why:   contracts.Text{JA: "約款に定めがないため、稼働と停止の双方を算定する", EN: "the terms are silent: up and down are both computed"},
		Options: []Option{
			{"up", contracts.Text{JA: "稼働", EN: "up"}},
			{"down", contracts.Text{JA: "停止", EN: "down"}},
			{"excluded", contracts.Text{JA: "計測から除く", EN: "excluded"}},
		}})
	return dimension{3, formula.Param{Name: name}, func(st *state, i int) {
		st.unknown = []contracts.Unknown{contracts.UnknownUp, contracts.UnknownDown, contracts.UnknownExcluded}[i]
	}}
}

// clockParam makes whose clock counts a parameter, by default the one that the terms name where the incident knows it.
func (k *compiler) clockParam(a *contracts.Availability, clocks []string) string {
	p := Parameter{Name: "clock", Kind: Choice, Default: plain(0), From: FromIncident,
		Label: contracts.Text{JA: "停止時間の根拠とする記録", EN: "whose clock counts"},
		Why:   contracts.Text{JA: "事故記録の主たる記録による", EN: "the incident's own record"}}
	for _, c := range clocks {
		p.Options = append(p.Options, Option{c, contracts.Text{JA: c, EN: c}})
	}
	if a.Clock != "" {
		p.Name, p.Refs = "clock."+a.ID, []contracts.Ref{a.Ref}
		p.Label = contracts.Text{JA: p.Label.JA + ": " + a.Ref.String(), EN: p.Label.EN + ": " + a.Ref.String()}
		if i := slices.Index(clocks, a.Clock); i >= 0 {
			p.Default, p.From = plain(int64(i)), FromContract
			p.Why = contracts.Text{JA: "条項の定める記録（" + a.Clock + "）による", EN: "the terms go by the clock " + a.Clock}
		} else {
			p.From = Assumed
			p.Why = contracts.Text{JA: "条項の定める記録（" + a.Clock + "）がないため、主たる記録による", EN: "the terms go by the clock " + a.Clock + ", of which there is no record"}
		}
	}
	k.param(p)
	return p.Name
}

// tableIndex joins the indices of the dimensions into one.
func tableIndex(dims []dimension) formula.Expr {
	var parts []formula.Expr
	stride := 1
	for _, d := range slices.Backward(dims) {
		e := d.index
		if stride > 1 {
			if c, ok := e.(formula.If); ok { // 1 or 0
				c.Then = formula.Const{V: int64(stride)}
				e = c
			} else {
				e = times(e, int64(stride))
			}
		}
		parts = append([]formula.Expr{e}, parts...)
		stride *= d.n
	}
	return formula.Sum(parts...)
}

// times is e × n, exactly.
func times(e formula.Expr, n int64) formula.Expr {
	if n == 1 {
		return e
	}
	return formula.MulDiv{A: e, B: formula.Const{V: n}, C: formula.Const{V: 1}, Rounding: contracts.RoundDown}
}

// window adds the columns of a window: what failed, the whole where it is not the same for all, uptime where it is cut, and whether the
// commitment was kept.
func (k *compiler) window(g *gauge, w *gaugeWindow, dims []dimension) {
	a := g.a
	w.index = tableIndex(dims)
	label := func(ja, en string) contracts.Text {
		return contracts.Text{JA: ja + " " + w.label, EN: en + " " + w.label}
	}
	at := a.ID + "@" + w.label
	unit, text := k.unitOf(a, g.m)
	for i := range w.all {
		w.all[i].Window = w.label
	}
	k.p.Downtime = append(k.p.Downtime, w.all...)
	if k.ownMeasure(a, w.label) {
		w.lost = k.inputOnce("measured."+at, unit, label("実測値: "+text.JA, "").JA, label("", "as measured for the customer: "+text.EN).EN)
	} else {
		w.lost = k.add(Column{Column: formula.Column{Name: "downtime." + at, Expr: formula.Table{Name: "downtime." + at, Index: w.index, Values: w.column(func(m Measured) int64 { return m.Failed })}},
			Label: label(text.JA, text.EN), Unit: unit, Role: Working, Rule: RuleCredit, Clause: a.ID, Refs: []contracts.Ref{a.Ref}})
	}
	w.lostOf = k.wholeOf(g, w, at, unit)
	w.failed, w.whole = w.lost, w.lostOf
	if a.Decimals != nil && a.Measure.IsShare() {
		k.cut(a, w, at)
	}
	k.met(g, w, at)
}

// column lists one number of each state.
func (w *gaugeWindow) column(f func(Measured) int64) []int64 {
	out := make([]int64, len(w.all))
	for i, m := range w.all {
		out[i] = f(m)
	}
	return out
}

// unitOf is what the measure counts, and its name.
func (k *compiler) unitOf(a *contracts.Availability, m *meter) (Unit, contracts.Text) {
	switch {
	case a.Measure == contracts.Time && m.scale == 1:
		return Millis, contracts.Text{JA: "停止時間", EN: "downtime"}
	case a.Measure == contracts.Time:
		return Quantity, contracts.Text{JA: fmt.Sprintf("加重停止時間（1/%dミリ秒単位）", m.scale), EN: fmt.Sprintf("weighted downtime in 1/%d ms", m.scale)}
	case a.Measure == contracts.Requests:
		return Quantity, contracts.Text{JA: "失敗したリクエスト数", EN: "failed requests"}
	case a.Measure == contracts.MeanErrorRate:
		return Quantity, contracts.Text{JA: "平均エラー率（分子）", EN: "mean error rate, numerator"}
	case a.Measure == contracts.BadIntervals:
		return Quantity, contracts.Text{JA: "障害区間の数", EN: "intervals that failed"}
	case a.Measure == contracts.Occurrences:
		return Quantity, contracts.Text{JA: "発生回数", EN: "occurrences"}
	case a.Measure == contracts.StatedLevel:
		return Quantity, contracts.Text{JA: "不稼働率（分子）", EN: "share that failed, numerator"}
	}
	return Quantity, contracts.Text{JA: "計測値", EN: "reading"}
}

// ownMeasure reports whether the list has a measure of each customer's own.
func (k *compiler) ownMeasure(a *contracts.Availability, window string) bool {
	return slices.Contains(k.p.Shape.Measured, Own{a.ID, window}) || slices.Contains(k.p.Shape.Measured, Own{a.ID, ""})
}

// wholeOf gives the whole: one number for all, a table of the states, or what the customer's row says.
func (k *compiler) wholeOf(g *gauge, w *gaugeWindow, at string, unit Unit) formula.Expr {
	a := g.a
	if k.p.Shape.Dates && (a.Partial == contracts.FullOnly || a.Partial == contracts.Prorated && a.Measure == contracts.Time) && a.Window.Months() > 0 {
		name := "subscribed." + at
		days := k.inputOnce(name, Millis, "契約していた時間 "+w.label, "time subscribed "+w.label)
		span := subscribedSpan{a: a, label: w.label, n: slices.Index(g.windows, w), period: w.period, loc: g.m.loc, touched: k.p.Incident.Span()}
		if a.Partial == contracts.Prorated && a.Hours != "" && a.Whole != contracts.WholeFixed {
			span.working = g.m.working
		}
		k.p.spans[name] = span
		if a.Partial == contracts.Prorated && a.Whole != contracts.WholeFixed {
			return times(formula.Max{A: days, B: formula.Const{V: 1}}, g.m.scale)
		}
		length := k.tableOf("length."+at, w, a, Millis, "期間の長さ", "length of the window", func(m Measured) int64 { return max(m.Period.Millis(), 1) })
		if a.Partial == contracts.Prorated { // as much of the fixed length as was subscribed of the real one
			part := formula.MulDiv{A: formula.Const{V: a.Fixed}, B: days, C: length, Rounding: contracts.RoundDown}
			return times(formula.Max{A: part, B: formula.Const{V: 1}}, g.m.scale)
		}
		w.present = formula.Compare{Op: formula.AtLeast, A: days, B: length}
	}
	if k.ownMeasure(a, w.label) && a.Measure != contracts.Time && a.Measure.IsShare() {
		w.fixed = OwnShareParts
		return formula.Const{V: OwnShareParts}
	}
	whole := k.tableOf("whole."+at, w, a, unit, "計測期間", "window", func(m Measured) int64 { return max(m.Whole, 1) })
	if c, ok := whole.(formula.Const); ok {
		w.fixed = c.V
	}
	return whole
}

// tableOf is a number of each state of the window: a constant where all are the same, else a column that looks it up.
func (k *compiler) tableOf(name string, w *gaugeWindow, a *contracts.Availability, unit Unit, ja, en string, f func(Measured) int64) formula.Expr {
	values := w.column(f)
	if !slices.ContainsFunc(values, func(v int64) bool { return v != values[0] }) {
		return formula.Const{V: values[0]}
	}
	return k.add(Column{Column: formula.Column{Name: name, Expr: formula.Table{Name: name, Index: w.index, Values: values}},
		Label: contracts.Text{JA: ja + " " + w.label, EN: en + " " + w.label}, Unit: unit, Role: Working, Rule: RuleCredit, Clause: a.ID, Refs: []contracts.Ref{a.Ref}})
}

// OwnShareParts is how finely a level measured for one customer is taken: parts per million of the whole.
const OwnShareParts = 1_000_000

// cut takes the uptime in per cent to so many decimals, where the terms say so.
func (k *compiler) cut(a *contracts.Availability, w *gaugeWindow, at string) {
	parts := int64(100)
	for range *a.Decimals {
		parts *= 10
	}
	up := k.add(Column{Column: formula.Column{Name: "uptime." + at, Expr: formula.MulDiv{A: formula.Max{A: formula.Sub{A: w.lostOf, B: w.lost}, B: formula.Const{V: 0}}, B: formula.Const{V: parts}, C: w.lostOf, Rounding: a.DecimalRounding}},
		Label: contracts.Text{JA: fmt.Sprintf("稼働率（%d分の1単位、端数処理後） %s", parts, w.label), EN: fmt.Sprintf("uptime in 1/%d, cut as the terms say, %s", parts, w.label)},
		Unit:  Quantity, Role: Working, Rule: RuleCredit, Clause: a.ID, Refs: []contracts.Ref{a.Ref}})
	w.failed, w.whole, w.fixed = formula.Sub{A: formula.Const{V: parts}, B: up}, formula.Const{V: parts}, parts
}

// met adds whether the commitment was kept in a window: uptime (W−D)/W is at least the target n/d when D is at most
// ⌊W(d−n)/d⌋. It decides what is paid only where the credit has no tiers.
func (k *compiler) met(g *gauge, w *gaugeWindow, at string) {
	a := g.a
	target := a.Target
	if target.Num() == 0 || !a.Measure.IsShare() {
		target = contracts.One // nothing may fail
	}
	allowed := w.atOrBelow(edge{ratio: target, strict: true})
	label := contracts.Text{JA: "稼働率保証 " + target.Percent() + " を達成 " + w.label, EN: target.Percent() + " met in " + w.label}
	if !a.Measure.IsShare() || a.Target.Num() == 0 {
		label = contracts.Text{JA: "違反なし " + w.label, EN: "no breach in " + w.label}
	}
	kept := formula.Compare{Op: formula.Less, A: w.failed, B: allowed}
	if c, ok := allowed.(formula.Const); ok {
		kept = formula.Compare{Op: formula.AtMost, A: w.failed, B: formula.Const{V: c.V - 1}}
	}
	w.met = k.add(Column{Column: formula.Column{Name: "met." + at, Expr: kept}, Unit: YesNo, Role: Test, Rule: RuleCredit,
		Label: label, Clause: a.ID, Refs: []contracts.Ref{a.Ref}})
}

// edge is a border of a rung: uptime falls below ratio (strict) or to it, or the measure is more than least (strict) or at least that.
type edge struct {
	ratio  contracts.Ratio
	least  *int64
	strict bool
}

// cmp orders edges from the first failure on.
func (e edge) cmp(f edge) int {
	if e.least != nil && f.least != nil {
		if *e.least != *f.least {
			return int(max(-1, min(1, *e.least-*f.least)))
		}
	} else if c := f.ratio.Cmp(e.ratio); c != 0 {
		return c
	}
	return int(flag(e.strict) - flag(f.strict))
}

// atOrBelow is the least whole number of what failed that lies beyond the edge. Uptime (W−D)/W is below n/d when D·d > W·(d−n), so
// from D = ⌊W(d−n)/d⌋+1, and at or below it from D = ⌈W(d−n)/d⌉.
func (w *gaugeWindow) atOrBelow(e edge) formula.Expr {
	if e.least != nil {
		return formula.Const{V: *e.least + flag(e.strict)}
	}
	num, den := e.ratio.Den()-e.ratio.Num(), e.ratio.Den()
	rounding, more := contracts.RoundUp, int64(0)
	if e.strict {
		rounding, more = contracts.RoundDown, 1
	}
	if w.fixed > 0 {
		at, _ := contracts.MulDiv(w.fixed, num, den, rounding)
		return formula.Const{V: at + more}
	}
	at := formula.Expr(formula.MulDiv{A: w.whole, B: formula.Const{V: num}, C: formula.Const{V: den}, Rounding: rounding})
	if more > 0 {
		at = formula.Add{A: at, B: formula.Const{V: 1}}
	}
	return at
}

func (in *Incident) hasUnknown() bool {
	return slices.ContainsFunc(in.Events, func(e Event) bool {
		return slices.ContainsFunc(e.Phases, func(p Phase) bool { return p.Impact == UnknownImpact })
	})
}

func eventIDs(in *Incident) []string {
	var out []string
	for _, e := range in.Events {
		out = append(out, e.ID)
	}
	return out
}

// servicesOf lists the services by index; an incident without any has one nameless one.
func servicesOf(in *Incident) []string {
	var out []string
	for _, s := range in.Services {
		out = append(out, s.ID)
	}
	if len(out) == 0 {
		return []string{""}
	}
	return out
}

// wrong reports what stops the contract from being compiled.
func (k *compiler) wrong(at contracts.Pos, field, code, message, hint string) {
	p := at.Problem(code, "", message, hint)
	if p.Field == "" {
		p.Field = field
	} else {
		p.Field += "." + field
	}
	k.problems = append(k.problems, p)
}
