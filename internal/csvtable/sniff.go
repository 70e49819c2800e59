package csvtable

import (
	"bytes"
	"fmt"

	"github.com/amends-go/amends/internal/problem"
)

// sniffed is what the first bytes of a file tell about the whole.
type sniffed struct {
	enc     encoding
	bom     int  // length of the byte order mark
	loneCR  bool // the header ends with a CR that no LF follows
	tabs    bool // the first line holds a tab
	problem *problem.Problem
}

// sniff looks at the first bytes of a file; whole says that there are no more.
func sniff(head []byte, whole bool) sniffed {
	var s sniffed
	if bytes.HasPrefix(head, []byte{0xff, 0xfe, 0, 0}) || bytes.HasPrefix(head, []byte{0, 0, 0xfe, 0xff}) {
		s.problem = foreign("UTF-32", 0)
		return s
	}
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		s.bom = 3
	} else if bytes.HasPrefix(head, []byte{0xff, 0xfe}) {
		s.enc, s.bom = utf16LE, 2
	} else if bytes.HasPrefix(head, []byte{0xfe, 0xff}) {
		s.enc, s.bom = utf16BE, 2
	}
	text := head[s.bom:]
	if s.enc != utf8Text {
		text = (&source{enc: s.enc}).decode(nil, text, whole)
	} else if at := iso2022JP(text); at >= 0 {
		s.problem = foreign("ISO-2022-JP", s.bom+at)
		return s
	} else if nulEveryOther(text) {
		s.problem = foreign("UTF-16 without a byte order mark", s.bom)
		return s
	}
	var mixed bool
	s.loneCR, mixed = lineEnds(text, whole)
	if mixed {
		s.problem = &problem.Problem{
			Line: 1, Code: "E_CSV_EOL", Outcome: problem.RefuseFile,
			Message: "the header ends with a lone CR, and later lines end with LF",
			Hint:    "save the file with one kind of line end",
		}
	}
	first := text
	if i := bytes.IndexAny(text, "\r\n"); i >= 0 {
		first = text[:i]
	}
	s.tabs = bytes.IndexByte(first, '\t') >= 0
	return s
}

func foreign(name string, offset int) *problem.Problem {
	return &problem.Problem{
		Code: "E_ENCODING", Offset: int64(offset), Outcome: problem.RefuseFile,
		Message: fmt.Sprintf("looks like %s (byte offset %d)", name, offset),
		Hint:    "convert to UTF-8 first",
	}
}

// iso2022JP returns where text switches to a Japanese character set by an
// escape sequence of that encoding, or −1.
func iso2022JP(text []byte) int {
	for _, esc := range []string{"\x1b$B", "\x1b$@", "\x1b(J", "\x1b(I"} {
		if i := bytes.Index(text, []byte(esc)); i >= 0 {
			return i
		}
	}
	return -1
}

// nulEveryOther reports whether one half of the first bytes is NUL and the
// other is not, as ASCII is in UTF-16.
func nulEveryOther(text []byte) bool {
	text = text[:min(len(text), 64)]
	var nul [2]int
	for i, c := range text {
		if c == 0 {
			nul[i%2]++
		}
	}
	half := len(text) / 2
	return half >= 2 && (nul[0] == 0 && nul[1] >= half || nul[1] == 0 && nul[0] >= half)
}

// lineEnds reports whether the first line end outside quotes is a lone CR, and
// whether others in text are then LF, which no program writes on purpose.
func lineEnds(text []byte, whole bool) (loneCR, mixed bool) {
	quoted := false
	for i, c := range text {
		if c == '"' {
			quoted = !quoted
		}
		if quoted || (c != '\r' && c != '\n') {
			continue
		}
		if c == '\n' {
			return loneCR, loneCR
		}
		if i+1 == len(text) {
			return loneCR || whole, false
		}
		if text[i+1] == '\n' {
			return loneCR, loneCR
		}
		loneCR = true
	}
	return loneCR, false
}

// likely names the encoding that text, which is not UTF-8, is well formed in,
// or returns an empty string.
func likely(text []byte) string {
	sjis, euc := wellFormed(text, sjisLen), wellFormed(text, eucLen)
	if sjis && euc {
		return "CP932 (Shift_JIS) or EUC-JP"
	} else if sjis {
		return "CP932 (Shift_JIS)"
	} else if euc {
		return "EUC-JP"
	}
	return ""
}

// wellFormed reports whether length finds a character at every place.
func wellFormed(text []byte, length func([]byte) int) bool {
	for len(text) > 0 {
		n := length(text)
		if n == 0 {
			return false
		}
		text = text[n:]
	}
	return true
}

// sjisLen is the length of the CP932 character that b begins with, or 0.
func sjisLen(b []byte) int {
	c := b[0]
	if c < 0x80 || (c >= 0xa1 && c <= 0xdf) {
		return 1
	}
	lead := (c >= 0x81 && c <= 0x9f) || (c >= 0xe0 && c <= 0xfc)
	if lead && len(b) > 1 && b[1] >= 0x40 && b[1] <= 0xfc && b[1] != 0x7f {
		return 2
	}
	return 0
}

// eucLen is the length of the EUC-JP character that b begins with, or 0.
func eucLen(b []byte) int {
	high := func(i int) bool { return len(b) > i && b[i] >= 0xa1 && b[i] <= 0xfe }
	c := b[0]
	if c < 0x80 {
		return 1
	} else if c == 0x8e && high(1) {
		return 2
	} else if c == 0x8f && high(1) && high(2) {
		return 3
	} else if high(0) && high(1) {
		return 2
	}
	return 0
}
