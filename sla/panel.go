package sla

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// Panel is a list of customers laid out so that a program runs over it again and again while some of its parameters vary: what stays is
// worked out once and kept, 8 bytes for each row and each column that a moving column reads. It is read only and may be used by several
// goroutines at once. Its sums are those of [Assessment.Totals] under the same numbers, to the unit.
type Panel struct {
	columns []formula.Column // those that move, over inputs that stay
	inputs  [][]int64        // by column; nil where it is computed
	wanted  []int            // columns to add up
	rows    []int            // 0, 1, 2 …
	until   []int            // by row: the end of the rows of the same customer
	ids     []string
	n       int
}

// Panel lays out the customers for the wanted columns while the parameters in vary take other values, under a reading of what is open.
// Rows stand in the order of customer id and subscription, by bytes, as pools share. Rows that the list refuses are left out; a customer that
// does not fit the program is an error, as is a list that cannot be read.
func (r *Run) Panel(customers iter.Seq2[Customer, error], reading int, vary, wanted []string) (*Panel, error) {
	fixed := r.Numbers(reading)
	for _, name := range r.Program.movesWith(vary) {
		delete(fixed, name)
	}
	p := &Panel{columns: formula.Split(r.Program.formulas(), fixed, wanted)}
	p.inputs = make([][]int64, len(p.columns))
	var subscriptions []string
	for row, err := range r.Assess(customers).Rows() {
		var ps contracts.Problems
		if errors.As(err, &ps) && !SpoilsList(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		for i, c := range p.columns {
			if c.Expr == nil {
				p.inputs[i] = append(p.inputs[i], row.batches[reading].Col(r.Program.index[c.Name])[row.i])
			}
		}
		p.ids, subscriptions = append(p.ids, strings.Clone(row.Customer.ID)), append(subscriptions, strings.Clone(row.Customer.Subscription))
	}
	p.n = len(p.ids)
	p.sort(subscriptions)
	for _, name := range wanted {
		p.wanted = append(p.wanted, slices.IndexFunc(p.columns, func(c formula.Column) bool { return c.Name == name }))
	}
	return p, nil
}

// sort puts the rows in the order in which pools share.
func (p *Panel) sort(subscriptions []string) {
	order := make([]int, p.n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(strings.Compare(p.ids[i], p.ids[j]), strings.Compare(subscriptions[i], subscriptions[j]), cmp.Compare(i, j))
	})
	for c, from := range p.inputs {
		if from != nil {
			to := make([]int64, p.n)
			for i, j := range order {
				to[i] = from[j]
			}
			p.inputs[c] = to
		}
	}
	ids := make([]string, p.n)
	for i, j := range order {
		ids[i] = p.ids[j]
	}
	p.ids, p.until, p.rows = ids, make([]int, p.n), make([]int, p.n)
	for i := range p.rows {
		p.rows[i] = i
	}
	for i := p.n - 1; i >= 0; i-- {
		p.until[i] = i + 1
		if i+1 < p.n && ids[i] == ids[i+1] {
			p.until[i] = p.until[i+1]
		}
	}
}

// Rows is how many customers there are.
func (p *Panel) Rows() int { return p.n }

// Sums adds up the wanted columns over all rows, with the parameters at those numbers. A sum that leaves 64 bits is an error that names the customer or the column.
func (p *Panel) Sums(numbers map[string]formula.Number) ([]contracts.Amount, error) {
	sums := make([]contracts.Amount, len(p.wanted))
	err := p.each(numbers, func(b *formula.Batch, _ int) error {
		for k, c := range p.wanted {
			for _, x := range b.Col(c)[:b.Len()] {
				s, ok := sums[k].Plus(contracts.Amount(x))
				if !ok {
					return fmt.Errorf("the total of column %s does not fit in 64 bits", p.columns[c].Name)
				}
				sums[k] = s
			}
		}
		return nil
	})
	return sums, err
}

// each runs every batch to the end; from is the first row of the batch.
func (p *Panel) each(numbers map[string]formula.Number, f func(b *formula.Batch, from int) error) error {
	m, err := formula.Build(p.columns, numbers)
	if err != nil {
		return err
	}
	b := m.NewBatch()
	var known []poolSums
	for uses := m.Pools(); len(uses) > 0; {
		n := inOnePass(p.columns, uses)
		for _, use := range uses[:n] {
			base, err := p.collect(b, m.Index(use.Of), known)
			if err != nil {
				return err
			}
			sums, err := p.accumulate(base, use.Scope)
			if err != nil {
				return fmt.Errorf("pool of %s: %w", use.Of, err)
			}
			known = append(known, sums)
		}
		uses = uses[n:]
	}
	for from := 0; from < p.n; from += formula.BatchRows {
		p.fill(b, from, known)
		if err := p.name(b.Run(), from); err != nil {
			return err
		}
		if err := f(b, from); err != nil {
			return err
		}
	}
	return nil
}

// fill lets a batch read the rows from one on.
func (p *Panel) fill(b *formula.Batch, from int, known []poolSums) {
	n := min(formula.BatchRows, p.n-from)
	b.SetLen(n)
	for i, in := range p.inputs {
		if in != nil {
			b.Use(i, in[from:from+n])
		}
	}
	for k := range known {
		total, running := b.Pool(k)
		known[k].fill(from, total[:n], running[:n])
	}
}

// name adds to a failure the customer in whose row it happened.
func (p *Panel) name(err error, from int) error {
	var over *formula.OverflowError
	if errors.As(err, &over) {
		return fmt.Errorf("customer %s: %w", p.ids[from+over.Row], err)
	}
	return err
}

// collect works out a column for every row.
func (p *Panel) collect(b *formula.Batch, column int, known []poolSums) ([]int64, error) {
	out := make([]int64, 0, p.n)
	for from := 0; from < p.n; from += formula.BatchRows {
		p.fill(b, from, known)
		if err := p.name(b.RunThrough(column), from); err != nil {
			return nil, err
		}
		out = append(out, b.Col(column)[:b.Len()]...)
	}
	return out, nil
}

// accumulate sums the base of a pool over the rows, which stand in its order.
func (p *Panel) accumulate(base []int64, scope formula.Scope) (poolSums, error) {
	s := poolSums{total: make([]int64, p.n), running: make([]int64, p.n)}
	for from := 0; from < p.n; {
		to := p.n
		if scope == formula.PerCustomer {
			to = p.until[from]
		}
		if i, err := s.share(p.rows[from:to], func(i int) int64 { return base[i] }); err != nil {
			return s, fmt.Errorf("customer %s: %w", p.ids[i], err)
		}
		from = to
	}
	return s, nil
}
