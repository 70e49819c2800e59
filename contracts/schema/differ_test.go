package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report/credits"
	"github.com/amends-go/amends/report/statement"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/whatif"
	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"
)

// read reads a file with the reader of its form and returns the problems of that file.
func read(form string, data []byte) contracts.Problems {
	var problems contracts.Problems
	name := form + ".yaml"
	switch form {
	case "contract":
		_, problems = contracts.Read(name, data)
	case "incident":
		_, problems = sla.ReadIncident(name, data, contracts.Date{Year: 2012, Month: 7, Day: 31})
	case "findings":
		_, problems = sla.ReadFindings(name, data)
	case "billing":
		_, problems = credits.ReadBilling(name, data)
	case "statement":
		_, problems = statement.Read(name, data, nil)
	case "scenarios":
		_, problems = whatif.Read(name, data)
	case "case":
		_, problems = sla.OpenCase(folder(data), sla.ReadOptions{})
	}
	var out contracts.Problems
	for _, p := range problems {
		if p.File == name {
			out = append(out, p)
		}
	}
	return out
}

// folder is the smallest example with another case.yaml.
func folder(data []byte) fs.FS {
	out := fstest.MapFS{}
	root := os.DirFS("../../examples/jcom-2005")
	for _, name := range []string{"contracts/participant-rules.yaml", "incident.yaml", "findings.yaml", "customers.csv"} {
		b, err := fs.ReadFile(root, name)
		if err != nil {
			panic(err)
		}
		out[name] = &fstest.MapFile{Data: b}
	}
	// A supplier behind the exchange, for recourses.
	incident := bytes.Replace(out["incident.yaml"].Data, []byte("parties:\n"), []byte("parties:\n  - {id: vendor, title: vendor, role: upstream}\n"), 1)
	out["incident.yaml"] = &fstest.MapFile{Data: incident}
	out["contracts/vendor.yaml"] = &fstest.MapFile{Data: []byte("id: vendor\ntitle: Vendor\ncurrency: JPY\nzone: Asia/Tokyo\nclauses:\n  - {id: v-cap, ref: {doc: Vendor}, cap: {amount: monthly-fee, per: subscription}}\n")}
	out[sla.CaseFile] = &fstest.MapFile{Data: data}
	return out
}

// toJSON turns YAML into the values of JSON, by the core schema of YAML 1.2.
func toJSON(data []byte) (any, error) {
	var doc yaml.Node
	if err := yaml.Load(data, &doc, yaml.WithV3Defaults()); err != nil {
		return nil, err
	}
	return value(doc.Content[0]), nil
}

var (
	wholeForm = regexp.MustCompile(`^[-+]?[0-9]+$`)
	floatForm = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
)

func value(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = value(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, value(item))
		}
		return list
	}
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return n.Value
	}
	switch n.Value {
	case "", "~", "null", "Null", "NULL":
		return nil
	case "true", "True", "TRUE":
		return true
	case "false", "False", "FALSE":
		return false
	}
	if wholeForm.MatchString(n.Value) || floatForm.MatchString(n.Value) {
		return json.Number(n.Value)
	}
	return n.Value
}

// contractWithAll has every kind of clause and every field.
const contractWithAll = `
id: hosting
title: {ja: 約款, en: Terms}
law: jp
audience: business
parties: {provider: {ja: 甲}, customer: {en: B}}
in_force: {from: 2011-04-01, until: 2013-04-01}
currency: JPY
zone: Asia/Tokyo
rounding: half-up
order: [cap, own-fault, set-off]
tax: {rate: 10%, included: false, rounding: up, damages: by-substance, credits: damages}
source: a book of 2012
clauses:
  - id: sla
    ref: {doc: 約款, section: 3, gist: {en: uptime}, source: the same}
    availability: {target: 99.9%, window: calendar-month, minimum: 5m, services: [web, mail], degraded: true}
    credit: {of: monthly-fee, tiers: [{below: 99.9%, pay: 10%}, {at_most: 99%, pay: 3/10}], at_most: 100%}
    rounding: down
  - id: yearly
    ref: {doc: 約款}
    availability: {target: 999/1000, window: calendar-year}
  - id: yearly-credit
    ref: {doc: 約款}
    credit: {availability: yearly, tiers: [{below: 99%, pay: 1}]}
  - id: works
    ref: {doc: 約款}
    exclude_downtime: {causes: [maintenance], of: [sla]}
  - id: profit
    ref: {doc: 約款}
    exclude_loss: {heads: [lost-profit], states_ordinary_only: false}
    unless: {grade: gross, or_consumer: true}
  - id: data
    ref: {doc: 約款}
    exempt: {events: [data-loss], phases: [p1], heads: [h1], grades: [none, ordinary]}
    when: {all: [{fact: no-backup}, {not: {consumer: true}}], any: [{event: e1}]}
  - id: carve-out
    ref: {doc: 約款}
    lift: {clauses: [data, profit]}
    when: {grade: gross}
  - id: limit
    ref: {doc: 約款}
    cap: {amount: {times: 2, of: fees-paid-to-date}, per: customer, share_by: admitted, credits: inside, states_ordinary_only: true}
  - id: months
    ref: {doc: 約款}
    instead_of: [fixed]
    cap: {amount: {months: 12}, per: subscription}
  - id: fixed
    ref: {doc: 約款}
    cap: {amount: {fixed: 5000}, per: incident}
  - id: sum
    ref: {doc: 約款}
    cap: {amount: 1000000, per: claim}
  - id: some-heads
    ref: {doc: 約款}
    cap: {amount: 300, per: subscription, heads: [h1], used: paid-this-year}
  - id: other-heads
    ref: {doc: 約款}
    cap: {amount: 200, per: subscription, except_heads: [h1]}
  - id: retention
    ref: {doc: 約款}
    layer: {heads: [h1], part: 60%, franchise: {over: 10, up_to: 90}, deductible: 50, attachment: 5, limit: 900, share: 80%, per: claim, share_by: loss, states_ordinary_only: true}
  - id: two
    ref: {doc: 約款}
    layer: {layers: [{deductible: {of_limit: 5%}, limit: 100}, {attachment: 100, limit: {of_loss: 30%}, share: [1/2, 1/3], franchise: {at_least: 1, under: 5}}]}
  - id: ceded
    ref: {doc: 約款}
    layer: {on: layers, cession: policy, layers: [{deductible: {of_loss: 5%}}, {}]}
  - id: own
    ref: {doc: 約款}
    own_fault: {events: [data-loss], per: head}
  - id: only
    ref: {doc: 約款}
    sole_remedy: {events: [outage]}
  - id: against
    ref: {doc: 約款}
    set_off: {}
  - id: fees
    ref: {doc: 約款}
    add_after_offset: {heads: [lawyers-fees]}
  - id: paid
    ref: {doc: 約款}
    already_paid: {}
  - id: delay
    ref: {doc: 約款}
    interest: {ground: contract, commercial: true, demanded: 2012-06-20, to: 2013-06-20, day_count: leap-split, both_ends: false, payments: principal-first}
  - id: measured
    ref: {doc: 約款}
    availability: {target: 99%, measure: time, window: calendar-quarter, year_starts: 2, zone: UTC, whole: 43200m, partial: prorated, down_when: {all: [web, {at_least: 2, of: [a, b, {any: [c]}]}]}, events: [outage], impact: partial, unknown: up, clock: monitor, longer_than: 4m19s, minimum_applies: before-exclusions, minimum_counts: excess, hours: office, grace: {working_days: 2, calendar: office}, round: {to: 30m, by: up, each: window}, percent: {decimals: 2, by: down}}
  - id: weighted
    ref: {doc: 約款}
    availability: {window: {days: 30, ending: claim}, whole: net, weights: {outage: 100%, partial: 30%}, by_share: true, mean_of: [web, mail]}
  - id: intervals
    ref: {doc: 約款}
    availability: {measure: bad-intervals, interval: 5m, bad: {errors_over: 5%, requests: 10}, empty: left-out, window: calendar-month}
  - id: missed
    ref: {doc: 約款}
    availability: {misses: {of: sla, within: 6, consecutive: true, restart: true}, window: calendar-month}
  - id: outages
    ref: {doc: 約款}
    availability: {window: outage, grace: 1h}
  - id: announced
    ref: {doc: 約款}
    exclude_downtime: {causes: [maintenance], notice: {days: 5, calendar: office}, only_up_to: 4h, each_at_most: 2h, allowance: {of: 10h, per: calendar-year}, hours: office}
  - id: by-length
    ref: {doc: 約款}
    credit:
      availability: outages
      of: {fee: hosting, plus: [mail], less: [licences], times: 1/12}
      tiers: [{over: 1h, up_to: 2h, pay: {days: 1, day_of: 30}}, {at_least: 3h, under: 1d, pay: {greater_of: [10%, {fixed: {2019-04-01: 800, 2023-04-01: 933}}]}}]
      reading: single
      if_several: most
      if_none: nothing
      at_most: [50%, {rate: 10%, of: year, less: used, per: incident}]
      at_least: 100
      pays_over: 50
      pays_from: 60
      claim: {automatic: false, by: {after: recovery, days: 5, months: 1, windows: 2, day: 15, calendar: office}, notice: by letter}
      form: {as: voucher, expires_months: 6, expires_days: 10, note: {en: for hosting}}
      reward: false
  - id: by-unit
    ref: {doc: 約款}
    credit: {availability: outages, pay: {sum: [{rate: 5%, each: 30m, round: up, after: 1h, counts: excess, units_at_most: 10, number: users, per: seats}, {prorata: downtime, times: 10, over: 720h, cut: {decimals: 2, by: half-up}}, {lesser_of: [{hours: 12}, {months: 1/2}]}]}, claim: automatic, form: refund}
  - id: by-part
    ref: {doc: 約款}
    credit: {availability: measured, pay: {points: 14, each: 0.1%, round: down, after: 98%}, at_most: {days: 15}}
  - id: sorry
    ref: {doc: 約款}
    goodwill: {pay: {fixed: 200}, of: hosting, at_most: 100%, at_least: 1, pays_over: 1, pays_from: 1, claim: on-request, form: {as: choice}}
  - id: one
    ref: {doc: 約款}
    combine: {credits: [by-length, by-unit], take: highest, at_most: 100%}
  - id: earned
    ref: {doc: 約款}
    earn_back: {credit: by-part, windows: 2, return: 50%}
  - id: leave
    ref: {doc: 約款}
    terminate: {availability: sla, misses: 2, within: 6, consecutive: true, below: 90%, exercise_days: 30, refund: {en: what is left}}
calendars:
  - {id: office, zone: Asia/Tokyo, days: [mon, tue], hours: 09:00-24:00, holidays: [2024-01-01]}
examples:
  - {name: an hour, source: the terms, on: 2024-06-10 00:00, down: 1h, fee: 10000, fees_paid: 120000, fees: {hosting: 500}, losses: {repair: 100}, numbers: {users: 3}, service: web, facts: [no-backup], consumer: false, billing_day: 31, since: 2024-01-01, until: 2025-01-01, claimed_on: 2024-07-01, findings: {grade: gross}, pays: 1000, columns: {downtime.sla@2024-06: 60}}
  - name: much
    down: [{from: 2024-06-10 00:00, for: 1h, service: web, impact: partial, cause: provider, event: e, kind: outage, share: 50%, announced: 2024-06-01 00:00, clocks: [{source: ticket, from: 2024-06-10 00:10, for: 40m}]}]
    levels: [{of: sla, service: web, window: 2024-05, uptime: 99%}, {value: 7}]
    series: [{service: web, start: 2024-06-01 00:00, interval: 5m, runs: [{of: 2, total: 10, failed: 1}]}]
    pays: {least: 0, most: 1000}
  - {name: a level, level: 99%, pays: -5}
  - {name: a reading, value: 90, pays: 0}
`

