package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// TestRefusedRows go to the rejects with their place and reason; what is written without them says that it is partial.
func TestRefusedRows(t *testing.T) {
	dir := unpack(t, base)
	change(t, dir, edit{"customers.csv", "c2,Ito", "b,x,1.5,1\n合計,,1,1\nc2,Ito"})
	for _, format := range []string{"jsonl", "csv", "xlsx"} {
		out := filepath.Join(t.TempDir(), "out."+format)
		if status, _, _ := run("assess", dir, "-o", out); status != exitRefused || exists(out) || exists(out+".rejects.csv") {
			t.Errorf("%s without --allow-partial: exit %d, want %d; written: %v, %v", format, status, exitRefused, exists(out), exists(out+".rejects.csv"))
		}
		status, table, _ := run("assess", dir, "-o", out, "--allow-partial")
		if status != exitPartial || !strings.Contains(table, "PARTIAL: some rows were rejected (2)") {
			t.Errorf("%s: exit %d, want %d; the summary is\n%s", format, status, exitPartial, table)
		}
		for _, part := range marked(t, out) {
			if !strings.Contains(strings.ToUpper(part), "PARTIAL") {
				t.Errorf("%s: not marked as partial: %.200s", format, part)
			}
		}
		rejects := read(t, out+".rejects.csv")
		want := "file,line,column,code,message,row\n" +
			"customers.csv,3,5,E_PRECISION,\"too many decimals: JPY has 0 decimals, found 1 in \"\"1.5\"\"\",\"b,x,1.5,1\"\n" +
			"customers.csv,4,1,E_ID,looks like a total row,\"合計,,1,1\"\n"
		if diff := cmp.Diff(want, strings.ReplaceAll(rejects, "\r\n", "\n")); diff != "" {
			t.Errorf("%s: rejects (-want +got):\n%s", format, diff)
		}
	}
}

