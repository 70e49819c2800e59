package sandbox

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
)

// builder gathers what the page holds.
type builder struct {
	page  Page
	doc   document
	code  strings.Builder
	texts map[text]int
}

func (b *builder) build() error {
	c := b.page.Case
	b.texts = map[text]int{}
	b.doc = document{Title: both(c.Title), Lang: b.page.Lang, Base: b.page.Base, Anonymous: b.page.Anonymous}
	if b.doc.Lang != "en" {
		b.doc.Lang = "ja"
	}
	if b.doc.Base == "" {
		b.doc.Base = c.Default
	}
	if !c.AsOf.IsZero() {
		b.doc.AsOf = c.AsOf.String()
	}
	for _, f := range c.Files {
		b.doc.Files = append(b.doc.Files, file{f.Name, f.SHA256})
	}
	for _, p := range c.Incident.Parties {
		b.doc.Parties = append(b.doc.Parties, party{p.ID, both(p.Title)})
	}
	runs, err := c.BindFirst(b.doc.Base) // every version of every contract
	if err != nil {
		return err
	}
	b.code.WriteString("const CODE = [], TALES = [];\n")
	for _, run := range runs {
		if err := b.contract(run); err != nil {
			return err
		}
	}
	for _, rec := range c.Recourses {
		if err := b.recourse(runs[0], rec); err != nil {
			return err
		}
	}
	if err := b.parameters(); err != nil {
		return err
	}
	return b.sets()
}

// contract adds a contract with its customers, and who bears what it comes to.
func (b *builder) contract(run *sla.Run) error {
	p := run.Program
	r, err := b.rows(run)
	if err != nil {
		return err
	}
	at := len(b.doc.Programs)
	if err := b.program(p, formulas(p), program{Kind: "contract", ID: p.Contract.ID, Title: both(p.Contract.Title), Version: versionOf(p), Rows: r}); err != nil {
		return err
	}
	bearing := p.Bearing
	if len(b.doc.Parties) == 0 {
		for _, x := range bearing.Parties {
			b.doc.Parties = append(b.doc.Parties, party{x.ID, both(x.Title)})
		}
	}
	sums := map[int]int{}
	for input, column := range p.Borne() { // order: fills a map
		sums[bearing.Index(input)] = p.Index(column)
	}
	return b.program(bearing.Program, formulas(bearing.Program), program{Kind: "bearing", Of: at, ID: p.Contract.ID, Title: both(p.Contract.Title),
		Rows: rows{N: 1, IDs: []string{""}, Inputs: map[int][]int64{}}, Inputs: sums})
}

// versionOf says when a program counts; nil where the contract has no other version.
func versionOf(p *sla.Program) *version {
	family := p.Versions()
	if len(family) == 1 {
		return nil
	}
	return &version{p.VersionParameter(), slices.Index(family, p), p.For()}
}

// recourse adds what a party recovers. What it is left with is an input of its own, to the left of all others.
func (b *builder) recourse(first *sla.Run, rec *sla.Recourse) error {
	s, err := rec.Settle(first.Settings.Findings, b.page.Case.Findings)
	if err != nil {
		return err
	}
	got, err := rec.Run(s, 0)
	if err != nil {
		return err
	}
	p := *rec.Program
	p.Columns = append([]sla.Column{{Column: formula.Column{Name: sla.RecourseOwed}, Label: contracts.Text{JA: "求償前に負担する額", EN: "left with before the recourse"}, Role: sla.Input}}, p.Columns...)
	cols := formulas(&p)
	inputs := map[int][]int64{}
	for i := range cols[1:] {
		if cols[i+1].Expr != nil {
			continue
		}
		if cols[i+1].Expr = rec.Link(cols[i+1].Name); cols[i+1].Expr == nil {
			v := got.Row.Value(i)
			if err := exact(v, rec.From.ID, cols[i+1].Name); err != nil {
				return err
			}
			inputs[i+1] = []int64{v}
		}
	}
	return b.program(&p, cols, program{Kind: "recourse", From: rec.From.ID, To: rec.To.ID, ID: rec.Contract.ID, Title: both(rec.Contract.Title),
		Rows: rows{N: 1, IDs: []string{rec.From.ID}, Inputs: inputs}})
}

