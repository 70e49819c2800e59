package sla_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
	"github.com/google/go-cmp/cmp"
)

// program compiles a trial without binding it.
func (tt trial) program(t testing.TB) *sla.Program {
	t.Helper()
	in := tt.incident()
	in.Parties = []sla.Party{{ID: "operator", Title: text("operator"), Role: "provider"}, {ID: "vendor", Title: text("vendor"), Role: "contractor"}, {ID: "carrier", Title: text("carrier"), Role: "upstream"}}
	p, err := sla.Compile(tt.contract(t), in, sla.Shape{Lines: everyLine(in)})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSettleRefuses(t *testing.T) {
	p := trial{law: "jp", clauses: []contracts.Clause{fixed("art36", 100, contracts.PerSubscription)}}.program(t)
	a, b := sla.Findings{ID: "a", BasedOn: "b"}, sla.Findings{ID: "b", BasedOn: "a"}
	self := sla.Findings{ID: "self", BasedOn: "self"}
	of := func(values ...sla.Finding) sla.Findings { return sla.Findings{ID: "f", Values: values} }
	tests := []struct {
		name  string
		set   sla.Findings
		sets  []sla.Findings
		codes []string
		says  string // somewhere in the message or the hint
	}{
		{"a parameter with a slip of the pen", of(found("clause.art63", "set-aside")), nil, []string{"E_UNKNOWN_PARAMETER"}, "clause.art36"},
		{"the grade of a phase that did not happen", of(found("grade.fire", "gross")), nil, []string{"E_UNKNOWN_PARAMETER"}, "grade.fire"},
		{"a grade that there is not", of(found("grade", "heavy")), nil, []string{"E_ENUM"}, "gross"},
		{"a share above the whole", of(found("own_fault", "101%")), nil, []string{"E_RANGE"}, "100%"},
		{"a share without its unit", of(found("own_fault", "0.3")), nil, []string{"E_UNIT"}, "%"},
		{"a share that is no number", of(found("own_fault", "half")), nil, []string{"E_NUM_FORM"}, "3/10"},
		{"yen with decimals", of(found("cap.art36", "100.5")), nil, []string{"E_PRECISION"}, ""},
		{"a limit below nothing", of(found("cap.art36", "-1")), nil, []string{"E_NUM_FORM"}, ""},
		{"shares that sum to 90 %", of(found("share.operator", "60%"), found("share.vendor", "30%")), nil, []string{"E_SHARES"}, "90%"},
		{"shares that sum to 99.99 %", of(found("share.operator", "33.33%"), found("share.vendor", "33.33%"), found("share.carrier", "33.33%")), nil, []string{"E_SHARES"}, "99.99%"},
		{"shares that sum to 110 %", of(found("share.operator", "60%"), found("share.vendor", "50%")), nil, []string{"E_SHARES"}, "110%"},
		{"the share of a stranger", of(found("share.operator", "1/2"), found("share.nobody", "1/2")), nil, []string{"E_UNKNOWN_PARAMETER"}, "share.nobody"},
		{"two sets that rest on each other", a, []sla.Findings{a, b}, []string{"E_CYCLE"}, "a → b"},
		{"a set that rests on itself", self, []sla.Findings{self}, []string{"E_CYCLE"}, "self → self"},
		{"a set that rests on none", sla.Findings{ID: "f", BasedOn: "gone"}, nil, []string{"E_UNKNOWN_FINDINGS"}, "gone"},
		{"everything at once", of(found("grade", "heavy"), found("own_fault", "101%"), found("x", "1")), nil, []string{"E_ENUM", "E_RANGE", "E_UNKNOWN_PARAMETER"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := p.Settle(tt.set, tt.sets)
			var problems contracts.Problems
			if !errors.As(err, &problems) {
				t.Fatalf("got %v, want problems", err)
			}
			var codes, words []string
			for _, x := range problems {
				codes, words = append(codes, x.Code), append(words, x.Message, x.Hint)
			}
			if diff := cmp.Diff(tt.codes, codes); diff != "" {
				t.Errorf("codes (-want +got):\n%s", diff)
			}
			if !strings.Contains(strings.Join(words, "\n"), tt.says) {
				t.Errorf("says %q, want %q in it", words, tt.says)
			}
		})
	}
}

// TestLaterFindingsGoBeforeThoseTheyRestOn: a set keeps what its basis found, except what it finds itself; shares are replaced as a whole; the grade of one
// phase goes before that of all, wherever it stands.
func TestLaterFindingsGoBeforeThoseTheyRestOn(t *testing.T) {
	p := trial{law: "jp", clauses: []contracts.Clause{fixed("cap", 100, contracts.PerSubscription)}, events: stages()}.program(t)
	base := sla.Findings{ID: "base", Values: []sla.Finding{found("grade.rebuild", "gross"), found("grade", "ordinary"), found("own_fault", "30%"), found("share.operator", "70%"), found("share.vendor", "30%")}}
	next := sla.Findings{ID: "next", BasedOn: "base", Values: []sla.Finding{found("own_fault", "1/2"), found("share.carrier", "1")}}
	last := sla.Findings{ID: "last", BasedOn: "next", Values: []sla.Finding{found("grade", "intent")}}
	sets := []sla.Findings{last, base, next}
	read := func(f sla.Findings) map[string]string {
		s, err := p.Settle(f, sets)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, name := range []string{"grade.deletion", "grade.rebuild", "own_fault", "own_fault.warned", "share.operator", "share.vendor", "share.carrier"} {
			out[name] = p.Parameter(name).Format(s.Of(name).Number, p.Contract.Currency)
		}
		return out
	}
	of := func(deletion, rebuild, own, operator, vendor, carrier string) map[string]string {
		return map[string]string{"grade.deletion": deletion, "grade.rebuild": rebuild, "own_fault": own, "own_fault.warned": own, "share.operator": operator, "share.vendor": vendor, "share.carrier": carrier}
	}
	for _, tt := range []struct {
		set  sla.Findings
		want map[string]string
	}{
		{base, of("ordinary", "gross", "3/10", "7", "3", "0")},
		{next, of("ordinary", "gross", "1/2", "0", "0", "1")},
		{last, of("intent", "intent", "1/2", "0", "0", "1")},
		{sla.Findings{ID: "none"}, of("ordinary", "ordinary", "0", "1", "0", "0")}, // the grades are open, at their first reading
	} {
		if diff := cmp.Diff(tt.want, read(tt.set)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.set.ID, diff)
		}
	}
}

