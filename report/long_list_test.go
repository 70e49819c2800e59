package report_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/recalc"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
)

// longResult is a result whose rows are values on sheets of their own, with every tenth kept live.
func longResult(t testing.TB, run *sla.Run, n int) *report.Result {
	t.Helper()
	customers := randomCustomers(7, n)
	res := result(t, contracts.Text{JA: "長い一覧", EN: "A long list"}, run, customers)
	part := &res.Parts[0]
	part.Spread = report.NewSpread(run.Program.Contract.Currency)
	part.Rows = nil
	i := 0
	for row, err := range run.Assess(customers).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		part.Spread.Add(row.Payable())
		if i++; i%10 == 1 {
			part.Rows = append(part.Rows, report.KeepSample(row))
		}
	}
	report.Sort(part.Rows)
	part.All = run.Assess(customers).Rows()
	return res
}

// TestLongListsStandAsValues: 57 customers on sheets of 20 stand on three, row by row as the engine has them; the sums over the three
// sheets and the live sample, whose pools are as wide as the list, recalculate to the engine's values.
func TestLongListsStandAsValues(t *testing.T) {
	recalc.Need(t)
	defer report.SetPerSheet(20)()
	run := stressed(t, contracts.RoundHalfUp, contracts.ByCapped)
	for _, lang := range []string{"ja", "en"} {
		path := filepath.Join(t.TempDir(), "long-"+lang+".xlsx")
		res := longResult(t, run, 57)
		writeBook(t, path, res, lang)
		stored := readBook(t, path)
		got := recalc.Recalculate(t, path)[path]
		agree(t, lang, stored, got, everything)
		sheet := map[string]string{"ja": "顧客別", "en": "Customers"}[lang]
		i := 0
		for row, err := range run.Assess(randomCustomers(7, 57)).Rows() {
			if err != nil {
				t.Fatal(err)
			}
			name := sheet
			if i/20 > 0 {
				name += fmt.Sprintf(" (%d)", i/20+1)
			}
			if id := got.Cell(name, fmt.Sprintf("A%d", 5+i%20)); id.Text != row.Customer.ID || id.Kind != recalc.Text {
				t.Errorf("%s, row %d is of %v, want %s", name, 5+i%20, id, row.Customer.ID)
			}
			if f := stored.Cell(name, fmt.Sprintf("F%d", 5+i%20)); f.Text != contracts.Amount(row.Payable()).Decimal(run.Program.Contract.Currency).String() {
				t.Errorf("%s, row %d owes %s, want %d cents", name, 5+i%20, f.Text, row.Payable())
			}
			i++
		}
	}
}

// TestALongListThatBreaksLeavesAnError: when the rows end early or fail, the workbook is an error and not a shorter list.
func TestALongListThatBreaksLeavesAnError(t *testing.T) {
	run := stressed(t, contracts.RoundDown, contracts.ByCapped)
	broken := errors.New("broken")
	for name, all := range map[string]func(yield func(sla.Row, error) bool){ // order: each by itself
		"fails":    func(yield func(sla.Row, error) bool) { yield(sla.Row{}, broken) },
		"is short": func(func(sla.Row, error) bool) {},
	} {
		res := longResult(t, run, 5)
		res.Parts[0].All = all
		if err := report.Workbook(discard{}, res, "en"); err == nil {
			t.Errorf("a list that %s gives a workbook", name)
		}
	}
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }
