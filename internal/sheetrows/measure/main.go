//go:build unix

// Command measure compares this package with excelize's stream writer: each writes the same list in a process of its own, in turn, and the
// medians of time and peak memory are told with their ratios.
//
//	go run ./internal/sheetrows/measure -rows 1000000 -pairs 3
package main

import (
	"cmp"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/amends-go/amends/internal/sheetrows"
	"github.com/xuri/excelize/v2"
)

func main() {
	rows := flag.Int("rows", 1_000_000, "how many rows of 12 cells")
	pairs := flag.Int("pairs", 3, "how often each is run")
	as := flag.String("as", "", "write once as rows or stream, and end; for the processes that are measured")
	out := flag.String("o", "", "file to write, with -as")
	flag.Parse()
	if err := run(*rows, *pairs, *as, *out); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

var writers = map[string]func(io.Writer, int) error{"rows": ours, "stream": streamed}

func run(rows, pairs int, as, out string) error {
	if as != "" {
		f, err := os.Create(out)
		if err != nil {
			return err
		}
		if err := writers[as](f, rows); err != nil {
			return err
		}
		return f.Close()
	}
	dir, err := os.MkdirTemp("", "measure-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	got := map[string][]figures{}
	for range pairs {
		for _, name := range []string{"stream", "rows"} {
			x, err := measure(name, rows, filepath.Join(dir, name+".xlsx"))
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			got[name] = append(got[name], x)
			fmt.Printf("%-7s %v\n", name, x)
		}
	}
	a, b := medians(got["stream"]), medians(got["rows"])
	fmt.Printf("medians of %d, %d rows: stream %v; rows %v\n", pairs, rows, a, b)
	fmt.Printf("time %.1f times, processor %.1f times, memory %.1f times\n", a.wall.Seconds()/b.wall.Seconds(), a.cpu.Seconds()/b.cpu.Seconds(), float64(a.memory)/float64(b.memory))
	return nil
}

// figures are of one process.
type figures struct {
	wall, cpu    time.Duration
	memory, file int64 // bytes
}

func (x figures) String() string {
	return fmt.Sprintf("%.2f s, processor %.2f s, memory %d MiB, file %d MiB", x.wall.Seconds(), x.cpu.Seconds(), x.memory>>20, x.file>>20)
}

func measure(name string, rows int, path string) (figures, error) {
	self, err := os.Executable()
	if err != nil {
		return figures{}, err
	}
	c := exec.Command(self, "-as", name, "-rows", fmt.Sprint(rows), "-o", path)
	c.Stderr = os.Stderr
	start := time.Now()
	if err := c.Run(); err != nil {
		return figures{}, err
	}
	x := figures{wall: time.Since(start), cpu: c.ProcessState.UserTime() + c.ProcessState.SystemTime()}
	if u, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		x.memory = u.Maxrss << 10
	}
	info, err := os.Stat(path)
	if err == nil {
		x.file = info.Size()
	}
	return x, err
}

func medians(list []figures) figures {
	middle := func(by func(a, b figures) int) figures { slices.SortFunc(list, by); return list[len(list)/2] }
	return figures{
		wall:   middle(func(a, b figures) int { return cmp.Compare(a.wall, b.wall) }).wall,
		cpu:    middle(func(a, b figures) int { return cmp.Compare(a.cpu, b.cpu) }).cpu,
		memory: middle(func(a, b figures) int { return cmp.Compare(a.memory, b.memory) }).memory,
		file:   list[0].file,
	}
}

// line is one row of the list: an id, five texts, six numbers.
type line struct {
	texts   [6]string
	numbers [6]int64
}

var words = []string{"株式会社サンプル商事", "レンタルサーバ スタンダードプラン", "東京都千代田区丸の内", "データ消失・復旧不能", "算定済み", "約款第36条による責任限度額"}

func (l *line) fill(i int) {
	l.texts[0] = fmt.Sprintf("FS-%07d", i)
	for k := 1; k < len(l.texts); k++ {
		l.texts[k] = words[(i*7+k*5)%len(words)]
	}
	x := uint64(i)*0x9e3779b97f4a7c15 + 1
	for k := range l.numbers {
		x ^= x >> 29
		x *= 0xbf58476d1ce4e5b9
		l.numbers[k] = int64(x % 10_000_000)
	}
}

func styleOf(f *excelize.File) (int, error) {
	form := "#,##0"
	return f.NewStyle(&excelize.Style{CustomNumFmt: &form})
}

func ours(out io.Writer, rows int) error {
	f := excelize.NewFile()
	defer f.Close()
	style, err := styleOf(f)
	if err != nil {
		return err
	}
	return sheetrows.WriteWorkbook(out, f, map[int]sheetrows.Sheet{0: {Name: "Sheet1", Rows: rows, Cols: 12, Fill: func(r *sheetrows.Rows) error {
		var l line
		for i := range rows {
			l.fill(i)
			r.Next(0)
			for _, s := range l.texts {
				r.Text(0, s)
			}
			for _, n := range l.numbers {
				r.Int(style, n)
			}
			if err := r.Err(); err != nil {
				return err
			}
		}
		return nil
	}}})
}

func streamed(out io.Writer, rows int) error {
	f := excelize.NewFile()
	defer f.Close()
	style, err := styleOf(f)
	if err != nil {
		return err
	}
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	var l line
	cells := make([]any, 0, 12)
	for i := range rows {
		l.fill(i)
		cells = cells[:0]
		for _, s := range l.texts {
			cells = append(cells, s)
		}
		for _, n := range l.numbers {
			cells = append(cells, excelize.Cell{StyleID: style, Value: n})
		}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), cells); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err = f.WriteTo(out)
	return err
}
