package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/amends-go/amends/report/credits"
	"pgregory.net/rapid"
)

// given makes n sound instructions of a run; customer i is due i cents and some.
func given(run string, n int) []credits.Instruction {
	var out []credits.Instruction
	for i := range n {
		out = append(out, due(run, fmt.Sprintf("c-%05d", i), int64(i%97+1)))
	}
	return out
}

func due(run, customer string, amount int64) credits.Instruction {
	x := credits.Instruction{
		Run: run, Plan: strings.Repeat("a", 64), Incident: "june-10", Customer: customer, Contract: "hosting", Clause: "credit", Currency: "USD", Exponent: 2,
		Amount: amount, Item: amount, Treatment: credits.TreatAsPriceReduction, Reason: "service-credit", Remedy: credits.BillCredit, Memo: "outage of 10 June", Evidence: strings.Repeat("b", 64),
	}
	x.Key = credits.InstructionKey(x)
	return x
}

// database is where a test posts: an SQLite file, or a PostgreSQL database.
type database struct{ file, url string }

func (d database) open(t testing.TB) *Store {
	t.Helper()
	s, err := Open(context.Background(), d.file, d.url)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// eachDatabase runs a test on SQLite and on PostgreSQL.
func eachDatabase(t *testing.T, test func(t *testing.T, d database)) {
	t.Run("SQLite", func(t *testing.T) { test(t, database{file: filepath.Join(t.TempDir(), "credits.db")}) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, database{url: postgres(t)}) })
}

// holds reports whether the database holds every credit once with its two entries, and nothing else.
func holds(t testing.TB, s *Store, want []credits.Instruction) {
	t.Helper()
	amounts := map[string]int64{}
	for _, x := range want {
		amounts[x.Key] = x.Amount
	}
	rows, err := s.db.Query(`SELECT c.idempotency_key, c.amount, CAST(SUM(e.amount) AS BIGINT), CAST(SUM(CASE WHEN e.account LIKE 'customer:%' THEN e.amount ELSE 0 END) AS BIGINT), COUNT(*)
		FROM credits c JOIN entries e ON e.idempotency_key = c.idempotency_key GROUP BY c.idempotency_key, c.amount`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var key string
		var amount, balance, customer int64
		var entries int
		if err := rows.Scan(&key, &amount, &balance, &customer, &entries); err != nil {
			t.Fatal(err)
		}
		n++
		if w, ok := amounts[key]; !ok || amount != w || balance != 0 || customer != amount || entries != 2 {
			t.Fatalf("%s is posted with %d, entries %d that add up to %d, customer %d; want %d", key, amount, entries, balance, customer, amounts[key])
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if n != len(want) {
		t.Fatalf("%d credits are posted, want %d", n, len(want))
	}
}

const childVariable = "BILLING_CHILD" // file, URL and number of credits of a process that posts and may be killed

func TestMain(m *testing.M) {
	if spec := os.Getenv(childVariable); spec != "" {
		os.Exit(child(strings.Split(spec, "\n")))
	}
	status := m.Run()
	stopPostgres()
	os.Exit(status)
}

func child(spec []string) int {
	n, _ := strconv.Atoi(spec[2])
	s, err := Open(context.Background(), spec[0], spec[1])
	if err == nil {
		s.batch = 50
		fmt.Println("posting")
		_, err = s.Post(context.Background(), "june", given("june", n))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// process starts a child that posts n credits.
func process(t testing.TB, d database, n int) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self)
	c.Env = append(os.Environ(), childVariable+"="+strings.Join([]string{d.file, d.url, strconv.Itoa(n)}, "\n"))
	c.Stderr = os.Stderr
	return c
}

// TestKilledMidway kills the posting process at random moments, again and again, and then lets it finish: every credit stands once.
func TestKilledMidway(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		n, kills := 5000, 8
		if testing.Short() {
			n, kills = 600, 3
		}
		d.open(t).Close()
		random := rand.New(rand.NewPCG(1, 2))
		cut := 0
		for range kills {
			c := process(t, d, n)
			out, err := c.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			out.Read(make([]byte, 8)) // it is about to post
			time.Sleep(time.Duration(random.IntN(60)) * time.Millisecond)
			c.Process.Kill()
			c.Wait()
			s := d.open(t)
			var there int
			if err := s.db.QueryRow(`SELECT COUNT(*) FROM credits`).Scan(&there); err != nil {
				t.Fatal(err)
			}
			s.Close()
			if there > 0 && there < n {
				cut++
			}
		}
		t.Logf("%d of %d processes were killed with a part of the credits posted", cut, kills)
		for range 2 { // to the end, and once more
			if err := process(t, d, n).Run(); err != nil {
				t.Fatal(err)
			}
		}
		s := d.open(t)
		defer s.Close()
		holds(t, s, given("june", n))
		if posted, err := s.Post(t.Context(), "june", given("june", n)); posted != 0 || err != nil {
			t.Errorf("the run after the last posts %d, %v", posted, err)
		}
	})
}

