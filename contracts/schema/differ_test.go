package schema_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
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
    cap: {amount: {months: 12}, per: subscription}
  - id: fixed
    ref: {doc: 約款}
    cap: {amount: {fixed: 5000}, per: incident}
  - id: sum
    ref: {doc: 約款}
    cap: {amount: 1000000, per: claim}
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
`

const incidentWithAll = `
id: loss
title: Loss of data
zone: Asia/Tokyo
source: the report
services: {web: {ja: ウェブ, en: Web}, mail: Mail}
heads: {rebuild: Rebuilding}
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
        cause: provider
        grade: ordinary
        clock: notice
        clocks:
          - {source: monitor, from: 2012-06-20 16:59, to: 2012-06-20 17:49}
        source: the notice
      - {id: after, title: After, from: 平成24年6月20日18時5分, to: open}
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

var whole = map[string]string{"contract": contractWithAll, "incident": incidentWithAll, "findings": findingsWithAll, "case": caseWithAll}

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
		{"contract", "an empty order is the default", "order: [cap, own-fault, set-off]", "order: []", ""},
		{"contract", "a clause without its words", "    ref: {doc: 約款}\n    set_off: {}", "    set_off: {}", "E_REQUIRED"},
		{"contract", "a clause of no kind", "    set_off: {}\n", "", "E_CLAUSE_KIND"},
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
		{"contract", "a minimum of two units", "minimum: 5m", "minimum: 1h30m", "E_UNIT"},
		{"contract", "a flag in quotes", "degraded: true", "degraded: \"true\"", ""},
		{"contract", "a flag of another word", "degraded: true", "degraded: yes", "E_ENUM"},
		{"contract", "services not in a list", "services: [web, mail]", "services: web", "E_TYPE"},
		{"contract", "no services are all", "services: [web, mail]", "services: []", ""},
		{"contract", "a credit of another fee", "of: monthly-fee", "of: yearly-fee", "E_ENUM"},
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
		{"incident", "no zone", "zone: Asia/Tokyo\n", "", "E_ZONE"},

		{"findings", "no sets", findingsWithAll, "sets: []\n", "E_REQUIRED"},
		{"findings", "a finding without a reason", "{is: 2, reason: as agreed}", "{is: 2}", "E_REQUIRED"},
		{"findings", "a finding without a value", "{is: 2, reason: as agreed}", "{reason: as agreed}", "E_REQUIRED"},
		{"findings", "a finding that nobody made", "reason: none, source: a what-if", "reason: none", "E_REQUIRED"},
		{"findings", "a value alone", "grade: {is: gross, reason: so found}", "grade: gross", "E_TYPE"},
		{"findings", "a set without a title", "    title: Second\n", "", "E_REQUIRED"},
		{"findings", "a date of no form", "date: 2012-07-31", "date: July 2012", "E_DATE"},

		{"case", "contracts by name", "[{file: contracts/participant-rules.yaml}]", "[contracts/participant-rules.yaml]", ""},
		{"case", "no contracts", "[{file: contracts/participant-rules.yaml}]", "[]", "E_REQUIRED"},
		{"case", "a contract outside the folder", "file: contracts/", "file: ../contracts/", "E_PATH"},
		{"case", "a contract from the root", "file: contracts/", "file: /contracts/", "E_PATH"},
		{"case", "a path with a step in place", "incident: incident.yaml", "incident: ./incident.yaml", "E_PATH"},
		{"case", "no customers", "customers: customers.csv\n", "", "E_REQUIRED"},
		{"case", "customers outside the folder", "customers: customers.csv", "customers: ../customers.csv", "E_PATH"},
		{"case", "customers as a list", "customers: customers.csv", "customers: [customers.csv]", "E_TYPE"},
		{"case", "customers with a field nobody knows", "customers: customers.csv", "customers: {file: customers.csv, row: 1}", "E_UNKNOWN_FIELD"},
		{"case", "claims outside the folder", "customers: customers.csv", "customers: customers.csv\nclaims: /claims.csv", "E_PATH"},
		{"case", "a hash that is none", "participant-rules.yaml}", "participant-rules.yaml, sha256: abc}", "E_HASH"},
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

// scalars are written in place of others. They keep clear of what JSON cannot tell apart, such as 010 and 10.
var scalars = []string{
	"12", "0", "1", "-1", "99.9", "30%", "3/10", "true", "false", "\"true\"", "yes", "text", "Text", "本文", "\"\"", "\" \"", "~", "[]", "{}", "[a]", "{a: b}",
	"2012-06-20", "2012-06-20 17:00", "2012-06-20 18:00:00.5+09:00", "open", "gross", "none", "JPY", "Asia/Tokyo", "down", "calendar-month", "5m", "monthly-fee",
	"incident.yaml", "../x", "a/b", "customer", "claim", "平成24年6月20日", "sla", "data",
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
					if formCodes[p.Code] {
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
		renamed.Value = rapid.SampledFrom([]string{"id", "ref", "cap", "credit", "set_off", "when", "of", "source", "events", "months", "xyz"}).Draw(t, "name")
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
