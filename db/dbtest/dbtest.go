// Package dbtest gives each test a real PostgreSQL database of its own. All test processes share one throw-away cluster,
// which the first of them starts and which ends by itself soon after the last. Migrations and costly fixtures are
// prepared once, in template databases that are copied for each test in some tens of milliseconds.
//
// A package of tests says
//
//	func TestMain(m *testing.M) { dbtest.Main(m) }
//
// and its tests call New, NewFrom or Empty. Autovacuum is off in these databases: a test that looks at plans analyses what
// it loads (NewFrom does it for its fixture). TAAWUN_PG_BINDIR, TAAWUN_PG_NPM and TAAWUN_PG_USER choose the PostgreSQL as
// they do for the program.
package dbtest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
)

// DB is a database that belongs to one test.
type DB struct {
	server db.Server
	mu     sync.Mutex
	pools  map[db.Role]*bun.DB
}

// New returns a database with the schema of the migrations and nothing in it. It is dropped when the test ends.
func New(t testing.TB) *DB {
	t.Helper()
	return create(t, func(ctx context.Context, c cluster) (string, error) { return c.migrated(ctx) })
}

// NewFrom returns a database that holds what prepare has put into a migrated one. Prepare runs once for each key and test
// binary, whatever number of tests and processes asks; a key names everything the fixture depends on that the program's
// code does not say, such as the size of demonstration data. The handle that prepare gets is valid only during the call.
func NewFrom(t testing.TB, key string, prepare func(context.Context, *DB) error) *DB {
	t.Helper()
	return create(t, func(ctx context.Context, c cluster) (string, error) {
		source, err := c.migrated(ctx)
		if err != nil {
			return "", err
		}
		program, err := programDigest()
		if err != nil {
			return "", err
		}
		return c.template(ctx, name("fixture", source, program, key), source, func(ctx context.Context, d *DB) error {
			if err := prepare(ctx, d); err != nil {
				return fmt.Errorf("preparing %q: %w", key, err)
			}
			if _, err := d.Owner().ExecContext(ctx, "analyze"); err != nil {
				return fmt.Errorf("preparing %q: %w", key, err)
			}
			return nil
		})
	})
}

// Empty returns a database without any schema of ours, for tests of the migrations themselves.
func Empty(t testing.TB) *DB {
	t.Helper()
	return create(t, func(context.Context, cluster) (string, error) { return "template1", nil })
}

// create makes the database of one test from a template.
func create(t testing.TB, template func(context.Context, cluster) (string, error)) *DB {
	t.Helper()
	ctx := t.Context()
	c, err := joined(ctx)
	if err != nil {
		t.Fatal(err)
	}
	source, err := template(ctx, c)
	if err != nil {
		t.Fatalf("template database: %v", err)
	}
	own := name("test", t.Name(), rand.Text())
	if err := c.execute(ctx, "create database "+own+" template "+source+" strategy file_copy"); err != nil {
		t.Fatalf("database of the test: %v", err)
	}
	d := c.open(own)
	t.Cleanup(func() {
		if err := d.close(); err != nil {
			t.Errorf("closing the database of the test: %v", err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if err := c.execute(ctx, "drop database "+own+" with (force)"); err != nil {
			t.Errorf("dropping the database of the test: %v", err)
		}
	})
	return d
}

// Server is where the database lives, for code that opens its own connections.
func (d *DB) Server() db.Server { return d.server }

// Owner is the database as the role that owns it and sees everything.
func (d *DB) Owner() *bun.DB { return d.as(db.Owner) }

// Staff is the database as the role that reads everything through the views of the staff.
func (d *DB) Staff() *bun.DB { return d.as(db.Staff) }

// Public is the database as the role that reads what is published.
func (d *DB) Public() *bun.DB { return d.as(db.Public) }

// as opens the pool of a role at its first use; the end of the test closes it.
func (d *DB) as(role db.Role) *bun.DB {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.pools[role] == nil {
		d.pools[role] = d.server.Open(role, db.Pool{})
	}
	return d.pools[role]
}

// close closes the pools that were opened.
func (d *DB) close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for role, pool := range d.pools {
		if err := pool.Close(); err != nil {
			return fmt.Errorf("as %s: %w", role, err)
		}
	}
	return nil
}

// name makes the name of a database from its kind and what identifies it.
func name(kind string, parts ...string) string {
	sum := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(sum, "%d %s\n", len(p), p)
	}
	return kind + "_" + hex.EncodeToString(sum.Sum(nil)[:10])
}

// programDigest tells test binaries apart: a fixture made by other code must not be taken for ours.
func programDigest() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("test binary: %w", err)
	}
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("test binary: %w", err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", fmt.Errorf("test binary: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
