package credits_test

import (
	"fmt"
	"os"
	"strings"

	"github.com/amends-go/amends/report/credits"
)

// A customer was credited 220 yen in a first run. After a correction 330 yen are due: the second run credits the difference, and repeating it
// credits nothing.
func ExampleLedger_Difference() {
	due := credits.Instruction{
		Plan: strings.Repeat("0", 64), Incident: "outage", Customer: "c-1", Contract: "hosting", Clause: "sla", Currency: "JPY",
		Amount: 330, Item: 300, Tax: 30, Treatment: credits.TreatAsPriceReduction, TaxRate: "10%", Reason: "service-credit",
		Remedy: credits.BillCredit, Memo: "7月2日の障害に関する返金", Evidence: strings.Repeat("0", 64),
	}
	first := due
	first.Run, first.Amount, first.Item, first.Tax = "first", 220, 200, 20
	first.Key = credits.InstructionKey(first)

	ledger := &credits.Ledger{Incident: "outage"}
	if problem := ledger.Add("first.jsonl", first); problem != nil {
		fmt.Println(problem)
	}
	for range 2 {
		emitted, problems := ledger.Difference([]credits.Instruction{due}, "corrected")
		fmt.Println(len(emitted), problems.Err())
		for _, x := range emitted {
			fmt.Println(x.Customer, x.Run, x.Amount, x.Item, x.Tax)
			ledger.Add("corrected.jsonl", x)
		}
	}
	// Output:
	// 1 <nil>
	// c-1 corrected 110 100 10
	// 0 <nil>
}

// Credits in which no money moves are left out of a journal, and counted.
func ExamplePrepare() {
	folder := os.DirFS("../../testdata/credits")
	data, err := os.ReadFile("../../testdata/credits/billing.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	billing, problems := credits.ReadBilling("billing.yaml", data)
	if problems.Err() != nil {
		fmt.Println(problems)
		return
	}
	out, problems := credits.Prepare("yayoi", billing, folder, nil)
	fmt.Println(len(out.Files), out.Left, problems.Err())
	// Output: 1  <nil>
}

// Names are written in the half-width kana of a transfer; what cannot be is told.
func ExampleKana() {
	kana, bad := credits.Kana("カ）サンプル・ショウテン")
	fmt.Println(kana, len(bad))
	_, bad = credits.Kana("山田タロウ")
	fmt.Println(string(bad))
	// Output:
	// ｶ)ｻﾝﾌﾟﾙ.ｼﾖｳﾃﾝ 0
	// 山田
}
