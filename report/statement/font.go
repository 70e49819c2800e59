package statement

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"slices"
	"unicode"

	"codeberg.org/go-pdf/fpdf"
	"github.com/amends-go/amends/contracts"
)

// FontPlaces are where a Japanese TrueType font is looked for when none is named, in order.
var FontPlaces = []string{
	"/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf", // Debian and Ubuntu: fonts-ipaexfont-gothic
	"/usr/share/fonts/ipa-ex-gothic-fonts/ipaexg.ttf",       // Fedora
	"/usr/share/fonts/OTF/ipaexg.ttf",                       // Arch
	"/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf",     // Debian: fonts-ipafont-gothic
	"/usr/share/fonts/truetype/bizud-gothic/BIZUDGothic-Regular.ttf",
}

// ErrFont is the error of a font that is missing or cannot be used.
var ErrFont = errors.New("no Japanese TrueType font")

const fontHint = "install one, such as the package fonts-ipaexfont-gothic (apt-get install fonts-ipaexfont-gothic), or name a .ttf file: --font FILE"

// Font is a TrueType font, read once for all letters.
type Font struct {
	Path, SHA256 string
	data         []byte
	has          func(rune) bool
}

// LoadFont reads the font at path, or where path is empty the first one found at [FontPlaces].
func LoadFont(path string) (*Font, error) {
	if path == "" {
		i := slices.IndexFunc(FontPlaces, func(p string) bool { _, err := os.Stat(p); return err == nil })
		if i < 0 {
			return nil, fmt.Errorf("%w is installed at a place known; %s", ErrFont, fontHint)
		}
		path = FontPlaces[i]
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w; %s", ErrFont, err, fontHint)
	}
	return newFont(path, data)
}

func newFont(path string, data []byte) (f *Font, err error) {
	defer func() { // a table that points outside the file
		if r := recover(); r != nil {
			f, err = nil, fmt.Errorf("%w: %s is damaged; %s", ErrFont, path, fontHint)
		}
	}()
	if len(data) < 12 || binary.BigEndian.Uint32(data) != 0x00010000 && string(data[:4]) != "true" {
		return nil, fmt.Errorf("%w: %s is no TrueType font (a collection, .ttc, and outlines of PostScript, .otf, are not read); %s", ErrFont, path, fontHint)
	}
	sum := sha256.Sum256(data)
	f = &Font{Path: path, SHA256: hex.EncodeToString(sum[:]), data: data}
	if f.has = basicPlane(data); f.has == nil || !f.has('あ') || !f.has('円') {
		return nil, fmt.Errorf("%w: %s has no Japanese letters; %s", ErrFont, path, fontHint)
	}
	return f, nil
}

// basicPlane returns which characters the font has, by its table of format 4, the one that the library writes from: it ends with the basic plane.
func basicPlane(data []byte) func(rune) bool {
	u16 := func(at int) int { return int(binary.BigEndian.Uint16(data[at:])) }
	u32 := func(at int) int { return int(binary.BigEndian.Uint32(data[at:])) }
	cmap := 0
	for i := range u16(4) {
		if entry := 12 + 16*i; string(data[entry:entry+4]) == "cmap" {
			cmap = u32(entry + 8)
		}
	}
	for i := range u16(cmap + 2) {
		entry := cmap + 4 + 8*i
		platform, encoding, t := u16(entry), u16(entry+2), cmap+u32(entry+4)
		if (platform == 3 && encoding == 1 || platform == 0) && u16(t) == 4 {
			n := u16(t+6) / 2
			glyphs := make([]bool, 0x10000)
			for s := range n {
				end, start := u16(t+14+2*s), u16(t+16+2*n+2*s)
				delta, offset := u16(t+16+4*n+2*s), u16(t+16+6*n+2*s)
				for c := start; c <= end && c < 0xffff; c++ {
					g := c + delta
					if offset != 0 {
						if g = u16(t + 16 + 6*n + 2*s + offset + 2*(c-start)); g != 0 {
							g += delta
						}
					}
					glyphs[c] = g&0xffff != 0
				}
			}
			return func(r rune) bool { return r < 0xffff && glyphs[r] }
		}
	}
	return nil
}

// Check notes the characters of a letter, and returns the problems of those that the font does not have.
func (f *Font) Check(l *Letter, used map[rune]bool) contracts.Problems {
	var out contracts.Problems
	told := map[rune]bool{}
	l.all(func(s string) {
		for _, r := range s {
			if r == '\n' {
				continue
			}
			if used[r] = true; !f.has(r) && !told[r] {
				told[r] = true
				hint := "write it otherwise in the list or the texts, or name another font: --font FILE"
				if r > 0xffff {
					hint = "PDF letters hold characters up to U+FFFF: write it otherwise in the list, or use --format html or xlsx"
				}
				out = append(out, contracts.Problem{Code: "E_FONT", Value: string(r), Message: fmt.Sprintf("the font has no %s, which the letter to customer %s needs", describe(r), l.Customer), Hint: hint})
			}
		}
	})
	return out
}

func describe(r rune) string {
	if unicode.IsPrint(r) {
		return fmt.Sprintf("%c (U+%04X)", r, r)
	}
	return fmt.Sprintf("U+%04X", r)
}

// characters lists the characters used and those of ASCII, in order.
func characters(used map[rune]bool) []rune {
	runes := make([]rune, 0, len(used)+64)
	for r := rune(0x20); r < 0x7f; r++ {
		runes = append(runes, r)
	}
	for r := range used { // order: sorted below
		runes = append(runes, r)
	}
	slices.Sort(runes)
	return slices.Compact(runes)
}

// cut is a font with only some characters, so that each letter reads a small one.
func cut(font []byte, runes []rune) []byte {
	return fpdf.UTF8CutFont(slices.Clone(font), string(runes)) // which writes into what it reads
}
