// Package formula is the small language in which the working of a contract is
// written: expressions over columns of whole numbers, to the smallest unit.
//
// A [Column] is an input or an expression over columns to its left and over
// parameters. Every value is an int64: money in minor units, time in
// milliseconds, yes and no as 1 and 0, a choice as the index of its option. A
// ratio is never a value; it enters as the two terms of [MulDiv].
//
// There are seventeen nodes. A language that prints them (a spreadsheet, SQL,
// words) needs one case for each and nothing more:
//
//	Col, Param, Const                     what a row holds, what is assumed, what is fixed
//	Add, Sub, Min, Max                    whole numbers, overflow detected
//	Compare, And, Or, Not, If             yes and no
//	MulDiv                                a·b÷c with a named rounding
//	Tier, Table                           a ladder by threshold, a list by index
//	PoolTotal, PoolRunning                a sum over the rows that share a pool
//
// # Evaluation
//
// [Eval] walks the tree for one row and is the reference. [Machine] binds the
// parameters, folds what they make constant and runs the rest over batches of
// rows, a vector operation at a time, without allocating. Both branches of an
// If are evaluated; a division must therefore have a divisor that is never
// zero, and [Build] refuses a constant one that is.
//
// # Varying parameters
//
// [Split] tells the columns that move with some parameters from those that stay, which then are inputs to be filled once. [Bound] encloses what an expression gives while parameters go from one
// value to another, and says whether it only rises or only falls: interval arithmetic in whole numbers, in which every node knows its trend.
//
// # Design
//
// 2026-11-23: Ratios are pairs of columns or parameters rather than a type of
// their own, so that a person can edit "7 of 10" in a spreadsheet, which
// counts in binary fractions, and still get the exact part.
package formula