const incidentWithAll = `
id: loss
title: Loss of data
zone: Asia/Tokyo
source: the report
services: {web: {ja: ウェブ, en: Web}, mail: Mail}
heads: {rebuild: Rebuilding, profit: {title: {en: Lost profit}, kind: special, class: economic, by: customer, margin: {sales: [s1, s2], cost: [c1, c2], period: 1/4, part: 80%}}}
facts: {no-backup: No backup}
parties:
  - {id: operator, title: The operator, role: provider}
events:
  - id: deletion
    kind: data-loss
    title: Deletion
    phases:
      - id: script
        title: The script
        from: 2012-06-20 17:00
        to: 2012-06-20T17:48:30.5+09:00
        services: [web]
        impact: degraded
        share: 3/10
        announced: 2012-06-18 09:00
        cause: provider
        grade: ordinary
        clock: notice
        clocks:
          - {source: monitor, from: 2012-06-20 16:59, to: 2012-06-20 17:49}
        source: the notice
      - {id: after, title: After, from: 平成24年6月20日18時5分, to: open}
levels:
  - {of: sla, service: web, window: 2012-05, uptime: 99.7%}
  - {of: delay, window: 2012, value: 27}
series:
  - {id: api, service: web, start: 2012-06-20 17:00, interval: 5m, counts: [[1000, 3], [980, 0]]}
  - {id: mail, start: 2012-06-20 17:00, interval: 1h, runs: [{of: 12, total: 10, failed: 1}]}
`

const findingsWithAll = `
sets:
  - id: first
    title: {ja: 第一, en: First}
    date: 2012-07-31
    source: the report
    findings:
      grade: {is: gross, reason: so found}
      own_fault: {is: 3/10, reason: {ja: 三割}, source: the judgment}
      times.limit: {is: 2, reason: as agreed}
  - id: second
    title: Second
    based_on: first
    findings:
      own_fault: {is: 0%, reason: none, source: a what-if}
  - {id: third, title: Third, source: nobody}
`

const caseWithAll = `
id: jcom
title: {ja: 件名, en: Title}
as_of: 2015-09-03
contracts: [{file: contracts/participant-rules.yaml}]
incident: incident.yaml
findings: findings.yaml
default_findings: as-judged
customers: customers.csv
`

const recourseWithAll = `
recourse:
  - contract: contracts/vendor.yaml
    from: vendor
    to: exchange
    claim: {head: sale-loss, phase: no-halt}
    own_share: 3/10
    monthly_fee: 1000
    fees_paid: 5000
    paid: 10
    facts: []
    fees: {year: 12000}
    numbers: {units: 3}
    losses: [{head: lawyers-fees, phase: no-halt, amount: 500}]
`

const billingWithAll = `
bill_line: {ja: 7月2日の障害に関する返金, en: Credit for the outage of 2 July}
paid_on: 2026-12-25
remedies: {service-credit: bill_credit, damages: bank_transfer, goodwill: refund}
invoices: invoices.csv
stripe: {invoices_are: paid, reasons: {service-credit: order_change}, tax_rates: {10%: txr_1}}
lago: {reasons: {goodwill: other}}
yayoi:
  edition: online
  memo: 障害返金
  slip: 12
  entries:
    - treatment: price_reduction
      tax_rate: 10%
      remedy: bill_credit
      debit: {account: 売上高, sub_account: 返金, department: 営業, tax_class: 課税売返込10%}
      credit: {account: 売掛金, tax_class: 対象外}
zengin: {client_code: "0123456789", client_name: カ）アメンズ, bank_code: "0001", bank_name: ミズホ, branch_code: 101, branch_name: ﾄｳｷﾖｳ, account_type: 2, account_number: 1234567, accounts: accounts.csv, line_ends: none, max_transfers: 5000}
`

const statementWithAll = `
company:
  name: {ja: 見本株式会社, en: Sample}
  address: {ja: 見本市, en: Sample City}
  signatory: 担当
  contact: {name: {en: the desk}, phone: 0120-000-000, hours: {ja: 平日, en: weekdays}, email: desk@sample.example}
date: 2012-07-13
records_as_of: 2012-06-20
zone_name: {ja: 日本時間}
logo: logo.png
object: {days: 30}
texts:
  title: {ja: お詫び, en: An apology}
  greeting: 拝啓
  apology: Sorry
  cause: {ja: 原因, en: The cause}
  prevention: {en: What we changed}
  lead: This letter
  affected: "{{if .Affected}}yes{{end}}"
  remedy: "{{.State}}"
  payment: soon
  action: nothing
  objection: tell us
  rights: yours
  phishing: beware
  closing: 以上
templates: {ja: letter.ja.txt, en: letter.en.txt}
`