// TestReadingsHaveALimit: each open clause doubles the readings; 256 are computed, 512 are refused with the questions named.
func TestReadingsHaveALimit(t *testing.T) {
	for open, want := range map[int]int{7: 128, 8: 256, 9: 0} { // order: each is checked alone
		tr := trial{findings: []sla.Finding{found("grade", "ordinary")}}
		for i := range open {
			id := fmt.Sprintf("x%d", i)
			tr.clauses = append(tr.clauses, fixed(id, contracts.Amount(1000-i), contracts.PerSubscription))
			tr.findings = append(tr.findings, found("clause."+id, "open"))
		}
		p := tr.program(t)
		s, err := p.Settle(sla.Findings{ID: "f", Values: tr.findings}, nil)
		if err != nil {
			t.Fatal(err)
		}
		run, err := p.Bind(s)
		if want == 0 {
			var problems contracts.Problems
			if !errors.As(err, &problems) || problems[0].Code != "E_LIMIT_READINGS" || problems[0].Outcome != contracts.Limit || !strings.Contains(problems[0].Message, "clause.x8") {
				t.Errorf("%d open: got %v, want E_LIMIT_READINGS with the questions", open, err)
			}
			continue
		}
		if err != nil || run.Readings() != want {
			t.Errorf("%d open: %v, want %d readings", open, err, want)
		}
	}
}

