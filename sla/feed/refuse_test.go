package feed_test

import (
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/feed"
	"github.com/google/go-cmp/cmp"
)

const slackOne = `[{"id": 1, "title": "a", "type": "outage", "status": "resolved", "date_created": "2026-06-26T02:00:00Z", "notes": [{"date_created": "2026-06-26T03:00:00Z"}], "services": ["x"]}]`

const pageOne = `{"page": {"name": "P"}, "incidents": [{"id": "i", "name": "n", "impact": "minor", "started_at": "2026-06-26T02:00:00Z", "resolved_at": "2026-06-26T05:00:00Z", "incident_updates": [
  {"status": "resolved", "created_at": "2026-06-26T05:00:00Z", "affected_components": []},
  {"status": "identified", "created_at": "2026-06-26T03:00:00Z", "affected_components": [{"code": "c", "name": "C", "old_status": "operational", "new_status": "major_outage"}]}]}]}`

const rows = "id,service,from,to,impact,share\na,web,2026-06-26T02:00:00Z,2026-06-26T03:00:00Z,outage,30%\n"

// TestRefused changes one thing of a sound feed; the problem must be of that code and line.
func TestRefused(t *testing.T) {
	sound := map[string]string{"slack": slackOne, "statuspage": pageOne, "csv": rows}
	tests := []struct {
		format, name, old, new string
		code                   string
		line                   int
	}{
		{"slack", "a key twice", `"id": 1`, `"id": 1, "id": 1`, "E_DUP_KEY", 1},
		{"slack", "a key twice, once escaped", `"id": 1`, `"id": 1, "i\u0064": 1`, "E_DUP_KEY", 1},
		{"slack", "text after the end", `}]`, `}]]`, "E_JSON", 1},
		{"slack", "a comma too many", `}]`, `},]`, "E_JSON", 1},
		{"slack", "a file cut off", `"services": ["x"]}]`, `"services"`, "E_JSON", 1},
		{"slack", "nothing", slackOne, ``, "E_JSON", 1},
		{"slack", "half of a surrogate pair", `"a"`, `"\ud83d"`, "E_ENCODING", 1},
		{"slack", "halves in the wrong order", `"a"`, `"\ude42\ud83d"`, "E_ENCODING", 1},
		{"slack", "a whole pair", `"a"`, `"\ud83d\ude42"`, "", 0},
		{"slack", "an escaped escape", `"a"`, `"\\ud83d"`, "", 0},
		{"slack", "bytes that are not UTF-8", `"a"`, "\"\xff\"", "E_ENCODING", 1},
		{"slack", "65 levels", `"a"`, strings.Repeat("[", 63) + strings.Repeat("]", 63), "E_DEPTH", 1},
		{"slack", "an object in place of the list", slackOne, `{"a": 1}`, "E_TYPE", 1},
		{"slack", "no id", `"id": 1, `, ``, "E_REQUIRED", 1},
		{"slack", "a type nobody knows", `"outage"`, `"blackout"`, "E_ENUM", 1},
		{"slack", "a time without an offset", `"2026-06-26T02:00:00Z"`, `"2026-06-26T02:00:00"`, "E_ZONE", 1},
		{"slack", "a time that is none", `"2026-06-26T02:00:00Z"`, `"yesterday"`, "E_DATE", 1},
		{"slack", "an end a second before the start", `"2026-06-26T03:00:00Z"`, `"2026-06-26T01:59:59Z"`, "E_INTERVAL", 1},
		{"slack", "an end at the start", `"2026-06-26T03:00:00Z"`, `"2026-06-26T02:00:00Z"`, "E_EMPTY", 0},
		{"slack", "an end a millisecond after the start", `"2026-06-26T03:00:00Z"`, `"2026-06-26T02:00:00.001Z"`, "", 0},
		{"slack", "a title that cannot be seen", `"a"`, `"\u0000\u202e"`, "", 0},
		{"statuspage", "a state nobody knows", `"major_outage"`, `"broken"`, "E_ENUM", 3},
		{"statuspage", "a post without a time", `"created_at": "2026-06-26T03:00:00Z", `, ``, "E_REQUIRED", 3},
		{"statuspage", "another feed", `"incidents"`, `"components"`, "E_REQUIRED", 1},
		{"statuspage", "no incidents", pageOne, `{"page": {"name": "P"}, "incidents": null}`, "E_EMPTY", 0},
		{"csv", "no start", "from", "when", "E_REQUIRED", 1},
		{"csv", "a column of almost a name", "impact", "impakt", "E_UNKNOWN_FIELD", 1},
		{"csv", "a column of quite another name", "share\n", "shelf life of it\n", "", 0},
		{"csv", "two columns of one meaning", "impact", "severity,impact", "E_DUP_KEY", 1},
		{"csv", "a local time and no zone", "2026-06-26T02:00:00Z", "2026-06-26 02:00", "E_ZONE", 2},
		{"csv", "an end before its start", "T03", "T01", "E_INTERVAL", 2},
		{"csv", "an impact nobody knows", "outage,30%", "gone,30%", "E_ENUM", 2},
		{"csv", "a share of nobody", "30%", "0%", "E_RANGE", 2},
		{"csv", "a share of all", "30%", "100%", "", 0},
		{"csv", "a share of more than all", "30%", "100.1%", "E_RANGE", 2},
		{"csv", "a field too few", ",30%", "", "E_CSV_FIELDS", 2},
	}
	for _, tt := range tests {
		text := strings.Replace(sound[tt.format], tt.old, tt.new, 1)
		if text == sound[tt.format] {
			t.Fatalf("%s: the feed has no %q", tt.name, tt.old)
		}
		in, problems := feed.Read(tt.format, "feed", []byte(text), feed.Options{})
		var errs contracts.Problems
		for _, p := range problems {
			if p.IsError() {
				errs = append(errs, p)
			}
		}
		switch {
		case tt.code == "" && in == nil, tt.code != "" && in != nil:
			t.Errorf("%s %s: %v", tt.format, tt.name, problems)
		case tt.code != "" && (errs[0].Code != tt.code || errs[0].Line != tt.line || errs[0].File != "feed" || errs[0].Hint == "" && tt.format != "csv"):
			t.Errorf("%s %s: %v, want %s at line %d", tt.format, tt.name, errs, tt.code, tt.line)
		}
	}
}

