package sla

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// Recourse is what a party recovers under a contract of its own with another (求償): that contract compiled for the same incident, with one
// row. What the claimant is left with on account of the incident is its claim there, under that contract's exclusions, own fault and caps. Recourses stand
// in a chain: what the first supplier owes may be its claim against the second.
type Recourse struct {
	*Program
	From, To Party // who claims, against whom
	Terms    RecourseTerms
	links    map[string]formula.Expr // inputs that are worked out, over the column owed and the parties' shares
}

// RecourseTerms say how a recourse is worked out.
type RecourseTerms struct {
	Line  Line     // the head and phase under which what the claimant is left with is claimed
	By    OwnBasis // what share of fault the claimant bears itself towards the other
	Own   contracts.Ratio
	Claim Customer // the claimant's fees, facts, service and further losses
	At    contracts.Pos
}

// OwnBasis says how the claimant's own share towards the other is found.
type OwnBasis uint8

// The bases of the own share.
const (
	ByShares OwnBasis = iota // its share of fault over the sum of both: 7 and 3 of ten leave the claimant with 7/10
	Stated                   // RecourseTerms.Own
)

// RecourseOwed is what the claimant is left with before the recourse, the link of a recourse to what comes before it.
const RecourseOwed = "owed"

// NewRecourse compiles a contract between two parties of the incident. Parameters that speak of a party's conduct are those of the party
// against whom is claimed, and carry its id: grade.PHASE@PARTY, own_fault@PARTY, admit.HEAD@PARTY.
func NewRecourse(c *contracts.Contract, in *Incident, from, to string, terms RecourseTerms) (*Recourse, error) {
	r := &Recourse{Terms: terms}
	var err error
	if r.From, err = in.party(from, terms.At); err != nil {
		return nil, err
	}
	if r.To, err = in.party(to, terms.At); err != nil {
		return nil, err
	}
	shape := Shape{Lines: []Line{terms.Line}, OwnShare: true}
	for _, cl := range terms.Claim.Claims {
		if l := (Line{cl.Head, cl.Phase}); !slices.Contains(shape.Lines, l) {
			shape.Lines = append(shape.Lines, l)
		}
	}
	for _, f := range terms.Claim.Fees {
		shape.Fees = append(shape.Fees, f.Name)
	}
	for _, n := range terms.Claim.Numbers {
		shape.Numbers = append(shape.Numbers, n.Name)
	}
	of := in.ofAnother()
	if r.Program, err = Compile(c, &of, shape); err != nil {
		return nil, err
	}
	r.Program.Bearing = nil
	r.Program.Parameters = slices.DeleteFunc(r.Program.Parameters, func(p Parameter) bool { return strings.HasPrefix(p.Name, "share.") })
	r.Program.rename(func(name string) string {
		if r.ofContract(name) {
			return name
		}
		return name + "@" + to
	})
	r.link(in)
	return r, nil
}

// ofAnother is the incident as it stands between two of its parties: what was reported of the provider's grade of fault says nothing of
// another's, which is open until it is found.
func (in *Incident) ofAnother() Incident {
	of := *in
	of.Parties = nil // the two stand face to face
	of.Events = slices.Clone(in.Events)
	for i := range of.Events {
		e := &of.Events[i]
		e.Phases = slices.Clone(e.Phases)
		for j := range e.Phases {
			e.Phases[j].Grade = nil
		}
	}
	return of
}

// party returns a party of the incident.
func (in *Incident) party(id string, at contracts.Pos) (Party, error) {
	if i := slices.IndexFunc(in.Parties, func(p Party) bool { return p.ID == id }); i >= 0 {
		return in.Parties[i], nil
	}
	var ids []string
	for _, p := range in.Parties {
		ids = append(ids, p.ID)
	}
	return Party{}, contracts.Problems{at.Problem("E_UNKNOWN_PARTY", id, fmt.Sprintf("the incident has no party %q", id), "one of "+joinIDs(ids))}
}

// ofContract reports whether a parameter is told apart by a clause of the contract, or is a question of law that is the same for all.
func (r *Recourse) ofContract(name string) bool {
	group, rest, _ := strings.Cut(name, ".")
	return group == "law" || r.Contract.Clause(rest) != nil
}

