package report_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/examples"
	"github.com/amends-go/amends/internal/txtar"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

// caseFolders are the examples and the stories.
func caseFolders(t *testing.T) map[string]fs.FS {
	t.Helper()
	out := map[string]fs.FS{}
	for _, name := range examples.Names() {
		f, err := examples.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = f
	}
	stories, err := filepath.Glob(filepath.Join("..", "testdata", "cases", "*.txtar"))
	if err != nil || len(stories) == 0 {
		t.Fatal("no stories", err)
	}
	for _, path := range stories {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		a, err := txtar.Parse(string(data))
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(path)] = a.Files
	}
	return out
}

// amountsOf are the payables of a case under its default findings, by customer and subscription, and the outcome.
func amountsOf(t *testing.T, c *sla.Case) map[string]string {
	t.Helper()
	out := map[string]string{}
	runs, err := c.Bind("")
	if err != nil {
		t.Fatal(err)
	}
	for _, run := range runs {
		for row, err := range run.Assess(c.CustomersOf(run.Program)).Rows() {
			var notes contracts.Problems
			if errors.As(err, &notes) && notes.Err() == nil {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			out[row.Customer.ID+"/"+row.Customer.Subscription] = row.Payable().Text(run.Program.Contract.Currency) + " " + row.Outcome().String()
		}
	}
	return out
}

// TestCustomersAreReadBackFromTheWorkbook: of every case the customers sheet, read back and written as a list, gives a case with the same
// amounts for everybody.
func TestCustomersAreReadBackFromTheWorkbook(t *testing.T) {
	read, refused := 0, 0
	for name, folder := range caseFolders(t) { // order: each by itself
		c, problems := sla.OpenCase(folder, sla.ReadOptions{})
		if c == nil {
			t.Fatal(name, problems)
		}
		if len(c.Contracts) > 1 {
			continue // a list of one program's columns is not that of several
		}
		runs, err := c.Bind("")
		if err != nil {
			t.Fatal(err)
		}
		var book bytes.Buffer
		if err := report.Workbook(&book, result(t, c.Title, runs[0], c.CustomersOf(c.Programs[0])), "ja"); err != nil {
			t.Fatal(name, err)
		}
		var list bytes.Buffer
		w, err := sla.NewCustomersCSV(&list, c.Programs[0])
		if err != nil {
			refused++
			if len(c.Programs[0].Shape.Less) == 0 {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		for customer, err := range report.ReadCustomers(&book, c.Programs[0]) {
			if err == nil {
				err = w.Write(customer)
			}
			if err != nil {
				t.Fatal(name, err)
			}
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		again, problems := sla.OpenCase(withList(t, folder, list.Bytes()), sla.ReadOptions{})
		if again == nil {
			t.Errorf("%s: the list read back is refused: %v\n%.400s", name, problems, list.String())
			continue
		}
		if diff := cmp.Diff(amountsOf(t, c), amountsOf(t, again)); diff != "" {
			t.Errorf("%s: the list read back gives other amounts (-before +after):\n%.2000s", name, diff)
		}
		read++
	}
	t.Logf("%d lists read back, %d with reasons refused", read, refused)
	if read < 40 {
		t.Errorf("only %d lists were read back", read)
	}
}

// withList is the folder with another list of customers, which holds the claims too.
func withList(t *testing.T, folder fs.FS, list []byte) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(folder, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, path)
		if path == sla.CaseFile {
			var lines []string
			for line := range strings.Lines(string(data)) {
				if !strings.HasPrefix(line, "claims:") && !strings.HasPrefix(line, "customers:") {
					lines = append(lines, line)
				}
			}
			data = []byte(strings.Join(lines, "") + "\ncustomers: read-back.csv\n")
		}
		out[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	out["read-back.csv"] = &fstest.MapFile{Data: list}
	return out
}

// TestOtherWorkbooksHaveNoCustomers: a workbook of another program is refused, and a cell that is no number names itself.
func TestOtherWorkbooksHaveNoCustomers(t *testing.T) {
	c, run := openExample(t, "jcom-2005")
	other, _ := openExample(t, "sqli-2014")
	var book bytes.Buffer
	if err := report.Workbook(&book, result(t, c.Title, run(""), c.CustomersOf(c.Programs[0])), "en"); err != nil {
		t.Fatal(err)
	}
	for _, err := range report.ReadCustomers(bytes.NewReader(book.Bytes()), other.Programs[0]) {
		if !errors.Is(err, report.ErrNoCustomers) {
			t.Errorf("read with another program: %v", err)
		}
	}
}
