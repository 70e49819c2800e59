package sla_test

import (
	"iter"
	"testing"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

func jpy(t testing.TB) contracts.Currency {
	t.Helper()
	c, err := contracts.CurrencyOn("JPY", "")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func each(customers ...sla.Customer) iter.Seq2[sla.Customer, error] {
	return func(yield func(sla.Customer, error) bool) {
		for _, c := range customers {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func period(start string, minutes int) contracts.Period {
	at, err := time.Parse("2006-01-02 15:04", start)
	if err != nil {
		panic(err)
	}
	return contracts.Period{Start: at, End: at.Add(time.Duration(minutes) * time.Minute)}
}

func text(s string) contracts.Text { return contracts.Text{JA: s, EN: s} }

// exchange is the rule under which the exchange answers only for intent and gross negligence.
func exchange(t testing.TB) (*contracts.Contract, *sla.Incident) {
	c := &contracts.Contract{
		ID: "rules", Title: text("取引参加者規程"), Law: "jp", Currency: jpy(t), Zone: "Asia/Tokyo", Rounding: contracts.RoundDown,
		Clauses: []contracts.Clause{
			&contracts.Exemption{Provision: contracts.Provision{ID: "art15", Ref: contracts.Ref{Doc: "取引参加者規程", Section: "第15条"}, Unless: contracts.Condition{Grade: contracts.Gross}}},
			&contracts.AddedAfterOffset{Provision: contracts.Provision{ID: "fees", Ref: contracts.Ref{Doc: "弁護士費用"}}, Heads: []string{"lawyers-fees"}},
		},
	}
	in := &sla.Incident{
		ID: "jcom", Title: text("誤発注"), Zone: "Asia/Tokyo",
		Heads: []sla.Named{{ID: "sale-loss", Title: text("売却損")}, {ID: "lawyers-fees", Title: text("弁護士費用")}},
		Events: []sla.Event{{ID: "order", Kind: "trading", Title: text("誤発注"), Phases: []sla.Phase{
			{ID: "before", Title: text("9時35分前"), Period: period("2005-12-08 00:29", 6)},
			{ID: "after", Title: text("9時35分以降"), Period: period("2005-12-08 00:35", 3)},
		}}},
	}
	return c, in
}

func mustRun(t testing.TB, c *contracts.Contract, in *sla.Incident, shape sla.Shape, values ...sla.Finding) *sla.Run {
	t.Helper()
	p, err := sla.Compile(c, in, shape)
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Settle(sla.Findings{ID: "test", Values: values}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Bind(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestExchangeLawsuit(t *testing.T) {
	c, in := exchange(t)
	shape := sla.Shape{Lines: []sla.Line{{"sale-loss", "before"}, {"sale-loss", "after"}, {"lawyers-fees", "after"}}}
	r := mustRun(t, c, in, shape, sla.Finding{Name: "grade.before", Value: "ordinary"}, sla.Finding{Name: "grade.after", Value: "gross"}, sla.Finding{Name: "own_fault", Value: "3/10"})
	a := r.Assess(each(sla.Customer{ID: "mizuho", Claims: []sla.Claim{
		{Head: "sale-loss", Phase: "before", Claimed: 25_682_673_559}, {Head: "sale-loss", Phase: "after", Claimed: 15_017_326_441},
		{Head: "lawyers-fees", Phase: "after", Claimed: 200_000_000}}}))
	for row, err := range a.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if got, want := row.Payable(), contracts.Amount(10_712_128_508); got != want {
			t.Errorf("payable: got %d, want %d", got, want)
		}
		var sum contracts.Amount
		for s := range row.Steps() {
			sum += s.Delta
			t.Log(s.Rule, s.Clause, s.Delta, s.After, s.Effect, s.Why)
		}
		if sum != row.Payable() {
			t.Errorf("steps sum to %d, payable is %d", sum, row.Payable())
		}
	}
}
