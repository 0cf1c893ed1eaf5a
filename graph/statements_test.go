package graph

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"taawun/db"
)

// prepared is how many statements the connections of the graph's role know, found by asking each connection of a pool of one.
func prepared(t *testing.T, g *Graph) (texts []string) {
	t.Helper()
	rows, err := g.statements.db.QueryContext(t.Context(), "select statement from pg_prepared_statements where statement like 'select (select%'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return texts
}

// TestEviction: no more statements than allowed are kept, here or in PostgreSQL; the ones used last stay.
func TestEviction(t *testing.T) {
	t.Parallel()
	pool := load(t, "records.sql").Server().Open(db.Public, db.Pool{Connections: 1})
	t.Cleanup(func() { _ = pool.Close() })
	g := open(t, pool, Options{Statements: 3})
	query := func(n int) string { return fmt.Sprintf(`{ project(by: {code: "PRJ-1"}) { x%d: code } }`, n) }
	for n := range 6 {
		ask(t, g, query(0), nil) // used again and again: it stays
		if got := ask(t, g, query(n), nil); dig(got, "project", fmt.Sprint("x", n)) != "PRJ-1" {
			t.Errorf("got %v", got)
		}
	}
	kept := prepared(t, g)
	if len(kept) != 3 || !strings.Contains(strings.Join(kept, ""), "'x0'") || !strings.Contains(strings.Join(kept, ""), "'x5'") {
		t.Errorf("PostgreSQL keeps %q", kept)
	}
	if s := g.Stats(); s.Cached != 3 || s.Evicted != 3 || s.Compiled != 6 || s.Executed != 12 {
		t.Errorf("got %+v", s)
	}
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	if kept := prepared(t, g); len(kept) != 0 {
		t.Errorf("after Close PostgreSQL keeps %q", kept)
	}
	ask(t, g, query(0), nil)
}

// TestReuse: one document with other values is one statement; another shape, operation or document another one.
func TestReuse(t *testing.T) {
	t.Parallel()
	g := open(t, load(t, "records.sql").Public(), Options{})
	const query = `query($w: ProjectWhere, $n: Int) { projects(where: $w, first: $n, orderBy: [{field: CODE}]) { nodes { code } } }`
	compiled := func(want int64, variables map[string]any) {
		t.Helper()
		ask(t, g, query, variables)
		if got := g.Stats().Compiled; got != want {
			t.Errorf("%v: compiled %d, want %d", variables, got, want)
		}
	}
	code := func(s string) map[string]any { return map[string]any{"code": map[string]any{"eq": s}} }
	compiled(1, map[string]any{"w": code("PRJ-1"), "n": 1})
	compiled(1, map[string]any{"w": code("PRJ-2"), "n": 100})
	compiled(2, map[string]any{"w": code("PRJ-2")})
	compiled(3, map[string]any{"w": map[string]any{"code": map[string]any{"in": []any{"a"}}}, "n": 1})
	compiled(3, map[string]any{"w": map[string]any{"code": map[string]any{"in": []any{"a", "b", "c"}}}, "n": 1})
	compiled(4, map[string]any{"w": nil, "n": 1})
	compiled(4, map[string]any{"w": nil, "n": 7})
}

// TestConcurrent: many requests at once, of more documents than are kept, all get their own answer; the same new document is
// compiled once however many ask for it.
func TestConcurrent(t *testing.T) {
	t.Parallel()
	d := load(t, "records.sql")
	pool := d.Server().Open(db.Public, db.Pool{Connections: 4})
	t.Cleanup(func() { _ = pool.Close() })
	g := open(t, pool, Options{Statements: 5})
	var wait sync.WaitGroup
	for worker := range 8 {
		wait.Go(func() {
			for i := range 40 {
				n := (i*7 + worker) % 12
				code := []string{"PRJ-1", "PRJ-2", "PRJ-5"}[(i+worker)%3]
				r := call(t.Context(), g, fmt.Sprintf(`query($c: String!) { x%d: project(by: {code: $c}) { code } }`, n), map[string]any{"c": code})
				if want := fmt.Sprintf(`{"x%d":{"code" : %q}}`, n, code); len(r.Errors) > 0 || string(r.Data) != want {
					t.Errorf("want %s, got %s %v", want, r.Data, r.Errors)
				}
			}
		})
	}
	wait.Wait()
	if s := g.Stats(); s.Cached > 5 || s.Executed != 320 {
		t.Errorf("got %+v", s)
	}

	fresh := open(t, pool, Options{})
	for range 16 {
		wait.Go(func() {
			if r := call(t.Context(), fresh, `{ projects { totalCount } }`, nil); len(r.Errors) > 0 {
				t.Error(r.Errors)
			}
		})
	}
	wait.Wait()
	if s := fresh.Stats(); s.Compiled != 1 || s.Executed != 16 {
		t.Errorf("got %+v", s)
	}
	refusedAll(t, fresh)
}

// refusedAll: an operation that cannot be compiled is refused for everybody who waits for it, and is not kept.
func refusedAll(t *testing.T, g *Graph) {
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if r := call(t.Context(), g, `{ node(id: "nonsense") { id } }`, nil); len(r.Errors) != 1 || r.Errors[0].Extensions["code"] != CodeBadUserInput {
				t.Errorf("got %s %v", r.Data, r.Errors)
			}
		})
	}
	wait.Wait()
	if s := g.Stats(); s.Cached != 1 {
		t.Errorf("got %+v", s)
	}
}

// TestOneSnapshot: all roots of an operation see the database at one moment, whatever is written meanwhile.
func TestOneSnapshot(t *testing.T) {
	t.Parallel()
	d := load(t, "records.sql")
	g := open(t, d.Public(), Options{})
	stop, done := make(chan struct{}), make(chan error, 1)
	go func() {
		for {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			if _, err := d.Owner().ExecContext(t.Context(), "update base.project set state = case state when 'DRAFT' then 'PUBLISHED' else 'DRAFT' end where id in (2, 3)"); err != nil {
				done <- err
				return
			}
		}
	}()
	seen := map[any]bool{}
	for deadline := time.Now().Add(20 * time.Second); len(seen) < 2 && time.Now().Before(deadline); {
		for range 50 {
			got := ask(t, g, `{ a: projects { totalCount nodes { id } } b: node(id: "prj_2") { id } c: projects { totalCount } d: nodes(ids: ["prj_3"]) { id } }`, nil)
			n := dig(got, "a", "totalCount")
			seen[n] = true
			if n != dig(got, "c", "totalCount") || float64(len(dig(got, "a", "nodes").([]any))) != n || (got["b"] == nil) != (dig(got, "d", 0) == nil) || (got["b"] == nil) != (n == float64(2)) {
				t.Fatalf("two moments in one answer: %v", got)
			}
		}
	}
	close(stop)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if len(seen) < 2 {
		t.Error("nothing changed meanwhile")
	}
}
