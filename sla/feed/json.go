package feed

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla"
)

// maxDepth bounds how deep values of a feed are nested.
const maxDepth = 64

// node is a value of JSON with the place at which it begins.
type node struct {
	kind   byte // { [ s n b 0: object, list, string, number, truth value, null
	text   string
	keys   []string
	fields map[string]*node
	items  []*node
	at     int
}

// item is a node that reports problems. The zero item stands for what is absent, null or already refused.
type item struct {
	b    *builder
	n    *node
	text []byte // in which the node stands
	line int    // lines before text
	path string
}

// parse reads one value of JSON to its end. What it returns is absent when the text is not JSON as it is asked.
func (b *builder) parse(text []byte, line int) item {
	root := item{b: b, text: text, line: line}
	if err := json.Unmarshal(text, new(json.RawMessage)); err != nil {
		at := 0
		if e := new(json.SyntaxError); errors.As(err, &e) {
			at = int(e.Offset) - 1
		}
		root.reportAt(at, "E_JSON", "not JSON: "+err.Error(), "give the feed as it was served")
		return item{b: b}
	}
	if at := loneSurrogate(text); at >= 0 {
		root.reportAt(at, "E_ENCODING", "half of a surrogate pair stands alone", "give the feed as it was served")
		return item{b: b}
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	root.n = root.walk(dec, 1)
	return root
}

// walk reads the next value. It returns nil when a part of it was refused.
func (x item) walk(dec *json.Decoder, depth int) *node {
	at := int(dec.InputOffset())
	for at < len(x.text) && strings.IndexByte(" \t\r\n,:", x.text[at]) >= 0 {
		at++
	}
	token, err := dec.Token()
	if err != nil {
		x.reportAt(at, "E_JSON", "not JSON: "+err.Error(), "give the feed as it was served")
		return nil
	}
	n := &node{at: at}
	switch t := token.(type) {
	case string:
		n.kind, n.text = 's', t
	case json.Number:
		n.kind, n.text = 'n', t.String()
	case bool:
		n.kind, n.text = 'b', strconv.FormatBool(t)
	case nil:
		n.kind = '0'
	case json.Delim:
		n.kind = byte(t)
		if depth > maxDepth {
			x.reportAt(at, "E_DEPTH", fmt.Sprintf("values are nested deeper than %d levels", maxDepth), "no feed needs that")
			return nil
		}
		n.fields = map[string]*node{}
		for dec.More() {
			key := ""
			if n.kind == '{' {
				t, err := dec.Token()
				key, _ = t.(string)
				if err != nil {
					x.reportAt(at, "E_JSON", "not JSON: "+err.Error(), "give the feed as it was served")
					return nil
				}
				if n.fields[key] != nil {
					x.reportAt(int(dec.InputOffset())-1, "E_DUP_KEY", fmt.Sprintf("%s stands twice in one object", contracts.Escape(key, 40)), "keep one")
					return nil
				}
			}
			v := x.walk(dec, depth+1)
			if v == nil {
				return nil
			}
			if n.kind == '{' {
				n.keys = append(n.keys, key)
				n.fields[key] = v
			} else {
				n.items = append(n.items, v)
			}
		}
		if _, err := dec.Token(); err != nil {
			return nil
		}
	}
	return n
}

// loneSurrogate finds an escape of half a character that has no other half, or −1: the library would put U+FFFD in its place.
func loneSurrogate(text []byte) int {
	unit := func(i int) rune { // the unit that an escape at i writes, or −1
		if i+6 > len(text) || text[i] != '\\' || text[i+1] != 'u' {
			return -1
		}
		n, err := strconv.ParseUint(string(text[i+2:i+6]), 16, 16)
		if err != nil {
			return -1
		}
		return rune(n)
	}
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		u := unit(i)
		switch {
		case u < 0:
			i++ // the escaped character
		case !utf16.IsSurrogate(u):
			i += 5
		case utf16.DecodeRune(u, unit(i+6)) == utf8.RuneError:
			return i
		default:
			i += 11
		}
	}
	return -1
}