const scenariosWithAll = `
base: as-found
compare: [as-found, s1]
scenarios:
  - id: s1
    title: {ja: 仮定, en: A what-if}
    date: 2012-07-31
    source: a what-if
    based_on: as-found
    findings:
      grade: {is: gross, reason: r}
      own_fault: {is: 30%, reason: {en: r}, source: s}
ranges:
  - {parameter: grade, values: [ordinary, gross], reason: r, source: s}
  - {parameter: own_fault, from: 0%, to: 50%, reason: r}
sweeps:
  - {id: w1, title: t, base: s1, measure: total, of: [{parameter: own_fault, from: 0%, to: 1, steps: 5}, {parameter: grade, values: [gross]}]}
break_even:
  - {id: b1, title: t, base: s1, measure: remains.host, parameter: own_fault, from: 0, to: 50%, reaches: 1000000}
  - {id: b2, title: t, parameter: grade, values: [ordinary, gross], reaches: "12.5"}
uncertainty:
  base: s1
  measure: total
  draws: 500
  seed: 3
  variables:
    - {parameter: grade, chances: {ordinary: 70%, gross: 3/10}, draw: d, reason: r, source: s}
    - {parameter: [own_fault, own_fault.no-backup], range: {from: 0%, to: 50%}, step: 1%, against: d, reason: r}
    - {parameter: part.h, triangular: {low: 0%, likely: 10%, high: 50%}, reason: r}
    - {parameter: part.g, pert: {low: 0%, likely: 10%, high: 50%, weight: 6}, reason: r}
    - {parameter: paid.host, lognormal: {p05: 1000, p95: 20000, at_least: 500, at_most: 90000}, reason: r}
    - {shares: {vendor: {pert: {low: 10%, likely: 30%, high: 50%}, draw: e}, host: rest}, reason: r}
tree:
  title: {ja: 木, en: A tree}
  unit: JPY
  root:
    decide:
      - {id: settle, title: t, cost: 5, then: {pays: 600000}}
      - id: litigate
        title: t
        cost: 100000
        months: 18
        then:
          chance:
            - {id: win, title: t, probability: 30%, reason: r, source: s, then: {pays: -5}}
            - {id: lose, title: t, probability: 7/10, reason: {en: r}, cost: 1, months: 2, then: {scenario: s1}}
`

var whole = map[string]string{"contract": contractWithAll, "incident": incidentWithAll, "findings": findingsWithAll, "case": caseWithAll + recourseWithAll, "billing": billingWithAll, "statement": statementWithAll, "scenarios": scenariosWithAll}

func TestWholeFormsAreAcceptedByBoth(t *testing.T) {
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) {
			agree(t, f.name, whole[f.name], "")
		})
	}
}

// agree holds the schema and the reader to one answer: accepted when code is empty, else refused, by the reader with that code.
func agree(t *testing.T, form, text, code string) {
	t.Helper()
	v, err := toJSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	problems := read(form, []byte(text)).Err()
	refused := compile(t, form).Validate(v)
	if code == "" {
		if refused != nil || problems != nil {
			t.Errorf("schema: %v\nreader: %v", refused, problems)
		}
		return
	}
	if refused == nil {
		t.Errorf("the schema accepts it; the reader says %v", problems)
	}
	if problems == nil || !strings.Contains(problems.Error(), "error "+code+":") {
		t.Errorf("the reader says %v, want %s", problems, code)
	}
}

