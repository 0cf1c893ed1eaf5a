package oracle

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"

	"taawun/db"
	"taawun/db/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// counted is a connector whose connections are those of a pool, and which counts what is executed on them.
type counted struct {
	pool     *sql.DB
	executed *atomic.Int64
	actor    int64
}

// newCounted is a pool of a role that counts its statements; an actor, if not 0, is who reads.
func newCounted(t testing.TB, d *dbtest.DB, role db.Role, actor int64) (*bun.DB, *atomic.Int64) {
	t.Helper()
	under := d.Server().Open(role, db.Pool{Connections: 2})
	executed := new(atomic.Int64)
	pool := sql.OpenDB(counted{under.DB, executed, actor})
	pool.SetMaxOpenConns(2)
	pool.SetMaxIdleConns(2)
	reader := bun.NewDB(pool, pgdialect.New())
	t.Cleanup(func() {
		if err := reader.Close(); err != nil {
			t.Errorf("closing the counted pool: %v", err)
		}
		if err := under.Close(); err != nil {
			t.Errorf("closing the pool: %v", err)
		}
	})
	return reader, executed
}

func (c counted) Driver() driver.Driver { return c.pool.Driver() }

func (c counted) Connect(ctx context.Context) (driver.Conn, error) {
	lent, err := c.pool.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if c.actor != 0 {
		if _, err := lent.ExecContext(ctx, fmt.Sprintf("set taawun.actor = '%d'", c.actor)); err != nil {
			return nil, err
		}
	}
	conn := countedConn{lent: lent, executed: c.executed}
	err = lent.Raw(func(raw any) error {
		conn.Conn = raw.(driver.Conn)
		return nil
	})
	return conn, err
}

type countedConn struct {
	driver.Conn
	lent     *sql.Conn
	executed *atomic.Int64
}

func (c countedConn) Close() error { return c.lent.Close() }

func (c countedConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	c.executed.Add(1)
	return c.Conn.(driver.ConnBeginTx).BeginTx(ctx, o)
}

func (c countedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.executed.Add(1)
	return c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
}

func (c countedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.executed.Add(1)
	return c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
}

func (c countedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	s, err := c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
	return countedStmt{s, c.executed}, err
}

type countedStmt struct {
	driver.Stmt
	executed *atomic.Int64
}

func (s countedStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	s.executed.Add(1)
	return s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
}

func (s countedStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	s.executed.Add(1)
	return s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
}
