package sla_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

// steps is a clause of one layer over all heads.
func steps(id string, t contracts.LayerTerms) *contracts.Layer {
	return &contracts.Layer{Provision: prov(id), Layers: []contracts.LayerTerms{t}}
}

func sumOf(a contracts.Amount) *contracts.LayerAmount { return &contracts.LayerAmount{Fixed: a} }

func partOf(num, den int64) *contracts.Ratio { return new(ratio(num, den)) }

func sum(a contracts.Amount) *contracts.Amount { return &a }

// of makes customers of losses of repair.
func of(losses ...contracts.Amount) []sla.Customer {
	var out []sla.Customer
	for i, a := range losses {
		out = append(out, claimant("c"+string(rune('a'+i)), a))
	}
	return out
}

// TestStepsOfALayer: each step below, at and above its edge, then all of them.
func TestStepsOfALayer(t *testing.T) {
	on := func(name string, terms contracts.LayerTerms, losses []contracts.Amount, want ...contracts.Amount) trial {
		return trial{name: name, clauses: []contracts.Clause{steps("l", terms)}, customers: of(losses...), want: want}
	}
	checkAll(t, []trial{
		on("no step pays all", contracts.LayerTerms{}, amounts(0, 1, 100), 0, 1, 100),
		on("a deductible of 100", contracts.LayerTerms{Deductible: sumOf(100)}, amounts(99, 100, 101), 0, 0, 1),
		// 95% of 19, 20 and 21 is 18.05, 19 and 19.95: what is left of the loss is rounded down.
		on("a deductible of 5% of the loss", contracts.LayerTerms{Deductible: &contracts.LayerAmount{OfLoss: partOf(1, 20)}}, amounts(19, 20, 21), 18, 19, 19),
		// 3% of 150 is 4.5, rounded down to 4.
		on("a deductible of 3% of the limit", contracts.LayerTerms{Deductible: &contracts.LayerAmount{OfLimit: partOf(3, 100)}, Limit: sumOf(150)}, amounts(4, 5, 153, 154, 155), 0, 1, 149, 150, 150),
		on("a franchise of more than 100", contracts.LayerTerms{Franchise: &contracts.Franchise{Over: sum(100)}}, amounts(99, 100, 101), 0, 0, 101),
		on("a franchise of at least 100", contracts.LayerTerms{Franchise: &contracts.Franchise{AtLeast: sum(100)}}, amounts(99, 100, 101), 0, 100, 101),
		on("a reverse franchise up to 100", contracts.LayerTerms{Franchise: &contracts.Franchise{UpTo: sum(100)}}, amounts(99, 100, 101), 99, 100, 0),
		on("a reverse franchise under 100", contracts.LayerTerms{Franchise: &contracts.Franchise{Under: sum(100)}}, amounts(99, 100, 101), 99, 0, 0),
		on("an attachment of 100", contracts.LayerTerms{Attachment: sum(100)}, amounts(99, 100, 101), 0, 0, 1),
		on("a limit of 100", contracts.LayerTerms{Limit: sumOf(100)}, amounts(99, 100, 101), 99, 100, 100),
		on("a limit of nothing", contracts.LayerTerms{Limit: sumOf(0)}, amounts(0, 1), 0, 0),
		on("a limit of a third of the loss", contracts.LayerTerms{Limit: &contracts.LayerAmount{OfLoss: partOf(1, 3)}}, amounts(2, 3, 4), 0, 1, 1),
		on("a part of 60%", contracts.LayerTerms{Part: partOf(3, 5)}, amounts(4, 5, 6), 2, 3, 3),
		// 9 × ½ = 4.5, 4 × ½ = 2: each share is rounded by itself; 9 × ¼ at once would be 2.25.
		on("shares of shares", contracts.LayerTerms{Shares: []contracts.Ratio{ratio(1, 2), ratio(1, 2)}}, amounts(3, 4, 9), 0, 1, 2),
		// 876 × 4/5 = 700.8, cut to 700, which is not more than 700. 1,000 × 4/5 = 800; − 50 of the whole 1,000 = 750; − 100 = 650; up to 500; 9/10 = 450.
		on("all steps in their order", contracts.LayerTerms{Part: partOf(4, 5), Franchise: &contracts.Franchise{Over: sum(700)}, Deductible: &contracts.LayerAmount{OfLoss: partOf(1, 20)},
			Attachment: sum(100), Limit: sumOf(500), Shares: []contracts.Ratio{ratio(9, 10)}}, amounts(876, 877, 1000), 0, 450, 450),
	})
}

