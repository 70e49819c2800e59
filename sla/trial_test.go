package sla_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

// trial is a contract, an incident, what was found and what each customer must be owed.
type trial struct {
	name      string
	law       string
	order     []contracts.Stage
	rounding  contracts.Rounding // down when unstated
	clauses   []contracts.Clause
	events    []sla.Event
	services  []sla.Named
	shape     sla.Shape // without lines, every head may be claimed in every phase
	findings  []sla.Finding
	customers []sla.Customer
	want      []contracts.Amount
}

// prov is what a clause has; when is its condition.
func prov(id string, when ...contracts.Condition) contracts.Provision {
	p := contracts.Provision{ID: id, Ref: contracts.Ref{Doc: "terms", Section: id}}
	if len(when) > 0 {
		p.When = when[0]
	}
	return p
}

// provUnless is a clause that does not operate on a condition.
func provUnless(id string, unless contracts.Condition) contracts.Provision {
	p := prov(id)
	p.Unless = unless
	return p
}

var (
	gross    = contracts.Condition{Grade: contracts.Gross}
	consumer = contracts.Condition{Consumer: contracts.Consumers}
	business = contracts.Condition{Consumer: contracts.Businesses}
	noBackup = contracts.Condition{Fact: "no-backup"}
)

func ratio(num, den int64) contracts.Ratio { return contracts.MustRatio(num, den) }

func found(name, value string) sla.Finding {
	return sla.Finding{Name: name, Value: value, Reason: text("test"), Source: "test"}
}

// loss claims an amount that is found to be proved in full.
func loss(head, phase string, a contracts.Amount) sla.Claim {
	return sla.Claim{Head: head, Phase: phase, Claimed: a, Found: a}
}

// happening is an event of one phase that takes its id.
func happening(id, kind, start string, minutes int) sla.Event {
	return sla.Event{ID: id, Kind: kind, Title: text(id), Phases: []sla.Phase{{ID: id, Title: text(id), Period: period(start, minutes), Impact: sla.Outage, Cause: "provider", Clock: "monitor"}}}
}

// deletion is data lost on 20 June 2012, over in a minute.
func deletion() sla.Event { return happening("deletion", "data-loss", "2012-06-20 08:00", 1) }

func (tt trial) incident() *sla.Incident {
	events := tt.events
	if events == nil {
		events = []sla.Event{deletion()}
	}
	return &sla.Incident{
		ID: "incident", Title: text("incident"), Zone: "Asia/Tokyo", Events: events, Services: tt.services,
		Heads: []sla.Named{{ID: "repair", Title: text("repair")}, {ID: "profit", Title: text("profit")}, {ID: "fees", Title: text("fees")}},
		Facts: []sla.Named{{ID: "no-backup", Title: text("no backup")}, {ID: "warned", Title: text("warned")}},
	}
}

func (tt trial) contract(t testing.TB) *contracts.Contract {
	c := &contracts.Contract{ID: "terms", Title: text("terms"), Law: tt.law, Currency: jpy(t), Zone: "Asia/Tokyo", Rounding: tt.rounding, Order: tt.order, Clauses: tt.clauses}
	if c.Rounding == contracts.RoundingUnstated {
		c.Rounding = contracts.RoundDown
	}
	return c
}

// run compiles and binds the trial. The grade of fault is ordinary unless something is found of it.
func (tt trial) run(t testing.TB) *sla.Run {
	t.Helper()
	in, shape := tt.incident(), tt.shape
	if shape.Lines == nil {
		shape.Lines = everyLine(in)
	}
	findings := tt.findings
	if !slices.ContainsFunc(findings, func(f sla.Finding) bool { return strings.HasPrefix(f.Name, "grade") }) {
		findings = append([]sla.Finding{found("grade", "ordinary")}, findings...)
	}
	return mustRun(t, tt.contract(t), in, shape, findings...)
}

func everyLine(in *sla.Incident) []sla.Line {
	var out []sla.Line
	for _, h := range in.Heads {
		for _, e := range in.Events {
			for _, p := range e.Phases {
				out = append(out, sla.Line{Head: h.ID, Phase: p.ID})
			}
		}
	}
	return out
}

// check compares what each customer is owed, and that postings add up to it.
func (tt trial) check(t *testing.T) {
	t.Helper()
	t.Run(tt.name, func(t *testing.T) {
		t.Helper()
		if diff := cmp.Diff(tt.want, payables(t, tt.run(t), tt.customers)); diff != "" {
			t.Errorf("payables (-want +got):\n%s", diff)
		}
	})
}

func payables(t testing.TB, run *sla.Run, customers []sla.Customer) []contracts.Amount {
	t.Helper()
	var out []contracts.Amount
	for row, err := range run.Assess(each(customers...)).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		var sum contracts.Amount
		for s := range row.Steps() {
			sum += s.Delta
		}
		if sum != row.Payable() {
			t.Errorf("%s: postings sum to %d, payable is %d", row.Customer.ID, sum, row.Payable())
		}
		out = append(out, row.Payable())
	}
	return out
}

func checkAll(t *testing.T, trials []trial) {
	t.Helper()
	for _, tt := range trials {
		tt.check(t)
	}
}

// amounts makes a list of wants short to write.
func amounts(a ...contracts.Amount) []contracts.Amount { return a }

// claimant is a customer with one loss of repair in the deletion.
func claimant(id string, a contracts.Amount) sla.Customer {
	return sla.Customer{ID: id, Claims: []sla.Claim{loss("repair", "deletion", a)}}
}

// stepOf returns the step of a clause in the only customer's working.
func stepOf(t testing.TB, run *sla.Run, c sla.Customer, clause string) sla.Step {
	t.Helper()
	for row, err := range run.Assess(each(c)).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		for s := range row.Steps() {
			if s.Clause == clause {
				return s
			}
		}
	}
	t.Fatalf("no step of clause %s", clause)
	return sla.Step{}
}
