package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/csvtable"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/report/sandbox"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/chance"
	"github.com/amends-go/amends/sla/whatif"
)

// whatifCmd is amends whatif.
type whatifCmd struct {
	Case        string   `arg:"" optional:"" default:"firstserver-2012" help:"Case folder, or the name of an example (default: ${default})."`
	Values      []string `arg:"" optional:"" name:"name=value" help:"Further values to try, beside --set."`
	Scenarios   string   `help:"File of scenarios, ranges and questions (default: the one that the case names)." placeholder:"FILE"`
	Base        string   `help:"Findings or scenario over which everything varies (default: that of the file, else of the case)." placeholder:"NAME"`
	Set         []string `sep:"none" help:"Try a value: --set grade=gross --set own_fault=30%. Only the base and this are then compared, unless --scenarios names a file." placeholder:"NAME=VALUE"`
	Output      string   `short:"o" help:"Write a workbook (.xlsx) with the scenarios side by side, a picker that drives every formula, and charts." placeholder:"FILE"`
	HTML        string   `help:"Write one offline page (.html) in which every assumption can be moved; nothing in it asks a network." placeholder:"FILE"`
	Anonymous   bool     `help:"Leave customers' names out of the page."`
	Draws       int      `help:"How many draws of what is uncertain, instead of what the file says." placeholder:"N"`
	Seed        string   `help:"Seed of the draws, instead of the file's." placeholder:"N"`
	Differences string   `help:"Write each customer's difference under each scenario, with the rule and clause that caused it, as CSV; - is standard output." placeholder:"FILE"`
	caseFlags
}

// Help tells more than a line can.
func (whatifCmd) Help() string {
	return "Names of parameters are those of findings: grade, grade.PHASE, clause.ID, law.ID, admit.HEAD, part.HEAD, own_fault, share.PARTY, version.CONTRACT … " +
		"(amends help parameters CASE lists those of a case). The file of scenarios is told of by amends help case scenarios."
}

// Run works out the scenarios of a case and what they turn on.
func (c *whatifCmd) Run(a *app) error {
	if err := c.outputs(a); err != nil {
		return err
	}
	o, err := a.open(c.Case, c.caseFlags)
	if err != nil {
		return err
	}
	study, err := c.study(a, o.c)
	if err != nil {
		return err
	}
	r, err := study.Work(o.c, a.progress())
	if err != nil {
		return rowProblem(err)
	}
	r.Rejected = o.rejected
	for _, path := range c.files() {
		if c.AllowPartial && c.Rejects == "" && o.rejected > 0 && path != "" && path != "-" {
			if err := a.writeRejects(path+".rejects.csv", o.rejects); err != nil {
				return err
			}
		}
	}
	table := a.out
	if slices.Contains(c.files(), "-") {
		table = a.err
	}
	report.WhatIf(table, r, c.Lang)
	if c.Differences != "" {
		if err := a.write(c.Differences, func(w io.Writer) error { return writeDifferences(w, r) }); err != nil {
			return err
		}
	}
	if c.Output != "" {
		if err := a.writeWhole(c.Output, func(w io.Writer) error { return c.workbook(a, o, r, w) }); err != nil {
			return err
		}
	}
	if c.HTML != "" {
		if err := a.writeWhole(c.HTML, func(w io.Writer) error { return c.page(r, w) }); err != nil {
			return err
		}
	}
	for _, path := range c.files() {
		if path != "" && path != "-" {
			fmt.Fprintf(table, "%s %s\n", map[string]string{"ja": "書き出し先:", "en": "Wrote"}[c.Lang], a.path(path))
		}
	}
	if o.rejected > 0 {
		return errPartial
	}
	return nil
}

