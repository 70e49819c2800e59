package contracts

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/amends-go/amends/internal/yamlread"
)

// Read reads a contract from a YAML file of that name. It returns every problem at once, those of
// [Contract.Validate] included; with an error among them ([Problems.Err]) the contract must not be used.
// The form of the file is published as JSON Schema in schema/contract.schema.json.
func Read(file string, data []byte) (*Contract, Problems) {
	v, c := yamlread.Parse(file, data)
	if v == nil {
		return nil, c.Problems()
	}
	out := readContract(v)
	problems := c.Problems()
	if problems.Err() == nil {
		found := out.Validate()
		v.Place(found)
		problems = append(problems, found...)
	}
	return out, problems.Sorted()
}

func readContract(v *yamlread.Value) *Contract {
	f := v.Map()
	c := &Contract{At: v.Pos()}
	c.ID = f.Required("id").ID()
	c.Title = ReadText(f.Required("title"))
	if x := f.Optional("law"); x != nil {
		c.Law = x.ID()
	}
	if x := f.Optional("audience"); x != nil {
		c.Audience = Audience(max(x.Enum(audienceNames[:]...), 0))
	}
	if x := f.Optional("parties"); x != nil {
		p := x.Map()
		c.Parties = Parties{ReadText(p.Required("provider")), ReadText(p.Required("customer"))}
		p.Done()
	}
	if x := f.Optional("in_force"); x != nil {
		p := x.Map()
		c.InForce = DateSpan{ReadDay(p.Optional("from")), ReadDay(p.Optional("until"))}
		p.Done()
	}
	c.Currency = readCurrency(f.Required("currency"), c.InForce.From)
	if f.Has("zone") {
		c.Zone = readZone(f.Required("zone"))
	} else {
		f.Missing("zone", "E_ZONE", "no zone is declared", "write an IANA name such as Asia/Tokyo")
	}
	c.Rounding = readRounding(f.Optional("rounding"))
	readOrder(c, f.Optional("order"))
	if x := f.Optional("tax"); x != nil {
		c.Tax = readTax(x)
	}
	if x := f.Optional("source"); x != nil {
		c.Source = x.Text()
	}
	r := clauseReader{c: c}
	for _, x := range f.Optional("calendars").List() {
		c.Calendars = append(c.Calendars, readCalendar(x))
	}
	for _, x := range f.Required("clauses").List() {
		r.clause(x)
	}
	r.checkUnits()
	for _, x := range f.Optional("examples").List() {
		c.Examples = append(c.Examples, r.example(x))
	}
	f.Done()
	return c
}

// readOrder reads the order of the stages, or open.
func readOrder(c *Contract, v *yamlread.Value) {
	if v != nil && !v.IsList() && !v.IsMap() {
		c.OrderOpen = v.Enum("open") == 0
		return
	}
	for _, x := range v.List() {
		if i := x.Enum(stageNames[:]...); i >= 0 {
			c.Order = append(c.Order, Stage(i))
		}
	}
}

// ReadText reads a wording: one text for both languages, or {ja: …, en: …}.
func ReadText(v *yamlread.Value) Text {
	if !v.IsMap() {
		s := v.Text()
		return Text{s, s}
	}
	f := v.Map()
	var t Text
	if x := f.Optional("ja"); x != nil {
		t.JA = x.Text()
	}
	if x := f.Optional("en"); x != nil {
		t.EN = x.Text()
	}
	if !f.Has("ja") && !f.Has("en") {
		v.Report("E_REQUIRED", "the wording has neither ja nor en", "write one of them, or one text for both")
	}
	f.Done()
	return t
}

// ReadDay reads a day of any form that ParseDate knows, telling how another than ISO 8601 was read.
func ReadDay(v *yamlread.Value) Date {
	s, ok := v.Scalar()
	if !ok {
		return Date{}
	}
	d, note, err := ParseDate(s)
	switch {
	case err != nil:
		v.Report("E_DATE", err.Error(), "write a date such as 2012-06-20")
	case note != "":
		v.Report("N_DATE", note, "")
	}
	return d
}

