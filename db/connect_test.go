package db_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun/driver/pgdriver"

	"taawun/db"
	"taawun/db/dbtest"
)

func TestExternalRefusesWhatIsNoDatabaseURL(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "mysql://a@b/c", "postgres://host", "postgres://host/", "host=x", "postgres://u@h/d?sslmode=sometimes"} {
		if _, err := db.External(url); err == nil || !strings.Contains(err.Error(), "DATABASE_URL") {
			t.Errorf("External(%q): %v", url, err)
		}
	}
	s, err := db.External("postgres://u:secret@db.example.org:5432/taawun")
	if err != nil || strings.Contains(s.String(), "secret") || !strings.Contains(s.String(), "db.example.org") {
		t.Errorf("%v %v: want a name without its password", s, err)
	}
}

func TestReadersAreBounded(t *testing.T) {
	t.Parallel()
	d := dbtest.New(t)
	pool := d.Server().Open(db.Public, db.Pool{Connections: 1, StatementTimeout: 100 * time.Millisecond})
	defer pool.Close()
	_, err := pool.ExecContext(t.Context(), "select pg_sleep(20)")
	var pg pgdriver.Error
	if !errors.As(err, &pg) || pg.Field('C') != "57014" {
		t.Errorf("a long statement: %v, want PostgreSQL's own time-out", err)
	}
	if got := read(t, pool, "select current_user || ' ' || current_setting('search_path')"); got != "taawun_public pub, fn, public" {
		t.Error(got)
	}
}

func TestMigrationsWaitForEachOther(t *testing.T) {
	t.Parallel()
	d := dbtest.Empty(t)
	var group sync.WaitGroup
	failures := make([]error, 4)
	for i := range failures {
		group.Go(func() { failures[i] = db.Migrate(context.WithoutCancel(t.Context()), d.Owner()) })
	}
	group.Wait()
	if err := errors.Join(failures...); err != nil {
		t.Fatal(err)
	}
	if got := read(t, d.Owner(), "select count(*) = count(distinct name) and count(*) > 5 from taawun_migrations"); got != "true" {
		t.Error("migrations ran twice")
	}
}

// A database that somebody else already uses, reached with an ordinary account, is how DATABASE_URL is meant.
func TestAnOrdinaryOwnerMigratesAndReads(t *testing.T) {
	t.Parallel()
	d := dbtest.Empty(t)
	name := read(t, d.Owner(), "select current_database()")
	run(t, d.Owner(), `do $$ begin create role taawun_test_owner login createrole; exception when duplicate_object or unique_violation then null; end $$`,
		`do $$ begin create role taawun_gate login; exception when duplicate_object or unique_violation then null; end $$`,
		`grant taawun_public, taawun_staff, taawun_gate to taawun_test_owner`, `alter database "`+name+`" owner to taawun_test_owner`, `alter schema public owner to taawun_test_owner`)
	owner := d.Server().As("taawun_test_owner")
	pool := owner.Open(db.Owner, db.Pool{Connections: 2})
	defer pool.Close()
	if err := db.Migrate(t.Context(), pool); err != nil {
		t.Fatal(err)
	}
	public := owner.Open(db.Public, db.Pool{Connections: 1})
	defer public.Close()
	if got := read(t, public, "select current_user || ' ' || session_user || ' ' || (select count(*) from project)"); got != "taawun_public taawun_test_owner 0" {
		t.Error(got)
	}
	refused(t, public, "permission denied", "select * from base.project")
}