// TestLayersOverOneSum: layers of 100 and of the next 200 at a half. A clause after them works on each by itself or on all together.
func TestLayersOverOneSum(t *testing.T) {
	two := &contracts.Layer{Provision: prov("two"), Layers: []contracts.LayerTerms{{Limit: sumOf(100)}, {Attachment: sum(100), Limit: sumOf(200), Shares: []contracts.Ratio{ratio(1, 2)}}}}
	each := &contracts.Layer{Provision: prov("each"), EachLayer: true, Layers: []contracts.LayerTerms{{Deductible: sumOf(10)}, {Deductible: sumOf(20)}}}
	losses := of(100, 101, 102, 299, 300, 301)
	overlap := &contracts.Layer{Provision: prov("overlap"), Layers: []contracts.LayerTerms{{Limit: sumOf(100)}, {Attachment: sum(50), Limit: sumOf(100)}}}
	checkAll(t, []trial{
		{name: "100, and half of what is above, fractions dropped", clauses: []contracts.Clause{two}, customers: losses, want: amounts(100, 100, 101, 199, 200, 200)},
		{name: "each less its own deductible", clauses: []contracts.Clause{two, each}, customers: losses, want: amounts(90, 90, 90, 169, 170, 170)},
		{name: "together less one", clauses: []contracts.Clause{two, steps("all", contracts.LayerTerms{Deductible: sumOf(30)})}, customers: losses, want: amounts(70, 70, 71, 169, 170, 170)},
		// 50 + 0; 100 + 50 of 100 is cut to 100; 100 + 100 of 200.
		{name: "layers that overlap leave no more than the loss", clauses: []contracts.Clause{overlap}, customers: of(50, 100, 149, 150, 200), want: amounts(50, 100, 149, 150, 200)},
	})
}

// TestCessions: another bears what is above 100, up to 300, and 40% of that in the end; what is left is never less than nothing.
func TestCessions(t *testing.T) {
	cede := func(id string, terms contracts.LayerTerms) *contracts.Layer {
		l := steps(id, terms)
		l.Cession = "policy"
		return l
	}
	above := contracts.LayerTerms{Attachment: sum(100), Limit: sumOf(300)}
	checkAll(t, []trial{
		{name: "above 100, up to 300", clauses: []contracts.Clause{cede("c", above)}, customers: of(99, 100, 101, 400, 401), want: amounts(99, 100, 100, 100, 101)},
		{name: "40% of that", clauses: []contracts.Clause{cede("c", above), cede("s", contracts.LayerTerms{Shares: []contracts.Ratio{ratio(2, 5)}})}, customers: of(101, 103, 400), want: amounts(101, 102, 280)},
		{name: "all of it", clauses: []contracts.Clause{cede("c", contracts.LayerTerms{})}, customers: of(0, 1, 100), want: amounts(0, 0, 0)},
		{name: "two cessions, one after the other", clauses: []contracts.Clause{cede("c", above), func() contracts.Clause {
			l := steps("d", contracts.LayerTerms{Shares: []contracts.Ratio{ratio(1, 2)}})
			l.Cession = "other"
			return l
		}()},
			customers: of(100, 400), want: amounts(50, 50)},
		{name: "a cession that does not stand takes nothing", clauses: []contracts.Clause{cede("c", above)}, findings: []sla.Finding{found("clause.c", "set-aside")}, customers: of(400), want: amounts(400)},
	})
}

