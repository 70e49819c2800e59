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
		return out, nil
	}
	for _, r := range s {
		if _, err := enc.String(string(r)); err != nil && !strings.ContainsRune(string(bad), r) {
			bad = append(bad, r)
		}
	}
	return nil, bad
}

// cp932Problem reports the characters of a text that CP932 does not have; the caller says where it stands.
func cp932Problem(s string, bad []rune) contracts.Problem {
	var list []string
	for _, r := range bad {
		list = append(list, fmt.Sprintf("%c U+%04X", r, r))
	}
	return contracts.Problem{Value: s, Code: "E_CHARSET", Message: "CP932 (Shift_JIS) does not have " + strings.Join(list, ", "), Hint: "write it with characters that it has, such as a common form of the kanji"}
}
