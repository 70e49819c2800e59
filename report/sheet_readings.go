package report

import (
	"fmt"

	"github.com/amends-go/amends/sla"
)

// undecided reports whether some amount turns on an open question.
func (b *book) undecided() bool {
	for _, p := range b.parts {
		if p.part.Totals.Open > 0 {
			return true
		}
	}
	return false
}

// readings writes what each way of deciding the open questions gives: in all, and for each customer whose
// amount depends on it.
func (b *book) readings() {
	w := b.open(b.l("readings"), 22, 14, 22, 18, 18, 18, 18, 18, 18)
	for _, line := range [][]any{{b.title(b.l("readings") + ": " + b.res.Findings.Title.In(b.lang))}, {b.text(b.l("readings-hint"))}, nil} {
		w.add(line...)
	}
	for _, p := range b.parts {
		if p.part.Totals.Open == 0 {
			continue
		}
		b.readingsOf(w, p.part)
	}
}

func (b *book) readingsOf(w *sheetWriter, p *Part) {
	prog := p.Run.Program
	w.add(b.head(prog.Contract.Title.In(b.lang)), b.head(""), b.head(b.l("payable")))
	heads := []any{b.head(b.l("id")), b.head(b.l("subscription")), b.head(b.l("customer-name"))}
	for i := range p.Run.Readings() {
		name := fmt.Sprintf("%s %d", b.l("reading-no"), i+1)
		what := decided(prog, sla.Reading{Values: p.Run.Decided(i)}, b.lang)
		w.add(b.text(name), b.text(""), b.money(prog.Contract.Currency, "", p.Totals.ByReading[i]), b.text(what))
		heads = append(heads, b.head(name))
	}
	w.add()
	w.add(heads...)
	for i := range p.Rows {
		r := &p.Rows[i]
		if r.Outcome != sla.NeedsJudgement {
			continue
		}
		cells := []any{b.text(r.ID), b.text(r.Subscription), b.text(r.Name)}
		for _, x := range r.Readings {
			cells = append(cells, b.money(prog.Contract.Currency, "", x.Payable))
		}
		w.add(cells...)
	}
	w.add()
}