// TestLayersStandOrFall: a deductible of 1,000 against the losses of everywhere (123,456: deletion 100,400; rebuild 20,050; outage 3,006).
func TestLayersStandOrFall(t *testing.T) {
	less := func(p contracts.Provision) *contracts.Layer {
		return &contracts.Layer{Provision: p, Layers: []contracts.LayerTerms{{Deductible: sumOf(110_000)}}}
	}
	perClaim := less(prov("d"))
	perClaim.PerClaim, perClaim.Layers[0].Deductible = true, sumOf(5_000)
	profit := less(prov("d"))
	profit.Heads, profit.Layers[0].Deductible = []string{"profit"}, sumOf(400)
	in := func(name string, want contracts.Amount, clauses []contracts.Clause, findings ...sla.Finding) trial {
		return trial{name: name, clauses: clauses, events: stages(), findings: findings, customers: everywhere(), want: amounts(want)}
	}
	one := []contracts.Clause{less(prov("d"))}
	graded := []sla.Finding{found("grade.deletion", "ordinary"), found("grade.rebuild", "gross"), found("grade.outage", "ordinary")}
	checkAll(t, []trial{
		in("it stands", 13_456, one),
		in("set aside", 123_456, one, found("clause.d", "set-aside")),
		in("the findings name another sum", 123_455, one, found("deductible.d", "1")),
		in("lifted", 123_456, append([]contracts.Clause{&contracts.CarveOut{Provision: prov("lift", gross), Lifts: []string{"d"}}}, one...), found("grade", "gross")),
		in("not lifted", 13_456, append([]contracts.Clause{&contracts.CarveOut{Provision: prov("lift", gross), Lifts: []string{"d"}}}, one...)),
		// Of deletion and outage, 103,406, nothing is left; the 20,050 of rebuild are outside.
		in("not of a phase of gross negligence", 20_050, []contracts.Clause{less(provUnless("d", gross))}, graded...),
		// 450 of deletion and rebuild less 400, outage 6: the deductible is of the sum of the row.
		in("of one head: 456 less 400", 123_056, []contracts.Clause{profit}),
		// 120,450 − 5,000 and nothing of 3,006.
		in("for each claim", 115_450, []contracts.Clause{perClaim}),
	})
	consumers := trial{name: "void against a consumer for gross negligence", law: "jp", clauses: one, events: stages(), customers: everywhere(), findings: []sla.Finding{found("grade", "gross")}}
	consumers.customers[0].Consumer = true
	consumers.clauses = append(slices.Clone(one), &contracts.LossExclusion{Provision: prov("x", consumer), Heads: []string{"fees"}}) // asks whether the customer is one
	consumers.want = amounts(123_456)
	consumers.check(t)
}

// TestLayersInOrder: own fault of a half and a limit of 300 about a deductible of 100, of a loss of 1,000.
func TestLayersInOrder(t *testing.T) {
	own, layer, limit, set := contracts.StageOwnFault, contracts.StageLayer, contracts.StageCap, contracts.StageSetOff
	on := func(name string, want contracts.Amount, order ...contracts.Stage) trial {
		return trial{name: name, order: order, clauses: []contracts.Clause{&contracts.OwnFault{Provision: prov("own")}, fixed("cap", 300, contracts.PerSubscription), steps("l", contracts.LayerTerms{Deductible: sumOf(100)})},
			findings: []sla.Finding{found("own_fault", "1/2")}, customers: of(1000), want: amounts(want)}
	}
	checkAll(t, []trial{
		on("no order: 500, 400, 300", 300),
		on("an order without layers has them before the caps", 300, own, set, limit),
		on("layers last: 500, 300, 200", 200, own, set, limit, layer),
		on("layers first: 900, 450, 300", 300, layer, own, set, limit),
		on("the cap first: 300, 150, 50", 50, limit, own, set, layer),
		on("the cap and layers first: 300, 200, 100", 100, limit, layer, own, set),
	})
}

// TestSilentTermsOfLayersAreAssumed lists what the result says of terms that leave the choices open.
func TestSilentTermsOfLayersAreAssumed(t *testing.T) {
	names := func(tt trial) []string {
		var out []string
		for _, a := range tt.program(t).Assumptions {
			if !strings.HasPrefix(a.Name, "credits.") {
				out = append(out, a.Name)
			}
		}
		return out
	}
	one := []contracts.Clause{steps("l", contracts.LayerTerms{Limit: sumOf(1)}), fixed("cap", 300, contracts.PerSubscription), fixed("claim", 300, contracts.PerClaim)}
	if diff := cmp.Diff([]string{"order.layer", "layer.heads", "per.l", "used.cap"}, names(trial{clauses: one, events: stages()})); diff != "" {
		t.Errorf("silent (-want +got):\n%s", diff)
	}
	stated := steps("l", contracts.LayerTerms{Limit: sumOf(1)})
	stated.PerClaim, stated.ByLoss = true, true
	used := fixed("cap", 300, contracts.PerSubscription)
	used.Used = contracts.FeeToDate
	order := []contracts.Stage{contracts.StageOwnFault, contracts.StageSetOff, contracts.StageLayer, contracts.StageCap}
	if got := names(trial{order: order, clauses: []contracts.Clause{stated, used}, events: stages()}); got != nil {
		t.Errorf("stated: %v", got)
	}
}

