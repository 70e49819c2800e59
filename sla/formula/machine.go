package formula

import (
	"fmt"
)

// BatchRows is how many rows a batch holds: few enough that the vectors of a
// program stay in the processor's cache.
const BatchRows = 256

// Machine is a program with its parameters bound, ready to run over batches.
// It is read only after Build and may be shared; each worker has its own Batch.
type Machine struct {
	names  []string
	index  map[string]int
	at     []int // the vector that holds each column
	vecs   int
	consts []constVec
	code   []instr
	upto   []int // code that must have run for each column: code[:upto[i]]
	pools  []PoolUse
}

// PoolUse is a pool sum that the program asks for.
type PoolUse struct {
	Of    string
	Scope Scope
}

type constVec struct {
	vec int
	v   int64
}

// OverflowError says in which row of a batch and in which column a
// computation failed.
type OverflowError struct {
	Row    int // in the batch, from 0
	Column string
	Err    error // ErrOverflow, ErrDivide or ErrIndex
}

func (e *OverflowError) Error() string { return fmt.Sprintf("column %s: %v", e.Column, e.Err) }

func (e *OverflowError) Unwrap() error { return e.Err }

// Build binds params and prepares cols to run. It refuses a reference to a
// column that is not to the left, an unknown parameter, a name used twice, and
// a constant divisor of zero.
func Build(cols []Column, params map[string]Number) (*Machine, error) {
	m := &Machine{index: map[string]int{}}
	b := builder{m: m, consts: map[int64]int{}}
	b.reservePools(cols)
	known := map[string]int64{}
	for _, c := range cols {
		if _, dup := m.index[c.Name]; dup {
			return nil, fmt.Errorf("formula: column %s is defined twice", c.Name)
		}
		vec := -1
		if c.Expr == nil {
			vec = b.newVec()
		} else {
			if err := check(c, m.index, params); err != nil {
				return nil, err
			}
			e := fold(c.Expr, params, known)
			if k, ok := e.(Const); ok {
				known[c.Name] = k.V
			}
			b.column = len(m.names)
			vec = b.emit(e, true)
		}
		m.index[c.Name] = len(m.names)
		m.names = append(m.names, c.Name)
		m.at = append(m.at, vec)
		m.upto = append(m.upto, len(m.code))
	}
	m.vecs = b.vecs
	return m, nil
}

// check refuses names that the column may not use.
func check(c Column, index map[string]int, params map[string]Number) (err error) {
	Walk(c.Expr, func(e Expr) {
		name := ""
		switch e := e.(type) {
		case Col:
			name = e.Name
		case PoolTotal:
			name = e.Of
		case PoolRunning:
			name = e.Of
		case Param:
			if _, ok := params[e.Name]; !ok && err == nil {
				err = fmt.Errorf("formula: column %s uses the unknown parameter %s", c.Name, e.Name)
			}
		case MulDiv:
			if isConst(e.C, 0) && err == nil {
				err = fmt.Errorf("formula: column %s: %w", c.Name, ErrDivide)
			}
		}
		if _, ok := index[name]; name != "" && !ok && err == nil {
			err = fmt.Errorf("formula: column %s uses %s, which is not to its left", c.Name, name)
		}
	})
	return err
}

// Index is the position of a column, or −1.
func (m *Machine) Index(name string) int {
	if i, ok := m.index[name]; ok {
		return i
	}
	return -1
}

// Pools lists the pool sums the program asks for, in order of first use.
func (m *Machine) Pools() []PoolUse { return m.pools }

// Batch holds the vectors of up to BatchRows rows.
type Batch struct {
	m    *Machine
	vecs [][]int64
	n    int
}

// NewBatch allocates a batch; everything a run needs is allocated here.
func (m *Machine) NewBatch() *Batch {
	b := &Batch{m: m, vecs: make([][]int64, m.vecs)}
	block := make([]int64, m.vecs*BatchRows)
	for i := range b.vecs {
		b.vecs[i] = block[i*BatchRows : (i+1)*BatchRows : (i+1)*BatchRows]
	}
	for _, c := range m.consts {
		for j := range b.vecs[c.vec] {
			b.vecs[c.vec][j] = c.v
		}
	}
	return b
}

// Col is the vector of column i: to fill when it is an input, to read after Run otherwise.
func (b *Batch) Col(i int) []int64 { return b.vecs[b.m.at[i]] }

// Use makes input column i of b the rows of vec, which the caller keeps as they are while b runs. It must have as many as the batch holds.
func (b *Batch) Use(i int, vec []int64) { b.vecs[b.m.at[i]] = vec }

// ShareInput makes input column i of b the same vector as input column i of other, which must be a batch
// of a machine built from the same columns.
func (b *Batch) ShareInput(i int, other *Batch) { b.vecs[b.m.at[i]] = other.Col(i) }

// Pool is the vector to fill with total and running sums of pool k before the
// columns that use it are run.
func (b *Batch) Pool(k int) (total, running []int64) { return b.vecs[2*k], b.vecs[2*k+1] }

// SetLen sets how many rows the batch holds.
func (b *Batch) SetLen(n int) { b.n = n }

// Len is how many rows the batch holds.
func (b *Batch) Len() int { return b.n }

// Run computes every column for the batch's rows.
func (b *Batch) Run() error { return b.run(0, len(b.m.code)) }

// RunThrough computes the columns up to and including column i.
func (b *Batch) RunThrough(i int) error { return b.run(0, b.m.upto[i]) }

func (b *Batch) run(from, to int) error {
	for i := from; i < to; i++ {
		in := &b.m.code[i]
		if row, err := in.exec(b.vecs, b.n); err != nil {
			return &OverflowError{Row: row, Column: b.m.names[in.column], Err: err}
		}
	}
	return nil
}
