package sla_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestEveryRowIsSound: over contracts of every kind, postings sum to the payable, a row gives the same twice, each column is what the
// plain reading of its formula gives, damages are not negative, and no more than each cap allows.
func TestEveryRowIsSound(t *testing.T) {
	seen, total := classes{}, 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorldOf(t, true)
		total++
		class := map[string]bool{}
		bounds := newBounds(w)
		first, run, totals := w.assess(t, func(r sla.Row) {
			p := r.Run().Program
			var sum contracts.Amount
			for s := range r.Steps() {
				sum += s.Delta
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
			bounds.row(t, r, class)
		})
		bounds.pools(t, class)
		again, _, _ := w.assess(t, nil)
		if diff := cmp.Diff(first, again); diff != "" {
			t.Fatalf("the same input gives other rows (-first +again):\n%s", diff)
		}
		var sum contracts.Amount
		for _, o := range first { // order: a sum
			sum += o.Payable
		}
		if totals.Payable() != sum || totals.Rows != int64(len(w.customers)) || totals.Computed+totals.Open+totals.Void != totals.Rows {
			t.Fatalf("the totals are %+v, the rows sum to %d", totals, sum)
		}
		months := map[string]bool{}
		for _, m := range run.Program.Downtime {
			months[m.Window] = months[m.Window] || !m.Counted.IsZero() && strings.HasPrefix(m.Window, "2026-0") && len(m.Window) == len("2026-05")
		}
		class["downtime in both months"] = months["2026-05"] && months["2026-06"]
		class["void"] = totals.Void > 0
		for c, is := range class { // order: counts
			if is {
				seen[c]++
			}
		}
	})
	t.Log(seen)
	seen.check(t, total, "exempt applied", "exempt lifted", "exempt struck", "exempt set-aside", "exempt not-met", "exempt silent", "excluded-loss applied", "excluded-loss struck", "sole-remedy applied",
		"own-fault applied", "set-off applied", "cap applied", "cap struck", "pool applied", "pool struck", "credit applied", "added applied", "already-paid applied",
		"layer applied", "layer set-aside", "layer not-met", "cap binds", "cap binds with a part outside", "pool binds", "pool binds by claims", "credits inside a cap", "downtime in both months", "void")
}

// bounds holds what each row may be owed at most.
type bounds struct {
	w       world
	damages map[string]contracts.Amount // by pool and who shares it
	limit   map[string]contracts.Amount
	free    map[string]contracts.Amount
	given   map[string]contracts.Amount // by the pool itself, before later stages
	due     map[string]contracts.Amount
}

func newBounds(w world) *bounds {
	m := func() map[string]contracts.Amount { return map[string]contracts.Amount{} }
	return &bounds{w, m(), m(), m(), m(), m()}
}

