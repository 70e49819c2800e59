package sheetrows

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// The limits of a sheet.
const (
	MaxRows    = 1_048_576
	MaxColumns = 16_384
	MaxText    = 32_767              // UTF-16 units in a cell
	MaxNumber  = 999_999_999_999_999 // the greatest whole number that a spreadsheet keeps digit by digit
)

// The errors of what a sheet cannot hold. They are wrapped with the sheet and the cell.
var (
	ErrTooManyRows    = errors.New("a sheet holds 1,048,576 rows")
	ErrTooManyColumns = errors.New("a sheet holds 16,384 columns")
	ErrLongText       = errors.New("a cell holds 32,767 characters")
	ErrCharacter      = errors.New("a character that a workbook cannot hold")
)

// Rows writes the rows of one sheet, one after another and each from left to right. After the first error it writes nothing more; [Rows.Err] tells it.
type Rows struct {
	out   io.Writer
	buf   []byte
	sheet string
	row   int // 0 before the first
	col   int
	ref   []byte              // the row's number
	names *[MaxColumns]string // of the columns
	err   error
}

// block is about how much is handed on at a time, in bytes.
const block = 128 << 10

// columnNames are A, B, … in order; made when a sheet is first written, and not whenever the command starts.
var columnNames = sync.OnceValue(func() *[MaxColumns]string {
	names := new([MaxColumns]string)
	for i := range names {
		s := ""
		for n := i + 1; n > 0; n = (n - 1) / 26 {
			s = string(rune('A'+(n-1)%26)) + s
		}
		names[i] = s
	}
	return names
})

// Next begins the next row. A height in points other than 0 is set.
func (r *Rows) Next(height int) {
	r.close()
	if len(r.buf) >= block {
		r.flush()
	}
	r.row, r.col = r.row+1, 0
	if r.row > MaxRows {
		r.fail(ErrTooManyRows)
		return
	}
	r.ref = strconv.AppendInt(r.ref[:0], int64(r.row), 10)
	r.buf = append(append(append(r.buf, `<row r="`...), r.ref...), '"')
	if height > 0 {
		r.buf = append(r.buf, ` ht="`...)
		r.buf = strconv.AppendInt(r.buf, int64(height), 10)
		r.buf = append(r.buf, `" customHeight="1"`...)
	}
	r.buf = append(r.buf, '>')
}

// Skip leaves n cells out.
func (r *Rows) Skip(n int) { r.col += n }

// Row is the number of the row being written; 0 before the first.
func (r *Rows) Row() int { return r.row }

// Err is the first error.
func (r *Rows) Err() error { return r.err }

// Text writes text. It is never taken for a formula or a number.
func (r *Rows) Text(style int, s string) {
	r.open(style)
	if s == "" {
		r.buf = append(r.buf, `/>`...)
		return
	}
	r.buf = append(r.buf, ` t="inlineStr"><is><t`...)
	if edge(s[0]) || edge(s[len(s)-1]) || strings.ContainsAny(s, "\n\t") {
		r.buf = append(r.buf, ` xml:space="preserve"`...)
	}
	r.buf = append(r.buf, '>')
	r.escape(s)
	r.buf = append(r.buf, `</t></is></c>`...)
}