// TestThreeProcessesAtOnce posts one run from three processes at the same time.
func TestThreeProcessesAtOnce(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		n := 1500
		if testing.Short() {
			n = 200
		}
		var wait sync.WaitGroup
		errs := make([]error, 3)
		for i := range errs {
			c := process(t, d, n)
			wait.Go(func() { errs[i] = c.Run() })
		}
		wait.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		s := d.open(t)
		defer s.Close()
		holds(t, s, given("june", n))
	})
}

// TestConflicts: a key with another amount, or with other terms, and a run with other credits are refused, and nothing of the batch is posted.
func TestConflicts(t *testing.T) {
	eachDatabase(t, func(t *testing.T, d database) {
		s := d.open(t)
		defer s.Close()
		first := given("june", 3)
		if n, err := s.Post(t.Context(), "june", first); n != 3 || err != nil {
			t.Fatal(n, err)
		}
		changed := due("june", "c-00001", 999) // the key is that of 2 cents
		if changed.Key != first[1].Key {
			t.Fatal("the amount is in the key")
		}
		memo := first[2]
		memo.Memo = "another memo"
		tests := []struct {
			name, run string
			list      []credits.Instruction
		}{
			{"another amount under another label of the run", "july", []credits.Instruction{due("july", "c-00007", 5), changed}},
			{"other terms", "august", []credits.Instruction{due("august", "c-00007", 5), memo}},
			{"a run with other credits", "june", given("june", 4)},
		}
		for _, tt := range tests {
			if _, err := s.Post(t.Context(), tt.run, tt.list); !errors.Is(err, ErrConflict) {
				t.Errorf("%s: %v, want a conflict", tt.name, err)
			}
			holds(t, s, first)
		}
	})
}

var errCrash = errors.New("crash")

// TestAnySequence draws runs that correct one another and crash anywhere: after each that came to its end, the customers have what was due last, and
// every instruction is posted once.
func TestAnySequence(t *testing.T) {
	sequences, crashes := 0, 0
	rounds := 10 // of a hundred sequences each
	if testing.Short() {
		rounds = 1
	}
	for range rounds {
		rapid.Check(t, func(rt *rapid.T) {
			sequences++
			crashes += sequence(rt)
		})
	}
	t.Logf("%d sequences, %d crashes", sequences, crashes)
	if crashes == 0 {
		t.Error("nothing ever crashed")
	}
}

// sequence posts runs that crash, and returns how often.
func sequence(rt *rapid.T) (crashes int) {
	s, err := Open(context.Background(), "", "")
	if err != nil {
		rt.Fatal(err)
	}
	defer s.Close()
	s.batch = 2
	ledger := &credits.Ledger{}
	var all []credits.Instruction
	for step := range rapid.IntRange(1, 4).Draw(rt, "runs") {
		run := fmt.Sprintf("run-%d", step)
		want := map[string]int64{}
		var list []credits.Instruction
		for i := range 5 {
			if amount := rapid.Int64Range(0, 3).Draw(rt, "amount"); amount > 0 {
				list = append(list, due(run, fmt.Sprintf("c-%d", i), amount))
				want["customer:"+fmt.Sprintf("c-%d", i)] = amount
			}
		}
		list, problems := ledger.Difference(list, run)
		if problems.Err() != nil {
			rt.Fatal(problems)
		}
		for try := 0; ; try++ {
			countdown := rapid.IntRange(1, 25).Draw(rt, "crash after")
			if try == 3 {
				countdown = 1 << 30
			}
			s.at = func(string) error {
				if countdown--; countdown == 0 {
					crashes++
					return errCrash
				}
				return nil
			}
			_, err := s.Post(context.Background(), run, list)
			if err == nil {
				break
			}
			if !errors.Is(err, errCrash) {
				rt.Fatal(err)
			}
		}
		s.at = func(string) error { return nil }
		for _, x := range list {
			if p := ledger.Add("run", x); p != nil {
				rt.Fatal(p)
			}
		}
		all = append(all, list...)
		balances(rt, s, want)
	}
	var n int
	if err := s.db.QueryRow(`SELECT COUNT(*) FROM credits`).Scan(&n); err != nil || n != len(all) {
		rt.Fatalf("%d credits are posted, want %d; %v", n, len(all), err)
	}
	return crashes
}

// balances holds the customers' accounts against what is due.
func balances(t *rapid.T, s *Store, want map[string]int64) {
	rows, err := s.db.Query(`SELECT account, SUM(amount) FROM entries GROUP BY account`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	total := int64(0)
	for rows.Next() {
		var account string
		var amount int64
		if err := rows.Scan(&account, &amount); err != nil {
			t.Fatal(err)
		}
		total += amount
		if strings.HasPrefix(account, "customer:") && amount != want[account] {
			t.Fatalf("%s has %d, due is %d", account, amount, want[account])
		}
	}
	if total != 0 {
		t.Fatalf("the accounts add up to %d", total)
	}
}

func BenchmarkPost(b *testing.B) {
	for name, d := range map[string]database{"SQLite": {file: filepath.Join(b.TempDir(), "c.db")}, "memory": {}} { // order: each by itself
		b.Run(name, func(b *testing.B) {
			s := d.open(b)
			defer s.Close()
			i := 0
			for b.Loop() {
				i++
				run := fmt.Sprint(i)
				if _, err := s.Post(context.Background(), run, given(run, 5000)); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(i*5000), "ns/credit")
		})
	}
}
