package change

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/uptrace/bun"
	"github.com/vektah/gqlparser/v2/ast"
)

// Engine makes changes of records. It may be used by many requests at once.
type Engine struct {
	model *Model
}

// New binds the inputs of a contract; see Bind.
func New(ctx context.Context, contract *ast.Schema, writer *bun.DB, models []any) (*Engine, error) {
	m, err := Bind(ctx, contract, writer, models)
	if err != nil {
		return nil, err
	}
	return &Engine{m}, nil
}

// Root says what a mutation does by its name; false for one that has a writer of its own.
func (e *Engine) Root(name string) (Root, bool) { return e.model.Root(name) }

// Request is one mutation.
type Request struct {
	Root  string         // name of the mutation
	Input map[string]any // its argument input, as Plain gives it
	// Account and Name are who changes.
	Account int64
	Name    string
	// Read reads the record for the payload: as it is now, or as it will be if the change waits for approval. It is called once at
	// most, before the transaction ends, and not if there are problems.
	Read func(ctx context.Context, kind string, key int64) error
}

// Outcome is what became of a mutation.
type Outcome struct {
	Kind string // of the record
	Key  int64  // of the record; 0 if there is none, or none any more
	// Change is the key of the change of a published record that the mutation was about.
	Change int64
	// Shown is what the payload tells this once, by field: secrets, of which only a digest is kept.
	Shown map[string]string
	// Problems say why nothing is to be kept of what was done in the transaction.
	Problems []Problem
}

// Do makes a change in a transaction of a person who is signed in, whose settings have been made. Whoever calls commits it, or rolls it
// back if there are problems.
func (e *Engine) Do(ctx context.Context, tx *sql.Tx, r Request) (Outcome, error) {
	root, ok := e.model.Root(r.Root)
	if !ok {
		return Outcome{}, fmt.Errorf("change a record: nothing is known of %s", r.Root)
	}
	if p := remarks(r.Input); len(p) > 0 {
		return Outcome{Problems: p}, nil
	}
	switch root.Action {
	case Create:
		return e.create(ctx, tx, r, e.model.kinds[root.Kind])
	case Update:
		return e.update(ctx, tx, r, e.model.kinds[root.Kind])
	case Remove:
		return e.remove(ctx, tx, r, e.model.kinds[root.Kind])
	}
	return e.step(ctx, tx, r, root.Action)
}

// remarks checks the texts that go along with a change.
func remarks(input map[string]any) (out []Problem) {
	for name, limit := range map[string]int{"clientMutationId": codeLength, "reason": nameLength, "comment": nameLength} {
		if s, ok := input[name].(string); ok {
			out = append(out, letters(s, limit, name != "clientMutationId", []string{name})...)
		}
	}
	return out
}

// Standing is how a record stands that is held for a change, and what the actor may do to it.
type Standing struct {
	Kind    string
	Key     int64
	Version int
	// State is that of a record that goes from draft to publication, "" for others.
	State string
	// Edits, Approves and Proposes say what the actor's roles allow for records of this unit, whatever their state.
	Edits, Approves, Proposes bool

	kind *kind
}

// Lock holds the record of an id, which must be of one of the kinds, for the transaction. A record that the actor does not see does not
// exist; whether he may change one that he sees is another question. path is the place of the id in the input.
func (e *Engine) Lock(ctx context.Context, tx *sql.Tx, id any, path string, kinds ...string) (Standing, []Problem, error) {
	var want []*kind
	for _, name := range kinds {
		if k := e.model.kinds[name]; k != nil {
			want = append(want, k)
		}
	}
	k, key, p := e.model.key(id, []string{path}, want...)
	if p != nil {
		return Standing{}, []Problem{*p}, nil
	}
	s := Standing{Kind: k.name, Key: key, kind: k}
	var seen bool
	var version sql.NullInt64
	var state sql.NullString
	var edits, approves, proposes sql.NullBool
	if err := tx.QueryRowContext(ctx, "select seen, version, state, edits, approves, proposes from base.lock_record($1::text, $2::bigint)", k.name, key).
		Scan(&seen, &version, &state, &edits, &approves, &proposes); err != nil {
		return s, nil, fmt.Errorf("hold a record for a change: %w", err)
	}
	s.Version, s.State, s.Edits, s.Approves, s.Proposes = int(version.Int64), state.String, edits.Bool, approves.Bool, proposes.Bool
	if !seen {
		return s, []Problem{Refuse(NotFound, refused[NotFound][0], refused[NotFound][1], path)}, nil
	}
	return s, nil, nil
}

