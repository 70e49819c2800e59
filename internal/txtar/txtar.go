// Package txtar reads text archives: a story in words, then files, each after a line with its name between
// "-- " and " --". Tests keep a whole case in one such file, so that a person can read it from top to bottom.
package txtar

import (
	"fmt"
	"io/fs"
	"strings"
	"testing/fstest"
)

// An Archive is a story and its files.
type Archive struct {
	Comment string // what stands before the first file
	Names   []string
	Files   fstest.MapFS
}

// Parse reads an archive. Lines end with \n. It refuses a name that is not a relative path with slashes, or that stands twice.
func Parse(text string) (*Archive, error) {
	a := &Archive{Files: fstest.MapFS{}}
	name := ""
	var body strings.Builder
	end := func() {
		if name == "" {
			a.Comment = body.String()
		} else {
			a.Files[name] = &fstest.MapFile{Data: []byte(body.String())}
		}
		body.Reset()
	}
	for line := range strings.Lines(text) {
		next, ok := marker(line)
		if !ok {
			body.WriteString(line)
			continue
		}
		end()
		name = next
		if !fs.ValidPath(name) || a.Files[name] != nil {
			return nil, fmt.Errorf("file %q: not a relative path, or it stands twice", name)
		}
		a.Names = append(a.Names, name)
	}
	end()
	return a, nil
}

// marker returns the name in a line that begins a file.
func marker(line string) (string, bool) {
	line = strings.TrimSuffix(line, "\n")
	if len(line) < len("-- x --") || !strings.HasPrefix(line, "-- ") || !strings.HasSuffix(line, " --") {
		return "", false
	}
	name := strings.TrimSpace(line[3 : len(line)-3])
	return name, name != ""
}
