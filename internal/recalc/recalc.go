// Package recalc is test support: it has workbooks recalculated by LibreOffice,
// reads the stored and the recalculated values back with a reader of its own,
// and changes single input cells so that a test can see a workbook follow.
//
// # Design
//
// A spreadsheet that opens a workbook shows the values stored beside the
// formulas and believes them, so a test that opens and reads compares us with
// ourselves. [Recalculate] therefore forces LibreOffice to drop every stored
// value first. Nothing is read with the library that wrote the workbook: the
// two could be wrong together.
package recalc

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// program is LibreOffice as a command.
const program = "soffice"

// patience is how long LibreOffice may take before it is held to hang. A
// workbook of 100,000 rows takes some 20 s.
const patience = 5 * time.Minute

// hardRecalculation makes LibreOffice compute every formula of a workbook on
// loading it (0 is "always"), whatever values are stored.
const hardRecalculation = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
`

// Need says that the test cannot go on without LibreOffice. Where it is not
// installed the test is skipped, or fails if AMENDS_CI is 1: there it is
// installed, and a check that is skipped would look like one that passed.
//
// Under -short the test is skipped everywhere. Only a second pass over the same
// tests, such as the one with the race detector, is run that way.
func Need(tb testing.TB) {
	tb.Helper()
	need(tb, testing.Short())
}

func need(tb testing.TB, short bool) {
	tb.Helper()
	if short {
		tb.Skip("recalculation by LibreOffice is left to the pass without -short")
	}
	if _, err := exec.LookPath(program); err == nil {
		return
	}
	why := program + " (LibreOffice Calc) is not installed, so workbooks cannot be recalculated"
	if os.Getenv("AMENDS_CI") == "1" {
		tb.Fatal(why)
	}
	tb.Skip(why)
}

// Recalculate has LibreOffice compute every formula of the workbooks anew, all
// in one run, and returns what it found by the path given. The files stay as
// they are. A test that asks for this needs no call of [Need] before.
func Recalculate(tb testing.TB, paths ...string) map[string]Book {
	tb.Helper()
	Need(tb)
	dir := tb.TempDir()
	in, out := filepath.Join(dir, "in"), filepath.Join(dir, "out")
	args := []string{
		"-env:UserInstallation=" + profile(tb, dir), "--headless", "--norestore",
		"--convert-to", "xlsx", "--outdir", out,
	}
	if err := os.Mkdir(in, 0o700); err != nil {
		tb.Fatal(err)
	}
	results := make(map[string]string)
	for i, path := range paths {
		// Numbers for names: files of one name may come from several directories.
		name := fmt.Sprintf("%d.xlsx", i)
		copyFile(tb, path, filepath.Join(in, name))
		args = append(args, filepath.Join(in, name))
		results[path] = filepath.Join(out, name)
	}
	said := run(tb, dir, args)
	books := make(map[string]Book)
	for path, result := range results { // order: fills a map
		b, err := ReadBook(result)
		if err != nil {
			tb.Fatalf("%s recalculated: %v; LibreOffice said:\n%s", path, err, said)
		}
		books[path] = b
	}
	return books
}

// profile makes a user profile of its own under dir, so that neither the user's
// settings nor a LibreOffice that is running take part, and returns its URL.
func profile(tb testing.TB, dir string) string {
	tb.Helper()
	user := filepath.Join(dir, "profile", "user")
	if err := os.MkdirAll(user, 0o700); err != nil {
		tb.Fatal(err)
	}
	settings := filepath.Join(user, "registrymodifications.xcu")
	if err := os.WriteFile(settings, []byte(hardRecalculation), 0o600); err != nil {
		tb.Fatal(err)
	}
	at := url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Dir(user))}
	return at.String()
}

func copyFile(tb testing.TB, from, to string) {
	tb.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o600); err != nil {
		tb.Fatal(err)
	}
}

// run runs LibreOffice and returns what it printed.
func run(tb testing.TB, home string, args []string) string {
	tb.Helper()
	ctx, stop := context.WithTimeout(tb.Context(), patience)
	defer stop()
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Env = append(os.Environ(), "HOME="+home, "LC_ALL=C.UTF-8", "TZ=UTC")
	cmd.WaitDelay = 10 * time.Second
	said, err := cmd.CombinedOutput()
	if err != nil {
		tb.Fatalf("%s %s: %v\n%s", program, strings.Join(args, " "), err, said)
	}
	return string(said)
}
