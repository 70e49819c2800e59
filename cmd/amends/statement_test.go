package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const paper = `company:
  name: {ja: 見本ホスティング, en: Sample Hosting}
  contact: {phone: 0120-000-000, hours: {ja: 平日, en: weekdays}}
date: 2026-07-10
`

// withPaper is a case folder with a statement.yaml.
func withPaper(t *testing.T, text string) string {
	t.Helper()
	dir := unpack(t, base)
	for name, add := range map[string]string{"statement.yaml": text, "case.yaml": read(t, filepath.Join(dir, "case.yaml")) + "statement: statement.yaml\n"} { // order: each is a file of its own
		if err := os.WriteFile(filepath.Join(dir, name), []byte(add), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestStatementOfOneCustomer(t *testing.T) {
	dir, out := withPaper(t, paper), filepath.Join(t.TempDir(), "letters")
	status, said, problems := run("statement", dir, "--customer", "c1", "--format", "html", "--lang", "ja", "-o", out)
	file := filepath.Join(out, "c1.html")
	if status != exitOK || said != file+"\n" || !strings.Contains(read(t, file), "見本ホスティング") {
		t.Fatalf("exit %d: %s%s", status, said, problems)
	}
	if status, _, problems := run("statement", dir, "--customer", "c1", "--format", "html", "-o", out); status != exitOutput || !strings.Contains(problems, "--overwrite") {
		t.Errorf("a second time: exit %d: %s", status, problems)
	}
	if status, _, problems := run("statement", dir, "--customer", "c1", "--format", "html", "-o", out, "--overwrite"); status != exitOK {
		t.Errorf("over it: exit %d: %s", status, problems)
	}
}

func TestStatementsOfAll(t *testing.T) {
	dir, out := withPaper(t, paper), filepath.Join(t.TempDir(), "letters")
	for _, kept := range []string{"(0 were there already)", "(2 were there already)"} {
		status, said, problems := run("statement", dir, "--all", "--format", "xlsx", "-o", out)
		if status != exitOK || !strings.Contains(said, "rows = 2 letters "+kept+" + 0 held back") {
			t.Fatalf("exit %d: %s%s", status, said, problems)
		}
	}
	if status, _, problems := run("statement", dir, "--all", "--format", "xlsx", "--lang", "ja", "-o", out); status != exitOutput || !strings.Contains(problems, "other options") {
		t.Errorf("in another language: exit %d: %s", status, problems)
	}
}

func TestStatementsWithoutRefusedRowsSaySo(t *testing.T) {
	dir, out := withPaper(t, paper), filepath.Join(t.TempDir(), "letters")
	change(t, dir, edit{"customers.csv", "c2,Ito", "c3,x,1.5,1\nc2,Ito"})
	if status, _, _ := run("statement", dir, "--all", "--format", "html", "-o", out); status != exitRefused || exists(out) {
		t.Errorf("exit %d, written: %v", status, exists(out))
	}
	status, said, _ := run("statement", dir, "--all", "--format", "html", "-o", out, "--allow-partial")
	if status != exitPartial || !strings.Contains(said, "2 letters") || !exists(out+".rejects.csv") {
		t.Errorf("exit %d: %s", status, said)
	}
	for line := range strings.Lines(read(t, filepath.Join(out, "index.csv"))) {
		if !strings.HasSuffix(line, ",PARTIAL\n") {
			t.Errorf("not marked: %s", line)
		}
	}
}

func TestCheckReportsTheStatement(t *testing.T) {
	status, _, problems := run("check", withPaper(t, paper+"texts: {closing: \"{{.Nmae}} https://sample.example\"}\n"))
	if status != exitRefused || !strings.Contains(problems, "E_TEMPLATE") || !strings.Contains(problems, "E_LINK") {
		t.Errorf("exit %d: %s", status, problems)
	}
}

func TestStatementsThatCannotBeWritten(t *testing.T) {
	whole := withPaper(t, paper)
	tests := []struct {
		name   string
		args   []string
		status int
		says   string
	}{
		{"no statement in the case", []string{unpack(t, base), "--all", "-o", "x"}, exitRefused, "statement.yaml"},
		{"a paper with two slips", []string{withPaper(t, "date: x\n"), "--all", "-o", "x"}, exitRefused, "statement.yaml:1"},
		{"neither one nor all", []string{whole, "-o", "x"}, exitUsage, "--customer"},
		{"one and all", []string{whole, "--customer", "c1", "--all", "-o", "x"}, exitUsage, "--all"},
		{"nowhere", []string{whole, "--all"}, exitUsage, "--output"},
		{"nobody", []string{whole, "--customer", "c9", "--format", "html", "-o", "x"}, exitRefused, `no customer "c9"`},
		{"a font that is not there", []string{whole, "--all", "--font", "none.ttf", "-o", "x"}, exitUsage, "fonts-ipaexfont-gothic"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			for i, a := range tt.args {
				if a == "x" {
					tt.args[i] = filepath.Join(dir, "x")
				}
			}
			status, _, problems := run(append([]string{"statement"}, tt.args...)...)
			if status != tt.status || !strings.Contains(problems, tt.says) {
				t.Errorf("exit %d, want %d: %s", status, tt.status, problems)
			}
			if exists(filepath.Join(dir, "x")) {
				t.Error("something was written")
			}
		})
	}
}
