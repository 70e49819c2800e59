// Package report tells results: rows as JSON Lines and CSV, a workbook of live
// formulas, and the working in words, in Japanese and English.
//
// Nothing here calculates. Every number comes from the engine, and every
// formula is printed from the same expression that the engine evaluated.
//
// # The workbook
//
// Sheets: summary, assumptions, one sheet of customers for each contract,
// downtime, fault shares, clauses, provenance. Amounts in formulas are whole
// minor units (yen, cents), so that they are exact. The editable cells of the
// assumptions are the parameters of the program; each has a defined name that the formulas use.
// Customers stand in order of id, because a shared cap is shared in that order.
//
// # Design
//
// 2026-11-23: A ratio is two cells, "7 of 10". A spreadsheet counts in binary
// fractions and cannot hold 0.7.
//
// 2026-11-23: Formulas keep to the Excel 2007 set and to integers below 2⁴⁷, where
// LibreOffice's tolerant comparison and INT are exact. A row with an amount
// beyond [SheetMax] carries values instead, and says so.
package report
