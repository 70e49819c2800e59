// Package credits tells billing and payment systems what to credit: instructions, the difference to earlier ones, and the files in
// which systems take them.
//
//	jsonl, csv   the neutral record: every field of an [Instruction], read back as it was written
//	stripe       requests for credit notes and customer balance transactions, as JSON Lines
//	lago         requests for credit notes, as JSON Lines
//	yayoi        仕訳データ of 弥生会計: 25 columns, CP932, totals by account and tax class
//	zengin       総合振込 of the 全国銀行協会: records of 120 bytes, one transfer an account
//
// Nothing here calculates what is owed. Amounts come with the instructions; they are summed by account, changed in sign and checked.
//
// # Nothing half written
//
// Every format checks all instructions before the first byte is written and reports every problem at once: the row of the
// instruction, counted from 1, its field and value, and what would be right.
//
// # Runs
//
// A run has a label. What is due now less what earlier runs instructed is what the run emits ([Ledger.Difference]); a correction is a
// new label. An instruction that is given twice, with the same key and amounts, counts once; the same key with another amount is a conflict.
//
// # Characters
//
// Files in CP932 hold what CP932 has. Five characters that programs other than Windows write are taken for their neighbours there:
// 〜 U+301C for ～, − U+2212 for －, — U+2014 for ―, ¥ U+00A5 for ￥ and ‖ U+2016 for ∥. Any other character that CP932 does not have is
// reported with its row, field and code point; none is replaced. Names in a 総合振込 are half-width kana: see [Kana].
//
// # Design
//
// 2026-11-23: the record has one check, [Check], for what is written and what is read, so that nothing is written that could not be read.
// Text has no control characters but tab and line feed, because readers of CSV change a carriage return.
//
// 2026-11-23: a reversal never becomes a negative credit note, which no system has. At Stripe it is a debit of the customer's balance, in a
// journal the two sides change places, in a transfer it is set against what the same account is owed, and for Lago it is refused.
package credits
