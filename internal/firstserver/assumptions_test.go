package firstserver

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"testing"
)

// list reads what Write writes, a map of column to text for each row.
func list(t *testing.T) []map[string]string {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, r := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = r[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func whole(t *testing.T, row map[string]string, column string) int {
	t.Helper()
	n, err := strconv.Atoi(row[column])
	if err != nil {
		t.Fatalf("%s, %s: %v", row["id"], column, err)
	}
	return n
}

// TestEachRowIsWithinTheAssumptions holds every row to the table in the example's README.
func TestEachRowIsWithinTheAssumptions(t *testing.T) {
	fees := map[string]int{"biz": 3_300, "biz2": 3_300, "entry-biz": 1_650, "enterprise3": 9_800, "ec-cube": 14_800}
	for i, r := range list(t) {
		within := func(what string, got, low, high int) {
			if got < low || got > high {
				t.Errorf("%s: %s is %d, not from %d to %d", r["id"], what, got, low, high)
			}
		}
		if want := fmt.Sprintf("FS-%05d", i+1); r["id"] != want {
			t.Errorf("row %d: got id %s, want %s", i+1, r["id"], want)
		}
		if want := fmt.Sprintf("架空契約者%05d", i+1); r["name"] != want {
			t.Errorf("%s: got name %s, want the invented %s", r["id"], r["name"], want)
		}
		fee := whole(t, r, "monthly_fee")
		if fee == 0 || fee != fees[r["service"]] {
			t.Fatalf("%s: a fee of %d for the service %q", r["id"], fee, r["service"])
		}
		if paid := whole(t, r, "fees_paid"); paid%fee != 0 {
			t.Errorf("%s: %d paid is no whole number of months at %d", r["id"], paid, fee)
		} else {
			within("months paid", paid/fee, 1, 120)
		}
		rebuild := whole(t, r, "loss.rebuild@deletion")
		if r["fact.no-backup"] == "yes" {
			within("rebuilding without a backup", rebuild, 20_000, 499_000)
		} else {
			within("rebuilding from a backup", rebuild, 10_000, 249_500)
		}
		profit := whole(t, r, "loss.lost-profit@deletion")
		if r["consumer"] == "yes" {
			within("a consumer's lost profit", profit, 0, 0)
		} else {
			within("lost profit", profit, 0, 800_000)
		}
		exposure := whole(t, r, "loss.exposure@mixing")
		if r["affected.mixing"] == "yes" {
			within("cost of the second accident", exposure, 0, 29_000)
		} else {
			within("cost of a second accident that was not", exposure, 0, 0)
		}
		if r["affected.deletion"] != "yes" {
			t.Errorf("%s: not in the first accident", r["id"])
		}
	}
}

// TestSharesAreThoseAssumed allows 20 in a thousand: three standard deviations of the widest share, one half of 5,698.
func TestSharesAreThoseAssumed(t *testing.T) {
	rows := list(t)
	for _, tt := range []struct {
		name    string
		want    int // of a thousand
		of, has func(map[string]string) bool
	}{
		{"consumers", 200, nil, is("consumer", "yes")},
		{"without a backup", 600, nil, is("fact.no-backup", "yes")},
		{"Biz", 330, nil, is("service", "biz")},
		{"Biz 2", 330, nil, is("service", "biz2")},
		{"Entry Biz", 200, nil, is("service", "entry-biz")},
		{"Enterprise 3", 100, nil, is("service", "enterprise3")},
		{"EC-CUBE", 40, nil, is("service", "ec-cube")},
		{"businesses that claim lost profit", 350, is("consumer", "no"), not(is("loss.lost-profit@deletion", "0"))},
	} {
		all, has := 0, 0
		for _, r := range rows {
			if tt.of != nil && !tt.of(r) {
				continue
			}
			all++
			if tt.has(r) {
				has++
			}
		}
		if got := has * 1000 / all; got < tt.want-20 || got > tt.want+20 {
			t.Errorf("%s: got %d of a thousand, want %d within 20", tt.name, got, tt.want)
		}
	}
}

func is(column, value string) func(map[string]string) bool {
	return func(r map[string]string) bool { return r[column] == value }
}

func not(f func(map[string]string) bool) func(map[string]string) bool {
	return func(r map[string]string) bool { return !f(r) }
}
