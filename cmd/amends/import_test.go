package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const feedsOf = "../../testdata/feeds"

// TestImport writes a file that amends check accepts, and tells what was assumed.
func TestImport(t *testing.T) {
	for format, args := range map[string][]string{
		"statuspage": {"statuspage.json", "--incident", "69sb0f8lydp4"}, "slack": {"slack.json"}, "github": {"github.jsonl"}, "csv": {"intervals.csv", "--zone", "Asia/Tokyo", "--until", "2024-06-12"},
	} {
		out := filepath.Join(t.TempDir(), "incident.yaml")
		status, _, said := run(append([]string{"import", format, filepath.Join(feedsOf, args[0]), "-o", out}, args[1:]...)...)
		if status != exitOK || !strings.Contains(said, "N_ASSUMED") || !strings.Contains(read(t, out), "# N_ASSUMED: nobody's fault is on record") {
			t.Errorf("%s: exit %d\n%s", format, status, said)
			continue
		}
		if status, said, problems := run("check", out); status != exitOK || !strings.HasPrefix(said, "1 checked: 0 errors") {
			t.Errorf("%s: check: exit %d, %s%s", format, status, said, problems)
		}
		if status, file, _ := run(append([]string{"import", format, filepath.Join(feedsOf, args[0]), "-o", "-"}, args[1:]...)...); status != exitOK || file != read(t, out) {
			t.Errorf("%s: to standard output: exit %d, and another file:\n%s", format, status, file)
		}
	}
}

// TestImportWritesNothingWrong leaves what stands at the output as it was, whatever goes wrong.
func TestImportWritesNothingWrong(t *testing.T) {
	good := filepath.Join(feedsOf, "slack.json")
	bad := filepath.Join(t.TempDir(), "bad.json")
	if err := os.WriteFile(bad, []byte(`[{"id": 1, "id": 2}]`), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		args   []string
		status int
		said   string
	}{
		{"a file that is there", []string{"slack", good}, exitOutput, "--force"},
		{"a feed that is refused", []string{"slack", bad, "--force"}, exitRefused, "E_DUP_KEY"},
		{"a feed of another format", []string{"statuspage", good, "--force"}, exitRefused, "E_TYPE"},
		{"a feed that is not there", []string{"slack", bad + "x", "--force"}, exitRefused, "no such file"},
		{"an incident that is not there", []string{"slack", good, "--force", "--incident", "99"}, exitRefused, "E_EMPTY"},
		{"a zone that is none", []string{"slack", good, "--force", "--zone", "JST"}, exitRefused, "E_ZONE"},
		{"a day that is none", []string{"slack", good, "--force", "--since", "June"}, exitUsage, "--since"},
		{"a format that nobody knows", []string{"pigeon", good, "--force"}, exitUsage, "pigeon"},
	}
	for _, tt := range tests {
		out := filepath.Join(t.TempDir(), "incident.yaml")
		if err := os.WriteFile(out, []byte("as it was"), 0o600); err != nil {
			t.Fatal(err)
		}
		status, _, said := run(append(append([]string{"import"}, tt.args...), "-o", out)...)
		if status != tt.status || !strings.Contains(said, tt.said) || read(t, out) != "as it was" {
			t.Errorf("%s: exit %d, want %d with %q; the file holds %q\n%s", tt.name, status, tt.status, tt.said, read(t, out), said)
		}
	}
	out := filepath.Join(t.TempDir(), "incident.yaml")
	if err := os.WriteFile(out, []byte("as it was"), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, said := run("import", "slack", good, "-o", out, "--force"); status != exitOK || !strings.Contains(read(t, out), "Messages late") {
		t.Errorf("--force: exit %d\n%s", status, said)
	}
}
