package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/csvtable"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
)

// caseFlags are the flags of every command that assesses.
type caseFlags struct {
	Lang          string `enum:"ja,en" default:"en" help:"Language of what is written: ja or en."`
	Delimiter     string `help:"Delimiter of the CSV lists, when it is not a comma." placeholder:"CHAR"`
	Dedupe        bool   `help:"Take two equal rows for one."`
	AllowPartial  bool   `help:"Leave refused rows out instead of stopping; everything written is marked PARTIAL (exit status 4)."`
	AllowEmpty    bool   `help:"Accept a list without customers."`
	AcceptNewHash bool   `help:"Accept a contract file whose text is not the registered one."`
	dues          bool   // tell each payable apart by the clause that gives it
	Rejects       string `help:"Write refused rows, with place and reason, to this file (with --allow-partial by default beside the output)." placeholder:"FILE"`
}

// opened is a case with its list read through once.
type opened struct {
	c        *sla.Case
	rows     int64 // sound ones
	rejected int64
	rejects  [][]string
}

// open reads a case and, once, its list, so that every problem is known before anything is written.
func (a *app) open(name string, f caseFlags) (*opened, error) {
	folder, err := a.folder(name)
	if err != nil {
		return nil, err
	}
	o := &opened{}
	opts := sla.ReadOptions{Dedupe: f.Dedupe, Empty: f.AllowEmpty, AcceptNewHash: f.AcceptNewHash, Dues: f.dues}
	if opts.Delimiter, err = delimiter(f.Delimiter); err != nil {
		return nil, err
	}
	first := true
	opts.Rejected = func(raw []byte, p contracts.Problem) {
		if first {
			o.rejects = append(o.rejects, []string{p.File, strconv.Itoa(p.Line), strconv.Itoa(p.Column), p.Code, p.Message, string(raw)})
			o.rejected++
		}
	}
	c, problems := sla.OpenCase(folder, opts)
	if c == nil {
		return nil, problems
	}
	o.c = c
	for _, err := range c.Customers.All() {
		var ps contracts.Problems
		if errors.As(err, &ps) {
			problems = append(problems, ps...)
		} else if err != nil {
			return nil, err
		}
		if ps.Err() == nil {
			o.rows++
		}
	}
	first = false
	o.claims(problems)
	if f.Rejects != "" {
		if err := a.writeRejects(f.Rejects, o.rejects); err != nil {
			return nil, err
		}
	}
	if problems.Err() != nil && !(f.AllowPartial && onlyRows(problems)) {
		return nil, problems
	}
	a.report(problems)
	return o, nil
}

// onlyRows reports whether every error is of rows that can be left out.
func onlyRows(ps contracts.Problems) bool {
	return !slices.ContainsFunc(ps, func(p contracts.Problem) bool { return p.IsError() && p.Outcome != contracts.RefuseRow })
}

// claims adds to the refused rows the claims of customers whom the list does not have.
func (o *opened) claims(ps contracts.Problems) {
	for _, p := range ps {
		if p.Code == "E_UNMATCHED" {
			o.rejects = append(o.rejects, []string{p.File, strconv.Itoa(p.Line), strconv.Itoa(p.Column), p.Code, p.Message, p.Value})
			o.rejected++
		}
	}
}

// delimiter reads the flag: one character, or "tab"; nothing is 0.
func delimiter(flag string) (rune, error) {
	r, size := utf8.DecodeRuneInString(flag)
	switch {
	case flag == "":
		return 0, nil
	case flag == "tab" || flag == `\t`:
		return '\t', nil
	case size < len(flag):
		return 0, exitError{exitUsage, fmt.Errorf("--delimiter is one character, or tab; found %q", flag)}
	}
	return r, nil
}

// writeRejects writes refused rows with their place and reason.
func (a *app) writeRejects(path string, rows [][]string) error {
	err := report.WriteFile(a.path(path), func(w io.Writer) error {
		cw := csvtable.NewWriter(w, csvtable.Machine)
		for _, row := range append([][]string{{"file", "line", "column", "code", "message", "row"}}, rows...) {
			row[len(row)-1] = printable(row[len(row)-1])
			if err := cw.Write(row); err != nil {
				return err
			}
		}
		return cw.Flush()
	})
	if err != nil {
		return exitError{exitOutput, err}
	}
	return nil
}

// printable keeps the text of a refused row when it can stand in a CSV file, else shows its bytes escaped.
func printable(raw string) string {
	for _, r := range raw {
		if r == '\uFFFD' || r < ' ' && r != '\n' && r != '\t' && r != '\r' {
			return strconv.Quote(raw)
		}
	}
	return raw
}

