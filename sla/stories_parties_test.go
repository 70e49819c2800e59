package sla_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/amends-go/amends/internal/txtar"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

// What a story may state of the parties: who bears what and what remains with it (findings, party, bears, remains); who owes whom contribution (findings,
// owes, to, amount; pairs that owe nothing left out); and what is recovered under contracts among them (findings, from, to, owed, recovers). Where it is open when contribution is due, amounts stand for each reading.
const (
	partiesFile      = "want/parties.csv"
	contributionFile = "want/contribution.csv"
	recourseFile     = "want/recourse.csv"
)

// changed is a story with its files edited: edit gets each by name, and gives what is to stand in it.
func changed(t *testing.T, a *txtar.Archive, edit func(name, text string) string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(a.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(a.Files, name)
		files[name] = &fstest.MapFile{Data: []byte(edit(name, string(data)))}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// outcome is what a story comes to under one set of findings.
type outcome struct {
	findings   string
	bears      []sla.Row
	recoveries []sla.Recovery
}

// outcomes works a story out to what remains with whom.
func outcomes(t *testing.T, files fs.FS) (*sla.Case, []outcome) {
	t.Helper()
	c, problems := sla.OpenCase(files, sla.ReadOptions{})
	if c == nil {
		t.Fatal(problems)
	}
	var out []outcome
	for _, id := range c.FindingsIDs() {
		runs, err := c.Bind(id)
		if err != nil {
			t.Fatal(err)
		}
		o := outcome{findings: id}
		for _, run := range runs {
			as := run.Assess(c.CustomersOf(run.Program))
			for _, err := range as.Rows() {
				if err != nil {
					t.Fatal(err)
				}
			}
			b, err := run.Bears(as.Totals())
			if err != nil {
				t.Fatal(err)
			}
			o.bears = append(o.bears, b)
		}
		if o.recoveries, err = c.Recover(runs, o.bears); err != nil {
			t.Fatal(err)
		}
		out = append(out, o)
	}
	return c, out
}

func TestStoriesOfParties(t *testing.T) {
	for name, a := range stories(t) { // order: each is a test of its own
		t.Run(name, func(t *testing.T) {
			c, list := outcomes(t, a.Files)
			parties, contribution, recourse := []string{"findings,party,bears,remains"}, []string{"findings,owes,to,amount"}, []string{"findings,from,to,owed,recovers"}
			for _, o := range list {
				yen := c.Contracts[0].Currency
				for _, p := range c.Incident.Parties {
					bears := o.bears[0].Of(sla.BearingPart + p.ID).Text(yen)
					if o.bears[0].Run().Readings() > 1 {
						bears = readingsOf(o.bears[0], sla.BearingPart+p.ID)
					}
					parties = append(parties, strings.Join([]string{o.findings, p.ID, bears, sla.Remaining(p.ID, o.bears, o.recoveries).Text(yen)}, ","))
					for _, q := range c.Incident.Parties {
						if text := readingsOf(o.bears[0], sla.Owes(p.ID, q.ID)); strings.Trim(text, "0. ") != "" {
							contribution = append(contribution, strings.Join([]string{o.findings, p.ID, q.ID, text}, ","))
						}
					}
				}
				for _, r := range o.recoveries {
					recourse = append(recourse, strings.Join([]string{o.findings, r.From.ID, r.To.ID, r.Owed.Text(yen), r.Payable().Text(yen)}, ","))
				}
			}
			for file, lines := range map[string][]string{partiesFile: parties, contributionFile: contribution, recourseFile: recourse} { // order: each is checked alone
				want := linesOf(a, file)
				if want == nil {
					continue
				}
				if diff := cmp.Diff(want, lines); diff != "" {
					t.Errorf("%s (-want +got):\n%s", file, diff)
				}
			}
		})
	}
}

// linesOf are the lines of a file of a story; nil when it has none.
func linesOf(a *txtar.Archive, file string) []string {
	data, err := fs.ReadFile(a.Files, file)
	if err != nil {
		return nil
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

// readingsOf are the values of a column under each reading; one where they agree.
func readingsOf(r sla.Row, name string) string {
	var out []string
	same := true
	for i := range r.Run().Readings() {
		out = append(out, r.Under(i, name).Text(r.Run().Program.Contract.Currency))
		same = same && out[i] == out[0]
	}
	if same {
		return out[0]
	}
	return strings.Join(out, " ")
}
