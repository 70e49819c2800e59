package csvtable

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestCheckID(t *testing.T) {
	tests := []struct{ name, id, code, message string }{
		{"an ordinary id", "cust-1", "", ""},
		{"a Japanese id", "顧客１号", "", ""},
		{"a letter and the mark that makes it another", "か\u3099", "", ""},
		{"CUST-08 an empty id", "", "E_ID", "the id is empty"},
		{"CUST-08 blanks only", " \u3000\t", "E_ID", "the id is empty"},
		{"CUST-08 127 bytes", strings.Repeat("x", 127), "", ""},
		{"CUST-08 128 bytes", strings.Repeat("x", 128), "", ""},
		{"CUST-08 129 bytes", strings.Repeat("x", 129), "E_ID", "the id has 129 bytes; at most 128 are allowed"},
		{"CUST-08 43 characters of three bytes", strings.Repeat("山", 43), "E_ID", "the id has 129 bytes; at most 128 are allowed"},
		{"CUST-08 10,000 characters", strings.Repeat("x", 10000), "E_ID", "the id has 10000 bytes; at most 128 are allowed"},
		{"CUST-08 a hyphen is text", "-", "", ""},
		{"CUST-08 NULL is text", "NULL", "", ""},
		{"CUST-08 #N/A is text", "#N/A", "", ""},
		{"CUST-08 TRUE is text", "TRUE", "", ""},
		{"a blank before", " cust-1", "E_ID_CHARS", "the id has blanks around it: U+0020"},
		{"a blank behind", "山 ", "E_ID_CHARS", "the id has blanks around it: U+0020"},
		{"a blank inside", "cust 1", "", ""},
		{"a wide blank", "山\u3000田", "E_ID_CHARS", "the id has characters that cannot be seen: U+3000"},
		{"CUST-04 a right-to-left override", "cust\u202e-1", "E_ID_CHARS", "the id has characters that cannot be seen: U+202E"},
		{"CUST-04 an isolate", "\u2066cust-1\u2069", "E_ID_CHARS", "the id has characters that cannot be seen: U+2066, U+2069"},
		{"CUST-04 a zero-width space", "cust\u200b-1", "E_ID_CHARS", "the id has characters that cannot be seen: U+200B"},
		{"CUST-04 a byte order mark", "\ufeffcust-1", "E_ID_CHARS", "the id has characters that cannot be seen: U+FEFF"},
		{"CUST-04 a word joiner", "cust\u2060-1", "E_ID_CHARS", "the id has characters that cannot be seen: U+2060"},
		{"CUST-04 a letter that prints as nothing", "cust\u3164", "E_ID_CHARS", "the id has characters that cannot be seen: U+3164"},
		{"a control character", "a\x00b", "E_ID_CHARS", "the id has characters that cannot be seen: U+0000"},
		{"a line end", "a\nb", "E_ID_CHARS", "the id has characters that cannot be seen: U+000A"},
		{"each code point once, five at most", "\x01\x01\x02\x03\x04\x05\x06", "E_ID_CHARS",
			"the id has characters that cannot be seen: U+0001, U+0002, U+0003, U+0004, U+0005, …"},
		{"bytes that are not UTF-8", "a\x81", "E_ID_CHARS", "the id is not UTF-8"},
		{"CUST-04 a Cyrillic letter among Latin ones is warned of", "\u0441ust-1", "W_MIXED_SCRIPT",
			"the id mixes Latin letters with letters that look alike: U+0441"},
		{"CUST-04 a Greek letter among Latin ones is warned of", "cust-\u039f", "W_MIXED_SCRIPT",
			"the id mixes Latin letters with letters that look alike: U+039F"},
		{"Cyrillic alone is one script", "\u0441\u0442\u043e-1", "", ""},
		{"Latin and kanji are not alike", "A棟", "", ""},
		{"CSV-11 a Japanese total", "合計", "E_ID", "looks like a total row"},
		{"CSV-11 a subtotal", "小計", "E_ID", "looks like a total row"},
		{"CSV-11 a sum of sums with a colon", "総計：", "E_ID", "looks like a total row"},
		{"CSV-11 an English total in capitals", "TOTAL", "E_ID", "looks like a total row"},
		{"CSV-11 a full-width total", "ＳｕｂＴｏｔａｌ", "E_ID", "looks like a total row"},
		{"a customer whose id begins so", "total-hosting", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			code, message := CheckID(tt.id)
			if code != tt.code || message != tt.message {
				t.Errorf("got %s %q, want %s %q", code, message, tt.code, tt.message)
			}
		})
	}
}

func TestFolded(t *testing.T) {
	tests := []struct {
		name, a, b string
		same       bool
	}{
		{"width", "cust-1", "cust-１", true},
		{"blanks around", "cust-1", " cust-1", true},
		{"case", "cust-1", "CUST-1", true},
		{"composition", "が", "か\u3099", true},
		{"half-width katakana", "ガ", "ｶﾞ", true},
		{"sharp s", "straße", "STRASSE", true},
		{"a Cyrillic letter", "cust-1", "\u0441ust-1", false},
		{"a non-breaking hyphen and a hyphen-minus", "cust-1", "cust\u20111", false},
		{"another number", "cust-1", "cust-2", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Folded(tt.a) == Folded(tt.b); got != tt.same {
				t.Errorf("got %q and %q, want same %v", Folded(tt.a), Folded(tt.b), tt.same)
			}
		})
	}
}

func TestFoldedTwiceIsFoldedOnce(t *testing.T) {
	for c := rune(0); c <= unicode.MaxRune; c++ {
		if once := Folded(string(c)); Folded(once) != once {
			t.Errorf("U+%04X: got %q, want %q", c, Folded(once), once)
		}
		if c == 'İ' {
			continue // folds to i and a dot above (Unicode, CaseFolding.txt), its simple lower case is i
		}
		if lower := string(unicode.ToLower(c)); unicode.IsUpper(c) && Folded(string(c)) != Folded(lower) {
			t.Errorf("U+%04X: got %q, want %q as in lower case", c, Folded(string(c)), Folded(lower))
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if once := Folded(s); Folded(once) != once {
			t.Errorf("got %q, want %q", Folded(once), once)
		}
	})
}
