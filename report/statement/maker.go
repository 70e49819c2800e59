package statement

import (
	"errors"
	"fmt"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/report/credits"
	"github.com/amends-go/amends/sla"
)

// ErrHeld is the error of a row that needs judgement: no letter can name an amount.
var ErrHeld = errors.New("the amount turns on a question that nobody has decided")

// Maker makes the letters of one case in one language. It may be used by several goroutines at once.
type Maker struct {
	paper    *Paper
	billing  *credits.Billing
	lang     string
	asOf     contracts.Date
	consumer bool // the list says who is a consumer
	blocks   map[string]*block
}

// New makes a maker. Billing may be nil: the letters then say that how it is paid follows separately.
func New(c *sla.Case, paper *Paper, billing *credits.Billing, lang string) *Maker {
	m := &Maker{paper: paper, billing: billing, lang: lang, asOf: paper.RecordsAsOf, blocks: map[string]*block{}}
	if m.asOf.IsZero() {
		m.asOf = c.AsOf
	}
	m.consumer = c.Customers.Has("consumer")
	for _, name := range BlockNames() {
		if b := paper.blocks[lang][name]; b != nil {
			m.blocks[name] = b
			continue
		}
		b, problems := newBlock(name, defaults[name].In(lang), contracts.Pos{})
		if problems.Err() != nil {
			panic(problems) // the texts are our own
		}
		m.blocks[name] = b
	}
	return m
}

func (m *Maker) pick(ja, en string) string {
	if m.lang == "ja" {
		return ja
	}
	return en
}

// StateOf says what a letter to a row's customer would tell.
func StateOf(row sla.Row) State {
	switch row.Outcome() {
	case sla.Void:
		return Void
	case sla.NeedsJudgement:
		return Held
	case sla.Computed:
	}
	switch {
	case row.Payable() > 0:
		return Due
	case row.Payable() < 0:
		return OwesBack
	case len(grants(row)) > 0:
		return Granted
	case !affected(row):
		return NotAffected
	}
	return Nothing
}

// Letter makes the letter of a row. A row that needs judgement is ErrHeld; Problems are of the company's texts, or of links in any text.
func (m *Maker) Letter(row sla.Row) (*Letter, error) {
	w := &writer{Maker: m, row: row, state: StateOf(row), words: report.NewWords(row, m.lang), prog: row.Run().Program}
	if w.state == Held {
		return nil, ErrHeld
	}
	w.fields = w.values()
	l := &Letter{Lang: m.lang, Customer: strings.Clone(row.Customer.ID), Subscription: strings.Clone(row.Customer.Subscription), State: w.state, Amount: row.Payable(),
		Currency: w.prog.Contract.Currency, Date: m.day(m.paper.Date), Day: m.paper.Date, Logo: m.paper.Logo}
	w.letter = l
	l.Number = w.number()
	l.To = w.addressee()
	l.From = m.sender()
	l.Title = w.begin(w.block("title"))
	w.body()
	l.texts(func(s string) {
		if link := Link(s); link != "" && !strings.Contains(row.Customer.Name, link) && !strings.Contains(row.Customer.ID, link) {
			w.problems = append(w.problems, contracts.Problem{Code: "E_LINK", Value: link, Message: fmt.Sprintf("the letter to customer %s would hold the link %q, from a text of the case", row.Customer.ID, link),
				Hint: "take it out of the title, gist or reason in which it stands"})
		}
	})
	if w.problems.Err() != nil {
		return nil, w.problems
	}
	return l, nil
}

// writer writes one letter.
type writer struct {
	*Maker
	row      sla.Row
	prog     *sla.Program
	state    State
	words    *report.Words
	fields   fields
	letter   *Letter
	heading  int
	problems contracts.Problems
}

