package contracts

import "github.com/amends-go/amends/internal/yamlread"

// Example is a worked example of the terms: what happened, to whom, and what is paid for it. A contract file may carry them, and a
// check works them out.
type Example struct {
	Name   string
	Source string // published in the terms, or the arithmetic by which it was derived
	On     string // local time at which Down begins
	Down   []ExampleOutage
	Levels []ExampleLevel
	Series []ExampleSeries

	Fee      Amount // the monthly fee
	Paid     Amount // fees paid to date
	Fees     []NamedAmount
	Numbers  []NamedNumber
	Service  string
	Facts    []string
	Consumer bool
	Losses   []NamedAmount // claimed, by head of loss

	BillingDay            int
	Since, Until, Claimed Date
	Findings              [][2]string   // parameter and value
	Pays                  *Amount       // what is payable in all; nil when Least and Most are given
	Least, Most           Amount        // over the readings, where the terms leave something open
	Columns               []NamedNumber // values of further columns of the program
	At                    Pos
}

// ExampleOutage is a phase of an example.
type ExampleOutage struct {
	From string // local time; the example's On when empty
	For  int64  // ms
	// Service, Impact, Cause, Event and Kind are as in an incident file.
	Service, Impact, Cause, Event, Kind string
	Share                               Ratio
	Announced                           string
	Clocks                              []ExampleClock
}

// ExampleClock is what another clock says of a phase.
type ExampleClock struct {
	Source, From string
	For          int64
}

// ExampleLevel is a level or value on record.
type ExampleLevel struct {
	Of, Service, Window string // Of may be empty where the contract has one commitment; Window where the example has one
	Uptime              Ratio
	Value               *int64
}

// ExampleSeries counts requests: runs of intervals alike.
type ExampleSeries struct {
	Service  string
	Start    string
	Interval int64
	Runs     []ExampleRun
}

// ExampleRun is Of intervals in a row with the same counts.
type ExampleRun struct{ Of, Total, Failed int64 }

// NamedAmount is a fee by its name.
type NamedAmount struct {
	Name   string
	Amount Amount
}

// NamedNumber is a whole number by its name.
type NamedNumber struct {
	Name  string
	Value int64
}

func (r *clauseReader) example(v *yamlread.Value) Example {
	f := v.Map()
	e := Example{Name: f.Required("name").Text(), At: v.Pos(), On: "2024-06-10 00:00"}
	text := func(f *yamlread.Fields, key string, into *string) {
		if x := f.Optional(key); x != nil {
			*into, _ = x.Scalar()
		}
	}
	text(f, "source", &e.Source)
	text(f, "on", &e.On)
	text(f, "service", &e.Service)
	r.exampleFacts(&e, f, text)
	amount := func(key string, into *Amount) {
		if x := f.Optional(key); x != nil {
			*into = r.sum(x)
		}
	}
	amount("fee", &e.Fee)
	amount("fees_paid", &e.Paid)
	if x := f.Optional("fees"); x != nil {
		m := x.Map()
		for _, key := range m.Keys() {
			if y := m.Optional(key); y != nil {
				e.Fees = append(e.Fees, NamedAmount{m.Key(key).ID(), r.sum(y)})
			}
		}
		m.Done()
	}
	if x := f.Optional("losses"); x != nil {
		m := x.Map()
		for _, key := range m.Keys() {
			if y := m.Optional(key); y != nil {
				e.Losses = append(e.Losses, NamedAmount{m.Key(key).ID(), r.sum(y)})
			}
		}
		m.Done()
	}
	e.Numbers = readNumbers(f.Optional("numbers"))
	e.Facts = f.Optional("facts").IDs()
	if x := f.Optional("consumer"); x != nil {
		e.Consumer = x.Bool()
	}
	if x := f.Optional("billing_day"); x != nil {
		e.BillingDay = int(x.Int(1, 31))
	}
	e.Since, e.Until, e.Claimed = ReadDay(f.Optional("since")), ReadDay(f.Optional("until")), ReadDay(f.Optional("claimed_on"))
	if x := f.Optional("findings"); x != nil {
		m := x.Map()
		for _, key := range m.Keys() {
			s, _ := m.Optional(key).Scalar()
			e.Findings = append(e.Findings, [2]string{key, s})
		}
		m.Done()
	}
	r.expected(&e, f)
	f.Done()
	return e
}

