package sla

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/problem"
	"github.com/amends-go/amends/sla/formula"
)

// Measure is a figure of a whole case that a question is about: what all customers are owed, or those of one contract, or what finally stays with one party.
type Measure struct {
	Contract string // id; all contracts when empty
	Party    string // id; what remains with it ([Remaining])
}

// ParseMeasure reads "total", "contract.ID" or "remains.PARTY". The case must have what it names, and amounts that are added up must be in one currency.
func (c *Case) ParseMeasure(text string) (Measure, error) {
	kind, id, _ := strings.Cut(text, ".")
	var known []string
	switch kind {
	case "", "total":
		if id != "" {
			return Measure{}, fmt.Errorf("%q is none of total, contract.ID, remains.PARTY", text)
		}
		return Measure{}, c.oneCurrency("")
	case "contract":
		if known = c.contractIDs(); slices.Contains(known, id) {
			return Measure{Contract: id}, nil
		}
	case "remains":
		for _, p := range c.Incident.Parties {
			known = append(known, p.ID)
		}
		if slices.Contains(known, id) {
			return Measure{Party: id}, c.oneCurrency("")
		}
	default:
		return Measure{}, fmt.Errorf("%q is none of total, contract.ID, remains.PARTY", text)
	}
	return Measure{}, fmt.Errorf("%q: no such %s; %s", text, map[string]string{"contract": "contract", "remains": "party"}[kind], problem.Suggest(id, known))
}

// String is the measure as ParseMeasure reads it.
func (m Measure) String() string {
	switch {
	case m.Contract != "":
		return "contract." + m.Contract
	case m.Party != "":
		return "remains." + m.Party
	}
	return "total"
}

// Currency is what a measure is counted in.
func (c *Case) Currency(m Measure) contracts.Currency {
	for _, k := range c.Contracts {
		if m.Contract == "" || k.ID == m.Contract {
			return k.Currency
		}
	}
	return contracts.Currency{}
}

// oneCurrency refuses a sum over contracts in several currencies.
func (c *Case) oneCurrency(contract string) error {
	for _, k := range c.Contracts {
		if contract == "" && k.Currency.Code != c.Contracts[0].Currency.Code {
			return fmt.Errorf("the contracts count in %s and %s, which have no sum: name one, as contract.%s", c.Contracts[0].Currency.Code, k.Currency.Code, k.ID)
		}
	}
	return nil
}

// Model works a case out again and again while some parameters vary over a base: what does not move is worked out once ([Panel]). It may be used by
// several goroutines at once.
type Model struct {
	Base Findings
	// Taken are the questions that the base leaves open and that do not vary: their first reading is taken.
	Taken []Decided

	c        *Case
	vary     []string
	families [][]*modelled // by contract, by version
}

// modelled is the program of one version with its customers.
type modelled struct {
	run   *Run
	lay   func() (*Panel, error)
	wants []string // payable first
}

// Model prepares the case for variation of the named parameters over the findings of that id ("" is the default). A name that no program of the case knows
// is an error.
func (c *Case) Model(base string, vary []string) (*Model, error) {
	f, err := c.Set(base)
	if err != nil {
		return nil, err
	}
	m := &Model{Base: *f, c: c, vary: vary}
	for _, name := range vary {
		if _, _, err := c.Parameter(name); err != nil {
			return nil, err
		}
	}
	for _, p := range c.Programs {
		var family []*modelled
		for _, v := range p.Versions() {
			x, err := m.prepare(v)
			if err != nil {
				return nil, err
			}
			family = append(family, x)
		}
		m.families = append(m.families, family)
	}
	return m, nil
}

