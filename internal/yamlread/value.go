package yamlread

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/amends-go/amends/internal/problem"
	"go.yaml.in/yaml/v4"
)

// Value is a node of a file. All methods work on nil, which stands for a value
// that is absent or already refused: they return zero and report nothing more.
type Value struct {
	c    *Collector
	node *yaml.Node
	path string
}

// Pos is where the value stands.
func (v *Value) Pos() problem.Pos {
	if v == nil {
		return problem.Pos{}
	}
	return problem.Pos{File: v.c.file, Line: v.node.Line, Column: v.node.Column, Field: v.path}
}

// Report adds a problem at the value.
func (v *Value) Report(code, message, hint string) {
	if v == nil {
		return
	}
	value := ""
	if v.node.Kind == yaml.ScalarNode {
		value = v.node.Value
	}
	v.c.add(v.Pos().Problem(code, value, message, hint))
}

// Limit adds a problem that stops the reading at a named limit.
func (v *Value) Limit(code, message, hint string) {
	if v == nil {
		return
	}
	p := v.Pos().Problem(code, v.node.Value, message, hint)
	p.Outcome = problem.Limit
	v.c.add(p)
}

func kindName(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a map"
	case yaml.SequenceNode:
		return "a list"
	}
	return "a single value"
}

// IsMap and IsList say what the value is.
func (v *Value) IsMap() bool { return v != nil && v.node.Kind == yaml.MappingNode }

// IsList reports whether the value is a list.
func (v *Value) IsList() bool { return v != nil && v.node.Kind == yaml.SequenceNode }

// isNull reports an empty or null scalar, which is never a value.
func (v *Value) isNull() bool {
	n := v.node
	return n.Kind == yaml.ScalarNode && n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0 &&
		(n.Value == "" || n.Value == "~" || n.Value == "null" || n.Value == "Null" || n.Value == "NULL")
}

// name is the last part of the path.
func (v *Value) name() string {
	if i := strings.LastIndexByte(v.path, '.'); i >= 0 {
		return v.path[i+1:]
	}
	if v.path == "" {
		return "the file"
	}
	return v.path
}

// Fields are the fields of a map, read by name; [Fields.Done] reports what nobody asked for.
type Fields struct {
	v     *Value
	keys  []*yaml.Node
	vals  map[string]*Value
	asked map[string]bool
	order []string
}

