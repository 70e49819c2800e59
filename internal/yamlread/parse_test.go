package yamlread_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/amends-go/amends/internal/problem"
	"github.com/amends-go/amends/internal/yamlread"
	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

// place is what a test expects of a problem.
type place struct {
	Code         string
	Line, Column int
	Field        string
	Offset       int64
}

func placesOf(ps problem.Problems) []place {
	var out []place
	for _, p := range ps {
		out = append(out, place{p.Code, p.Line, p.Column, p.Field, p.Offset})
	}
	return out
}

// terms is a small form with a field of every kind.
type terms struct {
	Country, Start, Code, Rate string
	Cap, Fee                   int64
	Keys                       []string
}

// readTerms reads a file in that form.
func readTerms(text string) (terms, problem.Problems) {
	v, c := yamlread.Parse("terms.yaml", []byte(text))
	f := v.Map()
	var t terms
	t.Keys = f.Keys()
	t.Country, _ = f.Optional("country").Scalar()
	t.Start, _ = f.Optional("start").Scalar()
	t.Rate, _ = f.Optional("rate").Scalar()
	t.Code = f.Optional("code").ID()
	t.Cap = f.Optional("cap").Int(0, 1_000_000)
	t.Fee = f.Optional("fee").Int(0, 1_000_000)
	f.Optional("on")
	f.Optional("n")
	f.Optional("list").List()
	f.Done()
	return t, c.Problems()
}

// bomb is the alias bomb: each level names the one before it nine times.
func bomb() string {
	var b strings.Builder
	b.WriteString("a: &a [x,x,x,x,x,x,x,x,x]\n")
	for c := 'b'; c <= 'i'; c++ {
		fmt.Fprintf(&b, "%c: &%c [%s*%c]\n", c, c, strings.Repeat(fmt.Sprintf("*%c,", c-1), 8), c-1)
	}
	return b.String()
}

func mergeDoubling() string {
	var b strings.Builder
	b.WriteString("a0 : &a0 {k0: v}\n")
	for i := 1; i <= 22; i++ {
		fmt.Fprintf(&b, "a%-2d: &a%d {<<: [*a%d, *a%d], k%d: v}\n", i, i, i-1, i-1, i)
	}
	return b.String()
}