// rename gives the parameters other names, wherever they are used.
func (p *Program) rename(to func(string) string) {
	over := func(e formula.Expr) formula.Expr {
		if e == nil {
			return nil
		}
		return formula.Replace(e, func(x formula.Expr) formula.Expr {
			if par, ok := x.(formula.Param); ok {
				par.Name = to(par.Name)
				return par
			}
			return x
		})
	}
	for i := range p.Columns {
		p.Columns[i].Expr = over(p.Columns[i].Expr)
	}
	for i := range p.Parameters {
		par := &p.Parameters[i]
		par.Name = to(par.Name)
		if par.Follows != "" {
			par.Follows = to(par.Follows)
		}
		if par.Of != nil {
			of := *par.Of
			of.Parameter = to(of.Parameter)
			par.Of = &of
		}
	}
	for _, phases := range p.tests { // order: each is changed alone
		for _, t := range phases { // order: each is changed alone
			t.when, t.unless = over(t.when), over(t.unless)
			for _, list := range [][]cause{t.lifts, t.replaced, t.strikes} {
				for i := range list {
					list[i].when, list[i].matter = over(list[i].when), over(list[i].matter)
				}
			}
		}
	}
}

// link says which inputs of the row are worked out: the claim, and the claimant's own share.
func (r *Recourse) link(in *Incident) {
	claim := r.Program.Columns[r.Index("claimed."+r.lineName())].Name
	own := formula.Expr(formula.Col{Name: RecourseOwed})
	for _, cl := range r.Terms.Claim.Claims {
		if cl.Head == r.Terms.Line.Head && cl.Phase == r.Terms.Line.Phase {
			own = formula.Add{A: own, B: formula.Const{V: int64(cl.Claimed)}}
		}
	}
	can := standing(r.To)
	r.Parameters = append(r.Parameters, can)
	r.links = map[string]formula.Expr{claim: formula.If{Cond: can.is("answers"), Then: own, Else: formula.Const{V: 0}}} // of one who cannot pay nothing is recovered
	if r.Terms.By == Stated {
		return
	}
	a, b := formula.Param{Name: "share." + r.From.ID}, formula.Param{Name: "share." + r.To.ID}
	r.Parameters = append(r.Parameters, shareParams(in.Parties, in.provider())...)
	// Without own fault in the terms or the law, the share reduces nothing.
	r.links["own_share.num"] = a
	r.links["own_share.den"] = formula.Max{A: formula.Add{A: a, B: b}, B: formula.Const{V: 1}}
}

func (r *Recourse) lineName() string {
	for _, c := range r.Columns {
		if l := r.Terms.Line; c.Name == "claimed."+l.Head || c.Name == "claimed."+l.Head+"@"+l.Phase {
			return strings.TrimPrefix(c.Name, "claimed.")
		}
	}
	return r.Terms.Line.Head
}

// Link is the formula of an input that is worked out, over the column owed and the parties' shares; nil for an input on record.
func (r *Recourse) Link(column string) formula.Expr { return r.links[column] }

// Recovery is a recourse worked out.
type Recovery struct {
	*Recourse
	Owed contracts.Amount // what the claimant was left with before
	Row  Row
}

// Payable is what the claimant recovers.
func (r Recovery) Payable() contracts.Amount { return r.Row.Payable() }

// Run works out what is recovered when the claimant is left with an amount, not negative.
func (r *Recourse) Run(s *Settings, owed contracts.Amount) (Recovery, error) {
	run, err := r.Bind(s)
	if err != nil {
		return Recovery{}, err
	}
	inputs, err := r.inputs(s, owed)
	if err != nil {
		return Recovery{}, err
	}
	row, err := run.Single(inputs)
	row.Customer = &Customer{ID: r.From.ID, Name: r.From.Title.In("ja")}
	return Recovery{r, owed, row}, err
}

// inputs are those of the row: on record, and worked out.
func (r *Recourse) inputs(s *Settings, owed contracts.Amount) (map[string]int64, error) {
	in := map[string]int64{}
	c := r.Terms.Claim
	if r.Terms.By == Stated {
		c.OwnShare = r.Terms.Own
	}
	for _, f := range r.fillers() {
		v, err := f.value(&c)
		if err != nil {
			return nil, contracts.Problems{r.Terms.At.Problem("E_RECOURSE", r.Contract.ID, err.Error(), "")}
		}
		in[r.Columns[f.column].Name] = v
	}
	for _, cl := range c.Claims {
		for _, name := range []string{"claimed." + cl.Head, "claimed." + cl.Head + "@" + cl.Phase} {
			if r.Index(name) >= 0 {
				in[name] = int64(cl.Claimed)
			}
		}
	}
	env := linkEnv{s, int64(owed)}
	for name, e := range r.links { // order: each fills its own column
		v, err := formula.Eval(e, env)
		if err != nil {
			return nil, err
		}
		in[name] = v
	}
	return in, nil
}

// linkEnv is what links may speak of.
type linkEnv struct {
	*Settings
	owed int64
}

func (e linkEnv) Col(string) int64 { return e.owed }

func (e linkEnv) Param(name string, part formula.Part) int64 {
	if part == formula.Den {
		return e.Of(name).Den
	}
	return e.Of(name).Num
}

func (e linkEnv) Pool(string, formula.Scope, bool) int64 { return 0 }
