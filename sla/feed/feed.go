package feed

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// Options say what is taken of a feed. The zero value takes all of it.
type Options struct {
	// ID and Title are those of the incident that is made. By default they are those of its only event, and imported- with the
	// format, and a count, when it has several.
	ID, Title string
	// Zone is the IANA name of the zone in which times are written, and in which those without an offset are told.
	// When it is empty times are written in UTC, and those without an offset are refused.
	Zone string
	// Incident is the id of the only incident to take, as the feed writes it.
	Incident string
	// Since and Until keep the incidents that touch the days from Since up to, not including, Until.
	Since, Until contracts.Date
	// Dedupe takes once what stands twice in the same words; without it that is a problem (E_DUP_INCIDENT).
	Dedupe bool
}

// formats are the readers by name.
var formats = []struct {
	name string
	read func(*builder, []byte)
}{
	{"statuspage", (*builder).statuspage},
	{"gcp", (*builder).gcp},
	{"aws", (*builder).aws},
	{"slack", (*builder).slack},
	{"github", (*builder).github},
	{"csv", (*builder).csv},
}

// Formats are the names of the formats that Read knows.
func Formats() []string {
	var out []string
	for _, f := range formats {
		out = append(out, f.name)
	}
	return out
}

// maxBytes bounds a feed.
const maxBytes = 64 << 20

// Read makes an incident of a feed in one of the [Formats], which problems call name. Every problem is reported at once; with
// an error among them the incident is nil. The notes are the assumptions that were made.
//
// An incident of the feed becomes an event. Events are in the order in which they began, then by id, and so are the phases
// of an event. Its id is that of the feed in small letters, with a dash for whatever an id cannot hold. A phase that has not
// ended is open ([contracts.Period.Open]): it is of a day once the written file is read as of one.
func Read(format, name string, data []byte, o Options) (*sla.Incident, contracts.Problems) {
	b := &builder{name: name, format: format, opts: o, seen: map[string]int{}, services: map[string]*service{}, rows: map[string]int{}}
	if len(data) > maxBytes {
		b.problem(contracts.Problem{Code: "E_SIZE", Outcome: contracts.Limit, Message: fmt.Sprintf("the feed has %d bytes; the limit is %d", len(data), maxBytes), Hint: "split it by time"})
		return nil, b.problems
	}
	b.out = time.UTC
	if o.Zone != "" {
		loc, err := contracts.LoadZone(o.Zone)
		if err != nil {
			b.problem(contracts.Problem{Field: "zone", Value: o.Zone, Code: "E_ZONE", Message: err.Error(), Hint: "write an IANA name such as Asia/Tokyo"})
			return nil, b.problems
		}
		b.out, b.local = loc, loc
	}
	i := slices.Index(Formats(), format)
	if i < 0 {
		b.problem(contracts.Problem{Field: "format", Value: format, Code: "E_ENUM", Message: "unknown format", Hint: "one of " + strings.Join(Formats(), ", ")})
		return nil, b.problems
	}
	hash := sha256.Sum256(data)
	formats[i].read(b, data)
	in := b.incident(fmt.Sprintf("%s feed %s, SHA-256 %s", format, path.Base(strings.ReplaceAll(name, `\`, "/")), hex.EncodeToString(hash[:])))
	if b.problems.Err() != nil {
		return nil, b.problems.Sorted()
	}
	return in, append(b.problems.Sorted(), b.notes()...)
}
