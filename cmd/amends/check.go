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
	"github.com/amends-go/amends/sla"
)

// checkCmd is amends check.
type checkCmd struct {
	Paths         []string `arg:"" name:"path" help:"Case folders, examples, contract, incident or findings files (YAML), or folders that hold them."`
	AcceptNewHash bool     `help:"Accept a contract file whose text is not the registered one."`
	Dedupe        bool     `help:"Take two equal rows for one."`
	AllowEmpty    bool     `help:"Accept a list without customers."`
}

// Run reports every problem of every path. It fails when one of them is an error.
func (c *checkCmd) Run(a *app) error {
	var all contracts.Problems
	checked := 0
	for _, p := range c.Paths {
		n, problems, err := c.path(a, p)
		if err != nil {
			return err
		}
		checked += n
		all = append(all, problems...)
	}
	errs, others := 0, 0
	for _, p := range all {
		if p.IsError() {
			errs++
		} else {
			others++
		}
	}
	if all.Err() == nil {
		a.report(all)
	}
	fmt.Fprintf(a.out, "%d checked: %d errors, %d warnings and notes\n", checked, errs, others)
	if all.Err() != nil {
		return all
	}
	return nil
}

// path checks one path: a case, a file, or a folder of either.
func (c *checkCmd) path(a *app, p string) (int, contracts.Problems, error) {
	info, err := os.Stat(a.path(p))
	if err != nil {
		folder, errCase := a.folder(p)
		if errCase != nil {
			return 0, nil, exitError{exitRefused, fmt.Errorf("%s: no such file, folder or example", p)}
		}
		return 1, c.caseFolder(folder, ""), nil
	}
	if !info.IsDir() {
		data, err := os.ReadFile(a.path(p))
		if err != nil {
			return 0, nil, exitError{exitRefused, err}
		}
		return 1, c.file(p, data), nil
	}
	return c.tree(a, p)
}

// tree checks every case below a folder, and every YAML file that belongs to none.
func (c *checkCmd) tree(a *app, root string) (int, contracts.Problems, error) {
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
		return 0, nil, exitError{exitRefused, err}
	}
	var out contracts.Problems
	for _, dir := range cases {
		sub, err := fs.Sub(folder, dir)
		if err != nil {
			return 0, nil, err
		}
		out = append(out, c.caseFolder(sub, filepath.Join(root, dir))...)
	}
	n := len(cases)
	for _, f := range files {
		if slices.ContainsFunc(cases, func(dir string) bool { return dir == "." || strings.HasPrefix(f, dir+"/") }) {
			continue
		}
		data, err := fs.ReadFile(folder, f)
		if err != nil {
			return 0, nil, exitError{exitRefused, err}
		}
		n++
		out = append(out, c.file(filepath.Join(root, f), data)...)
	}
	if n == 0 {
		return 0, nil, exitError{exitRefused, fmt.Errorf("%s: no case and no YAML file below it", root)}
	}
	return n, out, nil
}

// caseFolder opens a case, reads its list and settles all its findings.
func (c *checkCmd) caseFolder(folder fs.FS, name string) contracts.Problems {
	opened, problems := sla.OpenCase(folder, sla.ReadOptions{AcceptNewHash: c.AcceptNewHash, Dedupe: c.Dedupe, Empty: c.AllowEmpty})
	if opened != nil {
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

// file checks a single file, whose top-level fields tell what it is.
func (c *checkCmd) file(name string, data []byte) contracts.Problems {
	has := func(field string) bool {
		return slices.ContainsFunc(strings.Split(string(data), "\n"), func(line string) bool { return strings.HasPrefix(line, field+":") })
	}
	switch {
	case has("sets"):
		_, problems := sla.ReadFindings(name, data)
		return problems
	case has("events"):
		_, problems := sla.ReadIncident(name, data, contracts.Date{})
		return problems
	}
	_, problems := contracts.Read(name, data)
	return problems
}