// marked returns the parts of an output that must each say when it is partial: its rows, or its sheets.
func marked(t *testing.T, path string) []string {
	t.Helper()
	if !strings.HasSuffix(path, ".xlsx") {
		return slices.Collect(strings.Lines(read(t, path)))
	}
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []string
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, sheet+": "+fmt.Sprint(rows))
	}
	return out
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func read(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestRefusedRowsOfTheDefaultOutput stand beside it; of standard output they have no place but the flag's.
func TestRefusedRowsOfTheDefaultOutput(t *testing.T) {
	dir, work := unpack(t, base), t.TempDir()
	change(t, dir, edit{"customers.csv", "c2,Ito", "b,x,1.5,1\nc2,Ito"})
	if status, _ := runIn(work, "assess", dir, "--allow-partial"); status != exitPartial || !exists(filepath.Join(work, "base.xlsx.rejects.csv")) {
		t.Errorf("exit %d, rejects: %v", status, exists(filepath.Join(work, "base.xlsx.rejects.csv")))
	}
	if status, _ := runIn(work, "assess", dir, "--allow-partial", "-o", "-", "--format", "csv", "--rejects", "no.csv"); status != exitPartial || !exists(filepath.Join(work, "no.csv")) {
		t.Errorf("exit %d, rejects: %v", status, exists(filepath.Join(work, "no.csv")))
	}
}

// runIn runs a command line in a folder.
func runIn(dir string, args ...string) (status int, report string) {
	var o, e strings.Builder
	a := &app{out: &o, err: &e, dir: dir}
	status = a.run(args)
	return status, o.String() + e.String()
}

// TestEveryProblemOfEveryFileAtOnce breaks four files in five places.
func TestEveryProblemOfEveryFileAtOnce(t *testing.T) {
	dir := unpack(t, base)
	for _, e := range []edit{
		{"contract.yaml", "rounding: down", "rounding: dwon"}, {"contract.yaml", "per: subscription", "per: subscripton"},
		{"findings.yaml", "own_fault: {is:", "own_fault: {si:"}, {"case.yaml", "title:", "titel:"}, {"customers.csv", "c1,Sato,10000", "c1,Sato,x"},
	} {
		change(t, dir, e)
	}
	got := assess(t, dir)
	for _, want := range []told{
		{"error", "E_ENUM", "contract.yaml", "6", "11", "rounding", "did you mean down?"},
		{"error", "E_ENUM", "contract.yaml", "23", "31", "clauses[3].cap.per", "did you mean subscription?"},
		{"error", "E_UNKNOWN_FIELD", "findings.yaml", "6", "19", "sets[0].findings.own_fault.si", "did you mean is?"},
		{"error", "E_UNKNOWN_FIELD", "case.yaml", "2", "1", "titel", "did you mean title?"},
		{"error", "E_NUM_FORM", "customers.csv", "2", "9", "monthly_fee", "write plain digits"},
	} {
		if !slices.ContainsFunc(got.problems, want.is) {
			t.Errorf("not reported: %v", want)
		}
	}
	if got.status != exitRefused || got.written != oldOutput {
		t.Errorf("exit %d, want %d; the old output was replaced: %v", got.status, exitRefused, got.written != oldOutput)
	}
	if t.Failed() {
		t.Log(got.err)
	}
}

// TestLinesForMachines: with --errors json every line of the report is an object with the same fields, whatever went wrong.
func TestLinesForMachines(t *testing.T) {
	dir := unpack(t, base)
	change(t, dir, edit{"customers.csv", "c2,Ito", "\"b,x,1.5,1\nc2,Ito"})
	want := []string{"byte_offset", "cell", "code", "column", "field", "file", "hint", "line", "message", "severity", "sheet", "value"}
	for _, args := range [][]string{
		{"assess", dir}, {"check", dir}, {"explain", dir, "--customer", "c1"}, {"compare", dir, "found", "found"}, {"assess", "nosuch"}, {"assess", "--fnidings", "x"}, {"asess"},
		{"assess", unpack(t, base), "-o", filepath.Join(dir, "nosuch", "x.csv")}, {"assess", unpack(t, base), "-f", "nosuch"}, {"explain", unpack(t, base), "--customer", "nosuch"},
		{"assess", unpack(t, base), "--delimiter", "ab"},
	} {
		status, _, report := run(append([]string{"--errors", "json"}, args...)...)
		if status == exitOK || report == "" {
			t.Errorf("%v: exit %d, report %q", args, status, report)
		}
		for line := range strings.Lines(report) {
			var object map[string]any
			if err := json.Unmarshal([]byte(line), &object); err != nil {
				t.Errorf("%v: not JSON: %s", args, line)
				continue
			}
			if diff := cmp.Diff(want, slices.Sorted(maps.Keys(object))); diff != "" {
				t.Errorf("%v: fields (-want +got):\n%s", args, diff)
			}
			if object["code"] == "" || object["message"] == "" || object["severity"] != "error" {
				t.Errorf("%v: says too little: %s", args, line)
			}
		}
	}
}

// TestNamesStayOutOfReports: what is wrong with a row is told without the name in it, as reports end up in logs.
func TestNamesStayOutOfReports(t *testing.T) {
	const name = "Canary"
	for _, row := range []string{"c3,Canary\x01,1,1", "c3,\"Canary,1,1", "c3,Can\"Canary,1,1", "c3,Canary,1", "c3,1,1,1,Canary", "c3,Canary\xff,1,1"} {
		dir := unpack(t, base)
		change(t, dir, edit{"customers.csv", "c2,Ito", row + "\nc2,Ito"})
		for _, errors := range []string{"text", "json"} {
			status, out, report := run("--errors", errors, "assess", dir, "-o", "-", "--format", "csv")
			if status != exitRefused || strings.Contains(out+report, name) {
				t.Errorf("%q: exit %d, and the report is\n%s%s", row, status, out, report)
			}
		}
	}
}

// TestTheCommand holds the promises of the command line.
func TestTheCommand(t *testing.T) {
	dir := t.TempDir()
	tests := []struct {
		name           string
		args           []string
		status         int
		out, errOutput string
	}{
		{"without arguments the example is assessed", []string{"assess"}, exitOK, "firstserver-2012.xlsx", ""},
		{"help", []string{"assess", "--help"}, exitOK, "--findings", ""},
		{"help of the whole", []string{"--help"}, exitOK, "assess", ""},
		{"no command", nil, exitUsage, "", "Try: amends --help"},
		{"an unknown command", []string{"asess"}, exitUsage, "", `did you mean "assess"?`},
		{"an unknown flag", []string{"assess", "--fnidings", "x"}, exitUsage, "", "--fnidings"},
		{"a delimiter of two characters", []string{"assess", "jcom-2005", "--delimiter", ";;"}, exitUsage, "", "one character, or tab"},
		{"unknown findings", []string{"assess", "jcom-2005", "-f", "as-jugded"}, exitRefused, "", "did you mean as-judged?"},
		{"unknown findings to compare with", []string{"compare", "jcom-2005", "as-judged", "as-jugded"}, exitRefused, "", "did you mean as-judged?"},
		{"an unknown case", []string{"assess", "nosuch"}, exitRefused, "", "or an example: firstserver-2012"},
		{"an unknown customer", []string{"explain", "jcom-2005", "--customer", "Mizuho"}, exitRefused, "", "did you mean mizuho?"},
		{"a folder that is not there", []string{"assess", "jcom-2005", "-o", "nosuch/x.csv"}, exitOutput, "", "nosuch"},
		{"an output that is a folder", []string{"assess", "jcom-2005", "-o", dir}, exitOutput, "", "is a directory"},
		{"the working of a customer", []string{"explain", "jcom-2005", "--customer", "mizuho"}, exitOK, "payable: ¥10,712,128,508", ""},
		{"a comparison", []string{"compare", "firstserver-2012", "interim-2012-06-25", "final-2012-07-31"}, exitOK, "customers no longer in need of judgement", ""},
		{"the examples", []string{"examples"}, exitOK, "tokyo-2001", ""},
		{"a check", []string{"check", "sqli-2014", "tokyo-2001"}, exitOK, "2 checked: 0 errors", ""},
	}
	for _, tt := range tests {
		var out, errOutput strings.Builder
		a := &app{out: &out, err: &errOutput, dir: dir}
		status := a.run(tt.args)
		if status != tt.status || !strings.Contains(out.String(), tt.out) || !strings.Contains(errOutput.String(), tt.errOutput) {
			t.Errorf("%s: exit %d, want %d\n%.400s\n%.400s", tt.name, status, tt.status, &out, &errOutput)
		}
	}
}

// TestStandardOutputHoldsRowsAlone: the summary goes to the error stream, so that the rows can be piped.
func TestStandardOutputHoldsRowsAlone(t *testing.T) {
	dir := unpack(t, base)
	file := filepath.Join(t.TempDir(), "rows")
	for _, format := range []string{"csv", "jsonl", "xlsx"} {
		if status, _, report := run("assess", dir, "-o", file, "--format", format); status != exitOK {
			t.Fatal(report)
		}
		status, out, report := run("assess", dir, "-o", "-", "--format", format)
		if status != exitOK || out != read(t, file) || !strings.Contains(report, "Payable") {
			t.Errorf("%s: exit %d; standard output has %d bytes, the file %d; the summary is\n%s", format, status, len(out), len(read(t, file)), report)
		}
	}
}

// outputOf assesses a case to a file and returns its bytes.
func outputOf(t *testing.T, dir, format string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out."+format)
	if status, _, report := run("assess", dir, "-o", out); status != exitOK {
		t.Fatal(report)
	}
	return read(t, out)
}

// TestSameInputSameBytes in every format, and the same amounts whatever the order of the rows: the workbook, which sorts them,
// differs in the hash of the list and in nothing else.
func TestSameInputSameBytes(t *testing.T) {
	const header = "id,monthly_fee,loss.repair\n"
	one, other := unpack(t, base), unpack(t, base)
	change(t, one, edit{"customers.csv", "", header + "b,100,90\na,200,91\nc,50,92\n"})
	change(t, other, edit{"customers.csv", "", header + "c,50,92\nb,100,90\na,200,91\n"})
	for _, format := range []string{"xlsx", "csv", "jsonl"} {
		first, second := outputOf(t, one, format), outputOf(t, one, format)
		if first != second {
			t.Errorf("%s: two runs differ", format)
		}
	}
	sorted := func(s string) []string { return slices.Sorted(strings.Lines(s)) }
	for _, format := range []string{"csv", "jsonl"} {
		if diff := cmp.Diff(sorted(outputOf(t, one, format)), sorted(outputOf(t, other, format))); diff != "" {
			t.Errorf("%s: the order of rows changes them:\n%s", format, diff)
		}
	}
	if diff := cmp.Diff(cellsOf(t, outputOf(t, one, "xlsx")), cellsOf(t, outputOf(t, other, "xlsx"))); diff != "" {
		t.Errorf("the order of rows changes the workbook:\n%s", diff)
	}
}

// cellsOf are the cells of a workbook by sheet, with their formulas, except the hash of the list and of the whole that rests on it.
func cellsOf(t *testing.T, data string) map[string]string {
	t.Helper()
	f, err := excelize.OpenReader(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string]string{}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, value := range row {
				cell, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				formula, err := f.GetCellFormula(sheet, cell)
				if err != nil {
					t.Fatal(err)
				}
				if c > 0 && (row[0] == "customers.csv" || row[0] == "Hash of the result") && len(value) == 64 {
					continue
				}
				out[sheet+"!"+cell] = value + " =" + formula
			}
		}
	}
	return out
}

