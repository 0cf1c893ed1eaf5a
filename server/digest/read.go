// Package digest tells people by e-mail, once a day, what is due: what is late and soon due, what waits for their review, what came back, and what is to be
// translated. Who wants it says so at his account; who has nothing to do gets nothing.
package digest

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/server/due"
)

// soonDays is how far the digest looks ahead.
const soonDays = 14

// Person is who gets a digest.
type Person struct {
	Account             int64
	Name, Email, Locale string
}

// Digest is what a person is told. What is confidential is counted and not named: mail goes through many hands.
type Digest struct {
	Person           Person
	Late, Soon       []due.Item
	Review, Returned []Record
	Missing          []Missing
	Confidential     int
}

// Record is one that waits for somebody.
type Record struct {
	ID    due.ID
	Code  string
	Title db.Texts
}

// Missing is how many texts are to be translated into a language.
type Missing struct {
	Locale string
	Count  int // at most countedTexts
}

const countedTexts = 1000

// Items is how many things a digest tells of.
func (d *Digest) Items() int {
	return len(d.Late) + len(d.Soon) + len(d.Review) + len(d.Returned) + len(d.Missing) + d.Confidential
}

// Read reads what a person is to be told, as the person sees it. The pool is of the role db.Staff.
func Read(ctx context.Context, staff *bun.DB, who Person, today time.Time) (*Digest, error) {
	d := &Digest{Person: who}
	err := staff.RunInTx(db.WithActing(ctx, db.Acting{Account: who.Account}), &sql.TxOptions{ReadOnly: true}, func(ctx context.Context, tx bun.Tx) error {
		filter := due.Filter{Until: today.AddDate(0, 0, soonDays)}
		open, err := due.Read(ctx, tx, filter)
		if err != nil {
			return err
		}
		filter.IncludesConfidential = true
		all, err := due.Read(ctx, tx, filter)
		if err != nil {
			return err
		}
		d.Confidential = len(all) - len(open)
		for _, i := range open {
			if i.DaysLeft < 0 {
				d.Late = append(d.Late, i)
			} else {
				d.Soon = append(d.Soon, i)
			}
		}
		if d.Review, err = d.waiting(ctx, tx, "SUBMITTED", "RETURN", "PUBLISH"); err != nil {
			return err
		}
		if d.Returned, err = d.waiting(ctx, tx, "RETURNED", "SUBMIT", "EDIT"); err != nil {
			return err
		}
		return d.translations(ctx, tx)
	})
	if err != nil {
		return nil, fmt.Errorf("read the digest of account %d: %w", who.Account, err)
	}
	return d, nil
}

// waiting are the records in a state, and the published ones with a change in it, with which the person may do something.
func (d *Digest) waiting(ctx context.Context, tx bun.IDB, state, withRecord, withChange string) ([]Record, error) {
	rows, err := tx.QueryContext(ctx, `with record as (
			select 'Agreement' as kind, id, code, title, state, confidential from agreement
			union all select 'Project', id, code, title, state, confidential from project
			union all select 'Organization', id, code, name, state, confidential from organization)
		select r.kind, r.id, r.code, r.title, r.confidential from record r where r.state = ?0 and fn.may(?1, r.kind, r.id)
		union all
		select r.kind, r.id, r.code, r.title, r.confidential from pending_change c join record r on r.kind = c.subject_kind and r.id = c.subject_id
			where c.state = ?0 and fn.may(?2, r.kind, r.id)
		order by 1, 3 limit 200`, state, withRecord, withChange)
	if err != nil {
		return nil, fmt.Errorf("read what is %s: %w", state, err)
	}
	defer rows.Close()
	var found []Record
	for rows.Next() {
		var r Record
		var title []byte
		var confidential bool
		if err := rows.Scan(&r.ID.Type, &r.ID.Key, &r.Code, &title, &confidential); err != nil {
			return nil, fmt.Errorf("read what is %s: %w", state, err)
		}
		if confidential {
			d.Confidential++
			continue
		}
		if err := json.Unmarshal(title, &r.Title); err != nil {
			return nil, fmt.Errorf("read a title: %w", err)
		}
		found = append(found, r)
	}
	return found, rows.Err()
}

// translations counts what is to be translated, for translators.
func (d *Digest) translations(ctx context.Context, tx bun.IDB) error {
	rows, err := tx.QueryContext(ctx, `select w.locale, (select count(*) from (select from translation_task k where k.task = 'MISSING' and k.locale = w.locale limit ?) x)
		from working_locale w where (select fn.acts_as('TRANSLATOR')) order by w.locale`, countedTexts)
	if err != nil {
		return fmt.Errorf("count missing translations: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var m Missing
		if err := rows.Scan(&m.Locale, &m.Count); err != nil {
			return fmt.Errorf("count missing translations: %w", err)
		}
		if m.Count > 0 {
			d.Missing = append(d.Missing, m)
		}
	}
	return rows.Err()
}
