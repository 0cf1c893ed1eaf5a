package change

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// move is a step of a record, or of the waiting change of a published one, from draft to publication.
type move struct {
	from    []string
	to      string
	approve bool   // takes an approver
	stage   string // at which the record must be as it should
	en, ar  string // why the step cannot be taken from another state
}

var moves = map[Action]move{
	Submit: {from: []string{"DRAFT", "RETURNED"}, to: "SUBMITTED", stage: "SUBMIT",
		en: "only a draft is handed in", ar: "لا تُقدَّم إلا المسودة"},
	Withdraw: {from: []string{"SUBMITTED"}, to: "DRAFT",
		en: "only what has been handed in is withdrawn", ar: "لا يُسحب إلا ما قُدِّم للمراجعة"},
	Return: {from: []string{"SUBMITTED"}, to: "RETURNED", approve: true,
		en: "only what has been handed in is sent back", ar: "لا يُعاد إلا ما قُدِّم للمراجعة"},
	Publish: {from: []string{"DRAFT", "SUBMITTED"}, to: "PUBLISHED", approve: true, stage: "PUBLISH",
		en: "only a draft, or what has been handed in, is published", ar: "لا تُنشر إلا مسودة أو ما قُدِّم للمراجعة"},
	Drop: {from: []string{"DRAFT", "SUBMITTED", "RETURNED"}, to: "DROPPED",
		en: "there is no waiting change to be given up", ar: "لا يوجد تعديل معلَّق للتخلي عنه"},
	Resume: {from: []string{"DROPPED"}, to: "DRAFT", stage: "EDIT",
		en: "another change of the record waits", ar: "يوجد تعديل آخر معلَّق على السجل"},
	Archive: {from: []string{"DRAFT", "SUBMITTED", "RETURNED", "PUBLISHED"}, to: "ARCHIVED", approve: true,
		en: "the record has been archived already", ar: "السجل مؤرشف من قبل"},
	Restore: {from: []string{"ARCHIVED"}, to: "DRAFT", approve: true,
		en: "only an archived record is restored", ar: "لا يُستعاد إلا سجل مؤرشف"},
}

// step moves a record.
func (e *Engine) step(ctx context.Context, tx *sql.Tx, r Request, a Action) (Outcome, error) {
	s, out, err := e.held(ctx, tx, r, e.core()...)
	if err != nil || len(out.Problems) > 0 {
		return out, err
	}
	comment, _ := r.Input["comment"].(string)
	comment = strings.TrimSpace(comment)
	if a == Return && comment == "" {
		out.Problems = []Problem{Refuse(Required, "say why it is sent back", "اذكر سبب الإعادة", "comment")}
		return out, nil
	}
	if s.State == "PUBLISHED" || a == Drop || a == Resume {
		p, err := e.waiting(ctx, tx, s)
		if err == nil && p == nil && a == Resume {
			p, err = e.dropped(ctx, tx, s)
		}
		if err != nil {
			return out, err
		}
		switch {
		case p != nil:
			return e.stepOfChange(ctx, tx, r, s, out, a, p, comment)
		case a == Resume:
			out.refuse(State, "there is no change of the record that was given up last", "لا يوجد تعديل على السجل تم التخلي عنه أخيراً")
		case a == Publish || a == Submit || a == Withdraw || a == Return:
			out.refuse(State, "the record is published and no change of it waits", "السجل منشور ولا يوجد تعديل معلَّق عليه")
		}
	}
	m := moves[a]
	switch {
	case len(out.Problems) > 0:
	case m.approve && !s.Approves || !m.approve && !s.Edits:
		out.forbid()
	case a == Drop || a == Resume || !slices.Contains(m.from, s.State):
		out.refuse(State, m.en, m.ar)
	}
	if len(out.Problems) > 0 {
		return out, nil
	}
	if m.stage != "" {
		if out.Problems, err = e.Problems(ctx, tx, s.Kind, s.Key, m.stage); err != nil || len(out.Problems) > 0 {
			return out, err
		}
	}
	set, args := "state = $2::text", []any{s.Key, m.to}
	if a != Withdraw && a != Restore { // what was said before stays with what it was about
		set += ", state_comment = nullif($3::text, '')"
		args = append(args, comment)
	}
	_, err = tx.ExecContext(ctx, "update "+s.kind.sql()+" set "+set+", version = version + 1, updated_at = now() where id = $1::bigint", args...)
	if p, ok := Refusal(err, "id"); ok {
		out.Problems = []Problem{p}
		return out, nil
	}
	if err != nil {
		return out, fmt.Errorf("move a record: %w", err)
	}
	return out, r.Read(ctx, out.Kind, out.Key)
}

// stepOfChange moves the waiting change of a published record.
func (e *Engine) stepOfChange(ctx context.Context, tx *sql.Tx, r Request, s Standing, out Outcome, a Action, p *pending, comment string) (Outcome, error) {
	m := moves[a]
	out.Change = p.id
	switch {
	case m.approve && !s.Approves || !m.approve && !s.Edits && !(s.Proposes && (a != Drop && a != Resume || p.author == r.Account)):
		out.forbid()
	case a == Archive:
		out.refuse(State, "a change of the record waits; publish it or give it up first", "يوجد تعديل معلَّق على السجل؛ انشره أو تخلَّ عنه أولاً")
	case !slices.Contains(m.from, p.state):
		out.refuse(State, m.en, m.ar)
	}
	if len(out.Problems) > 0 {
		return out, nil
	}
	if m.stage != "" { // it must be possible, and the record as it should be with it
		if m.to != "PUBLISHED" {
			if _, err := tx.ExecContext(ctx, "savepoint trial"); err != nil {
				return out, fmt.Errorf("try a change: %w", err)
			}
		}
		_, problems, err := e.replay(ctx, tx, r.Name, s, p)
		if out.Problems = problems; err != nil || len(problems) > 0 {
			return out, err
		}
		if out.Problems, err = e.Problems(ctx, tx, s.Kind, s.Key, m.stage); err != nil || len(out.Problems) > 0 {
			return out, err
		}
		if m.to != "PUBLISHED" {
			if _, err := tx.ExecContext(ctx, "rollback to savepoint trial"); err != nil {
				return out, fmt.Errorf("take the trial of a change back: %w", err)
			}
		}
	}
	if _, err := tx.ExecContext(ctx, `update base.pending_change set state = $2::text, updated_at = now(), comment = case when $4::boolean then comment else nullif($3::text, '') end
		where id = $1::bigint`, p.id, m.to, comment, a == Withdraw || a == Resume); err != nil {
		return out, fmt.Errorf("move a waiting change: %w", err)
	}
	var err error
	if out.Problems, err = e.Bump(ctx, tx, s); err != nil || len(out.Problems) > 0 {
		return out, err
	}
	return out, r.Read(ctx, out.Kind, out.Key)
}
