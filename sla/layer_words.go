package sla

import (
	"fmt"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// headWords lists heads by their titles; none without heads.
func (p *Program) headWords(heads []string, ja, en string) []contracts.Text {
	if len(heads) == 0 {
		return nil
	}
	var jas, ens []string
	for _, h := range heads {
		title := titleOf(p.Incident.Heads, h)
		jas, ens = append(jas, title.In("ja")), append(ens, title.In("en"))
	}
	return []contracts.Text{{JA: ja + strings.Join(jas, "、"), EN: en + strings.Join(ens, ", ")}}
}

// layerWords tells the terms of a layer clause with the values that stand in the run: one text for each layer.
func (r Row) layerWords(c *contracts.Layer) []contracts.Text {
	var out []contracts.Text
	for i, t := range c.Layers {
		w := termWords{row: r, id: c.ID}
		if len(c.Layers) > 1 {
			w.n = i + 1
		}
		text := w.terms(t)
		if c.Cession != "" {
			text.JA, text.EN = "他者の負担（"+c.Cession+"）: "+text.JA, "borne under "+c.Cession+": "+text.EN
		}
		if w.n > 0 {
			text = contracts.Text{JA: fmt.Sprintf("第%d層: ", w.n) + text.JA, EN: fmt.Sprintf("layer %d: ", w.n) + text.EN}
		}
		out = append(out, text)
	}
	return out
}

// termWords tells the terms of one layer.
type termWords struct {
	row Row
	id  string
	n   int // of the layer; 0 when the clause has one
}

func (w termWords) number(name string) formula.Number {
	return w.row.run.Shown(layerName(name, w.id, w.n))
}

// money writes the value of a parameter in major units, digits grouped.
func (w termWords) money(name string) string {
	whole, frac, point := strings.Cut(contracts.Amount(w.number(name).Num).Text(w.row.run.Program.Contract.Currency), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		whole += "." + frac
	}
	return whole
}

// share writes the value of a parameter as a percentage, or as a fraction where that is not exact.
func (w termWords) share(name string) string {
	n := w.number(name)
	if ratio, err := contracts.NewRatio(n.Num, n.Den); err == nil {
		return ratio.Percent()
	}
	return fmt.Sprintf("%d/%d", n.Num, n.Den)
}

// amount writes a sum, or of what it is a part.
func (w termWords) amount(name string, a *contracts.LayerAmount) contracts.Text {
	switch {
	case a.OfLoss != nil:
		return contracts.Text{JA: "損害額の" + w.share(name), EN: w.share(name) + " of the loss"}
	case a.OfLimit != nil:
		return contracts.Text{JA: "支払限度額の" + w.share(name), EN: w.share(name) + " of the limit"}
	}
	return contracts.Text{JA: w.money(name), EN: w.money(name)}
}

func (w termWords) terms(t contracts.LayerTerms) contracts.Text {
	var ja, en []string
	add := func(j, e string) { ja, en = append(ja, j), append(en, e) }
	if t.Part != nil {
		add("合計額の"+w.share("part")+"を対象とする", w.share("part")+" of the sum counts")
	}
	if t.Franchise != nil {
		for i, b := range t.Franchise.Bounds() {
			if b.Sum != nil {
				sum := w.money("franchise." + b.Field)
				add(sum+[...]string{"を超えるときだけ全額を対象とする", "以上のときだけ全額を対象とする", "以下のときだけ全額を対象とする", "未満のときだけ全額を対象とする"}[i],
					"all or nothing: counts when "+[...]string{"more than ", "at least ", "at most ", "less than "}[i]+sum)
			}
		}
	}
	if t.Deductible != nil {
		d := w.amount("deductible", t.Deductible)
		add("免責金額 "+d.JA+" を差し引く", "less a deductible of "+d.EN)
	}
	switch limit := (contracts.Text{}); {
	case t.Limit != nil && t.Attachment != nil:
		limit = w.amount("limit", t.Limit)
		add(w.money("attachment")+" を超える部分を "+limit.JA+" まで", limit.EN+" above "+w.money("attachment"))
	case t.Limit != nil:
		limit = w.amount("limit", t.Limit)
		add(limit.JA+" まで", "up to "+limit.EN)
	case t.Attachment != nil:
		add(w.money("attachment")+" を超える部分", "what is above "+w.money("attachment"))
	}
	for i := range t.Shares {
		name := shareName(i)
		add("その"+w.share(name), w.share(name)+" of it")
	}
	if len(ja) == 0 {
		return contracts.Text{JA: "全額", EN: "all of it"}
	}
	return contracts.Text{JA: strings.Join(ja, "、"), EN: strings.Join(en, ", ")}
}
