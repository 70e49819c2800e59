package report

import (
	"fmt"

	"github.com/amends-go/amends/sla"
	"github.com/xuri/excelize/v2"
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
func (b *book) readings() error {
	w, err := b.open(b.l("readings"), 22, 14, 22, 18, 18, 18, 18, 18, 18)
	if err != nil {
		return err
	}
	for _, line := range [][]any{{b.title(b.l("readings") + ": " + b.res.Findings.Title.In(b.lang))}, {b.text(b.l("readings-hint"))}, nil} {
		if _, err := w.add(line...); err != nil {
			return err
		}
	}
	for _, p := range b.parts {
		if p.part.Totals.Open == 0 {
			continue
		}
		if err := b.readingsOf(w, p.part); err != nil {
			return err
		}
	}
	return w.flush()
}

func (b *book) readingsOf(w *sheetWriter, p *Part) error {
	prog := p.Run.Program
	if _, err := w.add(b.head(prog.Contract.Title.In(b.lang)), b.head(""), b.head(b.l("payable"))); err != nil {
		return err
	}
	heads := []any{b.head(b.l("id")), b.head(b.l("subscription")), b.head(b.l("customer-name"))}
	for i := range p.Run.Readings() {
		name := fmt.Sprintf("%s %d", b.l("reading-no"), i+1)
		what := decided(prog, sla.Reading{Values: p.Run.Decided(i)}, b.lang)
		if _, err := w.add(b.text(name), b.text(""), excelize.Cell{StyleID: b.styles.money, Value: int64(p.Totals.ByReading[i])}, b.text(what)); err != nil {
			return err
		}
		heads = append(heads, b.head(name))
	}
	if _, err := w.add(); err != nil {
		return err
	}
	if _, err := w.add(heads...); err != nil {
		return err
	}
	for i := range p.Rows {
		r := &p.Rows[i]
		if r.Outcome != sla.NeedsJudgement {
			continue
		}
		cells := []any{b.text(r.ID), b.text(r.Subscription), b.text(r.Name)}
		for _, x := range r.Readings {
			cells = append(cells, excelize.Cell{StyleID: b.styles.money, Value: int64(x.Payable)})
		}
		if _, err := w.add(cells...); err != nil {
			return err
		}
	}
	_, err := w.add()
	return err
}
