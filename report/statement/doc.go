// Package statement writes the letters that tell customers what they are owed after an incident, and why: as PDF, as HTML or as a
// sheet, in Japanese or English.
//
//	Paper (statement.yaml) + row ──Maker.Letter──▶ Letter ──Renderer──▶ file
//
// A [Letter] is made once and every format prints it, so that all say the same. Nothing here calculates: amounts are those of the
// row, and the working is told from its steps.
//
// # States
//
// Every row has one letter, except one that needs judgement: no number stands for several, so that no letter is made and the row is held
// back ([ErrHeld]). The others are due (something is paid), granted (given in kind only), not-affected, nothing (affected, and nothing is owed),
// owes-back, and void (the subscription was not in force).
//
// # Words
//
// A letter consists of blocks ([BlockNames]), each of which the company may write itself, and of tables that come from the data. What cannot be
// invented is asked for: the company's name, its contact with hours, the date.
//
// # Design
//
// 2026-11-23: No link stands in a letter. Who sends money back is imitated within hours, and a letter that never holds a link lets
// every link be known as false. Texts with one are refused, from wherever they come ([Link]).
//
// 2026-11-23: A character that the font does not have is an error that names the customer: a name with a gap in it is an insult, and
// a sum with one is worse.
//
// 2026-11-23: The name of a file is made from the id alone and is another for another id on file systems that take capitals for small letters too
// ([FileName]).
package statement
