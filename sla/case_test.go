package sla_test

import (
	"os"
	"testing"

	"github.com/amends-go/amends/sla"
)

func TestOpenExample(t *testing.T) {
	c, problems := sla.OpenCase(os.DirFS("../examples/jcom-2005"), sla.ReadOptions{})
	if c == nil {
		t.Fatal(problems)
	}
	for _, id := range c.FindingsIDs() {
		runs, err := c.Bind(id)
		if err != nil {
			t.Fatal(err)
		}
		for row, err := range runs[0].Assess(c.CustomersOf(c.Programs[0])).Rows() {
			if err != nil {
				t.Fatal(err)
			}
			t.Log(id, row.Customer.ID, row.Payable(), row.Outcome())
		}
	}
}
