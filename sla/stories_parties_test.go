package sla_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/txtar"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

// What a story may state of the parties: who bears what and what remains with it (findings, party, bears, remains); who owes whom contribution (findings,
// owes, to, amount; pairs that owe nothing left out); what is recovered under contracts among them (findings, from, to, owed, recovers); and
// columns of the customers' rows (findings, customer, column, value). Where it is open when contribution is due, amounts stand for each reading.
const (
	partiesFile      = "want/parties.csv"
	contributionFile = "want/contribution.csv"
	recourseFile     = "want/recourse.csv"
	columnsFile      = "want/columns.csv"
)

// outcome is what a story comes to under one set of findings.
type outcome struct {
	findings   string
	bears      []sla.Row
	recoveries []sla.Recovery
}

// outcomes works a story out to what remains with whom.
func outcomes(t *testing.T, a *txtar.Archive, see func(findings string, r sla.Row)) (*sla.Case, []outcome) {
	t.Helper()
	c, problems := sla.OpenCase(a.Files, sla.ReadOptions{})
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
		var totals []*sla.Totals
		for _, run := range runs {
			as := run.Assess(c.CustomersOf(run.Program))
			for row, err := range as.Rows() {
				if err != nil {
					t.Fatal(err)
				}
				see(id, row)
			}
			b, err := run.Bears(as.Totals())
			if err != nil {
				t.Fatal(err)
			}
			totals, o.bears = append(totals, as.Totals()), append(o.bears, b)
		}
		if o.recoveries, err = c.Recover(runs, totals, o.bears); err != nil {
			t.Fatal(err)
		}
		out = append(out, o)
	}
	return c, out
}

func TestStoriesOfParties(t *testing.T) {
	for name, a := range stories(t) { // order: each is a test of its own
		t.Run(name, func(t *testing.T) {
			columns := []string{"findings,customer,column,value"}
			var asked [][3]string
			for _, line := range linesOf(a, columnsFile) {
				if f := strings.Split(line, ","); len(f) == 4 {
					asked = append(asked, [3]string{f[0], f[1], f[2]})
				}
			}
			got := map[[3]string]string{}
			c, list := outcomes(t, a, func(findings string, r sla.Row) {
				for _, col := range r.Run().Program.Columns {
					got[[3]string{findings, nameOf(r.Customer), col.Name}] = textOf(r, col.Name)
				}
			})
			for _, k := range asked[min(1, len(asked)):] {
				v, ok := got[k]
				if !ok {
					v = "no such column"
				}
				columns = append(columns, strings.Join(append(k[:], v), ","))
			}
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
						if text := readingsOf(o.bears[0], sla.BearingOwes+p.ID+"."+q.ID); strings.Trim(text, "0. ") != "" {
							contribution = append(contribution, strings.Join([]string{o.findings, p.ID, q.ID, text}, ","))
						}
					}
				}
				for _, r := range o.recoveries {
					recourse = append(recourse, strings.Join([]string{o.findings, r.From.ID, r.To.ID, r.Owed.Text(yen), r.Payable().Text(yen)}, ","))
				}
			}
			for file, lines := range map[string][]string{partiesFile: parties, contributionFile: contribution, recourseFile: recourse, columnsFile: columns} { // order: each is checked alone
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

// textOf is a column of a row in major units, or as it is where it is no amount.
func textOf(r sla.Row, name string) string {
	col := r.Run().Program.Column(name)
	if col.Unit == sla.Amount {
		return r.Of(name).Text(r.Run().Program.Contract.Currency)
	}
	return r.Of(name).Text(contracts.Currency{})
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
