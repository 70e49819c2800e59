package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// faultShares writes, for each contract, how far each party answers, what it paid, who owes whom contribution, and what each bears; then the
// working. Every amount is a formula over the shares on the assumptions sheet.
func (b *book) faultShares() {
	b.fault = map[string]string{}
	w := b.open(b.l("fault"), 28, 36, 18, 44, 24, 18, 18, 18, 18)
	b.hideHelpers(w.name)
	for i, p := range b.parts {
		l := &listSheet{book: b, w: w, row: p.part.Bears, inputs: p.bearingInputs()}
		b.bearing(l, i, p)
	}
}

// bearingInputs are the sums over the customers that the bearing starts from.
func (p *partSheet) bearingInputs() map[string]string {
	out := map[string]string{}
	prog := p.part.Run.Program
	for _, c := range prog.Bearing.Columns {
		name := c.Name
		switch name {
		case sla.BearingTotal:
			name = "payable"
		case sla.BearingWhole:
			name = sla.FaultTotal
		}
		if c.Expr == nil {
			out[c.Name] = p.sum(prog.Index(name))
		}
	}
	return out
}

func (b *book) bearing(l *listSheet, i int, p *partSheet) {
	prog := p.part.Run.Program
	parties := prog.Bearing.Parties
	n := len(parties)
	first := l.w.row + 4 // title, blank, heading of the working
	if n > 1 {
		first += 2*n + 4
	}
	l.at = l.places(first)
	l.w.add(b.title(b.l("fault") + ": " + prog.Contract.Title.In(b.lang) + " (" + unitOf(prog.Contract.Currency, b.lang) + ")"))
	if n > 1 {
		b.partyTable(l, p)
		b.matrix(l, parties)
	}
	l.w.add()
	l.w.heads("name", "working", "amount", "how", "source")
	if l.w.row+1 != first {
		b.check(fmt.Errorf("report: the working of %s begins at row %d, not %d", prog.Contract.ID, l.w.row+1, first))
	}
	l.list()
	for name := range l.at { // order: fills a map
		b.fault[fmt.Sprintf("%d/%s", i, name)] = l.cell(name)
	}
	b.bearingReadings(l, parties) // last, so that deciding what is open moves no cell
	l.w.add()
}

// partyTable is a line a party.
func (b *book) partyTable(l *listSheet, p *partSheet) {
	prog, row, cur := p.part.Run.Program, l.row, p.part.Run.Program.Contract.Currency
	l.w.heads("party", "held", "share", "reason", "answers", "paid", "owes", "receives", "bears")
	at := func(name string) any {
		if row.Run().Program.Index(name) < 0 {
			return nil
		}
		return b.money(cur, l.at[name], row.Of(name))
	}
	for _, party := range prog.Bearing.Parties {
		var owes, gets []string
		var owed, got contracts.Amount
		for _, other := range prog.Bearing.Parties {
			for _, x := range []struct {
				name string
				list *[]string
				sum  *contracts.Amount
			}{{sla.Owes(party.ID, other.ID), &owes, &owed}, {sla.Owes(other.ID, party.ID), &gets, &got}} {
				if a := l.at[x.name]; a != "" {
					*x.list = append(*x.list, a)
					*x.sum += row.Of(x.name)
				}
			}
		}
		set := p.part.Run.Settings.Of("share." + party.ID)
		l.w.add(b.text(party.Title.In(b.lang)), b.text(p.part.Run.Reading("standing."+party.ID, b.lang)), b.count(paramName("share."+party.ID, 0), set.Num), b.note(set.Reason.In(b.lang)),
			at(sla.FaultAnswers+party.ID), at(sla.BearingPaid+party.ID), b.money(cur, plus(owes), owed), b.money(cur, plus(gets), got), at(sla.BearingPart+party.ID))
	}
}

// plus adds cells; no cell is 0.
func plus(cells []string) string {
	if len(cells) == 0 {
		return "0"
	}
	return strings.Join(cells, "+")
}

// minus takes cells off.
func minus(cells []string) string {
	var out strings.Builder
	for _, c := range cells {
		out.WriteString("-" + c)
	}
	return out.String()
}

// matrix is who owes whom contribution: the row owes the column.
func (b *book) matrix(l *listSheet, parties []sla.Party) {
	cur := l.row.Run().Program.Contract.Currency
	l.w.add()
	heads := []any{b.head(b.l("matrix"))}
	for _, p := range parties {
		heads = append(heads, b.head(p.Title.In(b.lang)))
	}
	l.w.add(heads...)
	for _, p := range parties {
		cells := []any{b.text(p.Title.In(b.lang))}
		for _, q := range parties {
			name := sla.Owes(p.ID, q.ID)
			switch {
			case p.ID == q.ID:
				cells = append(cells, b.text("–"))
			case l.at[name] == "":
				cells = append(cells, b.text(b.l("recourse")))
			default:
				cells = append(cells, b.money(cur, l.at[name], l.row.Of(name)))
			}
		}
		l.w.add(cells...)
	}
	refs := ""
	for _, c := range l.row.Run().Program.Columns {
		if strings.HasPrefix(c.Name, sla.BearingOwes) {
			refs = refsText(c.Refs)
		}
	}
	l.w.add(b.text(b.l("source")), b.text(refs))
}