// assessCmd is amends assess.
type assessCmd struct {
	Case     string `arg:"" optional:"" default:"firstserver-2012" help:"Case folder, or the name of an example (default: ${default})."`
	Output   string `short:"o" help:"File to write; - is standard output (default: the case's id with the format's ending)." placeholder:"FILE"`
	Findings string `short:"f" help:"Set of findings (default: the case's own default)." placeholder:"NAME"`
	Format   string `enum:"auto,xlsx,csv,jsonl" default:"auto" help:"xlsx, csv or jsonl (default: by the ending of the output file, else xlsx)."`
	caseFlags
}

// format decides the format from the flag and the name of the output.
func (c *assessCmd) format() string {
	if c.Format != "auto" {
		return c.Format
	}
	for _, f := range []string{"csv", "jsonl"} {
		if strings.HasSuffix(c.Output, "."+f) {
			return f
		}
	}
	return "xlsx"
}

// Run assesses a case and writes the result.
func (c *assessCmd) Run(a *app) error {
	o, err := a.open(c.Case, c.caseFlags)
	if err != nil {
		return err
	}
	runs, err := o.c.Bind(c.Findings)
	if err != nil {
		return err
	}
	if c.Output == "" {
		c.Output = o.c.ID + "." + c.format()
	}
	if c.Output != "-" {
		if err := report.CheckOutputPath(a.path(c.Output)); err != nil {
			return exitError{exitOutput, err}
		}
		if c.AllowPartial && c.Rejects == "" && o.rejected > 0 {
			if err := a.writeRejects(c.Output+".rejects.csv", o.rejects); err != nil {
				return err
			}
		}
	}
	res := o.result(runs)
	table := a.out
	if c.Output == "-" {
		table = a.err
	}
	if err := c.write(a, o, runs, res); err != nil {
		return err
	}
	report.Summary(table, res, c.Lang)
	if c.Output != "-" {
		fmt.Fprintf(table, "%s %s\n", map[string]string{"ja": "書き出し先:", "en": "Wrote"}[c.Lang], a.path(c.Output))
	}
	if res.Partial {
		return errPartial
	}
	return nil
}

// result is what a document begins with: title, findings and the files that it rests on.
func (o *opened) result(runs []*sla.Run) *report.Result {
	res := &report.Result{Title: o.c.Title, Findings: runs[0].Settings.Findings, Rejected: o.rejected, Partial: o.rejected > 0}
	for _, f := range o.c.Files {
		res.Inputs = append(res.Inputs, report.Input{Name: f.Name, Bytes: f.Bytes, SHA256: f.SHA256})
	}
	return res
}

// write assesses every contract and writes the output, whole or not at all.
func (c *assessCmd) write(a *app, o *opened, runs []*sla.Run, res *report.Result) error {
	assess := func(each func(sla.Row) error) error { return assessAll(a, o, runs, res, each) }
	produce := func(w io.Writer) error {
		switch c.format() {
		case "jsonl":
			return assess(report.NewJSONLines(w, res.Partial).Write)
		case "csv":
			out := report.NewCSV(w, res.Partial)
			if err := assess(out.Write); err != nil {
				return err
			}
			return out.Flush()
		}
		return workbook(a, o, runs, res, w, c.Lang)
	}
	if c.format() == "xlsx" {
		return a.writeWhole(c.Output, produce)
	}
	return a.write(c.Output, produce)
}

// workbook assesses every contract and writes the workbook.
func workbook(a *app, o *opened, runs []*sla.Run, res *report.Result, w io.Writer, lang string) error {
	kept := newKeeping(o, runs)
	if err := assessAll(a, o, runs, res, func(r sla.Row) error { kept.row(len(res.Parts), r); return nil }); err != nil {
		return err
	}
	for i := range res.Parts {
		kept.give(a, o, &res.Parts[i], i)
	}
	return report.Workbook(w, res, lang)
}

// write writes a file whole or not at all; "-" is standard output, as it comes.
func (a *app) write(path string, produce func(io.Writer) error) error {
	if path == "-" {
		return outputFailed(produce(a.out))
	}
	return outputFailed(report.WriteFile(a.path(path), produce))
}

// writeWhole is write for what is nothing by halves: standard output gets it when it is done.
func (a *app) writeWhole(path string, produce func(io.Writer) error) error {
	if path != "-" {
		return a.write(path, produce)
	}
	var whole bytes.Buffer
	if err := produce(&whole); err != nil {
		return outputFailed(err)
	}
	_, err := whole.WriteTo(a.out)
	return outputFailed(err)
}

