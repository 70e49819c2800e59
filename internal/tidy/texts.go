package tidy

import (
	"bytes"
	"fmt"
	"go/format"
	"regexp"
	"strings"
)

// foreign matches what is no part of the project: places on the machines it was
// written on, and talk of how it was written. The parts are put together here so
// that this file does not match itself.
var foreign = regexp.MustCompile(`(?i)` + strings.Join([]string{
	`(^|[^\w.-])/(wo` + `rk|fa` + `rm|tm` + `p)/`,
	`\.\./sh` + `ared\b`,
	`\biss` + `ue #`,
	`\bsub-?` + `agents?\b`,
	`\bthis ses` + `sion\b`,
	`\bthe C` + `EO\b`,
	`\b(proxy|sum)\.gol` + `ang\.org\b`,
}, "|"))

// ForeignWords finds, in every text of the tree, words and paths that say
// nothing to a reader elsewhere.
func ForeignWords(t *Tree) []string {
	var found []string
	for _, x := range t.texts {
		for i, line := range strings.Split(x.content, "\n") {
			if word := foreign.FindString(line); word != "" {
				found = append(found, fmt.Sprintf("%s:%d: %q has no place in the project", x.path, i+1, strings.TrimSpace(word)))
			}
		}
	}
	return found
}

// Unformatted finds Go files that gofmt would change.
func Unformatted(t *Tree) []string {
	var found []string
	for _, f := range t.files {
		formatted, err := format.Source(f.src)
		if err != nil || !bytes.Equal(formatted, f.src) {
			found = append(found, f.path+": not as gofmt leaves it")
		}
	}
	return found
}
