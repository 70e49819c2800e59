package sla_test

import (
	"os"
	"path/filepath"
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
