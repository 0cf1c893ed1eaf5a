package graph

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"github.com/99designs/gqlgen/graphql"
	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/graph/change"
)

// changes is what the mutations of the contract are made by.
type changes struct {
	engine    *change.Engine
	writers   map[string]writer   // of the roots that the engine does not know by their names
	rewriters map[string]rewriter // of those that stand for others
}

// writer makes one change that follows no convention. It neither commits nor rolls back.
type writer func(ctx context.Context, w *work) (outcome, error)

// work is what a writer works with.
type work struct {
	// Tx is a transaction of the viewer: his rights are in force, and what is written is noted as his.
	Tx     *sql.Tx
	Viewer *Viewer
	Engine *change.Engine
	// Input is the argument input: maps, lists, strings, numbers as json.Number, booleans, nil.
	Input map[string]any
}

// outcome is what became of a change.
type outcome = change.Outcome

// bindChanges binds the inputs of the contract; every mutation must be written by somebody.
func (g *Graph) bindChanges(ctx context.Context, pool *bun.DB) error {
	if pool == nil || g.schema.Mutation == nil {
		return nil
	}
	engine, err := change.New(ctx, g.schema, pool, db.Models())
	if err != nil {
		return fmt.Errorf("make a graph: %w", err)
	}
	g.changes = changes{engine, g.ownWriters(), g.rewriters()}
	var problems []error
	for _, f := range g.schema.Mutation.Fields {
		if _, ok := engine.Root(f.Name); !ok && g.changes.writers[f.Name] == nil && g.changes.rewriters[f.Name] == nil {
			problems = append(problems, fmt.Errorf("make a graph: nothing writes Mutation.%s", f.Name))
		}
	}
	return errors.Join(problems...)
}

// change makes the change of the root field being resolved, in a transaction of its own, and writes its payload.
func (g *Graph) change(ctx context.Context) (Fragment, error) {
	viewer := ViewerOf(ctx)
	switch {
	case viewer == nil:
		return nil, &Error{Code: CodeUnauthenticated, Message: "Sign in to change something.", MessageAr: "سجّل الدخول لإجراء تغيير."}
	case g.writer == nil:
		return nil, &Error{Code: CodeUnavailable, Message: "Nothing can be changed here.", MessageAr: "لا يمكن إجراء تغييرات هنا."}
	}
	field := graphql.GetFieldContext(ctx).Field
	given, _ := field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)["input"].(map[string]any)
	input, err := change.Plain(given)
	if err != nil {
		return nil, err
	}
	reason, _ := input["reason"].(string)
	comment, _ := input["comment"].(string)
	ctx = db.WithActing(ctx, db.Acting{Account: viewer.Account, Token: viewer.Token, Request: RequestID(ctx), Operation: field.Name, Reason: clean(cmp.Or(reason, comment))})
	p := newPayload(g, ctx, field, input)
	out, err := g.attempt(ctx, viewer, field.Name, input, p)
	for n := 1; n < attempts && lostRace(out, err); n++ {
		g.logger.LogAttrs(ctx, slog.LevelInfo, "a change is made again", slog.String("request_id", RequestID(ctx)), slog.String("operation", field.Name), slog.Int("attempt", n+1))
		if err := pause(ctx, n); err != nil {
			return nil, fmt.Errorf("wait to make a change again: %w", err)
		}
		p = newPayload(g, ctx, field, input)
		out, err = g.attempt(ctx, viewer, field.Name, input, p)
	}
	if err == nil && len(out.Problems) == 0 {
		return p.write(out), nil
	}
	if problem, ok := change.Refusal(err); ok {
		out, err = outcome{Kind: out.Kind, Key: out.Key, Problems: []change.Problem{problem}}, nil
	}
	if err != nil {
		return nil, err
	}
	for _, problem := range out.Problems {
		if problem.Cause != nil {
			g.logger.LogAttrs(ctx, slog.LevelInfo, "the database refused a change", slog.String("request_id", RequestID(ctx)), slog.String("operation", field.Name),
				slog.String("code", problem.Code), slog.Any("error", problem.Cause))
		}
	}
	out.Change = 0
	if err := p.readToday(ctx, out); err != nil {
		return nil, err
	}
	return p.write(out), nil
}

// validateOnly is the field of an input that asks to try a change and to keep nothing of it.
const validateOnly = "validateOnly"

