// Package yamlread reads YAML strictly: to nodes, which readers walk field by
// field. A scalar is its source text, never a number or a truth value that YAML
// made of it. Aliases, anchors, merge keys, tags, second documents, repeated and
// unknown keys are refused, with file, line, column and path, and every problem is
// collected before anything is refused.
//
// # Design
//
// 2026-11-23: A node of its own rather than decoding into structs: libraries
// read 010 as 8, 1e3 as 1000, NO as false and a bare date as midnight in UTC, and report
// one error at a time.
package yamlread

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/amends-go/amends/internal/problem"
	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// The limits of a file. A value of two bytes costs the library up to two kilobytes, so their number is
// bounded apart from the bytes: MaxMarks counts what parts values from each other.
const (
	MaxBytes = 4 << 20
	MaxDepth = 64
	MaxMarks = 200_000
)

// Parse reads the one document of a file. It returns nil with the problems when the file
// cannot be walked at all. Problems found later are added to the same list.
func Parse(file string, data []byte) (*Value, *Collector) {
	c := &Collector{file: file}
	if !c.readable(data) {
		return nil, c
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	l, err := newLoader(data)
	if err != nil {
		panic(err) // the options are our own
	}
	var doc, second yaml.Node
	if err := load(l, &doc); err != nil {
		if errors.Is(err, io.EOF) {
			c.add(problem.Problem{Line: 1, Code: "E_EMPTY", Message: "the file is empty"})
			return nil, c
		}
		c.syntax(err)
		return nil, c
	}
	if err := load(l, &second); err == nil {
		c.add(problem.Problem{Line: second.Line, Column: second.Column, Code: "E_YAML_DOCS", Message: "a second document begins here", Hint: "one file holds one document"})
	} else if !errors.Is(err, io.EOF) {
		c.syntax(err)
	}
	if len(doc.Content) == 0 {
		c.add(problem.Problem{Line: 1, Code: "E_EMPTY", Message: "the file is empty"})
		return nil, c
	}
	if !c.allowed(doc.Content[0], 1) {
		return nil, c
	}
	return &Value{c: c, node: doc.Content[0]}, c
}

// errDeep stops the library while it still scans, before it follows nesting by recursion.
var errDeep = errors.New("nested too deep")

// newLoader returns a loader that stops at MaxDepth brackets or indents. The two are counted apart, and a list may
// stand at the indent of its key, so that up to three times as much passes here; the exact limit is kept by allowed.
func newLoader(data []byte) (*yaml.Loader, error) {
	limits := loaderlimits.New(loaderlimits.DepthFunc(func(depth int, _ *yaml.DepthContext) error {
		if depth > MaxDepth {
			return errDeep
		}
		return nil
	}))
	return yaml.NewLoader(bytes.NewReader(data), yaml.WithV3Defaults(), yaml.WithPlugin(limits))
}

// load guards against a fault of the library: a file never stops the program.
func load(l *yaml.Loader, n *yaml.Node) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the file cannot be read as YAML: %v", r)
		}
	}()
	return l.Load(n)
}

// Collector gathers the problems of one file.
type Collector struct {
	file     string
	problems problem.Problems
}

// Problems are what was found so far.
func (c *Collector) Problems() problem.Problems { return c.problems }

func (c *Collector) add(p problem.Problem) {
	p.File = c.file
	c.problems = append(c.problems, p)
}

// readable checks bytes before the library sees them.
func (c *Collector) readable(data []byte) bool {
	if len(data) > MaxBytes {
		c.add(problem.Problem{Line: 1, Code: "E_SIZE", Outcome: problem.Limit, Message: fmt.Sprintf("the file has %d bytes; the limit is %d", len(data), MaxBytes), Hint: "split the file"})
		return false
	}
	line, marks, sound := 1, 0, true
	tabbed := false // where the first tab of a line does not indent, no later one does
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		bad := ""
		switch {
		case r == utf8.RuneError && size <= 1:
			bad = "the text is not UTF-8"
		case r == 0xFEFF && i > 0, r == 0xFFFE:
			bad = "a byte order mark stands inside the text"
		case r == 0x2028, r == 0x2029: // the library ends a line here and editors do not: a field could hide in a comment
			bad = fmt.Sprintf("the line separator U+%04X stands in the text", r)
		case r < 0x20 && r != '\n' && r != '\r' && r != '\t', r >= 0x7F && r < 0xA0:
			bad = fmt.Sprintf("the control character U+%04X stands in the text", r)
		case r == '\t' && !tabbed && indents(data, i):
			bad = "a tab indents the line"
		case r == '\n':
			line++
		}
		if bad != "" {
			c.add(problem.Problem{Line: line, Offset: int64(i), Code: "E_ENCODING", Message: bad, Hint: "save the file as UTF-8 and indent with spaces"})
			if sound = false; r == utf8.RuneError || len(c.problems) >= maxEncoding { // bytes of another encoding are wrong all over
				return false
			}
			tabbed = tabbed || r == '\t'
		}
		tabbed = r != '\n' && (tabbed || r == '\t')
		if parts(data, i) {
			marks++
		}
		if marks > MaxMarks {
			c.add(problem.Problem{Line: line, Code: "E_SIZE", Outcome: problem.Limit, Message: fmt.Sprintf("the file has more than %d values", MaxMarks), Hint: "split the file"})
			return false
		}
		i += size
	}
	return sound
}