// outputs lists the files to write, and refuses what cannot be written before anything is worked out.
func (c *whatifCmd) outputs(a *app) error {
	streams := 0
	for _, path := range c.files() {
		switch path {
		case "":
		case "-":
			streams++
		default:
			if err := report.CheckOutputPath(a.path(path)); err != nil {
				return exitError{exitOutput, err}
			}
		}
	}
	if streams > 1 {
		return exitError{exitUsage, errors.New("one output only goes to standard output")}
	}
	if c.Anonymous && c.HTML == "" {
		return exitError{exitUsage, errors.New("--anonymous is of the page: give --html FILE")}
	}
	for i, path := range c.files() {
		if path != "" && path != "-" && slices.Contains(c.files()[:i], path) {
			return exitError{exitUsage, fmt.Errorf("two outputs are both %s", path)}
		}
	}
	return nil
}

// files are the outputs.
func (c *whatifCmd) files() []string { return []string{c.Output, c.HTML, c.Differences} }

// page writes the offline page: what the study compares can be picked in it, and its ranges are what sliders run over.
func (c *whatifCmd) page(r *whatif.Report, w io.Writer) error {
	p := sandbox.Page{Case: r.Case, Base: r.Exposures[0].Scenario.ID, Lang: c.Lang, Anonymous: c.Anonymous}
	for _, x := range r.Study.Ranges {
		par, cur, err := r.Case.Parameter(x.Parameter)
		if err != nil || x.From == "" || x.To == "" || par.Kind == sla.Weight {
			continue
		}
		from, err := par.Parse(x.From, cur)
		if err != nil {
			return err
		}
		to, err := par.Parse(x.To, cur)
		if err != nil {
			return err
		}
		p.Ranges = append(p.Ranges, sandbox.Range{Parameter: x.Parameter, From: from, To: to})
	}
	return sandbox.Write(w, p)
}

// workbook writes the workbook of the base with the scenarios and what they turn on.
func (c *whatifCmd) workbook(a *app, o *opened, r *whatif.Report, w io.Writer) error {
	runs, err := o.c.BindFirst(r.Exposures[0].Scenario.ID)
	if err != nil {
		return err
	}
	res := o.result(runs)
	res.WhatIf = r
	return workbook(a, o, runs, res, w, c.Lang)
}

// study reads what is asked, and holds it against the case.
func (c *whatifCmd) study(a *app, k *sla.Case) (*whatif.Study, error) {
	study := &whatif.Study{}
	if c.Scenarios != "" || k.Scenarios != nil {
		paper := k.Scenarios
		if c.Scenarios != "" {
			data, err := os.ReadFile(a.path(c.Scenarios))
			if err != nil {
				return nil, exitError{exitRefused, err}
			}
			paper = &sla.Paper{Name: c.Scenarios, Data: data}
		}
		read, problems := whatif.Read(paper.Name, paper.Data)
		if problems.Err() != nil {
			return nil, problems
		}
		a.report(problems)
		study = read
	}
	if c.Base != "" {
		study.Base = c.Base
	}
	if err := c.drawing(study); err != nil {
		return nil, err
	}
	if c.Set = append(c.Set, c.Values...); len(c.Set) == 0 {
		return study, orNil(study.Bind(k))
	}
	if problems := k.AddFindings(study.Scenarios); problems.Err() != nil { // which the base may name
		return nil, problems
	}
	tried, err := c.tried(k, study.Base)
	if err != nil {
		return nil, err
	}
	if c.Scenarios != "" { // everything that the file asks, and what is tried beside it
		if len(study.Compare) > 0 {
			study.Compare = append(study.Compare, tried.ID)
		}
		study.Scenarios = []sla.Findings{*tried} // the others have been added
		return study, orNil(study.Bind(k))
	}
	only := &whatif.Study{Base: tried.BasedOn, Scenarios: []sla.Findings{*tried}, Compare: []string{tried.BasedOn, tried.ID}, Only: true}
	return only, orNil(only.Bind(k))
}

