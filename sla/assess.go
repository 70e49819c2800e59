package sla

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// Run is a program with its findings settled, ready to assess customers. It is
// read only and may be used by several goroutines at once.
type Run struct {
	Program  *Program
	Settings *Settings
	readings []reading // the first is the one shown
	fill     []filler
	summed   []int // columns that the totals add up
	open     []string
	tales    func() []Tale // put together when a working is first told
}

// reading is one way of deciding what nobody has decided.
type reading struct {
	values  map[string]formula.Number // of the open parameters
	machine *formula.Machine
}

// MaxReadings bounds how many combinations of open questions are computed.
const MaxReadings = 256

// Bind prepares the program to run under the settings. Every combination of
// values of the open parameters becomes a reading; more than MaxReadings is an error that
// lists the open questions.
func (p *Program) Bind(s *Settings) (*Run, error) {
	r := &Run{Program: p, Settings: s, fill: p.fillers(), summed: p.summed(), tales: sync.OnceValue(p.Tales)}
	combos := []map[string]formula.Number{{}}
	r.open = p.turnsOn(s.Open())
	for _, name := range r.open {
		par := p.Parameter(name)
		var next []map[string]formula.Number
		for _, c := range combos {
			for _, i := range par.readings() {
				with := map[string]formula.Number{name: formula.Plain(int64(i))}
				for k, v := range c { // order: fills a map
					with[k] = v
				}
				next = append(next, with)
			}
		}
		combos = next
		if len(combos) > MaxReadings {
			return nil, contracts.Problems{{Code: "E_LIMIT_READINGS", Outcome: contracts.Limit, Field: s.Findings.ID,
				Message: fmt.Sprintf("the findings leave open %v: more than %d readings", r.open, MaxReadings), Hint: "decide some of them"}}
		}
	}
	cols := p.formulas()
	for _, c := range combos {
		r.readings = append(r.readings, reading{values: c})
		m, err := formula.Build(cols, r.Numbers(len(r.readings)-1))
		if err != nil {
			return nil, err
		}
		r.readings[len(r.readings)-1].machine = m
	}
	return r, nil
}

// Numbers are the values of all parameters under a reading.
func (r *Run) Numbers(reading int) map[string]formula.Number {
	numbers := r.Settings.Numbers()
	for name, n := range r.readings[reading].values { // order: fills a map
		numbers[name] = n
	}
	return numbers
}

// Shown is the value of a parameter under the first reading.
func (r *Run) Shown(name string) formula.Number {
	if n, open := r.readings[0].values[name]; open {
		return n
	}
	return r.Settings.Of(name).Number
}

// Reading is the value of a parameter in words; "" when the program has no such parameter.
func (r *Run) Reading(name, lang string) string {
	par := r.Program.Parameter(name)
	if par == nil {
		return ""
	}
	if par.Kind == Choice {
		return par.Options[r.Shown(name).Num].Label.In(lang)
	}
	return par.Format(r.Shown(name), r.Program.Contract.Currency)
}

// Outcome is the kind of a row's result.
type Outcome uint8

// The outcomes.
const (
	Computed       Outcome = iota
	NeedsJudgement         // readings of an open question differ; see Row.Readings
	Void                   // the subscription was not in force: there is no contract to rest on
)

func (o Outcome) String() string { return [...]string{"computed", "needs-judgement", "void"}[o] }

// Row is one assessed customer. It is valid until the next row is asked for.
type Row struct {
	Customer *Customer
	run      *Run
	batches  []*formula.Batch
	i        int
	payable  contracts.Amount
}

// Payable is what the customer is owed in minor units; negative is owed back. When the outcome is
// NeedsJudgement it is the amount under the first reading only.
func (r Row) Payable() contracts.Amount {
	return contracts.Amount(r.Value(len(r.run.Program.Columns) - 1))
}

// Value is the whole number in column i of the program, under the first reading.
func (r Row) Value(i int) int64 { return r.batches[0].Col(i)[r.i] }

// Claimed is what the customer claims under line i of the program ([Program.Lines]).
func (r Row) Claimed(i int) contracts.Amount {
	l := r.run.Program.lines[i]
	return r.Of("claimed."+l.Head) + r.Of("claimed."+l.Head+"@"+l.Phase)
}

// Outcome says whether the result is computed, needs judgement, or is void.
func (r Row) Outcome() Outcome {
	if c := r.run.Program.Index("in_force"); c >= 0 && r.Value(c) == 0 {
		return Void
	}
	last := len(r.run.Program.Columns) - 1
	for _, b := range r.batches[1:] {
		if b.Col(last)[r.i] != r.Value(last) {
			return NeedsJudgement
		}
	}
	return Computed
}

// Reading is a row's payable under one way of deciding the open questions.
type Reading struct {
	Values  []Decided
	Payable contracts.Amount
}

// Decided is an open parameter and the option taken for it.
type Decided struct{ Parameter, Option string }

