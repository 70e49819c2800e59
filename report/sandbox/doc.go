// Package sandbox writes a case as one HTML file in which people try other findings: what if gross negligence is found, the cap
// falls, the supplier bears a third.
//
// The file holds the program itself. Every column of every contract, of who bears the total and of each recourse is printed as a loop of
// JavaScript from the same expressions (package sla/formula) as the engine, the spreadsheet and the words, a case a node. Parameters are read when
// a loop runs, so that a change of one works out anew what depends on it and nothing else. There is no liability arithmetic beside
// the printed columns.
//
// # Exactness
//
// Numbers are whole and exact up to 2^53−1. Sums, differences and products beyond that are errors that name the customer and the column, never a
// wrong number; a·b÷c with a longer product is worked out in integers of any size and agrees with contracts.MulDiv for every
// rounding and sign. [Write] refuses a case whose inputs, constants or values are larger. If, And and Or go as far as they decide, as formula.Eval does;
// where the engine, which works out both branches, meets an error in the branch not taken, the page has the value.
//
// # Values
//
// A scenario is a set of findings as sla.Program.Settle settles it. A value that is edited stands for itself: a parameter that follows it in findings
// stays where it is. What a value takes for granted is set with it: a part of a loss that is moved counts. The scenario that a page saves says all of that in as many
// words, and gives the same amounts when it is read as findings. Of several versions of the terms one counts, as the parameter says. A choice may be left open: every reading is computed, and totals are ranges; those
// of several contracts are added. Recourse takes the first reading of what is open in its own terms, as the report does.
//
// # Words
//
// Why a rule did what it did is told from sla.Program.Tales, and how a column came about from the same expressions as trees (how.js), word for word as
// the engine's words tell it (report.Words). What is worked out with the row's own figures (interest by stretch, the
// steps of a layer, the amount under the other order of own fault and limit) is left to amends explain, and the page says so.
//
// # Safety
//
// The file asks for nothing: its policy allows its own script and style, by their hashes, and no address. Text of the case stands in it as JSON and reaches
// people as text only.
//
// # Design
//
// 2026-11-23: The page is JavaScript and not the engine as WebAssembly. For First Server with its 5,698 customers the page has 540 kB, nearly all of it the
// customers, and starts in 0.3 to 0.6 s, of which the script takes 0.1 s for thirteen scenarios; packages sla and contracts as WebAssembly have 11.5 MB (3.1 MB in
// gzip) without any screen, and give a first total after 2.0 to 5.2 s in the same Chromium. Printed columns are text that a person can open and read, and
// there is no binary to keep in step. 10,000 customers are worked out in 2 ms, thirty to sixty times as fast as by walking the trees row by row (BenchmarkRecompute).
package sandbox
