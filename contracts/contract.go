package contracts

// Contract is one version of the terms between a provider and its customers
// (or between a provider and its own supplier). Build it in Go or read it with
// [Read]; [Contract.Validate] finds the same faults in both.
type Contract struct {
	ID    string
	Title Text
	Law   string // jurisdiction of package law, such as "jp"; empty applies no law
	// Audience is whom the terms are written for. It decides nothing: whether a
	// customer is a consumer is a fact of the customer.
	Audience Audience
	Parties  Parties
	// Currency of every amount in the contract and in its customers' rows.
	Currency Currency
	Zone     string   // IANA name; local times and windows are in it
	InForce  DateSpan // when this version applies
	// Rounding of every part taken, unless a clause states its own. Where the terms are silent
	// fractions are dropped, as courts do, and the result says that this was assumed.
	Rounding Rounding
	// Order of the rules between exemptions and amounts added afterwards. Empty
	// is own fault, then set-off, then layers, then caps, and the result says so. One that does not name layers has them
	// before the caps.
	Order []Stage
	// OrderOpen leaves open whether the customer's own share or the limit comes first: both orders are computed, own fault, set-off, caps and caps, own fault,
	// set-off, and a finding may decide. Order is then empty.
	OrderOpen bool
	// Tax on turnover; nil leaves it out of account.
	Tax       *Tax
	Clauses   []Clause
	Calendars []Calendar // tables of working time that clauses refer to
	Examples  []Example  // worked examples, which the contract must reproduce
	Source    string     // where the terms were read, and when
	At        Pos        // where the contract was read; zero when built in Go
}

// Audience is whom terms are written for.
type Audience uint8

// The audiences.
const (
	AnyCustomer Audience = iota
	BusinessCustomers
	ConsumerCustomers
)

var audienceNames = [...]string{"any", "business", "consumer"}

func (a Audience) String() string { return audienceNames[a] }

// Parties names who promises and who is promised.
type Parties struct{ Provider, Customer Text }

// DateSpan is from From up to, but not including, Until. A zero bound is open.
type DateSpan struct{ From, Until Date }

// Stage is a rule whose place in the order a contract may choose.
type Stage uint8

// The stages that can be ordered.
const (
	StageOwnFault Stage = iota
	StageSetOff
	StageCap
	StageLayer
)

var stageNames = [...]string{"own-fault", "set-off", "cap", "layer"}

func (s Stage) String() string { return stageNames[s] }

// DefaultOrder is the order of stages when the terms are silent: the customer's
// own share first, then credits against damages, then layers, then the limits.
func DefaultOrder() []Stage { return []Stage{StageOwnFault, StageSetOff, StageLayer, StageCap} }

// Clause returns the clause of that id, or nil.
func (c *Contract) Clause(id string) Clause {
	for _, cl := range c.Clauses {
		if cl.provision().ID == id {
			return cl
		}
	}
	return nil
}

// Calendar returns the table of working time of that id, or nil.
func (c *Contract) Calendar(id string) *Calendar {
	for i := range c.Calendars {
		if c.Calendars[i].ID == id {
			return &c.Calendars[i]
		}
	}
	return nil
}

// RoundingOf is the rounding a clause uses: its own, else the contract's.
func (c *Contract) RoundingOf(p *Provision) Rounding {
	if p != nil && p.Rounding != RoundingUnstated {
		return p.Rounding
	}
	if c.Rounding == RoundingUnstated {
		return RoundDown
	}
	return c.Rounding
}
