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
func (b *book) downtime() {
	b.tables = map[string]string{}
	w := b.open(b.l("downtime"), 22, 26, 26, 26, 16, 16, 18, 18, 40)
	if len(b.res.Parts) == 0 {
		return
	}
	in := b.res.Parts[0].Run.Program.Incident
	w.add(b.title(in.Title.In(b.lang) + " (" + in.Zone + ")"))
	w.heads("event", "phase", "from", "until", "impact", "cause", "clock", "source", "how-long")
	w.freeze(0, w.row)
	for _, e := range in.Events {
		for _, ph := range e.Phases {
			for _, c := range append([]sla.Clock{{Source: ph.Clock, Period: ph.Period}}, ph.Clocks...) {
				from, to := times(c.Period, in.Zone)
				w.add(b.wrapped(e.Title.In(b.lang)), b.wrapped(ph.Title.In(b.lang)), b.text(from), b.text(to), b.text(b.l("impact-"+ph.Impact.String())), b.text(ph.Cause), b.text(b.clock(c.Source)), b.wrapped(ph.Source), b.text(duration(c.Period.End.Sub(c.Period.Start).Milliseconds(), b.lang)))
			}
		}
	}
	for _, run := range b.res.runs() {
		b.measured(w, run.Program)
	}
}

func (b *book) measured(w *sheetWriter, prog *sla.Program) {
	if len(prog.Downtime) == 0 {
		b.otherTables(w, prog)
		return
	}
	w.add()
	w.heads("clause", "service", "window", "clock", "excluding", "raw", "counted", "length", "how-long")
	first := map[string]int{}
	for _, m := range prog.Downtime {
		row := w.add(b.text(m.Availability), b.text(m.Service), b.text(m.Window), b.text(b.clock(m.Clock)), b.text(strings.Join(append(slices.Clone(m.Excluding), m.Events...), ", ")),
			b.count("", m.Raw.Millis()), b.count("", m.Failed), b.count("", m.Whole), b.text(duration(m.Raw.Millis(), b.lang)))
		name := prog.Contract.ID + "/downtime." + m.Availability + "@" + m.Window
		if m.Index == 0 {
			first[name] = row
		}
		b.tables[name] = fmt.Sprintf("%s!$G$%d:$G$%d", quoted(w.name), first[name], row)
		b.tables[prog.Contract.ID+"/whole."+m.Availability+"@"+m.Window] = fmt.Sprintf("%s!$H$%d:$H$%d", quoted(w.name), first[name], row)
	}
	b.otherTables(w, prog)
}

// clock is the wording of a clock: the record itself, or the id of another.
func (b *book) clock(id string) string {
	if id == "recorded" {
		return b.l("recorded")
	}
	return id
}

// otherTables writes the tables that formulas look up besides what was measured: days of a period, deadlines, sums by date.
func (b *book) otherTables(w *sheetWriter, prog *sla.Program) {
	for _, c := range prog.Columns {
		t, ok := c.Expr.(formula.Table)
		if !ok || b.tables[prog.Contract.ID+"/"+t.Name] != "" {
			continue
		}
		w.add()
		w.add(b.head(b.l("clause")), b.head(c.Label.In(b.lang)), b.head(""), b.head(""), b.head(""), b.head(""), b.head(t.Name))
		first, last := 0, 0
		for i, v := range t.Values {
			row := w.add(b.text(c.Clause), b.count("", int64(i)), nil, nil, nil, nil, b.count("", v))
			if i == 0 {
				first = row
			}
			last = row
		}
		b.tables[prog.Contract.ID+"/"+t.Name] = fmt.Sprintf("%s!$G$%d:$G$%d", quoted(w.name), first, last)
	}
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
func (b *book) clauses() {
	w := b.open(b.l("clauses"), 18, 16, 34, 60, 16, 16, 18)
	for _, p := range b.parts {
		b.clausesOf(w, p.part.Run, p.effect)
	}
	for _, r := range b.recourses {
		b.clausesOf(w, r.row.Run(), r.effect)
	}
}

// effect counts the rows that a posting changed, and adds up by how much.
func (p *partSheet) effect(b *book, i int) []any {
	return []any{b.count(p.countOther(i), p.part.Totals.Counts[i]), b.money(p.part.Run.Program.Contract.Currency, p.sum(i), p.part.Totals.Sums[i])}
}

// kindTerm is the field's name for a kind of clause.
func kindTerm(cl contracts.Clause, lang string) string {
	kind := contracts.Kind(cl)
	for _, d := range contracts.KindDocs() {
		if d.Kind == kind {
			return d.Term.In(lang)
		}
	}
	return kind
}

func (b *book) clausesOf(w *sheetWriter, run *sla.Run, effect func(*book, int) []any) {
	prog := run.Program
	w.add(b.title(prog.Contract.Title.In(b.lang)))
	w.heads("clause", "kind", "source", "gist", "reading", "affected-rows", "effect")
	for _, cl := range prog.Contract.Clauses {
		pr := contracts.ProvisionOf(cl)
		cells := []any{b.text(pr.ID), b.wrapped(kindTerm(cl, b.lang)), b.wrapped(pr.Ref.String()), b.wrapped(pr.Ref.Gist.In(b.lang)), b.text(run.Reading("clause."+pr.ID, b.lang))}
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
		w.add(cells...)
	}
	if len(prog.Law()) == 0 {
		w.add()
		return
	}
	w.add()
	w.heads("law", "since", "source", "gist", "reading", "checked")
	for _, e := range prog.Law() {
		since := ""
		if !e.Since.IsZero() {
			since = e.Since.String()
		}
		if !e.Until.IsZero() {
			since += "–" + e.Until.AddDays(-1).String()
		}
		w.add(b.text(e.ID), b.text(since), b.wrapped(e.Cite.String()), b.wrapped(e.Cite.Gist.In(b.lang)), b.text(run.Reading("law."+e.ID, b.lang)), b.text(b.l("checked-"+string(e.Checked))))
	}
	w.add()
}

// provenance writes what the result was made from.
func (b *book) provenance() {
	w := b.open(b.l("provenance"), 34, 16, 70)
	lines := [][]any{{b.title(b.l("provenance"))}, {b.text(b.l("hash")), nil, b.text(b.hash)}, {b.head(b.l("file")), b.head(b.l("bytes")), b.head("SHA-256")}}
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
		w.add(line...)
	}
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
