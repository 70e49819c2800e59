package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// inStories marks an entry that has parts in testdata/bad-inputs.
const inStories = "stories"

// covered are the entries of the list of bad inputs, each with where it is tested: in the stories, or in a test of that name.
var covered = map[string]string{
	"YAML-01": inStories, "YAML-02": inStories, "YAML-03": "TestBigBadInputs", "YAML-05": inStories, "YAML-06": inStories, "YAML-07": inStories, "YAML-09": inStories,
	"YAML-10": inStories, "YAML-11": inStories, "YAML-13": inStories, "YAML-14": inStories, "YAML-15": inStories, "YAML-17": inStories, "YAML-18": inStories,
	"YAML-19": inStories, "YAML-21": "FuzzRead",
	"CSV-02": inStories, "CSV-03": inStories, "CSV-04": inStories, "CSV-06": inStories, "CSV-07": inStories, "CSV-08": inStories, "CSV-10": inStories, "CSV-11": inStories,
	"CSV-12": inStories, "CSV-14": inStories, "CSV-15": "TestListThatChanges",
	"NUM-02": inStories, "NUM-03": inStories, "NUM-04": inStories, "NUM-06": inStories, "NUM-07": inStories, "NUM-08": inStories, "NUM-10": inStories, "NUM-11": inStories,
	"NUM-12": inStories, "NUM-15": inStories, "NUM-16": inStories,
	"TIME-02": inStories, "TIME-03": inStories, "TIME-04": inStories, "TIME-06": inStories, "TIME-07": inStories, "TIME-08": inStories, "TIME-10": inStories,
	"TIME-11": inStories, "TIME-12": "TestTIME12AMonthFromTheLastDayIsTheLastDay", "TIME-14": "TestZonesAreOurOwn", "TIME-15": inStories,
	"INC-01": inStories, "INC-03": inStories, "INC-04": inStories, "INC-05": inStories, "INC-07": inStories, "INC-08": "TestAMillionIntervals",
	"CUST-01": inStories, "CUST-03": inStories, "CUST-04": inStories, "CUST-05": inStories, "CUST-07": "TestManyCustomersInPieces", "CUST-08": inStories,
	"CLAUSE-01": inStories, "CLAUSE-03": inStories, "CLAUSE-04": inStories, "CLAUSE-05": inStories, "CLAUSE-07": inStories, "CLAUSE-08": inStories,
	"SHARE-01": inStories, "SHARE-03": inStories, "SHARE-04": inStories,
	"INTEREST-01": inStories, "INTEREST-02": inStories, "INTEREST-03": inStories, "INTEREST-04": inStories, "INTEREST-05": inStories, "TAX-01": inStories,
}

// open are the entries that are not held yet, with the reason.
var open = map[string]string{
	"NUM-14": "a total is the sum of amounts that were rounded for each customer; what rounding the total once would give is not shown beside it",
}

// TestCoverage holds the table against the stories and the tests there are.
func TestCoverage(t *testing.T) {
	told := map[string]bool{}
	files, err := filepath.Glob(filepath.Join(storiesOf, "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if filepath.Base(file) == "base.txtar" {
			continue
		}
		for _, s := range readStories(t, file) {
			id, _, _ := strings.Cut(s.name, " ")
			told[id] = true
			if covered[id] == "" {
				t.Errorf("%s: %s is not in the table", file, id)
			}
		}
	}
	tests := testNames(t)
	for id, where := range covered {
		if where == inStories && !told[id] {
			t.Errorf("%s has no story", id)
		}
		if where != inStories && !tests[where] {
			t.Errorf("%s: there is no test %s", id, where)
		}
		if open[id] != "" {
			t.Errorf("%s is both covered and open", id)
		}
	}
}

// testNames are the names of all tests and fuzz targets of the module.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	form := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		for _, m := range form.FindAllStringSubmatch(read(t, path), -1) {
			names[m[1]] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestListOfBadInputs holds the table against the list itself, where there is one: AMENDS_SHARED names the folder with bad-inputs.json.
func TestListOfBadInputs(t *testing.T) {
	dir := os.Getenv("AMENDS_SHARED")
	if dir == "" {
		if os.Getenv("AMENDS_CI") == "1" {
			return // the list is kept apart from this module; TestCoverage holds the rest
		}
		t.Skip("AMENDS_SHARED does not name a folder with bad-inputs.json to compare with")
	}
	var list struct {
		Entries []struct{ ID, Category string }
	}
	if err := json.Unmarshal([]byte(read(t, filepath.Join(dir, "bad-inputs.json"))), &list); err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, e := range list.Entries {
		if slices.Contains([]string{"yaml", "number", "currency", "csv", "time", "clause", "customer", "incident", "share"}, e.Category) {
			want = append(want, e.ID)
		}
	}
	for _, table := range []map[string]string{covered, open} {
		for id := range table { // order: sorted below
			got = append(got, id)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("entries (-list +table):\n%s", diff)
	}
}
