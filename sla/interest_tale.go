package sla

import (
	"fmt"
	"slices"

	"github.com/amends-go/amends/contracts"
)

// interestTale is what is needed to tell in words how interest ran.
type interestTale struct {
	clause    string
	stretches []string // suffixes of the columns
	legal     []legalRate
	agreed    bool
}

func (x *accruing) tale(payments int) *interestTale {
	t := &interestTale{clause: x.c.ID, legal: x.legal, agreed: x.agreed}
	if payments == 0 {
		t.stretches = []string{""}
		return t
	}
	for i := range payments + 1 {
		t.stretches = append(t.stretches, fmt.Sprintf("#%d", i+1))
	}
	return t
}

// Interest is how interest ran over a stretch in which the principal stayed the same.
type Interest struct {
	Principal contracts.Amount // that bears interest; below zero is owed back
	From, To  contracts.Date   // both days count
	Days      int64
	Rate      contracts.Ratio // a year; 0 where it moved meanwhile
	Amount    contracts.Amount
}

// Interest lists how the row's interest ran, stretch by stretch. Those without a day are left out.
func (r Row) Interest() []Interest {
	t := r.run.Program.interest
	if t == nil {
		return nil
	}
	value := func(name string) int64 { return r.Value(r.run.Program.Index(name)) }
	var out []Interest
	start := value("first_day." + t.clause)
	for _, s := range t.stretches {
		i := Interest{Principal: contracts.Amount(value("base." + t.clause + s)), From: DateOfSerial(start), To: DateOfSerial(value("last_day." + t.clause + s)),
			Days: value("days." + t.clause + s), Amount: contracts.Amount(value("interest." + t.clause + s))}
		if n := r.run.Program.Index("rate.num." + t.clause); n >= 0 {
			i.Rate, _ = contracts.NewRatio(r.Value(n), max(value("rate.den."+t.clause), 1))
		}
		start += i.Days
		if i.Days > 0 {
			out = append(out, i)
		}
	}
	return out
}

// interestWhy tells the principal, the rate with its ground, the days and the convention of each stretch.
func (r Row) interestWhy() []contracts.Text {
	t := r.run.Program.interest
	var out []contracts.Text
	for _, i := range r.Interest() {
		if i.Amount == 0 {
			continue
		}
		cur := r.run.Program.Contract.Currency
		rateJA, rateEN := "年"+i.Rate.Percent(), i.Rate.Percent()+" a year"
		if i.Rate.Num() == 0 {
			rateJA, rateEN = "変動する法定利率", "the legal rate as it moved"
		}
		if ref := r.rateGround(); ref != "" {
			rateJA, rateEN = rateJA+"（"+ref+"）", rateEN+" ("+ref+")"
		}
		out = append(out, contracts.Text{
			JA: fmt.Sprintf("元本%sに対し、%s、%sから%sまで%d日、%s、%s", i.Principal.Words(cur, "ja"), rateJA, i.From, i.To, i.Days,
				r.run.Reading("day_count."+t.clause, "ja"), r.run.Reading("ends."+t.clause, "ja")),
			EN: fmt.Sprintf("on %s at %s, from %s to %s, %d days, %s, %s", i.Principal.Words(cur, "en"), rateEN, i.From, i.To, i.Days,
				r.run.Reading("day_count."+t.clause, "en"), r.run.Reading("ends."+t.clause, "en")),
		})
	}
	return out
}

// rateGround is the statute of a legal rate: that which was chosen, or where that knows no rate the general one.
func (r Row) rateGround() string {
	t := r.run.Program.interest
	if t.agreed || len(t.legal) == 0 {
		return ""
	}
	l := t.legal[0]
	if name := "legal_rate." + t.clause; r.run.Program.Parameter(name) != nil {
		l = t.legal[r.run.Shown(name).Num]
	}
	if l.RateMoves {
		return l.Cite.String()
	}
	delay := DateOfSerial(r.Value(r.run.Program.Index("delay." + t.clause)))
	at := slices.IndexFunc(l.spans, func(s rateSpan) bool { return s.Until.IsZero() || delay.Cmp(s.Until) < 0 })
	return l.spans[max(at, 0)].entry.Cite.String()
}
