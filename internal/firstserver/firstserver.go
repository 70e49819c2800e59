// Package firstserver makes the list of customers of the example
// firstserver-2012. The real list was never published: what follows is
// illustrative, drawn by a fixed generator from stated assumptions, and must
// never be shown as real data.
package firstserver

import (
	"bufio"
	"fmt"
	"io"
)

// What is known, with its source in the example's README.
const (
	Customers = 5698 // customers who lost data
	Mixed     = 2308 // at most: customers whose restored data were mixed into others' areas
)

// The assumptions, in parts of a thousand or yen.
const (
	consumers  = 200 // "about 80 % corporate or public" is known of all customers, not of these
	noBackup   = 600
	lostProfit = 350 // customers who claim it
)

// service is one of the five services, with an illustrative share of the customers and monthly fee.
type service struct {
	id    string
	share int   // of a thousand
	fee   int64 // yen a month
}

// services: the one price known is a little under 40,000 yen a year, about 3,300 a month.
var services = []service{
	{"biz", 330, 3_300}, {"biz2", 330, 3_300}, {"entry-biz", 200, 1_650}, {"enterprise3", 100, 9_800}, {"ec-cube", 40, 14_800},
}

// draw is a small generator with a fixed seed (splitmix64), so that the list is the same everywhere.
type draw uint64

func (d *draw) next() uint64 {
	*d += 0x9E3779B97F4A7C15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// below draws a whole number from 0 to n−1.
func (d *draw) below(n int64) int64 { return int64(d.next() % uint64(n)) }

func (d *draw) chance(of1000 int64) bool { return d.below(1000) < of1000 }

// Write writes the list as CSV, in order of id.
func Write(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "id,name,service,consumer,monthly_fee,fees_paid,fact.no-backup,affected.deletion,affected.mixing,"+
		"loss.rebuild@deletion,loss.lost-profit@deletion,loss.exposure@mixing")
	d := draw(20120620)
	mixed := int64(Mixed)
	for i := range int64(Customers) {
		s := pick(&d)
		months := 1 + d.below(120)
		consumer := d.chance(consumers)
		without := d.chance(noBackup)
		rebuild := 20_000 + 1_000*d.below(480)
		if !without { // a copy of one's own halves the work
			rebuild /= 2
		}
		profit := int64(0)
		if !consumer && d.chance(lostProfit) {
			profit = 10_000 * (1 + d.below(80))
		}
		// Exactly Mixed of the customers: each is taken with the chance that is left.
		inMixing := d.below(Customers-i) < mixed
		exposure := int64(0)
		if inMixing {
			mixed--
			exposure = 1_000 * d.below(30)
		}
		fmt.Fprintf(out, "FS-%05d,架空契約者%05d,%s,%s,%d,%d,%s,yes,%s,%d,%d,%d\n",
			i+1, i+1, s.id, yesNo(consumer), s.fee, s.fee*months, yesNo(without), yesNo(inMixing), rebuild, profit, exposure)
	}
	return out.Flush()
}

func pick(d *draw) service {
	n := int(d.below(1000))
	for _, s := range services {
		if n -= s.share; n < 0 {
			return s
		}
	}
	panic("firstserver: shares do not sum to a thousand")
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
