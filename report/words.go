package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/formula"
)

// Words tells the expressions of a row in Japanese or English, with the row's
// own figures. It is one more printer of the program: a case a node.
type Words struct {
	row  sla.Row
	env  formula.Env
	lang string
}

// NewWords tells row in the language "ja" or "en".
func NewWords(row sla.Row, lang string) *Words { return &Words{row, row.Env(), lang} }

// pick chooses the wording in the language.
func (w *Words) pick(ja, en string) string {
	if w.lang == "ja" {
		return ja
	}
	return en
}

// Money writes an amount with its currency, digits grouped.
func Money(a contracts.Amount, c contracts.Currency, lang string) string { return a.Words(c, lang) }

// Column tells how a column of the row came about: its label, how it was
// worked out, and its value.
func (w *Words) Column(i int) string {
	c := w.row.Run().Program.Columns[i]
	value := w.value(c.Unit, w.row.Value(i))
	if ratio := w.ratio(c); ratio != "" {
		return ratio
	}
	if c.Expr == nil {
		return c.Label.In(w.lang) + ": " + value
	}
	if how := w.how(i); how != "" {
		return c.Label.In(w.lang) + " = " + how + " = " + value
	}
	return c.Label.In(w.lang) + " = " + value
}

// ratio tells a numerator with its denominator, as one share; empty for any other column.
func (w *Words) ratio(c sla.Column) string {
	name, num := strings.CutSuffix(c.Name, ".num")
	if den := w.row.Run().Program.Column(name + ".den"); !num || den == nil {
		return ""
	}
	label := c.Label.In(w.lang)
	n, d := w.env.Col(name+".num"), w.env.Col(name+".den")
	if r, err := contracts.NewRatio(n, max(d, 1)); err == nil {
		n, d = r.Num(), r.Den()
	}
	if n == 0 {
		return label + ": " + w.pick("なし", "none")
	}
	return fmt.Sprintf("%s: %d/%d", label, n, d)
}

// how tells how a formula came to its value; empty when that is the value itself.
func (w *Words) how(i int) string {
	c := w.row.Run().Program.Columns[i]
	if _, looked := c.Expr.(formula.Table); looked {
		return ""
	}
	if how := w.phrase(c.Expr, c.Unit); how != w.value(c.Unit, w.row.Value(i)) {
		return how
	}
	return ""
}

func (w *Words) value(u sla.Unit, v int64) string {
	switch u {
	case sla.Amount:
		return Money(contracts.Amount(v), w.row.Run().Program.Contract.Currency, w.lang)
	case sla.YesNo:
		if v != 0 {
			return w.pick("はい", "yes")
		}
		return w.pick("いいえ", "no")
	case sla.Millis:
		return duration(v, w.lang)
	case sla.Day:
		if v == 0 {
			return w.pick("なし", "none")
		}
		return sla.DateOfSerial(v).String()
	case sla.ServiceI:
		if s := w.row.Run().Program.Incident.Services; v < int64(len(s)) {
			return s[v].Title.In(w.lang)
		}
	}
	return fmt.Sprint(v)
}

// duration writes milliseconds as hours, minutes and seconds.
func duration(ms int64, lang string) string {
	h, m, s := ms/3_600_000, ms/60_000%60, ms/1000%60
	frac := ""
	if ms%1000 != 0 {
		frac = fmt.Sprintf(".%03d", ms%1000)
	}
	if lang == "ja" {
		return fmt.Sprintf("%d時間%d分%d%s秒", h, m, s, frac)
	}
	return fmt.Sprintf("%d h %d min %d%s s", h, m, s, frac)
}

func (w *Words) eval(e formula.Expr) int64 {
	v, err := formula.Eval(e, w.env)
	if err != nil {
		return 0 // the row was computed, so this branch was not taken
	}
	return v
}

