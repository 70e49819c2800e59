// Package sla works out what each customer is owed for an incident, why, and who
// finally bears it.
//
//	contract + law + incident ──Compile──▶ Program ──Settle, Bind──▶ Run ──Assess──▶ rows
//
// # Vocabulary
//
// An [Incident] is what happened: events, their phases, each with a cause and with the
// times that different clocks tell. [Findings] are what is judged: the grade of
// fault in a phase, the customer's own share, which reading of a clause is right. A [Customer] is one subscription
// with its fees, facts and claims; a [Claim] is a loss under one head in one phase.
//
// A [Program] is the contract compiled for the incident: an ordered list of
// columns, each an input or a formula (package formula) that cites its clause,
// over named parameters. Findings never change a program; they are values of its
// parameters, and so are what-ifs and the cells of a workbook.
//
// # Order of rules
//
// claimed, admitted, excluded heads, exemptions, sole remedy; then own fault, set-off, layers and caps (for a claim, a subscription, a
// customer, the incident), in an order that the contract may state; then credits, amounts added after the offset, the tax, what was
// already paid, interest for delay. [Rules] is that list, with the reasons.
//
// A clause stands for losses of a phase when its findings do not set it aside, its own
// conditions hold, no carve-out lifts it, no clause takes its place and no control of the law strikes it (package law).
//
// # Losses
//
// A claim goes from what is asked to what is admitted by reasons, each with a posting: outside the scope, not caused, not proved, betterment, avoidable; then
// what else was found; then benefits that the loss brought (損益相殺). Special loss turns on whether it should have been foreseen, which is open
// until it is found. Lost profit may be worked out as gross margin on lost sales ([GrossMargin]). A head may be the provider's own claim against the customer:
// no clause in the provider's favour touches it, and it is netted last. What claims rest on ([Evidence]) is shown and moves nothing.
//
// # Several at fault
//
// Who finally bears it is worked out in three steps. (1) In each customer's row: where more than the provider answers to the customers itself ([Party].Answers),
// what the customer may recover in all, by how its own share is weighed against several (all together, one by one, or both ways), and for how
// much of that each answers (jointly, for its own part, from a share on), less settlements, with parts that cannot be collected. The provider's claim goes on
// through its terms; what the others answer for does not know them. (2) Over the totals ([Bearing]): who has paid, who owes whom contribution, under either
// rule of the law. (3) Under contracts among the parties ([Recourse]): what one is left with is its claim against the next, with that contract's exclusions, own
// fault and caps; such a contract takes the place of contribution between the two. [Remaining] is what stays with each.
//
// Every rule is a parameter that the law of the contract decides (package law); where its entries differ or are disputed it is open, and every reading is
// computed.
//
// # Measuring
//
// What failed of a commitment is measured when the contract is compiled, once for everything that may differ between customers or
// findings: service, whose clock counts, which exclusions operate, which events affected the customer, how unknown time counts, on which
// day the customer's own months begin. Each is a dimension of a table that the column downtime.ID@WINDOW looks up, so that a change of a
// finding changes what is looked up and nothing is measured again. The order of counting is that of [contracts.Availability]. Rungs,
// units, limits, deadlines and sums are formulas over that column.
//
// # Interest and tax
//
// Interest for delay is principal × rate × time, rounded once for each stretch between two payments ([contracts.Interest], [Row.Interest]). Days are
// whole numbers as spreadsheets count them ([Serial]), so that the day on which the delay began and the last day are parameters like others. The column
// principal is what is owed without interest. Where the contract states a tax ([contracts.Tax]), the columns tax.item, tax.of and tax.total of price
// reductions, and of damages that are taxed, tell what is left, the tax and their sum; return_invoice is whether a refund needs a document of its own.
//
// # Results
//
// A row's payable is the sum of its postings ([Row.Steps]). A row is computed; or needs judgement, when a
// question that nobody has decided changes its amount, and then every reading is there; or void, when its
// subscription was not in force. Silence that was read one way is an assumption, and is listed.
//
// # Parts of the payable
//
// A program compiled with [Shape].Dues tells each payable apart by the clause that gives it, for billing ([Row.Dues]): credits, goodwill, damages, interest, with
// the tax in each. The parts are columns like all others and add up to the payable. No rule read so far says of which claim an earlier payment, a counterclaim
// or a reward is the payment where nobody declared it, interest before principal apart (民法489条): it is taken from interest, then damages,
// goodwill and credits, the last clause first.
//
// # Heads and layers
//
// Where a contract has layer clauses, the heads are kept up to the last of them: what own fault or any stage before the layers leaves of the whole is shared back
// over the heads in proportion to what each stood at, by cumulative rounding, ⌊Sᵢ·y/x⌋ − ⌊Sᵢ₋₁·y/x⌋, so that the heads sum to the claim and one of nothing gets
// nothing. Caps that come after limit the sum. What several layers of one clause pay is kept apart, head by head, until a cession, which works on the whole.
//
// # Exactness
//
// Whole minor units, 128-bit products, no floating point. Overflow is an error that names the customer. Fractions are
// rounded where the contract says. A cap that many rows share is divided by cumulative rounding in order of
// customer id and subscription: the parts sum to it exactly.
//
// # Varying
//
// Findings are values of parameters, so a scenario is a set of findings over another ([Findings].BasedOn, [Case.AddFindings]). Of a contract with several versions of
// its terms each is a program, and the parameter version.CONTRACT chooses which of them pays. A [Model] works a case out again and again while some parameters vary: what does not move
// is worked out once ([Panel]), and bounds say how far a figure can go over a range and which way ([Model.Bounds]). Package whatif asks the questions, package chance draws.
//
// # Design
//
// 2026-11-23: A value that a set of findings gives goes before what the sets it rests on say of the same question in other words: a part of a loss that is found is meant to count,
// though an earlier set admitted the loss in full.
//
// 2026-11-23: What others at fault answer for is worked out from the loss admitted at law, not from what the provider's terms leave of it: terms bind those who
// agreed to them. A court that has read a host's limit in favour of it against a third party (Tokyo, 2009-05-20) is a finding.
//
// 2026-11-23: Contribution is settled once among all: who has paid less than its part owes those who have paid more, in proportion, so that
// a second settlement moves nothing. Claims that would run in a circle are netted by that.
//
// 2026-11-23: The grade of fault belongs to a phase, because one incident can hold an
// ordinary slip and a gross one (Mizuho v. Tokyo Stock Exchange, 2009). A cap that stands in one phase and not in another
// limits what arose in the first and leaves the rest alone.
//
// 2026-11-23: A special clause takes the place of a general one by name (contracts.Provision.InsteadOf), never by its rank in the list. Of an exception to an exception both
// others give way, whether or not the exception between them operates. Two that could take one clause's place at once are refused when the terms are read; nobody
// but the terms says which prevails. A special clause that the law strikes does not stand, so that the general one does.
//
// 2026-11-23: Whether own fault or the cap comes first is decided by no judgment read; the order is a
// field of the contract, and an assumption where the terms are silent. A contract whose order is open has both: the stages are compiled twice from the
// same claims, and the parameter order chooses what each posting is. That doubles their columns, which is why silence alone does not do it. Where several
// answer to the customers, and beside layers, the order must be stated.
//
// 2026-11-23: A line of loss, of one head in one phase, is outside a cap that does not stand in its phase or does not cover its head. Both are one test, so that limits by head
// follow the same rule as limits by phase: the most for which no set of caps is exceeded.
//
// 2026-11-23: A pool is worked out in one more pass over the customers, and keeps a few words for each row of a contract that has
// one. Without a pool the memory of an assessment does not grow with the rows; a list read from a file keeps its ids.
//
// 2026-11-23: Service levels needed no node of their own. Rungs on uptime are thresholds on what failed, exact by cross-multiplication;
// where every customer has another window they are a chain of comparisons instead of one lookup. A mean of error rates, whose exact
// fraction may be too large, is placed between the bounds of its rungs, to which it stands as the fraction does.
package sla
