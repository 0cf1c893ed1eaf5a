package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/uptrace/bun"
	"github.com/vektah/gqlparser/v2/ast"

	"taawun/db"
	"taawun/db/dbtest"
)

// account makes an account with roles for the whole ministry, or as partner of the organization with the key 2.
func account(t testing.TB, d *dbtest.DB, login string, roles ...string) *Viewer {
	t.Helper()
	v := &Viewer{Name: login, Roles: roles}
	if err := d.Owner().QueryRowContext(t.Context(), `insert into account (login, name) values (?, ?) returning id`, login, login).Scan(&v.Account); err != nil {
		t.Fatal(err)
	}
	for _, role := range roles {
		if _, err := d.Owner().ExecContext(t.Context(), `insert into account_role (account_id, role, organization_id) values (?, ?, case ? when 'PARTNER' then 2 end)`, v.Account, role, role); err != nil {
			t.Fatal(err)
		}
	}
	return v
}

// staffed is a graph for all audiences; the staff has so many connections.
func staffed(t testing.TB, d *dbtest.DB, connections int) *Graph {
	t.Helper()
	o := Options{}
	for pool, settings := range map[**bun.DB]db.Pool{&o.Staff: {Connections: connections}, &o.Past: {Connections: 1, Past: true}, &o.Writer: {Connections: connections, Writable: true}} {
		opened := d.Server().Open(db.Staff, settings)
		t.Cleanup(func() {
			if err := opened.Close(); err != nil {
				t.Error(err)
			}
		})
		*pool = opened
	}
	return open(t, d.Public(), o)
}

// TestViewers: the same question to the same server answers each viewer what that one may see, on connections that all share.
func TestViewers(t *testing.T) {
	t.Parallel()
	d := load(t, "records.sql")
	if _, err := d.Owner().ExecContext(t.Context(), `insert into project_partner (id, project_id, organization_id, position, role, published) values (100, 4, 2, 2, 'FUNDING', false);
		insert into project (id, code, state, status, kind, confidential) values (100, 'CONF-PRJ', 'DRAFT', 'PIPELINE', 'PROJECT', true)`); err != nil {
		t.Fatal(err)
	}
	g := staffed(t, d, 1)
	viewers := []struct {
		viewer *Viewer
		sees   string
	}{
		{nil, "[<nil> <nil>]"},
		{account(t, d, "person"), "[<nil> <nil>]"},
		{account(t, d, "analyst", "ANALYST"), "[SECRET-PRJ <nil>]"},
		{account(t, d, "editor", "EDITOR"), "[SECRET-PRJ CONF-PRJ]"},
		{account(t, d, "partner", "PARTNER"), "[SECRET-PRJ <nil>]"},
		{&Viewer{Account: 4711, Roles: []string{"ADMINISTRATOR"}}, "[<nil> <nil>]"}, // PostgreSQL believes the tables, not the caller
	}
	const query = `{ draft: project(by: {code: "SECRET-PRJ"}) { code } confidential: project(by: {code: "CONF-PRJ"}) { code } __schema { queryType { name } } }`
	const data = `{ draft: project(by: {code: "SECRET-PRJ"}) { code } confidential: project(by: {code: "CONF-PRJ"}) { code } }`
	var all sync.WaitGroup
	for range 4 {
		for _, v := range viewers {
			all.Go(func() {
				for i := range 10 {
					got := askAs(t, g, v.viewer, []string{query, data}[i%2])
					if seen := fmt.Sprint([]any{dig(got, "draft", "code"), dig(got, "confidential", "code")}); seen != v.sees {
						t.Errorf("%v saw %s, not %s", v.viewer, seen, v.sees)
					}
				}
			})
		}
	}
	all.Wait()
	var left string
	if err := g.staff.db.QueryRowContext(t.Context(), `select concat(current_setting('taawun.actor', true), current_setting('taawun.token', true), current_setting('taawun.request', true))`).Scan(&left); err != nil || left != "" {
		t.Errorf("the connection still says %q: %v", left, err)
	}
}

func askAs(t testing.TB, g *Graph, v *Viewer, query string) map[string]any {
	t.Helper()
	r := call(WithViewer(t.Context(), v), g, query, nil)
	if len(r.Errors) > 0 {
		t.Errorf("%s\n%v", query, r.Errors)
		return nil
	}
	var out map[string]any
	if err := json.Unmarshal(r.Data, &out); err != nil {
		t.Errorf("%s\n%s\n%v", query, r.Data, err)
	}
	return out
}

