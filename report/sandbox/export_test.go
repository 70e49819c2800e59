package sandbox

import "github.com/amends-go/amends/sla/formula"

// Script is a script of its own that holds the printed columns, for tests.
func Script(cols []formula.Column, params []string) (string, []formula.PoolUse, error) {
	code, p, err := printColumns(cols, params, func(int) string { return "" })
	if err != nil {
		return "", nil, err
	}
	return runtimeJS + "\nconst CODE = " + code + ";\n", p.pools, nil
}
