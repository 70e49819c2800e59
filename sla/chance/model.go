package chance

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math/big"
	"math/bits"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/quantile"
	"github.com/amends-go/amends/internal/yamlread"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
)

// Model is what may be, and how likely: the section uncertainty of scenarios.yaml.
type Model struct {
	Base      string // findings or scenario that hold for what is not drawn; empty is the study's base
	Measure   string // total (the default), contract.ID or remains.PARTY
	Draws     int    // 1 to MaxDraws
	Seed      uint64
	Variables []Variable

	at place
}

// The number of draws when none is stated, and the greatest.
const (
	DefaultDraws = 10_000
	MaxDraws     = 1_000_000
)

// place is where something stands in a file; nil for what was built in Go.
type place = *yamlread.Value

// Bind holds the model against the case, reporting every problem at once, at its place in the file.
func (m *Model) Bind(c *sla.Case) contracts.Problems {
	var out contracts.Problems
	drawn := map[string]bool{}
	for i := range m.Variables {
		v := &m.Variables[i]
		if err := v.bind(c); err != nil {
			out = append(out, problemsAt(v.at, err)...)
			continue
		}
		for _, name := range v.names() {
			if drawn[name] {
				out = append(out, v.at.Pos().Problem("E_DUP_ID", name, fmt.Sprintf("%s is drawn twice", name), "give each parameter one distribution"))
			}
			drawn[name] = true
		}
	}
	return out
}

// problemsAt are the problems of an error, at a place.
func problemsAt(at place, err error) contracts.Problems {
	var ps contracts.Problems
	if errors.As(err, &ps) {
		out := make(contracts.Problems, len(ps))
		for i, p := range ps {
			out[i] = at.Pos().Problem(p.Code, p.Value, p.Message, p.Hint)
		}
		return out
	}
	return contracts.Problems{at.Pos().Problem(sla.NumberCode(err, "E_CHANCE"), "", err.Error(), "")}
}

// names are the parameters that a variable sets.
func (v *Variable) names() []string {
	if v.Form != Shares {
		return v.Parameters
	}
	var out []string
	for _, p := range v.Parts {
		out = append(out, "share."+p.Party)
	}
	return append(out, v.none...)
}

// Parameters lists what the model draws.
func (m *Model) Parameters() []string {
	var out []string
	for i := range m.Variables {
		out = append(out, m.Variables[i].names()...)
	}
	return out
}

// Draw is draw number i, from 0: a value of every parameter. It depends on the seed and i alone.
func (m *Model) Draw(i int) map[string]formula.Number {
	stream := func(name string) quantile.Even {
		h := sha256.New()
		fmt.Fprintf(h, "%d %d %s", m.Seed, i, name)
		return quantile.Even(binary.BigEndian.Uint64(h.Sum(nil)))
	}
	out := map[string]formula.Number{}
	for k := range m.Variables {
		for _, s := range m.Variables[k].sets(stream) {
			out[s.Parameter] = s.Value
		}
	}
	return out
}

// weights are the chances as whole numbers over their sum.
func (v *Variable) weights() (list []int64, sum int64) {
	den := int64(1)
	for _, c := range v.Chances {
		d := c.Probability.Den()
		den = den / contracts.GCD(den, d) * d
	}
	for _, c := range v.Chances {
		list = append(list, c.Probability.Num()*(den/c.Probability.Den()))
	}
	return list, den
}

// chosen is the place of the value that an even draw takes.
func (v *Variable) chosen(u quantile.Even) int {
	list, sum := v.weights()
	hi, _ := bits.Mul64(uint64(u), uint64(sum))
	n := int64(hi)
	for i, w := range list {
		if n < w {
			return i
		}
		n -= w
	}
	return len(list) - 1
}

// Combination is a choice of a value for every variable, with its exact probability.
type Combination struct {
	Values      map[string]formula.Number
	Probability *big.Rat
}

// Enumerate lists every combination, the last variable the quickest to change, where all variables are chances and there are at most so many. Values that
// share a draw are combined as they fall together.
func (m *Model) Enumerate(limit int) ([]Combination, bool) {
	out := []Combination{{map[string]formula.Number{}, big.NewRat(1, 1)}}
	done := map[string]bool{}
	for i := range m.Variables {
		v := &m.Variables[i]
		if v.Form != Chances {
			return nil, false
		}
		group := []*Variable{v}
		if shared := v.Draw + v.Against; shared != "" {
			if done[shared] {
				continue
			}
			done[shared] = true
			group = nil
			for k := range m.Variables {
				if w := &m.Variables[k]; w.Draw+w.Against == shared {
					group = append(group, w)
				}
			}
		}
		parts, ok := together(group)
		if !ok || len(out)*len(parts) > limit {
			return nil, false
		}
		var next []Combination
		for _, c := range out {
			for _, p := range parts {
				both := Combination{map[string]formula.Number{}, new(big.Rat).Mul(c.Probability, p.Probability)}
				for _, values := range []map[string]formula.Number{c.Values, p.Values} {
					for name, n := range values { // order: fills a map
						both.Values[name] = n
					}
				}
				next = append(next, both)
			}
		}
		out = next
	}
	return out, len(m.Variables) > 0
}

// together are the combinations of variables that share a draw: between two edges of any of them the draw gives one value of each.
func together(group []*Variable) ([]Combination, bool) {
	edges := []*big.Rat{big.NewRat(0, 1)}
	for _, v := range group {
		if v.Form != Chances {
			return nil, false
		}
		at := new(big.Rat)
		for _, c := range v.Chances {
			at = new(big.Rat).Add(at, big.NewRat(c.Probability.Num(), c.Probability.Den()))
			edge := at
			if v.Against != "" {
				edge = new(big.Rat).Sub(big.NewRat(1, 1), at)
			}
			edges = insert(edges, edge)
		}
	}
	var out []Combination
	for i := 1; i < len(edges); i++ {
		middle := new(big.Rat).Add(edges[i-1], edges[i])
		middle.Mul(middle, big.NewRat(1, 2))
		c := Combination{map[string]formula.Number{}, new(big.Rat).Sub(edges[i], edges[i-1])}
		for _, v := range group {
			n := v.of[v.exactly(middle)]
			for _, name := range v.Parameters {
				c.Values[name] = n
			}
		}
		out = append(out, c)
	}
	return out, true
}

// insert keeps a list of fractions in order, each once.
func insert(list []*big.Rat, x *big.Rat) []*big.Rat {
	for i, y := range list {
		switch y.Cmp(x) {
		case 0:
			return list
		case 1:
			return append(list[:i:i], append([]*big.Rat{x}, list[i:]...)...)
		}
	}
	return append(list, x)
}

// exactly is the place of the value at an exact draw between 0 and 1.
func (v *Variable) exactly(u *big.Rat) int {
	if v.Against != "" {
		u = new(big.Rat).Sub(big.NewRat(1, 1), u)
	}
	at := new(big.Rat)
	for i, c := range v.Chances {
		if at.Add(at, big.NewRat(c.Probability.Num(), c.Probability.Den())).Cmp(u) > 0 {
			return i
		}
	}
	return len(v.Chances) - 1
}
