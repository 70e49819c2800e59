package statement_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report/credits"
	"github.com/amends-go/amends/report/statement"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the letters anew")

// The amounts in want are worked out by hand; the whole letters stand in testdata, to be read.
func TestLetters(t *testing.T) {
	billing := &credits.Billing{BillLine: contracts.Text{JA: "6月障害お詫び返金", EN: "June outage credit"}, PaidOn: contracts.Date{Year: 2024, Month: 8, Day: 31}}
	tests := []struct {
		name, archive, customer, lang string
		billing                       *credits.Billing
		state                         statement.State
		want                          []string // in this order
	}{
		{"due", states, "due", "ja", nil, statement.Due, []string{"青葉商店　御中", "サーバー障害に関するお詫びと補償のご案内", "2024年6月10日 23:00 から 6月11日 01:00 まで", "日本時間（UTC+09:00）",
			"影響を受けたことを確認", "2020年4月1日から適用の版", "2024年7月1日", "100円", "SLA 2（稼働率が99.9%を下回った月は月額料金の1割を返金する）", "月額料金 (1,000円) × 1/10 = 100円", "= お支払いする額: 100円", "消費税", "別途ご案内", "お手続きは不要です", "2024年8月9日までに", "0120-000-000", "平日 9:00～18:00", "リンク", "以上"}},
		{"due-billed", states, "due", "en", billing, statement.Due, []string{"Server outage: our apology and your compensation", "from 23:00 on 10 June 2024 to 01:00 on 11 June 2024", "since 1 April 2020", "You receive ¥100", "monthly fee (¥1,000) × 1/10 = ¥100", "= You receive: ¥100", "31 August 2024", "June outage credit", "by 9 August 2024", "weekdays 9 to 18"}},
		{"part-paid", states, "part", "ja", nil, statement.Due, []string{"お客様番号: part　契約番号: s1", "山田太郎　様", "333円", "すでにお支払いした額: −33円", "= お支払いする額: 300円"}}, // 3,333 ÷ 10 = 333, less 33
		{"not-affected", states, "spared", "ja", nil, statement.NotAffected, []string{"ご報告", "影響を受けていないこと", "補償の対象となるものはありません"}},
		{"nothing", states, "none", "ja", nil, statement.Nothing, []string{"お支払いする額はありません", "SLA 2", "適用の条件を満たしておりません"}},
		{"owes-back", states, "over", "ja", nil, statement.OwesBack, []string{"200円上回っています", "すでにお支払いした額: −300円", "差引き（お支払い済みの超過額）: −200円", "請求書ではありません"}}, // 1,000 ÷ 10 − 300
		{"void", states, "gone", "ja", nil, statement.Void, []string{"有効な期間にありませんでした", "2024年5月31日まで", "有効なご契約がない"}},
		{"granted", states, "gift", "en", nil, statement.Granted, []string{"You receive the following in kind; no money is paid.", "a voucher", "in kind, no money"}},
		{"lines-down", story(t, "lines-down-2022"), "voice", "en", nil, statement.Due, []string{"from 01:35 on 2 July 2022 to 15:00 on 4 July 2022", "You receive ¥304", "Credit on your fees | ¥104", "Payment as an apology | ¥200", "paid as an apology, beside what the terms owe", "= You receive: ¥304"}}, // 2 × 1,560 ÷ 30 + 200
		{"lines-down-spared", story(t, "lines-down-2022"), "spared", "ja", nil, statement.NotAffected, []string{"影響を受けていない"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, runs := open(t, tt.archive, paper, nil)
			l, err := letterTo(t, c, runs, maker(t, c, paper, tt.billing, tt.lang), tt.customer)
			if err != nil {
				t.Fatal(err)
			}
			if l.State != tt.state {
				t.Errorf("state %s, want %s", l.State, tt.state)
			}
			text := textOf(t, l)
			inOrder(t, text, tt.want)
			golden(t, tt.name, text)
		})
	}
}

