package credits

import (
	"fmt"
	"strings"

	"github.com/amends-go/amends/contracts"
	"golang.org/x/text/encoding/japanese"
)

// neighbours are the characters that CP932 has at another code point: programs other than Windows write the left ones.
var neighbours = strings.NewReplacer("〜", "～", "−", "－", "—", "―", "¥", "￥", "‖", "∥")

// cp932 encodes text. Characters that CP932 does not have are returned, each once, in the order in which they stand.
func cp932(s string) (encoded []byte, bad []rune) {
	if plainText(s) {
		return []byte(s), nil
	}
	s = neighbours.Replace(s)
	enc := japanese.ShiftJIS.NewEncoder()
	if out, err := enc.Bytes([]byte(s)); err == nil {
		return asWindows(out), nil
	}
	for _, r := range s {
		if _, err := enc.String(string(r)); err != nil && !strings.ContainsRune(string(bad), r) {
			bad = append(bad, r)
		}
	}
	return nil, bad
}

// asWindows changes, in place, the second code of characters that CP932 has twice into the one that Windows writes: those of rows ED and
// EE (NEC's choice of IBM's characters) stand again, in the same order, from FA40 on. 髙 is EEE0 and FBFC.
func asWindows(b []byte) []byte {
	for i := 0; i+1 < len(b); i++ {
		lead, trail := int(b[i]), int(b[i+1])
		if lead < 0x81 || lead >= 0xa0 && lead < 0xe0 {
			continue // one byte
		}
		if lead == 0xed || lead == 0xee {
			switch at := (lead-0xed)*188 + cellOf(trail); {
			case at < 360: // kanji
				b[i], b[i+1] = codeOf(at + 28)
			case lead == 0xee && trail >= 0xef && trail <= 0xf8: // ⅰ to ⅹ
				b[i], b[i+1] = codeOf(trail - 0xef)
			case lead == 0xee && trail == 0xf9: // ￢
				b[i], b[i+1] = 0x81, 0xca
			case lead == 0xee && trail >= 0xfa: // ￤ ＇ ＂
				b[i], b[i+1] = codeOf(trail - 0xfa + 21)
			}
		}
		i++
	}
	return b
}

// cellOf is the place of a second byte in its row; rows have 188 cells and no 7F.
func cellOf(trail int) int {
	if trail > 0x7f {
		trail--
	}
	return trail - 0x40
}

// codeOf is the code of a place counted from FA40.
func codeOf(at int) (lead, trail byte) {
	t := at%188 + 0x40
	if t >= 0x7f {
		t++
	}
	return byte(0xfa + at/188), byte(t)
}

// cp932Problem reports the characters of a text that CP932 does not have; the caller says where it stands.
func cp932Problem(s string, bad []rune) contracts.Problem {
	var list []string
	for _, r := range bad {
		list = append(list, fmt.Sprintf("%c U+%04X", r, r))
	}
	return contracts.Problem{Value: s, Code: "E_CHARSET", Message: "CP932 (Shift_JIS) does not have " + strings.Join(list, ", "), Hint: "write it with characters that it has, such as a common form of the kanji"}
}