// program prints a program and adds it to the page.
func (b *builder) program(p *sla.Program, cols []formula.Column, out program) error {
	for _, c := range cols {
		if c.Expr != nil {
			formula.Walk(c.Expr, func(e formula.Expr) {
				if x, ok := e.(formula.Param); ok && !slices.Contains(out.Params, x.Name) {
					out.Params = append(out.Params, x.Name)
				}
			})
		}
	}
	for _, c := range p.Columns {
		k := column{Name: c.Name, Label: both(c.Label), Unit: int(c.Unit), Role: int(c.Role), Clause: c.Clause, RuleID: string(c.Rule)}
		if c.Rule != "" {
			k.Rule = both(c.Rule.Label())
		}
		if c.Role == sla.Posting || c.Clause != "" && c.Role == sla.Test {
			k.Refs = refs(c.Refs)
		}
		if c.Role == sla.Test && len(c.Refs) > 0 {
			k.Cite = c.Refs[0].String()
		}
		out.Cols = append(out.Cols, k)
	}
	cur := p.Contract.Currency
	out.Currency = currency{cur.Code, cur.Digits}
	code, printed, err := printColumns(cols, out.Params, func(i int) string { return p.Columns[i].Label.In("ja") })
	if err != nil {
		return fmt.Errorf("contract %s cannot be worked out in a page: %w", p.Contract.ID, err)
	}
	out.Turns = len(out.Params)
	t := teller{printer: printed, out: &out}
	if out.Kind == "contract" {
		t.tell(p)
		for _, c := range cols {
			x := "null"
			if c.Expr != nil {
				x = tree(c.Expr, p.Index)
			}
			out.Trees = append(out.Trees, json.RawMessage(x))
		}
		for _, s := range p.Incident.Services {
			out.Services = append(out.Services, both(s.Title))
		}
	}
	if t.problem != nil {
		return fmt.Errorf("contract %s cannot be told in a page: %w", p.Contract.ID, t.problem)
	}
	out.Pools = []pool{}
	for _, u := range printed.pools {
		out.Pools = append(out.Pools, pool{slices.IndexFunc(cols, func(c formula.Column) bool { return c.Name == u.Of }), u.Scope.String()})
	}
	fmt.Fprintf(&b.code, "CODE.push(%s);\nTALES.push([\n%s]);\n", code, t.code.String())
	b.doc.Programs = append(b.doc.Programs, out)
	return nil
}

func refs(of []contracts.Ref) []text {
	var out []text
	for _, r := range of {
		cite := r.String()
		out = append(out, text{join(cite, r.Gist.In("ja")), join(cite, r.Gist.In("en"))})
	}
	return out
}

func join(cite, gist string) string {
	if gist == "" {
		return cite
	}
	return cite + ": " + gist
}

func formulas(p *sla.Program) []formula.Column {
	out := make([]formula.Column, len(p.Columns))
	for i, c := range p.Columns {
		out[i] = c.Column
	}
	return out
}

// exact refuses a number that JavaScript cannot hold.
func exact(v int64, customer, column string) error {
	if v > exactMax || v < -exactMax {
		return contracts.Problems{{Code: "E_RANGE", Field: column, Value: fmt.Sprint(v),
			Message: fmt.Sprintf("customer %s: the number is beyond 2^53−1, up to which a page counts exactly", customer), Hint: "use amends assess, which counts in 64 bits"}}
	}
	return nil
}

// rows reads the inputs of every customer, in order of id and subscription by bytes, in which pools run.
func (b *builder) rows(run *sla.Run) (rows, error) {
	type row struct {
		id, subscription, name string
		inputs                 []int64
	}
	p := run.Program
	var all []row
	var wrong contracts.Problems
	for r, err := range run.Assess(b.page.Case.CustomersOf(p)).Rows() {
		var ps contracts.Problems
		if errors.As(err, &ps) && !sla.SpoilsList(err) {
			continue // refused, and reported when the list was read
		}
		if err != nil {
			return rows{}, err
		}
		x := row{id: strings.Clone(r.Customer.ID), subscription: strings.Clone(r.Customer.Subscription)}
		if !b.page.Anonymous {
			x.name = strings.Clone(r.Customer.Name)
		}
		for i, c := range p.Columns {
			if c.Expr == nil {
				if err := exact(r.Value(i), x.id, c.Name); err != nil {
					wrong = append(wrong, err.(contracts.Problems)...)
				}
				x.inputs = append(x.inputs, r.Value(i))
			}
		}
		all = append(all, x)
	}
	if len(wrong) > 0 {
		return rows{}, wrong
	}
	slices.SortStableFunc(all, func(x, y row) int {
		return cmp.Or(strings.Compare(x.id, y.id), strings.Compare(x.subscription, y.subscription))
	})
	out := rows{N: len(all), IDs: []string{}, Inputs: map[int][]int64{}}
	subscriptions, names := false, false
	for _, x := range all {
		out.IDs = append(out.IDs, x.id)
		out.Subscriptions = append(out.Subscriptions, x.subscription)
		out.Names = append(out.Names, x.name)
		subscriptions, names = subscriptions || x.subscription != "", names || x.name != ""
	}
	if !subscriptions {
		out.Subscriptions = nil
	}
	if !names {
		out.Names = nil
	}
	k := 0
	for i, c := range p.Columns {
		if c.Expr != nil {
			continue
		}
		col := make([]int64, len(all))
		for j, x := range all {
			col[j] = x.inputs[k]
		}
		out.Inputs[i] = col
		k++
	}
	return out, nil
}