// Readings lists every reading with its payable, in a fixed order. There is one when nothing is open.
func (r Row) Readings() []Reading {
	out := make([]Reading, len(r.run.readings))
	payables := r.payables(nil)
	for i := range r.run.readings {
		out[i] = Reading{r.run.Decided(i), payables[i]}
	}
	return out
}

// payables appends the payable under each reading.
func (r Row) payables(to []contracts.Amount) []contracts.Amount {
	for _, b := range r.batches {
		to = append(to, contracts.Amount(b.Col(len(r.run.Program.Columns) - 1)[r.i]))
	}
	return to
}

// Open lists the open parameters on which the program turns, in its order.
func (r *Run) Open() []string { return r.open }

// turnsOn keeps the parameters of which some column speaks.
func (p *Program) turnsOn(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return !p.Uses(n) })
}

// Uses reports whether some column speaks of a parameter.
func (p *Program) Uses(name string) (uses bool) {
	for _, c := range p.Columns {
		if c.Expr != nil {
			formula.Walk(c.Expr, func(e formula.Expr) {
				x, ok := e.(formula.Param)
				uses = uses || ok && x.Name == name
			})
		}
	}
	return uses
}

// Readings is how many ways of deciding the open questions are computed: 1 when nothing is open.
func (r *Run) Readings() int { return len(r.readings) }

// Decided lists what reading i takes for each open parameter.
func (r *Run) Decided(i int) []Decided {
	var out []Decided
	for _, name := range r.open {
		par := r.Program.Parameter(name)
		out = append(out, Decided{name, par.Options[r.readings[i].values[name].Num].Name})
	}
	return out
}

// Totals are sums over the rows assessed. Rows in are Computed + Open + Void.
type Totals struct {
	Rows, Computed, Open, Void int64
	// Sums and Counts are by column, under the first reading: the sum, and the rows with a
	// value other than zero, of the postings, the payable and the loss claimed and admitted.
	Sums   []contracts.Amount
	Counts []int64
	// Low and High are the least and the greatest total payable over the readings.
	Low, High contracts.Amount
	ByReading []contracts.Amount // total payable under each reading, in the order of Run.Decided
}

// Assessment is a run over one list of customers.
type Assessment struct {
	run    *Run
	source iter.Seq2[Customer, error]
	totals Totals
}

// Assess prepares to work out what each customer is owed. The customers are
// read as the rows are: once, and again for each sum over a shared cap that builds on an earlier one, so that the
// iterator must be able to start again. Rows come in the order of the customers.
func (r *Run) Assess(customers iter.Seq2[Customer, error]) *Assessment {
	return &Assessment{run: r, source: customers}
}

// Totals are the sums over the rows yielded so far.
func (a *Assessment) Totals() *Totals { return &a.totals }

// ErrRow wraps what is wrong with one customer; the rows after it still come.
var ErrRow = errors.New("customer refused")

// Rows yields a row or an error for each customer. Errors of the source are passed on, and a
// customer that does not fit the program is an error that names it (ErrRow); the rows after
// them still come. A sum that leaves 64 bits (formula.ErrOverflow) names the customer and ends the run.
func (a *Assessment) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		p := a.run.Program
		a.totals = Totals{Sums: make([]contracts.Amount, len(p.Columns)), Counts: make([]int64, len(p.Columns)), ByReading: make([]contracts.Amount, len(a.run.readings))}
		pools, err := a.pools()
		if err != nil {
			yield(Row{}, err)
			return
		}
		w := a.worker()
		stop := false
		flush := func() bool {
			err := w.finish(pools)
			if err == nil {
				err = a.sum(w)
			}
			if err != nil {
				stop = true
				yield(Row{}, err)
				return false
			}
			payable := w.batches[0].Col(len(p.Columns) - 1)
			for i := range w.n {
				if !yield(Row{&w.customers[i], a.run, w.batches, i, contracts.Amount(payable[i])}, nil) {
					stop = true
					return false
				}
			}
			w.n = 0
			return true
		}
		for c, err := range a.source {
			if err == nil {
				err = w.put(&c)
			}
			if err != nil {
				if w.n > 0 && !flush() || !yield(Row{}, err) {
					return
				}
				continue
			}
			if w.n == formula.BatchRows && !flush() {
				return
			}
		}
		if !stop && w.n > 0 {
			flush()
		}
	}
}

// worker holds the batches of one pass, one batch for each reading.
type worker struct {
	run       *Run
	batches   []*formula.Batch
	inputs    [][]int64          // the vector that each filler fills
	claimed   [][]int64          // by line
	found     [][]int64          // by line; nil when the shape has none
	less      [reasons][][]int64 // by line; nil for reasons that the shape does not have
	customers []Customer
	n         int
	ordinal   int // of the first row in the batch, among those accepted
}

