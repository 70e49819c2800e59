package credits

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/amends-go/amends/contracts"
)

// Ledger is what earlier runs instructed. Its zero value is empty.
type Ledger struct {
	held map[[3]string]bool // contract, customer, subscription

	// Incident is the only one whose instructions are taken, so that a file of another incident does not take its credits back; empty takes any.
	Incident string

	given map[[32]byte]given // by key
	sums  map[group]sum
	runs  map[string]bool

	heldCustomers map[[2]string]bool // customer and subscription
}

// group is what makes two instructions the same credit in two runs: every field of the key but the run.
type group struct {
	customer, subscription, contract, version, clause, incident string
	treatment                                                   TaxTreatment
	rate, reason                                                string
	remedy                                                      Remedy
	currency                                                    string
}

func groupOf(x Instruction) group {
	return group{x.Customer, x.Subscription, x.Contract, x.Version, x.Clause, x.Incident, x.Treatment, x.TaxRate, x.Reason, x.Remedy, x.Currency}
}

func (a group) compare(b group) int {
	return cmp.Or(
		strings.Compare(a.customer, b.customer), strings.Compare(a.subscription, b.subscription), strings.Compare(a.contract, b.contract),
		strings.Compare(a.version, b.version), strings.Compare(a.clause, b.clause), strings.Compare(a.incident, b.incident),
		strings.Compare(string(a.treatment), string(b.treatment)), strings.Compare(a.rate, b.rate), strings.Compare(a.reason, b.reason),
		strings.Compare(string(a.remedy), string(b.remedy)), strings.Compare(a.currency, b.currency),
	)
}

// given is an instruction of an earlier run: the file in which it stands and its amounts.
type given struct {
	file              string
	amount, item, tax int64
}

// sum is what stands of a group, and the last instruction of it.
type sum struct {
	amount, item, tax int64
	last              Instruction
}

func (s *sum) add(x Instruction) bool {
	var ok [3]bool
	s.amount, ok[0] = plus(s.amount, x.Amount)
	s.item, ok[1] = plus(s.item, x.Item)
	s.tax, ok[2] = plus(s.tax, x.Tax)
	s.last = x
	return ok[0] && ok[1] && ok[2]
}

// Add takes a sound instruction ([Check]) of an earlier run. One that was added before, with the same key and amounts, counts once; with other amounts
// it is a conflict. The file is named in the problem.
func (l *Ledger) Add(file string, x Instruction) *contracts.Problem {
	if l.given == nil {
		l.given, l.sums, l.runs = map[[32]byte]given{}, map[group]sum{}, map[string]bool{}
	}
	l.runs[x.Run] = true
	if l.Incident != "" && x.Incident != l.Incident {
		return &contracts.Problem{File: file, Field: "incident", Value: x.Incident, Code: "E_CONFLICT", Outcome: contracts.Conflict,
			Message: fmt.Sprintf("the instruction is of incident %s, and this is %s", x.Incident, l.Incident), Hint: "give the files of earlier runs for this incident only"}
	}
	key := keyBytes(x.Key)
	now := given{file, x.Amount, x.Item, x.Tax}
	if was, twice := l.given[key]; twice {
		if was.amount == now.amount && was.item == now.item && was.tax == now.tax {
			return nil
		}
		p := conflict(x.Key, fmt.Sprintf("customer %s, clause %s: run %s was instructed as %s in %s, and as %s in %s",
			x.Customer, x.Clause, x.Run, money(was.amount, was.item, was.tax), was.file, money(x.Amount, x.Item, x.Tax), file))
		p.File = file
		return &p
	}
	l.given[key] = now
	g := groupOf(x)
	s := l.sums[g]
	if !s.add(x) {
		return &contracts.Problem{File: file, Field: "amount_minor", Value: fmt.Sprint(x.Amount), Code: "E_RANGE", Message: "customer " + x.Customer + ": what was instructed is beyond 64 bits"}
	}
	l.sums[g] = s
	return nil
}

// Read adds every instruction of an earlier file, as [Read] reads it. When the problems hold an error the ledger is not to be used.
func (l *Ledger) Read(src io.Reader, name string) contracts.Problems {
	var problems contracts.Problems
	read := Read(src, name, func(x Instruction) {
		if p := l.Add(name, x); p != nil && len(problems) < maxProblems {
			problems = append(problems, *p)
		}
	})
	return append(read, problems...)
}

