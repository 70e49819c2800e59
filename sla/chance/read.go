package chance

import (
	"fmt"
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/yamlread"
)

// ReadModel reads the section uncertainty: {base, measure, draws, seed, variables}. Problems are reported on the value.
//
// A variable has parameter (a name or a list of names that get one value) and one of
//
//	chances     {VALUE: 70%, VALUE: 30%}, which sum to one
//	range       {from, to}
//	triangular  {low, likely, high}
//	pert        {low, likely, high, weight}; weight is 4 by custom
//	lognormal   {p05: VALUE, p95: VALUE, at_least, at_most}: two of p05 p10 p25 p50 p75 p90 p95
//
// or has shares instead of a parameter: {PARTY: {pert: …}, PARTY: rest}. Each has a reason, and may have source, step (to which values are rounded), and
// draw or against (the name of a draw that it shares or moves against).
func ReadModel(v *yamlread.Value) *Model {
	if v == nil {
		return nil
	}
	f := v.Map()
	m := &Model{Draws: DefaultDraws, Seed: 1, at: v}
	if x := f.Optional("base"); x != nil {
		m.Base = x.ID()
	}
	if x := f.Optional("measure"); x != nil {
		m.Measure, _ = x.Scalar()
	}
	if x := f.Optional("draws"); x != nil {
		m.Draws = int(x.Int(1, MaxDraws))
	}
	if x := f.Optional("seed"); x != nil {
		m.Seed = uint64(x.Int(0, 1<<62))
	}
	list := f.Required("variables")
	for _, x := range list.List() {
		m.Variables = append(m.Variables, *readVariable(x))
	}
	if list.IsList() && len(m.Variables) == 0 {
		list.Report("E_REQUIRED", "variables is empty", "say what may be, and how likely; or leave uncertainty out")
	}
	f.Done()
	return m
}

// forms are the fields that say a distribution.
var forms = []string{"chances", "range", "triangular", "pert", "lognormal"}

func readVariable(v *yamlread.Value) *Variable {
	f := v.Map()
	out := &Variable{at: v, Weight: 400}
	if x := f.Optional("shares"); x != nil {
		readShares(out, x)
		if f.Has("parameter") {
			f.Optional("parameter").Report("E_CONFLICT", "a variable is of a parameter or of shares", "leave parameter out; shares name the parties")
		}
	} else {
		x := f.Required("parameter")
		if x.IsList() {
			for _, y := range x.List() {
				if s, ok := y.Scalar(); ok {
					out.Parameters = append(out.Parameters, s)
				}
			}
		} else if s, ok := x.Scalar(); ok {
			out.Parameters = []string{s}
		}
		if x != nil && len(out.Parameters) == 0 {
			x.Report("E_REQUIRED", "no parameter is named", "write the name of one")
			out.Parameters = []string{""}
		}
		readForm(out, v, f)
	}
	text := func(name string) (s string) {
		if x := f.Optional(name); x != nil {
			s, _ = x.Scalar()
		}
		return s
	}
	out.Step, out.Draw, out.Against = text("step"), text("draw"), text("against")
	if f.Has("draw") && f.Has("against") {
		v.Report("E_CONFLICT", "the variable shares a draw and moves against one", "write draw or against")
	}
	out.Reason = contracts.ReadText(f.Required("reason"))
	out.Source = text("source")
	f.Done()
	return out
}

// readForm reads the one distribution of a map.
func readForm(out *Variable, v *yamlread.Value, f *yamlread.Fields) {
	n := 0
	for _, name := range forms {
		x := f.Optional(name)
		if x == nil {
			continue
		}
		if n++; n > 1 {
			x.Report("E_CONFLICT", "the variable has two distributions", "write one of "+fmt.Sprint(forms))
			continue
		}
		switch name {
		case "chances":
			readChances(out, x)
		case "lognormal":
			readLognormal(out, x)
		default:
			readRange(out, x, name)
		}
	}
	if n == 0 {
		v.Report("E_REQUIRED", "the variable has no distribution", "write one of "+fmt.Sprint(forms))
	}
}

