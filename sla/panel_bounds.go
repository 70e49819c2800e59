package sla

import (
	"fmt"

	"github.com/amends-go/amends/sla/formula"
)

// Bounds bound the sums of the wanted columns while the parameters go from one set of numbers to another, each straight: what [Panel.Sums] gives anywhere
// between lies within, and moves as the trend says. A range in which nothing can be said, because a divisor may become zero or a product too large, is an error.
func (p *Panel) Bounds(from, to map[string]formula.Number) ([]formula.Bounds, error) {
	b := &bounding{p: p, from: from, to: to, index: map[string]int{}, columns: make([][]formula.Bounds, len(p.columns)), pools: map[boundPool][]formula.Bounds{}}
	for i, c := range p.columns {
		b.index[c.Name] = i
		if c.Expr == nil {
			continue
		}
		if err := b.preparePools(c.Expr); err != nil {
			return nil, err
		}
		b.columns[i] = make([]formula.Bounds, p.n)
		for b.row = range p.n {
			v, err := formula.Bound(c.Expr, b)
			if err != nil {
				return nil, fmt.Errorf("customer %s, column %s: %w", p.ids[b.row], c.Name, err)
			}
			b.columns[i][b.row] = v
		}
	}
	out := make([]formula.Bounds, len(p.wanted))
	for k, c := range p.wanted {
		for b.row = range p.n {
			var err error
			if out[k], err = out[k].Plus(b.Col(p.columns[c].Name)); err != nil {
				return nil, fmt.Errorf("the total of column %s: %w", p.columns[c].Name, err)
			}
		}
	}
	return out, nil
}

// bounding is one working out of bounds, column by column.
type bounding struct {
	p        *Panel
	from, to map[string]formula.Number
	index    map[string]int
	columns  [][]formula.Bounds // by column and row; nil for inputs
	pools    map[boundPool][]formula.Bounds
	row      int
}

// boundPool names a sum over a pool.
type boundPool struct {
	formula.PoolUse
	running bool
}

// Col is the value of a column in the row at hand.
func (b *bounding) Col(name string) formula.Bounds {
	i := b.index[name]
	if in := b.p.inputs[i]; in != nil {
		return formula.Exactly(in[b.row])
	}
	return b.columns[i][b.row]
}

// Param goes straight from one number to the other.
func (b *bounding) Param(name string, part formula.Part) formula.Bounds {
	if part == formula.Den {
		return formula.Between(b.from[name].Den, b.to[name].Den)
	}
	return formula.Between(b.from[name].Num, b.to[name].Num)
}

// Pool is a sum over the rows that share a pool.
func (b *bounding) Pool(of string, s formula.Scope, running bool) formula.Bounds {
	return b.pools[boundPool{formula.PoolUse{Of: of, Scope: s}, running}][b.row]
}

// preparePools adds up the pools that an expression reads.
func (b *bounding) preparePools(e formula.Expr) (err error) {
	formula.Walk(e, func(e formula.Expr) {
		switch e := e.(type) {
		case formula.PoolTotal:
			err = firstOf(err, b.addUp(formula.PoolUse(e)))
		case formula.PoolRunning:
			err = firstOf(err, b.addUp(formula.PoolUse(e)))
		}
	})
	return err
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *bounding) addUp(use formula.PoolUse) error {
	if b.pools[boundPool{use, false}] != nil {
		return nil
	}
	totals, running := make([]formula.Bounds, b.p.n), make([]formula.Bounds, b.p.n)
	for from := 0; from < b.p.n; {
		to := b.p.n
		if use.Scope == formula.PerCustomer {
			to = b.p.until[from]
		}
		var sum formula.Bounds
		for b.row = from; b.row < to; b.row++ {
			var err error
			if sum, err = sum.Plus(b.Col(use.Of)); err != nil {
				return fmt.Errorf("pool of %s: %w", use.Of, err)
			}
			running[b.row] = sum
		}
		for i := from; i < to; i++ {
			totals[i] = sum
		}
		from = to
	}
	b.pools[boundPool{use, false}], b.pools[boundPool{use, true}] = totals, running
	return nil
}
