package main

import (
	"slices"
	"strings"

	"github.com/99designs/gqlgen/codegen"
	"github.com/99designs/gqlgen/codegen/config"
	"github.com/vektah/gqlparser/v2/ast"
)

// fragments is a gqlgen plugin. It tells gqlgen, while it generates, that every object type of the contract is a scalar
// whose value is JSON that PostgreSQL has written (graph.Fragment), and that roots have no arguments: compiler and writer
// read those from the operation. So the generated code holds the roots, one line each, and nothing per type. The schema
// that the server validates against and shows at run time is the whole contract, its directives included: the guard and the
// compiler read those.
type fragments struct{}

func (fragments) Name() string { return "fragments" }

// MutateSchema leaves of the contract what gqlgen must know.
func (fragments) MutateSchema(s *ast.Schema) error {
	roots := []*ast.Definition{s.Query, s.Mutation, s.Subscription}
	for _, root := range roots {
		if root == nil {
			continue
		}
		for _, f := range root.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			f.Arguments, f.Directives = nil, nil
			if f.Type.Elem != nil { // a list, too, is written by PostgreSQL
				f.Type = &ast.Type{NamedType: f.Type.Name(), NonNull: f.Type.NonNull}
			}
		}
	}
	for name, d := range s.Directives {
		if d.Position.Src == nil || !d.Position.Src.BuiltIn {
			delete(s.Directives, name)
		}
	}
	for name, t := range s.Types {
		if strings.HasPrefix(name, "__") || t.BuiltIn || slices.Contains(roots, t) {
			continue
		}
		switch t.Kind {
		case ast.Object, ast.Interface, ast.Union:
			t.Kind, t.Fields, t.Interfaces, t.Types = ast.Scalar, nil, nil, nil
		case ast.InputObject, ast.Enum:
			delete(s.Types, name)
		}
	}
	return nil
}

// MutateConfig says in Go what the object types have become.
func (fragments) MutateConfig(cfg *config.Config) error {
	for name, t := range cfg.Schema.Types {
		if t.Kind == ast.Scalar && !t.BuiltIn && !cfg.Models.Exists(name) {
			cfg.Models.Add(name, "taawun/graph.Fragment")
		}
	}
	return nil
}

// Implement is the body of a root resolver. Subscriptions never come to theirs: Graph.Exec answers them.
func (fragments) Implement(_ string, f *codegen.Field) string {
	return map[string]string{"Query": "return r.Graph.fragment(ctx)", "Mutation": "return r.Graph.change(ctx)", "Subscription": "return nil, errNoAnswer"}[f.Object.Name]
}
