package statement_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/amends-go/amends/internal/txtar"
	"github.com/amends-go/amends/report/credits"
	"github.com/amends-go/amends/report/statement"
	"github.com/amends-go/amends/sla"
)

// paper is a statement.yaml with what cannot be left out.
const paper = `company:
  name: {ja: 見本ホスティング株式会社, en: Sample Hosting}
  contact: {phone: 0120-000-000, hours: {ja: 平日 9:00～18:00, en: weekdays 9 to 18}}
date: 2024-07-10
object: {days: 30}
`

// states is a case with a customer in every state. A tenth of the monthly fee is given back; the incident took two hours of June 2024.
const states = `
-- case.yaml --
id: states
title: A customer in every state
as_of: 2024-07-01
contracts: [terms.yaml]
incident: incident.yaml
findings: findings.yaml
customers: customers.csv
statement: statement.yaml
-- terms.yaml --
id: terms
title: {ja: 利用規約, en: Hosting terms}
currency: JPY
zone: Asia/Tokyo
rounding: down
in_force: {from: 2020-04-01}
clauses:
  - id: uptime
    ref: {doc: SLA, section: "2", gist: {ja: 稼働率が99.9%を下回った月は月額料金の1割を返金する, en: a tenth of the monthly fee for a month below 99.9%}}
    unless: {fact: waits}
    availability: {target: 99.9%, window: calendar-month}
    credit: {pay: 10%, claim: automatic}
  - id: voucher
    ref: {doc: notice, gist: {ja: 利用券, en: a voucher}}
    when: {fact: gift}
    goodwill: {pay: {fixed: 500}, form: in-kind}
-- incident.yaml --
id: outage
title: {ja: サーバー障害, en: server outage}
zone: Asia/Tokyo
facts: {waits: {ja: 待機, en: waits}, gift: {ja: 贈答, en: gift}}
events:
  - id: outage
    kind: outage
    title: {ja: サーバーの停止, en: servers down}
    phases:
      - {id: down, title: {ja: 停止, en: down}, from: 2024-06-10 23:00, to: 2024-06-11 01:00}
-- findings.yaml --
sets:
  - {id: recorded, title: As recorded, source: the record}
-- customers.csv --
id,subscription,name,consumer,monthly_fee,paid,until,affected.outage,fact.waits,fact.gift
due,,青葉商店,no,1000,0,,yes,no,no
part,s1,山田太郎,yes,3333,33,,yes,no,no
spared,,北山写真館,no,1000,0,,no,yes,no
none,,みなと工業,no,1000,0,,yes,yes,no
over,,南町書店,no,1000,300,,yes,no,no
gone,,西川,yes,1000,0,2024-06-01,yes,no,no
gift,,東,yes,1000,0,,yes,yes,yes
`

// open reads a case in an archive; a statement given takes the place of its own.
func open(t testing.TB, archive, statementYAML string, more map[string]string) (*sla.Case, []*sla.Run) {
	t.Helper()
	a, err := txtar.Parse(archive)
	if err != nil {
		t.Fatal(err)
	}
	a.Files["statement.yaml"] = &fstest.MapFile{Data: []byte(statementYAML)}
	for name, text := range more { // order: fills a map
		a.Files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	if c := a.Files["case.yaml"]; !strings.Contains(string(c.Data), "\nstatement:") {
		c.Data = append(c.Data, "statement: statement.yaml\n"...)
	}
	c, problems := sla.OpenCase(a.Files, sla.ReadOptions{})
	if c == nil {
		t.Fatal(problems)
	}
	return c, bind(t, c, "")
}

func bind(t testing.TB, c *sla.Case, findings string) []*sla.Run {
	t.Helper()
	runs, err := c.Bind(findings)
	if err != nil {
		t.Fatal(err)
	}
	return runs
}

// story reads a case of the project's test data.
func story(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile("../../testdata/cases/" + name + ".txtar")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// example opens a case that comes with the command.
func example(t testing.TB, name, findings string) (*sla.Case, []*sla.Run) {
	t.Helper()
	c, problems := sla.OpenCase(os.DirFS("../../examples/"+name), sla.ReadOptions{})
	if c == nil {
		t.Fatal(problems)
	}
	return c, bind(t, c, findings)
}

// rows yields the rows of every run, as often as it is called.
func rows(c *sla.Case, runs []*sla.Run) func(func(sla.Row) error) error {
	return func(each func(sla.Row) error) error {
		for _, run := range runs {
			for row, err := range run.Assess(c.CustomersOf(run.Program)).Rows() {
				if err != nil {
					return err
				}
				if err := each(row); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

func maker(t testing.TB, c *sla.Case, text string, billing *credits.Billing, lang string) *statement.Maker {
	t.Helper()
	p, problems := statement.Read("statement.yaml", []byte(text), c.Folder)
	if p == nil {
		t.Fatal(problems)
	}
	return statement.New(c, p, billing, lang)
}

var errFound = errors.New("found")

// letterTo makes the letter to one customer.
func letterTo(t testing.TB, c *sla.Case, runs []*sla.Run, m *statement.Maker, id string) (l *statement.Letter, err error) {
	t.Helper()
	walk := rows(c, runs)(func(row sla.Row) error {
		if row.Customer.ID != id {
			return nil
		}
		l, err = m.Letter(row)
		return errFound
	})
	if !errors.Is(walk, errFound) {
		t.Fatalf("no customer %s: %v", id, walk)
	}
	return l, err
}

func textOf(t testing.TB, l *statement.Letter) string {
	t.Helper()
	var b strings.Builder
	if err := l.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
