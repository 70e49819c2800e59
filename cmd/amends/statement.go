package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/report/credits"
	"github.com/amends-go/amends/report/statement"
	"github.com/amends-go/amends/sla"
)

// statementCmd is amends statement.
type statementCmd struct {
	Case         string `arg:"" help:"Case folder, or the name of an example. Its case.yaml names a statement.yaml."`
	Customer     string `help:"Id of the customer." placeholder:"ID" xor:"who" required:""`
	All          bool   `help:"A letter to every customer, with an index." xor:"who" required:""`
	Subscription string `help:"Subscription, when the customer has several (default: a letter for each)." placeholder:"ID"`
	Findings     string `short:"f" help:"Set of findings (default: the case's own default)." placeholder:"NAME"`
	Format       string `enum:"pdf,html,xlsx" default:"pdf" help:"pdf, html or xlsx (default: ${default})."`
	Font         string `help:"Japanese TrueType font for PDF (default: one that is installed, such as IPAex Gothic)." placeholder:"FILE"`
	Output       string `short:"o" required:"" help:"Folder to write into; it is made where it does not exist." placeholder:"DIR"`
	Overwrite    bool   `help:"Write over letters that were made from other inputs."`
	caseFlags
}

// Run writes the letters.
func (c *statementCmd) Run(a *app) error {
	o, err := a.open(c.Case, c.caseFlags)
	if err != nil {
		return err
	}
	runs, err := o.c.Bind(c.Findings)
	if err != nil {
		return err
	}
	r, err := c.prepare(o, runs, a)
	if err != nil {
		return err
	}
	if r.Partial = o.rejected > 0; r.Partial && c.Rejects == "" {
		if err := a.writeRejects(strings.TrimRight(c.Output, `/\`)+".rejects.csv", o.rejects); err != nil {
			return err
		}
	}
	var counts *statement.Counts
	if c.All {
		counts, err = r.Write()
	} else {
		counts, err = c.one(a, r)
	}
	if err != nil {
		return statementFailed(err)
	}
	c.summary(a, r, counts)
	if o.rejected > 0 {
		return errPartial
	}
	return nil
}

// prepare reads what the letters need beside the case.
func (c *statementCmd) prepare(o *opened, runs []*sla.Run, a *app) (*statement.Run, error) {
	if o.c.Statement == nil {
		return nil, contracts.Problems{{File: sla.CaseFile, Field: "statement", Code: "E_REQUIRED", Message: "the case names no statement",
			Hint: "add statement: statement.yaml, with who writes, the contact and the date; amends help case statement tells of its fields"}}
	}
	paper, problems := statement.Read(o.c.Statement.Name, o.c.Statement.Data, o.c.Folder)
	if paper == nil {
		return nil, problems
	}
	a.report(problems)
	var billing *credits.Billing
	if b := o.c.Billing; b != nil {
		if billing, problems = credits.ReadBilling(b.Name, b.Data); billing == nil {
			return nil, problems
		}
		a.report(problems)
	}
	r := &statement.Run{Maker: statement.New(o.c, paper, billing, c.Lang), Dir: a.path(c.Output), Overwrite: c.Overwrite, Ending: c.Format}
	r.Rows = func(each func(sla.Row) error) error {
		for _, run := range runs {
			if err := a.quietly().each(run.Assess(o.c.CustomersOf(run.Program)), each); err != nil {
				return err
			}
		}
		return nil
	}
	if c.Format == "pdf" {
		font := c.Font
		if font != "" {
			font = a.path(font)
		}
		f, err := statement.LoadFont(font)
		if err != nil {
			return nil, exitError{exitUsage, err}
		}
		r.Font = f
	}
	r.Printer = func(used map[rune]bool) (statement.Renderer, error) {
		switch c.Format {
		case "html":
			return statement.HTML{}, nil
		case "xlsx":
			return statement.XLSX{}, nil
		}
		return statement.NewPDF(r.Font, used)
	}
	if a.terminal {
		r.Progress = a.rate()
	}
	r.Inputs = c.inputs(o, runs[0].Settings.Findings.ID, r.Font, paper)
	return r, nil
}

// inputs is a hash over all that a letter depends on.
func (c *statementCmd) inputs(o *opened, findings string, font *statement.Font, paper *statement.Paper) string {
	h := sha256.New()
	add := func(parts ...string) {
		for _, s := range parts {
			fmt.Fprintf(h, "%d:%s", len(s), s)
		}
	}
	if info, ok := debug.ReadBuildInfo(); ok { // another version may say it in other words
		add(info.Main.Version)
		for _, s := range info.Settings {
			if strings.HasPrefix(s.Key, "vcs.") {
				add(s.Value)
			}
		}
	}
	add("amends-statement-1", findings, c.Format, c.Lang, c.Delimiter, fmt.Sprint(c.Dedupe, c.AllowPartial))
	for _, f := range o.c.Files {
		add(f.Name, f.SHA256)
	}
	for _, f := range paper.Files {
		add(f.Name, f.SHA256)
	}
	if font != nil {
		add(font.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// one writes the letters of one customer.
func (c *statementCmd) one(a *app, r *statement.Run) (*statement.Counts, error) {
	all, found := r.Rows, 0
	var held []string
	r.Rows = func(each func(sla.Row) error) error {
		return all(func(row sla.Row) error {
			if row.Customer.ID != c.Customer || c.Subscription != "" && row.Customer.Subscription != c.Subscription {
				return nil
			}
			found++
			if statement.StateOf(row) == statement.Held {
				held = append(held, statement.HeldReason(row, c.Lang))
			}
			return each(row)
		})
	}
	counts, used, err := r.Check()
	switch {
	case err != nil:
		return nil, err
	case found == 0:
		return nil, exitError{exitRefused, fmt.Errorf("the case has no customer %q%s", c.Customer, map[bool]string{true: fmt.Sprintf(" with the subscription %q", c.Subscription)}[c.Subscription != ""])}
	case len(held) > 0:
		return nil, contracts.Problems{{Code: "E_HELD", Value: c.Customer, Message: fmt.Sprintf("customer %s has no letter: what is owed needs judgement, and turns on %s", c.Customer, held[0]),
			Hint: "decide it in findings.yaml, or choose a set of findings that does: --findings NAME; amends explain shows each reading"}}
	}
	printer, err := r.Printer(used)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(r.Dir, 0o750); err != nil {
		return nil, err
	}
	if m, err := statement.ReadManifest(r.Dir); err == nil && m.Inputs != r.Inputs && !c.Overwrite {
		return nil, fmt.Errorf("%w: %s was written from other inputs or with other options; name another folder, or pass --overwrite", statement.ErrOtherRun, r.Dir)
	}
	return counts, r.Rows(func(row sla.Row) error {
		l, err := r.Maker.Letter(row)
		if err != nil {
			return err
		}
		path := filepath.Join(r.Dir, statement.FileName(l.Customer, l.Subscription)+"."+r.Ending)
		if _, err := os.Lstat(path); err == nil && !c.Overwrite {
			return fmt.Errorf("%w: %s is there already; pass --overwrite", statement.ErrOtherRun, path)
		}
		if err := report.WriteFile(path, func(w io.Writer) error { return printer.Render(w, l) }); err != nil {
			return err
		}
		fmt.Fprintln(a.out, path)
		return nil
	})
}

// statementFailed gives errors their exit status: those of writing their own.
func statementFailed(err error) error {
	var ee exitError
	switch {
	case errors.As(err, &ee):
		return err
	case errors.Is(err, statement.ErrOtherRun):
		return exitError{exitOutput, err}
	case errors.Is(err, statement.ErrFont):
		return exitError{exitUsage, err}
	}
	return outputFailed(err)
}

var stateWords = map[statement.State]contracts.Text{
	statement.Due:         {JA: "支払あり", EN: "paid something"},
	statement.Granted:     {JA: "現物の提供", EN: "given something in kind"},
	statement.NotAffected: {JA: "影響なし", EN: "not affected"},
	statement.Nothing:     {JA: "支払額0", EN: "nothing owed"},
	statement.OwesBack:    {JA: "過払い", EN: "paid in excess"},
	statement.Void:        {JA: "契約期間外", EN: "void"},
	statement.Held:        {JA: "保留（要判断。通知書なし）", EN: "held back: needs judgement, no letter"},
}

// summary tells how many letters were written to whom.
func (c *statementCmd) summary(a *app, r *statement.Run, counts *statement.Counts) {
	pick := func(ja, en string) string { return contracts.Text{JA: ja, EN: en}.In(c.Lang) }
	if !c.All {
		return
	}
	for _, s := range statement.States() {
		if n := counts.By[s]; n > 0 {
			fmt.Fprintf(a.out, "%10d  %s\n", n, stateWords[s].In(c.Lang))
		}
	}
	fmt.Fprintf(a.out, pick("%10d  行 = 通知書 %d（うち既存 %d）+ 保留 %d\n", "%10d  rows = %d letters (%d were there already) + %d held back\n"), counts.Rows, counts.Letters, counts.Kept, counts.By[statement.Held])
	fmt.Fprintf(a.out, "%s %s\n", pick("書き出し先:", "Wrote"), filepath.Join(r.Dir, statement.IndexFile))
	if n := len(counts.Strangers); n > 0 {
		shown := counts.Strangers[:min(n, 5)]
		a.say(contracts.Problem{Code: "W_STRANGERS", Message: fmt.Sprintf("the folder holds %d files that are not of this run: %s", n, strings.Join(shown, ", ")), Hint: "send out only what " + statement.IndexFile + " lists"})
	}
}

// quietly is the same app without progress, for passes whose progress is shown otherwise.
func (a *app) quietly() *app {
	q := *a
	q.terminal = false
	return &q
}

// rate shows how many letters are written, how fast, and how long it will take.
func (a *app) rate() func(done, total int64) {
	var start, last time.Time
	return func(done, total int64) {
		now := time.Now()
		if start.IsZero() {
			start = now
		}
		if done < total && now.Sub(last) < 200*time.Millisecond {
			return
		}
		last = now
		rate := float64(done) / max(now.Sub(start).Seconds(), 0.001)
		left := time.Duration(float64(total-done) / rate * float64(time.Second)).Round(time.Second)
		fmt.Fprintf(a.err, "\r%d / %d  %.0f/s  -%s   ", done, total, rate, left)
		if done == total {
			fmt.Fprintln(a.err)
		}
	}
}
