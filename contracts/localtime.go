package contracts

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Errors that the readers of dates, times and zones return, wrapped; callers
// turn them into problem codes.
var (
	ErrTimeGap  = errors.New("time that the zone skips")          // E_TIME_GAP
	ErrTimeFold = errors.New("time that occurs twice")            // E_TIME_FOLD
	ErrZone     = errors.New("zone missing or not usable")        // E_ZONE
	ErrDate     = errors.New("not a date or time as it is asked") // E_DATE
)

// maxTimeText bounds the text of a date or time, in bytes. The longest that
// anyone needs is about half as long.
const maxTimeText = 128

// Date is a day of the Gregorian calendar. The zero Date is no day at all.
type Date struct{ Year, Month, Day int }

// DateOf returns the day that the calendar shows at t in loc.
func DateOf(t time.Time, loc *time.Location) Date {
	y, m, d := t.In(loc).Date()
	return Date{y, int(m), d}
}

// String is the day as YYYY-MM-DD, and empty for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// IsZero reports whether d is no day.
func (d Date) IsZero() bool { return d == Date{} }

// Cmp is −1 when d is before e, 0 when they are the same day, +1 when it is after.
func (d Date) Cmp(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// AddMonths returns the same day of the month n months later, or earlier when n is
// negative. Where that month has no such day it is the month's last one: 31
// January and one month make 28 February, or 29 in a leap year. The day is counted
// from d in one go, so that 31 January and two months make 31 March; adding one
// month twice makes 28 March. Callers that must flag the choice compare the days.
func (d Date) AddMonths(n int) Date {
	months := d.Year*12 + d.Month - 1 + n
	y, m := months/12, months%12
	if m < 0 {
		y, m = y-1, m+12
	}
	return Date{y, m + 1, min(d.Day, daysIn(y, m+1))}
}

// AddDays returns the day n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date {
	y, m, day := time.Date(d.Year, time.Month(d.Month), d.Day+n, 0, 0, 0, 0, time.UTC).Date()
	return Date{y, int(m), day}
}

// In returns the first instant of the day in loc. That is midnight, the first of
// the two where midnight occurs twice. Where clocks skip midnight it is the
// instant at which they did; of a day skipped altogether it is the start of the
// next one, so that days, and months, always meet.
func (d Date) In(loc *time.Location) time.Time {
	midnight := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC)
	if found := resolveNear(midnight, loc); len(found) > 0 {
		return found[0]
	}
	return skipOver(midnight, loc)
}