// Map reads the value as a map. A repeated key is reported with both places.
func (v *Value) Map() *Fields {
	f := &Fields{v: v, vals: map[string]*Value{}, asked: map[string]bool{}}
	if v == nil {
		return f
	}
	if v.node.Kind != yaml.MappingNode {
		if v.isNull() {
			v.Report("E_REQUIRED", v.name()+" is empty", "write its fields")
		} else {
			v.Report("E_TYPE", "found "+kindName(v.node)+", expected a map of fields", "")
		}
		f.v = nil
		return f
	}
	lines := map[string]int{}
	for i := 0; i+1 < len(v.node.Content); i += 2 {
		k, val := v.node.Content[i], v.node.Content[i+1]
		kv := &Value{v.c, k, join(v.path, k.Value)}
		if k.Kind != yaml.ScalarNode {
			kv.Report("E_TYPE", "a field name must be a single word", "")
			continue
		}
		if first, dup := lines[k.Value]; dup {
			kv.Report("E_DUP_KEY", fmt.Sprintf("%s stands twice, at line %d and at line %d", k.Value, first, k.Line), "keep one")
			continue
		}
		lines[k.Value] = k.Line
		f.keys = append(f.keys, k)
		f.order = append(f.order, k.Value)
		f.vals[k.Value] = &Value{v.c, val, join(v.path, k.Value)}
	}
	return f
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// Keys lists the fields in the order of the file, for maps whose names are free.
func (f *Fields) Keys() []string { return f.order }

// Has reports whether the field stands in the file; it does not count as asked for.
func (f *Fields) Has(key string) bool { return f.vals[key] != nil }

// Key is the field's name as a value, to report a problem with the name itself.
func (f *Fields) Key(key string) *Value {
	for _, k := range f.keys {
		if k.Value == key {
			return &Value{f.v.c, k, join(f.v.path, key)}
		}
	}
	return nil
}

// Optional returns the field, or nil when it is absent. An empty one is reported.
func (f *Fields) Optional(key string) *Value {
	f.asked[key] = true
	v := f.vals[key]
	if v != nil && v.isNull() {
		v.Report("E_REQUIRED", key+" is empty", "write a value, or leave the field out")
		return nil
	}
	return v
}

// Required returns the field, reporting its absence at the map.
func (f *Fields) Required(key string) *Value {
	if f.v != nil && f.vals[key] == nil {
		f.Missing(key, "E_REQUIRED", key+" is missing", "add the field")
		return nil
	}
	return f.Optional(key)
}

// Missing reports, at the map, that a field is absent.
func (f *Fields) Missing(key, code, message, hint string) {
	f.asked[key] = true
	if f.v == nil {
		return
	}
	p := f.v.Pos()
	p.Field = join(f.v.path, key)
	f.v.c.add(p.Problem(code, "", message, hint))
}

// Done reports the fields that nobody asked for, with the name that may be meant.
func (f *Fields) Done() {
	if f.v == nil {
		return
	}
	var known []string
	for k := range f.asked { // order: sorted in suggest
		known = append(known, k)
	}
	for _, k := range f.keys {
		if f.asked[k.Value] {
			continue
		}
		hint := ""
		if len(f.v.c.problems) < 1000 { // a name takes a while to guess, and nobody reads on from here
			hint = problem.Suggest(k.Value, known)
		}
		if strings.Contains(k.Value, " ") { // no field has one: it is the rest of a text
			hint = "where it belongs to the text before it, put that text in quotes: a comma ends it"
		}
		(&Value{f.v.c, k, join(f.v.path, k.Value)}).Report("E_UNKNOWN_FIELD", fmt.Sprintf("unknown field %q", k.Value), hint)
	}
}

// List reads the value as a list.
func (v *Value) List() []*Value {
	if v == nil {
		return nil
	}
	if v.node.Kind != yaml.SequenceNode {
		v.Report("E_TYPE", "found "+kindName(v.node)+", expected a list", "write [a, b] or one item a line after a dash")
		return nil
	}
	var out []*Value
	for i, n := range v.node.Content {
		item := &Value{v.c, n, fmt.Sprintf("%s[%d]", v.path, i)}
		if item.isNull() {
			item.Report("E_REQUIRED", "the item is empty", "write a value, or leave the dash out")
			continue
		}
		out = append(out, item)
	}
	return out
}

// Scalar returns the source text of a single value.
func (v *Value) Scalar() (string, bool) {
	if v == nil {
		return "", false
	}
	if v.node.Kind != yaml.ScalarNode {
		v.Report("E_TYPE", "found "+kindName(v.node)+", expected a single value", "")
		return "", false
	}
	if v.isNull() {
		v.Report("E_REQUIRED", v.name()+" is empty", "write a value")
		return "", false
	}
	return v.node.Value, true
}

// Quoted reports whether the text stood in quotes, so that it is text and no number.
func (v *Value) quoted() bool {
	return v.node.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
}

// Text reads wording: any text that is not empty.
func (v *Value) Text() string {
	s, ok := v.Scalar()
	if ok && strings.TrimSpace(s) == "" {
		v.Report("E_REQUIRED", v.name()+" is empty", "write a value")
	}
	return s
}

var (
	idForm       = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]*$`)
	leadingZero  = regexp.MustCompile(`^[-+]?0[0-9]+$`)
	plainInteger = regexp.MustCompile(`^-?[0-9]+$`)
)

// ID reads an identifier: small letters, digits, point, dash and underscore, at most 64 characters.
func (v *Value) ID() string {
	s, ok := v.Scalar()
	if !ok {
		return ""
	}
	if leadingZero.MatchString(s) && !v.quoted() {
		v.Report("E_NUM_FORM", "a number with a leading zero can be read in two ways", "put it in quotes, or write the number without the zero")
		return ""
	}
	if !idForm.MatchString(s) || len(s) > 64 {
		v.Report("E_ID", "not an identifier", "use small letters, digits, '.', '-' and '_', at most 64 characters")
		return ""
	}
	return s
}

// IDs reads a list of identifiers.
func (v *Value) IDs() []string {
	var out []string
	for _, item := range v.List() {
		if id := item.ID(); id != "" {
			out = append(out, id)
		}
	}
	return out
}

// Bool reads true or false.
func (v *Value) Bool() bool {
	s, ok := v.Scalar()
	if ok && s != "true" && s != "false" {
		v.Report("E_ENUM", "neither true nor false", "write true or false")
	}
	return s == "true"
}

// Int reads a whole number within bounds, written in plain digits.
func (v *Value) Int(lo, hi int64) int64 {
	s, ok := v.Scalar()
	if !ok {
		return lo
	}
	if !plainInteger.MatchString(s) || leadingZero.MatchString(s) {
		v.Report("E_NUM_FORM", "not a whole number in plain digits", fmt.Sprintf("write digits only, from %d to %d", lo, hi))
		return lo
	}
	if len(s) > 39 {
		v.Limit("E_RANGE", "more than 38 digits", "")
		return lo
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < lo || n > hi {
		v.Report("E_RANGE", "out of range", fmt.Sprintf("from %d to %d", lo, hi))
		return lo
	}
	return n
}

// Enum reads one of the names and returns its place, or −1.
func (v *Value) Enum(names ...string) int {
	s, ok := v.Scalar()
	if !ok {
		return -1
	}
	for i, n := range names {
		if n == s {
			return i
		}
	}
	hint := problem.Suggest(s, names)
	if hint == "" || strings.HasPrefix(hint, "did you") {
		hint = strings.TrimPrefix(hint+"; one of "+strings.Join(names, ", "), "; ")
	}
	v.Report("E_ENUM", fmt.Sprintf("unknown value %q", s), hint)
	return -1
}

// Digits reads a code of so many digits. One that begins with a zero stands in quotes, or it could be read as a number.
func (v *Value) Digits(n int) string {
	s, ok := v.Scalar()
	if !ok {
		return ""
	}
	if leadingZero.MatchString(s) && !v.quoted() {
		v.Report("E_NUM_FORM", "a number with a leading zero can be read in two ways", "put it in quotes")
		return ""
	}
	if len(s) != n || strings.Trim(s, "0123456789") != "" {
		v.Report("E_ID", fmt.Sprintf("not a code of %d digits", n), fmt.Sprintf("write %d digits, with zeros in front, in quotes", n))
		return ""
	}
	return s
}