func TestRefusedUTF16(t *testing.T) {
	whole := units(binary.BigEndian, slackOne)
	for name, data := range map[string][]byte{
		"cut within a character": whole[:len(whole)-1],
		"half of a pair":         append(whole[:len(whole):len(whole)], 0xD8, 0x3D),
		"halves turned round":    append(whole[:len(whole):len(whole)], 0xDE, 0x42, 0xD8, 0x3D),
	} {
		if in, problems := feed.Read("slack", "feed", data, feed.Options{}); in != nil || problems[0].Code != "E_ENCODING" {
			t.Errorf("%s: %v, want E_ENCODING", name, problems)
		}
	}
}

func TestRefusedOptions(t *testing.T) {
	for code, o := range map[string]feed.Options{
		"E_ZONE": {Zone: "JST"}, "E_EMPTY": {Incident: "2"},
	} {
		if in, problems := feed.Read("slack", "feed", []byte(slackOne), o); in != nil || problems[0].Code != code {
			t.Errorf("%+v: %v, want %s", o, problems, code)
		}
	}
	if in, problems := feed.Read("pigeon", "feed", []byte(slackOne), feed.Options{}); in != nil || problems[0].Code != "E_ENUM" {
		t.Errorf("%v, want E_ENUM", problems)
	}
}

// TestTwice tells equal incidents from those that only have the same id.
func TestTwice(t *testing.T) {
	one := strings.TrimSuffix(strings.TrimPrefix(slackOne, "["), "]")
	other := strings.Replace(one, "T03", "T04", 1)
	row := strings.SplitAfter(rows, "\n")[1]
	tests := []struct {
		name, format, text string
		dedupe             bool
		code               string
	}{
		{"two equal incidents", "slack", "", false, "E_DUP_INCIDENT"},
		{"two equal incidents taken once", "slack", "", true, "N_DUP_INCIDENT"},
		{"two incidents of one id", "slack", "other", true, "E_DUP_INCIDENT"},
		{"two equal rows", "csv", rows + row, false, "E_DUP_INCIDENT"},
		{"two equal rows taken once", "csv", rows + row, true, "N_DUP_INCIDENT"},
		{"two rows of one incident", "csv", rows + strings.Replace(row, "T03", "T04", 1), false, ""},
	}
	for _, tt := range tests {
		text := tt.text
		if tt.format == "slack" {
			second := one
			if text == "other" {
				second = other
			}
			text = fmt.Sprintf("[%s,\n%s]", one, second)
		}
		in, problems := feed.Read(tt.format, "feed", []byte(text), feed.Options{Dedupe: tt.dedupe})
		var codes []string
		for _, p := range problems {
			if strings.Contains(p.Code, "DUP") {
				codes = append(codes, p.Code)
			}
		}
		var want []string
		if tt.code != "" {
			want = []string{tt.code}
		}
		if diff := cmp.Diff(want, codes); diff != "" || (in == nil) != strings.HasPrefix(tt.code, "E_") {
			t.Errorf("%s: %v\n%s", tt.name, problems, diff)
		}
	}
}

// TestDays keeps the incidents that touch the days asked for, in the zone asked for. The incident is from 02:00 to 03:00 UTC.
func TestDays(t *testing.T) {
	day := func(d int) contracts.Date { return contracts.Date{Year: 2026, Month: 6, Day: d} }
	tests := []struct {
		name string
		o    feed.Options
		kept bool
	}{
		{"since the day before", feed.Options{Since: day(25)}, true},
		{"since its day", feed.Options{Since: day(26)}, true},
		{"since the day after", feed.Options{Since: day(27)}, false},
		{"until its day", feed.Options{Until: day(26)}, false},
		{"until the day after", feed.Options{Until: day(27)}, true},
		{"its day where the day began at three", feed.Options{Zone: "Etc/GMT+3", Since: day(26)}, false},
		{"its day where the day began at two", feed.Options{Zone: "Etc/GMT+2", Since: day(26)}, true},
		{"the day before where it ended at two", feed.Options{Zone: "Etc/GMT+2", Until: day(26)}, false},
		{"the day before where it ended at three", feed.Options{Zone: "Etc/GMT+3", Until: day(26)}, true},
	}
	for _, tt := range tests {
		if in, problems := feed.Read("slack", "feed", []byte(slackOne), tt.o); (in != nil) != tt.kept {
			t.Errorf("%s: kept %v, want %v: %v", tt.name, in != nil, tt.kept, problems)
		}
	}
}