func readChances(out *Variable, v *yamlread.Value) {
	f := v.Map()
	out.Form = Chances
	sum, exact := contracts.Ratio{}, true
	var num, den int64 = 0, 1
	for _, value := range f.Keys() {
		x := f.Optional(value)
		p := contracts.ReadRatio(x)
		out.Chances = append(out.Chances, Chance{value, p})
		d := p.Den()
		common := den / contracts.GCD(den, d) * d
		if common > contracts.MaxRatioTerm {
			exact = false
			continue
		}
		num, den = num*(common/den)+p.Num()*(common/d), common
	}
	f.Done()
	if !v.IsMap() {
		return
	}
	switch {
	case !exact:
		v.Report("E_SHARES", "the probabilities have no common denominator up to a million", "write them in per cent, or as fractions that go together")
	case num != den:
		sum, _ = contracts.NewRatio(num, den)
		v.Report("E_SHARES", fmt.Sprintf("the probabilities sum to %s, not 100%%", sum.Percent()), "let the probabilities of all values sum to 100%; write thirds as 1/3")
	}
}

func readRange(out *Variable, v *yamlread.Value, name string) {
	f := v.Map()
	value := func(field string) string {
		s, _ := f.Required(field).Scalar()
		return s
	}
	if name == "range" {
		out.Form, out.Low, out.High = Even, value("from"), value("to")
		f.Done()
		return
	}
	out.Form = map[string]Form{"triangular": Triangular, "pert": PERT}[name]
	out.Low, out.Likely, out.High = value("low"), value("likely"), value("high")
	if out.Form == PERT {
		if x := f.Optional("weight"); x != nil {
			out.Weight = 100 * x.Int(1, 1000)
		}
	}
	f.Done()
}

// quantileFields are the quantiles by which a lognormal distribution may be told.
var quantileFields = []struct {
	name    string
	percent int64
}{{"p05", 5}, {"p10", 10}, {"p25", 25}, {"p50", 50}, {"p75", 75}, {"p90", 90}, {"p95", 95}}

func readLognormal(out *Variable, v *yamlread.Value) {
	f := v.Map()
	out.Form = Lognormal
	n := 0
	for _, q := range quantileFields {
		x := f.Optional(q.name)
		if x == nil {
			continue
		}
		if n < 2 {
			out.Quantiles[n].Probability, _ = contracts.NewRatio(q.percent, 100)
			out.Quantiles[n].Value, _ = x.Scalar()
		}
		n++
	}
	text := func(name string) (s string) {
		if x := f.Optional(name); x != nil {
			s, _ = x.Scalar()
		}
		return s
	}
	out.Low, out.High = text("at_least"), text("at_most")
	f.Done()
	if v.IsMap() && n != 2 {
		v.Report("E_REQUIRED", fmt.Sprintf("%d quantiles are given", n), "give two of p05, p10, p25, p50, p75, p90, p95")
	}
}

func readShares(out *Variable, v *yamlread.Value) {
	f := v.Map()
	out.Form = Shares
	for _, party := range f.Keys() {
		x := f.Optional(party)
		p := Part{Party: party}
		if x.IsMap() {
			m := x.Map()
			p.Of = &Variable{at: x, Weight: 400}
			readForm(p.Of, x, m)
			if p.Of.Form == Chances {
				x.Report("E_CONFLICT", "a share has no list of chances", "write range, triangular, pert or lognormal")
			}
			if y := m.Optional("draw"); y != nil {
				p.Of.Draw, _ = y.Scalar()
			}
			if y := m.Optional("against"); y != nil {
				p.Of.Against, _ = y.Scalar()
			}
			m.Done()
		} else if s, ok := x.Scalar(); ok && s != "rest" {
			x.Report("E_ENUM", "a share is a distribution or the rest", "write rest, or {range: {from: 10%, to: 30%}}")
		}
		if p.Of == nil && slices.ContainsFunc(out.Parts, func(o Part) bool { return o.Of == nil }) {
			x.Report("E_CONFLICT", "two parties take the rest", "let one party take it")
		}
		out.Parts = append(out.Parts, p)
	}
	f.Done()
	if v.IsMap() && len(out.Parts) < 2 {
		v.Report("E_REQUIRED", "shares name one party", "name all parties that may bear a part")
	}
}
