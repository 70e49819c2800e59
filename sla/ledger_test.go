package sla_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
	"pgregory.net/rapid"
)

// TestMain draws 500 cases a law unless the command says how many.
func TestMain(m *testing.M) {
	flag.Parse()
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue {
		_ = f.Value.Set("500")
	}
	os.Exit(m.Run())
}

// ledgerCase is a random contract, its incident and its customers.
type ledgerCase struct {
	contract  *contracts.Contract
	incident  *sla.Incident
	shape     sla.Shape
	findings  []sla.Finding
	customers []sla.Customer
}

// drawLedger draws clauses of every kind that moves damages, two events with phases of their own grades, and customers
// with several subscriptions.
func drawLedger(t *rapid.T) ledgerCase {
	odds := func(name string, of int) bool { return rapid.IntRange(1, of).Draw(t, name) == 1 }
	prov := func(id string) contracts.Provision {
		p := contracts.Provision{ID: id, Ref: contracts.Ref{Doc: "T", Section: id}}
		switch rapid.IntRange(0, 5).Draw(t, id+".cond") {
		case 0:
			p.Unless = contracts.Condition{Grade: contracts.Gross}
		case 1:
			p.When = contracts.Condition{Consumer: contracts.Businesses}
		case 2:
			p.When = contracts.Condition{Any: []contracts.Condition{{Fact: "f"}, {Grade: contracts.Gross}}}
		}
		return p
	}
	jpy, _ := contracts.CurrencyOn("JPY", "")
	c := &contracts.Contract{ID: "t", Title: text("t"), Currency: jpy, Zone: "Asia/Tokyo", Rounding: contracts.Rounding(rapid.IntRange(1, 5).Draw(t, "rounding"))}
	if odds("jp", 2) {
		c.Law = "jp"
	}
	if odds("order", 3) {
		c.Order = []contracts.Stage{contracts.StageCap, contracts.StageSetOff, contracts.StageOwnFault}
	}
	add := func(name string, cl contracts.Clause) {
		if odds("has."+name, 2) {
			c.Clauses = append(c.Clauses, cl)
		}
	}
	c.Clauses = append(c.Clauses,
		&contracts.Exemption{Provision: prov("exempt"), Events: []string{"data-loss"}},
		&contracts.CarveOut{Provision: prov("carve"), Lifts: []string{"exempt", "cap"}},
		&contracts.Cap{Provision: prov("cap"), Base: contracts.FeesPaidToDate, Times: contracts.MustRatio(rapid.Int64Range(1, 7).Draw(t, "times"), 3), Per: contracts.Per(rapid.IntRange(0, 2).Draw(t, "per"))})
	add("exclude", &contracts.LossExclusion{Provision: prov("exclude"), Heads: []string{"b"}})
	add("own", &contracts.OwnFault{Provision: prov("own"), PerHead: odds("per-head", 3), Events: rapid.SampledFrom([][]string{nil, {"data-loss"}}).Draw(t, "own.events")})
	add("added", &contracts.AddedAfterOffset{Provision: prov("added"), Heads: []string{"fees"}})
	add("pool", &contracts.Cap{Provision: prov("pool"), Fixed: contracts.Amount(rapid.Int64Range(0, 3000).Draw(t, "pool")), Per: contracts.PerIncident})
	if odds("has.credit", 2) {
		c.Clauses = append(c.Clauses,
			&contracts.Availability{Provision: contracts.Provision{ID: "up"}, Target: contracts.MustRatio(99, 100)},
			&contracts.Credit{Provision: prov("credit"), Of: "up", Tiers: []contracts.Tier{{Bound: contracts.MustRatio(999, 1000), Rate: contracts.MustRatio(1, 10)}, {Bound: contracts.MustRatio(99, 100), Rate: contracts.MustRatio(1, 3)}}})
		add("offset", &contracts.SetOff{Provision: prov("offset")})
		add("sole", &contracts.SoleRemedy{Provision: prov("sole"), Events: []string{"outage"}})
	}
	in := &sla.Incident{ID: "i", Title: text("i"), Zone: "Asia/Tokyo", Facts: []sla.Named{{ID: "f", Title: text("f")}},
		Heads:   []sla.Named{{ID: "a", Title: text("a")}, {ID: "b", Title: text("b")}, {ID: "fees", Title: text("fees")}},
		Parties: []sla.Party{{ID: "p", Title: text("p")}, {ID: "q", Title: text("q")}},
		Events: []sla.Event{
			{ID: "loss", Kind: "data-loss", Title: text("loss"), Phases: []sla.Phase{{ID: "one", Title: text("one"), Period: period("2026-01-31 10:00", 120), Impact: sla.Outage}, {ID: "two", Title: text("two"), Period: period("2026-01-31 12:00", 300), Impact: sla.Outage}}},
			{ID: "down", Kind: "outage", Title: text("down"), Phases: []sla.Phase{{ID: "three", Title: text("three"), Period: period("2026-01-31 14:30", 60), Impact: sla.Outage}}},
		}}
	lc := ledgerCase{contract: c, incident: in, shape: sla.Shape{Affected: true, OwnShare: true}}
	for _, h := range []string{"a", "b", "fees"} {
		for _, ph := range []string{"one", "two", "three"} {
			lc.shape.Lines = append(lc.shape.Lines, sla.Line{Head: h, Phase: ph})
		}
	}
	grade := rapid.SampledFrom([]string{"ordinary", "gross", "intent", "ordinary"})
	for _, ph := range []string{"one", "two", "three"} {
		lc.findings = append(lc.findings, sla.Finding{Name: "grade." + ph, Value: grade.Draw(t, ph)})
	}
	if c.Law == "jp" {
		lc.findings = append(lc.findings, sla.Finding{Name: "law.jp.sc-2003-02-28", Value: rapid.SampledFrom([]string{"applies", "does-not-apply"}).Draw(t, "sc")})
	}
	if c.Law == "jp" || slices.ContainsFunc(c.Clauses, func(cl contracts.Clause) bool { return contracts.Kind(cl) == "own_fault" }) {
		lc.findings = append(lc.findings, sla.Finding{Name: "own_fault.f", Value: rapid.SampledFrom([]string{"0", "1/3", "50%", "1"}).Draw(t, "own share")})
	}
	n := rapid.IntRange(1, 12).Draw(t, "rows")
	for i := range n {
		cu := sla.Customer{ID: fmt.Sprintf("c%d", rapid.IntRange(0, 5).Draw(t, "id")), Subscription: fmt.Sprint(i), Consumer: odds("consumer", 3),
			MonthlyFee: contracts.Amount(rapid.Int64Range(0, 500).Draw(t, "fee")), FeesPaid: contracts.Amount(rapid.Int64Range(0, 2000).Draw(t, "fees")), Paid: contracts.Amount(rapid.Int64Range(0, 50).Draw(t, "paid"))}
		if odds("fact", 2) {
			cu.Facts = []string{"f"}
		}
		if odds("unaffected", 4) {
			cu.Affected = []string{"loss"}
		}
		for _, l := range lc.shape.Lines {
			if odds("claims", 3) {
				cu.Claims = append(cu.Claims, sla.Claim{Head: l.Head, Phase: l.Phase, Claimed: contracts.Amount(rapid.Int64Range(0, 1500).Draw(t, "claim"))})
			}
		}
		lc.customers = append(lc.customers, cu)
	}
	return lc
}