// drawing takes the number of draws and the seed from the command line.
func (c *whatifCmd) drawing(study *whatif.Study) error {
	if c.Draws == 0 && c.Seed == "" {
		return nil
	}
	if study.Uncertainty == nil {
		return exitError{exitUsage, errors.New("--draws and --seed need a file of scenarios with a section uncertainty (amends help case uncertainty)")}
	}
	if c.Draws < 0 || c.Draws > chance.MaxDraws {
		return exitError{exitUsage, fmt.Errorf("--draws is from 1 to %d, found %d", chance.MaxDraws, c.Draws)}
	}
	if c.Draws > 0 {
		study.Uncertainty.Draws = c.Draws
	}
	if c.Seed != "" {
		n, err := strconv.ParseUint(c.Seed, 10, 62)
		if err != nil {
			return exitError{exitUsage, fmt.Errorf("--seed is a whole number, found %q", c.Seed)}
		}
		study.Uncertainty.Seed = n
	}
	return nil
}

// orNil is the problems as an error, if one of them is.
func orNil(ps contracts.Problems) error {
	if ps.Err() == nil {
		return nil
	}
	return ps
}

// tried is the scenario that the command line sets.
func (c *whatifCmd) tried(k *sla.Case, base string) (*sla.Findings, error) {
	f, err := k.Set(base)
	if err != nil {
		return nil, err
	}
	out := &sla.Findings{ID: "tried", BasedOn: f.ID, Title: contracts.Text{JA: "試算（" + strings.Join(c.Set, ", ") + "）", EN: "tried: " + strings.Join(c.Set, ", ")}}
	for _, s := range c.Set {
		name, value, ok := strings.Cut(s, "=")
		if !ok {
			return nil, exitError{exitUsage, fmt.Errorf("--set %s: write NAME=VALUE, such as grade=gross or own_fault=30%%", s)}
		}
		out.Values = append(out.Values, sla.Finding{Name: strings.TrimSpace(name), Value: strings.TrimSpace(value), Source: "--set",
			Reason: contracts.Text{JA: "コマンドラインで設定した仮定", EN: "set on the command line"}, At: contracts.Pos{File: "--set"}})
	}
	return out, nil
}

// progress tells on a terminal what is being worked out.
func (a *app) progress() func(string) {
	if !a.terminal {
		return nil
	}
	return func(what string) { fmt.Fprintf(a.err, "\r\x1b[K%s …", what) }
}

// rowProblem gives errors that a customer's row met in the engine their code.
func rowProblem(err error) error {
	var ps contracts.Problems
	if err == nil || errors.As(err, &ps) {
		return err
	}
	return contracts.Problems{{Code: rowCode(err), Message: err.Error()}}
}

// writeDifferences writes a line for each customer and scenario after the first.
func writeDifferences(w io.Writer, r *whatif.Report) error {
	out := csvtable.NewWriter(w, csvtable.Machine)
	if err := out.Write([]string{"scenario", "base", "contract", "customer", "subscription", "currency", "from", "to", "difference", "rule", "clause", "reference", "note"}); err != nil {
		return err
	}
	note := ""
	if r.Rejected > 0 {
		note = "PARTIAL"
	}
	for _, e := range r.Exposures[1:] {
		_, err := whatif.Differ(r.Case, r.Exposures[0], e, func(terms *contracts.Contract, ch whatif.Change) error {
			rule, clause, ref := "", "", ""
			if k := ch.Cause; k != nil && ch.From != ch.To {
				rule, clause = string(k.Rule), k.Clause
				ref = report.Citation(k.Refs)
			}
			cur := terms.Currency
			return out.Write([]string{e.Scenario.ID, r.Exposures[0].Scenario.ID, terms.ID, ch.Customer, ch.Subscription, cur.Code, ch.From.Text(cur), ch.To.Text(cur), (ch.To - ch.From).Text(cur), rule, clause, ref, note})
		})
		if err != nil {
			return err
		}
	}
	return out.Flush()
}
