package report

import (
	"encoding/json"
	"io"
	"slices"
	"strconv"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/csvtable"
	"github.com/amends-go/amends/sla"
)

// JSONLines writes assessed rows as JSON Lines, one object a row:
//
//	customer, subscription   as in the list
//	contract, currency       id and ISO 4217 code
//	payable                  decimal text in major units; negative is owed back; null when it needs judgement
//	result                   computed, needs-judgement or void
//	columns                  name → value: decimal text for amounts, true or false, whole numbers
//	readings                 only when it needs judgement: each way of deciding, with its payable
//	partial                  true when rows were refused and the rest was asked for all the same
type JSONLines struct {
	enc     *json.Encoder
	partial bool
}

// NewJSONLines writes to w; partial marks every row.
func NewJSONLines(w io.Writer, partial bool) *JSONLines {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return &JSONLines{enc, partial}
}

type jsonRow struct {
	Customer     string         `json:"customer"`
	Subscription string         `json:"subscription,omitempty"`
	Contract     string         `json:"contract"`
	Currency     string         `json:"currency"`
	Payable      *string        `json:"payable"`
	Result       string         `json:"result"`
	Columns      map[string]any `json:"columns"` // encoding/json writes keys in order
	Readings     []jsonReading  `json:"readings,omitempty"`
	Partial      bool           `json:"partial,omitempty"`
}

type jsonReading struct {
	Findings map[string]string `json:"findings"`
	Payable  string            `json:"payable"`
}

// Write writes one row.
func (j *JSONLines) Write(r sla.Row) error {
	prog := r.Run().Program
	cur := prog.Contract.Currency
	out := jsonRow{
		Customer: r.Customer.ID, Subscription: r.Customer.Subscription, Contract: prog.Contract.ID, Currency: cur.Code,
		Result: r.Outcome().String(), Columns: make(map[string]any, len(prog.Columns)), Partial: j.partial,
	}
	for i, c := range prog.Columns {
		out.Columns[c.Name] = jsonValue(c.Unit, r.Value(i), cur)
	}
	if r.Outcome() != sla.NeedsJudgement {
		payable := r.Payable().Text(cur)
		out.Payable = &payable
		return j.enc.Encode(out)
	}
	out.Columns["payable"] = nil // no number stands for several
	for _, reading := range r.Readings() {
		x := jsonReading{map[string]string{}, reading.Payable.Text(cur)}
		for _, d := range reading.Values {
			x.Findings[d.Parameter] = d.Option
		}
		out.Readings = append(out.Readings, x)
	}
	return j.enc.Encode(out)
}

func jsonValue(u sla.Unit, v int64, cur contracts.Currency) any {
	switch u {
	case sla.Amount:
		return contracts.Amount(v).Text(cur)
	case sla.YesNo:
		return v != 0
	}
	return v
}

// CSV writes assessed rows as comma-separated values for machines: customer, subscription, contract,
// currency, payable (empty when it needs judgement), result, then every column of the program.
// Text is written as it is; a spreadsheet may take an id for a formula, so give people the workbook.
type CSV struct {
	w       *csvtable.Writer
	program *sla.Program // whose header was written last
	partial bool
}

// NewCSV writes to w; partial adds a column that marks every row.
func NewCSV(w io.Writer, partial bool) *CSV {
	return &CSV{w: csvtable.NewWriter(w, csvtable.Machine), partial: partial}
}

// Write writes one row, with a header before the first row of each contract.
func (c *CSV) Write(r sla.Row) error {
	prog := r.Run().Program
	if c.program != prog {
		c.program = prog
		head := slices.Clone(csvHead)
		for _, col := range prog.Columns[:len(prog.Columns)-1] { // payable stands in front
			head = append(head, col.Name)
		}
		if c.partial {
			head = append(head, "PARTIAL")
		}
		if err := c.w.Write(head); err != nil {
			return err
		}
	}
	cur := prog.Contract.Currency
	payable := r.Payable().Text(cur)
	if r.Outcome() == sla.NeedsJudgement {
		payable = ""
	}
	out := []string{r.Customer.ID, r.Customer.Subscription, prog.Contract.ID, cur.Code, payable, r.Outcome().String()}
	for i, col := range prog.Columns[:len(prog.Columns)-1] {
		v := r.Value(i)
		if col.Unit == sla.Amount {
			out = append(out, contracts.Amount(v).Text(cur))
		} else {
			out = append(out, strconv.FormatInt(v, 10))
		}
	}
	if c.partial {
		out = append(out, "PARTIAL")
	}
	return c.w.Write(out)
}

// Flush writes what is still buffered.
func (c *CSV) Flush() error { return c.w.Flush() }