// phrase tells how e came to its value; u is the unit of the result.
func (w *Words) phrase(e formula.Expr, u sla.Unit) string {
	switch e := e.(type) {
	case formula.Col:
		c := w.row.Run().Program.Column(e.Name)
		return c.Label.In(w.lang) + " (" + w.value(c.Unit, w.env.Col(e.Name)) + ")"
	case formula.Param:
		par := w.row.Run().Program.Parameter(e.Name)
		if par.Kind == sla.Money {
			return par.Label.In(w.lang) + " (" + w.value(sla.Amount, w.env.Param(e.Name, e.Part)) + ")"
		}
		return par.Label.In(w.lang) + " (" + w.row.Run().Reading(e.Name, w.lang) + ")"
	case formula.Const:
		if u == sla.Day && e.V > 0 && e.V < 1000 { // days that are added to a day
			return w.pick(fmt.Sprintf("%d日", e.V), fmt.Sprintf("%d day", e.V))
		}
		return w.value(u, e.V)
	case formula.Add:
		return w.sum(e, u)
	case formula.Sub:
		return w.difference(e, u)
	case formula.Min:
		return w.among(e, u, contracts.Text{JA: "少ない方", EN: "the lesser of"}, contracts.Text{JA: "最も少ないもの", EN: "the least of"})
	case formula.Max:
		return w.among(e, u, contracts.Text{JA: "多い方", EN: "the greater of"}, contracts.Text{JA: "最も多いもの", EN: "the greatest of"})
	case formula.If:
		return w.branch(e, u)
	case formula.Compare, formula.And, formula.Or, formula.Not:
		return w.truth(e, w.eval(e) != 0)
	case formula.MulDiv:
		return w.part(e, u)
	case formula.Tier:
		x := w.phrase(e.X, w.unitOf(e.X))
		if u == sla.Number { // a rung by its number
			return w.pick(x+" に応じた段階 ", "the rung for "+x+", ") + fmt.Sprint(w.eval(e))
		}
		return w.pick(x+" に応じた段階の料率の分子 ", "the tier for "+x+", numerator ") + fmt.Sprint(w.eval(e))
	case formula.Table:
		if u != sla.Millis && u != sla.Quantity {
			return w.pick("表による ", "from the table, ") + w.value(u, w.eval(e))
		}
		return w.pick("計測結果 ", "as measured, ") + w.value(u, w.eval(e))
	case formula.PoolTotal:
		return w.pick("全対象の合計 ", "the total of all rows in the pool, ") + w.value(u, w.eval(e))
	case formula.PoolRunning:
		return w.pick("顧客番号順のここまでの累計 ", "the running total up to this row, ") + w.value(u, w.eval(e))
	}
	return fmt.Sprint(w.eval(e))
}

// among tells which of two or more is taken, joining choices of one kind inside each other.
func (w *Words) among(e formula.Expr, u sla.Unit, two, more contracts.Text) string {
	var parts []string
	var walk func(formula.Expr)
	_, least := e.(formula.Min)
	walk = func(x formula.Expr) {
		switch x := x.(type) {
		case formula.Min:
			if least {
				walk(x.A)
				walk(x.B)
				return
			}
		case formula.Max:
			if !least {
				walk(x.A)
				walk(x.B)
				return
			}
		}
		parts = append(parts, w.phrase(x, u))
	}
	walk(e)
	choice := more
	if len(parts) == 2 {
		choice = two
	}
	last := len(parts) - 1
	return w.pick(strings.Join(parts, " と ")+" のうち"+choice.JA, choice.EN+" "+strings.Join(parts[:last], ", ")+" and "+parts[last])
}

// branch tells what was taken and why, joining the reasons of conditions inside conditions.
func (w *Words) branch(e formula.Expr, u sla.Unit) string {
	var why []string
	for {
		c, ok := e.(formula.If)
		if !ok {
			break
		}
		holds := w.eval(c.Cond) != 0
		why = append(why, w.truth(c.Cond, holds))
		if e = c.Else; holds {
			e = c.Then
		}
	}
	reason := strings.Join(slices.Compact(why), w.pick("、かつ", " and "))
	return w.pick(reason+"ので、"+w.phrase(e, u), w.phrase(e, u)+", since "+reason)
}

// sum tells only the parts that are not zero.
func (w *Words) sum(e formula.Add, u sla.Unit) string {
	var parts []string
	var walk func(formula.Expr)
	walk = func(x formula.Expr) {
		if a, ok := x.(formula.Add); ok {
			walk(a.A)
			walk(a.B)
			return
		}
		if w.eval(x) != 0 {
			parts = append(parts, w.phrase(x, u))
		}
	}
	walk(e)
	if len(parts) == 0 {
		return w.value(u, 0)
	}
	return strings.Join(parts, " + ")
}

