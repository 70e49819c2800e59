package sla_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestAnOpenOrderIsBothOrders: what a contract that leaves the order open gives under each reading is what the same contract gives when it states that order.
func TestAnOpenOrderIsBothOrders(t *testing.T) {
	seen, total := classes{}, 0
	rapid.Check(t, func(t *rapid.T) {
		lc := drawLedger(t)
		total++
		stated := func(order ...contracts.Stage) map[string]contracts.Amount {
			c := *lc.contract
			c.Order = order
			out, _ := ledgerCase{&c, lc.incident, lc.shape, lc.findings, lc.customers}.assessAll(t, lc.customers, nil)
			return out
		}
		want := []map[string]contracts.Amount{
			stated(contracts.StageOwnFault, contracts.StageSetOff, contracts.StageCap), stated(contracts.StageCap, contracts.StageOwnFault, contracts.StageSetOff),
		}
		open := *lc.contract
		open.Order, open.OrderOpen = nil, true
		p, err := sla.Compile(&open, lc.incident, lc.shape)
		if err != nil {
			t.Fatal(err)
		}
		asked := p.Parameter(sla.OrderParameter) != nil
		for side, name := range []string{"own-fault-first", "cap-first"} {
			findings := slices.Clone(lc.findings)
			if asked {
				findings = append(findings, sla.Finding{Name: sla.OrderParameter, Value: name})
			}
			got, _ := ledgerCase{&open, lc.incident, lc.shape, findings, lc.customers}.assessAll(t, lc.customers, func(_ *sla.Run, r sla.Row) {
				var sum contracts.Amount
				for s := range r.Steps() {
					if sum += s.Delta; s.After != sum {
						t.Fatalf("after step %s the sum is %d, said to be %d", s.Rule, sum, s.After)
					}
				}
				if sum != r.Payable() {
					t.Fatalf("postings sum to %d, payable is %d", sum, r.Payable())
				}
			})
			if !asked && side == 1 {
				break // own fault is taken head by head, or nobody knows the rule: it always goes first
			}
			if diff := cmp.Diff(want[side], got); diff != "" {
				t.Fatalf("%s (-stated +open):\n%s", name, diff)
			}
		}
		if asked {
			seen["asked"]++
			if !cmp.Equal(want[0], want[1]) {
				seen["the order matters"]++
			}
		}
	})
	seen.check(t, total, "asked", "the order matters")
}

// TestTheOrderTakenIsTold: the steps come in the order taken, and say what the other gives.
func TestTheOrderTakenIsTold(t *testing.T) {
	a := stories(t)["order-left-open"]
	tell(t, a, func(findings string, r sla.Row) {
		want, known := map[string]struct{ steps, why string }{
			"own-first":   {"own-fault cap", "own fault was taken before the limit; the other way round the damages are 420 JPY"},
			"limit-first": {"cap own-fault", "the limit was taken before own fault; the other way round the damages are 600 JPY"},
		}[findings]
		if !known || r.Customer.ID != "large" {
			return
		}
		var steps []string
		told := false
		for s := range r.Steps() {
			if s.Rule == sla.RuleOwnFault || s.Rule == sla.RuleCap {
				steps = append(steps, string(s.Rule))
			}
			told = told || slices.ContainsFunc(s.Why, func(w contracts.Text) bool { return w.EN == want.why })
		}
		if got := strings.Join(steps, " "); got != want.steps || !told {
			t.Errorf("%s: steps %s, want %s; the other order told: %t", findings, got, want.steps, told)
		}
	})
}

// TestAnOpenOrderIsRefusedWhereSeveralAnswer: what several answer for is worked out between own fault and the limit, once.
func TestAnOpenOrderIsRefusedWhereSeveralAnswer(t *testing.T) {
	tt := trial{clauses: []contracts.Clause{&contracts.OwnFault{Provision: prov("own")}, &contracts.Cap{Provision: prov("cap"), Fixed: 600, Times: contracts.One, Per: contracts.PerClaim}}}
	for _, answers := range []bool{false, true} {
		c, in := tt.contract(t), tt.incident()
		c.OrderOpen = true
		in.Parties = []sla.Party{{ID: "provider", Title: text("provider")}, {ID: "vendor", Title: text("vendor"), Answers: answers}}
		_, err := sla.Compile(c, in, sla.Shape{Lines: everyLine(in)})
		if refused := err != nil && strings.Contains(err.Error(), "E_ORDER"); refused != answers {
			t.Errorf("answering %t: %v", answers, err)
		}
	}
}

// TestAnOpenOrderAsksNothingWithoutTwoRules: without a limit or a share of fault, and where the share is taken head by head, there is no question.
func TestAnOpenOrderAsksNothingWithoutTwoRules(t *testing.T) {
	own, heads := &contracts.OwnFault{Provision: prov("own")}, &contracts.OwnFault{Provision: prov("own"), PerHead: true}
	limit := &contracts.Cap{Provision: prov("cap"), Fixed: 600, Times: contracts.One, Per: contracts.PerClaim}
	tests := []struct {
		name    string
		law     string
		clauses []contracts.Clause
		asks    bool
	}{
		{"both by the terms", "", []contracts.Clause{own, limit}, true},
		{"the share by the law", "jp", []contracts.Clause{limit}, true},
		{"no share", "", []contracts.Clause{limit}, false},
		{"no limit", "", []contracts.Clause{own}, false},
		{"head by head", "", []contracts.Clause{heads, limit}, false},
	}
	for _, tt := range tests {
		x := trial{law: tt.law, clauses: tt.clauses}
		c, in := x.contract(t), x.incident()
		c.OrderOpen = true
		p, err := sla.Compile(c, in, sla.Shape{Lines: everyLine(in)})
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Parameter(sla.OrderParameter) != nil; got != tt.asks {
			t.Errorf("%s: asks %t", tt.name, got)
		}
	}
}