// TestZonesAreOurOwn (TIME-14): neither ZONEINFO nor the zone of the machine changes a byte, and the workbook names the data.
func TestZonesAreOurOwn(t *testing.T) {
	dir := unpack(t, casesOf+"/march-in-new-york.txtar")
	want := outputOf(t, dir, "xlsx")
	t.Setenv("ZONEINFO", filepath.Join(dir, "case.yaml")) // not a database of zones
	t.Setenv("TZ", "America/New_York")
	local := time.Local
	defer func() { time.Local = local }()
	time.Local = time.FixedZone("elsewhere", 5*3600)
	if outputOf(t, dir, "xlsx") != want {
		t.Error("the machine's zone changes the workbook")
	}
	if !slices.Contains(slices.Collect(maps.Values(cellsOf(t, want))), contracts.ZoneData+" =") {
		t.Errorf("the workbook does not name the time zone data %s", contracts.ZoneData)
	}
}

// TestExplanationsNameTheRounding (NUM-11): a tie is shown with the way in which it was decided.
func TestExplanationsNameTheRounding(t *testing.T) {
	for mode, want := range map[string]string{"down": "(fraction dropped) = ¥2", "half-up": "(half up) = ¥3", "half-even": "(half to even) = ¥2"} {
		dir := unpack(t, base)
		change(t, dir, edit{"contract.yaml", "rounding: down", "rounding: " + mode})
		change(t, dir, edit{"customers.csv", "c1,Sato,10000", "c1,Sato,25"})
		if _, out, report := run("explain", dir, "--customer", "c1"); !strings.Contains(out, want) {
			t.Errorf("%s: %q is not in\n%s%s", mode, want, out, report)
		}
	}
}

// TestOldOutputStays when a run fails, and nothing is left beside it.
func TestOldOutputStays(t *testing.T) {
	for name, e := range map[string]edit{
		"a refused row": {"customers.csv", "10000", "x"}, "a refused file": {"contract.yaml", "cap:", "cpa:"}, "a sum that does not fit": {"customers.csv", "10000,1000\nc2,Ito,20000,2000", "0,9223372036854775807\nc2,Ito,0,9223372036854775807"},
	} {
		for _, format := range []string{"xlsx", "csv", "jsonl"} {
			dir, work := unpack(t, base), t.TempDir()
			change(t, dir, e)
			change(t, work, edit{"out." + format, "", oldOutput})
			if status, _ := runIn(work, "assess", dir, "-o", "out."+format); status != exitRefused {
				t.Errorf("%s, %s: exit %d, want %d", name, format, status, exitRefused)
			}
			files, err := os.ReadDir(work)
			if err != nil || len(files) != 1 || read(t, filepath.Join(work, "out."+format)) != oldOutput {
				t.Errorf("%s, %s: %v stand in the folder (%v), and the output is %.40q", name, format, files, err, read(t, filepath.Join(work, "out."+format)))
			}
		}
	}
}
