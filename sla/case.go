package sla

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/problem"
	"github.com/amends-go/amends/internal/yamlread"
)

// Case is an incident's papers: terms, facts, findings and customers, read
// from a folder and compiled.
type Case struct {
	ID        string
	Title     contracts.Text
	AsOf      contracts.Date
	Contracts []*contracts.Contract
	Incident  *Incident
	Findings  []Findings
	Default   string // id of the set that stands when none is named; the first by default
	Customers *CustomerFile
	Programs  []*Program  // in the order of Contracts
	Recourses []*Recourse // in the order in which they are worked out
	Files     []File      // everything read, in the order of case.yaml
	// Billing and Statement are the papers that say how credits are posted and what customers are told, for package report to
	// read, and Scenarios what to vary, for package whatif; nil where the case names none.
	Billing, Statement, Scenarios *Paper
	Folder                        fs.FS // what the case was read from, for files that these papers name

	versions   map[string][]*contracts.Contract // other versions of the terms, by contract
	claimsName string
}

// Paper is a file that the case names and another package reads.
type Paper struct {
	Name string
	Data []byte
}

// File is a file that a case was read from.
type File struct {
	Name   string
	Bytes  int64
	SHA256 string
}

// CaseFile is the name of the file that says what a case consists of. Its fields, paths being relative to the folder:
//
//	id, title           of the case
//	as_of               the day up to which a phase with an open end is counted, and interest whose clause names no last day; optional
//	contracts           a list of paths, or of {file, sha256, versions}: sha256 holds a text to the registered one (E_HASH), versions are paths of
//	                    other versions of the terms, among which the parameter version.CONTRACT chooses
//	incident, findings  a path each
//	default_findings    the set that stands when none is named; the first by default
//	customers           a path, or {file, rows, sha256} to hold the list to its number of rows and its bytes (E_TRUNCATED)
//	claims              a path; optional
//	billing             a path: how credits are posted and paid; optional
//	statement           a path: what statements to customers say; optional
//	scenarios           a path: what to vary; optional
//	recourse            a list of {contract, from, to, claim: {head, phase}, …}: what a party recovers under a contract of its own; optional
//
// A list that is not the same at every reading is refused (E_CHANGED).
const CaseFile = "case.yaml"

// OpenCase reads and compiles the case in fsys. It reports every problem of every file at once, rows of lists
// apart: these come as the list is read. When the problems hold an error the case is nil.
func OpenCase(fsys fs.FS, opts ReadOptions) (*Case, contracts.Problems) {
	r := caseReader{fsys: fsys, opts: opts, c: &Case{Folder: fsys}}
	r.read()
	problems := r.problems.Sorted()
	if problems.Err() != nil {
		return nil, problems
	}
	return r.c, problems
}

type caseReader struct {
	fsys      fs.FS
	opts      ReadOptions
	c         *Case
	recourses []recourseTerms
	single    bool // the contract being read has no versions
	sound     bool // the incident was read without an error, so that lists can be held against it
	problems  contracts.Problems
}

// load reads a file and notes its hash.
func (r *caseReader) load(at *yamlread.Value, name string) ([]byte, bool) {
	data, err := fs.ReadFile(r.fsys, name)
	if err != nil {
		r.missing(at, name, err)
		return nil, false
	}
	sum := sha256.Sum256(data)
	r.c.Files = append(r.c.Files, File{name, int64(len(data)), hex.EncodeToString(sum[:])})
	return data, true
}

func (r *caseReader) missing(at *yamlread.Value, name string, err error) {
	what := "cannot be read: " + err.Error()
	if errors.Is(err, fs.ErrNotExist) {
		what = "does not exist"
	}
	p := at.Pos().Problem("E_FILE", name, fmt.Sprintf("the file %s %s", name, what), "paths are relative to the case folder, with '/'")
	if at == nil {
		p.File = name
	}
	r.problems = append(r.problems, p)
}

