package sla_test

import (
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// hosting is a contract after the terms of First Server in 2012: an exemption for lost
// data, lifted for gross negligence and for consumers, and a cap at the fees paid.
func hosting(t testing.TB) (*contracts.Contract, *sla.Incident, sla.Shape) {
	c := &contracts.Contract{
		ID: "terms", Title: text("約款"), Law: "jp", Currency: jpy(t), Zone: "Asia/Tokyo", Rounding: contracts.RoundDown,
		Clauses: []contracts.Clause{
			&contracts.Exemption{Provision: contracts.Provision{ID: "art35-4", Ref: contracts.Ref{Doc: "約款", Section: "第35条第4項"}}, Events: []string{"data-loss"}},
			&contracts.CarveOut{Provision: contracts.Provision{ID: "art35-8", Ref: contracts.Ref{Doc: "約款", Section: "第35条第8項"},
				When: contracts.Condition{Any: []contracts.Condition{{Grade: contracts.Gross}, {Consumer: contracts.Consumers}}}}, Lifts: []string{"art35-4"}},
			&contracts.Cap{Provision: contracts.Provision{ID: "art36", Ref: contracts.Ref{Doc: "約款", Section: "第36条"}}, Base: contracts.FeesPaidToDate, Times: contracts.One, Per: contracts.PerSubscription},
		},
	}
	in := &sla.Incident{
		ID: "deletion", Title: text("データ消失"), Zone: "Asia/Tokyo",
		Heads: []sla.Named{{ID: "rebuild", Title: text("再構築")}, {ID: "lost-profit", Title: text("逸失利益")}},
		Facts: []sla.Named{{ID: "no-backup", Title: text("バックアップなし")}},
		Events: []sla.Event{{ID: "deletion", Kind: "data-loss", Title: text("消失"), Phases: []sla.Phase{
			{ID: "deletion", Title: text("消失"), Period: period("2012-06-20 08:00", 48)},
		}}},
	}
	return c, in, sla.Shape{Lines: []sla.Line{{Head: "rebuild", Phase: "deletion"}, {Head: "lost-profit", Phase: "deletion"}}}
}

// synthetic yields n customers that differ in every field; it allocates once.
func synthetic(n int) iter.Seq2[sla.Customer, error] {
	const block = 4096
	customers := make([]sla.Customer, block)
	for i := range customers {
		customers[i] = sla.Customer{
			ID: fmt.Sprintf("c%06d", i), Consumer: i%7 == 0, FeesPaid: contracts.Amount(40_000 * (i%9 + 1)),
			Claims: []sla.Claim{{Head: "rebuild", Phase: "deletion", Claimed: contracts.Amount(90_000 + 137*i)}, {Head: "lost-profit", Phase: "deletion", Claimed: contracts.Amount(211 * i)}},
		}
		if i%3 == 0 {
			customers[i].Facts = []string{"no-backup"}
		}
	}
	return func(yield func(sla.Customer, error) bool) {
		for i := range n {
			if !yield(customers[i%block], nil) {
				return
			}
		}
	}
}

func BenchmarkAssess(b *testing.B) {
	c, in, shape := hosting(b)
	run := mustRun(b, c, in, shape, sla.Finding{Name: "grade", Value: "ordinary"}, sla.Finding{Name: "own_fault.no-backup", Value: "50%"}, sla.Finding{Name: "law.jp.sc-2003-02-28", Value: "applies"})
	const n = 1_000_000
	customers := synthetic(n)
	b.ReportAllocs()
	for b.Loop() {
		a := run.Assess(customers)
		var sum contracts.Amount
		for row, err := range a.Rows() {
			if err != nil {
				b.Fatal(err)
			}
			sum += row.Payable()
		}
		if a.Totals().Rows != n || sum == 0 {
			b.Fatal("rows were lost")
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
}

// BenchmarkServiceLevels takes credits of a million subscriptions under rungs, units begun and a share of the time lost, in calendar months and in the
// customers' own billing months.
func BenchmarkServiceLevels(b *testing.B) {
	for _, window := range []string{"calendar-month", "billing-month"} {
		b.Run(window, func(b *testing.B) {
			c, problems := contracts.Read("terms.yaml", []byte(`
id: terms
title: terms
currency: JPY
zone: Asia/Tokyo
rounding: down
clauses:
  - id: up
    ref: {doc: terms}
    availability: {target: 99.9%, window: `+window+`}
    credit: {tiers: [{below: 99.9%, pay: 10%}, {below: 99%, pay: 25%}, {below: 95%, pay: 100%}], at_most: 100%}
  - id: units
    ref: {doc: terms}
    credit: {availability: up, pay: {rate: 5%, each: 30m, round: up}, at_most: 50%}
  - id: lost
    ref: {doc: terms}
    credit: {availability: up, pay: {prorata: downtime, times: 10}, at_most: 100%}
  - id: one
    ref: {doc: terms}
    combine: {credits: [up.credit, units, lost], take: highest}
`))
			if problems.Err() != nil {
				b.Fatal(problems)
			}
			at := time.Date(2026, 6, 13, 12, 0, 0, 0, time.UTC)
			in := &sla.Incident{ID: "i", Title: contracts.Text{EN: "i"}, Zone: "Asia/Tokyo", Events: []sla.Event{{ID: "e", Kind: "outage", Phases: []sla.Phase{{ID: "p", Impact: sla.Outage, Clock: "recorded", Period: contracts.Period{Start: at, End: at.Add(7 * time.Hour)}}}}}}
			run := mustRun(b, c, in, sla.Shape{BillingDay: true})
			const n = 1_000_000
			customers := func(yield func(sla.Customer, error) bool) {
				for x, err := range synthetic(n) {
					x.Claims, x.Facts = nil, nil
					x.MonthlyFee, x.BillingDay = x.FeesPaid/12, 1+int(x.FeesPaid)%28
					if !yield(x, err) {
						return
					}
				}
			}
			b.ReportAllocs()
			for b.Loop() {
				var sum contracts.Amount
				for row, err := range run.Assess(customers).Rows() {
					if err != nil {
						b.Fatal(err)
					}
					sum += row.Payable()
				}
				if sum == 0 {
					b.Fatal("nothing is paid")
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
		})
	}
}

// BenchmarkSeveral adds two who answer to the customers beside the provider, weighed together, each for its own part.
func BenchmarkSeveral(b *testing.B) {
	c, in, shape := hosting(b)
	in.Parties = []sla.Party{{ID: "provider", Title: text("provider")}, {ID: "vendor", Title: text("vendor"), Answers: true}, {ID: "carrier", Title: text("carrier"), Answers: true}}
	run := mustRun(b, c, in, shape, sla.Finding{Name: "grade", Value: "gross"}, sla.Finding{Name: "own_fault.no-backup", Value: "50%"}, sla.Finding{Name: "law.jp.sc-2003-02-28", Value: "applies"},
		sla.Finding{Name: "weighing", Value: "absolute"}, sla.Finding{Name: "liability", Value: "several"},
		sla.Finding{Name: "share.provider", Value: "50%"}, sla.Finding{Name: "share.vendor", Value: "30%"}, sla.Finding{Name: "share.carrier", Value: "20%"})
	const rows = 1_000_000
	b.ReportAllocs()
	for b.Loop() {
		as := run.Assess(synthetic(rows))
		for _, err := range as.Rows() {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
}