// TestLayerWords tells a clause's terms with the values found.
func TestLayerWords(t *testing.T) {
	l := &contracts.Layer{Provision: prov("l"), Layers: []contracts.LayerTerms{{Deductible: sumOf(50_000), Limit: sumOf(500_000)}, {Attachment: sum(500_000), Limit: sumOf(1_000_000), Shares: []contracts.Ratio{ratio(1, 2)}}}}
	step := stepOf(t, trial{clauses: []contracts.Clause{l}, findings: []sla.Finding{found("portion-2.l", "80%")}}.run(t), claimant("c", 2_000_000), "l")
	want := []contracts.Text{
		{JA: "第1層: 免責金額 50,000 を差し引く、500,000 まで", EN: "layer 1: less a deductible of 50,000, up to 500,000"},
		{JA: "第2層: 500,000 を超える部分を 1,000,000 まで、その80%", EN: "layer 2: 1,000,000 above 500,000, 80% of it"},
	}
	if diff := cmp.Diff(want, step.Why); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	heads := trial{clauses: []contracts.Clause{onHeads("some", 1, contracts.PerSubscription, "repair", "profit"), butHeads("rest", 1, contracts.PerSubscription, "repair")}}.run(t)
	for clause, want := range map[string]contracts.Text{"some": {JA: "対象の損害項目: repair、profit", EN: "on these heads alone: repair, profit"}, "rest": {JA: "対象外の損害項目: repair", EN: "on all heads but these: repair"}} { // order: each by itself
		if got := stepOf(t, heads, claimant("c", 5), clause).Why; len(got) != 1 || got[0] != want {
			t.Errorf("%s: %v, want %v", clause, got, want)
		}
	}
}

// TestLayersThatAreRefused: clauses that work layer by layer must find as many, and heads must be of the incident.
func TestLayersThatAreRefused(t *testing.T) {
	two := &contracts.Layer{Provision: prov("two"), Layers: []contracts.LayerTerms{{}, {Limit: sumOf(1)}}}
	three := &contracts.Layer{Provision: prov("three"), EachLayer: true, Layers: []contracts.LayerTerms{{}, {}, {}}}
	byLoss := steps("by-loss", contracts.LayerTerms{})
	byLoss.ByLoss = true
	unknown := steps("unknown", contracts.LayerTerms{})
	unknown.Heads = []string{"repair", "nothing"}
	for _, tt := range []struct {
		name    string
		clauses []contracts.Clause
		want    string
	}{
		{"three layers one by one after two", []contracts.Clause{two, three}, "E_CONFLICT: clause three works on 3 layers one by one, and head repair has 2"},
		{"one layer by one after two", []contracts.Clause{two, func() contracts.Clause { l := steps("one", contracts.LayerTerms{}); l.EachLayer = true; return l }()}, "E_CONFLICT: clause one works on 1 layers one by one"},
		{"three layers one by one at first", []contracts.Clause{three}, "and head repair has 1"},
		{"two layers together by the loss", []contracts.Clause{two, byLoss}, "E_CONFLICT: clause by-loss shares the sum of several layers by the loss"},
		{"a head that is not of the incident", []contracts.Clause{unknown}, "E_UNKNOWN_HEAD: head of loss \"nothing\" is not of the incident"},
		{"a cap on one", []contracts.Clause{onHeads("k", 1, contracts.PerClaim, "nothing")}, "E_UNKNOWN_HEAD: head of loss \"nothing\" is not of the incident"},
		{"a cap on all but one", []contracts.Clause{butHeads("k", 1, contracts.PerClaim, "nothing")}, "E_UNKNOWN_HEAD: head of loss \"nothing\" is not of the incident"},
		{"a fee that the list does not have", []contracts.Clause{&contracts.Cap{Provision: prov("k"), Per: contracts.PerClaim, Used: "year"}}, "E_UNKNOWN_FEE: the customer list has no fee \"year\""},
	} {
		tr := trial{clauses: tt.clauses}
		in := tr.incident()
		_, err := sla.Compile(tr.contract(t), in, sla.Shape{Lines: everyLine(in)})
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}
