package sla

import (
	"fmt"
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// interest works out the interest for delay and returns its posting, or nil without such a clause. The balance is told stretch by
// stretch: up to the day of each payment, and after the last one to the end.
func (k *compiler) interest(owed formula.Expr) formula.Expr {
	for _, cl := range k.p.Contract.Clauses {
		if c, ok := cl.(*contracts.Interest); ok {
			x := &accruing{compiler: k, c: c}
			if !x.days() || !x.rates() {
				return nil
			}
			x.choices()
			x.refs = append([]contracts.Ref{c.Ref}, x.legalRefs()...)
			return x.run(owed)
		}
	}
	return nil
}

// accruing works out the interest of one clause.
type accruing struct {
	*compiler
	c           *contracts.Interest
	refs        []contracts.Ref
	first, last contracts.Date // the days that the columns can tell apart
	to          contracts.Date
	from        contracts.Date // zero where it is each customer's own
	agreed      bool
	legal       []legalRate // the general one first
}

// The options of how days are counted. Whole years come last: where the rate moves within a year they are no option.
const (
	days365 int64 = iota
	leapSplit
	yearsAndDays
)

var dayCounts = map[contracts.DayCount]int64{contracts.Days365: days365, contracts.LeapSplit: leapSplit, contracts.YearsAndDays: yearsAndDays}

const (
	yearDays  = 365
	splitDays = 365 * 366 // parts of a year of which both a day of a leap year and one of another year are whole numbers
)

// stretch is a time over which the principal stays the same.
type stretch struct {
	suffix, ja, en string
	start          formula.Expr // its first day
	end            formula.Expr // its last day
}

func (x *accruing) column(name string, e formula.Expr, u Unit, ja, en string) formula.Expr {
	return x.at(Working, name, e, u, ja, en)
}

// test is a column that helps to count and is not told.
func (x *accruing) test(name string, e formula.Expr, u Unit, ja, en string) formula.Expr {
	return x.at(Test, name, e, u, ja, en)
}

func (x *accruing) at(role Role, name string, e formula.Expr, u Unit, ja, en string) formula.Expr {
	return x.add(Column{Column: formula.Column{Name: name, Expr: e}, Unit: u, Role: role, Rule: RuleInterest, Clause: x.c.ID,
		Label: contracts.Text{JA: ja, EN: en}, Refs: x.refs})
}

func (x *accruing) name(what string, s stretch) string { return what + "." + x.c.ID + s.suffix }

func plus(e formula.Expr, n int64) formula.Expr { return formula.Add{A: e, B: formula.Const{V: n}} }

// choices adds the parameters on which the count turns.
func (x *accruing) choices() {
	c, ref := x.c, x.c.Ref
	choice := func(name, ja, en string, stated bool, def int64, whyJA, whyEN string, options ...Option) {
		p := Parameter{Name: name + "." + c.ID, Kind: Choice, Options: options, Default: plain(def), From: FromContract, Refs: []contracts.Ref{ref},
			Label: contracts.Text{JA: ja + ": " + ref.String(), EN: en + ": " + ref.String()}, Why: contracts.Text{JA: "条項による", EN: "as the clause says"}}
		if !stated {
			p.From, p.Why = Assumed, contracts.Text{JA: whyJA, EN: whyEN}
		}
		x.param(p)
	}
	conventions := []Option{
		{"days-365", contracts.Text{JA: "日数÷365", EN: "days over 365"}},
		{"leap-split", contracts.Text{JA: "うるう年は日数÷366、平年は÷365", EN: "days of leap years over 366, others over 365"}},
		{"years-and-days", contracts.Text{JA: "満年数＋残日数÷365", EN: "whole years, and days over 365"}},
	}
	silent, whyJA, whyEN := yearsAndDays, "定めがないため、満年数と残日数（365日の日割）とした", "nothing is said: whole years, and days over 365"
	if x.moves() {
		conventions = conventions[:yearsAndDays]
		silent, whyJA, whyEN = days365, "定めがなく、利率が年の途中で変わるため、365日の日割とした", "nothing is said, and the rate moves within a year: days over 365"
	}
	count, stated := dayCounts[c.DayCount]
	if !stated {
		count = silent
	}
	if count >= int64(len(conventions)) {
		x.wrong(c.At, "interest.day_count", "E_CONFLICT", "whole years have no one rate where the legal rate moves within a year", "write days-365 or leap-split, or a rate")
		count = silent
	}
	choice("day_count", "日数の数え方", "count of days", stated, count, whyJA, whyEN, conventions...)
	choice("ends", "初日の算入", "first day", c.BothEnds != nil, flag(c.BothEnds != nil && !*c.BothEnds),
		"定めがないため、初日と末日の双方を算入した（判決の例による）", "nothing is said: the first and the last day both count, as courts count",
		Option{"both", contracts.Text{JA: "初日・末日とも算入", EN: "first and last day both count"}},
		Option{"first-out", contracts.Text{JA: "初日不算入", EN: "the first day does not count"}})
	if x.p.Shape.PaidOn {
		choice("appropriation", "弁済の充当", "appropriation of payments", c.Payments != contracts.AppropriationUnstated, int64(max(c.Payments, 1))-1,
			"定めがないため、利息・元本の順に充当した（民法489条の順序）", "nothing is said: to interest first, then to principal",
			Option{"interest-first", contracts.Text{JA: "遅延損害金から", EN: "to interest first"}},
			Option{"principal-first", contracts.Text{JA: "元本から", EN: "to principal first"}})
	} else {
		x.assume("paid_on."+c.ID, "支払日の記録がない既払金は、遅滞の前に支払われたものとした", "payments without a day are taken as made before the delay")
	}
	choice("owed_back", "返還すべき額の遅延損害金", "interest on what is owed back", false, 0,
		"払い過ぎた額を返還する場合も、同じ利率と起算日によるものとした", "what was overpaid bears the same interest from the same day",
		Option{"bears-interest", contracts.Text{JA: "付する", EN: "it bears interest"}},
		Option{"no-interest", contracts.Text{JA: "付さない", EN: "it bears none"}})
}

func (x *accruing) chosen(name string, option int64) formula.Expr {
	return eq(formula.Param{Name: name + "." + x.c.ID}, option)
}

// run tells the balance from stretch to stretch.
func (x *accruing) run(owed formula.Expr) formula.Expr {
	c := x.c
	principal := x.column("principal", owed, Amount, "元本（遅延損害金・既払金を除く）", "principal, before interest and payments")
	delay, to := x.delay(), formula.Expr(formula.Param{Name: "to." + c.ID})
	out := formula.If{Cond: x.chosen("ends", 1), Then: formula.Const{V: 1}, Else: formula.Const{V: 0}}
	start := x.column("first_day."+c.ID, formula.Min{A: formula.Add{A: delay, B: out}, B: plus(to, 1)}, Day, "起算日", "first day of interest")
	num, den := x.rateColumns(delay)
	payments := x.payments()
	balance, unpaid := principal, formula.Expr(formula.Const{V: 0})
	if !x.p.Shape.PaidOn {
		for _, p := range payments {
			balance = formula.Sub{A: balance, B: p}
		}
		payments = nil
	}
	var sum []formula.Expr
	for i := range len(payments) + 1 {
		s := stretch{start: start}
		if len(payments) > 0 {
			s.suffix, s.ja, s.en = fmt.Sprintf("#%d", i+1), fmt.Sprintf("（第%d期間）", i+1), fmt.Sprintf(" (stretch %d)", i+1)
		}
		base := x.column(x.name("base", s), formula.If{Cond: x.chosen("owed_back", 0), Then: balance, Else: formula.Max{A: balance, B: formula.Const{V: 0}}}, Amount,
			"遅延損害金の付く元本"+s.ja, "principal that bears interest"+s.en)
		end := to
		if i < len(payments) {
			end = formula.Max{A: formula.Sub{A: start, B: formula.Const{V: 1}}, B: formula.Min{A: formula.Col{Name: paidDay(i)}, B: to}}
		}
		s.end = x.column(x.name("last_day", s), end, Day, "末日"+s.ja, "last day"+s.en)
		interest := x.column(x.name("interest", s), x.accrued(s, base, num, den), Amount, "遅延損害金"+s.ja, "interest"+s.en)
		sum = append(sum, interest)
		if i == len(payments) {
			break
		}
		due := formula.Expr(interest)
		if i > 0 {
			due = formula.Add{A: unpaid, B: interest}
		}
		due = x.column(x.name("due", s), due, Amount, "支払時の遅延損害金の残高"+s.ja, "interest due at the payment"+s.en)
		taken := x.appropriated(s, payments[i], balance, due)
		unpaid = formula.Sub{A: due, B: taken}
		rest := x.column(x.name("to_principal", s), formula.Sub{A: payments[i], B: taken}, Amount, "元本への充当額"+s.ja, "paid towards principal"+s.en)
		balance = x.column(x.name("left", s), formula.Sub{A: balance, B: rest}, Amount, "充当後の元本"+s.ja, "principal left"+s.en)
		start = x.test(x.name("next_day", s), plus(s.end, 1), Day, "次の期間の初日"+s.ja, "first day after"+s.en)
	}
	x.posting(c.ID, RuleInterest, x.refs, formula.Sum(sum...))
	x.p.interest = x.tale(len(payments))
	return formula.Col{Name: "post." + c.ID}
}

// appropriated is the part of a payment that goes to interest.
func (x *accruing) appropriated(s stretch, paid, balance, due formula.Expr) formula.Expr {
	zero := formula.Const{V: 0}
	last := formula.Max{A: formula.Sub{A: paid, B: formula.Max{A: balance, B: zero}}, B: zero} // what the principal leaves over
	interestFirst := formula.Max{A: formula.Min{A: paid, B: due}, B: zero}
	principalFirst := formula.Max{A: formula.Min{A: last, B: due}, B: zero}
	return x.column(x.name("to_interest", s), formula.If{Cond: x.chosen("appropriation", 0), Then: interestFirst, Else: principalFirst}, Amount,
		"遅延損害金への充当額"+s.ja, "paid towards interest"+s.en)
}

// payments lists what was paid, the first payment first.
func (k *compiler) payments() []formula.Expr {
	var out []formula.Expr
	for i := range k.p.Shape.FurtherPayments + 1 {
		e, _ := k.ifPaidCounts(formula.Col{Name: paidColumn(i)})
		out = append(out, e)
	}
	return out
}

// paidColumn and paidDay name the columns of payment i, counted from 0.
func paidColumn(i int) string {
	if i == 0 {
		return "paid"
	}
	return fmt.Sprintf("paid.%d", i+1)
}

func paidDay(i int) string {
	if i == 0 {
		return "paid_on"
	}
	return fmt.Sprintf("paid_on.%d", i+1)
}

// delay is the day on which the delay began.
func (x *accruing) delay() formula.Expr {
	c := x.c
	switch {
	case x.from.IsZero() && c.Ground == contracts.OnTort:
		return x.column("delay."+c.ID, x.firstLoss(), Day, "遅滞に陥った日", "day on which the delay began")
	case !c.NeedsDemand():
		return x.column("delay."+c.ID, formula.Param{Name: "from." + c.ID}, Day, "遅滞に陥った日", "day on which the delay began")
	}
	on := x.inputOnce("demanded_on", Day, "請求を受けた日", "day of the demand")
	after := formula.Expr(on)
	if c.Ground == contracts.OnContract {
		after = plus(on, 1)
	}
	return x.column("delay."+c.ID, formula.If{Cond: formula.Compare{Op: formula.More, A: on, B: formula.Const{V: 0}}, Then: after, Else: plus(formula.Param{Name: "to." + c.ID}, 1)},
		Day, "遅滞に陥った日", "day on which the delay began")
}

// days finds when interest begins and ends, and adds the parameters for both.
func (x *accruing) days() bool {
	c, in := x.c, x.p.Incident
	x.to = c.To
	why, origin := contracts.Text{JA: "条項による", EN: "as the clause says"}, FromContract
	if x.to.IsZero() {
		x.to, origin = in.AsOf, FromIncident
		why = contracts.Text{JA: "算定の基準日による", EN: "the day as of which the case is worked out"}
	}
	if x.to.IsZero() {
		x.wrong(c.At, "interest.to", "E_REQUIRED", "nothing says up to which day interest runs", "write to: a date, or as_of in the case")
		return false
	}
	x.first = in.day()
	if x.first.IsZero() || x.to.Cmp(x.first) < 0 {
		x.first = x.to
	}
	switch {
	case !c.From.IsZero():
		x.from = c.From
	case c.Ground == contracts.OnTort:
		days := x.lossDays()
		x.from = days[0].day
		if slices.ContainsFunc(days, func(d lossDay) bool { return d.day != x.from }) { // each customer has its own
			x.from = contracts.Date{}
			x.assume("from."+c.ID, "損害が複数の日に生じうるため、顧客ごとに最初の損害の日から全額について起算した", "losses may have arisen on several days: interest runs on the whole from the first of each customer")
		}
	case !c.Demanded.IsZero() && c.Ground == contracts.OnContract:
		x.from = c.Demanded.AddDays(1)
	case !c.Demanded.IsZero():
		x.from = c.Demanded
	case !x.p.Shape.Demanded:
		x.wrong(c.At, "interest.ground", "E_REQUIRED", "interest begins with the demand, and nothing says when payment was demanded", "add the column demanded_on to the customer list, or write demanded or from")
		return false
	}
	if !x.from.IsZero() && x.from.Cmp(x.first) < 0 {
		x.first = x.from
	}
	if x.to.Cmp(x.first) < 0 || x.to.Year-x.first.Year > mostYears {
		x.wrong(c.At, "interest.to", "E_RANGE", fmt.Sprintf("interest from %s to %s", x.first, x.to), fmt.Sprintf("let it end after it begins, and run %d years at most", mostYears))
		return false
	}
	x.last = contracts.Date{Year: x.to.Year + yearsOnward, Month: 12, Day: 31}
	day := func(name, ja, en string, d contracts.Date, from Origin, why contracts.Text, span contracts.DateSpan) {
		x.param(Parameter{Name: name + "." + c.ID, Kind: OnDay, Default: plain(Serial(d)), From: from, Why: why, Refs: []contracts.Ref{c.Ref}, Days: span,
			Label: contracts.Text{JA: ja + ": " + c.Ref.String(), EN: en + ": " + c.Ref.String()}})
	}
	if !x.from.IsZero() {
		fromWhy, from := contracts.Text{JA: "条項による", EN: "as the clause says"}, FromContract
		if c.From.IsZero() && c.Ground == contracts.OnTort {
			fromWhy, from = contracts.Text{JA: "損害が最初に生じた日から遅滞に陥る", EN: "a tort is in delay from the first day of the loss"}, FromIncident
		}
		day("from", "遅滞に陥った日", "day on which the delay began", x.from, from, fromWhy, contracts.DateSpan{From: x.first, Until: x.to.AddDays(1)})
	}
	day("to", "遅延損害金の末日", "last day of interest", x.to, origin, why, contracts.DateSpan{From: x.first, Until: x.last.AddDays(1)})
	return true
}

const (
	mostYears   = 60 // over which interest runs
	yearsOnward = 20 // by which its last day can be put off
)

// lossDay is the day on which a phase began.
type lossDay struct {
	phase string
	day   contracts.Date
}

// lossDays are the days of the phases in which losses may be claimed, or of the incident where none may be.
func (x *accruing) lossDays() []lossDay {
	in := x.p.Incident
	loc, _ := contracts.LoadZone(in.Zone) // checked by Validate
	var out []lossDay
	for _, ph := range x.phases {
		out = append(out, lossDay{ph.ID, contracts.DateOf(ph.Period.Start, loc)})
	}
	if len(out) == 0 {
		return []lossDay{{"", in.day()}}
	}
	return out
}

// firstLoss is the first day on which a loss of the customer arose that is admitted; without one it is after the last day of interest.
func (x *accruing) firstLoss() formula.Expr {
	after := plus(formula.Param{Name: "to." + x.c.ID}, 1)
	first := after
	for _, d := range x.lossDays() {
		var of []formula.Expr
		for _, l := range x.p.lines {
			if l.Phase == d.phase {
				of = append(of, formula.Col{Name: "admitted." + x.lineName(l)})
			}
		}
		arose := formula.Compare{Op: formula.More, A: formula.Sum(of...), B: formula.Const{V: 0}}
		first = formula.Min{A: first, B: formula.If{Cond: arose, Then: formula.Const{V: Serial(d.day)}, Else: after}}
	}
	return first
}
