package sla

import (
	"fmt"
	"maps"
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/contracts/law"
	"github.com/amends-go/amends/sla/formula"
)

// OrderParameter is the question whether the customer's own share of fault or the limit comes first, in a contract that leaves it open.
const OrderParameter = "order"

// capFirst is the column that answers it, and otherOrder marks the columns of the order with the limit first.
const (
	capFirst   = "order.cap-first"
	otherOrder = "~cap-first"
)

// orders are what a contract that leaves the order open compiles to beside its columns.
type orders struct {
	of     map[string]int64 // what capFirst must be for a column to be of the order taken; columns of both are left out
	first  []string         // the postings in the order in which they come when the limit is first
	totals [2]string        // the columns of the damages under each order
}

// orderOpen reports whether both orders must be compiled: the contract asks for it, and there are a limit and a share of fault that may go before or after it.
func (k *compiler) orderOpen() bool {
	own := k.ownClause()
	return k.p.Contract.OrderOpen && k.hasCap() && k.ownNum != nil && (own == nil || !own.PerHead)
}

// branch is the state of a program from which two orders go on.
type branch struct {
	columns []Column
	index   map[string]int
	claims  []claim
	after   map[Line]formula.Expr
}

func (k *compiler) branch() branch {
	return branch{slices.Clip(slices.Clone(k.p.Columns)), maps.Clone(k.p.index), slices.Clone(k.claims), maps.Clone(k.after)}
}

// back returns to a branch; what was compiled since is handed out.
func (k *compiler) back(to branch) (since branch) {
	since = branch{columns: k.p.Columns[len(to.columns):], claims: k.claims, after: k.after}
	again := branch{to.columns, maps.Clone(to.index), slices.Clone(to.claims), maps.Clone(to.after)}
	k.p.Columns, k.p.index, k.claims, k.after = again.columns, again.index, again.claims, again.after
	return since
}

// bothOrders takes the claims through the stages twice, from the same sums, and goes on with what the parameter chooses. Each posting stays one column.
func (k *compiler) bothOrders() {
	if k.fault != nil {
		at := k.p.Contract.At
		at.Field = "order"
		k.problems = append(k.problems, at.Problem("E_ORDER", "open", "an open order is not worked out where several answer to the customers", "state the order"))
	}
	k.orderParam()
	test := k.add(Column{Column: formula.Column{Name: capFirst, Expr: eq(formula.Param{Name: OrderParameter}, 1)}, Unit: YesNo, Role: Test,
		Label: contracts.Text{JA: "責任限度額を過失相殺より先に適用", EN: "the limit goes before own fault"}})
	start := k.branch()
	k.stages([]contracts.Stage{contracts.StageOwnFault, contracts.StageSetOff, contracts.StageCap})
	a := k.back(start)
	k.stages([]contracts.Stage{contracts.StageCap, contracts.StageOwnFault, contracts.StageSetOff})
	b := k.back(start)
	b.rename()
	o := &orders{of: map[string]int64{}, totals: [2]string{"ordered.own-fault-first", "ordered.cap-first"}}
	k.p.orders = o
	other := map[string]formula.Expr{} // the postings with the limit first
	for side, from := range []branch{a, b} {
		for _, c := range from.columns {
			if c.Role == Posting {
				if side == 1 {
					other[c.Name] = c.Expr
					o.first = append(o.first, c.Name)
				}
				continue
			}
			if c.Role == Input && k.p.Column(c.Name) != nil {
				continue
			}
			if c.Role == Working {
				o.of[c.Name] = int64(side)
				words := [2]contracts.Text{{JA: "（過失相殺が先）", EN: " (own fault first)"}, {JA: "（限度額が先）", EN: " (limit first)"}}[side]
				c.Label = contracts.Text{JA: c.Label.JA + words.JA, EN: c.Label.EN + words.EN}
			}
			k.add(c)
		}
	}
	for side, from := range []branch{a, b} {
		k.claims = from.claims
		k.orderTotal(o.totals[side], side)
	}
	for _, c := range a.columns {
		if c.Role == Posting {
			c.Expr = formula.If{Cond: test, Then: other[c.Name], Else: c.Expr}
			k.add(c)
		}
	}
	now := k.add(Column{Column: formula.Column{Name: "damages.ordered", Expr: formula.If{Cond: test, Then: formula.Col{Name: o.totals[1]}, Else: formula.Col{Name: o.totals[0]}}}, Unit: Amount, Role: Working,
		Label: contracts.Text{JA: "適用した順序による損害賠償額", EN: "damages in the order taken"}})
	k.claims = []claim{{lines: k.p.lines, now: now}}
}