// assessAll gives every row's columns by customer and subscription, checking the ledger as it goes.
func (lc ledgerCase) assessAll(t *rapid.T, customers []sla.Customer, see func(*sla.Run, sla.Row)) (map[string]contracts.Amount, *sla.Totals) {
	p, err := sla.Compile(lc.contract, lc.incident, lc.shape)
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Settle(sla.Findings{ID: "f", Values: lc.findings}, nil)
	if err != nil {
		t.Fatal(err)
	}
	run, err := p.Bind(s)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]contracts.Amount{}
	a := run.Assess(each(customers...))
	for row, err := range a.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		out[row.Customer.ID+"/"+row.Customer.Subscription] = row.Payable()
		if see != nil {
			see(run, row)
		}
	}
	return out, a.Totals()
}

// classes counts what the cases drawn have in them, so that a law is not proved on empty cases.
type classes map[string]int

func (c classes) check(t *testing.T, total int, names ...string) {
	t.Helper()
	if total < 400 {
		return // -short, or a seed replayed: too few to tell
	}
	for _, n := range names {
		if c[n]*100 < total {
			t.Errorf("only %d of %d cases have %q", c[n], total, n)
		}
	}
}

// TestLedgerLaws: postings sum to the payable; every column is what the plain reading of the language gives; the payable
// stays within the caps that stand; what a shared cap gives out is the lesser of the cap and what is due.
func TestLedgerLaws(t *testing.T) {
	seen, total := classes{}, 0
	rapid.Check(t, func(t *rapid.T) {
		lc := drawLedger(t)
		total++
		class := map[string]bool{}
		var poolIn, poolOut, poolFree, poolLimit int64
		_, totals := lc.assessAll(t, lc.customers, func(run *sla.Run, r sla.Row) {
			p := run.Program
			col := func(name string) int64 { return r.Value(p.Index(name)) }
			var sum contracts.Amount
			for s := range r.Steps() {
				sum += s.Delta
				class[string(s.Effect)] = true
				class[string(s.Rule)+" "+string(s.Effect)] = true
			}
			if sum != r.Payable() {
				t.Fatalf("postings sum to %d, payable is %d", sum, r.Payable())
			}
			for i, c := range p.Columns {
				if c.Expr == nil {
					continue
				}
				if got, err := formula.Eval(c.Expr, r.Env()); err != nil || got != r.Value(i) {
					t.Fatalf("%s: read plainly %d, %v; engine %d", c.Name, got, err, r.Value(i))
				}
			}
			if int64(r.Payable()) < -col("paid") {
				t.Fatalf("payable %d is less than what was paid back", r.Payable())
			}
			if over, why := aboveCap(r); over {
				t.Fatalf("above the cap, which stands: %s", why)
			}
			if i := p.Index("total.pool"); i >= 0 {
				poolIn, poolLimit = r.Value(i), col("limit.pool")
				poolFree += col("free.pool")
				poolOut += col("after.pool")
			}
		})
		if poolOut-poolFree != min(poolIn, poolLimit) && totals.Rows > 0 && poolIn > 0 {
			t.Fatalf("the shared cap gives %d, want the lesser of %d and %d", poolOut-poolFree, poolIn, poolLimit)
		}
		if poolIn > poolLimit {
			class["pool binds"] = true
		}
		for c := range class { // order: counts
			seen[c]++
		}
	})
	seen.check(t, total, "applied", "not-reached", "lifted", "struck", "not-met", "cap applied", "cap lifted", "exempt applied", "own-fault applied", "pool binds", "set-off applied", "added applied")
}

