package statement

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/problem"
)

// A block is a part of the letter whose words the company may replace: a text with {{.Field}} and {{if .Field}}.
type block struct {
	name  string
	at    contracts.Pos // of its text
	tmpl  *template.Template
	file  bool   // it stands in a file of blocks
	bare  string // the text of a block without any field, which need not be run
	plain bool
}

// BlockNames are the blocks, in the order in which they stand in a letter.
func BlockNames() []string {
	return []string{"title", "greeting", "apology", "cause", "prevention", "lead", "affected", "remedy", "payment", "action", "objection", "rights", "phishing", "closing"}
}

// FieldNames are the fields that a block may use. State is due, granted, not-affected, nothing, owes-back or void; Affected and MustClaim
// (what is paid must be asked for, and was not yet) are yes or empty; Amount is what is paid, Back what is owed back. A field that has no value for a customer to whom a block is written is an
// error, unless it stands inside {{if .Field}}.
func FieldNames() []string {
	return []string{"Affected", "Amount", "Back", "BillLine", "ClaimBy", "Company", "Contract", "Customer", "Date", "Desk", "Email", "Hours", "Incident",
		"MustClaim", "Name", "ObjectBy", "PaidOn", "Phone", "RecordsAsOf", "Service", "State", "Subscription"}
}

// value is a field; one without a value prints a mark that is looked for afterwards.
type value string

const noValue = "\x00no value\x00"

func (v value) String() string {
	if v == "" {
		return noValue
	}
	return string(v)
}

// fields are the values of a customer's fields, by name.
type fields map[string]value

// functions are those that a block may use.
var functions = []string{"and", "or", "not", "eq", "ne"}

// newBlock parses and checks a block. What is wrong is a Problem at the place of the text.
func newBlock(name, text string, at contracts.Pos) (*block, contracts.Problems) {
	t, err := template.New(name).Parse(text)
	if err != nil {
		return nil, contracts.Problems{at.Problem("E_TEMPLATE", "", "the block cannot be read: "+strings.TrimPrefix(err.Error(), "template: "), "a field is written {{.Name}}")}
	}
	b := &block{name: name, at: at, tmpl: t}
	if t.Tree == nil || t.Root == nil {
		b.plain = true
		return b, nil
	}
	if len(t.Templates()) > 1 {
		return nil, contracts.Problems{at.Problem("E_TEMPLATE", name, "a block defines another", "")}
	}
	b.plain = !strings.Contains(text, "{{")
	b.bare = text
	return b, checkNodes(t.Tree, t.Root, at, 0)
}

// checkNodes refuses whatever is not text, a known field, or a condition on known fields. first is the line of the file on which the text begins; 0
// keeps the place of the whole text.
func checkNodes(tree *parse.Tree, n parse.Node, at contracts.Pos, first int) contracts.Problems {
	var out contracts.Problems
	bad := func(n parse.Node, value, message, hint string) {
		p := at
		if first > 0 {
			p.Line = lineOf(tree, n)
			p.Column = 0
		}
		out = append(out, p.Problem("E_TEMPLATE", value, message, hint))
	}
	var visit func(n parse.Node)
	pipe := func(p *parse.PipeNode) {
		if p == nil {
			return
		}
		if len(p.Decl) > 0 {
			bad(p, p.String(), "a block has no variables of its own", "write the field where it is wanted")
		}
		for _, c := range p.Cmds {
			visit(c)
		}
	}
	visit = func(n parse.Node) {
		switch n := n.(type) {
		case *parse.ListNode:
			if n != nil {
				for _, x := range n.Nodes {
					visit(x)
				}
			}
		case *parse.TextNode, *parse.CommentNode, *parse.StringNode, *parse.BoolNode:
		case *parse.ActionNode:
			pipe(n.Pipe)
		case *parse.IfNode:
			pipe(n.Pipe)
			visit(n.List)
			visit(n.ElseList)
		case *parse.PipeNode:
			pipe(n)
		case *parse.CommandNode:
			for _, x := range n.Args {
				visit(x)
			}
		case *parse.FieldNode:
			if len(n.Ident) != 1 || !slices.Contains(FieldNames(), n.Ident[0]) {
				bad(n, n.String(), fmt.Sprintf("unknown field %s", n), problem.Suggest(n.Ident[0], FieldNames()))
			}
		case *parse.IdentifierNode:
			if !slices.Contains(functions, n.Ident) {
				bad(n, n.Ident, fmt.Sprintf("a block does not know the function %s", n.Ident), "one of "+strings.Join(functions, ", "))
			}
		default:
			bad(n, n.String(), "a block has fields and conditions only", "write {{.Field}} or {{if .Field}}…{{end}}")
		}
	}
	visit(n)
	return out
}

func lineOf(tree *parse.Tree, n parse.Node) int {
	location, _ := tree.ErrorContext(n)
	var line int
	parts := strings.Split(location, ":")
	if len(parts) >= 2 {
		fmt.Sscan(parts[len(parts)-2], &line)
	}
	return line
}

// errNoValue is the error of a block that uses fields which a customer does not have.
var errNoValue = errors.New("a field without a value")

// text writes the block with a customer's fields.
func (b *block) text(f fields) (string, error) {
	if b == nil {
		return "", nil
	}
	if b.plain {
		return b.bare, nil
	}
	var out strings.Builder
	if err := b.tmpl.Execute(&out, f); err != nil {
		return "", b.at.Problem("E_TEMPLATE", "", err.Error(), "")
	}
	if !strings.Contains(out.String(), noValue) {
		return strings.TrimSpace(out.String()), nil
	}
	return out.String(), errNoValue
}

// missing lists the fields that the block writes and that have no value in f, each with its place.
func (b *block) missing(f fields) map[string]contracts.Pos {
	out := map[string]contracts.Pos{}
	var visit func(n parse.Node)
	visit = func(n parse.Node) {
		switch n := n.(type) {
		case *parse.ListNode:
			if n != nil {
				for _, x := range n.Nodes {
					visit(x)
				}
			}
		case *parse.IfNode:
			visit(n.List)
			visit(n.ElseList)
		case *parse.ActionNode:
			for _, name := range FieldNames() {
				if f[name] == "" && strings.Contains(n.String(), "."+name) {
					at := b.at
					if b.file {
						at.Line = lineOf(b.tmpl.Tree, n)
					}
					out[name] = at
				}
			}
		}
	}
	visit(b.tmpl.Root)
	return out
}
