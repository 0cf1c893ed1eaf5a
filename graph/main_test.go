package graph

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/uptrace/bun"

	"taawun/db/dbtest"
)

func TestMain(m *testing.M) { dbtest.Main(m) }

// load is a database with the records of a file of testdata.
func load(t testing.TB, file string) *dbtest.DB {
	t.Helper()
	sql, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return dbtest.NewFrom(t, file+" "+digest(string(sql)), func(ctx context.Context, d *dbtest.DB) error {
		_, err := d.Owner().DB.ExecContext(ctx, string(sql))
		return err
	})
}

// open makes a graph that logs into the test.
func open(t testing.TB, pool *bun.DB, o Options) *Graph {
	t.Helper()
	o.DB, o.Logger = pool, slog.New(slog.NewTextHandler(t.Output(), nil))
	g, err := New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := g.Close(); err != nil {
			t.Error(err)
		}
	})
	return g
}

// call runs an operation the way a transport does, without HTTP.
func call(ctx context.Context, g *Graph, query string, variables map[string]any) *graphql.Response {
	e := executor.New(g)
	e.Use(g.Guard())
	e.Use(extension.Introspection{})
	e.SetErrorPresenter(g.Present)
	e.SetRecoverFunc(g.Recover)
	e.SetParserTokenLimit(g.limits.Tokens)
	ctx = graphql.StartOperationTrace(ctx)
	oc, errs := e.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: variables})
	if len(errs) > 0 {
		return e.DispatchError(graphql.WithOperationContext(ctx, oc), errs)
	}
	next, ctx := e.DispatchOperation(ctx, oc)
	return next(ctx)
}

// ask runs an operation that must succeed and decodes its data. Variables go through JSON as those of a client do.
func ask(t testing.TB, g *Graph, query string, variables map[string]any) map[string]any {
	t.Helper()
	r := call(t.Context(), g, query, decoded(t, variables))
	if len(r.Errors) > 0 {
		t.Fatalf("%s\n%v", query, r.Errors)
	}
	var out map[string]any
	if err := json.Unmarshal(r.Data, &out); err != nil {
		t.Fatalf("%s\n%s\n%v", query, r.Data, err)
	}
	return out
}

// refused runs an operation that must fail with a code and gives the message.
func refused(t testing.TB, g *Graph, code Code, query string, variables map[string]any) string {
	t.Helper()
	r := call(t.Context(), g, query, decoded(t, variables))
	if len(r.Errors) == 0 {
		t.Fatalf("%s %v was answered: %s", query, variables, r.Data)
	}
	e := r.Errors[0]
	if e.Extensions["code"] != code || e.Extensions["messageAr"] == "" || r.Data != nil {
		t.Fatalf("%s %v: want %s, got %v %v, data %s", query, variables, code, e, e.Extensions, r.Data)
	}
	return e.Message
}

func decoded(t testing.TB, v map[string]any) map[string]any {
	t.Helper()
	if v == nil {
		return nil
	}
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out
}

// dig follows names and numbers into decoded JSON.
func dig(v any, path ...any) any {
	for _, p := range path {
		switch p := p.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[p]
		case int:
			l, _ := v.([]any)
			if p >= len(l) {
				return nil
			}
			v = l[p]
		}
	}
	return v
}

// TestServer asks over real HTTP, through gqlgen's own transport.
func TestServer(t *testing.T) {
	t.Parallel()
	g := open(t, load(t, "records.sql").Public(), Options{})
	s := g.Server()
	s.AddTransport(transport.POST{})
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.ServeHTTP(w, r.WithContext(WithRequestID(WithLocales(r.Context(), AcceptLanguage(r.Header.Get("Accept-Language"))), "r-1")))
	}))
	t.Cleanup(h.Close)
	req, err := http.NewRequest("POST", h.URL, bytes.NewBufferString(`{"query":"{ project(by:{code:\"PRJ-1\"}) { title { text locale } } }"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept-Language", "fr;q=0.9, en-GB, *;q=0.1")
	res, err := h.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var body struct {
		Data struct {
			Project struct{ Title struct{ Text, Locale string } }
		}
	}
	if err := json.NewDecoder(res.Body).Decode(&body); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(body.Data.Project.Title); got != "{Aleppo water network en}" {
		t.Errorf("got %s", got)
	}
}

// forge puts other values into a cursor and keeps its mark.
func forge(t testing.TB, cursor, values string) string {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		t.Fatal(err)
	}
	mark, _, _ := strings.Cut(string(raw), ",")
	return base64.RawURLEncoding.EncodeToString([]byte(mark + "," + values + "]"))
}

// digest is a short name of a fixture's text.
func digest(s string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(s)))[:12] }
