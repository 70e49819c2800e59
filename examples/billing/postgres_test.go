package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// cluster is a PostgreSQL server of the tests' own, started once.
var cluster struct {
	sync.Mutex
	dir, bin string
	started  bool
	why      string
	count    int
}

// postgres gives the URL of an empty database: on the server that AMENDS_TEST_DATABASE_URL names, or on one that is started for the tests where
// PostgreSQL is installed. Otherwise the test is skipped, and fails where AMENDS_CI asks for every test.
func postgres(t *testing.T) string {
	t.Helper()
	if url := os.Getenv("AMENDS_TEST_DATABASE_URL"); url != "" {
		return url
	}
	cluster.Lock()
	defer cluster.Unlock()
	if !cluster.started && cluster.why == "" {
		if err := startPostgres(); err != nil {
			cluster.why = "PostgreSQL: " + err.Error()
		}
	}
	if cluster.why != "" {
		if os.Getenv("AMENDS_CI") == "1" {
			t.Fatal(cluster.why)
		}
		t.Skip(cluster.why)
	}
	cluster.count++
	name := fmt.Sprintf("test%d", cluster.count)
	if out, err := asPostgres(filepath.Join(cluster.bin, "createdb"), "-h", cluster.dir, "-U", "postgres", name).CombinedOutput(); err != nil {
		t.Fatalf("createdb: %v\n%s", err, out)
	}
	return fmt.Sprintf("host=%s user=postgres dbname=%s sslmode=disable", cluster.dir, name)
}

func startPostgres() error {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		if path, err := exec.LookPath("initdb"); err == nil {
			found = []string{path}
		}
	}
	if len(found) == 0 {
		return fmt.Errorf("it is not installed (no initdb under /usr/lib/postgresql)")
	}
	cluster.bin = filepath.Dir(found[len(found)-1])
	dir, err := os.MkdirTemp("", "pg") // short: the path of a socket has room for 107 bytes
	if err != nil {
		return err
	}
	cluster.dir = dir
	if err := os.Chmod(dir, 0o777); err != nil { // the server may run as another user
		return err
	}
	data := filepath.Join(dir, "data")
	for _, c := range [][]string{
		{"initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"},
		{"pg_ctl", "-D", data, "-w", "-l", filepath.Join(dir, "log"), "-o", "-c listen_addresses='' -k " + dir + " -F", "start"},
	} {
		if out, err := asPostgres(filepath.Join(cluster.bin, c[0]), c[1:]...).CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %v\n%s", c[0], err, out)
		}
	}
	cluster.started = true
	return nil
}

// asPostgres is a command of the server, which refuses to run as root.
func asPostgres(name string, args ...string) *exec.Cmd {
	if os.Geteuid() != 0 {
		return exec.Command(name, args...)
	}
	quoted := []string{strconv.Quote(name)}
	for _, a := range args {
		quoted = append(quoted, "'"+strings.ReplaceAll(a, "'", `'\''`)+"'")
	}
	c := exec.Command("su", "postgres", "-s", "/bin/sh", "-c", strings.Join(quoted, " "))
	c.Dir = "/"
	return c
}

func stopPostgres() {
	if cluster.started {
		asPostgres(filepath.Join(cluster.bin, "pg_ctl"), "-D", filepath.Join(cluster.dir, "data"), "-m", "immediate", "stop").Run()
	}
	if cluster.dir != "" {
		os.RemoveAll(cluster.dir)
	}
}
