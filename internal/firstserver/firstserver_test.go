package firstserver

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

//go:generate go run ./gen ../../examples/firstserver-2012/customers.csv

// TestTheCommittedListIsTheGenerated holds the example's list to the generator, byte for byte.
func TestTheCommittedListIsTheGenerated(t *testing.T) {
	var want bytes.Buffer
	if err := Write(&want); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../examples/firstserver-2012/customers.csv")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Error("customers.csv is not what the generator writes: run go generate ./internal/firstserver")
	}
}

// TestCountsAreTheKnownOnes checks the two figures that are known of the real list.
func TestCountsAreTheKnownOnes(t *testing.T) {
	var out bytes.Buffer
	if err := Write(&out); err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(out.String()), "\n")[1:]
	mixed := 0
	for _, r := range rows {
		if strings.Split(r, ",")[8] == "yes" {
			mixed++
		}
	}
	if len(rows) != 5698 || mixed != 2308 {
		t.Errorf("got %d customers, %d of them in the second accident, want 5698 and 2308", len(rows), mixed)
	}
}
