package sla_test

import (
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// drawSeveral draws a world in which more than the provider answers to the customers, with a head that is not of money, settlements and parts not admitted.
func drawSeveral(t *rapid.T) world {
	w := drawWorldOf(t, true)
	d := drawing{t}
	w.incident.Parties = []sla.Party{{ID: "p", Title: text("p")}, {ID: "q", Title: text("q"), Answers: true}, {ID: "r", Title: text("r"), Answers: d.oneIn(2)}}
	if d.oneIn(2) {
		w.incident.HeadKinds = []sla.HeadKind{{ID: "b", NonEconomic: true}}
	}
	if d.oneIn(2) {
		w.shape.Settled = []string{"q"}
	}
	if d.oneIn(2) {
		w.shape.Less = []sla.Reason{sla.Betterment, sla.Saved}
	}
	w.contract.Law = rapid.SampledFrom([]string{"", "jp", "de", "us-ca", "us-tx", "us-va"}).Draw(t, "law")
	p, err := sla.Compile(w.contract, w.incident, w.shape)
	if err != nil {
		t.Fatal(err)
	}
	w.findings = d.findings(p)
	for i := range w.customers {
		c := &w.customers[i]
		if w.shape.Settled != nil {
			c.Settled = []contracts.NamedAmount{{Name: "q", Amount: d.upTo(900)}}
		}
		for j := range c.Claims {
			if w.shape.Less != nil {
				cl := &c.Claims[j]
				cl.Less[sla.Betterment], cl.Less[sla.Saved] = contracts.Amount(rapid.Int64Range(0, int64(cl.Claimed)).Draw(t, "less")), d.upTo(100)
			}
		}
	}
	return w
}

func (w world) with(findings ...sla.Finding) world {
	var kept []sla.Finding
	for _, f := range w.findings {
		replaced := false
		for _, g := range findings {
			replaced = replaced || f.Name == g.Name
		}
		if !replaced {
			kept = append(kept, f)
		}
	}
	w.findings = append(kept, findings...)
	return w
}

var thirds = []sla.Finding{found("share.p", "50%"), found("share.q", "30%"), found("share.r", "20%")}

// TestSeveralInAnyWorld: whatever the terms, postings add up; nobody is owed less than nothing unless something was paid; that others answer too, and what they have settled, adds nothing.
func TestSeveralInAnyWorld(t *testing.T) {
	moved := 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawSeveral(t).with(thirds...)
		check := func(r sla.Row) {
			var sum contracts.Amount
			for s := range r.Steps() {
				sum += s.Delta
			}
			if sum != r.Payable() {
				t.Fatalf("%s: postings sum to %d, payable is %d", r.Customer.ID, sum, r.Payable())
			}
			if r.Payable() < -r.Customer.Paid {
				t.Fatalf("%s owes back %d of %d paid", r.Customer.ID, -r.Payable(), r.Customer.Paid)
			}
			if r.Of("post.several") > 0 || r.Of("post.settlement") > 0 {
				t.Fatalf("%s: that others answer too adds %d, what they settled %d", r.Customer.ID, r.Of("post.several"), r.Of("post.settlement"))
			}
			for _, p := range []string{"p", "q"} {
				if a := r.Of(sla.FaultAnswers + p); a < 0 {
					t.Fatalf("%s answers for %d", p, a)
				}
			}
		}
		joint := w.with(found("liability", "joint"), found("weighing", "absolute"), found("extent.p", "as-the-rule"), found("liability.non-economic", "as-the-rest"), found("uncollectible", "claimant"))
		if len(w.incident.HeadKinds) == 0 {
			joint = w.with(found("liability", "joint"), found("weighing", "absolute"), found("extent.p", "as-the-rule"), found("uncollectible", "claimant"))
		}
		several := joint.with(found("liability", "several"))
		_, _, sums := joint.assess(t, check)
		_, _, fewer := several.assess(t, check)
		w.assess(t, check)
		if fewer.Payable() != sums.Payable() {
			moved++
		}
	})
	if moved == 0 {
		t.Error("how the provider answers moved nothing in any world")
	}
}

// TestOthersWithoutAShareChangeNothing: with the whole fault on the provider and nothing settled, the customers are owed what they would be if nobody else answered.
func TestOthersWithoutAShareChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawSeveral(t)
		w.shape.Settled = nil
		w.incident.HeadKinds = nil // apart, their own fault rounds apart
		for i := range w.customers {
			w.customers[i].Settled = nil
		}
		w = w.with(found("share.p", "100%"), found("share.q", "0%"), found("share.r", "0%"), found("liability.non-economic", "as-the-rest"), found("settlement", "pro-tanto"))
		w.findings = w.findings[:len(w.findings)-2] // of which nothing speaks here
		var among, alone map[string]owed
		among, _, _ = w.assess(t, nil)
		for i := range w.incident.Parties {
			w.incident.Parties[i].Answers = false
		}
		var own []sla.Finding
		p, err := sla.Compile(w.contract, w.incident, w.shape)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range w.findings {
			if p.Parameter(f.Name) != nil {
				own = append(own, f)
			}
		}
		w.findings = own
		alone, _, _ = w.assess(t, nil)
		if diff := cmp.Diff(alone, among); diff != "" {
			t.Fatalf("others who answer (-alone +among):\n%s", diff)
		}
	})
}