// expected reads what is paid: a sum, or the least and the most over the readings.
func (r *clauseReader) expected(e *Example, f *yamlread.Fields) {
	switch x := f.Required("pays"); {
	case x.IsMap():
		m := x.Map()
		e.Least, e.Most = readAmount(m.Required("least"), r.c.Currency), readAmount(m.Required("most"), r.c.Currency)
		if m.Has("most") && e.Most < e.Least {
			x.Report("E_RANGE", "the most is less than the least", "")
		}
		m.Done()
	default:
		e.Pays = new(readAmount(x, r.c.Currency))
	}
	e.Columns = readNumbers(f.Optional("columns"))
}

func readNumbers(v *yamlread.Value) []NamedNumber {
	if v == nil {
		return nil
	}
	var out []NamedNumber
	m := v.Map()
	for _, key := range m.Keys() {
		if y := m.Optional(key); y != nil {
			out = append(out, NamedNumber{key, y.Int(-1_000_000_000_000_000, 1_000_000_000_000_000)})
		}
	}
	m.Done()
	return out
}

// exampleFacts reads what happened.
func (r *clauseReader) exampleFacts(e *Example, f *yamlread.Fields, text func(*yamlread.Fields, string, *string)) {
	if x := f.Optional("down"); x != nil {
		if !x.IsList() {
			e.Down = []ExampleOutage{{For: readDuration(x)}}
		} else {
			for _, y := range x.List() {
				e.Down = append(e.Down, r.exampleOutage(y, text))
			}
		}
	}
	if x := f.Optional("level"); x != nil {
		e.Levels = append(e.Levels, ExampleLevel{Uptime: ReadRatio(x)})
	}
	if x := f.Optional("value"); x != nil {
		e.Levels = append(e.Levels, ExampleLevel{Value: new(x.Int(0, 1_000_000_000_000))})
	}
	for _, x := range f.Optional("levels").List() {
		m := x.Map()
		var l ExampleLevel
		text(m, "of", &l.Of)
		text(m, "service", &l.Service)
		text(m, "window", &l.Window)
		if y := m.Optional("uptime"); y != nil {
			l.Uptime = ReadRatio(y)
		}
		if y := m.Optional("value"); y != nil {
			l.Value = new(y.Int(0, 1_000_000_000_000))
		}
		if m.Has("uptime") == m.Has("value") && x.IsMap() {
			x.Report("E_REQUIRED", "the record is neither an uptime nor a value", "write one of them")
		}
		m.Done()
		e.Levels = append(e.Levels, l)
	}
	for _, x := range f.Optional("series").List() {
		m := x.Map()
		s := ExampleSeries{Start: "2024-06-01 00:00", Interval: readLength(m.Required("interval"))}
		text(m, "service", &s.Service)
		text(m, "start", &s.Start)
		for _, y := range m.Required("runs").List() {
			n := y.Map()
			s.Runs = append(s.Runs, ExampleRun{n.Required("of").Int(1, 1_000_000), n.Required("total").Int(0, 1_000_000_000_000), n.Required("failed").Int(0, 1_000_000_000_000)})
			if last := s.Runs[len(s.Runs)-1]; last.Failed > last.Total {
				y.Report("E_RANGE", "more requests failed than there were", "total counts those that failed too")
			}
			n.Done()
		}
		m.Done()
		e.Series = append(e.Series, s)
	}
}

func (r *clauseReader) exampleOutage(v *yamlread.Value, text func(*yamlread.Fields, string, *string)) ExampleOutage {
	f := v.Map()
	o := ExampleOutage{For: readDuration(f.Required("for"))}
	text(f, "from", &o.From)
	text(f, "service", &o.Service)
	text(f, "impact", &o.Impact)
	text(f, "cause", &o.Cause)
	text(f, "event", &o.Event)
	text(f, "kind", &o.Kind)
	text(f, "announced", &o.Announced)
	if x := f.Optional("share"); x != nil {
		o.Share = ReadRatio(x)
	}
	for _, x := range f.Optional("clocks").List() {
		m := x.Map()
		c := ExampleClock{For: readDuration(m.Required("for"))}
		text(m, "source", &c.Source)
		text(m, "from", &c.From)
		m.Done()
		o.Clocks = append(o.Clocks, c)
	}
	f.Done()
	return o
}
