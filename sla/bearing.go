package sla

import (
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// Bearing is the program over the total payable: which party finally bears how
// much. It has one row. Parts sum to the total: each party gets its whole part
// and the units left over go to the largest remainders, ties by party id.
type Bearing struct {
	Parties    []Party // by id
	Columns    []Column
	Parameters []Parameter // the weights
}

// Names of the bearing program's columns.
const (
	BearingTotal = "total" // input: the sum of all payables
	BearingPart  = "bears."
)

func newBearing(in *Incident) *Bearing {
	b := &Bearing{Parties: slices.Clone(in.Parties)}
	if len(b.Parties) == 0 {
		b.Parties = []Party{{ID: "provider", Title: contracts.Text{JA: "事業者", EN: "provider"}, Role: "provider"}}
	}
	first := b.Parties[0].ID
	slices.SortFunc(b.Parties, func(x, y Party) int { return strings.Compare(x.ID, y.ID) })
	for _, p := range b.Parties {
		w := plain(0)
		if p.ID == first {
			w = plain(1)
		}
		par := Parameter{Name: "share." + p.ID, Kind: Weight, Default: w, From: Assumed,
			Label: contracts.Text{JA: "負担割合: " + p.Title.In("ja"), EN: "share borne: " + p.Title.In("en")},
			Why:   contracts.Text{JA: "認定がないため、事業者が全部を負担するものとした", EN: "no finding: the provider bears all"}}
		if len(b.Parties) == 1 {
			par.From, par.Why = FromIncident, contracts.Text{JA: "ほかに負担者がいない", EN: "there is no other party"}
		}
		b.Parameters = append(b.Parameters, par)
	}
	b.compile()
	return b
}

// compile writes the largest-remainder split of |total| as columns.
func (b *Bearing) compile() {
	add := func(name string, e formula.Expr, ja, en string) formula.Expr {
		b.Columns = append(b.Columns, Column{Column: formula.Column{Name: name, Expr: e}, Unit: Amount, Role: Working, Label: contracts.Text{JA: ja, EN: en}})
		return formula.Col{Name: name}
	}
	one, zero := formula.Const{V: 1}, formula.Const{V: 0}
	part := func(a, m, d formula.Expr) formula.Expr {
		return formula.MulDiv{A: a, B: m, C: d, Rounding: contracts.RoundDown}
	}
	total := add(BearingTotal, nil, "支払額合計", "total payable")
	size := add("size", formula.Max{A: total, B: formula.Sub{A: zero, B: total}}, "合計の絶対値", "size of the total")
	weights := make([]formula.Expr, len(b.Parties))
	for i, p := range b.Parties {
		weights[i] = formula.Param{Name: "share." + p.ID}
	}
	whole := add("weights", formula.Max{A: formula.Sum(weights...), B: one}, "割合の合計", "sum of the weights")
	// What is left after whole multiples of the weights' sum decides the remainders, in small numbers.
	rest := add("rest", formula.Sub{A: size, B: part(part(size, one, whole), whole, one)}, "割り切れない分", "what the weights do not divide")
	rems := make([]formula.Expr, len(b.Parties))
	given := make([]formula.Expr, len(b.Parties))
	for i, p := range b.Parties {
		given[i] = add("whole."+p.ID, part(size, weights[i], whole), "端数前: "+p.Title.In("ja"), "whole units: "+p.Title.In("en"))
		rems[i] = add("rem."+p.ID, formula.Sub{A: part(rest, weights[i], one), B: part(part(rest, weights[i], whole), whole, one)},
			"剰余: "+p.Title.In("ja"), "remainder: "+p.Title.In("en"))
	}
	left := add("left", formula.Sub{A: size, B: formula.Sum(given...)}, "配分する端数", "units left over")
	for i, p := range b.Parties {
		ahead := []formula.Expr{zero}
		for j := range b.Parties {
			op := formula.More // an equal remainder goes to the lower id
			if j < i {
				op = formula.AtLeast
			}
			if j != i {
				ahead = append(ahead, formula.Compare{Op: op, A: rems[j], B: rems[i]})
			}
		}
		got := formula.Add{A: given[i], B: formula.Compare{Op: formula.Less, A: formula.Sum(ahead...), B: left}}
		b.Columns = append(b.Columns, Column{
			Column: formula.Column{Name: BearingPart + p.ID, Expr: formula.If{Cond: formula.Compare{Op: formula.Less, A: total, B: zero}, Then: formula.Sub{A: zero, B: got}, Else: got}},
			Unit:   Amount, Role: Result, Label: contracts.Text{JA: "負担額: " + p.Title.In("ja"), EN: "bears: " + p.Title.In("en")},
		})
	}
}

// Run splits a total under the settings. The values of all columns come back by name.
func (b *Bearing) Run(s *Settings, total contracts.Amount) (map[string]int64, error) {
	cols := make([]formula.Column, len(b.Columns))
	for i, c := range b.Columns {
		cols[i] = c.Column
	}
	m, err := formula.Build(cols, s.Numbers())
	if err != nil {
		return nil, err
	}
	batch := m.NewBatch()
	batch.Col(0)[0] = int64(total)
	batch.SetLen(1)
	if err := batch.Run(); err != nil {
		return nil, err
	}
	out := map[string]int64{}
	for i, c := range b.Columns {
		out[c.Name] = batch.Col(i)[0]
	}
	return out, nil
}
