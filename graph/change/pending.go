package change

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
)

// pending is the open change of a published record.
type pending struct {
	id     int64
	state  string
	author int64
	steps  []json.RawMessage
}

// waiting is the open change of a record, held for the transaction; nil if there is none.
func (e *Engine) waiting(ctx context.Context, tx *sql.Tx, s Standing) (*pending, error) {
	return e.pending(ctx, tx, s, "state in ('DRAFT', 'SUBMITTED', 'RETURNED')")
}

// dropped is the last change of a record, held for the transaction, if it was given up; nil if it was not.
func (e *Engine) dropped(ctx context.Context, tx *sql.Tx, s Standing) (*pending, error) {
	return e.pending(ctx, tx, s, `state = 'DROPPED' and id = (select max(l.id) from base.pending_change l
		where l.subject_kind = $1::text and l.subject_id = $2::bigint)`)
}

func (e *Engine) pending(ctx context.Context, tx *sql.Tx, s Standing, condition string) (*pending, error) {
	var p pending
	var steps string
	err := tx.QueryRowContext(ctx, "select id, state, author_id, steps::text from base.pending_change where subject_kind = $1::text and subject_id = $2::bigint and "+condition+" for update", s.Kind, s.Key).
		Scan(&p.id, &p.state, &p.author, &steps)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("look for a waiting change: %w", err)
	}
	if err := json.Unmarshal([]byte(steps), &p.steps); err != nil {
		return nil, fmt.Errorf("read the steps of a waiting change: %w", err)
	}
	return &p, nil
}

// replay makes the steps of a waiting change.
func (e *Engine) replay(ctx context.Context, tx *sql.Tx, author string, s Standing, p *pending) (rows []*row, problems []Problem, err error) {
	for _, raw := range p.steps {
		input, err := decode(raw)
		if err != nil {
			return nil, nil, err
		}
		w := &row{kind: s.kind, path: []string{lower(s.Kind)}, key: s.Key, input: input}
		problems, err := e.model.apply(ctx, tx, author, w, s.State)
		if err != nil {
			return nil, nil, err
		}
		if len(problems) > 0 {
			for i := range problems {
				problems[i].Message = "the waiting change can no longer be made: " + problems[i].Message
				problems[i].MessageAr = "لم يعد إجراء التعديل المعلَّق ممكناً: " + problems[i].MessageAr
			}
			return nil, problems, nil
		}
		rows = append(rows, w)
	}
	return rows, nil, nil
}

// propose keeps an edit of a published record as a change that waits. To find out what becomes of it the edit is made after those that wait
// already, looked at as a whole and read; then all of it is taken back.
func (e *Engine) propose(ctx context.Context, tx *sql.Tx, r Request, s Standing, out Outcome) (Outcome, error) {
	p, err := e.waiting(ctx, tx, s)
	if err != nil {
		return out, err
	}
	if p != nil {
		out.Change = p.id
		if p.state == "SUBMITTED" && !s.Approves {
			out.refuse(State, "the waiting change has been handed in; withdraw it first", "التعديل المعلَّق مقدَّم للمراجعة؛ اسحبه أولاً")
			return out, nil
		}
	} else {
		p = &pending{}
	}
	w := e.row(s.kind, r)
	w.key = s.Key
	if _, err := tx.ExecContext(ctx, "savepoint trial"); err != nil {
		return out, fmt.Errorf("try a change: %w", err)
	}
	rows, problems, err := e.replay(ctx, tx, r.Name, s, p)
	if err != nil || len(problems) > 0 {
		out.Problems = problems
		return out, err
	}
	if out.Problems, err = e.model.apply(ctx, tx, r.Name, w, s.State); err != nil || len(out.Problems) > 0 {
		return out, err
	}
	if out.Problems, err = e.Bump(ctx, tx, s); err != nil || len(out.Problems) > 0 {
		return out, err
	}
	fields, err := proposed(ctx, tx)
	if err != nil {
		return out, err
	}
	isNothing := p.id == 0 && fields == "[]"
	if !isNothing {
		if out, err = e.finish(ctx, tx, r, out, "EDIT", append(rows, w)...); err != nil || len(out.Problems) > 0 {
			return out, err
		}
	}
	if _, err := tx.ExecContext(ctx, "rollback to savepoint trial"); err != nil {
		return out, fmt.Errorf("take the trial of a change back: %w", err)
	}
	if isNothing { // the record stays as it is, and of the version that it has
		return out, r.Read(ctx, out.Kind, out.Key)
	}
	step, err := json.Marshal(w.input)
	if err != nil {
		return out, fmt.Errorf("keep a waiting change: %w", err)
	}
	if out.Change, err = keep(ctx, tx, r, s, p, append(p.steps, step), fields); err != nil {
		return out, err
	}
	out.Problems, err = e.Bump(ctx, tx, s)
	return out, err
}

// proposed is what the transaction has changed so far, field by field, as JSON.
func proposed(ctx context.Context, tx *sql.Tx) (fields string, err error) {
	if err = tx.QueryRowContext(ctx, "select coalesce(jsonb_agg(to_jsonb(c)), '[]')::text from base.proposed_changes() c").Scan(&fields); err != nil {
		return "", fmt.Errorf("read what a change would change: %w", err)
	}
	return fields, nil
}

// keep writes a waiting change.
func keep(ctx context.Context, tx *sql.Tx, r Request, s Standing, p *pending, steps []json.RawMessage, fields string) (int64, error) {
	raw, err := json.Marshal(steps)
	if err != nil {
		return 0, fmt.Errorf("keep a waiting change: %w", err)
	}
	id := p.id
	if id == 0 {
		err = tx.QueryRowContext(ctx, `insert into base.pending_change (subject_kind, subject_id, author_id, author_name, fields, steps)
			values ($1::text, $2::bigint, $3::bigint, $4::text, $5::jsonb, $6::jsonb) returning id`, s.Kind, s.Key, r.Account, r.Name, fields, string(raw)).Scan(&id)
	} else {
		_, err = tx.ExecContext(ctx, `update base.pending_change set fields = $2::jsonb, steps = $3::jsonb, updated_at = now(),
			state = case state when 'RETURNED' then 'DRAFT' else state end where id = $1::bigint`, id, fields, string(raw))
	}
	if err != nil {
		return 0, fmt.Errorf("keep a waiting change: %w", err)
	}
	return id, nil
}