func (w *Words) difference(e formula.Sub, u sla.Unit) string {
	switch {
	case w.eval(e.B) == 0:
		return w.phrase(e.A, u)
	case isZero(e.A):
		return "− " + w.phrase(e.B, u)
	}
	return w.phrase(e.A, u) + " − " + w.phrase(e.B, u)
}

// part tells a·b÷c as a fraction of a, naming the rounding where one took place.
func (w *Words) part(e formula.MulDiv, u sla.Unit) string {
	b, c := w.eval(e.B), w.eval(e.C)
	of := w.phrase(e.A, u)
	_, sub := e.A.(formula.Sub)
	if _, add := e.A.(formula.Add); b != c && (sub || add && strings.Contains(of, " + ")) {
		of = w.pick("（"+of+"）", "("+of+")")
	}
	switch {
	case b == c:
		return of
	case c == 1:
		return of + " × " + fmt.Sprint(b)
	}
	text := fmt.Sprintf("%s × %d/%d", of, b, c)
	if above, below := w.factors(e.B), w.factors(e.C); len(above) == len(below) && len(above) > 1 { // a rate and a time
		text = of
		for i := range above {
			text += fmt.Sprintf(" × %d/%d", above[i], below[i])
		}
	}
	if unit := w.unitOf(e.A); b == 1 && unit == sla.Millis && u != sla.Millis { // whole units of time
		text = of + " ÷ " + w.value(unit, c)
	}
	if why := w.rung(e.B); why != "" {
		text += w.pick("（"+why+"）", " ("+why+")")
	}
	exact := w.eval(formula.MulDiv{A: e.A, B: e.B, C: e.C, Rounding: contracts.RoundUp}) == w.eval(formula.MulDiv{A: e.A, B: e.B, C: e.C, Rounding: contracts.RoundDown})
	if exact {
		return text
	}
	return text + w.rounded(e.Rounding)
}

// factors are the values of which an exact product consists.
func (w *Words) factors(e formula.Expr) []int64 {
	if m, ok := e.(formula.MulDiv); ok && m.C == (formula.Const{V: 1}) {
		return append(w.factors(m.A), w.factors(m.B)...)
	}
	return []int64{w.eval(e)}
}

// rung tells which rung of a ladder gave a rate: where what failed lies. It is empty for anything else.
func (w *Words) rung(e formula.Expr) string {
	if c, ok := e.(formula.If); ok {
		if w.eval(c.Cond) != 0 {
			return w.rung(c.Then)
		}
		return w.rung(c.Else)
	}
	t, ok := e.(formula.Tier)
	if !ok || len(t.Steps) == 0 {
		return ""
	}
	unit, x := w.unitOf(t.X), w.eval(t.X)
	what := w.phrase(t.X, unit)
	reached := -1
	for i, s := range t.Steps {
		if x >= s.AtLeast {
			reached = i
		}
	}
	if reached < 0 {
		return w.pick(what+"が"+w.value(unit, t.Steps[0].AtLeast)+"未満", what+" is below "+w.value(unit, t.Steps[0].AtLeast))
	}
	return w.pick(what+"が"+w.value(unit, t.Steps[reached].AtLeast)+"以上", what+" is at least "+w.value(unit, t.Steps[reached].AtLeast))
}

func (w *Words) rounded(r contracts.Rounding) string {
	switch r {
	case contracts.RoundDown:
		return w.pick("（端数切捨て）", " (fraction dropped)")
	case contracts.RoundUp:
		return w.pick("（端数切上げ）", " (fraction counted as a whole)")
	case contracts.RoundHalfUp:
		return w.pick("（四捨五入）", " (half up)")
	case contracts.RoundHalfDown:
		return w.pick("（五捨六入）", " (half down)")
	}
	return w.pick("（偶数への丸め）", " (half to even)")
}

// truth tells a condition as it turned out.
func (w *Words) truth(e formula.Expr, holds bool) string {
	switch e := e.(type) {
	case formula.Not:
		return w.truth(e.A, w.eval(e.A) != 0)
	case formula.And:
		return w.deciding(e.Of, holds, false)
	case formula.Or:
		return w.deciding(e.Of, holds, true)
	case formula.Compare:
		return w.compared(e, holds)
	case formula.Col:
		return w.test(w.row.Run().Program.Column(e.Name), holds)
	}
	return w.phrase(e, sla.YesNo)
}

