package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
)

// auditCommand groups what there is to do with the history.
type auditCommand struct {
	Verify auditVerifyCommand `cmd:"" help:"Recompute the seals of the history and find what has been tampered with."`
	Export auditExportCommand `cmd:"" help:"Write the history field by field as CSV or JSON lines."`
}

// auditVerifyCommand proves that the history is as it was written.
type auditVerifyCommand struct {
	storage

	Contains string `placeholder:"HASH" help:"A hash that an earlier verification printed: the history must still contain it."`
}

// Help shows examples.
func (auditVerifyCommand) Help() string {
	return `Every transaction that changes something is sealed with a digest of its changes and the hash of the one before it. This
reads all of them, names the first that is not as it was sealed, and then exits with status 1. The hash that it prints
stands for the whole history: noted elsewhere, it proves later, with --contains, that the end has not been cut off either.

Examples:
  taawun audit verify
  taawun audit verify --contains 5f2b...`
}

// Run verifies and says what was found.
func (c *auditVerifyCommand) Run(ctx context.Context, logger *slog.Logger, to console) error {
	return c.look(ctx, logger, func(owner *bun.DB) error {
		report, err := db.VerifyHistory(ctx, owner, c.Contains)
		if err != nil {
			return err
		}
		if c.Contains != "" && !report.Holds {
			return fmt.Errorf("the history does not contain %s: its end has been cut off or written anew", c.Contains)
		}
		_, err = fmt.Fprintf(to.out, "The history is whole: %d revisions with %d changed rows.\nIts hash is %s\n", report.Revisions, report.Entries, report.Hash)
		return err
	})
}

// look lends the database to a command that only reads. It is left as it is, so that it is not changed before it is examined.
func (s storage) look(ctx context.Context, logger *slog.Logger, work func(owner *bun.DB) error) error {
	examined := func(owner *bun.DB) error {
		var kept bool
		if err := owner.QueryRowContext(ctx, "select to_regclass('base.field_change') is not null and to_regprocedure('fn.public_id(text,bigint)') is not null").Scan(&kept); err != nil {
			return fmt.Errorf("looking for the history: %w", err)
		}
		if !kept {
			return errors.New("this database has no history yet; it begins with: taawun migrate")
		}
		return work(owner)
	}
	return s.attached(ctx, logger, func(source *source) error { return source.asOwner(examined) })
}

// auditExportCommand writes the history for people and programs outside.
type auditExportCommand struct {
	storage

	Format string `default:"csv" enum:"csv,jsonl" help:"Form of the export: csv, or jsonl with one object a line."`
	From   moment `placeholder:"TIME" help:"Only changes of this moment or later: 2026-11-23 or 2026-11-23T14:00:00Z."`
	Until  moment `placeholder:"TIME" help:"Only changes before this moment."`
	By     string `placeholder:"LOGIN" help:"Only what this person changed."`
	Record string `placeholder:"ID" help:"Only changes of this record and its parts, such as prj_1f."`
	Output string `short:"o" placeholder:"FILE" help:"File to write; it must not exist. Standard output unless told."`
}

// Help shows examples.
func (auditExportCommand) Help() string {
	return `One row for each field that was changed, in the order in which the changes were made. Values are JSON. In CSV a text that a
spreadsheet would take for a formula has an apostrophe before it.

Examples:
  taawun audit export --from 2026-01-01 --until 2027-01-01 -o 2026.csv
  taawun audit export --record prj_1f --format jsonl`
}

// moment is a time on the command line: a day in UTC, or RFC 3339.
type moment struct{ time.Time }

// UnmarshalText reads what was typed.
func (m *moment) UnmarshalText(text []byte) (err error) {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if m.Time, err = time.Parse(layout, string(text)); err == nil {
			return nil
		}
	}
	return fmt.Errorf("%q is neither a day (2026-11-23) nor a moment (2026-11-23T14:00:00Z)", text)
}

// change is one row of the export.
type change struct {
	Position  int64           `json:"position" bun:"position"`
	At        time.Time       `json:"at" bun:"at"`
	Actor     *string         `json:"actor" bun:"actor"`
	ActorName *string         `json:"actorName" bun:"actor_name"`
	Operation string          `json:"operation" bun:"operation"`
	Reason    *string         `json:"reason" bun:"reason"`
	Request   *string         `json:"request" bun:"request"`
	RootKind  string          `json:"rootKind" bun:"root_kind"`
	Root      *string         `json:"root" bun:"root"`
	Kind      string          `json:"kind" bun:"kind"`
	Record    *string         `json:"record" bun:"record"`
	Action    string          `json:"action" bun:"action"`
	Field     string          `json:"field" bun:"field"`
	Before    json.RawMessage `json:"before" bun:"before"`
	After     json.RawMessage `json:"after" bun:"after"`
}

