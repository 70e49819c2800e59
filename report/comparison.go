package report

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// Comparison sums what changes between two runs of a program.
type Comparison struct {
	from, to   *sla.Run
	rows       int64
	changed    int64
	decided    int64 // open before, computed after
	opened     int64 // computed before, open after
	a, b       contracts.Amount
	largest    sla.Difference
	name       string
	rules      []comparedRule
	byFrom     []contracts.Amount // total payable by reading
	byTo       []contracts.Amount
	overflowed bool
}

// NewComparison begins a comparison of two runs of one program.
func NewComparison(from, to *sla.Run) *Comparison {
	c := &Comparison{from: from, to: to}
	for _, prog := range []*sla.Program{from.Program, to.Program} { // the postings of the first, and those that only the second has
		for i := range prog.Columns {
			if col := &prog.Columns[i]; col.Role == sla.Posting && c.rule(col.Rule, col.Clause) == nil {
				c.rules = append(c.rules, comparedRule{column: col})
			}
		}
	}
	return c
}

// comparedRule is what a rule did under each of the two runs.
type comparedRule struct {
	column   *sla.Column
	from, to contracts.Amount
}

// rule finds what a rule under a clause did; nil where neither run has it.
func (c *Comparison) rule(rule sla.Rule, clause string) *comparedRule {
	for i := range c.rules {
		if r := &c.rules[i]; r.column.Rule == rule && r.column.Clause == clause {
			return r
		}
	}
	return nil
}

// Add takes one customer's difference. It fails when a sum leaves 64 bits.
func (c *Comparison) Add(d sla.Difference) error {
	c.rows++
	plus := func(to *contracts.Amount, a contracts.Amount) {
		s, ok := to.Plus(a)
		c.overflowed = c.overflowed || !ok
		*to = s
	}
	plus(&c.a, d.From)
	plus(&c.b, d.To)
	if c.rows == 1 {
		c.byFrom, c.byTo = make([]contracts.Amount, len(d.FromReadings)), make([]contracts.Amount, len(d.ToReadings))
	}
	for i, x := range d.FromReadings {
		plus(&c.byFrom[i], x)
	}
	for i, x := range d.ToReadings {
		plus(&c.byTo[i], x)
	}
	switch {
	case d.FromOutcome == sla.NeedsJudgement && d.ToOutcome == sla.Computed:
		c.decided++
	case d.FromOutcome == sla.Computed && d.ToOutcome == sla.NeedsJudgement:
		c.opened++
	}
	if d.From != d.To {
		c.changed++
		if abs(d.To-d.From) > abs(c.largest.To-c.largest.From) {
			c.largest, c.name = d, d.Customer.ID
		}
	}
	for _, ch := range d.Changes {
		r := c.rule(ch.Rule, ch.Clause)
		plus(&r.from, ch.From)
		plus(&r.to, ch.To)
	}
	if c.overflowed {
		return fmt.Errorf("a total does not fit in 64 bits")
	}
	return nil
}

func abs(a contracts.Amount) contracts.Amount { return max(a, -a) }

