package credits

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/problem"
)

// object reads a flat JSON object of texts and whole numbers. A decoder into a struct would take fields in another case, let the last of two
// equal fields win and turn damaged text into U+FFFD; it is also several times slower.
type object struct {
	b  []byte
	s  string // the same; its fields are parts of it
	at int
}

// readObject reads one line of the record.
func readObject(line []byte, rec *record) contracts.Problems {
	var ps contracts.Problems
	bad := func(code, field, value, message, hint string) {
		ps = append(ps, contracts.Problem{Field: field, Value: value, Code: code, Message: message, Hint: hint, Outcome: contracts.RefuseRow})
	}
	syntax := func(o *object, want string) contracts.Problems {
		bad("E_JSON", "", string(line[:min(len(line), 1024)]), fmt.Sprintf("not a record: byte %d, expected %s", o.at+1, want), "one JSON object a line, of texts and whole numbers")
		return ps
	}
	if !utf8.Valid(line) {
		bad("E_ENCODING", "", string(line[:min(len(line), 1024)]), "the line is not UTF-8", "save the file as UTF-8")
		return ps
	}
	o := &object{b: line, s: string(line)}
	if !o.take('{') {
		return syntax(o, "{")
	}
	var found [64]bool
	for n := 0; !o.take('}'); n++ {
		if n > 0 && !o.take(',') {
			return syntax(o, ", or }")
		}
		name, ok := o.name(n)
		if !ok || !o.take(':') {
			return syntax(o, "a field")
		}
		value, quoted, ok := o.value()
		if !ok {
			return syntax(o, "a text or a whole number")
		}
		i := fieldIndex(name)
		switch {
		case i < 0:
			bad("E_UNKNOWN_FIELD", name, value, fmt.Sprintf("unknown field %q", name), problem.Suggest(name, fieldNames()))
			continue
		case found[i]:
			bad("E_DUP_FIELD", name, value, name+" stands twice", "keep one")
			continue
		}
		found[i] = true
		if f := recordFields[i]; quoted != (f.text != nil) {
			bad("E_TYPE", name, value, "a text where a whole number belongs, or the other way about", "texts stand in quotes and amounts do not")
		} else if quoted {
			*f.text(rec) = value
		} else if n, p := number(name, value); p != nil {
			ps = append(ps, *p)
		} else {
			*f.whole(rec) = n
		}
	}
	if o.blanks(); o.at < len(o.b) {
		return syntax(o, "the end of the line")
	}
	for i, f := range recordFields {
		if !found[i] {
			ps = append(ps, missing(f.name))
		}
	}
	return ps
}

func (o *object) blanks() {
	for o.at < len(o.b) && (o.b[o.at] == ' ' || o.b[o.at] == '\t' || o.b[o.at] == '\r') {
		o.at++
	}
}

// take passes the character c, if it is next.
func (o *object) take(c byte) bool {
	o.blanks()
	if o.at < len(o.b) && o.b[o.at] == c {
		o.at++
		return true
	}
	return false
}

// name reads the name of a field. That of field n, which most often comes next, is not copied.
func (o *object) name(n int) (string, bool) {
	o.blanks()
	if n < len(recordFields) {
		want := recordFields[n].name
		if end := o.at + 1 + len(want); end < len(o.b) && o.b[o.at] == '"' && o.b[end] == '"' && string(o.b[o.at+1:end]) == want {
			o.at = end + 1
			return want, true
		}
	}
	return o.text()
}

// text reads a string; escapes are left to encoding/json.
func (o *object) text() (string, bool) {
	if !o.take('"') {
		return "", false
	}
	start, escaped := o.at, false
	for ; o.at < len(o.b); o.at++ {
		switch c := o.b[o.at]; {
		case c == '"':
			o.at++
			if !escaped {
				return o.s[start : o.at-1], true
			}
			var s string
			err := json.Unmarshal(o.b[start-1:o.at], &s)
			return s, err == nil
		case c == '\\':
			escaped = true
			o.at++
		case c < 0x20:
			return "", false
		}
	}
	return "", false
}

// value reads a text or a number; a number is given as it is written.
func (o *object) value() (s string, quoted, ok bool) {
	o.blanks()
	if o.at < len(o.b) && o.b[o.at] == '"' {
		s, ok = o.text()
		return s, true, ok
	}
	rest := o.b[o.at:]
	n := bytes.IndexAny(rest, " \t\r,}")
	if n <= 0 || rest[0] != '-' && (rest[0] < '0' || rest[0] > '9') {
		return "", false, false
	}
	o.at += n
	return o.s[o.at-n : o.at], false, true
}
