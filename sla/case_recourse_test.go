package sla_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

// TestTheGradeOfASupplierIsOpen: what was reported of the hoster's fault says nothing of the data centre's. Without a finding both are worked out: ordinary,
// within the limit, and gross, without it.
func TestTheGradeOfASupplierIsOpen(t *testing.T) {
	files := changed(t, stories(t)["chain-of-suppliers"], func(_, text string) string {
		return strings.Replace(text, "      grade.cooling@data-centre: {is: ordinary, reason: {ja: 点検漏れは軽過失, en: an inspection left out is ordinary negligence}}\n", "", 1)
	})
	_, list := outcomes(t, files)
	got := list[0].recoveries
	var readings []contracts.Amount
	for _, x := range got[0].Row.Readings() {
		readings = append(readings, x.Payable)
	}
	if diff := cmp.Diff([]contracts.Amount{900_000, 1_142_857}, slices.Compact(readings)); diff != "" || got[0].Row.Outcome() != sla.NeedsJudgement {
		t.Errorf("%s, readings (-want +got):\n%s", got[0].Row.Outcome(), diff)
	}
}

// TestRecoursesThatCannotBe: each slip in the papers of a recourse is a problem with its place and what would be right, and nothing is computed.
func TestRecoursesThatCannotBe(t *testing.T) {
	chain := stories(t)["chain-of-suppliers"]
	tests := []struct {
		name, file, old, new string
		code, at, says       string
	}{
		{"a claimant whom the incident does not know", "case.yaml", "from: data-centre", "from: datacentre", "E_UNKNOWN_PARTY", "case.yaml", "one of hoster, data-centre, power"},
		{"a claim against oneself", "case.yaml", "to: power", "to: data-centre", "E_RECOURSE", "case.yaml", "nobody recovers from itself"},
		{"a claimant that owes nothing by then", "case.yaml", "from: hoster\n    to: data-centre", "from: power\n    to: data-centre", "E_RECOURSE", "case.yaml", "let the recourse against it come first"},
		{"a head that the incident does not know", "case.yaml", "claim: {head: third-party-claims}\n    monthly_fee", "claim: {head: claims}\n    monthly_fee", "E_UNKNOWN_HEAD", "case.yaml", "third-party-claims"},
		{"a fee on which the contract counts", "case.yaml", "    monthly_fee: 150000\n", "", "E_RECOURSE", "case.yaml", "counts from monthly_fee"},
		{"another currency", "contracts/power.yaml", "currency: JPY", "currency: USD", "E_CURRENCY", "case.yaml", "state both in one currency"},
		{"a clause of two contracts", "contracts/power.yaml", "id: p-own", "id: d-cap", "E_DUP_ID", "contracts/power.yaml", "give each its own"},
		{"a share above the whole", "case.yaml", "    monthly_fee: 150000\n", "    monthly_fee: 150000\n    own_share: 130%\n", "E_RANGE", "case.yaml", "by-shares"},
		{"a field of the claim that nobody knows", "case.yaml", "claim: {head: third-party-claims}\n    monthly_fee", "claim: {head: third-party-claims, share: 1/2}\n    monthly_fee", "E_UNKNOWN_FIELD", "case.yaml", "one of head, phase"},
		{"a loss twice", "case.yaml", "losses: [{head: staff-time, amount: 200000}]", "losses: [{head: staff-time, amount: 200000}, {head: staff-time, amount: 1}]", "E_DUP_ID", "case.yaml", "add the amounts"},
		{"a sum that is none", "case.yaml", "monthly_fee: 150000", "monthly_fee: 150.5", "E_PRECISION", "case.yaml", ""},
		{"a contract that is not there", "case.yaml", "contracts/power.yaml", "contracts/grid.yaml", "E_FILE", "case.yaml", "does not exist"},
		{"a grade of nobody", "findings.yaml", "grade.cooling@power", "grade.cooling@grid", "E_UNKNOWN_PARAMETER", "findings.yaml", "grade.cooling"},
		{"a settlement of one who does not answer to the customers", "customers.csv", "id,monthly_fee,", "id,settled.power,", "E_UNKNOWN_PARTY", "customers.csv", "answers: true"},
		{"shares that are not one", "findings.yaml", "share.power: {is: 30%", "share.power: {is: 31%", "E_SHARES", "findings.yaml", "101%"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := changed(t, chain, func(name, text string) string {
				if name != tt.file {
					return text
				}
				if !strings.Contains(text, tt.old) {
					t.Fatalf("%s has no %q", name, tt.old)
				}
				return strings.Replace(text, tt.old, tt.new, 1)
			})
			c, problems := sla.OpenCase(files, sla.ReadOptions{})
			if c != nil {
				t.Fatal("the case was taken")
			}
			for _, p := range problems {
				if p.Code == tt.code && p.File == tt.at && p.Line > 0 && strings.Contains(p.Message+" "+p.Hint, tt.says) {
					return
				}
			}
			t.Errorf("want %s in %s that says %q, got %v", tt.code, tt.at, tt.says, problems)
		})
	}
}
