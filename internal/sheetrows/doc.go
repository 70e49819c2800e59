// Package sheetrows writes workbooks with many rows: excelize makes the package and everything around the rows, and the rows go straight
// from their producer through the compressor into the file.
//
// A sheet's shell, with its widths, panes, notes, rules and charts, is made by excelize without any row. [Package] is the last stage of writing the
// file: it holds the shells, which are small, and puts the rows of each into its place. Nothing of the rows is kept, so that memory does not grow with
// them. Parts come in the order of their names with a fixed date, so that equal workbooks are equal byte for byte, for one version of the compressor.
//
// What excelize would do for a row is done here: text is escaped and always text, characters that XML cannot hold are an error that names the
// cell, rows ascend, a sheet ends at [MaxRows].
//
// # Design
//
// 2026-11-23: Rows are written as text by append, without a struct a cell. Against excelize's stream writer, a million rows of 12 cells take about a
// fifth of the time and a tenth of the memory; see the benchmarks and the command in the folder measure.
//
// 2026-11-23: A number of more than 15 digits is written as text: a spreadsheet would change its last digits without a word.
package sheetrows
