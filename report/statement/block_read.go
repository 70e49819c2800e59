package statement

import (
	"fmt"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"
	"unicode"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/problem"
	"github.com/amends-go/amends/internal/yamlread"
)

// texts reads the blocks that stand in statement.yaml.
func (r *paperReader) texts(v *yamlread.Value) {
	if v == nil {
		return
	}
	f := v.Map()
	for _, name := range BlockNames() {
		x := f.Optional(name)
		if x == nil {
			continue
		}
		before := contracts.ReadText(x)
		for _, side := range []struct{ lang, text string }{{"ja", before.JA}, {"en", before.EN}} {
			if side.text == "" {
				continue
			}
			at := x.Pos()
			if before.JA != before.EN {
				at.Field += "." + side.lang
			}
			if side.lang == "ja" || before.JA != before.EN {
				reportLink(x, side.text)
			}
			b, problems := newBlock(name, strings.TrimSpace(side.text), at)
			if before.JA == before.EN && side.lang == "en" {
				problems = nil // reported for the other side
			}
			r.problems = append(r.problems, problems...)
			if b != nil {
				r.p.blocks[side.lang][name] = b
			}
		}
	}
	f.Done()
}

// templates reads the files of blocks.
func (r *paperReader) templates(v *yamlread.Value) {
	if v == nil {
		return
	}
	f := v.Map()
	ja, en := f.Optional("ja"), f.Optional("en")
	if v.IsMap() && ja == nil && en == nil {
		v.Report("E_REQUIRED", "templates names neither ja nor en", "name a file for one of them, or leave templates out")
	}
	r.templateFile(ja, "ja")
	r.templateFile(en, "en")
	f.Done()
}

func (r *paperReader) templateFile(v *yamlread.Value, lang string) {
	name, data := r.file(v)
	if data == nil {
		return
	}
	at := contracts.Pos{File: name, Line: 1}
	for i, line := range strings.Split(string(data), "\n") {
		if link := Link(line); link != "" {
			p := at
			p.Line = i + 1
			r.problems = append(r.problems, p.Problem("E_LINK", link, "a letter holds no link that a phisher could copy", "tell in words where to look"))
		}
	}
	set, err := template.New("").Parse(string(data))
	if err != nil {
		r.problems = append(r.problems, parseProblem(at, err))
		return
	}
	if line := strayLine(set); line > 0 {
		p := at
		p.Line = line
		r.problems = append(r.problems, p.Problem("E_TEMPLATE", "", "there is text outside the blocks", `put it between {{define "name"}} and {{end}}`))
	}
	all := set.Templates()
	slices.SortFunc(all, func(a, b *template.Template) int { return strings.Compare(a.Name(), b.Name()) })
	for _, t := range all {
		if t.Name() == "" {
			continue
		}
		p := at
		p.Line = lineOf(t.Tree, t.Root)
		p.Field = t.Name()
		switch {
		case !slices.Contains(BlockNames(), t.Name()):
			r.problems = append(r.problems, p.Problem("E_TEMPLATE", t.Name(), fmt.Sprintf("unknown block %q", t.Name()), problem.Suggest(t.Name(), BlockNames())))
		case r.p.blocks[lang][t.Name()] != nil:
			r.problems = append(r.problems, p.Problem("E_CONFLICT", t.Name(), "the block stands in statement.yaml as well", "keep one"))
		default:
			r.problems = append(r.problems, checkNodes(t.Tree, t.Root, p, 1)...)
			r.p.blocks[lang][t.Name()] = &block{name: t.Name(), at: p, tmpl: t, file: true}
		}
	}
}

// strayLine is the line on which a file of blocks has text outside every block, or 0. Comments may stand there.
func strayLine(set *template.Template) int {
	if set.Tree == nil || set.Root == nil {
		return 0
	}
	for _, n := range set.Root.Nodes {
		text := n.String()
		if n.Type() == parse.NodeComment || strings.TrimSpace(text) == "" {
			continue
		}
		line := lineOf(set.Tree, n)
		if n.Type() == parse.NodeText {
			line += strings.Count(text[:strings.IndexFunc(text, func(r rune) bool { return !unicode.IsSpace(r) })], "\n")
		}
		return line
	}
	return 0
}

// parseProblem takes the line out of an error of package template, which begins with "template: name:LINE: ".
func parseProblem(at contracts.Pos, err error) contracts.Problem {
	text := strings.TrimPrefix(err.Error(), "template: ")
	parts := strings.SplitN(text, ":", 3)
	if len(parts) == 3 {
		fmt.Sscan(parts[1], &at.Line)
		text = strings.TrimSpace(parts[2])
	}
	return at.Problem("E_TEMPLATE", "", "the file of blocks cannot be read: "+text, "a field is written {{.Name}}")
}
