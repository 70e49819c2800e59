package sla

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/problem"
)

// named takes a heading fee.NAME or number.NAME, of which some contract must speak.
func (f *CustomerFile) named(col customerColumn, header string, line int) contracts.Problems {
	list, known := &f.shape.Fees, func(k *contracts.Contract) []string { return k.FeeNames() }
	if col.field == "number" {
		list, known = &f.shape.Numbers, func(k *contracts.Contract) []string { return k.NumberNames() }
	}
	ofHead := col.field == "fee" && slices.Contains(f.c.Incident.marginNames(), col.id)
	if !ofHead && !slices.ContainsFunc(f.c.terms(), func(k *contracts.Contract) bool { return slices.Contains(known(k), col.id) }) {
		return contracts.Problems{{File: f.name, Line: line, Field: header, Value: header, Code: "E_UNKNOWN_FIELD", Message: fmt.Sprintf("no clause and no head of loss speaks of the %s %q", col.field, col.id), Hint: problem.Suggest(header, f.known())}}
	}
	*list = append(*list, col.id)
	f.columns = append(f.columns, col)
	return nil
}

// measured takes a heading measured.COMMITMENT or measured.COMMITMENT@WINDOW: what was measured for each customer alone.
func (f *CustomerFile) measured(col customerColumn, header string, line int) contracts.Problems {
	col.own.Of, col.own.Window, _ = strings.Cut(col.id, "@")
	if !slices.ContainsFunc(f.c.terms(), func(k *contracts.Contract) bool { return availability(k, col.own.Of) != nil }) {
		return contracts.Problems{{File: f.name, Line: line, Field: header, Value: header, Code: "E_UNKNOWN_CLAUSE", Message: fmt.Sprintf("no contract has a commitment %q", col.own.Of),
			Hint: "write measured.ID or measured.ID@WINDOW, such as measured.uptime@2024-05"}}
	}
	f.shape.Measured = append(f.shape.Measured, col.own)
	f.columns = append(f.columns, col)
	return nil
}

func availability(k *contracts.Contract, id string) *contracts.Availability {
	a, _ := k.Clause(id).(*contracts.Availability)
	return a
}

// measuredCell reads what was measured for one customer: a length of time, a percentage of uptime, or a whole number, as the commitment
// measures. An empty cell is nothing that failed.
func (p *rowParser) measuredCell(col customerColumn, text string, k *contracts.Contract) {
	a := availability(k, col.own.Of)
	if text == "" || a == nil {
		return
	}
	out := OwnMeasure{Own: col.own}
	switch {
	case a.Measure == contracts.Time:
		ms, err := contracts.ParseDuration(text)
		if err != nil {
			p.refuse(col.index, "E_UNIT", err.Error(), "write whole numbers with their units: 86m24s")
			return
		}
		out.Failed = ms
	case a.Measure.IsShare():
		up, err := contracts.ParseRatio(text)
		failed, whole := contracts.MulDiv(up.Den()-up.Num(), OwnShareParts, max(up.Den(), 1), contracts.RoundDown)
		if err == nil && (up.Cmp(contracts.One) > 0 || OwnShareParts%up.Den() != 0) {
			err = fmt.Errorf("%w: an uptime is at most 100%% and has at most four decimals", contracts.ErrRange)
		}
		if err != nil || !whole {
			p.refuse(col.index, "E_RANGE", fmt.Sprint(err), "write the uptime as 99.8612%")
			return
		}
		out.Failed = failed
	default:
		out.Failed = p.whole(col.index, text, 0, 1_000_000_000_000)
	}
	p.measured = append(p.measured, out)
}

// whole reads a whole number within bounds; an empty cell is 0.
func (p *rowParser) whole(i int, text string, lo, hi int64) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if text == "" && lo == 0 {
		return 0
	}
	if err != nil || n < lo || n > hi || strconv.FormatInt(n, 10) != text {
		p.refuse(i, "E_RANGE", "not a whole number within bounds", fmt.Sprintf("write digits only, from %d to %d", lo, hi))
		return lo
	}
	return n
}
