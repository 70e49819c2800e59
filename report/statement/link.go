package statement

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// linkForm matches what a reader, or the program that shows the letter, takes for a link: a scheme, mailto: and tel: among them, or a
// name that begins with www. An address of e-mail by itself is none.
var linkForm = regexp.MustCompile(`(?i)[a-z][a-z0-9+.-]{1,20}://\S*|(^|[^a-z0-9])(mailto:|tel:|javascript:|data:[a-z]+/)\S*|(^|[^a-z0-9@.-])www\s?\.\S*|<a\s|href\s*=`)

// Link finds a link in a text, or "". Full-width letters and signs count as the narrow ones, and signs that cannot be seen do not hide one.
func Link(s string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\u2060' || r == '\ufeff' || r == '\u00ad':
			return -1
		case r == '。' || r == '｡':
			return '.'
		}
		return r
	}, norm.NFKC.String(s))
	if !mayLink(plain) {
		return ""
	}
	return strings.TrimSpace(linkForm.FindString(plain))
}

// linkMarks are such that every match of linkForm holds one of them.
var linkMarks = []string{"://", "www", "mailto:", "tel:", "javascript:", "data:", "<a", "href"}

// mayLink spares the texts that hold no mark the search for a form.
func mayLink(s string) bool {
	if !strings.ContainsAny(s, ":<wWhH") {
		return false
	}
	s = strings.ToLower(s)
	return slices.ContainsFunc(linkMarks, func(mark string) bool { return strings.Contains(s, mark) })
}