func TestOneChange(t *testing.T) {
	tests := []struct{ form, name, old, new, code string }{
		{"contract", "an id that is a number", "id: hosting", "id: 2012", ""},
		{"contract", "an id with a capital", "id: hosting", "id: Hosting", "E_ID"},
		{"contract", "an id of 64 characters", "id: hosting", "id: " + strings.Repeat("a", 64), ""},
		{"contract", "an id of 65 characters", "id: hosting", "id: " + strings.Repeat("a", 65), "E_ID"},
		{"contract", "an id below zero", "id: hosting", "id: -5", "E_ID"},
		{"contract", "no id", "id: hosting\n", "", "E_REQUIRED"},
		{"contract", "an empty id", "id: hosting", "id:", "E_REQUIRED"},
		{"contract", "a misspelt field", "audience:", "audeince:", "E_UNKNOWN_FIELD"},
		{"contract", "an unknown audience", "audience: business", "audience: merchants", "E_ENUM"},
		{"contract", "one text for both languages", "title: {ja: 約款, en: Terms}", "title: Terms", ""},
		{"contract", "a title that is a year", "title: {ja: 約款, en: Terms}", "title: 2012", ""},
		{"contract", "a title in neither language", "title: {ja: 約款, en: Terms}", "title: {}", "E_REQUIRED"},
		{"contract", "a title in a third language", "{ja: 約款, en: Terms}", "{ja: 約款, fr: Conditions}", "E_UNKNOWN_FIELD"},
		{"contract", "a blank title", "{ja: 約款, en: Terms}", "\" \"", "E_REQUIRED"},
		{"contract", "parties without the customer", ", customer: {en: B}", "", "E_REQUIRED"},
		{"contract", "a date of an era", "from: 2011-04-01", "from: 平成23年4月1日", ""},
		{"contract", "a date with the day first", "from: 2011-04-01", "from: 01/04/2011", "E_DATE"},
		{"contract", "a date with a time", "from: 2011-04-01", "from: 2011-04-01 00:00", "E_DATE"},
		{"contract", "an open span", "{from: 2011-04-01, until: 2013-04-01}", "{}", ""},
		{"contract", "a currency in small letters", "JPY", "jpy", "E_CURRENCY"},
		{"contract", "an abbreviation for a zone", "zone: Asia/Tokyo", "zone: JST", "E_ZONE"},
		{"contract", "no zone", "zone: Asia/Tokyo\n", "", "E_ZONE"},
		{"contract", "an unknown rounding", "rounding: half-up", "rounding: nearest", "E_ENUM"},
		{"contract", "an order of two", "order: [cap, own-fault, set-off]", "order: [cap, own-fault]", "E_ORDER"},
		{"contract", "an order with one twice", "order: [cap, own-fault, set-off]", "order: [cap, cap, set-off]", "E_ORDER"},
		{"contract", "an order with layers", "order: [cap, own-fault, set-off]", "order: [layer, cap, own-fault, set-off]", ""},
		{"contract", "an order with layers instead of caps", "order: [cap, own-fault, set-off]", "order: [layer, own-fault, set-off]", "E_ORDER"},
		{"contract", "a cap on some heads and not on others", "heads: [h1], used", "heads: [h1], except_heads: [h2], used", "E_CONFLICT"},
		{"contract", "a cap on no heads named is on all", "heads: [h1], used", "heads: [], used", ""},
		{"contract", "a layer with no steps", "{deductible: {of_loss: 5%}}, {}", "{}, {}", ""},
		{"contract", "no layers", "[{deductible: {of_loss: 5%}}, {}]", "[]", "E_REQUIRED"},
		{"contract", "an order of one rule", "order: [cap, own-fault, set-off]", "order: cap", "E_ENUM"},
		{"contract", "an order that is a map", "order: [cap, own-fault, set-off]", "order: {cap: 1}", "E_TYPE"},
		{"contract", "a clause in nobody's place", "instead_of: [fixed]", "instead_of: []", ""},
		{"contract", "a clause in the place of a sentence", "instead_of: [fixed]", "instead_of: [the fixed sum]", "E_ID"},
		{"contract", "a commitment in a clause's place", "availability: {window: outage, grace: 1h}", "instead_of: [fixed]\n    availability: {window: outage, grace: 1h}", "E_UNKNOWN_FIELD"},
		{"contract", "steps beside layers", "{on: layers,", "{limit: 5, on: layers,", "E_CONFLICT"},
		{"contract", "a part of nothing", "part: 60%", "part: 0%", "E_RANGE"},
		{"contract", "a franchise of two lower bounds", "{over: 10, up_to", "{over: 10, at_least: 5, up_to", "E_CONFLICT"},
		{"contract", "a franchise without bounds", "{over: 10, up_to: 90}", "{}", "E_REQUIRED"},
		{"contract", "a deductible of two sums", "{of_limit: 5%}", "{of_limit: 5%, of_loss: 5%}", "E_CONFLICT"},
		{"contract", "a deductible of a sum of nothing said", "{of_limit: 5%}", "{}", "E_REQUIRED"},
		{"contract", "a deductible of the limit of a layer without one", "{of_limit: 5%}, limit: 100", "{of_limit: 5%}", "E_REQUIRED"},
		{"contract", "a limit of itself", "{of_loss: 30%}", "{of_limit: 30%}", "E_UNKNOWN_FIELD"},
		{"contract", "a deductible below nothing", "deductible: 50,", "deductible: -50,", "E_RANGE"},
		{"contract", "ten shares", "[1/2, 1/3]", "[" + strings.Repeat("1/2, ", 9) + "1/2]", ""},
		{"contract", "eleven shares", "[1/2, 1/3]", "[" + strings.Repeat("1/2, ", 10) + "1/2]", "E_RANGE"},
		{"contract", "fifty layers", "[{deductible: {of_loss: 5%}}, {}]", "[" + strings.Repeat("{}, ", 49) + "{}]", ""},
		{"contract", "fifty-one layers", "[{deductible: {of_loss: 5%}}, {}]", "[" + strings.Repeat("{}, ", 50) + "{}]", "E_RANGE"},
		{"contract", "shares of a list of none", "[1/2, 1/3]", "[]", "E_REQUIRED"},
		{"contract", "a share without its unit", "share: 80%", "share: 80", "E_UNIT"},
		{"contract", "a layer for a customer", "per: claim, share_by: loss", "per: customer, share_by: loss", "E_ENUM"},
		{"contract", "an unknown way of sharing", "share_by: loss", "share_by: claimed", "E_ENUM"},
		{"contract", "a cession that states a grade", "cession: policy", "cession: policy, states_ordinary_only: true", "E_CONFLICT"},
		{"contract", "an empty order is the default", "order: [cap, own-fault, set-off]", "order: []", ""},
		{"contract", "a clause without its words", "    ref: {doc: 約款}\n    set_off: {}", "    set_off: {}", "E_REQUIRED"},
		{"contract", "a clause of no kind", "    set_off: {}\n", "", "E_CLAUSE_KIND"},
		{"contract", "interest without a ground", "interest: {ground: contract, ", "interest: {", "E_REQUIRED"},
		{"contract", "interest on another ground", "ground: contract", "ground: unjust", "E_ENUM"},
		{"contract", "a demand and a day of delay", "demanded: 2012-06-20, ", "demanded: 2012-06-20, from: 2012-06-21, ", "E_CONFLICT"},
		{"contract", "a tort that needs a demand", "ground: contract, commercial: true, ", "ground: tort, ", "E_CONFLICT"},
		{"contract", "a tort between merchants", "ground: contract, commercial: true, demanded: 2012-06-20, ", "ground: tort, commercial: true, ", "E_CONFLICT"},
		{"contract", "a rate and a choice of legal rates", "commercial: true, demanded", "commercial: true, rate: 6%, demanded", "E_CONFLICT"},
		{"contract", "no rate at all", "commercial: true, demanded", "rate: 0%, demanded", "E_RANGE"},
		{"contract", "a year of 360 days", "day_count: leap-split", "day_count: days-360", "E_ENUM"},
		{"contract", "a day that is no day", "to: 2013-06-20, day_count", "to: soon, day_count", "E_DATE"},
		{"contract", "payments to both", "payments: principal-first", "payments: both", "E_ENUM"},
		{"contract", "a tax that says not whether fees hold it", "tax: {rate: 10%, included: false, ", "tax: {rate: 10%, ", "E_REQUIRED"},
		{"contract", "credits as gifts", "credits: damages}", "credits: goodwill}", "E_ENUM"},
		{"contract", "a cap beside the tax", "cap: {amount: 1000000, per: claim}", "cap: {amount: 1000000, per: claim, tax: beside}", "E_ENUM"},
		{"contract", "a credit for the tax office", "credit: {availability: yearly, ", "credit: {availability: yearly, treatment: tax, ", "E_ENUM"},
		{"contract", "a clause of two kinds", "    set_off: {}", "    set_off: {}\n    already_paid: {}", "E_CLAUSE_KIND"},
		{"contract", "an availability and a cap in one entry", "    already_paid: {}", "    availability: {target: 99%, window: incident}\n    cap: {amount: 1, per: claim}", "E_CLAUSE_KIND"},
		{"contract", "a kind with nothing after it", "already_paid: {}", "already_paid:", "E_REQUIRED"},
		{"contract", "a field in a kind without fields", "already_paid: {}", "already_paid: {amount: 5}", "E_UNKNOWN_FIELD"},
		{"contract", "a citation without its document", "ref: {doc: 約款, section: 3,", "ref: {section: 3,", "E_REQUIRED"},
		{"contract", "a target as a bare number", "target: 99.9%", "target: 99.9", "E_UNIT"},
		{"contract", "a target in full width", "target: 99.9%", "target: ９９％", "E_NUM_FORM"},
		{"contract", "an unknown window", "window: calendar-year", "window: year", "E_ENUM"},
		{"contract", "a minimum without its unit", "minimum: 5m", "minimum: 5", "E_UNIT"},
		{"contract", "a minimum with a fraction", "minimum: 5m", "minimum: 1.5h", "E_UNIT"},
		{"contract", "a minimum of two units", "minimum: 5m", "minimum: 1h30m", ""},
		{"contract", "a minimum of two units in the wrong order", "minimum: 5m", "minimum: 30m1h", "E_UNIT"},
		{"contract", "a minimum of one unit twice", "minimum: 5m", "minimum: 5m5m", "E_UNIT"},
		{"contract", "a minimum of ten digits", "minimum: 5m", "minimum: 1234567890m", "E_UNIT"},
		{"contract", "a target of nothing", "target: 99%, measure", "target: 0.0%, measure", "E_RANGE"},
		{"contract", "no target", "target: 99%, measure", "measure", ""},
		{"contract", "rolling days that are not counted", "window: {days: 30, ending: claim}", "window: rolling-days", "E_REQUIRED"},
		{"contract", "rolling days of none", "window: {days: 30, ending", "window: {days: 0, ending", "E_RANGE"},
		{"contract", "a year that starts in a month", "window: calendar-quarter, year_starts: 2", "window: calendar-month, year_starts: 2", "E_UNIT"},
		{"contract", "a year that starts in January", "window: calendar-quarter, year_starts: 2", "window: calendar-month, year_starts: 1", ""},
		{"contract", "a whole of no length", "whole: 43200m", "whole: 0m", "E_UNIT"},
		{"contract", "a whole of a list", "whole: 43200m", "whole: [net]", "E_TYPE"},
		{"contract", "both minimums", "longer_than: 4m19s", "longer_than: 4m19s, minimum: 5m", "E_CONFLICT"},
		{"contract", "how a minimum counts without one", "longer_than: 4m19s, ", "", "E_REQUIRED"},
		{"contract", "a state of all and any", "{all: [web,", "{any: [a], all: [web,", "E_REQUIRED"},
		{"contract", "a state of nothing", "{any: [c]}", "{any: []}", "E_REQUIRED"},
		{"contract", "a state with parts of another", "{any: [c]}", "{any: [c], of: [d]}", "E_CONFLICT"},
		{"contract", "a mean of one", "mean_of: [web, mail]", "mean_of: [web]", "E_REQUIRED"},
		{"contract", "weights of nothing", "weights: {outage: 100%, partial: 30%}", "weights: {}", "E_REQUIRED"},
		{"contract", "weights and an impact", "by_share: true", "by_share: true, impact: partial", "E_CONFLICT"},
		{"contract", "a minimum of requests", "measure: bad-intervals", "minimum: 1s, measure: bad-intervals", "E_UNIT"},
		{"contract", "no minimum of requests", "measure: bad-intervals", "minimum: 0s, measure: bad-intervals", ""},
		{"contract", "intervals of no length", "interval: 5m, bad", "interval: 0m, bad", "E_RANGE"},
		{"contract", "no intervals", "interval: 5m, bad", "bad", "E_REQUIRED"},
		{"contract", "intervals of time", "window: outage, grace", "interval: 5m, window: outage, grace", "E_UNIT"},
		{"contract", "intervals that never fail", "bad: {errors_over: 5%, requests: 10}, ", "", "E_REQUIRED"},
		{"contract", "intervals that fail by any error", "{errors_over: 5%, requests: 10}", "{errors_over: 0%}", ""},
		{"contract", "intervals that fail in two ways", "{errors_over: 5%, requests: 10}", "{errors_over: 5%, errors_from: 5%}", "E_REQUIRED"},
		{"contract", "misses beside time", "{misses: {of: sla,", "{measure: time, misses: {of: sla,", "E_CONFLICT"},
		{"contract", "misses of nothing", "{measure: bad-intervals, interval: 5m, bad: {errors_over: 5%, requests: 10}, empty: left-out, window", "{measure: misses, window", "E_REQUIRED"},
		{"contract", "an outage of requests", "empty: left-out, window: calendar-month", "window: outage", "E_UNIT"},
		{"contract", "a rounding to nothing", "{to: 30m, by: up", "{to: 0m, by: up", "E_RANGE"},
		{"contract", "a cut to seven decimals", "percent: {decimals: 2,", "percent: {decimals: 7,", "E_RANGE"},
		{"contract", "an allowance of nothing", "{of: 10h, per", "{of: 0h, per", "E_RANGE"},
		{"contract", "an allowance a day", "per: calendar-year}", "per: calendar-day}", "E_ENUM"},
		{"contract", "a credit of rungs and of one pay", "      reading: single\n", "      reading: single\n      pay: 5%\n", "E_REQUIRED"},
		{"contract", "a credit of neither", "credit: {availability: measured, pay: {points: 14, each: 0.1%, round: down, after: 98%}, at_most", "credit: {availability: measured, at_most", "E_REQUIRED"},
		{"contract", "a rung of two kinds of edge", "{over: 1h, up_to: 2h", "{over: 1h, from: 99%", "E_TIER"},
		{"contract", "a rung of two further edges", "{over: 1h, up_to: 2h", "{over: 1h, up_to: 2h, under: 3h", "E_TIER"},
		{"contract", "a rung with a further edge only", "{over: 1h, up_to: 2h", "{up_to: 2h", ""},
		{"contract", "a rung over a decimal", "{over: 1h, up_to: 2h", "{over: 1.5, up_to: 2h", "E_UNIT"},
		{"contract", "a pay of two kinds", "{points: 14,", "{points: 14, rate: 5%,", "E_CONFLICT"},
		{"contract", "a pay of no kind", "{points: 14,", "{", "E_REQUIRED"},
		{"contract", "a sum of one", "greater_of: [10%, {fixed", "greater_of: [{fixed", "E_REQUIRED"},
		{"contract", "a sum of no day", "{2019-04-01: 800, 2023-04-01: 933}", "{}", "E_REQUIRED"},
		{"contract", "a sum of a word", "{2019-04-01: 800,", "{first: 800,", "E_DATE"},
		{"contract", "times without prorata", "prorata: downtime, times: 10, over: 720h, cut: {decimals: 2, by: half-up}", "rate: 5%, times: 10", "E_CONFLICT"},
		{"contract", "no times", "downtime, times: 10", "downtime, times: 0", "E_RANGE"},
		{"contract", "units without their rounding", "each: 30m, round: up,", "each: 30m,", "E_REQUIRED"},
		{"contract", "a rounding without its unit", "each: 30m, round: up,", "round: up,", "E_REQUIRED"},
		{"contract", "a threshold without what counts", "after: 1h, counts: excess,", "after: 1h,", "E_REQUIRED"},
		{"contract", "no threshold, and not what counts", "after: 1h, counts: excess,", "after: 0h,", ""},
		{"contract", "a level as a length", "after: 98%", "after: 1h", "E_NUM_FORM"},
		{"contract", "a length as a level", "after: 1h, counts", "after: 98%, counts", "E_UNIT"},
		{"contract", "civil days without a rounding", "each: 30m, round: up,", "each: civil-day,", ""},
		{"contract", "a unit of nothing", "each: 30m", "each: 0m", "E_RANGE"},
		{"contract", "a part of nothing", "each: 0.1%", "each: 0.0%", "E_RANGE"},
		{"contract", "a unit of none", "each: 0.1%, round: down, after: 98%", "each: 0, round: down", "E_RANGE"},
		{"contract", "a base of none of the fee", "times: 1/12", "times: 0/12", "E_RANGE"},
		{"contract", "a further limit of nothing", "at_most: [50%,", "at_most: [0%,", "E_RANGE"},
		{"contract", "a limit of the credit below nothing", "at_least: 100", "at_least: -1", "E_RANGE"},
		{"contract", "a claim by word", "claim: automatic", "claim: never", "E_ENUM"},
		{"contract", "a deadline without a length", "days: 5, months: 1, windows: 2, day: 15", "day: 15", "E_REQUIRED"},
		{"contract", "a deadline of ten years", "days: 5, months: 1", "days: 3660, months: 120", ""},
		{"contract", "a deadline of more than ten years", "days: 5, months: 1", "days: 3661, months: 1", "E_RANGE"},
		{"contract", "a deadline on the 32nd", "day: 15", "day: 32", "E_RANGE"},
		{"contract", "a form by word", "form: refund", "form: cash", "E_ENUM"},
		{"contract", "goodwill of nothing said", "goodwill: {pay: {fixed: 200}, of", "goodwill: {of", "E_REQUIRED"},
		{"contract", "goodwill for a commitment", "goodwill: {pay", "goodwill: {availability: sla, pay", "E_UNKNOWN_FIELD"},
		{"contract", "goodwill beside a commitment", "    ref: {doc: 約款}\n    goodwill", "    ref: {doc: 約款}\n    availability: {window: incident}\n    goodwill", "E_CLAUSE_KIND"},
		{"contract", "a combination of none", "credits: [by-length, by-unit]", "credits: []", "E_REQUIRED"},
		{"contract", "a combination that takes all", "take: highest", "take: all", "E_ENUM"},
		{"contract", "an earn-back of nothing", "return: 50%", "return: 0%", "E_RANGE"},
		{"contract", "an earn-back after no windows", "windows: 2, return", "windows: 0, return", "E_RANGE"},
		{"contract", "a right to leave on no ground", "misses: 2, within: 6, consecutive: true, below: 90%, ", "", "E_REQUIRED"},
		{"contract", "a right to leave after 120 windows", "misses: 2, within: 6", "misses: 120, within: 120", ""},
		{"contract", "a right to leave after 121 windows", "misses: 2, within: 6", "misses: 121", "E_RANGE"},
		{"contract", "a calendar without an id", "{id: office, zone", "{zone", "E_REQUIRED"},
		{"contract", "a calendar of a day that is none", "days: [mon, tue]", "days: [mon, tuesday]", "E_ENUM"},
		{"contract", "a calendar of hours beyond the day", "hours: 09:00-24:00", "hours: 09:00-24:01", "E_TIME"},
		{"contract", "an example that pays nothing said", "level: 99%, pays: -5", "level: 99%", "E_REQUIRED"},
		{"contract", "an example that may pay", "pays: {least: 0, most: 1000}", "pays: {least: 0}", "E_REQUIRED"},
		{"contract", "an example of a level without its level", "{value: 7}", "{of: sla}", "E_REQUIRED"},
		{"contract", "an example of an unknown field", "{name: a level,", "{name: a level, uptime: 99%,", "E_UNKNOWN_FIELD"},
		{"contract", "an example of a day that is not in the month", "billing_day: 31", "billing_day: 32", "E_RANGE"},
		{"contract", "a flag in quotes", "degraded: true", "degraded: \"true\"", ""},
		{"contract", "a flag of another word", "degraded: true", "degraded: yes", "E_ENUM"},
		{"contract", "services not in a list", "services: [web, mail]", "services: web", "E_TYPE"},
		{"contract", "no services are all", "services: [web, mail]", "services: []", ""},
		{"contract", "a credit of another fee", "of: monthly-fee", "of: yearly-fee", ""},
		{"contract", "a credit of no fee's name", "of: monthly-fee", "of: Yearly Fee", "E_ID"},
		{"contract", "a credit for nothing", "{availability: yearly, tiers", "{tiers", "E_REQUIRED"},
		{"contract", "a credit of at most nothing", "at_most: 100%", "at_most: 0%", "E_RANGE"},
		{"contract", "a credit without tiers", "tiers: [{below: 99%, pay: 1}]", "tiers: []", "E_REQUIRED"},
		{"contract", "a tier with two bounds", "{below: 99%, pay: 1}", "{below: 99%, at_most: 98%, pay: 1}", "E_TIER"},
		{"contract", "a tier without a bound", "{below: 99%, pay: 1}", "{pay: 1}", "E_REQUIRED"},
		{"contract", "a tier that pays nothing said", "{below: 99%, pay: 1}", "{below: 99%}", "E_REQUIRED"},
		{"contract", "an exclusion without causes", "causes: [maintenance]", "causes: []", "E_REQUIRED"},
		{"contract", "an exclusion without heads", "{heads: [lost-profit], states_ordinary_only: false}", "{}", "E_REQUIRED"},
		{"contract", "an unknown grade", "grades: [none, ordinary]", "grades: [slight]", "E_ENUM"},
		{"contract", "a condition of no fault", "when: {grade: gross}", "when: {grade: none}", "E_ENUM"},
		{"contract", "a condition that asks nothing", "when: {grade: gross}", "when: {}", "E_REQUIRED"},
		{"contract", "a condition of an empty list", "when: {grade: gross}", "when: {all: []}", "E_REQUIRED"},
		{"contract", "a condition that only adds consumers", "when: {grade: gross}", "when: {or_consumer: true}", ""},
		{"contract", "a condition that does not even add consumers", "when: {grade: gross}", "when: {or_consumer: false}", "E_REQUIRED"},
		{"contract", "a condition inside that asks nothing", "not: {consumer: true}", "not: {}", "E_REQUIRED"},
		{"contract", "a carve-out of nothing", "lift: {clauses: [data, profit]}", "lift: {clauses: []}", "E_REQUIRED"},
		{"contract", "a cap that is a fee", "amount: 1000000", "amount: monthly-fee", ""},
		{"contract", "a cap in quotes", "amount: 1000000", "amount: \"1000000\"", ""},
		{"contract", "a cap with separators", "amount: 1000000", "amount: \"1,000,000\"", "E_NUM_FORM"},
		{"contract", "a cap below zero", "amount: 1000000", "amount: -1", "E_CAP"},
		{"contract", "a cap with a unit", "amount: 1000000", "amount: 100万", "E_NUM_FORM"},
		{"contract", "a cap of no amount", "amount: {months: 12}", "amount: {}", "E_REQUIRED"},
		{"contract", "a cap of no months", "amount: {months: 12}", "amount: {months: 0}", "E_RANGE"},
		{"contract", "a cap of one month", "amount: {months: 12}", "amount: {months: 1}", ""},
		{"contract", "a cap of 1200 months", "amount: {months: 12}", "amount: {months: 1200}", ""},
		{"contract", "a cap of 1201 months", "amount: {months: 12}", "amount: {months: 1201}", "E_RANGE"},
		{"contract", "a cap of half a month", "amount: {months: 12}", "amount: {months: 0.5}", "E_NUM_FORM"},
		{"contract", "months in quotes", "amount: {months: 12}", "amount: {months: \"12\"}", ""},
		{"contract", "a cap of two amounts", "amount: {months: 12}", "amount: {months: 12, fixed: 5}", "E_CAP"},
		{"contract", "a multiple of nothing said", "{times: 2, of: fees-paid-to-date}", "{times: 2}", "E_REQUIRED"},
		{"contract", "a base without a multiple", "amount: {months: 12}", "amount: {months: 12, of: monthly-fee}", "E_CAP"},
		{"contract", "a multiple that is a fraction", "times: 2,", "times: 3/2,", ""},
		{"contract", "a multiple that is a decimal", "times: 2,", "times: 1.5,", "E_UNIT"},
		{"contract", "a multiple of none", "times: 2,", "times: 0,", "E_CAP"},
		{"contract", "a cap per month", "per: subscription", "per: month", "E_ENUM"},
		{"contract", "a cap without its scope", "amount: 1000000, per: claim", "amount: 1000000", "E_REQUIRED"},
		{"contract", "a share of a cap that nobody shares", "per: customer, share_by: admitted", "per: claim, share_by: admitted", "E_CAP"},
		{"contract", "the default share of a cap that nobody shares", "per: customer, share_by: admitted", "per: claim, share_by: capped", ""},
		{"contract", "credits beside the cap", "credits: inside", "credits: beside", "E_ENUM"},
		{"contract", "own fault per row", "per: head", "per: row", "E_ENUM"},
		{"contract", "only what is required", contractWithAll, "{id: a, title: a, currency: JPY, zone: UTC, clauses: []}", ""},
		{"contract", "a list", contractWithAll, "[]", "E_TYPE"},

		{"incident", "a service called by a capital", "{web:", "{Web:", "E_ID"},
		{"incident", "a service without a name", "mail: Mail", "mail:", "E_REQUIRED"},
		{"incident", "an offset", "to: 2012-06-20T17:48:30.5+09:00", "to: 2012-06-20T08:48:30Z", ""},
		{"incident", "a time without its day", "from: 2012-06-20 17:00", "from: 17:00", "E_DATE"},
		{"incident", "a day without its time", "from: 2012-06-20 17:00", "from: 2012-06-20", "E_DATE"},
		{"incident", "a time with an abbreviation", "from: 2012-06-20 17:00", "from: 2012-06-20 17:00 JST", "E_ZONE"},
		{"incident", "a time of twelve hours", "from: 2012-06-20 17:00", "from: 2012-06-20 5:00 PM", "E_DATE"},
		{"incident", "a start that is open", "from: 2012-06-20 17:00", "from: open", "E_DATE"},
		{"incident", "an event without phases", incidentWithAll, "{id: a, title: a, zone: UTC, events: [{id: a, kind: a, title: a, phases: []}]}", "E_REQUIRED"},
		{"incident", "an event with one phase", incidentWithAll, "{id: a, title: a, zone: UTC, events: [{id: a, kind: a, title: a, phases: [{id: a, title: a, from: \"2012-06-20 17:00\", to: open}]}]}", ""},
		{"incident", "no events", incidentWithAll, "{id: a, title: a, zone: UTC, events: []}", "E_REQUIRED"},
		{"incident", "an unknown impact", "impact: degraded", "impact: slow", "E_ENUM"},
		{"incident", "an unknown grade", "grade: ordinary", "grade: slight", "E_ENUM"},
		{"incident", "a party without a role", ", role: provider", "", "E_REQUIRED"},
		{"incident", "a clock without its source", "{source: monitor, from", "{from", "E_REQUIRED"},
		{"incident", "an impact that nobody watched", "impact: degraded", "impact: unknown", ""},
		{"incident", "an impact on a part", "impact: degraded", "impact: partial", ""},
		{"incident", "a share of nobody", "share: 3/10", "share: 0%", "E_RANGE"},
		{"incident", "a share of none of ten", "share: 3/10", "share: 0/10", "E_RANGE"},
		{"incident", "a share of a millionth", "share: 3/10", "share: 1/1000000", ""},
		{"incident", "a share of all", "share: 3/10", "share: 100%", ""},
		{"incident", "a share as a number", "share: 3/10", "share: 0.3", "E_UNIT"},
		{"incident", "a notice of a day without its time", "announced: 2012-06-18 09:00", "announced: 2012-06-18", "E_DATE"},
		{"incident", "a notice that is open", "announced: 2012-06-18 09:00", "announced: open", "E_DATE"},
		{"incident", "a level of an uptime and a value", "value: 27", "value: 27, uptime: 99%", "E_REQUIRED"},
		{"incident", "a level of neither", ", value: 27", "", "E_REQUIRED"},
		{"incident", "a level of no commitment", "{of: delay, window", "{window", "E_REQUIRED"},
		{"incident", "a level without its window", "window: 2012, value", "value", "E_REQUIRED"},
		{"incident", "a level of half a unit", "value: 27", "value: 27.5", "E_NUM_FORM"},
		{"incident", "a level of nothing", "value: 27", "value: 0", ""},
		{"incident", "a level below nothing", "value: 27", "value: -1", "E_RANGE"},
		{"incident", "a level in quotes", "value: 27", "value: \"27\"", ""},
		{"incident", "an uptime of nothing", "uptime: 99.7%", "uptime: 0%", ""},
		{"incident", "an uptime of all", "uptime: 99.7%", "uptime: 100%", ""},
		{"incident", "an uptime as a number", "uptime: 99.7%", "uptime: 99.7", "E_UNIT"},
		{"incident", "a level of a quarter", "window: 2012-05", "window: 2012-Q2", ""},
		{"incident", "a level of a half year", "window: 2012-05", "window: 2012-H1", ""},
		{"incident", "a level of a window from a day on", "window: 2012-05", "window: 2012-05-17", ""},
		{"incident", "a level of the incident", "window: 2012-05", "window: incident", ""},
		{"incident", "a level of a month of one digit", "window: 2012-05", "window: 2012-5", "E_DATE"},
		{"incident", "a level of the thirteenth month", "window: 2012-05", "window: 2012-13", "E_DATE"},
		{"incident", "a level of a year of three digits", "window: 2012, value", "window: 999, value", "E_DATE"},
		{"incident", "a series without its start", "service: web, start: 2012-06-20 17:00", "service: web", "E_REQUIRED"},
		{"incident", "a series without an id", "{id: mail, start", "{start", "E_REQUIRED"},
		{"incident", "a series of intervals of no length", "interval: 5m", "interval: 0m", "E_UNIT"},
		{"incident", "a series of intervals of a number", "interval: 5m", "interval: 5", "E_UNIT"},
		{"incident", "a series of counts and runs", "counts: [[1000, 3], [980, 0]]", "counts: [[1000, 3]], runs: [{of: 1, total: 1, failed: 0}]", "E_REQUIRED"},
		{"incident", "a series of neither", ", counts: [[1000, 3], [980, 0]]", "", "E_REQUIRED"},
		{"incident", "a series of no interval", "counts: [[1000, 3], [980, 0]]", "counts: []", "E_REQUIRED"},
		{"incident", "a series of no run", "runs: [{of: 12, total: 10, failed: 1}]", "runs: []", "E_REQUIRED"},
		{"incident", "an interval of one count", "[980, 0]", "[980]", "E_TYPE"},
		{"incident", "an interval of three counts", "[980, 0]", "[980, 0, 0]", "E_TYPE"},
		{"incident", "an interval below nothing", "[980, 0]", "[980, -1]", "E_RANGE"},
		{"incident", "an interval in which all failed", "[980, 0]", "[980, 980]", ""},
		{"incident", "a run of no interval", "{of: 12,", "{of: 0,", "E_RANGE"},
		{"incident", "a run of more intervals than are read", "{of: 12,", "{of: 5300001,", "E_RANGE"},
		{"incident", "a run that does not say its failures", "total: 10, failed: 1", "total: 10", "E_REQUIRED"},
		{"incident", "a common head without a title", "profit: {title: {en: Lost profit}, kind", "lost-profit: {kind", ""},
		{"incident", "another head without a title", "profit: {title: {en: Lost profit}, kind", "profit: {kind", "E_REQUIRED"},
		{"incident", "a common head with nothing to say", "profit: {title: {en: Lost profit}, kind: special, class: economic, by: customer, margin: {sales: [s1, s2], cost: [c1, c2], period: 1/4, part: 80%}}", "lost-profit: {}", "E_REQUIRED"},
		{"incident", "a year without costs", "cost: [c1, c2], ", "cost: [], ", "E_REQUIRED"},
		{"incident", "levels alone", incidentWithAll, "{id: a, title: a, zone: UTC, levels: [{of: a, window: incident, value: 1}]}", ""},
		{"incident", "a series alone", incidentWithAll, "{id: a, title: a, zone: UTC, series: [{id: a, start: \"2012-06-20 17:00\", interval: 1h, counts: [[1, 0]]}]}", ""},
		{"incident", "levels and no events", incidentWithAll, "{id: a, title: a, zone: UTC, events: [], levels: [{of: a, window: incident, value: 1}]}", ""},
		{"incident", "no levels, no series and no events", incidentWithAll, "{id: a, title: a, zone: UTC, events: [], levels: [], series: []}", "E_REQUIRED"},
		{"incident", "nothing on record", incidentWithAll, "{id: a, title: a, zone: UTC}", "E_REQUIRED"},
		{"incident", "no zone", "zone: Asia/Tokyo\n", "", "E_ZONE"},

		{"findings", "no sets", findingsWithAll, "sets: []\n", "E_REQUIRED"},
		{"findings", "a finding without a reason", "{is: 2, reason: as agreed}", "{is: 2}", "E_REQUIRED"},
		{"findings", "a finding without a value", "{is: 2, reason: as agreed}", "{reason: as agreed}", "E_REQUIRED"},
		{"findings", "a finding that nobody made", "reason: none, source: a what-if", "reason: none", "E_REQUIRED"},
		{"findings", "a value alone", "grade: {is: gross, reason: so found}", "grade: gross", "E_TYPE"},
		{"findings", "a set without a title", "    title: Second\n", "", "E_REQUIRED"},
		{"findings", "a date of no form", "date: 2012-07-31", "date: July 2012", "E_DATE"},

		{"billing", "nothing but the line", billingWithAll, "bill_line: Credit", ""},
		{"billing", "a remedy nobody knows", "goodwill: refund", "goodwill: cash", "E_ENUM"},
		{"billing", "a bank code in quotes", `"0001"`, `"0005"`, ""},
		{"billing", "a bank code as a number", `"0001"`, "1234", ""},
		{"billing", "a bank code of three digits", `"0001"`, `"001"`, "E_ID"},
		{"billing", "a bank code of five digits", `"0001"`, "12345", "E_ID"},
		{"billing", "a payer without an account", "account_number: 1234567, ", "", "E_REQUIRED"},
		{"billing", "a savings account of a payer", "account_type: 2", "account_type: 4", "E_ENUM"},
		{"billing", "no transfer in a file", "max_transfers: 5000", "max_transfers: 0", "E_RANGE"},
		{"billing", "as many transfers as a file counts", "max_transfers: 5000", "max_transfers: 999999", ""},
		{"billing", "more transfers than a file counts", "max_transfers: 5000", "max_transfers: 1000000", "E_RANGE"},
		{"billing", "invoices outside the folder", "invoices: invoices.csv", "invoices: ../invoices.csv", "E_PATH"},
		{"billing", "a rate that is none", "10%: txr_1", "ten: txr_1", "E_NUM_FORM"},
		{"billing", "a reason that Stripe does not have", "order_change", "outage", "E_ENUM"},
		{"billing", "invoices that are neither", "invoices_are: paid, ", "", "E_REQUIRED"},
		{"billing", "an entry without a tax class", ", tax_class: 対象外", "", "E_REQUIRED"},
		{"billing", "no entries", "entries:\n", "entry:\n", "E_UNKNOWN_FIELD"},
		{"statement", "a company without a name", "  name: {ja: 見本株式会社, en: Sample}\n", "", "E_REQUIRED"},
		{"statement", "a contact without hours", "hours: {ja: 平日, en: weekdays}, ", "", "E_REQUIRED"},
		{"statement", "a contact with e-mail alone", "phone: 0120-000-000, ", "", ""},
		{"statement", "a contact with neither phone nor e-mail", "phone: 0120-000-000, hours: {ja: 平日, en: weekdays}, email: desk@sample.example", "hours: weekdays", "E_REQUIRED"},
		{"statement", "no date", "date: 2012-07-13\n", "", "E_REQUIRED"},
		{"statement", "a date with a time", "date: 2012-07-13", "date: 2012-07-13 12:00", "E_DATE"},
		{"statement", "a day until which to object", "{days: 30}", "{until: 2012-08-31}", ""},
		{"statement", "an objection without a day", "{days: 30}", "{}", "E_REQUIRED"},
		{"statement", "an objection with two", "{days: 30}", "{days: 30, until: 2012-08-31}", "E_CONFLICT"},
		{"statement", "an objection within no days", "{days: 30}", "{days: 0}", "E_RANGE"},
		{"statement", "an objection within ten years", "{days: 30}", "{days: 3660}", ""},
		{"statement", "an objection within more", "{days: 30}", "{days: 3661}", "E_RANGE"},
		{"statement", "a block nobody knows", "  cause:", "  causes:", "E_UNKNOWN_FIELD"},
		{"statement", "a logo outside the folder", "logo: logo.png", "logo: ../logo.png", "E_PATH"},
		{"statement", "templates of no language", "{ja: letter.ja.txt, en: letter.en.txt}", "{}", "E_REQUIRED"},
		{"statement", "a link", "apology: Sorry", "apology: see https://sample.example/", "E_LINK"},
		{"case", "contracts by name", "[{file: contracts/participant-rules.yaml}]", "[contracts/participant-rules.yaml]", ""},
		{"case", "no contracts", "[{file: contracts/participant-rules.yaml}]", "[]", "E_REQUIRED"},
		{"case", "a contract outside the folder", "file: contracts/", "file: ../contracts/", "E_PATH"},
		{"case", "a contract from the root", "file: contracts/", "file: /contracts/", "E_PATH"},
		{"case", "a path with a step in place", "incident: incident.yaml", "incident: ./incident.yaml", "E_PATH"},
		{"case", "no customers", "customers: customers.csv\n", "", "E_REQUIRED"},
		{"case", "customers outside the folder", "customers: customers.csv", "customers: ../customers.csv", "E_PATH"},
		{"case", "a billing file outside the folder", "customers: customers.csv", "customers: customers.csv\nbilling: ../billing.yaml", "E_PATH"},
		{"scenarios", "nothing asked", scenariosWithAll, "base: as-found\n", ""},
		{"scenarios", "a field nobody knows", "break_even:", "breakeven:", "E_UNKNOWN_FIELD"},
		{"scenarios", "a scenario without a source", "    source: a what-if\n", "", "E_REQUIRED"},
		{"scenarios", "a range without a reason", "from: 0%, to: 50%, reason: r}", "from: 0%, to: 50%}", "E_REQUIRED"},
		{"scenarios", "a list and a range", "values: [ordinary, gross], reason: r, source: s", "values: [ordinary, gross], to: gross, reason: r, source: s", "E_CONFLICT"},
		{"scenarios", "a sweep over nothing", "of: [{parameter: own_fault, from: 0%, to: 1, steps: 5}, {parameter: grade, values: [gross]}]", "of: []", "E_RANGE"},
		{"scenarios", "no steps", "steps: 5", "steps: 0", "E_RANGE"},
		{"scenarios", "999 steps", "steps: 5", "steps: 999", ""},
		{"scenarios", "1,000 steps", "steps: 5", "steps: 1000", "E_RANGE"},
		{"scenarios", "no draws", "draws: 500", "draws: 0", "E_RANGE"},
		{"scenarios", "a million draws", "draws: 500", "draws: 1000000", ""},
		{"scenarios", "a million draws and one", "draws: 500", "draws: 1000001", "E_RANGE"},
		{"scenarios", "two distributions", "range: {from: 0%, to: 50%}, step", "range: {from: 0%, to: 50%}, pert: {low: 0, likely: 0, high: 1}, step", "E_CONFLICT"},
		{"scenarios", "no distribution", "triangular: {low: 0%, likely: 10%, high: 50%}, ", "", "E_REQUIRED"},
		{"scenarios", "a weight of a triangle", "triangular: {low: 0%,", "triangular: {weight: 4, low: 0%,", "E_UNKNOWN_FIELD"},
		{"scenarios", "three quantiles", "{p05: 1000, ", "{p05: 1000, p50: 2000, ", "E_REQUIRED"},
		{"scenarios", "shares of one party", ", host: rest}", "}", "E_REQUIRED"},
		{"scenarios", "a share that is a number", "host: rest", "host: 30%", "E_ENUM"},
		{"scenarios", "a draw shared and moved against", "against: d", "draw: e, against: d", "E_CONFLICT"},
		{"scenarios", "a node of two kinds", "{pays: -5}", "{pays: -5, scenario: s1}", "E_REQUIRED"},
		{"scenarios", "a node of no kind", "{pays: -5}", "{}", "E_REQUIRED"},
		{"scenarios", "a chance without a reason", "probability: 30%, reason: r", "probability: 30%", "E_REQUIRED"},
		{"scenarios", "a choice with a probability", "{id: settle,", "{id: settle, probability: 10%,", "E_UNKNOWN_FIELD"},
		{"scenarios", "1,200 months", "months: 18", "months: 1200", ""},
		{"scenarios", "1,201 months", "months: 18", "months: 1201", "E_RANGE"},
		{"case", "scenarios outside the folder", "customers: customers.csv", "customers: customers.csv\nscenarios: ../scenarios.yaml", "E_PATH"},
		{"case", "a statement that is a list", "customers: customers.csv", "customers: customers.csv\nstatement: [statement.yaml]", "E_TYPE"},
		{"case", "customers as a list", "customers: customers.csv", "customers: [customers.csv]", "E_TYPE"},
		{"case", "customers with a field nobody knows", "customers: customers.csv", "customers: {file: customers.csv, row: 1}", "E_UNKNOWN_FIELD"},
		{"case", "claims outside the folder", "customers: customers.csv", "customers: customers.csv\nclaims: /claims.csv", "E_PATH"},
		{"case", "a hash that is none", "participant-rules.yaml}", "participant-rules.yaml, sha256: abc}", "E_HASH"},
		{"case", "a recourse against nobody", "    to: exchange\n", "", "E_REQUIRED"},
		{"case", "a recourse without a claim", "    claim: {head: sale-loss, phase: no-halt}\n", "", "E_REQUIRED"},
		{"case", "a share by shares", "own_share: 3/10", "own_share: by-shares", ""},
		{"case", "a share of more than all", "own_share: 3/10", "own_share: 13", "E_UNIT"},
		{"case", "a sum with a sign", "monthly_fee: 1000", "monthly_fee: -1000", "E_NUM_FORM"},
		{"case", "a loss without an amount", ", amount: 500", "", "E_REQUIRED"},
		{"case", "a field nobody knows", "fees_paid: 5000", "fees_payed: 5000", "E_UNKNOWN_FIELD"},
		{"case", "an as-of time", "as_of: 2015-09-03", "as_of: 2015-09-03 12:00", "E_DATE"},
	}
	for _, tt := range tests {
		t.Run(tt.form+" "+tt.name, func(t *testing.T) {
			text := strings.Replace(whole[tt.form], tt.old, tt.new, 1)
			if text == whole[tt.form] {
				t.Fatalf("the form has no %q", tt.old)
			}
			agree(t, tt.form, text, tt.code)
		})
	}
}

