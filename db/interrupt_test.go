package db_test

import (
	"context"
	"errors"
	"net"
	"path/filepath"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/dbtest"
)

// alone is a writing pool of the gate with a single connection, so that each use meets what the one before has left.
func alone(t *testing.T) (*dbtest.DB, *bun.DB) {
	t.Helper()
	d := dbtest.New(t)
	pool := d.Server().Open(db.Gate, db.Pool{Connections: 1, Writable: true})
	t.Cleanup(func() {
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
	})
	return d, pool
}

const insertAttempt = `insert into attempt values (?, 1, now(), now())`

// A writer that is interrupted leaves nothing: no row, and no late answer in the connection for whoever comes next.
func TestAnInterruptedWriterLeavesNothing(t *testing.T) {
	t.Parallel()
	d, pool := alone(t)
	for _, end := range []struct {
		name  string
		until func(context.Context) (context.Context, context.CancelFunc)
		want  error
	}{
		{"deadline", func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, 200*time.Millisecond)
		}, context.DeadlineExceeded},
		{"cancel", func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(ctx)
			time.AfterFunc(200*time.Millisecond, cancel)
			return ctx, cancel
		}, context.Canceled},
	} {
		ctx, cancel := end.until(t.Context())
		err := pool.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
			if _, err := tx.ExecContext(ctx, insertAttempt, end.name); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, "select 'late', pg_sleep(60)")
			return err
		})
		cancel()
		if !errors.Is(err, end.want) {
			t.Errorf("%s: %v, want %v", end.name, err, end.want)
		}
		if got := read(t, pool, "select 'mine'"); got != "mine" {
			t.Errorf("%s: the next one reads %q", end.name, got)
		}
	}
	if got := read(t, d.Owner(), "select count(*) from auth.attempt"); got != "0" {
		t.Errorf("%s rows were kept", got)
	}
}

// TestADeadlineBeforeTheSession asks a server that does not answer, at the first and at a later word: the caller reads that his time was over.
func TestADeadlineBeforeTheSession(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{"at once": "", "after the login": "R\x00\x00\x00\x08\x00\x00\x00\x00Z\x00\x00\x00\x05I"} {
		listener, err := net.Listen("unix", filepath.Join(t.TempDir(), "socket"))
		if err != nil {
			t.Fatal(err)
		}
		defer listener.Close()
		go func() {
			for {
				conn, err := listener.Accept()
				if err != nil {
					return
				}
				defer conn.Close()
				_, _ = conn.Write([]byte(answer)) // the test sees it if nothing came
			}
		}()
		for _, role := range []db.Role{db.Owner, db.Gate} {
			pool := db.Private(listener.Addr().String(), "none").Open(role, db.Pool{})
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			if _, err := pool.ExecContext(ctx, "select 1"); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s, %s: %v", name, role, err)
			}
			cancel()
			if err := pool.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

// What may have been written is never sent again: the program is told that it does not know.
func TestALostWriteIsNotRepeated(t *testing.T) {
	t.Parallel()
	d, pool := alone(t)
	end := func() {
		run(t, d.Owner(), `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'taawun_gate' and datname = current_database()`)
	}
	run(t, pool, "select 1")
	end()
	// The connection has ended unnoticed. A transaction begins on another one: nothing was lost.
	err := pool.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.ExecContext(ctx, insertAttempt, "begun anew")
		return err
	})
	if err != nil {
		t.Errorf("a transaction after the end of an idle connection: %v", err)
	}
	end()
	if _, err := pool.ExecContext(t.Context(), insertAttempt, "alone"); !errors.Is(err, db.ErrLost) {
		t.Errorf("a statement by itself after the end of its connection: %v", err)
	}
	err = pool.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.ExecContext(ctx, insertAttempt, "in the middle"); err != nil {
			return err
		}
		end()
		_, err := tx.ExecContext(ctx, insertAttempt, "after the end")
		return err
	})
	if !errors.Is(err, db.ErrLost) {
		t.Errorf("a connection that ends in the middle: %v", err)
	}
	err = pool.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.ExecContext(ctx, insertAttempt, "before commit"); err != nil {
			return err
		}
		end()
		return nil
	})
	if !errors.Is(err, db.ErrLost) {
		t.Errorf("a connection that ends before the commit: %v", err)
	}
	if got := read(t, d.Owner(), "select string_agg(key, ', ' order by key) from auth.attempt"); got != "begun anew" {
		t.Errorf("kept: %s", got)
	}
}

func TestReadersCannotWriteByAccident(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	reader := d.Server().Open(db.Gate, db.Pool{Connections: 1})
	defer reader.Close()
	refused(t, reader, "read-only transaction", "insert into attempt values ('x', 1, now(), now())")
}
