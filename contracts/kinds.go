package contracts

// KindDoc tells what a kind of clause means and how it is written.
type KindDoc struct {
	Kind     string // as written in a contract file
	Term     Text   // the field's name for it
	Means    string
	Example  string // YAML of clauses, the indentation of a contract file left out
	Real     string // a public SLA or terms that use it
	Rounding string
	Fields   []FieldDoc
}

// FieldDoc tells what a field of a clause means.
type FieldDoc struct{ Name, Means string }

// KindDocs tells of every kind of clause, in the order in which a contract is read.
func KindDocs() []KindDoc { return kindDocs }

// CommonFields tells of the fields that every clause may have.
func CommonFields() []FieldDoc { return commonFields }

var commonFields = []FieldDoc{
	{"id", "the clause's name, unique in the case; findings and other clauses refer to it"},
	{"ref", "where the words stand: {doc: Terms, section: \"7\", gist: in a few words, source: where they were read}"},
	{"when", "what must hold for the clause to operate: {grade: gross} (or graver), {consumer: true}, {fact: no-backup}, {event: id}; all:, any: and not: of such conditions"},
	{"unless", "what must not hold"},
	{"instead_of", "ids of clauses whose place this one takes where it operates (特約・個別合意の優先): [art36]. An exception to an exception goes before both. Two that take one clause's place and can both operate are an error. Where the law strikes the special clause, the general one stands"},
	{"rounding", "down, up, half-up, half-even or half-down; the contract's by default"},
}

