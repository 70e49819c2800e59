// Package chance puts declared uncertainty on facts and findings, and draws what a case may come to.
//
// # Vocabulary
//
// A [Variable] is a parameter of the case (or several that go together) with a declared distribution: chances of values, an even range, a triangular or PERT
// distribution, a lognormal one by two of its quantiles, or shares of parties, which sum to one in every draw. Each has a written reason. A [Model] is the list of
// them. A [Tree] is a decision tree: branches that are chosen, branches that come by chance, each with costs and time, and what is paid at the end.
//
// # What is exact
//
// Amounts come from the program of the case, run anew for each draw ([Model.Run]); this package only says with which values. Chances are exact fractions. Where all
// variables are chances, and there are few enough combinations, the distribution is worked out exactly as well ([Model.Enumerate]). Trees are folded back in
// fractions. Only a quantile of a continuous distribution is a floating-point number, rounded at once to a step (package quantile).
//
// # Drawing
//
// Draw number i of a stream is the SHA-256 of seed, stream and i. So a draw depends on nothing else: neither the order of variables in the file, nor how
// many workers there are. The stream of a variable is its first parameter's name; variables that name the same draw share one and move together, and one that
// names a draw to move against moves the other way. That is all the correlation that is offered: full or none.
//
// # Percentiles
//
// By nearest rank: the least amount that at least so many of the draws do not exceed. The mean is the exact mean of the draws, rounded half away from zero.
package chance
