package statement

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

func (w *writer) add(p Part) { w.letter.Parts = append(w.letter.Parts, p) }

// say adds a block, a paragraph for each stretch of text between blank lines.
func (w *writer) say(name string) {
	for text := range strings.SplitSeq(w.block(name), "\n\n") {
		w.paragraph(text)
	}
}

// paragraph adds a text, if there is one. Lines of a Japanese text are joined as they are; those of an English one with a blank.
func (w *writer) paragraph(text string) {
	text = strings.TrimSpace(text)
	if text != "" {
		w.add(Part{Kind: Paragraph, Text: text})
	}
}

// head begins a numbered section.
func (w *writer) head(ja, en string) {
	w.heading++
	w.add(Part{Kind: Heading, Text: fmt.Sprintf("%d. %s", w.heading, w.pick(ja, en))})
}

func (w *writer) table(rows []Pair) {
	rows = slices.DeleteFunc(rows, func(p Pair) bool { return p.Value == "" })
	if len(rows) > 0 {
		w.add(Part{Kind: Table, Rows: rows})
	}
}

func (w *writer) note(text string) {
	if text != "" {
		w.add(Part{Kind: Small, Text: text})
	}
}

// body writes the letter below its title, in the order in which a customer asks: what happened, does it concern me, what do I get and
// why, how was it worked out, when is it paid, what must I do, whom do I ask.
func (w *writer) body() {
	for _, name := range []string{"greeting", "apology", "cause", "prevention", "lead"} {
		w.say(name)
	}
	if w.lang == "ja" {
		if strings.HasPrefix(w.block("greeting"), "拝啓") {
			w.add(Part{Kind: Right, Text: "敬具"})
		}
		w.add(Part{Kind: Centre, Text: "記"})
	}
	w.happened()
	w.yourContract()
	w.remedies()
	if w.state == Due || w.state == OwesBack || w.state == Nothing || w.state == Granted {
		w.workingOut()
	}
	if w.state == Due || w.state == Granted {
		w.paid()
	}
	w.head("お客様のお手続き", "What you need to do")
	w.say("action")
	w.head("ご異議のお申し出", "If you disagree")
	w.say("objection")
	w.say("rights")
	w.contact()
	closing := w.block("closing")
	kind := Paragraph
	if w.lang == "ja" {
		kind = Right
	}
	if closing != "" {
		w.add(Part{Kind: kind, Text: closing})
	}
}

// happened tells the events, with their times in the zone of the incident.
func (w *writer) happened() {
	in := w.prog.Incident
	w.head("発生した事象と日時", "What happened, and when")
	loc, err := contracts.LoadZone(in.Zone)
	if err != nil {
		return // refused when the incident was read
	}
	var rows []Pair
	some := affected(w.row)
	for _, e := range in.Events {
		if some && !affectedBy(w.row, e) {
			continue
		}
		var span contracts.Period
		for _, ph := range e.Phases {
			if some && !serves(ph, w.row.Customer.Service) {
				continue
			}
			if span.Start.IsZero() || ph.Period.Start.Before(span.Start) {
				span.Start = ph.Period.Start
			}
			if ph.Period.End.After(span.End) {
				span.End = ph.Period.End
			}
		}
		if !span.Start.IsZero() {
			rows = append(rows, Pair{w.begin(e.Title.In(w.lang)), w.period(span, loc)})
		}
	}
	w.table(rows)
	if span := in.Span(); !span.Start.IsZero() {
		zone := w.zone(in.Zone, span.Start.In(loc), span.End.In(loc))
		w.note(w.pick("時刻は"+zone+"です。", "Times are in "+zone+"."))
	}
}

