// Command amends works out what each customer is owed after an incident, and why.
//
//	amends assess [CASE]             summary and workbook (or CSV, JSON Lines)
//	amends explain CASE --customer ID   one customer's working, step by step
//	amends credits CASE -o FILE      what billing is to credit, and later only the difference
//	amends customers WORKBOOK --case CASE -o FILE   the customers of a workbook as a list
//	amends statement CASE --all -o DIR   letters that tell customers what they receive
//	amends compare CASE FROM TO      what changes between two sets of findings
//	amends whatif CASE               scenarios side by side, what they turn on, break-evens
//	amends check PATH…               every problem in cases and contract files
//	amends import FORMAT FILE -o OUT a status page's feed as an incident file
//	amends examples                  the cases that come with the command
//
// A CASE is a folder with a case.yaml, or the name of an example. Exit status: 0 complete, 2 wrong usage,
// 3 input refused and nothing written, 4 partial result as asked for, 5 output failed, 6 a
// named limit was reached, 7 two values that must agree do not.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/alecthomas/kong"
	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/examples"
	"github.com/amends-go/amends/sla"
)

// The exit statuses.
const (
	exitOK       = 0
	exitUsage    = 2
	exitRefused  = 3
	exitPartial  = 4
	exitOutput   = 5
	exitLimit    = 6
	exitConflict = 7
)

// cli is the command line.
type cli struct {
	Assess    assessCmd    `cmd:"" help:"Work out what every customer of a case is owed; write a workbook, CSV or JSON Lines."`
	Explain   explainCmd   `cmd:"" help:"Tell one customer's working, or with --parties who finally bears the whole, step by step, with the rules that did not apply and why."`
	Credits   creditsCmd   `cmd:"" help:"Write what billing is to credit: the neutral record, or what Stripe, Lago, 弥生 and banks (総合振込) take."`
	Customers customersCmd `cmd:"" help:"Read the customers of a workbook back as a CSV list."`
	Statement statementCmd `cmd:"" help:"Write the letters that tell customers what they receive, why and when: PDF, HTML or a sheet each."`
	Compare   compareCmd   `cmd:"" help:"Tell what changes between two sets of findings, by rule and by customer."`
	Whatif    whatifCmd    `cmd:"" help:"Work out scenarios side by side: what each comes to and why, which assumption moves it most, where an amount is reached."`
	Check     checkCmd     `cmd:"" help:"Report every problem in case folders and in contract, incident and findings files."`
	Examples  examplesCmd  `cmd:"" help:"List the cases that come with the command."`
	Import    importCmd    `cmd:"" help:"Turn the feed of a status page or monitor into an incident file."`
	Help      helpCmd      `cmd:"" help:"Tell about clauses and codes: amends help clauses."`

	Errors string `enum:"text,json" default:"text" help:"How problems are written: text, a line each, or json, an object a line."`
}

// app is where a run reads and writes.
type app struct {
	out, err io.Writer
	dir      string // where relative paths begin; "" is the working directory
	errors   string
	files    func(dir string) fs.FS // how a folder is opened; os.DirFS when nil
	terminal bool                   // err is a terminal: show progress
}

func main() {
	info, err := os.Stderr.Stat()
	a := &app{out: os.Stdout, err: os.Stderr, terminal: err == nil && info.Mode()&os.ModeCharDevice != 0}
	os.Exit(a.run(os.Args[1:]))
}

// run parses and runs a command line and returns the exit status.
func (a *app) run(args []string) (status int) {
	var c cli
	exited := -1
	parser, err := kong.New(&c, kong.Name("amends"), kong.Writers(a.out, a.err), kong.Exit(func(code int) { exited = code; panic(exitNow{}) }),
		kong.Description("What each customer is owed after an incident, why, and who finally bears it.\n\nA CASE is a folder with a case.yaml, or the name of an example (amends examples). Not legal advice."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(a.err, "amends:", err)
		return exitUsage
	}
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(exitNow); !ok {
				panic(r)
			}
			status = exited
		}
	}()
	ctx, err := parser.Parse(args)
	a.errors = c.Errors
	a.terminal = a.terminal && c.Errors != "json"
	if err != nil {
		if asksForJSON(args) { // the flags of a line that cannot be parsed are not set
			a.errors = "json"
		}
		a.say(contracts.Problem{Code: "E_USAGE", Message: err.Error(), Hint: "try: amends --help"})
		return exitUsage
	}
	return a.finish(ctx.Run(a))
}

// asksForJSON looks for --errors json in a command line.
func asksForJSON(args []string) bool {
	i := slices.Index(args, "--errors")
	return slices.Contains(args, "--errors=json") || i >= 0 && i+1 < len(args) && args[i+1] == "json"
}

// exitNow unwinds after --help.
type exitNow struct{}

// exitError is an error with its own exit status.
type exitError struct {
	status int
	err    error
}