// Hold leaves a subscription out of every difference: it is open what the customer is owed, or the row could not be read, and what was given
// is neither raised nor taken back.
func (l *Ledger) Hold(contract, customer, subscription string) {
	if l.held == nil {
		l.held = map[[3]string]bool{}
	}
	l.held[[3]string{contract, customer, subscription}] = true
	if l.heldCustomers == nil {
		l.heldCustomers = map[[2]string]bool{}
	}
	l.heldCustomers[[2]string{customer, subscription}] = true
}

func keyBytes(key string) (out [32]byte) {
	hex.Decode(out[:], []byte(key)) //nolint:errcheck // a key that is none was refused on reading; in Go's hands it only fails to match
	return out
}

// Difference returns what the run instructs: what is due less what earlier runs instructed, with item and tax each, for every customer, clause,
// treatment, rate, reason and remedy. What is no longer due, or due under another clause, treatment or rate, is taken back with a negative
// amount, and what did not change is left out. The instructions stand in the order of customer, subscription, contract, version, clause, incident,
// treatment, rate, reason, remedy and currency, and carry the run and its key. What is taken back in full carries the memo, invoice, plan and evidence of
// the last instruction that gave it.
//
// A run that was instructed already is told again and emits nothing; where it would now come to another amount it is a conflict. The same credit
// twice in due is one as well (E_DUP_ID).
func (l *Ledger) Difference(due []Instruction, run string) ([]Instruction, contracts.Problems) {
	if strings.TrimSpace(run) == "" {
		return nil, contracts.Problems{refuse("run_id", run, "E_REQUIRED", "the run has no label", "give one, such as 2026-07-first")}
	}
	var problems contracts.Problems
	now := make(map[group]int, len(due)) // where it stands in due
	groups := make([]group, 0, len(due))
	for i, x := range due {
		g := groupOf(x)
		if first, dup := now[g]; dup {
			problems = append(problems, contracts.Problem{File: "instructions", Line: i + 1, Field: "customer", Value: x.Customer, Code: "E_DUP_ID",
				Message: fmt.Sprintf("the same credit stands in row %d", first+1), Hint: "a customer, subscription and clause give one credit of a kind"})
			continue
		}
		now[g] = i
		groups = append(groups, g)
	}
	for g := range l.sums { // order: sorted below
		if _, is := now[g]; !is {
			groups = append(groups, g)
		}
	}
	slices.SortFunc(groups, group.compare)
	var out []Instruction
	for _, g := range groups {
		if l.held[[3]string{g.contract, g.customer, g.subscription}] {
			continue
		}
		if _, is := now[g]; !is && l.heldCustomers[[2]string{g.customer, g.subscription}] { // given under another contract, and perhaps still due under the one that is open
			continue
		}
		was := l.sums[g]
		x := Instruction{}
		if i, is := now[g]; is {
			x = due[i]
		} else {
			x = was.last
			x.Amount, x.Item, x.Tax = 0, 0, 0
		}
		x.Run = run
		x.Key = InstructionKey(x)
		rest := x
		if !rest.less(was) {
			problems = append(problems, contracts.Problem{File: "instructions", Field: "amount_minor", Value: fmt.Sprint(x.Amount), Code: "E_RANGE", Message: "customer " + x.Customer + ": the difference is beyond 64 bits"})
			continue
		}
		if rest.Amount == 0 && rest.Item == 0 && rest.Tax == 0 {
			continue
		}
		if before, ran := l.given[keyBytes(x.Key)]; ran {
			p := conflict(x.Key, fmt.Sprintf("customer %s, clause %s: run %s was instructed as %s in %s, and would now be %s",
				x.Customer, x.Clause, run, money(before.amount, before.item, before.tax), before.file, money(before.amount+rest.Amount, before.item+rest.Item, before.tax+rest.Tax)))
			p.File = "instructions"
			problems = append(problems, p)
			continue
		}
		out = append(out, rest)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return out, nil
}

// less takes off what was instructed, and reports whether the rest is an int64.
func (x *Instruction) less(was sum) bool {
	var ok [3]bool
	for i, p := range []struct{ of, off *int64 }{{&x.Amount, &was.amount}, {&x.Item, &was.item}, {&x.Tax, &was.tax}} {
		d := *p.of - *p.off
		ok[i] = (*p.of >= *p.off) == (d >= 0)
		*p.of = d
	}
	return ok[0] && ok[1] && ok[2]
}

// NextRun is a label that no earlier run has: the number after the greatest label that is a number.
func (l *Ledger) NextRun() string {
	last := 0
	for label := range l.runs { // order: the greatest
		if n, err := strconv.Atoi(label); err == nil {
			last = max(last, n)
		}
	}
	return strconv.Itoa(last + 1)
}
