// Package schema publishes the forms of the files of a case as JSON Schema
// (draft 2020-12), for editors, other programs and other languages.
//
//	case.schema.json       case.yaml: what a case consists of
//	contract.schema.json   contracts/*.yaml: terms
//	incident.schema.json   incident.yaml: what happened
//	findings.schema.json   findings.yaml: what is judged
//	billing.schema.json    billing.yaml: how credits are posted and paid
//	statement.schema.json  statement.yaml: what letters to customers say
//	scenarios.schema.json  scenarios.yaml: what to vary, and what is asked
//
// Each schema stands alone. Files may be YAML or JSON: a scalar of YAML is read as its source
// text, so that 12 and "12" are one value, and a schema allows both where people write plain numbers.
//
// The readers of packages contracts, sla and report/credits are stricter where a schema cannot say what they ask: references between
// clauses, ids used twice, the order of tiers, days and local times that do not exist, zones and currencies out of
// use. They also see what a JSON value no longer shows, such as a leading zero, an exponent, an anchor or a repeated key.
// No schema refuses a file that its reader accepts.
package schema

import "embed"

// FS holds the schemas at its root, by the names above.
//
//go:embed *.schema.json
var FS embed.FS
