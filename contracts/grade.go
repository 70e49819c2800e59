package contracts

import "fmt"

// Grade is the degree of fault (過失の程度), ordered from none to intent.
type Grade uint8

// The grades. Japanese courts set gross negligence near to intent: a lack of
// care with which a slight attention would have foreseen the result
// (最判昭和32年7月9日).
const (
	NoFault  Grade = iota // 無過失
	Ordinary              // 軽過失
	Gross                 // 重過失
	Intent                // 故意
)

var gradeNames = [...]string{"none", "ordinary", "gross", "intent"}

// Grades lists the grades' names in order.
func Grades() []string { return gradeNames[:] }

func (g Grade) String() string {
	if int(g) < len(gradeNames) {
		return gradeNames[g]
	}
	return fmt.Sprintf("Grade(%d)", uint8(g))
}

// ParseGrade returns the grade of that name.
func ParseGrade(name string) (Grade, error) {
	for i, n := range gradeNames {
		if n == name {
			return Grade(i), nil
		}
	}
	return 0, fmt.Errorf("unknown grade %q: one of %v", name, gradeNames)
}

// Label is the grade in words.
func (g Grade) Label() Text {
	return [...]Text{
		{JA: "無過失", EN: "no fault"}, {JA: "軽過失", EN: "ordinary negligence"},
		{JA: "重過失", EN: "gross negligence"}, {JA: "故意", EN: "intent"},
	}[g]
}
