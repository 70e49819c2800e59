package sla_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// What other projects' own tests and texts expect, as contract files: an example is named by the id of the case, and its source begins
// with the word published, for a value that stands in the source, or derived, for one worked out from its rule.
const peersFolder = "../testdata/peers"

// peersReplayed are the groups of cases of which every case is in a test.
var peersReplayed = []string{
	"accord.sla", "accord.late-delivery", "accord.late-delivery-fx", "accord.fragile-goods", "accord.perishable-goods", "accord.volume-bands",
	"iagree.points", "hoster.multiplier", "hoster.per-30-min", "hoster.per-0.1pct", "hoster.started-units", "hoster.request-example",
	"uptime.union-and-credit", "openfisca.scales", "dmn.hit-policies", "dmn.rounding", "catala.dates", "catala.periods",
	"catala.money-rounding", "catala.money-lib", "seaclouds.count-in-window", "oasis.calcrules", "oasis.cyber-waterfall",
	"fault.bars", "fault.multi-party",
	"catala.exceptions", "catala.shares",
	"valuation.decision-trees", "riskquant.expected-loss", "pyfair.nodes",
}

func peerFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(peersFolder, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no peers' cases in %s: %v", peersFolder, err)
	}
	return files
}

// TestPeers works the examples of every file out.
func TestPeers(t *testing.T) {
	for _, file := range peerFiles(t) {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) {
			c, problems := readLevel(t, file)
			if problems.Err() == nil {
				problems = append(problems, sla.CheckExamples(c)...)
			}
			for _, p := range problems {
				if p.IsError() {
					t.Error(p.Error())
				}
			}
			if c == nil {
				return
			}
			if c.ID != name || c.Source == "" {
				t.Errorf("the id is %q and the source %q, of the file %s", c.ID, c.Source, name)
			}
			for _, e := range c.Examples {
				if !strings.HasPrefix(e.Source, "published") && !strings.HasPrefix(e.Source, "derived") {
					t.Errorf("example %q does not say whether its value is published or derived", e.Name)
				}
			}
		})
	}
}

// TestPeersWithoutAnAnswer holds cases to which the peer answers with an error and ours with a sum, and what that is: limits of ours,
// which a change of the clauses may lift. Cases that ours refuses too are in the tests of package contracts.
func TestPeersWithoutAnAnswer(t *testing.T) {
	tests := []struct {
		id, words, file string
		change          func(*contracts.Example)
		want            contracts.Amount // in cents
	}{
		{"accord.perishable-goods-04", "no readings: a reading that is not on record counts as kept", "accord.perishable-goods.yaml",
			func(e *contracts.Example) { e.Levels = nil }, 0},
		{"accord.perishable-goods-02", "2500 units where the terms ask for 3000 to 3500: terms cannot bound a number of the list", "accord.perishable-goods.yaml",
			func(e *contracts.Example) { e.Numbers[0].Value = 2500 }, 350000},
		{"accord.perishable-goods-03", "4000 units where the terms ask for 3000 to 3500: terms cannot bound a number of the list", "accord.perishable-goods.yaml",
			func(e *contracts.Example) { e.Numbers[0].Value = 4000 }, 450000},
	}
	for _, tt := range tests {
		t.Run(tt.id+" "+tt.words, func(t *testing.T) {
			c, problems := readLevel(t, filepath.Join(peersFolder, tt.file))
			if err := problems.Err(); err != nil {
				t.Fatal(err)
			}
			e := c.Examples[0]
			e.Numbers = slices.Clone(e.Numbers)
			tt.change(&e)
			row, err := sla.RunExample(c, &e)
			if err != nil {
				t.Fatalf("refused, so that the limit is gone: %v", err)
			}
			if got := row.Payables; !slices.Equal(got, []contracts.Amount{tt.want}) {
				t.Errorf("pays %v, want %v", got, tt.want)
			}
		})
	}
}

// TestPeersAreAllHere holds the ids of the tests against the list of the cases.
func TestPeersAreAllHere(t *testing.T) {
	list := os.Getenv("AMENDS_PEERS")
	if list == "" {
		if os.Getenv("AMENDS_CI") == "1" {
			t.Log("the list of peers' cases is no part of the project: AMENDS_PEERS may name it")
		}
		t.Skip("AMENDS_PEERS does not name the list of peers' cases")
	}
	data, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	var cases struct {
		Groups []struct {
			ID    string
			Cases []struct{ ID string }
		}
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	here := map[string]bool{}
	id := regexp.MustCompile(`['"]([A-Za-z0-9._-]+)[ :'"]`)
	for _, file := range append(peerFiles(t), "peers_test.go", "several_peers_test.go", "several_law_test.go", "peers_exceptions_test.go", "../contracts/peers_test.go",
		"chance/chance_test.go", "whatif/whatif_test.go", "../internal/quantile/quantile_test.go") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range id.FindAllSubmatch(text, -1) {
			here[string(m[1])] = true
		}
	}
	n := 0
	for _, g := range cases.Groups {
		if !slices.Contains(peersReplayed, g.ID) {
			continue
		}
		for _, c := range g.Cases {
			if n++; !here[c.ID] {
				t.Errorf("no test has the case %s", c.ID)
			}
		}
	}
	if n == 0 {
		t.Error("the list has none of the groups")
	}
}
