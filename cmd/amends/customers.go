package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
)

// customersCmd is amends customers.
type customersCmd struct {
	Workbook string `arg:"" help:"Workbook that amends assess wrote."`
	Case     string `required:"" help:"Case folder, or the name of an example, that the workbook was made from." placeholder:"CASE"`
	Contract string `help:"Contract whose customers are read, where the case has several." placeholder:"ID"`
	Output   string `short:"o" required:"" help:"CSV list to write; - is standard output." placeholder:"FILE"`
}

// Run reads the customers of a workbook back as a list.
func (c *customersCmd) Run(a *app) error {
	folder, err := a.folder(c.Case)
	if err != nil {
		return err
	}
	k, problems := sla.OpenCase(folder, sla.ReadOptions{})
	if k == nil {
		return problems
	}
	prog, err := c.program(k)
	if err != nil {
		return err
	}
	f, err := os.Open(a.path(c.Workbook))
	if err != nil {
		return exitError{exitRefused, err}
	}
	defer f.Close()
	n := 0
	write := func(out io.Writer) error {
		list, err := sla.NewCustomersCSV(out, prog)
		if err != nil {
			return exitError{exitRefused, err}
		}
		for customer, err := range report.ReadCustomers(f, prog) {
			if err == nil {
				err = list.Write(customer)
			}
			if err != nil {
				return exitError{exitRefused, fmt.Errorf("%s: %w", c.Workbook, err)}
			}
			n++
		}
		return list.Flush()
	}
	if c.Output == "-" {
		err = write(a.out)
	} else {
		err = report.WriteFile(a.path(c.Output), write)
	}
	var refused exitError
	if errors.As(err, &refused) {
		return refused
	}
	if err != nil {
		return outputFailed(err)
	}
	a.say(contracts.Problem{Code: "N_IMPORTED", Message: fmt.Sprintf("%d rows of contract %s", n, prog.Contract.ID)})
	return nil
}

// program is that of the contract asked for, or the only one.
func (c *customersCmd) program(k *sla.Case) (*sla.Program, error) {
	var ids []string
	for _, p := range k.Programs {
		if p.Contract.ID == c.Contract || c.Contract == "" && len(k.Programs) == 1 {
			return p, nil
		}
		ids = append(ids, p.Contract.ID)
	}
	return nil, exitError{exitUsage, fmt.Errorf("--contract is one of %s; found %q", strings.Join(ids, ", "), c.Contract)}
}