// Run writes what was asked for, row by row.
func (c *auditExportCommand) Run(ctx context.Context, logger *slog.Logger, to console) error {
	return c.look(ctx, logger, func(owner *bun.DB) (err error) {
		q, err := c.query(ctx, owner)
		if err != nil {
			return err
		}
		var out = to.out
		if c.Output != "" {
			file, err := os.OpenFile(c.Output, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
			if err != nil {
				return fmt.Errorf("writing the export: %w", err)
			}
			defer func() { err = errors.Join(err, file.Close()) }()
			out = file
		}
		return c.write(ctx, owner, q, out)
	})
}

// query selects the changes asked for.
func (c *auditExportCommand) query(ctx context.Context, owner *bun.DB) (*bun.SelectQuery, error) {
	q := owner.NewSelect().TableExpr("base.field_change AS f").Join("JOIN base.revision AS r ON r.id = f.revision_id").
		ColumnExpr("r.position, f.at, fn.public_id('Account', r.actor_id) AS actor, r.actor_name, r.operation, r.reason, r.request_id AS request").
		ColumnExpr("f.root_kind, fn.public_id(f.root_kind, f.root_id) AS root, f.kind, fn.public_id(f.kind, f.record_id) AS record, f.action, f.field, f.before, f.after").
		Where("r.position IS NOT NULL").OrderExpr("r.position, f.id")
	if !c.From.IsZero() {
		q.Where("f.at >= ?", c.From.Time)
	}
	if !c.Until.IsZero() {
		q.Where("f.at < ?", c.Until.Time)
	}
	if c.By != "" {
		var ids []int64
		if err := owner.NewRaw("SELECT id FROM base.account WHERE lower(login) = lower(?)", c.By).Scan(ctx, &ids); err != nil {
			return nil, fmt.Errorf("looking for %q: %w", c.By, err)
		}
		if len(ids) == 0 {
			return nil, fmt.Errorf("there is no account with the login %q", c.By)
		}
		q.Where("f.actor_id = ?", ids[0])
	}
	if c.Record != "" {
		prefix, digits, _ := strings.Cut(c.Record, "_")
		key, err := strconv.ParseInt(digits, 16, 64)
		if err != nil {
			return nil, fmt.Errorf("%q is not the id of a record, such as prj_1f", c.Record)
		}
		var kinds []string
		if err := owner.NewRaw("SELECT kind FROM base.record_kind WHERE prefix = ?", prefix).Scan(ctx, &kinds); err != nil {
			return nil, fmt.Errorf("looking for %q: %w", c.Record, err)
		}
		if len(kinds) == 0 {
			return nil, fmt.Errorf("no ids begin with %q", prefix)
		}
		q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Where("f.root_kind = ? AND f.root_id = ?", kinds[0], key).WhereOr("f.kind = ? AND f.record_id = ?", kinds[0], key)
		})
	}
	return q, nil
}

func (c *auditExportCommand) write(ctx context.Context, owner *bun.DB, q *bun.SelectQuery, out io.Writer) error {
	rows, err := q.Rows(ctx)
	if err != nil {
		return fmt.Errorf("reading the history: %w", err)
	}
	defer rows.Close()
	table, lines := csv.NewWriter(out), json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	if c.Format == "csv" {
		if err := table.Write([]string{"position", "at", "actor", "actorName", "operation", "reason", "request", "rootKind", "root", "kind", "record", "action", "field",
			"before", "after"}); err != nil {
			return err
		}
	}
	for rows.Next() {
		var x change
		if err := owner.ScanRow(ctx, rows, &x); err != nil {
			return fmt.Errorf("reading the history: %w", err)
		}
		x.At = x.At.UTC()
		if c.Format == "jsonl" {
			err = lines.Encode(x)
		} else {
			err = table.Write([]string{strconv.FormatInt(x.Position, 10), x.At.Format(time.RFC3339Nano), cell(x.Actor), cell(x.ActorName), cell(&x.Operation), cell(x.Reason),
				cell(x.Request), x.RootKind, cell(x.Root), x.Kind, cell(x.Record), x.Action, x.Field, string(x.Before), string(x.After)})
		}
		if err != nil {
			return fmt.Errorf("writing the export: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("reading the history: %w", err)
	}
	table.Flush()
	return table.Error()
}

// cell is a text as a spreadsheet may read it.
func cell(text *string) string {
	if text == nil {
		return ""
	}
	if strings.ContainsAny((*text + " ")[:1], "=+-@\t\r") {
		return "'" + *text
	}
	return *text
}