// anchors are the problems of a file with an anchor in that column of each line.
func anchors(lines, column int) []place {
	var out []place
	for line := 1; line <= lines; line++ {
		out = append(out, place{Code: "E_YAML_ALIAS", Line: line, Column: column})
	}
	return out
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		id, name, text string
		want           []place
	}{
		{"YAML-01", "an alias bomb is refused at each of its anchors", bomb(), anchors(9, 4)},
		{"YAML-01", "an alias is refused as an anchor is", "cap: &c 1\nfee: *c\n", []place{{Code: "E_YAML_ALIAS", Line: 1, Column: 6}, {Code: "E_YAML_ALIAS", Line: 2, Column: 6}}},
		{"YAML-02", "merge keys that double are refused at each anchor", mergeDoubling(), anchors(23, 6)},
		{"YAML-02", "a merge key needs no anchor to be refused", "cap: 1\n<<: {fee: 2}\n", []place{{Code: "E_YAML_ALIAS", Line: 2, Column: 1}}},
		{"YAML-03", "brackets nested too deep", strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000), []place{{Code: "E_DEPTH", Line: 1, Column: 65}}},
		{"YAML-05", "a key that stands twice", "cap: 1000\nfee: 1\ncap: 9000\n", []place{{Code: "E_DUP_KEY", Line: 3, Column: 1, Field: "cap"}}},
		{"YAML-06", "keys alike but for case and width", "cap: 1\nCap: 2\nｃａｐ: 3\n", []place{
			{Code: "E_UNKNOWN_FIELD", Line: 2, Column: 1, Field: "Cap"}, {Code: "E_UNKNOWN_FIELD", Line: 3, Column: 1, Field: "ｃａｐ"}}},
		{"YAML-07", "a misspelt field", "fee: 1\ncpa: 1000\n", []place{{Code: "E_UNKNOWN_FIELD", Line: 2, Column: 1, Field: "cpa"}}},
		{"YAML-10", "a leading zero in an identifier", "code: 010\n", []place{{Code: "E_NUM_FORM", Line: 1, Column: 7, Field: "code"}}},
		{"YAML-10", "a leading zero in a number", "fee: 010\n", []place{{Code: "E_NUM_FORM", Line: 1, Column: 6, Field: "fee"}}},
		{"YAML-11", "a hexadecimal number", "fee: 0x10\n", []place{{Code: "E_NUM_FORM", Line: 1, Column: 6, Field: "fee"}}},
		{"YAML-11", "a number with underscores", "fee: 1_000\n", []place{{Code: "E_NUM_FORM", Line: 1, Column: 6, Field: "fee"}}},
		{"YAML-11", "a number with an exponent", "fee: 1e3\n", []place{{Code: "E_NUM_FORM", Line: 1, Column: 6, Field: "fee"}}},
		{"YAML-11", "a number to the base of sixty", "fee: 1:30\n", []place{{Code: "E_NUM_FORM", Line: 1, Column: 6, Field: "fee"}}},
		{"YAML-13", "a whole number beyond 64 bits", "fee: 12345678901234567890123\n", []place{{Code: "E_RANGE", Line: 1, Column: 6, Field: "fee"}}},
		{"YAML-13", "a number of 39 digits", "fee: 1" + strings.Repeat("0", 39) + "\n", []place{{Code: "E_RANGE", Line: 1, Column: 6, Field: "fee"}}},
		{"YAML-17", "a NUL", "cap: 1\nv: \x00\n", []place{{Code: "E_ENCODING", Line: 2, Offset: 10}}},
		{"YAML-17", "bytes of CP932", "v: \xe8\xa1\x5c\n", []place{{Code: "E_ENCODING", Line: 1, Offset: 3}}},
		{"YAML-17", "UTF-16 with a byte order mark", "\xff\xfec\x00a\x00p\x00", []place{{Code: "E_ENCODING", Line: 1}}},
		{"YAML-17", "a tab that indents", "cap:\n\tfee: 1\n", []place{{Code: "E_ENCODING", Line: 2, Offset: 5}}},
		{"YAML-17", "a byte order mark inside the text", "cap: 1\n\ufefffee: 1\n", []place{{Code: "E_ENCODING", Line: 2, Offset: 7}}},
		{"YAML-17", "an escape character", "cap: \x1b[2J\n", []place{{Code: "E_ENCODING", Line: 1, Offset: 5}}},
		{"YAML-18", "a binary value", "cap: !!binary //8=\n", []place{{Code: "E_YAML_TAG", Line: 1, Column: 6}}},
		{"YAML-18", "a tag that names code", "cap: 1\nfee: !!python/object:os.system x\n", []place{{Code: "E_YAML_TAG", Line: 2, Column: 6}}},
		{"YAML-19", "a tilde", "cap: ~\n", []place{{Code: "E_REQUIRED", Line: 1, Column: 6, Field: "cap"}}},
		{"YAML-19", "nothing after the colon", "fee: 1\ncap:\n", []place{{Code: "E_REQUIRED", Line: 2, Column: 5, Field: "cap"}}},
		{"YAML-19", "the word null", "cap: null\n", []place{{Code: "E_REQUIRED", Line: 1, Column: 6, Field: "cap"}}},
		{"YAML-19", "an empty item", "list:\n  - 1\n  -\n", []place{{Code: "E_REQUIRED", Line: 3, Column: 4, Field: "list[1]"}}},
		{"documents", "a second document", "cap: 1\n---\ncap: 2\n", []place{{Code: "E_YAML_DOCS", Line: 2, Column: 1}}},
		{"empty", "an empty file", "", []place{{Code: "E_EMPTY", Line: 1}}},
		{"empty", "a file of comments", "# nothing\n\n", []place{{Code: "E_EMPTY", Line: 1}}},
		{"syntax", "a bracket that is not closed", "cap: 1\nlist: [1\nfee: 2\n", []place{{Code: "E_YAML", Line: 3, Column: 4}}},
		{"size", "one byte beyond the limit", "#" + strings.Repeat("x", yamlread.MaxBytes), []place{{Code: "E_SIZE", Line: 1}}},
		{"size", "one value beyond the limit", "cap: 1\nlist: [" + strings.Repeat("1,", yamlread.MaxMarks-3) + "1]\n", []place{{Code: "E_SIZE", Line: 2}}},
		{"type", "a list where a map belongs", "[1]\n", []place{{Code: "E_TYPE", Line: 1, Column: 1}}},
		{"type", "a map where a number belongs", "cap: {a: 1}\n", []place{{Code: "E_TYPE", Line: 1, Column: 6, Field: "cap"}}},
		{"type", "a single value where a list belongs", "list: 1\n", []place{{Code: "E_TYPE", Line: 1, Column: 7, Field: "list"}}},
		{"type", "a list as a field's name", "? [a]\n: 1\n", []place{{Code: "E_TYPE", Line: 1, Column: 3}}},
	}
	for _, tt := range tests {
		t.Run(tt.id+" "+tt.name, func(t *testing.T) {
			_, got := readTerms(tt.text)
			if diff := cmp.Diff(tt.want, placesOf(got)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			for _, p := range got {
				if p.File != "terms.yaml" {
					t.Errorf("the problem names the file %q", p.File)
				}
			}
		})
	}
}

