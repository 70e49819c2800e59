package sla

import (
	"cmp"
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// Single works out one row whose inputs are given by the names of their columns; inputs that are not given are 0. A shared cap is then its own.
func (r *Run) Single(inputs map[string]int64) (Row, error) {
	row := Row{Customer: &Customer{}, run: r}
	for i := range r.readings {
		b := r.readings[i].machine.NewBatch()
		for j, c := range r.Program.Columns {
			if c.Expr == nil {
				b.Col(j)[0] = inputs[c.Name]
			}
		}
		b.SetLen(1)
		if err := alone(r.readings[i].machine, b, r.Program.index); err != nil {
			return Row{}, err
		}
		row.batches = append(row.batches, b)
	}
	row.payable = row.Payable()
	return row, nil
}

// alone runs a batch of one row, giving each pool what the row itself puts in, in the order of the columns.
func alone(m *formula.Machine, b *formula.Batch, index map[string]int) error {
	var order []int
	for k := range m.Pools() {
		order = append(order, k)
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(index[m.Pools()[i].Of], index[m.Pools()[j].Of]) })
	for _, k := range order {
		col := index[m.Pools()[k].Of]
		if err := b.RunThrough(col); err != nil {
			return err
		}
		total, running := b.Pool(k)
		total[0], running[0] = b.Col(col)[0], b.Col(col)[0]
	}
	return b.Run()
}

// Of is the value of a named column under the first reading; 0 when the program has no such column.
func (r Row) Of(name string) contracts.Amount {
	if i := r.run.Program.Index(name); i >= 0 {
		return contracts.Amount(r.Value(i))
	}
	return 0
}

// Under is the value of a named column under reading i.
func (r Row) Under(i int, name string) contracts.Amount {
	if c := r.run.Program.Index(name); c >= 0 {
		return contracts.Amount(r.batches[i].Col(c)[r.i])
	}
	return 0
}

// Under gives rows with reading i alone, as far as they have so many.
func Under(rows []Row, i int) []Row {
	out := slices.Clone(rows)
	for k, r := range out {
		if r.run.Readings() > i {
			out[k] = r.As(i)
		}
	}
	return out
}

// As is the row with reading i alone, as if what is open had been decided so.
func (r Row) As(i int) Row {
	r.batches = r.batches[i : i+1]
	r.payable = r.Payable()
	return r
}
