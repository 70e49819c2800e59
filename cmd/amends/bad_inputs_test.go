package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amends-go/amends/examples"
)

// folderOf copies an example to disk, with changes: file → old text → new text.
func folderOf(t *testing.T, example string, changes ...[3]string) string {
	t.Helper()
	dir := t.TempDir()
	base, err := examples.Open(example)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, base); err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		path := filepath.Join(dir, c[0])
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(data), c[1]) {
			t.Fatalf("%s does not hold %q", c[0], c[1])
		}
		if err := os.WriteFile(path, []byte(strings.Replace(string(data), c[1], c[2], 1)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// run runs a command line in a folder of its own.
func runIn(t *testing.T, dir string, args ...string) (status int, out, err string) {
	t.Helper()
	var o, e strings.Builder
	a := &app{out: &o, err: &e, dir: dir}
	status = a.run(args)
	return status, o.String(), e.String()
}

const (
	terms    = "contracts/development.yaml"
	incident = "incident.yaml"
	findings = "findings.yaml"
	list     = "customers.csv"
)

// badInput is a case with one thing wrong, and what must happen: the exit status, and the place and code that the first line
// of the report must hold.
type badInput struct {
	id, file, old, new string
	status             int
	report             string
}

var row = "mailorder,通信販売会社,no,20000000,49135528,28319568,60000000,4000000\n"

var badInputs = []badInput{
	{"YAML-01 alias bomb", terms, "id: development", "a: &a [x, x]\nb: [*a, *a]\nid: development", exitLimit, terms + ":2:4: error E_YAML_ALIAS"},
	{"YAML-02 merge key", terms, "id: development", "<<: {x: y}\nid: development", exitLimit, terms + ":2:1: error E_YAML_ALIAS"},
	{"YAML-03 deep nesting", terms, "law: jp", "law: " + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000), exitLimit, "E_DEPTH"},
	{"YAML-05 duplicate key", terms, "zone: Asia/Tokyo", "zone: Asia/Tokyo\nzone: UTC", exitRefused, terms + ":10:1: error E_DUP_KEY: zone stands twice, at line 9 and at line 10"},
	{"YAML-06 another case and width", terms, "    cap:", "    ｃａｐ:", exitRefused, "did you mean cap?"},
	{"YAML-07 misspelt field", terms, "    cap:", "    cpa:", exitRefused, "E_UNKNOWN_FIELD: unknown field \"cpa\"; did you mean cap?"},
	{"YAML-09 digits of a decimal are kept", findings, "is: 30%", "is: 30.0%", exitOK, ""},
	{"YAML-10 leading zero", terms, "fees-paid-to-date", "010", exitRefused, terms + ":18:19: error E_NUM_FORM"},
	{"YAML-11 hexadecimal", terms, "fees-paid-to-date", "0x10", exitRefused, terms + ":18:19: error E_NUM_FORM"},
	{"YAML-11 underscore", terms, "fees-paid-to-date", "1_000", exitRefused, "E_NUM_FORM"},
	{"YAML-11 exponent", terms, "fees-paid-to-date", "1e3", exitRefused, "E_NUM_FORM"},
	{"YAML-11 sexagesimal", terms, "fees-paid-to-date", "1:30", exitRefused, "E_NUM_FORM"},
	{"YAML-13 beyond 64 bits", terms, "fees-paid-to-date", "12345678901234567890123", exitRefused, terms + ":18:19: error E_RANGE"},
	{"YAML-14 words that YAML 1.1 took for no", terms, "customer: {ja: 通信販売会社, en: mail-order company}", "customer: NO", exitOK, ""},
	{"YAML-15 a bare date", "case.yaml", "as_of: 2014-01-23", "as_of: 2026-01-01", exitOK, ""},
	{"YAML-17 NUL", terms, "id: development", "id: devel\x00opment", exitRefused, "E_ENCODING"},
	{"YAML-17 CP932 bytes", terms, "law: jp", "law: \xe8\xa1\\", exitRefused, "E_ENCODING"},
	{"YAML-17 tab indent", terms, "    cap:", "\tcap:", exitRefused, "E_ENCODING"},
	{"YAML-18 tag", terms, "law: jp", "law: !!binary anA=", exitRefused, terms + ":4:6: error E_YAML_TAG"},
	{"YAML-19 null", terms, "amount: fees-paid-to-date", "amount: ~", exitRefused, "E_REQUIRED: amount is empty"},
	{"CSV-02 bare quote", list, row, "a\"x,y,no,1,1,1,1,1\n" + row, exitRefused, list + ":2:2: error E_CSV_QUOTE"},
	{"CSV-03 ragged row", list, row, "a,1,9\n" + row, exitRefused, list + ":2:"},
	{"CSV-04 lone CR among others", list, ".lost-sales\nmailorder", ".lost-sales\rmailorder", exitRefused, list + ":1: error E_CSV_EOL"},
	{"CSV-07 semicolons", list, "id,name,consumer,fees_paid,loss.response,found.response,loss.lost-sales,found.lost-sales", "id;name;consumer", exitRefused, "E_CSV_HEADER"},
	{"CSV-08 control character in an id", list, "mailorder,", "mail\x01order,", exitRefused, "E_CTRL_CHAR"},
	{"CSV-10 header only", list, row, "", exitRefused, "E_EMPTY"},
	{"CSV-10 Ctrl-Z at the end", list, row, row + "\x1a", exitOK, "N_CSV_CTRLZ"},
	{"CSV-11 total row", list, row, row + "合計,,no,1,1,1,1,1\n", exitRefused, list + ":3:1: error E_ID: looks like a total row"},
	{"CSV-12 no line end at the last row", list, row, strings.TrimSuffix(row, "\n"), exitOK, "N_TRUNCATED_MAYBE"},
	{"CSV-12 a row fewer than registered", "case.yaml", "customers: customers.csv", "customers: {file: customers.csv, rows: 2}", exitRefused, "E_TRUNCATED"},
	{"CSV-12 as many rows as registered", "case.yaml", "customers: customers.csv", "customers: {file: customers.csv, rows: 1}", exitOK, ""},
	{"CSV-12 another hash than registered", "case.yaml", "customers: customers.csv", "customers: {file: customers.csv, sha256: " + strings.Repeat("0", 64) + "}", exitRefused, "E_TRUNCATED"},
	{"CSV-14 quoted line end keeps later lines right", list, row, "a,\"山田\n太郎\",no,1,1,1,1,1\nb,x,no,1.5,1,1,1,1\n", exitRefused, list + ":4:8: error E_PRECISION"},
	{"NUM-02 a million digits", list, "20000000", strings.Repeat("1", 60_000), exitLimit, list + ":2:21: error E_RANGE"},
	{"NUM-03 NaN", list, "20000000", "NaN", exitRefused, list + ":2:21: error E_NUM_FORM"},
	{"NUM-03 Infinity", list, "20000000", "Infinity", exitRefused, "E_NUM_FORM"},
	{"NUM-04 the largest amount", list, "20000000,49135528", "92233720368547759,49135528", exitOK, ""},
	{"NUM-04 beyond 64 bits", list, "20000000", "9223372036854775808", exitRefused, list + ":2:21: error E_RANGE"},
	{"NUM-06 decimals of a yen", list, "20000000", "1000.5", exitRefused, list + ":2:21: error E_PRECISION: too many decimals: JPY has 0 decimals"},
	{"NUM-07 thousands", list, "20000000", "\"1,234\"", exitRefused, "E_NUM_FORM"},
	{"NUM-07 decimal comma", list, "20000000", "\"1.234,56\"", exitRefused, "E_NUM_FORM"},
	{"NUM-08 yen sign", list, "20000000", "￥1000", exitRefused, "E_NUM_FORM"},
	{"NUM-08 a triangle is a minus", list, "20000000", "△500", exitRefused, "E_NUM_FORM"},
	{"NUM-08 ten thousands", list, "20000000", "1.2万", exitRefused, "E_NUM_FORM"},
	{"NUM-10 a bare share", findings, "is: 30%", "is: 10", exitRefused, findings + ":14:13: error E_UNIT: unit missing or wrong: write 10%"},
	{"NUM-10 a share above the whole", findings, "is: 30%", "is: 110%", exitRefused, findings + ":14:13: error E_RANGE"},
	{"NUM-15 too many digits of a share", findings, "is: 30%", "is: 0.12345678901234567890123%", exitRefused, findings + ":14:13: error E_RANGE"},
	{"NUM-16 a crypto-asset", terms, "currency: JPY", "currency: BTC", exitRefused, terms + ":8:11: error E_CURRENCY"},
	{"NUM-16 a currency before its time", terms, "currency: JPY", "currency: SLE", exitRefused, "E_CURRENCY"},
	{"TIME-02 fold", incident, "from: 2011-04-01 00:00\n        to: 2011-05-01 00:00", "from: 2026-11-01 01:30\n        to: 2026-11-02 00:00", exitOK, ""},
	{"TIME-03 abbreviation", incident, "from: 2011-04-01 00:00", "from: 2011-04-01 00:00 JST", exitRefused, incident + ":18:15: error E_ZONE"},
	{"TIME-04 a zone that is none", incident, "zone: Asia/Tokyo", "zone: JST", exitRefused, incident + ":3:7: error E_ZONE"},
	{"TIME-06 30 February", incident, "from: 2011-04-01", "from: 2011-02-30", exitRefused, incident + ":18:15: error E_DATE"},
	{"TIME-06 month 13", incident, "from: 2011-04-01", "from: 2011-13-01", exitRefused, "E_DATE"},
	{"TIME-06 year 0", incident, "from: 2011-04-01", "from: 0000-01-01", exitRefused, "E_DATE"},
	{"TIME-07 an era", incident, "from: 2011-04-01", "from: 平成23年4月1日", exitOK, "N_TIME: read as 2011-04-01"},
	{"TIME-07 an era that had ended", incident, "from: 2011-04-01", "from: 平成31年5月1日", exitRefused, "E_DATE"},
	{"TIME-08 order not said", incident, "from: 2011-04-01", "from: 01/02/2026", exitRefused, "E_DATE"},
	{"TIME-10 an open end", incident, "to: 2011-05-01 00:00", "to: open", exitOK, "N_OPEN"},
	{"TIME-10 an end beyond 2262", incident, "to: 2011-05-01 00:00", "to: 2300-01-01 00:00", exitOK, ""},
	{"TIME-15 finer than a millisecond", incident, "from: 2011-04-01 00:00", "from: 2011-04-01 00:00:00.1234567891", exitOK, "N_TIME"},
	{"INC-01 end before start", incident, "to: 2011-05-01", "to: 2011-03-01", exitRefused, incident + ":19:13: error E_INTERVAL"},
	{"INC-01 no length", incident, "to: 2011-05-01", "to: 2011-04-01", exitRefused, "E_INTERVAL"},
	{"INC-03 the same phase twice", incident, "    phases:\n", "    phases:\n      - {id: attack, title: x, from: 2011-04-01 00:00, to: 2011-04-02 00:00}\n", exitRefused, "E_DUP_INCIDENT"},
	{"CUST-01 the same row twice", list, row, row + row, exitRefused, list + ":3:1: error E_DUP_ID: customer \"mailorder\" stands at line 2 and at line 3"},
	{"CUST-03 ids alike but for the case", list, row, row + strings.Replace(row, "mailorder", "MAILORDER", 1), exitOK, "W_NEAR_DUP"},
	{"CUST-04 direction mark", list, "mailorder,", "mail\u202eorder,", exitRefused, "E_ID_CHARS"},
	{"CUST-04 Cyrillic letter", list, "mailorder,", "m\u0430ilorder,", exitOK, "W_MIXED_SCRIPT"},
	{"CUST-08 empty id", list, "mailorder,", ",", exitRefused, list + ":2:1: error E_ID"},
	{"CUST-08 long id", list, "mailorder,", strings.Repeat("x", 129) + ",", exitRefused, "E_ID"},
	{"CUST-08 the word NULL is an id", list, "mailorder,", "NULL,", exitOK, ""},
	{"CLAUSE-03 negative cap", terms, "fees-paid-to-date", "-5", exitRefused, "E_CAP"},
	{"CLAUSE-05 unknown clause", terms, "cap: {amount: fees-paid-to-date, per: claim}", "lift: {clauses: [nothing]}", exitRefused, "E_UNKNOWN_CLAUSE"},
	{"CLAUSE-05 circle", terms, "cap: {amount: fees-paid-to-date, per: claim}", "lift: {clauses: [cap]}", exitRefused, "E_CYCLE: carve-outs lift each other in a circle: cap → cap"},
	{"CLAUSE-04 shares below one", findings, "      own_fault:", "      share.developer: {is: 60%, reason: x}\n      own_fault:", exitRefused, "E_SHARES: shares sum to 60%, not 100%"},
	{"CLAUSE-08 the text is not the registered one", "case.yaml", "contracts: [contracts/development.yaml]", "contracts: [{file: contracts/development.yaml, sha256: 0000000000000000000000000000000000000000000000000000000000000000}]", exitConflict, "E_HASH"},
}

// TestBadInputs runs the command on each, and holds what it says and does: with an error nothing is written.
func TestBadInputs(t *testing.T) {
	for _, tt := range badInputs {
		t.Run(tt.id, func(t *testing.T) {
			dir := folderOf(t, "sqli-2014", [3]string{tt.file, tt.old, tt.new})
			out := filepath.Join(t.TempDir(), "out.jsonl")
			status, _, report := runIn(t, "", "assess", dir, "-o", out)
			if status != tt.status || !strings.Contains(report, tt.report) {
				t.Errorf("exit %d, want %d with %q; the report is\n%.600s", status, tt.status, tt.report, report)
			}
			_, err := os.Stat(out)
			if written := err == nil; written != (tt.status == exitOK) {
				t.Errorf("exit %d, output written: %v", status, written)
			}
		})
	}
}

// TestLocalTimesThatOccurTwiceOrNever (TIME-02) are refused without an offset, and taken with one.
func TestLocalTimesThatOccurTwiceOrNever(t *testing.T) {
	for _, tt := range []struct {
		name, from string
		status     int
		report     string
	}{
		{"an hour before the fold", "2026-11-01 00:30", exitOK, ""},
		{"in the fold", "2026-11-01 01:30", exitRefused, "E_TIME_FOLD"},
		{"in the fold, with its offset", "2026-11-01T01:30:00-05:00", exitOK, ""},
		{"an hour after the fold", "2026-11-01 02:30", exitOK, ""},
		{"in the gap of spring", "2026-03-08 02:30", exitRefused, "E_TIME_GAP"},
	} {
		dir := folderOf(t, "sqli-2014", [3]string{incident, "Asia/Tokyo", "America/New_York"}, [3]string{incident, "2011-04-01 00:00", tt.from}, [3]string{incident, "2011-05-01 00:00", "2026-12-01 00:00"})
		if status, _, report := runIn(t, "", "check", dir); status != tt.status || !strings.Contains(report, tt.report) {
			t.Errorf("%s: exit %d, want %d with %q: %s", tt.name, status, tt.status, tt.report, report)
		}
	}
}

// TestClaimsOfNobody (CUST-05): a claim whose customer is not in the list is not dropped in silence.
func TestClaimsOfNobody(t *testing.T) {
	dir := folderOf(t, "sqli-2014", [3]string{"case.yaml", "customers: customers.csv", "customers: customers.csv\nclaims: claims.csv"})
	head := "id,consumer,fees_paid\nmailorder,no,20000000\n"
	for _, tt := range []struct {
		name, claims string
		status       int
		report       string
	}{
		{"of a customer in the list", "customer,head,claimed,found\nmailorder,response,49135528,28319568\nmailorder,lost-sales,60000000,4000000\n", exitOK, "¥22,623,697"},
		{"of one who is not", "customer,head,claimed\nmailorder,response,1\nstranger,response,1\n", exitRefused, "E_UNMATCHED"},
		{"of a head that nobody knows", "customer,head,claimed\nmailorder,respones,1\n", exitRefused, "claims.csv:2:11: error E_UNKNOWN_HEAD"},
		{"the same head twice", "customer,head,claimed\nmailorder,response,1\nmailorder,response,1\n", exitRefused, "claims.csv:3:11: error E_DUP_CLAIM"},
	} {
		for name, text := range map[string]string{list: head, "claims.csv": tt.claims} { // order: two files
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		status, out, report := runIn(t, t.TempDir(), "assess", dir)
		if status != tt.status || !strings.Contains(out+report, tt.report) {
			t.Errorf("%s: exit %d, want %d with %q:\n%s%s", tt.name, status, tt.status, tt.report, out, report)
		}
	}
}

// TestRefusedRows go to the rejects with their place and reason; what is written without them says that it is partial.
func TestRefusedRows(t *testing.T) {
	dir := folderOf(t, "sqli-2014", [3]string{list, row, row + "b,x,no,1.5,1,1,1,1\n合計,,no,1,1,1,1,1\n"})
	for _, format := range []string{"jsonl", "csv", "xlsx"} {
		out := filepath.Join(t.TempDir(), "out."+format)
		if status, _, _ := runIn(t, "", "assess", dir, "-o", out); status != exitRefused {
			t.Errorf("%s without --allow-partial: exit %d, want %d", format, status, exitRefused)
		}
		status, table, _ := runIn(t, "", "assess", dir, "-o", out, "--allow-partial")
		if status != exitPartial || !strings.Contains(table, "PARTIAL: some rows were rejected (2)") {
			t.Errorf("%s: exit %d, want %d; the summary is\n%s", format, status, exitPartial, table)
		}
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if marked := strings.Contains(strings.ToUpper(string(data)), "PARTIAL"); !marked && format != "xlsx" {
			t.Errorf("%s is not marked as partial", format)
		}
		rejects, err := os.ReadFile(out + ".rejects.csv")
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"customers.csv,3,8,E_PRECISION", `"b,x,no,1.5,1,1,1,1"`, "customers.csv,4,1,E_ID", "合計"} {
			if !strings.Contains(string(rejects), want) {
				t.Errorf("%s: the rejects lack %q:\n%s", format, want, rejects)
			}
		}
	}
}

// TestEveryProblemOfEveryFileAtOnce breaks four files in five places.
func TestEveryProblemOfEveryFileAtOnce(t *testing.T) {
	dir := folderOf(t, "sqli-2014", [3]string{terms, "rounding: down", "rounding: dwon"}, [3]string{terms, "per: claim", "per: clam"},
		[3]string{findings, "based_on: as-judged", "basedon: as-judged"}, [3]string{"case.yaml", "title:", "titel:"}, [3]string{list, "20000000", "x"})
	status, _, report := runIn(t, "", "assess", dir)
	for _, want := range []string{"did you mean down?", "did you mean claim?", "did you mean based_on?", "did you mean title?", list + ":2:21: error E_NUM_FORM"} {
		if !strings.Contains(report, want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	if status != exitRefused {
		t.Errorf("exit %d, want %d", status, exitRefused)
	}
	if t.Failed() {
		t.Log(report)
	}
	_, _, lines := runIn(t, "", "--errors", "json", "check", dir)
	for _, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		if !strings.HasPrefix(line, `{"file":"`) || !strings.Contains(line, `"severity":"error"`) {
			t.Errorf("not a line of JSON for a program: %s", line)
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
		{"rows alone on standard output", []string{"assess", "jcom-2005", "-o", "-", "--format", "jsonl"}, exitOK, `{"customer":"mizuho"`, "Payable"},
		{"help", []string{"assess", "--help"}, exitOK, "--findings", ""},
		{"an unknown command", []string{"asess"}, exitUsage, "", `did you mean "assess"?`},
		{"an unknown flag", []string{"assess", "--fnidings", "x"}, exitUsage, "", "--fnidings"},
		{"unknown findings", []string{"assess", "jcom-2005", "-f", "as-jugded"}, exitRefused, "", "did you mean as-judged?"},
		{"an unknown case", []string{"assess", "nosuch"}, exitRefused, "", "or an example: firstserver-2012"},
		{"an unknown customer", []string{"explain", "jcom-2005", "--customer", "Mizuho"}, exitRefused, "", "did you mean mizuho?"},
		{"a folder that is not there", []string{"assess", "jcom-2005", "-o", "nosuch/x.csv"}, exitOutput, "", "nosuch"},
		{"the working of a customer", []string{"explain", "jcom-2005", "--customer", "mizuho"}, exitOK, "payable: ¥10,712,128,508", ""},
		{"a comparison", []string{"compare", "firstserver-2012", "interim-2012-06-25", "final-2012-07-31"}, exitOK, "customers no longer in need of judgement", ""},
		{"the examples", []string{"examples"}, exitOK, "tokyo-2001", ""},
		{"a check", []string{"check", "sqli-2014", "tokyo-2001"}, exitOK, "2 checked: 0 errors", ""},
	}
	for _, tt := range tests {
		status, out, errOutput := runIn(t, dir, tt.args...)
		if status != tt.status || !strings.Contains(out, tt.out) || !strings.Contains(errOutput, tt.errOutput) {
			t.Errorf("%s: exit %d, want %d\n%.400s\n%.400s", tt.name, status, tt.status, out, errOutput)
		}
	}
}

// TestSameInputSameBytes in every format, and the same amounts whatever the order of the rows; the old output stays when a run fails.
func TestSameInputSameBytes(t *testing.T) {
	const three = "id,consumer,fees_paid,loss.response,found.response,loss.lost-sales,found.lost-sales\n"
	rows := []string{"b,no,100,90,80,70,60\n", "a,yes,200,90,80,70,60\n", "c,no,50,90,80,70,60\n"}
	write := func(order ...int) string {
		dir := folderOf(t, "sqli-2014")
		text := three
		for _, i := range order {
			text += rows[i]
		}
		if err := os.WriteFile(filepath.Join(dir, list), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	read := func(dir, format string) string {
		out := filepath.Join(t.TempDir(), "out."+format)
		if status, _, report := runIn(t, "", "assess", dir, "-o", out, "-f", "ordinary-negligence"); status != exitOK {
			t.Fatal(report)
		}
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	first, other := write(0, 1, 2), write(2, 0, 1)
	for _, format := range []string{"xlsx", "csv", "jsonl"} {
		once, again := read(first, format), read(first, format)
		if once != again {
			t.Errorf("%s: two runs differ", format)
		}
	}
	lines := func(s string) map[string]bool {
		m := map[string]bool{}
		for _, l := range strings.Split(strings.TrimSpace(s), "\n") {
			m[l] = true
		}
		return m
	}
	if a, b := lines(read(first, "jsonl")), lines(read(other, "jsonl")); fmt.Sprint(a) != fmt.Sprint(b) || len(a) != 3 {
		t.Errorf("the order of rows changes them: %v, %v", a, b)
	}
	out := filepath.Join(t.TempDir(), "keep.csv")
	if err := os.WriteFile(out, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	broken := folderOf(t, "sqli-2014", [3]string{list, "20000000", "x"})
	runIn(t, "", "assess", broken, "-o", out)
	if data, _ := os.ReadFile(out); string(data) != "old" {
		t.Errorf("the old output became %q", data)
	}
	left, _ := fs.Glob(os.DirFS(filepath.Dir(out)), "*")
	if len(left) != 1 {
		t.Errorf("a failed run left %v behind", left)
	}
}
