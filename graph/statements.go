package graph

import (
	"container/list"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"taawun/db"
	"taawun/graph/compile"
)

// prepareTimeout bounds the preparation of a statement, which does not end with the request that caused it: others may
// wait for it.
const prepareTimeout = 10 * time.Second

// statementKey is everything that the text of a statement depends on.
type statementKey struct{ document, operation, shape, record string }

// statement is an operation compiled and prepared.
type statement struct {
	key      statementKey
	compiled *compile.Statement
	prepared *sql.Stmt // nil if the database is not asked
	schema   bool      // a root asks about the schema

	ready chan struct{} // closed when compiled and prepared, or failed
	err   error
	// under the lock of statements:
	users   int
	evicted bool
}

// Stats counts what a Graph has done since it was made.
type Stats struct {
	Executed int64 // statements run
	Compiled int64 // operations compiled
	Evicted  int64 // statements closed to make room
	Cached   int64 // statements kept at the moment
}

// plus adds up what several audiences have done.
func (s Stats) plus(o Stats) Stats {
	return Stats{Executed: s.Executed + o.Executed, Compiled: s.Compiled + o.Compiled, Evicted: s.Evicted + o.Evicted, Cached: s.Cached + o.Cached}
}

// statements keeps the prepared statements used last. Each costs memory in every connection that has run it, so their number
// is bounded; one that is evicted is closed when the last request that uses it is done.
type statements struct {
	db    *sql.DB
	model *compile.Model
	limit int
	pages compile.Limits

	mu    sync.Mutex
	byKey map[statementKey]*list.Element
	used  list.List // the latest first

	executed, compiled, evicted atomic.Int64
}

func newStatements(db *sql.DB, model *compile.Model, limit int, pages compile.Limits) *statements {
	return &statements{db: db, model: model, limit: limit, pages: pages, byKey: map[statementKey]*list.Element{}}
}

// acquire finds or makes the statement of an operation; release gives it back. Requests that want the same new statement at
// the same time wait for the first of them.
func (s *statements) acquire(ctx context.Context, document string, op *ast.OperationDefinition, r *compile.Request) (*statement, error) {
	shape, err := s.model.Shape(op, r)
	if err != nil {
		return nil, err
	}
	return s.obtain(ctx, statementKey{documentKey(document), op.Name, shape, ""}, func() (*compile.Statement, error) {
		return s.model.Compile(op, r, s.pages)
	})
}

// acquireRecord is acquire for a field that is answered with the record whose key the request names.
func (s *statements) acquireRecord(ctx context.Context, document string, op *ast.OperationDefinition, f *ast.Field, typeName string, r *compile.Request) (*statement, error) {
	shape, err := s.model.Shape(op, r)
	if err != nil {
		return nil, err
	}
	return s.obtain(ctx, statementKey{documentKey(document), op.Name, shape, f.Alias + ":" + typeName}, func() (*compile.Statement, error) {
		return s.model.CompileRecord(op, f, typeName, r, s.pages)
	})
}

func (s *statements) obtain(ctx context.Context, key statementKey, write func() (*compile.Statement, error)) (*statement, error) {
	s.mu.Lock()
	if e := s.byKey[key]; e != nil {
		s.used.MoveToFront(e)
		st := e.Value.(*statement)
		st.users++
		s.mu.Unlock()
		select {
		case <-st.ready:
		case <-ctx.Done():
			s.release(st)
			return nil, ctx.Err()
		}
		if st.err != nil {
			s.release(st)
			return nil, st.err
		}
		return st, nil
	}
	st := &statement{key: key, ready: make(chan struct{}), users: 1}
	s.byKey[key] = s.used.PushFront(st)
	closing := s.evict()
	s.mu.Unlock()
	closeAll(closing)

	st.err = s.prepare(context.WithoutCancel(ctx), st, write)
	close(st.ready)
	if st.err != nil {
		s.forget(st)
		s.release(st)
		return nil, st.err
	}
	return st, nil
}

// documentKey stands for a document: itself, or its digest if it is long, so that the kept statements stay small.
func documentKey(document string) string {
	if len(document) <= 2048 {
		return document
	}
	sum := sha256.Sum256([]byte(document))
	return string(sum[:])
}

