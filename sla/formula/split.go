package formula

// Split tells the columns that move when some parameters take other values from those that stay. The numbers of all other parameters are in
// fixed; a parameter that is not there varies. What is wanted are columns by name.
//
// The moving columns come as a program of their own, in which each column that stays and that a moving or wanted one reads is an input:
// whoever fills those inputs once may run the program again and again under other values. Moving columns that nothing wanted rests on are left out.
func Split(cols []Column, fixed map[string]Number, wanted []string) []Column {
	folded := make([]Column, len(cols))
	at := map[string]int{}
	moves := make([]bool, len(cols))
	known := map[string]int64{}
	for i, c := range cols {
		at[c.Name] = i
		folded[i] = c
		if c.Expr == nil {
			continue
		}
		folded[i].Expr = fold(c.Expr, fixed, known)
		if k, ok := folded[i].Expr.(Const); ok {
			known[c.Name] = k.V
		}
		Walk(folded[i].Expr, func(e Expr) {
			if p, ok := e.(Param); ok {
				_, bound := fixed[p.Name]
				moves[i] = moves[i] || !bound
			}
			for _, name := range reads(e) {
				moves[i] = moves[i] || moves[at[name]]
			}
		})
	}
	needed := make([]bool, len(cols))
	for _, name := range wanted {
		needed[at[name]] = true
	}
	for i := len(cols) - 1; i >= 0; i-- {
		if needed[i] && moves[i] {
			Walk(folded[i].Expr, func(e Expr) {
				for _, name := range reads(e) {
					needed[at[name]] = true
				}
			})
		}
	}
	var out []Column
	for i, c := range folded {
		if !needed[i] {
			continue
		}
		if _, constant := c.Expr.(Const); !moves[i] && !constant {
			c.Expr = nil // filled once
		}
		out = append(out, c)
	}
	return out
}

// reads are the columns that a node names itself.
func reads(e Expr) []string {
	switch e := e.(type) {
	case Col:
		return []string{e.Name}
	case PoolTotal:
		return []string{e.Of}
	case PoolRunning:
		return []string{e.Of}
	}
	return nil
}