func (d Date) valid() bool {
	return d.Year >= 1 && d.Year <= 9999 && d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && d.Day <= daysIn(d.Year, d.Month)
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// CivilTime is what a calendar and a clock show: a time that no zone has yet
// made an instant.
type CivilTime struct {
	Date                        Date
	Hour, Minute, Second, Milli int
}

// String is the time as 2012-06-20T17:00:00, with a fraction when there is one.
func (c CivilTime) String() string { return c.utc().Format("2006-01-02T15:04:05.999") }

// utc is the instant at which a clock in UTC would show c.
func (c CivilTime) utc() time.Time {
	return time.Date(c.Date.Year, time.Month(c.Date.Month), c.Date.Day, c.Hour, c.Minute, c.Second, c.Milli*1e6, time.UTC)
}

// ResolveLocal returns the instants, earliest first, at which clocks in loc show
// c: one as a rule, none when they skip it, two when they are set back over it.
// There is none either for what no clock shows, such as 30 February or 24:00.
func ResolveLocal(c CivilTime, loc *time.Location) []time.Time {
	if !c.Date.valid() || c.Hour < 0 || c.Hour > 23 || c.Minute < 0 || c.Minute > 59 ||
		c.Second < 0 || c.Second > 59 || c.Milli < 0 || c.Milli > 999 {
		return nil
	}
	return resolveNear(c.utc(), loc)
}

// resolveNear tries each offset from UTC that loc has near u, which tells the local
// time as if it were UTC, and keeps the instants at which that offset is in force.
// time.Date would pick one of two, and not the same one in every zone.
func resolveNear(u time.Time, loc *time.Location) []time.Time {
	var found []time.Time
	for _, s := range stretchesNear(u, loc) {
		t := u.Add(-s.offset).In(loc)
		if offsetAt(t) == s.offset && !slices.ContainsFunc(found, t.Equal) {
			found = append(found, t)
		}
	}
	slices.SortFunc(found, time.Time.Compare)
	return found
}

// skipOver returns the instant at which clocks in loc skip over u, a local time
// told as if it were UTC.
func skipOver(u time.Time, loc *time.Location) time.Time {
	near := stretchesNear(u, loc)
	for i := 1; i < len(near); i++ {
		at := near[i].from
		if !at.Add(near[i-1].offset).After(u) && at.Add(near[i].offset).After(u) {
			return at
		}
	}
	panic("contracts: " + u.String() + " is not skipped in " + loc.String())
}

// stretch is a time over which a zone keeps its offset from UTC.
type stretch struct {
	from   time.Time
	offset time.Duration
}

// stretchesNear lists the stretches of loc that meet the 26 hours to either
// side of u, in order. No zone was ever further from UTC than that.
func stretchesNear(u time.Time, loc *time.Location) []stretch {
	var out []stretch
	last := u.Add(26 * time.Hour)
	for t := u.Add(-26 * time.Hour).In(loc); ; {
		out = append(out, stretch{t, offsetAt(t)})
		_, end := t.ZoneBounds()
		if !end.After(t) || end.After(last) { // a zero end is for ever
			return out
		}
		t = end
	}
}

func offsetAt(t time.Time) time.Duration {
	_, seconds := t.Zone()
	return time.Duration(seconds) * time.Second
}

// zoneAreas are the first parts of the names that the IANA database gives to
// places.
var zoneAreas = []string{
	"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Brazil", "Canada", "Chile",
	"Etc", "Europe", "Indian", "Mexico", "Pacific", "US",
}

// LoadZone returns the zone of an IANA name such as Asia/Tokyo, or UTC. It
// refuses (ErrZone) abbreviations such as JST and EST, which name several zones or
// none, the machine's own zone, and names without an area.
func LoadZone(name string) (*time.Location, error) {
	if name == "UTC" {
		return time.UTC, nil
	}
	if name == "" {
		return nil, fmt.Errorf("%w: no zone is named", ErrZone)
	}
	area, place, _ := strings.Cut(name, "/")
	if place == "" {
		return nil, fmt.Errorf("%w: %s is not an IANA name of an area and a place, such as Asia/Tokyo", ErrZone, Escape(name, 40))
	}
	plain := strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") == ""
	if plain && !strings.Contains(name, "//") && slices.Contains(zoneAreas, area) {
		if loc, err := embeddedZone(name); err == nil {
			return loc, nil
		}
	}
	return nil, fmt.Errorf("%w: there is no zone %s", ErrZone, Escape(name, 40))
}

// ParseDate reads a day: 2026-01-01, or with a note that says how it was read
// 2026/1/1, 2026年1月1日, 令和8年1月1日, R8.1.1, and full-width digits. The year
// comes first: 01/02/2026 is refused (ErrDate), as are days that no calendar has
// and days outside the era they are told in.
func ParseDate(text string) (d Date, note string, err error) {
	r := newTimeReader(text)
	if d, err = r.date(); err != nil {
		return Date{}, "", err
	}
	if r.rest != "" {
		return Date{}, "", r.refuse("%s follows the date; write only a date such as %s", Escape(r.rest, 20), d)
	}
	if r.unusual {
		note = "read as " + d.String()
	}
	return d, note, nil
}

// ParseTime reads an instant. With an offset or Z it is RFC 3339, where a space may
// stand for the T; without one, such as 2012-06-20 17:00 or
// 2012-06-20T17:00:05,25, it is the time that clocks in loc show, and refused
// (ErrZone) when loc is nil. Local times that are skipped (ErrTimeGap) or occur
// twice (ErrTimeFold) are refused with the instants to choose from. The date may be
// written in any way that [ParseDate] takes, the time of day also as 17時5分. 24:00
// is the next day's midnight; leap seconds, which count in no contract, are refused
// (ErrDate).
//
// The unit of time is the millisecond: a finer fraction is cut off, never rounded
// up, and the note says so. The result is in loc, or in UTC when loc is nil.
func ParseTime(text string, loc *time.Location) (t time.Time, note string, err error) {
	r := newTimeReader(text)
	c, err := r.civil()
	if err != nil {
		return time.Time{}, "", err
	}
	offset, given, err := r.offset()
	if err != nil {
		return time.Time{}, "", err
	}
	if given {
		t = c.utc().Add(-offset)
	} else if t, err = r.local(c, loc); err != nil {
		return time.Time{}, "", err
	}
	// What UTC cannot tell in four digits could not be written down again, and
	// the first instant of year 1 is Go's word for no time at all.
	if y := t.UTC().Year(); y < 1 || y > 9999 || t.IsZero() {
		return time.Time{}, "", r.refuse("outside the years 1 to 9999 in UTC")
	}
	if loc == nil {
		loc = time.UTC
	}
	return t.In(loc), r.note(c), nil
}

// local makes the instant of a time without an offset.
func (r *timeReader) local(c CivilTime, loc *time.Location) (time.Time, error) {
	if loc == nil {
		return time.Time{}, fmt.Errorf("%w: %s has no offset and no zone is declared; add an offset such as +09:00, or declare an IANA zone",
			ErrZone, Escape(r.text, 40))
	}
	found := ResolveLocal(c, loc)
	if len(found) == 0 {
		at := skipOver(c.utc(), loc).In(loc)
		return time.Time{}, fmt.Errorf("%w: clocks in %s never show %s; the last before it is %s, the first after it %s",
			ErrTimeGap, loc, c, stamp(at.Add(-time.Millisecond)), stamp(at))
	}
	if len(found) > 1 {
		return time.Time{}, fmt.Errorf("%w: clocks in %s show %s twice; write %s for the first, %s for the second",
			ErrTimeFold, loc, c, stamp(found[0]), stamp(found[1]))
	}
	return found[0], nil
}

// stamp is an instant in a form that ParseTime reads back. Offsets of old that
// have seconds do not fit RFC 3339, so those instants are told in UTC.
func stamp(t time.Time) string {
	if offsetAt(t)%time.Minute != 0 {
		t = t.UTC()
	}
	return t.Format("2006-01-02T15:04:05.999Z07:00")
}

// timeReader takes a text apart from left to right.
type timeReader struct {
	text    string // as given
	rest    string // what is still to be read, in half-width characters
	kanji   bool   // the date ended in 日, after which no space is needed
	unusual bool   // not as YYYY-MM-DD and HH:MM: the note says how it was read
	cut     string // digits finer than a millisecond that were cut off
}

func newTimeReader(text string) *timeReader {
	r := &timeReader{text: text}
	if len(text) > maxTimeText {
		return r // empty: refused by whatever is read first
	}
	r.rest = strings.Map(func(c rune) rune {
		if c >= '！' && c <= '～' { // U+FF01 to U+FF5E mirror ASCII
			return c - '！' + '!'
		}
		if c == '　' {
			return ' '
		}
		return c
	}, text)
	r.unusual = r.rest != text
	return r
}

func (r *timeReader) refuse(format string, args ...any) error {
	return fmt.Errorf("%w: %s: %s", ErrDate, Escape(r.text, 40), fmt.Sprintf(format, args...))
}

// skip takes one of the words off, and returns it; it returns "" when none stands there.
func (r *timeReader) skip(words ...string) string {
	for _, w := range words {
		if rest, ok := strings.CutPrefix(r.rest, w); ok {
			r.rest = rest
			return w
		}
	}
	return ""
}

// digits takes off the decimal digits that stand there.
func (r *timeReader) digits() string {
	n := len(r.rest) - len(strings.TrimLeft(r.rest, "0123456789"))
	d := r.rest[:n]
	r.rest = r.rest[n:]
	return d
}

// twoDigits is the value of one or two digits, or −1 for any other number of them.
func twoDigits(digits string) int {
	if len(digits) < 1 || len(digits) > 2 {
		return -1
	}
	return decimalValue(digits)
}

// decimalValue is the number that at most nine digits write.
func decimalValue(digits string) int {
	n := 0
	for _, c := range []byte(digits) {
		n = n*10 + int(c-'0')
	}
	return n
}

// date reads the year, in an era or not, the month and the day.
func (r *timeReader) date() (Date, error) {
	const form = "write a date as 2026-02-01"
	e := r.era()
	year := r.digits()
	if e != nil && year == "" && r.skip("元") != "" {
		year = "1"
	}
	seps := []string{"-", "/", "年", "."}
	sep := r.skip(seps...)
	month := r.digits()
	if sep == "年" {
		sep = "月"
	}
	same := sep != "" && r.skip(sep) != ""
	day := r.digits()
	r.kanji = sep == "月" && r.skip("日") != ""
	if sep == "月" && !r.kanji {
		return Date{}, r.refuse("a month and a day must follow the year; " + form)
	}
	if same && e == nil && len(year) < 4 {
		return Date{}, r.refuse("the order of year, month and day is not said; " + form + ", the year first with four digits")
	}
	if !same || twoDigits(month) < 0 || twoDigits(day) < 0 {
		return Date{}, r.refuse(form)
	}
	r.unusual = r.unusual || e != nil || sep != "-" || len(month) < 2 || len(day) < 2
	d := Date{Month: twoDigits(month), Day: twoDigits(day)}
	if e != nil {
		return r.inEra(e, year, d)
	}
	if len(year) > 4 {
		return Date{}, r.refuse("years have four digits, up to 9999")
	}
	d.Year = decimalValue(year)
	return d, r.check(d)
}

// check refuses days that are not in the calendar.
func (r *timeReader) check(d Date) error {
	if d.Year < 1 || d.Year > 9999 {
		return r.refuse("years go from 0001 to 9999")
	}
	if d.Month < 1 || d.Month > 12 {
		return r.refuse("there is no month %d", d.Month)
	}
	if !d.valid() {
		return r.refuse("%04d-%02d has days 1 to %d, not %d", d.Year, d.Month, daysIn(d.Year, d.Month), d.Day)
	}
	return nil
}

// era is a Japanese era (元号). Its year 1 (元年) is the rest of the year in which it began.
type era struct {
	name, sign, letter string
	from               Date // first day
	offset             int  // added to the era's year makes the year
}

// eras are listed latest first; each lasts until the day before the one above it
// began. The days are those of the Era Act (昭和54年法律第43号) and its orders
// (昭和64年政令第1号, 平成31年政令第143号), and before it of the imperial edicts of
// 1926-12-25 and 1912-07-30. Meiji counts from 1873-01-01, when Japan took the
// Gregorian calendar (明治5年太政官布告第337号): days before that are of another calendar.
var eras = []era{
	{"令和", "㋿", "R", Date{2019, 5, 1}, 2018},
	{"平成", "㍻", "H", Date{1989, 1, 8}, 1988},
	{"昭和", "㍼", "S", Date{1926, 12, 25}, 1925},
	{"大正", "㍽", "T", Date{1912, 7, 30}, 1911},
	{"明治", "㍾", "M", Date{1873, 1, 1}, 1867},
}

// era takes the name of an era off, or returns nil.
func (r *timeReader) era() *era {
	for i := range eras {
		if r.skip(eras[i].name, eras[i].sign, eras[i].letter) != "" {
			return &eras[i]
		}
	}
	return nil
}

// inEra completes a date with a year of an era, and refuses one outside it.
func (r *timeReader) inEra(e *era, year string, d Date) (Date, error) {
	n := twoDigits(year)
	if n < 1 {
		return Date{}, r.refuse("a year of %s has one or two digits and is 元 or at least 1", e.name)
	}
	d.Year = e.offset + n
	if err := r.check(d); err != nil {
		return Date{}, err
	}
	if d.Cmp(e.from) < 0 {
		return Date{}, r.refuse("%s is before %s, which is read from %s on", d, e.name, e.from)
	}
	for _, later := range eras {
		if later.from.Cmp(e.from) > 0 && d.Cmp(later.from) >= 0 {
			return Date{}, r.refuse("%s ended on %s; %s is %s%d年%d月%d日", e.name, endOf(e), d, later.name, d.Year-later.offset, d.Month, d.Day)
		}
	}
	return d, nil
}

// endOf returns the last day of an era that has one.
func endOf(e *era) Date {
	var end Date
	for _, later := range eras { // the last one that is later is the next
		if later.from.Cmp(e.from) > 0 {
			end = later.from.AddDays(-1)
		}
	}
	return end
}

// civil reads a date and a time of day.
func (r *timeReader) civil() (CivilTime, error) {
	d, err := r.date()
	if err != nil {
		return CivilTime{}, err
	}
	if r.rest == "" {
		return CivilTime{}, r.refuse("the time of day is missing; write %s 00:00 or %s 24:00", d, d)
	}
	if r.skip("T", "t", " ") == "" && !r.kanji {
		return CivilTime{}, r.refuse("%s follows the date; write the time as %s 17:00", Escape(r.rest, 20), d)
	}
	c, err := r.clock()
	if err != nil {
		return CivilTime{}, err
	}
	c.Date = d
	if c.Hour == 24 {
		c.Hour, c.Date = 0, d.AddDays(1)
		if !c.Date.valid() {
			return CivilTime{}, r.refuse("years go from 0001 to 9999")
		}
	}
	return c, nil
}

// clock reads a time of day, with or without seconds and their fraction.
func (r *timeReader) clock() (CivilTime, error) {
	hour := r.digits()
	sep := r.skip(":", "時")
	minute, second, fraction := r.digits(), "", ""
	if sep == ":" && r.skip(":") != "" {
		second = r.digits()
		if twoDigits(second) < 0 || len(second) < 2 {
			return CivilTime{}, r.refuse("write a time of day as 17:00:05")
		}
		if r.skip(".", ",") != "" {
			if fraction = r.digits(); fraction == "" {
				return CivilTime{}, r.refuse("digits must follow the point in the seconds")
			}
		}
	}
	if sep == "時" {
		r.unusual = true
		if minute != "" && r.skip("分") == "" {
			return CivilTime{}, r.refuse("write a time of day as 17時5分 or 17:05")
		}
		if second = r.digits(); second != "" && r.skip("秒") == "" {
			return CivilTime{}, r.refuse("write a time of day as 17時5分30秒 or 17:05:30")
		}
		minute, second = cmp.Or(minute, "0"), cmp.Or(second, "0")
	}
	if sep == "" || twoDigits(hour) < 0 || twoDigits(minute) < 0 || (sep == ":" && len(minute) < 2) || len(second) > 2 {
		return CivilTime{}, r.refuse("write a time of day as 17:00 or 17:00:05.25")
	}
	r.unusual = r.unusual || len(hour) < 2
	kept := (fraction + "000")[:3]
	r.cut = strings.TrimRight(fraction[min(3, len(fraction)):], "0")
	c := CivilTime{Hour: twoDigits(hour), Minute: twoDigits(minute), Second: decimalValue(second), Milli: decimalValue(kept)}
	return c, r.checkClock(c)
}

// checkClock refuses what no clock shows, except 24:00.
func (r *timeReader) checkClock(c CivilTime) error {
	if c.Second == 60 {
		return r.refuse("leap seconds are not counted; write :59.999 or the next minute")
	}
	if c.Hour > 24 || c.Minute > 59 || c.Second > 59 {
		return r.refuse("there is no such time of day")
	}
	if c.Hour == 24 && (c.Minute > 0 || c.Second > 0 || c.Milli > 0 || r.cut != "") {
		return r.refuse("after 24:00 comes the next day; write its date")
	}
	return nil
}

// offset reads an offset from UTC, which a space may precede. It reports whether
// there was one, and refuses whatever else follows the time of day.
func (r *timeReader) offset() (offset time.Duration, given bool, err error) {
	if r.rest == "" {
		return 0, false, nil
	}
	tail := strings.TrimPrefix(r.rest, " ")
	if tail == "Z" || tail == "z" {
		return 0, true, nil
	}
	if half := strings.ToLower(tail); half == "am" || half == "pm" {
		return 0, false, r.refuse("write the time of day in 24 hours, without %s", tail)
	}
	if len(tail) == len("+09:00") && (tail[0] == '+' || tail[0] == '-') && tail[3] == ':' {
		o := &timeReader{rest: tail[1:]}
		hours, _, minutes := o.digits(), o.skip(":"), o.digits()
		if len(hours) == 2 && len(minutes) == 2 && decimalValue(hours) < 24 && decimalValue(minutes) < 60 {
			offset = time.Duration(decimalValue(hours)*60+decimalValue(minutes)) * time.Minute
			if tail[0] == '-' {
				offset = -offset
			}
			return offset, true, nil
		}
	}
	if tail == "" || strings.Trim(tail[:1], "+-ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") != "" {
		return 0, false, r.refuse("%s follows the time of day", Escape(r.rest, 20))
	}
	return 0, false, fmt.Errorf("%w: %s in %s; declare an IANA zone such as Asia/Tokyo, or write an offset such as +09:00 or Z",
		ErrZone, Escape(tail, 20), Escape(r.text, 40))
}

// note says how a time was read when it was not written in the plain form, and
// what was cut off.
func (r *timeReader) note(c CivilTime) string {
	var notes []string
	if r.unusual {
		notes = append(notes, "read as "+c.String())
	}
	if r.cut != "" {
		notes = append(notes, fmt.Sprintf("cut to the millisecond .%03d", c.Milli))
	}
	return strings.Join(notes, "; ")
}