// row checks one row's damages: no less than nothing, no more than was admitted, and no more than each cap of its own allows of what
// is inside it. Credits, amounts added afterwards and payments stand outside.
func (b *bounds) row(t *rapid.T, r sla.Row, class map[string]bool) {
	p := r.Run().Program
	col := func(name string) contracts.Amount {
		i := p.Index(name)
		if i < 0 {
			t.Fatalf("no column %s", name)
		}
		return contracts.Amount(r.Value(i))
	}
	o := partsOf(r)
	if o.Damages < 0 || o.Damages > col("admitted") || o.Credit < 0 {
		t.Fatalf("damages are %d of %d admitted, credit is %d", o.Damages, col("admitted"), o.Credit)
	}
	if r.Outcome() == sla.Void && (o.Damages != 0 || o.Credit != 0) {
		t.Fatalf("a void row is owed %+v", o)
	}
	var credits contracts.Amount
	if p.Index("credits") >= 0 {
		credits = col("credits")
	}
	if most, bound := b.together(r); o.Damages > most {
		t.Fatalf("damages %d exceed %d, which the limits of %v and what arose outside them allow together", o.Damages, most, bound)
	}
	for _, k := range caps(b.w.contract) {
		stands, outside := 0, contracts.Amount(0)
		for i, c := range p.Columns {
			if c.Clause == k.ID && strings.HasPrefix(c.Name, "stands."+k.ID) && r.Value(i) == 1 {
				stands++
			}
			if strings.HasPrefix(c.Name, "free."+k.ID) {
				outside += contracts.Amount(r.Value(i))
			}
		}
		if k.Per >= contracts.PerCustomer {
			key := k.ID
			if k.Per == contracts.PerCustomer {
				key += " " + r.Customer.ID
			}
			b.damages[key] += o.Damages
			b.limit[key] = col("limit." + k.ID)
			b.free[key] += outside
			b.due[key] = col("total." + k.ID)
			b.given[key] += col("after."+k.ID) - outside
			continue
		}
		phases := 0
		for _, e := range b.w.incident.Events {
			phases += len(e.Phases)
		}
		if stands == 0 || phases == 1 && stands < phases {
			continue // it limits nothing
		}
		limit := limitOf(r, k)
		if k.Per == contracts.PerClaim {
			if stands < phases { // an event of one phase, whose cap does not stand, has no column of what is outside
				continue
			}
			limit *= contracts.Amount(len(b.w.incident.Events))
		}
		if k.CreditsInside {
			limit = max(limit-credits, 0)
			class["credits inside a cap"] = class["credits inside a cap"] || credits > 0
		}
		if o.Damages > limit+outside {
			t.Fatalf("damages %d exceed %s: %d, and %d outside it", o.Damages, k.ID, limit, outside)
		}
		if delta := col("post." + k.ID); delta < 0 {
			class["cap binds"] = true
			class["cap binds with a part outside"] = class["cap binds with a part outside"] || outside > 0
		}
	}
}

// together is the least that a set of the row's own caps allows: their limits, and what was admitted in the phases in which none of them stands.
func (b *bounds) together(r sla.Row) (most contracts.Amount, bound []string) {
	p := r.Run().Program
	var own []*contracts.Cap
	for _, k := range caps(b.w.contract) {
		if k.Per < contracts.PerCustomer {
			own = append(own, k)
		}
	}
	most = contracts.Amount(r.Value(p.Index("admitted")))
	for set := range 1 << len(own) {
		var sum contracts.Amount
		var ids []string
		for i, k := range own {
			if set>>i&1 == 1 {
				n := 1
				if k.Per == contracts.PerClaim {
					n = len(b.w.incident.Events)
				}
				sum, ids = sum+contracts.Amount(n)*limitOf(r, k), append(ids, k.ID)
			}
		}
		for _, e := range b.w.incident.Events {
			for _, ph := range e.Phases {
				for _, h := range b.w.incident.Heads {
					if !slices.ContainsFunc(ids, func(id string) bool {
						return p.Contract.Clause(id).(*contracts.Cap).Covers(h.ID) && r.Value(standsIn(p, id, ph.ID)) == 1
					}) {
						sum += admittedUnder(r, b.w, h.ID, ph.ID)
					}
				}
			}
		}
		if sum < most {
			most, bound = sum, ids
		}
	}
	return most, bound
}

// standsIn is the column that says whether a clause stands in a phase; with one phase it has no name of its own.
func standsIn(p *sla.Program, clause, phase string) int {
	for _, name := range []string{"stands." + clause + "@" + phase, "stands." + clause} {
		if i := p.Index(name); i >= 0 {
			return i
		}
	}
	panic("no test of " + clause + " in " + phase)
}

// limitOf is the limit of a cap for the row, less what was already paid under it.
func limitOf(r sla.Row, k *contracts.Cap) contracts.Amount {
	p := r.Run().Program
	limit := contracts.Amount(r.Value(p.Index("cap." + k.ID)))
	if k.Used != "" {
		limit = max(limit-contracts.Amount(r.Value(p.Index("fee."+k.Used))), 0)
	}
	return limit
}

// admittedUnder is what was admitted under a head in a phase; nothing of heads that are added after the offset.
func admittedUnder(r sla.Row, w world, head, phase string) contracts.Amount {
	if slices.ContainsFunc(w.contract.Clauses, func(c contracts.Clause) bool {
		a, ok := c.(*contracts.AddedAfterOffset)
		return ok && slices.Contains(a.Heads, head)
	}) {
		return 0
	}
	p := r.Run().Program
	i := p.Index("admitted." + head + "@" + phase)
	if i < 0 {
		i = p.Index("admitted." + head)
	}
	return contracts.Amount(r.Value(i))
}