// formCodes are the problems that a schema can see.
var formCodes = map[string]bool{
	"E_REQUIRED": true, "E_TYPE": true, "E_UNKNOWN_FIELD": true, "E_ENUM": true, "E_ID": true, "E_CLAUSE_KIND": true,
	"E_UNIT": true, "E_NUM_FORM": true, "E_PATH": true, "E_ORDER": true,
}

// acrossClauses matches problems of one clause held against another, which a schema cannot see.
var acrossClauses = regexp.MustCompile(`^(the rung is on |prorata|over is a length of time, and|each part of uptime needs|units of time or of a count do not fit|civil days are counted|a number without a unit, and|a length of time, and)`)

// scalars are written in place of others. They keep clear of what JSON cannot tell apart, such as 010 and 10.
var scalars = []string{
	"12", "0", "1", "-1", "99.9", "30%", "3/10", "true", "false", "\"true\"", "yes", "text", "Text", "本文", "\"\"", "\" \"", "~", "[]", "{}", "[a]", "{a: b}",
	"2012-06-20", "2012-06-20 17:00", "2012-06-20 18:00:00.5+09:00", "open", "gross", "none", "JPY", "Asia/Tokyo", "down", "calendar-month", "5m", "monthly-fee",
	"incident.yaml", "../x", "a/b", "customer", "claim", "平成24年6月20日", "sla", "data",
	"1h", "0s", "1h30m", "30m1h", "0.1%", "0%", "outage", "event", "requests", "occurrences", "misses", "time", "bad-intervals", "calendar-quarter", "rolling-days", "{days: 30}",
	"{fixed: 5}", "{rate: 5%, each: 1h, round: up}", "civil-day", "exact", "automatic", "refund", "09:00-18:00", "{of: sla}", "[]", "office", "2", "31",
}