// orderTotal adds up what the claims stand at under one order.
func (k *compiler) orderTotal(name string, side int) {
	var now []formula.Expr
	for _, c := range k.claims {
		now = append(now, c.now)
	}
	label := [2]contracts.Text{{JA: "損害賠償額（過失相殺が先）", EN: "damages, own fault first"}, {JA: "損害賠償額（限度額が先）", EN: "damages, limit first"}}[side]
	k.add(Column{Column: formula.Column{Name: name, Expr: formula.Sum(now...)}, Label: label, Unit: Amount, Role: Working})
}

// rename tells the columns of a branch apart from those of the order with own fault first. Postings keep their names, and inputs are the same.
func (b *branch) rename() {
	own := map[string]bool{}
	for _, c := range b.columns {
		own[c.Name] = c.Role != Posting && c.Role != Input
	}
	to := func(name string) string {
		if own[name] {
			return name + otherOrder
		}
		return name
	}
	over := func(e formula.Expr) formula.Expr {
		if e == nil {
			return nil
		}
		return formula.Replace(e, func(x formula.Expr) formula.Expr {
			switch x := x.(type) {
			case formula.Col:
				x.Name = to(x.Name)
				return x
			case formula.PoolTotal:
				x.Of = to(x.Of)
				return x
			case formula.PoolRunning:
				x.Of = to(x.Of)
				return x
			}
			return x
		})
	}
	b.columns = slices.Clone(b.columns)
	for i := range b.columns {
		c := &b.columns[i]
		c.Name, c.Expr = to(c.Name), over(c.Expr)
	}
	for i := range b.claims {
		b.claims[i].now = over(b.claims[i].now)
	}
}

func (k *compiler) orderParam() {
	var refs []contracts.Ref
	for _, cl := range k.p.Contract.Clauses {
		if c, ok := cl.(*contracts.Cap); ok {
			refs = append(refs, c.Ref)
		}
	}
	k.param(Parameter{
		Name: OrderParameter, Kind: Choice, From: FromContract, Refs: append(refs, k.refsOf(k.ownProvision(), law.OwnFault)...),
		Label: contracts.Text{JA: "過失相殺と責任限度額の先後", EN: "own fault or the limit first"},
		Why:   contracts.Text{JA: "約款は順序を定めず、これを決めた裁判例もないため、双方を算定する", EN: "the terms do not say which goes first, and no judgment read decides it: both are computed"},
		Options: []Option{
			{"own-fault-first", contracts.Text{JA: "過失相殺を先に行う", EN: "own fault first"}},
			{"cap-first", contracts.Text{JA: "責任限度額を先に適用する", EN: "limit first"}},
		},
	})
}

// InOtherOrder reports whether a column belongs to the order of own fault and limit that the row does not take.
func (r Row) InOtherOrder(column int) bool {
	p := r.run.Program
	if p.orders == nil {
		return false
	}
	of, told := p.orders.of[p.Columns[column].Name]
	return told && of != r.Value(p.index[capFirst])
}

// stepColumns are the postings as the row takes them, one after the other.
func (r Row) stepColumns() []int {
	p := r.run.Program
	var out []int
	for i, c := range p.Columns {
		if c.Role == Posting {
			out = append(out, i)
		}
	}
	if p.orders == nil || r.Value(p.index[capFirst]) == 0 {
		return out
	}
	at := slices.IndexFunc(out, func(i int) bool { return slices.Contains(p.orders.first, p.Columns[i].Name) })
	for i, name := range p.orders.first {
		out[at+i] = p.index[name]
	}
	return out
}

// orderWhy says which order was taken, and what the other gives.
func (r Row) orderWhy() contracts.Text {
	p := r.run.Program
	other := p.orders.totals[1-r.Value(p.index[capFirst])]
	sum := contracts.Amount(r.Value(p.index[other])).Text(p.Contract.Currency) + " " + p.Contract.Currency.Code
	if r.Value(p.index[capFirst]) != 0 {
		return contracts.Text{JA: fmt.Sprintf("責任限度額を過失相殺より先に適用した。逆の順序による損害賠償額は %s", sum), EN: fmt.Sprintf("the limit was taken before own fault; the other way round the damages are %s", sum)}
	}
	return contracts.Text{JA: fmt.Sprintf("過失相殺を責任限度額より先に行った。逆の順序による損害賠償額は %s", sum), EN: fmt.Sprintf("own fault was taken before the limit; the other way round the damages are %s", sum)}
}
