package feed_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/amends-go/amends/sla/feed"
	"github.com/google/go-cmp/cmp"
)

// page is a feed of one incident from 02:00 on 26 June 2026, with posts as "HH:MM status old>new", the newest first, and what else it says.
func page(extra string, posts ...string) []byte {
	var updates []string
	for _, p := range posts {
		f := strings.Fields(p)
		components := "null"
		if len(f) > 2 {
			old, now, _ := strings.Cut(f[2], ">")
			components = fmt.Sprintf(`[{"code": "c", "name": "C", "old_status": %q, "new_status": %q}]`, old, now)
		}
		updates = append(updates, fmt.Sprintf(`{"status": %q, "display_at": "2026-06-26T%s:00Z", "affected_components": %s}`, f[1], f[0], components))
	}
	return fmt.Appendf(nil, `{"incidents": [{"id": "i", "name": "n", "impact": "critical", "started_at": "2026-06-26T02:00:00Z", %s "incident_updates": [%s]}]}`, extra, strings.Join(updates, ","))
}

// TestTransitions tells how a component's states follow from posts.
func TestTransitions(t *testing.T) {
	const resolved = `"resolved_at": "2026-06-26T06:00:00Z",`
	tests := []struct {
		name    string
		data    []byte
		want    []string
		assumed string
	}{
		{"works again by a post before the end", page(resolved, "06:00 resolved operational>operational", "04:00 monitoring major_outage>operational", "03:00 identified operational>major_outage"),
			[]string{"i.1 [c] outage 06-26T03:00:00Z 3600.000s by posted"}, ""},
		{"posts in the order of time are the same", page(resolved, "03:00 identified operational>major_outage", "04:00 monitoring major_outage>operational", "06:00 resolved"),
			[]string{"i.1 [c] outage 06-26T03:00:00Z 3600.000s by posted"}, ""},
		{"goes from bad to worse", page(resolved, "05:00 resolved major_outage>operational", "04:00 update degraded_performance>major_outage", "03:00 identified operational>degraded_performance"),
			[]string{"i.1 [c] degraded 06-26T03:00:00Z 3600.000s by posted", "i.2 [c] outage 06-26T04:00:00Z 3600.000s by posted"}, ""},
		{"says the same twice", page(resolved, "05:00 resolved major_outage>operational", "04:00 update major_outage>major_outage", "03:00 identified operational>major_outage"),
			[]string{"i.1 [c] outage 06-26T03:00:00Z 7200.000s by posted"}, ""},
		{"was out before the first post", page(resolved, "05:00 resolved major_outage>operational", "03:00 identified major_outage>major_outage"),
			[]string{"i.1 [c] outage 06-26T02:00:00Z 10800.000s by posted"}, "already before the first post"},
		{"changed between two posts", page(resolved, "05:00 resolved partial_outage>operational", "03:00 identified operational>major_outage"),
			[]string{"i.1 [c] outage 06-26T03:00:00Z 7200.000s by posted"}, "between two posts"},
		{"is still out when the incident is resolved", page(resolved, "05:00 resolved", "03:00 identified operational>major_outage"),
			[]string{"i.1 [c] outage 06-26T03:00:00Z 7200.000s by posted"}, "when the incident was resolved"},
		{"is resolved by the header alone", page(resolved, "03:00 identified operational>major_outage"),
			[]string{"i.1 [c] outage 06-26T03:00:00Z 10800.000s by posted"}, "ends with the incident"},
		{"goes on", page("", "03:00 identified operational>major_outage"),
			[]string{"i.1 [c] outage 06-26T03:00:00Z open by posted"}, "its end is left open"},
		{"breaks again after it was resolved", page("", "08:00 resolved", "07:00 identified operational>partial_outage", "06:00 resolved major_outage>operational", "05:00 identified operational>major_outage"),
			[]string{"i.1 [c] outage 06-26T05:00:00Z 3600.000s by posted", "i.2 [c] partial 06-26T07:00:00Z 3600.000s by posted"}, ""},
		{"a post-mortem changes nothing", page(resolved, "09:00 postmortem operational>major_outage", "05:00 resolved major_outage>operational", "03:00 identified operational>major_outage"),
			[]string{"i.1 [c] outage 06-26T03:00:00Z 7200.000s by posted"}, ""},
		{"maintenance is no impact and a cause", page(resolved, "05:00 completed under_maintenance>operational", "03:00 in_progress operational>under_maintenance"),
			[]string{"i.1 [c] none 06-26T03:00:00Z 7200.000s by posted cause maintenance"}, ""},
		{"works by every post", page(resolved, "05:00 resolved operational>operational", "03:00 identified operational>operational"),
			[]string{"i.1 [] none 06-26T02:00:00Z 14400.000s by posted"}, "every post says that the components work"},
		{"no post names a component", page(resolved, "05:00 resolved", "03:00 identified"),
			[]string{"i.1 [] outage 06-26T02:00:00Z 14400.000s by posted"}, "the times and the impact of the header are taken"},
		{"no post names a component and the header has no end", page("", "05:00 resolved", "03:00 identified"),
			[]string{"i.1 [] outage 06-26T02:00:00Z 10800.000s by posted"}, ""},
	}
	for _, tt := range tests {
		in, notes := read(t, "statuspage", tt.data, feed.Options{})
		if diff := cmp.Diff(tt.want, told(in)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		var all []string
		for _, n := range notes {
			all = append(all, n.Message)
		}
		if text := strings.Join(all, "\n"); !strings.Contains(text, tt.assumed) {
			t.Errorf("%s: %q is not among the assumptions:\n%s", tt.name, tt.assumed, text)
		}
	}
}

// TestDatedBack takes the time that a post is shown at, not the one at which it was written, and says so.
func TestDatedBack(t *testing.T) {
	text := strings.Replace(pageOne, `"created_at": "2026-06-26T03:00:00Z"`, `"created_at": "2026-06-26T03:00:00Z", "display_at": "2026-06-26T02:30:00Z"`, 1)
	in, notes := read(t, "statuspage", []byte(text), feed.Options{})
	if diff := cmp.Diff([]string{"i.1 [c] outage 06-26T02:30:00Z 9000.000s by posted"}, told(in)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !strings.Contains(fmt.Sprint(notes), "the time shown is taken") {
		t.Errorf("not said: %v", notes)
	}
}

// TestPlannedWorks are announced when they were written.
func TestPlannedWorks(t *testing.T) {
	text := `{"scheduled_maintenances": [{"id": "m", "name": "Works", "impact": "maintenance", "created_at": "2026-06-20T00:00:00Z", "scheduled_for": "2026-06-26T02:00:00Z", "resolved_at": "2026-06-26T03:00:00Z",
"incident_updates": [{"status": "scheduled", "created_at": "2026-06-20T00:00:00Z", "affected_components": [{"code": "c", "name": "C", "old_status": "operational", "new_status": "under_maintenance"}]}], "components": [{"id": "c", "name": "C"}]}]}`
	in, _ := read(t, "statuspage", []byte(text), feed.Options{})
	if diff := cmp.Diff([]string{"m.1 [c] none 06-26T02:00:00Z 3600.000s by posted cause maintenance announced 06-20T00:00Z"}, told(in)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := in.Events[0].Kind; got != "maintenance" {
		t.Errorf("the kind is %s, want maintenance", got)
	}
}

// TestIDs are made of whatever a feed calls things, and differ where those do.
func TestIDs(t *testing.T) {
	table := "id,service,from,to\n" +
		"INC 1,Web (EU),2026-06-01T00:00:00Z,2026-06-01T01:00:00Z\n" +
		"inc-1,web eu,2026-06-02T00:00:00Z,2026-06-02T01:00:00Z\n" +
		"障害,決済;決済 2,2026-06-03T00:00:00Z,2026-06-03T01:00:00Z\n" +
		strings.Repeat("x", 80) + ",,2026-06-04T00:00:00Z,2026-06-04T01:00:00Z\n"
	in, notes := read(t, "csv", []byte(table), feed.Options{ID: "June 2026", Title: "June"})
	want := []string{
		"inc-1.1 [web-eu] outage 06-01T00:00:00Z 3600.000s by recorded",
		"inc-1-2.1 [web-eu-2] outage 06-02T00:00:00Z 3600.000s by recorded",
		"incident.1 [service 2] outage 06-03T00:00:00Z 3600.000s by recorded",
		strings.Repeat("x", 52) + ".1 [] outage 06-04T00:00:00Z 3600.000s by recorded",
	}
	if diff := cmp.Diff(want, told(in)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if in.ID != "june-2026" || in.Title.JA != "June" || in.Services[2].Title.JA != "決済" || in.Events[2].Phases[0].Source != "障害" {
		t.Errorf("id %s, title %v, services %v, source %s", in.ID, in.Title, in.Services, in.Events[2].Phases[0].Source)
	}
	backAgain(t, in, notes)
}