// Key reads an id that must be of one of the kinds. path is the place of the id in the input.
func (e *Engine) Key(id any, path string, kinds ...string) (int64, []Problem) {
	var want []*kind
	for _, name := range kinds {
		if k := e.model.kinds[name]; k != nil {
			want = append(want, k)
		}
	}
	_, key, p := e.model.key(id, []string{path}, want...)
	if p != nil {
		return 0, []Problem{*p}
	}
	return key, nil
}

// CheckVersion compares the version that was read with that of the record.
func (e *Engine) CheckVersion(s Standing, version any) []Problem {
	if n, ok := Int(version); ok && int(n) == s.Version {
		return nil
	}
	return []Problem{refuse([]string{"version"}, Conflict, "the record has changed since it was read: its version is %d", "تغيّر السجل منذ قراءته: نسخته الحالية %d", s.Version)}
}

// Bump counts a change of a record. It is a problem if the actor may not write it.
func (e *Engine) Bump(ctx context.Context, tx *sql.Tx, s Standing) ([]Problem, error) {
	set := "version = version + 1"
	if s.kind.has("updated_at") {
		set += ", updated_at = now()"
	}
	done, err := tx.ExecContext(ctx, "update "+s.kind.sql()+" set "+set+" where id = $1::bigint", s.Key)
	if err != nil {
		return nil, fmt.Errorf("count the change of a record: %w", err)
	}
	if n, err := done.RowsAffected(); err == nil && n == 0 {
		return []Problem{Refuse(Forbidden, refused[Forbidden][0], refused[Forbidden][1], "id")}, nil
	}
	return nil, nil
}

// held is Lock and CheckVersion for the id and version of an input.
func (e *Engine) held(ctx context.Context, tx *sql.Tx, r Request, kinds ...string) (Standing, Outcome, error) {
	s, problems, err := e.Lock(ctx, tx, r.Input["id"], "id", kinds...)
	if err != nil || len(problems) > 0 {
		return s, Outcome{Problems: problems}, err
	}
	out := Outcome{Kind: s.Kind, Key: s.Key}
	out.Problems = e.CheckVersion(s, r.Input["version"])
	return s, out, nil
}

// forbid adds a refusal.
func (o *Outcome) forbid() { o.refuse(Forbidden, refused[Forbidden][0], refused[Forbidden][1]) }

func (o *Outcome) refuse(code, en, ar string) {
	o.Problems = append(o.Problems, Refuse(code, en, ar, "id"))
}

// row is the root of an input.
func (e *Engine) row(k *kind, r Request) *row {
	name := lower(k.name)
	w := &row{kind: k, path: []string{name}}
	w.input, _ = r.Input[name].(map[string]any)
	return w
}

func (e *Engine) create(ctx context.Context, tx *sql.Tx, r Request, k *kind) (Outcome, error) {
	w := e.row(k, r)
	w.isNew = true
	var err error
	out := Outcome{Kind: k.name}
	if out.Problems, err = e.model.apply(ctx, tx, r.Name, w, ""); err != nil || len(out.Problems) > 0 {
		return out, err
	}
	out.Key = w.key
	return e.finish(ctx, tx, r, out, "EDIT", w)
}

