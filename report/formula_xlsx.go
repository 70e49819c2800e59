package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// SheetMax is the largest amount, in minor units, up to which the spreadsheet
// formulas are exact. Spreadsheets count in binary fractions with 53 bits and LibreOffice
// takes differences below one part in 2⁴⁸ for zero; every product and
// difference that the formulas form stays below that as long as amounts do not exceed it.
const SheetMax = 1_000_000_000_000

// rowMark stands for the row number in a formula that is printed once and
// filled in for each row; priorMark for the row above it.
const (
	rowMark   = "\x00"
	priorMark = "\x01"
)

// sheetPrinter prints expressions as spreadsheet formulas of the Excel 2007
// set. It knows where columns and parameters stand; it adds helper columns for
// divisions whose factors are amounts.
type sheetPrinter struct {
	col     func(name string) string                 // address of a column in the present row, such as G + rowMark
	param   func(name string, p formula.Part) string // a defined name
	table   func(name string) string                 // the range of a table
	pool    func(of string, s formula.Scope, running bool) string
	small   func(name string) bool // the column holds a whole number up to contracts.MaxRatioTerm
	whole   func(name string) bool // the column is never negative
	amount  func(name string) bool // the parameter is an amount
	helper  func(f string) string  // puts a formula in a helper column and returns its address
	problem error
}

// number prints e as a number.
func (p *sheetPrinter) number(e formula.Expr) string {
	switch e := e.(type) {
	case formula.Col:
		return p.col(e.Name)
	case formula.Param:
		return p.param(e.Name, e.Part)
	case formula.Const:
		return strconv.FormatInt(e.V, 10)
	case formula.Add:
		return p.number(e.A) + "+" + p.number(e.B)
	case formula.Sub:
		if isZero(e.A) {
			return "-" + p.factor(e.B)
		}
		return p.number(e.A) + "-" + p.factor(e.B)
	case formula.Min:
		return "MIN(" + p.number(e.A) + "," + p.number(e.B) + ")"
	case formula.Max:
		return "MAX(" + p.number(e.A) + "," + p.number(e.B) + ")"
	case formula.If:
		return "IF(" + p.truth(e.Cond) + "," + p.number(e.Then) + "," + p.number(e.Else) + ")"
	case formula.Compare, formula.And, formula.Or, formula.Not:
		return "IF(" + p.truth(e) + ",1,0)"
	case formula.MulDiv:
		return p.mulDiv(e)
	case formula.Tier:
		return p.tier(e)
	case formula.Table:
		return "INDEX(" + p.table(e.Name) + "," + p.number(e.Index) + "+1)"
	case formula.PoolTotal:
		return p.pool(e.Of, e.Scope, false)
	case formula.PoolRunning:
		return p.pool(e.Of, e.Scope, true)
	}
	p.problem = fmt.Errorf("report: no spreadsheet formula for %T", e)
	return "NA()"
}

// factor is number in brackets where it would bind more loosely than a product.
func (p *sheetPrinter) factor(e formula.Expr) string {
	switch e := e.(type) {
	case formula.Add, formula.Sub:
		return "(" + p.number(e) + ")"
	case formula.MulDiv:
		return "(" + p.number(e) + ")"
	case formula.Const:
		if e.V < 0 {
			return "(" + p.number(e) + ")"
		}
	}
	return p.number(e)
}

var comparisons = map[formula.Op]string{
	formula.Equal: "=", formula.NotEqual: "<>", formula.Less: "<", formula.AtMost: "<=", formula.More: ">", formula.AtLeast: ">=",
}

// truth prints e as a condition.
func (p *sheetPrinter) truth(e formula.Expr) string {
	switch e := e.(type) {
	case formula.Compare:
		return p.number(e.A) + comparisons[e.Op] + p.number(e.B)
	case formula.And:
		return p.join("AND", e.Of, "TRUE")
	case formula.Or:
		return p.join("OR", e.Of, "FALSE")
	case formula.Not:
		return "NOT(" + p.truth(e.A) + ")"
	}
	return p.factor(e) + "<>0"
}