// path reads the name of a file inside the folder.
func (r *caseReader) path(v *yamlread.Value) string {
	s, ok := v.Scalar()
	if ok && !fs.ValidPath(s) {
		v.Report("E_PATH", "not a path inside the case folder", "write a relative path with '/', without '..'")
		return ""
	}
	return s
}

func (r *caseReader) read() {
	data, ok := r.load(nil, CaseFile)
	if !ok {
		return
	}
	v, col := yamlread.Parse(CaseFile, data)
	if v == nil {
		r.problems = append(r.problems, col.Problems()...)
		return
	}
	f := v.Map()
	c := r.c
	c.ID = f.Required("id").ID()
	c.Title = contracts.ReadText(f.Required("title"))
	c.AsOf = contracts.ReadDay(f.Optional("as_of"))
	list := f.Required("contracts")
	items := list.List()
	for _, x := range items {
		r.contract(x)
	}
	if list.IsList() && len(items) == 0 {
		list.Report("E_REQUIRED", "contracts is empty", "name at least one contract file")
	}
	if x := f.Required("incident"); x != nil {
		if data, ok := r.named(x); ok {
			in, problems := ReadIncident(r.path(x), data, c.AsOf)
			r.problems = append(r.problems, problems...)
			c.Incident, r.sound = in, problems.Err() == nil
			if in != nil {
				in.AsOf = c.AsOf
			}
		}
	}
	if x := f.Required("findings"); x != nil {
		if data, ok := r.named(x); ok {
			sets, problems := ReadFindings(r.path(x), data)
			r.problems = append(r.problems, problems...)
			c.Findings = sets
		}
	}
	if x := f.Optional("default_findings"); x != nil {
		c.Default = x.ID()
		if c.Findings != nil && c.set(c.Default) == nil {
			x.Report("E_UNKNOWN_FINDINGS", "no such set of findings", problem.Suggest(c.Default, c.FindingsIDs()))
		}
	} else if len(c.Findings) > 0 {
		c.Default = c.Findings[0].ID
	}
	customers, claims := f.Required("customers"), f.Optional("claims")
	c.Billing, c.Statement, c.Scenarios = r.paper(f.Optional("billing")), r.paper(f.Optional("statement")), r.paper(f.Optional("scenarios"))
	for _, x := range f.Optional("recourse").List() {
		r.recourse(x)
	}
	f.Done()
	known := r.sound && len(c.Contracts) > 0 && c.Contracts[0].Currency.Code != ""
	r.lists(customers, claims, known)
	r.problems = append(r.problems, col.Problems()...) // after the lists, whose names are read there
	if r.problems.Err() == nil {
		r.compile()
	}
	if r.problems.Err() != nil && c.Customers != nil {
		r.rows()
	}
}

// rows reads a list whose case is refused, so that what is wrong in it is reported with the rest.
func (r *caseReader) rows() {
	for _, err := range r.c.Customers.All() {
		var ps contracts.Problems
		if errors.As(err, &ps) {
			r.problems = append(r.problems, ps...)
		}
	}
}

// named loads the file that a value names.
func (r *caseReader) named(x *yamlread.Value) ([]byte, bool) {
	name := r.path(x)
	if name == "" {
		return nil, false
	}
	return r.load(x, name)
}

// paper loads a file that another package reads.
func (r *caseReader) paper(x *yamlread.Value) *Paper {
	if x == nil {
		return nil
	}
	data, ok := r.named(x)
	if !ok {
		return nil
	}
	return &Paper{r.path(x), data}
}