// aboveCap reports whether a row leaves the cap's stage with more than the cap allows. What arose in phases in which the cap does not
// stand is free; a cap over a customer's rows limits their sum, which the pool's own law covers.
func aboveCap(r sla.Row) (bool, string) {
	p := r.Run().Program
	if p.Index("total.cap") >= 0 {
		return false, ""
	}
	for _, suffix := range []string{"", "#loss", "#down"} {
		after, free, stands := p.Index("after.cap"+suffix), p.Index("free.cap"+suffix), p.Index("stands.cap@three")
		if after < 0 {
			continue
		}
		allowed := r.Value(p.Index("cap.cap"))
		switch {
		case free >= 0:
			allowed += r.Value(free)
		case r.Value(stands) == 0: // the event with one phase: all or nothing
			continue
		}
		if r.Value(after) > allowed || r.Value(after) < 0 {
			return true, fmt.Sprintf("%d of %d", r.Value(after), allowed)
		}
	}
	return false, ""
}

// TestOrderOfRowsAndClaimsChangesNothing shuffles both.
func TestOrderOfRowsAndClaimsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lc := drawLedger(t)
		want, _ := lc.assessAll(t, lc.customers, nil)
		shuffled := rapid.Permutation(lc.customers).Draw(t, "rows")
		for i := range shuffled {
			shuffled[i].Claims = rapid.Permutation(shuffled[i].Claims).Draw(t, "claims")
		}
		got, _ := lc.assessAll(t, shuffled, nil)
		for k, v := range want { // order: each is compared
			if got[k] != v {
				t.Fatalf("%s: %d in one order, %d in another", k, v, got[k])
			}
		}
	})
}

// TestRaisingACapNeverLowersTheTotal raises the cap on each row and the shared one. A single row may lose a unit when the shared cap
// grows, as cumulative rounding moves it to a neighbour; the total may not where nothing takes a part of the rows after it (sharesSettle).
func TestRaisingACapNeverLowersTheTotal(t *testing.T) {
	raised := 0
	rapid.Check(t, func(t *rapid.T) {
		lc := drawLedger(t)
		if !sharesSettle(lc.contract) {
			return
		}
		_, before := lc.assessAll(t, lc.customers, nil)
		for _, cl := range lc.contract.Clauses {
			if c, ok := cl.(*contracts.Cap); ok {
				c.Fixed += contracts.Amount(rapid.Int64Range(0, 500).Draw(t, "more"))
				c.Times = contracts.MustRatio(c.Times.Num()+rapid.Int64Range(0, 3).Draw(t, "more times")*c.Times.Den(), c.Times.Den())
			}
		}
		_, after := lc.assessAll(t, lc.customers, nil)
		if after.Payable() < before.Payable() {
			t.Fatalf("raising caps lowered the total from %d to %d", before.Payable(), after.Payable())
		}
		if after.Payable() > before.Payable() {
			raised++
		}
	})
	if raised == 0 {
		t.Error("no cap that was raised ever mattered")
	}
}

