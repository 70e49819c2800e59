package report

import (
	"fmt"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// faultShares writes, for each contract, how far each party answers, what it paid, who owes whom contribution, and what each bears; then the
// working. Every amount is a formula over the shares on the assumptions sheet.
func (b *book) faultShares() error {
	b.fault = map[string]string{}
	w, err := b.open(b.l("fault"), 28, 36, 18, 44, 24, 18, 18, 18, 18)
	if err == nil {
		err = b.hideHelpers(w.name)
	}
	if err != nil {
		return err
	}
	for i, p := range b.parts {
		l := &listSheet{book: b, w: w, row: p.part.Bears, inputs: p.bearingInputs()}
		if err := b.bearing(l, i, p); err != nil {
			return err
		}
	}
	return w.flush()
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
			out[c.Name] = fmt.Sprintf("SUM(%s)", p.area(prog.Index(name)))
		}
	}
	return out
}

func (b *book) bearing(l *listSheet, i int, p *partSheet) error {
	prog := p.part.Run.Program
	parties := prog.Bearing.Parties
	n := len(parties)
	first := l.w.row + 4 // title, blank, heading of the working
	if n > 1 {
		first += 2*n + 4
	}
	l.at = l.places(first)
	if _, err := l.w.add(b.title(b.l("fault") + ": " + prog.Contract.Title.In(b.lang) + " (" + unitOf(prog.Contract.Currency, b.lang) + ")")); err != nil {
		return err
	}
	if n > 1 {
		if err := b.partyTable(l, p); err != nil {
			return err
		}
		if err := b.matrix(l, parties); err != nil {
			return err
		}
	}
	if _, err := l.w.add(); err != nil {
		return err
	}
	if _, err := l.w.add(b.head(b.l("name")), b.head(b.l("working")), b.head(b.l("amount")), b.head(b.l("how")), b.head(b.l("source"))); err != nil {
		return err
	}
	if l.w.row+1 != first {
		return fmt.Errorf("report: the working of %s begins at row %d, not %d", prog.Contract.ID, l.w.row+1, first)
	}
	if err := l.list(); err != nil {
		return err
	}
	for name := range l.at { // order: fills a map
		b.fault[fmt.Sprintf("%d/%s", i, name)] = l.cell(name)
	}
	if err := b.bearingReadings(l, parties); err != nil { // last, so that deciding what is open moves no cell
		return err
	}
	_, err := l.w.add()
	return err
}

// partyTable is a line a party.
func (b *book) partyTable(l *listSheet, p *partSheet) error {
	prog, row := p.part.Run.Program, l.row
	if _, err := l.w.add(b.head(b.l("party")), b.head(b.l("held")), b.head(b.l("share")), b.head(b.l("reason")), b.head(b.l("answers")), b.head(b.l("paid")), b.head(b.l("owes")), b.head(b.l("receives")), b.head(b.l("bears"))); err != nil {
		return err
	}
	at := func(name string) any {
		if row.Run().Program.Index(name) < 0 {
			return nil
		}
		return b.money(l.at[name], int64(row.Of(name)))
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
		if _, err := l.w.add(b.text(party.Title.In(b.lang)), b.text(p.part.Run.Reading("standing."+party.ID, b.lang)), b.count(paramName("share."+party.ID, 0), set.Num), b.note(set.Reason.In(b.lang)),
			at(sla.FaultAnswers+party.ID), at(sla.BearingPaid+party.ID), b.money(plus(owes), int64(owed)), b.money(plus(gets), int64(got)), at(sla.BearingPart+party.ID)); err != nil {
			return err
		}
	}
	return nil
}

// plus adds cells; no cell is 0.
func plus(cells []string) string {
	if len(cells) == 0 {
		return "0"
	}
	return strings.Join(cells, "+")
}

// matrix is who owes whom contribution: the row owes the column.
func (b *book) matrix(l *listSheet, parties []sla.Party) error {
	if _, err := l.w.add(); err != nil {
		return err
	}
	heads := []any{b.head(b.l("matrix"))}
	for _, p := range parties {
		heads = append(heads, b.head(p.Title.In(b.lang)))
	}
	if _, err := l.w.add(heads...); err != nil {
		return err
	}
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
				cells = append(cells, b.money(l.at[name], int64(l.row.Of(name))))
			}
		}
		if _, err := l.w.add(cells...); err != nil {
			return err
		}
	}
	refs := ""
	for _, c := range l.row.Run().Program.Columns {
		if strings.HasPrefix(c.Name, sla.BearingOwes) {
			refs = refsText(c.Refs)
		}
	}
	_, err := l.w.add(b.text(b.l("source")), b.text(refs))
	return err
}

