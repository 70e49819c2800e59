package sla_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// onRecord is an incident of which no phase is known, only levels and counted requests.
const onRecord = `id: a
title: A
zone: Europe/Berlin
services: {web: Web, mail: Mail}
levels:
  - {of: sla, service: web, window: 2024-03, uptime: 99.7%}
  - {of: sla, window: 2024-Q2, value: 27}
series:
  - {id: api, service: web, start: 2024-03-31 01:30, interval: 15m, counts: [[5, 1], [5, 1], [0, 0]]}
`

func TestRecordedProblems(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{"a level twice", "{of: sla, window: 2024-Q2, value: 27}", "{of: sla, service: web, window: 2024-03, value: 1}", "7:5 E_DUP_ID levels[1]"},
		{"a level of another service", "{of: sla, window: 2024-Q2, value: 27}", "{of: sla, service: mail, window: 2024-03, value: 1}", ""},
		{"a level of every service beside that of one", "window: 2024-Q2", "window: 2024-03", ""},
		{"a level of an unknown service", "service: web, window", "service: ftp, window", "6:5 E_UNKNOWN_SERVICE levels[0]"},
		{"a series of an unknown service", "service: web, start", "service: ftp, start", "9:5 E_UNKNOWN_SERVICE series[0]"},
		{"an uptime of all", "99.7%", "100%", ""},
		{"an uptime of more than all", "99.7%", "100.01%", "6:54 E_RANGE levels[0].uptime"},
		{"an uptime of four digits behind the point", "99.7%", "99.9999%", ""},
		{"an uptime that no ratio holds", "99.7%", "99.99999%", "6:54 E_RANGE levels[0].uptime"},
		{"a label of no window", "2024-Q2", "Q2", "7:23 E_DATE levels[1].window"},
		{"all failed", "[5, 1], [0", "[5, 5], [0", ""},
		{"more failed than there were", "[5, 1], [0", "[5, 6], [0", "9:86 E_RANGE series[0].counts[1]"},
		{"a series twice", "[0, 0]]}\n", "[0, 0]]}\n  - {id: api, start: 2024-03-31 01:30, interval: 1h, counts: [[1, 0]]}\n", "10:5 E_DUP_ID series[1]"},
		{"a start that the zone skips", "2024-03-31 01:30", "2024-03-31 02:30", "9:36 E_TIME_GAP series[0].start"},
		{"the most intervals", "counts: [[5, 1], [5, 1], [0, 0]]", "runs: [{of: 5299999, total: 1, failed: 0}, {of: 1, total: 1, failed: 0}]", ""},
		{"one more than that", "counts: [[5, 1], [5, 1], [0, 0]]", "runs: [{of: 5300000, total: 1, failed: 0}, {of: 1, total: 1, failed: 0}]", "9:112 E_LIMIT_INTERVALS series[0].runs[1]"},
	}
	for _, tt := range tests {
		text := strings.Replace(onRecord, tt.old, tt.new, 1)
		if text == onRecord {
			t.Fatalf("%s: nothing is changed", tt.name)
		}
		_, problems := sla.ReadIncident("incident.yaml", []byte(text), contracts.Date{})
		var got []string
		for _, p := range problems {
			field, _, _ := strings.Cut(p.Field, ".service")
			got = append(got, fmt.Sprintf("%d:%d %s %s", p.Line, p.Column, p.Code, field))
			if p.File != "incident.yaml" || p.Message == "" || p.Hint == "" && p.Code != "E_RANGE" {
				t.Errorf("%s: %v does not say enough", tt.name, p)
			}
		}
		if diff := cmp.Diff(tt.want, strings.Join(got, "; ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s\n%v", tt.name, diff, problems)
		}
	}
}

// TestRunsAreCounts tells the same series both ways.
func TestRunsAreCounts(t *testing.T) {
	same := strings.Replace(onRecord, "counts: [[5, 1], [5, 1], [0, 0]]", "runs: [{of: 2, total: 5, failed: 1}, {of: 1, total: 0, failed: 0}]", 1)
	want, problems := sla.ReadIncident("incident.yaml", []byte(onRecord), contracts.Date{})
	got, more := sla.ReadIncident("incident.yaml", []byte(same), contracts.Date{})
	if problems.Err() != nil || more.Err() != nil {
		t.Fatal(problems, more)
	}
	if diff := cmp.Diff(want.Series, got.Series, cmpopts.IgnoreTypes(contracts.Pos{})); diff != "" || len(got.Series[0].Counts) != 3 {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestSpanOfRecords is that of the series, also over the night in which an hour is skipped; of levels alone, that of their windows.
func TestSpanOfRecords(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	levels, _, _ := strings.Cut(onRecord, "series:")
	tests := []struct {
		name, text, start, end string
	}{
		{"three quarters of an hour from half past one are until a quarter past three", onRecord, "2024-03-31T01:30:00+01:00", "2024-03-31T03:15:00+02:00"},
		{"levels from March to June", levels, "2024-03-01T00:00:00+01:00", "2024-07-01T00:00:00+02:00"},
	}
	for _, tt := range tests {
		in, problems := sla.ReadIncident("incident.yaml", []byte(tt.text), contracts.Date{})
		if problems.Err() != nil {
			t.Fatal(problems)
		}
		if got := in.Span(); !got.Start.Equal(at(tt.start)) || !got.End.Equal(at(tt.end)) {
			t.Errorf("%s: from %s to %s, want %s to %s", tt.name, got.Start, got.End, tt.start, tt.end)
		}
	}
}