// prepare settles and binds a program under the base; its customers are read when they are first asked for.
func (m *Model) prepare(p *Program) (*modelled, error) {
	s, err := p.Settle(m.Base, m.c.Findings)
	if err != nil {
		return nil, err
	}
	var vary []string
	for _, name := range m.vary {
		vary = append(vary, p.Named(name)...)
	}
	for _, name := range p.turnsOn(s.Open()) {
		par := p.Parameter(name)
		d := Decided{name, par.Options[s.Of(name).Num].Name}
		if !slices.Contains(p.movesWith(vary), name) && !slices.Contains(m.Taken, d) {
			m.Taken = append(m.Taken, d)
		}
	}
	run, err := p.Bind(s.First())
	if err != nil {
		return nil, err
	}
	x := &modelled{run: run, wants: []string{p.Columns[len(p.Columns)-1].Name}}
	for _, column := range p.Borne() { // order: sorted below
		if !slices.Contains(x.wants, column) {
			x.wants = append(x.wants, column)
		}
	}
	slices.Sort(x.wants[1:])
	x.lay = sync.OnceValues(func() (*Panel, error) { return run.Panel(m.c.CustomersOf(p), 0, vary, x.wants) })
	return x, nil
}

// Parameter finds a parameter in the programs of the case, and the currency of its contract. "grade" stands for the grade of the first phase, whose options
// all phases have. An unknown name is an error that suggests another.
func (c *Case) Parameter(name string) (*Parameter, contracts.Currency, error) {
	programs := c.Versions()
	for _, r := range c.Recourses {
		programs = append(programs, r.Program)
	}
	var known []string
	for _, p := range programs {
		for _, n := range p.Named(name) {
			if par := p.Parameter(n); par != nil {
				return par, p.Contract.Currency, nil
			}
		}
		known = append(known, p.names()...)
	}
	return nil, contracts.Currency{}, contracts.Problems{{Code: "E_UNKNOWN_PARAMETER", Value: name,
		Message: fmt.Sprintf("nothing in this case depends on %q", name), Hint: problem.Suggest(name, known)}}
}

// expand gives the values by the parameters that their names mean ("grade" is that of every phase).
func (c *Case) expand(p *Program, values map[string]formula.Number) map[string]formula.Number {
	out := make(map[string]formula.Number, len(values))
	for _, general := range []bool{true, false} {
		for name, n := range values { // order: fills a map, the general name before the particular ones
			if (name == "grade") == general {
				for _, x := range p.Named(name) {
					out[x] = n
				}
			}
		}
	}
	return out
}

// At works out a measure with those values in place of the base's. Only parameters that the model was prepared to vary may be given.
func (m *Model) At(measure Measure, values map[string]formula.Number) (contracts.Amount, error) {
	var total contracts.Amount
	var bears []Row
	var runs []*Run
	for i, family := range m.families {
		if measure.Contract != "" && m.c.Contracts[i].ID != measure.Contract {
			continue
		}
		x, s, err := m.version(family, values)
		if err != nil {
			return 0, err
		}
		panel, err := x.lay()
		if err != nil {
			return 0, err
		}
		sums, err := panel.Sums(s.Numbers())
		if err != nil {
			return 0, err
		}
		var ok bool
		if total, ok = total.Plus(sums[0]); !ok {
			return 0, fmt.Errorf("the total does not fit in 64 bits")
		}
		if measure.Party == "" {
			continue
		}
		b, err := x.run.Program.bears(s, func(column string) contracts.Amount { return sums[slices.Index(x.wants, column)] })
		if err != nil {
			return 0, err
		}
		bears, runs = append(bears, b), append(runs, &Run{Program: x.run.Program, Settings: s})
	}
	if measure.Party == "" {
		return total, nil
	}
	recovered, err := m.c.Recover(runs, bears)
	if err != nil {
		return 0, err
	}
	return Remaining(measure.Party, bears, recovered), nil
}

// version is the version of a contract that the values choose, with its settings.
func (m *Model) version(family []*modelled, values map[string]formula.Number) (*modelled, *Settings, error) {
	x := family[0]
	s := x.run.Settings.With(m.c.expand(x.run.Program, values))
	if len(family) > 1 {
		x = family[s.Of(x.run.Program.VersionParameter()).Num]
		s = x.run.Settings.With(m.c.expand(x.run.Program, values))
	}
	return x, s, nil
}