// TestHiddenText refuses what an editor does not show as the library reads it, each fault at its place.
func TestHiddenText(t *testing.T) {
	tests := []struct {
		name, text string
		want       []place
	}{
		{"a line separator ends no comment", "code: a # a remark\u2028fee: 5\n", []place{{Code: "E_ENCODING", Line: 1, Offset: 18}}},
		{"nor does a paragraph separator", "code: a # a remark\u2029fee: 5\n", []place{{Code: "E_ENCODING", Line: 1, Offset: 18}}},
		{"every line with a control character is told", "code: a\x01\nrate: b\nfee: 5\x02\n", []place{{Code: "E_ENCODING", Line: 1, Offset: 7}, {Code: "E_ENCODING", Line: 3, Offset: 23}}},
		{"a control character as an escape", `code: "a\e[2J"` + "\n", []place{{Code: "E_ENCODING", Line: 1, Column: 7}}},
		{"a line end as an escape is text", `rate: "a\nb"` + "\n", nil},
		{"a bare tag", "code: ! a\n", []place{{Code: "E_YAML_TAG", Line: 1, Column: 7}}},
		{"an alias of nothing", "code: *nothing\n", []place{{Code: "E_YAML_ALIAS", Line: 1, Column: 7}}},
	}
	for _, tt := range tests {
		_, ps := readTerms(tt.text)
		if diff := cmp.Diff(tt.want, placesOf(ps)); diff != "" {
			t.Errorf("%s (-want +got):\n%s%v", tt.name, diff, ps)
		}
	}
}

func TestAccepted(t *testing.T) {
	tests := []struct {
		id, name, text string
		want           terms
	}{
		{"YAML-09", "the digits of a decimal are kept", "rate: 0.10\n", terms{Rate: "0.10", Keys: []string{"rate"}}},
		{"YAML-10", "a leading zero in quotes is text", "code: \"010\"\n", terms{Code: "010", Keys: []string{"code"}}},
		{"YAML-14", "NO is a country, on and n are names", "country: NO\non: off\nn: 5\n", terms{Country: "NO", Keys: []string{"country", "on", "n"}}},
		{"YAML-15", "a bare date is text", "start: 2026-01-01\n", terms{Start: "2026-01-01", Keys: []string{"start"}}},
		{"YAML-17", "a byte order mark at the start is no part of the text", "\ufeffcap: 1\n", terms{Cap: 1, Keys: []string{"cap"}}},
		{"YAML-17", "a tab between a value and a comment does not indent", "cap: 1\t# one\r\n", terms{Cap: 1, Keys: []string{"cap"}}},
		{"YAML-17", "a line of very many tabs indents nothing", "cap: 1\n" + strings.Repeat("\t", 3<<20) + "\n", terms{Cap: 1, Keys: []string{"cap"}}},
		{"YAML-19", "the word null in quotes is text", "country: \"null\"\n", terms{Country: "null", Keys: []string{"country"}}},
		{"documents", "one document may be marked at its start", "---\ncap: 1\n", terms{Cap: 1, Keys: []string{"cap"}}},
	}
	for _, tt := range tests {
		t.Run(tt.id+" "+tt.name, func(t *testing.T) {
			got, problems := readTerms(tt.text)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("terms (-want +got):\n%s", diff)
			}
		})
	}
}

