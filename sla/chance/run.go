package chance

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/sla/formula"
)

// Evaluate works out one amount exactly with those values. It is called by several goroutines at once.
type Evaluate func(values map[string]formula.Number) (contracts.Amount, error)

// Run draws and works out every draw, with so many workers (0 is one for each processor). Draws with equal values are worked out once. The result does not
// depend on the number of workers; the error is that of the first draw that fails. progress, if it is not nil, is told how many different draws are done.
func (m *Model) Run(workers int, evaluate Evaluate, progress func(done, of int)) (*Distribution, error) {
	which := make([]int, m.Draws)
	var draws []map[string]formula.Number
	seen := map[string]int{}
	for i := range m.Draws {
		values := m.Draw(i)
		k := key(values)
		at, ok := seen[k]
		if !ok {
			at = len(draws)
			seen[k] = at
			draws = append(draws, values)
		}
		which[i] = at
	}
	amounts, err := all(draws, workers, evaluate, progress)
	if err != nil {
		return nil, err
	}
	d := &Distribution{Amounts: make([]contracts.Amount, m.Draws), branch: make([]int, m.Draws)}
	branches := map[string]int{}
	for i, at := range which {
		d.Amounts[i] = amounts[at]
		k := m.branch(draws[at])
		if _, ok := branches[k]; !ok {
			branches[k] = len(branches)
		}
		d.branch[i] = branches[k]
	}
	d.sorted = slices.Sorted(slices.Values(d.Amounts))
	return d, nil
}

// branch tells draws apart by the variables that are chances alone: how the questions were decided.
func (m *Model) branch(values map[string]formula.Number) string {
	decided := map[string]formula.Number{}
	for i := range m.Variables {
		if v := &m.Variables[i]; v.Form == Chances {
			for _, name := range v.Parameters {
				decided[name] = values[name]
			}
		}
	}
	return key(decided)
}

// key tells draws apart.
func key(values map[string]formula.Number) string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(values)) {
		fmt.Fprintf(&b, "%s=%d/%d ", name, values[name].Num, values[name].Den)
	}
	return b.String()
}

// all works out every list of values.
func all(draws []map[string]formula.Number, workers int, evaluate Evaluate, progress func(done, of int)) ([]contracts.Amount, error) {
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	amounts, errs := make([]contracts.Amount, len(draws)), make([]error, len(draws))
	var next, done atomic.Int64
	var wg sync.WaitGroup
	var mu sync.Mutex
	for range min(workers, max(len(draws), 1)) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(draws) {
					return
				}
				amounts[i], errs[i] = evaluate(draws[i])
				if n := done.Add(1); progress != nil && n%100 == 0 {
					mu.Lock()
					progress(int(n), len(draws))
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key(draws[i]), err)
		}
	}
	return amounts, nil
}

// Outcome is an amount with its exact probability.
type Outcome struct {
	Amount      contracts.Amount
	Probability *big.Rat
}

// Exact works out every combination, and gives the amounts in order, each with its probability; ok is false where there are too many combinations or some variable
// is not a list of chances.
func (m *Model) Exact(limit, workers int, evaluate Evaluate) (out []Outcome, ok bool, err error) {
	list, ok := m.Enumerate(limit)
	if !ok {
		return nil, false, nil
	}
	var draws []map[string]formula.Number
	for _, c := range list {
		draws = append(draws, c.Values)
	}
	amounts, err := all(draws, workers, evaluate, nil)
	if err != nil {
		return nil, true, err
	}
	for i, a := range amounts {
		out = append(out, Outcome{a, list[i].Probability})
	}
	return merged(out), true, nil
}

// merged puts outcomes in order, equal amounts together.
func merged(list []Outcome) []Outcome {
	slices.SortStableFunc(list, func(a, b Outcome) int { return cmp.Compare(a.Amount, b.Amount) })
	var out []Outcome
	for _, o := range list {
		if n := len(out); n > 0 && out[n-1].Amount == o.Amount {
			out[n-1].Probability = new(big.Rat).Add(out[n-1].Probability, o.Probability)
			continue
		}
		out = append(out, Outcome{o.Amount, new(big.Rat).Set(o.Probability)})
	}
	return out
}