// bearingReadings shows, where it is open when contribution is due, what each bears under each reading.
func (b *book) bearingReadings(l *listSheet, parties []sla.Party) {
	run := l.row.Run()
	if run.Readings() < 2 {
		return
	}
	l.w.add()
	heads := []any{b.head(b.l("by-reading"))}
	for _, p := range parties {
		heads = append(heads, b.head(p.Title.In(b.lang)))
	}
	l.w.add(heads...)
	for i := range run.Readings() {
		cells := []any{b.wrapped(decided(run.Program, sla.Reading{Values: run.Decided(i)}, b.lang))}
		for _, p := range parties {
			cells = append(cells, b.money(run.Program.Contract.Currency, "", l.row.Under(i, sla.BearingPart+p.ID)))
		}
		l.w.add(cells...)
	}
}

// recourse writes each recourse with its working, and then what remains with each party.
func (b *book) recourse() {
	w := b.open(b.l("recourse"), 34, 44, 20, 60, 40)
	b.hideHelpers(w.name)
	for i, r := range b.res.Recovered {
		l := &listSheet{book: b, w: w, row: r.Row, inputs: map[string]string{}}
		w.add(b.title(fmt.Sprintf("%s: %s → %s (%s)", r.Contract.Title.In(b.lang), r.From.Title.In(b.lang), r.To.Title.In(b.lang), unitOf(r.Contract.Currency, b.lang))))
		row := w.add(b.text(sla.RecourseOwed), b.text(b.l("owed-before")), b.units(b.owedBefore(i), int64(r.Owed)))
		w.heads("name", "meaning", "amount", "how", "source")
		sp := &sheetPrinter{col: func(string) string { return fmt.Sprintf("C%d", row) }, param: paramName}
		for _, c := range r.Columns {
			if e := r.Link(c.Name); e != nil {
				l.inputs[c.Name] = sp.number(e)
			}
		}
		l.list()
		b.recourses = append(b.recourses, l)
		w.add()
	}
	b.remains(w)
}

// owedBefore adds up what the claimant of a recourse is left with before it.
func (b *book) owedBefore(i int) string {
	from := b.res.Recovered[i].From.ID
	var cells []string
	for k := range b.parts {
		cells = append(cells, b.fault[fmt.Sprintf("%d/%s%s", k, sla.BearingPart, from)])
	}
	sum := plus(cells)
	for k, earlier := range b.res.Recovered[:i] {
		if earlier.To.ID == from {
			sum += "+" + b.recourses[k].cell("payable")
		}
		if earlier.From.ID == from {
			sum += "-" + b.recourses[k].cell("payable")
		}
	}
	return "MAX(" + sum + ",0)"
}

// remains writes what each party is left with: what it bears of the customers' contracts, and what it pays and recovers under its own.
func (b *book) remains(w *sheetWriter) {
	cur := b.res.Parts[0].Run.Program.Contract.Currency
	w.add(b.title(b.l("who-remains")))
	w.heads("party", "bears", "pays-on", "recovers", "remains")
	for _, p := range b.res.parties() {
		var bears, pays, gets []string
		var bear, pay, got contracts.Amount
		for k := range b.parts {
			bears = append(bears, b.fault[fmt.Sprintf("%d/%s%s", k, sla.BearingPart, p.ID)])
			bear += b.parts[k].part.Bears.Of(sla.BearingPart + p.ID)
		}
		for k, r := range b.res.Recovered {
			if r.To.ID == p.ID {
				pays, pay = append(pays, b.recourses[k].cell("payable")), pay+r.Payable()
			}
			if r.From.ID == p.ID {
				gets, got = append(gets, b.recourses[k].cell("payable")), got+r.Payable()
			}
		}
		w.add(b.text(p.Title.In(b.lang)), b.money(cur, plus(bears), bear), b.money(cur, plus(pays), pay), b.money(cur, plus(gets), got),
			b.money(cur, plus(slices.Concat(bears, pays))+minus(gets), sla.Remaining(p.ID, b.res.bears(), b.res.Recovered)))
	}
	b.remainsOtherwise(w)
}

// remainsOtherwise shows what remains under each reading of what is open; values, as it takes several runs to know.
func (b *book) remainsOtherwise(w *sheetWriter) {
	for i, recovered := range b.res.Otherwise {
		if i == 0 {
			heads := []any{b.head(b.l("remains-by-reading"))}
			for _, p := range b.res.parties() {
				heads = append(heads, b.head(p.Title.In(b.lang)))
			}
			w.add()
			w.add(heads...)
		}
		run, bears := b.res.readingOf(i)
		cur := run.Program.Contract.Currency
		cells := []any{b.wrapped(decided(run.Program, sla.Reading{Values: run.Decided(i)}, b.lang))}
		for _, p := range b.res.parties() {
			cells = append(cells, b.money(cur, "", sla.Remaining(p.ID, bears, recovered)))
		}
		w.add(cells...)
	}
}
