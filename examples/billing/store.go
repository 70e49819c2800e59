package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/amends-go/amends/report/credits"
	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
	"modernc.org/sqlite"               // the driver "sqlite"
)

// ErrConflict is the error of a key that was posted before with another amount or other terms. Nothing of its batch is posted.
var ErrConflict = errors.New("the key was posted before with other terms")

// Store posts credits into a database. Every credit is posted once, by its idempotency key, with two entries that add up to nothing: the
// customer's account and the account of what outages cost. Several processes may post the same run at once.
type Store struct {
	db    *sql.DB
	batch int                      // how many credits are posted together
	at    func(point string) error // called between steps, for tests that stop there
}

// schema is understood by SQLite and PostgreSQL.
var schema = []string{
	`CREATE TABLE IF NOT EXISTS runs (
		run TEXT PRIMARY KEY,
		instructions BIGINT NOT NULL,
		amount BIGINT NOT NULL,
		completed INTEGER NOT NULL DEFAULT 0)`,
	`CREATE TABLE IF NOT EXISTS credits (
		idempotency_key TEXT PRIMARY KEY,
		run TEXT NOT NULL REFERENCES runs (run),
		customer TEXT NOT NULL,
		currency TEXT NOT NULL,
		amount BIGINT NOT NULL,
		instruction TEXT NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS entries (
		idempotency_key TEXT NOT NULL REFERENCES credits (idempotency_key),
		account TEXT NOT NULL,
		amount BIGINT NOT NULL,
		PRIMARY KEY (idempotency_key, account))`,
	`CREATE INDEX IF NOT EXISTS credits_by_run ON credits (run)`,
}

// Open opens PostgreSQL where a URL is given, else the SQLite file, or memory where that is empty, and makes the tables that are missing.
func Open(ctx context.Context, file, postgres string) (*Store, error) {
	driver, source := "sqlite", ":memory:"
	switch {
	case postgres != "":
		driver, source = "pgx", postgres
	case file != "":
		// Writers wait for one another, and what is committed is on the disk.
		source = "file:" + (&url.URL{Path: file}).EscapedPath() + "?_txlock=immediate&_pragma=busy_timeout(20000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)"
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		return nil, err
	}
	if source == ":memory:" {
		db.SetMaxOpenConns(1) // each connection would have a memory of its own
	}
	s := &Store{db: db, batch: 500, at: func(string) error { return nil }}
	err = s.inTransaction(ctx, func(tx *sql.Tx) error {
		if driver == "pgx" { // two that make one table at once are in each other's way even with IF NOT EXISTS
			if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtext('amends billing schema'))`); err != nil {
				return err
			}
		}
		for _, statement := range schema {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return s, nil
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// Post posts a whole run, under a name that no other run of any incident has, and returns how many of its credits were not there yet. A run that was cut off is posted to its end by the same call again;
// one that is complete posts nothing. A run is marked complete only when the database holds exactly its credits.
func (s *Store) Post(ctx context.Context, run string, list []credits.Instruction) (posted int, err error) {
	var sum int64
	for _, x := range list {
		sum += x.Amount
	}
	if err := s.begin(ctx, run, len(list), sum); err != nil {
		return 0, err
	}
	for rest := list; len(rest) > 0; {
		batch := rest[:min(s.batch, len(rest))]
		n := 0
		err := s.inTransaction(ctx, func(tx *sql.Tx) error {
			var err error
			n, err = s.postBatch(ctx, tx, run, batch)
			return err
		})
		if err != nil {
			return posted, err
		}
		posted += n
		if err := s.at("after a batch"); err != nil {
			return posted, err
		}
		rest = rest[len(batch):]
	}
	return posted, s.complete(ctx, run, len(list), sum)
}

// begin notes the run, and refuses one that was begun with other credits.
func (s *Store) begin(ctx context.Context, run string, count int, sum int64) error {
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO runs (run, instructions, amount) VALUES ($1, $2, $3) ON CONFLICT (run) DO NOTHING`, run, count, sum); err != nil {
			return err
		}
		var wasCount int
		var wasSum int64
		if err := tx.QueryRowContext(ctx, `SELECT instructions, amount FROM runs WHERE run = $1`, run).Scan(&wasCount, &wasSum); err != nil {
			return err
		}
		if wasCount != count || wasSum != sum {
			return fmt.Errorf("%w: run %s was begun with %d credits of %d in all, and now has %d of %d; a correction is a new run", ErrConflict, run, wasCount, wasSum, count, sum)
		}
		return nil
	})
}