// testWords are the sentences for the tests of a clause, by the first part of the column's name: when the test
// holds, and when it does not.
var testWords = map[string][2]contracts.Text{
	"stands":   {{JA: "%sが適用される", EN: "%s applies"}, {JA: "%sが適用されない", EN: "%s does not apply"}},
	"lifted":   {{JA: "%sが適用除外となる", EN: "%s is lifted"}, {JA: "%sが適用除外とならない", EN: "%s is not lifted"}},
	"replaced": {{JA: "%sに優先する条項がある", EN: "another clause takes the place of %s"}, {JA: "%sに優先する条項がない", EN: "no clause takes the place of %s"}},
	"struck":   {{JA: "%sが無効である", EN: "%s is void"}, {JA: "%sが無効でない", EN: "%s is not void"}},
}

// test tells how a test of a clause, or a fact of the customer, turned out.
func (w *Words) test(c *sla.Column, holds bool) string {
	side := 0
	if !holds {
		side = 1
	}
	kind, _, _ := strings.Cut(c.Name, ".")
	if words, ok := testWords[kind]; ok && len(c.Refs) > 0 {
		return fmt.Sprintf(words[side].In(w.lang), c.Refs[0].String())
	}
	if holds {
		return w.pick("「"+c.Label.JA+"」に当たる", "it is recorded: "+c.Label.In("en"))
	}
	return w.pick("「"+c.Label.JA+"」に当たらない", "it is not the case: "+c.Label.In("en"))
}

// deciding tells the parts that decided: all parts of an And that holds, the failing ones of one that does not, and for
// an Or the other way about.
func (w *Words) deciding(of []formula.Expr, holds, or bool) string {
	var parts []string
	for _, p := range of {
		if v := w.eval(p) != 0; v == holds {
			parts = append(parts, w.truth(p, v))
		}
	}
	if len(parts) == 0 {
		return w.pick("条件がない", "there is no condition")
	}
	return strings.Join(parts, w.pick("、かつ", " and "))
}

var comparisonWords = map[formula.Op][2]contracts.Text{ // when it holds, when it does not
	formula.Equal:    {{JA: "%sが%sである", EN: "%s is %s"}, {JA: "%sが%sでない", EN: "%s is not %s"}},
	formula.NotEqual: {{JA: "%sが%sでない", EN: "%s is not %s"}, {JA: "%sが%sである", EN: "%s is %s"}},
	formula.Less:     {{JA: "%sが%sより少ない", EN: "%s is less than %s"}, {JA: "%sが%s以上である", EN: "%s is at least %s"}},
	formula.AtMost:   {{JA: "%sが%s以下である", EN: "%s is at most %s"}, {JA: "%sが%sを超える", EN: "%s is more than %s"}},
	formula.More:     {{JA: "%sが%sを超える", EN: "%s is more than %s"}, {JA: "%sが%s以下である", EN: "%s is at most %s"}},
	formula.AtLeast:  {{JA: "%sが%s以上である", EN: "%s is at least %s"}, {JA: "%sが%s未満である", EN: "%s is below %s"}},
}

func (w *Words) compared(e formula.Compare, holds bool) string {
	side := 0
	if !holds {
		side = 1
	}
	if p, ok := e.A.(formula.Param); ok { // a choice: say which was made
		if par := w.row.Run().Program.Parameter(p.Name); par.Kind == sla.Choice {
			return par.Label.In(w.lang) + w.pick("が「", " is “") + w.row.Run().Reading(p.Name, w.lang) + w.pick("」である", "”")
		}
	}
	unit := w.unitOf(e.A)
	b := w.phrase(e.B, unit)
	return fmt.Sprintf(comparisonWords[e.Op][side].In(w.lang), w.phrase(e.A, unit), b)
}

// unitOf is the unit of an expression, as that of the first column in it.
func (w *Words) unitOf(e formula.Expr) sla.Unit {
	unit, found := sla.Number, false
	formula.Walk(e, func(x formula.Expr) {
		if c, ok := x.(formula.Col); ok && !found {
			unit, found = w.row.Run().Program.Column(c.Name).Unit, true
		}
	})
	return unit
}