func (p *sheetPrinter) join(f string, of []formula.Expr, none string) string {
	if len(of) == 0 {
		return none
	}
	parts := make([]string, len(of))
	for i, e := range of {
		parts[i] = p.truth(e)
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return f + "(" + strings.Join(parts, ",") + ")"
}

// tier prints a ladder as nested conditions, the highest rung first.
func (p *sheetPrinter) tier(e formula.Tier) string {
	x := p.number(e.X)
	var b strings.Builder
	for i := len(e.Steps) - 1; i >= 0; i-- {
		fmt.Fprintf(&b, "IF(%s>=%d,%d,", x, e.Steps[i].AtLeast, e.Steps[i].Value)
	}
	b.WriteString(strconv.FormatInt(e.Below, 10))
	b.WriteString(strings.Repeat(")", len(e.Steps)))
	return b.String()
}

// mulDiv prints a·b÷c exactly for |a| up to SheetMax. With factors that are
// ratio terms it divides first, a = c·⌊a/c⌋ + m, so that m·b stays small.
// With factors that are amounts it estimates the quotient, forms the exact
// difference in two limbs of six digits, and mends the estimate by it.
func (p *sheetPrinter) mulDiv(e formula.MulDiv) string {
	a, b, c := p.factor(e.A), p.factor(e.B), p.factor(e.C)
	if k, ok := e.C.(formula.Const); ok && k.V == 1 {
		return a + "*" + b
	}
	negative := !p.neverNegative(e.A)
	if negative {
		a = "ABS(" + p.number(e.A) + ")"
	}
	var out string
	if p.bounded(e.B) && p.bounded(e.C) {
		out = smallPart(a, b, c, e.Rounding)
	} else {
		out = p.largePart(a, b, c, e.Rounding)
	}
	if negative {
		return "SIGN(" + p.number(e.A) + ")*(" + out + ")"
	}
	return out
}

func smallPart(a, b, c string, r contracts.Rounding) string {
	whole := fmt.Sprintf("INT(%s/%s)", a, c)
	product := fmt.Sprintf("(%s-%s*%s)*%s", a, whole, c, b) // m·b
	down := fmt.Sprintf("%s*%s+INT(%s/%s)", whole, b, product, c)
	rem := fmt.Sprintf("(%s-INT(%s/%s)*%s)", product, product, c, c)
	return down + raise(down, rem, c, r)
}

// raise is what a rounding adds to the quotient rounded down, given its remainder.
func raise(down, rem, c string, r contracts.Rounding) string {
	switch r {
	case contracts.RoundUp:
		return fmt.Sprintf("+IF(%s>0,1,0)", rem)
	case contracts.RoundHalfUp:
		return fmt.Sprintf("+IF(2*%s>=%s,1,0)", rem, c)
	case contracts.RoundHalfDown:
		return fmt.Sprintf("+IF(2*%s>%s,1,0)", rem, c)
	case contracts.RoundHalfEven:
		return fmt.Sprintf("+IF(OR(2*%s>%s,AND(2*%s=%s,MOD(%s,2)=1)),1,0)", rem, c, rem, c, down)
	}
	return ""
}

func (p *sheetPrinter) largePart(a, b, c string, r contracts.Rounding) string {
	q := p.helper(fmt.Sprintf("INT(%s*%s/%s)", a, b, c))
	hi := func(x string) string { return "INT(" + x + "/1000000)" }
	lo := func(x string) string { return "(" + x + "-INT(" + x + "/1000000)*1000000)" }
	rem := p.helper(fmt.Sprintf("((%s*%s-%s*%s)*1000000+%s*%s+%s*%s-%s*%s-%s*%s)*1000000+%s*%s-%s*%s",
		hi(a), hi(b), hi(q), hi(c),
		hi(a), lo(b), lo(a), hi(b), hi(q), lo(c), lo(q), hi(c),
		lo(a), lo(b), lo(q), lo(c)))
	mend := fmt.Sprintf("IF(%s<0,-1,IF(%s>=%s,1,0))", rem, rem, c)
	if r == contracts.RoundDown {
		return q + "+" + mend
	}
	down := p.helper(q + "+" + mend)
	left := p.helper(fmt.Sprintf("%s-%s*%s", rem, mend, c))
	return down + raise(down, left, c, r)
}

// bounded reports whether e is a whole number up to contracts.MaxRatioTerm in size, as terms of ratios are.
func (p *sheetPrinter) bounded(e formula.Expr) bool {
	switch e := e.(type) {
	case formula.Const:
		return e.V >= -contracts.MaxRatioTerm && e.V <= contracts.MaxRatioTerm
	case formula.Param:
		return !p.amount(e.Name)
	case formula.Col:
		return p.small(e.Name)
	case formula.Sub: // a term less a term
		return p.bounded(e.A) && p.bounded(e.B)
	case formula.Min:
		return p.bounded(e.A) && p.bounded(e.B)
	case formula.Max:
		return p.bounded(e.A) && p.bounded(e.B)
	case formula.If:
		return p.bounded(e.Then) && p.bounded(e.Else)
	case formula.Tier:
		for _, s := range e.Steps {
			if s.Value > contracts.MaxRatioTerm {
				return false
			}
		}
		return true
	}
	return false
}

// neverNegative reports whether e is provably 0 or more.
func (p *sheetPrinter) neverNegative(e formula.Expr) bool {
	switch e := e.(type) {
	case formula.Const:
		return e.V >= 0
	case formula.Param, formula.Compare, formula.And, formula.Or, formula.Not:
		return true
	case formula.Col:
		return p.whole(e.Name)
	case formula.Add:
		return p.neverNegative(e.A) && p.neverNegative(e.B)
	case formula.Min:
		return p.neverNegative(e.A) && p.neverNegative(e.B)
	case formula.Max:
		return p.neverNegative(e.A) || p.neverNegative(e.B)
	case formula.If:
		return p.neverNegative(e.Then) && p.neverNegative(e.Else)
	case formula.MulDiv: // factors and divisors are terms or amounts of 0 or more
		return p.neverNegative(e.A)
	case formula.Table:
		return !slices.ContainsFunc(e.Values, func(v int64) bool { return v < 0 })
	case formula.Tier:
		return e.Below >= 0 && !slices.ContainsFunc(e.Steps, func(s formula.Step) bool { return s.Value < 0 })
	}
	return false
}

func isZero(e formula.Expr) bool {
	c, ok := e.(formula.Const)
	return ok && c.V == 0
}