func (a *Assessment) worker() *worker {
	w := &worker{run: a.run, customers: make([]Customer, formula.BatchRows)}
	for i := range a.run.readings {
		b := a.run.readings[i].machine.NewBatch()
		if i > 0 {
			for c := range a.run.Program.Columns {
				if a.run.Program.Columns[c].Expr == nil {
					b.ShareInput(c, w.batches[0])
				}
			}
		}
		w.batches = append(w.batches, b)
	}
	for _, f := range a.run.fill {
		w.inputs = append(w.inputs, w.batches[0].Col(f.column))
	}
	p := a.run.Program
	for i, c := range p.Columns {
		if c.Expr == nil && strings.HasPrefix(c.Name, "claimed.") {
			w.claimed = append(w.claimed, w.batches[0].Col(i))
		}
		if c.Expr == nil && strings.HasPrefix(c.Name, "found.") {
			w.found = append(w.found, w.batches[0].Col(i))
		}
		for _, r := range p.Shape.Less {
			if c.Expr == nil && strings.HasPrefix(c.Name, r.String()+".") {
				w.less[r] = append(w.less[r], w.batches[0].Col(i))
			}
		}
	}
	return w
}

// put adds a customer to the batch.
func (w *worker) put(c *Customer) error {
	for i := range w.run.fill {
		f := &w.run.fill[i]
		v, err := f.value(c)
		if err != nil {
			return fmt.Errorf("%w: %s: %w", ErrRow, c.key(), err)
		}
		w.inputs[i][w.n] = v
	}
	if err := w.run.Program.takesPayments(c); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrRow, c.key(), err)
	}
	if err := w.claims(c); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrRow, c.key(), err)
	}
	k := &w.customers[w.n]
	*k = *c
	k.Claims, k.Facts, k.Affected, k.Payments = nil, nil, nil, nil // a source may use them again; what they said is in the columns
	w.n++
	return nil
}

// compute runs the batch under every reading, up to a column or, when upto is
// negative, to the end.
func (w *worker) compute(pools [][]poolSums, upto int) error {
	for r, b := range w.batches {
		b.SetLen(w.n)
		for k := range pools[r] {
			total, running := b.Pool(k)
			pools[r][k].fill(w.ordinal, total[:w.n], running[:w.n])
		}
		var err error
		if upto < 0 {
			err = b.Run()
		} else {
			err = b.RunThrough(upto)
		}
		if err != nil {
			return w.name(err)
		}
	}
	return nil
}

// name adds to a failure the customer in whose row it happened.
func (w *worker) name(err error) error {
	var over *formula.OverflowError
	if errors.As(err, &over) {
		return fmt.Errorf("%s: %w", w.customers[over.Row].key(), err)
	}
	return err
}

// finish computes the batch to the end and moves on to the next rows.
func (w *worker) finish(pools [][]poolSums) error {
	err := w.compute(pools, -1)
	w.ordinal += w.n
	return err
}

// key names a customer in errors.
func (c *Customer) key() string {
	if c.Subscription == "" {
		return "customer " + c.ID
	}
	return "customer " + c.ID + ", subscription " + c.Subscription
}

// addsUp reports whether a column is added up over the customers.
func (c *Column) addsUp() bool {
	return c.Role == Posting || c.Role == Result || c.Name == "claimed" || c.Name == "admitted" || c.Name == FaultTotal || strings.HasPrefix(c.Name, FaultAnswers)
}

// summed lists the columns that are added up.
func (p *Program) summed() []int {
	var out []int
	for i := range p.Columns {
		if p.Columns[i].addsUp() {
			out = append(out, i)
		}
	}
	for _, name := range p.kept {
		if i := p.index[name]; !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	return out
}

// sum adds a batch to the totals.
func (a *Assessment) sum(w *worker) error {
	t := &a.totals
	for _, i := range a.run.summed {
		var s, count, over int64
		for _, x := range w.batches[0].Col(i)[:w.n] {
			y := s + x
			over |= (s ^ y) & (x ^ y)
			s = y
			count += flag(x != 0)
		}
		t.Counts[i] += count
		total, ok := t.Sums[i].Plus(contracts.Amount(s))
		if over < 0 || !ok {
			return fmt.Errorf("the total of column %s does not fit in 64 bits", a.run.Program.Columns[i].Name)
		}
		t.Sums[i] = total
	}
	t.Rows += int64(w.n)
	last := len(a.run.Program.Columns) - 1
	for r, b := range w.batches {
		for _, x := range b.Col(last)[:w.n] {
			s, ok := t.ByReading[r].Plus(contracts.Amount(x))
			if !ok {
				return fmt.Errorf("the total payable does not fit in 64 bits")
			}
			t.ByReading[r] = s
		}
	}
	t.Low, t.High = slices.Min(t.ByReading), slices.Max(t.ByReading)
	if len(w.batches) == 1 && a.run.Program.Index("in_force") < 0 {
		t.Computed += int64(w.n)
		return nil
	}
	for i := range w.n {
		switch (Row{&w.customers[i], a.run, w.batches, i, 0}).Outcome() {
		case Computed:
			t.Computed++
		case NeedsJudgement:
			t.Open++
		case Void:
			t.Void++
		}
	}
	return nil
}

// Payable is the total payable under the first reading.
func (t *Totals) Payable() contracts.Amount { return t.Sums[len(t.Sums)-1] }
