package sla

import (
	"fmt"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// legalRate is an entry of the law with its rates within reach, equal ones joined.
type legalRate struct {
	law.Entry
	spans []rateSpan
}

// rateSpan is a rate for delay that began from From up to, but not including, Until; of a rate that moves, for the days between.
type rateSpan struct {
	law.Rate
	param string
	entry law.Entry
}

// movingDen is the denominator to which rates that move are brought.
const movingDen = 10_000

// rates finds the rate that was agreed, or those of the law, and adds the parameters for them.
func (x *accruing) rates() bool {
	c := x.c
	if x.agreed = c.Rate != nil; x.agreed {
		n := formula.Number{Num: c.Rate.Num(), Den: c.Rate.Den()}
		x.param(Parameter{Name: "rate." + c.ID, Kind: Fraction, Default: &n, From: FromContract, Refs: []contracts.Ref{c.Ref},
			Label: contracts.Text{JA: "年利率: " + c.Ref.String(), EN: "rate a year: " + c.Ref.String()}, Why: contracts.Text{JA: "条項による", EN: "as the clause says"}})
		return true
	}
	for _, general := range []bool{true, false} {
		for _, e := range x.p.law {
			if e.Founds == law.Interest && len(e.Rates) > 0 && e.Debated != general {
				x.consider(e, general)
			}
		}
	}
	if len(x.legal) == 0 {
		x.wrong(c.At, "interest.rate", "E_REQUIRED", fmt.Sprintf("the clause states no rate, and no legal rate of %q is known", x.p.Contract.Law), "write rate, such as 6%")
		return false
	}
	if day, ok := x.unknownRate(); !ok {
		x.wrong(c.At, "interest.rate", "E_REQUIRED", fmt.Sprintf("no legal rate of %q is known for %s", x.p.Contract.Law, day), "write rate, or let the interest begin and end on other days")
		return false
	}
	if len(x.legal) > 1 {
		x.chooseRate()
	}
	return true
}

// consider takes an entry that has a rate within reach. One that is debated holds for debts of its own kind only, and where it knows no
// rate the general one holds.
func (x *accruing) consider(e law.Entry, general bool) {
	if !general && (x.c.Ground == contracts.OnTort || x.c.Commercial != nil && !*x.c.Commercial || len(x.legal) == 0) {
		return
	}
	l := legalRate{Entry: e}
	first, last := x.reach(e)
	for _, r := range e.Rates {
		if !r.Until.IsZero() && r.Until.Cmp(first) <= 0 || r.From.Cmp(last) > 0 {
			continue
		}
		if n := len(l.spans); n > 0 && l.spans[n-1].Of == r.Of {
			l.spans[n-1].Until = r.Until
			continue
		}
		l.spans = append(l.spans, rateSpan{Rate: r, entry: e})
	}
	if len(l.spans) == 0 {
		return
	}
	for i := range l.spans {
		s := &l.spans[i]
		s.param = "rate." + e.ID
		if len(l.spans) > 1 && s.From.IsZero() {
			s.param += ".until-" + s.Until.String()
		} else if len(l.spans) > 1 {
			s.param += ".from-" + s.From.String()
		}
		if !e.RateMoves {
			n := formula.Number{Num: s.Of.Num(), Den: s.Of.Den()}
			x.param(Parameter{Name: s.param, Kind: Fraction, Default: &n, From: FromLaw, Refs: []contracts.Ref{e.Cite},
				Label: contracts.Text{JA: "法定利率: " + e.Cite.String() + spanText(s, "ja"), EN: "legal rate: " + e.Cite.String() + spanText(s, "en")}, Why: e.Cite.Gist})
		}
	}
	if !general && !e.RateMoves {
		for _, s := range x.legal[0].spans { // after the last day of the entry's own
			if end := l.spans[len(l.spans)-1].Until; !end.IsZero() && (s.Until.IsZero() || s.Until.Cmp(end) > 0) {
				l.spans = append(l.spans, s)
			}
		}
	}
	x.legal = append(x.legal, l)
}

// spanText tells for which days a rate holds.
func spanText(s *rateSpan, lang string) string {
	last := ""
	switch {
	case s.From.IsZero() && s.Until.IsZero():
		return ""
	case !s.Until.IsZero():
		last = s.Until.AddDays(-1).String()
	}
	if lang == "ja" {
		return "（" + s.From.String() + "～" + last + "）"
	}
	return " (" + s.From.String() + " – " + last + ")"
}

// reach is the first and the last day of which the rate matters: those on which the delay may have begun, or with a rate that moves those of
// the interest.
func (x *accruing) reach(e law.Entry) (first, last contracts.Date) {
	if e.RateMoves {
		return x.first, x.last
	}
	return x.first, x.to
}

// unknownRate finds a day of which the law's general rate is not known. Days for which a rate that moves is not known are put out of the
// reach of the parameters.
func (x *accruing) unknownRate() (contracts.Date, bool) {
	e := x.legal[0].Entry
	ask := []contracts.Date{x.first, x.to}
	if !x.from.IsZero() {
		ask[0] = x.from
	}
	if !x.from.IsZero() && !e.RateMoves { // the rate of that day stays
		ask = ask[:1]
	}
	for _, d := range ask {
		if _, ok := e.RateOn(d); !ok {
			return d, false
		}
	}
	if e.RateMoves {
		if known := e.Rates[0].From; x.first.Cmp(known) < 0 {
			x.first = known
			x.p.Parameter("from." + x.c.ID).Days.From = known
			x.p.Parameter("to." + x.c.ID).Days.From = known
		}
		if end := e.Rates[len(e.Rates)-1].Until; !end.IsZero() && end.Cmp(x.last) <= 0 {
			x.last = end.AddDays(-1)
			x.p.Parameter("to." + x.c.ID).Days.Until = end
		}
	}
	return contracts.Date{}, true
}

// chooseRate asks which of the law's rates the debt bears.
func (x *accruing) chooseRate() {
	c := x.c
	p := Parameter{Name: "legal_rate." + c.ID, Kind: Choice, From: FromContract, Refs: []contracts.Ref{c.Ref},
		Label: contracts.Text{JA: "法定利率の根拠: " + c.Ref.String(), EN: "legal rate that applies: " + c.Ref.String()},
		Why:   contracts.Text{JA: "商行為による債務の利率が適用されるかの認定がないため、双方を算定する", EN: "whether the rate for debts of merchants applies is not found: both are computed"}}
	for _, l := range x.legal {
		p.Options = append(p.Options, Option{l.ID, contracts.Text{JA: l.Cite.String(), EN: l.Cite.String()}})
		p.Refs = append(p.Refs, l.Cite)
	}
	if c.Commercial != nil {
		p.Default, p.Why = plain(1), contracts.Text{JA: "条項による", EN: "as the clause says"}
	}
	x.param(p)
}

func (x *accruing) legalRefs() []contracts.Ref {
	var out []contracts.Ref
	for _, l := range x.legal {
		out = append(out, l.Cite)
	}
	return out
}

func (x *accruing) moves() bool { return len(x.legal) > 0 && x.legal[0].RateMoves }

// byChoice gives of each legal rate what f makes of it, by the choice among them.
func (x *accruing) byChoice(f func(legalRate) formula.Expr) formula.Expr {
	e := f(x.legal[0])
	for i, l := range x.legal[1:] {
		e = formula.If{Cond: x.chosen("legal_rate", int64(i+1)), Then: f(l), Else: e}
	}
	return e
}

// rateColumns adds the two terms of the rate: that of the day on which the delay began.
func (x *accruing) rateColumns(delay formula.Expr) (num, den formula.Expr) {
	if x.moves() {
		return nil, nil
	}
	term := func(part formula.Part) formula.Expr {
		if x.agreed {
			return formula.Param{Name: "rate." + x.c.ID, Part: part}
		}
		return x.byChoice(func(l legalRate) formula.Expr {
			e := formula.Expr(formula.Param{Name: l.spans[len(l.spans)-1].param, Part: part})
			for i := len(l.spans) - 2; i >= 0; i-- {
				before := formula.Compare{Op: formula.Less, A: delay, B: formula.Const{V: Serial(l.spans[i].Until)}}
				e = formula.If{Cond: before, Then: formula.Param{Name: l.spans[i].param, Part: part}, Else: e}
			}
			return e
		})
	}
	num = x.at(Test, "rate.num."+x.c.ID, term(formula.Num), Number, "年利率（分子）", "rate a year, numerator")
	den = x.at(Test, "rate.den."+x.c.ID, term(formula.Den), Number, "年利率（分母）", "rate a year, denominator")
	return num, den
}

// overSpans is the time of a stretch at each rate that held meanwhile, times that rate in parts of movingDen.
func (x *accruing) overSpans(s stretch) formula.Expr {
	until := plus(s.end, 1)
	counted := map[string]bool{}
	return x.byChoice(func(l legalRate) formula.Expr {
		var of []formula.Expr
		for _, r := range l.spans {
			first, after := max(Serial(r.From), 1), Serial(x.last.AddDays(1))
			if !r.Until.IsZero() {
				after = Serial(r.Until)
			}
			name := x.name("days", s) + "@" + r.From.String()
			if !counted[name] {
				counted[name] = true
				from, end := formula.Expr(formula.Max{A: s.start, B: formula.Const{V: first}}), formula.Expr(formula.Min{A: until, B: formula.Const{V: after}})
				x.column(name, between(s.start, until, first, after), Number, r.From.String()+"からの利率の日数"+s.ja, "days at the rate from "+r.From.String()+s.en)
				x.test(x.name("days_of_leap_years", s)+"@"+r.From.String(), x.inLeapYears(from, end), Number, "うるう年の日数"+s.ja, "days of leap years"+s.en)
			}
			days := formula.Col{Name: name}
			time := formula.If{Cond: x.chosen("day_count", leapSplit), Then: splitOf(days, formula.Col{Name: x.name("days_of_leap_years", s) + "@" + r.From.String()}), Else: days}
			of = append(of, product(time, formula.Const{V: r.Of.Num() * (movingDen / r.Of.Den())}))
		}
		return formula.Sum(of...)
	})
}