// pools checks what was given out of each shared cap: exactly the lesser of the limit and what was due, by whatever it is shared.
func (b *bounds) pools(t *rapid.T, class map[string]bool) {
	for _, k := range caps(b.w.contract) {
		for key, given := range b.given { // order: each is checked
			if key != k.ID && !strings.HasPrefix(key, k.ID+" ") {
				continue
			}
			most := min(b.limit[key], b.due[key])
			if given != most {
				t.Fatalf("%s gives %d of %d due, its limit is %d", key, given, b.due[key], b.limit[key])
			}
			if b.damages[key] > b.limit[key]+b.free[key] {
				t.Fatalf("damages of %s are %d, the limit is %d, and %d outside it", key, b.damages[key], b.limit[key], b.free[key])
			}
			if b.due[key] > b.limit[key] {
				class["pool binds"] = true
				class["pool binds by claims"] = class["pool binds by claims"] || k.Share != contracts.ByCapped
			}
		}
	}
}

// TestRaisingACapLowersNothing: a higher sum or a higher multiple lowers no row where no cap is shared. Where one is shared,
// rows may lose a unit to a neighbour, as cumulative rounding moves it; the total may not fall, on the conditions of sharesSettle. Beyond
// these it can, by as many units as there are rows, and nothing is promised.
func TestRaisingACapLowersNothing(t *testing.T) {
	seen, total := classes{}, 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		if !sharesSettle(w.contract) {
			for _, k := range caps(w.contract) { // make it one of those that promise
				k.Share = contracts.ByCapped
			}
			w.contract.Order = nil
			if shared(w.contract) > 1 {
				w.contract.Clauses = slices.DeleteFunc(w.contract.Clauses, func(cl contracts.Clause) bool { return contracts.ProvisionOf(cl).ID == "cap-incident" })
				w.keepFindings(t)
			}
		}
		total++
		before, _, sumBefore := w.assess(t, nil)
		for _, k := range caps(w.contract) {
			k.Fixed += contracts.Amount(rapid.Int64Range(0, 400).Draw(t, "more"))
			k.Times = ratio(k.Times.Num()+rapid.Int64Range(0, 2).Draw(t, "more times"), k.Times.Den())
		}
		after, _, sumAfter := w.assess(t, nil)
		if sumAfter.Payable() < sumBefore.Payable() {
			t.Fatalf("the total fell from %d to %d", sumBefore.Payable(), sumAfter.Payable())
		}
		if sumAfter.Payable() > sumBefore.Payable() {
			seen["the total rose"]++
		}
		if shared(w.contract) > 0 {
			seen["a cap is shared"]++
			return
		}
		seen["no cap is shared"]++
		for key := range before { // order: each is checked
			if after[key].Payable < before[key].Payable {
				t.Fatalf("%s fell from %d to %d", key, before[key].Payable, after[key].Payable)
			}
		}
	})
	t.Log(seen)
	seen.check(t, total, "the total rose", "a cap is shared", "no cap is shared")
}

// keepFindings drops the findings on which nothing depends any more, once a clause is gone.
func (w *world) keepFindings(t *rapid.T) {
	p, err := sla.Compile(w.contract, w.incident, w.shape)
	if err != nil {
		t.Fatal(err)
	}
	w.findings = slices.DeleteFunc(w.findings, func(f sla.Finding) bool { return p.Parameter(f.Name) == nil })
}

// TestMoreDowntimeNeverLowersACredit prolongs one outage that no clause excludes. The whole incident as a window grows with
// it, and can raise the uptime of a service that was not down, so that window is left out.
func TestMoreDowntimeNeverLowersACredit(t *testing.T) {
	seen, total := classes{}, 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawCredits(t)
		total++
		before, _, _ := w.assess(t, nil)
		e := rapid.SampledFrom(w.incident.Events).Draw(t, "event")
		ph := &e.Phases[0]
		if ph.Cause != "provider" || ph.Impact == sla.NoImpact {
			ph.Cause, ph.Impact = "provider", sla.Outage // was none, or excluded: both count for less
		}
		more := time.Duration(rapid.IntRange(1, 40_000).Draw(t, "more")) * time.Second
		ph.Period.End = ph.Period.End.Add(more)
		for i := range ph.Clocks {
			ph.Clocks[i].Period.End = ph.Clocks[i].Period.End.Add(more)
		}
		after, _, _ := w.assess(t, nil)
		for key := range before { // order: each is checked
			if after[key].Credit < before[key].Credit {
				t.Fatalf("%s: credit fell from %d to %d with %v more", key, before[key].Credit, after[key].Credit, more)
			}
			if after[key].Credit > before[key].Credit {
				seen["a credit rose"]++
				return
			}
		}
		seen["no credit rose"]++
	})
	t.Log(seen)
	seen.check(t, total, "a credit rose", "no credit rose")
}