func readCurrency(v *yamlread.Value, on Date) Currency {
	s, ok := v.Scalar()
	if !ok {
		return Currency{}
	}
	day := ""
	if !on.IsZero() {
		day = on.String()
	}
	c, err := CurrencyOn(s, day)
	if err != nil {
		v.Report("E_CURRENCY", err.Error(), "write an ISO 4217 code such as JPY")
	}
	return c
}

func readZone(v *yamlread.Value) string {
	s, ok := v.Scalar()
	if !ok {
		return ""
	}
	if _, err := LoadZone(s); err != nil {
		v.Report("E_ZONE", err.Error(), "write an IANA name such as Asia/Tokyo")
		return "UTC" // the report above already stops the contract
	}
	return s
}

func readRounding(v *yamlread.Value) Rounding {
	if v == nil {
		return RoundingUnstated
	}
	return Rounding(v.Enum(Roundings()...) + 1)
}

// ReadRatio reads "30%" or "3/10".
func ReadRatio(v *yamlread.Value) Ratio {
	s, ok := v.Scalar()
	if !ok {
		return Ratio{}
	}
	r, err := ParseRatio(s)
	if err != nil {
		v.Report(numberCode(err), err.Error(), "")
	}
	return r
}

// numberCode maps the error of a number reader to its problem code.
func numberCode(err error) string {
	switch {
	case errors.Is(err, ErrRange):
		return "E_RANGE"
	case errors.Is(err, ErrPrecision):
		return "E_PRECISION"
	case errors.Is(err, ErrUnit):
		return "E_UNIT"
	}
	return "E_NUM_FORM"
}

func readAmount(v *yamlread.Value, c Currency) Amount {
	s, ok := v.Scalar()
	if !ok || c.Code == "" {
		return 0
	}
	a, _, err := ParseAmount(s, c, NumberStyle{Negative: true})
	if errors.Is(err, ErrLimit) {
		v.Limit("E_RANGE", err.Error(), "write digits only, such as 150000")
		return 0
	}
	if err != nil {
		v.Report(numberCode(err), err.Error(), "write digits only, such as 150000")
	}
	return a
}

