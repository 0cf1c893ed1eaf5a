package graph

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"taawun/db"
	"taawun/db/dbtest"
)

// slow makes the search take two seconds.
func slow(t *testing.T, d *dbtest.DB) {
	t.Helper()
	_, err := d.Owner().ExecContext(t.Context(), `create or replace function fn.search(text text, kinds text[] default null, first integer default 20)
		returns table (id jsonb, record_type text, record_id bigint, kind text, score double precision) language sql volatile as
		$$ select '{}'::jsonb, 'Project', 1::bigint, 'PROJECT', 1::double precision from (select pg_sleep(2)) s $$`)
	if err != nil {
		t.Fatal(err)
	}
}

// TestDeadline: a request that runs out of time, or whose client goes away, ends at once with TIMEOUT, and its connection
// never gives its late answer to the next request.
func TestDeadline(t *testing.T) {
	t.Parallel()
	d := load(t, "records.sql")
	slow(t, d)
	pool := d.Server().Open(db.Public, db.Pool{Connections: 1})
	t.Cleanup(func() { _ = pool.Close() })
	g := open(t, pool, Options{})
	for name, limit := range map[string]func(context.Context) (context.Context, context.CancelFunc){
		"deadline": func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, 300*time.Millisecond)
		},
		"cancel": func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(ctx)
			time.AfterFunc(300*time.Millisecond, cancel)
			return ctx, cancel
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := limit(WithRequestID(t.Context(), "r-7"))
			defer cancel()
			start := time.Now()
			r := call(ctx, g, `{ search(text: "LATE") { kind } }`, nil)
			if r == nil { // gqlgen's executor has nothing for a client that has gone
				if ctx.Err() == nil {
					t.Fatal("no answer")
				}
			} else if len(r.Errors) != 1 || r.Errors[0].Extensions["code"] != CodeTimeout || r.Errors[0].Extensions["requestId"] != "r-7" || r.Data != nil {
				t.Errorf("got %s %v", r.Data, r.Errors)
			}
			if took := time.Since(start); took > 1900*time.Millisecond {
				t.Errorf("the request was held for %v", took)
			}
			for range 3 {
				if got := ask(t, g, `{ project(by: {code: "PRJ-1"}) { code } }`, nil); dig(got, "project", "code") != "PRJ-1" {
					t.Errorf("got another request's answer: %v", got)
				}
			}
		})
	}
}

// TestStatementTimeout: PostgreSQL's own limit becomes TIMEOUT, too.
func TestStatementTimeout(t *testing.T) {
	t.Parallel()
	d := load(t, "records.sql")
	slow(t, d)
	pool := d.Server().Open(db.Public, db.Pool{Connections: 1, StatementTimeout: 1500 * time.Millisecond}) // enough to read the catalog on a busy machine
	t.Cleanup(func() { _ = pool.Close() })
	g := open(t, pool, Options{})
	refused(t, g, CodeTimeout, `{ search(text: "x") { score } }`, nil)
	ask(t, g, `{ projects { totalCount } }`, nil)
}

// TestRefusedByFunction: an argument that an SQL function refuses is the caller's fault, and the caller reads why.
func TestRefusedByFunction(t *testing.T) {
	t.Parallel()
	g := open(t, load(t, "records.sql").Public(), Options{})
	for query, message := range map[string]string{
		`{ funding(by: [YEAR, SECTOR, STATUS, FUNDER]) { measure } }`:                        "one to three dimensions",
		`{ funding(by: [YEAR, YEAR]) { measure } }`:                                          "once",
		`{ funding(fromDate: "2020-01-02", toDate: "2020-01-01") { measure } }`:              "after",
		`query { funding(currency: "dollars") { rows { amount } } projects { totalCount } }`: "ISO 4217",
	} {
		if m := refused(t, g, CodeBadUserInput, query, nil); !strings.Contains(m, message) {
			t.Errorf("%s: %s", query, m)
		}
	}
}

// TestMasked: what is our fault is told to the log, not to the client; a database that is gone is UNAVAILABLE, and the graph
// answers again when it is back.
func TestMasked(t *testing.T) {
	t.Parallel()
	d := load(t, "records.sql")
	var log bytes.Buffer
	g, err := New(t.Context(), Options{DB: d.Public(), Logger: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.Close() })
	if _, err := d.Owner().ExecContext(t.Context(), "revoke select on pub.agreement from taawun_public"); err != nil {
		t.Fatal(err)
	}
	r := call(WithRequestID(t.Context(), "r-42"), g, `{ agreements { totalCount } }`, nil)
	if len(r.Errors) != 1 || r.Errors[0].Extensions["code"] != CodeInternal || r.Errors[0].Extensions["requestId"] != "r-42" || strings.Contains(r.Errors[0].Message, "agreement") {
		t.Errorf("got %v", r.Errors)
	}
	if got := log.String(); !strings.Contains(got, "permission denied") || !strings.Contains(got, "r-42") {
		t.Errorf("the log says %s", got)
	}
	if _, err := d.Owner().ExecContext(t.Context(), "grant select on pub.agreement to taawun_public"); err != nil {
		t.Fatal(err)
	}
	ask(t, g, `{ agreements { totalCount } }`, nil)

	const query = `{ projects { totalCount } }`
	ask(t, g, query, nil)
	if _, err := d.Owner().ExecContext(t.Context(), "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'taawun_public'"); err != nil {
		t.Fatal(err)
	}
	ask(t, g, query, nil) // the connections are gone, the database is not: nobody notices
	gone := db.Private("/nonexistent/.s.PGSQL.5432", "none").Open(db.Public, db.Pool{})
	t.Cleanup(func() { _ = gone.Close() })
	g.statements.db = gone.DB
	refused(t, g, CodeUnavailable, `{ projects { nodes { id } } }`, nil)
	g.statements.db = d.Public().DB
	ask(t, g, `{ projects { nodes { id } } }`, nil)
}
