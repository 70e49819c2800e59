package sla

import (
	"fmt"
	"slices"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/csvtable"
	"github.com/amends-go/amends/internal/problem"
)

// readClaims reads the long form of the losses: one row a head, with the
// columns customer, subscription (optional), head, phase (optional when the
// incident has one), claimed, found (optional), out_of_scope, not_caused, not_proved, betterment, avoidable and saved (optional: what is not
// admitted of the claim or taken off again, by reason), item (optional: with it a loss may stand in several rows, which are added up), evidence and
// reason (optional texts, kept for the working) and note (optional, not read).
// It is kept in memory. Amounts are in the currency of the first contract when several are in the case.
func (f *CustomerFile) readClaims(name string) contracts.Problems {
	r, problems := csvtable.Open(f.fsys, name, csvtable.Options{})
	if r == nil {
		return problems
	}
	defer r.Close()
	problems = nil // notes come with r.Problems
	at := map[string]int{}
	known := []string{"customer", "subscription", "head", "phase", "claimed", "found", "item", "evidence", "reason", "note"}
	known = append(known, reasonNames[:]...)
	for i, h := range r.Header() {
		at[h] = i
		if !slices.Contains(known, h) {
			problems = append(problems, contracts.Problem{File: name, Line: r.HeaderLine(), Field: h, Value: h, Code: "E_UNKNOWN_FIELD", Message: fmt.Sprintf("unknown column %q", h), Hint: problem.Suggest(h, known)})
		}
	}
	for _, need := range []string{"customer", "head", "claimed"} {
		if _, ok := at[need]; !ok {
			problems = append(problems, contracts.Problem{File: name, Line: r.HeaderLine(), Field: need, Code: "E_REQUIRED", Message: "the header has no column " + need})
		}
	}
	if problems.Err() != nil {
		return problems
	}
	_, f.shape.Found = at["found"]
	for r := range reasons {
		if _, has := at[r.String()]; has {
			f.shape.Less = append(f.shape.Less, r)
		}
	}
	f.evidence = map[string][]Evidence{}
	f.claims, f.lines = map[string][]Claim{}, map[string]int{}
	lines := map[string]int{}
	p := &rowParser{f: f, r: r}
	for _, row := range r.Rows() {
		p.row, p.bad = row, false
		key, cl, ok := p.claimRow(at)
		if !ok {
			continue
		}
		ev := p.evidence(at, cl)
		k := key + "\x00" + cl.Head + "\x00" + cl.Phase + "\x00" + ev.Item
		if first, dup := lines[k]; dup {
			p.refuse(at["head"], "E_DUP_CLAIM", fmt.Sprintf("the same head is claimed at line %d", first), "add the amounts into one row, or tell the items apart in a column item")
			continue
		}
		lines[k] = row.Line()
		f.addLine(Line{cl.Head, cl.Phase})
		if f.lines[key] == 0 {
			f.lines[key] = row.Line()
		}
		if f.claims[key], ok = addClaim(f.claims[key], cl); !ok {
			p.refuse(at["claimed"], "E_RANGE", "the items of this loss together do not fit", "check the digits")
			continue
		}
		if ev.Item+ev.Evidence+ev.Reason != "" {
			f.evidence[key] = append(f.evidence[key], ev)
		}
	}
	return r.Problems()
}

// addClaim adds a claim to those of a customer; one of the same head and phase is a further item of it.
// It reports false when the sum does not fit.
func addClaim(list []Claim, cl Claim) ([]Claim, bool) {
	for i := range list {
		c := &list[i]
		if c.Head != cl.Head || c.Phase != cl.Phase {
			continue
		}
		fits := true
		add := func(to *contracts.Amount, a contracts.Amount) {
			sum, ok := to.Plus(a)
			*to, fits = sum, fits && ok
		}
		add(&c.Claimed, cl.Claimed)
		add(&c.Found, cl.Found)
		for r := range cl.Less {
			add(&c.Less[r], cl.Less[r])
		}
		return list, fits
	}
	return append(list, cl), true
}

// evidence reads what a row says of its claim.
func (p *rowParser) evidence(at map[string]int, cl Claim) Evidence {
	text := func(name string) string {
		if i, has := at[name]; has {
			return p.row.Field(i)
		}
		return ""
	}
	return Evidence{Line{cl.Head, cl.Phase}, text("item"), cl.Claimed, text("evidence"), text("reason")}
}

// less reads what is not admitted of a claim, by reason.
func (p *rowParser) less(at map[string]int, cl *Claim, k *contracts.Contract) {
	left := cl.Claimed
	for r := range reasons {
		i, has := at[r.String()]
		if !has {
			continue
		}
		a := p.amount(i, p.row.Field(i), k, false)
		cl.Less[r] = a
		if r == Saved {
			continue
		}
		if a > left {
			p.refuse(i, "E_RANGE", fmt.Sprintf("more is taken off than is claimed: %s of %s is left", left.Text(k.Currency), cl.Claimed.Text(k.Currency)), "let the reasons together be at most the claim")
			return
		}
		left -= a
	}
}

// claimRow reads one row of the claims file.
func (p *rowParser) claimRow(at map[string]int) (key string, cl Claim, ok bool) {
	cell := func(name string) (int, string) {
		i, has := at[name]
		if !has {
			return 0, ""
		}
		return i, p.row.Field(i)
	}
	k := p.f.c.Contracts[0]
	i, id := cell("customer")
	p.id(i, id)
	_, sub := cell("subscription")
	i, head := cell("head")
	if _, phase := cell("phase"); phase != "" {
		head += "@" + phase
	}
	l, err := p.f.c.Incident.line(head)
	if err != nil {
		p.refuse(i, "E_UNKNOWN_HEAD", err.Error(), "heads: "+joinIDs(idsOf(p.f.c.Incident.Heads))+"; phases: "+joinIDs(idsOf(phaseNames(p.f.c.Incident))))
	}
	i, claimed := cell("claimed")
	cl = Claim{Head: l.Head, Phase: l.Phase, Claimed: p.amount(i, claimed, k, true)}
	cl.Found = cl.Claimed
	if i, found := cell("found"); found != "" {
		cl.Found = p.amount(i, found, k, false)
	}
	p.less(at, &cl, k)
	return rowKey(id, sub), cl, !p.bad
}
