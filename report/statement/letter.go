package statement

import (
	"fmt"
	"io"
	"strings"

	"github.com/amends-go/amends/contracts"
)

// State is what a letter tells of.
type State string

// The states.
const (
	Due         State = "due"          // something is paid
	Granted     State = "granted"      // something is given in kind, and nothing paid
	NotAffected State = "not-affected" // no event affected the customer
	Nothing     State = "nothing"      // affected, and nothing is owed
	OwesBack    State = "owes-back"    // more was paid than is owed
	Void        State = "void"         // the subscription was not in force
	Held        State = "needs-judgement"
)

// States lists the states in the order in which they are counted.
func States() []State {
	return []State{Due, Granted, NotAffected, Nothing, OwesBack, Void, Held}
}

// Letter is what every format prints.
type Letter struct {
	Lang                   string
	Customer, Subscription string
	State                  State
	Amount                 contracts.Amount // payable; negative is owed back
	Currency               contracts.Currency
	Date                   string
	Day                    contracts.Date
	Number                 string   // customer and subscription, for the head of the letter
	To, From               []string // lines
	Logo                   *Logo
	Title                  string
	Parts                  []Part
}

// Kind is the form of a part.
type Kind uint8

// The kinds.
const (
	Paragraph Kind = iota
	Heading
	Centre  // a line in the middle
	Right   // a line at the right margin
	Table   // pairs of label and value
	Amounts // lines of a sum, the last being the total
	Small   // a note in smaller type
	Strong  // a paragraph that is read first: what is paid
)

// Part is one element of a letter, in order.
type Part struct {
	Kind  Kind
	Text  string
	Rows  []Pair
	Lines []Line
}

// Pair is a label with its value.
type Pair struct{ Label, Value string }

// Line is one line of a sum: what it is, why, and how much.
type Line struct {
	Label  string
	Why    []string
	Amount string
	Total  bool
}

// Texts calls f on every text of the letter that comes from the papers of the case or from the company, and not from the list of customers.
func (l *Letter) texts(f func(string)) {
	each := func(list []string) {
		for _, s := range list {
			f(s)
		}
	}
	f(l.Title)
	each(l.From)
	for _, p := range l.Parts {
		f(p.Text)
		for _, r := range p.Rows {
			f(r.Label)
			f(r.Value)
		}
		for _, x := range p.Lines {
			f(x.Label)
			each(x.Why)
		}
	}
}

// all calls f on every text that a reader sees.
func (l *Letter) all(f func(string)) {
	for _, s := range l.To {
		f(s)
	}
	f(l.Date)
	f(l.Number)
	l.texts(f)
	for _, p := range l.Parts {
		for _, x := range p.Lines {
			f(x.Amount)
		}
	}
}

// WriteText writes the letter as plain text, for a terminal or a comparison.
func (l *Letter) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n\n%s\n\n%s\n\n%s\n", l.Date, l.Number, strings.Join(l.To, "\n"), strings.Join(l.From, "\n"), l.Title)
	for _, p := range l.Parts {
		switch p.Kind {
		case Heading:
			fmt.Fprintf(&b, "\n## %s\n", p.Text)
		case Table:
			for _, r := range p.Rows {
				fmt.Fprintf(&b, "| %s | %s |\n", r.Label, r.Value)
			}
		case Amounts:
			for _, x := range p.Lines {
				mark := "+"
				if x.Total {
					mark = "="
				}
				fmt.Fprintf(&b, "%s %s: %s\n", mark, x.Label, x.Amount)
				for _, why := range x.Why {
					fmt.Fprintf(&b, "    %s\n", why)
				}
			}
		case Paragraph, Centre, Right, Small, Strong:
			fmt.Fprintf(&b, "\n%s\n", p.Text)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
