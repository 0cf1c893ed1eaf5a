package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"hash"

	"github.com/uptrace/bun"
)

// HistoryReport says what VerifyHistory has found in order.
type HistoryReport struct {
	Revisions int64 // transactions, from the first
	Entries   int64 // rows that they changed
	// Hash is that of the last revision. It stands for all before it: whoever has noted it elsewhere can tell later whether the end of
	// the chain, which no other revision vouches for, has been cut off or written anew.
	Hash string
	// Holds says whether the hash asked for is in the chain.
	Holds bool
}

// BrokenHistoryError names the first revision that is not as it was sealed.
type BrokenHistoryError struct {
	RevisionID int64
	Position   int64 // in the chain; 0 if it has none
	Problem    string
}

// Error says it for people.
func (e *BrokenHistoryError) Error() string {
	return fmt.Sprintf("the history is broken at revision %d (position %d): %s", e.RevisionID, e.Position, e.Problem)
}

// The texts that are hashed come from PostgreSQL, since its spelling of JSON is what was sealed; base.entry_text and base.seal_revision build
// the same. They are written out here, so that a function that somebody has replaced proves nothing.
const historySQL = `
select r.id, r.position, r.entry_count, coalesce(r.digest, ''), coalesce(r.previous_hash, ''), coalesce(r.hash, ''),
  jsonb_build_array(r.previous_hash, r.position, r.id, (extract(epoch from r.at) * 1000000)::bigint, r.actor_id, r.actor_name, r.token_id,
    r.operation, r.reason, r.request_id, r.is_bulk, r.entry_count, r.digest)::text,
  jsonb_build_array(e.id, e.revision_id, (extract(epoch from e.at) * 1000000)::bigint, e.actor_id, e.kind, e.record_id, e.root_kind, e.root_id, e.action,
    e.root_published, e.published, e.before, e.after)::text, e.id is not null and (e.at <> r.at or e.actor_id is distinct from r.actor_id)
from base.revision r left join base.revision_entry e on e.revision_id = r.id
where r.position <= ? order by r.position, e.id`

// A field change shows a column of an entry: none is missing, none was added, none says anything else. What editors state of an agreement
// is told under the name of what follows from it.
const fieldsSQL = `
select coalesce(e.revision_id, f.revision_id), r.position
from (base.revision_entry e cross join lateral jsonb_object_keys(coalesce(e.after, e.before)) with ordinality k(name, number))
full join base.field_change f on f.id = e.id * 256 + k.number
join base.revision r on r.id = coalesce(e.revision_id, f.revision_id)
where e.id is null or f.id is null and k.name <> 'version' or f.id is not null and (
  row(f.revision_id, f.at, f.actor_id, f.kind, f.record_id, f.root_kind, f.root_id, f.action, f.before::text, f.after::text) is distinct from
  row(e.revision_id, e.at, e.actor_id, e.kind, e.record_id, e.root_kind, e.root_id, e.action, nullif(e.before -> k.name, 'null')::text, nullif(e.after -> k.name, 'null')::text)
  or lower(replace(f.field, '.', '')) <> replace(regexp_replace(k.name, '^stated_', ''), '_', ''))
order by r.position limit 1`

// VerifyHistory recomputes what seals the history: the digest of every revision over its entries, and the chain of their hashes. It
// compares the field changes with the entries they show as well. It reads row by row and may take long. A history that is not as it was
// sealed is a *BrokenHistoryError. A hash that was noted earlier may be asked for; "" asks for none. The database must be opened as its
// owner.
func VerifyHistory(ctx context.Context, owner *bun.DB, noted string) (HistoryReport, error) {
	var report HistoryReport
	// Until they are sealed, revisions are seen by their own transactions only.
	var unsealed, last sql.NullInt64
	err := owner.QueryRowContext(ctx, "select min(id) filter (where hash is null or position is null), max(position) from base.revision").Scan(&unsealed, &last)
	if err != nil {
		return report, fmt.Errorf("asking how long the history is: %w", err)
	}
	rows, err := owner.QueryContext(ctx, historySQL, last.Int64)
	if err != nil {
		return report, fmt.Errorf("reading the history: %w", err)
	}
	defer rows.Close()
	c := chain{report: &report, noted: noted}
	for rows.Next() {
		var r link
		if err := rows.Scan(&r.id, &r.position, &r.entries, &r.digest, &r.previous, &r.hash, &r.text, &r.entry, &r.strange); err != nil {
			return report, fmt.Errorf("reading the history: %w", err)
		}
		if err := c.add(r); err != nil {
			return report, err
		}
	}
	if err := rows.Err(); err != nil {
		return report, fmt.Errorf("reading the history: %w", err)
	}
	if err := c.end(); err != nil {
		return report, err
	}
	if unsealed.Valid {
		return report, &BrokenHistoryError{RevisionID: unsealed.Int64, Problem: "it is not sealed"}
	}
	broken := BrokenHistoryError{Problem: "its field changes are not those of its entries"}
	switch err := owner.QueryRowContext(ctx, fieldsSQL).Scan(&broken.RevisionID, &broken.Position); err {
	case sql.ErrNoRows:
		return report, nil
	case nil:
		return report, &broken
	default:
		return report, fmt.Errorf("comparing field changes and entries: %w", err)
	}
}

// link is a revision with one of its entries.
type link struct {
	id, position, entries        int64
	digest, previous, hash, text string
	entry                        string // of a revision without entries one whose key is null
	strange                      bool
}

// chain goes from revision to revision.
type chain struct {
	report  *HistoryReport
	noted   string
	at      link // whose entries are being read
	digest  hash.Hash
	entries int64
}

func (c *chain) add(r link) error {
	if c.digest == nil || r.id != c.at.id {
		if err := c.end(); err != nil {
			return err
		}
		c.at, c.digest, c.entries = r, sha256.New(), 0
		c.report.Revisions++
		switch {
		case r.position != c.report.Revisions:
			return c.broken(fmt.Sprintf("the chain has a gap before it: %d revisions are missing", r.position-c.report.Revisions))
		case r.previous != c.report.Hash:
			return c.broken("it does not follow from the revision before it")
		case r.hash != sum(r.text):
			return c.broken("its own record has been changed")
		}
	}
	if r.strange {
		return c.broken("an entry has another time or actor")
	}
	if r.entry[:6] != "[null," {
		entry := sha256.Sum256([]byte(r.entry))
		c.digest.Write(entry[:])
		c.entries++
	}
	return nil
}

// end compares what was read of a revision with what was sealed.
func (c *chain) end() error {
	if c.digest == nil {
		return nil
	}
	c.report.Entries += c.entries
	if c.entries != c.at.entries {
		return c.broken(fmt.Sprintf("it was sealed with %d entries and has %d", c.at.entries, c.entries))
	}
	if hex.EncodeToString(c.digest.Sum(nil)) != c.at.digest {
		return c.broken("an entry has been changed")
	}
	c.report.Hash = c.at.hash
	c.report.Holds = c.report.Holds || c.noted != "" && c.noted == c.at.hash
	return nil
}

func (c *chain) broken(problem string) error {
	return &BrokenHistoryError{RevisionID: c.at.id, Position: c.at.position, Problem: problem}
}

func sum(text string) string {
	s := sha256.Sum256([]byte(text))
	return hex.EncodeToString(s[:])
}
