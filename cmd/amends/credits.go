package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/csvtable"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/report/credits"
	"github.com/amends-go/amends/sla"
)

// creditsCmd is amends credits.
type creditsCmd struct {
	Case      string   `arg:"" help:"Case folder, or the name of an example."`
	Format    string   `enum:"jsonl,csv,stripe,lago,yayoi,zengin" default:"jsonl" help:"jsonl or csv (the neutral record), stripe or lago (requests, a line each), yayoi (仕訳日記帳), zengin (総合振込)."`
	Output    string   `short:"o" required:"" help:"File to write; - is standard output." placeholder:"FILE"`
	Findings  string   `short:"f" help:"Set of findings (default: the case's own default)." placeholder:"NAME"`
	Label     string   `name:"run" help:"Label of this run, which is part of every key (default: 1, and with --previous the next number)." placeholder:"LABEL"`
	Previous  []string `help:"Instructions of an earlier run, jsonl or csv; may be given more than once. Only the difference is written; what they gave is not to stand in the list as paid as well." placeholder:"FILE" sep:"none"`
	CreditsAs string   `enum:",price-reduction,damages,goodwill" default:"" help:"What credits are for a tax on turnover, where a contract says nothing of a tax: price-reduction, damages or goodwill." placeholder:"TREATMENT"`
	Record    string   `help:"Write the neutral record to this file as well, for --previous of a later run (with stripe, lago, yayoi and zengin)." placeholder:"FILE"`
	Held      string   `help:"Write the rows that give no instruction, with the reason, to this file." placeholder:"FILE"`
	caseFlags
}

var treatments = map[string]credits.TaxTreatment{"price-reduction": credits.TreatAsPriceReduction, "damages": credits.TreatAsDamages, "goodwill": credits.TreatAsGoodwill}

// crediting is a run of the command.
type crediting struct {
	*creditsCmd
	a       *app
	o       *opened
	runs    []*sla.Run
	terms   credits.Terms
	ledger  *credits.Ledger // nil without earlier runs
	rows    int64
	written int64
	sums    map[string]contracts.Amount // of money, by currency
	held    map[credits.Held]int64
	list    [][]string  // of what was held back
	open    [][3]string // rows that need judgement: contract, customer and subscription
	left    string      // instructions that the format leaves to others, by remedy
}

// Run works the case out and writes what is to be credited.
func (c *creditsCmd) Run(a *app) error {
	c.caseFlags.dues = true
	o, err := a.open(c.Case, c.caseFlags)
	if err != nil {
		return err
	}
	k := &crediting{creditsCmd: c, a: a, o: o, sums: map[string]contracts.Amount{}, held: map[credits.Held]int64{}}
	if k.runs, err = o.c.Bind(c.Findings); err != nil {
		return err
	}
	if err := k.prepare(); err != nil {
		return err
	}
	if o.rejected > 0 && k.ledger != nil {
		return exitError{exitRefused, errors.New("rows were refused, and --previous would take back what their customers were given: correct the rows first")}
	}
	if err := k.apart(); err != nil {
		return err
	}
	if c.Output != "-" {
		if o.rejected > 0 && c.Rejects == "" {
			if err := a.writeRejects(c.Output+".rejects.csv", o.rejects); err != nil {
				return err
			}
		}
	}
	if err := k.write(); err != nil {
		return err
	}
	if c.Held != "" {
		if err := k.writeHeld(); err != nil {
			return err
		}
	}
	k.tell()
	if o.rejected > 0 {
		return errPartial
	}
	return nil
}

// prepare reads what the instructions are made from beside the rows: billing.yaml, the list of invoices, and the earlier runs.
func (k *crediting) prepare() error {
	k.terms = credits.Terms{Run: k.Label, CreditsAs: treatments[k.CreditsAs], Lang: k.Lang}
	var problems contracts.Problems
	if p := k.o.c.Billing; p != nil {
		b, ps := credits.ReadBilling(p.Name, p.Data)
		problems = append(problems, ps...)
		if k.terms.Billing = b; b != nil && b.Invoices != "" {
			k.terms.Invoices, ps = credits.ReadInvoices(k.o.c.Folder, b.Invoices)
			problems = append(problems, ps...)
		}
	}
	for _, name := range k.Previous {
		if k.ledger == nil {
			k.ledger = &credits.Ledger{Incident: k.o.c.Incident.ID}
		}
		f, err := os.Open(k.a.path(name))
		if err != nil {
			problems = append(problems, contracts.Problem{File: name, Code: "E_FILE", Message: err.Error(), Hint: "name a file of instructions that an earlier run wrote"})
			continue
		}
		problems = append(problems, k.ledger.Read(f, name)...)
		f.Close()
	}
	if k.terms.Run == "" {
		k.terms.Run = "1"
		if k.ledger != nil {
			k.terms.Run = k.ledger.NextRun()
		}
	}
	if problems.Err() != nil {
		return problems
	}
	k.a.report(problems)
	return nil
}

