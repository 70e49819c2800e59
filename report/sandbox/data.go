package sandbox

import (
	"encoding/json"
	"github.com/amends-go/amends/contracts"
)

// text is a text in Japanese and English.
type text [2]string

func both(t contracts.Text) text { return text{t.In("ja"), t.In("en")} }

// document is what the page is told of the case, as JSON.
type document struct {
	Title      text        `json:"title"`
	Lang       string      `json:"lang"`
	Base       string      `json:"base"`
	AsOf       string      `json:"asOf,omitempty"`
	Anonymous  bool        `json:"anonymous"`
	Files      []file      `json:"files"`
	Programs   []program   `json:"programs"`
	Parties    []party     `json:"parties"`
	Parameters []parameter `json:"parameters"`
	Sets       []set       `json:"sets"`
	Texts      []text      `json:"texts"` // reasons, said once
}

type file struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

type party struct {
	ID    string `json:"id"`
	Title text   `json:"title"`
}

// program is a contract with customers, who bears one, or a recourse.
type program struct {
	Kind     string            `json:"kind"` // contract, bearing or recourse
	Of       int               `json:"of"`   // of a bearing: the program whose total it divides
	From     string            `json:"from,omitempty"`
	To       string            `json:"to,omitempty"`
	ID       string            `json:"id"`
	Title    text              `json:"title"`
	Currency currency          `json:"currency"`
	Version  *version          `json:"version,omitempty"` // of a contract of which there are several
	Cols     []column          `json:"cols"`
	Pools    []pool            `json:"pools"`
	Trees    []json.RawMessage `json:"trees,omitempty"` // of a contract: the expression of each column, null for an input
	Services []text            `json:"services,omitempty"`
	Params   []string          `json:"params"` // that it reads, by place
	Turns    int               `json:"turns"`  // how many of them columns read; words alone turn on the rest
	Rows     rows              `json:"rows"`
	Tale     []taleStep        `json:"tale,omitempty"`
	Inputs   map[int]int       `json:"sums,omitempty"` // of a bearing: the column of the program that each input sums up
}

// version is the option of a parameter under which a program is the one that counts; For is the contract that customers name.
type version struct {
	Parameter string `json:"parameter"`
	Option    int    `json:"option"`
	For       string `json:"for"`
}

type currency struct {
	Code   string `json:"code"`
	Digits int    `json:"digits"`
}

type column struct {
	Name   string `json:"name"`
	Label  text   `json:"label"`
	Unit   int    `json:"unit"`
	Role   int    `json:"role"`
	Rule   text   `json:"rule"`
	RuleID string `json:"ruleId,omitempty"`
	Clause string `json:"clause,omitempty"`
	Refs   []text `json:"refs,omitempty"` // where it stands, and what it says
	Cite   string `json:"cite,omitempty"` // of a test: the clause that is tested
}

type pool struct {
	Of    int    `json:"of"`
	Scope string `json:"scope"`
}

type rows struct {
	N             int             `json:"n"`
	IDs           []string        `json:"ids"`
	Subscriptions []string        `json:"subs,omitempty"`
	Names         []string        `json:"names,omitempty"`
	Inputs        map[int][]int64 `json:"inputs"`
}

type parameter struct {
	Name     string   `json:"name"`
	Label    text     `json:"label"`
	Kind     string   `json:"kind"`
	Group    string   `json:"group"`
	Moves    bool     `json:"moves"` // some column reads it; else words alone do
	Options  []option `json:"options,omitempty"`
	Readings []int    `json:"readings,omitempty"`
	Days     []int64  `json:"days,omitempty"` // the first and the last
	Digits   int      `json:"digits"`
	Code     string   `json:"code"`
	Of       *of      `json:"of,omitempty"`
	Follows  string   `json:"follows,omitempty"`
	Closed   bool     `json:"closed,omitempty"` // it may not be left open
	Refs     []text   `json:"refs,omitempty"`
	Range    []int64  `json:"range,omitempty"` // from and to, two terms each
}

type option struct {
	Name  string `json:"name"`
	Label text   `json:"label"`
}

type of struct {
	Parameter string   `json:"parameter"`
	Options   []string `json:"options"`
	Implied   bool     `json:"implied"`
}

// set is a scenario with the value of every parameter, settled for each program.
type set struct {
	ID     string       `json:"id"`
	Title  text         `json:"title"`
	Source string       `json:"source,omitempty"`
	Values []valuesList `json:"values"` // by program
	Hashes []string     `json:"hashes,omitempty"`
}

type valuesList map[string]value

// value is what a parameter has: its two terms, where that comes from, and the places of its reason and source among the texts.
type value struct {
	Num    int64  `json:"n"`
	Den    int64  `json:"d"`
	From   string `json:"from"`
	Reason int    `json:"why"`
	Source string `json:"source,omitempty"`
}

// taleStep is what may be said of a posting.
type taleStep struct {
	Column  int      `json:"column"`
	Effects []effect `json:"effects,omitempty"`
	Silent  bool     `json:"silent,omitempty"`
	Sayings []saying `json:"sayings,omitempty"`
	More    bool     `json:"more,omitempty"` // the engine's own words say more
}

type effect struct {
	When   int    `json:"when"`
	Effect string `json:"effect"`
}

type saying struct {
	When  int      `json:"when"` // the place of its condition among the printed ones; −1 is always
	Found string   `json:"found,omitempty"`
	Parts []talked `json:"parts"`
}

type talked struct {
	Text   text   `json:"text"`
	Reason string `json:"reason,omitempty"`
	Value  string `json:"value,omitempty"`
}
