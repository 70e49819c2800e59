package statement

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	_ "image/jpeg" // logos
	_ "image/png"
	"io/fs"
	"strings"

	"github.com/amends-go/amends/contracts"
	"github.com/amends-go/amends/internal/yamlread"
)

// Paper is what the company says of itself and in its own words: the file statement.yaml of a case.
//
//	company     {name, address, signatory, contact: {name, phone, hours, email}}; name, and of the contact hours and phone or email, are needed
//	date        of the letters; needed, since nothing here reads a clock
//	records_as_of  the day as of which customers' records are told; the case's as_of by default
//	zone_name   what the zone of the times is called
//	logo        a PNG or JPEG file in the case folder
//	object      {until: a day} or {days: of the date}: until when one may object
//	texts       blocks of the letter in the company's words, by name ([BlockNames]), with {{.Field}} ([FieldNames])
//	templates   {ja: file, en: file}: the same blocks as {{define "name"}}…{{end}} in files of their own
type Paper struct {
	Company     Company
	Date        contracts.Date
	RecordsAsOf contracts.Date
	ZoneName    contracts.Text
	Logo        *Logo
	ObjectUntil contracts.Date
	Files       []File                       // that the paper names
	blocks      map[string]map[string]*block // by language, by name: those of the company
}

// File is a file that the paper names.
type File struct{ Name, SHA256 string }

// Company is who writes.
type Company struct {
	Name, Address, Signatory contracts.Text
	Contact                  Contact
}

// Contact is where customers turn.
type Contact struct {
	Name, Hours  contracts.Text
	Phone, Email string
}

// Logo is a picture for the head of the letters.
type Logo struct {
	Kind          string // png or jpeg
	Data          []byte
	Width, Height int // in pixels
}

// maxLogo bounds the picture, which stands in every letter.
const maxLogo = 512 << 10

// Read reads statement.yaml. Files that it names are looked up in folder, if that is not nil. It reports every problem at once; when
// these hold an error the paper is nil.
func Read(name string, data []byte, folder fs.FS) (*Paper, contracts.Problems) {
	v, col := yamlread.Parse(name, data)
	if v == nil {
		return nil, col.Problems()
	}
	r := paperReader{folder: folder, p: &Paper{blocks: map[string]map[string]*block{"ja": {}, "en": {}}}}
	r.read(v)
	problems := append(col.Problems(), r.problems...).Sorted()
	if problems.Err() != nil {
		return nil, problems
	}
	return r.p, problems
}

type paperReader struct {
	folder   fs.FS
	p        *Paper
	problems contracts.Problems // of files that the paper names
}

func (r *paperReader) read(v *yamlread.Value) {
	f := v.Map()
	r.company(f.Required("company"))
	r.p.Date = contracts.ReadDay(f.Required("date"))
	r.p.RecordsAsOf = contracts.ReadDay(f.Optional("records_as_of"))
	r.p.ZoneName = plainText(f.Optional("zone_name"))
	r.logo(f.Optional("logo"))
	r.object(f.Optional("object"))
	r.texts(f.Optional("texts"))
	r.templates(f.Optional("templates"))
	f.Done()
}

func (r *paperReader) company(v *yamlread.Value) {
	c := &r.p.Company
	f := v.Map()
	c.Name = plainText(f.Required("name"))
	c.Address = plainText(f.Optional("address"))
	c.Signatory = plainText(f.Optional("signatory"))
	if x := f.Required("contact"); x != nil {
		k := x.Map()
		c.Contact.Name = plainText(k.Optional("name"))
		c.Contact.Hours = plainText(k.Required("hours"))
		c.Contact.Phone = plainLine(k.Optional("phone"))
		c.Contact.Email = plainLine(k.Optional("email"))
		if x.IsMap() && !k.Has("phone") && !k.Has("email") {
			x.Report("E_REQUIRED", "the contact has neither phone nor email", "add phone, or email as text")
		}
		k.Done()
	}
	f.Done()
}

func (r *paperReader) object(v *yamlread.Value) {
	if v == nil {
		return
	}
	f := v.Map()
	until, days := f.Optional("until"), f.Optional("days")
	r.p.ObjectUntil = contracts.ReadDay(until)
	switch {
	case until != nil && days != nil:
		days.Report("E_CONFLICT", "object has until and days", "keep one")
	case days != nil:
		if n := days.Int(1, 3660); !r.p.Date.IsZero() {
			r.p.ObjectUntil = r.p.Date.AddDays(int(n))
		}
	case until == nil && v.IsMap():
		v.Report("E_REQUIRED", "object has neither until nor days", "add one, or leave object out")
	case !r.p.ObjectUntil.IsZero() && r.p.ObjectUntil.Cmp(r.p.Date) < 0:
		until.Report("E_DATE", "the day lies before the date of the letters", "")
	}
	f.Done()
}

// file reads a file of the case folder that a value names.
func (r *paperReader) file(v *yamlread.Value) (string, []byte) {
	name, ok := v.Scalar()
	if !ok {
		return "", nil
	}
	if !fs.ValidPath(name) || name == "." {
		v.Report("E_PATH", "not a path inside the case folder", "write a relative path with '/', without '..'")
		return "", nil
	}
	if r.folder == nil {
		return name, nil
	}
	data, err := fs.ReadFile(r.folder, name)
	if err != nil {
		v.Report("E_FILE", fmt.Sprintf("the file %s cannot be read", name), "paths are relative to the case folder, with '/'")
		return "", nil
	}
	sum := sha256.Sum256(data)
	r.p.Files = append(r.p.Files, File{name, hex.EncodeToString(sum[:])})
	return name, data
}

func (r *paperReader) logo(v *yamlread.Value) {
	name, data := r.file(v)
	if name == "" || data == nil {
		return
	}
	cfg, kind, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil:
		v.Report("E_FILE", "the logo is neither PNG nor JPEG", "save it as PNG")
	case len(data) > maxLogo || cfg.Width > 4000 || cfg.Height > 4000:
		v.Limit("E_RANGE", "the logo is larger than 512 KiB or 4,000 pixels", "it stands in every letter: save a smaller one")
	default:
		r.p.Logo = &Logo{Kind: kind, Data: data, Width: cfg.Width, Height: cfg.Height}
	}
}

// plainText reads a wording without fields, and refuses links in it.
func plainText(v *yamlread.Value) contracts.Text {
	if v == nil {
		return contracts.Text{}
	}
	t := contracts.ReadText(v)
	reportLink(v, t.JA)
	if t.EN != t.JA {
		reportLink(v, t.EN)
	}
	return t
}

func plainLine(v *yamlread.Value) string {
	if v == nil {
		return ""
	}
	s := v.Text()
	reportLink(v, s)
	return strings.TrimSpace(s)
}

func reportLink(v *yamlread.Value, s string) {
	if link := Link(s); link != "" {
		v.Report("E_LINK", fmt.Sprintf("a letter holds no link that a phisher could copy: found %q", link), "tell in words where to look, such as the notices on the company's site; an address of e-mail is written as plain text")
	}
}