// operation is a document as a mutation's resolver gets it.
func operation(t testing.TB, g *Graph, query string, variables map[string]any) *graphql.OperationContext {
	t.Helper()
	oc, errs := executor.New(g).CreateOperationContext(graphql.StartOperationTrace(t.Context()), &graphql.RawParams{Query: query, Variables: variables})
	if errs != nil {
		t.Fatal(errs)
	}
	return oc
}

// TestReadOnBehalf: the transaction knows account, token and request, and cannot write.
func TestReadOnBehalf(t *testing.T) {
	t.Parallel()
	d := load(t, "records.sql")
	g := staffed(t, d, 1)
	ctx := db.WithActing(t.Context(), db.Acting{Account: 7, Token: 8, Request: "it's $1", Reason: `\'`, Operation: "ask", AsOf: "2024-01-01T00:00:00Z"})
	tx, err := g.staff.db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got string
	if err := tx.QueryRowContext(ctx, `select string_agg(current_setting('taawun.'||s), ' ' order by s) from unnest(array['actor','as_of','operation','reason','request','token']) s`).Scan(&got); err != nil {
		t.Fatal(err)
	}
	if got != `7 2024-01-01T00:00:00Z ask \' it's $1 8` {
		t.Errorf("the settings are %s", got)
	}
	if _, err := tx.ExecContext(ctx, `update project set code = code`); err == nil {
		t.Error("a reader may write")
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
}

// TestStaffCancelled: a request that ends in the middle takes its connection with it; the next one is answered.
func TestStaffCancelled(t *testing.T) {
	t.Parallel()
	d := load(t, "records.sql")
	g := staffed(t, d, 1)
	analyst := account(t, d, "analyst", "ANALYST")
	const query = `{ project(by: {code: "SECRET-PRJ"}) { code } }`
	askAs(t, g, analyst, query)
	lock, err := d.Owner().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = lock.Rollback() }()
	if _, err := lock.ExecContext(t.Context(), `lock table base.project in access exclusive mode`); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(WithViewer(t.Context(), analyst), 200*time.Millisecond)
	defer cancel()
	r := call(ctx, g, query, nil)
	if r != nil && (len(r.Errors) != 1 || r.Data != nil || r.Errors[0].Extensions["code"] != CodeTimeout) {
		t.Errorf("got %s %v", r.Data, r.Errors)
	}
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	if got := askAs(t, g, analyst, query); dig(got, "project", "code") != "SECRET-PRJ" {
		t.Errorf("afterwards %v", got)
	}
}

// TestReadRecord: a record written in a transaction is read back in it, through the compiler, by its key.
func TestReadRecord(t *testing.T) {
	t.Parallel()
	d := load(t, "records.sql")
	g := staffed(t, d, 2)
	editor := account(t, d, "editor", "EDITOR")
	oc := operation(t, g, `query($size: Int!, $kind: ID!) { node(id: $kind) { id ... on Project { code status same: code transactions(first: $size) { nodes { position } } } ... on Agreement { kind } } }`,
		map[string]any{"size": int64(1), "kind": "prj_1"})
	field := oc.Operation.SelectionSet[0].(*ast.Field)
	ctx := db.WithActing(t.Context(), db.Acting{Account: editor.Account, Operation: "updateProject"})
	tx, err := g.writer.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, `update base.project set status = 'SUSPENDED' where id = 4`); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		kind string
		key  int64
		want string
	}{
		{"Project", 4, `{"id" : "prj_4", "code" : "SECRET-PRJ", "status" : "SUSPENDED", "same" : "SECRET-PRJ", "transactions" : {"nodes" : [{"position" : 1}]}}`},
		{"Agreement", 1, `{"id" : "agr_1", "kind" : "FRAMEWORK"}`},
		{"Project", 4711, `null`},
	} {
		got, err := g.readRecord(ctx, tx, oc, field, c.kind, c.key)
		if err != nil || string(got) != c.want {
			t.Errorf("%s %d: got %s, want %s: %v", c.kind, c.key, got, c.want, err)
		}
	}
	if _, err := g.readRecord(ctx, tx, oc, field, "ProjectLocations", 1); err == nil {
		t.Error("a record of an unknown type was read")
	}
}