var (
	durationForm  = regexp.MustCompile(`^([0-9]{1,9}(ms|s|m|h|d))+$`)
	durationPart  = regexp.MustCompile(`([0-9]{1,9})(ms|s|m|h|d)`)
	durationUnits = map[string]int64{"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}
)

// ParseDuration reads a length such as 30s, 5m, 4m19s, 24h or 1d in milliseconds: whole numbers, each with its unit, the greatest
// unit first and each once. A day is 24 hours.
func ParseDuration(s string) (int64, error) {
	if !durationForm.MatchString(s) {
		return 0, fmt.Errorf("%w: not a length of time", ErrUnit)
	}
	var sum, last int64 = 0, math.MaxInt64
	for _, part := range durationPart.FindAllStringSubmatch(s, -1) {
		n, _ := strconv.ParseInt(part[1], 10, 64)
		unit := durationUnits[part[2]]
		if unit >= last {
			return 0, fmt.Errorf("%w: the greater unit comes first, each once", ErrUnit)
		}
		last = unit
		sum += n * unit
	}
	return sum, nil
}

// readDuration reads a length such as 30s, 5m, 4m19s, 24h or 1d, in milliseconds.
func readDuration(v *yamlread.Value) int64 {
	s, ok := v.Scalar()
	if !ok {
		return 0
	}
	ms, err := ParseDuration(s)
	if err != nil {
		v.Report("E_UNIT", "not a length of time", "write whole numbers with their units: 30s, 5m, 4m19s, 24h or 1d")
	}
	return ms
}

// clauseReader reads clauses into a contract.
type clauseReader struct {
	c    *Contract
	pair string // id of the availability commitment in the entry of a credit; empty when it has none
	// paying is the credit being read, and units are its lengths and counts, to be held against what is measured.
	paying *Credit
	units  []unitUse
}

// clauseKinds are the kinds of clause, by the field that holds them.
var clauseKinds = []struct {
	name string
	read func(*clauseReader, *yamlread.Value, Provision) Clause
}{
	{"availability", (*clauseReader).availability},
	{"exclude_downtime", (*clauseReader).excludeDowntime},
	{"credit", (*clauseReader).credit},
	{"goodwill", (*clauseReader).goodwill},
	{"combine", (*clauseReader).combine},
	{"earn_back", (*clauseReader).earnBack},
	{"terminate", (*clauseReader).terminate},
	{"exclude_loss", (*clauseReader).excludeLoss},
	{"exempt", (*clauseReader).exempt},
	{"lift", (*clauseReader).lift},
	{"layer", (*clauseReader).layer},
	{"cap", (*clauseReader).cap},
	{"own_fault", (*clauseReader).ownFault},
	{"sole_remedy", (*clauseReader).soleRemedy},
	{"set_off", (*clauseReader).setOff},
	{"add_after_offset", (*clauseReader).addAfterOffset},
	{"already_paid", (*clauseReader).alreadyPaid},
	{"interest", (*clauseReader).interest},
}

// ClauseKinds lists the kinds of clause as written in a contract file.
func ClauseKinds() []string {
	var out []string
	for _, k := range clauseKinds {
		out = append(out, k.name)
	}
	return out
}

// clause reads one entry: what every clause has, and one kind. An availability commitment and its credit
// may stand together; the credit's id is then that of the entry with ".credit".
func (r *clauseReader) clause(v *yamlread.Value) {
	f := v.Map()
	p := Provision{ID: f.Required("id").ID(), At: v.Pos()}
	p.Ref = readRef(f.Required("ref"))
	p.When = readCondition(f.Optional("when"))
	p.Unless = readCondition(f.Optional("unless"))
	p.Rounding = readRounding(f.Optional("rounding"))
	instead := f.Optional("instead_of")
	p.InsteadOf = instead.IDs()
	var found []string
	for _, k := range clauseKinds {
		x := f.Optional(k.name)
		if x == nil {
			if f.Has(k.name) { // empty, and reported
				found = append(found, k.name)
			}
			continue
		}
		found = append(found, k.name)
		own := p
		r.pair, r.paying = "", nil
		if k.name == "credit" && f.Has("availability") {
			r.pair = p.ID
			own.ID += ".credit"
		}
		if k.name == "availability" {
			own.InsteadOf = nil // of the pair, the credit takes the place
			if instead != nil && !f.Has("credit") {
				instead.Report("E_UNKNOWN_FIELD", "a commitment to availability owes nothing by itself and takes no clause's place", "write instead_of in the entry of the credit")
			}
		}
		r.c.Clauses = append(r.c.Clauses, k.read(r, x, own))
	}
	pair := len(found) == 2 && found[0] == "availability" && found[1] == "credit"
	if len(found) != 1 && !pair && v.IsMap() {
		v.Report("E_CLAUSE_KIND", fmt.Sprintf("the clause has %d kinds, expected one", len(found)), fmt.Sprintf("one of %v", ClauseKinds()))
	}
	f.Done()
}

func readRef(v *yamlread.Value) Ref {
	if v == nil {
		return Ref{}
	}
	f := v.Map()
	r := Ref{Doc: f.Required("doc").Text()}
	if x := f.Optional("section"); x != nil {
		r.Section = x.Text()
	}
	if x := f.Optional("gist"); x != nil {
		r.Gist = ReadText(x)
	}
	if x := f.Optional("source"); x != nil {
		r.Source = x.Text()
	}
	f.Done()
	return r
}

// readCondition reads a map of tests that must all hold. or_consumer: true adds "or the customer is a consumer" to the rest.
func readCondition(v *yamlread.Value) Condition {
	var c Condition
	if v == nil {
		return c
	}
	f := v.Map()
	if x := f.Optional("grade"); x != nil {
		c.Grade = Grade(max(x.Enum(gradeNames[1:]...), 0) + 1)
	}
	if x := f.Optional("consumer"); x != nil {
		c.Consumer = new(x.Bool())
	}
	if x := f.Optional("fact"); x != nil {
		c.Fact = x.ID()
	}
	if x := f.Optional("event"); x != nil {
		c.Event = x.ID()
	}
	for _, x := range f.Optional("all").List() {
		c.All = append(c.All, readCondition(x))
	}
	for _, x := range f.Optional("any").List() {
		c.Any = append(c.Any, readCondition(x))
	}
	if x := f.Optional("not"); x != nil {
		c.Not = new(readCondition(x))
	}
	if x := f.Optional("or_consumer"); x != nil && x.Bool() {
		if c.IsZero() {
			c = Condition{Consumer: Consumers}
		} else {
			c = Condition{Any: []Condition{c, {Consumer: Consumers}}}
		}
	}
	f.Done()
	if c.IsZero() {
		v.Report("E_REQUIRED", "the condition asks nothing", "name a grade, consumer, fact, event, any, all or not, or leave the field out")
	}
	return c
}

func (r *clauseReader) excludeLoss(v *yamlread.Value, p Provision) Clause {
	f := v.Map()
	c := &LossExclusion{Provision: p, Heads: f.Required("heads").IDs()}
	if x := f.Optional("states_ordinary_only"); x != nil {
		c.StatesOrdinaryOnly = x.Bool()
	}
	f.Done()
	return c
}

func (r *clauseReader) exempt(v *yamlread.Value, p Provision) Clause {
	f := v.Map()
	c := &Exemption{Provision: p, Events: f.Optional("events").IDs(), Phases: f.Optional("phases").IDs(), Heads: f.Optional("heads").IDs()}
	for _, x := range f.Optional("grades").List() {
		if i := x.Enum(gradeNames[:]...); i >= 0 {
			c.Grades = append(c.Grades, Grade(i))
		}
	}
	f.Done()
	return c
}

func (r *clauseReader) lift(v *yamlread.Value, p Provision) Clause {
	f := v.Map()
	c := &CarveOut{Provision: p, Lifts: f.Required("clauses").IDs()}
	f.Done()
	return c
}

func (r *clauseReader) cap(v *yamlread.Value, p Provision) Clause {
	f := v.Map()
	c := &Cap{Provision: p, Times: One}
	r.capAmount(c, f.Required("amount"))
	if i := f.Required("per").Enum(perNames[:]...); i >= 0 {
		c.Per = Per(i)
	}
	c.Heads, c.ExceptHeads = f.Optional("heads").IDs(), f.Optional("except_heads").IDs()
	if x := f.Optional("used"); x != nil {
		c.Used = x.ID()
	}
	if x := f.Optional("share_by"); x != nil {
		c.Share = ShareBase(max(x.Enum(shareBaseNames[:]...), 0))
	}
	if x := f.Optional("credits"); x != nil {
		c.CreditsInside = x.Enum("outside", "inside") == 1
	}
	if x := f.Optional("tax"); x != nil {
		c.Tax = TaxAndCap(x.Enum(taxAndCapNames[1:]...) + 1)
	}
	if x := f.Optional("states_ordinary_only"); x != nil {
		c.StatesOrdinaryOnly = x.Bool()
	}
	f.Done()
	return c
}

// capAmount reads a sum, the name of a fee, {months: 12} or {times: 2, of: fees-paid-to-date}.
func (r *clauseReader) capAmount(c *Cap, v *yamlread.Value) {
	if !v.IsMap() {
		s, ok := v.Scalar()
		switch {
		case !ok:
		case s == "fees-paid-to-date":
			c.Base = FeesPaidToDate
		case s == "monthly-fee":
			c.Base = MonthlyFee
		default:
			c.Fixed = r.fixed(v)
		}
		return
	}
	f := v.Map()
	fixed, months, times := f.Optional("fixed"), f.Optional("months"), f.Optional("times")
	given := 0
	for _, x := range []*yamlread.Value{fixed, months, times} {
		if x != nil {
			given++
		}
	}
	of := f.Optional("of")
	if times != nil {
		of = f.Required("of")
	}
	switch {
	case given > 1:
		v.Report("E_CAP", "the cap has more than one amount", "write one of fixed, months, or times and of; two limits are two clauses")
	case of != nil && times == nil:
		of.Report("E_CAP", "of says what times is counted from, and times is missing", "write times, or leave of out")
	case fixed != nil:
		c.Fixed = r.fixed(fixed)
	case months != nil:
		c.Base = MonthlyFee
		c.Times = MustRatio(months.Int(1, 1200), 1)
	case times != nil:
		c.Base = FeesPaidToDate
		c.Base, c.Fee = capBase(of)
		c.Times = readTimes(times)
	default:
		v.Report("E_REQUIRED", "the cap has no amount", "write fixed, months, or times and of")
	}
	f.Done()
}

// capBase reads what a multiple is counted from: a fee that every list may have, or one of its columns fee.NAME.
func capBase(v *yamlread.Value) (CapBase, string) {
	switch name := v.ID(); name {
	case FeeToDate, "":
		return FeesPaidToDate, ""
	case FeeMonthly:
		return MonthlyFee, ""
	default:
		return NamedFee, name
	}
}

// fixed reads a sum. One that names another currency than the contract's cannot be held against its amounts.
func (r *clauseReader) fixed(v *yamlread.Value) Amount {
	s, _ := v.Scalar()
	for _, word := range strings.Fields(s) {
		if c, ok := currencyOf(word); ok && c.Code != r.c.Currency.Code && r.c.Currency.Code != "" {
			v.Report("E_CAP", fmt.Sprintf("the sum is in %s, and the contract is in %s", c.Code, r.c.Currency.Code), "write the sum in the contract's currency, digits only")
			return 0
		}
	}
	return readAmount(v, r.c.Currency)
}

// readTimes reads a multiple: a whole number, or a ratio such as 3/2 or 150%.
func readTimes(v *yamlread.Value) Ratio {
	if s, ok := v.Scalar(); ok {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil && n >= 1 && n <= MaxRatioTerm && strconv.FormatInt(n, 10) == s {
			return MustRatio(n, 1)
		}
	}
	return ReadRatio(v)
}

func (r *clauseReader) ownFault(v *yamlread.Value, p Provision) Clause {
	f := v.Map()
	c := &OwnFault{Provision: p, Events: f.Optional("events").IDs()}
	if x := f.Optional("per"); x != nil {
		c.PerHead = x.Enum("total", "head") == 1
	}
	f.Done()
	return c
}

func (r *clauseReader) soleRemedy(v *yamlread.Value, p Provision) Clause {
	f := v.Map()
	c := &SoleRemedy{Provision: p, Events: f.Optional("events").IDs()}
	f.Done()
	return c
}

func (r *clauseReader) setOff(v *yamlread.Value, p Provision) Clause {
	v.Map().Done()
	return &SetOff{p}
}

func (r *clauseReader) addAfterOffset(v *yamlread.Value, p Provision) Clause {
	f := v.Map()
	c := &AddedAfterOffset{Provision: p, Heads: f.Required("heads").IDs()}
	f.Done()
	return c
}

func (r *clauseReader) alreadyPaid(v *yamlread.Value, p Provision) Clause {
	v.Map().Done()
	return &AlreadyPaid{p}
}
