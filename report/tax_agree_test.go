package report_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/recalc"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
)

const taxTerms = `
id: terms
title: Terms
law: jp
currency: JPY
zone: Asia/Tokyo
rounding: down
tax: {rate: 10%%, included: %v, rounding: %s, damages: by-substance}
clauses:
  - id: uptime
    ref: {doc: SLA}
    availability: {target: 99.99%%, window: calendar-month}
    credit: {tiers: [{below: 99.99%%, pay: 10%%}]}
  - id: limit
    ref: {doc: Terms, section: "8"}
    cap: {amount: {months: 12}, per: subscription, tax: %s}
  - id: delay
    ref: {doc: Terms, section: "9"}
    interest: {ground: tort, to: 2025-02-28}
`

// taxRun compiles a contract with a tax under one reading.
func taxRun(t *testing.T, included bool, rounding, tax, credits, damages string) *sla.Run {
	t.Helper()
	c, problems := contracts.Read("terms.yaml", fmt.Appendf(nil, taxTerms, included, rounding, tax))
	if problems.Err() != nil {
		t.Fatal(problems)
	}
	in, problems := sla.ReadIncident("incident.yaml", []byte("id: loss\ntitle: Loss\nzone: Asia/Tokyo\nheads: {repair: repair}\nevents: [{id: loss, kind: loss, title: Loss, phases: [{id: loss, title: Loss, from: 2024-06-10 10:00, to: 2024-06-10 11:00, cause: provider, grade: ordinary}]}]\n"), contracts.Date{})
	if problems.Err() != nil {
		t.Fatal(problems)
	}
	p, err := sla.Compile(c, in, sla.Shape{Lines: []sla.Line{{Head: "repair", Phase: "loss"}}, Dues: true})
	if err != nil {
		t.Fatal(err)
	}
	because := contracts.Text{EN: "test"}
	s, err := p.Settle(sla.Findings{ID: "x", Title: because, Values: []sla.Finding{
		{Name: "tax.credits", Value: credits, Reason: because}, {Name: "tax.damages", Value: damages, Reason: because}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	run, err := p.Bind(s)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// TestTaxAgrees recalculates workbooks with a tax included and added, inside the cap and outside, under each reading of credits and damages.
func TestTaxAgrees(t *testing.T) {
	recalc.Need(t)
	dir := t.TempDir()
	rng := rand.New(rand.NewPCG(3, 3))
	var list []sla.Customer
	for i := range 60 {
		a := contracts.Amount(rng.Int64N(1 << uint(rng.IntN(36))))
		list = append(list, sla.Customer{ID: fmt.Sprintf("c%04d", i), MonthlyFee: contracts.Amount(rng.Int64N(300_000)), Claims: []sla.Claim{{Head: "repair", Phase: "loss", Claimed: a, Found: a}}})
	}
	each := func(yield func(sla.Customer, error) bool) {
		for _, c := range list {
			if !yield(c, nil) {
				return
			}
		}
	}
	var paths []string
	for i, included := range []bool{true, false} {
		for j, tax := range []string{"inside", "outside"} {
			rounding := []string{"down", "up", "half-up", "half-even"}[2*i+j]
			for _, reading := range [][2]string{{"price-reduction", "taxed"}, {"damages", "taxed"}, {"damages", "outside"}} {
				path := filepath.Join(dir, fmt.Sprintf("%v-%s-%s-%s.xlsx", included, tax, reading[0], reading[1]))
				writeBook(t, path, result(t, contracts.Text{EN: "Tax"}, taxRun(t, included, rounding, tax, reading[0], reading[1]), each), "ja")
				paths = append(paths, path)
			}
		}
	}
	books := recalc.Recalculate(t, paths...)
	for _, path := range paths {
		agree(t, filepath.Base(path), readBook(t, path), books[path], everything)
	}
}

// TestTaxIsTold: what is left, the tax, the sum, and that a return invoice is needed.
func TestTaxIsTold(t *testing.T) {
	run := taxRun(t, true, "down", "inside", "price-reduction", "outside")
	c := sla.Customer{ID: "c", MonthlyFee: 200_000, Claims: []sla.Claim{{Head: "repair", Phase: "loss"}}}
	for row, err := range run.Assess(func(yield func(sla.Customer, error) bool) { yield(c, nil) }).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		for lang, want := range map[string][]string{ // order: each is a test of its own
			"ja": {"税込額（対価の返還）", "消費税額（対価の返還） = 税込額（対価の返還） (20,000円) × 1/11（端数切捨て） = 1,818円", "税抜額（対価の返還）", "適格返還請求書を交付する"},
			"en": {"with tax: price reductions", "tax: price reductions = with tax: price reductions (¥20,000) × 1/11 (fraction dropped) = ¥1,818", "a return invoice is given"},
		} {
			var b strings.Builder
			report.Explain(&b, contracts.Text{EN: "x"}, row, lang)
			for _, w := range want {
				if !strings.Contains(b.String(), w) {
					t.Errorf("%s: nothing is told of %q in:\n%s", lang, w, b.String())
				}
			}
		}
	}
}
