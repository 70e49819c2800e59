package csvtable

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxID is the longest id, in bytes of UTF-8.
const MaxID = 128

// totals are what rows of sums are called, as Folded gives them.
var totals = []string{
	"合計", "小計", "総計", "総合計",
	"total", "totals", "subtotal", "sub total", "sub-total", "grand total",
}

// CheckID returns the code and the reason for which s is not a sound id, or
// empty strings. The checks are, in order:
//
//   - E_ID: it is empty or blank, is not UTF-8, or is over 128 bytes;
//   - E_ID_CHARS: it has blanks around it, or control, direction-changing,
//     zero-width or other characters that cannot be seen, blanks other than the
//     ordinary space among them;
//   - E_ID: it is what the row of a sum is called, such as 合計 or Total;
//   - W_MIXED_SCRIPT: it mixes Latin with Cyrillic or Greek letters, which look
//     alike. This is a warning; the id stands.
//
// Words such as NULL, #N/A, TRUE and - are ids like any other.
func CheckID(s string) (code, message string) {
	if strings.TrimSpace(s) == "" {
		return "E_ID", "the id is empty"
	}
	if len(s) > MaxID {
		return "E_ID", fmt.Sprintf("the id has %d bytes; at most %d are allowed", len(s), MaxID)
	}
	if plainID(s) {
		if s[0] == ' ' || s[len(s)-1] == ' ' {
			return "E_ID_CHARS", "the id has blanks around it: U+0020"
		}
		return checkTotal(s)
	}
	if !utf8.ValidString(s) {
		return "E_ID_CHARS", "the id is not UTF-8"
	}
	if bad := points(s, hidden); bad != "" {
		return "E_ID_CHARS", "the id has characters that cannot be seen: " + bad
	}
	if t := strings.TrimSpace(s); t != s {
		return "E_ID_CHARS", "the id has blanks around it: U+0020"
	}
	if code, message = checkTotal(s); code != "" {
		return code, message
	}
	if strings.ContainsFunc(s, func(c rune) bool { return unicode.Is(unicode.Latin, c) }) {
		if alike := points(s, func(c rune) bool { return unicode.In(c, unicode.Cyrillic, unicode.Greek) }); alike != "" {
			return "W_MIXED_SCRIPT", "the id mixes Latin letters with letters that look alike: " + alike
		}
	}
	return "", ""
}

// plainID reports whether s is printable ASCII, as most ids are.
func plainID(s string) bool {
	for i := range len(s) {
		if s[i]-0x20 > 0x5e {
			return false
		}
	}
	return true
}

func checkTotal(s string) (code, message string) {
	name := s
	if !plainID(s) {
		name = Folded(s)
	}
	name = strings.TrimRight(name, ": ")
	if slices.ContainsFunc(totals, func(t string) bool { return strings.EqualFold(t, name) }) {
		return "E_ID", "looks like a total row"
	}
	return "", ""
}

// hidden reports whether c cannot be seen or changes how its neighbours are
// seen. Letters and marks that print as nothing are listed by hand: Unicode
// counts them as printable. So is U+FFFD, which stands for damaged text.
func hidden(c rune) bool {
	if c == utf8.RuneError || c == 0x034f || c == 0x115f || c == 0x1160 || c == 0x2800 || c == 0x3164 || c == 0xffa0 {
		return true
	}
	return !unicode.IsPrint(c)
}

// points lists the code points of s that match, each once, at most five.
func points(s string, match func(rune) bool) string {
	var found []string
	for _, c := range s {
		name := fmt.Sprintf("U+%04X", c)
		if match(c) && !slices.Contains(found, name) {
			if len(found) == 5 {
				return strings.Join(found, ", ") + ", …"
			}
			found = append(found, name)
		}
	}
	return strings.Join(found, ", ")
}
