package sla_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

// Features of service levels, traps in them and published worked examples, each shown by a small contract of invented terms. The
// first lines of a file are "# F12: what it shows", and "# W16: …" for each published example that it works out.
const featureFolder = "../testdata/features"

const features, traps = 50, 15

// publishedExamples are the numbers of the examples that were found published with the terms or in reports of them.
var publishedExamples = []int{1, 3, 4, 6, 7, 8, 10, 11, 12, 13, 14, 16, 17, 20, 21, 22, 23, 24, 26}

// featureFile is a contract that shows a feature or a trap.
type featureFile struct {
	path, name string
	ids        []string // the feature or trap first, then published examples
	warns      []string // what the lint must find
}

var featureLine = regexp.MustCompile(`^# ([FTW][0-9]+): \S`)

func featureFiles(t *testing.T) []featureFile {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(featureFolder, "*.yaml"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no features in %s: %v", featureFolder, err)
	}
	var out []featureFile
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f := featureFile{path: path, name: strings.TrimSuffix(filepath.Base(path), ".yaml")}
		for line := range strings.Lines(string(data)) {
			if m := featureLine.FindStringSubmatch(line); m != nil {
				f.ids = append(f.ids, m[1])
			}
			if rest, ok := strings.CutPrefix(line, "# warns: "); ok {
				f.warns = strings.Fields(rest)
			}
		}
		if len(f.ids) == 0 || !strings.HasPrefix(string(data), "# "+f.ids[0]+": ") {
			t.Fatalf("%s: the first line is not of the form # F12: what it shows", f.name)
		}
		out = append(out, f)
	}
	return out
}

// numbered is the id as it begins the name of a file: f07 for F7.
func numbered(id string) string {
	var n int
	fmt.Sscanf(id[1:], "%d", &n)
	return fmt.Sprintf("%s%02d", strings.ToLower(id[:1]), n)
}

// TestFeatures works out the examples of every feature and trap.
func TestFeatures(t *testing.T) {
	byID := map[string][]featureFile{}
	var ids []string
	for _, f := range featureFiles(t) {
		if byID[f.ids[0]] == nil {
			ids = append(ids, f.ids[0])
		}
		byID[f.ids[0]] = append(byID[f.ids[0]], f)
	}
	for _, id := range ids {
		t.Run(id, func(t *testing.T) {
			for _, f := range byID[id] {
				checkFeature(t, f)
			}
		})
	}
}

func checkFeature(t *testing.T, f featureFile) {
	t.Helper()
	c, problems := readLevel(t, f.path)
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
	if c.ID != f.name || !strings.HasPrefix(f.name, numbered(f.ids[0])+"-") {
		t.Errorf("the file %s shows %s and its id is %s", f.name, f.ids[0], c.ID)
	}
	if len(c.Examples) < 3 {
		t.Errorf("%s: %d examples cannot show what holds below, at and above a boundary", f.name, len(c.Examples))
	}
	for _, e := range c.Examples {
		if e.Source == "" {
			t.Errorf("%s: example %q does not say where its value comes from", f.name, e.Name)
		}
	}
}

// TestFeatureWarnings holds what the lint finds in each file against its line "# warns: W_…"; a file without one has nothing to be warned of.
func TestFeatureWarnings(t *testing.T) {
	for _, f := range featureFiles(t) {
		c, problems := readLevel(t, f.path)
		if problems.Err() != nil {
			continue // told by TestFeatures
		}
		var got []string
		for _, p := range append(problems, c.Lint()...) {
			if p.Severity() == "warning" && !slices.Contains(got, p.Code) {
				got = append(got, p.Code)
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(f.warns, got); diff != "" {
			t.Errorf("%s: warnings (-want +got):\n%s", f.name, diff)
		}
	}
}

var featureInStory = regexp.MustCompile(`\b[FTW][0-9]+\b`)

// TestFeaturesAreAllShown: every feature, trap and published example is named by a file or a story, and the folder's README lists them.
func TestFeaturesAreAllShown(t *testing.T) {
	shown := map[string]bool{}
	for _, f := range featureFiles(t) {
		for _, id := range f.ids {
			shown[id] = true
		}
	}
	for _, a := range stories(t) { // order: fills a set
		for _, id := range featureInStory.FindAllString(a.Comment, -1) {
			shown[id] = true
		}
	}
	readme, err := os.ReadFile(filepath.Join(featureFolder, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range featureFiles(t) {
		if !strings.Contains(string(readme), f.name) {
			t.Errorf("the README does not list the file %s", f.name)
		}
	}
	want := func(id string) {
		if !shown[id] {
			t.Errorf("nothing shows %s", id)
		}
		if !strings.Contains(string(readme), "| "+id+" |") {
			t.Errorf("the README does not list %s", id)
		}
	}
	for n := range features {
		want(fmt.Sprintf("F%d", n+1))
	}
	for n := range traps {
		want(fmt.Sprintf("T%d", n+1))
	}
	for _, n := range publishedExamples {
		want(fmt.Sprintf("W%d", n))
	}
}

// TestFeatureExamplesCanFail makes sure that the examples are worked out at all: each fails once another amount is stated.
func TestFeatureExamplesCanFail(t *testing.T) {
	for _, f := range featureFiles(t) {
		c, problems := readLevel(t, f.path)
		if problems.Err() != nil {
			continue // told by TestFeatures
		}
		for i := range c.Examples {
			e := &c.Examples[i]
			if e.Pays == nil {
				e.Least++
				e.Most++
			} else {
				e.Pays = new(*e.Pays + contracts.Amount(1))
			}
		}
		if got, want := len(sla.CheckExamples(c)), len(c.Examples); got < want {
			t.Errorf("%s: %d of %d examples fail when a unit more is stated", f.name, got, want)
		}
	}
}
