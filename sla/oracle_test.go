package sla_test

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"pgregory.net/rapid"
)

// plainCase is a contract of one exemption with a carve-out, own fault, a cap on each subscription, a cap over all, a credit set off,
// a head added after the offset, and payments: what the plain calculation below can work out.
type plainCase struct {
	law        bool // of Japan on 20 June 2012
	disputed   bool // the rule of 2003 against limits under gross negligence applies
	capFirst   bool
	mode       contracts.Rounding
	exemptHead string // empty: all heads
	liftAt     contracts.Grade
	liftFor    string // consumer, fact or nobody
	capTimes   contracts.Ratio
	capLiftAt  contracts.Grade // none: never
	pool       contracts.Amount
	hasPool    bool
	setOff     bool
	added      bool
	rate       contracts.Ratio // of the credit
	grades     [2]contracts.Grade
	share      contracts.Ratio // own fault of all
	factShare  contracts.Ratio // of whom the fact is true of
	rows       []plainRow
}

// plainRow is a customer; loss is by head (repair, fees) and phase.
type plainRow struct {
	id, subscription string
	consumer, fact   bool
	fee, fees, paid  int64
	loss             [2][2]int64
}

func rat(a int64) *big.Rat { return big.NewRat(a, 1) }

// rounded is x ≥ 0 in whole units.
func rounded(x *big.Rat, mode contracts.Rounding) int64 {
	q, rest := new(big.Int).QuoRem(x.Num(), x.Denom(), new(big.Int))
	twice := new(big.Int).Lsh(rest, 1).Cmp(x.Denom())
	up := map[contracts.Rounding]bool{
		contracts.RoundUp: rest.Sign() > 0, contracts.RoundHalfUp: twice >= 0, contracts.RoundHalfDown: twice > 0, contracts.RoundHalfEven: twice > 0 || twice == 0 && q.Bit(0) == 1,
	}[mode]
	if up {
		q.Add(q, big.NewInt(1))
	}
	return q.Int64()
}

func (c plainCase) part(a int64, r contracts.Ratio) int64 {
	return rounded(new(big.Rat).Mul(rat(a), big.NewRat(r.Num(), r.Den())), c.mode)
}

// kept is what is left of a sum after the row's own share.
func (c plainCase) kept(a int64, r plainRow) int64 {
	s := c.share
	if r.fact {
		s = c.factShare
	}
	left := new(big.Rat).Sub(rat(1), big.NewRat(s.Num(), s.Den()))
	return rounded(left.Mul(left, rat(a)), c.mode)
}

// exempt says whether the exemption frees the provider of a loss. Article 8(1)1 protects consumers from it, article 90 everyone from
// intent; the carve-out lifts it from a grade on, or for some customers.
func (c plainCase) exempt(r plainRow, head, phase int) bool {
	g := c.grades[phase]
	switch {
	case c.exemptHead == "repair" && head != 0, c.exemptHead == "fees" && head != 1:
		return false
	case c.liftAt != contracts.NoFault && g >= c.liftAt, c.liftFor == "consumer" && r.consumer, c.liftFor == "fact" && r.fact:
		return false
	}
	return !c.law || !r.consumer && g < contracts.Intent
}

// limited says whether a limit stands in a phase: by its own words (lift, none for never), by article 8(1)2 for consumers from gross negligence on,
// by the rule of 2003 from gross negligence on where it applies, and by article 90 for intent.
func (c plainCase) limited(r plainRow, phase int, lift contracts.Grade) bool {
	g := c.grades[phase]
	if lift != contracts.NoFault && g >= lift {
		return false
	}
	return !c.law || g < contracts.Gross || g < contracts.Intent && !r.consumer && !c.disputed
}

// state is a row on its way through the rules.
type state struct {
	row    plainRow
	arose  [2]int64 // damages by phase, as they came in
	now    int64
	added  int64
	credit int64
	halved bool // own fault was taken
}

// outside is what a limit leaves alone: the damages of phases in which it does not stand, less own fault where that was taken, and
// never more than is left.
func (c plainCase) outside(s *state, lift contracts.Grade) int64 {
	var sum int64
	for phase, a := range s.arose {
		if !c.limited(s.row, phase, lift) {
			sum += a
		}
	}
	if s.halved {
		sum = c.kept(sum, s.row)
	}
	return min(sum, s.now)
}