// Write writes the comparison as a table: totals, what each rule changed, the parameters that differ
// with their reasons, and the customer who is most concerned.
func (c *Comparison) Write(w io.Writer, lang string) {
	pick := func(ja, en string) string { return contracts.Text{JA: ja, EN: en}.In(lang) }
	prog := c.from.Program
	money := func(a contracts.Amount) string { return Money(a, prog.Contract.Currency, lang) }
	line := func(name string, a, b contracts.Amount) {
		fmt.Fprintf(w, "  %s %18s %18s %18s\n", pad(name, 44), money(a), money(b), money(b-a))
	}
	fmt.Fprintf(w, "%s [%s]\n", prog.Contract.Title.In(lang), prog.Contract.Currency.Code)
	for _, side := range []struct {
		mark string
		run  *sla.Run
	}{{"A", c.from}, {"B", c.to}} {
		f := side.run.Settings.Findings
		fmt.Fprintf(w, "  %s = %s: %s %s\n", side.mark, f.ID, f.Title.In(lang), dateOf(f))
	}
	fmt.Fprintf(w, "  %s %18s %18s %18s\n", pad("", 44), "A", "B", "B − A")
	line(label("payable", lang), c.a, c.b)
	for _, r := range c.rules {
		if r.from != r.to {
			line("  "+r.column.Rule.Label().In(lang)+clauseSuffix(*r.column), r.from, r.to)
		}
	}
	fmt.Fprintf(w, "  %s: %s / %s\n", pick("支払額が変わる顧客", "customers whose amount changes"), group(c.changed), group(c.rows))
	if c.decided+c.opened > 0 {
		fmt.Fprintf(w, "  %s: %s\n  %s: %s\n", pick("要判断から算定済みになった顧客", "customers no longer in need of judgement"), group(c.decided),
			pick("新たに要判断となった顧客", "customers newly in need of judgement"), group(c.opened))
		fmt.Fprintf(w, "  A: %s %s%s%s\n  B: %s %s%s%s\n", label("range", lang), money(slices.Min(c.byFrom)), label("to", lang), money(slices.Max(c.byFrom)),
			label("range", lang), money(slices.Min(c.byTo)), label("to", lang), money(slices.Max(c.byTo)))
		fmt.Fprintf(w, "  %s\n", pick("（表の額は、未決の判断について第一の解釈による）", "(the table takes the first reading of what is open)"))
	}
	if c.name != "" {
		fmt.Fprintf(w, "  %s: %s %s → %s\n", pick("最も変わる顧客", "changes most for"), c.name, money(c.largest.From), money(c.largest.To))
	}
	fmt.Fprintf(w, " %s\n", pick("異なる前提", "What differs"))
	for _, par := range prog.Parameters {
		a, b := c.from.Settings.Of(par.Name), c.to.Settings.Of(par.Name)
		if c.to.Program.Parameter(par.Name) == nil || a.Number == b.Number && (a.From == sla.Open) == (b.From == sla.Open) {
			continue
		}
		fmt.Fprintf(w, "  %s: %s → %s\n      %s\n", par.Label.In(lang), c.setting(c.from, par.Name, lang), c.setting(c.to, par.Name, lang), b.Reason.In(lang))
	}
}

func (c *Comparison) setting(run *sla.Run, name, lang string) string {
	if run.Settings.Of(name).From == sla.Open {
		return label("from-open", lang)
	}
	return run.Reading(name, lang)
}

func dateOf(f sla.Findings) string {
	if f.Date.IsZero() {
		return ""
	}
	return "(" + f.Date.String() + ")"
}

// WriteDifference writes one customer's difference as a line of JSON:
// customer, contract, from, to, difference in decimal text, results, and the rules that changed.
func WriteDifference(w io.Writer, prog *sla.Program, d sla.Difference) error {
	type change struct {
		Rule   string `json:"rule"`
		Clause string `json:"clause,omitempty"`
		From   string `json:"from"`
		To     string `json:"to"`
	}
	cur := prog.Contract.Currency
	out := struct {
		Customer     string   `json:"customer"`
		Subscription string   `json:"subscription,omitempty"`
		Contract     string   `json:"contract"`
		Currency     string   `json:"currency"`
		From         string   `json:"from"`
		To           string   `json:"to"`
		Difference   string   `json:"difference"`
		FromResult   string   `json:"from_result"`
		ToResult     string   `json:"to_result"`
		Changes      []change `json:"changes"`
	}{d.Customer.ID, d.Customer.Subscription, prog.Contract.ID, cur.Code, d.From.Text(cur), d.To.Text(cur), (d.To - d.From).Text(cur), d.FromOutcome.String(), d.ToOutcome.String(), []change{}}
	for _, c := range d.Changes {
		out.Changes = append(out.Changes, change{string(c.Rule), c.Clause, c.From.Text(cur), c.To.Text(cur)})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}
