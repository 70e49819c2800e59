package sandbox

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
)

// teller prints the conditions on which something is said of a posting.
type teller struct {
	*printer
	out    *program
	code   strings.Builder
	places int
}

// tell adds what may be said of the postings of a contract. Parameters that only words turn on stand behind those that columns read.
func (t *teller) tell(p *sla.Program) {
	for _, x := range p.Tales() {
		step := taleStep{Column: x.Column, Silent: x.Silent}
		for _, e := range x.Effects {
			step.Effects = append(step.Effects, effect{t.when(e.When), string(e.Effect)})
		}
		for _, s := range x.Sayings {
			if s.Parts == nil {
				step.More = true
				continue
			}
			k := saying{When: t.when(s.When), Found: s.Found}
			t.know(s.Found)
			for _, part := range s.Parts {
				t.know(part.Reason)
				t.know(part.Option)
				k.Parts = append(k.Parts, talked{plain(part.Text), part.Reason, part.Option})
			}
			step.Sayings = append(step.Sayings, k)
		}
		t.out.Tale = append(t.out.Tale, step)
	}
}

// plain is a text as it stands; unlike [both] it takes no other language's words for missing ones.
func plain(t contracts.Text) text { return text{t.JA, t.EN} }

// know gives a parameter a place.
func (t *teller) know(name string) {
	if name != "" && !slices.Contains(t.out.Params, name) {
		t.params[name] = len(t.out.Params)
		t.out.Params = append(t.out.Params, name)
	}
}

// when prints a condition and returns its place; −1 is always.
func (t *teller) when(e formula.Expr) int {
	if e == nil {
		return -1
	}
	formula.Walk(e, func(x formula.Expr) {
		if par, ok := x.(formula.Param); ok {
			t.know(par.Name)
		}
	})
	t.uses, t.reads, t.consts = nil, nil, nil
	value := t.truth(e)
	fmt.Fprintf(&t.code, "(c, p, i) => { %sreturn %s; },\n", t.hoisted(value), value)
	t.places++
	return t.places - 1
}
