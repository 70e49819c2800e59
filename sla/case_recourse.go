package sla

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/yamlread"
)

// recourseTerms is an entry of the list recourse of case.yaml.
type recourseTerms struct {
	contract *contracts.Contract
	from, to string
	terms    RecourseTerms
}

// recourse reads an entry: {contract, from, to, claim: {head, phase}, own_share, service, monthly_fee, fees_paid, paid, fees, numbers, facts, losses}.
// Amounts are in the currency of that contract.
func (r *caseReader) recourse(v *yamlread.Value) {
	f := v.Map()
	t := recourseTerms{terms: RecourseTerms{At: v.Pos()}, contract: r.alone(f.Required("contract"))}
	t.from, t.to = f.Required("from").ID(), f.Required("to").ID()
	if t.from == t.to && t.from != "" {
		f.Required("to").Report("E_RECOURSE", "nobody recovers from itself", "name the other party")
	}
	if x := f.Required("claim"); x != nil {
		m := x.Map()
		t.terms.Line = r.line(x, m)
		m.Done()
	}
	if x := f.Optional("own_share"); x != nil {
		if s, _ := x.Scalar(); s != "by-shares" {
			t.terms.By, t.terms.Own = Stated, contracts.ReadRatio(x)
			if t.terms.Own.Cmp(contracts.One) > 0 {
				x.Report("E_RANGE", "a share is at most 100%", "write a share such as 30% or 3/10, or by-shares")
			}
		}
	}
	r.claimant(f, &t)
	f.Done()
	if t.contract != nil {
		r.recourses = append(r.recourses, t)
	}
}

// line reads the fields head and phase of a map; the phase may be left out where the incident has one.
func (r *caseReader) line(v *yamlread.Value, f *yamlread.Fields) Line {
	text := f.Required("head").ID()
	if x := f.Optional("phase"); x != nil {
		text += "@" + x.ID()
	}
	if !r.sound || text == "" {
		return Line{}
	}
	l, err := r.c.Incident.line(text)
	if err != nil {
		v.Report("E_UNKNOWN_HEAD", err.Error(), "heads: "+joinIDs(idsOf(r.c.Incident.Heads))+"; phases: "+joinIDs(idsOf(phaseNames(r.c.Incident))))
	}
	return l
}

// claimant reads what is on record of the party that claims.
func (r *caseReader) claimant(f *yamlread.Fields, t *recourseTerms) {
	c := &t.terms.Claim
	amount := func(v *yamlread.Value) contracts.Amount {
		s, ok := v.Scalar()
		if !ok || t.contract == nil || t.contract.Currency.Code == "" {
			return 0
		}
		a, _, err := contracts.ParseAmount(s, t.contract.Currency, contracts.NumberStyle{})
		if err != nil {
			v.Report(NumberCode(err, "E_NUM_FORM"), err.Error(), "write digits only, such as 150000")
		}
		return a
	}
	c.MonthlyFee, c.FeesPaid, c.Paid = amount(f.Optional("monthly_fee")), amount(f.Optional("fees_paid")), amount(f.Optional("paid"))
	c.Facts = f.Optional("facts").IDs()
	for _, x := range c.Facts {
		if r.sound && !hasID(r.c.Incident.Facts, x) {
			f.Optional("facts").Report("E_UNKNOWN_FACT", fmt.Sprintf("the incident knows no fact %q", x), "one of "+joinIDs(idsOf(r.c.Incident.Facts)))
		}
	}
	if x := f.Optional("service"); x != nil {
		c.Service = x.ID()
		if r.sound && !hasID(r.c.Incident.Services, c.Service) {
			x.Report("E_UNKNOWN_SERVICE", "the incident has no such service", "one of "+joinIDs(idsOf(r.c.Incident.Services)))
		}
	}
	if x := f.Optional("fees"); x != nil {
		m := x.Map()
		for _, name := range m.Keys() {
			c.Fees = append(c.Fees, contracts.NamedAmount{Name: name, Amount: amount(m.Optional(name))})
		}
		m.Done()
	}
	if x := f.Optional("numbers"); x != nil {
		m := x.Map()
		for _, name := range m.Keys() {
			c.Numbers = append(c.Numbers, contracts.NamedNumber{Name: name, Value: m.Optional(name).Int(0, 1_000_000_000)})
		}
		m.Done()
	}
	for _, x := range f.Optional("losses").List() {
		m := x.Map()
		l := r.line(x, m)
		a := amount(m.Required("amount"))
		m.Done()
		if slices.ContainsFunc(c.Claims, func(o Claim) bool { return o.Head == l.Head && o.Phase == l.Phase }) {
			x.Report("E_DUP_ID", fmt.Sprintf("the loss %s in %s stands twice", l.Head, l.Phase), "add the amounts")
			continue
		}
		c.Claims = append(c.Claims, Claim{Head: l.Head, Phase: l.Phase, Claimed: a, Found: a})
	}
}

