package graph

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"taawun/db"
	"taawun/db/embedded"
)

// answered is the outcome of a mutation that may be refused or fail, as a client sees it.
type answered struct {
	id, code string
	version  int
	problems string
}

// attempt runs a mutation of a project; err is what the operation failed with.
func attempt(ctx context.Context, g *Graph, v *Viewer, query string, variables map[string]any) (c answered, err error) {
	r := call(WithViewer(ctx, v), g, query, variables)
	if len(r.Errors) > 0 {
		return c, r.Errors
	}
	var out map[string]map[string]any
	if err := json.Unmarshal(r.Data, &out); err != nil {
		return c, err
	}
	for _, payload := range out {
		c.problems = problems(payload)
		if p, ok := payload["project"].(map[string]any); ok {
			c.id, _ = p["id"].(string)
			c.code, _ = p["code"].(string)
			version, _ := p["version"].(float64)
			c.version = int(version)
		}
	}
	return c, nil
}

// TestManyWriters: of fifty people who change one record at once no acknowledged change is lost, and everybody else is told of the conflict.
func TestManyWriters(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 8)
	editor := account(t, d, "editor", "EDITOR")
	made := done(t, g, editor, createProject, m{"input": m{"project": m{"title": texts("ar", "مشروع"), "status": "PIPELINE"}}})
	id := dig(made, "project", "id")
	const writers, each = 50, 2
	var conflicts atomic.Int64
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			version := 1
			for n := 0; n < each; {
				// Everybody adds rows of his own and a text of his own to the same record.
				c, err := attempt(t.Context(), g, editor, updateProject, m{"input": m{"id": id, "version": json.Number(strconv.Itoa(version)), "project": m{
					"identifiers": m{"save": []any{m{"value": fmt.Sprintf("%d-%d", w, n)}}}, "description": texts("ar", fmt.Sprintf("%d-%d", w, n))}}})
				switch {
				case err != nil:
					t.Errorf("writer %d: %v", w, err)
					return
				case c.problems == "":
					if c.version != version+1 {
						t.Errorf("writer %d made version %d of version %d", w, c.version, version)
					}
					n++
				case strings.HasPrefix(c.problems, "input.version CONFLICT"):
					conflicts.Add(1)
					if c.version <= version {
						t.Errorf("writer %d knew version %d and was told of version %d", w, version, c.version)
					}
				default:
					t.Errorf("writer %d: %s", w, c.problems)
					return
				}
				version = c.version
			}
		})
	}
	all.Wait()
	var version, rows, values, revisions int
	if err := d.Owner().QueryRowContext(t.Context(), `select (select version from project where code = ?0), count(*), count(distinct value),
		(select count(*) from revision where operation = 'updateProject') from project_identifier where project_id = (select id from project where code = ?0)`, dig(made, "project", "code")).
		Scan(&version, &rows, &values, &revisions); err != nil {
		t.Fatal(err)
	}
	if version != 1+writers*each || rows != writers*each || values != rows || revisions != rows {
		t.Errorf("version %d, %d rows, %d different ones, %d revisions; %d changes were acknowledged", version, rows, values, revisions, writers*each)
	}
	if conflicts.Load() == 0 {
		t.Error("nobody met anybody")
	}
	t.Logf("%d conflicts", conflicts.Load())
}

// TestSentAgain: a change that is sent again, at once or later, is made once.
func TestSentAgain(t *testing.T) {
	t.Parallel()
	d := written(t)
	g := staffed(t, d, 8)
	editor, other := account(t, d, "editor", "EDITOR"), account(t, d, "other", "EDITOR")
	input := m{"input": m{"clientMutationId": "one", "project": m{"title": texts("ar", "مشروع"), "status": "PIPELINE"}}}
	ids := make([]string, 8)
	var all sync.WaitGroup
	for i := range ids {
		all.Go(func() {
			c, err := attempt(t.Context(), g, editor, createProject, decoded(t, input))
			if err != nil || c.problems != "" {
				t.Errorf("%v %s", err, c.problems)
			}
			ids[i] = c.id
		})
	}
	all.Wait()
	for _, id := range ids {
		if id == "" || id != ids[0] {
			t.Fatalf("one change made %v", ids)
		}
	}
	if c, err := attempt(t.Context(), g, other, createProject, decoded(t, input)); err != nil || c.id == ids[0] || c.id == "" {
		t.Errorf("the id of somebody else's change: %v %v", c, err)
	}
	dig(input, "input", "project").(m)["status"] = "CLOSED"
	if got := problems(do(t, g, editor, createProject, input)); !strings.HasPrefix(got, "input.clientMutationId INVALID") {
		t.Errorf("another change under the same id: %s", got)
	}
	refused := m{"input": m{"clientMutationId": "two", "project": m{"title": texts("ar", "مشروع")}}}
	for range 2 { // what was refused may be sent again
		if got := problems(do(t, g, editor, createProject, refused)); !strings.HasPrefix(got, "input.project.status REQUIRED") {
			t.Error(got)
		}
	}
	dig(refused, "input", "project").(m)["status"] = "CLOSED"
	done(t, g, editor, createProject, refused)
}

