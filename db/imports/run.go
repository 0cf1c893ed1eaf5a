// Package imports keeps a log of what imports did, and of how far one has come that is at work. It writes on connections of its own, so that others
// read at once what the transaction of the import has not committed yet.
package imports

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/uptrace/bun"
)

const (
	// pause is how long an import works between two words of how far it has come.
	pause = time.Second
	// maxFindings are kept of each kind; a summary lists no more.
	maxFindings = 1000
	// patience is for the last word of an import that was told to stop.
	patience = 10 * time.Second
)

// Outcome is how an import ended.
type Outcome string

const (
	// Done says that what the import brought stands.
	Done Outcome = "DONE"
	// Refused says that the files held mistakes for which something was not taken over.
	Refused Outcome = "REFUSED"
	// Failed says that an error stopped it.
	Failed Outcome = "FAILED"
)

// Finding is something of a file that was not taken over, or not as it stood.
type Finding struct {
	IsNote     bool   // a part of a record, not the whole of it
	Place      string // file, line, element; "" if the file as a whole is meant
	Identifier string // of the record, as its publisher has it; "" if it has none
	Reason     Text
}

// Result is what an import did.
type Result struct {
	Outcome                                   Outcome
	Added, Changed, Unchanged, Refused, Noted int
	Summary                                   Text // empty if there is nothing to say
	Findings                                  []Finding
}

// Run is an import at work.
type Run struct {
	owner       *bun.DB
	logger      *slog.Logger
	id          int64
	done, total atomic.Int64
	stop        chan struct{}
	ended       sync.WaitGroup
}

// Begin enters an import of a kind, named by its data set or its files, and keeps saying how far it has come until End. The database must be opened
// as its owner.
func Begin(ctx context.Context, owner *bun.DB, logger *slog.Logger, kind, name string) (*Run, error) {
	r := &Run{owner: owner, logger: logger, stop: make(chan struct{})}
	if err := owner.QueryRowContext(ctx, "insert into import_log (kind, name) values (?, ?) returning id", kind, name).Scan(&r.id); err != nil {
		return nil, fmt.Errorf("entering the import into its log: %w", err)
	}
	r.ended.Add(1)
	go r.beat(ctx)
	return r, nil
}

// Report says that done of total is done; a total of zero means that nobody knows it. It costs nothing: the log is written elsewhere.
func (r *Run) Report(done, total int64) {
	r.done.Store(done)
	r.total.Store(total)
}

// beat writes how far the import has come, now and then. What it cannot write it leaves: the import itself is more important than its log.
func (r *Run) beat(ctx context.Context) {
	defer r.ended.Done()
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		select {
		case <-r.stop:
			return
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if _, err := r.owner.ExecContext(ctx, "update import_log set beat_at = now(), progress = ? where id = ?", r.share(), r.id); err != nil && ctx.Err() == nil {
			r.logger.WarnContext(ctx, "saying how far the import has come", "error", err)
		}
	}
}

// share is the part of the work that is done; null while nobody knows it.
func (r *Run) share() sql.NullFloat64 {
	done, total := r.done.Load(), r.total.Load()
	if total <= 0 {
		return sql.NullFloat64{}
	}
	return sql.NullFloat64{Float64: float64(min(max(done, 0), total)) / float64(total), Valid: true}
}

// End writes what the import did, also where it was told to stop.
func (r *Run) End(ctx context.Context, result Result) error {
	close(r.stop)
	r.ended.Wait()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	err := r.owner.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.ExecContext(ctx, `update import_log set beat_at = now(), ended_at = now(), outcome = ?, progress = case when ?0 = 'DONE' then 1 else progress end,
			added = ?, changed = ?, unchanged = ?, refused = ?, noted = ?, summary = nullif(?, ''), summary_ar = nullif(?, '') where id = ?`,
			string(result.Outcome), result.Added, result.Changed, result.Unchanged, result.Refused, result.Noted, result.Summary.English, result.Summary.Arabic, r.id)
		if err != nil {
			return fmt.Errorf("writing what the import did: %w", err)
		}
		return r.writeFindings(ctx, tx, result.Findings)
	})
	return err
}

// row is a finding as the table has it.
type row struct {
	bun.BaseModel `bun:"table:import_log_finding"`

	RunID      int64   `bun:"run_id"`
	Kind       string  `bun:"kind"`
	Place      *string `bun:"place"`
	Identifier *string `bun:"identifier"`
	Reason     string  `bun:"reason"`
	ReasonAr   string  `bun:"reason_ar"`
}

func (r *Run) writeFindings(ctx context.Context, tx bun.Tx, findings []Finding) error {
	var rows []row
	kept := map[string]int{}
	for _, f := range findings {
		kind := "REFUSED"
		if f.IsNote {
			kind = "NOTE"
		}
		if kept[kind]++; kept[kind] > maxFindings {
			continue
		}
		rows = append(rows, row{RunID: r.id, Kind: kind, Place: orNil(f.Place), Identifier: orNil(f.Identifier), Reason: f.Reason.English, ReasonAr: f.Reason.Arabic})
	}
	if len(rows) == 0 {
		return nil
	}
	if _, err := tx.NewInsert().Model(&rows).Returning("NULL").Exec(ctx); err != nil {
		return fmt.Errorf("writing what was refused: %w", err)
	}
	return nil
}

func orNil(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