// keeping keeps the rows for a workbook: all, or a sample of them where there are too many to stay live.
type keeping struct {
	every   int64 // one row of so many is kept; 1 is all
	seen    int64
	rows    [][]report.Record // by contract
	spreads []*report.Spread  // by contract; nil where all rows are kept
}

// samples is how many rows of a long list stay live, about.
const samples = 100

func newKeeping(o *opened, runs []*sla.Run) *keeping {
	k := &keeping{every: 1, rows: make([][]report.Record, len(runs))}
	if o.rows > report.LiveRows {
		k.every = o.rows / samples
		for _, r := range runs {
			k.spreads = append(k.spreads, report.NewSpread(r.Program.Contract.Currency))
		}
	}
	return k
}

func (k *keeping) row(part int, r sla.Row) {
	if k.spreads == nil {
		k.rows[part] = append(k.rows[part], report.Keep(r))
		return
	}
	k.spreads[part].Add(r.Payable())
	if k.seen++; (k.seen-1)%k.every == 0 {
		k.rows[part] = append(k.rows[part], report.KeepSample(r))
	}
}

// give hands what was kept to the workbook, and a way to all rows where only a sample was.
func (k *keeping) give(a *app, o *opened, p *report.Part, i int) {
	p.Rows = k.rows[i]
	report.Sort(p.Rows)
	if k.spreads == nil {
		return
	}
	p.Spread = k.spreads[i]
	p.All = func(yield func(sla.Row, error) bool) {
		err := a.each(p.Run.Assess(o.c.CustomersOf(p.Run.Program)), func(r sla.Row) error {
			if !yield(r, nil) {
				return errStop
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(sla.Row{}, err)
		}
	}
}

// errStop ends a reading that nobody follows any longer.
var errStop = errors.New("stopped")

// assessAll works every contract out, who bears what it comes to, and what parties recover under contracts of their own.
func assessAll(a *app, o *opened, runs []*sla.Run, res *report.Result, each func(sla.Row) error) error {
	var bears []sla.Row
	for _, run := range runs {
		as := run.Assess(o.c.CustomersOf(run.Program))
		if err := a.each(as, each); err != nil {
			return err
		}
		b, err := run.Bears(as.Totals())
		if err != nil {
			return err
		}
		res.Parts = append(res.Parts, report.Part{Run: run, Totals: *as.Totals(), Bears: b})
		bears = append(bears, b)
	}
	var err error
	if res.Recovered, err = o.c.Recover(runs, bears); err != nil || len(res.Recovered) == 0 {
		return err
	}
	if bears[0].Run().Readings() == 1 {
		return nil
	}
	for i := range bears[0].Run().Readings() {
		got, err := o.c.Recover(runs, sla.Under(bears, i))
		if err != nil {
			return err
		}
		res.Otherwise = append(res.Otherwise, got)
	}
	return nil
}

// outputFailed gives errors of writing their own status, unless they are problems of the input.
func outputFailed(err error) error {
	var ps contracts.Problems
	if err == nil || errors.As(err, &ps) || errors.Is(err, sla.ErrRow) {
		return err
	}
	if errors.Is(err, os.ErrPermission) || errors.Is(err, os.ErrNotExist) || errors.Is(err, os.ErrInvalid) {
		return exitError{exitOutput, fmt.Errorf("nothing was written: %w", err)}
	}
	return exitError{exitOutput, err}
}

// each passes rows on, showing progress on a terminal. Rows that the list refused were reported before.
func (a *app) each(as *sla.Assessment, f func(sla.Row) error) error {
	n := 0
	for row, err := range as.Rows() {
		var ps contracts.Problems
		if errors.As(err, &ps) {
			if sla.SpoilsList(err) { // it was sound when it was first read
				return ps
			}
			continue
		}
		if err != nil {
			return contracts.Problems{{Code: rowCode(err), Message: err.Error()}}
		}
		if err := f(row); err != nil {
			return err
		}
		if n++; a.terminal && n%50_000 == 0 {
			fmt.Fprintf(a.err, "\r%d customers", n)
		}
	}
	if a.terminal && n >= 50_000 {
		fmt.Fprintf(a.err, "\r%d customers\n", n)
	}
	return nil
}

// rowCode is the code of an error that a customer's row met in the engine.
func rowCode(err error) string {
	if errors.Is(err, sla.ErrRow) {
		return "E_ROW"
	}
	return "E_RANGE"
}
