package feed_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/feed"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const feeds = "../../testdata/feeds"

// samples are the feeds of the test data.
var samples = []struct{ format, file, zone string }{
	{"statuspage", "statuspage.json", ""}, {"gcp", "gcp.json", ""}, {"aws", "aws.json", ""},
	{"slack", "slack.json", "Asia/Tokyo"}, {"github", "github.jsonl", ""}, {"csv", "intervals.csv", "Asia/Tokyo"},
}

func sample(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(feeds, file))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// read reads a feed that must be accepted.
func read(t testing.TB, format string, data []byte, o feed.Options) (*sla.Incident, contracts.Problems) {
	t.Helper()
	in, problems := feed.Read(format, "feed", data, o)
	if in == nil {
		t.Fatalf("%s: %v", format, problems)
	}
	return in, problems
}

// told is a line for each phase: its id, services, impact, start, length in seconds and what else it says.
func told(in *sla.Incident) []string {
	var out []string
	for _, e := range in.Events {
		for _, p := range e.Phases {
			line := fmt.Sprintf("%s [%s] %s %s", p.ID, strings.Join(p.Services, " "), p.Impact, p.Period.Start.UTC().Format("01-02T15:04:05.999Z"))
			if p.Period.Open() {
				line += " open"
			} else {
				line += " " + seconds(p.Period)
			}
			line += " by " + p.Clock
			for _, c := range p.Clocks {
				line += fmt.Sprintf(", %s by %s", seconds(c.Period), c.Source)
			}
			if p.Cause != "" {
				line += " cause " + p.Cause
			}
			if !p.Announced.IsZero() {
				line += " announced " + p.Announced.UTC().Format("01-02T15:04Z")
			}
			if p.Share.Cmp(contracts.Ratio{}) > 0 {
				line += " share " + p.Share.String()
			}
			out = append(out, line)
		}
	}
	return out
}

func seconds(p contracts.Period) string {
	return fmt.Sprintf("%d.%03ds", p.Millis()/1000, p.Millis()%1000)
}

// TestSamples holds the phases of every sample against those counted by hand from its times.
func TestSamples(t *testing.T) {
	want := map[string][]string{
		"statuspage": {
			"69sb0f8lydp4.1 [actions] partial 09-16T21:31:02.798Z 384.197s by posted",
			"69sb0f8lydp4.2 [pages] partial 09-16T21:31:02.798Z 1301.294s by posted",
			"69sb0f8lydp4.3 [actions] outage 09-16T21:37:26.995Z 1081.477s by posted",
			"69sb0f8lydp4.4 [actions] partial 09-16T21:55:28.472Z 790.861s by posted",
			"headeronly.1 [] outage 09-20T09:58:00Z open by posted",
		},
		"gcp": {
			"one.1 [cloud-storage-asia-northeast1] outage 07-15T23:57:00Z 3600.000s by posted",
			"two.1 [compute-engine-asia-northeast1 compute-engine-asia-northeast2] partial 07-17T00:00:00Z open by posted",
		},
		"aws": {
			"issue_1.1 [amazon-ec2] degraded 03-01T12:51:25Z 3600.000s by posted",
			"issue_1.2 [amazon-ec2] outage 03-01T13:51:25Z 3600.500s by posted",
			"issue_2.1 [amazon-sqs] degraded 03-01T21:20:00Z 3600.000s by posted",
		},
		"slack": {"1.1 [messaging] outage 06-26T09:00:00Z 5400.000s by posted"},
		"github": {
			"1.1 [pages] degraded 01-28T13:20:00Z 4920.000s by posted, 46800.000s by post-mortem",
			"2.1 [git] partial 01-31T22:00:00Z 7200.000s by post-mortem",
		},
		"csv": { // Tokyo is nine hours ahead
			"a.1 [web] outage 06-09T15:00:00Z 3600.000s by monitor share 3/10",
			"b.1 [web] none 06-10T03:00:00Z 1800.000s by monitor cause maintenance announced 06-08T03:00Z",
			"d.1 [mail] unknown 06-11T15:00:00Z open by monitor",
		},
	}
	for _, s := range samples {
		in, _ := read(t, s.format, sample(t, s.file), feed.Options{Zone: s.zone})
		if diff := cmp.Diff(want[s.format], told(in)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", s.format, diff)
		}
	}
}