func (e *Engine) update(ctx context.Context, tx *sql.Tx, r Request, k *kind) (Outcome, error) {
	s, out, err := e.held(ctx, tx, r, k.name)
	if err != nil || len(out.Problems) > 0 {
		return out, err
	}
	if k.core {
		switch {
		case !s.Edits && !s.Proposes:
			out.forbid()
		case s.State == "ARCHIVED":
			out.refuse(State, "an archived record is not edited; it is restored first", "لا يُعدَّل سجل مؤرشف قبل استعادته")
		case s.State == "SUBMITTED" && !s.Approves:
			out.refuse(State, "a record that has been handed in is not edited; it is withdrawn first", "لا يُعدَّل سجل مقدَّم للمراجعة قبل سحبه")
		}
		if len(out.Problems) > 0 {
			return out, nil
		}
		if s.State == "PUBLISHED" {
			return e.propose(ctx, tx, r, s, out)
		}
	}
	w := e.row(k, r)
	w.key = s.Key
	if out.Problems, err = e.model.apply(ctx, tx, r.Name, w, s.State); err != nil || len(out.Problems) > 0 {
		return out, err
	}
	if out.Problems, err = e.Bump(ctx, tx, s); err != nil || len(out.Problems) > 0 {
		return out, err
	}
	return e.finish(ctx, tx, r, out, "EDIT", w)
}

func (e *Engine) remove(ctx context.Context, tx *sql.Tx, r Request, k *kind) (Outcome, error) {
	s, out, err := e.held(ctx, tx, r, k.name)
	if err != nil || len(out.Problems) > 0 {
		return out, err
	}
	done, err := tx.ExecContext(ctx, "delete from "+k.sql()+" where id = $1::bigint", s.Key)
	if p, ok := Refusal(err, "id"); ok {
		out.Problems = []Problem{p}
		return out, nil
	}
	if err != nil {
		return out, fmt.Errorf("remove a record: %w", err)
	}
	if n, err := done.RowsAffected(); err == nil && n == 0 {
		out.forbid()
		return out, nil
	}
	out.Key = 0
	return out, nil
}

// finish looks at the record as a whole and reads it for the payload.
func (e *Engine) finish(ctx context.Context, tx *sql.Tx, r Request, out Outcome, stage string, written ...*row) (Outcome, error) {
	var err error
	if out.Problems, err = e.Problems(ctx, tx, out.Kind, out.Key, stage, written...); err != nil || len(out.Problems) > 0 {
		return out, err
	}
	return out, r.Read(ctx, out.Kind, out.Key)
}

// Problems says what is wrong with a record as a whole at a stage: EDIT, SUBMIT or PUBLISH. What is wrong with a part that has just been
// written is told at its place in the input.
func (e *Engine) Problems(ctx context.Context, tx *sql.Tx, kindName string, key int64, stage string, written ...*row) (out []Problem, err error) {
	places := map[string][]string{}
	var base []string
	for _, w := range written {
		base = w.path
		e.places(w, places)
	}
	err = query(ctx, tx, "look at a record as a whole", "select to_json(path)::text, code, message, message_ar from fn.problems($1::text, $2::bigint, $3::text)",
		[]any{kindName, key, stage}, func(r *sql.Rows) error {
			var raw string
			var p Problem
			if err := r.Scan(&raw, &p.Code, &p.Message, &p.MessageAr); err != nil {
				return err
			}
			var path []string
			if err := json.Unmarshal([]byte(raw), &path); err != nil {
				return err
			}
			p.Path = below(base, path...)
			for i := len(path) - 1; i >= 0; i-- {
				if at, ok := places[path[i]]; ok {
					p.Path = below(at, path[i+1:]...)
					break
				}
			}
			out = append(out, p)
			return nil
		})
	return out, err
}

// places notes where the parts stand in the input, by their ids.
func (e *Engine) places(w *row, at map[string][]string) {
	for _, part := range w.parts {
		at[fmt.Sprintf("%s_%x", part.kind.prefix, part.key)] = part.path
		e.places(part, at)
	}
}

// core are the kinds of records that go from draft to publication.
func (e *Engine) core() (out []string) {
	for name, k := range e.model.kinds {
		if k.core {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
