package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/google/go-cmp/cmp"
)

// base is the sound case of the stories.
const base = storiesOf + "/base.txtar"

// TestBigBadInputs are too big to stand in a file. None may take time or memory out of proportion: without the
// limits each would run for minutes or fill the memory.
func TestBigBadInputs(t *testing.T) {
	doubling := "a0: &a0 {k0: v}\n"
	for i := 1; i <= 22; i++ {
		doubling += fmt.Sprintf("a%d: &a%d {<<: [*a%d, *a%d], k%d: v}\n", i, i, i-1, i-1, i)
	}
	indents := ""
	for i := range 2_000 {
		indents += strings.Repeat(" ", i) + "a:\n"
	}
	var phases strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&phases, "      - {id: p%d, title: x, from: 2026-06-01 00:00, to: 2026-06-01 00:01}\n", i)
	}
	tests := []struct {
		name string
		edit edit
		exit int
		want told
	}{
		{"YAML-02 merge keys that double 22 times", edit{"contract.yaml", "id: hosting\n", doubling}, exitLimit, told{"error", "E_YAML_ALIAS", "contract.yaml", "1", "5", "", ""}},
		{"YAML-03 100,000 brackets", edit{"contract.yaml", "law: jp", "law: " + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)}, exitLimit,
			told{"error", "E_DEPTH", "contract.yaml", "3", "", "", "nested deeper than 64 levels"}},
		{"YAML-03 2,000 indents", edit{"contract.yaml", "", indents}, exitLimit, told{"error", "E_DEPTH", "contract.yaml", "", "", "", "nested deeper than 64 levels"}},
		{"NUM-02 a million digits in a contract", edit{"contract.yaml", "50000", strings.Repeat("9", 1_000_000)}, exitLimit,
			told{"error", "E_RANGE", "contract.yaml", "23", "19", "clauses[3].cap.amount", "more than 38 digits"}},
		{"NUM-02 60,000 digits in a list", edit{"customers.csv", "10000", strings.Repeat("9", 60_000)}, exitLimit,
			told{"error", "E_RANGE", "customers.csv", "2", "9", "monthly_fee", "more than 38 digits"}},
		{"NUM-02 a million digits in a list, more than a field may have", edit{"customers.csv", "10000", strings.Repeat("9", 1_000_000)}, exitLimit,
			told{"error", "E_LIMIT_FIELD", "customers.csv", "2", "9", "monthly_fee", "more than 65536 bytes"}},
		{"NUM-02 two million digits in a list, more than a row may have", edit{"customers.csv", "10000", strings.Repeat("9", 2_000_000)}, exitLimit,
			told{"error", "E_LIMIT_ROW", "customers.csv", "2", "1", "", "more than 1048576 bytes"}},
		{"CUST-08 an id of 10,000 characters", edit{"customers.csv", "c1", strings.Repeat("あ", 10_000)}, exitRefused,
			told{"error", "E_ID", "customers.csv", "2", "1", "id", "30000 bytes; at most 128"}},
		{"CUST-08 an id of 129 characters", edit{"customers.csv", "c1", strings.Repeat("x", 129)}, exitRefused, told{"error", "E_ID", "customers.csv", "2", "1", "id", "129 bytes"}},
		{"CUST-08 an id of 128 characters", edit{"customers.csv", "c1", strings.Repeat("x", 128)}, exitOK, told{}},
		{"INC-08 more phases than a file may hold", edit{"incident.yaml", "    phases:\n", "    phases:\n" + phases.String()}, exitLimit,
			told{"error", "E_SIZE", "incident.yaml", "", "", "", "the file has more than 200000 values"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := story{base: base, edits: []edit{tt.edit}, exit: tt.exit}
			if tt.want.code != "" {
				s.told = []told{tt.want}
			}
			s.rows = tt.want.code == "E_ID"
			s.check(t)
		})
	}
}

// TestManyPhases: as many as a file may hold are joined, each minute counted once.
func TestManyPhases(t *testing.T) {
	var b strings.Builder
	for i := range 10_000 { // 10,000 minutes, each twice: every interval overlaps the next
		at := time.Date(2026, 6, 1, 0, i%10_000, 0, 0, time.UTC)
		fmt.Fprintf(&b, "      - {id: p%d, title: x, from: %s, to: %s, grade: ordinary}\n", i, at.Format("2006-01-02 15:04"), at.Add(2*time.Minute).Format("2006-01-02 15:04"))
	}
	dir := unpack(t, base)
	change(t, dir, edit{"incident.yaml", "    phases:\n", "    phases:\n" + b.String()})
	change(t, dir, edit{"customers.csv", "", "id,monthly_fee,loss.repair@outage\nc1,100,\n"})
	got := assess(t, dir)
	// 10,001 minutes from 1 June 00:00, which run to 7 June 22:41, and the hour of the sound case on 10 June.
	if want := fmt.Sprintf(`"downtime.uptime@2026-06":%d`, (10_001+60)*60_000); got.status != exitOK || !strings.Contains(got.written, want) {
		t.Errorf("exit %d, and %s is not written: %.600s\n%.600s", got.status, want, got.written, got.err)
	}
}