func TestRowsThatAreRefused(t *testing.T) {
	good := claimant("good", 100)
	bad := func(change func(*sla.Customer)) sla.Customer {
		c := claimant("bad", 100)
		c.Subscription = "2"
		change(&c)
		return c
	}
	cap12 := &contracts.Cap{Provision: prov("cap"), Base: contracts.MonthlyFee, Times: ratio(12, 1), Per: contracts.PerSubscription}
	fees := &contracts.Cap{Provision: prov("fees"), Base: contracts.FeesPaidToDate, Times: contracts.One, Per: contracts.PerIncident}
	services := []sla.Named{{ID: "web", Title: text("web")}, {ID: "mail", Title: text("mail")}}
	tests := []struct {
		name string
		c    sla.Customer
		want error
	}{
		{"a fee below nothing", bad(func(c *sla.Customer) { c.MonthlyFee = -1 }), sla.ErrNegative},
		{"fees paid below nothing", bad(func(c *sla.Customer) { c.FeesPaid = -1 }), sla.ErrNegative},
		{"a payment below nothing", bad(func(c *sla.Customer) { c.Paid = -1 }), sla.ErrNegative},
		{"a claim below nothing", bad(func(c *sla.Customer) { c.Claims[0].Claimed = -1 }), sla.ErrNegative},
		{"a finding below nothing", bad(func(c *sla.Customer) { c.Claims[0].Found = -1 }), sla.ErrNegative},
		{"an unknown head", bad(func(c *sla.Customer) { c.Claims[0].Head = "pride" }), sla.ErrUnknownClaim},
		{"an unknown phase", bad(func(c *sla.Customer) { c.Claims[0].Phase = "fire" }), sla.ErrUnknownClaim},
		{"the same loss twice", bad(func(c *sla.Customer) { c.Claims = append(c.Claims, c.Claims[0]) }), sla.ErrUnknownClaim},
		{"the same loss twice, once without its phase", bad(func(c *sla.Customer) { c.Claims = append(c.Claims, loss("repair", "", 1)) }), sla.ErrUnknownClaim},
		{"an own share above the whole", bad(func(c *sla.Customer) { c.OwnShare = ratio(101, 100) }), contracts.ErrRange},
		{"an unknown service", bad(func(c *sla.Customer) { c.Service = "fax" }), sla.ErrUnknownService},
		{"no service where there are two", bad(func(c *sla.Customer) { c.Service = "" }), sla.ErrUnknownService},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := tt.c
			if c.Service == "" && tt.want != sla.ErrUnknownService {
				c.Service = "web"
			}
			g := good
			g.Service, g.MonthlyFee, g.FeesPaid = "mail", 1000, 1000
			run := trial{clauses: append(promised(nil, below(ratio(1, 2), ratio(1, 10))), cap12, fees), services: services, shape: sla.Shape{Found: true, OwnShare: true}, law: "jp"}.run(t)
			var got []contracts.Amount
			var refused []error
			a := run.Assess(each(g, c, g))
			for row, err := range a.Rows() {
				if err != nil {
					refused = append(refused, err)
					continue
				}
				got = append(got, row.Payable())
			}
			if diff := cmp.Diff(amounts(100, 100), got); diff != "" {
				t.Errorf("the rows around it (-want +got):\n%s", diff)
			}
			if len(refused) != 1 || !errors.Is(refused[0], tt.want) || !errors.Is(refused[0], sla.ErrRow) || !strings.Contains(refused[0].Error(), "customer bad, subscription 2") {
				t.Errorf("got %v, want %v of customer bad", refused, tt.want)
			}
			if a.Totals().Rows != 2 {
				t.Errorf("the totals count %d rows, want 2", a.Totals().Rows)
			}
		})
	}
}

// TestOverflowNamesTheCustomer: sums at the edge of 64 bits are right, and beyond it are errors.
func TestOverflowNamesTheCustomer(t *testing.T) {
	const most = math.MaxInt64
	big := func(repair, profit contracts.Amount) sla.Customer {
		return sla.Customer{ID: "big", Claims: []sla.Claim{loss("repair", "deletion", repair), loss("profit", "deletion", profit)}}
	}
	pool := []contracts.Clause{fixed("pool", 10, contracts.PerIncident)}
	tests := []struct {
		name    string
		clauses []contracts.Clause
		of      []sla.Customer
		over    bool
		names   string
	}{
		{"one below the most", nil, []sla.Customer{big(most-2, 1)}, false, ""},
		{"the most", nil, []sla.Customer{big(most-1, 1)}, false, ""},
		{"one above the most", nil, []sla.Customer{claimant("small", 0), big(most, 1)}, true, "customer big"},
		{"a pool at the most", pool, []sla.Customer{big(most-1, 0), row("one", "", 1)}, false, ""},
		{"a pool above the most", pool, []sla.Customer{big(most, 0), row("one", "", 1)}, true, "customer one"},
		{"months of fees", []contracts.Clause{&contracts.Cap{Provision: prov("cap"), Base: contracts.MonthlyFee, Times: ratio(2, 1), Per: contracts.PerSubscription}},
			[]sla.Customer{{ID: "rich", MonthlyFee: most/2 + 1}}, true, "customer rich"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var err error
			for _, e := range (trial{clauses: tt.clauses}).run(t).Assess(each(tt.of...)).Rows() {
				err = errors.Join(err, e)
			}
			if tt.over != errors.Is(err, formula.ErrOverflow) || tt.over && !strings.Contains(err.Error(), tt.names) {
				t.Errorf("got %v, want an overflow (%v) that names %q", err, tt.over, tt.names)
			}
		})
	}
}