func inOrder(t *testing.T, text string, want []string) {
	t.Helper()
	rest := text
	for _, w := range want {
		_, after, ok := strings.Cut(rest, w)
		if !ok {
			t.Errorf("%q does not stand where it should in:\n%s", w, text)
			continue
		}
		rest = after
	}
}

func golden(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}

// The first customer of First Server claims 298,000 + 770,000 + 18,000; lost profit is not covered, and 316,000 exceeds the 240,900 paid by 75,100.
func TestLetterOfFirstServer(t *testing.T) {
	c, runs := example(t, "firstserver-2012", "")
	text := string(c.Statement.Data)
	for _, lang := range []string{"ja", "en"} {
		l, err := letterTo(t, c, runs, maker(t, c, text, nil, lang), "FS-00001")
		if err != nil {
			t.Fatal(err)
		}
		got := textOf(t, l)
		if lang == "ja" {
			inOrder(t, got, []string{"御中", "298,000円", "770,000円", "18,000円", "−770,000円", "−75,100円", "= お支払いする額: 240,900円", "約款 第16条第3項", "適用しておりません"})
		} else {
			inOrder(t, got, []string{"¥298,000", "¥770,000", "¥18,000", "−¥770,000", "−¥75,100", "= You receive: ¥240,900", "is not applied"})
		}
		golden(t, "firstserver-"+lang, got)
	}
}

// The customer of the Tokyo judgment had thirty million and keeps 7,365,000.
func TestLetterOfOneWhoWasPaidTooMuch(t *testing.T) {
	c, runs := example(t, "tokyo-2001", "")
	var id string
	for cust := range c.Customers.All() {
		id = cust.ID
	}
	l, err := letterTo(t, c, runs, maker(t, c, paper, nil, "ja"), id)
	if err != nil {
		t.Fatal(err)
	}
	if l.State != statement.OwesBack {
		t.Fatalf("state %s", l.State)
	}
	golden(t, "tokyo-2001", textOf(t, l))
}

func TestRowThatNeedsJudgementHasNoLetter(t *testing.T) {
	c, runs := open(t, story(t, "price-cut-or-damages"), paper, nil)
	if l, err := letterTo(t, c, runs, maker(t, c, paper, nil, "ja"), "shop"); !errors.Is(err, statement.ErrHeld) || l != nil {
		t.Errorf("got %v, %v", l, err)
	}
}

func TestTaxIsToldFromTheContract(t *testing.T) {
	archive := strings.Replace(story(t, "price-cut-or-damages"), "damages: outside}", "damages: outside, credits: price-reduction}", 1)
	c, runs := open(t, archive, paper, nil)
	l, err := letterTo(t, c, runs, maker(t, c, paper, nil, "ja"), "shop")
	if err != nil {
		t.Fatal(err)
	}
	// A tenth of 3,800 and a tenth more as tax, and 100 besides.
	inOrder(t, textOf(t, l), []string{"消費税", "38円", "お支払いする額: 518円", "税込 418円（税抜 380円、消費税 38円）"})
}

func TestCreditThatMustBeAskedForSaysUntilWhen(t *testing.T) {
	archive := strings.Replace(states, "claim: automatic", "claim: {by: {days: 30}}", 1)
	c, runs := open(t, archive, paper, nil)
	l, err := letterTo(t, c, runs, maker(t, c, paper, nil, "ja"), "due")
	if err != nil {
		t.Fatal(err)
	}
	inOrder(t, textOf(t, l), []string{"お客様のお手続き", "2024年7月30日までにご請求いただく必要があります"}) // thirty days after 30 June
	archive = strings.Replace(states, "claim: automatic", "claim: on-request", 1)
	c, runs = open(t, archive, paper, nil)
	if l, err = letterTo(t, c, runs, maker(t, c, paper, nil, "en"), "due"); err != nil {
		t.Fatal(err)
	}
	inOrder(t, textOf(t, l), []string{"What you need to do", "you need to ask for it"})
}

