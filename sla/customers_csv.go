package sla

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/csvtable"
	"github.com/amends-go/amends/internal/problem"
)

// CustomerFile is a list of customers in a CSV file, one row a subscription.
// Columns stand in any order, named by the header:
//
//	id                       required; with subscription, unique
//	subscription, name, contract, service
//	consumer                 yes or no
//	monthly_fee, fees_paid, paid   amounts in major units; an empty paid is none
//	own_share                a ratio such as 30% or 1/3; empty is none recorded
//	since, until             first day, and first day after the subscription; empty is open
//	billing_day              day of the month, 1 to 31, on which the billing month begins
//	claimed_on               day on which a credit was asked for; empty is not yet
//	paid_on, paid.2, paid_on.2   the day of paid, and further payments in the order of their days; a payment without a day was made before any delay
//	demanded_on              day on which payment was demanded, from which interest may count; empty is not yet
//	fact.ID, affected.ID     yes or no, for a fact or an event of the incident
//	fee.NAME, number.NAME    a sum or a whole number of which a clause speaks
//	measured.ID, measured.ID@WINDOW   what failed of a commitment for this customer alone: 86m24s, 99.8612% or a count
//	settled.PARTY        what another party at fault has paid this customer in settlement; empty is none
//	loss.HEAD, loss.HEAD@PHASE     the loss claimed; empty is none
//	found.HEAD, found.HEAD@PHASE   the loss found to be proved; empty is as claimed
//
// Reading keeps the ids of the rows, to find those that stand twice or look alike.
type CustomerFile struct {
	fsys     fs.FS
	name     string
	c        *Case
	columns  []customerColumn
	shape    Shape
	sha256   string                // of the file when its hash was noted
	claims   map[string][]Claim    // of the claims file, by key of the row
	evidence map[string][]Evidence // what the claims rest on, by key of the row
	lines    map[string]int        // where the claims of a key begin

	headerLine int
	opts       ReadOptions
}

// ReadOptions say how lists are read.
type ReadOptions struct {
	// Dedupe takes two equal rows for one, and says so.
	Dedupe bool
	// AcceptNewHash takes a contract file whose text is not the registered one.
	AcceptNewHash bool
	// Empty accepts a list without customers.
	Empty bool
	// Dues tells each payable apart by the clause that gives it ([Row.Dues]).
	Dues bool
	// Delimiter between fields; zero is a comma (a tab in UTF-16 files).
	Delimiter rune
	// WantRows and WantSHA256 are how many rows the list must hold and the hash of its bytes in small hexadecimal digits;
	// zero and "" when that is not known. A list that differs was cut off or changed and is refused.
	WantRows   int64
	WantSHA256 string
	// Rejected is given the raw text of each refused row.
	Rejected func(raw []byte, p contracts.Problem)
}

type customerColumn struct {
	field string // the part before the first point, such as loss
	id    string // of a fact, event or head
	line  Line
	own   Own // of what is measured for each customer
	nth   int // of a payment, from 0
	index int
}

var customerFields = []string{"id", "subscription", "name", "contract", "service", "consumer", "monthly_fee", "fees_paid", "paid", "own_share", "since", "until", "billing_day", "claimed_on", "paid_on", "demanded_on"}

// csvOptions are the options of the table reader.
func (o ReadOptions) csvOptions(file string, rejected bool) csvtable.Options {
	opts := csvtable.Options{Delimiter: o.Delimiter, AllowEmpty: o.Empty, WantRows: o.WantRows, WantSHA256: o.WantSHA256}
	if rejected && o.Rejected != nil {
		opts.Rejected = func(raw []byte, p contracts.Problem) {
			p.File = file
			o.Rejected(raw, p)
		}
	}
	return opts
}