// TestKilledWhileChanging kills PostgreSQL while people write. What was acknowledged is there, whole; what was not is there whole or not at
// all, and is made once when it is sent again.
func TestKilledWhileChanging(t *testing.T) {
	t.Parallel()
	dir, err := os.MkdirTemp("", "taawun-change-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o711); err != nil { // for PostgreSQL, which runs as another user if we are root
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	options := embedded.Options{Dir: filepath.Join(dir, "data"), BinDir: os.Getenv("TAAWUN_PG_BINDIR"), NPM: os.Getenv("TAAWUN_PG_NPM"), User: os.Getenv("TAAWUN_PG_USER")}
	start := func() (*embedded.Cluster, *bun.DB, *Graph, func()) {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		c, err := embedded.Start(ctx, options)
		if err != nil {
			t.Fatal(err)
		}
		server := db.Private(c.Socket(), embedded.Database)
		owner, public := server.Open(db.Owner, db.Pool{}), server.Open(db.Public, db.Pool{})
		staff, writer := server.Open(db.Staff, db.Pool{}), server.Open(db.Staff, db.Pool{Writable: true})
		if err := db.Migrate(ctx, owner); err != nil {
			t.Fatal(err)
		}
		g := open(t, public, Options{Staff: staff, Writer: writer})
		return c, owner, g, func() {
			if err := errors.Join(public.Close(), staff.Close(), writer.Close(), owner.Close()); err != nil {
				t.Log(err)
			}
		}
	}
	cluster, owner, g, closePools := start()
	var key int64
	if err := owner.QueryRowContext(t.Context(), `with a as (insert into account (login, name) values ('editor', 'editor') returning id)
		insert into account_role (account_id, role) select id, 'EDITOR' from a returning account_id`).Scan(&key); err != nil {
		t.Fatal(err)
	}
	editor := &Viewer{Account: key, Name: "editor", Roles: []string{"EDITOR"}}
	entry := func(id string) map[string]any {
		return m{"input": m{"clientMutationId": id, "project": m{"code": id, "title": texts("ar", id), "status": "PIPELINE",
			"identifiers": m{"save": []any{m{"value": "a"}, m{"value": "b"}}}, "conditions": m{"save": []any{m{"type": "1", "text": texts("ar", "شرط")}}}}}}
	}
	var mu sync.Mutex
	acknowledged, tried := map[string]bool{}, map[string]bool{}
	enough := make(chan struct{})
	var all sync.WaitGroup
	for w := range 4 {
		all.Go(func() {
			for n := range 10_000 {
				id := fmt.Sprintf("W%d-%d", w, n)
				mu.Lock()
				tried[id] = true
				mu.Unlock()
				c, err := attempt(t.Context(), g, editor, createProject, entry(id))
				if err != nil || c.problems != "" {
					if c.problems != "" {
						t.Error(c.problems)
					}
					return
				}
				mu.Lock()
				if acknowledged[id] = true; len(acknowledged) == 40 {
					close(enough)
				}
				mu.Unlock()
			}
		})
	}
	select {
	case <-enough:
	case <-time.After(2 * time.Minute):
		t.Fatal("nobody gets on")
	}
	found, err := filepath.Glob(filepath.Join(options.Dir, "*", "postmaster.pid"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%v %v", found, err)
	}
	text, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	line, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(line)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	all.Wait()
	<-cluster.Exited()
	closePools()

	cluster, owner, g, closePools = start()
	defer func() {
		closePools()
		if err := cluster.Stop(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	count := func(query string) (n int) {
		t.Helper()
		if err := owner.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for id := range acknowledged {
		if count(`select count(*) from project where code = '`+id+`'`) != 1 {
			t.Errorf("%s was acknowledged and is gone", id)
		}
	}
	if n := count(`select count(*) from project p where (select count(*) from project_identifier i where i.project_id = p.id) <> 2 or p.title = '{}'
		or not exists (select from project_condition c where c.project_id = p.id and c.text <> '{}')
		or not exists (select from mutation_receipt r where r.record_id = p.id and r.client_mutation_id = p.code)
		or not exists (select from revision_entry e join revision r on r.id = e.revision_id where e.kind = 'Project' and e.record_id = p.id and r.hash is not null)`); n != 0 {
		t.Errorf("%d projects are there in part", n)
	}
	for id := range tried {
		if c, err := attempt(t.Context(), g, editor, createProject, entry(id)); err != nil || c.problems != "" || c.id == "" {
			t.Errorf("%s sent again: %v %v", id, c, err)
		}
	}
	if n := count(`select count(*) from project`); n != len(tried) {
		t.Errorf("%d projects of %d changes", n, len(tried))
	}
	if _, err := db.VerifyHistory(t.Context(), owner, ""); err != nil {
		t.Error(err)
	}
}