// The places at which a repeated key is reported are both in the message.
func TestRepeatedKeyNamesBothLines(t *testing.T) {
	_, got := readTerms("cap: 1000\nfee: 1\ncap: 9000\n")
	if want := "cap stands twice, at line 1 and at line 3"; len(got) != 1 || got[0].Message != want {
		t.Errorf("got %v, want %q", got, want)
	}
}

// A file that the library refuses names the limit, whichever way the values are nested, and takes
// little memory to be refused.
func TestDepth(t *testing.T) {
	steps := func(levels int) string { // a map in a map, each line one blank further in
		var b strings.Builder
		for i := range levels {
			b.WriteString(strings.Repeat(" ", i) + "a:\n")
		}
		return b.String()
	}
	tests := []struct {
		name, text string
		deep       bool
	}{
		{"lists in brackets, just below the limit", strings.Repeat("[", 62) + "1" + strings.Repeat("]", 62), false},
		{"lists in brackets, at the limit", strings.Repeat("[", 63) + "1" + strings.Repeat("]", 63), false},
		{"lists in brackets, just above the limit", strings.Repeat("[", 64) + "1" + strings.Repeat("]", 64), true},
		{"lists on one line, at the limit", strings.Repeat("- ", 63) + "1\n", false},
		{"lists on one line, just above the limit", strings.Repeat("- ", 64) + "1\n", true},
		{"maps by indent, at the limit", steps(62) + strings.Repeat(" ", 62) + "a: 1\n", false},
		{"maps by indent, just above the limit", steps(63) + strings.Repeat(" ", 63) + "a: 1\n", true},
		{"brackets in quotes are not nested", "[\"" + strings.Repeat("[", 1000) + "\"]\n", false},
		{"closing brackets in quotes close nothing", strings.Repeat("[\"]\",", 100_000), true},
		{"brackets of both kinds, as many as fit", strings.Repeat("[{a: ", 30_000), true},
		{"lists on one line, as many as fit", strings.Repeat("- ", 190_000), true},
		{"keys on one line, as many as fit", strings.Repeat("? ", 190_000), true},
		{"lists and keys on one line, as many as fit", strings.Repeat("- ? ", 90_000), true},
		{"maps by indent, up to the size of a file", steps(2890), true},
		{"lists under keys at their own indent", indentless(2000), true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			v, c := yamlread.Parse("deep.yaml", []byte(tt.text))
			runtime.ReadMemStats(&after)
			deep := v == nil && len(c.Problems()) > 0
			for _, p := range c.Problems() {
				deep = deep && p.Code == "E_DEPTH" && p.Outcome == problem.Limit
			}
			if deep != tt.deep || (!deep && len(c.Problems()) > 0) {
				t.Errorf("refused as too deep: %v, want %v; problems %v", deep, tt.deep, c.Problems())
			}
			if took := after.TotalAlloc - before.TotalAlloc; took > 64<<20 {
				t.Errorf("the file took %d bytes of memory, more than 64 MiB", took)
			}
		})
	}
}

// indentless nests a list in a map in a list, where the lists stand at the indent of their keys.
func indentless(levels int) string {
	var b strings.Builder
	b.WriteString("a:\n")
	for i := range levels {
		b.WriteString(strings.Repeat("  ", i) + "- a:\n")
	}
	return b.String()
}

// The strict reader meets an alias as one node, so that refusing it costs no more than its text.
func TestLibraryKeepsAliases(t *testing.T) {
	var doc yaml.Node
	if err := yaml.Load([]byte(bomb()), &doc, yaml.WithV3Defaults()); err != nil {
		t.Fatal(err)
	}
	nodes, aliases := 0, 0
	var walk func(*yaml.Node)
	walk = func(n *yaml.Node) {
		nodes++
		if n.Kind == yaml.AliasNode {
			aliases++ // its target stands in Alias, not in Content
		}
		for _, child := range n.Content {
			walk(child)
		}
	}
	walk(&doc)
	// The document, one map, and nine keys, nine lists and nine items in each list.
	if want := 2 + 9 + 9 + 81; nodes != want {
		t.Errorf("the document has %d nodes, want %d", nodes, want)
	}
	if want := 8 * 9; aliases != want {
		t.Errorf("%d of them are aliases, want %d", aliases, want)
	}
}
