package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/amends-go/amends/contracts"
)

// helpLint prints what the warnings of amends check mean: all of them, or those of that code or that hold all the words.
func helpLint(w io.Writer, words []string) error {
	codes := contracts.LintCodes()
	exact := slices.ContainsFunc(codes, func(k contracts.LintCode) bool { return len(words) == 1 && k.Code == strings.ToUpper(words[0]) })
	found := 0
	for _, k := range codes {
		text := strings.ToLower(strings.Join([]string{k.Code, k.What.JA, k.What.EN, k.Remedy}, "\n"))
		if exact && k.Code != strings.ToUpper(words[0]) || !exact && slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, strings.ToLower(word)) }) {
			continue
		}
		found++
		fmt.Fprintf(w, "%s\n\n%s\n  %s\n\n  Example\n\n%s\n\n%s\n\n", k.Code, fill(k.What.EN, 100, "  "), k.What.JA, indent(strings.TrimRight(k.Example, "\n"), "    "), fill("Remedy: "+k.Remedy, 100, "  "))
	}
	if found == 0 {
		var names []string
		for _, k := range codes {
			names = append(names, k.Code)
		}
		return exitError{exitUsage, fmt.Errorf("no warning is told of by %q; there are: %s", strings.Join(words, " "), strings.Join(names, ", "))}
	}
	return nil
}
