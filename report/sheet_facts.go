package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
)

// downtime writes the phases of the incident and what was measured; the counted
// column holds the tables that downtime formulas look up.
func (b *book) downtime() error {
	b.tables = map[string]string{}
	w, err := b.open(b.l("downtime"), 22, 26, 26, 26, 16, 16, 18, 18)
	if err != nil {
		return err
	}
	if len(b.res.Parts) == 0 {
		return w.flush()
	}
	in := b.res.Parts[0].Run.Program.Incident
	if _, err := w.add(b.title(in.Title.In(b.lang) + " (" + in.Zone + ")")); err != nil {
		return err
	}
	if _, err := w.add(b.head(b.l("event")), b.head(b.l("phase")), b.head(b.l("from")), b.head(b.l("until")), b.head(b.l("impact")), b.head(b.l("cause")), b.head(b.l("clock")), b.head(b.l("source"))); err != nil {
		return err
	}
	for _, e := range in.Events {
		for _, ph := range e.Phases {
			for _, c := range append([]sla.Clock{{Source: ph.Clock, Period: ph.Period}}, ph.Clocks...) {
				from, to := times(c.Period, in.Zone)
				if _, err := w.add(b.text(e.Title.In(b.lang)), b.text(ph.Title.In(b.lang)), b.text(from), b.text(to), b.text(ph.Impact.String()), b.text(ph.Cause), b.text(c.Source), b.text(ph.Source)); err != nil {
					return err
				}
			}
		}
	}
	for _, run := range b.res.runs() {
		if err := b.measured(w, run.Program); err != nil {
			return err
		}
	}
	return w.flush()
}

func (b *book) measured(w *sheetWriter, prog *sla.Program) error {
	if len(prog.Downtime) == 0 {
		return nil
	}
	if _, err := w.add(); err != nil {
		return err
	}
	if _, err := w.add(b.head(b.l("clause")), b.head(b.l("service")), b.head(b.l("window")), b.head(b.l("clock")), b.head(b.l("excluding")), b.head(b.l("raw")), b.head(b.l("counted")), b.head(b.l("length"))); err != nil {
		return err
	}
	first := map[string]int{}
	for _, m := range prog.Downtime {
		row, err := w.add(b.text(m.Availability), b.text(m.Service), b.text(m.Window), b.text(m.Clock), b.text(strings.Join(append(slices.Clone(m.Excluding), m.Events...), ", ")),
			b.count("", m.Raw.Millis()), b.count("", m.Failed), b.count("", m.Whole))
		if err != nil {
			return err
		}
		name := prog.Contract.ID + "/downtime." + m.Availability + "@" + m.Window
		if m.Index == 0 {
			first[name] = row
		}
		b.tables[name] = fmt.Sprintf("%s!$G$%d:$G$%d", quoted(w.name), first[name], row)
		b.tables[prog.Contract.ID+"/whole."+m.Availability+"@"+m.Window] = fmt.Sprintf("%s!$H$%d:$H$%d", quoted(w.name), first[name], row)
	}
	return b.otherTables(w, prog)
}

// otherTables writes the tables that formulas look up besides what was measured: days of a period, deadlines, sums by date.
func (b *book) otherTables(w *sheetWriter, prog *sla.Program) error {
	for _, c := range prog.Columns {
		t, ok := c.Expr.(formula.Table)
		if !ok || b.tables[prog.Contract.ID+"/"+t.Name] != "" {
			continue
		}
		if _, err := w.add(); err != nil {
			return err
		}
		if _, err := w.add(b.head(b.l("clause")), b.head(c.Label.In(b.lang)), b.head(""), b.head(""), b.head(""), b.head(""), b.head(t.Name)); err != nil {
			return err
		}
		first, last := 0, 0
		for i, v := range t.Values {
			row, err := w.add(b.text(c.Clause), b.count("", int64(i)), nil, nil, nil, nil, b.count("", v))
			if err != nil {
				return err
			}
			if i == 0 {
				first = row
			}
			last = row
		}
		b.tables[prog.Contract.ID+"/"+t.Name] = fmt.Sprintf("%s!$G$%d:$G$%d", quoted(w.name), first, last)
	}
	return nil
}

// times writes a period in the incident's zone.
func times(p contracts.Period, zone string) (from, to string) {
	loc, err := contracts.LoadZone(zone)
	if err != nil {
		loc = time.UTC
	}
	const form = "2006-01-02 15:04:05 -07:00"
	return p.Start.In(loc).Format(form), p.End.In(loc).Format(form)
}

// clauses writes each clause and each law entry with what it did.
func (b *book) clauses() error {
	w, err := b.open(b.l("clauses"), 18, 16, 34, 60, 16, 16, 18)
	if err != nil {
		return err
	}
	for _, p := range b.parts {
		if err := b.clausesOf(w, p.part.Run, p.effect); err != nil {
			return err
		}
	}
	for _, r := range b.recourses {
		if err := b.clausesOf(w, r.row.Run(), r.effect); err != nil {
			return err
		}
	}
	return w.flush()
}