// apart refuses outputs that would stand in one file, or in that of an earlier run, whose record would be lost.
func (k *crediting) apart() error {
	if k.Record != "" && (k.Format == "jsonl" || k.Format == "csv") {
		return exitError{exitUsage, errors.New("--record goes with stripe, lago, yayoi and zengin: what jsonl and csv write is the record")}
	}
	type file struct{ flag, name string }
	files := []file{{"-o", k.Output}, {"--record", k.Record}, {"--held", k.creditsCmd.Held}, {"--rejects", k.Rejects}}
	outputs := len(files)
	for _, p := range k.Previous {
		files = append(files, file{"--previous", p})
	}
	for i, x := range files[:outputs] {
		if x.name == "" {
			continue
		}
		for _, y := range files[i+1:] {
			if y.name != "" && k.same(x.name, y.name) {
				return exitError{exitUsage, fmt.Errorf("%s and %s name one file, %s: give each its own", x.flag, y.flag, y.name)}
			}
		}
		if x.name != "-" {
			if err := report.CheckOutputPath(k.a.path(x.name)); err != nil {
				return exitError{exitOutput, err}
			}
		}
	}
	return nil
}

// same reports whether two names are of one file, whether it is there or not.
func (k *crediting) same(x, y string) bool {
	if x == "-" || y == "-" {
		return x == y
	}
	x, y = k.a.path(x), k.a.path(y)
	if filepath.Clean(x) == filepath.Clean(y) {
		return true
	}
	a, errA := os.Stat(x)
	b, errB := os.Stat(y)
	return errA == nil && errB == nil && os.SameFile(a, b)
}

// write writes the instructions: row by row where nothing else has to be known, else when all are.
func (k *crediting) write() error {
	if k.ledger == nil && (k.Format == "jsonl" || k.Format == "csv") {
		return k.to(k.Output, func(w io.Writer) error {
			out := credits.NewJSONL(w)
			if k.Format == "csv" {
				out = credits.NewCSV(w)
			}
			if err := k.each(func(x credits.Instruction) error { k.count(x); return out.Write(x) }); err != nil {
				return err
			}
			return out.Flush()
		})
	}
	var due []credits.Instruction
	if err := k.each(func(x credits.Instruction) error { due = append(due, x); return nil }); err != nil {
		return err
	}
	if k.ledger != nil {
		for _, x := range k.open { // what was given is not taken back while it is open what is owed
			k.ledger.Hold(x[0], x[1], x[2])
		}
		rest, problems := k.ledger.Difference(due, k.terms.Run)
		if problems.Err() != nil {
			return problems
		}
		due = rest
	}
	for _, x := range due {
		k.count(x)
	}
	if k.Format != "jsonl" && k.Format != "csv" && k.Record == "" {
		k.a.say(contracts.Problem{Code: "W_NO_RECORD", Message: "no record of this run is kept, and a later run could not tell the difference", Hint: "add --record FILE.jsonl"})
	}
	out, problems := credits.Prepare(k.Format, k.terms.Billing, k.o.c.Folder, due)
	if problems.Err() != nil {
		return problems
	}
	k.a.report(problems)
	k.left = out.Left.String()
	if more := credits.FileName(k.Output, len(out.Files)); k.Format == "zengin" && k.Output != "-" { // of a longer run before
		if _, err := os.Lstat(k.a.path(more)); err == nil {
			return exitError{exitOutput, fmt.Errorf("%s stands there from another run and would be taken for a part of this one: move it away", more)}
		}
	}
	if k.Record != "" {
		record, _ := credits.Prepare("jsonl", k.terms.Billing, k.o.c.Folder, due) // as sound as the format that was prepared
		if err := k.to(k.Record, record.Files[0]); err != nil {
			return err
		}
	}
	for i, f := range out.Files {
		if i > 0 && k.Output == "-" {
			return exitError{exitUsage, errors.New("the instructions take several files: name a file with -o")}
		}
		if err := k.to(credits.FileName(k.Output, i), f); err != nil {
			return err
		}
	}
	return nil
}

func (k *crediting) to(name string, produce func(io.Writer) error) error {
	if name == "-" {
		var whole bytes.Buffer // nothing is written unless all is
		if err := produce(&whole); err != nil {
			return outputFailed(err)
		}
		_, err := whole.WriteTo(k.a.out)
		return outputFailed(err)
	}
	return outputFailed(report.WriteFile(k.a.path(name), produce))
}

