// Package export writes published projects as IATI 2.03 activities and published organizations as IATI 2.03 organisations. It reads as the public does,
// so that PostgreSQL decides what may be told, and holds a few dozen records at a time, however many there are.
package export

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/uptrace/bun"
)

// Options say what is exported. Zero values mean all that is kept here.
type Options struct {
	// All adds the projects that are kept by no unit of the ministry: those that came from other publishers.
	All bool
	// Reporter keeps only what the organization of this IATI identifier reports.
	Reporter string
	// Project keeps only the project with this code or IATI identifier.
	Project string
	// Publisher is the IATI identifier under which the ministry publishes. It reports the projects that name no reporting organization, and begins the
	// identifiers of those that have none.
	Publisher string
	// Pause is called between batches, while no connection is held: with the bytes written so far.
	Pause func(written int64) error
}

// Summary is what was written: how many activities or organisations.
type Summary struct {
	Written int
	LeftOut []LeftOut
}

// LeftOut is a record that cannot be told: the standard demands what is not known of it, and nothing is invented.
type LeftOut struct{ Code, Reason string }

// batchSize is how many records are read at once.
const batchSize = 40

// Activities writes a file of activities. The pool is of the role db.Public.
func Activities(ctx context.Context, pool *bun.DB, out io.Writer, o Options) (Summary, error) {
	known, after := newLookups(), int64(0)
	return file(out, "iati-activities", o.Pause, func(w *writer, done *Summary) (bool, error) {
		projects, last, err := read(ctx, pool, o, after, known)
		if err != nil {
			return false, err
		}
		after = last
		for _, p := range projects {
			if reason := p.lacks(); reason != "" {
				done.LeftOut = append(done.LeftOut, LeftOut{p.Code, reason})
				continue
			}
			activity{writer: w, known: known, p: p}.write()
			done.Written++
		}
		return len(projects) > 0, nil
	})
}

// file writes a file of the standard, a batch of records at a time, until batch says that there are no more.
func file(out io.Writer, root string, pause func(int64) error, batch func(*writer, *Summary) (more bool, err error)) (Summary, error) {
	w := newWriter(out)
	var done Summary
	w.raw(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	w.start(root, "version", "2.03")
	for more := true; more; {
		var err error
		if more, err = batch(w, &done); err != nil {
			return done, err
		}
		if w.flush(); w.err != nil {
			return done, fmt.Errorf("write %s: %w", root, w.err)
		}
		if pause != nil {
			if err := pause(w.written); err != nil {
				return done, err
			}
		}
	}
	// The schema wants a record in each file; a file without any is as near as can be.
	for _, l := range done.LeftOut {
		w.comment(fmt.Sprintf("%s is left out: %s", l.Code, l.Reason))
	}
	w.end()
	if w.flush(); w.err != nil {
		return done, fmt.Errorf("write %s: %w", root, w.err)
	}
	return done, nil
}

// State is what the public's records are at a moment.
type State struct {
	Position int64     // grows with every change that is kept
	At       time.Time // of the last change
}

// StateOf reads the state of the records: while it is the same, so is every export.
func StateOf(ctx context.Context, pool *bun.DB) (State, error) {
	var s State
	err := pool.RunInTx(ctx, &sql.TxOptions{ReadOnly: true}, func(ctx context.Context, tx bun.Tx) error {
		return tx.QueryRowContext(ctx, `select "position", at from fn.records_state()`).Scan(&s.Position, &s.At)
	})
	if err != nil {
		return s, fmt.Errorf("read the state of the records: %w", err)
	}
	return s, nil
}

// lacks says in English what the standard demands and is not known; "" if nothing.
func (p *project) lacks() string {
	switch {
	case p.identifier == "":
		return "it has no IATI identifier, and no publisher is configured"
	case p.reporter.ref == "":
		return "its reporting organization has no IATI identifier, and no publisher is configured"
	case strings.EqualFold(p.reporter.ref, p.identifier):
		return "its identifier is that of the reporting organization"
	case p.PlannedStart == nil && p.ActualStart == nil:
		return "neither its planned nor its actual start is known"
	}
	return ""
}