var kindDocs = []KindDoc{
	{
		Kind: "availability", Term: Text{"稼働率保証", "availability commitment"},
		Means: "A level of service that is promised, and how it is measured: what failed out of a whole, for each window that the incident touches. Uptime is 1 − failed ÷ whole. It pays nothing by itself; credits, misses and rights to leave refer to it by its id.",
		Example: `- id: uptime
  ref: {doc: SLA, section: "2"}
  availability:
    target: 99.9%
    window: calendar-month
    zone: UTC
    longer_than: 5m`,
		Real:     "Atlassian Cloud Premium: 99.9% of a calendar month in UTC; NTT Communications ECL 2.0 splits outages at the UTC month's edge",
		Rounding: "None: uptime is compared with the target and with rungs exactly, by cross-multiplication. Only round (of time) and percent (of the uptime) round, where the terms say so.",
		Fields: []FieldDoc{
			{"target", "the uptime promised, 99.9%; left out, any failure misses"},
			{"measure", "time (default), requests (failed out of all), mean-error-rate (mean over intervals), bad-intervals, occurrences (events that began in the window), stated-level (uptime on record), reading (a number on record); misses is set by the field misses"},
			{"window", "calendar-month, calendar-quarter, calendar-half, calendar-year, calendar-day, billing-month (column billing_day), contract-month, contract-quarter, contract-year (column since), {days: 30} ending with the incident (or ending: claim, before the day of the column claimed_on), outage (each interruption), event, incident"},
			{"year_starts", "month in which the year of quarters, halves and years begins: 2 for a fiscal year from February"},
			{"zone", "IANA zone of the window's edges; the contract's by default"},
			{"whole", "what failed time is held against: window (default; of an outage or event the calendar month in which it began), net (less exclusions), or a fixed length such as 43200m or 720h"},
			{"partial", "customers of a part of the window: deemed-up (default: the whole stays whole), prorated (the part subscribed), full-only (no credit)"},
			{"services", "services whose downtime counts; by default each customer's own"},
			{"down_when", "a state of several services: {all: [www, mail]}, {any: [a, b]}, {at_least: 2, of: [a, b, c]}; parts may be such states themselves"},
			{"mean_of", "the mean of the uptime of several services counts: [api, login, console]"},
			{"events", "kinds of event that count, such as storm-category-2; all by default"},
			{"impact", "least impact that counts: outage (default), partial or degraded"},
			{"degraded", "true counts degraded performance: the same as impact: degraded"},
			{"weights", "how much each impact counts, {outage: 100%, partial: 30%}; the largest wins where they overlap"},
			{"by_share", "true weighs each phase by the share of users, servers or customers that it hit"},
			{"unknown", "time in which nobody was watching: up, down, excluded; left out, up and down are both computed where such time is on record"},
			{"clock", "whose record of time the terms go by, such as monitor, posted, reported, known, post-mortem; it can be changed by a finding"},
			{"minimum", "an interruption shorter than this does not count; one of this length does"},
			{"longer_than", "an interruption of this length or shorter does not count"},
			{"minimum_applies", "after-exclusions (default) or before-exclusions"},
			{"minimum_counts", "all (default: once reached, the whole interruption counts) or excess"},
			{"hours", "id of a calendar: only its working time counts, in the failure and in the whole"},
			{"grace", "taken off the beginning of each interruption: 1h, or {working_days: 2, calendar: uk}"},
			{"round", "{to: 1m, by: down, each: outage}: time in whole units, of each outage (default) or of the window's sum"},
			{"percent", "{decimals: 2, by: down}: the uptime in per cent is cut before it is compared"},
			{"interval", "length of the intervals of mean-error-rate and bad-intervals"},
			{"bad", "when an interval has failed: {errors_over: 5%, requests: 10}, or errors_from when the share itself fails"},
			{"empty", "intervals without requests: no-errors (default) or left-out"},
			{"misses", "counts windows of another commitment that missed: {of: uptime, within: 6}, {of: uptime, consecutive: true}; restart: true begins again once a credit was paid; only_missed: true counts nothing in a window that was itself kept"},
		},
	},
	{
		Kind: "exclude_downtime", Term: Text{"計測除外", "exclusion of downtime"},
		Means: "Takes phases of the named causes out of the count: maintenance, force majeure, the customer's own acts. Only the part that overlaps goes.",
		Example: `- id: maintenance
  ref: {doc: SLA, section: "4"}
  exclude_downtime: {causes: [maintenance], notice: 48h, allowance: {of: 10h, per: calendar-year}}
- id: uptime
  ref: {doc: SLA, section: "2"}
  availability: {target: 99.99%, window: calendar-quarter}`,
		Real:     "Slack 2024: scheduled downtime with 48 hours' notice, up to 10 hours a year",
		Rounding: "None.",
		Fields: []FieldDoc{
			{"causes", "causes of phases, as in the incident file"},
			{"of", "ids of the commitments concerned; all by default"},
			{"notice", "how long before its beginning a phase must have been announced, 48h; or {days: 5, calendar: id} in working days. A phase without a record of notice was not announced"},
			{"only_up_to", "a phase longer than this is not excluded at all"},
			{"each_at_most", "no more than this of each phase is excluded"},
			{"allowance", "no more than this is excluded in each period, the earliest first: {of: 2h, per: calendar-month}"},
			{"hours", "id of a calendar: only its hours are excluded, as of a maintenance window"},
		},
	},
	{
		Kind: "credit", Term: Text{"利用料金の減額・返金", "service credit"},
		Means: "What is paid for a window in which a commitment was missed: by rungs (tiers), or one pay. Written beside an availability in one entry it belongs to that; its id is then that of the entry with .credit.",
		Example: `- id: uptime
  ref: {doc: SLA, section: "2"}
  availability: {target: 99.99%, window: calendar-month}
- id: credit
  ref: {doc: SLA, section: "3"}
  credit:
    availability: uptime
    of: {fee: affected-resource, less: [licences]}
    tiers: [{below: 99.99%, pay: 10%}, {below: 99%, pay: 25%}, {below: 95%, pay: 100%}]
    at_most: 100%
    pays_over: 1.00
    claim: {by: {days: 30, after: window-end}}
    form: {as: next-invoice, expires_months: 12}`,
		Real:     "Amazon EC2, Google Compute Engine, Azure and most others; rungs by length of outage: Lumen Edge Bare Metal",
		Rounding: "Each part of a fee is rounded once, by the clause's rounding or else the contract's: base × rate, base × time × times ÷ whole, sum × units. Units are rounded as round says.",
		Fields: []FieldDoc{
			{"availability", "id of the commitment"},
			{"of", "the base: monthly-fee (default), fees-paid-to-date, a column fee.NAME of the customer list, or {fee: NAME, plus: [..], less: [..], times: 1/12}"},
			{"tiers", "rungs. On uptime: below or at_most, and from or above for a lower edge. On a length, count or reading: over or at_least, and under or up_to. Rungs of one edge go from the first failure to the worst and the furthest reached pays; rungs of two edges are loaded as written"},
			{"pay", "of a rung, or of the credit: 10%, 1/30, or one of {rate: 5%}, {fixed: 30}, {fixed: {2019-04-01: 8.00, 2026-04-01: 10.34}} by day, {days: 3}, {hours: 12}, {months: 1} of service (day_of: 30 for days of the fee), {points: 14}, {prorata: downtime}, {prorata: excess} beyond the target (times: 10, over: 720h, cut: {decimals: 2, by: half-up}), {greater_of: [..]}, {lesser_of: [..]}, {sum: [..]}; number: NAME multiplies by a column number.NAME, per: NAME divides by one"},
			{"each", "within a pay: for each 30m, civil-day, 0.1% of uptime below the target (or below after: 99.5%), or 1 of a count; round: up (begun), down (full), half-up (nearest), exact (pro rata); after: 1h with counts: excess (beyond it) or all; units_at_most"},
			{"reading", "of the table: single (default), marginal (each part of the measure pays by the rung in which it lies), cumulative (every rung reached pays)"},
			{"if_several", "where rungs overlap: most, least, first, sum; left out, the least and the most are both computed"},
			{"if_none", "where rungs leave a gap: most (the rung beyond), least (the rung before), nothing; left out, nothing and the most are both computed"},
			{"at_most", "limit of a window's credit: 30%, {fixed: 100}, {days: 15}, or a list; {rate: 10%, of: fees-12-months, less: credits-11-months}; per: incident limits the sum of the windows"},
			{"at_least", "raises a credit that is due to this sum"},
			{"pays_over", "pays nothing unless the credit is more than this sum"},
			{"pays_from", "pays nothing unless the credit is at least this sum"},
			{"claim", "automatic, on-request, or {by: {days: 30, after: window-end | recovery | start}}; months with day: 15 for the 15th of a later month, windows: 2 for the end of the second window after, calendar for working days; notice is text for people"},
			{"form", "next-invoice (default), later-invoice, refund, service-time, voucher, in-kind, choice; service-time and in-kind are valued and not paid; {as:, expires_months:, expires_days:, note:}"},
			{"treatment", "what it is for the contract's tax: price-reduction (the tax of the price comes back with it), damages, goodwill (outside the tax); left out, as tax.credits of the contract says, else both readings are computed"},
			{"reward", "true: the customer pays it, for a level above the promise"},
		},
	},
	{
		Kind: "goodwill", Term: Text{"お詫び金", "goodwill"},
		Means: "A payment beside what the terms owe, to everybody affected.",
		Example: `- id: apology
  ref: {doc: Announcement}
  goodwill: {pay: {fixed: 200}}`,
		Real:     "KDDI 2022: 200 yen to each line; Rogers 2022: five days of service",
		Rounding: "As a credit.",
		Fields:   []FieldDoc{{"pay", "as of a credit, without a commitment"}, {"of", "as of a credit"}, {"at_most", "as of a credit"}, {"at_least", "as of a credit"}, {"pays_over", "as of a credit"}, {"pays_from", "as of a credit"}, {"claim", "as of a credit"}, {"form", "as of a credit"}, {"treatment", "as of a credit; left out, goodwill"}},
	},
	{
		Kind: "combine", Term: Text{"返金の併合", "combination of credits"},
		Means: "Which of several credits for one incident is paid. Without it they add up, and the result says that this was assumed.",
		Example: `- id: uptime
  ref: {doc: SLA}
  availability: {target: 99.9%, window: calendar-month}
  credit: {tiers: [{below: 99.9%, pay: 10%}]}
- id: restore
  ref: {doc: SLA}
  availability: {window: outage}
  credit: {pay: {rate: 5%, each: 30m, round: up}, at_most: 100%}
- id: one
  ref: {doc: SLA}
  combine: {credits: [uptime.credit, restore.credit], take: highest, at_most: 100%}`,
		Real:     "Azure: several service levels hit by one incident, of which the customer chooses one; Verizon: availability and time to restore add up",
		Rounding: "None; the limits as in a credit.",
		Fields:   []FieldDoc{{"credits", "ids, in order of priority"}, {"take", "sum, highest, lowest, or first that pays"}, {"at_most", "limit of what is taken; its base is that of the first credit"}},
	},
	{
		Kind: "earn_back", Term: Text{"減額の返戻", "earn-back"},
		Means: "A part of a credit returns to the provider once the commitment was met for so many windows after. Later windows stand in the incident file as levels.",
		Example: `- id: uptime
  ref: {doc: SLA}
  availability: {target: 99.9%, window: calendar-month}
  credit: {tiers: [{below: 99.9%, pay: 15%}]}
- id: earned
  ref: {doc: SLA}
  earn_back: {credit: uptime.credit, windows: 2, return: 50%}`,
		Real:     "Bank of Baroda's outsourcing terms: half of a deduction returns after two months as promised",
		Rounding: "The part that returns, by the clause's rounding.",
		Fields:   []FieldDoc{{"credit", "id"}, {"windows", "windows in a row that must have been met"}, {"return", "the part that returns"}},
	},
	{
		Kind: "terminate", Term: Text{"解除権", "right to end the contract"},
		Means: "When the customer may end the contract. It moves no money; the result says whether it has arisen.",
		Example: `- id: uptime
  ref: {doc: MSA}
  availability: {target: 99.8%, window: calendar-month}
- id: leave
  ref: {doc: MSA}
  terminate: {availability: uptime, misses: 2, consecutive: true, exercise_days: 30, refund: the prepaid fee pro rata}`,
		Real:     "Datadog: two consecutive months below 99.8%; Adobe: below 90% in three of six months",
		Rounding: "None.",
		Fields:   []FieldDoc{{"availability", "id of the commitment"}, {"misses", "windows that must have missed"}, {"within", "of so many windows"}, {"consecutive", "true: in a row"}, {"below", "uptime of one window that is enough"}, {"exercise_days", "days after the window's end in which it may be used"}, {"refund", "what is refunded, in words"}},
	},
	{
		Kind: "exclude_loss", Term: Text{"損害項目の免責", "exclusion of loss"},
		Means: "Heads of loss that are not owed at all, such as lost profit.",
		Example: `- id: profit
  ref: {doc: Terms, section: "8"}
  exclude_loss: {heads: [lost-profit]}
  unless: {grade: gross}`,
		Real: "First Server 2012, article 36", Rounding: "None.",
		Fields: []FieldDoc{{"heads", "heads of the incident file"}, {"states_ordinary_only", "true when the clause itself says that it covers only negligence short of gross"}},
	},
	{
		Kind: "exempt", Term: Text{"免責", "exemption"},
		Means: "Frees the provider from liability for losses of the named kinds of event, phases, heads or grades of fault; an empty list names all.",
		Example: `- id: lost-data
  ref: {doc: Terms, section: "35"}
  exempt: {events: [data-loss]}
  unless: {grade: gross}`,
		Real: "First Server 2012, article 35", Rounding: "None.",
		Fields: []FieldDoc{{"events", "kinds of event"}, {"phases", "ids of phases"}, {"heads", "heads of loss"}, {"grades", "exactly these grades of fault"}},
	},
	{
		Kind: "lift", Term: Text{"責任制限の不適用", "carve-out"},
		Means: "Takes named clauses away on a condition.",
		Example: `- id: limit
  ref: {doc: Terms, section: "9"}
  cap: {amount: 10000, per: subscription}
- id: wilful
  ref: {doc: Terms, section: "10"}
  when: {grade: gross}
  lift: {clauses: [limit]}`,
		Real: "NSBT Japan, article 19: nothing is limited for intent or gross negligence", Rounding: "None.",
		Fields: []FieldDoc{{"clauses", "ids"}},
	},
	{
		Kind: "layer", Term: Text{"補償の階層・自己負担", "layer"},
		Means: "Deductible, franchise, attachment, limit and share, in that order, over the sum of what the named heads stand at in one row; or several layers over that sum, kept apart. What is left is shared back over the heads in proportion. With a cession, what the layers pay is borne by another and taken off the loss.",
		Example: `- id: retention
  ref: {doc: Terms, section: "12"}
  layer: {heads: [data-recovery], deductible: 500}
- id: cover
  ref: {doc: Terms, section: "13"}
  layer:
    layers:
      - {limit: 5000}
      - {attachment: 5000, limit: 10000, share: 80%}
- id: insurer
  ref: {doc: Policy, section: "2"}
  layer: {cession: cyber-policy, deductible: {of_loss: 10%}, limit: 8000}`,
		Real:     "Oasis LMF financial module, profiles 1 to 41: retention per item, per group, layers, placed share; cyber policies with a retention and 80% of a layer",
		Rounding: "A part, a ratio of the loss or of the limit, and each share, by the clause's rounding; of a deductible that is a part of the loss, what is left of the loss. Heads share by cumulative rounding: they sum to the unit.",
		Fields: []FieldDoc{
			{"heads", "heads of the incident file; all by default"},
			{"part", "first, this part of the sum counts: 60%"},
			{"franchise", "all or nothing: {over: 100} pays nothing of 100 or less, {at_least: 100} pays 100 too; a reverse one, {up_to: 100}, pays nothing of more, {under: 100} nothing of 100 or more"},
			{"deductible", "subtracted: a sum, {of_loss: 5%} of the whole sum, or {of_limit: 2%}"},
			{"attachment", "subtracted after it: where the layer begins"},
			{"limit", "the most that is paid, before shares: a sum, or {of_loss: 30%}"},
			{"share", "the part of that which is paid, or several, taken one after another: [80%, 50%]"},
			{"layers", "a list of layers over the same sum, each with the six steps above"},
			{"per", "subscription (default): the losses of one row; claim: those of each event by themselves"},
			{"on", "sum (default): the sum of what earlier layers left; layers: each layer of this clause works on the one of that number before"},
			{"share_by", "standing (default): by what each head stands at; loss: by what it stood at before the first layer clause"},
			{"cession", "id of a contract under which another bears what is paid"},
			{"states_ordinary_only", "as in exclude_loss"},
		},
	},
	{
		Kind: "cap", Term: Text{"責任限度額", "liability cap"},
		Means: "A limit of damages: a sum, months of fees, the fees paid to date, a multiple of a fee of the list; for each claim, subscription or customer, or for the incident and then shared.",
		Example: `- id: limit
  ref: {doc: Terms, section: "9"}
  cap: {amount: {times: 1, of: fees-12-months}, per: subscription, credits: outside}`,
		Real: "AWS customer agreement: fees of the last 12 months; First Server 2012: all fees paid", Rounding: "Months and multiples of a fee, by the clause's rounding. Shared limits are given out to the unit.",
		Fields: []FieldDoc{{"amount", "a sum, monthly-fee, fees-paid-to-date, {months: 12}, or {times: 2, of: NAME}"}, {"per", "claim, subscription, customer, incident"}, {"heads", "the cap covers only these heads of loss"}, {"except_heads", "the cap covers all heads but these"}, {"used", "a fee of the list, NAME of its column fee.NAME: what was already paid under the cap in its period, which lowers the limit"}, {"share_by", "capped (default), admitted, claimed"}, {"credits", "outside (default) or inside"}, {"tax", "inside (default: the limit holds the sum with its tax) or outside (the tax comes on top); only with tax in the contract, and only where damages are taxed"}, {"states_ordinary_only", "as in exclude_loss"}},
	},
	{
		Kind: "own_fault", Term: Text{"過失相殺", "own fault"},
		Means: "Reduces damages by the customer's own share of fault, found or recorded.",
		Example: `- id: own
  ref: {doc: Civil Code, section: "418"}
  own_fault: {per: total}`,
		Real: "Tokyo District Court, 28 September 2001: half, for want of a backup", Rounding: "What is kept, once on the whole or for each head.",
		Fields: []FieldDoc{{"events", "kinds of event; all by default"}, {"per", "total (default) or head"}},
	},
	{
		Kind: "sole_remedy", Term: Text{"唯一の救済", "sole remedy"},
		Means: "The credit is the only remedy: losses of the named kinds of event are not owed besides.",
		Example: `- id: sole
  ref: {doc: SLA, section: "7"}
  sole_remedy: {events: [outage]}`,
		Real: "Slack 2024, Atlassian, most clouds", Rounding: "None.",
		Fields: []FieldDoc{{"events", "kinds of event; all by default"}},
	},
	{
		Kind: "set_off", Term: Text{"返金との相殺", "set-off of credits"},
		Means: "Credits count against damages: the greater of the two is paid, not both.",
		Example: `- id: offset
  ref: {doc: SLA, section: "8"}
  set_off: {}`,
		Real: "TKG s. 58(3): a price reduction for the same fault is deducted", Rounding: "None.",
	},
	{
		Kind: "add_after_offset", Term: Text{"相殺後の加算", "added after the offset"},
		Means: "Heads that are added in full after own fault and caps, as courts do with lawyers' fees.",
		Example: `- id: lawyers
  ref: {doc: judgment}
  add_after_offset: {heads: [lawyers-fees]}`,
		Real: "Tokyo District Court, 4 December 2009 (J-COM)", Rounding: "None.",
		Fields: []FieldDoc{{"heads", "heads of the incident file"}},
	},
	{
		Kind: "already_paid", Term: Text{"既払金", "already paid"},
		Means: "Cites the rule by which earlier payments are taken off. They are taken off without it too; what remains may be negative and is then owed back.",
		Example: `- id: paid
  ref: {doc: judgment}
  already_paid: {}`,
		Real: "Tokyo District Court, 28 September 2001: 22,635,000 yen owed back", Rounding: "None.",
	},
	{
		Kind: "interest", Term: Text{"遅延損害金", "interest for delay"},
		Means: "Simple interest on what is owed, from the day on which the delay began; on what is owed back it runs the other way. The legal rate is that of the day on which the delay began and stays, unless the law says that it moves. Goodwill bears none.",
		Example: `- id: interest
  ref: {doc: judgment}
  interest: {ground: contract, rate: 6%, from: 2000-09-19, to: 2001-09-28, day_count: years-and-days}`,
		Real:     "Tokyo District Court, 28 September 2001: 6% a year on 22,635,000 yen owed back, from 19 September 2000 until paid",
		Rounding: "Principal × rate × time, once for each stretch between two payments, by the clause's rounding.",
		Fields: []FieldDoc{
			{"ground", "contract (from the day after the demand), tort (from the first day on which a loss claimed arose), demand (from the day of the demand itself)"},
			{"rate", "a year, 6% or 73/500; left out, the legal rate of the contract's law on the day on which the delay began"},
			{"commercial", "true or false: whether the law's rate for debts of merchants applies; left out, both are computed where such a rate was in force. Not with tort"},
			{"from", "the day on which the delay began, where it is the same for all"},
			{"demanded", "the day of the demand where it is the same for all, as of a complaint served; left out, the column demanded_on of each customer, and who has demanded nothing is owed no interest"},
			{"to", "the last day of the interest; left out, as_of of the case"},
			{"day_count", "years-and-days (whole years, days over 365), days-365, leap-split (days of leap years over 366); left out, years-and-days as an assumption, or days-365 where the legal rate moves"},
			{"both_ends", "true counts the first day and the last; false leaves out the first; left out, true as an assumption"},
			{"payments", "interest-first or principal-first: to what a payment with a day (paid_on, paid_on.2 of the customer list) goes first; left out, interest-first as an assumption. A payment goes with its own day to interest up to that day; without a day it was made before the delay"},
		},
	},
}
