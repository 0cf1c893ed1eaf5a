package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/uptrace/bun/driver/pgdriver"
)

// interruptible is a connection that is given up as soon as the context of what it does ends. pgdriver alone would go on
// waiting after a cancel, and after a deadline it would leave the late answer in the connection, where the next request
// would take it for its own. PostgreSQL notices by client_connection_check_interval that nobody waits any more.
type interruptible struct {
	*pgdriver.Conn
	writes bool
	broken atomic.Bool
}

var _ interface {
	driver.Conn
	driver.ConnPrepareContext
	driver.ConnBeginTx
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
} = (*interruptible)(nil)

// watch gives the connection up when the context ends before stop is called.
func (c *interruptible) watch(ctx context.Context) (stop func() bool) {
	return context.AfterFunc(ctx, c.giveUp)
}

func (c *interruptible) giveUp() {
	if !c.broken.Swap(true) {
		_ = c.Conn.Close() // it ends what another goroutine waits for; there is nobody to tell of an error
	}
}

// settle looks at how an exchange with the server ended. After anything but an answer of the server, the state of the
// connection is unknown. A connection that had ended before it was used is driver.ErrBadConn, upon which database/sql takes
// another: readers change nothing, so they may ask again. What may have written something is never sent twice: ErrLost.
func (c *interruptible) settle(ctx context.Context, err error) error {
	err = c.settleUnsent(ctx, err)
	if c.writes && errors.Is(err, driver.ErrBadConn) {
		return ErrLost
	}
	return err
}

// settleUnsent is settle for what changes nothing even on a connection that writes, such as the beginning of a transaction.
func (c *interruptible) settleUnsent(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var answered pgdriver.Error
	ended := errors.Is(err, driver.ErrBadConn)
	if errors.As(err, &answered) {
		if answered.Field('C') != adminShutdown {
			return err
		}
		ended = true
	}
	c.giveUp()
	if out := contextError(ctx, err); out != nil {
		return out
	}
	if ended {
		return driver.ErrBadConn
	}
	return err
}

// contextError is the error of a context that has ended; nil while it goes on. The deadline of a socket is that of the context, and may be noticed a
// moment before.
func contextError(ctx context.Context, err error) error {
	if out := ctx.Err(); out != nil {
		return out
	}
	if deadline, ok := ctx.Deadline(); ok && errors.Is(err, os.ErrDeadlineExceeded) && !time.Now().Before(deadline) {
		return context.DeadlineExceeded
	}
	return nil
}

// ErrLost is a connection that ended in the middle of something that may or may not have been done. It is a network error to
// whoever classifies errors.
var ErrLost = fmt.Errorf("the connection to the database was lost: %w", io.ErrUnexpectedEOF)

// adminShutdown is the SQLSTATE with which the server ends a connection, for a restart or by pg_terminate_backend.
const adminShutdown = "57P01"

// PrepareContext prepares a statement that is interruptible, too.
func (c *interruptible) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	defer c.watch(ctx)()
	s, err := c.Conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, c.settle(ctx, err)
	}
	return &statement{s, c}, nil
}

// ExecContext runs a statement.
func (c *interruptible) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	defer c.watch(ctx)()
	r, err := c.Conn.ExecContext(ctx, query, args)
	return r, c.settle(ctx, err)
}

// QueryContext runs a statement with rows.
func (c *interruptible) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	stop := c.watch(ctx)
	r, err := c.Conn.QueryContext(ctx, query, args)
	return c.rows(ctx, r, err, stop)
}

// BeginTx begins a transaction.
func (c *interruptible) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	defer c.watch(ctx)()
	tx, err := c.begin(ctx, opts)
	if err != nil && ctx.Err() == nil && hungUp(err) {
		c.giveUp()
		return nil, driver.ErrBadConn // nothing has begun: another connection will do
	}
	if err != nil {
		return nil, c.settleUnsent(ctx, err)
	}
	return &transaction{tx, c}, nil
}

// hungUp says whether the server has ended a connection, as it does when it restarts.
func hungUp(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

// Ping asks whether the server is there.
func (c *interruptible) Ping(ctx context.Context) error {
	defer c.watch(ctx)()
	return c.settleUnsent(ctx, c.Conn.Ping(ctx))
}

// ResetSession refuses a connection that was given up.
func (c *interruptible) ResetSession(ctx context.Context) error {
	if c.broken.Load() {
		return driver.ErrBadConn
	}
	return c.Conn.ResetSession(ctx)
}

// IsValid says whether the pool may keep the connection.
func (c *interruptible) IsValid() bool { return !c.broken.Load() && c.Conn.IsValid() }

func (c *interruptible) rows(ctx context.Context, r driver.Rows, err error, stop func() bool) (driver.Rows, error) {
	if err != nil {
		stop()
		return nil, c.settle(ctx, err)
	}
	return &rows{r, c, ctx, stop}, nil
}

// transaction is a transaction of an interruptible connection. Its end has no context: the time-out of the connection bounds it, and
// a connection whose answer did not come is given up.
type transaction struct {
	driver.Tx
	conn *interruptible
}

// Commit ends the transaction and keeps what it wrote.
func (t *transaction) Commit() error {
	if t.conn.broken.Load() { // given up before: nothing was kept
		return ErrLost
	}
	return t.conn.settle(context.Background(), t.Tx.Commit())
}

// Rollback ends the transaction and keeps nothing, as does a lost connection.
func (t *transaction) Rollback() error {
	if t.conn.broken.Load() {
		return nil
	}
	return t.conn.settle(context.Background(), t.Tx.Rollback())
}

// statement is a prepared statement of an interruptible connection.
type statement struct {
	driver.Stmt
	conn *interruptible
}

// QueryContext runs the statement.
func (s *statement) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	stop := s.conn.watch(ctx)
	r, err := s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	return s.conn.rows(ctx, r, err, stop)
}

// ExecContext runs the statement.
func (s *statement) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	defer s.conn.watch(ctx)()
	r, err := s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
	return r, s.conn.settle(ctx, err)
}

// Close forgets the statement; a connection that was given up has forgotten it already.
func (s *statement) Close() error {
	if s.conn.broken.Load() {
		return nil
	}
	return s.Stmt.Close()
}

// rows are the rows of a statement that is still running.
type rows struct {
	driver.Rows
	conn *interruptible
	ctx  context.Context // of the statement: Next has none of its own
	stop func() bool
}

// Next reads a row.
func (r *rows) Next(dest []driver.Value) error {
	err := r.Rows.Next(dest)
	if err == nil || errors.Is(err, io.EOF) {
		return err
	}
	return r.conn.settle(r.ctx, err)
}

// Close ends the statement.
func (r *rows) Close() error {
	defer r.stop()
	if r.conn.broken.Load() {
		return nil
	}
	return r.Rows.Close()
}