// begin writes a text with a capital, where the language has them.
func (w *writer) begin(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if w.lang == "ja" || size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// zoneNames are what the commonest zones are called; others go by their name in the database of zones.
var zoneNames = map[string]contracts.Text{
	"Asia/Tokyo":    {JA: "日本時間", EN: "Japan time"},
	"UTC":           {JA: "協定世界時", EN: "coordinated universal time"},
	"Etc/UTC":       {JA: "協定世界時", EN: "coordinated universal time"},
	"Europe/London": {JA: "英国時間", EN: "United Kingdom time"},
}

// zone names a zone with its offset, or with both where clocks were changed between two times.
func (w *writer) zone(name string, start, end time.Time) string {
	offset := "UTC" + start.Format("-07:00")
	if after := end.Format("-07:00"); after != start.Format("-07:00") {
		offset += w.pick("、時計の変更後は", ", and after the change of clocks ") + "UTC" + after
	}
	title := zoneNames[name]
	if !w.paper.ZoneName.IsZero() {
		title = w.paper.ZoneName
	}
	if title.IsZero() {
		return w.pick(name+"（"+offset+"）", name+" ("+offset+")")
	}
	return w.pick(title.In("ja")+"（"+offset+"）", title.In("en")+" ("+offset+")")
}

// period writes a stretch of time; the day is told once where both ends lie in it.
func (w *writer) period(p contracts.Period, loc *time.Location) string {
	start, end := p.Start.In(loc), p.End.In(loc)
	clock := func(t time.Time) string {
		if t.Second() != 0 {
			return t.Format("15:04:05")
		}
		return t.Format("15:04")
	}
	d, e := contracts.DateOf(start, loc), contracts.DateOf(end, loc)
	ja, en := w.day(d)+" "+clock(start)+" から ", "from "+clock(start)+" on "+w.day(d)
	asOf := w.prog.Incident.AsOf
	switch {
	case !asOf.IsZero() && p.End.Equal(asOf.AddDays(1).In(loc)): // an end that is open is counted to the end of that day
		return w.pick(ja+w.day(asOf)+"現在継続中", en+", and going on as of "+w.day(asOf))
	case d == e:
		ja, en = ja+clock(end), "from "+clock(start)+" to "+clock(end)+" on "+w.day(d)
	case d.Year == e.Year:
		ja, en = ja+fmt.Sprintf("%d月%d日 %s", e.Month, e.Day, clock(end)), en+" to "+clock(end)+" on "+w.day(e)
	default:
		ja, en = ja+w.day(e)+" "+clock(end), en+" to "+clock(end)+" on "+w.day(e)
	}
	return w.pick(ja+" まで", en)
}

// yourContract tells whether the customer was affected, and under which contract, read as of which day.
func (w *writer) yourContract() {
	c, k := w.row.Customer, w.prog.Contract
	w.head("お客様のご契約と影響", "Your contract, and how it was affected")
	w.say("affected")
	var events []string
	for _, e := range w.prog.Incident.Events {
		if len(w.prog.Incident.Events) > 1 && affectedBy(w.row, e) && w.state != Void {
			events = append(events, e.Title.In(w.lang))
		}
	}
	terms := k.Title.In(w.lang)
	switch {
	case !k.InForce.From.IsZero() && !k.InForce.Until.IsZero():
		terms += w.pick("（"+w.day(k.InForce.From)+"から"+w.day(k.InForce.Until.AddDays(-1))+"まで適用の版）", " (the version in force from "+w.day(k.InForce.From)+" to "+w.day(k.InForce.Until.AddDays(-1))+")")
	case !k.InForce.From.IsZero():
		terms += w.pick("（"+w.day(k.InForce.From)+"から適用の版）", " (the version in force since "+w.day(k.InForce.From)+")")
	default:
		terms += w.pick("（"+w.day(w.firstDay())+"時点の版）", " (as in force on "+w.day(w.firstDay())+")")
	}
	w.table([]Pair{
		{w.pick("お客様番号", "Customer"), c.ID},
		{w.pick("契約番号", "Subscription"), c.Subscription},
		{w.pick("サービス", "Service"), w.service()},
		{w.pick("ご契約期間", "Subscribed"), w.subscribed()},
		{w.pick("影響を受けた事象", "Affected by"), strings.Join(events, w.pick("、", "; "))},
		{w.pick("適用した約款", "Terms applied"), terms},
		{w.pick("ご契約の記録の基準日", "Your records as of"), w.day(w.asOf)},
	})
}

// firstDay is the day on which the incident began, where it is told.
func (w *writer) firstDay() contracts.Date {
	loc, err := contracts.LoadZone(w.prog.Incident.Zone)
	if span := w.prog.Incident.Span(); err == nil && !span.Start.IsZero() {
		return contracts.DateOf(span.Start, loc)
	}
	return contracts.Date{}
}

func (w *writer) subscribed() string {
	c := w.row.Customer
	switch {
	case c.Since.IsZero() && c.Until.IsZero():
		return ""
	case c.Until.IsZero():
		return w.pick(w.day(c.Since)+"から", "since "+w.day(c.Since))
	case c.Since.IsZero():
		return w.pick(w.day(c.Until.AddDays(-1))+"まで", "until "+w.day(c.Until.AddDays(-1)))
	}
	return w.pick(w.day(c.Since)+"から"+w.day(c.Until.AddDays(-1))+"まで", w.day(c.Since)+" to "+w.day(c.Until.AddDays(-1)))
}

// service is the title of the customer's service; "" where the incident has one or none.
func (w *writer) service() string {
	for _, s := range w.prog.Incident.Services {
		if s.ID == w.row.Customer.Service {
			return s.Title.In(w.lang)
		}
	}
	return ""
}

// affected reports whether some event affected the row's customer.
func affected(row sla.Row) bool {
	return slices.ContainsFunc(row.Run().Program.Incident.Events, func(e sla.Event) bool { return affectedBy(row, e) })
}

// affectedBy reports whether an event did: unless the list says otherwise, where some phase of it concerned the customer's service.
func affectedBy(row sla.Row, e sla.Event) bool {
	c := row.Customer
	if i := row.Run().Program.Index("affected." + e.ID); i >= 0 && row.Value(i) == 0 {
		return false
	}
	return slices.ContainsFunc(e.Phases, func(ph sla.Phase) bool { return serves(ph, c.Service) })
}

func serves(ph sla.Phase, service string) bool {
	return service == "" || len(ph.Services) == 0 || slices.Contains(ph.Services, service)
}

// contact closes the letter with whom to ask, and with a warning of those who imitate it.
func (w *writer) contact() {
	k := w.paper.Company.Contact
	w.head("お問い合わせ窓口", "Contact")
	desk := k.Name.In(w.lang)
	if desk == "" {
		desk = w.paper.Company.Name.In(w.lang)
	}
	w.table([]Pair{
		{w.pick("窓口", "Contact"), desk},
		{w.pick("電話", "Telephone"), k.Phone},
		{w.pick("電子メール", "E-mail"), k.Email},
		{w.pick("受付時間", "Hours"), k.Hours.In(w.lang)},
	})
	w.say("phishing")
}
