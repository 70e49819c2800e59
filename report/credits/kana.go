package credits

import (
	"fmt"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
)

// Kana turns a name into what a 総合振込 may hold: half-width kana without small letters, ｦ and the long bar, voiced marks as letters of their
// own, A to Z, digits, space and ( ) - . /, which every bank takes. It changes
//
//   - full-width and half-width katakana, and hiragana, into half-width katakana;
//   - small kana into large ones, ヲ into ｵ, and the long bar ー and dashes into -;
//   - letters and signs of full width into narrow ones, and small letters into capitals;
//   - the middle dot ・ into a full stop, and the ideographic space into a space.
//
// Everything else, kanji above all, is not guessed: bad lists it, each once, in the order in which it stands.
func Kana(name string) (kana string, bad []rune) {
	var b strings.Builder
	for _, r := range name {
		if s, ok := kanaOf[r]; ok {
			b.WriteString(s)
		} else if !slices.Contains(bad, r) {
			bad = append(bad, r)
		}
	}
	return b.String(), bad
}

// kanaRows are katakana and what they become, in pairs of equal numbers of letters.
var kanaRows = [][2]string{
	{"アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン", "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ"},
	{"ァィゥェォッャュョヮヵヶヲー", "ｱｲｳｴｵﾂﾔﾕﾖﾜｶｹｵ-"},
	{"ｧｨｩｪｫｯｬｭｮｦｰ･", "ｱｲｳｴｵﾂﾔﾕﾖｵ-."},
	{"゛゜゙゚・　（）－．／", "ﾞﾟﾞﾟ. ()-./"},
	{"‐‑‒–—―−", "-------"},
}

// voiced are katakana with a mark, which follow their plain letter in Unicode.
const (
	voiced     = "ガギグゲゴザジズゼゾダヂヅデドバビブベボ"
	halfVoiced = "パピプペポ"
)

var kanaOf = kanaTable()

func kanaTable() map[rune]string {
	out := map[rune]string{}
	for _, row := range kanaRows {
		to := []rune(row[1])
		for i, r := range []rune(row[0]) {
			out[r] = string(to[i])
		}
	}
	for _, r := range voiced {
		out[r] = out[r-1] + "ﾞ"
	}
	for _, r := range halfVoiced {
		out[r] = out[r-2] + "ﾟ"
	}
	out['ヴ'] = "ｳﾞ"
	for r := 'ァ'; r <= 'ヶ'; r++ { // hiragana stand 0x60 before
		if s, ok := out[r]; ok {
			out[r-0x60] = s
		}
	}
	for r := 'ｱ'; r <= 'ﾟ'; r++ {
		out[r] = string(r)
	}
	for _, r := range "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
		out[r], out[r+0xfee0] = string(r), string(r)
		if r >= 'A' {
			out[r+0x20], out[r+0x20+0xfee0] = string(r), string(r)
		}
	}
	for _, r := range " ()-./" {
		out[r] = string(r)
	}
	return out
}

// kanaProblem reports what keeps a name from a field of n bytes; the caller says where.
func kanaProblem(name string, n int) *contracts.Problem {
	kana, bad := Kana(name)
	if len(bad) > 0 {
		var list []string
		for _, r := range bad {
			list = append(list, fmt.Sprintf("%c U+%04X", r, r))
		}
		return &contracts.Problem{Value: name, Code: "E_CHARSET", Message: "a transfer cannot hold " + strings.Join(list, ", "),
			Hint: "write the name in kana as the bank has it (カナ名義), with A to Z, digits, space and ( ) - . /"}
	}
	if size := len([]rune(kana)); size > n {
		return &contracts.Problem{Value: name, Code: "E_LIMIT_FIELD", Message: fmt.Sprintf("%d half-width letters, voiced marks counted; the field has %d", size, n),
			Hint: "write it as the bank cuts or shortens it, such as ｶ) for 株式会社"}
	}
	if strings.TrimSpace(kana) == "" {
		return &contracts.Problem{Value: name, Code: "E_REQUIRED", Message: "the name is blank", Hint: "write the name in kana"}
	}
	return nil
}

// kanaBytes are the bytes of JIS X 0201.
func kanaBytes(kana string) []byte {
	var out []byte
	for _, r := range kana {
		if r >= 'ｱ' {
			r += 0xb1 - 'ｱ'
		}
		out = append(out, byte(r))
	}
	return out
}
