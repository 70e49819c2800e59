package feed

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/amends-go/amends/contracts"
)

// decode makes UTF-8 of a feed: of UTF-16 when it begins with that byte order mark, and without the mark of UTF-8. It reports
// false for bytes that are neither.
func (b *builder) decode(data []byte) ([]byte, bool) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		order = binary.BigEndian
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		order = binary.LittleEndian
	}
	if order == nil {
		data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
		if !utf8.Valid(data) {
			b.problem(contracts.Problem{Line: 1, Code: "E_ENCODING", Message: "the text is not UTF-8", Hint: "give the feed as it was served"})
			return nil, false
		}
		return data, true
	}
	if len(data)%2 != 0 {
		b.problem(contracts.Problem{Line: 1, Offset: int64(len(data)), Code: "E_ENCODING", Message: "the text of UTF-16 ends within a character", Hint: "read the file again, it is cut off"})
		return nil, false
	}
	units := make([]uint16, 0, len(data)/2-1)
	for i := 2; i < len(data); i += 2 {
		units = append(units, order.Uint16(data[i:]))
	}
	out := make([]byte, 0, len(units))
	for i := 0; i < len(units); i++ {
		r := rune(units[i])
		if utf16.IsSurrogate(r) {
			low := rune(-1)
			if i+1 < len(units) {
				low = rune(units[i+1])
			}
			if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
				b.problem(contracts.Problem{Line: 1, Offset: int64(2 + 2*i), Code: "E_ENCODING", Message: "half of a surrogate pair stands alone", Hint: "give the feed as it was served"})
				return nil, false
			}
			i++
		}
		out = utf8.AppendRune(out, r)
	}
	b.problems = append(b.problems, contracts.Problem{File: b.name, Code: "N_ENCODING", Outcome: contracts.Accept, Message: "decoded from UTF-16"})
	return out, true
}

// feed parses a feed that is one value of JSON.
func (b *builder) feed(data []byte) item {
	text, ok := b.decode(data)
	if !ok {
		return item{b: b}
	}
	return b.parse(text, 0)
}
