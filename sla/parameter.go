package sla

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/problem"
	"github.com/amends-go/amends/sla/formula"
)

// ParameterKind says what values a parameter takes.
type ParameterKind uint8

// The kinds of parameter.
const (
	Choice   ParameterKind = iota // one of Options
	Fraction                      // a ratio from 0 to 1, such as own fault
	Times                         // a ratio of 0 or more, such as months of fees
	Money                         // an amount of 0 or more
	Weight                        // a party's part: whole numbers, over the sum of all weights
	OnDay                         // a day, as Serial counts it, of Days
)

// Parameter is a named, typed, editable assumption of a program. Findings,
// scenarios and cells of a workbook all set parameters and nothing else.
type Parameter struct {
	Name    string
	Label   contracts.Text
	Kind    ParameterKind
	Options []Option           // of a Choice, in order of their numbers
	Days    contracts.DateSpan // of a day, those that it may be
	// Default is the value when the findings are silent, and Why its reason.
	// Without one the parameter is open: every option is computed.
	Default *formula.Number
	Why     contracts.Text
	From    Origin
	Refs    []contracts.Ref
	// Readings are the options computed while the parameter is open; nil is all of them.
	Readings []int
	// Of says while which parameter has one of which options this one matters; nil is always.
	Of *Dependence
	// Closed is whether a choice may not be left open: it says which program is meant, and not how to read one.
	Closed bool
	// Follows names the parameter whose value this one takes when the findings set only that one.
	Follows string
}

// Dependence is a choice on which another parameter turns.
type Dependence struct {
	Parameter string
	Options   []string
	// Implied takes the choice for its first option when findings set the other parameter and leave the choice alone: what is recorded as paid was paid.
	Implied bool
}

// Matters reports whether a parameter plays a part under the settings.
func (s *Settings) Matters(p *Program, par *Parameter) bool {
	if par.Of == nil {
		return true
	}
	lead := p.Parameter(par.Of.Parameter)
	v, ok := s.values[par.Of.Parameter]
	return lead == nil || !ok || v.From == Open || slices.Contains(par.Of.Options, lead.Options[v.Num].Name)
}

// Option is a value of a Choice.
type Option struct {
	Name  string
	Label contracts.Text
}

// Origin says where the value of a parameter comes from.
type Origin string

// The origins.
const (
	FromFindings Origin = "findings"
	FromContract Origin = "contract"
	FromLaw      Origin = "law"
	FromIncident Origin = "incident"
	Assumed      Origin = "assumed" // silence was read one way, and the result says so
	Open         Origin = "open"    // nobody has decided; every reading is computed
)

// Parse reads a value as written in findings or on the command line: an
// option's name, a ratio ("30%", "3/10", "12"), or an amount in major units.
func (p *Parameter) Parse(text string, cur contracts.Currency) (formula.Number, error) {
	switch p.Kind {
	case Choice:
		for i, o := range p.Options {
			if o.Name == text {
				return formula.Plain(int64(i)), nil
			}
		}
		return formula.Number{}, fmt.Errorf("%s is none of %s", contracts.Escape(text, 40), strings.Join(p.optionNames(), ", "))
	case Money:
		a, _, err := contracts.ParseAmount(text, cur, contracts.NumberStyle{})
		return formula.Plain(int64(a)), err
	}
	if p.Kind == OnDay {
		d, _, err := contracts.ParseDate(text)
		if err == nil && (d.Cmp(p.Days.From) < 0 || p.Days.Until.Cmp(d) <= 0) {
			err = fmt.Errorf("%w: a day from %s to %s", contracts.ErrRange, p.Days.From, p.Days.Until.AddDays(-1))
		}
		return formula.Plain(Serial(d)), err
	}
	if p.Kind == Times {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && n >= 0 && n <= contracts.MaxRatioTerm {
			return formula.Number{Num: n, Den: 1}, nil
		}
	}
	r, err := contracts.ParseRatio(text)
	if err != nil {
		return formula.Number{}, err
	}
	if p.Kind != Times && r.Cmp(contracts.One) > 0 {
		return formula.Number{}, fmt.Errorf("%w: a share is at most 100%%, found %s", contracts.ErrRange, r.Percent())
	}
	return formula.Number{Num: r.Num(), Den: r.Den()}, nil
}

