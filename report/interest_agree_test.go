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

const interestTerms = `
id: terms
title: Terms
law: %s
currency: JPY
zone: Asia/Tokyo
rounding: half-up
clauses:
  - id: delay
    ref: {doc: Terms, section: "9"}
    interest: %s
`

// interestRun compiles a contract with a clause of interest.
func interestRun(t *testing.T, law, clause string, shape sla.Shape, findings ...sla.Finding) *sla.Run {
	t.Helper()
	c, problems := contracts.Read("terms.yaml", fmt.Appendf(nil, interestTerms, law, clause))
	if problems.Err() != nil {
		t.Fatal(problems)
	}
	in, problems := sla.ReadIncident("incident.yaml", []byte("id: loss\ntitle: Loss\nzone: Asia/Tokyo\nheads: {repair: repair}\nevents: [{id: loss, kind: loss, title: Loss, phases: [{id: loss, title: Loss, from: 2019-02-27 10:00, to: 2019-02-27 11:00, grade: ordinary}]}]\n"), contracts.Date{})
	if problems.Err() != nil {
		t.Fatal(problems)
	}
	shape.Lines = []sla.Line{{Head: "repair", Phase: "loss"}}
	p, err := sla.Compile(c, in, shape)
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Settle(sla.Findings{ID: "x", Title: contracts.Text{EN: "x"}, Values: findings}, nil)
	if err != nil {
		t.Fatal(err)
	}
	run, err := p.Bind(s)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// creditors are customers with demands and payments on random days, some of which paid too much.
func creditors(n int) []sla.Customer {
	rng := rand.New(rand.NewPCG(7, 7))
	var out []sla.Customer
	for i := range n {
		c := sla.Customer{ID: fmt.Sprintf("c%04d", i)}
		a := contracts.Amount(rng.Int64N(1 << uint(rng.IntN(39))))
		c.Claims = []sla.Claim{{Head: "repair", Phase: "loss", Claimed: a, Found: a}}
		if rng.IntN(4) > 0 {
			c.DemandedOn = contracts.Date{Year: 2019, Month: 2, Day: 27}.AddDays(rng.IntN(2200))
		}
		c.PaidOn = contracts.Date{Year: 2019, Month: 3, Day: 1}.AddDays(rng.IntN(1500))
		c.Paid = contracts.Amount(rng.Int64N(1 << uint(rng.IntN(38))))
		c.Payments = []sla.Payment{{Amount: contracts.Amount(rng.Int64N(1 << uint(rng.IntN(36)))), On: c.PaidOn.AddDays(rng.IntN(900))}}
		out = append(out, c)
	}
	return out
}

// TestInterestAgrees recalculates workbooks of interest under each convention, over a reform, with payments and with a rate that moves; and
// changes the convention and the last day in the file itself.
func TestInterestAgrees(t *testing.T) {
	recalc.Need(t)
	dir := t.TempDir()
	list := creditors(60)
	each := func(yield func(sla.Customer, error) bool) {
		for _, c := range list {
			if !yield(c, nil) {
				return
			}
		}
	}
	shape := sla.Shape{Demanded: true, PaidOn: true, FurtherPayments: 1}
	found := func(name, is string) sla.Finding {
		return sla.Finding{Name: name, Value: is, Reason: contracts.Text{EN: "test"}}
	}
	build := func(name, law, clause string, findings ...sla.Finding) (string, *report.Result) {
		path := filepath.Join(dir, name+".xlsx")
		res := result(t, contracts.Text{EN: name}, interestRun(t, law, clause, shape, findings...), each)
		writeBook(t, path, res, "en")
		return path, res
	}
	var paths []string
	for _, convention := range []string{"years-and-days", "days-365", "leap-split"} {
		path, _ := build(convention, "jp", "{ground: contract, commercial: true, to: 2025-02-28}", found("day_count.delay", convention))
		paths = append(paths, path)
	}
	moving, _ := build("moving", "de", "{ground: demand, commercial: false, to: 2025-02-28}", found("day_count.delay", "leap-split"))
	paths = append(paths, moving)
	_, changed := build("changed", "jp", "{ground: contract, commercial: true, to: 2025-02-28}",
		found("day_count.delay", "leap-split"), found("to.delay", "2030-03-01"), found("appropriation.delay", "principal-first"), found("ends.delay", "first-out"), found("owed_back.delay", "no-interest"))
	edited := filepath.Join(dir, "edited.xlsx")
	if err := recalc.SetCells(paths[0], edited, assumptionEdits(changed, "en")); err != nil {
		t.Fatal(err)
	}
	books := recalc.Recalculate(t, append(paths, edited)...)
	for _, path := range paths {
		agree(t, filepath.Base(path), readBook(t, path), books[path], everything)
	}
	agree(t, "edited", readBook(t, filepath.Join(dir, "changed.xlsx")), books[edited], func(f recalc.Formula) bool { return strings.Contains(f.Text, "!$E$") })
}

// TestInterestIsTold tells the working of a row in both languages: the sum, the rate with its statute, the days, the convention.
func TestInterestIsTold(t *testing.T) {
	run := interestRun(t, "jp", "{ground: tort, to: 2020-04-30}", sla.Shape{})
	c := sla.Customer{ID: "c", Claims: []sla.Claim{{Head: "repair", Phase: "loss", Claimed: 1_000_000, Found: 1_000_000}}}
	for row, err := range run.Assess(func(yield func(sla.Customer, error) bool) { yield(c, nil) }).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		for lang, want := range map[string][]string{ // order: each is a test of its own
			"ja": {"元本1,000,000円に対し、年5%（民法 第404条）、2019-02-27から2020-04-30まで429日", "満年数＋残日数÷365", "× 1/20 × 429/365（四捨五入）", "起算日"},
			"en": {"on ¥1,000,000 at 5% a year (民法 第404条), from 2019-02-27 to 2020-04-30, 429 days", "whole years, and days over 365", "× 1/20 × 429/365 (half up)", "nothing is said: the first and the last day both count"},
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