// attempt makes a change in a transaction of its own, and keeps it if there are no problems and it is not only tried.
func (g *Graph) attempt(ctx context.Context, viewer *Viewer, root string, input map[string]any, p *payload) (outcome, error) {
	tx, err := g.writer.BeginTx(ctx, nil)
	if err != nil {
		return outcome{}, fmt.Errorf("begin a change: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // of nothing, unless something panics
	out, err := g.make(ctx, tx, viewer, root, input, p)
	switch {
	case err == nil && len(out.Problems) == 0 && input[validateOnly] != true:
		if err = tx.Commit(); err != nil {
			err = fmt.Errorf("keep a change: %w", err)
		}
	default:
		if undone := tx.Rollback(); err == nil && undone != nil {
			err = fmt.Errorf("take a change back: %w", undone)
		}
	}
	return out, err
}

// clean is a text as the settings of a transaction take it; what is wrong with it is told by the engine.
func clean(s string) string {
	if len(s) > 8000 {
		return ""
	}
	return s
}

// make makes a change, or finds that it has been made already, and reads the payload.
func (g *Graph) make(ctx context.Context, tx *sql.Tx, viewer *Viewer, root string, input map[string]any, p *payload) (outcome, error) {
	id, _ := input["clientMutationId"].(string)
	if input[validateOnly] == true {
		id = "" // a trial leaves no receipt
	}
	if id != "" {
		claimed, out, err := claim(ctx, tx, id, root, input)
		if err != nil || !claimed {
			if err == nil && len(out.Problems) == 0 {
				err = p.read(ctx, tx, out)
			}
			return out, err
		}
	}
	var out outcome
	var err error
	if rewrite := g.changes.rewriters[root]; rewrite != nil {
		if root, input, out.Problems, err = rewrite(ctx, &work{Tx: tx, Viewer: viewer, Engine: g.changes.engine, Input: input}); err != nil || len(out.Problems) > 0 {
			return out, err
		}
	}
	if own := g.changes.writers[root]; own != nil {
		if out, err = own(ctx, &work{Tx: tx, Viewer: viewer, Engine: g.changes.engine, Input: input}); err == nil && len(out.Problems) == 0 {
			err = p.readRecord(ctx, tx, out.Kind, out.Key)
		}
	} else {
		out, err = g.changes.engine.Do(ctx, tx, change.Request{Root: root, Input: input, Account: viewer.Account, Name: viewer.Name,
			Read: func(ctx context.Context, kind string, key int64) error { return p.readRecord(ctx, tx, kind, key) }})
	}
	if err != nil || len(out.Problems) > 0 {
		return out, err
	}
	if id != "" {
		if _, err := tx.ExecContext(ctx, "select base.keep_receipt($1::text, $2::text, $3::bigint, $4::bigint)", id, out.Kind, nullable(out.Key), nullable(out.Change)); err != nil {
			return out, fmt.Errorf("keep the receipt of a change: %w", err)
		}
	}
	return out, p.readChange(ctx, tx, out.Change)
}

func nullable(key int64) any {
	if key == 0 {
		return nil
	}
	return key
}

// claim notes that a change with this id is being made. If it has been made already it says what became of it; another change under the
// same id is refused.
func claim(ctx context.Context, tx *sql.Tx, id, root string, input map[string]any) (claimed bool, out outcome, err error) {
	raw, err := json.Marshal(input) // its maps come out in one order
	if err != nil {
		return false, out, fmt.Errorf("read the input of a change: %w", err)
	}
	sum := sha256.Sum256(append([]byte(root+"\n"), raw...))
	var same sql.NullBool
	var kind sql.NullString
	var key, changeKey sql.NullInt64
	if err := tx.QueryRowContext(ctx, "select is_new, is_same, kind, record_id, change_id from base.claim_receipt($1::text, $2::text)", id, hex.EncodeToString(sum[:])).
		Scan(&claimed, &same, &kind, &key, &changeKey); err != nil {
		return false, out, fmt.Errorf("look whether a change has been made already: %w", err)
	}
	out = outcome{Kind: kind.String, Key: key.Int64, Change: changeKey.Int64}
	if !claimed && !same.Bool {
		out = outcome{Problems: []change.Problem{change.Refuse(change.Invalid, "another change was sent under this clientMutationId",
			"أُرسل تغيير آخر تحت المعرّف clientMutationId نفسه", "clientMutationId")}}
	}
	return claimed, out, nil
}
