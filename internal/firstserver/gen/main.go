// Command gen writes the customer list of the example firstserver-2012.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/amends-go/amends/internal/firstserver"
	"github.com/amends-go/amends/report"
)

func main() {
	err := report.WriteFile(os.Args[1], func(w io.Writer) error { return firstserver.Write(w) })
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}
