package graph

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"taawun/db"
	"taawun/graph/compile"
)

// Position is the name in a response's extensions of the place of an event in the sequence: whoever asks for the events after it misses none.
const Position = "position"

// eventType is the type of the contract that tells a change.
const eventType = "ChangeEvent"

// lookAgain is how often a follower looks without having been woken.
const lookAgain = time.Minute

type resumeKey struct{}

// WithResume says after which position a subscription goes on, as its client has it from the last event. It goes before the argument after.
func WithResume(ctx context.Context, position string) context.Context {
	return context.WithValue(ctx, resumeKey{}, position)
}

// EndStreams completes all subscriptions and takes no more, for a server about to stop.
func (g *Graph) EndStreams() { g.bell.end() }

// follower is one subscription to changes. Nothing is kept for it but where it is: it reads as fast as its client takes the events.
type follower struct {
	graph   *Graph
	from    *statements
	acting  *db.Acting // nil for the public
	oc      *graphql.OperationContext
	field   *ast.Field
	request *compile.Request
	kinds   any   // array of types to be told of, or nil for all
	after   int64 // the last event that was told or passed over

	wake  chan struct{}
	found []int64 // events to be told next
	done  bool
}

// follow answers a subscription: each call of the handler waits for the next event and answers it, or gives nil when the stream ends.
func (g *Graph) follow(ctx context.Context) graphql.ResponseHandler {
	f, err := g.newFollower(ctx)
	if err != nil {
		return graphql.OneShot(g.failed(ctx, err))
	}
	return func(ctx context.Context) *graphql.Response {
		if f.done {
			return nil
		}
		data, err := f.next(ctx)
		if err == nil && data != nil {
			graphql.RegisterExtension(ctx, Position, strconv.FormatInt(f.after, 10))
			return &graphql.Response{Data: data}
		}
		f.done = true
		g.bell.leave(f.wake)
		if err == nil || ctx.Err() != nil {
			return nil
		}
		return g.failed(ctx, err)
	}
}

func (g *Graph) newFollower(ctx context.Context) (_ *follower, err error) {
	oc := graphql.GetOperationContext(ctx)
	f := &follower{graph: g, oc: oc, request: &compile.Request{Variables: oc.Variables, Locales: locales(ctx)}}
	f.from, f.acting = g.reader(ctx, oc.Operation)
	if _, err := f.from.model.Shape(oc.Operation, f.request); err != nil {
		return nil, err
	}
	fields := graphql.CollectFields(oc, oc.Operation.SelectionSet, []string{g.schema.Subscription.Name})
	if len(fields) != 1 || fields[0].Name != "changes" {
		return nil, &Error{Code: CodeBadUserInput, Message: "A subscription asks for changes, and for nothing else.", MessageAr: "الاشتراك يطلب changes ولا شيء سواه."}
	}
	field := *fields[0].Field
	field.SelectionSet = fields[0].Selections
	f.field = &field
	arguments := field.ArgumentMap(oc.Variables)
	if f.kinds, err = g.kinds(arguments["kinds"]); err != nil {
		return nil, err
	}
	after, _ := arguments["after"].(string)
	if resumed, _ := ctx.Value(resumeKey{}).(string); resumed != "" {
		after = resumed
	}
	if f.wake, err = g.bell.join(); err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { g.bell.leave(f.wake) }) // gqlgen does not ask for the next event once the context has ended
	defer func() {
		if err != nil {
			g.bell.leave(f.wake)
		}
	}()
	// A first event is compiled now, so that a mistake in the selection is told at once.
	st, err := f.statement(ctx)
	if err != nil {
		return nil, err
	}
	f.from.release(st)
	if after == "" {
		f.after, err = f.latest(ctx)
		return f, err
	}
	if f.after, err = strconv.ParseInt(after, 10, 64); err != nil || f.after < 0 {
		return nil, &Error{Code: CodeBadUserInput, Message: fmt.Sprintf("%q is not the position of an event.", after), MessageAr: fmt.Sprintf("%q ليس موضع حدث.", after)}
	}
	return f, nil
}

