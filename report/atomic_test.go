package report

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// dirTree is what a directory holds: names to content, "->" and the goal for a link.
func dirTree(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	held := make(map[string]string)
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		switch {
		case e.IsDir():
			held[e.Name()] = "directory"
		case e.Type()&fs.ModeSymlink != 0:
			goal, err := os.Readlink(path)
			if err != nil {
				t.Fatal(err)
			}
			held[e.Name()] = "-> " + goal
		default:
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			held[e.Name()] = string(b)
		}
	}
	return held
}

func textWriter(content string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, content)
		return err
	}
}

func writeOld(t *testing.T, path string, mode fs.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte("old"), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil { // whatever the umask
		t.Fatal(err)
	}
}

func TestWriteFile(t *testing.T) {
	for _, tt := range []struct {
		name string
		old  fs.FileMode // 0 when there is no old file
		mode fs.FileMode
	}{
		{"a new file is for owner and group", 0, 0o640},
		{"a private file stays private", 0o600, 0o600},
		{"an open file stays open", 0o664, 0o664},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "補償額.xlsx")
			if tt.old != 0 {
				writeOld(t, path, tt.old)
			}
			err := WriteFile(path, func(w io.Writer) error {
				during, err := filepath.Glob(filepath.Join(dir, temporary))
				if err != nil || len(during) != 1 {
					t.Fatalf("while writing there are %v, %v, want one temporary file beside the target", during, err)
				}
				at, err := os.Stat(during[0])
				if err != nil || at.Mode().Perm() != 0o600 {
					t.Errorf("the temporary file has mode %v, %v, want 0600", at.Mode(), err)
				}
				return textWriter("new")(w)
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(map[string]string{"補償額.xlsx": "new"}, dirTree(t, dir)); diff != "" {
				t.Errorf("directory (-want +got):\n%s", diff)
			}
			at, err := os.Stat(path)
			if err != nil || at.Mode().Perm() != tt.mode {
				t.Errorf("mode is %v, %v, want %v", at.Mode(), err, tt.mode)
			}
		})
	}
}

func TestWriteFileInTheWorkingDirectory(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := WriteFile("out.csv", textWriter("new")); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"out.csv": "new"}, dirTree(t, dir)); diff != "" {
		t.Errorf("directory (-want +got):\n%s", diff)
	}
}

func TestFailedWriteKeepsTheOldFile(t *testing.T) {
	broken := errors.New("no more rows")
	for _, tt := range []struct {
		name  string
		write func(io.Writer) error
		want  error
	}{
		{"before the first byte", func(io.Writer) error { return broken }, broken},
		{"half way", func(w io.Writer) error { return errors.Join(textWriter("ne")(w), broken) }, broken},
		{"when the content was closed behind our back", func(w io.Writer) error { return w.(io.Closer).Close() }, fs.ErrClosed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "out.csv")
			if err := WriteFile(path, tt.write); !errors.Is(err, tt.want) {
				t.Errorf("with no old file: %v, want %v", err, tt.want)
			}
			if diff := cmp.Diff(map[string]string{}, dirTree(t, dir)); diff != "" {
				t.Errorf("with no old file, directory (-want +got):\n%s", diff)
			}
			writeOld(t, path, 0o640)
			if err := WriteFile(path, tt.write); !errors.Is(err, tt.want) {
				t.Errorf("with an old file: %v, want %v", err, tt.want)
			}
			if diff := cmp.Diff(map[string]string{"out.csv": "old"}, dirTree(t, dir)); diff != "" {
				t.Errorf("with an old file, directory (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPanicWhileWritingKeepsTheOldFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out.csv")
	writeOld(t, path, 0o640)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		WriteFile(path, func(w io.Writer) error {
			textWriter("ne")(w)
			panic("broken invariant")
		})
	}()
	if diff := cmp.Diff(map[string]string{"out.csv": "old"}, dirTree(t, dir)); diff != "" {
		t.Errorf("directory (-want +got):\n%s", diff)
	}
}

func TestFailedRenameLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out.csv")
	err := WriteFile(path, func(w io.Writer) error {
		// Something took the name meanwhile.
		return errors.Join(textWriter("new")(w), os.MkdirAll(filepath.Join(path, "sub"), 0o755))
	})
	if err == nil {
		t.Error("renaming over a directory is no error")
	}
	if diff := cmp.Diff(map[string]string{"out.csv": "directory"}, dirTree(t, dir)); diff != "" {
		t.Errorf("directory (-want +got):\n%s", diff)
	}
}

func TestOutputPath(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	writeOld(t, at("file"), 0o640)
	writeOld(t, at("read-only"), 0o440)
	if err := errors.Join(
		os.Mkdir(at("folder"), 0o755),
		os.Symlink("file", at("link")),
		os.Symlink("nowhere", at("broken")),
		os.Symlink("folder", at("linked-folder")),
		syscall.Mkfifo(at("pipe"), 0o600),
	); err != nil {
		t.Fatal(err)
	}
	before := dirTree(t, at("folder"))
	for _, tt := range []struct {
		name, path string
		want       error // nil when it may be written
	}{
		{"a new name", at("new"), nil},
		{"a regular file", at("file"), nil},
		{"a new name in a linked directory", at("linked-folder/new"), nil},
		{"no name", "", ErrOutputPath},
		{"a directory", at("folder"), ErrOutputPath},
		{"a new name that ends as a directory", at("new") + "/", ErrOutputPath},
		{"a link to a file", at("link"), ErrOutputPath},
		{"a link to nothing", at("broken"), ErrOutputPath},
		{"a read-only file", at("read-only"), ErrOutputPath},
		{"a pipe", at("pipe"), ErrOutputPath},
		{"a directory that is not there", at("missing/new"), fs.ErrNotExist},
		{"a file taken for a directory", at("file/new"), syscall.ENOTDIR},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := CheckOutputPath(tt.path); !errors.Is(err, tt.want) {
				t.Errorf("CheckOutputPath = %v, want %v", err, tt.want)
			}
			if tt.want == nil {
				return
			}
			err := WriteFile(tt.path, func(io.Writer) error {
				t.Error("writing began")
				return nil
			})
			if !errors.Is(err, tt.want) {
				t.Errorf("WriteFile = %v, want %v", err, tt.want)
			}
		})
	}
	if diff := cmp.Diff(before, dirTree(t, at("folder"))); diff != "" {
		t.Errorf("directory (-want +got):\n%s", diff)
	}
}
