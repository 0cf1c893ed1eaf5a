package graph

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
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

	"taawun/graph/compile"
)

// Options say which database a Graph reads and within which limits. Zero values mean the defaults.
type Options struct {
	// DB is the pool of the audience: the role it logs in as decides what is seen. Required. Close does not close it.
	DB *bun.DB
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
	documentCache     = 1000
)

// Graph answers the operations of one audience. It is a graphql.ExecutableSchema and may be used by many requests at once.
type Graph struct {
	schema     *ast.Schema
	sdl        string
	generated  graphql.ExecutableSchema // answers what is asked about the schema itself, and mutations
	model      *compile.Model
	statements *statements
	limits     Limits
	logger     *slog.Logger
}

var _ graphql.ExecutableSchema = (*Graph)(nil)

// build makes a Graph of any contract; New makes the one of this program.
func build(ctx context.Context, schema *ast.Schema, sdl string, models []any, o Options) (*Graph, error) {
	if o.DB == nil {
		return nil, errors.New("make a graph: no database is given")
	}
	model, err := compile.Bind(ctx, schema, o.DB, models)
	if err != nil {
		return nil, fmt.Errorf("make a graph: %w", err)
	}
	limits := o.Limits.withDefaults()
	return &Graph{
		schema: schema, sdl: sdl, model: model, limits: limits, logger: cmp.Or(o.Logger, slog.Default()),
		statements: newStatements(o.DB.DB, model, cmp.Or(o.Statements, defaultStatements),
			compile.Limits{PageSize: limits.PageSize, DefaultPageSize: min(DefaultPageSize, limits.PageSize)}),
	}, nil
}

// Close closes the prepared statements; the pool stays open.
func (g *Graph) Close() error {
	g.statements.close()
	return nil
}

// SDL is the contract as people wrote it, with all descriptions.
func (g *Graph) SDL() string { return g.sdl }

// Stats counts what the graph has done.
func (g *Graph) Stats() Stats { return g.statements.stats() }

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
// the schema go through gqlgen's generated code, whose data roots read that same statement.
func (g *Graph) Exec(ctx context.Context) graphql.ResponseHandler {
	oc := graphql.GetOperationContext(ctx)
	if oc.Operation.Operation != ast.Query {
		return g.generated.Exec(ctx)
	}
	r := &compile.Request{Variables: oc.Variables, Locales: locales(ctx)}
	st, err := g.statements.acquire(ctx, oc.RawQuery, oc.Operation, r)
	if err != nil {
		return graphql.OneShot(g.failed(ctx, err))
	}
	if !st.schema {
		defer g.statements.release(st)
		return graphql.OneShot(g.answer(ctx, st, r))
	}
	next := g.generated.Exec(ctx)
	release := sync.OnceFunc(func() { g.statements.release(st) })
	return func(ctx context.Context) *graphql.Response {
		defer release()
		return next(context.WithValue(ctx, answerKey{}, &answer{graph: g, statement: st, request: r}))
	}
}

// answer runs a statement and writes the data of the response around its columns.
func (g *Graph) answer(ctx context.Context, st *statement, r *compile.Request) *graphql.Response {
	var data []byte
	err := g.statements.run(ctx, st, r, func(columns []sql.RawBytes) {
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
	graph     *Graph
	statement *statement
	request   *compile.Request

	once  sync.Once
	parts map[string]Fragment
	err   error
}

func (a *answer) root(ctx context.Context, alias string) (Fragment, error) {
	a.once.Do(func() {
		a.parts = map[string]Fragment{}
		a.err = a.graph.statements.run(ctx, a.statement, a.request, func(columns []sql.RawBytes) {
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