// readings are the options to compute while the parameter is open.
func (p *Parameter) readings() []int {
	if p.Readings != nil {
		return p.Readings
	}
	all := make([]int, len(p.Options))
	for i := range all {
		all[i] = i
	}
	return all
}

func (p *Parameter) optionNames() []string {
	var out []string
	for _, o := range p.Options {
		out = append(out, o.Name)
	}
	return out
}

// Format writes a value as Parse reads it.
func (p *Parameter) Format(n formula.Number, cur contracts.Currency) string {
	switch p.Kind {
	case Choice:
		return p.Options[n.Num].Name
	case Money:
		return contracts.Amount(n.Num).Text(cur)
	case Weight:
		return strconv.FormatInt(n.Num, 10)
	case OnDay:
		return DateOfSerial(n.Num).String()
	}
	r, err := contracts.NewRatio(n.Num, n.Den)
	if err != nil {
		return fmt.Sprintf("%d/%d", n.Num, n.Den)
	}
	if p.Kind == Times && n.Den == 1 {
		return strconv.FormatInt(n.Num, 10)
	}
	return r.String()
}

// Findings is a named set of what is judged, as against what is recorded:
// grade of fault, own share, which reading of a clause is right.
type Findings struct {
	ID      string
	Title   contracts.Text
	Date    contracts.Date // as known on this day
	Source  string
	BasedOn string // id of the set whose values hold unless set here
	Values  []Finding
	At      contracts.Pos
}

// Finding is the value of one parameter, with its reason.
type Finding struct {
	Name string // of the parameter; "grade" alone sets the grade of every phase
	// Value is as Parameter.Parse reads it, or "open" for a choice that nobody has made: every reading is computed.
	Value  string
	Reason contracts.Text
	Source string
	At     contracts.Pos
}

// Setting is the value that a parameter has under a set of findings.
type Setting struct {
	formula.Number
	Reason contracts.Text
	Source string
	From   Origin
}

// Settings is every parameter of a program under one set of findings.
type Settings struct {
	Findings Findings
	program  *Program
	found    map[string]Setting        // what the findings say
	changed  map[string]formula.Number // what was set in their place
	values   map[string]Setting
	open     []string // parameters that nobody decided, in program order
	first    bool     // of what is open the first reading is taken
}

// First is the settings with the first reading of whatever is open, so that there is one reading only.
func (s *Settings) First() *Settings {
	out := *s
	out.open, out.first = nil, true
	return &out
}

// Of returns the setting of a parameter. An open one stands at its first reading.
func (s *Settings) Of(name string) Setting { return s.values[name] }

// Open lists the parameters that nobody decided, in program order.
func (s *Settings) Open() []string { return s.open }

// Numbers returns the values as a formula.Machine takes them.
func (s *Settings) Numbers() map[string]formula.Number {
	out := make(map[string]formula.Number, len(s.values))
	for name, v := range s.values { // order: fills a map
		out[name] = v.Number
	}
	return out
}

// Settle gives every parameter of the program its value under the findings f,
// which may rest on others in sets. It reports an unknown parameter, a value
// that does not fit, a set that rests on itself, and shares of parties that do
// not sum to one, all at once.
func (p *Program) Settle(f Findings, sets []Findings) (*Settings, error) {
	chain, err := basis(f, sets)
	if err != nil {
		return nil, err
	}
	s := &Settings{Findings: f, program: p, found: map[string]Setting{}}
	var problems contracts.Problems
	for _, set := range chain {
		said := map[string]Setting{}
		for _, general := range []bool{true, false} { // the grade of one phase overrides that of all, wherever it stands
			for _, v := range set.Values {
				if (v.Name == "grade") == general {
					problems = append(problems, p.apply(said, v)...)
				}
			}
		}
		p.imply(said)
		maps.Copy(s.found, said)
	}
	problems = append(problems, p.weigh(s.found, chain)...)
	s.complete()
	return s, problems.Err()
}

