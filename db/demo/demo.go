// Package demo writes a data set that is invented, plausible and bilingual: organizations, agreements, projects, money, results and texts
// over the real units and code lists of the reference data. It serves trying the product out, tests and measurements. Every
// record says that it is a demonstration, and nothing is ever written beside other data.
package demo

import (
	"bytes"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/driver/pgdriver"
)

// ErrNotEmpty says that the database holds other data; nothing was written.
var ErrNotEmpty = errors.New("the database holds other data; a demonstration is written into an empty database only")

// Options say what to write.
type Options struct {
	// Projects is the number of projects; all else grows with it: for 50,000 about 600,000 transactions, 5,000 organizations and 3,000
	// agreements.
	Projects int
	// Seed: the same seed writes the same rows over the same reference data, but for due dates of obligations, see Today.
	Seed uint64
	// Today is the day around which obligations fall due, so that there are some in every state; the current day unless told.
	Today time.Time
	// Progress is told, from time to time, how many projects have been written. May be nil.
	Progress func(done, total int64)
}

// Summary is what was written, in rows.
type Summary struct {
	Organizations, Agreements, Obligations, Projects, Transactions, Translations int64
	Rows                                                                         int64 // of all tables
	Took                                                                         time.Duration
}

// String says it in one line, for people.
func (s Summary) String() string {
	return fmt.Sprintf("%d organizations, %d agreements with %d obligations, %d projects with %d transactions, %d texts; %d rows in %s",
		s.Organizations, s.Agreements, s.Obligations, s.Projects, s.Transactions, s.Translations, s.Rows, s.Took.Round(10*time.Millisecond))
}

// lock is the advisory lock under which a demonstration is written; the number has no meaning but must not change.
const lock = 7221065

// Empty says whether the database holds no records but reference data (code lists, units, boundaries).
func Empty(ctx context.Context, owner *bun.DB) (bool, error) {
	return empty(ctx, owner)
}

func empty(ctx context.Context, from bun.IDB) (bool, error) {
	var other bool
	err := from.QueryRowContext(ctx, `select exists (select from base.organization) or exists (select from base.agreement) or exists (select from base.project)
		or exists (select from base.ministry_unit) or exists (select from base.data_set where kind not in ('REFERENCE', 'UNITS', 'BOUNDARIES'))`).Scan(&other)
	if err != nil {
		return false, fmt.Errorf("looking for data: %w", err)
	}
	return !other, nil
}

// Write writes a demonstration, wholly or not at all. The database must be migrated, hold the reference data, and be opened as its owner.
func Write(ctx context.Context, owner *bun.DB, o Options) (_ Summary, err error) {
	start := time.Now()
	if o.Projects < 1 {
		return Summary{}, errors.New("a demonstration needs at least one project")
	}
	if o.Today.IsZero() {
		o.Today = start.UTC()
	}
	if o.Progress == nil {
		o.Progress = func(int64, int64) {}
	}
	conn, err := owner.Conn(ctx)
	if err != nil {
		return Summary{}, fmt.Errorf("connecting to write a demonstration: %w", err)
	}
	defer func() {
		if err != nil {
			// The connection may be in the middle of anything: closing it takes everything back.
			_ = conn.Raw(func(any) error { return driver.ErrBadConn })
		}
		conn.Close()
	}()
	if _, err := conn.ExecContext(ctx, "begin; set local taawun.projection = off; select base.note_revision('load demonstration'), pg_advisory_xact_lock(?)", lock); err != nil {
		return Summary{}, fmt.Errorf("beginning to write a demonstration: %w", err)
	}
	if ok, err := empty(ctx, conn); err != nil {
		return Summary{}, err
	} else if !ok {
		return Summary{}, ErrNotEmpty
	}
	g, err := newGenerator(ctx, conn, o)
	if err != nil {
		return Summary{}, err
	}
	indexes, err := g.dropIndexes(ctx, conn)
	if err != nil {
		return Summary{}, err
	}
	if err := g.send(ctx, conn); err != nil {
		return Summary{}, err
	}
	if err := createIndexes(ctx, conn, indexes); err != nil {
		return Summary{}, err
	}
	if _, err := conn.ExecContext(ctx, g.sequences()+"commit"); err != nil {
		return Summary{}, fmt.Errorf("keeping the demonstration: %w", err)
	}
	var names []string
	s := Summary{Organizations: g.tables.organization.rows, Agreements: g.tables.agreement.rows, Obligations: g.tables.obligation.rows,
		Projects: g.tables.project.rows, Transactions: g.tables.transaction.rows, Translations: g.tables.translation.rows}
	for _, t := range g.tables.all {
		s.Rows += t.rows
		names = append(names, "base."+t.table)
	}
	// Statistics for plans, and the visibility map for index-only scans, without waiting for autovacuum.
	if _, err := conn.ExecContext(ctx, "vacuum (analyze) "+strings.Join(names, ", ")); err != nil {
		return Summary{}, fmt.Errorf("analysing the demonstration: %w", err)
	}
	s.Took = time.Since(start)
	return s, nil
}

// send writes what the generator makes, while it makes more.
func (g *generator) send(ctx context.Context, conn bun.Conn) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	batches := make(chan batch, 2)
	go func() {
		defer close(batches)
		g.generate(func(b batch) bool {
			select {
			case batches <- b:
				return true
			case <-ctx.Done():
				return false
			}
		})
	}()
	for b := range batches {
		for _, c := range b.copies {
			query := fmt.Sprintf("copy base.%s (%s) from stdin", c.table, c.columns)
			if _, err := pgdriver.CopyFrom(ctx, conn, bytes.NewReader(c.data), query); err != nil {
				return fmt.Errorf("writing %s: %w", strings.ReplaceAll(c.table, "_", " "), err)
			}
		}
		g.options.Progress(b.projects, int64(g.options.Projects))
	}
	return ctx.Err()
}

// sequences is SQL that lets the next records follow those written.
func (g *generator) sequences() string {
	var sql strings.Builder
	for _, t := range g.tables.all {
		if t.last > 0 {
			fmt.Fprintf(&sql, "select setval(pg_get_serial_sequence('base.%s', 'id'), %d); ", t.table, t.last)
		}
	}
	return sql.String()
}
