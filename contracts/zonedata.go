package contracts

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"io"
	"sync"
	"time"
)

// ZoneData is the version of the IANA time zone database that zones come from.
const ZoneData = "2025c"

// zoneinfo is the database (public domain), as the Go distribution carries it. Neither
// time.LoadLocation nor time/tzdata would do: both look first where ZONEINFO points and
// in the machine's own files, so that two machines could count a month differently.
//
//go:embed zoneinfo.zip
var zoneinfo []byte

var zoneFiles = sync.OnceValue(func() *zip.Reader {
	r, err := zip.NewReader(bytes.NewReader(zoneinfo), int64(len(zoneinfo)))
	if err != nil {
		panic("contracts: " + err.Error())
	}
	return r
})

// embeddedZone returns the zone of that exact name in the database.
func embeddedZone(name string) (*time.Location, error) {
	f, err := zoneFiles().Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return time.LoadLocationFromTZData(name, data)
}