// bearingReadings shows, where it is open when contribution is due, what each bears under each reading.
func (b *book) bearingReadings(l *listSheet, parties []sla.Party) error {
	run := l.row.Run()
	if run.Readings() < 2 {
		return nil
	}
	if _, err := l.w.add(); err != nil {
		return err
	}
	heads := []any{b.head(b.l("by-reading"))}
	for _, p := range parties {
		heads = append(heads, b.head(p.Title.In(b.lang)))
	}
	if _, err := l.w.add(heads...); err != nil {
		return err
	}
	for i := range run.Readings() {
		cells := []any{b.wrapped(decided(run.Program, sla.Reading{Values: run.Decided(i)}, b.lang))}
		for _, p := range parties {
			cells = append(cells, b.money("", int64(l.row.Under(i, sla.BearingPart+p.ID))))
		}
		if _, err := l.w.add(cells...); err != nil {
			return err
		}
	}
	return nil
}

// recourse writes each recourse with its working, and then what remains with each party.
func (b *book) recourse() error {
	w, err := b.open(b.l("recourse"), 34, 44, 20, 60, 40)
	if err == nil {
		err = b.hideHelpers(w.name)
	}
	if err != nil {
		return err
	}
	for i, r := range b.res.Recovered {
		l := &listSheet{book: b, w: w, row: r.Row, inputs: map[string]string{}}
		if _, err := w.add(b.title(fmt.Sprintf("%s: %s → %s (%s)", r.Contract.Title.In(b.lang), r.From.Title.In(b.lang), r.To.Title.In(b.lang), unitOf(r.Contract.Currency, b.lang)))); err != nil {
			return err
		}
		row, err := w.add(b.text(sla.RecourseOwed), b.text(b.l("owed-before")), b.money(b.owedBefore(i), int64(r.Owed)))
		if err != nil {
			return err
		}
		if _, err := w.add(b.head(b.l("name")), b.head(b.l("meaning")), b.head(b.l("amount")), b.head(b.l("how")), b.head(b.l("source"))); err != nil {
			return err
		}
		sp := &sheetPrinter{col: func(string) string { return fmt.Sprintf("C%d", row) }, param: paramName}
		for _, c := range r.Columns {
			if e := r.Link(c.Name); e != nil {
				l.inputs[c.Name] = sp.number(e)
			}
		}
		if err := l.list(); err != nil {
			return err
		}
		b.recourses = append(b.recourses, l)
		if _, err := w.add(); err != nil {
			return err
		}
	}
	if err := b.remains(w); err != nil {
		return err
	}
	return w.flush()
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
func (b *book) remains(w *sheetWriter) error {
	if _, err := w.add(b.title(b.l("who-remains"))); err != nil {
		return err
	}
	if _, err := w.add(b.head(b.l("party")), b.head(b.l("bears")), b.head(b.l("pays-on")), b.head(b.l("recovers")), b.head(b.l("remains"))); err != nil {
		return err
	}
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
		row := w.row + 1
		if _, err := w.add(b.text(p.Title.In(b.lang)), b.money(plus(bears), int64(bear)), b.money(plus(pays), int64(pay)), b.money(plus(gets), int64(got)),
			b.money(fmt.Sprintf("B%d+C%d-D%d", row, row, row), int64(sla.Remaining(p.ID, b.res.bears(), b.res.Recovered)))); err != nil {
			return err
		}
	}
	return b.remainsOtherwise(w)
}

// remainsOtherwise shows what remains under each reading of what is open; values, as it takes several runs to know.
func (b *book) remainsOtherwise(w *sheetWriter) error {
	for i, recovered := range b.res.Otherwise {
		if i == 0 {
			heads := []any{b.head(b.l("remains-by-reading"))}
			for _, p := range b.res.parties() {
				heads = append(heads, b.head(p.Title.In(b.lang)))
			}
			if _, err := w.add(); err != nil {
				return err
			}
			if _, err := w.add(heads...); err != nil {
				return err
			}
		}
		run, bears := b.res.readingOf(i)
		cells := []any{b.wrapped(decided(run.Program, sla.Reading{Values: run.Decided(i)}, b.lang))}
		for _, p := range b.res.parties() {
			cells = append(cells, b.money("", int64(sla.Remaining(p.ID, bears, recovered))))
		}
		if _, err := w.add(cells...); err != nil {
			return err
		}
	}
	return nil
}