// TestAnyChange changes a whole form in one or two random places: what the reader accepts, the schema accepts; what the reader
// refuses for its form, the schema refuses.
func TestAnyChange(t *testing.T) {
	accepted, refused := 0, 0
	for _, f := range forms {
		s := compile(t, f.name)
		t.Run(f.name, rapid.MakeCheck(func(t *rapid.T) {
			var doc yaml.Node
			if err := yaml.Load([]byte(whole[f.name]), &doc, yaml.WithV3Defaults()); err != nil {
				t.Fatal(err)
			}
			for range rapid.IntRange(1, 2).Draw(t, "changes") {
				change(t, &doc)
			}
			data, err := yaml.Dump(&doc)
			if err != nil {
				t.Fatal(err)
			}
			v, err := toJSON(data)
			if err != nil {
				t.Fatal(err)
			}
			problems, invalid := read(f.name, data), s.Validate(v)
			switch {
			case problems.Err() == nil && invalid != nil:
				t.Fatalf("the reader accepts what the schema refuses: %v\n%s", invalid, data)
			case problems.Err() == nil:
				accepted++
			case invalid == nil:
				for _, p := range problems {
					if formCodes[p.Code] && !acrossClauses.MatchString(p.Message) {
						t.Fatalf("the schema accepts what the reader refuses: %v\n%s", p, data)
					}
				}
			default:
				refused++
			}
		}))
	}
	if accepted == 0 || refused == 0 {
		t.Errorf("%d changes were accepted and %d refused by both: nothing is compared", accepted, refused)
	}
}