// payables works out every row, in the order of the rows.
func (c plainCase) payables() []int64 {
	states := make([]*state, len(c.rows))
	for i, r := range c.rows {
		s := &state{row: r, credit: c.part(r.fee, c.rate)}
		for head := range 2 {
			for phase := range 2 {
				a := r.loss[head][phase]
				if c.law && c.grades[phase] == contracts.NoFault || c.exempt(r, head, phase) {
					a = 0 // no fault, or exempt
				}
				if head == 1 && c.added {
					s.added += a
				} else {
					s.arose[phase] += a
				}
			}
		}
		s.now = s.arose[0] + s.arose[1]
		states[i] = s
	}
	own := func() {
		for _, s := range states {
			s.now, s.halved = c.kept(s.now, s.row), true
		}
	}
	setOff := func() {
		for _, s := range states {
			if c.setOff {
				s.now = max(s.now-s.credit, 0)
			}
		}
	}
	limits := func() {
		for _, s := range states {
			free := c.outside(s, c.capLiftAt)
			s.now = free + min(s.now-free, c.part(s.row.fees, c.capTimes))
		}
		if c.hasPool {
			c.shareOut(states)
		}
	}
	if c.capFirst {
		limits()
		setOff()
		own()
	} else {
		own()
		setOff()
		limits()
	}
	var out []int64
	for _, s := range states {
		out = append(out, s.now+s.credit+s.added-s.row.paid)
	}
	return out
}

// shareOut divides the cap over all by running sums in the order of customer and subscription.
func (c plainCase) shareOut(states []*state) {
	sorted := slices.Clone(states)
	slices.SortFunc(sorted, func(a, b *state) int {
		return cmp.Or(cmp.Compare(a.row.id, b.row.id), cmp.Compare(a.row.subscription, b.row.subscription))
	})
	free := map[*state]int64{}
	var total int64
	for _, s := range sorted {
		free[s] = c.outside(s, contracts.NoFault)
		total += s.now - free[s]
	}
	if total <= int64(c.pool) {
		return
	}
	var sum, given int64
	for _, s := range sorted {
		sum += s.now - free[s]
		upTo := rounded(new(big.Rat).Mul(rat(sum), big.NewRat(int64(c.pool), total)), contracts.RoundDown)
		s.now = free[s] + upTo - given
		given = upTo
	}
}

func drawPlain(t *rapid.T) plainCase {
	d := drawing{t}
	grade := func(low contracts.Grade) contracts.Grade { return contracts.Grade(d.in(int(low), 3)) }
	c := plainCase{
		law: d.oneIn(2), disputed: d.oneIn(2), capFirst: d.oneIn(2), mode: contracts.Rounding(d.in(1, 5)),
		exemptHead: rapid.SampledFrom([]string{"", "repair", "fees"}).Draw(t, "head"), liftAt: grade(0), liftFor: rapid.SampledFrom([]string{"consumer", "fact", "nobody"}).Draw(t, "for"),
		capTimes: ratio(int64(d.in(1, 9)), int64(d.in(1, 5))), capLiftAt: grade(0), pool: d.upTo(4000), hasPool: d.oneIn(2), setOff: d.oneIn(2), added: d.oneIn(2),
		rate: ratio(int64(d.in(1, 3)), int64(d.in(3, 7))), grades: [2]contracts.Grade{grade(0), grade(0)}, share: d.ratio(1), factShare: d.ratio(1),
	}
	for i := range d.in(1, 15) {
		r := plainRow{id: fmt.Sprintf("c%d", d.in(0, 5)), subscription: fmt.Sprint(i), consumer: d.oneIn(3), fact: d.oneIn(3), fee: int64(d.upTo(999)), fees: int64(d.upTo(1500)), paid: int64(d.upTo(40))}
		for head := range 2 {
			for phase := range 2 {
				if d.oneIn(2) {
					r.loss[head][phase] = int64(d.upTo(1200))
				}
			}
		}
		c.rows = append(c.rows, r)
	}
	return c
}