// openCustomers reads the header of a list.
func openCustomers(c *Case, fsys fs.FS, name string, opts ReadOptions) (*CustomerFile, contracts.Problems) {
	f := &CustomerFile{fsys: fsys, name: name, c: c, opts: opts, shape: Shape{Dues: opts.Dues}}
	r, problems := csvtable.Open(fsys, name, opts.csvOptions(name, false))
	if r == nil {
		return nil, problems
	}
	defer r.Close()
	f.headerLine = r.HeaderLine()
	problems = nil // notes come again as the list is read
	for i, h := range r.Header() {
		problems = append(problems, f.column(i, h, r.HeaderLine())...)
	}
	problems = append(problems, f.missingPayments(r.HeaderLine())...)
	for _, need := range []string{"id"} {
		if f.index(need) < 0 {
			problems = append(problems, contracts.Problem{File: name, Line: r.HeaderLine(), Field: need, Code: "E_REQUIRED",
				Message: "the header has no column " + need, Hint: "name the column that identifies the customer id"})
		}
	}
	return f, problems
}

// column takes one heading.
func (f *CustomerFile) column(i int, header string, line int) contracts.Problems {
	bad := func(code, message, hint string) contracts.Problems {
		return contracts.Problems{{File: f.name, Line: line, Field: header, Value: header, Code: code, Message: message, Hint: hint}}
	}
	in := f.c.Incident
	field, rest, dotted := strings.Cut(header, ".")
	col := customerColumn{field: field, id: rest, index: i}
	switch {
	case !dotted:
		if !slices.Contains(customerFields, field) {
			return bad("E_UNKNOWN_FIELD", fmt.Sprintf("unknown column %q", header), problem.Suggest(header, f.known()))
		}
		f.shape.Dates = f.shape.Dates || field == "since" || field == "until"
		f.shape.OwnShare = f.shape.OwnShare || field == "own_share"
		f.shape.BillingDay = f.shape.BillingDay || field == "billing_day"
		f.shape.Claimed = f.shape.Claimed || field == "claimed_on"
		f.shape.PaidOn = f.shape.PaidOn || field == "paid_on"
		f.shape.Demanded = f.shape.Demanded || field == "demanded_on"
	case field == "paid" || field == "paid_on":
		return f.payment(col, header, line)
	case field == "fee" || field == "number":
		return f.named(col, header, line)
	case field == "settled":
		if !slices.ContainsFunc(in.Parties, func(p Party) bool { return p.ID == rest && p.Answers }) {
			return bad("E_UNKNOWN_PARTY", fmt.Sprintf("no party %q of the incident answers to the customers", rest), "name a party that has answers: true in the incident file")
		}
		f.shape.Settled = append(f.shape.Settled, rest)
	case field == "measured":
		return f.measured(col, header, line)
	case field == "fact":
		if !hasID(in.Facts, rest) {
			return bad("E_UNKNOWN_FACT", fmt.Sprintf("the incident knows no fact %q", rest), problem.Suggest(rest, idsOf(in.Facts)))
		}
	case field == "affected":
		if !slices.ContainsFunc(in.Events, func(e Event) bool { return e.ID == rest }) {
			return bad("E_UNKNOWN_EVENT", fmt.Sprintf("the incident has no event %q", rest), "")
		}
		f.shape.Affected = true
	case field == "loss" || field == "found":
		l, err := in.line(rest)
		if err != nil {
			return bad("E_UNKNOWN_HEAD", err.Error(), "write loss.HEAD, or loss.HEAD@PHASE; heads: "+joinIDs(idsOf(in.Heads))+"; phases: "+joinIDs(idsOf(phaseNames(in))))
		}
		col.line = l
		f.addLine(l)
		f.shape.Found = f.shape.Found || field == "found"
	default:
		return bad("E_UNKNOWN_FIELD", fmt.Sprintf("unknown column %q", header), problem.Suggest(header, f.known()))
	}
	f.columns = append(f.columns, col)
	return nil
}

func (f *CustomerFile) addLine(l Line) {
	if !slices.Contains(f.shape.Lines, l) {
		f.shape.Lines = append(f.shape.Lines, l)
	}
}

