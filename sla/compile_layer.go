package sla

import (
	"fmt"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// layer is one layer of a clause being worked out.
type layer struct {
	*layering
	c     *contracts.Layer
	n     int    // from 1; 0 when the clause has only one
	event string // where each event is worked out by itself, # and its id
}

// name tells the layers of a clause apart, in columns and parameters.
func (x *layer) name(of string) string { return layerName(of, x.c.ID, x.n) }

func layerName(of, clause string, n int) string {
	if n > 0 {
		of += fmt.Sprintf("-%d", n)
	}
	return of + "." + clause
}

func (x *layer) label(ja, en string) contracts.Text {
	ref := x.c.Ref.String()
	t := contracts.Text{JA: ja + "（" + ref, EN: en + " (" + ref}
	if x.n > 0 {
		t.JA += fmt.Sprintf("・第%d層", x.n)
		t.EN += fmt.Sprintf(", layer %d", x.n)
	}
	return contracts.Text{JA: t.JA + "）", EN: t.EN + ")"}
}

func (x *layer) column(name string, e formula.Expr, ja, en string) formula.Expr {
	label := x.label(ja, en)
	label.JA += x.event
	label.EN += x.event
	return x.add(Column{Column: formula.Column{Name: x.name(name) + x.event, Expr: e}, Label: label, Unit: Amount, Role: Working, Rule: RuleLayer, Clause: x.c.ID, Refs: []contracts.Ref{x.c.Ref}})
}

// line adds a column of one piece, by its layer where there are several.
func (x *layer) line(name string, e piece, several bool, of formula.Expr, ja, en string) formula.Expr {
	if several {
		name = fmt.Sprintf("%s-%d", name, e.layer+1)
	}
	return x.layering.line(x.c, name, e.line, of, ja, en)
}

// sum is a parameter of money.
func (x *layer) sum(name string, a contracts.Amount, ja, en string) formula.Expr {
	x.parameter(name, Money, formula.Plain(int64(a)), ja, en)
	return formula.Param{Name: x.name(name)}
}

// ratio takes the part of an amount that a parameter names, rounded; left takes what the parameter leaves of it.
func (x *layer) ratio(of formula.Expr, name string, r contracts.Ratio, left bool, ja, en string) formula.Expr {
	x.parameter(name, Fraction, formula.Number{Num: r.Num(), Den: r.Den()}, ja, en)
	num, den := formula.Param{Name: x.name(name), Part: formula.Num}, formula.Param{Name: x.name(name), Part: formula.Den}
	part := formula.MulDiv{A: of, B: num, C: den, Rounding: x.p.Contract.RoundingOf(&x.c.Provision)}
	if left {
		part.B = formula.Sub{A: den, B: num}
	}
	return part
}

func (x *layer) parameter(name string, kind ParameterKind, n formula.Number, ja, en string) {
	x.param(Parameter{Name: x.name(name), Kind: kind, Default: &n, From: FromContract, Refs: []contracts.Ref{x.c.Ref}, Label: x.label(ja, en),
		Why: contracts.Text{JA: "条項による", EN: "as the clause says"}})
}

// terms takes a sum through the steps of the layer, in their order, each in a column of its own.
func (x *layer) terms(t contracts.LayerTerms, sum formula.Expr) formula.Expr {
	now, zero := sum, formula.Const{V: 0}
	if t.Part != nil {
		now = x.column("part", x.ratio(sum, "part", *t.Part, false, "対象割合", "part that counts"), "対象割合の額", "part of the sum")
	}
	if t.Franchise != nil {
		now = x.column("franchise", formula.If{Cond: x.passes(t.Franchise, now), Then: now, Else: zero}, "免責基準額による判定後の額", "after the franchise")
	}
	var limit formula.Expr
	if t.Limit != nil {
		limit = x.amount(t.Limit, "limit", sum, nil, "支払限度額", "limit")
	}
	if t.Deductible != nil {
		less := x.amount(t.Deductible, "deductible", sum, limit, "免責金額", "deductible")
		now = x.column("over", formula.Max{A: formula.Sub{A: now, B: less}, B: zero}, "免責金額を差し引いた額", "less the deductible")
	}
	if t.Attachment != nil {
		begins := x.sum("attachment", *t.Attachment, "起点となる額", "attachment point")
		now = x.column("above", formula.Max{A: formula.Sub{A: now, B: begins}, B: zero}, "起点を超える額", "above the attachment point")
	}
	if limit != nil {
		now = x.column("limited", formula.Min{A: now, B: limit}, "支払限度額までの額", "up to the limit")
	}
	for i, r := range t.Shares {
		name, ja, en := shareName(i), "支払割合", "share"
		if i > 0 {
			ja, en = fmt.Sprintf("支払割合%d", i+1), fmt.Sprintf("share %d", i+1)
		}
		now = x.column(name, x.ratio(now, name, r, false, ja, en), ja+"を乗じた額", en+" of it")
	}
	return now
}

// shareName is the parameter and the column of a share, from 0.
func shareName(i int) string {
	if i > 0 {
		return fmt.Sprintf("portion%d", i+1)
	}
	return "portion"
}

// amount is a deductible or limit: a sum, or a part of the loss or of the limit in a column of its own.
func (x *layer) amount(a *contracts.LayerAmount, name string, sum, limit formula.Expr, ja, en string) formula.Expr {
	switch {
	case a.OfLoss != nil && name == "deductible": // what is left of the loss is rounded
		left := x.ratio(sum, name, *a.OfLoss, true, ja+"（損害額に対する割合）", en+" as a part of the loss")
		return x.column(name, formula.Sub{A: sum, B: left}, ja, en)
	case a.OfLoss != nil:
		return x.column(name, x.ratio(sum, name, *a.OfLoss, false, ja+"（損害額に対する割合）", en+" as a part of the loss"), ja, en)
	case a.OfLimit != nil:
		return x.column(name, x.ratio(limit, name, *a.OfLimit, false, ja+"（支払限度額に対する割合）", en+" as a part of the limit"), ja, en)
	}
	return x.sum(name, a.Fixed, ja, en)
}

// franchiseWords are the labels of the bounds and how each is held against what has come so far.
var franchiseWords = []struct {
	field, ja, en string
	op            formula.Op
}{
	{"over", "免責基準額（フランチャイズ方式、この額以下は支払わない）", "franchise, nothing of this or less", formula.More},
	{"at_least", "免責基準額（フランチャイズ方式、この額未満は支払わない）", "franchise, nothing of less than this", formula.AtLeast},
	{"up_to", "上限基準額（逆フランチャイズ方式、この額を超えると支払わない）", "reverse franchise, nothing of more than this", formula.AtMost},
	{"under", "上限基準額（逆フランチャイズ方式、この額以上は支払わない）", "reverse franchise, nothing of this or more", formula.Less},
}

func (x *layer) passes(f *contracts.Franchise, now formula.Expr) formula.Expr {
	var of []formula.Expr
	for i, b := range f.Bounds() {
		if b.Sum != nil {
			w := franchiseWords[i]
			of = append(of, formula.Compare{Op: w.op, A: now, B: x.sum("franchise."+w.field, *b.Sum, w.ja, w.en)})
		}
	}
	return formula.And{Of: of}
}