func (x item) reportAt(at int, code, message, hint string) {
	at = min(max(at, 0), len(x.text))
	before := x.text[:at]
	start := bytes.LastIndexByte(before, '\n') + 1
	p := contracts.Problem{Line: x.line + bytes.Count(before, []byte{'\n'}) + 1, Column: utf8.RuneCount(before[start:]) + 1, Field: x.path, Code: code, Message: message, Hint: hint}
	if x.n != nil {
		p.Value = x.n.text
	}
	x.b.problem(p)
}

// report adds a problem at the value.
func (x item) report(code, message, hint string) {
	if x.n != nil {
		x.reportAt(x.n.at, code, message, hint)
	}
}

// lineNumber is the line on which the value begins.
func (x item) lineNumber() int {
	if x.n == nil {
		return 0
	}
	return x.line + bytes.Count(x.text[:x.n.at], []byte{'\n'}) + 1
}

// get is the field of that name, absent also when it is null.
func (x item) get(key string) item {
	out := item{b: x.b, text: x.text, line: x.line, path: strings.TrimPrefix(x.path+"."+key, ".")}
	if x.n == nil {
		return out
	}
	if x.n.kind != '{' {
		x.report("E_TYPE", "not an object", "is the format the right one?")
		return out
	}
	if v := x.n.fields[key]; v != nil && v.kind != '0' {
		out.n = v
	}
	return out
}

// has reports whether the field stands there, null or not.
func (x item) has(key string) bool { return x.n != nil && x.n.fields[key] != nil }

// need is a field that must be there.
func (x item) need(key string) item {
	out := x.get(key)
	if x.n != nil && x.n.kind == '{' && out.n == nil {
		x.report("E_REQUIRED", key+" is missing", "is the format the right one?")
	}
	return out
}

// list is the items of a list; of what is absent there are none.
func (x item) list() []item {
	if x.n == nil {
		return nil
	}
	if x.n.kind != '[' {
		x.report("E_TYPE", "not a list", "is the format the right one?")
		return nil
	}
	var out []item
	for i, v := range x.n.items {
		out = append(out, item{b: x.b, n: v, text: x.text, line: x.line, path: fmt.Sprintf("%s[%d]", x.path, i)})
	}
	return out
}

// sortedKeys are the names of an object's fields.
func (x item) sortedKeys() []string {
	if x.n == nil {
		return nil
	}
	if x.n.kind != '{' {
		x.report("E_TYPE", "not an object", "is the format the right one?")
	}
	return slices.Sorted(slices.Values(x.n.keys))
}

// str is a string, or a number as it is written.
func (x item) str() string {
	if x.n == nil {
		return ""
	}
	if x.n.kind != 's' && x.n.kind != 'n' {
		x.report("E_TYPE", "not a text", "is the format the right one?")
		return ""
	}
	return x.n.text
}

// time is an instant with its offset, or the zero time when it is absent or refused.
func (x item) time() time.Time {
	if x.n == nil {
		return time.Time{}
	}
	t, note, err := contracts.ParseTime(x.str(), x.b.local)
	if err != nil {
		x.report(sla.TimeCode(err), err.Error(), "write a time with its offset, as 2024-09-16T21:31:02Z, or name the zone")
		return time.Time{}
	}
	if note != "" {
		x.b.assume("a time of more digits than the millisecond, or in an unusual form, was read to the millisecond", "")
	}
	return t
}

// epoch is an instant in seconds since 1970, or in milliseconds when the number has more than 11 digits, which seconds reach
// in the year 5138 only.
func (x item) epoch() time.Time {
	if x.n == nil {
		return time.Time{}
	}
	n, err := strconv.ParseInt(x.str(), 10, 64)
	if err != nil || n <= 0 || n > 253_402_300_799_999 {
		x.report("E_DATE", "not a time in seconds or milliseconds since 1970", "write a whole number")
		return time.Time{}
	}
	if n < 100_000_000_000 {
		n *= 1000
	}
	return time.UnixMilli(n).UTC()
}
