package report_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/amends-go/amends/examples"
	"github.com/amends-go/amends/internal/recalc"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/whatif"
)

// thin is an example whose list holds the heading and every so many of its customers.
func thin(t testing.TB, example string, every int) fs.FS {
	t.Helper()
	folder, err := examples.Open(example)
	if err != nil {
		t.Fatal(err)
	}
	out := fstest.MapFS{}
	err = fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, name)
		if name == "customers.csv" {
			lines := bytes.SplitAfter(data, []byte("\n"))
			data = nil
			for i, l := range lines {
				if i == 0 || i%every == 1 || every == 1 {
					data = append(data, l...)
				}
			}
		}
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// asked works out the case's own study, or the comparison of all its findings.
func asked(t testing.TB, folder fs.FS) *whatif.Report {
	t.Helper()
	c, problems := sla.OpenCase(folder, sla.ReadOptions{})
	if c == nil {
		t.Fatal(problems)
	}
	study := &whatif.Study{}
	if c.Scenarios != nil {
		if study, problems = whatif.Read(c.Scenarios.Name, c.Scenarios.Data); problems.Err() != nil {
			t.Fatal(problems)
		}
	}
	if problems := study.Bind(c); problems.Err() != nil {
		t.Fatal(problems)
	}
	r, err := study.Work(c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// showing is the result that a workbook of a what-if shows when the scenario is picked.
func showing(t testing.TB, r *whatif.Report, scenario string) *report.Result {
	t.Helper()
	runs, err := r.Case.BindFirst(scenario)
	if err != nil {
		t.Fatal(err)
	}
	res := &report.Result{Title: r.Case.Title, Findings: runs[0].Settings.Findings, WhatIf: r}
	var bears []sla.Row
	for _, run := range runs {
		part := result(t, r.Case.Title, run, r.Case.CustomersOf(run.Program)).Parts[0]
		res.Parts, bears = append(res.Parts, part), append(bears, part.Bears)
	}
	if res.Recovered, err = r.Case.Recover(runs, bears); err != nil {
		t.Fatal(err)
	}
	return res
}

// TestThePickerDrivesEveryFormula writes the what-if workbook of every example as it shows one scenario, puts each other scenario into the picker's cell,
// has LibreOffice compute every formula anew, and compares every one with the engine under that scenario.
func TestThePickerDrivesEveryFormula(t *testing.T) {
	recalc.Need(t)
	dir := t.TempDir()
	type change struct{ name, edited, want string }
	var changes []change
	var paths []string
	sheet := map[string]string{"ja": "前提", "en": "Assumptions"}
	for n, example := range append(examples.Names(), "versions") {
		lang := []string{"en", "ja"}[n%2]
		var r *whatif.Report
		if example == "versions" {
			r = asked(t, versions)
		} else {
			r = asked(t, thin(t, example, 40))
		}
		base := filepath.Join(dir, example+".xlsx")
		writeBook(t, base, showing(t, r, r.Exposures[0].Scenario.ID), lang)
		for i, e := range r.Exposures {
			res := showing(t, r, e.Scenario.ID)
			ch := change{example + "/" + e.Scenario.ID, filepath.Join(dir, fmt.Sprintf("%s-to-%d.xlsx", example, i)), filepath.Join(dir, fmt.Sprintf("%s-is-%d.xlsx", example, i))}
			writeBook(t, ch.want, res, lang)
			if err := recalc.SetCells(base, ch.edited, []recalc.Edit{{Sheet: sheet[lang], Cell: report.PickerCell, Text: report.PickerText(res, i, lang)}}); err != nil {
				t.Fatal(err)
			}
			changes, paths = append(changes, ch), append(paths, ch.edited)
			// The sum that the sheet of scenarios holds beside it is what the engine says under its own findings.
			for k, c := range e.Contracts {
				if got := res.Parts[k].Totals.Payable(); len(r.Case.Versions()) == len(r.Case.Contracts) && got != c.Payable() {
					t.Errorf("%s: the workbook's rows come to %d, the scenario to %d", ch.name, got, c.Payable())
				}
			}
		}
	}
	books := recalc.Recalculate(t, paths...)
	cells := 0
	for _, ch := range changes {
		cells += agree(t, ch.name, readBook(t, ch.want), books[ch.edited], everything)
	}
	t.Logf("%d scenarios, %d formula cells", len(changes), cells)
}

// versions is a case whose terms have another version: under the old one a whole month's fee is credited, under the new one a tenth.
var versions = fstest.MapFS{
	"case.yaml": {Data: []byte(`id: versions
title: Old and new terms
contracts: [{file: old.yaml, versions: [new.yaml]}]
incident: incident.yaml
findings: findings.yaml
customers: customers.csv
`)},
	"old.yaml": {Data: []byte(terms("old", "100%", "2020-01-01", "2026-04-01"))},
	"new.yaml": {Data: []byte(terms("new", "10%", "2026-04-01", "2030-01-01"))},
	"incident.yaml": {Data: []byte(`id: i
title: Outage
zone: Asia/Tokyo
services: {web: Web}
events:
  - id: e
    kind: outage
    title: Outage
    phases: [{id: p, title: Outage, from: 2026-03-10 10:00, to: 2026-03-10 20:00, impact: outage, clock: ops}]
`)},
	"findings.yaml": {Data: []byte(`sets:
  - {id: as-agreed, title: The terms as agreed}
  - id: new-terms
    title: As if the new terms had been agreed
    source: a what-if
    findings: {version.old: {is: new, reason: what the new clause would have cost}}
`)},
	"customers.csv": {Data: []byte("id,monthly_fee\na,1000\nb,2555\nc,0\n")},
}

func terms(id, pay, from, until string) string {
	return fmt.Sprintf(`id: %s
title: Terms %s
audience: any
currency: JPY
zone: Asia/Tokyo
rounding: down
in_force: {from: %s, until: %s}
clauses:
  - id: up
    ref: {doc: SLA, section: "1"}
    availability: {target: "99.9%%", window: calendar-month}
  - id: credit
    ref: {doc: SLA, section: "2"}
    credit: {availability: up, of: monthly-fee, tiers: [{below: "99.9%%", pay: "%s"}], claim: automatic}
`, id, id, from, until, pay)
}
