package sla

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Hash is the SHA-256, in 64 hexadecimal digits, of everything that decides what a row is owed: the contract's id and the first day of its version, every
// column with its formula, and the value of every parameter. Two runs of one hash give the same amounts for the same customers. It may change
// with the version of this module.
func (r *Run) Hash() string {
	h := sha256.New()
	c := r.Program.Contract
	fmt.Fprintf(h, "%q %s %q\n", c.ID, c.InForce.From, c.Currency.Code)
	for i := range r.Program.Columns {
		col := &r.Program.Columns[i]
		fmt.Fprintf(h, "%q %d %#v\n", col.Name, col.Unit, col.Expr) // expressions are values without pointers
	}
	for i := range r.Program.Parameters {
		name := r.Program.Parameters[i].Name
		s := r.Settings.Of(name)
		fmt.Fprintf(h, "%q %d/%d %q\n", name, s.Num, s.Den, s.From)
	}
	return hex.EncodeToString(h.Sum(nil))
}