// effect counts the rows that a posting changed, and adds up by how much.
func (p *partSheet) effect(b *book, i int) []any {
	return []any{b.count(fmt.Sprintf("COUNTIF(%s,\"<>0\")", p.area(i)), p.part.Totals.Counts[i]), b.money(fmt.Sprintf("SUM(%s)", p.area(i)), int64(p.part.Totals.Sums[i]))}
}

func (b *book) clausesOf(w *sheetWriter, run *sla.Run, effect func(*book, int) []any) error {
	prog := run.Program
	if _, err := w.add(b.title(prog.Contract.Title.In(b.lang))); err != nil {
		return err
	}
	if _, err := w.add(b.head(b.l("clause")), b.head(b.l("kind")), b.head(b.l("source")), b.head(b.l("gist")), b.head(b.l("reading")), b.head(b.l("affected-rows")), b.head(b.l("effect"))); err != nil {
		return err
	}
	for _, cl := range prog.Contract.Clauses {
		pr := contracts.ProvisionOf(cl)
		cells := []any{b.text(pr.ID), b.text(contracts.Kind(cl)), b.wrapped(pr.Ref.String()), b.wrapped(pr.Ref.Gist.In(b.lang)), b.text(run.Reading("clause."+pr.ID, b.lang))}
		i := prog.Index("post." + pr.ID)
		if _, own := cl.(*contracts.OwnFault); own {
			i = prog.Index("post.own-fault")
		}
		if _, paid := cl.(*contracts.AlreadyPaid); paid {
			i = prog.Index("post.already-paid")
		}
		if i >= 0 {
			cells = append(cells, effect(b, i)...)
		}
		if _, err := w.add(cells...); err != nil {
			return err
		}
	}
	if len(prog.Law()) == 0 {
		_, err := w.add()
		return err
	}
	if _, err := w.add(); err != nil {
		return err
	}
	if _, err := w.add(b.head(b.l("law")), b.head(b.l("since")), b.head(b.l("source")), b.head(b.l("gist")), b.head(b.l("reading")), b.head(b.l("checked"))); err != nil {
		return err
	}
	for _, e := range prog.Law() {
		since := ""
		if !e.Since.IsZero() {
			since = e.Since.String()
		}
		if !e.Until.IsZero() {
			since += "–" + e.Until.AddDays(-1).String()
		}
		if _, err := w.add(b.text(e.ID), b.text(since), b.wrapped(e.Cite.String()), b.wrapped(e.Cite.Gist.In(b.lang)), b.text(run.Reading("law."+e.ID, b.lang)), b.text(string(e.Checked))); err != nil {
			return err
		}
	}
	_, err := w.add()
	return err
}

// provenance writes what the result was made from.
func (b *book) provenance() error {
	w, err := b.open(b.l("provenance"), 34, 16, 70)
	if err != nil {
		return err
	}
	lines := [][]any{{b.title(b.l("provenance"))}, {b.head(b.l("file")), b.head(b.l("bytes")), b.head("SHA-256")}}
	for _, in := range b.res.Inputs {
		lines = append(lines, []any{b.text(in.Name), b.count("", in.Bytes), b.text(in.SHA256)})
	}
	var computed, open, void int64
	for _, p := range b.res.Parts {
		computed, open, void = computed+p.Totals.Computed, open+p.Totals.Open, void+p.Totals.Void
	}
	lines = append(lines, nil,
		[]any{b.text(b.l("rows-in")), b.count("", computed+open+void+b.res.Rejected)},
		[]any{b.text(b.l("computed")), b.count("", computed)}, []any{b.text(b.l("needs-judgement")), b.count("", open)},
		[]any{b.text(b.l("void")), b.count("", void)}, []any{b.text(b.l("rows-rejected")), b.count("", b.res.Rejected)}, nil,
		[]any{b.text(b.l("zone-data")), b.text(contracts.ZoneData)}, []any{b.text(b.l("currency-table")), b.text(contracts.CurrencyTableDate)}, nil,
		[]any{b.text(b.l("not-advice"))})
	for _, line := range lines {
		if _, err := w.add(line...); err != nil {
			return err
		}
	}
	return w.flush()
}

// unitOf says what the whole numbers of a sheet count.
func unitOf(c contracts.Currency, lang string) string {
	if c.Digits == 0 {
		return c.Code
	}
	den := "1"
	for range c.Digits {
		den += "0"
	}
	if lang == "ja" {
		return fmt.Sprintf("%s（1/%s）", c.Code, den)
	}
	return fmt.Sprintf("1/%s %s", den, c.Code)
}
