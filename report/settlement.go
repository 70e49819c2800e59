package report

import (
	"fmt"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// formWords are the forms of settlement.
var formWords = map[contracts.FormKind]contracts.Text{
	contracts.NextInvoice:  {JA: "次回の請求から差し引く", EN: "taken off the next invoice"},
	contracts.LaterInvoice: {JA: "後の請求から差し引く", EN: "taken off a later invoice"},
	contracts.Refund:       {JA: "返金する", EN: "refunded"},
	contracts.ServiceTime:  {JA: "利用期間を延長する（金銭の支払はない）", EN: "more time of service, no money"},
	contracts.Voucher:      {JA: "利用券・クーポンで付与する", EN: "a voucher or coupon"},
	contracts.InKind:       {JA: "現物で付与する（金銭の支払はない）", EN: "in kind, no money"},
	contracts.Choice:       {JA: "顧客の選択により金銭または期間の延長による", EN: "money or more time of service, as the customer chooses"},
}

// Settlement tells how the row's credits are given, until when they must be asked for and used, and whether the customer may
// end the contract. It is empty where the terms say nothing of it.
func Settlement(row sla.Row) []contracts.Text {
	prog := row.Run().Program
	var out []contracts.Text
	say := func(ref contracts.Ref, ja, en string) {
		out = append(out, contracts.Text{JA: ref.String() + ": " + ja, EN: ref.String() + ": " + en})
	}
	if i := prog.Index("return_invoice"); i >= 0 && row.Value(i) != 0 {
		say(prog.Columns[i].Refs[0], "適格返還請求書を交付する", "a return invoice is given")
	}
	for _, cl := range prog.Contract.Clauses {
		switch c := cl.(type) {
		case *contracts.Credit:
			credited(row, c, say)
		case *contracts.Termination:
			if i := prog.Index("may_terminate." + c.ID); i >= 0 && row.Value(i) != 0 {
				ja, en := "顧客は契約を解除できる", "the customer may end the contract"
				if c.Within > 0 {
					ja += fmt.Sprintf("（計測期間の終了後%d日以内）", c.Within)
					en += fmt.Sprintf(", within %d days of the window's end", c.Within)
				}
				if !c.Refund.IsZero() {
					ja += "。返還: " + c.Refund.In("ja")
					en += "; refunded: " + c.Refund.In("en")
				}
				say(c.Ref, ja, en)
			}
		}
	}
	return out
}

// credited tells of one credit, where it gave anything.
func credited(row sla.Row, c *contracts.Credit, say func(contracts.Ref, string, string)) {
	prog := row.Run().Program
	given := false
	for _, name := range []string{"post." + c.ID, "granted." + c.ID} {
		if i := prog.Index(name); i >= 0 && row.Value(i) != 0 {
			given = true
		}
	}
	if !given {
		return
	}
	if c.Form != (contracts.Form{}) {
		words := formWords[c.Form.As]
		ja, en := words.In("ja"), words.In("en")
		if c.Form.Expires > 0 {
			ja += fmt.Sprintf("。付与後%dか月で失効", c.Form.Expires)
			en += fmt.Sprintf("; unused after %d months it is lost", c.Form.Expires)
		}
		if c.Form.ExpiresDays > 0 {
			ja += fmt.Sprintf("。付与後%d日で失効", c.Form.ExpiresDays)
			en += fmt.Sprintf("; unused after %d days it is lost", c.Form.ExpiresDays)
		}
		if !c.Form.Note.IsZero() {
			ja += "（" + c.Form.Note.In("ja") + "）"
			en += " (" + c.Form.Note.In("en") + ")"
		}
		say(c.Ref, ja, en)
	}
	for _, d := range row.Deadlines() {
		if d.Credit == c.ID {
			say(c.Ref, fmt.Sprintf("%sの返金は%sまでに請求する", d.Window, d.Last), fmt.Sprintf("the credit of %s must be asked for by %s", d.Window, d.Last))
		}
	}
	if !c.Claim.Notice.IsZero() {
		say(c.Ref, c.Claim.Notice.In("ja"), c.Claim.Notice.In("en"))
	}
}
