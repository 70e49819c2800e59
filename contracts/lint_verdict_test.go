package contracts_test

import (
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/google/go-cmp/cmp"
)

// hundredths is a level in hundredths of one per cent: 9995 is 99.95%.
func hundredths(n int64) *contracts.Ratio { return new(contracts.MustRatio(n, 10_000)) }

// band is a rung from one level, included, up to another, excluded.
func band(from, below, pays int64) contracts.LevelRung {
	return contracts.LevelRung{Span: contracts.LevelSpan{Low: hundredths(from), LowIn: true, High: hundredths(below)}, Pays: pays}
}

// closed is a rung with both its edges, under and upTo those without a lower edge.
func closed(from, to, pays int64) contracts.LevelRung {
	r := band(from, to, pays)
	r.Span.HighIn = true
	return r
}

func under(below, pays int64) contracts.LevelRung {
	return contracts.LevelRung{Span: contracts.LevelSpan{High: hundredths(below)}, Pays: pays}
}

func upTo(to, pays int64) contracts.LevelRung {
	return contracts.LevelRung{Span: contracts.LevelSpan{High: hundredths(to), HighIn: true}, Pays: pays}
}

// TestPublishedVerdicts holds the five verdicts for nine public SLAs against those that the iAgree analyser publishes with them:
// isa-group/governify-agreement-analyzer, commit 2cfab37a62bc64193739f8a375490bcd53bbed87, tests/resources/agreements. Levels,
// payments, objectives (three of them point the wrong way there) and verdicts are facts of that repository; the gaps are read off the
// levels by hand, as it looks for none. Its levels have two decimals, and its payments a type that holds most.
func TestPublishedVerdicts(t *testing.T) {
	uptime := contracts.LevelDomain{To: contracts.One, Step: contracts.MustRatio(1, 10_000)}
	atLeast, over, same, atMost, below := contracts.AtLeastLevel, contracts.OverLevel, contracts.SameLevel, contracts.AtMostLevel, contracts.UnderLevel
	days := func(n int64) *contracts.Ratio { return new(contracts.MustRatio(n, 1)) }
	factobyte := []contracts.LevelRung{closed(9990, 10_000, 0), band(9000, 9980, 1000), band(8000, 8990, 2500), band(7000, 7990, 5000), under(6990, 10_000)}
	cloudLock := []contracts.LevelRung{band(9750, 9900, 2), band(9500, 9750, 5), under(9500, 10)}
	cdmon := []contracts.LevelRung{band(9900, 9995, 2), band(9500, 9900, 4), under(9500, 5)}
	ofFactobyte := []string{"[69.9%, 70%)", "[79.9%, 80%)", "[89.9%, 90%)", "[99.8%, 99.9%)"}
	tests := []struct {
		name                    string
		domain                  contracts.LevelDomain
		promise                 contracts.Objective
		most                    int64
		table                   []contracts.LevelRung
		cfc, vfc, ccc, csc, gcc bool
		gaps                    []string
	}{
		{"Amazon EC2", uptime, contracts.Objective{Is: atLeast, Level: *hundredths(9995)}, 10_000, []contracts.LevelRung{band(9900, 9995, 10), under(9900, 30)}, true, false, false, false, false, nil},
		{"Microsoft Azure Cloud Services", uptime, contracts.Objective{Is: atLeast, Level: *hundredths(9995)}, 10_000, []contracts.LevelRung{band(9900, 9995, 10), under(9900, 25)}, true, false, false, false, false, nil},
		{"Host Europe", uptime, contracts.Objective{Is: same, Level: *hundredths(9990)}, 100, []contracts.LevelRung{closed(9800, 9980, 10), closed(9500, 9790, 25), closed(9000, 9490, 50), upTo(8990, 100)},
			true, false, true, true, false, []string{"(89.9%, 90%)", "(94.9%, 95%)", "(97.9%, 98%)"}},
		{"Factobyte Hosting", uptime, contracts.Objective{Is: atMost, Level: *hundredths(9990)}, 10_000, factobyte, true, false, true, true, true, ofFactobyte},
		{"Cloud Lock CyberSecurity", uptime, contracts.Objective{Is: atMost, Level: *hundredths(9900)}, 10_000, cloudLock, true, false, true, false, true, nil},
		{"Cisco Meraki Hosted Software", uptime, contracts.Objective{Is: atLeast, Level: *hundredths(9999)}, 10_000, []contracts.LevelRung{band(9990, 9999, 3), band(9900, 9990, 7), under(9900, 15)}, true, false, false, false, false, nil},
		{"Cdmon Virtual Server", uptime, contracts.Objective{Is: atMost, Level: *hundredths(9995)}, 10_000, cdmon, true, false, true, false, true, nil},
		{"Sandetel, normal interventions", uptime, contracts.Objective{Is: over, Level: *hundredths(9000)}, 10_000,
			[]contracts.LevelRung{band(9400, 9500, 100), band(9300, 9400, 200), band(9200, 9300, 300), band(9100, 9200, 400), band(9000, 9100, 500), under(9000, 1000)}, true, false, false, false, true, nil},
		{"GNWT project, with a reward", contracts.LevelDomain{To: *days(200), Step: contracts.One}, contracts.Objective{Is: below, Level: *days(120)}, 100,
			[]contracts.LevelRung{{Span: contracts.LevelSpan{Low: days(120), LowIn: true}, Pays: 10}, {Span: contracts.LevelSpan{Low: days(80), LowIn: true, High: days(80), HighIn: true}, Pays: -5}}, true, false, true, false, false, nil},

		// With the objective turned round, as the terms say, only what is wrong with the table itself remains.
		{"Factobyte Hosting, promise turned round", uptime, contracts.Objective{Is: atLeast, Level: *hundredths(9990)}, 10_000, factobyte, true, false, true, true, false, ofFactobyte},
		{"Cloud Lock CyberSecurity, promise turned round", uptime, contracts.Objective{Is: atLeast, Level: *hundredths(9900)}, 10_000, cloudLock, true, false, false, false, false, nil},
		{"Cdmon Virtual Server, promise turned round", uptime, contracts.Objective{Is: atLeast, Level: *hundredths(9995)}, 10_000, cdmon, true, false, false, false, false, nil},

		// Answers that none of the nine has.
		{"a penalty and a reward at one level", uptime, contracts.Objective{Is: atLeast, Level: *hundredths(9000)}, 100, []contracts.LevelRung{under(9500, 10), closed(9400, 10_000, -5)}, true, true, false, false, true, nil},
		{"two penalties at every level", uptime, contracts.Objective{Is: atLeast, Level: contracts.One}, 100, []contracts.LevelRung{upTo(10_000, 10), upTo(10_000, 10)}, false, false, false, false, true, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := contracts.LadderVerdicts(tt.domain, tt.promise, tt.most, contracts.Ratio.Percent, tt.table...)
			want := contracts.LadderVerdict{Consistent: tt.cfc, PaysBothWays: tt.vfc, NotMonotone: tt.ccc, Saturates: tt.csc, PaysWhileMet: tt.gcc, Gaps: tt.gaps}
			if strings.HasPrefix(tt.name, "two penalties") {
				want.Overlaps = []string{"[0%, 100%]"}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("verdict (-want +got):\n%s", diff)
			}
		})
	}
}
