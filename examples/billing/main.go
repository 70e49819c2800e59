// Command billing shows how a billing system takes credits from Amends: it builds a contract in Go, streams its customers, and posts what each is
// to be credited into a database, exactly once whatever crashes and however often it is run.
//
//	go run ./examples/billing                          # into credits.db, an SQLite file
//	go run ./examples/billing -db ""                   # into memory, for a look
//	DATABASE_URL=postgres://… go run ./examples/billing  # into PostgreSQL
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"iter"
	"os"
	"os/signal"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report/credits"
	"github.com/amends-go/amends/sla"
	"github.com/shopspring/decimal"
)

func main() {
	db := flag.String("db", "credits.db", "SQLite file, made when it does not exist; empty keeps the credits in memory. DATABASE_URL, when set, names a PostgreSQL database instead")
	label := flag.String("run", "2026-06", "label of the run, which is part of every key: a correction is a new run")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, *db, os.Getenv("DATABASE_URL"), *label); err != nil {
		fmt.Fprintln(os.Stderr, "billing:", err)
		os.Exit(1)
	}
}

// run works out the June credits and posts them.
func run(ctx context.Context, out io.Writer, file, url, label string) error {
	list, err := instructions(label)
	if err != nil {
		return err
	}
	store, err := Open(ctx, file, url)
	if err != nil {
		return err
	}
	defer store.Close()
	posted, err := store.Post(ctx, outage().ID+"/"+label, list) // of this incident: another may have a run of the same label
	if err != nil {
		return err
	}
	for _, x := range list {
		fmt.Fprintf(out, "credit %s %s %s: %s\n", x.Customer, contracts.Amount(x.Amount).Decimal(contracts.Currency{Digits: x.Exponent}).StringFixed(int32(x.Exponent)), x.Currency, x.Memo)
	}
	fmt.Fprintf(out, "%d credits in run %s: %d posted now, %d were there already\n", len(list), label, posted, len(list)-posted)
	return nil
}

// instructions works out what each subscription is to be credited.
func instructions(label string) ([]credits.Instruction, error) {
	contract, err := hostingSLA()
	if err != nil {
		return nil, err
	}
	program, err := sla.Compile(contract, outage(), sla.Shape{Dues: true})
	if err != nil {
		return nil, err // every problem at once
	}
	settings, err := program.Settle(sla.Findings{ID: "as-recorded"}, nil)
	if err != nil {
		return nil, err
	}
	bound, err := program.Bind(settings)
	if err != nil {
		return nil, err
	}
	// The contract says nothing of a tax, so it is said here what its credits are.
	source, err := credits.NewSource(bound, credits.Terms{Run: label, CreditsAs: credits.TreatAsPriceReduction, Lang: "en"})
	if err != nil {
		return nil, err
	}
	var out []credits.Instruction
	for row, err := range bound.Assess(subscriptions(contract.Currency)).Rows() {
		if err != nil {
			return nil, err // or set the customer aside and go on: the rows after it still come
		}
		list, held := source.Row(row)
		if held != credits.NotHeld && held != credits.HeldNothing {
			return nil, fmt.Errorf("customer %s is held back: %s", row.Customer.ID, held)
		}
		out = append(out, list...)
	}
	return out, nil
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
