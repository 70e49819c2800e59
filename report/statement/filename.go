package statement

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxName bounds a name in bytes, without its ending; file systems stop at 255.
const maxName = 150

// reservedNames are devices on Windows, whatever follows the first dot.
var reservedNames = []string{"con", "prn", "aux", "nul", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"}

// FileName makes the name of a customer's file from its id and subscription, without an ending. Two that differ have names that differ, also
// where capitals and small letters are one, or letters with marks are taken apart. It never begins with a dot or a dash, holds no separator
// and is no name of a device.
//
// ASCII letters, digits, '.', '-' and '_' and the letters of Japanese stay; any other byte is %xx. A subscription follows "~~". Capitals are told after a
// last "~": u where every letter is one, else m with a bit for each letter, in hexadecimal digits. A name that would be too long is cut and ends with
// "~~~" and a hash.
func FileName(id, subscription string) string {
	name := escape(id)
	if subscription != "" {
		name += "~~" + escape(subscription)
	}
	if stem, _, _ := strings.Cut(name, "."); slices.Contains(reservedNames, strings.ToLower(strings.TrimRight(stem, " "))) {
		name = fmt.Sprintf("%%%02x%s", name[0], name[1:])
	}
	if len(name) > maxName {
		sum := sha256.Sum256([]byte(id + "\x00" + subscription))
		cut := name[:80]
		for !validEnd(cut) {
			cut = cut[:len(cut)-1]
		}
		return strings.ToLower(cut) + "~~~" + hex.EncodeToString(sum[:16])
	}
	return name + capitals(name)
}

// validEnd reports whether a cut name ends with a whole letter and a whole escape.
func validEnd(s string) bool {
	i := strings.LastIndexByte(s, '%')
	return strings.ToValidUTF8(s, "") == s && (i < 0 || i <= len(s)-3) && !strings.HasSuffix(s, "~")
}

func escape(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case r < 0x80 && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || i > 0 && (r == '.' || r == '-')),
			r >= 0x80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) && norm.NFC.String(string(r)) == string(r):
			b.WriteRune(r)
		default:
			for _, c := range []byte(string(r)) {
				fmt.Fprintf(&b, "%%%02x", c)
			}
		}
	}
	return b.String()
}

// capitals tells which letters of a name are capitals. The digits of escapes are small ones.
func capitals(name string) string {
	var bits []bool
	some, every := false, true
	for i := 0; i < len(name); i++ {
		c := name[i]
		if c == '%' {
			i += 2
			continue
		}
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			capital := c <= 'Z'
			bits = append(bits, capital)
			some, every = some || capital, every && capital
		}
	}
	switch {
	case !some:
		return ""
	case every:
		return "~u"
	}
	var b strings.Builder
	for i := 0; i < len(bits); i += 4 {
		n := 0
		for k := i; k < i+4 && k < len(bits); k++ {
			if bits[k] {
				n |= 1 << (k - i)
			}
		}
		fmt.Fprintf(&b, "%x", n)
	}
	return "~m" + b.String()
}
