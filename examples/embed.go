// Package examples holds the cases that come with the command: folders as a
// user would keep them, with the sources of their facts.
package examples

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
)

//go:embed firstserver-2012 jcom-2005 tokyo-2001 sqli-2014 cooling-2026
var files embed.FS

// Names lists the examples, the default first.
func Names() []string {
	return []string{"firstserver-2012", "jcom-2005", "tokyo-2001", "sqli-2014", "cooling-2026"}
}

// Open returns the folder of an example.
func Open(name string) (fs.FS, error) {
	if !slices.Contains(Names(), name) {
		return nil, fmt.Errorf("no example %q: one of %v", name, Names())
	}
	return fs.Sub(files, name)
}
