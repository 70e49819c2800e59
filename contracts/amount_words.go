package contracts

import "strings"

// Words writes the amount with its currency, digits grouped, in the language "ja" or "en".
func (a Amount) Words(c Currency, lang string) string {
	text := a.Text(c)
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "−", text[1:]
	}
	whole, frac, point := strings.Cut(text, ".")
	var groups []string
	for len(whole) > 3 {
		groups = append([]string{whole[len(whole)-3:]}, groups...)
		whole = whole[:len(whole)-3]
	}
	whole = strings.Join(append([]string{whole}, groups...), ",")
	if point {
		whole += "." + frac
	}
	switch {
	case c.Code == "JPY" && lang == "ja":
		return sign + whole + "円"
	case c.Code == "JPY":
		return sign + "¥" + whole
	}
	return sign + whole + " " + c.Code
}