// agreements are the pairs of parties that have a contract of their own.
func (r *caseReader) agreements() [][2]string {
	var out [][2]string
	for _, t := range r.recourses {
		out = append(out, [2]string{t.from, t.to})
	}
	return out
}

// compileRecourses compiles each recourse. A claimant must owe something by then: it is the provider, or somebody claimed from it before.
func (r *caseReader) compileRecourses() {
	c := r.c
	debtors := map[string]bool{}
	if len(c.Incident.Parties) > 0 {
		debtors[c.Incident.Parties[0].ID] = true
	}
	for _, t := range r.recourses {
		rec, err := NewRecourse(t.contract, c.Incident, t.from, t.to, t.terms)
		if err != nil {
			r.report(err)
			continue
		}
		p := func(code, value, message, hint string) {
			r.problems = append(r.problems, t.terms.At.Problem(code, value, message, hint))
		}
		if !debtors[t.from] {
			p("E_RECOURSE", t.from, fmt.Sprintf("%s owes nothing before this recourse", t.from), "let the recourse against it come first")
		}
		debtors[t.to] = true
		for _, k := range c.Contracts {
			if k.Currency.Code != t.contract.Currency.Code {
				p("E_CURRENCY", t.contract.Currency.Code, fmt.Sprintf("contract %s counts in %s, contract %s in %s", t.contract.ID, t.contract.Currency.Code, k.ID, k.Currency.Code), "state both in one currency")
			}
		}
		for _, name := range rec.missingFees() {
			p("E_RECOURSE", name, fmt.Sprintf("contract %s counts from %s, which the entry does not give", t.contract.ID, name), "add it")
		}
		c.Recourses = append(c.Recourses, rec)
	}
}

// missingFees lists fees from which the contract counts and of which nothing is on record.
func (r *Recourse) missingFees() []string {
	var out []string
	for _, x := range []struct {
		column string
		amount contracts.Amount
	}{{"monthly_fee", r.Terms.Claim.MonthlyFee}, {"fees_paid", r.Terms.Claim.FeesPaid}} {
		if r.Index(x.column) >= 0 && x.amount == 0 {
			out = append(out, x.column)
		}
	}
	return out
}

// Recover works out the recourses of the case in their order, under the findings of the runs; bears is who bears each contract ([Run.Bears]), in the
// order of the contracts. A claimant claims what it is left with by then: what it bears of what the customers are owed, after contribution, with what it pays
// and recovers under the recourses before.
func (c *Case) Recover(runs []*Run, bears []Row) ([]Recovery, error) {
	var out []Recovery
	for _, rec := range c.Recourses {
		owed := max(Remaining(rec.From.ID, bears, out), 0)
		s, err := rec.Settle(runs[0].Settings.Findings, c.Findings)
		if err != nil {
			return nil, err
		}
		s = s.With(runs[0].Settings.changed)
		if runs[0].Settings.first {
			s = s.First()
		}
		r, err := rec.Run(s, owed)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// Remaining is what stays with a party when contribution and recourse are done: what it bears of the customers' contracts, and what it pays and
// recovers under its own.
func Remaining(party string, bears []Row, recoveries []Recovery) contracts.Amount {
	var sum contracts.Amount
	for _, b := range bears {
		sum += b.Of(BearingPart + party)
	}
	for _, r := range recoveries {
		if r.To.ID == party {
			sum += r.Payable()
		}
		if r.From.ID == party {
			sum -= r.Payable()
		}
	}
	return sum
}

// paidOnce refuses what a party is recorded to have paid in a case of several contracts: it would count for the customers of each.
func (c *Case) paidOnce(f Findings) []error {
	if len(c.Contracts) < 2 {
		return nil
	}
	var out []error
	for _, v := range f.Values {
		if strings.HasPrefix(v.Name, BearingPaid) {
			out = append(out, contracts.Problems{v.At.Problem("E_PAID", v.Value, fmt.Sprintf("%s is of the customers of one contract, and the case has %d", v.Name, len(c.Contracts)), "make a case of each contract, or leave who has paid to the default")})
		}
	}
	return out
}