// Under the interim report the readings differ in their grounds. The last customer is owed 198,500 under each, and is told no ground that may fall.
func TestGroundsThatAreNotDecidedAreNotTold(t *testing.T) {
	c, runs := example(t, "firstserver-2012", "interim-2012-06-25")
	l, err := letterTo(t, c, runs, maker(t, c, paper, nil, "ja"), "FS-05698")
	if err != nil {
		t.Fatal(err)
	}
	text := textOf(t, l)
	inOrder(t, text, []string{"お支払いする額は198,500円です。", "まだ決まっていない判断があります", "どのように決まっても、上記の額は変わりません"})
	for _, ground := range []string{"約款 第36条", "軽過失", "ご請求: "} {
		if strings.Contains(text, ground) {
			t.Errorf("%q is told:\n%s", ground, text)
		}
	}
}

// Three customers share a limit of 100 of 300: the second gets 33, and is told nothing of what the one before it gets.
func TestSharedLimitTellsNothingOfOthers(t *testing.T) {
	archive := story(t, "one-limit-for-all")
	c, runs := open(t, archive, paper, nil)
	l, err := letterTo(t, c, runs, maker(t, c, paper, nil, "ja"), "a1")
	if err != nil {
		t.Fatal(err)
	}
	text := textOf(t, l)
	inOrder(t, text, []string{"約款の共通の限度額を超える額", "按分しました", "300円", "お支払いする額: 33円"})
	if strings.Contains(text, "累計") {
		t.Errorf("the running total is told:\n%s", text)
	}
}

func TestClocksThatChangeAreTold(t *testing.T) {
	archive := strings.NewReplacer("zone: Asia/Tokyo\nfacts", "zone: America/New_York\nfacts", "2024-06-10 23:00", "2024-03-10 01:00", "2024-06-11 01:00", "2024-03-10 04:00").Replace(states)
	c, runs := open(t, archive, paper, nil)
	l, err := letterTo(t, c, runs, maker(t, c, paper, nil, "en"), "over")
	if err != nil {
		t.Fatal(err)
	}
	inOrder(t, textOf(t, l), []string{"from 01:00 to 04:00 on 10 March 2024", "America/New_York (UTC-05:00, and after the change of clocks UTC-04:00)"})
}

func TestTimesOfTheIncident(t *testing.T) {
	const times = "from: 2024-06-10 23:00, to: 2024-06-11 01:00"
	tests := []struct{ times, ja, en string }{
		{"from: 2024-06-10 09:00, to: 2024-06-10 09:30:05", "2024年6月10日 09:00 から 09:30:05 まで", "from 09:00 to 09:30:05 on 10 June 2024"},
		{"from: 2023-12-31 23:59, to: 2024-01-01 00:01", "2023年12月31日 23:59 から 2024年1月1日 00:01 まで", "from 23:59 on 31 December 2023 to 00:01 on 1 January 2024"},
		{"from: 2024-06-10 23:00, to: open", "2024年6月10日 23:00 から 2024年7月1日現在継続中", "from 23:00 on 10 June 2024, and going on as of 1 July 2024"},
		{"from: 2024-06-10T14:00Z, to: 2024-06-10T16:00Z", "2024年6月10日 23:00 から 6月11日 01:00 まで", "from 23:00 on 10 June 2024 to 01:00 on 11 June 2024"},
	}
	for _, tt := range tests {
		c, runs := open(t, strings.Replace(states, times, tt.times, 1), paper, nil)
		for lang, want := range map[string]string{"ja": tt.ja, "en": tt.en} { // order: each is checked alone
			l, err := letterTo(t, c, runs, maker(t, c, paper, nil, lang), "over")
			if err != nil {
				t.Fatal(err)
			}
			inOrder(t, textOf(t, l), []string{want})
		}
	}
}