// kinds checks the types of record to be told of.
func (g *Graph) kinds(v any) (any, error) {
	if v == nil {
		return nil, nil
	}
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	array := "{"
	for i, x := range list {
		kind, _ := x.(string)
		if !slices.ContainsFunc(g.schema.PossibleTypes["HistorySubject"], func(d *ast.Definition) bool { return d.Name == kind }) {
			return nil, &Error{Code: CodeBadUserInput, Message: fmt.Sprintf("%q is no type whose changes can be followed.", kind),
				MessageAr: fmt.Sprintf("%q ليس نوعاً يمكن متابعة تغييراته.", kind)}
		}
		if i > 0 {
			array += ","
		}
		array += kind
	}
	return array + "}", nil
}

// next is the data of the next event; nil when the stream is to end.
func (f *follower) next(ctx context.Context) ([]byte, error) {
	for {
		for len(f.found) > 0 {
			f.after, f.found = f.found[0], f.found[1:]
			data, err := f.tell(ctx)
			if err != nil || data != nil {
				return data, err
			}
		}
		if err := f.look(ctx); err != nil {
			return nil, err
		}
		if len(f.found) > 0 {
			continue
		}
		again := time.NewTimer(lookAgain)
		select {
		case <-f.wake:
		case <-again.C:
		case <-f.graph.bell.ended:
			return nil, nil
		case <-ctx.Done():
			return nil, nil
		}
		again.Stop()
	}
}

const (
	// Keys of events are given while the lock of the chain is held: who reads one can read all before it. All but the next hundred wait
	// in the database.
	eventsSQL = "select array_to_string(array(select id from change_event where id > $1::bigint and ($2::text[] is null or kind = any ($2::text[])) order by id limit 100), ' ')"
	latestSQL = "select coalesce((select id from change_event order by id desc limit 1), 0)"
)

// look finds the next events that the reader may see.
func (f *follower) look(ctx context.Context) error {
	var list string
	if err := f.read(ctx, &list, eventsSQL, f.after, f.kinds); err != nil {
		return fmt.Errorf("look for events: %w", err)
	}
	f.found = f.found[:0]
	for word := range strings.FieldsSeq(list) {
		id, err := strconv.ParseInt(word, 10, 64)
		if err != nil {
			return fmt.Errorf("look for events: %w", err)
		}
		f.found = append(f.found, id)
	}
	return nil
}

func (f *follower) latest(ctx context.Context) (id int64, err error) {
	if err := f.read(ctx, &id, latestSQL); err != nil {
		return 0, fmt.Errorf("find the latest event: %w", err)
	}
	return id, nil
}

// read reads one value as the follower.
func (f *follower) read(ctx context.Context, to any, query string, args ...any) error {
	if f.acting == nil {
		return f.from.db.QueryRowContext(ctx, query, args...).Scan(to)
	}
	tx, err := f.from.db.BeginTx(db.WithActing(ctx, *f.acting), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	return errors.Join(tx.QueryRowContext(ctx, query, args...).Scan(to), tx.Rollback())
}

func (f *follower) statement(ctx context.Context) (*statement, error) {
	return f.from.acquireRecord(ctx, f.oc.RawQuery, f.oc.Operation, f.field, eventType, f.request)
}

// tell writes the data of the event that the follower has come to; nil if the reader may no longer see it.
func (f *follower) tell(ctx context.Context) (data []byte, err error) {
	f.request.Key = f.after
	st, err := f.statement(ctx)
	if err != nil {
		return nil, err
	}
	defer f.from.release(st)
	err = f.from.run(ctx, st, f.request, f.acting, func(columns []sql.RawBytes) {
		if columns[0] != nil {
			data = append(append(append(append(data, `{"`...), f.field.Alias...), `":`...), columns[0]...)
			data = append(data, '}')
		}
	})
	return data, err
}