// creditContract pays 10 % below 99.9 % and a third below 99 %, each calendar month.
func creditContract(t testing.TB) *contracts.Contract {
	return &contracts.Contract{ID: "t", Title: text("t"), Currency: jpy(t), Zone: "Asia/Tokyo", Rounding: contracts.RoundDown, Clauses: []contracts.Clause{
		&contracts.Availability{Provision: contracts.Provision{ID: "up"}, Target: contracts.MustRatio(999, 1000)},
		&contracts.Credit{Provision: contracts.Provision{ID: "credit"}, Of: "up", Tiers: []contracts.Tier{{Bound: contracts.MustRatio(999, 1000), Rate: contracts.MustRatio(1, 10)}, {Bound: contracts.MustRatio(99, 100), Rate: contracts.MustRatio(1, 3)}}},
	}}
}

func creditOf(t testing.TB, phases ...sla.Phase) contracts.Amount {
	t.Helper()
	in := &sla.Incident{ID: "i", Title: text("i"), Zone: "Asia/Tokyo", Events: []sla.Event{{ID: "e", Kind: "outage", Title: text("e"), Phases: phases}}}
	run := mustRun(t, creditContract(t), in, sla.Shape{})
	a := run.Assess(each(sla.Customer{ID: "c", MonthlyFee: 1000}))
	for _, err := range a.Rows() {
		if err != nil {
			t.Fatal(err)
		}
	}
	return a.Totals().Payable()
}

// TestCreditThresholds: June has 43,200 minutes; 99.9 % allows 43 min 12 s, 99 % allows 432 min.
func TestCreditThresholds(t *testing.T) {
	at := time.Date(2026, 6, 10, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name string
		down time.Duration
		want contracts.Amount
	}{
		{"a millisecond below the first threshold earns nothing", 43*time.Minute + 12*time.Second - time.Millisecond, 0},
		{"at the first threshold uptime is 99.9 %, not below it", 43*time.Minute + 12*time.Second, 0},
		{"a millisecond above it earns the first tier", 43*time.Minute + 12*time.Second + time.Millisecond, 100},
		{"at the second threshold the first tier holds", 432 * time.Minute, 100},
		{"a millisecond above it earns a third, the fraction dropped", 432*time.Minute + time.Millisecond, 333},
	}
	for _, tt := range tests {
		got := creditOf(t, sla.Phase{ID: "p", Title: text("p"), Impact: sla.Outage, Period: contracts.Period{Start: at, End: at.Add(tt.down)}})
		if got != tt.want {
			t.Errorf("%s: got %d, want %d", tt.name, got, tt.want)
		}
	}
}

// TestMoreDowntimeNeverPaysLess and a split outage pays the same as a whole one.
func TestMoreDowntimeNeverPaysLess(t *testing.T) {
	start := time.Date(2026, 5, 31, 10, 0, 0, 0, time.UTC) // the month ends five hours later in Tokyo
	phase := func(id string, from, to int64) sla.Phase {
		return sla.Phase{ID: id, Title: text(id), Impact: sla.Outage, Period: contracts.Period{Start: start.Add(time.Duration(from) * time.Second), End: start.Add(time.Duration(to) * time.Second)}}
	}
	paid := 0
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.Int64Range(2, 60_000).Draw(rt, "seconds")
		cut := rapid.Int64Range(1, n-1).Draw(rt, "cut")
		more := rapid.Int64Range(1, 10_000).Draw(rt, "more")
		whole := creditOf(t, phase("a", 0, n))
		if split := creditOf(t, phase("a", 0, cut), phase("b", cut, n)); split != whole {
			rt.Fatalf("%d s pay %d; cut at %d they pay %d", n, whole, cut, split)
		}
		if longer := creditOf(t, phase("a", 0, n+more)); longer < whole {
			rt.Fatalf("%d s pay %d, %d s pay %d", n, whole, n+more, longer)
		}
		if whole > 0 {
			paid++
		}
	})
	if paid == 0 {
		t.Error("no outage drawn was long enough to pay")
	}
}
