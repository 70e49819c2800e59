package contracts

// Text is a wording in the two languages that Amends speaks. An empty side
// falls back to the other one.
type Text struct{ JA, EN string }

// In returns the wording in the language "ja" or "en", falling back to the
// other one when that side is empty.
func (t Text) In(lang string) string {
	if (lang == "ja" && t.JA != "") || t.EN == "" {
		return t.JA
	}
	return t.EN
}

// IsZero reports whether neither side has a wording.
func (t Text) IsZero() bool { return t == Text{} }

// A Ref is a citation: where the words of a rule stand, and what they say in
// our own words. Texts of real terms are never copied at length.
type Ref struct {
	Doc     string // the document or statute, such as 約款 or 民法
	Section string // the article, paragraph or section in it
	Gist    Text   // what it says, in own words
	Source  string // where the text was read: a title, address or file
}

// String is the document and section, as cited.
func (r Ref) String() string {
	if r.Section == "" {
		return r.Doc
	}
	return r.Doc + " " + r.Section
}

// IsZero reports whether nothing is cited.
func (r Ref) IsZero() bool { return r == Ref{} }
