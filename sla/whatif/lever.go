package whatif

import (
	"fmt"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
)

// Steps of a whole: shares run in millionths, multiples in thousandths.
const (
	perOne   = contracts.MaxRatioTerm
	perTimes = 1000
)

// Lever is a parameter that runs in whole steps from one value to another.
type Lever struct {
	Parameter string
	From, To  int64 // steps

	par    *sla.Parameter
	cur    contracts.Currency
	den    int64   // steps of 1
	others []other // of a party's share: what the others bear, which keep their proportions
}

// other is another party's weight in what the first one leaves.
type other struct {
	parameter string
	weight    int64
}

// Numbered reports whether a parameter runs in steps; others are chosen from a list.
func Numbered(p *sla.Parameter) bool { return p.Kind != sla.Choice }

// NewLever takes a parameter of the case over the base. Without bounds a share runs from 0 to 1 and a day over the days it may be; an amount or a multiple
// needs its bounds.
func NewLever(c *sla.Case, base, name, from, to string) (*Lever, error) {
	par, cur, err := c.Parameter(name)
	if err != nil {
		return nil, err
	}
	l := &Lever{Parameter: name, par: par, cur: cur, den: 1}
	first, last := formula.Plain(0), formula.Plain(1)
	switch par.Kind {
	case sla.Choice:
		return nil, fmt.Errorf("%s is chosen from a list and has no range: give its values", name)
	case sla.Fraction:
		l.den = perOne
	case sla.Times:
		l.den = perTimes
	case sla.Weight:
		if err := l.share(c, base); err != nil {
			return nil, err
		}
	case sla.OnDay:
		first, last = formula.Plain(sla.Serial(par.Days.From)), formula.Plain(sla.Serial(par.Days.Until.AddDays(-1)))
	case sla.Money:
	}
	if to == "" && (par.Kind == sla.Times || par.Kind == sla.Money) {
		return nil, fmt.Errorf("%s has no natural end: say from where to where", name)
	}
	if from != "" {
		if first, err = l.parse(from); err != nil {
			return nil, err
		}
	}
	if to != "" {
		if last, err = l.parse(to); err != nil {
			return nil, err
		}
	}
	// Steps are as small as can be such that both ends are whole ones: thirds run in 1/999,999.
	whole := first.Den / contracts.GCD(first.Den, last.Den) * last.Den
	if whole > l.den {
		return nil, fmt.Errorf("%s from %s to %s: write both ends with a common denominator up to %d", name, from, to, l.den)
	}
	l.den = l.den / whole * whole
	l.From, l.To = first.Num*(l.den/first.Den), last.Num*(l.den/last.Den)
	if l.From >= l.To {
		return nil, fmt.Errorf("%s runs from %s to %s: nothing lies between", name, l.Text(l.From), l.Text(l.To))
	}
	return l, nil
}

// share prepares the share of a party: what it does not bear the others bear in the proportions that the base gives them, or the provider where
// it gives them nothing.
func (l *Lever) share(c *sla.Case, base string) error {
	runs, err := c.Bind(base)
	if err != nil {
		return err
	}
	parties := c.Incident.Parties
	if len(parties) < 2 {
		return fmt.Errorf("%s: there is no other party to bear the rest", l.Parameter)
	}
	var sum, common int64
	for _, p := range parties {
		name := "share." + p.ID
		if w := runs[0].Settings.Of(name).Num; name != l.Parameter && w > 0 {
			l.others = append(l.others, other{name, w})
			sum += w
			common = contracts.GCD(common, w)
		}
	}
	if sum == 0 {
		rest := parties[0].ID
		if "share."+rest == l.Parameter {
			return fmt.Errorf("%s: under %s no other party bears anything, so that nobody is there to take the rest; find shares in the base", l.Parameter, runs[0].Settings.Findings.ID)
		}
		l.others, sum, common = []other{{"share." + rest, 1}}, 1, 1
	}
	for i := range l.others {
		l.others[i].weight /= common
	}
	l.den = max(perOne/(sum/common), 100)
	return nil
}

// parse reads a value of the lever.
func (l *Lever) parse(text string) (formula.Number, error) {
	if l.par.Kind != sla.Weight {
		return l.par.Parse(text, l.cur)
	}
	r, err := contracts.ParseRatio(text)
	if err == nil && r.Cmp(contracts.One) > 0 {
		err = fmt.Errorf("%w: a share is at most 100%%, found %s", contracts.ErrRange, r.Percent())
	}
	return formula.Number{Num: r.Num(), Den: r.Den()}, err
}

// Values are the values of the case's parameters at a step.
func (l *Lever) Values(n int64) map[string]formula.Number {
	if l.par.Kind != sla.Weight {
		return map[string]formula.Number{l.Parameter: {Num: n, Den: l.den}}
	}
	var sum int64
	for _, o := range l.others {
		sum += o.weight
	}
	out := map[string]formula.Number{l.Parameter: formula.Plain(n * sum)}
	for _, o := range l.others {
		out[o.parameter] = formula.Plain((l.den - n) * o.weight)
	}
	return out
}

// Text is a step as findings are written: "22.5%", "12", "2012-06-20", or an amount in major units.
func (l *Lever) Text(n int64) string {
	if l.par.Kind != sla.Fraction && l.par.Kind != sla.Weight {
		return l.par.Format(formula.Number{Num: n, Den: l.den}, l.cur)
	}
	r, err := contracts.NewRatio(n, l.den)
	if err != nil {
		return fmt.Sprintf("%d/%d", n, l.den)
	}
	return r.Percent()
}
