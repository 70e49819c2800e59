package report_test

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/examples"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
)

// rowOf calls f with the row of one customer of an example.
func rowOf(t *testing.T, example, findings, customer string, f func(*sla.Case, sla.Row)) {
	t.Helper()
	c, run := openExample(t, example)
	for row, err := range run(findings).Assess(c.CustomersOf(c.Programs[0])).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if row.Customer.ID == customer {
			f(c, row)
			return
		}
	}
	t.Fatalf("%s has no customer %s", example, customer)
}

// TestExplainTellsTheReasoning checks the sentences on which a reader who knows the judgment would insist.
func TestExplainTellsTheReasoning(t *testing.T) {
	tests := []struct {
		name, example, findings, customer, lang string
		want                                    []string
	}{
		{"the offset of the J-COM judgment, in English", "jcom-2005", "as-judged", "mizuho", "en", []string{
			"after own fault = damages (¥15,017,326,441) × 7/10 (fraction dropped) = ¥10,512,128,508",
			"[trading not halted (from 09:35)] the clause's own conditions do not hold",
			"payable: ¥10,712,128,508",
		}},
		{"the offset of the J-COM judgment, in Japanese", "jcom-2005", "as-judged", "mizuho", "ja", []string{
			"過失相殺後の額 = 損害額 (15,017,326,441円) × 7/10（端数切捨て） = 10,512,128,508円",
			"取引参加者規程 第15条が適用されるので、0円 = 0円",
			"支払額: 10,712,128,508円",
		}},
		{"what is owed back is called so", "tokyo-2001", "as-judged", "loghouse", "ja", []string{"支払額: −22,635,000円（顧客が返還する額）", "この条項は、この種の事象・段階について定めていない"}},
		{"a cap that the case law strikes", "sqli-2014", "as-judged", "mailorder", "en", []string{
			"void under 最高裁判決 平成15年2月28日（平成13年(受)第1061号）: a cap is read as not meant for the provider's intent or gross negligence",
			"payable: ¥22,623,697",
		}},
		{"an open question with both its answers", "sqli-2014", "cap-undecided", "mailorder", "en", []string{
			"payable: needs judgement: ¥20,000,000 to ¥22,623,697",
			"¥20,000,000  application of 最高裁判決 平成15年2月28日（平成13年(受)第1061号） = does not apply",
			"¥22,623,697  application of 最高裁判決 平成15年2月28日（平成13年(受)第1061号） = applies",
		}},
	}
	for _, tt := range tests {
		rowOf(t, tt.example, tt.findings, tt.customer, func(c *sla.Case, r sla.Row) {
			var out strings.Builder
			report.Explain(&out, c.Title, r, tt.lang)
			for _, want := range tt.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("%s: %q is missing in\n%s", tt.name, want, out.String())
				}
			}
		})
	}
}

// TestWordsTellEveryColumn tells every column of every example in both languages; each telling ends with the column's value.
func TestWordsTellEveryColumn(t *testing.T) {
	for _, name := range examples.Names() {
		c, run := openExample(t, name)
		for _, id := range c.FindingsIDs() {
			for row, err := range run(id).Assess(c.CustomersOf(c.Programs[0])).Rows() {
				if err != nil {
					t.Fatal(err)
				}
				for _, lang := range []string{"ja", "en"} {
					w := report.NewWords(row, lang)
					for i, col := range c.Programs[0].Columns {
						told := w.Column(i)
						if col.Unit == sla.Amount {
							if want := report.Money(contracts.Amount(row.Value(i)), c.Contracts[0].Currency, lang); !strings.HasSuffix(told, want) {
								t.Fatalf("%s %s %s: %q does not end with %s", name, id, col.Name, told, want)
							}
						}
						if col.Label.In(lang) == "" || !strings.HasPrefix(told, col.Label.In(lang)) {
							t.Fatalf("%s %s: column %s has no label in %s: %q", name, id, col.Name, lang, told)
						}
					}
				}
				break // one customer of each
			}
		}
	}
}

// TestTheRowAloneGivesTheAmount evaluates every formula of a row by the plain reading of the language, from its inputs.
func TestTheRowAloneGivesTheAmount(t *testing.T) {
	c, run := openExample(t, "firstserver-2012")
	n := 0
	for row, err := range run("consumer-gross-own-half").Assess(c.CustomersOf(c.Programs[0])).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		for i, col := range c.Programs[0].Columns {
			if col.Expr == nil {
				continue
			}
			if got, err := formula.Eval(col.Expr, row.Env()); err != nil || got != row.Value(i) {
				t.Fatalf("%s, %s: the row gives %d, %v, the engine %d", row.Customer.ID, col.Name, got, err, row.Value(i))
			}
		}
		if n++; n == 500 {
			return
		}
	}
}

// TestRowsAsJSONLinesAndCSVReadBackEqual writes the same rows in both forms and compares what other readers find in them.
func TestRowsAsJSONLinesAndCSVReadBackEqual(t *testing.T) {
	for _, tt := range []struct{ example, findings string }{{"jcom-2005", "as-judged"}, {"tokyo-2001", "as-judged"}, {"sqli-2014", "cap-undecided"}} {
		c, run := openExample(t, tt.example)
		var lines, table strings.Builder
		jsonl, out := report.NewJSONLines(&lines, false), report.NewCSV(&table, false)
		for row, err := range run(tt.findings).Assess(c.CustomersOf(c.Programs[0])).Rows() {
			if err != nil {
				t.Fatal(err)
			}
			if err := jsonl.Write(row); err != nil {
				t.Fatal(err)
			}
			if err := out.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		if err := out.Flush(); err != nil {
			t.Fatal(err)
		}
		records, err := csv.NewReader(strings.NewReader(table.String())).ReadAll()
		if err != nil || len(records) != 2 {
			t.Fatalf("%s: %d records, %v", tt.example, len(records), err)
		}
		var object struct {
			Customer, Contract, Currency, Result string
			Payable                              *string
			Columns                              map[string]any
		}
		if err := json.Unmarshal([]byte(lines.String()), &object); err != nil {
			t.Fatal(err)
		}
		payable := ""
		if object.Payable != nil {
			payable = *object.Payable
		}
		cells := map[string]string{}
		for i, h := range records[0] {
			cells[h] = records[1][i]
		}
		if cells["customer"] != object.Customer || cells["contract"] != object.Contract || cells["currency"] != object.Currency || cells["payable"] != payable || cells["result"] != object.Result {
			t.Errorf("%s: CSV %v, JSON %+v", tt.example, cells, object)
		}
		for name, v := range object.Columns {
			if s, text := v.(string); text && name != "payable" && cells[name] != s {
				t.Errorf("%s, %s: CSV %q, JSON %q", tt.example, name, cells[name], s)
			}
		}
	}
}
