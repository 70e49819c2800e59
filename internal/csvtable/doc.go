// Package csvtable reads tables of comma-separated values strictly, one row at
// a time, and writes them so that reading gives back what was written.
//
// # Reading
//
// A table is a header row and data rows of as many fields. Nothing is guessed,
// padded or cut: a row that is not exactly a row of the table is refused with
// its file, line, column, field and value, and reading goes on with the next
// physical line. Every data row is accepted or refused, so that at any moment
//
//	rows = accepted + refused
//
// The bytes pass through these stages, in this order:
//
//  1. the SHA-256 hash and the count of bytes, so that both are of what was parsed;
//  2. UTF-16 with a byte order mark becomes UTF-8 (N_ENCODING), the mark of UTF-8 is dropped;
//  3. Ctrl-Z characters that end the file are dropped (N_CSV_CTRLZ);
//  4. lone CR line ends become LF, when the header ends so (N_CSV_EOL);
//  5. encoding/csv splits rows and fields, without lazy quotes;
//  6. a row's raw text is checked for encoding (E_ENCODING) and control
//     characters (E_CTRL_CHAR), then its quotes (E_CSV_QUOTE), its limits
//     (E_LIMIT_FIELD, E_LIMIT_ROW, E_LIMIT_COLUMNS) and its number of fields
//     (E_CSV_FIELDS). The first that fails is the row's problem.
//
// At the end of the file come the checks of the whole: emptiness (E_EMPTY), a
// last line that is not ended (N_TRUNCATED_MAYBE), wanted rows and hash
// (E_TRUNCATED), and a file that changed while it was read (E_CHANGED).
//
// Tabs may stand in any field, line ends inside quotes only; a CR LF inside
// quotes is read as LF. Other control characters are refused. Blank lines are
// passed over and not counted. A quoted empty field makes a row of one column.
//
// # Writing
//
// There are two formats, and they are not the same file under two names. The
// machine format keeps every field as it is, for programs. The human format is
// for a spreadsheet: it begins with a byte order mark, and text that a
// spreadsheet could take for a formula is given a leading apostrophe (SafeText).
// It protects the reader and changes the text; never feed it to a program.
//
// # Design
//
// 2026-11-23: encoding/csv does the splitting. Its line numbers and the
// positions of its fields were measured right after quoted line ends, blank
// lines and refused rows; its columns are bytes, and are turned into characters
// here when they are asked for. It costs one allocation a row, for the text of
// its fields, which may therefore be kept.
//
// 2026-11-23: a quote that is never closed hides an unknown number of rows, so
// it refuses the file, except on the last line, where it refuses the row.
package csvtable