// build writes the case as a contract, an incident, findings and customers.
func (c plainCase) build(t testing.TB) (*sla.Run, []sla.Customer) {
	tr := trial{law: map[bool]string{true: "jp"}[c.law], rounding: c.mode}
	lost := happening("one", "data-loss", "2012-06-20 08:00", 30)
	second := lost.Phases[0]
	second.ID, second.Title = "two", text("two")
	lost.Phases = append(lost.Phases, second)
	tr.events = []sla.Event{lost}
	if c.capFirst {
		tr.order = []contracts.Stage{contracts.StageCap, contracts.StageSetOff, contracts.StageOwnFault}
	}
	exempt := &contracts.Exemption{Provision: prov("exempt")}
	if c.exemptHead != "" {
		exempt.Heads = []string{c.exemptHead}
	}
	var lifts []contracts.Condition
	if c.liftAt != contracts.NoFault {
		lifts = append(lifts, contracts.Condition{Grade: c.liftAt})
	}
	switch c.liftFor {
	case "consumer":
		lifts = append(lifts, consumer)
	case "fact":
		lifts = append(lifts, noBackup)
	}
	tr.clauses = append(promised(func(_ *contracts.Availability, k *contracts.Credit) { k.Tiers[0].Rate = c.rate }, anyDowntime), exempt,
		&contracts.OwnFault{Provision: prov("own")}, &contracts.Cap{Provision: provUnless("cap", contracts.Condition{Grade: c.capLiftAt}), Base: contracts.FeesPaidToDate, Times: c.capTimes, Per: contracts.PerSubscription})
	if lifts != nil {
		tr.clauses = append(tr.clauses, &contracts.CarveOut{Provision: prov("lift", contracts.Condition{Any: lifts}), Lifts: []string{"exempt"}})
	}
	if c.hasPool {
		tr.clauses = append(tr.clauses, fixed("pool", c.pool, contracts.PerIncident))
	}
	if c.setOff {
		tr.clauses = append(tr.clauses, &contracts.SetOff{Provision: prov("set-off")})
	}
	if c.added {
		tr.clauses = append(tr.clauses, &contracts.AddedAfterOffset{Provision: prov("added"), Heads: []string{"fees"}})
	}
	tr.findings = []sla.Finding{found("grade.one", c.grades[0].String()), found("grade.two", c.grades[1].String()), found("own_fault", c.share.String()), found("own_fault.no-backup", c.factShare.String()),
		found("own_fault.warned", "1")}
	if c.law {
		tr.findings = append(tr.findings, found("law.jp.sc-2003-02-28", map[bool]string{true: "applies", false: "does-not-apply"}[c.disputed]))
	}
	var customers []sla.Customer
	for _, r := range c.rows {
		k := sla.Customer{ID: r.id, Subscription: r.subscription, Consumer: r.consumer, MonthlyFee: contracts.Amount(r.fee), FeesPaid: contracts.Amount(r.fees), Paid: contracts.Amount(r.paid)}
		if r.fact {
			k.Facts = []string{"no-backup"}
		}
		for head, name := range []string{"repair", "fees"} {
			for phase, id := range []string{"one", "two"} {
				k.Claims = append(k.Claims, loss(name, id, contracts.Amount(r.loss[head][phase])))
			}
		}
		customers = append(customers, k)
	}
	return tr.run(t), customers
}

// TestPlainCalculationAgrees compares the engine with the fractions above, row by row.
func TestPlainCalculationAgrees(t *testing.T) {
	seen, cases, rows := classes{}, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		c := drawPlain(rt)
		run, customers := c.build(t)
		want := c.payables()
		cases++
		rows += len(want)
		paid, negative := false, false
		for i, got := range payables(t, run, customers) {
			if int64(got) != want[i] {
				rt.Fatalf("row %d of %+v: got %d, want %d", i, c, got, want[i])
			}
			paid, negative = paid || got > 0, negative || got < 0
		}
		for class, is := range map[string]bool{"paid": paid, "owed back": negative, "law": c.law, "cap first": c.capFirst, "pool": c.hasPool, "set-off": c.setOff, "added": c.added, "two grades": c.grades[0] != c.grades[1]} { // order: counts
			if is {
				seen[class]++
			}
		}
	})
	t.Log(rows, seen)
	seen.check(t, cases, "paid", "owed back", "law", "cap first", "pool", "set-off", "added", "two grades")
	if cases >= 400 && rows < 2000 {
		t.Errorf("only %d rows were compared", rows)
	}
}
