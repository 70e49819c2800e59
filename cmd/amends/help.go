package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
)

// helpTopic is a page of the manual that the command carries.
type helpTopic struct {
	name, about string
	print       func(a *app, words []string) error
}

// helpTopics lists the pages.
var helpTopics = []helpTopic{
	{"clauses", "every kind of clause: what it means, how it is written, who uses it, what it rounds", pages(helpClauses)},
	{"case", "the files of a case and their fields: case.yaml, incident.yaml, findings.yaml, customers.csv", pages(helpCase)},
	{"parameters", "the parameters of a case, with their values and what they are under its default findings: amends help parameters CASE", helpParameters},
	{"lint", "the warnings of amends check about contracts: what each means, an example and a remedy", pages(helpLint)},
}

// helpCmd prints a page of the manual, or those of its parts that hold the words.
type helpCmd struct {
	Topic string   `arg:"" optional:"" help:"What to tell about; without it the topics are listed."`
	Words []string `arg:"" optional:"" help:"A kind, field or code, or words to look for."`
}

// Run prints the page.
func (c *helpCmd) Run(a *app) error {
	for _, t := range helpTopics {
		if t.name == c.Topic {
			return t.print(a, c.Words)
		}
	}
	if c.Topic != "" {
		var names []string
		for _, t := range helpTopics {
			names = append(names, t.name)
		}
		return exitError{exitUsage, fmt.Errorf("no topic %q; there are: %s", c.Topic, strings.Join(names, ", "))}
	}
	for _, t := range helpTopics {
		fmt.Fprintf(a.out, "amends help %-10s %s\n", t.name, t.about)
	}
	return nil
}

// pages is a topic that needs no case.
func pages(print func(w io.Writer, words []string) error) func(*app, []string) error {
	return func(a *app, words []string) error { return print(a.out, words) }
}

// helpParameters lists the parameters of a case that move some amount; further words narrow the list.
func helpParameters(a *app, words []string) error {
	if len(words) == 0 {
		return exitError{exitUsage, errors.New("amends help parameters needs a case, such as firstserver-2012")}
	}
	folder, err := a.folder(words[0])
	if err != nil {
		return err
	}
	c, problems := sla.OpenCase(folder, sla.ReadOptions{})
	if c == nil {
		return problems
	}
	found := false
	for _, p := range report.ParametersOf(c) {
		text := strings.ToLower(p.Name + " " + p.Label.EN + " " + p.Label.JA)
		if slices.ContainsFunc(words[1:], func(w string) bool { return !strings.Contains(text, strings.ToLower(w)) }) {
			continue
		}
		found = true
		fmt.Fprintf(a.out, "%s\n    %s / %s\n    %s; %s: %s\n", p.Name, p.Label.In("ja"), p.Label.In("en"), p.Takes, c.Default, p.Value)
	}
	if !found {
		return exitError{exitUsage, fmt.Errorf("no parameter of the case has %q", strings.Join(words[1:], " "))}
	}
	return nil
}

// helpClauses prints the kinds of clause: all of them, or those of that name or that hold all the words.
func helpClauses(w io.Writer, words []string) error {
	found := 0
	if common := matching(contracts.CommonFields(), words); len(common) > 0 {
		found++
		fmt.Fprint(w, "every clause (すべての条項)\n\n")
		printFields(w, common)
		fmt.Fprintln(w)
	}
	for _, d := range contracts.KindDocs() {
		if !matches(d, words) {
			continue
		}
		found++
		fmt.Fprintf(w, "%s: %s (%s)\n\n%s\n\n", d.Kind, d.Term.EN, d.Term.JA, fill(d.Means, 100, "  "))
		printFields(w, d.Fields)
		fmt.Fprintf(w, "\n  Example\n\n%s\n\n  In use: %s\n  Rounding: %s\n\n", indent(d.Example, "    "), strings.TrimSpace(fill(d.Real, 90, "          ")), strings.TrimSpace(fill(d.Rounding, 88, "            ")))
	}
	if found == 0 {
		var kinds []string
		for _, d := range contracts.KindDocs() {
			kinds = append(kinds, d.Kind)
		}
		return exitError{exitUsage, fmt.Errorf("no kind of clause is told of by %q; there are: %s", strings.Join(words, " "), strings.Join(kinds, ", "))}
	}
	return nil
}

func printFields(w io.Writer, fields []contracts.FieldDoc) {
	for _, f := range fields {
		fmt.Fprintf(w, "    %-16s %s\n", f.Name, strings.TrimSpace(fill(f.Means, 78, strings.Repeat(" ", 21))))
	}
}

// matching keeps the fields in which all the words stand; without words, all.
func matching(fields []contracts.FieldDoc, words []string) []contracts.FieldDoc {
	var out []contracts.FieldDoc
	for _, f := range fields {
		text := strings.ToLower(f.Name + " " + f.Means)
		if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, strings.ToLower(word)) }) {
			out = append(out, f)
		}
	}
	return out
}

// matches reports whether the page of a kind is asked for: by its name, or by words that all stand in it.
func matches(d contracts.KindDoc, words []string) bool {
	if len(words) == 1 && slices.ContainsFunc(contracts.KindDocs(), func(x contracts.KindDoc) bool { return x.Kind == words[0] }) {
		return d.Kind == words[0]
	}
	text := strings.ToLower(strings.Join([]string{d.Kind, d.Term.JA, d.Term.EN, d.Means, d.Example, d.Real, d.Rounding}, "\n"))
	for _, f := range d.Fields {
		text += "\n" + strings.ToLower(f.Name+" "+f.Means)
	}
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, strings.ToLower(word)) })
}

// fill breaks text into lines of at most so many characters, each after the prefix.
func fill(text string, width int, prefix string) string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len([]rune(line))+1+len([]rune(word)) > width {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return indent(strings.Join(append(lines, line), "\n"), prefix)
}

// indent puts the prefix before every line.
func indent(text, prefix string) string {
	return prefix + strings.ReplaceAll(text, "\n", "\n"+prefix)
}