// known lists the headings that the case could have.
func (f *CustomerFile) known() []string {
	out := slices.Clone(customerFields)
	for _, x := range f.c.Incident.Facts {
		out = append(out, "fact."+x.ID)
	}
	for _, e := range f.c.Incident.Events {
		out = append(out, "affected."+e.ID)
	}
	for _, k := range f.c.terms() {
		for _, n := range k.FeeNames() {
			if n != contracts.FeeMonthly && n != contracts.FeeToDate {
				out = append(out, "fee."+n)
			}
		}
		for _, n := range k.NumberNames() {
			out = append(out, "number."+n)
		}
	}
	for _, n := range f.c.Incident.marginNames() {
		out = append(out, "fee."+n)
	}
	for _, h := range f.c.Incident.Heads {
		out = append(out, "loss."+h.ID, "found."+h.ID)
	}
	return out
}

// line reads HEAD or HEAD@PHASE. The phase may be left out when the incident has one.
func (in *Incident) line(text string) (Line, error) {
	head, phase, given := strings.Cut(text, "@")
	if !hasID(in.Heads, head) {
		return Line{}, fmt.Errorf("the incident knows no head of loss %q", head)
	}
	phases := phaseNames(in)
	if !given && len(phases) == 1 {
		return Line{head, phases[0].ID}, nil
	}
	if !given {
		return Line{}, fmt.Errorf("the incident has %d phases: say in which one the loss %q arose", len(phases), head)
	}
	if !hasID(phases, phase) {
		return Line{}, fmt.Errorf("the incident has no phase %q", phase)
	}
	return Line{head, phase}, nil
}

func (f *CustomerFile) index(field string) int {
	for _, c := range f.columns {
		if c.field == field && c.id == "" {
			return c.index
		}
	}
	return -1
}

// All reads the list from its beginning. A refused row is an error of type
// contracts.Problems, and the rows after it still come; so is, at the end, what is
// wrong with the file as a whole. Strings of a customer may be kept, its slices
// are used again for the next.
func (f *CustomerFile) All() iter.Seq2[Customer, error] {
	return func(yield func(Customer, error) bool) {
		r, problems := csvtable.Open(f.fsys, f.name, f.opts.csvOptions(f.name, true))
		if r == nil {
			yield(Customer{}, problems)
			return
		}
		defer r.Close()
		p := &rowParser{f: f, r: r, seen: map[string]int{}, folded: map[string]int{}, used: map[string]bool{}}
		for _, row := range r.Rows() {
			p.row = row
			c, ok := p.customer()
			if ok && !yield(c, nil) {
				return
			}
		}
		f.unmatched(p)
		if ps := slices.Concat(f.masked(r.Problems()), f.atEnd(r), p.extra); len(ps) > 0 {
			yield(Customer{}, ps)
		}
	}
}

// atEnd reports what shows only when the list has been read to its end: that it is not the one whose hash was noted, and that
// more is wrong with it than was kept.
func (f *CustomerFile) atEnd(r *csvtable.Reader) contracts.Problems {
	var out contracts.Problems
	if got := r.SHA256(); got != "" && f.sha256 != "" && got != f.sha256 {
		out = append(out, contracts.Problem{File: f.name, Code: "E_CHANGED", Outcome: contracts.RefuseFile,
			Message: fmt.Sprintf("the file changed while the case was read: its hash was %s and is %s", f.sha256, got), Hint: "run again when nothing writes to it, or on a copy"})
	}
	if n := r.Dropped(); n > 0 {
		out = append(out, contracts.Problem{File: f.name, Code: "E_TOO_MANY", Outcome: contracts.RefuseRow,
			Message: fmt.Sprintf("%d more problems were found and are not listed; %d rows are refused in all", n, r.Counts().Refused), Hint: "so many have one cause as a rule: look at the columns"})
	}
	return out
}

// masked hides what problems quote of a name, and of rows that could not be taken apart, so that no
// personal data reaches a log. The file of refused rows holds it.
func (f *CustomerFile) masked(ps contracts.Problems) contracts.Problems {
	for i, p := range ps {
		if p.Value != "" && p.Line > f.headerLine && (p.Field == "name" || p.Field == "") {
			ps[i].Value = "(masked)"
		}
	}
	return ps
}