// maxEncoding is how many faults of the encoding are listed: a file of another encoding has one in every word.
const maxEncoding = 20

// parts reports whether position i may part two values: a comma, a bracket, a line end, or a dash, question mark or colon
// before a blank or another mark.
func parts(data []byte, i int) bool {
	switch data[i] {
	case ',', '[', '{', '\n', '\r':
		return true
	case '-', '?', ':':
		return i+1 == len(data) || bytes.IndexByte([]byte(" \t\r\n,[]{}"), data[i+1]) >= 0
	}
	return false
}

// indents reports whether only blanks stand before position i on its line and something other than a line end after it.
func indents(data []byte, i int) bool {
	for j := i - 1; j >= 0 && data[j] != '\n'; j-- {
		if data[j] != ' ' && data[j] != '\t' {
			return false
		}
	}
	rest := bytes.TrimLeft(data[i:], "\t ")
	return len(rest) > 0 && rest[0] != '\n' && rest[0] != '\r'
}

func (c *Collector) tooDeep(line, column int) {
	c.add(problem.Problem{Line: line, Column: column, Code: "E_DEPTH", Outcome: problem.Limit, Message: fmt.Sprintf("values are nested deeper than %d levels", MaxDepth), Hint: "no file of a case needs that"})
}

// syntax reports what the library could not read.
func (c *Collector) syntax(err error) {
	p := problem.Problem{Line: 1, Code: "E_YAML", Message: "not YAML: " + err.Error(), Hint: "check indentation and quotes near this line"}
	if e := new(yaml.LoadError); errors.As(err, &e) {
		at := e.Mark
		if at.Line == 0 {
			at = e.ContextMark
		}
		p.Line, p.Column, p.Message = max(at.Line, 1), at.Column, "not YAML: "+e.Message
		if strings.Contains(e.Message, errDeep.Error()) {
			c.tooDeep(p.Line, p.Column)
			return
		}
		if strings.Contains(e.Message, "unknown anchor") {
			p.Code, p.Outcome, p.Message, p.Hint = "E_YAML_ALIAS", problem.Limit, "anchors and aliases are not allowed", "write the value out"
		}
	}
	c.add(p)
}

// hidden reports characters that nobody sees and that may act on who reads them; line ends and tabs are text.
func hidden(r rune) bool {
	return r != '\n' && r != '\t' && unicode.IsControl(r) || r == 0x2028 || r == 0x2029 || r == 0xFEFF
}

// allowed refuses, all at once, what YAML has and a case file may not: aliases, anchors, tags, depth.
func (c *Collector) allowed(n *yaml.Node, depth int) bool {
	at := problem.Problem{Line: n.Line, Column: n.Column}
	ok := true
	if depth > MaxDepth {
		c.tooDeep(n.Line, n.Column)
		return false
	}
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		at.Code, at.Outcome, at.Value = "E_YAML_ALIAS", problem.Limit, n.Value
		at.Message, at.Hint = "anchors and aliases are not allowed", "write the value out"
		c.add(at)
		return false
	}
	if n.Kind == yaml.ScalarNode && n.Style&yaml.DoubleQuotedStyle != 0 {
		if i := strings.IndexFunc(n.Value, hidden); i >= 0 {
			at.Code, at.Value = "E_ENCODING", n.Value
			at.Message, at.Hint = "the text has a control character written as an escape", "leave it out"
			c.add(at)
			ok = false
		}
	}
	if n.Style&yaml.TaggedStyle != 0 || n.Tag == "!" {
		at.Code, at.Value = "E_YAML_TAG", n.Tag
		at.Message, at.Hint = "tags are not allowed", "write the plain value"
		c.add(at)
		ok = false
	}
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 && child.Value == "<<" && child.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0 {
			c.add(problem.Problem{Line: child.Line, Column: child.Column, Code: "E_YAML_ALIAS", Outcome: problem.Limit, Value: "<<", Message: "merge keys are not allowed", Hint: "write the fields out"})
			return false
		}
		ok = c.allowed(child, depth+1) && ok
		if len(c.problems) > 100 {
			return false
		}
	}
	return ok
}