// TestAMillionIntervals (INC-08) of one service are joined at once. Were that quadratic, this test would not end.
func TestAMillionIntervals(t *testing.T) {
	const n = 1_000_000
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	periods := make([]contracts.Period, n)
	for i := range periods {
		k := i * 7_919 % n // a prime that does not divide n: every number once, in no order
		at := start.Add(time.Duration(k) * 10 * time.Second)
		periods[i] = contracts.Period{Start: at, End: at.Add(time.Duration(5+k%2*10) * time.Second)} // every other one reaches over the next
	}
	// Two intervals begin every 20 seconds: from 0 for 5 s, and from 10 for 15 s, which covers the next one's 5 s.
	// So 5 s at the very beginning, and 15 s for each of the other kind.
	const want = 5_000 + n/2*15_000
	if got := sla.DowntimeOf(periods...).Millis(); got != want {
		t.Errorf("got %d ms, want %d", got, int64(want))
	}
}

// TestManyBadRows: no more than 1,000 problems are written out; the rows are all among the refused.
func TestManyBadRows(t *testing.T) {
	for _, n := range []int{999, 1_000, 1_001, 3_000} {
		dir := unpack(t, base)
		list := "id,monthly_fee,loss.repair\ngood,100,\n"
		for i := range n {
			list += fmt.Sprintf("c%d,1.5,\n", i)
		}
		change(t, dir, edit{"customers.csv", "", list})
		got := assess(t, dir)
		listed, more := 0, 0
		for _, p := range got.problems {
			switch p.Code {
			case "E_PRECISION":
				listed++
			case "E_TOO_MANY":
				more++
			}
		}
		if got.status != exitRefused || listed != min(n, maxReported) || (more > 0) != (n > maxReported) || len(got.problems) > maxReported+1 {
			t.Errorf("%d bad rows: exit %d, %d listed, %d times told that there are more, %d lines", n, got.status, listed, more, len(got.problems))
		}
		got = assess(t, dir, "--allow-partial")
		if rows := strings.Count(got.rejects, "E_PRECISION"); got.status != exitPartial || rows != n || len(got.customers) != 1 {
			t.Errorf("%d bad rows left out: exit %d, %d among the refused, %d customers assessed", n, got.status, rows, len(got.customers))
		}
	}
}

// changing is a folder in which a list is another one from its nth opening on.
type changing struct {
	fs.FS
	name  string
	after int
	then  []byte
	seen  *int
}

func (c changing) Open(name string) (fs.File, error) {
	if name == c.name {
		if *c.seen++; *c.seen > c.after {
			return fstest.MapFS{name: {Data: c.then}}.Open(name)
		}
	}
	return c.FS.Open(name)
}

// TestListThatChanges (CSV-15): whenever the list changes while the case is assessed, nothing is written.
func TestListThatChanges(t *testing.T) {
	dir := unpack(t, base)
	other := []byte("id,name,monthly_fee,loss.repair\nc1,Sato,10000,1000\nc2,Ito,20000,2000\nc3,Kato,30000,3000\n")
	for _, command := range [][]string{{"assess", dir, "-o", "OUT"}, {"compare", dir, "found", "found", "-o", "OUT"}} {
		seen := 0
		for after := 1; after <= seen || after == 1; after++ {
			seen = 0
			out := filepath.Join(t.TempDir(), "out.csv")
			args := append([]string{}, command...)
			for i := range args {
				args[i] = strings.Replace(args[i], "OUT", out, 1)
			}
			var report bytes.Buffer
			a := &app{out: &bytes.Buffer{}, err: &report, files: func(dir string) fs.FS {
				return changing{os.DirFS(dir), "customers.csv", after, other, &seen}
			}}
			status := a.run(args)
			_, err := os.Stat(out)
			if seen <= after {
				if status != exitOK {
					t.Errorf("%s: the list did not change, exit %d: %s", command[0], status, &report)
				}
				break
			}
			if status != exitRefused || err == nil || !strings.Contains(report.String(), "error E_CHANGED") {
				t.Errorf("%s: changed at opening %d of %d: exit %d, written %v: %s", command[0], after+1, seen, status, err == nil, &report)
			}
		}
	}
}

// TestManyCustomersInPieces (CUST-07, scaled down): ten pieces of a list give what the list gives.
func TestManyCustomersInPieces(t *testing.T) {
	const n, pieces = 20_000, 10
	dir := unpack(t, base)
	change(t, dir, edit{"customers.csv", "", manyCustomers(0, n)})
	whole := assess(t, dir)
	if len(whole.customers) != n {
		t.Fatalf("exit %d, %d customers: %.300s", whole.status, len(whole.customers), whole.err)
	}
	joined := ""
	for i := range pieces {
		change(t, dir, edit{"customers.csv", "", manyCustomers(i*n/pieces, (i+1)*n/pieces)})
		joined += assess(t, dir).written
	}
	if joined != whole.written {
		t.Errorf("ten pieces give other rows than the whole: %s", cmp.Diff(strings.SplitN(joined, "\n", 3)[:2], strings.SplitN(whole.written, "\n", 3)[:2]))
	}
}

// manyCustomers is a list of customers from one number up to another.
func manyCustomers(from, to int) string {
	var b strings.Builder
	b.WriteString("id,monthly_fee,loss.repair\n")
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, "c%08d,%d,%d\n", i, 1000+i%977, i%9973)
	}
	return b.String()
}

// BenchmarkManyCustomers streams a list to CSV. Memory grows by the ids alone, which are kept to find those that stand twice.
func BenchmarkManyCustomers(b *testing.B) {
	const n = 100_000
	dir := unpack(b, base)
	change(b, dir, edit{"customers.csv", "", manyCustomers(0, n)})
	out := filepath.Join(b.TempDir(), "out.csv")
	b.ReportAllocs()
	for b.Loop() {
		if status, _, report := run("assess", dir, "-o", out); status != exitOK {
			b.Fatal(report)
		}
	}
	b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
