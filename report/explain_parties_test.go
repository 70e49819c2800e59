package report_test

import (
	"strings"
	"testing"

	"github.com/amends-go/amends/report"
)

// TestPartiesAreExplained: the reasoning names the shares with their reasons, the rule of contribution with its statute, both readings where it is open,
// each recourse with its limit, and what remains with whom.
func TestPartiesAreExplained(t *testing.T) {
	c, _ := openExample(t, "cooling-2026")
	for _, tt := range []struct {
		findings, lang string
		says           []string
	}{
		{"inquiry", "en", []string{
			"it left a valve shut", "when contribution is due: needs judgement", "民法 第442条第1項",
			"contribution: cooling engineer owes hoster", "¥735,000", "cooling engineer ¥652,500, hoster ¥1,797,500",
			"own share applied: 2/7", "limit (データセンター利用契約 第8条) = monthly fee (¥150,000) × 6 = ¥900,000",
			"Of the ¥1,715,000, ¥815,000 stay with hoster.", "This is a calculation, not legal advice."}},
		{"engineer-insolvent", "ja", []string{
			"無資力で回収できない: 破産したとする仮定", "支払額に各自の割合を乗じて求償する", "民法442条1項が共同不法行為者にも及ぶとみる",
			"適用する過失割合: 2/7", "誰に何が残るか", "1,550,000円", "本書は算定の過程を示すものであり、法的助言ではない。"}},
	} {
		var b strings.Builder
		report.ExplainParties(&b, whole(t, c, tt.findings), tt.lang)
		for _, want := range tt.says {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s in %s does not say %q:\n%s", tt.findings, tt.lang, want, b.String())
			}
		}
	}
}