func (e exitError) Error() string { return e.err.Error() }

func (e exitError) Unwrap() error { return e.err }

// errPartial marks a result from which refused rows are missing, as was asked for.
var errPartial = errors.New("partial result: refused rows are missing from it")

// finish writes an error and chooses the exit status.
func (a *app) finish(err error) int {
	var ps contracts.Problems
	var ee exitError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errPartial):
		a.say(contracts.Problem{Code: "W_PARTIAL", Message: err.Error()})
		return exitPartial
	case errors.As(err, &ps):
		a.report(ps)
		return statusOf(ps)
	case errors.As(err, &ee):
		a.say(contracts.Problem{Code: codeOf[ee.status], Message: err.Error()})
		return ee.status
	}
	a.say(contracts.Problem{Code: "E_INPUT", Message: err.Error()})
	return exitRefused
}

// codeOf are the codes of errors that are of the run and of no place in a file.
var codeOf = map[int]string{exitUsage: "E_USAGE", exitRefused: "E_INPUT", exitOutput: "E_OUT_PATH"}

// statusOf is the exit status for problems: the gravest outcome decides.
func statusOf(ps contracts.Problems) int {
	status := exitOK
	for _, p := range ps {
		switch {
		case !p.IsError():
		case p.Outcome == contracts.Conflict:
			return exitConflict
		case p.Outcome == contracts.Limit:
			status = exitLimit
		case status == exitOK:
			status = exitRefused
		}
	}
	return status
}

// maxReported bounds how many problems are written out; counting goes on.
const maxReported = 1000

// report writes problems to the error stream, one a line.
func (a *app) report(ps contracts.Problems) {
	for i, p := range ps {
		if i == maxReported {
			a.say(contracts.Problem{Code: "E_TOO_MANY", Message: fmt.Sprintf("%d more problems are not listed", len(ps)-maxReported)})
			return
		}
		if a.errors == "json" {
			a.json(p)
		} else {
			fmt.Fprintln(a.err, p.Error())
		}
	}
}

// say writes what is of the run and of no place in a file.
func (a *app) say(p contracts.Problem) {
	if a.errors == "json" {
		a.json(p)
		return
	}
	text := "amends: " + p.Message
	if p.Hint != "" {
		text += "\n" + strings.ToUpper(p.Hint[:1]) + p.Hint[1:]
	}
	fmt.Fprintln(a.err, text)
}

// json writes a problem as an object on a line. Every field is always there; sheet and cell are for inputs that have them.
func (a *app) json(p contracts.Problem) {
	if short := []rune(p.Value); len(short) > 40 {
		p.Value = string(short[:40]) + "…"
	}
	line, _ := json.Marshal(struct {
		File     string `json:"file"`
		Line     int    `json:"line"`
		Column   int    `json:"column"`
		Offset   int64  `json:"byte_offset"`
		Sheet    string `json:"sheet"`
		Cell     string `json:"cell"`
		Field    string `json:"field"`
		Value    string `json:"value"`
		Code     string `json:"code"`
		Message  string `json:"message"`
		Hint     string `json:"hint"`
		Severity string `json:"severity"`
	}{p.File, p.Line, p.Column, p.Offset, "", "", p.Field, p.Value, p.Code, p.Message, p.Hint, p.Severity()})
	fmt.Fprintln(a.err, visible(string(line)))
}

// visible escapes what JSON leaves as it is and a terminal may act on, or nobody sees.
func visible(line string) string {
	var b strings.Builder
	for _, r := range line {
		if strconv.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}

// path makes a path of the user's relative to where the command runs.
func (a *app) path(p string) string {
	if a.dir == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(a.dir, p)
}

// folder finds a case: a folder, or an example by name.
func (a *app) folder(name string) (fs.FS, error) {
	if info, err := os.Stat(a.path(name)); err == nil && info.IsDir() {
		if a.files != nil {
			return a.files(a.path(name)), nil
		}
		return os.DirFS(a.path(name)), nil
	}
	if !strings.ContainsAny(name, `/\`) {
		if f, err := examples.Open(name); err == nil {
			return f, nil
		}
	}
	return nil, exitError{exitRefused, fmt.Errorf("no case %q: give a folder with a %s, or an example: %s", name, sla.CaseFile, strings.Join(examples.Names(), ", "))}
}

// examplesCmd lists the embedded cases.
type examplesCmd struct{}

// Run lists the examples with their titles.
func (examplesCmd) Run(a *app) error {
	for _, name := range examples.Names() {
		f, err := examples.Open(name)
		if err != nil {
			return err
		}
		c, problems := sla.OpenCase(f, sla.ReadOptions{})
		if c == nil {
			return problems
		}
		fmt.Fprintf(a.out, "%-18s %s\n%-18s %s\n", name, c.Title.In("en"), "", c.Title.In("ja"))
	}
	return nil
}
