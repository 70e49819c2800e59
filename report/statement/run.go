package statement

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/csvtable"
	"github.com/amends-go/amends/report"
	"github.com/amends-go/amends/sla"
)

// Renderer prints a letter.
type Renderer interface {
	Ending() string
	Render(io.Writer, *Letter) error
}

// The files of a run beside its letters.
const (
	ManifestFile = "manifest.json"
	IndexFile    = "index.csv"
)

// ErrOtherRun is the error of a folder that holds something else than the letters of these inputs.
var ErrOtherRun = errors.New("the folder holds something else than letters of these inputs")

// Run writes the letters of a whole list into a folder.
type Run struct {
	Maker     *Maker
	Dir       string
	Inputs    string // SHA-256 over what the letters are made from
	Overwrite bool   // letters of other inputs are written anew
	Partial   bool   // rows were refused and the rest was asked for all the same: the index says so
	Workers   int    // 0 is one for each processor
	// Rows yields every row, in the order of the list, as often as it is called.
	Rows func(each func(sla.Row) error) error
	// Printer makes the renderer, when every letter is known to be sound. The characters are those of all letters.
	Printer func(used map[rune]bool) (Renderer, error)
	Font    *Font // that must have every character; nil asks for none
	// Ending is that of the renderer.
	Ending   string
	Progress func(done, total int64)
}

// Counts are what a run came to: letters by state. Held ones have no letter.
type Counts struct {
	By            map[State]int64
	Rows, Letters int64
	Kept          int64    // letters that an earlier run of the same inputs had written
	Strangers     []string // files in the folder that are not of this run
}

// maxProblems bounds how many problems of letters are collected.
const maxProblems = 200

// Check makes every letter without writing it, and returns the counts with the characters used. What is wrong is returned at once.
func (r *Run) Check() (*Counts, map[rune]bool, error) {
	counts := &Counts{By: map[State]int64{}}
	used := map[rune]bool{}
	var problems contracts.Problems
	seen := map[contracts.Problem]bool{}
	more := 0
	err := r.Rows(func(row sla.Row) error {
		counts.Rows++
		l, err := r.Maker.Letter(row)
		var ps contracts.Problems
		switch {
		case errors.Is(err, ErrHeld):
			counts.By[Held]++
			return nil
		case errors.As(err, &ps):
		case err != nil:
			return err
		default:
			counts.By[l.State]++
			counts.Letters++
			if r.Font != nil {
				ps = r.Font.Check(l, used)
			}
		}
		for _, p := range ps {
			if len(problems) >= maxProblems {
				more++
			} else if key := kind(p); !seen[key] { // one place that is wrong for many is told with the first of them
				seen[key] = true
				problems = append(problems, p)
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	if more > 0 {
		problems = append(problems, contracts.Problem{Code: "E_TOO_MANY", Message: fmt.Sprintf("%d more problems of letters are not listed", more)})
	}
	return counts, used, problems.Err()
}

// kind is a problem without the customer who is named in it, for problems of texts.
func kind(p contracts.Problem) contracts.Problem {
	if p.File != "" {
		p.Message = ""
	}
	return p
}

// Write checks every letter and then writes those that are not there yet, the index and the manifest. Nothing is written when a letter
// cannot be made.
func (r *Run) Write() (*Counts, error) {
	counts, used, err := r.Check()
	if err != nil {
		return nil, err
	}
	printer, err := r.Printer(used)
	if err != nil {
		return nil, err
	}
	resumed, err := r.begin()
	if err != nil {
		return nil, err
	}
	if err := r.letters(printer, counts, resumed); err != nil {
		return nil, err
	}
	m := Manifest{Format: 1, Inputs: r.Inputs, Letters: counts.Letters, Held: counts.By[Held], Names: IndexFile}
	return counts, r.writeManifest(m)
}

// job is a letter on its way to its file.
type job struct {
	letter *Letter
	path   string
}

// letters writes the letters, several at a time, and the index in the order of the list. Each file depends on its letter alone.
func (r *Run) letters(printer Renderer, counts *Counts, keep bool) error {
	workers := r.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	jobs, failed := make(chan job, 2*workers), make(chan error, workers)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var done int64
	tick := func() {
		mu.Lock()
		defer mu.Unlock()
		done++
		if r.Progress != nil {
			r.Progress(done, counts.Letters)
		}
	}
	for range workers {
		wg.Go(func() {
			for j := range jobs {
				if err := render(printer, j); err != nil {
					select {
					case failed <- err:
					default:
					}
					return
				}
				tick()
			}
		})
	}
	err := report.WriteFile(filepath.Join(r.Dir, IndexFile), func(out io.Writer) error {
		wait := sync.OnceFunc(func() { close(jobs); wg.Wait() })
		defer wait()
		w := csvtable.NewWriter(out, csvtable.Machine)
		write := func(line []string) error {
			if r.Partial {
				line = append(line, "PARTIAL")
			}
			return w.Write(line)
		}
		if err := write([]string{"customer", "subscription", "file", "state", "currency", "amount", "reason"}); err != nil {
			return err
		}
		var rows int64
		err := r.Rows(func(row sla.Row) error {
			rows++
			line, path := r.one(row)
			switch info, err := os.Lstat(path); {
			case path == "": // held back
			case keep && err == nil && info.Mode().IsRegular() && info.Size() > 0:
				counts.Kept++
				tick()
			default:
				l, err := r.Maker.Letter(row)
				if err != nil {
					return err
				}
				select {
				case jobs <- job{l, path}:
				case err := <-failed:
					return err
				}
			}
			return write(line)
		})
		if err != nil {
			return err
		}
		if rows != counts.Letters+counts.By[Held] {
			return fmt.Errorf("%d rows, and %d letters with %d held back: the list changed while it was read", rows, counts.Letters, counts.By[Held])
		}
		wait()
		select { // a letter that failed after the last row was read: no index lists it
		case err := <-failed:
			return err
		default:
		}
		return w.Flush()
	})
	if err != nil {
		return err
	}
	return r.strangers(counts)
}

// one is a row's line in the index and the path of its letter, which is empty when the row is held back.
func (r *Run) one(row sla.Row) (line []string, path string) {
	c, cur, state := row.Customer, row.Run().Program.Contract.Currency, StateOf(row)
	if state == Held {
		return []string{c.ID, c.Subscription, "", string(state), cur.Code, "", HeldReason(row, r.Maker.lang)}, ""
	}
	name := FileName(c.ID, c.Subscription) + "." + r.Ending
	return []string{c.ID, c.Subscription, name, string(state), cur.Code, row.Payable().Text(cur), ""}, filepath.Join(r.Dir, name)
}

// HeldReason names what must be decided before a letter can be written.
func HeldReason(row sla.Row, lang string) string {
	run := row.Run()
	var out []string
	for _, name := range run.Open() {
		out = append(out, run.Program.Parameter(name).Label.In(lang)+" ("+name+")")
	}
	return strings.Join(out, "; ")
}

func render(p Renderer, j job) error {
	return report.WriteFile(j.path, func(w io.Writer) error {
		b := bufio.NewWriterSize(w, 64<<10)
		if err := p.Render(b, j.letter); err != nil {
			return err
		}
		return b.Flush()
	})
}
