package credits

import (
	"fmt"
	"io"
	"io/fs"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/problem"
)

// Output is what instructions become in a format: files that can be written, each by a function that is called once or more. Most formats have one
// file; [FileName] names further ones.
type Output struct {
	Files []func(io.Writer) error
	Left  Left // what the format leaves to others
}

// Prepare makes the output of instructions in one of [Formats]. It reads the lists that b names from the case's folder, and checks
// everything before the first file can be written. For jsonl and csv b may be nil.
func Prepare(format string, b *Billing, folder fs.FS, xs []Instruction) (*Output, contracts.Problems) {
	if ps := b.Needs(format); ps != nil {
		return nil, ps
	}
	problems := sound(xs)
	if problems != nil {
		return nil, problems
	}
	list := Of[Invoice]{}
	if (format == "stripe" || format == "lago") && b.Invoices != "" {
		list, problems = ReadInvoices(folder, b.Invoices)
	}
	if problems.Err() != nil {
		return nil, problems
	}
	switch format {
	case "jsonl":
		return records(NewJSONL, xs)
	case "csv":
		return records(NewCSV, xs)
	case "stripe":
		return single(func(w io.Writer) (Left, contracts.Problems) { return Stripe(w, b, list, xs) }, problems)
	case "lago":
		return single(func(w io.Writer) (Left, contracts.Problems) { return Lago(w, b, list, xs) }, problems)
	case "yayoi":
		return single(func(w io.Writer) (Left, contracts.Problems) { return Yayoi(w, b, xs) }, nil)
	case "zengin":
		return transfers(b, folder, xs)
	}
	return nil, contracts.Problems{{Field: "format", Value: format, Code: "E_ENUM", Message: fmt.Sprintf("unknown format %q", format), Hint: problem.Suggest(format, Formats())}}
}

// sound checks every instruction, and that none stands twice: it would be paid twice.
func sound(xs []Instruction) contracts.Problems {
	var problems contracts.Problems
	rows := make(map[[32]byte]int, len(xs))
	for i, x := range xs {
		ps := Check(x)
		key := keyBytes(x.Key)
		if first, twice := rows[key]; twice && ps == nil {
			ps = contracts.Problems{refuse("idempotency_key", x.Key, "E_DUP_ID", fmt.Sprintf("customer %s: the instruction stands in row %d as well", x.Customer, first), "give it once")}
		}
		rows[key] = i + 1
		problems = append(problems, inRow(ps, i+1)...)
	}
	return problems
}

func records(writer func(io.Writer) Writer, xs []Instruction) (*Output, contracts.Problems) {
	return &Output{Left: Left{}, Files: []func(io.Writer) error{func(to io.Writer) error {
		w := writer(to)
		for _, x := range xs {
			if err := w.Write(x); err != nil {
				return err
			}
		}
		return w.Flush()
	}}}, nil
}

// single tries a format of one file, and gives it when nothing is wrong; notes are those of its lists.
func single(write func(io.Writer) (Left, contracts.Problems), notes contracts.Problems) (*Output, contracts.Problems) {
	left, problems := write(io.Discard)
	if problems != nil {
		return nil, append(notes, problems...)
	}
	return &Output{Left: left, Files: []func(io.Writer) error{func(w io.Writer) error {
		_, problems := write(w)
		return problems.Err()
	}}}, notes
}

func transfers(b *Billing, folder fs.FS, xs []Instruction) (*Output, contracts.Problems) {
	list, problems := ReadAccounts(folder, b.Zengin.Accounts)
	if problems.Err() != nil {
		return nil, problems
	}
	t, left, wrong := Zengin(b, list, xs)
	if wrong != nil {
		return nil, append(problems, wrong...)
	}
	out := &Output{Left: left}
	for i := range t.Files() {
		out.Files = append(out.Files, func(w io.Writer) error { return t.Write(w, i) })
	}
	return out, problems
}