// contract reads a contract: a path, or {file, sha256} to hold its text to what was registered.
func (r *caseReader) contract(v *yamlread.Value) {
	file, want := v, (*yamlread.Value)(nil)
	var versions []*yamlread.Value
	if v.IsMap() {
		f := v.Map()
		file, want = f.Required("file"), f.Optional("sha256")
		if !r.single {
			versions = f.Optional("versions").List()
		}
		f.Done()
	}
	data, ok := r.named(file)
	if !ok {
		return
	}
	if s, given := want.Scalar(); given {
		if got := r.c.Files[len(r.c.Files)-1].SHA256; got != s && !r.opts.AcceptNewHash {
			p := want.Pos().Problem("E_HASH", s, fmt.Sprintf("the contract file has the hash %s, registered is %s", got, s), "register the new text, or pass --accept-new-hash")
			p.Outcome = contracts.Conflict
			r.problems = append(r.problems, p)
		}
	}
	c, problems := contracts.Read(r.path(file), data)
	r.problems = append(r.problems, problems...)
	if c == nil {
		return
	}
	r.c.Contracts = append(r.c.Contracts, c)
	for _, x := range versions {
		r.version(c, x)
	}
}

// alone reads a contract that is none of those with the customers, and has no versions.
func (r *caseReader) alone(v *yamlread.Value) *contracts.Contract {
	before := len(r.c.Contracts)
	r.single = true
	r.contract(v)
	r.single = false
	if len(r.c.Contracts) == before {
		return nil
	}
	c := r.c.Contracts[before]
	r.c.Contracts = r.c.Contracts[:before]
	return c
}

// version reads another version of a contract's terms.
func (r *caseReader) version(of *contracts.Contract, v *yamlread.Value) {
	c := r.alone(v)
	if c == nil {
		return
	}
	switch {
	case c.ID == of.ID || slices.ContainsFunc(r.c.versions[of.ID], func(o *contracts.Contract) bool { return o.ID == c.ID }):
		v.Report("E_DUP_ID", fmt.Sprintf("two versions of contract %s have the id %s", of.ID, c.ID), "give each version its own id, such as terms-2023")
	case c.Currency.Code != of.Currency.Code:
		v.Report("E_CURRENCY", fmt.Sprintf("contract %s counts in %s, its version %s in %s", of.ID, of.Currency.Code, c.ID, c.Currency.Code), "state both in one currency")
	default:
		if r.c.versions == nil {
			r.c.versions = map[string][]*contracts.Contract{}
		}
		r.c.versions[of.ID] = append(r.c.versions[of.ID], c)
	}
}

// lists opens the customers and the claims. Where the case itself is wrong they are only looked for.
func (r *caseReader) lists(customers, claims *yamlread.Value, open bool) {
	file := customers
	opts := r.opts
	if customers.IsMap() { // {file, rows, sha256}: a list that was cut off is then known
		m := customers.Map()
		file = m.Required("file")
		if x := m.Optional("rows"); x != nil {
			opts.WantRows = x.Int(1, 1<<40)
		}
		if x := m.Optional("sha256"); x != nil {
			opts.WantSHA256 = x.Text()
		}
		m.Done()
	}
	name := r.path(file)
	if name == "" || !r.hash(file, name) || !open {
		return
	}
	f, problems := openCustomers(r.c, r.fsys, name, opts)
	r.problems = append(r.problems, problems...)
	if f == nil {
		return
	}
	f.sha256 = r.c.Files[len(r.c.Files)-1].SHA256
	r.c.Customers = f
	if claims == nil {
		return
	}
	r.c.claimsName = r.path(claims)
	if r.c.claimsName == "" || !r.hash(claims, r.c.claimsName) {
		return
	}
	r.problems = append(r.problems, f.readClaims(r.c.claimsName)...)
}

// hash notes the hash of a list without keeping the list.
func (r *caseReader) hash(at *yamlread.Value, name string) bool {
	file, err := r.fsys.Open(name)
	if err == nil {
		defer file.Close()
		h := sha256.New()
		var n int64
		if n, err = io.Copy(h, file); err == nil {
			r.c.Files = append(r.c.Files, File{name, n, hex.EncodeToString(h.Sum(nil))})
			return true
		}
	}
	r.missing(at, name, err)
	return false
}

