package statement_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/amends-go/amends/report/statement"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFileNames(t *testing.T) {
	long := strings.Repeat("a", 128)
	tests := []struct{ id, subscription, want string }{
		{"c1", "", "c1"},
		{"FS-00001", "", "FS-00001~u"},
		{"fs-00001", "", "fs-00001"},
		{"Fs-00001", "", "Fs-00001~m1"},
		{"顧客1", "契約2", "顧客1~~契約2"},
		{"../../x", "", "%2e.%2f..%2fx"},
		{".hidden", "", "%2ehidden"},
		{"-rf", "", "%2drf"},
		{"a b~c%", "", "a%20b%7ec%25"},
		{`C:\x`, "", "C%3a%5cx~m1"},
		{"con", "", "%63on"},
		{"CON.txt", "", "%43ON.txt~m30"},
		{"lpt1", "s", "lpt1~~s"}, // what stands before the first dot is no device
		{"index", "", "index"},
		{"é", "", "%c3%a9"},
		{"e\u0301", "", "e%cc%81"},
		{"Ａ", "", "%ef%bc%a1"},
		{long, "", long},
	}
	for _, tt := range tests {
		if got := statement.FileName(tt.id, tt.subscription); got != tt.want {
			t.Errorf("FileName(%q, %q) = %q, want %q", tt.id, tt.subscription, got, tt.want)
		}
	}
}

func TestLongNamesAreCutAndDiffer(t *testing.T) {
	seen := map[string]bool{}
	for _, id := range []string{strings.Repeat("顧", 42) + "1", strings.Repeat("顧", 42) + "2", strings.Repeat(" ", 60) + "a", strings.Repeat(" ", 60) + "A", strings.Repeat("客", 42)} {
		name := statement.FileName(id, strings.Repeat("契", 40))
		if len(name) > 150 || seen[name] {
			t.Errorf("%q: %d bytes, or seen before", name, len(name))
		}
		seen[name] = true
	}
}

var safeName = regexp.MustCompile(`^[^.\-/\\:*?"<>|\x00-\x20][^/\\:*?"<>|\x00-\x20]*$`)

// Whatever two ids are, their names are safe, and differ also where capitals and small letters, or forms of one letter, are the same.
func TestFileNamesAreSafeAndDiffer(t *testing.T) {
	fold := func(s string) string { return strings.ToLower(norm.NFC.String(s)) }
	ids := rapid.StringOfN(rapid.RuneFrom([]rune("aAbB01.-_~%/\\: \u0301éÉ顧が\uf900豈Ａｋ\x00\n")), 1, 6, -1)
	subs := rapid.StringOfN(rapid.RuneFrom([]rune("aA0~.m")), 0, 3, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, as, b, bs := ids.Draw(t, "a"), subs.Draw(t, "as"), ids.Draw(t, "b"), subs.Draw(t, "bs")
		x, y := statement.FileName(a, as), statement.FileName(b, bs)
		if !safeName.MatchString(x) || filepath.Base(x) != x {
			t.Fatalf("%q is not safe", x)
		}
		if (a != b || as != bs) && fold(x) == fold(y) {
			t.Fatalf("%q %q and %q %q share %q, %q", a, as, b, bs, x, y)
		}
	})
}
