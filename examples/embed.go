// Package examples holds the cases that come with the command.
package examples

import (
	"embed"
	"io/fs"
)

//go:embed all:jcom-2005
var files embed.FS

// Names lists the examples.
func Names() []string { return []string{"jcom-2005"} }

// Open returns the folder of an example.
func Open(name string) (fs.FS, error) {
	if _, err := fs.Stat(files, name+"/case.yaml"); err != nil {
		return nil, err
	}
	return fs.Sub(files, name)
}
