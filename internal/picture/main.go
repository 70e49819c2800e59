// Command picture makes the picture of a workbook that the README shows: it assesses an example, has LibreOffice print the first page of the workbook,
// and cuts the upper part out of it.
//
//	go run ./internal/picture -o examples/firstserver-2012/summary.png
//
// It needs soffice and pdftoppm (Debian: libreoffice-calc, poppler-utils).
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	example := flag.String("case", "firstserver-2012", "case to assess")
	lang := flag.String("lang", "en", "language of the workbook")
	out := flag.String("o", "examples/firstserver-2012/summary.png", "picture to write")
	flag.Parse()
	if err := run(*example, *lang, *out); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func run(example, lang, out string) error {
	dir, err := os.MkdirTemp("", "picture-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	book := filepath.Join(dir, "book.xlsx")
	for _, c := range [][]string{
		{"go", "run", "./cmd/amends", "assess", example, "--lang", lang, "-o", book},
		{"soffice", "-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--norestore", "--convert-to",
			`pdf:calc_pdf_Export:{"PageRange":{"type":"string","value":"1"}}`, "--outdir", dir, book},
		// A4 landscape at 110 dots an inch, less its margins and what is empty below.
		{"pdftoppm", "-r", "110", "-png", "-singlefile", "-x", "40", "-y", "55", "-W", "1200", "-H", "610", filepath.Join(dir, "book.pdf"), filepath.Join(dir, "picture")},
	} {
		if told, err := exec.Command(c[0], c[1:]...).CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", c[0], err, told)
		}
	}
	picture, err := os.ReadFile(filepath.Join(dir, "picture.png"))
	if err != nil {
		return err
	}
	return os.WriteFile(out, picture, 0o644)
}
