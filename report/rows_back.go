package report

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
)

// RowBack is a row as [JSONLines] or [CSV] wrote it. Values are text: amounts in major units with the currency's decimals, yes and no as 1 and 0, else whole numbers.
type RowBack struct {
	Customer, Subscription, Contract, Currency string
	Payable                                    string // empty when it needs judgement
	Result                                     string
	Columns                                    map[string]string // by name; without the payable
	Readings                                   []ReadingBack     // JSON Lines only
	Partial                                    bool
}

// ReadingBack is the payable under one way of deciding what is open.
type ReadingBack struct {
	Findings map[string]string `json:"findings"`
	Payable  string            `json:"payable"`
}

// ReadJSONLines reads the rows of [JSONLines] back. A line that is no such row is an error that names it, and ends the reading.
func ReadJSONLines(r io.Reader) iter.Seq2[RowBack, error] {
	return func(yield func(RowBack, error) bool) {
		lines := bufio.NewReader(r)
		for n := 1; ; n++ {
			line, err := lines.ReadBytes('\n')
			if len(line) > 0 {
				row, bad := rowOfJSON(line)
				if bad != nil {
					yield(RowBack{}, fmt.Errorf("line %d: %w", n, bad))
					return
				}
				if !yield(row, nil) {
					return
				}
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(RowBack{}, err)
				return
			}
		}
	}
}

func rowOfJSON(line []byte) (RowBack, error) {
	var x struct {
		Customer, Subscription, Contract, Currency, Result string
		Payable                                            *string
		Columns                                            map[string]any
		Readings                                           []ReadingBack
		Partial                                            bool
	}
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	d.UseNumber()
	if err := d.Decode(&x); err != nil {
		return RowBack{}, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return RowBack{}, errors.New("more than one value on a line")
	}
	out := RowBack{Customer: x.Customer, Subscription: x.Subscription, Contract: x.Contract, Currency: x.Currency, Result: x.Result, Columns: map[string]string{}, Readings: x.Readings, Partial: x.Partial}
	if x.Payable != nil {
		out.Payable = *x.Payable
	}
	for name, v := range x.Columns { // order: fills a map
		switch v := v.(type) {
		case string:
			out.Columns[name] = v
		case json.Number:
			out.Columns[name] = v.String()
		case bool:
			out.Columns[name] = "0"
			if v {
				out.Columns[name] = "1"
			}
		case nil:
		default:
			return RowBack{}, fmt.Errorf("column %s is of another kind than a row has", name)
		}
	}
	delete(out.Columns, "payable")
	return out, nil
}

// ReadCSVRows reads the rows of [CSV] back, under the heading of each contract. A row that does not fit its heading is an error that names its line, and ends the reading.
func ReadCSVRows(r io.Reader) iter.Seq2[RowBack, error] {
	return func(yield func(RowBack, error) bool) {
		in := csv.NewReader(r)
		in.FieldsPerRecord = -1
		var head []string
		for {
			fields, err := in.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			line, _ := in.FieldPos(0)
			switch {
			case err == nil && len(fields) > len(csvHead) && slices.Equal(fields[:len(csvHead)], csvHead):
				head = fields
				continue
			case err == nil && len(fields) != len(head):
				err = fmt.Errorf("line %d has %d fields, its heading %d", line, len(fields), len(head))
			}
			if err != nil {
				yield(RowBack{}, err)
				return
			}
			out := RowBack{Customer: fields[0], Subscription: fields[1], Contract: fields[2], Currency: fields[3], Payable: fields[4], Result: fields[5], Columns: map[string]string{}}
			for i := len(csvHead); i < len(head); i++ {
				if head[i] == "PARTIAL" {
					out.Partial = true
					continue
				}
				out.Columns[head[i]] = fields[i]
			}
			if !yield(out, nil) {
				return
			}
		}
	}
}

// csvHead is how the heading of CSV begins.
var csvHead = []string{"customer", "subscription", "contract", "currency", "payable", "result"}