// compile makes a program of each contract and settles every set of findings once, so that a slip in any set is known
// before it is needed.
func (r *caseReader) compile() {
	c := r.c
	clauses := map[string]string{}
	all := slices.Clone(c.Contracts)
	for _, t := range r.recourses {
		all = append(all, t.contract)
	}
	family := map[string]string{} // of a version
	for _, k := range c.Contracts {
		for _, v := range c.versions[k.ID] {
			all = append(all, v)
			family[v.ID] = k.ID
		}
	}
	for _, k := range all {
		for _, cl := range k.Clauses {
			p := contracts.ProvisionOf(cl)
			other, dup := clauses[p.ID]
			if dup && family[k.ID] != "" && (other == family[k.ID] || family[other] == family[k.ID]) {
				continue // a finding of the clause holds in every version that has it
			}
			if dup {
				r.problems = append(r.problems, p.At.Problem("E_DUP_ID", p.ID, fmt.Sprintf("clause %s stands in contract %s and in %s", p.ID, other, k.ID), "findings name clauses by id: give each its own"))
			}
			clauses[p.ID] = k.ID
		}
	}
	for _, k := range c.Contracts {
		var family []*Program
		for i, terms := range append([]*contracts.Contract{k}, c.versions[k.ID]...) {
			prog, err := compile(terms, c.Incident, c.Customers.shape, r.agreements(), i > 0)
			if err != nil {
				r.report(err)
				continue
			}
			r.needs(prog)
			family = append(family, prog)
		}
		if r.problems.Err() == nil {
			gate(family)
			c.Programs = append(c.Programs, family[0])
		}
	}
	r.compileRecourses()
	if r.problems.Err() != nil {
		return
	}
	programs := c.Versions()
	for _, rec := range c.Recourses {
		programs = append(programs, rec.Program)
	}
	for _, p := range programs {
		for _, other := range programs {
			p.Elsewhere = append(p.Elsewhere, other.names()...)
		}
	}
	for _, f := range c.Findings {
		for _, err := range c.settles(f) {
			r.report(err)
		}
	}
}

// settles tries a set of findings on every program of the case.
func (c *Case) settles(f Findings) []error {
	out := c.paidOnce(f)
	keep := func(err error) {
		if err != nil {
			out = append(out, err)
		}
	}
	_, err := c.Bind(f.ID)
	keep(err)
	for _, p := range c.Versions() { // those that the findings do not choose as well
		_, err := p.Settle(f, c.Findings)
		keep(err)
	}
	for _, rec := range c.Recourses {
		_, err := rec.Settle(f, c.Findings)
		keep(err)
	}
	return out
}

// AddFindings adds sets of findings to those of the case, such as scenarios that vary them. Every problem is reported at once, and then none is added.
func (c *Case) AddFindings(sets []Findings) contracts.Problems {
	before := c.Findings
	r := &caseReader{c: c}
	for _, f := range sets {
		if c.set(f.ID) != nil {
			r.problems = append(r.problems, f.At.Problem("E_DUP_ID", f.ID, fmt.Sprintf("the case has findings %s already", f.ID), "give each set its own id"))
		}
	}
	c.Findings = append(slices.Clone(before), sets...)
	for _, f := range sets {
		for _, err := range c.settles(f) {
			r.report(err)
		}
	}
	if r.problems.Err() != nil {
		c.Findings = before
	}
	return r.problems.Sorted()
}