// With is the settings with other values for some parameters, as if the findings had said so: what follows one of them, or is taken for granted by it, goes with it.
// Weights of parties that are not given are left as they are.
func (s *Settings) With(values map[string]formula.Number) *Settings {
	out := &Settings{Findings: s.Findings, program: s.program, found: maps.Clone(s.found), changed: maps.Clone(s.changed), first: s.first}
	said := map[string]Setting{}
	for name, n := range values { // order: fills a map
		if s.program.Parameter(name) != nil {
			said[name] = Setting{Number: n, From: FromFindings}
		}
	}
	s.program.imply(said)
	maps.Copy(out.found, said)
	if out.changed == nil {
		out.changed = map[string]formula.Number{}
	}
	maps.Copy(out.changed, values)
	out.complete()
	return out
}

// complete gives every parameter of which the findings say nothing the value that silence has.
func (s *Settings) complete() {
	p := s.program
	s.values = maps.Clone(s.found)
	for i := range p.Parameters {
		par := &p.Parameters[i]
		if set, ok := s.values[par.Name]; ok {
			if set.From == Open {
				s.open = append(s.open, par.Name)
			}
			continue
		}
		if lead, ok := s.values[par.Follows]; ok {
			s.values[par.Name] = lead
			continue
		}
		if par.Default == nil {
			s.open = append(s.open, par.Name)
			s.values[par.Name] = Setting{formula.Plain(int64(par.readings()[0])), par.Why, "", Open}
			continue
		}
		s.values[par.Name] = Setting{*par.Default, par.Why, "", par.From}
	}
	if s.first {
		s.open = nil
	}
}

// movesWith lists the parameters with those that take their value from one of them, or are decided by it.
func (p *Program) movesWith(names []string) []string {
	out := slices.Clone(names)
	for _, par := range p.Parameters {
		if slices.Contains(names, par.Follows) {
			out = append(out, par.Name)
		}
		if par.Of != nil && par.Of.Implied && slices.Contains(names, par.Name) {
			out = append(out, par.Of.Parameter)
		}
	}
	return out
}

// imply makes the choices that findings take for granted, in what one set of findings says: a part that is found is meant to count, whatever the
// sets it rests on say.
func (p *Program) imply(found map[string]Setting) {
	for i := range p.Parameters {
		par := &p.Parameters[i]
		set, ok := found[par.Name]
		if par.Of == nil || !par.Of.Implied || !ok {
			continue
		}
		lead := p.Parameter(par.Of.Parameter)
		if _, decided := found[lead.Name]; !decided {
			option := slices.IndexFunc(lead.Options, func(o Option) bool { return o.Name == par.Of.Options[0] })
			found[lead.Name] = Setting{formula.Plain(int64(option)), set.Reason, set.Source, FromFindings}
		}
	}
}

// basis returns the sets that f rests on, the deepest first, and f last.
func basis(f Findings, sets []Findings) ([]Findings, error) {
	chain := []Findings{f}
	for f.BasedOn != "" {
		i := slices.IndexFunc(sets, func(s Findings) bool { return s.ID == f.BasedOn })
		if i < 0 {
			p := f.At.Problem("E_UNKNOWN_FINDINGS", f.BasedOn, fmt.Sprintf("findings %s rest on %s, which does not exist", f.ID, f.BasedOn), "")
			p.Field = f.ID
			return nil, contracts.Problems{p}
		}
		f = sets[i]
		chain = append(chain, f)
		if len(chain) > len(sets)+1 {
			ids := make([]string, 0, len(chain))
			for _, c := range chain {
				ids = append(ids, c.ID)
			}
			return nil, contracts.Problems{{Code: "E_CYCLE", Field: chain[0].ID,
				Message: "findings rest on each other in a circle: " + strings.Join(ids, " → ")}}
		}
	}
	slices.Reverse(chain)
	return chain, nil
}

