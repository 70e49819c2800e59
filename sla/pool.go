package sla

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/amends-go/amends/sla/formula"
)

// poolSums are the total and the running sum of a pool for every row, by the
// row's place in the list.
type poolSums struct {
	total, running []int64
	// whole is the total of a pool of all rows whose running sum nobody asks for row by row.
	whole *int64
}

func (s *poolSums) fill(from int, total, running []int64) {
	if s.whole != nil {
		for i := range total {
			total[i] = *s.whole
		}
		return
	}
	copy(total, s.total[from:])
	copy(running, s.running[from:])
}

// pools works out the pool sums that the program needs, one pass over the
// customers for each group of pools whose bases do not depend on one another. A
// program without pools makes no pass.
func (a *Assessment) pools() ([][]poolSums, error) {
	known := make([][]poolSums, len(a.run.readings))
	uses := a.run.readings[0].machine.Pools()
	for r := range a.run.readings {
		if !slices.Equal(uses, a.run.readings[r].machine.Pools()) {
			return nil, fmt.Errorf("sla: readings differ in their pools")
		}
	}
	for len(uses) > 0 {
		n := inOnePass(a.run.Program.formulas(), uses)
		var cols []int
		for _, use := range uses[:n] {
			cols = append(cols, a.run.Program.Index(use.Of))
		}
		rows, err := a.collect(known, cols)
		if err != nil {
			return nil, err
		}
		for i, use := range uses[:n] {
			for r := range known {
				sums, err := accumulate(rows, i*len(known)+r, use.Scope)
				if err != nil {
					return nil, fmt.Errorf("pool of %s: %w", use.Of, err)
				}
				if use.Scope == formula.PerIncident && !a.run.Program.runs(use) && len(rows) > 0 {
					whole := sums.total[0]
					sums = poolSums{whole: &whole}
				}
				known[r] = append(known[r], sums)
			}
		}
		uses = uses[n:]
	}
	return known, nil
}

// inOnePass counts the first uses whose bases all stand to the left of every column that reads one of them, so that one
// pass knows them all.
func inOnePass(columns []formula.Column, uses []formula.PoolUse) int {
	read := len(columns) // the first column that reads a pool not yet known
	for i, c := range columns {
		if c.Expr != nil && i < read {
			formula.Walk(c.Expr, func(e formula.Expr) {
				switch e := e.(type) {
				case formula.PoolTotal:
					if slices.Contains(uses, formula.PoolUse(e)) {
						read = i
					}
				case formula.PoolRunning:
					if slices.Contains(uses, formula.PoolUse(e)) {
						read = i
					}
				}
			})
		}
	}
	at := func(name string) int {
		return slices.IndexFunc(columns, func(c formula.Column) bool { return c.Name == name })
	}
	n := 1
	for n < len(uses) && at(uses[n].Of) < read {
		n++
	}
	return n
}

// runs reports whether some column asks for the running sum of a pool.
func (p *Program) runs(use formula.PoolUse) bool {
	found := false
	for _, c := range p.Columns {
		if c.Expr != nil {
			formula.Walk(c.Expr, func(e formula.Expr) { found = found || e == formula.PoolRunning(use) })
		}
	}
	return found
}

// poolRow is what a pool needs of a row: its key and each base under each reading, all readings of a base together.
type poolRow struct {
	id, subscription string
	base             []int64
}

// collect reads the customers once and keeps the columns of each row. Customers
// that are refused are left out, as they will be in the last pass.
func (a *Assessment) collect(known [][]poolSums, cols []int) ([]poolRow, error) {
	var rows []poolRow
	w := a.worker()
	flush := func() error {
		err := w.compute(known, slices.Max(cols))
		for i := 0; err == nil && i < w.n; i++ {
			row := poolRow{id: strings.Clone(w.customers[i].ID), subscription: strings.Clone(w.customers[i].Subscription)}
			for _, col := range cols {
				for _, b := range w.batches {
					row.base = append(row.base, b.Col(col)[i])
				}
			}
			rows = append(rows, row)
		}
		w.ordinal += w.n
		w.n = 0
		return err
	}
	for c, err := range a.source {
		if err != nil || w.put(&c) != nil {
			continue // reported in the last pass
		}
		if w.n == formula.BatchRows {
			if err := flush(); err != nil {
				return nil, err
			}
		}
	}
	return rows, flush()
}

// accumulate sums one base of a pool in order of customer id and subscription, by bytes.
func accumulate(rows []poolRow, base int, scope formula.Scope) (poolSums, error) {
	order := make([]int, len(rows))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(strings.Compare(rows[i].id, rows[j].id), strings.Compare(rows[i].subscription, rows[j].subscription), cmp.Compare(i, j))
	})
	s := poolSums{total: make([]int64, len(rows)), running: make([]int64, len(rows))}
	for from := 0; from < len(order); {
		to := len(order)
		if scope == formula.PerCustomer {
			for to = from; to < len(order) && rows[order[to]].id == rows[order[from]].id; to++ {
			}
		}
		if i, err := s.share(order[from:to], func(i int) int64 { return rows[i].base[base] }); err != nil {
			return s, fmt.Errorf("customer %s: %w", rows[i].id, err)
		}
		from = to
	}
	return s, nil
}

// share adds up one pool, whose rows come in its order. On failure it returns the row at which the sum left 64 bits.
func (s *poolSums) share(rows []int, base func(row int) int64) (int, error) {
	var sum int64
	for _, i := range rows {
		x := base(i)
		next := sum + x
		if (sum^next)&(x^next) < 0 {
			return i, formula.ErrOverflow
		}
		sum = next
		s.running[i] = sum
	}
	for _, i := range rows {
		s.total[i] = sum
	}
	return 0, nil
}
