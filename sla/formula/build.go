package formula

import (
	"fmt"
	"slices"

	"github.com/amends-go/amends/contracts"
)

// opcode is a vector operation.
type opcode uint8

const (
	opAdd opcode = iota
	opSub
	opMin
	opMax
	opEqual
	opNotEqual
	opLess
	opAtMost
	opAnd
	opOr
	opNot
	opIf
	opMulDiv
	opPart // a·b÷c with constant b, c > 0
	opTier
	opTable
)

// instr is one vector operation: dst ← a op b (op c).
type instr struct {
	op           opcode
	rounding     contracts.Rounding
	column       int // the column being computed, for errors
	dst, a, b, c int
	mul, div     int64
	tier         Tier
	values       []int64
}

// builder lays out vectors and code. Vectors of columns last; vectors of parts
// of an expression are used again.
type builder struct {
	m      *Machine
	vecs   int
	consts map[int64]int
	free   []int
	temps  []bool // by vector: may be used again
	column int
}

func (b *builder) newVec() int {
	b.temps = append(b.temps, false)
	b.vecs++
	return b.vecs - 1
}

func (b *builder) temp() int {
	if n := len(b.free); n > 0 {
		v := b.free[n-1]
		b.free = b.free[:n-1]
		return v
	}
	v := b.newVec()
	b.temps[v] = true
	return v
}

func (b *builder) release(vecs ...int) {
	for _, v := range vecs {
		if b.temps[v] && !slices.Contains(b.free, v) {
			b.free = append(b.free, v)
		}
	}
}

// reservePools gives the pool sums the first vectors, two for each pool.
func (b *builder) reservePools(cols []Column) {
	use := func(u PoolUse) {
		if !slices.Contains(b.m.pools, u) {
			b.m.pools = append(b.m.pools, u)
			b.newVec()
			b.newVec()
		}
	}
	for _, c := range cols {
		if c.Expr == nil {
			continue
		}
		Walk(c.Expr, func(e Expr) {
			switch e := e.(type) {
			case PoolTotal:
				use(PoolUse(e))
			case PoolRunning:
				use(PoolUse(e))
			}
		})
	}
}

func (b *builder) constVec(v int64) int {
	if at, ok := b.consts[v]; ok {
		return at
	}
	at := b.newVec()
	b.consts[v] = at
	b.m.consts = append(b.m.consts, constVec{at, v})
	return at
}

// emit writes the code for a folded expression and returns the vector of its
// value. A root's vector lasts as its column; others are scratch.
func (b *builder) emit(e Expr, root bool) int {
	switch e := e.(type) {
	case Const:
		return b.constVec(e.V)
	case Col:
		return b.m.at[b.m.index[e.Name]]
	case PoolTotal:
		return 2 * slices.Index(b.m.pools, PoolUse(e))
	case PoolRunning:
		return 2*slices.Index(b.m.pools, PoolUse(e)) + 1
	case And:
		return b.emitChain(opAnd, e.Of, root)
	case Or:
		return b.emitChain(opOr, e.Of, root)
	}
	in := instr{column: b.column}
	var args []int
	for _, c := range operands(e, &in) {
		args = append(args, b.emit(c, false))
	}
	for i, v := range args {
		*[]*int{&in.a, &in.b, &in.c}[i] = v
	}
	return b.place(in, root, args)
}

// emitChain joins the parts of an And or Or two at a time; the result is 0 or 1.
func (b *builder) emitChain(op opcode, of []Expr, root bool) int {
	acc := b.emit(of[0], false)
	for i, e := range of[1:] {
		x := b.emit(e, false)
		in := instr{op: op, column: b.column, a: acc, b: x}
		acc = b.place(in, root && i == len(of)-2, []int{acc, x})
	}
	return acc
}

// place chooses the destination and appends the operation. Operands are
// released only then, so that no operation overwrites what it read and a
// failure can be traced to its row.
func (b *builder) place(in instr, root bool, args []int) int {
	if root {
		in.dst = b.newVec()
	} else {
		in.dst = b.temp()
	}
	b.release(args...)
	b.m.code = append(b.m.code, in)
	return in.dst
}

// operands sets the operation of e and returns the parts it reads as vectors.
func operands(e Expr, in *instr) []Expr {
	switch e := e.(type) {
	case Add:
		in.op = opAdd
	case Sub:
		in.op = opSub
	case Min:
		in.op = opMin
	case Max:
		in.op = opMax
	case Compare:
		switch e.Op {
		case More: // a > b is b < a
			in.op = opLess
			return []Expr{e.B, e.A}
		case AtLeast:
			in.op = opAtMost
			return []Expr{e.B, e.A}
		}
		in.op = [...]opcode{Equal: opEqual, NotEqual: opNotEqual, Less: opLess, AtMost: opAtMost}[e.Op]
	case Not:
		in.op = opNot
	case If:
		in.op = opIf
	case MulDiv:
		in.op, in.rounding = opMulDiv, e.Rounding
		b, okB := e.B.(Const)
		c, okC := e.C.(Const)
		if okB && okC && b.V > 0 && c.V > 0 {
			in.op, in.mul, in.div = opPart, b.V, c.V
			return []Expr{e.A}
		}
	case Tier:
		in.op, in.tier = opTier, e
	case Table:
		in.op, in.values = opTable, e.Values
	default:
		panic(fmt.Sprintf("formula: no operation for %T", e))
	}
	return Children(e)
}
