package main

import (
	"errors"
	"io"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
)

// compareCmd is amends compare.
type compareCmd struct {
	Case   string `arg:"" help:"Case folder, or the name of an example."`
	From   string `arg:"" help:"Set of findings to start from."`
	To     string `arg:"" help:"Set of findings to compare with it."`
	Output string `short:"o" help:"Also write each customer's difference as JSON Lines to this file; - is standard output." placeholder:"FILE"`
	caseFlags
}

// Run writes what changes between two sets of findings.
func (c *compareCmd) Run(a *app) error {
	o, err := a.open(c.Case, c.caseFlags)
	if err != nil {
		return err
	}
	from, err := o.c.Bind(c.From)
	if err != nil {
		return err
	}
	to, err := o.c.Bind(c.To)
	if err != nil {
		return err
	}
	table := a.out
	if c.Output == "-" {
		table = a.err
	}
	produce := func(w io.Writer) error {
		for i := range from {
			sum := report.NewComparison(from[i], to[i])
			for d, err := range sla.Compare(from[i], to[i], o.c.CustomersOf(from[i].Program)) {
				var ps contracts.Problems
				if errors.As(err, &ps) && !sla.SpoilsList(err) {
					continue // reported when the list was first read
				}
				if ps != nil {
					return ps
				}
				if err != nil {
					return contracts.Problems{{Code: rowCode(err), Message: err.Error()}}
				}
				if err := sum.Add(d); err != nil {
					return err
				}
				if w != nil {
					if err := report.WriteDifference(w, from[i].Program, d); err != nil {
						return err
					}
				}
			}
			sum.Write(table, c.Lang)
		}
		return nil
	}
	switch c.Output {
	case "":
		err = produce(nil)
	case "-":
		err = outputFailed(produce(a.out))
	default:
		err = outputFailed(report.WriteFile(a.path(c.Output), produce))
	}
	if err == nil && o.rejected > 0 {
		return errPartial
	}
	return err
}
