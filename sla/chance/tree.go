package chance

import (
	"fmt"
	"math/big"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/yamlread"
)

// Tree is a decision tree: the section tree of scenarios.yaml. Amounts are in minor units of its currency; what is paid out is positive.
type Tree struct {
	Title    contracts.Text
	Currency contracts.Currency
	Root     *Node
}

// Node is where a tree goes on: one of a decision, a chance, an amount that is paid, or what the case comes to under a scenario.
type Node struct {
	Decide   []Branch // ours to choose
	Chance   []Branch // their probabilities sum to one
	Pays     contracts.Amount
	Scenario string

	at place
}

// Branch is a way on from a node. Its cost is met, and its time passes, when it is taken.
type Branch struct {
	ID          string
	Title       contracts.Text
	Probability contracts.Ratio // of a chance
	Reason      contracts.Text  // of a chance
	Source      string
	Cost        contracts.Amount
	Months      int64
	Then        *Node
}

// The greatest depth and size of a tree.
const (
	MaxDepth = 32
	MaxNodes = 10_000
)

// ReadTree reads the section tree: {title, unit, root}. unit is the currency. A node is {decide: […]}, {chance: […]}, {pays: AMOUNT} or {scenario: ID}; a branch
// is {id, title, cost, months, then} with, of a chance, probability, reason and source. Amounts are in major units.
func ReadTree(v *yamlread.Value) *Tree {
	if v == nil {
		return nil
	}
	f := v.Map()
	t := &Tree{Title: contracts.ReadText(f.Required("title"))}
	if x := f.Required("unit"); x != nil {
		code, _ := x.Scalar()
		cur, err := contracts.CurrencyOn(code, "")
		if err != nil {
			x.Report("E_CURRENCY", err.Error(), "write a code such as JPY")
		}
		t.Currency = cur
	}
	r := treeReader{t: t}
	t.Root = r.node(f.Required("root"), 0)
	f.Done()
	return t
}

type treeReader struct {
	t     *Tree
	nodes int
}

func (r *treeReader) amount(v *yamlread.Value) contracts.Amount {
	s, ok := v.Scalar()
	if !ok || r.t.Currency.Code == "" {
		return 0
	}
	text, owed := s, contracts.Amount(1)
	if len(s) > 1 && s[0] == '-' {
		text, owed = s[1:], -1
	}
	a, _, err := contracts.ParseAmount(text, r.t.Currency, contracts.NumberStyle{})
	if err != nil {
		v.Report("E_NUM_FORM", err.Error(), "write an amount in "+r.t.Currency.Code+", digits only; what is received has a minus")
	}
	return owed * a
}

func (r *treeReader) node(v *yamlread.Value, depth int) *Node {
	if v == nil {
		return &Node{}
	}
	if r.nodes++; depth > MaxDepth || r.nodes > MaxNodes {
		v.Limit("E_LIMIT_TREE", "the tree is too deep or too large", fmt.Sprintf("at most %d levels and %d nodes", MaxDepth, MaxNodes))
		return &Node{}
	}
	f := v.Map()
	n := &Node{at: v}
	kinds := 0
	for _, name := range []string{"decide", "chance", "pays", "scenario"} {
		x := f.Optional(name)
		if x == nil {
			continue
		}
		kinds++
		switch name {
		case "decide":
			n.Decide = r.branches(x, false, depth)
		case "chance":
			n.Chance = r.branches(x, true, depth)
		case "pays":
			n.Pays = r.amount(x)
		case "scenario":
			n.Scenario = x.ID()
		}
	}
	f.Done()
	if v.IsMap() && kinds != 1 {
		v.Report("E_REQUIRED", "a node is one of decide, chance, pays, scenario", "write one of them")
	}
	return n
}

func (r *treeReader) branches(v *yamlread.Value, chance bool, depth int) []Branch {
	var out []Branch
	ids := map[string]bool{}
	var num, den int64 = 0, 1
	for _, x := range v.List() {
		f := x.Map()
		b := Branch{ID: f.Required("id").ID(), Title: contracts.ReadText(f.Required("title"))}
		if ids[b.ID] {
			x.Report("E_DUP_ID", "the branch "+b.ID+" stands twice", "give each branch its own id")
		}
		ids[b.ID] = true
		if chance {
			b.Probability = contracts.ReadRatio(f.Required("probability"))
			b.Reason = contracts.ReadText(f.Required("reason"))
			if y := f.Optional("source"); y != nil {
				b.Source = y.Text()
			}
			d := b.Probability.Den()
			common := den / contracts.GCD(den, d) * d
			if common <= contracts.MaxRatioTerm {
				num, den = num*(common/den)+b.Probability.Num()*(common/d), common
			}
		}
		if y := f.Optional("cost"); y != nil {
			b.Cost = r.amount(y)
		}
		if y := f.Optional("months"); y != nil {
			b.Months = y.Int(0, 1200)
		}
		b.Then = r.node(f.Required("then"), depth+1)
		f.Done()
		out = append(out, b)
	}
	if v.IsList() && len(out) == 0 {
		v.Report("E_REQUIRED", "there is no branch", "write at least one")
	}
	if chance && len(out) > 0 && num != den {
		sum, _ := contracts.NewRatio(num, den)
		v.Report("E_SHARES", fmt.Sprintf("the probabilities sum to %s, not 100%%", sum.Percent()), "let the probabilities of all branches sum to 100%; write thirds as 1/3")
	}
	return out
}

