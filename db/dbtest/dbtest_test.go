package dbtest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/uptrace/bun"
)

func TestMain(m *testing.M) { Main(m) }

// text reads one value as text.
func text(t *testing.T, d *bun.DB, query string) string {
	t.Helper()
	var v string
	if err := d.QueryRowContext(t.Context(), query).Scan(&v); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

// run executes a statement.
func run(t *testing.T, d *bun.DB, statement string) {
	t.Helper()
	if _, err := d.ExecContext(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func TestNewIsMigratedAndAlone(t *testing.T) {
	t.Parallel()
	names := make(chan string, 6)
	t.Run("databases", func(t *testing.T) {
		for range cap(names) {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				d := New(t)
				if got := text(t, d.Owner(), "select to_regclass('project')"); got != "project" {
					t.Errorf("table project: %s", got)
				}
				run(t, d.Owner(), "create table mine (id int primary key)")
				names <- text(t, d.Owner(), "select current_database()")
			})
		}
	})
	close(names)
	seen := map[string]bool{}
	for n := range names {
		seen[n] = true
	}
	if len(seen) != cap(names) {
		t.Errorf("databases %v; want %d different ones", seen, cap(names))
	}
	for n := range seen {
		if got := text(t, Empty(t).Owner(), "select count(*) from pg_database where datname = '"+n+"'"); got != "0" {
			t.Errorf("database %s outlived its test", n)
		}
	}
}

func TestRoles(t *testing.T) {
	t.Parallel()
	d := New(t)
	for want, pool := range map[string]*bun.DB{"taawun": d.Owner(), "taawun_staff": d.Staff(), "taawun_public": d.Public()} {
		if got := text(t, pool, "select current_user"); got != want {
			t.Errorf("role %s, want %s", got, want)
		}
	}
	if _, err := d.Public().ExecContext(t.Context(), "select 1 from base.project"); err == nil || !strings.Contains(err.Error(), "permission denied") {
		t.Errorf("the public role reads base tables: %v", err)
	}
	if first, second := d.Owner(), d.Owner(); first != second {
		t.Error("each call opens another pool")
	}
}

func TestNewFromPreparesOnce(t *testing.T) {
	t.Parallel()
	var (
		mu    sync.Mutex
		calls int
	)
	t.Run("databases", func(t *testing.T) {
		for range 5 {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				d := NewFrom(t, "once", func(ctx context.Context, d *DB) error {
					mu.Lock()
					defer mu.Unlock()
					calls++
					_, err := d.Owner().ExecContext(ctx, "create table base.fixture as select n from generate_series(1, 100) n")
					return err
				})
				if got := text(t, d.Owner(), "select count(*) from fixture"); got != "100" {
					t.Errorf("%s rows", got)
				}
				if got := text(t, d.Owner(), "select reltuples from pg_class where oid = 'fixture'::regclass"); got != "100" {
					t.Errorf("analysed with %s rows", got)
				}
				run(t, d.Owner(), "truncate fixture")
			})
		}
	})
	if calls > 1 { // none if an earlier process with the same binary has prepared it
		t.Errorf("prepared %d times", calls)
	}
}

// TestInterruptedTemplate makes a template anew whose making has failed or was interrupted.
func TestInterruptedTemplate(t *testing.T) {
	t.Parallel()
	c, err := joined(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	template := name("fixture", t.Name(), text(t, Empty(t).Owner(), "select gen_random_uuid()"))
	failure := errors.New("no fixture today")
	fill := func(ctx context.Context, d *DB) error {
		_, err := d.Owner().ExecContext(ctx, "create table public.half ()")
		return errors.Join(err, failure)
	}
	if _, err := c.template(t.Context(), template, "template1", fill); !errors.Is(err, failure) {
		t.Fatalf("failing fixture: %v", err)
	}
	_, err = c.template(t.Context(), template, "template1", func(ctx context.Context, d *DB) error {
		_, err := d.Owner().ExecContext(ctx, "create table public.half ()") // fails if it is there
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	again := func(context.Context, *DB) error { return errors.New("a finished template is made again") }
	if _, err := c.template(t.Context(), template, "template1", again); err != nil {
		t.Error(err)
	}
}

func TestWithoutMain(t *testing.T) {
	t.Setenv(folderVariable, "")
	if _, err := joined(t.Context()); err == nil || !strings.Contains(err.Error(), "TestMain") {
		t.Errorf("no hint at Main: %v", err)
	}
}

func TestEmptyHasNoSchema(t *testing.T) {
	t.Parallel()
	if got := text(t, Empty(t).Owner(), "select count(*) from pg_namespace where nspname in ('base', 'fn', 'pub', 'staff')"); got != "0" {
		t.Errorf("%s schemas of ours in an empty database", got)
	}
}

// TestManyProcesses lets processes join and leave at the same moment; each runs one test of this package.
func TestManyProcesses(t *testing.T) {
	if os.Getenv("TAAWUN_DBTEST_CHILD") != "" {
		New(t)
		return
	}
	t.Parallel()
	for range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			out, err := child(t, "TestManyProcesses", "TAAWUN_DBTEST_CHILD=1")
			if err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

// TestNoPostgres shows what a machine without PostgreSQL says.
func TestNoPostgres(t *testing.T) {
	t.Parallel()
	out, err := child(t, "TestRoles", "TAAWUN_PG_BINDIR=/nonexistent")
	if err == nil || !strings.Contains(out, "no database to test with") || !strings.Contains(out, "apt install postgresql") {
		t.Errorf("%v: %s", err, out)
	}
}

// child runs one test of this package in a process of its own and returns what it printed.
func child(t *testing.T, test string, environment ...string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+test+"$", "-test.v")
	cmd.Env = append(os.Environ(), environment...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}