// TestHeaderOvercharges shows what reading the header instead of the components' changes would cost: 73 % more of Pages.
func TestHeaderOvercharges(t *testing.T) {
	in, _ := read(t, "statuspage", sample(t, "statuspage.json"), feed.Options{Incident: "69sb0f8lydp4"})
	var actions, pages int64
	for _, p := range in.Events[0].Phases {
		if p.Services[0] == "pages" {
			pages += p.Period.Millis()
		} else {
			actions += p.Period.Millis()
		}
	}
	if actions != 2_256_535 || pages != 1_301_294 {
		t.Errorf("Actions %d ms, Pages %d ms; want 2256535 and 1301294", actions, pages)
	}
	start, end := time.Date(2024, 9, 16, 21, 31, 2, 713e6, time.UTC), time.Date(2024, 9, 16, 22, 8, 39, 333e6, time.UTC)
	if more := (end.Sub(start).Milliseconds() - pages) * 100 / pages; more != 73 {
		t.Errorf("the header has %d%% more than Pages was out, want 73%%", more)
	}
}

// asOf is the day to which open phases run in these tests.
var asOf = contracts.Date{Year: 2027, Month: 1, Day: 1}

// sameButPlaces compares what two incidents say.
var sameButPlaces = cmp.Options{
	cmpopts.IgnoreTypes(contracts.Pos{}), cmpopts.EquateComparable(contracts.Ratio{}), cmpopts.EquateEmpty(),
	cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) }),
}

// backAgain writes an incident and reads it again, which must give the same.
func backAgain(t *testing.T, in *sla.Incident, notes contracts.Problems) string {
	t.Helper()
	var file bytes.Buffer
	if err := feed.Write(&file, in, notes); err != nil {
		t.Fatal(err)
	}
	got, problems := sla.ReadIncident("incident.yaml", file.Bytes(), asOf)
	if problems.Err() != nil {
		t.Fatalf("what was written is refused: %v\n%s", problems.Err(), file.String())
	}
	loc, err := contracts.LoadZone(in.Zone)
	if err != nil {
		t.Fatal(err)
	}
	for i := range in.Events { // what is open runs to the end of the day
		for j := range in.Events[i].Phases {
			if p := &in.Events[i].Phases[j]; p.Period.Open() {
				p.Period.End = asOf.AddDays(1).In(loc)
			}
		}
	}
	if diff := cmp.Diff(in, got, sameButPlaces); diff != "" {
		t.Errorf("read again (-want +got):\n%s\n%s", diff, file.String())
	}
	return file.String()
}

// TestWrittenFilesReadBack holds every sample, and that the same feed gives the same bytes with its assumptions at the head.
func TestWrittenFilesReadBack(t *testing.T) {
	for _, s := range samples {
		t.Run(s.format, func(t *testing.T) {
			o := feed.Options{Zone: s.zone}
			in, notes := read(t, s.format, sample(t, s.file), o)
			first := backAgain(t, in, notes)
			in, notes = read(t, s.format, sample(t, s.file), o)
			if second := backAgain(t, in, notes); first != second {
				t.Errorf("two readings give two files:\n%s\n%s", first, second)
			}
			for _, n := range notes {
				if n.Severity() != "note" || !strings.Contains(first, "# "+n.Code+": "+n.Message+"\n") {
					t.Errorf("%s is not at the head of the file", n.Message)
				}
			}
		})
	}
}

