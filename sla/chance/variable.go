package chance

import (
	"fmt"
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/quantile"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
)

// Form is the form of a distribution.
type Form uint8

// The forms.
const (
	Chances    Form = iota // values with their probabilities
	Even                   // from Low to High, every value alike
	Triangular             // Low, Likely, High
	PERT                   // the same, as a beta distribution
	Lognormal              // by two quantiles
	Shares                 // of parties, which sum to one
)

// Variable is what a parameter may be, and how likely.
type Variable struct {
	Parameters []string // that get the same value
	Form       Form
	Chances    []Chance
	// Low, Likely and High are values as findings are written; of a lognormal distribution Low and High are bounds, or empty.
	Low, Likely, High string
	Weight            int64 // of the likely value in a PERT distribution, in hundredths; 400 by custom
	Quantiles         [2]Quantile
	Parts             []Part // of Shares; a party that is not named bears nothing
	Step              string // to which values are rounded; empty is the parameter's own
	Draw, Against     string // the draw that is shared, or moved against
	Reason            contracts.Text
	Source            string

	at    place
	par   *sla.Parameter
	cur   contracts.Currency
	scale scale
	of    []formula.Number // of Chances
	none  []string         // of Shares: parties that are not named
}

// Chance is a value with its probability.
type Chance struct {
	Value       string
	Probability contracts.Ratio
}

// Quantile is a value that is not exceeded with a probability.
type Quantile struct {
	Probability contracts.Ratio
	Value       string
}

// Part is the share of one party; the one that takes the rest has no distribution.
type Part struct {
	Party string
	Of    *Variable // nil for the rest
}

// scale is a distribution in whole steps of 1/den.
type scale struct {
	den               int64
	grid              quantile.Grid
	low, likely, high int64
}

// Set is a value of a parameter in one draw.
type Set struct {
	Parameter string
	Value     formula.Number
}

// bind finds the parameter and reads the values.
func (v *Variable) bind(c *sla.Case) error {
	if v.Form == Shares {
		return v.bindShares(c)
	}
	for i, name := range v.Parameters {
		par, cur, err := c.Parameter(name)
		switch {
		case err != nil:
			return err
		case i == 0:
			v.par, v.cur = par, cur
		case par.Kind != v.par.Kind || !slices.EqualFunc(par.Options, v.par.Options, func(a, b sla.Option) bool { return a.Name == b.Name }):
			return fmt.Errorf("%s and %s do not take the same values", v.Parameters[0], name)
		}
	}
	if v.par.Kind == sla.Weight {
		return fmt.Errorf("%s is a share of fault: write shares, which sum to one", v.Parameters[0])
	}
	if v.Form == Chances {
		for _, ch := range v.Chances {
			n, err := v.par.Parse(ch.Value, v.cur)
			if err != nil {
				return err
			}
			v.of = append(v.of, n)
		}
		return nil
	}
	if v.par.Kind == sla.Choice {
		return fmt.Errorf("%s is chosen from a list: give chances of its values", v.Parameters[0])
	}
	return v.measure(map[sla.ParameterKind]int64{sla.Fraction: 10_000, sla.Times: 100}[v.par.Kind], v.parse)
}

// parse reads a value of the parameter.
func (v *Variable) parse(text string) (formula.Number, error) { return v.par.Parse(text, v.cur) }

// measure turns the values into steps; den is the parameter's own, 0 being whole numbers.
func (v *Variable) measure(den int64, parse func(string) (formula.Number, error)) error {
	v.scale.den = max(den, 1)
	step := formula.Number{Num: 1, Den: v.scale.den}
	if v.Step != "" {
		var err error
		if step, err = parse(v.Step); err != nil {
			return err
		}
		if step.Num <= 0 {
			return fmt.Errorf("%w: a step is above 0", contracts.ErrRange)
		}
		if whole := v.scale.den / contracts.GCD(v.scale.den, step.Den) * step.Den; whole <= contracts.MaxRatioTerm {
			v.scale.den = whole // so that the step is a whole number: thirds are not 3,333 of 10,000
		}
	}
	steps := func(text string, other int64) (int64, error) {
		if text == "" {
			return other, nil
		}
		n, err := parse(text)
		if err != nil {
			return 0, err
		}
		x, ok := contracts.MulDiv(n.Num, v.scale.den, n.Den, contracts.RoundHalfUp)
		if !ok {
			return 0, fmt.Errorf("%w: %s", contracts.ErrRange, text)
		}
		return x, nil
	}
	const most = int64(1) << 52
	var err [6]error
	v.scale.low, err[0] = steps(v.Low, 0)
	v.scale.high, err[1] = steps(v.High, most)
	v.scale.likely, err[2] = steps(v.Likely, v.scale.low)
	v.scale.grid.Step, _ = contracts.MulDiv(step.Num, v.scale.den, step.Den, contracts.RoundHalfUp)
	v.scale.grid.Least, v.scale.grid.Greatest = v.scale.low, v.scale.high
	var at [2]int64
	for i := range v.Quantiles {
		if v.Form == Lognormal {
			at[i], err[3+i] = steps(v.Quantiles[i].Value, 0)
		}
	}
	for _, e := range err {
		if e != nil {
			return e
		}
	}
	switch {
	case v.scale.low > v.scale.likely || v.scale.likely > v.scale.high:
		return fmt.Errorf("%w: the values do not rise: %s", contracts.ErrRange, v.rising())
	case v.Form == Lognormal && (at[0] <= 0 || at[0] >= at[1]):
		return fmt.Errorf("%w: the two quantiles are above 0, and the second above the first", contracts.ErrRange)
	case v.Form == Lognormal:
		v.scale.likely, v.scale.low = at[0], at[1] // by their places in draw
	}
	return nil
}

