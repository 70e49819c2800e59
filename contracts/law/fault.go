package law

import "github.com/amends-go/amends/contracts"

// Bar is the claimant's own share of fault from which its claim fails altogether. The share is of the whole of all fault.
// Contributory negligence is a bar above 0; the rule called 50 % bars from one half on, the rule called 51 % above one half.
type Bar struct {
	Share contracts.Ratio
	Above bool // only above Share; else from Share on
}

// Bars reports whether a claim fails at that own share.
func (b Bar) Bars(own contracts.Ratio) bool {
	c := own.Cmp(b.Share)
	return c > 0 || (c == 0 && !b.Above)
}

// Weighing is how the fault of the injured is held against that of several others (共同不法行為と過失相殺).
type Weighing string

// The ways of weighing.
const (
	// Absolute weighs all together: each of the others answers for what is left after the injured's part of the whole (絶対的過失相殺).
	Absolute Weighing = "absolute"
	// Relative weighs the injured against each of the others alone (相対的過失相殺).
	Relative Weighing = "relative"
	// SingleAndTotal weighs both ways: nobody pays more than against it alone, all together no more than the whole
	// (Einzelabwägung und Gesamtschau, BGHZ 30, 203).
	SingleAndTotal Weighing = "single-and-total"
)

// Answering is how far one of several at fault answers towards the injured.
type Answering string

// The ways of answering.
const (
	Joint   Answering = "joint"      // each for the whole, as often as it has not been paid (連帯)
	Several Answering = "several"    // each for its own part (分割)
	Partly  Answering = "joint-from" // for the whole from a share of fault on, else for its own part
)

// Liability says how several at fault answer.
type Liability struct {
	Of Answering
	// With Partly: who bears From of the fault of all, the injured included, answers for the whole; with Above only who bears more.
	From  contracts.Ratio
	Above bool
	// NonEconomic is how they answer for loss that is not of money, such as pain; empty is as for the rest.
	NonEconomic Answering
}

// Contribution is when one who has paid may recover from the others (求償).
type Contribution string

// The rules of contribution.
const (
	AnyPayment Contribution = "any-payment"     // by share of whatever was paid
	BeyondOwn  Contribution = "beyond-own-part" // only of what was paid beyond the own part
	Barred     Contribution = "none"            // no contribution among them
)

// Settlement is how a settlement of one lowers what the others owe.
type Settlement string

// The credits for a settlement.
const (
	ProTanto      Settlement = "pro-tanto"     // by the amount paid
	Proportionate Settlement = "proportionate" // by the settling party's share of fault
	GreaterOf     Settlement = "greater-of"    // by the greater of the two
)

// Uncollectible is who bears the part of one who cannot pay.
type Uncollectible string

// The rules for parts that cannot be collected.
const (
	OnClaimant   Uncollectible = "claimant"      // the injured, whose claim against the others stays as it was
	OnOthers     Uncollectible = "others"        // the others at fault, in proportion to their shares
	OnAll        Uncollectible = "all"           // the others and the injured, in proportion to their shares
	OnOthersUpTo Uncollectible = "others-capped" // the others in proportion to their shares, each up to a part of its own share ([Reallocation.UpTo])
)

// Reallocation says who bears uncollectible parts.
type Reallocation struct {
	To   Uncollectible
	UpTo contracts.Ratio // with OnOthersUpTo: the most that is added, as a part of the own share
	// OfWhole, with OnOthersUpTo: each bears of the uncollectible part the share that it has of the fault of all, and the injured what is
	// left; else those who can pay bear it by their shares among themselves.
	OfWhole bool
}
