package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/amends-go/amends/internal/csvtable"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
)

// explainCmd is amends explain.
type explainCmd struct {
	Case         string `arg:"" help:"Case folder, or the name of an example."`
	Customer     string `help:"Id of the customer." placeholder:"ID"`
	Parties      bool   `help:"Instead of one customer, explain who finally bears the whole: shares of fault, contribution, recourse."`
	Subscription string `help:"Subscription, when the customer has several." placeholder:"ID"`
	Findings     string `short:"f" help:"Set of findings (default: the case's own default)." placeholder:"NAME"`
	caseFlags
}

// Run writes the working of one customer, or of who bears the whole.
func (c *explainCmd) Run(a *app) error {
	if (c.Customer == "") == !c.Parties {
		return exitError{exitUsage, errors.New("say which customer to explain: --customer ID, or --parties for who bears the whole")}
	}
	o, err := a.open(c.Case, c.caseFlags)
	if err != nil {
		return err
	}
	runs, err := o.c.Bind(c.Findings)
	if err != nil {
		return err
	}
	if c.Parties {
		return c.parties(a, o, runs)
	}
	found := 0
	var near []string
	for _, run := range runs {
		err := a.each(run.Assess(o.c.CustomersOf(run.Program)), func(r sla.Row) error {
			switch {
			case r.Customer.ID == c.Customer && (c.Subscription == "" || r.Customer.Subscription == c.Subscription):
				if found > 0 {
					fmt.Fprintln(a.out, "\n"+strings.Repeat("─", 72)+"\n")
				}
				report.Explain(a.out, o.c.Title, r, c.Lang)
				found++
			case found == 0 && len(near) < 5 && csvtable.Folded(r.Customer.ID) == csvtable.Folded(c.Customer):
				near = append(near, r.Customer.ID)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if found > 0 {
		return nil
	}
	hint := ""
	if len(near) > 0 {
		hint = "; did you mean " + strings.Join(near, ", ") + "?"
	}
	return exitError{exitRefused, fmt.Errorf("the case has no customer %q%s", c.Customer, hint)}
}

// parties explains who bears the whole.
func (c *explainCmd) parties(a *app, o *opened, runs []*sla.Run) error {
	res := &report.Result{Title: o.c.Title, Findings: runs[0].Settings.Findings}
	if err := assessAll(a, o, runs, res, func(sla.Row) error { return nil }); err != nil {
		return err
	}
	report.ExplainParties(a.out, res, c.Lang)
	return nil
}