// TestWriteTellsEverything writes what no feed has too.
func TestWriteTellsEverything(t *testing.T) {
	const file = `
id: "007"
title: {ja: 停止 "x"\, en: Outage}
zone: America/New_York
source: the report
services: {web: {ja: ウェブ}, "1": {en: Mail}}
heads: {repair: Repair}
facts: {no-backup: No backup}
parties: [{id: operator, title: The operator, role: provider}]
events:
  - id: e
    kind: outage
    title: "a: b # c"
    phases:
      - {id: e.1, title: "- x", from: 2024-11-03T01:30:00-04:00, to: 2024-11-03T01:30:00-05:00, services: [web], impact: partial, share: 1/3, announced: 2024-11-01 09:00, cause: provider, grade: gross, clock: monitor, clocks: [{source: notice, from: 2024-11-03 00:00, to: open}], source: a}
levels: [{of: sla, service: web, window: 2024-05, uptime: 99.7%}, {of: sla, window: "2024", uptime: 0%}, {of: delay, window: incident, value: 0}]
series: [{id: api, service: web, start: 2024-11-03 00:00, interval: 26h1m1s5ms, counts: [[1, 0], [1, 0], [2, 1]]}]
`
	in, problems := sla.ReadIncident("incident.yaml", []byte(file), asOf)
	if problems.Err() != nil {
		t.Fatal(problems)
	}
	backAgain(t, in, nil)
}

// units is UTF-16 of a text in an order of bytes, with its mark.
func units(order binary.AppendByteOrder, text string) []byte {
	out := order.AppendUint16(nil, 0xFEFF)
	for _, u := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, u)
	}
	return out
}

func TestUTF16GivesTheSame(t *testing.T) {
	text := string(sample(t, "aws.json"))
	want, _ := read(t, "aws", []byte(text), feed.Options{})
	for name, data := range map[string][]byte{
		"big end first": units(binary.BigEndian, text), "little end first": units(binary.LittleEndian, text), "the mark of UTF-8": []byte("\ufeff" + text),
	} {
		got, _ := read(t, "aws", data, feed.Options{})
		if diff := cmp.Diff(told(want), told(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	in, _ := read(t, "aws", units(binary.BigEndian, strings.Replace(text, "Increased", "🙂 増", 1)), feed.Options{Incident: "ISSUE_1"})
	if got, want := in.Title.EN, "🙂 増 error rates"; got != want {
		t.Errorf("the title is %q, want %q", got, want)
	}
}

// TestReplay reads the public record of GitHub's incidents from March 2022 to August 2026 (github.com/mrshu/github-statuses): 819, of which
// 163 have a post-mortem; by their posted times those last 257.8 hours, by the post-mortems 464.0.
func TestReplay(t *testing.T) {
	const file = "github-incidents-2022-2026.slim.jsonl"
	dir := os.Getenv("AMENDS_FEEDS")
	data, err := os.ReadFile(filepath.Join(dir, file))
	if dir == "" || err != nil {
		if os.Getenv("AMENDS_CI") == "1" {
			t.Log("the record is no part of the project: AMENDS_FEEDS may name the folder with " + file)
		}
		t.Skip("AMENDS_FEEDS does not name a folder with " + file)
	}
	in, notes := read(t, "github", data, feed.Options{})
	var told, moments int
	var posted, stated int64
	for _, e := range in.Events {
		for _, p := range e.Phases {
			switch {
			case p.Clock == "post-mortem": // posted for a moment
				moments++
				stated += p.Period.Millis()
			case len(p.Clocks) == 1:
				told++
				posted += p.Period.Millis()
				stated += p.Clocks[0].Period.Millis()
			}
		}
	}
	// 29 were posted for a moment; 7 of those have a post-mortem, and 22 are left out.
	if told+moments != 163 || moments != 7 || len(in.Events) != 819-22 {
		t.Errorf("%d incidents, of which %d and %d with a post-mortem; want 797, 156 and 7", len(in.Events), told, moments)
	}
	const tenth = 360_000 // ms
	if got, want := [2]int64{(posted + tenth/2) / tenth, (stated + tenth/2) / tenth}, [2]int64{2578, 4640}; got != want {
		t.Errorf("tenths of hours posted and stated: %d, want %d", got, want)
	}
	backAgain(t, in, notes)
}
