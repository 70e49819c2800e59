package feed_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/yamlread"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/feed"
)

// fuzz holds a reader to its word: what it accepts is written, and read again without an error; what it refuses has one.
func fuzz(f *testing.F, format string, seeds ...[]byte) {
	for _, s := range samples {
		if s.format == format {
			seeds = append(seeds, sample(f, s.file))
		}
	}
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		in, problems := feed.Read(format, "feed", data, feed.Options{Zone: "Europe/London", Dedupe: true})
		if (in == nil) != (problems.Err() != nil) {
			t.Fatalf("incident %v with %v", in, problems)
		}
		if in == nil {
			return
		}
		var file bytes.Buffer
		if err := feed.Write(&file, in, problems); err != nil {
			t.Fatal(err)
		}
		if file.Len() > yamlread.MaxBytes/64 { // which may have more values than are read
			return
		}
		got, found := sla.ReadIncident("incident.yaml", file.Bytes(), asOfFuzz)
		if found.Err() != nil {
			t.Fatalf("what was written is refused: %v\n%s", found.Err(), file.String())
		}
		var again bytes.Buffer
		for i := range got.Events {
			for j := range got.Events[i].Phases {
				got.Events[i].Phases[j].Period = in.Events[i].Phases[j].Period // which may be open
			}
		}
		if err := feed.Write(&again, got, problems); err != nil || again.String() != file.String() {
			t.Fatalf("written again it differs: %v\n%s\n%s", err, file.String(), again.String())
		}
	})
}

// asOfFuzz is after any time that a feed can tell.
var asOfFuzz = contracts.Date{Year: 9999, Month: 12, Day: 30}

func FuzzStatuspage(f *testing.F) {
	fuzz(f, "statuspage", []byte(pageOne), page("", "03:00 identified partial_outage>major_outage"))
}

func FuzzGCP(f *testing.F) { fuzz(f, "gcp") }

func FuzzAWS(f *testing.F) {
	fuzz(f, "aws", units(binary.BigEndian, string(sample(f, "aws.json"))), units(binary.LittleEndian, `[{"arn": "a"}]`))
}

func FuzzSlack(f *testing.F) { fuzz(f, "slack", []byte(slackOne)) }

func FuzzGitHub(f *testing.F) { fuzz(f, "github") }

func FuzzCSV(f *testing.F) {
	fuzz(f, "csv", []byte(rows), []byte("from,to\n令和6年6月10日 0時0分,\n"))
}