// block is a block's text for this customer. Fields without a value are a problem.
func (w *writer) block(name string) string {
	b := w.blocks[name]
	text, err := b.text(w.fields)
	var p contracts.Problem
	switch {
	case errors.Is(err, errNoValue):
		missing := b.missing(w.fields)
		for _, field := range FieldNames() {
			at, ok := missing[field]
			if !ok {
				continue
			}
			w.problems = append(w.problems, at.Problem("E_TEMPLATE", "{{."+field+"}}",
				fmt.Sprintf("block %s uses %s, which customer %s (%s) does not have", name, field, w.row.Customer.ID, w.state), "write it inside {{if ."+field+"}}…{{end}}"))
		}
		if w.problems.Err() == nil {
			w.problems = append(w.problems, b.at.Problem("E_TEMPLATE", "", fmt.Sprintf("block %s uses a field that customer %s does not have", name, w.row.Customer.ID), "write it inside {{if .Field}}…{{end}}"))
		}
	case errors.As(err, &p):
		w.problems = append(w.problems, p)
	case err != nil:
		w.problems = append(w.problems, b.at.Problem("E_TEMPLATE", "", err.Error(), ""))
	}
	return text
}

// values are the fields of this customer.
func (w *writer) values() fields {
	c, k := w.row.Customer, w.paper.Company.Contact
	f := fields{}
	for _, name := range FieldNames() {
		f[name] = ""
	}
	set := func(name, v string) { f[name] = value(v) }
	set("Customer", c.ID)
	set("Subscription", c.Subscription)
	set("Name", c.Name)
	set("Service", w.service())
	set("Incident", w.prog.Incident.Title.In(w.lang))
	set("Company", w.paper.Company.Name.In(w.lang))
	set("Contract", w.prog.Contract.Title.In(w.lang))
	set("Date", w.day(w.paper.Date))
	set("Desk", k.Name.In(w.lang))
	set("Phone", k.Phone)
	set("Email", k.Email)
	set("Hours", k.Hours.In(w.lang))
	set("ObjectBy", w.day(w.paper.ObjectUntil))
	set("RecordsAsOf", w.day(w.asOf))
	set("State", string(w.state))
	set("ClaimBy", w.day(w.claimBy()))
	if w.mustClaim() {
		set("MustClaim", "yes")
	}
	if affected(w.row) {
		set("Affected", "yes")
	}
	if w.state == Due {
		set("Amount", w.money(w.row.Payable()))
	}
	if w.state == OwesBack {
		set("Back", w.money(-w.row.Payable()))
	}
	if w.billing != nil && (w.state == Due || w.state == Granted) {
		set("BillLine", w.billing.BillLine.In(w.lang))
		set("PaidOn", w.day(w.billing.PaidOn))
	}
	return f
}

func (w *writer) money(a contracts.Amount) string {
	return report.Money(a, w.prog.Contract.Currency, w.lang)
}

var months = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// day writes a day in words; "" for none.
func (m *Maker) day(d contracts.Date) string {
	switch {
	case d.IsZero():
		return ""
	case m.lang == "ja":
		return fmt.Sprintf("%d年%d月%d日", d.Year, d.Month, d.Day)
	}
	return fmt.Sprintf("%d %s %d", d.Day, months[d.Month-1], d.Year)
}

// addressee is who the letter goes to: 様 for a consumer or where the list says nothing of it, 御中 for a business.
func (w *writer) addressee() []string {
	c := w.row.Customer
	switch {
	case w.lang != "ja" && c.Name == "":
		return []string{"To our customer"}
	case w.lang != "ja":
		return []string{c.Name}
	case c.Name == "":
		return []string{"ご契約者 様"}
	case w.consumer && !c.Consumer:
		return []string{c.Name + "　御中"}
	}
	return []string{c.Name + "　様"}
}

// number is the customer's number for the head of the letter.
func (w *writer) number() string {
	text := w.pick("お客様番号: ", "Customer: ") + w.row.Customer.ID
	if w.row.Customer.Subscription != "" {
		text += w.pick("　契約番号: ", ", subscription: ") + w.row.Customer.Subscription
	}
	return text
}

// sender is the company with its address.
func (m *Maker) sender() []string {
	c := m.paper.Company
	var out []string
	for _, t := range []contracts.Text{c.Name, c.Address, c.Signatory} {
		for line := range strings.Lines(t.In(m.lang)) {
			if line = strings.TrimSpace(line); line != "" {
				out = append(out, line)
			}
		}
	}
	return out
}
