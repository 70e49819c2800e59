package whatif_test

import (
	"fmt"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/examples"
	"github.com/amends-go/amends/sla"
	"github.com/amends-go/amends/sla/whatif"
)

// A scenario, and at which own fault a sum is reached, asked from Go.
func Example() {
	folder, err := examples.Open("firstserver-2012")
	if err != nil {
		fmt.Println(err)
		return
	}
	c, problems := sla.OpenCase(folder, sla.ReadOptions{})
	if c == nil {
		fmt.Println(problems)
		return
	}
	why := contracts.Text{JA: "仮定", EN: "a what-if"}
	study := &whatif.Study{
		Base:      "as-offered",
		Compare:   []string{"as-offered", "worst"},
		Scenarios: []sla.Findings{{ID: "worst", BasedOn: "gross-cap-falls", Title: why, Values: []sla.Finding{{Name: "share.vendor", Value: "30%", Reason: why}, {Name: "share.operator", Value: "70%", Reason: why}}}},
		BreakEvens: []whatif.BreakEven{{ID: "b", Title: why, Axis: whatif.Axis{Parameter: "own_fault.no-backup"}, Reaches: 600_000_000},
			{ID: "v", Title: why, Base: "worst", Axis: whatif.Axis{Parameter: "share.vendor"}, Measure: sla.Measure{Party: "operator"}, Reaches: 1_300_000_000}},
	}
	if problems := study.Bind(c); problems.Err() != nil {
		fmt.Println(problems)
		return
	}
	r, err := study.Work(c, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range r.Exposures {
		fmt.Println(e.Scenario.ID, e.Contracts[0].Payable(), e.Parties[0].Remains, e.Parties[1].Remains)
	}
	for _, a := range r.Answers {
		fmt.Println(a.Crossings[0].At, a.Crossings[0].AmountBefore, a.Crossings[0].AmountAt)
	}
	// Output:
	// as-offered 757397350 757397350 0
	// worst 1877619500 1314333650 563285850
	// 47.9451% 600000347 599999828
	// 30.7634% 1300001780 1299999903
}