func (s *Store) postBatch(ctx context.Context, tx *sql.Tx, run string, batch []credits.Instruction) (posted int, err error) {
	for _, x := range batch {
		text, err := line(x)
		if err != nil {
			return 0, err
		}
		done, err := tx.ExecContext(ctx, `INSERT INTO credits (idempotency_key, run, customer, currency, amount, instruction) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (idempotency_key) DO NOTHING`,
			x.Key, run, x.Customer, x.Currency, x.Amount, text)
		if err != nil {
			return 0, err
		}
		if n, err := done.RowsAffected(); err != nil {
			return 0, err
		} else if n == 0 {
			if err := s.same(ctx, tx, x, text); err != nil {
				return 0, err
			}
			continue
		}
		if err := s.at("between a credit and its entries"); err != nil {
			return 0, err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO entries (idempotency_key, account, amount) VALUES ($1, $2, $3), ($1, $4, $5)`,
			x.Key, "customer:"+x.Customer, x.Amount, "outages:"+x.Currency, -x.Amount)
		if err != nil {
			return 0, err
		}
		posted++
	}
	return posted, nil
}

// same holds a credit against the one that was posted under its key.
func (s *Store) same(ctx context.Context, tx *sql.Tx, x credits.Instruction, text string) error {
	var amount int64
	var was string
	if err := tx.QueryRowContext(ctx, `SELECT amount, instruction FROM credits WHERE idempotency_key = $1`, x.Key).Scan(&amount, &was); err != nil {
		return err
	}
	if amount != x.Amount {
		return fmt.Errorf("%w: %s of customer %s was posted with %d and now has %d", ErrConflict, x.Key, x.Customer, amount, x.Amount)
	}
	if was != text {
		return fmt.Errorf("%w: %s of customer %s was\n%s\nand is now\n%s", ErrConflict, x.Key, x.Customer, was, text)
	}
	return nil
}

// complete marks the run complete once the database holds as many credits and as much money as it was begun with.
func (s *Store) complete(ctx context.Context, run string, count int, sum int64) error {
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		var is int
		var amount, balance int64
		err := tx.QueryRowContext(ctx, `SELECT COUNT(*), CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM credits WHERE run = $1`, run).Scan(&is, &amount)
		if err == nil {
			err = tx.QueryRowContext(ctx, `SELECT CAST(COALESCE(SUM(e.amount), 0) AS BIGINT) FROM entries e JOIN credits c ON c.idempotency_key = e.idempotency_key WHERE c.run = $1`, run).Scan(&balance)
		}
		if err != nil {
			return err
		}
		if is != count || amount != sum || balance != 0 {
			return fmt.Errorf("run %s: the database holds %d credits of %d with entries of %d, instructed were %d of %d", run, is, amount, balance, count, sum)
		}
		_, err = tx.ExecContext(ctx, `UPDATE runs SET completed = 1 WHERE run = $1`, run)
		return err
	})
}

// line is the instruction as the neutral record has it.
func line(x credits.Instruction) (string, error) {
	var b strings.Builder
	w := credits.NewJSONL(&b)
	if err := w.Write(x); err != nil {
		return "", err
	}
	err := w.Flush()
	return strings.TrimSuffix(b.String(), "\n"), err
}

// inTransaction does something wholly or not at all, and again when another process stood in the way.
func (s *Store) inTransaction(ctx context.Context, do func(*sql.Tx) error) error {
	for try := 1; ; try++ {
		err := s.once(ctx, do)
		if err == nil || try == 10 || !inTheWay(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(try*try) * 5 * time.Millisecond):
		}
	}
}

func (s *Store) once(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // of a transaction that is committed there is nothing to roll back
	if err := do(tx); err != nil {
		return err
	}
	if err := s.at("before the commit"); err != nil {
		return err
	}
	return tx.Commit()
}

// inTheWay reports whether it was only that another process wrote at the same time.
func inTheWay(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case "40001", "40P01": // a serialization failure, a deadlock
			return true
		}
	}
	var lite *sqlite.Error
	return errors.As(err, &lite) && lite.Code()&0xff == 5 // SQLITE_BUSY
}
