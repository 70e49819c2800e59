// Package whatif asks a case the questions that lawyers ask: what if gross negligence is found, the cap falls, the vendor bears three tenths, only posted
// downtime counts, the terms had been others?
//
// # Vocabulary
//
// A scenario is a set of findings ([sla.Findings]): named values of parameters over a base, each with its reason and source. The sets of findings of a case are
// scenarios too. A [Study] is what a file scenarios.yaml asks: scenarios to compare, ranges that parameters may have, sweeps, break-even questions, and
// uncertainty (package chance). A [Report] is the answer.
//
// # What is worked out, and how
//
// Every figure comes from the program of the case ([sla.Program]); nothing here adds to it. Comparisons ([Exposure], [Difference]) assess all customers anew under each scenario.
// Sweeps, sensitivity, break-even and draws run the same program over customers laid out once ([sla.Model]).
//
// A parameter that is a number runs in whole steps ([Lever]): a share in millionths, an amount in minor units, a day in days. A break-even is therefore exact: it names
// the first step at which the figure reaches the sum, and the last before it. Which way the figure moves is worked out from the formulas
// ([formula.Bound]), row by row, and not from trials: where it only rises or only falls there is one answer; where it may do both, the range is
// divided until every part is known to hold no crossing, to be monotone, or to be a single step, so that every crossing is found all the same. Where nothing can be
// said, a thousand steps are tried, and the answer says so.
//
// # Design
//
// 2026-11-23: Scenarios are sets of findings, in the same form, so that what the legal team tries out can become what is found by moving a few lines from one file to the other.
//
// 2026-11-23: The cause of a customer's difference is the first rule, in the order of the program, whose posting differs. Later rules differ because it does.
package whatif
