package statement

import (
	"fmt"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
)

// taxBasis says how the sum stands to a tax on turnover, from the tax columns of the contract.
func (w *writer) taxBasis() string {
	if w.prog.Contract.Tax == nil {
		return w.pick("消費税について: 約款に定めがないため、上記の額に消費税を加算または控除しておりません。", "Tax: the terms say nothing of it; none was added to the amount above or taken off it.")
	}
	var parts []string
	taxedDamages := false
	for _, kind := range []struct {
		name string
		what contracts.Text
	}{{"reductions", contracts.Text{JA: "利用料金の減額・返金", EN: "the credit on your fees"}}, {"damages", contracts.Text{JA: "損害の賠償", EN: "damages"}}} {
		total := w.row.Of("tax.total." + kind.name)
		if total == 0 {
			continue
		}
		taxedDamages = taxedDamages || kind.name == "damages"
		item, tax := w.money(w.row.Of("tax.item."+kind.name)), w.money(w.row.Of("tax.of."+kind.name))
		parts = append(parts, w.pick(fmt.Sprintf("%sは税込 %s（税抜 %s、消費税 %s）です。", kind.what.JA, w.money(total), item, tax), fmt.Sprintf("%s is %s with tax (%s without, %s tax).", kind.what.EN, w.money(total), item, tax)))
	}
	if w.hasClaims() && !taxedDamages {
		parts = append(parts, w.pick("損害の賠償は消費税の課税対象外です。", "Damages are outside the tax."))
	}
	if w.row.Of("tax.total.reductions") == 0 && len(parts) == 0 {
		parts = append(parts, w.pick("上記の額に消費税を加算しておりません。", "no tax was added to the amount above."))
	}
	return w.pick("消費税について: ", "Tax: ") + strings.Join(parts, w.pick("", " "))
}

// paid tells when and how it is paid and what the line on the bill says.
func (w *writer) paid() {
	w.head("お支払いの時期と方法", "When and how it is paid")
	var rows []Pair
	if w.billing != nil {
		rows = append(rows, Pair{w.pick("お支払い日", "Paid on"), w.day(w.billing.PaidOn)}, Pair{w.pick("請求書・明細の表示", "Line on your bill"), w.billing.BillLine.In(w.lang)})
	}
	for _, t := range report.Given(w.row) {
		rows = append(rows, Pair{w.pick("約款等の定め", "By the terms"), t.In(w.lang)})
	}
	w.table(rows)
	w.say("payment")
}

// claimBy is the first day until which something must be asked for that was not asked for yet; zero for none.
func (w *writer) claimBy() contracts.Date {
	var first contracts.Date
	if w.state != Due || !w.row.Customer.ClaimedOn.IsZero() {
		return first
	}
	for _, d := range w.row.Deadlines() {
		c, ok := w.prog.Contract.Clause(d.Credit).(*contracts.Credit)
		if !ok || c.Claim.Automatic || w.waived(d.Credit) {
			continue
		}
		if first.IsZero() || d.Last.Cmp(first) < 0 {
			first = d.Last
		}
	}
	return first
}

// mustClaim reports whether something that is paid must be asked for, with a deadline or without, and was not asked for yet.
func (w *writer) mustClaim() bool {
	if w.state != Due || !w.row.Customer.ClaimedOn.IsZero() {
		return false
	}
	if !w.claimBy().IsZero() {
		return true
	}
	for s := range w.row.Steps() {
		c, ok := w.prog.Contract.Clause(s.Clause).(*contracts.Credit)
		if ok && s.Delta > 0 && c.Claim.OnRequest && !w.waived(c.ID) {
			return true
		}
	}
	return false
}

// waived reports whether the findings pay a credit without its being asked for.
func (w *writer) waived(credit string) bool {
	name := "claim." + credit
	par := w.prog.Parameter(name)
	return par != nil && w.row.Run().Settings.Of(name).From == sla.FromFindings
}
