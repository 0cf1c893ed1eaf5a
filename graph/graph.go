package graph

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/uptrace/bun"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"

	"taawun/db"
	"taawun/graph/compile"
)

// Options say which database a Graph reads and within which limits. Zero values mean the defaults.
type Options struct {
	// DB is the pool of the public: the role it logs in as decides what is seen. Required. Close closes none of the pools.
	DB *bun.DB
	// Staff is the pool of the signed-in, Past the one in which they read records as they stood at a moment, Writer the one in which
	// they write. Without Staff, everybody reads as the public does.
	Staff, Past, Writer *bun.DB
	// Followers is how many subscriptions may be open at once; 500 unless told. Each holds a connection to its client.
	Followers int
	// Statements is how many prepared statements are kept at most; 128 unless told. Each costs about a third of a megabyte
	// in every connection.
	Statements int
	// Limits bound a single operation; zero fields take their default.
	Limits Limits
	// Logger gets the causes of masked errors; slog.Default() unless told.
	Logger *slog.Logger
}

const (
	defaultStatements = 128
	defaultFollowers  = 500
	documentCache     = 1000
)

// Graph answers operations, each as the viewer in its context may see. It is a graphql.ExecutableSchema and may be used by many requests
// at once.
type Graph struct {
	schema     *ast.Schema
	sdl        string
	generated  graphql.ExecutableSchema // answers what is asked about the schema itself, mutations
	model      *compile.Model           // as the public sees it
	statements *statements              // of the public
	staff      *statements              // nil if everybody reads as the public does
	past       *statements              // nil if the past cannot be read
	writer     *sql.DB                  // nil if nothing can be written
	changes    changes                  // what writes
	bell       *bell                    // wakes those who follow the changes
	limits     Limits
	logger     *slog.Logger
}

var _ graphql.ExecutableSchema = (*Graph)(nil)

// build makes a Graph of any contract; New makes the one of this program.
func build(ctx context.Context, schema *ast.Schema, sdl string, models []any, o Options) (*Graph, error) {
	if o.DB == nil {
		return nil, errors.New("make a graph: no database is given")
	}
	g := &Graph{schema: schema, sdl: sdl, limits: o.Limits.withDefaults(), logger: cmp.Or(o.Logger, slog.Default())}
	pages := compile.Limits{PageSize: g.limits.PageSize, DefaultPageSize: min(DefaultPageSize, g.limits.PageSize)}
	for _, audience := range []struct {
		name string
		db   *bun.DB
		kept **statements
	}{{"the public", o.DB, &g.statements}, {"the staff", o.Staff, &g.staff}, {"the past", o.Past, &g.past}} {
		if audience.db == nil {
			continue
		}
		// Each audience has views of its own, and all of them must answer the whole contract.
		model, err := compile.Bind(ctx, schema, audience.db, models)
		if err != nil {
			return nil, fmt.Errorf("make a graph for %s: %w", audience.name, err)
		}
		*audience.kept = newStatements(audience.db.DB, model, cmp.Or(o.Statements, defaultStatements), pages)
	}
	g.model = g.statements.model
	g.bell = newBell(o.DB, cmp.Or(o.Followers, defaultFollowers), g.logger)
	if o.Writer != nil {
		if g.staff == nil {
			return nil, errors.New("make a graph: a pool to write in is given, but none in which the staff reads")
		}
		g.writer = o.Writer.DB
	}
	return g, nil
}

// Close ends the subscriptions and closes the prepared statements; the pools stay open.
func (g *Graph) Close() error {
	err := g.bell.close()
	for _, s := range g.audiences() {
		s.close()
	}
	return err
}

// audiences are the statements of all audiences that there are.
func (g *Graph) audiences() []*statements {
	return slices.DeleteFunc([]*statements{g.statements, g.staff, g.past}, func(s *statements) bool { return s == nil })
}

// SDL is the contract as people wrote it, with all descriptions.
func (g *Graph) SDL() string { return g.sdl }

// Stats counts what the graph has done.
func (g *Graph) Stats() (sum Stats) {
	for _, s := range g.audiences() {
		sum = sum.plus(s.stats())
	}
	return sum
}

// Schema is the contract.
func (g *Graph) Schema() *ast.Schema { return g.schema }

// Complexity is not computed here: Guard bounds the cost, in linear time.
func (g *Graph) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

// Server is a GraphQL server with everything but transports: guard first, a bound on the tokens of a document, errors
// presented, documents cached, introspection allowed.
func (g *Graph) Server() *handler.Server {
	s := handler.New(g)
	s.Use(g.Guard())
	s.Use(extension.Introspection{})
	s.SetErrorPresenter(g.Present)
	s.SetRecoverFunc(g.Recover)
	s.SetParserTokenLimit(g.limits.Tokens)
	s.SetQueryCache(lru.New[*ast.QueryDocument](documentCache))
	return s
}