// each makes the instructions of every row.
func (k *crediting) each(do func(credits.Instruction) error) error {
	for _, run := range k.runs {
		source, err := credits.NewSource(run, k.terms)
		if err != nil {
			return err
		}
		err = k.a.each(run.Assess(k.o.c.CustomersOf(run.Program)), func(row sla.Row) error {
			k.rows++
			xs, held := source.Row(row)
			if held == credits.HeldUntreated {
				return contracts.Problems{{File: run.Program.Contract.At.File, Field: "tax", Value: run.Program.Contract.ID, Code: "E_REQUIRED",
					Message: "nobody says what the credits of contract " + run.Program.Contract.ID + " are for a tax on turnover", Hint: "add tax to the contract, or pass --credits-as price-reduction, damages or goodwill"}}
			}
			if held != credits.NotHeld {
				k.hold(row, held)
			}
			for _, x := range xs {
				if err := do(x); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (k *crediting) hold(row sla.Row, why credits.Held) {
	k.held[why]++
	c := row.Run().Program.Contract
	if why == credits.HeldOpen {
		k.open = append(k.open, [3]string{c.ID, row.Customer.ID, row.Customer.Subscription})
	}
	if k.creditsCmd.Held != "" {
		k.list = append(k.list, []string{row.Customer.ID, row.Customer.Subscription, c.ID, string(why), row.Payable().Text(c.Currency), c.Currency.Code})
	}
}

func (k *crediting) count(x credits.Instruction) {
	k.written++
	if x.Remedy != credits.InKindGiven && x.Remedy != credits.ServiceExtension {
		k.sums[x.Currency] += contracts.Amount(x.Amount)
	}
}

func (k *crediting) writeHeld() error {
	return k.to(k.creditsCmd.Held, func(w io.Writer) error {
		cw := csvtable.NewWriter(w, csvtable.Machine)
		for _, row := range append([][]string{{"customer", "subscription", "contract", "reason", "payable", "currency"}}, k.list...) {
			if err := cw.Write(row); err != nil {
				return err
			}
		}
		return cw.Flush()
	})
}

// heldWords are the reasons in words, in the order in which they are told.
var heldWords = []struct {
	held credits.Held
	text contracts.Text
}{
	{credits.HeldOpen, contracts.Text{JA: "要判断のため保留", EN: "held back, need judgement"}},
	{credits.HeldOwedBack, contracts.Text{JA: "顧客から返還を受けるため指示なし", EN: "owe something back: no credit says that"}},
	{credits.HeldVoid, contracts.Text{JA: "契約期間外", EN: "not in force"}},
	{credits.HeldNothing, contracts.Text{JA: "支払なし", EN: "nothing due"}},
}

// tell says what was written and how the rows add up.
func (k *crediting) tell() {
	w := k.a.out
	if k.Output == "-" || k.Record == "-" || k.creditsCmd.Held == "-" {
		w = k.a.err
	}
	fmt.Fprintf(w, pick(k.Lang, "指示 %d件（実行 %s、顧客行 %d件のうち）\n", "%d instructions (run %s) of %d customer rows\n"), k.written, k.terms.Run, k.rows)
	var codes []string
	for code := range k.sums { // order: sorted below
		codes = append(codes, code)
	}
	slices.Sort(codes)
	for _, code := range codes {
		if cur, err := contracts.CurrencyOn(code, ""); err == nil {
			fmt.Fprintf(w, "  %s\n", report.Money(k.sums[code], cur, k.Lang))
		}
	}
	if k.left != "" {
		fmt.Fprintf(w, "  %s: %s\n", pick(k.Lang, "うちこの形式では扱わないもの", "of these not in a file of this format"), k.left)
	}
	for _, h := range heldWords {
		if n := k.held[h.held]; n > 0 {
			fmt.Fprintf(w, "  %s: %d\n", h.text.In(k.Lang), n)
		}
	}
	if k.o.rejected > 0 {
		fmt.Fprintf(w, "  %s: %d\n", pick(k.Lang, "一部のみ（拒否した行がある）", "PARTIAL: some rows were rejected"), k.o.rejected)
	}
	if k.Output != "-" {
		fmt.Fprintf(w, "%s %s\n", pick(k.Lang, "書き出し先:", "Wrote"), strings.TrimSpace(k.a.path(k.Output)))
	}
}

func pick(lang, ja, en string) string { return contracts.Text{JA: ja, EN: en}.In(lang) }