func (s *statements) prepare(ctx context.Context, st *statement, write func() (*compile.Statement, error)) (err error) {
	defer func() {
		if v := recover(); v != nil { // others wait for the outcome
			err = fmt.Errorf("compile an operation: panic: %v\n%s", v, debug.Stack())
		}
	}()
	s.compiled.Add(1)
	if st.compiled, err = write(); err != nil {
		return err
	}
	for _, root := range st.compiled.Roots {
		st.schema = st.schema || root.Introspection
	}
	if st.compiled.SQL == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, prepareTimeout)
	defer cancel()
	if st.prepared, err = s.db.PrepareContext(ctx, st.compiled.SQL); err != nil {
		return fmt.Errorf("prepare the statement of an operation: %w\n%s", err, st.compiled.SQL)
	}
	return nil
}

// evict drops the statements not used for longest and returns those that nobody uses, to be closed outside of the lock.
func (s *statements) evict() (closing []*statement) {
	for s.used.Len() > s.limit {
		if st := s.drop(s.used.Back()); st != nil {
			closing = append(closing, st)
		}
		s.evicted.Add(1)
	}
	return closing
}

func (s *statements) drop(e *list.Element) *statement {
	st := s.used.Remove(e).(*statement)
	delete(s.byKey, st.key)
	st.evicted = true
	if st.users == 0 {
		return st
	}
	return nil
}

// forget drops a statement that could not be made.
func (s *statements) forget(st *statement) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.byKey[st.key]; e != nil && e.Value == st {
		s.drop(e)
	}
}

func (s *statements) release(st *statement) {
	s.mu.Lock()
	st.users--
	last := st.evicted && st.users == 0
	s.mu.Unlock()
	if last {
		closeAll([]*statement{st})
	}
}

// closeAll closes statements on the connections that know them. An error would mean that a connection is gone, and the
// statement with it.
func closeAll(list []*statement) {
	for _, st := range list {
		if st.prepared != nil {
			_ = st.prepared.Close()
		}
	}
}

func (s *statements) close() {
	s.mu.Lock()
	var closing []*statement
	for s.used.Len() > 0 {
		if st := s.drop(s.used.Back()); st != nil {
			closing = append(closing, st)
		}
	}
	s.mu.Unlock()
	closeAll(closing)
}

func (s *statements) stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Stats{Executed: s.executed.Load(), Compiled: s.compiled.Load(), Evicted: s.evicted.Load(), Cached: int64(s.used.Len())}
}

// run executes a statement and returns the JSON of each column. The slices are valid until the next call of the driver, so
// they are handed to use while the rows are open. acting says on whose behalf it runs, nil that it is for the public.
func (s *statements) run(ctx context.Context, st *statement, r *compile.Request, acting *db.Acting, use func(columns []sql.RawBytes)) (err error) {
	args, err := st.compiled.Args(r)
	if err != nil {
		return err
	}
	if st.prepared == nil {
		use(nil)
		return nil
	}
	s.executed.Add(1)
	prepared := st.prepared
	if acting != nil { // three round trips: beginning and settings, the statement, the end
		tx, err := s.db.BeginTx(db.WithActing(ctx, *acting), &sql.TxOptions{ReadOnly: true})
		if err != nil {
			return fmt.Errorf("begin to read on behalf of an account: %w", err)
		}
		defer func() { _ = tx.Rollback() }() // nothing was written; where it fails, the connection is given up
		prepared = tx.StmtContext(ctx, prepared)
	}
	rows, err := prepared.QueryContext(ctx, args...)
	if err != nil {
		return fmt.Errorf("run the statement of an operation: %w", err)
	}
	defer func() {
		if closed := rows.Close(); err == nil && closed != nil {
			err = fmt.Errorf("end the statement of an operation: %w", closed)
		}
	}()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return fmt.Errorf("read the answer of an operation: %w", err)
		}
		if err := ctx.Err(); err != nil { // pgdriver ends the rows without an error when the context is cancelled
			return err
		}
		return fmt.Errorf("read the answer of an operation: %w", sql.ErrNoRows)
	}
	columns := make([]sql.RawBytes, 0, len(st.compiled.Roots))
	pointers := make([]any, 0, len(st.compiled.Roots))
	for _, root := range st.compiled.Roots {
		if root.Column >= 0 {
			columns = append(columns, nil)
		}
	}
	for i := range columns {
		pointers = append(pointers, &columns[i])
	}
	if err := rows.Scan(pointers...); err != nil {
		return fmt.Errorf("read the answer of an operation: %w", err)
	}
	use(columns)
	if rows.Next() {
		return fmt.Errorf("read the answer of an operation: more than one row")
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read the answer of an operation: %w", err)
	}
	return ctx.Err()
}
