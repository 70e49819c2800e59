package whatif

import (
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/yamlread"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/chance"
)

// Study is what is asked of a case: the file scenarios.yaml.
//
//	base        id of the findings or scenario over which ranges, sweeps and break-evens vary; the case's default by default
//	scenarios   sets of findings: {id, title, based_on, source, date, findings: {NAME: {is, reason, source}}}
//	compare     ids of the sets to compare, the first being what the others are held against; by default the base, then all others in their order
//	ranges      what parameters may be: [{parameter, values: […]} or {parameter, from, to}, with reason and source]
//	sweeps      [{id, title, base, measure, of: one or two of {parameter, values} or {parameter, from, to, steps}}]
//	break_even  [{id, title, base, measure, parameter, from, to, reaches: an amount}]
//	uncertainty, tree   see package chance
//
// A measure is total (the default), contract.ID or remains.PARTY.
type Study struct {
	Base       string
	Scenarios  []sla.Findings
	Compare    []string
	Ranges     []Range
	Sweeps     []Sweep
	BreakEvens []BreakEven
	// Uncertainty is what may be, and how likely; Tree is a decision tree. nil is none.
	Uncertainty *chance.Model
	Tree        *chance.Tree
	Only        bool // compare, and ask nothing else

	at       map[string]*yamlread.Value // fields, for problems that show once the case is known
	problems func() contracts.Problems
}

// Range is what a parameter may be, and why.
type Range struct {
	Axis
	Reason contracts.Text
	Source string
}

// Axis is a parameter with the values that it takes in turn: a list, or a range in steps.
type Axis struct {
	Parameter string
	Values    []string // as findings are written
	From, To  string   // of a number
	Steps     int      // into which the range is divided; 10 by default

	at     *yamlread.Value
	points []Point
	lever  *Lever // nil for a list
}

// Sweep asks for a measure over the values of one or two parameters.
type Sweep struct {
	ID      string
	Title   contracts.Text
	Base    string
	Measure sla.Measure
	Of      []Axis

	base, measure *yamlread.Value
}

// BreakEven asks at which value of a parameter a measure reaches an amount.
type BreakEven struct {
	ID      string
	Title   contracts.Text
	Base    string
	Measure sla.Measure
	Axis
	Reaches contracts.Amount // minor units

	base, measure, reaches *yamlread.Value
}

// MaxPoints bounds how many values an axis has.
const MaxPoints = 1000

// Read reads a study from a YAML file of that name, reporting every problem at once, those apart that show only against a case ([Study.Bind]).
func Read(file string, data []byte) (*Study, contracts.Problems) {
	v, c := yamlread.Parse(file, data)
	if v == nil {
		return nil, c.Problems()
	}
	s := &Study{at: map[string]*yamlread.Value{}, problems: c.Problems}
	f := v.Map()
	if x := f.Optional("base"); x != nil {
		s.Base, s.at["base"] = x.ID(), x
	}
	s.Scenarios = sla.ReadSets(f.Optional("scenarios"))
	if x := f.Optional("compare"); x != nil {
		s.Compare, s.at["compare"] = x.IDs(), x
	}
	for _, x := range f.Optional("ranges").List() {
		m := x.Map()
		r := Range{Axis: readAxis(x, m, false), Reason: contracts.ReadText(m.Required("reason"))}
		if y := m.Optional("source"); y != nil {
			r.Source = y.Text()
		}
		m.Done()
		if slices.ContainsFunc(s.Ranges, func(o Range) bool { return o.Parameter == r.Parameter }) {
			x.Report("E_DUP_ID", "the parameter "+r.Parameter+" has a range already", "give each parameter one range")
		}
		s.Ranges = append(s.Ranges, r)
	}
	ids := map[string]bool{}
	for _, x := range f.Optional("sweeps").List() {
		s.Sweeps = append(s.Sweeps, readSweep(x, ids))
	}
	for _, x := range f.Optional("break_even").List() {
		s.BreakEvens = append(s.BreakEvens, readBreakEven(x, ids))
	}
	s.at["uncertainty"], s.at["tree"] = f.Optional("uncertainty"), f.Optional("tree")
	s.Uncertainty, s.Tree = chance.ReadModel(s.at["uncertainty"]), chance.ReadTree(s.at["tree"])
	f.Done()
	return s, c.Problems().Sorted()
}

// readAxis reads the fields of an axis in a map; steps only where they are asked for.
func readAxis(v *yamlread.Value, f *yamlread.Fields, steps bool) Axis {
	a := Axis{at: v, Steps: 10}
	if x := f.Required("parameter"); x != nil {
		a.Parameter, _ = x.Scalar()
	}
	text := func(name string) (s string) {
		if x := f.Optional(name); x != nil {
			s, _ = x.Scalar()
		}
		return s
	}
	if x := f.Optional("values"); x != nil {
		for _, y := range x.List() {
			if s, ok := y.Scalar(); ok {
				a.Values = append(a.Values, s)
			}
		}
		if len(a.Values) > MaxPoints {
			x.Limit("E_LIMIT_POINTS", "more values than an axis may have", "1000 are enough to draw a line")
		}
	}
	a.From, a.To = text("from"), text("to")
	if f.Has("values") && (f.Has("from") || f.Has("to")) {
		v.Report("E_CONFLICT", "the axis has a list and a range", "give either values, or from and to")
	}
	if x := f.Optional("steps"); steps && x != nil {
		a.Steps = int(x.Int(1, MaxPoints-1))
	}
	return a
}

func readSweep(v *yamlread.Value, ids map[string]bool) Sweep {
	f := v.Map()
	s := Sweep{ID: readID(f, ids), Title: contracts.ReadText(f.Required("title")), base: f.Optional("base"), measure: f.Optional("measure")}
	if s.base != nil {
		s.Base = s.base.ID()
	}
	s.measure.Scalar() // a list or a map is a problem of the file, whatever the case
	of := f.Required("of")
	for _, x := range of.List() {
		m := x.Map()
		s.Of = append(s.Of, readAxis(x, m, true))
		m.Done()
	}
	if of.IsList() && (len(s.Of) < 1 || len(s.Of) > 2) {
		of.Report("E_RANGE", "a sweep goes over one or two parameters", "list one or two of them")
	}
	f.Done()
	return s
}

func readBreakEven(v *yamlread.Value, ids map[string]bool) BreakEven {
	f := v.Map()
	b := BreakEven{ID: readID(f, ids), Title: contracts.ReadText(f.Required("title")), base: f.Optional("base"), measure: f.Optional("measure"), reaches: f.Required("reaches")}
	if b.base != nil {
		b.Base = b.base.ID()
	}
	b.measure.Scalar()
	b.reaches.Scalar()
	b.Axis = readAxis(v, f, false)
	f.Done()
	return b
}

// readID reads an id that no other question of the file has.
func readID(f *yamlread.Fields, ids map[string]bool) string {
	x := f.Required("id")
	id := x.ID()
	if ids[id] {
		x.Report("E_DUP_ID", "the question "+id+" stands twice", "give each question its own id")
	}
	ids[id] = true
	return id
}
