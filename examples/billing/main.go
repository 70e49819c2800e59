// Command billing shows how a billing system takes credits from Amends: it
// builds a contract in Go, streams its customers, and reads off what to credit.
//
//	go run ./examples/billing
package main

import (
	"fmt"
	"io"
	"iter"
	"os"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/shopspring/decimal"
)

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "billing:", err)
		os.Exit(1)
	}
}

// run works out the June credits and writes an instruction a customer.
func run(out io.Writer) error {
	contract, err := hostingSLA()
	if err != nil {
		return err
	}
	program, err := sla.Compile(contract, outage(), sla.Shape{})
	if err != nil {
		return err // every problem at once
	}
	settings, err := program.Settle(sla.Findings{ID: "as-recorded"}, nil)
	if err != nil {
		return err
	}
	run, err := program.Bind(settings)
	if err != nil {
		return err
	}
	assessment := run.Assess(subscriptions(contract.Currency))
	for row, err := range assessment.Rows() {
		if err != nil {
			return err // or set the customer aside and go on: the rows after it still come
		}
		if row.Outcome() != sla.Computed || row.Payable() == 0 {
			continue
		}
		// The key does not hold the amount: a corrected run finds the same credit again.
		key := fmt.Sprintf("2026-06/%s/%s", contract.ID, row.Customer.ID)
		fmt.Fprintf(out, "credit %s %s %s\n", key, row.Payable().Text(contract.Currency), contract.Currency.Code)
	}
	total := assessment.Totals()
	fmt.Fprintf(out, "%d customers, %s %s in credits\n", total.Rows, total.Payable().Text(contract.Currency), contract.Currency.Code)
	return nil
}

// hostingSLA promises 99.9 % a month: below it 10 % of the fee, below 99 % 30 %.
func hostingSLA() (*contracts.Contract, error) {
	usd, err := contracts.CurrencyOn("USD", "2026-06-01")
	if err != nil {
		return nil, err
	}
	section := func(id, section string) contracts.Provision {
		return contracts.Provision{ID: id, Ref: contracts.Ref{Doc: "SLA", Section: section}}
	}
	return &contracts.Contract{
		ID: "hosting", Title: contracts.Text{EN: "Hosting SLA", JA: "ホスティングSLA"},
		Currency: usd, Zone: "America/New_York", Rounding: contracts.RoundHalfUp,
		Clauses: []contracts.Clause{
			&contracts.Availability{Provision: section("uptime", "2.1"), Target: contracts.MustRatio(999, 1000), Window: contracts.CalendarMonth, Minimum: 5 * 60_000},
			&contracts.DowntimeExclusion{Provision: section("maintenance", "2.3"), Causes: []string{"maintenance"}},
			&contracts.Credit{Provision: section("credit", "3"), Of: "uptime", Tiers: []contracts.Tier{
				{Bound: contracts.MustRatio(999, 1000), Rate: contracts.MustRatio(10, 100)},
				{Bound: contracts.MustRatio(99, 100), Rate: contracts.MustRatio(30, 100)},
			}},
		},
	}, nil
}

// outage is 50 minutes of the web service and 8 hours of mail, one of them announced maintenance.
func outage() *sla.Incident {
	at := func(hour, minute int) time.Time { return time.Date(2026, 6, 10, hour, minute, 0, 0, time.UTC) }
	phase := func(id, service, cause string, from, to time.Time) sla.Phase {
		return sla.Phase{ID: id, Title: contracts.Text{EN: id}, Services: []string{service}, Cause: cause, Impact: sla.Outage, Period: contracts.Period{Start: from, End: to}}
	}
	return &sla.Incident{
		ID: "june-10", Title: contracts.Text{EN: "Outage of 10 June"}, Zone: "America/New_York",
		Services: []sla.Named{{ID: "web"}, {ID: "mail"}},
		Events: []sla.Event{{ID: "outage", Kind: "outage", Title: contracts.Text{EN: "outage"}, Phases: []sla.Phase{
			phase("web-down", "web", "provider", at(14, 0), at(14, 50)),
			phase("mail-down", "mail", "provider", at(14, 0), at(22, 0)),
			phase("mail-upgrade", "mail", "maintenance", at(14, 0), at(15, 0)),
		}}},
	}
}

// subscriptions streams customers as a query would. Amounts enter as decimals and
// are refused, not rounded, when they have more digits than the currency.
func subscriptions(c contracts.Currency) iter.Seq2[sla.Customer, error] {
	rows := []struct{ id, service, fee string }{
		{"acme", "web", "20.05"}, {"birch", "mail", "99.99"}, {"cedar", "web", "0.00"}, {"dune", "mail", "1200.00"},
	}
	return func(yield func(sla.Customer, error) bool) {
		for _, r := range rows {
			fee, err := contracts.AmountOf(decimal.RequireFromString(r.fee), c)
			if !yield(sla.Customer{ID: r.id, Service: r.service, MonthlyFee: fee}, err) {
				return
			}
		}
	}
}