func (v *Variable) rising() string {
	if v.Likely == "" {
		return v.Low + ", " + v.High
	}
	return v.Low + ", " + v.Likely + ", " + v.High
}

// bindShares reads the shares of parties in steps of 1/10,000. Together the greatest may not exceed the whole where one takes the rest.
func (v *Variable) bindShares(c *sla.Case) error {
	var most int64
	rest := false
	v.none = nil
	for _, p := range c.Incident.Parties {
		if !slices.ContainsFunc(v.Parts, func(x Part) bool { return x.Party == p.ID }) {
			v.none = append(v.none, "share."+p.ID)
		}
	}
	for i := range v.Parts {
		p := &v.Parts[i]
		if _, _, err := c.Parameter("share." + p.Party); err != nil {
			return err
		}
		if p.Of == nil {
			rest = true
			continue
		}
		parse := func(text string) (formula.Number, error) {
			r, err := contracts.ParseRatio(text)
			if err == nil && r.Cmp(contracts.One) > 0 {
				err = fmt.Errorf("%w: a share is at most 100%%, found %s", contracts.ErrRange, r.Percent())
			}
			return formula.Number{Num: r.Num(), Den: r.Den()}, err
		}
		if err := p.Of.measure(shareSteps, parse); err != nil {
			return fmt.Errorf("%s: %w", p.Party, err)
		}
		most += p.Of.scale.high
	}
	if rest && most > shareSteps {
		return fmt.Errorf("%w: the others may take more than the whole (%d%%), and nothing would be left for the rest", contracts.ErrRange, most/100)
	}
	return nil
}

// shareSteps is how many steps a whole has that parties share.
const shareSteps = 10_000

// value is the value in steps at a draw.
func (v *Variable) value(u quantile.Even) int64 {
	s := v.scale
	switch v.Form {
	case Even:
		return quantile.Uniform(u, s.low, s.high, s.grid)
	case Triangular:
		return quantile.Triangular(u, s.low, s.likely, s.high, s.grid)
	case PERT:
		return quantile.PERT(u, s.low, s.likely, s.high, v.Weight, s.grid)
	case Lognormal:
		return quantile.Lognormal(u, millionths(v.Quantiles[0].Probability), s.likely, millionths(v.Quantiles[1].Probability), s.low, s.grid)
	case Chances, Shares:
	}
	panic("chance: the form has no quantile")
}

func millionths(r contracts.Ratio) int64 {
	n, _ := contracts.MulDiv(r.Num(), 1_000_000, r.Den(), contracts.RoundHalfUp)
	return n
}

// sets are the values of the parameters at a draw; stream gives the draw of a name.
func (v *Variable) sets(stream func(name string) quantile.Even) []Set {
	if v.Form == Shares {
		return v.shares(stream)
	}
	u := v.even(stream, v.Parameters[0])
	n := formula.Number{}
	if v.Form == Chances {
		n = v.of[v.chosen(u)]
	} else {
		n = formula.Number{Num: v.value(u), Den: v.scale.den}
	}
	out := make([]Set, len(v.Parameters))
	for i, name := range v.Parameters {
		out[i] = Set{name, n}
	}
	return out
}

// even is the variable's draw: its own, or one that it shares.
func (v *Variable) even(stream func(name string) quantile.Even, own string) quantile.Even {
	switch {
	case v.Draw != "":
		return stream("draw " + v.Draw)
	case v.Against != "":
		return stream("draw " + v.Against).Against()
	}
	return stream(own)
}

// shares are the weights of the parties. Where one takes the rest they sum to 10,000; else to whatever was drawn, which then is the whole.
func (v *Variable) shares(stream func(name string) quantile.Even) []Set {
	var sum int64
	out := make([]Set, len(v.Parts))
	rest := -1
	for i, p := range v.Parts {
		out[i].Parameter = "share." + p.Party
		if p.Of == nil {
			rest = i
			continue
		}
		n := p.Of.value(p.Of.even(stream, out[i].Parameter))
		out[i].Value = formula.Plain(n)
		sum += n
	}
	if rest >= 0 {
		out[rest].Value = formula.Plain(shareSteps - sum)
	} else if sum == 0 { // nobody bears anything: all alike
		for i := range out {
			out[i].Value = formula.Plain(1)
		}
	}
	for _, name := range v.none {
		out = append(out, Set{name, formula.Plain(0)})
	}
	return out
}