func edge(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// Int writes a whole number; one of more than 15 digits as text.
func (r *Rows) Int(style int, v int64) { r.Decimal(style, v, 0) }

// Decimal writes units ÷ 10^digits, exactly; a number of more than 15 digits as text.
func (r *Rows) Decimal(style int, units int64, digits int) {
	r.open(style)
	if units > MaxNumber || units < -MaxNumber {
		r.buf = append(r.buf, ` t="inlineStr"><is><t>`...)
		r.number(units, digits)
		r.buf = append(r.buf, `</t></is></c>`...)
		return
	}
	r.buf = append(r.buf, `><v>`...)
	r.number(units, digits)
	r.buf = append(r.buf, `</v></c>`...)
}

// Formula writes a formula with the value that it has, units ÷ 10^digits. A value of more than 15 digits is an error: a spreadsheet would work it
// out differently.
func (r *Rows) Formula(style int, formula string, units int64, digits int) {
	if units > MaxNumber || units < -MaxNumber {
		r.fail(fmt.Errorf("the value %d of a formula has more than 15 digits", units))
	}
	r.open(style)
	r.buf = append(r.buf, `><f>`...)
	r.escapeXML(formula)
	r.buf = append(r.buf, `</f><v>`...)
	r.number(units, digits)
	r.buf = append(r.buf, `</v></c>`...)
}

// TextFormula writes a formula with the text that it gives.
func (r *Rows) TextFormula(style int, formula, text string) {
	r.open(style)
	r.buf = append(r.buf, ` t="str"><f>`...)
	r.escapeXML(formula)
	r.buf = append(r.buf, `</f><v>`...)
	r.escape(text)
	r.buf = append(r.buf, `</v></c>`...)
}

// Bare writes a formula without its value, which whoever opens the workbook works out.
func (r *Rows) Bare(style int, formula string) {
	r.open(style)
	r.buf = append(r.buf, `><f>`...)
	r.escapeXML(formula)
	r.buf = append(r.buf, `</f></c>`...)
}

// number appends units ÷ 10^digits without zeros at its end, as spreadsheets write numbers.
func (r *Rows) number(units int64, digits int) {
	if digits == 0 {
		r.buf = strconv.AppendInt(r.buf, units, 10)
		return
	}
	u := uint64(units)
	if units < 0 {
		u = -u
		r.buf = append(r.buf, '-')
	}
	unit := uint64(1)
	for range digits {
		unit *= 10
	}
	r.buf = strconv.AppendUint(r.buf, u/unit, 10)
	frac := u % unit
	if frac == 0 {
		return
	}
	r.buf = append(r.buf, '.')
	for unit /= 10; frac > 0; unit /= 10 {
		r.buf = append(r.buf, byte('0'+frac/unit))
		frac %= unit
	}
}

// open begins a cell up to its style.
func (r *Rows) open(style int) {
	if r.col >= MaxColumns {
		r.fail(ErrTooManyColumns)
		r.col = 0
	}
	r.buf = append(append(append(r.buf, `<c r="`...), r.names[r.col]...), r.ref...)
	r.col++
	if style == 0 {
		r.buf = append(r.buf, '"')
		return
	}
	r.buf = append(r.buf, `" s="`...)
	r.buf = strconv.AppendInt(r.buf, int64(style), 10)
	r.buf = append(r.buf, '"')
}

// plain are the bytes of ASCII that stand in XML as they are; '_' may begin an escape of the workbook's own.
var plain = func() (t [256]bool) {
	for c := byte(' '); c < 0x7f; c++ {
		t[c] = c != '&' && c != '<' && c != '>' && c != '_'
	}
	return
}()

// escape writes text as a cell holds it.
func (r *Rows) escape(s string) {
	if len(s) > MaxText && units16(s) > MaxText {
		r.fail(ErrLongText)
		return
	}
	for {
		i := strings.IndexByte(s, '_')
		for i >= 0 && !escaped(s[i:]) {
			k := strings.IndexByte(s[i+1:], '_')
			if k < 0 {
				i = -1
				break
			}
			i += 1 + k
		}
		if i < 0 {
			r.escapeXML(s)
			return
		}
		r.escapeXML(s[:i])
		r.buf = append(r.buf, `_x005F_`...)
		s = s[i+1:]
	}
}

// escaped reports whether s begins with what a workbook takes for an escaped character, such as _x0041_.
func escaped(s string) bool {
	if len(s) < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_' {
		return false
	}
	for _, c := range []byte(s[2:6]) {
		if !(c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f') {
			return false
		}
	}
	return true
}

func units16(s string) int {
	n := 0
	for _, c := range s {
		n++
		if c > 0xffff {
			n++
		}
	}
	return n
}

// escapeXML writes text as XML holds it.
func (r *Rows) escapeXML(s string) {
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if plain[c] || c == '_' {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			x, n := utf8.DecodeRuneInString(s[i:])
			if x == utf8.RuneError && n == 1 || x == 0xfffe || x == 0xffff {
				r.fail(fmt.Errorf("%w: %U at byte %d of %q", ErrCharacter, x, i, s))
				return
			}
			i += n
			continue
		}
		r.buf = append(r.buf, s[start:i]...)
		switch c {
		case '&':
			r.buf = append(r.buf, `&amp;`...)
		case '<':
			r.buf = append(r.buf, `&lt;`...)
		case '>':
			r.buf = append(r.buf, `&gt;`...)
		case '\t', '\n', 0x7f:
			r.buf = append(r.buf, c)
		case '\r':
			r.buf = append(r.buf, `&#13;`...)
		default:
			r.fail(fmt.Errorf("%w: %U at byte %d of %q", ErrCharacter, rune(c), i, s))
			return
		}
		i++
		start = i
	}
	r.buf = append(r.buf, s[start:]...)
}

// fail keeps the first error, with its cell.
func (r *Rows) fail(err error) {
	if r.err == nil {
		r.err = fmt.Errorf("sheet %s, cell %s%d: %w", r.sheet, columnNames()[max(r.col-1, 0)], r.row, err)
	}
}

// close ends the row.
func (r *Rows) close() {
	if r.row > 0 {
		r.buf = append(r.buf, `</row>`...)
	}
}

// flush hands on what was written, unless there was an error.
func (r *Rows) flush() {
	if r.err == nil {
		if _, err := r.out.Write(r.buf); err != nil {
			r.err = err
		}
	}
	r.buf = r.buf[:0]
}