// Exec answers an operation. Queries of data become one statement whose JSON is the answer; operations that also ask about
// the schema go through gqlgen's generated code, whose data roots read that same statement. A subscription answers each time its handler is called.
func (g *Graph) Exec(ctx context.Context) graphql.ResponseHandler {
	oc := graphql.GetOperationContext(ctx)
	switch oc.Operation.Operation {
	case ast.Mutation:
		return g.generated.Exec(ctx)
	case ast.Subscription:
		return g.follow(ctx)
	}
	r := &compile.Request{Variables: oc.Variables, Locales: locales(ctx)}
	from, acting := g.reader(ctx, oc.Operation)
	st, err := from.acquire(ctx, oc.RawQuery, oc.Operation, r)
	if err != nil {
		return graphql.OneShot(g.failed(ctx, err))
	}
	if from == g.past {
		if acting.AsOf, err = from.model.Moment(oc.Operation, r); err != nil {
			from.release(st)
			return graphql.OneShot(g.failed(ctx, err))
		}
	}
	if !st.schema {
		defer from.release(st)
		return graphql.OneShot(g.answer(ctx, from, st, r, acting))
	}
	next := g.generated.Exec(ctx)
	release := sync.OnceFunc(func() { from.release(st) })
	return func(ctx context.Context) *graphql.Response {
		defer release()
		return next(context.WithValue(ctx, answerKey{}, &answer{from: from, statement: st, request: r, acting: acting}))
	}
}

// reader is where an operation is read: of those who are signed in on their behalf; acting is nil for the public.
func (g *Graph) reader(ctx context.Context, op *ast.OperationDefinition) (*statements, *db.Acting) {
	v := ViewerOf(ctx)
	if v == nil || g.staff == nil {
		return g.statements, nil
	}
	acting := &db.Acting{Account: v.Account, Token: v.Token, Request: RequestID(ctx)}
	if op.Directives.ForName(asOf) != nil { // the guard has seen to it that the past can be read
		return g.past, acting
	}
	return g.staff, acting
}

// answer runs a statement and writes the data of the response around its columns.
func (g *Graph) answer(ctx context.Context, from *statements, st *statement, r *compile.Request, acting *db.Acting) *graphql.Response {
	var data []byte
	err := from.run(ctx, st, r, acting, func(columns []sql.RawBytes) {
		size := 2
		for _, c := range columns {
			size += len(c)
		}
		for _, root := range st.compiled.Roots {
			size += len(root.Alias) + len(root.Constant) + len(`"":null,`)
		}
		data = append(make([]byte, 0, size), '{')
		for i, root := range st.compiled.Roots {
			if i > 0 {
				data = append(data, ',')
			}
			data = append(append(append(data, '"'), root.Alias...), `":`...)
			switch {
			case root.Column < 0:
				data = append(data, root.Constant...)
			case columns[root.Column] == nil:
				data = append(data, "null"...)
			default:
				data = append(data, columns[root.Column]...)
			}
		}
		data = append(data, '}')
	})
	if err != nil {
		return g.failed(ctx, err)
	}
	return &graphql.Response{Data: data}
}

// answer is the answer of an operation whose roots are resolved one by one: the first one runs the statement.
type answer struct {
	from      *statements
	statement *statement
	request   *compile.Request
	acting    *db.Acting

	once  sync.Once
	parts map[string]Fragment
	err   error
}

func (a *answer) root(ctx context.Context, alias string) (Fragment, error) {
	a.once.Do(func() {
		a.parts = map[string]Fragment{}
		a.err = a.from.run(ctx, a.statement, a.request, a.acting, func(columns []sql.RawBytes) {
			for _, root := range a.statement.compiled.Roots {
				if root.Column >= 0 {
					a.parts[root.Alias] = append(Fragment(nil), columns[root.Column]...)
				}
			}
		})
	})
	return a.parts[alias], a.err
}

// Statement is what an operation becomes, for people and tests.
type Statement struct {
	SQL  string
	Args []any
	// Shape is all that SQL depends on besides the document.
	Shape string
}

// Explain compiles an operation without running it: variables as decoded from JSON, locales as from AcceptLanguage.
func (g *Graph) Explain(query, operationName string, variables map[string]any, locales []string) (Statement, error) {
	doc, list := gqlparser.LoadQueryWithRules(g.schema, query, nil)
	if len(list) > 0 {
		return Statement{}, list
	}
	op := doc.Operations.ForName(operationName)
	if op == nil {
		return Statement{}, gqlerror.Errorf("operation %s not found", operationName)
	}
	vars, err := validator.VariableValues(g.schema, op, variables)
	if err != nil {
		return Statement{}, err
	}
	r := &compile.Request{Variables: vars, Locales: locales}
	shape, err := g.model.Shape(op, r)
	if err != nil {
		return Statement{}, err
	}
	st, err := g.model.Compile(op, r, g.statements.pages)
	if err != nil {
		return Statement{}, err
	}
	args, err := st.Args(r)
	return Statement{SQL: st.SQL, Args: args, Shape: shape}, err
}
