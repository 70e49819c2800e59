package statement

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// half measures wide characters as two and others as one.
func half(r rune) int {
	if wide(r) {
		return 2
	}
	return 1
}

func TestLinesAreBrokenByTheRulesOfJapanese(t *testing.T) {
	tests := []struct {
		name, text string
		width      int
		want       []string
	}{
		{"a comma does not begin a line", "あいうえ、お", 8, []string{"あいう", "え、お"}},
		{"a bracket does not end one", "あいう（え）", 8, []string{"あいう", "（え）"}},
		{"a small letter does not begin one", "あいうしょ", 8, []string{"あいう", "しょ"}},
		{"a sum stays whole", "支払額は240,900円です", 14, []string{"支払額は", "240,900円です"}},
		{"words are parted at blanks", "the amount is paid", 10, []string{"the amount", "is paid"}},
		{"a word longer than a line is cut", "abcdefgh", 3, []string{"abc", "def", "gh"}},
		{"line ends stay", "一\n二", 10, []string{"一", "二"}},
		{"nothing", "", 10, []string{""}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, breakLines(tt.text, tt.width, half)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

// Whatever the text: nothing is lost, no line is too long, and none begins or ends where it must not, unless a piece is longer than a line.
func TestBrokenLinesKeepTheText(t *testing.T) {
	texts := rapid.StringOfN(rapid.RuneFrom([]rune("あ漢カー、。（）「」っabc12,.円 　%")), 0, 60, -1)
	blanks := strings.NewReplacer(" ", "", "　", "")
	rapid.Check(t, func(t *rapid.T) {
		text, width := texts.Draw(t, "text"), rapid.IntRange(4, 40).Draw(t, "width")
		lines := breakLines(text, width, half)
		if got := blanks.Replace(strings.Join(lines, "")); got != blanks.Replace(text) {
			t.Fatalf("%q became %q", text, lines)
		}
		longest := 0
		for _, u := range units(text) {
			n := 0
			for _, r := range u {
				n += half(r)
			}
			longest = max(longest, n)
		}
		for i, line := range lines {
			n := 0
			for _, r := range line {
				n += half(r)
			}
			if n > width {
				t.Fatalf("%q is wider than %d", line, width)
			}
			if longest > width || line == "" {
				continue
			}
			first, _ := utf8.DecodeRuneInString(line)
			last, _ := utf8.DecodeLastRuneInString(line)
			if i > 0 && strings.ContainsRune(noStart, first) || i < len(lines)-1 && strings.ContainsRune(noEnd, last) {
				t.Fatalf("%q is broken against the rules: %q", text, lines)
			}
		}
	})
}
