package report

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// ErrOutputPath is the error of a path that output may not be written to: a
// directory, a symbolic link, a device or pipe, or a file marked read-only.
var ErrOutputPath = errors.New("output may not be written here")

// temporary is the pattern of the names that WriteFile writes under; a file of
// that pattern is what a killed run left behind.
const temporary = ".amends-*.tmp"

// CheckOutputPath reports, before anything is computed, whether WriteFile would
// write to path: a regular file that is not marked read-only, or a new name in
// a directory that exists. The error wraps [ErrOutputPath] or that of the file
// system.
func CheckOutputPath(path string) error {
	_, err := outputMode(path)
	return err
}

// WriteFile writes a file whole or not at all. What write produces goes to a
// temporary file in the same directory, which is synced and then renamed to
// path. On an error of write, a full disk or a panic the temporary file is
// removed and what stood at path stays as it was. Only when the last step, the
// sync of the directory, fails is the new file in place in spite of the error.
//
// A new file is readable by its owner and group (0640) and never more before it
// is complete (0600); a file that is replaced keeps its mode. A symbolic link is
// refused and neither followed nor replaced, because both would surprise:
// the one writes outside the directory named, the other cuts the link. Links
// among the directories of path are followed as usual.
func WriteFile(path string, write func(io.Writer) error) error {
	mode, err := outputMode(path)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), temporary)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	renamed := false
	defer func() { // also when write panics
		if !renamed {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	for _, step := range []func() error{
		func() error { return write(f) },
		func() error { return f.Chmod(mode) },
		f.Sync, // the content before the name: a crash leaves the old file or the new one
		f.Close,
		func() error { return os.Rename(f.Name(), path) },
	} {
		if err := step(); err != nil {
			return fmt.Errorf("write %s: %w", path, err)
		}
	}
	renamed = true
	if err := syncDir(filepath.Dir(path)); err != nil {
		return fmt.Errorf("write %s: sync of its directory: %w", path, err)
	}
	return nil
}

// outputMode returns the mode a file at path is to have, or why none may be
// written there.
func outputMode(path string) (fs.FileMode, error) {
	switch at, err := os.Lstat(path); {
	case path == "":
		return 0, fmt.Errorf("%w: the path is empty", ErrOutputPath)
	case errors.Is(err, fs.ErrNotExist):
		return newFileMode(path)
	case err != nil:
		return 0, fmt.Errorf("write %s: %w", path, err)
	case at.IsDir():
		return 0, fmt.Errorf("%w: %s is a directory", ErrOutputPath, path)
	case at.Mode()&fs.ModeSymlink != 0:
		return 0, fmt.Errorf("%w: %s is a symbolic link; name the file it leads to", ErrOutputPath, path)
	case !at.Mode().IsRegular():
		return 0, fmt.Errorf("%w: %s is not a regular file", ErrOutputPath, path)
	case at.Mode()&0o200 == 0:
		return 0, fmt.Errorf("%w: %s is marked read-only", ErrOutputPath, path)
	default:
		return at.Mode().Perm(), nil
	}
}

func newFileMode(path string) (fs.FileMode, error) {
	if os.IsPathSeparator(path[len(path)-1]) {
		return 0, fmt.Errorf("%w: %s names a directory", ErrOutputPath, path)
	}
	switch dir, err := os.Stat(filepath.Dir(path)); {
	case err != nil:
		return 0, fmt.Errorf("write %s: %w", path, err)
	case !dir.IsDir():
		return 0, fmt.Errorf("%w: %s is not a directory", ErrOutputPath, filepath.Dir(path))
	}
	return 0o640, nil
}

// syncDir makes a rename in dir durable. Windows has no such step.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
