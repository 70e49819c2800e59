package statement

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
)

// Manifest says what the letters of a folder were made from.
type Manifest struct {
	Format  int    `json:"format"`
	Inputs  string `json:"inputs"` // SHA-256 over everything that a letter depends on
	Letters int64  `json:"letters"`
	Held    int64  `json:"held"`
	Names   string `json:"names"` // the file that lists the letters by name
}

func (r *Run) writeManifest(m Manifest) error {
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return report.WriteFile(filepath.Join(r.Dir, ManifestFile), func(w io.Writer) error {
		_, err := w.Write(append(data, '\n'))
		return err
	})
}

// begin makes the folder and its manifest, or finds them, and reports whether letters in it may be kept.
func (r *Run) begin() (resumed bool, err error) {
	if err := os.MkdirAll(r.Dir, 0o750); err != nil {
		return false, err
	}
	some := false
	if err := entries(r.Dir, func(string) { some = true }); err != nil {
		return false, err
	}
	there, err := ReadManifest(r.Dir)
	switch {
	case err == nil && there.Inputs == r.Inputs:
		resumed = true
	case r.Overwrite:
	case err == nil:
		return false, fmt.Errorf("%w: %s was written from other inputs or with other options; name another folder, or pass --overwrite", ErrOtherRun, r.Dir)
	case !errors.Is(err, fs.ErrNotExist):
		return false, fmt.Errorf("%w: %w; name another folder, or pass --overwrite", ErrOtherRun, err)
	default:
		if some {
			return false, fmt.Errorf("%w: %s is not empty and has no %s; name another folder, or pass --overwrite", ErrOtherRun, r.Dir, ManifestFile)
		}
	}
	err = entries(r.Dir, func(name string) {
		if strings.HasPrefix(name, ".amends-") && strings.HasSuffix(name, ".tmp") { // of a run that was killed
			os.Remove(filepath.Join(r.Dir, name))
		}
	})
	if resumed || err != nil {
		return resumed, err
	}
	return false, r.writeManifest(Manifest{Format: 1, Inputs: r.Inputs, Names: IndexFile})
}

// ReadManifest reads the manifest of a folder.
func ReadManifest(dir string) (*Manifest, error) {
	data, err := os.ReadFile(filepath.Join(dir, ManifestFile))
	if err != nil {
		return nil, err
	}
	m := &Manifest{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(m); err != nil || m.Format != 1 {
		return nil, fmt.Errorf("%s cannot be read", filepath.Join(dir, ManifestFile))
	}
	return m, nil
}

// strangers lists the files of the folder that are not of this run, such as letters to customers who left the list. Names are held in
// memory only where there are more files than there should be.
func (r *Run) strangers(counts *Counts) error {
	var n int64
	if err := entries(r.Dir, func(string) { n++ }); err != nil || n <= counts.Letters+2 {
		return err
	}
	ours := map[string]bool{IndexFile: true, ManifestFile: true}
	err := r.Rows(func(row sla.Row) error {
		ours[FileName(row.Customer.ID, row.Customer.Subscription)+"."+r.Ending] = StateOf(row) != Held
		return nil
	})
	if err != nil {
		return err
	}
	err = entries(r.Dir, func(name string) {
		if !ours[name] {
			counts.Strangers = append(counts.Strangers, name)
		}
	})
	slices.Sort(counts.Strangers)
	return err
}

// entries calls f on the name of every file in a folder, a few at a time.
func entries(dir string, f func(name string)) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	for {
		list, err := d.ReadDir(1000)
		for _, e := range list {
			f(e.Name())
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
