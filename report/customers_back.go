package report

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/xuri/excelize/v2"
)

// ErrNoCustomers is the error of a workbook without a sheet of customers of the program.
var ErrNoCustomers = errors.New("the workbook has no sheet of customers with the columns of this program")

// ReadCustomers reads the customers back from a workbook that [Workbook] wrote for the program: those of every sheet whose headings are the program's columns,
// a sample of worked rows apart. Each has what the program reads of a customer. The error of a cell names it, and no customer follows.
//
// It reads its own workbooks only. A list from elsewhere is not for it.
func ReadCustomers(r io.Reader, prog *sla.Program) iter.Seq2[sla.Customer, error] {
	return func(yield func(sla.Customer, error) bool) {
		f, err := excelize.OpenReader(r, excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzipped})
		if err != nil {
			yield(sla.Customer{}, err)
			return
		}
		defer f.Close()
		found := false
		for _, sheet := range f.GetSheetList() {
			is, goOn := readCustomers(f, sheet, prog, yield)
			if !goOn {
				return
			}
			found = found || is
		}
		if !found {
			yield(sla.Customer{}, fmt.Errorf("%w: %s", ErrNoCustomers, prog.Contract.ID))
		}
	}
}

// maxUnzipped is how large a workbook may be unpacked, in bytes: some millions of rows.
const maxUnzipped = 8 << 30

// readCustomers reads one sheet, and says whether it is one of customers and whether to go on.
func readCustomers(f *excelize.File, sheet string, prog *sla.Program, yield func(sla.Customer, error) bool) (is, goOn bool) {
	rows, err := f.Rows(sheet)
	if err != nil {
		return false, yield(sla.Customer{}, err)
	}
	defer rows.Close()
	fail := func(cell, message string) bool {
		yield(sla.Customer{}, fmt.Errorf("%s!%s: %s", sheet, cell, message))
		return false
	}
	for n := 1; rows.Next(); n++ {
		cells, err := rows.Columns()
		if err != nil {
			return is, fail("A"+strconv.Itoa(n), err.Error())
		}
		switch {
		case n < firstDataRow-1:
			continue
		case n == firstDataRow-1:
			if !headsOf(cells, prog) {
				return false, true
			}
			is = true
			continue
		}
		c, at, err := customerIn(cells, prog)
		if err != nil {
			return is, fail(columnName(at)+strconv.Itoa(n), err.Error())
		}
		if !yield(c, nil) {
			return is, false
		}
	}
	return is, true
}

// headsOf reports whether a row of headings is that of a customers sheet of the program, and not of a sample.
func headsOf(cells []string, prog *sla.Program) bool {
	want := []string{"id", "subscription", "name", "no", "result", "owed"}
	for _, c := range prog.Columns {
		want = append(want, c.Name)
	}
	want = append(want, dateHeads(prog)...)
	return len(cells) >= len(want) && slices.Equal(cells[:len(want)], want) && !slices.Contains(cells, sampleHead)
}

// customerIn takes a customer from the cells of its row. at is the place of a cell that is wrong.
func customerIn(cells []string, prog *sla.Program) (c sla.Customer, at int, err error) {
	cell := func(i int) string {
		if i < len(cells) {
			return cells[i]
		}
		return ""
	}
	inputs := map[string]int64{}
	for i, col := range prog.Columns {
		if col.Expr != nil {
			continue
		}
		at = identityCols + i
		if inputs[col.Name], err = strconv.ParseInt(cell(at), 10, 64); err != nil {
			return c, at, fmt.Errorf("%s is %q, and not a whole number", col.Name, cell(at))
		}
	}
	var days [2]contracts.Date
	for i := range dateHeads(prog) {
		at = identityCols + len(prog.Columns) + i
		if text := cell(at); text != "" {
			if days[i], _, err = contracts.ParseDate(text); err != nil {
				return c, at, err
			}
		}
	}
	if cell(0) == "" {
		return c, 0, errors.New("the row has no customer id")
	}
	c, err = prog.CustomerOf(cell(0), cell(1), cell(2), days[0], days[1], inputs)
	return c, 0, err
}

// dateHeads are the columns of a subscription's dates, from which some inputs follow.
func dateHeads(prog *sla.Program) []string {
	if prog.Shape.Dates {
		return []string{"since", "until"}
	}
	return nil
}

// sampleHead is the heading of helper columns that hold sums over all rows: those of a sample.
const sampleHead = "sample"