// needs holds the list's columns against what the program reads. A fee or a service that is missing would
// decide amounts in silence, so it is an error; a fact or a class of customer that is missing is taken as no, and the result says so.
func (r *caseReader) needs(p *Program) {
	f := r.c.Customers
	for _, col := range p.Columns {
		if col.Expr != nil {
			continue
		}
		switch field, id, _ := strings.Cut(col.Name, "."); field {
		case "service", "monthly_fee", "fees_paid":
			if f.index(field) < 0 {
				r.problems = append(r.problems, contracts.Problem{File: f.name, Line: 1, Field: field, Code: "E_REQUIRED",
					Message: fmt.Sprintf("the header has no column %s, which contract %s counts from", field, p.Contract.ID), Hint: "add the column"})
			}
		case "consumer":
			if f.index(field) < 0 {
				p.Assumptions = append(p.Assumptions, Assumption{field, contracts.Text{JA: "一覧に消費者の別がないため、全員を消費者でないものとした", EN: "the list does not say who is a consumer: nobody is taken for one"}})
			}
		case "fact":
			if !slices.ContainsFunc(f.columns, func(c customerColumn) bool { return c.field == field && c.id == id }) {
				p.Assumptions = append(p.Assumptions, Assumption{col.Name, contracts.Text{
					JA: "一覧に「" + col.Label.In("ja") + "」の別がないため、該当なしとした", EN: "the list does not say of whom it is true: " + col.Label.In("en") + "; it is taken as true of nobody"}})
			}
		}
	}
}

func (r *caseReader) report(err error) {
	var ps contracts.Problems
	if !errors.As(err, &ps) {
		ps = contracts.Problems{{File: CaseFile, Code: "E_COMPILE", Message: err.Error()}}
	}
	for _, p := range ps {
		if p.File == "" {
			p.File = CaseFile
		}
		if !slices.Contains(r.problems, p) { // a set that others rest on reports once
			r.problems = append(r.problems, p)
		}
	}
}

// FindingsIDs lists the sets of findings, in the order of their file.
func (c *Case) FindingsIDs() []string {
	var out []string
	for _, f := range c.Findings {
		out = append(out, f.ID)
	}
	return out
}

func (c *Case) set(id string) *Findings {
	for i := range c.Findings {
		if c.Findings[i].ID == id {
			return &c.Findings[i]
		}
	}
	return nil
}

func (c *Case) contractIDs() []string {
	var out []string
	for _, k := range c.Contracts {
		out = append(out, k.ID)
	}
	return out
}

// Bind prepares every contract's program to run under a set of findings; "" is the case's default. Of a contract of which the case has several
// versions it is the program of the version that the findings choose.
func (c *Case) Bind(findings string) ([]*Run, error) {
	f, err := c.Set(findings)
	if err != nil {
		return nil, err
	}
	var out []*Run
	for _, p := range c.Programs {
		r, err := p.bindVersion(*f, c.Findings)
		if err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// Set returns the set of findings of that id; "" is the case's default. An unknown one is an error that suggests another.
func (c *Case) Set(id string) (*Findings, error) {
	if id == "" {
		id = c.Default
	}
	if f := c.set(id); f != nil {
		return f, nil
	}
	return nil, contracts.Problems{{Code: "E_UNKNOWN_FINDINGS", Value: id, Message: fmt.Sprintf("the case has no findings %q", id), Hint: problem.Suggest(id, c.FindingsIDs())}}
}

// SpoilsList reports whether an error of a list is of the list as a whole, and not of rows that can be left out.
func SpoilsList(err error) bool {
	var ps contracts.Problems
	return !errors.As(err, &ps) || slices.ContainsFunc(ps, func(p contracts.Problem) bool { return p.IsError() && p.Outcome != contracts.RefuseRow })
}

// CustomersOf reads the customers of one contract. Refused rows come with those of
// the first contract only, so that each is reported once; what spoils the whole list comes with each.
func (c *Case) CustomersOf(p *Program) iter.Seq2[Customer, error] {
	return func(yield func(Customer, error) bool) {
		for cust, err := range c.Customers.All() {
			if err != nil {
				if (p.For() == c.Programs[0].For() || SpoilsList(err)) && !yield(cust, err) {
					return
				}
				continue
			}
			if cust.Contract == p.For() && !yield(cust, nil) {
				return
			}
		}
	}
}
