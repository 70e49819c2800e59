package contracts

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestTIME14ZonesAreTheSameOnEveryMachine runs itself with ZONEINFO leading to a
// directory in which Tokyo has London's rules.
func TestTIME14ZonesAreTheSameOnEveryMachine(t *testing.T) {
	if os.Getenv("ZONEINFO") == "" {
		dir := t.TempDir()
		f, err := zoneFiles().Open("Europe/London")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		info, _ := f.Stat()
		data := make([]byte, info.Size())
		if _, err := f.Read(data); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(dir, "Asia"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "Asia", "Tokyo"), data, 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		cmd.Env = append(os.Environ(), "ZONEINFO="+dir)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	}
	got, want := time.Date(2026, 1, 1, 0, 0, 0, 0, zone(t, "Asia/Tokyo")), instant(t, "2025-12-31T15:00:00Z")
	if !got.Equal(want) {
		t.Errorf("got %s, want %s", got, want)
	}
}
