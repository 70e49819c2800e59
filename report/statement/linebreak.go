package statement

import (
	"strings"
	"unicode"
)

// noStart are the characters that begin no line (行頭禁則), noEnd those that end none (行末禁則).
const (
	noStart = "、。，．・：；？！‼⁇⁈⁉ヽヾゝゞ々ー’”）〕］｝〉》」』】〙〗〟｠»ァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ‐゠–〜～%％‰℃°′″,.:;?!)]}％…‥"
	noEnd   = "‘“（〔［｛〈《「『【〘〖〝｟«([{$¥￥£€#＃№"
)

// counters follow a number and stay with it.
const counters = "円年月日時分秒名件歳個か"

// wide reports whether a character is set without blanks between words, so that a line may end on either side of it.
func wide(r rune) bool {
	return r >= 0x2e80 && !unicode.IsSpace(r) || strings.ContainsRune("…‥“”‘’", r) || r >= 0x3000 && r <= 0x303f
}

// units splits a text into pieces between which a line may end: a wide character with what must not be parted from it, or a word. A
// blank belongs to the end of the piece before it.
func units(text string) []string {
	var out []string
	runes := []rune(text)
	start, seen := 0, rune(0)
	for i := 1; i < len(runes); i++ {
		if !unicode.IsSpace(runes[i-1]) {
			seen = runes[i-1]
		}
		opened := strings.ContainsRune(noEnd, seen) // a bracket stays with what follows it, also after a blank
		if parts(runes[i-1], runes[i]) && !opened {
			out = append(out, string(runes[start:i]))
			start = i
		}
	}
	if start < len(runes) {
		out = append(out, string(runes[start:]))
	}
	return out
}

// parts reports whether a line may end between two characters.
func parts(a, b rune) bool {
	switch {
	case b == ' ' || b == '　':
		return false
	case strings.ContainsRune(noStart, b) || strings.ContainsRune(noEnd, a):
		return false
	case a == ' ' || a == '　':
		return true
	case a >= '0' && a <= '9' && strings.ContainsRune(counters, b):
		return false
	}
	return wide(a) || wide(b)
}

// breakLines breaks a text into lines of at most a width, by the rules of 禁則: what may not begin a line takes the piece before it along. A piece
// that is wider than a line is cut.
func breakLines(text string, width int, measure func(rune) int) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		lines = append(lines, breakParagraph(paragraph, width, measure)...)
	}
	return lines
}

func breakParagraph(text string, width int, measure func(rune) int) []string {
	var lines []string
	line, at := "", 0
	flush := func() {
		lines = append(lines, strings.TrimRight(line, " 　"))
		line, at = "", 0
	}
	for _, u := range units(text) {
		w := 0
		for _, r := range strings.TrimRight(u, " ") {
			w += measure(r)
		}
		if at+w > width && line != "" {
			flush()
		}
		if w > width { // a word longer than a line
			for _, r := range u {
				if at+measure(r) > width && line != "" {
					flush()
				}
				line += string(r)
				at += measure(r)
			}
			continue
		}
		line += u
		for _, r := range u {
			at += measure(r)
		}
	}
	if line != "" || len(lines) == 0 {
		flush()
	}
	return lines
}