// TestAnOutageToldInTwoPieces: cut at any minute into phases that follow, it earns the same credits.
func TestAnOutageToldInTwoPieces(t *testing.T) {
	seen, total := classes{}, 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawCredits(t)
		total++
		before, _, _ := w.assess(t, nil)
		e := &w.incident.Events[rapid.IntRange(0, len(w.incident.Events)-1).Draw(t, "event")]
		whole := e.Phases[0]
		if whole.Clocks != nil || whole.Period.Millis() < 2 {
			return
		}
		cut := whole.Period.Start.Add(time.Duration(rapid.Int64Range(1, whole.Period.Millis()-1).Draw(t, "cut")) * time.Millisecond)
		rest := whole
		rest.ID, rest.Period.Start = "rest", cut
		e.Phases[0].Period.End = cut
		e.Phases = append(e.Phases, rest)
		after, _, _ := w.assess(t, nil)
		if diff := cmp.Diff(before, after); diff != "" {
			t.Fatalf("cut at %v (-whole +pieces):\n%s", cut, diff)
		}
		seen["cut"]++
		for _, o := range before { // order: any will do
			if o.Credit > 0 {
				seen["with a credit"]++
				break
			}
		}
	})
	t.Log(seen)
	seen.check(t, total, "cut", "with a credit")
}

// drawCredits is a world in which nobody claims a loss, with credits on calendar windows.
func drawCredits(t *rapid.T) world {
	w := drawWorld(t)
	d := drawing{t}
	w.shape.Lines = []sla.Line{}
	w.findings = nil
	w.contract.Law = ""
	w.contract.Clauses = slices.DeleteFunc(w.contract.Clauses, func(cl contracts.Clause) bool {
		switch contracts.Kind(cl) {
		case "availability", "credit", "exclude_downtime", "set_off":
			return true
		}
		return false
	})
	plain := func(id string) contracts.Provision { return prov(id) }
	d.credits(w.incident, func(odds int, clauses ...contracts.Clause) {
		if d.oneIn(odds) {
			w.contract.Clauses = append(w.contract.Clauses, clauses...)
		}
	}, plain)
	w.contract.Clauses = slices.DeleteFunc(w.contract.Clauses, func(cl contracts.Clause) bool { return contracts.ProvisionOf(cl).ID == "sole" })
	for _, cl := range w.contract.Clauses {
		if a, ok := cl.(*contracts.Availability); ok && a.Window == contracts.Incident {
			a.Window = contracts.CalendarMonth
		}
	}
	for i := range w.customers {
		w.customers[i].Claims = nil
	}
	return w
}

// TestOrderOfAnythingChangesNothing permutes rows, claims, facts, clauses, services, heads and parties.
func TestOrderOfAnythingChangesNothing(t *testing.T) {
	paid := 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		before, runBefore, sum := w.assess(t, nil)
		w.customers = rapid.Permutation(w.customers).Draw(t, "rows")
		for i := range w.customers {
			c := &w.customers[i]
			c.Claims, c.Facts = rapid.Permutation(c.Claims).Draw(t, "claims"), rapid.Permutation(c.Facts).Draw(t, "facts")
		}
		w.contract.Clauses = rapid.Permutation(w.contract.Clauses).Draw(t, "clauses")
		w.incident.Services = rapid.Permutation(w.incident.Services).Draw(t, "services")
		w.incident.Heads = rapid.Permutation(w.incident.Heads).Draw(t, "heads")
		if n := len(w.incident.Parties); n > 2 { // the first is the provider, who bears all by default
			rest := rapid.Permutation(w.incident.Parties[1:]).Draw(t, "parties")
			w.incident.Parties = append(w.incident.Parties[:1:1], rest...)
		}
		w.findings = rapid.Permutation(w.findings).Draw(t, "findings")
		after, runAfter, _ := w.assess(t, nil)
		if diff := cmp.Diff(before, after); diff != "" {
			t.Fatalf("in another order (-before +after):\n%s", diff)
		}
		if diff := cmp.Diff(bearing(t, runBefore, sum.Payable()), bearing(t, runAfter, sum.Payable())); diff != "" {
			t.Fatalf("parties in another order (-before +after):\n%s", diff)
		}
		if sum.Payable() != 0 {
			paid++
		}
	})
	if paid == 0 {
		t.Error("no world had anything to pay")
	}
}

