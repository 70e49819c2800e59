// Package report tells results: a workbook of live formulas, rows as JSON Lines and CSV, and the working in words, in Japanese and English. The packages
// beside it write what is sent: report/statement letters to customers, report/credits instructions to billing.
//
// Nothing here calculates. Every number comes from the engine, and every
// formula is printed from the same expression that the engine evaluated.
//
// # The workbook
//
// Sheets: summary with charts, assumptions, the customers of each contract,
// downtime, fault shares, recourse, clauses, figures of the charts, provenance, and what each reading gives where something is open.
// Amounts in formulas are whole minor units (yen, cents), so that they are exact; what people read first (the owed column, the summary, who bears it) is in the
// currency's own unit, one division by a power of ten away. The editable cells of the
// assumptions are the parameters of the program; each has a defined name that the formulas use. Everything else is protected, without a password.
// Customers stand in order of id, because a shared cap is shared in that order; their sheets are read back by [ReadCustomers].
//
// Beyond [LiveRows] customers the sheets hold values, in the order in which they come, over as many sheets as they need, and a sample of rows stays
// live on a sheet of its own; the rows are not kept in memory.
//
// # Design
//
// 2026-11-23: A ratio is two cells, "7 of 10". A spreadsheet counts in binary
// fractions and cannot hold 0.7.
//
// 2026-11-23: Formulas keep to the Excel 2007 set and to integers below 2⁴⁷, where
// LibreOffice's tolerant comparison and INT are exact. A row with an amount
// beyond [SheetMax] carries values instead, and says so.
//
// 2026-11-23: excelize makes each sheet's shell, and package sheetrows puts the rows into it: what surrounds the rows may then be set in any order, every formula
// has its value beside it, and a million rows take two seconds.
package report