// change puts a random value at a random place, or drops, renames or repeats what stands there.
func change(t *rapid.T, doc *yaml.Node) {
	var maps, lists []*yaml.Node
	var slots []**yaml.Node
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		step := 1
		switch n.Kind {
		case yaml.MappingNode:
			step = 2
			if len(n.Content) > 0 {
				maps = append(maps, n)
			}
		case yaml.SequenceNode:
			if len(n.Content) > 0 {
				lists = append(lists, n)
			}
		}
		for i := step - 1; i < len(n.Content); i += step {
			slots = append(slots, &n.Content[i])
			visit(n.Content[i])
		}
	}
	visit(doc.Content[0])
	switch kind := rapid.IntRange(0, 5).Draw(t, "kind of change"); {
	case kind == 0 && len(maps) > 0: // drop a field
		m := rapid.SampledFrom(maps).Draw(t, "map")
		i := 2 * rapid.IntRange(0, len(m.Content)/2-1).Draw(t, "field")
		m.Content = append(m.Content[:i:i], m.Content[i+2:]...)
	case kind == 1 && len(maps) > 0: // rename a field
		m := rapid.SampledFrom(maps).Draw(t, "map")
		i := 2 * rapid.IntRange(0, len(m.Content)/2-1).Draw(t, "field")
		renamed := *m.Content[i]
		renamed.Value = rapid.SampledFrom([]string{
			"id", "ref", "cap", "credit", "set_off", "when", "of", "source", "events", "months", "xyz", "availability", "goodwill", "pay", "tiers", "each", "round", "after", "counts", "below", "at_most",
			"over", "under", "all", "rate", "fixed", "times", "measure", "misses", "minimum", "interval", "bad", "window", "days", "value", "pays",
		}).Draw(t, "name")
		for j := 0; j < len(m.Content); j += 2 {
			if m.Content[j].Value == renamed.Value {
				return // a repeated key is not seen in JSON
			}
		}
		m.Content[i] = &renamed
	case kind == 2 && len(lists) > 0: // drop an item
		l := rapid.SampledFrom(lists).Draw(t, "list")
		i := rapid.IntRange(0, len(l.Content)-1).Draw(t, "item")
		l.Content = append(l.Content[:i:i], l.Content[i+1:]...)
	case kind == 3 && len(slots) > 1: // copy a value to another place
		from, to := rapid.SampledFrom(slots).Draw(t, "from"), rapid.SampledFrom(slots).Draw(t, "to")
		if contains(*from, *to) {
			return
		}
		*to = *from
	case len(slots) > 0:
		var v yaml.Node
		text := rapid.SampledFrom(scalars).Draw(t, "value")
		if err := yaml.Load([]byte("v: "+text), &v, yaml.WithV3Defaults()); err != nil {
			panic(fmt.Sprintf("%s: %v", text, err))
		}
		*rapid.SampledFrom(slots).Draw(t, "place") = v.Content[0].Content[1]
	}
}

// contains reports whether inner stands in outer, so that it cannot be replaced by it.
func contains(outer, inner *yaml.Node) bool {
	if outer == inner {
		return true
	}
	for _, n := range outer.Content {
		if contains(n, inner) {
			return true
		}
	}
	return false
}