// unmatched reports claims of customers that the list does not have.
func (f *CustomerFile) unmatched(p *rowParser) {
	var keys []string
	for k := range f.claims { // order: sorted below
		if !p.used[k] {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	for _, k := range keys {
		p.extra = append(p.extra, contracts.Problem{File: f.c.claimsName, Line: f.lines[k], Column: 1, Code: "E_UNMATCHED", Value: strings.TrimSuffix(strings.ReplaceAll(k, "\x00", " / "), " / "), Field: "customer", Outcome: contracts.RefuseRow,
			Message: "claims of a customer who is not in " + f.name, Hint: "add the customer, or correct the id"})
	}
}

// rowParser turns rows into customers.
type rowParser struct {
	f      *CustomerFile
	r      *csvtable.Reader
	row    csvtable.Row
	seen   map[string]int // line of each key
	folded map[string]int
	used   map[string]bool
	bad    bool
	claims []Claim
	facts  []string
	events []string
	extra  contracts.Problems

	fees     []contracts.NamedAmount
	numbers  []contracts.NamedNumber
	measured []OwnMeasure
	settled  []contracts.NamedAmount
	payments []Payment
	blank    []customerColumn // sums that the row leaves out
}

func (p *rowParser) refuse(i int, code, message, hint string) {
	p.bad = p.bad || strings.HasPrefix(code, "E_")
	p.r.Report(i, code, message, hint)
}

// rowKey tells rows apart: the customer and the subscription.
func rowKey(id, subscription string) string { return id + "\x00" + subscription }

// customer reads the present row; false when it was refused or is a repetition.
func (p *rowParser) customer() (Customer, bool) {
	p.bad = false
	p.claims, p.facts, p.events = p.claims[:0], p.facts[:0], p.events[:0]
	p.fees, p.numbers, p.measured, p.settled = p.fees[:0], p.numbers[:0], p.measured[:0], p.settled[:0]
	p.blank = p.blank[:0]
	p.payments = append(p.payments[:0], make([]Payment, p.f.shape.FurtherPayments)...)
	var c Customer
	f := p.f
	contract := p.contract(&c)
	for _, col := range f.columns {
		p.field(&c, col, p.row.Field(col.index), contract)
	}
	c.Payments = p.payments
	p.inOrder(&c)
	if p.bad {
		return c, false
	}
	key := rowKey(c.ID, c.Subscription)
	if first, dup := p.seen[key]; dup {
		if f.opts.Dedupe && p.same(first) {
			p.r.Report(f.index("id"), "N_DUP_ROW", fmt.Sprintf("the same row stands at line %d; taken once", first), "")
			return c, false
		}
		p.refuse(f.index("id"), "E_DUP_ID", fmt.Sprintf("customer %s stands at line %d and at line %d", contracts.Escape(c.ID, 40), first, p.row.Line()),
			"give each row its own id or subscription; equal rows are taken once with --dedupe")
		return c, false
	}
	p.remember(key, c.ID)
	c.Claims, c.Facts, c.Fees, c.Numbers, c.Measured, c.Settled = p.claims, p.facts, p.fees, p.numbers, p.measured, p.settled
	if f.shape.Affected {
		c.Affected = p.events
		if c.Affected == nil {
			c.Affected = []string{}
		}
	}
	if extra, ok := f.claims[key]; ok {
		p.used[key] = true
		if !p.merge(extra) {
			return c, false
		}
		c.Claims, c.Evidence = p.claims, f.evidence[key]
	}
	return c, p.years(&c)
}

// years refuses a row that claims a loss worked out from yearly sums and leaves one of them out: an empty cell is not a year without sales.
func (p *rowParser) years(c *Customer) bool {
	for _, col := range p.blank {
		for _, k := range p.f.c.Incident.HeadKinds {
			if k.Margin == nil || !slices.Contains(append(slices.Clone(k.Margin.Sales), k.Margin.Cost...), col.id) {
				continue
			}
			if slices.ContainsFunc(c.Claims, func(cl Claim) bool { return cl.Head == k.ID && cl.Claimed != 0 }) {
				p.refuse(col.index, "E_REQUIRED", fmt.Sprintf("the loss %s is worked out from this sum, which is empty", k.ID), "write 0 when there was none")
				return false
			}
		}
	}
	return true
}

// merge adds the claims that stand in the claims file. The same loss cannot stand in both places; an empty cell is no claim.
func (p *rowParser) merge(extra []Claim) bool {
	for _, x := range extra {
		cl := p.claim(Line{x.Head, x.Phase})
		if cl.Claimed != 0 || cl.Found != 0 {
			i := slices.IndexFunc(p.f.columns, func(c customerColumn) bool { return c.line == Line{x.Head, x.Phase} })
			p.refuse(p.f.columns[i].index, "E_DUP_CLAIM", "the loss is claimed here and in "+p.f.c.claimsName, "keep one, or add the amounts")
			return false
		}
		*cl = x
	}
	return true
}

// same reports whether the row at an earlier line had the same text; rows are
// compared by a hash of their text kept under the key.
func (p *rowParser) same(line int) bool {
	first, ok := p.seen["\x01"+p.row.Raw()]
	return ok && first == line
}

func (p *rowParser) remember(key, id string) {
	p.seen[key] = p.row.Line()
	if p.f.opts.Dedupe {
		p.seen["\x01"+p.row.Raw()] = p.row.Line()
	}
	fold := csvtable.Folded(id)
	if first, near := p.folded[fold]; near && p.seen[key] != first {
		if _, exact := p.seen["\x02"+id]; !exact {
			p.r.Report(p.f.index("id"), "W_NEAR_DUP", fmt.Sprintf("the id looks like that of line %d", first), "they are kept apart; correct one if they are the same customer")
		}
	} else {
		p.folded[fold] = p.row.Line()
	}
	p.seen["\x02"+id] = p.row.Line()
}

// contract finds the row's contract, which says in which currency its amounts are.
func (p *rowParser) contract(c *Customer) *contracts.Contract {
	list := p.f.c.Contracts
	i := p.f.index("contract")
	if i < 0 || p.row.Field(i) == "" {
		if len(list) == 1 {
			c.Contract = list[0].ID
			return list[0]
		}
		p.refuse(max(i, 0), "E_REQUIRED", "the row does not say under which contract the customer is", "one of "+joinIDs(p.f.c.contractIDs()))
		return list[0]
	}
	for _, x := range list {
		if x.ID == p.row.Field(i) {
			c.Contract = x.ID
			return x
		}
	}
	p.refuse(i, "E_UNKNOWN_CONTRACT", "the case has no such contract", problem.Suggest(p.row.Field(i), p.f.c.contractIDs()))
	return list[0]
}

// field reads one cell.
func (p *rowParser) field(c *Customer, col customerColumn, text string, k *contracts.Contract) {
	i := col.index
	switch col.field {
	case "id":
		c.ID = text
		p.id(i, text)
	case "subscription":
		c.Subscription = text
		if text != "" {
			p.id(i, text)
		}
	case "name":
		c.Name = text
	case "service":
		c.Service = text
		if !hasID(p.f.c.Incident.Services, text) {
			p.refuse(i, "E_UNKNOWN_SERVICE", "the incident has no such service", problem.Suggest(text, idsOf(p.f.c.Incident.Services)))
		}
	case "consumer":
		c.Consumer = p.yesNo(i, text)
	case "monthly_fee":
		c.MonthlyFee = p.amount(i, text, k, true)
	case "fees_paid":
		c.FeesPaid = p.amount(i, text, k, true)
	case "paid", "paid_on":
		p.paymentCell(c, col, text, k)
	case "demanded_on":
		c.DemandedOn = p.date(i, text)
		if first := p.f.c.Incident.day(); !c.DemandedOn.IsZero() && c.DemandedOn.Cmp(first) < 0 {
			p.refuse(i, "E_RANGE", "payment was demanded before the first day of the incident", "write a day from "+first.String()+" on")
		}
	case "own_share":
		c.OwnShare = p.ratio(i, text)
	case "since":
		c.Since = p.date(i, text)
	case "until":
		c.Until = p.date(i, text)
	case "billing_day":
		c.BillingDay = int(p.whole(i, text, 1, 31))
	case "claimed_on":
		c.ClaimedOn = p.date(i, text)
	case "fee":
		if text == "" {
			p.blank = append(p.blank, col)
		}
		p.fees = append(p.fees, contracts.NamedAmount{Name: col.id, Amount: p.amount(i, text, k, false)})
	case "number":
		p.numbers = append(p.numbers, contracts.NamedNumber{Name: col.id, Value: p.whole(i, text, 0, 1_000_000_000)})
	case "settled":
		p.settled = append(p.settled, contracts.NamedAmount{Name: col.id, Amount: p.amount(i, text, k, false)})
	case "measured":
		p.measuredCell(col, text, k)
	case "fact":
		if p.yesNo(i, text) {
			p.facts = append(p.facts, col.id)
		}
	case "affected":
		if p.yesNo(i, text) {
			p.events = append(p.events, col.id)
		}
	case "loss":
		a := p.amount(i, text, k, false)
		cl := p.claim(col.line)
		cl.Claimed = a
		if !p.hasFound(col.line) {
			cl.Found = a
		}
	case "found":
		cl := p.claim(col.line)
		cl.Found = p.amount(i, text, k, false)
		if text == "" {
			cl.Found = cl.Claimed
		}
	}
}

// claim returns the customer's claim of the line, begun when it is the first cell of it.
func (p *rowParser) claim(l Line) *Claim {
	for i := range p.claims {
		if p.claims[i].Head == l.Head && p.claims[i].Phase == l.Phase {
			return &p.claims[i]
		}
	}
	p.claims = append(p.claims, Claim{Head: l.Head, Phase: l.Phase})
	return &p.claims[len(p.claims)-1]
}

func (p *rowParser) hasFound(l Line) bool {
	return slices.ContainsFunc(p.f.columns, func(c customerColumn) bool { return c.field == "found" && c.line == l })
}

func (p *rowParser) id(i int, text string) {
	if code, message := csvtable.CheckID(text); code != "" {
		p.refuse(i, code, message, "")
	}
}

func (p *rowParser) yesNo(i int, text string) bool {
	switch text {
	case "yes", "true", "はい":
		return true
	case "no", "false", "いいえ":
		return false
	}
	p.refuse(i, "E_ENUM", "neither yes nor no", "write yes or no")
	return false
}

func (p *rowParser) amount(i int, text string, k *contracts.Contract, required bool) contracts.Amount {
	if text == "" {
		if required {
			p.refuse(i, "E_REQUIRED", "the amount is empty", "write 0 when there is none")
		}
		return 0
	}
	a, _, err := contracts.ParseAmount(text, k.Currency, contracts.NumberStyle{})
	if errors.Is(err, contracts.ErrLimit) {
		p.bad = true
		p.r.ReportLimit(i, "E_RANGE", err.Error(), "")
		return 0
	}
	if err != nil {
		p.refuse(i, NumberCode(err, "E_NUM_FORM"), err.Error(), "")
	}
	return a
}

func (p *rowParser) ratio(i int, text string) contracts.Ratio {
	if text == "" {
		return contracts.Ratio{}
	}
	r, err := contracts.ParseRatio(text)
	if err == nil && r.Cmp(contracts.One) > 0 {
		err = fmt.Errorf("%w: a share is at most 100%%", contracts.ErrRange)
	}
	if err != nil {
		p.refuse(i, NumberCode(err, "E_NUM_FORM"), err.Error(), "")
	}
	return r
}

func (p *rowParser) date(i int, text string) contracts.Date {
	if text == "" {
		return contracts.Date{}
	}
	d, note, err := contracts.ParseDate(text)
	switch {
	case err != nil:
		p.refuse(i, TimeCode(err), err.Error(), "write a date such as 2012-06-20")
	case note != "":
		p.r.Report(i, "N_DATE", note, "")
	}
	return d
}

// TimeCode maps the error of a time reader to its problem code.
func TimeCode(err error) string {
	for _, c := range []struct {
		err  error
		code string
	}{
		{contracts.ErrTimeGap, "E_TIME_GAP"}, {contracts.ErrTimeFold, "E_TIME_FOLD"}, {contracts.ErrZone, "E_ZONE"}, {contracts.ErrInterval, "E_INTERVAL"},
	} {
		if errors.Is(err, c.err) {
			return c.code
		}
	}
	return "E_DATE"
}
