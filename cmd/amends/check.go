package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report/credits"
	"github.com/amends-go/amends/report/statement"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/whatif"
)

// checkCmd is amends check.
type checkCmd struct {
	Paths         []string `arg:"" name:"path" help:"Case folders, examples, contract, incident or findings files (YAML), or folders that hold them."`
	AcceptNewHash bool     `help:"Accept a contract file whose text is not the registered one."`
	Dedupe        bool     `help:"Take two equal rows for one."`
	AllowEmpty    bool     `help:"Accept a list without customers."`
	Strict        bool     `help:"Fail on warnings too; amends help lint explains them."`
}

// Run reports every problem of every path. It fails when one of them is an error, or with Strict a warning.
func (c *checkCmd) Run(a *app) error {
	var all contracts.Problems
	checked, sound := 0, 0
	for _, p := range c.Paths {
		units, err := c.path(a, p)
		if err != nil {
			return err
		}
		for _, problems := range units {
			if !slices.ContainsFunc(problems, func(p contracts.Problem) bool { return p.Severity() != "note" }) {
				sound++
			}
			all = append(all, problems...)
		}
		checked += len(units)
	}
	errs, warnings, notes := 0, 0, 0
	for _, p := range all {
		switch p.Severity() {
		case "error":
			errs++
		case "warning":
			warnings++
		default:
			notes++
		}
	}
	if all.Err() == nil {
		a.report(all)
	}
	fmt.Fprintf(a.out, "%d checked: %d errors, %d warnings and notes; %d without errors or warnings\n", checked, errs, warnings+notes, sound)
	switch {
	case all.Err() != nil:
		return all
	case c.Strict && warnings > 0:
		return exitError{exitRefused, fmt.Errorf("%d warnings, which --strict does not accept", warnings)}
	}
	return nil
}

// path checks one path, a case, a file, or a folder of either, and returns the problems of each.
func (c *checkCmd) path(a *app, p string) ([]contracts.Problems, error) {
	info, err := os.Stat(a.path(p))
	if err != nil {
		folder, errCase := a.folder(p)
		if errCase != nil {
			return nil, exitError{exitRefused, fmt.Errorf("%s: no such file, folder or example", p)}
		}
		return []contracts.Problems{c.caseFolder(folder, "")}, nil
	}
	if !info.IsDir() {
		data, err := os.ReadFile(a.path(p))
		if err != nil {
			return nil, exitError{exitRefused, err}
		}
		return []contracts.Problems{c.file(p, data)}, nil
	}
	return c.tree(a, p)
}

// tree checks every case below a folder, and every contract, incident and findings file that belongs to none. Other YAML files are
// passed over.
func (c *checkCmd) tree(a *app, root string) ([]contracts.Problems, error) {
	folder := os.DirFS(a.path(root))
	var cases, files []string
	err := fs.WalkDir(folder, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path.Base(p) == sla.CaseFile:
			cases = append(cases, path.Dir(p))
		case !d.IsDir() && (strings.HasSuffix(p, ".yaml") || strings.HasSuffix(p, ".yml")):
			files = append(files, p)
		}
		return nil
	})
	if err != nil {
		return nil, exitError{exitRefused, err}
	}
	var out []contracts.Problems
	for _, dir := range cases {
		sub, err := fs.Sub(folder, dir)
		if err != nil {
			return nil, err
		}
		out = append(out, c.caseFolder(sub, filepath.Join(root, dir)))
	}
	for _, f := range files {
		if slices.ContainsFunc(cases, func(dir string) bool { return dir == "." || strings.HasPrefix(f, dir+"/") }) {
			continue
		}
		data, err := fs.ReadFile(folder, f)
		if err != nil {
			return nil, exitError{exitRefused, err}
		}
		if hasField(data, "clauses") || hasField(data, "sets") || isIncident(data) {
			out = append(out, c.file(filepath.Join(root, f), data))
		}
	}
	if len(out) == 0 {
		return nil, exitError{exitRefused, fmt.Errorf("%s: no case and no contract, incident or findings file below it", root)}
	}
	return out, nil
}

// caseFolder opens a case, lints its contracts, reads its list and settles all its findings.
func (c *checkCmd) caseFolder(folder fs.FS, name string) contracts.Problems {
	opened, problems := sla.OpenCase(folder, sla.ReadOptions{AcceptNewHash: c.AcceptNewHash, Dedupe: c.Dedupe, Empty: c.AllowEmpty})
	if opened != nil {
		for _, p := range opened.Versions() {
			problems = withLint(problems, p.Contract)
		}
		if s := opened.Statement; s != nil {
			_, wrong := statement.Read(s.Name, s.Data, opened.Folder)
			problems = append(problems, wrong...)
		}
		if s := opened.Scenarios; s != nil {
			study, wrong := whatif.Read(s.Name, s.Data)
			if wrong.Err() == nil {
				wrong = append(wrong, study.Bind(opened)...)
			}
			problems = append(problems, wrong...)
		}
		if b := opened.Billing; b != nil {
			terms, wrong := credits.ReadBilling(b.Name, b.Data)
			problems = append(problems, wrong...)
			if terms != nil && terms.Invoices != "" {
				_, wrong = credits.ReadInvoices(opened.Folder, terms.Invoices)
				problems = append(problems, wrong...)
			}
			if terms != nil && terms.Zengin != nil {
				_, wrong = credits.ReadAccounts(opened.Folder, terms.Zengin.Accounts)
				problems = append(problems, wrong...)
			}
		}
		for _, err := range opened.Customers.All() {
			var ps contracts.Problems
			if errors.As(err, &ps) {
				problems = append(problems, ps...)
			}
		}
	}
	for i := range problems {
		if name != "" {
			problems[i].File = filepath.Join(name, problems[i].File)
		}
	}
	return problems
}

// withLint adds the findings of a contract to the problems of its reading, each once, since some are told by both, and the worked
// examples that do not come out.
func withLint(problems contracts.Problems, c *contracts.Contract) contracts.Problems {
	if c == nil || problems.Err() != nil {
		return problems
	}
	all := append(slices.Clone(problems), c.Lint()...)
	return slices.Compact(append(all, sla.CheckExamples(c)...).Sorted())
}

// file checks a single file, whose top-level fields tell what it is.
func (c *checkCmd) file(name string, data []byte) contracts.Problems {
	switch {
	case hasField(data, "sets"):
		_, problems := sla.ReadFindings(name, data)
		return problems
	case isIncident(data):
		_, problems := sla.ReadIncident(name, data, contracts.Date{})
		return problems
	}
	terms, problems := contracts.Read(name, data)
	return withLint(problems, terms)
}

// isIncident reports whether a file tells what happened.
func isIncident(data []byte) bool {
	return hasField(data, "events") || hasField(data, "levels") || hasField(data, "series")
}

// hasField reports whether a line begins with the field, as those at the top of a YAML file do.
func hasField(data []byte, field string) bool {
	return slices.ContainsFunc(strings.Split(string(data), "\n"), func(line string) bool { return strings.HasPrefix(line, field+":") })
}
