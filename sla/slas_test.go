package sla_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// Real service levels, each a contract file whose worked examples must come out.
const slaFolder = "../testdata/slas"

// slaFiles lists the files of real service levels.
func slaFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(slaFolder, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no service levels in %s: %v", slaFolder, err)
	}
	return files
}

func readLevel(t *testing.T, file string) (*contracts.Contract, contracts.Problems) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return contracts.Read(filepath.Base(file), data)
}

// TestSLAs reads every file and works its examples out. An example's value comes from the source or from the arithmetic that it states.
func TestSLAs(t *testing.T) {
	for _, file := range slaFiles(t) {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) {
			c, problems := readLevel(t, file)
			if problems.Err() == nil {
				problems = append(problems, sla.CheckExamples(c)...)
			}
			for _, p := range problems {
				if p.IsError() {
					t.Error(p.Error())
				}
			}
			if c == nil {
				return
			}
			if c.ID != name {
				t.Errorf("the id is %s, and the file %s", c.ID, name)
			}
			if c.Source == "" {
				t.Error("no source says where the terms were read, and when")
			}
			for _, e := range c.Examples {
				if e.Source == "" {
					t.Errorf("example %q does not say where its value comes from", e.Name)
				}
			}
		})
	}
}

// TestSLADefects holds what the lint finds in each file against the line that names the known defects of the terms themselves:
// "# defects of the terms: W_…", or none.
func TestSLADefects(t *testing.T) {
	for _, file := range slaFiles(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c, problems := contracts.Read(filepath.Base(file), data)
		if problems.Err() != nil {
			t.Fatal(problems)
		}
		var known, found []string
		for line := range strings.Lines(string(data)) {
			if rest, ok := strings.CutPrefix(line, "# defects of the terms: "); ok {
				known = strings.Fields(rest)
			}
		}
		for _, p := range append(problems, c.Lint()...) {
			if p.Severity() == "warning" && !slices.Contains(found, p.Code) {
				found = append(found, p.Code)
			}
		}
		slices.Sort(found)
		if !slices.Equal(known, found) {
			t.Errorf("%s: the lint finds %v, known are %v", filepath.Base(file), found, known)
		}
	}
}

// TestSLAsAreListed holds the table of the folder's README against its files.
func TestSLAsAreListed(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(slaFolder, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range slaFiles(t) {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		if !strings.Contains(string(data), "| "+name+" |") {
			t.Errorf("the README does not list %s", name)
		}
	}
}
