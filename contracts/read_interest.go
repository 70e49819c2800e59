package contracts

import (
	"fmt"

	"github.com/amends-go/amends/internal/yamlread"
)

func (r *clauseReader) interest(v *yamlread.Value, p Provision) Clause {
	f := v.Map()
	c := &Interest{Provision: p, Ground: Ground(max(f.Required("ground").Enum(groundNames[:]...), 0))}
	if x := f.Optional("rate"); x != nil {
		c.Rate = new(ReadRatio(x))
	}
	if x := f.Optional("commercial"); x != nil {
		c.Commercial = new(x.Bool())
	}
	c.From, c.Demanded, c.To = ReadDay(f.Optional("from")), ReadDay(f.Optional("demanded")), ReadDay(f.Optional("to"))
	if x := f.Optional("day_count"); x != nil {
		c.DayCount = DayCount(x.Enum(dayCountNames[1:]...) + 1)
	}
	if x := f.Optional("both_ends"); x != nil {
		c.BothEnds = new(x.Bool())
	}
	if x := f.Optional("payments"); x != nil {
		c.Payments = Appropriation(x.Enum(appropriationNames[1:]...) + 1)
	}
	f.Done()
	return c
}

// interest checks what the clause says of its days and its rate.
func (v *validator) interest(c *Interest) {
	if c.Rate != nil {
		v.ratioUpToOne(c.At, "interest.rate", *c.Rate)
	}
	if !c.From.IsZero() && !c.Demanded.IsZero() {
		v.report(c.At, "interest.demanded", "E_CONFLICT", c.Demanded.String(), "from and demanded both say when the delay began", "keep one")
	}
	if c.Ground == OnTort && !c.Demanded.IsZero() {
		v.report(c.At, "interest.demanded", "E_CONFLICT", c.Demanded.String(), "a debt from a tort is in delay without a demand", "leave demanded out, or write from")
	}
	if c.Ground == OnTort && c.Commercial != nil {
		v.report(c.At, "interest.commercial", "E_CONFLICT", fmt.Sprint(*c.Commercial), "a debt from a tort is no debt of merchants", "leave commercial out, or write ground: contract")
	}
	if c.Rate != nil && c.Commercial != nil {
		v.report(c.At, "interest.commercial", "E_CONFLICT", fmt.Sprint(*c.Commercial), "commercial chooses a legal rate, and the clause states a rate", "keep one")
	}
	first := c.From
	if first.IsZero() {
		first = c.Demanded
	}
	if !first.IsZero() && !c.To.IsZero() && c.To.Cmp(first) < 0 {
		v.report(c.At, "interest.to", "E_INTERVAL", c.To.String(), fmt.Sprintf("interest until %s, which is before %s", c.To, first), "")
	}
}