// bearing is what each party bears.
func bearing(t *rapid.T, run *sla.Run, total contracts.Amount) map[string]contracts.Amount {
	t.Helper()
	row, err := run.Program.Bearing.Run(run.Settings, map[string]int64{sla.BearingTotal: int64(total)})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]contracts.Amount{}
	for _, p := range run.Program.Bearing.Parties {
		out[p.ID] = row.Of(sla.BearingPart + p.ID)
	}
	return out
}

// TestNamesChangeNothing renames clauses, phases, events, heads, facts, services and customers, all backwards in their order. A
// shared cap falls to the rows in the order of the ids, so there the rows may change, and by sharesSettle the total does not.
func TestNamesChangeNothing(t *testing.T) {
	seen, total := classes{}, 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		total++
		before, _, sumBefore := w.assess(t, nil)
		names := map[string]string{}
		rename := func(id string) { names[id] = fmt.Sprintf("z%03d", 999-len(names)) }
		for _, cl := range w.contract.Clauses {
			rename(contracts.ProvisionOf(cl).ID)
		}
		for _, e := range w.incident.Events {
			rename(e.ID)
			for _, p := range e.Phases {
				rename(p.ID)
			}
		}
		for _, list := range [][]sla.Named{w.incident.Heads, w.incident.Facts, w.incident.Services} {
			for _, n := range list {
				rename(n.ID)
			}
		}
		for i := range 8 {
			rename(fmt.Sprintf("c%d", i))
		}
		for _, part := range []any{w.contract, w.incident, &w.shape, &w.findings, &w.customers} {
			replaceNames(reflect.ValueOf(part), names)
		}
		after, _, sumAfter := w.assess(t, nil)
		renamed := map[string]owed{}
		for key, o := range before { // order: fills a map
			id, sub, _ := strings.Cut(key, "/")
			renamed[names[id]+"/"+sub] = o
		}
		switch {
		case !slices.ContainsFunc(caps(w.contract), func(k *contracts.Cap) bool { return k.Per == contracts.PerIncident }):
			seen["no cap is shared by all"]++
			if diff := cmp.Diff(renamed, after); diff != "" {
				t.Fatalf("under other names (-before +after):\n%s", diff)
			}
		case sharesSettle(w.contract):
			seen["a cap is shared"]++
			if sumBefore.Payable() != sumAfter.Payable() {
				t.Fatalf("the total was %d, under other names %d", sumBefore.Payable(), sumAfter.Payable())
			}
		}
	})
	t.Log(seen)
	seen.check(t, total, "no cap is shared by all", "a cap is shared")
}

// replaceNames puts new ids in the place of old ones everywhere in v, also behind the point of a parameter's name.
func replaceNames(v reflect.Value, names map[string]string) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			replaceNames(v.Elem(), names)
		}
	case reflect.Slice:
		for i := range v.Len() {
			replaceNames(v.Index(i), names)
		}
	case reflect.Struct:
		if v.Type().PkgPath() == "time" {
			return
		}
		for i := range v.NumField() {
			replaceNames(v.Field(i), names)
		}
	case reflect.String:
		if !v.CanSet() {
			return
		}
		group, id, dotted := strings.Cut(v.String(), ".")
		if name, ok := names[v.String()]; ok {
			v.SetString(name)
		} else if name, ok := names[id]; dotted && ok && group != "law" {
			v.SetString(group + "." + name)
		}
	}
}