// apply sets what one finding says.
func (p *Program) apply(found map[string]Setting, v Finding) contracts.Problems {
	names := p.Named(v.Name)
	var out contracts.Problems
	if len(names) == 0 {
		return out // no phase has a claim: its grade moves nothing
	}
	for _, name := range names {
		par := p.Parameter(name)
		if par == nil {
			if p.known(name) {
				continue // of another contract, or of a phase without claims
			}
			out = append(out, v.At.Problem("E_UNKNOWN_PARAMETER", name, fmt.Sprintf("nothing in this case depends on %q", name),
				problem.Suggest(name, p.names())))
			continue
		}
		if par.Kind == Weight {
			continue // weighed together
		}
		if v.Value == string(Open) && par.Kind == Choice && !par.Closed {
			found[name] = Setting{formula.Plain(int64(par.readings()[0])), v.Reason, v.Source, Open}
			continue
		}
		n, err := par.Parse(v.Value, p.Contract.Currency)
		if err != nil {
			hint := ""
			if par.Kind == Choice {
				hint = problem.Suggest(v.Value, par.optionNames())
			}
			out = append(out, v.At.Problem(NumberCode(err, "E_ENUM"), v.Value, err.Error(), hint))
			continue
		}
		found[name] = Setting{n, v.Reason, v.Source, FromFindings}
	}
	return out
}

// Named lists the parameters that findings mean by a name: "grade" is that of the provider in every phase, and any other name itself.
func (p *Program) Named(name string) []string {
	if name != "grade" {
		return []string{name}
	}
	return slices.DeleteFunc(p.namesWith("grade."), func(n string) bool { return strings.Contains(n, "@") }) // that of a supplier is named grade.PHASE@PARTY
}

// weigh turns the parties' shares into whole weights. Shares set by the same set of findings
// stand together: a later set replaces all of them.
func (p *Program) weigh(into map[string]Setting, chain []Findings) contracts.Problems {
	for i := len(chain) - 1; i >= 0; i-- {
		var shares []Share
		var problems contracts.Problems
		found := map[string]Finding{}
		for _, v := range chain[i].Values {
			party, ok := strings.CutPrefix(v.Name, "share.")
			if !ok {
				continue
			}
			r, err := contracts.ParseRatio(v.Value)
			if err != nil {
				problems = append(problems, v.At.Problem(NumberCode(err, "E_NUM_FORM"), v.Value, err.Error(), ""))
				continue
			}
			found[party] = v
			shares = append(shares, Share{party, r})
		}
		if len(shares) == 0 || len(problems) > 0 {
			if len(problems) > 0 {
				return problems
			}
			continue
		}
		a, err := NewApportionment(shares...)
		if err != nil {
			return contracts.Problems{found[shares[0].Party].At.Problem("E_SHARES", "", err.Error(),
				"let the shares of all parties sum to 100%; write thirds as 1/3")}
		}
		for _, name := range p.namesWith("share.") {
			party := strings.TrimPrefix(name, "share.")
			v := found[party] // a party without a share bears nothing
			into[name] = Setting{formula.Plain(a.Weight(party)), v.Reason, v.Source, FromFindings}
		}
		return nil
	}
	return nil
}

// NumberCode maps the error of a number reader to its problem code.
func NumberCode(err error, other string) string {
	for _, c := range []struct {
		err  error
		code string
	}{
		{contracts.ErrNumberForm, "E_NUM_FORM"}, {contracts.ErrRange, "E_RANGE"},
		{contracts.ErrPrecision, "E_PRECISION"}, {contracts.ErrUnit, "E_UNIT"},
	} {
		if errors.Is(err, c.err) {
			return c.code
		}
	}
	return other
}

// Parameter returns the parameter of that name, or nil.
func (p *Program) Parameter(name string) *Parameter {
	for i := range p.Parameters {
		if p.Parameters[i].Name == name {
			return &p.Parameters[i]
		}
	}
	return nil
}

func (p *Program) names() []string {
	out := []string{"grade"}
	for _, par := range p.Parameters {
		out = append(out, par.Name)
	}
	return out
}

func (p *Program) namesWith(prefix string) []string {
	var out []string
	for _, par := range p.Parameters {
		if strings.HasPrefix(par.Name, prefix) {
			out = append(out, par.Name)
		}
	}
	return out
}

// known reports whether a name that is no parameter of this program is still
// meaningful in its case: the grade of a phase without claims, or a head nobody claims.
func (p *Program) known(name string) bool {
	if phase, ok := strings.CutPrefix(name, "grade."); ok {
		if _, ph := p.Incident.Phase(phase); ph != nil {
			return true
		}
	}
	if head, ok := strings.CutPrefix(name, "admit."); ok && slices.ContainsFunc(p.Incident.Heads, func(h Named) bool { return h.ID == head }) {
		return true
	}
	return slices.Contains(p.Elsewhere, name)
}
