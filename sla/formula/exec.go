package formula

import (
	"math/bits"

	"github.com/amends-go/amends/contracts"
)

// exec runs one operation over the first n rows. On failure it returns the
// first row that failed.
func (in *instr) exec(vecs [][]int64, n int) (int, error) {
	d, a, b := vecs[in.dst][:n], vecs[in.a][:n], vecs[in.b][:n]
	switch in.op {
	case opAdd:
		return add(d, a, b)
	case opSub:
		return sub(d, a, b)
	case opMin:
		for i, x := range a {
			d[i] = min(x, b[i])
		}
	case opMax:
		for i, x := range a {
			d[i] = max(x, b[i])
		}
	case opEqual:
		for i, x := range a {
			d[i] = yes(x == b[i])
		}
	case opNotEqual:
		for i, x := range a {
			d[i] = yes(x != b[i])
		}
	case opLess:
		for i, x := range a {
			d[i] = yes(x < b[i])
		}
	case opAtMost:
		for i, x := range a {
			d[i] = yes(x <= b[i])
		}
	case opAnd:
		for i, x := range a {
			d[i] = yes(x != 0 && b[i] != 0)
		}
	case opOr:
		for i, x := range a {
			d[i] = yes(x|b[i] != 0)
		}
	case opNot:
		for i, x := range a {
			d[i] = yes(x == 0)
		}
	case opIf:
		choose(d, a, b, vecs[in.c][:n])
	case opMulDiv:
		return mulDiv(d, a, b, vecs[in.c][:n], in.rounding)
	case opPart:
		return part(d, a, in.mul, in.div, in.rounding)
	case opTier:
		for i, x := range a {
			d[i] = in.tier.at(x)
		}
	case opTable:
		for i, x := range a {
			if x < 0 || x >= int64(len(in.values)) {
				return i, ErrIndex
			}
			d[i] = in.values[x]
		}
	}
	return 0, nil
}

// add sums row by row; the sign bit of over tells whether any sum left the range.
func add(d, a, b []int64) (int, error) {
	var over int64
	for i, x := range a {
		y := b[i]
		s := x + y
		over |= (x ^ s) & (y ^ s)
		d[i] = s
	}
	if over >= 0 {
		return 0, nil
	}
	row := 0
	for (a[row]^d[row])&(b[row]^d[row]) >= 0 {
		row++
	}
	return row, ErrOverflow
}

func sub(d, a, b []int64) (int, error) {
	var over int64
	for i, x := range a {
		y := b[i]
		s := x - y
		over |= (x ^ y) & (x ^ s)
		d[i] = s
	}
	if over >= 0 {
		return 0, nil
	}
	row := 0
	for (a[row]^b[row])&(a[row]^d[row]) >= 0 {
		row++
	}
	return row, ErrOverflow
}

// choose picks without a branch: which rows take which side is as good as random.
func choose(d, cond, then, other []int64) {
	for i, c := range cond {
		t, o := then[i], other[i]
		mask := -yes(c != 0)
		d[i] = o ^ ((t ^ o) & mask)
	}
}

func mulDiv(d, a, b, c []int64, r contracts.Rounding) (int, error) {
	for i, x := range a {
		if c[i] == 0 {
			return i, ErrDivide
		}
		v, ok := contracts.MulDiv(x, b[i], c[i], r)
		if !ok {
			return i, ErrOverflow
		}
		d[i] = v
	}
	return 0, nil
}

// part is MulDiv with constant positive factors. A non-negative amount rounded
// down, nearly every row there is, takes the short way.
func part(d, a []int64, mul, div int64, r contracts.Rounding) (int, error) {
	m, v := uint64(mul), uint64(div)
	for i, x := range a {
		if x >= 0 && r == contracts.RoundDown {
			hi, lo := bits.Mul64(uint64(x), m)
			if hi == 0 {
				if q := lo / v; q <= 1<<63-1 {
					d[i] = int64(q)
					continue
				}
			}
		}
		y, ok := contracts.MulDiv(x, mul, div, r)
		if !ok {
			return i, ErrOverflow
		}
		d[i] = y
	}
	return 0, nil
}