// Folded is a node folded back: what it comes to, exactly, when at every decision the branch of the least expected outlay is taken, the first of equals.
type Folded struct {
	*Node
	Outlay *big.Rat // expected: payments and costs from here on
	Months *big.Rat // expected
	Best   int      // the branch taken; −1 where nothing is decided
	Below  []Folded // by branch
	Reach  *big.Rat // the probability of coming here, following the choices; 0 off their way
}

// Fold folds the tree back. scenario gives what the case comes to under a scenario, in the tree's currency.
func (t *Tree) Fold(scenario func(id string) (contracts.Amount, error)) (*Folded, error) {
	f, err := t.Root.fold(scenario)
	if err != nil {
		return nil, err
	}
	f.reach(big.NewRat(1, 1))
	return &f, nil
}

func (n *Node) fold(scenario func(id string) (contracts.Amount, error)) (Folded, error) {
	f := Folded{Node: n, Outlay: new(big.Rat), Months: new(big.Rat), Best: -1, Reach: new(big.Rat)}
	if n.Scenario != "" {
		a, err := scenario(n.Scenario)
		f.Outlay.SetInt64(int64(a))
		return f, err
	}
	f.Outlay.SetInt64(int64(n.Pays))
	for i, b := range n.branches() {
		below, err := b.Then.fold(scenario)
		if err != nil {
			return f, err
		}
		f.Below = append(f.Below, below)
		outlay, months := b.total(below)
		switch {
		case len(n.Decide) == 0:
			p := big.NewRat(b.Probability.Num(), b.Probability.Den())
			f.Outlay.Add(f.Outlay, outlay.Mul(outlay, p))
			f.Months.Add(f.Months, months.Mul(months, p))
		case f.Best < 0 || outlay.Cmp(f.Outlay) < 0:
			f.Best, f.Outlay, f.Months = i, outlay, months
		}
	}
	return f, nil
}

func (n *Node) branches() []Branch {
	if len(n.Decide) > 0 {
		return n.Decide
	}
	return n.Chance
}

// Branches are the ways on from a folded node.
func (f *Folded) Branches() []Branch { return f.branches() }

// Comes is what branch i comes to: its own cost and time, and what follows.
func (f *Folded) Comes(i int) (outlay, months *big.Rat) { return f.branches()[i].total(f.Below[i]) }

func (b *Branch) total(below Folded) (outlay, months *big.Rat) {
	return new(big.Rat).Add(below.Outlay, new(big.Rat).SetInt64(int64(b.Cost))), new(big.Rat).Add(below.Months, new(big.Rat).SetInt64(b.Months))
}

// reach notes how likely each node is.
func (f *Folded) reach(p *big.Rat) {
	f.Reach = p
	for i := range f.Below {
		b := f.branches()[i]
		switch {
		case len(f.Decide) == 0:
			f.Below[i].reach(new(big.Rat).Mul(p, big.NewRat(b.Probability.Num(), b.Probability.Den())))
		case i == f.Best:
			f.Below[i].reach(p)
		default:
			f.Below[i].reach(new(big.Rat))
		}
	}
}

// Outcomes lists what the tree may end in under the choices taken, costs on the way included, in order of the amounts, with their exact probabilities.
func (f *Folded) Outcomes() []Outcome {
	var out []Outcome
	var walk func(f *Folded, met contracts.Amount)
	walk = func(f *Folded, met contracts.Amount) {
		if f.Reach.Sign() == 0 {
			return
		}
		if len(f.Below) == 0 {
			out = append(out, Outcome{met + Round(f.Outlay), f.Reach})
		}
		for i := range f.Below {
			walk(&f.Below[i], met+f.branches()[i].Cost)
		}
	}
	walk(f, 0)
	return merged(out)
}

// Scenarios lists the scenarios that the tree ends in, each once, with the place of each in the file.
func (t *Tree) Scenarios(see func(id string, at *yamlread.Value)) {
	var walk func(n *Node)
	walk = func(n *Node) {
		if n.Scenario != "" {
			see(n.Scenario, n.at)
		}
		for _, b := range n.branches() {
			walk(b.Then)
		}
	}
	walk(t.Root)
}
